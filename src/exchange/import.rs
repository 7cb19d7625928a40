//! Rows of a table that came back, as edits of the plan; a row that cannot be taken is refused with its place.
//!
//! A row goes in whole or not at all. Nothing is looked up by position: rows are known by hidden keys, columns by the
//! hidden first row.

pub mod answers;
mod apply;
pub mod form;
mod party;
#[cfg(test)]
mod tests;

pub use apply::{Admitted, apply};

use crate::diag::Address;
use crate::edit::Value;

/// One change of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The value at an address becomes this one.
    Set { address: Address, value: String },
    /// A suggestion is added to those of an event.
    Add { event: String, item: Vec<(String, Value)> },
}

/// A row with what it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Number of the row, as the spreadsheet counts.
    pub row: u32,
    /// What it says, for people: ids and addresses.
    pub what: String,
    pub edits: Vec<Edit>,
}

/// Something that is told of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub row: u32,
    pub sentence: String,
}

impl Told {
    fn new(row: u32, sentence: impl Into<String>) -> Self {
        Told { row, sentence: sentence.into() }
    }
}

/// What the rows of a table come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    pub changes: Vec<Change>,
    pub refused: Vec<Told>,
    /// Rows that were imported before, each with where they stand.
    pub known: Vec<Told>,
    /// What a drafter should know, although the row went in.
    pub notes: Vec<Told>,
}

/// A text in a sentence: short, on one line, in quotes.
fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(80) {
        Some((at, _)) => format!("\"{}...\"", &line[..at]),
        None if line.is_empty() => "nothing".to_string(),
        None => format!("\"{line}\""),
    }
}

/// The text of a cell as the plan holds it.
fn clean(text: &str) -> String {
    let kept = text.replace("\r\n", "\n").replace('\r', "\n");
    kept.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect::<String>().trim().to_string()
}
