//! Charts and the strategic map, drawn once for both outputs: the same lines of text at the same places.
//!
//! Comes in: the data of a figure. Goes out: a [`Scene`], printed as SVG by `svg` and as data for Typst by `typst`. Nothing
//! here counts or rounds: numbers are printed as the data write them; floats only say where something stands.

mod bars;
mod cells;
pub mod csv;
mod map;
mod matrix;
pub mod measure;
#[cfg(test)]
mod output_tests;
pub mod scene;
mod stairs;
pub mod svg;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
mod timeline;
mod tracks;
#[cfg(feature = "pdf")]
pub mod typst;
mod wrap;

use std::collections::BTreeMap;

use self::measure::Measure;
use self::scene::{Align, Area, Dash, Group, Item, Paint, Pen, Role, Scene, Words};
use self::wrap::Fitted;
use crate::document::draft::{Block, Draft, Section};
use crate::document::drawing::{Drawing, Label, Picture};

/// How many units wide a chart is on a page and a wide screen,
pub const CHART: f64 = 720.0;
/// and on a narrow one.
pub const NARROW: f64 = 340.0;
/// How many units wide the strategic map is.
pub const MAP: f64 = 820.0;

/// Size of words, and of words that say less.
const TEXT: f64 = 13.0;
const SMALL: f64 = 11.5;

/// Measures words and knows the fixed ones.
struct Kit<'a, 't> {
    /// How wide the canvas of a chart is.
    width: f64,
    measure: &'a Measure<'t>,
    words: &'a BTreeMap<String, String>,
}

impl Kit<'_, '_> {
    /// True where names stand above what they name.
    fn is_narrow(&self) -> bool {
        self.width < CHART
    }

    fn fit(&self, text: &str, size: f64, bold: bool, width: f64) -> Fitted {
        wrap::fit(self.measure, text, size, bold, width)
    }

    /// The fixed word under `key`, or what stands for it.
    fn word<'w>(&'w self, key: &'w str) -> &'w str {
        self.words.get(key).map_or(key, String::as_str)
    }
}

/// Lays a figure out. A chart is `width` wide, [`CHART`] or [`NARROW`], the map always as wide as it is. `words` are the fixed
/// words of the draft; `mirrored` is true where text runs from the right.
pub fn draw(
    drawing: &Drawing,
    width: f64,
    mirrored: bool,
    measure: &Measure,
    words: &BTreeMap<String, String>,
) -> Scene {
    let kit = Kit { width, measure, words };
    let mut scene = match &drawing.picture {
        Picture::Bars(bars) => bars::draw(bars, &kit),
        Picture::Matrix(matrix) => matrix::draw(matrix, &kit),
        Picture::Tracks(tracks) => tracks::draw(tracks, &kit),
        Picture::Timeline(timeline) => timeline::draw(timeline, &kit),
        Picture::Map(map) => map::draw(map, &kit),
    };
    marked(&mut scene, &drawing.mark, &kit);
    if mirrored { scene.mirror() } else { scene }
}

/// The figures of a draft that are drawn.
pub fn drawings(draft: &Draft) -> Vec<&Drawing> {
    fn blocks<'d>(list: &'d [Block], out: &mut Vec<&'d Drawing>) {
        for block in list {
            match block {
                Block::Drawing(drawing) => out.push(drawing),
                Block::List { items, .. } => items.iter().for_each(|item| blocks(&item.blocks, out)),
                Block::Quote { blocks: list, .. } | Block::Box { blocks: list, .. } => blocks(list, out),
                _ => {}
            }
        }
    }
    fn sections<'d>(list: &'d [Section], out: &mut Vec<&'d Drawing>) {
        for section in list {
            blocks(&section.blocks, out);
            sections(&section.sections, out);
        }
    }
    let mut out = Vec::new();
    sections(&draft.chapters, &mut out);
    out
}

/// The word for the basis of the figure, in a frame of its own above it: so that it goes where the picture goes.
fn marked(scene: &mut Scene, mark: &str, kit: &Kit) {
    let fitted = kit.fit(mark, SMALL, false, scene.width - 20.0);
    if fitted.lines.is_empty() {
        return;
    }
    let (width, height) = (fitted.width() + 14.0, fitted.height() + 6.0);
    let frame = Area::new(scene.width - width - 1.0, 1.0, width, height);
    let pen = Pen::new(Paint::Strong, 1.0).dashed(Dash::Dashed);
    let mut items = vec![
        Item::Rect { area: frame, radius: 3.0, fill: Paint::Paper, pen },
        Item::Words(fitted.placed(frame.x + 7.0, frame.y + 3.0, Align::Start, Paint::Quiet)),
    ];
    let down = height + 10.0;
    items.extend(std::mem::take(&mut scene.items).into_iter().map(|item| moved(item, 0.0, down)));
    scene.items = items;
    scene.height += down;
}

/// The item `right` and `down` of where it stood.
fn moved(mut item: Item, right: f64, down: f64) -> Item {
    match &mut item {
        Item::Rect { area, .. } => (area.x, area.y) = (area.x + right, area.y + down),
        Item::Circle { centre, .. } => (centre.x, centre.y) = (centre.x + right, centre.y + down),
        Item::Path { points, .. } => {
            points.iter_mut().for_each(|point| (point.x, point.y) = (point.x + right, point.y + down));
        }
        Item::Words(words) => (words.x, words.y) = (words.x + right, words.y + down),
        Item::Group(group) => {
            group.items = std::mem::take(&mut group.items).into_iter().map(|item| moved(item, right, down)).collect();
        }
    }
    item
}

/// A label with its mark in lines: the words, then the mark in brackets as quiet words below.
struct Named {
    text: Fitted,
    mark: Fitted,
    lang: String,
}

impl Named {
    fn new(label: &Label, size: f64, bold: bool, width: f64, kit: &Kit) -> Self {
        Named {
            text: kit.fit(&label.text, size, bold, width),
            mark: kit.fit(&bracketed(&label.mark), SMALL, false, width),
            lang: label.lang.clone(),
        }
    }

    fn height(&self) -> f64 {
        self.text.height() + self.mark.height()
    }

    fn width(&self) -> f64 {
        self.text.width().max(self.mark.width())
    }

    fn placed(self, x: f64, top: f64, align: Align, paint: Paint) -> Vec<Item> {
        let below = top + self.text.height();
        words([
            self.text.placed(x, top, align, paint).in_lang(&self.lang),
            self.mark.placed(x, below, align, Paint::Quiet),
        ])
    }
}

fn bracketed(mark: &str) -> String {
    if mark.is_empty() { String::new() } else { format!("({mark})") }
}

/// Words of which something is left.
fn words(list: impl IntoIterator<Item = Words>) -> Vec<Item> {
    list.into_iter().filter(|words| !words.lines.is_empty()).map(Item::Words).collect()
}

/// The entries of a list.
fn list(name: &str, entries: Vec<Vec<Item>>) -> Item {
    let entries = entries.into_iter().map(|items| Item::group(Role::Entry, "", items)).collect();
    Item::Group(Group { role: Role::List, name: name.to_string(), target: String::new(), items: entries })
}

/// Nothing but looks.
fn looks(items: Vec<Item>) -> Item {
    Item::group(Role::Hidden, "", items)
}

/// The number that decimal text stands for, to say where something stands; nothing for what is no number.
fn place(value: &str) -> Option<f64> {
    value.trim().parse::<f64>().ok().filter(|value| value.is_finite())
}

/// A scale from numbers to places on a line.
struct Scale {
    least: f64,
    most: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// Holds all of `values`; a scale without extent is given one.
    fn new(values: impl IntoIterator<Item = f64>, from: f64, to: f64) -> Self {
        let (least, most) = values
            .into_iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| (least.min(value), most.max(value)));
        let (least, most) = if least.is_finite() && most.is_finite() { (least, most) } else { (0.0, 1.0) };
        let most = if most > least { most } else { least + 1.0 };
        Scale { least, most, from, to }
    }

    fn at(&self, value: f64) -> f64 {
        self.from + self.share(value) * (self.to - self.from)
    }

    /// How far along the scale a number stands, from 0 to 1.
    fn share(&self, value: f64) -> f64 {
        // Halved first: the whole extent of what numbers there are does not fit into a number.
        let share = (value / 2.0 - self.least / 2.0) / (self.most / 2.0 - self.least / 2.0);
        share.clamp(0.0, 1.0)
    }
}
