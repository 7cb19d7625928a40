//! Surveys from the export of a survey program to the printed score, and what is withheld on the way.

use std::collections::BTreeMap;

use planwright::diag::Diagnostics;
use planwright::document::draft::{Block, Draft, Inline, Section, Table, plain};
use planwright::model::load;
use planwright::pipeline;

use crate::support::PlanTest;

fn drafts(root: &str, edition: &str) -> Vec<Draft> {
    let (sources, _) = crate::support::read(root);
    let plan = load::load(&sources, &mut Diagnostics::default()).unwrap();
    let told = &mut Diagnostics::default();
    pipeline::drafts(&plan, edition, &Diagnostics::default(), &Default::default(), told)
}

fn chapter<'d>(draft: &'d Draft, id: &str) -> &'d Section {
    draft.chapters.iter().find(|one| one.node.id == id).unwrap_or_else(|| panic!("no chapter {id}"))
}

fn blocks<'s>(section: &'s Section, out: &mut Vec<&'s Block>) {
    out.extend(&section.blocks);
    section.sections.iter().for_each(|inner| blocks(inner, out));
}

fn tables(section: &Section) -> Vec<&Table> {
    let mut all = Vec::new();
    blocks(section, &mut all);
    let table = |block: &&'_ Block| matches!(block, Block::Table(_));
    all.into_iter()
        .filter(table)
        .map(|block| if let Block::Table(one) = block { one } else { unreachable!() })
        .collect()
}

/// Links with their words.
fn links(inlines: &[Inline]) -> Vec<(String, String)> {
    inlines
        .iter()
        .filter_map(|inline| match inline {
            Inline::Reference { target, inlines } => Some((target.clone(), plain(inlines))),
            _ => None,
        })
        .collect()
}

fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || ".,\u{202f}".contains(c))
}

/// Every score of the part leads to the row from which it was made, and that row says the same number.
#[test]
fn every_score_leads_to_its_inputs() {
    for (root, editions) in
        [("examples/harbour-league", ["working", "board", "public"]), (".", ["working", "policy-commission", "public"])]
    {
        for edition in editions {
            for draft in drafts(root, edition) {
                let mut rows: BTreeMap<&str, String> = BTreeMap::new();
                for row in tables(chapter(&draft, "part-survey-data")).into_iter().flat_map(|table| &table.rows) {
                    let cells: Vec<String> = row.cells.iter().map(|cell| plain(&cell.inlines)).collect();
                    rows.insert(&row.node.id, cells.join("|"));
                }
                let mut seen = 0;
                for table in tables(chapter(&draft, "part-survey")) {
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        for (target, text) in links(&cell.inlines).into_iter().filter(|(_, text)| is_number(text)) {
                            let inputs = rows.get(target.as_str());
                            let inputs =
                                inputs.unwrap_or_else(|| panic!("{edition}: {text} leads to no inputs: {target}"));
                            assert!(inputs.split('|').any(|one| one == text), "{edition}: {text} is not in {inputs}");
                            seen += 1;
                        }
                    }
                }
                assert!(seen > 30, "{edition}: only {seen} scores were looked at");
            }
        }
    }
}

/// The one small group is withheld with another, in every edition but the narrowest, and says so in words.
#[test]
fn few_answers_are_withheld_from_every_wider_edition() {
    let shown = |edition: &str| -> (usize, bool) {
        let draft = drafts("examples/harbour-league", edition).remove(0);
        let json = serde_json::to_string(&draft.chapters).unwrap();
        let words = json.matches("not shown").count();
        (words, tables(chapter(&draft, "part-survey-data")).iter().any(|it| it.columns.len() > 6))
    };
    assert_eq!(shown("working"), (0, true));
    for edition in ["board", "public"] {
        let (words, lines) = shown(edition);
        assert!(words > 50 && !lines, "{edition}: {words}");
    }
    // Who wrote what beside the answers is in no edition.
    for edition in ["working", "board", "public"] {
        let all = serde_json::to_string(&drafts("examples/harbour-league", edition)).unwrap();
        assert!(!all.contains("Sent too early") && !all.contains("KET-1"), "{edition}");
    }
}

/// The figure and each table say that all is illustrative.
#[test]
fn the_sample_says_that_its_answers_are_illustrative() {
    for draft in drafts(".", "policy-commission") {
        let word = draft.words["basis-illustrative"].clone();
        let mut all = Vec::new();
        blocks(chapter(&draft, "part-survey"), &mut all);
        blocks(chapter(&draft, "part-survey-data"), &mut all);
        let mut seen = (0, 0);
        for block in all {
            match block {
                Block::Drawing(drawing) => {
                    assert_eq!(drawing.mark, word);
                    assert!(
                        drawing.csv.rows.len() == 15 && drawing.alternative.contains(&plain_first(&drawing.csv.rows))
                    );
                    seen.0 += 1;
                }
                Block::Table(table) => {
                    let words = serde_json::to_string(table).unwrap();
                    // In French, the ending agrees with what is illustrative.
                    let (ending, _) = word.char_indices().next_back().unwrap();
                    assert!(words.contains(&word[..ending]), "{}", plain(&table.caption));
                    seen.1 += 1;
                }
                _ => {}
            }
        }
        assert!(seen.0 == 1 && seen.1 > 14, "{seen:?}");
    }
}

fn plain_first(rows: &[Vec<String>]) -> String {
    rows[1][1].clone()
}

/// The boxes of the guide, one after the other, in an empty folder.
#[test]
fn the_chapter_on_surveys_can_be_followed() {
    let folder = PlanTest { folder: tempfile::tempdir().unwrap() };
    let page = std::fs::read_to_string("docs/guide/survey.md").unwrap();
    let mut commands = 0;
    for fence in crate::pages::fences(&page) {
        match fence.kind.as_str() {
            "sh" => {
                for line in fence.text.lines() {
                    let words: Vec<&str> = line.split(' ').collect();
                    assert_eq!(words[0], "planwright");
                    let output = folder.run(&words[1..]);
                    assert_eq!(output.status.code(), Some(0), "{line}: {}", String::from_utf8_lossy(&output.stderr));
                    commands += 1;
                }
            }
            "edit" => {
                let (old, new) = fence.text.split_once('\n').unwrap();
                folder.edit(&fence.path, old.strip_prefix("- ").unwrap(), new.trim_end().strip_prefix("+ ").unwrap());
            }
            _ => drop(folder.write(&fence.path, &fence.text)),
        }
    }
    assert_eq!(commands, 5);
    let text = folder.read("plan/surveys/readers.yaml");
    assert!(text.contains("readers-autumn.csv") && text.contains("readers-winter.csv"), "{text}");
    let told = folder.diagnostics();
    assert!(!told.iter().any(|line| line.starts_with("error")), "{told:#?}");
}

/// A table that holds other answers stays, a workbook is taken, and a bomb is not.
#[test]
fn import_replaces_nothing_unasked() {
    let plan = PlanTest::from_dir("examples/smallest");
    plan.write("one.csv", "token,Q1\na,4\nb,5\n").write("two.csv", "token,Q1\na,4\nb,1\n");
    let run = |arguments: &[&str]| {
        let output = plan.run(&[&["import", "survey"], arguments].concat());
        (output.status.code().unwrap(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(run(&["poll", "one.csv"]).0, 0);
    assert_eq!(plan.read("plan/surveys/poll-answers.csv"), "token,Q1\na,4\nb,5\n");
    let skeleton = plan.read("plan/surveys/poll.yaml");
    assert_eq!(run(&["poll", "one.csv"]).0, 0, "the same answers again");
    let (status, told) = run(&["poll", "two.csv"]);
    assert!(status == 2 && told.contains("--force"), "{told}");
    assert_eq!(run(&["poll", "two.csv", "--force"]).0, 0);
    assert!(plan.read("plan/surveys/poll-answers.csv").contains("b,1"));
    assert_eq!(plan.read("plan/surveys/poll.yaml"), skeleton, "what a drafter wrote stays");
    for (name, bytes) in [("bomb.csv", vec![b'a'; 17 << 20]), ("bomb.xlsx", b"PK\x03\x04nothing".to_vec())] {
        plan.write(name, bytes);
        let (status, told) = run(&["poll", name, "--force"]);
        assert!(status == 2 && told.contains("was not taken"), "{told}");
    }
    assert_eq!(run(&["../poll", "one.csv"]).0, 2);
    assert_eq!(run(&["poll", "one.csv", "--wave", "second"]).0, 0);
    let (status, told) = run(&["poll", "two.csv"]);
    assert!(status == 2 && told.contains("answers, second"), "{told}");
}
