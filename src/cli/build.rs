//! `build`: writes the editions, and says what was written, where, how big.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Result, bail};

use super::args::{Arguments, BuildOptions, OutputFormat, ReportFormat};
use super::manifest::{inputs_hash, is_older, made_by_us, manifest};
use super::news::News;
use super::write::swap_folder;
use crate::model::format::Format;
use crate::pipeline::{self, Built, Request};

/// Builds what is asked for. An edition that something stops is left as it was; the others are written.
pub fn run(arguments: &Arguments, options: &BuildOptions) -> Result<u8> {
    let (root, sources, diags) = super::read(arguments)?;
    let begin = Instant::now();
    let out = options.out.clone().unwrap_or_else(|| root.join("build"));
    let request = request(options, &out);
    let mut news = News::new(arguments);
    let built = pipeline::build(&sources, diags, &request, &mut |edition, what| news.tell(edition, what));
    drop(news);
    unknown_names(&request, &built)?;
    let inputs = inputs_hash(&sources);
    // Before the first is written: a refusal leaves all of them as they were.
    built.editions.keys().try_for_each(|edition| ours(&out.join(edition)))?;
    for (edition, tree) in &built.editions {
        let folder = out.join(edition);
        let mut files = tree.files.clone();
        let keep = keep(&request);
        if keep("html/index.html") && !request.languages.is_empty() && folder.join("html/index.html").is_file() {
            // The page that offers every language stays, where only some were made anew.
            files.remove("html/index.html");
        }
        let manifest = manifest(&folder, &files, &keep, &inputs)?;
        files.insert("manifest.json".into(), manifest);
        swap_folder(&folder, &files, |path| keep(path) || path.starts_with("sheets/"))?;
    }
    let mut told = built.diags.clone();
    super::plan::drop_warnings_that_are_gates(&mut told);
    let status = super::tell(arguments, ReportFormat::Human, &sources, &told, false);
    if !arguments.quiet {
        summary(&out, &built, begin);
        for edition in built.editions.keys().filter(|edition| is_older(&out.join(edition).join("sheets"), &inputs)) {
            println!(
                "note: the sheets of `{edition}` are of an earlier state; `planwright sheets --edition {edition}` makes them anew"
            );
        }
        if request.editions.is_empty() {
            leftovers(&out, &built.known_editions);
        }
    }
    Ok(status)
}

fn request(options: &BuildOptions, out: &Path) -> Request {
    let format = |format: &OutputFormat| match format {
        OutputFormat::Pdf => Format::Pdf,
        OutputFormat::Html => Format::Html,
    };
    Request {
        editions: options.edition.clone(),
        languages: options.lang.clone(),
        formats: options.format.iter().map(format).collect(),
        kept: if options.format.contains(&OutputFormat::Pdf) { Vec::new() } else { pdfs(out) },
    }
}

/// The PDFs that lie below `out`: edition and language.
fn pdfs(out: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for edition in folders(out) {
        for file in std::fs::read_dir(out.join(&edition).join("pdf")).into_iter().flatten().flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            let lang = name.strip_prefix("strategic-plan.").and_then(|rest| rest.strip_suffix(".pdf"));
            found.extend(lang.map(|lang| (edition.clone(), lang.to_string())));
        }
    }
    found
}

/// The names of the folders in `out`, in order.
fn folders(out: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(out).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut names: Vec<_> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Tells the folders of editions that the plan has no more: nobody makes them anew, and nobody sees that they are old.
fn leftovers(out: &Path, known: &[String]) {
    if known.is_empty() {
        return; // the plan could not be read
    }
    for name in folders(out).into_iter().filter(|name| !known.contains(name) && !name.starts_with('.')) {
        let folder = out.join(&name);
        if made_by_us(&folder) {
            println!("note: this plan has no edition `{name}` any more; `{}` can be deleted", folder.display());
        }
    }
}

fn unknown_names(request: &Request, built: &Built) -> Result<()> {
    let check = |asked: &[String], known: &[String], what: &str| match asked.iter().find(|name| !known.contains(name)) {
        Some(wrong) if !known.is_empty() => bail!("there is no {what} `{wrong}`; this plan has: {}", known.join(", ")),
        _ => Ok(()),
    };
    check(&request.editions, &built.known_editions, "edition")?;
    check(&request.languages, &built.known_languages, "language")?;
    match (built.editions.is_empty() && built.stopped.is_empty(), built.passed_over.first()) {
        (true, Some(edition)) => bail!("the edition `{edition}` is not written in {}", request.languages.join(", ")),
        _ => Ok(()),
    }
}

/// Refuses to replace a folder that no build has written: it may hold somebody's work.
fn ours(folder: &Path) -> Result<()> {
    // Sheets may have been made before the first build.
    let other = |name: std::ffi::OsString| name != *"sheets";
    let mut entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let holds_something = entries.any(|entry| other(entry.file_name()));
    match holds_something && !made_by_us(folder) {
        true => {
            bail!("`{}` holds files that no build has written; move them, or give another `--out`", folder.display())
        }
        false => Ok(()),
    }
}

/// Which files of the old folder stay, when only some languages or formats were asked for.
fn keep(request: &Request) -> impl Fn(&str) -> bool + '_ {
    move |path: &str| {
        if request.formats.is_empty() && request.languages.is_empty() {
            return false;
        }
        let wants = |format: Format| request.formats.is_empty() || request.formats.contains(&format);
        let lang_of = |rest: &str| rest.split(['/', '.']).next().unwrap_or("").to_string();
        let in_lang = |lang: &str| request.languages.is_empty() || request.languages.iter().any(|it| it == lang);
        if let Some(rest) = path.strip_prefix("pdf/strategic-plan.") {
            return !(wants(Format::Pdf) && in_lang(&lang_of(rest)));
        }
        if let Some(rest) = path.strip_prefix("html/") {
            return !(wants(Format::Html) && in_lang(&lang_of(rest)));
        }
        if let Some(rest) = path.strip_prefix("draft/") {
            return !in_lang(&lang_of(rest)) || (rest.contains('/') && !wants(Format::Pdf));
        }
        false
    }
}

fn summary(out: &Path, built: &Built, begin: Instant) {
    for (edition, tree) in &built.editions {
        let folder: PathBuf = out.join(edition);
        let pages = tree.files.keys().filter(|path| path.ends_with(".html")).count();
        println!("{edition}");
        for (path, bytes) in tree.files.iter().filter(|(path, _)| path.ends_with(".pdf")) {
            println!("  {}  {}", folder.join(path).display(), size(bytes.len()));
        }
        if pages > 0 {
            let weight: usize =
                tree.files.iter().filter(|(path, _)| path.starts_with("html/")).map(|(_, bytes)| bytes.len()).sum();
            println!("  {}  {pages} pages, {}", folder.join("html/index.html").display(), size(weight));
        }
    }
    for edition in &built.stopped {
        println!("{edition}\n  not built: see the errors above; what was there before is untouched");
    }
    println!(
        "{} of {} editions in {:.1} s",
        built.editions.len(),
        built.editions.len() + built.stopped.len(),
        begin.elapsed().as_secs_f32()
    );
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}
