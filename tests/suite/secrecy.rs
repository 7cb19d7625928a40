//! A canary word in every field of every kind of item that a plan may withhold reaches no byte of a lower edition.

use planwright::clearance;
use planwright::model::load;

use crate::support::{PlanTest, files};

const CANARY: &str = "xylocarpzebra";

fn holds(bytes: &[u8]) -> bool {
    String::from_utf8_lossy(bytes).to_lowercase().contains(CANARY)
}

/// Files with one item each whose every text is the canary, classified above the public edition.
#[test]
fn a_withheld_item_reaches_no_byte() {
    let plan = PlanTest::from_dir("examples/smallest");
    let secret = format!(
        "\n  - id: hidden-step\n    title: {CANARY} title\n    parent: objective-one\n    owner: office\n    deliverable: {CANARY} paper\n    period: \"2025\"\n    status: planned\n    classification: team\n    basis: illustrative\n    source: charter\n"
    );
    let text = plan.read("plan/activities.yaml");
    plan.write("plan/activities.yaml", text.trim_end().to_string() + &secret);
    plan.edit("plan/plan.yaml", "audience: team", "audience: public");
    let output = plan.run(&["build", "-q"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    for (path, bytes) in files(&plan.path("build")) {
        assert!(!holds(&bytes), "{path} holds the canary");
    }
}

/// Every property that the schema of the kinds knows, one by one, withheld by `field-classification`.
#[test]
fn every_classifiable_field_is_cut() {
    let cases = fields();
    assert!(cases.len() > 60, "the schema knows only {} fields", cases.len());
    let plan = PlanTest::from_dir("examples/smallest");
    let sources = planwright::source::read_folder(plan.folder.path(), &mut Default::default());
    let read = load::load(&sources, &mut Default::default()).unwrap();
    for (kind, field) in cases {
        let mut plan = read.clone();
        if !withhold(&mut plan, &kind, &field) {
            continue;
        }
        let cleared = clearance::cut(&plan, "public");
        let text = format!("{:?}", cleared.get());
        assert!(!text.contains(CANARY), "{kind}/{field} survives");
    }
}

/// Kind of item and name of field, from the generated schemas.
fn fields() -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (_, kind) in planwright::model::schema::KINDS {
        let schema = planwright::model::schema::schema(*kind).unwrap();
        let definitions = schema["$defs"].as_object().cloned().unwrap_or_default();
        for (name, definition) in definitions {
            let Some(properties) = definition["properties"].as_object() else { continue };
            if properties.contains_key("field-classification") {
                out.extend(properties.keys().map(|field| (name.clone(), field.clone())));
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

/// Puts the canary into `field` of the first item of `kind` through its JSON form, and classifies the field.
fn withhold(plan: &mut planwright::model::Plan, kind: &str, field: &str) -> bool {
    macro_rules! first {
        ($list:expr) => {
            match $list.first_mut() {
                Some(item) => poison(&mut item.data, field),
                None => false,
            }
        };
    }
    match kind {
        "Activity" => first!(plan.activities),
        "Indicator" => first!(plan.indicators),
        "Priority" => first!(plan.priorities),
        "Region" => first!(plan.regions),
        "Member" => first!(plan.members),
        "Meeting" => first!(plan.meetings),
        "Decision" => first!(plan.decisions),
        "Unit" => first!(plan.units),
        "Source" => first!(plan.sources),
        "Term" => first!(plan.terms),
        "Event" => first!(plan.events),
        "Suggestion" => match plan.suggestions.first_mut().and_then(|group| group.suggestions.first_mut()) {
            Some(item) => poison(&mut item.data, field),
            None => false,
        },
        _ => false,
    }
}

fn poison<T: serde::Serialize + serde::de::DeserializeOwned>(item: &mut T, field: &str) -> bool {
    if ["id", "classification", "field-classification", "formerly", "external-ids"].contains(&field) {
        return false;
    }
    let mut value = serde_json::to_value(&*item).unwrap();
    let candidates = [
        serde_json::json!(CANARY),
        serde_json::json!([CANARY]),
        serde_json::json!({ "name": CANARY }),
        serde_json::json!([{ "name": CANARY }]),
        serde_json::json!({ "value": CANARY }),
        serde_json::json!([{ "value": CANARY }]),
        serde_json::json!({ "amount": CANARY, "currency": CANARY }),
        serde_json::json!([{ "year": CANARY, "value": CANARY }]),
        serde_json::json!({ "year": CANARY, "value": CANARY }),
        serde_json::json!([{ "id": CANARY, "title": CANARY }]),
        serde_json::json!({ "status": "noted", "reason": CANARY }),
    ];
    for candidate in candidates {
        value[field] = candidate;
        value["field-classification"] = serde_json::json!({ field: "team" });
        if let Ok(made) = serde_json::from_value(value.clone()) {
            *item = made;
            return true;
        }
    }
    false
}
