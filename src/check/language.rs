//! Texts that are empty, not translated, translated from what has changed, or of another shape than their source.

use super::place::at;
use crate::diag::{Address, Code, Diagnostic, Diagnostics, Origin, Place};
use crate::model::faulty::Faulty;
use crate::model::format::{Common, Text};
use crate::model::prose::{Content, Prose};
use crate::model::reference::{self, Leaf, body_fingerprint};
use crate::model::{Body, Item, Plan, fingerprint, load};

/// Every localized text: not empty, in every official language, from the source as it is now.
pub fn texts(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    // Titles and publishers of sources stand in the language in which they were published.
    let cited: std::collections::BTreeSet<&str> = plan.sources.iter().map(|source| source.data.id()).collect();
    let languages = languages(plan);
    reference::visit(plan, &mut |at, leaf| {
        let looked_at = match leaf {
            Leaf::Text(_) => true,
            Leaf::Words(text) => text.trim().is_empty(),
            _ => false,
        };
        let Some(address) = at.address().filter(|_| looked_at) else { return };
        match leaf {
            Leaf::Text(text) if !cited.contains(address.item.as_str()) => {
                let before = diags.len();
                one(plan, &languages, text, address, &|| at.origin(), diags);
                if diags.len() > before && faulty.has(&at.origin()) {
                    diags.truncate(before);
                }
            }
            Leaf::Words(_) => {
                let diagnostic = Diagnostic::new(Code::EmptyText, at.origin()).arg("what", what(&address));
                diags.push(diagnostic.address(address));
            }
            _ => {}
        }
    });
}

/// The languages in which something is published, but for the one in which drafters write.
fn languages(plan: &Plan) -> Vec<&str> {
    let source = &*plan.plan.languages.source;
    load::languages(&plan.plan).into_iter().filter(|lang| *lang != source).collect()
}

fn what(address: &Address) -> String {
    match (address.fields.last(), address.item.as_str()) {
        (Some(field), "plan") => format!("`{field}`"),
        (Some(field), item) => format!("`{field}` of `{item}`"),
        (None, item) => format!("`{item}`"),
    }
}

fn one(
    plan: &Plan,
    languages: &[&str],
    text: &Text,
    address: Address,
    origin: &dyn Fn() -> Origin,
    diags: &mut Diagnostics,
) {
    let source = &*plan.plan.languages.source;
    let what = || what(&address);
    for (tag, _) in text.wordings.iter().filter(|(_, wording)| wording.text.trim().is_empty()) {
        let place = if tag.is_empty() { origin() } else { origin().key(tag) };
        let diagnostic = Diagnostic::new(Code::EmptyText, place).arg("what", what());
        diags.push(diagnostic.address(match tag.is_empty() {
            true => address.clone(),
            false => address.clone().lang(tag),
        }));
    }
    let Some(original) = text.get(source, source) else {
        return unsourced(text, source, address, origin, diags);
    };
    for lang in languages.iter().copied() {
        let torn = || {
            let key = (address.item.clone(), lang.to_string());
            plan.torn.contains(&key) && address.fields == ["title"]
        };
        let code = match text.wording(lang, source) {
            None if is_words(&address, original) && !torn() => Code::Untranslated,
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
        diags.push(diagnostic.address(address.clone().lang(lang)));
    }
}

/// A text that stands only in other languages than the one in which drafters write.
fn unsourced(text: &Text, source: &str, address: Address, origin: &dyn Fn() -> Origin, diags: &mut Diagnostics) {
    let given = text.wordings.iter().find(|(tag, wording)| *tag != source && !wording.text.trim().is_empty());
    if let Some((tag, _)) = given.filter(|(tag, _)| !tag.is_empty()) {
        let diagnostic = Diagnostic::new(Code::Untranslated, origin()).arg("what", what(&address));
        let diagnostic = diagnostic.arg("language", language_name(source)).arg("source", language_name(tag));
        diags.push(diagnostic.address(address));
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
    wordings(plan, diags);
    of(plan, &plan.statements, diags);
    of(plan, &plan.elements, diags);
    of(plan, &plan.sections, diags);
}

/// A statement says something: its wording in force, or at least one that is proposed.
fn wordings(plan: &Plan, diags: &mut Diagnostics) {
    for statement in plan.statements.iter().filter(|it| it.data.proposals.is_empty()) {
        let source = statement.bodies.first();
        if source.is_none_or(|body| body.prose.blocks.is_empty()) {
            let what = format!("the wording of `{}`", statement.data.id);
            diags.push(at(Code::EmptyText, statement, "").arg("what", what));
        }
    }
}

fn of<T: Common>(plan: &Plan, items: &[Item<T>], diags: &mut Diagnostics) {
    let source = &*plan.plan.languages.source;
    let languages = languages(plan);
    for item in items {
        let Some(original) = item.bodies.iter().find(|body| body.lang == source) else { continue };
        if original.prose.blocks.is_empty() {
            continue;
        }
        let what = format!("the text of `{}`", item.data.id());
        let address = Address::item(item.data.id());
        for lang in languages.iter().copied() {
            let name = language_name(lang);
            let Some(body) = item.bodies.iter().find(|body| body.lang == lang) else {
                if !plan.torn.contains(&(item.data.id().to_string(), lang.to_string())) {
                    let diagnostic = Diagnostic::new(Code::Untranslated, item.origin.key("id")).arg("what", &what);
                    let diagnostic = diagnostic.arg("language", name).arg("source", language_name(source));
                    diags.push(diagnostic.address(address.clone().lang(lang)));
                }
                continue;
            };
            if let Some(at) = original.prose.differs(&body.prose) {
                diags.push(misshapen(&original.prose, body, at).address(address.clone().lang(lang)));
            } else if body.from.as_ref().is_some_and(|from| *from != body_fingerprint(original)) {
                let diagnostic = Diagnostic::new(Code::StaleTranslation, Origin::file(body.file).key("from"))
                    .arg("what", &what)
                    .arg("language", name)
                    .arg("fingerprint", body_fingerprint(original));
                diags.push(diagnostic.address(address.clone().lang(lang)));
            }
        }
    }
}

/// Tells the first block at which a translation is built otherwise than its source.
fn misshapen(original: &Prose, body: &Body, at: usize) -> Diagnostic {
    let own = body.prose.blocks.get(at);
    let place = match own.or(body.prose.blocks.last()) {
        Some(block) if own.is_some() => Place::Bytes(body.file, block.range.clone()),
        Some(block) => Place::Bytes(body.file, block.range.end..block.range.end),
        None => Place::Value(Origin::file(body.file)),
    };
    let build = |prose: &Prose| prose.blocks.get(at).map_or_else(|| "nothing".to_string(), |it| build(&it.content));
    Diagnostic::new(Code::TranslationShape, place)
        .arg("block", (at + 1).to_string())
        .arg("found", build(&body.prose))
        .arg("expected", build(original))
}

/// How a block is built, in words.
fn build(content: &Content) -> String {
    match content {
        Content::Heading { level, .. } => format!("a heading of level {level}"),
        Content::Paragraph(_) => "a paragraph".to_string(),
        Content::List { ordered, items, .. } => {
            let kind = if *ordered { "a numbered list" } else { "a list" };
            let (count, blocks) = (items.len(), items.iter().map(Vec::len).sum::<usize>());
            let more = if blocks == count { String::new() } else { format!(", {blocks} blocks in all") };
            format!("{kind} of {count} {}{more}", if count == 1 { "item" } else { "items" })
        }
        Content::Table { head, rows, .. } => format!("a table of {} columns and {} rows", head.len(), rows.len()),
        Content::Image { .. } => "an image".to_string(),
        Content::Quote(list) => format!("a quotation of {} blocks", list.len()),
        Content::Code(_) => "code".to_string(),
        Content::Rule => "a line across".to_string(),
    }
}
