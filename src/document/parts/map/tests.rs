use serde_json::json;

use crate::clearance::cut;
use crate::diag::Diagnostics;
use crate::document::draft::*;
use crate::document::drawing::Picture;
use crate::document::{draft, testing};
use crate::model::Plan;

fn plan() -> Plan {
    let mut plan = testing::plan();
    plan.plan.editions[0].parts = testing::of(json!(["cover", "map", "structure", "priority-matrix", "process"]));
    plan.elements[1].data.links = testing::of(json!([{ "to": "goal", "rationale": "It is on the way." }]));
    plan.map = vec![testing::item(json!({
        "id": "the-map", "title": { "en": "Our map", "fr": "Notre carte" },
        "versions": [{ "id": "first", "title": "First", "event": "talk", "basis": "reported",
            "boxes": [{ "element": "goal" }, { "id": "gone", "title": "Gone", "layer": "objectives" }] }],
        "overlays": [{ "id": "north-map", "region": "north", "title": "North", "dropped": [{ "element": "so-a" }],
            "ranking": { "measures": "points", "values": [{ "of": "goal", "value": "1.50" }] } }]
    }))];
    plan
}

fn drafted(plan: &Plan, lang: &str) -> Draft {
    let mut diags = Diagnostics::default();
    draft(&cut(plan, "members"), "tabled", lang, &[], &mut diags).expect("a draft")
}

fn drawings<'d>(section: &'d Section, out: &mut Vec<&'d Drawing>) {
    out.extend(section.blocks.iter().filter_map(|block| match block {
        Block::Drawing(one) => Some(one),
        _ => None,
    }));
    section.sections.iter().for_each(|inner| drawings(inner, out));
}

fn all(draft: &Draft) -> Vec<&Drawing> {
    let mut out = Vec::new();
    draft.chapters.iter().for_each(|chapter| drawings(chapter, &mut out));
    out
}

#[test]
fn the_map_is_said_in_words() {
    let draft = drafted(&plan(), "en");
    let map = all(&draft)[0];
    assert_eq!(
        map.alternative.replace('\u{a0}', " "),
        "Our map. Rows, from the top: 2. Goal: G1 Safe ports. Objective: SO1 Flow (illustrative). \
         Arrows: SO1 supports G1."
    );
    assert_eq!(map.mark, "illustrative");
    let french = drafted(&plan(), "fr");
    assert!(all(&french)[0].alternative.contains("OS1 contribue à G1"), "{}", all(&french)[0].alternative);
}

#[test]
fn a_version_marks_what_changed_and_a_region_what_it_leaves_out() {
    let draft = drafted(&plan(), "en");
    let changes = |at: usize| {
        let Picture::Map(map) = &all(&draft)[at].picture else { panic!("a map") };
        let boxes = map.rows.iter().flat_map(|row| &row.groups).flat_map(|group| group.boxes.clone());
        boxes.map(|one| (one.id, one.change, one.note)).collect::<Vec<_>>()
    };
    let one = |id: &str, change, note: &str| (id.to_string(), change, note.to_string());
    let (same, new, gone) = (Change::Same, Change::Inserted, Change::Deleted);
    assert_eq!(changes(1), [one("goal", same, ""), one("so-a", new, ""), one("gone", gone, "")]);
    assert_eq!(changes(2), [one("goal", same, "place 1"), one("so-a", gone, "")]);
    assert!(all(&draft)[2].alternative.contains("SO1\u{a0}Flow (illustrative, left out)"));
}

/// An element that is still in the plan has its anchor there, and there only.
#[test]
fn an_element_that_is_in_no_row_leads_to_itself() {
    let mut plan = plan();
    plan.map[0].data.layers = testing::of(json!(["goals"]));
    plan.map[0].data.versions[0].boxes = testing::of(json!([{ "element": "goal" }, { "element": "so-a" }]));
    let draft = drafted(&plan, "en");
    let map = draft.chapters.iter().find(|it| it.node.id == "part-map").expect("a chapter");
    let version = map.sections.iter().find(|it| it.node.id == "first").expect("a section");
    let tables = version.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let rows: Vec<&str> = tables.flat_map(|it| &it.rows).map(|row| row.node.id.as_str()).collect();
    assert!(!rows.is_empty() && !rows.contains(&"so-a"), "its anchor stands elsewhere: {rows:?}");
    let said = &all(&draft)[1].alternative;
    assert!(said.contains("(illustrative, in no row of this map now)") && !said.contains("no longer there"), "{said}");
}

#[test]
fn every_file_of_data_has_a_name_of_its_own_and_even_rows() {
    let draft = drafted(&plan(), "en");
    let mut names = std::collections::BTreeSet::new();
    for drawing in all(&draft).iter().filter(|one| !one.csv.name.is_empty()) {
        assert!(names.insert(drawing.csv.name.as_str()), "{} twice", drawing.csv.name);
        let width = drawing.csv.rows[0].len();
        assert!(drawing.csv.rows.len() > 1 && drawing.csv.rows.iter().all(|row| row.len() == width));
        assert!(drawing.csv.rows[0].iter().all(|head| !head.is_empty()), "{:?}", drawing.csv.rows[0]);
    }
    assert!(names.len() >= 3);
}

#[test]
fn the_first_page_shows_it_where_the_edition_has_the_part() {
    let mut plan = plan();
    assert_eq!(drafted(&plan, "en").front.len(), 1);
    plan.plan.editions[0].parts.retain(|part| part.as_str() != "map");
    assert!(drafted(&plan, "en").front.is_empty());
}

#[test]
fn a_label_leads_nowhere_that_is_not_printed() {
    let mut plan = plan();
    plan.plan.editions[0].parts = testing::of(json!(["map"]));
    let draft = drafted(&plan, "en");
    let Picture::Map(map) = &all(&draft)[0].picture else { panic!("a map") };
    assert!(map.rows.iter().all(|row| row.label.target.is_empty()));
}

fn section<'d>(sections: &'d [Section], id: &str) -> &'d Section {
    fn find<'d>(sections: &'d [Section], id: &str) -> Option<&'d Section> {
        sections.iter().find_map(|one| if one.node.id == id { Some(one) } else { find(&one.sections, id) })
    }
    find(sections, id).expect("a section")
}

fn table<'d>(section: &'d Section, role: &str) -> &'d Table {
    let is_it = |block: &'d Block| match block {
        Block::Table(table) if table.node.role == role => Some(table),
        _ => None,
    };
    section.blocks.iter().find_map(is_it).expect("a table")
}

#[test]
fn a_region_lists_only_what_differs_and_says_how_much_does_not() {
    let mut plan = plan();
    plan.map[0].data.ranking =
        Some(testing::of(json!({ "measures": "points", "values": [{ "of": "goal", "value": "3" }] })));
    let draft = drafted(&plan, "en");
    let own = section(&draft.chapters, "north-map");
    let rows = &table(own, "map-changes").rows;
    assert_eq!(rows.len(), 1);
    assert!(plain(&rows[0].cells[0].inlines).contains("Flow"));
    let notes = own.blocks.iter().filter_map(|block| match block {
        Block::Paragraph { node, inlines, .. } if node.role == "note" => Some(plain(inlines)),
        _ => None,
    });
    assert_eq!(notes.collect::<Vec<_>>(), ["Boxes that have the same place as in the plan, and are not listed: 1."]);
}

#[test]
fn changes_are_counted_and_what_stayed_is_counted_too() {
    let draft = drafted(&plan(), "en");
    let counts = table(section(&draft.chapters, "first"), "map-counts");
    let heads: Vec<String> = counts.columns.iter().map(|one| plain(&one.title)).collect();
    assert_eq!(heads, ["On the map", "New", "No longer there", "Unchanged"]);
    let boxes: Vec<String> = counts.rows[0].cells.iter().map(|one| plain(&one.inlines)).collect();
    assert_eq!(boxes, ["Boxes", "1", "1", "1"]);
}

#[test]
fn a_region_leads_to_its_map_where_that_is_printed() {
    let fact = |plan: &Plan| {
        let draft = drafted(plan, "en");
        let facts = section(&draft.chapters, "north").blocks.iter().find_map(|block| match block {
            Block::Facts { facts, .. } => Some(facts.clone()),
            _ => None,
        });
        facts.and_then(|facts| facts.into_iter().find(|one| one.node.role == "region-map")).map(|one| one.value)
    };
    let mut plan = plan();
    plan.plan.editions[0].parts = testing::of(json!(["map", "regions"]));
    let target = |value: Vec<Inline>| match &value[0] {
        Inline::Reference { target, .. } => target.clone(),
        _ => String::new(),
    };
    assert_eq!(fact(&plan).map(target).as_deref(), Some("north-map"));
    plan.plan.editions[0].parts = testing::of(json!(["regions"]));
    assert_eq!(fact(&plan), None);
}

#[test]
fn a_label_in_another_language_says_so() {
    let mut plan = plan();
    plan.elements[0].data.title = testing::of(json!("Only in English"));
    let langs = |lang: &str| {
        let draft = drafted(&plan, lang);
        let Picture::Map(map) = &all(&draft)[0].picture else { panic!("a map") };
        let boxes = map.rows.iter().flat_map(|row| &row.groups).flat_map(|group| &group.boxes);
        boxes.map(|one| (one.label.text.clone(), one.label.lang.clone())).collect::<Vec<_>>()
    };
    assert!(langs("en").iter().all(|(_, lang)| lang.is_empty()));
    assert!(langs("fr").contains(&("Only in English".to_string(), "en".to_string())), "{:?}", langs("fr"));
}

/// Where a box stood is not shown: it is in no count, not even in that of what stayed.
#[test]
fn what_is_not_compared_is_not_counted_as_unchanged() {
    let mut plan = plan();
    let version = json!([{ "id": "first", "title": "First", "boxes": [
        { "element": "goal", "title": "Once" },
        { "element": "so-a", "links": [{ "to": "goal" }], "classification": "secretariat" }] }]);
    plan.map[0].data.versions = testing::of(version);
    let counts = |audience: &str| {
        let mut diags = Diagnostics::default();
        plan_counts(&draft(&cut(&plan, audience), "tabled", "en", &[], &mut diags).expect("a draft"))
    };
    assert_eq!(counts("secretariat"), [["Boxes", "1", "1"], ["Arrows", "", "1"]]);
    assert_eq!(counts("members"), [["Boxes", "1"], ["Arrows", ""]]);
}

/// The table of counts: what is counted, how many were renamed, how many stayed. A column without a number is left out.
fn plan_counts(draft: &Draft) -> Vec<Vec<String>> {
    fn find(section: &Section) -> Option<&Table> {
        let own = section.blocks.iter().find_map(|block| match block {
            Block::Table(table) if table.node.role == "map-counts" => Some(table),
            _ => None,
        });
        own.or_else(|| section.sections.iter().find_map(find))
    }
    let table = draft.chapters.iter().find_map(find).expect("the table of counts");
    let text = |row: &Row| row.cells.iter().map(|cell| plain(&cell.inlines)).collect();
    table.rows.iter().map(text).collect()
}
