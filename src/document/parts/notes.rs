//! A short note for the public on each event that was held, in the shape of a news item, made from its record.

use super::super::context::{Context, join, words};
use super::super::draft::*;
use super::super::table;
use super::consultation;
use crate::analysis::{self, basis_of};
use crate::model::Item;
use crate::model::format::{Event, EventState};

pub(super) fn chapter(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-notes", "notes", "part-notes");
    let held =
        ctx.plan.events.iter().filter(|item| item.data.state != EventState::Planned && item.data.dates.is_some());
    chapter.sections.extend(held.map(|item| note(ctx, item)));
    (!chapter.sections.is_empty()).then_some(chapter)
}

fn note(ctx: &Context, item: &Item<Event>) -> Section {
    let data = &item.data;
    let id = data.id.as_str();
    let basis = basis_of(item);
    let title = ctx.marked(vec![Inline::Reference { target: id.to_string(), inlines: ctx.called(id) }], basis);
    let mut section = table::section(ctx.node(format!("part-notes_{id}"), "note", id), title);
    section.page = format!("notes/{id}.html");
    let mut add = |role: &str, inlines: Vec<Inline>| section.blocks.extend(table::paragraph(ctx, role, id, inlines));
    add("dateline", join([consultation::at(ctx, data), ctx.date_opt(data.dates.as_ref())], ", "));
    add("note-summary", ctx.opt(data.summary.as_ref()));
    let chosen = data.attendance.iter().find(|one| one.chosen).or(data.attendance.first());
    add(
        "note-attendance",
        said(ctx, "attendance", chosen.map(|one| consultation::coverage(ctx, one, basis)).unwrap_or_default()),
    );
    add("note-chairs", said(ctx, "chairs", ctx.people(&data.chairs, basis)));
    add("note-host", said(ctx, "host", ctx.opt(data.host.as_ref())));
    let agenda = join(data.agenda.iter().map(|one| ctx.inlines(&one.title)), &ctx.semicolon());
    add("note-agenda", said(ctx, "agenda", agenda));
    let tally = analysis::tally(ctx.related().at_event(id).into_iter());
    add("note-received", said(ctx, "suggestions-received", consultation::figure(ctx, &tally.received)));
    add("note-answers", said(ctx, "by-disposition", consultation::standings(ctx, &tally)));
    section
}

/// "Chaired by: ...", as a sentence of its own.
fn said(ctx: &Context, key: &str, value: Vec<Inline>) -> Vec<Inline> {
    let mut out = table::labelled(ctx, key, value);
    if !out.is_empty() && !plain(&out).trim_end().ends_with('.') {
        out.extend(words(".".to_string()));
    }
    out
}
