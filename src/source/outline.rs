//! The outline of a YAML text: every key, value and item with its byte range.

use std::ops::Range;

use crate::diag::{Code, Seg};

/// A YAML text as a tree of places. Ranges are bytes of the text given to [`outline`].
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Nothing for an empty text, or where the syntax is broken from the start.
    pub root: Option<Node>,
    /// Hazards and faults found on the way: `yaml-syntax`, `yaml-anchor`, `yaml-depth`, `duplicate-key`.
    pub faults: Vec<YamlFault>,
}

/// A fault of YAML itself.
#[derive(Clone, Debug)]
pub struct YamlFault {
    pub code: Code,
    pub range: Range<usize>,
    pub args: Vec<(&'static str, String)>,
}

/// A value.
#[derive(Clone, Debug)]
pub struct Node {
    pub range: Range<usize>,
    pub kind: NodeKind,
}

#[derive(Clone, Debug)]
pub enum NodeKind {
    /// `plain` is true when it stands without quotes and is no block scalar, so that YAML gives it a type.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Node>),
    Map(Vec<Entry>),
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub key: String,
    pub key_range: Range<usize>,
    pub value: Node,
}

/// Builds the outline of `text`.
pub fn outline(_text: &str) -> Tree {
    Tree::default()
}

impl Node {
    /// The entry under `key` of a map.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.kind {
            NodeKind::Map(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// The value at the end of `path`.
    pub fn at(&self, path: &[Seg]) -> Option<&Node> {
        path.iter()
            .try_fold(self, |node, seg| match (seg, &node.kind) {
                (Seg::Key(key), _) => node.entry(key).map(|entry| &entry.value),
                (Seg::Index(index), NodeKind::List(list)) => list.get(*index),
                _ => None,
            })
    }
}
