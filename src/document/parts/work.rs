//! What is done and how it is measured: tactical activities and indicators.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::super::context::{Context, join, words};
use super::super::draft::*;
use super::super::{dates, numbers, table};
use super::structure;
use crate::analysis::{basis_of, computed};
use crate::model::Item;
use crate::model::format::{Activity, Basis, Indicator, Measured};

fn of_element<'a>(ctx: &Context<'a>, element: &str) -> Vec<&'a Item<Activity>> {
    let mut list: Vec<_> = ctx.plan.activities.iter().filter(|item| *item.data.parent == *element).collect();
    list.sort_by_key(|item| structure::code_key(ctx, None, item.data.code.as_ref()));
    list
}

/// The anchor of an item here, if its own chapter is not printed.
fn anchor<'i>(ctx: &Context, part: &str, id: &'i str) -> &'i str {
    if ctx.has_part(part) { "" } else { id }
}

/// The activities of an element as a short table of links.
pub(super) fn activities_short(ctx: &Context, element: &str) -> Option<Block> {
    let rows = of_element(ctx, element)
        .into_iter()
        .map(|item| {
            let id = item.data.id.as_str();
            let cells = vec![
                ctx.marked(ctx.link(id), basis_of(item)),
                item.data.owner.as_ref().map(|id| ctx.link(id)).unwrap_or_default(),
                ctx.date_opt(item.data.period.as_ref()),
            ];
            table::row(ctx.node(anchor(ctx, "activities", id), "activity", id), cells)
        })
        .collect();
    let heads = [(ColumnKind::Text, "activity", 4), (ColumnKind::Text, "owner", 2), (ColumnKind::Text, "period", 1)];
    table::table(ctx, "activities", "activities", &heads, rows)
}

/// The indicators of an element and of its activities as a short table of links.
pub(super) fn indicators_short(ctx: &Context, element: &str) -> Option<Block> {
    let mut measured = BTreeSet::from([element]);
    measured.extend(of_element(ctx, element).iter().map(|item| item.data.id.as_str()));
    let rows = ctx
        .plan
        .indicators
        .iter()
        .filter(|item| measured.contains(item.data.measures.as_str()))
        .map(|item| {
            let id = item.data.id.as_str();
            let last = item.data.targets.iter().max_by_key(|one| dates::sort_key(&one.year));
            let target = last.map(|one| with_year(ctx, one, basis_of(item))).unwrap_or_default();
            let cells = vec![ctx.marked(ctx.link(id), basis_of(item)), ctx.opt(item.data.unit.as_ref()), target];
            table::row(ctx.node(anchor(ctx, "indicators", id), "indicator", id), cells)
        })
        .collect();
    let heads = [(ColumnKind::Text, "indicator", 4), (ColumnKind::Text, "unit", 1), (ColumnKind::Text, "target", 2)];
    table::table(ctx, "indicators", "indicators", &heads, rows)
}

/// "12 (2019)"
fn with_year(ctx: &Context, value: &Measured, basis: Option<Basis>) -> Vec<Inline> {
    let mut out = super::measured(ctx, value, basis);
    if !out.is_empty() {
        out.push(Inline::text(format!(" ({})", ctx.date(&value.year))));
    }
    out
}

/// All activities, a table for each element.
pub(super) fn activities(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-activities", "activities", "part-activities");
    for element in structure::in_order(ctx) {
        let id = element.data.id.as_str();
        let list = of_element(ctx, id);
        if list.is_empty() {
            continue;
        }
        let node = ctx.node(format!("part-activities_{id}"), "activities", id);
        let mut section = table::section(node, ctx.marked(ctx.inlines(&element.data.title), basis_of(element)));
        section.code = ctx.code_text(element.data.code.as_ref());
        section.blocks.extend(activity_table(ctx, &list));
        chapter.sections.push(section);
    }
    (!chapter.sections.is_empty()).then_some(chapter)
}

fn activity_table(ctx: &Context, list: &[&Item<Activity>]) -> Option<Block> {
    let mut rows: Vec<Row> = list
        .iter()
        .map(|item| {
            let data = &item.data;
            let status = data.status.map(|one| ctx.fixed(&format!("activity-status-{}", one.word())));
            let owner = data.owner.as_ref().map(|id| ctx.link(id)).unwrap_or_default();
            let cost = data.cost.as_ref().map(|cost| ctx.money(cost, basis_of(item)));
            let cells = vec![
                ctx.code(data.code.as_ref()),
                ctx.title(item, &data.title),
                ctx.opt(data.deliverable.as_ref()),
                ctx.short_links(&data.priorities),
                ctx.levels(&data.levels),
                owner,
                ctx.links(&data.co_implementers),
                ctx.date_opt(data.period.as_ref()),
                status.unwrap_or_default(),
                cost.unwrap_or_default(),
            ];
            table::row(ctx.node(data.id.as_str(), "activity", data.id.as_str()), cells)
        })
        .collect();
    rows.extend(totals(ctx, list));
    let text = ColumnKind::Text;
    let heads = [
        (ColumnKind::Code, "code", 1),
        (text, "title", 4),
        (text, "deliverable", 4),
        (text, "priorities", 2),
        (text, "levels", 1),
        (text, "owner", 2),
        (text, "co-implementers", 2),
        (text, "period", 1),
        (text, "status", 1),
        (ColumnKind::Number, "cost", 1),
    ];
    table::table(ctx, "activities", "activities", &heads, rows)
}

/// One row for each currency; none where an amount cannot be added.
fn totals(ctx: &Context, list: &[&Item<Activity>]) -> Vec<Row> {
    let mut sums: BTreeMap<&str, (Decimal, Vec<Option<Basis>>)> = BTreeMap::new();
    for item in list {
        let Some(cost) = &item.data.cost else {
            continue;
        };
        let (sum, bases) = sums.entry(cost.currency.as_str()).or_default();
        let added = cost.amount.trim().parse::<Decimal>().ok().and_then(|one| sum.checked_add(one));
        let Some(added) = added else {
            return Vec::new();
        };
        *sum = added;
        bases.push(cost.basis.or(basis_of(item)));
    }
    sums.into_iter()
        .map(|(currency, (sum, bases))| {
            let amount = numbers::print(&sum.to_string(), ctx.lang);
            // A sum of reported amounts needs no mark; one with an illustrative amount does.
            let basis = Some(computed(bases)).filter(|basis| *basis == Basis::Illustrative);
            let mut cells = vec![Vec::new(); 9];
            cells[1] = ctx.fixed("total");
            cells.push(ctx.marked(words(format!("{amount}\u{a0}{currency}")), basis));
            table::total(ctx, cells)
        })
        .collect()
}

/// All indicators in one table, with a column for each year that has a target.
pub(super) fn indicators(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-indicators", "indicators", "part-indicators");
    let mut years: Vec<&str> = Vec::new();
    for target in ctx.plan.indicators.iter().flat_map(|item| &item.data.targets) {
        if !years.contains(&target.year.as_str()) {
            years.push(&target.year);
        }
    }
    years.sort_by_key(|year| dates::sort_key(year));
    let rows = ctx.plan.indicators.iter().map(|item| indicator_row(ctx, item, &years)).collect();
    let column = |kind, title, weight| Column { kind, title, weight };
    let mut columns = vec![
        column(ColumnKind::Code, ctx.fixed("code"), 1),
        column(ColumnKind::Text, ctx.fixed("title"), 5),
        column(ColumnKind::Text, ctx.fixed("unit"), 2),
        column(ColumnKind::Number, ctx.fixed("baseline"), 2),
    ];
    for year in &years {
        let title = format!("{} {}", ctx.word("target"), dates::print(year, &ctx.words));
        columns.push(column(ColumnKind::Number, words(title), 2));
    }
    columns.push(column(ColumnKind::Number, ctx.fixed("measured"), 2));
    let caption = ctx.fixed("indicators");
    chapter.blocks.extend(table::made(ctx, "indicators", caption, columns, rows));
    chapter.blocks.extend(definitions(ctx));
    table::unless_empty(chapter)
}

/// What each indicator measures, and how.
fn definitions(ctx: &Context) -> Option<Block> {
    let row = |item: &Item<Indicator>| {
        let data = &item.data;
        let word = |key: Option<String>| key.map(|key| ctx.fixed(&key)).unwrap_or_default();
        let cells = vec![
            ctx.link(data.id.as_str()),
            ctx.short_link(&data.measures),
            word(data.direction.map(|one| format!("direction-{}", one.word()))),
            word(data.nature.map(|one| format!("nature-{}", one.word()))),
            word(data.results_stage.map(|one| format!("results-stage-{}", one.word()))),
            ctx.opt(data.method.as_ref()),
        ];
        table::row(ctx.node("", "indicator", data.id.as_str()), cells)
    };
    let heads = [
        (ColumnKind::Text, "indicator", 4),
        (ColumnKind::Text, "measures", 1),
        (ColumnKind::Text, "direction", 2),
        (ColumnKind::Text, "nature", 2),
        (ColumnKind::Text, "results-stage", 2),
        (ColumnKind::Text, "method", 4),
    ];
    let rows = ctx.plan.indicators.iter().map(row).collect();
    table::table(ctx, "indicator-definitions", "method", &heads, rows)
}

fn indicator_row(ctx: &Context, item: &Item<Indicator>, years: &[&str]) -> Row {
    let data = &item.data;
    let basis = basis_of(item);
    let baseline = data.baseline.as_ref().map(|one| with_year(ctx, one, basis));
    let mut cells = vec![
        ctx.code(data.code.as_ref()),
        ctx.title(item, &data.title),
        ctx.opt(data.unit.as_ref()),
        baseline.unwrap_or_default(),
    ];
    for year in years {
        let of_year = data.targets.iter().filter(|one| one.year.as_str() == *year);
        cells.push(join(of_year.map(|one| super::measured(ctx, one, basis)), "; "));
    }
    let measured = data.measurements.iter().map(|one| with_year(ctx, one, basis));
    cells.push(join(measured, "; "));
    table::row(ctx.node(data.id.as_str(), "indicator", data.id.as_str()), cells)
}
