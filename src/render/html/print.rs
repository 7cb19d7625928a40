//! The pages of one site: each part goes through its own template, from the inside out, so that a user's template can
//! extend the built-in one and change a block of it.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Value};

use super::fallback;
use super::inline::{self, Writer, inner, relative};
use super::site::{Site, folder};
use super::view::*;
use crate::diag::Diagnostics;
use crate::document::draft::{Block, ListItem, Node, Phrase, Row, Section, Table, plain};
use crate::render::figure::measure::Measure;
use crate::render::template::{self, Engine};
use crate::render::{OutputTree, Theme};

/// A table of so many columns is wider than a telephone.
const WIDE: usize = 4;

/// Prints one site.
pub struct Printer<'a, 'd, 't> {
    pub engine: &'a Engine,
    pub theme: &'a Theme,
    pub measure: &'a Measure<'t>,
    pub site: &'a Site<'d>,
}

/// A page at work: the texts on it so far, what every template on it is told, and whether a template failed.
struct Sheet<'w, 'g> {
    writer: Writer<'w>,
    context: Context,
    diags: &'g mut Diagnostics,
    failed: bool,
    /// True where the files of the site lie beside the page.
    with_files: bool,
}

/// Ready parts as one value, under their names.
pub fn ready(parts: BTreeMap<&'static str, String>) -> Value {
    let parts = parts.into_iter().map(|(name, html)| (name, Value::safe_string(&html)));
    Value::from(parts.collect::<BTreeMap<&'static str, Value>>())
}

impl<'d> Printer<'_, 'd, '_> {
    pub fn render(&self, name: &str, context: &Context, diags: &mut Diagnostics) -> Option<String> {
        template::render(self.engine, name, context, self.theme, diags)
    }

    /// A part of a page, without the line end of its file.
    pub fn part(&self, name: &str, context: &Context, diags: &mut Diagnostics) -> Option<String> {
        let mut text = self.render(name, context, diags)?;
        text.truncate(text.trim_end().len());
        Some(text)
    }

    /// Writes all pages.
    pub fn pages(&self, sites: &[Site], tree: &mut OutputTree, diags: &mut Diagnostics) -> Option<()> {
        let base = self.base();
        let home = self.site.home();
        tree.add(format!("html/{home}"), self.home(&base, sites, diags)?);
        let titles = self.site.titles();
        let pages = &self.site.pages;
        let made: Vec<(Option<String>, Diagnostics)> = pages
            .par_iter()
            .enumerate()
            .map(|(at, page)| {
                let mut told = Diagnostics::default();
                let mut context = self.context(&base, sites, &page.path, Some(at));
                context.insert("title", &titles[at]);
                (self.page(at, context, &mut told), told)
            })
            .collect();
        for (page, (text, told)) in pages.iter().zip(made) {
            diags.extend(told);
            tree.add(format!("html/{}", page.path), text?);
        }
        Some(())
    }

    /// The first page: cover and contents.
    fn home(&self, base: &Context, sites: &[Site], diags: &mut Diagnostics) -> Option<String> {
        let site = self.site;
        let home = site.home();
        let fallen = fallback::in_cover(&site.draft.cover)
            || site.pages.iter().flat_map(|page| &page.sections[..1]).any(|(section, _)| section.node.fallback);
        let mut context = self.context(base, sites, &home, None);
        context.insert("title", &site.document_title());
        context.insert("notices", &site.notices(fallen || fallback::everywhere(site.draft)));
        context.insert("entries", &site.entries(&home, None));
        context.insert("contents_id", site.contents_id());
        let pdf = format!("pdf/strategic-plan.{}.pdf", site.draft.lang);
        let there = cfg!(feature = "pdf") && site.draft.formats.iter().any(|format| format == "pdf");
        context.insert("pdf", &if there { relative(&format!("html/{home}"), &pdf) } else { String::new() });
        let mut sheet = Sheet {
            writer: Writer::new(&home, &site.targets, &site.words),
            context: self.inside(&home),
            diags: &mut *diags,
            failed: false,
            with_files: true,
        };
        let front = self.blocks(&site.draft.front, &site.draft.lang, &mut sheet);
        if sheet.failed {
            return None;
        }
        let mut parts = self.around(&context, diags)?;
        parts.insert("front", front);
        parts.insert("cover", self.part("cover.html", &context, diags)?);
        parts.insert("contents", self.part("contents.html", &context, diags)?);
        context.insert_value("parts", ready(parts));
        self.render("home.html", &context, diags)
    }

    /// The first page of the site under a template of its own, with nothing beside it. `more` is told to it besides.
    pub fn alone(&self, template: &str, more: &[(&'static str, &str)], diags: &mut Diagnostics) -> Option<String> {
        let path = &self.site.pages.first()?.path;
        let mut context = self.context(&self.base(), &[], path, Some(0));
        more.iter().for_each(|(key, value)| context.insert(*key, value));
        self.page_with(template, 0, context, diags)
    }

    fn page(&self, at: usize, context: Context, diags: &mut Diagnostics) -> Option<String> {
        self.page_with("page.html", at, context, diags)
    }

    fn page_with(&self, template: &str, at: usize, mut context: Context, diags: &mut Diagnostics) -> Option<String> {
        let site = self.site;
        let page = &site.pages[at];
        let mut sheet = Sheet {
            writer: Writer::new(&page.path, &site.targets, &site.words),
            context: self.inside(&page.path),
            diags: &mut *diags,
            failed: false,
            with_files: template == "page.html",
        };
        let sections: Vec<String> = (0..page.sections.len()).map(|index| self.section(at, index, &mut sheet)).collect();
        let (notes, failed) = (sheet.writer.notes, sheet.failed);
        if failed {
            return None;
        }
        let link =
            |at: Option<usize>| -> Vec<LinkView> { at.map(|at| site.page_link(&page.path, at)).into_iter().collect() };
        let fallen = page.sections.iter().any(|(section, _)| fallback::in_section(section));
        context.insert("notices", &site.notices(fallen || fallback::everywhere(site.draft)));
        context.insert("sections", &sections);
        context.insert("headings", &self.headings(at));
        context.insert("previous", &link(at.checked_sub(1)));
        context.insert("next", &link(Some(at + 1).filter(|at| *at < site.pages.len())));
        context.insert("notes", &notes);
        let parts = self.around(&context, diags)?;
        context.insert_value("parts", ready(parts));
        self.render(template, &context, diags)
    }

    /// The parts around the text of a page.
    fn around(&self, context: &Context, diags: &mut Diagnostics) -> Option<BTreeMap<&'static str, String>> {
        let mut parts = BTreeMap::new();
        for (name, file) in
            [("notices", "notices.html"), ("masthead", "masthead.html"), ("nav", "nav.html"), ("footer", "footer.html")]
        {
            parts.insert(name, self.part(file, context, diags)?);
        }
        Some(parts)
    }

    /// Links to the headings of a page.
    fn headings(&self, at: usize) -> Vec<LinkView> {
        let sections = self.site.pages[at].sections.iter();
        sections
            .filter(|(section, level)| (2..=3).contains(level) && !section.node.id.is_empty())
            .map(|(section, level)| LinkView {
                href: format!("#{}", section.node.id),
                name: section.plain_title.clone(),
                html: self.site.numbered(section),
                depth: level - 2,
                ..LinkView::default()
            })
            .collect()
    }

    /// What every page of this draft is told alike.
    fn base(&self) -> Context {
        let draft = self.site.draft;
        let mut context = Context::new();
        context.insert("lang", &draft.lang);
        context.insert("dir", &draft.dir);
        context.insert("noindex", &draft.noindex);
        context.insert("running", &draft.running);
        context.insert("document_title", &self.site.document_title());
        context.insert("description", self.site.description());
        context.insert("date", &draft.date);
        context.insert("words", &self.site.words);
        context.insert("cover", &self.cover());
        context
    }

    /// What the templates inside a page are told beside their part.
    fn inside(&self, path: &str) -> Context {
        let mut context = Context::new();
        context.insert("lang", &self.site.draft.lang);
        context.insert("dir", &self.site.draft.dir);
        context.insert("root", &root(path));
        context.insert("words", &self.site.words);
        context
    }

    /// What the page at `path` is told beside its text.
    fn context(&self, base: &Context, sites: &[Site], path: &str, current: Option<usize>) -> Context {
        let site = self.site;
        let languages: Vec<LinkView> = sites
            .iter()
            .map(|other| {
                let tail = path.split_once('/').map_or("", |(_, tail)| tail);
                let same = format!("{}/{tail}", folder(&other.draft.lang));
                let there = current.is_some() && other.paths.contains(&same);
                let href = if there { same } else { other.home() };
                LinkView { current: other.draft.lang == site.draft.lang, ..other.link(&relative(path, &href)) }
            })
            .collect();
        let mut context = base.clone();
        context.insert("root", &root(path));
        context.insert("home", &relative(path, &site.home()));
        context.insert("is_home", &current.is_none());
        context.insert("languages", &languages);
        context.insert("chapters", &site.nav(path, current));
        context
    }

    /// The cover as ready HTML, by the names of its fields.
    fn cover(&self) -> serde_json::Value {
        let cover = &self.site.draft.cover;
        let html = |phrase: &_| serde_json::Value::from(inline::phrase(phrase, &self.site.draft.lang));
        let organisations: Vec<_> = cover
            .organisations
            .iter()
            .map(|one| serde_json::json!({"name_html": html(&one.name), "established_html": html(&one.established)}))
            .collect();
        let annex = |annex: &Phrase| {
            let words = inline::phrase(annex, &self.site.draft.lang);
            match self.site.targets.get(annex.target.as_str()) {
                Some(page) => {
                    let path = relative(&self.site.home(), page);
                    format!("<a href=\"{path}#{}\">{words}</a>", annex.target)
                }
                None => words,
            }
        };
        let annexes: Vec<_> = cover.annexes.iter().map(annex).collect();
        serde_json::json!({
            "organisations": organisations,
            "symbol_html": html(&cover.symbol),
            "body_html": html(&cover.body),
            "session_html": html(&cover.session),
            "meeting_html": html(&cover.meeting),
            "agenda_item_html": html(&cover.agenda_item),
            "issued_html": html(&cover.issued),
            "stage_html": html(&cover.stage),
            "edition_html": html(&cover.edition),
            "audience_html": html(&cover.audience),
            "title_html": html(&cover.title),
            "subtitle_html": html(&cover.subtitle),
            "period_html": html(&cover.period),
            "purpose_html": html(&cover.purpose),
            "action_required_html": html(&cover.action_required),
            "annexes_html": annexes,
        })
    }

    /// A template of a page with its view under `key` and what stands inside it.
    fn inner_part<T: Serialize>(
        &self,
        name: &str,
        key: &'static str,
        view: &T,
        body: &str,
        sheet: &mut Sheet,
    ) -> String {
        if sheet.failed {
            return String::new();
        }
        let mut context = sheet.context.clone();
        context.insert(key, view);
        context.insert_value("body", Value::safe_string(body));
        let text = self.part(name, &context, sheet.diags);
        sheet.failed |= text.is_none();
        text.unwrap_or_default()
    }

    fn section(&self, page: usize, index: usize, sheet: &mut Sheet) -> String {
        let (section, level) = self.site.pages[page].sections[index];
        let lang = &self.site.draft.lang;
        let attributes_html = sheet.writer.attributes(&section.node, lang);
        let own = inner(&section.node, lang);
        let title_html = sheet.writer.html(&section.title, own);
        let body = self.blocks(&section.blocks, lang, sheet);
        let below = self.site.below(page, index);
        let below_title = match below.is_empty() {
            true => String::new(),
            false => sheet.writer.landmark(&below_title(section, level, &self.site.words)),
        };
        let view = SectionView {
            id: section.node.id.clone(),
            attributes_html,
            class: class(&section.node),
            level: level.min(6),
            number: section.number.clone(),
            code: section.code.clone(),
            title_html: sheet.writer.changed(section.node.change, &title_html),
            below,
            below_title,
        };
        self.inner_part("section.html", "section", &view, &body, sheet)
    }

    fn blocks(&self, blocks: &[Block], lang: &str, sheet: &mut Sheet) -> String {
        let all: Vec<String> = blocks.iter().map(|block| self.block(block, lang, sheet)).collect();
        all.join("\n")
    }

    /// A block through the template of its kind, and through `changed.html` if it differs from an earlier draft.
    fn block(&self, block: &Block, around: &str, sheet: &mut Sheet) -> String {
        let node = block.node();
        let mut view = BlockView {
            attributes_html: sheet.writer.attributes(node, around),
            class: class(node),
            change: change(node.change),
            ..BlockView::default()
        };
        let body = self.fill(block, inner(node, around), &mut view, sheet);
        let html = self.inner_part(template_of(block), "block", &view, &body, sheet);
        match block {
            Block::Paragraph { .. } => html,
            _ if view.change == "same" => html,
            _ => self.inner_part("changed.html", "block", &view, &html, sheet),
        }
    }

    /// Fills the view of a block; gives what stands inside it.
    fn fill(&self, block: &Block, lang: &str, view: &mut BlockView, sheet: &mut Sheet) -> String {
        match block {
            Block::Paragraph { node, number, inlines } => {
                view.kind = "paragraph";
                let again = *number > 0 && !sheet.writer.used.insert(format!("p{number}"));
                view.number = if again { 0 } else { *number };
                let html = sheet.writer.html(inlines, lang);
                view.html = sheet.writer.changed(node.change, &html);
            }
            Block::List { ordered, start, items, .. } => {
                view.kind = "list";
                view.ordered = *ordered;
                view.start = *start;
                view.items = items.iter().map(|item| self.item(item, lang, sheet)).collect();
            }
            Block::Table(table) => return self.table(table, lang, view, sheet),
            Block::Figure { image, alternative, caption, .. } => {
                view.kind = "figure";
                view.text = alternative.clone();
                view.title_html = sheet.writer.html(caption, lang);
                if self.site.draft.images.contains_key(image) {
                    view.image = relative(sheet.writer.path, &super::image_path(image));
                }
            }
            Block::Drawing(drawing) => {
                self.drawing(drawing, lang, view, &mut sheet.writer, sheet.with_files);
            }
            Block::Quote { blocks, .. } => {
                view.kind = "quote";
                return self.blocks(blocks, lang, sheet);
            }
            Block::Code { text, .. } => {
                view.kind = "code";
                view.text = text.clone();
            }
            Block::Facts { facts, .. } => {
                view.kind = "facts";
                view.facts = facts.iter().map(|fact| fact_view(fact, lang, &mut sheet.writer)).collect();
            }
            Block::Box { title, blocks, .. } => {
                view.kind = "box";
                view.title_html = sheet.writer.html(title, lang);
                view.title = plain(title);
                return self.blocks(blocks, lang, sheet);
            }
            Block::Contents { title, .. } => {
                view.kind = "contents";
                view.title = title.clone();
                let mut context = sheet.context.clone();
                context.insert("entries", &self.site.entries(sheet.writer.path, None));
                let list = self.part("contents.html", &context, sheet.diags);
                sheet.failed |= list.is_none();
                return list.unwrap_or_default();
            }
            Block::Rule { .. } => view.kind = "rule",
        }
        String::new()
    }

    fn item(&self, item: &ListItem, lang: &str, sheet: &mut Sheet) -> ItemView {
        let attributes_html = sheet.writer.attributes(&item.node, lang);
        let own = inner(&item.node, lang);
        let html = self.blocks(&item.blocks, own, sheet);
        ItemView { attributes_html, class: class(&item.node), change: change(item.node.change), html }
    }

    /// Fills the view of a table; gives its rows.
    fn table(&self, table: &Table, lang: &str, view: &mut BlockView, sheet: &mut Sheet) -> String {
        view.kind = "table";
        view.title_html = sheet.writer.html(&table.caption, lang);
        view.title = if table.name.is_empty() { plain(&table.caption) } else { table.name.clone() };
        if view.title.trim().is_empty() {
            view.title = self.site.words.get("table").cloned().unwrap_or_default();
        }
        view.title = sheet.writer.landmark(&view.title);
        view.wide = table.columns.len() >= WIDE;
        for column in &table.columns {
            let html = sheet.writer.html(&column.title, lang);
            view.columns.push(CellView { head: true, kind: kind(column.kind, ""), rows: 1, covered: false, html });
        }
        let rows: Vec<String> = table.rows.iter().map(|row| self.row(row, table, lang, sheet)).collect();
        rows.join("\n")
    }

    fn row(&self, row: &Row, table: &Table, lang: &str, sheet: &mut Sheet) -> String {
        let attributes_html = sheet.writer.attributes(&row.node, lang);
        let own = inner(&row.node, lang);
        let mut cells = Vec::with_capacity(row.cells.len());
        for (at, cell) in row.cells.iter().enumerate() {
            let html = sheet.writer.html(&cell.inlines, own);
            cells.push(CellView {
                head: cell.head,
                rows: cell.below + 1,
                covered: cell.covered,
                kind: table.columns.get(at).map_or("text", |column| kind(column.kind, &plain(&cell.inlines))),
                html: match html.is_empty() {
                    true => html,
                    false => sheet.writer.changed(row.node.change, &html),
                },
            });
        }
        let view = RowView { attributes_html, class: class(&row.node), total: row.total, cells };
        self.inner_part("table-row.html", "row", &view, "", sheet)
    }
}

fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// The template that prints a block.
fn template_of(block: &Block) -> &'static str {
    match block {
        Block::Paragraph { .. } => "paragraph.html",
        Block::List { .. } => "list.html",
        Block::Table(_) => "table.html",
        Block::Figure { .. } => "figure.html",
        Block::Drawing(_) => "drawing.html",
        Block::Quote { .. } => "quote.html",
        Block::Code { .. } => "code.html",
        Block::Facts { node: Node { role, .. }, .. } if role == "card" => "card.html",
        Block::Facts { .. } => "facts.html",
        Block::Box { .. } => "box.html",
        Block::Contents { .. } => "contents-box.html",
        Block::Rule { .. } => "rule.html",
    }
}

fn fact_view(fact: &crate::document::draft::Fact, lang: &str, writer: &mut Writer) -> FactView {
    let attributes_html = writer.attributes(&fact.node, lang);
    let own = inner(&fact.node, lang);
    let html = writer.html(&fact.value, own);
    FactView {
        attributes_html,
        class: class(&fact.node),
        label: fact.label.clone(),
        html: writer.changed(fact.node.change, &html),
    }
}

/// Name of the list of pages below a section: the fixed word for the title of a page, the heading below it otherwise.
fn below_title(section: &Section, level: usize, words: &BTreeMap<String, String>) -> String {
    match words.get("in-this-part") {
        Some(word) if level == 1 => word.clone(),
        _ => section.plain_title.clone(),
    }
}
