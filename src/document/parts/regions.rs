//! The regions: a table of all, then for each its events with their coverage, its suggestions and the answers.

use rust_decimal::Decimal;

use super::super::context::{Context, join, lines};
use super::super::draft::*;
use super::super::table;
use super::consultation;
use crate::analysis::{self, basis_of};
use crate::model::Item;
use crate::model::format::{Basis, Count, DecimalText, Event, EventState, Qualifier, Region};

pub(super) fn chapter(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-regions", "regions", "part-regions");
    chapter.blocks.extend(overview(ctx));
    chapter.sections.extend(ctx.plan.regions.iter().map(|item| region(ctx, item)));
    table::unless_empty(chapter)
}

fn overview(ctx: &Context) -> Option<Block> {
    let list = &ctx.plan.regions;
    let counts: Vec<&Count> = list.iter().filter_map(|item| item.data.members.as_ref()).collect();
    // The head says what is counted; another unit stands with its number.
    let head = ctx.word("members");
    let plain_count = |count: &Count| match ctx.say_opt(count.unit.as_ref()).text == head {
        true => Count { unit: None, ..count.clone() },
        false => count.clone(),
    };
    let missing = |item: &Item<Region>, field: &str, value: Option<Vec<Inline>>| {
        value.unwrap_or_else(|| ctx.missing(&item.data.id, &[field], "not-recorded"))
    };
    let tally = |id: &str| analysis::tally(ctx.related().of_region(id).into_iter());
    let mut rows: Vec<Row> = list
        .iter()
        .map(|item| {
            let data = &item.data;
            let basis = basis_of(item);
            let cells = vec![
                ctx.code(Some(&data.code)),
                ctx.marked(ctx.link(&data.id), basis),
                missing(item, "members", data.members.as_ref().map(|one| ctx.count(&plain_count(one), basis))),
                missing(item, "vice-chair", data.vice_chair.as_ref().map(|one| ctx.person(one, basis))),
                consultation::figure(ctx, &tally(&data.id).received),
                ctx.sources(item),
            ];
            table::row(ctx.node("", "region", data.id.as_str()), cells)
        })
        .collect();
    let members = sum(&counts).filter(|_| counts.len() == list.len());
    if rows.len() > 1 {
        let all = list.iter().flat_map(|item| ctx.related().of_region(&item.data.id));
        let received = analysis::tally(all).received;
        let cells = vec![
            ctx.fixed("total"),
            Vec::new(),
            members.map(|one| ctx.count(&plain_count(&one), None)).unwrap_or_default(),
            Vec::new(),
            consultation::counted(ctx, &received),
            Vec::new(),
        ];
        rows.push(table::total(ctx, cells));
    }
    let text = ColumnKind::Text;
    let heads = [
        (ColumnKind::Code, "code"),
        (text, "name"),
        (ColumnKind::Number, "members"),
        (text, "vice-chair"),
        (ColumnKind::Number, "suggestions-received"),
        (text, "sources"),
    ];
    table::table(ctx, "regions", "part-regions", &heads, rows)
}

/// The sum of exact counts of the same unit. A sum was added by us, so it is inferred.
fn sum(counts: &[&Count]) -> Option<Count> {
    let first = *counts.first()?;
    let exact = |one: &&&Count| matches!(one.qualifier, None | Some(Qualifier::Exact)) && one.base.is_none();
    if counts.iter().filter(exact).filter(|one| one.unit == first.unit).count() < counts.len() {
        return None;
    }
    let mut total = Decimal::ZERO;
    for one in counts {
        total = total.checked_add(one.value.trim().parse().ok()?)?;
    }
    let basis = analysis::computed(counts.iter().map(|one| one.basis));
    Some(Count { value: DecimalText(total.to_string()), basis: Some(basis), ..first.clone() })
}

/// One region: who speaks for it, its events, how many came, what was said and what became of it.
fn region(ctx: &Context, item: &Item<Region>) -> Section {
    let data = &item.data;
    let id = data.id.as_str();
    let basis: Option<Basis> = basis_of(item);
    let mut section = table::section(ctx.node(id, "region", id), ctx.title(item, &data.name));
    section.code = ctx.code_text(Some(&data.code));
    section.page = format!("regions/{id}.html");
    let points = ctx.related().of_region(id);
    let tally = analysis::tally(points.iter().copied());
    let here = |event: &&Item<Event>| event.data.region.as_deref() == Some(id);
    let events: Vec<&Item<Event>> = ctx.plan.events.iter().filter(here).collect();
    let members = ctx.plan.members.iter().filter(|member| member.data.region.as_deref() == Some(id));
    let facts = vec![
        ("short-name", ctx.opt(data.short_name.as_ref())),
        ("vice-chair", data.vice_chair.as_ref().map(|one| ctx.person(one, basis)).unwrap_or_default()),
        ("members", data.members.as_ref().map(|one| ctx.count(one, basis)).unwrap_or_default()),
        ("members-listed", join(members.map(|member| member_name(ctx, &member.data.id)), &ctx.semicolon())),
        ("suggestions-received", consultation::figure(ctx, &tally.received)),
        ("points-standing", consultation::standings(ctx, &tally)),
        ("region-map", own_map(ctx, id)),
        ("sources", ctx.sources(item)),
    ];
    section.blocks.extend(table::facts(ctx, id, facts));
    section.blocks.extend(held(ctx, &events));
    consultation::points_short(ctx, id, ("regions", "region-points", "suggestions"), &points, &mut section);
    section
}

/// The maps of a region, where the edition prints them.
fn own_map(ctx: &Context, id: &str) -> Vec<Inline> {
    if !ctx.has_part("map") {
        return Vec::new();
    }
    let overlays = ctx.plan.map.iter().flat_map(|map| &map.data.overlays);
    ctx.links(overlays.filter(|one| *one.region == *id).map(|one| &one.id))
}

/// The name of a Member with its code, under its own anchor.
fn member_name(ctx: &Context, id: &str) -> Vec<Inline> {
    let found = ctx.plan.members.iter().find(|member| member.data.id.as_str() == id);
    let Some(member) = found else { return Vec::new() };
    let code = ctx.code(member.data.code.as_ref());
    ctx.marks(member, join([ctx.inlines(&member.data.name), code], ", "))
}

/// The events of a region, each with what it covers: how many came, and of how many.
fn held(ctx: &Context, events: &[&Item<Event>]) -> Option<Block> {
    let rows = events
        .iter()
        .map(|item| {
            let data = &item.data;
            let planned = data.state == EventState::Planned;
            let recorded = |fields: &[&str], value: Vec<Inline>| match value.is_empty() && !planned {
                true => ctx.missing(&data.id, fields, "not-recorded"),
                false => value,
            };
            let state = ctx.fixed(&format!("event-state-{}", data.state.word()));
            let cells = vec![
                lines([ctx.marked(ctx.link(&data.id), basis_of(item)), state]),
                recorded(&["place", "dates"], lines([consultation::at(ctx, data), ctx.date_opt(data.dates.as_ref())])),
                recorded(&["attendance"], consultation::attendance(ctx, item)),
            ];
            table::row(ctx.node("", "region-event", data.id.as_str()), cells)
        })
        .collect();
    let text = ColumnKind::Text;
    table::table(ctx, "region-events", "events", &[(text, "event"), (text, "place-dates"), (text, "attendance")], rows)
}
