//! `init`: lays down a small plan that checks, builds and can be grown.

use std::path::Path;

use anyhow::{Result, bail};

use super::write::write_file;
use crate::model::schema::KINDS;
use crate::source::kind_of;

macro_rules! files {
    ($($path:literal),+ $(,)?) => {
        /// The files of the small plan: the same that stand under `examples/smallest/` and are tested there.
        pub const FILES: &[(&str, &str)] =
            &[$(($path, include_str!(concat!("../../examples/smallest/", $path)))),+];
    };
}

files! {
    "plan/activities.yaml",
    "plan/bodies.yaml",
    "plan/consultation/events.yaml",
    "plan/consultation/suggestions/meeting-one.yaml",
    "plan/decisions.yaml",
    "plan/elements/goal.md",
    "plan/elements/objective-one.md",
    "plan/glossary.yaml",
    "plan/indicators.yaml",
    "plan/layers.yaml",
    "plan/meetings.yaml",
    "plan/plan.yaml",
    "plan/priorities.yaml",
    "plan/sections/welcome.md",
    "plan/sources.yaml",
    "plan/statements/mission.md",
    "plan/statements/vision.md",
    "plan/units.yaml",
}

/// The text of a file, for a YAML file below the line by which an editor finds its schema.
fn with_schema(path: &str, text: &str) -> String {
    let kind = KINDS.iter().find(|(_, kind)| path.ends_with(".yaml") && *kind == kind_of(path));
    let Some((name, _)) = kind else { return text.to_string() };
    let up = "../".repeat(path.matches('/').count());
    format!("# yaml-language-server: $schema={up}schemas/{name}.json\n{text}")
}

/// Writes the small plan into `folder`. A folder that has a plan already is left alone.
pub fn run(folder: &Path) -> Result<u8> {
    if folder.join("plan").exists() {
        bail!("`{}` is there already; nothing was written", folder.join("plan").display());
    }
    for (path, text) in FILES {
        write_file(&folder.join(path), with_schema(path, text).as_bytes())?;
    }
    for (name, kind) in KINDS {
        let path = folder.join(format!("schemas/{name}.json"));
        if !path.exists() {
            write_file(&path, super::explain::schema_text(*kind)?.as_bytes())?;
        }
    }
    if !folder.join("build/.gitignore").exists() {
        write_file(&folder.join("build/.gitignore"), b"*\n!.gitignore\n")?;
    }
    std::fs::create_dir_all(folder.join("templates"))?;
    println!("A small plan of {} files stands in `{}`.", FILES.len(), folder.join("plan").display());
    println!("An editor that knows YAML completes and explains its keys by `schemas/`.");
    println!("Next: edit `plan/plan.yaml` and `plan/statements/mission.md`, then `planwright build`.");
    Ok(0)
}
