//! Hostile words go in, the same words come out: hundreds of them in one document, read back from HTML and from PDF.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::support::{PlanTest, files};

/// Words that mean something to a markup, a template, a reader or a shell.
const SYNTAX: &[&str] = &[
    "#import \"x.typ\": *",
    "#let a = 1",
    "#sys.exit()",
    "$x^2$",
    "$",
    "@label",
    "@",
    "<label>",
    "<script>alert(1)</script>",
    "</style>",
    "</title>",
    "<!-- a",
    "-->",
    "]]>",
    "<![CDATA[",
    "javascript:alert(1)",
    "[a](javascript:alert(1))",
    "https://example.org/?a=b&c=d#e",
    "\\",
    "\\u{41}",
    "\\n",
    "\\\\",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{% endraw %}",
    "{# c #}",
    "{{",
    "}}",
    "%}",
    "*strong*",
    "_emph_",
    "`code`",
    "```",
    "= Heading",
    "== b",
    "- item",
    "+ item",
    "/ term: a",
    "1. one",
    "// comment",
    "/* comment */",
    "~",
    "--",
    "---",
    "...",
    "'single'",
    "\"double\"",
    "&amp;",
    "&#65;",
    "&nbsp;",
    "&",
    "<",
    ">",
    "%PDF-1.7",
    "(a)",
    "\\(a\\)",
    "<<",
    ">>",
    "endobj",
    "%00",
    "%",
    "^",
    "|",
    "a | b",
    "# a",
    "> a",
    "![a](b)",
    "{#key}",
    "[^1]",
    "ref:goal",
    "[](ref:goal)",
    "null",
    "true",
    "~~a~~",
    "a\u{301}",
    "e\u{301}\u{323}",
    "\u{1e9b}\u{323}",
    "ﬁ ﬂ",
    "\u{202e}abc\u{202c}",
    "\u{200f}abc",
    "\u{2066}a\u{2069}",
    "soft\u{ad}hyphen",
    "a\u{a0}b",
    "a\u{202f}b",
    "a\u{2003}b",
    "مرحبا بالعالم",
    "مرحبا (abc) 123",
    "الخطة ٢٠١٩",
    "abc مرحبا def",
    "Ελλάδα",
    "Россия",
    "İstanbul ı",
    "Ǆ ǅ ǆ",
    "ß ẞ",
    "½ ⅓ ²",
    "№ § ¶ †",
    "€ £ ¥",
    "«a»",
    "“a” ‘b’",
    "a–b—c",
    "′ ″",
    "∞ ≤ ≥ ≠",
    "→ ←",
];

/// Every character that the carried fonts print, but those that the line refuses or that only steer.
fn repertoire() -> Vec<char> {
    let mut all = BTreeSet::new();
    for (_, bytes) in planwright::render::fonts::fonts() {
        let face = ttf_parser::Face::parse(bytes, 0).unwrap();
        for table in face.tables().cmap.unwrap().subtables.into_iter().filter(|it| it.is_unicode()) {
            table.codepoints(|code| all.extend(char::from_u32(code)));
        }
    }
    let steers = |c: char| {
        c.is_control()
            || c.is_whitespace()
            || matches!(u32::from(c), 0x34f | 0x61c | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfe00..=0xfe0f | 0xfeff | 0xfff9..=0xffff | 0xe000..=0xf8ff)
    };
    // Marks come in with the letters on which they stand; one on a letter of another script is no text.
    let mark = unicode_normalization::char::is_combining_mark;
    all.into_iter().filter(|c| !steers(*c) && !mark(*c)).collect()
}

/// The same strings in every run.
fn strings() -> Vec<String> {
    let mut out: Vec<String> = SYNTAX.iter().map(|text| text.to_string()).collect();
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let chars = proptest::sample::select(repertoire());
    let piece = proptest::prop_oneof![
        3 => proptest::sample::select(SYNTAX).prop_map(str::to_string),
        2 => proptest::collection::vec(chars, 1..6).prop_map(|it| it.into_iter().collect::<String>()),
        1 => "([a-zA-Z][\u{300}-\u{304}\u{306}-\u{30c}\u{323}-\u{328}]{1,2}){1,4}",
        1 => "([بتثجحخدذرزسش][\u{64b}-\u{652}]?){1,5}",
        1 => "[a-zA-Z0-9 ]{1,8}",
        1 => "[\\\\\"'#$@<>&{}%*_`~=+/|^()\\[\\]-]{1,6}",
    ];
    let whole = proptest::collection::vec(piece, 1..4).prop_map(|it| it.join(" "));
    while out.len() < 420 {
        let text = whole.new_tree(&mut runner).unwrap().current();
        if !text.trim().is_empty() {
            out.push(text);
        }
    }
    out
}

/// A plan whose vision has one proposal for each string, between two words that mark its ends.
fn plan() -> &'static PlanTest {
    static PLAN: OnceLock<PlanTest> = OnceLock::new();
    PLAN.get_or_init(|| {
        let plan = PlanTest::from_dir("examples/smallest");
        let mut front = String::from(
            "---\nid: vision\nkind: vision\ntitle: Vision\nbasis: reported\nsource: charter\nproposals:\n",
        );
        for (at, text) in strings().iter().enumerate() {
            let text = serde_json::to_string(&format!("QX{at}Q {text} QY{at}Q")).unwrap();
            front.push_str(&format!(
                "  - {{id: h{at}-x, text: {text}, proposer: The office, basis: reported, source: charter}}\n"
            ));
        }
        plan.write("plan/statements/vision.md", front + "---\n\nA neighbourhood that reads. {#wording}\n");
        plan.edit("plan/consultation/suggestions/meeting-one.yaml", "vision-proposal/text", "vision");
        let output = plan.run(&["build"]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        plan
    })
}

/// Without marks that only steer: bidi controls, soft hyphens, joiners of words.
fn bare(text: &str) -> String {
    let steers = |c: char| matches!(u32::from(c), 0xad | 0x61c | 0x200b | 0x200e | 0x200f | 0x202a..=0x202e | 0x2060 | 0x2066..=0x2069);
    text.nfc().filter(|c| !steers(*c)).collect()
}

fn folded(text: &str) -> String {
    bare(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn packed(text: &str) -> String {
    bare(text).split_whitespace().collect()
}

fn right_to_left(text: &str) -> bool {
    // Letters, and the marks that turn the letters of others.
    text.chars().any(|c| matches!(u32::from(c), 0x590..=0x8ff | 0x202e | 0x2067 | 0xfb1d..=0xfdff | 0xfe70..=0xfefc))
}

fn sorted(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.nfkd().collect();
    chars.sort_unstable();
    chars
}

/// A letter under marks for which its font has no glyph is drawn in pieces, and each piece that stands at a height of
/// its own says the whole letter again. Such repetitions are folded; no other character may be lost, added or changed.
fn once(text: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    for letter in text.graphemes(true) {
        let marked = letter.nfd().any(unicode_normalization::char::is_combining_mark);
        if !(marked && out.last() == Some(&letter)) {
            out.push(letter);
        }
    }
    out.concat()
}

fn between(text: &str, at: usize) -> Option<&str> {
    let rest = text.split_once(&format!("QX{at}Q"))?.1;
    Some(rest.split_once(&format!("QY{at}Q"))?.0)
}

#[test]
fn html_says_what_was_written() {
    let mut all = String::new();
    for (path, bytes) in files(&plan().path("build/draft/html/en")).iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8(bytes.clone()).unwrap();
        let page = scraper::Html::parse_document(&html);
        let scripts =
            scraper::Selector::parse("script, style, iframe, object, [onclick], a[href^='javascript']").unwrap();
        assert_eq!(page.select(&scripts).count(), 0, "{path}");
        let body = scraper::Selector::parse("main").unwrap();
        all.extend(page.select(&body).next().unwrap().text());
    }
    let all = folded(&all);
    for (at, text) in strings().iter().enumerate() {
        assert_eq!(between(&all, at).map(folded), Some(folded(text)), "string {at}");
    }
}

#[test]
fn what_only_steers_a_machine_is_refused() {
    for c in [
        '\u{0}',
        '\u{1}',
        '\u{7}',
        '\u{1b}',
        '\u{7f}',
        '\u{80}',
        '\u{9f}',
        '\u{fdd0}',
        '\u{fffe}',
        '\u{1ffff}',
        '\u{10fffe}',
    ] {
        let plan = PlanTest::from_dir("examples/smallest");
        plan.edit("plan/sections/welcome.md", "---\n\n", &format!("---\n\nA{c}b. {{#hostile}}\n\n"));
        let told = plan.diagnostics();
        assert!(told.iter().any(|line| line.contains("error[control-character]")), "{c:?}: {told:?}");
    }
}

#[test]
fn pdf_says_what_was_written() {
    let path = plan().path("build/draft/pdf/strategic-plan.en.pdf");
    let all = packed(&crate::pdftext::text(&std::fs::read(path).unwrap()));
    let mut wrong = Vec::new();
    for (at, text) in strings().iter().enumerate() {
        let found = between(&all, at).map(packed).unwrap_or_default();
        let wanted = packed(text);
        let same = match right_to_left(text.as_str()) {
            true => sorted(&once(&found)) == sorted(&once(&wanted)),
            false => once(&found) == once(&wanted),
        };
        if !same {
            wrong.push(format!("{at}: wrote {wanted:?}, read {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), strings().len(), wrong.join("\n"));
}
