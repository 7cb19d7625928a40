//! What is told where something is withheld is true, and does not tell what is withheld.

use serde_json::json;

use super::cut;
use crate::analysis::costs::Costs;
use crate::analysis::map::{Difference, Thing, compare, overlay};
use crate::document::testing;
use crate::model::format::Text;
use crate::model::{Plan, Predecessor};

fn with_map(map: serde_json::Value) -> Plan {
    let mut plan = testing::plan();
    plan.elements[1].data.links = testing::of(json!([{ "to": "goal" }]));
    plan.map = vec![testing::item(map)];
    plan
}

/// An element of which it is withheld where it stood is not told as new, and nothing says where it was.
#[test]
fn where_a_box_stood_is_told_neither_truly_nor_falsely() {
    let plan = with_map(json!({ "id": "map", "title": "Map", "versions": [{
        "id": "first", "title": "First", "boxes": [
            { "element": "goal", "title": "Once a harbour", "links": [{ "to": "so-a" }] },
            { "element": "so-a", "layer": "goals", "classification": "secretariat", "links": [{ "to": "goal" }] }
        ], "changes": [{ "of": "so-a", "because": ["said"] },
            { "of": "goal", "because": ["said"], "links": [{ "to": "so-a", "because": ["said"] }] }]
    }] }));
    let changes = |audience: &str| {
        let cut = cut(&plan, audience);
        let version = &cut.get().map[0].data.versions[0];
        let compared = compare(cut.get(), version);
        let drawn = compared.shape.arrows.iter().filter(|one| one.difference != Difference::Same).count();
        (compared.changes.iter().map(|one| format!("{:?}", (one.thing, one.difference))).collect::<Vec<_>>(), drawn)
    };
    let box_of = |id: &'static str, difference| format!("{:?}", (Thing::Box(id), difference));
    assert_eq!(changes("members"), (vec![box_of("goal", Difference::Renamed)], 0));
    assert!(changes("secretariat").0.contains(&box_of("so-a", Difference::Moved)));
    let cut = cut(&plan, "members");
    assert!(cut.get().map[0].data.versions[0].changes.iter().all(|one| &*one.of == "goal" && one.links.is_empty()));
}

/// A layer that is withheld takes the box with it; its element is not new for that.
#[test]
fn an_element_that_stood_in_a_withheld_layer_is_not_new() {
    let mut plan = with_map(json!({ "id": "map", "title": "Map", "versions": [{ "id": "first", "title": "First",
        "boxes": [{ "element": "goal" }, { "element": "so-a", "layer": "kept", "links": [{ "to": "goal" }] }] }] }));
    plan.layers.push(testing::item(
        json!({ "id": "kept", "name": "Kept", "plural": "Kept", "classification": "secretariat" }),
    ));
    let cut = cut(&plan, "public");
    assert!(compare(cut.get(), &cut.get().map[0].data.versions[0]).changes.is_empty());
}

/// Places are those among what is shown; that they are, is noted.
#[test]
fn a_ranking_without_a_withheld_box_leaves_no_gap() {
    let plan = with_map(json!({ "id": "map", "title": "Map", "overlays": [
        { "id": "north-map", "region": "north", "title": "North",
          "boxes": [{ "id": "pier", "title": "Pier", "layer": "objectives", "classification": "secretariat" }],
          "ranking": { "measures": "points", "values": [
            { "of": "goal", "value": "3" }, { "of": "pier", "value": "9" }, { "of": "so-a", "value": "3.0" }] } }] }));
    let places = |audience: &str| {
        let cut = cut(&plan, audience);
        let laid = overlay(cut.get(), &cut.get().map[0].data.overlays[0]);
        let places: Vec<_> = laid.region.iter().map(|(id, one)| (id.to_string(), one.place, one.tied)).collect();
        (places, cut.get().withheld.rankings.len())
    };
    let at = |id: &str, place, tied| (id.to_string(), place, tied);
    assert_eq!(places("members"), (vec![at("goal", 1, true), at("so-a", 1, true)], 1));
    let all = vec![at("goal", 2, true), at("pier", 1, false), at("so-a", 2, true)];
    assert_eq!(places("secretariat"), (all, 0));
}

/// An activity of which the period is withheld is in no sum, and whether it would be is told by none.
#[test]
fn an_activity_of_a_withheld_period_is_in_no_total() {
    let plan = |period: &str| {
        let mut plan = testing::plan();
        plan.activities = vec![
            testing::item(json!({ "id": "act", "title": "Pilot", "parent": "so-a", "period": period,
                "field-classification": { "period": "secretariat" }, "cost": { "amount": "30", "currency": "EUR" } })),
            testing::item(json!({ "id": "open", "title": "Open", "parent": "so-a", "period": "2020",
                "cost": { "amount": "7", "currency": "EUR" } })),
        ];
        let whole = json!({ "id": "costs", "title": "C", "year": "2019/2022", "of": "plan", "currency": "EUR",
            "activities": true });
        let year = json!({ "id": "one-year", "title": "C", "year": "2020", "of": "plan", "currency": "EUR",
            "activities": true });
        plan.allocations = vec![testing::item(whole), testing::item(year)];
        plan
    };
    let seen = |plan: &Plan, audience: &str| {
        let cut = cut(plan, audience);
        let costs = Costs::new(cut.get());
        let of = |one: &crate::analysis::costs::Allocated| {
            let total = one.total.as_ref().map(|it| it.printed.to_string()).unwrap_or_default();
            (total, one.beyond.len(), cut.get().withheld.allocations.contains(one.item.data.id.as_str()))
        };
        costs.allocations.iter().map(of).collect::<Vec<_>>()
    };
    let part = vec![("7".to_string(), 0, true), ("7".to_string(), 0, true)];
    for period in ["2019", "2020", "2021"] {
        assert_eq!(seen(&plan(period), "members"), part, "{period}");
    }
    let whole = vec![("37".to_string(), 0, false), ("7".to_string(), 1, false)];
    assert_eq!(seen(&plan("2019"), "secretariat"), whole);
}

/// A share of a mapping that is withheld is no remainder.
#[test]
fn a_withheld_share_is_in_no_comparison() {
    let mut plan = testing::plan();
    let element = |id: &str, classification: Option<&str>| {
        testing::item(json!({ "id": id, "layer": "objectives", "title": id, "classification": classification }))
    };
    plan.elements.extend([element("so-b", None), element("held", Some("secretariat"))]);
    plan.predecessor = Some(Predecessor {
        title: Text::plain("Before"),
        period: Text::plain("2015-2018"),
        elements: ["old-a", "old-b"].map(|id| testing::item(json!({ "id": id, "title": id }))).to_vec(),
        mapping: testing::of(json!([
            { "id": "m-a", "from": "old-a", "fate": "split",
              "to": [{ "to": "so-a", "share": "63" }, { "to": "held", "share": "37" }] },
            { "id": "m-b", "from": "old-b", "fate": "continues", "to": [{ "to": "so-b" }] },
        ])),
        comparisons: Vec::new(),
        origin: plan.origin.clone(),
        file_basis: None,
        file_source: Default::default(),
        file_classification: None,
    });
    plan.allocations = vec![
        testing::item(json!({ "id": "old", "title": "O", "year": "2018", "of": "predecessor", "currency": "EUR",
            "direct": [{ "to": "old-a", "amount": "100" }, { "to": "old-b", "amount": "50" }] })),
        testing::item(json!({ "id": "new", "title": "N", "year": "2019", "of": "plan", "currency": "EUR",
            "direct": [{ "to": "so-a", "amount": "80" }, { "to": "so-b", "amount": "20" }], "compared-with": "old" })),
    ];
    let seen = |plan: &Plan, audience: &str| {
        let cut = cut(plan, audience);
        let costs = Costs::new(cut.get());
        let share = cut.get().predecessor.as_ref().unwrap().mapping.first().and_then(|it| it.to[0].share.clone());
        (costs.comparisons.len(), costs.uncompared.len(), share.is_some())
    };
    assert_eq!(seen(&plan, "members"), (0, 1, false), "63 would tell 37");
    assert_eq!(seen(&plan, "secretariat"), (1, 0, true));
    plan.predecessor.as_mut().unwrap().mapping[0].classification = Some("secretariat".into());
    assert_eq!(seen(&plan, "members").0, 0, "all of old-a would stand as a remainder");
}
