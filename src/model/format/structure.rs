//! The structure of the plan: statements, elements, priorities, activities, indicators, the plan before.

use super::*;

words! {
    /// Where a figure, a title or an answer comes from.
    pub enum Basis {
        /// A named source says so.
        Reported = "reported",
        /// Counted, added or concluded from what sources say.
        Inferred = "inferred",
        /// Made up for demonstration; marked wherever it is printed.
        Illustrative = "illustrative",
    }
}

words! {
    /// At which level of work something is meant.
    pub enum Level {
        Strategic = "strategic",
        Managerial = "managerial",
        Operational = "operational",
    }
}

words! {
    pub enum StatementKind {
        Mission = "mission",
        Vision = "vision",
        Value = "value",
    }
}

item! {
    /// `statements/*.md`: mission, vision or a value. The body is the wording in force; proposals stand beside it.
    pub struct Statement {
        pub kind: StatementKind,
        pub title: Text,
        /// Place among the statements of its kind.
        #[serde(default)]
        pub order: Option<u32>,
        /// Proposed wordings.
        #[serde(default)]
        pub proposals: Vec<Proposal>,
    }
}

part! {
    /// A proposed wording of a statement.
    pub struct Proposal {
        pub id: Id,
        /// The wording proposed.
        pub text: Text,
        /// Who proposes it.
        pub proposer: Text,
        /// Why.
        #[serde(default)]
        pub rationale: Option<Text>,
        /// Suggestions that support it.
        #[serde(default)]
        pub suggestions: Vec<Id>,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
        /// How far this may travel: one of the audiences of `plan.yaml`. As far as what it stands in, if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub classification: Option<Str>,
    }
}

item! {
    /// `sections/*.md`: free prose with a title of its own.
    pub struct Section {
        pub title: Text,
        /// False for a note whose paragraphs are not numbered.
        #[serde(default = "yes")]
        pub numbered: bool,
        /// What this section is to the reader.
        #[serde(default)]
        pub role: Option<SectionRole>,
    }
}

fn yes() -> bool {
    true
}

words! {
    /// What a section is to the reader, so that a template can give it its place and looks.
    pub enum SectionRole {
        ExecutiveSummary = "executive-summary",
        Decision = "decision",
        Note = "note",
        Annex = "annex",
    }
}

item! {
    /// `elements/*.md`: one thing on the strategic map. The body is its description.
    pub struct Element {
        /// The layer on which it stands.
        pub layer: Id,
        /// The group of the layer, if it has groups.
        #[serde(default)]
        pub group: Option<Id>,
        /// Printed code: "SO1"; may differ by language.
        #[serde(default)]
        pub code: Option<Text>,
        pub title: Text,
        /// The element above; only the topmost layer has none.
        #[serde(default)]
        pub parent: Option<Id>,
        /// Place among its siblings; by code, if not given.
        #[serde(default)]
        pub order: Option<u32>,
        #[serde(default)]
        pub levels: Vec<Level>,
        /// Priorities that touch it.
        #[serde(default)]
        pub priorities: Vec<Id>,
        /// Arrows of the map: elements that this one supports.
        #[serde(default)]
        pub links: Vec<Link>,
        /// The unit that answers for it.
        #[serde(default)]
        pub owner: Option<Id>,
        /// Known only after the date of the document; printed under the heading for what was adopted later.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub as_adopted: bool,
    }
}

part! {
    /// An arrow of the map.
    pub struct Link {
        /// The element that is supported.
        pub to: Id,
        /// How.
        #[serde(default)]
        pub rationale: Option<Text>,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
    }
}

list_file! {
    /// `priorities.yaml`: what cuts across the layers.
    pub struct PrioritiesFile { priorities: Priority }
}

item! {
    /// A focus area or cross-cutting theme.
    pub struct Priority {
        pub title: Text,
        #[serde(default)]
        pub code: Option<Text>,
        #[serde(default)]
        pub description: Option<Text>,
        #[serde(default)]
        pub levels: Vec<Level>,
        /// True for a theme that cuts across the whole plan, apart from the numbered priorities.
        #[serde(default)]
        pub theme: bool,
        /// Known only after the date of the document; printed under the heading for what was adopted later.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub as_adopted: bool,
    }
}

list_file! {
    /// `activities.yaml`: tactical activities.
    pub struct ActivitiesFile { activities: Activity }
}

words! {
    pub enum ActivityStatus {
        Planned = "planned",
        InProgress = "in-progress",
        Ongoing = "ongoing",
        Completed = "completed",
        Postponed = "postponed",
    }
}

item! {
    /// A tactical activity.
    pub struct Activity {
        #[serde(default)]
        pub code: Option<Text>,
        pub title: Text,
        /// The element that it serves.
        pub parent: Id,
        #[serde(default)]
        pub priorities: Vec<Id>,
        #[serde(default)]
        pub levels: Vec<Level>,
        /// The unit that answers for it.
        #[serde(default)]
        pub owner: Option<Id>,
        #[serde(default)]
        pub co_implementers: Vec<Id>,
        /// When: a year, an interval, `annual` or `continuous`.
        #[serde(default)]
        pub period: Option<When>,
        /// What will be there at the end.
        #[serde(default)]
        pub deliverable: Option<Text>,
        #[serde(default)]
        pub status: Option<ActivityStatus>,
        #[serde(default)]
        pub cost: Option<Money>,
    }
}

part! {
    /// An amount of money.
    pub struct Money {
        /// Decimal number as text: "1250.00".
        pub amount: DecimalText,
        /// Three capital letters (ISO 4217), or a unit such as "parts of 1,000".
        pub currency: Str,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
        /// Where it stands, if an allocation takes it in; never written.
        #[serde(skip)]
        pub line: Option<SourceLine>,
    }
}

list_file! {
    /// `indicators.yaml`: what is measured.
    pub struct IndicatorsFile { indicators: Indicator }
}

words! {
    /// Which way is better.
    pub enum Direction {
        Increase = "increase",
        Decrease = "decrease",
        Maintain = "maintain",
    }
}

words! {
    pub enum Nature {
        Quantitative = "quantitative",
        Qualitative = "qualitative",
    }
}

words! {
    /// Where in the chain of results it measures.
    pub enum ResultsStage {
        Input = "input",
        Process = "process",
        Output = "output",
        Outcome = "outcome",
        Impact = "impact",
    }
}

item! {
    /// An indicator with its baseline, targets and measurements.
    pub struct Indicator {
        #[serde(default)]
        pub code: Option<Text>,
        pub title: Text,
        /// The element or activity that it measures.
        pub measures: Id,
        /// What is counted: "Members", "per cent".
        #[serde(default)]
        pub unit: Option<Text>,
        #[serde(default)]
        pub direction: Option<Direction>,
        #[serde(default)]
        pub nature: Option<Nature>,
        #[serde(default)]
        pub results_stage: Option<ResultsStage>,
        #[serde(default)]
        pub baseline: Option<Measured>,
        #[serde(default)]
        pub targets: Vec<Measured>,
        /// Values measured so far.
        #[serde(default)]
        pub measurements: Vec<Measured>,
        /// How it is measured.
        #[serde(default)]
        pub method: Option<Text>,
    }
}

part! {
    /// A value of an indicator at a time: a number, or words for a qualitative one.
    pub struct Measured {
        /// Needed only where two of the same year stand in one list.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub id: Option<Id>,
        /// For when it is: "2019/2020".
        pub year: When,
        #[serde(default)]
        pub value: Option<DecimalText>,
        #[serde(default)]
        pub text: Option<Text>,
        /// The day on which it was set or measured.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub date: Option<When>,
        /// A point on the way rather than the end.
        #[serde(default)]
        pub milestone: bool,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
    }
}

list_file! {
    /// `predecessor.yaml`: the elements of the plan before, and how each goes on.
    pub struct PredecessorFile {
        elements: OldElement,
        /// Title of the plan before.
        title: Text,
        /// Its years, as printed.
        period: Text,
        /// What became of each old element, and what is new.
        #[serde(default)]
        mapping: Vec<Mapping>,
        /// Figures that compare the two plans.
        #[serde(default)]
        comparisons: Vec<Comparison>
    }
}

item! {
    /// An element of the plan before.
    pub struct OldElement {
        #[serde(default)]
        pub code: Option<Text>,
        pub title: Text,
    }
}

words! {
    /// How an old element goes on.
    pub enum Fate {
        Continues = "continues",
        Merged = "merged",
        Split = "split",
        Dropped = "dropped",
        New = "new",
    }
}

part! {
    /// What became of one old element; or, without `from`, what is new.
    pub struct Mapping {
        pub id: Id,
        #[serde(default)]
        pub from: Option<Id>,
        pub fate: Fate,
        /// Elements or priorities of this plan.
        #[serde(default)]
        pub to: Vec<MappingTarget>,
        #[serde(default)]
        pub explanation: Option<Text>,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
        /// How far this may travel: one of the audiences of `plan.yaml`. As far as what it stands in, if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub classification: Option<Str>,
    }
}

part! {
    /// An element that goes on from an old one, with its share if the old one was split.
    pub struct MappingTarget {
        pub to: Id,
        /// Per cent; the shares of a split sum to 100.
        #[serde(default)]
        pub share: Option<DecimalText>,
    }
}

part! {
    /// One thing counted in both plans ("Strategic Goals": 7, 1).
    pub struct Comparison {
        pub id: Id,
        pub title: Text,
        pub before: Count,
        pub now: Count,
        /// How far this may travel: one of the audiences of `plan.yaml`. As far as what it stands in, if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub classification: Option<Str>,
    }
}
