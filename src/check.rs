//! The rules on the plan alone, and how much each weighs.
//!
//! Comes in: the plan. Goes out: diagnostics. A rule is a loop and a sentence; what makes a plan unreadable was told by
//! `model` already.

mod choice;
mod completeness;
mod consultation;
mod costs;
mod counts;
mod dates;
mod language;
mod map;
mod place;
mod scan;
mod structure;
mod survey;
mod unused;
mod weigh;

pub use weigh::{demands_answers, lacks, open_matters, weigh, weigh_for};

use crate::diag::{Diagnostic, Diagnostics, Kind};
use crate::model::Plan;

/// Runs every rule, in the order in which a reader would ask. Of what a fault set aside, nothing is told again.
pub fn run(plan: &Plan, diags: &mut Diagnostics) {
    let faulty = &plan.faulty;
    let before = diags.len();
    completeness::basis(plan, faulty, diags);
    completeness::owner(plan, faulty, diags);
    completeness::indicators(plan, faulty, diags);
    completeness::events(plan, faulty, diags);
    completeness::decisions(plan, faulty, diags);
    completeness::markers(plan, diags);
    choice::run(plan, diags);
    structure::parents(plan, faulty, diags);
    structure::layers(plan, diags);
    structure::codes(plan, faulty, diags);
    structure::mapping(plan, faulty, diags);
    map::run(plan, faulty, diags);
    language::texts(plan, faulty, diags);
    language::bodies(plan, diags);
    dates::period(plan, diags);
    dates::later(plan, diags);
    dates::answers(plan, diags);
    consultation::run(plan, faulty, diags);
    costs::run(plan, faulty, diags);
    counts::run(plan, faulty, diags);
    scan::run(plan, faulty, diags);
    survey::run(plan, faulty, diags);
    if !diags.iter().any(hides_names) {
        unused::run(plan, diags);
    }
    let mut seen = 0;
    diags.retain(|it| {
        seen += 1;
        seen <= before || !faulty.is_torn(it)
    });
}

/// True for a fault of the plan's own text: what was set aside, or is misspelt, may have named anything.
fn hides_names(fault: &Diagnostic) -> bool {
    fault.code.locked() && !matches!(fault.code.kind(), Kind::Template | Kind::Typst)
}

#[cfg(test)]
mod table_tests;
#[cfg(test)]
mod tests;
