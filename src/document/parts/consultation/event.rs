//! One event: its record, its agenda, what was said there.

use super::super::super::context::{Context, join};
use super::super::super::draft::*;
use super::super::super::table;
use super::{counts, said};
use crate::analysis::{self, basis_of};
use crate::model::Item;
use crate::model::format::{Basis, Count, Event, EventKind, EventState, RecordKind};

/// A value, or the words for one that should be there. An event that is still to come has no record yet; where nobody
/// met, there is nothing to record. `fields` are those of which the value is made.
pub(super) fn recorded(ctx: &Context, item: &Item<Event>, fields: &[&str], value: Vec<Inline>) -> Vec<Inline> {
    let met = matches!(item.data.kind, EventKind::Workshop | EventKind::Meeting);
    match value.is_empty() && met && item.data.state != EventState::Planned {
        true => ctx.missing(&item.data.id, fields, "not-recorded"),
        false => value,
    }
}

/// Where it was, or that it had no place.
pub(in super::super) fn at(ctx: &Context, event: &Event) -> Vec<Inline> {
    let online = if event.is_virtual { ctx.fixed("virtual") } else { Vec::new() };
    join([ctx.opt(event.place.as_ref()), online], ", ")
}

/// How many came, and of how many: without a base, no share can be told.
pub(in super::super) fn coverage(ctx: &Context, count: &Count, basis: Option<Basis>) -> Vec<Inline> {
    let base = if count.base.is_none() { ctx.fixed("base-not-recorded") } else { Vec::new() };
    join([ctx.count(count, basis), base], ", ")
}

/// The attendance in use, then what other sources say.
pub(in super::super) fn attendance(ctx: &Context, item: &Item<Event>) -> Vec<Inline> {
    let basis = basis_of(item);
    let list = &item.data.attendance;
    let Some(chosen) = list.iter().find(|count| count.chosen) else {
        return join(list.iter().map(|count| coverage(ctx, count, basis)), &ctx.semicolon());
    };
    let others = list.iter().filter(|count| !count.chosen).map(|count| {
        let by = join(count.source.list.iter().map(|id| ctx.link(id)), &ctx.semicolon());
        join([ctx.count(count, basis), by], ", ")
    });
    let others = table::labelled(ctx, "other-source", join(others, &ctx.semicolon()));
    join([coverage(ctx, chosen, basis), others], &ctx.semicolon())
}

pub(super) fn section(ctx: &Context, item: &Item<Event>) -> Section {
    let data = &item.data;
    let id = data.id.as_str();
    let basis = basis_of(item);
    let mut section = table::section(ctx.node(id, "event", id), ctx.title(item, &data.title));
    section.page = format!("consultation/{id}.html");
    let cycle = data.cycle.as_ref().map(|id| ctx.link(id)).unwrap_or_default();
    section.blocks.extend(table::facts(
        ctx,
        id,
        vec![
            ("cycle", cycle),
            ("region", data.region.as_ref().map(|id| ctx.link(id)).unwrap_or_default()),
            ("status", ctx.fixed(&format!("event-state-{}", data.state.word()))),
            ("place", recorded(ctx, item, &["place"], at(ctx, data))),
            ("dates", recorded(ctx, item, &["dates"], ctx.date_opt(data.dates.as_ref()))),
            ("chairs", recorded(ctx, item, &["chairs"], ctx.people(&data.chairs, basis))),
            ("host", ctx.opt(data.host.as_ref())),
            ("keynotes", ctx.people(&data.keynotes, basis)),
            ("attendance", recorded(ctx, item, &["attendance"], attendance(ctx, item))),
            ("observers", ctx.opt(data.observers.as_ref())),
            ("related-meeting", ctx.opt(data.related_meeting.as_ref())),
            ("mandated-by", data.decision.as_ref().map(|id| ctx.link(id)).unwrap_or_default()),
            ("points-standing", stands(ctx, id)),
            ("sources", ctx.sources(item)),
        ],
    ));
    section.blocks.extend(table::numbered(ctx, id, "summary", data.summary.as_ref()));
    let agenda = agenda(ctx, data).into_iter().collect();
    add(ctx, &mut section, id, "agenda", agenda);
    let mut inner = table::titled(ctx, &format!("{id}_suggestions"), "suggestions", "suggestions");
    said::answers(ctx, id, &ctx.related().at_event(id), &mut inner);
    section.sections.extend(table::unless_empty(inner));
    for (kind, key) in [(RecordKind::Remark, "remarks"), (RecordKind::Presentation, "presentations")] {
        let blocks = said::records(ctx, id, kind, key);
        add(ctx, &mut section, id, key, blocks);
    }
    section
}

fn add(ctx: &Context, section: &mut Section, id: &str, key: &str, blocks: Vec<Block>) {
    if !blocks.is_empty() {
        let mut inner = table::titled(ctx, &format!("{id}_{key}"), key, key);
        inner.blocks = blocks;
        section.sections.push(inner);
    }
}

/// How the points made here stand; nothing where there are none.
fn stands(ctx: &Context, id: &str) -> Vec<Inline> {
    counts::standings(ctx, &analysis::tally(ctx.related().at_event(id).into_iter()))
}

fn agenda(ctx: &Context, event: &Event) -> Option<Block> {
    let id = event.id.as_str();
    let items: Vec<ListItem> = event
        .agenda
        .iter()
        .map(|one| {
            let origin = format!("{id}/agenda/{}", one.id);
            let text = table::paragraph(ctx, "agenda", &origin, ctx.inlines(&one.title));
            ListItem { node: ctx.node("", "agenda", origin), blocks: text.into_iter().collect() }
        })
        .collect();
    (!items.is_empty()).then(|| Block::List {
        node: ctx.node("", "agenda", format!("{id}/agenda")),
        ordered: true,
        start: 1,
        items,
    })
}
