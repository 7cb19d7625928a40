//! Words as Typst markup and as Typst literals.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::document::draft::{Inline, Node, plain};

/// Writes `text` so that Typst reads it as that text: a backslash before every ASCII punctuation character, a space
/// for whatever Typst would take as the end of a line.
pub fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if is_line_end(c) {
            out.write_all(&text.as_bytes()[plain..at])?;
            out.write_all(b" ")?;
            plain = end;
        } else if c.is_ascii_punctuation() {
            out.write_all(&text.as_bytes()[plain..at])?;
            out.write_all(b"\\")?;
            plain = at;
        }
    }
    out.write_all(&text.as_bytes()[plain..])
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// `text` as markup.
pub fn markup(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + text.len() / 8);
    // Writing to memory cannot fail, and whole characters go in.
    let _ = escape(text, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// `text` as a string literal, quotes included. Line ends stay: code has them.
pub fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            c if is_line_end(c) => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A node as a Typst dictionary. `lang` is the language of the document: a node in that language names none.
pub fn node(node: &Node, lang: &str) -> String {
    let change = match node.change {
        crate::document::draft::Change::Same => "same",
        crate::document::draft::Change::Inserted => "inserted",
        crate::document::draft::Change::Deleted => "deleted",
        crate::document::draft::Change::Moved => "moved",
    };
    let own = if node.lang == lang { "" } else { &node.lang };
    format!(
        "(id: {}, lang: {}, dir: {}, fallback: {}, change: \"{change}\", role: {})",
        literal(&node.id),
        literal(own),
        literal(if node.dir == "rtl" { "rtl" } else { "ltr" }),
        node.fallback,
        literal(&node.role),
    )
}

/// Pieces of a line as markup. A `title` has no anchors and no footnotes: it is printed again in the contents.
/// `targets` are the ids to which a link can lead.
pub fn inlines(list: &[Inline], lang: &str, title: bool, targets: &BTreeSet<String>) -> String {
    let mut out = String::new();
    Pieces { lang, title, targets }.write(list, &mut out);
    out
}

/// Where a link leads, for those who do not see it; no longer than one would listen to.
fn name(inlines: &[Inline]) -> String {
    plain(inlines).chars().map(|c| if c.is_control() { ' ' } else { c }).take(120).collect()
}

struct Pieces<'a> {
    lang: &'a str,
    title: bool,
    targets: &'a BTreeSet<String>,
}

impl Pieces<'_> {
    fn write(&self, list: &[Inline], out: &mut String) {
        let Pieces { lang, title, targets } = *self;
        let wrapped = |head: &str, list: &[Inline], out: &mut String| {
            out.push_str(head);
            out.push('[');
            self.write(list, out);
            out.push_str("];");
        };
        for inline in list {
            match inline {
                Inline::Text { text } => out.push_str(&markup(text)),
                Inline::Emphasis { inlines } => wrapped("#emph", inlines, out),
                Inline::Strong { inlines } => wrapped("#strong", inlines, out),
                Inline::Strike { inlines } => wrapped("#strike", inlines, out),
                Inline::Code { text } => {
                    out.push_str("#code(");
                    out.push_str(&literal(text));
                    out.push_str(");");
                }
                Inline::Link { inlines, .. } | Inline::Reference { inlines, .. } if title => {
                    self.write(inlines, out);
                }
                Inline::Link { url, inlines } if url.is_empty() => self.write(inlines, out),
                Inline::Link { url, inlines } => {
                    wrapped(&format!("#outside({})", literal(url)), inlines, out);
                }
                Inline::Reference { target, inlines } if !targets.contains(target) => {
                    self.write(inlines, out);
                }
                Inline::Reference { target, inlines } => {
                    wrapped(&format!("#to({}, name: {})", literal(target), literal(&name(inlines))), inlines, out);
                }
                Inline::Break if title => out.push(' '),
                Inline::Break => out.push_str("#linebreak();"),
                Inline::Span { node: own, inlines } => {
                    let head = if title {
                        let bare = Node { id: String::new(), ..own.clone() };
                        format!("#run({})", node(&bare, lang))
                    } else {
                        format!("#run({})", node(own, lang))
                    };
                    wrapped(&head, inlines, out);
                }
                Inline::Mark { role, text } => {
                    out.push_str(&format!("#mark({})[{}];", literal(role), markup(text)));
                }
                Inline::Note { .. } if title => {}
                Inline::Note { node: own, inlines } => {
                    wrapped(&format!("#note({})", node(own, lang)), inlines, out);
                }
            }
        }
    }
}
