//! The consultation: events, what was said at each, and what became of it.

mod answer;
mod counts;
mod event;
mod participation;
mod said;

pub(super) use answer::{item_changed, reason, words_of};
pub(super) use counts::{counted, figure, standings};
pub(super) use event::{at, attendance, coverage};
pub(super) use said::{points_short, standing, words_said};

use super::super::context::{Context, words};
use super::super::draft::*;
use super::super::table;
use crate::analysis::{self, basis_of};
use crate::model::Item;
use crate::model::format::{Cluster, EventKind, RecordKind};

/// So many points stand on one page; more are laid on pages of their own.
const PAGE: usize = 100;

pub(super) fn chapter(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-consultation", "consultation", "part-consultation");
    chapter.blocks.extend(at_hand(ctx));
    chapter.blocks.extend(counts::rounds(ctx));
    chapter.blocks.extend(counts::events(ctx));
    chapter.blocks.extend(participation::drawing(ctx));
    chapter.blocks.extend(counts::equation(ctx));
    chapter.blocks.extend(counts::dispositions(ctx));
    chapter.sections.extend(clusters(ctx));
    chapter.sections.extend(ctx.plan.events.iter().map(|item| event::section(ctx, item)));
    chapter.sections.extend(unattributed(ctx));
    table::unless_empty(chapter)
}

/// How many of the events have a record: "five of the six workshops".
fn at_hand(ctx: &Context) -> Option<Block> {
    let recorded = analysis::events_recorded(ctx.plan);
    let all = analysis::events(ctx.plan);
    if all.value < 2 {
        return None;
    }
    let workshops = ctx.plan.events.iter().all(|item| item.data.kind == EventKind::Workshop);
    let key = match (workshops, recorded.value == all.value) {
        (true, true) => "workshops-recorded-all",
        (true, false) => "workshops-recorded",
        (false, true) => "events-recorded-all",
        (false, false) => "events-recorded",
    };
    let [value, base] = [recorded.value, all.value].map(|one| counts::in_words(ctx, one));
    let text = words(ctx.words.fill(key, &[("value", &value), ("base", &base)]));
    table::paragraph(ctx, "lead", "", ctx.marked(text, counts::illustrative(&all)))
}

/// The same point from several origins, with the one answer to all.
fn clusters(ctx: &Context) -> Option<Section> {
    let mut section = table::titled(ctx, "part-consultation_clusters", "clusters", "clusters");
    section.blocks.extend(table::paragraph(ctx, "lead", "", ctx.fixed("clusters-lead")));
    let before = section.blocks.len();
    let shown = ctx.plan.clusters.iter().filter(|cluster| !cluster.data.points.is_empty());
    let rows = shown.map(|cluster| cluster_row(ctx, cluster)).collect();
    let text = ColumnKind::Text;
    let heads = [(text, "cluster"), (text, "origins"), (text, "disposition"), (text, "reason"), (text, "changed")];
    section.blocks.extend(table::table(ctx, "clusters", "clusters", &heads, rows));
    (section.blocks.len() > before).then_some(section)
}

fn cluster_row(ctx: &Context, cluster: &Item<Cluster>) -> Row {
    let id = cluster.data.id.as_str();
    let basis = basis_of(cluster);
    let points: Vec<_> = ctx.related().all_points().iter().filter(|point| belongs(point.cluster, id)).collect();
    let disposition = cluster.data.disposition.as_ref();
    let answer_basis = disposition.and_then(|one| one.basis).or(basis);
    let cells = vec![
        ctx.title(cluster, &cluster.data.title),
        said::origins(ctx, &points),
        ctx.marked(answer::words_of(ctx, disposition, cluster.data.answered), answer_basis),
        ctx.marked(answer::reason(ctx, disposition), answer_basis),
        answer::changed(ctx, disposition),
    ];
    table::row(ctx.node(id, "cluster", id), cells)
}

fn belongs(cluster: Option<&Item<Cluster>>, id: &str) -> bool {
    cluster.is_some_and(|one| one.data.id.as_str() == id)
}

/// What was said by those who are not to be named, at events that would tell who they are.
fn unattributed(ctx: &Context) -> Option<Section> {
    let points = ctx.related().at_event("");
    let mut section = table::titled(ctx, "part-consultation_unattributed", "suggestions", "unattributed");
    section.page = "consultation/unattributed.html".to_string();
    said::answers(ctx, "unattributed", &points, &mut section);
    for (kind, key) in [(RecordKind::Remark, "remarks"), (RecordKind::Presentation, "presentations")] {
        section.blocks.extend(said::records(ctx, "", kind, key));
    }
    table::unless_empty(section)
}
