//! Spaces that a language wants at its punctuation.

/// `text` as it is set in `lang`. Changes spaces only.
pub fn set(lang: &str, text: &str) -> String {
    if lang != "fr" && !lang.starts_with("fr-") {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            (' ' | '\u{a0}', Some(';' | '!' | '?' | '»' | '%')) => out.push('\u{202f}'),
            (' ', Some(':')) => out.push('\u{a0}'),
            ('«', Some(' ' | '\u{a0}')) => {
                chars.next();
                out.push_str("«\u{202f}");
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn french_spaces_do_not_break() {
        assert_eq!(super::set("fr", "« Oui » : quoi ?"), "«\u{202f}Oui\u{202f}»\u{a0}: quoi\u{202f}?");
        assert_eq!(super::set("en", "a : b"), "a : b");
    }
}
