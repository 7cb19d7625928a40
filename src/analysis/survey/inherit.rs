//! What a survey about the plan before says of this plan: only what the mapping hands over.

use num_traits::Zero;
use rust_decimal::Decimal;

use super::ranking;
use crate::analysis::computed;
use crate::model::Plan;
use crate::model::format::{Basis, Mapping};
use crate::model::reference::decimal;
use crate::model::survey::{Exact, Results, exact};

/// What one element or priority of this plan is handed over.
#[derive(Clone, Debug, PartialEq)]
pub struct Inherited {
    /// Its id.
    pub item: String,
    /// `sum of share x score / sum of share`; nothing where a score behind it is withheld.
    pub score: Option<Exact>,
    pub shares: Vec<Share>,
    pub basis: Basis,
}

/// What it is handed over by one element of the plan before.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// Id of the old element.
    pub from: String,
    /// Per cent; 100 where the old element was not split, nothing where it is withheld how.
    pub share: Option<Decimal>,
    /// Mean of the scores of the questions about the old element; nothing where one of them is withheld.
    pub score: Option<Exact>,
}

/// The anchor of the row that holds the inputs of what an item is handed over.
pub fn handed_anchor(survey: &str, item: &str) -> String {
    format!("{survey}_handed_{item}")
}

/// Every item of this plan that inherits from an old element about which the latest wave of `results` asked, in the order
/// of the mapping. `plan` is cut to its readers.
pub fn inherited(plan: &Plan, results: &Results) -> Vec<Inherited> {
    let Some(before) = &plan.predecessor else { return Vec::new() };
    let mut out: Vec<Inherited> = Vec::new();
    for mapping in &before.mapping {
        let Some((from, score, basis)) = old(plan, results, mapping) else { continue };
        for target in &mapping.to {
            let held = plan.withheld.mappings.contains(from).then_some(None);
            let share = target.share.as_ref().and_then(|text| decimal(text));
            let share = share.map(Some).or(held).unwrap_or(Some(Decimal::ONE_HUNDRED));
            let own = Share { from: from.to_string(), share, score: score.clone() };
            let basis = computed([mapping.basis.or(before.file_basis), Some(basis)]);
            match out.iter_mut().find(|one| *one.item == *target.to) {
                Some(known) => {
                    known.shares.push(own);
                    known.basis = computed([Some(known.basis), Some(basis)]);
                }
                None => out.push(Inherited { item: target.to.to_string(), score: None, shares: vec![own], basis }),
            }
        }
    }
    for one in &mut out {
        one.score = weighed(&one.shares);
    }
    out
}

fn weighed(shares: &[Share]) -> Option<Exact> {
    let mut sum = Exact::zero();
    let mut whole = Exact::zero();
    for one in shares {
        let share = exact(one.share?);
        sum += &share * one.score.as_ref()?;
        whole += share;
    }
    (!whole.is_zero()).then(|| sum / whole)
}

/// The old element of a mapping, its score and its basis, if the survey asked about it.
fn old<'p>(plan: &'p Plan, results: &Results, mapping: &'p Mapping) -> Option<(&'p str, Option<Exact>, Basis)> {
    let from = mapping.from.as_ref()?.as_str();
    let survey = plan.surveys.iter().find(|one| *one.data.id == *results.survey)?;
    let wave = results.waves.last()?;
    let asked = survey.data.questions.iter().filter(|one| one.about.iter().any(|id| **id == *from));
    let asked: Vec<&str> = asked.map(|one| one.id.as_str()).collect();
    let ranked = ranking(wave, survey.data.scale.high);
    let scores: Vec<&Exact> =
        ranked.iter().filter(|one| asked.contains(&&*one.result.question)).map(|one| one.score).collect();
    let bases = wave.questions.iter().filter(|one| asked.contains(&&*one.question)).map(|one| Some(one.basis));
    if asked.is_empty() {
        return None;
    }
    let mean = (scores.len() == asked.len()).then(|| {
        let count = Exact::from_integer(scores.len().into());
        scores.into_iter().fold(Exact::zero(), |sum, score| sum + score) / count
    });
    Some((from, mean, computed(bases)))
}
