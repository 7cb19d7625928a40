//! What every part of the document asks: words, texts in the language asked for, names of items, marks.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::draft::*;
use super::labels::{self, Words};
use super::names::{Named, names};
use super::related::Related;
use super::{OpenMatter, dates, numbers, typography};
use crate::analysis::basis_of;
use crate::model::format::{self, Basis, Common, Count, Edition, Id, Money, Person, Text, When};
use crate::model::reference::Index;
use crate::model::{Item, Plan, scan};

pub(super) struct Context<'a> {
    pub plan: &'a Plan,
    pub edition: &'a Edition,
    pub lang: &'a str,
    pub source: &'a str,
    pub words: Words,
    pub matters: &'a [OpenMatter],
    names: BTreeMap<&'a str, Named<'a>>,
    index: std::cell::OnceCell<Index<'a>>,
    related: std::cell::OnceCell<Related<'a>>,
    /// The same in the language of the plan, for what stands inside a text that is not translated.
    source_context: std::cell::OnceCell<Box<Context<'a>>>,
    fallen: RefCell<BTreeSet<String>>,
}

impl<'a> Context<'a> {
    pub fn new(plan: &'a Plan, edition: &'a Edition, lang: &'a str, matters: &'a [OpenMatter]) -> Self {
        let source = plan.plan.languages.source.as_str();
        let (words, missing) = Words::new(lang, source, &plan.plan.words);
        let mut fallen = BTreeSet::new();
        if missing {
            fallen.insert("en".to_string());
        }
        Context {
            plan,
            edition,
            lang,
            source,
            words,
            matters,
            names: names(plan),
            index: Default::default(),
            related: Default::default(),
            source_context: Default::default(),
            fallen: RefCell::new(fallen),
        }
    }

    /// Values by address; made when first asked for.
    pub fn index(&self) -> &Index<'a> {
        self.index.get_or_init(|| Index::new(self.plan))
    }

    /// What points at an item; made when first asked for.
    pub fn related(&self) -> &Related<'a> {
        let scan = || self.scan().map(|scan| scan.data.id.as_str());
        self.related.get_or_init(|| Related::new(self.plan, self.matters, scan()))
    }

    /// The environmental scan on which this edition rests.
    pub fn scan(&self) -> Option<&'a Item<format::ScanEdition>> {
        scan::used(self.plan, self.edition.scan_edition.as_deref())
    }

    /// What to ask inside a text in `lang`: a title, a figure, a date there is in that language, too.
    pub fn within(&self, lang: &str) -> &Context<'a> {
        match lang == self.lang || lang != self.source {
            true => self,
            false => self
                .source_context
                .get_or_init(|| Box::new(Context::new(self.plan, self.edition, self.source, self.matters))),
        }
    }

    pub fn word(&self, key: &str) -> String {
        self.words.get(key).to_string()
    }

    pub fn has_part(&self, part: &str) -> bool {
        let annexes = self.edition.annexes.iter().map(|annex| &annex.part);
        self.edition.parts.iter().chain(annexes).any(|one| **one == *part)
    }

    /// The wording in the language asked for, else in the source language, else in any; and its language.
    fn choose<'t>(&self, text: &'t Text) -> Option<(&'t str, String)> {
        if let Some(found) = text.get(self.lang, self.source) {
            return Some((found, self.lang.to_string()));
        }
        // "2019-2022" is the same in every language.
        let source = text.get(self.source, self.source);
        if let Some(found) = source.filter(|text| !text.chars().any(char::is_alphabetic)) {
            return Some((found, self.lang.to_string()));
        }
        let any = || {
            let found = text.wordings.iter().find(|(_, one)| !one.text.trim().is_empty());
            found.map(|(tag, one)| {
                let tag = if tag.is_empty() { self.source } else { tag };
                (one.text.as_str(), tag.to_string())
            })
        };
        let source = text.get(self.source, self.source);
        source.map(|found| (found, self.source.to_string())).or_else(any)
    }

    /// A text as a phrase.
    pub fn say(&self, text: &Text) -> Phrase {
        match self.choose(text) {
            Some((found, lang)) => {
                let fallback = self.note(&lang);
                Phrase {
                    text: typography::set(&lang, found.trim()),
                    dir: labels::dir(&lang).to_string(),
                    lang,
                    fallback,
                    ..Phrase::default()
                }
            }
            None => Phrase::default(),
        }
    }

    /// The language in which `text` is there, if it is not the one asked for; else empty.
    pub fn other_lang(&self, text: &Text) -> String {
        self.choose(text).map(|(_, lang)| lang).filter(|lang| lang != self.lang).unwrap_or_default()
    }

    /// The same for the name of an item.
    pub fn other_lang_of(&self, id: &str) -> String {
        self.name(id).map(|name| self.other_lang(name.title)).unwrap_or_default()
    }

    pub fn say_opt(&self, text: Option<&Text>) -> Phrase {
        text.map(|text| self.say(text)).unwrap_or_default()
    }

    /// A phrase in the language asked for.
    pub fn phrase(&self, text: impl Into<String>) -> Phrase {
        Phrase {
            text: text.into(),
            lang: self.lang.to_string(),
            dir: labels::dir(self.lang).to_string(),
            ..Phrase::default()
        }
    }

    /// Remembers that something is shown in `lang`; true when that is not the language asked for.
    pub fn note(&self, lang: &str) -> bool {
        let fallback = lang != self.lang;
        if fallback {
            self.fallen.borrow_mut().insert(lang.to_string());
        }
        fallback
    }

    /// The notice that names the languages of what is not translated.
    pub fn fallback_notice(&self) -> Option<Notice> {
        let fallen = self.fallen.borrow();
        if fallen.is_empty() {
            return None;
        }
        let name = |lang: &str| match (labels::endonym(lang), labels::english(lang)) {
            (own, english) if own == english || english.is_empty() => own.to_string(),
            (own, english) => format!("{own} ({english})"),
        };
        let shown: Vec<String> = fallen.iter().map(|lang| name(lang)).collect();
        let and = format!(" {} ", self.words.get("list-and"));
        let places = [("asked", name(self.lang)), ("shown", shown.join(&and))];
        let places = places.each_ref().map(|(key, text)| (*key, text.as_str()));
        Some(Notice {
            role: "fallback".to_string(),
            lang: self.lang.to_string(),
            dir: labels::dir(self.lang).to_string(),
            text: self.words.fill("notice-fallback", &places),
        })
    }

    /// A node in the language asked for.
    pub fn node(&self, id: impl Into<String>, role: &str, origin: impl Into<String>) -> Node {
        self.node_in(self.lang, id, role, origin)
    }

    pub fn node_in(&self, lang: &str, id: impl Into<String>, role: &str, origin: impl Into<String>) -> Node {
        Node {
            id: id.into(),
            lang: lang.to_string(),
            dir: labels::dir(lang).to_string(),
            fallback: self.note(lang),
            role: role.to_string(),
            origin: origin.into(),
            ..Node::default()
        }
    }

    /// A text as inlines; a span of its own where it is in another language.
    pub fn inlines(&self, text: &Text) -> Vec<Inline> {
        let phrase = self.say(text);
        if phrase.text.is_empty() {
            return Vec::new();
        }
        let inline = Inline::text(phrase.text);
        match phrase.fallback {
            true => vec![Inline::Span { node: self.node_in(&phrase.lang, "", "fallback", ""), inlines: vec![inline] }],
            false => vec![inline],
        }
    }

    pub fn opt(&self, text: Option<&Text>) -> Vec<Inline> {
        text.map(|text| self.inlines(text)).unwrap_or_default()
    }

    /// A code or abbreviation: one that is written only once holds for every language.
    pub fn code_text(&self, code: Option<&Text>) -> String {
        let asked = code.and_then(|code| code.get(self.lang, self.source));
        let found = asked.or_else(|| code?.get(self.source, self.source));
        found.unwrap_or("").trim().to_string()
    }

    pub fn code(&self, code: Option<&Text>) -> Vec<Inline> {
        words(self.code_text(code))
    }

    /// What stands between the entries of a list in a line, as the language sets it.
    pub fn semicolon(&self) -> String {
        typography::set(self.lang, if self.lang.starts_with("fr") { " ; " } else { "; " })
    }

    /// A number, as it is printed, with its sign: "23.4%".
    pub fn percent(&self, number: &str) -> String {
        self.words.fill("percent", &[("value", number)])
    }

    /// A fixed word as inlines.
    pub fn fixed(&self, key: &str) -> Vec<Inline> {
        words(self.word(key))
    }

    /// What stands where `fields` of the item `id` are blank: the words of `key`, or that this edition does not show them.
    pub fn missing(&self, id: &str, fields: &[&str], key: &str) -> Vec<Inline> {
        words(self.missing_word(id, fields, key))
    }

    /// The same as text.
    pub fn missing_word(&self, id: &str, fields: &[&str], key: &str) -> String {
        let withheld = fields.iter().any(|field| self.plan.withheld.has(id, field));
        self.word(if withheld { "not-shown" } else { key })
    }

    /// The mark of a basis; what is reported has none.
    pub fn mark(&self, basis: Option<Basis>) -> Option<Inline> {
        let basis = basis.filter(|one| *one != Basis::Reported)?;
        Some(Inline::Mark { role: "basis".to_string(), text: self.word(&format!("basis-{}", basis.word())) })
    }

    /// `inlines` with the mark of `basis` behind them, if there is anything to mark.
    pub fn marked(&self, mut inlines: Vec<Inline>, basis: Option<Basis>) -> Vec<Inline> {
        if !inlines.is_empty() {
            inlines.extend(self.mark(basis));
        }
        inlines
    }

    /// The title of an item, with the marks of its basis and of what is open about it.
    pub fn title<T: Common>(&self, item: &Item<T>, title: &Text) -> Vec<Inline> {
        self.marks(item, self.inlines(title))
    }

    /// `inlines` with the marks of an item: of its basis, and of what is open about it.
    pub fn marks<T: Common>(&self, item: &Item<T>, inlines: Vec<Inline>) -> Vec<Inline> {
        self.open_mark(item, self.marked(inlines, basis_of(item)))
    }

    /// `inlines` with the mark of what is open about an item.
    pub fn open_mark<T: Common>(&self, item: &Item<T>, mut inlines: Vec<Inline>) -> Vec<Inline> {
        if self.related().is_open(item.data.id()) {
            inlines.push(Inline::Mark { role: "open".to_string(), text: self.word("open") });
        }
        inlines
    }

    pub fn name(&self, id: &str) -> Option<Named<'a>> {
        self.names.get(id).copied()
    }

    /// "SO1 Facilitation"; nothing for what has no name.
    pub fn called(&self, id: &str) -> Vec<Inline> {
        let Some(name) = self.name(id) else {
            return Vec::new();
        };
        // A short code stays with the title; one of several words ("Goal 6") is kept together, and may end a line.
        let code = self.code_text(name.code);
        let mut inlines = words(code.replace(' ', "\u{a0}"));
        if !inlines.is_empty() {
            inlines.push(Inline::text(if code.contains(' ') { " " } else { "\u{a0}" }));
        }
        inlines.extend(if name.cited { self.cited(name.title) } else { self.inlines(name.title) });
        inlines
    }

    /// What was published elsewhere, in the language in which it was: said to be in that language, but no fallback.
    pub fn cited(&self, text: &Text) -> Vec<Inline> {
        match self.choose(text) {
            None => Vec::new(),
            Some((found, lang)) => {
                let inline = Inline::text(typography::set(&lang, found.trim()));
                if lang == self.lang {
                    return vec![inline];
                }
                let dir = labels::dir(&lang).to_string();
                let node = Node { lang, dir, role: "cited".to_string(), ..Node::default() };
                vec![Inline::Span { node, inlines: vec![inline] }]
            }
        }
    }

    /// [`Context::called`] as a link; made plain later if the target is not printed in this edition.
    pub fn link(&self, id: &str) -> Vec<Inline> {
        match self.called(id) {
            inlines if inlines.is_empty() => Vec::new(),
            inlines => vec![Inline::Reference { target: id.to_string(), inlines }],
        }
    }

    /// The code alone as a link; the title where there is no code.
    pub fn short_link(&self, id: &str) -> Vec<Inline> {
        match self.name(id) {
            Some(Named { code: Some(code), .. }) => {
                vec![Inline::Reference { target: id.to_string(), inlines: self.code(Some(code)) }]
            }
            _ => self.link(id),
        }
    }

    pub fn links<'i>(&self, ids: impl IntoIterator<Item = &'i Id>) -> Vec<Inline> {
        join(ids.into_iter().map(|id| self.link(id)), &self.semicolon())
    }

    /// The same for plain ids.
    pub fn links_of<'i>(&self, ids: impl IntoIterator<Item = &'i str>) -> Vec<Inline> {
        join(ids.into_iter().map(|id| self.link(id)), &self.semicolon())
    }

    pub fn short_links<'i>(&self, ids: impl IntoIterator<Item = &'i Id>) -> Vec<Inline> {
        join(ids.into_iter().map(|id| self.short_link(id)), ", ")
    }

    /// The sources that are named, as links.
    pub fn sources<T: Common>(&self, item: &Item<T>) -> Vec<Inline> {
        let own = item.data.sources();
        let list = if own.is_empty() { &item.file_source } else { own };
        self.links(list.iter())
    }

    pub fn date(&self, date: &When) -> String {
        dates::print(date, self.plan.plan.period.years, &self.words)
    }

    pub fn date_opt(&self, date: Option<&When>) -> Vec<Inline> {
        words(date.map(|date| self.date(date)).unwrap_or_default())
    }

    /// A counted figure with the mark of its basis.
    pub fn count(&self, count: &Count, basis: Option<Basis>) -> Vec<Inline> {
        let unit = self.say_opt(count.unit.as_ref()).text;
        let base = count.base.as_ref().map(|base| base.as_str());
        let text = numbers::count(&count.value, count.qualifier, base, &unit, self.lang, &self.words);
        self.marked(words(text), count.basis.or(basis))
    }

    /// The value in use of several: the chosen one, else all of them.
    pub fn counts(&self, counts: &[Count], basis: Option<Basis>) -> Vec<Inline> {
        match counts.iter().find(|count| count.chosen) {
            Some(count) => self.count(count, basis),
            None => join(counts.iter().map(|count| self.count(count, basis)), &self.semicolon()),
        }
    }

    pub fn money(&self, money: &Money, basis: Option<Basis>) -> Vec<Inline> {
        let amount = numbers::print(&money.amount, self.lang);
        let text = format!("{amount}\u{a0}{}", money.currency.as_str());
        self.marked(words(text), money.basis.or(basis))
    }

    /// "Name, title, capacity".
    pub fn person(&self, person: &Person, basis: Option<Basis>) -> Vec<Inline> {
        let parts =
            [words(person.name.to_string()), self.opt(person.title.as_ref()), self.opt(person.capacity.as_ref())];
        self.marked(join(parts, ", "), person.basis.or(basis))
    }

    pub fn people(&self, people: &[Person], basis: Option<Basis>) -> Vec<Inline> {
        join(people.iter().map(|one| self.person(one, basis)), &self.semicolon())
    }

    /// Words of a closed list, joined.
    pub fn levels(&self, levels: &[format::Level]) -> Vec<Inline> {
        let one = |level: &format::Level| self.fixed(&format!("level-{}", level.word()));
        join(levels.iter().map(one), ", ")
    }
}

/// A text without structure; nothing for an empty one.
pub(super) fn words(text: String) -> Vec<Inline> {
    match text.is_empty() {
        true => Vec::new(),
        false => vec![Inline::Text { text }],
    }
}

/// The parts that are not empty, with `between` between them. A sentence loses its full stop before a joiner.
pub(super) fn join(parts: impl IntoIterator<Item = Vec<Inline>>, between: &str) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            unstop(&mut out);
            out.push(Inline::text(between));
        }
        out.extend(part);
    }
    out
}

/// The parts that are not empty, each on a line of its own.
pub(super) fn lines(parts: impl IntoIterator<Item = Vec<Inline>>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push(Inline::Break);
        }
        out.extend(part);
    }
    out
}

/// Takes the full stop from the end of a sentence; that of an abbreviation stays.
fn unstop(inlines: &mut [Inline]) {
    match inlines.last_mut() {
        Some(Inline::Text { text }) => {
            let last = text.rsplit(char::is_whitespace).next().unwrap_or("");
            let short = last.chars().count() < 5 || last.trim_end_matches('.').contains('.');
            if text.ends_with('.') && text.contains(' ') && !short {
                text.pop();
            }
        }
        Some(Inline::Reference { inlines, .. } | Inline::Span { inlines, .. }) => unstop(inlines),
        _ => {}
    }
}
