//! The ledger of ids: one namespace over all items; audiences, stages and editions each have their own.

use std::collections::{BTreeMap, BTreeSet};

use super::file::Loaded;
use super::key;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Origin, Seg};
use crate::model::format::Common;
use crate::model::{Declared, ItemKind, Plan};
use crate::source::{FileKind, Node, NodeKind};

/// True for what may be an id: `[a-z][a-z0-9-]{0,62}`, not `plan` or `predecessor`, not `p` and digits.
pub fn is_id(text: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let number = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    (1..=63).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(fits)
        && text != "plan"
        && text != crate::model::reference::PREDECESSOR
        && !text.strip_prefix('p').is_some_and(number)
}

/// Every declaration, in the order of reading.
#[derive(Default)]
pub struct Ledger {
    list: Vec<(ItemKind, String, Origin)>,
    from_outline: Vec<(ItemKind, String, Origin)>,
    /// Former id, present id, and where the former one is listed.
    former: Vec<(String, String, Origin)>,
    retired: BTreeSet<String>,
    unread: BTreeSet<ItemKind>,
}

impl Ledger {
    /// Notes that `id` is declared by the item at `origin`.
    pub fn declare(&mut self, kind: ItemKind, id: &str, origin: Origin) {
        self.list.push((kind, id.to_string(), origin));
    }

    /// Notes the ids that an item had before.
    pub fn former<T: Common>(&mut self, item: &T, origin: &Origin) {
        for (index, old) in item.formerly().iter().enumerate() {
            let place = origin.key("formerly").index(index);
            self.former.push((old.to_string(), item.id().to_string(), place));
        }
    }

    /// Notes the ids that the outline of a faulty file shows, so that nothing that names them dangles.
    pub fn outline<T>(&mut self, file: FileId, kind: FileKind, loaded: &Loaded<T>) {
        for (path, item) in lists(kind) {
            if loaded.torn || (loaded.value.is_none() && loaded.root.is_none()) {
                self.unread.insert(*item);
            }
            if let Some(root) = &loaded.root {
                self.collect(root, path, *item, Origin::file(file));
            }
        }
    }

    fn collect(&mut self, node: &Node, path: &[&str], kind: ItemKind, origin: Origin) {
        let Some((first, rest)) = path.split_first() else {
            if let Some(entry) = node.entry("id")
                && let NodeKind::Scalar { text, .. } = &entry.value.kind
                && !text.is_empty()
            {
                self.from_outline.push((kind, text.clone(), origin));
            } else if matches!(node.kind, NodeKind::Map(_)) {
                // Its id is missing; whoever names it must not be told a second time.
                self.unread.insert(kind);
            }
            return;
        };
        let list = node.entry(first).map(|entry| &entry.value.kind);
        let Some(NodeKind::List(list)) = list else {
            // The key is misspelt, or holds something else: its items are not known.
            if list.is_some() || origin.path.is_empty() {
                self.unread.insert(kind);
            }
            return;
        };
        for (index, item) in list.iter().enumerate() {
            let mut origin = origin.clone();
            origin.path.extend([key(first), Seg::Index(index)]);
            self.collect(item, rest, kind, origin);
        }
    }

    /// Notes that items of `kind` may exist that nobody could read.
    pub fn unread(&mut self, kind: ItemKind) {
        self.unread.insert(kind);
    }

    /// Notes the ids that must not come back.
    pub fn retire(&mut self, plan: &Plan) {
        let listed = plan.plan.retired_ids.iter().map(|id| id.0.clone());
        self.retired.extend(listed);
    }

    /// Checks all ids, and tells the plan where each is declared and which kinds are not known whole.
    pub fn finish(mut self, plan: &mut Plan, diags: &mut Diagnostics) {
        let mut ids: BTreeMap<String, Declared> = BTreeMap::new();
        self.list.append(&mut self.from_outline);
        let mut seen: BTreeSet<Origin> = BTreeSet::new();
        for (kind, id, origin) in self.list {
            if !seen.insert(origin.clone()) {
                continue; // the outline shows again what was read
            }
            let place = origin.key("id");
            if !is_id(&id) {
                // Whoever names the item as it should be called must not be told a second time.
                self.unread.insert(kind);
                if !plan.faulty.has(&place) {
                    diags.push(Diagnostic::new(Code::BadId, &place).arg("id", &id));
                }
            } else if self.retired.contains(&id) {
                diags.push(Diagnostic::new(Code::RetiredId, &place).arg("id", &id));
            }
            let name = kind.name(&id);
            if let Some(first) = ids.get(&name) {
                // One of the two means another id, and so does whoever names it.
                self.unread.extend([kind, first.kind]);
                let first = first.origin.key("id");
                let diagnostic = Diagnostic::new(Code::DuplicateId, &place).arg("id", &id);
                diags.push(diagnostic.also(first));
                continue;
            }
            ids.insert(name, Declared { kind, origin });
        }
        plan.former = former(self.former, &ids, diags);
        plan.ids = ids;
        plan.unread = self.unread;
    }
}

/// Present ids by former ones: each an id, and of one item only.
fn former(
    list: Vec<(String, String, Origin)>,
    ids: &BTreeMap<String, Declared>,
    diags: &mut Diagnostics,
) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut places: BTreeMap<String, Origin> = BTreeMap::new();
    for (old, present, place) in list {
        let first = ids.get(&old).map(|item| item.origin.key("id")).or_else(|| places.get(&old).cloned());
        if !is_id(&old) {
            diags.push(Diagnostic::new(Code::BadId, &place).arg("id", &old));
        } else if let Some(first) = first {
            diags.push(Diagnostic::new(Code::DuplicateId, &place).arg("id", &old).also(first));
        } else {
            places.insert(old.clone(), place);
            out.insert(old, present);
        }
    }
    out
}

/// The lists of a file in which items stand; an empty path is the file itself.
fn lists(kind: FileKind) -> &'static [(&'static [&'static str], ItemKind)] {
    use ItemKind as I;
    match kind {
        FileKind::Plan => &[(&["audiences"], I::Audience), (&["stages"], I::Stage), (&["editions"], I::Edition)],
        FileKind::Layers => &[(&["layers"], I::Layer), (&["layers", "groups"], I::Group)],
        FileKind::Statement => &[(&[], I::Statement), (&["proposals"], I::Proposal)],
        FileKind::Element => &[(&[], I::Element)],
        FileKind::Section => &[(&[], I::Section)],
        FileKind::Priorities => &[(&["priorities"], I::Priority)],
        FileKind::Activities => &[(&["activities"], I::Activity)],
        FileKind::Indicators => &[(&["indicators"], I::Indicator)],
        FileKind::Predecessor => {
            &[(&["elements"], I::OldElement), (&["mapping"], I::Mapping), (&["comparisons"], I::Comparison)]
        }
        FileKind::Regions => &[(&["regions"], I::Region)],
        FileKind::Members => &[(&["members"], I::Member)],
        FileKind::Bodies => &[(&["bodies"], I::Body)],
        FileKind::Meetings => &[(&["meetings"], I::Meeting)],
        FileKind::Decisions => &[(&["decisions"], I::Decision)],
        FileKind::Units => &[(&["units"], I::Unit)],
        FileKind::Sources => &[(&["sources"], I::Source)],
        FileKind::Glossary => &[(&["terms"], I::Term)],
        FileKind::Events => &[(&["events"], I::Event)],
        FileKind::Cycles => &[(&["cycles"], I::Cycle)],
        FileKind::Evidence => &[(&["tables"], I::EvidenceTable)],
        FileKind::Clusters => &[(&["clusters"], I::Cluster)],
        FileKind::Reasons => &[(&["reasons"], I::Reason)],
        FileKind::Costs => &[(&["allocations"], I::Allocation), (&["keys"], I::CostKey)],
        FileKind::Scan => &[(&["factors"], I::Factor), (&["editions"], I::ScanEdition)],
        FileKind::Map => &[
            (&[], I::Map),
            (&["versions"], I::MapVersion),
            (&["overlays"], I::MapOverlay),
            (&["versions", "boxes"], I::MapBox),
            (&["overlays", "boxes"], I::MapBox),
        ],
        FileKind::Suggestions => &[(&["suggestions"], I::Suggestion), (&["suggestions", "points"], I::Point)],
        FileKind::Survey => &[(&[], I::Survey)],
        FileKind::Translation
        | FileKind::CostTable
        | FileKind::Answers
        | FileKind::Image
        | FileKind::Template
        | FileKind::Unknown => &[],
    }
}
