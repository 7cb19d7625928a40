//! `plan.yaml` and `layers.yaml`: what the plan is, who reads it, and what is published.

use std::collections::BTreeMap;

use super::*;
use crate::diag::Severity;

part! {
    /// `plan.yaml`: the plan as a whole, and the editions that are built from it.
    pub struct PlanFile {
        /// Version of the file format. Always 1.
        #[schemars(range(min = 1, max = 1))]
        pub format: u32,
        /// Title of the plan, without the years.
        pub title: Text,
        /// Line under the title.
        #[serde(default)]
        pub subtitle: Option<Text>,
        /// A sentence that every reader must see first, on the cover, in the running head and on each page.
        #[serde(default)]
        pub marking: Option<Text>,
        /// Whose plan it is.
        pub organisation: Organisation,
        /// The years that the plan covers.
        pub period: PlanPeriod,
        /// The languages of the plan.
        pub languages: Languages,
        /// Who may read, from the widest audience to the narrowest.
        pub audiences: Vec<Audience>,
        /// The stages that the plan passes through, in order, and what each demands.
        pub stages: Vec<Stage>,
        /// What is published.
        pub editions: Vec<Edition>,
        /// How document symbols are made.
        #[serde(default)]
        pub symbol: Option<Symbol>,
        /// Words of the document that this organisation says differently, by the key in `templates/labels/`.
        #[serde(default)]
        pub words: BTreeMap<String, Text>,
        /// Severity of checks, by code: allow, warn or deny.
        #[serde(default)]
        pub severity: BTreeMap<String, Severity>,
        /// Heading over what is known only from the text adopted later.
        #[serde(default)]
        pub as_adopted: Option<Text>,
        /// Ids that were used once and must not come back.
        #[serde(default)]
        pub retired_ids: Vec<Id>,
    }
}

part! {
    /// The organisation whose plan it is.
    pub struct Organisation {
        /// Full name, in each official language.
        pub name: Text,
        /// Short name or abbreviation.
        #[serde(default)]
        pub short_name: Option<Text>,
        /// Line under the name on the cover ("Established in 1952 as ...").
        #[serde(default)]
        pub established: Option<Text>,
    }
}

words! {
    /// How the organisation counts its years.
    pub enum YearKind {
        /// From January to December: 2019.
        Calendar = "calendar",
        /// Across the turn of a year: 2019/2020.
        Financial = "financial",
    }
}

part! {
    /// The years that the plan covers.
    pub struct PlanPeriod {
        /// First day.
        pub start: When,
        /// Last day.
        pub end: When,
        /// As printed: `2019-2022`.
        pub label: Text,
        /// Calendar or financial years.
        pub years: YearKind,
    }
}

part! {
    /// The languages of the plan.
    pub struct Languages {
        /// The language in which drafters write.
        pub source: Str,
        /// The languages into which everything that is printed must be translated.
        pub official: Vec<Str>,
    }
}

part! {
    /// Who may read: a name for `classification` and for editions.
    pub struct Audience {
        pub id: Id,
        /// As printed: "Members".
        pub name: Text,
    }
}

part! {
    /// A stage of the plan and what it demands.
    pub struct Stage {
        pub id: Id,
        /// As printed: "Policy Commission draft".
        pub name: Text,
        /// The decision on which this stage rests.
        #[serde(default)]
        pub decision: Option<Id>,
        /// Codes that stop an edition of this stage.
        #[serde(default)]
        pub denies: Vec<Str>,
    }
}

words! {
    /// What a build writes.
    pub enum Format {
        Pdf = "pdf",
        Html = "html",
    }
}

part! {
    /// Something to publish.
    pub struct Edition {
        pub id: Id,
        /// As printed: "Draft for the Policy Commission".
        pub name: Text,
        /// Who may read it: an audience.
        pub audience: Id,
        /// How far it has come: a stage.
        pub stage: Id,
        /// The languages it is written in; all official ones, if not given.
        #[serde(default)]
        pub languages: Vec<Str>,
        /// PDF, HTML or both.
        pub formats: Vec<Format>,
        /// Its parts, in order: a word such as `contents`, or the id of a section. `docs/format.md` lists the words.
        pub parts: Vec<Id>,
        /// The meeting to which it is tabled.
        #[serde(default)]
        pub meeting: Option<Id>,
        /// The item of the agenda, as printed.
        #[serde(default)]
        pub agenda_item: Option<Text>,
        /// Parts of the document symbol.
        #[serde(default)]
        pub document: Option<DocumentSymbol>,
        /// Place where the document was issued, as printed.
        #[serde(default)]
        pub place: Option<Text>,
        /// Day of the document. Facts that are later are reported.
        pub date: When,
        /// What the document is for.
        #[serde(default)]
        pub purpose: Option<Text>,
        /// What is asked of the body.
        #[serde(default)]
        pub action_required: Option<Text>,
        /// The environmental scan on which it rests; the one that `scan.yaml` names, if not given.
        #[serde(default)]
        pub scan_edition: Option<Id>,
        /// Parts that stand after all others, each listed on the cover.
        #[serde(default)]
        pub annexes: Vec<Annex>,
        /// Tells search engines not to list the HTML version.
        #[serde(default)]
        pub noindex: bool,
        /// Severity of checks for this edition: it may only be stricter than the plan's.
        #[serde(default)]
        pub severity: BTreeMap<String, Severity>,
    }
}

part! {
    /// A part that is printed after all others, under a title of its own, and listed on the cover.
    pub struct Annex {
        pub id: Id,
        /// As printed, with its number: "Annex I: Tactical activities".
        pub title: Text,
        /// What it holds: a word such as `activities`, or the id of a section.
        pub part: Id,
    }
}

part! {
    /// The parts of one document symbol.
    pub struct DocumentSymbol {
        /// Serial number, as printed: "0000".
        pub serial: Str,
        /// Version of this language: "1".
        pub version: Str,
        /// Revision letter: "a".
        pub revision: Str,
    }
}

part! {
    /// How document symbols are made: patterns over {body}, {serial}, {language}, {version}, {revision}.
    pub struct Symbol {
        /// On the cover: "{body}{serial}{language}{version}{revision}".
        pub pattern: Str,
        /// In the running head.
        pub running_head: Str,
        /// The letter of each language.
        pub letters: BTreeMap<String, Str>,
    }
}

list_file! {
    /// `layers.yaml`: the rows of the strategic map, from the top.
    pub struct LayersFile { layers: Layer }
}

item! {
    /// A named row of the strategic map: Strategic Goal, Strategic Objective, Process.
    pub struct Layer {
        /// Name of one: "Strategic Objective".
        pub name: Text,
        /// Name of several: "Strategic Objectives".
        pub plural: Text,
        /// Shape of the codes: `#` stands for a number, `@` for a capital letter, `~` for a roman numeral,
        /// all else for itself: `SO#`.
        #[serde(default)]
        pub code_pattern: Option<Str>,
        /// What this layer is.
        #[serde(default)]
        pub description: Option<Text>,
        /// True when an element of this layer stands by itself, without a parent above.
        #[serde(default)]
        pub free_standing: bool,
        /// Groups inside the layer, in order.
        #[serde(default)]
        pub groups: Vec<Group>,
        /// Known only after the date of the document; printed under the heading for what was adopted later.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub as_adopted: bool,
    }
}

part! {
    /// A group of elements inside a layer, without a code of its own.
    pub struct Group {
        pub id: Id,
        pub title: Text,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
        /// How far this may travel: one of the audiences of `plan.yaml`. As far as what it stands in, if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub classification: Option<Str>,
    }
}
