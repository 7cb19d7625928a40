//! Who may read what, decided once.
//!
//! Comes in: the plan and the findings. Goes out: [`Cleared`], which only this room can make, so that whatever takes a
//! `Cleared<T>` holds nothing above its audience. Each struct is taken apart by exhaustive destructuring: a new field
//! does not compile until its audience is decided here.

mod answered;
mod attribution;
mod costs;
mod fields;
mod kept;
mod map;
mod prune;
mod reader;
mod survey;

use std::collections::BTreeSet;

use crate::model::format::{Common, Id};
use crate::model::{Item, Plan, Predecessor, SuggestionGroup};
use prune::Known;
use reader::{Cut, Reader};

/// Proof that `T` was cut to an audience.
#[derive(Clone, Debug)]
pub struct Cleared<T> {
    inner: T,
    audience: String,
}

impl<T> Cleared<T> {
    fn new(inner: T, audience: &str) -> Self {
        Cleared { inner, audience: audience.to_string() }
    }

    /// What this audience may read.
    pub fn get(&self) -> &T {
        &self.inner
    }

    /// Id of the audience.
    pub fn audience(&self) -> &str {
        &self.audience
    }
}

/// Cuts `plan` to what `audience` may read. Items, fields and passages above it are gone, and so is every reference to
/// them. An audience that the plan does not declare reads as the widest one.
pub fn cut(plan: &Plan, audience: &str) -> Cleared<Plan> {
    let reader = Reader::new(&plan.plan.audiences, audience);
    let before = prune::declared(plan);
    let mut whole = plan.clone();
    answered::mark(&mut whole);
    let mut cut = cut_once(whole, &reader);
    // The audience that an attribution names may itself be unknown to this reader: names go before references do.
    attribution::apply(&mut cut, plan, &reader);
    cut = settled(cut, &before, &reader);
    // A source that nothing cites any more would tell that something was left out.
    loop {
        let known = Known::new(&cut, &before, &reader);
        cut = prune::plan(cut, &known);
        let count = cut.sources.len();
        cut.sources.retain(|source| known.is_cited(&source.data.id));
        if cut.sources.len() == count {
            break;
        }
    }
    cut.withheld.any = !reader.reads_all();
    cut.withheld.serving = serving(&cut) != serving(plan);
    cut.withheld.asked = asked(&cut, plan);
    costs::apply(&mut cut, plan);
    kept::apply(&mut cut, &reader);
    survey::apply(&mut cut, plan, &reader);
    map::apply(&mut cut, plan);
    let known = Known::new(&cut, &before, &reader);
    cut.ids.retain(|id, _| known.has(id));
    cut.withheld.fields = reader.lost().into_iter().filter(|(id, _)| known.has(id)).collect();
    let named = prune::images(&cut);
    cut.images.retain(|path, _| named.contains(path));
    Cleared::new(cut, audience)
}

/// How many elements and activities serve how many priorities, and how often.
fn serving(plan: &Plan) -> [usize; 4] {
    let elements = plan.elements.iter().map(|one| one.data.priorities.len());
    let activities = plan.activities.iter().map(|one| one.data.priorities.len());
    [plan.priorities.len(), plan.elements.len(), plan.activities.len(), elements.chain(activities).sum()]
}

/// What a question was about that this reader does not see.
fn asked(cut: &Plan, whole: &Plan) -> BTreeSet<String> {
    let questions = |plan: &Plan| -> Vec<(Id, Id)> {
        let all = plan.surveys.iter().flat_map(|one| &one.data.questions);
        all.flat_map(|one| one.about.iter().map(|about| (one.id.clone(), about.clone()))).collect()
    };
    let seen = questions(cut);
    let lost = questions(whole).into_iter().filter(|one| !seen.contains(one)).map(|(_, about)| about.0);
    let mut lost: BTreeSet<String> = lost.collect();
    // What the mapping would hand over of it.
    let mapping = whole.predecessor.iter().flat_map(|one| &one.mapping);
    let handed = mapping.filter(|one| one.from.as_ref().is_some_and(|id| lost.contains(id.as_str())));
    let handed: Vec<String> = handed.flat_map(|one| &one.to).map(|target| target.to.to_string()).collect();
    lost.extend(handed);
    lost
}

/// Takes references to what is gone out of `cut` until no more goes with them.
fn settled(mut cut: Plan, before: &BTreeSet<String>, reader: &Reader) -> Plan {
    loop {
        let known = Known::new(&cut, before, reader);
        let count = known.len();
        cut = prune::plan(cut, &known);
        if Known::new(&cut, before, reader).len() == count {
            return cut;
        }
    }
}

/// Drops items, fields and passages above the audience; references are looked at later.
fn cut_once(plan: Plan, reader: &Reader) -> Plan {
    let Plan {
        plan,
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
        scan_edition,
        surveys,
        answers,
        results: _,
        map,
        ids,
        images,
        unread: _,
        former: _,
        withheld: _,
        torn: _,
        faulty: _,
    } = plan;
    Plan {
        plan: reader.plan_file(plan),
        origin,
        layers: items(layers, reader),
        statements: items(statements, reader),
        elements: items(elements, reader),
        sections: items(sections, reader),
        priorities: items(priorities, reader),
        activities: items(activities, reader),
        indicators: items(indicators, reader),
        predecessor: predecessor.and_then(|one| cut_predecessor(one, reader)),
        regions: items(regions, reader),
        members: items(members, reader),
        bodies: items(bodies, reader),
        meetings: items(meetings, reader),
        decisions: items(decisions, reader),
        units: items(units, reader),
        sources: items(sources, reader),
        terms: items(terms, reader),
        events: items(events, reader),
        cycles: items(cycles, reader),
        evidence: items(evidence, reader),
        clusters: items(clusters, reader),
        reasons: items(reasons, reader),
        allocations: items(allocations, reader),
        cost_keys: items(cost_keys, reader),
        scan_editions: items(scan_editions, reader),
        factors: items(factors, reader),
        scan_edition,
        surveys: items(surveys, reader),
        // What was computed from them is added when it is known what is left.
        answers: if reader.sees_answers() { answers } else { Default::default() },
        results: Vec::new(),
        map: items(map, reader),
        suggestions: suggestions
            .into_iter()
            .map(|group| {
                let SuggestionGroup { event, origin, suggestions } = group;
                SuggestionGroup { event, origin, suggestions: items(suggestions, reader) }
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

/// The plan before. Its file has one classification: above it, nothing is left, its title included.
fn cut_predecessor(one: Predecessor, reader: &Reader) -> Option<Predecessor> {
    let Predecessor {
        title,
        period,
        elements,
        mapping,
        comparisons,
        origin,
        file_basis,
        file_source,
        file_classification,
    } = one;
    if file_classification.is_some_and(|word| !reader.may(&word)) {
        return None;
    }
    Some(Predecessor {
        title,
        period,
        elements: items(elements, reader),
        mapping,
        comparisons,
        origin,
        file_basis,
        file_source,
        file_classification: None,
    })
}

fn items<T: Cut + Common>(list: Vec<Item<T>>, reader: &Reader) -> Vec<Item<T>> {
    list.into_iter().filter_map(|item| cut_item(item, reader)).collect()
}

fn cut_item<T: Cut + Common>(item: Item<T>, reader: &Reader) -> Option<Item<T>> {
    let Item { data, origin, file_basis, file_source, file_classification, bodies } = item;
    let words = [file_classification.as_deref(), data.classification()];
    if words.into_iter().flatten().any(|word| !reader.may(word)) {
        return None;
    }
    let bodies = if reader.hides(data.field_classification(), "body") { Vec::new() } else { reader.bodies(bodies) };
    let file_source = if data.sources().is_empty() && !reader.hides(data.field_classification(), "source") {
        file_source
    } else {
        Default::default()
    };
    Some(Item { data: data.cut(reader)?, origin, file_basis, file_source, file_classification: None, bodies })
}

#[cfg(test)]
mod decisive_tests;
#[cfg(test)]
mod evidence_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod withheld_tests;
