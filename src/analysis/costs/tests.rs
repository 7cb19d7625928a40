//! A fixture that was computed by hand, and the sums of any.

use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::*;
use crate::document::testing::{item, of, plan as small};
use crate::model::Predecessor;

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn objective(id: &str) -> Item<Element> {
    item(json!({ "id": id, "layer": "objectives", "parent": "goal", "title": id, "basis": "reported" }))
}

/// The plan before has the elements old-a, old-b and old-c. The first is split 60 to 40 between so-a and so-b, the second
/// continues as so-b, the third ends. so-c is new.
fn fixture() -> Plan {
    let mut plan = small();
    plan.elements.extend([objective("so-b"), objective("so-c")]);
    plan.priorities = vec![
        item(json!({ "id": "safety", "title": "Safety", "basis": "reported" })),
        item(json!({ "id": "speed", "title": "Speed", "basis": "reported" })),
    ];
    plan.activities[0].data = of(json!({ "id": "act", "title": "Pilot", "parent": "so-a", "period": "2019",
        "priorities": ["safety", "speed"],
        "cost": { "amount": "30.25", "currency": "EUR", "basis": "illustrative" } }));
    plan.activities.push(item(json!({ "id": "long", "title": "Longer", "parent": "so-c", "period": "2019/2022",
        "cost": { "amount": "500", "currency": "EUR" } })));
    let old = |id: &str| item(json!({ "id": id, "title": id, "basis": "reported" }));
    plan.predecessor = Some(Predecessor {
        title: Text::plain("Before"),
        period: Text::plain("2015-2018"),
        elements: ["old-a", "old-b", "old-c"].map(old).to_vec(),
        mapping: of(json!([
            { "id": "m-a", "from": "old-a", "fate": "split", "basis": "reported",
              "to": [{ "to": "so-a", "share": "60" }, { "to": "so-b", "share": "40" }] },
            { "id": "m-b", "from": "old-b", "fate": "continues", "to": [{ "to": "so-b" }], "basis": "reported" },
            { "id": "m-c", "from": "old-c", "fate": "dropped", "basis": "reported" },
        ])),
        comparisons: Vec::new(),
        origin: plan.origin.clone(),
        file_basis: None,
        file_source: Ids::default(),
        file_classification: None,
    });
    plan.cost_keys = vec![
        item(json!({ "id": "thirds", "title": "Thirds", "measure": "parts", "basis": "reported", "shares": [
            { "to": "old-a", "share": "1" }, { "to": "old-b", "share": "1" }, { "to": "old-c", "share": "1" }] })),
        item(json!({ "id": "new-key", "title": "Key", "basis": "reported", "shares": [
            { "to": "so-a", "share": "62.5" }, { "to": "so-b", "share": "37.5" }] })),
    ];
    plan.allocations = vec![
        item(
            json!({ "id": "old", "title": "Old", "year": "2018", "of": "predecessor", "currency": "EUR", "basis": "reported",
            "direct": [{ "to": "old-a", "amount": "100.00" }, { "to": "old-b", "amount": "50.00" },
                { "to": "old-c", "amount": "25.50" }],
            "shared": [{ "id": "rent", "title": "Rent", "amount": "100.00", "key": "thirds" }] }),
        ),
        item(
            json!({ "id": "new", "title": "New", "year": "2019", "of": "plan", "currency": "EUR", "basis": "reported",
            "layers": ["objectives"], "activities": true, "compared-with": "old",
            "direct": [{ "to": "so-a", "amount": "120.00", "title": "Of its own" }],
            "shared": [{ "id": "rent", "title": "Rent", "amount": "80.00", "key": "new-key" }] }),
        ),
    ];
    plan
}

/// Direct, shared, total and share of a row as printed.
fn printed(row: &Row) -> [String; 4] {
    let value = |value: &Option<Value>| value.as_ref().map_or("-".to_string(), |one| one.printed.to_string());
    let share = row.share.map_or("-".to_string(), |share| share.to_string());
    [value(&row.direct), value(&row.shared), value(&row.total), share]
}

/// The plan before: 100.00 + 50.00 + 25.50 = 175.50 direct, and 100.00 by thirds.
///
/// - Thirds of 100.00: cut off 33.33, 33.33, 33.33; one cent is missing, all lost the same, so the first has 33.34.
/// - Totals: 100.00 + 33.34 = 133.34; 50.00 + 33.33 = 83.33; 25.50 + 33.33 = 58.83; together 275.50.
/// - The exact total of old-a is 133.3333..., which alone would be printed as 133.33: it was moved.
/// - Shares of 275.50: 133.3333.. = 48.3968.., 83.3333.. = 30.2480.., 58.8333.. = 21.3551.. per cent. Cut off: 48.3, 30.2,
///   21.3, that is 99.8; the two that lost most, .0968 and .0551, are raised: 48.4, 30.2, 21.4.
#[test]
fn the_plan_before_to_the_last_digit() {
    let plan = fixture();
    let costs = Costs::new(&plan);
    let old = &costs.allocations[0];
    let rows: Vec<[String; 4]> = old.rows.iter().map(printed).collect();
    assert_eq!(rows[0], ["100.00", "33.34", "133.34", "48.4"]);
    assert_eq!(rows[1], ["50.00", "33.33", "83.33", "30.2"]);
    assert_eq!(rows[2], ["25.50", "33.33", "58.83", "21.4"]);
    let sums = [&old.direct, &old.shared, &old.total].map(|one| one.as_ref().unwrap().printed);
    assert_eq!(sums, [number("175.50"), number("100.00"), number("275.50")]);
    assert_eq!(old.moved, [("old-a", Figure::Shared), ("old-a", Figure::Total)]);
    assert_eq!(old.rows[0].direct.as_ref().unwrap().basis, Some(Basis::Reported));
    assert_eq!(old.rows[0].total.as_ref().unwrap().basis, Some(Basis::Inferred));
}

/// This plan: so-a has 120.00 of its own and 30.25 from its activity of 2019; the other activity goes beyond that year.
///
/// - Rent: 62.5 % of 80.00 = 50.00; 37.5 % = 30.00. so-a: 150.25 + 50.00 = 200.25; so-b: 30.00; together 230.25.
/// - so-c has no figure: it is not costed.
/// - Shares of 230.25: 86.9707.., 13.0293..; cut off 86.9 and 13.0, that is 99.9; .0707 is raised: 87.0, 13.0.
/// - Each of two priorities: 30.25, and together, the activity once: 30.25.
#[test]
fn this_plan_to_the_last_digit() {
    let plan = fixture();
    let costs = Costs::new(&plan);
    let new = &costs.allocations[1];
    let rows: Vec<[String; 4]> = new.rows.iter().map(printed).collect();
    assert_eq!(rows[0], ["150.25", "50.00", "200.25", "87.0"]);
    assert_eq!(rows[1], ["-", "30.00", "30.00", "13.0"]);
    assert_eq!(rows[2], ["-", "-", "-", "-"]);
    assert_eq!(new.total.as_ref().unwrap().printed, number("230.25"));
    assert_eq!(new.beyond.iter().map(|one| one.data.id.as_str()).collect::<Vec<_>>(), ["long"]);
    assert!(new.moved.is_empty());
    let priorities: Vec<_> = new.priorities.iter().map(|(id, value)| (*id, value.printed)).collect();
    assert_eq!(priorities, [("safety", number("30.25")), ("speed", number("30.25"))]);
    assert_eq!(new.each_once.as_ref().unwrap().printed, number("30.25"));
    assert!(new.apart.is_none());
    // The made-up cost of the activity reaches every figure that rests on it, and no other.
    assert_eq!(new.rows[0].total.as_ref().unwrap().basis, Some(Basis::Illustrative));
    assert_eq!(new.rows[1].total.as_ref().unwrap().basis, Some(Basis::Inferred));
}

/// Carried to this plan: so-a 60 % of 133.3333.. = 80.00; so-b 40 % = 53.3333.. and all of 83.3333.. = 136.6666..; old-c ends
/// with 58.8333...
///
/// - Amounts within 275.50: 80.00, 136.66, 58.83 is 275.49; so-b lost most: 136.67.
/// - Shares: 29.0381.., 49.6068.., 21.3551..; cut off 29.0, 49.6, 21.3, that is 99.9; the last lost most: 21.4.
/// - Change: 87.0 - 29.0 = 58.0; 13.0 - 49.6 = -36.6.
#[test]
fn now_and_proposed_to_the_last_digit() {
    let plan = fixture();
    let costs = Costs::new(&plan);
    let [compared] = costs.comparisons.as_slice() else { panic!("one comparison") };
    let row = |carried: Carried| compared.rows.iter().find(|row| row.carried == carried).unwrap();
    let now = |carried: Carried| {
        let row = row(carried);
        (row.now.as_ref().unwrap().printed, row.now_share.unwrap(), row.difference())
    };
    let to = |id: &str| Carried::To(id.to_string());
    assert_eq!(now(to("so-a")), (number("80.00"), number("29.0"), Some(number("58.0"))));
    assert_eq!(now(to("so-b")), (number("136.67"), number("49.6"), Some(number("-36.6"))));
    assert_eq!(now(Carried::Dropped), (number("58.83"), number("21.4"), None));
    assert!(row(to("so-c")).now.is_none() && row(to("so-c")).proposed.is_none());
    assert_eq!((compared.now_total, compared.proposed_total), (number("275.50"), number("230.25")));
}

/// Of 133.3333.., 55 % is 73.3333.. and 45 % is 60.00, which with 83.3333.. is 143.3333..: of these and 58.8333.. each is cut
/// off, and one is raised by a cent, which is not the nearest.
#[test]
fn what_is_carried_over_and_not_the_nearest_is_known() {
    let mut plan = fixture();
    assert!(Costs::new(&plan).comparisons[0].moved.is_empty());
    let split = &mut plan.predecessor.as_mut().unwrap().mapping[0].to;
    split[0].share = Some("55".into());
    split[1].share = Some("45".into());
    let costs = Costs::new(&plan);
    let compared = &costs.comparisons[0];
    let [(carried, Figure::Before)] = compared.moved.as_slice() else { panic!("one figure: {:?}", compared.moved) };
    let row = compared.rows.iter().find(|row| row.carried == *carried).unwrap();
    let value = row.now.as_ref().unwrap();
    assert_eq!(value.printed - nearest(value.exact, 2), number("0.01"));
}

/// An activity under no priority has a row of its own, so that the rows come to what the activities cost in all.
#[test]
fn activities_under_no_priority_are_told_apart() {
    let mut plan = fixture();
    plan.activities[1].data.period = of(json!("2019"));
    let costs = Costs::new(&plan);
    let new = &costs.allocations[1];
    assert_eq!(new.apart.as_ref().unwrap().printed, number("500"));
    assert_eq!(new.each_once.as_ref().unwrap().printed, number("530.25"));
}

#[test]
fn what_one_element_costs_now_and_as_proposed() {
    let plan = fixture();
    let costs = Costs::new(&plan);
    let told = |one: &Option<Standing>| {
        one.as_ref().map(|one| (one.amount.to_string(), one.share.unwrap().to_string(), one.anchor.clone()))
    };
    let some =
        |amount: &str, share: &str, anchor: &str| Some((amount.to_string(), share.to_string(), anchor.to_string()));
    let of = costs.of("so-a");
    assert_eq!(told(&of.now), some("80.00", "29.0", "costs-data_new_so-a_before"));
    assert_eq!(told(&of.proposed), some("200.25", "87.0", "costs-data_new_so-a_total"));
    let of = costs.of("old-a");
    assert_eq!(told(&of.now), some("133.34", "48.4", "costs-data_old_old-a_total"));
    assert!(of.proposed.is_none());
    let of = costs.of("so-c");
    assert!(of.now.is_none() && of.proposed.is_none());
}

#[test]
fn several_without_shares_stay_together() {
    let mut plan = fixture();
    let before = plan.predecessor.as_mut().unwrap();
    before.mapping[1].to = of(json!([{ "to": "so-a" }, { "to": "so-b" }]));
    let costs = Costs::new(&plan);
    let row = costs.comparisons[0].rows.iter().find(|row| row.carried == Carried::Elsewhere).unwrap();
    assert_eq!(row.now.as_ref().unwrap().printed, number("83.33"));
}

#[test]
fn an_amount_without_anything_to_divide_has_no_share() {
    let mut plan = fixture();
    plan.allocations.truncate(1);
    plan.allocations[0].data.shared.clear();
    plan.allocations[0].data.direct = of(json!([{ "to": "old-a", "amount": "0" }]));
    let costs = Costs::new(&plan);
    assert_eq!(printed(&costs.allocations[0].rows[0]), ["0", "-", "0", "-"]);
    assert_eq!(printed(&costs.allocations[0].rows[1]), ["-", "-", "-", "-"]);
}

fn allocation(direct: &[i64], shared: &[i64], shares: &[u32], decimals: u32) -> Plan {
    let mut plan = fixture();
    let ids = ["old-a", "old-b", "old-c"];
    let amount = |value: &i64| Decimal::new(*value, 3).to_string();
    let direct: Vec<Json> =
        direct.iter().zip(ids).map(|(one, id)| json!({ "to": id, "amount": amount(one) })).collect();
    let shares: Vec<Json> =
        shares.iter().zip(ids).map(|(one, id)| json!({ "to": id, "share": one.to_string() })).collect();
    let shared: Vec<Json> = shared
        .iter()
        .enumerate()
        .map(|(at, one)| json!({ "id": format!("s{at}"), "title": "S", "amount": amount(one), "key": "thirds" }))
        .collect();
    plan.allocations.truncate(1);
    plan.allocations[0].data.direct = of(json!(direct));
    plan.allocations[0].data.shared = of(json!(shared));
    plan.allocations[0].data.decimals = Some(decimals);
    plan.cost_keys[0].data.shares = of(json!(shares));
    plan
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn printed_rows_and_columns_sum(
        direct in prop::collection::vec(0i64..1_000_000_000, 0..4),
        shared in prop::collection::vec(0i64..1_000_000_000, 0..4),
        shares in prop::collection::vec(1u32..1000, 3),
        decimals in 0u32..4,
    ) {
        let plan = allocation(&direct, &shared, &shares, decimals);
        let costs = Costs::new(&plan);
        prop_assume!(!costs.allocations.is_empty());
        let of = &costs.allocations[0];
        let printed = |value: &Option<Value>| value.as_ref().map_or(Decimal::ZERO, |one| one.printed);
        let column = |pick: &dyn for<'r> Fn(&'r Row<'_>) -> Decimal| of.rows.iter().map(pick).sum::<Decimal>();
        prop_assert_eq!(column(&|row| printed(&row.direct)), printed(&of.direct));
        prop_assert_eq!(column(&|row| printed(&row.shared)), printed(&of.shared));
        prop_assert_eq!(column(&|row| printed(&row.total)), printed(&of.total));
        for row in &of.rows {
            prop_assert_eq!(printed(&row.direct) + printed(&row.shared), printed(&row.total));
        }
        let total = of.total.as_ref().unwrap();
        prop_assert_eq!(total.printed, nearest(total.exact, decimals));
        // What is shared is neither lost nor made: 0.001 is the unit of the amounts.
        let given: i64 = direct.iter().chain(&shared).sum();
        prop_assert!((total.exact - Decimal::new(given, 3)).abs() < number("0.000000001"));
        if !total.exact.is_zero() {
            prop_assert_eq!(column(&|row| row.share.unwrap_or_default()), Decimal::from(100));
        }
    }
}
