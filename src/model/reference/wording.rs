//! What stands at an address, as words: what a disposition keeps as `before` and `after`.

use serde_json::Value;

use super::Index;
use crate::diag::Address;
use crate::model::format::is_language_tag;
use crate::model::prose::Prose;

/// Keys that say something of a value, not what it reads.
const SILENT: &[&str] =
    &["id", "basis", "source", "date", "classification", "field-classification", "external-ids", "formerly", "from"];

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
            return Some(Prose::plain(&block.content));
        }
        let (value, _) = self.value(address)?;
        let value = match (address.fields.is_empty(), &value) {
            (true, Value::Object(map)) => TITLES.iter().find_map(|key| map.get(*key)).cloned()?,
            _ => value,
        };
        Some(read(&value, lang, source))
    }
}

fn read(value: &Value, lang: &str, source: &str) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(list) => joined(list.iter().map(|one| read(one, lang, source)), "\n"),
        Value::Object(map) if !map.is_empty() && map.keys().all(|key| is_language_tag(key)) => {
            let found = map.get(lang).or_else(|| map.get(source));
            found.map(|one| read(one, lang, source)).unwrap_or_default()
        }
        Value::Object(map) => {
            let fields = map.iter().filter(|(key, _)| !SILENT.contains(&key.as_str()));
            joined(fields.map(|(_, one)| read(one, lang, source)), ", ")
        }
    }
}

fn joined(parts: impl Iterator<Item = String>, between: &str) -> String {
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}
