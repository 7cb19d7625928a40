//! `status`: for each edition its stage, languages and open matters by code.

use std::collections::BTreeMap;

use anyhow::Result;

use super::args::Arguments;
use crate::diag::Severity;
use crate::pipeline;

/// How many matters are open, in words.
fn matters(open: &BTreeMap<&str, (usize, bool)>) -> String {
    match open.values().map(|(count, _)| count).sum() {
        0 => "nothing".to_string(),
        1 => "1 matter".to_string(),
        many => format!("{many} matters"),
    }
}

/// Prints a block for each edition. Exit status 1 when something stops one of them.
pub fn run(arguments: &Arguments) -> Result<u8> {
    let (_, sources, diags) = super::read(arguments)?;
    let (plan, diags) = pipeline::check(&sources, diags);
    let Some(plan) = plan else {
        return Ok(super::tell(arguments, super::ReportFormat::Human, &sources, &diags, false));
    };
    let source = &*plan.plan.languages.source;
    let name = |text: &crate::model::format::Text| text.get(source, source).unwrap_or("").to_string();
    for edition in &plan.plan.editions {
        let stage = plan.plan.stages.iter().find(|stage| stage.id == edition.stage).map(|it| name(&it.name));
        let languages = if edition.languages.is_empty() { &plan.plan.languages.official } else { &edition.languages };
        let languages: Vec<&str> = languages.iter().map(|lang| &**lang).collect();
        let formats: Vec<&str> = edition.formats.iter().map(|format| format.word()).collect();
        let state = if diags.stops(&edition.id) { "stopped" } else { "builds" };
        println!("{} ({})", edition.id, name(&edition.name));
        println!("  stage      {}", stage.unwrap_or_default());
        println!("  languages  {}", languages.join(", "));
        println!("  formats    {}", formats.join(", "));
        println!("  state      {state}");
        let mut open: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
        let mut own = diags.clone();
        own.retain(|it| it.edition.as_ref().is_none_or(|gate| *gate == *edition.id));
        super::plan::drop_warnings_that_are_gates(&mut own);
        for diagnostic in own.iter() {
            let entry = open.entry(diagnostic.code.word()).or_default();
            entry.0 += 1;
            entry.1 |= diagnostic.severity == Severity::Deny;
        }
        println!("  open       {}", matters(&open));
        for (code, (count, stops)) in &open {
            let what = code.parse().map(super::explain::summary).unwrap_or_default();
            let stops = if *stops { "Stops this edition. " } else { "" };
            println!("  {count:>9}  {code:<24} {stops}{what}");
        }
        if !open.is_empty() {
            println!("             `planwright check --edition {}` names the places", edition.id);
        }
    }
    let stopped = plan.plan.editions.iter().any(|edition| diags.stops(&edition.id));
    Ok(u8::from(stopped))
}
