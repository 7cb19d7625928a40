//! Fixed words of the document: built-in tables, the plan's own words over them.

use std::collections::BTreeMap;

use super::typography;
use crate::model::format::Text;

const TABLES: &[(&str, &str)] =
    &[("en", include_str!("../../templates/labels/en.yaml")), ("fr", include_str!("../../templates/labels/fr.yaml"))];

/// The words of one language, by key.
#[derive(Clone, Debug, Default)]
pub struct Words {
    map: BTreeMap<String, String>,
}

fn table(lang: &str) -> Option<BTreeMap<String, String>> {
    let primary = lang.split('-').next().unwrap_or(lang);
    let (_, text) = TABLES.iter().find(|(tag, _)| *tag == primary)?;
    serde_yaml::from_str(text).ok()
}

impl Words {
    /// The words in `lang`; the English ones where there is no table of `lang`. Second: true in that case.
    pub fn new(lang: &str, source: &str, own: &BTreeMap<String, Text>) -> (Self, bool) {
        let found = table(lang);
        let missing = found.is_none();
        let mut map = found.or_else(|| table("en")).unwrap_or_default();
        for (key, text) in own {
            if let Some(text) = text.get(lang, source) {
                map.insert(key.clone(), text.to_string());
            }
        }
        if !missing {
            for text in map.values_mut() {
                *text = typography::set(lang, text);
            }
        }
        (Words { map }, missing)
    }

    /// The word of `key`; empty, never the key, if there is none.
    pub fn get(&self, key: &str) -> &str {
        self.map.get(key).map_or("", String::as_str)
    }

    /// The pattern of `key` with its places filled.
    pub fn fill(&self, key: &str, places: &[(&str, &str)]) -> String {
        fill(self.get(key), places)
    }

    pub fn map(&self) -> &BTreeMap<String, String> {
        &self.map
    }
}

/// `pattern` with each `{name}` replaced, in one pass, so that a value cannot bring a place of its own.
pub fn fill(pattern: &str, places: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}') {
            Some((name, tail)) => {
                let value = places.iter().find(|(key, _)| *key == name);
                out.push_str(value.map_or("", |(_, value)| value));
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out + rest
}

/// The name of a language in itself, as it stands in a sentence.
pub fn endonym(lang: &str) -> &str {
    match lang.split('-').next().unwrap_or(lang) {
        "ar" => "العربية",
        "de" => "Deutsch",
        "en" => "English",
        "es" => "español",
        "fr" => "français",
        "he" => "עברית",
        "it" => "italiano",
        "ja" => "日本語",
        "nl" => "Nederlands",
        "pt" => "português",
        "ru" => "русский",
        "zh" => "中文",
        _ => lang,
    }
}

/// The name of a language in English; empty for one that the house does not know.
pub fn english(lang: &str) -> String {
    let primary = lang.split('-').next().unwrap_or(lang);
    table("en").and_then(|mut words| words.remove(&format!("language-{primary}"))).unwrap_or_default()
}

/// The direction in which `lang` is written.
pub fn dir(lang: &str) -> &'static str {
    match lang.split('-').next().unwrap_or(lang) {
        "ar" | "fa" | "he" | "ur" | "ps" | "yi" | "dv" => "rtl",
        _ => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_tables_have_the_same_keys() {
        let en = table("en").unwrap_or_default();
        let fr = table("fr").unwrap_or_default();
        assert!(en.len() > 100);
        assert!(
            en.keys().eq(fr.keys()),
            "{:?}",
            en.keys()
                .filter(|key| !fr.contains_key(*key))
                .chain(fr.keys().filter(|key| !en.contains_key(*key)))
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn no_key_stands_twice() {
        // The last of two would win in silence, and one word would be said in two places.
        for (lang, text) in TABLES {
            let keys = text.lines().filter_map(|line| Some(line.split_once(": ")?.0));
            let mut known = std::collections::BTreeSet::new();
            let twice: Vec<&str> = keys.filter(|key| !key.starts_with('#') && !known.insert(*key)).collect();
            assert!(twice.is_empty(), "{lang}: {twice:?}");
        }
    }

    #[test]
    fn fills_in_one_pass() {
        assert_eq!(fill("{a}-{b}", &[("a", "{b}"), ("b", "x")]), "{b}-x");
    }
}
