//! What is told where something is withheld is true, and does not tell what is withheld.

use serde_json::json;

use super::cut;
use crate::analysis::map::{Difference, Thing, compare, overlay};
use crate::document::testing;
use crate::model::Plan;

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
