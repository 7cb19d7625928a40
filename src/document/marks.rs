//! The mark of a basis given once where all that stands together shares it.

use super::draft::*;

/// Takes the mark that every cell of a column has out of the cells. Where the column that names the items is one of
/// these, the mark goes to the caption and holds for the whole table; else to the head of the column.
pub(super) fn once(mut caption: Vec<Inline>, columns: &mut [Column], rows: &mut [Row]) -> Vec<Inline> {
    let names = columns.iter().position(|column| column.kind != ColumnKind::Code).unwrap_or(0);
    let shared: Vec<Option<String>> = (0..columns.len()).map(|at| shared(at, at == names, rows)).collect();
    let whole = shared.get(names).cloned().flatten();
    for (at, text) in shared.into_iter().enumerate() {
        let Some(text) = text else { continue };
        rows.iter_mut()
            .filter_map(|row| row.cells.get_mut(at))
            .for_each(|cell| cell.inlines.retain(|one| !is_mark(one)));
        if whole.as_ref() != Some(&text) {
            columns[at].title.push(mark(text));
        }
    }
    if let Some(text) = whole {
        caption.push(mark(text));
    }
    caption
}

fn mark(text: String) -> Inline {
    Inline::Mark { role: "basis".to_string(), text }
}

fn is_mark(inline: &Inline) -> bool {
    matches!(inline, Inline::Mark { role, .. } if role == "basis")
}

/// The mark that all cells of the column have, each for all that stands in it. The name of a total needs none.
fn shared(at: usize, names: bool, rows: &[Row]) -> Option<String> {
    let mut found: Option<&str> = None;
    for row in rows {
        let Some(cell) = row.cells.get(at) else { continue };
        if cell.inlines.is_empty() || row.total && (at == 0 || names) {
            continue;
        }
        let text = of_cell(&cell.inlines, names)?;
        if found.is_some_and(|found| found != text) {
            return None;
        }
        found = Some(text);
    }
    found.map(str::to_string)
}

/// The one mark of all values of a cell; one behind the name of an item holds for the whole item.
fn of_cell(inlines: &[Inline], names: bool) -> Option<&str> {
    let marks: Vec<&str> = inlines
        .iter()
        .filter_map(|one| match one {
            Inline::Mark { role, text } if role == "basis" => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let between = |one: &&Inline| matches!(one, Inline::Break) || matches!(one, Inline::Text { text } if text == "; ");
    let values = 1 + inlines.iter().filter(between).count();
    let text = *marks.first()?;
    let open = |one: &&Inline| matches!(one, Inline::Mark { role, .. } if role == "open");
    let ends = inlines.iter().rev().find(|one| !open(one)).is_some_and(is_mark);
    let for_all = marks.len() == values || names && marks.len() == 1;
    (ends && for_all && marks.iter().all(|one| *one == text)).then_some(text)
}

/// The caption of a table that repeats the heading above it is not printed again: it goes, or says instead on what
/// all the table rests. `words` gives the sentence for a mark.
pub(super) fn captions(section: &mut Section, words: &dyn Fn(&str) -> String) {
    let bare = |inlines: &[Inline]| {
        let list: Vec<Inline> = inlines.iter().filter(|one| !is_mark(one)).cloned().collect();
        plain(&list).trim().to_string()
    };
    let title = bare(&section.title);
    for block in &mut section.blocks {
        let Block::Table(table) = block else { continue };
        if bare(&table.caption) != title {
            continue;
        }
        table.name = title.clone();
        let mark = table.caption.iter().find_map(|one| match one {
            Inline::Mark { role, text } if role == "basis" => Some(text.clone()),
            _ => None,
        });
        table.caption = mark.map(|mark| vec![Inline::text(words(&mark))]).unwrap_or_default();
    }
    for inner in &mut section.sections {
        captions(inner, words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, basis: &str) -> Cell {
        let mut inlines = vec![Inline::text(text)];
        inlines.extend((!basis.is_empty()).then(|| mark(basis.to_string())));
        Cell { head: false, inlines }
    }

    fn made(cells: [[(&str, &str); 2]; 2]) -> (String, Vec<String>, Vec<String>) {
        let mut columns = vec![Column::default(), Column::default()];
        let mut rows: Vec<Row> = cells
            .iter()
            .map(|row| Row { cells: row.iter().map(|(text, basis)| cell(text, basis)).collect(), ..Row::default() })
            .collect();
        let caption = once(vec![Inline::text("Table")], &mut columns, &mut rows);
        let texts = rows.iter().flat_map(|row| &row.cells).map(|cell| plain(&cell.inlines)).collect();
        (plain(&caption), columns.iter().map(|one| plain(&one.title)).collect(), texts)
    }

    #[test]
    fn a_mark_of_all_rows_stands_once() {
        let (caption, heads, cells) =
            made([[("a", "made up"), ("1", "made up")], [("b", "made up"), ("2", "made up")]]);
        assert_eq!(caption, "Table (made up)");
        assert_eq!((heads, cells), (vec!["".into(), "".into()], vec!["a".into(), "1".into(), "b".into(), "2".into()]));
    }

    #[test]
    fn a_mark_of_one_column_stands_in_its_head() {
        let (caption, heads, cells) = made([[("a", ""), ("1", "made up")], [("b", ""), ("2", "made up")]]);
        assert_eq!((caption.as_str(), heads[1].as_str(), cells[3].as_str()), ("Table", " (made up)", "2"));
    }

    #[test]
    fn what_differs_keeps_its_own_mark() {
        let (caption, heads, cells) = made([[("a", "made up"), ("1", "made up")], [("b", "made up"), ("2", "")]]);
        assert_eq!((caption.as_str(), heads[1].as_str()), ("Table (made up)", ""));
        assert_eq!(cells, ["a", "1 (made up)", "b", "2"]);
    }

    #[test]
    fn a_mark_behind_the_last_of_several_values_is_not_for_all() {
        let mut two = cell("1; 2", "made up").inlines;
        two.splice(0..1, [Inline::text("1"), Inline::text("; "), Inline::text("2")]);
        assert_eq!((of_cell(&two, false), of_cell(&two, true)), (None, Some("made up")));
    }
}
