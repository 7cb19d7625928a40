//! A small plan for tests.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::diag::{FileId, Origin};
use crate::model::format::*;
use crate::model::prose::{Content, Prose, ProseBlock, Span};
use crate::model::{Body, Item, Plan, SuggestionGroup};

pub(crate) fn of<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("a value of a plan")
}

pub(crate) fn item<T: serde::de::DeserializeOwned>(value: Value) -> Item<T> {
    Item {
        data: of(value),
        origin: Origin::file(FileId(0)),
        file_basis: None,
        file_source: Ids::default(),
        file_classification: None,
        bodies: Vec::new(),
    }
}

/// A body of paragraphs: key, text, classification.
pub(crate) fn body(lang: &str, blocks: &[(&str, &str, Option<&str>)]) -> Body {
    let block = |(key, text, class): &(&str, &str, Option<&str>)| ProseBlock {
        key: key.to_string(),
        marked: true,
        classification: class.map(str::to_string),
        range: 0..0,
        content: match text.strip_prefix("# ") {
            Some(text) => Content::Heading { level: 2, spans: vec![Span::Text(text.to_string())] },
            None => Content::Paragraph(vec![Span::Text(text.to_string())]),
        },
    };
    Body {
        lang: lang.to_string(),
        file: FileId(0),
        prose: Prose { blocks: blocks.iter().map(block).collect() },
        from: None,
    }
}

/// A value that holds `canary` and fits `field`.
pub(crate) fn canary(field: &str, canary: &str) -> Value {
    match field {
        "links" => json!([{ "to": "goal", "rationale": canary }]),
        "priorities" | "co-implementers" | "about" => json!([canary]),
        "cost" => json!({ "amount": "1", "currency": canary }),
        "speaker" => json!({ "name": canary }),
        "disposition" => json!({ "status": "noted", "reason": canary }),
        _ => json!(canary),
    }
}

pub(crate) fn plan() -> Plan {
    let file: PlanFile = of(json!({
        "format": 1,
        "title": { "en": "Strategic Plan", "fr": "Plan stratégique" },
        "marking": { "en": "Sample", "fr": "Exemple" },
        "organisation": { "name": { "en": "Harbour Union", "fr": "Union des ports" } },
        "period": { "start": "2019", "end": "2022", "label": "2019-2022", "years": "calendar" },
        "languages": { "source": "en", "official": ["en", "fr"] },
        "audiences": [
            { "id": "public", "name": "Public" },
            { "id": "members", "name": "Members" },
            { "id": "secretariat", "name": "Secretariat" }
        ],
        "stages": [{ "id": "draft-text", "name": { "en": "Draft", "fr": "Projet" } }],
        "editions": [{
            "id": "tabled", "name": { "en": "Tabled draft", "fr": "Projet présenté" }, "audience": "members",
            "stage": "draft-text", "formats": ["pdf"], "date": "2018-11-20", "meeting": "session",
            "parts": ["cover", "contents", "intro", "decision", "structure", "activities", "indicators",
                "consultation", "regions", "process", "glossary", "sources"],
            "document": { "serial": "0000", "version": "1", "revision": "a" },
            "action-required": { "en": "Take note.", "fr": "Prendre note." }
        }],
        "symbol": { "pattern": "{body}{serial}{language}{version}{revision}", "running-head": "{body}{serial}{language}",
            "letters": { "en": "E", "fr": "F" } }
    }));
    let t = |en: &str, fr: &str| json!({ "en": en, "fr": fr });
    let mut intro: Item<Section> = item(json!({ "id": "intro", "title": t("Introduction", "Introduction") }));
    intro.bodies =
        vec![body("en", &[("one", "First.", None), ("head", "# A heading", None), ("two", "Second.", None)])];
    let mut objective: Item<Element> = item(json!({ "id": "so-a", "layer": "objectives", "parent": "goal",
        "code": t("SO1", "OS1"), "title": t("Flow", "Flux"), "basis": "illustrative" }));
    objective.bodies = vec![body("en", &[("why", "Because.", None)]), body("fr", &[("why", "Parce que.", None)])];
    Plan {
        withheld: Default::default(),
        evidence: Vec::new(),
        plan: file,
        origin: Origin::file(FileId(0)),
        layers: vec![
            item(json!({ "id": "goals", "name": t("Goal", "But"), "plural": t("Goals", "Buts") })),
            item(
                json!({ "id": "objectives", "name": t("Objective", "Objectif"), "plural": t("Objectives", "Objectifs") }),
            ),
        ],
        statements: Vec::new(),
        elements: vec![
            item(json!({ "id": "goal", "layer": "goals", "code": "G1", "title": t("Safe ports", "Ports sûrs") })),
            objective,
        ],
        sections: vec![intro],
        priorities: Vec::new(),
        activities: vec![item(json!({ "id": "act", "code": "A1", "title": t("Pilot", "Pilote"), "parent": "so-a",
            "period": "2019" }))],
        indicators: vec![item(json!({ "id": "ind", "title": t("Delay", "Délai"), "measures": "so-a",
            "targets": [{ "year": "2019", "value": "5.90" }] }))],
        predecessor: None,
        regions: vec![item(json!({ "id": "north", "code": "N", "name": t("North", "Nord") }))],
        members: Vec::new(),
        bodies: vec![item(json!({ "id": "board", "name": t("Board", "Conseil"), "symbol-code": "BD" }))],
        meetings: vec![item(json!({ "id": "session", "body": "board", "title": t("5th Session", "5e session"),
            "dates": "2018-12-03/2018-12-05" }))],
        decisions: Vec::new(),
        units: Vec::new(),
        sources: Vec::new(),
        terms: Vec::new(),
        events: vec![item(json!({ "id": "talk", "title": t("Workshop", "Atelier"), "kind": "workshop",
            "state": "reported", "region": "north", "attendance": [
                { "value": "19", "qualifier": "more-than", "unit": t("countries", "pays") }] }))],
        cycles: Vec::new(),
        clusters: Vec::new(),
        reasons: Vec::new(),
        allocations: Vec::new(),
        cost_keys: Vec::new(),
        scan_editions: Vec::new(),
        factors: Vec::new(),
        scan_edition: None,
        surveys: Vec::new(),
        answers: BTreeMap::new(),
        results: Vec::new(),
        map: Vec::new(),
        suggestions: vec![SuggestionGroup {
            event: "talk".to_string(),
            origin: Origin::file(FileId(0)),
            suggestions: vec![item(json!({ "id": "said", "kind": "suggestion", "wording": "summary",
                "text": t("Be quick", "Soyez rapides"), "basis": "illustrative" }))],
        }],
        ids: BTreeMap::new(),
        images: BTreeMap::new(),
        unread: Default::default(),
        former: Default::default(),
        torn: Default::default(),
        faulty: Default::default(),
    }
}
