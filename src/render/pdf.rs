//! The PDF draft: Tera writes the order of parts, Typst libraries hold the looks, Typst compiles in process.
//!
//! Comes in: a draft and the user's theme. Goes out: one PDF (PDF/UA-1 and PDF/A-3a) and the Typst files it was made
//! from, one for each chapter.

mod faults;
mod generate;
mod inline;
mod walk;
mod world;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use typst::comemo::Track;
use typst::ecow::EcoString;
use typst::foundations::{Label, Smart};
use typst::introspection::{Introspector, Location};
use typst::model::LateLinkResolver;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use self::walk::{Met, walk};
use self::world::{DraftWorld, Fonts};
use super::{OutputTree, Theme};
use crate::diag::{Code, Diagnostics};
use crate::document::draft::{Block, Draft, Section};

pub use self::generate::{LIBRARIES, TEMPLATES};

/// Writes `pdf/strategic-plan.<lang>.pdf` and `draft/<lang>/*.typ`.
pub fn render(draft: &Draft, theme: &Theme, tree: &mut OutputTree, diags: &mut Diagnostics) {
    let mut told = Diagnostics::default();
    theme.report_unused(&mut told);
    let lang = &draft.lang;
    let fonts = Fonts::new(theme);
    let missing = faults::missing_glyphs(draft, &fonts, &mut told);
    let missing_text: String = missing.iter().collect();
    if let Some(files) = generate::generate(draft, &missing_text, theme, &mut told) {
        for (name, text) in &files {
            tree.add(format!("draft/{lang}/{name}"), text.as_bytes());
        }
        if let Some(world) = DraftWorld::new(draft, theme, &files, fonts)
            && let Some(bytes) = compile(draft, &world, &mut told)
        {
            tree.add(format!("pdf/strategic-plan.{lang}.pdf"), bytes);
        }
    }
    tell_once(told, diags);
    // What other drafts left in the cache of the compiler goes when it was not used for a while.
    typst::comemo::evict(10);
}

/// See [`super::check_templates`].
pub fn check_templates(theme: &Theme, diags: &mut Diagnostics) {
    generate::load(theme, "en", diags);
}

/// Compiles and exports finished Typst files, with nothing else: the floor against which the benches measure.
pub fn compile_finished(draft: &Draft, files: &BTreeMap<String, String>) -> Option<Vec<u8>> {
    let theme = Theme::default();
    let world = DraftWorld::new(draft, &theme, files, Fonts::new(&theme))?;
    compile(draft, &world, &mut Diagnostics::default())
}

/// Adds what is not in `diags` yet: a fault of a template is the same in every language.
fn tell_once(told: Diagnostics, diags: &mut Diagnostics) {
    for diagnostic in told.iter() {
        if !diags.iter().any(|other| other == diagnostic) {
            diags.push(diagnostic.clone());
        }
    }
}

fn compile(draft: &Draft, world: &DraftWorld, diags: &mut Diagnostics) -> Option<Vec<u8>> {
    let compiled = typst::compile::<PagedDocument>(world);
    for warning in &compiled.warnings {
        diags.push(faults::from_typst(warning, world, &draft.lang));
    }
    let result = compiled.output.and_then(|document| export(draft, &document));
    match result {
        Ok(bytes) => Some(bytes),
        Err(errors) => {
            let glyphs_told = diags.iter().any(|diag| diag.code == Code::MissingGlyph);
            for error in &errors {
                // Told already, with the place in the plan.
                if !(glyphs_told && error.message.contains("could not be displayed")) {
                    diags.push(faults::from_typst(error, world, &draft.lang));
                }
            }
            None
        }
    }
}

fn export(draft: &Draft, document: &PagedDocument) -> typst::diag::SourceResult<Vec<u8>> {
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).unwrap_or_default();
    let options = PdfOptions {
        ident: Smart::Custom(format!("planwright {} {}", draft.edition, draft.lang)),
        creator: Smart::Custom(Some("planwright".to_string())),
        standards,
        ..PdfOptions::default()
    };
    let introspector = document.introspector();
    let resolver = LateLinkResolver::new(None, introspector.as_ref());
    let anchors = anchors(draft, introspector.as_ref());
    typst_pdf::pdf_in_bundle(document, &options, &anchors, resolver.track())
}

/// Every name that a link from outside can open: the ids, and `p12` for the paragraph numbered 12.
fn anchors(draft: &Draft, introspector: &dyn Introspector) -> Vec<(Location, EcoString)> {
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    walk(draft, &mut |met| {
        if let Met::Node(node) = met
            && !node.id.is_empty()
        {
            names.entry(node.id.clone()).or_default();
        }
    });
    for chapter in &draft.chapters {
        numbered(chapter, &mut names);
    }
    let mut anchors = Vec::new();
    for (id, others) in names {
        let location =
            Label::new(PicoStr::intern(&id)).and_then(|label| introspector.query_label(label).ok()?.location());
        let Some(location) = location else { continue };
        anchors.extend(others.into_iter().map(|name| (location, name.into())));
        anchors.push((location, id.into()));
    }
    anchors
}

fn numbered(section: &Section, names: &mut BTreeMap<String, Vec<String>>) {
    fn blocks(list: &[Block], names: &mut BTreeMap<String, Vec<String>>) {
        for block in list {
            match block {
                Block::Paragraph { node, number, .. } if *number > 0 => {
                    let name = format!("p{number}");
                    if node.id.is_empty() {
                        names.entry(name).or_default();
                    } else {
                        names.entry(node.id.clone()).or_default().push(name);
                    }
                }
                Block::List { items, .. } => {
                    for item in items {
                        blocks(&item.blocks, names);
                    }
                }
                Block::Quote { blocks: inner, .. } | Block::Box { blocks: inner, .. } => {
                    blocks(inner, names);
                }
                _ => {}
            }
        }
    }
    blocks(&section.blocks, names);
    for inner in &section.sections {
        numbered(inner, names);
    }
}
