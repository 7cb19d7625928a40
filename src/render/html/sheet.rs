//! A sheet as one page that stands alone, with links into the edition beside which it lies.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::print::Printer;
use super::site::Site;
use super::{load, style};
use crate::diag::Diagnostics;
use crate::document::draft::Draft;
use crate::render::Theme;
use crate::render::figure::measure::Measure;
use crate::render::template::Engine;

/// What all sheets of an edition share.
pub struct Sheets<'d> {
    engine: Engine,
    theme: &'d Theme,
    measure: Measure<'d>,
    /// Where each id of the edition stands, by language; empty for an edition without HTML.
    targets: BTreeMap<&'d str, BTreeMap<&'d str, String>>,
    style: String,
}

impl<'d> Sheets<'d> {
    /// Loads the templates; nothing when one has a fault. `drafts` are the edition.
    pub fn new(drafts: &'d [Draft], theme: &'d Theme, diags: &mut Diagnostics) -> Option<Self> {
        let engine = load(theme, diags)?;
        let of = |draft: &'d Draft| {
            let targets = Site::new(draft).targets.into_iter().map(|(id, path)| (id, format!("html/{path}")));
            (draft.lang.as_str(), targets.collect())
        };
        let printed = drafts.iter().filter(|draft| draft.formats.iter().any(|format| format == "html"));
        Some(Sheets {
            engine,
            theme,
            measure: Measure::new(theme),
            targets: printed.map(of).collect(),
            style: alone(&style(theme)),
        })
    }

    /// The address of an id of the edition, from a file in `sheets/`.
    pub fn address(&self, lang: &str, id: &str) -> Option<String> {
        let path = self.targets.get(lang)?.get(id)?;
        Some(format!("../{path}#{id}"))
    }

    /// The page of one sheet.
    pub fn page(&self, draft: &Draft, name: &str, diags: &mut Diagnostics) -> Option<String> {
        let mut site = Site::new(draft);
        let path = format!("sheets/{name}.html");
        site.targets.values_mut().for_each(|target| target.clone_from(&path));
        for (id, target) in self.targets.get(draft.lang.as_str()).into_iter().flatten() {
            site.targets.entry(id).or_insert_with(|| target.clone());
        }
        site.pages.first_mut()?.path = path;
        let printer = Printer { engine: &self.engine, theme: self.theme, measure: &self.measure, site: &site };
        let hash = STANDARD.encode(Sha256::digest(self.style.as_bytes()));
        let more = [("style", self.style.as_str()), ("style_hash", &hash), ("title", &draft.title)];
        printer.alone("sheet.html", &more, diags)
    }
}

/// The style sheet without the files that would have to lie beside it.
fn alone(style: &[u8]) -> String {
    let text = String::from_utf8_lossy(style);
    let mut out = String::new();
    let mut rest = text.as_ref();
    while let Some(at) = rest.find("@font-face") {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once('}').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    // It ends the element in which it stands.
    out.replace("</", "<\\/")
}
