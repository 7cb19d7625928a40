//! Joins: every id, address, date, number and language that the plan names must be there and be of the right kind.

mod address;
mod checks;
mod visit;

pub use address::{Index, Resolved, bodies, body_fingerprint, resolve};
pub use visit::{At, Leaf, PREDECESSOR, visit};

use std::collections::BTreeMap;

use super::format::*;
use super::prose::{Content, Span};
use super::{ItemKind, Plan, when};
use crate::diag::{Address, Code, Diagnostic, Diagnostics, FileId, Place};

/// The words that may stand among the parts of an edition, besides ids of sections.
pub const PARTS: &[&str] = &[
    "cover",
    "contents",
    "whats-new",
    "decision",
    "statements",
    "structure",
    "priorities",
    "activities",
    "indicators",
    "consultation",
    "process",
    "glossary",
    "sources",
    "regions",
];

/// Tells every reference that leads nowhere or to the wrong kind, and every value that is none.
pub fn check(plan: &Plan, diags: &mut Diagnostics) {
    let languages = super::load::languages(&plan.plan);
    let known = languages.iter().copied().collect();
    let mut checker = Checker { plan, diags, codes: None, index: None, known };
    visit(plan, &mut |at, leaf| checker.leaf(at, leaf));
    checker.prose();
    checks::settings(plan, checker.diags);
    checks::cycles(plan, checker.diags);
    checks::shares(plan, checker.diags);
}

struct Checker<'a> {
    plan: &'a Plan,
    diags: &'a mut Diagnostics,
    /// Ids by printed code; made when first needed.
    codes: Option<BTreeMap<&'a str, Vec<&'a str>>>,
    /// Values by address; made when first needed.
    index: Option<address::Index<'a>>,
    known: Vec<&'a str>,
}

impl<'a> Checker<'a> {
    fn leaf(&mut self, at: &At, leaf: Leaf) {
        let before = self.diags.len();
        self.value(at, leaf);
        if self.diags.len() > before {
            let address = at.address();
            self.diags.iter_mut().skip(before).for_each(|it| it.address = address.clone());
        }
    }

    fn value(&mut self, at: &At, leaf: Leaf) {
        match leaf {
            Leaf::Id(id, kinds) => self.id(&|| at.place(), id, kinds),
            Leaf::Part(word) => {
                if !PARTS.contains(&word) {
                    let before = self.diags.len();
                    self.id(&|| at.place(), word, &[ItemKind::Section]);
                    if self.diags.len() > before
                        && let Some(near) = crate::diag::nearest(word, PARTS.iter().copied())
                        && let Some(last) = self.diags.iter_mut().last()
                    {
                        last.hints.push(format!("did you mean `{near}`?"));
                    }
                }
            }
            Leaf::Text(text) => {
                for (tag, _) in &text.wordings {
                    if !tag.is_empty() && !self.known.contains(&tag.as_str()) {
                        self.language(&|| Place::Key(at.key(tag).origin()), tag);
                    }
                }
            }
            Leaf::Language(lang) => {
                if !is_language_tag(lang) {
                    self.language(&|| at.place(), lang);
                }
            }
            Leaf::When(date) => match when::parse(date) {
                None => self.tell(Diagnostic::new(Code::BadDate, at.place()).arg("date", &**date)),
                Some(read) if when::reversed(&read) => {
                    let diagnostic = Diagnostic::new(Code::ReversedDates, at.place());
                    self.tell(diagnostic.arg("date", &**date));
                }
                Some(_) => {}
            },
            Leaf::Decimal(number) => {
                if decimal(number).is_none() {
                    let diagnostic = Diagnostic::new(Code::BadDecimal, at.place());
                    self.tell(diagnostic.arg("value", &**number));
                }
            }
            Leaf::Address(text) => self.address(&|| at.place(), text),
            Leaf::Twice(name) => self.tell(Diagnostic::new(Code::DuplicateEntry, at.place()).arg("name", name)),
        }
    }

    fn tell(&mut self, diagnostic: Diagnostic) {
        self.diags.push(diagnostic);
    }

    fn language(&mut self, place: &dyn Fn() -> Place, lang: &str) {
        if self.known.is_empty() {
            return;
        }
        let known = self.known.join(", ");
        let diagnostic = Diagnostic::new(Code::BadLanguage, place());
        self.tell(diagnostic.arg("lang", lang).arg("known", known));
    }

    fn id(&mut self, place: &dyn Fn() -> Place, id: &str, kinds: &[ItemKind]) {
        let expected = |join: &str, name: fn(ItemKind) -> &'static str| {
            let names: Vec<_> = kinds.iter().map(|kind| name(*kind)).collect();
            names.join(join)
        };
        let name = kinds.first().map_or_else(|| id.to_string(), |kind| kind.name(id));
        if let Some(declared) = self.plan.ids.get(&name) {
            if !kinds.is_empty() && !kinds.contains(&declared.kind) {
                let diagnostic = Diagnostic::new(Code::WrongKind, place())
                    .arg("id", id)
                    .arg("found", declared.kind.label())
                    .arg("expected", expected(" or ", ItemKind::label));
                self.tell(diagnostic);
            }
            return;
        }
        let unread = &self.plan.unread;
        if kinds.iter().any(|kind| unread.contains(kind)) || (kinds.is_empty() && !unread.is_empty()) {
            return;
        }
        let plan = self.plan;
        let codes = self.codes.get_or_insert_with(|| checks::codes(plan));
        let same = codes.get(id).cloned().unwrap_or_default();
        if same.len() > 1 {
            let ids = same.join(", ");
            let diagnostic = Diagnostic::new(Code::AmbiguousReference, place());
            self.tell(diagnostic.arg("code", id).arg("ids", ids));
            return;
        }
        let kind = match kinds {
            [] => "item".to_string(),
            _ => expected(" or ", ItemKind::noun),
        };
        let diagnostic = Diagnostic::new(Code::DanglingReference, place()).arg("kind", kind).arg("id", id);
        let diagnostic = match same.first() {
            Some(one) => diagnostic.hint(format!("`{id}` is the code of `{one}`; write its id")),
            None => {
                let right = |kind: &ItemKind| kinds.is_empty() || kinds.contains(kind);
                let ids = plan.ids.iter().filter(|(_, declared)| right(&declared.kind));
                diagnostic.did_you_mean(id, ids.map(|(id, _)| id.rsplit(':').next().unwrap_or(id)))
            }
        };
        self.tell(diagnostic);
    }

    fn address(&mut self, place: &dyn Fn() -> Place, text: &str) {
        let address: Address = match text.parse() {
            Ok(address) => address,
            Err(error) => {
                let diagnostic =
                    Diagnostic::new(Code::BadAddress, place()).arg("address", text).arg("detail", format!("{error}"));
                return self.tell(diagnostic);
            }
        };
        let plan = self.plan;
        // What a fault set aside may well have this address.
        match plan.ids.get(&address.item) {
            Some(declared) if self.diags.iter().any(|it| it.code.locked() && it.is_in(declared.origin.file)) => return,
            None if !plan.unread.is_empty() => return,
            _ => {}
        }
        let index = self.index.get_or_insert_with(|| address::Index::new(plan));
        if !index.has(&address) {
            let diagnostic = Diagnostic::new(Code::DanglingAddress, place()).arg("address", text);
            let diagnostic = match plan.ids.contains_key(&address.item) {
                true => {
                    let known = addresses(plan, &address.item);
                    diagnostic.did_you_mean(text, known.iter().map(String::as_str))
                }
                false => diagnostic.did_you_mean(&address.item, plan.ids.keys().map(String::as_str)),
            };
            self.tell(diagnostic);
        } else if let Some(lang) = &address.lang
            && !self.known.contains(&lang.as_str())
        {
            self.language(place, lang);
        }
    }

    /// References, figures and classifications inside prose.
    fn prose(&mut self) {
        let plan = self.plan;
        for body in address::bodies(plan) {
            for block in &body.prose.blocks {
                if let Some(word) = &block.classification {
                    let place = || Place::Bytes(body.file, block.range.clone());
                    self.id(&place, word, &[ItemKind::Audience]);
                }
                self.content(&block.content, body.file);
            }
        }
    }

    fn content(&mut self, content: &Content, file: FileId) {
        match content {
            Content::Heading { spans, .. } | Content::Paragraph(spans) => self.spans(spans, file),
            Content::List { items, .. } => {
                for inner in items.iter().flatten() {
                    self.content(inner, file);
                }
            }
            Content::Table { head, rows, .. } => {
                for cell in head.iter().chain(rows.iter().flatten()) {
                    self.spans(cell, file);
                }
            }
            Content::Quote(list) => list.iter().for_each(|inner| self.content(inner, file)),
            Content::Image { .. } | Content::Code(_) | Content::Rule => {}
        }
    }

    fn spans(&mut self, spans: &[Span], file: FileId) {
        for span in spans {
            match span {
                Span::Reference { id, spans, range } => {
                    let place = || Place::Bytes(file, range.clone());
                    match id.contains(['/', '#', '[']) {
                        true => self.address(&place, id),
                        false => self.id(&place, id, &[]),
                    }
                    self.spans(spans, file);
                }
                Span::Value { address, range } => {
                    self.address(&|| Place::Bytes(file, range.clone()), address);
                }
                Span::Emphasis(list)
                | Span::Strong(list)
                | Span::Strike(list)
                | Span::Note(list)
                | Span::Link { spans: list, .. } => self.spans(list, file),
                Span::Text(_) | Span::Code(_) | Span::Break => {}
            }
        }
    }
}

/// The addresses of everything in one item and in its parts.
fn addresses(plan: &Plan, item: &str) -> std::collections::BTreeSet<String> {
    let mut out = std::collections::BTreeSet::new();
    let Some(declared) = plan.ids.get(item) else { return out };
    visit(plan, &mut |at, _| {
        let origin = at.origin();
        let inside = origin.file == declared.origin.file && origin.path.starts_with(&declared.origin.path);
        if let Some(mut address) = at.address().filter(|_| inside) {
            while !address.fields.is_empty() {
                out.insert(address.to_string());
                address.fields.pop();
            }
            out.insert(address.to_string());
        }
    });
    out
}

/// The number that a decimal text says: digits with at most one point, no exponent.
pub fn decimal(text: &str) -> Option<rust_decimal::Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let shaped = all(whole) && all(part);
    shaped.then(|| rust_decimal::Decimal::from_str_exact(text).ok())?
}
