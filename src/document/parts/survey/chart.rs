//! The ranking as bars, with the mean of each group beside it.

use super::super::super::context::Context;
use super::super::super::draft::*;
use super::super::super::drawing::{Bar, BarGroup, Bars, Bound, Csv, Dot, Label, Panel, Picture};
use super::{DIGITS, illustrative, print, question, wave_title};
use crate::analysis::survey::{Ranked, ranking as ranks};
use crate::model::Item;
use crate::model::format::{Survey, SurveyGroup};
use crate::model::survey::{Cell, Value, WaveResult, decimal_text};

/// The figure of one wave; nothing without a score that may be shown.
pub(super) fn ranking(ctx: &Context, item: &Item<Survey>, wave: &WaveResult) -> Option<Block> {
    let ranked = ranks(wave, item.data.scale.high);
    let first = ranked.first()?;
    let marked = ranked.iter().any(|one| illustrative(&one.result.basis));
    let groups = ranked.iter().map(|one| bar(ctx, item, one)).collect();
    let scale = &item.data.scale;
    let (smallest, largest) = (scale.least.to_string(), scale.most.to_string());
    let panel = Panel { smallest, largest, groups, ..Panel::default() };
    let score = print(ctx, first.score, DIGITS);
    let ahead: Vec<String> =
        ranked.iter().filter(|one| one.place == 1).map(|one| text(ctx, item, &one.result.question)).collect();
    let places = [("question", ahead[0].as_str()), ("score", &score), ("count", &ahead.len().to_string())]
        .map(|(key, text)| (key, text.to_string()));
    let places: Vec<(&str, &str)> = places.iter().map(|(key, text)| (*key, text.as_str())).collect();
    let key = if ahead.len() == 1 { "survey-chart-first" } else { "survey-chart-several" };
    let node = ctx.node(format!("{}_{}_figure", item.data.id.as_str(), wave.wave), "survey-ranking", "");
    Some(Block::Drawing(Drawing {
        node,
        title: vec![Inline::text(ctx.words.fill(key, &places))],
        alternative: alternative(ctx, item, wave, &ranked),
        mark: if marked { ctx.word("basis-illustrative") } else { String::new() },
        picture: Picture::Bars(Bars { panels: vec![panel] }),
        csv: Csv { name: format!("{}-ranking.csv", item.data.id.as_str()), rows: rows(ctx, item, &ranked) },
    }))
}

fn text(ctx: &Context, item: &Item<Survey>, id: &str) -> String {
    question(item, id).map(|one| ctx.say(&one.text).text).unwrap_or_default()
}

/// The means of all groups by name: as decimal text if one may be shown, and in words.
fn means(ctx: &Context, item: &Item<Survey>, one: &Ranked) -> Vec<Dot> {
    let groups = item.data.groups.iter().zip(&one.result.groups);
    let mean = |cell: &Cell<Value>| match cell {
        Cell::Shown(Value { mean: Some(mean), .. }) => (decimal_text(mean, DIGITS), print(ctx, mean, DIGITS)),
        Cell::Shown(_) => (String::new(), ctx.word("survey-no-answers")),
        Cell::Suppressed => (String::new(), ctx.word("survey-suppressed")),
    };
    let dot = |(group, cell): (&SurveyGroup, &Cell<Value>)| {
        let (value, text) = mean(cell);
        Dot { value, text, name: ctx.say(&group.name).text }
    };
    groups.map(dot).collect()
}

fn bar(ctx: &Context, item: &Item<Survey>, one: &Ranked) -> BarGroup {
    let about = question(item, &one.result.question).and_then(|own| own.about.first());
    BarGroup {
        label: Label {
            text: text(ctx, item, &one.result.question),
            target: about.map(ToString::to_string).unwrap_or_default(),
            mark: String::new(),
            lang: question(item, &one.result.question).map(|own| ctx.other_lang(&own.text)).unwrap_or_default(),
        },
        bars: vec![Bar {
            series: String::new(),
            value: decimal_text(one.score, DIGITS),
            text: print(ctx, one.score, DIGITS),
            bound: Bound::Exact,
            points: means(ctx, item, one),
        }],
    }
}

fn alternative(ctx: &Context, item: &Item<Survey>, wave: &WaveResult, ranked: &[Ranked]) -> String {
    let one = |own: &Ranked| format!("{} {}", text(ctx, item, &own.result.question), print(ctx, own.score, DIGITS));
    let list: Vec<String> = ranked.iter().map(one).collect();
    let number = |text: &str| super::super::super::numbers::print(text, ctx.lang);
    let (least, most) = (number(&item.data.scale.least), number(&item.data.scale.most));
    let list = list.join(&ctx.semicolon());
    let title = wave_title(ctx, item, wave);
    let places = [("wave", title.as_str()), ("least", &least), ("most", &most), ("list", &list)];
    ctx.words.fill("survey-chart-alternative", &places)
}

fn rows(ctx: &Context, item: &Item<Survey>, ranked: &[Ranked]) -> Vec<Vec<String>> {
    let heads = ["rank", "question", "score", "survey-answers", "survey-lower", "survey-upper", "survey-basis"];
    let mut head: Vec<String> = heads.iter().map(|key| ctx.word(key)).collect();
    head.extend(item.data.groups.iter().map(|group| ctx.say(&group.name).text));
    let quartile = |one: &Ranked, upper: bool| {
        let both = one.total.quartiles.as_ref();
        let text = both.map(|(low, high)| (if upper { high } else { low }).normalize().to_string());
        text.unwrap_or_else(|| ctx.word("survey-suppressed"))
    };
    let row = |one: &Ranked| {
        let mut row = vec![
            one.place.to_string(),
            text(ctx, item, &one.result.question),
            decimal_text(one.score, DIGITS),
            one.total.n.to_string(),
            quartile(one, false),
            quartile(one, true),
            ctx.word(&format!("basis-{}", one.result.basis.word())),
        ];
        // Without a value, the words say why.
        row.extend(
            means(ctx, item, one).into_iter().map(|dot| if dot.value.is_empty() { dot.text } else { dot.value }),
        );
        row
    };
    std::iter::once(head).chain(ranked.iter().map(row)).collect()
}
