use serde_json::json;

use crate::clearance::cut;
use crate::diag::Diagnostics;
use crate::document::{draft, testing};
use crate::model::format::Text;
use crate::model::{Plan, Predecessor};

/// An element of the plan before goes on in two objectives, which the costs of this plan add to their goal.
fn plan() -> Plan {
    let mut plan = testing::plan();
    plan.plan.editions[0].parts = testing::of(json!(["cover", "costs", "costs-data"]));
    plan.elements
        .push(testing::item(json!({ "id": "so-b", "layer": "objectives", "parent": "goal", "title": "Depth" })));
    plan.predecessor = Some(Predecessor {
        title: Text::plain("Before"),
        period: Text::plain("2015-2018"),
        elements: ["old-a", "old-b", "old-c"].map(|id| testing::item(json!({ "id": id, "title": id }))).to_vec(),
        mapping: testing::of(json!([
            { "id": "m-a", "from": "old-a", "fate": "split",
              "to": [{ "to": "so-a", "share": "50" }, { "to": "so-b", "share": "50" }] },
        ])),
        comparisons: Vec::new(),
        origin: plan.origin.clone(),
        file_basis: None,
        file_source: Default::default(),
        file_classification: None,
    });
    plan.cost_keys = vec![testing::item(json!({ "id": "thirds", "title": "Thirds", "measure": "parts", "shares": [
        { "to": "old-a", "share": "1" }, { "to": "old-b", "share": "1" }, { "to": "old-c", "share": "1" }] }))];
    plan.allocations = vec![
        testing::item(json!({ "id": "old", "title": "O", "year": "2018", "of": "predecessor", "currency": "EUR",
            "shared": [{ "id": "rent", "title": "Rent", "amount": "100", "key": "thirds" }] })),
        testing::item(json!({ "id": "new", "title": "N", "year": "2019", "of": "plan", "currency": "EUR",
            "layers": ["goals"], "direct": [{ "to": "goal", "amount": "80" }], "compared-with": "old" })),
    ];
    plan
}

#[test]
fn an_exact_value_is_short_and_a_share_says_where_it_goes() {
    let mut diags = Diagnostics::default();
    let draft = draft(&cut(&plan(), "secretariat"), "tabled", "en", &[], &mut diags).expect("a draft");
    let text = serde_json::to_string(&draft.chapters).unwrap();
    assert!(text.contains("about 33.333333"), "a third of 100");
    assert!(!text.contains("3.3333333"), "no more than six decimals");
    for name in ["SO1 Flow", "Depth"] {
        let share = format!("about 33.333333, of which 50% to {name}");
        assert_eq!(text.replace('\u{a0}', " ").matches(&share).count(), 1, "{name}");
    }
}
