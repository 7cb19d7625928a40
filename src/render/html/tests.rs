use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use scraper::{Html, Selector};

use super::inline::relative;
use super::*;
use crate::diag::FileId;
use crate::document::draft::*;
use crate::render::theme::ThemeFile;

fn node(id: &str) -> Node {
    Node { id: id.into(), lang: "en".into(), dir: "ltr".into(), ..Node::default() }
}

fn t(text: &str) -> Vec<Inline> {
    vec![Inline::text(text)]
}

fn para(id: &str, number: u32, inlines: Vec<Inline>) -> Block {
    Block::Paragraph { node: node(id), number, inlines }
}

fn phrase(text: &str) -> Phrase {
    Phrase { text: text.into(), lang: "en".into(), dir: "ltr".into(), ..Phrase::default() }
}

const HOSTILE: &str = "<script>alert(1)</script> {{ x }} {% y %} {# z #} </style> \" ' & \u{1}\u{1b}end";

fn every_block(own: &str) -> Vec<Block> {
    let id = |key: &str| format!("{own}_{key}");
    let with = |change, mut n: Node| {
        n.change = change;
        n
    };
    let cell = |text: &str, head| Cell { head, inlines: t(text), ..Cell::default() };
    let row = |change, cells: [&str; 3], total| Row {
        node: with(change, Node::default()),
        total,
        cells: vec![cell(cells[0], true), cell(cells[1], false), cell(cells[2], false)],
    };
    let column = |kind, title: &str| Column { kind, title: t(title) };
    let (mut above, mut under) = (
        row(Change::Same, ["Shared name", "P4", "7.00"], false),
        row(Change::Same, ["Shared name", "P5", "8.00"], false),
    );
    above.cells[0].below = 1;
    under.cells[0].covered = true;
    vec![
        Block::List {
            node: node(""),
            ordered: false,
            start: 1,
            items: vec![
                ListItem {
                    node: node(""),
                    blocks: vec![
                        para("", 0, t("a list item with a list in it")),
                        Block::List {
                            node: node(""),
                            ordered: true,
                            start: 3,
                            items: vec![ListItem { node: node(""), blocks: vec![para("", 0, t("third"))] }],
                        },
                    ],
                },
                ListItem { node: with(Change::Inserted, node("")), blocks: vec![para("", 0, t("a new item"))] },
            ],
        },
        Block::Table(Table {
            name: String::new(),
            node: node(&id("table")),
            caption: t("Contributions by year, in thousand units"),
            columns: vec![
                column(ColumnKind::Text, "Process"),
                column(ColumnKind::Code, "Code"),
                column(ColumnKind::Number, "2019/2020"),
            ],
            rows: vec![
                row(Change::Same, ["Harmonisation of procedures", "P1", "1,250.00"], false),
                row(Change::Inserted, ["Facilitation of trade", "P2", "900.50"], false),
                row(Change::Deleted, ["Old process", "P3", "1.00"], false),
                above,
                under,
                row(Change::Same, ["Total", "", "2,150.50"], true),
            ],
        }),
        Block::Figure {
            node: node(""),
            image: "images/map.svg".into(),
            alternative: "Three rows of boxes \"quoted\"".into(),
            caption: t("Figure 1. The strategic map"),
        },
        Block::Quote { node: node(""), blocks: vec![para("", 0, t("quoted words"))] },
        Block::Code { node: node(""), text: "let a = <b>;".into() },
        Block::Facts {
            node: Node { role: "card".into(), ..node("") },
            facts: vec![
                Fact { node: node(""), label: "Owner".into(), value: t("Directorate of Capacity Building") },
                Fact {
                    node: node(""),
                    label: "Target".into(),
                    value: vec![
                        Inline::text("75 %"),
                        Inline::Mark { role: "basis".into(), text: "illustrative".into() },
                    ],
                },
            ],
        },
        Block::Box {
            node: node(""),
            title: t("Drafting proposal"),
            blocks: vec![para("", 0, t("words of a proposal"))],
        },
        Block::Rule { node: node("") },
        Block::Paragraph {
            node: with(Change::Inserted, node(&id("in"))),
            number: 0,
            inlines: t("an inserted paragraph"),
        },
        Block::Paragraph {
            node: with(Change::Deleted, node(&id("out"))),
            number: 0,
            inlines: t("a deleted paragraph"),
        },
        Block::Quote { node: with(Change::Moved, node("")), blocks: vec![para("", 0, t("a moved quotation"))] },
        Block::Paragraph {
            node: Node { id: id("fb"), lang: "fr".into(), dir: "ltr".into(), fallback: true, ..Node::default() },
            number: 0,
            inlines: t("un paragraphe resté en français"),
        },
    ]
}

fn section(id: &str, level: u8, title: &str, page: &str) -> Section {
    Section {
        node: node(id),
        level,
        number: String::new(),
        code: String::new(),
        title: t(title),
        plain_title: title.into(),
        page: page.into(),
        blocks: vec![],
        sections: vec![],
    }
}

/// A draft with every kind of block and inline.
fn sample(lang: &str) -> Draft {
    let long = "Customs administrations work together so that goods cross borders quickly and safely, and that revenue is collected fairly. Members asked in all six regional workshops that the Plan say plainly what will be done, by whom and when.";
    let mut first = section("summary", 1, "Executive summary", "summary.html");
    first.number = "1".into();
    first.blocks = vec![
        para("summary_a", 1, t(long)),
        para(
            "summary_b",
            2,
            vec![
                Inline::text(HOSTILE),
                Inline::Break,
                Inline::Link { url: "javascript:alert(1)".into(), inlines: t("bad link") },
                Inline::text(" "),
                Inline::Link { url: "https://example.org/?a=1&b=\"2\"".into(), inlines: t("good link") },
                Inline::text(" see "),
                Inline::Reference { target: "trade".into(), inlines: t("SO1 Trade facilitation") },
                Inline::text(" and "),
                Inline::Reference { target: "nowhere".into(), inlines: t("a target that is not here") },
                Inline::Note { node: node(""), inlines: t("A footnote.") },
                Inline::Emphasis { inlines: t("soft") },
                Inline::Strong { inlines: t("hard") },
                Inline::Strike { inlines: t("gone") },
                Inline::Code { text: "<x>".into() },
                Inline::Span {
                    node: Node { lang: "ar".into(), dir: "rtl".into(), change: Change::Inserted, ..Node::default() },
                    inlines: t("الجمارك"),
                },
            ],
        ),
    ];
    for (id, title) in [("new", "What is new"), ("asked", "Decision requested"), ("how", "How to read")] {
        let mut below = section(id, 2, title, "");
        below.blocks = vec![para(&format!("{id}_a"), 0, t(long))];
        first.sections.push(below);
    }
    let mut map = section("goals", 1, "Strategic Objectives", "elements/index.html");
    map.number = "2".into();
    map.blocks = vec![para("goals_a", 3, t(long)), Block::Contents { node: node(""), title: "Contents".into() }];
    let mut trade = section("trade", 2, "Trade facilitation", "elements/trade.html");
    trade.code = "SO1".into();
    trade.blocks = every_block("trade");
    trade.blocks.insert(0, para("trade_a", 4, t(long)));
    let mut other = section("revenue", 2, "Trade facilitation", "elements/../../../revenue.html");
    other.code = "SO2".into();
    other.blocks = vec![para("revenue_a", 5, t(long))];
    map.sections = vec![trade, other];
    let link = |tag: &str, name: &str| LanguageLink { lang: tag.into(), name: name.into(), current: tag == lang };
    Draft {
        draft: 1,
        edition: "commission".into(),
        lang: lang.into(),
        dir: if lang == "ar" { "rtl" } else { "ltr" }.into(),
        title: format!("Strategic Plan 2019-2022 ({lang})"),
        notices: vec![
            Notice {
                role: "marking".into(),
                lang: "en".into(),
                dir: "ltr".into(),
                text: "Reconstruction for demonstration; not an official document".into(),
            },
            Notice {
                role: "fallback".into(),
                lang: lang.into(),
                dir: "ltr".into(),
                text: "Parts of this page stand in another language".into(),
            },
        ],
        cover: Cover {
            organisations: vec![CoverName {
                name: phrase("The Organisation"),
                established: phrase("Established in 1952"),
            }],
            symbol: phrase("SP0000E1a"),
            body: phrase("Policy Commission"),
            session: phrase("80th Session"),
            meeting: phrase("Mumbai, 3-5 December 2018"),
            issued: phrase("Brussels, 19 November 2018"),
            stage: phrase("Policy Commission draft"),
            title: phrase("Strategic Plan"),
            subtitle: phrase("Draft for the Policy Commission"),
            period: phrase("2019/2020 to 2021/2022"),
            purpose: phrase("To examine the draft"),
            action_required: phrase("The Commission is invited to comment"),
            annexes: vec![phrase("Annex I"), phrase("Annex II")],
            ..Cover::default()
        },
        running: Running {
            symbol: "SP0000E1a".into(),
            stage: "Policy Commission draft".into(),
            marking: "Reconstruction for demonstration".into(),
            title: "Strategic Plan 2019-2022".into(),
        },
        chapters: vec![first, map],
        languages: vec![link("en", "English"), link("fr", "Français"), link("ar", "العربية")],
        noindex: true,
        date: "2018-11-19".into(),
        images: BTreeMap::from([(
            "images/map.svg".to_string(),
            Arc::from(&br##"<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80"><rect width="300" height="80" fill="#1f3a5f"/></svg>"##[..]),
        )]),
        ..Draft::default()
    }
}

fn site(theme: &Theme) -> (OutputTree, Diagnostics) {
    let mut tree = OutputTree::default();
    let mut diags = Diagnostics::default();
    let drafts: Vec<Draft> = ["en", "fr", "ar", "zh-Hant"].map(sample).into();
    render(&drafts, &[("NotoSerif-Regular.ttf", b"font")], theme, &mut tree, &mut diags);
    (tree, diags)
}

fn pages(tree: &OutputTree) -> BTreeMap<String, Html> {
    tree.files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| {
            let text = std::str::from_utf8(bytes).unwrap();
            (path.clone(), Html::parse_document(text))
        })
        .collect()
}

fn select(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

/// `path` from the file `from`, without `.` and `..`.
fn join(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => {
                parts.pop().unwrap();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_page_stands_where_it_should() {
    let (tree, diags) = site(&Theme::default());
    assert!(diags.is_empty(), "{diags:?}");
    let paths: Vec<_> = tree
        .files
        .keys()
        .filter(|path| !path.contains("/fr/") && !path.contains("/ar/") && !path.contains("/zh-Hant/"))
        .collect();
    assert_eq!(
        paths,
        [
            "html/en/elements/index.html",
            "html/en/elements/revenue.html",
            "html/en/elements/trade.html",
            "html/en/index.html",
            "html/en/summary.html",
            "html/files/fonts/NotoSerif-Regular.ttf",
            "html/files/images/images/map.svg",
            "html/files/style.css",
            "html/index.html",
        ]
        .map(|path| if path.contains("---") { "html/en/elements/--/--/--/revenue.html" } else { path })
    );
    tree.leave();
}

#[test]
fn links_and_fragments_resolve_and_ids_are_unique() {
    let (tree, _) = site(&Theme::default());
    let pages = pages(&tree);
    let ids: BTreeMap<&String, BTreeSet<String>> = pages
        .iter()
        .map(|(path, page)| {
            let mut ids = BTreeSet::new();
            for element in page.select(&select("[id]")) {
                let id = element.value().attr("id").unwrap().to_string();
                assert!(ids.insert(id.clone()), "{path}: {id} stands twice");
            }
            (path, ids)
        })
        .collect();
    for (path, page) in &pages {
        for element in page.select(&select("[href], [src]")) {
            let value = element.value();
            let href = value.attr("href").or(value.attr("src")).unwrap();
            if href.starts_with("https://example.org/") {
                continue;
            }
            assert!(!href.contains(':'), "{path}: {href}");
            let (file, fragment) = href.split_once('#').unwrap_or((href, ""));
            let file = if file.is_empty() { path.clone() } else { join(path, file) };
            assert!(tree.files.contains_key(&file), "{path}: {href}");
            assert!(fragment.is_empty() || ids[&file].contains(fragment), "{path}: {href}");
        }
    }
}

#[test]
fn nothing_inline_and_nothing_hostile() {
    let (tree, _) = site(&Theme::default());
    for (path, page) in &pages(&tree) {
        for bad in ["script", "style", "[style]", "[onclick]", "iframe", "meta[http-equiv=refresh]"] {
            assert_eq!(page.select(&select(bad)).count(), 0, "{path}: {bad}");
        }
        let text = std::str::from_utf8(&tree.files[path]).unwrap();
        assert!(!text.contains("<script"), "{path}");
        assert!(!text.contains("javascript:"), "{path}");
        assert!(!text.contains("class=\"\""), "{path}");
        let control = text.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(control, None, "{path}");
        let html = page.root_element();
        assert!(html.value().attr("lang").is_some() && html.value().attr("dir").is_some());
        assert_eq!(page.select(&select("h1")).count(), 1, "{path}");
        assert_eq!(page.select(&select("meta[name=robots]")).count(), 1, "{path}");
        assert!(text.len() < 150_000);
    }
    let page = &pages(&tree)["html/en/summary.html"];
    let texts: String = page.select(&select("#summary_b")).next().unwrap().text().collect();
    let clean: String = HOSTILE.chars().filter(|c| !c.is_control()).collect();
    assert!(texts.contains(&clean), "{texts}");
}

#[test]
fn titles_are_unique() {
    let (tree, _) = site(&Theme::default());
    let mut seen = BTreeSet::new();
    for (path, page) in &pages(&tree) {
        let title: String = page.select(&select("title")).next().unwrap().text().collect();
        assert!(seen.insert(title.clone()), "{path}: {title}");
    }
}

#[test]
fn every_word_is_on_its_page() {
    let (tree, _) = site(&Theme::default());
    let page = &pages(&tree)["html/en/elements/trade.html"];
    let text: String = page.root_element().text().collect();
    for word in [
        "a list item with a list in it",
        "Contributions by year",
        "1,250.00",
        "Figure 1. The strategic map",
        "quoted words",
        "let a = <b>;",
        "Directorate of Capacity Building",
        "illustrative",
        "words of a proposal",
        "[Inserted] an inserted paragraph",
        "[Deleted] a deleted paragraph",
        "[Moved]",
        "un paragraphe resté en français",
    ] {
        assert!(text.contains(word), "{word}");
    }
    for css in [
        "p#trade_a > a.pn#p4[href='#p4']",
        "main [role=region][tabindex='0'][aria-label] table > caption",
        "thead th[scope=col].number",
        "tbody th[scope=row]",
        "tr.change-inserted td > ins",
        "tr.change-deleted td > del",
        "tr.total",
        "img[alt^='Three rows']",
        "ol[start='3'] li",
        "p#trade_fb[lang=fr][dir=ltr].fallback",
        "span.mark.mark-basis",
        "nav.chapters a[aria-current=page]",
        "nav.languages a[hreflang=fr][href='../../fr/elements/trade.html']",
        "a[rel=prev]",
        "body > a.skip:first-child + section.notices > p.notice-fallback:first-child",
    ] {
        assert_eq!(page.select(&select(css)).count().min(1), 1, "{css}");
    }
    let other = &pages(&tree)["html/en/summary.html"];
    for css in [
        "nav.on-page a[href='#new']",
        "a[href='elements/trade.html#trade']",
        "sup a[href='#_n1']",
        "li#_n1 a[href='#_r1']",
        "span[lang=ar][dir=rtl] ins",
    ] {
        assert_eq!(other.select(&select(css)).count(), 1, "{css}");
    }
    assert_eq!(other.select(&select("nav.chapters ul ul")).count(), 0);
}

/// Files that differ between two sites.
fn differing(a: &OutputTree, b: &OutputTree) -> BTreeSet<String> {
    a.files.iter().filter(|(path, bytes)| b.files.get(*path) != Some(bytes)).map(|(path, _)| path.clone()).collect()
}

#[test]
fn five_overrides_change_only_their_part() {
    let (plain, _) = site(&Theme::default());
    let all: BTreeSet<String> = pages(&plain).into_keys().collect();
    for (name, text, css, count) in [
        ("html/masthead.html", "<header id=\"_mine\">mine</header>", "header", 5),
        ("html/cover.html", "<h1 id=\"_mine\">mine</h1>", "main > #_mine", 1),
        ("html/card.html", "<p id=\"_mine\">mine</p>", "main > #_mine", 1),
        ("html/table-row.html", "<tr class=\"mine\"><td>mine</td></tr>", "tr.mine", 1),
        ("html/footer.html", "<footer id=\"_mine\">mine</footer>", "footer", 5),
        (
            "html/page.html",
            "{% extends \"builtin/page.html\" %}{% block footer %}<footer>mine</footer>{% endblock %}",
            "footer",
            5,
        ),
    ] {
        let theme = Theme {
            files: vec![ThemeFile {
                id: FileId(0),
                name: name.into(),
                bytes: text.as_bytes().into(),
                text: Some(Arc::from(text)),
            }],
        };
        let (tree, diags) = site(&theme);
        assert!(diags.is_empty(), "{name}: {diags:?}");
        let changed = differing(&plain, &tree);
        let english: BTreeSet<_> = changed.iter().filter(|path| path.contains("/en/")).collect();
        assert_eq!(english.len(), count, "{name}: {english:?}");
        assert!(changed.is_subset(&all));
        let page = &pages(&tree)[*english.iter().next().unwrap()];
        assert!(page.select(&select(css)).count() > 0, "{name}");
    }
}

#[test]
fn a_name_of_several_rows_is_printed_once_and_no_column_is_short() {
    let (tree, _) = site(&Theme::default());
    let mut spans = 0;
    for (path, page) in pages(&tree) {
        for table in page.select(&select("table")) {
            let width = table.select(&select("thead th")).count();
            let mut carried = 0;
            for row in table.select(&select("tbody tr")) {
                let cells: Vec<_> = row.select(&select("th, td")).collect();
                assert_eq!(cells.len() + usize::from(carried > 0), width, "{path}");
                carried = usize::saturating_sub(carried, 1);
                if let Some(rows) = cells.iter().find_map(|cell| cell.value().attr("rowspan")) {
                    carried = rows.parse::<usize>().unwrap() - 1;
                    spans += 1;
                }
            }
            assert_eq!(carried, 0, "{path}");
        }
    }
    assert!(spans > 0);
}

#[test]
fn deep_nesting_ends_well() {
    let mut draft = sample("en");
    let mut block = para("deep", 0, t("deep down"));
    for _ in 0..100 {
        block = Block::Quote { node: node(""), blocks: vec![block] };
    }
    draft.chapters[0].blocks.push(block);
    let mut tree = OutputTree::default();
    let mut diags = Diagnostics::default();
    render(&[draft], &[], &Theme::default(), &mut tree, &mut diags);
    assert!(diags.is_empty(), "{diags:?}");
    assert!(String::from_utf8_lossy(&tree.files["html/en/summary.html"]).contains("deep down"));
}

#[test]
fn relative_links() {
    assert_eq!(relative("en/a.html", "en/a.html"), "a.html");
    assert_eq!(relative("en/x/a.html", "en/b.html"), "../b.html");
    assert_eq!(relative("en/a.html", "files/i.png"), "../files/i.png");
}
