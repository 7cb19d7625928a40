//! Surveys, each with the tables of its waves.

use super::Loader;
use crate::diag::{Code, Diagnostic, Origin, Place};
use crate::model::cells::LIMIT;
use crate::model::format::Survey;
use crate::model::survey::table;
use crate::model::{Item, ItemKind, Plan};
use crate::source::{FileKind, check_text};

impl Loader<'_> {
    /// Reads every survey and its tables. A table that is not there is told by the checks.
    pub(super) fn surveys(&mut self, plan: &mut Plan) {
        for id in self.files(FileKind::Answers) {
            check_text(id, self.sources.get(id), self.diags);
        }
        // Of a survey with a fault, a table may be the one that it means.
        let mut whole = true;
        for id in self.files(FileKind::Survey) {
            let loaded = self.read::<Survey>(id);
            whole &= loaded.as_ref().is_some_and(|it| it.root.is_none());
            let Some(data) = loaded.and_then(|mut it| it.value.take()) else { continue };
            let origin = Origin::file(id);
            self.ledger.declare(ItemKind::Survey, &data.id, origin.clone());
            self.ledger.former(&data, &origin);
            self.local_list(&data.groups, |group| &group.id, &origin.key("groups"));
            self.local_list(&data.questions, |question| &question.id, &origin.key("questions"));
            self.local_list(&data.waves, |wave| &wave.id, &origin.key("waves"));
            self.tables(&data, plan);
            plan.surveys.push(Item {
                data,
                origin,
                file_basis: None,
                file_source: Default::default(),
                file_classification: None,
                bodies: Vec::new(),
            });
        }
        if whole {
            self.unnamed(plan);
        }
    }

    /// Tells tables that no wave names.
    fn unnamed(&mut self, plan: &Plan) {
        let waves = plan.surveys.iter().flat_map(|survey| &survey.data.waves);
        let named: Vec<String> = waves.map(|wave| format!("plan/surveys/{}", wave.file.as_str())).collect();
        for (_, file) in self.sources.of_kind(FileKind::Answers).filter(|(_, file)| !named.contains(&file.path)) {
            let name = file.path.strip_prefix("plan/").unwrap_or(&file.path);
            self.diags.push(Diagnostic::new(Code::UnusedItem, Place::Path(file.path.clone())).arg("id", name));
        }
    }

    fn tables(&mut self, survey: &Survey, plan: &mut Plan) {
        let mut told = std::collections::BTreeSet::new();
        for wave in &survey.waves {
            let found = self.sources.by_path(&format!("plan/surveys/{}", wave.file.as_str()));
            let Some(id) = found.filter(|id| self.sources.get(*id).kind == FileKind::Answers) else { continue };
            let Some(text) = self.sources.get(id).text.clone() else { continue };
            let (answers, bad) = table(id, &wave.file, &text, survey.csv.as_ref());
            if told.insert(id) {
                for fault in bad.into_iter().take(LIMIT) {
                    let place = Place::Bytes(id, fault.range);
                    self.diags.push(Diagnostic::new(Code::BadTable, place).arg("detail", fault.detail));
                }
            }
            plan.answers.insert((survey.id.to_string(), wave.id.to_string()), answers);
        }
    }
}
