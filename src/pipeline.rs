//! The whole line, in one function and one page. Nothing here reads or writes files.

use std::collections::BTreeMap;

use crate::analysis;
use crate::check;
use crate::clearance::{self, Cleared};
use crate::diag::{Address, Diagnostic, Diagnostics, Origin, Place, Severity};
use crate::document::{self, OpenMatter, draft::Draft};
use crate::model::format::{Edition, Format, Str};
use crate::model::reference::{Index, Resolved, resolve};
use crate::model::{self, Plan};
use crate::render::{self, OutputTree, Theme, theme::ThemeFile};
use crate::source::{self, FileKind, Sources};

/// What to build. Empty lists mean: all that `plan.yaml` asks for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub editions: Vec<String>,
    pub languages: Vec<String>,
    pub formats: Vec<Format>,
    /// PDFs of an earlier build that stay: edition and language.
    pub kept: Vec<(String, String)>,
}

/// What was built.
#[derive(Debug, Default)]
pub struct Built {
    /// Outputs by edition, without those that something stops.
    pub editions: BTreeMap<String, OutputTree>,
    /// Editions that are not written in any of the languages asked for.
    pub passed_over: Vec<String>,
    /// Editions that something stops.
    pub stopped: Vec<String>,
    pub diags: Diagnostics,
    /// Editions and languages that a request may name.
    pub known_editions: Vec<String>,
    pub known_languages: Vec<String>,
}

/// Reads and checks a plan: all faults of source and model, weighed.
pub fn check(sources: &Sources, mut diags: Diagnostics) -> (Option<Plan>, Diagnostics) {
    for (id, file) in sources.of_kind(FileKind::Template) {
        source::check_text(id, file, &mut diags);
    }
    render::check_templates(&theme(sources), &mut diags);
    let plan = model::load::load(sources, &mut diags);
    if let Some(plan) = &plan {
        model::reference::check(plan, &mut diags);
        check::run(plan, &mut diags);
        gaps(plan, &mut diags);
        check::weigh(plan, &mut diags);
    }
    (plan, diags)
}

/// What only the analysis can say, of the plan as those read it who read everything. What rests on a figure that is
/// faulty is not told.
fn gaps(plan: &Plan, diags: &mut Diagnostics) {
    let is_whole = diags.iter().all(|it| it.code.severity() != Severity::Deny);
    if is_whole && plan.evidence.iter().any(|table| table.data.flag.is_some()) {
        let narrowest = plan.plan.audiences.last().map_or("", |audience| audience.id.as_str());
        analysis::findings::gaps(clearance::cut(plan, narrowest).get(), diags);
    }
}

/// Told before each step of a build: the edition, and what is made of it.
pub type Progress<'p> = &'p mut dyn FnMut(&str, &str);

/// Builds every edition that the request asks for and that nothing stops.
pub fn build(sources: &Sources, diags: Diagnostics, request: &Request, progress: Progress) -> Built {
    let (plan, mut diags) = check(sources, diags);
    let Some(plan) = plan else { return Built { diags, ..Built::default() } };
    let mut built = Built {
        known_editions: plan.plan.editions.iter().map(|edition| edition.id.to_string()).collect(),
        known_languages: known_languages(&plan),
        ..Built::default()
    };
    let theme = theme(sources);
    let mut told = Diagnostics::default();
    let job = Job { plan: &plan, sources, faults: &diags, request, theme: &theme };
    for edition in plan.plan.editions.iter().filter(|edition| wanted(&request.editions, &edition.id)) {
        if !written_in(&plan, edition).iter().any(|lang| wanted(&request.languages, lang)) {
            built.passed_over.push(edition.id.to_string());
            continue;
        }
        let tree = match diags.stops(&edition.id) {
            true => None,
            false => job.edition(edition, &mut told, progress),
        };
        match tree {
            Some(tree) => drop(built.editions.insert(edition.id.to_string(), tree)),
            None => built.stopped.push(edition.id.to_string()),
        }
    }
    // What stops an edition that nobody asked for is not told.
    diags.retain(|it| it.edition.as_ref().is_none_or(|edition| wanted(&request.editions, edition)));
    diags.extend(told);
    diags.dedup();
    built.diags = diags;
    built
}

/// What every edition is made from.
struct Job<'a> {
    plan: &'a Plan,
    sources: &'a Sources,
    faults: &'a Diagnostics,
    request: &'a Request,
    theme: &'a Theme,
}

impl Job<'_> {
    /// Makes the files of one edition; nothing when something that is found on the way stops it.
    fn edition(&self, edition: &Edition, told: &mut Diagnostics, progress: Progress) -> Option<OutputTree> {
        progress(&edition.id, "drafts");
        let mut own = Diagnostics::default();
        let mut drafts = drafts(self.plan, &edition.id, self.faults, self.request, &mut own);
        let mut tree = OutputTree::default();
        let asked = |it: &&Format| self.request.formats.is_empty() || self.request.formats.contains(it);
        // A page offers what a reader will find beside it.
        for draft in &mut drafts {
            let kept = self.request.kept.iter().any(|(id, lang)| *id == *edition.id && *lang == draft.lang);
            let pdf = kept || edition.formats.iter().filter(asked).any(|format| *format == Format::Pdf);
            draft.formats.retain(|format| pdf || format != "pdf");
        }
        let mut seen = Vec::new();
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| seen = drafts.iter().map(|draft| (&draft.lang, serde_json::to_vec(draft))).collect());
            for format in edition.formats.iter().filter(asked) {
                print(*format, &drafts, self.theme, &mut tree, &mut own, &mut |what| progress(&edition.id, what));
            }
        });
        for (lang, json) in seen {
            if let Ok(json) = json {
                tree.add(format!("draft/{lang}.json"), json);
            }
        }
        own.iter_mut().for_each(|diagnostic| place_in_plan(self.plan, self.sources, diagnostic));
        check::weigh_for(self.plan, edition, &mut own);
        let stopped = own.stops(&edition.id);
        told.extend(own);
        (!stopped).then_some(tree)
    }
}

/// The sheets that were made, with the edition from which they are taken.
#[derive(Debug, Default)]
pub struct MadeSheets {
    pub sheets: Option<(String, OutputTree)>,
    pub diags: Diagnostics,
    pub known_editions: Vec<String>,
}

/// Makes the sheets of an edition: the one asked for, else the first whose stage demands answers. Nothing is made when
/// something stops that edition.
pub fn sheets(sources: &Sources, diags: Diagnostics, edition: Option<&str>, progress: Progress) -> MadeSheets {
    let (plan, mut diags) = check(sources, diags);
    let Some(plan) = plan else { return MadeSheets { diags, ..MadeSheets::default() } };
    let known_editions = plan.plan.editions.iter().map(|edition| edition.id.to_string()).collect();
    let demands = |it: &&Edition| match edition {
        Some(id) => *it.id == *id,
        None => check::demands_answers(&plan, it),
    };
    let Some(data) = plan.plan.editions.iter().find(demands) else {
        return MadeSheets { sheets: None, diags, known_editions };
    };
    diags.retain(|it| it.edition.as_ref().is_none_or(|own| **own == *data.id));
    let mut made = None;
    if !diags.stops(&data.id) {
        let mut told = Diagnostics::default();
        let cleared = clearance::cut(&plan, &data.audience);
        let drafts = drafts_of(&plan, data, &cleared, &diags, &Request::default(), &mut told);
        let sheets = document::sheets(&cleared, &data.id, &drafts);
        let mut tree = OutputTree::default();
        let theme = theme(sources);
        let tell = &mut |what: &str| progress(&data.id, what);
        render::sheets::render(&sheets, &drafts, &theme, &mut tree, &mut told, tell);
        check::weigh_for(&plan, data, &mut told);
        made = (!told.stops(&data.id)).then(|| (data.id.to_string(), tree));
        diags.extend(told);
        diags.dedup();
    }
    MadeSheets { sheets: made, diags, known_editions }
}

/// The place in the plan of a fault that was found in a draft: where its address leads.
fn place_in_plan(plan: &Plan, sources: &Sources, diagnostic: &mut Diagnostic) {
    let in_draft = matches!(diagnostic.places.first(), Some(Place::Text { name, .. }) if name.starts_with("draft/") && name.ends_with(".json"));
    let found = diagnostic.address.as_ref().filter(|_| in_draft).and_then(|it| resolve(plan, sources, it));
    let place = match found {
        Some(Resolved::Block { file, range, .. }) => {
            // The very character, where it stands as such.
            let text = sources.get(file).text.as_deref().unwrap_or("");
            let character = diagnostic.get("character").chars().next();
            let at = character.and_then(|c| Some((text.get(range.clone())?.find(c)? + range.start, c.len_utf8())));
            Place::Bytes(file, at.map_or(range, |(start, length)| start..start + length))
        }
        Some(Resolved::Value { file, path } | Resolved::Wording { file, path, .. }) => {
            Place::Value(Origin { file, path })
        }
        None => return,
    };
    diagnostic.places[0] = place;
}

/// The drafts of one edition, one a language, cut to its audience.
pub fn drafts(
    plan: &Plan,
    edition: &str,
    faults: &Diagnostics,
    request: &Request,
    told: &mut Diagnostics,
) -> Vec<Draft> {
    let Some(data) = plan.plan.editions.iter().find(|it| &*it.id == edition) else { return Vec::new() };
    drafts_of(plan, data, &clearance::cut(plan, &data.audience), faults, request, told)
}

/// The same from what is cut already.
fn drafts_of(
    plan: &Plan,
    edition: &Edition,
    cleared: &Cleared<Plan>,
    faults: &Diagnostics,
    request: &Request,
    told: &mut Diagnostics,
) -> Vec<Draft> {
    let matters = open_matters(plan, cleared, faults, &edition.id);
    written_in(plan, edition)
        .iter()
        .filter(|lang| wanted(&request.languages, lang))
        .filter_map(|lang| document::draft(cleared, &edition.id, lang, &matters, told))
        .collect()
}

/// The languages in which an edition is written.
fn written_in<'p>(plan: &'p Plan, edition: &'p Edition) -> &'p [Str] {
    if edition.languages.is_empty() { &plan.plan.languages.official } else { &edition.languages }
}

fn known_languages(plan: &Plan) -> Vec<String> {
    let all =
        plan.plan.languages.official.iter().chain(plan.plan.editions.iter().flat_map(|edition| &edition.languages));
    all.map(|lang| lang.to_string()).collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

fn wanted(asked: &[String], name: &str) -> bool {
    asked.is_empty() || asked.iter().any(|it| it == name)
}

fn print(
    format: Format,
    drafts: &[Draft],
    theme: &Theme,
    tree: &mut OutputTree,
    told: &mut Diagnostics,
    progress: &mut dyn FnMut(&str),
) {
    match format {
        Format::Html => {
            progress("HTML");
            render::html::render(drafts, render::fonts::fonts(), theme, tree, told);
        }
        #[cfg(feature = "pdf")]
        Format::Pdf => drafts.iter().for_each(|draft| {
            progress(&format!("PDF, {}", draft.lang));
            render::pdf::render(draft, theme, tree, told);
        }),
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => {}
    }
}

/// The user's templates among the sources.
pub fn theme(sources: &Sources) -> Theme {
    let files = sources.of_kind(FileKind::Template).map(|(id, file)| ThemeFile {
        id,
        name: file.path.trim_start_matches("templates/").to_string(),
        bytes: file.bytes.clone(),
        text: file.text.clone(),
    });
    Theme { files: files.collect() }
}

/// What a stage that denies nothing lists in front: only matters of what this audience may read.
fn open_matters(plan: &Plan, cleared: &Cleared<Plan>, faults: &Diagnostics, edition: &str) -> Vec<OpenMatter> {
    let matters = check::open_matters(plan, faults, edition);
    let languages =
        plan.plan.editions.iter().find(|it| *it.id == *edition).map(|it| written_in(plan, it)).unwrap_or_default();
    let index = Index::new(cleared.get());
    matters
        .into_iter()
        .filter_map(|diagnostic| {
            let address = diagnostic.address.as_ref()?;
            // What is missing in a language in which this edition is not written is no matter of it.
            if address.lang.as_ref().is_some_and(|lang| !languages.iter().any(|it| **it == **lang)) {
                return None;
            }
            // That a value is missing is told to nobody who would not see it if it were there.
            let withheld = |field: &str| cleared.get().withheld.has(&address.item, field);
            let lacks: Vec<String> = diagnostic.get("fields").split(", ").map(str::to_string).collect();
            let is_told = |field: &String| !field.is_empty() && !withheld(field);
            let all_withheld = lacks.iter().any(|it| !it.is_empty()) && !lacks.iter().any(is_told);
            if all_withheld || check::lacks(diagnostic.code).is_some_and(withheld) {
                return None;
            }
            let seen = Address { lang: None, ..address.clone() };
            index.has(&seen).then(|| OpenMatter {
                code: diagnostic.code.word().to_string(),
                item: address.item.clone(),
                field: address.fields.last().cloned().unwrap_or_default(),
                language: address.lang.clone().unwrap_or_default(),
                lacks: lacks.into_iter().filter(is_told).collect(),
            })
        })
        .collect()
}
