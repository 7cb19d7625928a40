//! Prose: Markdown parsed once, into blocks with identities and byte ranges.
//!
//! Comes in: the body of a Markdown file. Goes out: [`Prose`]. Faults of Markdown (HTML, unsafe links, images without
//! alternative text, tables without head, skipped headings, markers) are told here, with their place.

use std::ops::Range;

/// The body of an item in one language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose {
    pub blocks: Vec<ProseBlock>,
}

/// A top-level block: the unit that has an identity, a classification and a translation.
#[derive(Clone, Debug, PartialEq)]
pub struct ProseBlock {
    /// Explicit marker `{#key}`, else a short hash of the normalised text; unique in its owner.
    pub key: String,
    /// True when the key was written in the file.
    pub marked: bool,
    /// `{#key classification=secretariat}`: how far this passage may travel.
    pub classification: Option<String>,
    /// Bytes of the block in its file, marker included.
    pub range: Range<usize>,
    pub content: Content,
}

/// What a block holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Level 1 to 6, as written.
    Heading {
        level: u8,
        spans: Vec<Span>,
    },
    Paragraph(Vec<Span>),
    List {
        ordered: bool,
        start: u32,
        items: Vec<Vec<Content>>,
    },
    Table {
        columns: Vec<Align>,
        head: Vec<Vec<Span>>,
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// An image that stands by itself in a paragraph.
    Image {
        path: String,
        alternative: String,
        caption: String,
    },
    Quote(Vec<Content>),
    Code(String),
    Rule,
}

/// Alignment of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Start,
    Center,
    End,
}

/// A run of text inside a block.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    Text(String),
    Emphasis(Vec<Span>),
    Strong(Vec<Span>),
    Strike(Vec<Span>),
    Code(String),
    /// A checked link to the outside.
    Link {
        url: String,
        spans: Vec<Span>,
    },
    /// `[](ref:id)`: prints code and title of the item, or the words between the brackets.
    Reference {
        id: String,
        spans: Vec<Span>,
        range: Range<usize>,
    },
    /// `[](value:item/field)`: prints the figure.
    Value {
        address: String,
        range: Range<usize>,
    },
    Break,
    /// A footnote, resolved to its text.
    Note(Vec<Span>),
}

impl ProseBlock {
    /// The bytes of its marker, or of where one would stand: behind its words.
    pub fn marker(&self) -> Range<usize> {
        match self.marked {
            true => self.range.end.saturating_sub(self.key.len() + 3).max(self.range.start)..self.range.end,
            false => self.range.end..self.range.end,
        }
    }
}

impl Content {
    /// True when both are built alike: the same kinds of blocks, levels of headings, lengths of lists and tables. A
    /// translation has to be built like its source.
    pub fn is_like(&self, other: &Content) -> bool {
        let all = |a: &[Content], b: &[Content]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_like(b));
        match (self, other) {
            (Content::Heading { level: a, .. }, Content::Heading { level: b, .. }) => a == b,
            (Content::List { ordered: a, items: x, .. }, Content::List { ordered: b, items: y, .. }) => {
                a == b && x.len() == y.len() && x.iter().zip(y).all(|(x, y)| all(x, y))
            }
            (Content::Table { head: a, rows: x, .. }, Content::Table { head: b, rows: y, .. }) => {
                a.len() == b.len() && x.len() == y.len()
            }
            (Content::Quote(a), Content::Quote(b)) => all(a, b),
            (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
        }
    }
}

impl Content {
    /// Calls `look` with every run of spans.
    pub fn each_run(&mut self, look: &mut dyn FnMut(&mut Vec<Span>)) {
        match self {
            Content::Heading { level: _, spans } | Content::Paragraph(spans) => look(spans),
            Content::List { items, .. } => items.iter_mut().flatten().for_each(|one| one.each_run(look)),
            Content::Table { columns: _, head, rows } => {
                head.iter_mut().chain(rows.iter_mut().flatten()).for_each(look);
            }
            Content::Quote(list) => list.iter_mut().for_each(|one| one.each_run(look)),
            Content::Image { .. } | Content::Code(_) | Content::Rule => {}
        }
    }
}

impl Prose {
    /// The first block at which the two are not built alike; nothing if they are.
    pub fn differs(&self, other: &Prose) -> Option<usize> {
        let shorter = self.blocks.len().min(other.blocks.len());
        let differ = |at: &usize| !self.blocks[*at].content.is_like(&other.blocks[*at].content);
        (0..shorter).find(differ).or((self.blocks.len() != other.blocks.len()).then_some(shorter))
    }

    /// The words of one block, without structure; what a fingerprint is made of.
    pub fn plain(content: &Content) -> String {
        fn spans(list: &[Span], out: &mut String) {
            for span in list {
                match span {
                    Span::Text(text) | Span::Code(text) => out.push_str(text),
                    Span::Emphasis(list)
                    | Span::Strong(list)
                    | Span::Strike(list)
                    | Span::Link { spans: list, .. }
                    | Span::Reference { spans: list, .. }
                    | Span::Note(list) => spans(list, out),
                    Span::Value { address, .. } => out.push_str(address),
                    Span::Break => out.push(' '),
                }
            }
        }
        fn walk(content: &Content, out: &mut String) {
            match content {
                Content::Heading { spans: list, .. } | Content::Paragraph(list) => spans(list, out),
                Content::List { items, .. } => items.iter().flatten().for_each(|inner| {
                    walk(inner, out);
                    out.push(' ');
                }),
                Content::Table { head, rows, .. } => head.iter().chain(rows.iter().flatten()).for_each(|cell| {
                    spans(cell, out);
                    out.push(' ');
                }),
                Content::Image { alternative, caption, .. } => {
                    out.push_str(alternative);
                    out.push(' ');
                    out.push_str(caption);
                }
                Content::Quote(list) => list.iter().for_each(|inner| {
                    walk(inner, out);
                    out.push(' ');
                }),
                Content::Code(text) => out.push_str(text),
                Content::Rule => {}
            }
        }
        let mut out = String::new();
        walk(content, &mut out);
        out
    }
}
