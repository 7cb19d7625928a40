//! Whether only what was meant has changed.

use crate::diag::Seg;
use crate::source::{Node, NodeKind, outline};

/// What an edit was to do, for the comparison.
pub enum Meant<'v> {
    /// The scalar at the end of the path says this.
    Text(&'v str),
    /// What stands at the end of the path says the same as this.
    Node(&'v Node),
    /// The list at the end of the path has one item more, which says this.
    Item(&'v str),
    /// The list at the end of the path has one item more, which is this map.
    Map(&'v Node),
    /// The list at the end of the path has one item more, which says the same as this map.
    Texts(&'v Node),
}

/// Whether `new` is the YAML of `old` in which nothing differs but what is `meant` at `path`.
pub fn only(old: Option<&Node>, new: &str, path: &[Seg], meant: &Meant) -> bool {
    let tree = outline(new);
    match tree.root {
        Some(root) if tree.faults.is_empty() => differs(old, &root, path, meant),
        _ => false,
    }
}

fn is_void(node: Option<&Node>) -> bool {
    node.is_none_or(|node| matches!(&node.kind, NodeKind::Scalar { text, plain: true } if text.is_empty()))
}

fn differs(old: Option<&Node>, new: &Node, path: &[Seg], meant: &Meant) -> bool {
    match (path.split_first(), &new.kind) {
        (None, kind) => arrived(old, kind, meant),
        (Some((Seg::Key(key), rest)), NodeKind::Map(entries)) => {
            let before = match old.map(|node| &node.kind) {
                Some(NodeKind::Map(before)) => before.as_slice(),
                _ if is_void(old) => &[],
                _ => return false,
            };
            let known = before.iter().any(|entry| *entry.key == **key);
            entries.len() == before.len() + usize::from(!known)
                && entries.iter().enumerate().all(|(index, entry)| {
                    let was = before.get(index);
                    let named = was.is_none_or(|was| was.key == entry.key);
                    named
                        && match *entry.key == **key {
                            true => differs(was.map(|was| &was.value), &entry.value, rest, meant),
                            false => was.is_some_and(|was| same(&was.value, &entry.value)),
                        }
                })
        }
        (Some((Seg::Index(index), rest)), NodeKind::List(items)) => match old.map(|n| &n.kind) {
            Some(NodeKind::List(before)) => {
                before.len() == items.len()
                    && before.iter().zip(items).enumerate().all(|(at, (was, item))| match at == *index {
                        true => differs(Some(was), item, rest, meant),
                        false => same(was, item),
                    })
            }
            _ => false,
        },
        _ => false,
    }
}

fn arrived(old: Option<&Node>, new: &NodeKind, meant: &Meant) -> bool {
    let items = |new: &NodeKind, fits: &dyn Fn(&Node) -> bool| {
        let NodeKind::List(items) = new else {
            return false;
        };
        let before = match old.map(|node| &node.kind) {
            Some(NodeKind::List(before)) => before.as_slice(),
            _ if is_void(old) => &[],
            _ => return false,
        };
        let Some((last, rest)) = items.split_last() else {
            return false;
        };
        rest.len() == before.len() && before.iter().zip(rest).all(|(was, item)| same(was, item)) && fits(last)
    };
    match meant {
        Meant::Text(value) => says(new, value),
        Meant::Node(node) => says_same(new, &node.kind),
        Meant::Item(value) => items(new, &|item| says(&item.kind, value)),
        Meant::Map(map) => items(new, &|item| same(map, item)),
        Meant::Texts(map) => items(new, &|item| says_same(&item.kind, &map.kind)),
    }
}

/// Whether a scalar says `value`; in a block scalar the last line end does not count.
fn says(kind: &NodeKind, value: &str) -> bool {
    matches!(kind, NodeKind::Scalar { text, plain }
        if text == value || (!plain && text.strip_suffix('\n') == Some(value)))
}

/// Whether two values say the same, in quotes or not.
fn says_same(one: &NodeKind, two: &NodeKind) -> bool {
    match (one, two) {
        (NodeKind::Scalar { text, .. }, NodeKind::Scalar { text: other, .. }) => text == other,
        (NodeKind::List(one), NodeKind::List(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| says_same(&one.kind, &two.kind))
        }
        (NodeKind::Map(one), NodeKind::Map(two)) => {
            one.len() == two.len()
                && one
                    .iter()
                    .zip(two)
                    .all(|(one, two)| one.key == two.key && says_same(&one.value.kind, &two.value.kind))
        }
        _ => false,
    }
}

/// Whether two values are the same, wherever they stand.
pub fn same(one: &Node, two: &Node) -> bool {
    match (&one.kind, &two.kind) {
        (NodeKind::Scalar { text, plain }, NodeKind::Scalar { text: other, plain: as_plain }) => {
            text == other && plain == as_plain
        }
        (NodeKind::List(one), NodeKind::List(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same(one, two))
        }
        (NodeKind::Map(one), NodeKind::Map(two)) => {
            one.len() == two.len()
                && one.iter().zip(two).all(|(one, two)| one.key == two.key && same(&one.value, &two.value))
        }
        _ => false,
    }
}
