//! The map now beside a version of it: what came, what went, what moved, and which suggestions caused it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Difference, Pointer, Shape, Spot, difference, own_arrows, own_boxes, present, settings};
use crate::diag::Address;
use crate::model::Plan;
use crate::model::format::*;
use crate::model::points::{self, PointView};
use crate::model::when;

/// A box or an arrow, by ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing<'p> {
    Box(&'p str),
    Arrow(&'p str, &'p str),
}

/// Row and group of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'p> {
    pub layer: &'p str,
    pub group: Option<&'p str>,
}

/// One difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed<'p> {
    pub thing: Thing<'p>,
    pub difference: Difference,
    pub before: Option<Place<'p>>,
    pub now: Option<Place<'p>>,
    /// What it was called before, if that was another title.
    pub former_title: Option<&'p Text>,
    /// Ids of the suggestions and points that caused it.
    pub causes: Vec<&'p str>,
}

/// The map now with what is gone since, and every difference.
#[derive(Clone, Debug, Default)]
pub struct Compared<'p> {
    pub shape: Shape<'p>,
    pub changes: Vec<Changed<'p>>,
}

/// Compares the map as it is now with `version`. A box of which it is withheld where it stood, or whether it did, is taken
/// to be as it is now, and so are its arrows.
pub fn compare<'p>(plan: &'p Plan, version: &'p MapVersion) -> Compared<'p> {
    let now = present(plan);
    let basis = version.basis.or(settings(plan).and_then(|map| map.data.basis));
    let mut before = Shape {
        boxes: own_boxes(plan, &version.boxes, basis),
        arrows: own_arrows(&version.boxes, basis),
        band: Vec::new(),
    };
    let held = withheld(plan, version);
    before.boxes.extend(now.boxes.iter().filter(|one| held.contains(one.id)));
    before.arrows.extend(now.arrows.iter().filter(|one| held.contains(one.from) || held.contains(one.to)));
    let mut compared = differ(&now, &before);
    let causes = Causes::new(plan, version);
    for change in &mut compared.changes {
        change.causes = causes.of(change);
    }
    compared.shape.band = now.band;
    compared
}

/// The elements of which this reader may not know where they stood in `version`.
pub fn withheld<'p>(plan: &'p Plan, version: &MapVersion) -> BTreeSet<&'p str> {
    let own = plan.withheld.boxes.iter().filter(|(of, _)| *of == *version.id);
    own.map(|(_, element)| element.as_str()).collect()
}

/// `now` with what stands only in `before`, and every difference, without causes.
pub fn differ<'p>(now: &Shape<'p>, before: &Shape<'p>) -> Compared<'p> {
    let old: BTreeMap<&str, &Spot> = before.boxes.iter().map(|one| (one.id, one)).collect();
    let new: BTreeSet<&str> = now.boxes.iter().map(|one| one.id).collect();
    let mut out = Compared::default();
    for one in &now.boxes {
        let was = old.get(one.id).copied();
        let difference = difference(Some(one), was);
        out.note(Thing::Box(one.id), difference, was, Some(one));
        out.shape.boxes.push(Spot { difference, ..*one });
    }
    for gone in before.boxes.iter().filter(|one| !new.contains(one.id)) {
        let difference = difference(None, Some(gone));
        out.note(Thing::Box(gone.id), difference, Some(gone), None);
        out.shape.boxes.push(Spot { difference, ..*gone });
    }
    out.arrows(now, before, &old);
    out
}

impl<'p> Compared<'p> {
    fn note(&mut self, thing: Thing<'p>, difference: Difference, was: Option<&Spot<'p>>, is: Option<&Spot<'p>>) {
        if difference == Difference::Same {
            return;
        }
        let place = |one: &Spot<'p>| Place { layer: one.layer, group: one.group };
        let former_title = match (was, is) {
            (Some(was), Some(is)) if was.title != is.title => Some(was.title),
            _ => None,
        };
        let (before, now) = (was.map(place), is.map(place));
        self.changes.push(Changed { thing, difference, before, now, former_title, causes: Vec::new() });
    }

    /// An arrow to a parent follows from the structure: it is as new as its ends.
    fn arrows(&mut self, now: &Shape<'p>, before: &Shape<'p>, old: &BTreeMap<&str, &Spot>) {
        let was: BTreeSet<(&str, &str)> = before.arrows.iter().map(|one| (one.from, one.to)).collect();
        let is: BTreeSet<(&str, &str)> = now.arrows.iter().map(|one| (one.from, one.to)).collect();
        for one in &now.arrows {
            let ends = old.contains_key(one.from) && old.contains_key(one.to);
            let difference = match was.contains(&(one.from, one.to)) || one.is_parent && ends {
                true => Difference::Same,
                false => Difference::Added,
            };
            self.note(Thing::Arrow(one.from, one.to), difference, None, None);
            self.shape.arrows.push(Pointer { difference, ..*one });
        }
        for gone in before.arrows.iter().filter(|one| !is.contains(&(one.from, one.to))) {
            let difference = match self.stands(gone) {
                true => Difference::Undrawn,
                false => Difference::Removed,
            };
            if difference == Difference::Removed {
                self.note(Thing::Arrow(gone.from, gone.to), difference, None, None);
            }
            self.shape.arrows.push(Pointer { difference, ..*gone });
        }
    }

    /// True for an arrow that is in the plan still and has lost only the row of one of its boxes.
    fn stands(&self, arrow: &Pointer) -> bool {
        let ends = [arrow.from, arrow.to].map(|id| self.shape.boxes.iter().find(|one| one.id == id));
        let is_undrawn = ends.iter().flatten().any(|one| one.difference == Difference::Undrawn);
        let points = |element: &Element| {
            element.links.iter().any(|link| *link.to == *arrow.to) || element.parent.as_deref() == Some(arrow.to)
        };
        is_undrawn && ends[0].and_then(|one| one.element).is_some_and(|item| points(&item.data))
    }
}

/// Which points caused a difference: those that the version names, and those whose answers changed the box or arrow.
struct Causes<'p> {
    version: &'p MapVersion,
    /// Ids of points by the item that their answer changed, with the fields of the address.
    answered: BTreeMap<String, Vec<(Vec<String>, &'p str)>>,
}

impl<'p> Causes<'p> {
    fn new(plan: &'p Plan, version: &'p MapVersion) -> Self {
        let of_event = |id: &str| plan.events.iter().find(|event| *event.data.id == *id)?.data.dates.as_ref();
        let made = version.date.as_ref().or_else(|| of_event(version.event.as_deref()?)).and_then(|it| when::parse(it));
        let earlier = |point: &PointView| {
            let said = point.suggestion.data.date.as_ref().or_else(|| of_event(point.event));
            let said = said.and_then(|it| when::parse(it));
            matches!((made, said), (Some(made), Some(said)) if when::after(&made, &said))
        };
        let mut answered: BTreeMap<String, Vec<(Vec<String>, &str)>> = BTreeMap::new();
        for point in points::points(plan).into_iter().filter(|point| !earlier(point)) {
            for target in point.disposition().into_iter().flat_map(|one| &one.targets) {
                if let Ok(Address { item, fields, block: None, .. }) = target.address.parse() {
                    answered.entry(item).or_default().push((fields, point.id()));
                }
            }
        }
        Causes { version, answered }
    }

    fn of(&self, change: &Changed<'p>) -> Vec<&'p str> {
        let declared = |id: &str| self.version.changes.iter().find(|one| *one.of == *id);
        let (id, own): (&str, &[Id]) = match change.thing {
            Thing::Box(id) => (id, declared(id).map_or(&[], |one| &one.because)),
            Thing::Arrow(from, to) => {
                let link = declared(from).and_then(|one| one.links.iter().find(|link| *link.to == *to));
                (from, link.map_or(&[], |link| &link.because))
            }
        };
        let fits = |fields: &[String]| match (change.thing, fields) {
            (Thing::Arrow(_, to), [list, target, ..]) => list == "links" && target == to,
            (Thing::Arrow(..), _) => false,
            (Thing::Box(_), []) => true,
            (Thing::Box(_), [field, ..]) => match change.difference {
                Difference::Moved | Difference::Undrawn => matches!(field.as_str(), "layer" | "group"),
                Difference::Renamed => field == "title",
                _ => false,
            },
        };
        let mut out: Vec<&str> = own.iter().map(|id| id.as_str()).collect();
        let answers = self.answered.get(id).into_iter().flatten();
        for (_, point) in answers.filter(|(fields, _)| fits(fields)) {
            if !out.contains(point) {
                out.push(point);
            }
        }
        out
    }
}
