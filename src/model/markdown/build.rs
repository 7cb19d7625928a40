//! Builds the tree of blocks from the events of the Markdown reader, without recursion.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::faults::{self, Target};
use super::{Context, DEPTH};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::prose::{Align, Content, Prose, Span};

/// The range of nothing yet: joined with any range, it gives that range.
const NO_RANGE: std::ops::Range<usize> = std::ops::Range { start: usize::MAX, end: 0 };

/// Blocks with their bytes, and footnotes by label.
#[derive(Default)]
pub struct Built {
    pub blocks: Vec<(Content, Range<usize>)>,
    pub notes: BTreeMap<String, Vec<Span>>,
}

/// What is open.
enum Frame {
    Blocks(Kind, Vec<Content>, Range<usize>),
    List(bool, u32, Vec<Vec<Content>>, Range<usize>),
    Table(Vec<Align>, Vec<Vec<Span>>, Vec<Vec<Vec<Span>>>, Range<usize>),
    Row(Vec<Vec<Span>>),
    Code(String, Range<usize>),
    Spans(Run, Vec<Span>, Range<usize>),
    /// Opened too deep, or something that is left out: its content goes to what is around it.
    Flat,
    /// Its content is dropped.
    Html,
}

enum Kind {
    Quote,
    Item,
    Note(String),
}

enum Run {
    Paragraph,
    /// Words of a tight list item, without a paragraph around them.
    Implied,
    Heading(u8),
    Cell,
    Emphasis,
    Strong,
    Strike,
    Link(String),
    Image(String, String),
}

struct Builder<'a> {
    stack: Vec<Frame>,
    out: Built,
    /// Images inside the paragraph that is open; they stand after it.
    images: Vec<(Content, Range<usize>)>,
    notes: &'a BTreeMap<String, Vec<Span>>,
    context: &'a Context<'a>,
    diags: &'a mut Diagnostics,
}

/// Builds blocks from `events`.
pub fn build(
    events: &[(Event, Range<usize>)],
    notes: &BTreeMap<String, Vec<Span>>,
    context: &Context,
    diags: &mut Diagnostics,
) -> Built {
    let mut builder = Builder { stack: Vec::new(), out: Built::default(), images: Vec::new(), notes, context, diags };
    for (event, range) in events {
        builder.event(event, range.clone());
    }
    while !builder.stack.is_empty() {
        builder.close();
    }
    builder.out
}

impl Builder<'_> {
    fn fault(&mut self, code: Code, range: &Range<usize>) {
        let place = Place::Bytes(self.context.file, range.clone());
        self.diags.push(Diagnostic::new(code, place));
    }

    fn fault_with(&mut self, code: Code, range: &Range<usize>, name: &'static str, value: &str) {
        let place = Place::Bytes(self.context.file, range.clone());
        self.diags.push(Diagnostic::new(code, place).arg(name, value));
    }

    fn event(&mut self, event: &Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(TagEnd::TableHead) => {
                if let Some(Frame::Row(cells)) = self.stack.pop()
                    && let Some(Frame::Table(_, head, _, place)) = self.stack.last_mut()
                {
                    let place = place.clone();
                    let empty = cells.iter().all(|cell| plain(cell).trim().is_empty());
                    *head = cells;
                    if empty {
                        self.fault(Code::TableWithoutHead, &place);
                    }
                }
            }
            Event::End(_) => self.close(),
            Event::Text(text) => match self.stack.last_mut() {
                Some(Frame::Code(code, _)) => code.push_str(text),
                _ => self.text(text, range),
            },
            Event::Code(text) => self.span(Span::Code(text.to_string()), range),
            Event::SoftBreak => self.text(" ", range),
            Event::HardBreak => self.span(Span::Break, range),
            Event::Rule => {
                self.end_implied();
                self.block(Content::Rule, range);
            }
            Event::InlineHtml(_) => {
                self.fault(Code::RawHtml, &range);
            }
            Event::Html(_) if matches!(self.stack.last(), Some(Frame::Html)) => {}
            Event::Html(_) => {
                self.fault(Code::RawHtml, &range);
            }
            Event::FootnoteReference(label) => {
                if let Some(note) = self.notes.get(label.as_ref()) {
                    let note = note.clone();
                    self.span(Span::Note(note), range);
                }
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(text, range),
            Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: &Tag, range: Range<usize>) {
        let deep = self.stack.len() >= DEPTH * 2;
        let frame = match tag {
            Tag::BlockQuote(_) | Tag::List(_) | Tag::Item if deep => Frame::Flat,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough if self.stack.len() >= DEPTH * 3 => Frame::Flat,
            Tag::BlockQuote(_) => Frame::Blocks(Kind::Quote, Vec::new(), range),
            Tag::Item => Frame::Blocks(Kind::Item, Vec::new(), range),
            Tag::FootnoteDefinition(label) => Frame::Blocks(Kind::Note(label.to_string()), Vec::new(), range),
            Tag::List(start) => {
                let first = start.map_or(1, |n| u32::try_from(n).unwrap_or(u32::MAX));
                Frame::List(start.is_some(), first, Vec::new(), range)
            }
            Tag::Table(columns) => {
                let align = |a: &Alignment| match a {
                    Alignment::Center => Align::Center,
                    Alignment::Right => Align::End,
                    Alignment::Left | Alignment::None => Align::Start,
                };
                Frame::Table(columns.iter().map(align).collect(), Vec::new(), Vec::new(), range)
            }
            Tag::TableHead | Tag::TableRow => Frame::Row(Vec::new()),
            Tag::TableCell => Frame::Spans(Run::Cell, Vec::new(), range),
            Tag::CodeBlock(_) => Frame::Code(String::new(), range),
            Tag::HtmlBlock => {
                self.fault(Code::RawHtml, &range);
                Frame::Html
            }
            Tag::Paragraph => Frame::Spans(Run::Paragraph, Vec::new(), range),
            Tag::Heading { level, .. } => Frame::Spans(Run::Heading(depth(*level)), Vec::new(), range),
            Tag::Emphasis => Frame::Spans(Run::Emphasis, Vec::new(), range),
            Tag::Strong => Frame::Spans(Run::Strong, Vec::new(), range),
            Tag::Strikethrough => Frame::Spans(Run::Strike, Vec::new(), range),
            Tag::Link { link_type, dest_url, .. } => {
                let url = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                Frame::Spans(Run::Link(url), Vec::new(), range)
            }
            Tag::Image { dest_url, title, .. } => {
                Frame::Spans(Run::Image(dest_url.to_string(), title.to_string()), Vec::new(), range)
            }
            _ => Frame::Flat,
        };
        self.flush(&frame);
        self.stack.push(frame);
    }

    /// Tight lists hold text without a paragraph around it; a block after it ends that text.
    fn flush(&mut self, next: &Frame) {
        let inline =
            matches!(next, Frame::Spans(Run::Emphasis | Run::Strong | Run::Strike | Run::Link(_) | Run::Image(..), ..));
        match inline {
            true => self.inline_home(),
            false => self.end_implied(),
        }
    }

    fn end_implied(&mut self) {
        if matches!(self.stack.last(), Some(Frame::Spans(Run::Implied, ..))) {
            self.close_top();
        }
    }

    /// Makes sure that what is open takes words.
    fn inline_home(&mut self) {
        let home = self.stack.iter().rev().find(|f| !matches!(f, Frame::Flat));
        if !matches!(home, Some(Frame::Spans(..) | Frame::Html | Frame::Code(..))) {
            self.stack.push(Frame::Spans(Run::Implied, Vec::new(), NO_RANGE));
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        self.span(Span::Text(text.to_string()), range);
    }

    fn span(&mut self, span: Span, range: Range<usize>) {
        self.inline_home();
        for frame in self.stack.iter_mut().rev() {
            match frame {
                Frame::Spans(_, list, place) => {
                    place.start = place.start.min(range.start);
                    place.end = place.end.max(range.end);
                    match (list.last_mut(), span) {
                        (Some(Span::Text(before)), Span::Text(text)) => before.push_str(&text),
                        (_, span) => list.push(span),
                    }
                    return;
                }
                Frame::Flat => {}
                _ => return,
            }
        }
    }

    fn block(&mut self, content: Content, range: Range<usize>) {
        for frame in self.stack.iter_mut().rev() {
            match frame {
                Frame::Blocks(_, list, _) => {
                    list.push(content);
                    return;
                }
                Frame::List(_, _, items, _) => {
                    items.push(vec![content]);
                    return;
                }
                _ => {}
            }
        }
        self.out.blocks.push((content, range));
    }

    /// Closes what an end event names, and first the words that stand in it without a paragraph.
    fn close(&mut self) {
        self.end_implied();
        self.close_top();
    }

    fn close_top(&mut self) {
        let Some(frame) = self.stack.pop() else {
            return;
        };
        match frame {
            Frame::Blocks(Kind::Quote, list, range) => self.block(Content::Quote(list), range),
            Frame::Blocks(Kind::Item, list, _) => {
                if let Some(Frame::List(_, _, items, _)) = self.stack.last_mut() {
                    items.push(list);
                }
            }
            Frame::Blocks(Kind::Note(label), list, _) => {
                let mut spans = Vec::new();
                for content in list {
                    if !spans.is_empty() {
                        spans.push(Span::Text(" ".to_string()));
                    }
                    match content {
                        Content::Paragraph(inner) | Content::Heading { spans: inner, .. } => {
                            spans.extend(inner);
                        }
                        other => spans.push(Span::Text(Prose::plain(&other).trim().to_string())),
                    }
                }
                self.out.notes.insert(label, spans);
            }
            Frame::List(ordered, start, items, range) => {
                let content = Content::List { ordered, start, items };
                self.block(content, range);
            }
            Frame::Table(columns, head, rows, range) => {
                let content = Content::Table { columns, head, rows };
                self.block(content, range);
                self.after();
            }
            Frame::Row(cells) => {
                if let Some(Frame::Table(_, _, rows, _)) = self.stack.last_mut() {
                    rows.push(cells);
                }
            }
            Frame::Code(text, range) => self.block(Content::Code(text), range),
            Frame::Flat | Frame::Html => {}
            Frame::Spans(run, spans, range) => self.run(run, spans, range),
        }
    }

    fn run(&mut self, run: Run, mut spans: Vec<Span>, range: Range<usize>) {
        match run {
            Run::Emphasis => self.span(Span::Emphasis(spans), range),
            Run::Strong => self.span(Span::Strong(spans), range),
            Run::Strike => self.span(Span::Strike(spans), range),
            Run::Link(url) => match faults::target(&url) {
                Target::Outside(url) => {
                    let url = url.to_string();
                    self.span(Span::Link { url, spans }, range);
                }
                Target::Reference(id) => {
                    let id = id.to_string();
                    let place = range.clone();
                    self.span(Span::Reference { id, spans, range: place }, range);
                }
                Target::Value(address) => {
                    let address = address.to_string();
                    let place = range.clone();
                    self.span(Span::Value { address, range: place }, range);
                }
                Target::Unsafe => {
                    self.fault_with(Code::UnsafeLink, &range, "target", &url);
                    for span in spans {
                        self.span(span, range.clone());
                    }
                }
            },
            Run::Image(path, caption) => self.image(path, caption, &spans, range),
            Run::Cell => {
                trim(&mut spans);
                if let Some(Frame::Row(cells)) = self.stack.last_mut() {
                    cells.push(spans);
                }
            }
            Run::Heading(level) => {
                trim(&mut spans);
                self.block(Content::Heading { level, spans }, range);
                self.after();
            }
            Run::Paragraph | Run::Implied => {
                trim(&mut spans);
                let images = std::mem::take(&mut self.images);
                if !spans.is_empty() || images.is_empty() {
                    self.paragraph(spans, images, range);
                } else {
                    for (image, _) in images {
                        self.block(image, range.clone());
                    }
                }
            }
        }
    }

    /// A paragraph with images among its words: a marker alone beside an image belongs to the image.
    fn paragraph(&mut self, spans: Vec<Span>, images: Vec<(Content, Range<usize>)>, range: Range<usize>) {
        let only_marker = matches!(spans.as_slice(), [Span::Text(text)] if text.starts_with("{#"));
        let empty = spans.is_empty();
        let words = Content::Paragraph(spans);
        if only_marker && !images.is_empty() {
            for (image, place) in images {
                self.block(image, place);
            }
            self.block(words, range);
        } else {
            if !empty {
                self.block(words, range);
            }
            for (image, place) in images {
                self.block(image, place);
            }
        }
    }

    /// Puts images from inside a heading or a table after it.
    fn after(&mut self) {
        for (image, place) in std::mem::take(&mut self.images) {
            self.block(image, place);
        }
    }

    fn image(&mut self, path: String, caption: String, spans: &[Span], range: Range<usize>) {
        let alternative = plain(spans).trim().to_string();
        if alternative.is_empty() {
            self.fault(Code::ImageWithoutAlt, &range);
        }
        let path = path.strip_prefix("./").unwrap_or(&path).to_string();
        if let Some(code) = faults::image(&path, self.context) {
            // The block stays, so that its marker is not taken for words. No plan with this fault is built.
            self.fault_with(code, &range, "path", &path);
        }
        let image = Content::Image { path, alternative, caption };
        self.images.push((image, range));
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn plain(spans: &[Span]) -> String {
    Prose::plain(&Content::Paragraph(spans.to_vec()))
}

/// Takes white space and line ends off both ends.
fn trim(spans: &mut Vec<Span>) {
    while let Some(Span::Text(text)) = spans.last_mut() {
        let end = text.trim_end().len();
        text.truncate(end);
        if !text.is_empty() {
            break;
        }
        spans.pop();
    }
    while let Some(Span::Text(text)) = spans.first_mut() {
        *text = text.trim_start().to_string();
        if !text.is_empty() {
            break;
        }
        spans.remove(0);
    }
}
