use super::*;

const PLAN: &str = "format: 1
title: Plan
organisation: {name: Org}
period: {start: 2019-07-01, end: 2022-06-30, label: 2019-2022, years: financial}
languages: {source: en, official: [en, fr]}
audiences: [{id: public, name: Public}, {id: members, name: Members}]
stages: [{id: draft, name: Draft}]
editions:
- {id: web, name: Web, audience: public, stage: draft, formats: [html], parts: [cover, note], date: 2018-12-01}
";
const LAYERS: &str = "layers: [{id: goals, name: Goal, plural: Goals}]\n";
const NOTE: &str = "---\nid: note\ntitle: Note\n---\nSee [](ref:goal) and [](value:act/title).\n";
const GOAL: &str = "---\nid: goal\nlayer: goals\ntitle: Goal\ncode: G1\n---\nWords. {#w}\n";

fn files<'a>(change: &[(&'a str, &'a str)]) -> Sources {
    let mut all = BTreeMap::from([
        ("plan/plan.yaml", PLAN),
        ("plan/layers.yaml", LAYERS),
        ("plan/sections/note.md", NOTE),
        ("plan/elements/goal.md", GOAL),
        ("plan/activities.yaml", "activities:\n- {id: act, title: Act, parent: goal, period: 2019/2020}\n"),
    ]);
    all.extend(change.iter().copied());
    Sources::from_files(all.iter().map(|(p, t)| (p.to_string(), t.as_bytes().to_vec())))
}

fn codes(change: &[(&str, &str)]) -> (Option<Plan>, Vec<(Code, String)>) {
    let sources = files(change);
    let mut diags = Diagnostics::default();
    let plan = load(&sources, &mut diags);
    if let Some(plan) = &plan {
        crate::model::reference::check(plan, &mut diags);
    }
    let told = |d: &Diagnostic| {
        let args: Vec<_> = d.args.iter().map(|(_, value)| value.as_str()).collect();
        (d.code, args.join("|"))
    };
    (plan, diags.iter().map(told).collect())
}

fn only(change: &[(&str, &str)]) -> Vec<Code> {
    codes(change).1.iter().map(|(code, _)| *code).collect()
}

#[test]
fn a_clean_plan_has_no_faults() {
    let fr = "---\nfrom: f1:abc\ntitle: But\n---\nMots.\n";
    let (plan, told) = codes(&[("plan/elements/goal.fr.md", fr)]);
    assert_eq!(told, []);
    let plan = plan.unwrap();
    assert_eq!(plan.elements[0].data.title.get("fr", "en"), Some("But"));
    assert_eq!(plan.elements[0].bodies.len(), 2);
    assert_eq!(plan.ids.len(), 8);
}

#[test]
fn a_fault_sets_one_item_aside_and_causes_no_other() {
    let text = "activities:\n- {id: act, titel: Act, parent: goal}\n- {id: b, title: B, parent: goal}\n";
    let (plan, told) = codes(&[("plan/activities.yaml", text)]);
    let plan = plan.unwrap();
    assert_eq!(told.iter().map(|t| t.0).collect::<Vec<_>>(), [Code::UnknownKey]);
    assert_eq!(plan.activities.len(), 1);
    assert_eq!(plan.activities[0].origin.path[1], Seg::Index(1));
    assert!(plan.ids.contains_key("act"));
}

#[test]
fn broken_files_are_told_once() {
    let broken = ("plan/activities.yaml", "activities:\n- {id: act, title: [\n");
    assert_eq!(only(&[broken]), [Code::YamlSyntax]);
    let misspelt = ("plan/layers.yaml", "layer: [{id: goals, name: Goal, plural: Goals}]\n");
    assert_eq!(only(&[misspelt]), [Code::UnknownKey]);
    let front = ("plan/elements/goal.md", "No front matter.\n");
    assert_eq!(only(&[front]), [Code::FrontMatter]);
    assert_eq!(only(&[("plan/layers.yaml", "[]\n")]), [Code::WrongType]);
    assert_eq!(only(&[("plan/layers.yaml", "")]), [Code::DanglingReference]);
    let (plan, told) = codes(&[("plan/plan.yaml", "format: 1\n")]);
    assert!(plan.is_none());
    assert!(told.iter().all(|t| t.0 == Code::MissingKey));
}

#[test]
fn ids_are_one_namespace() {
    let text = "units: [{id: act, name: A}, {id: P 1, name: B}, {id: p1, name: C}]\n";
    let (_, told) = codes(&[("plan/units.yaml", text)]);
    assert_eq!(told.iter().map(|t| t.0).collect::<Vec<_>>(), [Code::DuplicateId, Code::BadId, Code::BadId]);
    let retired = format!("{PLAN}retired-ids: [act]\n");
    assert_eq!(only(&[("plan/plan.yaml", &retired)]), [Code::RetiredId]);
}

#[test]
fn translations_need_an_owner_and_a_language() {
    let text = "---\ntitle: X\n---\n";
    assert_eq!(only(&[("plan/elements/none.fr.md", text)]), [Code::MissingFile]);
    assert_eq!(only(&[("plan/elements/goal.de.md", text)]), [Code::BadLanguage]);
}

#[test]
fn references_lead_somewhere() {
    for (fields, code) in [
        ("title: A, parent: gaol", Code::DanglingReference),
        ("title: A, parent: note", Code::WrongKind),
        ("title: A, parent: goal, owner: G1", Code::DanglingReference),
        ("title: A, parent: goal, period: soon", Code::BadDate),
        ("title: A, parent: goal, period: 2019/2018", Code::ReversedDates),
        ("title: {de: A}, parent: goal", Code::BadLanguage),
        ("title: A, parent: goal, cost: {amount: '1e5', currency: EUR}", Code::BadDecimal),
        ("title: A, parent: goal, classification: nobody", Code::DanglingReference),
    ] {
        let text = format!("activities: [{{id: act, {fields}}}]\n");
        assert_eq!(only(&[("plan/activities.yaml", &text)]), [code], "{fields}");
    }
    let note = |body: &str| format!("---\nid: note\ntitle: Note\n---\n{body}\n");
    for (body, code) in [
        ("[](ref:none)", Code::DanglingReference),
        ("[](value:act/none)", Code::DanglingAddress),
        ("[](value:goal#none)", Code::DanglingAddress),
        ("[](value:act//x)", Code::BadAddress),
        ("[](value:goal#w)", Code::NoValue),
    ] {
        assert_eq!(only(&[("plan/sections/note.md", &note(body))]), [code], "{body}");
    }
    assert_eq!(only(&[("plan/sections/note.md", &note("[](ref:goal#w)"))]), []);
    let ring = GOAL.replace("code: G1", "parent: goal");
    assert_eq!(only(&[("plan/elements/goal.md", &ring)]), [Code::Cycle]);
}

#[test]
fn settings_are_checked() {
    let with = |more: &str| format!("{PLAN}{more}");
    for (more, code) in [
        ("severity: {no-bassis: allow}\n", Code::UnknownCode),
        ("severity: {bad-id: warn}\n", Code::LockedSeverity),
        ("symbol: {pattern: '{bdy}', running-head: x, letters: {en: E}}\n", Code::BadPattern),
    ] {
        assert_eq!(only(&[("plan/plan.yaml", &with(more))]), [code], "{more}");
    }
    let split = "title: Old\nperiod: '2016'\nelements: [{id: old, title: Old}]\nmapping:\n- {id: m, from: old, fate: split, to: [{to: goal, share: 9.5}, {to: aim, share: 90}]}\n";
    let quoted = split.replace("9.5", "'9.5'");
    let aim = ("plan/elements/aim.md", "---\nid: aim\nlayer: goals\ntitle: Aim\n---\n");
    assert_eq!(only(&[("plan/predecessor.yaml", &quoted), aim]), [Code::SharesNotWhole]);
}

#[test]
fn addresses_resolve_to_places() {
    use crate::model::reference::{Resolved, resolve};
    let fr = "---\ntitle: {text: But, from: 'f1:x'}\n---\nMots. {#w}\n";
    let sources = files(&[("plan/elements/goal.fr.md", fr)]);
    let plan = load(&sources, &mut Diagnostics::default()).unwrap();
    let path = |address: &str| match resolve(&plan, &sources, &address.parse().unwrap())? {
        Resolved::Wording { file, path, lang, .. } => {
            let path: Vec<_> = path.iter().map(ToString::to_string).collect();
            Some(format!("{} {} {lang:?}", sources.get(file).path, path.join("/")))
        }
        Resolved::Value { file, path } => {
            let path: Vec<_> = path.iter().map(ToString::to_string).collect();
            Some(format!("{} {}", sources.get(file).path, path.join("/")))
        }
        Resolved::Block { file, range, .. } => {
            let file = sources.get(file);
            Some(file.text.as_ref().unwrap()[range].to_string())
        }
    };
    assert_eq!(path("act/period").unwrap(), "plan/activities.yaml activities/[0]/period");
    assert_eq!(path("act/title[fr]").unwrap(), "plan/activities.yaml activities/[0]/title Some(\"fr\")");
    assert_eq!(path("goal/title[fr]").unwrap(), "plan/elements/goal.fr.md title None");
    assert_eq!(path("goal#w").unwrap(), "Words. {#w}");
    assert_eq!(path("goal[fr]#w").unwrap(), "Mots. {#w}");
    assert_eq!(path("plan/languages/source").unwrap(), "plan/plan.yaml languages/source");
    assert_eq!(path("nobody/title"), None);
}

#[test]
fn blocks_of_a_translation_bear_the_keys_of_their_source() {
    let goal = "---\nid: goal\nlayer: goals\ntitle: Goal\ncode: G1\n---\nWords.\n\nMore. {#w}\n";
    let fr = |body: &str| format!("---\ntitle: But\n---\n{body}\n");
    let (plan, told) = codes(&[("plan/elements/goal.md", goal), ("plan/elements/goal.fr.md", &fr("Mots.\n\nPlus."))]);
    assert_eq!(told, []);
    let bodies = &plan.unwrap().elements[0].bodies;
    let keys = |at: usize| bodies[at].prose.blocks.iter().map(|block| block.key.clone()).collect::<Vec<_>>();
    assert_eq!(keys(0), keys(1));
    let other = fr("Mots.\n\nPlus. {#x}");
    let found = only(&[("plan/elements/goal.md", goal), ("plan/elements/goal.fr.md", &other)]);
    assert_eq!(found, [Code::TranslationShape]);
}

#[test]
fn a_missing_plan_is_told_once() {
    let sources = Sources::from_files([]);
    let mut diags = Diagnostics::default();
    load(&sources, &mut diags);
    assert_eq!(diags.len(), 1);
    load(&sources, &mut diags);
    assert_eq!(diags.len(), 1);
}

const COSTS: &str = "allocations:
- {id: costs, title: Costs, year: \"2020\", of: plan, currency: EUR, table: costs/a.csv}
- {id: next, title: Next, year: \"2021\", of: plan, currency: EUR, table: costs/a.csv}
keys: [{id: half, title: Half, shares: [{to: goal, share: 100}]}]
";

/// Rows of each allocation, as `to`, key and line, and what is told.
fn table(text: &str) -> (Vec<Vec<String>>, Vec<String>) {
    let (plan, told) = codes(&[("plan/costs.yaml", COSTS), ("plan/costs/a.csv", text)]);
    let row = |row: &TableRow| {
        let of = row.to.as_ref().or(row.key.as_ref()).map_or("", |id| id.as_str());
        format!("{of} {} {}", row.amount.as_str(), row.line.line)
    };
    let rows = |one: &Item<Allocation>| one.data.table.iter().flat_map(|table| &table.rows).map(row).collect();
    let rows = plan.unwrap().allocations.iter().map(rows).collect();
    (rows, told.into_iter().map(|(code, args)| format!("{} {args}", code.word())).collect())
}

#[test]
fn a_table_gives_each_allocation_its_year() {
    let (rows, told) =
        table("to,key,year,amount\r\n\r\n\"goal\",,2020,10.50\r\n,half,2021,7\r\n,,,\r\ngoal,,2021,0\r\n");
    assert_eq!(rows, [vec!["goal 10.50 3"], vec!["half 7 4", "goal 0 6"]]);
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn faults_of_a_table_are_told_where_they_stand() {
    let told = |text: &str| table(text).1.join("\n");
    assert!(told("to;year;amount\ngoal;2020;1\n").contains("parted by semicolons (`to;year;amount`)"));
    assert!(told("to,year,amont\n").starts_with("bad-cost-table there is no column `amont`"));
    assert_eq!(table("to,year,amount\ngoal,2020,\"1\ngoal,2021,2\n").1.len(), 1, "an open quote is told once");
    assert!(told("to,year\ngoal,2020\n").contains("the column `amount` is missing"));
    assert!(told("to,to,year,amount\n").contains("stands twice"));
    assert!(told("to,key,year,amount\ngoal,half,2020,1\n").contains("names both"));
    assert!(told("to,year,amount\n,2020,1\n").contains("names neither"));
    assert!(told("to,year,amount\ngoal,2020,\n").contains("has no amount"));
    assert!(told("to,year,amount\ngaol,2020,1\n").contains("dangling-reference"));
    assert!(told("to,year,amount\ngoal,2020,\"1,5\"\n").contains("bad-decimal 1,5"));
}

#[test]
fn a_table_that_is_not_there_is_told_at_its_name() {
    let (_, told) = codes(&[("plan/costs.yaml", COSTS)]);
    assert_eq!(told.iter().filter(|(code, _)| *code == Code::MissingFile).count(), 2);
    // A file that nobody names is told once.
    let none =
        [("plan/costs.yaml", "allocations: []\n"), ("plan/costs/a.csv", "to,year,amount\ngoal,2020,1\ngoal,2020,2\n")];
    let (_, told) = codes(&none);
    assert_eq!(told.len(), 1, "{told:?}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
    #[test]
    fn no_table_panics(text in "(to,|key,|year,|amount,|goal|half|2020|\"|\r\n|\n|,|;|é|\u{feff}|1.5){0,40}") {
        table(&format!("to,key,year,amount\n{text}"));
        table(&text);
    }
}
