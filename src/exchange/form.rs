//! The form in which a delegation comments on an edition: one row for each numbered paragraph.

use std::collections::BTreeMap;

use super::book::{Book, CELL, Column, Look, Row, Sheet, Tag};
use crate::document::draft::{Block, Draft, Section, plain};
use crate::document::fill;
use crate::model::fingerprint;

/// What the table of a form calls itself in its [`Tag`].
pub const KIND: &str = "form";

/// Keys of the columns that an import reads.
pub const PRESENT: &str = "present";
pub const PROPOSED: &str = "proposed";
pub const REASON: &str = "reason";
pub const ADDRESS: &str = "address";
pub const PRINT: &str = "fingerprint";

/// What stands in the column [`ADDRESS`] of rows that hold no paragraph; no address looks so.
pub const DELEGATION: &str = ":delegation";
pub const NAMED: &str = ":named";
pub const GENERAL: &str = ":general";
const TEXT: &str = ":text";

/// As what a party may be named: its word in the format, which is also the end of its label.
pub const NAMED_AS: [&str; 3] = ["member", "region", "nobody"];

/// Rows for comments on no paragraph in particular.
const GENERAL_ROWS: usize = 12;

/// The form for `draft`, which is cut to its audience already; `event` is where an import will put what comes back.
pub fn form(draft: &Draft, event: Option<&str>) -> Book {
    let tag = Tag::new(KIND, &[("edition", &draft.edition), ("lang", &draft.lang), ("event", event.unwrap_or(""))]);
    let table = Sheet { name: word(draft, "form-sheet"), columns: columns(&tag), rows: rows(draft) };
    Book {
        title: title(draft),
        dir: draft.dir.clone(),
        date: day(&draft.date),
        sheets: vec![table, instructions(draft)],
    }
}

/// Fingerprints of the paragraphs as they stand in `draft`, by address.
pub fn prints(draft: &Draft) -> BTreeMap<String, String> {
    let paragraphs = paragraphs(draft);
    paragraphs.into_iter().map(|one| (one.address.to_string(), fingerprint::of(&one.text))).collect()
}

/// The year, month and day of an ISO date.
pub(super) fn day(date: &str) -> Option<(u16, u8, u8)> {
    let mut parts = date.split('-');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

fn word(draft: &Draft, key: &str) -> String {
    draft.words.get(key).cloned().unwrap_or_default()
}

fn title(draft: &Draft) -> String {
    fill(&word(draft, "form-title"), &[("title", &draft.title)])
}

fn columns(tag: &Tag) -> Vec<Column> {
    let column = |key: &str, width: f64, input: bool, hidden: bool| Column {
        key: key.to_string(),
        width,
        input,
        hidden,
        list: Vec::new(),
    };
    vec![
        column("number", 11.0, false, false),
        column("section", 28.0, false, false),
        column(PRESENT, 60.0, false, false),
        column(PROPOSED, 60.0, true, false),
        column(REASON, 40.0, true, false),
        column(ADDRESS, 20.0, false, true),
        column(PRINT, 20.0, false, true),
        column(&tag.to_string(), 20.0, false, true),
    ]
}

fn rows(draft: &Draft) -> Vec<Row> {
    let word = |key: &str| word(draft, key);
    let head = |look: Look, cells: [String; 5]| row(look, cells, TEXT, "");
    let label = |key: &str, address: &str, list: Vec<String>| Row {
        input: Some((2, list)),
        ..row(Look::Label, [String::new(), word(key), String::new(), String::new(), String::new()], address, "")
    };
    let named = NAMED_AS.map(|one| word(&format!("form-named-{one}"))).to_vec();
    let headings = ["paragraph", "section", "form-present", "form-proposed", "reason"].map(word);
    let notices = draft.notices.iter().map(|notice| {
        let cells = [notice.text.clone(), String::new(), String::new(), String::new(), String::new()];
        // A long cell would make its narrow column high: it runs over the empty ones beside it.
        Row { look: Look::Label, ..head(Look::Note, cells) }
    });
    let mut rows = vec![head(Look::Title, [title(draft), String::new(), String::new(), String::new(), String::new()])];
    rows.extend(notices);
    rows.push(label("form-delegation", DELEGATION, Vec::new()));
    rows.push(label("form-named", NAMED, named));
    rows.push(head(Look::Heading, headings));
    rows.extend(paragraphs(draft).into_iter().map(|one| {
        let number = one.number.to_string();
        let print = fingerprint::of(&one.text);
        row(Look::Body, [number, one.section, one.text, String::new(), String::new()], one.address, &print)
    }));
    let general = [String::new(), word("form-general"), String::new(), String::new(), String::new()];
    rows.extend((0..GENERAL_ROWS).map(|_| row(Look::Body, general.clone(), GENERAL, "")));
    rows
}

fn row(look: Look, cells: [String; 5], address: &str, print: &str) -> Row {
    let hidden = [address.to_string(), print.to_string()];
    Row { look, cells: cells.into_iter().chain(hidden).collect(), input: None }
}

/// The sheet that explains, in the language of the draft.
fn instructions(draft: &Draft) -> Sheet {
    let note = |text: String| Row { look: Look::Note, cells: vec![text], input: None };
    let places = [
        ("sheet", word(draft, "form-sheet")),
        ("proposed", word(draft, "form-proposed")),
        ("reason", word(draft, "reason")),
    ];
    let places: Vec<(&str, &str)> = places.iter().map(|(key, text)| (*key, text.as_str())).collect();
    let title = Row { look: Look::Title, cells: vec![title(draft)], input: None };
    let notices = draft.notices.iter().map(|notice| note(notice.text.clone()));
    let help = (1..=6).map(|n| note(fill(&word(draft, &format!("form-help-{n}")), &places)));
    Sheet {
        name: word(draft, "form-help"),
        columns: vec![Column { width: 100.0, ..Column::default() }],
        rows: std::iter::once(title).chain(notices).chain(help).collect(),
    }
}

/// A numbered paragraph of a draft.
struct Paragraph<'d> {
    number: u32,
    /// Number, code and title of the section in which it stands.
    section: String,
    text: String,
    address: &'d str,
}

fn paragraphs(draft: &Draft) -> Vec<Paragraph<'_>> {
    let mut out = Vec::new();
    draft.chapters.iter().for_each(|chapter| collect(chapter, &mut out));
    out
}

fn collect<'d>(section: &'d Section, out: &mut Vec<Paragraph<'d>>) {
    let heading = [section.number.as_str(), section.code.as_str(), section.plain_title.as_str()];
    let heading = heading.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    for block in &section.blocks {
        if let Block::Paragraph { node, number, inlines } = block
            && *number > 0
        {
            let text = shortened(plain(inlines));
            out.push(Paragraph { number: *number, section: heading.clone(), text, address: &node.origin });
        }
    }
    section.sections.iter().for_each(|inner| collect(inner, out));
}

/// As much of a text as a cell holds.
pub(super) fn shortened(text: String) -> String {
    match text.char_indices().nth(CELL - 1) {
        Some((at, _)) if text[at..].chars().nth(1).is_some() => format!("{}…", &text[..at]),
        _ => text,
    }
}
