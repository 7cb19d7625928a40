//! A map as a figure: rows of boxes, arrows, the same in words, and as a file.

use std::collections::BTreeMap;

use super::super::super::context::Context;
use super::super::super::draft::*;
use super::super::super::drawing::{self, Arrow, Csv, Drawing, Label, MapBox, MapGroup, MapRow, Picture};
use super::short;
use crate::analysis::basis_of;
use crate::analysis::map::{self, Difference, Row as LaidRow, Shape, Spot};
use crate::model::format::Basis;

/// How a map is shown.
#[derive(Default)]
pub(super) struct View<'v> {
    /// Anchor of the figure.
    pub id: &'v str,
    /// Name of the file with its data; empty for none.
    pub file: &'v str,
    pub title: Vec<Inline>,
    /// What is said of single boxes, by their ids.
    pub notes: BTreeMap<&'v str, String>,
    /// Key of the word for what is not there; that for what is gone, if empty.
    pub gone: &'v str,
}

impl View<'_> {
    /// The word for a change.
    fn word(&self, ctx: &Context, change: Change) -> String {
        match change {
            Change::Deleted if !self.gone.is_empty() => ctx.word(self.gone),
            _ => ctx.word(changed_word(change)),
        }
    }
}

/// The figure; nothing without a box.
pub(super) fn map(ctx: &Context, shape: &Shape, view: View) -> Option<Block> {
    let rows = map::rows(ctx.plan, &shape.boxes);
    if rows.is_empty() {
        return None;
    }
    let marks = Marks::of(ctx, shape);
    let picture = drawing::Map {
        rows: rows.iter().map(|row| laid(ctx, row, &view, &marks)).collect(),
        arrows: shape
            .arrows
            .iter()
            .map(|one| Arrow { from: one.from.to_string(), to: one.to.to_string(), change: change(one.difference) })
            .collect(),
        band: band(ctx, shape, &marks),
        words: Box::new(drawing::ChangeWords {
            inserted: view.word(ctx, Change::Inserted),
            deleted: view.word(ctx, Change::Deleted),
            moved: view.word(ctx, Change::Moved),
        }),
    };
    let csv = match view.file.is_empty() {
        true => Csv::default(),
        false => Csv { name: view.file.to_string(), rows: data(ctx, shape, &rows, &view) },
    };
    Some(Block::Drawing(Drawing {
        node: ctx.node(view.id, "map", ""),
        alternative: alternative(ctx, &view, &picture, shape),
        title: view.title,
        mark: marks.figure,
        picture: Picture::Map(picture),
        csv,
    }))
}

/// The words for the basis of the whole, and whether single boxes need their own.
struct Marks {
    figure: String,
    /// True when the mark of the figure holds for every box.
    of_all: bool,
}

/// True where anything on the map is illustrative, and with it the whole.
pub(super) fn is_made_up(shape: &Shape) -> bool {
    let boxes = shape.boxes.iter().map(|one| one.basis).chain(shape.band.iter().map(|item| basis_of(*item)));
    boxes.chain(shape.arrows.iter().map(|one| one.basis)).any(|basis| basis == Some(Basis::Illustrative))
}

impl Marks {
    fn of(ctx: &Context, shape: &Shape) -> Self {
        let boxes = shape.boxes.iter().map(|one| one.basis).chain(shape.band.iter().map(|item| basis_of(*item)));
        let boxes: Vec<Option<Basis>> = boxes.collect();
        let is_made_up = |basis: &Option<Basis>| *basis == Some(Basis::Illustrative);
        let any = self::is_made_up(shape);
        let figure = if any { ctx.word("basis-illustrative") } else { String::new() };
        Marks { figure, of_all: any && boxes.iter().all(is_made_up) }
    }

    fn label(&self, ctx: &Context, basis: Option<Basis>) -> String {
        match ctx.mark(basis) {
            Some(Inline::Mark { text, .. }) if !self.of_all => text,
            _ => String::new(),
        }
    }
}

pub(super) fn change(difference: Difference) -> Change {
    match difference {
        Difference::Added => Change::Inserted,
        Difference::Removed => Change::Deleted,
        Difference::Moved => Change::Moved,
        // A box that is in no row now is there still: its note says so.
        Difference::Same | Difference::Renamed | Difference::Undrawn => Change::Same,
    }
}

fn laid(ctx: &Context, row: &LaidRow, view: &View, marks: &Marks) -> MapRow {
    let layer = row.layer;
    let groups = row.groups.iter().map(|(group, boxes)| {
        let label = group.map(|group| Label {
            text: ctx.say(&group.title).text,
            target: group.id.to_string(),
            mark: marks.label(ctx, group.basis.or(layer.file_basis)),
            lang: ctx.other_lang(&group.title),
        });
        let boxes = boxes.iter().map(|one| boxed(ctx, one, view, marks)).collect();
        MapGroup { label: label.unwrap_or_default(), boxes }
    });
    let name = if row_count(row) == 1 { &layer.data.name } else { &layer.data.plural };
    let label = Label {
        text: ctx.say(name).text,
        lang: ctx.other_lang(name),
        target: layer.data.id.to_string(),
        mark: marks.label(ctx, basis_of(layer)),
    };
    MapRow { label, groups: groups.collect() }
}

fn row_count(row: &LaidRow) -> usize {
    row.groups.iter().map(|(_, boxes)| boxes.len()).sum()
}

fn boxed(ctx: &Context, one: &Spot, view: &View, marks: &Marks) -> MapBox {
    MapBox {
        id: one.id.to_string(),
        code: one.element.map(|item| ctx.code_text(item.data.code.as_ref())).unwrap_or_default(),
        label: Label {
            text: ctx.say(one.title).text,
            target: one.id.to_string(),
            mark: marks.label(ctx, one.basis),
            lang: ctx.other_lang(one.title),
        },
        note: view.notes.get(one.id).cloned().unwrap_or_default(),
        change: change(one.difference),
    }
}

fn band(ctx: &Context, shape: &Shape, marks: &Marks) -> Option<MapRow> {
    let boxes = shape.band.iter().map(|item| MapBox {
        id: item.data.id.to_string(),
        code: ctx.code_text(item.data.code.as_ref()),
        label: Label {
            text: ctx.say(&item.data.title).text,
            target: item.data.id.to_string(),
            mark: marks.label(ctx, basis_of(*item)),
            lang: ctx.other_lang(&item.data.title),
        },
        ..MapBox::default()
    });
    let boxes: Vec<MapBox> = boxes.collect();
    let label = Label { text: ctx.word("priorities"), target: "part-priorities".to_string(), ..Label::default() };
    (!boxes.is_empty()).then(|| MapRow { label, groups: vec![MapGroup { label: Label::default(), boxes }] })
}

/// "Strategic map. 4 rows, from the top. Strategic Goal: SG1 ... Arrows: SO1 supports SG1; ..."
fn alternative(ctx: &Context, view: &View, picture: &drawing::Map, shape: &Shape) -> String {
    let fill = |key: &str, places: &[(&str, &str)]| ctx.words.fill(key, places);
    let count = picture.rows.len().to_string();
    let mut out = vec![fill("map-alt-title", &[("title", &plain(&view.title)), ("count", &count)])];
    for row in picture.rows.iter().chain(&picture.band) {
        let groups = row.groups.iter().map(|group| {
            let boxes: Vec<String> = group.boxes.iter().map(|one| said(ctx, view, one)).collect();
            let boxes = boxes.join(&ctx.semicolon());
            match group.label.text.is_empty() {
                true => boxes,
                false => fill("map-alt-group", &[("group", &group.label.text), ("boxes", &boxes)]),
            }
        });
        let groups = groups.collect::<Vec<_>>().join(&ctx.semicolon());
        out.push(fill("map-alt-row", &[("row", &row.label.text), ("boxes", &groups)]));
    }
    let arrows: Vec<String> = shape
        .arrows
        .iter()
        .map(|one| {
            let [from, to] = [one.from, one.to].map(|id| short(ctx, shape, id));
            let text = fill("map-alt-supports", &[("from", &from), ("to", &to)]);
            with_note(text, &view.word(ctx, change(one.difference)))
        })
        .collect();
    if !arrows.is_empty() {
        out.push(fill("map-alt-arrows", &[("arrows", &arrows.join(&ctx.semicolon()))]));
    }
    out.join(" ")
}

/// A box in words: code, title, what is said of it.
fn said(ctx: &Context, view: &View, one: &MapBox) -> String {
    let mut text = one.label.text.clone();
    if !one.code.is_empty() {
        text = format!("{}\u{a0}{text}", one.code);
    }
    let notes = [one.label.mark.clone(), view.word(ctx, one.change), one.note.clone()];
    let notes: Vec<String> = notes.into_iter().filter(|note| !note.is_empty()).collect();
    with_note(text, &notes.join(", "))
}

fn with_note(text: String, note: &str) -> String {
    if note.is_empty() { text } else { format!("{text} ({note})") }
}

fn changed_word(change: Change) -> &'static str {
    match change {
        Change::Same => "",
        Change::Inserted => "map-added",
        Change::Deleted => "map-removed",
        Change::Moved => "map-moved",
    }
}

/// One line for each box, with what it supports.
fn data(ctx: &Context, shape: &Shape, rows: &[LaidRow], view: &View) -> Vec<Vec<String>> {
    let heads = ["layer", "map-group", "code", "title", "links", "map-change", "note", "basis"];
    let mut out = vec![heads.iter().map(|key| ctx.word(key)).collect::<Vec<String>>()];
    for row in rows {
        for (group, one) in row.groups.iter().flat_map(|(group, boxes)| boxes.iter().map(move |one| (group, one))) {
            let supported: Vec<String> = shape
                .arrows
                .iter()
                .filter(|arrow| arrow.from == one.id && arrow.difference != Difference::Removed)
                .map(|arrow| short(ctx, shape, arrow.to))
                .collect();
            out.push(vec![
                ctx.say(&row.layer.data.name).text,
                group.map(|group| ctx.say(&group.title).text).unwrap_or_default(),
                one.element.map(|item| ctx.code_text(item.data.code.as_ref())).unwrap_or_default(),
                ctx.say(one.title).text,
                supported.join(&ctx.semicolon()),
                view.word(ctx, change(one.difference)),
                view.notes.get(one.id).cloned().unwrap_or_default(),
                one.basis.map(|basis| ctx.word(&format!("basis-{}", basis.word()))).unwrap_or_default(),
            ]);
        }
    }
    out
}
