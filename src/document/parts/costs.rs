//! What each element costs: now and as proposed, by direct and shared amounts, with the keys.

mod compared;
mod data;
mod figure;

pub(super) use data::data;

use rust_decimal::Decimal;

use super::super::context::{Context, join, lines, words};
use super::super::draft::*;
use super::super::{numbers, table};
use super::{structure, work};
use crate::analysis::basis_of;
use crate::analysis::costs::{Allocated, Column, Costs, Figure, Row as CostRow, Value, anchor};
use crate::model::Item;
use crate::model::format::{self, Allocation, Basis, Common, CostKey, CostOf, KeyMeasure};

pub(super) fn chapter(ctx: &Context) -> Option<Section> {
    let costs = Costs::new(ctx.plan);
    if costs.allocations.is_empty() {
        return None;
    }
    let mut chapter = table::titled(ctx, "part-costs", "costs", "part-costs");
    let shared = costs.allocations.iter().any(|one| one.shared.is_some());
    let activities = costs.allocations.iter().any(|one| !one.activities.is_empty());
    let method =
        [("costs-method-direct", true), ("costs-method-shared", shared), ("costs-method-activities", activities)];
    let method = method.into_iter().filter(|(_, told)| *told).map(|(key, _)| ctx.word(key));
    let method: Vec<String> = method.chain([ctx.word("costs-method-rounding")]).collect();
    chapter.blocks.extend(table::paragraph(ctx, "lead", "", words(method.join(" "))));
    for (at, comparison) in costs.comparisons.iter().enumerate() {
        chapter.sections.push(compared::section(ctx, &costs, comparison, at + 1));
    }
    chapter.sections.extend(costs.allocations.iter().map(|one| section(ctx, &costs, one)));
    chapter.sections.extend(keys(ctx));
    Some(chapter)
}

/// An amount as printed.
fn amount(ctx: &Context, value: Decimal, decimals: u32) -> String {
    numbers::print(&format!("{value:.0$}", decimals as usize), ctx.lang)
}

/// "23.4%".
fn percent(ctx: &Context, share: Decimal) -> String {
    let share = numbers::print(&share.to_string(), ctx.lang);
    ctx.percent(&share)
}

/// The basis of a figure that is marked: what is computed is so by itself, unless it rests on what is made up.
fn marked_basis(value: &Value) -> Option<Basis> {
    let single = value.inputs.len() == 1 && value.exact == value.inputs[0].amount;
    value.basis.filter(|basis| single || *basis == Basis::Illustrative)
}

/// A figure that leads to what it is made from.
fn figure(ctx: &Context, text: String, target: String, basis: Option<Basis>) -> Vec<Inline> {
    ctx.marked(vec![Inline::Reference { target, inlines: words(text) }], basis)
}

/// What amounts of an allocation are counted in.
fn unit(ctx: &Context, allocation: &Allocation) -> String {
    match &allocation.unit {
        Some(text) => ctx.say(text).text,
        None => allocation.currency.to_string(),
    }
}

/// The name of an element, with the mark of its title.
fn name(ctx: &Context, id: &str) -> Vec<Inline> {
    let of_element = ctx.plan.elements.iter().find(|one| *one.data.id == *id).and_then(basis_of);
    let old = ctx.plan.predecessor.iter().flat_map(|one| &one.elements);
    let of_old = || old.into_iter().find(|one| *one.data.id == *id).and_then(basis_of);
    ctx.marked(ctx.link(id), of_element.or_else(of_old))
}

/// The rows in the order in which the document names the elements.
fn in_order<'r, 'p>(ctx: &Context, of: &'r Allocated<'p>) -> Vec<&'r CostRow<'p>> {
    let order: Vec<&str> = match of.item.data.of {
        CostOf::Plan => structure::in_order(ctx).into_iter().map(|one| one.data.id()).collect(),
        CostOf::Predecessor => Vec::new(),
    };
    let place = |row: &&CostRow| order.iter().position(|id| *id == row.target);
    let mut rows: Vec<_> = of.rows.iter().collect();
    rows.sort_by_key(place);
    rows
}

/// Only who sees everything may read a missing figure as one that was never made.
fn blank(ctx: &Context) -> &'static str {
    if work::sees_all(ctx) { "costs-not-costed" } else { "costs-not-given" }
}

/// False where what an element cost before may be withheld: of a part of the amounts, or of the mapping.
pub(super) fn knows_what_was_before(ctx: &Context) -> bool {
    let lost = |one: &Item<Allocation>| {
        one.data.of == CostOf::Predecessor && ctx.plan.withheld.allocations.contains(one.data.id.as_str())
    };
    ctx.plan.withheld.mappings.is_empty() && !ctx.plan.allocations.iter().any(lost)
}

fn total_word(ctx: &Context, of: &Allocated) -> &'static str {
    let lost = ctx.plan.withheld.allocations.contains(of.item.data.id.as_str());
    let partial = lost || !of.uncosted.is_empty() || of.rows.iter().any(|row| row.total.is_none());
    match (partial, work::sees_all(ctx)) {
        (false, _) => "total",
        (true, true) => "total-costed",
        (true, false) => "total-shown",
    }
}

/// One allocation: its facts, its table, its notes.
fn section(ctx: &Context, costs: &Costs, of: &Allocated) -> Section {
    let data = &of.item.data;
    let id = data.id.as_str();
    let mut section = table::section(ctx.node(id, "allocation", id), ctx.title(of.item, &data.title));
    let about = match data.of {
        CostOf::Plan => ctx.fixed("cost-of-plan"),
        CostOf::Predecessor => {
            let before = ctx.plan.predecessor.as_ref().map(|one| ctx.inlines(&one.title));
            let title = before.unwrap_or_default();
            let period = ctx.plan.predecessor.as_ref().map(|one| plain(&ctx.inlines(&one.period))).unwrap_or_default();
            join([title, words(period)], ", ")
        }
    };
    let facts = vec![
        ("costs-of", about),
        ("costs-year", ctx.date_opt(Some(&data.year))),
        ("costs-unit", words(unit(ctx, data))),
        ("date", ctx.date_opt(data.date.as_ref())),
        ("sources", ctx.sources(of.item)),
    ];
    section.blocks.extend(table::facts(ctx, id, facts));
    section.blocks.extend(rounded(ctx, of));
    section.blocks.extend(amounts(ctx, of));
    section.blocks.extend(notes(ctx, of));
    let uncompared = costs.uncompared.iter().any(|one| one.data.id == data.id);
    let note = uncompared.then(|| table::paragraph(ctx, "note", "", ctx.fixed("costs-uncompared")));
    section.blocks.extend(note.flatten());
    section.blocks.extend(priorities(ctx, of));
    section
}

fn cell(ctx: &Context, of: &Allocated, target: &str, column: Column, value: Option<&Value>) -> Vec<Inline> {
    let Some(value) = value else { return Vec::new() };
    let target = anchor(&of.item.data.id, target, column);
    figure(ctx, amount(ctx, value.printed, of.decimals), target, marked_basis(value))
}

fn share_cell(ctx: &Context, of: &Allocated, row: &CostRow) -> Vec<Inline> {
    let (Some(share), Some(total)) = (row.share, &row.total) else { return Vec::new() };
    let target = anchor(&of.item.data.id, row.target, Column::Total);
    figure(ctx, percent(ctx, share), target, marked_basis(total))
}

/// The head above the names of the elements.
fn first_head(of: &Allocated) -> &'static str {
    if of.item.data.of == CostOf::Plan { "costs-element" } else { "old-element" }
}

fn amounts(ctx: &Context, of: &Allocated) -> Option<Block> {
    let mut rows: Vec<Row> = in_order(ctx, of)
        .into_iter()
        .map(|row| {
            let total = cell(ctx, of, row.target, Column::Total, row.total.as_ref());
            let cells = vec![
                name(ctx, row.target),
                cell(ctx, of, row.target, Column::Direct, row.direct.as_ref()),
                cell(ctx, of, row.target, Column::Shared, row.shared.as_ref()),
                if total.is_empty() { ctx.fixed(blank(ctx)) } else { total },
                share_cell(ctx, of, row),
            ];
            table::row(ctx.node("", "cost", row.target), cells)
        })
        .collect();
    let total = of.total.as_ref()?;
    let whole = anchor(&of.item.data.id, "", Column::Total);
    rows.push(table::total(
        ctx,
        vec![
            ctx.fixed(total_word(ctx, of)),
            cell(ctx, of, "", Column::Direct, of.direct.as_ref()),
            cell(ctx, of, "", Column::Shared, of.shared.as_ref()),
            cell(ctx, of, "", Column::Total, Some(total)),
            match of.rows.iter().any(|row| row.share.is_some()) {
                true => figure(ctx, percent(ctx, Decimal::new(1000, 1)), whole, marked_basis(total)),
                false => Vec::new(),
            },
        ],
    ));
    let number = ColumnKind::Number;
    let heads = [
        (ColumnKind::Text, first_head(of)),
        (number, "costs-direct"),
        (number, "costs-shared"),
        (number, "costs-total"),
        (number, "costs-share"),
    ];
    let columns = heads.into_iter().map(|(kind, key)| table::column(kind, ctx.fixed(key))).collect();
    let caption = ctx.words.fill("costs-amounts-in", &[("unit", &unit(ctx, &of.item.data))]);
    table::made(ctx, "costs", words(caption), columns, rows)
}

/// Where the rounding of the table shows.
fn rounded(ctx: &Context, of: &Allocated) -> Option<Block> {
    let figures = of.moved.iter().map(|(id, figure)| {
        let name = if id.is_empty() { ctx.word(total_word(ctx, of)) } else { plain(&ctx.called(id)) };
        let column = match figure {
            Figure::Direct => "costs-direct",
            Figure::Shared => "costs-shared",
            Figure::Share | Figure::BeforeShare => "costs-share",
            Figure::Total | Figure::Before => "costs-total",
        };
        (name, column)
    });
    table::paragraph(ctx, "table-lead", "", moved(ctx, figures))
}

/// What the table leaves out.
fn notes(ctx: &Context, of: &Allocated) -> Vec<Block> {
    let counted = |key: &str, list: &[&Item<format::Activity>]| {
        let count = numbers::print(&list.len().to_string(), ctx.lang);
        let names = ctx.short_links(list.iter().map(|one| &one.data.id));
        let mut out = words(ctx.words.fill(key, &[("count", &count)]));
        out.extend(names);
        out.push(Inline::text("."));
        if list.is_empty() { Vec::new() } else { out }
    };
    let uncosted = match work::sees_all(ctx) {
        true => counted("costs-uncosted", &of.uncosted),
        false => counted("costs-not-shown", &of.uncosted),
    };
    [counted("costs-beyond", &of.beyond), uncosted]
        .into_iter()
        .filter_map(|inlines| table::paragraph(ctx, "note", "", inlines))
        .collect()
}

/// Which figures of a table are not the nearest: "A (Direct, Total); B (Share)". `figures` are in the order of rows.
fn moved(ctx: &Context, figures: impl Iterator<Item = (String, &'static str)>) -> Vec<Inline> {
    let mut list: Vec<(String, Vec<String>)> = Vec::new();
    for (name, column) in figures {
        match list.last_mut() {
            Some((last, columns)) if *last == name => columns.push(ctx.word(column)),
            _ => list.push((name, vec![ctx.word(column)])),
        }
    }
    let names: Vec<String> =
        list.into_iter().map(|(name, columns)| format!("{name} ({})", columns.join(", "))).collect();
    match names.is_empty() {
        true => Vec::new(),
        false => words(ctx.words.fill("costs-moved", &[("names", &names.join(&ctx.semicolon()))])),
    }
}

/// The costs of activities by the priorities that they touch.
fn priorities(ctx: &Context, of: &Allocated) -> Vec<Block> {
    let Some(each_once) = &of.each_once else { return Vec::new() };
    let mut rows: Vec<Row> = of
        .priorities
        .iter()
        .map(|(id, value)| {
            let basis = ctx.plan.priorities.iter().find(|one| *one.data.id == **id).and_then(basis_of);
            let count = table::number(ctx, value.inputs.len() as u64);
            let cells = vec![
                ctx.marked(ctx.link(id), basis),
                figure(ctx, plain(&count), anchor(&of.item.data.id, id, Column::Total), None),
                cell(ctx, of, id, Column::Total, Some(value)),
            ];
            table::row(ctx.node("", "cost", *id), cells)
        })
        .collect();
    let cells = |key: &str, name: &str, value: &Value| {
        let cell = |text: String, basis| figure(ctx, text, anchor(&of.item.data.id, name, Column::Total), basis);
        vec![
            ctx.fixed(key),
            cell(plain(&table::number(ctx, value.inputs.len() as u64)), None),
            cell(amount(ctx, value.printed, of.decimals), marked_basis(value)),
        ]
    };
    rows.extend(of.apart.iter().map(|value| table::rest(ctx, cells("costs-apart", APART, value))));
    rows.push(table::total(ctx, cells("costs-once", ONCE, each_once)));
    let number = ColumnKind::Number;
    let heads = [(ColumnKind::Text, "priorities"), (number, "activities"), (number, "cost")];
    let block = table::table(ctx, "costs", "costs-by-priority", &heads, rows);
    block.into_iter().chain(table::paragraph(ctx, "note", "", ctx.fixed("costs-once-note"))).collect()
}

/// Stands for all activities among the names of rows. An id never begins with a line: no element can bear this name.
const ONCE: &str = "_once";

/// Stands for the activities under none of the priorities, likewise.
const APART: &str = "_apart";

/// The share of an element by a key: "40%", "4 of 13".
fn share_of_key(ctx: &Context, key: &CostKey, share: Decimal) -> String {
    match key.measure {
        Some(KeyMeasure::Parts) => {
            let parts = key.shares.iter().filter_map(|one| crate::model::reference::decimal(&one.share));
            let sum: Decimal = parts.sum();
            let value = numbers::print(&share.to_string(), ctx.lang);
            let base = numbers::print(&sum.normalize().to_string(), ctx.lang);
            ctx.words.fill("count-base", &[("value", &value), ("base", &base)])
        }
        Some(KeyMeasure::Percent) | None => percent(ctx, share),
    }
}

/// The keys, with what each element has of them.
fn keys(ctx: &Context) -> Option<Section> {
    let mut section = table::titled(ctx, "part-costs_keys", "costs", "costs-keys");
    let row = |item: &Item<CostKey>| {
        let data = &item.data;
        let shares = data.shares.iter().filter_map(|one| {
            let share = share_of_key(ctx, data, crate::model::reference::decimal(&one.share)?);
            let mut out = ctx.link(&one.to);
            out.push(Inline::text(format!("\u{a0}({share})")));
            Some(out)
        });
        let cells = vec![
            ctx.title(item, &data.title),
            lines([
                ctx.opt(data.description.as_ref()),
                table::labelled(ctx, "date", ctx.date_opt(data.date.as_ref())),
                table::labelled(ctx, "sources", ctx.links(data.source.iter())),
            ]),
            lines(shares),
        ];
        table::row(ctx.node(data.id.as_str(), "cost-key", data.id.as_str()), cells)
    };
    let rows = ctx.plan.cost_keys.iter().map(row).collect();
    let text = ColumnKind::Text;
    let heads = [(text, "costs-key"), (text, "description"), (text, "costs-key-shares")];
    section.blocks.extend(table::table(ctx, "cost-keys", "costs-keys", &heads, rows));
    table::unless_empty(section)
}

#[cfg(test)]
mod tests;
