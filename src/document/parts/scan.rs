//! The environmental scan: what changes around the organisation, by aspect; what answers it, and what is left open.

use super::super::context::{Context, join, lines, words};
use super::super::draft::*;
use super::super::drawing::{Axis, Csv, Label, Matrix, MatrixItem, Picture};
use super::super::table;
use super::structure;
use crate::analysis::{basis_of, computed};
use crate::model::Item;
use crate::model::format::{Aspect, Basis, Common, Factor, FactorNature, ScaleStep};
use crate::model::scan::Answer;

pub(super) fn chapter(ctx: &Context) -> Option<Section> {
    let coverage = ctx.related().scan();
    if coverage.factors.is_empty() {
        return None;
    }
    let mut chapter = table::titled(ctx, "part-scan", "scan", "part-scan");
    chapter.blocks.extend(edition(ctx));
    chapter.blocks.extend(figure(ctx, &coverage.factors));
    for aspect in Aspect::ALL {
        let own: Vec<_> = coverage.factors.iter().filter(|one| one.data.aspect == Some(*aspect)).copied().collect();
        let key = format!("aspect-{}", aspect.word());
        add(ctx, &mut chapter, aspect.word(), &key, factors(ctx, &own, &key).into_iter().collect());
    }
    let rest: Vec<_> = coverage.factors.iter().filter(|one| one.data.aspect.is_none()).copied().collect();
    add(ctx, &mut chapter, "own", "aspect-none", factors(ctx, &rest, "aspect-none").into_iter().collect());
    chapter.sections.extend(swot(ctx, &coverage.factors));
    add(ctx, &mut chapter, "coverage", "scan-coverage", coverage_table(ctx).into_iter().collect());
    let open = coverage.unanswered.iter().map(|one| ctx.title(one, &one.data.title)).zip(&coverage.unanswered);
    let open = open.map(|(title, one)| linked(title, one.data.id())).collect();
    add(ctx, &mut chapter, "unanswered", "scan-unanswered", list(ctx, "scan-unanswered-lead", open));
    let silent = structure::in_order(ctx)
        .into_iter()
        .filter(|one| coverage.without.iter().any(|other| other.data.id == one.data.id));
    let silent = silent.map(|one| ctx.marked(ctx.link(&one.data.id), basis_of(one))).collect();
    add(ctx, &mut chapter, "without", "scan-without", list(ctx, "scan-without-lead", silent));
    Some(chapter)
}

fn add(ctx: &Context, chapter: &mut Section, id: &str, title: &str, blocks: Vec<Block>) {
    if !blocks.is_empty() {
        let mut inner = table::titled(ctx, &format!("part-scan_{id}"), "scan", title);
        inner.blocks = blocks;
        chapter.sections.push(inner);
    }
}

fn linked(inlines: Vec<Inline>, target: &str) -> Vec<Inline> {
    vec![Inline::Reference { target: target.to_string(), inlines }]
}

/// The scan on which this edition rests, and what stands in it.
fn edition(ctx: &Context) -> Option<Block> {
    let scan = ctx.scan()?;
    let id = scan.data.id.as_str();
    let count = table::number(ctx, ctx.related().scan().factors.len() as u64);
    let facts = vec![
        ("scan-edition", ctx.title(scan, &scan.data.title)),
        ("date", ctx.date_opt(scan.data.date.as_ref())),
        ("factors", count),
        ("sources", ctx.sources(scan)),
    ];
    let mut block = table::facts(ctx, id, facts)?;
    if let Block::Facts { node, .. } = &mut block {
        node.id = id.to_string();
    }
    Some(block)
}

fn step<'s>(steps: &'s [ScaleStep], id: Option<&str>) -> Option<(usize, &'s ScaleStep)> {
    steps.iter().enumerate().find(|(_, one)| Some(one.id.as_str()) == id)
}

/// The factors of one aspect.
fn factors(ctx: &Context, list: &[&Item<Factor>], caption: &str) -> Option<Block> {
    let rows = list.iter().map(|item| row(ctx, item)).collect();
    let text = ColumnKind::Text;
    let heads = [(text, "factor"), (text, "factor-weight"), (text, "factor-evidence"), (text, "factor-response")];
    table::table(ctx, "factors", caption, &heads, rows)
}

fn row(ctx: &Context, item: &Item<Factor>) -> Row {
    let data = &item.data;
    let id = data.id.as_str();
    let scale = |key: &str, steps: Option<&Vec<ScaleStep>>, of: Option<&str>| {
        let step = steps.and_then(|steps| step(steps, of)).map(|(_, one)| ctx.inlines(&one.name));
        table::labelled(ctx, key, step.unwrap_or_default())
    };
    let scan = ctx.scan().map(|scan| &scan.data);
    let place = [ctx.fixed(&format!("factor-{}", data.nature.word())), region(ctx, data)];
    let weight = [
        join(place, ", "),
        scale("likelihood", scan.map(|scan| &scan.likelihood), data.likelihood.as_deref()),
        scale("impact", scan.map(|scan| &scan.impact), data.impact.as_deref()),
        table::labelled(ctx, "horizon", ctx.date_opt(data.horizon.as_ref())),
        table::labelled(ctx, "date", ctx.date_opt(data.date.as_ref())),
    ];
    let answers = ctx.short_links(data.answered_by.iter().map(|answer| &answer.to));
    let open = if data.is_open() { ctx.fixed("factor-open") } else { Vec::new() };
    let title = ctx.marks(item, vec![Inline::Strong { inlines: ctx.inlines(&data.title) }]);
    let cells = vec![
        lines([title, ctx.opt(data.description.as_ref())]),
        lines(weight),
        lines([ctx.opt(data.evidence.as_ref()), table::labelled(ctx, "sources", own_sources(ctx, item))]),
        lines([ctx.opt(data.response.as_ref()), table::labelled(ctx, "answered-by", answers), open]),
    ];
    table::row(ctx.node(id, "factor", id), cells)
}

/// Sources that are those of the factor alone; those of the whole file stand with the scan.
fn own_sources(ctx: &Context, item: &Item<Factor>) -> Vec<Inline> {
    ctx.links(item.data.source.iter())
}

fn region(ctx: &Context, data: &Factor) -> Vec<Inline> {
    data.region.as_ref().map(|id| ctx.link(id)).unwrap_or_default()
}

/// The factors by likelihood and impact; nothing where a scale is missing, or no factor has both.
fn figure(ctx: &Context, factors: &[&Item<Factor>]) -> Option<Block> {
    let scan = &ctx.scan()?.data;
    let placed: Vec<_> = factors
        .iter()
        .filter_map(|item| {
            let across = step(&scan.likelihood, item.data.likelihood.as_deref())?;
            let up = step(&scan.impact, item.data.impact.as_deref())?;
            Some((*item, across, up))
        })
        .collect();
    let most = placed.iter().map(|(_, across, up)| across.0 + up.0).max()?;
    let title = |item: &Item<Factor>| plain(&ctx.inlines(&item.data.title));
    let heaviest: Vec<String> =
        placed.iter().filter(|(_, across, up)| across.0 + up.0 == most).map(|(item, ..)| title(item)).collect();
    let basis = computed(placed.iter().map(|(item, ..)| basis_of(item)));
    let mark = |basis: Basis| match basis {
        Basis::Illustrative => ctx.word("basis-illustrative"),
        _ => String::new(),
    };
    let name = |step: &ScaleStep| plain(&ctx.inlines(&step.name));
    let axis = |key: &str, steps: &[ScaleStep]| Axis { title: ctx.word(key), steps: steps.iter().map(name).collect() };
    let items = placed.iter().map(|(item, across, up)| MatrixItem {
        label: Label {
            text: title(item),
            target: item.data.id.to_string(),
            mark: String::new(),
            lang: ctx.other_lang(&item.data.title),
        },
        across: across.0,
        up: up.0,
    });
    let said = placed.iter().map(|(item, across, up)| {
        let (title, across, up) = (title(item), name(across.1), name(up.1));
        ctx.words.fill("scan-figure-item", &[("title", &title), ("likelihood", &across), ("impact", &up)])
    });
    let said: Vec<String> = said.collect();
    let mut rows = vec![["factor", "factor-kind", "likelihood", "impact", "basis"].map(|key| ctx.word(key)).to_vec()];
    rows.extend(placed.iter().map(|(item, across, up)| {
        let kind = ctx.word(&format!("factor-{}", item.data.nature.word()));
        let basis = basis_of(item).map(|basis| ctx.word(&format!("basis-{}", basis.word())));
        vec![title(item), kind, name(across.1), name(up.1), basis.unwrap_or_default()]
    }));
    Some(Block::Drawing(Drawing {
        node: ctx.node("part-scan_figure", "scan", ""),
        title: words(ctx.words.fill(
            if heaviest.len() == 1 { "scan-figure-one" } else { "scan-figure" },
            &[("names", &heaviest.join(&ctx.semicolon()))],
        )),
        alternative: ctx.words.fill("scan-figure-alternative", &[("list", &said.join(&ctx.semicolon()))]),
        mark: mark(basis),
        picture: Picture::Matrix(Matrix {
            across: axis("likelihood", &scan.likelihood),
            up: axis("impact", &scan.impact),
            items: items.collect(),
        }),
        csv: Csv { name: "scan.csv".to_string(), rows },
    }))
}

/// Strengths, weaknesses, opportunities and threats, if a strength or weakness is declared.
fn swot(ctx: &Context, factors: &[&Item<Factor>]) -> Option<Section> {
    use FactorNature::{Opportunity, Strength, Threat, Weakness};
    let of = |nature: FactorNature| factors.iter().filter(move |one| one.data.nature == nature);
    of(Strength).chain(of(Weakness)).next()?;
    let mut section = table::titled(ctx, "part-scan_swot", "swot", "swot");
    for nature in [Strength, Weakness, Opportunity, Threat] {
        let items = of(nature).map(|one| {
            let mut out = linked(ctx.title(one, &one.data.title), one.data.id());
            let answers = ctx.short_links(one.data.answered_by.iter().map(|answer| &answer.to));
            if !answers.is_empty() {
                out.push(Inline::text(" – "));
                out.extend(answers);
            }
            out
        });
        let items: Vec<_> = items.collect();
        let key = format!("swot-{}", nature.word());
        if !items.is_empty() {
            let mut inner = table::titled(ctx, &format!("part-scan_{}", nature.word()), "swot", &key);
            inner.blocks.push(bullets(ctx, items));
            section.sections.push(inner);
        }
    }
    table::unless_empty(section)
}

fn bullets(ctx: &Context, items: Vec<Vec<Inline>>) -> Block {
    let item = |inlines: Vec<Inline>| ListItem {
        node: ctx.node("", "item", ""),
        blocks: table::paragraph(ctx, "item", "", inlines).into_iter().collect(),
    };
    let items = items.into_iter().map(item).collect();
    Block::List { node: ctx.node("", "list", ""), ordered: false, start: 1, items }
}

/// A list under a sentence; nothing for an empty one.
fn list(ctx: &Context, lead: &str, items: Vec<Vec<Inline>>) -> Vec<Block> {
    match items.is_empty() {
        true => Vec::new(),
        false => table::paragraph(ctx, "lead", "", ctx.fixed(lead)).into_iter().chain([bullets(ctx, items)]).collect(),
    }
}

fn rationale(ctx: &Context, one: &Answer) -> Vec<Inline> {
    let basis = one.answer.basis.or(basis_of(one.factor));
    let rationale = ctx.marked(ctx.opt(one.answer.rationale.as_ref()), basis);
    lines([rationale, table::labelled(ctx, "sources", ctx.links(one.answer.source.iter()))])
}

/// Which element answers which factor, and why; elements in the order of the map, then priorities.
fn coverage_table(ctx: &Context) -> Option<Block> {
    let coverage = ctx.related().scan();
    let elements = structure::in_order(ctx).into_iter().map(|one| (one.data.id(), basis_of(one)));
    let priorities = ctx.plan.priorities.iter().map(|one| (one.data.id(), basis_of(one)));
    let rows = elements.chain(priorities).flat_map(|(id, basis)| {
        let answers = coverage.answers.get(id).into_iter().flatten();
        answers.map(move |one| {
            let factor = ctx.marked(ctx.link(&one.factor.data.id), basis_of(one.factor));
            let cells = vec![ctx.marked(ctx.link(id), basis), factor, rationale(ctx, one)];
            table::row(ctx.node("", "answer", one.factor.data.id.as_str()), cells)
        })
    });
    let text = ColumnKind::Text;
    let heads = [(text, "answer"), (text, "factor"), (text, "rationale")];
    table::table(ctx, "coverage", "scan-coverage", &heads, rows.collect())
}

/// What an element or a priority answers.
pub(super) fn answers_short(ctx: &Context, id: &str) -> Option<Block> {
    let answers = ctx.related().scan().answers.get(id)?;
    let rows = answers.iter().map(|one| {
        let cells = vec![ctx.marked(ctx.link(&one.factor.data.id), basis_of(one.factor)), rationale(ctx, one)];
        table::row(ctx.node("", "answer", one.factor.data.id.as_str()), cells)
    });
    let heads = [(ColumnKind::Text, "factor"), (ColumnKind::Text, "rationale")];
    table::table(ctx, "answers", "answers", &heads, rows.collect())
}
