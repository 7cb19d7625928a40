//! Every field of every struct, decided once: required fields take their item with them, optional ones go alone.

use super::prune::{Known, Prune};
use super::reader::{Cut, Reader};
use crate::model::format::*;

/// An item: its fields by what happens when one stands above the audience.
macro_rules! item {
    ($name:ident required { $($req:ident)* } optional { $($opt:ident)* }) => {
        impl Cut for $name {
            fn cut(self, reader: &Reader) -> Option<Self> {
                let $name {
                    id, $($req,)* $($opt,)* classification: _, field_classification, basis, source, date,
                    external_ids: _, formerly: _,
                } = self;
                let hidden = |field: &str| reader.hides(&field_classification, field);
                $(if hidden(stringify!($req)) { return None; })*
                Some($name {
                    id,
                    $($req,)*
                    $($opt: if hidden(stringify!($opt)) { Default::default() } else { $opt },)*
                    classification: None,
                    field_classification: Default::default(),
                    // A basis is a warning to the reader, never a secret.
                    basis,
                    source: if hidden("source") { Default::default() } else { source },
                    date: if hidden("date") { None } else { date },
                    external_ids: Default::default(),
                    formerly: Vec::new(),
                })
            }
        }

        impl Prune for $name {
            fn prune(self, known: &Known) -> Option<Self> {
                let $name {
                    id, $($req,)* $($opt,)* classification, field_classification, basis, source, date,
                    external_ids, formerly,
                } = self;
                Some($name {
                    id,
                    $($req: $req.prune(known)?,)*
                    $($opt: $opt.prune(known)?,)*
                    classification, field_classification, basis,
                    source: source.prune(known)?,
                    date, external_ids, formerly,
                })
            }
        }
    };
}

/// A part of an item: `own` is its own id, the other fields may refer to something. One that is `classified` by itself
/// stands only before readers who may see it, and says no more how far it may travel.
macro_rules! part {
    (classified $name:ident own { $($own:ident)* } fields { $($field:ident)* }) => {
        impl Prune for $name {
            fn prune(self, known: &Known) -> Option<Self> {
                let $name { $($own,)* $($field,)* classification } = self;
                if classification.is_some_and(|word| !known.may(&word)) {
                    return None;
                }
                Some($name { $($own,)* $($field: $field.prune(known)?,)* classification: None })
            }
        }
    };
    ($name:ident own { $($own:ident)* } fields { $($field:ident)* }) => {
        impl Prune for $name {
            fn prune(self, known: &Known) -> Option<Self> {
                let $name { $($own,)* $($field,)* } = self;
                Some($name { $($own,)* $($field: $field.prune(known)?,)* })
            }
        }
    };
}

item! { Layer required { name plural } optional { code_pattern description free_standing groups as_adopted } }
item! { Statement required { kind title } optional { order proposals } }
item! { Section required { title numbered } optional { role } }
item! { Element required { layer title } optional { group code parent order levels priorities links owner as_adopted } }
item! { Priority required { title } optional { code description levels theme as_adopted } }
item! { Activity required { title parent }
optional { code priorities levels owner co_implementers period deliverable status cost } }
item! { Indicator required { title measures }
optional { code unit direction nature results_stage baseline targets measurements method } }
item! { OldElement required { title } optional { code } }
item! { Region required { code name } optional { short_name members vice_chair } }
item! { Member required { name } optional { code region language } }
item! { Body required { name } optional { symbol_code description seats } }
item! { Meeting required { body title dates } optional { place summary as_adopted } }
item! { Decision required { title } optional { meeting text as_adopted } }
item! { Unit required { name } optional { abbreviation } }
item! { Source required { title } optional { publisher published url } }
item! { Term required { term } optional { abbreviation definition } }
item! { Event required { title kind state }
optional { region place is_virtual dates chairs host keynotes attendance observers related_meeting agenda summary
    decision cycle as_adopted } }
item! { Cycle required { title } optional { dates decision description } }
item! { EvidenceTable required { title } optional { layer flag } }
item! { Cluster required { title points } optional { about disposition answered } }
item! { Survey required { title scale groups questions waves rules } optional { description dates columns csv } }
item! { StrategicMap required { title }
optional { description layers band parents ranking versions overlays } }
item! { Reason required { text } optional { } }
item! { Allocation required { title year of currency }
optional { unit layers activities direct shared table decimals compared_with } }
item! { ScanEdition required { title } optional { likelihood impact layers answering } }
item! { CostKey required { title shares } optional { description measure } }
item! { Factor required { title nature }
optional { aspect editions description region likelihood impact horizon evidence response answered_by answered } }
item! { Suggestion required { kind wording text }
optional { tone language by attribution speaker about points disposition replies imported
    answered } }

part! { classified MapVersion own { id } fields { title event date boxes changes basis source } }
part! { classified MapOverlay own { id }
fields { region title event date description boxes dropped ranking basis source } }
part! { MapLink own { } fields { to rationale basis source } }
part! { MapChange own { } fields { of because links } }
part! { MapLinkChange own { } fields { to because } }
part! { MapDrop own { } fields { element reason } }
part! { Ranking own { } fields { measures best values basis source } }
part! { RankValue own { } fields { of value } }
part! { classified Group own { id } fields { title basis source } }
part! { classified Proposal own { id } fields { text proposer rationale suggestions basis source } }
part! { Link own { } fields { to rationale basis source } }
part! { Flag own { } fields { highest lowest } }
part! { Money own { line } fields { amount currency basis source } }
part! { Measured own { id } fields { year value text date milestone basis source } }
part! { classified Mapping own { id } fields { from fate to explanation basis source } }
part! { MappingTarget own { } fields { to share } }
part! { classified Comparison own { id } fields { title before now } }
part! { Count own { id } fields { value qualifier unit base date basis source chosen } }
part! { Person own { id } fields { name title capacity basis source } }
part! { AgendaItem own { id } fields { title } }
part! { Disposition own { } fields { status reason standard_reason unit date targets basis source } }
part! { classified Point own { id answered } fields { text about disposition replies basis source } }
part! { classified DirectAmount own { id line } fields { to amount title basis source } }
part! { classified SharedAmount own { id line } fields { title amount key basis source } }
part! { KeyShare own { } fields { to share } }
part! { FactorAnswer own { } fields { to rationale basis source } }
part! { Attribution own { } fields { audience named } }
part! { Reply own { id voice } fields { by verdict date text basis source } }
part! { SurveyGroup own { id called weight } fields { name region asked basis source } }
part! { classified Question own { id column } fields { text about basis source } }
part! { Wave own { id file } fields { title date basis source } }
