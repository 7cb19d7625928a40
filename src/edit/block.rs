//! Edits of one block of a Markdown text.

use std::mem::{Discriminant, discriminant};
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::{EditError, line_end};
use crate::source::split_front;

/// The text with `value` in the place of the block at `range`; its marker ` {#key ...}` and the line ends behind it
/// stay. A value of several lines is indented, and quoted, as the block is.
pub fn replace(text: &str, range: Range<usize>, value: &str) -> Result<String, EditError> {
    let body = split_front(text).map_or(0, |front| front.body.start);
    let old = text
        .get(range.clone())
        .filter(|_| body <= range.start)
        .ok_or_else(|| EditError::Missing("this paragraph".to_string()))?;
    let value = value.trim_end();
    if value.trim().is_empty() {
        return Err(EditError::BadValue("a paragraph cannot be empty"));
    }
    if value.split('\n').any(|line| line.trim().is_empty()) {
        return Err(EditError::BadValue("a blank line would make two paragraphs of this one"));
    }
    let kept = old.trim_end();
    let marker = marker(kept).map_or("", |at| &kept[at..]);
    let value = match self::marker(value) {
        Some(at) if value[at..].trim_start() == marker.trim_start() => &value[..at],
        Some(_) => return Err(EditError::BadValue("the value brings a marker of its own")),
        None => value,
    };
    let prefix = continuation(text, range.start);
    let value = value.replace('\n', &format!("{}{prefix}", line_end(text)));
    let tail = &old[kept.len()..];
    let new = format!("{}{value}{marker}{tail}{}", &text[..range.start], &text[range.end..]);
    match shape(&text[body..]) == shape(&new[body..]) {
        true => Ok(new),
        false => Err(EditError::NotExact),
    }
}

/// Where the marker at the end of a block begins, with the white space before it.
fn marker(block: &str) -> Option<usize> {
    let at = block.rfind("{#")?;
    let inside = block[at..].strip_suffix('}')?;
    match inside.contains(['}', '\n']) {
        true => None,
        false => Some(block[..at].trim_end_matches([' ', '\t']).len()),
    }
}

/// What stands before each further line of a block that begins at `start`: quote marks stay, the rest is space.
fn continuation(text: &str, start: usize) -> String {
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    text[line..start].chars().map(|c| if c == '>' { '>' } else { ' ' }).collect()
}

/// The kinds of everything that is a block, in order.
fn shape(body: &str) -> Vec<Discriminant<Tag<'_>>> {
    Parser::new_ext(body, Options::ENABLE_TABLES)
        .filter_map(|event| match event {
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }) => {
                None
            }
            Event::Start(tag) => Some(discriminant(&tag)),
            _ => None,
        })
        .collect()
}
