//! What a version of the map says of links, groups and parents that are withheld: by comparison it would tell that they
//! are there, or seem to say that they are gone.

use std::collections::BTreeMap;

use crate::model::Plan;
use crate::model::format::Element;

/// Takes out of every version what this reader may not see of the present map.
pub(super) fn apply(cut: &mut Plan, whole: &Plan) {
    let known = |plan: &Plan| -> BTreeMap<String, Element> {
        plan.elements.iter().map(|item| (item.data.id.to_string(), item.data.clone())).collect()
    };
    if cut.map.iter().all(|map| map.data.versions.is_empty()) {
        return;
    }
    let (seen, there) = (known(cut), known(whole));
    let points = |element: &Element, to: &str| {
        element.links.iter().any(|link| *link.to == *to) || element.parent.as_deref() == Some(to)
    };
    let boxes = cut.map.iter_mut().flat_map(|map| &mut map.data.versions).flat_map(|version| &mut version.boxes);
    for one in boxes {
        let Some((own, all)) = one.element.as_deref().and_then(|id| Some((seen.get(id)?, there.get(id)?))) else {
            continue;
        };
        one.links.retain(|link| points(own, &link.to) || !points(all, &link.to));
        if own.group.is_none() && all.group.is_some() {
            one.group = None;
        }
    }
}
