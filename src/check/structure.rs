//! The shape of the strategic map: parents, codes, and what became of the plan before.

use std::collections::{BTreeMap, BTreeSet};

use super::place::at;
use crate::diag::{Address, Code, Diagnostic, Diagnostics, Origin};
use crate::model::faulty::Faulty;
use crate::model::format::{Common, Layer, Text};
use crate::model::{Item, Plan};

/// Below the topmost layer every element has a parent, unless its layer stands by itself.
pub fn parents(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    let Some(top) = plan.layers.first().map(|layer| &layer.data.id) else { return };
    for element in plan.elements.iter().filter(|it| it.data.parent.is_none() && it.data.layer != *top) {
        let layer = plan.layers.iter().find(|layer| layer.data.id == element.data.layer);
        if layer.is_some_and(|layer| !layer.data.free_standing) && !faulty.has(&element.origin.key("parent")) {
            diags.push(at(Code::OrphanElement, element, "").arg("id", &*element.data.id));
        }
    }
}

/// A parent does not stand below its element, and a group is one of the element's own layer.
pub fn layers(plan: &Plan, diags: &mut Diagnostics) {
    let rank: BTreeMap<&str, usize> = plan.layers.iter().enumerate().map(|(at, it)| (it.data.id(), at)).collect();
    let groups = plan.layers.iter().flat_map(|it| it.data.groups.iter().map(|group| (&*group.id, it.data.id())));
    let groups: BTreeMap<&str, &str> = groups.collect();
    let elements: BTreeMap<&str, &str> = plan.elements.iter().map(|it| (it.data.id(), &*it.data.layer)).collect();
    for element in &plan.elements {
        let layer = &*element.data.layer;
        let mut tell = |field: &str, what: &str, id: &str, found: &str| {
            let diagnostic = at(Code::WrongLayer, element, field).arg("what", what).arg("id", id);
            diags.push(diagnostic.arg("found", found).arg("layer", layer));
        };
        if let Some((id, above)) = element.data.parent.as_deref().and_then(|id| Some((id, *elements.get(id)?)))
            // Of a layer that could not be read nobody knows where it stands.
            && let (Some(theirs), Some(own)) = (rank.get(above), rank.get(layer))
            && theirs > own
        {
            tell("parent", "the parent", id, above);
        }
        if let Some((id, own)) = element.data.group.as_deref().and_then(|id| Some((id, *groups.get(id)?)))
            && own != layer
        {
            tell("group", "the group", id, own);
        }
    }
}

/// Codes follow the pattern of their layer, in every language, and stand once in it; those of other items once in
/// their list.
pub fn codes(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    let source = &*plan.plan.languages.source;
    let layers: BTreeMap<&str, &Item<Layer>> = plan.layers.iter().map(|it| (it.data.id(), it)).collect();
    for element in &plan.elements {
        let Some(code) = &element.data.code else { continue };
        let layer = layers.get(&*element.data.layer);
        let Some(pattern) = layer.and_then(|layer| layer.data.code_pattern.as_deref()) else { continue };
        if faulty.has(&element.origin.key("code")) {
            continue;
        }
        for (tag, wording) in &code.wordings {
            let own = tag.is_empty() || *tag == *source;
            if !fits(&wording.text, pattern, own) {
                let diagnostic = at(Code::CodePattern, element, "code");
                diags.push(diagnostic.arg("code", &*wording.text).arg("pattern", pattern));
            }
        }
    }
    let mut once = Once { source, seen: BTreeMap::new(), faulty, diags };
    for element in &plan.elements {
        once.look(element, element.data.code.as_ref(), &element.data.layer, "in one layer");
    }
    macro_rules! lists {
        ($($list:ident $where:literal)*) => {
            $(for item in &plan.$list {
                once.look(item, item.data.code.as_ref(), concat!("/", stringify!($list)), $where);
            })*
        };
    }
    lists!(priorities "among the priorities" activities "among the activities" indicators "among the indicators"
        members "among the members");
    for region in &plan.regions {
        once.look(region, Some(&region.data.code), "/regions", "among the regions");
    }
}

/// Looks for codes that stand twice, each language by itself.
struct Once<'a> {
    source: &'a str,
    /// By list, language and code: where it stood first.
    seen: BTreeMap<(&'a str, &'a str, &'a str), Origin>,
    faulty: &'a Faulty,
    diags: &'a mut Diagnostics,
}

impl<'a> Once<'a> {
    fn look<T: Common>(&mut self, item: &Item<T>, code: Option<&'a Text>, list: &'a str, place: &str) {
        let Some(code) = code else { return };
        for (tag, wording) in &code.wordings {
            let lang = if tag.is_empty() { self.source } else { tag };
            let key = (list, lang, wording.text.as_str());
            let Some(first) = self.seen.get(&key) else {
                self.seen.insert(key, item.origin.key("code"));
                continue;
            };
            if !self.faulty.has(&item.origin.key("code")) {
                let diagnostic = at(Code::DuplicateCode, item, "code").arg("code", &*wording.text);
                self.diags.push(diagnostic.arg("where", place).also(first.clone()));
            }
            return; // the same in several languages is one fault
        }
    }
}

/// True when `code` has the shape of `pattern`: `#` a number, `@` a capital letter, `~` a roman numeral, all else itself.
/// Where the letters are not `own`, because the language is another one, any letters stand for the pattern's letters.
pub fn fits(code: &str, pattern: &str, own: bool) -> bool {
    let Some(first) = pattern.chars().next() else { return code.is_empty() };
    let mut rest = &pattern[first.len_utf8()..];
    let run = |test: fn(char) -> bool| code.len() - code.trim_start_matches(test).len();
    let longest = match first {
        '#' => run(|c| c.is_ascii_digit()),
        '@' => run(|c| c.is_ascii_uppercase()).min(1),
        '~' => run(|c| "IVXLCDM".contains(c)),
        letter if !own && letter.is_alphabetic() => {
            rest = rest.trim_start_matches(char::is_alphabetic);
            run(char::is_alphabetic)
        }
        _ => return code.strip_prefix(first).is_some_and(|code| fits(code, rest, own)),
    };
    (1..=longest).rev().any(|length| code.get(length..).is_some_and(|code| fits(code, rest, own)))
}

/// No old goal is left without a word on what became of it.
pub fn mapping(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    let Some(predecessor) = &plan.predecessor else { return };
    if faulty.has(&predecessor.origin.key("mapping")) {
        return; // the entry that is missing may have been set aside
    }
    let mapped: BTreeSet<&str> = predecessor.mapping.iter().filter_map(|it| it.from.as_deref()).collect();
    for old in predecessor.elements.iter().filter(|old| !mapped.contains(&*old.data.id)) {
        let diagnostic = Diagnostic::new(Code::UnmappedGoal, old.origin.key("id")).arg("id", &*old.data.id);
        diags.push(diagnostic.address(Address::item(&*old.data.id)));
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn codes_fit_their_patterns() {
        for (code, pattern, expected) in [
            ("SO1", "SO#", true),
            ("SO12", "SO#", true),
            ("SO", "SO#", false),
            ("SO1a", "SO#", false),
            ("8.8", "#.#", true),
            ("B", "@", true),
            ("AB", "@", false),
            ("VIII.1", "~.#", true),
            ("", "#", false),
        ] {
            assert_eq!(fits(code, pattern, true), expected, "{code} against {pattern}");
        }
    }

    #[test]
    fn other_languages_have_other_letters() {
        assert!(fits("OS1", "SO#", false) && fits("B2", "SO#", false) && fits("1.2", "#.#", false));
        assert!(fits("Été 1", "Goal #", false) && fits("But E", "Goal @", false));
        assert!(!fits("OS", "SO#", false) && !fits("1OS", "SO#", false) && !fits("OS1", "SO#", true));
    }
}
