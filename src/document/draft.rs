//! The `Draft`: one edition, for one audience, in one language, numbered and linked. The only thing that templates see.
//!
//! Plain data: every word that a reader sees is in it, no markup. Templates choose looks by `role`. Its JSON has a
//! version, `draft: 1`; a change that breaks a template goes under *Templates* in the changelog.

use serde::{Deserialize, Serialize};

pub use super::drawing::Drawing;

/// One edition in one language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Version of this shape.
    pub draft: u32,
    /// Id of the edition: names the folder, never printed.
    pub edition: String,
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// Title of the document, as in the document properties.
    pub title: String,
    /// Lines that every reader must see first: the notice of fallback, then the marking of the plan.
    pub notices: Vec<Notice>,
    pub cover: Cover,
    pub running: Running,
    /// What stands on the first page of the HTML version, between the cover and the contents: the strategic map.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub front: Vec<Block>,
    /// Chapters in order. Each begins on a new page.
    pub chapters: Vec<Section>,
    /// Fixed words of the document in this language, by key.
    pub words: std::collections::BTreeMap<String, String>,
    /// The same edition in the other languages: tag and name of the language in itself.
    pub languages: Vec<LanguageLink>,
    /// What is written of this edition: `pdf`, `html`.
    #[serde(default)]
    pub formats: Vec<String>,
    pub noindex: bool,
    /// ISO date of the document, for document properties.
    pub date: String,
    /// Images that figures name, by path under `plan/`.
    #[serde(skip)]
    pub images: std::collections::BTreeMap<String, std::sync::Arc<[u8]>>,
}

/// A sentence at the head of every page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// `fallback` or `marking`.
    pub role: String,
    pub lang: String,
    pub dir: String,
    pub text: String,
}

/// A language in which this edition exists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LanguageLink {
    pub lang: String,
    /// Its name in itself: "Français".
    pub name: String,
    pub current: bool,
}

/// The cover, as data; empty texts are left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cover {
    /// Name of the organisation in each official language, with the line "established ..." of that language.
    pub organisations: Vec<CoverName>,
    /// Document symbol: "SP0000E1a".
    pub symbol: Phrase,
    pub body: Phrase,
    /// "80th Session"
    pub session: Phrase,
    /// Place and dates of the meeting.
    pub meeting: Phrase,
    pub agenda_item: Phrase,
    /// Place and date of the document.
    pub issued: Phrase,
    pub stage: Phrase,
    /// Name of the edition.
    pub edition: Phrase,
    /// Who may read.
    pub audience: Phrase,
    pub title: Phrase,
    pub subtitle: Phrase,
    pub period: Phrase,
    pub purpose: Phrase,
    pub action_required: Phrase,
    pub annexes: Vec<Phrase>,
}

impl Cover {
    /// Its lines in the language of the draft; the organisation stands apart, in every official language.
    pub fn lines(&self) -> impl Iterator<Item = &Phrase> {
        let lines = [
            &self.body,
            &self.session,
            &self.meeting,
            &self.agenda_item,
            &self.issued,
            &self.stage,
            &self.edition,
            &self.audience,
            &self.title,
            &self.subtitle,
            &self.period,
            &self.purpose,
            &self.action_required,
        ];
        lines.into_iter().chain(&self.annexes)
    }
}

/// The organisation in one language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CoverName {
    pub name: Phrase,
    pub established: Phrase,
}

/// A text without inline structure, in the language in which it is there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Phrase {
    pub text: String,
    pub lang: String,
    pub dir: String,
    /// True when `lang` is not the language asked for.
    pub fallback: bool,
    /// Word for the basis ("illustrative"), if it must be marked; empty otherwise.
    pub mark: String,
    /// Id of the node that it names, or empty.
    #[serde(default)]
    pub target: String,
}

/// What stands at the head and foot of each page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Running {
    pub symbol: String,
    pub stage: String,
    pub marking: String,
    pub title: String,
}

/// Whether and how a node differs from an earlier draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    #[default]
    Same,
    Inserted,
    Deleted,
    Moved,
}

/// Role of the span in a link to a paragraph in whose words `{number}` becomes the number of that paragraph.
pub const PARAGRAPH_NUMBER: &str = "paragraph-number";

/// What every node of the tree has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Permanent anchor, unique in the draft: an item id, `<owner>_<key>` for a block; empty for none.
    pub id: String,
    /// Language and direction of the words below.
    pub lang: String,
    pub dir: String,
    /// True when `lang` is not the language asked for.
    pub fallback: bool,
    pub change: Change,
    /// What it is, for looks: `element`, `card`, `basis-note`, `open-matter` ...
    pub role: String,
    /// Address of the text in the plan; used to tell a fault of rendering at its source. Never printed.
    pub origin: String,
}

/// A chapter or section.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    pub node: Node,
    /// 1 for a chapter.
    pub level: u8,
    /// Printed number of the section ("2.3"), or empty.
    pub number: String,
    /// Printed code of the item ("SO1"), or empty.
    pub code: String,
    pub title: Vec<Inline>,
    /// The title as plain text, for bookmarks, navigation and document properties.
    pub plain_title: String,
    /// Path of the HTML page that begins here ("elements/trade-facilitation.html"); empty if it stands on the page of
    /// the section above.
    pub page: String,
    pub blocks: Vec<Block>,
    pub sections: Vec<Section>,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A paragraph; `number` is its running number in the edition, 0 for none.
    Paragraph {
        node: Node,
        number: u32,
        inlines: Vec<Inline>,
    },
    /// A list; `start` is the first number of an ordered one.
    List {
        node: Node,
        ordered: bool,
        start: u32,
        items: Vec<ListItem>,
    },
    /// A table with one head row.
    Table(Table),
    /// A picture with its alternative text.
    Figure {
        node: Node,
        image: String,
        alternative: String,
        caption: Vec<Inline>,
    },
    /// A chart or the strategic map.
    Drawing(Drawing),
    Quote {
        node: Node,
        blocks: Vec<Block>,
    },
    Code {
        node: Node,
        text: String,
    },
    /// Labels with values: the facts of an item.
    Facts {
        node: Node,
        facts: Vec<Fact>,
    },
    /// A box set apart: a proposal, a note, an open matter.
    Box {
        node: Node,
        title: Vec<Inline>,
        blocks: Vec<Block>,
    },
    /// The contents list of the whole document. PDF: Typst's own outline; HTML: the list of pages.
    Contents {
        node: Node,
        title: String,
    },
    Rule {
        node: Node,
    },
}

impl Block {
    /// What it has in common with every other block.
    pub fn node(&self) -> &Node {
        match self {
            Block::Table(table) => &table.node,
            Block::Drawing(drawing) => &drawing.node,
            Block::Paragraph { node, .. }
            | Block::List { node, .. }
            | Block::Figure { node, .. }
            | Block::Quote { node, .. }
            | Block::Code { node, .. }
            | Block::Facts { node, .. }
            | Block::Box { node, .. }
            | Block::Contents { node, .. }
            | Block::Rule { node } => node,
        }
    }
}

/// One entry of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListItem {
    pub node: Node,
    pub blocks: Vec<Block>,
}

/// A label with its value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    pub node: Node,
    pub label: String,
    pub value: Vec<Inline>,
}

/// A table: typed columns, one head row, rows of cells, an optional row of totals.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub node: Node,
    /// What it is called where it has no caption of its own: the heading above it. Not printed.
    #[serde(default)]
    pub name: String,
    /// Printed above it; empty where the heading says it already.
    pub caption: Vec<Inline>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
    /// Words: set to the start, wraps.
    #[default]
    Text,
    /// Figures: set to the end.
    Number,
    /// Codes and dates: short, does not wrap.
    Code,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Column {
    pub kind: ColumnKind,
    pub title: Vec<Inline>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub node: Node,
    /// True for a row of totals.
    pub total: bool,
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// True when it heads its row.
    pub head: bool,
    pub inlines: Vec<Inline>,
    /// How many rows below have the same cell; it is printed once for all of them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub below: usize,
    /// True where the cell above it is printed for this row too. It holds the same words, which are not printed again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub covered: bool,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Inline {
    Text {
        text: String,
    },
    Emphasis {
        inlines: Vec<Inline>,
    },
    Strong {
        inlines: Vec<Inline>,
    },
    Strike {
        inlines: Vec<Inline>,
    },
    Code {
        text: String,
    },
    /// A link to the outside.
    Link {
        url: String,
        inlines: Vec<Inline>,
    },
    /// A link to a node of this draft, by its id.
    Reference {
        target: String,
        inlines: Vec<Inline>,
    },
    Break,
    /// A run in another language, or with a change mark or a role of its own.
    Span {
        node: Node,
        inlines: Vec<Inline>,
    },
    /// The mark of a basis, an open matter or a fallback behind what it marks: a word, never a picture.
    Mark {
        role: String,
        text: String,
    },
    /// A footnote.
    Note {
        node: Node,
        inlines: Vec<Inline>,
    },
}

impl Inline {
    pub fn text(text: impl Into<String>) -> Self {
        Inline::Text { text: text.into() }
    }
}

/// The words of `inlines` without any structure.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    plain_into(inlines, &mut out);
    out
}

fn plain_into(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } => out.push_str(text),
            Inline::Emphasis { inlines }
            | Inline::Strong { inlines }
            | Inline::Strike { inlines }
            | Inline::Link { inlines, .. }
            | Inline::Reference { inlines, .. }
            | Inline::Span { inlines, .. } => plain_into(inlines, out),
            Inline::Break => out.push(' '),
            Inline::Mark { text, .. } => {
                out.push_str(" (");
                out.push_str(text);
                out.push(')');
            }
            Inline::Note { .. } => {}
        }
    }
}
