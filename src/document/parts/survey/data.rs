//! The inputs from which each score was made, by wave, question and group. Each row has an anchor to which its score
//! leads. Which line of the table says what is told only to who may read single answers.

use super::super::super::context::{Context, lines, words};
use super::super::super::draft::*;
use super::super::super::table;
use super::{DIGITS, count, figure, group_name, handed, instead, plain_number, question, surveys, wave_title};
use crate::analysis::survey::anchor;
use crate::model::Item;
use crate::model::format::{Basis, Survey};
use crate::model::survey::{Cell, Exact, QuestionResult, Results, Total, Value, WaveResult};

/// Columns of the inputs of a question.
const WIDTH: usize = 7;

/// The part `survey-data`.
pub(in super::super) fn chapter(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-survey-data", "survey-data", "part-survey-data");
    chapter.blocks.extend(table::paragraph(ctx, "lead", "", ctx.fixed("survey-data-lead")));
    chapter.sections = surveys(ctx).map(|(item, results)| section(ctx, item, results)).collect();
    (!chapter.sections.is_empty()).then_some(chapter)
}

fn section(ctx: &Context, item: &Item<Survey>, results: &Results) -> Section {
    let id = item.data.id.as_str();
    let mut section =
        table::section(ctx.node(format!("{id}_data"), "survey-data", id), ctx.title(item, &item.data.title));
    section.sections = results.waves.iter().map(|wave| of_wave(ctx, item, wave)).collect();
    if let Some(block) = handed::inputs(ctx, item, results) {
        let mut inner = table::titled(ctx, &format!("{id}_handed"), "survey-handed", "survey-handed");
        inner.blocks.push(block);
        section.sections.push(inner);
    }
    section
}

fn of_wave(ctx: &Context, item: &Item<Survey>, wave: &WaveResult) -> Section {
    let id = format!("{}_{}_data", item.data.id.as_str(), wave.wave);
    let mut section = table::section(ctx.node(id, "survey-data", ""), words(wave_title(ctx, item, wave)));
    let own = super::wave(item, wave);
    let mut facts = vec![("date", ctx.date_opt(own.and_then(|one| one.date.as_ref())))];
    facts.push(("survey-file", words(wave.file.clone())));
    let span = wave.lines.map(|(first, last)| {
        let [lower, upper] = [first, last].map(|it| it.to_string());
        words(ctx.words.fill("survey-from-to", &[("lower", &lower), ("upper", &upper)]))
    });
    facts.push(("survey-lines", span.unwrap_or_default()));
    facts.push(("sources", own.map(|one| ctx.links(one.source.iter())).unwrap_or_default()));
    section.blocks.extend(table::facts(ctx, "", facts));
    section.blocks.extend(wave.questions.iter().filter_map(|one| inputs(ctx, item, wave, one)));
    section
}

/// The inputs of one question: a row for each group, and the whole.
fn inputs(ctx: &Context, item: &Item<Survey>, wave: &WaveResult, result: &QuestionResult) -> Option<Block> {
    let own = question(item, &result.question)?;
    let basis = result.basis;
    let node =
        |group: Option<&str>| ctx.node(anchor(&item.data.id, &wave.wave, &result.question, group), "survey-inputs", "");
    let mut rows: Vec<Row> = item
        .data
        .groups
        .iter()
        .zip(&result.groups)
        .map(|(group, cell)| {
            let mut cells = vec![group_name(ctx, item, group)];
            cells.extend(match cell {
                Cell::Shown(value) => of_group(ctx, value, basis),
                Cell::Suppressed => hidden(ctx, basis),
            });
            cells.resize(WIDTH, Vec::new());
            table::row(node(Some(&group.id)), cells)
        })
        .collect();
    let mut cells = vec![ctx.fixed("total")];
    cells.extend(match &result.all {
        Cell::Shown(total) => whole(ctx, total, basis),
        Cell::Suppressed => hidden(ctx, basis),
    });
    cells.resize(WIDTH, Vec::new());
    rows.push(Row { total: true, ..table::row(node(None), cells) });
    let (text, number) = (ColumnKind::Text, ColumnKind::Number);
    let heads: [_; WIDTH] = [
        (text, "survey-group"),
        (number, "survey-answers"),
        (number, "survey-sum"),
        (number, "survey-mean"),
        (number, "survey-weight"),
        (number, "survey-weighted"),
        (text, "survey-answers-lines"),
    ];
    let columns = heads.map(|(kind, key)| table::column(kind, ctx.fixed(key)));
    let place = ctx.words.fill("survey-column", &[("column", &result.column.to_string())]);
    let mut caption = ctx.inlines(&own.text);
    caption.push(Inline::text(place));
    table::made(ctx, "survey-inputs", caption, columns.into(), rows)
}

fn hidden(ctx: &Context, basis: Basis) -> Vec<Vec<Inline>> {
    vec![instead(ctx, "survey-suppressed", basis); 5]
}

/// A number with as many decimals as it has, at most those of a score.
fn exact(ctx: &Context, number: &Exact, basis: Basis) -> Vec<Inline> {
    let digits = if number.is_integer() { 0 } else { DIGITS };
    figure(ctx, number, digits, basis)
}

fn of_group(ctx: &Context, value: &Value, basis: Basis) -> Vec<Vec<Inline>> {
    let Some(mean) = &value.mean else {
        return vec![count(ctx, 0, basis), instead(ctx, "survey-no-answers", basis)];
    };
    let answers = value.lines.iter().map(|(answer, at)| {
        let at: Vec<String> = at.iter().map(ToString::to_string).collect();
        let places = [("answer", plain_number(ctx, answer)), ("lines", at.join(", "))];
        let places = places.each_ref().map(|(key, text)| (*key, text.as_str()));
        words(ctx.words.fill("survey-answer-lines", &places))
    });
    vec![
        count(ctx, value.n, basis),
        exact(ctx, &value.sum, basis),
        figure(ctx, mean, DIGITS, basis),
        exact(ctx, &value.weight, basis),
        figure(ctx, &(&value.weight * mean), DIGITS, basis),
        lines(answers),
    ]
}

/// The whole: the weighted means summed, divided by the weights summed.
fn whole(ctx: &Context, total: &Total, basis: Basis) -> Vec<Vec<Inline>> {
    let Some(score) = &total.score else {
        return vec![count(ctx, 0, basis), instead(ctx, "survey-no-answers", basis)];
    };
    vec![
        count(ctx, total.n, basis),
        Vec::new(),
        figure(ctx, score, DIGITS, basis),
        exact(ctx, &total.weights, basis),
        figure(ctx, &total.weighted_sum, DIGITS, basis),
        Vec::new(),
    ]
}
