//! Who was asked and who answered, by group and wave.

use super::super::super::context::{Context, words};
use super::super::super::draft::*;
use super::super::super::table;
use super::{RATE_DIGITS, count, group_name, illustrative, instead, print, wave_title};
use crate::model::Item;
use crate::model::format::{Basis, Survey};
use crate::model::survey::{Cell, Exact, Response, Results};

pub(super) fn blocks(ctx: &Context, item: &Item<Survey>, results: &Results) -> Vec<Block> {
    let groups = &item.data.groups;
    let mut columns = vec![
        table::column(ColumnKind::Text, ctx.fixed("survey-group")),
        table::column(ColumnKind::Number, ctx.fixed("survey-asked")),
    ];
    for wave in &results.waves {
        let title = wave_title(ctx, item, wave);
        for key in ["survey-wave-answered", "survey-wave-rate"] {
            columns.push(table::column(ColumnKind::Number, words(ctx.words.fill(key, &[("wave", &title)]))));
        }
    }
    let bases: Vec<Basis> = results.waves.iter().map(|wave| wave.basis).collect();
    let row = |name: Vec<Inline>, asked: Option<u64>, of: Vec<&Cell<Response>>| {
        let basis = bases.first().copied().unwrap_or(Basis::Inferred);
        let withheld = of.iter().any(|cell| cell.shown().is_none());
        let asked = match asked {
            Some(asked) => count(ctx, asked, basis),
            None if withheld => instead(ctx, "survey-suppressed", basis),
            None => Vec::new(),
        };
        let mut cells = vec![name, asked];
        cells.extend(of.into_iter().zip(&bases).flat_map(|(cell, basis)| answered(ctx, cell, *basis)));
        cells
    };
    let mut rows: Vec<Row> = groups
        .iter()
        .enumerate()
        .map(|(index, group)| {
            let of = results.waves.iter().map(|wave| &wave.groups[index]).collect();
            let cells = row(group_name(ctx, item, group), group.asked.map(u64::from), of);
            table::row(ctx.node("", "survey-group", ""), cells)
        })
        .collect();
    if groups.len() > 1 {
        let asked = results.waves.iter().filter_map(|wave| wave.all.shown()?.asked).next();
        let of = results.waves.iter().map(|wave| &wave.all).collect();
        rows.push(table::total(ctx, row(ctx.fixed("total"), asked, of)));
    }
    table::made(ctx, "survey-response", ctx.fixed("survey-response"), columns, rows).into_iter().collect()
}

/// How many answered, and which share of those asked.
fn answered(ctx: &Context, cell: &Cell<Response>, basis: Basis) -> [Vec<Inline>; 2] {
    let Some(response) = cell.shown() else {
        return [instead(ctx, "survey-suppressed", basis), instead(ctx, "survey-suppressed", basis)];
    };
    let rate = response.asked.filter(|asked| *asked > 0).map(|asked| {
        let share = Exact::new((response.answered * 100).into(), asked.into());
        let text = ctx.percent(&print(ctx, &share, RATE_DIGITS));
        ctx.marked(words(text), Some(basis).filter(illustrative))
    });
    [count(ctx, response.answered, basis), rate.unwrap_or_default()]
}
