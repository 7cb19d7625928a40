//! One reader: which classification they may see, and what that leaves of a plan file and of a body.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::Body;
use crate::model::format::*;
use crate::model::prose::{Prose, ProseBlock};

/// Takes what stands above the audience out of one item; `None` when a required field does.
pub(super) trait Cut: Sized {
    fn cut(self, reader: &Reader) -> Option<Self>;
}

/// An audience with its place in the order.
pub(super) struct Reader {
    order: Vec<String>,
    rank: usize,
    /// Fields that went out of an item that is left: ids and fields.
    lost: RefCell<BTreeSet<(String, String)>>,
}

impl Reader {
    pub(super) fn new(audiences: &[Audience], audience: &str) -> Self {
        let order: Vec<String> = audiences.iter().map(|one| one.id.to_string()).collect();
        let rank = order.iter().position(|id| id == audience).unwrap_or(0);
        Reader { order, rank, lost: RefCell::default() }
    }

    /// Notes that this reader does not see `field` of an item.
    pub(super) fn lose(&self, id: &str, field: &str) {
        self.lost.borrow_mut().insert((id.to_string(), field.replace('_', "-")));
    }

    /// What was noted.
    pub(super) fn lost(&self) -> BTreeSet<(String, String)> {
        self.lost.take()
    }

    fn rank_of(&self, word: &str) -> usize {
        let narrowest = self.order.len().checked_sub(1).unwrap_or(usize::MAX);
        self.order.iter().position(|id| id == word).unwrap_or(narrowest)
    }

    /// True when this reader may see what is classified `word`.
    pub(super) fn may(&self, word: &str) -> bool {
        self.rank_of(word) <= self.rank
    }

    /// True when nothing is withheld from this reader.
    pub(super) fn reads_all(&self) -> bool {
        self.rank + 1 >= self.order.len()
    }

    /// True when this reader may see what single respondents of a survey answered: only the narrowest of several
    /// audiences may. Where there is but one, it is everybody.
    pub(super) fn sees_answers(&self) -> bool {
        self.reads_all() && self.order.len() > 1
    }

    /// True when this reader sees no more than the audience `word` does: what is said for it holds here.
    pub(super) fn reads_at_most(&self, word: &str) -> bool {
        self.rank_of(word) >= self.rank
    }

    /// True when `field`, or a part of it, stands above this reader.
    pub(super) fn hides(&self, fields: &BTreeMap<String, Str>, field: &str) -> bool {
        fields.iter().any(|(name, word)| {
            let first = name.split(['/', '.', '[', '#']).next().unwrap_or(name);
            first.replace('_', "-") == field.replace('_', "-") && !self.may(word)
        })
    }

    /// Audiences and editions that this reader may know of; settings that no reader needs are emptied.
    pub(super) fn plan_file(&self, plan: PlanFile) -> PlanFile {
        let PlanFile {
            format,
            title,
            subtitle,
            marking,
            organisation,
            period,
            languages,
            audiences,
            stages,
            editions,
            symbol,
            words,
            severity: _,
            as_adopted,
            retired_ids: _,
        } = plan;
        let editions: Vec<Edition> =
            editions.into_iter().filter(|edition| self.may(&edition.audience)).map(edition).collect();
        PlanFile {
            format,
            title,
            subtitle,
            marking,
            organisation,
            period,
            languages,
            audiences: audiences.into_iter().filter(|Audience { id, name: _ }| self.may(id)).collect(),
            stages: stages
                .into_iter()
                .filter(|stage| editions.iter().any(|edition| edition.stage == stage.id))
                .map(|stage| {
                    let Stage { id, name, decision, denies: _ } = stage;
                    Stage { id, name, decision, denies: Vec::new() }
                })
                .collect(),
            editions,
            symbol,
            words,
            severity: BTreeMap::new(),
            as_adopted,
            retired_ids: Vec::new(),
        }
    }

    /// Bodies without the passages above this reader: gone in one language is gone in every language.
    pub(super) fn bodies(&self, bodies: Vec<Body>) -> Vec<Body> {
        let count = bodies.first().map_or(0, |body| body.prose.blocks.len());
        let hidden = |block: &ProseBlock| block.classification.as_deref().is_some_and(|word| !self.may(word));
        let mut gone = vec![false; count];
        let mut keys = Vec::new();
        for body in &bodies {
            for (index, block) in body.prose.blocks.iter().enumerate() {
                if hidden(block) {
                    keys.push(block.key.clone());
                    if body.prose.blocks.len() == count {
                        gone[index] = true;
                    }
                }
            }
        }
        let any = !keys.is_empty();
        bodies
            .into_iter()
            .enumerate()
            .filter(|(index, body)| *index == 0 || body.prose.blocks.len() == count || !any)
            .map(|(_, body)| {
                let Body { lang, file, prose, from } = body;
                let Prose { blocks } = prose;
                let blocks = blocks
                    .into_iter()
                    .enumerate()
                    .filter(|(index, block)| !gone.get(*index).copied().unwrap_or(any) && !keys.contains(&block.key))
                    .map(|(_, block)| {
                        let ProseBlock { key, marked, classification: _, range, content } = block;
                        ProseBlock { key, marked, classification: None, range, content }
                    })
                    .collect();
                Body { lang, file, prose: Prose { blocks }, from }
            })
            .collect()
    }
}

fn edition(edition: Edition) -> Edition {
    let Edition {
        id,
        name,
        audience,
        stage,
        languages,
        formats,
        parts,
        meeting,
        agenda_item,
        document,
        place,
        date,
        purpose,
        action_required,
        scan_edition,
        annexes,
        noindex,
        severity: _,
    } = edition;
    Edition {
        id,
        name,
        audience,
        stage,
        languages,
        formats,
        parts,
        meeting,
        agenda_item,
        document,
        place,
        date,
        purpose,
        action_required,
        scan_edition,
        annexes,
        noindex,
        severity: BTreeMap::new(),
    }
}
