//! Diagnostics for people, on a terminal or in a file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic as Drawn, Label};
use codespan_reporting::files::SimpleFiles;
use codespan_reporting::term::termcolor::{Ansi, NoColor};
use codespan_reporting::term::{self, Config};

use super::gather::{Shown, gather};
use super::locate::{Locator, Spot};
use super::{file_of, hints, sentence, steers};
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::Sources;

/// The longest line that is drawn, in bytes; of a longer one only its place is told.
const LIMIT_LINE: usize = 1000;

/// How many lines of one place are drawn.
const LIMIT_LINES: usize = 6;

/// Draws all diagnostics, warnings before errors, each by file and place, with the lines they are about. `color` adds
/// ANSI colours.
pub fn human(diags: &Diagnostics, sources: &Sources, color: bool) -> String {
    let mut locator = Locator::new(sources);
    let mut out = Vec::new();
    let mut files = Files::default();
    for Shown { diagnostic, word, located, others } in gather(diags, &mut locator) {
        let diagnostic = &*diagnostic;
        let mut drawn = match word {
            "error" => Drawn::error(),
            _ => Drawn::warning(),
        }
        .with_code(diagnostic.code.word())
        .with_message(sentence(diagnostic));
        let mut labels = Vec::new();
        for (index, place) in diagnostic.places.iter().enumerate() {
            let Some(spot) = locator.spot(place) else {
                continue;
            };
            match (fits(&spot), index) {
                (Some(range), 0) => {
                    labels.push(Label::primary(files.id(&spot), range));
                }
                (Some(range), _) => labels.push(Label::secondary(files.id(&spot), range)),
                (None, _) => drawn = drawn.with_note(far(place, &mut locator)),
            }
        }
        if labels.is_empty()
            && located.is_none()
            && let Some(file) = file_of(diagnostic, None, sources)
        {
            drawn = drawn.with_note(format!("file: {}", super::visible(&file)));
        }
        drawn = drawn.with_labels(labels).with_notes(notes(diagnostic, &others));
        // Writing to memory does not fail; ranges were fitted to their texts.
        let config = Config::default();
        let _ = match color {
            true => term::emit_to_write_style(&mut Ansi::new(&mut out), &config, &files.all, &drawn),
            false => term::emit_to_write_style(&mut NoColor::new(&mut out), &config, &files.all, &drawn),
        };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The texts that are drawn, each once.
struct Files {
    all: SimpleFiles<String, String>,
    ids: BTreeMap<(usize, usize), usize>,
}

impl Default for Files {
    fn default() -> Self {
        Files { all: SimpleFiles::new(), ids: BTreeMap::new() }
    }
}

impl Files {
    fn id(&mut self, spot: &Spot) -> usize {
        let mut add = || self.all.add(spot.name.to_string(), drawable(&spot.text));
        match &spot.text {
            Cow::Borrowed(text) => *self.ids.entry((text.as_ptr() as usize, text.len())).or_insert_with(add),
            Cow::Owned(_) => add(),
        }
    }
}

/// The notes below a drawing.
fn notes(diagnostic: &Diagnostic, others: &[(usize, usize)]) -> Vec<String> {
    let mut notes = Vec::new();
    // A dozen a line.
    for (index, places) in others.chunks(12).enumerate() {
        let places: Vec<_> = places.iter().map(|(line, column)| format!("{line}:{column}")).collect();
        notes.push(format!("{}{}", if index == 0 { "also at: " } else { "         " }, places.join(", ")));
    }
    if let Some(address) = &diagnostic.address {
        notes.push(super::visible(&format!("address: {address}")));
    }
    if let Some(edition) = &diagnostic.edition {
        notes.push(super::visible(&format!("edition: {edition}")));
    }
    let hints = hints(diagnostic);
    notes.extend(hints.into_iter().map(|hint| format!("hint: {hint}")));
    notes
}

/// A place whose line is too long to be drawn.
fn far(place: &crate::diag::Place, locator: &mut Locator) -> String {
    match locator.locate(place) {
        Some(at) => format!("at: {}:{}:{}", super::visible(&at.file), at.line, at.column),
        None => String::new(),
    }
}

/// The range to be drawn, cut to a few lines; nothing where a line is too long.
fn fits(spot: &Spot) -> Option<Range<usize>> {
    let source = &spot.text[spot.range.clone()];
    let cut = source.match_indices('\n').nth(LIMIT_LINES - 1);
    let end = cut.map_or(spot.range.end, |(at, _)| spot.range.start + at);
    let start = spot.text[..spot.range.start].rfind('\n').map_or(0, |at| at + 1);
    let stop = spot.text[end..].find('\n').map_or(spot.text.len(), |at| end + at);
    spot.text[start..stop].split('\n').all(|line| line.len() <= LIMIT_LINE).then_some(spot.range.start..end)
}

/// `text` with every character that could steer a terminal put out, at the same length in bytes.
fn drawable(text: &str) -> String {
    let put_out = |c: char| match c {
        c if !steers(c) => c,
        c if c.len_utf8() == 1 => '?',
        c if c.len_utf8() == 2 => '\u{b7}',
        _ => '\u{fffd}',
    };
    text.chars().map(put_out).collect()
}
