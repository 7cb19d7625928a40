//! Walks the plan folder.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::text::too_large;
use super::{FILES, FileKind, LIMIT_BYTES, Sources, kind_of};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};

/// Reads `plan/` and `templates/` under `root`, in the order of the paths. Links that lead out of their folder and
/// files over the limit are refused; hidden files and what editors leave behind are passed over.
///
/// Reports `missing-file`, `link-outside`, `file-too-large`, `unknown-file`; a file that cannot be read is missing.
pub fn read_folder(root: &Path, diags: &mut Diagnostics) -> Sources {
    let mut files = Vec::new();
    for folder in ["plan", "templates"] {
        read_tree(root, folder, &mut files, diags);
    }
    let found = |name: &str| files.iter().any(|(path, _)| path == name);
    if !found("plan/plan.yaml") && !reported(diags, "plan/plan.yaml") && !reported(diags, "plan") {
        let remedy = match found("plan/plan.yml") {
            true => "the file `plan/plan.yml` is there; call it `plan.yaml`",
            false => "`planwright init` writes a small plan to begin with",
        };
        diags.push(missing("plan/plan.yaml", remedy));
    }
    Sources::from_files(files)
}

fn missing(path: &str, remedy: &str) -> Diagnostic {
    Diagnostic::new(Code::MissingFile, Place::Path(path.to_string())).arg("path", path).arg("remedy", remedy)
}

/// What is told of a file that is there but cannot be opened.
const UNREADABLE: &str = "it may be that you are not allowed to read it";

/// The diagnostic of a file of no kind, with the name that may be meant.
fn unknown(path: String) -> Diagnostic {
    let name = path.strip_prefix("plan/").unwrap_or(&path).to_string();
    let known = FILES.iter().copied();
    Diagnostic::new(Code::UnknownFile, Place::Path(path)).did_you_mean(&name, known)
}

fn reported(diags: &Diagnostics, path: &str) -> bool {
    let place = Place::Path(path.to_string());
    diags.iter().any(|diagnostic| diagnostic.places.contains(&place))
}

/// Reads one of the two folders.
fn read_tree(root: &Path, folder: &str, files: &mut Vec<(String, Vec<u8>)>, diags: &mut Diagnostics) {
    let top = root.join(folder);
    let Ok(real_root) = root.canonicalize() else {
        return;
    };
    let Ok(real) = top.canonicalize() else {
        return;
    };
    if real != real_root.join(folder) {
        let place = Place::Path(folder.to_string());
        diags.push(Diagnostic::new(Code::LinkOutside, place));
        return;
    }
    let walk = WalkDir::new(&top)
        .follow_links(false)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !passed_over(entry));
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(&top);
                diags.push(missing(&name(root, path), UNREADABLE));
                continue;
            }
        };
        if entry.depth() == 0 || entry.file_type().is_dir() {
            continue;
        }
        let path = name(root, entry.path());
        match target(&entry, &real) {
            Ok(Some(file)) => read_file(&file, path, files, diags),
            Ok(None) => {
                diags.push(unknown(path));
            }
            Err(code) => {
                let place = Place::Path(path.clone());
                diags.push(Diagnostic::new(code, place).arg("path", path));
            }
        }
    }
}

/// The file behind an entry: itself, or the file inside `real` that it links to. Nothing for what is no file.
fn target(entry: &DirEntry, real: &Path) -> Result<Option<PathBuf>, Code> {
    if entry.file_type().is_file() {
        return Ok(Some(entry.path().to_path_buf()));
    }
    if !entry.path_is_symlink() {
        return Ok(None);
    }
    let file = entry.path().canonicalize().map_err(|_| Code::LinkOutside)?;
    if !file.starts_with(real) {
        return Err(Code::LinkOutside);
    }
    Ok(file.is_file().then_some(file))
}

fn read_file(file: &Path, path: String, files: &mut Vec<(String, Vec<u8>)>, diags: &mut Diagnostics) {
    let size = std::fs::metadata(file).map_or(0, |data| data.len());
    if size > LIMIT_BYTES as u64 {
        diags.push(too_large(Place::Path(path), size));
        return;
    }
    match std::fs::read(file) {
        Ok(bytes) => {
            if kind_of(&path) == FileKind::Unknown {
                diags.push(unknown(path.clone()));
            }
            files.push((path, bytes));
        }
        Err(_) => diags.push(missing(&path, UNREADABLE)),
    }
}

/// The name of a path from the root, with `/`.
fn name(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    parts.join("/")
}

/// Hidden files and what editors, word processors and file managers leave behind.
fn passed_over(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || name.ends_with(".swp")
        || matches!(&*name, "Thumbs.db" | "desktop.ini")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(diags: &Diagnostics) -> Vec<(Code, Place)> {
        diags.iter().map(|d| (d.code, d.places[0].clone())).collect()
    }

    #[test]
    fn a_missing_plan_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let mut diags = Diagnostics::default();
        assert_eq!(read_folder(dir.path(), &mut diags).iter().count(), 0);
        let place = Place::Path("plan/plan.yaml".to_string());
        assert_eq!(codes(&diags), [(Code::MissingFile, place)]);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_is_a_link_is_one_fault() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("root");
        std::fs::create_dir_all(dir.path().join("elsewhere")).unwrap();
        std::fs::create_dir_all(&root).unwrap();
        std::os::unix::fs::symlink(dir.path().join("elsewhere"), root.join("plan")).unwrap();
        let mut diags = Diagnostics::default();
        read_folder(&root, &mut diags);
        assert_eq!(codes(&diags), [(Code::LinkOutside, Place::Path("plan".to_string()))]);
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_inside_and_leftovers_are_passed_over() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        for folder in ["plan/elements", "templates", ".git"] {
            std::fs::create_dir_all(root.join(folder)).unwrap();
        }
        for file in [
            "plan/plan.yaml",
            "plan/elements/a.md",
            "plan/elements/a.md~",
            "plan/.DS_Store",
            "plan/elements/~$a.docx",
            "plan/Thumbs.db",
            "plan/desktop.ini",
            "plan/.plan.yaml.swp",
            "plan/odd.txt",
            "templates/x.tera",
            "outside.yaml",
        ] {
            std::fs::write(root.join(file), file).unwrap();
        }
        symlink(root.join("outside.yaml"), root.join("plan/units.yaml")).unwrap();
        symlink("a.md", root.join("plan/elements/b.md")).unwrap();
        symlink("nowhere", root.join("plan/elements/c.md")).unwrap();
        symlink("/", root.join("templates/all")).unwrap();
        let mut diags = Diagnostics::default();
        let sources = read_folder(root, &mut diags);
        let paths: Vec<_> = sources.iter().map(|(_, file)| file.path.as_str()).collect();
        assert_eq!(
            paths,
            ["plan/elements/a.md", "plan/elements/b.md", "plan/odd.txt", "plan/plan.yaml", "templates/x.tera"]
        );
        let place = |path: &str| Place::Path(path.to_string());
        assert_eq!(
            codes(&diags),
            [
                (Code::LinkOutside, place("plan/elements/c.md")),
                (Code::UnknownFile, place("plan/odd.txt")),
                (Code::LinkOutside, place("plan/units.yaml")),
                (Code::LinkOutside, place("templates/all")),
            ]
        );
    }
}
