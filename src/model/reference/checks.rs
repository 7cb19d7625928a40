//! Checks over several items: settings of checks, patterns, cycles, shares.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::diag::{Address, Code, Diagnostic, Diagnostics, Origin, Place, Severity};
use crate::model::format::*;
use crate::model::load::is_id;
use crate::model::{Item, Plan, when};

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
    format(plan, diags);
    lists(plan, diags);
    period(plan, diags);
    words(plan, diags);
    fixed_words(plan, diags);
    for (index, id) in head.retired_ids.iter().enumerate().filter(|(_, id)| !is_id(id)) {
        let place = plan.faulty.entry(&plan.origin.key("retired-ids"), index);
        diags.push(Diagnostic::new(Code::BadId, place).arg("id", &**id));
    }
    let editions = plan.origin.key("editions");
    for (index, edition) in head.editions.iter().enumerate() {
        let at = plan.faulty.entry(&editions, index);
        severities(&edition.severity, &at.key("severity"), diags);
        stricter(head, edition, &at.key("severity"), diags);
        symbol(head, edition, &at.key("document"), plan, diags);
    }
    let stages = plan.origin.key("stages");
    for (index, stage) in head.stages.iter().enumerate() {
        let at = plan.faulty.entry(&stages, index).key("denies");
        for (entry, word) in stage.denies.iter().enumerate() {
            if word.parse::<Code>().is_err() {
                unknown(word, Place::Value(plan.faulty.entry(&at, entry)), diags);
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
                diags.push(super::not_of_the_plan(place, lang, &list));
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
                let detail = "a plan with this fault cannot be read rightly";
                let diagnostic = Diagnostic::new(Code::LockedSeverity, at.key(word));
                diags.push(diagnostic.arg("code", word).arg("detail", detail));
            }
            Ok(_) => {}
        }
    }
}

/// Tells what an edition wants to be laxer about than the plan: it may only be stricter.
fn stricter(head: &PlanFile, edition: &Edition, at: &Origin, diags: &mut Diagnostics) {
    for (word, severity) in &edition.severity {
        let Ok(code) = word.parse::<Code>() else { continue };
        let base = head.severity.get(word).copied().unwrap_or(code.severity());
        if *severity < base && !code.locked() {
            let detail = format!("it is `{}` in this plan, and an edition may only be stricter", word_of(base));
            let diagnostic = Diagnostic::new(Code::LockedSeverity, at.key(word)).arg("code", word);
            diags.push(diagnostic.arg("detail", detail));
        }
    }
}

fn word_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Allow => "allow",
        Severity::Warn => "warn",
        Severity::Deny => "deny",
    }
}

/// A plan of another format may mean something else by the same keys.
fn format(plan: &Plan, diags: &mut Diagnostics) {
    if plan.plan.format != 1 && !plan.faulty.has(&plan.origin.key("format")) {
        let diagnostic = Diagnostic::new(Code::UnknownFormat, plan.origin.key("format"));
        diags.push(diagnostic.arg("found", plan.plan.format.to_string()));
    }
}

/// Lists without which nothing can be published, and languages that do not go together.
fn lists(plan: &Plan, diags: &mut Diagnostics) {
    let head = &plan.plan;
    // A list from which a fault took the entries is not empty.
    let faulty = &plan.faulty;
    let mut empty = |what: &str, at: Origin, is_empty: bool| {
        if is_empty && !faulty.has(&at) {
            diags.push(Diagnostic::new(Code::EmptySetting, at).arg("what", what));
        }
    };
    let languages = plan.origin.key("languages");
    empty("official", languages.key("official"), head.languages.official.is_empty());
    empty("audiences", plan.origin.key("audiences"), head.audiences.is_empty());
    empty("stages", plan.origin.key("stages"), head.stages.is_empty());
    empty("editions", plan.origin.key("editions"), head.editions.is_empty());
    for (index, edition) in head.editions.iter().enumerate() {
        let at = faulty.entry(&plan.origin.key("editions"), index);
        empty("formats", at.key("formats"), edition.formats.is_empty());
        empty("parts", at.key("parts"), edition.parts.is_empty());
    }
    let source = &head.languages.source;
    if !head.languages.official.is_empty() && !head.languages.official.contains(source) {
        let at = languages.key("source");
        diags.push(Diagnostic::new(Code::UnofficialSource, at).arg("lang", &**source));
    }
}

/// The plan does not end before it begins.
fn period(plan: &Plan, diags: &mut Diagnostics) {
    let PlanPeriod { start, end, .. } = &plan.plan.period;
    let (Some(first), Some(last)) = (when::parse(start), when::parse(end)) else { return };
    if when::after(&first, &last) {
        let at = plan.origin.key("period").key("end");
        diags.push(Diagnostic::new(Code::ReversedDates, at).arg("date", format!("{start}/{end}")));
    }
}

/// Languages for which the program has no fixed words (headings, labels), and the plan not all of them.
fn fixed_words(plan: &Plan, diags: &mut Diagnostics) {
    let head = &plan.plan;
    let written = head.languages.official.iter().chain(head.editions.iter().flat_map(|edition| &edition.languages));
    let written: BTreeSet<&str> = written.map(|lang| &**lang).filter(|lang| is_language_tag(lang)).collect();
    for lang in written.into_iter().filter(|lang| !["en", "fr"].contains(&lang.split('-').next().unwrap_or(lang))) {
        let known = label_keys();
        let has = |key: &&str| head.words.get(*key).is_some_and(|text| text.wording(lang, "").is_some());
        let missing = known.iter().filter(|key| !has(key)).count();
        if missing > 0 {
            let what = format!("{missing} of {} fixed words of the document (`words:` in `plan.yaml`)", known.len());
            let diagnostic = Diagnostic::new(Code::Untranslated, plan.origin.key("languages").key("official"));
            let diagnostic = diagnostic.arg("what", what).arg("language", lang).arg("source", "English");
            diags.push(diagnostic.hint("`planwright templates show labels/en.yaml` lists their keys"));
        }
    }
}

/// The keys of the fixed words.
fn label_keys() -> BTreeSet<&'static str> {
    let table = include_str!("../../../templates/labels/en.yaml");
    table.lines().filter_map(|line| Some(line.split_once(": ")?.0)).collect()
}

/// Words that no document prints.
fn words(plan: &Plan, diags: &mut Diagnostics) {
    if plan.plan.words.is_empty() {
        return;
    }
    let known = label_keys();
    for key in plan.plan.words.keys().filter(|key| !known.contains(key.as_str())) {
        let diagnostic = Diagnostic::new(Code::UnknownKey, Place::Key(plan.origin.key("words").key(key)));
        let diagnostic =
            diagnostic.arg("key", key).arg("place", "`words`").arg("known", "the keys of `templates/labels/`");
        diags.push(diagnostic.did_you_mean(key, known.iter().copied()));
    }
}

/// What an edition needs so that its symbol can be printed in each of its languages.
fn symbol(head: &PlanFile, edition: &Edition, at: &Origin, plan: &Plan, diags: &mut Diagnostics) {
    if edition.document.is_none() {
        return;
    }
    let missing =
        |key: &str, place: &str, at: Origin| Diagnostic::new(Code::MissingKey, at).arg("key", key).arg("place", place);
    let Some(symbol) = &head.symbol else {
        diags.push(missing("symbol", "a plan with a `document:` in an edition", at.clone()));
        return;
    };
    let prints = |pattern: &str| pattern.contains("{language}");
    if !prints(&symbol.pattern) && !prints(&symbol.running_head) {
        return;
    }
    let letters = plan.origin.key("symbol").key("letters");
    let faulty = &plan.faulty;
    let languages = if edition.languages.is_empty() { &head.languages.official } else { &edition.languages };
    for lang in languages.iter().filter(|lang| !symbol.letters.contains_key(&lang.0)) {
        let diagnostic = missing(lang, "`letters`", letters.clone());
        if !faulty.has(&letters) && !diags.iter().any(|it| *it == diagnostic) {
            diags.push(diagnostic);
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

/// Tells mappings that do not say what their word says, and splits whose shares do not sum to 100 exactly.
pub fn mapping(plan: &Plan, diags: &mut Diagnostics) {
    let Some(before) = &plan.predecessor else {
        return;
    };
    let faulty = &plan.faulty;
    for (index, mapping) in before.mapping.iter().enumerate() {
        let at = faulty.entry(&before.origin.key("mapping"), index);
        if faulty.has(&at) {
            continue; // what seems to be missing may have been set aside
        }
        let address = Address::item(&*mapping.id);
        if let Some((field, detail)) = misshapen(mapping) {
            let diagnostic = Diagnostic::new(Code::MappingShape, at.key(field)).arg("id", &*mapping.id);
            let diagnostic = diagnostic.arg("fate", mapping.fate.word()).arg("detail", detail);
            diags.push(diagnostic.address(address));
        } else if mapping.fate == Fate::Split {
            shares(mapping, at.key("to"), diags);
        }
    }
}

/// The field in which an entry says something else than its fate, and how.
fn misshapen(mapping: &Mapping) -> Option<(&'static str, String)> {
    let (from, to) = (mapping.from.is_some(), mapping.to.len());
    let shares = mapping.to.iter().filter(|to| to.share.is_some()).count();
    let read = |to: &MappingTarget| to.share.as_ref().and_then(|share| super::decimal(share));
    let fits = |share: &Decimal| *share > Decimal::ZERO && *share <= Decimal::from(100);
    let wrong = mapping.to.iter().find(|to| read(to).is_some_and(|share| !fits(&share)));
    Some(match mapping.fate {
        Fate::New if from => ("from", "it names an old element".to_string()),
        Fate::Continues | Fate::Merged | Fate::Split | Fate::Dropped if !from => {
            ("fate", "it names no old element under `from:`".to_string())
        }
        Fate::Dropped if to > 0 => ("to", "it names what goes on".to_string()),
        Fate::New | Fate::Continues | Fate::Merged if to == 0 => ("fate", "it names nothing under `to:`".to_string()),
        Fate::Split if to < 2 => ("fate", "it names fewer than two under `to:`".to_string()),
        Fate::Split if shares < to => ("to", "not every part has its `share:`".to_string()),
        Fate::Continues | Fate::Merged if to > 1 => {
            ("to", "it goes on in several; that is a `split`, with a `share:` for each".to_string())
        }
        Fate::New | Fate::Continues | Fate::Merged if shares > 0 => {
            ("to", "it gives shares, which only a split has".to_string())
        }
        _ => match wrong.and_then(|to| to.share.as_ref()) {
            Some(share) => ("to", format!("a share of {share} % is not more than 0 and at most 100")),
            None => return None,
        },
    })
}

/// Keys in per cent whose shares do not sum to 100 exactly.
pub fn keys(plan: &Plan, diags: &mut Diagnostics) {
    for key in &plan.cost_keys {
        let at = key.origin.key("shares");
        if key.data.measure != Some(KeyMeasure::Parts) && !plan.faulty.has(&at) {
            whole(&key.data.id, key.data.shares.iter().map(|one| &one.share), at, diags);
        }
    }
}

fn shares(mapping: &Mapping, at: Origin, diags: &mut Diagnostics) {
    whole(&mapping.id, mapping.to.iter().filter_map(|to| to.share.as_ref()), at, diags);
}

/// Tells shares that do not sum to 100, with the difference.
fn whole<'a>(id: &str, given: impl Iterator<Item = &'a DecimalText>, at: Origin, diags: &mut Diagnostics) {
    let read: Option<Vec<Decimal>> = given.map(|text| super::decimal(text)).collect();
    let sum = read.and_then(|list| list.into_iter().try_fold(Decimal::ZERO, |sum, share| sum.checked_add(share)));
    let whole = Decimal::from(100);
    if let Some(sum) = sum.filter(|sum| *sum != whole) {
        let difference = whole.checked_sub(sum).unwrap_or(whole);
        let diagnostic = Diagnostic::new(Code::SharesNotWhole, at)
            .arg("id", id)
            .arg("sum", sum.to_string())
            .arg("difference", difference.to_string());
        diags.push(diagnostic);
    }
}
