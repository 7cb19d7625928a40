//! Tables, facts and sections without empty columns, rows or parts.

use super::context::{Context, words};
use super::draft::*;
use super::marks::{self, Reading};
use super::numbers;
use crate::analysis::basis_of;
use crate::model::Item;
use crate::model::format::{Common, Text};

/// How a column is set, and its title by its fixed word.
pub(super) type Head = (ColumnKind, &'static str);

/// A row of cells under an anchor; the first cell heads it.
pub(super) fn row(node: Node, cells: Vec<Vec<Inline>>) -> Row {
    let cell = |(index, inlines)| Cell { head: index == 0, inlines, ..Cell::default() };
    Row { node, total: false, cells: cells.into_iter().enumerate().map(cell).collect() }
}

/// A row of what belongs to no item that has a name of its own, as a total does not: its name needs no mark.
pub(super) fn rest(ctx: &Context, cells: Vec<Vec<Inline>>) -> Row {
    row(ctx.node("", marks::REST, ""), cells)
}

/// A row of totals.
pub(super) fn total(ctx: &Context, cells: Vec<Vec<Inline>>) -> Row {
    Row { total: true, ..row(ctx.node("", "total", ""), cells) }
}

/// A table under fixed words.
pub(super) fn table(ctx: &Context, role: &str, caption: &str, heads: &[Head], rows: Vec<Row>) -> Option<Block> {
    let columns = heads.iter().map(|(kind, key)| column(*kind, ctx.fixed(key))).collect();
    made(ctx, role, ctx.fixed(caption), columns, rows)
}

/// A column.
pub(super) fn column(kind: ColumnKind, title: Vec<Inline>) -> Column {
    Column { kind, title }
}

/// A table; nothing without rows, and no column without any content. A mark that all its rows have is given once.
pub(super) fn made(
    ctx: &Context,
    role: &str,
    caption: Vec<Inline>,
    columns: Vec<Column>,
    rows: Vec<Row>,
) -> Option<Block> {
    read(ctx, role, caption, columns, rows, Reading::default())
}

/// The same, where marks in the cells are read in a way of their own.
pub(super) fn read(
    ctx: &Context,
    role: &str,
    caption: Vec<Inline>,
    columns: Vec<Column>,
    rows: Vec<Row>,
    reading: Reading,
) -> Option<Block> {
    let full: Vec<bool> = (0..columns.len())
        .map(|at| {
            let mut cells = rows.iter().filter_map(|row| row.cells.get(at));
            cells.any(|cell| !plain(&cell.inlines).trim().is_empty())
        })
        .collect();
    let keep = |at: usize| full.get(at).copied().unwrap_or(false);
    let mut columns: Vec<Column> =
        columns.into_iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, column)| column).collect();
    if columns.is_empty() {
        return None;
    }
    let mut rows: Vec<Row> = rows
        .into_iter()
        .map(|row| Row {
            cells: row
                .cells
                .into_iter()
                .enumerate()
                .filter(|(at, _)| keep(*at))
                .enumerate()
                .map(|(at, (_, cell))| Cell { head: at == 0, ..cell })
                .collect(),
            ..row
        })
        .collect();
    let of_figures = |mark: &str| of_basis(ctx, "figures-marked", mark);
    let caption = marks::once(caption, &mut columns, &mut rows, reading, &of_figures);
    Some(Block::Table(Table { node: ctx.node("", role, ""), caption, columns, rows, ..Table::default() }))
}

/// What is said of all that has the mark `mark`. For what is illustrative there is a wording of its own, in which a
/// language can make its words agree.
pub(super) fn of_basis(ctx: &Context, key: &str, mark: &str) -> String {
    let own = if mark == ctx.word("basis-illustrative") { "-illustrative" } else { "" };
    ctx.words.fill(&format!("{key}{own}"), &[("basis", mark)])
}

/// So many rows stand under one first cell at most: they are kept on one page.
const UNDER_ONE: usize = 8;

/// Prints the first cell once where rows that follow each other have the same.
pub(super) fn grouped(block: Option<Block>) -> Option<Block> {
    let Some(Block::Table(mut table)) = block else { return block };
    let mut start = 0;
    while start < table.rows.len() {
        let first = table.rows[start].cells.first().map(|cell| cell.inlines.clone()).unwrap_or_default();
        let is_same = |row: &&Row| row.cells.first().is_some_and(|cell| cell.inlines == first);
        let same = table.rows[start..].iter().take_while(is_same).take(UNDER_ONE).count().max(1);
        let is_named = table.columns.len() > 1 && !plain(&first).trim().is_empty();
        for (at, row) in table.rows[start..start + same].iter_mut().enumerate().filter(|_| same > 1 && is_named) {
            row.cells[0].below = if at == 0 { same - 1 } else { 0 };
            row.cells[0].covered = at > 0;
        }
        start += same;
    }
    Some(Block::Table(table))
}

/// Labels with values; those without a value are left out.
pub(super) fn facts(ctx: &Context, owner: &str, list: Vec<(&str, Vec<Inline>)>) -> Option<Block> {
    let facts: Vec<Fact> = list
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| Fact { node: ctx.node("", key, format!("{owner}/{key}")), label: ctx.word(key), value })
        .collect();
    (!facts.is_empty()).then(|| Block::Facts { node: ctx.node("", "facts", owner), facts })
}

/// Facts with another role than `facts`.
pub(super) fn with_role(mut block: Block, role: &str) -> Block {
    if let Block::Facts { node, .. } = &mut block {
        node.role = role.to_string();
    }
    block
}

/// A section with a title of inlines.
pub(super) fn section(node: Node, title: Vec<Inline>) -> Section {
    Section { node, plain_title: plain(&title), title, ..Section::default() }
}

/// A section under a fixed word.
pub(super) fn titled(ctx: &Context, id: &str, role: &str, key: &str) -> Section {
    section(ctx.node(id, role, ""), ctx.fixed(key))
}

/// A paragraph that is not numbered.
pub(super) fn paragraph(ctx: &Context, role: &str, origin: &str, inlines: Vec<Inline>) -> Option<Block> {
    (!inlines.is_empty()).then(|| Block::Paragraph { node: ctx.node("", role, origin), number: 0, inlines })
}

/// A numbered paragraph of the document: its text at an address of the plan.
pub(super) fn numbered(ctx: &Context, owner: &str, field: &str, text: Option<&Text>) -> Option<Block> {
    let phrase = ctx.say_opt(text);
    (!phrase.text.is_empty()).then(|| Block::Paragraph {
        node: ctx.node_in(&phrase.lang, format!("{owner}_{field}"), field, format!("{owner}/{field}")),
        number: 1,
        inlines: words(phrase.text),
    })
}

/// The basis of the text of `item` as a line under its heading; what is reported needs none.
pub(super) fn basis_note<T: Common>(ctx: &Context, item: &Item<T>) -> Option<Block> {
    let basis = basis_of(item)?;
    let key = format!("basis-note-{}", basis.word());
    paragraph(ctx, "basis-note", "", ctx.fixed(&key))
}

/// "Level: strategic"; nothing without a value.
pub(super) fn labelled(ctx: &Context, key: &str, value: Vec<Inline>) -> Vec<Inline> {
    match value.is_empty() {
        true => value,
        false => {
            let mut out = words(ctx.words.fill("labelled", &[("label", &ctx.word(key))]));
            out.extend(value);
            out
        }
    }
}

/// A place in a ranking, from 1: "2", or "2=" where several share it.
pub(super) fn rank(ctx: &Context, place: usize, tied: bool) -> String {
    let key = if tied { "rank-tied" } else { "rank-single" };
    ctx.words.fill(key, &[("rank", &numbers::print(&place.to_string(), ctx.lang))])
}

/// A number as a cell.
pub(super) fn number(ctx: &Context, value: u64) -> Vec<Inline> {
    words(super::numbers::print(&value.to_string(), ctx.lang))
}

/// The section, if there is anything in it.
pub(super) fn unless_empty(section: Section) -> Option<Section> {
    (!section.blocks.is_empty() || !section.sections.is_empty()).then_some(section)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(names: &[&str]) -> Option<Block> {
        let cells = |name: &str| vec![vec![Inline::text(name)], vec![Inline::text("1")]];
        let rows = names.iter().map(|name| row(Node::default(), cells(name))).collect();
        Some(Block::Table(Table { columns: vec![Column::default(); 2], rows, ..Table::default() }))
    }

    fn spans(names: &[&str]) -> Vec<usize> {
        let Some(Block::Table(table)) = grouped(block(names)) else { return Vec::new() };
        table.rows.iter().map(|row| if row.cells[0].covered { 0 } else { row.cells[0].below + 1 }).collect()
    }

    #[test]
    fn a_name_of_rows_that_follow_each_other_is_printed_once() {
        assert_eq!(spans(&["a", "a", "a", "b", "a"]), [3, 0, 0, 1, 1]);
        assert_eq!(spans(&["", ""]), [1, 1]);
        assert!(grouped(None).is_none());
    }

    #[test]
    fn a_long_group_is_named_again() {
        let many = ["a"; UNDER_ONE + 2];
        let spans = spans(&many);
        assert_eq!((spans[0], spans[UNDER_ONE], spans.iter().sum::<usize>()), (UNDER_ONE, 2, many.len()));
    }
}
