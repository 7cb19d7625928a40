//! Changes applied to the bytes of the plan, row by row, as far as the plan stays sound.

use super::{Change, Edit, Told};
use crate::diag::{Address, Origin, Seg};
use crate::edit::{self, FileEdit, Languages, Mode, Target};
use crate::model::Plan;
use crate::model::reference::{Resolved, resolve};
use crate::source::Sources;

/// What went in.
#[derive(Clone, Debug, Default)]
pub struct Admitted {
    /// The sources with all changes that were taken.
    pub sources: Sources,
    /// How many edits they are.
    pub edits: usize,
    /// Rows that were taken, with what they changed.
    pub rows: Vec<(u32, String)>,
    pub refused: Vec<Told>,
}

/// Applies `changes`, each as a whole. `fault` tells what is wrong with a plan that was not wrong with it before; a row
/// that brings such a fault is refused, the others go in.
pub fn apply(
    plan: &Plan,
    sources: &Sources,
    changes: &[Change],
    fault: &dyn Fn(&Sources) -> Option<String>,
) -> Admitted {
    let mut out = Admitted { sources: sources.clone(), ..Admitted::default() };
    admit(plan, changes, fault, &mut out);
    out.refused.sort_by_key(|told| told.row);
    out
}

/// All at once if nothing is wrong with them, else each half by itself, down to the row at fault.
fn admit(plan: &Plan, changes: &[Change], fault: &dyn Fn(&Sources) -> Option<String>, out: &mut Admitted) {
    if changes.is_empty() {
        return;
    }
    let edits = changes.iter().flat_map(|change| &change.edits);
    let tried = edits.clone().try_fold(out.sources.clone(), |sources, edit| written(plan, &sources, edit));
    let sound = tried.and_then(|sources| fault(&sources).map_or(Ok(sources), Err));
    match (sound, changes) {
        (Ok(sources), _) => {
            out.sources = sources;
            out.edits += edits.count();
            out.rows.extend(changes.iter().map(|change| (change.row, change.what.clone())));
        }
        (Err(sentence), [one]) => out.refused.push(Told::new(one.row, sentence)),
        (Err(_), many) => {
            let (first, second) = many.split_at(many.len() / 2);
            admit(plan, first, fault, out);
            admit(plan, second, fault, out);
        }
    }
}

fn written(plan: &Plan, sources: &Sources, edit: &Edit) -> Result<Sources, String> {
    match edit {
        Edit::Set { address, value } => {
            let target = target(plan, sources, address)
                .ok_or_else(|| format!("nothing in the plan has the address `{address}`"))?;
            let edited = edit::set(sources, &target, value, Mode::Replace);
            edited.map(|edited| with(sources, edited)).map_err(|error| format!("`{address}` was not changed: {error}"))
        }
        Edit::Add { event, item } => {
            let (sources, path) = suggestions(plan, sources, event)?;
            let file = sources.by_path(&path).ok_or("the new file is not there")?;
            let target = Target::Value { file, path: vec![Seg::Key("suggestions".into())] };
            let edited = edit::append(&sources, &target, item);
            edited.map(|edited| with(&sources, edited)).map_err(|error| format!("`{path}` was not changed: {error}"))
        }
    }
}

fn with(sources: &Sources, edited: FileEdit) -> Sources {
    let path = sources.get(edited.file).path.clone();
    sources.with(&path, edited.bytes)
}

/// Where the value of an address is written; a wording of a text that is not there yet is written under its language.
fn target(plan: &Plan, sources: &Sources, address: &Address) -> Option<Target> {
    match resolve(plan, sources, address) {
        Some(Resolved::Value { file, path }) => Some(Target::Value { file, path }),
        Some(Resolved::Wording { file, path, lang, source, from }) => {
            let languages = lang.map(|lang| Languages { source, lang });
            Some(Target::Wording { file, path, languages, from })
        }
        Some(Resolved::Block { .. }) => None,
        None => {
            let lang = address.lang.as_deref()?;
            match resolve(plan, sources, &Address { lang: None, ..address.clone() })? {
                Resolved::Value { file, path } => {
                    let Origin { file, path } = Origin { file, path }.key(lang);
                    Some(Target::Value { file, path })
                }
                _ => None,
            }
        }
    }
}

/// The file of the suggestions of an event, and the sources with it: a new one if there is none.
fn suggestions(plan: &Plan, sources: &Sources, event: &str) -> Result<(Sources, String), String> {
    let path = format!("plan/consultation/suggestions/{event}.yaml");
    match sources.by_path(&path) {
        Some(file) => {
            let group = plan.suggestions.iter().find(|group| group.origin.file == file);
            match group.filter(|group| group.event != event) {
                Some(other) => Err(format!("`{path}` holds the suggestions of another event, `{}`", other.event)),
                None => Ok((sources.clone(), path)),
            }
        }
        None => Ok((sources.with(&path, format!("event: {event}\nsuggestions:\n").into_bytes()), path)),
    }
}
