//! A draft of all kinds of blocks, with hostile words, printed and read back.

use std::sync::Arc;

use lopdf::Object;

use super::*;
use crate::diag::{FileId, Place};
use crate::document::draft::*;
use crate::render::pdf::testing::*;
use crate::render::theme::ThemeFile;

fn theme(files: &[(&str, &str)]) -> Theme {
    Theme {
        files: files
            .iter()
            .enumerate()
            .map(|(at, (name, text))| ThemeFile {
                id: FileId(at as u32),
                name: name.to_string(),
                bytes: text.as_bytes().into(),
                text: Some(Arc::from(*text)),
            })
            .collect(),
    }
}

fn run(draft: &Draft, files: &[(&str, &str)]) -> (OutputTree, Diagnostics) {
    let mut tree = OutputTree::default();
    let mut diags = Diagnostics::default();
    render(draft, &theme(files), &mut tree, &mut diags);
    (tree, diags)
}

fn pdf(draft: &Draft, files: &[(&str, &str)]) -> Vec<u8> {
    let (mut tree, diags) = run(draft, files);
    assert!(diags.is_empty(), "{diags:#?}");
    let name = format!("pdf/strategic-plan.{}.pdf", draft.lang);
    tree.files.remove(&name).unwrap()
}

/// The same draft in Arabic, for a look at the mirrored page.
fn mirrored() -> Draft {
    let mut draft = draft();
    draft.lang = "ar".into();
    draft.dir = "rtl".into();
    draft.cover.title =
        Phrase {
            text: "الخطة الاستراتيجية".into(), lang: "ar".into(), dir: "rtl".into(), ..Phrase::default()
        };
    draft
}

fn collect(object: &Object, kinds: &mut Vec<String>, destinations: &mut Vec<String>) {
    match object {
        Object::Dictionary(dict) => {
            if let (Ok(Object::Name(kind)), true) = (dict.get(b"S"), dict.has(b"P")) {
                kinds.push(String::from_utf8_lossy(kind).into_owned());
            }
            if let Ok(Object::Array(list)) = dict.get(b"Names") {
                for name in list {
                    if let Object::String(name, _) = name {
                        destinations.push(String::from_utf8_lossy(name).into_owned());
                    }
                }
            }
            for (key, value) in dict.iter() {
                if key.as_slice() == b"Dests"
                    && let Object::Dictionary(named) = value
                {
                    let keys = named.iter().map(|(name, _)| name);
                    destinations.extend(keys.map(|name| String::from_utf8_lossy(name).into_owned()));
                }
                collect(value, kinds, destinations);
            }
        }
        Object::Array(list) => list.iter().for_each(|value| collect(value, kinds, destinations)),
        _ => {}
    }
}

/// Strings of the structure tree and the named destinations.
fn names(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let file = lopdf::Document::load_mem(bytes).unwrap();
    let mut kinds = Vec::new();
    let mut destinations = Vec::new();
    for object in file.objects.values() {
        collect(object, &mut kinds, &mut destinations);
    }
    (kinds, destinations)
}

#[test]
fn prints_every_kind_of_block() {
    let bytes = pdf(&draft(), &[]);
    let (kinds, destinations) = names(&bytes);
    let count = |kind: &str| kinds.iter().filter(|one| *one == kind).count();
    assert!(count("P") >= 15, "{} P", count("P"));
    assert_eq!((count("H1"), count("H2"), count("Table"), count("Figure")), (3, 1, 1, 1));
    assert!(count("TH") >= 44 && count("Link") >= 2 && count("Note") == 1);
    for name in ["reform_a2", "p12", "reform", "table-1", "activity-7", "run", "ins", "p14", "elements"] {
        assert!(destinations.iter().any(|one| one == name), "{name}: {destinations:?}");
    }
    if let Ok(folder) = std::env::var("PDF_LOOK") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(format!("{folder}/en.pdf"), bytes).unwrap();
        std::fs::write(format!("{folder}/ar.pdf"), pdf(&mirrored(), &[])).unwrap();
        let (tree, _) = run(&draft(), &[]);
        for (name, text) in tree.files.iter().filter(|(name, _)| name.ends_with(".typ")) {
            std::fs::write(format!("{folder}/{}", name.replace('/', "-")), text).unwrap();
        }
    }
}

#[test]
fn same_bytes_twice() {
    assert_eq!(pdf(&draft(), &[]), pdf(&draft(), &[]));
}

/// The words that Typst reads in `markup`.
fn read_back(markup: &str) -> String {
    let files = [("draft.typ".to_string(), format!("#metadata([{markup}])#label(\"r\")"))];
    let theme = Theme::default();
    let world = DraftWorld::new(&draft(), &theme, &files.into(), Fonts::new(&theme)).unwrap();
    let document = typst::compile::<PagedDocument>(&world).output.unwrap();
    let label = Label::new(PicoStr::intern("r")).unwrap();
    let found = document.introspector().query_label(label).unwrap().clone();
    let content = found.get_by_name("value").unwrap().cast::<typst::foundations::Content>();
    content.unwrap().plain_text().to_string()
}

#[test]
fn hostile_words_stay_words() {
    for text in [HOSTILE, "= a", "- b", "1. c", "/ d: e", "a\u{2029}= b", "``` x"] {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(&read_back(&inline::markup(text))), words(text));
        let literal = format!("#{};", inline::literal(text));
        assert_eq!(words(&read_back(&literal)), words(text));
    }
}

#[test]
fn each_part_can_be_replaced_alone() {
    for (name, text) in [
        ("pdf/cover.typ", "#text(size: 20pt)[{{ cover.title.text }}]"),
        ("pdf/card.typ", "#block(stroke: 1pt)[{{ block.facts[0].value | inlines }}]"),
        (
            "pdf/table-row.typ",
            "row({{ row.node | node }}{% for cell in row.cells %}, cell[{{ cell.inlines | inlines }}]{% endfor %}),",
        ),
        ("pdf/footer.typ", "[Mine] #page"),
        ("pdf/masthead.typ", "Mine {{ running.symbol }}"),
        ("pdf/lib/page.typ", &LIBRARIES[2].1.replace("8pt", "9pt")),
    ] {
        let bytes = pdf(&draft(), &[(name, text)]);
        assert!(!bytes.is_empty(), "{name}");
    }
}

#[test]
fn tells_faults_at_their_place() {
    for (name, text, code) in [
        ("pdf/lib/text.typ", "#let = 1", Code::TypstSyntax),
        ("pdf/lib/text.typ", "#let x = 1 + [a]", Code::TypstError),
        ("pdf/lib/text.typ", "#import \"@preview/a:1.0.0\": *", Code::TypstError),
        ("pdf/lib/look.typ", "#read(\"/etc/passwd\")", Code::TypstError),
    ] {
        let (tree, diags) = run(&draft(), &[(name, text)]);
        let diag = diags.iter().next().unwrap();
        assert_eq!(diag.code, code, "{diag:?}");
        assert!(matches!(&diag.places[0], Place::Bytes(FileId(0), range) if range.end > 0), "{diag:?}");
        assert!(!tree.files.keys().any(|name| name.ends_with(".pdf")));
    }
    let (_, diags) = run(&draft(), &[("pdf/card.typ", "#nope[{{ block.facts[0].label }}]")]);
    let diag = diags.iter().next().unwrap();
    assert_eq!(diag.code, Code::TypstError);
    // At the template, and at what it wrote.
    assert!(matches!(&diag.places[0], Place::Bytes(FileId(0), range) if *range == (1..5)), "{diag:?}");
    assert!(matches!(&diag.places[1], Place::Text { name, .. } if name == "draft/en/chapter-02.typ"), "{diag:?}");
    let (_, diags) = run(&draft(), &[("pdf/card.typ", "{{ nope }}")]);
    assert_eq!(diags.iter().next().unwrap().code, Code::TemplateUndefined);
}

#[test]
fn an_image_without_alternative_breaks_the_standard() {
    let mut draft = draft();
    let blocks = &mut draft.chapters[1].sections[0].blocks;
    let Some(Block::Figure { alternative, node, .. }) = blocks.last_mut() else { panic!() };
    alternative.clear();
    node.origin = "reform/body#fig".into();
    let (tree, diags) = run(&draft, &[]);
    let diag = diags.iter().next().unwrap();
    assert_eq!(diag.code, Code::PdfStandard, "{diag:?}");
    assert!(diag.get("standard").contains("PDF/UA-1"));
    assert_eq!(diag.address.as_ref().map(ToString::to_string).as_deref(), Some("reform/body#fig"));
    assert!(!tree.files.keys().any(|name| name.ends_with(".pdf")));
}

#[test]
fn tells_characters_without_a_font_once_for_each_owner() {
    let mut draft = draft();
    let blocks = &mut draft.chapters[1].sections[0].blocks;
    blocks.push(para("cjk", 20, t("中国 and 中")));
    blocks.push(para("cjk2", 21, t("again 中")));
    let (tree, diags) = run(&draft, &[]);
    let told: Vec<_> = diags
        .iter()
        .map(|diag| {
            let address = diag.address.as_ref().map(ToString::to_string);
            (diag.code, diag.get("character").to_string(), address)
        })
        .collect();
    let at = Some("reform/body#cjk".to_string());
    assert_eq!(
        told,
        [
            (Code::MissingGlyph, "中 (U+4E2D)".to_string(), at.clone()),
            (Code::MissingGlyph, "国 (U+56FD)".to_string(), at),
        ]
    );
    assert!(tree.files.keys().any(|name| name.ends_with(".pdf")));
}

#[test]
fn an_empty_draft_is_printed() {
    let draft = Draft { lang: "en".into(), title: "x".into(), ..Draft::default() };
    assert!(!pdf(&draft, &[]).is_empty());
}

/// Where the links of a file lead, by name or by address, and what is said of each.
fn links(bytes: &[u8]) -> Vec<(String, String)> {
    let file = lopdf::Document::load_mem(bytes).unwrap();
    let dicts = file.objects.values().filter_map(|object| object.as_dict().ok());
    let annotations = dicts.filter(|dict| dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|it| it == b"Link"));
    let told = annotations.map(|dict| {
        let name = dict.get(b"Dest").and_then(Object::as_str);
        let address =
            || dict.get(b"A").and_then(Object::as_dict).and_then(|it| it.get(b"URI")).and_then(Object::as_str);
        let leads = name.or_else(|_| address()).unwrap();
        let said = lopdf::decode_text_string(dict.get(b"Contents").unwrap()).unwrap();
        (String::from_utf8_lossy(leads).into_owned(), said)
    });
    told.collect()
}

#[test]
fn links_lead_to_names_that_are_there() {
    let long = "word ".repeat(60);
    let said = ["Goal one", "Résumé – économie", "a (b) \\ c: d)", long.as_str()];
    let mut inlines: Vec<Inline> =
        said.iter().map(|text| Inline::Reference { target: "aim".into(), inlines: t(text) }).collect();
    inlines.push(Inline::Reference { target: "nowhere".into(), inlines: t("Nowhere") });
    inlines.push(Inline::Link { url: "https://example.org/a".into(), inlines: t("Outside") });
    let blocks = vec![para("from", 1, inlines), para("aim", 2, t("Here."))];
    let draft = Draft {
        lang: "en".into(),
        title: "x".into(),
        chapters: vec![Section {
            node: node("c", "", ""),
            level: 1,
            title: t("Chapter"),
            blocks,
            ..Section::default()
        }],
        ..Draft::default()
    };
    let found = links(&pdf(&draft, &[]));
    let told: std::collections::BTreeSet<_> = found.iter().map(|(to, said)| (to.as_str(), said.as_str())).collect();
    let mut expected: std::collections::BTreeSet<_> = said[..3].iter().map(|said| ("aim", *said)).collect();
    expected.insert(("aim", &long[..120]));
    expected.insert(("https://example.org/a", "https://example.org/a"));
    assert_eq!(told, expected);
    assert!(names(&pdf(&draft, &[])).1.contains(&"aim".to_string()));
}
