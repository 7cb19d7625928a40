//! The dependency rule: data goes one way, and only the two ends touch the machine.

use std::fs;
use std::path::Path;

/// The rooms in the order of the line: a room may name those before it.
const ORDER: &[&str] = &[
    "diag",
    "source",
    "model",
    "check",
    "analysis",
    "clearance",
    "document",
    "render",
    "report",
    "edit",
    "exchange",
    "pipeline",
    "cli",
];

/// What a room may not name although it stands before it.
const NEVER: &[(&str, &[&str])] = &[
    ("check", &["analysis"]),
    ("analysis", &["check"]),
    ("clearance", &["check", "source"]),
    ("document", &["check", "source"]),
    ("render", &["model", "check", "analysis", "clearance", "source"]),
    ("report", &["model", "check", "analysis", "clearance", "document", "render"]),
    ("edit", &["check", "analysis", "clearance", "document", "render", "report"]),
    ("exchange", &["check", "analysis", "render", "report"]),
];

fn sources(folder: &Path, out: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|end| end == "rs") && !is_test(&path) {
            let name = path.strip_prefix("src").unwrap().to_string_lossy().replace('\\', "/");
            out.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Modules that exist only in tests.
fn is_test(path: &Path) -> bool {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    name == "tests" || name == "testing" || name.ends_with("_tests")
}

fn room(name: &str) -> &str {
    name.split(['/', '.']).next().unwrap()
}

/// The rooms that a file names in `crate::...` paths, outside its tests.
fn named(text: &str) -> Vec<(usize, String)> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let mut out = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let line = line.split("//").next().unwrap();
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + 7..];
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(list) => list.split(',').map(str::trim).collect(),
                None => vec![rest],
            };
            for name in names {
                let word: String = name.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                out.push((number + 1, word));
            }
        }
    }
    out
}

#[test]
fn no_room_names_a_later_one() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let mut faults = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| !matches!(name.as_str(), "lib.rs" | "main.rs")) {
        let own = room(name);
        let here = ORDER.iter().position(|it| *it == own).unwrap_or_else(|| panic!("{name}: an unknown room"));
        let never = NEVER.iter().find(|(it, _)| *it == own).map_or(&[][..], |(_, list)| list);
        for (line, other) in named(text) {
            let Some(there) = ORDER.iter().position(|it| *it == other) else { continue };
            if there > here || never.contains(&other.as_str()) {
                faults.push(format!("src/{name}:{line}: `{own}` names `{other}`"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_the_ends_touch_the_machine() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let words = ["std::fs", "std::env::", "std::process", "SystemTime", "Instant", "TcpStream", "std::net"];
    let mut faults = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| !matches!(room(name), "source" | "cli" | "main")) {
        let code = text.split("#[cfg(test)]").next().unwrap();
        for (number, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for word in words.iter().filter(|word| line.contains(**word)) {
                faults.push(format!("src/{name}:{}: names `{word}`", number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_organisation_of_the_sample_is_not_in_the_program() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    for entry in walk("templates") {
        if let Ok(text) = fs::read_to_string(&entry) {
            files.push((entry, text));
        }
    }
    let words = ["WCO", "World Customs", "Customs Co-operation", "Strategic Objective\"", "SO1", "SP0000"];
    let mut faults = Vec::new();
    for (name, text) in &files {
        let code = if name.ends_with(".rs") { text.split("#[cfg(test)]").next().unwrap() } else { text };
        for (number, line) in code.lines().enumerate() {
            let line = if name.ends_with(".rs") { line.split("//").next().unwrap() } else { line };
            for word in words.iter().filter(|word| line.contains(**word)) {
                faults.push(format!("{name}:{}: names `{word}`", number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn walk(folder: &str) -> Vec<String> {
    let mut out = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten() {
        if entry.file_type().is_file() && !entry.path().starts_with("templates/fonts") {
            out.push(entry.path().to_string_lossy().into_owned());
        }
    }
    out
}
