//! Nothing that is withheld from a reader is called missing.

use serde_json::json;

use crate::clearance::cut;
use crate::diag::Diagnostics;
use crate::document::{draft, testing};
use crate::model::Plan;

/// Everything that a reader of the edition for the members sees.
fn said(plan: &Plan, lang: &str) -> String {
    let mut diags = Diagnostics::default();
    let draft = draft(&cut(plan, "members"), "tabled", lang, &[], &mut diags).expect("a draft");
    serde_json::to_string(&draft.chapters).unwrap()
}

fn plan() -> Plan {
    let mut plan = testing::plan();
    plan.plan.editions[0].parts =
        testing::of(json!(["cover", "consultation", "regions", "process", "evidence", "priority-matrix"]));
    plan.events[0].data.place = Some(crate::model::format::Text::plain("Port Ruby"));
    plan.events[0].data.dates = Some("2018-05-02".into());
    plan.events[0].data.chairs = testing::of(json!([{ "name": "A. Chair" }]));
    plan.regions[0].data = testing::of(json!({ "id": "north", "code": "N", "name": "North",
        "members": { "value": "19" }, "vice-chair": { "name": "B. Vice" } }));
    plan
}

#[test]
fn what_is_withheld_of_events_and_regions_is_not_called_missing() {
    let mut plan = plan();
    assert!(!said(&plan, "en").contains("not shown in this edition"));
    let fields =
        json!({ "place": "secretariat", "dates": "secretariat", "chairs": "secretariat", "attendance": "secretariat" });
    plan.events[0].data.field_classification = testing::of(fields);
    plan.regions[0].data.field_classification =
        testing::of(json!({ "members": "secretariat", "vice-chair": "secretariat" }));
    let text = said(&plan, "en");
    assert!(text.contains("not shown in this edition"));
    assert!(!text.contains("not recorded"), "nothing is missing");
    assert!(said(&plan, "fr").contains("non communiqué dans cette édition"));
    // What is missing indeed is still said to be.
    plan.regions[0].data.field_classification.clear();
    plan.regions[0].data.members = None;
    assert!(said(&plan, "en").contains("not recorded"));
}

#[test]
fn a_withheld_question_or_factor_is_not_called_missing() {
    let mut plan = plan();
    plan.evidence = vec![testing::item(json!({ "id": "table", "title": "Table", "layer": "objectives" }))];
    let question = json!({ "id": "q", "text": "Q", "column": "q", "about": ["so-a"], "classification": "secretariat" });
    plan.surveys = vec![testing::item(json!({ "id": "poll", "title": "Poll", "groups": [], "waves": [],
        "scale": { "least": "1", "most": "5", "high": "important" }, "questions": [question],
        "rules": { "weighting": "one-respondent-one-vote", "blanks": "left-out", "unfinished": "kept", "twice": "last" }
    }))];
    plan.scan_editions = vec![testing::item(json!({ "id": "scan", "title": "Scan" }))];
    plan.scan_edition = Some(("scan".into(), plan.origin.clone()));
    plan.factors = vec![testing::item(json!({ "id": "rain", "title": "Rain", "nature": "threat", "aspect": "social",
        "answered-by": [{ "to": "so-a" }], "field-classification": { "answered-by": "secretariat" } }))];
    let text = said(&plan, "en");
    assert!(!text.contains("\"no question about it\""), "it was");
    assert_eq!(text.matches("\"not shown in this edition\"").count(), 2, "the question and the factor");
    plan.surveys[0].data.questions.clear();
    plan.factors.clear();
    let text = said(&plan, "en");
    assert!(text.contains("\"no question about it\"") && !text.contains("not shown in this edition"));
}

#[test]
fn a_matrix_that_is_short_says_so() {
    let mut plan = plan();
    plan.priorities = vec![testing::item(json!({ "id": "digital", "title": "Digital" }))];
    plan.activities[0].data.priorities = testing::of(json!(["digital"]));
    assert!(!said(&plan, "en").contains("Total of what is shown"));
    plan.elements.push(testing::item(json!({ "id": "held", "layer": "objectives", "title": "Held",
        "priorities": ["digital"], "classification": "secretariat" })));
    assert!(said(&plan, "en").contains("Total of what is shown"));
}
