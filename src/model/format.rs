//! The file format: what a drafter may write in `plan/`, one struct per kind of item.
//!
//! Everything derives its reader (`Deserialize`), its JSON Schema (`JsonSchema`, whose descriptions an editor shows to
//! drafters) and its printed form (`Serialize`, for addresses). No `flatten`, no `untagged`: their messages help
//! nobody. Unknown keys are refused everywhere.

mod consultation;
mod cost;
mod evidence;
mod map;
mod plan;
mod register;
mod scalar;
mod scan;
mod structure;
mod survey;

pub use consultation::*;
pub use cost::*;
pub use evidence::*;
pub use map::*;
pub use plan::*;
pub use register::*;
pub use scalar::*;
pub use scan::*;
pub use structure::*;
pub use survey::*;

/// What every item has besides its own fields.
pub trait Common {
    /// The fields of which `field-classification` may speak, by their names in Rust.
    const FIELDS: &'static [&'static str];
    fn id(&self) -> &str;
    fn classification(&self) -> Option<&str>;
    fn field_classification(&self) -> &std::collections::BTreeMap<String, Str>;
    fn basis(&self) -> Option<Basis>;
    fn sources(&self) -> &Ids;
    fn date(&self) -> Option<&When>;
    fn formerly(&self) -> &[Id];
}

/// Declares a kind of item: its own fields, and the ones that all items have.
macro_rules! item {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$fmeta:meta])* pub $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        pub struct $name {
            /// The name of this item in the plan: small letters, digits and hyphens. It is never printed and never
            /// used again for something else.
            pub id: crate::model::format::Id,
            $($(#[$fmeta])* pub $field: $type,)*
            /// How far this item may travel: one of the audiences of `plan.yaml`. Everybody, if not given.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub classification: Option<crate::model::format::Str>,
            /// How far single fields of this item may travel, by the name of the field: `{owner: secretariat}`.
            #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
            pub field_classification: std::collections::BTreeMap<String, crate::model::format::Str>,
            /// Where this comes from: reported by a source, inferred from sources, or illustrative (made up for
            /// demonstration, and marked so in print).
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub basis: Option<crate::model::format::Basis>,
            /// The entry or entries of `sources.yaml` that say so.
            #[serde(default, skip_serializing_if = "crate::model::format::Ids::is_empty")]
            pub source: crate::model::format::Ids,
            /// The day, month or year for which this is true.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub date: Option<crate::model::format::When>,
            /// Names of this item in other systems, by system.
            #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
            pub external_ids: std::collections::BTreeMap<String, crate::model::format::Str>,
            /// Ids that this item had before; links to them still arrive.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            pub formerly: Vec<crate::model::format::Id>,
        }

        impl crate::model::format::Common for $name {
            const FIELDS: &'static [&'static str] = &[$(stringify!($field),)* "source", "date"];
            fn id(&self) -> &str { &self.id }
            fn classification(&self) -> Option<&str> { self.classification.as_deref() }
            fn field_classification(&self) -> &std::collections::BTreeMap<String, crate::model::format::Str> {
                &self.field_classification
            }
            fn basis(&self) -> Option<crate::model::format::Basis> { self.basis }
            fn sources(&self) -> &crate::model::format::Ids { &self.source }
            fn date(&self) -> Option<&crate::model::format::When> { self.date.as_ref() }
            fn formerly(&self) -> &[crate::model::format::Id] { &self.formerly }
        }
    };
}

/// Declares a part of an item that is not an item itself.
macro_rules! part {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$fmeta:meta])* pub $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type,)* }
    };
}

/// Declares the words of a closed list.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
            schemars::JsonSchema,
        )]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// Every word of the list, in its order.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The word in YAML. Never printed: the document prints the label `<kind>-<word>`.
            pub fn word(self) -> &'static str { match self { $($name::$variant => $word,)* } }
        }
    };
}

/// Declares a kind of file: a list of items under one key, with what holds for all of them.
macro_rules! list_file {
    ($(#[$meta:meta])* pub struct $name:ident { $key:ident: $item:ty $(, $(#[$xmeta:meta])* $extra:ident: $etype:ty)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        pub struct $name {
            /// The items, in the order in which they are printed.
            #[serde(default)]
            pub $key: Vec<$item>,
            $($(#[$xmeta])* pub $extra: $etype,)*
            /// How far everything in this file may travel, unless an item says more.
            #[serde(default)]
            pub classification: Option<crate::model::format::Str>,
            /// The basis of everything in this file that does not say its own.
            #[serde(default)]
            pub basis: Option<crate::model::format::Basis>,
            /// The source of everything in this file that does not name its own.
            #[serde(default)]
            pub source: crate::model::format::Ids,
        }
    };
}

pub(crate) use {item, list_file, part, words};
