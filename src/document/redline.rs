//! Two wordings in one: what stayed, what was taken out, what came in.

use similar::{ChangeTag, TextDiff};

use super::draft::Change;

/// The runs of both texts, in order. A sign such as a comma changes without the word beside it.
pub fn runs(before: &str, after: &str) -> Vec<(Change, String)> {
    let (before, after) = (pieces(before), pieces(after));
    let diff = TextDiff::from_slices(&before, &after);
    let mut out: Vec<(Change, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => Change::Same,
            ChangeTag::Delete => Change::Deleted,
            ChangeTag::Insert => Change::Inserted,
        };
        match out.last_mut().filter(|(last, _)| *last == kind) {
            Some((_, text)) => text.push_str(change.value()),
            None => out.push((kind, change.value().to_string())),
        }
    }
    out
}

/// Words, runs of white space, and single signs.
fn pieces(text: &str) -> Vec<&str> {
    let sort = |c: char| match c {
        c if c.is_whitespace() => 0,
        c if c.is_alphanumeric() => 1,
        // A mark above or below a letter belongs to it.
        '\u{300}'..='\u{36f}' => 1,
        _ => 2,
    };
    let mut out = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, c) in text.char_indices() {
        let now = sort(c);
        if last.is_some_and(|last| last != now || now == 2) {
            out.push(&text[start..at]);
            start = at;
        }
        last = Some(now);
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let mark = |(kind, text): (Change, String)| match kind {
            Change::Deleted => format!("[-{text}]"),
            Change::Inserted => format!("[+{text}]"),
            Change::Same | Change::Moved => text,
        };
        runs(before, after).into_iter().map(mark).collect()
    }

    #[test]
    fn a_word_stays_when_only_the_sign_behind_it_changes() {
        assert_eq!(shown("Nobody out.", "Nobody out, with one."), "Nobody out[+, with one].");
        assert_eq!(shown("who comes and asks", "who comes, once, and asks"), "who comes[+, once,] and asks");
    }

    #[test]
    fn nothing_is_lost() {
        assert_eq!(shown("", "New."), "[+New.]");
        assert_eq!(shown("Old e\u{301}te\u{301}.", ""), "[-Old e\u{301}te\u{301}.]");
        assert_eq!(shown("one two", "one three"), "one [-two][+three]");
    }
}
