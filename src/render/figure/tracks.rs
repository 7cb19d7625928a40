//! Lines with a baseline, targets and measured values: below each point its value, and when it holds.

use super::scene::*;
use super::stairs::{self, BESIDE};
use super::{Fitted, Kit, Named, SMALL, Scale, TEXT, list, looks, place, words};
use crate::document::drawing::{Track, TrackKind, TrackPoint, Tracks};

/// Width of the column of names.
const NAMES: f64 = 220.0;
/// The lines end where words still fit beside their end.
const BEHIND: f64 = 120.0;

pub fn draw(tracks: &Tracks, kit: &Kit) -> Scene {
    let mut entries = Vec::new();
    let mut rules = Vec::new();
    let mut top = 0.0;
    for track in &tracks.tracks {
        if top > 0.0 {
            rules.push(Item::line(at(0.0, top + 5.0), at(kit.width, top + 5.0), Pen::new(Paint::Line, 0.8)));
            top += 12.0;
        }
        let (items, height) = self::track(track, top, kit);
        entries.push(items);
        top += height;
    }
    let items = vec![looks(rules), list("", entries)];
    Scene { width: kit.width, height: top, mirrored: false, items }
}

/// Beside the name, on a narrow canvas below it.
fn track(track: &Track, top: f64, kit: &Kit) -> (Vec<Item>, f64) {
    let (width, from) = if kit.is_narrow() { (kit.width, 8.0) } else { (NAMES, NAMES + 24.0) };
    let name = Named::new(&track.label, TEXT, true, width, kit);
    let unit = kit.fit(&track.unit, SMALL, false, width);
    let names_height = name.height() + unit.height();
    let unit_top = top + name.height();
    let mut items = vec![Item::linked(&track.label.target, name.placed(0.0, top, Align::Start, Paint::Ink))];
    items.extend(words([unit.placed(0.0, unit_top, Align::Start, Paint::Quiet)]));

    let begin = if kit.is_narrow() { top + names_height + 4.0 } else { top };
    let (points, rest): (Vec<_>, Vec<_>) =
        track.points.iter().map(|point| (place(&point.value), point)).partition(|(value, _)| value.is_some());
    let scale = Scale::new(points.iter().filter_map(|(value, _)| *value), from, kit.width - BEHIND);
    let points: Vec<(f64, &TrackPoint)> =
        points.iter().map(|(value, point)| (scale.at(value.unwrap_or_default()), *point)).collect();
    let axis = begin + 9.0;
    let mut below = if points.is_empty() { begin } else { axis + 8.0 + labels(&points, axis, &mut items, kit) };
    // What cannot stand on the line is said below it.
    for (_, point) in rest {
        let said = Said::new(point, kit.width - from, kit);
        let height = said.height();
        items.extend(said.placed(from, below, Paint::Quiet));
        below += height;
    }
    (items, (top + names_height).max(below) - top)
}

/// A value, and when it holds.
struct Said {
    value: Fitted,
    when: Fitted,
}

impl Said {
    fn new(point: &TrackPoint, width: f64, kit: &Kit) -> Self {
        Said { value: kit.fit(&point.text, TEXT, true, width), when: kit.fit(&point.when, SMALL, false, width) }
    }

    fn width(&self) -> f64 {
        self.value.width().max(self.when.width())
    }

    fn height(&self) -> f64 {
        self.value.height() + self.when.height() + 2.0
    }

    fn placed(self, x: f64, top: f64, paint: Paint) -> Vec<Item> {
        let below = top + self.value.height() - 1.0;
        words([self.value.placed(x, top, Align::Start, paint), self.when.placed(x, below, Align::Start, Paint::Quiet)])
    }
}

/// The line with its points, and their words; gives the height of these.
fn labels(points: &[(f64, &TrackPoint)], axis: f64, items: &mut Vec<Item>, kit: &Kit) -> f64 {
    let said: Vec<Said> =
        points.iter().map(|(x, point)| Said::new(point, (kit.width - x - BESIDE).min(170.0), kit)).collect();
    let steps = stairs::steps(&points.iter().zip(&said).map(|((x, _), one)| (*x, one.width())).collect::<Vec<_>>());
    let tops = stairs::tops(&steps, &said.iter().map(Said::height).collect::<Vec<_>>());
    let ends = points.iter().map(|(x, _)| *x);
    let (first, last) = (ends.clone().fold(f64::INFINITY, f64::min), ends.fold(0.0, f64::max));
    let mut lines = vec![Item::line(at(first, axis), at(last, axis), Pen::new(Paint::Strong, 1.2))];
    for ((x, _), step) in points.iter().zip(&steps) {
        let end = axis + 8.0 + tops[*step] + TEXT * 1.1;
        lines.push(Item::line(at(*x, axis), at(*x, end), Pen::new(Paint::Line, 1.0)));
    }
    lines.extend(points.iter().map(|(x, point)| sign(point.kind, at(*x, axis))));
    items.push(looks(lines));
    for ((one, step), (x, _)) in said.into_iter().zip(&steps).zip(points) {
        items.extend(one.placed(x + BESIDE, axis + 8.0 + tops[*step], Paint::Ink));
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
