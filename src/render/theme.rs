//! The user's templates, laid over the built-in ones.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{html, template};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Place};

/// A file of the user's `templates/`.
#[derive(Clone, Debug)]
pub struct ThemeFile {
    pub id: FileId,
    /// Path under `templates/`: `html/page.html`.
    pub name: String,
    pub bytes: Arc<[u8]>,
    /// As text, if it is text.
    pub text: Option<Arc<str>>,
}

/// All files of the user's `templates/`, in the order of their names.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    pub files: Vec<ThemeFile>,
}

/// The tables of fixed words. They are read when the program is made; a copy that is equal asks for nothing.
const LABELS: [(&str, &str); 2] = [
    ("labels/en.yaml", include_str!("../../templates/labels/en.yaml")),
    ("labels/fr.yaml", include_str!("../../templates/labels/fr.yaml")),
];

/// Files under `templates/fonts/`: fonts, and the licence that travels with them.
const FONTS: [&str; 5] = ["ttf", "otf", "ttc", "otc", "txt"];

impl Theme {
    pub fn get(&self, name: &str) -> Option<&ThemeFile> {
        self.files.iter().find(|file| file.name == name)
    }

    /// The files below a folder of `templates/`, with their names there.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a ThemeFile)> {
        self.files.iter().filter_map(move |file| Some((file.name.strip_prefix(folder)?, file)))
    }

    /// Tells every file that changes nothing, whatever the reason: nothing of the user's is passed over in silence.
    pub fn report_unused(&self, diags: &mut Diagnostics) {
        let used = [
            self.used_templates("html/", html::BUILTIN, "files/"),
            #[cfg(feature = "pdf")]
            self.used_templates("pdf/", super::pdf::TEMPLATES, "lib/"),
        ];
        for file in self.files.iter().filter(|file| !used.iter().any(|list| list.contains(&file.name))) {
            let name = file.name.as_str();
            let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
            let font = name.starts_with("fonts/") && FONTS.contains(&end.as_str());
            let copied = LABELS.iter().any(|(known, text)| *known == name && text.as_bytes() == &*file.bytes);
            if font || copied || name.starts_with("html/files/") || self.is_looks(name) {
                continue;
            }
            let bare = name.strip_prefix("html/").or_else(|| name.strip_prefix("pdf/")).unwrap_or(name);
            let diagnostic = Diagnostic::new(Code::TemplateUnused, Place::Bytes(file.id, 0..0))
                .arg("name", bare)
                .did_you_mean(bare, builtin_names(name));
            diags.push(match name.starts_with("labels/") {
                true => diagnostic.hint("say words differently under `words:` in `plan/plan.yaml`"),
                false => diagnostic,
            });
        }
    }

    /// The user's templates under `prefix` that replace a built-in one, that another names, or that bring a component;
    /// those under `apart` are no templates.
    fn used_templates(&self, prefix: &str, builtin: &[(&str, &str)], apart: &str) -> BTreeSet<String> {
        let own: Vec<_> = self.below(prefix).filter(|(name, _)| !name.starts_with(apart)).collect();
        let mut named = BTreeSet::new();
        for (name, file) in &own {
            let text = file.text.as_deref().unwrap_or("");
            named.extend(template::named_templates(text).filter(|other| other != name));
        }
        own.iter()
            .filter(|(name, file)| {
                builtin.iter().any(|(known, _)| known == name)
                    || named.contains(name)
                    || file.text.as_deref().is_some_and(template::defines_component)
            })
            .map(|(_, file)| file.name.clone())
            .collect()
    }

    /// True for a library of looks, and for a file that another one of the PDF names.
    #[cfg(feature = "pdf")]
    fn is_looks(&self, name: &str) -> bool {
        let Some(bare) = name.strip_prefix("pdf/") else { return false };
        let last = bare.rsplit('/').next().unwrap_or(bare);
        let mut others = self.below("pdf/").filter(|(other, _)| *other != bare);
        super::pdf::LIBRARIES.iter().any(|(known, _)| *known == bare)
            || others.any(|(_, file)| file.text.as_deref().is_some_and(|text| text.contains(last)))
    }

    /// Without Typst nobody reads what is meant for the PDF, which is not the user's fault.
    #[cfg(not(feature = "pdf"))]
    fn is_looks(&self, name: &str) -> bool {
        name.starts_with("pdf/")
    }
}

/// Names that a file of `templates/` in the same folder may have.
fn builtin_names(name: &str) -> Vec<&'static str> {
    let names = |list: &[(&'static str, &str)]| list.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    match name.split('/').next() {
        Some("html") => names(html::BUILTIN),
        #[cfg(feature = "pdf")]
        Some("pdf") => [names(super::pdf::TEMPLATES), names(super::pdf::LIBRARIES)].concat(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_files_that_change_nothing() {
        let files = [
            ("html/mine.html", "x", false),
            ("html/pages.html", "x", true),
            ("html/table-row.html", "{%- include 'mine.html' %}", false),
            ("html/style.css", "a{}", false),
            ("html/files/logo.svg", "<svg/>", false),
            ("html/lib/x.html", "x", true),
            ("fonts/Mine.ttf", "", false),
            ("fonts/Mine.txt", "licence", false),
            ("fonts/notes.md", "x", true),
            ("labels/en.yaml", "a: b", true),
            ("pdf/lib/page.typ", "#import \"mine.typ\": *", false),
            ("pdf/lib/mine.typ", "#let a = 1", false),
            ("pdf/lib/pages.typ", "x", true),
            ("notes.txt", "x", true),
        ];
        let theme = Theme {
            files: files
                .iter()
                .enumerate()
                .map(|(at, (name, text, _))| ThemeFile {
                    id: FileId(at as u32),
                    name: name.to_string(),
                    bytes: text.as_bytes().into(),
                    text: Some(Arc::from(*text)),
                })
                .collect(),
        };
        let mut diags = Diagnostics::default();
        theme.report_unused(&mut diags);
        let told: Vec<_> = diags.iter().map(|it| it.get("name").to_string()).collect();
        let bare = |name: &str| name.trim_start_matches("html/").trim_start_matches("pdf/").to_string();
        let expected: Vec<_> = files.iter().filter(|(_, _, unused)| *unused).map(|(name, _, _)| bare(name)).collect();
        let expected: Vec<_> =
            expected.into_iter().filter(|name| cfg!(feature = "pdf") || !name.ends_with(".typ")).collect();
        assert_eq!(told, expected);
    }
}
