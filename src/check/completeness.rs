//! What a document cannot do without: basis and source, owners, units, targets, records, decisions, markers.

use super::place::at;
use crate::diag::{Address, Code, Diagnostic, Diagnostics, Origin, Place};
use crate::model::format::*;
use crate::model::{Item, Plan};

/// Basis and sources that hold for a value: its own, else those above.
#[derive(Clone, Copy)]
struct Ground<'a> {
    basis: Option<Basis>,
    source: &'a Ids,
}

impl<'a> Ground<'a> {
    fn of<T: Common>(item: &'a Item<T>) -> Self {
        Ground { basis: item.file_basis, source: &item.file_source }.under(item.data.basis(), item.data.sources())
    }

    fn under(self, basis: Option<Basis>, source: &'a Ids) -> Self {
        Ground { basis: basis.or(self.basis), source: if source.is_empty() { self.source } else { source } }
    }

    fn tell(self, what: String, origin: Origin, address: Address, diags: &mut Diagnostics) {
        let code = match self.basis {
            None => Code::NoBasis,
            Some(Basis::Reported) if self.source.is_empty() => Code::NoSource,
            _ => return,
        };
        diags.push(Diagnostic::new(code, origin).arg("what", what).address(address));
    }
}

/// Every title, figure, suggestion and disposition says where it comes from.
pub fn basis(plan: &Plan, diags: &mut Diagnostics) {
    titles(&plan.elements, "the element", diags);
    titles(&plan.priorities, "the priority", diags);
    titles(&plan.activities, "the activity", diags);
    titles(&plan.indicators, "the indicator", diags);
    titles(&plan.events, "the event", diags);
    if let Some(predecessor) = &plan.predecessor {
        titles(&predecessor.elements, "the element of the plan before", diags);
    }
    for region in &plan.regions {
        if let Some(count) = &region.data.members {
            figure(region, "members", &count.basis, &count.source, "the number of members of", diags);
        }
    }
    for event in &plan.events {
        for (index, count) in event.data.attendance.iter().enumerate() {
            let ground = Ground::of(event).under(count.basis, &count.source);
            let address = Address::item(&*event.data.id).field("attendance");
            let what = format!("the attendance of `{}`", event.data.id);
            ground.tell(what, event.origin.key("attendance").index(index), address, diags);
        }
    }
    for suggestion in plan.suggestions.iter().flat_map(|group| &group.suggestions) {
        titles(std::slice::from_ref(suggestion), "the suggestion", diags);
        if let Some(disposition) = &suggestion.data.disposition {
            let what = "the disposition of";
            figure(suggestion, "disposition", &disposition.basis, &disposition.source, what, diags);
        }
    }
}

fn titles<T: Common>(items: &[Item<T>], what: &str, diags: &mut Diagnostics) {
    for item in items {
        let what = format!("{what} `{}`", item.data.id());
        Ground::of(item).tell(what, item.origin.key("id"), Address::item(item.data.id()), diags);
    }
}

fn figure<T: Common>(
    item: &Item<T>,
    field: &str,
    basis: &Option<Basis>,
    source: &Ids,
    what: &str,
    diags: &mut Diagnostics,
) {
    let address = Address::item(item.data.id()).field(field);
    let what = format!("{what} `{}`", item.data.id());
    Ground::of(item).under(*basis, source).tell(what, item.origin.key(field), address, diags);
}

/// Every activity has a unit that answers for it.
pub fn owner(plan: &Plan, diags: &mut Diagnostics) {
    for activity in plan.activities.iter().filter(|it| it.data.owner.is_none()) {
        diags.push(at(Code::NoOwner, activity, "").arg("id", &*activity.data.id));
    }
}

/// Every indicator says what is counted and what is aimed at.
pub fn indicators(plan: &Plan, diags: &mut Diagnostics) {
    for indicator in &plan.indicators {
        let data = &indicator.data;
        if data.unit.is_none() && data.nature != Some(Nature::Qualitative) {
            diags.push(at(Code::NoUnit, indicator, "").arg("id", &*data.id));
        }
        if data.targets.is_empty() {
            diags.push(at(Code::NoTarget, indicator, "").arg("id", &*data.id));
        }
    }
}

/// A record with gaps is told once, with all that it lacks.
pub fn events(plan: &Plan, diags: &mut Diagnostics) {
    for event in plan.events.iter().filter(|it| it.data.state != EventState::Planned) {
        let data = &event.data;
        let gaps = [
            ("place", data.place.is_none() && !data.is_virtual),
            ("dates", data.dates.is_none()),
            ("attendance", data.attendance.is_empty()),
            ("chairs", data.chairs.is_empty()),
        ];
        let fields: Vec<&str> = gaps.iter().filter(|(_, missing)| *missing).map(|(name, _)| *name).collect();
        if !fields.is_empty() {
            let what = format!("the event `{}`", data.id);
            diags.push(at(Code::NotRecorded, event, "").arg("what", what).arg("fields", fields.join(", ")));
        }
    }
}

/// An event and a stage rest on a decision.
pub fn decisions(plan: &Plan, diags: &mut Diagnostics) {
    for event in plan.events.iter().filter(|it| it.data.decision.is_none()) {
        diags.push(at(Code::NoDecision, event, "").arg("what", format!("the event `{}`", event.data.id)));
    }
    for (index, stage) in plan.plan.stages.iter().enumerate() {
        if stage.decision.is_none() && !stage.denies.is_empty() {
            let origin = plan.origin.key("stages").index(index).key("id");
            let what = format!("the stage `{}`", stage.id);
            diags.push(Diagnostic::new(Code::NoDecision, origin).arg("what", what));
        }
    }
}

/// Paragraphs without a marker change their address with their text.
pub fn markers(plan: &Plan, diags: &mut Diagnostics) {
    let elements = plan.elements.iter().flat_map(|it| &it.bodies);
    let statements = plan.statements.iter().flat_map(|it| &it.bodies);
    let sections = plan.sections.iter().flat_map(|it| &it.bodies);
    for body in elements.chain(statements).chain(sections) {
        for block in body.prose.blocks.iter().filter(|block| !block.marked) {
            if matches!(block.content, crate::model::prose::Content::Paragraph(_)) {
                let place = Place::Bytes(body.file, block.range.clone());
                diags.push(Diagnostic::new(Code::UnmarkedParagraph, place));
            }
        }
    }
}
