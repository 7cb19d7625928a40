//! Where a visit stands: turned into a place or an address only when there is something to tell.

use crate::diag::{Address, Origin, Place};
use crate::model::faulty::Faulty;

/// Where the visit stands; turned into a place or an address only when there is something to tell.
pub struct At<'a> {
    base: &'a Origin,
    faulty: &'a Faulty,
    /// Item that `base` is, `plan`, or nothing for what a file says of all its items.
    owner: Option<&'a str>,
    step: Option<(&'a At<'a>, Step<'a>)>,
}

enum Step<'a> {
    /// A field by its name in Rust.
    Field(&'static str),
    Key(&'a str),
    Entry(usize, Name<'a>),
}

/// How an address names an entry of a list.
#[derive(Clone, Copy)]
pub enum Name<'a> {
    /// By its declared key, under the list.
    Key(&'a str),
    /// By its id, under the list. That ids are unique is looked at when they are read.
    Id(&'a str),
    /// By its id alone: it is an item itself.
    Item(&'a str),
}

impl<'a> At<'a> {
    /// The value at `base`, which belongs to `owner`.
    pub fn new(base: &'a Origin, owner: Option<&'a str>, faulty: &'a Faulty) -> Self {
        At { base, faulty, owner, step: None }
    }

    fn step(&'a self, step: Step<'a>) -> At<'a> {
        At { step: Some((self, step)), ..*self }
    }

    pub(super) fn field(&'a self, name: &'static str) -> At<'a> {
        self.step(Step::Field(name))
    }

    /// True for a value that is the field `name` of what it stands in.
    pub fn is(&self, name: &str) -> bool {
        matches!(self.step, Some((_, Step::Field(own))) if own == name)
    }

    /// The value under `key` of this one.
    pub fn key(&'a self, key: &'a str) -> At<'a> {
        self.step(Step::Key(key))
    }

    pub(super) fn entry(&'a self, index: usize, name: Name<'a>) -> At<'a> {
        self.step(Step::Entry(index, name))
    }

    /// Its origin.
    pub fn origin(&self) -> Origin {
        match &self.step {
            None => self.base.clone(),
            Some((above, Step::Field(name))) => above.origin().key(&name.replace('_', "-")),
            Some((above, Step::Key(key))) => above.origin().key(key),
            Some((above, Step::Entry(index, _))) => self.faulty.entry(&above.origin(), *index),
        }
    }

    /// Its place.
    pub fn place(&self) -> Place {
        Place::Value(self.origin())
    }

    /// Its address: the one name by which `value:`, `set` and dispositions know it. Nothing for what a file says of all
    /// its items.
    pub fn address(&self) -> Option<Address> {
        Some(match &self.step {
            None => Address::item(self.owner?),
            Some((above, Step::Field(name))) => above.address()?.field(name.replace('_', "-")),
            Some((above, Step::Key(key) | Step::Entry(_, Name::Key(key) | Name::Id(key)))) => {
                above.address()?.field(*key)
            }
            Some((_, Step::Entry(_, Name::Item(id)))) => Address::item(*id),
        })
    }
}
