//! What the elements cost: allocations of amounts, direct or shared by declared keys.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::*;
use crate::diag::Place;

list_file! {
    /// `costs.yaml`: what the elements of this plan and of the plan before cost.
    pub struct CostsFile {
        allocations: Allocation,
        /// How shared amounts are spread.
        #[serde(default)]
        keys: Vec<CostKey>,
        /// How the tables under `plan/costs/` are written, if not with commas and decimal points.
        #[serde(default)]
        csv: Option<Dialect>
    }
}

words! {
    /// Whose elements an allocation is about.
    pub enum CostOf {
        /// Those of the plan before.
        Predecessor = "predecessor",
        /// Those of this plan.
        Plan = "plan",
    }
}

words! {
    /// In what the shares of a key are given.
    pub enum KeyMeasure {
        /// Per cent; they sum to 100.
        Percent = "percent",
        /// Parts of their own sum: posts, square metres, days.
        Parts = "parts",
    }
}

item! {
    /// The amounts of one year or period, by element.
    pub struct Allocation {
        pub title: Text,
        /// A year, a financial year or an interval.
        pub year: When,
        pub of: CostOf,
        /// Three capital letters (ISO 4217), or a word for another unit; the same as in `cost:` of activities.
        pub currency: Str,
        /// How the unit is printed, where it is not the code of a currency: "parts of 1,000".
        #[serde(default)]
        pub unit: Option<Text>,
        /// Layers of this plan of which every element is a row; amounts of elements below are added to it.
        #[serde(default)]
        pub layers: Vec<Id>,
        /// Takes in the `cost:` of the activities whose period lies within `year`.
        #[serde(default)]
        pub activities: bool,
        /// Amounts that belong to one element or activity alone.
        #[serde(default)]
        pub direct: Vec<DirectAmount>,
        /// Amounts that serve several, each spread by a key.
        #[serde(default)]
        pub shared: Vec<SharedAmount>,
        /// A CSV file under `plan/costs/` with further amounts: columns `to`, `year`, `amount`, `key`.
        #[serde(default)]
        pub table: Option<CostTable>,
        /// Digits behind the decimal point in print; as many as the amounts have, if not given.
        #[serde(default)]
        pub decimals: Option<u32>,
        /// The allocation of the plan before with which this one is compared, through the mapping.
        #[serde(default)]
        pub compared_with: Option<Id>,
    }
}

part! {
    /// An amount that belongs to one element or activity alone.
    pub struct DirectAmount {
        /// Needed only where two amounts of one list go to the same element.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub id: Option<Id>,
        /// An element or activity of the plan, or an element of the plan before.
        pub to: Id,
        pub amount: DecimalText,
        /// What it pays for; an amount with a title is something of its own, beside the costs of activities.
        #[serde(default)]
        pub title: Option<Text>,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
        /// How far this may travel: one of the audiences of `plan.yaml`. As far as what it stands in, if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub classification: Option<Str>,
        /// Where it stands; never written.
        #[serde(skip)]
        pub line: Option<SourceLine>,
    }
}

part! {
    /// An amount that serves several elements and is spread by a key.
    pub struct SharedAmount {
        pub id: Id,
        /// What it pays for.
        pub title: Text,
        pub amount: DecimalText,
        /// The key by which it is spread.
        pub key: Id,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
        /// How far this may travel: one of the audiences of `plan.yaml`. As far as what it stands in, if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub classification: Option<Str>,
        /// Where it stands; never written.
        #[serde(skip)]
        pub line: Option<SourceLine>,
    }
}

item! {
    /// How shared amounts are spread: the share of each element.
    pub struct CostKey {
        pub title: Text,
        /// Why the shares are what they are.
        #[serde(default)]
        pub description: Option<Text>,
        /// In what the shares are given; per cent, if not given.
        #[serde(default)]
        pub measure: Option<KeyMeasure>,
        pub shares: Vec<KeyShare>,
    }
}

part! {
    /// The share of one element.
    pub struct KeyShare {
        /// An element of the plan, or of the plan before.
        pub to: Id,
        /// More than 0: per cent, or parts.
        pub share: DecimalText,
    }
}

/// A line of a file of the plan, as the document cites it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// Path from the root: `plan/costs.yaml`.
    pub path: String,
    /// From 1.
    pub line: usize,
}

/// A file of amounts beside `costs.yaml`: its path under `plan/`, and the rows that were read of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CostTable {
    pub path: String,
    /// True when there is such a file; never written.
    pub found: bool,
    /// Rows of the year of the allocation; never written.
    pub rows: Vec<TableRow>,
}

/// A row of a table of amounts: to one element, or spread by a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    pub to: Option<Id>,
    pub key: Option<Id>,
    pub amount: DecimalText,
    pub line: SourceLine,
    pub place: Place,
}

impl fmt::Display for CostTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

impl Serialize for CostTable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.path)
    }
}

impl<'de> Deserialize<'de> for CostTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Str::deserialize(deserializer).map(|path| CostTable { path: path.0, ..CostTable::default() })
    }
}

impl JsonSchema for CostTable {
    fn schema_name() -> Cow<'static, str> {
        "CostTable".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}
