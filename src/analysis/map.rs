//! The strategic map: the part of it at one level of work, and its differences from an earlier version and from the map
//! of a region.
//!
//! Comes in: a plan, whole or cut to an audience. Goes out: what is to be drawn, in order and without a language.

mod compare;
mod overlay;

pub use crate::model::map::{
    Difference, Pointer, Row, Shape, Spot, difference, layers, own_arrows, own_boxes, present, rows, settings,
};
pub use compare::{Changed, Compared, Place, Thing, compare, withheld};
pub use overlay::{Overlaid, Standing, overlay};

use std::collections::BTreeSet;

use crate::model::Plan;
use crate::model::format::Level;

/// The part of the map at one level of work. What names no level stands at every one.
pub fn at_level<'p>(shape: &Shape<'p>, level: Level) -> Shape<'p> {
    let fits = |levels: &[Level]| levels.is_empty() || levels.contains(&level);
    let boxes: Vec<Spot> =
        shape.boxes.iter().filter(|one| one.element.is_none_or(|item| fits(&item.data.levels))).copied().collect();
    let known: BTreeSet<&str> = boxes.iter().map(|one| one.id).collect();
    let arrows =
        shape.arrows.iter().filter(|one| known.contains(one.from) && known.contains(one.to)).copied().collect();
    let band = shape.band.iter().filter(|item| fits(&item.data.levels)).copied().collect();
    Shape { boxes, arrows, band }
}

/// The levels at which anything on the map, or any activity, is meant.
pub fn levels(plan: &Plan) -> Vec<Level> {
    let elements = plan.elements.iter().flat_map(|item| &item.data.levels);
    let priorities = plan.priorities.iter().flat_map(|item| &item.data.levels);
    let activities = plan.activities.iter().flat_map(|item| &item.data.levels);
    let found: BTreeSet<Level> = elements.chain(priorities).chain(activities).copied().collect();
    found.into_iter().collect()
}

#[cfg(test)]
mod tests;
