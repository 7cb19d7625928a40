//! The left end of the line: the only room that reads the disk.
//!
//! Comes in: a folder. Goes out: [`Sources`], path to bytes, images and templates included, so that a git revision, an
//! archive and a test walk the same line. Links out of the folder, files that are too large and bytes that are not
//! text are refused here.

mod outline;
mod text;
mod walk;

pub(crate) use outline::find_outside_comments;
pub use outline::{Entry, LIMIT_DEPTH, Node, NodeKind, Tree, YamlFault, needs_outline, outline};
pub use text::{Front, LIMIT_BYTES, check_text, split_front};
pub use walk::read_folder;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::FileId;

/// What kind of file it is; follows from folder and name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    Plan,
    Layers,
    Statement,
    Element,
    Section,
    Priorities,
    Activities,
    Indicators,
    Predecessor,
    Regions,
    Members,
    Bodies,
    Meetings,
    Decisions,
    Units,
    Sources,
    Glossary,
    Events,
    Cycles,
    Evidence,
    Clusters,
    Reasons,
    Costs,
    /// Amounts beside `costs.yaml`: `costs/2026.csv`.
    CostTable,
    Scan,
    Map,
    Suggestions,
    Survey,
    /// Table of answers to a survey: `surveys/NAME.csv`.
    Answers,
    /// Translation of a Markdown file: `mission.fr.md`.
    Translation,
    Image,
    Template,
    Unknown,
}

/// One file that was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path from the root of the plan, with `/`: `plan/elements/goal.md`.
    pub path: String,
    pub kind: FileKind,
    pub bytes: Arc<[u8]>,
    /// The bytes as text, without a byte-order mark, if they are text that may be used.
    pub text: Option<Arc<str>>,
    /// Bytes cut off in front of `text` (3 for a byte-order mark).
    pub offset: usize,
}

/// Every file of a plan and its templates.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    by_path: BTreeMap<String, FileId>,
}

impl Sources {
    /// Sources from paths and bytes, in any order; they are sorted by path.
    pub fn from_files(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut list: Vec<_> = files.into_iter().collect();
        list.sort();
        let mut sources = Sources::default();
        for (path, bytes) in list {
            sources.add(path, bytes);
        }
        sources
    }

    fn add(&mut self, path: String, bytes: Vec<u8>) {
        let kind = kind_of(&path);
        let offset = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let text = match kind {
            FileKind::Image => None,
            _ => std::str::from_utf8(&bytes[offset..]).ok().map(Arc::from),
        };
        let id = FileId(self.files.len() as u32);
        self.by_path.insert(path.clone(), id);
        self.files.push(SourceFile { path, kind, bytes: bytes.into(), text, offset });
    }

    /// The same with other bytes of one file; a new file comes last, so that the others keep their ids.
    pub fn with(&self, path: &str, bytes: Vec<u8>) -> Self {
        let mut new = self.clone();
        let known = new.by_path(path);
        new.add(path.to_string(), bytes);
        if let Some(id) = known {
            new.files.swap_remove(id.0 as usize);
            new.by_path.insert(path.to_string(), id);
        }
        new
    }

    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    pub fn by_path(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// All files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(index as u32), file))
    }

    /// The files of one kind, in the order of their paths.
    pub fn of_kind(&self, kind: FileKind) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.iter().filter(move |(_, file)| file.kind == kind)
    }
}

/// The files of `plan/` that have names of their own.
pub(crate) const FILES: &[&str] = &[
    "plan.yaml",
    "layers.yaml",
    "priorities.yaml",
    "activities.yaml",
    "indicators.yaml",
    "predecessor.yaml",
    "evidence.yaml",
    "regions.yaml",
    "members.yaml",
    "bodies.yaml",
    "meetings.yaml",
    "decisions.yaml",
    "units.yaml",
    "sources.yaml",
    "glossary.yaml",
    "costs.yaml",
    "scan.yaml",
    "consultation/events.yaml",
];

/// The kind of the file at `path`. Never guessed from what it holds.
pub fn kind_of(path: &str) -> FileKind {
    if path.starts_with("templates/") {
        return FileKind::Template;
    }
    let Some(path) = path.strip_prefix("plan/") else {
        return FileKind::Unknown;
    };
    let markdown = |kind: FileKind, name: &str| match name.strip_suffix(".md") {
        Some(stem) if stem.contains('/') => FileKind::Unknown,
        Some(stem) if stem.contains('.') => FileKind::Translation,
        Some(_) => kind,
        None => FileKind::Unknown,
    };
    match path {
        "plan.yaml" => FileKind::Plan,
        "layers.yaml" => FileKind::Layers,
        "priorities.yaml" => FileKind::Priorities,
        "activities.yaml" => FileKind::Activities,
        "indicators.yaml" => FileKind::Indicators,
        "predecessor.yaml" => FileKind::Predecessor,
        "regions.yaml" => FileKind::Regions,
        "members.yaml" => FileKind::Members,
        "bodies.yaml" => FileKind::Bodies,
        "meetings.yaml" => FileKind::Meetings,
        "decisions.yaml" => FileKind::Decisions,
        "units.yaml" => FileKind::Units,
        "sources.yaml" => FileKind::Sources,
        "glossary.yaml" => FileKind::Glossary,
        "costs.yaml" => FileKind::Costs,
        "scan.yaml" => FileKind::Scan,
        "consultation/events.yaml" => FileKind::Events,
        "consultation/cycles.yaml" => FileKind::Cycles,
        "evidence.yaml" => FileKind::Evidence,
        "consultation/clusters.yaml" => FileKind::Clusters,
        "consultation/reasons.yaml" => FileKind::Reasons,
        "map.yaml" => FileKind::Map,
        _ => {
            let lower = path.to_ascii_lowercase();
            if [".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp"].iter().any(|end| lower.ends_with(end)) {
                return FileKind::Image;
            }
            match path.split_once('/') {
                Some(("statements", name)) => markdown(FileKind::Statement, name),
                Some(("elements", name)) => markdown(FileKind::Element, name),
                Some(("sections", name)) => markdown(FileKind::Section, name),
                Some(("activities", name)) if name.ends_with(".yaml") => FileKind::Activities,
                Some(("indicators", name)) if name.ends_with(".yaml") => FileKind::Indicators,
                Some(("costs", name)) if name.ends_with(".csv") => FileKind::CostTable,
                Some(("consultation", name)) if name.starts_with("suggestions/") && name.ends_with(".yaml") => {
                    FileKind::Suggestions
                }
                Some(("surveys", name)) if !name.contains('/') && name.ends_with(".yaml") => FileKind::Survey,
                Some(("surveys", name)) if !name.contains('/') && name.ends_with(".csv") => FileKind::Answers,
                _ => FileKind::Unknown,
            }
        }
    }
}
