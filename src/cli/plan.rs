//! `check`, `set` and `ids`: what looks at the plan, and what writes to it.

use anyhow::{Result, bail};

use super::args::{Arguments, CheckOptions, SetOptions};
use super::write::swap_file;
use crate::diag::{Address, Code, Diagnostics};
use crate::edit::{self, Mode, Target};
use crate::model::reference::Resolved;
use crate::model::{self, Plan, format::Common};
use crate::pipeline;
use crate::source::Sources;

/// Tells every fault of source and model; with `--edition`, also what stops this edition alone.
pub fn check(arguments: &Arguments, options: &CheckOptions) -> Result<u8> {
    let (_, sources, diags) = super::read(arguments)?;
    let (plan, mut diags) = pipeline::check(&sources, diags);
    if let Some(asked) = &options.edition {
        let known: Vec<&str> = plan.iter().flat_map(|plan| &plan.plan.editions).map(|edition| &*edition.id).collect();
        if !known.is_empty() && !known.contains(&asked.as_str()) {
            bail!("there is no edition `{asked}`; this plan has: {}", known.join(", "));
        }
    }
    diags.retain(|diagnostic| match (&diagnostic.edition, &options.edition) {
        (Some(gate), Some(asked)) => gate == asked,
        (Some(_), None) => false,
        (None, _) => true,
    });
    if options.edition.is_some() {
        drop_warnings_that_are_gates(&mut diags);
    }
    Ok(super::tell(arguments, options.format, &sources, &diags, options.deny_warnings))
}

/// A gate says the same as the warning that it tightens: one line is enough.
fn drop_warnings_that_are_gates(diags: &mut Diagnostics) {
    let gates: Vec<_> = diags.iter().filter(|it| it.edition.is_some()).cloned().collect();
    diags.retain(|it| {
        it.edition.is_some()
            || !gates.iter().any(|gate| gate.code == it.code && gate.places == it.places && gate.args == it.args)
    });
}

/// Replaces or adds one value; the plan is read again before the file is replaced.
pub fn set(arguments: &Arguments, options: &SetOptions) -> Result<u8> {
    let (root, sources, _) = super::read(arguments)?;
    let mut diags = Diagnostics::default();
    let Some(plan) = model::load::load(&sources, &mut diags) else {
        bail!("the plan cannot be read; `planwright check` says why");
    };
    let address: Address = match options.address.parse() {
        Ok(address) => address,
        Err(error) => bail!("`{}` is not an address: {error}", options.address),
    };
    let Some(target) = model::reference::resolve(&plan, &sources, &address) else {
        bail!("nothing in the plan has the address `{address}`");
    };
    let mode = if options.append { Mode::Append } else { Mode::Replace };
    let edited = match edit::set(&sources, &to_target(target), &options.value, mode) {
        Ok(edited) => edited,
        Err(error) => bail!("`{address}` was not changed: {error}"),
    };
    let path = sources.get(edited.file).path.clone();
    still_readable(&sources, &path, &edited.bytes, &diags)?;
    swap_file(&root.join(&path), &edited.bytes)?;
    if !arguments.quiet {
        println!("{path}: {address} is set");
    }
    Ok(0)
}

fn to_target(resolved: Resolved) -> Target {
    match resolved {
        Resolved::Value { file, path } => Target::Value { file, path },
        Resolved::Wording { file, path, lang, source, from } => {
            let languages = lang.map(|lang| edit::Languages { source, lang });
            Target::Wording { file, path, languages, from }
        }
        Resolved::Block { file, range, from } => Target::Block { file, range, from },
    }
}

/// Refuses an edit that brings a fault which was not there before and cannot be lowered.
fn still_readable(sources: &Sources, path: &str, bytes: &[u8], before: &Diagnostics) -> Result<()> {
    let files = sources.iter().map(|(_, file)| match file.path == path {
        true => (file.path.clone(), bytes.to_vec()),
        false => (file.path.clone(), file.bytes.to_vec()),
    });
    let after = Sources::from_files(files);
    let mut diags = Diagnostics::default();
    if let Some(plan) = model::load::load(&after, &mut diags) {
        model::reference::check(&plan, &mut diags);
    }
    let locked = |diags: &Diagnostics| diags.iter().filter(|it| it.code.locked()).count();
    if let Some(fault) = diags.iter().find(|it| it.code.locked())
        && locked(&diags) > locked(before)
    {
        bail!("that would break the plan: {}", crate::report::sentence(fault));
    }
    Ok(())
}

/// Writes a marker to every block of prose that has none.
pub fn ids(arguments: &Arguments) -> Result<u8> {
    let (root, sources, diags) = super::read(arguments)?;
    let (plan, diags) = pipeline::check(&sources, diags);
    let Some(plan) = plan.filter(|_| !diags.iter().any(|it| it.code == Code::BadMarker)) else {
        return Ok(super::tell(arguments, super::ReportFormat::Human, &sources, &diags, false));
    };
    let mut written = 0;
    for edited in edit::mark_blocks(&sources, &unmarked(&plan)) {
        let path = sources.get(edited.file).path.clone();
        swap_file(&root.join(&path), &edited.bytes)?;
        written += 1;
        if arguments.verbose {
            println!("{path}");
        }
    }
    if !arguments.quiet {
        println!("{written} files have new markers");
    }
    Ok(0)
}

/// File, end of block and key of every block without a marker.
fn unmarked(plan: &Plan) -> Vec<edit::NewMarker> {
    fn of<T: Common>(items: &[model::Item<T>], out: &mut Vec<edit::NewMarker>) {
        for body in items.iter().flat_map(|item| &item.bodies) {
            for block in body.prose.blocks.iter().filter(|block| !block.marked) {
                if matches!(block.content, model::prose::Content::Rule) {
                    continue;
                }
                let own_line = !matches!(
                    block.content,
                    model::prose::Content::Paragraph(_)
                        | model::prose::Content::Heading { .. }
                        | model::prose::Content::Image { .. }
                );
                out.push(edit::NewMarker {
                    file: body.file,
                    range: block.range.clone(),
                    key: block.key.clone(),
                    own_line,
                });
            }
        }
    }
    let mut out = Vec::new();
    of(&plan.statements, &mut out);
    of(&plan.elements, &mut out);
    of(&plan.sections, &mut out);
    out
}
