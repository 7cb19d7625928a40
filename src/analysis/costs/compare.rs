//! The plan before beside this one: what its elements cost, carried to the elements in which they go on.

use rust_decimal::Decimal;

use super::allocate::part;
use super::rounding::{is_nearest, of_hundred, whole};
use super::{Allocated, Figure, Input, Origin, SHARE_DECIMALS, Value};
use crate::analysis::computed;
use crate::model::costs::Rows;
use crate::model::format::*;
use crate::model::{Item, Plan};

/// Where the cost of an element of the plan before goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Carried {
    /// To an element or a priority of this plan.
    To(String),
    /// Nowhere: the element ends.
    Dropped,
    /// To several without shares, or to what is not said here.
    Elsewhere,
}

/// One element now and as proposed.
#[derive(Clone, Debug)]
pub struct Compared<'p> {
    pub carried: Carried,
    pub now: Option<Value<'p>>,
    /// Per cent of the plan before, as printed.
    pub now_share: Option<Decimal>,
    /// As the allocation of this plan prints it.
    pub proposed: Option<Decimal>,
    pub proposed_basis: Option<Basis>,
    pub proposed_share: Option<Decimal>,
}

impl Compared<'_> {
    /// By how many points of per cent the printed share changes; nothing where one side has none.
    pub fn difference(&self) -> Option<Decimal> {
        Some(self.proposed_share? - self.now_share?)
    }
}

/// An allocation of the plan before, by the elements of this one.
#[derive(Clone, Debug)]
pub struct Comparison<'p> {
    pub now: &'p Item<Allocation>,
    pub proposed: &'p Item<Allocation>,
    /// Rows of the proposed allocation in their order, then what only the plan before had.
    pub rows: Vec<Compared<'p>>,
    /// Printed totals.
    pub now_total: Decimal,
    pub proposed_total: Decimal,
    pub basis: Option<Basis>,
    pub now_decimals: u32,
    pub proposed_decimals: u32,
    /// Figures that are printed otherwise than rounded to the nearest, so that columns sum, row by row.
    pub moved: Vec<(Carried, Figure)>,
}

/// A part of an element of the plan before.
struct Part<'p> {
    carried: Carried,
    share: Decimal,
    /// The basis of the mapping.
    basis: Option<Basis>,
    /// What the mapping names, where it stands below a row.
    to: Option<&'p str>,
}

/// Where an element of the plan before goes on.
fn carry<'p>(plan: &'p Plan, rows: &Rows<'p>, old: &str) -> Vec<Part<'p>> {
    let hundred = Decimal::from(100);
    let Some(before) = &plan.predecessor else { return Vec::new() };
    let mut out = Vec::new();
    for one in before.mapping.iter().filter(|one| one.from.as_deref() == Some(old)) {
        let basis = one.basis.or(before.file_basis);
        let to = |target: &'p MappingTarget, share: Decimal| {
            let row = rows.of(&target.to).unwrap_or(&target.to);
            let below = Some(target.to.as_str()).filter(|id| *id != row);
            Part { carried: Carried::To(row.to_string()), share, basis, to: below }
        };
        match (one.fate, one.to.as_slice()) {
            (Fate::Dropped, _) => out.push(Part { carried: Carried::Dropped, share: hundred, basis, to: None }),
            (Fate::Continues | Fate::Merged, [only]) => out.push(to(only, hundred)),
            (_, targets) => out.extend(targets.iter().filter_map(|target| {
                let share = crate::model::reference::decimal(target.share.as_deref()?)?;
                Some(to(target, share))
            })),
        }
    }
    out
}

pub(super) fn compare<'p>(plan: &'p Plan, now: &Allocated<'p>, proposed: &Allocated<'p>) -> Option<Comparison<'p>> {
    let rows = Rows::new(plan, &proposed.item.data);
    let mut inputs: Vec<(Carried, Input<'p>)> = Vec::new();
    for row in &now.rows {
        let Some(total) = &row.total else { continue };
        let mut left = Decimal::from(100);
        let mut parts = carry(plan, &rows, row.target);
        for one in &parts {
            left -= one.share;
        }
        if left > Decimal::ZERO {
            parts.push(Part { carried: Carried::Elsewhere, share: left, basis: None, to: None });
        }
        for Part { carried, share, basis, to } in parts {
            let value = part(total.exact, share, Decimal::from(100))?;
            let origin = Origin::Before { element: row.target, share, to };
            let basis = Some(computed([total.basis, basis]));
            let amount = total.exact;
            inputs.push((carried, Input { origin, amount, value, basis, sources: None, line: None }));
        }
    }
    let mut order: Vec<Carried> = proposed.rows.iter().map(|row| Carried::To(row.target.to_string())).collect();
    let mut only_now: Vec<&Carried> = inputs.iter().map(|(carried, _)| carried).collect();
    only_now.retain(|one| !order.contains(one));
    only_now.sort();
    only_now.dedup();
    let only_now: Vec<Carried> = only_now.into_iter().cloned().collect();
    order.extend(only_now);
    let mut out: Vec<Compared> = order.into_iter().map(|carried| compared(carried, &inputs, proposed)).collect();
    round(&mut out, now);
    let total = (now.total.as_ref()?, proposed.total.as_ref()?);
    let moved = out.iter().flat_map(|row| moved(row, now, proposed)).collect();
    Some(Comparison {
        now: now.item,
        proposed: proposed.item,
        basis: Some(computed(out.iter().filter_map(|one| one.now.as_ref()).map(|one| one.basis))),
        rows: out,
        moved,
        now_total: total.0.printed,
        proposed_total: total.1.printed,
        now_decimals: now.decimals,
        proposed_decimals: proposed.decimals,
    })
}

fn compared<'p>(carried: Carried, inputs: &[(Carried, Input<'p>)], proposed: &Allocated<'p>) -> Compared<'p> {
    let own = inputs.iter().filter(|(to, _)| *to == carried).map(|(_, input)| input.clone());
    let now = Value::of(own.collect());
    let row = match &carried {
        Carried::To(id) => proposed.row(id),
        Carried::Dropped | Carried::Elsewhere => None,
    };
    let total = row.and_then(|row| row.total.as_ref());
    Compared {
        carried,
        now,
        now_share: None,
        proposed: total.map(|one| one.printed),
        proposed_basis: total.and_then(|one| one.basis),
        proposed_share: row.and_then(|row| row.share),
    }
}

/// Which figures of a row are not the nearest: of what is carried over, and of what is proposed.
fn moved(row: &Compared, now: &Allocated, proposed: &Allocated) -> Vec<(Carried, Figure)> {
    let mut out = Vec::new();
    let mut add = |figure| out.push((row.carried.clone(), figure));
    if let Some(value) = &row.now {
        if !is_nearest(value.exact, value.printed, now.decimals) {
            add(Figure::Before);
        }
        let exact = now.total.as_ref().and_then(|total| of_hundred(value.exact, total.exact));
        if exact.zip(row.now_share).is_some_and(|(exact, share)| !is_nearest(exact, share, SHARE_DECIMALS)) {
            add(Figure::BeforeShare);
        }
    }
    if let Carried::To(id) = &row.carried {
        let own = proposed.moved.iter().filter(|(target, _)| target == id).map(|(_, figure)| *figure);
        own.filter(|figure| matches!(figure, Figure::Total | Figure::Share)).for_each(add);
    }
    out
}

/// Rounds what is carried so that it sums to the printed total of the plan before, and the shares to 100.
fn round(rows: &mut [Compared], now: &Allocated) {
    let Some(total) = &now.total else { return };
    let exact: Vec<Decimal> = rows.iter().filter_map(|row| row.now.as_ref()).map(|one| one.exact).collect();
    let amounts = whole(&exact, total.printed, now.decimals);
    let shares: Option<Vec<Decimal>> = exact.iter().map(|value| of_hundred(*value, total.exact)).collect();
    let shares = shares.map(|list| whole(&list, Decimal::from(100), SHARE_DECIMALS));
    let costed = rows.iter_mut().filter(|row| row.now.is_some());
    for (at, row) in costed.enumerate() {
        row.now_share = shares.as_ref().and_then(|list| list.get(at)).copied();
        if let Some(value) = &mut row.now {
            value.printed = amounts[at];
        }
    }
}
