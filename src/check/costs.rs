//! Allocations of costs: amounts and shares that can be added, of one currency, to elements of one plan, each once.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::place::at;
use crate::diag::{Address, Code, Diagnostic, Diagnostics, Place};
use crate::model::cells::LIMIT;
use crate::model::costs::{MOST_DECIMALS, Rows, taken_in};
use crate::model::faulty::Faulty;
use crate::model::format::*;
use crate::model::reference::decimal;
use crate::model::{Item, ItemKind, Plan};

/// Larger numbers cannot be multiplied by a share without a loss.
const LARGEST: i64 = 1_000_000_000_000;

pub fn run(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    for key in &plan.cost_keys {
        shares(key, faulty, diags);
    }
    for allocation in &plan.allocations {
        let entries = entries(allocation, faulty);
        for entry in &entries {
            amount(entry, diags);
            of_this_plan(plan, allocation, entry, diags);
        }
        keys(plan, allocation, faulty, diags);
        settings(plan, allocation, diags);
        compared(plan, allocation, faulty, diags);
        currency(plan, allocation, diags);
        once(plan, allocation, &entries, diags);
    }
    activities(plan, diags);
    repeated(plan, faulty, diags);
}

/// What an activity costs, whether or not an allocation takes it in.
fn activities(plan: &Plan, diags: &mut Diagnostics) {
    for activity in &plan.activities {
        let Some(cost) = &activity.data.cost else { continue };
        let place = activity.origin.key("cost").key("amount");
        let address = Address::item(&*activity.data.id).field("cost").field("amount");
        told("this amount", &cost.amount, amount_fault(&cost.amount), place.into(), Some(address), diags);
    }
}

/// An amount of an allocation, with its place.
struct Entry<'p> {
    to: Option<&'p str>,
    amount: &'p DecimalText,
    /// It pays for something of its own.
    titled: bool,
    amount_place: Place,
    to_place: Place,
    address: Option<Address>,
}

fn entries<'p>(allocation: &'p Item<Allocation>, faulty: &Faulty) -> Vec<Entry<'p>> {
    let data = &allocation.data;
    let own = Address::item(&*data.id);
    let direct = data.direct.iter().enumerate().map(|(index, one)| {
        let origin = faulty.entry(&allocation.origin.key("direct"), index);
        let name = one.id.as_deref().unwrap_or(&one.to);
        Entry {
            to: Some(&one.to),
            amount: &one.amount,
            titled: one.title.is_some(),
            amount_place: origin.key("amount").into(),
            to_place: origin.key("to").into(),
            address: Some(own.clone().field("direct").field(name)),
        }
    });
    let shared = data.shared.iter().enumerate().map(|(index, one)| {
        let origin = faulty.entry(&allocation.origin.key("shared"), index);
        Entry {
            to: None,
            amount: &one.amount,
            titled: true,
            amount_place: origin.key("amount").into(),
            to_place: origin.key("key").into(),
            address: Some(own.clone().field("shared").field(&*one.id)),
        }
    });
    let rows = data.table.iter().flat_map(|table| &table.rows).map(|one| Entry {
        to: one.to.as_deref(),
        amount: &one.amount,
        titled: false,
        amount_place: one.place.clone(),
        to_place: one.place.clone(),
        address: None,
    });
    direct.chain(shared).chain(rows).collect()
}

fn addressed(diagnostic: Diagnostic, address: &Option<Address>) -> Diagnostic {
    match address {
        Some(address) => diagnostic.address(address.clone()),
        None => diagnostic,
    }
}

/// Tells what is wrong with a number.
fn told(
    what: &str,
    value: &str,
    fault: Option<&'static str>,
    place: Place,
    address: Option<Address>,
    diags: &mut Diagnostics,
) {
    if let Some(detail) = fault {
        let diagnostic = Diagnostic::new(Code::BadAmount, place).arg("what", what).arg("value", value);
        diags.push(addressed(diagnostic.arg("detail", detail), &address));
    }
}

pub(super) fn too_large(number: Decimal) -> Option<&'static str> {
    (number > Decimal::from(LARGEST)).then_some("a number is at most 1,000,000,000,000; count in thousands or millions")
}

fn amount(entry: &Entry, diags: &mut Diagnostics) {
    let (place, address) = (entry.amount_place.clone(), entry.address.clone());
    told("this amount", entry.amount, amount_fault(entry.amount), place, address, diags);
}

/// Why an amount cannot be added up.
fn amount_fault(text: &str) -> Option<&'static str> {
    let number = decimal(text)?;
    let fine = number.scale() > MOST_DECIMALS;
    match number.is_sign_negative() && !number.is_zero() {
        true => Some("an amount is not less than 0"),
        false => too_large(number).or(fine.then_some("an amount has at most 6 digits behind the point")),
    }
}

fn shares(key: &Item<CostKey>, faulty: &Faulty, diags: &mut Diagnostics) {
    for (index, one) in key.data.shares.iter().enumerate() {
        let Some(share) = decimal(&one.share) else { continue };
        let none = (share <= Decimal::ZERO).then_some("a share is more than 0; leave out who has none");
        let fine = (share.scale() > MOST_DECIMALS).then_some("a share has at most 6 digits behind the point");
        if let Some(detail) = none.or(too_large(share)).or(fine) {
            let origin = faulty.entry(&key.origin.key("shares"), index);
            let address = Address::item(&*key.data.id).field("shares").field(&*one.to);
            let diagnostic = Diagnostic::new(Code::BadAmount, origin.key("share")).arg("what", "this share");
            diags.push(diagnostic.arg("value", &*one.share).arg("detail", detail).address(address));
        }
    }
}

/// What an allocation is about, in words.
fn about(of: CostOf) -> &'static str {
    match of {
        CostOf::Predecessor => "the plan before",
        CostOf::Plan => "this plan",
    }
}

/// The kind of `to`, if it is not of the plan that `of` names. What is no element is told as a reference.
fn stranger(plan: &Plan, of: CostOf, to: &str) -> Option<ItemKind> {
    let kind = plan.ids.get(to)?.kind;
    let of_this = matches!(kind, ItemKind::Element | ItemKind::Activity);
    let of_before = kind == ItemKind::OldElement;
    let wrong = match of {
        CostOf::Plan => of_before,
        CostOf::Predecessor => of_this,
    };
    wrong.then_some(kind)
}

fn wrong(plan: &Plan, allocation: &Item<Allocation>, to: &str, place: Place) -> Option<Diagnostic> {
    let kind = stranger(plan, allocation.data.of, to)?;
    let diagnostic = Diagnostic::new(Code::WrongPlan, place).arg("to", to).arg("found", kind.label());
    Some(diagnostic.arg("id", &*allocation.data.id).arg("expected", about(allocation.data.of)))
}

fn of_this_plan(plan: &Plan, allocation: &Item<Allocation>, entry: &Entry, diags: &mut Diagnostics) {
    let told = entry.to.and_then(|to| wrong(plan, allocation, to, entry.to_place.clone()));
    if let Some(it) = told.map(|it| addressed(it, &entry.address)) {
        diags.push(it);
    }
}

/// The keys that an allocation uses spread over elements of its plan.
fn keys(plan: &Plan, allocation: &Item<Allocation>, faulty: &Faulty, diags: &mut Diagnostics) {
    let data = &allocation.data;
    let of_rows = data.table.iter().flat_map(|table| &table.rows).filter_map(|row| row.key.as_deref());
    let used: BTreeSet<&str> = data.shared.iter().map(|one| &*one.key).chain(of_rows).collect();
    for key in plan.cost_keys.iter().filter(|key| used.contains(&*key.data.id)) {
        for (index, one) in key.data.shares.iter().enumerate() {
            let origin = faulty.entry(&key.origin.key("shares"), index).key("to");
            let address = Address::item(&*key.data.id).field("shares").field(&*one.to);
            if let Some(it) = wrong(plan, allocation, &one.to, origin.into()).map(|it| it.address(address)) {
                diags.push(it);
            }
        }
    }
}

/// Layers and activities are those of this plan, and it is the plan before with which it is compared.
fn settings(plan: &Plan, allocation: &Item<Allocation>, diags: &mut Diagnostics) {
    let data = &allocation.data;
    if let Some(decimals) = data.decimals.filter(|decimals| *decimals > MOST_DECIMALS) {
        let diagnostic = at(Code::BadAmount, allocation, "decimals").arg("what", "`decimals`");
        let detail = format!("an amount is printed with at most {MOST_DECIMALS} digits behind the point");
        diags.push(diagnostic.arg("value", decimals.to_string()).arg("detail", detail));
    }
    let mut tell = |field: &str, to: &str, found: &str, expected: &str| {
        let diagnostic = at(Code::WrongPlan, allocation, field).arg("to", to).arg("found", found);
        diags.push(diagnostic.arg("id", &*data.id).arg("expected", expected));
    };
    if data.of == CostOf::Predecessor {
        if let Some(layer) = data.layers.first() {
            tell("layers", layer, "a layer of this plan", about(data.of));
        }
        if data.activities {
            tell("activities", "true", "about activities of this plan", about(data.of));
        }
    }
    let Some(other) = &data.compared_with else { return };
    let compared = plan.allocations.iter().find(|one| one.data.id == *other);
    match (data.of, compared.map(|one| one.data.of)) {
        (CostOf::Predecessor, _) => tell("compared-with", other, "what it is compared with", about(data.of)),
        (CostOf::Plan, Some(CostOf::Plan)) => {
            tell("compared-with", other, "about this plan as well", "this plan, and is compared with the plan before");
        }
        (CostOf::Plan, _) => {}
    }
}

/// Only amounts of one unit can stand side by side.
fn compared(plan: &Plan, allocation: &Item<Allocation>, faulty: &Faulty, diags: &mut Diagnostics) {
    let own = &allocation.data;
    let other = own.compared_with.as_ref().and_then(|id| plan.allocations.iter().find(|one| one.data.id == *id));
    let Some(other) = other.filter(|one| one.data.id != own.id) else { return };
    let is_lost = |key: &str| [allocation, other].iter().any(|one| faulty.has(&one.origin.key(key)));
    if is_lost("unit") || is_lost("currency") {
        return;
    }
    // A unit that is not named is printed as the currency.
    let units = |of: &Allocation| -> Vec<String> {
        let named = of.unit.iter().flat_map(|text| text.wordings.iter().map(|(_, it)| it.text.to_string()));
        let named: Vec<String> = named.collect();
        if named.is_empty() { vec![of.currency.to_string()] } else { named }
    };
    let (here, there) = (units(own), units(&other.data));
    if own.currency == other.data.currency && here.iter().any(|unit| there.contains(unit)) {
        return;
    }
    let called = |of: &Allocation, units: &[String]| match units.first() {
        Some(unit) if *unit != *of.currency => format!("{} (\"{unit}\")", of.currency),
        _ => of.currency.to_string(),
    };
    let diagnostic = at(Code::IncomparableCosts, allocation, "compared-with").arg("id", &*own.id);
    let diagnostic = diagnostic.arg("own", called(own, &here)).arg("other", &*other.data.id);
    diags.push(diagnostic.arg("found", called(&other.data, &there)));
}

/// A row of a table has no name of its own: one for the same element, or by the same key, may be a slip.
fn repeated(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    let mut places = Vec::new();
    for allocation in &plan.allocations {
        let Some(table) = &allocation.data.table else { continue };
        let mut seen: BTreeMap<(Option<&str>, Option<&str>), Place> = BTreeMap::new();
        for (index, one) in allocation.data.direct.iter().enumerate() {
            if one.title.is_none() && one.id.is_none() {
                let origin = faulty.entry(&allocation.origin.key("direct"), index);
                seen.entry((Some(&one.to), None)).or_insert(origin.key("to").into());
            }
        }
        for row in &table.rows {
            let key = (row.to.as_deref(), row.key.as_deref());
            let Some(first) = seen.get(&key) else {
                seen.insert(key, row.place.clone());
                continue;
            };
            let told = told.entry(&table.path).or_default();
            if places.contains(&row.place) || *told >= LIMIT {
                continue;
            }
            *told += 1;
            places.push(row.place.clone());
            let name = key.0.or(key.1).unwrap_or_default();
            let diagnostic = Diagnostic::new(Code::DuplicateEntry, row.place.clone()).also(first.clone());
            let hint =
                "add the two amounts up; or write one of them under `direct:` or `shared:`, and say what it pays for";
            diags.push(diagnostic.arg("name", format!("{name}, {}", &*allocation.data.year)).hint(hint));
        }
    }
}

fn currency(plan: &Plan, allocation: &Item<Allocation>, diags: &mut Diagnostics) {
    let data = &allocation.data;
    let (within, _) = taken_in(plan, data);
    for activity in within {
        let Some(cost) = activity.data.cost.as_ref().filter(|cost| cost.currency != data.currency) else { continue };
        let place = activity.origin.key("cost").key("currency");
        let address = Address::item(&*activity.data.id).field("cost").field("currency");
        let diagnostic = Diagnostic::new(Code::MixedCurrency, place).address(address);
        let diagnostic = diagnostic.arg("activity", &*activity.data.id).arg("found", &*cost.currency);
        diags.push(diagnostic.arg("id", &*data.id).arg("expected", &*data.currency));
    }
}

/// An element is costed by itself or by its activities.
fn once(plan: &Plan, allocation: &Item<Allocation>, entries: &[Entry], diags: &mut Diagnostics) {
    let (within, _) = taken_in(plan, &allocation.data);
    if within.is_empty() {
        return;
    }
    let rows = Rows::new(plan, &allocation.data);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for entry in entries.iter().filter(|entry| !entry.titled) {
        let Some(to) = entry.to.filter(|to| seen.insert(to)) else { continue };
        let own = |one: &&&Item<Activity>| *one.data.id == *to || rows.is_under(&one.data.id, to);
        let names: Vec<String> = within.iter().filter(own).map(|one| format!("`{}`", one.data.id)).collect();
        if !names.is_empty() {
            let diagnostic = Diagnostic::new(Code::CostedTwice, entry.to_place.clone());
            let diagnostic = diagnostic.arg("id", &*allocation.data.id).arg("element", to);
            diags.push(addressed(diagnostic.arg("activities", names.join(", ")), &entry.address));
        }
    }
}
