//! Horizontal bars: what they are at the start, the value in words behind each bar, single values as points below it.

use super::scene::*;
use super::stairs::{self, BESIDE};
use super::{CHART, Fitted, Kit, Named, SMALL, Scale, TEXT, list, looks, place, words};
use crate::document::drawing::{Bar, BarGroup, Bars, Bound, Dot, Panel};

/// Width of the column of names.
const NAMES: f64 = 200.0;
const AXIS: f64 = NAMES + 14.0;
/// The most that the words behind a bar take.
const BEHIND: f64 = 190.0;
const THICK: f64 = 15.0;
/// What is drawn beyond the end of a bar that is not exact.
const BEYOND: f64 = 11.0;
/// So many steps of names below a bar; what would stand deeper is told by the table alone.
const DEEPEST: usize = 3;

pub fn draw(bars: &Bars, kit: &Kit) -> Scene {
    let mut scene = Scene { width: CHART, ..Scene::default() };
    for panel in &bars.panels {
        if scene.height > 0.0 {
            scene.height += 16.0;
        }
        self::panel(panel, &mut scene, kit);
    }
    scene
}

fn panel(panel: &Panel, scene: &mut Scene, kit: &Kit) {
    let title = kit.fit(&panel.title, TEXT, true, CHART);
    let mut top = scene.height;
    if !title.lines.is_empty() {
        let height = title.height();
        scene.items.extend(words([title.placed(0.0, top, Align::Start, Paint::Ink)]));
        top += height + 6.0;
    }
    let scale = scale(panel, kit);
    let zero = scale.at(begin_of(panel));
    let begin = top;
    let mut entries = Vec::new();
    for (nth, group) in panel.groups.iter().enumerate() {
        if nth > 0 {
            top += if panel.groups.iter().any(|group| group.bars.len() > 1) { 11.0 } else { 5.0 };
        }
        let (items, height) = self::group(group, top, (&scale, zero), kit);
        entries.push(items);
        top += height;
    }
    let pen = Pen::new(Paint::Strong, 1.0);
    if !panel.largest.is_empty() {
        let area = Area::new(scale.from, begin, scale.to - scale.from, top - begin);
        scene.items.push(looks(vec![Item::Rect { area, radius: 0.0, fill: Paint::Shade, pen: Pen::NONE }]));
    }
    scene.items.push(list(&panel.title, entries));
    scene.items.push(looks(vec![Item::line(at(zero, begin - 2.0), at(zero, top + 2.0), pen)]));
    scene.height = top + 3.0;
    if !panel.largest.is_empty() {
        scene.height = ends(panel, &scale, top + 4.0, scene, kit);
    }
}

/// The value at which bars begin.
fn begin_of(panel: &Panel) -> f64 {
    place(&panel.smallest).unwrap_or(0.0)
}

/// Both ends of the axis in words, below the bars; gives where they end.
fn ends(panel: &Panel, scale: &Scale, top: f64, scene: &mut Scene, kit: &Kit) -> f64 {
    let smallest = if panel.smallest.is_empty() { "0" } else { &panel.smallest };
    let mut below = top;
    for text in [smallest, &panel.largest] {
        let Some(value) = place(text) else { continue };
        let fitted = kit.fit(text, SMALL, false, 60.0);
        below = below.max(top + fitted.height());
        scene.items.push(looks(words([fitted.placed(scale.at(value), top, Align::Middle, Paint::Quiet)])));
    }
    below + 2.0
}

/// From nothing, the least that the panel names, or the least value, to the largest; it ends where the words behind a full bar still fit.
fn scale(panel: &Panel, kit: &Kit) -> Scale {
    let bars = || panel.groups.iter().flat_map(|group| &group.bars);
    let behind = bars().filter(|bar| place(&bar.value).is_some()).map(|bar| behind(bar, BEHIND, kit).width());
    let to = CHART - behind.fold(40.0, f64::max) - BEYOND - 8.0;
    let dots = bars().flat_map(|bar| &bar.points).map(|dot| &dot.value);
    let values = bars().map(|bar| &bar.value).chain(dots).chain([&panel.largest]).filter_map(|value| place(value));
    Scale::new(values.chain([begin_of(panel)]), AXIS, to)
}

/// The words at a bar: the value, then what tells the bar from the others.
fn behind(bar: &Bar, width: f64, kit: &Kit) -> Fitted {
    let text = match (bar.text.is_empty(), bar.series.is_empty()) {
        (_, true) => bar.text.clone(),
        (true, false) => bar.series.clone(),
        (false, false) => format!("{} · {}", bar.text, bar.series),
    };
    kit.fit(&text, TEXT, false, width)
}

/// A group with its top at `top`, and its height.
fn group(group: &BarGroup, top: f64, axis: (&Scale, f64), kit: &Kit) -> (Vec<Item>, f64) {
    let name = Named::new(&group.label, TEXT, false, NAMES, kit);
    let name_height = name.height();
    let mut items = vec![Item::linked(&group.label.target, name.placed(0.0, top, Align::Start, Paint::Ink))];
    let mut below = top;
    for (nth, bar) in group.bars.iter().enumerate() {
        below += self::bar(bar, nth, below, axis, &mut items, kit) + 2.0;
    }
    (items, name_height.max(below - top))
}

fn bar(bar: &Bar, nth: usize, top: f64, (scale, zero): (&Scale, f64), items: &mut Vec<Item>, kit: &Kit) -> f64 {
    let value = place(&bar.value);
    let width = if value.is_some() { BEHIND } else { CHART - AXIS };
    let text = behind(bar, width, kit);
    let height = text.height().max(THICK + 2.0);
    let first = text.pitch;
    let mut end = zero;
    if let Some(value) = value {
        let there = scale.at(value);
        let area = Area::new(end.min(there), top + (first - THICK) / 2.0, (there - end).abs(), THICK);
        items.push(looks(filled(area, bar.bound, nth)));
        end = end.max(there) + if bar.bound == Bound::Exact { 0.0 } else { BEYOND };
    }
    let paint = if value.is_some() { Paint::Ink } else { Paint::Quiet };
    items.extend(words([text.placed(end + 7.0, top, Align::Start, paint)]));
    height + dots(&bar.points, top + height, scale, items, kit)
}

/// A bar in the look of its place in the group: told apart by lightness and by lines, never by hue.
fn filled(area: Area, bound: Bound, nth: usize) -> Vec<Item> {
    let (fill, hatched) = match nth % 3 {
        0 => (Paint::Accent, false),
        1 => (Paint::Mid, false),
        _ => (Paint::Paper, true),
    };
    let pen = Pen::new(Paint::Accent, 1.0);
    let rect = |area: Area| Item::Rect { area, radius: 0.0, fill, pen };
    let mut items = Vec::new();
    match bound {
        Bound::Exact => items.push(rect(area)),
        Bound::About => {
            // It runs out in stripes around the value.
            let solid = (area.width - 10.0).max(0.0);
            items.push(rect(Area { width: solid, ..area }));
            for step in 0..4 {
                let x = area.x + solid + 3.0 + f64::from(step) * 4.0;
                let inset = f64::from(step) * 1.5;
                let stripe = Area::new(x, area.y + inset, 1.6, area.height - 2.0 * inset);
                items.push(Item::Rect { area: stripe, radius: 0.0, fill: Paint::Accent, pen: Pen::NONE });
            }
        }
        Bound::AtLeast => {
            let (right, middle) = (area.right(), area.y + area.height / 2.0);
            items.push(rect(area));
            let points = vec![at(right + 3.0, area.y), at(right + 9.0, middle), at(right + 3.0, area.bottom())];
            let pen = Pen::new(Paint::Accent, 2.0);
            items.push(Item::Path { points, closed: false, fill: Paint::None, pen });
        }
    }
    if hatched {
        items.extend(hatching(area));
    }
    items
}

/// Lines aslant over an area.
fn hatching(area: Area) -> Vec<Item> {
    let pen = Pen::new(Paint::Accent, 1.0);
    let mut lines = Vec::new();
    let mut x = area.x - area.height + 5.0;
    while x < area.right() {
        let (left, right) = (x.max(area.x), (x + area.height).min(area.right()));
        lines.push(Item::line(at(left, area.bottom() - (left - x)), at(right, area.bottom() - (right - x)), pen));
        x += 5.0;
    }
    lines
}

/// Points on a line of their own below a bar, with their names where these fit; gives the height.
fn dots(dots: &[Dot], top: f64, scale: &Scale, items: &mut Vec<Item>, kit: &Kit) -> f64 {
    let mut points: Vec<(f64, String)> = Vec::new();
    let mut placed: Vec<(f64, &str)> =
        dots.iter().filter_map(|dot| Some((scale.at(place(&dot.value)?), dot.name.as_str()))).collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (x, name) in placed {
        match points.last_mut() {
            Some((last, names)) if x - *last < 1.0 => names.push_str(&format!(", {name}")),
            _ => points.push((x, name.to_string())),
        }
    }
    if points.is_empty() {
        return 0.0;
    }
    let middle = top + 7.0;
    let (first, last) = (points[0].0, points[points.len() - 1].0);
    items.push(looks(vec![Item::line(at(first, middle), at(last, middle), Pen::new(Paint::Strong, 1.0))]));
    let names: Vec<Fitted> = points.iter().map(|(_, name)| kit.fit(name, SMALL, false, CHART)).collect();
    let fits = |nth: &usize| points[*nth].0 + BESIDE + names[*nth].width() <= CHART;
    let shown: Vec<usize> = (0..points.len()).filter(fits).collect();
    let steps = stairs::steps(&shown.iter().map(|nth| (points[*nth].0, names[*nth].width())).collect::<Vec<_>>());
    let pitch = SMALL * 1.3;
    let mut deepest = 0.0;
    for (nth, step) in shown.into_iter().zip(steps).filter(|(_, step)| *step < DEEPEST) {
        let name_top = middle + 3.0 + step as f64 * pitch;
        let pen = Pen::new(Paint::Line, 1.0);
        items.push(looks(vec![Item::line(at(points[nth].0, middle), at(points[nth].0, name_top + pitch - 2.0), pen)]));
        deepest = f64::max(deepest, names[nth].height() + name_top - top);
        items.extend(words([names[nth].clone().placed(points[nth].0 + BESIDE, name_top, Align::Start, Paint::Quiet)]));
    }
    let circle = |(x, _): &(f64, String)| Item::Circle {
        centre: at(*x, middle),
        radius: 3.5,
        fill: Paint::Paper,
        pen: Pen::new(Paint::Ink, 1.5),
    };
    items.push(looks(points.iter().map(circle).collect()));
    f64::max(deepest, 14.0) + 3.0
}
