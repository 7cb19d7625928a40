//! A table of amounts: UTF-8, RFC 4180, with commas and decimal points if nothing else is declared; a header names the
//! columns.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Place};
use crate::model::cells::{self, LIMIT, Row};
use crate::model::format::{DecimalMark, DecimalText, Delimiter, Dialect, Id, SourceLine, TableRow};
use crate::source::{SourceFile, check_text};

/// The columns, in any order; `to` or `key` may be missing where no row needs it.
const COLUMNS: [&str; 4] = ["to", "year", "amount", "key"];

/// Years and rows of a table. Rows of a year that is not among `years`, if these are known, are faults: nothing would
/// show them.
pub(super) fn read(
    id: FileId,
    file: &SourceFile,
    years: Option<&BTreeSet<String>>,
    dialect: Option<&Dialect>,
    diags: &mut Diagnostics,
) -> Vec<(String, TableRow)> {
    check_text(id, file, diags);
    let Some(text) = file.text.as_deref() else { return Vec::new() };
    let mut table = Table { id, path: &file.path, text, years, dialect, told: 0, diags };
    table.rows()
}

fn is_blank(row: &Row) -> bool {
    row.cells.iter().all(|cell| cell.text.trim().is_empty())
}

struct Table<'t> {
    id: FileId,
    path: &'t str,
    text: &'t str,
    years: Option<&'t BTreeSet<String>>,
    dialect: Option<&'t Dialect>,
    /// How many faults are told of it.
    told: usize,
    diags: &'t mut Diagnostics,
}

impl Table<'_> {
    fn rows(&mut self) -> Vec<(String, TableRow)> {
        let delimiter = self.dialect.map_or(Delimiter::Comma, |one| one.delimiter).byte();
        let mut rows = cells::rows(self.text, delimiter).into_iter().filter(|row| !is_blank(row)).peekable();
        let Some(head) = rows.next() else {
            self.tell(&(0..0), "it is empty");
            return Vec::new();
        };
        if self.years.is_some_and(BTreeSet::is_empty) {
            self.tell(&head.range(), "no allocation takes it in; name it under `table:`");
            return Vec::new();
        }
        let names: Vec<&str> = head.cells.iter().map(|cell| cell.text.trim()).collect();
        if !self.is_head(&names, &head) {
            return Vec::new();
        }
        if rows.peek().is_none() {
            self.tell(&head.range(), "it has no row below its head");
        }
        rows.filter_map(|row| self.row(&names, &row)).collect()
    }

    fn tell(&mut self, range: &Range<usize>, detail: impl Into<String>) {
        self.told += 1;
        if self.told > LIMIT {
            return;
        }
        let place = Place::Bytes(self.id, range.clone());
        self.diags.push(Diagnostic::new(Code::BadCostTable, place).arg("detail", detail.into()));
    }

    fn is_head(&mut self, names: &[&str], row: &Row) -> bool {
        let unknown = names.iter().find(|name| !COLUMNS.contains(name));
        let twice = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)).map(|(_, name)| name);
        let missing = ["year", "amount"].into_iter().find(|name| !names.contains(name));
        let detail = match (unknown, twice, missing) {
            (Some(name), ..) if name.contains(';') => {
                format!(
                    "its columns are parted by semicolons (`{name}`); say so under `csv:` in `costs.yaml`, or save it with \
                     commas, and a point in the amounts"
                )
            }
            (Some(name), ..) => format!("there is no column `{name}`; the columns are to, year, amount, key"),
            (None, Some(name), _) => format!("the column `{name}` stands twice"),
            (None, None, Some(name)) => format!("the column `{name}` is missing"),
            _ => return true,
        };
        self.tell(&row.range(), detail);
        false
    }

    fn row(&mut self, head: &[&str], row: &Row) -> Option<(String, TableRow)> {
        if let Some(range) = &row.open {
            self.tell(range, cells::OPEN);
            return None;
        }
        let range = row.range();
        if row.cells.len() != head.len() {
            self.tell(&range, format!("this row has {} cells, the header {}", row.cells.len(), head.len()));
            return None;
        }
        let cell = |name: &str| {
            let at = head.iter().position(|column| *column == name)?;
            Some(row.cells[at].text.trim()).filter(|cell| !cell.is_empty())
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
        let amount = self.number(amount?, &range)?;
        let line = row.line;
        let row = TableRow {
            to: to.map(Id::from),
            key: key.map(Id::from),
            amount: DecimalText(amount),
            line: SourceLine { path: self.path.to_string(), line },
            place: Place::Bytes(self.id, range),
        };
        Some((year?.to_string(), row))
    }

    /// An amount with a decimal point, as it is declared to be written.
    fn number(&mut self, amount: &str, range: &Range<usize>) -> Option<String> {
        let comma = self.dialect.is_some_and(|one| one.decimal == DecimalMark::Comma);
        if comma && amount.contains('.') {
            self.tell(
                range,
                format!("`{amount}` has a point, but `csv:` in `costs.yaml` says that numbers have a comma"),
            );
            return None;
        }
        Some(if comma { amount.replace(',', ".") } else { amount.to_string() })
    }
}
