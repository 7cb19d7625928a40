//! Tables of amounts and of answers, and the map: what is told, and that it is told once.

use super::tests::{FILES, checked};
use crate::diag::Code;

/// What is told of the smallest example with these files beside its own: code, and arguments that matter.
fn told(files: &[(&str, &str)]) -> Vec<(Code, String)> {
    let all = FILES.iter().copied().chain(files.iter().copied());
    let (_, diags) = checked(all.map(|(path, text)| (path, text.to_string())).collect());
    let said =
        |it: &crate::diag::Diagnostic| ["detail", "name", "column", "key", "expected"].map(|key| it.get(key)).concat();
    // What no edition prints is not the matter here.
    let other = |it: &&crate::diag::Diagnostic| !matches!(it.code, Code::UnusedItem | Code::NoBasis);
    diags.iter().filter(other).map(|it| (it.code, said(it))).collect()
}

fn codes(files: &[(&str, &str)]) -> Vec<Code> {
    told(files).into_iter().map(|(code, _)| code).collect()
}

const COSTS: &str = "basis: reported
source: charter
allocations:
  - id: costs
    title: Costs
    year: \"2024\"
    of: plan
    currency: EUR
    table: costs/all.csv
";

/// The costs with more lines below the allocation, and the table.
fn costs(more: &str, table: &str) -> Vec<(Code, String)> {
    let text = format!("{COSTS}{more}");
    told(&[("plan/costs.yaml", &text), ("plan/costs/all.csv", table)])
}

const SEMICOLONS: &str = "csv: {delimiter: semicolon, decimal: comma}\n";

#[test]
fn an_empty_table_of_amounts_is_told() {
    let bad = |detail: &str| vec![(Code::BadCostTable, detail.to_string())];
    assert_eq!(costs("", ""), bad("it is empty"));
    assert_eq!(costs("", "\n\n"), bad("it is empty"));
    assert_eq!(costs("", "to,year,amount\n"), bad("it has no row below its head"));
    assert_eq!(costs("", "to,year,amount\n,,\n"), bad("it has no row below its head"));
    // Two allocations read it; one of them finds nothing.
    let next = "  - {id: later, title: Later, year: '2025', of: plan, currency: EUR, table: costs/all.csv}\n";
    assert_eq!(costs(next, "to,year,amount\ngoal,2024,5\n"), bad("it has no row of 2025"));
    assert_eq!(costs(next, "to,year,amount\ngoal,2024,5\ngoal,2025,6\n"), []);
}

#[test]
fn a_row_that_repeats_another_is_told() {
    let twice = |name: &str| vec![(Code::DuplicateEntry, name.to_string())];
    let rows = "to,year,amount\ngoal,2024,5\nobjective-one,2024,5\ngoal,2024,7\n";
    assert_eq!(costs("", rows), twice("goal, 2024"));
    let direct = "    direct: [{to: goal, amount: 3}]\n";
    let row = "to,year,amount\ngoal,2024,5\n";
    assert_eq!(costs(direct, row), twice("goal, 2024"));
    let titled = "    direct: [{to: goal, amount: 3, title: Signs}]\n";
    assert_eq!(costs(titled, row), []);
}

#[test]
fn semicolons_and_decimal_commas_are_read_if_declared() {
    let rows = "to;year;amount\ngoal;2024;5,50\n";
    assert_eq!(costs(SEMICOLONS, rows), []);
    let told = costs("", rows);
    assert!(told.len() == 1 && told[0].1.contains("`csv:`"), "{told:?}");
    let told = costs(SEMICOLONS, "to;year;amount\ngoal;2024;5.50\n");
    assert!(told.len() == 1 && told[0].1.contains("has a point"), "{told:?}");
    // How it is written was not understood: nothing is told of its rows.
    assert_eq!(costs("cvs: {delimiter: semicolon, decimal: comma}\n", rows), [(Code::UnknownKey, "cvs".to_string())]);
}

#[test]
fn of_one_table_of_amounts_so_many_faults_are_told() {
    let many = |row: &str| format!("to,year,amount\n{}", row.repeat(200));
    assert_eq!(costs("", &many("goal,2024\n")).len(), crate::model::cells::LIMIT);
    let nobody: String = (0..200).map(|at| format!("nobody-{at},2024,x\n")).collect();
    let told = costs("", &format!("to,year,amount\n{nobody}"));
    assert_eq!(told.len(), crate::model::cells::LIMIT);
    assert_eq!(costs("", &many("goal,2024,1\n")).len(), crate::model::cells::LIMIT);
}

#[test]
fn too_many_decimals_are_told() {
    let told = costs("    decimals: 9\n", "to,year,amount\ngoal,2024,5\n");
    assert_eq!(told.iter().map(|it| it.0).collect::<Vec<_>>(), [Code::BadAmount]);
    assert_eq!(costs("    decimals: 6\n", "to,year,amount\ngoal,2024,5\n"), []);
}

const SURVEY: &str = "id: readers
title: Readers
basis: reported
source: charter
scale: {least: 1, most: 5, high: important}
groups:
  - {id: north, name: North}
  - {id: south, name: South}
questions:
  - {id: first, text: One, column: q1, about: [goal]}
  - {id: second, text: Two, column: q2, about: [goal]}
columns: {respondent: who, group: group}
waves: [{id: one, title: One, file: readers.csv}]
rules: {weighting: one-respondent-one-vote, blanks: left-out, unfinished: kept, twice: last}
";

#[test]
fn a_slip_in_a_survey_is_told_alone() {
    let table = "who,group,q1,q2\na,North,5,4\nb,South,3,2\n";
    let slip = |old: &str, new: &str| {
        let text = SURVEY.replacen(old, new, 1);
        assert!(old.is_empty() || text != SURVEY);
        codes(&[("plan/surveys/readers.yaml", &text), ("plan/surveys/readers.csv", table)])
    };
    assert_eq!(slip("", ""), []);
    assert_eq!(slip("groups:", "grups:"), [Code::UnknownKey]);
    assert_eq!(slip("{id: south, name: South}", "{id: south, nam: South}"), [Code::UnknownKey]);
    assert_eq!(slip("scale: {least: 1, most: 5", "scale: {least: 1, msot: 5"), [Code::UnknownKey]);
    assert_eq!(slip("rules:", "ruls:"), [Code::UnknownKey]);
    assert_eq!(slip("column: q2", "column: q22"), [Code::MissingColumn]);
    assert_eq!(slip("group: group", "group: grop"), [Code::MissingColumn]);
}

const MAP: &str = "id: small-map
title: The map of the library
basis: reported
source: charter
";

/// What is told of the map alone.
fn map(more: &str) -> Vec<(Code, String)> {
    let text = format!("{MAP}{more}");
    let regions = "basis: reported\nsource: charter\nregions:\n  - {id: north, code: N, name: North}\n";
    told(&[("plan/map.yaml", &text), ("plan/regions.yaml", regions)])
}

#[test]
fn an_arrow_of_a_region_leads_up() {
    let overlay = |layer: &str, to: &str| {
        map(&format!(
            "overlays:\n  - id: north-map\n    region: north\n    title: North\n    boxes:\n      \
             - {{id: pier, title: Pier, layer: {layer}, links: [{{to: {to}}}]}}\n"
        ))
    };
    assert_eq!(overlay("objectives", "goal"), []);
    assert_eq!(overlay("objectives", "objective-one"), []);
    assert_eq!(overlay("goals", "objective-one"), [(Code::ArrowDirection, "points down".to_string())]);
    assert_eq!(overlay("objectives", "pier"), [(Code::ArrowDirection, "leads back to itself".to_string())]);
}

#[test]
fn what_a_region_drops_has_no_value() {
    let told = map("overlays:
  - id: north-map
    region: north
    title: North
    dropped: [{element: objective-one, reason: They have one.}]
    ranking: {measures: Votes, values: [{of: goal, value: 2}, {of: objective-one, value: 3}]}
");
    assert_eq!(told.iter().map(|it| it.0).collect::<Vec<_>>(), [Code::NotOnMap]);
}

#[test]
fn a_cause_of_no_change_is_told() {
    let version = |boxes: &str, change: &str| {
        map(&format!(
            "versions:\n  - id: before\n    title: Before\n    boxes: [{boxes}]\n    changes: [{{of: objective-one, {change}}}]\n"
        ))
    };
    let all = "{element: goal}, {element: objective-one}";
    assert_eq!(version(all, "because: [idea]")[0].0, Code::UnchangedBox);
    assert_eq!(version("{element: goal}, {element: objective-one, title: Old}", "because: [idea]"), []);
    assert_eq!(version("{element: goal}", "because: [idea]"), []);
    assert_eq!(version(all, "links: [{to: goal, because: [idea]}]")[0].0, Code::UnchangedBox);
    let linked = "{element: goal}, {element: objective-one, links: [{to: goal}]}";
    assert_eq!(version(linked, "links: [{to: goal, because: [idea]}]"), [], "the arrow is gone");
}

#[test]
fn one_value_in_the_place_of_a_list_is_told_with_how_it_is_written() {
    let hints = |path: &str, old: &str, new: &str| -> Vec<String> {
        let mut files: std::collections::BTreeMap<_, _> = FILES.iter().map(|(p, t)| (*p, t.to_string())).collect();
        let text = files.get_mut(path).unwrap();
        assert!(text.contains(old), "{path} holds no {old:?}");
        *text = text.replacen(old, new, 1);
        checked(files).1.iter().flat_map(|it| it.hints.clone()).collect()
    };
    let levels = hints("plan/priorities.yaml", "levels: [strategic]", "levels: strategic");
    assert_eq!(levels, ["also a single one stands in brackets: `[strategic]`; several are parted by commas"]);
    let links = hints("plan/elements/objective-one.md", "basis:", "links: [goal]\nbasis:");
    assert_eq!(links, ["with its key and in braces: `{to: goal}`"]);
    let links = hints("plan/elements/objective-one.md", "basis:", "links: goal\nbasis:");
    assert_eq!(links, ["each entry stands on a line of its own, with a hyphen: `- to: goal`"]);
}
