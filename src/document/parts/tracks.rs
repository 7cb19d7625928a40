//! Indicators in figures, as figures: the baseline, the targets and what was measured, each on a line of its own.

use super::super::context::Context;
use super::super::draft::*;
use super::super::drawing::{Csv, Drawing, Label, Picture, Track, TrackKind, TrackPoint, Tracks};
use super::super::{dates, numbers};
use crate::analysis::basis_of;
use crate::model::Item;
use crate::model::format::{Basis, Indicator, Measured};
use crate::model::reference::decimal;

/// A figure has room for so many lines.
const LINES: usize = 5;

/// One figure for each layer that has indicators in figures; several where they are many.
pub(super) fn drawings(ctx: &Context) -> Vec<Block> {
    let layer_of = |item: &Indicator| {
        let activity = ctx.plan.activities.iter().find(|one| one.data.id == item.measures);
        let element = activity.map_or(&item.measures, |one| &one.data.parent);
        ctx.plan.elements.iter().find(|one| one.data.id == *element).map(|one| one.data.layer.as_str())
    };
    let drawn: Vec<_> = ctx.plan.indicators.iter().filter(|item| values(&item.data).len() > 1).collect();
    let placed: Vec<_> = drawn.into_iter().map(|item| (layer_of(&item.data), item)).collect();
    let mut out = Vec::new();
    for layer in &ctx.plan.layers {
        let own: Vec<_> = placed.iter().filter(|(of, _)| *of == Some(&*layer.data.id)).map(|(_, item)| *item).collect();
        let is_measured =
            own.iter().any(|item| values(&item.data).iter().any(|(kind, _)| *kind == TrackKind::Measured));
        // Figures of about the same length.
        let count = own.len().div_ceil(LINES).max(1);
        let parts: Vec<_> =
            (0..count).map(|nth| &own[own.len() * nth / count..own.len() * (nth + 1) / count]).collect();
        for (index, part) in parts.iter().enumerate().filter(|(_, part)| !part.is_empty()) {
            let name = ctx.say(&layer.data.plural).text;
            let (number, count) = ((index + 1).to_string(), parts.len().to_string());
            let key = if is_measured { "tracks-measured" } else { "tracks" };
            let title = ctx.words.fill(key, &[("layer", &name)]);
            let title = match parts.len() {
                1 => title,
                _ => ctx.words.fill("tracks-part", &[("title", &title), ("number", &number), ("count", &count)]),
            };
            out.push(drawing(ctx, title, &format!("{}-{number}", layer.data.id), part));
        }
    }
    out
}

/// The values of an indicator that are numbers, in the order of time for each kind.
fn values(data: &Indicator) -> Vec<(TrackKind, &Measured)> {
    let baseline = data.baseline.iter().map(|one| (TrackKind::Baseline, one));
    let targets = data.targets.iter().map(|one| (TrackKind::Target, one));
    let measured = data.measurements.iter().map(|one| (TrackKind::Measured, one));
    let all = baseline.chain(targets).chain(measured);
    let mut out: Vec<_> =
        all.filter(|(_, one)| one.value.as_ref().is_some_and(|value| decimal(value).is_some())).collect();
    out.sort_by_key(|(kind, one)| (*kind as u8, dates::sort_key(&one.year)));
    out
}

fn drawing(ctx: &Context, title: String, name: &str, list: &[&Item<Indicator>]) -> Block {
    let bases: Vec<Option<Basis>> = list
        .iter()
        .flat_map(|item| values(&item.data).into_iter().map(|(_, one)| one.basis.or(basis_of(*item))))
        .chain(list.iter().map(|item| basis_of(*item)))
        .collect();
    let any = bases.contains(&Some(Basis::Illustrative));
    let marked = any && !bases.iter().all(|one| *one == Some(Basis::Illustrative));
    let tracks: Vec<Track> = list.iter().map(|item| track(ctx, item, marked)).collect();
    Block::Drawing(Drawing {
        node: ctx.node(format!("part-indicators_{name}"), "tracks", ""),
        alternative: alternative(ctx, &title, &tracks, list, marked),
        title: vec![Inline::text(title)],
        mark: if any { ctx.word("basis-illustrative") } else { String::new() },
        picture: Picture::Tracks(Tracks { tracks }),
        csv: Csv { name: format!("indicators-{name}.csv"), rows: data(ctx, list) },
    })
}

fn track(ctx: &Context, item: &Item<Indicator>, marked: bool) -> Track {
    let data = &item.data;
    let mut points: Vec<TrackPoint> = Vec::new();
    for (kind, one) in values(data) {
        let (value, when) =
            (one.value.as_ref().map(|value| value.to_string()).unwrap_or_default(), ctx.date(&one.year));
        let text = printed(ctx, item, one, marked);
        match points.last_mut() {
            // What stands at one place is named there once.
            Some(last) if last.kind == kind && last.text == text => last.when = format!("{}, {when}", last.when),
            _ => points.push(TrackPoint { kind, value, text, when }),
        }
    }
    // What it is stands at the last of its kind: the target that counts in the end.
    for nth in 0..points.len() {
        if points.get(nth + 1).is_none_or(|next| next.kind != points[nth].kind) {
            let kind = ctx.word(word(points[nth].kind));
            points[nth].when = ctx.words.fill("track-when", &[("kind", &kind), ("year", &points[nth].when)]);
        }
    }
    let label = Label {
        text: plain(&ctx.called(data.id.as_str())),
        target: data.id.to_string(),
        mark: mark(ctx, basis_of(item), marked),
        lang: ctx.other_lang_of(&data.id),
    };
    Track { label, unit: ctx.say_opt(data.unit.as_ref()).text, points }
}

/// The word for a basis, where the figure does not say it of all.
fn mark(ctx: &Context, basis: Option<Basis>, marked: bool) -> String {
    match ctx.mark(basis) {
        Some(Inline::Mark { text, .. }) if marked => text,
        _ => String::new(),
    }
}

/// A value in words; what is as good as its indicator is marked there.
fn printed(ctx: &Context, item: &Item<Indicator>, one: &Measured, marked: bool) -> String {
    let value = one.value.as_ref().map(|value| value.to_string()).unwrap_or_default();
    let printed = numbers::print(&value, ctx.lang);
    let own = mark(ctx, one.basis.filter(|basis| Some(*basis) != basis_of(item)), marked);
    if own.is_empty() { printed } else { format!("{printed} ({own})") }
}

fn word(kind: TrackKind) -> &'static str {
    match kind {
        TrackKind::Baseline => "baseline",
        TrackKind::Target => "target",
        TrackKind::Measured => "measured",
    }
}

fn alternative(ctx: &Context, title: &str, tracks: &[Track], list: &[&Item<Indicator>], marked: bool) -> String {
    let one = |(track, item): (&Track, &&Item<Indicator>)| {
        let mut name = track.label.text.clone();
        if !track.unit.is_empty() {
            name = format!("{name} ({})", track.unit);
        }
        if !track.label.mark.is_empty() {
            name = format!("{name} ({})", track.label.mark);
        }
        let points = values(&item.data).into_iter().map(|(kind, one)| {
            let places = [
                ("kind", ctx.word(word(kind))),
                ("year", ctx.date(&one.year)),
                ("value", printed(ctx, item, one, marked)),
            ];
            ctx.words.fill("track-point", &places.each_ref().map(|(key, text)| (*key, text.as_str())))
        });
        let points: Vec<String> = points.collect();
        ctx.words.fill("chart-alt-panel", &[("panel", &name), ("entries", &points.join(&ctx.semicolon()))])
    };
    let tracks = tracks.iter().zip(list).map(one);
    std::iter::once(format!("{title}.")).chain(tracks).collect::<Vec<_>>().join(" ")
}

fn data(ctx: &Context, list: &[&Item<Indicator>]) -> Vec<Vec<String>> {
    let heads = ["code", "indicator", "unit", "track-kind", "year", "value", "basis"];
    let mut out = vec![heads.iter().map(|key| ctx.word(key)).collect::<Vec<String>>()];
    for item in list {
        out.extend(values(&item.data).into_iter().map(|(kind, one)| {
            let basis = one.basis.or(basis_of(*item));
            vec![
                ctx.code_text(item.data.code.as_ref()),
                ctx.say(&item.data.title).text,
                ctx.say_opt(item.data.unit.as_ref()).text,
                ctx.word(word(kind)),
                ctx.date(&one.year),
                one.value.as_ref().map(|value| value.to_string()).unwrap_or_default(),
                basis.map(|basis| ctx.word(&format!("basis-{}", basis.word()))).unwrap_or_default(),
            ]
        }));
    }
    out
}
