//! Figures that are computed, with their contributors and their basis.
//!
//! Comes in: a plan, whole or cut to an audience (then a total is the sum of what that audience sees). Goes out:
//! [`Figure`]s, each with the ids that it was counted from.

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

/// All suggestions with the event of each; remarks and presentations are none.
pub fn suggestions(plan: &Plan) -> impl Iterator<Item = (&str, &Item<Suggestion>)> {
    plan.suggestions.iter().flat_map(|group| {
        group
            .suggestions
            .iter()
            .filter(|item| item.data.kind == RecordKind::Suggestion)
            .map(|item| (group.event.as_str(), item))
    })
}

/// Suggestions received at one event.
pub fn received_at(plan: &Plan, event: &str) -> Figure {
    count(suggestions(plan).filter(|(at, _)| *at == event).map(|(_, item)| item))
}

/// Suggestions received from one region: said at one of its events.
pub fn received_from(plan: &Plan, region: &str) -> Figure {
    let of_region = |event: &str| {
        plan.events.iter().any(|item| *item.data.id == *event && item.data.region.as_deref() == Some(region))
    };
    count(suggestions(plan).filter(|(at, _)| of_region(at)).map(|(_, item)| item))
}

/// All suggestions received.
pub fn received(plan: &Plan) -> Figure {
    count(suggestions(plan).map(|(_, item)| item))
}

/// Suggestions by what became of them; `None` for those without an answer. Words without any are left out.
pub fn dispositions(plan: &Plan, event: Option<&str>) -> Vec<(Option<DispositionStatus>, Figure)> {
    use DispositionStatus::*;
    [Some(Accepted), Some(PartiallyAccepted), Some(Noted), Some(NotAccepted), Some(Deferred), None]
        .into_iter()
        .map(|status| {
            let of = suggestions(plan)
                .filter(|(at, _)| event.is_none_or(|event| event == *at))
                .map(|(_, item)| item)
                .filter(|item| item.data.disposition.as_ref().map(|one| one.status) == status);
            let answers: Vec<_> = of.collect();
            let basis = computed(
                answers
                    .iter()
                    .flat_map(|item| [basis_of(item), item.data.disposition.as_ref().and_then(|one| one.basis)]),
            );
            (status, Figure { basis, ..count(answers.into_iter()) })
        })
        .filter(|(_, figure)| figure.value > 0)
        .collect()
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
