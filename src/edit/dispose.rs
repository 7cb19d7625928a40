//! Answers: what became of a point, written where it is answered, with the words that it changed.
//!
//! Comes in: a plan with its sources, the id of what is answered, and what is asked. Goes out: the new bytes of one file
//! and what is to be told of each target. Every edit is read again; it is given out only if the plan then says what was
//! asked. `before` is never guessed: it is the present text of an answer that is given before the change, or is told.

mod find;
mod refusal;
mod words;

pub use refusal::Refusal;

use serde_json::Value;

use super::{FileEdit, Step, printable, steps};
use crate::diag::{Address, Diagnostics, FileId, Origin, Seg};
use crate::model::format::*;
use crate::model::reference::{Index, Resolved, resolve};
use crate::model::{Plan, load};
use crate::source::Sources;
use find::Found;

/// What a drafter asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Records an answer, or replaces the fields that are given.
    Answer(Answer),
    /// Writes how every target reads since; of those that read as before only if `unchanged`.
    Stamp { unchanged: bool },
    /// Takes over the present text of targets that have changed since they were stamped.
    ///
    /// One that reads as before the change again only if `unchanged`.
    Renew { unchanged: bool },
}

/// The fields of an answer; what is not given stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: DispositionStatus,
    pub reason: Option<String>,
    pub standard_reason: Option<String>,
    pub unit: Option<String>,
    pub date: Option<String>,
    pub basis: Option<Basis>,
    pub source: Option<String>,
    pub targets: Vec<String>,
    /// Targets that were named by mistake.
    pub not_targets: Vec<String>,
    /// How the one target read before a change that is already made; empty for what is new.
    pub before: Option<String>,
}

impl Answer {
    /// An answer that says nothing but its status.
    pub fn new(status: DispositionStatus) -> Self {
        Answer {
            status,
            reason: None,
            standard_reason: None,
            unit: None,
            date: None,
            basis: None,
            source: None,
            targets: Vec::new(),
            not_targets: Vec::new(),
            before: None,
        }
    }
}

/// What comes of it.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The present id of what is answered.
    pub id: String,
    /// The file in which it is answered.
    pub file: FileId,
    /// The edit; nothing where all is said already.
    pub edit: Option<FileEdit>,
    /// What was done with each target, in their order.
    pub notes: Vec<Note>,
}

/// What was done with one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub address: String,
    pub what: What,
}

/// See [`Note`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Its present text is kept as `before`.
    Kept,
    /// Its `before` was there and stays.
    Stays,
    /// Its `before` was told, its present text is `after`; `same` if the two are alike.
    Told { same: bool },
    /// Its present text is `after`.
    Stamped,
    /// It was stamped before and has not changed.
    Known,
    /// It reads as before the change; stamped all the same, if so asked.
    Unchanged { stamped: bool },
    /// It was stamped before and has changed since: not touched.
    Suspect,
    /// It was never stamped, so there is nothing to renew.
    Unstamped,
    /// The text that was `after`, and the one that is.
    Renewed { old: String, new: String },
    /// It reads again as before the change, so that nothing is changed any more: not touched.
    Undone,
    /// It is named no more.
    Removed,
    /// The reason of the former answer, which is taken out.
    OldReason,
}

/// The edit by which `id` is answered as asked.
///
/// # Errors
/// See [`Refusal`]; nothing is to be written then.
pub fn record(plan: &Plan, sources: &Sources, id: &str, ask: &Ask) -> Result<Recorded, Refusal> {
    let found = find::find(plan, id, matches!(ask, Ask::Answer(_)))?;
    let mut pen = Pen { plan, sources, index: Index::new(plan), found, steps: Vec::new(), notes: Vec::new() };
    let wanted = match ask {
        Ask::Answer(answer) => pen.answer(answer)?,
        Ask::Stamp { unchanged } => pen.stamp(*unchanged)?,
        Ask::Renew { unchanged } => pen.renew(*unchanged)?,
    };
    let Pen { found, steps: list, notes, .. } = pen;
    let (id, file) = (found.id.to_string(), found.origin.file);
    let edit = match list.is_empty() {
        true => None,
        false => Some(steps(sources, file, &list).map_err(Refusal::Edit)?),
    };
    let is_kept = |edit: &FileEdit| says(sources, edit, &id, &wanted);
    match edit.as_ref().is_none_or(is_kept) {
        true => Ok(Recorded { id, file, edit, notes }),
        false => Err(Refusal::Edit(super::EditError::NotExact)),
    }
}

/// Whether the plan, read again, gives the wanted answer.
fn says(sources: &Sources, edit: &FileEdit, id: &str, wanted: &Disposition) -> bool {
    let Some(plan) = load::load(&edit.apply(sources), &mut Diagnostics::default()) else { return false };
    let Ok(found) = find::find(&plan, id, false) else { return false };
    let json = |one: &Disposition| serde_json::to_value(one).unwrap_or_default();
    found.disposition.is_some_and(|now| alike(&json(now), &json(wanted)))
}

/// Whether two values say the same; the last line end of a text belongs to how it is written.
fn alike(one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::String(one), Value::String(two)) => one.trim_end_matches('\n') == two.trim_end_matches('\n'),
        (Value::Array(one), Value::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| alike(one, two))
        }
        (Value::Object(one), Value::Object(two)) => {
            one.len() == two.len()
                && one.iter().all(|(key, value)| two.get(key).is_some_and(|other| alike(value, other)))
        }
        _ => one == two,
    }
}

/// Collects the steps of one answer.
struct Pen<'p> {
    plan: &'p Plan,
    sources: &'p Sources,
    index: Index<'p>,
    found: Found<'p>,
    steps: Vec<Step>,
    notes: Vec<Note>,
}

impl Pen<'_> {
    /// Records an answer; returns the disposition that the plan must then hold.
    fn answer(&mut self, asked: &Answer) -> Result<Disposition, Refusal> {
        let mut wanted = self.found.disposition.cloned().unwrap_or_else(|| blank(asked.status));
        wanted.status = asked.status;
        self.put(&["status"], asked.status.word());
        self.reason(asked, &mut wanted)?;
        self.still_holds(asked, &mut wanted)?;
        if let Some(id) = self.text("standard-reason", asked.standard_reason.as_deref())? {
            wanted.standard_reason = Some(Id(id));
        }
        if let Some(id) = self.text("unit", asked.unit.as_deref())? {
            wanted.unit = Some(Id(id));
        }
        if let Some(date) = self.text("date", asked.date.as_deref())? {
            wanted.date = Some(When(date));
        }
        self.not_targets(asked, &mut wanted)?;
        self.targets(asked, &mut wanted)?;
        self.changes(&wanted)?;
        if let Some(basis) = asked.basis {
            self.put(&["basis"], basis.word());
            wanted.basis = Some(basis);
        }
        self.source(asked, &mut wanted)?;
        Ok(wanted)
    }

    /// The reason of one answer is not that of another: it goes where none is needed, and is asked for elsewhere.
    fn still_holds(&mut self, asked: &Answer, wanted: &mut Disposition) -> Result<(), Refusal> {
        let Some(old) = self.found.disposition.filter(|old| old.status != asked.status) else { return Ok(()) };
        if asked.reason.is_some() || asked.standard_reason.is_some() {
            return Ok(());
        }
        for (field, had) in [("reason", old.reason.is_some()), ("standard-reason", old.standard_reason.is_some())] {
            if had && asked.status != DispositionStatus::Accepted {
                return Err(Refusal::OldReason { id: self.found.id.to_string(), status: old.status.word() });
            }
            if had {
                self.steps.push(Step::Remove(self.place().key(field).path));
                let address = format!("{}/disposition/{field}", self.found.id);
                self.notes.push(Note { address, what: What::OldReason });
            }
        }
        (wanted.reason, wanted.standard_reason) = (None, None);
        Ok(())
    }

    /// Only an answer that accepts names what it changed.
    fn changes(&self, wanted: &Disposition) -> Result<(), Refusal> {
        if wanted.status.changes() || wanted.targets.is_empty() {
            return Ok(());
        }
        let targets = wanted.targets.iter().map(|target| target.address.to_string()).collect();
        Err(Refusal::Contradiction { id: self.found.id.to_string(), status: wanted.status.word(), targets })
    }

    /// The reason is given in the language of the plan.
    fn reason(&mut self, asked: &Answer, wanted: &mut Disposition) -> Result<(), Refusal> {
        let Some(reason) = &asked.reason else { return Ok(()) };
        let reason = printable(reason).map_err(Refusal::Edit)?;
        if reason.trim().is_empty() {
            return Err(Refusal::Empty("reason"));
        }
        let language = &*self.plan.plan.languages.source;
        let address = Address::item(self.found.id).field("disposition").field("reason");
        match (&mut wanted.reason, resolve(self.plan, self.sources, &address)) {
            (Some(old), Some(Resolved::Value { path, .. })) => {
                match old.wordings.iter_mut().find(|(tag, _)| tag.is_empty() || tag == language) {
                    Some((_, wording)) => wording.text.clone_from(&reason),
                    None => old.wordings.push((language.to_string(), Wording { text: reason.clone(), from: None })),
                }
                self.steps.push(Step::Put(path, reason));
            }
            (old, _) => {
                *old = Some(Text::plain(reason.clone()));
                self.put(&["reason"], &reason);
            }
        }
        Ok(())
    }

    fn source(&mut self, asked: &Answer, wanted: &mut Disposition) -> Result<(), Refusal> {
        let Some(id) = &asked.source else { return Ok(()) };
        if wanted.source.is_list {
            let known = wanted.source.list.len() == 1 && wanted.source.list[0].as_str() == id;
            return if known { Ok(()) } else { Err(Refusal::Sources(self.found.id.to_string())) };
        }
        if let Some(id) = self.text("source", Some(id))? {
            wanted.source = Ids { list: vec![Id(id)], is_list: false };
        }
        Ok(())
    }

    /// Writes a field that is given, as it can be written.
    fn text(&mut self, field: &'static str, value: Option<&str>) -> Result<Option<String>, Refusal> {
        let Some(value) = value else { return Ok(None) };
        let value = printable(value).map_err(Refusal::Edit)?;
        if value.trim().is_empty() {
            return Err(Refusal::Empty(field));
        }
        self.put(&[field], &value);
        Ok(Some(value))
    }

    /// Where the disposition stands, or will stand.
    fn place(&self) -> Origin {
        self.found.origin.key("disposition")
    }

    fn put(&mut self, fields: &[&str], value: &str) {
        let mut path = self.place().path;
        path.extend(fields.iter().map(|field| Seg::Key((*field).into())));
        self.steps.push(Step::Put(path, value.to_string()));
    }
}

fn blank(status: DispositionStatus) -> Disposition {
    Disposition {
        status,
        reason: None,
        standard_reason: None,
        unit: None,
        date: None,
        targets: Vec::new(),
        basis: None,
        source: Ids::default(),
    }
}

#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;
