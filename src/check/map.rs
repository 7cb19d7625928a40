//! The strategic map: small enough to be read, arrows that lead up, versions and regional maps that fit to it.

use std::collections::{BTreeMap, BTreeSet};

use super::place::at;
use crate::diag::{Address, Code, Diagnostic, Diagnostics, Origin};
use crate::model::faulty::Faulty;
use crate::model::format::*;
use crate::model::map::{self, Difference, Pointer, Shape, Spot};
use crate::model::{Item, ItemKind, Plan};

/// More boxes than this nobody takes in at a glance; common advice is 15 to 25.
const BOXES: usize = 25;

/// More boxes than this side by side leave no room for their titles.
const IN_A_ROW: usize = 6;

/// A longer title does not fit into a box.
const WORDS: usize = 12;

/// All rules on the map.
pub fn run(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    levels(plan, faulty, diags);
    let shape = map::present(plan);
    if is_drawn(plan) {
        size(plan, &shape, diags);
        rows(plan, &shape, diags);
        titles(plan, &shape, diags);
        arrows(plan, &shape, diags);
    }
    for item in &plan.map {
        Of { plan, item, shape: &shape, faulty, diags }.run();
    }
}

/// Without a file for it the map is drawn where an edition asks for it.
fn is_drawn(plan: &Plan) -> bool {
    let editions = &plan.plan.editions;
    let mut parts = editions.iter().flat_map(|it| it.parts.iter().chain(it.annexes.iter().map(|annex| &annex.part)));
    !plan.map.is_empty() || parts.any(|part| **part == *"map")
}

/// Every priority is meant at some level, or the views of the levels would be the same for it.
fn levels(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    let lacks = |it: &&Item<Priority>| it.data.levels.is_empty() && !faulty.has(&it.origin.key("levels"));
    for priority in plan.priorities.iter().filter(lacks) {
        diags.push(at(Code::MissingLevel, priority, "").arg("id", &*priority.data.id));
    }
}

fn size(plan: &Plan, shape: &Shape, diags: &mut Diagnostics) {
    if shape.boxes.len() <= BOXES {
        return;
    }
    match (plan.map.first(), plan.layers.first()) {
        (Some(item), _) => diags.push(large(at(Code::LargeMap, item, ""), "the map", shape)),
        (None, Some(layer)) => diags.push(large(at(Code::LargeMap, layer, ""), "the map", shape)),
        (None, None) => {}
    }
}

fn large(diagnostic: Diagnostic, what: &str, shape: &Shape) -> Diagnostic {
    let count = shape.boxes.len().to_string();
    diagnostic.arg("what", what).arg("count", count).arg("limit", BOXES.to_string())
}

/// Boxes of a group stand side by side, and so do those of a layer without groups.
fn rows(plan: &Plan, shape: &Shape, diags: &mut Diagnostics) {
    for row in map::rows(plan, &shape.boxes) {
        for (group, boxes) in row.groups.iter().filter(|(_, boxes)| boxes.len() > IN_A_ROW) {
            let diagnostic = match group {
                None => at(Code::WideRow, row.layer, "").arg("what", format!("the layer `{}`", row.layer.data.id)),
                Some(group) => {
                    let index = row.layer.data.groups.iter().position(|one| one.id == group.id).unwrap_or_default();
                    let origin = plan.faulty.entry(&row.layer.origin.key("groups"), index).key("id");
                    let diagnostic = Diagnostic::new(Code::WideRow, origin).address(Address::item(&*group.id));
                    diagnostic.arg("what", format!("the group `{}`", group.id))
                }
            };
            diags.push(wide(diagnostic, boxes.len()));
        }
    }
}

fn wide(diagnostic: Diagnostic, count: usize) -> Diagnostic {
    diagnostic.arg("count", count.to_string()).arg("limit", IN_A_ROW.to_string())
}

/// True where boxes that a region adds make a row too wide that was not.
fn is_wider(own: &[Spot], row: &[Spot]) -> bool {
    row.len() > IN_A_ROW && row.iter().filter(|one| own.iter().any(|known| known.id == one.id)).count() <= IN_A_ROW
}

fn titles(plan: &Plan, shape: &Shape, diags: &mut Diagnostics) {
    for item in shape.boxes.iter().filter_map(|one| one.element) {
        if let Some(count) = too_long(&item.data.title) {
            diags.push(long(at(Code::LongBox, item, "title"), &item.data.id, count));
        }
    }
    for (one, origin) in boxes(plan) {
        if let Some(count) = one.title.as_ref().and_then(too_long) {
            diags.push(long(Diagnostic::new(Code::LongBox, origin.key("title")), one.name(), count));
        }
    }
}

fn long(diagnostic: Diagnostic, id: &str, count: usize) -> Diagnostic {
    diagnostic.arg("id", id).arg("count", count.to_string()).arg("limit", WORDS.to_string())
}

/// The words of a title that has too many, in the language in which it has most.
fn too_long(title: &Text) -> Option<usize> {
    let words = title.wordings.iter().map(|(_, wording)| wording.text.split_whitespace().count());
    words.max().filter(|count| *count > WORDS)
}

/// All boxes of versions and regional maps, with their places.
fn boxes(plan: &Plan) -> Vec<(&MapBox, Origin)> {
    let mut out = Vec::new();
    for item in &plan.map {
        let add = |list: &'_ str, index: usize, boxes: &'_ [MapBox]| -> Vec<Origin> {
            let at = plan.faulty.entry(&item.origin.key(list), index).key("boxes");
            (0..boxes.len()).map(|index| plan.faulty.entry(&at, index)).collect()
        };
        for (index, one) in item.data.versions.iter().enumerate() {
            out.extend(one.boxes.iter().zip(add("versions", index, &one.boxes)));
        }
        for (index, one) in item.data.overlays.iter().enumerate() {
            out.extend(one.boxes.iter().zip(add("overlays", index, &one.boxes)));
        }
    }
    out
}

/// What supports something stands below it, in the next row or in the same one.
fn arrows(plan: &Plan, shape: &Shape, diags: &mut Diagnostics) {
    let elements: BTreeMap<&str, &Item<Element>> =
        shape.boxes.iter().filter_map(|one| Some((one.id, one.element?))).collect();
    let ways = Ways::new(plan, shape);
    for arrow in &shape.arrows {
        let (Some(detail), Some(item)) = (ways.wrong(arrow.from, arrow.to), elements.get(arrow.from)) else { continue };
        let origin = match arrow.is_parent {
            true => item.origin.key("parent"),
            false => {
                let index = item.data.links.iter().position(|link| *link.to == *arrow.to).unwrap_or_default();
                plan.faulty.entry(&item.origin.key("links"), index).key("to")
            }
        };
        let diagnostic = Diagnostic::new(Code::ArrowDirection, origin).address(Address::item(arrow.from));
        diags.push(diagnostic.arg("from", arrow.from).arg("to", arrow.to).arg("detail", detail));
    }
}

/// In which row each box stands.
struct Ways<'p> {
    order: Vec<&'p Item<Layer>>,
    row: BTreeMap<&'p str, usize>,
}

impl<'p> Ways<'p> {
    fn new(plan: &'p Plan, shape: &Shape<'p>) -> Self {
        let order = map::layers(plan);
        let rank: BTreeMap<&str, usize> = order.iter().enumerate().map(|(at, it)| (it.data.id(), at)).collect();
        let row = shape.boxes.iter().filter_map(|one| Some((one.id, *rank.get(one.layer)?))).collect();
        Ways { order, row }
    }

    /// What is wrong with an arrow, if anything is. Of a box that is in no row nothing is said.
    fn wrong(&self, from: &str, to: &str) -> Option<String> {
        if from == to {
            return self.row.contains_key(from).then(|| "leads back to itself".to_string());
        }
        match (*self.row.get(from)?, *self.row.get(to)?) {
            (from, to) if to > from => Some("points down".to_string()),
            (from, to) if from - to > 1 => Some(format!("skips the layer `{}`", self.order[from - 1].data.id)),
            _ => None,
        }
    }
}

/// The rules on one file of the map.
struct Of<'a> {
    plan: &'a Plan,
    item: &'a Item<StrategicMap>,
    shape: &'a Shape<'a>,
    faulty: &'a Faulty,
    diags: &'a mut Diagnostics,
}

impl<'a> Of<'a> {
    fn run(&mut self) {
        let data = &self.item.data;
        let (versions, overlays) = (self.item.origin.key("versions"), self.item.origin.key("overlays"));
        let on_map: BTreeSet<&str> = self.shape.boxes.iter().map(|one| one.id).collect();
        if let Some(ranking) = &data.ranking {
            self.ranking(ranking, &on_map, "the map", &self.item.origin.key("ranking"));
        }
        for (index, version) in data.versions.iter().enumerate() {
            let at = self.faulty.entry(&versions, index);
            self.shapes(&version.boxes, true, &at);
            self.version(version, &on_map, &at);
        }
        let mut regions: BTreeMap<&str, Origin> = BTreeMap::new();
        for (index, overlay) in data.overlays.iter().enumerate() {
            let at = self.faulty.entry(&overlays, index);
            self.shapes(&overlay.boxes, false, &at);
            self.overlay(overlay, &on_map, &at);
            let place = at.key("region");
            match regions.get(&*overlay.region) {
                Some(first) => {
                    let diagnostic = Diagnostic::new(Code::OverlayTwice, place).arg("region", &*overlay.region);
                    self.diags.push(diagnostic.also(first));
                }
                None => drop(regions.insert(&overlay.region, place)),
            }
        }
    }

    /// A box is an element, or has an id, a title and a layer.
    fn shapes(&mut self, boxes: &[MapBox], elements: bool, at: &Origin) {
        for (index, one) in boxes.iter().enumerate() {
            let origin = self.faulty.entry(&at.key("boxes"), index);
            let detail = match (&one.element, &one.id) {
                (Some(_), Some(_)) => "is an element and has an `id` of its own",
                (None, None) => "has neither an `element` nor an `id`",
                (Some(_), None) if !elements => "is an element, which stands on the map already",
                (None, Some(_)) if one.title.is_none() => "has no `title`",
                (None, Some(_)) if one.layer.is_none() => "has no `layer`",
                _ => continue,
            };
            let lost = ["element", "id", "title", "layer"].iter().any(|key| self.faulty.has(&origin.key(key)));
            if !lost {
                self.diags.push(Diagnostic::new(Code::BoxShape, origin).arg("detail", detail));
            }
        }
    }

    fn version(&mut self, version: &'a MapVersion, now: &BTreeSet<&str>, at: &Origin) {
        if self.faulty.has(&at.key("boxes")) {
            return; // the box that is missing may have been set aside
        }
        let before: BTreeSet<&str> = version.boxes.iter().map(MapBox::name).collect();
        let either: BTreeSet<&str> = before.union(now).copied().collect();
        let name = format!("the version `{}`", version.id);
        self.links(&version.boxes, &before, &name, at);
        for (index, change) in version.changes.iter().enumerate() {
            let origin = self.faulty.entry(&at.key("changes"), index);
            let name = format!("{name}, nor on the map now");
            self.known(&change.of, &either, &name, origin.key("of"));
            self.change(version, change, &origin);
            for (index, link) in change.links.iter().enumerate() {
                let origin = self.faulty.entry(&origin.key("links"), index).key("to");
                self.known(&link.to, &either, &name, origin);
            }
        }
    }

    /// What did not change has no cause.
    fn change(&mut self, version: &'a MapVersion, change: &'a MapChange, origin: &Origin) {
        let boxes = map::own_boxes(self.plan, &version.boxes, None);
        let find = |list: &[Spot<'a>]| list.iter().find(|one| one.id == &*change.of).copied();
        let (now, was) = (find(&self.shape.boxes), find(&boxes));
        let Some(here) = now.or(was) else { return };
        // What was set aside of the element may have been what changed.
        let lost = ["title", "layer", "group", "links", "parent"];
        let is_lost = |item: &Item<Element>| lost.iter().any(|key| self.faulty.has(&item.origin.key(key)));
        if here.element.is_some_and(is_lost) || self.plan.unread.contains(&ItemKind::Layer) {
            return;
        }
        let since = format!("is as it was in the version `{}`", version.id);
        let mut told = Vec::new();
        let is_same = map::difference(now.as_ref(), was.as_ref()) == Difference::Same;
        if is_same && !change.because.is_empty() {
            told.push((format!("`{}`", change.of), since.clone(), origin.key("of")));
        }
        let pointed = map::own_arrows(&version.boxes, None);
        for (index, link) in change.links.iter().enumerate() {
            let of =
                |list: &[Pointer<'a>]| list.iter().find(|it| it.from == &*change.of && it.to == &*link.to).copied();
            let (now, was) = (of(&self.shape.arrows), of(&pointed));
            let detail = match (now, was) {
                (Some(one), None) if one.is_parent => "follows from `parent:` and is not told apart".to_string(),
                (now, was) if now.is_some() == was.is_some() => since.clone(),
                _ => continue,
            };
            let what = format!("the arrow from `{}` to `{}`", change.of, link.to);
            told.push((what, detail, self.faulty.entry(&origin.key("links"), index).key("to")));
        }
        for (what, detail, place) in told {
            let diagnostic = Diagnostic::new(Code::UnchangedBox, place).address(Address::item(&*version.id));
            self.diags.push(diagnostic.arg("what", what).arg("detail", detail));
        }
    }

    fn overlay(&mut self, overlay: &'a MapOverlay, now: &BTreeSet<&str>, at: &Origin) {
        if self.faulty.has(&at.key("boxes")) {
            return;
        }
        let own = overlay.boxes.iter().map(MapBox::name);
        let all: BTreeSet<&str> = now.iter().copied().chain(own).collect();
        let name = format!("the map `{}`", overlay.id);
        self.drawn(overlay, &name, at);
        self.links(&overlay.boxes, &all, &name, at);
        for (index, one) in overlay.dropped.iter().enumerate() {
            let origin = self.faulty.entry(&at.key("dropped"), index);
            self.known(&one.element, now, "the map", origin.key("element"));
            if one.reason.is_none() && !self.faulty.has(&origin.key("reason")) {
                let diagnostic = Diagnostic::new(Code::UnexplainedDrop, origin.key("element"));
                let diagnostic = diagnostic.address(Address::item(&*overlay.id));
                self.diags.push(diagnostic.arg("map", &*overlay.id).arg("id", &*one.element));
            }
        }
        let dropped: BTreeSet<&str> = overlay.dropped.iter().map(|one| &*one.element).collect();
        if let Some(ranking) = &overlay.ranking {
            self.ranking(ranking, &all.difference(&dropped).copied().collect(), &name, &at.key("ranking"));
        }
        self.directions(overlay, at);
    }

    /// What a region adds may make its map too large.
    fn drawn(&mut self, overlay: &'a MapOverlay, name: &str, at: &Origin) {
        let mut laid = self.shape.clone();
        laid.boxes
            .extend(map::own_boxes(self.plan, &overlay.boxes, None).into_iter().filter(|it| it.element.is_none()));
        let told = |code| Diagnostic::new(code, at.key("id")).address(Address::item(&*overlay.id));
        if laid.boxes.len() > BOXES && self.shape.boxes.len() <= BOXES {
            self.diags.push(large(told(Code::LargeMap), name, &laid));
        }
        for row in map::rows(self.plan, &laid.boxes) {
            for (_, boxes) in row.groups.iter().filter(|(_, boxes)| is_wider(&self.shape.boxes, boxes)) {
                let what = format!("in {name}, the layer `{}`", row.layer.data.id);
                self.diags.push(wide(told(Code::WideRow).arg("what", what), boxes.len()));
            }
        }
    }

    /// An arrow of a region leads the same way as those of the plan.
    fn directions(&mut self, overlay: &'a MapOverlay, at: &Origin) {
        let mut laid = self.shape.clone();
        laid.boxes.extend(map::own_boxes(self.plan, &overlay.boxes, None));
        let ways = Ways::new(self.plan, &laid);
        for (index, one) in overlay.boxes.iter().enumerate() {
            let origin = self.faulty.entry(&at.key("boxes"), index).key("links");
            for (index, link) in one.links.iter().enumerate() {
                let Some(detail) = ways.wrong(one.name(), &link.to) else { continue };
                let place = self.faulty.entry(&origin, index).key("to");
                let diagnostic = Diagnostic::new(Code::ArrowDirection, place).address(Address::item(one.name()));
                self.diags.push(diagnostic.arg("from", one.name()).arg("to", &*link.to).arg("detail", detail));
            }
        }
    }

    fn links(&mut self, boxes: &[MapBox], known: &BTreeSet<&str>, name: &str, at: &Origin) {
        for (index, one) in boxes.iter().enumerate() {
            let origin = self.faulty.entry(&at.key("boxes"), index).key("links");
            for (index, link) in one.links.iter().enumerate() {
                self.known(&link.to, known, name, self.faulty.entry(&origin, index).key("to"));
            }
        }
    }

    fn ranking(&mut self, ranking: &Ranking, known: &BTreeSet<&str>, name: &str, at: &Origin) {
        for (index, one) in ranking.values.iter().enumerate() {
            self.known(&one.of, known, name, self.faulty.entry(&at.key("values"), index).key("of"));
        }
    }

    /// Tells what is there, but not on the map in question. What is nowhere, or could not be read, was told already.
    fn known(&mut self, id: &str, known: &BTreeSet<&str>, name: &str, origin: Origin) {
        let is_element = || self.plan.elements.iter().any(|item| *item.data.id == *id);
        let is_box = || boxes(self.plan).iter().any(|(one, _)| one.id.as_deref() == Some(id));
        // Of a layer that could not be read nobody knows what stands in it.
        let unsure = self.plan.unread.contains(&ItemKind::Layer) || self.faulty.has(&self.item.origin.key("layers"));
        if known.contains(id) || unsure || !(is_element() || is_box()) {
            return;
        }
        self.diags.push(Diagnostic::new(Code::NotOnMap, origin).arg("id", id).arg("map", name));
    }
}
