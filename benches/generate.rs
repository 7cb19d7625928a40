//! A synthetic plan of any size. S: 4 goals, 20 objectives, 80 activities, 60 indicators, 200 suggestions; M ten times,
//! L a hundred times as many. The same size gives the same bytes.

use std::fmt::Write as _;
use std::path::Path;

const WORDS: &[&str] = &[
    "border",
    "service",
    "member",
    "region",
    "standard",
    "training",
    "report",
    "trade",
    "office",
    "partner",
    "measure",
    "review",
    "draft",
    "support",
    "mission",
    "procedure",
    "network",
    "exchange",
    "record",
    "practice",
    "guide",
    "result",
];

/// Words without chance: a linear congruential sequence, so that texts differ and files repeat.
struct Prose(u64);

impl Prose {
    fn next(&mut self) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize
    }

    fn words(&mut self, count: usize) -> String {
        let mut out = String::new();
        for index in 0..count {
            let word = WORDS[self.next() % WORDS.len()];
            if index == 0 {
                out.push_str(&word[..1].to_uppercase());
                out.push_str(&word[1..]);
            } else {
                let _ = write!(out, " {word}");
            }
        }
        out
    }
}

pub fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

/// Writes the plan of `size` (`S`, `M`, `L`, `C`, `D` or `E`) under `folder`.
pub fn write(folder: &Path, size: &str) {
    // C and D are of the size of S, but for the suggestions, which come from six events.
    let (factor, said, events) = match size {
        "S" => (1, 200, 6),
        "M" => (10, 2_000, 60),
        "C" => (1, 2_000, 6),
        "D" => (1, 20_000, 6),
        _ => (100, 20_000, 600),
    };
    let mut prose = Prose(factor as u64);
    fixed(folder);
    let goals = 4 * factor;
    let objectives = 20 * factor;
    for goal in 0..goals {
        element(folder, &mut prose, &format!("goal-{goal}"), "goals", &format!("G{}", goal + 1), None);
    }
    for objective in 0..objectives {
        let parent = format!("goal-{}", objective % goals);
        let code = format!("O{}", objective + 1);
        element(folder, &mut prose, &format!("objective-{objective}"), "objectives", &code, Some(&parent));
    }
    activities(folder, &mut prose, 80 * factor, objectives);
    indicators(folder, &mut prose, 60 * factor, objectives);
    suggestions(folder, &mut prose, said, events, objectives);
    if size == "E" {
        crate::evidence::write(folder, goals);
    }
    if matches!(size, "C" | "D") {
        regions(folder, events);
    }
}

fn element(folder: &Path, prose: &mut Prose, id: &str, layer: &str, code: &str, parent: Option<&str>) {
    let parent = parent.map(|it| format!("parent: {it}\n")).unwrap_or_default();
    let mut text = format!(
        "---\nid: {id}\nlayer: {layer}\ncode: {code}\ntitle: {}\n{parent}owner: office\nbasis: illustrative\nsource: charter\n---\n\n",
        prose.words(5)
    );
    for key in 0..8 {
        let _ = write!(text, "{}. {{#part-{key}}}\n\n", prose.words(75));
    }
    put(folder, &format!("plan/elements/{id}.md"), &text);
}

fn activities(folder: &Path, prose: &mut Prose, count: usize, objectives: usize) {
    let mut text = String::from("basis: illustrative\nsource: charter\nactivities:\n");
    for index in 0..count {
        let _ = write!(
            text,
            "  - id: activity-{index}\n    code: A{}\n    title: {}\n    parent: objective-{}\n    owner: office\n    period: 2024/2025\n    deliverable: {}\n    status: planned\n",
            index + 1,
            prose.words(6),
            index % objectives,
            prose.words(10)
        );
    }
    put(folder, "plan/activities.yaml", &text);
}

fn indicators(folder: &Path, prose: &mut Prose, count: usize, objectives: usize) {
    let mut text = String::from("basis: illustrative\nsource: charter\nindicators:\n");
    for index in 0..count {
        let _ = write!(
            text,
            "  - id: indicator-{index}\n    code: I{}\n    title: {}\n    measures: objective-{}\n    unit: members\n    direction: increase\n    nature: quantitative\n    results-stage: outcome\n    baseline: {{year: 2023, value: {}}}\n    targets:\n      - {{year: 2024, value: {}}}\n      - {{year: 2026, value: {}}}\n",
            index + 1,
            prose.words(6),
            index % objectives,
            10 + index % 40,
            20 + index % 40,
            60 + index % 40
        );
    }
    put(folder, "plan/indicators.yaml", &text);
}

fn suggestions(folder: &Path, prose: &mut Prose, count: usize, events: usize, objectives: usize) {
    let mut text = String::from("basis: illustrative\nsource: charter\nevents:\n");
    for event in 0..events {
        let _ = write!(
            text,
            "  - id: event-{event}\n    title: {}\n    kind: workshop\n    state: reported\n    place: Town\n    dates: 2023-10-0{}\n    decision: mandate\n    chairs: [{{name: Chair}}]\n    attendance: [{{value: 12, unit: members}}]\n",
            prose.words(4),
            event % 9 + 1
        );
    }
    put(folder, "plan/consultation/events.yaml", &text);
    for event in 0..events {
        let mut text = format!("event: event-{event}\nbasis: illustrative\nsource: charter\nsuggestions:\n");
        for index in (event..count).step_by(events) {
            let objective = index % objectives;
            let _ = write!(
                text,
                "  - id: suggestion-{index}\n    kind: suggestion\n    wording: summary\n    tone: suggestion\n    text: {}\n    disposition:\n      status: accepted\n      date: 2023-11-01\n      targets: [{{address: objective-{objective}/code, before: \"\", after: O{}}}]\n",
                prose.words(25),
                objective + 1
            );
        }
        put(folder, &format!("plan/consultation/suggestions/event-{event}.yaml"), &text);
    }
}

/// A region for each event, printed with its points.
fn regions(folder: &Path, events: usize) {
    let mut text = String::from("basis: illustrative\nsource: charter\nregions:\n");
    let events_file = folder.join("plan/consultation/events.yaml");
    let mut held = std::fs::read_to_string(&events_file).expect("the events were written");
    for event in 0..events {
        let _ = writeln!(text, "  - {{id: region-{event}, code: R{event}, name: Region {event}}}");
        let id = format!("  - id: event-{event}\n");
        held = held.replace(&id, &format!("{id}    region: region-{event}\n"));
    }
    put(folder, "plan/regions.yaml", &text);
    put(folder, "plan/consultation/events.yaml", &held);
    let path = folder.join("plan/plan.yaml");
    let plan = std::fs::read_to_string(&path).expect("the plan was written");
    put(folder, "plan/plan.yaml", &plan.replace("consultation]", "consultation, regions]"));
}

fn fixed(folder: &Path) {
    put(
        folder,
        "plan/plan.yaml",
        "format: 1\ntitle: Synthetic plan\norganisation: {name: Synthetic organisation}\nperiod: {start: 2024-01-01, end: 2026-12-31, label: \"2024-2026\", years: calendar}\nlanguages: {source: en, official: [en]}\naudiences: [{id: public, name: Public}]\nstages: [{id: working, name: Working draft, decision: mandate}]\neditions:\n  - id: draft\n    name: Draft\n    audience: public\n    stage: working\n    formats: [pdf, html]\n    date: 2023-12-01\n    parts: [cover, contents, structure, activities, indicators, consultation]\n",
    );
    put(
        folder,
        "plan/layers.yaml",
        "basis: illustrative\nsource: charter\nlayers:\n  - {id: goals, name: Goal, plural: Goals, code-pattern: \"G#\"}\n  - {id: objectives, name: Objective, plural: Objectives, code-pattern: \"O#\"}\n",
    );
    put(folder, "plan/units.yaml", "basis: illustrative\nsource: charter\nunits:\n  - {id: office, name: Office}\n");
    put(folder, "plan/sources.yaml", "sources:\n  - {id: charter, title: Charter}\n");
    put(
        folder,
        "plan/bodies.yaml",
        "basis: illustrative\nsource: charter\nbodies:\n  - {id: council, name: Council}\n",
    );
    put(
        folder,
        "plan/meetings.yaml",
        "basis: illustrative\nsource: charter\nmeetings:\n  - {id: session, body: council, title: First session, dates: 2023-06-01}\n",
    );
    put(
        folder,
        "plan/decisions.yaml",
        "basis: illustrative\nsource: charter\ndecisions:\n  - {id: mandate, meeting: session, title: Mandate}\n",
    );
}
