//! Addresses: whether one leads anywhere, and to which bytes.

use std::ops::Range;
use std::sync::LazyLock;

use crate::diag::{Address, FileId, Seg, YamlPath};
use crate::model::{Body, ItemKind, Plan, schema};
use crate::source::{FileKind, Node, NodeKind, Sources, outline, split_front};

/// Where the value of an address stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved {
    /// A value of a YAML file, or of front matter. The path may end in keys that are not there yet.
    Value { file: FileId, path: YamlPath },
    /// A block of a body: bytes of the text of the file, marker included.
    Block { file: FileId, range: Range<usize> },
}

/// All bodies of the plan, in the order of the files.
pub fn bodies(plan: &Plan) -> impl Iterator<Item = &Body> {
    let statements = plan.statements.iter().flat_map(|item| &item.bodies);
    let elements = plan.elements.iter().flat_map(|item| &item.bodies);
    let sections = plan.sections.iter().flat_map(|item| &item.bodies);
    statements.chain(elements).chain(sections)
}

/// The bodies of one item.
fn bodies_of<'a>(plan: &'a Plan, id: &str) -> &'a [Body] {
    macro_rules! find {
        ($($list:expr),*) => {
            $(if let Some(item) = $list.iter().find(|item| &*item.data.id == id) {
                return &item.bodies;
            })*
        };
    }
    find!(plan.statements, plan.elements, plan.sections);
    &[]
}

/// Names of the fields of an item of one kind.
fn fields(kind: Option<ItemKind>) -> Vec<String> {
    let (file, name) = match kind {
        None => (FileKind::Plan, ""),
        Some(ItemKind::Audience) => (FileKind::Plan, "Audience"),
        Some(ItemKind::Stage) => (FileKind::Plan, "Stage"),
        Some(ItemKind::Edition) => (FileKind::Plan, "Edition"),
        Some(ItemKind::Layer) => (FileKind::Layers, "Layer"),
        Some(ItemKind::Group) => (FileKind::Layers, "Group"),
        Some(ItemKind::Statement) => (FileKind::Statement, ""),
        Some(ItemKind::Proposal) => (FileKind::Statement, "Proposal"),
        Some(ItemKind::Element) => (FileKind::Element, ""),
        Some(ItemKind::Section) => (FileKind::Section, ""),
        Some(ItemKind::Priority) => (FileKind::Priorities, "Priority"),
        Some(ItemKind::Activity) => (FileKind::Activities, "Activity"),
        Some(ItemKind::Indicator) => (FileKind::Indicators, "Indicator"),
        Some(ItemKind::OldElement) => (FileKind::Predecessor, "OldElement"),
        Some(ItemKind::Mapping) => (FileKind::Predecessor, "Mapping"),
        Some(ItemKind::Comparison) => (FileKind::Predecessor, "Comparison"),
        Some(ItemKind::Region) => (FileKind::Regions, "Region"),
        Some(ItemKind::Member) => (FileKind::Members, "Member"),
        Some(ItemKind::Body) => (FileKind::Bodies, "Body"),
        Some(ItemKind::Meeting) => (FileKind::Meetings, "Meeting"),
        Some(ItemKind::Decision) => (FileKind::Decisions, "Decision"),
        Some(ItemKind::Unit) => (FileKind::Units, "Unit"),
        Some(ItemKind::Source) => (FileKind::Sources, "Source"),
        Some(ItemKind::Term) => (FileKind::Glossary, "Term"),
        Some(ItemKind::Event) => (FileKind::Events, "Event"),
        Some(ItemKind::Suggestion) => (FileKind::Suggestions, "Suggestion"),
    };
    let Some(schema) = schema::schema(file) else {
        return Vec::new();
    };
    let object = match name {
        "" => Some(&schema),
        name => schema.get("$defs").and_then(|defs| defs.get(name)),
    };
    object
        .and_then(|object| object.get("properties")?.as_object())
        .map(|map| map.keys().cloned().collect())
        .unwrap_or_default()
}

/// The fields of each kind; made once, when an address is first looked at.
static FIELDS: LazyLock<std::sync::Mutex<std::collections::BTreeMap<Option<ItemKind>, Vec<String>>>> =
    LazyLock::new(Default::default);

fn has_field(kind: Option<ItemKind>, name: &str) -> bool {
    match FIELDS.lock() {
        Ok(mut known) => known.entry(kind).or_insert_with(|| fields(kind)).iter().any(|field| field == name),
        Err(_) => fields(kind).iter().any(|field| field == name),
    }
}

/// True when the item exists, its first field is one of its kind, and its block is there.
pub fn exists(plan: &Plan, address: &Address) -> bool {
    let kind = match (address.item.as_str(), plan.ids.get(&address.item)) {
        ("plan", _) => None,
        (_, Some(declared)) => Some(declared.kind),
        _ => return !plan.unread.is_empty(),
    };
    if let Some(field) = address.fields.first()
        && !has_field(kind, field)
        && (field != "body" || bodies_of(plan, &address.item).is_empty())
    {
        return false;
    }
    match &address.block {
        Some(block) => {
            bodies_of(plan, &address.item).iter().any(|body| body.prose.blocks.iter().any(|known| known.key == *block))
        }
        None => true,
    }
}

/// Finds the value or block of `address`.
pub fn resolve(plan: &Plan, sources: &Sources, address: &Address) -> Option<Resolved> {
    let source = &*plan.plan.languages.source;
    let lang = address.lang.as_deref().filter(|lang| *lang != source);
    if let Some(block) = &address.block {
        let bodies = bodies_of(plan, &address.item);
        let body = bodies.iter().find(|body| body.lang == lang.unwrap_or(source))?;
        let found = body.prose.blocks.iter().find(|known| known.key == *block)?;
        let (file, range) = (body.file, found.range.clone());
        return Some(Resolved::Block { file, range });
    }
    let mut origin = match address.item.as_str() {
        "plan" => plan.origin.clone(),
        id => plan.ids.get(id)?.origin.clone(),
    };
    let markdown = sources.get(origin.file).path.ends_with(".md");
    // A translated title of a Markdown file stands in the file beside it.
    if let (Some(lang), [field], true) = (lang, address.fields.as_slice(), markdown)
        && field == "title"
        && origin.path.is_empty()
    {
        let path = &sources.get(origin.file).path;
        let sibling = format!("{}.{lang}.md", path.strip_suffix(".md")?);
        if let Some(file) = sources.by_path(&sibling) {
            let root = root(sources, file)?;
            let mut path = vec![Seg::Key("title".into())];
            text_of(&root, &mut path);
            return Some(Resolved::Value { file, path });
        }
    }
    let root = root(sources, origin.file)?;
    for field in &address.fields {
        let seg = match root.at(&origin.path).map(|node| &node.kind) {
            Some(NodeKind::List(list)) => Seg::Index(entry(list, field)?),
            _ => Seg::Key(field.as_str().into()),
        };
        origin.path.push(seg);
    }
    let by_language = |path: &YamlPath| {
        let node = root.at(path);
        node.is_some_and(|node| match &node.kind {
            NodeKind::Map(entries) => entries.iter().all(|entry| crate::model::format::is_language_tag(&entry.key)),
            _ => false,
        })
    };
    match lang {
        Some(lang) => origin.path.push(Seg::Key(lang.into())),
        None if by_language(&origin.path) => origin.path.push(Seg::Key(source.into())),
        None => {}
    }
    if !address.fields.is_empty() && (lang.is_some() || by_language(&origin.path)) {
        text_of(&root, &mut origin.path);
    }
    Some(Resolved::Value { file: origin.file, path: origin.path })
}

/// Steps into `{text: ..., from: ...}`.
fn text_of(root: &Node, path: &mut YamlPath) {
    if root.at(path).is_some_and(|node| node.entry("text").is_some()) {
        path.push(Seg::Key("text".into()));
    }
}

/// The entry of a list by its id or declared key; a plain entry by its text.
fn entry(list: &[Node], name: &str) -> Option<usize> {
    let is = |node: &Node| matches!(&node.kind, NodeKind::Scalar { text, .. } if text == name);
    list.iter().position(|node| {
        let keys = ["id", "to", "year", "code"];
        let key = keys.iter().find_map(|key| node.entry(key));
        key.is_some_and(|key| is(&key.value)) || is(node)
    })
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
