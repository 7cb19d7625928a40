//! What stands before the plan itself: open matters, contents, what is new, the decision, mission and vision.

use super::super::OpenMatter;
use super::super::context::{Context, join, lines, words};
use super::super::draft::*;
use super::super::{numbers, prose, table};
use super::prose_section;
use crate::analysis::basis_of;
use crate::model::Item;
use crate::model::Predecessor;
use crate::model::format::{Fate, Mapping, SectionRole, Statement, StatementKind};

/// A table of what is not settled; nothing when all is.
pub(super) fn open_matters(ctx: &Context) -> Option<Section> {
    let mut seen = std::collections::BTreeSet::new();
    let rows = ctx
        .matters
        .iter()
        .map(|matter| (matter.item.as_str(), matter_sentence(ctx, matter)))
        .filter(|row| seen.insert(row.clone()))
        .map(|(item, sentence)| {
            let node = ctx.node("", "open-matter", "");
            table::row(node, vec![ctx.link(item), words(sentence)])
        })
        .collect();
    let heads = [(ColumnKind::Text, "concerns"), (ColumnKind::Text, "matter")];
    let mut section = table::titled(ctx, "part-open-matters", "open-matters", "part-open-matters");
    section.page = "open-matters.html".to_string();
    section.blocks.extend(table::table(ctx, "open-matters", "part-open-matters", &heads, rows));
    table::unless_empty(section)
}

/// What is open, in the words of the document: "Not translated into French: rationale".
fn matter_sentence(ctx: &Context, matter: &OpenMatter) -> String {
    let named = |field: &str| {
        let word = ctx.word(field);
        let mut chars = word.chars();
        chars.next().map(|first| first.to_lowercase().chain(chars).collect::<String>()).unwrap_or_default()
    };
    let language = ctx.word(&format!("language-{}", matter.language));
    let lacks: Vec<String> = matter.lacks.iter().map(|field| named(field)).filter(|it| !it.is_empty()).collect();
    let places = [("language", language.as_str()), ("lacks", &lacks.join(", "))];
    let sentence = ctx.words.fill(&format!("matter-{}", matter.code), &places);
    match named(&matter.field) {
        field if field.is_empty() => sentence,
        field => format!("{sentence}: {field}"),
    }
}

pub(super) fn contents(ctx: &Context) -> Section {
    let mut section = table::titled(ctx, "part-contents", "contents", "contents");
    section.blocks.push(Block::Contents { node: ctx.node("", "contents", ""), title: ctx.word("contents") });
    section
}

/// The section that asks for a decision, else what the edition asks for in one sentence.
pub(super) fn decision(ctx: &Context) -> Option<Section> {
    let asks = |item: &&Item<crate::model::format::Section>| item.data.role == Some(SectionRole::Decision);
    let found = ctx.plan.sections.iter().filter(asks);
    // A section that the edition names itself is not printed twice.
    let mut found = found.filter(|item| !ctx.has_part(&item.data.id));
    if let Some(section) = found.next().and_then(|item| prose_section(ctx, item)) {
        return Some(section);
    }
    let text = ctx.edition.action_required.as_ref()?;
    let phrase = ctx.say(text);
    let mut section = table::titled(ctx, "part-decision", "decision", "part-decision");
    section.blocks.push(Block::Paragraph {
        node: ctx.node_in(&phrase.lang, "part-decision_text", "decision", "plan/editions"),
        number: 1,
        inlines: words(phrase.text),
    });
    Some(section)
}

/// The plan before beside this one.
pub(super) fn whats_new(ctx: &Context) -> Option<Section> {
    let old = ctx.plan.predecessor.as_ref()?;
    let mut chapter = table::titled(ctx, "part-whats-new", "whats-new", "part-whats-new");
    let (title, period) = (ctx.say(&old.title).text, ctx.say(&old.period).text);
    let period = if title.contains(&period) { Vec::new() } else { ctx.inlines(&old.period) };
    let lead = table::labelled(ctx, "predecessor", join([ctx.inlines(&old.title), period], ", "));
    chapter.blocks.extend(table::paragraph(ctx, "lead", "", ctx.marked(lead, old.file_basis)));
    let mut add = |key: &str, block: Option<Block>| {
        if let Some(block) = block {
            let mut section = table::titled(ctx, &format!("part-{key}"), "whats-new", key);
            section.blocks.push(block);
            chapter.sections.push(section);
        }
    };
    add("compared", compared(ctx, old));
    let is_new = |one: &&Mapping| one.fate == Fate::New || one.from.is_none();
    let (new, gone): (Vec<_>, Vec<_>) = old.mapping.iter().partition(is_new);
    add("how-it-goes-on", mapping(ctx, old, &gone));
    add("new-in-this-plan", mapping(ctx, old, &new));
    (!chapter.sections.is_empty()).then_some(chapter)
}

fn compared(ctx: &Context, old: &Predecessor) -> Option<Block> {
    let rows = old
        .comparisons
        .iter()
        .map(|one| {
            let cells = vec![
                ctx.inlines(&one.title),
                ctx.count(&one.before, old.file_basis),
                ctx.count(&one.now, old.file_basis),
            ];
            table::row(ctx.node(one.id.as_str(), "comparison", one.id.as_str()), cells)
        })
        .collect();
    let heads = [(ColumnKind::Text, "comparison"), (ColumnKind::Number, "before"), (ColumnKind::Number, "now")];
    table::table(ctx, "comparison", "compared", &heads, rows)
}

fn mapping(ctx: &Context, old: &Predecessor, list: &[&Mapping]) -> Option<Block> {
    let mut caption = "new-in-this-plan";
    let mut anchored = std::collections::BTreeSet::new();
    let mut rows = Vec::new();
    for one in list {
        let mut from = Vec::new();
        let mut id = one.id.as_str();
        if let Some(item) = old.elements.iter().find(|item| one.from.as_ref() == Some(&item.data.id)) {
            caption = "how-it-goes-on";
            let name = [ctx.code(item.data.code.as_ref()), ctx.title(item, &item.data.title)];
            from = join(name, "\u{a0}");
            if anchored.insert(item.data.id.as_str()) {
                id = item.data.id.as_str();
            }
        }
        let targets = one.to.iter().map(|target| {
            let mut link = ctx.link(&target.to);
            if let Some(share) = &target.share {
                let share = numbers::print(share, ctx.lang);
                let share = ctx.percent(&share);
                link.push(Inline::text(format!(" ({share})")));
            }
            link
        });
        let basis = one.basis.or(old.file_basis);
        let fate = ctx.marked(ctx.fixed(&format!("fate-{}", one.fate.word())), basis);
        let fate = if one.from.is_none() { Vec::new() } else { fate };
        let explanation = ctx.opt(one.explanation.as_ref());
        let cells = match one.from.is_none() {
            true => vec![lines(targets), from, fate, ctx.marked(explanation, basis)],
            false => vec![from, fate, lines(targets), explanation],
        };
        rows.push(table::row(ctx.node(id, "mapping", one.id.as_str()), cells));
    }
    let text = ColumnKind::Text;
    let heads = match caption {
        "new-in-this-plan" => [(text, "new-elements"), (text, "old-element"), (text, "fate"), (text, "explanation")],
        _ => [(text, "old-element"), (text, "fate"), (text, "new-elements"), (text, "explanation")],
    };
    table::table(ctx, "mapping", caption, &heads, rows)
}

/// Mission, vision and values: the wording in force, then what is proposed.
pub(super) fn statements(ctx: &Context) -> Option<Section> {
    let mut chapter = table::titled(ctx, "part-statements", "statements", "part-statements");
    for kind in [StatementKind::Mission, StatementKind::Vision, StatementKind::Value] {
        let mut list: Vec<_> = ctx.plan.statements.iter().filter(|item| item.data.kind == kind).collect();
        list.sort_by_key(|item| item.data.order.unwrap_or(u32::MAX));
        let sections = list.into_iter().map(|item| statement(ctx, item));
        match kind {
            StatementKind::Mission | StatementKind::Vision => chapter.sections.extend(sections),
            StatementKind::Value => {
                let mut values = table::titled(ctx, "part-statements_values", "values", "statement-kind-value");
                values.sections.extend(sections);
                chapter.sections.extend(table::unless_empty(values));
            }
        }
    }
    (!chapter.sections.is_empty()).then_some(chapter)
}

fn statement(ctx: &Context, item: &Item<Statement>) -> Section {
    let data = &item.data;
    let id = data.id.as_str();
    let mut section = table::section(ctx.node(id, "statement", id), ctx.title(item, &data.title));
    prose::add(ctx, item, true, &mut section);
    for one in &data.proposals {
        let id = one.id.as_str();
        let text = table::paragraph(ctx, "wording", &format!("{id}/text"), ctx.inlines(&one.text));
        let facts = table::facts(
            ctx,
            id,
            vec![
                ("proposer", ctx.inlines(&one.proposer)),
                ("rationale", ctx.opt(one.rationale.as_ref())),
                ("supported-by", lines(one.suggestions.iter().map(|id| ctx.link(id)))),
            ],
        );
        section.blocks.push(Block::Box {
            node: ctx.node(id, "proposal", id),
            title: ctx.marked(ctx.fixed("proposal"), one.basis.or(basis_of(item))),
            blocks: text.into_iter().chain(facts).collect(),
        });
    }
    section
}
