//! `import survey`: answers taken into `plan/surveys/`, with a survey to begin with.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::args::{Arguments, SurveyOptions};
use super::write::swap_file;
use crate::diag::{Diagnostics, Origin};
use crate::edit::{self, Mode, Target};
use crate::exchange::{book, survey};
use crate::model::format::Survey;
use crate::model::load::is_id;
use crate::model::{self, Item};
use crate::source::Sources;

/// The wave of a survey that has none yet.
const FIRST: &str = "answers";

/// Writes the table, and what the survey does not say of it yet.
pub fn run(arguments: &Arguments, options: &SurveyOptions) -> Result<u8> {
    let name = options.name.as_str();
    let names = [Some(name), options.wave.as_deref()];
    if let Some(id) = names.into_iter().flatten().find(|id| !is_id(id)) {
        bail!("`{id}` cannot be a name: small letters, digits and hyphens, beginning with a letter");
    }
    let table = read(&options.file)?;
    let (root, sources, _) = super::read(arguments)?;
    let path = format!("plan/surveys/{name}.yaml");
    let known = known(&sources, &path)?;
    let wave = wave(known.as_ref(), options.wave.as_deref())?;
    let file = known
        .as_ref()
        .and_then(|it| it.data.waves.iter().find(|one| *one.id == *wave))
        .map_or_else(|| format!("{name}-{wave}.csv"), |one| one.file.to_string());
    if file.contains(['/', '\\']) || !file.ends_with(".csv") {
        bail!("the wave `{wave}` names the table `{file}`, which is no name of a `.csv` in `plan/surveys/`");
    }
    let dialect = known.as_ref().and_then(|it| it.data.csv.as_ref());
    let numbers = super::export::shape(&options.file)? == book::Shape::Xlsx;
    let bytes = table.csv(dialect, numbers)?;
    let to = root.join("plan/surveys").join(&file);
    if !options.force && std::fs::read(&to).is_ok_and(|there| there != bytes) {
        bail!("`plan/surveys/{file}` holds other answers; `--force` replaces them");
    }
    swap_file(&to, &bytes)?;
    say(arguments, &format!("plan/surveys/{file}: {} rows of answers, {} columns", table.rows.len(), table.head.len()));
    match known {
        None => {
            swap_file(&root.join(&path), table.skeleton(name, &wave, &file).as_bytes())?;
            say(arguments, &format!("{path}: a survey to begin with; `planwright check` says what is missing"));
        }
        Some(item) if item.data.waves.iter().any(|one| *one.id == *wave) => {}
        Some(item) => {
            let entry = format!("{{id: {wave}, title: {wave}, file: {file}}}");
            let waves = item.origin.key("waves");
            let target = Target::Value { file: waves.file, path: waves.path };
            match edit::set(&sources, &target, &entry, Mode::Append) {
                Ok(edited) => swap_file(&root.join(&path), &edited.bytes)?,
                Err(error) => bail!("the table is written, but not the wave: {error}; add `{entry}` under `waves:`"),
            }
            say(arguments, &format!("{path}: the wave `{wave}` is added; give it a title and a date"));
        }
    }
    Ok(0)
}

fn say(arguments: &Arguments, sentence: &str) {
    if !arguments.quiet {
        println!("{sentence}");
    }
}

/// The table of the file; no more of it is read than a table may have.
fn read(path: &Path) -> Result<survey::Table> {
    let shape = super::export::shape(path)?;
    let file = File::open(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let mut bytes = Vec::new();
    file.take(book::LIMIT as u64 + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("cannot read `{}`", path.display()))?;
    survey::table(&bytes, shape).with_context(|| format!("`{}` was not taken", path.display()))
}

/// The survey in the file at `path`, if there is one.
fn known(sources: &Sources, path: &str) -> Result<Option<Item<Survey>>> {
    let Some(id) = sources.by_path(path) else { return Ok(None) };
    let plan = model::load::load(sources, &mut Diagnostics::default());
    let found = plan.into_iter().flat_map(|plan| plan.surveys).find(|one| one.origin == Origin::file(id));
    match found {
        Some(item) => Ok(Some(item)),
        None => bail!("`{path}` cannot be read; `planwright check` says why"),
    }
}

/// The wave that is meant.
fn wave(known: Option<&Item<Survey>>, asked: Option<&str>) -> Result<String> {
    let waves = known.map(|item| item.data.waves.as_slice()).unwrap_or_default();
    match (asked, waves) {
        (Some(wave), _) => Ok(wave.to_string()),
        (None, []) => Ok(FIRST.to_string()),
        (None, [one]) => Ok(one.id.to_string()),
        (None, many) => {
            let ids: Vec<&str> = many.iter().map(|one| one.id.as_str()).collect();
            bail!("the survey has several waves; say with `--wave` which one this is: {}", ids.join(", "))
        }
    }
}
