//! One file: typed at once if it is clean, over its outline if it is not.

use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Origin, Place, YamlPath};
use crate::model::schema;
use crate::source::{FileKind, Node, NodeKind, SourceFile, check_text, needs_outline, outline};

/// What could be read of a file.
pub struct Loaded<T> {
    pub value: Option<T>,
    /// The outline, if it was needed.
    pub root: Option<Node>,
    /// List entries that were set aside.
    pub dropped: Vec<YamlPath>,
    /// True when part of the file could not be read at all.
    pub torn: bool,
}

impl<T> Loaded<T> {
    fn nothing() -> Self {
        Loaded { value: None, root: None, dropped: Vec::new(), torn: true }
    }
}

/// Reads the YAML of a file: all of it, or the front matter at `part`.
pub fn read<T: DeserializeOwned>(
    id: FileId,
    file: &SourceFile,
    part: Option<Range<usize>>,
    diags: &mut Diagnostics,
) -> Loaded<T> {
    if part.is_none() {
        check_text(id, file, diags);
    }
    let Some(whole) = file.text.as_deref() else {
        return Loaded::nothing();
    };
    let part = part.unwrap_or(0..whole.len());
    let Some(text) = whole.get(part.clone()) else {
        return Loaded::nothing();
    };
    // Of front matter, whoever split the file has looked at its characters.
    let unclean = || diags.iter().any(|it| it.code == Code::ControlCharacter && it.is_in(id));
    // A text with hazards is not shown to the typed reader.
    let hazards = needs_look(file.kind, text) && !outline(text).faults.is_empty();
    let error = match hazards {
        true => None,
        false if odd_number(text) => None,
        false => match serde_yaml::from_str::<T>(text) {
            Ok(value) => {
                return Loaded { value: Some(value), root: None, dropped: Vec::new(), torn: false };
            }
            Err(error) => Some(error),
        },
    };
    let unclean = unclean();
    slow(id, file.kind, text, part.start, error, unclean, diags)
}

/// True when a typed pass could overlook something: anchors, tags, several documents, equal keys in a free map.
fn needs_look(kind: FileKind, text: &str) -> bool {
    kind == FileKind::Plan
        || text.contains("external-ids")
        || text.contains("field-classification")
        || needs_outline(text)
}

/// True when a number may stand there that is written otherwise than it would be printed: `0x10`, `+5`. Its outline is
/// asked whether it is one.
fn odd_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(3).any(|it| {
        let begins = matches!(it[0], b' ' | b'[' | b'{' | b',' | b'\t');
        begins && ((it[1] == b'+' && it[2].is_ascii_digit()) || (it[1] == b'0' && matches!(it[2], b'x' | b'o' | b'b')))
    })
}

/// Reads a file over its outline and tells all its faults.
fn slow<T: DeserializeOwned>(
    id: FileId,
    kind: FileKind,
    text: &str,
    offset: usize,
    error: Option<serde_yaml::Error>,
    unclean: bool,
    diags: &mut Diagnostics,
) -> Loaded<T> {
    let Some(schema) = schema::schema(kind) else {
        return Loaded::nothing();
    };
    let tree = outline(text);
    let mut broken = tree.cut;
    for fault in &tree.faults {
        let syntax = matches!(fault.code, Code::YamlSyntax | Code::YamlDepth);
        broken |= syntax;
        if syntax && unclean {
            continue; // the character that YAML stumbles over is told already
        }
        let range = fault.range.start + offset..fault.range.end + offset;
        let mut diagnostic = Diagnostic::new(fault.code, Place::Bytes(id, range));
        diagnostic.args = fault.args.clone();
        diagnostic.hints.extend(fault.hint.map(str::to_string));
        diags.push(diagnostic);
    }
    let missing = tree.root.is_none();
    let root = tree.root.unwrap_or(Node { range: 0..0, kind: NodeKind::Scalar { text: String::new(), plain: true } });
    let unshaped = !missing && !matches!(root.kind, NodeKind::Map(_));
    let blank = text.lines().all(|line| line.trim().is_empty() || line.starts_with('#'));
    let outcome = match missing && !blank {
        true => schema::Outcome::default(),
        false => schema::walk(&schema, &root),
    };
    let origin = Origin::file(id);
    if !broken {
        for fault in &outcome.faults {
            diags.push(fault.diagnostic(&origin));
        }
    }
    let mut told = !tree.faults.is_empty() || !outcome.faults.is_empty();
    let mut value = None;
    if let Some(json) = outcome.value {
        match serde_json::from_value::<T>(json) {
            Ok(read) => value = Some(read),
            Err(error) if !told => {
                let place = Place::Bytes(id, offset..offset + first_line(text));
                let detail = error.to_string();
                diags.push(Diagnostic::new(Code::YamlSyntax, place).arg("detail", detail));
                told = true;
            }
            Err(_) => {}
        }
    }
    if let Some(error) = error
        && !told
        && !unclean
    {
        let at = error.location().map_or(0, |l| l.index().min(text.len()));
        let range = offset + at..offset + at;
        let diagnostic = Diagnostic::new(Code::YamlSyntax, Place::Bytes(id, range));
        diags.push(diagnostic.arg("detail", error.to_string()));
    }
    Loaded {
        value,
        root: (!missing).then_some(root),
        dropped: outcome.dropped,
        torn: broken || unshaped || (missing && !blank),
    }
}

fn first_line(text: &str) -> usize {
    text.lines().next().map_or(0, str::len)
}
