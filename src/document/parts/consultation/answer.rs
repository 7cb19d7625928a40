//! An answer in cells: how it stands, why, and what it changed.

use super::super::super::context::{Context, join, lines, words};
use super::super::super::draft::*;
use super::super::super::table;
use super::said;
use crate::diag::Address;
use crate::model::format::{Disposition, Reply};
use crate::model::points::{PointView, Standing};

/// The status with who answered when; how it stands without an answer, or with one that is not to be read here.
pub(in super::super) fn words_of(ctx: &Context, answer: Option<&Disposition>, withheld: bool) -> Vec<Inline> {
    let Some(answer) = answer else {
        return ctx.fixed(if withheld { "disposition-withheld" } else { "disposition-none" });
    };
    let unit = answer.unit.as_ref().map(|id| ctx.link(id)).unwrap_or_default();
    let status = ctx.fixed(&format!("disposition-status-{}", answer.status.word()));
    join([status, unit, ctx.date_opt(answer.date.as_ref())], ", ")
}

/// How a point stands: its answer, the cluster that gave it, and what parties replied.
pub(super) fn stands(ctx: &Context, point: &PointView) -> Vec<Inline> {
    let reopened = point.objection().map(|_| said::standing(ctx, point.standing())).unwrap_or_default();
    let answer =
        ctx.marked(words_of(ctx, point.disposition(), point.standing() == Standing::Withheld), point.answer_basis());
    let shared = point.own_disposition().is_none() && point.disposition().is_some();
    let cluster = point.cluster.filter(|_| shared).map(|one| ctx.link(&one.data.id)).unwrap_or_default();
    let replies = point.replies().iter().map(|reply| self::reply(ctx, reply));
    let head = [reopened, answer, table::labelled(ctx, "cluster", cluster)];
    lines(head.into_iter().chain(replies))
}

/// "Reply: not satisfied, 3 May 2026", with who said so and in which words.
fn reply(ctx: &Context, reply: &Reply) -> Vec<Inline> {
    let by = reply.by.as_ref().map(|id| ctx.link(id)).unwrap_or_default();
    let verdict = ctx.fixed(&format!("verdict-{}", reply.verdict.word()));
    let said = join([verdict, by, ctx.date_opt(reply.date.as_ref()), ctx.opt(reply.text.as_ref())], ", ");
    table::labelled(ctx, "reply", ctx.marked(said, reply.basis))
}

/// The standard reason, then the answer's own.
pub(in super::super) fn reason(ctx: &Context, answer: Option<&Disposition>) -> Vec<Inline> {
    let Some(answer) = answer else { return Vec::new() };
    let standard = answer.standard_reason.as_ref().and_then(|id| {
        let found = ctx.plan.reasons.iter().find(|reason| reason.data.id == *id)?;
        // The answer bears the mark of its basis already.
        Some(ctx.inlines(&found.data.text))
    });
    let mut out = standard.unwrap_or_default();
    let own = ctx.opt(answer.reason.as_ref());
    if !out.is_empty() && !own.is_empty() {
        out.push(Inline::text(" "));
    }
    out.extend(own);
    out
}

/// The items that an answer changed, each with the number of the paragraph.
pub(super) fn changed(ctx: &Context, answer: Option<&Disposition>) -> Vec<Inline> {
    let targets = answer.into_iter().flat_map(|answer| &answer.targets);
    let mut items: Vec<(String, Vec<Address>)> = Vec::new();
    for address in targets.filter_map(|target| target.address.parse::<Address>().ok()) {
        match items.iter_mut().find(|(item, _)| *item == address.item) {
            Some((_, list)) => list.push(address),
            None => items.push((address.item.clone(), vec![address])),
        }
    }
    let mut seen: Vec<Vec<Inline>> = Vec::new();
    for (item, list) in items {
        let places = list.iter().filter_map(anchor).map(|anchor| vec![paragraph(ctx, anchor)]);
        let mut out = item_changed(ctx, &item);
        // A number that is not found leaves nothing behind, not even what goes before it.
        out.extend(places.flatten());
        // Two proposals of one statement are called alike.
        if !seen.iter().any(|known| plain(known) == plain(&out)) {
            seen.push(out);
        }
    }
    lines(seen)
}

/// What was changed, as a link. A proposed wording is not the statement for which it is proposed.
pub(in super::super) fn item_changed(ctx: &Context, item: &str) -> Vec<Inline> {
    let proposals = ctx.plan.statements.iter().flat_map(|one| &one.data.proposals);
    match proposals.map(|one| one.id.as_str()).any(|id| id == item) {
        true => table::labelled(ctx, "proposal", ctx.link(item)),
        false => ctx.link(item),
    }
}

/// The anchor of the paragraph that an address leads to.
fn anchor(address: &Address) -> Option<String> {
    let part = address.block.as_ref().or(address.fields.first())?;
    Some(format!("{}_{part}", address.item))
}

/// ", paragraph 12" as a link; its number is filled in when all paragraphs have theirs.
fn paragraph(ctx: &Context, target: String) -> Inline {
    let node = Node { role: PARAGRAPH_NUMBER.to_string(), ..ctx.node("", PARAGRAPH_NUMBER, "") };
    let text = words(ctx.word("in-paragraph"));
    Inline::Reference { target, inlines: vec![Inline::Span { node, inlines: text }] }
}
