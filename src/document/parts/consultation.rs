//! The consultation: events, what was said at each, and what became of it.

use super::super::context::{Context, join, lines, words};
use super::super::draft::*;
use super::super::table;
use crate::analysis::{self, Figure, basis_of};
use crate::diag::Address;
use crate::model::Item;
use crate::model::format::{Basis, Disposition, Event, EventKind, EventState, RecordKind, Suggestion, Tone};

pub(super) fn chapter(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-consultation", "consultation", "part-consultation");
    chapter.blocks.extend(at_hand(ctx));
    chapter.blocks.extend(summary(ctx));
    chapter.blocks.extend(dispositions(ctx, None));
    chapter.sections = ctx.plan.events.iter().map(|item| event(ctx, item)).collect();
    table::unless_empty(chapter)
}

/// How many of the events have a record: "five of the six workshops".
fn at_hand(ctx: &Context) -> Option<Block> {
    let recorded = analysis::events_recorded(ctx.plan);
    let all = analysis::events(ctx.plan);
    if all.value < 2 {
        return None;
    }
    let workshops = ctx.plan.events.iter().all(|item| item.data.kind == EventKind::Workshop);
    let key = match (workshops, recorded.value == all.value) {
        (true, true) => "workshops-recorded-all",
        (true, false) => "workshops-recorded",
        (false, true) => "events-recorded-all",
        (false, false) => "events-recorded",
    };
    let [value, base] = [recorded.value, all.value].map(|one| in_words(ctx, one));
    let text = words(ctx.words.fill(key, &[("value", &value), ("base", &base)]));
    table::paragraph(ctx, "lead", "", ctx.marked(text, illustrative(&all)))
}

/// A small number as a word, a larger one in figures.
fn in_words(ctx: &Context, value: u64) -> String {
    match ctx.word(&format!("number-{value}")) {
        word if word.is_empty() => plain(&table::number(ctx, value)),
        word => word,
    }
}

/// A count of what is reported needs no mark; one with an illustrative contributor does.
fn illustrative(figure: &Figure) -> Option<Basis> {
    Some(figure.basis).filter(|basis| *basis == Basis::Illustrative)
}

pub(super) fn figure(ctx: &Context, figure: &Figure) -> Vec<Inline> {
    // That nothing is recorded does not say that nothing was said.
    if figure.value == 0 {
        return ctx.fixed("none-recorded");
    }
    ctx.marked(table::number(ctx, figure.value), illustrative(figure))
}

/// A value, or the words for one that should be there. An event that is still to come has no record yet.
fn recorded(ctx: &Context, item: &Item<Event>, value: Vec<Inline>) -> Vec<Inline> {
    match value.is_empty() && item.data.state != EventState::Planned {
        true => ctx.fixed("not-recorded"),
        false => value,
    }
}

/// Where it was, or that it had no place.
pub(super) fn place(ctx: &Context, event: &Event) -> Vec<Inline> {
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
            // Who they are is said with the event itself.
            let chairs = data.chairs.iter().map(|one| ctx.marked(words(one.name.to_string()), one.basis.or(basis)));
            let cells = vec![
                ctx.marked(ctx.link(&data.id), basis),
                recorded(ctx, item, lines([place(ctx, data), ctx.date_opt(data.dates.as_ref())])),
                recorded(ctx, item, lines(chairs)),
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
    cells.extend(vec![Vec::new(); 3]);
    cells.push(figure(ctx, &analysis::received(ctx.plan)));
    rows.push(table::total(ctx, cells));
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
    let heads = [(ColumnKind::Text, "disposition"), (ColumnKind::Number, "number")];
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
            ("mandated-by", data.decision.as_ref().map(|id| ctx.link(id)).unwrap_or_default()),
            ("sources", ctx.sources(item)),
        ],
    ));
    section.blocks.extend(table::numbered(ctx, id, "summary", data.summary.as_ref()));
    let mut add = |key: &str, blocks: Vec<Block>| {
        if !blocks.is_empty() {
            let mut inner = table::titled(ctx, &format!("{id}_{key}"), key, key);
            inner.blocks = blocks;
            section.sections.push(inner);
        }
    };
    add("agenda", agenda(ctx, data).into_iter().collect());
    add("suggestions", said(ctx, data, RecordKind::Suggestion));
    add("remarks", said(ctx, data, RecordKind::Remark));
    add("presentations", said(ctx, data, RecordKind::Presentation));
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

/// What was said at an event, of one kind: what holds for all of it, then a table. Only a suggestion has an answer.
fn said(ctx: &Context, event: &Event, kind: RecordKind) -> Vec<Block> {
    let groups = ctx.plan.suggestions.iter().filter(|group| group.event == *event.id);
    let list: Vec<&Item<Suggestion>> =
        groups.flat_map(|group| &group.suggestions).filter(|item| item.data.kind == kind).collect();
    let common = Common::of(ctx, &list);
    let rows = list.iter().map(|item| said_row(ctx, item, &common)).collect();
    let text = ColumnKind::Text;
    let (what, caption) = match kind {
        RecordKind::Suggestion => ("suggestion", "suggestions"),
        RecordKind::Remark => ("record-kind-remark", "remarks"),
        RecordKind::Presentation => ("record-kind-presentation", "presentations"),
    };
    let heads = [(text, what), (text, "disposition"), (text, "reason"), (text, "changed")];
    let of_all = join(common.facts().into_iter().map(|(key, value)| table::labelled(ctx, key, value)), "; ");
    let lead = table::paragraph(ctx, "table-lead", "", of_all);
    let table = table::table(ctx, "suggestions", caption, &heads, rows);
    lead.into_iter().filter(|_| table.is_some()).chain(table.clone()).collect()
}

/// What may be the same for all records of a table: who said it, how near the wording is, in which tone.
#[derive(Default)]
struct Common {
    said_by: Vec<Inline>,
    wording: Vec<Inline>,
    tone: Vec<Inline>,
}

impl Common {
    fn one(ctx: &Context, item: &Item<Suggestion>) -> Self {
        let data = &item.data;
        let speaker = data.speaker.as_ref().map(|one| ctx.person(one, basis_of(item))).unwrap_or_default();
        let by = data.by.as_ref().map(|id| ctx.link(id)).unwrap_or_default();
        Common {
            said_by: join([by, speaker], ", "),
            wording: ctx.fixed(&format!("wording-kind-{}", data.wording.word())),
            // That a suggestion is one goes without saying.
            tone: match data.tone {
                Some(Tone::Concern) => ctx.fixed("tone-concern"),
                Some(Tone::Suggestion) | None => Vec::new(),
            },
        }
    }

    fn of(ctx: &Context, list: &[&Item<Suggestion>]) -> Self {
        let mut all = list.iter().map(|item| Common::one(ctx, item));
        let Some(mut common) = all.next() else {
            return Common::default();
        };
        for one in all {
            for (field, other) in common.fields().into_iter().zip([one.said_by, one.wording, one.tone]) {
                if *field != other {
                    field.clear();
                }
            }
        }
        common
    }

    fn fields(&mut self) -> [&mut Vec<Inline>; 3] {
        [&mut self.said_by, &mut self.wording, &mut self.tone]
    }

    fn facts(self) -> Vec<(&'static str, Vec<Inline>)> {
        vec![("said-by", self.said_by), ("wording", self.wording), ("tone", self.tone)]
    }

    /// What is not said of all stands with the one: "Said by: ...".
    fn own(&self, ctx: &Context, mut one: Self) -> Vec<Inline> {
        let shared = [&self.said_by, &self.wording, &self.tone].map(|field| !field.is_empty());
        for (field, shared) in one.fields().into_iter().zip(shared) {
            if shared {
                field.clear();
            }
        }
        join(one.facts().into_iter().map(|(key, value)| table::labelled(ctx, key, value)), "; ")
    }
}

fn said_row(ctx: &Context, item: &Item<Suggestion>, common: &Common) -> Row {
    let data = &item.data;
    let basis = basis_of(item);
    let answer = data.disposition.as_ref();
    let answer_basis = answer.and_then(|one| one.basis).or(basis);
    let disposition = match (data.kind == RecordKind::Suggestion, answer) {
        (_, Some(one)) => {
            let unit = one.unit.as_ref().map(|id| ctx.link(id)).unwrap_or_default();
            ctx.marked(join([status(ctx, answer), unit, ctx.date_opt(one.date.as_ref())], ", "), answer_basis)
        }
        (true, None) => status(ctx, None),
        (false, None) => Vec::new(),
    };
    let mut seen: Vec<String> = Vec::new();
    for target in answer.iter().flat_map(|answer| &answer.targets) {
        if let Ok(address) = target.address.parse::<Address>() {
            // A passage is named by its own anchor where it has one, but printed as the item that it stands in.
            if !seen.contains(&address.item) {
                seen.push(address.item);
            }
        }
    }
    let about = table::labelled(ctx, "about", ctx.links(&data.about));
    let words = lines([ctx.inlines(&data.text), common.own(ctx, Common::one(ctx, item)), about]);
    let cells = vec![
        ctx.marks(item, words),
        disposition,
        ctx.marked(ctx.opt(answer.and_then(|one| one.reason.as_ref())), answer_basis),
        lines(seen.iter().map(|id| ctx.link(id))),
    ];
    table::row(ctx.node(data.id.as_str(), "suggestion", data.id.as_str()), cells)
}
