//! Which rows of a table count, of which group they are, and what they answer, by the rules of the survey.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Answers;
use crate::model::cells::Cell;
use crate::model::format::*;
use crate::model::reference::decimal;

/// What a column of the table is needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnUse {
    /// A question, by its position in the survey.
    Question(usize),
    Respondent,
    Group,
    Completed,
}

/// What keeps a table from being read; positions of rows and columns in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No column has the name that the survey gives.
    MissingColumn(ColumnUse),
    /// The survey does not speak of this column.
    UnknownColumn { column: usize },
    /// The answer is no value of the scale.
    OffScale { row: usize, column: usize },
    /// The group is none of the survey.
    UnknownGroup { row: usize, column: usize },
    /// A respondent stands in two rows, and the survey refuses that.
    Twice { row: usize, first: usize, column: usize },
}

/// One who answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Respondent {
    /// As the table names it; nothing if it does not.
    pub name: Option<String>,
    /// Position of its group in the survey.
    pub group: usize,
    /// Position of its row in the table.
    pub row: usize,
    /// Its answers by question; a blank that counts has its declared value.
    pub values: Vec<Option<Decimal>>,
}

/// A table by the rules of its survey.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Those whose answers count, in the order of the table.
    pub respondents: Vec<Respondent>,
    /// Position of the column of each question.
    pub columns: Vec<Option<usize>>,
    /// Rows left out because they were not sent.
    pub unfinished: u64,
    /// Rows left out because the same respondent answered in another one.
    pub repeated: u64,
    pub faults: Vec<Fault>,
}

/// Reads `table` by the rules of `survey`.
pub fn reading(survey: &Survey, table: &Answers) -> Reading {
    let mut out = Reading::default();
    let columns = &survey.columns;
    let mut find = |name: Option<&str>, texts: Option<&Text>, use_: ColumnUse| {
        let name = name?;
        let at = column(table, name, texts);
        if at.is_none() {
            out.faults.push(Fault::MissingColumn(use_));
        }
        at
    };
    let respondent = find(columns.respondent.as_deref(), None, ColumnUse::Respondent);
    let group = find(columns.group.as_deref(), None, ColumnUse::Group);
    let completed = find(columns.completed.as_deref(), None, ColumnUse::Completed);
    let questions: Vec<Option<usize>> = survey
        .questions
        .iter()
        .enumerate()
        .map(|(at, one)| find(Some(&one.column), Some(&one.text), ColumnUse::Question(at)))
        .collect();
    let used = [respondent, group, completed];
    out.faults.extend(unknown(survey, table, &questions, &used));
    let rows = counted(survey, table, respondent, completed, &mut out);
    let scale = Scaled::new(survey);
    for row in rows {
        let cells = &table.rows[row].cells;
        let own = match (group, survey.groups.len()) {
            (None, 1) => Some(0),
            (None, _) => None,
            (Some(column), _) => {
                let found = survey.groups.iter().position(|group| is_called(group, &cells[column].text));
                if found.is_none() {
                    out.faults.push(Fault::UnknownGroup { row, column });
                }
                found
            }
        };
        let mut value = |column: &Option<usize>| {
            let column = (*column)?;
            scale.value(&cells[column]).unwrap_or_else(|()| {
                out.faults.push(Fault::OffScale { row, column });
                None
            })
        };
        let values = questions.iter().map(&mut value).collect();
        let name = respondent.map(|column| cells[column].text.trim().to_string()).filter(|name| !name.is_empty());
        if let Some(group) = own {
            out.respondents.push(Respondent { name, group, row, values });
        }
    }
    out.columns = questions;
    out
}

/// The rows that count, in their order.
fn counted(
    survey: &Survey,
    table: &Answers,
    respondent: Option<usize>,
    completed: Option<usize>,
    out: &mut Reading,
) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..table.rows.len()).collect();
    if let (Unfinished::LeftOut, Some(column)) = (survey.rules.unfinished, completed) {
        rows.retain(|row| !table.rows[*row].cells[column].text.trim().is_empty());
        out.unfinished = (table.rows.len() - rows.len()) as u64;
    }
    let Some(column) = respondent else { return rows };
    let mut kept: BTreeMap<&str, usize> = BTreeMap::new();
    let mut gone = std::collections::BTreeSet::new();
    for row in &rows {
        let name = table.rows[*row].cells[column].text.trim();
        if name.is_empty() {
            continue;
        }
        let Some(before) = kept.get(name).copied() else {
            kept.insert(name, *row);
            continue;
        };
        match survey.rules.twice {
            Twice::Last => {
                gone.insert(before);
                kept.insert(name, *row);
            }
            Twice::First => drop(gone.insert(*row)),
            Twice::Refused => out.faults.push(Fault::Twice { row: *row, first: before, column }),
        }
    }
    out.repeated = gone.len() as u64;
    rows.retain(|row| !gone.contains(row));
    rows
}

/// Columns of which the survey does not speak.
fn unknown(survey: &Survey, table: &Answers, questions: &[Option<usize>], used: &[Option<usize>]) -> Vec<Fault> {
    let ignored: Vec<usize> = survey.columns.ignored.iter().filter_map(|name| column(table, name, None)).collect();
    let known = |at: &usize| questions.contains(&Some(*at)) || used.contains(&Some(*at)) || ignored.contains(at);
    let named = |at: &usize| !table.head[*at].text.trim().is_empty();
    let all = (0..table.head.len()).filter(|at| !known(at) && named(at));
    all.map(|column| Fault::UnknownColumn { column }).collect()
}

/// The column that has `name` at its head: the whole of it, or, as survey programs write both, its code followed by
/// the words. Else the one that has the words of the question.
fn column(table: &Answers, name: &str, words: Option<&Text>) -> Option<usize> {
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = folded(name);
    let heads: Vec<String> = table.head.iter().map(|cell| folded(&cell.text)).collect();
    let behind = |head: &String| {
        let rest = head.strip_prefix(&name).unwrap_or("");
        rest.starts_with(". ") || rest.starts_with(": ") || rest.starts_with(" - ")
    };
    let whole = heads.iter().position(|head| *head == name && !name.is_empty());
    let coded = || heads.iter().position(|head| !name.is_empty() && behind(head));
    let worded = || {
        let wordings = words?.wordings.iter().map(|(_, wording)| folded(&wording.text));
        let wordings: Vec<String> = wordings.filter(|text| !text.is_empty()).collect();
        heads.iter().position(|head| wordings.contains(head))
    };
    whole.or_else(coded).or_else(worded)
}

fn is_called(group: &SurveyGroup, text: &str) -> bool {
    let text = text.trim();
    let names = group.name.wordings.iter().map(|(_, wording)| wording.text.trim());
    let called = group.called.iter().map(|name| name.trim());
    !text.is_empty() && (called.chain(names).any(|name| name == text) || *group.id == *text)
}

/// The scale of a survey with its numbers read.
struct Scaled<'a> {
    scale: &'a Scale,
    bounds: Option<(Decimal, Decimal)>,
    blank: Option<Decimal>,
    comma: bool,
}

impl<'a> Scaled<'a> {
    fn new(survey: &'a Survey) -> Self {
        let scale = &survey.scale;
        let counted = survey.rules.blanks == Blanks::Counted;
        Scaled {
            scale,
            bounds: decimal(&scale.least).zip(decimal(&scale.most)).filter(|(least, most)| least < most),
            blank: survey.rules.blank_value.as_ref().filter(|_| counted).and_then(|text| decimal(text)),
            comma: survey.csv.as_ref().is_some_and(|one| one.decimal == DecimalMark::Comma),
        }
    }

    /// The value of a cell; nothing for a blank that is left out, an error for what is no value of the scale.
    fn value(&self, cell: &Cell) -> Result<Option<Decimal>, ()> {
        let text = cell.text.trim();
        if text.is_empty() || self.scale.no_answer.iter().any(|word| word.trim() == text) {
            return Ok(self.blank);
        }
        let number = match self.scale.codes.get(text) {
            Some(value) => decimal(value),
            None if self.comma && text.contains('.') => None,
            None if self.comma => decimal(&text.replace(',', ".")),
            None => decimal(text),
        };
        // What is wrong with the scale itself is told there.
        let Some((least, most)) = self.bounds else { return Ok(None) };
        match number.filter(|number| (least..=most).contains(number)) {
            Some(number) => Ok(Some(number)),
            None => Err(()),
        }
    }
}
