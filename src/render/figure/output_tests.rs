//! A draft with a figure of each form, printed in both formats. `PLANWRIGHT_LOOK=FOLDER` leaves the files there.

use scraper::{Html, Selector};

use super::testing::all;
use crate::diag::Diagnostics;
use crate::document::draft::*;
use crate::render::{OutputTree, Theme, fonts, html};

fn draft(lang: &str) -> Draft {
    let dir = if lang == "ar" { "rtl" } else { "ltr" };
    let node = |id: &str| Node { id: id.into(), lang: lang.into(), dir: dir.into(), ..Node::default() };
    let page = |id: &str, title: &str, blocks| Section {
        node: node(id),
        level: 1,
        title: vec![Inline::text(title)],
        plain_title: title.into(),
        page: format!("{id}.html"),
        blocks,
        ..Section::default()
    };
    let mut figures = all("passage");
    if lang == "ar" {
        for drawing in &mut figures {
            drawing.node = Node { id: drawing.node.id.clone(), ..node("") };
            drawing.labels_mut().into_iter().for_each(|label| label.text = arabic(&label.text));
        }
    }
    let figures = figures.into_iter().map(Block::Drawing).collect();
    let words = Block::Paragraph { node: node("passage_a"), number: 1, inlines: vec![Inline::text("Words.")] };
    Draft {
        draft: 1,
        edition: "council".into(),
        lang: lang.into(),
        dir: dir.into(),
        title: "Figures".into(),
        date: "2018-12-03".into(),
        formats: vec!["pdf".into(), "html".into()],
        chapters: vec![page("figures", "Figures", figures), page("passage", "Safe passage", vec![words])],
        ..Draft::default()
    }
}

/// As many words, in Arabic.
fn arabic(text: &str) -> String {
    const WORDS: [&str; 6] = ["المنظمة", "تيسير", "التجارة", "حماية", "المجتمع", "الأعضاء"];
    text.split(' ').enumerate().map(|(nth, word)| WORDS[(nth + word.len()) % 6]).collect::<Vec<_>>().join(" ")
}

fn site() -> OutputTree {
    let (mut tree, mut diags) = (OutputTree::default(), Diagnostics::default());
    html::render(&[draft("en"), draft("ar")], fonts::fonts(), &Theme::default(), &mut tree, &mut diags);
    assert!(diags.is_empty(), "{diags:#?}");
    tree
}

#[test]
fn pages_hold_pictures_lists_and_data() {
    let tree = site();
    tree.leave();
    let text = String::from_utf8(tree.files["html/en/figures.html"].clone()).unwrap();
    let page = Html::parse_document(&text);
    let select = |css: &str| page.select(&Selector::parse(css).unwrap()).collect::<Vec<_>>();
    // The map is a list in narrow windows, every chart is drawn for them.
    assert_eq!(select("figure.drawing .wide > svg").len(), 6);
    assert_eq!(select("figure.drawing .narrow > svg").len(), 5);
    assert_eq!(select("figure.drawing-map .as-list > ul > li").len(), 5);
    assert!(select("svg [style], svg style, svg script").is_empty());
    assert!(select("svg a").iter().all(|link| link.attr("href") == Some("passage.html#passage")));
    // Names are there, once each.
    for svg in select("svg[aria-labelledby]") {
        let name = format!("[id='{}']", svg.attr("aria-labelledby").unwrap());
        assert_eq!(select(&name).len(), 1);
    }
    // What is in a list is an entry or hidden.
    for list in select("svg [role=list]") {
        let entries = list.child_elements().all(|child| child.attr("role") == Some("listitem"));
        assert!(entries && list.child_elements().next().is_some());
    }
    let links = select("figcaption a.data");
    assert_eq!(links[0].attr("href"), Some("../files/fig-map.en.csv"));
    assert_eq!(links.len(), 6);
    for name in ["fig-map.en.csv", "fig-map.ar.csv", "fig-timeline.en.csv"] {
        assert!(tree.files[&format!("html/files/{name}")].ends_with(b"name,value\r\n'=a,-1.5\r\n"));
    }
    assert_eq!(tree, site());
}

const HOSTILE: &str =
    "<script>alert(1)</script> </svg> {{ e }} {% f %} \"q' & #import \"x\": * $a$ @ref [c] // \\u{41} \u{1} \u{2028}=";

/// The draft with hostile words in every label and every title.
fn hostile() -> Draft {
    let mut draft = draft("en");
    for block in &mut draft.chapters[0].blocks {
        let Block::Drawing(drawing) = block else { continue };
        drawing.title = vec![Inline::text(HOSTILE)];
        drawing.alternative = HOSTILE.into();
        drawing.mark = HOSTILE.into();
        drawing.labels_mut().into_iter().for_each(|label| (label.text, label.mark) = (HOSTILE.into(), HOSTILE.into()));
    }
    draft
}

#[test]
fn hostile_words_stay_words() {
    let (mut tree, mut diags) = (OutputTree::default(), Diagnostics::default());
    html::render(&[hostile()], fonts::fonts(), &Theme::default(), &mut tree, &mut diags);
    assert!(diags.is_empty(), "{diags:#?}");
    let text = String::from_utf8(tree.files["html/en/figures.html"].clone()).unwrap();
    assert!(!text.contains("<script") && !text.contains('\u{1}'));
    let page = Html::parse_document(&text);
    assert_eq!(page.select(&Selector::parse("figure > .canvas > svg").unwrap()).count(), 6 + 5);
    #[cfg(feature = "pdf")]
    {
        crate::render::pdf::render(&hostile(), &Theme::default(), &mut tree, &mut diags);
        let told: Vec<_> = diags.iter().filter(|it| it.code != crate::diag::Code::MissingGlyph).collect();
        assert!(told.is_empty(), "{told:#?}");
    }
}

#[cfg(feature = "pdf")]
#[test]
fn paper_holds_figures_with_words_and_links() {
    use crate::render::pdf;
    for lang in ["en", "ar"] {
        let made = || {
            let (mut tree, mut diags) = (OutputTree::default(), Diagnostics::default());
            pdf::render(&draft(lang), &Theme::default(), &mut tree, &mut diags);
            assert!(diags.is_empty(), "{diags:#?}");
            tree
        };
        let tree = made();
        tree.leave();
        let bytes = &tree.files[&format!("pdf/strategic-plan.{lang}.pdf")];
        assert_eq!(bytes, &made().files[&format!("pdf/strategic-plan.{lang}.pdf")]);
        let count = |what: &[u8]| bytes.windows(what.len()).filter(|window| *window == what).count();
        assert_eq!(count(b"/S/Figure"), 6);
        // Each box of the map, each name of a row, and the labels of the others.
        assert!(count(b"/Subtype/Link") > 50, "{}", count(b"/Subtype/Link"));
        assert!(count(b"/Dest(passage)") > 50);
    }
}

#[test]
fn a_label_in_another_language_says_so_in_every_picture() {
    let mut draft = draft("en");
    for block in &mut draft.chapters[0].blocks {
        let Block::Drawing(drawing) = block else { continue };
        drawing.labels_mut().into_iter().for_each(|label| label.lang = "fr".into());
    }
    let (mut tree, mut diags) = (OutputTree::default(), Diagnostics::default());
    html::render(&[draft], fonts::fonts(), &Theme::default(), &mut tree, &mut diags);
    let text = String::from_utf8(tree.files["html/en/figures.html"].clone()).unwrap();
    let page = Html::parse_document(&text);
    let count = |css: &str| page.select(&Selector::parse(css).unwrap()).count();
    for svg in page.select(&Selector::parse("figure > .canvas > svg").unwrap()) {
        assert!(svg.select(&Selector::parse("text[lang=fr]").unwrap()).next().is_some());
    }
    assert!(count(".as-list span[lang=fr]") > 10);
}
