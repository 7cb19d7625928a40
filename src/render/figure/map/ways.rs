//! Which way a connector takes: through which channels, and between which boxes.
//!
//! Channel `c` lies above level `c`; the last one lies below all levels. A connector leaves the top of its box and arrives
//! at the bottom of the other one, if that stands higher; otherwise it arrives at the top. What must pass a level goes
//! through a gap between its boxes, or where none is free through the corridor beside all rows.
//!
//! Connectors to the same side of the same box are a bundle: they share gaps, lanes and the place where they arrive.

use std::collections::BTreeMap;

use super::columns::Columns;
use crate::document::draft::Change;

/// Verticals nearer than this would be taken for one.
pub const NEAR: f64 = 3.0;
/// Places for verticals are this far apart; tops, bottoms and gaps each have their own among them.
pub const STEP: f64 = 16.0;
/// Those in gaps, see `columns`.
const IN_GAPS: [f64; 2] = [4.0, 12.0];
/// Between lanes of the corridor.
const LANE: f64 = 9.0;

/// Where a stretch of a connector begins or ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stop {
    /// At the top or the bottom of a box in the rows.
    Box {
        nth: usize,
        top: bool,
    },
    /// In a gap, at this place.
    Gap {
        x: f64,
    },
    Corridor,
}

/// A stretch through a channel.
#[derive(Clone, Debug)]
pub struct Leg {
    pub channel: usize,
    pub enter: Stop,
    pub leave: Stop,
    pub x_in: f64,
    pub x_out: f64,
    pub lane: usize,
}

/// What a connector joins: positions of the arrow, of the box from which and of the one to which it leads.
#[derive(Clone, Copy, Debug)]
pub struct Ends {
    pub arrow: usize,
    pub from: usize,
    pub to: usize,
    pub change: Change,
}

/// The way of one connector.
#[derive(Clone, Debug)]
pub struct Way {
    pub arrow: usize,
    /// Those with the same number may run together.
    pub bundle: usize,
    pub legs: Vec<Leg>,
    /// Its lane in the corridor.
    pub corridor: Option<usize>,
    /// The boxes of the band where it begins and ends, by position of all boxes.
    pub from_band: Option<usize>,
    pub to_band: Option<usize>,
}

/// The ways of connectors.
pub fn ways(ends: &[Ends], columns: &Columns) -> Vec<Way> {
    let mut finder = Finder::new(columns);
    ends.iter().map(|one| finder.way(one)).collect()
}

/// How many lanes the corridor has.
pub fn corridors(ways: &[Way]) -> usize {
    ways.iter().filter_map(|way| way.corridor).max().map_or(0, |last| last + 1)
}

/// The room that the corridor takes.
pub fn corridor(ways: &[Way]) -> f64 {
    let lanes = corridors(ways);
    if lanes == 0 { 0.0 } else { (lanes + 1) as f64 * LANE }
}

/// Where a lane of the corridor lies.
pub fn corridor_x(lane: usize, columns: &Columns) -> f64 {
    columns.end + (lane + 1) as f64 * LANE
}

struct Finder<'a> {
    columns: &'a Columns,
    /// Verticals in gaps by channel.
    taken: Vec<Vec<f64>>,
    /// Bundles by the box where they arrive, whether they do at its top, and what became of them.
    bundles: BTreeMap<(usize, bool, u8), usize>,
    /// The place of a bundle in a level that it passes.
    passed: BTreeMap<(usize, usize), f64>,
    /// The lane of a bundle in the corridor.
    corridors: BTreeMap<usize, usize>,
}

impl<'a> Finder<'a> {
    fn new(columns: &'a Columns) -> Self {
        Finder {
            columns,
            taken: vec![Vec::new(); columns.levels.len() + 1],
            bundles: BTreeMap::new(),
            passed: BTreeMap::new(),
            corridors: BTreeMap::new(),
        }
    }

    fn centre(&self, nth: usize) -> f64 {
        self.columns.boxes[nth].x + self.columns.boxes[nth].width / 2.0
    }

    fn way(&mut self, ends: &Ends) -> Way {
        let Ends { arrow, from, to, change } = *ends;
        let level = |nth: usize| self.columns.boxes.get(nth).map(|column| column.level);
        let (low, high) = (level(from), level(to));
        let at_top = low.zip(high).is_some_and(|(low, high)| high >= low);
        let next = self.bundles.len();
        let bundle = *self.bundles.entry((to, at_top, change as u8)).or_insert(next);
        let mut way = Way { arrow, bundle, legs: Vec::new(), corridor: None, from_band: None, to_band: None };
        let top = |nth| Stop::Box { nth, top: true };
        let bottom = |nth| Stop::Box { nth, top: false };
        match (low, high) {
            (Some(low), Some(high)) if high < low => {
                let crossed = (high + 1..low).rev().collect();
                self.across(&mut way, top(from), bottom(to), crossed, (low, high + 1));
            }
            (Some(one), Some(other)) if one == other => way.legs.push(self.leg(one, top(from), top(to))),
            (Some(high), Some(low)) => {
                let crossed = (high + 1..low).collect();
                self.across(&mut way, bottom(from), top(to), crossed, (high + 1, low));
            }
            (Some(low), None) => {
                way.to_band = Some(to);
                way.legs.push(self.leg(low, top(from), Stop::Corridor));
            }
            (None, Some(high)) => {
                way.from_band = Some(from);
                way.legs.push(self.leg(high + 1, Stop::Corridor, bottom(to)));
            }
            (None, None) => (way.from_band, way.to_band) = (Some(from), Some(to)),
        }
        if way.from_band.is_some() || way.to_band.is_some() {
            way.corridor = Some(self.corridor(bundle));
        }
        way
    }

    fn corridor(&mut self, bundle: usize) -> usize {
        let next = self.corridors.len();
        *self.corridors.entry(bundle).or_insert(next)
    }

    fn leg(&self, channel: usize, enter: Stop, leave: Stop) -> Leg {
        let place = |stop| match stop {
            Stop::Box { nth, .. } => self.centre(nth),
            Stop::Gap { x } => x,
            Stop::Corridor => self.columns.end + LANE,
        };
        Leg { channel, enter, leave, x_in: place(enter), x_out: place(leave), lane: 0 }
    }

    /// From one level to another past those between: through gaps if each has one left, through the corridor if not.
    fn across(&mut self, way: &mut Way, from: Stop, to: Stop, crossed: Vec<usize>, channels: (usize, usize)) {
        let place = |stop| if let Stop::Box { nth, .. } = stop { self.centre(nth) } else { 0.0 };
        let (mut x, end) = (place(from), place(to));
        let mut found = Vec::new();
        for level in &crossed {
            let own = self.passed.get(&(way.bundle, *level)).copied();
            let Some(gap) = own.or_else(|| self.gap(*level, x, end, found.is_empty())) else {
                way.corridor = Some(self.corridor(way.bundle));
                way.legs.push(self.leg(channels.0, from, Stop::Corridor));
                way.legs.push(self.leg(channels.1, Stop::Corridor, to));
                return;
            };
            x = gap;
            found.push((*level, gap));
        }
        for (level, x) in &found {
            if self.passed.insert((way.bundle, *level), *x).is_none() {
                self.taken[*level].push(*x);
                self.taken[*level + 1].push(*x);
            }
        }
        let up = channels.0 > channels.1;
        let mut enter = from;
        for (level, x) in found {
            let channel = if up { level + 1 } else { level };
            let gap = Stop::Gap { x };
            way.legs.push(self.leg(channel, enter, gap));
            enter = gap;
        }
        way.legs.push(self.leg(channels.1, enter, to));
    }

    /// The free place in a gap of a level that is nearest to the way from `x` to `end`.
    fn gap(&self, level: usize, x: f64, end: f64, is_first: bool) -> Option<f64> {
        let mut best: Option<f64> = None;
        let detour = |place: f64| (place - x).abs() + (place - end).abs();
        for (left, right) in self.columns.gaps(level) {
            let (left, right) = (left + NEAR, right - NEAR);
            // Straight on is best.
            let straight = (!is_first && x >= left && x <= right).then_some(x);
            let grid = IN_GAPS.iter().flat_map(|class| places(left, right, *class));
            for place in straight.into_iter().chain(grid) {
                let taken = self.taken[level].iter().chain(&self.taken[level + 1]);
                let is_free = taken.into_iter().all(|other| (other - place).abs() >= NEAR);
                if is_free && best.is_none_or(|best| detour(place) < detour(best)) {
                    best = Some(place);
                }
            }
        }
        best
    }
}

/// The places of a class between two others.
pub fn places(from: f64, to: f64, class: f64) -> impl Iterator<Item = f64> {
    let first = ((from - class) / STEP).ceil();
    (0..).map(move |nth| (first + f64::from(nth)) * STEP + class).take_while(move |place| *place <= to)
}
