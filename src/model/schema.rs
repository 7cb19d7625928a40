//! The file format as JSON Schema, and the walker that finds every fault of one file against it.
//!
//! The schemas come from the types of `model::format`, so that editors, the checks and the reader cannot disagree.

mod scalar;
mod walk;

pub use scalar::{Plain, plain};
pub use walk::{Fault, Outcome, walk};

use schemars::{JsonSchema, schema_for};
use serde_json::Value;

use super::format::*;
use crate::source::FileKind;

part! {
    /// Front matter of a translation, `mission.fr.md`: only what is translated.
    pub struct TranslationFront {
        /// Fingerprint of the source body that this translates.
        #[serde(default)]
        pub from: Option<Str>,
        /// The title in this language.
        #[serde(default)]
        pub title: Option<TranslatedTitle>,
    }
}

/// The title of a translation: a text, or `{text: ..., from: f1:...}`.
#[derive(Clone, Debug, serde::Serialize)]
pub struct TranslatedTitle {
    pub text: String,
    pub from: Option<String>,
}

impl<'de> serde::Deserialize<'de> for TranslatedTitle {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Wording::deserialize(deserializer).map(|wording| TranslatedTitle { text: wording.text, from: wording.from })
    }
}

impl JsonSchema for TranslatedTitle {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TranslatedTitle".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "anyOf": [
                { "type": "string" },
                {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["text"],
                    "properties": { "text": { "type": "string" }, "from": { "type": ["string", "null"] } }
                }
            ]
        })
    }
}

fn of<T: JsonSchema>() -> Option<Value> {
    Some(schema_for!(T).to_value())
}

/// The JSON Schema of one kind of file; of its front matter, for Markdown. Nothing for images, templates and files
/// of no kind.
pub fn schema(kind: FileKind) -> Option<Value> {
    match kind {
        FileKind::Plan => of::<PlanFile>(),
        FileKind::Layers => of::<LayersFile>(),
        FileKind::Statement => of::<Statement>(),
        FileKind::Element => of::<Element>(),
        FileKind::Section => of::<Section>(),
        FileKind::Priorities => of::<PrioritiesFile>(),
        FileKind::Activities => of::<ActivitiesFile>(),
        FileKind::Indicators => of::<IndicatorsFile>(),
        FileKind::Predecessor => of::<PredecessorFile>(),
        FileKind::Regions => of::<RegionsFile>(),
        FileKind::Members => of::<MembersFile>(),
        FileKind::Bodies => of::<BodiesFile>(),
        FileKind::Meetings => of::<MeetingsFile>(),
        FileKind::Decisions => of::<DecisionsFile>(),
        FileKind::Units => of::<UnitsFile>(),
        FileKind::Sources => of::<SourcesFile>(),
        FileKind::Glossary => of::<GlossaryFile>(),
        FileKind::Events => of::<EventsFile>(),
        FileKind::Cycles => of::<CyclesFile>(),
        FileKind::Evidence => of::<EvidenceFile>(),
        FileKind::Clusters => of::<ClustersFile>(),
        FileKind::Reasons => of::<ReasonsFile>(),
        FileKind::Costs => of::<CostsFile>(),
        FileKind::Scan => of::<ScanFile>(),
        FileKind::Map => of::<StrategicMap>(),
        FileKind::Suggestions => of::<SuggestionsFile>(),
        FileKind::Survey => of::<Survey>(),
        FileKind::Translation => of::<TranslationFront>(),
        FileKind::CostTable | FileKind::Answers | FileKind::Image | FileKind::Template | FileKind::Unknown => None,
    }
}

#[cfg(test)]
mod tests;

/// Every kind of file that has a schema, by the name under which it is printed and committed.
pub const KINDS: &[(&str, FileKind)] = &[
    ("plan", FileKind::Plan),
    ("layers", FileKind::Layers),
    ("statement", FileKind::Statement),
    ("element", FileKind::Element),
    ("section", FileKind::Section),
    ("translation", FileKind::Translation),
    ("priorities", FileKind::Priorities),
    ("activities", FileKind::Activities),
    ("indicators", FileKind::Indicators),
    ("predecessor", FileKind::Predecessor),
    ("regions", FileKind::Regions),
    ("members", FileKind::Members),
    ("bodies", FileKind::Bodies),
    ("meetings", FileKind::Meetings),
    ("decisions", FileKind::Decisions),
    ("units", FileKind::Units),
    ("sources", FileKind::Sources),
    ("glossary", FileKind::Glossary),
    ("events", FileKind::Events),
    ("cycles", FileKind::Cycles),
    ("evidence", FileKind::Evidence),
    ("clusters", FileKind::Clusters),
    ("reasons", FileKind::Reasons),
    ("costs", FileKind::Costs),
    ("scan", FileKind::Scan),
    ("map", FileKind::Map),
    ("suggestions", FileKind::Suggestions),
    ("survey", FileKind::Survey),
];
