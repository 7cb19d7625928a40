//! How much a file may hold before anything else looks at it.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::Refusal;

/// Bytes of a file.
pub const FILE: usize = 16 << 20;
/// Bytes of everything in it, unpacked.
const UNPACKED: u64 = 96 << 20;
/// How many times larger a part may be than it is packed, once it is large at all.
const RATIO: u64 = 300;
const LARGE: u64 = 1 << 20;
/// Parts of a workbook file.
const PARTS: usize = 2_000;
/// Sheets of a workbook.
pub const SHEETS: usize = 50;
/// Rows of a sheet.
pub const ROWS: u32 = 50_000;
/// Columns of a sheet.
pub const COLUMNS: u32 = 200;
/// Characters of a cell: as many as a spreadsheet holds.
pub const CELL: usize = 32_767;
/// Bytes of the text of all cells together.
pub const TEXT: usize = 32 << 20;

/// Refuses bytes that are too many.
pub fn size(bytes: &[u8]) -> Result<(), Refusal> {
    match bytes.len() > FILE {
        true => Err(Refusal::new(format!("it is larger than {} MiB; take pictures and other sheets out", FILE >> 20))),
        false => Ok(()),
    }
}

/// The same workbook with its parts unpacked, each counted while it was unpacked: what a reader finds in it is no
/// larger than it looks. Pictures and macros are left out.
pub fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let broken = |_| Refusal::new("it is damaged, or no .xlsx file; save it again as .xlsx");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > PARTS {
        return Err(Refusal::new(format!("it has more than {PARTS} parts, which no form has")));
    }
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut left = UNPACKED;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(broken)?;
        let name = part.name().map_err(broken)?.into_owned();
        if !(name.ends_with(".xml") || name.ends_with(".rels")) {
            continue;
        }
        let packed = part.compressed_size().max(1);
        let mut text = Vec::new();
        (&mut part).take(left + 1).read_to_end(&mut text).map_err(|_| broken(zip::result::ZipError::FileNotFound))?;
        let size = text.len() as u64;
        if size > left || (size > LARGE && size / packed > RATIO) {
            return Err(Refusal::new(format!("it unpacks to far more than a form holds (`{name}`); it was not read")));
        }
        left -= size;
        out.start_file(name, stored).map_err(broken)?;
        out.write_all(&text).map_err(|_| broken(zip::result::ZipError::FileNotFound))?;
    }
    Ok(out.finish().map_err(broken)?.into_inner())
}

/// Counts rows, columns and characters while cells are read.
#[derive(Default)]
pub struct Counter {
    text: usize,
}

impl Counter {
    /// Refuses a cell that stands too far out or holds too much.
    pub fn cell(&mut self, row: u32, column: u32, text: &str) -> Result<(), Refusal> {
        let place = || format!("row {}, column {}", u64::from(row) + 1, u64::from(column) + 1);
        if row >= ROWS || column >= COLUMNS {
            let limit = format!("a table has at most {ROWS} rows and {COLUMNS} columns");
            return Err(Refusal::new(format!("something stands in {}; {limit}", place())));
        }
        if text.chars().count() > CELL {
            return Err(Refusal::new(format!("the cell in {} holds more than {CELL} characters", place())));
        }
        self.text += text.len();
        match self.text > TEXT {
            true => Err(Refusal::new(format!("its cells hold more than {} MiB of text", TEXT >> 20))),
            false => Ok(()),
        }
    }
}
