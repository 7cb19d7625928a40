//! The strategic map that the plan says: its rows, boxes and arrows, in order and without a language.
//!
//! A link is an arrow where both of its ends are boxes; a version or a regional map has boxes of its own.

use std::collections::BTreeSet;

use super::format::*;
use super::order::elements_of;
use super::{Item, Plan};

/// How a box or an arrow differs from another map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    #[default]
    Same,
    Added,
    Removed,
    /// In another row or group.
    Moved,
    /// In its place, under another title.
    Renamed,
    /// An element of the plan, in a layer that is no row of this map.
    Undrawn,
}

/// How a box differs from what it `was`.
pub fn difference(now: Option<&Spot>, was: Option<&Spot>) -> Difference {
    match (now, was) {
        (None, None) => Difference::Same,
        (Some(_), None) => Difference::Added,
        (None, Some(was)) if was.element.is_some() => Difference::Undrawn,
        (None, Some(_)) => Difference::Removed,
        (Some(now), Some(was)) if (was.layer, was.group) != (now.layer, now.group) => Difference::Moved,
        (Some(now), Some(was)) if was.title != now.title => Difference::Renamed,
        (Some(_), Some(_)) => Difference::Same,
    }
}

/// One box.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'p> {
    /// Id of the element, or of the box itself.
    pub id: &'p str,
    pub layer: &'p str,
    pub group: Option<&'p str>,
    /// The element, if it is one of this plan.
    pub element: Option<&'p Item<Element>>,
    /// Its title: that of the element, unless it was called otherwise.
    pub title: &'p Text,
    pub basis: Option<Basis>,
    pub difference: Difference,
}

/// One arrow: what `from` supports.
#[derive(Clone, Copy, Debug)]
pub struct Pointer<'p> {
    pub from: &'p str,
    pub to: &'p str,
    pub rationale: Option<&'p Text>,
    pub basis: Option<Basis>,
    /// True for the arrow from an element to its parent, which follows from the structure.
    pub is_parent: bool,
    pub difference: Difference,
}

/// A map before it is laid out in rows: boxes in their order, arrows, and what cuts across.
#[derive(Clone, Debug, Default)]
pub struct Shape<'p> {
    pub boxes: Vec<Spot<'p>>,
    pub arrows: Vec<Pointer<'p>>,
    pub band: Vec<&'p Item<Priority>>,
}

/// A row with its groups; the boxes without a group stand in one that has no name.
#[derive(Clone, Debug)]
pub struct Row<'p> {
    pub layer: &'p Item<Layer>,
    pub groups: Vec<(Option<&'p Group>, Vec<Spot<'p>>)>,
}

/// The settings of the map, if the plan has any.
pub fn settings(plan: &Plan) -> Option<&Item<StrategicMap>> {
    plan.map.first()
}

/// The layers that are rows, from the top.
pub fn layers(plan: &Plan) -> Vec<&Item<Layer>> {
    match settings(plan).map(|map| map.data.layers.as_slice()) {
        None | Some([]) => plan.layers.iter().collect(),
        Some(own) => own.iter().filter_map(|id| plan.layers.iter().find(|layer| layer.data.id == *id)).collect(),
    }
}

/// The map as it is now.
pub fn present(plan: &Plan) -> Shape<'_> {
    let spots = |layer: &&Item<Layer>| elements_of(plan, &layer.data.id).into_iter().map(spot).collect::<Vec<_>>();
    let boxes: Vec<Spot> = layers(plan).iter().flat_map(spots).collect();
    let map = settings(plan).map(|map| &map.data);
    let parents = map.is_some_and(|map| map.parents);
    let arrows = arrows(&boxes, parents);
    let band = match map.is_some_and(|map| map.band) {
        true => plan.priorities.iter().collect(),
        false => Vec::new(),
    };
    Shape { boxes, arrows, band }
}

fn spot(item: &Item<Element>) -> Spot<'_> {
    Spot {
        id: item.data.id.as_str(),
        layer: item.data.layer.as_str(),
        group: item.data.group.as_deref(),
        element: Some(item),
        title: &item.data.title,
        basis: basis_of(item),
        difference: Difference::Same,
    }
}

/// Links and, where asked for, parents, of which both ends are on the map; each pair once. Those of a box stand in the
/// order of the boxes to which they lead.
fn arrows<'p>(boxes: &[Spot<'p>], parents: bool) -> Vec<Pointer<'p>> {
    let known: BTreeSet<&str> = boxes.iter().map(|one| one.id).collect();
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for item in boxes.iter().filter_map(|one| one.element) {
        let basis = basis_of(item);
        let pointer = |to: &'p Id| Pointer {
            from: item.data.id.as_str(),
            to: to.as_str(),
            rationale: None,
            basis,
            is_parent: false,
            difference: Difference::Same,
        };
        let links = item.data.links.iter().map(|link| Pointer {
            rationale: link.rationale.as_ref(),
            basis: link.basis.or(basis),
            ..pointer(&link.to)
        });
        let above = item.data.parent.iter().filter(|_| parents).map(|to| Pointer { is_parent: true, ..pointer(to) });
        let new = |one: &Pointer<'p>| known.contains(one.to) && seen.insert((one.from, one.to));
        let mut own: Vec<Pointer> = links.chain(above).filter(new).collect();
        own.sort_by_key(|one| boxes.iter().position(|spot| spot.id == one.to));
        out.extend(own);
    }
    out
}

/// Lays boxes out in rows. Rows without a box are left out; a layer that is no row of the map comes below, if a box
/// stands in it.
pub fn rows<'p>(plan: &'p Plan, boxes: &[Spot<'p>]) -> Vec<Row<'p>> {
    let mut order = layers(plan);
    let rest: Vec<_> =
        plan.layers.iter().filter(|layer| !order.iter().any(|known| known.data.id == layer.data.id)).collect();
    order.extend(rest);
    let row = |layer: &'p Item<Layer>| {
        let own: Vec<Spot> = boxes.iter().filter(|one| *one.layer == *layer.data.id).copied().collect();
        let known = |one: &Spot| layer.data.groups.iter().any(|group| one.group == Some(&*group.id));
        let mut groups: Vec<(Option<&Group>, Vec<Spot>)> = layer
            .data
            .groups
            .iter()
            .map(|group| (Some(group), own.iter().filter(|one| one.group == Some(&*group.id)).copied().collect()))
            .collect();
        groups.push((None, own.iter().filter(|one| !known(one)).copied().collect()));
        groups.retain(|(_, boxes)| !boxes.is_empty());
        Row { layer, groups }
    };
    order.into_iter().map(row).filter(|row| !row.groups.is_empty()).collect()
}

/// The boxes of a version or a region. `basis` holds for those that do not say their own.
pub fn own_boxes<'p>(plan: &'p Plan, list: &'p [MapBox], basis: Option<Basis>) -> Vec<Spot<'p>> {
    let found = |one: &'p MapBox| {
        let element = one.element.as_ref().and_then(|id| plan.elements.iter().find(|item| item.data.id == *id));
        let layer = one.layer.as_deref().or(element.map(|item| item.data.layer.as_str()))?;
        let group = match one.layer.is_some() || one.group.is_some() {
            true => one.group.as_deref(),
            false => element.and_then(|item| item.data.group.as_deref()),
        };
        let title = one.title.as_ref().or(element.map(|item| &item.data.title))?;
        let own = one.basis.or(basis);
        let basis = if one.title.is_some() { own } else { element.and_then(basis_of).or(own) };
        let id = one.element.as_deref().or(one.id.as_deref())?;
        Some(Spot { id, layer, group, element, title, basis, difference: Difference::Same })
    };
    list.iter().filter_map(found).collect()
}

/// The arrows of a version or a region.
pub fn own_arrows<'p>(list: &'p [MapBox], basis: Option<Basis>) -> Vec<Pointer<'p>> {
    let place = |link: &&MapLink| list.iter().position(|one| one.name() == link.to.as_str());
    let of = |one: &'p MapBox| {
        let mut links: Vec<&MapLink> = one.links.iter().collect();
        links.sort_by_key(place);
        links.into_iter().map(move |link| Pointer {
            from: one.name(),
            to: link.to.as_str(),
            rationale: link.rationale.as_ref(),
            basis: link.basis.or(one.basis).or(basis),
            is_parent: false,
            difference: Difference::Same,
        })
    };
    list.iter().flat_map(of).collect()
}

/// The basis of an item: its own, else that of its file.
fn basis_of<T: Common>(item: &Item<T>) -> Option<Basis> {
    item.data.basis().or(item.file_basis)
}
