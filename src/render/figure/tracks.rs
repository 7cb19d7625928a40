//! Lines with a baseline, targets and measured values: each value with its words beside a line that leads to it.

use super::scene::*;
use super::stairs::{self, BESIDE};
use super::{CHART, Named, SMALL, Scale, TEXT, list, looks, place, words};
use crate::document::drawing::{Track, TrackKind, TrackPoint, Tracks};

/// Width of the column of names.
const NAMES: f64 = 200.0;
const FROM: f64 = NAMES + 24.0;
/// The lines end where words still fit beside their end.
const TO: f64 = CHART - 190.0;

pub fn draw(tracks: &Tracks, kit: &super::Kit) -> Scene {
    let mut entries = Vec::new();
    let mut rules = Vec::new();
    let mut top = 0.0;
    for track in &tracks.tracks {
        if top > 0.0 {
            rules.push(Item::line(at(0.0, top + 5.0), at(CHART, top + 5.0), Pen::new(Paint::Line, 0.8)));
            top += 12.0;
        }
        let (items, height) = self::track(track, top, kit);
        entries.push(items);
        top += height;
    }
    let items = vec![looks(rules), list("", entries)];
    Scene { width: CHART, height: top, mirrored: false, items }
}

fn track(track: &Track, top: f64, kit: &super::Kit) -> (Vec<Item>, f64) {
    let name = Named::new(&track.label, TEXT, true, NAMES, kit);
    let unit = kit.fit(&track.unit, SMALL, false, NAMES);
    let names_height = name.height() + unit.height();
    let unit_top = top + name.height();
    let mut items = vec![Item::linked(&track.label.target, name.placed(0.0, top, Align::Start, Paint::Ink))];
    items.extend(words([unit.placed(0.0, unit_top, Align::Start, Paint::Quiet)]));

    let (points, rest): (Vec<_>, Vec<_>) =
        track.points.iter().map(|point| (place(&point.value), point)).partition(|(value, _)| value.is_some());
    let scale = Scale::new(points.iter().filter_map(|(value, _)| *value), FROM, TO);
    let points: Vec<(f64, &TrackPoint)> =
        points.iter().map(|(value, point)| (scale.at(value.unwrap_or_default()), *point)).collect();
    let axis = top + 9.0;
    let mut below = if points.is_empty() { top } else { axis + 8.0 + labels(&points, axis, &mut items, kit) };
    // What cannot stand on the line is said below it.
    for (_, point) in rest {
        let text = kit.fit(&point.text, TEXT, false, CHART - FROM);
        let height = text.height();
        items.extend(words([text.placed(FROM, below, Align::Start, Paint::Quiet)]));
        below += height;
    }
    (items, names_height.max(below - top))
}

/// The line with its points, and their words; gives the height of these.
fn labels(points: &[(f64, &TrackPoint)], axis: f64, items: &mut Vec<Item>, kit: &super::Kit) -> f64 {
    let texts: Vec<_> = points.iter().map(|(x, point)| kit.fit(&point.text, TEXT, false, CHART - x - BESIDE)).collect();
    let steps = stairs::steps(&points.iter().zip(&texts).map(|((x, _), text)| (*x, text.width())).collect::<Vec<_>>());
    let tops = stairs::tops(&steps, &texts.iter().map(|text| text.height()).collect::<Vec<_>>());
    let mut lines = vec![Item::line(at(FROM, axis), at(TO, axis), Pen::new(Paint::Strong, 1.2))];
    for ((x, _), step) in points.iter().zip(&steps) {
        let end = axis + 8.0 + tops[*step] + TEXT * 1.1;
        lines.push(Item::line(at(*x, axis), at(*x, end), Pen::new(Paint::Line, 1.0)));
    }
    lines.extend(points.iter().map(|(x, point)| sign(point.kind, at(*x, axis))));
    items.push(looks(lines));
    for ((text, step), (x, _)) in texts.into_iter().zip(&steps).zip(points) {
        let top = axis + 8.0 + tops[*step];
        items.extend(words([text.placed(x + BESIDE, top, Align::Start, Paint::Ink)]));
    }
    tops.last().copied().unwrap_or(0.0)
}

/// A ring where it begins, a stroke where it should be, a full circle where it is.
fn sign(kind: TrackKind, centre: Point) -> Item {
    let pen = Pen::new(Paint::Accent, 2.0);
    match kind {
        TrackKind::Baseline => Item::Circle { centre, radius: 5.0, fill: Paint::Paper, pen },
        TrackKind::Measured => Item::Circle { centre, radius: 5.5, fill: Paint::Accent, pen: Pen::NONE },
        TrackKind::Target => {
            Item::line(at(centre.x, centre.y - 8.0), at(centre.x, centre.y + 8.0), Pen::new(Paint::Accent, 3.5))
        }
    }
}
