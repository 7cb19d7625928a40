//! `init`: lays down a small plan that checks, builds and can be grown.

use std::path::Path;

use anyhow::{Result, bail};

use super::write::write_file;

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

/// Writes the small plan into `folder`. A folder that has a plan already is left alone.
pub fn run(folder: &Path) -> Result<u8> {
    if folder.join("plan").exists() {
        bail!("`{}` is there already; nothing was written", folder.join("plan").display());
    }
    for (path, text) in FILES {
        write_file(&folder.join(path), text.as_bytes())?;
    }
    if !folder.join("build/.gitignore").exists() {
        write_file(&folder.join("build/.gitignore"), b"*\n!.gitignore\n")?;
    }
    std::fs::create_dir_all(folder.join("templates"))?;
    println!("A small plan of {} files stands in `{}`.", FILES.len(), folder.join("plan").display());
    println!("Next: edit `plan/plan.yaml` and `plan/statements/mission.md`, then `planwright build`.");
    Ok(0)
}
