//! Costs and the environmental scan: what is withheld is in no figure, and what is answered is not called open.

use serde_json::json;

use super::*;
use crate::analysis::costs::Costs;
use crate::document::testing::{self, item};
use crate::model::scan::Coverage;

fn plan() -> Plan {
    let mut plan = testing::plan();
    plan.cost_keys = vec![item(json!({ "id": "key", "title": "Key", "shares": [
        { "to": "goal", "share": "50" }, { "to": "so-a", "share": "50" }] }))];
    plan.allocations =
        vec![item(json!({ "id": "costs", "title": "Costs", "year": "2019", "of": "plan", "currency": "EUR",
        "direct": [
            { "to": "goal", "amount": "10" },
            { "id": "held", "to": "goal", "amount": "7", "title": "canary", "classification": "secretariat" }],
        "shared": [{ "id": "rent", "title": "Rent", "amount": "100", "key": "key" }] }))];
    plan.scan_editions = vec![item(json!({ "id": "scan", "title": "Scan", "layers": ["objectives"] }))];
    plan.scan_edition = Some(("scan".into(), plan.origin.clone()));
    plan.factors = vec![item(json!({ "id": "rain", "title": "Rain", "nature": "threat", "aspect": "social",
        "answered-by": [{ "to": "so-a", "rationale": "canary" }] }))];
    plan
}

fn total(plan: &Cleared<Plan>) -> Option<String> {
    let costs = Costs::new(plan.get());
    Some(costs.allocations.first()?.total.as_ref()?.printed.to_string())
}

#[test]
fn a_classified_amount_is_in_no_figure() {
    let plan = plan();
    assert_eq!(total(&cut(&plan, "secretariat")).as_deref(), Some("117"));
    let cut = cut(&plan, "members");
    assert_eq!(total(&cut).as_deref(), Some("110"));
    assert!(!format!("{:?}", cut.get().allocations).contains("canary"));
    // A total of what is left must not be taken for that of the whole.
    assert!(cut.get().withheld.any && cut.get().withheld.allocations.contains("costs"));
}

#[test]
fn what_is_seen_whole_is_not_called_a_part() {
    let mut plan = plan();
    assert_eq!(cut(&plan, "secretariat").get().withheld, crate::model::Withheld::default());
    plan.allocations[0].data.direct.truncate(1);
    let left = cut(&plan, "members");
    assert!(left.get().withheld.any, "a value that is missing elsewhere may be withheld");
    assert!(left.get().withheld.allocations.is_empty());
}

/// A key of which a reader may not know every element spreads nothing: the rest would be spread over the others.
#[test]
fn a_key_goes_with_any_of_its_elements() {
    let mut plan = plan();
    plan.elements[1].data.classification = Some("secretariat".into());
    let cut = cut(&plan, "members");
    assert!(cut.get().cost_keys.is_empty());
    assert_eq!(total(&cut).as_deref(), Some("10"));
}

#[test]
fn a_withheld_table_has_no_rows() {
    let mut plan = plan();
    let allocation = &mut plan.allocations[0];
    allocation.data.table =
        Some(crate::model::format::CostTable { path: "costs/canary.csv".into(), ..Default::default() });
    allocation.data.field_classification.insert("table".into(), "secretariat".into());
    assert!(cut(&plan, "members").get().allocations[0].data.table.is_none());
    assert!(cut(&plan, "secretariat").get().allocations[0].data.table.is_some());
}

#[test]
fn a_factor_whose_answer_is_withheld_is_not_open() {
    let mut plan = plan();
    plan.factors[0].data.field_classification.insert("answered-by".into(), "secretariat".into());
    let cut = cut(&plan, "members");
    let coverage = Coverage::new(cut.get(), Some("scan"));
    assert!(coverage.unanswered.is_empty() && coverage.answers.is_empty() && coverage.without.is_empty());
    plan.factors[0].data.answered_by.clear();
    let cut = super::cut(&plan, "members");
    let coverage = Coverage::new(cut.get(), Some("scan"));
    assert_eq!((coverage.unanswered.len(), coverage.without.len()), (1, 1));
}

#[test]
fn a_factor_of_a_withheld_scan_is_gone() {
    let mut plan = plan();
    plan.factors[0].data.editions = vec!["scan".into()];
    plan.scan_editions[0].data.classification = Some("secretariat".into());
    assert!(cut(&plan, "members").get().factors.is_empty());
    assert_eq!(cut(&plan, "secretariat").get().factors.len(), 1);
}
