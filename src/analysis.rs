//! Figures that are computed, with their contributors and their basis.
//!
//! Comes in: a plan, whole or cut to an audience (then a total is the sum of what that audience sees). Goes out:
//! [`Figure`]s, each with the ids that it was counted from.

pub mod costs;
pub mod evidence;
pub mod findings;
pub mod map;
mod matrix;
pub mod survey;
mod tally;

pub use matrix::{PriorityMatrix, Served, priority_matrix};
pub use tally::{STANDINGS, Tally, tally};

use crate::model::format::*;
use crate::model::{Item, Plan};

/// A computed number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure<N = u64> {
    pub value: N,
    /// Ids of what it was counted from, in the order of the plan.
    pub contributors: Vec<String>,
    /// Illustrative if any contributor is; otherwise inferred, for it was counted.
    pub basis: Basis,
}

/// The basis of an item: its own, else that of its file.
pub fn basis_of<T: Common>(item: &Item<T>) -> Option<Basis> {
    item.data.basis().or(item.file_basis)
}

/// The basis of what is computed from values of these.
pub fn computed(bases: impl IntoIterator<Item = Option<Basis>>) -> Basis {
    match bases.into_iter().any(|one| one == Some(Basis::Illustrative)) {
        true => Basis::Illustrative,
        false => Basis::Inferred,
    }
}

fn count<'a, T: Common + 'a>(items: impl Iterator<Item = &'a Item<T>>) -> Figure {
    let items: Vec<_> = items.collect();
    Figure {
        value: items.len() as u64,
        contributors: items.iter().map(|item| item.data.id().to_string()).collect(),
        basis: computed(items.iter().map(|item| basis_of(item))),
    }
}

/// Activities that serve one element.
pub fn activities_of(plan: &Plan, element: &str) -> Figure {
    count(plan.activities.iter().filter(|item| *item.data.parent == *element))
}

/// Indicators that measure one element, or an activity.
pub fn indicators_of(plan: &Plan, item: &str) -> Figure {
    count(plan.indicators.iter().filter(|one| *one.data.measures == *item))
}

/// Events whose record has come in.
pub fn events_recorded(plan: &Plan) -> Figure {
    count(plan.events.iter().filter(|item| item.data.state == EventState::Reported))
}

/// All events.
pub fn events(plan: &Plan) -> Figure {
    count(plan.events.iter())
}

#[cfg(test)]
mod tests;
