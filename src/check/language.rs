//! Texts that are empty, not translated, translated from what has changed, or of another shape than their source.

use std::mem::discriminant;

use crate::diag::{Address, Code, Diagnostic, Diagnostics, Origin, Place};
use crate::model::format::{Common, Text};
use crate::model::prose::{Content, Prose};
use crate::model::reference::{self, Leaf, body_fingerprint};
use crate::model::{Item, Plan, fingerprint};

/// Every localized text: not empty, in every official language, from the source as it is now.
pub fn texts(plan: &Plan, diags: &mut Diagnostics) {
    // Titles and publishers of sources stand in the language in which they were published.
    let cited: std::collections::BTreeSet<&str> = plan.sources.iter().map(|source| source.data.id()).collect();
    reference::visit(plan, &mut |at, leaf| {
        if let Leaf::Text(text) = leaf
            && let Some(address) = at.address()
            && !cited.contains(address.item.as_str())
        {
            one(plan, text, address, &|| at.origin(), diags);
        }
    });
}

fn one(plan: &Plan, text: &Text, address: Address, origin: &dyn Fn() -> Origin, diags: &mut Diagnostics) {
    let source = &*plan.plan.languages.source;
    let what = || match (address.fields.last(), address.item.as_str()) {
        (Some(field), "plan") => format!("`{field}`"),
        (Some(field), item) => format!("`{field}` of `{item}`"),
        (None, item) => format!("`{item}`"),
    };
    for (tag, _) in text.wordings.iter().filter(|(_, wording)| wording.text.trim().is_empty()) {
        let diagnostic = Diagnostic::new(Code::EmptyText, origin()).arg("what", what());
        diags.push(diagnostic.address(match tag.is_empty() {
            true => address.clone(),
            false => address.clone().lang(tag),
        }));
    }
    let Some(original) = text.get(source, source) else { return };
    for lang in plan.plan.languages.official.iter().filter(|lang| ***lang != *source) {
        let code = match text.wording(lang, source) {
            None if is_words(&address, original) => Code::Untranslated,
            Some(wording) if wording.from.as_ref().is_some_and(|from| *from != fingerprint::of(original)) => {
                Code::StaleTranslation
            }
            _ => continue,
        };
        let diagnostic = Diagnostic::new(code, origin())
            .arg("what", what())
            .arg("language", language_name(lang))
            .arg("source", language_name(source))
            .arg("fingerprint", fingerprint::of(original));
        diags.push(diagnostic.address(address.clone().lang(&**lang)));
    }
}

/// Codes and abbreviations may be the same in all languages, and so may what holds no letter.
fn is_words(address: &Address, original: &str) -> bool {
    let code = |field: &String| matches!(field.as_str(), "code" | "abbreviation" | "short-name");
    original.chars().any(char::is_alphabetic) && !address.fields.iter().any(code)
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
            } else if body.from.as_ref().is_some_and(|from| *from != body_fingerprint(original)) {
                let diagnostic = Diagnostic::new(Code::StaleTranslation, Origin::file(body.file).key("from"))
                    .arg("what", &what)
                    .arg("language", name)
                    .arg("fingerprint", body_fingerprint(original));
                diags.push(diagnostic.address(address.clone().lang(&**lang)));
            }
        }
    }
}

/// The kinds of the blocks, in order.
fn shape(prose: &Prose) -> Vec<std::mem::Discriminant<Content>> {
    prose.blocks.iter().map(|block| discriminant(&block.content)).collect()
}
