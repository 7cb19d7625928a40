//! The consultation: events, what was said at each, and what became of it.

use super::super::context::{Context, join, words};
use super::super::draft::*;
use super::super::table;
use crate::analysis::{self, Figure, basis_of};
use crate::diag::Address;
use crate::model::Item;
use crate::model::format::{Basis, Disposition, Event, EventState, RecordKind, Suggestion};

pub(super) fn chapter(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-consultation", "consultation", "part-consultation");
    let recorded = analysis::events_recorded(ctx.plan);
    let all = analysis::events(ctx.plan);
    if all.value > 0 {
        let numbers = [recorded.value, all.value].map(|one| plain(&table::number(ctx, one)));
        let places = [("value", numbers[0].as_str()), ("base", numbers[1].as_str())];
        let text = words(ctx.words.fill("events-recorded", &places));
        let lead = ctx.marked(text, illustrative(&all));
        chapter.blocks.extend(table::paragraph(ctx, "lead", "", lead));
    }
    chapter.blocks.extend(summary(ctx));
    chapter.blocks.extend(dispositions(ctx, None));
    chapter.sections = ctx.plan.events.iter().map(|item| event(ctx, item)).collect();
    table::unless_empty(chapter)
}

/// A count of what is reported needs no mark; one with an illustrative contributor does.
fn illustrative(figure: &Figure) -> Option<Basis> {
    Some(figure.basis).filter(|basis| *basis == Basis::Illustrative)
}

fn figure(ctx: &Context, figure: &Figure) -> Vec<Inline> {
    ctx.marked(table::number(ctx, figure.value), illustrative(figure))
}

/// A value, or the words for one that should be there. An event that is still to come has no record yet.
fn recorded(ctx: &Context, item: &Item<Event>, value: Vec<Inline>) -> Vec<Inline> {
    match value.is_empty() && item.data.state != EventState::Planned {
        true => ctx.fixed("not-recorded"),
        false => value,
    }
}

fn place(ctx: &Context, event: &Event) -> Vec<Inline> {
    let online = if event.is_virtual { ctx.fixed("virtual") } else { Vec::new() };
    join([ctx.opt(event.place.as_ref()), online], ", ")
}

fn summary(ctx: &Context) -> Option<Block> {
    let mut rows: Vec<Row> = ctx
        .plan
        .events
        .iter()
        .map(|item| {
            let data = &item.data;
            let basis = basis_of(item);
            let cells = vec![
                ctx.marked(ctx.link(&data.id), basis),
                data.region.as_ref().map(|id| ctx.link(id)).unwrap_or_default(),
                recorded(ctx, item, place(ctx, data)),
                recorded(ctx, item, ctx.date_opt(data.dates.as_ref())),
                recorded(ctx, item, ctx.people(&data.chairs, basis)),
                recorded(ctx, item, ctx.counts(&data.attendance, basis)),
                figure(ctx, &analysis::received_at(ctx.plan, &data.id)),
            ];
            table::row(ctx.node("", "event", data.id.as_str()), cells)
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let mut cells = vec![ctx.fixed("all-events")];
    cells.extend(vec![Vec::new(); 5]);
    cells.push(figure(ctx, &analysis::received(ctx.plan)));
    rows.push(table::total(ctx, cells));
    let text = ColumnKind::Text;
    let heads = [
        (text, "event", 3),
        (text, "region", 2),
        (text, "place", 2),
        (text, "dates", 2),
        (text, "chairs", 3),
        (text, "attendance", 2),
        (ColumnKind::Number, "suggestions-received", 1),
    ];
    table::table(ctx, "events", "events", &heads, rows)
}

fn status(ctx: &Context, answer: Option<&Disposition>) -> Vec<Inline> {
    match answer {
        Some(answer) => ctx.fixed(&format!("disposition-status-{}", answer.status.word())),
        None => ctx.fixed("disposition-none"),
    }
}

/// How many suggestions were answered how; the total is the sum of the rows.
fn dispositions(ctx: &Context, event: Option<&str>) -> Option<Block> {
    let counted = analysis::dispositions(ctx.plan, event);
    if counted.is_empty() {
        return None;
    }
    let mut rows: Vec<Row> = counted
        .iter()
        .map(|(word, count)| {
            let word = match word {
                Some(word) => ctx.fixed(&format!("disposition-status-{}", word.word())),
                None => ctx.fixed("disposition-none"),
            };
            table::row(ctx.node("", "disposition", ""), vec![word, figure(ctx, count)])
        })
        .collect();
    let sum = Figure {
        value: counted.iter().map(|(_, one)| one.value).sum(),
        contributors: Vec::new(),
        basis: analysis::computed(counted.iter().map(|(_, one)| Some(one.basis))),
    };
    rows.push(table::total(ctx, vec![ctx.fixed("total"), figure(ctx, &sum)]));
    let heads = [(ColumnKind::Text, "disposition", 3), (ColumnKind::Number, "number", 1)];
    table::table(ctx, "dispositions", "by-disposition", &heads, rows)
}

fn event(ctx: &Context, item: &Item<Event>) -> Section {
    let data = &item.data;
    let id = data.id.as_str();
    let basis = basis_of(item);
    let mut section = table::section(ctx.node(id, "event", id), ctx.title(item, &data.title));
    section.page = format!("consultation/{id}.html");
    section.blocks.extend(table::facts(
        ctx,
        id,
        vec![
            ("region", data.region.as_ref().map(|id| ctx.link(id)).unwrap_or_default()),
            ("status", ctx.fixed(&format!("event-state-{}", data.state.word()))),
            ("place", recorded(ctx, item, place(ctx, data))),
            ("dates", recorded(ctx, item, ctx.date_opt(data.dates.as_ref()))),
            ("chairs", recorded(ctx, item, ctx.people(&data.chairs, basis))),
            ("host", ctx.opt(data.host.as_ref())),
            ("keynotes", ctx.people(&data.keynotes, basis)),
            ("attendance", recorded(ctx, item, ctx.counts(&data.attendance, basis))),
            ("observers", ctx.opt(data.observers.as_ref())),
            ("related-meeting", ctx.opt(data.related_meeting.as_ref())),
            ("decision", data.decision.as_ref().map(|id| ctx.link(id)).unwrap_or_default()),
            ("sources", ctx.sources(item)),
        ],
    ));
    let summary = ctx.opt(data.summary.as_ref());
    section.blocks.extend(table::paragraph(ctx, "summary", &format!("{id}/summary"), summary));
    let mut add = |key: &str, block: Option<Block>| {
        if let Some(block) = block {
            let mut inner = table::titled(ctx, &format!("{id}_{key}"), key, key);
            inner.blocks.push(block);
            section.sections.push(inner);
        }
    };
    add("agenda", agenda(ctx, data));
    add("suggestions", said(ctx, id, RecordKind::Suggestion));
    add("remarks", said(ctx, id, RecordKind::Remark));
    add("presentations", said(ctx, id, RecordKind::Presentation));
    section
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

/// What was said at an event, of one kind. Only a suggestion has an answer.
fn said(ctx: &Context, event: &str, kind: RecordKind) -> Option<Block> {
    let groups = ctx.plan.suggestions.iter().filter(|group| group.event == event);
    let rows = groups
        .flat_map(|group| &group.suggestions)
        .filter(|item| item.data.kind == kind)
        .map(|item| said_row(ctx, item))
        .collect();
    let text = ColumnKind::Text;
    let what = match kind {
        RecordKind::Suggestion => "suggestion",
        RecordKind::Remark => "record-kind-remark",
        RecordKind::Presentation => "record-kind-presentation",
    };
    let heads = [
        (text, what, 4),
        (text, "said-by", 2),
        (text, "wording", 1),
        (text, "tone", 1),
        (text, "about", 2),
        (text, "disposition", 2),
        (text, "reason", 3),
        (text, "changed", 2),
    ];
    let caption = match kind {
        RecordKind::Suggestion => "suggestions",
        RecordKind::Remark => "remarks",
        RecordKind::Presentation => "presentations",
    };
    table::table(ctx, "suggestions", caption, &heads, rows)
}

fn said_row(ctx: &Context, item: &Item<Suggestion>) -> Row {
    let data = &item.data;
    let basis = basis_of(item);
    let speaker = data.speaker.as_ref().map(|one| ctx.person(one, basis)).unwrap_or_default();
    let by = data.by.as_ref().map(|id| ctx.link(id)).unwrap_or_default();
    let tone = data.tone.map(|one| ctx.fixed(&format!("tone-{}", one.word())));
    let answered = data.kind == RecordKind::Suggestion || data.disposition.is_some();
    let answer = data.disposition.as_ref();
    let answer_basis = answer.and_then(|one| one.basis).or(basis);
    let mut disposition = match answered {
        true => status(ctx, answer),
        false => Vec::new(),
    };
    if let Some(answer) = answer {
        disposition = ctx.marked(disposition, answer_basis);
        let unit = answer.unit.as_ref().map(|id| ctx.link(id)).unwrap_or_default();
        let more = join([unit, ctx.date_opt(answer.date.as_ref())], ", ");
        if !more.is_empty() {
            disposition.push(Inline::Break);
            disposition.extend(more);
        }
    }
    let mut seen: Vec<String> = Vec::new();
    for target in answer.iter().flat_map(|answer| &answer.targets) {
        if let Ok(address) = target.address.parse::<Address>() {
            // A passage is named by its own anchor where it has one, but printed as the item that it stands in.
            if !seen.contains(&address.item) {
                seen.push(address.item);
            }
        }
    }
    let cells = vec![
        ctx.title(item, &data.text),
        join([by, speaker], ", "),
        ctx.fixed(&format!("wording-kind-{}", data.wording.word())),
        tone.unwrap_or_default(),
        ctx.links(&data.about),
        disposition,
        ctx.opt(answer.and_then(|one| one.reason.as_ref())),
        join(seen.iter().map(|id| ctx.link(id)), ", "),
    ];
    table::row(ctx.node(data.id.as_str(), "suggestion", data.id.as_str()), cells)
}
