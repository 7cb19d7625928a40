//! Numbers of people and Members, and parts of a table: what can be counted is not less than 0, and a part not more than
//! the whole.

use rust_decimal::Decimal;

use super::costs::too_large;
use crate::diag::{Address, Code, Diagnostic, Diagnostics, Origin};
use crate::model::Plan;
use crate::model::faulty::Faulty;
use crate::model::format::Count;
use crate::model::reference::decimal;

pub fn run(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    for event in &plan.events {
        for (index, one) in event.data.attendance.iter().enumerate() {
            let origin = faulty.entry(&event.origin.key("attendance"), index);
            count(one, &origin, &Address::item(&*event.data.id).field("attendance"), diags);
        }
    }
    for region in &plan.regions {
        let address = Address::item(&*region.data.id).field("members");
        region.data.members.iter().for_each(|one| count(one, &region.origin.key("members"), &address, diags));
    }
    for body in &plan.bodies {
        let address = Address::item(&*body.data.id).field("seats");
        body.data.seats.iter().for_each(|one| count(one, &body.origin.key("seats"), &address, diags));
    }
    flags(plan, diags);
}

/// A count and the number of which it is a part.
fn count(one: &Count, origin: &Origin, address: &Address, diags: &mut Diagnostics) {
    let fault = |text: &str| {
        let number = decimal(text)?;
        let negative = number.is_sign_negative() && !number.is_zero();
        negative.then_some("a count is not less than 0").or(too_large(number))
    };
    for (key, text) in [("value", Some(&one.value)), ("base", one.base.as_ref())] {
        if let Some((text, detail)) = text.and_then(|text| Some((text, fault(text)?))) {
            let diagnostic = Diagnostic::new(Code::BadAmount, origin.key(key)).address(address.clone());
            diags.push(diagnostic.arg("what", "this count").arg("value", &**text).arg("detail", detail));
        }
    }
}

/// The parts of a table of evidence that count as high and as low.
fn flags(plan: &Plan, diags: &mut Diagnostics) {
    for table in &plan.evidence {
        let Some(flag) = &table.data.flag else { continue };
        for (key, text) in [("highest", &flag.highest), ("lowest", &flag.lowest)] {
            if decimal(text).is_some_and(|number| number < Decimal::ZERO || number > Decimal::ONE_HUNDRED) {
                let diagnostic = Diagnostic::new(Code::BadAmount, table.origin.key("flag").key(key));
                let address = Address::item(&*table.data.id).field("flag").field(key);
                let diagnostic = diagnostic.address(address).arg("what", "this part of the rows").arg("value", &**text);
                diags.push(diagnostic.arg("detail", "a part of the rows is 0 to 100 percent"));
            }
        }
    }
}
