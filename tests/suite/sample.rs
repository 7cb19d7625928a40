//! The sample plan: it builds, says first what it is, and shows no word of the format.

use std::collections::BTreeSet;

use crate::support::{PlanTest, files};

fn built() -> PlanTest {
    let plan = PlanTest::from_dir(".");
    let output = plan.run(&["build", "--format", "html"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    plan
}

fn visible(html: &str) -> String {
    let page = scraper::Html::parse_document(html);
    let body = scraper::Selector::parse("body").unwrap();
    page.select(&body).next().unwrap().text().collect::<Vec<_>>().join(" ")
}

#[test]
fn no_word_of_the_format_is_visible() {
    let plan = built();
    let sources = planwright::source::read_folder(plan.folder.path(), &mut Default::default());
    let read = planwright::model::load::load(&sources, &mut Default::default()).unwrap();
    let mut raw: BTreeSet<String> = read.ids.keys().filter(|id| id.contains('-')).cloned().collect();
    for word in ["null", "not-accepted", "partially-accepted", "at-least", "more-than", "in-progress", "as-adopted"] {
        raw.insert(word.into());
    }
    for (path, bytes) in files(&plan.path("build")).iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = visible(&String::from_utf8_lossy(bytes));
        for word in text.split(|c: char| c.is_whitespace() || ",.;()[]".contains(c)) {
            // Words of English that are also ids ("e-commerce", "capacity-building") are words here.
            let english = ["e-commerce", "capacity-building", "next-steps"].contains(&word);
            assert!(english || !raw.contains(word), "{path} shows `{word}`");
        }
    }
}

#[test]
fn every_page_says_first_what_it_is() {
    let plan = built();
    for (path, bytes) in files(&plan.path("build")).iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes).into_owned();
        if path.matches('/').count() < 3 {
            continue;
        }
        let marking = if path.contains("/fr/") {
            "Reconstitution à des fins de démonstration"
        } else {
            "Reconstruction for demonstration"
        };
        assert!(visible(&text).contains(marking), "{path} is not marked");
        assert!(text.contains("noindex"), "{path} may be indexed");
    }
}

#[test]
fn the_sample_has_the_size_of_a_document() {
    let plan = built();
    let json: serde_json::Value = serde_json::from_str(&plan.read("build/policy-commission/draft/en.json")).unwrap();
    let mut numbers = Vec::new();
    let mut words = 0;
    walk(&json, &mut |node| {
        if node["kind"] == "paragraph" {
            if let Some(number) = node["number"].as_u64().filter(|number| *number > 0) {
                numbers.push(number);
            }
            words += plain(&node["inlines"]).split_whitespace().count();
        }
    });
    let expected: Vec<u64> = (1..=numbers.len() as u64).collect();
    assert_eq!(numbers, expected, "paragraph numbers run on");
    assert!(numbers.len() >= 100, "{} numbered paragraphs", numbers.len());
    assert!(words >= 7000, "{words} words of prose");
}

fn walk(value: &serde_json::Value, see: &mut impl FnMut(&serde_json::Value)) {
    see(value);
    match value {
        serde_json::Value::Array(list) => list.iter().for_each(|it| walk(it, see)),
        serde_json::Value::Object(map) => map.values().for_each(|it| walk(it, see)),
        _ => {}
    }
}

fn plain(value: &serde_json::Value) -> String {
    let mut out = String::new();
    walk(value, &mut |node| {
        if let Some(text) = node["text"].as_str() {
            out.push_str(text);
        }
    });
    out
}

#[test]
fn no_sentence_stands_twice() {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for (path, bytes) in files(std::path::Path::new("plan"))
        .iter()
        .filter(|(path, _)| path.ends_with(".md") && !path.ends_with(".fr.md"))
    {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let body = text.splitn(3, "---").nth(2).unwrap().replace('\n', " ");
        for sentence in body.split(". ").map(str::trim).filter(|it| it.split_whitespace().count() > 7) {
            assert!(seen.insert(sentence.to_string()), "{path}: twice: {sentence}");
        }
    }
}
