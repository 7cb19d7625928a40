//! `dispose`: records what became of a point, with the words that it changed.

use anyhow::{Result, bail};

use super::args::{Arguments, DisposeOptions};
use super::plan::{Fault, brought, fault};
use super::write::swap_file;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::edit::dispose::{Answer, Ask, Recorded, What, record};
use crate::model;
use crate::pipeline;
use crate::report;

/// Writes the answer, unless that would bring an error into the plan. Exit status 1 if a target was not stamped.
pub fn run(arguments: &Arguments, options: &DisposeOptions) -> Result<u8> {
    let (root, sources, _) = super::read(arguments)?;
    let Some(plan) = model::load::load(&sources, &mut Diagnostics::default()) else {
        bail!("the plan cannot be read; `planwright check` says why");
    };
    let recorded = match record(&plan, &sources, &options.point, &ask(options)) {
        Ok(recorded) => recorded,
        Err(refusal) => bail!("{refusal}"),
    };
    let path = &sources.get(recorded.file).path;
    let mut open = Diagnostics::default();
    let mut after = None;
    if let Some(edit) = &recorded.edit {
        let new = edit.apply(&sources);
        let (_, diags) = pipeline::check(&new, Diagnostics::default());
        if let Some(told) = brought(&errors(&pipeline::check(&sources, Diagnostics::default()).1), errors(&diags)) {
            bail!("the disposition of `{}` was not written: {told}", recorded.id);
        }
        open = diags;
        open.retain(|it| is_left_open(it, &recorded.id) && (it.code != Code::SuspectDisposition || !options.stamp));
        if !arguments.quiet {
            print!("{}", renewed(&recorded));
        }
        swap_file(&root.join(path), &edit.bytes)?;
        after = Some(new);
    }
    if !arguments.quiet {
        print!("{}", written(&recorded, options, path));
    }
    eprint!("{}", left(&recorded));
    eprint!("{}", report::human(&open, after.as_ref().unwrap_or(&sources), super::color(arguments)));
    let missed = |what: &What| matches!(what, What::Unchanged { stamped: false } | What::Suspect | What::Undone);
    Ok(u8::from(recorded.notes.iter().any(|note| missed(&note.what))))
}

fn ask(options: &DisposeOptions) -> Ask {
    let Some(status) = options.status else {
        return if options.renew {
            Ask::Renew { unchanged: options.unchanged }
        } else {
            Ask::Stamp { unchanged: options.unchanged }
        };
    };
    Ask::Answer(Answer {
        reason: options.reason.clone(),
        standard_reason: options.standard_reason.clone(),
        unit: options.unit.clone(),
        date: options.date.clone(),
        basis: options.basis,
        source: options.source.clone(),
        targets: options.target.clone(),
        not_targets: options.not_target.clone(),
        before: options.before.clone(),
        ..Answer::new(status)
    })
}

/// What is wrong. What a plan has made an error of (an answer that is not complete yet) is told, but written.
fn errors(diags: &Diagnostics) -> Vec<Fault> {
    let wrong = |it: &Diagnostic| it.code.severity() == Severity::Deny && it.severity == Severity::Deny;
    let stops = |it: &&Diagnostic| wrong(it) && it.edition.is_none();
    diags.iter().filter(stops).map(fault).collect()
}

/// True for what this answer leaves open, but for targets without `after`: those are told as the next step.
fn is_left_open(diagnostic: &Diagnostic, id: &str) -> bool {
    let Some(address) = diagnostic.address.as_ref().filter(|address| address.item == id) else { return false };
    let field = address.fields.first().map(String::as_str);
    let target = diagnostic.code == Code::MissingTarget && address.fields.len() > 1;
    matches!(field, Some("disposition" | "replies")) && diagnostic.edition.is_none() && !target
}

/// Both texts of every target that is renewed.
fn renewed(recorded: &Recorded) -> String {
    let mut out = String::new();
    let nothing = |text: &str| match text.trim().is_empty() {
        true => "(nothing)".to_string(),
        false => report::visible(text),
    };
    for note in &recorded.notes {
        if let What::Renewed { old, new } = &note.what {
            out.push_str(&format!("{}\n  was: {}\n  now: {}\n", note.address, nothing(old), nothing(new)));
        }
    }
    out
}

/// What was written, where, and what comes next.
fn written(recorded: &Recorded, options: &DisposeOptions, path: &str) -> String {
    let id = &recorded.id;
    let done = match options.status {
        _ if recorded.edit.is_none() => "stays as it is".to_string(),
        Some(status) => format!("is {}", status.word().replace('-', " ")),
        None if options.renew => "says how the plan reads now".to_string(),
        None => "is stamped".to_string(),
    };
    let mut out = format!("{path}: {id} {done}\n");
    for note in &recorded.notes {
        let told = match &note.what {
            What::Kept => "its present text is kept as `before`",
            What::Stays => "`before` was there and stays",
            What::Told { .. } => "`before` is what you said, `after` is its present text",
            What::Stamped => "its present text is kept as `after`",
            What::Known => "reads as `after` says",
            What::Unchanged { stamped: true } => "reads as before; its text is kept as `after` all the same",
            What::Removed => "is named no more",
            What::OldReason => "the reason of the former answer is taken out",
            What::Unchanged { stamped: false }
            | What::Suspect
            | What::Unstamped
            | What::Undone
            | What::Renewed { .. } => continue,
        };
        out.push_str(&format!("  {}: {told}\n", note.address));
    }
    if recorded.notes.iter().any(|note| note.what == What::Kept) {
        out.push_str(&format!("Change the text now; then run `planwright dispose --stamp {id}`.\n"));
    }
    out
}

/// What was not written, or is written and may be a mistake.
fn left(recorded: &Recorded) -> String {
    let id = &recorded.id;
    let mut out = String::new();
    for note in &recorded.notes {
        let told = match &note.what {
            What::Unchanged { stamped: false } => {
                format!(
                    "reads as before, so it was not stamped. Change it first; if it was changed before you answered, say \
                     how it read with `planwright dispose {id} STATUS --target {} --before TEXT`; if the change is not \
                     in its words, give --unchanged",
                    note.address
                )
            }
            What::Suspect => format!(
                "has changed since it was stamped, so it was left. `planwright dispose --renew {id}` shows both texts \
                 and takes the new one over"
            ),
            What::Unstamped => format!("was never stamped; `planwright dispose --stamp {id}` does it"),
            What::Told { same: true } => "reads today as you say that it read before".to_string(),
            What::Undone => format!(
                "reads again as it did before the change, so the answer would say that something changed where nothing \
                 did; it was left. Change the text, or answer `{id}` otherwise; if the change is not in its words, give \
                 --unchanged"
            ),
            _ => continue,
        };
        out.push_str(&format!("planwright: `{}` {told}\n", note.address));
    }
    out
}
