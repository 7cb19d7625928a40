//! The last look over the whole: unique anchors, links that arrive, numbers of sections and paragraphs.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::*;

/// Numbers the chapters and their paragraphs, keeps the first of equal anchors, makes links to nowhere plain text.
pub(super) fn chapters(mut chapters: Vec<Section>) -> Vec<Section> {
    let mut ids = BTreeSet::new();
    for chapter in &mut chapters {
        section_nodes(chapter, &mut |node| {
            if !node.id.is_empty() && !ids.insert(node.id.clone()) {
                node.id.clear();
            }
        });
    }
    let mut paragraph = 0;
    let mut number = 0;
    for chapter in &mut chapters {
        unlink_section(chapter, &ids);
        number_paragraphs(chapter, &mut paragraph);
        let role = chapter.node.role.as_str();
        // The title of an annex names its own number.
        if !matches!(role, "contents" | "open-matters" | "note" | "annex") {
            number += 1;
            number_section(chapter, number.to_string());
        }
        level(chapter, 1);
    }
    let numbers = numbers(&chapters);
    chapters.iter_mut().for_each(|chapter| cite_section(chapter, &numbers));
    chapters
}

/// Makes links of the first page to nowhere plain text.
pub(super) fn front(front: &mut [Block], chapters: &mut [Section]) {
    let mut ids = BTreeSet::new();
    chapters.iter_mut().for_each(|chapter| {
        section_nodes(chapter, &mut |node| {
            ids.insert(node.id.clone());
        });
    });
    front.iter_mut().for_each(|block| unlink_block(block, &ids));
}

/// Numbers of paragraphs by anchor.
pub(super) fn numbers(chapters: &[Section]) -> BTreeMap<String, u32> {
    fn collect(section: &Section, out: &mut BTreeMap<String, u32>) {
        for block in &section.blocks {
            if let Block::Paragraph { node, number, .. } = block
                && *number > 0
                && !node.id.is_empty()
            {
                out.insert(node.id.clone(), *number);
            }
        }
        section.sections.iter().for_each(|inner| collect(inner, out));
    }
    let mut out = BTreeMap::new();
    chapters.iter().for_each(|chapter| collect(chapter, &mut out));
    out
}

/// Fills the numbers of paragraphs into the links of tables; a link to what has no number is taken out.
fn cite_section(section: &mut Section, numbers: &BTreeMap<String, u32>) {
    for block in &mut section.blocks {
        if let Block::Table(table) = block {
            let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
            cells.for_each(|cell| cell.inlines.retain_mut(|inline| cite(inline, numbers)));
        }
    }
    section.sections.iter_mut().for_each(|inner| cite_section(inner, numbers));
}

/// False for a link to a paragraph that has no number here.
fn cite(inline: &mut Inline, numbers: &BTreeMap<String, u32>) -> bool {
    let (target, span) = match inline {
        Inline::Reference { target, inlines } => (Some(&*target), inlines.first_mut()),
        // The link led nowhere and is plain text already.
        one => (None, Some(one)),
    };
    let Some(Inline::Span { node, inlines }) = span else { return true };
    if node.role != PARAGRAPH_NUMBER {
        return true;
    }
    let Some(number) = target.and_then(|target| numbers.get(target)) else { return false };
    for inline in inlines {
        if let Inline::Text { text } = inline {
            *text = text.replace("{number}", &number.to_string());
        }
    }
    true
}

fn level(section: &mut Section, depth: u8) {
    section.level = depth;
    for inner in &mut section.sections {
        level(inner, depth.saturating_add(1));
    }
}

fn number_section(section: &mut Section, number: String) {
    for (index, inner) in section.sections.iter_mut().enumerate() {
        number_section(inner, format!("{number}.{}", index + 1));
    }
    section.number = number;
}

fn number_paragraphs(section: &mut Section, last: &mut u32) {
    for block in &mut section.blocks {
        if let Block::Paragraph { number, .. } = block
            && *number > 0
        {
            *last += 1;
            *number = *last;
        }
    }
    for inner in &mut section.sections {
        number_paragraphs(inner, last);
    }
}

/// Calls `look` with the paths of all images.
pub(super) fn images(sections: &[Section], look: &mut dyn FnMut(&str)) {
    fn blocks(list: &[Block], look: &mut dyn FnMut(&str)) {
        for block in list {
            match block {
                Block::Figure { image, .. } => look(image),
                Block::List { items, .. } => items.iter().for_each(|item| blocks(&item.blocks, look)),
                Block::Quote { blocks: inner, .. } | Block::Box { blocks: inner, .. } => blocks(inner, look),
                _ => {}
            }
        }
    }
    for section in sections {
        blocks(&section.blocks, look);
        images(&section.sections, look);
    }
}

fn section_nodes(section: &mut Section, look: &mut dyn FnMut(&mut Node)) {
    look(&mut section.node);
    section.blocks.iter_mut().for_each(|block| block_nodes(block, look));
    for inner in &mut section.sections {
        section_nodes(inner, look);
    }
}

fn block_nodes(block: &mut Block, look: &mut dyn FnMut(&mut Node)) {
    match block {
        Block::Paragraph { node, .. }
        | Block::Figure { node, .. }
        | Block::Code { node, .. }
        | Block::Contents { node, .. }
        | Block::Rule { node } => look(node),
        Block::List { node, items, .. } => {
            look(node);
            for item in items {
                look(&mut item.node);
                item.blocks.iter_mut().for_each(|inner| block_nodes(inner, look));
            }
        }
        Block::Drawing(drawing) => look(&mut drawing.node),
        Block::Table(table) => {
            look(&mut table.node);
            table.rows.iter_mut().for_each(|row| look(&mut row.node));
        }
        Block::Quote { node, blocks } | Block::Box { node, blocks, .. } => {
            look(node);
            blocks.iter_mut().for_each(|inner| block_nodes(inner, look));
        }
        Block::Facts { node, facts } => {
            look(node);
            facts.iter_mut().for_each(|fact| look(&mut fact.node));
        }
    }
}

fn unlink_section(section: &mut Section, ids: &BTreeSet<String>) {
    unlink(&mut section.title, ids);
    section.blocks.iter_mut().for_each(|block| unlink_block(block, ids));
    for inner in &mut section.sections {
        unlink_section(inner, ids);
    }
}

fn unlink_block(block: &mut Block, ids: &BTreeSet<String>) {
    match block {
        Block::Paragraph { inlines, .. } | Block::Figure { caption: inlines, .. } => unlink(inlines, ids),
        Block::List { items, .. } => {
            items.iter_mut().flat_map(|item| &mut item.blocks).for_each(|inner| unlink_block(inner, ids))
        }
        Block::Drawing(drawing) => {
            unlink(&mut drawing.title, ids);
            drawing.labels_mut().into_iter().filter(|label| !ids.contains(&label.target)).for_each(|label| {
                label.target.clear();
            });
        }
        Block::Table(table) => {
            unlink(&mut table.caption, ids);
            table.columns.iter_mut().for_each(|column| unlink(&mut column.title, ids));
            let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
            cells.for_each(|cell| unlink(&mut cell.inlines, ids));
        }
        Block::Quote { blocks, .. } => blocks.iter_mut().for_each(|inner| unlink_block(inner, ids)),
        Block::Box { title, blocks, .. } => {
            unlink(title, ids);
            blocks.iter_mut().for_each(|inner| unlink_block(inner, ids));
        }
        Block::Facts { facts, .. } => facts.iter_mut().for_each(|fact| unlink(&mut fact.value, ids)),
        Block::Code { .. } | Block::Contents { .. } | Block::Rule { .. } => {}
    }
}

fn unlink(inlines: &mut Vec<Inline>, ids: &BTreeSet<String>) {
    let list = std::mem::take(inlines);
    for mut inline in list {
        match &mut inline {
            Inline::Reference { target, inlines: inner } => {
                unlink(inner, ids);
                if !ids.contains(target) {
                    inlines.append(inner);
                    continue;
                }
            }
            Inline::Emphasis { inlines: inner }
            | Inline::Strong { inlines: inner }
            | Inline::Strike { inlines: inner }
            | Inline::Link { inlines: inner, .. }
            | Inline::Span { inlines: inner, .. }
            | Inline::Note { inlines: inner, .. } => unlink(inner, ids),
            Inline::Text { .. } | Inline::Code { .. } | Inline::Break | Inline::Mark { .. } => {}
        }
        inlines.push(inline);
    }
}
