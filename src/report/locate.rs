//! From places to lines and columns.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::steers;
use crate::diag::{FileId, Place, Seg};
use crate::source::{Node, NodeKind, SourceFile, Sources, Tree, outline, split_front};

/// The longest excerpt, in characters.
const LIMIT_EXCERPT: usize = 200;

/// Where something stands, for people. Lines and columns count from 1, columns in characters; ends are exclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    /// The first line of it, without the spaces around.
    pub excerpt: String,
    /// Bytes of the file, a byte-order mark included.
    pub range: Range<usize>,
}

/// Finds where `place` stands. Nothing for a path without a text.
pub fn locate(place: &Place, sources: &Sources) -> Option<Located> {
    Locator::new(sources).locate(place)
}

/// The file of a place, as far as it has one.
pub(super) fn file_name(place: &Place, sources: &Sources) -> Option<String> {
    match place {
        Place::Value(origin) | Place::Key(origin) => file_of(sources, origin.file).map(|file| file.path.clone()),
        Place::Bytes(id, _) => file_of(sources, *id).map(|file| file.path.clone()),
        Place::Text { name, .. } => Some(name.clone()),
        Place::Path(path) => Some(path.clone()),
    }
}

fn file_of(sources: &Sources, id: FileId) -> Option<&SourceFile> {
    sources.iter().nth(id.0 as usize).map(|(_, file)| file)
}

/// A text and the bytes of it that are meant.
pub(super) struct Spot<'a> {
    pub name: &'a str,
    pub text: Cow<'a, str>,
    pub range: Range<usize>,
    /// Bytes of the file before the text.
    pub offset: usize,
}

/// Resolves places; reads the outline of a file once.
pub(super) struct Locator<'s> {
    pub sources: &'s Sources,
    /// Where the YAML of a file begins in its text, and its outline.
    trees: BTreeMap<FileId, (usize, Tree)>,
    /// Where the lines of a text begin, by its place in memory: a text with many faults is walked once.
    lines: BTreeMap<(usize, usize), Vec<usize>>,
}

impl<'s> Locator<'s> {
    pub fn new(sources: &'s Sources) -> Self {
        Locator { sources, trees: BTreeMap::new(), lines: BTreeMap::new() }
    }

    /// The text and range of `place`; nothing for a path. Ranges that do not fit the text are cut to it.
    pub fn spot<'p>(&mut self, place: &'p Place) -> Option<Spot<'p>>
    where
        's: 'p,
    {
        let (file, range) = match place {
            Place::Path(_) => return None,
            Place::Text { name, text, range } => {
                return Some(Spot { name, text: Cow::Borrowed(text), range: fitted(text, range.clone()), offset: 0 });
            }
            Place::Bytes(id, range) => (file_of(self.sources, *id)?, range.clone()),
            Place::Value(origin) | Place::Key(origin) => {
                let file = file_of(self.sources, origin.file)?;
                let text = file.text.as_deref().unwrap_or("");
                let (start, tree) = self.trees.entry(origin.file).or_insert_with(|| tree_of(file, text));
                let yaml = &text[*start..];
                let key = matches!(place, Place::Key(_));
                let range = within(yaml, tree.root.as_ref(), &origin.path, key);
                (file, range.start + *start..range.end + *start)
            }
        };
        let text = match &file.text {
            Some(text) => Cow::Borrowed(&**text),
            None => Cow::Owned(readable(&file.bytes[file.offset.min(file.bytes.len())..])),
        };
        let range = fitted(&text, range);
        Some(Spot { name: &file.path, text, range, offset: file.offset })
    }

    /// See [`locate`].
    pub fn locate(&mut self, place: &Place) -> Option<Located> {
        let spot = self.spot(place)?;
        let (line, column) = self.line_column(&spot, spot.range.start);
        let (end_line, end_column) = self.line_column(&spot, spot.range.end);
        Some(Located {
            file: spot.name.to_string(),
            line,
            column,
            end_line,
            end_column,
            excerpt: excerpt(&spot.text, spot.range.start),
            range: spot.range.start + spot.offset..spot.range.end + spot.offset,
        })
    }

    /// The line and column of a byte.
    fn line_column(&mut self, spot: &Spot, at: usize) -> (usize, usize) {
        let starts = |text: &str| -> Vec<usize> {
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
        };
        let own;
        let text = &*spot.text;
        let lines = match &spot.text {
            Cow::Borrowed(text) => {
                self.lines.entry((text.as_ptr() as usize, text.len())).or_insert_with(|| starts(text))
            }
            // A text of our own making may stand where another one stood before.
            Cow::Owned(text) => {
                own = starts(text);
                &own
            }
        };
        let line = lines.partition_point(|start| *start <= at).max(1);
        let start = lines[line - 1];
        (line, text[start..at].chars().count() + 1)
    }
}

/// The outline of a file: of the front matter of a Markdown file, else of the whole.
fn tree_of(file: &SourceFile, text: &str) -> (usize, Tree) {
    if !file.path.ends_with(".md") {
        return (0, outline(text));
    }
    match split_front(text) {
        Some(front) => (front.yaml.start, outline(&text[front.yaml])),
        None => (0, Tree::default()),
    }
}

/// Bytes that are no text, each wrong one as `?`, so that ranges stay true.
fn readable(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        out.push_str(&"?".repeat(chunk.invalid().len()));
    }
    out
}

/// `range` cut to the text and to whole characters.
fn fitted(text: &str, range: Range<usize>) -> Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(range.start);
    start..floor(range.end).max(start)
}

/// The first line at or after `at`, without its end.
fn first_line(text: &str, range: &Range<usize>) -> Range<usize> {
    let source = &text[range.clone()];
    let length = source.find(['\n', '\r']).unwrap_or(source.len());
    range.start..range.start + length
}

/// The bytes of the value, or of the key, at the end of `path`; of the nearest parent when it is missing.
fn within(yaml: &str, root: Option<&Node>, path: &[Seg], key: bool) -> Range<usize> {
    let start = first_line(yaml, &(0..yaml.len()));
    let Some(root) = root else { return start };
    let mut node = root;
    // The range of the key that leads to `node`; of an item, its first line.
    let mut head = start;
    for seg in path {
        let next = match (seg, &node.kind) {
            (Seg::Key(key), _) => node.entry(key).map(|entry| (&entry.value, entry.key_range.clone())),
            (Seg::Index(index), NodeKind::List(items)) => {
                items.get(*index).map(|item| (item, first_line(yaml, &item.range)))
            }
            _ => None,
        };
        let Some((next, at)) = next else { return head };
        node = next;
        head = at;
    }
    match node.kind {
        NodeKind::Scalar { .. } if !key && !node.range.is_empty() => node.range.clone(),
        _ => head,
    }
}

/// The line that holds a byte, without the spaces around.
fn excerpt(text: &str, at: usize) -> String {
    let start = text[..at].rfind('\n').map_or(0, |found| found + 1);
    let line = text[start..].split('\n').next().unwrap_or("").trim();
    let mut out: String = line.chars().take(LIMIT_EXCERPT).map(|c| if steers(c) { '\u{fffd}' } else { c }).collect();
    if line.chars().nth(LIMIT_EXCERPT).is_some() {
        out.push('…');
    }
    out
}
