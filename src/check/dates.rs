//! Dates against each other: the period of the plan, the date of the document, events and their answers.

use std::collections::{BTreeMap, BTreeSet};

use super::place::at;
use crate::diag::{Address, Code, Diagnostic, Diagnostics, Origin};
use crate::model::format::{Common, Disposition, Event, EventState, Indicator, Measured, Reply, Suggestion, When};
use crate::model::points::{self, PointView};
use crate::model::reference::{self, At, Leaf};
use crate::model::when::{self, Date, Point};
use crate::model::{Item, Plan};

/// Activities, targets and measured values lie in the period of the plan.
pub fn period(plan: &Plan, diags: &mut Diagnostics) {
    let years = plan.plan.period.years;
    let bounds = (when::parse(&plan.plan.period.start), when::parse(&plan.plan.period.end));
    let (Some(first), Some(last)) = bounds else { return };
    let (Some(first), Some(last)) = (when::start(&first), when::end(&last)) else { return };
    let before = |point: &Point| point.last() < first;
    let after = |point: &Point| point.first() > last;
    if last < first {
        return; // told as `reversed-dates`; nothing can lie inside
    }
    let outside = |text: &When| match when::read(text, years) {
        Some(Date::Point(point)) => before(&point) || after(&point),
        Some(Date::Interval(from, to)) => before(&from) || after(&from) || after(&to),
        Some(Date::From(from)) => after(&from),
        Some(Date::Annual | Date::Continuous) | None => false,
    };
    let label = format!("{} to {}", plan.plan.period.start, plan.plan.period.end);
    for activity in &plan.activities {
        if let Some(text) = activity.data.period.as_ref().filter(|text| outside(text)) {
            diags.push(at(Code::OutsidePeriod, activity, "period").arg("date", &**text).arg("period", &*label));
        }
    }
    for indicator in &plan.indicators {
        // What was measured before the plan begins may lead up to it, but not to what was before the baseline.
        let baseline = indicator.data.baseline.as_ref().and_then(|it| when::start(&when::parse(&it.year)?));
        let leads_up = |text: &When| {
            let end = when::parse(text).and_then(|date| when::end(&date));
            end.is_some_and(|end| end < first) && baseline.is_some() && end >= baseline
        };
        for (list, values) in [("targets", &indicator.data.targets), ("measurements", &indicator.data.measurements)] {
            let wrong = |it: &Measured| outside(&it.year) && (list == "targets" || !leads_up(&it.year));
            for (index, value) in values.iter().enumerate().filter(|(_, it)| wrong(it)) {
                let place = plan.faulty.entry(&indicator.origin.key(list), index).key("year");
                let name = value.id.as_deref().unwrap_or(&value.year);
                let address = Address::item(&*indicator.data.id).field(list).field(name).field("year");
                let diagnostic = Diagnostic::new(Code::OutsidePeriod, place).arg("date", &*value.year);
                diags.push(diagnostic.arg("period", &*label).address(address));
            }
        }
    }
}

/// No fact is later than a document that tells it, but for what is printed as adopted later. One that is later than
/// every document is told once, any other for each edition that it stops.
pub fn later(plan: &Plan, diags: &mut Diagnostics) {
    let years = plan.plan.period.years;
    let dated = plan.plan.editions.iter().filter_map(|it| Some((it, when::read(&it.date, years)?)));
    let documents: Vec<_> = dated.collect();
    let facts = Facts::new(plan);
    reference::visit_items(plan, &mut |at, leaf| {
        let Leaf::When(text) = leaf else { return };
        let Some(own) = when::read(text, years) else { return };
        let over: Vec<_> = documents.iter().filter(|(_, document)| when::after(&own, document)).collect();
        if over.is_empty() {
            return;
        }
        let Some(address) = at.address().filter(|address| facts.states(address, at)) else { return };
        let every = over.len() == documents.len();
        for (edition, _) in over.iter().take(if every { 1 } else { over.len() }) {
            let diagnostic = Diagnostic::new(Code::LaterFact, at.place())
                .arg("what", format!("`{address}`"))
                .arg("date", &**text)
                .arg("document", &*edition.date)
                .address(address.clone());
            diags.push(if every { diagnostic } else { diagnostic.edition(&*edition.id) });
        }
    });
}

/// What tells a fact from what is only planned.
struct Facts<'a> {
    /// Items that are printed as adopted later.
    adopted: BTreeSet<&'a str>,
    /// Events that have not taken place, and meetings of which no decision is told: they may be still to come.
    planned: BTreeSet<&'a str>,
    /// Indicators whose baseline is still to be measured.
    unmeasured: BTreeSet<&'a str>,
    comparisons: BTreeSet<&'a str>,
    /// True when the plan says what was adopted later: it may cite what appeared later, and compare with it.
    looks_back: bool,
}

impl<'a> Facts<'a> {
    fn new(plan: &'a Plan) -> Self {
        let mut adopted = BTreeSet::new();
        macro_rules! adopted {
            ($($list:ident)*) => {
                $(adopted.extend(plan.$list.iter().filter(|it| it.data.as_adopted).map(|it| it.data.id()));)*
            };
        }
        adopted!(layers elements priorities meetings decisions events);
        let told = plan.decisions.iter().filter(|it| !it.data.as_adopted);
        let decided: BTreeSet<&str> = told.filter_map(|it| it.data.meeting.as_deref()).collect();
        let meetings = plan.meetings.iter().filter(|it| !decided.contains(it.data.id()));
        let events = plan.events.iter().filter(|it| it.data.state == EventState::Planned);
        let planned = meetings.map(|it| it.data.id()).chain(events.map(|it| it.data.id()));
        let open = |it: &&Item<Indicator>| it.data.baseline.as_ref().is_some_and(|baseline| baseline.value.is_none());
        let unmeasured = plan.indicators.iter().filter(open).map(|it| it.data.id());
        let comparisons = plan.predecessor.iter().flat_map(|it| &it.comparisons).map(|it| &*it.id);
        Facts {
            adopted,
            planned: planned.collect(),
            unmeasured: unmeasured.collect(),
            comparisons: comparisons.collect(),
            looks_back: plan.plan.as_adopted.is_some(),
        }
    }

    /// True when the date at `address` says when something was so.
    fn states(&self, address: &Address, at: &At) -> bool {
        let item = address.item.as_str();
        let aim = match address.fields.first().map(String::as_str) {
            Some("targets" | "period" | "year" | "horizon") => true,
            Some("baseline") => self.unmeasured.contains(item),
            _ => false,
        };
        let ahead = at.is("dates") && self.planned.contains(item);
        let back = self.looks_back && (at.is("published") || self.comparisons.contains(item));
        !(aim || ahead || back || self.adopted.contains(item))
    }
}

/// No answer, and no reply to one, is older than what was said.
pub fn answers(plan: &Plan, diags: &mut Diagnostics) {
    let events: BTreeMap<&str, &Item<Event>> = plan.events.iter().map(|event| (event.data.id(), event)).collect();
    let held = |event: &str| events.get(event).and_then(|it| it.data.dates.as_ref());
    for group in &plan.suggestions {
        let Some(event) = held(&group.event) else { continue };
        for item in &group.suggestions {
            let Suggestion { id, disposition, replies, points, .. } = &item.data;
            Said { id, origin: item.origin.clone(), event }.check(disposition.as_ref(), replies, plan, diags);
            for (index, point) in points.iter().enumerate() {
                let origin = plan.faulty.entry(&item.origin.key("points"), index);
                Said { id: &point.id, origin, event }.check(point.disposition.as_ref(), &point.replies, plan, diags);
            }
        }
    }
    let points = points::points(plan);
    for cluster in &plan.clusters {
        let listed = |point: &&PointView| cluster.data.points.iter().any(|id| **id == *point.id());
        // Of several events, the first that the answer comes before is enough.
        for event in points.iter().filter(listed).filter_map(|point| held(point.event)) {
            let said = Said { id: &cluster.data.id, origin: cluster.origin.clone(), event };
            let before = diags.len();
            said.check(cluster.data.disposition.as_ref(), &[], plan, diags);
            if diags.len() > before {
                break;
            }
        }
    }
}

/// Something that was said, and the dates of its event.
struct Said<'a> {
    id: &'a str,
    origin: Origin,
    event: &'a When,
}

impl Said<'_> {
    fn check(&self, answer: Option<&Disposition>, replies: &[Reply], plan: &Plan, diags: &mut Diagnostics) {
        let own = Address::item(self.id);
        if let Some(date) = answer.and_then(|one| one.date.as_ref()) {
            let address = own.clone().field("disposition").field("date");
            self.compare("answer", date, self.origin.key("disposition").key("date"), address, diags);
        }
        for (index, reply) in replies.iter().enumerate() {
            let Some(date) = &reply.date else { continue };
            let place = plan.faulty.entry(&self.origin.key("replies"), index).key("date");
            let address = own.clone().field("replies").field(reply.name()).field("date");
            self.compare("reply", date, place, address, diags);
        }
    }

    fn compare(&self, what: &str, date: &When, place: Origin, address: Address, diags: &mut Diagnostics) {
        let (Some(held), Some(day)) = (when::parse(self.event), when::parse(date)) else { return };
        if when::after(&held, &day) {
            let diagnostic = Diagnostic::new(Code::EarlyAnswer, place).arg("what", what).arg("date", &**date);
            diags.push(diagnostic.arg("event", &**self.event).address(address));
        }
    }
}
