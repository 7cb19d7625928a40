//! The connectors of the map as lines: none crosses a box, and only those of a bundle lie on each other.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Columns, GAPS, Run};
use super::lanes::lanes;
use super::slots::{self, give_places};
use super::ways::{self, Ends, Stop, Way};
use super::{Laid, PAD};
use crate::document::drawing::Map;
use crate::render::figure::scene::{Point, at};

/// Between lanes.
const LANE: f64 = 7.0;
/// Above the first and below the last lane; an arrow head fits there.
const ASIDE: f64 = 9.0;

/// The line of one connector.
#[derive(Clone, Debug)]
pub struct Route {
    /// Position of the arrow in the data.
    pub arrow: usize,
    /// Those with the same number may run together.
    pub bundle: usize,
    pub points: Vec<Point>,
}

/// The ways of all connectors.
pub struct Network {
    ways: Vec<Way>,
    /// How many lanes each channel has; nothing where no connector runs.
    lanes: Vec<Option<usize>>,
}

/// Finds the ways, and how wide that leaves the boxes: with wide gaps if fewer connectors then run beside the rows.
pub fn plan(map: &Map) -> (Columns, Network) {
    let tries = GAPS.map(|gap| plan_with(map, gap));
    let (columns, ways) = tries.into_iter().min_by_key(|(_, ways)| ways::corridors(ways)).expect("there are gaps");
    let network = Network::new(ways, map, &columns);
    (columns, network)
}

fn plan_with(map: &Map, gap: f64) -> (Columns, Vec<Way>) {
    let mut corridor = 0.0;
    loop {
        let columns = Columns::new(map, gap, corridor);
        let ways = ways::ways(&ends(map, &columns), &columns);
        // With narrower boxes other gaps may be left; that ends, as there are not more lanes than connectors.
        let needed = ways::corridor(&ways);
        if needed <= corridor {
            return (columns, ways);
        }
        corridor = needed;
    }
}

/// Arrows between boxes that are there, each once.
fn ends(map: &Map, columns: &Columns) -> Vec<Ends> {
    let ids: BTreeMap<&str, usize> = columns.all_boxes(map).map(|(nth, one)| (one.id.as_str(), nth)).collect();
    let mut seen = BTreeSet::new();
    let ends = map.arrows.iter().enumerate().filter_map(|(nth, arrow)| {
        let (from, to) = (*ids.get(arrow.from.as_str())?, *ids.get(arrow.to.as_str())?);
        (from != to && seen.insert((from, to))).then_some(Ends { arrow: nth, from, to, change: arrow.change })
    });
    ends.collect()
}

impl Network {
    fn new(mut ways: Vec<Way>, map: &Map, columns: &Columns) -> Self {
        for way in &mut ways {
            let Some(lane) = way.corridor else { continue };
            let x = ways::corridor_x(lane, columns);
            for leg in &mut way.legs {
                leg.x_in = if leg.enter == Stop::Corridor { x } else { leg.x_in };
                leg.x_out = if leg.leave == Stop::Corridor { x } else { leg.x_out };
            }
        }
        let named = |run: &Run| {
            let row = columns.levels[columns.boxes[run.boxes.start].level].row;
            !map.rows[row].groups[run.group].label.text.is_empty()
        };
        give_places(&mut ways, columns, &named);
        let mut network = Network { ways, lanes: vec![None; columns.levels.len() + 1] };
        (0..network.lanes.len()).for_each(|channel| network.give_lanes(channel));
        network
    }

    fn give_lanes(&mut self, channel: usize) {
        let own = |way: &Way| way.legs.iter().any(|leg| leg.channel == channel);
        if !self.ways.iter().any(own) {
            return;
        }
        // From where to where each bundle runs across: the far end first.
        let mut spans: BTreeMap<usize, (f64, f64, f64)> = BTreeMap::new();
        for way in &self.ways {
            for leg in way.legs.iter().filter(|leg| leg.channel == channel && leg.x_in != leg.x_out) {
                let span = spans.entry(way.bundle).or_insert((leg.x_in, leg.x_in, leg.x_out));
                span.0 = span.0.min(leg.x_in).min(leg.x_out);
                span.1 = span.1.max(leg.x_in).max(leg.x_out);
            }
        }
        let far_first = |(left, right, out): &(f64, f64, f64)| match (right - out).abs() > (out - left).abs() {
            true => (*right, *left),
            false => (*left, *right),
        };
        let (given, count) = lanes(&spans.values().map(far_first).collect::<Vec<_>>());
        let lane_of: BTreeMap<usize, usize> = spans.keys().copied().zip(given).collect();
        for way in &mut self.ways {
            for leg in way.legs.iter_mut().filter(|leg| leg.channel == channel) {
                leg.lane = lane_of.get(&way.bundle).copied().unwrap_or(0);
            }
        }
        self.lanes[channel] = Some(count);
    }

    /// How high a channel is: nothing where no connector runs.
    pub fn height(&self, channel: usize) -> f64 {
        match self.lanes[channel] {
            None => 0.0,
            Some(count) => 2.0 * ASIDE + count.saturating_sub(1) as f64 * LANE,
        }
    }

    /// How much room the name of a run has above its boxes.
    pub fn free_above(&self, run: &Run, columns: &Columns) -> f64 {
        slots::free_above(&self.ways, run, columns)
    }

    /// The lines, once boxes have their heights. `channels` are the tops of the channels.
    pub fn drawn(&self, columns: &Columns, laid: &Laid, channels: &[f64]) -> Vec<Route> {
        let lane_y = |channel: usize, lane: usize| channels[channel] + ASIDE + lane as f64 * LANE;
        let mut ports = Ports::new(self, &lane_y, columns);
        let edge = |stop: Stop| match stop {
            Stop::Box { nth, top: true } => laid.boxes[nth].area.y,
            Stop::Box { nth, top: false } => laid.boxes[nth].area.bottom(),
            _ => 0.0,
        };
        let mut routes = Vec::new();
        for way in &self.ways {
            let corridor = way.corridor.map_or(0.0, |lane| ways::corridor_x(lane, columns));
            let mut port = |nth: usize, bundle: Option<usize>| {
                let y = ports.next(nth, bundle, laid);
                [at(columns.band + PAD, y), at(corridor, y)]
            };
            let mut points = Vec::new();
            match (way.from_band, way.legs.first()) {
                (Some(nth), _) => points.extend(port(nth, None)),
                (None, Some(leg)) => points.push(at(leg.x_in, edge(leg.enter))),
                (None, None) => {}
            }
            for leg in way.legs.iter().filter(|leg| leg.x_in != leg.x_out) {
                let y = lane_y(leg.channel, leg.lane);
                points.extend([at(leg.x_in, y), at(leg.x_out, y)]);
            }
            match (way.to_band, way.legs.last()) {
                (Some(nth), _) => points.extend(port(nth, Some(way.bundle)).into_iter().rev()),
                (None, Some(leg)) => points.push(at(leg.x_out, edge(leg.leave))),
                (None, None) => {}
            }
            routes.push(Route { arrow: way.arrow, bundle: way.bundle, points });
        }
        routes
    }
}

/// Heights at which connectors touch boxes of the band: none lies on a lane that runs into the corridor.
struct Ports {
    taken: Vec<f64>,
    /// Where bundles arrive.
    given: BTreeMap<usize, f64>,
}

impl Ports {
    fn new(network: &Network, lane_y: &dyn Fn(usize, usize) -> f64, columns: &Columns) -> Self {
        let legs = network.ways.iter().flat_map(|way| &way.legs);
        let taken = legs.filter(|leg| leg.x_in.max(leg.x_out) > columns.end);
        Ports { taken: taken.map(|leg| lane_y(leg.channel, leg.lane)).collect(), given: BTreeMap::new() }
    }

    /// The free height nearest to the middle of a box; a bundle arrives at one.
    fn next(&mut self, nth: usize, bundle: Option<usize>, laid: &Laid) -> f64 {
        if let Some(y) = bundle.and_then(|bundle| self.given.get(&bundle)) {
            return *y;
        }
        let area = &laid.boxes[nth].area;
        let middle = area.y + area.height / 2.0;
        let reach = (area.height / 2.0 - 6.0).max(0.0);
        let tries = (0..).map(|step| f64::from(step) * 3.0).take_while(|away| *away <= reach);
        let free = tries.flat_map(|away| [middle + away, middle - away]);
        let mut free = free.filter(|y| self.taken.iter().all(|other| (other - y).abs() >= 3.0));
        let y = free.next().unwrap_or(middle);
        self.taken.push(y);
        self.given.extend(bundle.map(|bundle| (bundle, y)));
        y
    }
}
