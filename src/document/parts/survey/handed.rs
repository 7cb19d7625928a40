//! What a survey about the plan before says of this plan: only through the mapping, and the print says so.

use super::super::super::context::{Context, join, lines, words};
use super::super::super::draft::*;
use super::super::super::table;
use super::{instead, linked, plain_number};
use crate::analysis::survey::{Inherited, Share, handed_anchor, inherited};
use crate::model::Item;
use crate::model::format::Survey;
use crate::model::survey::Results;

/// Anchor of the inputs of what one item is handed over.
fn anchor(item: &Item<Survey>, of: &Inherited) -> String {
    handed_anchor(&item.data.id, &of.item)
}

pub(super) fn blocks(ctx: &Context, item: &Item<Survey>, results: &Results) -> Vec<Block> {
    let rows: Vec<Row> = inherited(ctx.plan, results)
        .iter()
        .map(|one| {
            let score = match &one.score {
                Some(score) => linked(ctx, score, anchor(item, one), one.basis),
                None => instead(ctx, "survey-suppressed", one.basis),
            };
            let from = lines(one.shares.iter().map(|share| from(ctx, share)));
            table::row(ctx.node("", "survey-handed", ""), vec![ctx.link(&one.item), score, from])
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let (text, number) = (ColumnKind::Text, ColumnKind::Number);
    let heads = [(text, "new-elements"), (number, "score"), (text, "survey-made-from")];
    let lead = table::paragraph(ctx, "lead", "", ctx.fixed("survey-handed-lead"));
    lead.into_iter().chain(table::table(ctx, "survey-handed", "survey-handed", &heads, rows)).collect()
}

/// "Goal 1 (70%)".
fn from(ctx: &Context, share: &Share) -> Vec<Inline> {
    let mut out = ctx.link(&share.from);
    if let Some(share) = &share.share {
        out.push(Inline::text(format!(" ({})", ctx.percent(&plain_number(ctx, share)))));
    }
    out
}

/// The inputs: of each item, its shares, and the scores of the questions behind each.
pub(super) fn inputs(ctx: &Context, item: &Item<Survey>, results: &Results) -> Option<Block> {
    let wave = results.waves.last()?;
    let rows = inherited(ctx.plan, results)
        .iter()
        .map(|one| {
            let made = one.shares.iter().map(|share| {
                let about = |id: &str| {
                    let own = super::question(item, id);
                    own.is_some_and(|own| own.about.iter().any(|about| **about == *share.from))
                };
                let asked = wave.questions.iter().filter(|own| about(&own.question));
                let scores = join(asked.map(|own| super::ranking::score(ctx, item, wave, own)), &ctx.semicolon());
                let mut out = from(ctx, share);
                out.push(Inline::text(words_colon(ctx)));
                out.extend(scores);
                out
            });
            let score = match &one.score {
                Some(score) => super::figure(ctx, score, super::DIGITS, one.basis),
                None => instead(ctx, "survey-suppressed", one.basis),
            };
            table::row(ctx.node(anchor(item, one), "survey-handed", ""), vec![ctx.link(&one.item), lines(made), score])
        })
        .collect();
    let (text, number) = (ColumnKind::Text, ColumnKind::Number);
    let heads = [(text, "new-elements"), (text, "survey-made-from"), (number, "score")];
    table::table(ctx, "survey-handed", "survey-handed", &heads, rows)
}

fn words_colon(ctx: &Context) -> String {
    plain(&words(ctx.words.fill("labelled", &[("label", "")])))
}
