//! CSV: comma, UTF-8, RFC 4180; the keys in the first row.

use super::bounds::{self, Counter};
use super::{CELL, Grid, Refusal, Sheet};
use crate::document::formula::{bare, guarded};

/// Excel takes a file without it for one in the encoding of the machine.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The separators that spreadsheets write.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// The sheet as CSV.
pub fn write(sheet: &Sheet) -> Result<Vec<u8>, Refusal> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
    let keys: Vec<String> = sheet.columns.iter().map(|column| column.key.clone()).collect();
    for row in std::iter::once(&keys).chain(sheet.rows.iter().map(|row| &row.cells)) {
        if row.iter().any(|cell| cell.chars().count() > CELL) {
            return Err(super::excel::too_long(row.iter().find(|cell| cell.chars().count() > CELL)));
        }
        let cells = (0..keys.len()).map(|at| guarded(row.get(at).map_or("", String::as_str)));
        out.write_record(cells).map_err(|_| Refusal::new("the table cannot be written as CSV"))?;
    }
    out.into_inner().map_err(|_| Refusal::new("the table cannot be written as CSV"))
}

/// The rows of a CSV file.
pub fn read(bytes: &[u8]) -> Result<Grid, Refusal> {
    let text = text(bytes)?;
    let mut grids = SEPARATORS.iter().map(|separator| rows(text, *separator, bare));
    let first = grids.next().unwrap_or_else(|| Ok(Grid::default()));
    let has_table = |grid: &Grid| super::table(vec![grid.clone()]).is_ok();
    match first {
        Ok(grid) if !has_table(&grid) => match grids.flatten().find(has_table) {
            Some(other) => Ok(other),
            None => Ok(grid),
        },
        first => first,
    }
}

/// The rows of a CSV file of any program: split by the separator that its first row has most of. No apostrophe is a guard
/// there.
pub fn read_any(bytes: &[u8]) -> Result<Grid, Refusal> {
    let text = text(bytes)?;
    let columns = |separator: &u8| {
        let head = csv::ReaderBuilder::new().has_headers(false).delimiter(*separator).from_reader(text.as_bytes());
        head.into_records().next().and_then(Result::ok).map_or(0, |row| row.len())
    };
    let most = SEPARATORS.iter().rev().max_by_key(|separator| columns(separator)).copied();
    rows(text, most.unwrap_or(b','), |cell| cell)
}

fn text(bytes: &[u8]) -> Result<&str, Refusal> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    std::str::from_utf8(bytes)
        .map_err(|_| Refusal::new("it is not encoded in UTF-8; in Excel, save it as \"CSV UTF-8\", or better as .xlsx"))
}

fn rows(text: &str, separator: u8, cell_text: fn(&str) -> &str) -> Result<Grid, Refusal> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut counter = Counter::default();
    let mut grid = Grid::default();
    for (number, record) in (0..).zip(reader.records()) {
        let record = record.map_err(|_| Refusal::new(format!("row {} cannot be read as CSV", number + 1)))?;
        if number >= bounds::ROWS {
            return Err(Refusal::new(format!("it has more than {} rows", bounds::ROWS)));
        }
        for (column, cell) in (0..).zip(record.iter()).filter(|(_, cell)| !cell.is_empty()) {
            counter.cell(number, column, cell)?;
            grid.rows.entry(number).or_default().insert(column, cell_text(cell).to_string());
        }
    }
    Ok(grid)
}
