//! Sheets for parties: one PDF and one HTML page each, beside the edition from which they are taken.

use super::{OutputTree, Theme, html};
use crate::diag::Diagnostics;
use crate::document::Sheet;
use crate::document::draft::Draft;
#[cfg(feature = "pdf")]
use crate::document::draft::{Block, Inline};

/// Writes `sheets/<name>.<lang>.html` and `.pdf`. `drafts` are the edition, for the links into it.
pub fn render(
    sheets: &[Sheet],
    drafts: &[Draft],
    theme: &Theme,
    tree: &mut OutputTree,
    diags: &mut Diagnostics,
    progress: &mut dyn FnMut(&str),
) {
    let Some(pages) = html::Sheets::new(drafts, theme, diags) else { return };
    for sheet in sheets {
        let name = format!("{}.{}", sheet.name, sheet.draft.lang);
        progress(&name);
        if let Some(page) = pages.page(&sheet.draft, &name, diags) {
            tree.add(format!("sheets/{name}.html"), page);
        }
        #[cfg(feature = "pdf")]
        if let Some(bytes) = super::pdf::document(&linked(&sheet.draft, &pages), theme, diags) {
            tree.add(format!("sheets/{name}.pdf"), bytes);
        }
    }
}

/// The draft with links into the HTML version of the edition, which lies beside the sheets.
#[cfg(feature = "pdf")]
fn linked(draft: &Draft, pages: &html::Sheets) -> Draft {
    let mut draft = draft.clone();
    let lang = draft.lang.clone();
    for section in draft.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections) {
        for block in &mut section.blocks {
            if let Block::Facts { facts, .. } = block {
                let values = facts.iter_mut().flat_map(|fact| &mut fact.value);
                values.for_each(|inline| link(inline, &lang, pages));
            }
        }
    }
    draft
}

#[cfg(feature = "pdf")]
fn link(inline: &mut Inline, lang: &str, pages: &html::Sheets) {
    if let Inline::Reference { target, inlines } = inline
        && let Some(url) = pages.address(lang, target)
    {
        *inline = Inline::Link { url, inlines: std::mem::take(inlines) };
    }
}
