//! The second axis: how many elements and activities of each layer serve each priority.

use std::collections::BTreeMap;

use super::{Figure, count};
use crate::model::format::*;
use crate::model::{Item, Plan};

/// What serves a priority in one layer, or in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    pub elements: Figure,
    /// Activities stand in the layer of the element that they serve.
    pub activities: Figure,
}

/// Priorities by layers. What serves several priorities is counted under each, and once in a total.
#[derive(Clone, Debug)]
pub struct PriorityMatrix<'p> {
    pub layers: Vec<&'p Item<Layer>>,
    /// A priority, what serves it in each layer, and in all.
    pub rows: Vec<(&'p Item<Priority>, Vec<Served>, Served)>,
    /// What serves any priority, in each layer, and in all.
    pub totals: (Vec<Served>, Served),
}

/// Counts what serves each priority.
pub fn priority_matrix(plan: &Plan) -> PriorityMatrix<'_> {
    let layers: Vec<&Item<Layer>> = plan.layers.iter().collect();
    let places: Places = plan.elements.iter().map(|item| (item.data.id.as_str(), &item.data.layer)).collect();
    let row = |serves: &dyn Fn(&[Id]) -> bool| {
        let own = layers.iter().map(|layer| served(plan, &places, Some(&layer.data.id), serves)).collect();
        (own, served(plan, &places, None, serves))
    };
    let known = |ids: &[Id]| plan.priorities.iter().any(|one| ids.contains(&one.data.id));
    let totals = row(&known);
    let rows = plan.priorities.iter().map(|priority| {
        let (own, all) = row(&|ids| ids.contains(&priority.data.id));
        (priority, own, all)
    });
    PriorityMatrix { rows: rows.collect(), totals, layers }
}

/// Layers by the ids of elements.
type Places<'p> = BTreeMap<&'p str, &'p Id>;

fn served(plan: &Plan, places: &Places, layer: Option<&Id>, serves: &dyn Fn(&[Id]) -> bool) -> Served {
    let here = |element: &str| layer.is_none_or(|layer| places.get(element) == Some(&layer));
    let elements = plan.elements.iter().filter(|item| here(&item.data.id) && serves(&item.data.priorities));
    let activities = plan.activities.iter().filter(|item| here(&item.data.parent) && serves(&item.data.priorities));
    Served { elements: count(elements), activities: count(activities) }
}

#[cfg(test)]
mod tests;
