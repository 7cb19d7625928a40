//! Single values behind a bar, one a region, each as a small bar below its words: in columns beside the bar with the names
//! above, or where there is no room for columns, in lines below it, each with its name.

use super::scene::*;
use super::{Kit, SMALL, Scale, looks, place, words};
use crate::document::drawing::Dot;

/// No column is narrower, or wider.
const NARROWEST: f64 = 46.0;
const WIDEST: f64 = 56.0;
/// Between columns.
const APART: f64 = 8.0;
const THICK: f64 = 5.0;

/// Columns at the end of the canvas.
pub struct Columns {
    pub from: f64,
    width: f64,
    count: usize,
}

impl Columns {
    /// `count` columns in a room; nothing for none, or if they do not fit.
    pub fn new(count: usize, room: f64, kit: &Kit) -> Option<Self> {
        let width = (room / count as f64).min(WIDEST);
        (count > 0 && width >= NARROWEST).then_some(Columns { from: kit.width - width * count as f64, width, count })
    }

    fn left(&self, nth: usize) -> f64 {
        self.from + nth as f64 * self.width + APART
    }

    fn inner(&self) -> f64 {
        self.width - APART
    }

    /// Where each column begins, and its width.
    pub fn grounds(&self) -> impl Iterator<Item = (f64, f64)> {
        (0..self.count).map(|nth| (self.left(nth), self.inner()))
    }

    /// The names of the columns, and how high they are.
    pub fn heads(&self, dots: &[Dot], top: f64, kit: &Kit) -> (Vec<Item>, f64) {
        let names: Vec<_> = dots.iter().map(|dot| kit.fit(&dot.name, SMALL, true, self.inner())).collect();
        let height = names.iter().map(|name| name.height()).fold(0.0, f64::max);
        let place = |(nth, name): (usize, super::Fitted)| {
            let own_top = top + height - name.height();
            name.placed(self.left(nth), own_top, Align::Start, Paint::Ink)
        };
        (words(names.into_iter().enumerate().map(place)), height + 6.0)
    }

    /// The values of one bar, and how high they are.
    pub fn cells(&self, dots: &[Dot], top: f64, scale: &Scale, kit: &Kit) -> (Vec<Item>, f64) {
        let mut items = Vec::new();
        let mut height: f64 = 0.0;
        for (nth, dot) in dots.iter().take(self.count).enumerate() {
            let (cell, own) = cell(dot, at(self.left(nth), top), self.inner(), scale, kit);
            items.extend(cell);
            height = height.max(own);
        }
        (items, height)
    }
}

/// The value in words, and below it its bar, if it is a number.
fn cell(dot: &Dot, place_at: Point, width: f64, scale: &Scale, kit: &Kit) -> (Vec<Item>, f64) {
    let value = place(&dot.value);
    let text = kit.fit(&dot.text, SMALL, false, width);
    let below = place_at.y + text.height();
    let paint = if value.is_some() { Paint::Ink } else { Paint::Quiet };
    let mut items = words([text.placed(place_at.x, place_at.y, Align::Start, paint)]);
    let Some(value) = value else { return (items, below - place_at.y) };
    let length = scale.share(value) * width;
    let area = Area::new(place_at.x, below + 1.0, length, THICK);
    let pen = Pen::new(Paint::Accent, 0.8);
    items.push(looks(vec![
        Item::line(at(place_at.x, below), at(place_at.x, below + THICK + 2.0), Pen::new(Paint::Strong, 1.0)),
        Item::Rect { area, radius: 0.0, fill: Paint::Mid, pen },
    ]));
    (items, below + THICK + 3.0 - place_at.y)
}

/// The values of one bar in lines below it, and how high they are; nothing if there are none.
pub fn flow(dots: &[Dot], top: f64, scale: &Scale, kit: &Kit) -> Option<(Vec<Item>, f64)> {
    if dots.is_empty() {
        return None;
    }
    let (left, room) = (scale.from, kit.width - scale.from);
    let name = |dot: &Dot| kit.fit(&dot.name, SMALL, false, room).width();
    let widest = dots.iter().map(name).fold(NARROWEST, f64::max) + APART;
    let beside = ((room / widest) as usize).clamp(1, dots.len());
    let width = (room / beside as f64).min(WIDEST.max(widest));
    let mut items = Vec::new();
    let mut below = top + 3.0;
    for line in dots.chunks(beside) {
        let mut height: f64 = 0.0;
        for (nth, dot) in line.iter().enumerate() {
            let x = left + nth as f64 * width;
            let name = kit.fit(&dot.name, SMALL, false, width - APART);
            let name_height = name.height();
            items.extend(words([name.placed(x, below, Align::Start, Paint::Quiet)]));
            let (cell, own) = cell(dot, at(x, below + name_height), width - APART, scale, kit);
            items.extend(cell);
            height = height.max(name_height + own);
        }
        below += height + 4.0;
    }
    Some((items, below - top))
}
