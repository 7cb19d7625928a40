//! What a version of the map says of boxes, links, groups and parents that are withheld: by comparison it would tell that
//! they are there, or seem to say that they are gone. And which rankings have lost a value.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Plan;
use crate::model::format::{Element, MapVersion, Ranking, StrategicMap};

/// Takes out of every version what this reader may not see of the present map, and notes what is not all there.
pub(super) fn apply(cut: &mut Plan, whole: &Plan) {
    let known = |plan: &Plan| -> BTreeMap<String, Element> {
        plan.elements.iter().map(|item| (item.data.id.to_string(), item.data.clone())).collect()
    };
    let (seen, there) = (known(cut), known(whole));
    for (map, before) in cut.map.iter_mut().filter_map(|map| {
        let before = whole.map.iter().find(|one| one.data.id == map.data.id)?;
        Some((&mut map.data, &before.data))
    }) {
        cut.withheld.rankings.extend(rankings(map, before));
        for version in &mut map.versions {
            let Some(before) = before.versions.iter().find(|one| one.id == version.id) else { continue };
            let lost = boxes(version, before, &seen);
            silence(version, &lost);
            cut.withheld.boxes.extend(lost.into_iter().map(|id| (version.id.to_string(), id)));
            links(version, &seen, &there);
        }
    }
}

/// The elements that this reader sees, but not where they stood in the version.
fn boxes(cut: &MapVersion, whole: &MapVersion, seen: &BTreeMap<String, Element>) -> BTreeSet<String> {
    let left: BTreeSet<&str> = cut.boxes.iter().map(|one| one.name()).collect();
    let lost = whole.boxes.iter().filter_map(|one| one.element.as_deref()).filter(|id| !left.contains(id));
    lost.filter(|id| seen.contains_key(*id)).map(str::to_string).collect()
}

/// Takes out what else would tell that these elements stood there.
fn silence(version: &mut MapVersion, lost: &BTreeSet<String>) {
    version.boxes.iter_mut().for_each(|one| one.links.retain(|link| !lost.contains(&*link.to)));
    version.changes.retain(|change| !lost.contains(&*change.of));
    version.changes.iter_mut().for_each(|change| change.links.retain(|link| !lost.contains(&*link.to)));
}

fn links(version: &mut MapVersion, seen: &BTreeMap<String, Element>, there: &BTreeMap<String, Element>) {
    let points = |element: &Element, to: &str| {
        element.links.iter().any(|link| *link.to == *to) || element.parent.as_deref() == Some(to)
    };
    for one in &mut version.boxes {
        let Some((own, all)) = one.element.as_deref().and_then(|id| Some((seen.get(id)?, there.get(id)?))) else {
            continue;
        };
        one.links.retain(|link| points(own, &link.to) || !points(all, &link.to));
        if own.group.is_none() && all.group.is_some() {
            one.group = None;
        }
    }
}

/// Ids of the map and of its regional maps of which the ranking is shorter than it is in the plan.
fn rankings(cut: &StrategicMap, whole: &StrategicMap) -> Vec<String> {
    let count = |ranking: &Option<Ranking>| ranking.as_ref().map_or(0, |one| one.values.len());
    let is_short = |own: &Option<Ranking>, all: &Option<Ranking>| own.is_some() && count(own) < count(all);
    let own = is_short(&cut.ranking, &whole.ranking).then(|| cut.id.to_string());
    let regions = cut.overlays.iter().filter(|one| {
        let all = whole.overlays.iter().find(|other| other.id == one.id);
        all.is_some_and(|all| is_short(&one.ranking, &all.ranking))
    });
    own.into_iter().chain(regions.map(|one| one.id.to_string())).collect()
}
