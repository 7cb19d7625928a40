//! The sample plan: it builds, says first what it is, and shows no word of the format.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::support::{PlanTest, files};

/// The sample, built once for all tests here.
fn built() -> &'static PlanTest {
    static BUILT: OnceLock<PlanTest> = OnceLock::new();
    BUILT.get_or_init(|| build("."))
}

fn build(root: &str) -> PlanTest {
    let plan = PlanTest::from_dir(root);
    let output = plan.run(&["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    plan
}

fn visible(html: &str) -> String {
    let page = scraper::Html::parse_document(html);
    let body = scraper::Selector::parse("body").unwrap();
    page.select(&body).next().unwrap().text().collect::<Vec<_>>().join(" ")
}

/// Keys, words of closed lists and ids that cannot be taken for words of a language: those with a hyphen or a
/// capital inside, and `null`.
fn format_words(plan: &PlanTest) -> BTreeSet<String> {
    let sources = planwright::source::read_folder(plan.folder.path(), &mut Default::default());
    let read = planwright::model::load::load(&sources, &mut Default::default()).unwrap();
    let mut raw: BTreeSet<String> = read.ids.keys().map(|id| id.rsplit(':').next().unwrap().to_string()).collect();
    for (_, kind) in planwright::model::schema::KINDS {
        let schema = planwright::model::schema::schema(*kind).unwrap();
        walk(&schema, &mut |node| {
            raw.extend(node["properties"].as_object().into_iter().flatten().map(|(key, _)| key.clone()));
            raw.extend(node["const"].as_str().map(str::to_string));
            raw.extend(node["enum"].as_array().into_iter().flatten().filter_map(|it| it.as_str()).map(str::to_string));
        });
    }
    raw.retain(|word| word.contains('-'));
    raw.insert("null".into());
    raw
}

/// Shows of the format nothing in any output: HTML and PDF, every edition, two organisations.
#[test]
fn no_word_of_the_format_is_visible() {
    // Words of English and French that are also ids, keys or words of the format.
    let language =
        ["e-commerce", "capacity-building", "next-steps", "co-implementers", "free-standing", "decision-making"];
    for plan in [built(), &build("examples/harbour-league")] {
        let raw = format_words(plan);
        assert!(raw.len() > 100);
        for (path, bytes) in files(&plan.path("build")) {
            let text = match path.rsplit('.').next().unwrap() {
                "html" => visible(&String::from_utf8_lossy(&bytes)),
                "pdf" => crate::pdftext::text(&bytes),
                _ => continue,
            };
            let mark = |c: char| ",.;:()[]`'\"“”’/".contains(c);
            // An address on the web is not ours to word.
            for word in text.split_whitespace().filter(|it| !it.contains("://")).flat_map(|it| it.split(mark)) {
                assert!(language.contains(&word) || !raw.contains(word), "{path} shows `{word}`");
            }
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
