//! The whole line, in one function and one page. Nothing here reads or writes files.

use std::collections::BTreeMap;

use crate::check;
use crate::clearance;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{self, OpenMatter, draft::Draft};
use crate::model::{self, Plan, format::Format};
use crate::render::{self, OutputTree, Theme, theme::ThemeFile};
use crate::report;
use crate::source::{FileKind, Sources};

/// What to build. Empty lists mean: all that `plan.yaml` asks for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub editions: Vec<String>,
    pub languages: Vec<String>,
    pub formats: Vec<Format>,
}

/// What was built.
#[derive(Debug, Default)]
pub struct Built {
    /// Outputs by edition, without those that something stops.
    pub editions: BTreeMap<String, OutputTree>,
    /// Editions that something stops.
    pub stopped: Vec<String>,
    pub diags: Diagnostics,
    /// Editions and languages that a request may name.
    pub known_editions: Vec<String>,
    pub known_languages: Vec<String>,
}

/// Reads and checks a plan: all faults of source and model, weighed.
pub fn check(sources: &Sources, mut diags: Diagnostics) -> (Option<Plan>, Diagnostics) {
    let plan = model::load::load(sources, &mut diags);
    if let Some(plan) = &plan {
        model::reference::check(plan, &mut diags);
        check::run(plan, &mut diags);
        check::weigh(plan, &mut diags);
    }
    (plan, diags)
}

/// Builds every edition that the request asks for and that nothing stops.
pub fn build(sources: &Sources, diags: Diagnostics, request: &Request) -> Built {
    let (plan, diags) = check(sources, diags);
    let mut built = Built { diags, ..Built::default() };
    let Some(plan) = plan else { return built };
    built.known_editions = plan.plan.editions.iter().map(|edition| edition.id.to_string()).collect();
    built.known_languages = known_languages(&plan);
    let theme = theme(sources);
    for edition in plan.plan.editions.iter().filter(|edition| wanted(&request.editions, &edition.id)) {
        if built.diags.stops(&edition.id) {
            built.stopped.push(edition.id.to_string());
            continue;
        }
        let mut told = Diagnostics::default();
        let drafts = drafts(&plan, sources, &edition.id, &built.diags, request, &mut told);
        let mut tree = OutputTree::default();
        for draft in &drafts {
            if let Ok(json) = serde_json::to_vec_pretty(draft) {
                tree.add(format!("draft/{}.json", draft.lang), json);
            }
        }
        for format in
            edition.formats.iter().filter(|format| request.formats.is_empty() || request.formats.contains(format))
        {
            print(*format, &drafts, &theme, &mut tree, &mut told);
        }
        for diagnostic in told.iter_mut().filter(|it| !it.code.locked()) {
            diagnostic.severity = diagnostic
                .severity
                .max(*plan.plan.severity.get(diagnostic.code.word()).unwrap_or(&diagnostic.severity));
        }
        let stopped = told.stops(&edition.id);
        built.diags.extend(told);
        if stopped {
            built.stopped.push(edition.id.to_string());
        } else {
            built.editions.insert(edition.id.to_string(), tree);
        }
    }
    built.diags.dedup();
    built
}

/// The drafts of one edition, one a language, cut to its audience.
pub fn drafts(
    plan: &Plan,
    sources: &Sources,
    edition: &str,
    faults: &Diagnostics,
    request: &Request,
    told: &mut Diagnostics,
) -> Vec<Draft> {
    let Some(data) = plan.plan.editions.iter().find(|it| &*it.id == edition) else { return Vec::new() };
    let cleared = clearance::cut(plan, &data.audience);
    let matters = open_matters(plan, sources, faults, edition);
    let languages = if data.languages.is_empty() { &plan.plan.languages.official } else { &data.languages };
    languages
        .iter()
        .filter(|lang| wanted(&request.languages, lang))
        .filter_map(|lang| document::draft(&cleared, edition, lang, &matters, told))
        .collect()
}

fn known_languages(plan: &Plan) -> Vec<String> {
    let all =
        plan.plan.languages.official.iter().chain(plan.plan.editions.iter().flat_map(|edition| &edition.languages));
    all.map(|lang| lang.to_string()).collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

fn wanted(asked: &[String], name: &str) -> bool {
    asked.is_empty() || asked.iter().any(|it| it == name)
}

fn print(format: Format, drafts: &[Draft], theme: &Theme, tree: &mut OutputTree, told: &mut Diagnostics) {
    match format {
        Format::Html => render::html::render(drafts, render::fonts::fonts(), theme, tree, told),
        #[cfg(feature = "pdf")]
        Format::Pdf => drafts.iter().for_each(|draft| render::pdf::render(draft, theme, tree, told)),
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

/// What a stage that denies nothing lists in front.
fn open_matters(plan: &Plan, _sources: &Sources, faults: &Diagnostics, edition: &str) -> Vec<OpenMatter> {
    let matter = |diagnostic: &Diagnostic| OpenMatter {
        code: diagnostic.code.word().to_string(),
        item: diagnostic.address.as_ref().map(|address| address.item.clone()).unwrap_or_default(),
        sentence: report::sentence(diagnostic),
    };
    check::open_matters(plan, faults, edition).into_iter().map(matter).collect()
}
