//! What every draft must hold.

use super::testing;
use super::*;
use crate::clearance::cut;

fn drafted(lang: &str, matters: &[OpenMatter]) -> Draft {
    let plan = cut(&testing::plan(), "members");
    let mut diags = Diagnostics::default();
    let draft = draft(&plan, "tabled", lang, matters, &mut diags);
    assert!(diags.is_empty(), "{diags:?}");
    draft.expect("a draft")
}

fn paragraphs(section: &Section, out: &mut Vec<u32>) {
    for block in &section.blocks {
        if let Block::Paragraph { number, .. } = block
            && *number > 0
        {
            out.push(*number);
        }
    }
    section.sections.iter().for_each(|inner| paragraphs(inner, out));
}

fn chapter<'d>(draft: &'d Draft, id: &str) -> &'d Section {
    draft.chapters.iter().find(|one| one.node.id == id).expect("a chapter")
}

#[test]
fn paragraphs_are_numbered_without_a_gap() {
    let draft = drafted("en", &[]);
    let mut numbers = Vec::new();
    draft.chapters.iter().for_each(|one| paragraphs(one, &mut numbers));
    assert_eq!(numbers, (1..=4).collect::<Vec<u32>>());
    let intro = chapter(&draft, "intro");
    assert_eq!((intro.number.as_str(), intro.level), ("1", 1));
    assert_eq!(intro.sections[0].number, "1.1");
    assert_eq!(intro.sections[0].node.id, "intro_head");
}

#[test]
fn the_symbol_follows_its_pattern() {
    assert_eq!(drafted("en", &[]).cover.symbol.text, "BD0000E1a");
    assert_eq!(drafted("fr", &[]).running.symbol, "BD0000F");
}

#[test]
fn the_notice_of_fallback_comes_first() {
    let draft = drafted("fr", &[]);
    let roles: Vec<_> = draft.notices.iter().map(|one| one.role.as_str()).collect();
    assert_eq!(roles, ["fallback", "marking"]);
    assert!(draft.notices[0].text.contains("français (French)"));
    assert!(draft.notices[0].text.contains("affichés en English."));
    assert_eq!(drafted("en", &[]).notices.len(), 1);
}

#[test]
fn empty_columns_are_dropped_and_marks_stand_behind_titles() {
    let draft = drafted("en", &[]);
    let activities = chapter(&draft, "part-activities");
    let Block::Table(table) = &activities.sections[0].blocks[0] else {
        panic!("a table");
    };
    let titles: Vec<_> = table.columns.iter().map(|one| plain(&one.title)).collect();
    assert_eq!(titles, ["Tactical activity", "Period and status"]);
    assert_eq!(activities.sections[0].plain_title, "Flow (illustrative)");
}

#[test]
fn open_matters_come_first_and_mark_their_item() {
    let matter = OpenMatter { code: "undisposed-point".to_string(), item: "act".to_string(), ..OpenMatter::default() };
    let mut draft = drafted("en", &[matter]);
    draft.words.clear();
    let json = serde_json::to_string(&draft).expect("JSON");
    assert!(json.contains("Not yet answered"));
    assert!(json.find("Not yet answered") < json.find("\"intro\""));
    assert!(json.contains(r#""role":"open","text":"open""#));
    assert!(!json.contains("undisposed-point"));
}

#[test]
fn anchors_are_unique_and_links_arrive() {
    let mut draft = drafted("en", &[]);
    draft.words.clear();
    let json = serde_json::to_string(&draft).expect("JSON");
    let ids = |key: &str| -> Vec<String> {
        let rest = json.split(key).skip(1);
        rest.filter_map(|rest| rest.split('"').next()).filter(|id| !id.is_empty()).map(str::to_string).collect()
    };
    let anchors = ids(r#""id":""#);
    let mut unique = anchors.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(anchors.len(), unique.len());
    let targets = ids(r#""target":""#);
    assert!(!targets.is_empty());
    assert!(targets.iter().all(|target| anchors.contains(target)));
    assert!(json.contains("more than 19 countries"));
    assert!(json.contains("5.90"));
}

#[test]
fn an_edition_above_the_audience_is_not_there() {
    let plan = cut(&testing::plan(), "public");
    let mut diags = Diagnostics::default();
    assert!(draft(&plan, "tabled", "en", &[], &mut diags).is_none());
    assert_eq!(diags.len(), 1);
}

#[test]
fn references_and_figures_in_prose_are_filled_in() {
    use crate::model::prose::{Content, Span};
    let mut plan = testing::plan();
    let reference = |id: &str| Span::Reference { id: id.to_string(), spans: Vec::new(), range: 0..0 };
    let value = |address: &str| Span::Value { address: address.to_string(), range: 0..0 };
    plan.sections[0].bodies[0].prose.blocks[0].content = Content::Paragraph(vec![
        reference("so-a"),
        Span::Text(", ".to_string()),
        value("talk/attendance"),
        Span::Text(", ".to_string()),
        value("ind/targets/2019"),
        Span::Text(", ".to_string()),
        reference("act"),
    ]);
    plan.activities[0].data.classification = Some("secretariat".into());
    let plan = cut(&plan, "members");
    let draft = draft(&plan, "tabled", "fr", &[], &mut Diagnostics::default()).expect("a draft");
    let Block::Paragraph { inlines, .. } = &chapter(&draft, "intro").blocks[0] else {
        panic!("a paragraph");
    };
    let said = plain(inlines);
    assert_eq!(said, "SO1\u{a0}Flow, more than 19 countries, 5.90, a part not included in this edition");
    assert!(matches!(&inlines[0], Inline::Reference { target, .. } if target == "so-a"));
}
