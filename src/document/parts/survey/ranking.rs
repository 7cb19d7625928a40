//! The questions from the most to the least important, in the latest wave and in all of them side by side.

use super::super::super::context::{Context, words};
use super::super::super::draft::*;
use super::super::super::table;
use super::{asked, chart, count, illustrative, instead, linked, plain_number, print, wave_title};
use crate::analysis::survey::{Ranked, anchor, change, ranking};
use crate::model::Item;
use crate::model::format::{Basis, Survey, SurveyGroup};
use crate::model::survey::{Cell, QuestionResult, Results, Total, Value, WaveResult};

/// The figure and the table of the latest wave.
pub(super) fn latest(ctx: &Context, item: &Item<Survey>, results: &Results) -> Vec<Block> {
    let Some(wave) = results.waves.last() else { return Vec::new() };
    let mut out: Vec<Block> = Vec::new();
    out.extend(chart::ranking(ctx, item, wave));
    let apart = item.data.groups.len() > WITH_GROUPS;
    let tables = [ranks(ctx, item, wave, !apart), groups(ctx, item, wave).filter(|_| apart)];
    out.extend(tables.into_iter().flatten());
    out
}

/// The table of ranks holds the means of so many groups at most; those of more stand in a table of their own.
const WITH_GROUPS: usize = 3;

/// The questions in the order of their ranks; those without a place come last.
fn in_order<'r>(item: &Item<Survey>, wave: &'r WaveResult) -> Vec<(&'r QuestionResult, Option<Ranked<'r>>)> {
    let ranked = ranking(wave, item.data.scale.high);
    let known: Vec<&str> = ranked.iter().map(|one| one.result.question.as_str()).collect();
    let rest = wave.questions.iter().filter(|one| !known.contains(&one.question.as_str()));
    let rest: Vec<_> = rest.map(|result| (result, None)).collect();
    ranked.into_iter().map(|one| (one.result, Some(one))).chain(rest).collect()
}

fn ranks(ctx: &Context, item: &Item<Survey>, wave: &WaveResult, with_groups: bool) -> Option<Block> {
    let order = in_order(item, wave);
    let rows = order.iter().map(|(result, own)| {
        let mut cells = row(ctx, item, wave, result, own.as_ref());
        cells.extend(means(ctx, item, wave, result).into_iter().filter(|_| with_groups));
        table::row(ctx.node("", "question", ""), cells)
    });
    let rows = rows.collect();
    let number = |title: Vec<Inline>| table::column(ColumnKind::Number, title);
    let mut columns = vec![
        table::column(ColumnKind::Code, ctx.fixed("rank")),
        table::column(ColumnKind::Text, ctx.fixed("question")),
        number(ctx.fixed("score")),
        number(ctx.fixed("survey-answers")),
        number(ctx.fixed("quartiles")),
    ];
    columns.extend(item.data.groups.iter().filter(|_| with_groups).map(|group| number(ctx.inlines(&group.name))));
    let title = ctx.words.fill("survey-ranking-of", &[("wave", &wave_title(ctx, item, wave))]);
    table::made(ctx, "survey-ranking", words(title), columns, rows)
}

/// The mean of each group.
fn groups(ctx: &Context, item: &Item<Survey>, wave: &WaveResult) -> Option<Block> {
    let order = in_order(item, wave);
    let rows = order.iter().map(|(result, _)| {
        let mut cells = vec![asked(ctx, item, &result.question)];
        cells.extend(means(ctx, item, wave, result));
        table::row(ctx.node("", "question", ""), cells)
    });
    let mut columns = vec![table::column(ColumnKind::Text, ctx.fixed("question"))];
    let of_group = |group: &SurveyGroup| table::column(ColumnKind::Number, ctx.inlines(&group.name));
    columns.extend(item.data.groups.iter().map(of_group));
    let title = ctx.words.fill("survey-groups-of", &[("wave", &wave_title(ctx, item, wave))]);
    table::made(ctx, "survey-groups", words(title), columns, rows.collect())
}

fn row(
    ctx: &Context,
    item: &Item<Survey>,
    wave: &WaveResult,
    result: &QuestionResult,
    own: Option<&Ranked>,
) -> Vec<Vec<Inline>> {
    let basis = result.basis;
    let mut cells = vec![rank(ctx, own, basis), asked(ctx, item, &result.question)];
    cells.push(score(ctx, item, wave, result));
    cells.push(match &result.all {
        Cell::Shown(total) => count(ctx, total.n, basis),
        Cell::Suppressed => instead(ctx, "survey-suppressed", basis),
    });
    cells.push(match result.all.shown() {
        Some(total) => quartiles(ctx, total, basis),
        None => instead(ctx, "survey-suppressed", basis),
    });
    cells
}

/// What each group answered to a question, in the mean.
fn means(ctx: &Context, item: &Item<Survey>, wave: &WaveResult, result: &QuestionResult) -> Vec<Vec<Inline>> {
    let basis = result.basis;
    let mean = |(group, cell): (&SurveyGroup, &Cell<Value>)| {
        let target = anchor(&item.data.id, &wave.wave, &result.question, Some(&group.id));
        match cell {
            Cell::Shown(Value { mean: Some(mean), .. }) => linked(ctx, mean, target, basis),
            Cell::Shown(_) => instead(ctx, "survey-no-answers", basis),
            Cell::Suppressed => instead(ctx, "survey-suppressed", basis),
        }
    };
    item.data.groups.iter().zip(&result.groups).map(mean).collect()
}

/// "2=" where several share the place.
fn rank(ctx: &Context, own: Option<&Ranked>, basis: Basis) -> Vec<Inline> {
    let Some(own) = own else { return Vec::new() };
    ctx.marked(words(table::rank(ctx, own.place, own.tied)), Some(basis).filter(illustrative))
}

pub(super) fn score(ctx: &Context, item: &Item<Survey>, wave: &WaveResult, result: &QuestionResult) -> Vec<Inline> {
    let target = anchor(&item.data.id, &wave.wave, &result.question, None);
    match &result.all {
        Cell::Shown(Total { score: Some(score), .. }) => linked(ctx, score, target, result.basis),
        Cell::Shown(_) => instead(ctx, "survey-no-answers", result.basis),
        Cell::Suppressed => instead(ctx, "survey-suppressed", result.basis),
    }
}

fn quartiles(ctx: &Context, total: &Total, basis: Basis) -> Vec<Inline> {
    let Some((lower, upper)) = &total.quartiles else {
        return if total.score.is_some() { instead(ctx, "survey-suppressed", basis) } else { Vec::new() };
    };
    let [lower, upper] = [lower, upper].map(|it| plain_number(ctx, it));
    let text = ctx.words.fill("survey-from-to", &[("lower", &lower), ("upper", &upper)]);
    ctx.marked(words(text), Some(basis).filter(illustrative))
}

/// The scores of all waves, with the change from each to the next. Nothing where there is one wave.
pub(super) fn compared(ctx: &Context, item: &Item<Survey>, results: &Results) -> Vec<Block> {
    let waves = &results.waves;
    let [.., last] = waves.as_slice() else { return Vec::new() };
    if waves.len() < 2 {
        return Vec::new();
    }
    let ranks: Vec<Vec<Ranked>> = waves.iter().map(|wave| ranking(wave, item.data.scale.high)).collect();
    let place = |at: usize, id: &str| ranks[at].iter().find(|one| one.result.question == id);
    let mut order: Vec<&QuestionResult> = last.questions.iter().collect();
    order.sort_by_key(|one| place(waves.len() - 1, &one.question).map_or(usize::MAX, |own| own.place));
    let number = |title: String| table::column(ColumnKind::Number, words(title));
    let mut columns = vec![table::column(ColumnKind::Text, ctx.fixed("question"))];
    for (at, wave) in waves.iter().enumerate() {
        let title = wave_title(ctx, item, wave);
        columns.push(number(ctx.words.fill("survey-wave-rank", &[("wave", &title)])));
        columns.push(number(ctx.words.fill("survey-wave-score", &[("wave", &title)])));
        if at > 0 {
            columns.push(number(ctx.word("survey-change")));
        }
    }
    let rows = order.into_iter().map(|result| {
        let mut cells = vec![asked(ctx, item, &result.question)];
        let mut before: Option<&QuestionResult> = None;
        for (at, wave) in waves.iter().enumerate() {
            let own = wave.questions.iter().find(|one| one.question == result.question);
            let Some(own) = own else { continue };
            cells.push(rank(ctx, place(at, &own.question), own.basis));
            cells.push(score(ctx, item, wave, own));
            if let Some(before) = before {
                cells.push(changed(ctx, before, own));
            }
            before = Some(own);
        }
        table::row(ctx.node("", "question", ""), cells)
    });
    let block = table::made(ctx, "survey-waves", ctx.fixed("survey-waves"), columns, rows.collect());
    block.into_iter().chain(unlike(ctx, item, waves)).collect()
}

/// Where a group answered in one wave and not in another, a change may be one of who answered. Of a group that is not
/// shown in a wave, some answered.
fn unlike(ctx: &Context, item: &Item<Survey>, waves: &[WaveResult]) -> Option<Block> {
    let answers = |wave: &WaveResult, at: usize| wave.groups[at].shown().is_none_or(|one| one.answered > 0);
    let sometimes = |at: &usize| waves.iter().any(|wave| answers(wave, *at));
    let groups: Vec<usize> = (0..item.data.groups.len()).filter(sometimes).collect();
    let without = waves.iter().filter_map(|wave| {
        let missing = groups.iter().filter(|at| !answers(wave, **at));
        let names: Vec<String> = missing.map(|at| ctx.say(&item.data.groups[*at].name).text).collect();
        let (title, names) = (wave_title(ctx, item, wave), names.join(", "));
        let text = || ctx.words.fill("survey-without", &[("wave", &title), ("groups", &names)]);
        (!names.is_empty()).then(text)
    });
    let list: Vec<String> = without.collect();
    let text = ctx.words.fill("survey-unlike", &[("list", &list.join(&ctx.semicolon()))]);
    (!list.is_empty()).then(|| table::paragraph(ctx, "note", "", words(text))).flatten()
}

/// "+0.56"; a minus is a minus sign.
fn changed(ctx: &Context, before: &QuestionResult, now: &QuestionResult) -> Vec<Inline> {
    let basis = crate::analysis::computed([Some(before.basis), Some(now.basis)]);
    let text = match change(before, now) {
        Some(change) => {
            let text = print(ctx, &change, super::DIGITS);
            let zero = print(ctx, &crate::model::survey::Exact::from_integer(0.into()), super::DIGITS);
            match text.strip_prefix('-') {
                Some(digits) => format!("\u{2212}{digits}"),
                None if text == zero => text,
                None => format!("+{text}"),
            }
        }
        None => ctx.word("survey-suppressed"),
    };
    ctx.marked(words(text), Some(basis).filter(illustrative))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::survey::tests::{FINAL, PRELIMINARY, rules, with_survey};
    use crate::clearance::cut;
    use crate::diag::Diagnostics;
    use crate::document::{draft, testing};

    /// What is said below the tables of the waves.
    fn notes(tables: &[&str]) -> Vec<String> {
        let mut plan = with_survey(rules("one-group-one-vote", "left-out"), tables);
        plan.plan.editions[0].parts = testing::of(serde_json::json!(["survey"]));
        let draft = draft(&cut(&plan, "members"), "tabled", "en", &[], &mut Diagnostics::default()).expect("a draft");
        let survey = &draft.chapters[0].sections[0];
        let waves = survey.sections.iter().find(|it| it.node.id == "poll_survey-waves").expect("a section");
        let text = |block: &Block| match block {
            Block::Paragraph { inlines, .. } => Some(plain(inlines)),
            _ => None,
        };
        waves.blocks.iter().filter_map(text).filter(|text| text.contains("Not the same groups")).collect()
    }

    #[test]
    fn waves_that_are_not_like_for_like_say_so() {
        assert!(notes(&[PRELIMINARY, FINAL]).is_empty());
        let without: String =
            PRELIMINARY.lines().filter(|it| !it.contains(",north,")).map(|it| format!("{it}\n")).collect();
        let told = notes(&[&without, FINAL]);
        assert!(told.len() == 1 && told[0].ends_with("No answers: Wave 0: North."), "{told:?}");
    }
}
