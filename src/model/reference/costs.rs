//! The tables of amounts beside `costs.yaml`, and what their rows name.

use super::*;
use crate::model::Item;
use crate::model::cells::LIMIT;

impl Checker<'_> {
    /// Tables that are not there, and rows that name nothing or hold no number. A row that several allocations take in is
    /// told once.
    pub(super) fn costs(&mut self) {
        let plan = self.plan;
        let mut seen = std::collections::HashSet::new();
        let mut told: BTreeMap<&str, usize> = BTreeMap::new();
        for allocation in &plan.allocations {
            let Some(table) = &allocation.data.table else { continue };
            if !table.found {
                self.missing(allocation, &table.path);
            }
            for row in table.rows.iter().filter(|row| seen.insert(row.place.clone())) {
                let told = told.entry(&table.path).or_default();
                if *told >= LIMIT {
                    break;
                }
                let before = self.diags.len();
                let place = || row.place.clone();
                if let Some(to) = &row.to {
                    self.id(&place, to, &[ItemKind::Element, ItemKind::Activity, ItemKind::OldElement]);
                }
                if let Some(key) = &row.key {
                    self.id(&place, key, &[ItemKind::CostKey]);
                }
                if decimal(&row.amount).is_none() {
                    self.tell(Diagnostic::new(Code::BadDecimal, place()).arg("value", &*row.amount));
                }
                self.flush();
                *told += self.diags.len() - before;
            }
        }
        checks::keys(plan, self.diags);
    }

    fn missing(&mut self, allocation: &Item<Allocation>, path: &str) {
        let remedy = match path.starts_with("costs/") && path.ends_with(".csv") {
            true => "write it, with the columns to, year, amount, key; the path counts from `plan/`",
            false => "tables of amounts stand in `plan/costs/` and end in `.csv`; write `costs/name.csv`",
        };
        let diagnostic = Diagnostic::new(Code::MissingFile, allocation.origin.key("table"));
        let address = Address::item(&*allocation.data.id).field("table");
        self.diags.push(diagnostic.arg("path", path).arg("remedy", remedy).address(address));
    }
}
