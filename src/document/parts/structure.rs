//! The strategic map in words: layers, groups, elements; and the priorities across them.

use super::super::context::{Context, join, lines};
use super::super::draft::*;
use super::super::{prose, table};
use super::{consultation, scan, tracks, work};
use crate::analysis;
use crate::model::format::{Element, Layer, Priority, Text};
use crate::model::{Item, order};

/// Codes in the order in which people count: SO2 before SO10.
pub(super) fn code_key(ctx: &Context, order: Option<u32>, code: Option<&Text>) -> order::OrderKey {
    order::order_key(ctx.source, order, code)
}

/// The elements of a layer in the order in which they are printed.
fn elements<'a>(ctx: &Context<'a>, layer: &str) -> Vec<&'a Item<Element>> {
    order::elements_of(ctx.plan, layer)
}

/// All elements, layer by layer.
pub(super) fn in_order<'a>(ctx: &Context<'a>) -> Vec<&'a Item<Element>> {
    let layers = ctx.plan.layers.iter();
    layers.flat_map(|layer| elements(ctx, &layer.data.id)).collect()
}

/// Where an item is known from only the text adopted later, that is said with it.
fn known_from(ctx: &Context, as_adopted: bool) -> Vec<Inline> {
    match as_adopted {
        true => as_adopted_title(ctx),
        false => Vec::new(),
    }
}

/// What the plan calls the text adopted later.
pub(super) fn as_adopted_title(ctx: &Context) -> Vec<Inline> {
    let own = ctx.opt(ctx.plan.plan.as_adopted.as_ref());
    if own.is_empty() { ctx.fixed("as-adopted") } else { own }
}

pub(super) fn chapter(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-structure", "structure", "part-structure");
    chapter.sections = ctx.plan.layers.iter().filter_map(|item| layer(ctx, item)).collect();
    table::unless_empty(chapter)
}

fn layer(ctx: &Context, item: &Item<Layer>) -> Option<Section> {
    let data = &item.data;
    let id = data.id.as_str();
    let all = elements(ctx, id);
    let mut section = table::section(ctx.node(id, "layer", id), ctx.title(item, &data.plural));
    section.page = format!("layers/{id}.html");
    section.blocks.extend(table::numbered(ctx, id, "description", data.description.as_ref()));
    section.blocks.extend(table::facts(ctx, id, vec![("known-from", known_from(ctx, data.as_adopted))]));
    let mut placed = std::collections::BTreeSet::new();
    for group in &data.groups {
        let of_group = |one: &&&Item<Element>| one.data.group.as_ref() == Some(&group.id);
        let inside: Vec<_> = all.iter().filter(of_group).collect();
        if inside.is_empty() {
            continue;
        }
        let title = ctx.marked(ctx.inlines(&group.title), group.basis.or(item.file_basis));
        let mut inner = table::section(ctx.node(group.id.as_str(), "group", group.id.as_str()), title);
        for one in inside {
            placed.insert(one.data.id.as_str());
            inner.sections.push(element(ctx, one));
        }
        section.sections.push(inner);
    }
    let loose = all.iter().filter(|one| !placed.contains(one.data.id.as_str()));
    section.sections.extend(loose.map(|one| element(ctx, one)));
    table::unless_empty(section)
}

fn element(ctx: &Context, item: &Item<Element>) -> Section {
    let data = &item.data;
    let id = data.id.as_str();
    let mut section = table::section(ctx.node(id, "element", id), ctx.title(item, &data.title));
    section.code = ctx.code_text(data.code.as_ref());
    section.page = format!("elements/{id}.html");
    let links = data.links.iter().map(|link| {
        let mut out = ctx.link(&link.to);
        let why = ctx.opt(link.rationale.as_ref());
        if !why.is_empty() {
            out.push(Inline::text(" – "));
            out.extend(why);
        }
        ctx.marked(out, link.basis)
    });
    let mut from = ctx.related().supporting(id).to_vec();
    let place = |id: &str| ctx.plan.layers.iter().position(|layer| *layer.data.id == *id);
    from.sort_by_cached_key(|other| (place(&other.data.layer), ctx.code_text(other.data.code.as_ref())));
    let from = from.into_iter().map(|other| ctx.link(&other.data.id));
    let layer = ctx.plan.layers.iter().find(|layer| layer.data.id == data.layer);
    section.blocks.extend(
        table::facts(
            ctx,
            id,
            vec![
                ("layer", layer.map(|layer| ctx.inlines(&layer.data.name)).unwrap_or_default()),
                ("parent", data.parent.as_ref().map(|id| ctx.link(id)).unwrap_or_default()),
                ("priorities", ctx.links(&data.priorities)),
                ("owner", data.owner.as_ref().map(|id| ctx.link(id)).unwrap_or_default()),
                ("levels", ctx.levels(&data.levels)),
                ("links", lines(links)),
                ("linked-from", join(from, &ctx.semicolon())),
                ("known-from", known_from(ctx, data.as_adopted)),
                ("date", ctx.date_opt(data.date.as_ref())),
                ("sources", ctx.sources(item)),
            ],
        )
        .map(|facts| table::with_role(facts, "card")),
    );
    prose::add(ctx, item, true, &mut section);
    section.blocks.extend(work::activities_short(ctx, id));
    section.blocks.extend(work::indicators_short(ctx, id));
    section.blocks.extend(tracks::of_element(ctx, id));
    section.blocks.extend(scan::answers_short(ctx, id));
    shaped_by(ctx, id, &mut section);
    section
}

/// Suggestions whose answer changed this item, and from which regions they came.
fn shaped_by(ctx: &Context, id: &str, section: &mut Section) {
    let points = ctx.related().shaping(id);
    consultation::points_short(ctx, id, ("shaped", "shaped-by", "shaped-by"), &points, section);
}

/// The second axis: priorities, themes apart, and what touches each.
pub(super) fn priorities(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-priorities", "priorities", "part-priorities");
    let (themes, own): (Vec<_>, Vec<_>) = ctx.plan.priorities.iter().partition(|item| item.data.theme);
    let overview = |caption: &str, list: &[&Item<Priority>]| {
        let rows = list
            .iter()
            .map(|item| {
                let name = ctx.marked(ctx.link(&item.data.id), analysis::basis_of(item));
                let cells = vec![name, ctx.levels(&item.data.levels)];
                table::row(ctx.node("", "priority", item.data.id.as_str()), cells)
            })
            .collect();
        let heads = [(ColumnKind::Text, "title"), (ColumnKind::Text, "levels")];
        table::table(ctx, "priorities", caption, &heads, rows)
    };
    chapter.blocks.extend(overview("part-priorities", &own));
    chapter.sections.extend(own.iter().map(|item| priority(ctx, item)));
    let mut apart = table::titled(ctx, "part-priorities_themes", "themes", "themes");
    apart.blocks.extend(overview("themes", &themes));
    apart.sections.extend(themes.iter().map(|item| priority(ctx, item)));
    chapter.sections.extend(table::unless_empty(apart));
    table::unless_empty(chapter)
}

fn priority(ctx: &Context, item: &Item<Priority>) -> Section {
    let data = &item.data;
    let id = data.id.as_str();
    let mut section = table::section(ctx.node(id, "priority", id), ctx.title(item, &data.title));
    section.code = ctx.code_text(data.code.as_ref());
    section.page = format!("priorities/{id}.html");
    section.blocks.extend(table::numbered(ctx, id, "description", data.description.as_ref()));
    let elements = in_order(ctx).into_iter().filter(|one| one.data.priorities.contains(&data.id));
    let elements = elements.map(|one| ctx.link(&one.data.id));
    let activities = work::in_order(ctx).into_iter().filter(|one| one.data.priorities.contains(&data.id));
    let activities = activities.map(|one| ctx.link(&one.data.id));
    let mapping = ctx.plan.predecessor.iter().flat_map(|before| &before.mapping);
    let before = mapping.filter(|one| one.to.iter().any(|target| target.to == data.id));
    let before = before.filter_map(|one| one.from.as_ref()).map(|id| ctx.link(id));
    let about = ctx.related().about(id);
    let tally = analysis::tally(about.iter().copied());
    section.blocks.extend(table::facts(
        ctx,
        id,
        vec![
            ("levels", ctx.levels(&data.levels)),
            ("elements", join(elements, &ctx.semicolon())),
            ("activities", join(activities, &ctx.semicolon())),
            ("predecessor", join(before, &ctx.semicolon())),
            ("points-standing", consultation::standings(ctx, &tally)),
            ("known-from", known_from(ctx, data.as_adopted)),
            ("date", ctx.date_opt(data.date.as_ref())),
            ("sources", ctx.sources(item)),
        ],
    ));
    section.blocks.extend(scan::answers_short(ctx, id));
    consultation::points_short(ctx, id, ("priorities", "about-points", "suggestions-about"), &about, &mut section);
    // What is listed above says itself what it changed.
    let known: std::collections::BTreeSet<&str> = about.iter().map(|point| point.id()).collect();
    let shaping = ctx.related().shaping(id).into_iter().filter(|point| !known.contains(point.id())).collect::<Vec<_>>();
    consultation::points_short(ctx, id, ("shaped", "shaped-by", "shaped-by"), &shaping, &mut section);
    section
}
