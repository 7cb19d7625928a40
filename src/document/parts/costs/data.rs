//! The annex of inputs: for each printed figure what it is made from, with the file and the line of each amount.

use rust_decimal::{Decimal, RoundingStrategy};

use super::super::super::context::{Context, lines, words};
use super::super::super::draft::*;
use super::super::super::marks::{REST, Reading};
use super::super::super::{numbers, table};
use super::{APART, ONCE, amount, compared, in_order, name, percent, share_of_key, unit};
use crate::analysis::costs::{Allocated, Carried, Column, Comparison, Costs, Input, Origin, Value, anchor};
use crate::model::format::{Allocation, Basis};

/// More digits of an exact value tell nothing.
const EXACT: u32 = 6;

pub(in super::super) fn data(ctx: &Context) -> Option<Section> {
    let costs = Costs::new(ctx.plan);
    let mut chapter = table::titled(ctx, "part-costs-data", "costs", "part-costs-data");
    for of in &costs.allocations {
        let id = of.item.data.id.as_str();
        let node = ctx.node(format!("part-costs-data_{id}"), "costs", id);
        let mut section = table::section(node, ctx.title(of.item, &of.item.data.title));
        let first = super::first_head(of);
        section.blocks.extend(made(ctx, &of.item.data, "costs-inputs", first, rows(ctx, of)));
        for comparison in costs.comparisons.iter().filter(|one| one.proposed.data.id == of.item.data.id) {
            section.blocks.extend(made(
                ctx,
                &comparison.now.data,
                "costs-carried",
                "costs-element",
                carried(ctx, comparison),
            ));
        }
        chapter.sections.push(section);
    }
    (!chapter.sections.is_empty()).then(|| {
        chapter.blocks.extend(table::paragraph(ctx, "lead", "", ctx.fixed("costs-data-lead")));
        chapter
    })
}

fn made(ctx: &Context, data: &Allocation, caption: &str, first: &str, rows: Vec<Row>) -> Option<Block> {
    let (text, number) = (ColumnKind::Text, ColumnKind::Number);
    let heads = [
        (text, first),
        (text, "costs-figure-of"),
        (text, "costs-made-from"),
        (number, "costs-exact"),
        (number, "costs-printed"),
        (number, "costs-share"),
    ];
    let columns = heads.into_iter().map(|(kind, key)| table::column(kind, ctx.fixed(key))).collect();
    let caption = ctx.words.fill(caption, &[("unit", &unit(ctx, data))]);
    let reading = Reading { figures: true, ..Reading::default() };
    table::grouped(table::read(ctx, "cost-inputs", words(caption), columns, rows, reading))
}

/// The row of one figure.
struct Line<'v> {
    anchor: String,
    name: Vec<Inline>,
    /// Which of the figures of what is named; empty where it has one.
    figure: Vec<Inline>,
    made_from: Vec<Inline>,
    value: &'v Value<'v>,
    decimals: u32,
    share: Option<Decimal>,
    /// True for what belongs to no item that has a name of its own.
    is_rest: bool,
}

impl Line<'_> {
    fn row(self, ctx: &Context) -> Row {
        let basis = super::marked_basis(self.value);
        let share = self.share.map(|share| ctx.marked(words(percent(ctx, share)), basis));
        let cells = vec![
            self.name,
            self.figure,
            self.made_from,
            ctx.marked(words(exact(ctx, self.value.exact.normalize())), basis),
            ctx.marked(words(amount(ctx, self.value.printed, self.decimals)), basis),
            share.unwrap_or_default(),
        ];
        let role = if self.is_rest { REST } else { "cost-input" };
        table::row(ctx.node(self.anchor, role, ""), cells)
    }
}

fn rows(ctx: &Context, of: &Allocated) -> Vec<Row> {
    let id = of.item.data.id.as_str();
    let line = |target: &str, name: Vec<Inline>, column: Column, value, made_from, share| Line {
        anchor: anchor(id, target, column),
        name,
        figure: ctx.fixed(word(column)),
        made_from,
        value,
        decimals: of.decimals,
        share,
        is_rest: target.is_empty() || target == ONCE || target == APART,
    };
    let mut out = Vec::new();
    for row in in_order(ctx, of) {
        for (column, value) in [(Column::Direct, &row.direct), (Column::Shared, &row.shared)] {
            if let Some(value) = value {
                let made_from = inputs(ctx, value);
                out.push(line(row.target, name(ctx, row.target), column, value, made_from, None).row(ctx));
            }
        }
        if let Some(value) = &row.total {
            let name = name(ctx, row.target);
            out.push(line(row.target, name, Column::Total, value, ctx.fixed("costs-sum-row"), row.share).row(ctx));
        }
    }
    let hundred = Some(Decimal::new(1000, 1));
    let sums =
        [(Column::Direct, &of.direct, None), (Column::Shared, &of.shared, None), (Column::Total, &of.total, hundred)];
    for (column, value, share) in sums {
        if let Some(value) = value {
            let made_from = ctx.fixed("costs-sum-column");
            out.push(line("", ctx.fixed("total"), column, value, made_from, share).row(ctx));
        }
    }
    for (priority, value) in &of.priorities {
        out.push(line(priority, ctx.link(priority), Column::Total, value, inputs(ctx, value), None).row(ctx));
    }
    for (name, key, value) in [(APART, "costs-apart", &of.apart), (ONCE, "costs-once", &of.each_once)] {
        if let Some(value) = value {
            let made_from = if name == ONCE { briefly(ctx, value) } else { inputs(ctx, value) };
            out.push(line(name, ctx.fixed(key), Column::Total, value, made_from, None).row(ctx));
        }
    }
    out
}

fn word(column: Column) -> &'static str {
    match column {
        Column::Direct => "costs-direct",
        Column::Shared => "costs-shared",
        Column::Total => "costs-total",
        Column::Before => "costs-now",
    }
}

/// What the plan before paid for what goes on in each element.
fn carried(ctx: &Context, of: &Comparison) -> Vec<Row> {
    let of_row = |row: &crate::analysis::costs::Compared| {
        let value = row.now.as_ref()?;
        let line = Line {
            anchor: anchor(&of.proposed.data.id, compared::target(&row.carried), Column::Before),
            name: compared::called(ctx, &row.carried),
            figure: Vec::new(),
            made_from: inputs(ctx, value),
            value,
            decimals: of.now_decimals,
            share: row.now_share,
            is_rest: !matches!(row.carried, Carried::To(_)),
        };
        Some(line.row(ctx))
    };
    compared::rows(ctx, of).into_iter().filter_map(of_row).collect()
}

fn inputs(ctx: &Context, value: &Value) -> Vec<Inline> {
    lines(value.inputs.iter().map(|one| input(ctx, one)))
}

/// An exact value; "about" where it has more digits than are printed.
fn exact(ctx: &Context, value: Decimal) -> String {
    let short = value.round_dp_with_strategy(EXACT, RoundingStrategy::MidpointAwayFromZero);
    let text = numbers::print(&short.to_string(), ctx.lang);
    match short == value {
        true => text,
        false => ctx.words.fill("qualifier-about", &[("value", &text)]),
    }
}

/// "A1.1: 1,200", a line for each amount: the rows above say what and where it is.
fn briefly(ctx: &Context, value: &Value) -> Vec<Inline> {
    lines(value.inputs.iter().map(|one| {
        let mut out = match one.origin {
            Origin::Activity(activity) => ctx.short_link(&activity.data.id),
            _ => return input(ctx, one),
        };
        out.push(Inline::text(ctx.words.fill("labelled", &[("label", "")])));
        out.push(Inline::text(numbers::print(&one.amount.to_string(), ctx.lang)));
        ctx.marked(out, one.basis.filter(|basis| *basis != Basis::Inferred))
    }))
}

/// "Rent: 1,200, of which 40% by the key “Posts” – plan/costs.yaml, line 12".
fn input(ctx: &Context, of: &Input) -> Vec<Inline> {
    let written = exact(ctx, of.amount);
    let (what, text) = match of.origin {
        Origin::Direct { to, title } => (title.map_or_else(|| ctx.link(to), |title| ctx.inlines(title)), written),
        Origin::Activity(activity) => (ctx.link(&activity.data.id), written),
        Origin::Shared { title, key, share } => {
            let share = share_of_key(ctx, &key.data, share);
            let name = plain(&ctx.inlines(&key.data.title));
            let places = [("share", share.as_str()), ("amount", &written), ("key", &name)];
            match title {
                Some(title) => (ctx.inlines(title), ctx.words.fill("costs-part-by-key", &places)),
                None => (ctx.link(&key.data.id), ctx.words.fill("costs-part", &places)),
            }
        }
        Origin::Before { element, share, to } => {
            let to = to.map(|id| plain(&ctx.called(id))).unwrap_or_default();
            let key = if to.is_empty() { "costs-part" } else { "costs-part-to" };
            let places = [("share", percent(ctx, share)), ("amount", written), ("name", to)];
            let places = places.each_ref().map(|(key, text)| (*key, text.as_str()));
            (ctx.link(element), ctx.words.fill(key, &places))
        }
    };
    let mut out = what;
    out.push(Inline::text(ctx.words.fill("labelled", &[("label", "")])));
    out.push(Inline::text(text));
    if let Some(sources) = of.sources {
        out.push(Inline::text(" – "));
        out.extend(ctx.links(sources.iter()));
    }
    if let Some(line) = of.line {
        let number = line.line.to_string();
        let places = [("file", line.path.as_str()), ("line", number.as_str())];
        out.push(Inline::text(format!(" – {}", ctx.words.fill("costs-line", &places))));
    }
    ctx.marked(out, of.basis.filter(|basis| *basis != Basis::Inferred))
}
