//! A table of answers: CSV as RFC 4180 has it, with the place of every cell.

use std::ops::Range;

use csv_core::{ReadFieldResult, ReaderBuilder};

use crate::diag::{FileId, Place};
use crate::model::format::{Delimiter, Dialect};

/// A cell with the bytes where it stands in its file, quotes included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerCell {
    pub text: String,
    pub range: Range<usize>,
}

/// A row with the number of its first line in the file, from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerRow {
    pub line: usize,
    pub cells: Vec<AnswerCell>,
}

/// A table of answers as it was read. Each row has as many cells as the head.
#[derive(Clone, Debug)]
pub struct Answers {
    pub file: FileId,
    /// Name in `surveys/`.
    pub name: String,
    pub head: Vec<AnswerCell>,
    pub rows: Vec<AnswerRow>,
}

impl Answers {
    /// The place of a cell of its file.
    pub fn place(&self, cell: &AnswerCell) -> Place {
        Place::Bytes(self.file, cell.range.clone())
    }

    /// The place of its head row.
    pub fn head_place(&self) -> Place {
        let end = self.head.last().map_or(0, |cell| cell.range.end);
        Place::Bytes(self.file, 0..end)
    }
}

/// What is wrong with a table, and the bytes that are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadTable {
    pub detail: String,
    pub range: Range<usize>,
}

/// Reads the rows of `text`. What does not fit is left out and told: a row of another length than the head, a quote
/// that is not closed, a head without names or with the same name twice.
pub fn table(file: FileId, name: &str, text: &str, dialect: Option<&Dialect>) -> (Answers, Vec<BadTable>) {
    let mut bad = Vec::new();
    let mut rows = records(text, dialect, &mut bad).into_iter();
    let head = rows.next().map(|row| row.cells).unwrap_or_default();
    if head.iter().all(|cell| cell.text.trim().is_empty()) {
        bad.push(BadTable { detail: "it has no row of column names".to_string(), range: 0..0 });
    }
    let mut seen = std::collections::BTreeSet::new();
    for cell in &head {
        if !cell.text.trim().is_empty() && !seen.insert(cell.text.trim()) {
            let detail = format!("two columns are called `{}`", short(&cell.text));
            bad.push(BadTable { detail, range: cell.range.clone() });
        }
    }
    let mut kept = Vec::new();
    for row in rows {
        match row.cells.len() == head.len() {
            true => kept.push(row),
            false => {
                let detail = format!("this row has {} cells, the head {}", row.cells.len(), head.len());
                let range = row.cells.first().map_or(0..0, |cell| cell.range.clone());
                bad.push(BadTable { detail, range });
            }
        }
    }
    (Answers { file, name: name.to_string(), head, rows: kept }, bad)
}

fn short(text: &str) -> String {
    text.trim().chars().take(60).collect()
}

/// All rows but empty lines.
fn records(text: &str, dialect: Option<&Dialect>, bad: &mut Vec<BadTable>) -> Vec<AnswerRow> {
    let delimiter = match dialect.map_or(Delimiter::Comma, |one| one.delimiter) {
        Delimiter::Comma => b',',
        Delimiter::Semicolon => b';',
        Delimiter::Tab => b'\t',
    };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let bytes = text.as_bytes();
    let mut rows: Vec<AnswerRow> = Vec::new();
    let mut cells: Vec<AnswerCell> = Vec::new();
    let mut field: Vec<u8> = Vec::new();
    let mut buffer = [0u8; 4096];
    let (mut at, mut start, mut line, mut counted) = (0, 0, 1, 0);
    loop {
        let (result, read, written) = reader.read_field(&bytes[at..], &mut buffer);
        at += read;
        field.extend_from_slice(&buffer[..written]);
        let ends = match result {
            // An empty input is the end of the text; it is asked once more.
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => continue,
            ReadFieldResult::End => return rows,
            ReadFieldResult::Field { record_end } => record_end,
        };
        let range = trimmed(bytes, start..at, delimiter);
        if is_open(&bytes[range.clone()]) {
            let detail = "a quote is opened here and not closed".to_string();
            bad.push(BadTable { detail, range: range.start..range.start + 1 });
        }
        let text = String::from_utf8_lossy(&field).into_owned();
        cells.push(AnswerCell { text, range });
        field.clear();
        start = at;
        if ends {
            let first = cells.first().map_or(at, |cell| cell.range.start);
            line += bytes[counted..first].iter().filter(|byte| **byte == b'\n').count();
            counted = first;
            rows.push(AnswerRow { line, cells: std::mem::take(&mut cells) });
        }
    }
}

/// A cell without the line ends before it and the delimiter or line end behind it.
fn trimmed(bytes: &[u8], range: Range<usize>, delimiter: u8) -> Range<usize> {
    let Range { mut start, mut end } = range;
    while start < end && matches!(bytes[start], b'\r' | b'\n') {
        start += 1;
    }
    if end > start && (bytes[end - 1] == delimiter || matches!(bytes[end - 1], b'\r' | b'\n')) {
        end -= 1;
    }
    start..end
}

/// True for a cell that begins with a quote and has no other to close it.
fn is_open(cell: &[u8]) -> bool {
    cell.first() == Some(&b'"') && cell.iter().filter(|byte| **byte == b'"').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (Answers, Vec<BadTable>) {
        table(FileId(0), "a.csv", text, None)
    }

    fn texts(table: &Answers) -> Vec<(usize, Vec<&str>)> {
        table.rows.iter().map(|row| (row.line, row.cells.iter().map(|cell| cell.text.as_str()).collect())).collect()
    }

    #[test]
    fn quotes_line_breaks_and_empty_lines() {
        let text = "a,b\r\n\"one, \"\"two\"\"\r\nthree\",x\r\n\r\n,y\r\n";
        let (table, bad) = read(text);
        assert_eq!(bad, []);
        assert_eq!(texts(&table), [(2, vec!["one, \"two\"\r\nthree", "x"]), (5, vec!["", "y"])]);
        let cell = &table.rows[0].cells[1];
        assert_eq!(&text[cell.range.clone()], "x");
        assert_eq!(&text[table.rows[1].cells[1].range.clone()], "y");
        assert_eq!(&text[table.head[1].range.clone()], "b");
    }

    #[test]
    fn semicolons_if_declared() {
        let dialect = Dialect { delimiter: Delimiter::Semicolon, decimal: crate::model::format::DecimalMark::Comma };
        let (table, bad) = table(FileId(0), "a.csv", "a;b\n4,5;\n", Some(&dialect));
        assert_eq!((texts(&table), bad), (vec![(2, vec!["4,5", ""])], vec![]));
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_place() {
        let (table, bad) = read("a,b,a\n1,2\n1,2,3\n");
        assert_eq!(bad[0], BadTable { detail: "two columns are called `a`".into(), range: 4..5 });
        assert_eq!(bad[1], BadTable { detail: "this row has 2 cells, the head 3".into(), range: 6..7 });
        assert_eq!(table.rows.len(), 1);
        let (_, bad) = read("a\n\"x\ny\n");
        assert_eq!(bad, [BadTable { detail: "a quote is opened here and not closed".into(), range: 2..3 }]);
        assert_eq!(read("").1[0].detail, "it has no row of column names");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..Default::default() })]

        /// The same cells as the reader that everybody uses finds, each where it stands.
        #[test]
        fn cells_are_those_of_the_library(text in "[a\",;\r\n é]{0,24}") {
            let text = format!("h,i\n{text}");
            let mut bad = Vec::new();
            let rows = records(&text, None, &mut bad);
            let mut library = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let expected: Vec<Vec<String>> =
                library.records().map(|row| row.unwrap().iter().map(str::to_string).collect()).collect();
            let found: Vec<Vec<String>> =
                rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect()).collect();
            prop_assert_eq!(found, expected);
            for cell in rows.iter().flat_map(|row| &row.cells) {
                prop_assert!(text.get(cell.range.clone()).is_some());
            }
        }
    }
}
