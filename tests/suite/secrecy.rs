//! A canary word in every field of every kind of item that a plan may withhold reaches no byte of a lower edition.

use std::collections::BTreeSet;

use planwright::diag::Diagnostics;
use planwright::model::format::{Str, Target};
use planwright::model::{Item, Plan, load};
use planwright::{clearance, pipeline};

use crate::support::{PlanTest, files};

const CANARY: &str = "xylocarpzebra";

/// Fields that no reader ever sees: they steer, name or order, or are of use to other programs.
const NOT_PRINTED: &[&str] = &[
    "Allocation/table",
    "Body/symbol-code",
    "Factor/impact",
    "Factor/likelihood",
    "Layer/code-pattern",
    "Layer/groups",
    "Member/language",
    "Suggestion/attribution",
    "Suggestion/imported",
    "Suggestion/language",
    "Survey/columns",
];

fn holds(bytes: &[u8]) -> bool {
    let utf16: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_be_bytes).collect();
    String::from_utf8_lossy(bytes).to_lowercase().contains(CANARY) || bytes.windows(utf16.len()).any(|it| it == utf16)
}

fn read(root: &str) -> Plan {
    let sources = planwright::source::read_folder(std::path::Path::new(root), &mut Default::default());
    load::load(&sources, &mut Default::default()).unwrap()
}

/// Kind of item, name of field, and whether it holds words of its own (not names of items or dates), from the
/// generated schemas.
fn fields() -> Vec<(String, String, bool)> {
    let mut out = BTreeSet::new();
    for (_, kind) in planwright::model::schema::KINDS {
        let schema = planwright::model::schema::schema(*kind).unwrap();
        let root = (schema["title"].as_str().unwrap_or_default().to_string(), schema.clone());
        let definitions = schema["$defs"].as_object().cloned().unwrap_or_default();
        for (name, definition) in definitions.into_iter().chain([root]) {
            let Some(properties) = definition["properties"].as_object() else { continue };
            if properties.contains_key("field-classification") {
                out.extend(properties.iter().map(|(field, it)| (name.clone(), field.clone(), has_words(it))));
            }
        }
    }
    out.into_iter().collect()
}

fn has_words(schema: &serde_json::Value) -> bool {
    let text = schema.to_string();
    !["Id", "Ids", "When"].iter().any(|name| text.contains(&format!("\"#/$defs/{name}\"")))
}

/// Puts the canary into `field` of the first item of `kind` through its JSON form, and classifies the field or not.
fn put(plan: &mut Plan, kind: &str, field: &str, classified: bool) -> bool {
    macro_rules! kinds {
        ($($name:literal $list:expr;)*) => {
            match kind {
                $($name => $list.first_mut().is_some_and(|item| poison(item, field, classified)),)*
                "Suggestion" => {
                    let first = plan.suggestions.first_mut().and_then(|group| group.suggestions.first_mut());
                    first.is_some_and(|item| poison(item, field, classified))
                }
                "OldElement" => {
                    let first = plan.predecessor.as_mut().and_then(|one| one.elements.first_mut());
                    first.is_some_and(|item| poison(item, field, classified))
                }
                other => panic!("no list of {other}"),
            }
        };
    }
    kinds! {
        "Layer" plan.layers;
        "Statement" plan.statements;
        "Element" plan.elements;
        "Section" plan.sections;
        "Priority" plan.priorities;
        "Activity" plan.activities;
        "Indicator" plan.indicators;
        "Region" plan.regions;
        "Member" plan.members;
        "Body" plan.bodies;
        "Meeting" plan.meetings;
        "Decision" plan.decisions;
        "Unit" plan.units;
        "Source" plan.sources;
        "Term" plan.terms;
        "Event" plan.events;
        "Cycle" plan.cycles;
        "Cluster" plan.clusters;
        "Reason" plan.reasons;
        "EvidenceTable" plan.evidence;
        "Allocation" plan.allocations;
        "CostKey" plan.cost_keys;
        "ScanEdition" plan.scan_editions;
        "Factor" plan.factors;
        "Survey" plan.surveys;
        "StrategicMap" plan.map;
    }
}

fn poison<T: serde::Serialize + serde::de::DeserializeOwned>(
    item: &mut Item<T>,
    field: &str,
    classified: bool,
) -> bool {
    let mut value = serde_json::to_value(&item.data).unwrap();
    let candidates = [
        serde_json::json!(CANARY),
        serde_json::json!([CANARY]),
        serde_json::json!({ "name": CANARY }),
        serde_json::json!([{ "name": CANARY }]),
        serde_json::json!({ "value": "7", "unit": CANARY }),
        serde_json::json!([{ "value": "7", "unit": CANARY }]),
        serde_json::json!({ "amount": "7", "currency": CANARY }),
        serde_json::json!([{ "year": "2028", "text": CANARY }]),
        serde_json::json!({ "year": "2028", "text": CANARY }),
        serde_json::json!([{ "id": "canary", "title": CANARY }]),
        serde_json::json!([{ "id": "canary", "text": CANARY, "proposer": CANARY }]),
        serde_json::json!({ "status": "noted", "reason": CANARY }),
        serde_json::json!([{ "id": "canary", "text": CANARY }]),
        serde_json::json!([{ "verdict": "satisfied", "text": CANARY }]),
        serde_json::json!([{ "audience": CANARY, "named": "member" }]),
        serde_json::json!({ "file": CANARY, "row": 1 }),
        serde_json::json!([{ "to": "old-lending", "amount": "7", "title": CANARY }]),
        serde_json::json!([{ "id": "canary", "title": CANARY, "amount": "7", "key": "key-old-time" }]),
        serde_json::json!([{ "to": "goal-ships", "rationale": CANARY }]),
        serde_json::json!([{ "id": "happening", "name": CANARY }, { "id": "severe", "name": CANARY }]),
        serde_json::json!({ "measures": CANARY, "values": [] }),
        serde_json::json!([{ "id": "canary", "title": CANARY, "boxes": [] }]),
        serde_json::json!([{ "id": "canary", "title": CANARY, "region": "the-isles" }]),
    ];
    for candidate in candidates {
        value[field] = candidate;
        if classified {
            value["field-classification"] = serde_json::json!({ field: "secretariat" });
        }
        if let Ok(made) = serde_json::from_value(value.clone()) {
            item.data = made;
            return true;
        }
    }
    false
}

/// Fields about which a canary says nothing: names, references, dates, and the classification itself.
fn is_name(field: &str) -> bool {
    ["id", "classification", "field-classification", "formerly", "external-ids"].contains(&field)
}

/// The drafts of an edition as bytes: all that later rooms see.
fn drafts(plan: &Plan, edition: &str) -> Vec<u8> {
    let drafts = pipeline::drafts(plan, edition, &Diagnostics::default(), &Default::default(), &mut Default::default());
    assert!(!drafts.is_empty(), "no draft of {edition}");
    serde_json::to_vec(&drafts).unwrap()
}

/// Every property that the schema of the kinds knows, one by one, withheld by `field-classification`.
#[test]
fn every_classifiable_field_is_cut() {
    let bases = [("examples/harbour-league", ["board", "public"]), (".", ["policy-commission", "public"])];
    let bases = bases.map(|(root, editions)| (read(root), editions));
    let (mut cut, mut unprinted) = (0, BTreeSet::new());
    for (kind, field, has_words) in fields().iter().filter(|(_, field, _)| !is_name(field)) {
        let mut met = false;
        let mut printed = false;
        for (base, editions) in &bases {
            let mut plan = base.clone();
            if !put(&mut plan, kind, field, true) {
                continue;
            }
            met = true;
            let cleared = clearance::cut(&plan, "members");
            assert!(!holds(format!("{:?}", cleared.get()).as_bytes()), "{kind}/{field} survives");
            for edition in editions {
                assert!(!holds(&drafts(&plan, edition)), "{kind}/{field} is in the edition {edition}");
            }
            let mut plan = base.clone();
            assert!(put(&mut plan, kind, field, false));
            printed |= holds(&drafts(&plan, "working"));
        }
        cut += usize::from(met);
        if met && *has_words && !printed {
            unprinted.insert(format!("{kind}/{field}"));
        }
    }
    assert!(cut > 90, "only {cut} fields were tried");
    let known: BTreeSet<String> = NOT_PRINTED.iter().map(|name| name.to_string()).collect();
    assert_eq!(unprinted, known, "fields without a reader");
}

/// What an answer keeps of a text travels no further than the text itself; of one that is gone, nobody can say how far.
#[test]
fn kept_words_of_a_withheld_field_or_passage_stay_behind() {
    let mut plan = read("examples/harbour-league");
    let element = plan.elements.iter_mut().find(|one| !one.bodies[0].prose.blocks.is_empty()).unwrap();
    let id = element.data.id.to_string();
    let block = &mut element.bodies[0].prose.blocks[0];
    let key = block.key.clone();
    block.classification = Some("secretariat".to_string());
    element.data.field_classification.insert("owner".to_string(), Str("secretariat".to_string()));
    let mut holds = |addresses: &[String], audience: &str| {
        let kept = |address: &String| Target {
            address: Str(address.clone()),
            before: Some(Str(CANARY.to_string())),
            after: Some(Str(CANARY.to_string())),
            fingerprint: Some(Str(CANARY.to_string())),
        };
        let said = plan.suggestions.iter_mut().flat_map(|group| &mut group.suggestions);
        let said = said.filter(|one| one.data.classification.is_none() && one.data.attribution.is_empty());
        let answer = said.filter_map(|one| one.data.disposition.as_mut()).next().unwrap();
        answer.targets = addresses.iter().map(kept).collect();
        format!("{:?}", clearance::cut(&plan, audience).get()).matches(CANARY).count()
    };
    let withheld = [format!("{id}/owner"), format!("{id}#{key}"), format!("{id}#gone")];
    assert_eq!(holds(&withheld, "public"), 0);
    assert_eq!(holds(&withheld, "members"), 0);
    assert_eq!(holds(&withheld, "secretariat"), 9);
    assert_eq!(holds(&[format!("{id}/title")], "public"), 3, "what everybody may read is kept");
}

/// An item of every kind whose every text is the canary, in files of their own, and a passage; built as far as bytes.
#[test]
fn a_withheld_item_of_every_kind_reaches_no_byte() {
    let plan = PlanTest::from_dir("examples/harbour-league");
    let secret = "classification: secretariat, basis: illustrative, source: fiction";
    let list = |path: &str, item: &str| {
        let text = plan.read(path);
        plan.write(path, format!("{}\n  - {{{item}, {secret}}}\n", text.trim_end()));
    };
    let c = CANARY;
    let source = plan.read("plan/sources.yaml");
    let fiction = source.split("id: ").nth(1).unwrap().lines().next().unwrap().trim().to_string();
    let list = |path: &str, item: String| list(path, &item);
    list("plan/priorities.yaml", format!("id: z-priority, title: {c}, description: {c}"));
    list("plan/activities.yaml", format!("id: z-activity, title: {c}, parent: z-element, deliverable: {c}"));
    list("plan/indicators.yaml", format!("id: z-indicator, title: {c}, measures: z-element, unit: {c}, method: {c}"));
    list("plan/members.yaml", format!("id: z-member, name: {c}"));
    list("plan/bodies.yaml", format!("id: z-body, name: {c}, description: {c}"));
    list("plan/meetings.yaml", format!("id: z-meeting, title: {c}, body: z-body, dates: 2026-01-01, place: {c}"));
    list("plan/decisions.yaml", format!("id: z-decision, title: {c}, text: {c}, meeting: z-meeting"));
    list("plan/units.yaml", format!("id: z-unit, name: {c}"));
    list("plan/sources.yaml", format!("id: z-source, title: {c}, publisher: {c}"));
    list("plan/glossary.yaml", format!("id: z-term, term: {c}, abbreviation: {c}, definition: {c}"));
    list(
        "plan/consultation/events.yaml",
        format!("id: z-event, title: {c}, kind: workshop, state: held, place: {c}, dates: 2026-01-02, summary: {c}"),
    );
    list("plan/consultation/cycles.yaml", format!("id: z-cycle, title: {c}, description: {c}"));
    list("plan/consultation/reasons.yaml", format!("id: z-reason, text: {c}"));
    list(
        "plan/scan.yaml",
        format!(
            "id: z-factor, title: {c}, nature: trend, aspect: social, response: {c}, answered-by: [{{to: z-element, rationale: {c}}}]"
        ),
    );
    let costs = plan.read("plan/costs.yaml");
    let held = format!(
        "{}\n  - {{id: z-costs, title: {c}, year: '2027', of: plan, currency: {c}, shared: [{{id: z, title: {c}, amount: 5, key: z-key}}], {secret}}}\n",
        costs.trim_end()
    );
    let key = format!(
        "  - {{id: z-key, title: {c}, description: {c}, shares: [{{to: z-element, share: 100}}], {secret}}}\nallocations:\n"
    );
    plan.write("plan/costs.yaml", held.replacen("allocations:\n", &key, 1));
    list(
        "plan/consultation/clusters.yaml",
        format!("id: z-cluster, title: {c}, points: [z-said], disposition: {{status: noted, reason: {c}}}"),
    );
    plan.write(
        "plan/consultation/suggestions/z.yaml",
        format!("event: z-event\nbasis: illustrative\nsource: {fiction}\nclassification: secretariat\nsuggestions:\n  - {{id: z-said, kind: suggestion, wording: verbatim, by: z-member, text: {c}, replies: [{{by: z-member, verdict: satisfied, text: {c}}}]}}\n"),
    );
    plan.write(
        "plan/surveys/z.yaml",
        format!("id: z-survey\ntitle: {c}\ndescription: {c}\nclassification: secretariat\nbasis: illustrative\nsource: {fiction}\nscale: {{least: 1, most: 5, high: important, labels: [{{value: 1, text: {c}}}]}}\ngroups:\n  - {{id: z-group, name: {c}}}\nquestions:\n  - {{id: z-question, text: {c}, column: {c}, about: [z-element]}}\nwaves:\n  - {{id: z-wave, title: {c}, file: z-{c}.csv}}\nrules: {{weighting: one-group-one-vote, blanks: left-out, unfinished: kept, twice: last}}\n"),
    );
    plan.write(format!("plan/surveys/z-{c}.csv").as_str(), format!("{c}\n4\n5\n3\n"));
    let poll = plan.read("plan/surveys/members-poll.yaml");
    let question = format!("questions:\n  - {{id: z-asked, text: {c}, column: Q1, classification: secretariat}}\n");
    plan.write("plan/surveys/members-poll.yaml", poll.replacen("questions:\n", &question, 1));
    let open_event = "workshop-lanric";
    plan.write(
        "plan/consultation/suggestions/z-open.yaml",
        format!("event: {open_event}\nbasis: illustrative\nsource: {fiction}\nsuggestions:\n  - id: z-split\n    kind: suggestion\n    wording: summary\n    text: Two things at once.\n    points:\n      - {{id: z-point, text: {c} point, classification: secretariat, disposition: {{status: noted, reason: {c}}}}}\n      - {{id: z-point-open, text: An open point., disposition: {{status: noted, reason: So.}}}}\n"),
    );
    for path in [
        "plan/priorities.yaml",
        "plan/activities.yaml",
        "plan/indicators.yaml",
        "plan/members.yaml",
        "plan/bodies.yaml",
        "plan/meetings.yaml",
        "plan/decisions.yaml",
        "plan/units.yaml",
        "plan/sources.yaml",
        "plan/glossary.yaml",
        "plan/consultation/events.yaml",
        "plan/consultation/cycles.yaml",
        "plan/consultation/reasons.yaml",
        "plan/consultation/clusters.yaml",
        "plan/costs.yaml",
        "plan/scan.yaml",
    ] {
        plan.write(path, plan.read(path).replace("source: fiction", &format!("source: {fiction}")));
    }
    let layer = plan.read("plan/layers.yaml");
    let layer = layer.split("id: ").nth(1).unwrap().lines().next().unwrap().trim().to_string();
    let front = |more: &str| {
        format!(
            "---\n{more}\nclassification: secretariat\nbasis: illustrative\nsource: {fiction}\n---\n\n{c} words. {{#a}}\n"
        )
    };
    plan.write("plan/elements/z.md", front(&format!("id: z-element\nlayer: {layer}\ntitle: {c}")));
    plan.write("plan/sections/z.md", front(&format!("id: z-section\ntitle: {c}")));
    plan.write("plan/statements/z.md", front(&format!("id: z-statement\nkind: value\ntitle: {c}")));
    let section = files(&plan.path("plan/sections")).into_iter().find(|(path, _)| path != "z.md").unwrap().0;
    let section = format!("plan/sections/{section}");
    plan.write(
        &section,
        format!(
            "{}\n\nA {c} passage that names [](ref:z-element). {{#z-passage classification=secretariat}}\n",
            plan.read(&section).trim_end()
        ),
    );
    // Editions that list what is open must not tell of it either.
    let text = plan.read("plan/plan.yaml");
    let working =
        text.split("editions:").nth(1).unwrap().split("stage: ").nth(1).unwrap().lines().next().unwrap().to_string();
    let stages: Vec<String> = text
        .split("editions:")
        .nth(1)
        .unwrap()
        .lines()
        .filter_map(|line| line.trim().strip_prefix("stage: "))
        .map(str::to_string)
        .collect();
    let mut open = text.clone();
    for stage in stages.iter().filter(|stage| **stage != working) {
        open = open.replace(&format!("stage: {stage}\n"), &format!("stage: {working}\n"));
    }
    plan.write("plan/plan.yaml", open);
    let output = plan.run(&["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    for edition in ["board", "public"] {
        let output = plan.run(&["sheets", "--edition", edition]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let mut seen = (0, 0);
    for (path, bytes) in files(&plan.path("build")) {
        let texts = match path.ends_with(".pdf") {
            true => pdf_bytes(&bytes),
            false => vec![bytes],
        };
        let found = texts.iter().any(|text| holds(text));
        match path.starts_with("working/") {
            true => seen.0 += usize::from(found),
            false => {
                seen.1 += 1;
                assert!(!found, "{path} holds the canary");
            }
        }
    }
    assert!(seen.0 > 10, "the working edition holds the canary in {} files", seen.0);
    assert!(seen.1 > 100, "only {} files were looked into", seen.1);
}

/// Everything in a PDF: its bytes, each stream unpacked, and the text of its pages without spaces.
fn pdf_bytes(bytes: &[u8]) -> Vec<Vec<u8>> {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let mut out = vec![bytes.to_vec()];
    for object in document.objects.values() {
        if let Ok(stream) = object.as_stream() {
            out.push(stream.decompressed_content().unwrap_or_else(|_| stream.content.clone()));
        }
        out.push(format!("{object:?}").into_bytes());
        if let lopdf::Object::Dictionary(dictionary) = object {
            out.extend(dictionary.iter().filter_map(|(_, value)| value.as_str().ok()).map(<[u8]>::to_vec));
        }
    }
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&pages).unwrap_or_default();
    out.push(text.split_whitespace().collect::<String>().into_bytes());
    out
}
