//! The worked examples of `docs/draft.md`: each of the user's templates changes its part and nothing else.

use std::collections::BTreeMap;

use scraper::{ElementRef, Html, Selector};

use crate::pages::fences;
use crate::support::{PlanTest, files};

/// The example of the page that stands for `path`.
fn example(path: &str) -> String {
    let page = std::fs::read_to_string("docs/draft.md").unwrap();
    let fence = fences(&page).into_iter().find(|fence| fence.path == path);
    fence.unwrap_or_else(|| panic!("docs/draft.md shows no {path}")).text
}

/// What the smallest plan leaves in `format`, with the user's files.
fn build(format: &str, own: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let plan = PlanTest::from_dir("examples/smallest");
    for (path, text) in own {
        plan.write(path, text);
    }
    let output = plan.run(&["build", "-q", "--format", format]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), told.as_str()), (Some(0), ""), "{own:?}");
    files(&plan.path("build/draft")).into_iter().filter(|(path, _)| path != "manifest.json").collect()
}

/// A page as text: tags, attributes, words; an element that `part` selects is only a dot.
fn without(page: &[u8], part: &str) -> String {
    fn write(element: ElementRef, part: &Selector, out: &mut String) {
        if part.matches(&element) {
            out.push_str(" . ");
            return;
        }
        out.push_str(&format!("<{} {:?}>", element.value().name(), element.value().attrs().collect::<Vec<_>>()));
        for child in element.children() {
            match ElementRef::wrap(child) {
                Some(inner) => write(inner, part, out),
                None => out.push_str(child.value().as_text().map_or("", |text| text.trim())),
            }
        }
        out.push_str(&format!("</{}>", element.value().name()));
    }
    let html = Html::parse_document(std::str::from_utf8(page).unwrap());
    let mut out = String::new();
    write(html.root_element(), &Selector::parse(part).unwrap(), &mut out);
    while out.contains(" .  . ") {
        out = out.replace(" .  . ", " . ");
    }
    out.replace(" . ", "")
}

#[test]
fn five_overrides_change_only_their_part_of_the_pages() {
    let plain = build("html", &[]);
    let page = |path: &str| path.ends_with(".html") && path != "html/index.html";
    let pages = plain.keys().filter(|path| page(path)).count();
    let elements = plain.keys().filter(|path| path.contains("/elements/")).count();
    for (name, part, count) in [
        ("masthead", ".masthead .name, .masthead .motto", Some(pages)),
        ("cover", ".cover .motto", Some(1)),
        ("card", "main > .box-title", Some(elements)),
        ("table-row", "tbody th em, tbody th", None),
        ("footer", ".foot p", Some(pages)),
    ] {
        let path = format!("templates/html/{name}.html");
        let made = build("html", &[(&path, &example(&path))]);
        assert!(plain.keys().eq(made.keys()), "{name}");
        let changed: Vec<_> = plain.keys().filter(|path| plain[*path] != made[*path]).collect();
        assert!(changed.iter().all(|path| page(path)), "{name}: {changed:?}");
        assert!(count.map_or(!changed.is_empty(), |count| changed.len() == count), "{name}: {changed:?}");
        for path in changed {
            assert_eq!(without(&plain[path], part), without(&made[path], part), "{name}: {path}");
        }
    }
}

/// The lines of a Typst file without those from one that begins with `first` to the next that begins with `last`.
fn without_lines(text: &[u8], first: &str, last: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in std::str::from_utf8(text).unwrap().lines() {
        if !inside && line.trim_start().starts_with(first) {
            inside = true;
        }
        if !inside {
            out.push_str(line);
            out.push('\n');
        } else if line.trim_start().starts_with(last) {
            inside = false;
        }
    }
    out
}

#[test]
fn five_overrides_change_only_their_part_of_the_pdf() {
    let plain = build("pdf", &[]);
    let main = "draft/en/draft.typ";
    for (name, first, last, only) in [
        ("masthead", "masthead: [#masthead(", "masthead:", Some(main)),
        ("cover", "title: (body", "period:", Some(main)),
        ("card", "#card(", "]", None),
        ("table-row", "row(", "row(", None),
        ("footer", "footer: page => [#footer(", "footer:", Some(main)),
    ] {
        let path = format!("templates/pdf/{name}.typ");
        let made = build("pdf", &[(&path, &example(&path))]);
        assert!(plain.keys().eq(made.keys()), "{name}");
        let changed: Vec<_> = plain.keys().filter(|path| plain[*path] != made[*path]).collect();
        let typst: Vec<_> = changed.iter().filter(|path| path.ends_with(".typ")).collect();
        assert!(!typst.is_empty() && typst.len() + 1 == changed.len(), "{name}: {changed:?}");
        assert!(only.is_none_or(|only| typst.iter().all(|path| **path == only)), "{name}: {typst:?}");
        for path in typst {
            let rest = without_lines(&plain[*path], first, last);
            assert!(rest == without_lines(&made[*path], first, last), "{name}: {path} differs elsewhere too");
            assert!(rest.len() < plain[*path].len(), "{name}: no part in {path}");
        }
    }
}

#[test]
fn a_style_sheet_extends_the_builtin_one_and_fonts_lie_beside() {
    let plain = build("html", &[]);
    let own = example("templates/html/style.css");
    let made = build("html", &[("templates/html/style.css", &own), ("templates/fonts/Mine.ttf", "no font at all")]);
    let style = |files: &BTreeMap<String, Vec<u8>>| String::from_utf8(files["html/files/style.css"].clone()).unwrap();
    let rule = own.lines().nth(1).unwrap();
    assert_eq!(style(&made), style(&plain) + rule + "\n");
    assert_eq!(made["html/files/fonts/Mine.ttf"], b"no font at all");
    let changed: Vec<_> = plain.keys().filter(|path| plain[*path] != made[*path]).collect();
    assert_eq!(changed, ["html/files/style.css"]);
}

#[test]
fn a_copy_of_the_builtin_templates_is_no_override() {
    let plain = build("html", &[]);
    let plan = PlanTest::from_dir("examples/smallest");
    for (path, bytes) in files(std::path::Path::new("templates")) {
        if !path.starts_with("fonts/") {
            plan.write(&format!("templates/{path}"), bytes);
        }
    }
    let output = plan.run(&["build", "-q", "--format", "html"]);
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    let made: BTreeMap<_, _> =
        files(&plan.path("build/draft")).into_iter().filter(|(path, _)| path != "manifest.json").collect();
    assert!(plain == made);
    let listed = plan.run(&["templates", "list"]);
    assert!(!String::from_utf8_lossy(&listed.stdout).contains("replaced"));
}

#[test]
fn a_fault_of_an_override_is_told_once_and_at_the_override() {
    let built_in = include_str!("../../templates/pdf/table-row.typ");
    for (name, text, message, place) in [
        ("table-row", built_in.replace("  row(", "  rwo("), "unknown variable: rwo", "2:3"),
        ("table-row", "  \"text\",\n".to_string(), "cannot access fields on type string", "1:"),
        ("paragraph", "#{ {{ block.node | node }}\n".to_string(), "unclosed", "1:"),
    ] {
        let plan = PlanTest::from_dir("examples/smallest");
        plan.edit("plan/plan.yaml", "official: [en]", "official: [en, fr]");
        let path = format!("templates/pdf/{name}.typ");
        plan.write(&path, text);
        plan.write("templates/pdf/box.typ", format!("{}\n", include_str!("../../templates/pdf/box.typ")));
        let output = plan.run(&["build", "--format", "pdf"]);
        let told = String::from_utf8_lossy(&output.stderr);
        let errors: Vec<&str> = told.split("\n\n").filter(|it| it.starts_with("error")).collect();
        assert!(errors.iter().any(|it| it.contains(message)), "{told}");
        assert!(errors.iter().all(|it| it.contains(&format!("┌─ {path}:{place}"))), "{told}");
        assert!(errors.len() <= 2, "{told}");
    }
}
