//! `dispose` as a drafter runs it, in every style in which a suggestion can be written.

use std::process::Output;

use crate::support::PlanTest;

const FILE: &str = "plan/consultation/suggestions/meeting-one.yaml";
const HEAD: &str = "event: meeting-one\nbasis: reported\nsource: charter\nsuggestions:\n";
const TITLE: &str = "A library for everybody";

/// The smallest plan with these suggestions.
fn plan(suggestions: &str) -> PlanTest {
    let plan = PlanTest::from_dir("examples/smallest");
    plan.edit("plan/statements/vision.md", "    suggestions: [idea]\n", "");
    plan.write(FILE, format!("{HEAD}{suggestions}"));
    plan
}

const BLOCK: &str = "  - id: idea\n    kind: suggestion\n    wording: summary\n    text: Be short.\n";

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Runs, and demands this exit status.
fn run(plan: &PlanTest, status: i32, arguments: &[&str]) -> Output {
    let output = plan.run(arguments);
    assert_eq!(output.status.code(), Some(status), "{arguments:?}\n{}{}", out(&output), err(&output));
    output
}

/// The whole way: answered before the change, changed, stamped; nothing is left open.
fn answer_change_stamp(plan: &PlanTest) {
    let reason = "Short: \"yes\", it's #1";
    let answer = ["dispose", "idea", "accepted", "--reason", reason, "--date", "2023-11-02", "--target", "goal/title"];
    let told = out(&run(plan, 0, &answer));
    assert!(told.contains("idea is accepted") && told.contains("planwright dispose --stamp idea"), "{told}");
    run(plan, 0, &["set", "goal/title", "A library: for all"]);
    run(plan, 0, &["dispose", "--stamp", "idea"]);
    let open: Vec<String> = plan.diagnostics().into_iter().filter(|line| line.contains("`idea`")).collect();
    assert!(open.is_empty(), "{open:#?}\n{}", plan.read(FILE));
    run(plan, 0, &["build", "--format", "html", "-q"]);
    let draft = plan.read("build/draft/draft/en.json");
    assert!(draft.contains(&reason.replace('"', "\\\"")), "the reason is not printed");
}

#[test]
fn a_suggestion_in_lines_is_answered() {
    let plan = plan(BLOCK);
    answer_change_stamp(&plan);
    insta::assert_snapshot!("answered_in_lines", plan.read(FILE));
}

#[test]
fn a_suggestion_on_one_line_is_answered() {
    let plan = plan("  - {id: idea, kind: suggestion, wording: summary, text: Be short.}   # one line\n");
    answer_change_stamp(&plan);
    insta::assert_snapshot!("answered_on_one_line", plan.read(FILE));
}

#[test]
fn quotes_and_comments_stay() {
    let plan = plan(
        "  # first\n  - id: \"idea\"   # its name\n    kind: 'suggestion'\n    wording: summary\n    text: \"Be short.\"   # said\n\
         \x20   disposition:   # ours\n      status: \"noted\"   # for now\n      reason: 'Later'   # why\n  # last\n",
    );
    answer_change_stamp(&plan);
    insta::assert_snapshot!("answered_in_quotes", plan.read(FILE));
}

#[test]
fn line_ends_of_windows_stay() {
    let plan = plan(BLOCK);
    plan.write(FILE, format!("\u{feff}{}", plan.read(FILE).replace('\n', "\r\n")));
    answer_change_stamp(&plan);
    let text = plan.read(FILE);
    assert!(text.starts_with("\u{feff}event: meeting-one\r\n") && text.ends_with("\r\n"));
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "{text:?}");
}

#[test]
fn what_reads_as_before_is_not_stamped() {
    let plan = plan(BLOCK);
    run(&plan, 0, &["dispose", "idea", "accepted", "--target", "goal/title", "--target", "goal#aim"]);
    let before = plan.read(FILE);
    let told = run(&plan, 1, &["dispose", "--stamp", "idea"]);
    assert!(err(&told).contains("`goal/title` reads as before"), "{}", err(&told));
    assert_eq!(plan.read(FILE), before);
    run(&plan, 0, &["set", "goal#aim", "Whoever lives here finds something."]);
    run(&plan, 1, &["dispose", "--stamp", "idea"]);
    assert!(plan.read(FILE).contains("after: Whoever lives here finds something."));
    assert!(!plan.read(FILE).contains(&format!("after: {TITLE}")));
    run(&plan, 0, &["dispose", "--stamp", "--unchanged", "idea"]);
    assert!(plan.read(FILE).contains(&format!("after: {TITLE}")));
}

#[test]
fn a_suspect_answer_shows_both_texts_and_is_renewed() {
    let plan = plan(BLOCK);
    run(&plan, 0, &["dispose", "idea", "accepted", "--target", "goal/title", "--before", ""]);
    run(&plan, 0, &["set", "goal/title", "Another title"]);
    let suspect = |plan: &PlanTest| plan.diagnostics().iter().any(|line| line.contains("[suspect-disposition]"));
    assert!(suspect(&plan));
    let left = run(&plan, 1, &["dispose", "--stamp", "idea"]);
    assert!(err(&left).contains("planwright dispose --renew idea"), "{}", err(&left));
    let told = out(&run(&plan, 0, &["dispose", "--renew", "idea"]));
    assert!(told.contains(&format!("was: {TITLE}\n")) && told.contains("now: Another title\n"), "{told}");
    assert!(!suspect(&plan));
    let again = out(&run(&plan, 0, &["dispose", "--renew", "idea"]));
    assert!(again.contains("idea stays as it is"), "{again}");
}

#[test]
fn an_answer_that_would_be_wrong_is_refused_and_nothing_written() {
    let plan = plan(BLOCK);
    let before = plan.read(FILE);
    for (arguments, told) in [
        (&["idea", "noted", "--unit", "ofice"][..], "there is no unit `ofice`; did you mean `office`?"),
        (&["idea", "noted", "--date", "2023-02-30"], "`2023-02-30` is not a date"),
        (&["idea", "noted", "--date", "2023-09-02"], "before the event of 2023-10-09"),
        (&["idea", "noted", "--standard-reason", "late"], "there is no reason `late`"),
        (&["idea", "accepted", "--target", "goal/titel"], "did you mean `goal/title`?"),
        (&["idea", "accepted", "--before", "x"], "exactly one --target"),
        (&["ideas", "accepted"], "did you mean `idea`?"),
        (&["--stamp", "idea"], "has no disposition yet"),
    ] {
        let output = run(&plan, 2, &[&["dispose"], arguments].concat());
        assert!(err(&output).contains(told), "{}", err(&output));
        assert_eq!(plan.read(FILE), before);
    }
    // What clap refuses.
    for arguments in
        [&["idea"][..], &["idea", "accept"], &["--stamp", "idea", "noted"], &["--unchanged", "idea", "noted"]]
    {
        run(&plan, 2, &[&["dispose"], arguments].concat());
    }
}

#[test]
fn what_is_left_open_is_told_even_in_silence() {
    let plan = plan(BLOCK);
    let output = run(&plan, 0, &["-q", "dispose", "idea", "noted"]);
    assert_eq!(out(&output), "");
    assert!(err(&output).contains("warning[unexplained-disposition]"), "{}", err(&output));
    let output = run(&plan, 0, &["-q", "dispose", "idea", "noted", "--reason", "Heard."]);
    assert_eq!((out(&output), err(&output)), (String::new(), String::new()));
}

/// A plan whose own settings make an error of what is not complete yet can still be answered step by step.
#[test]
fn a_strict_plan_is_answered_step_by_step() {
    let plan = plan(BLOCK);
    plan.edit("plan/plan.yaml", "format: 1\n", "format: 1\nseverity: {missing-target: deny, undisposed-point: deny}\n");
    answer_change_stamp(&plan);
}

#[test]
fn a_reason_in_several_languages_is_given_in_that_of_the_plan() {
    let plan = plan(&format!("{BLOCK}    disposition: {{status: noted, reason: {{en: Soon., fr: Bientôt.}}}}\n"));
    plan.edit("plan/plan.yaml", "official: [en]", "official: [en, fr]");
    run(&plan, 0, &["dispose", "idea", "noted", "--reason", "Later."]);
    assert!(plan.read(FILE).contains("{status: noted, reason: {en: Later., fr: Bientôt.}}"), "{}", plan.read(FILE));
}

#[test]
fn points_and_clusters_are_answered() {
    let split = "  - id: idea\n    kind: suggestion\n    wording: summary\n    text: Two.\n    points:\n      - id: one\n        text: One.\n      - id: two\n        text: Other.\n";
    let plan = plan(split);
    plan.write(
        "plan/consultation/clusters.yaml",
        "basis: reported\nsource: charter\nclusters:\n  - id: both\n    title: Both\n    points: [two]\n",
    );
    assert!(err(&run(&plan, 2, &["dispose", "idea", "noted"])).contains("`one`, `two`"));
    assert!(err(&run(&plan, 2, &["dispose", "two", "noted"])).contains("answer `both`"));
    run(&plan, 0, &["dispose", "one", "noted", "--reason", "Heard."]);
    run(&plan, 0, &["dispose", "both", "deferred", "--reason", "Next year."]);
    let open: Vec<String> = plan.diagnostics().into_iter().filter(|line| line.contains("[undisposed-point]")).collect();
    assert!(open.is_empty(), "{open:#?}");
    assert!(plan.read("plan/consultation/clusters.yaml").contains("      status: deferred\n"));
}

/// The commands of the guide, one after the other, on a plan with the suggestion that it speaks of.
#[test]
fn the_chapter_on_answering_can_be_followed() {
    let plan = plan(&BLOCK.replace("id: idea", "id: more-evenings").replace("Be short.", "Open on four evenings."));
    let page = std::fs::read_to_string("docs/guide/consultation.md").unwrap();
    let fences = crate::pages::fences(&page);
    let shown = fences.iter().find(|it| it.path == FILE).expect("the page shows the file");
    for (number, fence) in fences.iter().filter(|it| it.kind == "sh").enumerate() {
        for line in fence.text.lines() {
            let words = words(line);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            assert_eq!(words[0], "planwright");
            run(&plan, 0, &words[1..]);
        }
        if number == 0 {
            assert_eq!(plan.read(FILE), shown.text);
        }
    }
    let open: Vec<String> = plan.diagnostics().into_iter().filter(|line| line.contains(FILE)).collect();
    assert!(open.is_empty(), "{open:#?}");
}

/// The words of a command line, with what stands in double quotes as one.
pub fn words(line: &str) -> Vec<String> {
    let (mut out, mut word, mut quoted, mut any) = (Vec::new(), String::new(), false, false);
    for c in line.chars() {
        match c {
            '"' => (quoted, any) = (!quoted, true),
            ' ' if !quoted => {
                if any {
                    out.push(std::mem::take(&mut word));
                }
                any = false;
            }
            c => {
                word.push(c);
                any = true;
            }
        }
    }
    if any {
        out.push(word);
    }
    out
}
