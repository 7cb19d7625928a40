//! Diagnostics as data: what is wrong, where, and what to do.
//!
//! Comes in: a code, its named arguments and a place. Goes out: a value that `report` draws for people or prints as
//! JSON. Nothing here formats for a terminal, and nothing here reads a file.

mod address;
mod code;
mod place;

pub use address::{Address, AddressError, Field};
pub use code::{Code, Kind};
pub use place::{FileId, Origin, Place, Seg, YamlPath};

use serde::{Deserialize, Serialize};

/// How much a check weighs: whether it is silent, told, or stops the edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Not reported.
    Allow,
    /// Reported; the edition is built.
    Warn,
    /// Reported; the edition is not built.
    Deny,
}

/// One fault, as data. The sentence is made from `code` and `args` by `report`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    pub code: Code,
    /// Severity after `plan.yaml` had its say; [`Code::severity`] until then.
    pub severity: Severity,
    /// Named arguments of the sentence and the hints, in the order of use.
    pub args: Vec<(&'static str, String)>,
    /// Where the fault is; the first is the main one.
    pub places: Vec<Place>,
    /// The address of the value at fault, if it has one.
    pub address: Option<Address>,
    /// Hints beyond the one that the code always gives ("did you mean `amman`?").
    pub hints: Vec<String>,
    /// The one edition that this stops, for gates; `None` stops all.
    pub edition: Option<String>,
}

impl Diagnostic {
    /// True when its first place is in `file`.
    pub fn is_in(&self, file: FileId) -> bool {
        match self.places.first() {
            Some(Place::Value(origin) | Place::Key(origin)) => origin.file == file,
            Some(Place::Bytes(id, _)) => *id == file,
            _ => false,
        }
    }

    /// A diagnostic of `code` at `place`, with the severity that the code has by itself.
    pub fn new(code: Code, place: impl Into<Place>) -> Self {
        Diagnostic {
            code,
            severity: code.severity(),
            args: Vec::new(),
            places: vec![place.into()],
            address: None,
            hints: Vec::new(),
            edition: None,
        }
    }

    /// Adds the argument `name` of the sentence.
    pub fn arg(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Adds a hint beside the one that the code always gives.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds "did you mean `name`?" when there is a name near enough.
    pub fn did_you_mean<'a>(self, wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(wrong, names) {
            Some(name) => self.hint(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// Adds a second place (the first of two duplicates, for example).
    pub fn also(mut self, place: impl Into<Place>) -> Self {
        self.places.push(place.into());
        self
    }

    /// Names the value at fault.
    pub fn address(mut self, address: Address) -> Self {
        self.address = Some(address);
        self
    }

    /// Makes it a gate of one edition.
    pub fn edition(mut self, edition: impl Into<String>) -> Self {
        self.edition = Some(edition.into());
        self
    }

    /// The argument `name`, or an empty text.
    pub fn get(&self, name: &str) -> &str {
        self.args.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    }
}

/// The nearest of `names` to `wrong`, if one is near enough to be meant.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (wrong.chars().count() / 3).clamp(1, 3);
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(wrong, name), name))
        .filter(|(distance, name)| *distance <= limit || (name.starts_with(wrong) && wrong.len() >= 3))
        .min()
        .map(|(_, name)| name)
}

/// The collector that every stage adds to.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    pub fn extend(&mut self, other: Diagnostics) {
        self.list.extend(other.list);
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Diagnostic> {
        self.list.iter_mut()
    }

    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// Takes back what was told after the first `length`.
    pub fn truncate(&mut self, length: usize) {
        self.list.truncate(length);
    }

    /// Drops repetitions: the same fault found by two editions or languages is one fault.
    pub fn dedup(&mut self) {
        let mut seen = std::collections::HashSet::with_capacity(self.list.len());
        self.list.retain(|diagnostic| seen.insert(diagnostic.clone()));
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// True when something stops `edition`: a fault of the plan, or a gate of this edition.
    pub fn stops(&self, edition: &str) -> bool {
        self.list.iter().any(|diagnostic| {
            diagnostic.severity == Severity::Deny && diagnostic.edition.as_deref().is_none_or(|name| name == edition)
        })
    }
}
