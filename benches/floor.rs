//! The floor of each job: what nobody can do without.

use std::path::Path;

/// `check`: read and parse every source. `html`: that, and write the bytes of the site again. `pdf` and `both`: compile
/// the finished Typst source, export it and write it.
pub fn main(arguments: &[String]) {
    match arguments.first().map(String::as_str) {
        Some("check") => read(),
        Some("html") => {
            read();
            write();
        }
        _ => typst(),
    }
}

fn files(folder: &str) -> Vec<std::path::PathBuf> {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
}

fn read() {
    for path in files("plan") {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        if path.extension().is_some_and(|end| end == "yaml") {
            let value: serde_yaml::Value = serde_yaml::from_str(&text).expect("a plan is YAML");
            std::hint::black_box(value);
        } else {
            let body = text.splitn(3, "---\n").nth(2).unwrap_or(&text);
            std::hint::black_box(pulldown_cmark::Parser::new(body).count());
        }
    }
}

fn write() {
    for path in files("build/draft/html") {
        let bytes = std::fs::read(&path).expect("the site is there");
        let to = Path::new("floor").join(&path);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        std::fs::write(to, bytes).expect("a file");
    }
}

/// Compiles and exports the finished Typst files of a draft: no plan is read, checked or joined, no template filled. Of
/// the draft only what the export names (anchors, language) is needed.
#[cfg(feature = "pdf")]
fn typst() {
    let text = std::fs::read("build/draft/draft/en.json").expect("the draft is there");
    let draft = serde_json::from_slice(&text).expect("the draft is JSON");
    let sources = files("build/draft/draft/en").into_iter().map(|path| {
        let name = path.strip_prefix("build/draft/draft/en").expect("below").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(&path).expect("a Typst file"))
    });
    let bytes = planwright::render::pdf::compile_finished(&draft, &sources.collect()).expect("a PDF");
    std::fs::create_dir_all("floor").expect("a folder");
    std::fs::write("floor/strategic-plan.en.pdf", bytes).expect("a file");
}

#[cfg(not(feature = "pdf"))]
fn typst() {}
