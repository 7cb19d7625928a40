//! Markers: the permanent names of paragraphs, written to the end of blocks that have none.

use std::collections::BTreeMap;
use std::ops::Range;

use super::FileEdit;
use crate::diag::FileId;
use crate::source::Sources;

/// A marker to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMarker {
    pub file: FileId,
    /// The block, as bytes of the text of its file.
    pub range: Range<usize>,
    pub key: String,
    pub place: MarkerPlace,
}

/// Where the marker of a block stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkerPlace {
    /// At the end of a paragraph or an image.
    End,
    /// At the end of the words of a heading: before closing `#`, before the line that underlines it.
    Heading,
    /// On a line of its own behind a list, a table, a quotation, code.
    OwnLine,
}

/// Writes all markers, one edit a file; no other byte changes.
pub fn mark_blocks(sources: &Sources, markers: &[NewMarker]) -> Vec<FileEdit> {
    let mut by_file: BTreeMap<FileId, Vec<&NewMarker>> = BTreeMap::new();
    for marker in markers {
        by_file.entry(marker.file).or_default().push(marker);
    }
    by_file.into_iter().filter_map(|(file, list)| Some(FileEdit { file, bytes: mark(sources, file, list)? })).collect()
}

/// Where the words of a heading end.
fn heading_words(block: &str) -> usize {
    let block = block.trim_end();
    let underlined =
        |line: &str| !line.is_empty() && (line.trim_matches('=').is_empty() || line.trim_matches('-').is_empty());
    let words = match block.rsplit_once('\n') {
        Some((words, line)) if underlined(line.trim()) => words,
        _ => block,
    };
    let words = words.trim_end();
    let open = words.trim_end_matches('#');
    match open.ends_with([' ', '\t']) && open.len() < words.len() && !open.trim().is_empty() {
        true => open.trim_end().len(),
        false => words.len(),
    }
}

fn mark(sources: &Sources, file: FileId, mut markers: Vec<&NewMarker>) -> Option<Vec<u8>> {
    let source = sources.get(file);
    let text = source.text.as_deref()?;
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = text.to_string();
    markers.sort_by_key(|marker| std::cmp::Reverse(marker.range.start));
    for marker in markers {
        let block = text.get(marker.range.clone())?;
        let (end, written) = match marker.place {
            MarkerPlace::End => (block.trim_end().len(), format!(" {{#{}}}", marker.key)),
            MarkerPlace::Heading => (heading_words(block), format!(" {{#{}}}", marker.key)),
            MarkerPlace::OwnLine => (block.trim_end().len(), format!("{line_end}{line_end}{{#{}}}", marker.key)),
        };
        out.insert_str(marker.range.start + end, &written);
    }
    let mut bytes = source.bytes[..source.offset].to_vec();
    bytes.extend_from_slice(out.as_bytes());
    Some(bytes)
}
