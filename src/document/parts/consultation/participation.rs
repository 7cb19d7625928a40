//! How many took part, as a figure: one panel for each unit, for people are not countries. What is not recorded is said,
//! and is no nought.

use super::super::super::context::Context;
use super::super::super::draft::*;
use super::super::super::drawing::{Bar, BarGroup, Bars, Bound, Csv, Drawing, Label, Panel, Picture};
use crate::analysis::basis_of;
use crate::model::Item;
use crate::model::format::{Basis, Count, Event, EventKind, EventState, Qualifier};
use crate::model::reference::decimal;

/// What one event has to show.
struct Entry<'a> {
    event: &'a Item<Event>,
    /// Its count: the chosen one, or the only one.
    count: Option<&'a Count>,
    basis: Option<Basis>,
}

pub(super) fn drawing(ctx: &Context) -> Option<Block> {
    let list = entries(ctx);
    let counted: Vec<&Entry> = list.iter().filter(|one| one.count.is_some()).collect();
    if counted.len() < 2 {
        return None;
    }
    let made_up = |one: &&Entry| one.basis == Some(Basis::Illustrative);
    let any = counted.iter().any(made_up);
    let of_all = any && counted.iter().all(made_up);
    let mut panels: Vec<Panel> = Vec::new();
    for one in &counted {
        let unit = one.count.map(|count| ctx.say_opt(count.unit.as_ref()).text).unwrap_or_default();
        let at = panels.iter().position(|panel| panel.title == unit).unwrap_or_else(|| {
            panels.push(Panel { title: unit.clone(), ..Panel::default() });
            panels.len() - 1
        });
        panels[at].groups.push(group(ctx, one, !of_all));
        panels[at].largest =
            one.count.and_then(|count| count.base.clone()).map(|base| base.to_string()).unwrap_or_default();
    }
    panels.iter_mut().for_each(compare);
    let unknown: Vec<BarGroup> =
        list.iter().filter(|one| one.count.is_none()).map(|one| group(ctx, one, false)).collect();
    match panels.len() {
        _ if unknown.is_empty() => {}
        1 => panels[0].groups.extend(unknown),
        // It is not known in which unit they would have been counted.
        _ => panels.push(Panel { title: ctx.word("participation-unknown"), groups: unknown, ..Panel::default() }),
    }
    if panels.len() > 1 {
        panels.iter_mut().for_each(measure);
    }
    panels.iter_mut().for_each(|panel| panel.title = crate::document::capital(&panel.title));
    let title = title(ctx, &list, &panels);
    Some(Block::Drawing(Drawing {
        node: ctx.node("part-consultation_participation", "participation", ""),
        alternative: alternative(ctx, &title, &panels),
        title: vec![Inline::text(title)],
        mark: if any { ctx.word("basis-illustrative") } else { String::new() },
        picture: Picture::Bars(Bars { panels }),
        csv: Csv { name: "participation.csv".to_string(), rows: data(ctx, &list) },
    }))
}

/// A bar beside which no other stands says something by its length only beside its whole, where that is known.
fn compare(panel: &mut Panel) {
    match panel.groups.as_mut_slice() {
        [one] if panel.largest.is_empty() => one.bars.iter_mut().for_each(|bar| bar.value.clear()),
        [_] => {}
        _ => panel.largest.clear(),
    }
}

/// Says where the axis ends: bars of two panels are not to be compared.
fn measure(panel: &mut Panel) {
    let values = panel.groups.iter().flat_map(|group| &group.bars).map(|bar| bar.value.as_str());
    let most =
        values.filter_map(|value| decimal(value).map(|number| (number, value))).max_by_key(|(number, _)| *number);
    if let Some((_, text)) = most.filter(|_| panel.largest.is_empty()) {
        panel.largest = text.to_string();
    }
}

/// Events that have taken place. Of a letter or a survey without a count, nothing is missing.
fn entries<'a>(ctx: &Context<'a>) -> Vec<Entry<'a>> {
    let held = ctx.plan.events.iter().filter(|item| item.data.state != EventState::Planned);
    let entry = |event: &'a Item<Event>| {
        let list = &event.data.attendance;
        let count = list.iter().find(|one| one.chosen).or(match list.as_slice() {
            [one] => Some(one),
            _ => None,
        });
        let count = count.filter(|one| decimal(&one.value).is_some());
        Entry { event, count, basis: count.and_then(|one| one.basis).or(basis_of(event)) }
    };
    let met = |one: &Entry| matches!(one.event.data.kind, EventKind::Workshop | EventKind::Meeting);
    held.map(entry).filter(|one| one.count.is_some() || met(one)).collect()
}

/// Where it was: the region, or the event where it is of none.
fn name(ctx: &Context, one: &Entry) -> String {
    let region = one.event.data.region.as_deref();
    let region = ctx.plan.regions.iter().find(|item| Some(item.data.id.as_str()) == region);
    let short = region.map(|item| item.data.short_name.as_ref().unwrap_or(&item.data.name));
    ctx.say(short.unwrap_or(&one.event.data.title)).text
}

fn group(ctx: &Context, one: &Entry, marked: bool) -> BarGroup {
    let mark = match ctx.mark(one.basis) {
        Some(Inline::Mark { text, .. }) if marked => text,
        _ => String::new(),
    };
    let region = one.event.data.region.as_ref();
    let several = region.is_some() && ctx.plan.events.iter().filter(|it| it.data.region.as_ref() == region).count() > 1;
    let bar = Bar {
        series: if several { ctx.say(&one.event.data.title).text } else { String::new() },
        value: one.count.map(|count| count.value.to_string()).unwrap_or_default(),
        text: recorded(ctx, one),
        bound: match one.count.and_then(|count| count.qualifier) {
            None | Some(Qualifier::Exact) => Bound::Exact,
            Some(Qualifier::About) => Bound::About,
            Some(Qualifier::AtLeast | Qualifier::MoreThan) => Bound::AtLeast,
        },
        points: Vec::new(),
    };
    let label = Label { text: name(ctx, one), target: one.event.data.id.to_string(), mark, lang: String::new() };
    BarGroup { label, bars: vec![bar] }
}

/// "12 of 18 Members", or that it is not recorded.
fn recorded(ctx: &Context, one: &Entry) -> String {
    match one.count {
        Some(count) => plain(&ctx.count(&Count { basis: Some(Basis::Reported), ..count.clone() }, None)),
        None if one.event.data.attendance.is_empty() => {
            ctx.missing_word(&one.event.data.id, &["attendance"], "not-recorded")
        }
        None => plain(&ctx.counts(&one.event.data.attendance, None)),
    }
}

/// Names the highest only where all are counted, in one unit, and none of the others may be higher.
fn title(ctx: &Context, list: &[Entry], panels: &[Panel]) -> String {
    let values: Option<Vec<_>> = list.iter().map(|one| Some((one, decimal(&one.count?.value)?))).collect();
    let values = values.filter(|_| panels.len() == 1).unwrap_or_default();
    let exact = |one: &Entry| matches!(one.count.and_then(|it| it.qualifier), None | Some(Qualifier::Exact));
    let best = values.iter().max_by_key(|(_, value)| *value).filter(|(best, value)| {
        let lower = |(one, other): &&(&Entry, _)| exact(one) && other < value;
        let others = values.iter().filter(|(one, _)| !std::ptr::eq(*one, *best));
        let about = best.count.and_then(|it| it.qualifier) == Some(Qualifier::About);
        !about && others.clone().count() > 0 && others.clone().filter(lower).count() == others.count()
    });
    match best {
        Some((one, _)) => {
            let (place, count) = (name(ctx, one), recorded(ctx, one));
            ctx.words.fill("participation-most", &[("where", &place), ("count", &count)])
        }
        None => ctx.word("participation"),
    }
}

fn alternative(ctx: &Context, title: &str, panels: &[Panel]) -> String {
    let panel = |panel: &Panel| {
        let entries = panel.groups.iter().flat_map(|group| {
            group.bars.iter().map(|bar| {
                let parts: Vec<&str> =
                    [group.label.text.as_str(), &bar.series].into_iter().filter(|it| !it.is_empty()).collect();
                let mark = if group.label.mark.is_empty() { String::new() } else { format!(" ({})", group.label.mark) };
                let value = format!("{}{mark}", bar.text);
                ctx.words.fill("chart-alt-entry", &[("name", &parts.join(", ")), ("value", &value)])
            })
        });
        let entries = entries.collect::<Vec<_>>().join(&ctx.semicolon());
        match panel.title.is_empty() {
            true => format!("{entries}."),
            false => ctx.words.fill("chart-alt-panel", &[("panel", &panel.title), ("entries", &entries)]),
        }
    };
    std::iter::once(format!("{title}.")).chain(panels.iter().map(panel)).collect::<Vec<_>>().join(" ")
}

fn data(ctx: &Context, list: &[Entry]) -> Vec<Vec<String>> {
    let heads = ["event", "region", "value", "unit", "base", "as-recorded", "basis"];
    let mut out = vec![heads.iter().map(|key| ctx.word(key)).collect::<Vec<String>>()];
    out.extend(list.iter().map(|one| {
        let region = one.event.data.region.as_deref().map(|id| plain(&ctx.called(id))).unwrap_or_default();
        let count = one.count;
        vec![
            ctx.say(&one.event.data.title).text,
            region,
            count.map(|it| it.value.to_string()).unwrap_or_default(),
            count.map(|it| ctx.say_opt(it.unit.as_ref()).text).unwrap_or_default(),
            count.and_then(|it| it.base.as_ref()).map(|it| it.to_string()).unwrap_or_default(),
            recorded(ctx, one),
            one.basis.map(|basis| ctx.word(&format!("basis-{}", basis.word()))).unwrap_or_default(),
        ]
    }));
    out
}
