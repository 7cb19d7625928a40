//! Evidence side by side: what the survey, the costs, the scan, the consultation and the indicators say of each element
//! of a layer, and where survey and cost point in opposite directions.

use std::collections::BTreeSet;

use num_traits::{ToPrimitive, Zero};
use rust_decimal::Decimal;

use super::costs::{Costs, NowAndProposed};
use super::survey::{anchor, handed_anchor, inherited, ranking};
use super::{basis_of, computed};
use crate::model::Plan;
use crate::model::format::{Basis, EvidenceTable, Flag, High, Question};
use crate::model::order::elements_of;
use crate::model::reference::decimal;
use crate::model::survey::{Exact, Results};

/// A table of fewer rows flags nothing: in it a third of the rows is one.
pub const FEWEST: usize = 5;

/// What the survey says of one element.
#[derive(Clone, Debug, PartialEq)]
pub struct Surveyed {
    pub score: Exact,
    /// Place among the rows of the table that have one, 1 for the most important; equal scores share it.
    pub place: usize,
    pub tied: bool,
    /// Of so many rows that have a place.
    pub of: usize,
    /// How many answered, where one question asked about it.
    pub n: Option<u64>,
    pub basis: Basis,
    /// The scores of which it is the mean, each with the place of its inputs; one for a single question, and for what the
    /// mapping hands over.
    pub made_from: Vec<(Exact, String)>,
    /// True where the mapping hands it over.
    pub is_handed: bool,
}

/// Survey and cost point in opposite directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// High in the survey, low in cost.
    HighLow,
    /// Low in the survey, high in cost.
    LowHigh,
}

/// One row: an element, or an element of the plan before.
#[derive(Clone, Debug)]
pub struct Evidence<'p> {
    pub id: &'p str,
    pub basis: Option<Basis>,
    pub survey: Option<Surveyed>,
    /// True where a survey asked about it, whether or not its score may be shown.
    pub was_asked: bool,
    pub cost: NowAndProposed<'p>,
    /// Elements of this plan of which factors, points and indicators are counted: itself, or what it goes on in, with all
    /// that stands below.
    pub stands_for: Vec<&'p str>,
    pub gap: Option<Gap>,
}

/// The rows of a table, in the order of the plan.
pub fn evidence<'p>(plan: &'p Plan, costs: &Costs<'p>, table: &EvidenceTable) -> Vec<Evidence<'p>> {
    let ids: Vec<(&str, Option<Basis>, Vec<&str>)> = match &table.layer {
        Some(layer) => elements_of(plan, layer)
            .into_iter()
            .map(|one| (one.data.id.as_str(), basis_of(one), with_below(plan, vec![one.data.id.as_str()])))
            .collect(),
        None => {
            let before = plan.predecessor.iter().flat_map(|one| &one.elements);
            before
                .map(|one| (one.data.id.as_str(), basis_of(one), with_below(plan, goes_on(plan, &one.data.id))))
                .collect()
        }
    };
    // Ranks hold within one survey: the last that has a word on any row.
    let all = plan.results.iter().rev().map(|results| -> Vec<Option<Scored>> {
        ids.iter().map(|(id, ..)| asked(plan, results, id).or_else(|| handed(plan, results, id))).collect()
    });
    let scores = all.into_iter().find(|list| list.iter().any(Option::is_some));
    let scores = scores.unwrap_or_else(|| ids.iter().map(|_| None).collect());
    let mut rows: Vec<Evidence> = ids
        .into_iter()
        .zip(&scores)
        .map(|((id, basis, stands_for), own)| Evidence {
            id,
            basis,
            survey: own.as_ref().map(|own| own.placed(&scores)),
            was_asked: plan.surveys.iter().flat_map(|one| &one.data.questions).any(|one| is_about(one, id)),
            cost: costs.of(id),
            stands_for,
            gap: None,
        })
        .collect();
    if let Some(flag) = &table.flag {
        flag_rows(&mut rows, flag, table.layer.is_none());
    }
    rows
}

fn is_about(question: &Question, id: &str) -> bool {
    question.about.iter().any(|own| **own == *id)
}

/// Elements in which an element of the plan before goes on.
fn goes_on<'p>(plan: &'p Plan, old: &str) -> Vec<&'p str> {
    let mapping = plan.predecessor.iter().flat_map(|one| &one.mapping);
    let own = mapping.filter(|one| one.from.as_deref() == Some(old)).flat_map(|one| &one.to);
    let mut seen = BTreeSet::new();
    own.map(|target| target.to.as_str()).filter(|id| seen.insert(*id)).collect()
}

/// These elements with everything that stands below them, each once.
fn with_below<'p>(plan: &'p Plan, mut ids: Vec<&'p str>) -> Vec<&'p str> {
    let mut at = 0;
    while let Some(id) = ids.get(at).copied() {
        let below = plan.elements.iter().filter(|one| one.data.parent.as_deref() == Some(id));
        let new: Vec<&str> = below.map(|one| one.data.id.as_str()).filter(|id| !ids.contains(id)).collect();
        ids.extend(new);
        at += 1;
    }
    ids
}

/// How many rows have both a place in the survey and a share of cost; fewer than [`FEWEST`] flag nothing.
pub fn comparable(rows: &[Evidence], before: bool) -> usize {
    rows.iter().filter(|row| row.survey.is_some() && share_of(&row.cost, before).is_some()).count()
}

/// A score before it has its place.
struct Scored {
    score: Exact,
    /// The higher, the more important.
    weight: Exact,
    n: Option<u64>,
    basis: Basis,
    made_from: Vec<(Exact, String)>,
    is_handed: bool,
}

impl Scored {
    fn placed(&self, all: &[Option<Scored>]) -> Surveyed {
        let others = || all.iter().flatten();
        Surveyed {
            score: self.score.clone(),
            place: 1 + others().filter(|one| one.weight > self.weight).count(),
            tied: others().filter(|one| one.weight == self.weight).count() > 1,
            of: others().count(),
            n: self.n,
            basis: self.basis,
            made_from: self.made_from.clone(),
            is_handed: self.is_handed,
        }
    }
}

/// What a survey says of `id` by its own questions.
fn asked(plan: &Plan, results: &Results, id: &str) -> Option<Scored> {
    let survey = plan.surveys.iter().find(|one| *one.data.id == *results.survey)?;
    let wave = results.waves.last()?;
    let about = |question: &str| {
        let found = survey.data.questions.iter().find(|one| *one.id == *question);
        found.is_some_and(|one| is_about(one, id))
    };
    let asked: Vec<_> = wave.questions.iter().filter(|one| about(&one.question)).collect();
    let ranked = ranking(wave, survey.data.scale.high);
    let mut own: Vec<_> = ranked.iter().filter(|one| about(&one.result.question)).collect();
    // In the order of the questions, as everywhere else.
    own.sort_by_key(|one| wave.questions.iter().position(|other| other.question == one.result.question));
    // A mean without a score that is withheld would be another number.
    if own.is_empty() || own.len() < asked.len() {
        return None;
    }
    let score = own.iter().fold(Exact::zero(), |sum, one| sum + one.score) / Exact::from_integer(own.len().into());
    let place = |question: &str| anchor(&results.survey, &wave.wave, question, None);
    Some(Scored {
        weight: weight(&score, survey.data.scale.high),
        score,
        n: match own.as_slice() {
            [one] => Some(one.total.n),
            _ => None,
        },
        basis: computed(own.iter().map(|one| Some(one.result.basis))),
        made_from: own.iter().map(|one| (one.score.clone(), place(&one.result.question))).collect(),
        is_handed: false,
    })
}

/// What the mapping hands over to `id`.
fn handed(plan: &Plan, results: &Results, id: &str) -> Option<Scored> {
    let survey = plan.surveys.iter().find(|one| *one.data.id == *results.survey)?;
    let own = inherited(plan, results).into_iter().find(|one| one.item == id)?;
    let score = own.score?;
    Some(Scored {
        weight: weight(&score, survey.data.scale.high),
        made_from: vec![(score.clone(), handed_anchor(&results.survey, id))],
        score,
        n: None,
        basis: own.basis,
        is_handed: true,
    })
}

fn weight(score: &Exact, high: High) -> Exact {
    match high {
        High::Important => score.clone(),
        High::Unimportant => -score.clone(),
    }
}

/// The share that counts: of the plan before, what was spent; of this one, what is proposed.
pub fn share_of(cost: &NowAndProposed, before: bool) -> Option<Decimal> {
    let of = |one: &Option<super::costs::Standing>| one.as_ref().and_then(|one| one.share);
    match before {
        true => of(&cost.now),
        false => of(&cost.proposed),
    }
}

/// Flags rows that are among the highest by one and among the lowest by the other. Only rows with both values count.
fn flag_rows(rows: &mut [Evidence], flag: &Flag, before: bool) {
    let both: Vec<(usize, Exact, Decimal)> = rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| {
            let survey = row.survey.as_ref()?;
            Some((at, Exact::from_integer(survey.place.into()), share_of(&row.cost, before)?))
        })
        .collect();
    let part = |percent: &str| {
        let percent = decimal(percent).unwrap_or_default().clamp(Decimal::ZERO, Decimal::ONE_HUNDRED);
        (percent * Decimal::from(both.len()) / Decimal::ONE_HUNDRED).floor().to_usize().unwrap_or(0)
    };
    let (highest, lowest) = (part(&flag.highest), part(&flag.lowest));
    if both.len() < FEWEST {
        return;
    }
    for (at, place, share) in &both {
        // So many stand before it: equal ones do not.
        let above = both.iter().filter(|(_, other, _)| other < place).count();
        let below = both.iter().filter(|(_, other, _)| other > place).count();
        let dearer = both.iter().filter(|(.., other)| other > share).count();
        let cheaper = both.iter().filter(|(.., other)| other < share).count();
        rows[*at].gap = match (above < highest, below < lowest, dearer < highest, cheaper < lowest) {
            (true, _, _, true) => Some(Gap::HighLow),
            (_, true, true, _) => Some(Gap::LowHigh),
            _ => None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::costs::Standing;
    use crate::document::testing;

    fn row<'p>(plan: &'p Plan, place: usize, share: Option<i64>) -> Evidence<'p> {
        let standing = |share: i64| Standing {
            allocation: &plan.allocations[0],
            amount: Decimal::from(share),
            share: Some(Decimal::from(share)),
            basis: None,
            anchor: String::new(),
        };
        Evidence {
            id: "a",
            basis: None,
            survey: Some(Surveyed {
                score: Exact::from_integer(1.into()),
                place,
                tied: false,
                of: 9,
                n: Some(9),
                basis: Basis::Inferred,
                made_from: Vec::new(),
                is_handed: false,
            }),
            was_asked: true,
            cost: NowAndProposed { now: share.map(standing), proposed: None },
            stands_for: Vec::new(),
            gap: None,
        }
    }

    /// Gaps of rows given as place in the survey and share of cost, with a third counted as high and as low.
    fn gaps(rows: &[(usize, Option<i64>)]) -> Vec<Option<Gap>> {
        let mut plan = testing::plan();
        plan.allocations = vec![testing::item(serde_json::json!({
            "id": "now", "title": "Now", "of": "predecessor", "year": "2018", "currency": "EUR"
        }))];
        let flag = Flag { highest: "34".into(), lowest: "34".into() };
        let mut rows: Vec<Evidence> = rows.iter().map(|(place, share)| row(&plan, *place, *share)).collect();
        flag_rows(&mut rows, &flag, true);
        rows.into_iter().map(|row| row.gap).collect()
    }

    #[test]
    fn what_is_high_here_and_low_there_is_flagged() {
        // Six rows: two count as high and two as low (34 % of 6 is 2.04).
        let found = gaps(&[(1, Some(5)), (2, Some(30)), (3, Some(20)), (4, Some(15)), (5, Some(4)), (6, Some(26))]);
        assert_eq!(found, [Some(Gap::HighLow), None, None, None, None, Some(Gap::LowHigh)]);
    }

    #[test]
    fn small_tables_and_rows_without_a_value_flag_nothing() {
        assert_eq!(gaps(&[(1, Some(1)), (2, Some(2)), (3, Some(3)), (4, Some(90))]), [None; 4]);
        let found = gaps(&[(1, Some(1)), (2, Some(2)), (3, Some(3)), (4, Some(90)), (5, None)]);
        assert_eq!(found, [None; 5]);
    }
}
