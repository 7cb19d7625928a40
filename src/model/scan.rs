//! The environmental scan, both ways: what answers a factor, what an element answers, and what is left without.

use std::collections::BTreeMap;

use super::format::{Element, Factor, FactorAnswer, Id, ScanEdition};
use super::{Item, Plan};

/// An element or priority as the answer to a factor, with why.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'p> {
    pub factor: &'p Item<Factor>,
    pub answer: &'p FactorAnswer,
}

/// What answers what, for the factors of one scan.
#[derive(Clone, Debug, Default)]
pub struct Coverage<'p> {
    /// Factors of this scan, in the order of the plan.
    pub factors: Vec<&'p Item<Factor>>,
    /// What an element or a priority answers, by its id, in the order of the factors.
    pub answers: BTreeMap<&'p str, Vec<Answer<'p>>>,
    /// Factors from outside that nothing answers.
    pub unanswered: Vec<&'p Item<Factor>>,
    /// Elements of the layers that the scan names that answer nothing.
    pub without: Vec<&'p Item<Element>>,
}

/// True when a factor stands in the scan `edition`: it names it, or it names none.
pub fn stands_in(factor: &Factor, edition: &str) -> bool {
    factor.editions.is_empty() || factor.editions.iter().any(|id| **id == *edition)
}

/// The scan on which an edition rests: the one that it names, else that of `scan.yaml`, else the only one.
pub fn used<'p>(plan: &'p Plan, own: Option<&str>) -> Option<&'p Item<ScanEdition>> {
    let named = own.or(plan.scan_edition.as_ref().map(|(id, _)| id.as_str()));
    match (named, plan.scan_editions.as_slice()) {
        (Some(id), list) => list.iter().find(|scan| *scan.data.id == *id),
        (None, [one]) => Some(one),
        (None, _) => None,
    }
}

/// The factors that an element or a priority answers, in the scan on which an edition rests.
pub fn answered_by<'p>(plan: &'p Plan, edition: Option<&str>, item: &str) -> Vec<Answer<'p>> {
    let mut coverage = Coverage::new(plan, edition);
    coverage.answers.remove(item).unwrap_or_default()
}

impl<'p> Coverage<'p> {
    /// `edition` is the scan; all factors and no layers, if there is none.
    pub fn new(plan: &'p Plan, edition: Option<&str>) -> Self {
        let of_scan = |factor: &&Item<Factor>| edition.is_none_or(|id| stands_in(&factor.data, id));
        let factors: Vec<_> = plan.factors.iter().filter(of_scan).collect();
        let mut answers: BTreeMap<&str, Vec<Answer>> = BTreeMap::new();
        for factor in &factors {
            for answer in &factor.data.answered_by {
                answers.entry(&answer.to).or_default().push(Answer { factor, answer });
            }
        }
        let unanswered = factors.iter().filter(|factor| factor.data.is_open()).copied().collect();
        let scan = edition.and_then(|id| plan.scan_editions.iter().find(|scan| *scan.data.id == *id));
        let named = |element: &&Item<Element>| scan.is_some_and(|scan| scan.data.layers.contains(&element.data.layer));
        // What answers only a factor that is withheld from this reader is not without one.
        let withheld = |id: &Id| scan.is_some_and(|scan| scan.data.answering.contains(id));
        let silent =
            |element: &&Item<Element>| !answers.contains_key(element.data.id.as_str()) && !withheld(&element.data.id);
        let without = plan.elements.iter().filter(named).filter(silent).collect();
        Coverage { factors, answers, unanswered, without }
    }
}
