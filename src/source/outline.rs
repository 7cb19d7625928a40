//! The outline of a YAML text: every key, value and item with its byte range.

mod cause;
mod places;
mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use crate::diag::{Code, Seg};
use places::Places;
use words::{CLOSE, SPACES, hint_of, plain_words};

/// A YAML text as a tree of places. Ranges are bytes of the text given to [`outline`].
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Nothing for an empty text, or where the syntax is broken from the start.
    pub root: Option<Node>,
    /// Hazards and faults found on the way: `yaml-syntax`, `yaml-anchor`, `yaml-depth`, `duplicate-key`.
    pub faults: Vec<YamlFault>,
    /// True when the text could not be read to its end.
    pub cut: bool,
}

/// A fault of YAML itself.
#[derive(Clone, Debug)]
pub struct YamlFault {
    pub code: Code,
    pub range: Range<usize>,
    pub args: Vec<(&'static str, String)>,
    /// What to do about this very fault.
    pub hint: Option<&'static str>,
}

/// A value.
#[derive(Clone, Debug)]
pub struct Node {
    pub range: Range<usize>,
    pub kind: NodeKind,
}

#[derive(Clone, Debug)]
pub enum NodeKind {
    /// `plain` is true when it stands without quotes and is no block scalar, so that YAML gives it a type.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Node>),
    Map(Vec<Entry>),
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub key: String,
    pub key_range: Range<usize>,
    pub value: Node,
}

/// The deepest nesting of lists and maps that is read.
pub const LIMIT_DEPTH: usize = 64;

/// Builds the outline of `text` (without a byte-order mark). Never fails: what cannot be read is a fault of the tree,
/// and the tree holds what stands before it.
pub fn outline(text: &str) -> Tree {
    let mut builder = Builder::new(text);
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((event, span)) => {
                if !builder.event(event, span) {
                    builder.cut = true;
                    break;
                }
            }
            Err(error) => {
                builder.syntax(error.marker(), error.info());
                builder.cut = true;
                break;
            }
        }
    }
    builder.finish()
}

/// Says cheaply whether `text` could hold what [`outline`] reports as `yaml-anchor`, or brackets nested so deep that
/// a parser should not see it. False means that it certainly does not; true means only that one has to look.
pub fn needs_outline(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut line_start = true;
    for (at, &byte) in bytes.iter().enumerate() {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        let after_word = at > 0 && bytes[at - 1].is_ascii_alphanumeric();
        let hazard = match byte {
            b'&' | b'*' => !after_word && !next.is_ascii_whitespace(),
            b'!' => !after_word,
            b'<' => next == b'<',
            b'%' => line_start,
            b'-' | b'.' => line_start && bytes[at..].starts_with(&[byte; 3]),
            b'[' | b'{' => {
                depth += 1;
                depth > LIMIT_DEPTH
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                false
            }
            // A byte-order mark may stand before a second document.
            0xef => bytes[at..].starts_with(b"\xef\xbb\xbf"),
            _ => false,
        };
        if hazard {
            return true;
        }
        line_start = byte == b'\n' || byte == b'\r';
    }
    false
}

/// The first byte at or after `from` that stands outside comments and that `wanted` names.
pub(crate) fn find_outside_comments(text: &str, from: usize, to: usize, wanted: &[u8]) -> Option<usize> {
    let bytes = text.as_bytes();
    let to = to.min(bytes.len());
    let mut at = from;
    while at < to {
        let byte = bytes[at];
        if byte == b'#' && (at == 0 || bytes[at - 1].is_ascii_whitespace()) {
            while at < to && !matches!(bytes[at], b'\n' | b'\r') {
                at += 1;
            }
        } else if wanted.contains(&byte) {
            return Some(at);
        } else {
            at += 1;
        }
    }
    None
}

/// A collection that is still open.
enum Frame {
    List {
        start: usize,
        bracket: bool,
        items: Vec<Node>,
    },
    Map {
        start: usize,
        bracket: bool,
        entries: Vec<Entry>,
        seen: BTreeSet<String>,
        key: Option<(String, Range<usize>)>,
    },
}

struct Builder<'t> {
    text: &'t str,
    places: Places<'t>,
    frames: Vec<Frame>,
    root: Option<Node>,
    faults: Vec<YamlFault>,
    /// The end of the last thing seen; what the parser passes over in silence is looked for behind it.
    cursor: usize,
    documents: usize,
    cut: bool,
    /// The last text in quotes that spans lines.
    quoted: Range<usize>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str) -> Self {
        Builder {
            text,
            places: Places::new(text),
            frames: Vec::new(),
            root: None,
            faults: Vec::new(),
            cursor: 0,
            documents: 0,
            cut: false,
            quoted: 0..0,
        }
    }

    fn fault(&mut self, code: Code, range: Range<usize>, name: &'static str, value: String) {
        self.faults.push(YamlFault { code, range, args: vec![(name, value)], hint: None });
    }

    /// Reports a fault of syntax, or what the parser takes for one.
    fn syntax(&mut self, mark: &Marker, info: &str) {
        let at = self.places.byte(mark);
        let width = self.text[at..].chars().next().map_or(0, char::len_utf8);
        let range = at..at + width;
        if info.contains("recursion limit") {
            self.fault(Code::YamlDepth, range, "limit", LIMIT_DEPTH.to_string());
        } else if info.contains("anchor") && !info.contains("scanning an anchor") {
            let from = self.cursor.min(at);
            let star = find_outside_comments(self.text, from, at + width, b"*&");
            let (at, what) = match star {
                Some(at) if self.text.as_bytes()[at] == b'&' => (at, self.anchor(at)),
                other => (other.unwrap_or(at), "an alias".to_string()),
            };
            self.fault(Code::YamlAnchor, at..self.word_end(at), "what", what);
        } else if info.contains("tag") || info.contains("TAG") || info.contains("handle") {
            self.fault(Code::YamlAnchor, range, "what", "a tag".to_string());
        } else {
            self.misread(at, range, info);
        }
    }

    /// Reports a fault of syntax where it began, which may be well before the place where the parser stumbles.
    fn misread(&mut self, at: usize, range: Range<usize>, info: &str) {
        let (range, info, hint) =
            match (cause::tab(self.text, at), cause::open_quote(self.text, &self.quoted, self.cursor, at)) {
                (Some(tab), _) => (tab, "tab", Some(SPACES)),
                (None, Some(open)) => (open, "unexpected end of stream", Some(CLOSE)),
                (None, None) => (cause::cause(self.text, at, info).unwrap_or(range), info, hint_of(info)),
            };
        self.fault(Code::YamlSyntax, range, "detail", plain_words(info));
        self.faults.last_mut().into_iter().for_each(|fault| fault.hint = hint);
    }

    fn word_end(&self, from: usize) -> usize {
        let stop = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}');
        self.text[from..].find(stop).map_or(self.text.len(), |length| from + length)
    }

    fn anchor(&self, at: usize) -> String {
        format!("an anchor `{}`", &self.text[at..self.word_end(at)])
    }

    /// Reports the anchor and the tag in front of a node.
    fn properties(&mut self, start: usize, anchor: usize, tagged: bool) {
        if anchor > 0 {
            let at = find_outside_comments(self.text, start, self.text.len(), b"&").unwrap_or(start);
            let what = self.anchor(at);
            self.fault(Code::YamlAnchor, at..self.word_end(at), "what", what);
        }
        if tagged {
            let at = find_outside_comments(self.text, start, self.text.len(), b"!").unwrap_or(start);
            self.fault(Code::YamlAnchor, at..self.word_end(at), "what", "a tag".to_string());
        }
    }

    /// Takes one event; false when the rest is not to be read.
    fn event(&mut self, event: Event, span: Span) -> bool {
        let start = self.places.byte(&span.start);
        let end = self.places.byte(&span.end).max(start);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                self.cursor = self.cursor.max(end);
                if self.documents > 1 {
                    let what = "a second document".to_string();
                    self.fault(Code::YamlAnchor, start..end, "what", what);
                    return false;
                }
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.properties(start, anchor, tag.is_some());
                let plain = style == ScalarStyle::Plain;
                let range = match style {
                    ScalarStyle::Literal | ScalarStyle::Folded => self.block_scalar(start, end),
                    _ if self.is_void(&value, plain, start) => self.void(start),
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                        start..cause::quoted_end(self.text, start, end)
                    }
                    _ => start..end,
                };
                if matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted)
                    && self.text[range.clone()].contains('\n')
                {
                    self.quoted = range.clone();
                }
                self.cursor = self.cursor.max(range.end);
                let text = value.into_owned();
                self.node(Node { range, kind: NodeKind::Scalar { text, plain } });
            }
            Event::Alias(_) => {
                self.fault(Code::YamlAnchor, start..end, "what", "an alias".to_string());
                self.cursor = self.cursor.max(end);
                let text = self.text[start..end].to_string();
                self.node(Node { range: start..end, kind: NodeKind::Scalar { text, plain: true } });
            }
            Event::SequenceStart(anchor, tag) => {
                self.properties(start, anchor, tag.is_some());
                let value = matches!(self.frames.last(), Some(Frame::Map { key: Some(_), .. }));
                // Where dashes stand as far left as the key, the parser points behind the first dash.
                let start = match end == start && value {
                    true => find_outside_comments(self.text, self.cursor, start + 1, b"-").unwrap_or(start),
                    false => start,
                };
                let frame = Frame::List { start, bracket: self.bracket(start, end), items: Vec::new() };
                return self.open(frame, start);
            }
            Event::MappingStart(anchor, tag) => {
                self.properties(start, anchor, tag.is_some());
                let frame = Frame::Map {
                    start,
                    bracket: self.bracket(start, end),
                    entries: Vec::new(),
                    seen: BTreeSet::new(),
                    key: None,
                };
                return self.open(frame, start);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.close_bracket();
                self.close();
            }
            _ => {}
        }
        true
    }

    /// Whether a collection whose first mark is `start..end` is written in brackets.
    fn bracket(&self, start: usize, end: usize) -> bool {
        let first = self.text.as_bytes().get(start);
        end > start && matches!(first, Some(b'[' | b'{' | b'&' | b'!'))
    }

    fn is_void(&self, value: &str, plain: bool, start: usize) -> bool {
        plain && value.is_empty() && !matches!(self.text.as_bytes().get(start), Some(b'&' | b'!'))
    }

    /// The place of a value that is not written: behind its colon or dash.
    fn void(&self, start: usize) -> Range<usize> {
        let at = match self.frames.last() {
            Some(Frame::Map { key: Some((_, key)), .. }) => {
                let rest = &self.text[key.end..];
                let colon = rest.trim_start_matches([' ', '\t']);
                let at = key.end + rest.len() - colon.len();
                if colon.starts_with(':') { at + 1 } else { key.end }
            }
            _ => start,
        };
        at..at
    }

    /// The range of a block scalar, from its `|` or `>` to the end of its last line that is not blank.
    fn block_scalar(&self, start: usize, end: usize) -> Range<usize> {
        let head = find_outside_comments(self.text, self.cursor, end, b"|>").unwrap_or(start);
        let line = self.text[head..].find(['\n', '\r']);
        let line = line.map_or(self.text.len(), |length| head + length);
        let mut last = end;
        while last > line {
            let body = &self.text[line..last];
            let trimmed = body.trim_end_matches(['\n', '\r']);
            let begin = trimmed.rfind(['\n', '\r']).map_or(0, |at| at + 1);
            last = match trimmed[begin..].trim_matches(' ').is_empty() {
                true if begin < body.len() => line + begin,
                _ => line + trimmed.len(),
            };
            if last == end || last == line + trimmed.len() {
                break;
            }
        }
        head..last.max(line).max(head)
    }

    fn open(&mut self, frame: Frame, start: usize) -> bool {
        self.cursor = self.cursor.max(start + 1).min(self.text.len());
        if self.text.as_bytes().get(start).is_none_or(|byte| !matches!(byte, b'[' | b'{' | b'-')) {
            self.cursor = start;
        }
        if self.frames.len() == LIMIT_DEPTH {
            let end = self.text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
            let limit = LIMIT_DEPTH.to_string();
            self.fault(Code::YamlDepth, start..end, "limit", limit);
            return false;
        }
        self.frames.push(frame);
        true
    }

    /// Passes the closing bracket of the innermost collection, if it has one. (The parser does not tell its place.)
    fn close_bracket(&mut self) {
        let close = match self.frames.last() {
            Some(Frame::List { bracket: true, .. }) => b']',
            Some(Frame::Map { bracket: true, .. }) => b'}',
            _ => return,
        };
        let end = self.text.len();
        if let Some(at) = find_outside_comments(self.text, self.cursor, end, &[close]) {
            self.cursor = at + 1;
        }
    }

    /// Closes the innermost collection at the end of the last thing seen.
    fn close(&mut self) {
        let end = self.cursor;
        let node = match self.frames.pop() {
            None => return,
            Some(Frame::List { start, items, .. }) => {
                Node { range: start..end.max(start), kind: NodeKind::List(items) }
            }
            Some(Frame::Map { start, mut entries, key, .. }) => {
                if let Some((key, key_range)) = key {
                    let at = key_range.end;
                    let kind = NodeKind::Scalar { text: String::new(), plain: true };
                    entries.push(Entry { key, key_range, value: Node { range: at..at, kind } });
                }
                Node { range: start..end.max(start), kind: NodeKind::Map(entries) }
            }
        };
        self.node(node);
    }

    /// Puts a finished node where it belongs.
    fn node(&mut self, node: Node) {
        match self.frames.last_mut() {
            None => self.root = self.root.take().or(Some(node)),
            Some(Frame::List { items, .. }) => items.push(node),
            Some(Frame::Map { entries, seen, key, .. }) => match key.take() {
                Some((key, key_range)) => {
                    if seen.insert(key.clone()) {
                        entries.push(Entry { key, key_range, value: node });
                    } else {
                        self.fault(Code::DuplicateKey, key_range, "key", key);
                    }
                }
                None => {
                    let range = node.range.clone();
                    *key = Some((key_text(self.text, &node), range.clone()));
                    match node.kind {
                        NodeKind::Scalar { text, plain: true } if text == "<<" => {
                            self.fault(Code::YamlAnchor, range, "what", "a merge key".to_string());
                        }
                        NodeKind::Scalar { .. } => {}
                        _ => {
                            let detail = "a list or a map cannot be a key".to_string();
                            self.fault(Code::YamlSyntax, range, "detail", detail);
                        }
                    }
                }
            },
        }
    }

    fn finish(mut self) -> Tree {
        while !self.frames.is_empty() {
            self.close();
        }
        Tree { root: self.root, faults: self.faults, cut: self.cut }
    }
}

/// The text of a key; of a list or a map, how it is written.
fn key_text(text: &str, node: &Node) -> String {
    match &node.kind {
        NodeKind::Scalar { text, .. } => text.clone(),
        _ => text.get(node.range.clone()).unwrap_or("").to_string(),
    }
}

impl Node {
    /// The entry under `key` of a map.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.kind {
            NodeKind::Map(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// The value at the end of `path`.
    pub fn at(&self, path: &[Seg]) -> Option<&Node> {
        path.iter().try_fold(self, |node, seg| match (seg, &node.kind) {
            (Seg::Key(key), _) => node.entry(key).map(|entry| &entry.value),
            (Seg::Index(index), NodeKind::List(list)) => list.get(*index),
            _ => None,
        })
    }
}

#[cfg(test)]
#[path = "outline_tests.rs"]
mod tests;
