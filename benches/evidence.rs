//! What size E has besides the plan of L: costs of every goal and activity, two surveys' waves, a scan, priorities, a map with
//! an earlier version, and a table of evidence; and how long their analysis takes, beside the check of the same plan.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use planwright::analysis::costs::Costs;
use planwright::analysis::{self, evidence, map, survey};
use planwright::diag::Diagnostics;
use planwright::model::{self, Plan, points};
use planwright::{clearance, pipeline, source};

use crate::generate::put;

const QUESTIONS: usize = 40;
const GROUPS: usize = 6;
const ASKED: usize = 30;

/// Adds the files of evidence to a plan with so many goals.
pub fn write(folder: &Path, goals: usize) {
    let head = "basis: illustrative\nsource: charter\n";
    let list = |item: &dyn Fn(usize) -> String, count: usize| (0..count).map(item).collect::<String>();
    let priority = |at: usize| format!("  - {{id: priority-{at}, title: Priority {at}, levels: [strategic]}}\n");
    put(folder, "plan/priorities.yaml", &format!("{head}priorities:\n{}", list(&priority, 9)));
    let direct = |at: usize| format!("      - {{to: goal-{at}, amount: \"{}.50\"}}\n", 1000 + at * 7);
    let share = |at: usize| format!("      - {{to: goal-{at}, share: \"{}\"}}\n", 1 + at % 9);
    let costs = format!(
        "{head}keys:\n  - id: key-days\n    title: Days\n    measure: parts\n    shares:\n{}allocations:\n  - id: costs\n    title: Costs\n    year: 2024/2026\n    of: plan\n    currency: EUR\n    layers: [goals]\n    direct:\n{}    shared:\n      - {{id: rent, title: Rent, amount: \"99999\", key: key-days}}\n",
        list(&share, goals),
        list(&direct, goals)
    );
    put(folder, "plan/costs.yaml", &costs);
    survey_files(folder, goals);
    let factor = |at: usize| {
        format!(
            "  - {{id: factor-{at}, title: Factor {at}, nature: trend, aspect: economic, likelihood: likely, impact: severe, answered-by: [{{to: goal-{}, rationale: It does.}}]}}\n",
            at % goals
        )
    };
    let scan = "editions:\n  - id: scan\n    title: Scan\n    likelihood: [{id: unlikely, name: unlikely}, {id: likely, name: likely}]\n    impact: [{id: slight, name: slight}, {id: severe, name: severe}]\n";
    put(folder, "plan/scan.yaml", &format!("{head}{scan}factors:\n{}", list(&factor, 200)));
    let boxed = |at: usize| format!("      - {{element: goal-{at}}}\n");
    let version = format!(
        "versions:\n  - id: first\n    title: First\n    date: 2023-01\n    boxes:\n{}",
        list(&boxed, goals / 2)
    );
    put(folder, "plan/map.yaml", &format!("id: map\ntitle: Map\n{head}parents: true\n{version}"));
    let table = "tables:\n  - {id: evidence-goals, title: Evidence, layer: goals, flag: {highest: 20, lowest: 20}}\n";
    put(folder, "plan/evidence.yaml", &format!("{head}{table}"));
}

fn survey_files(folder: &Path, goals: usize) {
    let mut text = String::from(
        "id: poll\ntitle: Poll\nbasis: illustrative\nsource: charter\nscale: {least: 1, most: 5, high: important}\ngroups:\n",
    );
    for group in 0..GROUPS {
        let _ = writeln!(text, "  - {{id: group-{group}, name: Group {group}, asked: {ASKED}}}");
    }
    text.push_str("questions:\n");
    for question in 0..QUESTIONS {
        let _ = writeln!(
            text,
            "  - {{id: question-{question}, text: Question {question}, column: Q{question}, about: [goal-{}]}}",
            question % goals
        );
    }
    text.push_str("columns: {respondent: token, group: group, completed: sent}\nwaves:\n  - {id: first-wave, title: First, file: first.csv}\n  - {id: last-wave, title: Last, file: last.csv}\nrules: {weighting: one-group-one-vote, blanks: left-out, unfinished: left-out, twice: last}\n");
    put(folder, "plan/surveys/poll.yaml", &text);
    for (wave, file) in ["first", "last"].into_iter().enumerate() {
        let mut csv = String::from("token,group,sent");
        (0..QUESTIONS).for_each(|question| {
            let _ = write!(csv, ",Q{question}");
        });
        csv.push('\n');
        for respondent in 0..GROUPS * ASKED {
            let _ = write!(csv, "t{respondent},group-{},y", respondent % GROUPS);
            for question in 0..QUESTIONS {
                let _ = write!(csv, ",{}", 1 + (respondent * 7 + question * 3 + wave + respondent / 5) % 5);
            }
            csv.push('\n');
        }
        put(folder, &format!("plan/surveys/{file}.csv"), &csv);
    }
}

/// Prints how long the check takes in this process, the cut to an audience, and the analysis of what is left.
pub fn measure(folder: &Path, size: &str, runs: usize) {
    let sources = source::read_folder(folder, &mut Diagnostics::default());
    let mut times: Vec<[Duration; 3]> = Vec::new();
    for _ in 0..runs {
        let begin = Instant::now();
        let (plan, _) = pipeline::check(&sources, Diagnostics::default());
        let plan = plan.expect("the plan can be read");
        let checked = begin.elapsed();
        let audience = plan.plan.audiences[0].id.to_string();
        let begin = Instant::now();
        let cut = clearance::cut(&plan, &audience);
        let cleared = begin.elapsed();
        let begin = Instant::now();
        analyse(&plan, cut.get());
        times.push([checked, cleared, begin.elapsed()]);
    }
    let median = |at: usize| {
        let mut own: Vec<Duration> = times.iter().map(|one| one[at]).collect();
        own.sort();
        own[own.len() / 2].as_secs_f64() * 1000.0
    };
    let (check, cut, analysis) = (median(0), median(1), median(2));
    println!(
        "| {size} | analysis | {analysis:.0} ms | check {check:.0} ms, cut {cut:.0} ms | {:.2} | |",
        analysis / check
    );
}

/// Everything that is computed of a plan: from `whole`, what only its cut needs; the rest from the `cut`.
fn analyse(whole: &Plan, cut: &Plan) {
    use std::hint::black_box;
    for item in &whole.surveys {
        black_box(survey::compute(whole, item));
    }
    for results in &cut.results {
        black_box(survey::inherited(cut, results));
    }
    let costs = Costs::new(cut);
    for table in &cut.evidence {
        black_box(evidence::evidence(cut, &costs, &table.data));
    }
    black_box(analysis::priority_matrix(cut));
    black_box(model::map::present(cut));
    for one in cut.map.iter().flat_map(|map| &map.data.versions) {
        black_box(map::compare(cut, one));
    }
    let all = points::points(cut);
    black_box(analysis::tally(all.iter()));
    for element in &cut.elements {
        black_box(analysis::activities_of(cut, &element.data.id));
        black_box(analysis::indicators_of(cut, &element.data.id));
    }
}
