//! Whether words stand on a page in another language than the one asked for.

use super::WORDS;
use crate::document::draft::{Block, Cover, Draft, Inline, Node, Phrase, Section};

/// Titles in the register of sources are names of documents: nobody translates them.
const NAMES: &str = "source";

/// True if the section, without those below it, shows another language.
pub fn in_section(section: &Section) -> bool {
    section.node.fallback || in_inlines(&section.title) || in_blocks(&section.blocks)
}

fn in_blocks(blocks: &[Block]) -> bool {
    blocks.iter().any(in_block)
}

fn in_block(block: &Block) -> bool {
    block.node().fallback
        || match block {
            Block::Paragraph { inlines, .. } => in_inlines(inlines),
            Block::List { items, .. } => items.iter().any(|item| item.node.fallback || in_blocks(&item.blocks)),
            Block::Table(table) => {
                let rows = table.rows.iter().filter(|row| row.node.role != NAMES);
                in_inlines(&table.caption)
                    || table.columns.iter().any(|column| in_inlines(&column.title))
                    || rows.flat_map(|row| &row.cells).any(|cell| in_inlines(&cell.inlines))
            }
            Block::Figure { caption, .. } => in_inlines(caption),
            Block::Drawing(drawing) => in_inlines(&drawing.title),
            Block::Quote { blocks, .. } => in_blocks(blocks),
            Block::Facts { facts, .. } => facts.iter().any(|fact| fact.node.fallback || in_inlines(&fact.value)),
            Block::Box { title, blocks, .. } => in_inlines(title) || in_blocks(blocks),
            Block::Code { .. } | Block::Contents { .. } | Block::Rule { .. } => false,
        }
}

fn in_inlines(inlines: &[Inline]) -> bool {
    let in_node = |node: &Node, inlines: &[Inline]| node.fallback || in_inlines(inlines);
    inlines.iter().any(|inline| match inline {
        Inline::Span { node, inlines } | Inline::Note { node, inlines } => in_node(node, inlines),
        Inline::Emphasis { inlines }
        | Inline::Strong { inlines }
        | Inline::Strike { inlines }
        | Inline::Link { inlines, .. }
        | Inline::Reference { inlines, .. } => in_inlines(inlines),
        Inline::Text { .. } | Inline::Code { .. } | Inline::Break | Inline::Mark { .. } => false,
    })
}

/// True if the cover shows another language. The organisation stands on it in every official one, on purpose.
pub fn in_cover(cover: &Cover) -> bool {
    let fallen = |phrase: &Phrase| phrase.fallback && !phrase.text.is_empty();
    cover.lines().any(fallen)
}

/// True if every page shows another language: its marking does, or the fixed words are the English ones because there
/// are none in the language of the draft.
pub fn everywhere(draft: &Draft) -> bool {
    let marking = draft.notices.iter().any(|notice| notice.role == "marking" && notice.lang != draft.lang);
    let same = WORDS.iter().filter(|(key, word)| draft.words.get(*key).is_some_and(|own| own == word)).count();
    marking || (draft.lang.split('-').next() != Some("en") && same > WORDS.len() / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::draft::{Cell, Row, Table};

    fn span(fallback: bool) -> Vec<Inline> {
        vec![Inline::Span { node: Node { fallback, ..Node::default() }, inlines: vec![Inline::text("x")] }]
    }

    fn table(role: &str) -> Section {
        let row = Row {
            node: Node { role: role.into(), ..Node::default() },
            total: false,
            cells: vec![Cell { head: true, inlines: span(true), ..Cell::default() }],
        };
        Section { blocks: vec![Block::Table(Table { rows: vec![row], ..Table::default() })], ..Section::default() }
    }

    #[test]
    fn sees_another_language_wherever_it_stands() {
        assert!(in_section(&Section { title: span(true), ..Section::default() }));
        assert!(!in_section(&Section { title: span(false), ..Section::default() }));
        assert!(in_section(&table("event")));
        assert!(!in_section(&table("source")));
        let link = vec![Inline::Reference { target: "a".into(), inlines: span(true) }];
        let quote = Block::Quote {
            node: Node::default(),
            blocks: vec![Block::Paragraph { node: Node::default(), number: 1, inlines: link }],
        };
        assert!(in_section(&Section { blocks: vec![quote], ..Section::default() }));
    }
}
