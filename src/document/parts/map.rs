//! The strategic map: how it is now, at each level of work, beside its earlier versions, and as each region sees it.

mod draw;
mod levels;
mod overlays;
mod versions;

use super::super::context::{Context, join};
use super::super::draft::*;
use super::super::table;
use super::structure;
use crate::analysis::basis_of;
use crate::analysis::map::{self, Pointer, Shape, Spot};
use crate::model::Item;
use crate::model::format::{Basis, StrategicMap};

/// Name of the file with the data of the present map.
const FILE: &str = "strategic-map.csv";

pub(super) fn chapter(ctx: &Context) -> Option<Section> {
    let shape = map::present(ctx.plan);
    let mut chapter = table::section(ctx.node("part-map", "map", ""), title(ctx, &shape));
    let settings = map::settings(ctx.plan);
    if let Some(item) = settings {
        let id = item.data.id.as_str();
        chapter.blocks.extend(table::numbered(ctx, id, "description", item.data.description.as_ref()));
    }
    let view = draw::View { id: "part-map_map", file: FILE, title: name(ctx), ..draw::View::default() };
    chapter.blocks.extend(draw::map(ctx, &shape, view));
    chapter.blocks.extend(known_from(ctx, &shape));
    chapter.blocks.extend(arrows(ctx, &shape));
    chapter.sections.extend(levels::sections(ctx, &shape));
    if let Some(item) = settings {
        chapter.sections.extend(item.data.versions.iter().map(|one| versions::section(ctx, item, one)));
        chapter.sections.extend(item.data.overlays.iter().map(|one| overlays::section(ctx, item, one)));
    }
    table::unless_empty(chapter)
}

/// The map on the first page of the HTML version, leading to its chapter.
pub(in super::super) fn front(ctx: &Context) -> Option<Block> {
    if !ctx.has_part("map") {
        return None;
    }
    let link = vec![Inline::Reference { target: "part-map".to_string(), inlines: name(ctx) }];
    draw::map(ctx, &map::present(ctx.plan), draw::View { id: "front_map", title: link, ..draw::View::default() })
}

/// The title of the chapter, with the marks of the map. A map with anything illustrative on it is illustrative, here as in
/// its caption.
fn title(ctx: &Context, shape: &Shape) -> Vec<Inline> {
    match map::settings(ctx.plan) {
        Some(item) => {
            let of_map = if draw::is_made_up(shape) { Some(Basis::Illustrative) } else { basis_of(item) };
            ctx.open_mark(item, ctx.marked(ctx.inlines(&item.data.title), of_map))
        }
        None => ctx.fixed("part-map"),
    }
}

fn name(ctx: &Context) -> Vec<Inline> {
    match map::settings(ctx.plan) {
        Some(item) => ctx.inlines(&item.data.title),
        None => ctx.fixed("part-map"),
    }
}

/// Where the map shows what is known from only the text adopted later, that is said.
fn known_from(ctx: &Context, shape: &Shape) -> Option<Block> {
    let later = |one: &Spot| {
        let layer = ctx.plan.layers.iter().any(|layer| *layer.data.id == *one.layer && layer.data.as_adopted);
        layer || one.element.is_some_and(|item| item.data.as_adopted)
    };
    let title = if shape.boxes.iter().any(later) { structure::as_adopted_title(ctx) } else { Vec::new() };
    table::facts(ctx, "part-map", vec![("known-from", title)])
}

/// What supports what, and how.
fn arrows(ctx: &Context, shape: &Shape) -> Option<Block> {
    let rows = shape.arrows.iter().map(|one| arrow(ctx, shape, one)).collect();
    let text = ColumnKind::Text;
    let heads = [(text, "map-from"), (text, "map-to"), (text, "rationale")];
    table::grouped(table::table(ctx, "arrows", "map-arrows", &heads, rows))
}

fn arrow(ctx: &Context, shape: &Shape, one: &Pointer) -> Row {
    let basis = |id: &str| shape.boxes.iter().find(|one| one.id == id).and_then(|one| one.basis);
    let end = |id: &str| ctx.marked(ctx.link(id), basis(id));
    let why = match one.is_parent {
        true => ctx.fixed("map-parent"),
        false => ctx.opt(one.rationale),
    };
    let origin = format!("{}/links/{}", one.from, one.to);
    let cells = vec![end(one.from), end(one.to), ctx.marked(why, one.basis)];
    table::row(ctx.node("", "arrow", if one.is_parent { String::new() } else { origin }), cells)
}

/// Basis of what stands in the map and does not say its own.
fn own_basis(
    map: &Item<StrategicMap>,
    own: Option<crate::model::format::Basis>,
) -> Option<crate::model::format::Basis> {
    own.or(map.data.basis)
}

/// "Strategic Objectives, Cooperation": the row and the group of a box.
fn place(ctx: &Context, place: &map::Place) -> Vec<Inline> {
    let layer = ctx.plan.layers.iter().find(|layer| *layer.data.id == *place.layer);
    let name = layer.map(|layer| ctx.inlines(&layer.data.plural)).unwrap_or_default();
    let group = place.group.and_then(|id| layer?.data.groups.iter().find(|group| *group.id == *id));
    join([name, group.map(|group| ctx.inlines(&group.title)).unwrap_or_default()], ", ")
}

/// The plain name of a box: its code, else its title.
fn short(ctx: &Context, shape: &Shape, id: &str) -> String {
    let found = shape.boxes.iter().find(|one| one.id == id);
    let code = found.and_then(|one| one.element).map(|item| ctx.code_text(item.data.code.as_ref())).unwrap_or_default();
    match (code.is_empty(), found) {
        (false, _) => code,
        (true, Some(one)) => ctx.say(one.title).text,
        (true, None) => plain(&ctx.called(id)),
    }
}

#[cfg(test)]
mod tests;
