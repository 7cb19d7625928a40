//! A plan in a temporary folder, edited and run as a drafter would.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use planwright::diag::Diagnostics;
use planwright::source::Sources;

/// A folder with a plan, thrown away at the end.
pub struct PlanTest {
    pub folder: tempfile::TempDir,
}

impl PlanTest {
    /// A copy of the plan in `from` (a folder that holds `plan/`).
    pub fn from_dir(from: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for part in ["plan", "templates"] {
            copy(&Path::new(from).join(part), &folder.path().join(part));
        }
        PlanTest { folder }
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        String::from_utf8(std::fs::read(self.path(path)).unwrap()).unwrap()
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    /// Replaces `from`, which must be there, by `to` in a file.
    pub fn edit(&self, path: &str, from: &str, to: &str) -> &Self {
        let text = self.read(path);
        assert!(text.contains(from), "`{from}` is not in {path}");
        self.write(path, text.replacen(from, to, 1))
    }

    /// Runs the program in the folder.
    pub fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_planwright")).current_dir(self.folder.path()).args(arguments).output().unwrap()
    }

    /// Lines `severity[code] file:line:column message` of all diagnostics of the plan.
    pub fn diagnostics(&self) -> Vec<String> {
        let output = self.run(&["check", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("no JSON: {}", String::from_utf8_lossy(&output.stderr)));
        lines(&json)
    }
}

/// One line for each diagnostic of a report.
pub fn lines(json: &serde_json::Value) -> Vec<String> {
    let list = json["diagnostics"].as_array().unwrap();
    list.iter()
        .map(|it| {
            let severity = it["severity"].as_str().unwrap();
            let code = it["code"].as_str().unwrap();
            let file = it["file"].as_str().unwrap_or("-");
            let message = it["message"].as_str().unwrap();
            let place = match it["line"].as_u64() {
                Some(line) => format!("{file}:{line}:{}", it["column"]),
                None => file.to_string(),
            };
            format!("{severity}[{code}] {place} {message}")
        })
        .collect()
}

/// The sources of a folder as the program reads them.
pub fn read(root: &str) -> (Sources, Diagnostics) {
    let mut diags = Diagnostics::default();
    let sources = planwright::source::read_folder(Path::new(root), &mut diags);
    (sources, diags)
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().flatten() {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target).unwrap();
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// All files below a folder, with their bytes, in order.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}
