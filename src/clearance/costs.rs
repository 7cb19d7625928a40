//! Which costs a reader does not see whole, so that no total is taken for that of the whole, and no part for an answer.

use std::collections::BTreeSet;

use crate::model::Plan;
use crate::model::costs::taken_in;
use crate::model::format::{Allocation, Mapping};

/// Notes what `cut` lacks of the costs of `whole`, and of the mapping through which they are compared.
pub(super) fn apply(cut: &mut Plan, whole: &Plan) {
    cut.withheld.periods = periods(cut, whole);
    let lost: Vec<String> = cut
        .allocations
        .iter()
        .filter(|own| {
            let before = whole.allocations.iter().find(|one| one.data.id == own.data.id);
            before.is_some_and(|before| lacks(cut, &own.data, whole, &before.data))
        })
        .map(|own| own.data.id.to_string())
        .collect();
    cut.withheld.allocations.extend(lost);
    mappings(cut, whole);
}

/// Activities that this reader sees, but not when they are.
fn periods(cut: &Plan, whole: &Plan) -> BTreeSet<String> {
    let lost = cut.activities.iter().filter(|own| {
        let before = whole.activities.iter().find(|one| one.data.id == own.data.id);
        own.data.period.is_none() && before.is_some_and(|one| one.data.period.is_some())
    });
    lost.map(|one| one.data.id.to_string()).collect()
}

/// True when an allocation has lost an amount, or may have: whether an activity of which the period is withheld is in it
/// must not be told either.
fn lacks(cut: &Plan, own: &Allocation, whole: &Plan, before: &Allocation) -> bool {
    let of = |id: &str| cut.withheld.periods.contains(id);
    let unsure = own.activities && cut.activities.iter().any(|one| one.data.cost.is_some() && of(&one.data.id));
    unsure || amounts(cut, own) != amounts(whole, before)
}

/// How many amounts an allocation has: direct, shared, in its table, and of activities.
fn amounts(plan: &Plan, of: &Allocation) -> [usize; 4] {
    let rows = of.table.as_ref().map_or(0, |table| table.rows.len());
    [of.direct.len(), of.shared.len(), rows, taken_in(plan, of).0.len()]
}

/// Notes the elements of the plan before of which it is not all shown in what they go on. Of a split that has lost a part
/// the other shares go, too: they would tell how large it is.
fn mappings(cut: &mut Plan, whole: &Plan) {
    let (Some(own), Some(all)) = (&mut cut.predecessor, &whole.predecessor) else { return };
    for before in &all.mapping {
        let left = own.mapping.iter_mut().find(|one| one.id == before.id);
        let is_short = |one: &Mapping| one.to.len() < before.to.len();
        match left {
            Some(one) if !is_short(one) => continue,
            Some(one) => one.to.iter_mut().for_each(|target| target.share = None),
            None => {}
        }
        let seen = before.from.iter().filter(|id| own.elements.iter().any(|one| one.data.id == **id));
        cut.withheld.mappings.extend(seen.map(|id| id.to_string()));
    }
}
