//! The PDF draft: Tera writes the order of parts, Typst libraries hold the looks, Typst compiles in process.
//!
//! Comes in: a draft and the user's theme. Goes out: one PDF (PDF/UA-1 and PDF/A-3a) and the Typst files it was made
//! from, one for each chapter.

mod blame;
mod faults;
mod generate;
mod inline;
mod links;
mod walk;
mod widths;
mod world;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use typst::comemo::Track;
use typst::diag::SourceDiagnostic;
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
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::document::draft::{Block, Draft, Section};

pub use self::generate::{LIBRARIES, TEMPLATES};

/// Writes `pdf/strategic-plan.<lang>.pdf` and `draft/<lang>/*.typ`.
pub fn render(draft: &Draft, theme: &Theme, tree: &mut OutputTree, diags: &mut Diagnostics) {
    let mut told = Diagnostics::default();
    theme.report_unused(&mut told);
    let lang = &draft.lang;
    let (files, bytes) = made(draft, theme, &mut told);
    for (name, text) in files {
        tree.add(format!("draft/{lang}/{name}"), text);
    }
    if let Some(bytes) = bytes {
        tree.add(format!("pdf/strategic-plan.{lang}.pdf"), bytes);
    }
    tell_once(told, diags);
}

/// One document alone, as bytes: a sheet beside an edition.
pub fn document(draft: &Draft, theme: &Theme, diags: &mut Diagnostics) -> Option<Vec<u8>> {
    let mut told = Diagnostics::default();
    let (_, bytes) = made(draft, theme, &mut told);
    tell_once(told, diags);
    bytes
}

/// The Typst files of a draft and the PDF that they make, as far as nothing is wrong with them.
fn made(draft: &Draft, theme: &Theme, told: &mut Diagnostics) -> (BTreeMap<String, String>, Option<Vec<u8>>) {
    let fonts = Fonts::new(theme);
    let missing: String = faults::missing_glyphs(draft, &fonts, told).iter().collect();
    let Some(files) = generate::generate(draft, &missing, theme, told) else { return Default::default() };
    let world = DraftWorld::new(draft, theme, &files, fonts.clone());
    let bytes = world.and_then(|world| match compile(draft, &world, told) {
        Ok(bytes) => Some(bytes),
        Err(errors) => {
            told.extend(blame::tell(&errors, draft, &world, theme, &missing, &fonts));
            None
        }
    });
    // What other drafts left in the cache of the compiler goes when it was not used for a while.
    typst::comemo::evict(10);
    (files, bytes)
}

/// See [`super::check_templates`].
pub fn check_templates(theme: &Theme, diags: &mut Diagnostics) {
    generate::load(theme, "en", diags);
}

/// Compiles and exports finished Typst files, with nothing else: the floor against which the benches measure.
pub fn compile_finished(draft: &Draft, files: &BTreeMap<String, String>) -> Option<Vec<u8>> {
    let theme = Theme::default();
    let world = DraftWorld::new(draft, &theme, files, Fonts::new(&theme))?;
    compile(draft, &world, &mut Diagnostics::default()).ok()
}

/// Adds what is not in `diags` yet: a fault of a template is the same in every language, whatever it brings about there.
fn tell_once(told: Diagnostics, diags: &mut Diagnostics) {
    let same = |one: &Diagnostic, other: &Diagnostic| {
        let in_file = matches!(one.places.first(), Some(Place::Bytes(..)));
        let told = (one.code, &one.args, one.places.first()) == (other.code, &other.args, other.places.first());
        one == other || (in_file && told)
    };
    for diagnostic in told.iter() {
        if !diags.iter().any(|other| same(other, diagnostic)) {
            diags.push(diagnostic.clone());
        }
    }
}

/// The PDF, or the errors that are not told yet.
fn compile(draft: &Draft, world: &DraftWorld, diags: &mut Diagnostics) -> Result<Vec<u8>, Vec<SourceDiagnostic>> {
    let (warnings, made) = typeset(draft, world);
    for warning in &warnings {
        diags.push(faults::from_typst(warning, world, &draft.lang));
    }
    made.map_err(|mut errors| {
        // Told already, with the place in the plan.
        let glyphs_told = diags.iter().any(|diag| diag.code == Code::MissingGlyph);
        errors.retain(|error| !(glyphs_told && error.message.contains("could not be displayed")));
        errors
    })
}

/// What Typst makes of a world, with its warnings.
fn typeset(draft: &Draft, world: &DraftWorld) -> (Vec<SourceDiagnostic>, Result<Vec<u8>, Vec<SourceDiagnostic>>) {
    let compiled = typst::compile::<PagedDocument>(world);
    let made = compiled.output.and_then(|document| export(draft, &document));
    (compiled.warnings.into_iter().collect(), made.map_err(|errors| errors.into_iter().collect()))
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
    let mut bytes = typst_pdf::pdf_in_bundle(document, &options, &anchors, resolver.track())?;
    links::resolve(&mut bytes);
    Ok(bytes)
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
