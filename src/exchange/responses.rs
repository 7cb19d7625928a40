//! The table of points and their answers: read by people, edited by them, and read back.

use super::book::{Book, Column, Look, Row, Sheet, Tag};
use super::form::{day, shortened};
use crate::clearance::Cleared;
use crate::diag::Address;
use crate::document::names::{Named, names};
use crate::document::{Words, dir, fill};
use crate::model::Plan;
use crate::model::fingerprint;
use crate::model::format::{Basis, Disposition, DispositionStatus, Id, Text};
use crate::model::points::{PointView, points};

/// What the table calls itself in its [`Tag`].
pub const KIND: &str = "responses";

/// Key of the column with the id of the point.
pub const ID: &str = "id";

/// A part of an answer that is edited in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Status,
    Reason,
    Unit,
    Date,
}

impl Field {
    pub const ALL: [Field; 4] = [Field::Status, Field::Reason, Field::Unit, Field::Date];

    /// Its key in the plan and in the table.
    pub fn key(self) -> &'static str {
        match self {
            Field::Status => "status",
            Field::Reason => "reason",
            Field::Unit => "unit",
            Field::Date => "date",
        }
    }

    /// Key of its heading among the fixed words.
    pub fn label(self) -> &'static str {
        match self {
            Field::Status => "disposition",
            Field::Unit => "owner",
            other => other.key(),
        }
    }

    /// Key of the hidden column with its address.
    pub fn address_key(self) -> String {
        format!("{}-address", self.key())
    }

    /// Key of the hidden column with the fingerprint of what was exported.
    pub fn print_key(self) -> String {
        format!("{}-fingerprint", self.key())
    }
}

/// A plan as it is told in one language.
pub struct Teller<'p> {
    plan: &'p Plan,
    lang: String,
    words: Words,
    names: std::collections::BTreeMap<&'p str, Named<'p>>,
}

impl<'p> Teller<'p> {
    pub fn new(plan: &'p Plan, lang: &str) -> Self {
        let (words, _) = Words::new(lang, &plan.plan.languages.source, &plan.plan.words);
        Teller { plan, lang: lang.to_string(), words, names: names(plan) }
    }

    pub fn word(&self, key: &str) -> String {
        self.words.get(key).to_string()
    }

    /// A text in this language, else in that of the plan, else in any.
    pub fn text(&self, text: &Text) -> String {
        let source = &self.plan.plan.languages.source;
        let found = text.get(&self.lang, source).or_else(|| text.get(source, source));
        let any = || text.wordings.iter().map(|(_, one)| one.text.as_str()).find(|text| !text.trim().is_empty());
        found.or_else(any).unwrap_or_default().trim().to_string()
    }

    /// "SO1 Facilitation"; empty for what has no name.
    fn name(&self, id: &str) -> String {
        let Some(name) = self.names.get(id) else { return String::new() };
        let code = name.code.map(|code| self.text(code)).unwrap_or_default();
        format!("{code} {}", self.text(name.title)).trim().to_string()
    }

    pub fn status(&self, status: DispositionStatus) -> String {
        self.word(&format!("disposition-status-{}", status.word()))
    }

    /// What says that something is not reported; empty for what is.
    fn basis(&self, basis: Option<Basis>) -> String {
        let marked = basis.filter(|one| *one != Basis::Reported);
        marked.map(|one| self.word(&format!("basis-{}", one.word()))).unwrap_or_default()
    }

    /// What was said, with the mark of its basis.
    fn words(&self, point: &PointView) -> String {
        match self.basis(point.basis()) {
            mark if mark.is_empty() => self.text(point.text()),
            mark => format!("{} ({mark})", self.text(point.text())),
        }
    }

    /// The name of a unit; with its id, where two are called alike.
    pub fn unit(&self, id: &Id) -> String {
        let name = |id: &Id| {
            self.plan
                .units
                .iter()
                .find(|unit| unit.data.id == *id)
                .map(|unit| self.text(&unit.data.name))
                .unwrap_or_default()
        };
        let own = name(id);
        let alike = self.plan.units.iter().filter(|unit| self.text(&unit.data.name) == own).count();
        if alike > 1 { format!("{own} [{id}]") } else { own }
    }

    /// What the cell of a field shows; empty where there is no answer, or no such part of it.
    pub fn shown(&self, answer: Option<&Disposition>, field: Field) -> String {
        let Some(answer) = answer else { return String::new() };
        match field {
            Field::Status => self.status(answer.status),
            Field::Reason => answer.reason.as_ref().map(|text| self.text(text)).unwrap_or_default(),
            Field::Unit => answer.unit.as_ref().map(|id| self.unit(id)).unwrap_or_default(),
            Field::Date => answer.date.as_ref().map(|date| date.to_string()).unwrap_or_default(),
        }
    }

    /// The address to which a field of the answer to `point` is written.
    pub fn address(&self, point: &PointView, field: Field) -> Address {
        let address = Address::item(answered_at(point)).field("disposition").field(field.key());
        match field == Field::Reason && *self.lang != *self.plan.plan.languages.source {
            true => address.lang(&self.lang),
            false => address,
        }
    }
}

/// Where the answer to a point stands, or would stand: at the point itself, or at its cluster.
fn answered_at<'p>(point: &PointView<'p>) -> &'p str {
    match point.cluster.filter(|_| point.own_disposition().is_none()) {
        Some(cluster) => cluster.data.id.as_str(),
        None => point.id(),
    }
}

/// The table of all points that the audience may read, in `lang`; `edition` is told in the hidden tag alone.
pub fn responses(plan: &Cleared<Plan>, edition: Option<&str>, lang: &str) -> Book {
    let whole = plan.get();
    let teller = Teller::new(whole, lang);
    let tag = Tag::new(KIND, &[("edition", edition.unwrap_or("")), ("lang", lang)]);
    let title = fill(&teller.word("responses-title"), &[("title", &teller.text(&whole.plan.title))]);
    let columns = columns(&teller, &tag);
    let line = |text: String, look: Look| {
        let cells = std::iter::once(text).chain(columns.iter().skip(1).map(|_| String::new()));
        Row { look, cells: cells.collect(), input: None }
    };
    let mut rows = vec![line(title.clone(), Look::Title)];
    rows.extend(whole.plan.marking.as_ref().map(|text| line(teller.text(text), Look::Label)));
    let headings = HEADINGS.iter().map(|key| teller.word(key)).collect();
    rows.push(Row { look: Look::Heading, cells: headings, input: None });
    rows.extend(points(whole).iter().map(|point| row(&teller, point)));
    let sheet = Sheet { name: teller.word("responses-sheet"), columns, rows };
    let first = whole.plan.editions.first().map(|edition| edition.date.to_string());
    Book { title, dir: dir(lang).to_string(), date: day(&first.unwrap_or_default()), sheets: vec![sheet] }
}

/// Headings of the visible columns, by their fixed words.
const HEADINGS: [&str; 10] = [
    "event",
    "said-by",
    "suggestion",
    "disposition",
    "responses-standard-reason",
    "reason",
    "owner",
    "date",
    "responses-basis",
    "changed",
];

fn columns(teller: &Teller, tag: &Tag) -> Vec<Column> {
    let column = |key: &str, width: f64| Column { key: key.to_string(), width, ..Column::default() };
    let input =
        |field: Field, width: f64, list: Vec<String>| Column { input: true, list, ..column(field.key(), width) };
    let statuses = DispositionStatus::ALL.iter().map(|status| teller.status(*status)).collect();
    let mut units: Vec<String> = teller.plan.units.iter().map(|unit| teller.unit(&unit.data.id)).collect();
    units.dedup();
    let visible = vec![
        column("event", 24.0),
        column("party", 20.0),
        column("words", 60.0),
        input(Field::Status, 18.0, statuses),
        column("standard-reason", 30.0),
        input(Field::Reason, 50.0, Vec::new()),
        input(Field::Unit, 24.0, units),
        input(Field::Date, 12.0, Vec::new()),
        column("basis", 14.0),
        column("changed", 30.0),
    ];
    let addresses = Field::ALL.map(Field::address_key);
    let prints = Field::ALL.map(Field::print_key);
    let hidden = std::iter::once(ID.to_string()).chain(addresses).chain(prints).chain([tag.to_string()]);
    visible.into_iter().chain(hidden.map(|key| Column { hidden: true, ..column(&key, 12.0) })).collect()
}

fn row(teller: &Teller, point: &PointView) -> Row {
    let answer = point.disposition();
    let said = &point.suggestion.data;
    let standard = answer.and_then(|one| one.standard_reason.as_ref());
    let standard = standard.and_then(|id| teller.plan.reasons.iter().find(|reason| reason.data.id == *id));
    let shown = |field: Field| teller.shown(answer, field);
    let visible = [
        teller.name(point.event),
        said.by.as_ref().map(|id| teller.name(id)).unwrap_or_default(),
        teller.words(point),
        shown(Field::Status),
        standard.map(|reason| teller.text(&reason.data.text)).unwrap_or_default(),
        shown(Field::Reason),
        shown(Field::Unit),
        shown(Field::Date),
        teller.basis(point.answer_basis().filter(|_| answer.is_some())),
        changed(teller, answer),
    ];
    let addresses = Field::ALL.map(|field| teller.address(point, field).to_string());
    let prints = Field::ALL.map(|field| fingerprint::of(&shown(field)));
    let hidden = std::iter::once(point.id().to_string()).chain(addresses).chain(prints);
    let editable = |at: usize| (3..8).contains(&at);
    let visible = visible.into_iter().enumerate().map(|(at, text)| if editable(at) { text } else { shortened(text) });
    Row { look: Look::Body, cells: visible.chain(hidden).collect(), input: None }
}

/// The names of the items that an answer changed, each once.
fn changed(teller: &Teller, answer: Option<&Disposition>) -> String {
    let mut out: Vec<String> = Vec::new();
    for target in answer.iter().flat_map(|answer| &answer.targets) {
        let name = target.address.parse::<Address>().map(|address| teller.name(&address.item)).unwrap_or_default();
        if !name.is_empty() && !out.contains(&name) {
            out.push(name);
        }
    }
    out.join("\n")
}
