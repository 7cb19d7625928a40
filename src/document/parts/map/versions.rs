//! The map now beside an earlier version: what came, went and moved, and the suggestions that caused it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::context::{Context, join, words};
use super::super::super::draft::*;
use super::super::super::table;
use super::{draw, own_basis, place, short};
use crate::analysis::map::{self, Changed, Compared, Difference, Thing};
use crate::model::Item;
use crate::model::format::{MapVersion, StrategicMap, Text};

pub(super) fn section(ctx: &Context, map: &Item<StrategicMap>, version: &MapVersion) -> Section {
    let id = version.id.as_str();
    let title = ctx.marked(ctx.inlines(&version.title), own_basis(map, version.basis));
    let mut section = table::section(ctx.node(id, "map-version", id), title);
    section.page = format!("map/{id}.html");
    let sources = if version.source.is_empty() { &map.data.source } else { &version.source };
    let facts = vec![
        ("map-shown-at", version.event.as_ref().map(|id| ctx.link(id)).unwrap_or_default()),
        ("date", ctx.date_opt(version.date.as_ref())),
        ("sources", ctx.links(sources.iter())),
    ];
    section.blocks.extend(table::facts(ctx, id, facts));
    let compared = map::compare(ctx.plan, version);
    let unknown = map::withheld(ctx.plan, version);
    let held = !unknown.is_empty();
    section.blocks.extend(if compared.changes.is_empty() && held { None } else { summary(ctx, &compared, &unknown) });
    let (file, anchor) = (format!("strategic-map-{id}.csv"), format!("{id}_map"));
    let name = words(ctx.words.fill("map-since", &[("version", &ctx.say(&version.title).text)]));
    let notes = notes(ctx, &compared);
    let view = draw::View { id: &anchor, file: &file, title: name, notes, ..draw::View::default() };
    section.blocks.extend(draw::map(ctx, &compared.shape, view));
    section.blocks.extend(changes(ctx, &compared));
    section.blocks.extend(held.then(|| table::paragraph(ctx, "note", "", ctx.fixed("map-not-compared"))).flatten());
    section
}

/// How many boxes and arrows came, went, moved, were renamed, or stayed as they were. Of those in `unknown` it is not shown
/// where they stood: they are in no count.
fn summary(ctx: &Context, compared: &Compared, unknown: &BTreeSet<&str>) -> Option<Block> {
    if compared.changes.is_empty() {
        return table::paragraph(ctx, "lead", "", ctx.fixed("map-unchanged"));
    }
    let changed = |is_box: bool, difference: Difference| {
        let fits = |one: &&Changed| matches!(one.thing, Thing::Box(_)) == is_box && one.difference == difference;
        compared.changes.iter().filter(fits).count()
    };
    let same = |is_box: bool| match is_box {
        true => {
            let same = compared.shape.boxes.iter().filter(|one| one.difference == Difference::Same);
            same.filter(|one| !unknown.contains(one.id)).count()
        }
        false => {
            let same = compared.shape.arrows.iter().filter(|one| one.difference == Difference::Same);
            same.filter(|one| !unknown.contains(one.from) && !unknown.contains(one.to)).count()
        }
    };
    let mut kinds = vec![
        (Difference::Added, "map-count-added"),
        (Difference::Removed, "map-count-removed"),
        (Difference::Moved, "map-count-moved"),
        (Difference::Renamed, "map-count-renamed"),
        (Difference::Undrawn, "map-undrawn"),
        (Difference::Same, "map-count-same"),
    ];
    // A row that the map has no longer is rare.
    kinds.retain(|(kind, _)| *kind != Difference::Undrawn || changed(true, *kind) > 0);
    let row = |key: &str, is_box: bool| {
        let counts = kinds.iter().map(|(difference, _)| match difference {
            Difference::Same => same(is_box),
            _ => changed(is_box, *difference),
        });
        let cells = counts.map(|count| if count == 0 { Vec::new() } else { table::number(ctx, count as u64) });
        table::row(ctx.node("", "map-count", ""), std::iter::once(ctx.fixed(key)).chain(cells).collect())
    };
    let mut heads = vec![(ColumnKind::Text, "map-on-it")];
    heads.extend(kinds.iter().map(|(_, key)| (ColumnKind::Number, *key)));
    let rows = vec![row("map-boxes", true), row("map-arrow-count", false)];
    table::table(ctx, "map-counts", "map-counts", &heads, rows)
}

/// What is said of the boxes that moved or were called otherwise.
fn notes<'p>(ctx: &Context, compared: &Compared<'p>) -> BTreeMap<&'p str, String> {
    let note = |one: &Changed<'p>| {
        let Thing::Box(id) = one.thing else { return None };
        if one.difference == Difference::Undrawn {
            return Some((id, ctx.word("map-undrawn")));
        }
        let from = one.before.filter(|_| one.difference == Difference::Moved).map(|it| {
            let row = plain(&place(ctx, &it));
            ctx.words.fill("map-from-row", &[("row", &row)])
        });
        let called = one.former_title.map(|title| {
            let title = ctx.say(title).text;
            ctx.words.fill("map-called", &[("title", &title)])
        });
        let parts: Vec<String> = from.into_iter().chain(called).collect();
        (!parts.is_empty()).then(|| (id, parts.join(", ")))
    };
    compared.changes.iter().filter_map(note).collect()
}

/// Every difference, with what caused it.
fn changes(ctx: &Context, compared: &Compared) -> Option<Block> {
    let gone: BTreeSet<&str> =
        compared.shape.boxes.iter().filter(|one| one.difference == Difference::Removed).map(|one| one.id).collect();
    let rows = compared
        .changes
        .iter()
        .map(|one| {
            let (name, anchor) = match one.thing {
                // What is no element has its only place here.
                Thing::Box(id) if gone.contains(id) => (ctx.called(id), id),
                Thing::Box(id) => (ctx.link(id), ""),
                Thing::Arrow(from, to) => {
                    let [from, to] = [from, to].map(|id| short(ctx, &compared.shape, id));
                    (words(ctx.words.fill("map-alt-supports", &[("from", &from), ("to", &to)])), "")
                }
            };
            let arrow = || compared.shape.arrows.iter().find(|it| one.thing == Thing::Arrow(it.from, it.to));
            let found = compared.shape.boxes.iter().find(|it| one.thing == Thing::Box(it.id));
            let basis = found.map_or_else(|| arrow().and_then(|it| it.basis), |it| it.basis);
            let called = |title: &Text| words(ctx.words.fill("map-quoted", &[("title", &ctx.say(title).text)]));
            let stands = |it: Option<map::Place>| {
                it.filter(|_| one.difference != Difference::Renamed).map(|it| place(ctx, &it)).unwrap_or_default()
            };
            let title = compared.shape.boxes.iter().find(|it| one.thing == Thing::Box(it.id)).map(|it| it.title);
            let cells = vec![
                ctx.marked(name, basis),
                ctx.fixed(word(one.difference)),
                join([one.former_title.map(called).unwrap_or_default(), stands(one.before)], ", "),
                join([one.former_title.and(title).map(called).unwrap_or_default(), stands(one.now)], ", "),
                ctx.links_of(one.causes.iter().copied()),
            ];
            table::row(ctx.node(anchor, "map-change", anchor), cells)
        })
        .collect();
    let text = ColumnKind::Text;
    let heads =
        [(text, "map-box-arrow"), (text, "map-change"), (text, "before"), (text, "now"), (text, "supported-by")];
    table::table(ctx, "map-changes", "map-changes", &heads, rows)
}

fn word(difference: Difference) -> &'static str {
    match difference {
        Difference::Added => "map-added",
        Difference::Removed => "map-removed",
        Difference::Moved => "map-moved",
        Difference::Undrawn => "map-undrawn",
        Difference::Same | Difference::Renamed => "map-renamed",
    }
}
