//! Of several values for the same thing, one is used.

use super::place::at;
use crate::diag::{Code, Diagnostics};
use crate::model::Plan;

/// No list of competing values has two that are chosen.
pub fn run(plan: &Plan, diags: &mut Diagnostics) {
    for event in &plan.events {
        let chosen = event.data.attendance.iter().enumerate().filter(|(_, count)| count.chosen);
        let places: Vec<_> =
            chosen.map(|(index, _)| plan.faulty.entry(&event.origin.key("attendance"), index)).collect();
        if let [first, second, ..] = places.as_slice() {
            let mut diagnostic = at(Code::TwiceChosen, event, "attendance").also(first.key("chosen"));
            diagnostic.places[0] = second.key("chosen").into();
            diags.push(diagnostic.arg("what", format!("the attendance of `{}`", event.data.id)));
        }
    }
}
