//! Lanes along one axis of days. Labels stand beside a line that leads to their day; the present is a line through all.

use super::scene::*;
use super::stairs::{self, BESIDE};
use super::{CHART, Fitted, Kit, Named, SMALL, Scale, TEXT, list, looks, words};
use crate::document::drawing::{Lane, LaneEntry, Tick, Timeline};

const FROM: f64 = 10.0;
/// The axis ends where a label still fits beside its end.
const TO: f64 = CHART - 190.0;
/// The most that a label takes.
const LABEL: f64 = 230.0;

pub fn draw(timeline: &Timeline, kit: &Kit) -> Scene {
    let entries = timeline.lanes.iter().flat_map(|lane| &lane.entries);
    let ticks = timeline.ticks.iter().chain(&timeline.present);
    let days = entries.flat_map(|entry| [entry.first, entry.last]).chain(ticks.map(|tick| tick.day));
    let scale = Scale::new(days.map(|day| day as f64), FROM, TO);
    let mut scene = Scene { width: CHART, ..Scene::default() };
    let (marks, heads) = axis(timeline, &scale, &mut scene.height, kit);
    let head = scene.height;
    let mut lanes = Vec::new();
    for lane in &timeline.lanes {
        lanes.extend(self::lane(lane, &scale, &mut scene.height, kit));
    }
    // The lines of the axis lie below everything and go through all lanes.
    let through = |(x, top, pen): &(f64, f64, Pen)| Item::line(at(*x, *top), at(*x, scene.height), *pen);
    let mut lines: Vec<Item> = marks.iter().map(through).collect();
    lines.push(Item::line(at(0.0, head), at(CHART, head), Pen::new(Paint::Strong, 1.0)));
    scene.items.push(looks(lines));
    scene.items.extend(heads);
    scene.items.extend(lanes);
    scene
}

/// The words of the axis, and the lines of its marks: where, from which height, how.
fn axis(timeline: &Timeline, scale: &Scale, height: &mut f64, kit: &Kit) -> (Vec<(f64, f64, Pen)>, Vec<Item>) {
    let quiet = timeline.ticks.iter().map(|tick| (tick, false));
    let all: Vec<(&Tick, bool)> = quiet.chain(timeline.present.as_ref().map(|tick| (tick, true))).collect();
    let places: Vec<f64> = all.iter().map(|(tick, _)| scale.at(tick.day as f64)).collect();
    let texts: Vec<Fitted> = all
        .iter()
        .zip(&places)
        .map(|((tick, present), x)| kit.fit(&tick.text, SMALL, *present, (CHART - x - BESIDE).min(LABEL)))
        .collect();
    // They grow upwards from the axis, so that each line reaches its words without crossing others.
    let steps = stairs::steps(&places.iter().zip(&texts).map(|(x, text)| (*x, text.width())).collect::<Vec<_>>());
    let tops = stairs::tops(&steps, &texts.iter().map(Fitted::height).collect::<Vec<_>>());
    let all_high = tops.last().copied().unwrap_or(0.0);
    let mut marks = Vec::new();
    let mut heads = Vec::new();
    for (((text, x), step), (_, present)) in texts.into_iter().zip(places).zip(&steps).zip(&all) {
        let top = all_high - tops[step + 1];
        let pen = match present {
            true => Pen::new(Paint::Accent, 2.5),
            false => Pen::new(Paint::Line, 1.0),
        };
        marks.push((x, top, pen));
        let paint = if *present { Paint::Accent } else { Paint::Quiet };
        heads.extend(words([text.placed(x + BESIDE, top, Align::Start, paint)]));
    }
    *height += all_high + 3.0;
    (marks, heads)
}

/// A lane with its name above it.
fn lane(lane: &Lane, scale: &Scale, height: &mut f64, kit: &Kit) -> Vec<Item> {
    let title = kit.fit(&lane.title, TEXT, true, CHART - 8.0);
    let title_height = title.height();
    let band = Area::new(0.0, *height, CHART, title_height + 4.0);
    let mut items = Vec::new();
    if !title.lines.is_empty() {
        items.push(looks(vec![Item::Rect { area: band, radius: 0.0, fill: Paint::Shade, pen: Pen::NONE }]));
        items.push(looks(words([title.placed(6.0, band.y + 2.0, Align::Start, Paint::Ink)])));
        *height = band.bottom();
    }
    let (entries, below) = self::entries(&lane.entries, *height, scale, kit);
    items.push(list(&lane.title, entries));
    *height += below;
    vec![Item::group(Role::Group, &lane.title, items)]
}

struct Said {
    x: f64,
    date: Fitted,
    label: Named,
}

impl Said {
    fn new(entry: &LaneEntry, scale: &Scale, kit: &Kit) -> Self {
        let x = scale.at(entry.first as f64);
        let room = (CHART - x - BESIDE).min(LABEL);
        let date = kit.fit(&entry.date, SMALL, false, room);
        Said { x, date, label: Named::new(&entry.label, TEXT, entry.is_present, room, kit) }
    }

    fn width(&self) -> f64 {
        self.date.width().max(self.label.width())
    }

    fn height(&self) -> f64 {
        self.date.height() + self.label.height() + 4.0
    }
}

/// The entries of a lane, and how high they are in all.
fn entries(entries: &[LaneEntry], top: f64, scale: &Scale, kit: &Kit) -> (Vec<Vec<Item>>, f64) {
    let said: Vec<Said> = entries.iter().map(|entry| Said::new(entry, scale, kit)).collect();
    let steps = stairs::steps(&said.iter().map(|one| (one.x, one.width())).collect::<Vec<_>>());
    let tops = stairs::tops(&steps, &said.iter().map(Said::height).collect::<Vec<_>>());
    let axis = top + 12.0;
    let first = axis + 9.0;
    let all_high = first - top + tops.last().copied().unwrap_or(0.0);
    let mut list = Vec::new();
    for ((one, entry), step) in said.into_iter().zip(entries).zip(&steps) {
        let own_top = first + tops[*step];
        let mut lines = vec![Item::line(at(one.x, axis), at(one.x, own_top + TEXT), Pen::new(Paint::Strong, 1.0))];
        lines.extend(sign(entry, axis, scale));
        // The lines of the axis end at the words.
        let ground = Area::new(one.x + 2.0, own_top, one.width() + BESIDE - 2.0, one.height() - 4.0);
        lines.push(Item::Rect { area: ground, radius: 0.0, fill: Paint::Paper, pen: Pen::NONE });
        let (x, label_top) = (one.x + BESIDE, own_top + one.date.height());
        let mut items = vec![looks(lines)];
        items.extend(words([one.date.placed(x, own_top, Align::Start, Paint::Quiet)]));
        items.push(Item::linked(&entry.label.target, one.label.placed(x, label_top, Align::Start, Paint::Ink)));
        list.push(items);
    }
    (list, all_high)
}

/// A full sign for what is done, an open one for what is to come, a square for the present; a bar from its first to its
/// last day.
fn sign(entry: &LaneEntry, axis: f64, scale: &Scale) -> Vec<Item> {
    let (x, last) = (scale.at(entry.first as f64), scale.at(entry.last as f64));
    let fill = if entry.is_ahead { Paint::Paper } else { Paint::Accent };
    let dash = if entry.is_ahead { Dash::Dashed } else { Dash::Solid };
    let pen = Pen::new(Paint::Accent, 1.8).dashed(dash);
    let solid = Pen::new(Paint::Accent, 1.8);
    if last - x > 7.0 {
        return vec![Item::Rect { area: Area::new(x, axis - 4.5, last - x, 9.0), radius: 2.0, fill, pen }];
    }
    match entry.is_present {
        true => vec![Item::Rect { area: Area::new(x - 6.5, axis - 6.5, 13.0, 13.0), radius: 0.0, fill, pen: solid }],
        false => vec![Item::Circle { centre: at(x, axis), radius: 4.5, fill, pen: solid }],
    }
}
