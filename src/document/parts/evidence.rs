//! Evidence side by side: one table for each layer that `evidence.yaml` names.

use std::collections::BTreeSet;

use super::super::context::{Context, join, lines, words};
use super::super::draft::*;
use super::super::marks::Reading;
use super::super::{numbers, table};
use super::{consultation, costs, work};
use crate::analysis::costs::{Costs, Standing};
use crate::analysis::evidence::{Evidence, Gap, comparable, evidence};
use crate::analysis::{self, basis_of, computed};
use crate::model::Item;
use crate::model::format::{Basis, EvidenceTable};
use crate::model::points::PointView;
use crate::model::reference::decimal;
use crate::model::survey::decimal_text;

pub(super) fn chapter(ctx: &Context) -> Option<Section> {
    let costs = Costs::new(ctx.plan);
    let mut chapter = table::titled(ctx, "part-evidence", "evidence", "part-evidence");
    chapter.sections = ctx.plan.evidence.iter().filter_map(|item| section(ctx, &costs, item)).collect();
    if chapter.sections.is_empty() {
        return None;
    }
    chapter.blocks.extend(table::paragraph(ctx, "lead", "", ctx.fixed("evidence-lead")));
    Some(chapter)
}

/// Place of the column of what is proposed.
const PROPOSED: usize = 3;

fn section(ctx: &Context, costs: &Costs, item: &Item<EvidenceTable>) -> Option<Section> {
    let id = item.data.id.as_str();
    let list = evidence(ctx.plan, costs, &item.data);
    let mut rows: Vec<Row> = list.iter().map(|one| row(ctx, one, item.data.layer.is_none())).collect();
    let mut section = table::section(ctx.node(id, "evidence", id), ctx.title(item, &item.data.title));
    if item.data.layer.is_none() {
        section.blocks.extend(table::paragraph(ctx, "table-lead", "", ctx.fixed("evidence-mapping")));
    }
    section.blocks.extend(rule(ctx, item, &list));
    let (text, number) = (ColumnKind::Text, ColumnKind::Number);
    let mut heads = vec![
        (text, "evidence-element"),
        (text, "evidence-survey"),
        (number, "evidence-now"),
        (number, "evidence-proposed"),
        (number, "evidence-factors"),
        (text, "evidence-points"),
        (number, "evidence-indicators"),
    ];
    // For the plan before, nothing is proposed.
    if list.iter().all(|one| one.cost.proposed.is_none()) {
        heads.remove(PROPOSED);
        rows.iter_mut().for_each(|row| drop(row.cells.remove(PROPOSED)));
    }
    let columns = heads.iter().map(|(kind, key)| table::column(*kind, ctx.fixed(key))).collect();
    let caption = ctx.inlines(&item.data.title);
    let reading = Reading { whole_cells: true, counts: true, figures: true };
    section.blocks.push(table::read(ctx, "evidence", caption, columns, rows, reading)?);
    Some(section)
}

/// The rule by which rows are flagged, as it is declared, and to how many it applies.
fn rule(ctx: &Context, item: &Item<EvidenceTable>, list: &[Evidence]) -> Option<Block> {
    let flag = item.data.flag.as_ref()?;
    let rows = comparable(list, item.data.layer.is_none());
    let flagged = match list.iter().filter(|one| one.gap.is_some()).count() {
        0 => ctx.word("evidence-none-flagged"),
        count => numbers::print(&count.to_string(), ctx.lang),
    };
    let count = numbers::print(&rows.to_string(), ctx.lang);
    let number = |text: &str| decimal(text).map(|value| numbers::print(&value.normalize().to_string(), ctx.lang));
    let (highest, lowest) = (number(&flag.highest)?, number(&flag.lowest)?);
    let fewest = numbers::print(&analysis::evidence::FEWEST.to_string(), ctx.lang);
    let cost = ctx.word(if item.data.layer.is_none() { "evidence-now" } else { "evidence-proposed" });
    let places = [
        ("highest", highest.as_str()),
        ("lowest", lowest.as_str()),
        ("fewest", fewest.as_str()),
        ("count", count.as_str()),
        ("cost", cost.as_str()),
        ("flagged", flagged.as_str()),
    ];
    let key = if rows < analysis::evidence::FEWEST { "evidence-too-few" } else { "evidence-rule" };
    table::paragraph(ctx, "table-lead", "", words(ctx.words.fill(key, &places)))
}

fn row(ctx: &Context, one: &Evidence, before: bool) -> Row {
    // What is counted of several elements stands where all are listed.
    let whole = before || one.stands_for.len() > 1;
    let name = ctx.marked(ctx.link(one.id), one.basis);
    let gap = one.gap.map(|gap| {
        let key = match gap {
            Gap::HighLow => "evidence-high-low",
            Gap::LowHigh => "evidence-low-high",
        };
        vec![Inline::Strong { inlines: ctx.fixed(key) }]
    });
    let known = !before && costs::knows_what_was_before(ctx);
    let nothing = if known { "costs-nothing-before" } else { work::blank_cost(ctx) };
    let cells = vec![
        lines([name, gap.unwrap_or_default()]),
        survey(ctx, one),
        share(ctx, one.cost.now.as_ref(), nothing),
        share(ctx, one.cost.proposed.as_ref(), work::blank_cost(ctx)),
        factors(ctx, one, whole),
        points(ctx, one, whole),
        indicators(ctx, one, whole),
    ];
    table::row(ctx.node("", "evidence-row", one.id), cells)
}

/// "4.12, 120 answers" or "3.96, mean of 4.26 and 3.66", then "rank 2 of these 7": each score leads to its inputs.
fn survey(ctx: &Context, one: &Evidence) -> Vec<Inline> {
    let Some(own) = &one.survey else {
        return ctx.fixed(match one.was_asked {
            true => "survey-suppressed",
            false if ctx.plan.withheld.asked.contains(one.id) => "not-shown",
            false => "evidence-not-asked",
        });
    };
    let place = table::rank(ctx, own.place, own.tied);
    let of = numbers::print(&own.of.to_string(), ctx.lang);
    let place = words(ctx.words.fill("evidence-place", &[("rank", &place), ("of", &of)]));
    let printed = |score| words(numbers::print(&decimal_text(score, 2), ctx.lang));
    let mut leads = own
        .made_from
        .iter()
        .map(|(score, anchor)| vec![Inline::Reference { target: anchor.clone(), inlines: printed(score) }]);
    let score = match own.made_from.len() {
        1 => leads.next().unwrap_or_default(),
        _ => {
            let mut out = printed(&own.score);
            out.extend(words(ctx.word("evidence-mean-of")));
            out.extend(join(leads, &ctx.semicolon()));
            out
        }
    };
    let answers = own.n.map(|n| {
        let count = numbers::print(&n.to_string(), ctx.lang);
        words(ctx.words.fill("evidence-answers", &[("count", &count)]))
    });
    let handed = if own.is_handed { ctx.fixed("evidence-handed") } else { Vec::new() };
    let said = lines([join([score, answers.unwrap_or_default(), handed], ", "), place]);
    ctx.marked(said, Some(own.basis).filter(|basis| *basis == Basis::Illustrative))
}

/// The share of an element; `none` says why there is none.
fn share(ctx: &Context, own: Option<&Standing>, none: &str) -> Vec<Inline> {
    let Some((own, share)) = own.and_then(|own| Some((own, own.share?))) else { return ctx.fixed(none) };
    let text = ctx.percent(&numbers::print(&share.to_string(), ctx.lang));
    let leads = vec![Inline::Reference { target: own.anchor.clone(), inlines: words(text) }];
    ctx.marked(leads, own.basis.filter(|basis| *basis == Basis::Illustrative))
}

/// A count that leads to where what is counted stands: the element's own page, or the part that lists all.
fn counted(ctx: &Context, one: &Evidence, count: usize, basis: Basis, whole: Option<&str>) -> Vec<Inline> {
    let text = words(numbers::print(&count.to_string(), ctx.lang));
    if count == 0 {
        return text;
    }
    let target = whole.unwrap_or(one.id).to_string();
    let leads = vec![Inline::Reference { target, inlines: text }];
    ctx.marked(leads, Some(basis).filter(|basis| *basis == Basis::Illustrative))
}

fn factors(ctx: &Context, one: &Evidence, whole: bool) -> Vec<Inline> {
    let answers = one.stands_for.iter().filter_map(|id| ctx.related().scan().answers.get(id)).flatten();
    let mut known = BTreeSet::new();
    let own: Vec<_> = answers.filter(|answer| known.insert(answer.factor.data.id.as_str())).collect();
    // It answers something, but what is not for this reader.
    let answering = ctx.scan().map(|scan| scan.data.answering.as_slice()).unwrap_or_default();
    if own.is_empty() && answering.iter().any(|id| one.stands_for.contains(&id.as_str())) {
        return ctx.fixed("not-shown");
    }
    let basis = computed(own.iter().map(|answer| basis_of(answer.factor)));
    counted(ctx, one, own.len(), basis, whole.then_some("part-scan_coverage"))
}

/// "7: accepted 4; noted 3".
fn points(ctx: &Context, one: &Evidence, whole: bool) -> Vec<Inline> {
    let mut known = BTreeSet::new();
    let about = one.stands_for.iter().flat_map(|id| ctx.related().about(id));
    let own: Vec<&PointView> = about.filter(|point| known.insert(point.id())).collect();
    let tally = analysis::tally(own.iter().copied());
    let basis = tally.points.basis;
    let bases = tally.standings.iter().map(|(_, figure)| Some(figure.basis)).chain([Some(basis)]);
    let mut out = counted(ctx, one, own.len(), Basis::Inferred, whole.then_some("part-consultation"));
    for (at, (standing, figure)) in tally.standings.iter().enumerate() {
        out.push(Inline::text(if at == 0 { ctx.word("evidence-colon") } else { ctx.semicolon() }));
        out.extend(consultation::standing(ctx, *standing));
        out.push(Inline::text(format!("\u{a0}{}", numbers::print(&figure.value.to_string(), ctx.lang))));
    }
    ctx.marked(out, Some(computed(bases)).filter(|basis| *basis == Basis::Illustrative && !own.is_empty()))
}

fn indicators(ctx: &Context, one: &Evidence, whole: bool) -> Vec<Inline> {
    let figures = one.stands_for.iter().map(|id| analysis::indicators_of(ctx.plan, id));
    let (count, bases) = figures.fold((0, Vec::new()), |(count, mut bases), figure| {
        bases.push(Some(figure.basis));
        (count + figure.value as usize, bases)
    });
    counted(ctx, one, count, computed(bases), whole.then_some("part-indicators"))
}
