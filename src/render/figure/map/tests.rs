//! The geometry of the map, for maps of chance.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::routes::Route;
use super::*;
use crate::document::drawing::Arrow;
use crate::render::Theme;
use crate::render::figure::measure::Measure;
use crate::render::figure::testing::any_map;
use crate::render::figure::tests::{lines, overlap};

/// The straight parts of a connector as thin areas.
fn parts(route: &Route) -> Vec<Area> {
    let part = |pair: &[Point]| {
        let (a, b) = (pair[0], pair[1]);
        Area::new(a.x.min(b.x) - 0.2, a.y.min(b.y) - 0.2, (a.x - b.x).abs() + 0.4, (a.y - b.y).abs() + 0.4)
    };
    route.points.windows(2).map(part).collect()
}

/// What is wrong with a map.
fn faults(map: &Map, theme: &Theme) -> Vec<String> {
    let measure = Measure::new(theme);
    let words = BTreeMap::new();
    let kit = Kit { width: MAP, measure: &measure, words: &words };
    let laid = Laid::new(map, &kit);
    let data: Vec<_> =
        map.rows.iter().chain(&map.band).flat_map(|row| &row.groups).flat_map(|group| &group.boxes).collect();
    let mut out = Vec::new();
    for (nth, one) in laid.boxes.iter().enumerate() {
        for other in &laid.boxes[..nth] {
            if overlap(&one.area, &other.area) {
                out.push(format!("{:?} lies on {:?}", one.area, other.area));
            }
        }
        let items = one.words(data[nth]);
        let scene = Scene { width: MAP, height: 1e9, mirrored: false, items };
        for (text, area) in lines(&scene) {
            let inside = area.x >= one.area.x
                && area.right() <= one.area.right()
                && area.y >= one.area.y
                && area.bottom() <= one.area.bottom();
            if !inside {
                out.push(format!("{text} leaves its box: {area:?} {:?}", one.area));
            }
        }
    }
    out.extend(connector_faults(&laid));
    let scene = laid.scene(map, &kit);
    let all = lines(&scene);
    for (nth, one) in all.iter().enumerate() {
        let on = all[..nth].iter().find(|other| overlap(&one.1, &other.1));
        out.extend(on.map(|other| format!("{one:?} lies on {other:?}")));
        let inside = one.1.x >= 0.0 && one.1.right() <= MAP && one.1.y >= 0.0 && one.1.bottom() <= scene.height;
        out.extend((!inside).then(|| format!("{one:?} leaves the canvas")));
    }
    out
}

fn connector_faults(laid: &Laid) -> Vec<String> {
    let mut out = Vec::new();
    let names: Vec<(String, Area)> = laid
        .rows
        .iter()
        .flat_map(|row| row.groups.iter().flatten().chain(&row.name))
        .flat_map(|words| {
            lines(&Scene { width: MAP, height: 1e9, mirrored: false, items: vec![Item::Words(words.clone())] })
        })
        .collect();
    for (nth, route) in laid.routes.iter().enumerate() {
        let own = parts(route);
        for part in &own {
            let inner = |area: &Area| Area::new(area.x + 0.5, area.y + 0.5, area.width - 1.0, area.height - 1.0);
            if laid.boxes.iter().any(|one| overlap(part, &inner(&one.area))) {
                out.push(format!("connector {nth} crosses a box: {part:?}"));
            }
            if let Some(name) = names.iter().find(|(_, area)| overlap(part, area)) {
                out.push(format!("connector {nth} crosses {name:?}"));
            }
            if part.x < -0.3 || part.right() > MAP + 0.3 {
                out.push(format!("connector {nth} leaves the canvas: {part:?}"));
            }
        }
        let others = laid.routes[..nth].iter().filter(|other| other.bundle != route.bundle);
        for (other, part) in others.flat_map(parts).flat_map(|it| own.iter().map(move |own| (it, own))) {
            let along = |one: &Area| if one.width > one.height { 0 } else { 1 };
            let length = |one: &Area| one.width.max(one.height);
            if along(&other) == along(part) && length(&other) > 1.0 && length(part) > 1.0 && overlap(&other, part) {
                out.push(format!("connector {nth} lies on another: {part:?} {other:?}"));
            }
        }
    }
    out
}

/// Without the connectors of a box that has more than there is room for: those share their places.
fn thinned(mut map: Map) -> Map {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    map.arrows.retain(|arrow| {
        let ends = [arrow.from.clone(), arrow.to.clone()];
        let free = ends.iter().all(|end| count.get(end).copied().unwrap_or(0) < 2);
        if free {
            ends.into_iter().for_each(|end| *count.entry(end).or_default() += 1);
        }
        free
    });
    map
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]
    #[test]
    fn nothing_lies_on_anything(map in any_map()) {
        let theme = Theme::default();
        let map = thinned(map);
        let faults = faults(&map, &theme);
        prop_assert!(faults.is_empty(), "{faults:#?}");
    }
}

#[test]
fn the_map_of_the_tests_is_sound_and_has_all_connectors() {
    let map = crate::render::figure::testing::map("x");
    let theme = Theme::default();
    assert_eq!(faults(&map, &theme), Vec::<String>::new());
    let measure = Measure::new(&theme);
    let words = BTreeMap::new();
    let laid = Laid::new(&map, &Kit { width: MAP, measure: &measure, words: &words });
    assert_eq!(laid.routes.len(), map.arrows.len());
    // Every connector ends at its box.
    for route in &laid.routes {
        let arrow = &map.arrows[route.arrow];
        let nth: usize = arrow.to[1..].parse::<usize>().unwrap() - 1;
        let (area, tip) = (&laid.boxes[nth].area, route.points.last().unwrap());
        let near = |a: f64, b: f64| (a - b).abs() < 0.01;
        assert!(near(tip.y, area.y) || near(tip.y, area.bottom()) || near(tip.x, area.x), "{arrow:?} {tip:?} {area:?}");
    }
}

#[test]
fn unknown_and_double_connectors_are_left_out() {
    let mut map = crate::render::figure::testing::map("x");
    map.arrows.truncate(1);
    map.arrows.push(map.arrows[0].clone());
    map.arrows.push(Arrow { from: "b1".into(), to: "nothing".into(), change: Change::Same });
    map.arrows.push(Arrow { from: "b1".into(), to: "b1".into(), change: Change::Same });
    let theme = Theme::default();
    let measure = Measure::new(&theme);
    let words = BTreeMap::new();
    assert_eq!(Laid::new(&map, &Kit { width: MAP, measure: &measure, words: &words }).routes.len(), 1);
}
