//! The ways to write one text in YAML.

use crate::source::{Node, NodeKind};

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    Single,
    Double,
    Literal,
    Folded,
}

/// The style of an existing scalar, from its first character.
pub fn style_of(yaml: &str, node: &Node) -> Style {
    let plain = matches!(node.kind, NodeKind::Scalar { plain: true, .. });
    match yaml.as_bytes().get(node.range.start) {
        _ if plain => Style::Plain,
        Some(b'\'') => Style::Single,
        Some(b'"') => Style::Double,
        Some(b'|') => Style::Literal,
        Some(b'>') => Style::Folded,
        _ => Style::Plain,
    }
}

/// What YAML takes a text without quotes for, as far as edits care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Text,
    Integer,
    Truth,
    Other,
}

/// Words that some reader of YAML takes for something else than text.
const WORDS: &[&str] = &["~", "null", "true", "false", "yes", "no", "on", "off", "y", "n"];

/// The sort of `text` when it stands without quotes.
pub fn sort(text: &str) -> Sort {
    match text {
        "true" | "false" => return Sort::Truth,
        _ if WORDS.contains(&text.to_ascii_lowercase().as_str()) => return Sort::Other,
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.is_empty() {
        let canonical = digits == "0" || !digits.starts_with('0');
        return match canonical && digits.len() <= 18 && !text.starts_with('+') {
            true => Sort::Integer,
            false => Sort::Other,
        };
    }
    let number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._+-:".contains(&byte));
    if !number || text.len() > 64 {
        return Sort::Text;
    }
    // Dates and the like are text for the reader of plans; what it takes for a number is not.
    match serde_yaml::from_str::<serde_yaml::Value>(text) {
        Ok(serde_yaml::Value::String(read)) if read == text => Sort::Text,
        _ => Sort::Other,
    }
}

/// Whether `text` may stand without quotes; `old` is the sort of what stood there, `flow` inside brackets.
pub fn plain_fits(text: &str, flow: bool, old: Sort) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let spaces = text.trim() != text || text.contains(['\n', '\t']);
    let leading = "-?:,[]{}#&*!|>'\"%@`=".contains(first) && sort(text) != Sort::Integer;
    let inside = text.contains(": ") || text.contains(" #") || text.ends_with(':') || text == "<<";
    // Before a closing bracket, a stroke is taken for the beginning of an item.
    let brackets = flow && (text.contains([',', '[', ']', '{', '}', ':']) || text.ends_with(['-', '?']));
    let odd = text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{a0}'));
    let meant = match sort(text) {
        Sort::Text => true,
        Sort::Integer | Sort::Truth => sort(text) == old,
        Sort::Other => false,
    };
    meant && !(spaces || leading || inside || brackets || odd || text.starts_with("..."))
}

/// `text` in single quotes, if it fits on one line.
pub fn single(text: &str) -> Option<String> {
    let odd = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    match text.contains(odd) {
        true => None,
        false => Some(format!("'{}'", text.replace('\'', "''"))),
    }
}

/// `text` in double quotes, on one line; everything can be written so.
pub fn double(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c if c.is_control() => out.push_str(&format!("\\x{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `text` without quotes where it fits, else in quotes.
pub fn shortest(text: &str, flow: bool) -> String {
    match plain_fits(text, flow, Sort::Text) {
        true => text.to_string(),
        false if !text.contains('\'') => single(text).unwrap_or_else(|| double(text)),
        false => double(text),
    }
}

/// `text` as a block scalar under the header of the old one, without the last line end. `old` is how it is written
/// now, `old_text` what it says, `indent` the spaces before its lines.
pub fn block(old: &str, old_text: &str, text: &str, indent: usize, folded: bool, eol: &str) -> Option<String> {
    let body = text.strip_suffix('\n').unwrap_or(text);
    if body.is_empty() || body.ends_with('\n') || body.starts_with([' ', '\t', '\n']) {
        return None;
    }
    // Some readers of YAML take these for line breaks, or leave them out.
    if body.contains(['\u{2028}', '\u{2029}', '\u{feff}']) {
        return None;
    }
    if folded && body.split('\n').any(|line| line.starts_with([' ', '\t'])) {
        return None;
    }
    let line = old.find(['\r', '\n']).unwrap_or(old.len());
    let (mark, rest) = old[..line].split_at_checked(1)?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
    let strip = !text.ends_with('\n') && !old_text.ends_with('\n');
    let mut out = format!("{mark}{}{rest}", if strip { "-" } else { "" });
    let body = match folded {
        true => body.replace('\n', "\n\n"),
        false => body.to_string(),
    };
    for line in body.split('\n') {
        out.push_str(eol);
        if !line.is_empty() {
            out.push_str(&" ".repeat(indent));
            out.push_str(line);
        }
    }
    Some(out)
}
