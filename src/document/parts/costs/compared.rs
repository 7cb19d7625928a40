//! The plan before and this one side by side.

use super::super::super::context::{Context, words};
use super::super::super::draft::*;
use super::super::super::table;
use super::{amount, blank, figure as cell, marked_basis, name, percent, unit};
use crate::analysis::costs::{Allocated, Carried, Column, Compared, Comparison, Costs, Figure, anchor};
use crate::model::format::Basis;

/// The name of a row among the inputs. An id never begins with a line.
pub(super) fn target(carried: &Carried) -> &str {
    match carried {
        Carried::To(id) => id,
        Carried::Dropped => "_dropped",
        Carried::Elsewhere => "_elsewhere",
    }
}

/// What a row is called.
pub(super) fn called(ctx: &Context, carried: &Carried) -> Vec<Inline> {
    match carried {
        Carried::To(id) => name(ctx, id),
        Carried::Dropped => ctx.fixed("costs-dropped"),
        Carried::Elsewhere => ctx.fixed("costs-elsewhere"),
    }
}

/// The rows in the order in which the document names the elements, then what has no element.
pub(super) fn rows<'r, 'p>(ctx: &Context, of: &'r Comparison<'p>) -> Vec<&'r Compared<'p>> {
    let order = super::structure::in_order(ctx);
    let place = |row: &&Compared| match &row.carried {
        Carried::To(id) => (0, order.iter().position(|one| *one.data.id == *id).unwrap_or(usize::MAX)),
        Carried::Dropped => (1, 0),
        Carried::Elsewhere => (2, 0),
    };
    let mut rows: Vec<_> = of.rows.iter().collect();
    rows.sort_by_key(place);
    rows
}

pub(super) fn section(ctx: &Context, costs: &Costs, of: &Comparison, number: usize) -> Section {
    let id = of.proposed.data.id.as_str();
    let title = table::labelled(ctx, "costs-compared", ctx.inlines(&of.proposed.data.title));
    let mut section = table::section(ctx.node(format!("part-costs_{id}"), "costs", id), title);
    section.blocks.extend(table::paragraph(ctx, "lead", "", ctx.fixed("costs-compared-lead")));
    section.blocks.extend(super::figure::shares(ctx, of, number));
    let proposed = costs.allocations.iter().find(|one| one.item.data.id == of.proposed.data.id);
    section.blocks.extend(table::paragraph(ctx, "table-lead", "", moved(ctx, of)));
    section.blocks.extend(proposed.and_then(|proposed| compared(ctx, of, proposed)));
    section
}

/// The figures that are not the nearest, in the order of the rows.
fn moved(ctx: &Context, of: &Comparison) -> Vec<Inline> {
    let own = |row: &Compared| of.moved.iter().filter(|(carried, _)| *carried == row.carried).collect::<Vec<_>>();
    let figures = rows(ctx, of).into_iter().flat_map(own).map(|(carried, figure)| {
        let name = match carried {
            Carried::To(id) => plain(&ctx.called(id)),
            Carried::Dropped | Carried::Elsewhere => plain(&called(ctx, carried)),
        };
        let column = match figure {
            Figure::Before => "costs-now",
            Figure::BeforeShare => "costs-share-now",
            Figure::Share => "costs-share-proposed",
            Figure::Direct | Figure::Shared | Figure::Total => "costs-proposed",
        };
        (name, column)
    });
    super::moved(ctx, figures)
}

fn compared(ctx: &Context, of: &Comparison, proposed: &Allocated) -> Option<Block> {
    let mut rows: Vec<Row> = rows(ctx, of).into_iter().map(|row| one(ctx, of, row)).collect();
    let (now, then) = (of.now.data.id.as_str(), of.proposed.data.id.as_str());
    let hundred = percent(ctx, rust_decimal::Decimal::new(1000, 1));
    let basis = |one: Option<Basis>| one.filter(|one| *one == Basis::Illustrative);
    let (now_basis, then_basis) = (basis(of.basis), basis(proposed.total.as_ref()?.basis));
    let now_total = cell(ctx, amount(ctx, of.now_total, of.now_decimals), anchor(now, "", Column::Total), now_basis);
    let then_total =
        cell(ctx, amount(ctx, of.proposed_total, of.proposed_decimals), anchor(then, "", Column::Total), then_basis);
    let lost = |id: &str| ctx.plan.withheld.allocations.contains(id);
    rows.push(table::total(
        ctx,
        vec![
            ctx.fixed(if lost(now) || lost(then) { "total-shown" } else { "total" }),
            now_total,
            cell(ctx, hundred.clone(), anchor(now, "", Column::Total), now_basis),
            then_total,
            cell(ctx, hundred, anchor(then, "", Column::Total), then_basis),
            Vec::new(),
        ],
    ));
    let head = |key: &str, allocation: &crate::model::format::Allocation| {
        let (year, unit) = (ctx.date(&allocation.year), unit(ctx, allocation));
        words(ctx.words.fill(key, &[("year", &year), ("unit", &unit)]))
    };
    let number = |title| table::column(ColumnKind::Number, title);
    let columns = vec![
        table::column(ColumnKind::Text, ctx.fixed("costs-element")),
        number(head("costs-now-in", &of.now.data)),
        number(ctx.fixed("costs-share-now")),
        number(head("costs-proposed-in", &of.proposed.data)),
        number(ctx.fixed("costs-share-proposed")),
        number(ctx.fixed("costs-change")),
    ];
    table::made(ctx, "costs", ctx.fixed("costs-now-proposed"), columns, rows)
}

fn one(ctx: &Context, of: &Comparison, row: &Compared) -> Row {
    let key = target(&row.carried);
    let before = || anchor(&of.proposed.data.id, key, Column::Before);
    let then = || anchor(&of.proposed.data.id, key, Column::Total);
    let then_basis = row.proposed_basis.filter(|one| *one == Basis::Illustrative);
    let (now, now_share) = match (&row.now, row.now_share) {
        (Some(value), share) => {
            let basis = marked_basis(value);
            let share = share.map(|share| cell(ctx, percent(ctx, share), before(), basis));
            (cell(ctx, amount(ctx, value.printed, of.now_decimals), before(), basis), share.unwrap_or_default())
        }
        (None, _) if super::knows_what_was_before(ctx) => (ctx.fixed("costs-nothing-before"), Vec::new()),
        (None, _) => (ctx.fixed(blank(ctx)), Vec::new()),
    };
    let proposed = match (row.proposed, &row.carried) {
        (Some(value), _) => cell(ctx, amount(ctx, value, of.proposed_decimals), then(), then_basis),
        (None, Carried::To(_)) => ctx.fixed(blank(ctx)),
        (None, _) => Vec::new(),
    };
    let share = row.proposed_share.map(|share| cell(ctx, percent(ctx, share), then(), then_basis));
    let basis = [row.now.as_ref().and_then(|one| one.basis), row.proposed_basis];
    let made_up = basis.contains(&Some(Basis::Illustrative)).then_some(Basis::Illustrative);
    let change = row.difference().map(|change| ctx.marked(words(signed(ctx, change)), made_up));
    let cells = vec![
        called(ctx, &row.carried),
        now,
        now_share,
        proposed,
        share.unwrap_or_default(),
        change.unwrap_or_default(),
    ];
    match row.carried {
        Carried::To(_) => table::row(ctx.node("", "cost", ""), cells),
        Carried::Dropped | Carried::Elsewhere => table::rest(ctx, cells),
    }
}

/// "+1.5", "−0.3", "0.0".
fn signed(ctx: &Context, change: rust_decimal::Decimal) -> String {
    let digits = super::numbers::print(&change.abs().to_string(), ctx.lang);
    match (change.is_zero(), change.is_sign_negative()) {
        (true, _) => digits,
        (false, true) => format!("\u{2212}{digits}"),
        (false, false) => format!("+{digits}"),
    }
}
