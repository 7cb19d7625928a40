//! Every text field that the schemas know has exactly one address, and `set` writes to it and to nothing else.

use std::collections::{BTreeMap, BTreeSet};

use planwright::diag::{Address, Diagnostics};
use planwright::edit::{self, Languages, Mode, Target};
use planwright::model::reference::{Leaf, Resolved, resolve, visit};
use planwright::model::schema::{KINDS, schema};
use planwright::model::{Plan, load};
use planwright::source::{FileKind, Sources};
use serde_json::{Map, Value, json};

/// Makes a value of every shape that a schema knows, with each key that it knows, and counts the texts.
struct Maker<'s> {
    root: &'s Value,
    count: usize,
    texts: usize,
}

impl Maker<'_> {
    fn value(&mut self, schema: &Value) -> Value {
        if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|it| it.strip_prefix("#/$defs/")) {
            self.count += 1;
            return match name {
                "Text" => {
                    self.texts += 1;
                    json!(format!("Text {}", self.count))
                }
                "TranslatedTitle" => json!(format!("Title {}", self.count)),
                "Id" => json!(format!("i{}x", self.count)),
                "Ids" => json!([format!("i{}x", self.count)]),
                "When" => json!(format!("{}", 2000 + self.count % 900)),
                "DecimalText" => json!(format!("{}.5", self.count)),
                "Str" => json!(format!("word{}", self.count)),
                _ => self.value(&self.root["$defs"][name].clone()),
            };
        }
        if let Some(list) = schema.get("anyOf").or(schema.get("oneOf")).and_then(Value::as_array) {
            let first = list.iter().find(|one| one["type"] != "null").unwrap();
            return first.get("const").cloned().unwrap_or_else(|| self.value(first));
        }
        if let Some(words) = schema.get("enum").and_then(Value::as_array) {
            return words[0].clone();
        }
        let kind = match &schema["type"] {
            Value::Array(list) => list[0].as_str().unwrap(),
            one => one.as_str().unwrap_or_else(|| panic!("{schema}")),
        };
        match kind {
            "object" => self.object(schema),
            "array" => json!([self.value(&schema["items"]), self.value(&schema["items"])]),
            "integer" => json!(1),
            "boolean" => json!(false),
            "string" => {
                self.count += 1;
                json!(format!("word{}", self.count))
            }
            other => panic!("{other} in {schema}"),
        }
    }

    fn object(&mut self, schema: &Value) -> Value {
        let mut out = Map::new();
        for (key, inner) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            out.insert(key.clone(), self.value(inner));
        }
        if let Some(inner @ Value::Object(_)) = schema.get("additionalProperties") {
            out.insert("key".to_string(), self.value(inner));
        }
        Value::Object(out)
    }
}

fn path_of(name: &str) -> String {
    match name {
        "statement" => "plan/statements/one.md".into(),
        "element" => "plan/elements/one.md".into(),
        "section" => "plan/sections/one.md".into(),
        "events" | "cycles" | "clusters" | "reasons" => format!("plan/consultation/{name}.yaml"),
        "survey" => "plan/surveys/one.yaml".into(),
        "suggestions" => "plan/consultation/suggestions/one.yaml".into(),
        other => format!("plan/{other}.yaml"),
    }
}

/// A plan in which every key of every kind of file has a value, and how many of these are texts.
fn everything() -> (Vec<(String, Vec<u8>)>, usize) {
    let (mut files, mut texts, mut count) = (Vec::new(), 0, 0);
    for (name, kind) in KINDS.iter().filter(|(_, kind)| *kind != FileKind::Translation) {
        let root = schema(*kind).unwrap();
        let mut maker = Maker { root: &root, count, texts: 0 };
        let mut value = maker.object(&root);
        (texts, count) = (texts + maker.texts, maker.count);
        if *kind == FileKind::Plan {
            value["format"] = json!(1);
            value["languages"] = json!({ "source": "en", "official": ["en", "fr"] });
            value["severity"] = json!({});
            value["editions"].as_array_mut().unwrap().iter_mut().for_each(|it| it["severity"] = json!({}));
        }
        let yaml = serde_yaml::to_string(&value).unwrap();
        let text = match path_of(name).ends_with(".md") {
            true => format!("---\n{yaml}---\n\nWords. {{#words}}\n"),
            false => yaml,
        };
        files.push((path_of(name), text.into_bytes()));
    }
    (files, texts)
}

fn read(files: &[(String, Vec<u8>)]) -> (Sources, Plan) {
    let sources = Sources::from_files(files.iter().cloned());
    let mut diags = Diagnostics::default();
    let plan = load::load(&sources, &mut diags).expect("the plan is read");
    let told: Vec<_> = diags.iter().map(|it| format!("{it:?}")).collect();
    assert!(told.is_empty(), "{told:#?}");
    (sources, plan)
}

/// Every text of a plan by its address, with all its wordings.
fn texts(plan: &Plan) -> BTreeMap<Address, Vec<(String, String, Option<String>)>> {
    let mut out = BTreeMap::new();
    visit(plan, &mut |at, leaf| {
        if let Leaf::Text(text) = leaf {
            let wordings = text.wordings.iter().map(|(tag, it)| (tag.clone(), it.text.clone(), it.from.clone()));
            let before = out.insert(at.address().expect("a text has an address"), wordings.collect());
            assert!(before.is_none(), "two texts have the address {}", at.address().unwrap());
        }
    });
    out
}

#[test]
fn every_text_field_has_exactly_one_address() {
    let (files, count) = everything();
    let (sources, plan) = read(&files);
    assert_eq!(texts(&plan).len(), count);
    let mut places = BTreeSet::new();
    visit(&plan, &mut |at, leaf| {
        if !matches!(leaf, Leaf::Text(_)) {
            return;
        }
        let address = at.address().unwrap();
        assert_eq!(address.to_string().parse::<Address>().as_ref(), Ok(&address));
        match resolve(&plan, &sources, &address) {
            Some(Resolved::Value { file, path }) => {
                assert_eq!((file, &path), (at.origin().file, &at.origin().path), "{address}");
                assert!(places.insert((file, path)), "{address}");
            }
            other => panic!("{address}: {other:?}"),
        }
    });
}

#[test]
fn set_writes_to_every_text_field_and_to_nothing_else() {
    let (files, _) = everything();
    let (sources, plan) = read(&files);
    let before = texts(&plan);
    for (address, old) in &before {
        for lang in [None, Some("fr")] {
            let address = Address { lang: lang.map(str::to_string), ..address.clone() };
            let target = match resolve(&plan, &sources, &address).unwrap() {
                Resolved::Value { file, path } => Target::Value { file, path },
                Resolved::Wording { file, path, lang, source, from } => {
                    Target::Wording { file, path, languages: lang.map(|lang| Languages { source, lang }), from }
                }
                Resolved::Block { .. } => panic!("{address}"),
            };
            let edit = edit::set(&sources, &target, "New: words", Mode::Replace)
                .unwrap_or_else(|error| panic!("{address}: {error}"));
            let path = sources.get(edit.file).path.clone();
            let mut files = files.clone();
            files.iter_mut().find(|(name, _)| *name == path).unwrap().1 = edit.bytes;
            let (_, plan) = read(&files);
            let mut wanted = before.clone();
            let text = wanted.get_mut(&Address { lang: None, ..address.clone() }).unwrap();
            match lang {
                None => text[0].1 = "New: words".to_string(),
                Some(lang) => {
                    text[0].0 = "en".to_string();
                    let from = planwright::model::fingerprint::of(&old[0].1);
                    text.push((lang.to_string(), "New: words".to_string(), Some(from)));
                }
            }
            assert_eq!(texts(&plan), wanted, "{address}");
        }
    }
}
