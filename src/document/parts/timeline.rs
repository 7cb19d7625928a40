//! The calendar as a figure: meetings of each body, events of the consultation, drafts, and where the reader stands.

use super::super::context::Context;
use super::super::draft::*;
use super::super::drawing::{Csv, Drawing, Label, Lane, LaneEntry, Picture, Tick, Timeline};
use crate::analysis::basis_of;
use crate::model::format::{Basis, When};
use crate::model::when;

type Day = (i32, u8, u8);

/// An axis longer than this, in days, is marked by years.
const QUARTERS: i64 = 1100;

/// Years are marked one by one up to so many.
const YEARS: i64 = 12;

pub(super) fn drawing(ctx: &Context) -> Option<Block> {
    let present = span(ctx, &ctx.edition.date);
    let lanes: Vec<Lane> = lanes(ctx, present).into_iter().filter(|lane| !lane.entries.is_empty()).collect();
    let entries = || lanes.iter().flat_map(|lane| &lane.entries);
    let first = entries().filter_map(|one| one.days).map(|(first, _)| first).min()?;
    let last = entries().filter_map(|one| one.days).map(|(_, last)| last).max()?;
    if entries().filter(|one| !one.is_present).count() < 2 {
        return None;
    }
    let bases: Vec<Option<Basis>> = bases(ctx);
    let any = bases.contains(&Some(Basis::Illustrative));
    let [from, to] = [first, last].map(|day| ctx.date(&When(month_of(day))));
    let title = ctx.words.fill("timeline", &[("from", &from), ("to", &to)]);
    let rows = data(ctx, &lanes);
    let date = ctx.date(&ctx.edition.date);
    let present = present.map(|(day, _)| Tick { day, text: ctx.words.fill("timeline-present", &[("date", &date)]) });
    Some(Block::Drawing(Drawing {
        node: ctx.node("part-process_timeline", "timeline", ""),
        alternative: alternative(ctx, &title, &lanes),
        title: vec![Inline::text(title)],
        mark: if any { ctx.word("basis-illustrative") } else { String::new() },
        picture: Picture::Timeline(Timeline { lanes, ticks: ticks(ctx, first, last), present }),
        csv: Csv { name: "timeline.csv".to_string(), rows },
    }))
}

/// Days since 1 January of year 1, in the calendar of today (Gregorian, also before it was in use).
fn number((year, month, day): Day) -> i64 {
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    // Years begin in March, so that a leap day is their last.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let before = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    before + (153 * month + 2) / 5 + day - 1 - 306
}

/// "2018-10": the month of a day.
fn month_of(day: i64) -> String {
    let mut year = i32::try_from(day.div_euclid(366)).unwrap_or(i32::MAX - 1) + 1;
    while number((year + 1, 1, 1)) <= day {
        year += 1;
    }
    let month = (1..=12).rev().find(|month| number((year, *month, 1)) <= day).unwrap_or(1);
    format!("{year:04}-{month:02}")
}

/// First and last day of a date; an open end ends where it begins.
fn span(ctx: &Context, text: &When) -> Option<(i64, i64)> {
    let date = when::read(text, ctx.plan.plan.period.years)?;
    let first = number(when::start(&date)?);
    Some((first, when::end(&date).map_or(first, number).max(first)))
}

fn lanes(ctx: &Context, present: Option<(i64, i64)>) -> Vec<Lane> {
    let ahead = |first: i64| present.is_some_and(|(_, last)| first > last);
    let entry = |id: &str, label: Label, date: Option<&When>| {
        let days = date.and_then(|date| span(ctx, date));
        let is_ahead = days.is_some_and(|(first, _)| ahead(first));
        let date = date.map_or_else(|| ctx.missing_word(id, &["dates"], "timeline-undated"), |date| ctx.date(date));
        LaneEntry { label, date, days, is_ahead, is_present: false }
    };
    let mark = |basis: Option<Basis>| match ctx.mark(basis) {
        Some(Inline::Mark { text, .. }) => text,
        _ => String::new(),
    };
    let mut out: Vec<Lane> = Vec::new();
    for body in &ctx.plan.bodies {
        let own = ctx.plan.meetings.iter().filter(|item| item.data.body == body.data.id && !item.data.as_adopted);
        let entries = own.map(|item| {
            let text = ctx.say(&item.data.title).text;
            let label = Label {
                text,
                target: item.data.id.to_string(),
                mark: mark(basis_of(item)),
                lang: ctx.other_lang(&item.data.title),
            };
            entry(&item.data.id, label, Some(&item.data.dates))
        });
        out.push(Lane { title: ctx.say(&body.data.name).text, entries: entries.collect() });
    }
    let events = ctx.plan.events.iter().filter(|item| !item.data.as_adopted).map(|item| {
        let text = ctx.say(&item.data.title).text;
        let label = Label {
            text,
            target: item.data.id.to_string(),
            mark: mark(basis_of(item)),
            lang: ctx.other_lang(&item.data.title),
        };
        entry(&item.data.id, label, item.data.dates.as_ref())
    });
    out.push(Lane { title: ctx.word("events"), entries: events.collect() });
    // Editions of one day are the same draft for other readers.
    let other = |one: &&crate::model::format::Edition| one.id != ctx.edition.id && one.date != ctx.edition.date;
    let drafts = ctx.plan.plan.editions.iter().filter(other).map(|one| {
        let label = Label { text: ctx.say(&one.name).text, ..Label::default() };
        entry(&one.id, label, Some(&one.date))
    });
    let label = Label { text: ctx.say(&ctx.edition.name).text, ..Label::default() };
    let own = LaneEntry { is_present: true, ..entry(&ctx.edition.id, label, Some(&ctx.edition.date)) };
    out.push(Lane { title: ctx.word("timeline-drafts"), entries: drafts.chain([own]).collect() });
    for lane in &mut out {
        // What has no date stands last.
        lane.entries.sort_by_key(|one| (one.days.is_none(), one.days));
    }
    out
}

/// The basis of everything that is drawn.
fn bases(ctx: &Context) -> Vec<Option<Basis>> {
    let meetings = ctx.plan.meetings.iter().filter(|item| !item.data.as_adopted).map(basis_of);
    let events = ctx.plan.events.iter().filter(|item| !item.data.as_adopted).map(basis_of);
    meetings.chain(events).collect()
}

/// Marks of the axis: quarters, or years of a long one.
fn ticks(ctx: &Context, first: i64, last: i64) -> Vec<Tick> {
    let year_of = |day: i64| month_of(day).split('-').next().and_then(|year| year.parse::<i32>().ok()).unwrap_or(1);
    let (from, to) = (year_of(first), year_of(last));
    let quarters = last - first <= QUARTERS;
    let step = if i64::from(to - from) > YEARS { 5 } else { 1 };
    let months: &[u8] = if quarters { &[1, 4, 7, 10] } else { &[1] };
    let years = (from..=to.saturating_add(1)).filter(|year| quarters || year % step == 0);
    let days = years.flat_map(|year| months.iter().map(move |month| (year, *month)));
    days.filter_map(|(year, month)| {
        let day = number((year, month, 1));
        let text = if quarters { format!("{year:04}-{month:02}") } else { format!("{year:04}") };
        (first..=last).contains(&day).then(|| Tick { day, text: ctx.date(&When(text)) })
    })
    .collect()
}

/// What is still to come is foreseen; what the reader holds is said to be that.
fn note(ctx: &Context, one: &LaneEntry) -> String {
    match (one.is_present, one.is_ahead) {
        (true, _) => ctx.word("timeline-this"),
        (false, true) => ctx.word("ahead"),
        _ => String::new(),
    }
}

fn alternative(ctx: &Context, title: &str, lanes: &[Lane]) -> String {
    let lane = |lane: &Lane| {
        let entries: Vec<String> = lane
            .entries
            .iter()
            .map(|one| {
                let notes = [one.label.mark.clone(), note(ctx, one)];
                let notes: Vec<String> = notes.into_iter().filter(|note| !note.is_empty()).collect();
                let name = match notes.is_empty() {
                    true => one.label.text.clone(),
                    false => format!("{} ({})", one.label.text, notes.join(", ")),
                };
                ctx.words.fill("chart-alt-entry", &[("name", &one.date), ("value", &name)])
            })
            .collect();
        ctx.words.fill("chart-alt-panel", &[("panel", &lane.title), ("entries", &entries.join(&ctx.semicolon()))])
    };
    std::iter::once(format!("{title}.")).chain(lanes.iter().map(lane)).collect::<Vec<_>>().join(" ")
}

fn data(ctx: &Context, lanes: &[Lane]) -> Vec<Vec<String>> {
    let heads = ["timeline-lane", "what", "date", "note", "basis"];
    let mut out = vec![heads.iter().map(|key| ctx.word(key)).collect::<Vec<String>>()];
    for (lane, one) in lanes.iter().flat_map(|lane| lane.entries.iter().map(move |one| (lane, one))) {
        out.push(vec![
            lane.title.clone(),
            one.label.text.clone(),
            one.date.clone(),
            note(ctx, one),
            one.label.mark.clone(),
        ]);
    }
    out
}

/// The figure stands before the table of the same dates.
pub(super) fn before(ctx: &Context, table: Option<Block>) -> Vec<Block> {
    let figure = table.is_some().then(|| drawing(ctx)).flatten();
    figure.into_iter().chain(table).collect()
}

#[cfg(test)]
mod tests {
    use super::{month_of, number};

    #[test]
    fn days_are_counted_from_the_first_of_year_one() {
        assert_eq!(number((1, 1, 1)), 0);
        assert_eq!(number((1, 12, 31)), 364);
        assert_eq!(number((1970, 1, 1)), 719_162);
        assert_eq!(number((2000, 3, 1)) - number((2000, 2, 28)), 2);
        assert_eq!(number((1900, 3, 1)) - number((1900, 2, 28)), 1);
    }

    #[test]
    fn every_day_knows_its_month() {
        let mut day = number((1899, 12, 31));
        for (year, month, length) in [(1900, 1, 31), (1900, 2, 28), (1900, 3, 31)] {
            for _ in 0..length {
                day += 1;
                assert_eq!(month_of(day), format!("{year}-{month:02}"));
            }
        }
        assert_eq!(month_of(number((2018, 12, 31))), "2018-12");
        assert_eq!(month_of(number((1, 1, 1))), "0001-01");
    }
}
