//! One figure of each form, and figures made of chance, for tests.

use proptest::prelude::*;

use crate::document::draft::{Change, Inline, Node};
use crate::document::drawing::*;

pub fn label(text: &str, target: &str) -> Label {
    Label { text: text.into(), target: target.into(), ..Label::default() }
}

fn drawing(id: &str, title: &str, mark: &str, picture: Picture) -> Drawing {
    let node = Node { id: id.into(), lang: "en".into(), dir: "ltr".into(), ..Node::default() };
    let row = |cells: [&str; 2]| cells.map(String::from).to_vec();
    Drawing {
        node,
        title: vec![Inline::text(title)],
        alternative: format!("{title}, told in words: more here, less there."),
        mark: mark.into(),
        picture,
        csv: Csv { name: format!("{id}.csv"), rows: vec![row(["name", "value"]), row(["=a", "-1.5"])] },
    }
}

/// A figure of each form. `target` is a node of the draft to which labels lead.
pub fn all(target: &str) -> Vec<Drawing> {
    vec![
        drawing("fig-map", "Strategic map", "illustrative", Picture::Map(map(target))),
        drawing("fig-bars", "Attendance at the hearings, and scores", "illustrative", Picture::Bars(bars(target))),
        drawing("fig-matrix", "Factors by likelihood and impact", "", Picture::Matrix(matrix(6, target))),
        drawing("fig-matrix-full", "Many factors by likelihood and impact", "", Picture::Matrix(matrix(90, target))),
        drawing("fig-tracks", "Indicators", "illustrative", Picture::Tracks(tracks(target))),
        drawing("fig-timeline", "How the plan was made", "", Picture::Timeline(timeline(target))),
    ]
}

fn words() -> Box<ChangeWords> {
    Box::new(ChangeWords { inserted: "new".into(), deleted: "left out".into(), moved: "moved".into() })
}

pub fn map(target: &str) -> Map {
    let mut count = 0;
    let mut one = |code: &str, text: &str| {
        count += 1;
        MapBox { id: format!("b{count}"), code: code.into(), label: label(text, target), ..MapBox::default() }
    };
    let goal = vec![one("G", "A harbour network that every coastal community can rely on")];
    let members = vec![
        one("A1", "Safe passage for small vessels"),
        one("A2", "Fair dues"),
        one("A3", "Clean water in and around every harbour"),
        one("A4", "Skilled harbour authorities"),
    ];
    let core = vec![one("P1", "Standards and guidance"), one("P2", "Cooperation"), one("P3", "Capacity building")];
    let mut supporting = vec![one("P4", "Research"), one("P5", "Communication"), one("P6", "Administration")];
    let mut people = vec![
        one("L1", "Training of pilots"),
        one("L2", "Exchange of staff"),
        one("L3", "Leadership"),
        one("L4", "Knowledge management"),
        one("L5", "Digital skills"),
        one("L6", "Languages"),
        one("L7", "Well-being at work"),
    ];
    let band = vec![one("T1", "Technology"), one("T2", "Inclusion of remote islands")];
    supporting[0].change = Change::Inserted;
    supporting[1].change = Change::Deleted;
    people[6].change = Change::Moved;
    people[2].label.mark = "illustrative".into();
    people[4].note = "ranked 2nd in the region".into();
    let group = |text: &str, boxes| MapGroup { label: label(text, ""), boxes };
    let row = |text: &str, groups| MapRow { label: label(text, target), groups };
    let arrow =
        |pair: (u32, u32, Change)| Arrow { from: format!("b{}", pair.0), to: format!("b{}", pair.1), change: pair.2 };
    let same = |from, to| (from, to, Change::Same);
    Map {
        rows: vec![
            row("Results", vec![group("", goal)]),
            row("Members' perspective", vec![group("", members)]),
            row("Functions", vec![group("Core processes", core), group("Supporting processes", supporting)]),
            row("Learning and development", vec![group("", people)]),
        ],
        arrows: [
            same(2, 1),
            same(3, 1),
            same(4, 1),
            same(5, 1),
            same(6, 2),
            same(6, 3),
            same(7, 2),
            same(7, 4),
            same(8, 5),
            (9, 5, Change::Inserted),
            (10, 4, Change::Deleted),
            same(12, 6),
            same(13, 8),
            same(16, 5),
            (18, 11, Change::Moved),
            same(14, 3),
            same(8, 19),
            same(20, 4),
        ]
        .map(arrow)
        .to_vec(),
        band: Some(row("Across all", vec![group("", band)])),
        words: words(),
    }
}

pub fn bars(target: &str) -> Bars {
    let bar = |series: &str, value: &str, text: &str, bound| Bar {
        series: series.into(),
        value: value.into(),
        text: text.into(),
        bound,
        points: vec![],
    };
    let group = |text: &str, bars| BarGroup { label: label(text, target), bars };
    let dot = |value: &str, name: &str| Dot { value: value.into(), text: value.into(), name: name.into() };
    let mut scored = bar("", "4.10", "4.10 of 5", Bound::Exact);
    scored.points = [("3.2", "North"), ("4.0", "South"), ("4.05", "East"), ("4.9", "West"), ("4.9", "Isles")]
        .map(|(value, name)| dot(value, name))
        .to_vec();
    Bars {
        panels: vec![
            Panel {
                title: "Participants".into(),
                smallest: String::new(),
                largest: String::new(),
                groups: vec![
                    group("Hearing of the northern harbours", vec![bar("", "45", "about 45", Bound::About)]),
                    group("Hearing of the southern harbours", vec![bar("", "19", "at least 19", Bound::AtLeast)]),
                    group("Online hearing", vec![bar("", "62", "62", Bound::Exact)]),
                    group("Written round", vec![bar("", "", "not recorded", Bound::Exact)]),
                ],
            },
            Panel {
                title: "Score, 1 to 5".into(),
                smallest: String::new(),
                largest: "5".into(),
                groups: vec![
                    group("Safe passage", vec![scored]),
                    group("Fair dues", vec![bar("", "2.85", "2.85 of 5", Bound::Exact)]),
                ],
            },
            Panel {
                title: "Cost, in thousand crowns".into(),
                smallest: String::new(),
                largest: String::new(),
                groups: vec![group(
                    "Training of pilots",
                    vec![
                        bar("current", "1250", "1,250.00", Bound::Exact),
                        bar("proposed", "1480.5", "1,480.50", Bound::Exact),
                        bar("after review", "990", "990.00", Bound::Exact),
                    ],
                )],
            },
        ],
    }
}

pub fn matrix(count: usize, target: &str) -> Matrix {
    let names = ["Rising sea", "Ageing pilots", "Autonomous vessels and their insurance", "Fuel prices", "New ferries"];
    let item = |nth: usize| MatrixItem {
        label: label(&format!("{}{}", names[nth % 5], if nth < 5 { "" } else { " again" }), target),
        across: nth * 7 % 5,
        up: nth * 3 % 4,
    };
    let steps = |list: &[&str]| list.iter().map(|step| step.to_string()).collect();
    Matrix {
        across: Axis { title: "Likelihood".into(), steps: steps(&["very low", "low", "medium", "high", "very high"]) },
        up: Axis { title: "Impact".into(), steps: steps(&["small", "noticeable", "large", "very large"]) },
        items: (0..count).map(item).collect(),
    }
}

pub fn tracks(target: &str) -> Tracks {
    let point = |kind, value: &str, text: &str| {
        let (when, text) = text.split_once(": ").unwrap_or((text, ""));
        TrackPoint { kind, value: value.into(), text: text.into(), when: when.into() }
    };
    let track = |text: &str, unit: &str, points| Track { label: label(text, target), unit: unit.into(), points };
    use TrackKind::{Baseline, Measured, Target};
    Tracks {
        tracks: vec![
            track(
                "Harbours with a rescue boat",
                "per cent of all harbours",
                vec![
                    point(Baseline, "40", "baseline 2018: 40 %"),
                    point(Target, "60", "target 2020: 60 %"),
                    point(Target, "75", "target 2022: 75 %"),
                    point(Measured, "57.5", "measured 2020: 57.5 %"),
                ],
            ),
            track(
                "Days from request to pilot",
                "days",
                vec![point(Baseline, "9", "baseline 2018: 9"), point(Target, "4", "target 2022: 4 (illustrative)")],
            ),
            track("Trust of skippers", "", vec![point(Baseline, "", "baseline: not recorded")]),
        ],
    }
}

pub fn timeline(target: &str) -> Timeline {
    let tick = |day, text: &str| Tick { day, text: text.into() };
    let entry = |text: &str, date: &str, first, last| LaneEntry {
        label: label(text, target),
        date: date.into(),
        days: Some((first, last)),
        is_ahead: first > 737_020,
        is_present: false,
    };
    let mut drafts = vec![
        entry("First draft", "May 2018", 736_830, 736_830),
        entry("Draft for the Board", "20 November 2018", 737_018, 737_018),
        entry("Adoption by the Assembly", "27 June 2019", 737_237, 737_237),
    ];
    drafts[1].is_present = true;
    let undated = LaneEntry { days: None, ..entry("Hearing of the far islands", "date not recorded", 0, 0) };
    Timeline {
        lanes: vec![
            Lane {
                title: "Hearings".into(),
                entries: vec![
                    entry("Northern harbours, Northport", "5 to 6 March 2018", 736_758, 736_759),
                    entry("Southern harbours, with the islands of the bay", "22 March 2018", 736_775, 736_775),
                    entry("Online hearing", "9 April 2018", 736_793, 736_793),
                    entry("Written round", "June to September 2018", 736_846, 736_967),
                    entry("Hearing of the Assembly", "April 2019", 737_150, 737_180),
                    undated,
                ],
            },
            Lane { title: "Drafts".into(), entries: drafts },
        ],
        ticks: vec![
            tick(736_695, "2018"),
            tick(736_876, "July 2018"),
            tick(737_060, "2019"),
            tick(737_241, "July 2019"),
        ],
        present: Some(tick(737_018, "this draft")),
    }
}

/// Words of Latin and Arabic letters, some far too long.
pub fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => "[A-Z]?[a-zé]{1,14}",
        3 => "[ابتثجحخدرزسشصعفقكلمنهوي]{2,12}",
        1 => "[a-z]{20,40}",
    ];
    proptest::collection::vec(word, 1..9).prop_map(|words| words.join(" "))
}

/// A map of up to 40 boxes with connectors between any of them.
pub fn any_map() -> impl Strategy<Value = Map> {
    let change = prop_oneof![6 => Just(Change::Same), 1 => Just(Change::Inserted), 1 => Just(Change::Deleted), 1 => Just(Change::Moved)];
    let one = (text(), change, "[A-Z]{0,3}[0-9]{0,2}", prop_oneof![3 => Just(String::new()), 1 => text()]);
    let one = one.prop_map(|(text, change, code, note)| MapBox {
        code,
        label: Label {
            mark: if text.len() % 3 == 0 { "illustrative".into() } else { String::new() },
            ..label(&text, "x")
        },
        note,
        change,
        ..MapBox::default()
    });
    let name = prop_oneof![Just(String::new()), text()];
    let group = (name.clone(), proptest::collection::vec(one, 0..8));
    let group = group.prop_map(|(text, boxes)| MapGroup { label: label(&text, ""), boxes });
    let row = (name, proptest::collection::vec(group, 0..3));
    let row = row.prop_map(|(text, groups)| MapRow { label: label(&text, ""), groups }).boxed();
    let rows = proptest::collection::vec(row.clone(), 0..5);
    let arrows = proptest::collection::vec((0..40usize, 0..40usize), 0..24);
    (rows, arrows, proptest::option::of(row)).prop_map(|(mut rows, arrows, band)| {
        let mut band = band.map(|mut band| {
            band.groups.truncate(1);
            band.groups.iter_mut().for_each(|group| group.boxes.truncate(5));
            band
        });
        let groups = rows.iter_mut().chain(&mut band).flat_map(|row| &mut row.groups);
        for (nth, one) in groups.flat_map(|group| &mut group.boxes).enumerate() {
            one.id = format!("b{nth}");
        }
        let arrow = |(from, to)| Arrow { from: format!("b{from}"), to: format!("b{to}"), change: Change::Same };
        Map { rows, arrows: arrows.into_iter().map(arrow).collect(), band, words: words() }
    })
}
