//! The HTML version: a folder of pages for each language.
//!
//! Comes in: drafts, fonts and the user's templates. Goes out: `html/` of an [`OutputTree`]. Rust decides which page a
//! node stands on, writes lines of text as safe HTML and resolves links; templates decide everything else. What each
//! template sees is in `view`; a field that ends in `html` is ready HTML and is printed with `| safe`.

mod drawing;
mod fallback;
mod inline;
mod print;
mod sheet;
mod site;
#[cfg(test)]
mod tests;
mod view;

pub use self::sheet::Sheets;

use sha2::{Digest, Sha256};
use tera::Context;

use self::inline::{escape, slug};
use self::print::Printer;
use self::site::{Site, markings};
use self::view::LinkView;
use super::figure::measure::Measure;
use super::template;
use super::{OutputTree, Theme};
use crate::diag::Diagnostics;
use crate::document::draft::Draft;

/// The built-in templates and the style sheet.
pub const BUILTIN: &[(&str, &str)] = &[
    ("page.html", include_str!("../../templates/html/page.html")),
    ("sheet.html", include_str!("../../templates/html/sheet.html")),
    ("home.html", include_str!("../../templates/html/home.html")),
    ("languages.html", include_str!("../../templates/html/languages.html")),
    ("masthead.html", include_str!("../../templates/html/masthead.html")),
    ("notices.html", include_str!("../../templates/html/notices.html")),
    ("nav.html", include_str!("../../templates/html/nav.html")),
    ("footer.html", include_str!("../../templates/html/footer.html")),
    ("cover.html", include_str!("../../templates/html/cover.html")),
    ("contents-box.html", include_str!("../../templates/html/contents-box.html")),
    ("contents.html", include_str!("../../templates/html/contents.html")),
    ("section.html", include_str!("../../templates/html/section.html")),
    ("changed.html", include_str!("../../templates/html/changed.html")),
    ("paragraph.html", include_str!("../../templates/html/paragraph.html")),
    ("list.html", include_str!("../../templates/html/list.html")),
    ("drawing.html", include_str!("../../templates/html/drawing.html")),
    ("figure.html", include_str!("../../templates/html/figure.html")),
    ("quote.html", include_str!("../../templates/html/quote.html")),
    ("code.html", include_str!("../../templates/html/code.html")),
    ("facts.html", include_str!("../../templates/html/facts.html")),
    ("card.html", include_str!("../../templates/html/card.html")),
    ("box.html", include_str!("../../templates/html/box.html")),
    ("rule.html", include_str!("../../templates/html/rule.html")),
    ("table.html", include_str!("../../templates/html/table.html")),
    ("table-row.html", include_str!("../../templates/html/table-row.html")),
    ("style.css", include_str!("../../templates/html/style.css")),
];

/// Words that the pages need, with what stands for one that the draft does not bring.
pub const WORDS: &[(&str, &str)] = &[
    ("skip", "Skip to the text"),
    ("notices", "Notices"),
    ("languages", "Languages"),
    ("chapters", "Chapters"),
    ("contents", "Contents"),
    ("on-this-page", "On this page"),
    ("in-this-part", "In this part"),
    ("previous", "Previous"),
    ("next", "Next"),
    ("home", "Cover and contents"),
    ("notes", "Notes"),
    ("note", "Note"),
    ("back", "Back to the text"),
    ("paragraph", "Paragraph"),
    ("table", "Table"),
    ("inserted", "Inserted"),
    ("deleted", "Deleted"),
    ("moved", "Moved"),
    ("wide-table", "Scroll sideways to see the whole table"),
    ("data-as-csv", "Data of this figure (CSV)"),
    ("leads-to", "leads to"),
    ("download-pdf", "Download as PDF"),
    ("agenda-item", "Agenda item"),
    ("purpose", "Purpose"),
    ("action-required", "Action required"),
    ("annexes", "Annexes"),
    ("audience", "Audience"),
];

fn load(theme: &Theme, diags: &mut Diagnostics) -> Option<template::Engine> {
    template::engine("html/", BUILTIN, theme, |tera| tera.set_escape_fn(inline::tera_escape), diags)
}

/// See [`super::check_templates`].
pub fn check_templates(theme: &Theme, diags: &mut Diagnostics) {
    load(theme, diags);
}

/// Writes `html/index.html`, `html/<lang>/...` and `html/files/...` for one edition, all its languages together.
/// `fonts` are names of files and their bytes.
pub fn render(
    drafts: &[Draft],
    fonts: &[(&str, &[u8])],
    theme: &Theme,
    tree: &mut OutputTree,
    diags: &mut Diagnostics,
) {
    theme.report_unused(diags);
    let Some(engine) = load(theme, diags) else {
        return;
    };
    if drafts.is_empty() {
        return;
    }
    let measure = Measure::new(theme);
    files(fonts, theme, tree);
    let sites: Vec<Site> = drafts.iter().map(Site::new).collect();
    for site in &sites {
        drawing::files(site.draft, tree);
        for (path, bytes) in &site.draft.images {
            tree.add(format!("html/{}", image_path(path)), bytes.to_vec());
        }
        if (Printer { engine: &engine, theme, measure: &measure, site }).pages(&sites, tree, diags).is_none() {
            return;
        }
    }
    if let Some(text) = choice(&sites, &Printer { engine: &engine, theme, measure: &measure, site: &sites[0] }, diags) {
        tree.add("html/index.html", text);
    }
}

/// What lies beside the pages: the style sheet, the fonts, and what the user lays beside them.
fn files(fonts: &[(&str, &[u8])], theme: &Theme, tree: &mut OutputTree) {
    tree.add("html/files/style.css", style(theme));
    for (name, bytes) in fonts {
        tree.add(format!("html/files/fonts/{name}"), *bytes);
    }
    for (name, file) in theme.below("fonts/") {
        tree.add(format!("html/files/fonts/{name}"), file.bytes.to_vec());
    }
    for (name, file) in theme.below("html/files/") {
        tree.add(format!("html/files/{name}"), file.bytes.to_vec());
    }
}

/// The style sheet: the built-in one, or the user's, in which a line `@import "builtin/style.css";` stands for it.
fn style(theme: &Theme) -> Vec<u8> {
    let own = BUILTIN.iter().find(|(name, _)| *name == "style.css").map_or("", |(_, text)| text);
    let Some(file) = theme.get("html/style.css") else { return own.into() };
    let Some(text) = &file.text else { return file.bytes.to_vec() };
    let imports = ["@import \"builtin/style.css\";", "@import \"builtin/html/style.css\";"];
    let lines = text.split_inclusive('\n').map(|line| if imports.contains(&line.trim()) { own } else { line });
    lines.collect::<String>().into()
}

/// The page on which readers choose a language.
fn choice(sites: &[Site], printer: &Printer, diags: &mut Diagnostics) -> Option<String> {
    let draft = sites[0].draft;
    let links: Vec<LinkView> =
        sites.iter().map(|site| LinkView { html: escape(&site.document_title()), ..site.link(&site.home()) }).collect();
    let names: Vec<&str> = links.iter().map(|link| link.name.as_str()).collect();
    let mut context = Context::new();
    context.insert("title", &format!("{} – {}", sites[0].document_title(), names.join(", ")));
    context.insert("description", sites[0].description());
    context.insert("root", "");
    context.insert("lang", &draft.lang);
    context.insert("dir", &draft.dir);
    context.insert("noindex", &draft.noindex);
    context.insert("notices", &markings(sites));
    context.insert("links", &links);
    context.insert("words", &sites[0].words);
    let mut parts = std::collections::BTreeMap::new();
    parts.insert("notices", printer.part("notices.html", &context, diags)?);
    context.insert_value("parts", print::ready(parts));
    printer.render("languages.html", &context, diags)
}

/// Where an image of the plan stands under `html/`.
fn image_path(path: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let tame = path.chars().all(safe) && path.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
    if tame {
        return format!("files/images/{path}");
    }
    let hash = Sha256::digest(path.as_bytes());
    let name: String = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let end = path.rsplit_once('.').map_or("", |(_, end)| end);
    format!("files/images/{name}.{}", slug(end))
}
