//! The shares now and as proposed, drawn as bars.

use super::super::super::context::{Context, words};
use super::super::super::draft::*;
use super::super::super::drawing::{Bar, BarGroup, Bars, Bound, Csv, Label, Panel, Picture};
use super::compared::{called, rows, target};
use super::percent;
use crate::analysis::costs::{Carried, Compared, Comparison};
use crate::model::format::Basis;

/// Two bars for each element; nothing where no side has a share. `number` tells the files of several figures apart.
pub(super) fn shares(ctx: &Context, of: &Comparison, number: usize) -> Option<Block> {
    let list = rows(ctx, of);
    if list.iter().all(|row| row.now_share.is_none() && row.proposed_share.is_none()) {
        return None;
    }
    let text = |row: &Compared| bare(called(ctx, &row.carried));
    let groups = list.iter().map(|row| BarGroup {
        label: Label {
            text: text(row),
            target: link(&row.carried),
            mark: String::new(),
            lang: lang(ctx, &row.carried),
        },
        bars: vec![
            bar(ctx, "costs-now", row.now_share, "costs-nothing-before"),
            bar(ctx, "costs-proposed", row.proposed_share, missing(ctx, &row.carried)),
        ],
    });
    let panel = Panel { title: ctx.word("costs-share"), groups: groups.collect(), ..Panel::default() };
    let illustrative = |one: &Option<Basis>| *one == Some(Basis::Illustrative);
    let made_up = list
        .iter()
        .any(|row| illustrative(&row.proposed_basis) || row.now.as_ref().is_some_and(|one| illustrative(&one.basis)));
    Some(Block::Drawing(Drawing {
        node: ctx.node(format!("part-costs_{}_figure", of.proposed.data.id), "costs", of.proposed.data.id.as_str()),
        title: words(match is_whole(ctx, of) {
            true => title(ctx, &list),
            false => ctx.word("costs-figure-shares"),
        }),
        alternative: alternative(ctx, &list),
        mark: if made_up { ctx.word("basis-illustrative") } else { String::new() },
        picture: Picture::Bars(Bars { panels: vec![panel] }),
        csv: Csv { name: format!("costs-{number}.csv"), rows: csv(ctx, &list, of) },
    }))
}

/// False where this reader does not see all amounts: who gains most might be another.
fn is_whole(ctx: &Context, of: &Comparison) -> bool {
    let lost = |id: &str| ctx.plan.withheld.allocations.contains(id);
    !lost(&of.now.data.id) && !lost(&of.proposed.data.id)
}

/// A name without marks: the figure says its basis of all.
fn bare(inlines: Vec<Inline>) -> String {
    let list: Vec<Inline> = inlines.into_iter().filter(|one| !matches!(one, Inline::Mark { .. })).collect();
    plain(&list)
}

fn link(carried: &Carried) -> String {
    match carried {
        Carried::To(_) => target(carried).to_string(),
        Carried::Dropped | Carried::Elsewhere => String::new(),
    }
}

fn lang(ctx: &Context, carried: &Carried) -> String {
    match carried {
        Carried::To(id) => ctx.other_lang_of(id),
        Carried::Dropped | Carried::Elsewhere => String::new(),
    }
}

fn missing(ctx: &Context, carried: &Carried) -> &'static str {
    match carried {
        Carried::To(_) => super::blank(ctx),
        Carried::Dropped | Carried::Elsewhere => "costs-none-proposed",
    }
}

fn bar(ctx: &Context, series: &str, share: Option<rust_decimal::Decimal>, missing: &str) -> Bar {
    Bar {
        series: ctx.word(series),
        value: share.map(|share| share.to_string()).unwrap_or_default(),
        text: share.map_or_else(|| ctx.word(missing), |share| percent(ctx, share)),
        bound: Bound::Exact,
        points: Vec::new(),
    }
}

/// What there is to see: whose share grows most. What has no share on one side is no growth.
fn title(ctx: &Context, list: &[&Compared]) -> String {
    let growing = list.iter().filter(|row| row.difference().is_some_and(|one| one > rust_decimal::Decimal::ZERO));
    let most = growing.max_by_key(|row| row.difference());
    let has_both = list.iter().all(|row| row.now_share.is_some() && row.proposed_share.is_some());
    let Some((row, now, proposed)) = most.and_then(|row| Some((row, row.now_share?, row.proposed_share?))) else {
        return ctx.word(if has_both { "costs-figure-none" } else { "costs-figure-shares" });
    };
    let (name, now, proposed) = (bare(called(ctx, &row.carried)), percent(ctx, now), percent(ctx, proposed));
    let key = if has_both { "costs-figure" } else { "costs-figure-of-both" };
    ctx.words.fill(key, &[("name", &name), ("now", &now), ("proposed", &proposed)])
}

fn alternative(ctx: &Context, list: &[&Compared]) -> String {
    let one = |row: &&Compared| {
        let now = row.now_share.map_or_else(|| ctx.word("costs-nothing-before"), |share| percent(ctx, share));
        let missing = missing(ctx, &row.carried);
        let proposed = row.proposed_share.map_or_else(|| ctx.word(missing), |share| percent(ctx, share));
        let name = bare(called(ctx, &row.carried));
        ctx.words.fill("costs-figure-item", &[("name", &name), ("now", &now), ("proposed", &proposed)])
    };
    let said: Vec<String> = list.iter().map(one).collect();
    ctx.words.fill("costs-figure-alternative", &[("list", &said.join(&ctx.semicolon()))])
}

fn csv(ctx: &Context, list: &[&Compared], of: &Comparison) -> Vec<Vec<String>> {
    let heads = ["costs-element", "costs-now", "costs-share-now", "costs-proposed", "costs-share-proposed", "basis"];
    let mut rows = vec![heads.map(|key| ctx.word(key)).to_vec()];
    let number = |value: Option<rust_decimal::Decimal>, decimals: u32| {
        value.map(|one| format!("{one:.0$}", decimals as usize)).unwrap_or_default()
    };
    for row in list {
        let now = row.now.as_ref();
        let bases = [now.and_then(|one| one.basis), row.proposed_basis];
        let basis = crate::analysis::computed(bases);
        rows.push(vec![
            bare(called(ctx, &row.carried)),
            number(now.map(|one| one.printed), of.now_decimals),
            number(row.now_share, 1),
            number(row.proposed, of.proposed_decimals),
            number(row.proposed_share, 1),
            ctx.word(&format!("basis-{}", basis.word())),
        ]);
    }
    rows
}
