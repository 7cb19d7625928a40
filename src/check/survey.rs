//! Surveys: every table is there and fits, every answer is on the scale, every rule has what it needs.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::place::at;
use crate::diag::{Address, Code, Diagnostic, Diagnostics, Origin, Place, nearest};
use crate::model::cells::LIMIT;
use crate::model::faulty::Faulty;
use crate::model::format::*;
use crate::model::reference::decimal;
use crate::model::survey::{Answers, ColumnUse, Fault, Reading, reading};
use crate::model::{Item, Plan};

/// Looks at each survey, and at each table once.
pub fn run(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    shared(plan, faulty, diags);
    for survey in &plan.surveys {
        scale(survey, faulty, diags);
        rules(survey, faulty, diags);
        weights(survey, faulty, diags);
        questions(survey, faulty, diags);
        let mut seen = Vec::new();
        for (index, wave) in survey.data.waves.iter().enumerate() {
            let place = faulty.entry(&survey.origin.key("waves"), index).key("file");
            if seen.contains(&&wave.file) {
                continue;
            }
            seen.push(&wave.file);
            let key = (survey.data.id.to_string(), wave.id.to_string());
            match plan.answers.get(&key) {
                // What is meant by a column that is not known was told; so was a table that cannot be read.
                Some(table) if usable(survey, table, faulty, diags) => tell(survey, table, faulty, diags),
                Some(_) => {}
                None => missing(wave, place, diags),
            }
        }
    }
}

/// A table that two waves name would be withheld by two patterns, of which one tells what the other hides.
fn shared(plan: &Plan, faulty: &Faulty, diags: &mut Diagnostics) {
    let mut first: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for survey in &plan.surveys {
        for (index, wave) in survey.data.waves.iter().enumerate() {
            let own = (&*survey.data.id, &*wave.id);
            let (known, _) = *first.entry(&wave.file).or_insert((own.0, own.1));
            if first[&*wave.file] != (own.0, own.1) {
                let place = faulty.entry(&survey.origin.key("waves"), index).key("file");
                let address = Address::item(own.0).field("waves").field(own.1).field("file");
                let diagnostic = Diagnostic::new(Code::SharedAnswers, place).arg("file", &*wave.file);
                diags.push(diagnostic.address(address).arg("survey", known));
            }
        }
    }
}

/// True for a table of which nothing is told yet that would be the cause of more.
fn usable(survey: &Item<Survey>, table: &Answers, faulty: &Faulty, diags: &Diagnostics) -> bool {
    let unread = diags.iter().any(|it| matches!(it.code, Code::BadTable | Code::NotUtf8) && it.is_in(table.file));
    let keys = ["columns", "csv", "groups", "questions", "rules", "scale"];
    !unread && !keys.iter().any(|key| faulty.has(&survey.origin.key(key)))
}

fn missing(wave: &Wave, place: Origin, diags: &mut Diagnostics) {
    let path = format!("plan/surveys/{}", wave.file.as_str());
    // A table that is no text was told as such.
    let told = diags.iter().any(|it| matches!(it.places.first(), Some(Place::Path(own)) if *own == path));
    if !told {
        let remedy = "copy the table of answers there, or correct `file:`; its name ends in `.csv`";
        diags.push(Diagnostic::new(Code::MissingFile, place).arg("path", path).arg("remedy", remedy));
    }
}

fn scale(survey: &Item<Survey>, faulty: &Faulty, diags: &mut Diagnostics) {
    let scale = &survey.data.scale;
    let (Some(least), Some(most)) = (decimal(&scale.least), decimal(&scale.most)) else { return };
    let origin = survey.origin.key("scale");
    if least >= most && !faulty.has(&origin) {
        let address = Address::item(&*survey.data.id).field("scale");
        let diagnostic = Diagnostic::new(Code::EmptyScale, origin.key("most")).address(address.field("most"));
        diags.push(diagnostic.arg("least", &*scale.least).arg("most", &*scale.most));
        return;
    }
    for (code, value) in &scale.codes {
        if decimal(value).is_some_and(|value| value < least || value > most) {
            let address = Address::item(&*survey.data.id).field("scale").field("codes").field(code);
            let diagnostic = Diagnostic::new(Code::OffScale, origin.key("codes").key(code)).address(address);
            diags.push(on_scale(diagnostic, survey, value));
        }
    }
}

fn on_scale(diagnostic: Diagnostic, survey: &Item<Survey>, value: &str) -> Diagnostic {
    let scale = &survey.data.scale;
    diagnostic.arg("value", value).arg("least", &*scale.least).arg("most", &*scale.most)
}

/// A rule that needs another key has it.
fn rules(survey: &Item<Survey>, faulty: &Faulty, diags: &mut Diagnostics) {
    let Survey { rules, columns, groups, .. } = &survey.data;
    let mut need = |absent: bool, parent: &str, key: &str, place: &str| {
        let origin = survey.origin.key(parent);
        if absent && !faulty.has(&origin.key(key)) {
            let diagnostic = Diagnostic::new(Code::MissingKey, origin);
            diags.push(diagnostic.arg("key", key).arg("place", place));
        }
    };
    let counted = rules.blanks == Blanks::Counted;
    need(counted && rules.blank_value.is_none(), "rules", "blank-value", "a survey in which blanks are `counted`");
    let left_out = rules.unfinished == Unfinished::LeftOut;
    let place = "a survey that leaves unfinished answers out";
    need(left_out && columns.completed.is_none(), "columns", "completed", place);
    need(groups.len() > 1 && columns.group.is_none(), "columns", "group", "a survey of several groups");
}

/// Every group has a weight where weights are declared, and none where they are not.
fn weights(survey: &Item<Survey>, faulty: &Faulty, diags: &mut Diagnostics) {
    let data = &survey.data;
    let declared = data.rules.weighting == Weighting::Declared;
    for (index, group) in data.groups.iter().enumerate() {
        let origin = faulty.entry(&survey.origin.key("groups"), index);
        let positive = group.weight.as_ref().map(|text| decimal(text).is_none_or(|it| it > Decimal::ZERO));
        let detail = match (declared, positive) {
            (true, None) => format!("the group `{}` has none", group.id),
            (true, Some(false)) => format!("that of the group `{}` is not more than 0", group.id),
            (false, Some(_)) => format!("the group `{}` has one, but weights are not declared", group.id),
            _ => continue,
        };
        let place = if positive.is_some() { origin.key("weight") } else { origin.key("id") };
        if faulty.has(&origin.key("weight")) || faulty.has(&survey.origin.key("rules")) {
            continue;
        }
        let address = Address::item(&*data.id).field("groups").field(group.id.as_str()).field("weight");
        let diagnostic = Diagnostic::new(Code::UnfitWeights, place).address(address);
        diags.push(diagnostic.arg("id", &*data.id).arg("detail", detail));
    }
}

fn questions(survey: &Item<Survey>, faulty: &Faulty, diags: &mut Diagnostics) {
    for (index, question) in survey.data.questions.iter().enumerate().filter(|(_, one)| one.about.is_empty()) {
        let origin = faulty.entry(&survey.origin.key("questions"), index);
        if !faulty.has(&origin.key("about")) {
            let address = Address::item(&*survey.data.id).field("questions").field(question.id.as_str());
            let diagnostic = Diagnostic::new(Code::QuestionAboutNothing, origin.key("id")).address(address);
            diags.push(diagnostic.arg("id", &*question.id));
        }
    }
}

/// What keeps the table from being read by the rules of the survey, and groups with more answers than were asked.
fn tell(survey: &Item<Survey>, table: &Answers, faulty: &Faulty, diags: &mut Diagnostics) {
    let read = reading(&survey.data, table);
    let no_group = read.faults.contains(&Fault::MissingColumn(ColumnUse::Group));
    let mut told: Vec<(Code, usize)> = Vec::new();
    let meant = meant(survey, table, faulty, &read.faults);
    for fault in &read.faults {
        // The column that a misspelt name means was found with it.
        if matches!(fault, Fault::UnknownColumn { column } if meant.contains(column)) {
            continue;
        }
        let Some(diagnostic) = fault_of(survey, table, faulty, fault) else { continue };
        let count = match told.iter_mut().find(|(code, _)| *code == diagnostic.code) {
            Some((_, count)) => count,
            None => {
                told.push((diagnostic.code, 0));
                &mut told.last_mut().expect("it was added").1
            }
        };
        *count += 1;
        if *count <= LIMIT {
            diags.push(diagnostic);
        }
    }
    if !no_group && !read.faults.iter().any(|it| matches!(it, Fault::Twice { .. })) {
        asked(survey, &read, faulty, diags);
    }
}

/// The columns that are nearest to the names of those that are missing.
fn meant(survey: &Item<Survey>, table: &Answers, faulty: &Faulty, faults: &[Fault]) -> Vec<usize> {
    let heads = || table.head.iter().map(|cell| cell.text.trim());
    let missing = faults.iter().filter_map(|fault| match fault {
        Fault::MissingColumn(what) => named(survey, *what, faulty),
        _ => None,
    });
    missing
        .filter_map(|(_, _, name)| nearest(name, heads()))
        .filter_map(|name| heads().position(|it| it == name))
        .collect()
}

fn fault_of(survey: &Item<Survey>, table: &Answers, faulty: &Faulty, fault: &Fault) -> Option<Diagnostic> {
    let data = &survey.data;
    let cell = |row: usize, column: usize| &table.rows[row].cells[column];
    Some(match fault {
        Fault::MissingColumn(what) => {
            let (origin, key, name) = named(survey, *what, faulty)?;
            if faulty.has(&origin) {
                return None;
            }
            let heads = table.head.iter().map(|cell| cell.text.trim());
            let diagnostic = Diagnostic::new(Code::MissingColumn, origin).also(table.head_place());
            let diagnostic = diagnostic.arg("file", &*table.name).arg("column", name).arg("key", key);
            let one = table.head.len() == 1 && table.head[0].text.contains([';', '\t']);
            match one {
                true => diagnostic.hint("the table is written with other signs than commas: say so under `csv:`"),
                false => diagnostic.did_you_mean(name, heads),
            }
        }
        Fault::UnknownColumn { column } => {
            let head = &table.head[*column];
            let diagnostic = Diagnostic::new(Code::UnknownColumn, table.place(head)).arg("id", &*data.id);
            diagnostic.arg("column", head.text.trim().chars().take(80).collect::<String>())
        }
        Fault::OffScale { row, column } => {
            let cell = cell(*row, *column);
            on_scale(Diagnostic::new(Code::OffScale, table.place(cell)), survey, cell.text.trim())
        }
        Fault::UnknownGroup { row, column } => {
            let cell = cell(*row, *column);
            let diagnostic = Diagnostic::new(Code::UnknownGroup, table.place(cell)).arg("value", cell.text.trim());
            let names =
                data.groups.iter().flat_map(|one| one.called.iter().map(|it| it.as_str()).chain([one.id.as_str()]));
            diagnostic.arg("id", &*data.id).did_you_mean(cell.text.trim(), names)
        }
        Fault::Twice { row, first, column } => {
            let again = cell(*row, *column);
            let diagnostic = Diagnostic::new(Code::RespondentTwice, table.place(again));
            diagnostic.also(table.place(cell(*first, *column))).arg("name", again.text.trim())
        }
    })
}

/// Where the survey names a column, the key and the name.
fn named<'s>(survey: &'s Item<Survey>, what: ColumnUse, faulty: &Faulty) -> Option<(Origin, &'static str, &'s str)> {
    let columns = &survey.data.columns;
    let own = |key: &'static str, name: &'s Option<Str>| {
        Some((survey.origin.key("columns").key(key), key, name.as_ref()?.as_str()))
    };
    match what {
        ColumnUse::Respondent => own("respondent", &columns.respondent),
        ColumnUse::Group => own("group", &columns.group),
        ColumnUse::Completed => own("completed", &columns.completed),
        ColumnUse::Question(index) => {
            let question = survey.data.questions.get(index)?;
            let origin = faulty.entry(&survey.origin.key("questions"), index).key("column");
            Some((origin, "column", question.column.as_str()))
        }
    }
}

fn asked(survey: &Item<Survey>, read: &Reading, faulty: &Faulty, diags: &mut Diagnostics) {
    for (index, group) in survey.data.groups.iter().enumerate() {
        let answers = read.respondents.iter().filter(|one| one.group == index).count();
        let Some(asked) = group.asked.filter(|asked| answers > *asked as usize) else { continue };
        let mut diagnostic = at(Code::MoreAnswersThanAsked, survey, "groups");
        diagnostic.places[0] = faulty.entry(&survey.origin.key("groups"), index).key("asked").into();
        let diagnostic = diagnostic.arg("group", &*group.id).arg("answers", answers.to_string());
        diags.push(diagnostic.arg("asked", asked.to_string()));
    }
}
