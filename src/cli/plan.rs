//! `check` and `set`: what looks at the plan, and what writes a value to it.

use anyhow::{Result, bail};

use super::args::{Arguments, CheckOptions, SetOptions};
use super::write::swap_file;
use crate::diag::{Address, Diagnostic, Diagnostics};
use crate::edit::{self, Mode, Target};
use crate::model;
use crate::model::reference::Resolved;
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
pub(super) fn drop_warnings_that_are_gates(diags: &mut Diagnostics) {
    let place = |it: &Diagnostic| (it.code, it.args.clone(), format!("{:?}", it.places));
    let gates: std::collections::BTreeSet<_> = diags.iter().filter(|it| it.edition.is_some()).map(place).collect();
    diags.retain(|it| it.edition.is_some() || !gates.contains(&place(it)));
}

/// Replaces or adds one value; the plan is read again before the file is replaced.
pub fn set(arguments: &Arguments, options: &SetOptions) -> Result<u8> {
    let (root, sources, _) = super::read(arguments)?;
    let Some(plan) = model::load::load(&sources, &mut Diagnostics::default()) else {
        bail!("the plan cannot be read; `planwright check` says why");
    };
    let address: Address = match options.address.parse() {
        Ok(address) => address,
        Err(error) => bail!("`{}` is not an address: {error}", options.address),
    };
    let Some(target) = model::reference::resolve(&plan, &sources, &address) else {
        let near = model::reference::near(&plan, &address).map(|near| format!("; did you mean `{near}`?"));
        bail!("nothing in the plan has the address `{address}`{}", near.unwrap_or_default());
    };
    let target = to_target(target);
    let mode = if options.append { Mode::Append } else { Mode::Replace };
    let before = faults(&sources);
    let attempt = |edited: Result<edit::FileEdit, edit::EditError>| match edited {
        Ok(edited) => broken(&sources, &edited, &before).map_or(Ok(edited), Err),
        Err(error) => Err(format!("`{address}` was not changed: {error}")),
    };
    let edited = attempt(edit::set(&sources, &target, &options.value, mode)).or_else(|told| {
        // A number or a truth value where the format has no text.
        attempt(edit::set_bare(&sources, &target, &options.value, mode)).map_err(|_| told)
    });
    let edited = match edited {
        Ok(edited) => edited,
        Err(told) => bail!("{told}"),
    };
    let path = &sources.get(edited.file).path;
    swap_file(&root.join(path), &edited.bytes)?;
    if !arguments.quiet {
        let done = if options.append { "has one more entry" } else { "is set" };
        println!("{path}: {address} {done}");
        if let Target::Block { from: Some(_), .. } = target {
            println!(
                "{path}: `from` says now that all of this text follows its source; read the other paragraphs, too"
            );
        }
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

/// What makes the plan unreadable or wrong.
fn faults(sources: &Sources) -> Vec<Fault> {
    let mut diags = Diagnostics::default();
    if let Some(plan) = model::load::load(sources, &mut diags) {
        model::reference::check(&plan, &mut diags);
    }
    diags.iter().filter(|it| it.code.locked()).map(fault).collect()
}

/// A fault as told to people and without its place, which an edit may move; and what to do about this very one.
pub(super) type Fault = (String, Option<String>);

/// See [`Fault`].
pub(super) fn fault(diagnostic: &Diagnostic) -> Fault {
    (crate::report::sentence(diagnostic), diagnostic.hints.first().cloned())
}

/// Why an edit is refused: a fault that it brings and that was not there before.
fn broken(sources: &Sources, edited: &edit::FileEdit, before: &[Fault]) -> Option<String> {
    brought(before, faults(&edited.apply(sources)))
}

/// The first fault of `after` that is not one of `before`, as the end of a sentence.
pub(super) fn brought(before: &[Fault], after: Vec<Fault>) -> Option<String> {
    let mut known = before.to_vec();
    let (fault, hint) = after.into_iter().find(|(fault, _)| match known.iter().position(|(it, _)| it == fault) {
        Some(at) => {
            known.swap_remove(at);
            false
        }
        None => true,
    })?;
    Some(format!("that would break the plan: {fault}{}", hint.map_or(String::new(), |hint| format!("; {hint}"))))
}
