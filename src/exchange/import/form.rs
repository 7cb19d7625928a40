//! A form that a delegation filled in: each row with something in it becomes a suggestion.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Edit, Import, Told, clean, party, quoted};
use crate::diag::{Address, nearest};
use crate::document::Words;
use crate::edit::Value;
use crate::exchange::book::{Line, Table};
use crate::exchange::form::{ADDRESS, DELEGATION, GENERAL, NAMED, NAMED_AS, PRESENT, PRINT, PROPOSED, REASON};
use crate::model::load::is_id;
use crate::model::reference::ABOUT;
use crate::model::{ItemKind, Plan, fingerprint};

/// What the command line says of a form.
#[derive(Clone, Copy, Debug)]
pub struct Options<'o> {
    /// Name of the file, without its folder.
    pub file: &'o str,
    /// Event that is asked for; else the one that the form carries.
    pub event: Option<&'o str>,
    /// Id of the party, where its name does not tell.
    pub by: Option<&'o str>,
    /// Id in the register of sources under which the form is kept.
    pub source: Option<&'o str>,
    /// Fingerprints of the paragraphs of the edition as they stand now, by address.
    pub current: &'o BTreeMap<String, String>,
}

/// The suggestions that the rows of `table` add to `plan`, which is the whole plan. `lang` is the language of the form.
///
/// # Errors
/// A sentence why nothing of the form can be taken: no event, or nobody whose form it is.
pub fn form(table: &Table, plan: &Plan, lang: &str, options: Options) -> Result<Import, String> {
    let event = event(table, plan, options)?;
    let (words, _) = Words::new(lang, &plan.plan.languages.source, &plan.plan.words);
    let named = named(table, &words);
    let by = by(table, plan, options, named.as_deref())?;
    if let Some(id) = options.source.filter(|id| !plan.sources.iter().any(|one| *one.data.id == **id)) {
        return Err(format!("`{id}` is no entry of the register of sources; write it to `plan/sources.yaml` first"));
    }
    let mut out = Import::default();
    if let (Some((row, chosen)), None) = (top(table, NAMED), &named) {
        let told = match chosen {
            "" => "it does not say as what the delegation may be named; taken as: not at all".to_string(),
            other => format!("{} is no answer to how the delegation may be named; taken as: not at all", quoted(other)),
        };
        out.notes.push(Told::new(row, told));
    }
    let party = Party { by, named: named.unwrap_or_else(|| "nobody".to_string()) };
    let mut reader = Reader { table, plan, lang, words: &words, options, event, party, known: known(plan), number: 0 };
    reader.number = reader.last_number();
    for line in &table.rows {
        reader.row(line, &mut out);
        if !line.beside.is_empty() {
            let told = format!("what stands beside the table is not read: {}", quoted(&line.beside));
            out.notes.push(Told::new(line.number, told));
        }
    }
    if out.changes.is_empty() && out.known.is_empty() && out.refused.is_empty() {
        let row = top(table, DELEGATION).map_or(1, |(row, _)| row);
        out.notes.push(Told::new(row, "nothing is filled in below"));
    }
    Ok(out)
}

/// The row of a cell at the top of the form, and what stands in it.
fn top<'t>(table: &'t Table, address: &str) -> Option<(u32, &'t str)> {
    let line = table.rows.iter().find(|line| line.get(ADDRESS) == address)?;
    Some((line.number, line.get(PRESENT)))
}

fn event(table: &Table, plan: &Plan, options: Options) -> Result<String, String> {
    let Some(event) = options.event.or(table.tag.get("event")) else {
        return Err("the form does not say at which event it was collected; name the event with `--event`".to_string());
    };
    let known = || plan.events.iter().map(|item| item.data.id.as_str());
    match known().any(|id| id == event) {
        true => Ok(event.to_string()),
        false => {
            let near = nearest(event, known()).map(|near| format!("; did you mean `{near}`?"));
            Err(format!("there is no event `{event}` in the plan{}", near.unwrap_or_default()))
        }
    }
}

/// As what the party may be named; nothing if that is not said in words of the form.
fn named(table: &Table, words: &Words) -> Option<String> {
    let (_, chosen) = top(table, NAMED)?;
    let label = |word: &&str| fingerprint::of(words.get(&format!("form-named-{word}")));
    let word = NAMED_AS.iter().find(|word| label(word) == fingerprint::of(chosen));
    word.map(|word| word.to_string())
}

fn by(table: &Table, plan: &Plan, options: Options, named: Option<&str>) -> Result<Option<String>, String> {
    if let Some(id) = options.by {
        let party = |kind| matches!(kind, ItemKind::Member | ItemKind::Region);
        let known = plan.ids.iter().filter(|(_, item)| party(item.kind)).map(|(id, _)| id.as_str());
        return match plan.ids.get(id).filter(|item| party(item.kind)) {
            Some(_) => Ok(Some(id.to_string())),
            None => {
                let near = nearest(id, known).map(|near| format!("; did you mean `{near}`?"));
                Err(format!("`--by {id}`: there is no such Member or region{}", near.unwrap_or_default()))
            }
        };
    }
    match top(table, DELEGATION) {
        Some((_, name)) if !name.is_empty() => match party::find(plan, name) {
            Ok(id) => Ok(Some(id)),
            Err(sentence) => Err(sentence),
        },
        // Somebody who does not want to be named need not say who it is.
        _ if named == Some("nobody") => Ok(None),
        _ => Err(
            "the form does not say whose it is: the delegation's name at its top is empty; write it there, or give \
                  its id with `--by`"
                .to_string(),
        ),
    }
}

/// Fingerprints of the rows that were imported before, with the suggestions that they became.
fn known(plan: &Plan) -> BTreeMap<String, String> {
    let all = plan.suggestions.iter().flat_map(|group| &group.suggestions);
    let keys = all.filter_map(|item| Some((item.data.imported.as_ref()?.key.as_ref()?, &item.data.id)));
    keys.map(|(key, id)| (key.to_string(), id.to_string())).collect()
}

struct Party {
    by: Option<String>,
    named: String,
}

struct Reader<'p> {
    table: &'p Table,
    plan: &'p Plan,
    lang: &'p str,
    words: &'p Words,
    options: Options<'p>,
    event: String,
    party: Party,
    known: BTreeMap<String, String>,
    /// The last number that was given.
    number: u32,
}

/// What a row says: what it proposes, and why.
struct Said {
    proposed: String,
    reason: String,
}

impl Reader<'_> {
    fn row(&mut self, line: &Line, out: &mut Import) {
        let address = line.get(ADDRESS);
        let is_top = address.starts_with(':') && address != GENERAL;
        let mut said = Said { proposed: clean(line.get(PROPOSED)), reason: clean(line.get(REASON)) };
        if is_top || self.passes_over(line, &mut said, out) {
            return;
        }
        let key = self.key(address, &said);
        if let Some(id) = self.known.get(&key) {
            out.known.push(Told::new(line.number, format!("is in the plan already, as `{id}`")));
            return;
        }
        match self.suggestion(line, &said, &key, out) {
            Ok(change) => {
                self.known.insert(key, change.what.clone());
                out.changes.push(change);
            }
            Err(sentence) => out.refused.push(Told::new(line.number, sentence)),
        }
    }

    /// True for a row that says nothing, and for one in which the wrong cell was written to.
    fn passes_over(&self, line: &Line, said: &mut Said, out: &mut Import) -> bool {
        let present = line.get(PRESENT);
        let kept = line.get(PRINT);
        if !kept.is_empty() && fingerprint::of(present) != kept {
            let sentence = "the present text was written over; put the wording that you propose beside it, and the \
                            present text back";
            out.refused.push(Told::new(line.number, sentence));
            return true;
        }
        if !said.proposed.is_empty() && fingerprint::of(&said.proposed) == kept {
            // The present text, copied and left as it was, proposes nothing.
            said.proposed.clear();
        }
        said.proposed.is_empty() && said.reason.is_empty()
    }

    /// The fingerprint by which the same row is known again.
    fn key(&self, address: &str, said: &Said) -> String {
        let by = self.party.by.as_deref().unwrap_or("");
        fingerprint::of(&[address, &said.proposed, &said.reason, by].join("\u{1f}"))
    }

    fn suggestion(&mut self, line: &Line, said: &Said, key: &str, out: &mut Import) -> Result<Change, String> {
        let about = self.about(line, out)?;
        let id = format!("{}-{}", self.event, self.number + 1);
        if !is_id(&id) {
            return Err(format!("`{id}` would be longer than an id may be; give the event a shorter id"));
        }
        self.number += 1;
        let mut item: Vec<(String, Value)> = Vec::new();
        let mut add = |key: &str, value: Value| item.push((key.to_string(), value));
        add("id", Value::text(&id));
        add("kind", Value::text("suggestion"));
        add("wording", Value::text("verbatim"));
        if let Some(by) = &self.party.by {
            add("by", Value::text(by));
        }
        if let Some(audience) = self.told_to().filter(|_| self.party.named != "member") {
            let one = [("audience", audience), ("named", &self.party.named)];
            let one = one.map(|(key, word)| (key.to_string(), Value::text(word)));
            add("attribution", Value::List(vec![Value::Map(one.to_vec())]));
        }
        let text = self.text(said);
        match *self.lang == *self.plan.plan.languages.source {
            true => add("text", Value::text(text)),
            false => {
                add("text", Value::Map(vec![(self.lang.to_string(), Value::text(text))]));
                add("language", Value::text(self.lang));
            }
        }
        if let Some(about) = about {
            add("about", Value::List(vec![Value::text(about)]));
        }
        if let Some(source) = self.options.source {
            add("basis", Value::text("reported"));
            add("source", Value::text(source));
        }
        add("imported", self.origin(line, key));
        let edits = vec![Edit::Add { event: self.event.clone(), item }];
        Ok(Change { row: line.number, what: id, edits })
    }

    fn origin(&self, line: &Line, key: &str) -> Value {
        let mut map = vec![("file".to_string(), Value::text(self.options.file))];
        map.extend(self.table.sheet.iter().map(|sheet| ("sheet".to_string(), Value::text(sheet))));
        map.push(("row".to_string(), Value::Number(line.number)));
        map.push(("key".to_string(), Value::text(key)));
        Value::Map(map)
    }

    fn text(&self, said: &Said) -> String {
        match (said.proposed.is_empty(), said.reason.is_empty()) {
            (true, _) => said.reason.clone(),
            (_, true) => said.proposed.clone(),
            _ => self.words.fill("form-text-reason", &[("proposed", &said.proposed), ("reason", &said.reason)]),
        }
    }

    /// The audience from which the party's name is withheld, with all wider ones: all but those who do the work.
    fn told_to(&self) -> Option<&str> {
        let audiences = &self.plan.plan.audiences;
        let at = audiences.len().saturating_sub(2);
        audiences.get(at).map(|audience| audience.id.as_str())
    }

    /// The item of the paragraph, if a suggestion can be about it.
    fn about(&self, line: &Line, out: &mut Import) -> Result<Option<String>, String> {
        let address = line.get(ADDRESS);
        if address.is_empty() || address == GENERAL {
            return Ok(None);
        }
        let Ok(parsed) = address.parse::<Address>() else {
            return Err("its hidden address was changed; export the form again".to_string());
        };
        let item = self.plan.former.get(&parsed.item).unwrap_or(&parsed.item);
        let Some(declared) = self.plan.ids.get(item) else {
            return Err(format!(
                "what it is about (`{item}`) is not in the plan any more; write it to the plan by hand"
            ));
        };
        match self.options.current.get(address) {
            None => out.notes.push(Told::new(line.number, "its paragraph is not in the edition any more")),
            Some(now) if now != line.get(PRINT) => {
                out.notes.push(Told::new(
                    line.number,
                    format!("its paragraph (`{address}`) has changed since the form was made"),
                ));
            }
            Some(_) => {}
        }
        Ok(match declared.kind {
            kind if ABOUT.contains(&kind) => Some(item.clone()),
            _ => None,
        })
    }

    /// The highest number behind the id of the event, in use, in use before, or retired.
    fn last_number(&self) -> u32 {
        let plan = self.plan;
        let retired = plan.plan.retired_ids.iter().map(|id| id.as_str());
        let all: BTreeSet<&str> =
            plan.ids.keys().chain(plan.former.keys()).map(String::as_str).chain(retired).collect();
        let number = |id: &str| id.strip_prefix(&*self.event)?.strip_prefix('-')?.parse::<u32>().ok();
        all.into_iter().filter_map(number).max().unwrap_or(0)
    }
}
