//! Where something stands: cheap handles, turned into byte ranges only when a diagnostic is drawn.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A file of [`crate::source::Sources`], by its position there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// One step of a path into a YAML document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Seg {
    /// A key of a mapping.
    Key(Arc<str>),
    /// An entry of a sequence, from 0.
    Index(usize),
}

/// A path into a YAML document: of a file, or of the front matter of a Markdown file.
pub type YamlPath = Vec<Seg>;

/// Where a value stands: the file, and the path of the value in it. Cheap to make and to extend.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    pub file: FileId,
    pub path: YamlPath,
}

impl Origin {
    /// The file as a whole.
    pub fn file(file: FileId) -> Self {
        Origin { file, path: Vec::new() }
    }

    /// The value under `key` of this one.
    pub fn key(&self, key: &str) -> Self {
        let mut path = self.path.clone();
        path.push(Seg::Key(key.into()));
        Origin { file: self.file, path }
    }

    /// The entry `index` of this one.
    pub fn index(&self, index: usize) -> Self {
        let mut path = self.path.clone();
        path.push(Seg::Index(index));
        Origin { file: self.file, path }
    }
}

impl fmt::Display for Seg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Seg::Key(key) => write!(f, "{key}"),
            Seg::Index(index) => write!(f, "[{index}]"),
        }
    }
}

/// The place of a fault.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The value at the end of a YAML path; if it is missing, the nearest that is there.
    Value(Origin),
    /// The key at the end of a YAML path.
    Key(Origin),
    /// Bytes of a file.
    Bytes(FileId, Range<usize>),
    /// Bytes of a text that is not a source of the plan: a built-in template, a generated Typst file.
    Text { name: String, text: Arc<str>, range: Range<usize> },
    /// A path that has no text to point into: a missing or unreadable file.
    Path(String),
}

impl From<&Origin> for Place {
    fn from(origin: &Origin) -> Self {
        Place::Value(origin.clone())
    }
}

impl From<Origin> for Place {
    fn from(origin: Origin) -> Self {
        Place::Value(origin)
    }
}
