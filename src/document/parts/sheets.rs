//! "What became of your input": a sheet for one region, event or Member, with its points and nobody else's.

use std::collections::{BTreeMap, BTreeSet};

use super::super::context::{Context, join, lines, words};
use super::super::draft::*;
use super::super::{labels, numbers, redline, table};
use super::consultation;
use crate::analysis;
use crate::diag::Address;
use crate::model::format::{Target, WordingKind};
use crate::model::points::{PointView, Standing};

/// For whom a sheet is; those who are not to be named share the sheet of nobody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) struct Party {
    /// `region`, `event` or `member`.
    pub kind: &'static str,
    pub id: Option<String>,
}

impl Party {
    /// Whose sheet of this kind a point stands on.
    pub fn of(kind: &'static str, point: &PointView, members: &BTreeSet<&str>) -> Self {
        let id = match kind {
            "region" => point.region,
            "event" => Some(point.event).filter(|event| !event.is_empty()),
            _ => point.suggestion.data.by.as_deref().filter(|id| members.contains(id)),
        };
        Party { kind, id: id.map(str::to_string) }
    }

    /// Name of the file without its end.
    pub fn name(&self) -> String {
        format!("{}-{}", self.kind, self.id.as_deref().unwrap_or("not-attributed"))
    }
}

/// The sheet of one party. `numbers` are those of the paragraphs in the edition, by anchor.
pub(in super::super) fn sheet(ctx: &Context, party: &Party, numbers: &BTreeMap<String, u32>) -> Section {
    let members: BTreeSet<&str> = ctx.plan.members.iter().map(|one| one.data.id.as_str()).collect();
    let all = ctx.related().all_points();
    let own: Vec<&PointView> = all.iter().filter(|point| Party::of(party.kind, point, &members) == *party).collect();
    let name = match &party.id {
        Some(id) => ctx.called(id),
        None => ctx.fixed(&format!("sheet-no-{}", party.kind)),
    };
    let mut title = words(ctx.words.fill("labelled", &[("label", &ctx.word("sheet-title"))]));
    title.extend(name);
    let mut section = table::section(ctx.node("sheet", "sheet", ""), title);
    section.level = 1;
    section.page = "sheet.html".to_string();
    section.blocks.extend(table::paragraph(ctx, "lead", "", ctx.fixed("sheet-lead")));
    section.blocks.extend(totals(ctx, &own, party));
    let sheet = Sheet { ctx, party, numbers };
    let mut before = None;
    for (index, point) in own.iter().enumerate() {
        let suggestion = point.suggestion.data.id.as_str();
        let is_next = before == Some(suggestion);
        before = Some(suggestion);
        section.sections.push(sheet.point(index + 1, point, is_next));
    }
    section
}

/// What the party said and how it stands, beside all that was said.
fn totals(ctx: &Context, own: &[&PointView], party: &Party) -> Option<Block> {
    let all = analysis::tally(ctx.related().all_points().iter());
    let own = analysis::tally(own.iter().copied());
    let mut rows = vec![
        row(
            ctx,
            "suggestions-received",
            consultation::counted(ctx, &own.received),
            consultation::counted(ctx, &all.received),
        ),
        row(ctx, "points-to-answer", consultation::counted(ctx, &own.points), consultation::counted(ctx, &all.points)),
    ];
    for (standing, whole) in &all.standings {
        let mine = own.standings.iter().find(|(one, _)| one == standing);
        let mine = mine.map_or_else(|| table::number(ctx, 0), |(_, one)| consultation::counted(ctx, one));
        let cells = vec![consultation::standing(ctx, *standing), mine, consultation::counted(ctx, whole)];
        rows.push(table::row(ctx.node("", "standing", ""), cells));
    }
    let number = ColumnKind::Number;
    let (mine, caption) = match party.id {
        Some(_) => ("sheet-own", "sheet-totals"),
        None => ("sheet-here", "sheet-totals-here"),
    };
    let heads = [(ColumnKind::Text, "disposition"), (number, mine), (number, "sheet-whole")];
    table::table(ctx, "totals", caption, &heads, rows)
}

fn row(ctx: &Context, key: &str, own: Vec<Inline>, whole: Vec<Inline>) -> Row {
    table::row(ctx.node("", key, ""), vec![ctx.fixed(key), own, whole])
}

/// What every point of a sheet needs.
struct Sheet<'s, 'a> {
    ctx: &'s Context<'a>,
    party: &'s Party,
    numbers: &'s BTreeMap<String, u32>,
}

impl Sheet<'_, '_> {
    /// One point: the words, the answer and what it changed. The words of a split suggestion stand once.
    fn point(&self, number: usize, point: &PointView, is_next: bool) -> Section {
        let ctx = self.ctx;
        let id = point.id();
        let number = numbers::print(&number.to_string(), ctx.lang);
        let title = words(ctx.words.fill("sheet-point", &[("number", &number)]));
        let mut section = table::section(ctx.node(format!("sheet_{number}"), "sheet-point", id), title);
        section.level = 2;
        let whole = &point.suggestion.data.text;
        let said = match point.part.is_some() && is_next {
            true => Vec::new(),
            false => consultation::words_said(ctx, point.suggestion, whole),
        };
        let part = point.part.map(|(_, part)| consultation::words_said(ctx, point.suggestion, &part.text));
        let event = (self.party.kind != "event" && !point.event.is_empty() && self.party.id.is_some())
            .then(|| ctx.called(point.event));
        let answer = point.disposition();
        let withheld = point.standing() == Standing::Withheld;
        let cluster = point.cluster.filter(|_| point.own_disposition().is_none() && answer.is_some());
        let mut facts = vec![
            (words_label(point, self.party), ctx.marked(said, point.basis())),
            ("point", ctx.marked(part.unwrap_or_default(), point.basis())),
            ("event", event.unwrap_or_default()),
            (
                "disposition",
                ctx.marked(
                    consultation::words_of(ctx, answer, withheld),
                    point.answer_basis().filter(|_| answer.is_some()),
                ),
            ),
            ("reason", ctx.marked(consultation::reason(ctx, answer), point.answer_basis())),
            ("cluster", cluster.map(|one| ctx.inlines(&one.data.title)).unwrap_or_default()),
        ];
        // A Member reads its own reply; on other sheets it would tell who spoke.
        let replies = point
            .replies()
            .iter()
            .filter(|reply| self.party.kind == "member" && reply.by.as_deref() == self.party.id.as_deref());
        let replies = replies.map(|reply| {
            let verdict = ctx.fixed(&format!("verdict-{}", reply.verdict.word()));
            let said = join([verdict, ctx.date_opt(reply.date.as_ref()), ctx.opt(reply.text.as_ref())], ", ");
            ctx.marked(said, reply.basis)
        });
        facts.push(("reply", lines(replies)));
        for target in answer.into_iter().flat_map(|answer| &answer.targets) {
            facts.push(("changed", self.place(target)));
            facts.push(("wording-since", self.redline(target)));
        }
        section.blocks.extend(table::facts(ctx, id, facts));
        section
    }

    /// What was changed, with the number of the paragraph, as a link into the edition.
    fn place(&self, target: &Target) -> Vec<Inline> {
        let Ok(address) = target.address.parse::<Address>() else { return Vec::new() };
        let mut out = consultation::item_changed(self.ctx, &address.item);
        let part = address.block.as_ref().or(address.fields.first());
        let anchor = part.map(|part| format!("{}_{part}", address.item));
        if let Some((anchor, number)) = anchor.and_then(|anchor| Some((anchor.clone(), self.numbers.get(&anchor)?))) {
            let text = self.ctx.words.fill("in-paragraph", &[("number", &number.to_string())]);
            out.push(Inline::Reference { target: anchor, inlines: words(text) });
        }
        out
    }

    /// The old and the new words in one, with what changed marked, in the language in which they stand in the plan.
    fn redline(&self, target: &Target) -> Vec<Inline> {
        let (before, after) = (target.before.as_deref(), target.after.as_deref());
        let (Some(before), Some(after)) = (before, after) else { return Vec::new() };
        let lang = target.address.parse::<Address>().ok().and_then(|one| one.lang);
        let lang = lang.unwrap_or_else(|| self.ctx.source.to_string());
        let node = |change: Change| Node {
            lang: lang.clone(),
            dir: labels::dir(&lang).to_string(),
            role: "cited".to_string(),
            change,
            ..Node::default()
        };
        let spaced = |text: &str| text.split('\n').collect::<Vec<_>>().join(" ");
        let mut out: Vec<Inline> = Vec::new();
        let mut closed = true;
        for (kind, text) in redline::runs(before, after) {
            // What was and what is must not run together.
            if !closed && kind == Change::Inserted && !text.starts_with(char::is_whitespace) {
                out.push(Inline::text(" "));
            }
            closed = kind != Change::Deleted || text.ends_with(char::is_whitespace);
            out.push(Inline::Span { node: node(kind), inlines: vec![Inline::text(spaced(&text))] });
        }
        out
    }
}

/// Whose words they are: only what was kept word for word is called the party's own.
fn words_label(point: &PointView, party: &Party) -> &'static str {
    match (point.suggestion.data.wording, &party.id) {
        (WordingKind::Verbatim, Some(_)) => "words-said",
        (WordingKind::Verbatim, None) => "words-verbatim",
        (WordingKind::Summary | WordingKind::Paraphrase, Some(_)) => "words-noted",
        (WordingKind::Summary | WordingKind::Paraphrase, None) => "words-in-short",
    }
}
