//! Joins: every id, address, date, number and language that the plan names must be there and be of the right kind.

mod address;
mod checks;
mod costs;
mod figure;
mod near;
mod visit;
mod wording;

pub use address::{Index, Resolved, bodies, body_fingerprint, resolve};
pub use near::near;
pub use visit::{ABOUT, At, Leaf, PREDECESSOR, visit, visit_items};

use std::collections::BTreeMap;

use super::faulty::Faulty;
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
    "map",
    "priority-matrix",
    "priorities",
    "activities",
    "indicators",
    "consultation",
    "notes",
    "process",
    "glossary",
    "sources",
    "regions",
    "scan",
    "costs",
    "costs-data",
    "evidence",
    "survey",
    "survey-data",
];

/// Tells every reference that leads nowhere or to the wrong kind, and every value that is none.
pub fn check(plan: &Plan, diags: &mut Diagnostics) {
    let mut checker = Checker::new(plan, diags);
    visit(plan, &mut |at, leaf| checker.leaf(at, leaf));
    checker.prose();
    checker.costs();
    checks::settings(plan, checker.diags);
    checks::cycles(plan, checker.diags);
    checks::mapping(plan, checker.diags);
}

/// The same for a plan whose `plan.yaml` cannot be used: only what its items say of each other.
pub fn check_items(plan: &Plan, diags: &mut Diagnostics) {
    let mut checker = Checker::new(plan, diags);
    visit_items(plan, &mut |at, leaf| checker.leaf(at, leaf));
    checker.prose();
    checker.costs();
    checks::cycles(plan, checker.diags);
    checks::mapping(plan, checker.diags);
}

/// So many names are listed to choose from.
const CHOICE: usize = 10;

/// Words in code marks, with commas.
fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

struct Checker<'a> {
    plan: &'a Plan,
    diags: &'a mut Diagnostics,
    /// Ids by printed code; made when first needed.
    codes: Option<BTreeMap<&'a str, Vec<&'a str>>>,
    /// Values by address; made when first needed.
    index: Option<address::Index<'a>>,
    known: Vec<&'a str>,
    /// Ids by the kinds that were asked for.
    names: Vec<(Vec<ItemKind>, Vec<&'a str>)>,
    /// What is told already and was set aside.
    faulty: &'a Faulty,
    /// What is to be told of the value that is looked at.
    told: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    fn new(plan: &'a Plan, diags: &'a mut Diagnostics) -> Self {
        let known = super::load::languages(&plan.plan).into_iter().collect();
        Checker {
            plan,
            diags,
            codes: None,
            index: None,
            known,
            names: Vec::new(),
            faulty: &plan.faulty,
            told: Vec::new(),
        }
    }

    fn leaf(&mut self, at: &At, leaf: Leaf) {
        self.value(at, leaf);
        if self.told.is_empty() {
            return;
        }
        let known = self.faulty.has(&at.origin());
        let address = at.address();
        for mut diagnostic in self.told.drain(..).filter(|_| !known) {
            diagnostic.address.clone_from(&address);
            self.diags.push(diagnostic);
        }
    }

    fn value(&mut self, at: &At, leaf: Leaf) {
        match leaf {
            Leaf::Id(id, kinds) => self.id(&|| at.place(), id, kinds),
            Leaf::Part(word) => {
                if !PARTS.contains(&word) {
                    self.id(&|| at.place(), word, &[ItemKind::Section]);
                    self.parts(word);
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
                    let diagnostic = Diagnostic::new(Code::BadLanguage, at.place()).arg("lang", lang);
                    let diagnostic = diagnostic.arg("of", "tag");
                    self.tell(diagnostic.arg("known", "the tag of any language, such as `en`, `fr`, `pt-BR`"));
                }
            }
            Leaf::Words(_) => {}
            Leaf::Field(name, known, prose) => self.field(at, name, known, prose),
            Leaf::When(date) => match when::parse(date) {
                // What goes on and on is an activity; all else has its day.
                Some(when::Date::Annual | when::Date::Continuous) if !at.is("period") => {
                    let diagnostic = Diagnostic::new(Code::BadDate, at.place()).arg("date", &**date);
                    self.tell(diagnostic.hint(format!("only the `period:` of an activity can be `{}`", &**date)));
                }
                None => {
                    let diagnostic = Diagnostic::new(Code::BadDate, at.place()).arg("date", &**date);
                    self.tell(match at.is("period") {
                        true => diagnostic.hint("write `annual` for every year, `continuous` for all the time"),
                        false => diagnostic,
                    });
                }
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
            Leaf::Changed(text) => self.changed(&|| at.place(), text),
            Leaf::Twice(name) => self.tell(Diagnostic::new(Code::DuplicateEntry, at.place()).arg("name", name)),
        }
    }

    fn tell(&mut self, diagnostic: Diagnostic) {
        self.told.push(diagnostic);
    }

    /// Says of a word that is no part and no section what the parts are.
    fn parts(&mut self, word: &str) {
        let Some(told) = self.told.last_mut().filter(|it| it.code == Code::DanglingReference) else { return };
        told.args
            .iter_mut()
            .filter(|(name, _)| *name == "kind")
            .for_each(|(_, kind)| *kind = "part or section".to_string());
        told.hints.retain(|hint| hint.contains('?'));
        if let Some(near) = crate::diag::nearest(word, PARTS.iter().copied()) {
            told.hints.push(format!("did you mean `{near}`?"));
        }
        told.hints.push(format!("the parts are {}; and every section by its id", listed(PARTS)));
    }

    /// A name under `field-classification` that is no field would leave open what it was meant to hide.
    fn field(&mut self, at: &At, name: &str, known: &[&str], prose: bool) {
        let field = name.split(['/', '.', '[', '#']).next().unwrap_or(name).replace('_', "-");
        let body = prose.then_some("body");
        let known: Vec<String> = known.iter().copied().chain(body).map(|it| it.replace('_', "-")).collect();
        if known.contains(&field) {
            return;
        }
        let list: Vec<_> = known.iter().map(|it| format!("`{it}`")).collect();
        let diagnostic = Diagnostic::new(Code::UnknownKey, Place::Key(at.origin()))
            .arg("key", name)
            .arg("place", "`field-classification`")
            .arg("known", list.join(", "));
        self.tell(diagnostic.did_you_mean(&field, known.iter().map(String::as_str)));
    }

    /// Tells what the prose of `file` names wrongly.
    fn flush(&mut self) {
        self.told.drain(..).for_each(|diagnostic| self.diags.push(diagnostic));
    }

    fn language(&mut self, place: &dyn Fn() -> Place, lang: &str) {
        if self.known.is_empty() {
            return;
        }
        self.told.push(not_of_the_plan(place(), lang, &self.known));
    }

    fn id(&mut self, place: &dyn Fn() -> Place, id: &str, kinds: &[ItemKind]) {
        let expected = |join: &str, name: fn(ItemKind) -> &'static str| {
            let names: Vec<_> = kinds.iter().map(|kind| name(*kind)).collect();
            names.join(join)
        };
        let name = kinds.first().map_or_else(|| id.to_string(), |kind| kind.name(id));
        let unread = &self.plan.unread;
        let may_be_unread = match kinds {
            [] => !unread.is_empty(),
            _ => kinds.iter().any(|kind| unread.contains(kind)),
        };
        if let Some(declared) = self.plan.ids.get(&name) {
            if !may_be_unread && !kinds.is_empty() && !kinds.contains(&declared.kind) {
                let diagnostic = Diagnostic::new(Code::WrongKind, place())
                    .arg("id", id)
                    .arg("found", declared.kind.label())
                    .arg("expected", expected(" or ", ItemKind::label));
                let diagnostic = self.choice(diagnostic, kinds);
                self.tell(diagnostic);
            }
            return;
        }
        if may_be_unread {
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
            _ if plan.former.contains_key(id) => diagnostic.hint(format!("`{id}` is called `{}` now", plan.former[id])),
            Some(one) => diagnostic.hint(format!("`{id}` is the code of `{one}`; write its id")),
            None => match crate::diag::nearest(id, self.names(kinds).iter().copied()) {
                Some(name) => diagnostic.hint(format!("did you mean `{name}`?")),
                None => self.choice(diagnostic, kinds),
            },
        };
        self.tell(diagnostic);
    }

    /// Adds the names that there are to choose from, where they are few, and where they are listed.
    fn choice(&mut self, diagnostic: Diagnostic, kinds: &[ItemKind]) -> Diagnostic {
        let [kind] = kinds else { return diagnostic };
        let home = kind.home();
        let hint = match self.names(kinds) {
            [] => format!("`{home}` holds none yet"),
            [one] => format!("`{home}` holds only `{one}`"),
            names if names.len() <= CHOICE => format!("`{home}` holds {}", listed(names)),
            _ => format!("`{home}` holds them"),
        };
        diagnostic.hint(hint)
    }

    /// The ids of `kinds`; of all items, but no settings, where no kind is asked for. Looked up once.
    fn names(&mut self, kinds: &[ItemKind]) -> &[&'a str] {
        let known = self.names.iter().position(|(of, _)| of == kinds);
        let at = known.unwrap_or_else(|| {
            let right = |(name, declared): &(&'a String, &super::Declared)| match kinds {
                [] => !name.contains(':'),
                _ => kinds.contains(&declared.kind),
            };
            let ids = self.plan.ids.iter().filter(right);
            let ids = ids.map(|(id, _)| id.rsplit(':').next().unwrap_or(id)).collect();
            self.names.push((kinds.to_vec(), ids));
            self.names.len() - 1
        });
        &self.names[at].1
    }

    /// True when a fault set something aside that may well have this address.
    fn may_be_lost(&self, address: &Address) -> bool {
        match self.plan.ids.get(&address.item) {
            Some(item) => self.faulty.has(&item.origin) || self.plan.unread.contains(&item.kind),
            None => !self.plan.unread.is_empty(),
        }
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
        if self.may_be_lost(&address) {
            return;
        }
        let index = self.index.get_or_insert_with(|| address::Index::new(plan));
        if !index.has(&address) {
            let diagnostic = Diagnostic::new(Code::DanglingAddress, place()).arg("address", text);
            self.tell(match near(plan, &address) {
                Some(name) => diagnostic.hint(format!("did you mean `{name}`?")),
                None => diagnostic,
            });
        } else if let Some(lang) = &address.lang
            && !self.known.contains(&lang.as_str())
        {
            self.language(place, lang);
        }
    }

    /// The address of what was changed, of which the words are kept: it may have been taken out since, but not its item.
    fn changed(&mut self, place: &dyn Fn() -> Place, text: &str) {
        match text.parse::<Address>() {
            Ok(address) => self.address(place, &Address::item(address.item).to_string()),
            Err(_) => self.address(place, text),
        }
    }

    /// The address of a value that prose prints.
    fn figure(&mut self, place: &dyn Fn() -> Place, text: &str) {
        let before = self.told.len();
        self.address(place, text);
        let (true, Ok(address)) = (self.told.len() == before, text.parse::<Address>()) else { return };
        if self.may_be_lost(&address) {
            return;
        }
        let index = self.index.get_or_insert_with(|| address::Index::new(self.plan));
        let detail = match (&address.block, address.fields.is_empty()) {
            (Some(_), _) => Some("a passage is no value"),
            (None, true) => Some("an item is no value; name one of its fields"),
            (None, false) => index.value(&address).and_then(|(value, _)| figure::unprintable(&value)),
        };
        if let Some(detail) = detail {
            let diagnostic = Diagnostic::new(Code::NoValue, place()).arg("address", text);
            self.tell(diagnostic.arg("detail", detail));
        }
    }

    /// References, figures and classifications inside prose.
    fn prose(&mut self) {
        let plan = self.plan;
        for body in address::bodies(plan) {
            for block in &body.prose.blocks {
                if let Some(word) = &block.classification {
                    let place = || Place::Bytes(body.file, block.marker());
                    self.id(&place, word, &[ItemKind::Audience]);
                }
                self.content(&block.content, body.file);
                self.flush();
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
                    self.figure(&|| Place::Bytes(file, range.clone()), address);
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

/// The diagnostic of a language that the plan does not list.
pub(crate) fn not_of_the_plan(place: Place, lang: &str, known: &[&str]) -> Diagnostic {
    let known = format!("a language that `plan.yaml` lists: {}", known.join(", "));
    Diagnostic::new(Code::BadLanguage, place).arg("lang", lang).arg("of", "of this plan").arg("known", known)
}

/// The number that a decimal text says: digits with at most one point, no exponent.
pub fn decimal(text: &str) -> Option<rust_decimal::Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let shaped = all(whole) && all(part);
    shaped.then(|| rust_decimal::Decimal::from_str_exact(text).ok())?
}
