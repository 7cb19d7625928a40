use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::document::testing;
use crate::model::format::*;

/// The small plan for tests, with a map.
fn plan(map: serde_json::Value) -> Plan {
    let mut plan = testing::plan();
    plan.map = vec![testing::item(map)];
    plan
}

fn ids(shape: &Shape) -> Vec<(String, Difference)> {
    shape.boxes.iter().map(|one| (one.id.to_string(), one.difference)).collect()
}

#[test]
fn without_a_file_the_map_is_layers_elements_and_links() {
    let mut plan = testing::plan();
    plan.elements[1].data.links = testing::of(serde_json::json!([{ "to": "goal" }, { "to": "goal" }]));
    let shape = present(&plan);
    assert_eq!(ids(&shape), [("goal".into(), Difference::Same), ("so-a".into(), Difference::Same)]);
    let arrows: Vec<_> = shape.arrows.iter().map(|one| (one.from, one.to, one.is_parent)).collect();
    assert_eq!(arrows, [("so-a", "goal", false)], "each pair once, and no parents unless asked for");
    assert!(shape.band.is_empty());
}

#[test]
fn rows_parents_and_the_basis_of_an_arrow() {
    let plan = plan(serde_json::json!({ "id": "map", "title": "Map", "parents": true, "layers": ["objectives"] }));
    let shape = present(&plan);
    assert!(shape.arrows.is_empty(), "the goal is no box of this map");
    assert_eq!(rows(&plan, &shape.boxes).len(), 1);
    let plan = self::plan(serde_json::json!({ "id": "map", "title": "Map", "parents": true }));
    let shape = present(&plan);
    assert_eq!((shape.arrows[0].from, shape.arrows[0].to), ("so-a", "goal"));
    assert_eq!(shape.arrows[0].basis, Some(Basis::Illustrative), "that of the element from which it leads");
}

#[test]
fn a_level_takes_out_what_is_meant_elsewhere() {
    let mut plan = plan(serde_json::json!({ "id": "map", "title": "Map", "parents": true }));
    plan.elements[1].data.levels = vec![Level::Operational];
    let whole = present(&plan);
    assert_eq!(ids(&at_level(&whole, Level::Strategic)).len(), 1, "the goal names no level and stays");
    assert!(at_level(&whole, Level::Strategic).arrows.is_empty());
    assert_eq!(ids(&at_level(&whole, Level::Operational)).len(), 2);
    assert_eq!(levels(&plan), [Level::Operational]);
}

#[test]
fn a_version_is_compared_and_its_causes_are_found() {
    let mut plan = plan(serde_json::json!({ "id": "map", "title": "Map", "versions": [{
        "id": "before", "title": "Before", "event": "talk",
        "boxes": [
            { "element": "goal", "layer": "objectives" },
            { "id": "old", "title": "Old", "layer": "objectives", "links": [{ "to": "goal" }] }
        ],
        "changes": [{ "of": "old", "because": ["said"] }]
    }] }));
    plan.elements[1].data.links = testing::of(serde_json::json!([{ "to": "goal" }]));
    plan.suggestions[0].suggestions[0].data.disposition = testing::of(serde_json::json!({
        "status": "accepted", "targets": [{ "address": "so-a/links/goal" }, { "address": "goal/layer" }]
    }));
    let compared = compare(&plan, &plan.map[0].data.versions[0]);
    let found: Vec<_> = compared.changes.iter().map(|one| (one.thing, one.difference, one.causes.as_slice())).collect();
    let said: &[&str] = &["said"];
    assert_eq!(
        found,
        [
            (Thing::Box("goal"), Difference::Moved, said),
            (Thing::Box("so-a"), Difference::Added, &[][..]),
            (Thing::Box("old"), Difference::Removed, said),
            (Thing::Arrow("so-a", "goal"), Difference::Added, said),
            (Thing::Arrow("old", "goal"), Difference::Removed, &[][..]),
        ]
    );
}

#[test]
fn an_element_of_which_the_layer_is_no_row_is_still_there() {
    let mut plan = plan(serde_json::json!({ "id": "map", "title": "Map", "layers": ["goals"], "versions": [{
        "id": "before", "title": "Before",
        "boxes": [{ "element": "goal" }, { "element": "so-a", "links": [{ "to": "goal" }] },
            { "id": "old", "title": "Old", "layer": "objectives", "links": [{ "to": "goal" }] }]
    }] }));
    let told = |plan: &Plan| {
        let compared = compare(plan, &plan.map[0].data.versions[0]);
        compared.changes.iter().map(|one| (format!("{:?}", one.thing), one.difference)).collect::<Vec<_>>()
    };
    let one = |thing: Thing, difference| (format!("{thing:?}"), difference);
    let boxes = [one(Thing::Box("so-a"), Difference::Undrawn), one(Thing::Box("old"), Difference::Removed)];
    let gone = [one(Thing::Arrow("old", "goal"), Difference::Removed)];
    assert_eq!(told(&plan), [&boxes[..], &gone].concat(), "the arrow to its parent stands in the plan");
    plan.elements[1].data.parent = None;
    let arrow = one(Thing::Arrow("so-a", "goal"), Difference::Removed);
    assert_eq!(told(&plan), [&boxes[..], &[arrow], &gone].concat());
}

#[test]
fn an_arrow_to_the_parent_of_a_new_box_is_new() {
    let plan = plan(serde_json::json!({ "id": "map", "title": "Map", "parents": true, "versions": [{
        "id": "before", "title": "Before", "boxes": [{ "element": "goal" }]
    }] }));
    let compared = compare(&plan, &plan.map[0].data.versions[0]);
    let told: Vec<_> = compared.changes.iter().map(|one| (one.thing, one.difference)).collect();
    let added = Difference::Added;
    assert_eq!(told, [(Thing::Box("so-a"), added), (Thing::Arrow("so-a", "goal"), added)]);
    // What is drawn as new is what is counted as new.
    let drawn = compared.shape.arrows.iter().filter(|one| one.difference == added).count();
    assert_eq!(drawn, 1);
}

#[test]
fn what_was_said_before_a_version_did_not_change_it() {
    let mut plan = plan(serde_json::json!({ "id": "map", "title": "Map", "versions": [{
        "id": "before", "title": "Before", "date": "2018-06", "boxes": [{ "element": "goal" }]
    }] }));
    let suggestion = &mut plan.suggestions[0].suggestions[0].data;
    suggestion.disposition =
        testing::of(serde_json::json!({ "status": "accepted", "targets": [{ "address": "so-a" }] }));
    suggestion.date = testing::of(serde_json::json!("2018-05-02"));
    let causes = |plan: &Plan| compare(plan, &plan.map[0].data.versions[0]).changes[0].causes.len();
    assert_eq!(causes(&plan), 0);
    plan.suggestions[0].suggestions[0].data.date = testing::of(serde_json::json!("2018-07-02"));
    assert_eq!(causes(&plan), 1);
}

#[test]
fn a_region_adds_drops_and_ranks() {
    let plan = plan(serde_json::json!({ "id": "map", "title": "Map",
        "ranking": { "measures": "points", "basis": "illustrative", "values": [
            { "of": "goal", "value": "3" }, { "of": "so-a", "value": "9" }] },
        "overlays": [{ "id": "north-map", "region": "north", "title": "North",
            "boxes": [{ "id": "pier", "title": "A pier", "layer": "objectives", "links": [{ "to": "goal" }] },
                { "element": "goal", "links": [{ "to": "so-a" }] }],
            "dropped": [{ "element": "so-a" }],
            "ranking": { "measures": "ranks", "best": "lowest", "values": [
                { "of": "pier", "value": 1 }, { "of": "goal", "value": 2 }, { "of": "so-a", "value": "2.0" }] } }]
    }));
    let laid = overlay(&plan, &plan.map[0].data.overlays[0]);
    assert_eq!(
        ids(&laid.shape),
        [("goal".into(), Difference::Same), ("so-a".into(), Difference::Removed), ("pier".into(), Difference::Added),]
    );
    let place = |id: &str| laid.region[id].place;
    assert_eq!((place("pier"), place("goal")), (1, 2));
    assert!(!laid.region.contains_key("so-a"), "what the region leaves out has no place on its map");
    assert!(!laid.is_reranked("goal") && !laid.is_reranked("pier"));
    assert_eq!((laid.region_basis, laid.plan_basis), (None, Some(Basis::Illustrative)));
}

/// Boxes by layer and whether they stand in the group, and arrows by the numbers of their ends.
type Drawn = (Vec<(usize, usize, bool)>, Vec<(usize, usize)>);

/// A map of boxes in one of three layers and one of two groups, and arrows among them.
fn any_shape() -> impl Strategy<Value = Drawn> {
    let boxes = proptest::collection::btree_map(0..8usize, (0..3usize, any::<bool>()), 0..8);
    let arrows = proptest::collection::btree_set((0..8usize, 0..8usize), 0..10);
    (boxes, arrows).prop_map(|(boxes, arrows)| {
        let ids: BTreeSet<usize> = boxes.keys().copied().collect();
        let arrows = arrows.into_iter().filter(|(from, to)| ids.contains(from) && ids.contains(to)).collect();
        (boxes.into_iter().map(|(id, (layer, group))| (id, layer, group)).collect(), arrows)
    })
}

const IDS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];
const LAYERS: [&str; 3] = ["x", "y", "z"];

fn made<'p>(title: &'p Text, (boxes, arrows): &Drawn) -> Shape<'p> {
    let spot = |(id, layer, group): &(usize, usize, bool)| Spot {
        id: IDS[*id],
        layer: LAYERS[*layer],
        group: group.then_some("group"),
        element: None,
        title,
        basis: None,
        difference: Difference::Same,
    };
    let pointer = |(from, to): &(usize, usize)| Pointer {
        from: IDS[*from],
        to: IDS[*to],
        rationale: None,
        basis: None,
        is_parent: false,
        difference: Difference::Same,
    };
    Shape { boxes: boxes.iter().map(spot).collect(), arrows: arrows.iter().map(pointer).collect(), band: Vec::new() }
}

fn turned(difference: Difference) -> Difference {
    match difference {
        Difference::Added => Difference::Removed,
        Difference::Removed => Difference::Added,
        other => other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_comparison_is_the_same_from_both_sides(one in any_shape(), other in any_shape()) {
        let title = Text::plain("box");
        let (one, other) = (made(&title, &one), made(&title, &other));
        let there: BTreeSet<_> = compare::differ(&one, &other).changes.iter().map(|it| (it.thing, it.difference)).collect();
        let back: BTreeSet<_> =
            compare::differ(&other, &one).changes.iter().map(|it| (it.thing, turned(it.difference))).collect();
        prop_assert_eq!(there, back);
        let same = compare::differ(&one, &one);
        prop_assert!(same.changes.is_empty() && same.shape.boxes.len() == one.boxes.len());
        // Nothing is lost or doubled: what is drawn is the union of both.
        let drawn = compare::differ(&one, &other).shape;
        let union: BTreeSet<&str> = one.boxes.iter().chain(&other.boxes).map(|it| it.id).collect();
        prop_assert_eq!(drawn.boxes.len(), union.len());
    }
}
