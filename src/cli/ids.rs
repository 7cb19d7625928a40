//! `ids`: writes a marker to every block of prose that has none.

use std::collections::BTreeSet;

use anyhow::Result;

use super::ReportFormat;
use super::args::Arguments;
use super::write::swap_file;
use crate::diag::{Code, Diagnostics, FileId, Place};
use crate::edit::{self, MarkerPlace, NewMarker};
use crate::model::prose::{Content, Prose};
use crate::model::reference::bodies;
use crate::model::{self, Body, Plan};
use crate::pipeline;
use crate::report;
use crate::source::Sources;

/// Marks what can be marked without changing a word, and tells the rest.
pub fn run(arguments: &Arguments) -> Result<u8> {
    let (root, sources, diags) = super::read(arguments)?;
    let (plan, diags) = pipeline::check(&sources, diags);
    let Some(plan) = plan.filter(|_| !diags.iter().any(|it| it.code == Code::BadMarker)) else {
        return Ok(super::tell(arguments, ReportFormat::Human, &sources, &diags, false));
    };
    let mut written = (0, 0);
    let mut refused = Vec::new();
    let files: BTreeSet<FileId> = bodies(&plan).map(|body| body.file).collect();
    for file in files {
        let markers = unmarked(&plan, file);
        let (kept, left) = keep_words(&plan, &sources, markers);
        refused.extend(left);
        for edited in edit::mark_blocks(&sources, &kept) {
            let path = &sources.get(edited.file).path;
            swap_file(&root.join(path), &edited.bytes)?;
            written = (written.0 + kept.len(), written.1 + 1);
            if arguments.verbose {
                println!("{path}: {}", count(kept.len(), "marker"));
            }
        }
    }
    for marker in &refused {
        if let Some(at) = report::locate(&Place::Bytes(marker.file, marker.range.clone()), &sources) {
            eprintln!(
                "{}:{}: this block cannot be marked without changing it; write a marker by hand",
                at.file, at.line
            );
        }
    }
    if !arguments.quiet {
        println!("{} written in {}", count(written.0, "marker"), count(written.1, "file"));
    }
    Ok(u8::from(!refused.is_empty()))
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// The markers of one file that leave every word and every block as it was, and those that do not.
fn keep_words(plan: &Plan, sources: &Sources, markers: Vec<NewMarker>) -> (Vec<NewMarker>, Vec<NewMarker>) {
    if markers.is_empty() || is_same(plan, sources, &markers) {
        return (markers, Vec::new());
    }
    let alone = |marker: &NewMarker| is_same(plan, sources, std::slice::from_ref(marker));
    let (kept, mut left): (Vec<_>, Vec<_>) = markers.into_iter().partition(alone);
    match is_same(plan, sources, &kept) {
        true => (kept, left),
        false => {
            left.extend(kept);
            (Vec::new(), left)
        }
    }
}

/// Reads the marked file again: the same blocks with the same words, each new marker where it was meant.
fn is_same(plan: &Plan, sources: &Sources, markers: &[NewMarker]) -> bool {
    let edits = edit::mark_blocks(sources, markers);
    let changed = |path: &str| edits.iter().find(|edit| sources.get(edit.file).path == path);
    let files = sources.iter().map(|(_, file)| match changed(&file.path) {
        Some(edit) => (file.path.clone(), edit.bytes.clone()),
        None => (file.path.clone(), file.bytes.to_vec()),
    });
    let after = Sources::from_files(files);
    let Some(new) = model::load::load(&after, &mut Diagnostics::default()) else { return false };
    let (mut old, mut new) = (bodies(plan), bodies(&new));
    let mut told = markers.iter().map(|marker| marker.key.as_str()).collect::<BTreeSet<_>>();
    loop {
        match (old.next(), new.next()) {
            (None, None) => return told.is_empty(),
            (Some(old), Some(new)) if words(old) == words(new) => {
                for block in new.prose.blocks.iter().filter(|block| block.marked) {
                    told.remove(block.key.as_str());
                }
            }
            _ => return false,
        }
    }
}

fn words(body: &Body) -> Vec<(std::mem::Discriminant<Content>, String)> {
    let blocks = body.prose.blocks.iter();
    blocks.map(|block| (std::mem::discriminant(&block.content), Prose::plain(&block.content))).collect()
}

/// A marker for every block of one file that has none and stands by itself.
fn unmarked(plan: &Plan, file: FileId) -> Vec<NewMarker> {
    let mut out = Vec::new();
    for body in bodies(plan).filter(|body| body.file == file) {
        let blocks = &body.prose.blocks;
        for block in blocks.iter().filter(|block| !block.marked) {
            let range = &block.range;
            let inside = |other: &&model::prose::ProseBlock| {
                other.range != *range && other.range.start <= range.start && range.end <= other.range.end
            };
            let place = match block.content {
                Content::Rule => continue,
                _ if blocks.iter().any(|other| inside(&other)) => continue,
                Content::Heading { .. } => MarkerPlace::Heading,
                Content::Paragraph(_) | Content::Image { .. } => MarkerPlace::End,
                _ => MarkerPlace::OwnLine,
            };
            out.push(NewMarker { file, range: range.clone(), key: block.key.clone(), place });
        }
    }
    out
}
