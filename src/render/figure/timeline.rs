//! Lanes along one axis of days: a line for each entry, its name and date at the start, its sign on the axis; on a narrow
//! canvas the sign stands below the name. The present is a line through all.

use super::scene::*;
use super::stairs::{self, BESIDE};
use super::{Fitted, Kit, Named, SMALL, Scale, TEXT, list, looks, words};
use crate::document::drawing::{Lane, LaneEntry, Tick, Timeline};

/// Width of the column of names.
const NAMES: f64 = 300.0;
/// The axis ends before the end of the canvas.
const ASIDE: f64 = 16.0;
const SIGN: f64 = 13.0;

/// Where things stand across.
struct Frame {
    scale: Scale,
    /// Width of the names.
    names: f64,
    /// Where the room of the axis begins.
    from: f64,
}

pub fn draw(timeline: &Timeline, kit: &Kit) -> Scene {
    let entries = timeline.lanes.iter().flat_map(|lane| &lane.entries).filter_map(|entry| entry.days);
    let ticks = timeline.ticks.iter().chain(&timeline.present);
    let days = entries.flat_map(|(first, last)| [first, last]).chain(ticks.map(|tick| tick.day));
    let (names, from) = if kit.is_narrow() { (kit.width - 8.0, 0.0) } else { (NAMES, NAMES + 12.0) };
    let scale = Scale::new(days.map(|day| day as f64), from + ASIDE, kit.width - ASIDE);
    let frame = Frame { scale, names, from };
    let mut scene = Scene { width: kit.width, ..Scene::default() };
    let (marks, heads) = axis(timeline, &frame, &mut scene.height, kit);
    let head = scene.height;
    let mut lanes = Vec::new();
    // From where to where the lines of the axis may run.
    let mut free = vec![head];
    for lane in &timeline.lanes {
        lanes.extend(self::lane(lane, &frame, (&mut scene.height, &mut free), kit));
    }
    free.push(scene.height);
    let mut lines = Vec::new();
    for (x, top, pen) in &marks {
        lines.push(Item::line(at(*x, *top), at(*x, head), *pen));
        lines.extend(free.chunks(2).map(|part| Item::line(at(*x, part[0]), at(*x, part[1]), *pen)));
    }
    lines.push(Item::line(at(frame.from, head), at(kit.width, head), Pen::new(Paint::Strong, 1.0)));
    scene.items.push(looks(lines));
    scene.items.extend(heads);
    scene.items.extend(lanes);
    scene
}

/// The words of the axis, and the lines of its marks: where, from which height, how.
fn axis(timeline: &Timeline, frame: &Frame, height: &mut f64, kit: &Kit) -> (Vec<(f64, f64, Pen)>, Vec<Item>) {
    let quiet = spaced(&timeline.ticks, frame, kit).into_iter().map(|tick| (tick, false));
    let all: Vec<(&Tick, bool)> = quiet.chain(timeline.present.as_ref().map(|tick| (tick, true))).collect();
    let places: Vec<f64> = all.iter().map(|(tick, _)| frame.scale.at(tick.day as f64)).collect();
    let fit = |(tick, is_present): &(&Tick, bool), room: f64| kit.fit(&tick.text, SMALL, *is_present, room);
    // Words stand to the right of their line, or where there is more room, to the left.
    let is_left = |x: f64| kit.width - x < 100.0;
    let texts: Vec<Fitted> = all
        .iter()
        .zip(&places)
        .map(|(one, x)| fit(one, if is_left(*x) { x - BESIDE - 1.0 } else { kit.width - x - BESIDE }.min(200.0)))
        .collect();
    let left = |x: f64, text: &Fitted| if is_left(x) { x - BESIDE - text.width() } else { x + BESIDE };
    let spans: Vec<(f64, f64)> =
        places.iter().zip(&texts).map(|(x, text)| (left(*x, text).min(*x) - BESIDE, text.width() + BESIDE)).collect();
    // They grow upwards from the axis, so that each line reaches its words without crossing others.
    let steps = stairs::steps(&spans);
    let tops = stairs::tops(&steps, &texts.iter().map(Fitted::height).collect::<Vec<_>>());
    let all_high = tops.last().copied().unwrap_or(0.0);
    let mut marks = Vec::new();
    let mut heads = Vec::new();
    for (((text, x), step), (_, is_present)) in texts.into_iter().zip(places).zip(&steps).zip(&all) {
        let top = all_high - tops[step + 1];
        let pen = if *is_present { Pen::new(Paint::Accent, 2.5) } else { Pen::new(Paint::Line, 1.0) };
        marks.push((x, top, pen));
        let paint = if *is_present { Paint::Accent } else { Paint::Quiet };
        let left = left(x, &text);
        heads.extend(words([text.placed(left, top, Align::Start, paint)]));
    }
    *height += all_high + 3.0;
    (marks, heads)
}

/// The marks whose words fit beside each other: every one, or every other one, and so on.
fn spaced<'t>(ticks: &'t [Tick], frame: &Frame, kit: &Kit) -> Vec<&'t Tick> {
    let end = |tick: &Tick| frame.scale.at(tick.day as f64) + BESIDE + kit.fit(&tick.text, SMALL, false, 200.0).width();
    let fits = |list: &[&Tick]| list.windows(2).all(|pair| end(pair[0]) + BESIDE < frame.scale.at(pair[1].day as f64));
    let every = |step: usize| ticks.iter().step_by(step).collect::<Vec<_>>();
    (1..=ticks.len()).map(every).find(|list| fits(list)).unwrap_or_default()
}

/// A lane with its name above it. `free` takes where lines of the axis end and begin again.
fn lane(lane: &Lane, frame: &Frame, (height, free): (&mut f64, &mut Vec<f64>), kit: &Kit) -> Vec<Item> {
    let title = kit.fit(&lane.title, TEXT, true, kit.width - 12.0);
    let band = Area::new(0.0, *height, kit.width, title.height() + 4.0);
    let mut items = Vec::new();
    if !title.lines.is_empty() {
        items.push(looks(vec![Item::Rect { area: band, radius: 0.0, fill: Paint::Shade, pen: Pen::NONE }]));
        items.push(looks(words([title.placed(6.0, band.y + 2.0, Align::Start, Paint::Ink)])));
        free.extend([band.y, band.bottom()]);
        *height = band.bottom();
    }
    let mut entries = Vec::new();
    for entry in &lane.entries {
        entries.push(self::entry(entry, frame, (height, free), kit));
    }
    items.push(list(&lane.title, entries));
    vec![Item::group(Role::Group, &lane.title, items)]
}

fn entry(entry: &LaneEntry, frame: &Frame, (height, free): (&mut f64, &mut Vec<f64>), kit: &Kit) -> Vec<Item> {
    let top = *height + 5.0;
    let label = Named::new(&entry.label, TEXT, entry.is_present, frame.names - 6.0, kit);
    let date = if entry.is_ahead { format!("{} ({})", entry.date, kit.word("ahead")) } else { entry.date.clone() };
    let date = kit.fit(&date, SMALL, false, frame.names - 6.0);
    let (date_top, name_end) = (top + label.height(), top + label.height() + date.height());
    let mut items = Vec::new();
    if let Some(days) = entry.days {
        let middle = if kit.is_narrow() { name_end + SIGN / 2.0 + 2.0 } else { top + SIGN / 2.0 + 1.0 };
        let mut lines = Vec::new();
        if !kit.is_narrow() {
            let pen = Pen::new(Paint::Line, 1.0).dashed(Dash::Dotted);
            lines.push(Item::line(at(label.width() + 14.0, middle), at(frame.scale.at(days.0 as f64), middle), pen));
        }
        lines.extend(sign(entry, days, middle, &frame.scale));
        items.push(looks(lines));
    }
    items.push(Item::linked(&entry.label.target, label.placed(6.0, top, Align::Start, Paint::Ink)));
    items.extend(words([date.placed(6.0, date_top, Align::Start, Paint::Quiet)]));
    *height = name_end + 4.0;
    if kit.is_narrow() {
        free.extend([top - 5.0, name_end]);
        *height += if entry.days.is_some() { SIGN + 4.0 } else { 0.0 };
    }
    items
}

/// A full sign for what is done, an open one for what is to come, a square for the present; a bar from its first to its
/// last day.
fn sign(entry: &LaneEntry, days: (i64, i64), middle: f64, scale: &Scale) -> Vec<Item> {
    let (x, last) = (scale.at(days.0 as f64), scale.at(days.1 as f64));
    let fill = if entry.is_ahead { Paint::Paper } else { Paint::Accent };
    let dash = if entry.is_ahead { Dash::Dashed } else { Dash::Solid };
    let pen = Pen::new(Paint::Accent, 1.8).dashed(dash);
    let solid = Pen::new(Paint::Accent, 1.8);
    if last - x > 7.0 {
        return vec![Item::Rect { area: Area::new(x, middle - 4.5, last - x, 9.0), radius: 2.0, fill, pen }];
    }
    match entry.is_present {
        true => {
            let area = Area::new(x - SIGN / 2.0, middle - SIGN / 2.0, SIGN, SIGN);
            vec![Item::Rect { area, radius: 0.0, fill, pen: solid }]
        }
        false => vec![Item::Circle { centre: at(x, middle), radius: 4.5, fill, pen: solid }],
    }
}
