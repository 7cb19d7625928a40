//! `import`: what came back in a spreadsheet, taken into the plan.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::args::{Arguments, ImportOptions, ReportFormat};
use super::write::swap_file;
use crate::diag::{Diagnostics, Severity};
use crate::exchange::book::{self, Table};
use crate::exchange::form;
use crate::exchange::import::{self, Admitted, Import, Told};
use crate::exchange::responses;
use crate::model::Plan;
use crate::pipeline::{self, Request};
use crate::report;
use crate::source::Sources;

/// Takes the rows of a form or of a table of answers. Exit status 1 when a row was refused.
pub fn responses(arguments: &Arguments, options: &ImportOptions) -> Result<u8> {
    let table = table(&options.file)?;
    let (root, sources, diags) = super::read(arguments)?;
    let (plan, diags) = pipeline::check(&sources, diags);
    let Some(plan) = plan else {
        return Ok(super::tell(arguments, ReportFormat::Human, &sources, &diags, false));
    };
    let rows = rows(options, &table, &plan, &diags)?;
    let before = faults(&diags);
    let fault = |sources: &Sources| new_fault(sources, &before);
    let mut admitted = import::apply(&plan, &sources, &rows.changes, &fault);
    admitted.refused.extend(rows.refused.iter().cloned());
    admitted.refused.sort_by_key(|told| told.row);
    let place = |row: u32| match &table.sheet {
        Some(sheet) => format!("{}, sheet \"{sheet}\", row {row}", options.file.display()),
        None => format!("{}, row {row}", options.file.display()),
    };
    tell(arguments, &rows, &admitted, &place);
    let nothing = options.dry_run || (options.all_or_nothing && !admitted.refused.is_empty());
    let written = if nothing { 0 } else { write(&root, &sources, &admitted.sources)? };
    if !arguments.quiet {
        println!("{}", summary(options, &table, &rows, &admitted, written));
    }
    Ok(u8::from(!admitted.refused.is_empty()))
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The table of the file; no more of it is read than a table may have.
fn table(path: &Path) -> Result<Table> {
    let shape = super::export::shape(path)?;
    let file = File::open(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let mut bytes = Vec::new();
    file.take(book::LIMIT as u64 + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("cannot read `{}`", path.display()))?;
    let found = book::read(&bytes, shape).and_then(book::table);
    found.with_context(|| format!("`{}` was not taken", path.display()))
}

fn rows(options: &ImportOptions, table: &Table, plan: &Plan, diags: &Diagnostics) -> Result<Import> {
    let lang = table.tag.get("lang").unwrap_or(&plan.plan.languages.source);
    match table.tag.kind.as_str() {
        responses::KIND => Ok(import::answers::answers(table, plan, lang)),
        form::KIND => {
            let current = current(table, plan, lang, diags);
            let file = file_name(&options.file);
            let (event, by, source) = (options.event.as_deref(), options.by.as_deref(), options.source.as_deref());
            let found = import::form::form(
                table,
                plan,
                lang,
                import::form::Options { file: &file, event, by, source, current: &current },
            );
            match found {
                Ok(rows) => Ok(rows),
                Err(sentence) => bail!("`{}` was not taken: {sentence}", options.file.display()),
            }
        }
        other => bail!(
            "`{}` was not taken: it is a table of the kind `{other}`, which this program does not know",
            options.file.display()
        ),
    }
}

/// The paragraphs of the edition of a form as they stand now.
fn current(table: &Table, plan: &Plan, lang: &str, diags: &Diagnostics) -> BTreeMap<String, String> {
    let edition = table.tag.get("edition").unwrap_or_default();
    let request = Request { languages: vec![lang.to_string()], ..Request::default() };
    let drafts = pipeline::drafts(plan, edition, diags, &request, &mut Diagnostics::default());
    drafts.first().map(form::prints).unwrap_or_default()
}

/// What stops every edition, as told to people and without its place, which an import may move.
fn faults(diags: &Diagnostics) -> Vec<String> {
    let stops = diags.iter().filter(|it| it.severity == Severity::Deny && it.edition.is_none());
    stops.map(report::sentence).collect()
}

/// The first fault of `sources` that was not there `before`.
fn new_fault(sources: &Sources, before: &[String]) -> Option<String> {
    let (_, diags) = pipeline::check(sources, Diagnostics::default());
    let mut known = before.to_vec();
    let new = faults(&diags).into_iter().find(|fault| match known.iter().position(|it| it == fault) {
        Some(at) => {
            known.swap_remove(at);
            false
        }
        None => true,
    });
    new.map(|fault| format!("that would break the plan: {fault}"))
}

fn tell(arguments: &Arguments, rows: &Import, admitted: &Admitted, place: &dyn Fn(u32) -> String) {
    let line = |word: &str, told: &Told| format!("{}: {word}{}", place(told.row), told.sentence);
    let refused = |row: u32| admitted.refused.iter().any(|told| told.row == row);
    for note in rows.notes.iter().filter(|note| !refused(note.row)) {
        eprintln!("{}", line("note: ", note));
    }
    for told in &admitted.refused {
        eprintln!("{}", line("refused: ", told));
    }
    if !arguments.quiet {
        rows.known.iter().for_each(|told| println!("{}", line("", told)));
        if arguments.verbose {
            admitted.rows.iter().for_each(|(row, what)| println!("{}: {what}", place(*row)));
        }
    }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn summary(options: &ImportOptions, table: &Table, rows: &Import, admitted: &Admitted, files: usize) -> String {
    let (what, done) = match table.tag.kind.as_str() {
        form::KIND => (count(admitted.edits, "suggestion"), "added"),
        _ => (count(admitted.edits, "value"), "changed"),
    };
    let stopped = options.all_or_nothing && !admitted.refused.is_empty();
    let would = if options.dry_run || stopped { "to be " } else { "" };
    let end = match files {
        _ if options.dry_run => "; a dry run: nothing was written".to_string(),
        _ if stopped => "; nothing was written".to_string(),
        0 => String::new(),
        many => format!(" in {}", count(many, "file")),
    };
    format!(
        "{what} {would}{done}, {} known, {} refused{end}",
        count(rows.known.len(), "row"),
        count(admitted.refused.len(), "row")
    )
}

/// Replaces the files that differ and says how many.
fn write(root: &Path, before: &Sources, after: &Sources) -> Result<usize> {
    let same = |path: &str, bytes: &[u8]| before.by_path(path).is_some_and(|id| *before.get(id).bytes == *bytes);
    let mut written = 0;
    for (_, file) in after.iter().filter(|(_, file)| !same(&file.path, &file.bytes)) {
        swap_file(&root.join(&file.path), &file.bytes)?;
        written += 1;
    }
    Ok(written)
}
