//! The values that a fault set aside: about them and about what is missing there nothing more is told.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Diagnostics, FileId, Origin, Place, Seg};

/// What the reading of the files left out.
#[derive(Clone, Debug, Default)]
pub struct Aside {
    /// Files that could not be read to their end.
    pub torn: BTreeSet<FileId>,
    /// Entries of lists, where they stand in their files.
    pub dropped: BTreeSet<Origin>,
}

impl Aside {
    /// Where the entry stands that is `position` among those that were kept of the list at `list`.
    pub fn entry(&self, list: &Origin, position: usize) -> Origin {
        let mut at = position;
        // In the order of the file, so each one before shifts what follows by one.
        for gone in self.dropped.range(list.index(0)..) {
            match (gone.file == list.file, gone.path.strip_prefix(list.path.as_slice())) {
                (true, Some([Seg::Index(index)])) if *index <= at => at += 1,
                (true, Some([Seg::Index(_), ..])) => {}
                _ => break,
            }
        }
        list.index(at)
    }
}

/// Where something was set aside.
#[derive(Clone, Debug, Default)]
pub struct Faulty {
    places: BTreeSet<Origin>,
    aside: Aside,
}

impl Faulty {
    /// Collects the places of the faults that make a value unusable.
    pub fn new(diags: &Diagnostics, aside: Aside) -> Self {
        let mut faulty = Faulty { places: BTreeSet::new(), aside };
        faulty.note(diags);
        faulty
    }

    /// Adds the places of further faults. A key that is misspelt takes the value of the one that is meant.
    pub fn note(&mut self, diags: &Diagnostics) {
        for fault in diags.iter().filter(|it| it.code.locked()) {
            let Some(Place::Value(origin) | Place::Key(origin)) = fault.places.first() else { continue };
            if let (false, Some((_, map))) = (fault.get("meant").is_empty(), origin.path.split_last()) {
                let map = Origin { file: origin.file, path: map.to_vec() };
                self.places.insert(map.key(fault.get("meant")));
            }
            self.places.insert(origin.clone());
        }
    }

    /// True when the value at `origin`, or a part of it, was set aside.
    pub fn has(&self, origin: &Origin) -> bool {
        let next = self.places.range(origin..).next();
        self.aside.torn.contains(&origin.file)
            || next.is_some_and(|it| it.file == origin.file && it.path.starts_with(&origin.path))
    }

    /// True when `diagnostic` is about a file that could not be read to its end: that fault is told, and no other.
    pub fn is_torn(&self, diagnostic: &Diagnostic) -> bool {
        self.aside.torn.iter().any(|file| diagnostic.is_in(*file))
    }

    /// See [`Aside::entry`].
    pub fn entry(&self, list: &Origin, position: usize) -> Origin {
        self.aside.entry(list, position)
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
        let faulty = Faulty::new(&diags, Aside::default());
        assert!(faulty.has(&item.key("owner")) && faulty.has(&item) && faulty.has(&Origin::file(FileId(1))));
        assert!(!faulty.has(&item.key("period")) && !faulty.has(&item.key("own")));
        assert!(!faulty.has(&Origin::file(FileId(0))));
    }

    #[test]
    fn a_torn_file_is_set_aside_whole() {
        let torn = Aside { torn: [FileId(1)].into(), ..Aside::default() };
        let faulty = Faulty::new(&Diagnostics::default(), torn);
        assert!(faulty.has(&Origin::file(FileId(1)).key("title")) && !faulty.has(&Origin::file(FileId(2))));
    }

    #[test]
    fn entries_stand_behind_those_that_were_dropped() {
        let list = Origin::file(FileId(1)).key("layers").index(0).key("groups");
        let inner = list.index(3).key("names");
        let dropped = [list.index(0), list.index(2), inner.index(1)].into();
        let aside = Aside { dropped, ..Aside::default() };
        let at = |list: &Origin, position| aside.entry(list, position);
        assert_eq!([at(&list, 0), at(&list, 1), at(&list, 2)], [list.index(1), list.index(3), list.index(4)]);
        assert_eq!([at(&inner, 0), at(&inner, 1)], [inner.index(0), inner.index(2)]);
        let other = Origin::file(FileId(2)).key("layers");
        assert_eq!(at(&other, 1), other.index(1));
    }
}
