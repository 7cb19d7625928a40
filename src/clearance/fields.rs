//! Every field of every struct, decided once: required and decisive fields take their item with them, optional ones go
//! alone.
//!
//! A field is decisive when the item says something else without it, and so something untrue: a key without its measure
//! spreads by per cent, a factor without its scans stands in all of them, an element without its levels at every level.
//! Which these are is said here and nowhere else, under `decisive`:
//!
//! - what a missing value stands for is itself a value (`parent`, `levels`, `layer`, `layers` of the map, `editions`,
//!   `region`, `aspect`, `theme`, `measure`, `unit`, `columns`, `free-standing`, `numbered`, `is-virtual`);
//! - `as-adopted`, without which something later would stand in the plan itself;
//! - `points`, without which what was split would be one point, with an answer of its own.
//!
//! What goes alone leaves a blank, and [`Withheld::fields`](crate::model::Withheld) says that it is none. A ranking, an
//! amount, a mapping and other parts go whole: their own fields have no classification.

use super::prune::{Known, Prune};
use super::reader::{Cut, Reader};
use crate::model::format::*;

/// An item: its fields by what happens when one stands above the audience.
macro_rules! item {
    ($name:ident required { $($req:ident)* } optional { $($opt:ident)* }) => {
        item! { $name required { $($req)* } decisive { } optional { $($opt)* } }
    };
    ($name:ident required { $($req:ident)* } decisive { $($turn:ident)* } optional { $($opt:ident)* }) => {
        impl Cut for $name {
            fn cut(self, reader: &Reader) -> Option<Self> {
                let $name {
                    id, $($req,)* $($turn,)* $($opt,)* classification: _, field_classification, basis, source, date,
                    external_ids: _, formerly: _,
                } = self;
                let hidden = |field: &str| reader.hides(&field_classification, field);
                $(if hidden(stringify!($req)) { return None; })*
                $(if hidden(stringify!($turn)) { return None; })*
                $(if hidden(stringify!($opt)) { reader.lose(&id, stringify!($opt)); })*
                if hidden("source") { reader.lose(&id, "source"); }
                if hidden("date") { reader.lose(&id, "date"); }
                Some($name {
                    id,
                    $($req,)*
                    $($turn,)*
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
                    id, $($req,)* $($turn,)* $($opt,)* classification, field_classification, basis, source, date,
                    external_ids, formerly,
                } = self;
                $(let $opt = known.left(&id, stringify!($opt), $opt)?;)*
                Some($name {
                    id,
                    $($req: $req.prune(known)?,)*
                    $($turn: $turn.prune(known)?,)*
                    $($opt,)*
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

item! { Layer required { name plural } decisive { free_standing as_adopted }
optional { code_pattern description groups } }
item! { Statement required { kind title } optional { order proposals } }
item! { Section required { title numbered } optional { role } }
item! { Element required { layer title } decisive { parent levels as_adopted }
optional { group code order priorities links owner } }
item! { Priority required { title } decisive { levels theme as_adopted }
optional { code description } }
item! { Activity required { title parent } decisive { levels }
optional { code priorities owner co_implementers period deliverable status cost } }
item! { Indicator required { title measures } decisive { unit }
optional { code direction nature results_stage baseline targets measurements method } }
item! { OldElement required { title } optional { code } }
item! { Region required { code name } optional { short_name members vice_chair } }
item! { Member required { name } decisive { region }
optional { code language } }
item! { Body required { name } optional { symbol_code description seats } }
item! { Meeting required { body title dates } decisive { as_adopted }
optional { place summary } }
item! { Decision required { title } decisive { as_adopted }
optional { meeting text } }
item! { Unit required { name } optional { abbreviation } }
item! { Source required { title } optional { publisher published url } }
item! { Term required { term } optional { abbreviation definition } }
item! { Event required { title kind state } decisive { region is_virtual as_adopted }
optional { place dates chairs host keynotes attendance observers related_meeting agenda summary decision cycle } }
item! { Cycle required { title } optional { dates decision description } }
item! { EvidenceTable required { title } decisive { layer }
optional { flag } }
item! { Cluster required { title points } optional { about disposition answered } }
item! { Survey required { title scale groups questions waves rules } decisive { columns }
optional { description dates csv } }
item! { StrategicMap required { title } decisive { layers }
optional { description band parents ranking versions overlays } }
item! { Reason required { text } optional { } }
item! { Allocation required { title year of currency } decisive { unit }
optional { layers activities direct shared table decimals compared_with } }
item! { ScanEdition required { title } optional { likelihood impact layers answering } }
item! { CostKey required { title shares } decisive { measure }
optional { description } }
item! { Factor required { title nature } decisive { aspect editions region }
optional { description likelihood impact horizon evidence response answered_by answered } }
item! { Suggestion required { kind wording text } decisive { points }
optional { tone language by attribution speaker about disposition replies imported answered } }

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
