//! Cells of a table of separated values (RFC 4180), each with its place.

use std::ops::Range;

use csv_core::{ReadFieldResult, ReaderBuilder};

/// A cell with the bytes where it stands in its file, quotes included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    pub range: Range<usize>,
}

/// A row with the number of its first line in the file, from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub line: usize,
    pub cells: Vec<Cell>,
    /// A quote that is opened in it and not closed: what follows is all one cell.
    pub open: Option<Range<usize>>,
}

impl Row {
    /// The bytes of the row without the end of its line.
    pub fn range(&self) -> Range<usize> {
        match (self.cells.first(), self.cells.last()) {
            (Some(first), Some(last)) => first.range.start..last.range.end,
            _ => 0..0,
        }
    }
}

/// So many faults of one kind are told of one table: more say nothing new.
pub const LIMIT: usize = 20;

/// What is said of such a quote.
pub const OPEN: &str = "a quote is opened here and not closed";

/// All rows but empty lines.
pub fn rows(text: &str, delimiter: u8) -> Vec<Row> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let bytes = text.as_bytes();
    let mut rows: Vec<Row> = Vec::new();
    let mut row = Row::default();
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
            row.open = Some(range.start..range.start + 1);
        }
        row.cells.push(Cell { text: String::from_utf8_lossy(&field).into_owned(), range });
        field.clear();
        start = at;
        if ends {
            let first = row.range().start;
            line += bytes[counted..first].iter().filter(|byte| **byte == b'\n').count();
            counted = first;
            rows.push(Row { line, ..std::mem::take(&mut row) });
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

    proptest! {
        #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..Default::default() })]

        /// The same cells as the reader that everybody uses finds, each where it stands.
        #[test]
        fn cells_are_those_of_the_library(text in "[a\",;\r\n é]{0,24}") {
            let text = format!("h,i\n{text}");
            let rows = rows(&text, b',');
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
