//! How many suggestions were received, into how many points they were split, and how those stand.
//!
//! Received counts suggestions per origin; points count what is answered. Two equations hold for every choice of
//! suggestions: points less those added by splits are what was received; the standings sum to the points.

use super::{Figure, computed};
use crate::model::format::DispositionStatus;
use crate::model::points::{PointView, Standing};

/// The counts of some suggestions and their points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    pub received: Figure,
    pub points: Figure,
    /// Points that there are more than suggestions, because some were split.
    pub added: Figure,
    /// Points by how far they are answered, in a fixed order; words without any are left out.
    pub standings: Vec<(Standing, Figure)>,
}

/// The order in which standings are printed.
pub const STANDINGS: [Standing; 8] = [
    Standing::Answered(DispositionStatus::Accepted),
    Standing::Answered(DispositionStatus::PartiallyAccepted),
    Standing::Answered(DispositionStatus::Noted),
    Standing::Answered(DispositionStatus::NotAccepted),
    Standing::Answered(DispositionStatus::Deferred),
    Standing::Reopened,
    Standing::Withheld,
    Standing::Open,
];

/// Counts `points`; those of one suggestion must all be among them.
pub fn tally<'a, 'p: 'a>(points: impl Iterator<Item = &'a PointView<'p>>) -> Tally {
    let points: Vec<&PointView> = points.collect();
    let whole = points.iter().filter(|point| !is_added(point)).map(|point| point.suggestion.data.id.as_str());
    let said = || points.iter().map(|point| point.basis());
    let figure = |ids: Vec<String>, basis| Figure { value: ids.len() as u64, contributors: ids, basis };
    let stand: Vec<Standing> = points.iter().map(|point| point.standing()).collect();
    let of = |standing: Standing| {
        let own: Vec<_> =
            points.iter().zip(&stand).filter(|(_, own)| **own == standing).map(|(point, _)| point).collect();
        let bases = own.iter().flat_map(|point| [point.basis(), point.answer_basis()]);
        (standing, figure(own.iter().map(|point| point.id().to_string()).collect(), computed(bases)))
    };
    Tally {
        received: figure(whole.map(str::to_string).collect(), computed(said())),
        points: figure(points.iter().map(|point| point.id().to_string()).collect(), computed(said())),
        added: figure(
            points.iter().filter(|point| is_added(point)).map(|point| point.id().to_string()).collect(),
            computed(said()),
        ),
        standings: STANDINGS.into_iter().map(of).filter(|(_, figure)| figure.value > 0).collect(),
    }
}

/// The first point of a suggestion stands for it, the others were added by its split.
fn is_added(point: &PointView) -> bool {
    point.part.is_some_and(|(index, _)| index > 0)
}
