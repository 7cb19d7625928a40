//! The table of answers, come back: cells that were edited become edits of exactly those fields.

use std::collections::BTreeMap;

use super::{Change, Edit, Import, Told, clean, quoted};
use crate::diag::nearest;
use crate::exchange::book::{Line, Table};
use crate::exchange::responses::{Field, ID, Teller};
use crate::model::format::DispositionStatus;
use crate::model::points::{PointView, points};
use crate::model::{Plan, fingerprint, when};

/// What the rows of `table` change in `plan`, which is the whole plan. `lang` is the language of the table.
pub fn answers(table: &Table, plan: &Plan, lang: &str) -> Import {
    let points: BTreeMap<&str, PointView> = points(plan).into_iter().map(|point| (point.id(), point)).collect();
    let mut reader = Reader { plan, teller: Teller::new(plan, lang), given: BTreeMap::new() };
    let mut out = Import::default();
    for line in table.rows.iter().filter(|line| !line.get(ID).is_empty()) {
        let row = match points.get(line.get(ID)) {
            Some(point) => reader.row(line, point),
            None if edited(line).next().is_none() => Ok(Vec::new()),
            None => Err(unknown(line.get(ID), points.keys().copied())),
        };
        match row {
            Ok(edits) if edits.is_empty() => {}
            Ok(edits) => out.changes.push(Change { row: line.number, what: what(&edits), edits }),
            Err(sentence) => out.refused.push(Told::new(line.number, sentence)),
        }
    }
    out
}

fn what(edits: &[Edit]) -> String {
    let addresses = edits.iter().map(|edit| match edit {
        Edit::Set { address, .. } => address.to_string(),
        Edit::Add { event, .. } => event.clone(),
    });
    addresses.collect::<Vec<_>>().join(", ")
}

/// The fields of a row whose cells say something else than was exported.
fn edited(line: &Line) -> impl Iterator<Item = Field> {
    let differs = |field: &Field| fingerprint::of(line.get(field.key())) != line.get(&field.print_key());
    Field::ALL.into_iter().filter(differs)
}

fn unknown<'p>(id: &str, known: impl Iterator<Item = &'p str>) -> String {
    // An audience that may not know who said it gets another id.
    if id.starts_with("said-") {
        return "the table was exported for readers who may not know whose point this is; edit it in a table that was \
                exported without `--edition`"
            .to_string();
    }
    let near = nearest(id, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    format!("there is no point `{id}` in the plan any more{near}")
}

struct Reader<'p> {
    plan: &'p Plan,
    teller: Teller<'p>,
    /// What earlier rows gave, by address: points of one cluster share an answer.
    given: BTreeMap<String, (String, u32)>,
}

impl Reader<'_> {
    fn row(&mut self, line: &Line, point: &PointView) -> Result<Vec<Edit>, String> {
        let mut edits = Vec::new();
        let mut given = Vec::new();
        for field in edited(line) {
            let Some(value) = self.value(line, point, field)? else { continue };
            let address = self.teller.address(point, field);
            match self.given.get(&address.to_string()) {
                Some((other, _)) if *other == value => continue,
                Some((other, row)) => {
                    return Err(format!(
                        "row {row} sets `{address}` to {}, this row to {}; write the same in both",
                        quoted(other),
                        quoted(&value)
                    ));
                }
                None => given.push((address.to_string(), (value.clone(), line.number))),
            }
            edits.push(Edit::Set { address, value });
        }
        let status = edits.iter().any(|edit| matches!(edit, Edit::Set { address, .. } if address.fields.last().is_some_and(|key| key == "status")));
        if !edits.is_empty() && point.disposition().is_none() && !status {
            return Err(format!("an answer begins with its status: choose one in \"{}\"", self.heading(Field::Status)));
        }
        self.given.extend(given);
        Ok(edits)
    }

    fn heading(&self, field: Field) -> String {
        self.teller.word(field.label())
    }

    /// The new value of a field as the plan writes it; nothing if the plan says so already.
    fn value(&self, line: &Line, point: &PointView, field: Field) -> Result<Option<String>, String> {
        let cell = clean(line.get(field.key()));
        let now = self.teller.shown(point.disposition(), field);
        if fingerprint::of(&now) == fingerprint::of(&cell) {
            return Ok(None);
        }
        let place = self.heading(field);
        if fingerprint::of(&now) != line.get(&field.print_key()) {
            return Err(format!(
                "\"{place}\" of `{}` was changed in the plan since the table was exported: the plan says {}, the row says \
                 {}; export again and decide",
                point.id(),
                quoted(&now),
                quoted(&cell)
            ));
        }
        if self.teller.address(point, field).to_string() != line.get(&field.address_key()) {
            return Err(format!(
                "the answer to `{}` stands elsewhere since the table was exported; export again",
                point.id()
            ));
        }
        if cell.is_empty() {
            return Err(format!(
                "an emptied cell takes nothing out; take \"{place}\" of `{}` out of the plan by hand",
                point.id()
            ));
        }
        match field {
            Field::Status => self.status(&cell).map(Some),
            Field::Reason => Ok(Some(cell)),
            Field::Unit => self.unit(&cell).map(Some),
            Field::Date => match when::parse(&cell) {
                Some(_) => Ok(Some(cell)),
                None => Err(format!("{} in \"{place}\" is no date; write it as 2026-08-17", quoted(&cell))),
            },
        }
    }

    fn status(&self, cell: &str) -> Result<String, String> {
        let known: Vec<_> = DispositionStatus::ALL.iter().map(|one| (self.teller.status(*one), one.word())).collect();
        chosen(cell, &known).ok_or_else(|| none(&self.heading(Field::Status), cell, &known))
    }

    fn unit(&self, cell: &str) -> Result<String, String> {
        let units = self.plan.units.iter();
        let known: Vec<_> = units.map(|unit| (self.teller.unit(&unit.data.id), unit.data.id.as_str())).collect();
        chosen(cell, &known).ok_or_else(|| none(&self.heading(Field::Unit), cell, &known))
    }
}

/// The word behind a label; white space and capitals do not count.
fn chosen(cell: &str, known: &[(String, &str)]) -> Option<String> {
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    known.iter().find(|(label, _)| folded(label) == folded(cell)).map(|(_, word)| word.to_string())
}

fn none(place: &str, cell: &str, known: &[(String, &str)]) -> String {
    let near = nearest(cell, known.iter().map(|(label, _)| label.as_str()));
    let hint = match near {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => {
            let labels: Vec<&str> = known.iter().map(|(label, _)| label.as_str()).take(12).collect();
            format!("it may be: {}", labels.join("; "))
        }
    };
    format!("{} cannot stand in \"{place}\"; {hint}", quoted(cell))
}
