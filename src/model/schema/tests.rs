use super::*;
use crate::diag::Code;
use crate::source::{Entry, Node, NodeKind};

/// An outline without places, from YAML.
pub(crate) fn node(text: &str) -> Node {
    fn build(value: &serde_yaml::Value) -> Node {
        let scalar = |text: String, plain| NodeKind::Scalar { text, plain };
        let kind = match value {
            serde_yaml::Value::Mapping(map) => NodeKind::Map(
                map.iter()
                    .map(|(key, value)| Entry {
                        key: key.as_str().unwrap_or("?").to_string(),
                        key_range: 0..0,
                        value: build(value),
                    })
                    .collect(),
            ),
            serde_yaml::Value::Sequence(list) => NodeKind::List(list.iter().map(build).collect()),
            serde_yaml::Value::String(text) => scalar(text.clone(), false),
            serde_yaml::Value::Null => scalar(String::new(), true),
            serde_yaml::Value::Bool(value) => scalar(value.to_string(), true),
            serde_yaml::Value::Number(value) => scalar(value.to_string(), true),
            serde_yaml::Value::Tagged(_) => scalar(String::new(), true),
        };
        Node { range: 0..0, kind }
    }
    build(&serde_yaml::from_str(text).unwrap())
}

fn faults(kind: FileKind, text: &str) -> Vec<(Code, String)> {
    let outcome = walk(&schema(kind).unwrap(), &node(text));
    let path = |fault: &Fault| {
        let parts: Vec<_> = fault.path.iter().map(ToString::to_string).collect();
        parts.join("/")
    };
    outcome.faults.iter().map(|f| (f.code, path(f))).collect()
}

#[test]
fn a_clean_file_has_no_faults_and_comes_through_whole() {
    let text = "activities:\n- {id: a, title: {en: A, fr: {text: B, from: 'f1:x'}}, parent: b, levels: [strategic], period: 2019, cost: {amount: 5, currency: EUR}, owner: }\n";
    let outcome = walk(&schema(FileKind::Activities).unwrap(), &node(text));
    assert_eq!(outcome.faults, []);
    let file: ActivitiesFile = serde_json::from_value(outcome.value.unwrap()).unwrap();
    assert_eq!(&*file.activities[0].cost.as_ref().unwrap().amount, "5");
}

#[test]
fn finds_every_fault_and_keeps_the_rest() {
    let text = "activities:\n- {id: a, titel: A, parent: b}\n- {id: c, title: 5.9, parent: b, levels: [stategic, managerial], status: [planned], formerly: 3}\nbasis: guess\n";
    assert_eq!(
        faults(FileKind::Activities, text),
        [
            (Code::UnknownKey, "activities/[0]/titel".to_string()),
            (Code::UnquotedValue, "activities/[1]/title".to_string()),
            (Code::UnknownWord, "activities/[1]/levels/[0]".to_string()),
            (Code::WrongType, "activities/[1]/status".to_string()),
            (Code::WrongType, "activities/[1]/formerly".to_string()),
            (Code::UnknownWord, "basis".to_string()),
        ]
    );
    let outcome = walk(&schema(FileKind::Activities).unwrap(), &node(text));
    assert_eq!(outcome.faults[0].meant.as_deref(), Some("title"));
    let file: ActivitiesFile = serde_json::from_value(outcome.value.unwrap()).unwrap();
    assert_eq!(file.activities.len(), 1);
    assert_eq!(file.activities[0].levels, [Level::Managerial]);
}

#[test]
fn languages_and_limits() {
    assert_eq!(
        faults(FileKind::Units, "units: [{id: a, name: {english: A}}, {id: b, name: {}}]")
            .iter()
            .map(|f| f.0)
            .collect::<Vec<_>>(),
        [Code::UnknownKey, Code::WrongType]
    );
    let plan = faults(FileKind::Plan, "format: 2");
    assert_eq!(plan[0], (Code::UnknownFormat, "format".to_string()));
    assert!(plan.iter().skip(1).all(|f| f.0 == Code::MissingKey));
    assert_eq!(faults(FileKind::Section, "[]")[0].0, Code::WrongType);
}

#[test]
fn says_what_to_write() {
    let told = |kind: FileKind, text: &str| {
        let outcome = walk(&schema(kind).unwrap(), &node(text));
        let fault = outcome.faults.first().unwrap();
        let expected = fault.args.iter().find(|(name, _)| *name == "expected").map(|(_, text)| text.clone());
        (expected.unwrap_or_default(), fault.hint.clone().unwrap_or_default())
    };
    let (expected, hint) = told(FileKind::Activities, "activities: [{id: a, title: A, parent: }]");
    assert_eq!(expected, "an id");
    assert!(hint.starts_with("nothing stands behind the colon"), "{hint}");
    let (_, hint) = told(FileKind::Indicators, "indicators: [{id: a, title: A}]");
    assert_eq!(hint, "`measures:` says: The element or activity that it measures");
    let (expected, _) = told(FileKind::Indicators, "indicators: [{id: a, title: A, measures: b, targets: 160}]");
    assert_eq!(expected, "a list of entries such as `- year: ...`");
}
