//! Registers: regions, members, bodies, meetings, decisions, units, sources, glossary.

use super::*;

words! {
    /// How exact a number is.
    pub enum Qualifier {
        Exact = "exact",
        About = "about",
        AtLeast = "at-least",
        MoreThan = "more-than",
    }
}

part! {
    /// A counted figure: "more than 19 countries", "12 of 18 Members", "about 45 participants".
    pub struct Count {
        /// Needed only where two of the same value stand in one list.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub id: Option<Id>,
        pub value: DecimalText,
        #[serde(default)]
        pub qualifier: Option<Qualifier>,
        /// What is counted, as printed after the number.
        #[serde(default)]
        pub unit: Option<Text>,
        /// Of how many, if the same source says so.
        #[serde(default)]
        pub base: Option<DecimalText>,
        #[serde(default)]
        pub date: Option<When>,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
        /// Of several values for the same thing, the one that is used.
        #[serde(default)]
        pub chosen: bool,
    }
}

list_file! {
    /// `regions.yaml`.
    pub struct RegionsFile { regions: Region }
}

item! {
    pub struct Region {
        /// Short code: "AMS".
        pub code: Text,
        pub name: Text,
        #[serde(default)]
        pub short_name: Option<Text>,
        /// Number of Members.
        #[serde(default)]
        pub members: Option<Count>,
        /// Who speaks for the region in the governing body.
        #[serde(default)]
        pub vice_chair: Option<Person>,
    }
}

part! {
    /// A person with the capacity in which they acted.
    pub struct Person {
        /// Needed only where two of the same name stand in one list.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub id: Option<Id>,
        pub name: Str,
        /// Post or title, as printed.
        #[serde(default)]
        pub title: Option<Text>,
        /// Capacity on this occasion: "representing the Vice-Chair".
        #[serde(default)]
        pub capacity: Option<Text>,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
    }
}

list_file! {
    /// `members.yaml`.
    pub struct MembersFile { members: Member }
}

item! {
    /// A member of the organisation; it need not be a country.
    pub struct Member {
        #[serde(default)]
        pub code: Option<Text>,
        pub name: Text,
        #[serde(default)]
        pub region: Option<Id>,
        /// Language of correspondence.
        #[serde(default)]
        pub language: Option<Str>,
    }
}

list_file! {
    /// `bodies.yaml`: who governs.
    pub struct BodiesFile { bodies: Body }
}

item! {
    pub struct Body {
        pub name: Text,
        /// Code in document symbols.
        #[serde(default)]
        pub symbol_code: Option<Str>,
        /// What it does.
        #[serde(default)]
        pub description: Option<Text>,
        #[serde(default)]
        pub seats: Option<Count>,
    }
}

list_file! {
    /// `meetings.yaml`: sessions of bodies.
    pub struct MeetingsFile { meetings: Meeting }
}

item! {
    /// One session of a body.
    pub struct Meeting {
        pub body: Id,
        /// Name with its number or numbers, as printed: "80th Session", "133rd/134th Sessions".
        pub title: Text,
        #[serde(default)]
        pub place: Option<Text>,
        /// Days, as an interval.
        pub dates: When,
        /// What it did for the plan.
        #[serde(default)]
        pub summary: Option<Text>,
        /// Known only after the date of the document; printed under the heading for what was adopted later.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub as_adopted: bool,
    }
}

list_file! {
    /// `decisions.yaml`.
    pub struct DecisionsFile { decisions: Decision }
}

item! {
    /// What a meeting decided.
    pub struct Decision {
        /// The meeting that decided it.
        #[serde(default)]
        pub meeting: Option<Id>,
        pub title: Text,
        #[serde(default)]
        pub text: Option<Text>,
        /// Known only after the date of the document; printed under the heading for what was adopted later.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub as_adopted: bool,
    }
}

list_file! {
    /// `units.yaml`: who in the secretariat answers for what.
    pub struct UnitsFile { units: Unit }
}

item! {
    pub struct Unit {
        pub name: Text,
        #[serde(default)]
        pub abbreviation: Option<Text>,
    }
}

list_file! {
    /// `sources.yaml`: where facts come from.
    pub struct SourcesFile { sources: Source }
}

item! {
    pub struct Source {
        pub title: Text,
        #[serde(default)]
        pub publisher: Option<Text>,
        /// When it was published.
        #[serde(default)]
        pub published: Option<When>,
        /// Address on the web.
        #[serde(default)]
        pub url: Option<Str>,
    }
}

list_file! {
    /// `glossary.yaml`: terms and abbreviations.
    pub struct GlossaryFile { terms: Term }
}

item! {
    pub struct Term {
        pub term: Text,
        #[serde(default)]
        pub abbreviation: Option<Text>,
        /// What it means.
        #[serde(default)]
        pub definition: Option<Text>,
    }
}
