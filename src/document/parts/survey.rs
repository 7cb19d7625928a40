//! A survey: how scores are made, the ranking with its figure, the waves compared, who answered, and what reaches this
//! plan through the mapping. The inputs of each score stand in the part `survey-data`.

mod chart;
mod data;
mod handed;
mod method;
mod ranking;
mod response;

pub(super) use data::chapter as data;

use super::super::context::{Context, words};
use super::super::draft::*;
use super::super::{numbers, table};
use crate::analysis::basis_of;
use crate::model::Item;
use crate::model::format::{Basis, Question, Survey, SurveyGroup, Wave};
use crate::model::survey::{Exact, Results, WaveResult, decimal_text};

/// Decimals of a score.
const DIGITS: u32 = 2;
/// Decimals of a response rate.
const RATE_DIGITS: u32 = 1;

pub(super) fn chapter(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-survey", "survey", "part-survey");
    chapter.sections = surveys(ctx).map(|(item, results)| section(ctx, item, results)).collect();
    table::unless_empty(chapter)
}

/// The surveys of which there are results, with these.
fn surveys<'c>(ctx: &'c Context) -> impl Iterator<Item = (&'c Item<Survey>, &'c Results)> {
    ctx.plan.surveys.iter().filter_map(|item| {
        let results = ctx.plan.results.iter().find(|one| *one.survey == *item.data.id)?;
        (!results.waves.is_empty()).then_some((item, results))
    })
}

fn section(ctx: &Context, item: &Item<Survey>, results: &Results) -> Section {
    let data = &item.data;
    let id = data.id.as_str();
    let mut section = table::section(ctx.node(id, "survey", id), ctx.title(item, &data.title));
    section.blocks.extend(table::numbered(ctx, id, "description", data.description.as_ref()));
    let facts =
        vec![("dates", ctx.marked(ctx.date_opt(data.dates.as_ref()), basis_of(item))), ("sources", ctx.sources(item))];
    section.blocks.extend(table::facts(ctx, id, facts));
    let mut add = |key: &str, blocks: Vec<Block>| {
        if !blocks.is_empty() {
            let mut inner = table::titled(ctx, &format!("{id}_{key}"), key, key);
            inner.blocks = blocks;
            section.sections.push(inner);
        }
    };
    let mut shown = [
        ("survey-ranking", ranking::latest(ctx, item, results)),
        ("survey-waves", ranking::compared(ctx, item, results)),
        ("survey-response", response::blocks(ctx, item, results)),
        ("survey-handed", handed::blocks(ctx, item, results)),
    ];
    // Why a number is not shown is said once: with the first table that has such a number, else with the method.
    let is_told = shown.iter_mut().any(|(_, blocks)| say_why(ctx, blocks));
    add("survey-method", method::blocks(ctx, item, results, !is_told));
    shown.into_iter().for_each(|(key, blocks)| add(key, blocks));
    section
}

/// A score or another figure, as a link to what it was made from.
fn linked(ctx: &Context, number: &Exact, target: String, basis: Basis) -> Vec<Inline> {
    let inlines = words(print(ctx, number, DIGITS));
    ctx.marked(vec![Inline::Reference { target, inlines }], Some(basis).filter(illustrative))
}

/// A figure with the mark of its basis.
fn figure(ctx: &Context, number: &Exact, digits: u32, basis: Basis) -> Vec<Inline> {
    ctx.marked(words(print(ctx, number, digits)), Some(basis).filter(illustrative))
}

/// A count with the mark of its basis.
fn count(ctx: &Context, number: u64, basis: Basis) -> Vec<Inline> {
    ctx.marked(table::number(ctx, number), Some(basis).filter(illustrative))
}

/// What stands where a number is withheld, or where there is none.
fn instead(ctx: &Context, key: &str, basis: Basis) -> Vec<Inline> {
    ctx.marked(ctx.fixed(key), Some(basis).filter(illustrative))
}

/// What is computed needs a mark only where it is illustrative.
fn illustrative(basis: &Basis) -> bool {
    *basis == Basis::Illustrative
}

fn print(ctx: &Context, number: &Exact, digits: u32) -> String {
    numbers::print(&decimal_text(number, digits), ctx.lang)
}

/// A number as it is written in the plan: `4`, `4.5`.
fn plain_number(ctx: &Context, number: &rust_decimal::Decimal) -> String {
    numbers::print(&number.normalize().to_string(), ctx.lang)
}

fn question<'s>(item: &'s Item<Survey>, id: &str) -> Option<&'s Question> {
    item.data.questions.iter().find(|one| *one.id == *id)
}

fn wave<'s>(item: &'s Item<Survey>, result: &WaveResult) -> Option<&'s Wave> {
    item.data.waves.iter().find(|one| *one.id == *result.wave)
}

/// Title of a wave in plain words.
fn wave_title(ctx: &Context, item: &Item<Survey>, result: &WaveResult) -> String {
    wave(item, result).map(|one| ctx.say(&one.title).text).unwrap_or_default()
}

/// The words of a question; as a link, where it is about one thing.
fn asked(ctx: &Context, item: &Item<Survey>, id: &str) -> Vec<Inline> {
    let Some(one) = question(item, id) else { return Vec::new() };
    let text = ctx.inlines(&one.text);
    let linked = match one.about.as_slice() {
        [about] => vec![Inline::Reference { target: about.to_string(), inlines: text }],
        _ => text,
    };
    ctx.marked(linked, one.basis.or(basis_of(item)))
}

fn group_name(ctx: &Context, item: &Item<Survey>, group: &SurveyGroup) -> Vec<Inline> {
    let name = ctx.inlines(&group.name);
    let name = match &group.region {
        Some(region) => vec![Inline::Reference { target: region.to_string(), inlines: name }],
        None => name,
    };
    ctx.marked(name, group.basis.or(basis_of(item)))
}

/// Whether anything of these waves is withheld from this reader.
fn is_withheld(ctx: &Context) -> bool {
    ctx.plan.answers.is_empty()
}

/// Puts the sentence that says why a number is not shown above the first table that has such a number. False where none
/// has.
fn say_why(ctx: &Context, blocks: &mut Vec<Block>) -> bool {
    let word = ctx.word("survey-suppressed");
    let has_it = |block: &Block| {
        let Block::Table(table) = block else { return false };
        let mut cells = table.rows.iter().flat_map(|row| &row.cells);
        cells.any(|cell| matches!(cell.inlines.first(), Some(Inline::Text { text }) if *text == word))
    };
    let first = blocks.iter().position(has_it);
    if let Some(at) = first {
        let note = table::paragraph(ctx, "table-lead", "", ctx.fixed("survey-suppression"));
        blocks.splice(at..at, note);
    }
    first.is_some()
}
