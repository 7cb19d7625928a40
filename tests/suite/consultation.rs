//! The closed loop from end to end: the gate, the counts, the sheets, and who is named to whom.

use std::collections::BTreeMap;

use planwright::clearance;
use planwright::diag::{Code, Diagnostics};
use planwright::model::format::Named;
use planwright::model::points;
use planwright::model::{Plan, load};
use planwright::source::Sources;

use crate::exchange;
use crate::support::{PlanTest, files, read};

fn plan_of(root: &std::path::Path) -> (Plan, Sources) {
    let (sources, _) = read(root.to_str().unwrap());
    (load::load(&sources, &mut Diagnostics::default()).unwrap(), sources)
}

/// Visible words of a page, with white space folded and typography made plain.
fn words(html: &str) -> String {
    let page = scraper::Html::parse_document(html);
    let main = scraper::Selector::parse("main").unwrap();
    plain(&page.select(&main).next().unwrap().text().collect::<Vec<_>>().join(""))
}

fn plain(text: &str) -> String {
    let text: String = text.chars().map(|c| if matches!(c, '\u{a0}' | '\u{202f}') { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The places in `text` of blocks under a key `disposition:`, as bytes.
fn dispositions(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if let Some((begin, depth)) = open
            && !line.trim().is_empty()
            && indent <= depth
        {
            out.push(begin..at);
            open = None;
        }
        if line.trim_start().starts_with("disposition:") {
            open = Some((at, indent));
        }
        at += line.len();
    }
    out.extend(open.map(|(begin, _)| begin..at));
    out
}

#[test]
fn without_any_one_answer_the_gate_is_closed_at_its_place() {
    let plan = PlanTest::from_dir(".");
    let mut tried = 0;
    for (path, bytes) in files(&plan.path("plan/consultation")) {
        let text = String::from_utf8(bytes).unwrap();
        let path = format!("plan/consultation/{path}");
        for range in dispositions(&text) {
            let mut less = text.clone();
            less.replace_range(range, "");
            plan.write(&path, less);
            let (sources, diags) = read(plan.folder.path().to_str().unwrap());
            let (_, diags) = planwright::pipeline::check(&sources, diags);
            assert!(diags.stops("policy-commission"), "{path}");
            let open = diags
                .iter()
                .find(|it| it.code == Code::UndisposedPoint && it.edition.as_deref() == Some("policy-commission"));
            assert!(open.is_some_and(|it| it.address.is_some() && !it.places.is_empty()), "{path}");
            assert!(!diags.stops("working"), "{path}: the working draft always builds");
            tried += 1;
        }
        plan.write(&path, text);
    }
    assert!(tried >= 15, "only {tried} answers were tried");
}

#[test]
fn a_changed_text_and_an_objection_close_the_gate_of_the_edition_that_demands_it() {
    for (folder, code) in [("suspect", "suspect-disposition"), ("reopened", "reopened-point")] {
        let plan = PlanTest::from_dir(&format!("tests/plans/{folder}"));
        let output = plan.run(&["build"]);
        assert_eq!(output.status.code(), Some(1));
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains(&format!("error[{code}]")), "{told}");
        assert!(plan.path("build/draft/html/index.html").is_file() && !plan.path("build/board").exists());
    }
}

#[test]
fn in_october_every_total_says_of_how_many() {
    let plan = PlanTest::from_dir("tests/plans/october");
    let output = plan.run(&["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let pages = files(&plan.path("build"));
    let of = |end: &str| {
        pages.iter().find(|(path, _)| path.ends_with(end)).map(|(_, bytes)| words(&String::from_utf8_lossy(bytes)))
    };
    let page = of("en/consultation.html").unwrap();
    let state: Vec<_> = plan_of(plan.folder.path()).0.events.iter().map(|it| it.data.state).collect();
    let reported = state.iter().filter(|it| **it == planwright::model::format::EventState::Reported).count();
    assert_eq!(state.len(), 6);
    assert!(page.contains(&format!("{reported} of 6")), "{page}");
    assert!(page.contains("not yet answered4"), "{page}");
}

/// Over all sheets of one kind, each suggestion stands once; a sheet holds nobody else's.
fn each_once(root: &str, edition: &str, at_least: usize) {
    let test = PlanTest::from_dir(root);
    let output = test.run(&["sheets", "--edition", edition]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let (plan, _) = plan_of(test.folder.path());
    let audience = &plan.plan.editions.iter().find(|it| *it.id == *edition).unwrap().audience;
    let cleared = clearance::cut(&plan, audience);
    let said: Vec<_> = points::suggestions(cleared.get()).collect();
    assert!(said.len() >= at_least, "{} suggestions", said.len());
    let sheets: BTreeMap<String, String> = files(&test.path(&format!("build/{edition}/sheets")))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path, words(&String::from_utf8_lossy(&bytes))))
        .collect();
    for kind in ["region-", "event-", "member-"] {
        let of_kind: Vec<_> = sheets.iter().filter(|(path, _)| path.starts_with(kind)).collect();
        for (_, item) in &said {
            let wordings: Vec<String> = item.data.text.wordings.iter().map(|(_, one)| plain(&one.text)).collect();
            let on = of_kind.iter().filter(|(_, text)| wordings.iter().any(|one| text.contains(one.as_str())));
            let on: Vec<_> = on.map(|(path, _)| path.as_str()).collect();
            assert_eq!(on.len(), 1, "{kind}: `{}` stands on {on:?}", item.data.id.as_str());
            let text = &sheets[on[0]];
            let times: usize = wordings.iter().map(|one| text.matches(one.as_str()).count()).max().unwrap();
            assert_eq!(times, 1, "{kind}: `{}` stands {times} times on {on:?}", item.data.id.as_str());
        }
    }
}

#[test]
fn each_suggestion_stands_once_on_the_sheets_of_each_kind() {
    each_once(".", "policy-commission", 15);
    each_once(".", "public", 15);
}

#[test]
fn sheets_of_the_league_hold_each_suggestion_once() {
    let (plan, _) = plan_of(std::path::Path::new("examples/harbour-league"));
    for edition in &plan.plan.editions {
        each_once("examples/harbour-league", &edition.id, 30);
    }
}

#[test]
fn a_build_leaves_the_sheets_in_place() {
    let plan = PlanTest::from_dir("tests/plans/october");
    assert_eq!(plan.run(&["sheets", "--edition", "working"]).status.code(), Some(0));
    let before = files(&plan.path("build/working/sheets"));
    assert!(before.len() > 1);
    let told = |plan: &PlanTest| {
        let output = plan.run(&["build", "--format", "html"]);
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap().contains("the sheets of `working` are of an earlier state")
    };
    assert!(!told(&plan), "nothing has changed");
    assert_eq!(files(&plan.path("build/working/sheets")), before);
    plan.write("plan/plan.yaml", plan.read("plan/plan.yaml") + "# one more line\n");
    assert!(told(&plan));
    assert_eq!(files(&plan.path("build/working/sheets")), before);
}

/// To an audience from which a name is kept, neither the name nor the id of the suggestion stands beside its words.
#[test]
fn a_name_that_may_not_travel_stays_behind() {
    let (plan, _) = plan_of(std::path::Path::new("examples/harbour-league"));
    let mut kept = 0;
    for audience in &plan.plan.audiences {
        let cleared = clearance::cut(&plan, &audience.id);
        let rank = |id: &str| plan.plan.audiences.iter().position(|it| *it.id == *id).unwrap();
        for (event, item) in points::suggestions(&plan) {
            let holds = item.data.attribution.iter().filter(|it| rank(&it.audience) >= rank(&audience.id));
            let Some(named) = holds.map(|it| it.named).max().filter(|it| *it != Named::Member) else { continue };
            kept += 1;
            let seen = points::suggestions(cleared.get()).collect::<Vec<_>>();
            assert!(seen.iter().all(|(_, it)| it.data.id != item.data.id), "the id may tell");
            let (at, same) = seen.iter().find(|(_, it)| it.data.text == item.data.text).expect("its words stay");
            let member = |id: &str| plan.members.iter().any(|it| *it.data.id == *id);
            assert!(!same.data.by.as_deref().is_some_and(member));
            assert!(same.data.speaker.is_none() && same.data.imported.is_none() && same.data.source.list.is_empty());
            if named == Named::Nobody {
                assert!(same.data.by.is_none());
                let regional = plan.events.iter().any(|it| *it.data.id == *event && it.data.region.is_some());
                assert_eq!(at.is_empty(), regional, "the event would tell the region");
            }
        }
    }
    assert!(kept >= 6, "only {kept} cases");
}

/// Fills in the forms as the table of the chapter says.
fn fill_in(plan: &PlanTest, page: &str) -> usize {
    let rows = page.lines().filter(|line| line.starts_with("| ") && line.contains(".xlsx"));
    let mut filled = 0;
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [file, delegation, named, number, proposed, reason] = cells[..] else { panic!("{row}") };
        if !plan.path(file).exists() {
            plan.write(file, std::fs::read(plan.path("comments.xlsx")).unwrap());
            let top = [(":delegation", "present", delegation), (":named", "present", named)];
            exchange::fill(plan, file, "address", &top);
        }
        exchange::fill(plan, file, "number", &[(number, "proposed", proposed), (number, "reason", reason)]);
        filled += 1;
    }
    filled
}

/// The entry with this id in any list of the plan's YAML files.
fn entry(plan: &PlanTest, id: &str) -> Option<serde_yaml::Value> {
    let lists = files(&plan.path("plan")).into_iter().filter(|(path, _)| path.ends_with(".yaml"));
    let values = lists.filter_map(|(_, bytes)| serde_yaml::from_slice::<serde_yaml::Value>(&bytes).ok());
    let entries =
        values.filter_map(|value| value.as_mapping().cloned()).flat_map(|map| map.into_values().collect::<Vec<_>>());
    let mut entries = entries.filter_map(|value| value.as_sequence().cloned()).flatten();
    entries.find(|one| one.get("id").and_then(|it| it.as_str()) == Some(id))
}

/// Every box of the chapter, in its order, from the empty form to the annex.
#[test]
fn the_chapter_on_a_round_can_be_followed() {
    let page = std::fs::read_to_string("docs/guide/consultation-round.md").unwrap();
    let plan = PlanTest { folder: tempfile::tempdir().unwrap() };
    let (mut ran, mut shown) = (0, 0);
    for section in page.split("\n## ") {
        let mut entries = Vec::new();
        for fence in crate::pages::fences(section) {
            match (fence.kind.as_str(), fence.path.as_str()) {
                ("sh", _) => {
                    let words = crate::dispose::words(fence.text.trim());
                    let words: Vec<&str> = words.iter().map(String::as_str).collect();
                    assert_eq!(words[0], "planwright");
                    let output = plan.run(&words[1..]);
                    assert_eq!(
                        output.status.code(),
                        Some(0),
                        "{}{}",
                        fence.text,
                        String::from_utf8_lossy(&output.stderr)
                    );
                    ran += 1;
                    if words[1] == "export" {
                        assert_eq!(fill_in(&plan, &page), 3);
                    }
                    if fence.text.contains("not-satisfied") {
                        let shut = plan.run(&["check", "--edition", "draft"]);
                        assert_eq!(shut.status.code(), Some(1), "the gate is shut");
                        assert!(String::from_utf8_lossy(&shut.stderr).contains("reopened-point"));
                    }
                }
                ("yaml", "") if fence.text.starts_with("event: ") => {
                    assert_eq!(plan.read("plan/consultation/suggestions/letters.yaml"), fence.text);
                    shown += 1;
                }
                ("yaml", "") => entries.push(fence.text),
                (_, path) => drop(plan.write(path, &fence.text)),
            }
        }
        for text in entries {
            for one in serde_yaml::from_str::<Vec<serde_yaml::Value>>(&text).unwrap() {
                let id = one["id"].as_str().unwrap();
                assert_eq!(entry(&plan, id).as_ref(), Some(&one), "what the chapter shows of {id}");
                shown += 1;
            }
        }
    }
    assert!(ran >= 35 && shown >= 3, "{ran} commands, {shown} entries");
    let found: Vec<String> = plan.diagnostics().into_iter().filter(|line| line.contains("consultation/")).collect();
    assert!(found.is_empty(), "{found:#?}");
    // The annex holds every party's words with an answer, and each party has its sheet.
    let pages = files(&plan.path("build/draft/html/en/consultation"));
    let text: String = pages.iter().map(|(_, bytes)| words(&String::from_utf8_lossy(bytes))).collect();
    for said in ["Do not count people.", "one late evening a week", "Give us a key.", "Open on one evening"] {
        assert!(text.contains(said), "{said}");
    }
    assert!(!text.contains("not yet answered"));
    let sheets = files(&plan.path("build/draft/sheets"));
    for party in ["school", "choir", "shop"] {
        assert!(sheets.iter().any(|(path, _)| path.contains(party) && path.ends_with(".pdf")), "{party}");
    }
}
