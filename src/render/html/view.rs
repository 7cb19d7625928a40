//! What templates see: the parts of a draft as plain data. A field that ends in `html` is ready HTML.

use serde::Serialize;

use super::inline::slug;
use crate::document::draft::{Change, ColumnKind, Node};

/// A link of the navigation.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LinkView {
    pub href: String,
    pub name: String,
    /// The name as HTML, with its number.
    pub html: String,
    pub lang: String,
    pub dir: String,
    pub current: bool,
    /// True for the page itself and for every page above it.
    pub way: bool,
    pub depth: usize,
    pub children: Vec<LinkView>,
}

#[derive(Debug, Serialize)]
pub struct NoticeView {
    pub role: String,
    pub attributes_html: String,
    pub text: String,
}

/// A heading with its blocks.
#[derive(Debug, Serialize)]
pub struct SectionView {
    pub id: String,
    pub attributes_html: String,
    pub class: String,
    /// 1 for the title of the page.
    pub level: usize,
    pub number: String,
    pub code: String,
    pub title_html: String,
    /// Links to the pages that begin right below.
    pub below: Vec<LinkView>,
    /// Name of the list of these pages, that no other list of this page has.
    pub below_title: String,
}

/// A block of any kind; what its kind does not have is empty.
#[derive(Debug, Default, Serialize)]
pub struct BlockView {
    pub kind: &'static str,
    pub attributes_html: String,
    pub class: String,
    /// `same`, `inserted`, `deleted` or `moved`.
    pub change: &'static str,
    pub number: u32,
    pub html: String,
    pub title_html: String,
    pub title: String,
    pub text: String,
    pub ordered: bool,
    pub start: u32,
    pub items: Vec<ItemView>,
    pub columns: Vec<CellView>,
    /// True for a table that a small window cannot show whole.
    pub wide: bool,
    pub image: String,
    /// Form of a figure that is drawn: `bars`, `matrix`, `tracks`, `timeline` or `map`.
    pub form: &'static str,
    /// Id of its title.
    pub id: String,
    pub svg_html: String,
    /// A chart once more, for narrow windows.
    pub narrow_html: String,
    pub mark_html: String,
    /// The way to the file with its data, or empty.
    pub data: String,
    pub facts: Vec<FactView>,
    pub entries: Vec<LinkView>,
}

#[derive(Debug, Default, Serialize)]
pub struct ItemView {
    pub attributes_html: String,
    pub class: String,
    pub change: &'static str,
    pub html: String,
}

#[derive(Debug, Default, Serialize)]
pub struct FactView {
    pub attributes_html: String,
    pub class: String,
    pub label: String,
    pub html: String,
}

#[derive(Debug, Default, Serialize)]
pub struct RowView {
    pub attributes_html: String,
    pub class: String,
    pub total: bool,
    pub cells: Vec<CellView>,
}

#[derive(Debug, Default, Serialize)]
pub struct CellView {
    pub head: bool,
    /// `text`, `number` or `code`.
    pub kind: &'static str,
    /// How many rows it stands for.
    pub rows: usize,
    /// True where the cell above it stands for it.
    pub covered: bool,
    pub html: String,
}

/// Longer texts than this wrap, also in a column of figures or codes.
const SHORT: usize = 22;

/// How a cell of a column is set: what is long is text, whatever the column holds otherwise.
pub fn kind(kind: ColumnKind, text: &str) -> &'static str {
    match kind {
        ColumnKind::Text => "text",
        _ if text.chars().count() > SHORT => "text",
        ColumnKind::Number => "number",
        ColumnKind::Code => "code",
    }
}

pub fn change(change: Change) -> &'static str {
    match change {
        Change::Same => "same",
        Change::Inserted => "inserted",
        Change::Deleted => "deleted",
        Change::Moved => "moved",
    }
}

/// Classes of a node: its role, its change, whether it stands in another language.
pub fn class(node: &Node) -> String {
    let mut words = Vec::new();
    if !node.role.is_empty() {
        words.push(format!("role-{}", slug(&node.role)));
    }
    if node.change != Change::Same {
        words.push(format!("change-{}", change(node.change)));
    }
    if node.fallback {
        words.push("fallback".to_string());
    }
    words.join(" ")
}
