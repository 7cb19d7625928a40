use super::*;
use crate::diag::{Address, Code, FileId, Origin, Place};

fn sources() -> Sources {
    Sources::from_files([
        (
            "plan/elements/a.md".to_string(),
            "\u{feff}---\r\ntitle: 漢字 😀\r\ntargets:\r\n  - year: 2019\r\n    value:\r\n---\r\nBody.\r\n".into(),
        ),
        ("plan/plan.yaml".to_string(), "format: 1\nname: \u{1b}[31mX\nname: Y\n".into()),
        ("plan/units.yaml".to_string(), b"a: \xff\xffb\n".to_vec()),
    ])
}

fn md() -> Origin {
    Origin::file(FileId(0))
}

fn diags() -> Diagnostics {
    let mut diags = Diagnostics::default();
    diags.push(
        Diagnostic::new(Code::DuplicateKey, Place::Bytes(FileId(1), 23..27))
            .arg("key", "name")
            .also(Place::Bytes(FileId(1), 10..14)),
    );
    diags.push(
        Diagnostic::new(Code::NoSource, md().key("title"))
            .arg("what", "the title")
            .address(Address::item("a").field("title")),
    );
    diags.push(
        Diagnostic::new(Code::UnknownKey, Place::Key(md().key("targets").index(0).key("year")))
            .arg("key", "year")
            .arg("place", "a target")
            .arg("known", "`years`, `value`")
            .hint("did you mean `years`?"),
    );
    diags.push(
        Diagnostic::new(Code::MissingFile, Place::Path("plan/layers.yaml".to_string()))
            .arg("path", "plan/layers.yaml")
            .arg("remedy", "`planwright init` writes a small plan to begin with"),
    );
    diags.push(Diagnostic::new(Code::NotUtf8, Place::Bytes(FileId(2), 3..5)));
    let mut quiet = Diagnostic::new(Code::NoSource, md());
    quiet.severity = Severity::Allow;
    diags.push(quiet);
    diags
}

#[test]
fn sentences_are_filled() {
    let marker = Diagnostic::new(Code::BadMarker, md()).arg("marker", "{#A}");
    assert_eq!(sentence(&marker), "`{#A}` is not a paragraph marker");
    assert!(hints(&marker)[0].starts_with("a marker is `{#key}` or"));
    let bare = Diagnostic::new(Code::UnknownWord, md()).arg("word", "\u{1b}x");
    assert_eq!(sentence(&bare), "`\u{fffd}x` is not one of the words for …");
    assert!(hints(&bare).is_empty());
}

#[test]
fn people_see_the_line() {
    insta::assert_snapshot!(human(&diags(), &sources(), false), @r###"
warning[no-source]: the title is reported, but no source is named
  ┌─ plan/elements/a.md:2:8
  │
2 │ title: 漢字 😀
  │        ^^^^^^^
  │
  = address: a/title
  = hint: name an entry of `sources.yaml` under `source:`

error[unknown-key]: there is no key `year` in a target
  ┌─ plan/elements/a.md:4:5
  │
4 │   - year: 2019
  │     ^^^^
  │
  = hint: did you mean `years`?
  = hint: use one of: `years`, `value`

error[missing-file]: `plan/layers.yaml` is missing
 = file: plan/layers.yaml
 = hint: `planwright init` writes a small plan to begin with

error[duplicate-key]: the key `name` stands twice
  ┌─ plan/plan.yaml:3:1
  │
2 │ name: ?[31mX
  │ ----
3 │ name: Y
  │ ^^^^
  │
  = hint: keep one of the two

error[not-utf8]: this file is not UTF-8 text
  ┌─ plan/units.yaml:1:4
  │
1 │ a: ??b
  │    ^^
  │
  = hint: save it as UTF-8 in your editor
"###);
    assert!(human(&diags(), &sources(), true).contains("\u{1b}["));
}

#[test]
fn json_has_the_promised_shape() {
    let text = serde_json::to_string_pretty(&json(&diags(), &sources())).unwrap();
    insta::assert_snapshot!(text, @r###"
{
  "diagnostics": [
    {
      "code": "no-source",
      "severity": "warning",
      "message": "the title is reported, but no source is named",
      "file": "plan/elements/a.md",
      "line": 2,
      "column": 8,
      "end_line": 2,
      "end_column": 12,
      "excerpt": "title: 漢字 😀",
      "address": "a/title",
      "hints": [
        "name an entry of `sources.yaml` under `source:`"
      ]
    },
    {
      "code": "unknown-key",
      "severity": "error",
      "message": "there is no key `year` in a target",
      "file": "plan/elements/a.md",
      "line": 4,
      "column": 5,
      "end_line": 4,
      "end_column": 9,
      "excerpt": "- year: 2019",
      "address": null,
      "hints": [
        "did you mean `years`?",
        "use one of: `years`, `value`"
      ]
    },
    {
      "code": "missing-file",
      "severity": "error",
      "message": "`plan/layers.yaml` is missing",
      "file": "plan/layers.yaml",
      "line": null,
      "column": null,
      "end_line": null,
      "end_column": null,
      "excerpt": null,
      "address": null,
      "hints": [
        "`planwright init` writes a small plan to begin with"
      ]
    },
    {
      "code": "duplicate-key",
      "severity": "error",
      "message": "the key `name` stands twice",
      "file": "plan/plan.yaml",
      "line": 3,
      "column": 1,
      "end_line": 3,
      "end_column": 5,
      "excerpt": "name: Y",
      "address": null,
      "hints": [
        "keep one of the two"
      ]
    },
    {
      "code": "not-utf8",
      "severity": "error",
      "message": "this file is not UTF-8 text",
      "file": "plan/units.yaml",
      "line": 1,
      "column": 4,
      "end_line": 1,
      "end_column": 6,
      "excerpt": "a: ??b",
      "address": null,
      "hints": [
        "save it as UTF-8 in your editor"
      ]
    }
  ],
  "summary": {
    "errors": 4,
    "warnings": 1
  }
}
"###);
}

#[test]
fn github_is_one_line_each() {
    insta::assert_snapshot!(github(&diags(), &sources()), @r###"
::warning file=plan/elements/a.md,line=2,col=8::the title is reported, but no source is named [no-source]%0Ahint: name an entry of `sources.yaml` under `source:`
::error file=plan/elements/a.md,line=4,col=5::there is no key `year` in a target [unknown-key]%0Ahint: did you mean `years`?%0Ahint: use one of: `years`, `value`
::error file=plan/layers.yaml::`plan/layers.yaml` is missing [missing-file]%0Ahint: `planwright init` writes a small plan to begin with
::error file=plan/plan.yaml,line=3,col=1::the key `name` stands twice [duplicate-key]%0Ahint: keep one of the two
::error file=plan/units.yaml,line=1,col=4::this file is not UTF-8 text [not-utf8]%0Ahint: save it as UTF-8 in your editor
"###);
}

#[test]
fn the_summary_counts() {
    assert_eq!(summary(&diags()), "4 errors, 1 warning");
    assert_eq!(summary(&Diagnostics::default()), "no errors, no warnings");
}

#[test]
fn places_are_found_or_their_parents() {
    let sources = sources();
    let text = sources.get(FileId(0)).bytes.clone();
    let find = |place: Place| {
        let at = locate(&place, &sources).unwrap();
        let source = String::from_utf8_lossy(&text[at.range.clone()]).into_owned();
        (at.line, at.column, at.end_column, source)
    };
    let target = md().key("targets").index(0);
    let same = |text: &str| text.to_string();
    assert_eq!(find(md().key("title").into()), (2, 8, 12, same("漢字 😀")));
    assert_eq!(find(Place::Key(md().key("title"))), (2, 1, 6, same("title")));
    assert_eq!(find(target.key("year").into()), (4, 11, 15, same("2019")));
    assert_eq!(find(target.key("value").into()), (5, 5, 10, same("value")));
    assert_eq!(find(target.key("none").into()), (4, 5, 15, same("year: 2019")));
    assert_eq!(find(md().key("targets").index(7).into()), (3, 1, 8, same("targets")));
    assert_eq!(find(md().key("none").into()), (2, 1, 12, same("title: 漢字 😀")));
    assert_eq!(locate(&Place::Path("x".to_string()), &sources), None);
    let wild = locate(&Place::Bytes(FileId(0), std::ops::Range { start: 5000, end: 10 }), &sources).unwrap();
    assert_eq!(wild.range.end, text.len());
    assert_eq!(locate(&Place::Bytes(FileId(9), 0..1), &sources), None);
}

#[test]
fn errors_stand_last_and_what_is_the_same_is_drawn_once() {
    let mut all = diags();
    for (what, key) in [("one", "title"), ("two", "targets"), ("three", "title")] {
        let diagnostic = Diagnostic::new(Code::Untranslated, Place::Key(md().key(key))).arg("what", what);
        all.push(diagnostic.arg("language", "French").arg("source", "English").address(Address::item(what)));
    }
    let shown = human(&all, &sources(), false);
    let heads: Vec<&str> = shown.lines().filter(|line| line.contains("]: ")).collect();
    let first_error = heads.iter().position(|line| line.starts_with("error")).unwrap();
    assert!(heads[first_error..].iter().all(|line| line.starts_with("error")), "{shown}");
    assert!(shown.contains("warning[untranslated]: each of 3 texts is not translated into French"), "{shown}");
    assert!(shown.contains("also at: 2:1, 3:1"), "{shown}");
    let told = json(&all, &sources());
    assert_eq!(told["diagnostics"].as_array().unwrap().iter().filter(|it| it["code"] == "untranslated").count(), 3);
    assert_eq!(told["summary"]["warnings"], 4);
}
