//! The second axis as a table: how many elements and activities of each layer serve each priority.

use super::super::context::{Context, lines};
use super::super::draft::*;
use super::super::marks::Reading;
use super::super::table;
use super::consultation;
use crate::analysis::{self, Served, basis_of};

pub(super) fn chapter(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-priority-matrix", "priority-matrix", "part-priority-matrix");
    chapter.blocks.extend(matrix(ctx));
    if !chapter.blocks.is_empty() {
        chapter.blocks.extend(table::paragraph(ctx, "note", "", ctx.fixed("matrix-note")));
    }
    table::unless_empty(chapter)
}

fn matrix(ctx: &Context) -> Option<Block> {
    let matrix = analysis::priority_matrix(ctx.plan);
    if matrix.rows.is_empty() {
        return None;
    }
    let mut rows: Vec<Row> = matrix
        .rows
        .iter()
        .map(|(priority, cells, all)| {
            let id = priority.data.id.as_str();
            let link = |served: &Served| linked(id, served_cell(ctx, served));
            let mut out = vec![ctx.marked(ctx.link(id), basis_of(*priority))];
            out.extend(cells.iter().chain([all]).map(link));
            table::row(ctx.node("", "priority", id), out)
        })
        .collect();
    let (cells, all) = &matrix.totals;
    let sums = cells.iter().chain([all]).map(|served| served_cell(ctx, served));
    let total = if ctx.plan.withheld.serving { "total-shown" } else { "total" };
    rows.push(table::total(ctx, std::iter::once(ctx.fixed(total)).chain(sums).collect()));
    let mut columns = vec![table::column(ColumnKind::Text, ctx.fixed("matrix-priority"))];
    let layers = matrix.layers.iter().map(|layer| ctx.inlines(&layer.data.plural));
    columns.extend(layers.map(|title| table::column(ColumnKind::Text, title)));
    columns.push(table::column(ColumnKind::Text, ctx.fixed(total)));
    let reading = Reading { counts: true, ..Reading::default() };
    table::read(ctx, "priority-matrix", ctx.fixed("matrix-caption"), columns, rows, reading)
}

/// "Elements: 3", "Activities: 5".
fn served_cell(ctx: &Context, served: &Served) -> Vec<Inline> {
    let line = |key: &str, figure: &analysis::Figure| match figure.value {
        0 => Vec::new(),
        _ => together(table::labelled(ctx, key, consultation::counted(ctx, figure))),
    };
    match served.elements.value + served.activities.value {
        0 => table::number(ctx, 0),
        _ => lines([line("matrix-elements", &served.elements), line("matrix-activities", &served.activities)]),
    }
}

/// A label and its number on one line.
fn together(mut inlines: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text { text }) = inlines.first_mut() {
        *text = format!("{}\u{a0}", text.trim_end());
    }
    inlines
}

/// The numbers lead to the page of the priority, which lists what was counted; marks stand outside the link.
fn linked(id: &str, inlines: Vec<Inline>) -> Vec<Inline> {
    let link = |one: Inline| match one {
        Inline::Text { .. } => Inline::Reference { target: id.to_string(), inlines: vec![one] },
        one => one,
    };
    if let [Inline::Text { text }] = inlines.as_slice()
        && text == "0"
    {
        return inlines;
    }
    let mut out: Vec<Inline> = Vec::new();
    for one in inlines.into_iter().map(link) {
        match (out.last_mut(), one) {
            // The label and its number are one link.
            (Some(Inline::Reference { inlines, .. }), Inline::Reference { inlines: mut more, .. }) => {
                inlines.append(&mut more);
            }
            (_, one) => out.push(one),
        }
    }
    out
}
