//! The environmental scan, with its editions and their scales.

use super::{Defaults, Loader};
use crate::diag::Origin;
use crate::model::format::ScanFile;
use crate::model::{ItemKind, Plan};
use crate::source::FileKind;

impl Loader<'_> {
    pub(super) fn scan(&mut self, plan: &mut Plan) {
        for id in self.files(FileKind::Scan) {
            let Some(mut loaded) = self.read::<ScanFile>(id) else { continue };
            let Some(file) = loaded.value.take() else { continue };
            let origin = Origin::file(id);
            let defaults = Defaults {
                classification: file.classification.map(|word| word.0),
                basis: file.basis,
                source: file.source,
            };
            let editions = self.items(ItemKind::ScanEdition, file.editions, &origin.key("editions"), &defaults);
            for edition in &editions {
                self.local_list(&edition.data.likelihood, |step| &step.id, &edition.origin.key("likelihood"));
                self.local_list(&edition.data.impact, |step| &step.id, &edition.origin.key("impact"));
            }
            plan.scan_editions = editions;
            plan.factors = self.items(ItemKind::Factor, file.factors, &origin.key("factors"), &defaults);
            plan.scan_edition = file.scan_edition.map(|id| (id, origin.key("scan-edition")));
        }
    }
}
