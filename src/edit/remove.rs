//! Takes an entry out of YAML: an item of a list, or a key of a map with its value. The last one takes along what held it.

use std::ops::Range;

use super::check::same;
use super::{EditError, printed};
use crate::diag::Seg;
use crate::source::{Node, NodeKind, outline};

/// The new text of `yaml` without what stands at `path`. Comments on lines of their own stay.
pub fn remove(yaml: &str, path: &[Seg]) -> Result<String, EditError> {
    let tree = outline(yaml);
    let Some(root) = tree.root.filter(|_| tree.faults.is_empty()) else {
        return Err(EditError::Unreadable(String::new()));
    };
    let mut path = path;
    while let Some((_, above)) = path.split_last()
        && !above.is_empty()
        && root.at(above).is_some_and(|node| parts(node).len() == 1)
    {
        path = above;
    }
    let missing = || EditError::Missing(printed(path));
    let (last, above) = path.split_last().ok_or_else(missing)?;
    let holder = root.at(above).ok_or_else(missing)?;
    let list = parts(holder);
    let at = position(holder, last).ok_or_else(missing)?;
    let mut wanted = root.clone();
    take(&mut wanted, above, at);
    let ways = match yaml[holder.range.clone()].starts_with(['{', '[']) {
        true => [Some(in_brackets(&list, at)), None],
        false => in_lines(yaml, holder, &list, at),
    };
    let without = |range: Range<usize>| format!("{}{}", &yaml[..range.start], &yaml[range.end..]);
    let is_meant = |new: &String| {
        let tree = outline(new);
        tree.faults.is_empty() && tree.root.is_some_and(|root| same(&root, &wanted))
    };
    ways.into_iter().flatten().map(without).find(is_meant).ok_or(EditError::NotExact)
}

/// Where the entries of a list or map begin and end.
fn parts(node: &Node) -> Vec<Range<usize>> {
    match &node.kind {
        NodeKind::List(items) => items.iter().map(|item| item.range.clone()).collect(),
        NodeKind::Map(entries) => {
            entries.iter().map(|entry| entry.key_range.start..entry.value.range.end.max(entry.key_range.end)).collect()
        }
        NodeKind::Scalar { .. } => Vec::new(),
    }
}

fn position(node: &Node, seg: &Seg) -> Option<usize> {
    match (&node.kind, seg) {
        (NodeKind::List(items), Seg::Index(index)) => (*index < items.len()).then_some(*index),
        (NodeKind::Map(entries), Seg::Key(key)) => entries.iter().position(|entry| *entry.key == **key),
        _ => None,
    }
}

fn take(node: &mut Node, path: &[Seg], index: usize) {
    match (path.split_first(), &mut node.kind) {
        (None, NodeKind::List(items)) => drop(items.remove(index)),
        (None, NodeKind::Map(entries)) => drop(entries.remove(index)),
        (Some((Seg::Index(at), rest)), NodeKind::List(items)) => take(&mut items[*at], rest, index),
        (Some((Seg::Key(key), rest)), NodeKind::Map(entries)) => {
            let entry = entries.iter_mut().find(|entry| *entry.key == **key);
            entry.into_iter().for_each(|entry| take(&mut entry.value, rest, index));
        }
        _ => {}
    }
}

/// With the comma before it, or behind the first.
fn in_brackets(list: &[Range<usize>], at: usize) -> Range<usize> {
    match (at, list.get(at + 1)) {
        (0, Some(next)) => list[0].start..next.start,
        (0, None) => list[0].clone(),
        (at, _) => list[at - 1].end..list[at].end,
    }
}

/// Its own lines; or, for the first key behind a hyphen, up to the next key.
fn in_lines(yaml: &str, holder: &Node, list: &[Range<usize>], at: usize) -> [Option<Range<usize>>; 2] {
    let own = &list[at];
    let start = yaml[..own.start].rfind('\n').map_or(0, |at| at + 1);
    let ended = own.end > own.start && yaml[..own.end].ends_with('\n');
    let end = match ended {
        true => own.end,
        false => yaml[own.end..].find('\n').map_or(yaml.len(), |at| own.end + at + 1),
    };
    let next = list.get(at + 1).filter(|_| matches!(holder.kind, NodeKind::Map(_)));
    [Some(start..end), next.map(|next| own.start..next.start)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Seg {
        Seg::Key(text.into())
    }

    #[test]
    fn an_item_goes_with_its_lines() {
        let yaml = "a:\n  - x: 1 # one\n    y: >\n      long\n      words\n  # of two\n  - x: 2\nb: 3\n";
        let path = [key("a"), Seg::Index(0)];
        assert_eq!(remove(yaml, &path).unwrap(), "a:\n  # of two\n  - x: 2\nb: 3\n");
        let path = [key("a"), Seg::Index(1)];
        assert_eq!(remove(yaml, &path).unwrap(), yaml.replace("  - x: 2\n", ""));
    }

    #[test]
    fn the_last_item_takes_its_list_along() {
        assert_eq!(
            remove("id: a\nd:\n  s: n\n  t:\n    - {x: 1}\n", &[key("d"), key("t"), Seg::Index(0)]).unwrap(),
            "id: a\nd:\n  s: n\n"
        );
        assert_eq!(remove("d: {s: n, t: [{x: 1}]}\n", &[key("d"), key("t"), Seg::Index(0)]).unwrap(), "d: {s: n}\n");
    }

    #[test]
    fn in_brackets_the_comma_goes_too() {
        assert_eq!(remove("t: [a, b, c]\n", &[key("t"), Seg::Index(0)]).unwrap(), "t: [b, c]\n");
        assert_eq!(remove("t: [a, b, c]\n", &[key("t"), Seg::Index(2)]).unwrap(), "t: [a, b]\n");
    }

    #[test]
    fn the_first_key_behind_a_hyphen_leaves_the_hyphen() {
        assert_eq!(remove("- a: 1\n  b: 2\n", &[Seg::Index(0), key("a")]).unwrap(), "- b: 2\n");
        assert_eq!(remove("- a: 1\r\n  b: 2\r\n", &[Seg::Index(0), key("b")]).unwrap(), "- a: 1\r\n");
    }

    #[test]
    fn what_is_not_there_is_told() {
        assert!(matches!(remove("a: 1\n", &[key("b")]), Err(EditError::Missing(_))));
        assert!(matches!(remove("a: [\n", &[key("a")]), Err(EditError::Unreadable(_))));
    }
}
