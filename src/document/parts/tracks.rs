//! Indicators in figures, as figures: the baseline, the targets and what was measured, each on a line of its own.

use super::super::context::Context;
use super::super::draft::*;
use super::super::drawing::{Csv, Drawing, Label, Picture, Track, TrackKind, TrackPoint, Tracks};
use super::super::{dates, numbers, table};
use crate::analysis::basis_of;
use crate::model::Item;
use crate::model::format::{Basis, Indicator, Layer, Measured};
use crate::model::reference::decimal;

/// A figure has room for so many lines.
const LINES: usize = 5;

/// More indicators than this have their figures where their elements stand.
const TOGETHER: usize = 40;

/// One figure for each layer that has indicators in figures, several where they are many; of very many, a word where they are.
pub(super) fn drawings(ctx: &Context) -> Vec<Block> {
    if ctx.plan.indicators.len() > TOGETHER {
        return table::paragraph(ctx, "note", "", ctx.fixed("tracks-elsewhere")).into_iter().collect();
    }
    let layer_of = |item: &Indicator| {
        let activity = ctx.plan.activities.iter().find(|one| one.data.id == item.measures);
        let element = activity.map_or(&item.measures, |one| &one.data.parent);
        ctx.plan.elements.iter().find(|one| one.data.id == *element).map(|one| one.data.layer.as_str())
    };
    let placed: Vec<_> = ctx.plan.indicators.iter().map(|item| (layer_of(&item.data), item)).collect();
    let of_layer = |layer: &Item<Layer>| {
        let own = placed.iter().filter(|(of, _)| *of == Some(&*layer.data.id)).map(|(_, item)| *item);
        figures(ctx, &ctx.say(&layer.data.plural).text, &layer.data.id, own.collect())
    };
    ctx.plan.layers.iter().flat_map(of_layer).collect()
}

/// The figures of an element, where those of all do not stand together.
pub(super) fn of_element(ctx: &Context, id: &str) -> Vec<Block> {
    match ctx.plan.indicators.len() > TOGETHER {
        true => figures(ctx, &plain(&ctx.called(id)), id, ctx.related().indicators(id)),
        false => Vec::new(),
    }
}

/// Figures of about the same length, under one name.
fn figures(ctx: &Context, name: &str, id: &str, list: Vec<&Item<Indicator>>) -> Vec<Block> {
    let own: Vec<_> = list.into_iter().filter(|item| values(&item.data).len() > 1).collect();
    let is_measured = own.iter().any(|item| values(&item.data).iter().any(|(kind, _)| *kind == TrackKind::Measured));
    let key = if is_measured { "tracks-measured" } else { "tracks" };
    let title = ctx.words.fill(key, &[("layer", name)]);
    let count = own.len().div_ceil(LINES);
    let figure = |nth: usize| {
        let part = &own[own.len() * nth / count..own.len() * (nth + 1) / count];
        let (number, of) = ((nth + 1).to_string(), count.to_string());
        let places = [("title", title.as_str()), ("number", &number), ("count", &of)];
        let title = if count == 1 { title.clone() } else { ctx.words.fill("tracks-part", &places) };
        drawing(ctx, title, &format!("{id}-{number}"), part)
    };
    (0..count).map(figure).collect()
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::clearance::cut;
    use crate::diag::Diagnostics;
    use crate::document::{draft, testing};

    /// The anchors of all figures of indicators in a draft of a plan with so many indicators.
    fn anchors(count: usize) -> Vec<(String, String)> {
        let mut plan = testing::plan();
        plan.plan.editions[0].parts = testing::of(json!(["structure", "indicators"]));
        let indicator = |nth: usize| {
            testing::item(json!({ "id": format!("ind-{nth}"), "title": "Delay", "measures": "so-a",
                "baseline": { "value": "3", "year": "2018" }, "targets": [{ "value": "5", "year": "2020" }] }))
        };
        plan.indicators = (0..count).map(indicator).collect();
        let draft = draft(&cut(&plan, "members"), "tabled", "en", &[], &mut Diagnostics::default()).expect("a draft");
        fn find(list: &[Section], out: &mut Vec<(String, String)>) {
            for section in list {
                for block in &section.blocks {
                    if let Block::Drawing(drawing) = block {
                        out.push((section.node.id.clone(), drawing.csv.name.clone()));
                    }
                }
                find(&section.sections, out);
            }
        }
        let mut out = Vec::new();
        find(&draft.chapters, &mut out);
        out
    }

    #[test]
    fn many_indicators_have_their_figures_with_their_elements() {
        let few = anchors(TOGETHER);
        assert_eq!(few.len(), TOGETHER / LINES);
        assert!(few.iter().all(|(section, _)| section == "part-indicators"), "{few:?}");
        let many = anchors(TOGETHER + 1);
        assert_eq!(many.len(), (TOGETHER + 1).div_ceil(LINES));
        assert!(many.iter().all(|(section, _)| section == "so-a"), "{many:?}");
        let mut files: Vec<&str> = many.iter().map(|(_, file)| file.as_str()).collect();
        files.dedup();
        assert_eq!(files.len(), many.len(), "each has a file of its own");
    }
}
