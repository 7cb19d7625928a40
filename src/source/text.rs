//! Text files: limits, characters that cannot be printed, front matter.

use std::ops::Range;

use super::SourceFile;
use crate::diag::{Diagnostics, FileId};

/// The largest file that is read, in bytes.
pub const LIMIT_BYTES: usize = 64 * 1024 * 1024;

/// The parts of a Markdown file, as byte ranges of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Front {
    /// The YAML between the two lines `---`.
    pub yaml: Range<usize>,
    /// What follows.
    pub body: Range<usize>,
}

/// Splits front matter and body.
pub fn split_front(_text: &str) -> Option<Front> {
    None
}

/// Reports what makes the bytes of a file unfit to be read as text.
pub fn check_text(_id: FileId, _file: &SourceFile, _diags: &mut Diagnostics) {}
