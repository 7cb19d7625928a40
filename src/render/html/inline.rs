//! Lines of text as safe HTML. Nothing a reader wrote can become markup here: every text and attribute is escaped, and
//! characters that cannot be printed are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use crate::document::draft::{Change, Inline, Node, Phrase};

/// True for characters that HTML must not hold.
fn unprintable(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\x7f'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

/// Appends `text`, escaped for text and for quoted attributes.
pub fn escape_into(text: &str, out: &mut String) {
    let special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'') || unprintable(c);
    let mut rest = text;
    while let Some(at) = rest.find(special) {
        out.push_str(&rest[..at]);
        let c = rest[at..].chars().next().unwrap_or_default();
        out.push_str(match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            _ => "",
        });
        rest = &rest[at + c.len_utf8()..];
    }
    out.push_str(rest);
}

/// `text`, escaped for text and for quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(text, &mut out);
    out
}

/// The same as the escape function of the templates.
pub fn tera_escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(escape(text).as_bytes())
}

/// A word as part of a class name.
pub fn slug(word: &str) -> String {
    word.chars()
        .map(|c| match c.to_ascii_lowercase() {
            c @ ('a'..='z' | '0'..='9' | '-') => c,
            _ => '-',
        })
        .collect()
}

/// A link to the outside, if it is one that is allowed.
fn outside(url: &str) -> Option<&str> {
    let url = url.trim();
    let scheme = url.split_once(':')?.0.to_ascii_lowercase();
    let allowed = matches!(scheme.as_str(), "http" | "https" | "mailto");
    let clean = !url.chars().any(|c| unprintable(c) || c.is_whitespace());
    (allowed && clean).then_some(url)
}

/// A relative link from one file to another, both by path.
pub fn relative(from: &str, to: &str) -> String {
    let mut from: Vec<&str> = from.split('/').collect();
    from.pop();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut out = "../".repeat(from.len() - shared);
    out.push_str(&to[shared..].join("/"));
    out
}

/// Writes the texts of one page.
pub struct Writer<'a> {
    /// Path of the page under `html/`.
    pub path: &'a str,
    /// Where each id of the draft stands: the path of its page.
    pub targets: &'a BTreeMap<&'a str, String>,
    pub words: &'a BTreeMap<String, String>,
    /// Ids that stand on this page already.
    pub used: BTreeSet<String>,
    /// Footnotes of this page, as HTML.
    pub notes: Vec<String>,
    /// Names of the regions of this page so far.
    landmarks: BTreeSet<String>,
    in_link: bool,
    /// How many figures were drawn on this page.
    pub figures: usize,
}

impl<'a> Writer<'a> {
    /// A name for a region that no other region of this page has: a second "Activities" is "Activities (2)".
    pub fn landmark(&mut self, name: &str) -> String {
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        let free = std::iter::once(name.to_string()).chain(numbered).find(|it| !self.landmarks.contains(it));
        let free = free.unwrap_or_default();
        self.landmarks.insert(free.clone());
        free
    }

    pub fn new(path: &'a str, targets: &'a BTreeMap<&'a str, String>, words: &'a BTreeMap<String, String>) -> Self {
        Writer {
            path,
            targets,
            words,
            used: BTreeSet::new(),
            notes: Vec::new(),
            landmarks: BTreeSet::new(),
            in_link: false,
            figures: 0,
        }
    }

    /// The attributes of a node: id, and language and direction where they differ from `lang`, the one around it.
    pub fn attributes(&mut self, node: &Node, lang: &str) -> String {
        let mut out = String::new();
        if !node.id.is_empty() && self.used.insert(node.id.clone()) {
            out.push_str(" id=\"");
            escape_into(&node.id, &mut out);
            out.push('"');
        }
        out.push_str(&language(&node.lang, &node.dir, lang));
        out
    }

    pub fn html(&mut self, inlines: &[Inline], lang: &str) -> String {
        let mut out = String::new();
        self.write(inlines, lang, &mut out);
        out
    }

    /// The way from this page to a node of the draft, if it is there.
    pub fn way(&self, target: &str) -> Option<String> {
        let path = self.targets.get(target)?;
        let path = if path == self.path { String::new() } else { relative(self.path, path) };
        Some(format!("{path}#{target}"))
    }

    /// `html` between the marks of a change, with a word for those who do not see them.
    pub fn changed(&self, change: Change, html: &str) -> String {
        let (tag, key) = match change {
            Change::Same => return html.to_string(),
            Change::Inserted => ("ins", "inserted"),
            Change::Deleted => ("del", "deleted"),
            Change::Moved => ("span", "moved"),
        };
        let word = escape(self.words.get(key).map_or(key, String::as_str));
        let class = if change == Change::Moved { " class=\"moved\"" } else { "" };
        format!("<{tag}{class}><span class=\"vh\">[{word}] </span>{html}</{tag}>")
    }

    fn write(&mut self, inlines: &[Inline], lang: &str, out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text { text } => escape_into(text, out),
                Inline::Emphasis { inlines } => self.tag("em", inlines, lang, out),
                Inline::Strong { inlines } => self.tag("strong", inlines, lang, out),
                Inline::Strike { inlines } => self.tag("s", inlines, lang, out),
                Inline::Code { text } => {
                    out.push_str("<code>");
                    escape_into(text, out);
                    out.push_str("</code>");
                }
                Inline::Link { url, inlines } => {
                    let href = outside(url).map(|url| (url.to_string(), " class=\"outside\""));
                    self.link(href, inlines, lang, out);
                }
                Inline::Reference { target, inlines } => {
                    let href = self.way(target).map(|href| (href, ""));
                    self.link(href, inlines, lang, out);
                }
                Inline::Break => out.push_str("<br>"),
                Inline::Span { node, inlines } => {
                    let attributes = self.attributes(node, lang);
                    let own = inner(node, lang).to_string();
                    let html = self.html(inlines, &own);
                    let html = self.changed(node.change, &html);
                    if attributes.is_empty() && node.role.is_empty() {
                        out.push_str(&html);
                    } else {
                        let class = match node.role.is_empty() {
                            true => String::new(),
                            false => format!(" class=\"role-{}\"", slug(&node.role)),
                        };
                        out.push_str(&format!("<span{class}{attributes}>{html}</span>"));
                    }
                }
                Inline::Mark { role, text } => {
                    if !out.is_empty() && !out.ends_with(' ') {
                        out.push(' ');
                    }
                    out.push_str(&mark(role, text));
                }
                Inline::Note { node, inlines } => {
                    let attributes = self.attributes(node, lang);
                    let own = inner(node, lang).to_string();
                    self.notes.push(String::new());
                    let number = self.notes.len();
                    let linked = std::mem::replace(&mut self.in_link, false);
                    let html = self.html(inlines, &own);
                    self.in_link = linked;
                    self.notes[number - 1] = format!("<span{attributes}>{html}</span>");
                    if linked {
                        out.push_str(&format!("<sup id=\"_r{number}\">{number}</sup>"));
                    } else {
                        let word = escape(self.words.get("note").map_or("Note", String::as_str));
                        out.push_str(&format!(
                            "<sup class=\"note\"><a id=\"_r{number}\" href=\"#_n{number}\"><span class=\"vh\">{word} </span>{number}</a></sup>"
                        ));
                    }
                }
            }
        }
    }

    fn tag(&mut self, tag: &str, inlines: &[Inline], lang: &str, out: &mut String) {
        let html = self.html(inlines, lang);
        out.push_str(&format!("<{tag}>{html}</{tag}>"));
    }

    fn link(&mut self, href: Option<(String, &str)>, inlines: &[Inline], lang: &str, out: &mut String) {
        match href {
            Some((href, class)) if !self.in_link => {
                self.in_link = true;
                let html = self.html(inlines, lang);
                self.in_link = false;
                out.push_str(&format!("<a{class} href=\"{}\">{html}</a>", escape(&href)));
            }
            _ => self.write(inlines, lang, out),
        }
    }
}

/// A mark: a word in a frame.
pub fn mark(role: &str, text: &str) -> String {
    format!("<span class=\"mark mark-{}\">{}</span>", slug(role), escape(text))
}

/// The language of what stands inside a node.
pub fn inner<'n>(node: &'n Node, lang: &'n str) -> &'n str {
    if node.lang.is_empty() { lang } else { &node.lang }
}

/// ` lang="fr" dir="ltr"` where `lang` is not the one `around`.
pub fn language(lang: &str, dir: &str, around: &str) -> String {
    let mut out = String::new();
    if !lang.is_empty() && lang != around {
        out.push_str(&format!(" lang=\"{}\"", escape(lang)));
        if matches!(dir, "ltr" | "rtl") {
            out.push_str(&format!(" dir=\"{dir}\""));
        }
    }
    out
}

/// A phrase with its language and its mark.
pub fn phrase(phrase: &Phrase, lang: &str) -> String {
    if phrase.text.is_empty() {
        return String::new();
    }
    let language = language(&phrase.lang, &phrase.dir, lang);
    let mut out = escape(&phrase.text);
    if !language.is_empty() {
        out = format!("<span{language}>{out}</span>");
    }
    if !phrase.mark.is_empty() {
        out.push(' ');
        out.push_str(&mark("basis", &phrase.mark));
    }
    out
}
