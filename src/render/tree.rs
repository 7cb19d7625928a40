//! Outputs before they are written: path to bytes.

use std::collections::BTreeMap;

/// Files of a build by path, relative to the folder of the edition, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputTree {
    pub files: BTreeMap<String, Vec<u8>>,
}

impl OutputTree {
    /// Adds a file.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// Leaves the files in the folder that `PLANWRIGHT_LOOK` names, to be looked at; none if it is empty.
    #[cfg(test)]
    pub fn leave(&self) {
        let Some(folder) = std::env::var_os("PLANWRIGHT_LOOK").filter(|folder| !folder.is_empty()) else { return };
        for (path, bytes) in &self.files {
            let path = std::path::Path::new(&folder).join(path);
            std::fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder");
            std::fs::write(path, bytes).expect("a file");
        }
    }
}
