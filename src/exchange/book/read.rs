//! A file that somebody sent, as text.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx};

use super::bounds::{self, Counter};
use super::{Grid, Refusal, Shape, comma};

/// What a password-protected workbook and an old `.xls` begin with.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// The sheets of a file, as text. Dates are ISO dates; formulas are what they showed when the file was saved.
///
/// # Errors
/// A file that is no workbook, is damaged or encrypted, or holds more than [`bounds`] allow.
pub fn read(bytes: &[u8], shape: Shape) -> Result<Vec<Grid>, Refusal> {
    sheets(bytes, shape, comma::read)
}

/// The same for a table that this program has not made: of CSV, cells are split where that gives the most columns.
///
/// # Errors
/// As [`read`].
pub fn answers(bytes: &[u8], shape: Shape) -> Result<Vec<Grid>, Refusal> {
    sheets(bytes, shape, comma::read_any)
}

fn sheets(bytes: &[u8], shape: Shape, csv: fn(&[u8]) -> Result<Grid, Refusal>) -> Result<Vec<Grid>, Refusal> {
    bounds::size(bytes)?;
    match shape {
        Shape::Csv if bytes.starts_with(b"PK") => Err(Refusal::new("it is a workbook; give its name the end .xlsx")),
        Shape::Csv => Ok(vec![csv(bytes)?]),
        Shape::Xlsx if bytes.starts_with(COMPOUND) => Err(Refusal::new(
            "it is protected with a password, or saved in the old format .xls; save it as .xlsx without a password",
        )),
        Shape::Xlsx => {
            let bytes = bounds::unpacked(bytes)?;
            // The reader is not ours: whatever it stumbles on is the fault of the file.
            catch_unwind(AssertUnwindSafe(|| workbook(bytes))).unwrap_or_else(|_| Err(damaged()))
        }
    }
}

fn damaged() -> Refusal {
    Refusal::new("it is damaged; open it in a spreadsheet program and save it again as .xlsx")
}

fn workbook(bytes: Vec<u8>) -> Result<Vec<Grid>, Refusal> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    if names.len() > bounds::SHEETS {
        return Err(Refusal::new(format!("it has more than {} sheets", bounds::SHEETS)));
    }
    let mut counter = Counter::default();
    names.into_iter().map(|name| sheet(&mut book, name, &mut counter)).collect()
}

/// The cells one by one: a cell at the far end of the sheet costs no more than one at its beginning.
fn sheet(book: &mut Xlsx<Cursor<Vec<u8>>>, name: String, counter: &mut Counter) -> Result<Grid, Refusal> {
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_| damaged())?;
    let mut grid = Grid { sheet: Some(name), ..Grid::default() };
    while let Some(cell) = cells.next_cell().map_err(|_| damaged())? {
        let text = text(cell.get_value());
        if !text.is_empty() {
            let (row, column) = cell.get_position();
            counter.cell(row, column, &text)?;
            grid.rows.entry(row).or_default().insert(column, text);
        }
    }
    Ok(grid)
}

fn text(value: &DataRef) -> String {
    match value {
        DataRef::String(text) => plain(text),
        DataRef::SharedString(text) => plain(text),
        DataRef::DateTimeIso(text) => text.strip_suffix("T00:00:00").unwrap_or(text).to_string(),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(date) => day(date),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Line ends as the plan has them.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn day(date: &ExcelDateTime) -> String {
    match date.is_datetime() {
        true => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        false => date.as_f64().to_string(),
    }
}
