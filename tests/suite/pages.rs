//! Each page of `docs/checks/` is the test of its code.

use std::fs;

use planwright::diag::Code;

use crate::support::PlanTest;

/// A fenced block of a page: its kind, the file it stands for, its text.
pub struct Fence {
    pub kind: String,
    pub path: String,
    pub text: String,
}

pub fn fences(page: &str) -> Vec<Fence> {
    let mut out = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let fence = line.chars().take_while(|c| *c == '`').collect::<String>();
        let (kind, path) = info.trim_start_matches('`').split_once(' ').unwrap_or((info.trim_start_matches('`'), ""));
        let text: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
        let text = text.join("\n") + "\n";
        out.push(Fence { kind: kind.into(), path: path.into(), text });
    }
    out
}

/// `\xNN` escapes as bytes.
fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'\\' && tail.len() >= 3 && tail[0] == b'x' {
            let digits = std::str::from_utf8(&tail[1..3]).unwrap();
            out.push(u8::from_str_radix(digits, 16).unwrap());
            rest = &tail[3..];
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    out
}

fn lay(plan: &PlanTest, fence: &Fence) {
    match fence.kind.as_str() {
        "bytes" => {
            plan.write(&fence.path, bytes(fence.text.trim_end_matches('\n')));
        }
        "link" => {
            #[cfg(unix)]
            std::os::unix::fs::symlink(fence.text.trim(), plan.path(&fence.path)).unwrap();
        }
        "size" => {
            let size: u64 = fence.text.trim().parse().unwrap();
            fs::File::create(plan.path(&fence.path)).unwrap().set_len(size).unwrap();
        }
        "edit" => {
            let mut lines = fence.text.lines();
            while let (Some(old), Some(new)) = (lines.next(), lines.next()) {
                plan.edit(
                    &fence.path,
                    old.strip_prefix("- ").unwrap(),
                    &new.strip_prefix("+ ").unwrap().replace("\\n", "\n"),
                );
            }
        }
        "remove" => fs::remove_file(plan.path(&fence.path)).unwrap(),
        _ => {
            plan.write(&fence.path, &fence.text);
        }
    }
}

/// Runs one page; returns what differs.
fn run(code: Code) -> Result<(), String> {
    let path = format!("docs/checks/{code}.md");
    let page = fs::read_to_string(&path).map_err(|_| format!("{path} is missing"))?;
    let fences = fences(&page);
    let expected: Vec<&str> =
        fences.iter().filter(|it| it.kind == "diagnostics").flat_map(|it| it.text.lines()).collect();
    if expected.is_empty() {
        return Err(format!("{path} shows no diagnostics"));
    }
    let plan = PlanTest::from_dir("examples/smallest");
    fences.iter().filter(|it| !it.path.is_empty()).for_each(|fence| lay(&plan, fence));
    let word = format!("[{code}] ");
    let mut found: Vec<String> = plan.diagnostics().into_iter().filter(|line| line.contains(&word)).collect();
    if found.is_empty() {
        let output = plan.run(&["build", "--out", "out"]);
        found = drawn(&String::from_utf8_lossy(&output.stderr));
        found.retain(|line| line.contains(&word));
    }
    // A page shows the files that matter; a setting can have the same effect in files that it does not show.
    let shown = |line: &String| {
        fences.iter().any(|it| it.kind != "edit" && !it.path.is_empty() && line.contains(&format!(" {}", it.path)))
    };
    if found.iter().any(shown) {
        found.retain(shown);
    }
    if found == expected { Ok(()) } else { Err(format!("{path}:\n  expected {expected:#?}\n  found {found:#?}")) }
}

/// The lines of a report for people, one a diagnostic.
fn drawn(report: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut head = String::new();
    for line in report.lines() {
        if let Some((severity, rest)) = line.split_once('[')
            && ["error", "warning"].contains(&severity)
            && let Some((code, message)) = rest.split_once("]: ")
        {
            head = format!("{severity}[{code}] @ {message}");
        } else if let Some((_, place)) = line.split_once("┌─ ") {
            out.push(head.replace('@', place.trim()));
        }
    }
    out
}

#[test]
fn every_page_is_true() {
    let faults: Vec<String> = Code::ALL.iter().filter_map(|code| run(*code).err()).collect();
    assert!(faults.is_empty(), "{} of {} pages fail:\n{}", faults.len(), Code::ALL.len(), faults.join("\n"));
}

#[test]
fn every_page_has_a_code() {
    for entry in fs::read_dir("docs/checks").unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let word = name.trim_end_matches(".md");
        assert!(word == "README" || word.parse::<Code>().is_ok(), "docs/checks/{name} explains no code");
    }
}

/// The examples of a page that name their file are read together, laid over the smallest plan, without a fault in them.
#[test]
fn every_example_of_the_documentation_is_read() {
    for page in [
        "docs/format.md",
        "docs/guide/writing.md",
        "docs/guide/consultation.md",
        "docs/guide/evidence.md",
        "docs/guide/map.md",
    ] {
        let text = fs::read_to_string(page).unwrap();
        let plan = PlanTest::from_dir("examples/smallest");
        let examples: Vec<Fence> = fences(&text).into_iter().filter(|it| it.path.starts_with("plan/")).collect();
        examples.iter().for_each(|fence| lay(&plan, fence));
        let mut faults = plan.diagnostics();
        faults.retain(|line| examples.iter().any(|fence| line.contains(&format!(" {}:", fence.path))));
        assert!(faults.is_empty(), "{page}: {faults:#?}");
    }
}
