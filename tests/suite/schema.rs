//! The JSON Schemas: committed as they are generated, and refusing what the loader refuses.

use std::fs;

use planwright::model::schema::{KINDS, schema};
use planwright::source::{FileKind, kind_of};

fn file(name: &str) -> String {
    format!("schemas/{name}.json")
}

#[test]
fn committed_schemas_are_the_generated_ones() {
    let bless = std::env::var_os("PLANWRIGHT_BLESS").is_some();
    for (name, kind) in KINDS {
        let generated = serde_json::to_string_pretty(&schema(*kind).unwrap()).unwrap() + "\n";
        if bless {
            fs::create_dir_all("schemas").unwrap();
            fs::write(file(name), &generated).unwrap();
        }
        let committed = fs::read_to_string(file(name)).unwrap_or_default();
        assert!(
            committed == generated,
            "schemas/{name}.json is stale: run PLANWRIGHT_BLESS=1 cargo test --release schema"
        );
    }
}

/// Every YAML file of the sample and the examples is valid.
#[test]
fn the_plans_of_the_tree_are_valid() {
    for root in [".", "examples/smallest"] {
        let (sources, _) = crate::support::read(root);
        for (_, source) in sources.iter().filter(|(_, file)| file.path.ends_with(".yaml")) {
            let Some((name, kind)) = KINDS.iter().find(|(_, kind)| *kind == kind_of(&source.path)) else { continue };
            let value: serde_json::Value = serde_yaml::from_str(source.text.as_deref().unwrap()).unwrap();
            let validator = jsonschema::validator_for(&schema(*kind).unwrap()).unwrap();
            let faults: Vec<String> =
                validator.iter_errors(&value).map(|it| format!("{}: {it}", it.instance_path)).collect();
            assert!(faults.is_empty(), "{root}/{} against {name}: {faults:#?}", source.path);
        }
    }
}

/// Shapes that the loader refuses, each refused by the schema too.
#[test]
fn schema_and_loader_refuse_the_same() {
    let validator = jsonschema::validator_for(&schema(FileKind::Activities).unwrap()).unwrap();
    let cases = [
        ("an unknown key", "activities:\n  - id: a\n    title: T\n    parent: goal\n    onwer: office\n"),
        ("a missing key", "activities:\n  - id: a\n    parent: goal\n"),
        ("a list for a text", "activities:\n  - id: a\n    title: [T]\n    parent: goal\n"),
        ("a number for a text", "activities:\n  - id: a\n    title: 5.90\n    parent: goal\n"),
        ("a truth for a text", "activities:\n  - id: a\n    title: true\n    parent: goal\n"),
        ("an unknown word", "activities:\n  - id: a\n    title: T\n    parent: goal\n    status: done\n"),
        ("a text for a list", "activities:\n  - id: a\n    title: T\n    parent: goal\n    levels: strategic\n"),
        ("a text for a map", "activities:\n  - id: a\n    title: T\n    parent: goal\n    cost: much\n"),
        (
            "a float for money",
            "activities:\n  - id: a\n    title: T\n    parent: goal\n    cost: {amount: 5.9, currency: EUR}\n",
        ),
        ("a bad language", "activities:\n  - id: a\n    title: {english: T}\n    parent: goal\n"),
        ("an empty map of languages", "activities:\n  - id: a\n    title: {}\n    parent: goal\n"),
        (
            "an unknown key of a wording",
            "activities:\n  - id: a\n    title: {fr: {text: T, form: x}}\n    parent: goal\n",
        ),
    ];
    for (what, text) in cases {
        let value: serde_json::Value = serde_yaml::from_str(text).unwrap();
        assert!(!validator.is_valid(&value), "the schema lets pass {what}");
        let plan = crate::support::PlanTest::from_dir("examples/smallest");
        plan.write("plan/activities.yaml", text);
        let faults = plan.diagnostics();
        let told = faults.iter().any(|line| line.starts_with("error[") && line.contains("plan/activities.yaml"));
        assert!(told, "the loader lets pass {what}: {faults:#?}");
    }
}
