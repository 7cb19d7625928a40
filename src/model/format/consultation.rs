//! The consultation: events, what was said, and what became of it.

use super::*;

list_file! {
    /// `consultation/events.yaml`: workshops and meetings with Members.
    pub struct EventsFile { events: Event }
}

words! {
    pub enum EventKind {
        Workshop = "workshop",
        Meeting = "meeting",
        Survey = "survey",
        Letter = "letter",
    }
}

words! {
    /// How far the record of an event has come.
    pub enum EventState {
        Planned = "planned",
        Held = "held",
        Reported = "reported",
    }
}

item! {
    /// A workshop or meeting.
    pub struct Event {
        pub title: Text,
        pub kind: EventKind,
        pub state: EventState,
        #[serde(default)]
        pub region: Option<Id>,
        /// City and country, as printed.
        #[serde(default)]
        pub place: Option<Text>,
        #[serde(default)]
        pub is_virtual: bool,
        /// Days, as a date or an interval.
        #[serde(default)]
        pub dates: Option<When>,
        /// Who chaired, each with the capacity in which they did.
        #[serde(default)]
        pub chairs: Vec<Person>,
        /// Who received the participants.
        #[serde(default)]
        pub host: Option<Text>,
        #[serde(default)]
        pub keynotes: Vec<Person>,
        /// How many came: competing values may stand side by side, one of them `chosen`.
        #[serde(default)]
        pub attendance: Vec<Count>,
        /// Who came besides Members.
        #[serde(default)]
        pub observers: Option<Text>,
        /// A meeting held together with it, as printed.
        #[serde(default)]
        pub related_meeting: Option<Text>,
        /// Items of the agenda, in order.
        #[serde(default)]
        pub agenda: Vec<AgendaItem>,
        /// What happened, in a few sentences.
        #[serde(default)]
        pub summary: Option<Text>,
        /// The decision that mandated it.
        #[serde(default)]
        pub decision: Option<Id>,
        /// Known only after the date of the document; printed under the heading for what was adopted later.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub as_adopted: bool,
    }
}

part! {
    /// An item of an agenda.
    pub struct AgendaItem {
        pub id: Id,
        pub title: Text,
    }
}

list_file! {
    /// `consultation/suggestions/*.yaml`: what was said at one event.
    pub struct SuggestionsFile {
        suggestions: Suggestion,
        /// The event at which it was said.
        event: Id
    }
}

words! {
    /// What kind of record it is. Only a suggestion counts as input of the region.
    pub enum RecordKind {
        /// Said by a Member or by the Members of the region.
        Suggestion = "suggestion",
        /// Said by a chair or host.
        Remark = "remark",
        /// Presented by the secretariat.
        Presentation = "presentation",
    }
}

words! {
    /// How near the text is to what was said.
    pub enum WordingKind {
        Verbatim = "verbatim",
        Summary = "summary",
        Paraphrase = "paraphrase",
    }
}

words! {
    pub enum Tone {
        Suggestion = "suggestion",
        Concern = "concern",
    }
}

item! {
    /// One thing that was said.
    pub struct Suggestion {
        pub kind: RecordKind,
        pub wording: WordingKind,
        #[serde(default)]
        pub tone: Option<Tone>,
        pub text: Text,
        /// The language in which it was said.
        #[serde(default)]
        pub language: Option<Str>,
        /// The Member or region that said it; nobody, if it is not known or not to be named.
        #[serde(default)]
        pub by: Option<Id>,
        /// The person who said it, for a remark or a presentation.
        #[serde(default)]
        pub speaker: Option<Person>,
        /// Priorities or elements that it is about.
        #[serde(default)]
        pub about: Vec<Id>,
        /// What became of it.
        #[serde(default)]
        pub disposition: Option<Disposition>,
    }
}

words! {
    pub enum DispositionStatus {
        Accepted = "accepted",
        PartiallyAccepted = "partially-accepted",
        Noted = "noted",
        NotAccepted = "not-accepted",
        Deferred = "deferred",
    }
}

part! {
    /// The answer to a suggestion.
    pub struct Disposition {
        pub status: DispositionStatus,
        /// Why; not needed for `accepted`.
        #[serde(default)]
        pub reason: Option<Text>,
        /// The unit that answers.
        #[serde(default)]
        pub unit: Option<Id>,
        #[serde(default)]
        pub date: Option<When>,
        /// What was changed.
        #[serde(default)]
        pub targets: Vec<Target>,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
    }
}

part! {
    /// One text or value that a suggestion changed.
    pub struct Target {
        /// `item-id/field`, `item-id#block`, `item-id/links/other-id`, or `item-id` alone.
        pub address: Str,
    }
}
