//! Horizontal bars: what they are at the start or, on a narrow canvas, above; the value in words behind each bar; single
//! values in columns of their own, see `cells`.

use super::cells::{self, Columns};
use super::scene::*;
use super::{Fitted, Kit, Named, SMALL, Scale, TEXT, list, looks, place, words};
use crate::document::drawing::{Bar, BarGroup, Bars, Bound, Panel};

/// Width of the column of names.
const NAMES: f64 = 200.0;
/// Between that and the bars.
const BESIDE: f64 = 14.0;
/// The most that the words behind a bar take.
const BEHIND: f64 = 190.0;
/// Bars with the words behind them take at least this much beside columns.
const LEAST: f64 = 170.0;
const THICK: f64 = 15.0;
/// What is drawn beyond the end of a bar that is not exact.
const BEYOND: f64 = 11.0;

pub fn draw(bars: &Bars, kit: &Kit) -> Scene {
    let mut scene = Scene { width: kit.width, ..Scene::default() };
    for panel in &bars.panels {
        if scene.height > 0.0 {
            let y = scene.height + 8.0;
            scene.items.push(looks(vec![Item::line(at(0.0, y), at(kit.width, y), Pen::new(Paint::Line, 0.8))]));
            scene.height += 18.0;
        }
        self::panel(panel, &mut scene, kit);
    }
    scene
}

/// What the bars of a panel stand on.
struct Frame {
    scale: Scale,
    /// Where the least value stands.
    zero: f64,
    /// Where the words behind bars end.
    end: f64,
    /// Single values beside the bars; nothing if there are none, or no room.
    columns: Option<Columns>,
}

impl Frame {
    fn new(panel: &Panel, kit: &Kit) -> Self {
        let from = if kit.is_narrow() { 1.0 } else { NAMES + BESIDE };
        let bars = || panel.groups.iter().flat_map(|group| &group.bars);
        let count = bars().map(|bar| bar.points.len()).max().unwrap_or(0);
        let columns = Columns::new(count, kit.width - from - LEAST, kit).filter(|_| !kit.is_narrow());
        let end = columns.as_ref().map_or(kit.width, |columns| columns.from - BESIDE);
        let behind = bars().filter(|bar| place(&bar.value).is_some());
        let behind = behind.map(|bar| behind_of(bar, most_behind(kit), kit).width()).fold(24.0, f64::max);
        let values = bars().flat_map(|bar| bar.points.iter().map(|dot| &dot.value).chain([&bar.value]));
        let values = values.chain([&panel.largest]).filter_map(|value| place(value));
        let begin = place(&panel.smallest).unwrap_or(0.0);
        let beyond = if bars().all(|bar| bar.bound == Bound::Exact) { 0.0 } else { BEYOND };
        let scale = Scale::new(values.chain([begin]), from, (end - behind - beyond - 8.0).max(from + 40.0));
        let zero = scale.at(begin);
        Frame { scale, zero, end, columns }
    }
}

fn most_behind(kit: &Kit) -> f64 {
    BEHIND.min(kit.width * 0.4)
}

fn panel(panel: &Panel, scene: &mut Scene, kit: &Kit) {
    let title = kit.fit(&panel.title, TEXT, true, kit.width);
    let mut top = scene.height;
    if !title.lines.is_empty() {
        let height = title.height();
        scene.items.extend(words([title.placed(0.0, top, Align::Start, Paint::Ink)]));
        top += height + 6.0;
    }
    let frame = Frame::new(panel, kit);
    if let (Some(columns), Some(first)) = (&frame.columns, panel.groups.iter().flat_map(|group| &group.bars).next()) {
        let (heads, height) = columns.heads(&first.points, top, kit);
        scene.items.extend(heads);
        top += height;
    }
    let begin = top;
    let mut entries = Vec::new();
    let mut stretches = Vec::new();
    for (nth, group) in panel.groups.iter().enumerate() {
        if nth > 0 {
            top += if kit.is_narrow() || group.bars.len() > 1 { 11.0 } else { 5.0 };
        }
        let (items, height, stretch) = self::group(group, top, &frame, kit);
        entries.push(items);
        stretches.push(stretch);
        top += height;
    }
    // Names above bars part the axis.
    if !kit.is_narrow() {
        stretches = vec![(begin, top)];
    }
    scene.items.push(looks(ground(panel, &frame, &stretches)));
    scene.items.push(list(&panel.title, entries));
    let pen = Pen::new(Paint::Strong, 1.0);
    let axis = |(from, to): &(f64, f64)| Item::line(at(frame.zero, from - 2.0), at(frame.zero, to + 2.0), pen);
    scene.items.push(looks(stretches.iter().map(axis).collect()));
    scene.height = top + 3.0;
    if !panel.largest.is_empty() {
        scene.height = ends(panel, &frame.scale, top + 4.0, scene, kit);
    }
}

/// How far bars could reach, if the panel says where the axis ends.
fn ground(panel: &Panel, frame: &Frame, stretches: &[(f64, f64)]) -> Vec<Item> {
    if panel.largest.is_empty() {
        return Vec::new();
    }
    let whole = (frame.scale.from, frame.scale.to - frame.scale.from);
    let columns = frame.columns.iter().flat_map(Columns::grounds);
    let spans: Vec<(f64, f64)> = std::iter::once(whole).chain(columns).collect();
    let rect = |(top, bottom): &(f64, f64), (x, width): &(f64, f64)| {
        let area = Area::new(*x, *top, *width, bottom - top);
        Item::Rect { area, radius: 0.0, fill: Paint::Shade, pen: Pen::NONE }
    };
    stretches.iter().flat_map(|stretch| spans.iter().map(move |span| rect(stretch, span))).collect()
}

/// Both ends of the axis in words, below the bars; gives where they end.
fn ends(panel: &Panel, scale: &Scale, top: f64, scene: &mut Scene, kit: &Kit) -> f64 {
    let smallest = if panel.smallest.is_empty() { "0" } else { &panel.smallest };
    let mut below = top;
    for text in [smallest, &panel.largest] {
        let Some(value) = place(text) else { continue };
        let fitted = kit.fit(text, SMALL, false, 60.0);
        below = below.max(top + fitted.height());
        let middle = scale.at(value).max(fitted.width() / 2.0);
        scene.items.push(looks(words([fitted.placed(middle, top, Align::Middle, Paint::Quiet)])));
    }
    below + 2.0
}

/// The words at a bar: the value, then what tells the bar from the others.
fn behind_of(bar: &Bar, width: f64, kit: &Kit) -> Fitted {
    let text = match (bar.text.is_empty(), bar.series.is_empty()) {
        (_, true) => bar.text.clone(),
        (true, false) => bar.series.clone(),
        (false, false) => format!("{} · {}", bar.text, bar.series),
    };
    kit.fit(&text, TEXT, false, width)
}

/// A group with its top at `top`, its height, and from where to where its bars stand.
fn group(group: &BarGroup, top: f64, frame: &Frame, kit: &Kit) -> (Vec<Item>, f64, (f64, f64)) {
    let width = if kit.is_narrow() { kit.width } else { NAMES };
    let name = Named::new(&group.label, TEXT, false, width, kit);
    let name_height = name.height();
    let mut items = vec![Item::linked(&group.label.target, name.placed(0.0, top, Align::Start, Paint::Ink))];
    let begin = if kit.is_narrow() && name_height > 0.0 { top + name_height + 3.0 } else { top };
    let mut below = begin;
    let mut last = begin;
    for (nth, bar) in group.bars.iter().enumerate() {
        last = below + self::bar(bar, nth, below, frame, &mut items, kit);
        below = last + 2.0;
        let flow = if frame.columns.is_none() { cells::flow(&bar.points, below, &frame.scale, kit) } else { None };
        if let Some((cells, height)) = flow {
            items.extend(cells);
            below += height;
        }
    }
    (items, (top + name_height).max(below) - top, (begin, last))
}

/// A bar with its words and with the single values beside it; gives the height.
fn bar(bar: &Bar, nth: usize, top: f64, frame: &Frame, items: &mut Vec<Item>, kit: &Kit) -> f64 {
    let value = place(&bar.value);
    let width = if value.is_some() { most_behind(kit) } else { frame.end - frame.zero - 8.0 };
    let text = behind_of(bar, width, kit);
    let mut height = text.height().max(THICK + 2.0);
    let first = text.pitch;
    let mut end = frame.zero;
    if let Some(value) = value {
        let there = frame.scale.at(value);
        let area = Area::new(end.min(there), top + (first - THICK) / 2.0, (there - end).abs(), THICK);
        items.push(looks(filled(area, bar.bound, nth)));
        end = end.max(there) + if bar.bound == Bound::Exact { 0.0 } else { BEYOND };
    }
    let paint = if value.is_some() { Paint::Ink } else { Paint::Quiet };
    items.extend(words([text.placed(end + 7.0, top, Align::Start, paint)]));
    if let Some(columns) = &frame.columns {
        let (cells, own) = columns.cells(&bar.points, top, &frame.scale, kit);
        items.extend(cells);
        height = height.max(own);
    }
    height
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
