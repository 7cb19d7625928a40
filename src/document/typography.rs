//! Spaces that a language wants at its punctuation, and those at which a line must not end.

/// Words of a unit that are one, whatever stands around them.
const TOGETHER: [&str; 2] = ["per cent", "pour cent"];

/// `text` as it is set in `lang`. Changes spaces only.
pub fn set(lang: &str, text: &str) -> String {
    let text = TOGETHER.iter().fold(text.to_string(), |text, unit| match text.contains(unit) {
        true => together(&text, unit),
        false => text,
    });
    let text = text.as_str();
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

/// `text` with `unit` kept on one line, together with the figure before it.
fn together(text: &str, unit: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    for (at, part) in text.split(unit).enumerate() {
        if at > 0 {
            if out.trim_end_matches(' ').ends_with(|c: char| c.is_ascii_digit()) && out.ends_with(' ') {
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\u{a0}');
            }
            out.push_str(&unit.replace(' ', "\u{a0}"));
        }
        out.push_str(part);
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

    #[test]
    fn a_unit_stays_with_its_figure() {
        assert_eq!(super::set("en", "about 5 per cent of it"), "about 5\u{a0}per\u{a0}cent of it");
        assert_eq!(super::set("en", "per cent"), "per\u{a0}cent");
        assert_eq!(super::set("fr", "en pour cent"), "en pour\u{a0}cent");
    }
}
