//! The map of a region: what it adds, leaves out and ranks otherwise than the plan.

use std::collections::BTreeMap;

use super::super::super::context::{Context, words};
use super::super::super::draft::*;
use super::super::super::{numbers, table};
use super::{draw, own_basis};
use crate::analysis::map::{self, Difference, Overlaid, Spot, Standing};
use crate::model::Item;
use crate::model::format::{Basis, MapOverlay, Ranking, StrategicMap};

pub(super) fn section(ctx: &Context, map: &Item<StrategicMap>, overlay: &MapOverlay) -> Section {
    let id = overlay.id.as_str();
    let title = ctx.marked(ctx.inlines(&overlay.title), own_basis(map, overlay.basis));
    let mut section = table::section(ctx.node(id, "map-overlay", id), title);
    section.page = format!("map/{id}.html");
    let sources = if overlay.source.is_empty() { &map.data.source } else { &overlay.source };
    let ranking = overlay.ranking.as_ref();
    let facts = vec![
        ("region", ctx.link(&overlay.region)),
        ("map-made-at", overlay.event.as_ref().map(|id| ctx.link(id)).unwrap_or_default()),
        ("date", ctx.date_opt(overlay.date.as_ref())),
        ("map-measures", ctx.opt(ranking.map(|one| &one.measures))),
        ("map-measures-plan", ctx.opt(ranking.and(map.data.ranking.as_ref()).map(|one| &one.measures))),
        ("sources", ctx.links(sources.iter().chain(ranking.iter().flat_map(|one| one.source.iter())))),
    ];
    section.blocks.extend(table::facts(ctx, id, facts));
    section.blocks.extend(table::numbered(ctx, id, "description", overlay.description.as_ref()));
    let laid = map::overlay(ctx.plan, overlay);
    let (file, anchor) = (format!("strategic-map-{id}.csv"), format!("{id}_map"));
    let notes = laid.shape.boxes.iter().filter_map(|one| Some((one.id, note(ctx, &laid, one.id)?))).collect();
    let view = draw::View { id: &anchor, file: &file, title: ctx.inlines(&overlay.title), notes, gone: "map-dropped" };
    section.blocks.extend(draw::map(ctx, &laid.shape, view));
    section.blocks.extend(differences(ctx, overlay, &laid, map.data.ranking.as_ref()));
    section.blocks.extend(unlisted(ctx, &laid));
    section.blocks.extend(among_those_shown(ctx, map, overlay));
    section
}

/// "place 2; in the plan 3".
fn note(ctx: &Context, laid: &Overlaid, id: &str) -> Option<String> {
    let own = place(ctx, laid.region.get(id)?);
    Some(match laid.plan.get(id).filter(|_| laid.is_reranked(id)) {
        Some(other) => {
            let other = place(ctx, other);
            ctx.words.fill("map-place-other", &[("place", &own), ("other", &other)])
        }
        None => ctx.words.fill("map-place", &[("place", &own)]),
    })
}

fn place(ctx: &Context, standing: &Standing) -> String {
    table::rank(ctx, standing.place, standing.tied)
}

/// Where a value is withheld, the places are others than those that who sees all of them reads.
fn among_those_shown(ctx: &Context, map: &Item<StrategicMap>, overlay: &MapOverlay) -> Option<Block> {
    let short = |id: &str| ctx.plan.withheld.rankings.contains(id);
    let is_told = overlay.ranking.is_some() && (short(&overlay.id) || short(&map.data.id));
    is_told.then(|| table::paragraph(ctx, "note", "", ctx.fixed("map-places-shown"))).flatten()
}

/// What is added, left out or ranked, in the order of the region.
fn differences(ctx: &Context, overlay: &MapOverlay, laid: &Overlaid, plan: Option<&Ranking>) -> Option<Block> {
    let reasons: BTreeMap<&str, _> =
        overlay.dropped.iter().map(|one| (one.element.as_str(), one.reason.as_ref())).collect();
    let mut boxes: Vec<&Spot> = laid.shape.boxes.iter().collect();
    boxes.retain(|one| one.difference != Difference::Same || laid.region.contains_key(one.id) && !is_alike(laid, one));
    boxes.sort_by_key(|one| laid.region.get(one.id).map_or(usize::MAX, |it| it.place));
    let rows = boxes
        .into_iter()
        .map(|one| {
            let what = match one.difference {
                Difference::Added => ctx.fixed("map-added"),
                Difference::Removed => ctx.fixed("map-dropped"),
                _ if laid.is_reranked(one.id) => ctx.fixed("map-reranked"),
                _ => Vec::new(),
            };
            let why = ctx.opt(reasons.get(one.id).copied().flatten());
            let (name, anchor) = match one.element {
                Some(_) => (ctx.link(one.id), ""),
                None => (ctx.called(one.id), one.id),
            };
            let mut cells = vec![ctx.marked(name, one.basis), what, why];
            cells.extend(standing(ctx, laid.region.get(one.id), laid.region_basis));
            cells.extend(standing(ctx, laid.plan.get(one.id), laid.plan_basis));
            table::row(ctx.node(anchor, "map-change", anchor), cells)
        })
        .collect();
    let text = ColumnKind::Text;
    let figures = ColumnKind::Number;
    let mut heads = vec![(text, "map-box"), (text, "map-change"), (text, "reason")];
    heads.extend([(figures, "map-region-value"), (figures, "map-region-place")]);
    if plan.is_some() && overlay.ranking.is_some() {
        heads.extend([(figures, "map-plan-value"), (figures, "map-plan-place")]);
    }
    let rows: Vec<Row> = rows;
    let rows = rows.into_iter().map(|mut row| {
        row.cells.truncate(heads.len());
        row
    });
    table::table(ctx, "map-changes", "map-differences", &heads, rows.collect())
}

/// True for a box that stands for the region as it does in the plan, at the same place.
fn is_alike(laid: &Overlaid, one: &Spot) -> bool {
    let ranked = laid.region.contains_key(one.id) && laid.plan.contains_key(one.id);
    one.difference == Difference::Same && ranked && !laid.is_reranked(one.id)
}

/// How many boxes have the same place, so that the table leaves them out.
fn unlisted(ctx: &Context, laid: &Overlaid) -> Option<Block> {
    let count = laid.shape.boxes.iter().filter(|one| is_alike(laid, one)).count();
    let text = ctx.words.fill("map-alike", &[("count", &numbers::print(&count.to_string(), ctx.lang))]);
    table::paragraph(ctx, "note", "", if count == 0 { Vec::new() } else { words(text) })
}

/// Value and place of a box in a ranking.
fn standing(ctx: &Context, standing: Option<&Standing>, basis: Option<Basis>) -> [Vec<Inline>; 2] {
    let Some(one) = standing else { return [Vec::new(), Vec::new()] };
    [numbers::print(&one.value, ctx.lang), place(ctx, one)].map(|text| ctx.marked(words(text), basis))
}
