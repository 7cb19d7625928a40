//! Markers: `{#key}` or `{#key classification=members}` at the end of a block.

use crate::model::prose::{Content, Span};

/// A marker that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    pub key: String,
    pub classification: Option<String>,
}

/// Takes the marker off the end of `content`. `Err` holds the text of one that cannot be read; it is taken off too.
pub fn strip(content: &mut Content) -> Option<Result<Marker, String>> {
    match content {
        Content::Heading { spans, .. } | Content::Paragraph(spans) => spans_end(spans),
        Content::List { items, .. } => {
            let item = items.last_mut()?;
            let found = strip(item.last_mut()?);
            if found.is_some() && item.last().is_some_and(is_empty) && item.len() > 1 {
                item.pop();
            }
            found
        }
        Content::Quote(inner) => {
            let found = strip(inner.last_mut()?);
            if found.is_some() && inner.last().is_some_and(is_empty) && inner.len() > 1 {
                inner.pop();
            }
            found
        }
        Content::Table { rows, .. } => {
            // A line right after a table is read as one more row.
            let (first, rest) = rows.last_mut()?.split_first_mut()?;
            if !rest.iter().all(Vec::is_empty) {
                return None;
            }
            let found = spans_end(first)?;
            if first.is_empty() {
                rows.pop();
            }
            Some(found)
        }
        Content::Image { .. } | Content::Code(_) | Content::Rule => None,
    }
}

/// True for a paragraph without anything in it.
pub fn is_empty(content: &Content) -> bool {
    matches!(content, Content::Paragraph(spans) if spans.is_empty())
}

fn spans_end(spans: &mut Vec<Span>) -> Option<Result<Marker, String>> {
    let Some(Span::Text(text)) = spans.last_mut() else {
        return None;
    };
    let trimmed = text.trim_end();
    let begin = trimmed.rfind("{#")?;
    let inner = trimmed[begin + 2..].strip_suffix('}')?;
    if inner.contains('}') {
        return None;
    }
    let marker = read(inner).ok_or_else(|| trimmed[begin..].to_string());
    let rest = text[..begin].trim_end().len();
    text.truncate(rest);
    if text.is_empty() {
        spans.pop();
        // What stood before it was only a line end.
        while matches!(spans.last(), Some(Span::Break)) {
            spans.pop();
        }
    }
    Some(marker)
}

/// Reads what stands between `{#` and `}`.
fn read(inner: &str) -> Option<Marker> {
    let mut parts = inner.split_whitespace();
    let key = parts.next().filter(|key| is_key(key))?;
    let classification = match parts.next() {
        Some(part) => Some(part.strip_prefix("classification=").filter(|v| is_key(v))?),
        None => None,
    };
    let clean = !inner.starts_with(char::is_whitespace) && parts.next().is_none();
    clean.then(|| Marker { key: key.to_string(), classification: classification.map(str::to_string) })
}

/// True for what a marker may hold: `[a-z0-9-]+`.
pub fn is_key(text: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !text.is_empty() && text.bytes().all(fits)
}

/// A marker that does not stand at the end, and would be printed.
pub fn stray(content: &Content) -> Option<String> {
    let inner = |list: &[Content]| list.iter().find_map(stray);
    match content {
        Content::Heading { spans, .. } | Content::Paragraph(spans) => stray_in(spans),
        Content::List { items, .. } => items.iter().find_map(|item| inner(item)),
        Content::Quote(list) => inner(list),
        Content::Table { head, rows, .. } => head.iter().chain(rows.iter().flatten()).find_map(|cell| stray_in(cell)),
        Content::Image { .. } | Content::Code(_) | Content::Rule => None,
    }
}

fn stray_in(spans: &[Span]) -> Option<String> {
    spans.iter().find_map(|span| match span {
        Span::Text(text) => {
            let begin = text.find("{#")?;
            // One that is never closed would be printed, too.
            let end = text[begin..].find('}').map_or(text.trim_end().len(), |end| begin + end + 1);
            Some(text[begin..end].to_string())
        }
        Span::Emphasis(list)
        | Span::Strong(list)
        | Span::Strike(list)
        | Span::Note(list)
        | Span::Link { spans: list, .. }
        | Span::Reference { spans: list, .. } => stray_in(list),
        Span::Code(_) | Span::Value { .. } | Span::Break => None,
    })
}
