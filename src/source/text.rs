//! Text files: limits, characters that cannot be printed, front matter.

use std::ops::Range;

use super::{FileKind, SourceFile};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Place};

/// The largest file that is read, in bytes.
pub const LIMIT_BYTES: usize = 64 * 1024 * 1024;

/// How many characters of one file are reported before the rest is passed over.
const LIMIT_REPORTED: usize = 20;

/// The parts of a Markdown file, as byte ranges of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Front {
    /// The YAML between the two lines `---`.
    pub yaml: Range<usize>,
    /// What follows.
    pub body: Range<usize>,
}

/// Splits front matter and body of `text` (without a byte-order mark). Nothing when the first line is not `---`, or
/// when no second such line follows.
pub fn split_front(text: &str) -> Option<Front> {
    let mut lines = text.split_inclusive('\n');
    let is_fence = |line: &str| line.trim_end() == "---";
    let first = lines.next().filter(|line| is_fence(line) && line.ends_with('\n'))?;
    let mut at = first.len();
    for line in lines {
        if is_fence(line) {
            let body = at + line.len();
            return Some(Front { yaml: first.len()..at, body: body..text.len() });
        }
        at += line.len();
    }
    None
}

/// The diagnostic of a file of `size` bytes that is too large.
pub(super) fn too_large(place: Place, size: u64) -> Diagnostic {
    Diagnostic::new(Code::FileTooLarge, place).arg("size", megabytes(size)).arg("limit", megabytes(LIMIT_BYTES as u64))
}

/// A size for people, rounded up so that it never looks smaller than the limit that it exceeds.
fn megabytes(size: u64) -> String {
    format!("{} MB", size.div_ceil(1024 * 1024))
}

/// Whether `c` has no place in a text that is printed: control characters but tab and line ends, noncharacters.
fn unprintable(c: char) -> bool {
    let code = u32::from(c);
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || (0xfdd0..=0xfdef).contains(&code) || code & 0xfffe == 0xfffe
}

/// Reports what makes the bytes of a file unfit to be read as text. Ranges are bytes of its text, as everywhere.
pub fn check_text(id: FileId, file: &SourceFile, diags: &mut Diagnostics) {
    if file.bytes.len() > LIMIT_BYTES {
        diags.push(too_large(Place::Path(file.path.clone()), file.bytes.len() as u64));
        return;
    }
    let binary = match file.kind {
        FileKind::Image => true,
        FileKind::Template | FileKind::Unknown => file.bytes.contains(&0),
        _ => false,
    };
    if binary {
        return;
    }
    let bytes = &file.bytes[file.offset.min(file.bytes.len())..];
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let end = at + error.error_len().unwrap_or(bytes.len() - at);
            diags.push(Diagnostic::new(Code::NotUtf8, Place::Bytes(id, at..end)));
            return;
        }
    };
    let wrong = text.char_indices().filter(|(_, c)| unprintable(*c));
    for (at, c) in wrong.take(LIMIT_REPORTED) {
        let place = Place::Bytes(id, at..at + c.len_utf8());
        let character = format!("U+{:04X}", u32::from(c));
        diags.push(Diagnostic::new(Code::ControlCharacter, place).arg("character", character));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn front_matter_needs_both_lines() {
        let text = "---\r\na: 1\r\n---\r\nBody\r\n";
        let front = split_front(text).unwrap();
        assert_eq!(&text[front.yaml], "a: 1\r\n");
        assert_eq!(&text[front.body], "Body\r\n");
        assert_eq!(split_front("---\n---").map(|front| front.body), Some(7..7));
        for text in ["", "---", "---\na: 1\n", "a: 1\n---\n", "\n---\n---\n", "--- a\n---\n", "----\n---\n"] {
            assert_eq!(split_front(text), None, "{text:?}");
        }
    }

    fn check(bytes: &[u8]) -> Vec<(Code, String, Vec<Place>)> {
        let sources = Sources::from_files([("plan/plan.yaml".to_string(), bytes.to_vec())]);
        let mut diags = Diagnostics::default();
        check_text(FileId(0), sources.get(FileId(0)), &mut diags);
        diags.iter().map(|d| (d.code, d.get("character").to_string(), d.places.clone())).collect()
    }

    #[test]
    fn bytes_that_cannot_be_printed_have_a_place() {
        let place = |range| vec![Place::Bytes(FileId(0), range)];
        assert_eq!(check("a\tb\r\né 漢 😀\n".as_bytes()), []);
        assert_eq!(check(b"ab\xffc"), [(Code::NotUtf8, String::new(), place(2..3))]);
        let found = check("\u{feff}é\u{7}\u{85}\u{fffe}\u{fdd0}\u{1ffff}".as_bytes());
        let names: Vec<_> = found.iter().map(|(_, name, _)| name.as_str()).collect();
        assert_eq!(names, ["U+0007", "U+0085", "U+FFFE", "U+FDD0", "U+1FFFF"]);
        assert_eq!(found[0].2, place(2..3));
    }
}
