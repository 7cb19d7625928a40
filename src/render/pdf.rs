//! The PDF draft: Tera writes the order of parts, Typst libraries hold the looks, Typst compiles in process.

use super::{OutputTree, Theme};
use crate::diag::Diagnostics;
use crate::document::draft::Draft;

/// Writes `pdf/strategic-plan.<lang>.pdf` and `draft/<lang>/*.typ`.
pub fn render(_draft: &Draft, _theme: &Theme, _tree: &mut OutputTree, _diags: &mut Diagnostics) {}
