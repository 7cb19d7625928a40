//! The plan: what `plan/` says, read, typed and joined by ids.
//!
//! Comes in: [`crate::source::Sources`]. Goes out: [`Plan`], with what could be read; every fault of reading is in the
//! diagnostics. Nothing here knows who may read or in which language.

pub mod cells;
pub mod costs;
pub mod faulty;
pub mod fingerprint;
pub mod format;
pub mod load;
pub mod map;
pub mod markdown;
pub mod order;
pub mod points;
pub mod prose;
pub mod reference;
pub mod scan;
pub mod schema;
pub mod survey;
pub mod when;

use std::collections::BTreeMap;

use crate::diag::{FileId, Origin};
use format::*;
use prose::Prose;

/// An item with the place where it stands.
#[derive(Clone, Debug)]
pub struct Item<T> {
    pub data: T,
    /// The item in its file; `origin.key("owner")` is the place of its owner.
    pub origin: Origin,
    /// Basis of the file, for an item without its own.
    pub file_basis: Option<Basis>,
    /// Sources of the file, for an item without its own.
    pub file_source: Ids,
    /// Classification of the file; the stricter of the two holds.
    pub file_classification: Option<String>,
    /// Bodies by language, the source language first; empty for a kind without prose.
    pub bodies: Vec<Body>,
}

/// The body of an item in one language.
#[derive(Clone, Debug)]
pub struct Body {
    pub lang: String,
    pub file: FileId,
    pub prose: Prose,
    /// Fingerprint of the source body that this was translated from.
    pub from: Option<String>,
}

/// The kind of an item, as diagnostics and references name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    Layer,
    Group,
    Statement,
    Proposal,
    Element,
    Section,
    Priority,
    Activity,
    Indicator,
    OldElement,
    Mapping,
    Comparison,
    Region,
    Member,
    Body,
    Meeting,
    Decision,
    Unit,
    Source,
    Term,
    Event,
    Cycle,
    EvidenceTable,
    Suggestion,
    Point,
    Cluster,
    Reason,
    Allocation,
    CostKey,
    ScanEdition,
    Factor,
    Survey,
    Map,
    MapVersion,
    MapOverlay,
    MapBox,
    Audience,
    Stage,
    Edition,
}

impl ItemKind {
    /// The key of an item in [`Plan::ids`]. Audiences, stages and editions are settings, not items: the body to which
    /// an edition is tabled may bear the same id.
    pub fn name(self, id: &str) -> String {
        match self {
            ItemKind::Audience => format!("audience:{id}"),
            ItemKind::Stage => format!("stage:{id}"),
            ItemKind::Edition => format!("edition:{id}"),
            _ => id.to_string(),
        }
    }

    /// What an item of this kind is called in messages: "an element".
    pub fn label(self) -> &'static str {
        match self {
            ItemKind::Layer => "a layer",
            ItemKind::Group => "a group",
            ItemKind::Statement => "a statement",
            ItemKind::Proposal => "a proposal",
            ItemKind::Element => "an element",
            ItemKind::Section => "a section",
            ItemKind::Priority => "a priority",
            ItemKind::Activity => "an activity",
            ItemKind::Indicator => "an indicator",
            ItemKind::OldElement => "an element of the plan before",
            ItemKind::Mapping => "a mapping",
            ItemKind::Comparison => "a comparison",
            ItemKind::Region => "a region",
            ItemKind::Member => "a member",
            ItemKind::Body => "a body",
            ItemKind::Meeting => "a meeting",
            ItemKind::Decision => "a decision",
            ItemKind::Unit => "a unit",
            ItemKind::Source => "a source",
            ItemKind::Term => "a term",
            ItemKind::Event => "an event",
            ItemKind::Cycle => "a round of consultation",
            ItemKind::EvidenceTable => "a table of evidence",
            ItemKind::Suggestion => "a suggestion",
            ItemKind::Point => "a point",
            ItemKind::Cluster => "a cluster",
            ItemKind::Reason => "a reason",
            ItemKind::Allocation => "an allocation of costs",
            ItemKind::CostKey => "a key of costs",
            ItemKind::ScanEdition => "a scan",
            ItemKind::Factor => "a factor",
            ItemKind::Survey => "a survey",
            ItemKind::Map => "the map",
            ItemKind::MapVersion => "a version of the map",
            ItemKind::MapOverlay => "a regional map",
            ItemKind::MapBox => "a box of the map",
            ItemKind::Audience => "an audience",
            ItemKind::Stage => "a stage",
            ItemKind::Edition => "an edition",
        }
    }

    /// Where its kind is written down, under `plan/`.
    pub fn home(self) -> &'static str {
        match self {
            ItemKind::Layer | ItemKind::Group => "layers.yaml",
            ItemKind::Statement | ItemKind::Proposal => "statements/",
            ItemKind::Element => "elements/",
            ItemKind::Section => "sections/",
            ItemKind::Priority => "priorities.yaml",
            ItemKind::Activity => "activities.yaml",
            ItemKind::Indicator => "indicators.yaml",
            ItemKind::OldElement | ItemKind::Mapping | ItemKind::Comparison => "predecessor.yaml",
            ItemKind::Region => "regions.yaml",
            ItemKind::Member => "members.yaml",
            ItemKind::Body => "bodies.yaml",
            ItemKind::Meeting => "meetings.yaml",
            ItemKind::Decision => "decisions.yaml",
            ItemKind::Unit => "units.yaml",
            ItemKind::Source => "sources.yaml",
            ItemKind::Term => "glossary.yaml",
            ItemKind::Event => "consultation/events.yaml",
            ItemKind::Cycle => "consultation/cycles.yaml",
            ItemKind::EvidenceTable => "evidence.yaml",
            ItemKind::Suggestion | ItemKind::Point => "consultation/suggestions/",
            ItemKind::Cluster => "consultation/clusters.yaml",
            ItemKind::Reason => "consultation/reasons.yaml",
            ItemKind::Allocation | ItemKind::CostKey => "costs.yaml",
            ItemKind::ScanEdition | ItemKind::Factor => "scan.yaml",
            ItemKind::Survey => "surveys/",
            ItemKind::Map | ItemKind::MapVersion | ItemKind::MapOverlay | ItemKind::MapBox => "map.yaml",
            ItemKind::Audience | ItemKind::Stage | ItemKind::Edition => "plan.yaml",
        }
    }

    /// Its name without the article: "element".
    pub fn noun(self) -> &'static str {
        let label = self.label();
        label.split_once(' ').map_or(label, |(_, noun)| noun)
    }
}

/// A file of suggestions: all said at one event.
#[derive(Clone, Debug)]
pub struct SuggestionGroup {
    pub event: String,
    /// Place of the key `event`.
    pub origin: Origin,
    pub suggestions: Vec<Item<Suggestion>>,
}

/// The plan before.
#[derive(Clone, Debug)]
pub struct Predecessor {
    pub title: Text,
    pub period: Text,
    pub elements: Vec<Item<OldElement>>,
    pub mapping: Vec<Mapping>,
    pub comparisons: Vec<Comparison>,
    /// The file as a whole.
    pub origin: Origin,
    pub file_basis: Option<Basis>,
    pub file_source: Ids,
    /// Classification of the file: it holds for everything in it, the title and the years included.
    pub file_classification: Option<String>,
}

/// What is not in a plan that is cut, as far as its readers must know lest they read something untrue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// True when the reader does not read everything: a value that is missing may have been withheld.
    pub any: bool,
    /// Ids of allocations that have lost an amount, so that their totals are not those of the whole.
    pub allocations: std::collections::BTreeSet<String>,
    /// Elements of which it is not shown where they stood in a version of the map: ids of version and element.
    pub boxes: std::collections::BTreeSet<(String, String)>,
    /// Ids of maps and regional maps of which the ranking has lost a value.
    pub rankings: std::collections::BTreeSet<String>,
    /// Ids of activities of which the period is not shown: nobody may take them to go on all the time.
    pub periods: std::collections::BTreeSet<String>,
    /// Ids of elements of the plan before of which it is not all shown in what they go on.
    pub mappings: std::collections::BTreeSet<String>,
    /// Fields of items that are blank for this reader, although they may not be: ids and names of fields as in the file.
    pub fields: std::collections::BTreeSet<(String, String)>,
    /// True when elements, activities or priorities are not shown, or which of them serve which: no count is that of the
    /// whole.
    pub serving: bool,
    /// Ids of what a question was about that is not shown: nobody may say that it was not asked about.
    pub asked: std::collections::BTreeSet<String>,
}

impl Withheld {
    /// True when `field` of the item `id` may be blank for this reader alone.
    pub fn has(&self, id: &str, field: &str) -> bool {
        self.fields.contains(&(id.to_string(), field.to_string()))
    }
}

/// Everything under `plan/`.
#[derive(Clone, Debug)]
pub struct Plan {
    pub plan: PlanFile,
    pub origin: Origin,
    pub layers: Vec<Item<Layer>>,
    pub statements: Vec<Item<Statement>>,
    pub elements: Vec<Item<Element>>,
    pub sections: Vec<Item<Section>>,
    pub priorities: Vec<Item<Priority>>,
    pub activities: Vec<Item<Activity>>,
    pub indicators: Vec<Item<Indicator>>,
    pub predecessor: Option<Predecessor>,
    pub regions: Vec<Item<Region>>,
    pub members: Vec<Item<Member>>,
    pub bodies: Vec<Item<format::Body>>,
    pub meetings: Vec<Item<Meeting>>,
    pub decisions: Vec<Item<Decision>>,
    pub units: Vec<Item<Unit>>,
    pub sources: Vec<Item<Source>>,
    pub terms: Vec<Item<Term>>,
    pub events: Vec<Item<Event>>,
    pub cycles: Vec<Item<Cycle>>,
    pub evidence: Vec<Item<EvidenceTable>>,
    pub suggestions: Vec<SuggestionGroup>,
    pub clusters: Vec<Item<Cluster>>,
    pub reasons: Vec<Item<Reason>>,
    pub allocations: Vec<Item<Allocation>>,
    pub cost_keys: Vec<Item<CostKey>>,
    pub scan_editions: Vec<Item<ScanEdition>>,
    pub factors: Vec<Item<Factor>>,
    /// The scan that `scan.yaml` names, and the place where it does.
    pub scan_edition: Option<(Id, Origin)>,
    pub surveys: Vec<Item<Survey>>,
    /// The tables of answers, by survey and wave. Of a plan that is cut, only who reads everything has them.
    pub answers: BTreeMap<(String, String), survey::Answers>,
    /// What was computed from them; made in `clearance` for the readers of a plan that is cut.
    pub results: Vec<survey::Results>,
    /// At most one: the strategic map.
    pub map: Vec<Item<StrategicMap>>,
    /// Where each id is declared, by id.
    pub ids: BTreeMap<String, Declared>,
    /// Kinds of which a file could not be read whole: a name of such an item may be right.
    pub unread: std::collections::BTreeSet<ItemKind>,
    /// Present ids by former ones.
    pub former: BTreeMap<String, String>,
    /// What a cut keeps from its readers; nothing in a plan that is whole.
    pub withheld: Withheld,
    /// Values that faults of reading set aside.
    pub faulty: faulty::Faulty,
    /// Items and languages of translations that could not be read whole: what is missing there is told already.
    pub torn: std::collections::BTreeSet<(String, String)>,
    /// Paths of images, counted from `plan/`, with their bytes.
    pub images: BTreeMap<String, std::sync::Arc<[u8]>>,
}

/// Where an id is declared.
#[derive(Clone, Debug)]
pub struct Declared {
    pub kind: ItemKind,
    pub origin: Origin,
}
