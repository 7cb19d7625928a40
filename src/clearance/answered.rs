//! That there is an answer is no secret where the question is none: a point or a factor whose answer is withheld is not
//! called open.

use std::collections::BTreeSet;

use crate::model::Plan;
use crate::model::points;
use crate::model::scan::stands_in;

/// Marks every point that has an answer, and the whole suggestion with any of its points.
pub(super) fn mark(plan: &mut Plan) {
    let points = points::points(plan);
    let answered = points.iter().filter(|point| point.disposition().is_some());
    let known: BTreeSet<String> = answered.map(|point| point.id().to_string()).collect();
    for item in plan.suggestions.iter_mut().flat_map(|group| &mut group.suggestions) {
        let data = &mut item.data;
        data.points.iter_mut().for_each(|point| point.answered = known.contains(point.id.as_str()));
        data.answered = known.contains(data.id.as_str()) || data.points.iter().any(|point| point.answered);
    }
    factors(plan);
    plan.clusters.iter_mut().for_each(|cluster| cluster.data.answered = cluster.data.disposition.is_some());
}

/// Marks every factor that has an answer, and in each scan the elements that answer one of its factors.
fn factors(plan: &mut Plan) {
    plan.factors.iter_mut().for_each(|factor| factor.data.answered = !factor.data.answered_by.is_empty());
    for scan in &mut plan.scan_editions {
        let own = plan.factors.iter().filter(|factor| stands_in(&factor.data, &scan.data.id));
        let answers = own.flat_map(|factor| &factor.data.answered_by);
        scan.data.answering = answers.map(|answer| answer.to.clone()).collect();
    }
}
