//! Walks the outline of a file against its schema: every fault, and the value that is left without them.

use serde_json::{Map, Value};

use super::scalar::{Plain, plain};
use crate::diag::{Code, Diagnostic, Origin, Place, Seg, YamlPath, nearest};
use crate::model::format::is_language_tag;
use crate::model::load::is_id;
use crate::model::reference::decimal;
use crate::model::when;
use crate::source::{Entry, Node, NodeKind};

/// A fault against the schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub code: Code,
    pub path: YamlPath,
    /// True when the key at the end of `path` is at fault, not its value.
    pub at_key: bool,
    pub args: Vec<(&'static str, String)>,
    /// A known name that is near to what stands there.
    pub meant: Option<String>,
    /// What to do about this very fault.
    pub hint: Option<String>,
}

impl Fault {
    /// The fault as a diagnostic; `file` is where the document stands.
    pub fn diagnostic(&self, file: &Origin) -> Diagnostic {
        let origin = Origin { file: file.file, path: self.path.clone() };
        let place = match self.at_key {
            true => Place::Key(origin),
            false => Place::Value(origin),
        };
        let mut diagnostic = Diagnostic::new(self.code, place);
        diagnostic.args = self.args.clone();
        diagnostic.hints.extend(self.hint.clone());
        match &self.meant {
            Some(name) => diagnostic.arg("meant", name).hint(format!("did you mean `{name}`?")),
            None => diagnostic,
        }
    }
}

/// What a walk leaves.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub faults: Vec<Fault>,
    /// The document without what is at fault; nothing if its root cannot be used.
    pub value: Option<Value>,
    /// Paths of list entries that were set aside.
    pub dropped: Vec<YamlPath>,
}

/// Walks `node` against `schema`.
pub fn walk(schema: &Value, node: &Node) -> Outcome {
    let mut walker = Walker { root: schema, path: Vec::new(), outcome: Outcome::default() };
    let value = walker.value(schema, node);
    Outcome { value, ..walker.outcome }
}

struct Walker<'a> {
    root: &'a Value,
    path: YamlPath,
    outcome: Outcome,
}

impl<'a> Walker<'a> {
    fn fault(&mut self, code: Code, args: Vec<(&'static str, String)>) {
        let path = self.path.clone();
        self.outcome.faults.push(Fault { code, path, at_key: false, args, meant: None, hint: None });
    }

    /// Adds what to do about the fault that was told last.
    fn hint(&mut self, hint: impl Into<String>) {
        if let Some(fault) = self.outcome.faults.last_mut() {
            fault.hint = Some(hint.into());
        }
    }

    /// The alternatives that a schema stands for: references followed, `anyOf` opened.
    fn alternatives(&self, schema: &'a Value, depth: usize, out: &mut Vec<&'a Value>) {
        if depth > 8 {
            return;
        }
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            let target = name.strip_prefix("#/$defs/").and_then(|name| self.root.get("$defs")?.get(name));
            if let Some(target) = target {
                self.alternatives(target, depth + 1, out);
            }
            return;
        }
        match schema.get("anyOf").and_then(Value::as_array) {
            Some(list) => list.iter().for_each(|inner| self.alternatives(inner, depth + 1, out)),
            None => out.push(schema),
        }
    }

    fn value(&mut self, schema: &'a Value, node: &Node) -> Option<Value> {
        let mut alternatives = Vec::new();
        self.alternatives(schema, 0, &mut alternatives);
        match &node.kind {
            NodeKind::Map(entries) => match find(&alternatives, "object") {
                Some(schema) => self.map(schema, entries),
                None => self.wrong(&alternatives, "a map of keys"),
            },
            NodeKind::List(items) => match find(&alternatives, "array") {
                Some(schema) => self.list(schema, items),
                None => self.wrong(&alternatives, "a list"),
            },
            NodeKind::Scalar { text, plain } => self.scalar(&alternatives, text, *plain),
        }
    }

    fn wrong(&mut self, alternatives: &[&Value], found: &str) -> Option<Value> {
        let args = vec![("expected", self.expected(alternatives)), ("found", found.to_string())];
        self.fault(Code::WrongType, args);
        None
    }

    fn list(&mut self, schema: &'a Value, items: &[Node]) -> Option<Value> {
        let mut out = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            self.path.push(Seg::Index(index));
            let value = match schema.get("items") {
                Some(schema) => self.value(schema, item),
                None => Some(Value::Null),
            };
            match value {
                Some(value) => out.push(value),
                None => self.outcome.dropped.push(self.path.clone()),
            }
            self.path.pop();
        }
        Some(Value::Array(out))
    }

    fn map(&mut self, schema: &'a Value, entries: &[Entry]) -> Option<Value> {
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .map(|list| list.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let mut out = Map::new();
        let mut usable = true;
        let mut meant: Vec<String> = Vec::new();
        for entry in entries {
            if out.contains_key(&entry.key) {
                continue; // told as `duplicate-key`; the first one stands
            }
            if entry.key == "<<" {
                continue; // told as `yaml-anchor`
            }
            self.path.push(Seg::Key(entry.key.as_str().into()));
            match property(schema, &entry.key) {
                Property::Known(inner) => match self.value(inner, &entry.value) {
                    Some(value) => {
                        out.insert(entry.key.clone(), value);
                    }
                    None => usable &= !required.contains(&entry.key.as_str()),
                },
                Property::Free => {}
                Property::Unknown => meant.extend(self.unknown(schema, &entry.key)),
            }
            self.path.pop();
        }
        for key in required.iter().filter(|key| !entries.iter().any(|entry| entry.key == **key)) {
            usable = false;
            if meant.iter().any(|it| it == key) {
                continue; // told as `unknown-key`
            }
            let args = vec![("key", key.to_string()), ("place", self.place())];
            self.fault(Code::MissingKey, args);
            if let Some(text) = description(schema, key) {
                self.hint(format!("`{key}:` says: {text}"));
            }
        }
        let least = schema.get("minProperties").and_then(Value::as_u64);
        if least.is_some_and(|least| (out.len() as u64) < least) {
            if entries.is_empty() {
                self.wrong(&[schema], "an empty map");
            }
            usable = false;
        }
        usable.then_some(Value::Object(out))
    }

    /// Tells an unknown key; gives back the one that may be meant.
    fn unknown(&mut self, schema: &Value, key: &str) -> Option<String> {
        let known: Vec<&str> = schema
            .get("properties")
            .and_then(Value::as_object)
            .map(|map| map.keys().map(String::as_str).collect())
            .unwrap_or_default();
        let text = match (known.is_empty(), schema.get("patternProperties")) {
            (true, Some(_)) => {
                "a language tag such as `en`, `fr`, `pt-BR`; a text with a comma or a colon needs quotes inside `{ }`"
                    .to_string()
            }
            _ => words(known.iter().copied()),
        };
        let last = self.path.pop();
        let place = self.place();
        self.path.extend(last);
        let meant = nearest(key, known.iter().copied()).map(str::to_string);
        self.outcome.faults.push(Fault {
            code: Code::UnknownKey,
            path: self.path.clone(),
            at_key: true,
            args: vec![("key", key.to_string()), ("place", place), ("known", text)],
            meant: meant.clone(),
            hint: None,
        });
        meant
    }

    /// Where the walk stands, in words: `this file`, `` `baseline` ``, `` an entry of `links` ``.
    fn place(&self) -> String {
        match self.path.as_slice() {
            [] => "this file".to_string(),
            [.., Seg::Key(key)] => format!("`{key}`"),
            [.., Seg::Key(key), Seg::Index(_)] => format!("this entry of `{key}`"),
            _ => "this entry".to_string(),
        }
    }

    fn scalar(&mut self, alternatives: &[&'a Value], text: &str, bare: bool) -> Option<Value> {
        let has = |name: &str| find(alternatives, name).is_some();
        let typed = match bare {
            true => plain(text),
            false => Plain::Text,
        };
        match typed {
            Plain::Null if has("null") => Some(Value::Null),
            Plain::Bool(value) if has("boolean") => Some(value.into()),
            Plain::Number(number) if !number.is_f64() && has("integer") => self.integer(alternatives, text, number),
            Plain::Number(number) if has("number") => Some(Value::Number(number)),
            Plain::Text => self.text(alternatives, text),
            Plain::Null => {
                let none = self.wrong(alternatives, "nothing");
                self.hint("nothing stands behind the colon: write it there, or delete the line");
                none
            }
            other => {
                let found = match other {
                    Plain::Bool(_) => "a yes-or-no value",
                    _ => "a number",
                };
                if has("string") && allowed(alternatives).is_empty() {
                    return Some(self.unquoted(alternatives, text, found));
                }
                match allowed(alternatives).is_empty() {
                    true => {
                        let none = self.wrong(alternatives, found);
                        self.bracket(alternatives, text);
                        none
                    }
                    false => self.text(alternatives, text),
                }
            }
        }
    }

    /// Shows how one value is written where a list, or a map of keys, is expected.
    fn bracket(&mut self, alternatives: &[&'a Value], text: &str) {
        let only =
            |name: &str| alternatives.iter().find(|it| is(it, name)).filter(|_| find(alternatives, "string").is_none());
        let list = only("array").map(|schema| match self.entries(schema) {
            Some(key) => format!("each entry stands on a line of its own, with a hyphen: `- {key}: {text}`"),
            None => format!("also a single one stands in brackets: `[{text}]`; several are parted by commas"),
        });
        let map =
            || only("object").filter(|schema| schema.get("patternProperties").is_none()).and_then(|it| example(it));
        let map = || map().map(|key| format!("with its key and in braces: `{{{key}: {text}}}`"));
        let short = text.chars().count() <= 40 && !text.contains([':', '{', '[', '\n']);
        if let Some(hint) = list.or_else(map).filter(|_| short) {
            self.hint(hint);
        }
    }

    /// Tells a value that is read as something else than text: that it wants quotes, or, where it could not stand in
    /// quotes either, what is wrong with it.
    fn unquoted(&mut self, alternatives: &[&Value], text: &str, found: &str) -> Value {
        let format = find(alternatives, "string").and_then(|schema| schema.get("format")).and_then(Value::as_str);
        let value = text.to_string();
        match format {
            Some("id") if !is_id(text) => self.fault(Code::BadId, vec![("id", value)]),
            Some("plan-date") if when::parse(text).is_none() => self.fault(Code::BadDate, vec![("date", value)]),
            Some("decimal") if decimal(text).is_none() => self.fault(Code::BadDecimal, vec![("value", value)]),
            _ => self.fault(Code::UnquotedValue, vec![("value", value), ("found", found.to_string())]),
        }
        Value::String(text.to_string())
    }

    fn integer(&mut self, alternatives: &[&Value], text: &str, number: serde_json::Number) -> Option<Value> {
        let schema = find(alternatives, "integer")?;
        let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
        let value = number.as_f64().unwrap_or(f64::MAX);
        let most = match schema.get("format").and_then(Value::as_str) {
            Some("uint32") => Some(f64::from(u32::MAX)),
            _ => None,
        };
        if find(alternatives, "string").is_some() && text != number.to_string() {
            return Some(self.unquoted(alternatives, text, "a number written in another way"));
        }
        let least = limit("minimum");
        let most = limit("maximum").or(most);
        if least.is_none_or(|least| value >= least) && most.is_none_or(|most| value <= most) {
            return Some(Value::Number(number));
        }
        if find(alternatives, "string").is_some() {
            return Some(self.unquoted(alternatives, text, "a negative number"));
        }
        if matches!(self.path.as_slice(), [Seg::Key(key)] if **key == *"format") {
            self.fault(Code::UnknownFormat, vec![("found", text.to_string())]);
            return Some(Value::Number(number)); // so that the rest is looked at
        }
        let expected = match (least, most) {
            (Some(a), Some(b)) => format!("a number from {a} to {b}"),
            _ => "a smaller number".to_string(),
        };
        let args = vec![("expected", expected), ("found", format!("the number {text}"))];
        self.fault(Code::WrongType, args);
        None
    }

    fn text(&mut self, alternatives: &[&'a Value], text: &str) -> Option<Value> {
        let known = allowed(alternatives);
        if known.is_empty() {
            if find(alternatives, "string").is_some() {
                return Some(Value::String(text.to_string()));
            }
            let none = self.wrong(alternatives, "text");
            self.bracket(alternatives, text);
            return none;
        }
        if known.contains(&text) {
            return Some(Value::String(text.to_string()));
        }
        let key = self.path.iter().rev().find_map(|seg| match seg {
            Seg::Key(key) => Some(format!("`{key}`")),
            Seg::Index(_) => None,
        });
        self.outcome.faults.push(Fault {
            code: Code::UnknownWord,
            path: self.path.clone(),
            at_key: false,
            args: vec![
                ("word", text.to_string()),
                ("place", key.unwrap_or_else(|| "this place".to_string())),
                ("known", words(known.iter().copied())),
            ],
            meant: nearest(text, known.iter().copied()).map(str::to_string),
            hint: None,
        });
        None
    }
}

enum Property<'a> {
    Known(&'a Value),
    /// Nothing is said about it; it is passed over.
    Free,
    Unknown,
}

fn property<'a>(schema: &'a Value, key: &str) -> Property<'a> {
    if let Some(inner) = schema.get("properties").and_then(|map| map.get(key)) {
        return Property::Known(inner);
    }
    // The only pattern of the format is the language tag.
    let pattern = schema.get("patternProperties").and_then(Value::as_object);
    if let Some(inner) = pattern.and_then(|map| map.values().next())
        && is_language_tag(key)
    {
        return Property::Known(inner);
    }
    match schema.get("additionalProperties") {
        Some(Value::Bool(false)) => Property::Unknown,
        Some(inner @ Value::Object(_)) => Property::Known(inner),
        _ => Property::Free,
    }
}

/// True when `schema` allows the type `name`.
fn is(schema: &Value, name: &str) -> bool {
    match schema.get("type") {
        Some(Value::String(one)) => one == name,
        Some(Value::Array(list)) => list.iter().any(|one| one == name),
        _ => name == "string" && (schema.get("oneOf").is_some() || schema.get("enum").is_some()),
    }
}

fn find<'a>(alternatives: &[&'a Value], name: &str) -> Option<&'a Value> {
    alternatives.iter().copied().find(|schema| is(schema, name))
}

/// The words of a closed list; empty for free text.
fn allowed<'a>(alternatives: &[&'a Value]) -> Vec<&'a str> {
    let mut out = Vec::new();
    for schema in alternatives {
        let list = |key: &str| schema.get(key).and_then(Value::as_array).into_iter().flatten();
        out.extend(list("enum").filter_map(Value::as_str));
        out.extend(schema.get("const").and_then(Value::as_str));
        for one in list("oneOf") {
            out.extend(one.get("const").and_then(Value::as_str));
            let inner = one.get("enum").and_then(Value::as_array);
            out.extend(inner.into_iter().flatten().filter_map(Value::as_str));
        }
    }
    out
}

impl<'a> Walker<'a> {
    /// What a place takes, in plain words.
    fn expected(&self, alternatives: &[&'a Value]) -> String {
        let text = find(alternatives, "string").map(|schema| match schema.get("format").and_then(Value::as_str) {
            Some("id") => "an id".to_string(),
            Some("plan-date") => "a date".to_string(),
            Some("decimal") => "a decimal number".to_string(),
            _ => "text".to_string(),
        });
        // A date or a decimal number may be a whole number; that says nothing more.
        let bare = text.as_deref().is_none_or(|text| text == "text");
        let number = find(alternatives, "integer").filter(|_| bare).map(|_| "a whole number".to_string());
        let truth = find(alternatives, "boolean").map(|_| "`true` or `false`".to_string());
        let list = find(alternatives, "array").map(|schema| match self.entries(schema) {
            Some(key) => format!("a list of entries such as `- {key}: ...`"),
            None => "a list".to_string(),
        });
        let map = find(alternatives, "object").map(|schema| match (schema.get("patternProperties"), example(schema)) {
            (Some(_), _) => "a text by language".to_string(),
            (None, Some(key)) => format!("a map of keys such as `{key}:`"),
            (None, None) => "a map of keys".to_string(),
        });
        let all: Vec<String> = [text, number, truth, list, map].into_iter().flatten().collect();
        match all.is_empty() {
            true => "something else".to_string(),
            false => all.join(" or "),
        }
    }

    /// A key of the entries of a list, where they are maps and nothing else.
    fn entries(&self, list: &'a Value) -> Option<&'a str> {
        let mut inner = Vec::new();
        self.alternatives(list.get("items")?, 0, &mut inner);
        match find(&inner, "string") {
            Some(_) => None,
            None => example(find(&inner, "object")?),
        }
    }
}

/// What the schema says of a key: the first line of it.
fn description<'s>(schema: &'s Value, key: &str) -> Option<&'s str> {
    let text = schema.get("properties")?.get(key)?.get("description")?.as_str()?;
    text.split(['\n']).next().filter(|line| line.ends_with('.')).map(|line| line.trim_end_matches('.'))
}

/// A key that a map of this schema holds: the first that it needs, else the first that it may have.
fn example(schema: &Value) -> Option<&str> {
    let needed = schema.get("required").and_then(Value::as_array).and_then(|list| list.first()?.as_str());
    let first = || schema.get("properties").and_then(Value::as_object).and_then(|map| map.keys().next());
    needed.or_else(|| first().map(String::as_str))
}

fn words<'a>(list: impl Iterator<Item = &'a str>) -> String {
    list.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
