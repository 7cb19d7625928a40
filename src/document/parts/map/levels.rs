//! The map at one level of work: the same map without what is not meant at that level, and the activities there.

use super::super::super::context::{Context, join};
use super::super::super::draft::*;
use super::super::super::table;
use super::super::work;
use super::draw;
use crate::analysis::basis_of;
use crate::analysis::map::{self, Shape};
use crate::model::format::Level;

pub(super) fn sections(ctx: &Context, whole: &Shape) -> Vec<Section> {
    let levels = map::levels(ctx.plan);
    match levels.len() {
        0 | 1 => Vec::new(),
        _ => levels.into_iter().filter_map(|level| section(ctx, whole, level)).collect(),
    }
}

fn section(ctx: &Context, whole: &Shape, level: Level) -> Option<Section> {
    let shape = map::at_level(whole, level);
    let key = format!("map-view-{}", level.word());
    let id = format!("part-map_{}", level.word());
    let mut section = table::section(ctx.node(id.clone(), "map-view", ""), ctx.fixed(&key));
    section.page = format!("map/level_{}.html", level.word());
    let all = shape.boxes.len() == whole.boxes.len() && shape.band.len() == whole.band.len();
    match all {
        // The map itself is this view.
        true => section.blocks.extend(table::paragraph(ctx, "lead", "", ctx.fixed("map-view-whole"))),
        false => {
            let file = format!("strategic-map-level_{}.csv", level.word());
            let id = format!("{id}_map");
            let view = draw::View { id: &id, file: &file, title: ctx.fixed(&key), ..draw::View::default() };
            section.blocks.extend(draw::map(ctx, &shape, view));
        }
    }
    section.blocks.extend(activities(ctx, &shape, level));
    table::unless_empty(section)
}

/// What is done at this level, element by element; nothing where nothing is done at it at all.
fn activities(ctx: &Context, shape: &Shape, level: Level) -> Option<Block> {
    // Only who sees everything may read that there is none.
    let none = if work::sees_all(ctx) { "map-no-activities" } else { "map-no-activities-shown" };
    let mut any = false;
    let rows = shape
        .boxes
        .iter()
        .map(|one| {
            let meant = work::of_element(ctx, one.id).into_iter().filter(|item| item.data.levels.contains(&level));
            let links = join(meant.map(|item| ctx.marked(ctx.link(&item.data.id), basis_of(item))), &ctx.semicolon());
            let name = ctx.marked(ctx.link(one.id), one.basis);
            any |= !links.is_empty();
            let links = if links.is_empty() { ctx.fixed(none) } else { links };
            table::row(ctx.node("", "element", one.id), vec![name, links])
        })
        .collect();
    if !any {
        return None;
    }
    let text = ColumnKind::Text;
    table::table(ctx, "map-activities", "activities", &[(text, "map-box"), (text, "activities")], rows)
}
