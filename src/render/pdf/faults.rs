//! What Typst says, as diagnostics at the place in the plan or template that caused it.

use std::collections::BTreeSet;
use std::str::FromStr;
use std::sync::Arc;

use typst::diag::{Severity, SourceDiagnostic};
use typst::syntax::DiagSpan;
use typst::{World, WorldExt};

use super::walk::{Met, walk};
use super::world::{DraftWorld, Fonts, Provenance};
use crate::diag::{Address, Code, Diagnostic, Diagnostics, Place};
use crate::document::draft::Draft;

/// One message of Typst as a diagnostic.
pub fn from_typst(fault: &SourceDiagnostic, world: &DraftWorld, lang: &str) -> Diagnostic {
    let message = fault.message.as_str();
    let standard = message.split_once(" error: ").filter(|(head, _)| head.starts_with("PDF/"));
    let code = match (fault.severity, standard) {
        (Severity::Warning, _) => Code::TypstWarning,
        (Severity::Error, Some(_)) => Code::PdfStandard,
        (Severity::Error, None) if is_syntax(fault, world) => Code::TypstSyntax,
        (Severity::Error, None) => Code::TypstError,
    };
    let place = place(fault.span, world, lang).or_else(|| {
        let calls = fault.trace.iter();
        calls.map(|call| DiagSpan::from(call.span)).find_map(|span| place(span, world, lang))
    });
    let place = place.unwrap_or_else(|| Place::Path(format!("draft/{lang}/draft.typ")));
    let mut diagnostic = Diagnostic::new(code, place);
    if let Some((standard, _)) = standard {
        diagnostic = diagnostic.arg("standard", standard);
    }
    diagnostic = diagnostic.arg("detail", standard.map_or(message, |(_, detail)| detail));
    for hint in &fault.hints {
        diagnostic = diagnostic.hint(hint.v.as_str());
    }
    // The call in the generated file that led here, if the fault is in a file of looks.
    let spans = std::iter::once(fault.span).chain(fault.trace.iter().map(|call| DiagSpan::from(call.span)));
    let mut first = true;
    for span in spans {
        if let Some(address) = address(span, world) {
            diagnostic.address = Some(address);
            if !first && let Some(place) = self::place(span, world, lang) {
                diagnostic = diagnostic.also(place);
            }
            break;
        }
        first = false;
    }
    diagnostic
}

fn is_syntax(fault: &SourceDiagnostic, world: &DraftWorld) -> bool {
    let source = fault.span.id().and_then(|id| world.source(id).ok());
    source.is_some_and(|source| {
        let (errors, _) = source.root().errors_and_warnings();
        errors.iter().any(|error| error.message == fault.message)
    })
}

pub fn place(span: DiagSpan, world: &DraftWorld, lang: &str) -> Option<Place> {
    let (from, name, text) = world.describe(span.id()?)?;
    let range = world.range(span).unwrap_or(0..0);
    Some(match from {
        Provenance::User(file) => Place::Bytes(*file, range),
        Provenance::Image => Place::Path(format!("plan/{}", name.strip_prefix("images/").unwrap_or(name))),
        Provenance::Builtin | Provenance::Generated => {
            let text: Arc<str> = Arc::from(text?);
            let name = match from {
                Provenance::Builtin => format!("builtin/pdf/{name}"),
                _ => format!("draft/{lang}/{name}"),
            };
            Place::Text { name, text, range }
        }
    })
}

/// The address of the nearest part of the plan before `span`, if it stands in a generated file.
fn address(span: DiagSpan, world: &DraftWorld) -> Option<Address> {
    let (from, _, text) = world.describe(span.id()?)?;
    let (Provenance::Generated, Some(text)) = (from, text) else {
        return None;
    };
    let end = world.range(span)?.start;
    let before = text.get(..end)?;
    let line = before.lines().rev().find_map(|line| line.trim_start().strip_prefix("// @"))?;
    Address::from_str(line.trim()).ok()
}

/// Tells each character that no font has, once for each owner. Gives back those characters.
pub fn missing_glyphs(draft: &Draft, fonts: &Fonts, diags: &mut Diagnostics) -> BTreeSet<char> {
    let mut seen: BTreeSet<char> = BTreeSet::new();
    let mut missing = BTreeSet::new();
    let mut told = BTreeSet::new();
    walk(draft, &mut |met| {
        let Met::Text(origin, text) = met else { return };
        for (at, c) in text.char_indices() {
            if c.is_ascii_graphic() || c == ' ' {
                continue;
            }
            if seen.insert(c) && !needs_no_glyph(c) && !fonts.cover(c) {
                missing.insert(c);
            }
            if !missing.contains(&c) {
                continue;
            }
            let address = Address::from_str(origin).ok();
            let owner = address.as_ref().map_or(String::new(), |address| address.item.clone());
            if !told.insert((c, owner)) {
                continue;
            }
            let place = Place::Text {
                name: format!("draft/{}.json", draft.lang),
                text: Arc::from(text),
                range: at..at + c.len_utf8(),
            };
            let character = match c.is_control() {
                true => format!("U+{:04X}", u32::from(c)),
                false => format!("{c} (U+{:04X})", u32::from(c)),
            };
            let mut diagnostic = Diagnostic::new(Code::MissingGlyph, place).arg("character", character);
            diagnostic.address = address;
            diags.push(diagnostic);
        }
    });
    missing
}

/// Line ends, spaces, joiners, marks of direction, variation selectors: they print nothing.
fn needs_no_glyph(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
