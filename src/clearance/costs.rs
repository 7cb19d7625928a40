//! Which allocations of costs a reader does not see whole, so that no total is taken for that of the whole.

use crate::model::Plan;
use crate::model::costs::taken_in;
use crate::model::format::Allocation;

/// Notes what `cut` lacks of the costs of `whole`.
pub(super) fn apply(cut: &mut Plan, whole: &Plan) {
    let lost: Vec<String> = cut
        .allocations
        .iter()
        .filter(|own| {
            let before = whole.allocations.iter().find(|one| one.data.id == own.data.id);
            before.is_some_and(|before| amounts(cut, &own.data) != amounts(whole, &before.data))
        })
        .map(|own| own.data.id.to_string())
        .collect();
    cut.withheld.allocations.extend(lost);
}

/// How many amounts an allocation has: direct, shared, in its table, and of activities.
fn amounts(plan: &Plan, of: &Allocation) -> [usize; 4] {
    let rows = of.table.as_ref().map_or(0, |table| table.rows.len());
    [of.direct.len(), of.shared.len(), rows, taken_in(plan, of).0.len()]
}
