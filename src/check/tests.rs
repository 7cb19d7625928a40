//! A fault is told once: what it set aside is not missed a second time.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostics, Severity};
use crate::model::{self, Plan, load};
use crate::source::Sources;

/// The files of the smallest example.
pub(super) const FILES: &[(&str, &str)] = &[
    ("plan/plan.yaml", include_str!("../../examples/smallest/plan/plan.yaml")),
    ("plan/activities.yaml", include_str!("../../examples/smallest/plan/activities.yaml")),
    ("plan/bodies.yaml", include_str!("../../examples/smallest/plan/bodies.yaml")),
    ("plan/decisions.yaml", include_str!("../../examples/smallest/plan/decisions.yaml")),
    ("plan/glossary.yaml", include_str!("../../examples/smallest/plan/glossary.yaml")),
    ("plan/indicators.yaml", include_str!("../../examples/smallest/plan/indicators.yaml")),
    ("plan/layers.yaml", include_str!("../../examples/smallest/plan/layers.yaml")),
    ("plan/meetings.yaml", include_str!("../../examples/smallest/plan/meetings.yaml")),
    ("plan/priorities.yaml", include_str!("../../examples/smallest/plan/priorities.yaml")),
    ("plan/sources.yaml", include_str!("../../examples/smallest/plan/sources.yaml")),
    ("plan/units.yaml", include_str!("../../examples/smallest/plan/units.yaml")),
    ("plan/consultation/events.yaml", include_str!("../../examples/smallest/plan/consultation/events.yaml")),
    (
        "plan/consultation/suggestions/meeting-one.yaml",
        include_str!("../../examples/smallest/plan/consultation/suggestions/meeting-one.yaml"),
    ),
    ("plan/elements/goal.md", include_str!("../../examples/smallest/plan/elements/goal.md")),
    ("plan/elements/objective-one.md", include_str!("../../examples/smallest/plan/elements/objective-one.md")),
    ("plan/sections/welcome.md", include_str!("../../examples/smallest/plan/sections/welcome.md")),
    ("plan/statements/mission.md", include_str!("../../examples/smallest/plan/statements/mission.md")),
    ("plan/statements/vision.md", include_str!("../../examples/smallest/plan/statements/vision.md")),
];

/// The smallest example, with `old` replaced by `new` in the file `path`.
fn told(changes: &[(&str, &str, &str)]) -> Vec<Code> {
    let mut files: BTreeMap<_, _> = FILES.iter().map(|(p, t)| (*p, t.to_string())).collect();
    for (path, old, new) in changes {
        let text = files.entry(path).or_default();
        assert!(text.contains(old), "{path} holds no {old:?}");
        *text = text.replacen(old, new, 1);
    }
    checked(files).1.iter().map(|it| it.code).collect()
}

pub(super) fn checked(files: BTreeMap<&str, String>) -> (Option<Plan>, Diagnostics) {
    let sources = Sources::from_files(files.into_iter().map(|(path, text)| (path.to_string(), text.into_bytes())));
    let mut diags = Diagnostics::default();
    let plan = load::load(&sources, &mut diags);
    if let Some(plan) = &plan {
        model::reference::check(plan, &mut diags);
        super::run(plan, &mut diags);
    }
    (plan, diags)
}

const ACTIVITIES: &str = "plan/activities.yaml";
const INDICATORS: &str = "plan/indicators.yaml";
const EVENTS: &str = "plan/consultation/events.yaml";
const SAID: &str = "plan/consultation/suggestions/meeting-one.yaml";
const TARGETS: &str = "targets:
        - address: vision-proposal/text
          before: \"\"   # it is new
          after: A house in which nobody is a stranger.";
const PLAN: &str = "plan/plan.yaml";
const UNITS: &str = "plan/units.yaml";
const GOAL: &str = "plan/elements/goal.md";
const WELCOME: &str = "plan/sections/welcome.md";

#[test]
fn the_example_has_no_faults() {
    assert_eq!(told(&[]), []);
}

#[test]
fn what_was_set_aside_is_not_missing() {
    for (path, old, new, code) in [
        (ACTIVITIES, "owner: office", "owner: [office]", Code::WrongType),
        (ACTIVITIES, "basis: reported", "basis: guess", Code::UnknownWord),
        (INDICATORS, "unit: visitors a week", "unit: [visitors]", Code::WrongType),
        (INDICATORS, "targets:\n      - year: 2024", "targets:\n        year: 2024", Code::WrongType),
        (SAID, TARGETS, "targets: vision", Code::WrongType),
        (SAID, "partially-accepted", "perhaps", Code::UnknownWord),
        (EVENTS, "decision: mandate", "decision: [mandate]", Code::WrongType),
        (EVENTS, "- name: A. Reader\n        title: Member of the board", "- A. Reader", Code::WrongType),
        (EVENTS, "- value: 19\n        qualifier: more-than\n        unit: readers", "- many", Code::WrongType),
        ("plan/elements/objective-one.md", "parent: goal", "parent: [goal]", Code::WrongType),
        (PLAN, "    date: 2023-12-01\n", "", Code::MissingKey),
    ] {
        let (old, new) = match code {
            Code::WrongType if old.starts_with("targets:\n      -") => (
                "targets:\n      - year: 2024\n        value: 160\n        milestone: true\n      - year: 2026\n        value: 200",
                "targets: {year: 2024}",
            ),
            _ => (old, new),
        };
        assert_eq!(told(&[(path, old, new)]), [code], "{new}");
    }
}

#[test]
fn one_value_has_one_fault() {
    for (path, old, new, code) in [
        (INDICATORS, "value: 140", "value: 1e3", Code::BadDecimal),
        (INDICATORS, "value: 140", "value: 0x10", Code::BadDecimal),
        (INDICATORS, "value: 140", "value: +5", Code::BadDecimal),
        (INDICATORS, "value: 140", "value: 5.90", Code::UnquotedValue),
        (INDICATORS, "year: 2023", "year: 2023.0", Code::BadDate),
        (ACTIVITIES, "source: charter", "source: 5", Code::BadId),
        (GOAL, "code: G1", "code: 1", Code::UnquotedValue),
        (UNITS, "id: office", "id: 5", Code::BadId),
        (UNITS, "id: office", "id: goal", Code::DuplicateId),
        ("plan/priorities.yaml", "id: openness", "id: Openness", Code::BadId),
        (ACTIVITIES, "    status: planned", "    <<: {status: planned}", Code::YamlAnchor),
        (GOAL, "title: A library", "title: A\u{7} library", Code::ControlCharacter),
        (
            EVENTS,
            "- value: 19",
            "- value: 7\n        chosen: true\n      - value: 19\n        chosen: true",
            Code::TwiceChosen,
        ),
    ] {
        assert_eq!(told(&[(path, old, new)]), [code], "{new}");
    }
}

#[test]
fn settings_that_are_lost_hide_no_reference() {
    let codes = told(&[(PLAN, "format: 1", "format: ["), (ACTIVITIES, "parent: objective-one", "parent: nowhere")]);
    assert_eq!(codes, [Code::YamlSyntax, Code::DanglingReference]);
}

#[test]
fn a_misspelt_field_hides_nothing_and_is_told() {
    let with = |key: &str| format!("status: planned\n    field-classification: {{{key}: team}}");
    for (key, codes) in [
        ("deliverabel", &[Code::UnknownKey][..]),
        ("basis", &[Code::UnknownKey]),
        ("body", &[Code::UnknownKey]),
        ("deliverable", &[]),
        ("co-implementers", &[]),
        ("source", &[]),
    ] {
        assert_eq!(told(&[(ACTIVITIES, "status: planned", &with(key))]), codes, "{key}");
    }
    assert_eq!(told(&[(GOAL, "code: G1", "code: G1\nfield-classification: {body: team}")]), []);
}

#[test]
fn links_to_a_former_id_arrive() {
    let former = (GOAL, "code: G1", "code: G1\nformerly: [old-goal]");
    let link = (WELCOME, "(ref:meeting-one)", "(ref:old-goal) of [](value:old-goal/title) by (ref:meeting-one)");
    let target = (SAID, "vision-proposal/text", "old-goal/title");
    let words = (SAID, "A house in which nobody is a stranger.", "A library for everybody");
    assert_eq!(told(&[former, link, target, words]), []);
    let names = (GOAL, "code: G1", "code: G1\nformerly: [office, BAD ID]");
    assert_eq!(told(&[names]), [Code::DuplicateId, Code::BadId]);
    assert_eq!(told(&[(PLAN, "stages:", "retired-ids: [Bad Id]\nstages:")]), [Code::BadId]);
}

#[test]
fn settings_make_sense() {
    for (old, new, codes) in [
        ("official: [en]", "official: []", &[Code::EmptySetting][..]),
        ("formats: [pdf, html]", "formats: [pdf, pdf]", &[Code::DuplicateEntry]),
        ("parts: [cover,", "parts: [cover, cover,", &[Code::DuplicateEntry]),
        ("stages:", "words: {activty: Step}\nstages:", &[Code::UnknownKey]),
        ("stages:", "words: {activity: Step}\nstages:", &[]),
        ("    place:", "    document: {serial: '1', version: '1', revision: a}\n    place:", &[Code::MissingKey]),
        ("end: 2026-12-31", "end: 2023-12-31", &[Code::ReversedDates]),
        ("date: 2023-12-01", "date: annual", &[Code::BadDate]),
        ("    formats:", "    severity: {duplicate-code: warn}\n    formats:", &[Code::LockedSeverity]),
        ("    formats:", "    severity: {no-owner: deny}\n    formats:", &[]),
    ] {
        assert_eq!(told(&[(PLAN, old, new)]), codes, "{new}");
    }
}

#[test]
fn facts_are_not_later_than_the_document() {
    let later = [Code::LaterFact];
    assert_eq!(told(&[(EVENTS, "dates: 2023-10-09", "dates: 2028-10-09")])[..1], later);
    assert_eq!(told(&[(SAID, "date: 2023-11-02", "date: 2032")]), later);
    assert_eq!(told(&[("plan/sources.yaml", "published: 2023-03-01", "published: 2033")]), later);
    assert_eq!(told(&[("plan/meetings.yaml", "dates: 2023-04-12", "dates: 2031-01-01")]), later);
    let meeting = ("plan/decisions.yaml", "meeting: spring-board", "date: 2023-04-12");
    assert_eq!(
        told(&[("plan/meetings.yaml", "dates: 2023-04-12", "dates: 2031-01-01"), meeting]),
        [Code::UnusedItem][..0]
    );
    assert_eq!(told(&[(ACTIVITIES, "period: \"2024\"", "period: annual")]), []);
    assert_eq!(told(&[(ACTIVITIES, "period: \"2024\"", "period: 2024/2035")]), [Code::OutsidePeriod]);
    assert_eq!(told(&[(ACTIVITIES, "period: \"2024\"", "period: 2026/2027")]), [Code::OutsidePeriod]);
}

#[test]
fn a_file_that_is_no_yaml_is_told_alone() {
    for (path, text) in FILES {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let front = lines.iter().skip(1).position(|line| *line == "---\n").map_or(lines.len(), |at| at + 1);
        for (number, open) in (0..front).flat_map(|number| [(number, "\""), (number, "'"), (number, "[")]) {
            // The value of one line is opened and not closed.
            let Some((key, value)) = lines[number].split_once(": ") else { continue };
            if value.contains(['"', '\'', '[', '{']) {
                continue;
            }
            let line = format!("{key}: {open}{value}");
            let broken = [&lines[..number].concat(), &line, &lines[number + 1..].concat()].map(String::as_str).concat();
            let mut files: BTreeMap<_, _> = FILES.iter().map(|(p, t)| (*p, t.to_string())).collect();
            files.insert(path, broken);
            let codes: Vec<_> = checked(files).1.iter().map(|it| it.code).collect();
            assert_eq!(codes, [Code::YamlSyntax], "{path}:{} {line}", number + 1);
        }
    }
}

#[test]
fn a_misspelt_key_is_not_missed_too() {
    assert_eq!(told(&[(INDICATORS, "    targets:", "    target:")]), [Code::UnknownKey]);
    assert_eq!(told(&[(ACTIVITIES, "owner: office", "ower: office")]), [Code::UnknownKey]);
    assert_eq!(told(&[(ACTIVITIES, "title: Ask", "titel: Ask")]), [Code::UnknownKey]);
    assert_eq!(told(&[(ACTIVITIES, "owner: office", "owner: *office")]), [Code::YamlAnchor]);
    let parts = (PLAN, "contents, welcome", "contents, welcom");
    assert_eq!(told(&[parts]), [Code::DanglingReference]);
}

#[test]
fn what_stands_behind_an_entry_that_was_set_aside_keeps_its_place() {
    let groups = "groups: [{titel: A}, {id: group-a, title: A}, {id: group-b, title: B, source: nowhere}]";
    let layers = "plan/layers.yaml";
    let text = FILES.iter().find(|(path, _)| *path == layers).unwrap().1;
    let line = text.lines().find(|line| line.contains("plural:")).unwrap();
    let mut files: BTreeMap<_, _> = FILES.iter().map(|(p, t)| (*p, t.to_string())).collect();
    files.insert(layers, text.replacen(line, &format!("{line}\n    {groups}"), 1));
    let (_, diags) = checked(files);
    let told: Vec<_> = diags.iter().map(|it| (it.code, format!("{:?}", it.places[0]))).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert_eq!(told[2].0, Code::DanglingReference);
    assert!(told[2].1.contains("\"groups\"), Index(2), Key(\"source\")"), "{told:?}");
}

#[test]
fn what_stops_one_edition_is_weighed_for_it_alone() {
    let mut files: BTreeMap<_, _> = FILES.iter().map(|(p, t)| (*p, t.to_string())).collect();
    let plan = files[PLAN].clone();
    let edition = &plan[plan.find("  - id: draft").unwrap()..];
    let later = edition.replace("id: draft", "id: later").replace("2023-12-01", "2025-12-01");
    let strict = later.replace("    formats:", "    severity: {later-fact: deny}\n    formats:");
    files.insert(PLAN, format!("{plan}{strict}\nseverity: {{later-fact: warn}}\n"));
    files.insert(ACTIVITIES, files[ACTIVITIES].replace("status: planned", "status: planned\n    date: 2024-02-01"));
    let (plan, mut diags) = checked(files);
    super::weigh(&plan.unwrap(), &mut diags);
    let told: Vec<_> = diags.iter().map(|it| (it.code, it.severity, it.edition.as_deref())).collect();
    assert_eq!(told, [(Code::LaterFact, Severity::Warn, Some("draft"))]);
}

/// A split of the one suggestion of the example; that it keeps its own answer is a fault of its own.
fn split(basis: &str, answer: &str) -> String {
    format!(
        "    points:\n      - id: short\n        text: Short.\n        basis: {basis}\n{answer}    disposition:\n      status: part"
    )
}

#[test]
fn an_answer_to_a_point_says_whence_and_when() {
    let whole = "    disposition:\n      status: part";
    let noted = |date: &str| format!("        disposition: {{status: noted, reason: So., date: {date}}}\n");
    let twice = Code::AnsweredTwice;
    assert_eq!(told(&[(SAID, whole, &split("illustrative", &noted("2023-11-02")))]), [twice]);
    assert_eq!(told(&[(SAID, whole, &split("illustrative", &noted("2023-10-01")))]), [Code::EarlyAnswer, twice]);
    // Of the suggestion, of its answer, of the point, and of the answer to it.
    let unsourced = (SAID, "source: charter\nsuggestions", "suggestions");
    let sources = told(&[(SAID, whole, &split("reported", &noted("2023-11-02"))), unsourced]);
    assert_eq!(sources, [[Code::NoSource; 4].as_slice(), &[twice]].concat());
}

#[test]
fn an_answer_to_a_cluster_says_whence_and_when() {
    const CLUSTERS: &str = "plan/consultation/clusters.yaml";
    let whole = (SAID, "    disposition:\n      status: part", &*split("illustrative", ""));
    let cluster = |basis: &str, date: &str| {
        let answer = format!("{{status: noted, reason: So., date: {date}}}");
        format!("clusters:\n  - {{id: both, title: Both, {basis}points: [short], disposition: {answer}}}\n")
    };
    let with = |basis, date| told(&[whole, (CLUSTERS, "", &cluster(basis, date))]);
    let twice = Code::AnsweredTwice;
    assert_eq!(with("basis: illustrative, ", "2023-11-02"), [twice]);
    assert_eq!(with("basis: illustrative, ", "2023-10-01"), [Code::EarlyAnswer, twice]);
    assert_eq!(with("", "2023-11-02"), [Code::NoBasis, Code::NoBasis, twice]);
}

#[test]
fn a_reply_is_not_older_than_what_was_said() {
    let about = "    about: [openness]\n";
    let replied = |date: &str| format!("{about}    replies: [{{verdict: satisfied, date: {date}}}]\n");
    assert_eq!(told(&[(SAID, about, &replied("2023-11-10"))]), []);
    assert_eq!(told(&[(SAID, about, &replied("2023-10-01"))]), [Code::EarlyAnswer]);
}
