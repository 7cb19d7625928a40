//! The numbers of a survey, by wave, question and group.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Exact;
use crate::model::format::Basis;

/// What was computed from all waves of a survey.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// Id of the survey.
    pub survey: String,
    /// The waves, the latest last.
    pub waves: Vec<WaveResult>,
}

/// The numbers of one wave.
#[derive(Clone, Debug, PartialEq)]
pub struct WaveResult {
    /// Id of the wave.
    pub wave: String,
    /// Name of the table in `surveys/`.
    pub file: String,
    /// First and last line of the table below its head; nothing where a count is withheld that they would tell.
    pub lines: Option<(usize, usize)>,
    pub basis: Basis,
    /// How many answered, by group in the order of the survey.
    pub groups: Vec<Cell<Response>>,
    pub all: Cell<Response>,
    /// Rows left out because they were not sent, and because the respondent answered in another one.
    pub left_out: Option<(u64, u64)>,
    /// Numbers by question, in the order of the survey.
    pub questions: Vec<QuestionResult>,
}

/// The numbers of one question in one wave.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionResult {
    /// Id of the question.
    pub question: String,
    /// Number of its column in the table, from 1.
    pub column: usize,
    /// By group in the order of the survey.
    pub groups: Vec<Cell<Value>>,
    pub all: Cell<Total>,
    pub basis: Basis,
}

/// A number that may be shown, or one that is withheld because few answers stand behind it or behind another.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<T> {
    Shown(T),
    Suppressed,
}

impl<T> Cell<T> {
    /// What may be shown.
    pub fn shown(&self) -> Option<&T> {
        match self {
            Cell::Shown(value) => Some(value),
            Cell::Suppressed => None,
        }
    }
}

/// How many answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    pub answered: u64,
    /// How many were asked; nothing if that is not known.
    pub asked: Option<u64>,
}

/// The answers of one group to one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// How many answers count.
    pub n: u64,
    /// Their sum.
    pub sum: Exact,
    /// Their mean; nothing without any.
    pub mean: Option<Exact>,
    /// What the mean counts in the whole: the weight of the group, or its answers where each counts alike.
    pub weight: Exact,
    /// Lines of the table by answer; only for who reads everything.
    pub lines: BTreeMap<Decimal, Vec<usize>>,
}

/// All answers to one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Total {
    pub n: u64,
    /// Sum of the means of the groups, each times its weight.
    pub weighted_sum: Exact,
    /// Sum of the weights of the groups that answered.
    pub weights: Exact,
    /// `weighted_sum / weights`; nothing without an answer.
    pub score: Option<Exact>,
    /// Lower and upper quartile of the answers, weighted as in the score; nothing without an answer, and where a group is
    /// withheld.
    pub quartiles: Option<(Decimal, Decimal)>,
}
