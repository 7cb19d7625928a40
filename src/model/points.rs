//! What is answered: suggestions joined with their splits, their clusters and what parties replied.
//!
//! A suggestion without a split is one point under its own id; a split one is as many points as it was split into. The
//! answer of a point is its own, else that of the cluster that lists it. Remarks and presentations have no points.

use std::collections::BTreeMap;

use super::format::*;
use super::{Item, Plan, fingerprint, when};

/// One point, with what it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct PointView<'p> {
    /// Id of the event at which it was made; empty if this audience may not know it.
    pub event: &'p str,
    /// Id of the region that it comes from: of its party, else of its event.
    pub region: Option<&'p str>,
    pub suggestion: &'p Item<Suggestion>,
    /// The part of a split suggestion and its index; nothing for a whole one.
    pub part: Option<(usize, &'p Point)>,
    /// The cluster that lists it.
    pub cluster: Option<&'p Item<Cluster>>,
}

/// How far the answering of a point has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Answered(DispositionStatus),
    /// A party is not satisfied with the answer, and there is no later one.
    Reopened,
    /// There is an answer, but it is withheld from this audience.
    Withheld,
    Open,
}

/// All suggestions with the event of each; remarks and presentations are none.
pub fn suggestions(plan: &Plan) -> impl Iterator<Item = (&str, &Item<Suggestion>)> {
    plan.suggestions.iter().flat_map(|group| {
        let of_members = group.suggestions.iter().filter(|item| item.data.kind == RecordKind::Suggestion);
        of_members.map(|item| (group.event.as_str(), item))
    })
}

/// All points, in the order of the plan.
pub fn points(plan: &Plan) -> Vec<PointView<'_>> {
    let clusters = clusters(plan);
    let regions = Regions::new(plan);
    let mut out = Vec::new();
    for (event, suggestion) in suggestions(plan) {
        let cluster = |id: &Id| clusters.get(id.as_str()).copied();
        let region = regions.of(event, &suggestion.data);
        let whole = PointView { event, region, suggestion, part: None, cluster: cluster(&suggestion.data.id) };
        match suggestion.data.points.as_slice() {
            [] => out.push(whole),
            parts => out.extend(parts.iter().enumerate().map(|(index, part)| PointView {
                part: Some((index, part)),
                cluster: cluster(&part.id),
                ..whole
            })),
        }
    }
    out
}

/// Regions by the ids of parties and events.
struct Regions<'p> {
    parties: BTreeMap<&'p str, &'p str>,
    events: BTreeMap<&'p str, &'p str>,
}

impl<'p> Regions<'p> {
    fn new(plan: &'p Plan) -> Self {
        let own = plan.regions.iter().map(|region| (region.data.id.as_str(), region.data.id.as_str()));
        let members = plan.members.iter().filter_map(|one| Some((one.data.id.as_str(), one.data.region.as_deref()?)));
        let events = plan.events.iter().filter_map(|one| Some((one.data.id.as_str(), one.data.region.as_deref()?)));
        Regions { parties: own.chain(members).collect(), events: events.collect() }
    }

    fn of(&self, event: &str, said: &Suggestion) -> Option<&'p str> {
        let party = said.by.as_ref().and_then(|id| self.parties.get(id.as_str()));
        party.or_else(|| self.events.get(event)).copied()
    }
}

/// The cluster of each point that is in one, by the id of the point; of several, the first.
pub fn clusters(plan: &Plan) -> BTreeMap<&str, &Item<Cluster>> {
    let mut out = BTreeMap::new();
    for cluster in &plan.clusters {
        for point in &cluster.data.points {
            out.entry(point.as_str()).or_insert(cluster);
        }
    }
    out
}

/// The fingerprint that the present words of a target have, if nothing changed since; nothing before it is stamped.
pub fn stamp(target: &Target) -> Option<String> {
    let after = target.after.as_deref()?;
    Some(target.fingerprint.as_deref().map_or_else(|| fingerprint::of(after), str::to_string))
}

impl<'p> PointView<'p> {
    pub fn id(&self) -> &'p str {
        match self.part {
            Some((_, part)) => part.id.as_str(),
            None => self.suggestion.data.id.as_str(),
        }
    }

    pub fn text(&self) -> &'p Text {
        self.part.map_or(&self.suggestion.data.text, |(_, part)| &part.text)
    }

    /// Priorities and elements that it is about: its own, else those of the whole suggestion.
    pub fn about(&self) -> &'p [Id] {
        match self.part {
            Some((_, part)) if !part.about.is_empty() => &part.about,
            _ => &self.suggestion.data.about,
        }
    }

    /// The answer that is written at the point itself.
    pub fn own_disposition(&self) -> Option<&'p Disposition> {
        match self.part {
            Some((_, part)) => part.disposition.as_ref(),
            None => self.suggestion.data.disposition.as_ref(),
        }
    }

    /// The answer: its own, else that of its cluster.
    pub fn disposition(&self) -> Option<&'p Disposition> {
        self.own_disposition().or_else(|| self.cluster?.data.disposition.as_ref())
    }

    pub fn replies(&self) -> &'p [Reply] {
        self.part.map_or(&self.suggestion.data.replies, |(_, part)| &part.replies)
    }

    /// Basis of what was said.
    pub fn basis(&self) -> Option<Basis> {
        let whole = self.suggestion.data.basis.or(self.suggestion.file_basis);
        self.part.and_then(|(_, part)| part.basis).or(whole)
    }

    /// Basis of the answer: its own, else that of what was said.
    pub fn answer_basis(&self) -> Option<Basis> {
        let shared = || self.cluster.and_then(|cluster| cluster.data.basis.or(cluster.file_basis));
        match self.own_disposition() {
            Some(own) => own.basis.or(self.basis()),
            None => self.disposition().and_then(|one| one.basis).or_else(shared),
        }
    }

    /// The reply that opens the point again: the last word of a party, which is not satisfied and was not answered since.
    pub fn objection(&self) -> Option<&'p Reply> {
        let answered = self.disposition().and_then(|one| one.date.as_ref());
        let mut last: Vec<&Reply> = Vec::new();
        for reply in self.replies() {
            match last.iter().position(|known| (&known.by, known.voice) == (&reply.by, reply.voice)) {
                Some(at) if !later(last[at].date.as_ref(), reply.date.as_ref()) => last[at] = reply,
                Some(_) => {}
                None => last.push(reply),
            }
        }
        last.into_iter().find(|reply| {
            let settled = reply.date.is_some() && later(answered, reply.date.as_ref());
            reply.verdict == Verdict::NotSatisfied && !settled
        })
    }

    pub fn standing(&self) -> Standing {
        match self.disposition() {
            None if self.part.map_or(self.suggestion.data.answered, |(_, part)| part.answered) => Standing::Withheld,
            None => Standing::Open,
            Some(_) if self.objection().is_some() => Standing::Reopened,
            Some(one) => Standing::Answered(one.status),
        }
    }
}

/// True when `a` is a date after `b`.
fn later(a: Option<&When>, b: Option<&When>) -> bool {
    let read = |date: Option<&When>| date.and_then(|date| when::parse(date));
    matches!((read(a), read(b)), (Some(a), Some(b)) if when::after(&a, &b))
}
