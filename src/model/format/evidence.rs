//! Evidence side by side: which tables there are, and when a row is flagged.

use super::*;

list_file! {
    /// `evidence.yaml`: tables that set survey, cost, scan, consultation and indicators side by side.
    pub struct EvidenceFile { tables: EvidenceTable }
}

item! {
    /// One table, a row for each element.
    pub struct EvidenceTable {
        pub title: Text,
        /// The layer whose elements are its rows; the elements of the plan before, if not given.
        #[serde(default)]
        pub layer: Option<Id>,
        /// When a row is flagged: high in the survey and low in cost, or the reverse. Never, if not given.
        #[serde(default)]
        pub flag: Option<Flag>,
    }
}

part! {
    /// How many rows count as high and as low, in percent of all rows; a part of a row counts as none. A table of fewer
    /// than five rows flags nothing.
    pub struct Flag {
        pub highest: DecimalText,
        pub lowest: DecimalText,
    }
}
