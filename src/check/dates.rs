//! Dates against each other: the period of the plan, the date of the document, events and their answers.

use super::place::at;
use crate::diag::{Address, Code, Diagnostic, Diagnostics};
use crate::model::format::{Common, When};
use crate::model::when::{self, Date};
use crate::model::{Item, Plan};

fn date(text: &When) -> Option<Date> {
    when::parse(text)
}

/// Activities and targets lie in the period of the plan.
pub fn period(plan: &Plan, diags: &mut Diagnostics) {
    let bounds = (date(&plan.plan.period.start), date(&plan.plan.period.end));
    let (Some(first), Some(last)) = bounds else { return };
    let (Some(first), Some(last)) = (when::start(&first), when::end(&last)) else { return };
    let outside = |text: &When| {
        let Some(date) = date(text) else { return false };
        when::end(&date).is_some_and(|end| end < first) || when::start(&date).is_some_and(|start| start > last)
    };
    let label = format!("{} to {}", plan.plan.period.start, plan.plan.period.end);
    for activity in &plan.activities {
        if let Some(text) = activity.data.period.as_ref().filter(|text| outside(text)) {
            diags.push(at(Code::OutsidePeriod, activity, "period").arg("date", &**text).arg("period", &*label));
        }
    }
    for indicator in &plan.indicators {
        for (index, target) in indicator.data.targets.iter().enumerate().filter(|(_, it)| outside(&it.year)) {
            let place = indicator.origin.key("targets").index(index).key("year");
            let address = Address::item(&*indicator.data.id).field("targets").field(&*target.year);
            let diagnostic = Diagnostic::new(Code::OutsidePeriod, place).arg("date", &*target.year);
            diags.push(diagnostic.arg("period", &*label).address(address));
        }
    }
}

/// Nothing is dated later than the earliest document, but for what is printed as adopted later.
pub fn later(plan: &Plan, diags: &mut Diagnostics) {
    let dated = plan.plan.editions.iter().filter_map(|edition| Some((date(&edition.date)?, &edition.date)));
    let Some((document, text)) = dated.min_by(|(a, _), (b, _)| when::compare(a, b)) else { return };
    let limit = (&document, &**text);
    items(&plan.elements, limit, diags);
    items(&plan.priorities, limit, diags);
    items(&plan.activities, limit, diags);
    items(&plan.indicators, limit, diags);
    items(&plan.decisions, limit, diags);
    items(&plan.regions, limit, diags);
    for suggestion in plan.suggestions.iter().flat_map(|group| &group.suggestions) {
        items(std::slice::from_ref(suggestion), limit, diags);
    }
}

/// An item that says its date. `as-adopted` stands on the item itself, so its JSON form is asked for it.
fn items<T: Common + serde::Serialize>(items: &[Item<T>], (document, text): (&Date, &str), diags: &mut Diagnostics) {
    for item in items {
        let Some(own) = item.data.date().and_then(|it| Some((date(it)?, it))) else { continue };
        let adopted = serde_json::to_value(&item.data).is_ok_and(|value| value["as-adopted"] == true);
        if when::after(&own.0, document) && !adopted {
            let diagnostic = at(Code::LaterFact, item, "date").arg("what", format!("`{}`", item.data.id()));
            diags.push(diagnostic.arg("date", &**own.1).arg("document", text));
        }
    }
}

/// An answer cannot be older than what it answers.
pub fn answers(plan: &Plan, diags: &mut Diagnostics) {
    for group in &plan.suggestions {
        let event = plan.events.iter().find(|event| *event.data.id == *group.event);
        let Some((held, text)) = event.and_then(|it| it.data.dates.as_ref()).and_then(|it| Some((date(it)?, it)))
        else {
            continue;
        };
        for suggestion in &group.suggestions {
            let Some(answer) = suggestion.data.disposition.as_ref().and_then(|it| it.date.as_ref()) else { continue };
            if date(answer).is_some_and(|answer| when::after(&held, &answer)) {
                let place = suggestion.origin.key("disposition").key("date");
                let address = Address::item(&*suggestion.data.id).field("disposition").field("date");
                let diagnostic = Diagnostic::new(Code::EarlyAnswer, place).arg("date", &**answer);
                diags.push(diagnostic.arg("event", &**text).address(address));
            }
        }
    }
}
