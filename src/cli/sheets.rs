//! `sheets`: tells each party what became of its input.

use anyhow::{Result, bail};

use super::args::{Arguments, ReportFormat, SheetsOptions};
use super::manifest::{inputs_hash, manifest};
use super::news::News;
use super::write::swap_folder;
use crate::pipeline;

/// Writes the sheets of one edition. What stops the edition stops its sheets.
pub fn run(arguments: &Arguments, options: &SheetsOptions) -> Result<u8> {
    let (root, sources, diags) = super::read(arguments)?;
    let mut news = News::new(arguments);
    let edition = options.edition.as_deref();
    let made = pipeline::sheets(&sources, diags, edition, &mut |edition, what| news.tell(edition, what));
    drop(news);
    if let Some(wrong) =
        options.edition.as_ref().filter(|it| !made.known_editions.is_empty() && !made.known_editions.contains(it))
    {
        bail!("there is no edition `{wrong}`; this plan has: {}", made.known_editions.join(", "));
    }
    let mut told = made.diags;
    super::plan::drop_warnings_that_are_gates(&mut told);
    let status = super::tell(arguments, ReportFormat::Human, &sources, &told, false);
    let Some((edition, tree)) = made.sheets else {
        if status == 0 {
            bail!("no stage of this plan demands answers; name the edition: `planwright sheets --edition E`");
        }
        return Ok(status);
    };
    let folder = options.out.clone().unwrap_or_else(|| root.join("build").join(&edition).join("sheets"));
    let files = tree.files.into_iter().map(|(path, bytes)| (path.trim_start_matches("sheets/").to_string(), bytes));
    let mut files: std::collections::BTreeMap<String, Vec<u8>> = files.collect();
    ours(&folder)?;
    files.insert("manifest.json".to_string(), manifest(&folder, &files, &|_| false, &inputs_hash(&sources))?);
    swap_folder(&folder, &files, |_| false)?;
    if !arguments.quiet {
        let count = |end: &str| files.keys().filter(|path| path.ends_with(end)).count();
        println!("{edition}: {} sheets as HTML, {} as PDF, in {}", count(".html"), count(".pdf"), folder.display());
    }
    Ok(status)
}

/// Refuses to replace a folder that holds something else than sheets.
fn ours(folder: &std::path::Path) -> Result<()> {
    let ours = |name: &str| ["region-", "event-", "member-", "manifest.json"].iter().any(|kind| name.starts_with(kind));
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    match entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).find(|name| !ours(name)) {
        Some(other) => bail!("`{}` holds `{other}`, which is no sheet; give another `--out`", folder.display()),
        None => Ok(()),
    }
}
