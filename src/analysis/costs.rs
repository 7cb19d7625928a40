//! What each element costs: amounts of its own, its part of what is shared by keys, and its share of the whole.
//!
//! Everything is computed in decimal numbers; what is printed is rounded once, here, so that the figures of one table are
//! the same in every language and format. Nothing is converted, and what is not costed has no figure: it is not 0.

mod allocate;
mod compare;
mod rounding;

pub use compare::{Carried, Compared, Comparison};
pub use rounding::{nearest, whole};

use rust_decimal::Decimal;

use super::computed;
use crate::model::format::*;
use crate::model::{Item, Plan};

/// Digits behind the point that a share in per cent is printed with.
pub const SHARE_DECIMALS: u32 = 1;

/// Where an amount comes from.
#[derive(Clone, Copy, Debug)]
pub enum Origin<'p> {
    /// An amount for one element or activity, with what it pays for.
    Direct { to: &'p str, title: Option<&'p Text> },
    /// The cost of an activity.
    Activity(&'p Item<Activity>),
    /// An amount that a key spreads.
    Shared { title: Option<&'p Text>, key: &'p Item<CostKey>, share: Decimal },
    /// The total of an element of the plan before, with the share of it that goes on here; `to` is the element in which it
    /// does, where that stands below the one of the row.
    Before { element: &'p str, share: Decimal, to: Option<&'p str> },
}

/// An amount as it goes into a figure.
#[derive(Clone, Debug)]
pub struct Input<'p> {
    pub origin: Origin<'p>,
    /// As it is written.
    pub amount: Decimal,
    /// What of it goes into the figure.
    pub value: Decimal,
    pub basis: Option<Basis>,
    /// Its own, where it names any.
    pub sources: Option<&'p Ids>,
    pub line: Option<&'p SourceLine>,
}

/// A figure: its value, how it is printed, and what it is the sum of.
#[derive(Clone, Debug)]
pub struct Value<'p> {
    pub exact: Decimal,
    pub printed: Decimal,
    pub basis: Option<Basis>,
    pub inputs: Vec<Input<'p>>,
}

impl<'p> Value<'p> {
    /// The sum of `inputs`; nothing if there are none. One amount that is taken as it is keeps its basis.
    fn of(inputs: Vec<Input<'p>>) -> Option<Self> {
        let exact = inputs.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one.value))?;
        let basis = match inputs.as_slice() {
            [] => return None,
            [one] if one.value == one.amount && !matches!(one.origin, Origin::Shared { .. }) => one.basis,
            list => Some(computed(list.iter().map(|one| one.basis))),
        };
        Some(Value { exact, printed: exact, basis, inputs })
    }
}

/// The column of an allocation in which a figure stands; the name of its row among the inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Direct,
    Shared,
    Total,
    /// What the elements of the plan before that go on in this one cost.
    Before,
}

/// A figure of a row of an allocation or of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    Direct,
    Shared,
    Total,
    Share,
    /// Carried over from the plan before.
    Before,
    BeforeShare,
}

/// The anchor of the row that shows what a figure is made from; of the last row of all elements for an empty `target`.
pub fn anchor(allocation: &str, target: &str, column: Column) -> String {
    let column = match column {
        Column::Direct => "direct",
        Column::Shared => "shared",
        Column::Total => "total",
        Column::Before => "before",
    };
    match target {
        "" => format!("costs-data_{allocation}_{column}"),
        target => format!("costs-data_{allocation}_{target}_{column}"),
    }
}

/// What one element costs.
#[derive(Clone, Debug)]
pub struct Row<'p> {
    /// Id of the element.
    pub target: &'p str,
    pub direct: Option<Value<'p>>,
    pub shared: Option<Value<'p>>,
    /// Nothing for what is not costed.
    pub total: Option<Value<'p>>,
    /// Per cent of the whole, as printed.
    pub share: Option<Decimal>,
}

/// An allocation with its figures.
#[derive(Clone, Debug)]
pub struct Allocated<'p> {
    pub item: &'p Item<Allocation>,
    /// In the order of the plan.
    pub rows: Vec<Row<'p>>,
    pub direct: Option<Value<'p>>,
    pub shared: Option<Value<'p>>,
    pub total: Option<Value<'p>>,
    /// Digits behind the point of its amounts.
    pub decimals: u32,
    /// What the activities that touch each priority cost: one that touches several stands under each.
    pub priorities: Vec<(&'p str, Value<'p>)>,
    /// What the activities under none of these priorities cost.
    pub apart: Option<Value<'p>>,
    /// All activities together, each once; nothing where none touches a priority.
    pub each_once: Option<Value<'p>>,
    /// Activities whose cost is taken in.
    pub activities: Vec<&'p Item<Activity>>,
    /// Activities with a cost that is not taken in, for their period is another.
    pub beyond: Vec<&'p Item<Activity>>,
    /// Activities of the period without a cost.
    pub uncosted: Vec<&'p Item<Activity>>,
    /// Figures that are printed otherwise than rounded to the nearest, so that rows and columns sum, each with the element
    /// in whose row it stands; the row of all has an empty name.
    pub moved: Vec<(&'p str, Figure)>,
}

impl<'p> Allocated<'p> {
    /// The row of an element.
    pub fn row(&self, id: &str) -> Option<&Row<'p>> {
        self.rows.iter().find(|row| row.target == id)
    }
}

/// All allocations that hold an amount, and what is compared with what.
#[derive(Clone, Debug, Default)]
pub struct Costs<'p> {
    pub allocations: Vec<Allocated<'p>>,
    pub comparisons: Vec<Comparison<'p>>,
    /// Allocations that are compared with another, but not for this reader, who does not see the whole mapping: what is
    /// not carried to an element that is shown would tell a share that is withheld.
    pub uncompared: Vec<&'p Item<Allocation>>,
}

/// What an element costs in one allocation.
#[derive(Clone, Debug)]
pub struct Standing<'p> {
    pub allocation: &'p Item<Allocation>,
    /// As printed, in the currency of the allocation.
    pub amount: Decimal,
    /// Per cent, as printed.
    pub share: Option<Decimal>,
    pub basis: Option<Basis>,
    /// Where its inputs stand in the part `costs-data`.
    pub anchor: String,
}

/// What an element costs now and as proposed.
#[derive(Clone, Debug, Default)]
pub struct NowAndProposed<'p> {
    /// In the plan before; of an element of this plan, what goes on in it.
    pub now: Option<Standing<'p>>,
    pub proposed: Option<Standing<'p>>,
}

impl<'p> Costs<'p> {
    /// Computes every allocation of `plan`; one without any amount is left out.
    pub fn new(plan: &'p Plan) -> Self {
        let of = |item| allocate::allocate(plan, item);
        let allocations: Vec<_> = plan.allocations.iter().map(of).filter(|one| one.total.is_some()).collect();
        let pairs = allocations.iter().filter_map(|proposed| {
            let id = proposed.item.data.compared_with.as_ref()?;
            Some((allocations.iter().find(|one| one.item.data.id == *id)?, proposed))
        });
        let is_whole = |now: &Allocated| {
            let costed = now.rows.iter().filter(|row| row.total.is_some());
            !costed.map(|row| row.target).any(|id| plan.withheld.mappings.contains(id))
        };
        let (whole, short): (Vec<_>, Vec<_>) = pairs.partition(|(now, _)| is_whole(now));
        let comparisons =
            whole.into_iter().filter_map(|(now, proposed)| compare::compare(plan, now, proposed)).collect();
        let uncompared = short.into_iter().map(|(_, proposed)| proposed.item).collect();
        Costs { allocations, comparisons, uncompared }
    }

    /// What an element of this plan, or of the plan before, costs: by the last comparison that names it, else by the last
    /// allocation that does.
    pub fn of(&self, id: &str) -> NowAndProposed<'p> {
        let last = |of: CostOf| {
            let own = self.allocations.iter().rev().filter(|one| one.item.data.of == of);
            own.filter_map(|one| standing(one, one.row(id)?)).next()
        };
        let mut out = NowAndProposed { now: last(CostOf::Predecessor), proposed: last(CostOf::Plan) };
        let compared =
            |one: &Comparison<'p>| one.rows.iter().find(|row| row.carried == Carried::To(id.to_string())).cloned();
        if let Some((comparison, row)) = self.comparisons.iter().rev().find_map(|one| Some((one, compared(one)?))) {
            out.now = row.now.map(|value| Standing {
                allocation: comparison.now,
                amount: value.printed,
                share: row.now_share,
                basis: value.basis,
                anchor: anchor(&comparison.proposed.data.id, id, Column::Before),
            });
            let own = self.allocations.iter().find(|one| one.item.data.id == comparison.proposed.data.id);
            out.proposed = own.and_then(|one| standing(one, one.row(id)?));
        }
        out
    }
}

fn standing<'p>(of: &Allocated<'p>, row: &Row<'p>) -> Option<Standing<'p>> {
    let total = row.total.as_ref()?;
    Some(Standing {
        allocation: of.item,
        amount: total.printed,
        share: row.share,
        basis: total.basis,
        anchor: anchor(&of.item.data.id, row.target, Column::Total),
    })
}

#[cfg(test)]
mod tests;
