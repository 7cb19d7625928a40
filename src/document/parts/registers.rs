//! Registers as tables: regions, the calendar, the glossary, the sources.

use super::super::context::{Context, join, words};
use super::super::draft::*;
use super::super::{dates, table};
use crate::analysis::{self, basis_of};
use crate::model::Item;
use crate::model::format::{Basis, Event, Term};

pub(super) fn regions(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-regions", "regions", "part-regions");
    let mut rows = Vec::new();
    for item in &ctx.plan.regions {
        let data = &item.data;
        let basis = basis_of(item);
        let members = data.members.as_ref().map(|one| ctx.count(one, basis));
        let chair = data.vice_chair.as_ref().map(|one| ctx.person(one, basis));
        let received = analysis::received_from(ctx.plan, &data.id);
        let mark = Some(received.basis).filter(|basis| *basis == Basis::Illustrative);
        let cells = vec![
            ctx.code(Some(&data.code)),
            ctx.title(item, &data.name),
            members.unwrap_or_default(),
            chair.unwrap_or_default(),
            ctx.marked(table::number(ctx, received.value), mark),
            ctx.sources(item),
        ];
        rows.push(table::row(ctx.node(data.id.as_str(), "region", data.id.as_str()), cells));
    }
    let text = ColumnKind::Text;
    let heads = [
        (ColumnKind::Code, "code", 1),
        (text, "name", 3),
        (text, "members", 2),
        (text, "vice-chair", 3),
        (ColumnKind::Number, "suggestions-received", 1),
        (text, "sources", 2),
    ];
    chapter.blocks.extend(table::table(ctx, "regions", "part-regions", &heads, rows));
    table::unless_empty(chapter)
}

/// Who governs, and what happened and will happen, in the order of dates.
pub(super) fn process(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-process", "process", "part-process");
    let mut add = |key: &str, block: Option<Block>| {
        if let Some(block) = block {
            let mut inner = table::titled(ctx, &format!("part-process_{key}"), key, key);
            inner.blocks.push(block);
            chapter.sections.push(inner);
        }
    };
    add("calendar", calendar(ctx));
    add("decisions", decisions(ctx));
    add("bodies", bodies(ctx));
    table::unless_empty(chapter)
}

fn calendar(ctx: &Context) -> Option<Block> {
    let mut rows: Vec<((i32, u8, u8), Row)> = Vec::new();
    for item in &ctx.plan.meetings {
        let data = &item.data;
        let name = join([ctx.link(&data.body), ctx.title(item, &data.title)], ", ");
        let cells =
            vec![words(ctx.date(&data.dates)), name, ctx.opt(data.place.as_ref()), ctx.opt(data.summary.as_ref())];
        let row = table::row(ctx.node(data.id.as_str(), "meeting", data.id.as_str()), cells);
        rows.push((dates::sort_key(&data.dates), row));
    }
    let dated = |item: &&Item<Event>| item.data.dates.is_some();
    for item in ctx.plan.events.iter().filter(dated) {
        let data = &item.data;
        let date = data.dates.as_ref();
        let cells = vec![
            ctx.date_opt(date),
            ctx.marked(ctx.link(&data.id), basis_of(item)),
            ctx.opt(data.place.as_ref()),
            Vec::new(),
        ];
        let row = table::row(ctx.node("", "event", data.id.as_str()), cells);
        rows.push((date.map(|date| dates::sort_key(date)).unwrap_or_default(), row));
    }
    rows.sort_by_key(|(key, _)| *key);
    let text = ColumnKind::Text;
    let heads = [(text, "date", 2), (text, "meeting", 3), (text, "place", 2), (text, "what", 4)];
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    table::table(ctx, "calendar", "calendar", &heads, rows)
}

fn decisions(ctx: &Context) -> Option<Block> {
    let mut rows: Vec<((i32, u8, u8), Row)> = Vec::new();
    for item in &ctx.plan.decisions {
        let data = &item.data;
        let meeting = ctx.plan.meetings.iter().find(|one| data.meeting.as_ref() == Some(&one.data.id));
        let date = data.date.as_ref().or(meeting.map(|one| &one.data.dates));
        let cells = vec![
            ctx.date_opt(date),
            ctx.title(item, &data.title),
            ctx.opt(data.text.as_ref()),
            data.meeting.as_ref().map(|id| ctx.link(id)).unwrap_or_default(),
            ctx.sources(item),
        ];
        let row = table::row(ctx.node(data.id.as_str(), "decision", data.id.as_str()), cells);
        let key = date.map_or((i32::MAX, 0, 0), |date| dates::sort_key(date));
        rows.push((key, row));
    }
    rows.sort_by_key(|(key, _)| *key);
    let text = ColumnKind::Text;
    let heads =
        [(text, "date", 2), (text, "decision", 3), (text, "what", 4), (text, "meeting", 2), (text, "sources", 2)];
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    table::table(ctx, "decisions", "decisions", &heads, rows)
}

fn bodies(ctx: &Context) -> Option<Block> {
    let rows = ctx
        .plan
        .bodies
        .iter()
        .map(|item| {
            let data = &item.data;
            let seats = data.seats.as_ref().map(|one| ctx.count(one, basis_of(item)));
            let cells = vec![
                ctx.title(item, &data.name),
                ctx.opt(data.description.as_ref()),
                seats.unwrap_or_default(),
                ctx.sources(item),
            ];
            table::row(ctx.node(data.id.as_str(), "body", data.id.as_str()), cells)
        })
        .collect();
    let text = ColumnKind::Text;
    let heads = [(text, "body", 2), (text, "description", 4), (text, "seats", 1), (text, "sources", 2)];
    table::table(ctx, "bodies", "bodies", &heads, rows)
}

pub(super) fn glossary(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-glossary", "glossary", "part-glossary");
    let mut terms: Vec<&Item<Term>> = ctx.plan.terms.iter().collect();
    terms.sort_by_cached_key(|item| ctx.say(&item.data.term).text.to_lowercase());
    let defined = |item: &&&Item<Term>| item.data.definition.is_some();
    let mut add = |key: &str, heads: &[table::Head], rows: Vec<Row>| {
        if let Some(block) = table::table(ctx, key, key, heads, rows) {
            let mut inner = table::titled(ctx, &format!("part-glossary_{key}"), key, key);
            inner.blocks.push(block);
            chapter.sections.push(inner);
        }
    };
    let rows = terms
        .iter()
        .filter(defined)
        .map(|item| {
            let data = &item.data;
            let cells = vec![ctx.title(item, &data.term), ctx.opt(data.definition.as_ref()), ctx.sources(item)];
            table::row(ctx.node(data.id.as_str(), "term", data.id.as_str()), cells)
        })
        .collect();
    let text = ColumnKind::Text;
    add("terms", &[(text, "term", 2), (text, "definition", 5), (text, "sources", 2)], rows);
    let short = |item: &&Item<Term>| !ctx.code(item.data.abbreviation.as_ref()).is_empty();
    let mut abbreviations: Vec<_> = terms.into_iter().filter(short).collect();
    abbreviations.sort_by_cached_key(|item| ctx.say_opt(item.data.abbreviation.as_ref()).text.to_lowercase());
    let rows = abbreviations
        .into_iter()
        .map(|item| {
            let data = &item.data;
            let cells = vec![ctx.code(data.abbreviation.as_ref()), ctx.inlines(&data.term)];
            let id = if data.definition.is_some() { "" } else { data.id.as_str() };
            table::row(ctx.node(id, "abbreviation", data.id.as_str()), cells)
        })
        .collect();
    add("abbreviations", &[(ColumnKind::Code, "abbreviation", 1), (text, "term", 4)], rows);
    table::unless_empty(chapter)
}

pub(super) fn sources(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-sources", "sources", "part-sources");
    let rows = ctx
        .plan
        .sources
        .iter()
        .map(|item| {
            let data = &item.data;
            let url = data
                .url
                .iter()
                .map(|url| Inline::Link { url: url.to_string(), inlines: vec![Inline::text(url.as_str())] });
            let cells = vec![
                ctx.title(item, &data.title),
                ctx.opt(data.publisher.as_ref()),
                ctx.date_opt(data.published.as_ref()),
                url.collect(),
            ];
            table::row(ctx.node(data.id.as_str(), "source", data.id.as_str()), cells)
        })
        .collect();
    let text = ColumnKind::Text;
    let heads = [(text, "title", 4), (text, "publisher", 2), (text, "published", 1), (text, "address", 3)];
    chapter.blocks.extend(table::table(ctx, "sources", "part-sources", &heads, rows));
    table::unless_empty(chapter)
}
