//! Checks over several items: settings of checks, patterns, cycles, shares.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::diag::{Code, Diagnostic, Diagnostics, Origin, Place, Severity};
use crate::model::format::*;
use crate::model::{Item, Plan};

/// Ids by printed code.
pub fn codes(plan: &Plan) -> BTreeMap<&str, Vec<&str>> {
    let mut out: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    fn note<'a>(out: &mut BTreeMap<&'a str, Vec<&'a str>>, code: Option<&'a Text>, id: &'a str) {
        let texts: BTreeSet<&str> =
            code.iter().flat_map(|code| code.wordings.iter().map(|(_, wording)| wording.text.as_str())).collect();
        for text in texts {
            out.entry(text).or_default().push(id);
        }
    }
    macro_rules! note_all {
        ($($list:expr),*) => {
            $(for item in &$list {
                note(&mut out, item.data.code.as_ref(), &item.data.id);
            })*
        };
    }
    note_all!(plan.elements, plan.priorities, plan.activities, plan.indicators, plan.members);
    for region in &plan.regions {
        note(&mut out, Some(&region.data.code), &region.data.id);
    }
    out
}

/// Codes of checks, patterns of symbols and of codes.
pub fn settings(plan: &Plan, diags: &mut Diagnostics) {
    let head = &plan.plan;
    severities(&head.severity, &plan.origin.key("severity"), diags);
    let editions = plan.origin.key("editions");
    for (index, edition) in head.editions.iter().enumerate() {
        let at = editions.index(index).key("severity");
        severities(&edition.severity, &at, diags);
    }
    let stages = plan.origin.key("stages");
    for (index, stage) in head.stages.iter().enumerate() {
        let at = stages.index(index).key("denies");
        for (entry, word) in stage.denies.iter().enumerate() {
            if word.parse::<Code>().is_err() {
                unknown(word, Place::Value(at.index(entry)), diags);
            }
        }
    }
    if let Some(symbol) = &head.symbol {
        let at = plan.origin.key("symbol");
        for (key, pattern) in [("pattern", &symbol.pattern), ("running-head", &symbol.running_head)] {
            if let Err(detail) = symbol_pattern(pattern) {
                bad_pattern(pattern, detail, at.key(key), diags);
            }
        }
        let known = crate::model::load::languages(head);
        for lang in symbol.letters.keys() {
            if !known.contains(lang.as_str()) {
                let list: Vec<_> = known.iter().copied().collect();
                let place = Place::Key(at.key("letters").key(lang));
                let diagnostic = Diagnostic::new(Code::BadLanguage, place).arg("lang", lang);
                diags.push(diagnostic.arg("known", list.join(", ")));
            }
        }
    }
    for layer in &plan.layers {
        if let Some(pattern) = &layer.data.code_pattern
            && let Err(detail) = code_pattern(pattern)
        {
            bad_pattern(pattern, detail, layer.origin.key("code-pattern"), diags);
        }
    }
}

fn bad_pattern(pattern: &str, detail: String, at: Origin, diags: &mut Diagnostics) {
    let diagnostic = Diagnostic::new(Code::BadPattern, at).arg("pattern", pattern);
    diags.push(diagnostic.arg("detail", detail));
}

fn unknown(word: &str, place: Place, diags: &mut Diagnostics) {
    let diagnostic = Diagnostic::new(Code::UnknownCode, place).arg("code", word);
    diags.push(diagnostic.did_you_mean(word, Code::ALL.iter().map(|code| code.word())));
}

fn severities(map: &BTreeMap<String, Severity>, at: &Origin, diags: &mut Diagnostics) {
    for (word, severity) in map {
        match word.parse::<Code>() {
            Err(()) => unknown(word, Place::Key(at.key(word)), diags),
            Ok(code) if code.locked() && *severity < code.severity() => {
                let diagnostic = Diagnostic::new(Code::LockedSeverity, at.key(word));
                diags.push(diagnostic.arg("code", word));
            }
            Ok(_) => {}
        }
    }
}

/// Says what is wrong with the pattern of a document symbol.
fn symbol_pattern(pattern: &str) -> Result<(), String> {
    const NAMES: &[&str] = &["body", "serial", "language", "version", "revision"];
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '}']) {
        let Some(inner) = rest[at..].strip_prefix('{') else {
            return Err("`}` stands without `{`".to_string());
        };
        let Some((name, after)) = inner.split_once('}') else {
            return Err("`{` is not closed".to_string());
        };
        if !NAMES.contains(&name) {
            return Err(format!("it may hold {{{}}}, not {{{name}}}", NAMES.join("}, {")));
        }
        rest = after;
    }
    match pattern.trim().is_empty() {
        true => Err("it is empty".to_string()),
        false => Ok(()),
    }
}

/// Says what is wrong with the pattern of codes.
fn code_pattern(pattern: &str) -> Result<(), String> {
    if pattern.trim().is_empty() {
        return Err("it is empty".to_string());
    }
    if pattern.trim() != pattern || pattern.chars().any(char::is_control) {
        return Err("it begins or ends with a space, or holds a control character".to_string());
    }
    match pattern.contains(['#', '@', '~']) {
        true => Ok(()),
        false => Err("it holds none of `#`, `@`, `~`, so all codes would be the same".to_string()),
    }
}

/// Tells elements that are their own ancestors, each ring once.
pub fn cycles(plan: &Plan, diags: &mut Diagnostics) {
    let by_id: BTreeMap<&str, &Item<Element>> = plan.elements.iter().map(|item| (&*item.data.id, item)).collect();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for item in &plan.elements {
        let mut chain: Vec<&str> = Vec::new();
        let mut on_chain: BTreeSet<&str> = BTreeSet::new();
        let mut at = Some(item);
        while let Some(here) = at {
            let id: &str = &here.data.id;
            if done.contains(id) {
                break;
            }
            if !on_chain.insert(id) {
                let begin = chain.iter().position(|known| *known == id).unwrap_or(0);
                let mut ring = chain[begin..].to_vec();
                ring.push(id);
                let diagnostic = Diagnostic::new(Code::Cycle, here.origin.key("parent"))
                    .arg("id", id)
                    .arg("chain", ring.join(" > "));
                diags.push(diagnostic);
                break;
            }
            chain.push(id);
            let parent = here.data.parent.as_deref();
            at = parent.and_then(|parent| by_id.get(parent).copied());
        }
        done.extend(chain);
    }
}

/// Tells splits whose shares do not sum to 100 exactly.
pub fn shares(plan: &Plan, diags: &mut Diagnostics) {
    let Some(before) = &plan.predecessor else {
        return;
    };
    for (index, mapping) in before.mapping.iter().enumerate() {
        let given: Vec<_> = mapping.to.iter().filter_map(|to| to.share.as_ref()).collect();
        if given.is_empty() || mapping.fate != Fate::Split {
            continue;
        }
        let read: Option<Vec<Decimal>> = given.iter().map(|text| super::decimal(text)).collect();
        let sum = read.and_then(|list| list.into_iter().try_fold(Decimal::ZERO, |sum, share| sum.checked_add(share)));
        let whole = Decimal::from(100);
        if let Some(sum) = sum.filter(|sum| *sum != whole) {
            let at = before.origin.key("mapping").index(index).key("to");
            let difference = whole.checked_sub(sum).unwrap_or(whole);
            let diagnostic = Diagnostic::new(Code::SharesNotWhole, at)
                .arg("id", &*mapping.id)
                .arg("sum", sum.to_string())
                .arg("difference", difference.to_string());
            diags.push(diagnostic);
        }
    }
}
