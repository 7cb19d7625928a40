use proptest::prelude::*;

use super::*;
use crate::diag::Code;

/// Every range with what it covers, one per line.
fn dump(text: &str) -> String {
    fn node(text: &str, value: &Node, depth: usize, out: &mut String) {
        let pad = "  ".repeat(depth);
        let source = &text[value.range.clone()];
        match &value.kind {
            NodeKind::Scalar { text, .. } => out.push_str(&format!("{pad}{text:?} <- {source:?}\n")),
            NodeKind::List(items) => {
                out.push_str(&format!("{pad}list <- {source:?}\n"));
                items.iter().for_each(|item| node(text, item, depth + 1, out));
            }
            NodeKind::Map(entries) => {
                out.push_str(&format!("{pad}map <- {source:?}\n"));
                for entry in entries {
                    let key = &text[entry.key_range.clone()];
                    out.push_str(&format!("{pad}  {}: <- {key:?}\n", entry.key));
                    node(text, &entry.value, depth + 2, out);
                }
            }
        }
    }
    let tree = outline(text);
    let mut out = String::new();
    if let Some(root) = &tree.root {
        node(text, root, 0, &mut out);
    }
    for fault in &tree.faults {
        let source = &text[fault.range.clone()];
        out.push_str(&format!("! {} {source:?} {:?}\n", fault.code, fault.args));
    }
    out
}

#[test]
fn ranges_survive_other_scripts_comments_and_line_ends() {
    let text = "# 漢é 😀\r\n名: 値 # 漢字\r\nb:\r\n  - x 漢\r\n  - \"q\\n😀\" # é\r\nc: |- # 漢\r\n  lit 漢\r\n\r\n  two\r\n\r\n# end\r\nd: # 空\r\ne:\r\n- - 1\r\n-\r\n- 2\r\nf: {a: [1, ], b, c: }\r\n";
    insta::assert_snapshot!(dump(text), @r###"
map <- "名: 値 # 漢字\r\nb:\r\n  - x 漢\r\n  - \"q\\n😀\" # é\r\nc: |- # 漢\r\n  lit 漢\r\n\r\n  two\r\n\r\n# end\r\nd: # 空\r\ne:\r\n- - 1\r\n-\r\n- 2\r\nf: {a: [1, ], b, c: }"
  名: <- "名"
    "値" <- "値"
  b: <- "b"
    list <- "- x 漢\r\n  - \"q\\n😀\""
      "x 漢" <- "x 漢"
      "q\n😀" <- "\"q\\n😀\""
  c: <- "c"
    "lit 漢\n\ntwo" <- "|- # 漢\r\n  lit 漢\r\n\r\n  two"
  d: <- "d"
    "" <- ""
  e: <- "e"
    list <- "- - 1\r\n-\r\n- 2"
      list <- "- 1"
        "1" <- "1"
      "" <- ""
      "2" <- "2"
  f: <- "f"
    map <- "{a: [1, ], b, c: }"
      a: <- "a"
        list <- "[1, ]"
          "1" <- "1"
      b: <- "b"
        "" <- ""
      c: <- "c"
        "" <- ""
"###);
}

#[test]
fn brackets_end_where_they_close() {
    let text = "a: {b: [c, ] , d: {e: 'x}' } } # }\nf: [\n  g, # ]\n  h: i, # ]\n]\n";
    insta::assert_snapshot!(dump(text), @r###"
map <- "a: {b: [c, ] , d: {e: 'x}' } } # }\nf: [\n  g, # ]\n  h: i, # ]\n]"
  a: <- "a"
    map <- "{b: [c, ] , d: {e: 'x}' } }"
      b: <- "b"
        list <- "[c, ]"
          "c" <- "c"
      d: <- "d"
        map <- "{e: 'x}' }"
          e: <- "e"
            "x}" <- "'x}'"
  f: <- "f"
    list <- "[\n  g, # ]\n  h: i, # ]\n]"
      "g" <- "g"
      map <- "h: i"
        h: <- "h"
          "i" <- "i"
"###);
}

#[test]
fn names_each_hazard() {
    let text = "a: &x 1\nb: *x\nc: !t d\n<<: {}\ne: &y [1]\na: 2\n--- \nz: 1\n";
    insta::assert_snapshot!(dump(text), @r###"
map <- "a: &x 1\nb: *x\nc: !t d\n<<: {}\ne: &y [1]\na: 2"
  a: <- "a"
    "1" <- "&x 1"
  b: <- "b"
    "*x" <- "*x"
  c: <- "c"
    "d" <- "!t d"
  <<: <- "<<"
    map <- "{}"
  e: <- "e"
    list <- "&y [1]"
      "1" <- "1"
! yaml-anchor "&x" [("what", "an anchor `&x`")]
! yaml-anchor "*x" [("what", "an alias")]
! yaml-anchor "!t" [("what", "a tag")]
! yaml-anchor "<<" [("what", "a merge key")]
! yaml-anchor "&y" [("what", "an anchor `&y`")]
! duplicate-key "a" [("key", "a")]
! yaml-anchor "---" [("what", "a second document")]
"###);
}

#[test]
fn an_unknown_alias_and_a_broken_text_are_told_in_plain_words() {
    insta::assert_snapshot!(dump("a: 1\nb: *nobody\n"), @r###"
map <- "a: 1\nb"
  a: <- "a"
    "1" <- "1"
  b: <- "b"
    "" <- ""
! yaml-anchor "*nobody" [("what", "an alias")]
"###);
    insta::assert_snapshot!(dump("a: b: c\n"), @r###"
map <- "a: b"
  a: <- "a"
    "b" <- "b"
! yaml-syntax ":" [("detail", "a colon with a space stands where no key can stand; put the text in quotes")]
"###);
    insta::assert_snapshot!(dump("a: [1, 2\nb: 3\n"), @r###"
map <- "a: [1"
  a: <- "a"
    list <- "[1"
      "1" <- "1"
! yaml-syntax ":" [("detail", "a colon stands where no key can stand; put the text in quotes")]
"###);
    insta::assert_snapshot!(dump("a: \"open\nb: 3\n"), @r###"
map <- "a"
  a: <- "a"
    "" <- ""
! yaml-syntax "\"" [("detail", "a quote is opened, but never closed")]
"###);
    insta::assert_snapshot!(dump("? [a]\n: 1\n"), @r###"
map <- "? [a]\n: 1"
  [a]: <- "[a]"
    "1" <- "1"
! yaml-syntax "[a]" [("detail", "a list or a map cannot be a key")]
"###);
}

#[test]
fn depth_is_refused_at_once() {
    let begin = std::time::Instant::now();
    for text in ["[".repeat(200_000), "- ".repeat(200_000), "{a: ".repeat(200_000), "? ".repeat(200_000)] {
        let tree = outline(&text);
        assert!(tree.faults.iter().any(|fault| fault.code == Code::YamlDepth), "{}", &text[..8]);
    }
    assert!(needs_outline(&"[".repeat(200_000)));
    assert!(begin.elapsed().as_secs() < 5);
    let fits = format!("{}1{}", "[".repeat(64), "]".repeat(64));
    assert!(outline(&fits).faults.is_empty());
    let deep = format!("{}1{}", "[".repeat(65), "]".repeat(65));
    assert_eq!(outline(&deep).faults[0].code, Code::YamlDepth);
}

#[test]
fn a_clean_file_needs_no_outline() {
    assert!(!needs_outline("title: Research & Development\nlist:\n  - a * b\nwow: well done!\n"));
    assert!(needs_outline("a: &x 1\n"));
    assert!(needs_outline("a: 1\n...\nb: 2\n"));
}

/// Whether every range lies in the text, on characters, and inside its parent.
fn sound(text: &str, node: &Node) -> bool {
    let inside = |range: &Range<usize>| {
        text.get(range.clone()).is_some() && node.range.start <= range.start && range.end <= node.range.end
    };
    text.get(node.range.clone()).is_some()
        && match &node.kind {
            NodeKind::Scalar { .. } => true,
            NodeKind::List(items) => items.iter().all(|item| inside(&item.range) && sound(text, item)),
            NodeKind::Map(entries) => entries
                .iter()
                .all(|entry| inside(&entry.key_range) && inside(&entry.value.range) && sound(text, &entry.value)),
        }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..Default::default() })]

    #[test]
    fn hostile_text_has_sound_ranges_and_no_hidden_hazard(
        text in "([a-c漢😀]|[ \n]|\r\n|: |- |, |[\\[\\]{}&*!|>'\"%#?<.-]|---\n|\\.\\.\\.\n|&a |\\*a|!t |<<: |\u{feff}|\t){0,40}"
    ) {
        let tree = outline(&text);
        for fault in &tree.faults {
            prop_assert!(text.get(fault.range.clone()).is_some());
            if fault.code == Code::YamlAnchor {
                prop_assert!(needs_outline(&text));
            }
        }
        if let (Some(root), true) = (&tree.root, tree.faults.is_empty()) {
            prop_assert!(sound(&text, root), "{}", dump(&text));
        }
    }
}

#[test]
fn a_fault_is_told_where_it_began() {
    for (text, place, hint) in [
        ("a: {en: \"Ask, fr: b}\nb: c\nc: \"2024\"\n", "\"Ask, fr: b}", "close the quote"),
        ("a: 'Ask\nb: 'c'\n", "'", "close the quote"),
        ("- a: [x, \"y]\n  b: \"z\" w\n", "\"y]", "close the quote"),
        ("a: 'It's fine'\n", "s", "write an apostrophe twice"),
        ("a:\n  b: c\n\td: e\n", "\t", "use spaces"),
        ("a:\n  b: c\n  \td: e\n", "\t", "use spaces"),
    ] {
        let tree = outline(text);
        assert!(tree.cut);
        let [fault] = tree.faults.as_slice() else { panic!("{text}: {:?}", tree.faults) };
        assert_eq!(&text[fault.range.clone()], place, "{text}");
        assert!(fault.hint.unwrap_or("").contains(hint), "{text}: {fault:?}");
    }
}
