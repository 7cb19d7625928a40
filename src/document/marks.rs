//! The mark of a basis given once where all that stands together shares it.

use super::draft::*;

/// Role of a row of what belongs to no item that has a name of its own.
pub(super) const REST: &str = "rest";

/// What the marks in the cells of a table mean.
#[derive(Clone, Copy, Default)]
pub(super) struct Reading {
    /// The mark behind the last words of a cell holds for all that stands in it.
    pub whole_cells: bool,
    /// A nought is a count of nothing, which rests on nothing: it needs no mark.
    pub counts: bool,
    /// A cell without a digit holds no figure, whatever the column: it needs no mark.
    pub figures: bool,
}

impl Reading {
    /// True for a cell that needs no mark in a column where all else has one.
    fn is_neutral(self, kind: ColumnKind, cell: &Cell) -> bool {
        let text = plain(&cell.inlines);
        let says_why = (kind == ColumnKind::Number || self.figures) && !text.chars().any(|c| c.is_numeric());
        !cell.inlines.iter().any(is_mark) && (text.trim().is_empty() || says_why || self.counts && text == "0")
    }
}

/// Takes the mark that every cell of a column has out of the cells. Where the column that names the items is one of
/// these, the mark goes to the caption and holds for the whole table; else to the head of the column, or, where all
/// the figures share it, to the caption as `of_figures` says it.
pub(super) fn once(
    mut caption: Vec<Inline>,
    columns: &mut [Column],
    rows: &mut [Row],
    reading: Reading,
    of_figures: &dyn Fn(&str) -> String,
) -> Vec<Inline> {
    let names = columns.iter().position(|column| column.kind != ColumnKind::Code).unwrap_or(0);
    let kinds: Vec<ColumnKind> = columns.iter().map(|column| column.kind).collect();
    let shared: Vec<Option<String>> =
        kinds.iter().enumerate().map(|(at, kind)| shared(at, *kind, at == names, rows, reading)).collect();
    let figures = of_all_figures(&shared, &kinds, names, rows, reading);
    let whole = shared.get(names).cloned().flatten();
    for (at, text) in shared.into_iter().enumerate() {
        let Some(text) = text else { continue };
        rows.iter_mut()
            .filter_map(|row| row.cells.get_mut(at))
            .for_each(|cell| cell.inlines.retain(|one| !is_mark(one)));
        if whole.as_ref() != Some(&text) && figures.is_none() {
            columns[at].title.push(mark(text));
        }
    }
    match (whole, figures) {
        (Some(text), _) => caption.push(mark(text)),
        (None, Some(text)) => caption.push(mark(of_figures(&text))),
        (None, None) => {}
    }
    caption
}

/// The mark that several columns of figures share, where all else but the names holds no figure.
fn of_all_figures(
    shared: &[Option<String>],
    kinds: &[ColumnKind],
    names: usize,
    rows: &[Row],
    reading: Reading,
) -> Option<String> {
    let mut found: Option<&String> = None;
    let mut columns = 0;
    for (at, kind) in kinds.iter().enumerate().filter(|(at, _)| *at != names) {
        match (&shared[at], found) {
            (Some(_), _) if *kind != ColumnKind::Number && !reading.figures => return None,
            (Some(text), None) => found = Some(text),
            (Some(text), Some(found)) if text == found => {}
            (Some(_), Some(_)) => return None,
            (None, _) => {
                let reading = Reading { figures: true, ..reading };
                let mut cells = rows.iter().filter_map(|row| row.cells.get(at));
                if !cells.all(|cell| reading.is_neutral(*kind, cell)) {
                    return None;
                }
                continue;
            }
        }
        columns += 1;
    }
    found.filter(|_| columns > 1 && shared[names].is_none()).cloned()
}

fn mark(text: String) -> Inline {
    Inline::Mark { role: "basis".to_string(), text }
}

fn is_mark(inline: &Inline) -> bool {
    matches!(inline, Inline::Mark { role, .. } if role == "basis")
}

/// The mark that all cells of the column have, each for all that stands in it. What is named for no item needs none.
fn shared(at: usize, kind: ColumnKind, names: bool, rows: &[Row], reading: Reading) -> Option<String> {
    let mut found: Option<&str> = None;
    for row in rows {
        let Some(cell) = row.cells.get(at) else { continue };
        let is_unnamed = (row.total || row.node.role == REST) && (at == 0 || names);
        if cell.inlines.is_empty() || is_unnamed || !names && reading.is_neutral(kind, cell) {
            continue;
        }
        let text = of_cell(&cell.inlines, names || reading.whole_cells)?;
        if found.is_some_and(|found| found != text) {
            return None;
        }
        found = Some(text);
    }
    found.map(str::to_string)
}

/// The one mark of all values of a cell; where it is `whole`, one behind the last holds for all.
fn of_cell(inlines: &[Inline], whole: bool) -> Option<&str> {
    let marks: Vec<&str> = inlines
        .iter()
        .filter_map(|one| match one {
            Inline::Mark { role, text } if role == "basis" => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let between =
        |one: &&Inline| matches!(one, Inline::Break) || matches!(one, Inline::Text { text } if text.trim() == ";");
    let values = 1 + inlines.iter().filter(between).count();
    let text = *marks.first()?;
    let open = |one: &&Inline| matches!(one, Inline::Mark { role, .. } if role == "open");
    let ends = inlines.iter().rev().find(|one| !open(one)).is_some_and(is_mark);
    let for_all = marks.len() == values || whole && marks.len() == 1;
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
        Cell { head: false, inlines, ..Cell::default() }
    }

    fn made(cells: [[(&str, &str); 2]; 2]) -> (String, Vec<String>, Vec<String>) {
        let mut columns = vec![Column::default(), Column::default()];
        let mut rows: Vec<Row> = cells
            .iter()
            .map(|row| Row { cells: row.iter().map(|(text, basis)| cell(text, basis)).collect(), ..Row::default() })
            .collect();
        let figures = |mark: &str| format!("figures {mark}");
        let table = vec![Inline::text("Table")];
        let caption = once(table, &mut columns, &mut rows, Reading::default(), &figures);
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

    /// Rows of a name and two figures, each with its mark.
    fn figures(rows: &[[(&str, &str); 3]], reading: Reading) -> (String, Vec<String>) {
        let number = || Column { kind: ColumnKind::Number, ..Column::default() };
        let mut columns = vec![Column::default(), number(), number()];
        let row = |row: &[(&str, &str); 3]| Row {
            cells: row.iter().map(|(text, basis)| cell(text, basis)).collect(),
            ..Row::default()
        };
        let mut rows: Vec<Row> = rows.iter().map(row).collect();
        let of_figures = |mark: &str| format!("figures {mark}");
        let caption = once(vec![Inline::text("Table")], &mut columns, &mut rows, reading, &of_figures);
        (plain(&caption), columns.iter().map(|one| plain(&one.title)).collect())
    }

    #[test]
    fn a_mark_of_all_figures_stands_in_the_caption() {
        let rows =
            [[("a", ""), ("1", "made up"), ("2", "made up")], [("b", "made up"), ("none", ""), ("3", "made up")]];
        let (caption, heads) = figures(&rows, Reading::default());
        assert_eq!((caption.as_str(), heads.concat().as_str()), ("Table (figures made up)", ""));
    }

    #[test]
    fn words_that_share_a_mark_are_no_figures() {
        let mut columns = vec![Column::default(); 3];
        let cells = [("a", ""), ("why", "made up"), ("how", "made up")];
        let row = || Row { cells: cells.iter().map(|(text, basis)| cell(text, basis)).collect(), ..Row::default() };
        let mut rows = vec![row(), row()];
        let of_figures = |mark: &str| format!("figures {mark}");
        let caption = once(Vec::new(), &mut columns, &mut rows, Reading::default(), &of_figures);
        let heads: Vec<String> = columns.iter().map(|one| plain(&one.title)).collect();
        assert_eq!(
            (plain(&caption), heads),
            (String::new(), vec!["".into(), " (made up)".into(), " (made up)".into()])
        );
    }

    #[test]
    fn one_figure_without_a_mark_keeps_the_others_marked() {
        let rows = [[("a", ""), ("1", "made up"), ("2", "made up")], [("b", ""), ("0", ""), ("3", "made up")]];
        let (caption, heads) = figures(&rows, Reading::default());
        assert_eq!((caption.as_str(), heads), ("Table", vec!["".into(), "".into(), " (made up)".into()]));
        let (caption, _) = figures(&rows, Reading { counts: true, ..Reading::default() });
        assert_eq!(caption, "Table (figures made up)");
    }

    #[test]
    fn values_are_parted_as_the_language_does() {
        let mut two = cell("1", "made up").inlines;
        two.splice(0..1, [Inline::text("1"), Inline::text("\u{202f}; "), Inline::text("2")]);
        assert_eq!(of_cell(&two, false), None);
    }
}
