//! One allocation: who gets which amount, and the figures of its table.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::rounding::{is_nearest, nearest, of_hundred, whole};
use super::{Allocated, Figure, Input, Origin, Row, SHARE_DECIMALS, Value};
use crate::analysis::basis_of;
use crate::model::costs::{MOST_DECIMALS, Rows, taken_in, uncosted};
use crate::model::format::*;
use crate::model::reference::decimal;
use crate::model::{Item, Plan};

#[derive(Default)]
struct Inputs<'p> {
    direct: Vec<Input<'p>>,
    shared: Vec<Input<'p>>,
}

/// Collects what goes to each row.
struct Collector<'p> {
    plan: &'p Plan,
    rows: Rows<'p>,
    order: Vec<&'p str>,
    inputs: BTreeMap<&'p str, Inputs<'p>>,
    decimals: u32,
}

impl<'p> Collector<'p> {
    fn entry(&mut self, row: &'p str) -> &mut Inputs<'p> {
        if !self.order.contains(&row) {
            self.order.push(row);
        }
        self.inputs.entry(row).or_default()
    }

    fn direct(&mut self, to: &'p str, amount: &str, input: impl FnOnce(Decimal) -> Input<'p>) {
        if let Some(amount) = decimal(amount) {
            self.input(to, input(amount));
        }
    }

    fn input(&mut self, to: &'p str, input: Input<'p>) {
        if let Some(row) = self.rows.of(to) {
            self.decimals = self.decimals.max(input.amount.scale());
            self.entry(row).direct.push(input);
        }
    }

    fn shared(&mut self, key: &str, amount: &str, said: Said<'p>) {
        let keys = &self.plan.cost_keys;
        let Some(key) = keys.iter().find(|one| *one.data.id == *key) else { return };
        let (Some(amount), Some(whole)) = (decimal(amount), of_key(&key.data)) else { return };
        self.decimals = self.decimals.max(amount.scale());
        let bases = [said.basis, basis_of(key)];
        let basis = match bases.contains(&Some(Basis::Illustrative)) {
            true => Some(Basis::Illustrative),
            false => Some(Basis::Inferred),
        };
        for one in &key.data.shares {
            let (Some(row), Some(share)) = (self.rows.of(&one.to), decimal(&one.share)) else { continue };
            let Some(value) = part(amount, share, whole) else { continue };
            let origin = Origin::Shared { title: said.title, key, share };
            let Said { sources, line, .. } = said;
            self.entry(row).shared.push(Input { origin, amount, value, basis, sources, line });
        }
    }
}

/// What is said of a shared amount.
#[derive(Clone, Copy)]
struct Said<'p> {
    title: Option<&'p Text>,
    basis: Option<Basis>,
    sources: Option<&'p Ids>,
    line: Option<&'p SourceLine>,
}

/// What the shares of a key are shares of: 100, or their sum.
pub(super) fn of_key(key: &CostKey) -> Option<Decimal> {
    let sum = || key.shares.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(decimal(&one.share)?));
    let whole = match key.measure {
        Some(KeyMeasure::Parts) => sum()?,
        Some(KeyMeasure::Percent) | None => Decimal::from(100),
    };
    (whole > Decimal::ZERO).then_some(whole)
}

/// `share` of `whole` of `amount`: multiplied before it is divided, so that nothing is lost.
pub(super) fn part(amount: Decimal, share: Decimal, whole: Decimal) -> Option<Decimal> {
    amount.checked_mul(share)?.checked_div(whole).map(|value| value.normalize())
}

fn own(sources: &Ids) -> Option<&Ids> {
    (!sources.is_empty()).then_some(sources)
}

pub(super) fn allocate<'p>(plan: &'p Plan, item: &'p Item<Allocation>) -> Allocated<'p> {
    let data = &item.data;
    let rows = Rows::new(plan, data);
    let order = rows.listed().to_vec();
    let mut found = Collector { plan, rows, order, inputs: BTreeMap::new(), decimals: 0 };
    let basis = basis_of(item);
    for one in &data.direct {
        found.direct(&one.to, &one.amount, |amount| Input {
            origin: Origin::Direct { to: &one.to, title: one.title.as_ref() },
            amount,
            value: amount,
            basis: one.basis.or(basis),
            sources: own(&one.source),
            line: one.line.as_ref(),
        });
    }
    for one in &data.shared {
        let said = Said {
            title: Some(&one.title),
            basis: one.basis.or(basis),
            sources: own(&one.source),
            line: one.line.as_ref(),
        };
        found.shared(&one.key, &one.amount, said);
    }
    table(&mut found, item);
    let (activities, beyond) = activities(plan, &mut found, data);
    let uncosted = uncosted(plan, data);
    let decimals = data.decimals.unwrap_or(found.decimals).min(MOST_DECIMALS);
    let rows = found.order.iter().map(|target| row(target, found.inputs.remove(target).unwrap_or_default())).collect();
    let (priorities, apart, each_once) = priorities(plan, &activities, decimals);
    finish(Allocated {
        item,
        rows,
        priorities,
        apart,
        each_once,
        direct: None,
        shared: None,
        total: None,
        decimals,
        activities,
        beyond,
        uncosted,
        moved: Vec::new(),
    })
}

/// The rows of the table beside the allocation.
fn table<'p>(found: &mut Collector<'p>, item: &'p Item<Allocation>) {
    let basis = basis_of(item);
    for one in item.data.table.iter().flat_map(|table| &table.rows) {
        let line = Some(&one.line);
        if let Some(to) = &one.to {
            found.direct(to, &one.amount, |amount| Input {
                origin: Origin::Direct { to, title: None },
                amount,
                value: amount,
                basis,
                sources: None,
                line,
            });
        } else if let Some(key) = &one.key {
            found.shared(key, &one.amount, Said { title: None, basis, sources: None, line });
        }
    }
}

type Activities<'p> = (Vec<&'p Item<Activity>>, Vec<&'p Item<Activity>>);

/// The costs of activities in the currency of the allocation, each once, whatever it cuts across.
fn activities<'p>(plan: &'p Plan, found: &mut Collector<'p>, data: &Allocation) -> Activities<'p> {
    let (within, beyond) = taken_in(plan, data);
    let same = |one: &&Item<Activity>| one.data.cost.as_ref().is_some_and(|cost| cost.currency == data.currency);
    let within: Vec<_> = within.into_iter().filter(same).collect();
    for activity in &within {
        let Some(input) = cost(activity) else { continue };
        found.input(&activity.data.id, input);
    }
    (within, beyond)
}

/// The cost of an activity as it is written.
fn cost(activity: &Item<Activity>) -> Option<Input<'_>> {
    let cost = activity.data.cost.as_ref()?;
    let amount = decimal(&cost.amount)?;
    Some(Input {
        origin: Origin::Activity(activity),
        amount,
        value: amount,
        basis: cost.basis.or(basis_of(activity)),
        sources: own(&cost.source),
        line: cost.line.as_ref(),
    })
}

/// What `activities` cost by the priorities that they touch, under none of them, and together, each once.
fn priorities<'p>(
    plan: &'p Plan,
    activities: &[&'p Item<Activity>],
    decimals: u32,
) -> (Vec<(&'p str, Value<'p>)>, Option<Value<'p>>, Option<Value<'p>>) {
    let known = |id: &Id| plan.priorities.iter().any(|one| one.data.id == *id);
    let sum = |list: &mut dyn Iterator<Item = &&'p Item<Activity>>| {
        let value = Value::of(list.filter_map(|one| cost(one)).collect());
        value.map(|one| Value { printed: nearest(one.exact, decimals), ..one })
    };
    let own = plan.priorities.iter().filter_map(|priority| {
        let mut touching = activities.iter().filter(|one| one.data.priorities.contains(&priority.data.id));
        Some((priority.data.id.as_str(), sum(&mut touching)?))
    });
    let list: Vec<_> = own.collect();
    if list.is_empty() {
        return (list, None, None);
    }
    let apart = sum(&mut activities.iter().filter(|one| !one.data.priorities.iter().any(known)));
    (list, apart, sum(&mut activities.iter()))
}

fn row<'p>(target: &'p str, inputs: Inputs<'p>) -> Row<'p> {
    let Inputs { direct, shared } = inputs;
    let total = Value::of(direct.iter().chain(&shared).cloned().collect());
    Row { target, direct: Value::of(direct), shared: Value::of(shared), total, share: None }
}

/// The totals, and every figure as it is printed: the whole to the nearest, its two columns so that they sum to it, each
/// column so that it sums to its total; the total of a row is the sum of what stands in it.
fn finish(mut of: Allocated) -> Allocated {
    let decimals = of.decimals;
    let direct = sum(of.rows.iter().map(|row| &row.direct));
    let shared = sum(of.rows.iter().map(|row| &row.shared));
    let total = sum([&direct, &shared].into_iter());
    let (Some(mut total), mut sums) = (total, [direct, shared]) else { return of };
    total.printed = nearest(total.exact, decimals);
    let exact: Vec<Decimal> = sums.iter().flatten().map(|one| one.exact).collect();
    let printed = whole(&exact, total.printed, decimals);
    sums.iter_mut().flatten().zip(printed).for_each(|(one, printed)| one.printed = printed);
    let [direct, shared] = sums;
    close(of.rows.iter_mut().filter_map(|row| row.direct.as_mut()).collect(), direct.as_ref(), decimals);
    close(of.rows.iter_mut().filter_map(|row| row.shared.as_mut()).collect(), shared.as_ref(), decimals);
    for row in &mut of.rows {
        let parts = [&row.direct, &row.shared];
        let printed = parts.into_iter().flatten().map(|one| one.printed).sum();
        if let Some(total) = &mut row.total {
            total.printed = printed;
        }
    }
    shares(&mut of.rows, total.exact);
    let mut of = Allocated { direct, shared, total: Some(total), ..of };
    of.moved = moved(&of);
    of
}

/// Every figure that is not the nearest, row by row, then those of the sums.
fn moved<'p>(of: &Allocated<'p>) -> Vec<(&'p str, Figure)> {
    let amount =
        |value: &Option<Value>| value.as_ref().is_some_and(|one| !is_nearest(one.exact, one.printed, of.decimals));
    let whole = of.total.as_ref().map(|one| one.exact);
    let share = |row: &Row| {
        let exact = whole.and_then(|whole| of_hundred(row.total.as_ref()?.exact, whole));
        exact.zip(row.share).is_some_and(|(exact, printed)| !is_nearest(exact, printed, SHARE_DECIMALS))
    };
    let row = |row: &Row<'p>| {
        let figures = [
            (Figure::Direct, amount(&row.direct)),
            (Figure::Shared, amount(&row.shared)),
            (Figure::Total, amount(&row.total)),
            (Figure::Share, share(row)),
        ];
        let target = row.target;
        figures.into_iter().filter(|(_, moved)| *moved).map(move |(figure, _)| (target, figure))
    };
    let sums = [(Figure::Direct, amount(&of.direct)), (Figure::Shared, amount(&of.shared))];
    let sums = sums.into_iter().filter(|(_, moved)| *moved).map(|(figure, _)| ("", figure));
    of.rows.iter().flat_map(row).chain(sums).collect()
}

fn sum<'v, 'p: 'v>(values: impl Iterator<Item = &'v Option<Value<'p>>>) -> Option<Value<'p>> {
    Value::of(values.flatten().flat_map(|one| one.inputs.clone()).collect())
}

/// Rounds a column so that it sums to its total.
fn close(cells: Vec<&mut Value>, total: Option<&Value>, decimals: u32) {
    let Some(total) = total else { return };
    let exact: Vec<Decimal> = cells.iter().map(|one| one.exact).collect();
    let printed = whole(&exact, total.printed, decimals);
    cells.into_iter().zip(printed).for_each(|(one, printed)| one.printed = printed);
}

fn shares(rows: &mut [Row], total: Decimal) {
    let costed = || rows.iter().filter_map(|row| row.total.as_ref());
    let exact: Option<Vec<Decimal>> = costed().map(|one| of_hundred(one.exact, total)).collect();
    let Some(exact) = exact else { return };
    let printed = whole(&exact, Decimal::from(100), SHARE_DECIMALS);
    let costed = rows.iter_mut().filter(|row| row.total.is_some());
    costed.zip(printed).for_each(|(row, share)| row.share = Some(share));
}
