//! The consultation: events, what was said, and what became of it.

use super::*;

list_file! {
    /// `consultation/events.yaml`: workshops and meetings with Members.
    pub struct EventsFile { events: Event }
}

list_file! {
    /// `consultation/cycles.yaml`: rounds of consultation.
    pub struct CyclesFile { cycles: Cycle }
}

item! {
    /// A round of consultation: events that belong together, and the decision that asked for them.
    pub struct Cycle {
        pub title: Text,
        #[serde(default)]
        pub dates: Option<When>,
        /// The decision that mandated it.
        #[serde(default)]
        pub decision: Option<Id>,
        #[serde(default)]
        pub description: Option<Text>,
    }
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
        /// The round of consultation to which it belongs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub cycle: Option<Id>,
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
        /// The Member or region that said it; nobody, if it is not known.
        #[serde(default)]
        pub by: Option<Id>,
        /// How far the name of the party may travel: to whom it is told as the Member, as its region or not at all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub attribution: Vec<Attribution>,
        /// The person who said it, for a remark or a presentation.
        #[serde(default)]
        pub speaker: Option<Person>,
        /// Priorities, elements, statements, sections, activities or indicators that it is about.
        #[serde(default)]
        pub about: Vec<Id>,
        /// What it was split into, each to be answered by itself. Without a split, it is one point.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub points: Vec<Point>,
        /// What became of it.
        #[serde(default)]
        pub disposition: Option<Disposition>,
        /// What the party said of the answer.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub replies: Vec<Reply>,
        /// The row of a form from which it was taken.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub imported: Option<Imported>,
        /// That there is an answer, for readers from whom the answer itself is withheld; never written.
        #[serde(skip)]
        pub answered: bool,
    }
}

part! {
    /// A part of a suggestion that is answered by itself.
    pub struct Point {
        pub id: Id,
        pub text: Text,
        /// What it is about, as in the suggestion; those of the suggestion, if not given.
        #[serde(default)]
        pub about: Vec<Id>,
        #[serde(default)]
        pub disposition: Option<Disposition>,
        #[serde(default)]
        pub replies: Vec<Reply>,
        #[serde(default)]
        pub classification: Option<Str>,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
        /// That there is an answer, for readers from whom the answer itself is withheld; never written.
        #[serde(skip)]
        pub answered: bool,
    }
}

words! {
    /// As what a party is named.
    pub enum Named {
        Member = "member",
        Region = "region",
        Nobody = "nobody",
    }
}

part! {
    /// As what the party is named to an audience, and to every wider one.
    pub struct Attribution {
        pub audience: Id,
        pub named: Named,
    }
}

words! {
    /// What a party said of an answer.
    pub enum Verdict {
        Satisfied = "satisfied",
        NotSatisfied = "not-satisfied",
    }
}

part! {
    /// What a party said of the answer. `not-satisfied` opens the point again, until an answer of a later date.
    pub struct Reply {
        /// Needed only where one party replied more than once.
        #[serde(default)]
        pub id: Option<Id>,
        #[serde(default)]
        pub by: Option<Id>,
        pub verdict: Verdict,
        #[serde(default)]
        pub date: Option<When>,
        #[serde(default)]
        pub text: Option<Text>,
        #[serde(default)]
        pub basis: Option<Basis>,
        #[serde(default)]
        pub source: Ids,
        /// Which of the parties it was, where their names are withheld; never written.
        #[serde(skip)]
        pub voice: Option<usize>,
    }
}

impl Reply {
    /// How an address names it among others: by its id, else by its party, else by what it says.
    pub fn name(&self) -> &str {
        self.id.as_deref().or(self.by.as_deref()).unwrap_or(self.verdict.word())
    }
}

part! {
    /// Where an import took a suggestion from. Never printed.
    pub struct Imported {
        /// Name of the file, without its folder.
        pub file: Str,
        #[serde(default)]
        pub sheet: Option<Str>,
        /// Number of the row, as the spreadsheet counts.
        pub row: u32,
        /// Fingerprint of what the row says; a row that is imported again is known by it.
        #[serde(default)]
        pub key: Option<Str>,
    }
}

list_file! {
    /// `consultation/clusters.yaml`: the same point from several origins.
    pub struct ClustersFile { clusters: Cluster }
}

item! {
    /// The same point from several origins, answered once for all of them.
    pub struct Cluster {
        pub title: Text,
        /// Suggestions without a split, and points.
        pub points: Vec<Id>,
        #[serde(default)]
        pub about: Vec<Id>,
        #[serde(default)]
        pub disposition: Option<Disposition>,
        /// That there is an answer, for readers from whom the answer itself is withheld; never written.
        #[serde(skip)]
        pub answered: bool,
    }
}

list_file! {
    /// `consultation/reasons.yaml`: reasons that many answers give.
    pub struct ReasonsFile { reasons: Reason }
}

item! {
    /// A reason in words that every answer with this key prints.
    pub struct Reason {
        pub text: Text,
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

impl DispositionStatus {
    /// True for an answer by which the plan was changed.
    pub fn changes(self) -> bool {
        matches!(self, DispositionStatus::Accepted | DispositionStatus::PartiallyAccepted)
    }
}

part! {
    /// The answer to a suggestion.
    pub struct Disposition {
        pub status: DispositionStatus,
        /// Why; not needed for `accepted`.
        #[serde(default)]
        pub reason: Option<Text>,
        /// A reason of `consultation/reasons.yaml`; it stands before the answer's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub standard_reason: Option<Id>,
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
        /// Its text before the change; empty for what is new.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub before: Option<Str>,
        /// Its text after the change; empty for what was taken out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub after: Option<Str>,
        /// Fingerprint of `after`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub fingerprint: Option<Str>,
    }
}
