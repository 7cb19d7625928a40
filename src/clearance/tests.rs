//! Nothing above an audience survives, and nothing refers to what is gone.

use super::*;
use crate::document::testing;
use crate::model::format::{Activity, Element, Suggestion};

const CANARY: &str = "canary";

fn survives(plan: &Cleared<Plan>) -> bool {
    let plan = plan.get();
    let json = |value: Result<String, serde_json::Error>| value.unwrap_or_default();
    let mut all = format!("{:?}", plan.elements.iter().map(|one| &one.bodies).collect::<Vec<_>>());
    for item in &plan.elements {
        all += &json(serde_json::to_string(&item.data));
    }
    for item in &plan.activities {
        all += &json(serde_json::to_string(&item.data));
    }
    for item in plan.suggestions.iter().flat_map(|group| &group.suggestions) {
        all += &json(serde_json::to_string(&item.data));
    }
    all.contains(CANARY)
}

/// A plan with one element, one activity and one suggestion, in which `field` of the item `which` holds the canary.
fn with_field(which: &str, field: &str, classified: bool) -> Plan {
    let mut plan = testing::plan();
    let value = testing::canary(field, CANARY);
    let patch = |json: serde_json::Value| {
        let mut json = json;
        json[field] = value.clone();
        if classified {
            json["field-classification"] = serde_json::json!({ field: "secretariat" });
        }
        json
    };
    match which {
        "element" => {
            let json = patch(serde_json::to_value(&plan.elements[1].data).unwrap());
            plan.elements[1].data = serde_json::from_value::<Element>(json).unwrap();
        }
        "activity" => {
            let json = patch(serde_json::to_value(&plan.activities[0].data).unwrap());
            plan.activities[0].data = serde_json::from_value::<Activity>(json).unwrap();
        }
        _ => {
            let json = patch(serde_json::to_value(&plan.suggestions[0].suggestions[0].data).unwrap());
            plan.suggestions[0].suggestions[0].data = serde_json::from_value::<Suggestion>(json).unwrap();
        }
    }
    plan
}

#[test]
fn a_classified_field_does_not_survive() {
    let fields = [
        ("element", "code group owner parent priorities links title source"),
        ("activity", "code title owner co-implementers priorities parent period deliverable cost source date"),
        ("suggestion", "text language by speaker about disposition source date"),
    ];
    for (which, names) in fields {
        for field in names.split(' ') {
            let plan = with_field(which, field, true);
            assert!(!survives(&cut(&plan, "members")), "{which}/{field}");
        }
    }
}

#[test]
fn the_canary_is_seen_where_it_may_be() {
    let plan = with_field("activity", "deliverable", true);
    assert!(survives(&cut(&plan, "secretariat")));
    assert!(survives(&cut(&with_field("activity", "deliverable", false), "public")));
}

#[test]
fn what_hangs_on_a_hidden_item_goes_with_it() {
    let mut plan = testing::plan();
    plan.elements[1].data.classification = Some("unheard-of".into());
    let cut = cut(&plan, "members");
    assert_eq!(cut.get().elements.len(), 1);
    assert!(cut.get().activities.is_empty());
    assert!(cut.get().indicators.is_empty());
    assert!(!cut.get().ids.contains_key("so-a"));
}

#[test]
fn a_hidden_passage_is_gone_in_every_language() {
    let mut plan = testing::plan();
    plan.elements[1].bodies = vec![
        testing::body("en", &[("a", "open", None), ("b", CANARY, Some("secretariat"))]),
        testing::body("fr", &[("a", "ouvert", None), ("b", CANARY, None)]),
    ];
    let cut = cut(&plan, "members");
    assert!(!survives(&cut));
    assert_eq!(cut.get().elements[1].bodies[1].prose.blocks.len(), 1);
}

fn before(classification: Option<&str>) -> Predecessor {
    let file: crate::model::format::PredecessorFile = testing::of(serde_json::json!({
        "title": "canary", "period": "2016-2018",
        "mapping": [
            { "id": "m-open", "fate": "new", "to": [{ "to": "goal" }], "explanation": "open" },
            { "id": "m-held", "fate": "new", "to": [{ "to": "goal" }], "explanation": "canary",
                "classification": "secretariat" }
        ],
        "comparisons": [{ "id": "c-held", "title": "canary", "before": { "value": 1 }, "now": { "value": 2 },
            "classification": "secretariat" }]
    }));
    Predecessor {
        title: file.title,
        period: file.period,
        elements: Vec::new(),
        mapping: file.mapping,
        comparisons: file.comparisons,
        origin: crate::diag::Origin::file(crate::diag::FileId(0)),
        file_basis: None,
        file_source: Default::default(),
        file_classification: classification.map(str::to_string),
    }
}

#[test]
fn the_plan_before_is_held_back_even_without_elements() {
    let mut plan = testing::plan();
    plan.predecessor = Some(before(Some("secretariat")));
    assert!(cut(&plan, "members").get().predecessor.is_none());
    assert!(cut(&plan, "secretariat").get().predecessor.is_some());
}

#[test]
fn a_classified_part_is_gone_and_so_is_what_refers_to_it() {
    let mut plan = testing::plan();
    plan.predecessor = Some(before(None));
    plan.layers[1].data.groups = testing::of(serde_json::json!([
        { "id": "g-open", "title": "open" }, { "id": "g-held", "title": "canary", "classification": "secretariat" }
    ]));
    plan.elements[1].data.group = Some("g-held".into());
    plan.suggestions[0].suggestions[0].data.disposition = Some(testing::of(serde_json::json!({
        "status": "accepted", "targets": [{ "address": "m-held/explanation" }, { "address": "m-open/explanation" }]
    })));
    let cut = cut(&plan, "members");
    let plan = cut.get();
    let one = plan.predecessor.as_ref().unwrap();
    assert_eq!(one.mapping.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["m-open"]);
    assert!(one.comparisons.is_empty());
    assert_eq!(plan.layers[1].data.groups.len(), 1);
    assert_eq!(plan.elements[1].data.group, None);
    let answer = plan.suggestions[0].suggestions[0].data.disposition.as_ref().unwrap();
    assert_eq!(answer.targets.len(), 1);
    assert!(!format!("{:?}", plan.layers).contains(CANARY));
}

/// Every part of the schemas that is classified by itself has its canary in the tests of this room.
#[test]
fn the_parts_that_are_classified_by_themselves() {
    let mut parts = std::collections::BTreeSet::new();
    for (_, kind) in crate::model::schema::KINDS {
        let schema = crate::model::schema::schema(*kind).unwrap();
        for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
            let has = |field: &str| definition["properties"].get(field).is_some();
            if has("classification") && !has("field-classification") {
                parts.insert(name.clone());
            }
        }
    }
    assert_eq!(
        parts.into_iter().collect::<Vec<_>>(),
        [
            "Comparison",
            "DirectAmount",
            "Group",
            "MapBox",
            "MapOverlay",
            "MapVersion",
            "Mapping",
            "Point",
            "Proposal",
            "Question",
            "SharedAmount"
        ]
    );
}

#[test]
fn classified_parts_of_the_map_are_gone_and_so_is_what_names_them() {
    let mut plan = testing::plan();
    plan.map = vec![testing::item(serde_json::json!({ "id": "map", "title": "Map",
        "versions": [
            { "id": "held", "title": "canary", "boxes": [], "classification": "secretariat" },
            { "id": "first", "title": "First", "boxes": [
                { "id": "box-held", "title": "canary", "layer": "goals", "classification": "secretariat" },
                { "element": "so-a", "links": [{ "to": "box-held" }] }
            ], "changes": [{ "of": "box-held", "because": ["said"] }] }
        ],
        "overlays": [
            { "id": "north-map", "region": "north", "title": "canary", "classification": "secretariat" }
        ] }))];
    let cut = cut(&plan, "members");
    let map = &cut.get().map[0].data;
    assert_eq!((map.versions.len(), map.overlays.len()), (1, 0));
    let version = &map.versions[0];
    assert_eq!((version.boxes.len(), version.boxes[0].links.len(), version.changes.len()), (1, 0, 0));
    assert!(!format!("{map:?}").contains(CANARY));
}

#[test]
fn a_classified_proposal_is_gone() {
    let mut plan = testing::plan();
    plan.statements = vec![testing::item(serde_json::json!({ "id": "vision", "kind": "vision", "title": "Vision" }))];
    plan.statements[0].data.proposals = testing::of(serde_json::json!([
        { "id": "w-held", "text": "canary", "proposer": "canary", "classification": "secretariat" },
        { "id": "w-open", "text": "open", "proposer": "office" }
    ]));
    let whole = plan.statements[0].data.id.to_string();
    let cut = cut(&plan, "members");
    let statement = cut.get().statements.iter().find(|one| *one.data.id == *whole).unwrap();
    assert_eq!(statement.data.proposals.len(), 1);
    assert!(!cut.get().ids.contains_key("w-held"));
}

/// A suggestion of two points, each with the canary as its answer's reason, and how far the second may travel.
fn split(word: [Option<&str>; 2]) -> Plan {
    let mut plan = testing::plan();
    let point = |id: &str, text: &str, word: Option<&str>| {
        let mut json = serde_json::json!({ "id": id, "text": text,
            "disposition": { "status": "noted", "reason": text } });
        if let Some(word) = word {
            json["classification"] = word.into();
        }
        json
    };
    plan.suggestions[0].suggestions.truncate(1);
    let said = &mut plan.suggestions[0].suggestions[0].data;
    said.disposition = None;
    let text = |word: Option<&str>| if word.is_some() { CANARY } else { "open" };
    said.points =
        testing::of(serde_json::json!([point("p-a", text(word[0]), word[0]), point("p-b", text(word[1]), word[1])]));
    plan
}

#[test]
fn a_classified_point_is_gone() {
    use crate::model::points::{Standing, points};
    let plan = split([None, Some("secretariat")]);
    assert!(survives(&cut(&plan, "secretariat")));
    let cut = cut(&plan, "members");
    assert!(!survives(&cut));
    let left = points(cut.get());
    assert_eq!(left.len(), 1);
    assert!(matches!(left[0].standing(), Standing::Answered(_)));
}

#[test]
fn an_answer_that_is_withheld_is_not_called_open() {
    use crate::model::points::{Standing, points};
    let standing = |plan: &Plan, audience: &str| {
        let cut = cut(plan, audience);
        points(cut.get()).iter().map(|point| point.standing()).collect::<Vec<_>>()
    };
    // No part is to be seen: what was said stands as one point.
    let parts = split([Some("secretariat"), Some("secretariat")]);
    assert_eq!(standing(&parts, "members"), [Standing::Withheld]);
    assert_eq!(standing(&parts, "secretariat").len(), 2);
    let answer = serde_json::json!({ "status": "noted", "reason": "canary" });
    let mut plan = testing::plan();
    plan.suggestions[0].suggestions.truncate(1);
    let said = &mut plan.suggestions[0].suggestions[0].data;
    said.disposition = Some(testing::of(answer));
    let id = said.id.to_string();
    said.field_classification.insert("disposition".to_string(), "secretariat".into());
    assert_eq!(standing(&plan, "members"), [Standing::Withheld]);
    // An answer by a cluster that is withheld.
    let said = &mut plan.suggestions[0].suggestions[0].data;
    let answer = said.disposition.take();
    said.field_classification.clear();
    let mut cluster = testing::item::<crate::model::format::Cluster>(serde_json::json!({
        "id": "k", "title": "canary", "points": [id], "classification": "secretariat"
    }));
    cluster.data.disposition = answer;
    plan.clusters = vec![cluster];
    assert_eq!(standing(&plan, "members"), [Standing::Withheld]);
    plan.clusters[0].data.disposition = None;
    assert_eq!(standing(&plan, "members"), [Standing::Open]);
}

/// By comparison with an earlier map, nobody can tell which arrows are withheld of the present one.
#[test]
fn a_version_of_the_map_tells_nothing_of_withheld_links_and_groups() {
    let mut plan = testing::plan();
    plan.layers[1].data.groups = testing::of(serde_json::json!([{ "id": "near", "title": "Near" }]));
    let element = &mut plan.elements[1].data;
    element.links = testing::of(serde_json::json!([{ "to": "goal" }]));
    element.group = testing::of(serde_json::json!("near"));
    element.field_classification = testing::of(serde_json::json!({ "links": "secretariat", "group": "secretariat" }));
    element.parent = None;
    plan.map = vec![testing::item(serde_json::json!({ "id": "map", "title": "Map", "versions": [{
        "id": "first", "title": "First", "boxes": [
            { "element": "goal" },
            { "element": "so-a", "layer": "objectives", "group": "near", "links": [{ "to": "goal" }] }
        ] }] }))];
    let changes = |audience: &str| {
        let cut = cut(&plan, audience);
        let version = &cut.get().map[0].data.versions[0];
        crate::analysis::map::compare(cut.get(), version).changes.len()
    };
    assert_eq!((changes("public"), changes("secretariat")), (0, 0));
    let cut = cut(&plan, "public");
    assert!(cut.get().map[0].data.versions[0].boxes[1].links.is_empty());
}
