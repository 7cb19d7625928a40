//! Single values: text, localized text, ids, dates, decimal numbers.
//!
//! A text is text in YAML: `yes`, `5.90` and `null` without quotes are refused where a text is expected, so that
//! nothing is read as something else than what stands on the screen.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

macro_rules! string_type {
    ($(#[$meta:meta])* $name:ident $label:literal $integers:literal { $($schema:tt)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub String);

        impl $name {
            /// The text as written.
            pub fn as_str(&self) -> &str { &self.0 }
        }

        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str { &self.0 }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self { $name(text.to_string()) }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Read;
                impl Visitor<'_> for Read {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str($label) }
                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> { Ok($name(text.to_string())) }
                    fn visit_string<E: de::Error>(self, text: String) -> Result<$name, E> { Ok($name(text)) }
                    fn visit_u64<E: de::Error>(self, number: u64) -> Result<$name, E> {
                        if $integers { Ok($name(number.to_string())) }
                        else { Err(E::invalid_type(de::Unexpected::Unsigned(number), &self)) }
                    }
                }
                deserializer.deserialize_any(Read)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut SchemaGenerator) -> Schema { json_schema!({ $($schema)* }) }
        }
    };
}

string_type! {
    /// A text that is not translated.
    Str "text" false { "type": "string" }
}
string_type! {
    /// The name of an item: `[a-z][a-z0-9-]{0,62}`.
    Id "an id" false { "type": "string", "format": "id" }
}
string_type! {
    /// A date as known: a day, a month, a year, `early 2019`, a financial year `2019/2020`, an interval `A/B`,
    /// an open end `2019-07-01/..`, `annual` or `continuous`. See `model::when`.
    When "a date" true { "type": ["string", "integer"], "minimum": 0, "format": "plan-date" }
}
string_type! {
    /// A decimal number as text, so that `5.90` stays `5.90`. Whole numbers may stand without quotes.
    DecimalText "a decimal number" true { "type": ["string", "integer"], "minimum": 0, "format": "decimal" }
}

/// One id, or a list of ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids {
    pub list: Vec<Id>,
    /// True when the file holds a list; places need to know.
    pub is_list: bool,
}

impl Ids {
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Id> {
        self.list.iter()
    }
}

impl Serialize for Ids {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.is_list, self.list.as_slice()) {
            (false, [one]) => one.serialize(serializer),
            _ => self.list.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Ids {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Ids;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id or a list of ids")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Ids, E> {
                Ok(Ids { list: vec![Id(text.to_string())], is_list: false })
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Ids, A::Error> {
                let mut list = Vec::new();
                while let Some(id) = seq.next_element::<Id>()? {
                    list.push(id);
                }
                Ok(Ids { list, is_list: true })
            }
        }
        deserializer.deserialize_any(Read)
    }
}

impl JsonSchema for Ids {
    fn schema_name() -> Cow<'static, str> {
        "Ids".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [
            { "type": "string", "format": "id" },
            { "type": "array", "items": { "type": "string", "format": "id" } }
        ] })
    }
}

/// A text in one language, with the fingerprint of the source that it was translated from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    pub text: String,
    /// `f1:...` of the source text; see `model::fingerprint`.
    pub from: Option<String>,
}

/// A text that readers see: a string in the source language, or a map from language to text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Language tag (empty for a plain string: the source language) and wording, in file order.
    pub wordings: Vec<(String, Wording)>,
}

impl Text {
    /// A text in the source language.
    pub fn plain(text: impl Into<String>) -> Self {
        Text { wordings: vec![(String::new(), Wording { text: text.into(), from: None })] }
    }

    /// The wording in `lang`; `source` is the source language of the plan.
    pub fn wording(&self, lang: &str, source: &str) -> Option<&Wording> {
        self.wordings
            .iter()
            .find(|(tag, _)| tag == lang || (tag.is_empty() && lang == source))
            .map(|(_, wording)| wording)
    }

    /// The text in `lang`, if it is there and not empty.
    pub fn get(&self, lang: &str, source: &str) -> Option<&str> {
        self.wording(lang, source).map(|wording| wording.text.as_str()).filter(|text| !text.trim().is_empty())
    }

    /// True when it was written as a plain string.
    pub fn is_plain(&self) -> bool {
        self.wordings.iter().any(|(tag, _)| tag.is_empty())
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let [(tag, wording)] = self.wordings.as_slice()
            && tag.is_empty()
        {
            return serializer.serialize_str(&wording.text);
        }
        let mut map = serializer.serialize_map(Some(self.wordings.len()))?;
        for (tag, wording) in &self.wordings {
            map.serialize_entry(tag, &wording.text)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Wording {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Wording;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text, or `text:` with `from:`")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Wording, E> {
                Ok(Wording { text: text.to_string(), from: None })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Wording, A::Error> {
                #[derive(Deserialize)]
                #[serde(deny_unknown_fields)]
                struct Full {
                    text: Str,
                    from: Option<Str>,
                }
                let full = Full::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Wording { text: full.text.0, from: full.from.map(|from| from.0) })
            }
        }
        deserializer.deserialize_any(Read)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text, or a text by language")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text::plain(text))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let mut wordings: Vec<(String, Wording)> = Vec::new();
                while let Some(tag) = map.next_key::<String>()? {
                    if !is_language_tag(&tag) {
                        return Err(de::Error::custom(format!("`{tag}` is not a language tag")));
                    }
                    if wordings.iter().any(|(known, _)| *known == tag) {
                        return Err(de::Error::custom(format!("duplicate entry with key \"{tag}\"")));
                    }
                    wordings.push((tag, map.next_value()?));
                }
                if wordings.is_empty() {
                    return Err(de::Error::invalid_length(0, &self));
                }
                Ok(Text { wordings })
            }
        }
        deserializer.deserialize_any(Read)
    }
}

/// The shape of a language tag that a plan may use: BCP 47 in its usual case, so that no language has two spellings.
pub const LANGUAGE_TAG: &str = "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$";

/// True when `tag` matches [`LANGUAGE_TAG`].
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let all = |text: &str, test: fn(&char) -> bool| text.chars().all(|c| test(&c));
    let first = parts.next().unwrap_or("");
    let script = |s: &str| {
        s.len() == 4 && s.starts_with(|c: char| c.is_ascii_uppercase()) && all(&s[1..], char::is_ascii_lowercase)
    };
    let region = |s: &str| s.len() == 2 && all(s, char::is_ascii_uppercase);
    let head = (2..=3).contains(&first.len()) && all(first, char::is_ascii_lowercase);
    head && match (parts.next(), parts.next(), parts.next()) {
        (None, _, _) => true,
        (Some(one), None, _) => script(one) || region(one),
        (Some(one), Some(two), None) => script(one) && region(two),
        _ => false,
    }
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [
                { "type": "string" },
                {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": false,
                    "patternProperties": {
                        LANGUAGE_TAG: {
                            "anyOf": [
                                { "type": "string" },
                                {
                                    "type": "object",
                                    "additionalProperties": false,
                                    "required": ["text"],
                                    "properties": {
                                        "text": { "type": "string", "description": "The text in this language." },
                                        "from": {
                                            "type": ["string", "null"],
                                            "description": "Fingerprint of the source text that this translates."
                                        }
                                    }
                                }
                            ]
                        }
                    }
                }
            ]
        })
    }
}
