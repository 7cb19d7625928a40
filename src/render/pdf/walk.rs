//! One walk over everything in a draft: nodes, and texts with the address of their owner.

use crate::document::draft::{Block, Draft, Inline, Node, Phrase, Section};

/// What the walk meets.
pub enum Met<'a> {
    Node(&'a Node),
    /// A text that is printed, and the nearest origin around it.
    Text(&'a str, &'a str),
}

/// Calls `see` for each node and each printed text of `draft`.
pub fn walk<'a>(draft: &'a Draft, see: &mut dyn FnMut(Met<'a>)) {
    let cover = &draft.cover;
    for notice in &draft.notices {
        see(Met::Text("", &notice.text));
    }
    let organisations = cover.organisations.iter();
    let phrases =
        organisations.flat_map(|one| [&one.name, &one.established]).chain([&cover.symbol]).chain(cover.lines());
    for Phrase { text, mark, .. } in phrases {
        see(Met::Text("", text));
        see(Met::Text("", mark));
    }
    let running = &draft.running;
    for text in [&running.symbol, &running.stage, &running.marking, &running.title] {
        see(Met::Text("", text));
    }
    for chapter in &draft.chapters {
        section(chapter, "", see);
    }
}

fn owner<'a>(node: &'a Node, outer: &'a str) -> &'a str {
    if node.origin.is_empty() { outer } else { &node.origin }
}

fn section<'a>(one: &'a Section, outer: &'a str, see: &mut dyn FnMut(Met<'a>)) {
    see(Met::Node(&one.node));
    let origin = owner(&one.node, outer);
    see(Met::Text(origin, &one.number));
    see(Met::Text(origin, &one.code));
    inlines(&one.title, origin, see);
    blocks(&one.blocks, origin, see);
    for inner in &one.sections {
        section(inner, origin, see);
    }
}

fn blocks<'a>(list: &'a [Block], outer: &'a str, see: &mut dyn FnMut(Met<'a>)) {
    for block in list {
        let node = block.node();
        see(Met::Node(node));
        let origin = owner(node, outer);
        match block {
            Block::Paragraph { inlines: list, .. } => inlines(list, origin, see),
            Block::List { items, .. } => {
                for item in items {
                    see(Met::Node(&item.node));
                    blocks(&item.blocks, owner(&item.node, origin), see);
                }
            }
            Block::Table(table) => {
                inlines(&table.caption, origin, see);
                for column in &table.columns {
                    inlines(&column.title, origin, see);
                }
                for row in &table.rows {
                    see(Met::Node(&row.node));
                    for cell in &row.cells {
                        inlines(&cell.inlines, owner(&row.node, origin), see);
                    }
                }
            }
            Block::Figure { caption, .. } => inlines(caption, origin, see),
            Block::Drawing(drawing) => {
                inlines(&drawing.title, origin, see);
                drawing.texts().into_iter().for_each(|text| see(Met::Text(origin, text)));
            }
            Block::Quote { blocks: list, .. } => blocks(list, origin, see),
            Block::Code { text, .. } => see(Met::Text(origin, text)),
            Block::Facts { facts, .. } => {
                for fact in facts {
                    see(Met::Node(&fact.node));
                    let origin = owner(&fact.node, origin);
                    see(Met::Text(origin, &fact.label));
                    inlines(&fact.value, origin, see);
                }
            }
            Block::Box { title, blocks: list, .. } => {
                inlines(title, origin, see);
                blocks(list, origin, see);
            }
            Block::Contents { title, .. } => see(Met::Text(origin, title)),
            Block::Rule { .. } => {}
        }
    }
}

fn inlines<'a>(list: &'a [Inline], outer: &'a str, see: &mut dyn FnMut(Met<'a>)) {
    for inline in list {
        match inline {
            Inline::Text { text } | Inline::Code { text } | Inline::Mark { text, .. } => {
                see(Met::Text(outer, text));
            }
            Inline::Emphasis { inlines: list }
            | Inline::Strong { inlines: list }
            | Inline::Strike { inlines: list }
            | Inline::Link { inlines: list, .. }
            | Inline::Reference { inlines: list, .. } => inlines(list, outer, see),
            Inline::Break => {}
            Inline::Span { node, inlines: list } | Inline::Note { node, inlines: list } => {
                see(Met::Node(node));
                inlines(list, owner(node, outer), see);
            }
        }
    }
}
