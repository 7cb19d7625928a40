//! Markdown to [`Prose`], once, with the place of every block.
//!
//! Ranges are bytes of the text of the file (without a byte-order mark). What cannot be printed (raw HTML, unsafe
//! links, images from elsewhere) is told and left out, the words around it stay.

mod build;
mod faults;
mod footnotes;
mod marker;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use super::fingerprint;
use super::prose::{Content, Prose, ProseBlock, Span};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Place};

/// Quotes and lists deeper than this are read as if they stood at this depth.
pub const DEPTH: usize = 32;

/// Where a body stands, and what it may name.
pub struct Context<'a> {
    pub file: FileId,
    /// True for the path of an image, counted from `plan/`.
    pub image: &'a dyn Fn(&str) -> bool,
}

/// Reads the bytes `body` of `text`.
pub fn parse(text: &str, body: Range<usize>, context: &Context, diags: &mut Diagnostics) -> Prose {
    let source = text.get(body.clone()).unwrap_or("");
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let events: Vec<(Event, Range<usize>)> = Parser::new_ext(source, options)
        .into_offset_iter()
        .map(|(event, range)| (event, range.start + body.start..range.end + body.start))
        .collect();
    let mut notes: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    if source.contains("[^") {
        // Footnotes may stand after their use: a first pass collects them, its faults are told by the second.
        notes = build::build(&events, &BTreeMap::new(), context, &mut Diagnostics::default()).notes;
    }
    let built = build::build(&events, &notes, context, diags);
    let blocks = mark(built.blocks, text, context, diags);
    faults::check(&blocks, context, diags);
    if source.contains("[^") {
        footnotes::check(&events, source, body.start, context, diags);
    }
    Prose { blocks }
}

/// Gives every block its key.
fn mark(
    built: Vec<(Content, Range<usize>)>,
    text: &str,
    context: &Context,
    diags: &mut Diagnostics,
) -> Vec<ProseBlock> {
    let mut blocks: Vec<ProseBlock> = Vec::with_capacity(built.len());
    for (mut content, range) in built {
        let end = text.get(range.clone()).unwrap_or("").trim_end().len();
        let range = range.start..range.start + end;
        let place = || Place::Bytes(context.file, range.clone());
        let found = marker::strip(&mut content);
        let mut block =
            ProseBlock { key: String::new(), marked: false, classification: None, range: range.clone(), content };
        let mut alone = marker::is_empty(&block.content);
        match found {
            Some(Ok(marker)) => {
                block.key = marker.key;
                block.marked = true;
                block.classification = marker.classification;
            }
            Some(Err(wrong)) => {
                let place = Place::Bytes(context.file, spot(text, &range, &wrong));
                diags.push(Diagnostic::new(Code::BadMarker, place).arg("marker", wrong));
            }
            None => alone = false,
        }
        if alone {
            // A marker on a line of its own belongs to the block before it.
            match blocks.last_mut().filter(|last| !last.marked) {
                Some(last) if block.marked => {
                    last.key = block.key;
                    last.marked = true;
                    last.classification = block.classification;
                    last.range.end = block.range.end;
                }
                _ if block.marked => {
                    let wrong = text.get(range.clone()).unwrap_or("").to_string();
                    diags.push(Diagnostic::new(Code::BadMarker, place()).arg("marker", wrong));
                }
                _ => {}
            }
            continue;
        }
        if let Some(stray) = marker::stray(&block.content) {
            let place = Place::Bytes(context.file, spot(text, &range, &stray));
            diags.push(Diagnostic::new(Code::BadMarker, place).arg("marker", stray));
        }
        blocks.push(block);
    }
    name(&mut blocks, context, diags);
    blocks
}

/// Where `part` stands in the bytes `range`, as far back as possible; all of them if it is written otherwise.
fn spot(text: &str, range: &Range<usize>, part: &str) -> Range<usize> {
    let found = text.get(range.clone()).and_then(|inner| inner.rfind(part));
    found.map_or_else(|| range.clone(), |at| range.start + at..range.start + at + part.len())
}

/// Makes keys unique: refuses equal markers, numbers equal texts.
fn name(blocks: &mut [ProseBlock], context: &Context, diags: &mut Diagnostics) {
    let mut used: BTreeMap<String, Range<usize>> = BTreeMap::new();
    for block in blocks.iter_mut().filter(|block| block.marked) {
        if let Some(first) = used.get(&block.key) {
            diags.push(
                Diagnostic::new(Code::DuplicateMarker, Place::Bytes(context.file, block.marker()))
                    .arg("key", block.key.clone())
                    .also(Place::Bytes(context.file, first.clone())),
            );
            block.marked = false;
        } else {
            used.insert(block.key.clone(), block.marker());
        }
    }
    let mut next: BTreeMap<String, u32> = BTreeMap::new();
    for block in blocks.iter_mut().filter(|block| !block.marked) {
        let base = fingerprint::short(&Prose::plain(&block.content));
        let count = next.entry(base.clone()).or_insert(0);
        loop {
            *count += 1;
            block.key = match *count {
                1 => base.clone(),
                n => format!("{base}-{n}"),
            };
            if !used.contains_key(&block.key) {
                break;
            }
        }
        used.insert(block.key.clone(), block.range.clone());
    }
}

#[cfg(test)]
mod tests;
