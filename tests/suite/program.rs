//! The program as a drafter runs it.

use crate::support::PlanTest;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_clean_plan_checks_without_a_word() {
    let plan = PlanTest::from_dir("examples/smallest");
    let output = plan.run(&["check", "-q"]);
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn one_changed_word_is_seen_in_the_page() {
    let plan = PlanTest::from_dir("examples/smallest");
    assert_eq!(plan.run(&["build", "--format", "html"]).status.code(), Some(0));
    let file = "plan/statements/vision.md";
    let body = plan.read(file);
    let word = body
        .split("---")
        .nth(2)
        .unwrap()
        .split_whitespace()
        .find(|word| word.len() > 5 && word.chars().all(char::is_alphabetic));
    let word = word.unwrap().to_string();
    plan.write(file, body.replace(&word, "kaleidoscope"));
    assert_eq!(plan.run(&["build", "--format", "html"]).status.code(), Some(0));
    let pages = crate::support::files(&plan.path("build/draft/html/en"));
    assert!(pages.iter().any(|(_, bytes)| text(bytes).contains("kaleidoscope")));
}

#[test]
fn a_broken_reference_is_told_with_place_and_hint() {
    let plan = PlanTest::from_dir("examples/smallest");
    plan.edit("plan/activities.yaml", "objective-one", "objective-ome");
    let output = plan.run(&["check"]);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("error[dangling-reference]"), "{told}");
    assert!(told.contains("plan/activities.yaml:"), "{told}");
    assert!(told.contains("did you mean `objective-one`?"), "{told}");
}

#[test]
fn a_fault_of_the_plan_leaves_the_last_build_alone() {
    let plan = PlanTest::from_dir("examples/smallest");
    assert_eq!(plan.run(&["build", "--format", "html"]).status.code(), Some(0));
    let before = crate::support::files(&plan.path("build"));
    plan.edit("plan/activities.yaml", "objective-one", "nowhere-at-all");
    assert_eq!(plan.run(&["build", "--format", "html"]).status.code(), Some(1));
    assert_eq!(crate::support::files(&plan.path("build")), before);
}

#[test]
fn wrong_usage_is_status_two() {
    let plan = PlanTest::from_dir("examples/smallest");
    assert_eq!(plan.run(&["biuld"]).status.code(), Some(2));
    let output = plan.run(&["build", "--edition", "nothing"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert_eq!(plan.run(&["explain", "dangling-referense"]).status.code(), Some(2));
    assert_eq!(plan.run(&["explain", "dangling-reference"]).status.code(), Some(0));
}

#[test]
fn the_plan_that_init_lays_down_builds_and_survives_an_edit() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_planwright"))
            .current_dir(folder.path())
            .args(arguments)
            .output()
            .unwrap()
    };
    assert_eq!(run(&["init"]).status.code(), Some(0));
    let output = run(&["check", "-q", "--deny-warnings"]);
    assert_eq!(text(&output.stderr), "");
    assert_eq!(run(&["build", "--format", "html"]).status.code(), Some(0));
    assert_eq!(run(&["set", "first-step/title", "Another first step"]).status.code(), Some(0));
    assert_eq!(run(&["build", "--format", "html"]).status.code(), Some(0));
    let pages = crate::support::files(&folder.path().join("build"));
    assert!(pages.iter().any(|(path, bytes)| path.ends_with(".html") && text(bytes).contains("Another first step")));
    assert_eq!(run(&["init"]).status.code(), Some(2), "a plan that is there is left alone");
}

#[test]
fn set_changes_one_value_and_no_other_byte() {
    let plan = PlanTest::from_dir("examples/smallest");
    let before = plan.read("plan/activities.yaml");
    let output = plan.run(&["set", "first-step/title", "A title: with a colon"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let after = plan.read("plan/activities.yaml");
    let changed: Vec<_> = before.lines().zip(after.lines()).filter(|(a, b)| a != b).collect();
    assert_eq!(changed.len(), 1, "{after}");
    assert!(changed[0].1.contains("A title: with a colon"));
    assert_eq!(before.lines().count(), after.lines().count());
    assert_eq!(plan.run(&["set", "no-such-item/title", "x"]).status.code(), Some(2));
}

#[test]
fn ids_writes_markers_and_nothing_else() {
    let plan = PlanTest::from_dir("examples/smallest");
    plan.write("plan/sections/loose.md", "---\nid: loose\ntitle: Loose\n---\n\nOne paragraph.\n\n- a list\n- of two\n");
    assert_eq!(plan.run(&["ids"]).status.code(), Some(0));
    let after = plan.read("plan/sections/loose.md");
    assert!(after.contains("One paragraph. {#"), "{after}");
    assert_eq!(plan.run(&["ids"]).status.code(), Some(0));
    assert_eq!(plan.read("plan/sections/loose.md"), after, "a second run changes nothing");
}

#[test]
fn one_language_or_format_leaves_the_others_in_place() {
    let plan = PlanTest::from_dir("examples/smallest");
    assert_eq!(plan.run(&["build", "--format", "html"]).status.code(), Some(0));
    plan.write("build/draft/pdf/strategic-plan.en.pdf", "an older file");
    assert_eq!(plan.run(&["build", "--format", "html"]).status.code(), Some(0));
    assert_eq!(plan.read("build/draft/pdf/strategic-plan.en.pdf"), "an older file");
}

#[test]
fn status_names_stage_and_open_matters() {
    let plan = PlanTest::from_dir("examples/smallest");
    let output = plan.run(&["status"]);
    let told = text(&output.stdout);
    assert!(told.starts_with("draft ("), "{told}");
    assert!(told.contains("state      builds"), "{told}");
}

#[test]
fn commands_find_the_plan_from_any_folder_in_it() {
    let plan = PlanTest::from_dir("examples/smallest");
    let run = |folder: &std::path::Path| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_planwright"));
        command.current_dir(folder).args(["check"]).output().unwrap()
    };
    for folder in ["plan", "plan/consultation/suggestions", "templates"] {
        std::fs::create_dir_all(plan.path(folder)).unwrap();
        assert_eq!(run(&plan.path(folder)).status.code(), Some(0), "{folder}");
    }
    let elsewhere = tempfile::tempdir().unwrap();
    let output = run(elsewhere.path());
    assert_eq!(output.status.code(), Some(2));
    let name = elsewhere.path().file_name().unwrap().to_string_lossy().into_owned();
    assert!(text(&output.stderr).contains(&name), "{}", text(&output.stderr));
}

#[test]
fn set_names_the_nearest_address() {
    let plan = PlanTest::from_dir("examples/smallest");
    for (address, near) in [
        ("frist-step/title", "did you mean `first-step/title`?"),
        ("first-step/titel", "did you mean `title`?"),
        ("mission#wordng", "did you mean `mission#wording`?"),
        ("goal/titel[fr]", "did you mean `goal/title[fr]`?"),
    ] {
        let output = plan.run(&["set", address, "x"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(near), "{address}: {}", text(&output.stderr));
    }
}

#[test]
fn set_writes_where_a_plain_translation_comes_from() {
    let plan = PlanTest::from_dir("examples/smallest");
    plan.edit("plan/plan.yaml", "official: [en]", "official: [en, fr]");
    plan.edit("plan/activities.yaml", "title: Ask those who do not come", "title: {en: Ask, fr: Demander}   # first");
    assert_eq!(plan.run(&["set", "first-step/title[fr]", "Poser"]).status.code(), Some(0));
    let after = plan.read("plan/activities.yaml");
    assert!(after.contains("title: {en: Ask, fr: {text: Poser, from: 'f1:"), "{after}");
    assert!(after.contains("'}}   # first\n"), "{after}");
}

#[test]
fn what_is_left_of_an_edition_is_told() {
    let plan = PlanTest::from_dir("examples/smallest");
    assert_eq!(plan.run(&["build", "--format", "html"]).status.code(), Some(0));
    plan.write("build/notes/read.me", "mine").write("build/other/manifest.json", "{\"program\": \"another\"}");
    plan.edit("plan/plan.yaml", "  - id: draft\n", "  - id: second\n");
    let note = "this plan has no edition `draft` any more";
    let output = plan.run(&["build", "--format", "html"]);
    assert_eq!(output.status.code(), Some(0));
    let told = text(&output.stdout);
    assert!(told.contains(note) && told.matches("note:").count() == 1, "{told}");
    let one = plan.run(&["build", "--format", "html", "--edition", "second"]);
    assert!(!text(&one.stdout).contains("note:"));
}

#[test]
fn the_first_page_offers_only_a_pdf_that_is_there() {
    let plan = PlanTest::from_dir("examples/smallest");
    let offered = || plan.read("build/draft/html/en/index.html").contains("strategic-plan.en.pdf");
    assert_eq!(plan.run(&["build", "--format", "html"]).status.code(), Some(0));
    assert!(!offered());
    plan.write("build/draft/pdf/strategic-plan.en.pdf", "an older file");
    assert_eq!(plan.run(&["build", "--format", "html"]).status.code(), Some(0));
    assert!(offered() || cfg!(not(feature = "pdf")));
    assert_eq!(plan.run(&["build"]).status.code(), Some(0));
    assert!(offered() || cfg!(not(feature = "pdf")));
}

#[test]
fn init_lays_down_the_schemas_that_its_files_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_planwright"));
    assert_eq!(command.current_dir(folder.path()).arg("init").status().unwrap().code(), Some(0));
    let files = crate::support::files(&folder.path().join("plan"));
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".yaml")) {
        let first = text(bytes).lines().next().unwrap().to_string();
        let schema = first.strip_prefix("# yaml-language-server: $schema=").unwrap_or_else(|| panic!("{path}"));
        let beside = folder.path().join("plan").join(path);
        let schema =
            std::fs::read(beside.parent().unwrap().join(schema)).unwrap_or_else(|_| panic!("{path}: {schema}"));
        let value: serde_json::Value = serde_json::from_slice(&schema).unwrap();
        assert!(value["$schema"].is_string());
    }
}

#[test]
fn status_counts_and_explains_what_is_open() {
    let plan = PlanTest::from_dir("examples/smallest");
    plan.edit("plan/activities.yaml", "    owner: office\n", "");
    let told = text(&plan.run(&["status"]).stdout);
    assert!(told.contains("formats    pdf, html") && told.contains("open       "), "{told}");
    let line = told.lines().find(|line| line.contains("no-owner")).unwrap();
    assert!(line.trim_start().starts_with('1') && line.trim_end().ends_with('.'), "{told}");
    assert!(told.contains("planwright check --edition draft"), "{told}");
}
