//! How anything writes to the plan: a place and a value become exact byte edits.
//!
//! Comes in: [`Sources`], a [`Target`] and a value. Goes out: the new bytes of one file, in which nothing but the value
//! differs: comments, order, line ends and the byte-order mark stay. Every edit is read again and compared before it
//! is given out; what cannot be written exactly is an [`EditError`].

mod block;
mod check;
pub mod dispose;
mod item;
mod marker;
mod new;
mod remove;
mod scalar;
mod yaml;

pub use item::Value;
pub use marker::{MarkerPlace, NewMarker, mark_blocks};
pub use yaml::Languages;

use std::fmt;
use std::ops::Range;

use crate::diag::{FileId, Seg, YamlPath};
use crate::source::{SourceFile, Sources, split_front};

/// Whether a value takes the place of another, or is added to a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Replaces the value; adds the key where it is missing.
    Replace,
    /// Adds an item to the list; begins the list where it is missing.
    Append,
}

/// What is written to. `from` is the fingerprint of the text that a translation is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A value of a YAML file, or of the front matter of a Markdown file.
    Value { file: FileId, path: YamlPath },
    /// One wording of the text at `path`: under a language, or, in a file of translations, the text itself.
    Wording { file: FileId, path: YamlPath, languages: Option<Languages>, from: String },
    /// A block of a Markdown file, as bytes of its text (without a byte-order mark); of a translation if it has `from`.
    Block { file: FileId, range: Range<usize>, from: Option<String> },
}

/// The new bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdit {
    pub file: FileId,
    pub bytes: Vec<u8>,
}

impl FileEdit {
    /// The sources with the new bytes in their place.
    pub fn apply(&self, sources: &Sources) -> Sources {
        let bytes = |id, file: &SourceFile| match id == self.file {
            true => self.bytes.clone(),
            false => file.bytes.to_vec(),
        };
        Sources::from_files(sources.iter().map(|(id, file)| (file.path.clone(), bytes(id, file))))
    }
}

/// Why a value cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The file is no text, its YAML has faults, or it has no front matter.
    Unreadable(String),
    /// There is nothing at this path that a key could be added to.
    Missing(String),
    /// A list or a map stands where a text should be replaced, or no list where an item should be added.
    WrongShape(&'static str),
    /// The value cannot stand there (a blank line in one paragraph, for example).
    BadValue(&'static str),
    /// Every way to write it would change something else too.
    NotExact,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EditError::Unreadable(path) => {
                write!(f, "`{path}` has faults and cannot be edited; `planwright check` names them")
            }
            EditError::Missing(path) => write!(f, "there is no `{path}` that could be written to"),
            EditError::WrongShape(detail) | EditError::BadValue(detail) => f.write_str(detail),
            EditError::NotExact => {
                f.write_str("this cannot be written without changing something else; edit the file by hand")
            }
        }
    }
}

impl std::error::Error for EditError {}

/// Writes `value` to `target`.
///
/// A value is a text; where the old value was a whole number or a truth value and the new one is of the same sort, it
/// stays without quotes. A value `{...}` in [`Mode::Append`] is taken as a map on one line. In a block scalar (`|`,
/// `>`) the last line end belongs to the style, not to the value. The parts of a path that are missing are added. A
/// wording brings the `from` of its translation up to date, and nothing else.
///
/// # Errors
/// See [`EditError`]; nothing is written then.
pub fn set(sources: &Sources, target: &Target, value: &str, mode: Mode) -> Result<FileEdit, EditError> {
    write(sources, target, value, mode, false)
}

/// [`set`] for a whole number or a truth value that no text stood for before: it is written without quotes.
///
/// # Errors
/// See [`EditError`]; also for any other value.
pub fn set_bare(sources: &Sources, target: &Target, value: &str, mode: Mode) -> Result<FileEdit, EditError> {
    match scalar::sort(value) {
        scalar::Sort::Integer | scalar::Sort::Truth => write(sources, target, value, mode, true),
        _ => Err(EditError::BadValue("this is no number and no truth value")),
    }
}

/// Adds `item` to the list at `target`, each of its keys on a line of its own; begins the list where it is missing.
///
/// # Errors
/// See [`EditError`]; nothing is written then.
pub fn append(sources: &Sources, target: &Target, item: &[(String, Value)]) -> Result<FileEdit, EditError> {
    let Target::Value { file: id, path } = target else { return Err(EditError::WrongShape("a text is no list")) };
    let new = new::New::item(item).ok_or(EditError::BadValue("the item holds a control character"))?;
    let Some((_, file)) = sources.iter().find(|(known, _)| known == id) else {
        return Err(EditError::Unreadable("?".to_string()));
    };
    let text = file.text.as_deref().ok_or_else(|| EditError::Unreadable(file.path.clone()))?;
    let new = in_yaml(file, text, &|yaml| yaml::set(yaml, path, &new, Mode::Append))?;
    Ok(FileEdit { file: *id, bytes: with_mark(file, &new) })
}

fn write(sources: &Sources, target: &Target, value: &str, mode: Mode, bare: bool) -> Result<FileEdit, EditError> {
    let id = match target {
        Target::Value { file, .. } | Target::Wording { file, .. } | Target::Block { file, .. } => *file,
    };
    let unreadable = |name: &str| EditError::Unreadable(name.to_string());
    if sources.iter().all(|(known, _)| known != id) {
        return Err(unreadable("?"));
    }
    let file = sources.get(id);
    let text = file.text.as_deref().ok_or_else(|| unreadable(&file.path))?;
    let value = printable(value)?;
    let new = match (target, mode) {
        (Target::Value { path, .. }, _) => {
            let new = if bare { new::New::Bare(&value) } else { new::New::typed(&value, mode) };
            in_yaml(file, text, &|yaml| yaml::set(yaml, path, &new, mode))?
        }
        (Target::Wording { path, languages, from, .. }, Mode::Replace) => {
            in_yaml(file, text, &|yaml| yaml::set_wording(yaml, path, languages.as_ref(), &value, from))?
        }
        (Target::Block { range, from, .. }, Mode::Replace) => {
            let new = block::replace(text, range.clone(), &value)?;
            match from {
                Some(from) => {
                    let path = [Seg::Key("from".into())];
                    in_yaml(file, &new, &|yaml| yaml::set(yaml, &path, &new::New::Text(from), Mode::Replace))?
                }
                None => new,
            }
        }
        (_, Mode::Append) => return Err(EditError::WrongShape("a text is no list")),
    };
    Ok(FileEdit { file: id, bytes: with_mark(file, &new) })
}

/// The bytes of a file with a new text, behind the byte-order mark that it has.
fn with_mark(file: &SourceFile, text: &str) -> Vec<u8> {
    let mut bytes = file.bytes[..file.offset.min(file.bytes.len())].to_vec();
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

/// One of several edits of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Replaces the text at the path, or adds it.
    Put(YamlPath, String),
    /// Adds a map of texts to the list at the path; begins the list where it is missing.
    Add(YamlPath, Vec<(&'static str, String)>),
    /// Takes out what stands at the path; with the last entry, what held it.
    Remove(YamlPath),
}

/// Takes `steps` one after the other in the YAML of one file.
///
/// # Errors
/// See [`EditError`]; nothing is written then.
pub fn steps(sources: &Sources, id: FileId, steps: &[Step]) -> Result<FileEdit, EditError> {
    let file = sources.get(id);
    let text = file.text.as_deref().ok_or_else(|| EditError::Unreadable(file.path.clone()))?;
    let mut new = text.to_string();
    for step in steps {
        new = match step {
            Step::Put(path, value) => {
                let value = printable(value)?;
                in_yaml(file, &new, &|yaml| yaml::set(yaml, path, &new::New::Text(&value), Mode::Replace))?
            }
            Step::Add(path, entries) => {
                let entries = entries.iter().map(|(key, text)| Ok((*key, printable(text)?)));
                let entries = entries.collect::<Result<Vec<_>, EditError>>()?;
                in_yaml(file, &new, &|yaml| yaml::set(yaml, path, &new::New::texts(&entries), Mode::Append))?
            }
            Step::Remove(path) => in_yaml(file, &new, &|yaml| remove::remove(yaml, path))?,
        };
    }
    Ok(FileEdit { file: id, bytes: with_mark(file, &new) })
}

/// The value with plain line ends, if all of it can be printed.
fn printable(value: &str) -> Result<String, EditError> {
    let value = value.replace("\r\n", "\n");
    match value.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\n')) {
        true => Err(EditError::BadValue("the value holds a control character")),
        false => Ok(value),
    }
}

/// Applies `edit` to the YAML of a file: all of it, or the front matter.
fn in_yaml(
    file: &SourceFile,
    text: &str,
    edit: &dyn Fn(&str) -> Result<String, EditError>,
) -> Result<String, EditError> {
    let unreadable = || EditError::Unreadable(file.path.clone());
    let markdown = file.path.ends_with(".md");
    let region = match markdown {
        true => split_front(text).ok_or_else(unreadable)?.yaml,
        false => 0..text.len(),
    };
    let yaml = edit(&text[region.clone()]).map_err(|error| match error {
        EditError::Unreadable(_) => unreadable(),
        error => error,
    })?;
    let new = format!("{}{yaml}{}", &text[..region.start], &text[region.end..]);
    match !markdown || split_front(&new).is_some_and(|front| new[front.yaml] == yaml) {
        true => Ok(new),
        false => Err(EditError::NotExact),
    }
}

/// A path for people: `targets/[2]/year`.
fn printed(path: &[Seg]) -> String {
    let parts: Vec<_> = path.iter().map(Seg::to_string).collect();
    parts.join("/")
}

/// The line end that a text uses.
fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests;
