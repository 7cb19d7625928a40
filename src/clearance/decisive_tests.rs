//! Fields without which an item says something else take it along; a blank that is one for a reader alone is known.

use serde_json::{Value, json};

use super::*;
use crate::analysis::costs::Costs;
use crate::document::testing::{self, item, of};
use crate::model::scan::Coverage;

/// The item with `field` kept from all but the narrowest audience.
fn kept(mut value: Value, field: &str) -> Value {
    value["field-classification"] = json!({ field: "secretariat" });
    value
}

/// Whether the item `id` is left for the members, when `put` has put it into the plan.
fn is_left(id: &str, put: impl Fn(&mut Plan)) -> bool {
    let mut plan = testing::plan();
    put(&mut plan);
    assert!(prune::declared(cut(&plan, "secretariat").get()).contains(id), "{id} is there");
    prune::declared(cut(&plan, "members").get()).contains(id)
}

#[test]
fn decisive_fields_take_the_item_along() {
    let element = |field: &str, value: Value| {
        let mut one = json!({ "id": "new", "title": "New", "layer": "objectives", "parent": "goal" });
        one[field] = value;
        is_left("new", |plan| plan.elements.push(item(kept(one.clone(), field))))
    };
    assert!(!element("parent", json!("goal")), "its parent would have a smaller total");
    assert!(!element("levels", json!(["strategic"])), "it would stand at every level");
    assert!(element("order", json!(1)));
    let factor = |field: &str, value: Value| {
        let mut one = json!({ "id": "new", "title": "New", "nature": "threat", "aspect": "social" });
        one[field] = value;
        is_left("new", |plan| {
            plan.scan_editions = vec![item(json!({ "id": "scan", "title": "Scan" }))];
            plan.factors.push(item(kept(one.clone(), field)));
        })
    };
    assert!(!factor("editions", json!(["scan"])), "it would stand in every scan");
    assert!(!factor("region", json!("north")), "it would concern all regions");
    assert!(factor("response", json!("We wait.")));
    let priority = kept(json!({ "id": "new", "title": "New", "levels": ["strategic"] }), "levels");
    assert!(!is_left("new", |plan| plan.priorities.push(item(priority.clone()))));
    let activity = kept(json!({ "id": "new", "title": "N", "parent": "so-a", "levels": ["strategic"] }), "levels");
    assert!(!is_left("new", |plan| plan.activities.push(item(activity.clone()))));
    let table = kept(json!({ "id": "new", "title": "New", "layer": "objectives" }), "layer");
    assert!(!is_left("new", |plan| plan.evidence.push(item(table.clone()))), "it would be of the plan before");
    let unit = kept(json!({ "id": "new", "title": "New", "measures": "so-a", "unit": "per cent" }), "unit");
    assert!(!is_left("new", |plan| plan.indicators.push(item(unit.clone()))));
    let later = json!({ "id": "new", "title": "N", "kind": "workshop", "state": "held", "as-adopted": true });
    assert!(!is_left("new", |plan| plan.events.push(item(kept(later.clone(), "as-adopted")))));
}

/// Parts of 300 would be spread as per cent.
#[test]
fn a_key_without_its_measure_spreads_nothing() {
    let mut plan = testing::plan();
    let key = json!({ "id": "key", "title": "Key", "measure": "parts",
        "shares": [{ "to": "goal", "share": "100" }, { "to": "so-a", "share": "200" }] });
    plan.cost_keys = vec![item(kept(key, "measure"))];
    plan.allocations =
        vec![item(json!({ "id": "costs", "title": "C", "year": "2019", "of": "plan", "currency": "EUR",
        "direct": [{ "to": "goal", "amount": "10" }],
        "shared": [{ "id": "rent", "title": "Rent", "amount": "300", "key": "key" }] }))];
    let total = |audience: &str| {
        let cut = cut(&plan, audience);
        let costs = Costs::new(cut.get());
        costs.allocations[0].total.as_ref().map(|it| it.printed.to_string())
    };
    assert_eq!(total("secretariat").as_deref(), Some("310"));
    assert_eq!(total("members").as_deref(), Some("10"));
    assert!(cut(&plan, "members").get().withheld.allocations.contains("costs"));
}

#[test]
fn a_blank_that_is_one_for_this_reader_alone_is_known() {
    let mut plan = testing::plan();
    plan.events[0].data.field_classification = of(json!({ "attendance": "secretariat", "dates": "members" }));
    plan.decisions = vec![item(json!({ "id": "asked", "title": "Asked", "classification": "secretariat" }))];
    plan.events[0].data.decision = Some(Id("asked".into()));
    let members = cut(&plan, "members");
    let withheld = &members.get().withheld;
    assert!(withheld.has("talk", "attendance"));
    assert!(withheld.has("talk", "decision"), "what it refers to is gone");
    assert!(!withheld.has("talk", "dates") && !withheld.has("talk", "place"));
    assert!(cut(&plan, "secretariat").get().withheld.fields.is_empty());
}

#[test]
fn what_a_withheld_question_asked_about_is_known() {
    let question = |id: &str, about: &str| json!({ "id": id, "text": id, "column": id, "about": [about] });
    let mut held = question("q-b", "goal");
    held["classification"] = json!("secretariat");
    let mut plan = testing::plan();
    plan.surveys = vec![item(json!({ "id": "poll", "title": "Poll", "groups": [], "waves": [],
        "scale": { "least": "1", "most": "5", "high": "important" }, "questions": [question("q-a", "so-a"), held],
        "rules": { "weighting": "one-respondent-one-vote", "blanks": "left-out", "unfinished": "kept", "twice": "last" }
    }))];
    assert_eq!(cut(&plan, "members").get().withheld.asked, ["goal".to_string()].into());
    assert!(cut(&plan, "secretariat").get().withheld.asked.is_empty());
}

#[test]
fn counts_of_what_serves_what_are_known_to_be_short() {
    let mut plan = testing::plan();
    plan.priorities = vec![item(json!({ "id": "digital", "title": "Digital" }))];
    plan.activities[0].data.priorities = vec![Id("digital".into())];
    assert!(!cut(&plan, "members").get().withheld.serving);
    plan.activities[0].data.field_classification = of(json!({ "priorities": "secretariat" }));
    assert!(cut(&plan, "members").get().withheld.serving);
    assert!(!cut(&plan, "secretariat").get().withheld.serving);
}

/// A factor that a reader may not see leaves the element that answers it neither open nor without an answer.
#[test]
fn an_element_that_answers_a_withheld_factor_is_known() {
    let mut plan = testing::plan();
    plan.scan_editions = vec![item(json!({ "id": "scan", "title": "Scan", "layers": ["objectives"] }))];
    plan.factors = vec![item(kept(
        json!({ "id": "rain", "title": "Rain", "nature": "threat", "aspect": "social", "editions": ["scan"],
            "answered-by": [{ "to": "so-a" }] }),
        "editions",
    ))];
    let cut = cut(&plan, "members");
    assert!(cut.get().factors.is_empty());
    assert!(Coverage::new(cut.get(), Some("scan")).without.is_empty());
}
