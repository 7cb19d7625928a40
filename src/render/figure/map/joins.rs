//! Connectors of a bundle as they are drawn: each runs until it meets another of its bundle, and a dot marks where.

use super::routes::Route;
use crate::render::figure::scene::{Point, at};

/// Nearer is the same place.
const SAME: f64 = 0.01;

/// What is drawn of a connector.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Position of the arrow in the data.
    pub arrow: usize,
    pub points: Vec<Point>,
    /// True if it runs to its box, with a head; false if it ends where it meets another one.
    pub arrives: bool,
}

/// What is drawn of all connectors, and where dots stand: at each place from which three lines of a bundle lead.
pub fn joined(routes: &[Route]) -> (Vec<Drawn>, Vec<Point>) {
    let mut drawn: Vec<(usize, Drawn)> = Vec::new();
    for route in routes {
        let mates = drawn.iter().filter(|(bundle, _)| *bundle == route.bundle).map(|(_, one)| one.points.as_slice());
        let (points, arrives) = until(&route.points, &mates.collect::<Vec<_>>());
        drawn.push((route.bundle, Drawn { arrow: route.arrow, points, arrives }));
    }
    let ends =
        drawn.iter().filter(|(_, one)| !one.arrives).filter_map(|(bundle, one)| Some((bundle, *one.points.last()?)));
    let dots = ends.filter(|(bundle, place)| {
        let mates = drawn.iter().filter(|(other, _)| other == *bundle).map(|(_, one)| one.points.as_slice());
        sides(*place, mates) > 2
    });
    let dots = dots.map(|(_, place)| place).collect();
    (drawn.into_iter().map(|(_, one)| one).collect(), dots)
}

/// The line up to where it first touches one of `mates`, and whether it reaches its end without.
fn until(points: &[Point], mates: &[&[Point]]) -> (Vec<Point>, bool) {
    let mut out: Vec<Point> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let length = |place: &Point| (place.x - pair[0].x).abs() + (place.y - pair[0].y).abs();
        let met = mates.iter().flat_map(|mate| mate.windows(2)).filter_map(|other| meeting(pair, other));
        if let Some(place) = met.min_by(|a, b| length(a).total_cmp(&length(b))) {
            out.push(place);
            return (out, false);
        }
        out.push(pair[1]);
    }
    (out, true)
}

/// The place of `own` nearest to its begin that lies on `other` too; all lines run along an axis.
fn meeting(own: &[Point], other: &[Point]) -> Option<Point> {
    let span = |pair: &[Point], of: fn(&Point) -> f64| (of(&pair[0]).min(of(&pair[1])), of(&pair[0]).max(of(&pair[1])));
    let near = |of: fn(&Point) -> f64| {
        let (own_span, other_span) = (span(own, of), span(other, of));
        let (from, to) = (own_span.0.max(other_span.0), own_span.1.min(other_span.1));
        (from <= to + SAME).then(|| of(&own[0]).clamp(from.min(to), from.max(to)))
    };
    Some(at(near(|point| point.x)?, near(|point| point.y)?))
}

/// In how many directions lines lead from a place.
fn sides<'a>(place: Point, lines: impl Iterator<Item = &'a [Point]>) -> usize {
    let mut found = [false; 4];
    for pair in lines.flat_map(|line| line.windows(2)) {
        if meeting(&[place, place], pair).is_none_or(|met| (met.x - place.x).abs() + (met.y - place.y).abs() > SAME) {
            continue;
        }
        for end in pair {
            let ahead = [end.x - place.x, place.x - end.x, end.y - place.y, place.y - end.y];
            (0..4).filter(|side| ahead[*side] > SAME).for_each(|side| found[side] = true);
        }
    }
    found.iter().filter(|is_found| **is_found).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(bundle: usize, points: &[(f64, f64)]) -> Route {
        Route { arrow: 0, bundle, points: points.iter().map(|(x, y)| at(*x, *y)).collect() }
    }

    #[test]
    fn a_line_ends_where_it_meets_its_bundle() {
        let routes = [
            route(0, &[(0.0, 90.0), (0.0, 50.0), (40.0, 50.0), (40.0, 0.0)]),
            // Meets it in the middle of its way across,
            route(0, &[(20.0, 90.0), (20.0, 50.0), (40.0, 50.0), (40.0, 0.0)]),
            // comes from the other side to its corner,
            route(0, &[(60.0, 90.0), (60.0, 50.0), (40.0, 50.0), (40.0, 0.0)]),
            // and only crosses it, as it leads elsewhere.
            route(1, &[(30.0, 90.0), (30.0, 0.0)]),
        ];
        let (drawn, dots) = joined(&routes);
        assert_eq!(drawn.iter().map(|one| one.arrives).collect::<Vec<_>>(), [true, false, false, true]);
        assert_eq!(drawn[1].points, [at(20.0, 90.0), at(20.0, 50.0)]);
        assert_eq!(drawn[2].points, [at(60.0, 90.0), at(60.0, 50.0), at(40.0, 50.0)]);
        assert_eq!(dots, [at(20.0, 50.0), at(40.0, 50.0)]);
    }

    #[test]
    fn a_line_that_goes_on_from_the_end_of_another_needs_no_dot() {
        let routes = [route(0, &[(40.0, 50.0), (40.0, 0.0)]), route(0, &[(40.0, 90.0), (40.0, 50.0), (40.0, 0.0)])];
        let (drawn, dots) = joined(&routes);
        assert!(!drawn[1].arrives && dots.is_empty());
    }
}
