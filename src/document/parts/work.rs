//! What is done and how it is measured: tactical activities and indicators.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::super::context::{Context, join, lines, words};
use super::super::draft::*;
use super::super::{dates, numbers, table};
use super::structure;
use crate::analysis::{basis_of, computed};
use crate::model::Item;
use crate::model::format::{Activity, Basis, Indicator, Measured};

pub(super) fn of_element<'a>(ctx: &Context<'a>, element: &str) -> Vec<&'a Item<Activity>> {
    let mut list = ctx.related().activities(element).to_vec();
    list.sort_by_key(|item| structure::code_key(ctx, None, item.data.code.as_ref()));
    list
}

/// All activities, element by element.
pub(super) fn in_order<'a>(ctx: &Context<'a>) -> Vec<&'a Item<Activity>> {
    structure::in_order(ctx).into_iter().flat_map(|element| of_element(ctx, &element.data.id)).collect()
}

/// The anchor of an item here, if its own chapter is not printed.
fn anchor<'i>(ctx: &Context, part: &str, id: &'i str) -> &'i str {
    if ctx.has_part(part) { "" } else { id }
}

/// The activities of an element as a short table of links.
pub(super) fn activities_short(ctx: &Context, element: &str) -> Option<Block> {
    let rows = of_element(ctx, element)
        .into_iter()
        .map(|item| {
            let id = item.data.id.as_str();
            let cells = vec![
                ctx.marked(ctx.link(id), basis_of(item)),
                item.data.owner.as_ref().map(|id| ctx.link(id)).unwrap_or_default(),
                ctx.date_opt(item.data.period.as_ref()),
            ];
            table::row(ctx.node(anchor(ctx, "activities", id), "activity", id), cells)
        })
        .collect();
    let heads = [(ColumnKind::Text, "activity"), (ColumnKind::Text, "owner"), (ColumnKind::Text, "period")];
    table::table(ctx, "activities", "activities", &heads, rows)
}

/// The indicators of an element and of its activities as a short table of links.
pub(super) fn indicators_short(ctx: &Context, element: &str) -> Option<Block> {
    let last_year = Shared { year: None, milestone: false };
    let rows = ctx
        .related()
        .indicators(element)
        .into_iter()
        .map(|item| {
            let id = item.data.id.as_str();
            let last = item.data.targets.iter().max_by_key(|one| dates::sort_key(&one.year));
            let target = last.map(|one| last_year.cell(ctx, one, basis_of(item))).unwrap_or_default();
            // What is answered in words has no unit to read.
            let unit = item.data.unit.as_ref().filter(|_| !in_words(&item.data));
            let cells = vec![ctx.marked(ctx.link(id), basis_of(item)), ctx.opt(unit), target];
            table::row(ctx.node(anchor(ctx, "indicators", id), "indicator", id), cells)
        })
        .collect();
    let heads = [(ColumnKind::Text, "indicator"), (ColumnKind::Text, "unit"), (ColumnKind::Text, "target")];
    table::table(ctx, "indicators", "indicators", &heads, rows)
}

/// All activities, a table for each element.
pub(super) fn activities(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-activities", "activities", "part-activities");
    for element in structure::in_order(ctx) {
        let id = element.data.id.as_str();
        let list = of_element(ctx, id);
        if list.is_empty() {
            continue;
        }
        let node = ctx.node(format!("part-activities_{id}"), "activities", id);
        let mut section = table::section(node, ctx.marked(ctx.inlines(&element.data.title), basis_of(element)));
        section.code = ctx.code_text(element.data.code.as_ref());
        section.blocks.extend(activity_table(ctx, &list));
        chapter.sections.push(section);
    }
    (!chapter.sections.is_empty()).then_some(chapter)
}

/// What is done, who does it, when; what it costs only where something is costed.
fn activity_table(ctx: &Context, list: &[&Item<Activity>]) -> Option<Block> {
    let costed = list.iter().any(|item| item.data.cost.is_some());
    let mut rows: Vec<Row> = list
        .iter()
        .map(|item| {
            let data = &item.data;
            let status = data.status.map(|one| ctx.fixed(&format!("activity-status-{}", one.word())));
            let name = join([ctx.code(data.code.as_ref()), ctx.inlines(&data.title)], "\u{a0}");
            let more = [
                table::labelled(ctx, "priorities", ctx.short_links(&data.priorities)),
                table::labelled(ctx, "levels", ctx.levels(&data.levels)),
            ];
            let owner = data.owner.as_ref().map(|id| ctx.link(id)).unwrap_or_default();
            let with = table::labelled(ctx, "co-implementers", ctx.links(&data.co_implementers));
            let when = [ctx.date_opt(data.period.as_ref()), status.unwrap_or_default()];
            let mut cells = vec![
                ctx.marks(item, lines([name].into_iter().chain(more))),
                ctx.opt(data.deliverable.as_ref()),
                lines([owner, with]),
                lines(when),
            ];
            if costed {
                let amount = data.cost.as_ref().map(|cost| ctx.money(cost, basis_of(item)));
                cells.push(amount.unwrap_or_else(|| ctx.fixed(blank_cost(ctx))));
            }
            table::row(ctx.node(data.id.as_str(), "activity", data.id.as_str()), cells)
        })
        .collect();
    rows.extend(totals(ctx, list));
    let text = ColumnKind::Text;
    let heads = [
        (text, "activity"),
        (text, "deliverable"),
        (text, "owner"),
        (text, "period-status"),
        (ColumnKind::Number, "cost"),
    ];
    table::table(ctx, "activities", "activities", &heads[..if costed { 5 } else { 4 }], rows)
}

/// Only who sees everything may read a missing cost as one that was never estimated.
pub(super) fn sees_all(ctx: &Context) -> bool {
    !ctx.plan.withheld.any
}

pub(super) fn blank_cost(ctx: &Context) -> &'static str {
    if sees_all(ctx) { "not-costed" } else { "cost-not-given" }
}

/// One row for each currency; none where an amount cannot be added. A total says when it is not of all activities.
fn totals(ctx: &Context, list: &[&Item<Activity>]) -> Vec<Row> {
    let mut sums: BTreeMap<&str, (Decimal, usize, Vec<Option<Basis>>)> = BTreeMap::new();
    for item in list {
        let Some(cost) = &item.data.cost else {
            continue;
        };
        let (sum, count, bases) = sums.entry(cost.currency.as_str()).or_default();
        let added = cost.amount.trim().parse::<Decimal>().ok().and_then(|one| sum.checked_add(one));
        let Some(added) = added else {
            return Vec::new();
        };
        *sum = added;
        *count += 1;
        bases.push(cost.basis.or(basis_of(item)));
    }
    sums.into_iter()
        .filter(|(_, (_, count, _))| *count > 1)
        .map(|(currency, (sum, count, bases))| {
            let amount = numbers::print(&sum.to_string(), ctx.lang);
            let basis = Some(computed(bases)).filter(|basis| *basis == Basis::Illustrative);
            let key = match (count == list.len(), sees_all(ctx)) {
                (true, _) => "total",
                (false, true) => "total-costed",
                (false, false) => "total-shown",
            };
            let mut cells = vec![ctx.fixed(key), Vec::new(), Vec::new(), Vec::new()];
            cells.push(ctx.marked(words(format!("{amount}\u{a0}{currency}")), basis));
            table::total(ctx, cells)
        })
        .collect()
}

/// All indicators: those in figures with a column for each year that has a target, then those in words.
pub(super) fn indicators(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-indicators", "indicators", "part-indicators");
    let (figures, texts): (Vec<_>, Vec<_>) = ctx.plan.indicators.iter().partition(|item| !in_words(&item.data));
    chapter.blocks.extend(super::tracks::drawings(ctx));
    chapter.blocks.extend(values(ctx, &figures, ColumnKind::Number, "indicators"));
    chapter.blocks.extend(values(ctx, &texts, ColumnKind::Text, "indicators-in-words"));
    chapter.blocks.extend(definitions(ctx));
    table::unless_empty(chapter)
}

/// True where no value of the indicator is a number.
fn in_words(data: &Indicator) -> bool {
    let mut values = data.baseline.iter().chain(&data.targets).chain(&data.measurements).peekable();
    values.peek().is_some() && values.all(|one| one.value.is_none())
}

/// The values of one column, with what they share: it stands in the head once.
struct Shared<'a> {
    year: Option<&'a str>,
    milestone: bool,
}

impl<'a> Shared<'a> {
    fn of(values: impl Iterator<Item = &'a Measured>) -> Self {
        let values: Vec<&Measured> = values.collect();
        let year = values.first().map(|one| one.year.as_str());
        Shared {
            year: year.filter(|year| values.iter().all(|one| one.year.as_str() == *year)),
            milestone: !values.is_empty() && values.iter().all(|one| one.milestone),
        }
    }

    fn head(&self, ctx: &Context, key: &str) -> Vec<Inline> {
        let year = self.year.map(|year| format!(" {}", ctx.date(&crate::model::format::When(year.to_string()))));
        let milestone = (self.milestone && key != "milestones").then(|| format!(" ({})", ctx.word("milestone")));
        words(format!("{}{}{}", ctx.word(key), year.unwrap_or_default(), milestone.unwrap_or_default()))
    }

    fn cell(&self, ctx: &Context, value: &Measured, basis: Option<Basis>) -> Vec<Inline> {
        let mut out = super::value_of(ctx, value);
        if value.milestone && !self.milestone && !out.is_empty() {
            out.push(Inline::text(format!(" ({})", ctx.word("milestone"))));
        }
        if self.year.is_none() && !out.is_empty() {
            out.push(Inline::text(format!(" ({})", ctx.date(&value.year))));
        }
        ctx.marked(out, value.basis.or(basis))
    }
}

/// A column of values: its title, what its values share, and which of an indicator stand in it.
struct Values<'a> {
    key: &'static str,
    shared: Shared<'a>,
    pick: Box<dyn Fn(&'a Indicator) -> Vec<&'a Measured> + 'a>,
}

impl<'a> Values<'a> {
    fn of(
        key: &'static str,
        list: &[&'a Item<Indicator>],
        pick: impl Fn(&'a Indicator) -> Vec<&'a Measured> + 'a,
    ) -> Self {
        let shared = Shared::of(list.iter().flat_map(|item| pick(&item.data)));
        Values { key, shared, pick: Box::new(pick) }
    }
}

/// A line has room for the targets of so many years.
const YEARS: usize = 3;

/// Columns for targets: one for each year, or, where these are many, one for milestones and one for ends.
fn targets<'a>(list: &[&'a Item<Indicator>]) -> Vec<Values<'a>> {
    let mut years: Vec<&str> = list.iter().flat_map(|item| &item.data.targets).map(|one| one.year.as_str()).collect();
    years.sort_by_key(|year| (dates::sort_key(year), *year));
    years.dedup();
    if years.len() <= YEARS {
        let of =
            |year: &'a str| move |data: &'a Indicator| data.targets.iter().filter(|one| *one.year == *year).collect();
        return years.into_iter().map(|year| Values::of("target", list, of(year))).collect();
    }
    let of = |ends: bool| move |data: &'a Indicator| data.targets.iter().filter(|one| one.milestone != ends).collect();
    let mut milestones = Values::of("milestones", list, of(false));
    // The title of the column says it.
    milestones.shared.year = None;
    vec![milestones, Values::of("target", list, of(true))]
}

fn values(ctx: &Context, list: &[&Item<Indicator>], kind: ColumnKind, caption: &str) -> Option<Block> {
    let mut groups = vec![Values::of("baseline", list, |data| data.baseline.iter().collect())];
    groups.extend(targets(list));
    groups.push(Values::of("measured", list, |data| data.measurements.iter().collect()));
    let figures = kind == ColumnKind::Number;
    let rows = list
        .iter()
        .map(|item| {
            let data = &item.data;
            let mut cells = vec![ctx.code(data.code.as_ref()), ctx.title(item, &data.title)];
            cells.extend(figures.then(|| ctx.opt(data.unit.as_ref())));
            cells.extend(groups.iter().map(|group| {
                let values = (group.pick)(data).into_iter();
                join(values.map(|one| group.shared.cell(ctx, one, basis_of(item))), &ctx.semicolon())
            }));
            table::row(ctx.node(data.id.as_str(), "indicator", data.id.as_str()), cells)
        })
        .collect();
    let mut columns =
        vec![table::column(ColumnKind::Code, ctx.fixed("code")), table::column(ColumnKind::Text, ctx.fixed("title"))];
    columns.extend(figures.then(|| table::column(ColumnKind::Text, ctx.fixed("unit"))));
    columns.extend(groups.iter().map(|group| table::column(kind, group.shared.head(ctx, group.key))));
    table::made(ctx, "indicators", ctx.fixed(caption), columns, rows)
}

/// What each indicator measures, of which kind it is, and how it is measured.
fn definitions(ctx: &Context) -> Option<Block> {
    let row = |item: &Item<Indicator>| {
        let data = &item.data;
        let word = |key: Option<String>| key.map(|key| ctx.fixed(&key)).unwrap_or_default();
        let kind = [
            word(data.direction.map(|one| format!("direction-{}", one.word()))),
            word(data.nature.map(|one| format!("nature-{}", one.word()))),
            word(data.results_stage.map(|one| format!("results-stage-{}", one.word()))),
        ];
        let cells = vec![
            ctx.short_link(data.id.as_str()),
            ctx.short_link(&data.measures),
            join(kind, ", "),
            ctx.opt(data.method.as_ref()),
        ];
        table::row(ctx.node("", "indicator", data.id.as_str()), cells)
    };
    let text = ColumnKind::Text;
    let heads = [(text, "indicator-short"), (text, "measures"), (text, "indicator-kind"), (text, "method")];
    let rows = ctx.plan.indicators.iter().map(row).collect();
    table::table(ctx, "indicator-definitions", "how-measured", &heads, rows)
}
