//! The pages of `docs/checks/`, one a code.

/// Word of the code and text of its page.
pub const PAGES: &[(&str, &str)] = &[];
