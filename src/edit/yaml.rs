//! Edits of YAML: several ways to write are tried, the first that changes nothing else is taken.

use std::ops::Range;

use super::check::{Meant, only};
use super::new::New;
use super::scalar::{Sort, Style, block, double, plain_fits, shortest, single, sort, style_of};
use super::{EditError, Mode, line_end, printed};
use crate::diag::Seg;
use crate::source::{Node, NodeKind, find_outside_comments, outline};

/// Bytes and what takes their place.
type Splice = (Range<usize>, String);

/// The new text of `yaml` with `value` at `path`.
pub fn set(yaml: &str, path: &[Seg], value: &New, mode: Mode) -> Result<String, EditError> {
    let tree = outline(yaml);
    if !tree.faults.is_empty() {
        return Err(EditError::Unreadable(String::new()));
    }
    let root = tree.root.as_ref();
    let meant = match (mode, value) {
        (Mode::Replace, New::Text(value) | New::Bare(value)) => Meant::Text(value),
        (Mode::Replace, New::Map(_, map) | New::Item(_, _, map) | New::Texts(_, map)) => Meant::Node(map),
        (Mode::Append, New::Map(_, map) | New::Item(_, _, map)) => Meant::Map(map),
        (Mode::Append, New::Texts(_, map)) => Meant::Texts(map),
        (Mode::Append, New::Text(value) | New::Bare(value)) => Meant::Item(value),
    };
    let text = match value {
        New::Text(value) => Some(*value),
        New::Bare(_) | New::Map(..) | New::Item(..) | New::Texts(..) => None,
    };
    let splices = candidates(yaml, root, path, text, mode, &|flow| value.written(flow))?;
    first(yaml, root, path, &meant, splices)
}

/// The first way of writing that changes nothing else.
fn first(
    yaml: &str,
    root: Option<&Node>,
    path: &[Seg],
    meant: &Meant,
    splices: Vec<Splice>,
) -> Result<String, EditError> {
    splices
        .into_iter()
        .map(|(range, new)| format!("{}{new}{}", &yaml[..range.start], &yaml[range.end..]))
        .find(|new| only(root, new, path, meant))
        .ok_or(EditError::NotExact)
}

/// The languages of a text: the one in which it is written, and the one to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Languages {
    pub source: String,
    pub lang: String,
}

/// The new text of `yaml` with `value` as one wording of the text at `path`: under the language, or, without
/// `languages`, the text itself (in a file of translations). `from` is the fingerprint of the source; it is written
/// beside the wording, and a wording that is a plain text becomes one with it.
pub fn set_wording(
    yaml: &str,
    path: &[Seg],
    languages: Option<&Languages>,
    value: &str,
    from: &str,
) -> Result<String, EditError> {
    let tree = outline(yaml);
    if !tree.faults.is_empty() {
        return Err(EditError::Unreadable(String::new()));
    }
    let root = tree.root.as_ref();
    let node = root.and_then(|root| root.at(path));
    let mut at = path.to_vec();
    if let Some(Languages { source, lang }) = languages {
        match node {
            Some(Node { kind: NodeKind::Map(_), .. }) => at.push(Seg::Key(lang.as_str().into())),
            Some(node @ Node { kind: NodeKind::Scalar { text, .. }, .. }) if !text.is_empty() => {
                return localize(yaml, root, path, node, (source, lang), &New::wording(value, from));
            }
            _ => return Err(EditError::Missing(printed(path))),
        }
    }
    match root.and_then(|root| root.at(&at)).map(|node| &node.kind) {
        Some(NodeKind::Map(_)) => {
            let part = |name: &str| [at.as_slice(), &[Seg::Key(name.into())]].concat();
            let new = set(yaml, &part("text"), &New::Text(value), Mode::Replace)?;
            set(&new, &part("from"), &New::Text(from), Mode::Replace)
        }
        _ => set(yaml, &at, &New::wording(value, from), Mode::Replace),
    }
}

/// Makes a text by language of a plain one: what stands there goes under the source language as it is written.
fn localize(
    yaml: &str,
    root: Option<&Node>,
    path: &[Seg],
    node: &Node,
    (source, lang): (&str, &str),
    new: &New,
) -> Result<String, EditError> {
    let NodeKind::Scalar { text, .. } = &node.kind else { return Err(EditError::NotExact) };
    let (source, lang) = (shortest(source, true), shortest(lang, true));
    let both = outline(&format!("{{{source}: {}, {lang}: {}}}", double(text), new.written(true)));
    let Some(both) = both.root else { return Err(EditError::NotExact) };
    let old = &yaml[node.range.clone()];
    let mut splices = Vec::new();
    // In lines of its own first: nothing that stands there changes but its indentation.
    splices.extend(lines_by_language(yaml, node, &source, &format!("{lang}: {}", new.written(false))));
    let quoted = if plain_fits(text, true, Sort::Text) { text.clone() } else { double(text) };
    let kept = match style_of(yaml, node) {
        Style::Single | Style::Double if !old.contains('\n') => old.to_string(),
        _ => quoted,
    };
    splices.push((node.range.clone(), format!("{{{source}: {kept}, {lang}: {}}}", new.written(true))));
    first(yaml, root, path, &Meant::Node(&both), splices)
}

/// The lines in which a text stands under its language, and `second` behind it.
fn lines_by_language(yaml: &str, node: &Node, source: &str, second: &str) -> Vec<Splice> {
    let line = line_start(yaml, node.range.start);
    let head = yaml[line..node.range.start].trim_end();
    let in_list = head.ends_with('-');
    if !in_list && !head.ends_with(':') {
        return Vec::new();
    }
    let eol = line_end(yaml);
    let (start, column) = match in_list {
        true => (node.range.start, column_of(yaml, node.range.start)),
        false => (line + head.len(), head.chars().take_while(|c| matches!(c, ' ' | '-')).count() + 2),
    };
    let pad = " ".repeat(column);
    let begin = if in_list { String::new() } else { format!("{eol}{pad}") };
    let old = &yaml[node.range.clone()];
    // Further lines must stand deeper than the key; blank ones stay blank.
    let mut further = old.split('\n');
    let mut deeper = further.next().unwrap_or_default().to_string();
    for line in further {
        let pad = if line.trim().is_empty() { "" } else { "  " };
        deeper.push_str(&format!("\n{pad}{line}"));
    }
    let stop = line_stop(yaml, node.range.end);
    // Blank lines behind may belong to the value (`|+`).
    let rest = &yaml[stop..];
    let blank = rest[..rest.len() - rest.trim_start().len()].rfind('\n').map_or(stop, |last| stop + last + 1);
    let way = |stop: usize| {
        let entry = format!("{begin}{source}: {deeper}{}", &yaml[node.range.end..stop]);
        let entry = match entry.ends_with('\n') {
            true => format!("{entry}{pad}{second}{eol}"),
            false => format!("{entry}{eol}{pad}{second}"),
        };
        (start..stop, entry)
    };
    vec![way(stop), way(blank)]
}

fn candidates(
    yaml: &str,
    root: Option<&Node>,
    path: &[Seg],
    value: Option<&str>,
    mode: Mode,
    written: &dyn Fn(bool) -> String,
) -> Result<Vec<Splice>, EditError> {
    // The deepest node that is there, and whether it stands inside brackets.
    let mut here = root;
    let mut flow = false;
    let mut known = 0;
    let mut column = None;
    for seg in path {
        let Some(node) = here else { break };
        flow |= in_brackets(yaml, node);
        let next = match seg {
            Seg::Key(key) => node.entry(key).map(|entry| {
                column = Some(column_of(yaml, entry.key_range.start));
                &entry.value
            }),
            Seg::Index(_) => node.at(std::slice::from_ref(seg)).inspect(|_| {
                column = Some(column_of(yaml, node.range.start));
            }),
        };
        let Some(next) = next else { break };
        here = Some(next);
        known += 1;
    }
    let rest = &path[known..];
    let missing = || EditError::Missing(printed(path));
    if rest.iter().any(|seg| matches!(seg, Seg::Index(_))) {
        return Err(missing());
    }
    let void = here.is_none_or(|node| matches!(&node.kind, NodeKind::Scalar { text, plain: true } if text.is_empty()));
    let inner = column.map_or(0, |column| column + 2);
    if rest.is_empty() {
        let node = here.ok_or_else(missing)?;
        return match (&node.kind, mode) {
            (NodeKind::Scalar { text, .. }, Mode::Replace) => Ok(match value {
                Some(value) => replace(yaml, node, text, value, flow, inner),
                None if node.range.is_empty() => {
                    [" ", ": "].map(|gap| (node.range.clone(), format!("{gap}{}", written(true)))).into()
                }
                None => vec![(node.range.clone(), written(true))],
            }),
            (_, Mode::Replace) => Err(EditError::WrongShape("a list or a map stands here; name one of its parts")),
            (NodeKind::List(items), Mode::Append) => Ok(append(yaml, node, items, written)),
            (_, Mode::Append) if void => Ok(fill(yaml, node, &[], flow, inner, mode, written)),
            _ => Err(EditError::WrongShape("there is no list here to add to")),
        };
    }
    match here.map(|node| (node, &node.kind)) {
        Some((node, NodeKind::Map(entries))) => {
            if in_brackets(yaml, node) {
                let last = entries.last().map(|entry| entry.value.range.end.max(entry.key_range.end));
                return Ok(into_brackets(yaml, node, last, &nested(rest, mode, written)));
            }
            let column = column_of(yaml, node.range.start);
            let lines = lines(yaml, rest, column, mode, written);
            Ok(behind(yaml, node.range.end, column, &lines))
        }
        Some((node, _)) if void && known > 0 => Ok(fill(yaml, node, rest, flow, inner, mode, written)),
        Some((_, _)) if !void => Err(missing()),
        // An empty text, or one of comments only.
        _ => {
            let eol = line_end(yaml);
            let start = match yaml.is_empty() || yaml.ends_with('\n') {
                true => "",
                false => eol,
            };
            let lines = lines(yaml, rest, 0, mode, written);
            Ok(vec![(yaml.len()..yaml.len(), format!("{start}{lines}{eol}"))])
        }
    }
}

fn in_brackets(yaml: &str, node: &Node) -> bool {
    let source = &yaml[node.range.clone()];
    !matches!(node.kind, NodeKind::Scalar { .. })
        && ((source.starts_with('[') && source.ends_with(']')) || (source.starts_with('{') && source.ends_with('}')))
        && match &node.kind {
            // `[a]: 1` is refused as a key; `{a: 1}: 2` too; what remains are brackets of this node.
            NodeKind::Map(entries) => entries.first().is_none_or(|entry| entry.key_range.start > node.range.start),
            NodeKind::List(items) => items.first().is_none_or(|item| item.range.start > node.range.start),
            NodeKind::Scalar { .. } => false,
        }
}

fn line_start(yaml: &str, at: usize) -> usize {
    yaml[..at].rfind(['\n', '\r']).map_or(0, |found| found + 1)
}

fn line_stop(yaml: &str, at: usize) -> usize {
    yaml[at..].find(['\n', '\r']).map_or(yaml.len(), |found| at + found)
}

fn column_of(yaml: &str, at: usize) -> usize {
    yaml[line_start(yaml, at)..at].chars().count()
}

/// Ways to replace a scalar: in its own style, then in quotes.
fn replace(yaml: &str, node: &Node, text: &str, value: &str, flow: bool, inner: usize) -> Vec<Splice> {
    let source = &yaml[node.range.clone()];
    let eol = line_end(yaml);
    let style = style_of(yaml, node);
    let old = match style {
        Style::Plain if !text.is_empty() => sort(text),
        _ => Sort::Text,
    };
    let mut ways = Vec::new();
    match style {
        Style::Plain if plain_fits(value, flow, old) => ways.push(value.to_string()),
        Style::Double => ways.push(double(value)),
        Style::Literal | Style::Folded => {
            let first = source.split('\n').skip(1).find(|line| !line.trim().is_empty());
            let indent = first.map_or(inner, |line| line.len() - line.trim_start_matches(' ').len());
            let folded = style == Style::Folded;
            ways.extend(block(source, text, value, indent.max(1), folded, eol));
            if folded {
                let literal = format!("|{}", &source[1..]);
                ways.extend(block(&literal, text, value, indent.max(1), false, eol));
            }
        }
        _ => {}
    }
    if !value.contains('\'') || style == Style::Single {
        ways.extend(single(value));
    }
    ways.push(double(value));
    let mut splices = Vec::new();
    for way in ways {
        if node.range.is_empty() {
            splices.push((node.range.clone(), format!(" {way}")));
            splices.push((node.range.clone(), format!(": {way}")));
        } else {
            splices.push((node.range.clone(), way));
        }
    }
    splices
}

/// Missing keys and the value under them, inside brackets.
fn nested(rest: &[Seg], mode: Mode, written: &dyn Fn(bool) -> String) -> String {
    let keys = |seg: &Seg| shortest(&key(seg), true);
    match rest.split_first() {
        None if mode == Mode::Append => format!("[{}]", written(true)),
        None => written(true),
        Some((seg, [])) => format!("{}: {}", keys(seg), nested(&[], mode, written)),
        Some((seg, more)) => format!("{}: {{{}}}", keys(seg), nested(more, mode, written)),
    }
}

fn key(seg: &Seg) -> String {
    match seg {
        Seg::Key(key) => key.to_string(),
        Seg::Index(index) => index.to_string(),
    }
}

/// Missing keys and the value under them as lines; the first without its indentation, the last without its end.
fn lines(yaml: &str, rest: &[Seg], column: usize, mode: Mode, written: &dyn Fn(bool) -> String) -> String {
    let eol = line_end(yaml);
    let mut out = String::new();
    for (depth, seg) in rest.iter().enumerate() {
        if depth > 0 {
            out.push_str(eol);
            out.push_str(&" ".repeat(column + 2 * depth));
        }
        out.push_str(&shortest(&key(seg), false));
        out.push(':');
    }
    match mode {
        Mode::Replace => out.push(' '),
        Mode::Append if rest.is_empty() => out.push_str("- "),
        Mode::Append => {
            out.push_str(eol);
            out.push_str(&" ".repeat(column + 2 * rest.len()));
            out.push_str("- ");
        }
    }
    out.push_str(&deeper(&written(false), column + 2 * rest.len() + 2, eol));
    out
}

/// The lines of what is written, each but the first indented.
fn deeper(written: &str, column: usize, eol: &str) -> String {
    written.replace('\n', &format!("{eol}{}", " ".repeat(column)))
}

/// Ways to put lines behind the line in which a node ends.
fn behind(yaml: &str, end: usize, column: usize, lines: &str) -> Vec<Splice> {
    let eol = line_end(yaml);
    let text = format!("{eol}{}{lines}", " ".repeat(column));
    let stop = line_stop(yaml, end);
    let mut ways = vec![(stop..stop, text.clone())];
    // Blank lines may belong to the value before (`|+`).
    let rest = &yaml[stop..];
    let blank = rest.len() - rest.trim_start().len();
    if let Some(last) = yaml[stop..stop + blank].rfind('\n') {
        let at = stop + last;
        let at = match yaml[..at].ends_with('\r') {
            true => at - 1,
            false => at,
        };
        ways.push((at..at, text));
    }
    ways
}

/// A way to put an entry in front of the closing bracket of `node`; `last` is where its last entry ends.
fn into_brackets(yaml: &str, node: &Node, last: Option<usize>, entry: &str) -> Vec<Splice> {
    let close = node.range.end - 1;
    let Some(last) = last else {
        let at = node.range.start + 1;
        return vec![(at..at, entry.to_string())];
    };
    match find_outside_comments(yaml, last, close, b",") {
        Some(comma) => vec![(comma + 1..comma + 1, format!(" {entry}"))],
        None => vec![(last..last, format!(", {entry}"))],
    }
}

/// Ways to add an item to a list.
fn append(yaml: &str, node: &Node, items: &[Node], written: &dyn Fn(bool) -> String) -> Vec<Splice> {
    if in_brackets(yaml, node) {
        let last = items.last().map(|item| item.range.end);
        return into_brackets(yaml, node, last, &written(true));
    }
    let column = column_of(yaml, node.range.start);
    let item = deeper(&written(false), column + 2, line_end(yaml));
    behind(yaml, node.range.end, column, &format!("- {item}"))
}

/// Ways to put keys or a list where a value is not written.
fn fill(
    yaml: &str,
    node: &Node,
    rest: &[Seg],
    flow: bool,
    inner: usize,
    mode: Mode,
    written: &dyn Fn(bool) -> String,
) -> Vec<Splice> {
    let at = node.range.start;
    if flow {
        let value = match rest.is_empty() {
            true => nested(rest, mode, written),
            false => format!("{{{}}}", nested(rest, mode, written)),
        };
        return vec![(at..at, format!(" {value}")), (at..at, format!(": {value}"))];
    }
    let lines = lines(yaml, rest, inner, mode, written);
    behind(yaml, at, inner, &lines)
}
