//! What a survey says: scores by question and group, ranks, changes between waves, and what reaches this plan through
//! the mapping from the plan before.
//!
//! All numbers are exact fractions until they are printed. With `x` an answer, `g` a group, `n` the number of answers
//! that count and `w` a weight:
//!
//! - mean of a group: `m(g) = sum of x in g / n(g)`;
//! - score: `sum of w(g) m(g) / sum of w(g)` over the groups with an answer, where `w(g)` is `n(g)` with one vote for each
//!   respondent (so the score is the mean of all answers), 1 with one vote for each group, else the declared weight.

mod inherit;
mod rank;
#[cfg(test)]
pub(crate) mod tests;

pub use inherit::{Inherited, Share, handed_anchor, inherited};
pub use rank::{Ranked, anchor, change, ranking};

use std::collections::BTreeMap;

use num_traits::Zero;
use rust_decimal::Decimal;

use super::{basis_of, computed};
use crate::model::format::*;
use crate::model::reference::decimal;
use crate::model::survey::*;
use crate::model::{Item, Plan};

/// The numbers of a survey before anything is withheld, and what `clearance` must know to withhold enough.
#[derive(Clone, Debug)]
pub struct Computed {
    pub results: Results,
    /// By question: between each pair of waves, whose answers are not the same in both.
    pub changed: Vec<Vec<Changed>>,
}

/// How many respondents answered a question otherwise in two waves, or in one of them only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Positions of the waves.
    pub earlier: usize,
    pub later: usize,
    /// By group.
    pub groups: Vec<u64>,
}

/// Computes all waves of `survey` whose tables are there.
pub fn compute(plan: &Plan, survey: &Item<Survey>) -> Computed {
    let data = &survey.data;
    let key = |wave: &Wave| (data.id.to_string(), wave.id.to_string());
    let tables: Vec<(&Wave, &Answers)> =
        data.waves.iter().filter_map(|wave| Some((wave, plan.answers.get(&key(wave))?))).collect();
    let readings: Vec<Reading> = tables.iter().map(|(_, table)| reading(data, table)).collect();
    let waves = tables.iter().zip(&readings).map(|((wave, table), read)| wave_result(survey, wave, table, read));
    let changed = (0..data.questions.len()).map(|question| changes(data, &readings, question)).collect();
    Computed { results: Results { survey: data.id.to_string(), waves: waves.collect() }, changed }
}

fn wave_result(survey: &Item<Survey>, wave: &Wave, table: &Answers, read: &Reading) -> WaveResult {
    let data = &survey.data;
    let groups = data.groups.iter().map(|group| group.basis);
    let basis = computed(groups.chain([wave.basis.or(basis_of(survey))]));
    let responses: Vec<Response> = data
        .groups
        .iter()
        .enumerate()
        .map(|(at, group)| Response {
            answered: read.respondents.iter().filter(|one| one.group == at).count() as u64,
            asked: group.asked.map(u64::from),
        })
        .collect();
    let all = Response {
        answered: responses.iter().map(|one| one.answered).sum(),
        asked: responses.iter().map(|one| one.asked).sum(),
    };
    let question = |(at, one): (usize, &Question)| QuestionResult {
        basis: computed([one.basis, Some(basis)]),
        ..question_result(data, table, read, at)
    };
    WaveResult {
        wave: wave.id.to_string(),
        file: table.name.clone(),
        lines: table.rows.first().zip(table.rows.last()).map(|(first, last)| (first.line, last.line)),
        basis,
        groups: responses.into_iter().map(Cell::Shown).collect(),
        all: Cell::Shown(all),
        left_out: Some((read.unfinished, read.repeated)),
        questions: data.questions.iter().enumerate().map(question).collect(),
    }
}

fn question_result(survey: &Survey, table: &Answers, read: &Reading, question: usize) -> QuestionResult {
    let values: Vec<Value> = survey
        .groups
        .iter()
        .enumerate()
        .map(|(at, group)| {
            let mut lines: BTreeMap<Decimal, Vec<usize>> = BTreeMap::new();
            for one in read.respondents.iter().filter(|one| one.group == at) {
                if let Some(answer) = one.values[question] {
                    lines.entry(answer).or_default().push(table.rows[one.row].line);
                }
            }
            value(survey, group, lines)
        })
        .collect();
    let total = total(&values);
    QuestionResult {
        question: survey.questions[question].id.to_string(),
        column: read.columns.get(question).copied().flatten().map_or(0, |at| at + 1),
        groups: values.into_iter().map(Cell::Shown).collect(),
        all: Cell::Shown(total),
        basis: Basis::Inferred,
    }
}

fn whole(number: usize) -> Exact {
    Exact::from_integer(number.into())
}

fn value(survey: &Survey, group: &SurveyGroup, lines: BTreeMap<Decimal, Vec<usize>>) -> Value {
    let n: usize = lines.values().map(Vec::len).sum();
    let sum = lines.iter().fold(Exact::zero(), |sum, (answer, lines)| sum + exact(*answer) * whole(lines.len()));
    let weight = match survey.rules.weighting {
        Weighting::Respondent => whole(n),
        Weighting::Group => whole(1),
        Weighting::Declared => group.weight.as_ref().and_then(|text| decimal(text)).map_or(Exact::zero(), exact),
    };
    let mean = (n > 0).then(|| &sum / whole(n));
    Value { n: n as u64, sum, mean, weight, lines }
}

/// See the head of this file.
fn total(values: &[Value]) -> Total {
    let mut weighted_sum = Exact::zero();
    let mut weights = Exact::zero();
    for (value, mean) in values.iter().filter_map(|value| Some((value, value.mean.as_ref()?))) {
        weighted_sum += &value.weight * mean;
        weights += &value.weight;
    }
    let score = (!weights.is_zero()).then(|| &weighted_sum / &weights);
    let n = values.iter().map(|value| value.n).sum();
    Total { n, weighted_sum, quartiles: quartiles(values, &weights), weights, score }
}

/// The lower and the upper quartile: the smallest answer up to which the answers, each with the weight of its group
/// divided by the answers of the group, weigh at least a quarter, and three quarters, of all of them. With one vote for
/// each respondent this is the inverse of the empirical distribution (type 1 of Hyndman and Fan, 1996): always an answer
/// that somebody gave.
fn quartiles(values: &[Value], weights: &Exact) -> Option<(Decimal, Decimal)> {
    let mut weighed: BTreeMap<Decimal, Exact> = BTreeMap::new();
    for value in values.iter().filter(|value| value.n > 0) {
        let one = &value.weight / whole(value.n as usize);
        for (answer, lines) in &value.lines {
            *weighed.entry(*answer).or_insert_with(Exact::zero) += &one * whole(lines.len());
        }
    }
    let up_to = |quarters: usize| {
        let wanted = weights * whole(quarters) / whole(4);
        let mut sum = Exact::zero();
        weighed.iter().find_map(|(answer, weight)| {
            sum += weight;
            (sum >= wanted).then_some(*answer)
        })
    };
    match weights.is_zero() {
        true => None,
        false => up_to(1).zip(up_to(3)),
    }
}

/// Whose answers to `question` differ, between each pair of waves.
fn changes(survey: &Survey, readings: &[Reading], question: usize) -> Vec<Changed> {
    let mut out = Vec::new();
    for later in 1..readings.len() {
        for earlier in 0..later {
            let groups = (0..survey.groups.len())
                .map(|group| differing(&readings[earlier], &readings[later], group, question))
                .collect();
            out.push(Changed { earlier, later, groups });
        }
    }
    out
}

/// Respondents without a name are the same where they answer the same: as few as possible are taken to differ.
fn differing(earlier: &Reading, later: &Reading, group: usize, question: usize) -> u64 {
    type Given<'r> = BTreeMap<(Option<&'r str>, Decimal), i64>;
    let given = |read: &'_ Reading| -> Vec<(Option<String>, Decimal)> {
        let own = read.respondents.iter().filter(|one| one.group == group);
        own.filter_map(|one| Some((one.name.clone(), one.values[question]?))).collect()
    };
    let (before, after) = (given(earlier), given(later));
    let mut balance: Given = BTreeMap::new();
    before.iter().for_each(|(name, answer)| *balance.entry((name.as_deref(), *answer)).or_default() -= 1);
    after.iter().for_each(|(name, answer)| *balance.entry((name.as_deref(), *answer)).or_default() += 1);
    let mut named = std::collections::BTreeSet::new();
    let (mut gone, mut new) = (0u64, 0u64);
    for ((name, _), count) in balance {
        match (name, count) {
            (_, 0) => {}
            (Some(name), _) => drop(named.insert(name)),
            (None, count) if count < 0 => gone += count.unsigned_abs(),
            (None, count) => new += count.unsigned_abs(),
        }
    }
    named.len() as u64 + gone.max(new)
}
