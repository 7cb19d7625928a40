//! The environmental scan: what changes around the organisation, and what the plan answers to it.

use super::*;

list_file! {
    /// `scan.yaml`: the environmental scan, with its editions.
    pub struct ScanFile {
        factors: Factor,
        /// The scans that were made, each with its scales.
        #[serde(default)]
        editions: Vec<ScanEdition>,
        /// The edition on which the plan rests; an edition in `plan.yaml` may name another.
        #[serde(default)]
        scan_edition: Option<Id>
    }
}

item! {
    /// One scan, as it was made at a time. Its `date` and `source` say when, and where it can be read.
    pub struct ScanEdition {
        pub title: Text,
        /// Steps of likelihood, from the least to the most.
        #[serde(default)]
        pub likelihood: Vec<ScaleStep>,
        /// Steps of impact, from the least to the most.
        #[serde(default)]
        pub impact: Vec<ScaleStep>,
        /// Layers of which every element is expected to answer a factor.
        #[serde(default)]
        pub layers: Vec<Id>,
        /// Elements that answer a factor which may be withheld from a reader; never written.
        #[serde(skip)]
        pub answering: Vec<Id>,
    }
}

part! {
    /// A step of a scale.
    pub struct ScaleStep {
        pub id: Id,
        /// As printed: "likely".
        pub name: Text,
    }
}

words! {
    /// From which side a factor comes.
    pub enum Aspect {
        Political = "political",
        Economic = "economic",
        Social = "social",
        Technological = "technological",
        Legal = "legal",
        Environmental = "environmental",
    }
}

words! {
    /// What a factor is to the organisation: from outside the first three, from inside the last two.
    pub enum FactorNature {
        Threat = "threat",
        Opportunity = "opportunity",
        Trend = "trend",
        Strength = "strength",
        Weakness = "weakness",
    }
}

impl FactorNature {
    /// True for what comes from outside: it has an aspect, and calls for an answer.
    pub fn is_outside(self) -> bool {
        matches!(self, FactorNature::Threat | FactorNature::Opportunity | FactorNature::Trend)
    }
}

item! {
    /// Something that changes around the organisation, or a strength or weakness of its own.
    pub struct Factor {
        pub title: Text,
        pub nature: FactorNature,
        /// Needed for a threat, an opportunity and a trend.
        #[serde(default)]
        pub aspect: Option<Aspect>,
        /// The scans in which it stands; all, if not given.
        #[serde(default)]
        pub editions: Vec<Id>,
        #[serde(default)]
        pub description: Option<Text>,
        /// The region that it concerns; all, if not given.
        #[serde(default)]
        pub region: Option<Id>,
        /// A step of `likelihood` of the scan.
        #[serde(default)]
        pub likelihood: Option<Str>,
        /// A step of `impact` of the scan.
        #[serde(default)]
        pub impact: Option<Str>,
        /// Until when it is expected to hold.
        #[serde(default)]
        pub horizon: Option<When>,
        /// What it is seen by.
        #[serde(default)]
        pub evidence: Option<Text>,
        /// What the organisation does about it.
        #[serde(default)]
        pub response: Option<Text>,
        /// The elements and priorities that answer it.
        #[serde(default)]
        pub answered_by: Vec<FactorAnswer>,
        /// That there is an answer, for readers from whom the answer itself is withheld; never written.
        #[serde(skip)]
        pub answered: bool,
    }
}

impl Factor {
    /// True for what calls for an answer and has none, not even one that this reader may not know.
    pub fn is_open(&self) -> bool {
        self.nature.is_outside() && self.answered_by.is_empty() && !self.answered
    }
}

part! {
    /// What answers a factor, and why.
    pub struct FactorAnswer {
        /// An element or a priority.
        pub to: Id,
        /// How it answers the factor.
        #[serde(default)]
        pub rationale: Option<Text>,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
    }
}
