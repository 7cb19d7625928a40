//! What a document cannot do without: basis and source, owners, units, targets, records, decisions, markers.

use super::place::at;
use crate::diag::{Address, Code, Diagnostic, Diagnostics, Origin, Place};
use crate::model::faulty::Faulty;
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

    /// True when nothing is missing.
    fn stands(self) -> bool {
        match self.basis {
            None => false,
            Some(Basis::Reported) => !self.source.is_empty(),
            Some(_) => true,
        }
    }

    /// Tells what is missing for the value at `origin`, unless a fault took it.
    fn tell(self, what: String, origin: Origin, address: Address, out: &mut Out) {
        let code = match self.basis {
            None => Code::NoBasis,
            Some(Basis::Reported) if self.source.is_empty() => Code::NoSource,
            _ => return,
        };
        // Whatever a value stands in, its item and the file among it, may have said it for the value.
        let key = if code == Code::NoBasis { "basis" } else { "source" };
        let above = |depth: usize| Origin { file: origin.file, path: origin.path[..depth].to_vec() };
        if (0..=origin.path.len()).any(|depth| out.faulty.has(&above(depth).key(key))) {
            return;
        }
        let place = if out.named { origin.key("id") } else { origin };
        out.diags.push(Diagnostic::new(code, place).arg("what", what).address(address));
    }
}

/// Where it is told.
struct Out<'a> {
    faulty: &'a Faulty,
    diags: &'a mut Diagnostics,
    /// True for items, which are shown by their ids.
    named: bool,
}

/// Every title, figure, suggestion and disposition says where it comes from.
pub fn basis(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    let mut out = Out { faulty, diags, named: true };
    titles(&plan.layers, "the layer", &mut out);
    titles(&plan.statements, "the statement", &mut out);
    titles(&plan.elements, "the element", &mut out);
    titles(&plan.sections, "the section", &mut out);
    titles(&plan.priorities, "the priority", &mut out);
    titles(&plan.activities, "the activity", &mut out);
    titles(&plan.indicators, "the indicator", &mut out);
    titles(&plan.regions, "the region", &mut out);
    titles(&plan.bodies, "the body", &mut out);
    titles(&plan.meetings, "the meeting", &mut out);
    titles(&plan.decisions, "the decision", &mut out);
    titles(&plan.terms, "the term", &mut out);
    titles(&plan.events, "the event", &mut out);
    for group in &plan.suggestions {
        titles(&group.suggestions, "the suggestion", &mut out);
    }
    titles(&plan.clusters, "the cluster", &mut out);
    titles(&plan.allocations, "the allocation", &mut out);
    titles(&plan.cost_keys, "the key", &mut out);
    titles(&plan.factors, "the factor", &mut out);
    titles(&plan.surveys, "the survey", &mut out);
    titles(&plan.map, "the map", &mut out);
    out.named = false;
    figures(plan, &mut out);
    predecessor(plan, &mut out);
}

/// Counted figures and answers, each with a ground of its own or that of its item.
fn figures(plan: &Plan, out: &mut Out) {
    for region in &plan.regions {
        if let Some(count) = &region.data.members {
            figure(region, "members", count.basis, &count.source, "the number of members of", out);
        }
    }
    for body in &plan.bodies {
        if let Some(count) = &body.data.seats {
            figure(body, "seats", count.basis, &count.source, "the number of seats of", out);
        }
    }
    for event in &plan.events {
        for (index, count) in event.data.attendance.iter().enumerate() {
            let ground = Ground::of(event).under(count.basis, &count.source);
            let address = Address::item(&*event.data.id).field("attendance");
            let what = format!("the attendance of `{}`", event.data.id);
            let at = out.faulty.entry(&event.origin.key("attendance"), index);
            ground.tell(what, at, address, out);
        }
    }
    for suggestion in plan.suggestions.iter().flat_map(|group| &group.suggestions) {
        answer(suggestion, suggestion.data.disposition.as_ref(), out);
        points(suggestion, out);
    }
    for cluster in &plan.clusters {
        answer(cluster, cluster.data.disposition.as_ref(), out);
    }
    for survey in &plan.surveys {
        for (index, wave) in survey.data.waves.iter().enumerate().filter(|(_, wave)| wave.basis.is_some()) {
            let ground = Ground::of(survey).under(wave.basis, &wave.source);
            let address = Address::item(&*survey.data.id).field("waves").field(wave.id.as_str());
            let at = out.faulty.entry(&survey.origin.key("waves"), index);
            ground.tell(format!("the answers `{}` of `{}`", wave.id, survey.data.id), at, address, out);
        }
    }
}

/// The answer to a suggestion or to a cluster.
fn answer<T: Common>(item: &Item<T>, disposition: Option<&Disposition>, out: &mut Out) {
    if let Some(Disposition { basis, source, .. }) = disposition {
        figure(item, "disposition", *basis, source, "the disposition of", out);
    }
}

/// The points of a split suggestion: what they say for themselves, and the answer to each.
fn points(suggestion: &Item<Suggestion>, out: &mut Out) {
    let whole = Ground::of(suggestion);
    for (index, point) in suggestion.data.points.iter().enumerate() {
        let origin = out.faulty.entry(&suggestion.origin.key("points"), index);
        let own = whole.under(point.basis, &point.source);
        // What the suggestion lacks is told of the suggestion.
        if !own.stands() && point.basis.is_some() {
            own.tell(format!("the point `{}`", point.id), origin.key("basis"), Address::item(&*point.id), out);
        }
        if let Some(disposition) = &point.disposition {
            let ground = own.under(disposition.basis, &disposition.source);
            let address = Address::item(&*point.id).field("disposition");
            let what = format!("the disposition of `{}`", point.id);
            ground.tell(what, origin.key("disposition"), address, out);
        }
    }
}

/// The elements of the plan before, what became of them (with the shares), and the figures that compare.
fn predecessor(plan: &Plan, out: &mut Out) {
    let Some(before) = &plan.predecessor else { return };
    out.named = true;
    titles(&before.elements, "the element of the plan before", out);
    let file = Ground { basis: before.file_basis, source: &before.file_source };
    for (index, mapping) in before.mapping.iter().enumerate() {
        let origin = out.faulty.entry(&before.origin.key("mapping"), index);
        let what = format!("the mapping `{}`", mapping.id);
        file.under(mapping.basis, &mapping.source).tell(what, origin, Address::item(&*mapping.id), out);
    }
    out.named = false;
    for (index, comparison) in before.comparisons.iter().enumerate() {
        for (field, count) in [("before", &comparison.before), ("now", &comparison.now)] {
            let origin = out.faulty.entry(&before.origin.key("comparisons"), index).key(field);
            let what = format!("`{field}` of the comparison `{}`", comparison.id);
            let address = Address::item(&*comparison.id).field(field);
            file.under(count.basis, &count.source).tell(what, origin, address, out);
        }
    }
}

fn titles<T: Common>(items: &[Item<T>], what: &str, out: &mut Out) {
    for item in items {
        let ground = Ground::of(item);
        if ground.stands() {
            continue;
        }
        let what = format!("{what} `{}`", item.data.id());
        ground.tell(what, item.origin.clone(), Address::item(item.data.id()), out);
    }
}

fn figure<T: Common>(item: &Item<T>, field: &str, basis: Option<Basis>, source: &Ids, what: &str, out: &mut Out) {
    let ground = Ground::of(item).under(basis, source);
    if ground.stands() {
        return;
    }
    let address = Address::item(item.data.id()).field(field);
    let what = format!("{what} `{}`", item.data.id());
    ground.tell(what, item.origin.key(field), address, out);
}

/// Every activity has a unit that answers for it.
pub fn owner(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    let lacks = |it: &&Item<Activity>| it.data.owner.is_none() && !faulty.has(&it.origin.key("owner"));
    for activity in plan.activities.iter().filter(lacks) {
        diags.push(at(Code::NoOwner, activity, "").arg("id", &*activity.data.id));
    }
}

/// Every indicator says what is counted and what is aimed at.
pub fn indicators(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    for indicator in &plan.indicators {
        let data = &indicator.data;
        let lost = |field: &str| faulty.has(&indicator.origin.key(field));
        if data.unit.is_none() && data.nature != Some(Nature::Qualitative) && !lost("unit") && !lost("nature") {
            diags.push(at(Code::NoUnit, indicator, "").arg("id", &*data.id));
        }
        if data.targets.is_empty() && !lost("targets") {
            diags.push(at(Code::NoTarget, indicator, "").arg("id", &*data.id));
        }
    }
}

/// A record with gaps is told once, with all that it lacks. Nobody chairs a survey or a letter, and it has no place.
pub fn events(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    for event in plan.events.iter().filter(|it| it.data.state != EventState::Planned) {
        let data = &event.data;
        let met = matches!(data.kind, EventKind::Workshop | EventKind::Meeting);
        let gaps = [
            ("place", data.place.is_none() && !data.is_virtual && met),
            ("dates", data.dates.is_none()),
            ("attendance", data.attendance.is_empty() && met),
            ("chairs", data.chairs.is_empty() && met),
        ];
        let lost = |name: &str| faulty.has(&event.origin.key(name));
        let lacking = gaps.iter().filter(|(name, missing)| *missing && !lost(name));
        let fields: Vec<&str> = lacking.map(|(name, _)| *name).collect();
        if !fields.is_empty() {
            let what = format!("the event `{}`", data.id);
            diags.push(at(Code::NotRecorded, event, "").arg("what", what).arg("fields", fields.join(", ")));
        }
    }
}

/// An event and a stage rest on a decision.
pub fn decisions(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    let lacks = |it: &&Item<Event>| it.data.decision.is_none() && !faulty.has(&it.origin.key("decision"));
    for event in plan.events.iter().filter(lacks) {
        diags.push(at(Code::NoDecision, event, "").arg("what", format!("the event `{}`", event.data.id)));
    }
    for (index, stage) in plan.plan.stages.iter().enumerate() {
        let at = faulty.entry(&plan.origin.key("stages"), index);
        if stage.decision.is_none() && !stage.denies.is_empty() && !faulty.has(&at.key("decision")) {
            let origin = at.key("id");
            let what = format!("the stage `{}`", stage.id);
            diags.push(Diagnostic::new(Code::NoDecision, origin).arg("what", what));
        }
    }
}

/// Paragraphs without a marker change their address with their text. Those of a translation bear the ids of their source.
pub fn markers(plan: &Plan, diags: &mut Diagnostics) {
    let elements = plan.elements.iter().filter_map(|it| it.bodies.first());
    let statements = plan.statements.iter().filter_map(|it| it.bodies.first());
    let sections = plan.sections.iter().filter_map(|it| it.bodies.first());
    // One whose marker is wrong is told of that alone.
    let wrong: Vec<Place> = diags
        .iter()
        .filter(|it| matches!(it.code, Code::BadMarker | Code::DuplicateMarker))
        .flat_map(|it| it.places.first().cloned())
        .collect();
    let is_wrong = |file, range: &std::ops::Range<usize>| {
        let inside = |at: &std::ops::Range<usize>| range.start <= at.start && at.end <= range.end;
        wrong.iter().any(|place| matches!(place, Place::Bytes(id, at) if *id == file && inside(at)))
    };
    for body in elements.chain(statements).chain(sections) {
        for block in body.prose.blocks.iter().filter(|block| !block.marked) {
            if matches!(block.content, crate::model::prose::Content::Paragraph(_)) && !is_wrong(body.file, &block.range)
            {
                let place = Place::Bytes(body.file, block.marker());
                diags.push(Diagnostic::new(Code::UnmarkedParagraph, place));
            }
        }
    }
}
