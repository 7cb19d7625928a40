//! The document: in which language, in which order, with which numbers; decided once.
//!
//! Comes in: a plan cut to an audience, and what is open. Goes out: a [`Draft`], which is all that templates see.

mod collate;
mod context;
mod cover;
mod dates;
pub mod draft;
pub mod drawing;
mod finish;
pub mod formula;
mod labels;
mod marks;
pub(crate) mod names;
mod numbers;
mod parts;
mod prose;
mod redline;
mod related;
mod table;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod typography;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use crate::clearance::Cleared;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::Plan;
use crate::model::points;
use context::Context;
use draft::*;
pub use labels::{Words, dir, fill};
use parts::sheets::Party;

/// Something that is not yet settled, listed before all else and marked where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenMatter {
    /// Code of the check that found it; never printed.
    pub code: String,
    /// Id of the item concerned, `plan` for the plan itself.
    pub item: String,
    /// Name of the field concerned, or empty.
    pub field: String,
    /// The language that is missing or has aged, or empty.
    pub language: String,
    /// Names of the fields that a record lacks.
    pub lacks: Vec<String>,
}

/// Makes the draft of one edition in one language; `None` if the audience has no such edition.
pub fn draft(
    plan: &Cleared<Plan>,
    edition: &str,
    lang: &str,
    matters: &[OpenMatter],
    diags: &mut Diagnostics,
) -> Option<Draft> {
    let whole = plan.get();
    let Some(found) = whole.plan.editions.iter().find(|one| *one.id == *edition) else {
        let known = whole.plan.editions.iter().map(|one| one.id.as_str());
        diags.push(
            Diagnostic::new(Code::DanglingReference, whole.origin.key("editions"))
                .arg("kind", "edition")
                .arg("id", edition)
                .did_you_mean(edition, known),
        );
        return None;
    };
    let ctx = Context::new(whole, found, lang, matters);
    let mut cover = cover::cover(&ctx);
    let running = cover::running(&ctx);
    let title = running.title.clone();
    let languages = match found.languages.is_empty() {
        true => &whole.plan.languages.official,
        false => &found.languages,
    };
    let languages = languages
        .iter()
        .map(|tag| LanguageLink { lang: tag.to_string(), name: capital(labels::endonym(tag)), current: **tag == *lang })
        .collect();
    let mut chapters = finish::chapters(parts::chapters(&ctx));
    let mut front: Vec<Block> = parts::map::front(&ctx).into_iter().collect();
    finish::front(&mut front, &mut chapters);
    let printed: Vec<&str> = chapters.iter().map(|one| one.node.id.as_str()).collect();
    // An annex that this reader does not get is listed, without a link to nowhere.
    for annex in cover.annexes.iter_mut().filter(|annex| !printed.contains(&annex.target.as_str())) {
        annex.target.clear();
    }
    let mut images = BTreeMap::new();
    finish::images(&chapters, &mut |path| {
        if let Some(bytes) = whole.images.get(path) {
            images.insert(path.to_string(), bytes.clone());
        }
    });
    let marking = whole.plan.marking.as_ref().map(|text| {
        let phrase = ctx.say(text);
        Notice { role: "marking".to_string(), lang: phrase.lang, dir: phrase.dir, text: phrase.text }
    });
    let notices = ctx.fallback_notice().into_iter().chain(marking).collect();
    Some(Draft {
        draft: 1,
        edition: edition.to_string(),
        lang: lang.to_string(),
        dir: labels::dir(lang).to_string(),
        title,
        notices,
        cover,
        running,
        front,
        chapters,
        words: ctx.words.map().clone(),
        languages,
        formats: found.formats.iter().map(|format| format.word().to_string()).collect(),
        noindex: found.noindex,
        date: found.date.to_string(),
        images,
    })
}

/// A sheet for one party.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Name of its files, without language and end.
    pub name: String,
    pub draft: Draft,
}

/// The sheets of an edition: one for each region, event and Member of whom there is a suggestion, and one of each kind
/// for what may not be attributed. `drafts` are the edition itself, for the numbers of its paragraphs. A sheet is in the
/// language of its party if the edition has it, else in that of the plan.
pub fn sheets(plan: &Cleared<Plan>, edition: &str, drafts: &[Draft]) -> Vec<Sheet> {
    let whole = plan.get();
    let Some(found) = whole.plan.editions.iter().find(|one| *one.id == *edition) else { return Vec::new() };
    let members: BTreeSet<&str> = whole.members.iter().map(|one| one.data.id.as_str()).collect();
    let points = points::points(whole);
    let any = [("region", !whole.regions.is_empty()), ("event", true), ("member", !whole.members.is_empty())];
    let kinds = any.into_iter().filter(|(_, any)| *any).map(|(kind, _)| kind);
    let parties: BTreeSet<Party> = kinds
        .flat_map(|kind| points.iter().map(move |point| (kind, point)))
        .map(|(kind, point)| Party::of(kind, point, &members))
        .collect();
    let contexts: Vec<(&Draft, Context, BTreeMap<String, u32>)> = drafts
        .iter()
        .map(|draft| (draft, Context::new(whole, found, &draft.lang, &[]), finish::numbers(&draft.chapters)))
        .collect();
    let mut out = Vec::new();
    for party in parties {
        let in_lang = |lang: &str| contexts.iter().find(|(draft, ..)| draft.lang == lang);
        let source = whole.plan.languages.source.as_str();
        let chosen = language(whole, &party).and_then(in_lang).or_else(|| in_lang(source)).or(contexts.first());
        let Some((draft, ctx, numbers)) = chosen else { continue };
        let section = parts::sheets::sheet(ctx, &party, numbers);
        let title = section.plain_title.clone();
        let marking = draft.notices.iter().filter(|notice| notice.role == "marking").cloned();
        out.push(Sheet {
            name: party.name(),
            draft: Draft {
                title: title.clone(),
                running: draft::Running { title, ..draft.running.clone() },
                cover: Cover::default(),
                notices: marking.collect(),
                front: Vec::new(),
                chapters: vec![section],
                languages: Vec::new(),
                images: BTreeMap::new(),
                ..(*draft).clone()
            },
        });
    }
    out
}

/// The language of correspondence of a Member; a region or an event has none.
fn language<'p>(plan: &'p Plan, party: &Party) -> Option<&'p str> {
    let member = plan.members.iter().find(|one| Some(one.data.id.as_str()) == party.id.as_deref())?;
    member.data.language.as_deref()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
#[cfg(test)]
mod withheld_tests;
