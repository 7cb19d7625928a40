//! The shape of the strategic map: parents, codes, and what became of the plan before.

use std::collections::{BTreeMap, BTreeSet};

use super::place::at;
use crate::diag::{Address, Code, Diagnostic, Diagnostics};
use crate::model::Plan;
use crate::model::format::Text;

/// Below the topmost layer every element has a parent, unless its layer stands by itself.
pub fn parents(plan: &Plan, diags: &mut Diagnostics) {
    let Some(top) = plan.layers.first().map(|layer| &layer.data.id) else { return };
    for element in plan.elements.iter().filter(|it| it.data.parent.is_none() && it.data.layer != *top) {
        let layer = plan.layers.iter().find(|layer| layer.data.id == element.data.layer);
        if layer.is_some_and(|layer| !layer.data.free_standing) {
            diags.push(at(Code::OrphanElement, element, "").arg("id", &*element.data.id));
        }
    }
}

/// Codes follow the pattern of their layer and stand once in it.
pub fn codes(plan: &Plan, diags: &mut Diagnostics) {
    let source = &*plan.plan.languages.source;
    let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (index, element) in plan.elements.iter().enumerate() {
        let Some(code) = element.data.code.as_ref().and_then(|code: &Text| code.get(source, source)) else { continue };
        let layer = plan.layers.iter().find(|layer| layer.data.id == element.data.layer);
        if let Some(pattern) = layer.and_then(|layer| layer.data.code_pattern.as_deref())
            && !fits(code, pattern)
        {
            diags.push(at(Code::CodePattern, element, "code").arg("code", code).arg("pattern", pattern));
        }
        if let Some(first) = seen.insert((&element.data.layer, code), index) {
            let first = plan.elements[first].origin.key("code");
            diags.push(at(Code::DuplicateCode, element, "code").arg("code", code).also(first));
        }
    }
}

/// True when `code` has the shape of `pattern`: `#` a number, `@` a capital letter, `~` a roman numeral, all else itself.
pub fn fits(code: &str, pattern: &str) -> bool {
    let Some(first) = pattern.chars().next() else { return code.is_empty() };
    let rest = &pattern[first.len_utf8()..];
    let run = |test: fn(char) -> bool| code.len() - code.trim_start_matches(test).len();
    let longest = match first {
        '#' => run(|c| c.is_ascii_digit()),
        '@' => run(|c| c.is_ascii_uppercase()).min(1),
        '~' => run(|c| "IVXLCDM".contains(c)),
        _ => return code.strip_prefix(first).is_some_and(|code| fits(code, rest)),
    };
    (1..=longest).rev().any(|length| fits(&code[length..], rest))
}

/// No old goal is left without a word on what became of it.
pub fn mapping(plan: &Plan, diags: &mut Diagnostics) {
    let Some(predecessor) = &plan.predecessor else { return };
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
            assert_eq!(fits(code, pattern), expected, "{code} against {pattern}");
        }
    }
}
