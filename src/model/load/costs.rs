//! Allocations of costs: what `costs.yaml` says, the tables beside it, and the lines at which the amounts stand.

mod table;

use std::collections::{BTreeMap, BTreeSet};

use super::{Defaults, Loader};
use crate::diag::{Code, Diagnostic, FileId, Origin};
use crate::model::faulty::Faulty;
use crate::model::format::{CostsFile, Dialect, SourceLine};
use crate::model::{ItemKind, Plan};
use crate::source::{FileKind, Node, Sources, outline};

impl Loader<'_> {
    pub(super) fn costs(&mut self, plan: &mut Plan) {
        let mut dialect = None;
        for id in self.files(FileKind::Costs) {
            let Some(mut loaded) = self.read::<CostsFile>(id) else { continue };
            let Some(file) = loaded.value.take() else { continue };
            let origin = Origin::file(id);
            dialect = file.csv;
            let defaults = Defaults {
                classification: file.classification.map(|word| word.0),
                basis: file.basis,
                source: file.source,
            };
            plan.allocations =
                self.items(ItemKind::Allocation, file.allocations, &origin.key("allocations"), &defaults);
            plan.cost_keys = self.items(ItemKind::CostKey, file.keys, &origin.key("keys"), &defaults);
            for allocation in &plan.allocations {
                self.local_list(&allocation.data.shared, |one| &one.id, &allocation.origin.key("shared"));
            }
        }
        self.lines(plan);
        self.cost_tables(plan, dialect.as_ref());
    }

    /// Notes at which line each amount stands that an allocation takes in.
    fn lines(&self, plan: &mut Plan) {
        let mut files = Files { sources: self.sources, roots: BTreeMap::new() };
        for allocation in &mut plan.allocations {
            let origin = allocation.origin.clone();
            for (index, one) in allocation.data.direct.iter_mut().enumerate() {
                one.line = files.line(&self.aside.entry(&origin.key("direct"), index).key("amount"));
            }
            for (index, one) in allocation.data.shared.iter_mut().enumerate() {
                one.line = files.line(&self.aside.entry(&origin.key("shared"), index).key("amount"));
            }
        }
        let named = plan.allocations.iter().flat_map(|one| &one.data.direct).map(|one| one.to.to_string());
        let named: BTreeSet<String> = named.collect();
        let all = plan.allocations.iter().any(|one| one.data.activities);
        for activity in plan.activities.iter_mut().filter(|one| all || named.contains(one.data.id.as_str())) {
            if let Some(cost) = &mut activity.data.cost {
                cost.line = files.line(&activity.origin.key("cost").key("amount"));
            }
        }
    }

    /// Reads the tables of amounts, each once, and gives each allocation the rows of its year.
    fn cost_tables(&mut self, plan: &mut Plan, dialect: Option<&Dialect>) {
        // What was set aside of `costs.yaml` may have named a table or a year.
        let costs: Vec<FileId> = self.files(FileKind::Costs);
        let hides = self.diags.iter().any(|it| it.code.locked() && costs.iter().any(|id| it.is_in(*id)));
        let mut faulty = Faulty::default();
        faulty.note(self.diags);
        let is_unsaid = costs.iter().any(|id| faulty.has(&Origin::file(*id).key("csv")));
        for id in self.files(FileKind::CostTable) {
            let path = self.sources.get(id).path.clone();
            let name = path.strip_prefix("plan/").unwrap_or(&path);
            let of_table = |path: &str| path == name;
            let takers = plan
                .allocations
                .iter_mut()
                .filter(|one| one.data.table.as_ref().is_some_and(|table| of_table(&table.path)));
            let mut takers: Vec<_> = takers.collect();
            if hides && takers.is_empty() {
                continue;
            }
            if is_unsaid {
                // How the table is written was not understood: each of its rows would be told for that.
                takers.iter_mut().filter_map(|one| one.data.table.as_mut()).for_each(|table| table.found = true);
                continue;
            }
            let years: BTreeSet<String> = takers.iter().map(|one| one.data.year.to_string()).collect();
            let known = (!hides).then_some(&years);
            let rows = table::read(id, self.sources.get(id), known, dialect, self.diags);
            // A row that is set aside may have been of any year.
            let is_whole = !self.diags.iter().any(|it| it.is_in(id));
            for allocation in &mut takers {
                let year = allocation.data.year.to_string();
                let place = allocation.origin.key("table");
                let Some(table) = &mut allocation.data.table else { continue };
                table.found = true;
                table.rows = rows.iter().filter(|(of, _)| *of == year).map(|(_, row)| row.clone()).collect();
                if table.rows.is_empty() && is_whole {
                    let detail = format!("it has no row of {year}");
                    self.diags.push(Diagnostic::new(Code::BadCostTable, place).arg("detail", detail));
                }
            }
        }
    }
}

/// Outlines of the files in which amounts stand, each made once.
struct Files<'s> {
    sources: &'s Sources,
    roots: BTreeMap<FileId, Option<Node>>,
}

impl Files<'_> {
    fn line(&mut self, origin: &Origin) -> Option<SourceLine> {
        let file = self.sources.get(origin.file);
        let text = file.text.as_deref()?;
        let root = self.roots.entry(origin.file).or_insert_with(|| outline(text).root);
        let at = root.as_ref()?.at(&origin.path)?.range.start;
        Some(SourceLine { path: file.path.clone(), line: line_of(text, at) })
    }
}

/// The line at the byte `at`, from 1.
fn line_of(text: &str, at: usize) -> usize {
    1 + text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count()
}
