//! A table of answers: rows as long as the head.

use std::ops::Range;

use crate::diag::{FileId, Place};
use crate::model::cells::{self, Cell, Row};
use crate::model::format::{Delimiter, Dialect};

/// A table of answers as it was read. Each row has as many cells as the head.
#[derive(Clone, Debug)]
pub struct Answers {
    pub file: FileId,
    /// Name in `surveys/`.
    pub name: String,
    pub head: Vec<Cell>,
    pub rows: Vec<Row>,
}

impl Answers {
    /// The place of a cell of its file.
    pub fn place(&self, cell: &Cell) -> Place {
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
    let delimiter = dialect.map_or(Delimiter::Comma, |one| one.delimiter).byte();
    let mut rows = cells::rows(text, delimiter).into_iter();
    let first = rows.next().unwrap_or_default();
    bad.extend(first.open.clone().map(open));
    let head = first.cells;
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
        match (row.open.clone(), row.cells.len() == head.len()) {
            // What stands behind an open quote is in one cell with it.
            (Some(range), _) => bad.push(open(range)),
            (None, true) => kept.push(row),
            (None, false) => {
                let detail = format!("this row has {} cells, the head {}", row.cells.len(), head.len());
                let range = row.cells.first().map_or(0..0, |cell| cell.range.clone());
                bad.push(BadTable { detail, range });
            }
        }
    }
    (Answers { file, name: name.to_string(), head, rows: kept }, bad)
}

fn open(range: Range<usize>) -> BadTable {
    BadTable { detail: cells::OPEN.to_string(), range }
}

fn short(text: &str) -> String {
    text.trim().chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let (_, bad) = read("a,b\n\"x\ny\n");
        assert_eq!(bad, [BadTable { detail: "a quote is opened here and not closed".into(), range: 4..5 }]);
        assert_eq!(read("").1[0].detail, "it has no row of column names");
    }
}
