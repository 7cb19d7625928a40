//! As what a party is named to a reader: as the Member, as its region, or not at all.
//!
//! Where the name is withheld, the id of the suggestion is replaced, too, because it stands in anchors and may tell;
//! of one that is nobody's, also its event where that is the event of one region, and its place in the order.

use std::collections::BTreeMap;

use super::reader::Reader;
use crate::model::format::*;
use crate::model::load::arrive;
use crate::model::{Item, Plan, SuggestionGroup, fingerprint};

/// Takes names of parties out of `cut` that `reader` may not know; `whole` knows the region of each Member.
pub(super) fn apply(cut: &mut Plan, whole: &Plan, reader: &Reader) {
    let mut renamed = BTreeMap::new();
    let mut nobody = Vec::new();
    for group in &mut cut.suggestions {
        let regional = whole.events.iter().any(|event| *event.data.id == *group.event && event.data.region.is_some());
        let mut stay = Vec::new();
        for mut item in std::mem::take(&mut group.suggestions) {
            item.data.imported = None;
            // Their ids count the points: of those above the reader, nothing is to be told.
            item.data.points.retain(|point| point.classification.as_deref().is_none_or(|word| reader.may(word)));
            item.data.points.iter_mut().for_each(|point| number(&mut point.replies));
            number(&mut item.data.replies);
            let named = named(&item.data.attribution, reader);
            item.data.attribution.clear();
            if named != Named::Member {
                withhold(&mut item, named, whole);
                rename(&mut item, &mut renamed);
            }
            match named == Named::Nobody && regional {
                true => nobody.push(item),
                false => stay.push(item),
            }
        }
        group.suggestions = stay;
    }
    cut.suggestions.retain(|group| !group.suggestions.is_empty());
    if !nobody.is_empty() {
        nobody.sort_by(|a, b| a.data.id.as_str().cmp(b.data.id.as_str()));
        let origin = cut.origin.clone();
        cut.suggestions.push(SuggestionGroup { event: String::new(), origin, suggestions: nobody });
    }
    follow(cut, renamed);
}

/// The strictest of what is said for this reader and for those who may read more.
fn named(attribution: &[Attribution], reader: &Reader) -> Named {
    let holds = attribution.iter().filter(|one| reader.reads_at_most(&one.audience));
    holds.map(|one| one.named).max().unwrap_or(Named::Member)
}

fn withhold(item: &mut Item<Suggestion>, named: Named, whole: &Plan) {
    let data = &mut item.data;
    let region = |id: &Id| match whole.members.iter().find(|member| member.data.id == *id) {
        Some(member) => member.data.region.clone(),
        None => Some(id.clone()),
    };
    data.by = data.by.take().filter(|_| named == Named::Region).and_then(|id| region(&id));
    data.speaker = None;
    data.date = None;
    data.source = Ids::default();
    item.file_source = Ids::default();
    let replies = data.points.iter_mut().flat_map(|point| &mut point.replies).chain(&mut data.replies);
    replies.for_each(|reply| {
        reply.by = None;
        reply.id = None;
        reply.source = Ids::default();
    });
    data.points.iter_mut().for_each(|point| point.source = Ids::default());
}

/// Numbers the parties that reply. Who is not satisfied must stay another than who is when their names are gone, or a
/// point that is open again would seem to be answered.
fn number(replies: &mut [Reply]) {
    let mut voices: Vec<Option<&Id>> = Vec::new();
    for reply in replies {
        let party = reply.by.as_ref();
        let known = voices.iter().position(|voice| *voice == party);
        reply.voice = Some(known.unwrap_or(voices.len()));
        if known.is_none() {
            voices.push(party);
        }
    }
}

/// Gives the suggestion and its points ids that tell nothing but what is read anyway: their words.
fn rename(item: &mut Item<Suggestion>, renamed: &mut BTreeMap<String, String>) {
    let words: Vec<&str> = item.data.text.wordings.iter().map(|(_, wording)| wording.text.as_str()).collect();
    let base = format!("said-{}", fingerprint::short(&words.join("\n")));
    let taken = |id: &str| renamed.values().any(|known| known == id);
    let id = (1..).map(|n| if n == 1 { base.clone() } else { format!("{base}-{n}") }).find(|id| !taken(id));
    let id = id.unwrap_or(base);
    for (index, point) in item.data.points.iter_mut().enumerate() {
        let new = format!("{id}-point-{}", index + 1);
        renamed.insert(std::mem::replace(&mut point.id, Id(new.clone())).0, new);
    }
    renamed.insert(std::mem::replace(&mut item.data.id, Id(id.clone())).0, id);
}

/// Lets every reference arrive at the new ids.
fn follow(cut: &mut Plan, renamed: BTreeMap<String, String>) {
    if renamed.is_empty() {
        return;
    }
    let proposals = cut.statements.iter_mut().flat_map(|one| &mut one.data.proposals);
    let named = proposals.flat_map(|one| &mut one.suggestions);
    let versions = cut.map.iter_mut().flat_map(|one| &mut one.data.versions).flat_map(|one| &mut one.changes);
    let causes =
        versions.flat_map(|one| one.because.iter_mut().chain(one.links.iter_mut().flat_map(|it| &mut it.because)));
    for id in named.chain(cut.clusters.iter_mut().flat_map(|one| &mut one.data.points)).chain(causes) {
        if let Some(new) = renamed.get(id.as_str()) {
            *id = Id(new.clone());
        }
    }
    for (old, new) in &renamed {
        if let Some(declared) = cut.ids.remove(old) {
            cut.ids.insert(new.clone(), declared);
        }
    }
    cut.former = renamed;
    arrive(cut);
    cut.former = BTreeMap::new();
}
