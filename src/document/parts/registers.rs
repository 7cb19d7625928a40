//! Registers as tables: the calendar, the glossary, the sources.

use super::super::context::{Context, join, lines, words};
use super::super::draft::*;
use super::super::{collate, dates, table};
use super::{consultation, structure};
use crate::analysis::basis_of;
use crate::model::Item;
use crate::model::format::{Event, Meeting, Term};

/// Who governs, and what happened and will happen, in the order of dates. What is known only from later stands apart.
pub(super) fn process(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-process", "process", "part-process");
    let mut add = |key: &str, title: Vec<Inline>, blocks: Vec<Block>| {
        if !blocks.is_empty() {
            let mut inner = table::section(ctx.node(format!("part-process_{key}"), key, ""), title);
            inner.blocks = blocks;
            chapter.sections.push(inner);
        }
    };
    let list = |block: Option<Block>| block.into_iter().collect::<Vec<Block>>();
    add("calendar", ctx.fixed("calendar"), super::timeline::before(ctx, calendar(ctx, false)));
    add("decisions", ctx.fixed("decisions"), list(decisions(ctx, false)));
    add("bodies", ctx.fixed("bodies"), list(bodies(ctx)));
    let later = calendar(ctx, true).into_iter().chain(decisions(ctx, true)).collect();
    add("as-adopted", structure::as_adopted_title(ctx), later);
    table::unless_empty(chapter)
}

type Dated = ((i32, u8, u8), Row);

/// What has no date stands last.
fn in_order(mut rows: Vec<Dated>) -> Vec<Row> {
    rows.sort_by_key(|(key, _)| *key);
    rows.into_iter().map(|(_, row)| row).collect()
}

const UNDATED: (i32, u8, u8) = (i32::MAX, u8::MAX, u8::MAX);

fn calendar(ctx: &Context, later: bool) -> Option<Block> {
    let meetings = ctx.plan.meetings.iter().filter(|item| item.data.as_adopted == later);
    let mut rows: Vec<Dated> = meetings.map(|item| meeting(ctx, item)).collect();
    let events = ctx.plan.events.iter().filter(|_| !later);
    rows.extend(events.map(|item| event(ctx, item)));
    let text = ColumnKind::Text;
    let heads = [(text, "date"), (text, "meeting"), (text, "place"), (text, "what")];
    table::table(ctx, "calendar", "calendar", &heads, in_order(rows))
}

/// A meeting; one that is still to come is foreseen.
fn meeting(ctx: &Context, item: &Item<Meeting>) -> Dated {
    let data = &item.data;
    let key = dates::sort_key(&data.dates);
    let name = ctx.marks(item, join([ctx.link(&data.body), ctx.inlines(&data.title)], ", "));
    let mut what = ctx.opt(data.summary.as_ref());
    if !data.as_adopted && key > dates::sort_key(&ctx.edition.date) {
        what = lines([ctx.fixed("foreseen"), what]);
    }
    let cells = vec![words(ctx.date(&data.dates)), name, ctx.opt(data.place.as_ref()), what];
    (key, table::row(ctx.node(data.id.as_str(), "meeting", data.id.as_str()), cells))
}

fn event(ctx: &Context, item: &Item<Event>) -> Dated {
    let data = &item.data;
    let recorded = |field: &str, value: Vec<Inline>| match value.is_empty() {
        true => ctx.missing(&data.id, &[field], "not-recorded"),
        false => value,
    };
    let cells = vec![
        recorded("dates", ctx.date_opt(data.dates.as_ref())),
        ctx.marked(ctx.link(&data.id), basis_of(item)),
        recorded("place", consultation::at(ctx, data)),
        first_sentence(ctx.opt(data.summary.as_ref())),
    ];
    let key = data.dates.as_ref().map_or(UNDATED, |date| dates::sort_key(date));
    (key, table::row(ctx.node("", "event", data.id.as_str()), cells))
}

/// The first sentence of a text: the rest stands where the item itself is printed.
fn first_sentence(mut inlines: Vec<Inline>) -> Vec<Inline> {
    inlines.truncate(1);
    match inlines.first_mut() {
        Some(Inline::Text { text }) => {
            let ends = text.match_indices(". ").find(|(at, _)| {
                let word = text[..*at].rsplit(char::is_whitespace).next().unwrap_or("");
                word.chars().count() > 3
            });
            if let Some((at, _)) = ends {
                text.truncate(at + 1);
            }
        }
        Some(Inline::Span { inlines, .. }) => *inlines = first_sentence(std::mem::take(inlines)),
        _ => {}
    }
    inlines
}

fn decisions(ctx: &Context, later: bool) -> Option<Block> {
    let mut rows: Vec<Dated> = Vec::new();
    for item in ctx.plan.decisions.iter().filter(|item| item.data.as_adopted == later) {
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
        rows.push((date.map_or(UNDATED, |date| dates::sort_key(date)), row));
    }
    let text = ColumnKind::Text;
    let heads = [(text, "date"), (text, "decision"), (text, "what"), (text, "meeting"), (text, "sources")];
    table::table(ctx, "decisions", "decisions", &heads, in_order(rows))
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
    let heads = [(text, "body"), (text, "description"), (text, "seats"), (text, "sources")];
    table::table(ctx, "bodies", "bodies", &heads, rows)
}

pub(super) fn glossary(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-glossary", "glossary", "part-glossary");
    let mut terms: Vec<&Item<Term>> = ctx.plan.terms.iter().collect();
    let collator = collate::Order::of(ctx.lang);
    terms.sort_by(|a, b| collator.compare(&ctx.say(&a.data.term).text, &ctx.say(&b.data.term).text));
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
    add("terms", &[(text, "term"), (text, "definition"), (text, "sources")], rows);
    add("abbreviations", &[(ColumnKind::Code, "abbreviation"), (text, "term")], abbreviations(ctx, &terms));
    table::unless_empty(chapter)
}

/// Abbreviations of terms and units. What is explained as a term has its anchor there.
fn abbreviations(ctx: &Context, terms: &[&Item<Term>]) -> Vec<Row> {
    let of_terms = terms.iter().map(|item| {
        let id = if item.data.definition.is_some() { "" } else { item.data.id.as_str() };
        (ctx.code_text(item.data.abbreviation.as_ref()), ctx.inlines(&item.data.term), id)
    });
    let of_units = ctx.plan.units.iter().map(|item| {
        let name = ctx.title(item, &item.data.name);
        (ctx.code_text(item.data.abbreviation.as_ref()), name, item.data.id.as_str())
    });
    let mut list: Vec<_> = of_terms.chain(of_units).filter(|(short, ..)| !short.is_empty()).collect();
    let collator = collate::Order::of(ctx.lang);
    list.sort_by(|(a, ..), (b, ..)| collator.compare(a, b));
    let row = |(short, name, id)| table::row(ctx.node(id, "abbreviation", id), vec![words(short), name]);
    list.into_iter().map(row).collect()
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
                ctx.marks(item, lines([ctx.cited(&data.title), url.collect()])),
                data.publisher.as_ref().map(|text| ctx.cited(text)).unwrap_or_default(),
                ctx.date_opt(data.published.as_ref()),
            ];
            table::row(ctx.node(data.id.as_str(), "source", data.id.as_str()), cells)
        })
        .collect();
    let text = ColumnKind::Text;
    let heads = [(text, "title"), (text, "publisher"), (text, "published")];
    chapter.blocks.extend(table::table(ctx, "sources", "part-sources", &heads, rows));
    table::unless_empty(chapter)
}
