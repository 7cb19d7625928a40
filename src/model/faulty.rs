//! The values that a fault set aside: about them and about what is missing there nothing more is told.

use std::collections::BTreeSet;

use crate::diag::{Diagnostics, Origin, Place};

/// Where something was set aside.
#[derive(Clone, Debug, Default)]
pub struct Faulty {
    places: BTreeSet<Origin>,
}

impl Faulty {
    /// Collects the places of the faults that make a value unusable.
    pub fn new(diags: &Diagnostics) -> Self {
        let places = diags.iter().filter(|it| it.code.locked()).filter_map(|it| match it.places.first() {
            Some(Place::Value(origin) | Place::Key(origin)) => Some(origin.clone()),
            _ => None,
        });
        Faulty { places: places.collect() }
    }

    /// True when the value at `origin`, or a part of it, was set aside.
    pub fn has(&self, origin: &Origin) -> bool {
        let next = self.places.range(origin..).next();
        next.is_some_and(|it| it.file == origin.file && it.path.starts_with(&origin.path))
    }

    /// True when nothing was set aside.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Diagnostic, FileId};

    #[test]
    fn knows_a_value_and_what_it_stands_in() {
        let item = Origin::file(FileId(1)).key("activities").index(2);
        let mut diags = Diagnostics::default();
        diags.push(Diagnostic::new(Code::WrongType, item.key("owner")));
        diags.push(Diagnostic::new(Code::NoOwner, item.key("period")));
        let faulty = Faulty::new(&diags);
        assert!(faulty.has(&item.key("owner")) && faulty.has(&item) && faulty.has(&Origin::file(FileId(1))));
        assert!(!faulty.has(&item.key("period")) && !faulty.has(&item.key("own")));
        assert!(!faulty.has(&Origin::file(FileId(0))));
    }
}
