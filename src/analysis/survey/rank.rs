//! Ranks, changes between waves, and what a survey says of one item.

use std::cmp::Ordering;

use crate::model::format::High;
use crate::model::survey::{Exact, QuestionResult, Total, WaveResult};

/// A question with its place in the ranking of one wave.
#[derive(Clone, Debug)]
pub struct Ranked<'r> {
    pub result: &'r QuestionResult,
    pub total: &'r Total,
    pub score: &'r Exact,
    /// One more than the questions that are better: 1, 2, 2, 4.
    pub place: usize,
    /// True when another question has the same score, before any rounding.
    pub tied: bool,
}

/// The questions of a wave from the most to the least important; equal ones in the order of the survey. Those without
/// a score that may be shown have no place.
pub fn ranking(wave: &WaveResult, high: High) -> Vec<Ranked<'_>> {
    let better = |a: &Exact, b: &Exact| match high {
        High::Important => b.cmp(a),
        High::Unimportant => a.cmp(b),
    };
    let scored = wave.questions.iter().filter_map(|result| {
        let total = result.all.shown()?;
        Some((result, total, total.score.as_ref()?))
    });
    let mut list: Vec<_> = scored.collect();
    list.sort_by(|a, b| better(a.2, b.2));
    let places: Vec<(usize, bool)> = list
        .iter()
        .map(|(_, _, score)| {
            let ahead = list.iter().filter(|other| better(other.2, score) == Ordering::Less).count();
            (ahead + 1, list.iter().filter(|other| other.2 == *score).count() > 1)
        })
        .collect();
    let ranked = list.into_iter().zip(places);
    ranked.map(|((result, total, score), (place, tied))| Ranked { result, total, score, place, tied }).collect()
}

/// By how much the score of a question is higher in the later wave; nothing where one of the two is not shown.
pub fn change(earlier: &QuestionResult, later: &QuestionResult) -> Option<Exact> {
    let score = |one: &QuestionResult| one.all.shown()?.score.clone();
    Some(score(later)? - score(earlier)?)
}

/// The anchor of the row that holds the inputs of a score in the part `survey-data`: of a question in a wave, or of
/// one group in it. No id can hold `_`, so it is no other.
pub fn anchor(survey: &str, wave: &str, question: &str, group: Option<&str>) -> String {
    match group {
        Some(group) => format!("{survey}_{wave}_{question}_{group}"),
        None => format!("{survey}_{wave}_{question}"),
    }
}
