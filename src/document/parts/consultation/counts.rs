//! What was counted: events with a record, suggestions received, points and how they stand.

use super::super::super::context::{Context, join, lines, words};
use super::super::super::draft::*;
use super::super::super::{numbers, table};
use super::event;
use crate::analysis::{self, Figure, Tally, basis_of};
use crate::model::Item;
use crate::model::format::{Basis, Cycle, Event, EventState};
use crate::model::points::PointView;

/// A small number as a word, a larger one in figures.
pub(super) fn in_words(ctx: &Context, value: u64) -> String {
    match ctx.word(&format!("number-{value}")) {
        word if word.is_empty() => plain(&table::number(ctx, value)),
        word => word,
    }
}

/// A count of what is reported needs no mark; one with an illustrative contributor does.
pub(super) fn illustrative(figure: &Figure) -> Option<Basis> {
    Some(figure.basis).filter(|basis| *basis == Basis::Illustrative)
}

/// A number of suggestions. That nothing is recorded does not say that nothing was said.
pub(in super::super) fn figure(ctx: &Context, figure: &Figure) -> Vec<Inline> {
    match figure.value {
        0 => ctx.fixed("none-recorded"),
        _ => counted(ctx, figure),
    }
}

/// A number with the mark of its basis; nought is nought.
pub(in super::super) fn counted(ctx: &Context, figure: &Figure) -> Vec<Inline> {
    ctx.marked(table::number(ctx, figure.value), illustrative(figure))
}

/// A round with its events; no round for events that belong to none.
type Round<'a> = (Option<&'a Item<Cycle>>, Vec<&'a Item<Event>>);

/// The rounds of the plan that have events.
fn rounds_of<'a>(ctx: &Context<'a>) -> Vec<Round<'a>> {
    let of = |cycle: Option<&str>| -> Vec<&'a Item<Event>> {
        ctx.plan.events.iter().filter(|event| event.data.cycle.as_deref() == cycle).collect()
    };
    let own = ctx.plan.cycles.iter().map(|cycle| (Some(cycle), of(Some(&cycle.data.id))));
    own.chain([(None, of(None))]).filter(|(_, events)| !events.is_empty()).collect()
}

fn points_of<'c, 'a>(ctx: &'c Context<'a>, events: &[&'a Item<Event>]) -> Vec<&'c PointView<'a>> {
    events.iter().flat_map(|event| ctx.related().at_event(&event.data.id)).collect()
}

/// "2 of 6": how many of these events have a record.
fn recorded_of(ctx: &Context, events: &[&Item<Event>]) -> Vec<Inline> {
    let recorded = events.iter().filter(|event| event.data.state == EventState::Reported).count();
    let base = numbers::print(&events.len().to_string(), ctx.lang);
    let value = numbers::print(&recorded.to_string(), ctx.lang);
    words(ctx.words.fill("count-base", &[("value", &value), ("base", &base)]))
}

/// The rounds of consultation, each with what came in.
pub(super) fn rounds(ctx: &Context) -> Option<Block> {
    let rows = rounds_of(ctx)
        .into_iter()
        .filter_map(|(cycle, events)| {
            let cycle = cycle?;
            let id = cycle.data.id.as_str();
            let received = analysis::tally(points_of(ctx, &events).into_iter()).received;
            let cells = vec![
                lines([ctx.title(cycle, &cycle.data.title), ctx.opt(cycle.data.description.as_ref())]),
                ctx.date_opt(cycle.data.dates.as_ref()),
                cycle.data.decision.as_ref().map(|id| ctx.link(id)).unwrap_or_default(),
                recorded_of(ctx, &events),
                figure(ctx, &received),
            ];
            Some(table::row(ctx.node(id, "cycle", id), cells))
        })
        .collect();
    let text = ColumnKind::Text;
    let number = ColumnKind::Number;
    let heads = [
        (text, "cycle"),
        (text, "dates"),
        (text, "mandated-by"),
        (number, "records-at-hand"),
        (number, "suggestions-received"),
    ];
    table::table(ctx, "cycles", "cycles", &heads, rows)
}

/// All events, round by round, each round with its sum.
pub(super) fn events(ctx: &Context) -> Option<Block> {
    let rounds = rounds_of(ctx);
    let mut rows: Vec<Row> = Vec::new();
    for (cycle, events) in &rounds {
        rows.extend(events.iter().map(|item| event_row(ctx, item)));
        if let Some(cycle) = cycle.filter(|_| rounds.len() > 1) {
            let received = analysis::tally(points_of(ctx, events).into_iter()).received;
            let label = table::labelled(ctx, "total", ctx.inlines(&cycle.data.title));
            rows.push(sum(ctx, label, events, &received));
        }
    }
    let nowhere = ctx.related().at_event("");
    if !nowhere.is_empty() {
        let received = analysis::tally(nowhere.into_iter()).received;
        let mut cells = vec![ctx.fixed("unattributed")];
        cells.extend(vec![Vec::new(); 3]);
        cells.push(figure(ctx, &received));
        rows.push(table::row(ctx.node("", "event", ""), cells));
    }
    if rows.is_empty() {
        return None;
    }
    let received = analysis::tally(ctx.related().all_points().iter()).received;
    let all: Vec<_> = ctx.plan.events.iter().collect();
    rows.push(sum(ctx, ctx.fixed("all-events"), &all, &received));
    let text = ColumnKind::Text;
    let heads = [
        (text, "event"),
        (text, "place-dates"),
        (text, "chairs"),
        (text, "attendance"),
        (ColumnKind::Number, "suggestions-received"),
    ];
    table::table(ctx, "events", "events", &heads, rows)
}

/// A sum says of how many of its events there is a record.
fn sum(ctx: &Context, label: Vec<Inline>, events: &[&Item<Event>], received: &Figure) -> Row {
    let complete = events.iter().all(|event| event.data.state == EventState::Reported);
    let partial = match complete {
        true => Vec::new(),
        false => table::labelled(ctx, "records-at-hand", recorded_of(ctx, events)),
    };
    let mut cells = vec![label, partial];
    cells.extend(vec![Vec::new(); 2]);
    cells.push(figure(ctx, received));
    table::total(ctx, cells)
}

fn event_row(ctx: &Context, item: &Item<Event>) -> Row {
    let data = &item.data;
    let basis = basis_of(item);
    // Who they are is said with the event itself.
    let chairs = data.chairs.iter().map(|one| ctx.marked(words(one.name.to_string()), one.basis.or(basis)));
    let received = analysis::tally(ctx.related().at_event(&data.id).into_iter()).received;
    let came = match data.state {
        EventState::Planned => ctx.fixed("event-state-planned"),
        EventState::Held | EventState::Reported => figure(ctx, &received),
    };
    let place_and_dates = lines([event::at(ctx, data), ctx.date_opt(data.dates.as_ref())]);
    let cells = vec![
        ctx.marked(ctx.link(&data.id), basis),
        event::recorded(ctx, item, &["place", "dates"], place_and_dates),
        event::recorded(ctx, item, &["chairs"], lines(chairs)),
        event::recorded(ctx, item, &["attendance"], ctx.counts(&data.attendance, basis)),
        came,
    ];
    table::row(ctx.node("", "event", data.id.as_str()), cells)
}

/// "Received: 14. Points to answer: 16, of which 2 were added by splits."
pub(super) fn equation(ctx: &Context) -> Option<Block> {
    let tally = analysis::tally(ctx.related().all_points().iter());
    table::paragraph(ctx, "counts", "", equation_of(ctx, &tally))
}

fn equation_of(ctx: &Context, tally: &Tally) -> Vec<Inline> {
    if tally.points.value == 0 {
        return Vec::new();
    }
    let print = |figure: &Figure| plain(&table::number(ctx, figure.value));
    let key = if tally.added.value > 0 { "counts-split" } else { "counts-whole" };
    let places =
        [("received", print(&tally.received)), ("points", print(&tally.points)), ("added", print(&tally.added))];
    let places = places.each_ref().map(|(key, text)| (*key, text.as_str()));
    ctx.marked(words(ctx.words.fill(key, &places)), illustrative(&tally.points))
}

/// How many points stand how, round by round and in all; each total is the sum of its rows.
pub(super) fn dispositions(ctx: &Context) -> Option<Block> {
    let all = analysis::tally(ctx.related().all_points().iter());
    let rounds = rounds_of(ctx);
    let nowhere = ctx.related().at_event("");
    let mut parts: Vec<(Vec<Inline>, Tally)> = rounds
        .iter()
        .map(|(cycle, events)| {
            let title = cycle.map_or_else(|| ctx.fixed("other-events"), |cycle| ctx.inlines(&cycle.data.title));
            (title, analysis::tally(points_of(ctx, events).into_iter()))
        })
        .filter(|(_, tally)| tally.points.value > 0)
        .collect();
    if !nowhere.is_empty() {
        parts.push((ctx.fixed("unattributed"), analysis::tally(nowhere.into_iter())));
    }
    if parts.len() < 2 {
        parts.clear();
    }
    let last = if parts.is_empty() { "number" } else { "total" };
    parts.push((ctx.fixed(last), all.clone()));
    let mut rows: Vec<Row> = all
        .standings
        .iter()
        .map(|(standing, _)| {
            let of =
                |tally: &Tally| tally.standings.iter().find(|(one, _)| one == standing).map(|(_, one)| one.clone());
            let number = |tally: &Tally| of(tally).map_or_else(|| table::number(ctx, 0), |one| counted(ctx, &one));
            let cells = std::iter::once(super::standing(ctx, *standing));
            let cells = cells.chain(parts.iter().map(|(_, tally)| number(tally))).collect();
            table::row(ctx.node("", "disposition", ""), cells)
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let sums = parts.iter().map(|(_, tally)| counted(ctx, &sum_of(tally)));
    rows.push(table::total(ctx, std::iter::once(ctx.fixed("total")).chain(sums).collect()));
    let mut columns = vec![table::column(ColumnKind::Text, ctx.fixed("disposition"))];
    columns.extend(parts.into_iter().map(|(title, _)| table::column(ColumnKind::Number, title)));
    table::made(ctx, "dispositions", ctx.fixed("by-disposition"), columns, rows)
}

fn sum_of(tally: &Tally) -> Figure {
    Figure {
        value: tally.standings.iter().map(|(_, one)| one.value).sum(),
        contributors: Vec::new(),
        basis: analysis::computed(tally.standings.iter().map(|(_, one)| Some(one.basis))),
    }
}

/// "accepted 2; noted 1": how some points stand, in one line.
pub(in super::super) fn standings(ctx: &Context, tally: &Tally) -> Vec<Inline> {
    let one = |(standing, figure): &(_, Figure)| {
        let mut out = super::standing(ctx, *standing);
        out.push(Inline::text("\u{a0}"));
        out.extend(counted(ctx, figure));
        out
    };
    join(tally.standings.iter().map(one), &ctx.semicolon())
}
