//! Where a fault of YAML began: often well before the place at which the parser stumbles.

use std::ops::Range;

use super::words::plain_words;
use crate::source::find_outside_comments;

/// The first tab among the spaces before the line at `at`.
pub fn tab(text: &str, at: usize) -> Option<Range<usize>> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].split('\n').next().unwrap_or("");
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    line[..indent].find('\t').map(|tab| start + tab..start + tab + 1)
}

/// The first line of a quoted text that ends just before `at`, but only in a later line than it begins: the quote
/// that was meant to end it is missing, and one that was meant to begin another text ended it.
pub fn open_quote(text: &str, quoted: &Range<usize>, from: usize, at: usize) -> Option<Range<usize>> {
    let mut found = Some(quoted.clone()).filter(|it| !it.is_empty());
    let mut from = from.min(at);
    while let Some(open) = find_outside_comments(text, from, at, b"\"'") {
        let end = quoted_end(text, open, at);
        let begins = text[..open].ends_with([' ', '\t', '\n', '[', '{', ',', ':']);
        if begins {
            found = Some(open..end);
        }
        from = if begins { end } else { open + 1 };
    }
    let found = found.filter(|it| it.end <= at && !text[it.end..at].contains('\n'))?;
    let first = text[found.clone()].find('\n')?;
    Some(found.start..found.start + text[found.start..found.start + first].trim_end().len())
}

/// Where the fault began that the parser notices at `at`: it sees a tab only from the line before, and a key without
/// a space behind its colon only at the next key.
pub fn cause(text: &str, at: usize, info: &str) -> Option<Range<usize>> {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let lines = |from: usize| {
        let text = text[from..].split_inclusive('\n');
        text.scan(from, |start, line| Some((std::mem::replace(start, *start + line.len()), line)))
    };
    if info.contains("simple key") {
        let (start, before) = lines(text[..line.saturating_sub(1)].rfind('\n').map_or(0, |end| end + 1)).next()?;
        let bare = before.trim_start_matches([' ', '-']);
        let (key, value) = bare.trim_end().split_once(':')?;
        let joined = !key.is_empty() && !key.contains([' ', '"', '\'']) && !value.is_empty();
        let from = start + before.len() - bare.len();
        return (joined && !value.contains(": ") && !value.starts_with([' ', '/']))
            .then(|| from..start + before.trim_end().len());
    }
    // Only what is told as a tab may be looked for as one.
    if plain_words(info) != plain_words("tab") {
        return None;
    }
    let indented = lines(line).find_map(|(start, line)| {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        line[..blank].find('\t').map(|tab| start + tab)
    })?;
    Some(indented..indented + 1)
}

/// The end of a quoted text: the parser counts a comment behind it as a part.
pub fn quoted_end(text: &str, start: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let quote = match bytes.get(start) {
        Some(quote @ (b'"' | b'\'')) => *quote,
        _ => return end,
    };
    let mut at = start + 1;
    while at < end {
        if bytes[at] == quote {
            if quote == b'\'' && bytes.get(at + 1) == Some(&quote) {
                at += 1;
            } else {
                return at + 1;
            }
        } else if quote == b'"' && bytes[at] == b'\\' {
            at += 1;
        }
        at += 1;
    }
    end
}
