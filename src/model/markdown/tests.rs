use super::*;
use proptest::prelude::*;

fn read(text: &str) -> (Prose, Vec<Code>) {
    let context = Context { file: FileId(0), image: &|path| path == "map.png" };
    let mut diags = Diagnostics::default();
    let prose = parse(text, 0..text.len(), &context, &mut diags);
    (prose, diags.iter().map(|d| d.code).collect())
}

fn shape(prose: &Prose) -> Vec<(String, String)> {
    let block = |b: &ProseBlock| (b.key.clone(), Prose::plain(&b.content).trim().to_string());
    prose.blocks.iter().map(block).collect()
}

fn pair(a: &str, b: &str) -> (String, String) {
    (a.to_string(), b.to_string())
}

#[test]
fn markers_name_blocks() {
    let text = "# Head {#h}\n\nOne\nline {#one classification=members}\n\n- a\n- b {#list}\n\n| A | B |\n|---|---|\n| 1 | 2 |\n{#table}\n\n![Map](map.png \"Cap\")\n{#map}\n\n> q\n\n{#quote}\n";
    let (prose, codes) = read(text);
    assert_eq!(codes, []);
    assert_eq!(
        shape(&prose),
        [
            pair("h", "Head"),
            pair("one", "One line"),
            pair("list", "a b"),
            pair("table", "A B 1 2"),
            pair("map", "Map Cap"),
            pair("quote", "q"),
        ]
    );
    assert_eq!(prose.blocks[1].classification.as_deref(), Some("members"));
    assert_eq!(&text[prose.blocks[1].range.clone()], "One\nline {#one classification=members}");
    assert!(matches!(&prose.blocks[4].content, Content::Image { caption, .. } if caption == "Cap"));
}

#[test]
fn unmarked_blocks_are_named_by_their_text() {
    let (prose, codes) = read("same\n\nsame\n\nother\n");
    assert_eq!(codes, []);
    let base = crate::model::fingerprint::short("same");
    assert_eq!(prose.blocks[0].key, base);
    assert_eq!(prose.blocks[1].key, format!("{base}-2"));
    assert!(!prose.blocks[2].marked);
}

#[test]
fn each_fault_has_its_code() {
    for (text, code) in [
        ("a {#A b}\n", Code::BadMarker),
        ("a {#x} b\n", Code::BadMarker),
        ("{#x}\n", Code::BadMarker),
        ("a {#x}\n\nb {#x}\n", Code::DuplicateMarker),
        ("<div>x</div>\n", Code::RawHtml),
        ("a <b>x</b>\n", Code::RawHtml),
        ("[a](javascript:x)\n", Code::UnsafeLink),
        ("![](map.png)\n", Code::ImageWithoutAlt),
        ("![a](../map.png)\n", Code::ImageOutside),
        ("![a](https://x.org/a.png)\n", Code::ImageOutside),
        ("![a](no.png)\n", Code::ImageMissing),
        ("| | |\n|-|-|\n| a | b |\n", Code::TableWithoutHead),
        ("### a\n", Code::HeadingSkip),
        ("# a\n\n### b\n", Code::HeadingSkip),
    ] {
        assert!(read(text).1.contains(&code), "{text}: {:?}", read(text).1);
    }
    assert_eq!(read("## a\n\n### b\n\n# c\n").1, []);
}

#[test]
fn links_and_notes() {
    let (prose, codes) = read("See [](ref:goal), [](value:a/b) and[^1] <https://a.org>.\n\n[^1]: The *note*.\n");
    assert_eq!(codes, []);
    let Content::Paragraph(spans) = &prose.blocks[0].content else {
        panic!("a paragraph");
    };
    assert!(matches!(&spans[1], Span::Reference { id, .. } if id == "goal"));
    assert!(matches!(&spans[3], Span::Value { address, range } if address == "a/b" && range.start == 18));
    assert!(spans.iter().any(|span| matches!(span, Span::Note(list) if list.len() == 3)));
    assert_eq!(prose.blocks.len(), 1);
}

#[test]
fn tight_lists_keep_their_words() {
    let (prose, _) = read("- a **b**\n  - c\n- d\n\n  e\n");
    let Content::List { items, .. } = &prose.blocks[0].content else {
        panic!("a list");
    };
    assert_eq!(items.len(), 2);
    assert_eq!(Prose::plain(&prose.blocks[0].content).split_whitespace().count(), 5);
    assert_eq!(read("- a\n- b\n").0.blocks.len(), 1);
}

#[test]
fn depth_is_bounded() {
    let deep = format!("{}x\n", "> ".repeat(20_000));
    let (prose, _) = read(&deep);
    assert_eq!(shape(&prose)[0].1, "x");
    let deep = format!("{}x{}\n", "*a **b ".repeat(3_000), "** *".repeat(3_000));
    read(&deep);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_panics(text in "[-#>*_`|\\[\\](){}! a-c:\n<^\\\\]{0,80}") {
        let (prose, _) = read(&text);
        for block in &prose.blocks {
            prop_assert!(text.get(block.range.clone()).is_some());
        }
    }
}
