//! One plan that holds at once every fault of sources and model that can stand beside the others, and what is told.

use std::collections::BTreeSet;

use planwright::diag::{Code, Kind};

use crate::support::{PlanTest, lines};

/// Codes that cannot stand beside the others: what a template or Typst brings about, what ends a stage (its whole report
/// is below), and what is not asked where another fault may be its cause. Each has a page of its own in `docs/checks/`.
fn stands_alone(code: Code) -> bool {
    // What was set aside might have named the item that seems unused.
    // What rests on figures is told only where they are whole.
    matches!(code.kind(), Kind::Template | Kind::Typst) || matches!(code, Code::UnusedItem | Code::SurveyCostGap)
}

/// The smallest plan with the files of `tests/faults/` over it, and what no repository can hold.
fn plan() -> PlanTest {
    let plan = PlanTest::from_dir("examples/smallest");
    for (path, bytes) in crate::support::files(std::path::Path::new("tests/faults")) {
        plan.write(&path, bytes);
    }
    plan.write("plan/activities/bytes.yaml", b"activities: []\n# caf\xe9\n");
    plan.write("plan/images/map.png", b"\x89PNG");
    let large = std::fs::File::create(plan.path("plan/activities/large.yaml")).unwrap();
    large.set_len(65 * 1024 * 1024).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", plan.path("plan/members.yaml")).unwrap();
    plan
}

#[test]
fn every_fault_is_told_once_and_no_more() {
    let plan = plan();
    let output = plan.run(&["check", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let list = json["diagnostics"].as_array().unwrap();
    let found: BTreeSet<&str> = list.iter().map(|it| it["code"].as_str().unwrap()).collect();
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !stands_alone(**code))
        .map(|code| code.word())
        .filter(|it| !found.contains(it))
        .collect();
    assert!(missing.is_empty(), "not told: {missing:?}");
    // Line, column and excerpt of each, but where there is no text to point into.
    for it in list {
        let placed = it["line"].is_u64() && it["column"].is_u64() && it["excerpt"].is_string();
        let path_alone = ["unknown-file", "link-outside", "file-too-large"];
        assert!(placed || path_alone.contains(&it["code"].as_str().unwrap()), "{it}");
        assert!(!it["hints"].as_array().unwrap().is_empty(), "{it}");
    }
    // The smallest plan has no French at all: one line stands for all that `untranslated` says of it.
    let untranslated = list.iter().filter(|it| it["code"] == "untranslated").count();
    let mut told: Vec<String> = lines(&json)
        .into_iter()
        .zip(list)
        .filter(|(_, it)| it["code"] != "untranslated")
        .map(|(line, it)| format!("{line}\n    | {}", it["excerpt"].as_str().unwrap_or("-")))
        .collect();
    told.push(format!("and {untranslated} times untranslated"));
    insta::assert_snapshot!("every_fault", told.join("\n"));
}

/// How many codes there are of each kind, as the house promises.
#[test]
fn codes_of_every_kind_are_tested() {
    let count = |kind: fn(&Kind) -> bool| Code::ALL.iter().filter(|code| kind(&code.kind())).count();
    assert!(Code::ALL.len() >= 40);
    assert!(count(|kind| matches!(kind, Kind::Yaml)) >= 8);
    assert!(count(|kind| matches!(kind, Kind::Markdown)) >= 5);
    assert!(count(|kind| matches!(kind, Kind::Template)) >= 4);
    assert!(count(|kind| matches!(kind, Kind::Typst)) >= 4);
}

/// A fault that ends its stage tells everything that was found before, and leaves the last build as it was.
fn ends(name: &str, path: &str, text: &[u8], arguments: &[&str]) {
    let plan = PlanTest::from_dir("examples/smallest");
    assert_eq!(plan.run(&["build", "-q", "--format", "html"]).status.code(), Some(0));
    let before = crate::support::files(&plan.path("build"));
    plan.write(path, text);
    let output = plan.run(arguments);
    assert_eq!(output.status.code(), Some(1), "{name}");
    assert_eq!(crate::support::files(&plan.path("build")), before, "{name}");
    insta::assert_snapshot!(name, String::from_utf8_lossy(&output.stderr).to_string());
}

#[test]
fn what_ends_a_stage_is_told_whole() {
    let build = ["build", "-q"];
    ends("unreadable_plan", "plan/plan.yaml", b"format: 1\ntitle: [Library\n", &["check", "-q"]);
    let later = std::fs::read_to_string("examples/smallest/plan/plan.yaml").unwrap().replace("format: 1", "format: 2");
    ends("plan_of_another_format", "plan/plan.yaml", later.as_bytes(), &["check", "-q"]);
    ends("template_does_not_load", "templates/html/footer.html", b"<footer>{% if %}</footer>\n", &build);
    ends("typst_does_not_evaluate", "templates/pdf/lib/table.typ", b"#let broken = 1 + \"one\"\n", &build);
    ends("template_is_no_text", "templates/html/footer.html", b"\xff\xfe", &["check", "-q"]);
}
