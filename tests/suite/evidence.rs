//! Costs and the environmental scan as drafters meet them: the guide, and every figure of the examples.

use std::collections::BTreeMap;

use planwright::diag::Diagnostics;
use planwright::document::draft::{Block, Column, ColumnKind, Draft, Inline, Row, Section, Table, plain};
use planwright::document::drawing::Drawing;
use planwright::{clearance, document, model};

use crate::support::PlanTest;

/// The guide can be followed: its files are read without a fault, and its commands run.
#[test]
fn the_chapter_on_evidence_can_be_followed() {
    let plan = PlanTest::from_dir("examples/smallest");
    let page = std::fs::read_to_string("docs/guide/evidence.md").unwrap();
    for fence in crate::pages::fences(&page) {
        match fence.kind.as_str() {
            "yaml" => {
                plan.write(&fence.path, &fence.text);
            }
            "edit" => {
                let mut lines = fence.text.lines();
                let (old, new) = (lines.next().unwrap(), lines.next().unwrap());
                plan.edit(&fence.path, old.strip_prefix("- ").unwrap(), new.strip_prefix("+ ").unwrap());
            }
            "sh" => {
                for line in fence.text.lines() {
                    let words: Vec<&str> = line.split(' ').skip(1).collect();
                    let output = plan.run(&words);
                    assert_eq!(output.status.code(), Some(0), "{line}: {}", String::from_utf8_lossy(&output.stderr));
                }
            }
            other => panic!("a fence of {other}"),
        }
    }
    let told: Vec<String> =
        plan.diagnostics().into_iter().filter(|it| it.contains("costs") || it.contains("scan")).collect();
    assert!(told.is_empty(), "{told:#?}");
    // 1,100 by one part and two: 366.67 and 733.33; 1,250 + 733 = 1,983; 2,350 in all.
    let page = plan.read("build/draft/html/en/evidence.html");
    assert!(page.contains("Evidence per objective") && page.contains("no question about it"));
    let html = plan.read("build/draft/html/en/costs.html");
    for figure in ["367", "733", "1,983", "2,350", "15.6%", "84.4%"] {
        assert!(html.contains(figure), "{figure} is not printed");
    }
}

fn drafts(root: &str, edition: &str, lang: &str) -> Draft {
    let sources = planwright::source::read_folder(std::path::Path::new(root), &mut Default::default());
    let plan = model::load::load(&sources, &mut Diagnostics::default()).unwrap();
    let audience = &plan.plan.editions.iter().find(|one| *one.id == *edition).unwrap().audience;
    let cleared = clearance::cut(&plan, audience);
    document::draft(&cleared, edition, lang, &[], &mut Diagnostics::default()).unwrap()
}

fn tables<'d>(section: &'d Section, out: &mut Vec<&'d Table>) {
    out.extend(section.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    }));
    section.sections.iter().for_each(|inner| tables(inner, out));
}

fn chapter<'d>(draft: &'d Draft, id: &str) -> Vec<&'d Table> {
    let mut out = Vec::new();
    let found = draft.chapters.iter().find(|one| one.node.id == id).unwrap_or_else(|| panic!("no {id}"));
    tables(found, &mut out);
    out
}

/// A text without marks.
fn bare(inlines: &[Inline]) -> String {
    let list: Vec<Inline> = inlines.iter().filter(|one| !matches!(one, Inline::Mark { .. })).cloned().collect();
    plain(&list)
}

/// Every printed figure of the chapter on costs leads to a row of the inputs that prints the same.
fn walk(draft: &Draft) -> usize {
    let inputs: BTreeMap<&str, Vec<String>> = chapter(draft, "part-costs-data")
        .into_iter()
        .flat_map(|table| table.rows.iter().map(move |row| (table, row)))
        .map(|(table, row)| {
            let first = table.columns.iter().position(|one| one.kind == ColumnKind::Number).unwrap_or(2);
            let mut cells: Vec<String> = row.cells.iter().skip(first).map(|cell| bare(&cell.inlines)).collect();
            // A number of activities is the number of its amounts.
            let breaks = row.cells[first - 1].inlines.iter().filter(|one| matches!(one, Inline::Break)).count();
            cells.push((breaks + 1).to_string());
            (row.node.id.as_str(), cells)
        })
        .collect();
    let mut count = 0;
    for table in chapter(draft, "part-costs") {
        let number = |column: &Column| column.kind == ColumnKind::Number;
        for row in &table.rows {
            for (at, cell) in row.cells.iter().enumerate().filter(|(at, _)| number(&table.columns[*at])) {
                let text = bare(&cell.inlines);
                let change = text.starts_with(['+', '\u{2212}']) || text == "0.0" || text == "0,0";
                if change || !text.chars().any(|c| c.is_ascii_digit()) {
                    continue;
                }
                let Some(Inline::Reference { target, .. }) = cell.inlines.first() else {
                    panic!("{text} in column {at} leads nowhere")
                };
                let row = inputs.get(target.as_str()).unwrap_or_else(|| panic!("{text} leads to {target}"));
                assert!(row.contains(&text), "{text} leads to {target}: {row:?}");
                count += 1;
            }
        }
    }
    count
}

#[test]
fn every_figure_leads_to_its_inputs() {
    for (edition, least) in [("working", 60), ("board", 60), ("public", 60)] {
        let count = walk(&drafts("examples/harbour-league", edition, "en"));
        assert!(count > least, "only {count} figures in {edition}");
    }
    for lang in ["en", "fr"] {
        assert!(walk(&drafts(".", "policy-commission", lang)) > 40);
    }
}

/// The name of an element is printed once above its figures, and every row still has a cell in every column.
#[test]
fn the_inputs_of_an_element_stand_under_one_name() {
    let draft = drafts("examples/harbour-league", "working", "en");
    let table = chapter(&draft, "part-costs-data")[0];
    let named: Vec<&Row> = table.rows.iter().filter(|row| !row.cells[0].covered).collect();
    assert!(named.len() * 2 < table.rows.len(), "{} names for {} rows", named.len(), table.rows.len());
    assert_eq!(named.iter().map(|row| row.cells[0].below + 1).sum::<usize>(), table.rows.len());
    assert!(table.rows.iter().all(|row| row.cells.len() == table.columns.len()));
}

/// A basis that all figures of a table share is said once, above them.
#[test]
fn a_basis_of_all_figures_is_said_once() {
    for lang in ["en", "fr"] {
        let draft = drafts(".", "policy-commission", lang);
        for table in chapter(&draft, "part-costs") {
            let has_mark = |inlines: &[Inline]| inlines.iter().any(|one| matches!(one, Inline::Mark { .. }));
            let number = |at: usize| table.columns[at].kind == ColumnKind::Number;
            let cells = table.rows.iter().flat_map(|row| row.cells.iter().enumerate());
            let marked = cells.filter(|(at, cell)| number(*at) && has_mark(&cell.inlines)).count();
            assert_eq!(marked, 0, "{}", plain(&table.caption));
            assert!(!table.columns.iter().any(|column| has_mark(&column.title)), "{}", plain(&table.caption));
            let said = has_mark(&table.caption) || plain(&table.caption).contains("llustrati");
            assert!(said, "{}", plain(&table.caption));
        }
    }
}

/// The digits of a printed number, whatever stands between them.
fn digits(text: &str, lang: &str) -> Option<rust_decimal::Decimal> {
    let text = text.trim_end_matches(['%', '\u{202f}', '\u{a0}', ' ']);
    let kept: String = text
        .chars()
        .filter_map(|c| match c {
            '0'..='9' => Some(c),
            ',' if lang == "fr" => Some('.'),
            '.' if lang == "en" => Some('.'),
            _ => None,
        })
        .collect();
    kept.parse().ok()
}

/// The rows of the table of each allocation sum to the totals that stand below them, and each row to its total; and the
/// figures are the same in both languages.
#[test]
fn printed_rows_and_columns_sum() {
    let mut seen = 0;
    let mut by_language = Vec::new();
    for (root, edition, lang) in [
        ("examples/harbour-league", "working", "en"),
        ("examples/harbour-league", "public", "en"),
        (".", "policy-commission", "en"),
        (".", "policy-commission", "fr"),
    ] {
        let draft = drafts(root, edition, lang);
        let mut figures = Vec::new();
        let sums = |table: &&&Table| table.node.role == "costs" && table.columns.len() > 3;
        for table in chapter(&draft, "part-costs").iter().filter(sums) {
            let compared = table.columns.len() == 6;
            let value = |row: usize, column: usize| digits(&bare(&table.rows[row].cells[column].inlines), lang);
            let last = table.rows.len() - 1;
            assert!(table.rows[last].total);
            let width = if compared { 5 } else { table.columns.len() };
            for column in 1..width {
                let sum: rust_decimal::Decimal = (0..last).filter_map(|row| value(row, column)).sum();
                assert_eq!(Some(sum), value(last, column), "{edition} {lang} column {column}");
                figures.push(sum);
                seen += 1;
            }
            if table.columns.len() == 5 {
                for row in 0..=last {
                    let parts = [value(row, 1), value(row, 2)];
                    let sum: rust_decimal::Decimal = parts.iter().flatten().sum();
                    assert_eq!(sum, value(row, 3).unwrap_or_default(), "{edition} {lang} row {row}");
                    seen += 1;
                }
            }
        }
        by_language.push(figures);
    }
    assert!(seen > 60, "only {seen} sums");
    assert_eq!(by_language[2], by_language[3]);
}

/// The section with this id, wherever it stands.
fn section<'d>(sections: &'d [Section], id: &str) -> Option<&'d Section> {
    sections.iter().find_map(|one| if one.node.id == id { Some(one) } else { section(&one.sections, id) })
}

/// All rows of all tables by id, as plain text.
fn rows(draft: &Draft) -> BTreeMap<&str, String> {
    let mut all = Vec::new();
    draft.chapters.iter().for_each(|chapter| tables(chapter, &mut all));
    let rows = all.into_iter().flat_map(|table| &table.rows);
    rows.map(|row| (row.node.id.as_str(), row.cells.iter().map(|cell| bare(&cell.inlines) + " | ").collect())).collect()
}

/// Every figure of the tables of evidence leads to where its inputs stand; gives how many there are.
fn evidence(draft: &Draft) -> usize {
    let inputs = rows(draft);
    let mut count = 0;
    for table in chapter(draft, "part-evidence") {
        for cell in table.rows.iter().flat_map(|row| row.cells.iter().skip(1)) {
            let text = bare(&cell.inlines);
            // Of a mean, the scores behind it lead on.
            let first = cell.inlines.iter().find(|one| matches!(one, Inline::Reference { .. }));
            let Some(Inline::Reference { target, inlines }) = first else {
                assert!(!text.chars().any(|c| c.is_ascii_digit()) || text == "0", "{text} leads nowhere");
                continue;
            };
            // "4.12" is made from the row that says 4.12; "22.2%" from the one that says so.
            let figure = plain(inlines);
            match inputs.get(target.as_str()) {
                Some(row) => assert!(row.contains(&figure), "{figure} leads to {row}"),
                None => assert!(section(&draft.chapters, target).is_some(), "{text} leads to {target}"),
            }
            count += 1;
        }
    }
    count
}

#[test]
fn what_stands_side_by_side_leads_to_its_inputs() {
    for edition in ["working", "board", "public"] {
        let count = evidence(&drafts("examples/harbour-league", edition, "en"));
        assert!(count > 20, "only {count} figures in {edition}");
    }
    let draft = drafts(".", "policy-commission", "en");
    assert!(evidence(&draft) > 30);
    // Seven rows for the plan before, three for the Strategic Objectives; every one counts what its own page lists.
    let tables = chapter(&draft, "part-evidence");
    assert_eq!(tables.iter().map(|table| table.rows.len()).collect::<Vec<_>>(), [7, 3]);
    for row in &tables[1].rows {
        let id = row.node.origin.as_str();
        let own = section(&draft.chapters, id).unwrap();
        let answers = |block: &Block| match block {
            Block::Table(table) if table.node.role == "answers" => table.rows.len(),
            _ => 0,
        };
        let listed: usize = own.blocks.iter().map(answers).sum();
        assert_eq!(bare(&row.cells[4].inlines), listed.to_string(), "{id}");
    }
}

#[test]
fn a_bar_alone_is_drawn_of_its_whole_or_not_at_all() {
    use planwright::document::drawing::{Bound, Picture};
    let draft = drafts(".", "policy-commission", "en");
    let consultation = draft.chapters.iter().find(|one| one.node.id == "part-consultation").unwrap();
    let drawing = consultation.blocks.iter().find_map(|block| match block {
        Block::Drawing(drawing) => Some(drawing),
        _ => None,
    });
    let Picture::Bars(bars) = &drawing.unwrap().picture else { panic!("no bars") };
    let panel = |title: &str| bars.panels.iter().find(|panel| panel.title == title).unwrap();
    let value = |title: &str, nth: usize| panel(title).groups[nth].bars[0].value.as_str();
    assert_eq!((value("Members", 0), panel("Members").largest.as_str()), ("12", "18"), "12 of 18 Members");
    assert_eq!(value("Delegations", 0), "", "six delegations stand beside nothing");
    let countries = panel("Countries");
    assert!(countries.groups.len() == 4 && countries.largest == "23");
    assert!(countries.groups.iter().all(|group| !group.bars[0].value.is_empty()));
    assert!(countries.groups.iter().any(|group| group.bars[0].bound == Bound::AtLeast), "more than 19");
}

/// The figures of a role, in the order of a draft.
fn figures(root: &str, edition: &str, role: &str) -> Vec<Drawing> {
    fn find(sections: &[Section], role: &str, out: &mut Vec<Drawing>) {
        for section in sections {
            let own = section.blocks.iter().filter_map(|block| match block {
                Block::Drawing(drawing) if drawing.node.role == role => Some(drawing.clone()),
                _ => None,
            });
            out.extend(own);
            find(&section.sections, role, out);
        }
    }
    let mut out = Vec::new();
    find(&drafts(root, edition, "en").chapters, role, &mut out);
    out
}

fn cost_figures(root: &str, edition: &str) -> Vec<String> {
    figures(root, edition, "costs").iter().map(|one| plain(&one.title)).collect()
}

#[test]
fn what_is_foreseen_is_said_once() {
    let list = figures(".", "policy-commission", "timeline");
    let [timeline] = &list[..] else { panic!("{} figures", list.len()) };
    let ahead: Vec<_> =
        timeline.csv.rows.iter().filter(|row| row.iter().any(|cell| cell.contains("foreseen"))).collect();
    assert_eq!(ahead.len(), 1, "only the session is to come: {ahead:?}");
    assert_eq!(ahead[0].iter().filter(|cell| cell.contains("foreseen")).count(), 1, "{ahead:?}");
    assert_eq!(timeline.alternative.matches("foreseen").count(), 1, "{}", timeline.alternative);
}

#[test]
fn who_does_not_see_all_amounts_is_not_told_which_share_grows() {
    let league = "examples/harbour-league";
    assert_eq!(cost_figures(league, "public"), ["Shares of all costs, present and proposed"]);
    let all = cost_figures(league, "working");
    assert!(all.len() == 1 && all[0].contains("gains most"), "{all:?}");
    // Of what had no share before, none has grown.
    let sample = cost_figures(".", "policy-commission");
    assert!(sample[0].starts_with("Of what has a share on both sides, SO1\u{a0}Facilitation gains most"), "{sample:?}");
}
