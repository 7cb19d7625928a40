//! The environmental scan: every factor has an answer that says why, every step is one of the scale.

use std::collections::BTreeSet;

use super::place::at;
use crate::diag::{Address, Code, Diagnostic, Diagnostics};
use crate::model::faulty::Faulty;
use crate::model::format::{Factor, ScaleStep, ScanEdition};
use crate::model::{Item, Plan, scan};

pub fn run(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    for factor in &plan.factors {
        answered(factor, faulty, diags);
        aspect(factor, faulty, diags);
        steps(plan, factor, faulty, diags);
    }
    elements(plan, faulty, diags);
}

fn answered(factor: &Item<Factor>, faulty: &Faulty, diags: &mut Diagnostics) {
    let data = &factor.data;
    let place = factor.origin.key("answered-by");
    if data.is_open() && !faulty.has(&place) {
        diags.push(at(Code::UnansweredFactor, factor, "").arg("id", &*data.id));
    }
    for (index, answer) in data.answered_by.iter().enumerate() {
        let origin = faulty.entry(&place, index);
        if answer.rationale.is_none() && !faulty.has(&origin.key("rationale")) {
            let address = Address::item(&*data.id).field("answered-by").field(&*answer.to);
            let diagnostic = Diagnostic::new(Code::UnexplainedAnswer, &origin).address(address);
            diags.push(diagnostic.arg("id", &*data.id).arg("to", &*answer.to));
        }
    }
}

/// What comes from outside comes from some side.
fn aspect(factor: &Item<Factor>, faulty: &Faulty, diags: &mut Diagnostics) {
    let data = &factor.data;
    if data.nature.is_outside() && data.aspect.is_none() && !faulty.has(&factor.origin.key("aspect")) {
        let place = format!("the {} `{}`", data.nature.word(), data.id);
        let diagnostic = at(Code::MissingKey, factor, "").arg("key", "aspect").arg("place", place);
        diags.push(diagnostic.hint("a strength or a weakness of your own has none"));
    }
}

/// The steps of a factor are among those of every scan in which it stands.
fn steps(plan: &Plan, factor: &Item<Factor>, faulty: &Faulty, diags: &mut Diagnostics) {
    type Steps = fn(&ScanEdition) -> &Vec<ScaleStep>;
    let scales: [(&str, &Option<_>, Steps); 2] = [
        ("likelihood", &factor.data.likelihood, |scan| &scan.likelihood),
        ("impact", &factor.data.impact, |scan| &scan.impact),
    ];
    for (scale, step, of) in scales {
        let Some(step) = step else { continue };
        let stands = |scan: &&Item<ScanEdition>| scan::stands_in(&factor.data, &scan.data.id);
        let off = |scan: &&Item<ScanEdition>| {
            !of(&scan.data).iter().any(|one| *one.id == **step) && !faulty.has(&scan.origin.key(scale))
        };
        if let Some(scan) = plan.scan_editions.iter().filter(stands).find(off) {
            let names: Vec<&str> = of(&scan.data).iter().map(|one| one.id.as_str()).collect();
            let known: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let known = if known.is_empty() { "none is declared yet".to_string() } else { known.join(", ") };
            let diagnostic = at(Code::UnknownStep, factor, scale).arg("step", &**step).arg("scale", scale);
            let diagnostic = diagnostic.arg("scan", &*scan.data.id).arg("known", known);
            diags.push(diagnostic.did_you_mean(step, names.iter().copied()));
        }
    }
}

/// Elements of the layers that a scan names. Each is told once, for the scan on which the plan rests.
fn elements(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    if plan.factors.iter().any(|factor| faulty.has(&factor.origin.key("answered-by"))) {
        return; // what was set aside may have named any element
    }
    let editions = plan.plan.editions.iter().map(|edition| edition.scan_edition.as_deref());
    let used: BTreeSet<Option<&str>> = editions.map(|own| scan::used(plan, own).map(|scan| &*scan.data.id)).collect();
    let mut told = BTreeSet::new();
    for id in used.into_iter().flatten() {
        for element in scan::Coverage::new(plan, Some(id)).without {
            if told.insert(element.data.id.as_str()) {
                diags.push(at(Code::UnansweringElement, element, "").arg("id", &*element.data.id));
            }
        }
    }
}
