//! Footnotes: each mark has its note, each note its mark.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Context;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};

/// Tells marks without a note, which the reader of Markdown leaves as they are written, and notes that nothing calls.
pub fn check(
    events: &[(Event, Range<usize>)],
    source: &str,
    offset: usize,
    context: &Context,
    diags: &mut Diagnostics,
) {
    let called: BTreeSet<&str> = events
        .iter()
        .filter_map(|(event, _)| match event {
            Event::FootnoteReference(label) => Some(label.as_ref()),
            _ => None,
        })
        .collect();
    let mut defined = BTreeSet::new();
    let mut tell = |label: &str, range: Range<usize>, detail: &str| {
        let diagnostic = Diagnostic::new(Code::Footnote, Place::Bytes(context.file, range));
        diags.push(diagnostic.arg("label", label).arg("detail", detail));
    };
    for (event, range) in events {
        if let Event::Start(Tag::FootnoteDefinition(label)) = event {
            let line = source.get(range.start - offset..).and_then(|text| text.lines().next()).unwrap_or("");
            let place = range.start..range.start + line.len();
            if !defined.insert(label.as_ref()) {
                tell(label, place, "is written twice");
            } else if !called.contains(label.as_ref()) {
                tell(label, place, "is called nowhere");
            }
        }
    }
    for range in words(events) {
        let Some(text) = source.get(range.start - offset..range.end - offset) else { continue };
        let mut from = 0;
        while let Some(at) = text[from..].find("[^").map(|at| from + at) {
            from = at + 2;
            let Some(length) = text[from..].find(']') else { break };
            let label = &text[from..from + length];
            let whole = range.start + at..range.start + from + length + 1;
            let before = (range.start - offset + at).checked_sub(1).and_then(|at| source.as_bytes().get(at));
            let escaped = before == Some(&b'\\');
            let known = escaped || label.is_empty() || label.contains(char::is_whitespace) || defined.contains(label);
            if !known {
                tell(label, whole, "has no note");
            }
        }
    }
}

/// The bytes between code, links and calls of notes that are plain words, run by run.
fn words(events: &[(Event, Range<usize>)]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut code = false;
    for (event, range) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(_) if !code => match out.last_mut().filter(|last| last.end == range.start) {
                Some(last) => last.end = range.end,
                None => out.push(range.clone()),
            },
            _ => {}
        }
    }
    out
}
