//! Markdown files: front matter, body, and the translations that stand beside them.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::{Loader, languages};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Origin, Place};
use crate::model::format::*;
use crate::model::markdown::{self, Context};
use crate::model::prose::Prose;
use crate::model::schema::TranslationFront;
use crate::model::{Body as ProseBody, Item, ItemKind, Plan};
use crate::source::{FileKind, Front, check_text, split_front};

/// Reads statements, elements, sections, then their translations.
pub fn load(loader: &mut Loader, plan: &mut Plan, usable: bool) {
    let mut owners = BTreeMap::new();
    let source = plan.plan.languages.source.0.clone();
    macro_rules! kind {
        ($kind:ident, $type:ty, $list:ident) => {
            for id in loader.files(FileKind::$kind) {
                if let Some(item) = loader.item::<$type>(id, ItemKind::$kind, &source, plan) {
                    owners.insert(id, (ItemKind::$kind, plan.$list.len()));
                    plan.$list.push(item);
                }
            }
        };
    }
    kind!(Statement, Statement, statements);
    kind!(Element, Element, elements);
    kind!(Section, Section, sections);
    for statement in &plan.statements {
        let at = statement.origin.key("proposals");
        for (index, proposal) in statement.data.proposals.iter().enumerate() {
            loader.ledger.declare(ItemKind::Proposal, &proposal.id, loader.aside.entry(&at, index));
        }
    }
    for id in loader.files(FileKind::Translation) {
        loader.translation(id, plan, &owners, usable);
    }
}

impl Loader<'_> {
    fn front(&mut self, id: FileId) -> Option<Front> {
        let file = self.sources.get(id);
        check_text(id, file, self.diags);
        let text = file.text.as_deref()?;
        let front = split_front(text);
        if front.is_none() {
            let first = text.lines().next().unwrap_or("");
            let place = Place::Bytes(id, 0..first.len());
            let detail = match first.trim_end() == "---" {
                true => "the front matter that begins here is not closed",
                false => "this file has no front matter",
            };
            self.diags.push(Diagnostic::new(Code::FrontMatter, place).arg("detail", detail));
        }
        front
    }

    fn prose(&mut self, id: FileId, front: &Front, plan: &Plan) -> Prose {
        let Some(text) = self.sources.get(id).text.as_deref() else {
            return Prose::default();
        };
        let context = Context { file: id, image: &|path| plan.images.contains_key(path) };
        markdown::parse(text, front.body.clone(), &context, self.diags)
    }

    fn item<T: DeserializeOwned + Common>(
        &mut self,
        id: FileId,
        kind: ItemKind,
        source: &str,
        plan: &Plan,
    ) -> Option<Item<T>> {
        let Some(front) = self.front(id) else {
            self.ledger.unread(kind);
            return None;
        };
        let file = self.sources.get(id);
        let loaded = super::file::read::<T>(id, file, Some(front.yaml.clone()), self.diags);
        self.note(id, &loaded);
        let prose = self.prose(id, &front, plan);
        let data = loaded.value?;
        let origin = Origin::file(id);
        self.ledger.declare(kind, data.id(), origin.clone());
        self.ledger.former(&data, &origin);
        Some(Item {
            data,
            origin,
            file_basis: None,
            file_source: Ids::default(),
            file_classification: None,
            bodies: vec![ProseBody { lang: source.to_string(), file: id, prose, from: None }],
        })
    }

    /// Notes that a translation could not be read whole.
    fn torn(&self, owner: Option<FileId>, owners: &BTreeMap<FileId, (ItemKind, usize)>, lang: &str, plan: &mut Plan) {
        let id = match owner.and_then(|file| owners.get(&file)) {
            Some((ItemKind::Statement, index)) => &plan.statements[*index].data.id,
            Some((ItemKind::Element, index)) => &plan.elements[*index].data.id,
            Some((_, index)) => &plan.sections[*index].data.id,
            None => return,
        };
        plan.torn.insert((id.to_string(), lang.to_string()));
    }

    fn translation(&mut self, id: FileId, plan: &mut Plan, owners: &BTreeMap<FileId, (ItemKind, usize)>, usable: bool) {
        let path = self.sources.get(id).path.clone();
        let stem = path.strip_suffix(".md").unwrap_or(&path);
        let (owner, lang) = stem.rsplit_once('.').unwrap_or((stem, ""));
        let owner_path = format!("{owner}.md");
        let whole = Place::Bytes(id, 0..0);
        let owner = self.sources.by_path(&owner_path);
        if owner.is_none() {
            let diagnostic = Diagnostic::new(Code::MissingFile, whole.clone()).arg("path", owner_path);
            self.diags
                .push(diagnostic.arg("remedy", "write the text that this translates, or give this file its name"));
        }
        let known = languages(&plan.plan);
        let foreign = usable && (!known.contains(lang) || lang == &*plan.plan.languages.source);
        if foreign {
            let list: Vec<_> = known.iter().copied().collect();
            self.diags.push(crate::model::reference::not_of_the_plan(whole, lang, &list));
        }
        let before = self.diags.len();
        let Some(front) = self.front(id) else {
            self.torn(owner, owners, lang, plan);
            return;
        };
        let file = self.sources.get(id);
        let part = Some(front.yaml.clone());
        let loaded = super::file::read::<TranslationFront>(id, file, part, self.diags);
        if self.diags.len() > before {
            self.torn(owner, owners, lang, plan);
        }
        self.note(id, &loaded);
        let prose = self.prose(id, &front, plan);
        let (Some(value), Some(owner), false) = (loaded.value, owner, foreign) else {
            return;
        };
        let Some((kind, index)) = owners.get(&owner) else {
            return; // its owner could not be read, and that is told
        };
        let mut body = ProseBody { lang: lang.to_string(), file: id, prose, from: value.from.map(|from| from.0) };
        let (title, bodies, origin) = match kind {
            ItemKind::Statement => {
                let item = &mut plan.statements[*index];
                (&mut item.data.title, &mut item.bodies, &item.origin)
            }
            ItemKind::Element => {
                let item = &mut plan.elements[*index];
                (&mut item.data.title, &mut item.bodies, &item.origin)
            }
            _ => {
                let item = &mut plan.sections[*index];
                (&mut item.data.title, &mut item.bodies, &item.origin)
            }
        };
        if let Some(original) = bodies.first() {
            same_keys(&original.prose, &mut body, self.diags);
        }
        bodies.push(body);
        if let Some(wording) = value.title {
            if title.wordings.iter().any(|(tag, _)| tag == lang) {
                let place = Place::Value(Origin::file(id).key("title"));
                let diagnostic = Diagnostic::new(Code::DuplicateKey, place).arg("key", lang).also(origin.key("title"));
                self.diags.push(diagnostic);
            } else {
                let wording = Wording { text: wording.text, from: wording.from };
                title.wordings.push((lang.to_string(), wording));
            }
        }
    }
}

/// Gives each block of a translation the key of its source block, so that both are one passage. A marker of its own
/// that says something else is told.
fn same_keys(original: &Prose, body: &mut ProseBody, diags: &mut Diagnostics) {
    if original.differs(&body.prose).is_some() {
        return; // falls back whole, and that is told
    }
    for (index, (block, source)) in body.prose.blocks.iter_mut().zip(&original.blocks).enumerate() {
        if block.marked && block.key != source.key {
            let expected = match source.marked {
                true => format!("`{{#{}}}`", source.key),
                false => "no marker".to_string(),
            };
            let diagnostic = Diagnostic::new(Code::TranslationShape, Place::Bytes(body.file, block.marker()));
            let diagnostic = diagnostic.arg("block", (index + 1).to_string());
            let found = format!("the marker `{{#{}}}`", block.key);
            diags.push(diagnostic.arg("found", found).arg("expected", expected));
        }
        block.key.clone_from(&source.key);
    }
}
