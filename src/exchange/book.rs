//! A workbook as sheets of rows of text, and its two shapes: `.xlsx` and CSV.
//!
//! The first row of a table is hidden and names its columns by keys, so that headings may stand in any language and
//! columns in any order. The last key is the [`Tag`]: which table it is, of which edition, in which language.

mod bounds;
mod comma;
mod excel;
mod read;
#[cfg(test)]
mod tests;

pub use bounds::{CELL, FILE as LIMIT};
pub use read::{answers, read};

use std::collections::BTreeMap;
use std::fmt;

/// A workbook to be written.
#[derive(Clone, Debug, Default)]
pub struct Book {
    pub title: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// Date for the properties of the file (year, month, day), so that the same plan gives the same bytes.
    pub date: Option<(u16, u8, u8)>,
    pub sheets: Vec<Sheet>,
}

/// A sheet: columns, and rows below the hidden row of keys.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub name: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

/// A column of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Key by which an import knows it; empty for a column that is only for people.
    pub key: String,
    /// In characters.
    pub width: f64,
    pub hidden: bool,
    /// True for cells that are to be filled in.
    pub input: bool,
    /// What may be chosen in its cells; empty for anything.
    pub list: Vec<String>,
}

/// How a row looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    Title,
    /// A sentence that explains.
    Note,
    /// A label with a cell to fill in beside it.
    Label,
    Heading,
    #[default]
    Body,
}

/// A row of text cells.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub look: Look,
    pub cells: Vec<String>,
    /// In a [`Look::Label`] row: the column to fill in, and what may be chosen there.
    pub input: Option<(usize, Vec<String>)>,
}

/// Why a file was not read or could not be written: one sentence for people, without the name of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl Refusal {
    fn new(sentence: impl Into<String>) -> Self {
        Refusal(sentence.into())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// The two shapes of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Xlsx,
    Csv,
}

impl Shape {
    /// The shape that the end of a file name asks for.
    pub fn of(name: &str) -> Option<Self> {
        let (_, end) = name.rsplit_once('.')?;
        match end.to_ascii_lowercase().as_str() {
            "xlsx" => Some(Shape::Xlsx),
            "csv" => Some(Shape::Csv),
            _ => None,
        }
    }
}

impl Book {
    /// The bytes of the file; as CSV, those of the first sheet that has keys.
    ///
    /// # Errors
    /// A cell that is longer than a spreadsheet can hold.
    pub fn write(&self, shape: Shape) -> Result<Vec<u8>, Refusal> {
        match shape {
            Shape::Xlsx => excel::write(self),
            Shape::Csv => {
                let keyed = |sheet: &&Sheet| sheet.columns.iter().any(|column| !column.key.is_empty());
                let sheet = self.sheets.iter().find(keyed);
                sheet.map_or_else(|| Err(Refusal::new("there is no table to write")), comma::write)
            }
        }
    }
}

/// A sheet as it was read: cells that are not empty, by row and column, both counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// Name of the sheet; nothing in CSV.
    pub sheet: Option<String>,
    pub rows: BTreeMap<u32, BTreeMap<u32, String>>,
}

/// What a table says of itself in its last key: `planwright:form:1:edition=draft:lang=fr`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    pub kind: String,
    pub facts: Vec<(String, String)>,
}

const MARK: &str = "planwright:";
const VERSION: &str = "1";

impl Tag {
    pub fn new(kind: &str, facts: &[(&str, &str)]) -> Self {
        let facts = facts.iter().filter(|(_, value)| !value.is_empty());
        Tag { kind: kind.to_string(), facts: facts.map(|(key, value)| (key.to_string(), value.to_string())).collect() }
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        self.facts.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    fn parse(text: &str) -> Option<Result<Self, Refusal>> {
        let mut parts = text.strip_prefix(MARK)?.split(':');
        let kind = parts.next().unwrap_or("").to_string();
        if parts.next() != Some(VERSION) {
            return Some(Err(Refusal::new("it was made by another version of the program; export it again")));
        }
        let facts = parts.filter_map(|part| part.split_once('=')).map(|(a, b)| (a.to_string(), b.to_string()));
        Some(Ok(Tag { kind, facts: facts.collect() }))
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{MARK}{}:{VERSION}", self.kind)?;
        self.facts.iter().try_for_each(|(key, value)| write!(f, ":{key}={value}"))
    }
}

/// A table that was found in a file by its hidden keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub tag: Tag,
    pub sheet: Option<String>,
    pub rows: Vec<Line>,
}

/// A row of a table: its number as the spreadsheet counts, and its cells by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub number: u32,
    pub cells: BTreeMap<String, String>,
    /// What stands outside the columns of the table.
    pub beside: String,
}

impl Line {
    /// The text of a cell without the white space around it; empty if there is none.
    pub fn get(&self, key: &str) -> &str {
        self.cells.get(key).map_or("", |text| text.trim())
    }
}

/// Rows in which the keys are looked for: somebody may have put lines above.
const KEYS_WITHIN: usize = 20;

/// The table that the sheets of a file hold.
///
/// # Errors
/// No sheet has the keys, or the table is of another version.
pub fn table(grids: Vec<Grid>) -> Result<Table, Refusal> {
    for grid in grids {
        let top = grid.rows.iter().take(KEYS_WITHIN);
        let found =
            top.filter_map(|(at, row)| Some((*at, row, row.values().find_map(|cell| Tag::parse(cell))?))).next();
        let Some((at, keys, tag)) = found else { continue };
        let tag = tag?;
        let last = keys.keys().next_back().copied();
        let keys: BTreeMap<u32, String> =
            keys.iter().filter(|(_, key)| !key.starts_with(MARK)).map(|(at, key)| (*at, key.clone())).collect();
        let width = last.unwrap_or_default();
        let below = grid.rows.range(at + 1..);
        let rows = below
            .map(|(number, row)| Line { number: number + 1, cells: keyed(&keys, row), beside: beside(width, row) })
            .collect();
        return Ok(Table { tag, sheet: grid.sheet, rows });
    }
    Err(Refusal::new(
        "this is no table of planwright: the hidden row of keys at its top is not there. It is lost when rows or columns \
         are copied into another file; fill in the file that `planwright export` made",
    ))
}

/// The words of a row to the right of the table, whose last column is `last`.
fn beside(last: u32, row: &BTreeMap<u32, String>) -> String {
    let words: Vec<&str> = row.range(last + 1..).map(|(_, text)| text.trim()).filter(|text| !text.is_empty()).collect();
    words.join("; ")
}

fn keyed(keys: &BTreeMap<u32, String>, row: &BTreeMap<u32, String>) -> BTreeMap<String, String> {
    row.iter().filter_map(|(at, text)| Some((keys.get(at)?.clone(), text.clone()))).collect()
}
