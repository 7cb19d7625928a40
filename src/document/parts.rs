//! The chapters of an edition, in the order in which it names them.

mod consultation;
mod costs;
mod evidence;
mod front;
pub(super) mod map;
mod matrix;
mod notes;
mod regions;
mod registers;
mod scan;
pub(super) mod sheets;
mod structure;
mod survey;
mod timeline;
mod tracks;
mod work;

use super::context::{Context, words};
use super::draft::*;
use super::{marks, numbers, prose, table};
use crate::model::Item;
use crate::model::format::{self, Basis, Measured, SectionRole, When};

/// All chapters; a part without content is left out.
pub(super) fn chapters(ctx: &Context) -> Vec<Section> {
    let mut out: Vec<Section> = front::open_matters(ctx).into_iter().collect();
    // What is an annex is printed once, at the end.
    let is_annex = |part: &&format::Id| ctx.edition.annexes.iter().any(|annex| annex.part == **part);
    for part in ctx.edition.parts.iter().filter(|part| !is_annex(part)) {
        if let Some(mut chapter) = chapter(ctx, part) {
            chapter.page = format!("{}.html", part.as_str());
            out.push(chapter);
        }
    }
    out.extend(ctx.edition.annexes.iter().filter_map(|one| annex(ctx, one)));
    let sentence = |mark: &str| {
        let bases = [Basis::Reported, Basis::Inferred, Basis::Illustrative]
            .map(|basis| ctx.word(&format!("basis-{}", basis.word())));
        match bases.iter().find(|basis| table::of_basis(ctx, "figures-marked", basis) == mark) {
            Some(basis) => table::of_basis(ctx, "all-figures-of-table", basis),
            None => table::of_basis(ctx, "all-of-table", mark),
        }
    };
    out.iter_mut().for_each(|chapter| marks::captions(chapter, &sentence));
    out
}

/// A part under the title of an annex.
fn annex(ctx: &Context, annex: &format::Annex) -> Option<Section> {
    let mut chapter = chapter(ctx, &annex.part)?;
    chapter.page = format!("{}.html", annex.part.as_str());
    chapter.node.role = "annex".to_string();
    chapter.title = ctx.inlines(&annex.title);
    chapter.plain_title = plain(&chapter.title);
    Some(chapter)
}

/// The anchor of the chapter that a word for a part, or the id of a section, stands for.
pub(super) fn anchor(part: &str) -> String {
    match part {
        "whats-new" | "decision" | "statements" | "structure" | "map" | "priority-matrix" | "priorities"
        | "activities" | "indicators" | "consultation" | "notes" | "regions" | "process" | "glossary" | "sources"
        | "contents" | "evidence" | "scan" | "costs" | "costs-data" | "survey" | "survey-data" => {
            format!("part-{part}")
        }
        id => id.to_string(),
    }
}

fn chapter(ctx: &Context, part: &str) -> Option<Section> {
    match part {
        "cover" => None,
        "contents" => Some(front::contents(ctx)),
        "whats-new" => front::whats_new(ctx),
        "decision" => front::decision(ctx),
        "statements" => front::statements(ctx),
        "structure" => structure::chapter(ctx),
        "map" => map::chapter(ctx),
        "priority-matrix" => matrix::chapter(ctx),
        "priorities" => structure::priorities(ctx),
        "activities" => work::activities(ctx),
        "indicators" => work::indicators(ctx),
        "consultation" => consultation::chapter(ctx),
        "notes" => notes::chapter(ctx),
        "regions" => regions::chapter(ctx),
        "evidence" => evidence::chapter(ctx),
        "survey" => survey::chapter(ctx),
        "survey-data" => survey::data(ctx),
        "process" => registers::process(ctx),
        "scan" => scan::chapter(ctx),
        "costs" => costs::chapter(ctx),
        "costs-data" => costs::data(ctx),
        "glossary" => registers::glossary(ctx),
        "sources" => registers::sources(ctx),
        id => {
            let found = ctx.plan.sections.iter().find(|item| *item.data.id == *id)?;
            prose_section(ctx, found)
        }
    }
}

/// A section of free prose.
fn prose_section(ctx: &Context, item: &Item<format::Section>) -> Option<Section> {
    let data = &item.data;
    let role = data.role.map_or("section", SectionRole::word);
    let id = data.id.as_str();
    let mut section = table::section(ctx.node(id, role, id), ctx.open_mark(item, ctx.inlines(&data.title)));
    prose::add(ctx, item, data.numbered, &mut section);
    let mut section = table::unless_empty(section)?;
    section.blocks.splice(0..0, table::basis_note(ctx, item));
    Some(section)
}

/// A value of an indicator with what is said of it, without its year.
pub(super) fn measured(ctx: &Context, value: &Measured, basis: Option<Basis>) -> Vec<Inline> {
    let mut out = value_of(ctx, value);
    if value.milestone && !out.is_empty() {
        out.push(Inline::text(format!(" ({})", ctx.word("milestone"))));
    }
    // A year stays with its figure.
    let space = |date: &When| if date.0.len() <= 4 && value.value.is_some() { "\u{a0}" } else { " " };
    if let Some(date) = value.date.as_ref().filter(|_| !out.is_empty()) {
        out.push(Inline::text(format!("{}({})", space(date), ctx.date(date))));
    }
    ctx.marked(out, value.basis.or(basis))
}

/// The bare value: a number, words, or both.
fn value_of(ctx: &Context, value: &Measured) -> Vec<Inline> {
    let number = value.value.as_ref().map(|text| numbers::print(text, ctx.lang));
    let mut out = words(number.unwrap_or_default());
    let text = ctx.opt(value.text.as_ref());
    if !out.is_empty() && !text.is_empty() {
        out.push(Inline::text("\u{a0}"));
    }
    out.extend(text);
    out
}
