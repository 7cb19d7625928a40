//! The HTML version: a folder of pages for each language.

use super::{OutputTree, Theme};
use crate::diag::Diagnostics;
use crate::document::draft::Draft;

/// Writes `html/index.html`, `html/<lang>/...` and `html/files/...` for one edition, all its languages together.
pub fn render(_drafts: &[Draft], _theme: &Theme, _tree: &mut OutputTree, _diags: &mut Diagnostics) {
}
