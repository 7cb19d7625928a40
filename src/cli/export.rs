//! `export`: spreadsheets that leave the house.

use std::path::Path;

use anyhow::{Result, bail};

use super::args::{Arguments, ExportCommand, FormOptions, ReportFormat, ResponsesOptions};
use super::write::swap_file;
use crate::clearance;
use crate::diag::{Diagnostics, nearest};
use crate::exchange::book::{Book, Shape};
use crate::exchange::{form, responses};
use crate::model::Plan;
use crate::model::format::Edition;
use crate::pipeline::{self, Request};
use crate::source::Sources;

/// Writes the form or the table. Exit status 1 when a fault stops what it would be made from.
pub fn run(arguments: &Arguments, command: &ExportCommand) -> Result<u8> {
    let (_, sources, diags) = super::read(arguments)?;
    let (plan, diags) = pipeline::check(&sources, diags);
    let Some(plan) = plan else {
        return Ok(super::tell(arguments, ReportFormat::Human, &sources, &diags, false));
    };
    match command {
        ExportCommand::Form(options) => form(arguments, options, &sources, &plan, diags),
        ExportCommand::Responses(options) => responses(arguments, options, &sources, &plan, diags),
    }
}

fn form(
    arguments: &Arguments,
    options: &FormOptions,
    sources: &Sources,
    plan: &Plan,
    diags: Diagnostics,
) -> Result<u8> {
    let shape = shape(&options.out)?;
    let edition = edition(plan, &options.edition)?;
    if let Some(event) = &options.event {
        let known = || plan.events.iter().map(|item| item.data.id.as_str());
        if !known().any(|id| id == event) {
            bail!("there is no event `{event}`{}", meant(event, known()));
        }
    }
    let written = written_in(plan, edition);
    let lang = options.lang.as_deref().or(written.first().copied()).unwrap_or_default();
    if !written.contains(&lang) {
        bail!("the edition `{}` is not written in `{lang}`; it is written in: {}", edition.id, written.join(", "));
    }
    if let Some(status) = stopped(arguments, sources, &diags, Some(&edition.id)) {
        return Ok(status);
    }
    let request = Request { languages: vec![lang.to_string()], ..Request::default() };
    let mut told = Diagnostics::default();
    let drafts = pipeline::drafts(plan, &edition.id, &diags, &request, &mut told);
    let Some(draft) = drafts.first() else { bail!("the edition `{}` cannot be drafted in `{lang}`", edition.id) };
    write(arguments, (&options.out, options.force), &form::form(draft, options.event.as_deref()), shape)
}

fn responses(
    arguments: &Arguments,
    options: &ResponsesOptions,
    sources: &Sources,
    plan: &Plan,
    diags: Diagnostics,
) -> Result<u8> {
    let shape = shape(&options.out)?;
    let edition = options.edition.as_deref().map(|id| edition(plan, id)).transpose()?;
    let lang = options.lang.as_deref().unwrap_or(&plan.plan.languages.source);
    let known = crate::model::load::languages(&plan.plan);
    if !known.contains(lang) {
        let known: Vec<&str> = known.into_iter().collect();
        bail!("this plan is not written in `{lang}`; it is written in: {}", known.join(", "));
    }
    if let Some(status) = stopped(arguments, sources, &diags, edition.map(|edition| edition.id.as_str())) {
        return Ok(status);
    }
    let narrowest = plan.plan.audiences.last().map(|audience| audience.id.as_str());
    let audience = edition.map(|edition| edition.audience.as_str()).or(narrowest).unwrap_or_default();
    let cut = clearance::cut(plan, audience);
    let table = responses::responses(&cut, edition.map(|edition| edition.id.as_str()), lang);
    write(arguments, (&options.out, options.force), &table, shape)
}

/// Tells what stops an edition, or all of them, and returns the exit status.
fn stopped(arguments: &Arguments, sources: &Sources, diags: &Diagnostics, edition: Option<&str>) -> Option<u8> {
    diags.stops(edition.unwrap_or_default()).then(|| {
        let mut told = diags.clone();
        told.retain(|it| it.edition.is_none() || it.edition.as_deref() == edition);
        super::plan::drop_warnings_that_are_gates(&mut told);
        super::tell(arguments, ReportFormat::Human, sources, &told, false)
    })
}

fn edition<'p>(plan: &'p Plan, id: &str) -> Result<&'p Edition> {
    let known = || plan.plan.editions.iter().map(|edition| edition.id.as_str());
    match plan.plan.editions.iter().find(|edition| *edition.id == *id) {
        Some(edition) => Ok(edition),
        None => bail!("there is no edition `{id}`; this plan has: {}", known().collect::<Vec<_>>().join(", ")),
    }
}

fn written_in<'p>(plan: &'p Plan, edition: &'p Edition) -> Vec<&'p str> {
    let list = if edition.languages.is_empty() { &plan.plan.languages.official } else { &edition.languages };
    list.iter().map(|lang| lang.as_str()).collect()
}

fn meant<'k>(wrong: &str, known: impl Iterator<Item = &'k str>) -> String {
    nearest(wrong, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

/// The shape of the table in a file, from the end of its name.
pub(super) fn shape(path: &Path) -> Result<Shape> {
    match path.file_name().and_then(|name| Shape::of(&name.to_string_lossy())) {
        Some(shape) => Ok(shape),
        None => bail!("`{}` is no name of a table: it ends in `.xlsx` or `.csv`", path.display()),
    }
}

/// Writes the file. One that says something else stays, unless it is to be replaced: somebody may have filled it in.
fn write(arguments: &Arguments, (path, force): (&Path, bool), book: &Book, shape: Shape) -> Result<u8> {
    let bytes = book.write(shape)?;
    if !force && std::fs::read(path).is_ok_and(|there| there != bytes) {
        bail!(
            "`{}` is there already and may have been filled in; give another name, or `--force` to replace it",
            path.display()
        );
    }
    swap_file(path, &bytes)?;
    if !arguments.quiet {
        println!("{} is written", path.display());
    }
    Ok(0)
}
