//! What points at an item, found once for the whole plan: links are stored on one side, a document prints both.

use std::collections::{BTreeMap, BTreeSet};

use super::OpenMatter;
use crate::diag::Address;
use crate::model::format::{Activity, Element, Indicator};
use crate::model::points::{self, PointView};
use crate::model::scan::Coverage;
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
    /// All points, in the order of the plan.
    points: Vec<PointView<'a>>,
    /// Points whose answer changed an item, by their place among all.
    shaping: BTreeMap<String, Vec<usize>>,
    /// Points that are about an item.
    about: BTreeMap<&'a str, Vec<usize>>,
    /// Points by the event at which they were made, and by the region from which they come.
    at_event: BTreeMap<&'a str, Vec<usize>>,
    of_region: BTreeMap<&'a str, Vec<usize>>,
    /// Items about which something is open.
    open: BTreeSet<&'a str>,
    /// What answers which factor of the environmental scan.
    scan: Coverage<'a>,
}

impl<'a> Related<'a> {
    /// `scan` is the scan on which the edition rests.
    pub fn new(plan: &'a Plan, matters: &'a [OpenMatter], scan: Option<&str>) -> Self {
        let mut found = Related {
            open: matters.iter().map(|matter| matter.item.as_str()).collect(),
            scan: Coverage::new(plan, scan),
            ..Related::default()
        };
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
        found.points(points::points(plan));
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

    fn points(&mut self, points: Vec<PointView<'a>>) {
        for (place, point) in points.iter().enumerate() {
            let targets = point.disposition().into_iter().flat_map(|answer| &answer.targets);
            let changed = targets.filter_map(|target| Some(target.address.parse::<Address>().ok()?.item));
            for id in changed.collect::<BTreeSet<String>>() {
                self.shaping.entry(id).or_default().push(place);
            }
            for id in point.about() {
                self.about.entry(id.as_str()).or_default().push(place);
            }
            self.at_event.entry(point.event).or_default().push(place);
            if let Some(region) = point.region {
                self.of_region.entry(region).or_default().push(place);
            }
        }
        self.points = points;
    }

    /// All points.
    pub fn all_points(&self) -> &[PointView<'a>] {
        &self.points
    }

    fn listed(&self, places: Option<&Vec<usize>>) -> Vec<&PointView<'a>> {
        places.into_iter().flatten().map(|place| &self.points[*place]).collect()
    }

    /// Points whose answer changed an item.
    pub fn shaping(&self, id: &str) -> Vec<&PointView<'a>> {
        self.listed(self.shaping.get(id))
    }

    /// Points that are about an item.
    pub fn about(&self, id: &str) -> Vec<&PointView<'a>> {
        self.listed(self.about.get(id))
    }

    /// Points made at an event; for an empty id, those of which this audience may not know where they were made.
    pub fn at_event(&self, id: &str) -> Vec<&PointView<'a>> {
        self.listed(self.at_event.get(id))
    }

    /// Points that come from a region.
    pub fn of_region(&self, id: &str) -> Vec<&PointView<'a>> {
        self.listed(self.of_region.get(id))
    }

    /// What answers which factor of the environmental scan.
    pub fn scan(&self) -> &Coverage<'a> {
        &self.scan
    }

    pub fn is_open(&self, id: &str) -> bool {
        self.open.contains(id)
    }
}
