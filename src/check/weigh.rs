//! Severities: the code's own, then `plan.yaml`, then what a stage or an edition tightens.

use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::Plan;
use crate::model::format::Edition;

/// Sets the severity of every diagnostic. What only an edition denies is told again as a gate of that edition.
pub fn weigh(plan: &Plan, diags: &mut Diagnostics) {
    let mut gates = Vec::new();
    for diagnostic in diags.iter_mut().filter(|it| !it.code.locked()) {
        if let Some(severity) = plan.plan.severity.get(diagnostic.code.word()) {
            diagnostic.severity = *severity;
        }
        if let Some(own) = &diagnostic.edition {
            // It is of one edition already: the others have nothing to say of it.
            let edition = plan.plan.editions.iter().find(|it| *it.id == **own);
            let tightened = edition.map_or(Severity::Allow, |it| severity_in(plan, it, diagnostic.code));
            diagnostic.severity = diagnostic.severity.max(tightened);
            continue;
        }
        for edition in plan.plan.editions.iter().filter(|_| diagnostic.severity != Severity::Deny) {
            let tightened = severity_in(plan, edition, diagnostic.code);
            if tightened > diagnostic.severity {
                let mut gate = diagnostic.clone().edition(&*edition.id);
                gate.severity = tightened;
                gates.push(gate);
            }
        }
    }
    diags.retain(|diagnostic| diagnostic.severity != Severity::Allow);
    gates.into_iter().for_each(|gate| diags.push(gate));
}

/// Sets the severity of what was found while an edition was made. What no plan can lower stays a fault of all.
pub fn weigh_for(plan: &Plan, edition: &Edition, diags: &mut Diagnostics) {
    for diagnostic in diags.iter_mut().filter(|it| !it.code.locked()) {
        let own = plan.plan.severity.get(diagnostic.code.word()).copied().unwrap_or(diagnostic.severity);
        diagnostic.severity = own.max(severity_in(plan, edition, diagnostic.code));
        // A warning is of the plan; what stops stops this edition alone.
        diagnostic.edition = (diagnostic.severity == Severity::Deny).then(|| edition.id.to_string());
    }
    diags.retain(|diagnostic| diagnostic.severity != Severity::Allow);
}

/// What the stage and the edition say of `code`; allow, if nothing.
fn severity_in(plan: &Plan, edition: &Edition, code: Code) -> Severity {
    let stage = plan.plan.stages.iter().find(|stage| stage.id == edition.stage);
    let denied = stage.is_some_and(|stage| stage.denies.iter().any(|word| **word == *code.word()));
    match denied {
        true => Severity::Deny,
        false => edition.severity.get(code.word()).copied().unwrap_or(Severity::Allow),
    }
}

/// True for an edition that cannot be built while a point is without an answer.
pub fn demands_answers(plan: &Plan, edition: &Edition) -> bool {
    severity_in(plan, edition, Code::UndisposedPoint) == Severity::Deny
}

/// What an edition lists in front and marks in place: the open matters of a stage that denies nothing.
pub fn open_matters<'a>(plan: &Plan, diags: &'a Diagnostics, edition: &str) -> Vec<&'a Diagnostic> {
    let Some(edition) = plan.plan.editions.iter().find(|it| *it.id == *edition) else { return Vec::new() };
    let stage = plan.plan.stages.iter().find(|stage| stage.id == edition.stage);
    if stage.is_none_or(|stage| !stage.denies.is_empty()) {
        return Vec::new();
    }
    let of_this = |it: &&Diagnostic| it.edition.as_deref().is_none_or(|gate| *gate == *edition.id);
    // A gate says again what is told already.
    let mut seen = std::collections::BTreeSet::new();
    diags
        .iter()
        .filter(of_this)
        .filter(|it| matters_to_readers(it.code))
        .filter(|it| seen.insert((it.code, it.address.clone(), it.args.clone())))
        .collect()
}

/// The field of an item of which a fault says that it is missing.
pub fn lacks(code: Code) -> Option<&'static str> {
    match code {
        Code::NoOwner => Some("owner"),
        Code::NoTarget => Some("targets"),
        Code::NoSource => Some("source"),
        Code::NoDecision => Some("decision"),
        Code::UnansweredFactor => Some("answered-by"),
        _ => None,
    }
}

/// Matters of content; those of settings and files concern the drafter alone.
fn matters_to_readers(code: Code) -> bool {
    matches!(
        code,
        Code::NoBasis
            | Code::NoSource
            | Code::EmptyText
            | Code::Untranslated
            | Code::TranslationShape
            | Code::StaleTranslation
            | Code::OrphanElement
            | Code::NoOwner
            | Code::NoUnit
            | Code::NoTarget
            | Code::UnmappedGoal
            | Code::NoDecision
            | Code::NotRecorded
            | Code::LaterFact
            | Code::UndisposedPoint
            | Code::UnexplainedDisposition
            | Code::MissingTarget
            | Code::SuspectDisposition
            | Code::ReopenedPoint
            | Code::UnansweredFactor
            | Code::UnansweringElement
            | Code::UnexplainedAnswer
    )
}
