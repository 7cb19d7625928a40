//! Reads a plan from its sources: every file typed, joined by ids, all faults told in one run.
//!
//! A clean file is read in one typed pass. A file with a fault is read again over its outline: what is at fault is
//! told with its place and set aside, the rest stays in the plan, and ids of what was set aside still count as
//! declared, so that one fault never causes another.

mod costs;
mod declare;
mod file;
mod former;
mod map;
pub(crate) use former::arrive;
mod prose;
mod scan;
mod survey;

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;

pub use declare::is_id;

use super::faulty::{Aside, Faulty};
use super::format::*;
use super::{Item, ItemKind, Plan, Predecessor, SuggestionGroup};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Origin, Place, Seg};
use crate::source::{FileKind, Sources};
use declare::Ledger;
use file::Loaded;

/// The path of the file that a plan cannot do without.
pub const PLAN_FILE: &str = "plan/plan.yaml";

/// Reads the plan. Nothing, if `plan.yaml` cannot be used; its faults and those of all other files are told anyway.
pub fn load(sources: &Sources, diags: &mut Diagnostics) -> Option<Plan> {
    let mut loader = Loader { sources, ledger: Ledger::default(), aside: Aside::default(), diags };
    let head = loader.plan_file();
    let usable = head.is_some();
    let mut plan = empty(head);
    for (_, file) in sources.of_kind(FileKind::Image) {
        let path = file.path.strip_prefix("plan/").unwrap_or(&file.path);
        plan.images.insert(path.to_string(), file.bytes.clone());
    }
    loader.lists(&mut plan);
    loader.predecessor(&mut plan);
    loader.suggestions(&mut plan);
    loader.costs(&mut plan);
    loader.scan(&mut plan);
    loader.surveys(&mut plan);
    loader.map(&mut plan);
    prose::load(&mut loader, &mut plan, usable);
    let Loader { mut ledger, aside, .. } = loader;
    ledger.retire(&plan);
    if !usable {
        [ItemKind::Audience, ItemKind::Stage, ItemKind::Edition].into_iter().for_each(|kind| ledger.unread(kind));
    }
    plan.faulty = Faulty::new(diags, aside);
    ledger.finish(&mut plan, diags);
    plan.faulty.note(diags);
    former::arrive(&mut plan);
    if !usable {
        // The settings are not known, but what the items say of each other is.
        super::reference::check_items(&plan, diags);
    }
    usable.then_some(plan)
}

/// The languages of a plan: the source language, the official ones, and those of its editions.
pub fn languages(plan: &PlanFile) -> BTreeSet<&str> {
    let editions = plan.editions.iter().flat_map(|edition| &edition.languages);
    let all = plan.languages.official.iter().chain(editions);
    all.chain(std::iter::once(&plan.languages.source))
        .map(|lang| &**lang)
        .filter(|lang| is_language_tag(lang))
        .collect()
}

struct Loader<'a> {
    sources: &'a Sources,
    ledger: Ledger,
    aside: Aside,
    diags: &'a mut Diagnostics,
}

/// What a file of a list says about all its items.
struct Defaults {
    classification: Option<String>,
    basis: Option<Basis>,
    source: Ids,
}

macro_rules! defaults {
    ($file:expr) => {
        Defaults {
            classification: $file.classification.as_ref().map(|word| word.0.clone()),
            basis: $file.basis,
            source: $file.source.clone(),
        }
    };
}

impl<'a> Loader<'a> {
    /// Reads a YAML file, and collects the ids of its outline if it has faults.
    fn read<T: DeserializeOwned>(&mut self, id: FileId) -> Option<Loaded<T>> {
        let loaded = file::read(id, self.sources.get(id), None, self.diags);
        self.note(id, &loaded);
        loaded.value.is_some().then_some(loaded)
    }

    /// Notes what was set aside of a file, and the ids that it shows all the same.
    fn note<T>(&mut self, id: FileId, loaded: &Loaded<T>) {
        if loaded.torn {
            self.aside.torn.insert(id);
        }
        let dropped = loaded.dropped.iter().map(|path| Origin { file: id, path: path.clone() });
        self.aside.dropped.extend(dropped);
        self.ledger.outline(id, self.sources.get(id).kind, loaded);
    }

    fn files(&self, kind: FileKind) -> Vec<FileId> {
        self.sources.of_kind(kind).map(|(id, _)| id).collect()
    }

    fn plan_file(&mut self) -> Option<(PlanFile, Origin)> {
        let Some(id) = self.sources.by_path(PLAN_FILE) else {
            // Whoever read the folder may have told so, or why there is no folder.
            let told = |it: &Diagnostic| {
                let at = it.places.first();
                matches!(at, Some(Place::Path(path)) if path == PLAN_FILE || path == "plan")
            };
            if !self.diags.iter().any(told) {
                self.diags.push(missing(PLAN_FILE, "`planwright init` writes a small plan to begin with"));
            }
            return None;
        };
        // Half of the settings would say of everything else that it is wrong.
        let mut loaded = self.read::<PlanFile>(id).filter(|loaded| !loaded.torn)?;
        let plan = loaded.value.take()?;
        let origin = Origin::file(id);
        let mut list = |key: &str, kind, ids: Vec<&Id>| {
            let at = origin.key(key);
            for (position, id) in ids.into_iter().enumerate() {
                self.ledger.declare(kind, id, self.aside.entry(&at, position));
            }
        };
        let audiences = plan.audiences.iter().map(|audience| &audience.id);
        list("audiences", ItemKind::Audience, audiences.collect());
        let stages = plan.stages.iter().map(|stage| &stage.id);
        list("stages", ItemKind::Stage, stages.collect());
        let editions = plan.editions.iter().map(|edition| &edition.id);
        list("editions", ItemKind::Edition, editions.collect());
        self.local(&plan.editions, |e| &e.annexes, |a| &a.id, &origin.key("editions"), "annexes");
        Some((plan, origin))
    }

    /// Ids that need to be unique only in their own list.
    fn local<T, U>(
        &mut self,
        items: &[T],
        list: impl Fn(&T) -> &Vec<U>,
        id: impl Fn(&U) -> &Id,
        origin: &Origin,
        key: &str,
    ) {
        for (position, item) in items.iter().enumerate() {
            self.local_list(list(item), &id, &self.aside.entry(origin, position).key(key));
        }
    }

    fn local_list<U>(&mut self, list: &[U], id: impl Fn(&U) -> &Id, origin: &Origin) {
        let mut seen: BTreeMap<&str, Origin> = BTreeMap::new();
        for (index, entry) in list.iter().enumerate() {
            let id = id(entry);
            let place = self.aside.entry(origin, index).key("id");
            if !declare::is_id(id) {
                self.diags.push(Diagnostic::new(Code::BadId, &place).arg("id", &**id));
            }
            match seen.get(&**id) {
                Some(first) => {
                    let diagnostic = Diagnostic::new(Code::DuplicateId, &place).arg("id", &**id);
                    self.diags.push(diagnostic.also(first));
                }
                None => {
                    seen.insert(id, place);
                }
            }
        }
    }

    /// Items of a list with their places.
    fn items<T: Common>(&mut self, kind: ItemKind, list: Vec<T>, at: &Origin, defaults: &Defaults) -> Vec<Item<T>> {
        let mut out = Vec::with_capacity(list.len());
        for (position, data) in list.into_iter().enumerate() {
            let origin = self.aside.entry(at, position);
            self.ledger.declare(kind, data.id(), origin.clone());
            self.ledger.former(&data, &origin);
            out.push(Item {
                data,
                origin,
                file_basis: defaults.basis,
                file_source: defaults.source.clone(),
                file_classification: defaults.classification.clone(),
                bodies: Vec::new(),
            });
        }
        out
    }

    fn lists(&mut self, plan: &mut Plan) {
        macro_rules! list {
            ($kind:ident, $file:ty, $field:ident, $item:ident, $target:expr) => {
                for id in self.files(FileKind::$kind) {
                    let Some(mut loaded) = self.read::<$file>(id) else {
                        continue;
                    };
                    let Some(file) = loaded.value.take() else {
                        continue;
                    };
                    let defaults = defaults!(file);
                    let at = Origin::file(id).key(stringify!($field));
                    let items = self.items(ItemKind::$item, file.$field, &at, &defaults);
                    $target.extend(items);
                }
            };
        }
        list!(Layers, LayersFile, layers, Layer, plan.layers);
        for layer in &plan.layers {
            let at = layer.origin.key("groups");
            for (index, group) in layer.data.groups.iter().enumerate() {
                self.ledger.declare(ItemKind::Group, &group.id, self.aside.entry(&at, index));
            }
        }
        list!(Priorities, PrioritiesFile, priorities, Priority, plan.priorities);
        list!(Activities, ActivitiesFile, activities, Activity, plan.activities);
        list!(Indicators, IndicatorsFile, indicators, Indicator, plan.indicators);
        list!(Regions, RegionsFile, regions, Region, plan.regions);
        list!(Members, MembersFile, members, Member, plan.members);
        list!(Bodies, BodiesFile, bodies, Body, plan.bodies);
        list!(Meetings, MeetingsFile, meetings, Meeting, plan.meetings);
        list!(Decisions, DecisionsFile, decisions, Decision, plan.decisions);
        list!(Units, UnitsFile, units, Unit, plan.units);
        list!(Sources, SourcesFile, sources, Source, plan.sources);
        list!(Glossary, GlossaryFile, terms, Term, plan.terms);
        list!(Events, EventsFile, events, Event, plan.events);
        list!(Cycles, CyclesFile, cycles, Cycle, plan.cycles);
        list!(Evidence, EvidenceFile, tables, EvidenceTable, plan.evidence);
        list!(Clusters, ClustersFile, clusters, Cluster, plan.clusters);
        list!(Reasons, ReasonsFile, reasons, Reason, plan.reasons);
        for event in &plan.events {
            let at = event.origin.key("agenda");
            self.local_list(&event.data.agenda, |item| &item.id, &at);
        }
    }

    fn predecessor(&mut self, plan: &mut Plan) {
        for id in self.files(FileKind::Predecessor) {
            let Some(mut loaded) = self.read::<PredecessorFile>(id) else {
                continue;
            };
            let Some(file) = loaded.value.take() else {
                continue;
            };
            let origin = Origin::file(id);
            let defaults = defaults!(file);
            let at = origin.key("elements");
            let elements = self.items(ItemKind::OldElement, file.elements, &at, &defaults);
            let at = origin.key("mapping");
            for (position, entry) in file.mapping.iter().enumerate() {
                self.ledger.declare(ItemKind::Mapping, &entry.id, self.aside.entry(&at, position));
            }
            let at = origin.key("comparisons");
            for (position, entry) in file.comparisons.iter().enumerate() {
                self.ledger.declare(ItemKind::Comparison, &entry.id, self.aside.entry(&at, position));
            }
            plan.predecessor = Some(Predecessor {
                title: file.title,
                period: file.period,
                elements,
                mapping: file.mapping,
                comparisons: file.comparisons,
                origin,
                file_basis: defaults.basis,
                file_source: defaults.source,
                file_classification: defaults.classification,
            });
        }
    }

    fn suggestions(&mut self, plan: &mut Plan) {
        for id in self.files(FileKind::Suggestions) {
            let Some(mut loaded) = self.read::<SuggestionsFile>(id) else {
                continue;
            };
            let Some(file) = loaded.value.take() else {
                continue;
            };
            let defaults = defaults!(file);
            let at = Origin::file(id).key("suggestions");
            let suggestions = self.items(ItemKind::Suggestion, file.suggestions, &at, &defaults);
            for suggestion in &suggestions {
                let at = suggestion.origin.key("points");
                for (index, point) in suggestion.data.points.iter().enumerate() {
                    self.ledger.declare(ItemKind::Point, &point.id, self.aside.entry(&at, index));
                }
            }
            plan.suggestions.push(SuggestionGroup {
                event: file.event.0,
                origin: Origin::file(id).key("event"),
                suggestions,
            });
        }
    }
}

/// The diagnostic of a file that is not there.
fn missing(path: &str, remedy: &str) -> Diagnostic {
    let place = Place::Path(path.to_string());
    Diagnostic::new(Code::MissingFile, place).arg("path", path).arg("remedy", remedy)
}

/// A plan with nothing in it but its head.
fn empty(head: Option<(PlanFile, Origin)>) -> Plan {
    let (plan, origin) = head.unwrap_or_else(|| (blank(), Origin::file(FileId(0))));
    Plan {
        plan,
        origin,
        layers: Vec::new(),
        statements: Vec::new(),
        elements: Vec::new(),
        sections: Vec::new(),
        priorities: Vec::new(),
        activities: Vec::new(),
        indicators: Vec::new(),
        predecessor: None,
        regions: Vec::new(),
        members: Vec::new(),
        bodies: Vec::new(),
        meetings: Vec::new(),
        decisions: Vec::new(),
        units: Vec::new(),
        sources: Vec::new(),
        terms: Vec::new(),
        events: Vec::new(),
        cycles: Vec::new(),
        evidence: Vec::new(),
        suggestions: Vec::new(),
        clusters: Vec::new(),
        reasons: Vec::new(),
        allocations: Vec::new(),
        cost_keys: Vec::new(),
        scan_editions: Vec::new(),
        factors: Vec::new(),
        scan_edition: None,
        surveys: Vec::new(),
        answers: BTreeMap::new(),
        results: Vec::new(),
        map: Vec::new(),
        ids: BTreeMap::new(),
        unread: BTreeSet::new(),
        withheld: Default::default(),
        former: BTreeMap::new(),
        torn: BTreeSet::new(),
        faulty: Default::default(),
        images: BTreeMap::new(),
    }
}

/// Stands in for a `plan.yaml` that cannot be used, while the other files are read for their faults.
fn blank() -> PlanFile {
    PlanFile {
        format: 1,
        title: Text::default(),
        subtitle: None,
        marking: None,
        organisation: Organisation { name: Text::default(), short_name: None, established: None },
        period: PlanPeriod {
            start: When::default(),
            end: When::default(),
            label: Text::default(),
            years: YearKind::Calendar,
        },
        languages: Languages { source: Str::default(), official: Vec::new() },
        audiences: Vec::new(),
        stages: Vec::new(),
        editions: Vec::new(),
        symbol: None,
        words: BTreeMap::new(),
        severity: BTreeMap::new(),
        as_adopted: None,
        retired_ids: Vec::new(),
    }
}

/// The path of a key at the root of a file.
fn key(name: &str) -> Seg {
    Seg::Key(name.into())
}

#[cfg(test)]
mod tests;
