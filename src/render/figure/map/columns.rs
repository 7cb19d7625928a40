//! How boxes share the width: the boxes of a row are equally wide, at most [`IN_LINE`] stand beside each other.

use std::ops::Range;

use super::ways::STEP;
use crate::document::drawing::{Map, MapBox, MapRow};
use crate::render::figure::MAP;

/// More boxes than this do not stand in one line,
const IN_LINE: usize = 6;
/// and fewer where they would be narrower than this.
const NARROWEST: f64 = 104.0;
/// Between boxes: connectors to rows further up pass here, two in a narrow gap, four in a wide one.
pub const GAPS: [f64; 2] = [20.0, 20.0 + STEP];
/// Boxes begin at this place of each step: so the places for connectors lie in the middle of a gap.
const BEGIN: f64 = 2.0;
const GUTTER: f64 = 112.0;
const BAND: f64 = 126.0;
/// No box is wider.
const WIDEST: f64 = 330.0;
/// Between the ground of the rows and the band.
const BESIDE_BAND: f64 = 12.0;
const PAD: f64 = 8.0;

/// The columns of all boxes in the rows.
pub struct Columns {
    pub gutter: f64,
    /// Where the boxes of the rows end.
    pub end: f64,
    /// Where the ground of the rows ends: the corridor lies on it.
    pub ground: f64,
    /// Where the band begins, and its width; the width of the canvas and nothing where there is none.
    pub band: f64,
    pub band_width: f64,
    pub boxes: Vec<Column>,
    pub levels: Vec<Level>,
    /// Width of each box of the band.
    of_band: f64,
    /// Between boxes; a step more between groups.
    gap: f64,
}

/// Where a box stands across.
pub struct Column {
    pub x: f64,
    pub width: f64,
    pub level: usize,
}

/// A line of boxes.
pub struct Level {
    pub row: usize,
    runs: Vec<Run>,
}

/// Boxes of one group that stand beside each other.
#[derive(Clone)]
pub struct Run {
    pub group: usize,
    /// Positions in [`Columns::boxes`].
    pub boxes: Range<usize>,
}

impl Columns {
    /// `gap` is the room between boxes, one of [`GAPS`]; `corridor` that which connectors need between the rows and the band, or
    /// at the end of the canvas.
    pub fn new(map: &Map, gap: f64, corridor: f64) -> Self {
        let named = map.rows.iter().any(|row| !row.label.text.is_empty());
        let gutter = if named { GUTTER } else { PAD };
        let band_width = if map.band.is_some() { BAND } else { 0.0 };
        let apart = if map.band.is_some() { corridor + BESIDE_BAND } else { corridor };
        let end = MAP - band_width - apart;
        let mut columns = Columns {
            gutter,
            end,
            ground: if band_width > 0.0 { MAP - band_width - BESIDE_BAND } else { MAP },
            band: MAP - band_width,
            band_width,
            boxes: Vec::new(),
            levels: Vec::new(),
            of_band: band_width - 2.0 * PAD,
            gap,
        };
        for (nth, row) in map.rows.iter().enumerate() {
            columns.row(nth, row);
        }
        columns
    }

    fn row(&mut self, nth: usize, row: &MapRow) {
        let room = self.end - self.gutter - PAD;
        // So wide that the fullest line fits.
        let width_in = |lines: &[Vec<(usize, usize)>]| {
            let widths = lines.iter().map(|line| {
                let boxes: usize = line.iter().map(|(_, count)| count).sum();
                (room - self.room_of_gaps(line)) / boxes.max(1) as f64
            });
            let width: f64 = widths.fold(WIDEST, f64::min);
            f64::max(((width + self.gap) / STEP).floor() * STEP - self.gap, 1.0)
        };
        let tries = (1..=IN_LINE).rev().map(|most| lines(row, most));
        let lines = tries.into_iter().find(|lines| width_in(lines) >= NARROWEST).unwrap_or_else(|| lines(row, 1));
        let width = width_in(&lines);
        for line in lines {
            let boxes: usize = line.iter().map(|(_, count)| count).sum();
            let middle = self.gutter + (room - self.room_of_gaps(&line) - width * boxes as f64) / 2.0;
            let mut x = ((middle - BEGIN) / STEP).round() * STEP + BEGIN;
            let mut runs = Vec::new();
            for (group, count) in line {
                let first = self.boxes.len();
                for _ in 0..count {
                    self.boxes.push(Column { x, width, level: self.levels.len() });
                    x += width + self.gap;
                }
                x += STEP;
                runs.push(Run { group, boxes: first..first + count });
            }
            self.levels.push(Level { row: nth, runs });
        }
    }

    /// All boxes of the map in the order of their positions: those of the band come last.
    pub fn all_boxes<'m>(&self, map: &'m Map) -> impl Iterator<Item = (usize, &'m MapBox)> {
        let rows = map.rows.iter().chain(&map.band);
        rows.flat_map(|row| &row.groups).flat_map(|group| &group.boxes).enumerate()
    }

    /// Width of the box at a position.
    pub fn width_of(&self, nth: usize) -> f64 {
        self.boxes.get(nth).map_or(self.of_band, |column| column.width)
    }

    pub fn levels_of(&self, row: usize) -> Vec<usize> {
        (0..self.levels.len()).filter(|level| self.levels[*level].row == row).collect()
    }

    pub fn runs(&self, level: usize) -> Vec<Run> {
        self.levels[level].runs.clone()
    }

    /// What lies between the boxes of a line.
    fn room_of_gaps(&self, line: &[(usize, usize)]) -> f64 {
        let inner: usize = line.iter().map(|(_, count)| count - 1).sum();
        inner as f64 * self.gap + (line.len() - 1) as f64 * (self.gap + STEP)
    }

    /// Where a connector can pass between the boxes of a level.
    pub fn gaps(&self, level: usize) -> Vec<(f64, f64)> {
        let own: Vec<&Column> = self.levels[level].runs.iter().flat_map(|run| &self.boxes[run.boxes.clone()]).collect();
        own.windows(2).map(|pair| (pair[0].x + pair[0].width, pair[1].x)).collect()
    }
}

/// The boxes of a row in lines: group and how many of its boxes. A group is kept together where it fits into a line.
fn lines(row: &MapRow, most: usize) -> Vec<Vec<(usize, usize)>> {
    let mut lines: Vec<Vec<(usize, usize)>> = Vec::new();
    for (group, boxes) in row.groups.iter().map(|group| group.boxes.len()).enumerate().filter(|(_, count)| *count > 0) {
        let full: usize = lines.last().map_or(most, |line| line.iter().map(|(_, count)| count).sum());
        if full + boxes <= most {
            if let Some(line) = lines.last_mut() {
                line.push((group, boxes));
            }
            continue;
        }
        // Lines of about the same length.
        let count = boxes.div_ceil(most);
        for part in 0..count {
            lines.push(vec![(group, boxes * (part + 1) / count - boxes * part / count)]);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::drawing::MapGroup;

    fn row(groups: &[usize]) -> MapRow {
        let group = |count: &usize| MapGroup { boxes: vec![MapBox::default(); *count], ..MapGroup::default() };
        MapRow { groups: groups.iter().map(group).collect(), ..MapRow::default() }
    }

    #[test]
    fn groups_stay_together_and_lines_are_of_about_the_same_length() {
        assert_eq!(lines(&row(&[3, 2]), 6), [vec![(0, 3), (1, 2)]]);
        assert_eq!(lines(&row(&[4, 3]), 6), [vec![(0, 4)], vec![(1, 3)]]);
        assert_eq!(lines(&row(&[8]), 6), [vec![(0, 4)], vec![(0, 4)]]);
        assert_eq!(lines(&row(&[0, 7]), 6), [vec![(1, 3)], vec![(1, 4)]]);
        assert_eq!(lines(&row(&[7, 1]), 4), [vec![(0, 3)], vec![(0, 4)], vec![(1, 1)]]);
        assert!(lines(&row(&[]), 6).is_empty());
    }
}
