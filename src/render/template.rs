//! Tera engines, one per output, and their faults as diagnostics.

use tera::{Context, Tera};

use super::Theme;
use crate::diag::Diagnostics;

/// An engine for the templates under `prefix` (`html/` or `pdf/`): built-in ones reachable as `builtin/<name>`, the
/// user's over them. A user's file equal to the built-in one is no override. `prepare` sets the escape function and
/// the filters before any template is added.
pub fn engine(
    _prefix: &str,
    _builtin: &[(&'static str, &'static str)],
    _theme: &Theme,
    _prepare: impl FnOnce(&mut Tera),
    _diags: &mut Diagnostics,
) -> Option<Tera> {
    None
}

/// Renders `name`; a fault becomes a diagnostic with the place in the template.
pub fn render(
    _engine: &Tera,
    _name: &str,
    _context: &Context,
    _theme: &Theme,
    _diags: &mut Diagnostics,
) -> Option<String> {
    None
}
