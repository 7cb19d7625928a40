use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::document::testing;

const PRIORITIES: [&str; 3] = ["care", "speed", "thrift"];

/// A plan of two layers whose elements and activities serve some of three priorities.
fn made(elements: &[(bool, Vec<usize>)], activities: &[(usize, Vec<usize>, bool)]) -> Plan {
    let mut plan = testing::plan();
    let serves = |list: &[usize]| list.iter().map(|at| PRIORITIES[*at]).collect::<Vec<_>>();
    plan.priorities = PRIORITIES.iter().map(|id| testing::item(json!({ "id": id, "title": id }))).collect();
    plan.elements = elements
        .iter()
        .enumerate()
        .map(|(index, (top, list))| {
            let layer = if *top { "goals" } else { "objectives" };
            let value = json!({ "id": format!("e{index}"), "title": "E", "layer": layer, "priorities": serves(list) });
            testing::item(value)
        })
        .collect();
    plan.activities = activities
        .iter()
        .enumerate()
        .map(|(index, (parent, list, made_up))| {
            let parent = format!("e{}", parent % elements.len().max(1));
            let basis = if *made_up { "illustrative" } else { "reported" };
            let id = format!("a{index}");
            testing::item(
                json!({ "id": id, "title": "A", "parent": parent, "priorities": serves(list), "basis": basis }),
            )
        })
        .collect();
    plan
}

#[test]
fn what_serves_two_priorities_is_counted_once_in_the_total() {
    let plan = made(&[(true, vec![0, 1]), (false, vec![1])], &[(1, vec![0, 1, 2], true)]);
    let matrix = priority_matrix(&plan);
    let of = |served: &Served| (served.elements.value, served.activities.value);
    let rows: Vec<_> = matrix
        .rows
        .iter()
        .map(|(one, cells, all)| (one.data.id.as_str(), cells.iter().map(of).collect::<Vec<_>>(), of(all)))
        .collect();
    assert_eq!(
        rows,
        [
            ("care", vec![(1, 0), (0, 1)], (1, 1)),
            ("speed", vec![(1, 0), (1, 1)], (2, 1)),
            ("thrift", vec![(0, 0), (0, 1)], (0, 1)),
        ]
    );
    assert_eq!((of(&matrix.totals.0[0]), of(&matrix.totals.0[1]), of(&matrix.totals.1)), ((1, 0), (1, 1), (2, 1)));
    assert_eq!(matrix.totals.1.activities.basis, Basis::Illustrative);
    assert_eq!(matrix.totals.0[0].elements.basis, Basis::Inferred);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..Default::default() })]

    /// A total is what its column names, each once: no more than their sum, no less than the largest.
    #[test]
    fn totals_are_unions(
        elements in proptest::collection::vec((any::<bool>(), proptest::collection::vec(0..3usize, 0..3)), 1..6),
        activities in proptest::collection::vec((0..6usize, proptest::collection::vec(0..3usize, 0..3), any::<bool>()), 0..6),
    ) {
        let plan = made(&elements, &activities);
        let matrix = priority_matrix(&plan);
        for (at, total) in matrix.totals.0.iter().chain([&matrix.totals.1]).enumerate() {
            let column = |pick: fn(&Served) -> &Figure| -> (BTreeSet<String>, u64, u64) {
                let cells = matrix.rows.iter().map(|(_, cells, all)| pick(cells.get(at).unwrap_or(all)));
                let names = cells.clone().flat_map(|one| one.contributors.clone()).collect();
                (names, cells.clone().map(|one| one.value).sum(), cells.map(|one| one.value).max().unwrap_or(0))
            };
            for (pick, own) in [
                (column(|one| &one.elements), &total.elements),
                (column(|one| &one.activities), &total.activities),
            ] {
                let (names, sum, largest) = pick;
                prop_assert_eq!(names.len() as u64, own.value);
                prop_assert_eq!(names, own.contributors.iter().cloned().collect::<BTreeSet<_>>());
                prop_assert!(largest <= own.value && own.value <= sum);
            }
        }
        let all = &matrix.totals.1;
        let layers: u64 = matrix.totals.0.iter().map(|one| one.elements.value + one.activities.value).sum();
        prop_assert_eq!(layers, all.elements.value + all.activities.value);
    }
}
