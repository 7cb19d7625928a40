//! What holds for every figure: everything lies on its canvas, words do not lie on words, the same data give the same bytes.

use proptest::prelude::*;

use super::testing::*;
use super::*;
use crate::document::drawing::*;
use crate::render::Theme;

/// The lines of text of a scene with the areas they take; letters without those that seldom rise or hang so far.
pub fn lines(scene: &Scene) -> Vec<(String, Area)> {
    let mut out = Vec::new();
    scene.visit(&mut |item| {
        let Item::Words(words) = item else { return };
        for (nth, line) in words.lines.iter().enumerate() {
            let left = match (words.align, scene.mirrored) {
                (Align::Middle, _) => words.x - line.width / 2.0,
                (Align::Start, false) => words.x,
                (Align::Start, true) => words.x - line.width,
            };
            let base = words.y + nth as f64 * words.pitch;
            let area = Area::new(left, base - words.size * 0.72, line.width, words.size * 0.78);
            out.push((line.text.clone(), area));
        }
    });
    out
}

pub fn overlap(a: &Area, b: &Area) -> bool {
    let slack = 0.01;
    a.x + slack < b.right() && b.x + slack < a.right() && a.y + slack < b.bottom() && b.y + slack < a.bottom()
}

/// What is wrong with a scene.
fn faults(scene: &Scene) -> Vec<String> {
    let lines = lines(scene);
    let canvas = Area::new(-0.01, -0.01, scene.width + 0.02, scene.height + 0.02);
    let inside = |area: &Area| {
        area.x >= canvas.x && area.y >= canvas.y && area.right() <= canvas.right() && area.bottom() <= canvas.bottom()
    };
    let mut out: Vec<String> =
        lines.iter().filter(|(_, area)| !inside(area)).map(|line| format!("off the canvas: {line:?}")).collect();
    for (nth, one) in lines.iter().enumerate() {
        let on = lines[..nth].iter().find(|other| overlap(&one.1, &other.1));
        out.extend(on.map(|other| format!("{one:?} lies on {other:?}")));
    }
    scene.visit(&mut |item| {
        if let Item::Rect { area, .. } = item
            && !inside(area)
        {
            out.push(format!("off the canvas: {area:?}"));
        }
    });
    out
}

fn drawn(drawing: &Drawing, mirrored: bool) -> Scene {
    drawn_in(CHART, drawing, mirrored)
}

fn drawn_in(width: f64, drawing: &Drawing, mirrored: bool) -> Scene {
    let theme = Theme::default();
    draw(drawing, width, mirrored, &Measure::new(&theme), &BTreeMap::new())
}

const BOTH: [f64; 2] = [CHART, NARROW];

#[test]
fn words_of_every_form_stand_apart_and_on_the_canvas() {
    for drawing in all("x") {
        for (width, mirrored) in BOTH.into_iter().flat_map(|width| [(width, false), (width, true)]) {
            let faults = faults(&drawn_in(width, &drawing, mirrored));
            assert!(faults.is_empty(), "{} {width}: {faults:#?}", drawing.node.id);
        }
    }
}

#[test]
fn every_word_is_drawn_once() {
    // Numbers stand for the names of a full matrix.
    for (drawing, width) in all("x").into_iter().flat_map(|drawing| BOTH.map(|width| (drawing.clone(), width))) {
        let scene = drawn_in(width, &drawing, false);
        let set = lines(&scene).into_iter().map(|(text, _)| text).collect::<Vec<_>>().join(" ");
        for text in drawing.texts().into_iter().filter(|text| !text.is_empty()) {
            let words = text.split(' ').all(|word| set.contains(word));
            assert!(words, "{}: {text}", drawing.node.id);
        }
    }
}

#[test]
fn twice_as_long_words_still_stand_apart() {
    for mut drawing in all("x") {
        drawing.labels_mut().into_iter().for_each(|label| label.text = format!("{0} {0}", label.text));
        for width in BOTH {
            let faults = faults(&drawn_in(width, &drawing, false));
            assert!(faults.is_empty(), "{} {width}: {faults:#?}", drawing.node.id);
        }
    }
}

#[test]
fn a_mirrored_figure_is_the_same_from_the_other_side() {
    for drawing in all("x") {
        let (plain, mirrored) = (drawn(&drawing, false), drawn(&drawing, true));
        assert_eq!((plain.width, plain.height), (mirrored.width, mirrored.height));
        let there = lines(&mirrored);
        for ((text, area), (other, there)) in lines(&plain).iter().zip(&there) {
            assert_eq!(text, other);
            assert!((plain.width - area.right() - there.x).abs() < 0.01, "{text}");
        }
    }
}

#[test]
fn nothing_and_nonsense_are_drawn() {
    let mut bars = bars("");
    for bar in bars.panels.iter_mut().flat_map(|panel| &mut panel.groups).flat_map(|group| &mut group.bars) {
        bar.value = match bar.value.as_str() {
            "45" => "1e400".into(),
            "19" => "-17.9e307".into(),
            "62" => "17.9e307".into(),
            "1250" => "NaN".into(),
            "1480.5" => "-3".into(),
            other => format!("{other} %"),
        };
    }
    let mut matrix = matrix(3, "");
    matrix.items[0].across = usize::MAX;
    matrix.items[1].up = 99;
    let timeline = Timeline {
        ticks: vec![Tick { day: i64::MAX, text: "late".into() }, Tick { day: i64::MIN, text: "early".into() }],
        ..timeline("")
    };
    let pictures = [
        Picture::Bars(bars),
        Picture::Bars(Bars::default()),
        Picture::Matrix(matrix),
        Picture::Matrix(Matrix::default()),
        Picture::Tracks(Tracks { tracks: vec![Track::default()] }),
        Picture::Tracks(Tracks::default()),
        Picture::Timeline(timeline),
        Picture::Timeline(Timeline { lanes: vec![Lane::default()], ..Timeline::default() }),
        Picture::Timeline(Timeline::default()),
        Picture::Map(Map::default()),
        Picture::Map(Map { band: Some(MapRow::default()), rows: vec![MapRow::default()], ..Map::default() }),
    ];
    for picture in pictures {
        let drawing = Drawing { picture, ..Drawing::default() };
        for (width, mirrored) in BOTH.into_iter().flat_map(|width| [(width, false), (width, true)]) {
            let scene = drawn_in(width, &drawing, mirrored);
            assert!(scene.height.is_finite());
            let faults = faults(&scene);
            assert!(faults.is_empty(), "{:?}: {faults:#?}", drawing.picture);
        }
    }
}

fn printed(drawing: &Drawing, href: &dyn Fn(&str) -> Option<String>) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let page = svg::Page {
        form: "map",
        escape: &escape,
        href,
        named_by: "_d1",
        described_by: "_d1d",
        is_described: false,
        alternative: &drawing.alternative,
    };
    svg::svg(&drawn(drawing, false), &page)
}

#[test]
fn the_same_data_give_the_same_bytes() {
    for drawing in all("x") {
        assert_eq!(printed(&drawing, &|id| Some(format!("#{id}"))), printed(&drawing, &|id| Some(format!("#{id}"))));
    }
}

#[test]
fn a_figure_without_links_is_a_picture() {
    let drawing = &all("nowhere")[1];
    let svg = printed(drawing, &|_| None);
    assert!(svg.contains("role=\"img\" aria-label=\"Attendance"));
    assert!(!svg.contains("<a ") && !svg.contains("role=\"list"));
}

#[test]
fn links_stand_in_lists_and_lines_end_with_a_space() {
    let svg = printed(&all("x")[0], &|id| Some(format!("page.html#{id}")));
    assert!(svg.contains("role=\"group\" aria-labelledby=\"_d1\" aria-describedby=\"_d1d\""));
    assert!(
        svg.contains(
            "<g role=\"list\" aria-label=\"Core processes\">\n<g role=\"listitem\">\n<a href=\"page.html#x\">"
        )
    );
    assert!(svg.matches("<tspan").count() == svg.matches("</tspan> ").count());
    assert!(svg.matches("</text>").count() == svg.matches(" </text>").count());
    assert!(!svg.contains("style="));
    // Nothing of what is drawn hides a word of a box.
    let in_reading_order = ["A harbour network", "Safe passage", "Standards", "Training", "Technology"];
    let places: Vec<usize> = in_reading_order.iter().map(|words| svg.find(words).unwrap()).collect();
    assert!(places.is_sorted());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn tracks_and_timelines_of_chance_stand_apart(
        points in proptest::collection::vec((-100.0..100.0f64, text()), 0..12),
        days in proptest::collection::vec((0..900i64, 0..60i64, text()), 0..14),
    ) {
        let track = Track {
            points: points
                .iter()
                .map(|(value, text)| TrackPoint { value: format!("{value:.2}"), text: text.clone(), ..TrackPoint::default() })
                .collect(),
            ..Track::default()
        };
        let entries = days
            .iter()
            .map(|(first, length, text)| LaneEntry {
                label: label(text, "x"),
                date: "some day".into(),
                days: Some((*first, first + length)),
                ..LaneEntry::default()
            })
            .collect();
        let lane = Lane { title: "Lane".into(), entries };
        for picture in [
            Picture::Tracks(Tracks { tracks: vec![track] }),
            Picture::Timeline(Timeline { lanes: vec![lane], ..Timeline::default() }),
        ] {
            let drawing = Drawing { picture, ..Drawing::default() };
            for width in BOTH {
                let faults = faults(&drawn_in(width, &drawing, false));
                prop_assert!(faults.is_empty(), "{:#?}", faults);
            }
        }
    }
}

#[test]
fn bars_begin_where_their_scale_does() {
    let bar = |value: &str| Bar { value: value.to_string(), text: value.to_string(), ..Bar::default() };
    let group = |value: &str| BarGroup { bars: vec![bar(value)], ..BarGroup::default() };
    let panel = Panel {
        smallest: "1".to_string(),
        largest: "5".to_string(),
        groups: ["1", "3", "5"].map(group).to_vec(),
        ..Panel::default()
    };
    let drawing = Drawing { picture: Picture::Bars(Bars { panels: vec![panel] }), ..Drawing::default() };
    let theme = Theme::default();
    let scene = draw(&drawing, CHART, false, &Measure::new(&theme), &Default::default());
    let mut widths = Vec::new();
    scene.visit(&mut |item| {
        if let Item::Rect { area, fill: Paint::Accent, .. } = item {
            widths.push(area.width);
        }
    });
    let [none, half, whole] = widths[..] else { panic!("{widths:?}") };
    assert!(none.abs() < 0.01 && whole > 100.0 && (half * 2.0 - whole).abs() < 0.01, "{widths:?}");
    let texts: Vec<String> = lines(&scene).into_iter().map(|(text, _)| text).collect();
    assert_eq!(texts.iter().filter(|text| *text == "1").count(), 2, "the bar's and the axis's: {texts:?}");
}
