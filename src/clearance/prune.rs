//! References to what is gone vanish: from lists, from optional fields, and with the item where one is required.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::reader::Reader;
use crate::diag::Address;
use crate::model::format::*;
use crate::model::prose::{Content, ProseBlock, Span};
use crate::model::{Body, Item, Plan, Predecessor, SuggestionGroup};

/// What is left of the plan, by id; and the sources that were met while looking.
pub(super) struct Known<'a> {
    ids: BTreeSet<String>,
    before: &'a BTreeSet<String>,
    reader: &'a Reader,
    cited: RefCell<BTreeSet<String>>,
}

impl<'a> Known<'a> {
    pub(super) fn new(plan: &Plan, before: &'a BTreeSet<String>, reader: &'a Reader) -> Self {
        Known { ids: declared(plan), before, reader, cited: RefCell::default() }
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// True when the reader may see what is classified `word`.
    pub(super) fn may(&self, word: &str) -> bool {
        self.reader.may(word)
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(super) fn is_cited(&self, id: &str) -> bool {
        self.cited.borrow().contains(id)
    }

    fn cite(&self, id: &str) {
        self.cited.borrow_mut().insert(id.to_string());
    }

    /// What is left of a field; that nothing is, is noted.
    pub(super) fn left<T: Prune>(&self, id: &str, field: &str, value: T) -> Option<T> {
        let was = value.is_blank();
        let value = value.prune(self)?;
        if value.is_blank() && !was {
            self.reader.lose(id, field);
        }
        Some(value)
    }

    fn address(&self, address: &str) -> bool {
        match address.parse::<Address>() {
            Ok(address) => {
                let whole = address.item == "plan" || self.has(&address.item);
                let block = address.block.is_none_or(|block| self.has(&format!("{}#{block}", address.item)));
                whole && block
            }
            Err(_) => false,
        }
    }
}

/// Every id of `plan`, and `item#key` of every passage.
pub(super) fn declared(plan: &Plan) -> BTreeSet<String> {
    fn all<T: Common>(list: &[Item<T>], ids: &mut BTreeSet<String>) {
        for item in list {
            ids.insert(item.data.id().to_string());
            for block in item.bodies.iter().flat_map(|body| &body.prose.blocks) {
                ids.insert(format!("{}#{}", item.data.id(), block.key));
            }
        }
    }
    let mut ids = BTreeSet::new();
    all(&plan.layers, &mut ids);
    all(&plan.statements, &mut ids);
    all(&plan.elements, &mut ids);
    all(&plan.sections, &mut ids);
    all(&plan.priorities, &mut ids);
    all(&plan.activities, &mut ids);
    all(&plan.indicators, &mut ids);
    all(&plan.regions, &mut ids);
    all(&plan.members, &mut ids);
    all(&plan.bodies, &mut ids);
    all(&plan.meetings, &mut ids);
    all(&plan.decisions, &mut ids);
    all(&plan.units, &mut ids);
    all(&plan.sources, &mut ids);
    all(&plan.terms, &mut ids);
    all(&plan.events, &mut ids);
    all(&plan.cycles, &mut ids);
    all(&plan.evidence, &mut ids);
    all(&plan.clusters, &mut ids);
    all(&plan.reasons, &mut ids);
    all(&plan.allocations, &mut ids);
    all(&plan.cost_keys, &mut ids);
    all(&plan.scan_editions, &mut ids);
    all(&plan.factors, &mut ids);
    all(&plan.surveys, &mut ids);
    all(&plan.map, &mut ids);
    let own = |id: &Id| id.to_string();
    for group in &plan.suggestions {
        all(&group.suggestions, &mut ids);
        ids.extend(group.suggestions.iter().flat_map(|one| &one.data.points).map(|point| own(&point.id)));
    }
    let groups = plan.layers.iter().flat_map(|layer| &layer.data.groups);
    ids.extend(groups.map(|group| own(&group.id)));
    for map in plan.map.iter().map(|item| &item.data) {
        ids.extend(map.versions.iter().map(|one| own(&one.id)).chain(map.overlays.iter().map(|one| own(&one.id))));
        let boxes = map.versions.iter().map(|one| &one.boxes).chain(map.overlays.iter().map(|one| &one.boxes));
        ids.extend(boxes.flatten().filter_map(|one| one.id.as_ref()).map(own));
    }
    let proposals = plan.statements.iter().flat_map(|one| &one.data.proposals);
    ids.extend(proposals.map(|one| own(&one.id)));
    if let Some(predecessor) = &plan.predecessor {
        all(&predecessor.elements, &mut ids);
        ids.extend(predecessor.mapping.iter().map(|one| own(&one.id)));
        ids.extend(predecessor.comparisons.iter().map(|one| own(&one.id)));
    }
    ids.extend(plan.plan.audiences.iter().map(|one| own(&one.id)));
    ids.extend(plan.plan.stages.iter().map(|one| own(&one.id)));
    ids.extend(plan.plan.editions.iter().map(|one| own(&one.id)));
    ids
}

/// Takes references to what is not known out of a value; `None` when it cannot stand without one.
pub(super) trait Prune: Sized {
    fn prune(self, known: &Known) -> Option<Self>;

    /// True for an optional value that is not there.
    fn is_blank(&self) -> bool {
        false
    }
}

macro_rules! same {
    ($($type:ty)*) => {
        $(impl Prune for $type { fn prune(self, _: &Known) -> Option<Self> { Some(self) } })*
    };
}

same! {
    Text Str When DecimalText bool u32 StatementKind SectionRole Level ActivityStatus Direction Nature ResultsStage Fate
    Qualifier EventKind EventState RecordKind WordingKind Tone DispositionStatus Basis Named Verdict Imported CostOf
    KeyMeasure Aspect FactorNature ScaleStep Scale SurveyColumns Rules Dialect Best
}

impl Prune for Id {
    fn prune(self, known: &Known) -> Option<Self> {
        known.has(&self).then_some(self)
    }
}

impl Prune for Ids {
    fn prune(mut self, known: &Known) -> Option<Self> {
        self.list.retain(|id| known.has(id));
        self.list.iter().for_each(|id| known.cite(id));
        Some(self)
    }
}

impl<T: Prune> Prune for Option<T> {
    fn prune(self, known: &Known) -> Option<Self> {
        Some(self.and_then(|value| value.prune(known)))
    }
    fn is_blank(&self) -> bool {
        self.is_none()
    }
}

impl<T: Prune> Prune for Vec<T> {
    fn prune(self, known: &Known) -> Option<Self> {
        Some(self.into_iter().filter_map(|one| one.prune(known)).collect())
    }
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl Prune for CostTable {
    fn prune(self, known: &Known) -> Option<Self> {
        let CostTable { path, found, mut rows } = self;
        rows.retain(|row| [&row.to, &row.key].into_iter().flatten().all(|id| known.has(id)));
        Some(CostTable { path, found, rows })
    }
}

impl Prune for Target {
    fn prune(self, known: &Known) -> Option<Self> {
        let Target { address, before, after, fingerprint } = self;
        // A passage that was taken out of the plan is no secret for that: the answer still says what it changed.
        let gone = address.parse::<Address>().is_ok_and(|it| {
            let passage = it.block.as_ref().map(|block| format!("{}#{block}", it.item));
            known.has(&it.item) && passage.is_some_and(|passage| !known.before.contains(&passage))
        });
        (gone || known.address(&address)).then_some(Target { address, before, after, fingerprint })
    }
}

/// A box of which the element or the layer is gone says nothing any more.
impl Prune for MapBox {
    fn prune(self, known: &Known) -> Option<Self> {
        let MapBox { element, id, title, layer, group, links, basis, source, classification } = self;
        if classification.is_some_and(|word| !known.may(&word)) {
            return None;
        }
        let stays = |id: &Option<Id>| id.as_ref().is_none_or(|id| known.has(id));
        (stays(&element) && stays(&layer)).then_some(MapBox {
            element,
            id,
            title,
            layer,
            group: group.prune(known)?,
            links: links.prune(known)?,
            basis,
            source: source.prune(known)?,
            classification: None,
        })
    }
}

impl<T: Prune> Prune for Item<T> {
    fn prune(self, known: &Known) -> Option<Self> {
        let Item { data, origin, file_basis, file_source, file_classification, mut bodies } = self;
        for body in &mut bodies {
            let Body { prose, .. } = body;
            for ProseBlock { content, .. } in &mut prose.blocks {
                content.each_run(&mut |spans| prune_spans(spans, known));
            }
        }
        Some(Item {
            data: data.prune(known)?,
            origin,
            file_basis,
            file_source: file_source.prune(known)?,
            file_classification,
            bodies,
        })
    }
}

fn prune_spans(spans: &mut [Span], known: &Known) {
    for span in spans {
        match span {
            Span::Reference { id, spans, .. } => {
                if known.has(id) {
                    known.cite(id);
                } else {
                    id.clear();
                }
                prune_spans(spans, known);
            }
            Span::Value { address, .. } => {
                if !known.address(address) {
                    address.clear();
                }
            }
            Span::Emphasis(list) | Span::Strong(list) | Span::Strike(list) | Span::Note(list) => {
                prune_spans(list, known)
            }
            Span::Link { url: _, spans } => prune_spans(spans, known),
            Span::Text(_) | Span::Code(_) | Span::Break => {}
        }
    }
}

/// Paths of the images that are still shown.
pub(super) fn images(plan: &Plan) -> BTreeSet<String> {
    fn paths(content: &Content, out: &mut BTreeSet<String>) {
        match content {
            Content::Image { path, .. } => {
                out.insert(path.clone());
            }
            Content::List { items, .. } => items.iter().flatten().for_each(|one| paths(one, out)),
            Content::Quote(list) => list.iter().for_each(|one| paths(one, out)),
            _ => {}
        }
    }
    fn all<T>(list: &[Item<T>], out: &mut BTreeSet<String>) {
        let bodies = list.iter().flat_map(|item| &item.bodies);
        for block in bodies.flat_map(|body| &body.prose.blocks) {
            paths(&block.content, out);
        }
    }
    let mut out = BTreeSet::new();
    all(&plan.sections, &mut out);
    all(&plan.elements, &mut out);
    all(&plan.statements, &mut out);
    out
}

/// One round over the whole plan.
pub(super) fn plan(plan: Plan, known: &Known) -> Plan {
    let Plan {
        plan: mut file,
        origin,
        layers,
        statements,
        elements,
        sections,
        priorities,
        activities,
        indicators,
        predecessor,
        regions,
        members,
        bodies,
        meetings,
        decisions,
        units,
        sources,
        terms,
        events,
        cycles,
        evidence,
        suggestions,
        clusters,
        reasons,
        allocations,
        cost_keys,
        scan_editions,
        factors,
        scan_edition: used_scan,
        surveys,
        answers,
        results,
        map,
        ids,
        images,
        unread: _,
        former: _,
        withheld: _,
        torn: _,
        faulty: _,
    } = plan;
    for stage in &mut file.stages {
        stage.decision = stage.decision.take().filter(|id| known.has(id));
    }
    for edition in &mut file.editions {
        edition.meeting = edition.meeting.take().filter(|id| known.has(id));
        edition.scan_edition = edition.scan_edition.take().filter(|id| known.has(id));
        // A part is a word or the id of a section; only an id can have gone.
        let stays = |part: &Id| known.has(part) || !known.before.contains(&part.0);
        edition.parts.retain(stays);
        edition.annexes.retain(|annex| stays(&annex.part));
    }
    Plan {
        plan: file,
        origin,
        layers: list(layers, known),
        statements: list(statements, known),
        elements: list(elements, known),
        sections: list(sections, known),
        priorities: list(priorities, known),
        activities: list(activities, known),
        indicators: list(indicators, known),
        predecessor: predecessor.map(|one| prune_predecessor(one, known)),
        regions: list(regions, known),
        members: list(members, known),
        bodies: list(bodies, known),
        meetings: list(meetings, known),
        decisions: list(decisions, known),
        units: list(units, known),
        sources: list(sources, known),
        terms: list(terms, known),
        events: list(events, known),
        cycles: list(cycles, known),
        evidence: list(evidence, known),
        clusters: list(clusters, known),
        reasons: list(reasons, known),
        allocations: list(allocations, known),
        cost_keys: list(cost_keys.into_iter().filter(|key| is_whole(&key.data, known)).collect(), known),
        scan_editions: list(scan_editions, known),
        factors: list(factors.into_iter().filter(|factor| is_of_a_scan(&factor.data, known)).collect(), known),
        scan_edition: used_scan.filter(|(id, _)| known.has(id)),
        surveys: list(surveys, known),
        answers,
        results,
        map: list(map, known),
        suggestions: suggestions
            .into_iter()
            .filter(|group| group.event.is_empty() || known.has(&group.event))
            .map(|group| {
                let SuggestionGroup { event, origin, suggestions } = group;
                SuggestionGroup { event, origin, suggestions: list(suggestions, known) }
            })
            .filter(|group| !group.suggestions.is_empty())
            .collect(),
        ids,
        images,
        unread: Default::default(),
        former: Default::default(),
        withheld: Default::default(),
        torn: Default::default(),
        faulty: Default::default(),
    }
}

fn list<T: Prune>(items: Vec<Item<T>>, known: &Known) -> Vec<Item<T>> {
    items.into_iter().filter_map(|one| one.prune(known)).collect()
}

/// A key that has lost a share would spread the whole over the rest: it goes, and with it what it spreads.
fn is_whole(key: &CostKey, known: &Known) -> bool {
    key.shares.iter().all(|share| known.has(&share.to))
}

/// A factor that names scans stands in one that this reader may know; one that names none stands in all.
fn is_of_a_scan(factor: &Factor, known: &Known) -> bool {
    factor.editions.is_empty() || factor.editions.iter().any(|id| known.has(id))
}

/// A mapping whose old or only new elements are gone says nothing any more.
fn prune_predecessor(one: Predecessor, known: &Known) -> Predecessor {
    let Predecessor {
        title,
        period,
        elements,
        mapping,
        comparisons,
        origin,
        file_basis,
        mut file_source,
        file_classification,
    } = one;
    file_source.list.retain(|id| known.has(id));
    file_source.list.iter().for_each(|id| known.cite(id));
    let mapping = mapping
        .into_iter()
        .filter(|one| one.from.as_ref().is_none_or(|id| known.has(id)))
        .filter_map(|one| {
            let had = !one.to.is_empty();
            one.prune(known).filter(|one| !had || !one.to.is_empty())
        })
        .collect();
    Predecessor {
        title,
        period,
        elements: list(elements, known),
        mapping,
        comparisons: comparisons.into_iter().filter_map(|one| one.prune(known)).collect(),
        origin,
        file_basis,
        file_source,
        file_classification,
    }
}
