//! The words that an answer changed: as they were, and as they are.

use super::{Answer, Disposition, Note, Pen, Refusal, What, printable};
use crate::diag::Address;
use crate::edit::Step;
use crate::model::fingerprint;
use crate::model::format::{Str, Target};
use crate::model::points;
use crate::model::reference::near;

impl Pen<'_> {
    /// Adds what is asked about targets to the disposition.
    pub(super) fn targets(&mut self, asked: &Answer, wanted: &mut Disposition) -> Result<(), Refusal> {
        if asked.before.is_some() && asked.targets.len() != 1 {
            return Err(Refusal::WhichTarget);
        }
        let told = asked.before.as_deref().map(printable).transpose().map_err(Refusal::Edit)?;
        for (at, text) in asked.targets.iter().enumerate() {
            if asked.targets[..at].contains(text) {
                continue;
            }
            let address = self.address(text)?;
            let name = address.to_string();
            let known = wanted.targets.iter().position(|one| *one.address == *name);
            match (known, &told) {
                (Some(index), None) if wanted.targets[index].before.is_some() => self.note(&name, What::Stays),
                (Some(index), None) if wanted.targets[index].after.is_some() => {
                    return Err(Refusal::Late { address: wanted.targets[index].address.to_string() });
                }
                (_, None) => {
                    let before = self.present(&address)?.ok_or_else(|| self.nowhere(&address))?;
                    self.write(wanted, known, &name, vec![("before", before)]);
                    self.note(&name, What::Kept);
                }
                (_, Some(before)) => {
                    let now = self.since(&address, before)?;
                    let same = fingerprint::of(before) == fingerprint::of(&now);
                    let stamp = fingerprint::of(&now);
                    let words = vec![("before", before.clone()), ("after", now), ("fingerprint", stamp)];
                    self.write(wanted, known, &name, words);
                    self.note(&name, What::Told { same });
                }
            }
        }
        Ok(())
    }

    /// Takes out the targets that were named by mistake.
    pub(super) fn not_targets(&mut self, asked: &Answer, wanted: &mut Disposition) -> Result<(), Refusal> {
        for text in &asked.not_targets {
            let name = self.address(text)?.to_string();
            let Some(index) = wanted.targets.iter().position(|one| *one.address == *name) else {
                let targets = wanted.targets.iter().map(|one| one.address.to_string()).collect();
                return Err(Refusal::NoSuchTarget { address: name, targets });
            };
            wanted.targets.remove(index);
            self.steps.push(Step::Remove(self.place().key("targets").index(index).path));
            self.note(&name, What::Removed);
        }
        Ok(())
    }

    /// Writes how every target reads since the change.
    pub(super) fn stamp(&mut self, unchanged: bool) -> Result<Disposition, Refusal> {
        let mut wanted = self.answered()?;
        self.all_have_before(&wanted)?;
        for index in 0..wanted.targets.len() {
            let target = wanted.targets[index].clone();
            let address = self.address(&target.address)?;
            let before = target.before.as_deref().unwrap_or_default();
            let now = self.now(&address)?;
            let what = match points::stamp(&target) {
                Some(kept) if kept != fingerprint::of(&now) => What::Suspect,
                Some(_) => What::Known,
                None if fingerprint::of(before) == fingerprint::of(&now) => What::Unchanged { stamped: unchanged },
                None => What::Stamped,
            };
            let stamp = ("fingerprint", fingerprint::of(&now));
            let words = match what {
                What::Stamped | What::Unchanged { stamped: true } => vec![("after", now), stamp],
                What::Known if target.fingerprint.is_none() => vec![stamp],
                _ => Vec::new(),
            };
            self.write(&mut wanted, Some(index), &target.address, words);
            self.note(&target.address, what);
        }
        Ok(wanted)
    }

    /// Takes over the present text of what has changed since it was stamped.
    pub(super) fn renew(&mut self, unchanged: bool) -> Result<Disposition, Refusal> {
        let mut wanted = self.answered()?;
        for index in 0..wanted.targets.len() {
            let target = wanted.targets[index].clone();
            let address = self.address(&target.address)?;
            let now = self.now(&address)?;
            let Some(kept) = points::stamp(&target) else {
                self.note(&target.address, What::Unstamped);
                continue;
            };
            let stamp = fingerprint::of(&now);
            if kept == stamp {
                self.note(&target.address, What::Known);
                continue;
            }
            if !unchanged && target.before.as_deref().is_some_and(|before| fingerprint::of(before) == stamp) {
                self.note(&target.address, What::Undone);
                continue;
            }
            let old = target.after.as_deref().unwrap_or_default().to_string();
            self.note(&target.address, What::Renewed { old, new: now.clone() });
            self.write(&mut wanted, Some(index), &target.address, vec![("after", now), ("fingerprint", stamp)]);
        }
        Ok(wanted)
    }

    /// The answer that is there, with what it changed.
    fn answered(&self) -> Result<Disposition, Refusal> {
        let id = self.found.id;
        let disposition = self.found.disposition.ok_or_else(|| Refusal::Unanswered(id.to_string()))?;
        match disposition.targets.is_empty() {
            true => Err(Refusal::NoTargets(id.to_string())),
            false => Ok(disposition.clone()),
        }
    }

    fn all_have_before(&self, answer: &Disposition) -> Result<(), Refusal> {
        let lacking = answer.targets.iter().filter(|target| target.before.is_none());
        let targets: Vec<String> = lacking.map(|target| target.address.to_string()).collect();
        match targets.is_empty() {
            true => Ok(()),
            false => Err(Refusal::NoBefore { id: self.found.id.to_string(), status: answer.status.word(), targets }),
        }
    }

    /// Writes texts to the target at `known`, or to a new one.
    fn write(
        &mut self,
        wanted: &mut Disposition,
        known: Option<usize>,
        name: &str,
        words: Vec<(&'static str, String)>,
    ) {
        let list = self.place().key("targets");
        let index = known.unwrap_or(wanted.targets.len());
        if known.is_none() {
            let address = Str(name.to_string());
            wanted.targets.push(Target { address, before: None, after: None, fingerprint: None });
            let entry = std::iter::once(("address", name.to_string())).chain(words.iter().cloned());
            self.steps.push(Step::Add(list.path.clone(), entry.collect()));
        }
        for (field, text) in words {
            let target = &mut wanted.targets[index];
            let value = match field {
                "before" => &mut target.before,
                "after" => &mut target.after,
                _ => &mut target.fingerprint,
            };
            *value = Some(Str(text.clone()));
            if known.is_some() {
                self.steps.push(Step::Put(list.index(index).key(field).path, text));
            }
        }
    }

    /// The address in a text, by the present id of its item.
    fn address(&self, text: &str) -> Result<Address, Refusal> {
        let bad = |error| Refusal::BadAddress { address: text.to_string(), error };
        let mut address: Address = text.parse().map_err(bad)?;
        if let Some(present) = self.plan.former.get(&address.item) {
            address.item.clone_from(present);
        }
        Ok(address)
    }

    /// The words that stand at an address; nothing where nothing stands.
    fn present(&self, address: &Address) -> Result<Option<String>, Refusal> {
        if !self.index.has(address) {
            return Ok(None);
        }
        match self.index.words(address) {
            Some(words) => Ok(Some(printable(&words).map_err(Refusal::Edit)?)),
            None => Err(Refusal::Wordless(address.to_string())),
        }
    }

    /// How an address reads now, as the checks see it: empty where nothing stands.
    fn now(&self, address: &Address) -> Result<String, Refusal> {
        printable(&self.index.words(address).unwrap_or_default()).map_err(Refusal::Edit)
    }

    /// How an address reads since a change of which `before` is told: empty where the text was taken out, but not where
    /// nothing ever stood.
    fn since(&self, address: &Address, before: &str) -> Result<String, Refusal> {
        match self.present(address)? {
            Some(now) => Ok(now),
            None if !before.is_empty() && self.index.has(&Address::item(&*address.item)) => self.now(address),
            None => Err(self.nowhere(address)),
        }
    }

    fn nowhere(&self, address: &Address) -> Refusal {
        Refusal::Nowhere { address: address.to_string(), near: near(self.plan, address) }
    }

    fn note(&mut self, address: &str, what: What) {
        self.notes.push(Note { address: address.to_string(), what });
    }
}
