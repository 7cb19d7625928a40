//! The rules on the plan alone, and how much each weighs.
//!
//! Comes in: the plan. Goes out: diagnostics. A rule is a loop and a sentence; what makes a plan unreadable was told by
//! `model` already.

mod completeness;
mod consultation;
mod dates;
mod language;
mod place;
mod structure;
mod unused;
mod weigh;

pub use weigh::{open_matters, weigh, weigh_for};

use crate::diag::Diagnostics;
use crate::model::Plan;

/// Runs every rule, in the order in which a reader would ask.
pub fn run(plan: &Plan, diags: &mut Diagnostics) {
    completeness::basis(plan, diags);
    completeness::owner(plan, diags);
    completeness::indicators(plan, diags);
    completeness::events(plan, diags);
    completeness::decisions(plan, diags);
    completeness::markers(plan, diags);
    structure::parents(plan, diags);
    structure::codes(plan, diags);
    structure::mapping(plan, diags);
    language::texts(plan, diags);
    language::bodies(plan, diags);
    dates::period(plan, diags);
    dates::later(plan, diags);
    dates::answers(plan, diags);
    consultation::run(plan, diags);
    unused::run(plan, diags);
}
