//! What an id stands for, and whether it can be answered.

use super::Refusal;
use crate::diag::{Origin, nearest};
use crate::model::format::*;
use crate::model::points;
use crate::model::{Item, ItemKind, Plan};

/// What is answered.
pub struct Found<'p> {
    pub id: &'p str,
    /// The suggestion, point or cluster in its file.
    pub origin: Origin,
    /// The answer that is written there.
    pub disposition: Option<&'p Disposition>,
}

/// Finds the suggestion without a split, the point or the cluster `id`. An answer of its own cannot be `given` to a
/// point that its cluster answers.
pub fn find<'p>(plan: &'p Plan, id: &str, given: bool) -> Result<Found<'p>, Refusal> {
    let id = plan.former.get(id).map_or(id, String::as_str);
    let found = match cluster(plan, id) {
        Some(found) => found,
        None => {
            let found = point(plan, id)?;
            let cluster = points::clusters(plan).get(found.id).copied();
            if let Some(cluster) = cluster.filter(|_| given || found.disposition.is_none()) {
                let cluster = cluster.data.id.to_string();
                return Err(Refusal::Clustered { id: id.to_string(), cluster });
            }
            found
        }
    };
    match plan.faulty.has(&found.origin.key("disposition")) {
        true => Err(Refusal::Faulty(id.to_string())),
        false => Ok(found),
    }
}

fn cluster<'p>(plan: &'p Plan, id: &str) -> Option<Found<'p>> {
    let cluster = plan.clusters.iter().find(|one| *one.data.id == *id)?;
    let Item { data, origin, .. } = cluster;
    Some(Found { id: &data.id, origin: origin.clone(), disposition: data.disposition.as_ref() })
}

/// A suggestion or a part of one.
fn point<'p>(plan: &'p Plan, id: &str) -> Result<Found<'p>, Refusal> {
    for item in plan.suggestions.iter().flat_map(|group| &group.suggestions) {
        let Item { data, origin, .. } = item;
        let part = data.points.iter().position(|point| *point.id == *id);
        if *data.id != *id && part.is_none() {
            continue;
        }
        if data.kind != RecordKind::Suggestion {
            return Err(Refusal::Record { id: id.to_string(), kind: data.kind.word() });
        }
        return match part {
            Some(index) => {
                let point = &data.points[index];
                let origin = plan.faulty.entry(&origin.key("points"), index);
                Ok(Found { id: &point.id, origin, disposition: point.disposition.as_ref() })
            }
            None if data.points.is_empty() => {
                Ok(Found { id: &data.id, origin: origin.clone(), disposition: data.disposition.as_ref() })
            }
            None => {
                let points = data.points.iter().map(|point| point.id.to_string()).collect();
                Err(Refusal::Split { id: id.to_string(), points })
            }
        };
    }
    Err(other(plan, id))
}

/// Why something else than a point cannot be answered.
fn other(plan: &Plan, id: &str) -> Refusal {
    if let Some(declared) = plan.ids.get(id).filter(|_| !id.contains(':')) {
        return match declared.kind {
            ItemKind::Suggestion | ItemKind::Point | ItemKind::Cluster => Refusal::Faulty(id.to_string()),
            kind => Refusal::NoPoint { id: id.to_string(), kind: kind.label() },
        };
    }
    let points = points::points(plan);
    let clusters = plan.clusters.iter().map(|cluster| cluster.data.id.as_str());
    let near = nearest(id, points.iter().map(points::PointView::id).chain(clusters));
    Refusal::Unknown { id: id.to_string(), near: near.map(str::to_string) }
}
