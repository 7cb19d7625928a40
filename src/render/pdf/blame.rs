//! Which of the user's templates brings what Typst refuses in a generated file.
//!
//! A generated file is nobody's to mend. The template at fault is the one without which the same draft does not fail so:
//! each is left out in turn and the files are made again. That is done only when a PDF has failed already.

use std::ops::Range;
use std::sync::Arc;

use typst::diag::SourceDiagnostic;
use typst::syntax::DiagSpan;

use super::faults::{from_typst, place};
use super::generate::{self, TEMPLATES};
use super::world::{DraftWorld, Fonts};
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::document::draft::Draft;
use crate::render::Theme;
use crate::render::theme::ThemeFile;

/// Turns messages about generated files into diagnostics at the user's templates that bring them, each once. Those of
/// which no template is the cause stay as they are.
pub fn tell(
    errors: &[SourceDiagnostic],
    draft: &Draft,
    world: &DraftWorld,
    theme: &Theme,
    missing: &str,
    fonts: &Arc<Fonts>,
) -> Diagnostics {
    let mut out = Diagnostics::default();
    let mut told: Vec<(Place, String)> = Vec::new();
    let of_users = |it: &Diagnostic| matches!(it.places.first(), Some(Place::Bytes(..)));
    let read: Vec<_> = errors.iter().map(|error| (error, from_typst(error, world, &draft.lang))).collect();
    let suspects = match read.iter().all(|(_, diagnostic)| of_users(diagnostic)) {
        true => Vec::new(),
        false => suspects(theme, draft, missing, fonts),
    };
    for (error, mut diagnostic) in read {
        let guilty = suspects.iter().find(|suspect| !suspect.without.contains(&error.message.to_string()));
        if let Some(suspect) = guilty.filter(|_| !of_users(&diagnostic)) {
            let place = suspect.place(&generated(error, world, &draft.lang));
            if told.contains(&(place.clone(), error.message.to_string())) {
                continue;
            }
            told.push((place.clone(), error.message.to_string()));
            diagnostic.places.insert(0, place);
            // The part of the plan that happens to be printed first is not at fault.
            diagnostic.address = None;
        }
        out.push(diagnostic);
    }
    out
}

/// A template of the user's, and what is still wrong without it.
struct Suspect<'a> {
    file: &'a ThemeFile,
    without: Vec<String>,
}

fn suspects<'a>(theme: &'a Theme, draft: &Draft, missing: &str, fonts: &Arc<Fonts>) -> Vec<Suspect<'a>> {
    let replaces = |name: &str, file: &ThemeFile| {
        TEMPLATES.iter().any(|(own, text)| *own == name && text.as_bytes() != &*file.bytes)
    };
    let own = theme.below("pdf/").filter(|(name, file)| replaces(name, file));
    own.filter_map(|(_, file)| {
        let files = theme.files.iter().filter(|it| it.name != file.name).cloned().collect();
        let rest = Theme { files };
        let files = generate::generate(draft, missing, &rest, &mut Diagnostics::default())?;
        let world = DraftWorld::new(draft, &rest, &files, fonts.clone())?;
        let (_, made) = super::typeset(draft, &world);
        let without = made.err().into_iter().flatten().map(|error| error.message.to_string()).collect();
        Some(Suspect { file, without })
    })
    .collect()
}

impl Suspect<'_> {
    /// Where the template holds the words at fault; else its line that is most like theirs.
    fn place(&self, (words, line): &(String, String)) -> Place {
        let text = self.file.text.as_deref().unwrap_or("");
        let exact = text.find(words.as_str()).filter(|_| words.len() >= 3);
        let range = exact.map(|at| at..at + words.len()).or_else(|| most_like(text, line));
        Place::Bytes(self.file.id, range.unwrap_or(0..0))
    }
}

/// The words at fault in a generated file, and the line in which they stand; of a fault elsewhere, those of the call
/// that led there.
fn generated(error: &SourceDiagnostic, world: &DraftWorld, lang: &str) -> (String, String) {
    let spans = std::iter::once(error.span).chain(error.trace.iter().map(|call| DiagSpan::from(call.span)));
    let place = spans.filter_map(|span| place(span, world, lang)).find_map(|place| match place {
        Place::Text { name, text, range } if name.starts_with("draft/") => Some((text, range)),
        _ => None,
    });
    let Some((text, range)) = place else { return Default::default() };
    let start = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].split('\n').next().unwrap_or("");
    (text[range].to_string(), line.to_string())
}

/// The line of `text` that shares the longest run of characters with `wanted`, without the spaces around; nothing where
/// none shares more than a few.
fn most_like(text: &str, wanted: &str) -> Option<Range<usize>> {
    let mut at = 0;
    let mut best = (3, None);
    for one in text.split_inclusive('\n') {
        let bare = one.trim();
        let start = at + one.len() - one.trim_start().len();
        let run = longest_run(bare.as_bytes(), wanted.trim().as_bytes());
        if run > best.0 {
            best = (run, Some(start..start + bare.len()));
        }
        at += one.len();
    }
    best.1
}

/// How many bytes the longest part has that stands in both.
fn longest_run(one: &[u8], two: &[u8]) -> usize {
    let mut best = 0;
    let mut above = vec![0; two.len() + 1];
    for a in one {
        let mut row = vec![0; two.len() + 1];
        for at in (0..two.len()).filter(|at| two[*at] == *a) {
            row[at + 1] = above[at] + 1;
            best = best.max(row[at + 1]);
        }
        above = row;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_line_that_was_written() {
        let template = "{{ row.node | at }}\n  rwo({{ row.node | node }}, total: {{ row.total }}\n),\n";
        let range = most_like(template, "  rwo((id: \"a\", role: \"\"), total: false").unwrap();
        assert_eq!(&template[range], "rwo({{ row.node | node }}, total: {{ row.total }}");
        assert_eq!(most_like(template, "été"), None);
    }
}
