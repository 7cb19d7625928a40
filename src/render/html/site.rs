//! One draft cut into pages: which page a node stands on, and the links between pages.

use std::collections::{BTreeMap, BTreeSet};

use super::WORDS;
use super::inline::{escape, language, relative, slug};
use super::view::{LinkView, NoticeView};
use crate::document::draft::{Block, Draft, Node, Notice, Section};

/// More sisters than this are not listed beside a page: a list on each page of a chapter would grow with its square.
const SISTERS: usize = 24;

/// Sections that stand on one page.
pub struct Page<'d> {
    /// Path under `html/`.
    pub path: String,
    /// Position of its chapter.
    pub chapter: usize,
    /// How deep below its chapter, 0 for the page of a chapter.
    pub depth: usize,
    /// Position of the page above, and of the section there under which it stands.
    pub parent: Option<(usize, usize)>,
    pub title: String,
    /// Sections with their level on this page, from 1.
    pub sections: Vec<(&'d Section, usize)>,
}

/// One draft cut into pages.
pub struct Site<'d> {
    pub draft: &'d Draft,
    pub words: BTreeMap<String, String>,
    pub pages: Vec<Page<'d>>,
    /// Positions of the pages right below each page.
    pub children: Vec<Vec<usize>>,
    /// Positions of the pages of chapters.
    pub tops: Vec<usize>,
    pub paths: BTreeSet<String>,
    /// Where each id of the draft stands: the path of its page.
    pub targets: BTreeMap<&'d str, String>,
}

impl<'d> Site<'d> {
    pub fn new(draft: &'d Draft) -> Self {
        let mut words: BTreeMap<String, String> =
            WORDS.iter().map(|(key, word)| (key.to_string(), word.to_string())).collect();
        words.extend(draft.words.clone());
        let mut site = Site {
            draft,
            words,
            pages: Vec::new(),
            children: Vec::new(),
            tops: Vec::new(),
            paths: BTreeSet::from([home(&draft.lang)]),
            targets: BTreeMap::new(),
        };
        for (chapter, section) in draft.chapters.iter().enumerate() {
            match is_contents(section) {
                // The first page is the list of contents.
                true => site.aim(&section.node, &home(&draft.lang)),
                false => site.cut(section, chapter, None, 1),
            }
        }
        site.children = vec![Vec::new(); site.pages.len()];
        for at in 0..site.pages.len() {
            match site.pages[at].parent {
                Some((parent, _)) => site.children[parent].push(at),
                None => site.tops.push(at),
            }
        }
        site
    }

    /// Notes that the node stands on the page at `path`.
    fn aim(&mut self, node: &'d Node, path: &str) {
        if !node.id.is_empty() {
            self.targets.entry(node.id.as_str()).or_insert_with(|| path.to_string());
        }
    }

    /// Lays a section on its page and its sub-sections on theirs; `on` is the section above, by page and position.
    fn cut(&mut self, section: &'d Section, chapter: usize, on: Option<(usize, usize)>, level: usize) {
        let (page, level) = match on {
            Some((page, _)) if section.page.is_empty() => {
                self.pages[page].sections.push((section, level));
                (page, level)
            }
            parent => {
                let path = self.path(section, chapter);
                self.pages.push(Page {
                    path,
                    chapter,
                    depth: parent.map_or(0, |(parent, _)| self.pages[parent].depth + 1),
                    parent,
                    title: section.plain_title.clone(),
                    sections: vec![(section, 1)],
                });
                (self.pages.len() - 1, 1)
            }
        };
        let path = self.pages[page].path.clone();
        self.aim(&section.node, &path);
        section.blocks.iter().for_each(|block| each_node(block, &mut |node| self.aim(node, &path)));
        let here = (page, self.pages[page].sections.len() - 1);
        for below in &section.sections {
            self.cut(below, chapter, Some(here), level + 1);
        }
    }

    /// A path for the page of a section that is safe and that no other page has.
    fn path(&mut self, section: &Section, chapter: usize) -> String {
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
        while !self.paths.insert(path.clone()) {
            count += 1;
            path = format!("{stem}-{count}.html");
        }
        path
    }

    pub fn home(&self) -> String {
        home(&self.draft.lang)
    }

    /// The anchor of the list of contents on the first page, which the chapter of contents stands for.
    pub fn contents_id(&self) -> &'d str {
        let chapter = self.draft.chapters.iter().find(|chapter| is_contents(chapter) && !chapter.node.id.is_empty());
        chapter.map_or("_contents", |chapter| &chapter.node.id)
    }

    /// The lines at the head of a page: that text stands in another language, if it does there; then the markings.
    pub fn notices(&self, fallback: bool) -> Vec<NoticeView> {
        let (first, rest): (Vec<_>, Vec<_>) = self.draft.notices.iter().partition(|notice| notice.role == "fallback");
        let first = first.into_iter().filter(|_| fallback);
        first.chain(rest).map(|notice| notice_view(notice, &self.draft.lang)).collect()
    }

    /// The title with the years, unless they stand in it already.
    pub fn document_title(&self) -> String {
        let (title, period) = (&self.draft.title, &self.draft.cover.period.text);
        match period.is_empty() || title.contains(period.as_str()) {
            true => title.clone(),
            false => format!("{title} {period}"),
        }
    }

    /// What a search engine shows below the title: the marking of the plan.
    pub fn description(&self) -> &'d str {
        let marking = self.draft.notices.iter().find(|notice| notice.role == "marking");
        marking.map_or(&self.draft.running.marking, |notice| &notice.text)
    }

    /// The link of the language switch to this draft.
    pub fn link(&self, href: &str) -> LinkView {
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
    pub fn page_link(&self, from: &str, at: usize) -> LinkView {
        let page = &self.pages[at];
        let html = self.numbered(page.sections[0].0);
        LinkView {
            href: relative(from, &page.path),
            name: page.title.clone(),
            html,
            depth: page.depth,
            current: page.path == from,
            ..LinkView::default()
        }
    }

    /// Number, code and title of a section.
    pub fn numbered(&self, section: &Section) -> String {
        let numbers: Vec<&str> =
            [section.number.as_str(), section.code.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
        let title = escape(&section.plain_title);
        let html = match numbers.is_empty() {
            true => title,
            false => format!("<span class=\"no\">{}</span> {title}", escape(&numbers.join(" "))),
        };
        match section.node.fallback {
            true => format!("<span{}>{html}</span>", language(&section.node.lang, &section.node.dir, &self.draft.lang)),
            false => html,
        }
    }

    /// Links from page `page` to the pages that begin right below its section at `section`.
    pub fn below(&self, page: usize, section: usize) -> Vec<LinkView> {
        let own = self.children[page].iter().filter(|at| self.pages[**at].parent == Some((page, section)));
        own.map(|at| self.page_link(&self.pages[page].path, *at)).collect()
    }

    /// All pages, by chapter.
    pub fn entries(&self, from: &str, below: Option<usize>) -> Vec<LinkView> {
        let list = match below {
            Some(page) => self.children[page].clone(),
            None => self.tops.clone(),
        };
        list.into_iter()
            .map(|at| LinkView { children: self.entries(from, Some(at)), ..self.page_link(from, at) })
            .collect()
    }

    /// The chapters; below the current one, the way to the page, its sisters and the pages below it.
    pub fn nav(&self, from: &str, current: Option<usize>) -> Vec<LinkView> {
        let mut way = BTreeSet::new();
        let mut at = current;
        while let Some(page) = at {
            way.insert(page);
            at = self.pages[page].parent.map(|(page, _)| page);
        }
        self.tops.iter().map(|at| self.nav_link(from, *at, &way)).collect()
    }

    fn nav_link(&self, from: &str, at: usize, way: &BTreeSet<usize>) -> LinkView {
        let mut link = self.page_link(from, at);
        if way.contains(&at) {
            link.way = true;
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
    pub fn titles(&self) -> Vec<String> {
        let document = self.document_title();
        let mut seen = BTreeSet::from([document.clone()]);
        self.pages
            .iter()
            .map(|page| {
                let chapter = &self.draft.chapters[page.chapter].plain_title;
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
}

/// Calls `add` for the nodes of a block that carry anchors.
pub fn each_node<'d>(block: &'d Block, add: &mut impl FnMut(&'d Node)) {
    add(block.node());
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

fn notice_view(notice: &Notice, lang: &str) -> NoticeView {
    NoticeView {
        role: slug(&notice.role),
        attributes_html: language(&notice.lang, &notice.dir, lang),
        text: notice.text.clone(),
    }
}

/// The markings of all languages, each in its own, for the page on which readers choose one.
pub fn markings(sites: &[Site]) -> Vec<NoticeView> {
    let lang = sites.first().map_or("", |site| &site.draft.lang);
    let all = sites.iter().flat_map(|site| &site.draft.notices).filter(|notice| notice.role == "marking");
    let mut seen = BTreeSet::new();
    all.filter(|notice| seen.insert(&notice.text)).map(|notice| notice_view(notice, lang)).collect()
}

/// True for the chapter that holds nothing but the list of contents.
fn is_contents(section: &Section) -> bool {
    section.node.role == "contents" && section.sections.is_empty()
}

/// The first page of a language.
fn home(lang: &str) -> String {
    format!("{}/index.html", folder(lang))
}

/// The folder of a language: its tag, which holds nothing but letters, digits and hyphens.
pub fn folder(lang: &str) -> String {
    let tag: String = lang.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    if tag.is_empty() || tag == "files" { "und".to_string() } else { tag }
}
