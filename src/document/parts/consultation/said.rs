//! What was said, as tables: suggestions with their answers; remarks and presentations as a record apart.

use super::super::super::context::{Context, join, lines, words};
use super::super::super::draft::*;
use super::super::super::{labels, numbers, table, typography};
use super::{PAGE, answer};
use crate::analysis::basis_of;
use crate::model::Item;
use crate::model::format::{RecordKind, Suggestion, Text, Tone};
use crate::model::points::{PointView, Standing};

/// "accepted", "opened again", "not yet answered".
pub(in super::super) fn standing(ctx: &Context, standing: Standing) -> Vec<Inline> {
    match standing {
        Standing::Answered(status) => ctx.fixed(&format!("disposition-status-{}", status.word())),
        Standing::Reopened => ctx.fixed("standing-reopened"),
        Standing::Withheld => ctx.fixed("disposition-withheld"),
        Standing::Open => ctx.fixed("disposition-none"),
    }
}

/// From where points come: region and event of each, each once.
pub(super) fn origins(ctx: &Context, points: &[&PointView]) -> Vec<Inline> {
    let mut seen: Vec<Vec<Inline>> = Vec::new();
    for point in points {
        let party = point.suggestion.data.by.as_deref().or(point.region).map(|id| ctx.link(id)).unwrap_or_default();
        let one = match (party.is_empty(), point.event.is_empty()) {
            (_, false) => join([party, ctx.link(point.event)], ", "),
            (false, true) => party,
            (true, true) => ctx.fixed("unattributed"),
        };
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    lines(seen)
}

/// Suggestions with their answers in `section`: on its page, or on pages of their own when they are many.
pub(super) fn answers(ctx: &Context, owner: &str, points: &[&PointView], section: &mut Section) {
    let heads = [
        (ColumnKind::Text, "suggestion"),
        (ColumnKind::Text, "disposition"),
        (ColumnKind::Text, "reason"),
        (ColumnKind::Text, "changed"),
    ];
    let blocks = |points: &[&PointView]| -> Vec<Block> {
        let said: Vec<&Item<Suggestion>> = points.iter().map(|point| point.suggestion).collect();
        let common = Common::of(ctx, &said);
        let rows = points.iter().flat_map(|point| rows(ctx, point, &common)).collect();
        let lead = common.lead(ctx);
        let table = table::table(ctx, "suggestions", "suggestions", &heads, rows);
        lead.into_iter().filter(|_| table.is_some()).chain(table.clone()).collect()
    };
    paged(ctx, owner, "consultation", points, section, &blocks);
}

/// Lays `points` on the page of `section`, or, when they are too many for one, on numbered pages below it.
fn paged(
    ctx: &Context,
    owner: &str,
    folder: &str,
    points: &[&PointView],
    section: &mut Section,
    blocks: &dyn Fn(&[&PointView]) -> Vec<Block>,
) {
    if points.len() <= PAGE {
        section.blocks.extend(blocks(points));
        return;
    }
    let number = |value: usize| numbers::print(&value.to_string(), ctx.lang);
    let mut rest = points;
    let mut done = 0;
    while !rest.is_empty() {
        // The points of one suggestion stay together.
        let mut end = rest.len().min(PAGE);
        while end < rest.len() && rest[end].part.is_some_and(|(index, _)| index > 0) {
            end += 1;
        }
        let (page, after) = rest.split_at(end);
        let places = [("from", number(done + 1)), ("to", number(done + end))];
        let places = places.each_ref().map(|(key, text)| (*key, text.as_str()));
        let title = words(ctx.words.fill("points-from-to", &places));
        let mut inner = table::section(ctx.node(format!("{owner}_{folder}-{}", done + 1), "suggestions", ""), title);
        inner.page = format!("{folder}/{owner}-points-{}.html", done + 1);
        inner.blocks = blocks(page);
        section.sections.push(inner);
        done += end;
        rest = after;
    }
}

/// Points as a short table of links: what was said where, how it stands, what it changed.
pub(in super::super) fn points_short(
    ctx: &Context,
    owner: &str,
    (folder, role, caption): (&str, &str, &str),
    points: &[&PointView],
    section: &mut Section,
) {
    let text = ColumnKind::Text;
    let heads = [(text, "suggestion"), (text, "region"), (text, "event"), (text, "disposition"), (text, "changed")];
    let own_region = points.iter().all(|point| point.region == Some(owner));
    let row = |point: &&PointView| {
        let region = point.region.filter(|_| !own_region).map(|id| ctx.link(id)).unwrap_or_default();
        let event = if point.event.is_empty() { ctx.fixed("unattributed") } else { ctx.link(point.event) };
        let cells = vec![
            ctx.marked(ctx.link(point.id()), point.basis()),
            region,
            event,
            ctx.marked(standing(ctx, point.standing()), point.answer_basis().filter(|_| point.disposition().is_some())),
            answer::changed(ctx, point.disposition()),
        ];
        table::row(ctx.node("", role, point.id()), cells)
    };
    let blocks = |points: &[&PointView]| -> Vec<Block> {
        let rows = points.iter().map(row).collect();
        table::table(ctx, role, caption, &heads, rows).into_iter().collect()
    };
    paged(ctx, owner, folder, points, section, &blocks);
}

/// Remarks or presentations of an event; they have no answer.
pub(super) fn records(ctx: &Context, event: &str, kind: RecordKind, caption: &str) -> Vec<Block> {
    let groups = ctx.plan.suggestions.iter().filter(|group| group.event == event);
    let list: Vec<&Item<Suggestion>> =
        groups.flat_map(|group| &group.suggestions).filter(|item| item.data.kind == kind).collect();
    let common = Common::of(ctx, &list);
    let rows = list
        .iter()
        .map(|item| {
            let id = item.data.id.as_str();
            table::row(ctx.node(id, "suggestion", id), vec![ctx.marks(item, whole(ctx, item, &common))])
        })
        .collect();
    let what = format!("record-kind-{}", kind.word());
    let columns = vec![table::column(ColumnKind::Text, ctx.fixed(&what))];
    let table = table::made(ctx, "suggestions", ctx.fixed(caption), columns, rows);
    common.lead(ctx).into_iter().filter(|_| table.is_some()).chain(table.clone()).collect()
}

/// A point as a row; the first of a split suggestion brings the words of the whole before it.
fn rows(ctx: &Context, point: &PointView, common: &Common) -> Vec<Row> {
    let item = point.suggestion;
    let id = item.data.id.as_str();
    let Some((index, part)) = point.part else {
        return vec![answered(ctx, point, id, ctx.marks(item, whole(ctx, item, common)))];
    };
    let mut out = Vec::new();
    if index == 0 {
        let count = numbers::print(&item.data.points.len().to_string(), ctx.lang);
        let split = words(ctx.words.fill("split-into", &[("count", &count)]));
        let cells = vec![ctx.marks(item, lines([whole(ctx, item, common), split])), Vec::new(), Vec::new(), Vec::new()];
        out.push(table::row(ctx.node(id, "suggestion", id), cells));
    }
    let number = numbers::print(&(index + 1).to_string(), ctx.lang);
    let mut text = words(ctx.words.fill("point-number", &[("number", &number)]));
    text.extend(words_said(ctx, item, &part.text));
    let about = table::labelled(ctx, "about", ctx.links(&part.about));
    out.push(answered(ctx, point, part.id.as_str(), ctx.marked(lines([text, about]), part.basis)));
    out
}

fn answered(ctx: &Context, point: &PointView, id: &str, said: Vec<Inline>) -> Row {
    let answer = point.disposition();
    let cells = vec![
        said,
        answer::stands(ctx, point),
        ctx.marked(answer::reason(ctx, answer), point.answer_basis()),
        answer::changed(ctx, answer),
    ];
    table::row(ctx.node(id, "suggestion", id), cells)
}

/// The words of a record, with what is not said of all in its table, and what it is about.
fn whole(ctx: &Context, item: &Item<Suggestion>, common: &Common) -> Vec<Inline> {
    let data = &item.data;
    let about = table::labelled(ctx, "about", ctx.links(&data.about));
    lines([words_said(ctx, item, &data.text), common.own(ctx, Common::one(ctx, item)), about])
}

/// What was said; if that was in another language, the translation is marked and the original stands below it.
pub(in super::super) fn words_said(ctx: &Context, item: &Item<Suggestion>, text: &Text) -> Vec<Inline> {
    let mut out = ctx.inlines(text);
    let spoken = item.data.language.as_deref().filter(|lang| *lang != ctx.lang);
    let Some(lang) = spoken else { return out };
    let translated = text.get(ctx.lang, ctx.source).is_some();
    let original = text.get(lang, ctx.source).filter(|original| translated && !original.trim().is_empty());
    if let Some(original) = original {
        let language = ctx.word(&format!("language-{}", lang.split('-').next().unwrap_or(lang)));
        let mark = ctx.words.fill("translated-from", &[("language", &language)]);
        out.push(Inline::Mark { role: "translation".to_string(), text: mark });
        out.push(Inline::Break);
        let dir = labels::dir(lang).to_string();
        let node = Node { lang: lang.to_string(), dir, role: "cited".to_string(), ..Node::default() };
        let inlines = vec![Inline::text(typography::set(lang, original.trim()))];
        out.push(Inline::Span { node, inlines });
    }
    out
}

/// What may be the same for all records of a table: who said it, how near the wording is, in which tone.
#[derive(Default)]
struct Common {
    said_by: Vec<Inline>,
    wording: Vec<Inline>,
    tone: Vec<Inline>,
}

impl Common {
    fn one(ctx: &Context, item: &Item<Suggestion>) -> Self {
        let data = &item.data;
        let speaker = data.speaker.as_ref().map(|one| ctx.person(one, basis_of(item))).unwrap_or_default();
        let by = data.by.as_ref().map(|id| ctx.link(id)).unwrap_or_default();
        Common {
            said_by: join([by, speaker], ", "),
            wording: ctx.fixed(&format!("wording-kind-{}", data.wording.word())),
            // That a suggestion is one goes without saying.
            tone: match data.tone {
                Some(Tone::Concern) => ctx.fixed("tone-concern"),
                Some(Tone::Suggestion) | None => Vec::new(),
            },
        }
    }

    fn of(ctx: &Context, list: &[&Item<Suggestion>]) -> Self {
        let mut all = list.iter().map(|item| Common::one(ctx, item));
        let Some(mut common) = all.next() else {
            return Common::default();
        };
        for one in all {
            for (field, other) in common.fields().into_iter().zip([one.said_by, one.wording, one.tone]) {
                if *field != other {
                    field.clear();
                }
            }
        }
        common
    }

    fn fields(&mut self) -> [&mut Vec<Inline>; 3] {
        [&mut self.said_by, &mut self.wording, &mut self.tone]
    }

    fn facts(self) -> Vec<(&'static str, Vec<Inline>)> {
        vec![("said-by", self.said_by), ("wording", self.wording), ("tone", self.tone)]
    }

    /// What holds for all, as a line above the table.
    fn lead(&self, ctx: &Context) -> Option<Block> {
        let facts = [("said-by", &self.said_by), ("wording", &self.wording), ("tone", &self.tone)];
        let of_all =
            join(facts.into_iter().map(|(key, value)| table::labelled(ctx, key, value.clone())), &ctx.semicolon());
        table::paragraph(ctx, "table-lead", "", of_all)
    }

    /// What is not said of all stands with the one: "Said by: ...".
    fn own(&self, ctx: &Context, mut one: Self) -> Vec<Inline> {
        let shared = [&self.said_by, &self.wording, &self.tone].map(|field| !field.is_empty());
        for (field, shared) in one.fields().into_iter().zip(shared) {
            if shared {
                field.clear();
            }
        }
        join(one.facts().into_iter().map(|(key, value)| table::labelled(ctx, key, value)), &ctx.semicolon())
    }
}
