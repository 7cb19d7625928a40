use proptest::prelude::*;

use super::*;
use crate::source::{Node, NodeKind, outline};

fn path(text: &str) -> YamlPath {
    text.split('/')
        .filter(|part| !part.is_empty())
        .map(|part| match part.parse() {
            Ok(index) => Seg::Index(index),
            Err(_) => Seg::Key(part.into()),
        })
        .collect()
}

fn edit(name: &str, text: &str, at: &str, value: &str, mode: Mode) -> Result<String, EditError> {
    let sources = Sources::from_files([(name.to_string(), text.as_bytes().to_vec())]);
    let target = Target::Value { file: FileId(0), path: path(at) };
    set(&sources, &target, value, mode).map(|edit| String::from_utf8(edit.bytes).unwrap())
}

fn put(text: &str, at: &str, value: &str) -> String {
    edit("plan/plan.yaml", text, at, value, Mode::Replace).unwrap_or_else(|error| panic!("{error} {text:?}"))
}

fn add(text: &str, at: &str, value: &str) -> String {
    edit("plan/plan.yaml", text, at, value, Mode::Append).unwrap()
}

#[test]
fn a_value_keeps_its_style() {
    assert_eq!(put("a: b # c\n", "a", "d e"), "a: d e # c\n");
    assert_eq!(put("a: 'b' # c\n", "a", "it's"), "a: 'it''s' # c\n");
    assert_eq!(put("a: \"b\" # c\n", "a", "x\\\"y"), "a: \"x\\\\\\\"y\" # c\n");
    assert_eq!(put("a: [b, c]\n", "a/1", "d"), "a: [b, d]\n");
    assert_eq!(put("a: {b: c, d: e}\n", "a/b", "x, y"), "a: {b: 'x, y', d: e}\n");
    assert_eq!(put("a: {b: c}\n", "a/b", "x -"), "a: {b: 'x -'}\n");
    assert_eq!(put("\u{feff}a: b\r\nc: d\r\n", "c", "漢 😀"), "\u{feff}a: b\r\nc: 漢 😀\r\n");
    assert_eq!(
        put("a: | # k\r\n   old\r\n   text\r\n\r\n# c\r\nb: 1\r\n", "a", "new\n\nlines"),
        "a: | # k\r\n   new\r\n\r\n   lines\r\n\r\n# c\r\nb: 1\r\n"
    );
    assert_eq!(put("a: >-\n  x\n  y\nb: 1\n", "a", "one\ntwo"), "a: >-\n  one\n\n  two\nb: 1\n");
    assert_eq!(put("a: |-\n  x\n", "a", " y"), "a: ' y'\n");
    assert_eq!(put("a: |-\n  x\n", "a", "y\n\u{2028}"), "a: \"y\\n\\u2028\"\n");
}

#[test]
fn a_text_that_would_be_misread_is_quoted() {
    for value in [
        "5.90", "1e3", "0x1f", "true", "No", "null", "~", "2019", "- a", "#a", "a: b", "a #b", "a:", "@a", "`a`", "%a",
        "!a", "&a", "*a", " a", "a ", ".5", "...", "---", "<<", "?", "", "0o7", ".inf", "-1",
    ] {
        let text = put("a: b\n", "a", value);
        assert_eq!(text, format!("a: '{value}'\n"), "{value}");
        let read: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(read["a"], serde_yaml::Value::String(value.to_string()));
    }
    for value in ["2018-12-03", "a:b", "2019/2020", "a's", "a#b", "x - y"] {
        assert_eq!(put("a: b\n", "a", value), format!("a: {value}\n"));
    }
    assert_eq!(put("a: 2019\n", "a", "2020"), "a: 2020\n");
    assert_eq!(put("a: true\n", "a", "false"), "a: false\n");
    assert_eq!(put("a: b\n", "a", "x\ny"), "a: \"x\\ny\"\n");
}

#[test]
fn a_missing_key_goes_behind_the_last() {
    assert_eq!(
        put("a:\n  b: 1 # one\n  # tail\n\n# c\nd: 2\n", "a/x", "w"),
        "a:\n  b: 1 # one\n  x: w\n  # tail\n\n# c\nd: 2\n"
    );
    assert_eq!(put("- id: a\n  n: |\n    t\n- id: b\n", "0/k", "v"), "- id: a\n  n: |\n    t\n  k: v\n- id: b\n");
    assert_eq!(put("a: 1", "b", "2"), "a: 1\nb: '2'");
    assert_eq!(put("a: 1\r\n", "b/fr", "x"), "a: 1\r\nb:\r\n  fr: x\r\n");
    assert_eq!(put("a: {}\n", "a/b", "x"), "a: {b: x}\n");
    assert_eq!(put("a: {b: c, }\n", "a/d/e", "x"), "a: {b: c, d: {e: x} }\n");
    assert_eq!(put("a:\nb: 1\n", "a/c", "x"), "a:\n  c: x\nb: 1\n");
    assert_eq!(put("a:\nb: 1\n", "a", "x"), "a: x\nb: 1\n");
    assert_eq!(put("# only\n", "a", "x"), "# only\na: x\n");
    assert_eq!(put("a: |+\n  t\n\n", "b", "x"), "a: |+\n  t\n\nb: x\n");
}

#[test]
fn an_item_goes_to_the_end_of_the_list() {
    assert_eq!(add("a:\n- 1 # c\n# d\nb: 1\n", "a", "x"), "a:\n- 1 # c\n- x\n# d\nb: 1\n");
    assert_eq!(add("a:\n  - b: 1\n    c: 2\n", "a", "{b: 3, c: x}"), "a:\n  - b: 1\n    c: 2\n  - {b: 3, c: x}\n");
    assert_eq!(add("a: [x]\n", "a", "w, z"), "a: [x, 'w, z']\n");
    assert_eq!(add("a: [\n  x, # c\n]\n", "a", "w"), "a: [\n  x, w # c\n]\n");
    assert_eq!(add("a: []\n", "a", "w"), "a: [w]\n");
    assert_eq!(add("a: 1\n", "b", "w"), "a: 1\nb:\n  - w\n");
    assert_eq!(add("a:\nb: 1\n", "a", "w"), "a:\n  - w\nb: 1\n");
}

#[test]
fn what_cannot_be_written_is_told() {
    let fails = |text: &str, at: &str| edit("plan/plan.yaml", text, at, "x", Mode::Replace).unwrap_err();
    assert!(matches!(fails("a: &x 1\n", "a"), EditError::Unreadable(_)));
    assert!(matches!(fails("a: [b]\n", "a"), EditError::WrongShape(_)));
    assert!(matches!(fails("a: [b]\n", "a/3"), EditError::Missing(_)));
    assert!(matches!(fails("a: b\n", "a/c"), EditError::Missing(_)));
    assert!(matches!(fails("", ""), EditError::Missing(_)));
    let bad = edit("plan/plan.yaml", "a: b\n", "a", "\u{7}", Mode::Replace);
    assert!(matches!(bad, Err(EditError::BadValue(_))));
}

#[test]
fn front_matter_is_edited_in_its_place() {
    let text = "---\r\ntitle: A\r\n---\r\nBody: x\r\n";
    let new = edit("plan/elements/a.md", text, "title", "B", Mode::Replace).unwrap();
    assert_eq!(new, "---\r\ntitle: B\r\n---\r\nBody: x\r\n");
    let new = edit("plan/elements/a.md", text, "parent", "b", Mode::Replace).unwrap();
    assert_eq!(new, "---\r\ntitle: A\r\nparent: b\r\n---\r\nBody: x\r\n");
    assert!(edit("plan/elements/a.md", "Body\n", "a", "b", Mode::Replace).is_err());
}

fn block(text: &str, old: &str, value: &str) -> Result<String, EditError> {
    let sources = Sources::from_files([("plan/sections/a.md".to_string(), text.into())]);
    let start = text.find(old).unwrap();
    let target = Target::Block { file: FileId(0), range: start..start + old.len(), from: None };
    set(&sources, &target, value, Mode::Replace).map(|edit| String::from_utf8(edit.bytes).unwrap())
}

#[test]
fn a_paragraph_keeps_its_marker_and_its_place() {
    let text = "---\ntitle: A\n---\nOne. {#one}\n\n> - Two\n>   more {#two}\n";
    assert_eq!(block(text, "One. {#one}\n", "Eins.\nZwei.").unwrap(), text.replace("One.", "Eins.\nZwei."));
    assert_eq!(
        block(text, "Two\n>   more {#two}\n", "Deux\nencore").unwrap(),
        text.replace("Two", "Deux").replace("more", "encore")
    );
    for value in ["a\n\nb", "", "# a", "- a", "a {#x}"] {
        assert!(block(text, "One. {#one}\n", value).is_err(), "{value:?}");
    }
    assert!(block(text, "title: A", "x").is_err());
}

/// Every scalar with its path, range and text.
fn scalars(node: &Node, at: &mut YamlPath, out: &mut Vec<(YamlPath, Range<usize>, String)>) {
    match &node.kind {
        NodeKind::Scalar { text, .. } => out.push((at.clone(), node.range.clone(), text.clone())),
        NodeKind::List(items) => {
            for (index, item) in items.iter().enumerate() {
                at.push(Seg::Index(index));
                scalars(item, at, out);
                at.pop();
            }
        }
        NodeKind::Map(entries) => {
            for entry in entries {
                at.push(Seg::Key(entry.key.as_str().into()));
                scalars(&entry.value, at, out);
                at.pop();
            }
        }
    }
}

#[derive(Clone, Debug)]
enum Doc {
    Line(String),
    Block(&'static str, Vec<String>),
    List(Vec<Doc>),
    Map(Vec<Doc>),
}

/// Writes a document with a comment here and there.
fn write(doc: &Doc, indent: usize, eol: &str, out: &mut String) {
    let pad = " ".repeat(indent);
    match doc {
        Doc::Line(text) => out.push_str(&format!(" {text}{eol}")),
        Doc::Block(mark, lines) => {
            out.push_str(&format!(" {mark}{eol}"));
            for line in lines {
                out.push_str(&format!("{pad}{line}{eol}"));
            }
            out.push_str(eol);
        }
        Doc::List(items) => {
            out.push_str(&format!(" # list{eol}"));
            for item in items {
                out.push_str(&format!("{pad}-"));
                write(item, indent + 2, eol, out);
            }
        }
        Doc::Map(items) => {
            out.push_str(&format!("{eol}{pad}# 漢{eol}"));
            for (index, item) in items.iter().enumerate() {
                out.push_str(&format!("{pad}k{index}:"));
                write(item, indent + 2, eol, out);
            }
        }
    }
}

fn docs() -> impl Strategy<Value = Doc> {
    let line = prop_oneof![
        "[a-z漢😀]{1,6}( [a-z]{1,4})?( # [a-z漢]{1,5})?".prop_map(Doc::Line),
        "'[a-z😀 ]{0,6}'( # x)?".prop_map(Doc::Line),
        "\"[a-z漢 ]{0,6}\"  # 😀".prop_map(Doc::Line),
        Just(Doc::Line("{x: a, y: [b, 'c'], z: }".to_string())),
        Just(Doc::Line(String::new())),
        (prop::sample::select(vec!["|", ">", "|-", ">-", "|+ # c", ">+"]), prop::collection::vec("[a-z漢]{1,5}", 1..4))
            .prop_map(|(mark, lines)| Doc::Block(mark, lines)),
    ];
    line.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Doc::List),
            prop::collection::vec(inner, 1..4).prop_map(Doc::Map),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..Default::default() })]

    #[test]
    fn only_the_value_changes(
        doc in docs(),
        crlf in any::<bool>(),
        pick in any::<prop::sample::Index>(),
        value in "[a-c漢😀 0-9:#,'\"\\[\\]{}\\\\&*!|>%@\n-]{0,12}",
    ) {
        let eol = if crlf { "\r\n" } else { "\n" };
        let mut text = format!("# top{eol}root:");
        write(&doc, 2, eol, &mut text);
        let before = outline(&text);
        prop_assert!(before.faults.is_empty(), "{text}");
        let mut old = Vec::new();
        scalars(before.root.as_ref().unwrap(), &mut Vec::new(), &mut old);
        let (at, range, _) = old[pick.index(old.len())].clone();
        let sources = Sources::from_files([("plan/plan.yaml".to_string(), text.clone().into_bytes())]);
        let target = Target::Value { file: FileId(0), path: at.clone() };
        let edit = set(&sources, &target, &value, Mode::Replace);
        let bytes = match edit {
            Ok(edit) => edit.bytes,
            Err(error) => return Err(TestCaseError::fail(format!("{error} {at:?} {value:?}\n{text}"))),
        };
        let new = String::from_utf8(bytes).unwrap();
        prop_assert!(new.starts_with(&text[..range.start]) && new.ends_with(&text[range.end..]), "{text}\n{new}");
        let after = outline(&new);
        prop_assert!(after.faults.is_empty());
        let mut now = Vec::new();
        scalars(after.root.as_ref().unwrap(), &mut Vec::new(), &mut now);
        prop_assert_eq!(old.len(), now.len());
        for ((path, _, was), (same, _, is)) in old.iter().zip(&now) {
            prop_assert_eq!(path, same);
            match *path == at {
                true => prop_assert!(*is == value || is.strip_suffix('\n') == Some(value.as_str()), "{is:?}"),
                false => prop_assert_eq!(was, is),
            }
        }
    }

    #[test]
    fn hostile_edits_never_panic(
        text in "([a-c漢]|[ \n]|\r\n|: |- |, |[\\[\\]{}|>'\"#?]|---\n){0,30}",
        at in "([a-c0-2]/){0,3}",
        value in "[a-c漢 :#,'\"\\[\\]{}|>\r\n-]{0,8}",
        append in any::<bool>(),
    ) {
        let mode = if append { Mode::Append } else { Mode::Replace };
        let _ = edit("plan/plan.yaml", &text, &at, &value, mode);
        let _ = edit("plan/sections/a.md", &format!("---\n{text}"), &at, &value, mode);
        let _ = block(&format!("{text}a"), "a", &value);
    }
}

/// Every list with its path and the range from which its items can be told.
fn lists(node: &Node, at: &mut YamlPath, out: &mut Vec<(YamlPath, usize)>) {
    match &node.kind {
        NodeKind::Scalar { .. } => {}
        NodeKind::List(items) => {
            out.push((at.clone(), items.len()));
            for (index, item) in items.iter().enumerate() {
                at.push(Seg::Index(index));
                lists(item, at, out);
                at.pop();
            }
        }
        NodeKind::Map(entries) => {
            for entry in entries {
                at.push(Seg::Key(entry.key.as_str().into()));
                lists(&entry.value, at, out);
                at.pop();
            }
        }
    }
}

fn scalars_of(text: &str) -> Vec<(YamlPath, String)> {
    let tree = outline(text);
    assert!(tree.faults.is_empty(), "{text}");
    let mut all = Vec::new();
    scalars(tree.root.as_ref().unwrap(), &mut Vec::new(), &mut all);
    all.into_iter().map(|(path, _, text)| (path, text)).collect()
}

/// What was put between the two halves of `old` to make `new` of it.
fn inserted<'n>(old: &str, new: &'n str) -> Option<&'n str> {
    let start = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count().min(old.len());
    let tail = &old.as_bytes()[start..];
    let fits = new.len() >= old.len() && new.as_bytes().ends_with(tail);
    fits.then(|| new.get(start..new.len() - tail.len())).flatten()
}

/// The text in its three surroundings: a YAML file, one with CRLF and a byte-order mark, front matter.
fn surroundings(yaml: &str) -> [(&'static str, String); 3] {
    let crlf = format!("\u{feff}{}", yaml.replace('\n', "\r\n"));
    let front = format!("---\n{}\n---\nBody. # no comment\n", yaml.trim_end_matches('\n'));
    [("plan/plan.yaml", yaml.to_string()), ("plan/plan.yaml", crlf), ("plan/elements/a.md", front)]
}

fn yaml_of<'t>(name: &str, text: &'t str) -> &'t str {
    match name.ends_with(".md") {
        true => &text[split_front(text).unwrap().yaml],
        false => text.strip_prefix('\u{feff}').unwrap_or(text),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..Default::default() })]

    #[test]
    fn an_item_is_only_added(
        doc in docs(),
        pick in any::<prop::sample::Index>(),
        value in "[a-c漢😀 0-9:#,'\"\\[\\]&*!|>%@-]{1,12}",
    ) {
        let mut text = String::from("# top\nroot:");
        write(&Doc::Map(vec![doc, Doc::Line("[a, 'b'] # flow".into()), Doc::List(vec![Doc::Line("x".into())])]), 2, "\n", &mut text);
        for (name, text) in surroundings(&text) {
            let before = scalars_of(yaml_of(name, &text));
            let mut all = Vec::new();
            lists(outline(yaml_of(name, &text)).root.as_ref().unwrap(), &mut Vec::new(), &mut all);
            let (at, count) = all[pick.index(all.len())].clone();
            let sources = Sources::from_files([(name.to_string(), text.clone().into_bytes())]);
            let target = Target::Value { file: FileId(0), path: at.clone() };
            let edit = set(&sources, &target, value.trim(), Mode::Append);
            if value.trim().is_empty() || value.trim().starts_with('{') {
                continue;
            }
            let new = String::from_utf8(edit.map_err(|e| TestCaseError::fail(format!("{e} {at:?}\n{text}")))?.bytes).unwrap();
            prop_assert!(inserted(&text, &new).is_some(), "{text}\n{new}");
            let mut after = scalars_of(yaml_of(name, &new));
            let item: YamlPath = at.iter().cloned().chain([Seg::Index(count)]).collect();
            let found = after.iter().position(|(path, _)| *path == item);
            prop_assert!(found.is_some(), "{item:?}\n{new}");
            prop_assert_eq!(after.remove(found.unwrap()).1, value.trim());
            prop_assert_eq!(before, after);
        }
    }

    #[test]
    fn a_translation_is_only_added_and_then_only_changed(
        doc in docs(),
        pick in any::<prop::sample::Index>(),
        value in "[a-c漢😀 0-9:#,'\"\\[\\]{}\\\\&*!|>%@\n-]{1,12}",
        again in "[a-cé ]{1,8}",
    ) {
        // A value that holds the sign of a comment would be taken for one below.
        prop_assume!(!value.contains(" # "));
        let mut text = String::from("# top\nroot:");
        write(&doc, 2, "\n", &mut text);
        for (name, text) in surroundings(&text) {
            let before = scalars_of(yaml_of(name, &text));
            let full: Vec<_> = before.iter().filter(|(_, text)| !text.is_empty()).collect();
            if full.is_empty() {
                continue;
            }
            let at = full[pick.index(full.len())].0.clone();
            let wording = |text: &str, value: &str, from: &str| {
                let sources = Sources::from_files([(name.to_string(), text.to_string().into_bytes())]);
                let languages = Some(Languages { source: "en".into(), lang: "fr".into() });
                let target = Target::Wording { file: FileId(0), path: at.clone(), languages, from: from.into() };
                set(&sources, &target, value, Mode::Replace).map(|edit| String::from_utf8(edit.bytes).unwrap())
            };
            let fail = |error: EditError, text: &str| TestCaseError::fail(format!("{error} {at:?} {value:?}\n{text}"));
            let one = wording(&text, &value, "f1:aa").map_err(|error| fail(error, &text))?;
            let two = wording(&one, &again, "f1:bb").map_err(|error| fail(error, &one))?;
            for (new, value, from) in [(&one, &value, "f1:aa"), (&two, &again, "f1:bb")] {
                let mut wanted = Vec::new();
                for (path, text) in &before {
                    if *path != at {
                        wanted.push((path.clone(), text.clone()));
                        continue;
                    }
                    let under = |keys: &[&str]| at.iter().cloned().chain(keys.iter().map(|key| Seg::Key((*key).into()))).collect::<YamlPath>();
                    wanted.push((under(&["en"]), text.clone()));
                    wanted.push((under(&["fr", "text"]), value.clone()));
                    wanted.push((under(&["fr", "from"]), from.to_string()));
                }
                prop_assert_eq!(scalars_of(yaml_of(name, new)), wanted, "{}\n{}", text, new);
                let comments = |text: &str| text.lines().filter_map(|line| line.split_once(" # ")).map(|(_, it)| it.trim_end_matches(['}', '\r']).to_string()).collect::<Vec<_>>();
                prop_assert_eq!(comments(yaml_of(name, &text)), comments(yaml_of(name, new)), "{}\n{}", text, new);
            }
        }
    }

    #[test]
    fn a_plain_translation_gets_its_origin(
        old in prop_oneof!["[a-z漢é]{1,6}( [a-z]{1,4})?", "'[a-z é]{1,6}'", "\"[a-z é]{1,6}\"", Just("|\n      mot\n      dit".to_string())],
        value in "[a-c漢😀 0-9:#,'\"\\[\\]{}\\\\&*!|>%@\n-]{1,12}",
        flow in any::<bool>(),
    ) {
        let text = match flow && !old.starts_with('|') {
            true => format!("t: {{en: word, fr: {old}}} # c\nu: x\n"),
            false => format!("t:\n    en: word # c\n    fr: {old}\nu: x\n"),
        };
        for (name, text) in surroundings(&text) {
            let sources = Sources::from_files([(name.to_string(), text.clone().into_bytes())]);
            let languages = Some(Languages { source: "en".into(), lang: "fr".into() });
            let target = Target::Wording { file: FileId(0), path: path("t"), languages, from: "f1:aa".into() };
            let edit = set(&sources, &target, &value, Mode::Replace);
            let new = String::from_utf8(edit.map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?.bytes).unwrap();
            let wanted = [("t/en", "word"), ("t/fr/text", &*value), ("t/fr/from", "f1:aa"), ("u", "x")];
            let wanted: Vec<_> = wanted.map(|(at, text)| (path(at), text.to_string())).into();
            prop_assert_eq!(scalars_of(yaml_of(name, &new)), wanted, "{}\n{}", text, new);
            let at = text.find("fr: ").unwrap() + 4;
            prop_assert!(new.starts_with(&text[..at]), "{}\n{}", text, new);
        }
    }

    #[test]
    fn a_block_is_only_replaced(
        value in "[a-zé漢😀]{1,6}( [a-z]{1,4}){0,3}(\n[a-z]{1,5})?",
        crlf in any::<bool>(),
        which in 0usize..3,
        translated in any::<bool>(),
    ) {
        let text = "---\ntitle: A # t\nfrom: f1:old # keep\n---\n\nOne *two*. {#one}\n\n> - Three\n>   four {#three}\n\nFive {#five classification=team}\n";
        let text = if crlf { text.replace('\n', "\r\n") } else { text.to_string() };
        let old = [text.find("One *two*. {").unwrap()..text.find("{#one").unwrap() - 1,
            text.find("Three").unwrap()..text.find("{#three").unwrap() - 1,
            text.find("Five {").unwrap()..text.find("{#five").unwrap() - 1][which].clone();
        let end = text[old.end..].find('}').unwrap() + old.end + 1;
        let sources = Sources::from_files([("plan/sections/a.fr.md".to_string(), text.clone().into_bytes())]);
        let from = translated.then(|| "f1:new".to_string());
        let target = Target::Block { file: FileId(0), range: old.start..end, from };
        let new = String::from_utf8(set(&sources, &target, &value, Mode::Replace).unwrap().bytes).unwrap();
        let eol = if crlf { "\r\n" } else { "\n" };
        let pad = if which == 1 { ">   " } else { "" };
        let written = value.replace('\n', &format!("{eol}{pad}"));
        let mut wanted = format!("{}{written}{}", &text[..old.start], &text[old.end..]);
        if translated {
            wanted = wanted.replace("from: f1:old #", "from: f1:new #");
        }
        prop_assert_eq!(new, wanted);
    }
}
