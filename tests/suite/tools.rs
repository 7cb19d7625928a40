//! Tests that need a tool of the machine: real readers for real formats. `./test` runs them all and counts them.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;

use crate::support::PlanTest;

/// The sample, built once for all tests here.
fn sample() -> &'static PlanTest {
    static SAMPLE: OnceLock<PlanTest> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let plan = PlanTest::from_dir(".");
        let output = plan.run(&["build"]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        plan
    })
}

fn pdf(lang: &str) -> std::path::PathBuf {
    sample().path(&format!("build/policy-commission/pdf/strategic-plan.{lang}.pdf"))
}

fn run(program: &str, arguments: &[&str]) -> Output {
    Command::new(program).args(arguments).output().unwrap_or_else(|_| panic!("{program} is not here"))
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn vera(files: &[&Path]) -> Output {
    let engine = std::env::var("PLANWRIGHT_VERAPDF").expect("PLANWRIGHT_VERAPDF names the engine");
    Command::new("java").args(["-cp", &engine, "tests/tools/VeraPdf.java", "ua1,3a"]).args(files).output().unwrap()
}

#[test]
#[ignore = "needs veraPDF"]
fn the_pdf_conforms_to_ua1_and_3a() {
    let output = vera(&[&pdf("en"), &pdf("fr")]);
    let told = text(&output);
    assert!(output.status.success(), "{told}");
    assert_eq!(told.matches("PASS").count(), 4, "{told}");
}

#[test]
#[ignore = "needs veraPDF"]
fn a_damaged_pdf_does_not_conform() {
    let bytes = std::fs::read(pdf("en")).unwrap();
    let from = b"/MarkInfo";
    let at = bytes.windows(from.len()).position(|window| window == from).unwrap();
    let mut damaged = bytes;
    damaged[at..at + from.len()].copy_from_slice(b"/MarkJnfo");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("damaged.pdf");
    std::fs::write(&path, damaged).unwrap();
    assert!(!vera(&[&path]).status.success());
}

#[test]
#[ignore = "needs qpdf"]
fn qpdf_finds_no_fault() {
    for lang in ["en", "fr"] {
        let output = run("qpdf", &["--check", pdf(lang).to_str().unwrap()]);
        assert!(output.status.success(), "{}", text(&output));
    }
}

#[test]
#[ignore = "needs pdftotext"]
fn paragraphs_are_p_in_the_tag_tree() {
    let output = run("pdfinfo", &["-struct-text", pdf("en").to_str().unwrap()]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines: Vec<&str> = told.lines().map(str::trim).collect();
    let paragraphs = lines.iter().filter(|line| **line == "P" || line.starts_with("P (")).count();
    assert!(paragraphs >= 100, "only {paragraphs} paragraphs:\n{}", &told[..told.len().min(2000)]);
    assert!(lines.iter().any(|line| line.starts_with("TH")), "no table head");
}

#[test]
#[ignore = "needs pdftotext"]
fn the_sample_is_a_document_of_twenty_pages() {
    let info = text(&run("pdfinfo", &[pdf("en").to_str().unwrap()]));
    let pages: u32 = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().parse().unwrap();
    assert!(pages >= 20, "{pages} pages");
    assert!(info.contains("Tagged:          yes"), "{info}");
    let words = text(&run("pdftotext", &[pdf("en").to_str().unwrap(), "-"]));
    for raw in
        ["null", "not-accepted", "partially-accepted", "at-least", "so-facilitation", "as-adopted", "in-progress"]
    {
        assert!(!words.split_whitespace().any(|word| word == raw), "`{raw}` is visible");
    }
}

/// Every page of a sheet says what the plan says of itself, and the first of them is not left to a cover.
#[test]
#[ignore = "needs pdftotext"]
fn every_page_of_a_sheet_bears_the_marking() {
    let plan = PlanTest::from_dir(".");
    let output = plan.run(&["sheets"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let sheets = crate::support::files(&plan.path("build/policy-commission/sheets"));
    let mut pages = 0;
    for (name, _) in sheets.iter().filter(|(name, _)| name.ends_with(".pdf")) {
        let path = plan.path(&format!("build/policy-commission/sheets/{name}"));
        let text = text(&run("pdftotext", &[path.to_str().unwrap(), "-"]));
        let marking = if name.contains(".fr.") { "Reconstitution" } else { "Reconstruction for demonstration" };
        for page in text.trim_end_matches('\u{c}').split('\u{c}') {
            assert!(page.contains(marking), "{name}: {page}");
            assert!(page.trim().len() > 200, "{name} has a page that is nearly empty: {page}");
            pages += 1;
        }
    }
    assert!(pages > 15, "only {pages} pages");
}

#[test]
#[ignore = "needs chromium"]
fn a_browser_finds_nothing_wrong_with_the_site() {
    let shots = Path::new("target/contact-sheet");
    for (edition, how) in [("policy-commission", "whole"), ("public", "brief")] {
        let site = sample().path(&format!("build/{edition}/html"));
        let shots = shots.join(edition);
        let output = run("node", &["tests/tools/site.mjs", site.to_str().unwrap(), shots.to_str().unwrap(), how]);
        assert!(output.status.success(), "{edition}:\n{}", text(&output));
    }
}
