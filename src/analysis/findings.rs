//! What the analysis has to say of a plan, as diagnostics.

use super::costs::Costs;
use super::evidence::{Gap, evidence};
use crate::diag::{Address, Code, Diagnostic, Diagnostics};
use crate::model::Plan;

/// Elements that are high in the survey and low in cost, or the reverse, by the rule of each table of evidence. `plan` is
/// as those read it who read everything.
pub fn gaps(plan: &Plan, diags: &mut Diagnostics) {
    let costs = Costs::new(plan);
    for table in &plan.evidence {
        for row in evidence(plan, &costs, &table.data) {
            let (survey, cost) = match row.gap {
                Some(Gap::HighLow) => ("high", "low"),
                Some(Gap::LowHigh) => ("low", "high"),
                None => continue,
            };
            let own = plan.elements.iter().find(|one| *one.data.id == *row.id).map(|one| &one.origin);
            let old = plan.predecessor.iter().flat_map(|one| &one.elements);
            let old = || old.into_iter().find(|one| *one.data.id == *row.id).map(|one| &one.origin);
            let Some(origin) = own.or_else(old) else { continue };
            let diagnostic = Diagnostic::new(Code::SurveyCostGap, origin.key("id")).address(Address::item(row.id));
            diags.push(diagnostic.arg("id", row.id).arg("survey", survey).arg("cost", cost));
        }
    }
}
