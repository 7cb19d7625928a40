//! Prose as blocks: headings become nested sections, references and figures are filled in.

use super::context::{Context, words};
use super::draft::*;
use super::{table, typography, value};
use crate::model::format::Common;
use crate::model::prose::{Align, Content, ProseBlock, Span};
use crate::model::{Body, Item};

/// The body to show: the one in the language asked for if it has the shape of its source, else the source.
fn choose<'a>(bodies: &'a [Body], ctx: &Context) -> Option<&'a Body> {
    let source = bodies.first()?;
    let asked = bodies.iter().find(|body| body.lang == ctx.lang);
    let same = |body: &&Body| source.prose.differs(&body.prose).is_none();
    asked.filter(same).or(Some(source))
}

/// Adds the body of `item` to `section`; its paragraphs are numbered if `numbered`.
pub(super) fn add<T: Common>(ctx: &Context, item: &Item<T>, numbered: bool, section: &mut Section) {
    let Some(body) = choose(&item.bodies, ctx) else {
        return;
    };
    let source = item.bodies.first().map_or("", |body| body.lang.as_str());
    let owner = item.data.id();
    // Open sections with the level of their heading as written; a deeper heading nests one level, whatever it skips.
    let mut open: Vec<(u8, Section)> = Vec::new();
    for block in &body.prose.blocks {
        let node = block_node(ctx, owner, block, &body.lang, source);
        if let Content::Heading { level, spans } = &block.content {
            close(&mut open, section, *level);
            let title = inlines(ctx, &body.lang, spans);
            open.push((*level, table::section(Node { role: "prose".to_string(), ..node }, title)));
            continue;
        }
        let block = content(ctx, &body.lang, &block.content, node, numbered);
        match open.last_mut() {
            Some((_, inner)) => inner.blocks.push(block),
            None => section.blocks.push(block),
        }
    }
    close(&mut open, section, 0);
}

/// Closes the open sections of `level` and deeper.
fn close(open: &mut Vec<(u8, Section)>, base: &mut Section, level: u8) {
    while open.last().is_some_and(|(of, _)| *of >= level) {
        let Some((_, done)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, above)) => above.sections.push(done),
            None => base.sections.push(done),
        }
    }
}

fn block_node(ctx: &Context, owner: &str, block: &ProseBlock, lang: &str, source: &str) -> Node {
    let origin = match lang == source {
        true => format!("{owner}#{}", block.key),
        false => format!("{owner}[{lang}]#{}", block.key),
    };
    ctx.node_in(lang, format!("{owner}_{}", block.key), "prose", origin)
}

fn content(ctx: &Context, lang: &str, content_of: &Content, node: Node, numbered: bool) -> Block {
    let inner_node = || ctx.node_in(lang, "", "prose", node.origin.clone());
    let inner = |one: &Content| content(ctx, lang, one, inner_node(), false);
    match content_of {
        Content::Paragraph(spans) => {
            Block::Paragraph { inlines: inlines(ctx, lang, spans), number: u32::from(numbered), node }
        }
        Content::Heading { level: _, spans } => {
            Block::Paragraph { inlines: vec![Inline::Strong { inlines: inlines(ctx, lang, spans) }], number: 0, node }
        }
        Content::List { ordered, start, items } => Block::List {
            ordered: *ordered,
            start: *start,
            items: items
                .iter()
                .map(|blocks| ListItem { node: inner_node(), blocks: blocks.iter().map(inner).collect() })
                .collect(),
            node,
        },
        Content::Table { columns, head, rows } => {
            let kind = |at: usize| match columns.get(at) {
                Some(Align::End) => ColumnKind::Number,
                _ => ColumnKind::Text,
            };
            let columns =
                head.iter().enumerate().map(|(at, spans)| Column { kind: kind(at), title: inlines(ctx, lang, spans) });
            let cells = |row: &Vec<Vec<Span>>| row.iter().map(|cell| inlines(ctx, lang, cell)).collect();
            let rows = rows.iter().map(|one| table::row(inner_node(), cells(one))).collect();
            Block::Table(Table { columns: columns.collect(), rows, node, ..Table::default() })
        }
        Content::Image { path, alternative, caption } => Block::Figure {
            node,
            image: path.clone(),
            alternative: alternative.clone(),
            caption: words(typography::set(lang, caption)),
        },
        Content::Quote(list) => Block::Quote { blocks: list.iter().map(inner).collect(), node },
        Content::Code(text) => Block::Code { node, text: text.clone() },
        Content::Rule => Block::Rule { node },
    }
}

/// Spans as inlines. What is not for this reader becomes a neutral word.
fn inlines(ctx: &Context, lang: &str, spans: &[Span]) -> Vec<Inline> {
    let ctx = ctx.within(lang);
    let withheld = || ctx.fixed("withheld");
    let mut out = Vec::new();
    for span in spans {
        match span {
            Span::Text(text) => out.extend(words(typography::set(lang, text))),
            Span::Emphasis(list) => out.push(Inline::Emphasis { inlines: inlines(ctx, lang, list) }),
            Span::Strong(list) => out.push(Inline::Strong { inlines: inlines(ctx, lang, list) }),
            Span::Strike(list) => out.push(Inline::Strike { inlines: inlines(ctx, lang, list) }),
            Span::Code(text) => out.push(Inline::Code { text: text.clone() }),
            Span::Link { url, spans } => {
                out.push(Inline::Link { url: url.clone(), inlines: inlines(ctx, lang, spans) })
            }
            Span::Reference { id, spans, .. } => {
                let own = inlines(ctx, lang, spans);
                // A passage is called as its item is, and the link leads to the passage.
                let (item, target) = match id.split_once('#') {
                    Some((item, key)) => (item, format!("{item}_{key}")),
                    None => (id.as_str(), id.clone()),
                };
                let link = |inlines| Inline::Reference { target, inlines };
                match (own.is_empty(), ctx.name(item).is_some()) {
                    (true, true) => out.push(link(ctx.called(item))),
                    (true, false) => out.extend(withheld()),
                    (false, true) => out.push(link(own)),
                    (false, false) => out.extend(own),
                }
            }
            Span::Value { address, .. } => out.extend(value::print(ctx, address).unwrap_or_else(withheld)),
            Span::Break => out.push(Inline::Break),
            Span::Note(list) => {
                out.push(Inline::Note { node: ctx.node_in(lang, "", "note", ""), inlines: inlines(ctx, lang, list) })
            }
        }
    }
    out
}
