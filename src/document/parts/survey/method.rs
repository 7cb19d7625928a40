//! How answers became scores, rule by rule, in words and signs.

use super::super::super::context::{Context, join, words};
use super::super::super::draft::*;
use super::super::super::{numbers, table};
use super::wave_title;
use crate::model::Item;
use crate::model::format::{Blanks, Survey, Weighting};
use crate::model::survey::Results;

/// `says_why` where the rule by which numbers are not shown is to stand here.
pub(super) fn blocks(ctx: &Context, item: &Item<Survey>, results: &Results, says_why: bool) -> Vec<Block> {
    let data = &item.data;
    let rules = &data.rules;
    let number = |text: &str| numbers::print(text, ctx.lang);
    let (least, most) = (number(&data.scale.least), number(&data.scale.most));
    let places = [("least", least.as_str()), ("most", most.as_str())];
    let mut list = vec![words(ctx.words.fill(&format!("survey-high-{}", data.scale.high.word()), &places))];
    list.push(labels(ctx, item));
    list.push(ctx.fixed(&format!("survey-weighting-{}", rules.weighting.word())));
    list.push(words(ctx.word(&format!("survey-formula-{}", rules.weighting.word()))));
    if rules.weighting == Weighting::Declared {
        list.push(weights(ctx, item));
    }
    let blank = rules.blank_value.as_ref().map(|text| number(text)).unwrap_or_default();
    list.push(words(ctx.words.fill(&format!("survey-blanks-{}", rules.blanks.word()), &[("value", &blank)])));
    if !data.scale.no_answer.is_empty() {
        let key = if rules.blanks == Blanks::Counted { "survey-no-answer-counted" } else { "survey-no-answer" };
        list.push(ctx.fixed(key));
    }
    list.push(ctx.fixed(&format!("survey-unfinished-{}", rules.unfinished.word())));
    list.push(match data.columns.respondent {
        Some(_) => ctx.fixed(&format!("survey-twice-{}", rules.twice.word())),
        None => ctx.fixed("survey-no-respondent"),
    });
    list.extend(results.waves.iter().filter_map(|wave| {
        let (unfinished, repeated) = wave.left_out.filter(|(one, two)| one + two > 0)?;
        let [unfinished, repeated] = [unfinished, repeated].map(|it| number(&it.to_string()));
        let title = wave_title(ctx, item, wave);
        let places = [("wave", title.as_str()), ("unfinished", &unfinished), ("repeated", &repeated)];
        Some(words(ctx.words.fill("survey-left-out", &places)))
    }));
    list.push(ctx.fixed("survey-quartiles"));
    list.push(ctx.fixed("survey-rounding"));
    if says_why && super::is_withheld(ctx) {
        list.push(ctx.fixed("survey-suppression"));
    }
    let items = list.into_iter().filter(|inlines| !inlines.is_empty()).map(|inlines| ListItem {
        node: ctx.node("", "rule", ""),
        blocks: table::paragraph(ctx, "rule", "", inlines).into_iter().collect(),
    });
    vec![Block::List { node: ctx.node("", "rules", ""), ordered: false, start: 1, items: items.collect() }]
}

/// "1: not important; 5: very important".
fn labels(ctx: &Context, item: &Item<Survey>) -> Vec<Inline> {
    let one = |label: &crate::model::format::ScaleLabel| {
        let value = numbers::print(&label.value, ctx.lang);
        let mut out = words(ctx.words.fill("labelled", &[("label", &value)]));
        out.extend(ctx.inlines(&label.text));
        out
    };
    join(item.data.scale.labels.iter().map(one), &ctx.semicolon())
}

fn weights(ctx: &Context, item: &Item<Survey>) -> Vec<Inline> {
    let groups = item.data.groups.iter().map(|group| {
        let weight = group.weight.as_ref().map(|text| numbers::print(text, ctx.lang)).unwrap_or_default();
        let mut out = ctx.inlines(&group.name);
        out.push(Inline::text(format!("\u{a0}{weight}")));
        out
    });
    table::labelled(ctx, "weights", join(groups, &ctx.semicolon()))
}
