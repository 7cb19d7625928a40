//! A workbook as `.xlsx`: cells are text, never formulas; choices stand on a hidden sheet.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook,
    Worksheet, XlsxError,
};

use super::{Book, CELL, Column, Look, Refusal, Row, Sheet};

/// Name of the hidden sheet that holds what may be chosen.
const LISTS: &str = "lists";

/// The workbook as bytes; the same book gives the same bytes.
pub fn write(book: &Book) -> Result<Vec<u8>, Refusal> {
    let cells = book.sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
    if let Some(long) = cells.filter(|cell| cell.chars().count() > CELL).map(Some).next() {
        return Err(too_long(long));
    }
    made(book).map_err(|error| Refusal::new(format!("the workbook cannot be written: {error}")))
}

/// What is said of a cell that no spreadsheet can hold.
pub(super) fn too_long(cell: Option<&String>) -> Refusal {
    let begin: String = cell.map(|cell| cell.chars().take(40).collect()).unwrap_or_default();
    Refusal::new(format!(
        "a text is longer than the {CELL} characters that a cell can hold: \"{begin}...\"; shorten it in the plan"
    ))
}

fn made(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let (year, month, day) = book.date.unwrap_or((2000, 1, 1));
    let date = ExcelDateTime::from_ymd(year, month, day).or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))?;
    workbook.set_properties(&DocProperties::new().set_title(&book.title).set_creation_datetime(&date));
    let mut lists = Lists::default();
    let mut names = Vec::new();
    for sheet in &book.sheets {
        let page = workbook.add_worksheet();
        page.set_name(sheet_name(&sheet.name, &mut names))?;
        page.set_right_to_left(book.dir == "rtl");
        fill(page, sheet, &mut lists)?;
    }
    if !lists.lists.is_empty() {
        let page = workbook.add_worksheet();
        page.set_name(LISTS)?.set_hidden(true);
        for (column, list) in (0..).zip(&lists.lists) {
            for (row, word) in (0..).zip(list) {
                page.write_string(row, column, word)?;
            }
        }
    }
    workbook.save_to_buffer()
}

/// A name that a sheet may have: short, without the signs that formulas need, and once only.
fn sheet_name(name: &str, taken: &mut Vec<String>) -> String {
    let fits: String = name.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).take(28).collect();
    let fits = if fits.trim().is_empty() { "1".to_string() } else { fits.trim().to_string() };
    taken.push(LISTS.to_string());
    let free = |name: &str| !taken.iter().any(|known| known.to_lowercase() == name.to_lowercase());
    let more = (2..).map(|n| format!("{fits} {n}"));
    let name = std::iter::once(fits.clone()).chain(more).find(|name| free(name)).unwrap_or_default();
    taken.push(name.clone());
    name
}

/// What may be chosen, each list once.
#[derive(Default)]
struct Lists {
    lists: Vec<Vec<String>>,
}

impl Lists {
    /// A rule that allows the words of `list` alone.
    fn rule(&mut self, list: &[String]) -> DataValidation {
        let at = self.lists.iter().position(|known| known == list).unwrap_or_else(|| {
            self.lists.push(list.to_vec());
            self.lists.len() - 1
        });
        let column = letters(at);
        let range = format!("={LISTS}!${column}$1:${column}${}", list.len());
        DataValidation::new().allow_list_formula(Formula::new(range)).ignore_blank(true)
    }
}

/// The name of a column: A, B, ... Z, AA.
fn letters(at: usize) -> String {
    let last = char::from(b'A' + (at % 26) as u8);
    match at / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letters(more - 1)),
    }
}

fn fill(page: &mut Worksheet, sheet: &Sheet, lists: &mut Lists) -> Result<(), XlsxError> {
    let keyed = sheet.columns.iter().any(|column| !column.key.is_empty());
    let first = u32::from(keyed);
    for (at, column) in (0..).zip(&sheet.columns) {
        page.set_column_width(at, column.width)?;
        if column.hidden {
            page.set_column_hidden(at)?;
        }
        if keyed {
            page.write_string(0, at, &column.key)?;
        }
    }
    if keyed {
        page.set_row_hidden(0)?;
    }
    for (at, row) in (first..).zip(&sheet.rows) {
        cells(page, at, row, sheet, lists)?;
    }
    let heading = (first..).zip(&sheet.rows).find(|(_, row)| row.look == Look::Heading);
    if let Some((heading, _)) = heading {
        page.set_freeze_panes(heading + 1, 0)?.set_repeat_rows(heading, heading)?;
        let last = first + sheet.rows.len() as u32;
        for (at, column) in (0..).zip(&sheet.columns).filter(|(_, column)| !column.list.is_empty()) {
            if heading + 1 < last {
                page.add_data_validation(heading + 1, at, last - 1, at, &lists.rule(&column.list))?;
            }
        }
    }
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn cells(page: &mut Worksheet, at: u32, row: &Row, sheet: &Sheet, lists: &mut Lists) -> Result<(), XlsxError> {
    let input = row.input.as_ref().map(|(column, _)| *column);
    if let Some(height) = height(row, &sheet.columns) {
        page.set_row_height(at, height)?;
    }
    for (index, (number, column)) in (0..).zip(&sheet.columns).enumerate() {
        let text = row.cells.get(index).map_or("", String::as_str);
        let format = format(row.look, column, input == Some(index));
        match text.is_empty() {
            true if row.look == Look::Body || row.look == Look::Heading || input == Some(index) => {
                page.write_blank(at, number, &format)?
            }
            true => page,
            false => page.write_string_with_format(at, number, text, &format)?,
        };
    }
    if let Some((column, list)) = row.input.as_ref().filter(|(_, list)| !list.is_empty()) {
        let column = u16::try_from(*column).unwrap_or(0);
        page.add_data_validation(at, column, at, column, &lists.rule(list))?;
    }
    Ok(())
}

/// Points that a line of text is high, and the highest that a row can be.
const LINE: f64 = 15.0;
const HIGHEST: f64 = 405.0;

/// How high a row must be so that the text in its visible cells can be read; nothing for one of a single line. Not
/// every program that opens the file measures it.
fn height(row: &Row, columns: &[Column]) -> Option<f64> {
    if matches!(row.look, Look::Title | Look::Label) {
        return None;
    }
    let lines = |(text, column): (&String, &Column)| {
        let of_one = |line: &str| (line.chars().count() as f64 * 1.05 / column.width).ceil().max(1.0);
        text.lines().map(of_one).sum::<f64>()
    };
    let visible = row.cells.iter().zip(columns).filter(|(_, column)| !column.hidden);
    let most = visible.map(lines).fold(1.0, f64::max);
    (most > 1.0).then(|| (most * LINE).min(HIGHEST))
}

/// What is to be filled in is white with a frame and keeps what is typed as text; all else is grey.
fn format(look: Look, column: &Column, filled_in: bool) -> Format {
    let grey = Color::RGB(0xF2F2F2);
    let line = Color::RGB(0xA6A6A6);
    let framed = |format: Format| format.set_border(FormatBorder::Thin).set_border_color(line).set_text_wrap();
    let top = Format::new().set_align(FormatAlign::Top);
    match look {
        Look::Title => top.set_bold().set_font_size(16.0),
        Look::Note => top.set_text_wrap(),
        Look::Label if filled_in => framed(top).set_num_format("@"),
        Look::Label => top.set_bold(),
        Look::Heading => framed(top).set_bold().set_background_color(Color::RGB(0xD9E2EC)),
        Look::Body if column.input => framed(top).set_num_format("@"),
        Look::Body => framed(top).set_background_color(grey).set_num_format("@"),
    }
}
