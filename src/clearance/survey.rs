//! Which numbers of a survey a reader may see.
//!
//! Only the narrowest audience of a plan that has several sees all. For every other one, a number behind which fewer
//! than [`FEW`] answers stand is suppressed, and with it as many others as are needed so that it cannot be computed from
//! what is printed: see [`pattern`]. The pattern is made from the whole plan and is the same for all these audiences, so
//! that two editions laid side by side tell no more than one.

mod pattern;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::reader::Reader;
use crate::analysis::survey::{Computed, compute};
use crate::model::Plan;
use crate::model::format::{Blanks, Survey};
use crate::model::reference::decimal;
use crate::model::survey::{Cell, Exact, Results, Value, common_measure, exact};
use pattern::{Block, Hidden, Rate, Sums, pattern};

/// So many answers must stand behind a number, and behind the difference of two, that everybody may see.
pub(super) const FEW: u64 = 3;

/// Adds to `cut` what this reader may see of the results of its surveys; `whole` has all answers.
pub(super) fn apply(cut: &mut Plan, whole: &Plan, reader: &Reader) {
    let mut list = Vec::new();
    for survey in &mut cut.surveys {
        let Some(own) = whole.surveys.iter().find(|one| one.data.id == survey.data.id) else { continue };
        let mut computed = compute(whole, own);
        if !reader.sees_answers() {
            suppress(&mut computed, &own.data);
        }
        let mut results = computed.results;
        let left = |id: &str| survey.data.questions.iter().any(|question| *question.id == *id);
        results.waves.iter_mut().for_each(|wave| wave.questions.retain(|one| left(&one.question)));
        asked(&mut survey.data, &results);
        list.push(results);
    }
    cut.results = list;
    if !reader.sees_answers() {
        cut.answers.clear();
    }
}

/// Of a group whose answers are not counted for this reader, how many were asked is withheld, too: if all of them
/// answered, it would be the same number.
fn asked(survey: &mut Survey, results: &Results) {
    for (at, group) in survey.groups.iter_mut().enumerate() {
        if results.waves.iter().any(|wave| wave.groups[at].shown().is_none()) {
            group.asked = None;
        }
    }
}

/// Withholds what must be withheld from every audience but the narrowest.
pub(super) fn suppress(computed: &mut Computed, survey: &Survey) {
    let respondents = response(&computed.results);
    let response = pattern(&respondents);
    // Where blanks count, every question has the answers of all respondents: what hides one count must hide all.
    let joint = survey.rules.blanks == Blanks::Counted;
    let block = |at: usize| question(computed, at, &respondents).with_sums(sums(computed, at, survey));
    let blocks: Vec<Block> = (0..survey.questions.len()).map(block).collect();
    let own: Vec<Hidden> = match joint {
        false => blocks.iter().map(pattern).collect(),
        true => {
            let all = blocks.into_iter().reduce(Block::join).map(|block| pattern(&block.hide(&response)));
            vec![all.unwrap_or_else(|| response.clone()); survey.questions.len()]
        }
    };
    let response = if joint { own.first().cloned().unwrap_or(response) } else { response };
    hide(&mut computed.results, &response, &own);
}

/// The counts of respondents. A difference of counts tells no answer.
fn response(results: &Results) -> Block {
    let waves = results.waves.iter();
    let counts = waves.map(|wave| wave.groups.iter().map(|cell| cell.shown().map_or(0, |one| one.answered)).collect());
    Block::counts(counts.collect())
}

/// The counts and sums of one question.
fn question(computed: &Computed, at: usize, respondents: &Block) -> Block {
    let waves: Vec<_> = computed.results.waves.iter().map(|wave| &wave.questions[at]).collect();
    let values = |one: &&crate::model::survey::QuestionResult| {
        one.groups.iter().map(|cell| cell.shown().map_or((0, Rate::default()), Rate::of)).unzip()
    };
    let (counts, rates): (Vec<Vec<u64>>, Vec<Vec<Rate>>) = waves.iter().map(values).unzip();
    let changed = computed.changed.get(at).cloned().unwrap_or_default();
    Block::new(counts, rates, changed, respondents)
}

/// The sums of a question, and what one answer can be.
fn sums(computed: &Computed, at: usize, survey: &Survey) -> Sums {
    let end = |text: &str| decimal(text).map(exact).unwrap_or_default();
    let sum = |cell: &Cell<Value>| cell.shown().map(|value| value.sum.clone()).unwrap_or_default();
    let waves = computed.results.waves.iter().map(|wave| &wave.questions[at].groups);
    Sums {
        least: end(&survey.scale.least),
        most: end(&survey.scale.most),
        step: step(computed, survey),
        groups: waves.map(|groups| groups.iter().map(sum).collect()).collect(),
    }
}

/// The coarsest grid on which all answers of the survey stand, counted from the least one: of a scale 0, 10, 20, ... it is
/// 10.
fn step(computed: &Computed, survey: &Survey) -> Exact {
    let scale = &survey.scale;
    let labels = scale.labels.iter().map(|label| &label.value).chain(scale.codes.values());
    let said = labels.chain([&scale.most]).filter_map(|text| decimal(text));
    let cells = computed.results.waves.iter().flat_map(|wave| &wave.questions).flat_map(|one| &one.groups);
    let answers = cells.filter_map(Cell::shown).flat_map(|value| value.lines.keys().copied());
    let least = decimal(&scale.least).map(exact).unwrap_or_default();
    let all: BTreeSet<_> = said.chain(answers).collect();
    common_measure(all.into_iter().map(|value| exact(value) - &least))
}

fn hide(results: &mut Results, response: &Hidden, questions: &[Hidden]) {
    // The quartiles of a whole are answers that somebody gave: beside a group that is not shown, they may be its own. Nor
    // does a wave in which all groups are shown tell what is hidden in another.
    let part = |hidden: &Hidden| !hidden.is_empty();
    for (wave, at) in results.waves.iter_mut().zip(0..) {
        for (cell, group) in wave.groups.iter_mut().zip(0..) {
            if response.group(at, group) {
                *cell = Cell::Suppressed;
            }
        }
        if response.all(at) {
            wave.all = Cell::Suppressed;
            wave.left_out = None;
            wave.lines = None;
        }
        for (question, hidden) in wave.questions.iter_mut().zip(questions) {
            for (cell, group) in question.groups.iter_mut().zip(0..) {
                match cell {
                    Cell::Shown(value) if !hidden.group(at, group) => value.lines.clear(),
                    _ => *cell = Cell::Suppressed,
                }
            }
            match &mut question.all {
                Cell::Shown(total) if !hidden.all(at) => {
                    total.quartiles = total.quartiles.take().filter(|_| !part(hidden));
                }
                _ => question.all = Cell::Suppressed,
            }
        }
    }
}
