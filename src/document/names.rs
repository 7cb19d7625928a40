//! The printed name of every item, by id.

use std::collections::BTreeMap;

use crate::model::Plan;
use crate::model::format::Text;

/// The printed name of an item.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'a> {
    pub code: Option<&'a Text>,
    pub title: &'a Text,
    /// True for a source: its title stands in the language in which it was published, and that is no fallback.
    pub cited: bool,
}

/// All names; what has neither code nor title is not in it.
pub(crate) fn names(plan: &Plan) -> BTreeMap<&str, Named<'_>> {
    let mut map = BTreeMap::new();
    macro_rules! add {
        ($list:expr, $title:ident) => {
            for item in $list {
                let name = Named { code: None, title: &item.data.$title, cited: false };
                map.insert(item.data.id.as_str(), name);
            }
        };
        ($list:expr, $title:ident coded) => {
            for item in $list {
                let name = Named { code: item.data.code.as_ref(), title: &item.data.$title, cited: false };
                map.insert(item.data.id.as_str(), name);
            }
        };
    }
    add!(&plan.layers, plural);
    add!(&plan.statements, title);
    add!(&plan.elements, title coded);
    add!(&plan.sections, title);
    add!(&plan.priorities, title coded);
    add!(&plan.activities, title coded);
    add!(&plan.indicators, title coded);
    add!(plan.predecessor.iter().flat_map(|one| &one.elements), title coded);
    add!(&plan.regions, name);
    add!(&plan.members, name);
    add!(&plan.bodies, name);
    add!(&plan.meetings, title);
    add!(&plan.decisions, title);
    add!(&plan.units, name);
    for item in &plan.sources {
        let name = Named { code: None, title: &item.data.title, cited: true };
        map.insert(item.data.id.as_str(), name);
    }
    add!(&plan.terms, term);
    add!(&plan.events, title);
    add!(&plan.cycles, title);
    add!(&plan.surveys, title);
    add!(&plan.clusters, title);
    add!(&plan.allocations, title);
    add!(&plan.cost_keys, title);
    add!(&plan.scan_editions, title);
    add!(&plan.factors, title);
    add!(plan.suggestions.iter().flat_map(|group| &group.suggestions), text);
    for point in plan.suggestions.iter().flat_map(|group| &group.suggestions).flat_map(|item| &item.data.points) {
        map.insert(point.id.as_str(), Named { code: None, title: &point.text, cited: false });
    }
    for statement in &plan.statements {
        for proposal in &statement.data.proposals {
            map.insert(proposal.id.as_str(), Named { code: None, title: &statement.data.title, cited: false });
        }
    }
    for comparison in plan.predecessor.iter().flat_map(|one| &one.comparisons) {
        map.insert(comparison.id.as_str(), Named { code: None, title: &comparison.title, cited: false });
    }
    for one in plan.map.iter().map(|item| &item.data) {
        map.insert(one.id.as_str(), Named { code: None, title: &one.title, cited: false });
        let versions = one.versions.iter().map(|it| (it.id.as_str(), &it.title));
        let overlays = one.overlays.iter().map(|it| (it.id.as_str(), &it.title));
        let boxes = one.versions.iter().map(|it| &it.boxes).chain(one.overlays.iter().map(|it| &it.boxes)).flatten();
        let boxes = boxes.filter_map(|it| Some((it.id.as_deref()?, it.title.as_ref()?)));
        for (id, title) in versions.chain(overlays).chain(boxes) {
            map.insert(id, Named { code: None, title, cited: false });
        }
    }
    for group in plan.layers.iter().flat_map(|layer| &layer.data.groups) {
        map.insert(group.id.as_str(), Named { code: None, title: &group.title, cited: false });
    }
    map
}
