//! The map of a region beside the map of the plan: what the region adds, leaves out and ranks otherwise.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Difference, Pointer, Shape, Spot, own_arrows, own_boxes, present, settings};
use crate::model::Plan;
use crate::model::format::*;
use crate::model::reference::decimal;

/// A box in a ranking: its value, and its place from 1 among the boxes that are shown. Equal values share a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub value: String,
    pub place: usize,
    /// True when another box has the same value.
    pub tied: bool,
}

/// The map of a region: all boxes of the plan, with those that the region adds or leaves out marked as such.
#[derive(Clone, Debug, Default)]
pub struct Overlaid<'p> {
    pub shape: Shape<'p>,
    /// Standing for the region, by box.
    pub region: BTreeMap<&'p str, Standing>,
    /// Standing in the plan, by box.
    pub plan: BTreeMap<&'p str, Standing>,
    /// Basis of the rankings.
    pub region_basis: Option<Basis>,
    pub plan_basis: Option<Basis>,
}

impl Overlaid<'_> {
    /// True for a box that has another place for the region than in the plan.
    pub fn is_reranked(&self, id: &str) -> bool {
        match (self.region.get(id), self.plan.get(id)) {
            (Some(region), Some(plan)) => region.place != plan.place,
            _ => false,
        }
    }
}

/// Lays the map of a region over the map of the plan.
pub fn overlay<'p>(plan: &'p Plan, overlay: &'p MapOverlay) -> Overlaid<'p> {
    let map = settings(plan);
    let whole = map.and_then(|map| map.data.basis);
    let basis = overlay.basis.or(whole);
    let dropped: BTreeSet<&str> = overlay.dropped.iter().map(|one| one.element.as_str()).collect();
    let mut shape = present(plan);
    for one in shape.boxes.iter_mut().filter(|one| dropped.contains(one.id)) {
        one.difference = Difference::Removed;
    }
    let gone = |one: &Pointer| dropped.contains(one.from) || dropped.contains(one.to);
    for one in shape.arrows.iter_mut().filter(|one| gone(one)) {
        one.difference = Difference::Removed;
    }
    let added = |one: Spot<'p>| Spot { difference: Difference::Added, ..one };
    let own = overlay.boxes.iter().filter(|one| one.element.is_none());
    let ids: BTreeSet<&str> = own.map(|one| one.name()).collect();
    let fresh = own_boxes(plan, &overlay.boxes, basis).into_iter().filter(|one| ids.contains(one.id));
    shape.boxes.extend(fresh.map(added));
    let known: BTreeSet<&str> = shape.boxes.iter().map(|one| one.id).collect();
    let fresh = own_arrows(&overlay.boxes, basis).into_iter();
    let fresh = fresh.filter(|one| known.contains(one.from) && known.contains(one.to));
    shape.arrows.extend(fresh.map(|one| Pointer { difference: Difference::Added, ..one }));
    let global = map.and_then(|map| map.data.ranking.as_ref());
    let none = BTreeSet::new();
    let of =
        |ranking: Option<&'p Ranking>, but: &BTreeSet<&str>| ranking.map(|one| standings(one, but)).unwrap_or_default();
    Overlaid {
        shape,
        region: of(overlay.ranking.as_ref(), &dropped),
        plan: of(global, &none),
        region_basis: overlay.ranking.as_ref().and_then(|one| one.basis).or(basis),
        plan_basis: global.and_then(|one| one.basis).or(whole),
    }
}

/// The place of every box of a ranking `but` of some: what a region leaves out has no place on its map.
pub fn standings<'p>(ranking: &'p Ranking, but: &BTreeSet<&str>) -> BTreeMap<&'p str, Standing> {
    let ranked = ranking.values.iter().filter(|one| !but.contains(one.of.as_str()));
    let values: Vec<(&str, &DecimalText, Decimal)> =
        ranked.filter_map(|one| Some((one.of.as_str(), &one.value, decimal(&one.value)?))).collect();
    let better = |a: &Decimal, b: &Decimal| match ranking.best {
        Some(Best::Lowest) => a < b,
        Some(Best::Highest) | None => a > b,
    };
    let place = |own: &Decimal| 1 + values.iter().filter(|(_, _, other)| better(other, own)).count();
    let tied = |own: &Decimal| values.iter().filter(|(_, _, other)| other == own).count() > 1;
    let standing = |text: &DecimalText, own| Standing { value: text.to_string(), place: place(own), tied: tied(own) };
    values.iter().map(|(id, text, own)| (*id, standing(text, own))).collect()
}
