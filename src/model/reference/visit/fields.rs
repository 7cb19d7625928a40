//! Which fields each struct of the format has: those to look into, those that name something and of which kind, and how an
//! address calls an entry.

use super::{ABOUT, At, K, Leaf, Name, Refs, See, Visit, twice};
use crate::model::format::*;

macro_rules! fields {
    ($type:ident { $($plain:ident)* $(; $($field:ident $kinds:expr),*)? } $(named $one:ident => $name:expr)?) => {
        impl Visit for $type {
            $(fn name(&self) -> Name<'_> {
                let $one = self;
                $name
            })?
            fn visit(&self, at: &At, see: See) {
                $(self.$plain.visit(&at.field(stringify!($plain)), see);)*
                $($(self.$field.refs($kinds, &at.field(stringify!($field)), see);)*)?
                let _ = (at, see);
            }
        }
    };
}

/// The same for items, with the fields that all items have.
macro_rules! item_fields {
    ($type:ident { $($plain:ident)* $(; $($field:ident $kinds:expr),*)? }) => {
        fields!($type {
            $($plain)* date;
            $($($field $kinds,)*)?
            classification &[K::Audience], field_classification &[K::Audience], source &[K::Source]
        });
    };
}

fields!(Organisation { name short_name established });
fields!(PlanPeriod { start end label });
fields!(Audience { name } named one => Name::Id(&one.id));
fields!(Stage { name; decision &[K::Decision] } named one => Name::Id(&one.id));
fields!(Group { title; classification &[K::Audience], source &[K::Source] } named one => Name::Item(&one.id));
fields!(Proposal { text proposer rationale; classification &[K::Audience], suggestions &[K::Suggestion], source &[K::Source] } named one => Name::Item(&one.id));
fields!(Link { rationale; to &[K::Element], source &[K::Source] } named one => Name::Key(&one.to));
fields!(Money { amount currency; source &[K::Source] });
fields!(DirectAmount {
    amount title;
    to &[K::Element, K::Activity, K::OldElement], classification &[K::Audience], source &[K::Source]
} named one => Name::Key(one.id.as_deref().unwrap_or(&one.to)));
fields!(SharedAmount {
    amount title;
    key &[K::CostKey], classification &[K::Audience], source &[K::Source]
} named one => Name::Id(&one.id));
fields!(KeyShare { share; to &[K::Element, K::OldElement] } named one => Name::Key(&one.to));
fields!(ScaleStep { name } named one => Name::Id(&one.id));
fields!(FactorAnswer { rationale; to &[K::Element, K::Priority], source &[K::Source] } named one => Name::Key(&one.to));
fields!(Measured { year value text date; source &[K::Source] } named one => Name::Key(one.id.as_deref().unwrap_or(&one.year)));
fields!(MappingTarget { share; to &[K::Element, K::Priority] } named one => Name::Key(&one.to));
fields!(Mapping { to explanation; classification &[K::Audience], from &[K::OldElement], source &[K::Source] } named one => Name::Item(&one.id));
fields!(Comparison { title before now; classification &[K::Audience] } named one => Name::Item(&one.id));
fields!(Count { value unit base date; source &[K::Source] } named one => Name::Key(one.id.as_deref().unwrap_or(&one.value)));
fields!(Person { name title capacity; source &[K::Source] } named one => Name::Key(one.id.as_deref().unwrap_or(&one.name)));
fields!(AgendaItem { title } named one => Name::Id(&one.id));
fields!(Disposition {
    reason date targets;
    standard_reason &[K::Reason], unit &[K::Unit], source &[K::Source]
});
fields!(Point {
    text disposition replies;
    about ABOUT, classification &[K::Audience], source &[K::Source]
} named one => Name::Item(&one.id));
fields!(Attribution { ; audience &[K::Audience] } named one => Name::Key(&one.audience));
fields!(Reply { date text; by &[K::Member, K::Region], source &[K::Source] }
    named one => Name::Key(one.name()));

fields!(Scale { least most labels codes no_answer });
fields!(ScaleLabel { value text } named one => Name::Key(&one.value));
fields!(SurveyGroup { name called weight; region &[K::Region], source &[K::Source] } named one => Name::Id(&one.id));
fields!(Question {
    text column;
    about &[K::Element, K::Priority, K::Activity, K::OldElement], classification &[K::Audience], source &[K::Source]
} named one => Name::Id(&one.id));
fields!(SurveyColumns { respondent group completed ignored });
fields!(Wave { title date file; source &[K::Source] } named one => Name::Id(&one.id));
fields!(Rules { blank_value });

fields!(MapVersion {
    title date boxes changes;
    event &[K::Event], classification &[K::Audience], source &[K::Source]
} named one => Name::Item(&one.id));
fields!(MapBox {
    title links;
    element &[K::Element], layer &[K::Layer], group &[K::Group], classification &[K::Audience], source &[K::Source]
} named one => match &one.id {
    Some(id) => Name::Item(id),
    None => Name::Key(one.name()),
});
fields!(MapLink { rationale; to &[K::Element, K::MapBox], source &[K::Source] } named one => Name::Key(&one.to));
fields!(MapChange { links; of &[K::Element, K::MapBox], because &[K::Suggestion, K::Point] } named one => Name::Key(&one.of));
fields!(MapLinkChange { ; to &[K::Element, K::MapBox], because &[K::Suggestion, K::Point] } named one => Name::Key(&one.to));
fields!(MapOverlay {
    title date description boxes dropped ranking;
    region &[K::Region], event &[K::Event], classification &[K::Audience], source &[K::Source]
} named one => Name::Item(&one.id));
fields!(MapDrop { reason; element &[K::Element] } named one => Name::Key(&one.element));
fields!(Ranking { measures values; source &[K::Source] });
fields!(RankValue { value; of &[K::Element, K::MapBox] } named one => Name::Key(&one.of));

item_fields!(StrategicMap { title description ranking versions overlays; layers &[K::Layer] });
item_fields!(Layer { name plural description groups });
item_fields!(Statement { title proposals });
item_fields!(Section { title });
item_fields!(Element {
    code title links;
    layer &[K::Layer], group &[K::Group], parent &[K::Element], priorities &[K::Priority], owner &[K::Unit]
});
item_fields!(Priority { title code description });
item_fields!(Activity {
    code title period deliverable cost;
    parent &[K::Element], priorities &[K::Priority], owner &[K::Unit], co_implementers &[K::Unit]
});
item_fields!(Indicator {
    code title unit baseline targets measurements method;
    measures &[K::Element, K::Activity]
});
item_fields!(OldElement { code title });
item_fields!(Region { code name short_name members vice_chair });
item_fields!(Body { name description seats });
item_fields!(Meeting { title place dates summary; body &[K::Body] });
item_fields!(Decision { title text; meeting &[K::Meeting] });
item_fields!(Unit { name abbreviation });
item_fields!(Source { title publisher published });
item_fields!(Term { term abbreviation definition });
item_fields!(Event {
    title place dates chairs host keynotes attendance observers related_meeting agenda summary;
    region &[K::Region], decision &[K::Decision], cycle &[K::Cycle]
});
item_fields!(Cycle { title dates description; decision &[K::Decision] });
fields!(Flag { highest lowest });
item_fields!(EvidenceTable { title flag; layer &[K::Layer] });
item_fields!(Cluster {
    title disposition;
    points &[K::Suggestion, K::Point], about ABOUT
});
item_fields!(Reason { text });
item_fields!(Allocation {
    title year currency unit direct shared;
    layers &[K::Layer], compared_with &[K::Allocation]
});
item_fields!(CostKey { title description shares });
item_fields!(ScanEdition { title likelihood impact; layers &[K::Layer] });
item_fields!(Factor {
    title description likelihood impact horizon evidence response answered_by;
    editions &[K::ScanEdition], region &[K::Region]
});
item_fields!(Survey { title description dates scale groups questions columns waves rules });
item_fields!(Member { code name language; region &[K::Region] });
item_fields!(Suggestion {
    text language attribution speaker points disposition replies;
    by &[K::Member, K::Region], about ABOUT
});

/// Of free texts, only languages are of a kind that can be looked at.
impl Visit for Str {
    fn name(&self) -> Name<'_> {
        Name::Key(self)
    }

    fn visit(&self, at: &At, see: See) {
        match at.is("language") {
            true => see(at, Leaf::Language(self)),
            false => see(at, Leaf::Words(self)),
        }
    }
}

impl Visit for Target {
    fn name(&self) -> Name<'_> {
        Name::Key(&self.address)
    }

    fn visit(&self, at: &At, see: See) {
        let kept = self.before.is_some() || self.after.is_some();
        let leaf = if kept { Leaf::Changed(&self.address) } else { Leaf::Address(&self.address) };
        see(&at.field("address"), leaf);
    }
}

impl Visit for Annex {
    fn name(&self) -> Name<'_> {
        Name::Id(&self.id)
    }

    fn visit(&self, at: &At, see: See) {
        self.title.visit(&at.field("title"), see);
        see(&at.field("part"), Leaf::Part(&self.part));
    }
}

impl Visit for Edition {
    fn name(&self) -> Name<'_> {
        Name::Id(&self.id)
    }

    fn visit(&self, at: &At, see: See) {
        self.name.visit(&at.field("name"), see);
        self.audience.refs(&[K::Audience], &at.field("audience"), see);
        self.stage.refs(&[K::Stage], &at.field("stage"), see);
        self.scan_edition.refs(&[K::ScanEdition], &at.field("scan_edition"), see);
        self.meeting.refs(&[K::Meeting], &at.field("meeting"), see);
        languages(&self.languages, &at.field("languages"), see);
        twice(self.parts.iter().map(|part| Name::Key(part)), &at.field("parts"), see);
        twice(self.formats.iter().map(|format| Name::Key(format.word())), &at.field("formats"), see);
        for (index, part) in self.parts.iter().enumerate() {
            see(&at.field("parts").entry(index, Name::Key(part)), Leaf::Part(part));
        }
        self.agenda_item.visit(&at.field("agenda_item"), see);
        self.place.visit(&at.field("place"), see);
        self.date.visit(&at.field("date"), see);
        self.purpose.visit(&at.field("purpose"), see);
        self.action_required.visit(&at.field("action_required"), see);
        self.annexes.visit(&at.field("annexes"), see);
    }
}

fn languages(list: &[Str], at: &At, see: See) {
    for (index, lang) in list.iter().enumerate() {
        see(&at.entry(index, Name::Key(lang)), Leaf::Language(lang));
    }
    twice(list.iter().map(|lang| Name::Key(lang)), at, see);
}

impl Visit for PlanFile {
    fn visit(&self, at: &At, see: See) {
        self.title.visit(&at.field("title"), see);
        self.subtitle.visit(&at.field("subtitle"), see);
        self.marking.visit(&at.field("marking"), see);
        self.organisation.visit(&at.field("organisation"), see);
        self.period.visit(&at.field("period"), see);
        let at_languages = at.field("languages");
        see(&at_languages.field("source"), Leaf::Language(&self.languages.source));
        languages(&self.languages.official, &at_languages.field("official"), see);
        self.audiences.visit(&at.field("audiences"), see);
        self.stages.visit(&at.field("stages"), see);
        self.editions.visit(&at.field("editions"), see);
        self.words.visit(&at.field("words"), see);
        self.as_adopted.visit(&at.field("as_adopted"), see);
    }
}
