//! That there is an answer is no secret where the question is none: a point whose answer is withheld is not called open.

use std::collections::BTreeSet;

use crate::model::Plan;
use crate::model::points;

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
    plan.clusters.iter_mut().for_each(|cluster| cluster.data.answered = cluster.data.disposition.is_some());
}
