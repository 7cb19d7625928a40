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
    /// True for a list, a table, a quotation, code: the marker stands on a line of its own behind it.
    pub own_line: bool,
}

/// Writes all markers, one edit a file; no other byte changes.
pub fn mark_blocks(sources: &Sources, markers: &[NewMarker]) -> Vec<FileEdit> {
    let mut by_file: BTreeMap<FileId, Vec<&NewMarker>> = BTreeMap::new();
    for marker in markers {
        by_file.entry(marker.file).or_default().push(marker);
    }
    by_file.into_iter().filter_map(|(file, list)| Some(FileEdit { file, bytes: mark(sources, file, list)? })).collect()
}

fn mark(sources: &Sources, file: FileId, mut markers: Vec<&NewMarker>) -> Option<Vec<u8>> {
    let source = sources.get(file);
    let text = source.text.as_deref()?;
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = text.to_string();
    markers.sort_by_key(|marker| std::cmp::Reverse(marker.range.start));
    for marker in markers {
        let block = text.get(marker.range.clone())?;
        let end = marker.range.start + block.trim_end().len();
        let written = match marker.own_line {
            true => format!("{line_end}{line_end}{{#{}}}", marker.key),
            false => format!(" {{#{}}}", marker.key),
        };
        out.insert_str(end, &written);
    }
    let mut bytes = source.bytes[..source.offset].to_vec();
    bytes.extend_from_slice(out.as_bytes());
    Some(bytes)
}
