//! The HTML version: a folder of pages for each language.
//!
//! Comes in: drafts, fonts and the user's templates. Goes out: `html/` of an [`OutputTree`]. Rust decides which page a
//! node stands on, writes lines of text as safe HTML and resolves links; templates decide everything else. What each
//! template sees are the views below; a field that ends in `html` is ready HTML and is printed with `| safe`.

mod inline;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sha2::{Digest, Sha256};
use tera::Context;

use self::inline::{Writer, escape, inner, language, relative, slug};
use super::template::{self, Engine};
use super::{OutputTree, Theme};
use crate::diag::Diagnostics;
use crate::document::draft::{Block, Change, ColumnKind, Draft, Node, Row, Section, Table, plain};

/// The built-in templates and the style sheet.
pub const BUILTIN: &[(&str, &str)] = &[
    ("page.html", include_str!("../../templates/html/page.html")),
    ("home.html", include_str!("../../templates/html/home.html")),
    ("languages.html", include_str!("../../templates/html/languages.html")),
    ("masthead.html", include_str!("../../templates/html/masthead.html")),
    ("notices.html", include_str!("../../templates/html/notices.html")),
    ("nav.html", include_str!("../../templates/html/nav.html")),
    ("footer.html", include_str!("../../templates/html/footer.html")),
    ("cover.html", include_str!("../../templates/html/cover.html")),
    ("contents.html", include_str!("../../templates/html/contents.html")),
    ("section.html", include_str!("../../templates/html/section.html")),
    ("blocks.html", include_str!("../../templates/html/blocks.html")),
    ("block.html", include_str!("../../templates/html/block.html")),
    ("card.html", include_str!("../../templates/html/card.html")),
    ("table.html", include_str!("../../templates/html/table.html")),
    ("table-row.html", include_str!("../../templates/html/table-row.html")),
    ("style.css", include_str!("../../templates/html/style.css")),
];

/// Words that the pages need, with what stands for one that the draft does not bring.
pub const WORDS: &[(&str, &str)] = &[
    ("skip", "Skip to the text"),
    ("notices", "Notices"),
    ("languages", "Languages"),
    ("chapters", "Chapters"),
    ("contents", "Contents"),
    ("on-this-page", "On this page"),
    ("in-this-part", "In this part"),
    ("previous", "Previous"),
    ("next", "Next"),
    ("home", "Cover and contents"),
    ("notes", "Notes"),
    ("note", "Note"),
    ("back", "Back to the text"),
    ("paragraph", "Paragraph"),
    ("table", "Table"),
    ("inserted", "Inserted"),
    ("deleted", "Deleted"),
    ("moved", "Moved"),
    ("agenda-item", "Agenda item"),
    ("purpose", "Purpose"),
    ("action-required", "Action required"),
    ("annexes", "Annexes"),
    ("audience", "Audience"),
];

/// Blocks nested deeper than this stand beside each other; Tera stops at 20.
const DEPTH: usize = 12;

/// More sisters than this are not listed beside a page: a list on each page of a chapter would grow with its square.
const SISTERS: usize = 24;

/// Writes `html/index.html`, `html/<lang>/...` and `html/files/...` for one edition, all its languages together.
/// `fonts` are names of files and their bytes.
pub fn render(
    drafts: &[Draft],
    fonts: &[(&str, &[u8])],
    theme: &Theme,
    tree: &mut OutputTree,
    diags: &mut Diagnostics,
) {
    let Some(engine) = template::engine("html/", BUILTIN, theme, |tera| tera.set_escape_fn(inline::tera_escape), diags)
    else {
        return;
    };
    if drafts.is_empty() {
        return;
    }
    let style = BUILTIN.iter().find(|(name, _)| *name == "style.css");
    let style = style.map_or("", |(_, text)| text).as_bytes();
    let (style, _) = template::overlaid("html/", "style.css", style, theme);
    tree.add("html/files/style.css", style);
    for (name, bytes) in fonts {
        tree.add(format!("html/files/fonts/{name}"), *bytes);
    }
    for file in &theme.files {
        if let Some(name) = file.name.strip_prefix("html/files/") {
            tree.add(format!("html/files/{name}"), file.bytes.to_vec());
        }
    }
    let sites: Vec<Site> = drafts.iter().map(Site::new).collect();
    let mut failed = false;
    for site in &sites {
        for (path, bytes) in &site.draft.images {
            tree.add(format!("html/{}", image_path(path)), bytes.to_vec());
        }
        failed |= site.write(&sites, &engine, theme, tree, diags).is_none();
        if failed {
            return;
        }
    }
    let first = &sites[0];
    let mut context = Context::new();
    let languages: Vec<LinkView> =
        sites.iter().map(|site| LinkView { html: escape(&site.draft.title), ..site.link(&site.home()) }).collect();
    let names: Vec<&str> = languages.iter().map(|link| link.name.as_str()).collect();
    let title = format!("{} – {}", first.draft.title, names.join(", "));
    context.insert("title", &title);
    context.insert("root", "");
    context.insert("lang", &first.draft.lang);
    context.insert("dir", &first.draft.dir);
    context.insert("noindex", &first.draft.noindex);
    context.insert("notices", &first.notices());
    context.insert("links", &languages);
    context.insert("words", &first.words);
    if let Some(text) = template::render(&engine, "languages.html", &context, theme, diags) {
        tree.add("html/index.html", text);
    }
}

/// A link of the navigation.
#[derive(Clone, Debug, Default, Serialize)]
struct LinkView {
    href: String,
    name: String,
    /// The name as HTML, with its number.
    html: String,
    lang: String,
    dir: String,
    current: bool,
    depth: usize,
    children: Vec<LinkView>,
}

#[derive(Debug, Serialize)]
struct NoticeView {
    role: String,
    attributes_html: String,
    text: String,
}

/// A heading with its blocks.
#[derive(Debug, Serialize)]
struct SectionView {
    id: String,
    attributes_html: String,
    class: String,
    /// 1 for the title of the page.
    level: usize,
    number: String,
    code: String,
    title_html: String,
    blocks: Vec<BlockView>,
}

/// A block of any kind; what its kind does not have is empty.
#[derive(Debug, Default, Serialize)]
struct BlockView {
    kind: &'static str,
    attributes_html: String,
    class: String,
    /// `same`, `inserted`, `deleted` or `moved`.
    change: &'static str,
    number: u32,
    html: String,
    title_html: String,
    title: String,
    text: String,
    ordered: bool,
    start: u32,
    items: Vec<ItemView>,
    blocks: Vec<BlockView>,
    columns: Vec<CellView>,
    rows: Vec<RowView>,
    image: String,
    facts: Vec<FactView>,
    entries: Vec<LinkView>,
}

#[derive(Debug, Default, Serialize)]
struct ItemView {
    attributes_html: String,
    class: String,
    change: &'static str,
    blocks: Vec<BlockView>,
}

#[derive(Debug, Default, Serialize)]
struct FactView {
    attributes_html: String,
    class: String,
    label: String,
    html: String,
}

#[derive(Debug, Default, Serialize)]
struct RowView {
    attributes_html: String,
    class: String,
    total: bool,
    cells: Vec<CellView>,
}

#[derive(Debug, Default, Serialize)]
struct CellView {
    head: bool,
    /// `text`, `number` or `code`.
    kind: &'static str,
    html: String,
}

/// Sections that stand on one page.
struct Page<'d> {
    /// Path under `html/`.
    path: String,
    /// Position of its chapter.
    chapter: usize,
    /// How deep below its chapter, 0 for the page of a chapter.
    depth: usize,
    /// Position of the page above.
    parent: Option<usize>,
    title: String,
    /// Sections with their level on this page, from 1.
    sections: Vec<(&'d Section, usize)>,
}

/// One draft cut into pages.
struct Site<'d> {
    draft: &'d Draft,
    words: BTreeMap<String, String>,
    pages: Vec<Page<'d>>,
    /// Positions of the pages right below each page.
    children: Vec<Vec<usize>>,
    /// Positions of the pages of chapters.
    tops: Vec<usize>,
    paths: BTreeSet<String>,
    targets: BTreeMap<&'d str, String>,
}

impl<'d> Site<'d> {
    fn new(draft: &'d Draft) -> Self {
        let mut words: BTreeMap<String, String> =
            WORDS.iter().map(|(key, word)| (key.to_string(), word.to_string())).collect();
        words.extend(draft.words.clone());
        let mut site = Site {
            draft,
            words,
            pages: Vec::new(),
            children: Vec::new(),
            tops: Vec::new(),
            paths: BTreeSet::new(),
            targets: BTreeMap::new(),
        };
        let mut taken = BTreeSet::from([format!("{}/index.html", folder(&draft.lang))]);
        for (chapter, section) in draft.chapters.iter().enumerate() {
            site.cut(section, chapter, None, 1, &mut taken);
        }
        site.children = vec![Vec::new(); site.pages.len()];
        for at in 0..site.pages.len() {
            match site.pages[at].parent {
                Some(parent) => site.children[parent].push(at),
                None => site.tops.push(at),
            }
        }
        site.paths = taken;
        let mut targets = BTreeMap::new();
        for page in &site.pages {
            for (section, _) in &page.sections {
                let mut add = |node: &'d Node| {
                    if !node.id.is_empty() {
                        targets.entry(node.id.as_str()).or_insert_with(|| page.path.clone());
                    }
                };
                add(&section.node);
                section.blocks.iter().for_each(|block| each_node(block, &mut add));
            }
        }
        site.targets = targets;
        site
    }

    /// Lays a section on its page and its sub-sections on theirs.
    fn cut(
        &mut self,
        section: &'d Section,
        chapter: usize,
        on: Option<usize>,
        level: usize,
        taken: &mut BTreeSet<String>,
    ) {
        let begins = !section.page.is_empty() || on.is_none();
        let (on, level) = match on {
            Some(on) if !begins => {
                self.pages[on].sections.push((section, level));
                (on, level)
            }
            parent => {
                let path = self.path(section, chapter, taken);
                self.pages.push(Page {
                    path,
                    chapter,
                    depth: parent.map_or(0, |parent| self.pages[parent].depth + 1),
                    parent,
                    title: section.plain_title.clone(),
                    sections: vec![(section, 1)],
                });
                (self.pages.len() - 1, 1)
            }
        };
        for below in &section.sections {
            self.cut(below, chapter, Some(on), level + 1, taken);
        }
    }

    /// A path for the page of a section that is safe and that no other page has.
    fn path(&self, section: &Section, chapter: usize, taken: &mut BTreeSet<String>) -> String {
        let wanted = section.page.strip_suffix(".html").unwrap_or(&section.page);
        let mut parts: Vec<String> =
            wanted.split('/').map(slug).filter(|part| !part.trim_matches('-').is_empty()).collect();
        if parts.is_empty() {
            parts.push(match section.node.id.is_empty() {
                true => format!("chapter-{}", chapter + 1),
                false => slug(&section.node.id),
            });
        }
        let stem = format!("{}/{}", folder(&self.draft.lang), parts.join("/"));
        let mut path = format!("{stem}.html");
        let mut count = 1;
        while !taken.insert(path.clone()) {
            count += 1;
            path = format!("{stem}-{count}.html");
        }
        path
    }

    fn home(&self) -> String {
        format!("{}/index.html", folder(&self.draft.lang))
    }

    fn notices(&self) -> Vec<NoticeView> {
        let mut notices: Vec<_> = self.draft.notices.iter().collect();
        notices.sort_by_key(|notice| notice.role != "fallback");
        notices
            .into_iter()
            .map(|notice| NoticeView {
                role: slug(&notice.role),
                attributes_html: language(&notice.lang, &notice.dir, &self.draft.lang),
                text: notice.text.clone(),
            })
            .collect()
    }

    /// The link of the language switch to this draft.
    fn link(&self, href: &str) -> LinkView {
        let lang = &self.draft.lang;
        let known = self.draft.languages.iter().find(|link| link.lang == *lang);
        LinkView {
            href: href.to_string(),
            name: known.map_or_else(|| lang.clone(), |link| link.name.clone()),
            lang: lang.clone(),
            dir: self.draft.dir.clone(),
            ..LinkView::default()
        }
    }

    /// A link from the page at `from` to page `at`.
    fn page_link(&self, from: &str, at: usize) -> LinkView {
        let page = &self.pages[at];
        let (section, _) = page.sections[0];
        let numbers: Vec<&str> =
            [section.number.as_str(), section.code.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
        let title = escape(&page.title);
        let html = match numbers.is_empty() {
            true => title,
            false => format!("<span class=\"no\">{}</span> {title}", escape(&numbers.join(" "))),
        };
        let html = match section.node.fallback {
            true => format!("<span{}>{html}</span>", language(&section.node.lang, &section.node.dir, &self.draft.lang)),
            false => html,
        };
        LinkView {
            href: relative(from, &page.path),
            name: page.title.clone(),
            html,
            depth: page.depth,
            current: page.path == from,
            ..LinkView::default()
        }
    }

    /// All pages, by chapter.
    fn entries(&self, from: &str, below: Option<usize>) -> Vec<LinkView> {
        let list = match below {
            Some(page) => self.children[page].clone(),
            None => self.tops.clone(),
        };
        list.into_iter()
            .map(|at| LinkView { children: self.entries(from, Some(at)), ..self.page_link(from, at) })
            .collect()
    }

    /// The chapters; below the current one, the way to the page, its sisters and the pages below it.
    fn nav(&self, from: &str, current: Option<usize>) -> Vec<LinkView> {
        let mut way = BTreeSet::new();
        let mut at = current;
        while let Some(page) = at {
            way.insert(page);
            at = self.pages[page].parent;
        }
        self.tops.iter().map(|at| self.nav_link(from, *at, &way)).collect()
    }

    fn nav_link(&self, from: &str, at: usize, way: &BTreeSet<usize>) -> LinkView {
        let mut link = self.page_link(from, at);
        if way.contains(&at) {
            let below = &self.children[at];
            let all = below.len() <= SISTERS;
            link.children = below
                .iter()
                .filter(|child| all || way.contains(child))
                .map(|child| self.nav_link(from, *child, way))
                .collect();
        }
        link
    }

    /// Titles of the pages, each only once.
    fn titles(&self) -> Vec<String> {
        let mut seen: BTreeSet<String> = BTreeSet::from([self.draft.title.clone()]);
        self.pages
            .iter()
            .map(|page| {
                let chapter = &self.draft.chapters[page.chapter].plain_title;
                let document = &self.draft.title;
                let mut title = format!("{} – {document}", page.title);
                if seen.contains(&title) {
                    title = format!("{} – {chapter} – {document}", page.title);
                }
                let stem = title.clone();
                let mut count = 1;
                while !seen.insert(title.clone()) {
                    count += 1;
                    title = format!("{stem} ({count})");
                }
                title
            })
            .collect()
    }

    /// What every page of this draft is told alike.
    fn base(&self) -> Context {
        let draft = self.draft;
        let mut context = Context::new();
        context.insert("lang", &draft.lang);
        context.insert("dir", &draft.dir);
        context.insert("noindex", &draft.noindex);
        context.insert("notices", &self.notices());
        context.insert("running", &draft.running);
        context.insert("document_title", &draft.title);
        context.insert("date", &draft.date);
        context.insert("words", &self.words);
        context.insert("cover", &self.cover());
        context
    }

    /// What the page at `path` is told beside its text.
    fn context(&self, base: &Context, sites: &[Site], path: &str, current: Option<usize>) -> Context {
        let draft = self.draft;
        let root = "../".repeat(path.matches('/').count());
        let languages: Vec<LinkView> = sites
            .iter()
            .map(|other| {
                let tail = path.split_once('/').map_or("", |(_, tail)| tail);
                let same = format!("{}/{tail}", folder(&other.draft.lang));
                let there = current.is_some() && other.paths.contains(&same);
                let href = if there { same } else { other.home() };
                LinkView { current: other.draft.lang == draft.lang, ..other.link(&relative(path, &href)) }
            })
            .collect();
        let mut context = base.clone();
        context.insert("root", &root);
        context.insert("home", &relative(path, &self.home()));
        context.insert("is_home", &current.is_none());
        context.insert("languages", &languages);
        context.insert("chapters", &self.nav(path, current));
        context
    }

    /// The cover as ready HTML, by the names of its fields.
    fn cover(&self) -> serde_json::Value {
        let cover = &self.draft.cover;
        let html = |phrase: &_| serde_json::Value::from(inline::phrase(phrase, &self.draft.lang));
        let organisations: Vec<_> = cover
            .organisations
            .iter()
            .map(|one| serde_json::json!({"name_html": html(&one.name), "established_html": html(&one.established)}))
            .collect();
        let annexes: Vec<_> = cover.annexes.iter().map(html).collect();
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

    fn write(
        &self,
        sites: &[Site],
        engine: &Engine,
        theme: &Theme,
        tree: &mut OutputTree,
        diags: &mut Diagnostics,
    ) -> Option<()> {
        let home = self.home();
        let base = self.base();
        let mut context = self.context(&base, sites, &home, None);
        context.insert("title", &self.draft.title);
        context.insert("entries", &self.entries(&home, None));
        let text = template::render(engine, "home.html", &context, theme, diags)?;
        tree.add(format!("html/{home}"), text);
        let titles = self.titles();
        for (at, page) in self.pages.iter().enumerate() {
            let mut context = self.context(&base, sites, &page.path, Some(at));
            let mut writer = Writer::new(&page.path, &self.targets, &self.words);
            let sections: Vec<SectionView> =
                page.sections.iter().map(|(section, level)| self.section(section, *level, &mut writer)).collect();
            let headings: Vec<LinkView> = sections
                .iter()
                .zip(&page.sections)
                .filter(|(view, _)| view.level > 1 && view.level <= 3 && !view.id.is_empty())
                .map(|(view, (section, _))| LinkView {
                    href: format!("#{}", view.id),
                    name: section.plain_title.clone(),
                    depth: view.level - 2,
                    ..LinkView::default()
                })
                .collect();
            let link = |at: Option<usize>| -> Vec<LinkView> {
                at.map(|at| self.page_link(&page.path, at)).into_iter().collect()
            };
            context.insert("title", &titles[at]);
            context.insert("sections", &sections);
            context.insert("headings", &headings);
            context.insert("below", &self.below(&page.path, at));
            context.insert("previous", &link(at.checked_sub(1)));
            context.insert("next", &link(Some(at + 1).filter(|at| *at < self.pages.len())));
            context.insert("notes", &writer.notes);
            let text = template::render(engine, "page.html", &context, theme, diags)?;
            tree.add(format!("html/{}", page.path), text);
        }
        Some(())
    }

    /// Links to the pages right below a page.
    fn below(&self, from: &str, page: usize) -> Vec<LinkView> {
        self.children[page].iter().map(|at| self.page_link(from, *at)).collect()
    }

    fn section(&self, section: &Section, level: usize, writer: &mut Writer) -> SectionView {
        let lang = &self.draft.lang;
        let attributes_html = writer.attributes(&section.node, lang);
        let own = inner(&section.node, lang);
        let title_html = writer.html(&section.title, own);
        SectionView {
            id: section.node.id.clone(),
            attributes_html,
            class: class(&section.node),
            level: level.min(6),
            number: section.number.clone(),
            code: section.code.clone(),
            title_html: writer.changed(section.node.change, &title_html),
            blocks: self.blocks(&section.blocks, lang, 0, writer),
        }
    }

    fn blocks(&self, blocks: &[Block], lang: &str, depth: usize, writer: &mut Writer) -> Vec<BlockView> {
        let mut out = Vec::with_capacity(blocks.len());
        for block in blocks {
            match block {
                Block::Quote { blocks, .. } | Block::Box { blocks, .. } if depth >= DEPTH => {
                    out.extend(self.blocks(blocks, lang, depth, writer));
                }
                Block::List { items, .. } if depth >= DEPTH => {
                    for item in items {
                        out.extend(self.blocks(&item.blocks, lang, depth, writer));
                    }
                }
                block => out.push(self.block(block, lang, depth, writer)),
            }
        }
        out
    }

    fn block(&self, block: &Block, around: &str, depth: usize, writer: &mut Writer) -> BlockView {
        let node = node_of(block);
        let mut view = BlockView {
            attributes_html: writer.attributes(node, around),
            class: class(node),
            change: change(node.change),
            ..BlockView::default()
        };
        let lang = inner(node, around);
        match block {
            Block::Paragraph { number, inlines, .. } => {
                view.kind = "paragraph";
                let again = *number > 0 && !writer.used.insert(format!("p{number}"));
                view.number = if again { 0 } else { *number };
                let html = writer.html(inlines, lang);
                view.html = writer.changed(node.change, &html);
            }
            Block::List { ordered, start, items, .. } => {
                view.kind = "list";
                view.ordered = *ordered;
                view.start = *start;
                for item in items {
                    let attributes_html = writer.attributes(&item.node, lang);
                    let own = inner(&item.node, lang);
                    view.items.push(ItemView {
                        attributes_html,
                        class: class(&item.node),
                        change: change(item.node.change),
                        blocks: self.blocks(&item.blocks, own, depth + 1, writer),
                    });
                }
            }
            Block::Table(table) => self.table(table, lang, &mut view, writer),
            Block::Figure { image, alternative, caption, .. } => {
                view.kind = "figure";
                view.text = alternative.clone();
                view.title_html = writer.html(caption, lang);
                if self.draft.images.contains_key(image) {
                    view.image = relative(writer.path, &image_path(image));
                }
            }
            Block::Quote { blocks, .. } => {
                view.kind = "quote";
                view.blocks = self.blocks(blocks, lang, depth + 1, writer);
            }
            Block::Code { text, .. } => {
                view.kind = "code";
                view.text = text.clone();
            }
            Block::Facts { facts, .. } => {
                view.kind = "facts";
                for fact in facts {
                    let attributes_html = writer.attributes(&fact.node, lang);
                    let own = inner(&fact.node, lang);
                    let html = writer.html(&fact.value, own);
                    view.facts.push(FactView {
                        attributes_html,
                        class: class(&fact.node),
                        label: fact.label.clone(),
                        html: writer.changed(fact.node.change, &html),
                    });
                }
            }
            Block::Box { title, blocks, .. } => {
                view.kind = "box";
                view.title_html = writer.html(title, lang);
                view.title = plain(title);
                view.blocks = self.blocks(blocks, lang, depth + 1, writer);
            }
            Block::Contents { title, .. } => {
                view.kind = "contents";
                view.title = title.clone();
                view.entries = self.entries(writer.path, None);
            }
            Block::Rule { .. } => view.kind = "rule",
        }
        view
    }

    fn table(&self, table: &Table, lang: &str, view: &mut BlockView, writer: &mut Writer) {
        view.kind = "table";
        view.title_html = writer.html(&table.caption, lang);
        view.title = if table.name.is_empty() { plain(&table.caption) } else { table.name.clone() };
        if view.title.trim().is_empty() {
            view.title = self.words.get("table").cloned().unwrap_or_default();
        }
        view.title = writer.landmark(&view.title);
        for column in &table.columns {
            view.columns.push(CellView { head: true, kind: kind(column.kind), html: writer.html(&column.title, lang) });
        }
        for row in &table.rows {
            view.rows.push(self.row(row, table, lang, writer));
        }
    }

    fn row(&self, row: &Row, table: &Table, lang: &str, writer: &mut Writer) -> RowView {
        let attributes_html = writer.attributes(&row.node, lang);
        let own = inner(&row.node, lang);
        let mut cells = Vec::with_capacity(row.cells.len());
        for (at, cell) in row.cells.iter().enumerate() {
            let html = writer.html(&cell.inlines, own);
            cells.push(CellView {
                head: cell.head,
                kind: table.columns.get(at).map_or("text", |column| kind(column.kind)),
                html: match html.is_empty() {
                    true => html,
                    false => writer.changed(row.node.change, &html),
                },
            });
        }
        RowView { attributes_html, class: class(&row.node), total: row.total, cells }
    }
}

fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "text",
        ColumnKind::Number => "number",
        ColumnKind::Code => "code",
    }
}

fn change(change: Change) -> &'static str {
    match change {
        Change::Same => "same",
        Change::Inserted => "inserted",
        Change::Deleted => "deleted",
        Change::Moved => "moved",
    }
}

/// Classes of a node: its role, its change, whether it stands in another language.
fn class(node: &Node) -> String {
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

fn node_of(block: &Block) -> &Node {
    match block {
        Block::Paragraph { node, .. }
        | Block::List { node, .. }
        | Block::Figure { node, .. }
        | Block::Quote { node, .. }
        | Block::Code { node, .. }
        | Block::Facts { node, .. }
        | Block::Box { node, .. }
        | Block::Contents { node, .. }
        | Block::Rule { node } => node,
        Block::Table(table) => &table.node,
    }
}

/// Calls `add` for the nodes of a block that carry anchors.
fn each_node<'d>(block: &'d Block, add: &mut impl FnMut(&'d Node)) {
    add(node_of(block));
    match block {
        Block::List { items, .. } => {
            for item in items {
                add(&item.node);
                item.blocks.iter().for_each(|block| each_node(block, add));
            }
        }
        Block::Quote { blocks, .. } | Block::Box { blocks, .. } => {
            blocks.iter().for_each(|block| each_node(block, add));
        }
        Block::Table(table) => table.rows.iter().for_each(|row| add(&row.node)),
        Block::Facts { facts, .. } => facts.iter().for_each(|fact| add(&fact.node)),
        _ => {}
    }
}

/// The folder of a language: its tag, which holds nothing but letters, digits and hyphens.
fn folder(lang: &str) -> String {
    let tag: String = lang.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    if tag.is_empty() || tag == "files" { "und".to_string() } else { tag }
}

/// Where an image of the plan stands under `html/`.
fn image_path(path: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let tame = path.chars().all(safe) && path.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
    if tame {
        return format!("files/images/{path}");
    }
    let hash = Sha256::digest(path.as_bytes());
    let name: String = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let end = path.rsplit_once('.').map_or("", |(_, end)| end);
    format!("files/images/{name}.{}", slug(end))
}
