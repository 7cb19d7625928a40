//! Where connectors touch their boxes: each at a place of its own, in the order in which they come in.

use std::collections::BTreeMap;

use super::columns::{Columns, Run};
use super::ways::{Leg, NEAR, STEP, Stop, Way, places};

/// From the corner of a box to the first connector.
const CORNER: f64 = 4.0;
const OF_TOPS: f64 = 0.0;
const OF_BOTTOMS: f64 = 8.0;
/// Between the name of a group and a connector beside it.
const BESIDE: f64 = 6.0;

/// Gives each stop at a box its place, then lets connectors run straight where they can.
pub fn give_places(ways: &mut [Way], columns: &Columns, named: &dyn Fn(&Run) -> bool) {
    let boxes = columns.boxes.len();
    let starts = starts(ways, columns, named);
    for nth in 0..boxes {
        for top in [true, false] {
            let mut stops = stops_at(ways, Stop::Box { nth, top });
            let across = |list: &Vec<At>| {
                let far = |at: &At| if at.2 { ways[at.0].legs[at.1].x_out } else { ways[at.0].legs[at.1].x_in };
                list.iter().map(far).sum::<f64>() / list.len() as f64
            };
            stops.sort_by(|a, b| across(a).total_cmp(&across(b)).then(a.cmp(b)));
            let (from, to) = side(nth, top, columns, &starts);
            let class = if top { OF_TOPS } else { OF_BOTTOMS };
            for (list, x) in stops.iter().zip(spread(stops.len(), from, to, class)) {
                list.iter().for_each(|at| set(&mut ways[at.0].legs[at.1], at.2, x));
            }
        }
    }
    straighten(ways, columns, &starts);
}

/// A leg that touches a box: way, leg, and whether it enters there.
type At = (usize, usize, bool);

/// The legs that touch a box, those of a bundle that arrives together.
fn stops_at(ways: &[Way], stop: Stop) -> Vec<Vec<At>> {
    let mut found = Vec::new();
    let mut arriving: BTreeMap<usize, Vec<At>> = BTreeMap::new();
    for (nth, way) in ways.iter().enumerate() {
        for (at, leg) in way.legs.iter().enumerate() {
            if leg.enter == stop {
                found.push(vec![(nth, at, true)]);
            }
            if leg.leave == stop {
                arriving.entry(way.bundle).or_default().push((nth, at, false));
            }
        }
    }
    found.extend(arriving.into_values());
    found
}

fn set(leg: &mut Leg, enters: bool, x: f64) {
    if enters { leg.x_in = x } else { leg.x_out = x }
}

/// The part of the top or bottom of a box where connectors may touch it.
fn side(nth: usize, top: bool, columns: &Columns, starts: &[f64]) -> (f64, f64) {
    let column = &columns.boxes[nth];
    let from = if top { starts[nth] } else { column.x };
    (from.max(column.x) + CORNER, column.x + column.width - CORNER)
}

/// `count` places of a class from left to right around the middle; the last ones share theirs if there are too few.
fn spread(count: usize, from: f64, to: f64, class: f64) -> Vec<f64> {
    if count == 0 {
        return Vec::new();
    }
    let mut all: Vec<f64> = places(from, to, class).collect();
    if all.is_empty() {
        all.push((from + to) / 2.0);
    }
    let middle = (from + to) / 2.0;
    let shift = |first: usize| ((all[first] + all[first + count - 1]) / 2.0 - middle).abs();
    let first = match all.len().checked_sub(count) {
        Some(spare) => (0..=spare).min_by(|a, b| shift(*a).total_cmp(&shift(*b))).unwrap_or(0),
        None => return (0..count).map(|nth| all[nth * all.len() / count]).collect(),
    };
    all[first..first + count].to_vec()
}

/// Where connectors may touch the top of each box: behind the name of its group, if that stands above it.
fn starts(ways: &[Way], columns: &Columns, named: &dyn Fn(&Run) -> bool) -> Vec<f64> {
    let mut starts: Vec<f64> = columns.boxes.iter().map(|column| column.x).collect();
    for run in (0..columns.levels.len()).flat_map(|level| columns.runs(level)).filter(|run| named(run)) {
        let count = |nth: usize| stops_at(ways, Stop::Box { nth, top: true }).len();
        if let Some(nth) = run.boxes.clone().find(|nth| count(*nth) > 0) {
            let column = &columns.boxes[nth];
            let room = (count(nth) as f64 * STEP + 2.0 * CORNER).min(column.width * 0.6);
            starts[nth] = column.x + column.width - room;
        }
    }
    starts
}

/// How much room the name of a run has above its boxes, so that no connector crosses it.
pub fn free_above(ways: &[Way], run: &Run, columns: &Columns) -> f64 {
    let first = &columns.boxes[run.boxes.start];
    let last = &columns.boxes[run.boxes.end - 1];
    let mut end = last.x + last.width;
    for leg in ways.iter().flat_map(|way| &way.legs) {
        for (stop, x) in [(leg.enter, leg.x_in), (leg.leave, leg.x_out)] {
            let passes = match stop {
                Stop::Box { nth, top } => top && run.boxes.contains(&nth),
                Stop::Gap { x } => {
                    (leg.channel == first.level || leg.channel == first.level + 1) && x > first.x && x < end
                }
                Stop::Corridor => false,
            };
            if passes {
                end = end.min(x - BESIDE);
            }
        }
    }
    (end - first.x).max(1.0)
}

/// Moves one end of a connector between neighbouring levels below or above the other, where nothing else runs there; where
/// a bundle arrives is left alone.
fn straighten(ways: &mut [Way], columns: &Columns, starts: &[f64]) {
    for nth in 0..ways.len() {
        let [leg] = &ways[nth].legs[..] else { continue };
        let (Stop::Box { nth: from, top: enters }, Stop::Box { nth: to, top: leaves }) = (leg.enter, leg.leave) else {
            continue;
        };
        if enters == leaves {
            continue;
        }
        let (channel, x_in, x_out, bundle) = (leg.channel, leg.x_in, leg.x_out, ways[nth].bundle);
        let is_alone = ways.iter().filter(|way| way.bundle == bundle).count() == 1;
        let others = ways.iter().filter(|way| way.bundle != bundle).flat_map(|way| &way.legs);
        let verticals: Vec<f64> =
            others.filter(|leg| leg.channel == channel).flat_map(|leg| [leg.x_in, leg.x_out]).collect();
        let is_free = |x: f64, (from, to): (f64, f64)| {
            x >= from && x <= to && verticals.iter().all(|other| (other - x).abs() > NEAR + 1.0)
        };
        let leg = &mut ways[nth].legs[0];
        if is_alone && is_free(x_in, side(to, leaves, columns, starts)) {
            leg.x_out = x_in;
        } else if is_free(x_out, side(from, enters, columns, starts)) {
            leg.x_in = x_out;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lie_around_the_middle() {
        assert_eq!(spread(1, 10.0, 110.0, 0.0), [64.0]);
        assert_eq!(spread(3, 10.0, 110.0, 8.0), [40.0, 56.0, 72.0]);
        assert!(spread(0, 10.0, 110.0, 8.0).is_empty());
        // More than there is room for.
        assert_eq!(spread(4, 10.0, 36.0, 0.0), [16.0, 16.0, 32.0, 32.0]);
    }
}
