//! To which element an amount is added, and which activities an allocation takes in: for the checks and the figures alike.

use std::collections::{BTreeMap, BTreeSet};

use super::format::*;
use super::when::{self, Date};
use super::{Item, Plan};

/// The most digits behind the point that an amount has.
pub const MOST_DECIMALS: u32 = 6;

/// The rows of an allocation: to which element an amount for `id` is added.
pub struct Rows<'p> {
    of: CostOf,
    /// Elements that are rows by themselves, in the order of the plan.
    listed: Vec<&'p str>,
    parents: BTreeMap<&'p str, Option<&'p str>>,
    /// Parents of activities.
    activities: BTreeMap<&'p str, &'p str>,
    before: BTreeSet<&'p str>,
}

impl<'p> Rows<'p> {
    pub fn new(plan: &'p Plan, allocation: &Allocation) -> Self {
        let before: Vec<&str> =
            plan.predecessor.iter().flat_map(|one| &one.elements).map(|one| one.data.id.as_str()).collect();
        let in_layers = |layer: &Id| {
            plan.elements
                .iter()
                .filter(|one| one.data.layer == *layer)
                .map(|one| one.data.id.as_str())
                .collect::<Vec<_>>()
        };
        let listed = match allocation.of {
            CostOf::Predecessor => before.clone(),
            CostOf::Plan => allocation.layers.iter().flat_map(in_layers).collect(),
        };
        let parent = |one: &'p Item<Element>| (one.data.id.as_str(), one.data.parent.as_deref());
        let activity = |one: &'p Item<Activity>| (one.data.id.as_str(), one.data.parent.as_str());
        Rows {
            of: allocation.of,
            listed,
            parents: plan.elements.iter().map(parent).collect(),
            activities: plan.activities.iter().map(activity).collect(),
            before: before.into_iter().collect(),
        }
    }

    /// Elements that are rows whether they cost something or not.
    pub fn listed(&self) -> &[&'p str] {
        &self.listed
    }

    /// The row of an element or activity; nothing for what is of the other plan. An element that stands under no row is
    /// one itself.
    pub fn of<'i>(&self, id: &'i str) -> Option<&'i str>
    where
        'p: 'i,
    {
        match self.of {
            CostOf::Predecessor => self.before.contains(id).then_some(id),
            CostOf::Plan => self.above(id),
        }
    }

    fn above<'i>(&self, id: &'i str) -> Option<&'i str>
    where
        'p: 'i,
    {
        let own: &'i str = self.activities.get(id).copied().unwrap_or(id);
        self.parents.get(own)?;
        let mut at = own;
        // A ring of parents is told elsewhere; here it only must end.
        for _ in 0..=self.parents.len() {
            if self.listed.contains(&at) {
                return Some(at);
            }
            match self.parents.get(at).copied().flatten() {
                Some(parent) => at = parent,
                None => break,
            }
        }
        Some(own)
    }

    /// True when `below` is `id`, or stands under it.
    pub fn is_under(&self, below: &str, id: &str) -> bool {
        let mut at = Some(self.activities.get(below).copied().unwrap_or(below));
        for _ in 0..=self.parents.len() {
            match at {
                Some(here) if here == id => return true,
                Some(here) => at = self.parents.get(here).copied().flatten(),
                None => return false,
            }
        }
        false
    }
}

/// The activities with a cost that an allocation takes in, and those that it leaves out for their period. One of which the
/// period is withheld is in neither: each would tell it.
pub fn taken_in<'p>(plan: &'p Plan, allocation: &Allocation) -> (Vec<&'p Item<Activity>>, Vec<&'p Item<Activity>>) {
    let costed = plan.activities.iter().filter(|one| allocation.activities && one.data.cost.is_some());
    costed.filter(|one| has_known_period(plan, one)).partition(|one| lies_in(plan, one, &allocation.year))
}

/// The activities without a cost of which the period lies in that of an allocation that takes in activities.
pub fn uncosted<'p>(plan: &'p Plan, allocation: &Allocation) -> Vec<&'p Item<Activity>> {
    let lacks = |one: &&Item<Activity>| allocation.activities && one.data.cost.is_none() && has_known_period(plan, one);
    plan.activities.iter().filter(lacks).filter(|one| lies_in(plan, one, &allocation.year)).collect()
}

fn has_known_period(plan: &Plan, activity: &Item<Activity>) -> bool {
    !plan.withheld.periods.contains(activity.data.id.as_str())
}

fn lies_in(plan: &Plan, activity: &Item<Activity>, year: &When) -> bool {
    is_within(plan, activity.data.period.as_ref(), year)
}

/// True when all of `period` lies in `year`. What goes on without end lies in it if the whole period of the plan does.
fn is_within(plan: &Plan, period: Option<&When>, year: &When) -> bool {
    let years = plan.plan.period.years;
    let bound =
        |text: &When, of: fn(&Date) -> Option<(i32, u8, u8)>| when::read(text, years).and_then(|date| of(&date));
    let (first, last) = (bound(&plan.plan.period.start, when::start), bound(&plan.plan.period.end, when::end));
    let own = period.and_then(|text| when::read(text, years));
    let begin = own.as_ref().and_then(when::start).or(first);
    let end = own.as_ref().and_then(when::end).or(last);
    match (begin, end, bound(year, when::start), bound(year, when::end)) {
        (Some(begin), Some(end), Some(first), Some(last)) => first <= begin && end <= last,
        _ => false,
    }
}
