//! Text that a spreadsheet would take for a formula when it opens a file without types.

/// True for a text that would be run.
fn is_active(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// True for a text that must not stand as it is: one that is active, or looks as if it had been guarded.
pub fn needs_guard(text: &str) -> bool {
    is_active(text.trim_start_matches('\''))
}

/// The text with an apostrophe before it, if it needs one.
pub fn guarded(text: &str) -> String {
    match needs_guard(text) {
        true => format!("'{text}"),
        false => text.to_string(),
    }
}

/// The text without the apostrophe of [`guarded`].
pub fn bare(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| needs_guard(rest)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_guarded_comes_back(text in "['=+@\t\r a-]{0,4}.{0,6}") {
            let guarded = guarded(&text);
            prop_assert!(!is_active(&guarded));
            prop_assert_eq!(bare(&guarded), text);
        }
    }

    #[test]
    fn an_apostrophe_of_a_word_stays() {
        assert_eq!(guarded("'tis"), "'tis");
        assert_eq!(bare("'tis"), "'tis");
        assert_eq!(guarded("=1+1"), "'=1+1");
        assert_eq!(guarded("'=1+1"), "''=1+1");
    }
}
