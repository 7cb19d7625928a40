//! The strategic map as a whole: what is drawn, how it looked before, and what each region makes of it.

use super::*;

item! {
    /// `map.yaml`: what the strategic map shows, its earlier versions, and the maps of regions. Boxes and arrows of
    /// the present map come from the elements and their `links`.
    pub struct StrategicMap {
        pub title: Text,
        /// A few sentences above the map.
        #[serde(default)]
        pub description: Option<Text>,
        /// The layers that are rows, from the top; all layers in their order, if not given.
        #[serde(default)]
        pub layers: Vec<Id>,
        /// True when the priorities stand as a band across all rows.
        #[serde(default)]
        pub band: bool,
        /// True when an arrow leads from every element to its parent, besides its `links`.
        #[serde(default)]
        pub parents: bool,
        /// How much each element weighs.
        #[serde(default)]
        pub ranking: Option<Ranking>,
        /// How the map looked before, to be compared with how it is now.
        #[serde(default)]
        pub versions: Vec<MapVersion>,
        /// What single regions make of the map.
        #[serde(default)]
        pub overlays: Vec<MapOverlay>,
    }
}

part! {
    /// The map as it once was: proposed to a workshop, or in an earlier draft.
    pub struct MapVersion {
        pub id: Id,
        pub title: Text,
        /// The event to which it was shown.
        #[serde(default)]
        pub event: Option<Id>,
        /// When it was made; that of the event, if not given.
        #[serde(default)]
        pub date: Option<When>,
        /// Its boxes. What is not listed was not on it.
        pub boxes: Vec<MapBox>,
        /// What caused the differences, where no answer to a suggestion names it.
        #[serde(default)]
        pub changes: Vec<MapChange>,
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
    /// A box: an element of the plan, or something that is no element, with a name and a layer of its own.
    pub struct MapBox {
        /// The element that it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub element: Option<Id>,
        /// Name of a box that is no element.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub id: Option<Id>,
        /// Its title; of an element, what it was called then, if that was another.
        #[serde(default)]
        pub title: Option<Text>,
        /// Its layer; of an element, where it stood then, if that was elsewhere.
        #[serde(default)]
        pub layer: Option<Id>,
        #[serde(default)]
        pub group: Option<Id>,
        /// Its arrows.
        #[serde(default)]
        pub links: Vec<MapLink>,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
        /// How far this may travel: one of the audiences of `plan.yaml`. As far as what it stands in, if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub classification: Option<Str>,
    }
}

impl MapBox {
    /// Its name within the map: of the element, else its own; empty if neither is given.
    pub fn name(&self) -> &str {
        self.element.as_deref().or(self.id.as_deref()).unwrap_or_default()
    }
}

part! {
    /// An arrow of a version or of a regional map.
    pub struct MapLink {
        /// The element or box that is supported.
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

part! {
    /// Why a box came, went or moved since a version.
    pub struct MapChange {
        /// The element or box.
        pub of: Id,
        /// Suggestions or points.
        #[serde(default)]
        pub because: Vec<Id>,
        /// The same for arrows that begin there.
        #[serde(default)]
        pub links: Vec<MapLinkChange>,
    }
}

part! {
    /// Why an arrow came or went since a version.
    pub struct MapLinkChange {
        pub to: Id,
        #[serde(default)]
        pub because: Vec<Id>,
    }
}

part! {
    /// What one region makes of the map.
    pub struct MapOverlay {
        pub id: Id,
        pub region: Id,
        pub title: Text,
        /// The event at which it was made.
        #[serde(default)]
        pub event: Option<Id>,
        #[serde(default)]
        pub date: Option<When>,
        #[serde(default)]
        pub description: Option<Text>,
        /// What the region adds.
        #[serde(default)]
        pub boxes: Vec<MapBox>,
        /// Elements that the region leaves out.
        #[serde(default)]
        pub dropped: Vec<MapDrop>,
        /// How much each box weighs for the region.
        #[serde(default)]
        pub ranking: Option<Ranking>,
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
    /// An element that a region leaves out.
    pub struct MapDrop {
        pub element: Id,
        #[serde(default)]
        pub reason: Option<Text>,
    }
}

words! {
    /// Which value of a ranking is the best.
    pub enum Best {
        Highest = "highest",
        Lowest = "lowest",
    }
}

part! {
    /// Weights or ranks of boxes. Their places are computed; equal values share a place.
    pub struct Ranking {
        /// What the values are: "points of 10 given by the participants".
        pub measures: Text,
        /// `lowest` where the values are ranks.
        #[serde(default)]
        pub best: Option<Best>,
        pub values: Vec<RankValue>,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
    }
}

part! {
    /// The weight or rank of one box.
    pub struct RankValue {
        /// The element or box.
        pub of: Id,
        pub value: DecimalText,
    }
}
