//! The strategic map: rows of boxes with their names in a gutter, connectors as elbows between them, a band beside the
//! rows for what cuts across them.
//!
//! `columns` says how boxes share the width, `routes` which way each connector takes, `lanes` keeps connectors apart, `joins`
//! lets those to one box run together; here heights follow from the text, and all is put on the canvas.

mod boxes;
mod columns;
mod joins;
mod lanes;
mod routes;
mod slots;
#[cfg(test)]
mod tests;
mod ways;

use self::boxes::Texts;
use self::columns::Columns;
use self::joins::Drawn;
use self::routes::{Network, Route};
use super::scene::*;
use super::{Fitted, Kit, MAP, Named, SMALL, TEXT, list, looks, words};
use crate::document::draft::Change;
use crate::document::drawing::Map;

/// Space between a row and what stands in it, and between rows.
const PAD: f64 = 8.0;
/// Between the lowest box of a row and the next thing, where no connector runs.
const CALM: f64 = 8.0;

pub fn draw(map: &Map, kit: &Kit) -> Scene {
    Laid::new(map, kit).scene(map, kit)
}

/// A map with everything in its place.
pub struct Laid {
    /// All boxes in the order of their data, those of the band last.
    pub boxes: Vec<PlacedBox>,
    pub rows: Vec<PlacedRow>,
    pub routes: Vec<Route>,
    band: Option<PlacedRow>,
    height: f64,
}

pub struct PlacedBox {
    pub area: Area,
    pub texts: Texts,
}

#[derive(Default)]
pub struct PlacedRow {
    pub area: Area,
    /// Its name.
    pub name: Vec<Words>,
    /// Names of groups by group: several where a group takes several lines.
    pub groups: Vec<Vec<Words>>,
}

impl Laid {
    pub fn new(map: &Map, kit: &Kit) -> Self {
        let (columns, network) = routes::plan(map);
        let texts: Vec<Texts> = columns
            .all_boxes(map)
            .map(|(nth, one)| Texts::new(one, map.words.of(one.change), columns.width_of(nth), kit))
            .collect();
        let mut laid = Laid {
            boxes: texts.into_iter().map(|texts| PlacedBox { area: Area::default(), texts }).collect(),
            rows: Vec::new(),
            routes: Vec::new(),
            band: None,
            height: 0.0,
        };
        let channels = laid.place_rows(map, &columns, &network, kit);
        laid.place_band(map, &columns, kit);
        laid.routes = network.drawn(&columns, &laid, &channels);
        laid
    }

    /// Heights of everything in the rows; gives the top of the lanes of each channel.
    fn place_rows(&mut self, map: &Map, columns: &Columns, network: &Network, kit: &Kit) -> Vec<f64> {
        let mut top = 0.0;
        let mut channels = vec![0.0; columns.levels.len() + 1];
        for (nth, row) in map.rows.iter().enumerate() {
            let own = columns.levels_of(nth);
            let name = Named::new(&row.label, TEXT, true, (columns.gutter - 2.0 * PAD).max(1.0), kit);
            let begin = match own.first() {
                // The lanes of the highest channel lie above the row.
                Some(level) => {
                    channels[*level] = top;
                    top + network.height(*level).max(if nth > 0 { CALM } else { 0.0 })
                }
                None => top + CALM,
            };
            let mut below = begin + PAD;
            let mut placed = PlacedRow { groups: vec![Vec::new(); row.groups.len()], ..PlacedRow::default() };
            for (order, level) in own.iter().enumerate() {
                if order > 0 {
                    channels[*level] = below;
                    below += network.height(*level).max(CALM);
                }
                below = self.place_level(map, nth, *level, below, columns, network, &mut placed, kit);
            }
            let end = f64::max(below + PAD, begin + name.height() + 2.0 * PAD);
            // What runs above the first row runs on its ground.
            let ground = if nth == 0 { 0.0 } else { begin };
            placed.area = Area::new(0.0, ground, columns.ground, end - ground);
            placed.name = words_of(name.placed(PAD, begin + PAD, Align::Start, Paint::Ink));
            self.rows.push(placed);
            top = end;
        }
        if let Some(last) = channels.last_mut() {
            *last = top;
        }
        self.height = top + network.height(columns.levels.len());
        channels
    }

    /// A line of boxes with the names of its groups; gives where it ends.
    #[allow(clippy::too_many_arguments)]
    fn place_level(
        &mut self,
        map: &Map,
        row: usize,
        level: usize,
        top: f64,
        columns: &Columns,
        network: &Network,
        placed: &mut PlacedRow,
        kit: &Kit,
    ) -> f64 {
        let runs = columns.runs(level);
        let names: Vec<(usize, f64, Named)> = runs
            .iter()
            .map(|run| {
                let label = &map.rows[row].groups[run.group].label;
                let width = network.free_above(run, columns);
                (run.group, columns.boxes[run.boxes.start].x, Named::new(label, SMALL, true, width, kit))
            })
            .collect();
        let names_height = names.iter().map(|(_, _, name)| name.height()).fold(0.0, f64::max);
        let boxes_top = top + if names_height > 0.0 { names_height + 4.0 } else { 0.0 };
        for (group, x, name) in names {
            // Beside the boxes, not above those of a neighbour.
            let own_top = boxes_top - 4.0 - name.height();
            placed.groups[group].extend(words_of(name.placed(x, own_top, Align::Start, Paint::Quiet)));
        }
        let own = || runs.iter().flat_map(|run| run.boxes.clone());
        let height = own().map(|nth| self.boxes[nth].texts.height()).fold(34.0, f64::max);
        for nth in own() {
            let column = &columns.boxes[nth];
            self.boxes[nth].area = Area::new(column.x, boxes_top, column.width, height);
        }
        boxes_top + height
    }

    /// The band, as high as all rows, its boxes spread over it.
    fn place_band(&mut self, map: &Map, columns: &Columns, kit: &Kit) {
        let Some(row) = &map.band else { return };
        let name = Named::new(&row.label, TEXT, true, columns.band_width - 2.0 * PAD, kit);
        let mut placed = PlacedRow { groups: vec![Vec::new(); row.groups.len()], ..PlacedRow::default() };
        let mut below = PAD + name.height() + PAD;
        placed.name = words_of(name.placed(columns.band + PAD, PAD, Align::Start, Paint::Ink));
        let first = columns.boxes.len();
        let needed: f64 = self.boxes[first..].iter().map(|one| one.texts.height().max(34.0) + PAD).sum();
        let names: Vec<Named> = row
            .groups
            .iter()
            .map(|group| Named::new(&group.label, SMALL, true, columns.band_width - 2.0 * PAD, kit))
            .collect();
        let names_height: f64 = names.iter().map(|name| name.height() + 4.0).sum();
        let count = (self.boxes.len() - first).max(1) as f64;
        // Boxes grow into what room there is, up to half of their own height.
        let spare = (self.height - below - needed - names_height).max(0.0) / count;
        let mut nth = first;
        for (order, (group, name)) in row.groups.iter().zip(names).enumerate() {
            let height = name.height();
            if height > 0.0 {
                placed.groups[order] = words_of(name.placed(columns.band + PAD, below, Align::Start, Paint::Quiet));
                below += height + 4.0;
            }
            for _ in &group.boxes {
                let own = self.boxes[nth].texts.height().max(34.0);
                let height = own + spare.min(own / 2.0);
                self.boxes[nth].area = Area::new(columns.band + PAD, below, columns.band_width - 2.0 * PAD, height);
                below += height + PAD + (spare - own / 2.0).max(0.0);
                nth += 1;
            }
        }
        self.height = self.height.max(below);
        placed.area = Area::new(columns.band, 0.0, columns.band_width, self.height);
        self.band = Some(placed);
    }

    fn scene(mut self, map: &Map, kit: &Kit) -> Scene {
        let mut items = Vec::new();
        let grounds = self.rows.iter().chain(&self.band);
        let ground = |row: &PlacedRow| Item::Rect { area: row.area, radius: 4.0, fill: Paint::Shade, pen: Pen::NONE };
        items.push(looks(grounds.map(ground).collect()));
        let (lines, dots) = joins::joined(&self.routes);
        let is_joined = !dots.is_empty();
        items
            .push(looks(lines.iter().flat_map(|line| connector(line, map)).chain(dots.into_iter().map(dot)).collect()));
        let boxes = std::mem::take(&mut self.boxes);
        let mut boxes = boxes.into_iter();
        let band = map.band.as_ref().zip(self.band.take());
        for (row, placed) in map.rows.iter().zip(std::mem::take(&mut self.rows)).chain(band) {
            let mut parts = vec![Item::linked(&row.label.target, words(placed.name))];
            for (group, names) in row.groups.iter().zip(placed.groups) {
                let mut names = names.into_iter().filter(|words| !words.lines.is_empty()).map(Item::Words);
                parts.extend(names.next().map(|first| Item::linked(&group.label.target, vec![first])));
                parts.push(looks(names.collect()));
                let name = if group.label.text.is_empty() { &row.label.text } else { &group.label.text };
                let entries = group.boxes.iter().zip(boxes.by_ref()).map(|(one, placed)| placed.items(one)).collect();
                parts.push(list(name, entries));
            }
            items.push(Item::group(Role::Group, &row.label.text, parts));
        }
        let mut scene = Scene { width: MAP, height: self.height, mirrored: false, items };
        key(map, is_joined, &mut scene, kit);
        scene
    }
}

fn words_of(items: Vec<Item>) -> Vec<Words> {
    let words = |item| if let Item::Words(words) = item { Some(words) } else { None };
    items.into_iter().filter_map(words).collect()
}

/// How a connector is drawn: what became of it is told by its line, and by the words of the key.
fn pen(change: Change) -> Pen {
    match change {
        Change::Same => Pen::new(Paint::Strong, 1.3),
        Change::Inserted => Pen::new(Paint::Accent, 2.6),
        Change::Deleted => Pen::new(Paint::Strong, 1.3).dashed(Dash::Dashed),
        Change::Moved => Pen::new(Paint::Strong, 1.8).dashed(Dash::Dotted),
    }
}

fn connector(line: &Drawn, map: &Map) -> Vec<Item> {
    let pen = pen(map.arrows[line.arrow].change);
    let mut points = line.points.clone();
    let [.., before, tip] = points[..] else { return Vec::new() };
    if !line.arrives {
        return vec![Item::Path { points, closed: false, fill: Paint::None, pen }];
    }
    let length = f64::hypot(tip.x - before.x, tip.y - before.y).max(0.001);
    let (right, down) = ((tip.x - before.x) / length, (tip.y - before.y) / length);
    let back = |along: f64, aside: f64| at(tip.x - right * along + down * aside, tip.y - down * along - right * aside);
    if let Some(last) = points.last_mut() {
        *last = back(5.0, 0.0);
    }
    let head = vec![tip, back(8.5, 4.2), back(8.5, -4.2)];
    vec![
        Item::Path { points, closed: false, fill: Paint::None, pen },
        Item::Path { points: head, closed: true, fill: pen.paint, pen: Pen::NONE },
    ]
}

/// Where connectors to one box join.
fn dot(centre: Point) -> Item {
    Item::Circle { centre, radius: 2.8, fill: Paint::Strong, pen: Pen::NONE }
}

/// What stands before a word of the key.
enum Sample {
    Dot,
    Line(Change),
}

impl Sample {
    fn width(&self) -> f64 {
        match self {
            Sample::Dot => 6.0,
            Sample::Line(_) => 34.0,
        }
    }

    fn drawn(&self, x: f64, y: f64) -> Item {
        match self {
            Sample::Dot => dot(at(x + 3.0, y)),
            Sample::Line(change) => Item::line(at(x, y), at(x + self.width(), y), pen(*change)),
        }
    }
}

/// Says below the map what a dot and the lines of changed connectors mean.
fn key(map: &Map, is_joined: bool, scene: &mut Scene, kit: &Kit) {
    let changes = [Change::Inserted, Change::Deleted, Change::Moved];
    let used = changes.into_iter().filter(|change| map.arrows.iter().any(|arrow| arrow.change == *change));
    let mut samples: Vec<(Sample, &str)> = Vec::new();
    samples.extend(is_joined.then(|| (Sample::Dot, kit.word("map-joined"))));
    samples.extend(used.map(|change| (Sample::Line(change), map.words.of(change))));
    if samples.is_empty() {
        return;
    }
    let (mut x, top) = (0.0, scene.height + 8.0);
    let mut height: f64 = 0.0;
    for (sample, word) in samples {
        let text: Fitted = kit.fit(word, SMALL, false, 420.0);
        let (width, middle) = (text.width(), top + text.pitch / 2.0);
        height = height.max(text.height());
        scene.items.push(looks(vec![sample.drawn(x, middle)]));
        scene.items.extend(words([text.placed(x + sample.width() + 8.0, top, Align::Start, Paint::Quiet)]));
        x += sample.width() + 8.0 + width + 26.0;
    }
    scene.height = top + height;
}
