//! Addresses: whether one leads to a value, and to which bytes.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value;

use super::visit::PREDECESSOR;
use crate::diag::{Address, FileId, Seg, YamlPath};
use crate::model::format::{Basis, Common, MapBox, is_language_tag};
use crate::model::{Body, Item, ItemKind, Plan, fingerprint};
use crate::source::{Node, NodeKind, Sources, outline, split_front};

/// The keys that name an entry of a list, the first that it has.
const NAMES: [&str; 11] =
    ["id", "to", "year", "address", "name", "of", "element", "value", "by", "audience", "verdict"];

/// All bodies of the plan, in the order of the files.
pub fn bodies(plan: &Plan) -> impl Iterator<Item = &Body> {
    let statements = plan.statements.iter().flat_map(|item| &item.bodies);
    let elements = plan.elements.iter().flat_map(|item| &item.bodies);
    let sections = plan.sections.iter().flat_map(|item| &item.bodies);
    statements.chain(elements).chain(sections)
}

/// An item whose fields can be asked for.
trait Fields {
    fn json(&self) -> Option<Value>;
}

impl<T: serde::Serialize> Fields for T {
    fn json(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }
}

/// What an address can lead to, by the id of its item.
pub struct Index<'a> {
    plan: &'a Plan,
    items: BTreeMap<&'a str, Indexed<'a>>,
}

struct Indexed<'a> {
    fields: &'a dyn Fields,
    basis: Option<Basis>,
    bodies: &'a [Body],
}

impl<'a> Index<'a> {
    /// Looks up every item of `plan` once.
    pub fn new(plan: &'a Plan) -> Self {
        let mut index = Index { plan, items: BTreeMap::new() };
        index.list(&plan.layers);
        index.list(&plan.statements);
        index.list(&plan.elements);
        index.list(&plan.sections);
        index.list(&plan.priorities);
        index.list(&plan.activities);
        index.list(&plan.indicators);
        index.list(&plan.regions);
        index.list(&plan.members);
        index.list(&plan.bodies);
        index.list(&plan.meetings);
        index.list(&plan.decisions);
        index.list(&plan.units);
        index.list(&plan.sources);
        index.list(&plan.terms);
        index.list(&plan.events);
        index.list(&plan.cycles);
        index.list(&plan.evidence);
        index.list(&plan.clusters);
        index.list(&plan.reasons);
        index.list(&plan.allocations);
        index.list(&plan.cost_keys);
        index.list(&plan.scan_editions);
        index.list(&plan.factors);
        index.list(&plan.surveys);
        index.list(&plan.map);
        for map in &plan.map {
            for one in &map.data.versions {
                let own = one.basis.or(basis(map));
                index.part(&one.id, one, own);
                index.boxes(&one.boxes, own);
            }
            for one in &map.data.overlays {
                let own = one.basis.or(basis(map));
                index.part(&one.id, one, own);
                index.boxes(&one.boxes, own);
            }
        }
        for group in &plan.suggestions {
            index.list(&group.suggestions);
            for item in &group.suggestions {
                item.data.points.iter().for_each(|one| index.part(&one.id, one, one.basis.or(basis(item))));
            }
        }
        for layer in &plan.layers {
            layer.data.groups.iter().for_each(|one| index.part(&one.id, one, one.basis.or(basis(layer))));
        }
        for item in &plan.statements {
            item.data.proposals.iter().for_each(|one| index.part(&one.id, one, one.basis.or(basis(item))));
        }
        if let Some(before) = &plan.predecessor {
            index.list(&before.elements);
            before.mapping.iter().for_each(|one| index.part(&one.id, one, one.basis.or(before.file_basis)));
            before.comparisons.iter().for_each(|one| index.part(&one.id, one, before.file_basis));
        }
        index
    }

    fn list<T: Common + serde::Serialize>(&mut self, items: &'a [Item<T>]) {
        for item in items {
            let found = Indexed { fields: &item.data, basis: basis(item), bodies: &item.bodies };
            self.items.entry(item.data.id()).or_insert(found);
        }
    }

    fn part<T: serde::Serialize>(&mut self, id: &'a str, part: &'a T, basis: Option<Basis>) {
        self.items.insert(id, Indexed { fields: part, basis, bodies: &[] });
    }

    fn boxes(&mut self, boxes: &'a [MapBox], basis: Option<Basis>) {
        for one in boxes {
            if let Some(id) = &one.id {
                self.part(id, one, one.basis.or(basis));
            }
        }
    }

    fn item(&self, id: &str) -> Option<(Value, Option<Basis>)> {
        match (id, &self.plan.predecessor) {
            ("plan", _) => Some((self.plan.plan.json()?, None)),
            (PREDECESSOR, Some(before)) => {
                let value = serde_json::json!({ "title": before.title, "period": before.period });
                Some((value, before.file_basis))
            }
            _ => self.items.get(id).and_then(|item| Some((item.fields.json()?, item.basis))),
        }
    }

    /// The language in which the plan is written.
    pub(super) fn source(&self) -> &str {
        &self.plan.plan.languages.source
    }

    /// True for the id of an item.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.items.contains_key(id)
    }

    pub(super) fn bodies(&self, id: &str) -> &'a [Body] {
        self.items.get(id).map_or(&[], |item| item.bodies)
    }

    /// The value at the fields of `address`, as JSON, and the basis of its item. A field that is not given has none.
    pub fn value(&self, address: &Address) -> Option<(Value, Option<Basis>)> {
        let (mut value, basis) = self.item(&address.item)?;
        for field in &address.fields {
            value = self.step(value, field)?;
        }
        (!value.is_null()).then_some((value, basis))
    }

    fn step(&self, value: Value, field: &str) -> Option<Value> {
        match value {
            Value::Object(mut map) => map.remove(field),
            // A part that is an item itself has its own address.
            Value::Array(list) => list.into_iter().find(|one| {
                let id = one.get("id").and_then(Value::as_str);
                name(one) == Some(field) && id.is_none_or(|id| !self.items.contains_key(id))
            }),
            _ => None,
        }
    }

    /// True when there is something at `address`.
    pub fn has(&self, address: &Address) -> bool {
        let known = |id: &str| id == "plan" || self.items.contains_key(id) || id == PREDECESSOR;
        match (&address.block, address.fields.as_slice()) {
            (Some(key), []) => {
                let bodies = self.items.get(address.item.as_str()).map_or(&[][..], |item| item.bodies);
                let in_lang = |body: &&Body| address.lang.as_ref().is_none_or(|lang| *lang == body.lang);
                bodies.iter().filter(in_lang).any(|body| body.prose.blocks.iter().any(|block| block.key == *key))
            }
            (Some(_), _) => false,
            (None, []) => known(&address.item),
            (None, _) => self.value(address).is_some_and(|(value, _)| match (&address.lang, value) {
                (Some(lang), Value::Object(map)) => map.contains_key(lang),
                (Some(lang), _) => *lang == *self.plan.plan.languages.source,
                (None, _) => true,
            }),
        }
    }
}

fn basis<T: Common>(item: &Item<T>) -> Option<Basis> {
    item.data.basis().or(item.file_basis)
}

/// The name of an entry of a list.
fn name(entry: &Value) -> Option<&str> {
    match entry {
        Value::String(text) => Some(text),
        entry => NAMES.iter().find_map(|key| entry.get(*key)).and_then(Value::as_str),
    }
}

/// Where the value of an address stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved {
    /// A value of a YAML file, or of front matter. The path may end in keys that are not there yet.
    Value { file: FileId, path: YamlPath },
    /// A wording of the text at `path`: under `lang`, or, in a file of translations, the text itself. `source` is the
    /// language of the plan, `from` the fingerprint of the text that is translated.
    Wording { file: FileId, path: YamlPath, lang: Option<String>, source: String, from: String },
    /// A block of a body: bytes of the text of the file, marker included; `from` for one of a translation.
    Block { file: FileId, range: Range<usize>, from: Option<String> },
}

/// The fingerprint of a whole body, for the `from` of its translations.
pub fn body_fingerprint(body: &Body) -> String {
    use crate::model::prose::Prose;
    let texts: Vec<String> = body.prose.blocks.iter().map(|block| Prose::plain(&block.content)).collect();
    fingerprint::of(&texts.join("\n"))
}

/// Finds the value or block of `address`.
pub fn resolve(plan: &Plan, sources: &Sources, address: &Address) -> Option<Resolved> {
    let mut address = address.clone();
    if let Some(present) = plan.former.get(&address.item) {
        address.item.clone_from(present);
    }
    let address = &address;
    let source = &*plan.plan.languages.source;
    let lang = address.lang.as_deref().filter(|lang| *lang != source);
    if let Some(key) = &address.block {
        let index = Index::new(plan);
        let bodies = index.items.get(address.item.as_str()).filter(|_| address.fields.is_empty())?.bodies;
        let body = bodies.iter().find(|body| body.lang == lang.unwrap_or(source))?;
        let found = body.prose.blocks.iter().find(|known| known.key == *key)?;
        let from = lang.and(bodies.first()).map(body_fingerprint);
        return Some(Resolved::Block { file: body.file, range: found.range.clone(), from });
    }
    let mut origin = match (address.item.as_str(), &plan.predecessor) {
        ("plan", _) => plan.origin.clone(),
        (PREDECESSOR, Some(before)) => before.origin.clone(),
        (id, _) => plan.ids.get(id)?.origin.clone(),
    };
    let root = root(sources, origin.file)?;
    for field in &address.fields {
        let seg = match root.at(&origin.path).map(|node| &node.kind) {
            Some(NodeKind::List(list)) => Seg::Index(entry(plan, list, field)?),
            _ => Seg::Key(field.as_str().into()),
        };
        origin.path.push(seg);
    }
    let text = Text { file: origin.file, path: origin.path, node: None };
    let text = Text { node: root.at(&text.path), ..text };
    match lang {
        Some(lang) if !address.fields.is_empty() => text.wording(plan, sources, address, lang),
        Some(_) => None,
        None => Some(text.value(source, !address.fields.is_empty())),
    }
}

/// A value that may be a text by language.
struct Text<'n> {
    file: FileId,
    path: YamlPath,
    node: Option<&'n Node>,
}

impl Text<'_> {
    fn by_language(&self) -> bool {
        self.node.is_some_and(|node| match &node.kind {
            NodeKind::Map(entries) => !entries.is_empty() && entries.iter().all(|entry| is_language_tag(&entry.key)),
            _ => false,
        })
    }

    /// The value itself; of a text by language, the wording in the source language.
    fn value(mut self, source: &str, is_field: bool) -> Resolved {
        if is_field && self.by_language() {
            self.path.push(Seg::Key(source.into()));
            let wording = self.node.and_then(|node| node.entry(source));
            if wording.is_some_and(|entry| entry.value.entry("text").is_some()) {
                self.path.push(Seg::Key("text".into()));
            }
        }
        Resolved::Value { file: self.file, path: self.path }
    }

    /// Its wording in another language than the one it is written in.
    fn wording(self, plan: &Plan, sources: &Sources, address: &Address, lang: &str) -> Option<Resolved> {
        let source = plan.plan.languages.source.to_string();
        let original = match &self.node?.kind {
            NodeKind::Scalar { text, .. } => text,
            _ => match &self.node?.entry(&source)?.value.kind {
                NodeKind::Scalar { text, .. } => text,
                _ => match &self.node?.entry(&source)?.value.entry("text")?.value.kind {
                    NodeKind::Scalar { text, .. } => text,
                    _ => return None,
                },
            },
        };
        let from = fingerprint::of(original);
        // A translated title of a Markdown file stands in the file beside it, unless it stands there already.
        let here = self.by_language() && self.node?.entry(lang).is_some();
        let path = &sources.get(self.file).path;
        let beside = path.strip_suffix(".md").and_then(|stem| sources.by_path(&format!("{stem}.{lang}.md")));
        let whole = plan.ids.get(&address.item).is_some_and(|item| item.origin.path.is_empty());
        if let (Some(file), ["title"], true, false) =
            (beside, address.fields.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), whole, here)
        {
            let path = vec![Seg::Key("title".into())];
            return Some(Resolved::Wording { file, path, lang: None, source, from });
        }
        Some(Resolved::Wording { file: self.file, path: self.path, lang: Some(lang.to_string()), source, from })
    }
}

/// The entry of a list by its id or declared key; a plain entry by its text. A part that is an item itself has its own
/// address.
fn entry(plan: &Plan, list: &[Node], name: &str) -> Option<usize> {
    let says = |node: &Node| match &node.kind {
        NodeKind::Scalar { text, .. } => text == name,
        _ => false,
    };
    let is_item = |id: &str| plan.ids.get(id).is_some_and(|declared| is_part(declared.kind));
    list.iter().position(|node| match &node.kind {
        NodeKind::Scalar { .. } => says(node),
        _ => {
            let key = NAMES.iter().find_map(|key| node.entry(key));
            key.is_some_and(|key| says(&key.value) && !(key.key == "id" && is_item(name)))
        }
    })
}

/// Parts of other items that have ids in the one namespace.
fn is_part(kind: ItemKind) -> bool {
    use ItemKind as K;
    let of_map = matches!(kind, K::MapVersion | K::MapOverlay | K::MapBox);
    of_map || matches!(kind, K::Group | K::Proposal | K::Mapping | K::Comparison | K::Point)
}

/// The outline of a file, or of its front matter.
fn root(sources: &Sources, file: FileId) -> Option<Node> {
    let file = sources.get(file);
    let text = file.text.as_deref()?;
    let yaml = match file.path.ends_with(".md") {
        true => text.get(split_front(text)?.yaml)?,
        false => text,
    };
    outline(yaml).root
}
