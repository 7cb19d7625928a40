//! The user's templates, laid over the built-in ones.

use std::sync::Arc;

use crate::diag::FileId;

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

impl Theme {
    pub fn get(&self, name: &str) -> Option<&ThemeFile> {
        self.files.iter().find(|file| file.name == name)
    }
}
