//! Texts that are empty, not translated, translated from what has changed, or of another shape than their source.

use std::mem::discriminant;

use super::place::owner;
use crate::diag::{Address, Code, Diagnostic, Diagnostics, Origin, Place};
use crate::model::format::{Common, Text};
use crate::model::prose::{Content, Prose, ProseBlock};
use crate::model::reference::{self, Leaf};
use crate::model::{Item, Plan, fingerprint};

/// Every localized text: not empty, in every official language, from the source as it is now.
pub fn texts(plan: &Plan, diags: &mut Diagnostics) {
    let mut ids: Vec<(Origin, String)> =
        plan.ids.iter().map(|(id, it)| (it.origin.clone(), id.rsplit(':').next().unwrap_or(id).to_string())).collect();
    ids.sort();
    reference::visit(plan, &mut |at, leaf| {
        // Titles and publishers of sources stand in the language in which they were published.
        let cited = |origin: &Origin| {
            plan.sources
                .iter()
                .any(|source| origin.path.starts_with(&source.origin.path) && origin.file == source.origin.file)
        };
        if let Leaf::Text(text) = leaf
            && !cited(&at.origin())
        {
            one(plan, text, &ids, || at.origin(), diags);
        }
    });
}

fn one(plan: &Plan, text: &Text, ids: &[(Origin, String)], origin: impl Fn() -> Origin, diags: &mut Diagnostics) {
    let source = &*plan.plan.languages.source;
    let what = |origin: &Origin| {
        let field = origin.path.iter().rev().find_map(|seg| match seg {
            crate::diag::Seg::Key(key) => Some(key.to_string()),
            crate::diag::Seg::Index(_) => None,
        });
        let field = field.unwrap_or_default();
        match owner(ids, origin) {
            Some(id) => (format!("`{field}` of `{id}`"), Address::item(id).field(field)),
            None => (format!("`{field}`"), Address::item("plan").field(field)),
        }
    };
    for (_, wording) in text.wordings.iter().filter(|(_, wording)| wording.text.trim().is_empty()) {
        let _ = wording;
        let origin = origin();
        let (what, address) = what(&origin);
        diags.push(Diagnostic::new(Code::EmptyText, origin).arg("what", what).address(address));
    }
    let Some(original) = text.get(source, source) else { return };
    for lang in plan.plan.languages.official.iter().filter(|lang| ***lang != *source) {
        let found = text.wording(lang, source);
        let code = match found {
            None if is_words(&origin(), original) => Code::Untranslated,
            Some(wording) if wording.from.as_ref().is_some_and(|from| *from != fingerprint::of(original)) => {
                Code::StaleTranslation
            }
            _ => continue,
        };
        let origin = origin();
        let (what, address) = what(&origin);
        let diagnostic = Diagnostic::new(code, origin)
            .arg("what", what)
            .arg("language", language_name(lang))
            .arg("source", language_name(source))
            .arg("fingerprint", fingerprint::of(original));
        diags.push(diagnostic.address(address.lang(&**lang)));
    }
}

/// Codes and abbreviations may be the same in all languages, and so may what holds no letter.
fn is_words(origin: &Origin, original: &str) -> bool {
    let code = |seg: &crate::diag::Seg| matches!(seg, crate::diag::Seg::Key(key) if matches!(&**key, "code" | "abbreviation" | "short-name"));
    original.chars().any(char::is_alphabetic) && !origin.path.iter().any(code)
}

/// The English name of the languages that the house knows, else the tag.
fn language_name(tag: &str) -> &str {
    match tag {
        "ar" => "Arabic",
        "en" => "English",
        "es" => "Spanish",
        "fr" => "French",
        "pt" => "Portuguese",
        "ru" => "Russian",
        "zh" => "Chinese",
        other => other,
    }
}

/// Bodies: translated, of the shape of their source, and from the source as it is now.
pub fn bodies(plan: &Plan, diags: &mut Diagnostics) {
    of(plan, &plan.statements, diags);
    of(plan, &plan.elements, diags);
    of(plan, &plan.sections, diags);
}

fn of<T: Common>(plan: &Plan, items: &[Item<T>], diags: &mut Diagnostics) {
    let source = &*plan.plan.languages.source;
    for item in items {
        let Some(original) = item.bodies.iter().find(|body| body.lang == source) else { continue };
        if original.prose.blocks.is_empty() {
            continue;
        }
        let what = format!("the text of `{}`", item.data.id());
        let address = Address::item(item.data.id());
        for lang in plan.plan.languages.official.iter().filter(|lang| ***lang != *source) {
            let name = language_name(lang);
            let Some(body) = item.bodies.iter().find(|body| body.lang == **lang) else {
                let diagnostic = Diagnostic::new(Code::Untranslated, item.origin.key("id")).arg("what", &what);
                let diagnostic = diagnostic.arg("language", name).arg("source", language_name(source));
                diags.push(diagnostic.address(address.clone().lang(&**lang)));
                continue;
            };
            let place = match body.prose.blocks.first() {
                Some(block) => Place::Bytes(body.file, block.range.clone()),
                None => Place::Value(Origin::file(body.file)),
            };
            let (found, expected) = (shape(&body.prose), shape(&original.prose));
            if found != expected {
                let diagnostic = Diagnostic::new(Code::TranslationShape, place)
                    .arg("found", found.len().to_string())
                    .arg("expected", expected.len().to_string());
                diags.push(diagnostic.address(address.clone().lang(&**lang)));
            } else if body.from.as_ref().is_some_and(|from| *from != whole(&original.prose)) {
                let diagnostic = Diagnostic::new(Code::StaleTranslation, Origin::file(body.file).key("from"))
                    .arg("what", &what)
                    .arg("language", name)
                    .arg("fingerprint", whole(&original.prose));
                diags.push(diagnostic.address(address.clone().lang(&**lang)));
            }
        }
    }
}

/// The kinds of the blocks, in order.
fn shape(prose: &Prose) -> Vec<std::mem::Discriminant<Content>> {
    prose.blocks.iter().map(|block| discriminant(&block.content)).collect()
}

/// The fingerprint of a whole body.
pub fn whole(prose: &Prose) -> String {
    let texts: Vec<String> = prose.blocks.iter().map(|block: &ProseBlock| Prose::plain(&block.content)).collect();
    fingerprint::of(&texts.join("\n"))
}
