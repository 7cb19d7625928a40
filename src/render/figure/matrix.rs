//! Things by two scales. Their names stand in the cells where they fit; else numbers do, and the names below.

use super::scene::*;
use super::{Fitted, Kit, Named, SMALL, TEXT, list, looks, words};
use crate::document::drawing::{Matrix, MatrixItem};

/// Width of the column of steps, a fifth of a narrow canvas.
const STEPS: f64 = 110.0;
const PAD: f64 = 6.0;
/// Names stand in cells of at least this width,
const LEAST: f64 = 110.0;
/// if none takes more lines,
const LINES: usize = 4;
/// and no cell holds more of them.
const NAMES: usize = 4;
const DISC: f64 = 11.0;

pub fn draw(matrix: &Matrix, kit: &Kit) -> Scene {
    let grid = Grid::new(matrix, kit);
    let fits = grid.width - 2.0 * PAD >= LEAST - 2.0 * PAD
        && grid.cells.iter().flatten().all(|cell| cell.len() <= NAMES)
        && matrix.items.iter().all(|item| named(item, &grid, kit).text.lines.len() <= LINES);
    let mut scene = Scene { width: kit.width, ..Scene::default() };
    let mut entries = vec![Vec::new(); matrix.items.len()];
    let title = kit.fit(&matrix.up.title, SMALL, true, kit.width);
    scene.height = title.height() + 4.0;
    scene.items.extend(words([title.placed(0.0, 0.0, Align::Start, Paint::Ink)]));
    // The most stands at the top.
    for up in (0..grid.cells.len()).rev() {
        row(matrix, &grid, up, fits, &mut scene, &mut entries, kit);
    }
    foot(matrix, &grid, &mut scene, kit);
    match fits {
        true => scene.items.push(list("", entries)),
        false => {
            scene.items.push(looks(entries.into_iter().flatten().collect()));
            names(matrix, &mut scene, kit);
        }
    }
    scene
}

struct Grid {
    /// Positions of items by step up and step across.
    cells: Vec<Vec<Vec<usize>>>,
    /// Width of the column of steps.
    steps: f64,
    /// Width of a cell.
    width: f64,
}

impl Grid {
    fn new(matrix: &Matrix, kit: &Kit) -> Self {
        let (across, up) = (matrix.across.steps.len().max(1), matrix.up.steps.len().max(1));
        let mut cells = vec![vec![Vec::new(); across]; up];
        for (nth, item) in matrix.items.iter().enumerate() {
            cells[item.up.min(up - 1)][item.across.min(across - 1)].push(nth);
        }
        let steps = STEPS.min(kit.width / 5.0);
        Grid { cells, steps, width: (kit.width - steps - 1.0) / across as f64 }
    }

    fn left(&self, across: usize) -> f64 {
        self.steps + across as f64 * self.width
    }

    /// How many discs stand beside each other in a cell.
    fn beside(&self) -> usize {
        (((self.width - PAD) / (2.0 * DISC + 4.0)) as usize).max(1)
    }
}

fn named(item: &MatrixItem, grid: &Grid, kit: &Kit) -> Named {
    Named::new(&item.label, SMALL, false, grid.width - 2.0 * PAD, kit)
}

/// One step up, with all its cells. What stands in them goes to `entries`.
fn row(matrix: &Matrix, grid: &Grid, up: usize, fits: bool, scene: &mut Scene, entries: &mut [Vec<Item>], kit: &Kit) {
    let top = scene.height;
    let step = kit.fit(matrix.up.steps.get(up).map_or("", String::as_str), SMALL, false, grid.steps - 8.0);
    let mut height = f64::max(44.0, step.height() + 2.0 * PAD);
    for (across, cell) in grid.cells[up].iter().enumerate() {
        let left = grid.left(across);
        let mut below = top + PAD;
        if fits {
            for nth in cell {
                let item = &matrix.items[*nth];
                let name = named(item, grid, kit);
                let own = name.height() + 4.0;
                let placed = name.placed(left + PAD, below, Align::Start, Paint::Ink);
                entries[*nth] = vec![Item::linked(&item.label.target, placed)];
                below += own;
            }
        } else {
            for (place, nth) in cell.iter().enumerate() {
                let (column, line) = (place % grid.beside(), place / grid.beside());
                let x = left + PAD + DISC + column as f64 * (2.0 * DISC + 4.0);
                let y = top + PAD + DISC + line as f64 * (2.0 * DISC + 4.0);
                entries[*nth] = disc(*nth, x, y, kit);
                below = y + DISC;
            }
        }
        height = height.max(below + PAD - top);
    }
    let cells: Vec<Item> = (0..grid.cells[up].len()).map(|across| cell(grid, up, across, top, height)).collect();
    scene.items.push(looks(cells));
    let middle = top + (height - step.height()) / 2.0;
    scene.items.extend(words([step.placed(0.0, middle, Align::Start, Paint::Ink)]));
    scene.height += height;
}

/// The ground of a cell: the more on both scales, the darker.
fn cell(grid: &Grid, up: usize, across: usize, top: f64, height: f64) -> Item {
    let most = (grid.cells.len() + grid.cells[0].len()).saturating_sub(2).max(1);
    let fill = match (up + across) * 3 / most {
        0 => Paint::Paper,
        1 => Paint::Shade,
        _ => Paint::Tint,
    };
    let area = Area::new(grid.left(across), top, grid.width, height);
    Item::Rect { area, radius: 0.0, fill, pen: Pen::new(Paint::Strong, 0.8) }
}

fn number(nth: usize, kit: &Kit) -> Fitted {
    kit.fit(&(nth + 1).to_string(), SMALL, true, 2.0 * DISC)
}

fn disc(nth: usize, x: f64, y: f64, kit: &Kit) -> Vec<Item> {
    let text = number(nth, kit);
    let top = y - text.height() / 2.0;
    let circle = Item::Circle { centre: at(x, y), radius: DISC, fill: Paint::Paper, pen: Pen::new(Paint::Ink, 1.2) };
    vec![circle, Item::Words(text.placed(x, top, Align::Middle, Paint::Ink))]
}

/// The steps across, and what they are.
fn foot(matrix: &Matrix, grid: &Grid, scene: &mut Scene, kit: &Kit) {
    let top = scene.height + 4.0;
    let mut height: f64 = 0.0;
    for (across, step) in matrix.across.steps.iter().enumerate() {
        let text = kit.fit(step, SMALL, false, grid.width - 6.0);
        height = height.max(text.height());
        let middle = grid.left(across) + grid.width / 2.0;
        scene.items.extend(words([text.placed(middle, top, Align::Middle, Paint::Ink)]));
    }
    let title = kit.fit(&matrix.across.title, SMALL, true, kit.width - grid.steps);
    let title_height = title.height();
    let middle = grid.steps + (kit.width - grid.steps) / 2.0;
    scene.items.extend(words([title.placed(middle, top + height + 3.0, Align::Middle, Paint::Ink)]));
    scene.height = top + height + 3.0 + title_height + 2.0;
}

/// What the numbers stand for, in two columns, on a narrow canvas in one.
fn names(matrix: &Matrix, scene: &mut Scene, kit: &Kit) {
    let width = if kit.is_narrow() { kit.width } else { kit.width / 2.0 - 12.0 };
    let top = scene.height + 10.0;
    let half = if kit.is_narrow() { matrix.items.len() } else { matrix.items.len().div_ceil(2) };
    let mut below = [top, top];
    let mut entries = Vec::new();
    for (nth, item) in matrix.items.iter().enumerate() {
        let column = usize::from(nth >= half);
        let left = column as f64 * (width + 24.0);
        let number = number(nth, kit);
        let name = Named::new(&item.label, TEXT, false, width - 28.0, kit);
        let height = name.height() + 3.0;
        let mut items = words([number.placed(left, below[column] + 1.0, Align::Start, Paint::Ink)]);
        items.extend(name.placed(left + 28.0, below[column], Align::Start, Paint::Ink));
        entries.push(vec![Item::linked(&item.label.target, items)]);
        below[column] += height;
    }
    scene.height = below[0].max(below[1]);
    scene.items.push(list("", entries));
}
