//! A table of amounts: comma, UTF-8, RFC 4180, decimal point; a header names the columns.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Place};
use crate::model::format::{DecimalText, Id, SourceLine, TableRow};
use crate::source::{SourceFile, check_text};

/// The columns, in any order; `to` or `key` may be missing where no row needs it.
const COLUMNS: [&str; 4] = ["to", "year", "amount", "key"];

/// Years and rows of a table. Rows of a year that is not among `years`, if these are known, are faults: nothing would
/// show them.
pub(super) fn read(
    id: FileId,
    file: &SourceFile,
    years: Option<&BTreeSet<String>>,
    diags: &mut Diagnostics,
) -> Vec<(String, TableRow)> {
    check_text(id, file, diags);
    let Some(text) = file.text.as_deref() else { return Vec::new() };
    let mut table = Table { id, path: &file.path, text, years, counted: (0, 1), diags };
    table.rows()
}

struct Table<'t> {
    id: FileId,
    path: &'t str,
    text: &'t str,
    years: Option<&'t BTreeSet<String>>,
    /// A byte of the text, and its line.
    counted: (usize, usize),
    diags: &'t mut Diagnostics,
}

impl Table<'_> {
    fn rows(&mut self) -> Vec<(String, TableRow)> {
        let builder = &mut csv::ReaderBuilder::new();
        let mut reader = builder.has_headers(false).flexible(true).from_reader(self.text.as_bytes());
        let mut head: Option<Vec<String>> = None;
        let mut out = Vec::new();
        for record in reader.records() {
            let Ok(record) = record else { break }; // only text that is not UTF-8, which is told already
            let range = self.range(&record);
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_string()).collect();
            match &head {
                None => {
                    if self.years.is_some_and(BTreeSet::is_empty) {
                        self.tell(&range, "no allocation takes it in; name it under `table:`");
                        return out;
                    }
                    if !self.is_head(&cells, range) {
                        return out;
                    }
                    head = Some(cells);
                }
                Some(head) => out.extend(self.row(&head.clone(), &cells, range)),
            }
        }
        out
    }

    /// The bytes of a record in the text, without the end of its line.
    fn range(&self, record: &csv::StringRecord) -> Range<usize> {
        let start = record.position().map_or(0, |at| at.byte() as usize).min(self.text.len());
        let rest = &self.text[start..];
        // Blank lines before a record belong to it.
        let skipped = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let start = start + skipped;
        let length = self.text[start..].find(['\r', '\n']).unwrap_or(self.text.len() - start);
        start..start + length
    }

    /// The line of a byte behind the one that was asked for last.
    fn line(&mut self, at: usize) -> usize {
        let (before, line) = self.counted;
        let line = line + self.text.as_bytes()[before..at].iter().filter(|byte| **byte == b'\n').count();
        self.counted = (at, line);
        line
    }

    fn tell(&mut self, range: &Range<usize>, detail: impl Into<String>) {
        let place = Place::Bytes(self.id, range.clone());
        self.diags.push(Diagnostic::new(Code::BadCostTable, place).arg("detail", detail.into()));
    }

    fn is_head(&mut self, cells: &[String], range: Range<usize>) -> bool {
        let unknown = cells.iter().find(|cell| !COLUMNS.contains(&cell.as_str()));
        let twice = cells.iter().enumerate().find(|(at, cell)| cells[..*at].contains(cell)).map(|(_, cell)| cell);
        let missing = ["year", "amount"].into_iter().find(|name| !cells.iter().any(|cell| cell == name));
        let detail = match (unknown, twice, missing) {
            (Some(name), ..) => format!("there is no column `{name}`; the columns are to, year, amount, key"),
            (None, Some(name), _) => format!("the column `{name}` stands twice"),
            (None, None, Some(name)) => format!("the column `{name}` is missing"),
            _ => return true,
        };
        self.tell(&range, detail);
        false
    }

    fn row(&mut self, head: &[String], cells: &[String], range: Range<usize>) -> Option<(String, TableRow)> {
        if cells.len() != head.len() {
            self.tell(&range, format!("this row has {} cells, the header {}", cells.len(), head.len()));
            return None;
        }
        let cell = |name: &str| {
            let at = head.iter().position(|column| column == name)?;
            Some(cells[at].as_str()).filter(|cell| !cell.is_empty())
        };
        let (to, key, year, amount) = (cell("to"), cell("key"), cell("year"), cell("amount"));
        let detail = match (to, key) {
            (Some(_), Some(_)) => {
                Some("this row names both `to` and `key`; an amount goes to one element or is shared")
            }
            (None, None) => Some("this row names neither `to` nor `key`"),
            _ => None,
        };
        let detail = detail.map(str::to_string).or_else(|| match (year, amount) {
            (None, _) => Some("this row has no year".to_string()),
            (_, None) => Some("this row has no amount; leave out what is not costed".to_string()),
            (Some(year), _) if self.years.is_some_and(|years| !years.contains(year)) => {
                Some(format!("no allocation of {year} takes in this table"))
            }
            _ => None,
        });
        if let Some(detail) = detail {
            self.tell(&range, detail);
            return None;
        }
        let line = self.line(range.start);
        let row = TableRow {
            to: to.map(Id::from),
            key: key.map(Id::from),
            amount: DecimalText(amount?.to_string()),
            line: SourceLine { path: self.path.to_string(), line },
            place: Place::Bytes(self.id, range),
        };
        Some((year?.to_string(), row))
    }
}
