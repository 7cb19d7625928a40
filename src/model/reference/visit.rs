//! Visits every value of the plan that names something or must be read further, with its place.

mod at;
mod fields;

pub use at::{At, Name};

use std::collections::BTreeMap;

use crate::diag::Origin;
use crate::model::ItemKind as K;
use crate::model::faulty::Faulty;
use crate::model::format::*;
use crate::model::{Item, Plan};

/// A value that the checks look at.
#[derive(Clone, Copy, Debug)]
pub enum Leaf<'a> {
    /// An id, and the kinds that it may be of.
    Id(&'a str, &'static [K]),
    /// A word for a part of an edition, or the id of a section.
    Part(&'a str),
    Text(&'a Text),
    /// A language that need not be one of the plan.
    Language(&'a str),
    When(&'a When),
    Decimal(&'a DecimalText),
    Address(&'a str),
    /// The address of what was changed, of which the words are kept.
    Changed(&'a str),
    /// A name under `field-classification`, and the fields that the item has, by their names in Rust.
    ///
    /// True for an item with a body.
    Field(&'a str, &'static [&'static str], bool),
    /// A text that is not translated, and that must not be empty.
    Words(&'a str),
    /// An entry whose name another entry of its list has, too.
    Twice(&'a str),
}

/// What a suggestion can be about.
pub const ABOUT: &[K] = &[K::Priority, K::Element, K::Statement, K::Section, K::Activity, K::Indicator];

/// What addresses call the plan before, as they call the plan itself `plan`.
pub const PREDECESSOR: &str = "predecessor";

type See<'s> = &'s mut dyn FnMut(&At, Leaf);

/// A value with leaves in it.
trait Visit {
    fn visit(&self, at: &At, see: See);

    /// How an address names it among others of its list.
    fn name(&self) -> Name<'_> {
        Name::Key("")
    }
}

/// Ids of known kinds.
trait Refs {
    fn refs(&self, kinds: &'static [K], at: &At, see: See);
}

impl Refs for Id {
    fn refs(&self, kinds: &'static [K], at: &At, see: See) {
        see(at, Leaf::Id(self, kinds));
    }
}

impl Refs for Str {
    fn refs(&self, kinds: &'static [K], at: &At, see: See) {
        see(at, Leaf::Id(self, kinds));
    }
}

impl<T: Refs> Refs for Option<T> {
    fn refs(&self, kinds: &'static [K], at: &At, see: See) {
        if let Some(inner) = self {
            inner.refs(kinds, at, see);
        }
    }
}

impl<T: Refs + std::ops::Deref<Target = str>> Refs for Vec<T> {
    fn refs(&self, kinds: &'static [K], at: &At, see: See) {
        for (index, inner) in self.iter().enumerate() {
            inner.refs(kinds, &at.entry(index, Name::Key(inner)), see);
        }
        twice(self.iter().map(|inner| Name::Key(inner)), at, see);
    }
}

impl<T: Refs> Refs for BTreeMap<String, T> {
    fn refs(&self, kinds: &'static [K], at: &At, see: See) {
        for (key, inner) in self {
            inner.refs(kinds, &at.key(key), see);
        }
    }
}

impl Refs for Ids {
    fn refs(&self, kinds: &'static [K], at: &At, see: See) {
        match self.is_list {
            true => self.list.refs(kinds, at, see),
            false => self.list.iter().for_each(|id| id.refs(kinds, at, see)),
        }
    }
}

impl<T: Visit> Visit for Option<T> {
    fn visit(&self, at: &At, see: See) {
        if let Some(inner) = self {
            inner.visit(at, see);
        }
    }
}

impl<T: Visit> Visit for Vec<T> {
    fn visit(&self, at: &At, see: See) {
        for (index, inner) in self.iter().enumerate() {
            inner.visit(&at.entry(index, inner.name()), see);
        }
        twice(self.iter().map(T::name), at, see);
    }
}

/// Shows the entries of a list that share their name with one before: an address could not tell them apart.
fn twice<'a>(names: impl ExactSizeIterator<Item = Name<'a>>, at: &At, see: See) {
    if names.len() < 2 {
        return;
    }
    let mut seen = std::collections::BTreeSet::new();
    for (index, name) in names.enumerate() {
        if let Name::Key(key) = name
            && !seen.insert(key)
        {
            see(&at.entry(index, name), Leaf::Twice(key));
        }
    }
}

impl<T: Visit> Visit for BTreeMap<String, T> {
    fn visit(&self, at: &At, see: See) {
        for (key, inner) in self {
            inner.visit(&at.key(key), see);
        }
    }
}

impl Visit for Text {
    fn visit(&self, at: &At, see: See) {
        see(at, Leaf::Text(self));
    }
}

impl Visit for When {
    fn visit(&self, at: &At, see: See) {
        see(at, Leaf::When(self));
    }
}

impl Visit for DecimalText {
    fn visit(&self, at: &At, see: See) {
        see(at, Leaf::Decimal(self));
    }
}

/// Shows an item, and the names of its fields that it classifies.
fn item<T: Visit + Common>(item: &Item<T>, faulty: &Faulty, see: See) {
    let at = At::new(&item.origin, Some(item.data.id()), faulty);
    item.data.visit(&at, see);
    for name in item.data.field_classification().keys() {
        let field = Leaf::Field(name, T::FIELDS, !item.bodies.is_empty());
        see(&at.field("field_classification").key(name), field);
    }
}

/// Shows every leaf of the plan to `see`, in the order of the files.
pub fn visit(plan: &Plan, see: &mut dyn FnMut(&At, Leaf)) {
    plan.plan.visit(&At::new(&plan.origin, Some("plan"), &plan.faulty), see);
    visit_items(plan, see);
}

/// Shows every leaf of what stands beside `plan.yaml`.
pub fn visit_items(plan: &Plan, see: &mut dyn FnMut(&At, Leaf)) {
    macro_rules! items {
        ($($list:expr),*) => {
            $(for item in &$list {
                self::item(item, &plan.faulty, see);
            })*
        };
    }
    items!(
        plan.layers,
        plan.statements,
        plan.elements,
        plan.sections,
        plan.priorities,
        plan.activities,
        plan.indicators
    );
    if let Some(before) = &plan.predecessor {
        let at = At::new(&before.origin, Some(PREDECESSOR), &plan.faulty);
        before.title.visit(&at.field("title"), see);
        before.period.visit(&at.field("period"), see);
        before.file_source.refs(&[K::Source], &at.field("source"), see);
        if let Some(word) = &before.file_classification {
            see(&at.field("classification"), Leaf::Id(word, &[K::Audience]));
        }
        items!(before.elements);
        before.mapping.visit(&at.field("mapping"), see);
        before.comparisons.visit(&at.field("comparisons"), see);
    }
    items!(
        plan.regions,
        plan.members,
        plan.bodies,
        plan.meetings,
        plan.decisions,
        plan.units,
        plan.sources,
        plan.terms,
        plan.events,
        plan.cycles,
        plan.evidence,
        plan.clusters,
        plan.reasons,
        plan.allocations,
        plan.cost_keys,
        plan.scan_editions,
        plan.factors,
        plan.surveys,
        plan.map
    );
    if let Some((id, origin)) = &plan.scan_edition {
        see(&At::new(origin, None, &plan.faulty), Leaf::Id(id, &[K::ScanEdition]));
    }
    for group in &plan.suggestions {
        see(&At::new(&group.origin, None, &plan.faulty), Leaf::Id(&group.event, &[K::Event]));
        items!(group.suggestions);
    }
    defaults(plan, see);
}

/// Source and audience that a file names for all its items, each file once.
fn defaults(plan: &Plan, see: See) {
    let mut seen = std::collections::BTreeSet::new();
    macro_rules! files {
        ($($list:expr),*) => {
            $(for item in &$list {
                if seen.insert(item.origin.file) {
                    let file = Origin::file(item.origin.file);
                    let at = At::new(&file, None, &plan.faulty);
                    item.file_source.refs(&[K::Source], &at.field("source"), see);
                    if let Some(word) = &item.file_classification {
                        see(&at.field("classification"), Leaf::Id(word, &[K::Audience]));
                    }
                }
            })*
        };
    }
    files!(
        plan.layers,
        plan.priorities,
        plan.activities,
        plan.indicators,
        plan.regions,
        plan.members,
        plan.bodies,
        plan.meetings,
        plan.decisions,
        plan.units,
        plan.sources,
        plan.terms,
        plan.events,
        plan.cycles,
        plan.evidence,
        plan.clusters,
        plan.reasons,
        plan.allocations,
        plan.cost_keys,
        plan.scan_editions,
        plan.factors,
        plan.surveys
    );
    for group in &plan.suggestions {
        files!(group.suggestions);
    }
}
