//! Draws diagnostics: for people, as JSON, as GitHub annotations.
//!
//! Comes in: diagnostics as data, and the sources they point into. Goes out: text. Places become lines and columns
//! only here; what is allowed is never drawn.

mod gather;
mod human;
mod locate;

pub use human::human;
pub use locate::{Located, locate};

use serde_json::{Value, json as object};

use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::source::Sources;
use locate::Locator;

/// The sentence of a diagnostic: the pattern of its code with the arguments filled in.
pub fn sentence(diagnostic: &Diagnostic) -> String {
    let (text, _) = fill(diagnostic.code.sentence(), diagnostic);
    text
}

/// All hints: first those of this very fault, then the one that its code always gives, unless an argument of it is
/// not known here.
pub fn hints(diagnostic: &Diagnostic) -> Vec<String> {
    let mut hints: Vec<_> = diagnostic.hints.iter().map(|hint| visible(hint)).collect();
    let (hint, whole) = fill(diagnostic.code.hint(), diagnostic);
    if whole && !hints.contains(&hint) {
        hints.push(hint);
    }
    hints
}

/// Fills `{name}` in a pattern; `{{` and `}}` are braces. Also says whether every argument was there; one that is
/// missing is drawn as an ellipsis.
fn fill(pattern: &str, diagnostic: &Diagnostic) -> (String, bool) {
    let mut out = String::with_capacity(pattern.len());
    let mut whole = true;
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        let brace = &rest[at..at + 1];
        let after = &rest[at + 1..];
        if let Some(doubled) = after.strip_prefix(brace) {
            out.push_str(brace);
            rest = doubled;
        } else if let (true, Some((name, more))) = (brace == "{", after.split_once('}')) {
            match diagnostic.args.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => out.push_str(&visible(value)),
                None => {
                    out.push('…');
                    whole = false;
                }
            }
            rest = more;
        } else {
            out.push_str(brace);
            rest = after;
        }
    }
    out.push_str(rest);
    (out, whole)
}

/// True for characters that could steer a terminal or turn the direction of a line.
fn steers(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` without characters that could steer a terminal.
pub fn visible(text: &str) -> String {
    text.chars().map(|c| if steers(c) { '\u{fffd}' } else { c }).collect()
}

/// The word that people see for a severity; nothing for what is allowed.
fn word(severity: Severity) -> Option<&'static str> {
    match severity {
        Severity::Deny => Some("error"),
        Severity::Warn => Some("warning"),
        Severity::Allow => None,
    }
}

/// What is drawn, sorted by file and place; what stands nowhere comes first.
fn sorted<'d>(diags: &'d Diagnostics, locator: &mut Locator) -> Vec<(&'d Diagnostic, &'static str, Option<Located>)> {
    let mut list: Vec<_> = diags
        .iter()
        .filter_map(|diagnostic| {
            let word = word(diagnostic.severity)?;
            let place = diagnostic.places.first();
            let located = place.and_then(|place| locator.locate(place));
            Some((diagnostic, word, located))
        })
        .collect();
    list.sort_by_cached_key(|(diagnostic, _, located)| {
        let file = file_of(diagnostic, located.as_ref(), locator.sources);
        let start = located.as_ref().map(|located| located.range.start);
        (file, start, diagnostic.code, sentence(diagnostic))
    });
    list
}

/// The file that a diagnostic is about, whether or not there is a line in it.
fn file_of(diagnostic: &Diagnostic, located: Option<&Located>, sources: &Sources) -> Option<String> {
    match located {
        Some(located) => Some(located.file.clone()),
        None => diagnostic.places.first().and_then(|place| locate::file_name(place, sources)),
    }
}

/// Errors and warnings, counted.
fn count(diags: &Diagnostics) -> (usize, usize) {
    let of = |severity| diags.iter().filter(|d| d.severity == severity).count();
    (of(Severity::Deny), of(Severity::Warn))
}

/// `2 errors, 1 warning`; what is none is left out.
pub fn summary(diags: &Diagnostics) -> String {
    let (errors, warnings) = count(diags);
    let say = |count: usize, one: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {one}s")),
    };
    let parts: Vec<_> = [say(errors, "error"), say(warnings, "warning")].into_iter().flatten().collect();
    match parts.is_empty() {
        true => "no errors, no warnings".to_string(),
        false => parts.join(", "),
    }
}

/// The one object of `--format json`. What is not known is `null`; lines and columns count from 1, columns in
/// characters, ends are behind the last character.
pub fn json(diags: &Diagnostics, sources: &Sources) -> Value {
    let list: Vec<_> = sorted(diags, &mut Locator::new(sources))
        .into_iter()
        .map(|(diagnostic, severity, located)| {
            let at = located.as_ref();
            object!({
                "code": diagnostic.code.word(),
                "severity": severity,
                "message": sentence(diagnostic),
                "file": file_of(diagnostic, at, sources),
                "line": at.map(|at| at.line),
                "column": at.map(|at| at.column),
                "end_line": at.map(|at| at.end_line),
                "end_column": at.map(|at| at.end_column),
                "excerpt": at.map(|at| at.excerpt.as_str()),
                "address": diagnostic.address.as_ref().map(ToString::to_string),
                "hints": hints(diagnostic),
            })
        })
        .collect();
    let (errors, warnings) = count(diags);
    object!({ "diagnostics": list, "summary": { "errors": errors, "warnings": warnings } })
}

/// One annotation of GitHub per line.
pub fn github(diags: &Diagnostics, sources: &Sources) -> String {
    let mut out = String::new();
    for (diagnostic, severity, located) in sorted(diags, &mut Locator::new(sources)) {
        let file = file_of(diagnostic, located.as_ref(), sources);
        let mut where_to = Vec::new();
        where_to.extend(file.map(|file| format!("file={}", escaped(&file, true))));
        if let Some(at) = &located {
            where_to.push(format!("line={}", at.line));
            where_to.push(format!("col={}", at.column));
        }
        let space = if where_to.is_empty() { "" } else { " " };
        let mut message = format!("{} [{}]", sentence(diagnostic), diagnostic.code);
        for hint in hints(diagnostic) {
            message.push_str(&format!("\nhint: {hint}"));
        }
        let (where_to, message) = (where_to.join(","), escaped(&message, false));
        out.push_str(&format!("::{severity}{space}{where_to}::{message}\n"));
    }
    out
}

/// Escapes a message of GitHub, or one of its properties.
fn escaped(text: &str, property: bool) -> String {
    let mut out = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    if property {
        out = out.replace(':', "%3A").replace(',', "%2C");
    }
    out
}

#[cfg(test)]
mod tests;
