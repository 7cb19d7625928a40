//! What an edit writes: a text, a number, or a map.

use super::Mode;
use super::scalar::{double, shortest};
use crate::source::{Node, NodeKind, outline};

/// What is to be written.
pub enum New<'v> {
    Text(&'v str),
    /// A number or a truth value, without quotes.
    Bare(&'v str),
    /// A map on one line, and what it says.
    Map(String, Node),
    /// A map on one line, the same in lines that are not yet indented, and what both say.
    Item(String, String, Node),
    /// A map of texts: a key on each line, or inside brackets where it stands in such.
    Texts(&'v [(&'static str, String)], Node),
}

impl<'v> New<'v> {
    /// A value as typed: in [`Mode::Append`], one in braces is a map.
    pub fn typed(value: &'v str, mode: Mode) -> Self {
        match one_line_map(value, mode) {
            Some(map) => New::Map(value.trim().to_string(), map),
            None => New::Text(value),
        }
    }

    /// A new item of a list; nothing for one that cannot be written.
    pub fn item(item: &[(String, super::Value)]) -> Option<Self> {
        let (line, lines) = super::item::written(item);
        let tree = outline(&line);
        let map = tree.root.filter(|_| tree.faults.is_empty())?;
        Some(New::Item(line, lines, map))
    }

    /// A map of texts by their keys.
    pub fn texts(entries: &'v [(&'static str, String)]) -> Self {
        // What it says, in quotes that every reader takes for the same.
        let said: Vec<_> = entries.iter().map(|(key, text)| format!("{key}: {}", double(text))).collect();
        let map = outline(&format!("{{{}}}", said.join(", "))).root;
        New::Texts(entries, map.unwrap_or(Node { range: 0..0, kind: NodeKind::Map(Vec::new()) }))
    }

    /// The wording of a translation, with the fingerprint of its source.
    pub fn wording(text: &str, from: &str) -> Self {
        let line = format!("{{text: {}, from: {}}}", shortest(text, true), shortest(from, true));
        match outline(&line).root {
            Some(map) => New::Map(line, map),
            None => New::Map(String::new(), Node { range: 0..0, kind: NodeKind::Map(Vec::new()) }),
        }
    }

    /// How it is written: on one line inside brackets (`flow`), else on as many as it needs, without indentation.
    pub fn written(&self, flow: bool) -> String {
        match self {
            New::Text(value) => shortest(value, flow),
            New::Bare(value) => value.to_string(),
            New::Map(line, _) => line.clone(),
            New::Item(line, lines, _) => if flow { line } else { lines }.clone(),
            New::Texts(entries, _) if flow => braced(entries),
            New::Texts(entries, _) => {
                let lines = entries.iter().map(|(key, text)| format!("{key}: {}", shortest(text, false)));
                lines.collect::<Vec<_>>().join("\n")
            }
        }
    }
}

fn braced(entries: &[(&'static str, String)]) -> String {
    let parts: Vec<_> = entries.iter().map(|(key, text)| format!("{key}: {}", shortest(text, true))).collect();
    format!("{{{}}}", parts.join(", "))
}

/// The map that a value to append is, if it is one.
fn one_line_map(value: &str, mode: Mode) -> Option<Node> {
    if mode != Mode::Append || !value.trim_start().starts_with('{') || value.trim().contains('\n') {
        return None;
    }
    let tree = outline(value.trim());
    tree.root.filter(|node| tree.faults.is_empty() && matches!(node.kind, NodeKind::Map(_)))
}
