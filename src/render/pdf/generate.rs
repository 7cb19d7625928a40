//! The Typst files of one draft: Tera templates hold the calls, this walks the tree and hands them its parts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

use super::inline;
use super::walk::{Met, walk};
use super::widths::{Grids, Layout};
use crate::diag::Diagnostics;
use crate::document::draft::{Block, Draft, Drawing, Inline, Node, Phrase, Section, Table, plain};
use crate::render::Theme;
use crate::render::figure::{self, measure::Measure};
use crate::render::template::{self, Engine};

macro_rules! builtin {
    ($($name:literal)+) => {
        &[$(($name, include_str!(concat!("../../../templates/pdf/", $name)))),+]
    };
}

/// The templates of the PDF, by name.
pub const TEMPLATES: &[(&str, &str)] = builtin!(
    "draft.typ" "masthead.typ" "footer.typ" "notices.typ" "cover.typ" "chapter.typ" "section.typ" "paragraph.typ"
    "list.typ" "item.typ" "table.typ" "table-row.typ" "figure.typ" "drawing.typ" "quote.typ" "code.typ" "facts.typ" "card.typ"
    "box.typ" "contents.typ" "rule.typ"
);

/// The libraries of looks, by name. Tera never sees them.
pub const LIBRARIES: &[(&str, &str)] = builtin!(
    "lib/plan.typ" "lib/look.typ" "lib/page.typ" "lib/cover.typ" "lib/text.typ" "lib/table.typ" "lib/figure.typ"
);

/// The name of the file that includes all others.
pub const MAIN: &str = "draft.typ";

/// The generated files by name: `draft.typ` and one for each chapter. `missing` are the characters without a font.
pub fn generate(
    draft: &Draft,
    missing: &str,
    theme: &Theme,
    diags: &mut Diagnostics,
) -> Option<BTreeMap<String, String>> {
    let targets = targets(draft);
    let engine = load_for(theme, &draft.lang, targets.clone(), diags)?;
    let (measure, grids) = (Measure::new(theme), Grids::default());
    let mut writer = Writer { engine, theme, measure, draft, targets, grids, diags, faults: 0 };
    let mut files = BTreeMap::new();
    let mut names = Vec::new();
    for (index, chapter) in draft.chapters.iter().enumerate() {
        let name = format!("chapter-{:02}.typ", index + 1);
        writer.grids = Grids::of(chapter);
        let body = writer.section(chapter, "");
        let text = writer.part("chapter.typ", "chapter", &Head::of(chapter), &body);
        names.push(format!("/{name}"));
        files.insert(name, text);
    }
    let mut context = Context::new();
    context.insert("edition", &draft.edition);
    context.insert("lang", &draft.lang);
    context.insert("dir", &draft.dir);
    context.insert("title", &draft.title);
    let author = draft.cover.organisations.first().map_or("", |one| one.name.text.as_str());
    context.insert("author", author);
    context.insert("date", &full_date(&draft.date));
    context.insert("notices", &draft.notices);
    context.insert("cover", &draft.cover);
    context.insert("running", &draft.running);
    context.insert("words", &draft.words);
    context.insert("files", &names);
    context.insert("missing", missing);
    let parts = ["masthead", "footer", "notices", "cover"];
    let parts =
        parts.map(|part| (part, Value::safe_string(writer.render(&format!("{part}.typ"), &context).trim_end())));
    context.insert_value("parts", Value::from(BTreeMap::from(parts)));
    let main = writer.render(MAIN, &context);
    files.insert(MAIN.to_string(), main);
    (writer.faults == 0).then_some(files)
}

/// The engine of the templates; nothing when one of them has a fault.
pub fn load(theme: &Theme, lang: &str, diags: &mut Diagnostics) -> Option<Engine> {
    load_for(theme, lang, BTreeSet::new(), diags)
}

fn load_for(theme: &Theme, lang: &str, targets: BTreeSet<String>, diags: &mut Diagnostics) -> Option<Engine> {
    template::engine("pdf/", TEMPLATES, theme, |tera| prepare(tera, lang, targets), diags)
}

/// The ids to which a link can lead.
fn targets(draft: &Draft) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    walk(draft, &mut |met| {
        if let Met::Node(node) = met
            && !node.id.is_empty()
        {
            ids.insert(node.id.clone());
        }
    });
    ids
}

/// A date with year, month and day: PDF/A must have one.
pub fn full_date(text: &str) -> String {
    let mut parts = text.splitn(3, '-').map(str::parse::<u16>);
    let mut next = |default: u16| match parts.next() {
        Some(Ok(value)) => value,
        _ => default,
    };
    let (year, month, day) = (next(1970), next(1), next(1));
    let month = month.clamp(1, 12);
    let last = match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    format!("{year:04}-{month:02}-{:02}", day.clamp(1, last))
}

/// A section without what stands below it.
#[derive(serde::Serialize)]
struct Head<'a> {
    node: &'a Node,
    level: u8,
    number: &'a str,
    code: &'a str,
    title: &'a [Inline],
    plain_title: &'a str,
}

impl<'a> Head<'a> {
    fn of(section: &'a Section) -> Self {
        Head {
            node: &section.node,
            level: section.level.max(1),
            number: &section.number,
            code: &section.code,
            title: &section.title,
            plain_title: &section.plain_title,
        }
    }
}

struct Writer<'a> {
    engine: Engine,
    theme: &'a Theme,
    measure: Measure<'a>,
    draft: &'a Draft,
    targets: BTreeSet<String>,
    /// Grids of the tables of the chapter at work.
    grids: Grids,
    diags: &'a mut Diagnostics,
    faults: usize,
}

/// After so many faults of templates no more are looked for: it is the same one for every block.
const ENOUGH: usize = 50;

impl Writer<'_> {
    fn render(&mut self, name: &str, context: &Context) -> String {
        if self.faults >= ENOUGH {
            return String::new();
        }
        let mut told = Diagnostics::default();
        let text = template::render(&self.engine, name, context, self.theme, &mut told);
        if text.is_none() {
            self.faults += 1;
        }
        super::tell_once(told, self.diags);
        text.unwrap_or_default()
    }

    fn section(&mut self, section: &Section, outer_title: &str) -> String {
        let title = if section.plain_title.is_empty() { outer_title } else { &section.plain_title };
        let mut body = self.blocks(&section.blocks, title);
        for inner in &section.sections {
            body.push_str(&self.section(inner, title));
        }
        self.part("section.typ", "section", &Head::of(section), &body)
    }

    fn blocks(&mut self, blocks: &[Block], title: &str) -> String {
        let next = blocks.iter().skip(1).map(Some).chain([None]);
        blocks.iter().zip(next).map(|(block, next)| self.block(block, next, title)).collect()
    }

    /// `next` is what stands below it.
    fn block(&mut self, block: &Block, next: Option<&Block>, above: &str) -> String {
        let body = match block {
            Block::Quote { blocks, .. } | Block::Box { blocks, .. } => self.blocks(blocks, ""),
            Block::List { items, .. } => items
                .iter()
                .map(|item| {
                    let body = self.blocks(&item.blocks, "");
                    self.part("item.typ", "item", &Item { node: &item.node }, &body)
                })
                .collect(),
            Block::Table(table) => return self.table(block, table),
            Block::Drawing(drawing) => return self.drawing(block, drawing),
            _ => String::new(),
        };
        match block {
            // The heading of the section says it already.
            Block::Contents { node, title } if title == above => {
                let bare = Block::Contents { node: node.clone(), title: String::new() };
                self.part(template_of(block), "block", &bare, &body)
            }
            Block::Facts { node, .. } if node.role != "card" => self.before(block, next),
            Block::Paragraph { .. } => self.before(block, next),
            other => self.part(template_of(block), "block", other, &body),
        }
    }

    /// Facts, and what is said of a table or a list, stay with it; a figure may be too high to have them above it.
    fn before(&mut self, block: &Block, next: Option<&Block>) -> String {
        let mut context = Context::new();
        context.insert("block", block);
        let is_lead = matches!(block, Block::Paragraph { .. }) && matches!(next, Some(Block::List { .. }));
        let leads = |next: &Block| match next {
            Block::Table(_) => true,
            Block::Paragraph { node, .. } => node.role == "table-lead",
            _ => false,
        };
        context.insert("before_table", &(is_lead || next.is_some_and(leads)));
        self.render(template_of(block), &context)
    }

    /// A table, with what only paper needs to know of its layout.
    fn table(&mut self, block: &Block, table: &Table) -> String {
        let layout = Layout::of(table, &self.grids);
        let mut body = String::new();
        for (row, laid) in table.rows.iter().zip(&layout.rows) {
            let mut context = Context::new();
            context.insert("row", row);
            context.insert("lines", &laid.lines);
            context.insert("tight", &laid.tight);
            let spans = row.cells.iter().map(|cell| if cell.covered { 0 } else { cell.below + 1 });
            context.insert("spans", &spans.collect::<Vec<usize>>());
            body.push_str(&self.render("table-row.typ", &context));
        }
        let mut context = Context::new();
        context.insert("block", block);
        context.insert("weights", &layout.weights);
        context.insert("lines", &layout.rows.iter().map(|row| row.lines).sum::<u32>());
        context.insert_value("body", Value::safe_string(&body));
        self.render("table.typ", &context)
    }

    /// A figure, laid out for paper.
    fn drawing(&mut self, block: &Block, drawing: &Drawing) -> String {
        let scene = figure::draw(drawing, figure::CHART, self.draft.dir == "rtl", &self.measure, &self.draft.words);
        let scene = figure::typst::typst(&scene, &inline::literal, &|id| self.targets.contains(id));
        // The title may say it already.
        let mark = if plain(&drawing.title).contains(&drawing.mark) { "" } else { &drawing.mark };
        let mut context = Context::new();
        context.insert("block", block);
        context.insert("mark", mark);
        context.insert_value("scene", Value::safe_string(&scene));
        self.render("drawing.typ", &context)
    }

    /// A template with its part of the draft under `key` and what stands inside it.
    fn part<T: serde::Serialize>(&mut self, name: &str, key: &'static str, part: &T, body: &str) -> String {
        let mut context = Context::new();
        context.insert(key, part);
        context.insert_value("body", Value::safe_string(body));
        self.render(name, &context)
    }
}

/// The template that prints a block.
fn template_of(block: &Block) -> &'static str {
    match block {
        Block::Paragraph { .. } => "paragraph.typ",
        Block::List { .. } => "list.typ",
        Block::Table(_) => "table.typ",
        Block::Figure { .. } => "figure.typ",
        Block::Drawing(_) => "drawing.typ",
        Block::Quote { .. } => "quote.typ",
        Block::Code { .. } => "code.typ",
        Block::Facts { node: Node { role, .. }, .. } if role == "card" => "card.typ",
        Block::Facts { .. } => "facts.typ",
        Block::Box { .. } => "box.typ",
        Block::Contents { .. } => "contents.typ",
        Block::Rule { .. } => "rule.typ",
    }
}

#[derive(serde::Serialize)]
struct Item<'a> {
    node: &'a Node,
}

fn read<T: DeserializeOwned>(value: &Value) -> TeraResult<T> {
    serde_json::to_value(value)
        .and_then(serde_json::from_value)
        .map_err(|error| tera::Error::message(error.to_string()))
}

/// Escape function and filters: `tstr`, `node`, `at`, `inlines`, `title`, `phrase`, `dict`.
fn prepare(tera: &mut Tera, lang: &str, targets: BTreeSet<String>) {
    let targets = Arc::new(targets);
    tera.set_escape_fn(inline::escape);
    tera.register_filter("tstr", |text: &str, _: Kwargs, _: &State| Value::safe_string(&inline::literal(text)));
    let own = lang.to_string();
    tera.register_filter("node", move |value: &Value, _: Kwargs, _: &State| {
        Ok::<_, tera::Error>(Value::safe_string(&inline::node(&read(value)?, &own)))
    });
    tera.register_filter("at", |value: &Value, _: Kwargs, _: &State| {
        let node: Node = read(value)?;
        let line: String = node.origin.chars().filter(|c| !c.is_control()).collect();
        let text = match line.is_empty() {
            true => String::new(),
            false => format!("\n// @{line}\n"),
        };
        Ok::<_, tera::Error>(Value::safe_string(&text))
    });
    for (name, title) in [("inlines", false), ("title", true)] {
        let (own, targets) = (lang.to_string(), targets.clone());
        tera.register_filter(name, move |value: &Value, _: Kwargs, _: &State| {
            let list: Vec<Inline> = read(value)?;
            let text = inline::inlines(&list, &own, title, &targets);
            Ok::<_, tera::Error>(Value::safe_string(&text))
        });
    }
    let own = lang.to_string();
    tera.register_filter("phrase", move |value: &Value, _: Kwargs, _: &State| {
        let phrase: Phrase = read(value)?;
        let lang = if phrase.lang == own { "" } else { &phrase.lang };
        let target = if targets.contains(&phrase.target) { phrase.target.as_str() } else { "" };
        let text = match phrase.text.is_empty() {
            true => "none".to_string(),
            false => format!(
                "(body: [{}], lang: {}, dir: {}, mark: {}, target: {})",
                inline::markup(&phrase.text),
                inline::literal(lang),
                inline::literal(&phrase.dir),
                inline::literal(&phrase.mark),
                inline::literal(target),
            ),
        };
        Ok::<_, tera::Error>(Value::safe_string(&text))
    });
    tera.register_filter("dict", |value: &Value, _: Kwargs, _: &State| {
        let words: BTreeMap<String, String> = read(value)?;
        let mut text = String::from("(:");
        for (index, (key, word)) in words.iter().enumerate() {
            if index == 0 {
                text.pop();
            }
            text.push_str(&inline::literal(key));
            text.push_str(": ");
            text.push_str(&inline::literal(word));
            text.push_str(", ");
        }
        text.push(')');
        Ok::<_, tera::Error>(Value::safe_string(&text))
    });
}
