//! What points at an item, found once for the whole plan: links are stored on one side, a document prints both.

use std::collections::{BTreeMap, BTreeSet};

use super::OpenMatter;
use crate::analysis;
use crate::diag::Address;
use crate::model::format::{Activity, Element, Indicator, Suggestion};
use crate::model::{Item, Plan};

/// Items by the id of what they name, each list in the order of the plan.
#[derive(Default)]
pub(super) struct Related<'a> {
    /// Elements that declare a link to an element.
    supporting: BTreeMap<&'a str, Vec<&'a Item<Element>>>,
    /// Activities below an element.
    activities: BTreeMap<&'a str, Vec<&'a Item<Activity>>>,
    /// Indicators of an element or activity, with their place in the plan.
    indicators: BTreeMap<&'a str, Vec<(usize, &'a Item<Indicator>)>>,
    /// Suggestions, with their event, whose answer changed an item.
    shaping: BTreeMap<String, Vec<(&'a str, &'a Item<Suggestion>)>>,
    /// Items about which something is open.
    open: BTreeSet<&'a str>,
}

impl<'a> Related<'a> {
    pub fn new(plan: &'a Plan, matters: &'a [OpenMatter]) -> Self {
        let mut found =
            Related { open: matters.iter().map(|matter| matter.item.as_str()).collect(), ..Related::default() };
        for item in &plan.elements {
            let targets: BTreeSet<&str> = item.data.links.iter().map(|link| link.to.as_str()).collect();
            for target in targets {
                found.supporting.entry(target).or_default().push(item);
            }
        }
        for item in &plan.activities {
            found.activities.entry(item.data.parent.as_str()).or_default().push(item);
        }
        for (place, item) in plan.indicators.iter().enumerate() {
            found.indicators.entry(item.data.measures.as_str()).or_default().push((place, item));
        }
        for (event, item) in analysis::suggestions(plan) {
            let targets = item.data.disposition.iter().flat_map(|answer| &answer.targets);
            let changed = targets.filter_map(|target| Some(target.address.parse::<Address>().ok()?.item));
            for id in changed.collect::<BTreeSet<String>>() {
                found.shaping.entry(id).or_default().push((event, item));
            }
        }
        found
    }

    pub fn supporting(&self, id: &str) -> &[&'a Item<Element>] {
        self.supporting.get(id).map_or(&[], Vec::as_slice)
    }

    pub fn activities(&self, id: &str) -> &[&'a Item<Activity>] {
        self.activities.get(id).map_or(&[], Vec::as_slice)
    }

    /// Indicators of an element and of the activities below it, in the order of the plan.
    pub fn indicators(&self, element: &str) -> Vec<&'a Item<Indicator>> {
        let own = |id: &str| self.indicators.get(id).map_or(&[][..], Vec::as_slice);
        let below = self.activities(element).iter().flat_map(|item| own(&item.data.id));
        let mut list: Vec<_> = own(element).iter().chain(below).copied().collect();
        list.sort_by_key(|(place, _)| *place);
        list.into_iter().map(|(_, item)| item).collect()
    }

    pub fn shaping(&self, id: &str) -> &[(&'a str, &'a Item<Suggestion>)] {
        self.shaping.get(id).map_or(&[], Vec::as_slice)
    }

    pub fn is_open(&self, id: &str) -> bool {
        self.open.contains(id)
    }
}
