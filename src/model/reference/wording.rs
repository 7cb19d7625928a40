//! What stands at an address, as words: what a disposition keeps as `before` and `after`.

use serde_json::Value;

use super::Index;
use crate::diag::Address;
use crate::model::format::is_language_tag;
use crate::model::prose::{Prose, Span};

/// Keys that say something of a value, not what it reads.
const SILENT: &[&str] =
    &["id", "basis", "source", "date", "classification", "field-classification", "external-ids", "formerly", "from"];

/// Keys under which ids stand; they read as what they name.
const NAMING: &[&str] = &[
    "about",
    "co-implementers",
    "group",
    "layer",
    "links",
    "measures",
    "owner",
    "parent",
    "priorities",
    "region",
    "suggestions",
    "supports",
    "to",
    "unit",
];

/// Keys by which an item alone is called.
const TITLES: &[&str] = &["title", "name", "term", "text"];

impl Index<'_> {
    /// The words at `address` in its language, else in that of the plan: a text as it stands, a passage without its
    /// marks, a list with an entry on each line, an item by its title. Nothing where nothing stands.
    pub fn words(&self, address: &Address) -> Option<String> {
        let source = self.source();
        let lang = address.lang.as_deref().unwrap_or(source);
        if let Some(key) = &address.block {
            let body = self.bodies(&address.item).iter().find(|body| body.lang == lang)?;
            let block = body.prose.blocks.iter().find(|block| block.key == *key)?;
            let mut content = block.content.clone();
            content.each_run(&mut |spans| self.name(spans, lang));
            return Some(Prose::plain(&content));
        }
        let (value, _) = self.value(&Address { lang: None, ..address.clone() })?;
        let value = match (address.fields.is_empty(), &value) {
            (true, Value::Object(map)) => TITLES.iter().find_map(|key| map.get(*key)).cloned()?,
            _ => value,
        };
        let key = address.fields.last().map_or("", String::as_str);
        Some(self.read(&value, key, lang))
    }

    /// Gives references and figures without words of their own the words that readers see.
    fn name(&self, spans: &mut [Span], lang: &str) {
        let read = |address: &str| self.words(&Address { lang: Some(lang.to_string()), ..address.parse().ok()? });
        for span in spans {
            match span {
                Span::Reference { id, spans, .. } if spans.is_empty() => spans.extend(read(id).map(Span::Text)),
                Span::Value { address, .. } => {
                    if let Some(words) = read(address) {
                        *span = Span::Text(words);
                    }
                }
                Span::Emphasis(list)
                | Span::Strong(list)
                | Span::Strike(list)
                | Span::Note(list)
                | Span::Link { spans: list, .. }
                | Span::Reference { spans: list, .. } => self.name(list, lang),
                Span::Text(_) | Span::Code(_) | Span::Break => {}
            }
        }
    }

    /// `key` is that under which the value stands.
    fn read(&self, value: &Value, key: &str, lang: &str) -> String {
        match value {
            Value::Null => String::new(),
            Value::String(id) if NAMING.contains(&key) && self.knows(id) => {
                self.words(&Address::item(id.as_str()).lang(lang)).unwrap_or_default()
            }
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            Value::Array(list) => joined(list.iter().map(|one| self.read(one, key, lang)), "\n"),
            Value::Object(map) if !map.is_empty() && map.keys().all(|key| is_language_tag(key)) => {
                let found = map.get(lang).or_else(|| map.get(self.source()));
                found.and_then(Value::as_str).unwrap_or_default().to_string()
            }
            Value::Object(map) => {
                let fields = map.iter().filter(|(key, _)| !SILENT.contains(&key.as_str()));
                joined(fields.map(|(key, one)| self.read(one, key, lang)), ", ")
            }
        }
    }
}

fn joined(parts: impl Iterator<Item = String>, between: &str) -> String {
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}
