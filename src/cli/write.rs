//! Writes: beside, then swap. A build that is killed leaves every edition whole, old or new.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result};

/// Replaces the folder `target` by one that holds `files`. Files of the old folder for which `keep` is true are
/// carried over. On Linux the two folders change places in one step.
pub fn swap_folder(target: &Path, files: &BTreeMap<String, Vec<u8>>, keep: impl Fn(&str) -> bool) -> Result<()> {
    let name = target.file_name().and_then(|name| name.to_str()).context("the folder has no name")?;
    let parent = target.parent().context("the folder has no parent")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot make `{}`", parent.display()))?;
    let beside = parent.join(format!(".{name}.new"));
    if beside.exists() {
        fs::remove_dir_all(&beside).with_context(|| format!("cannot clear `{}`", beside.display()))?;
    }
    fs::create_dir_all(&beside)?;
    carry_over(target, target, &beside, files, &keep)?;
    for (path, bytes) in files {
        write_file(&beside.join(path), bytes)?;
    }
    exchange(&beside, target)?;
    if beside.exists() {
        fs::remove_dir_all(&beside).with_context(|| format!("cannot clear `{}`", beside.display()))?;
    }
    Ok(())
}

fn carry_over(
    root: &Path,
    folder: &Path,
    beside: &Path,
    files: &BTreeMap<String, Vec<u8>>,
    keep: &impl Fn(&str) -> bool,
) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        let relative = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            carry_over(root, &path, beside, files, keep)?;
        } else if keep(&relative) && !files.contains_key(&relative) {
            let to = beside.join(&relative);
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::copy(&path, &to).with_context(|| format!("cannot carry over `{}`", path.display()))?;
        }
    }
    Ok(())
}

/// Writes one file and the folders above it.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot make `{}`", parent.display()))?;
    }
    let mut file = fs::File::create(path).with_context(|| format!("cannot write `{}`", path.display()))?;
    file.write_all(bytes).with_context(|| format!("cannot write `{}`", path.display()))?;
    Ok(())
}

/// Replaces one file of the plan: written beside it, then renamed over it.
pub fn swap_file(path: &Path, bytes: &[u8]) -> Result<()> {
    // A link inside the plan stays a link: the file behind it is replaced.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let name = path.file_name().and_then(|name| name.to_str()).context("the file has no name")?;
    let beside = path.with_file_name(format!(".{name}.new"));
    write_file(&beside, bytes)?;
    if let Ok(data) = fs::metadata(path) {
        fs::set_permissions(&beside, data.permissions())
            .with_context(|| format!("cannot give `{}` the rights of the old file", beside.display()))?;
    }
    fs::rename(&beside, path).with_context(|| format!("cannot replace `{}`", path.display()))
}

/// Puts `beside` in the place of `target`, in one step where the system can.
fn exchange(beside: &Path, target: &Path) -> Result<()> {
    if !target.exists() {
        return fs::rename(beside, target).with_context(|| format!("cannot write `{}`", target.display()));
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, beside, CWD, target, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let name = target.file_name().and_then(|name| name.to_str()).context("the folder has no name")?;
    let old = target.with_file_name(format!(".{name}.old"));
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    fs::rename(target, &old).with_context(|| format!("cannot move `{}`", target.display()))?;
    fs::rename(beside, target).with_context(|| format!("cannot write `{}`", target.display()))?;
    fs::remove_dir_all(&old)?;
    Ok(())
}
