//! How a table is laid out: how wide its columns are, how many lines its rows take about, which cells are tight.
//!
//! Typst could measure all this, but only by setting every table twice.

use std::collections::BTreeMap;

use crate::document::draft::*;

/// What a line of a table holds, in hundredths of the size of its letters.
const LINE: u32 = 5150;
/// A table of more columns is set in smaller letters.
const FEW_COLUMNS: usize = 6;
/// What a line of such a table holds.
const SMALL_LINE: u32 = LINE / 80 * 88;
/// Space beside the words of a cell, in the same measure.
const PADDING: u32 = 140;
/// A head of several words need not be wider.
const HEAD: u32 = 620;
/// An address may be parted; a piece of it must fit.
const ADDRESS: u32 = 1000;

/// A table as it will stand on paper, by estimate.
#[derive(Debug, Default)]
pub struct Layout {
    /// The share of the line of each column.
    pub weights: Vec<u32>,
    pub rows: Vec<RowLayout>,
}

/// A row as it will stand on paper, by estimate.
#[derive(Debug, Default)]
pub struct RowLayout {
    pub lines: u32,
    /// For each cell: true where a word may be too long for its column and has to be parted.
    pub tight: Vec<bool>,
}

/// The columns of tables of one role, with their weights.
#[derive(Debug, Default)]
pub struct Grids(BTreeMap<String, (Vec<String>, Vec<u32>)>);

/// The heads of a table, without what is marked in them.
fn heads(table: &Table) -> Vec<String> {
    let bare = |column: &Column| {
        let unmarked = |one: &&Inline| !matches!(one, Inline::Mark { .. });
        plain(&column.title.iter().filter(unmarked).cloned().collect::<Vec<_>>()).trim().to_string()
    };
    table.columns.iter().map(bare).collect()
}

/// Places of `heads` among `all`, if all stand there in the same order.
fn places(heads: &[String], all: &[String]) -> Option<Vec<usize>> {
    let mut from = 0;
    let place = |head: &String| {
        let at = from + all.get(from..)?.iter().position(|one| one == head)?;
        from = at + 1;
        Some(at)
    };
    heads.iter().map(place).collect()
}

impl Grids {
    /// One grid for all tables of a chapter that are of one kind, as for one table with the rows of all. Some of them may
    /// lack columns that the others have.
    pub fn of(chapter: &Section) -> Self {
        fn collect<'s>(section: &'s Section, out: &mut BTreeMap<&'s str, Vec<&'s Table>>) {
            for block in &section.blocks {
                if let Block::Table(table) = block {
                    out.entry(&table.node.role).or_default().push(table);
                }
            }
            section.sections.iter().for_each(|inner| collect(inner, out));
        }
        let mut found = BTreeMap::new();
        collect(chapter, &mut found);
        let alike = found.into_iter().filter(|(_, tables)| tables.len() > 1);
        Grids(alike.filter_map(|(role, tables)| Some((role.to_string(), grid(&tables)?))).collect())
    }

    /// The weights of the columns of `table`: each begins where it begins in the others. A column that it lacks falls to
    /// the one before.
    fn weights(&self, table: &Table) -> Option<Vec<u32>> {
        let (all, weights) = self.0.get(&table.node.role)?;
        let places = places(&heads(table), all)?;
        let ends = places.iter().skip(1).copied().chain([all.len()]);
        let mut starts = places.clone();
        *starts.first_mut()? = 0;
        // Figures need no more room than they have: such a table is laid out by itself.
        let spans = starts.iter().zip(ends.clone()).map(|(start, end)| end - start);
        if table.columns.iter().zip(spans).any(|(column, span)| span > 1 && column.kind != ColumnKind::Text) {
            return None;
        }
        Some(starts.into_iter().zip(ends).map(|(start, end)| weights[start..end].iter().sum()).collect())
    }
}

/// The heads and weights that fit all `tables`; nothing where they are not of one kind.
fn grid(tables: &[&Table]) -> Option<(Vec<String>, Vec<u32>)> {
    let most = tables.iter().max_by_key(|table| table.columns.len())?;
    let all = heads(most);
    let mut rows = Vec::new();
    for table in tables {
        let places = places(&heads(table), &all)?;
        rows.extend(measured(table).into_iter().map(|cells| {
            let mut row: Vec<Measured> = all.iter().map(|_| Measured::default()).collect();
            places.iter().zip(cells).for_each(|(at, cell)| row[*at] = cell);
            row
        }));
    }
    let weights = weigh(&most.columns, &rows, line_of(most));
    Some((all, weights))
}

fn line_of(table: &Table) -> u32 {
    if table.columns.len() > FEW_COLUMNS { SMALL_LINE } else { LINE }
}

fn measured(table: &Table) -> Vec<Vec<Measured>> {
    table.rows.iter().map(|row| row.cells.iter().map(measure).collect()).collect()
}

impl Layout {
    /// `grids` are those of the chapter in which the table stands.
    pub fn of(table: &Table, grids: &Grids) -> Self {
        let line = line_of(table);
        let measured = measured(table);
        let weights = grids.weights(table).unwrap_or_else(|| weigh(&table.columns, &measured, line));
        let all: u32 = weights.iter().sum::<u32>().max(1);
        let widths: Vec<u32> =
            weights.iter().map(|one| share(line, *one, all).saturating_sub(PADDING).max(1)).collect();
        let rows = measured
            .iter()
            .map(|cells| RowLayout {
                lines: cells.iter().zip(&widths).map(|(cell, width)| cell.lines_at(*width)).max().unwrap_or(1),
                tight: cells.iter().zip(&widths).map(|(cell, width)| cell.word * 112 / 100 > *width).collect(),
            })
            .collect();
        Layout { weights, rows }
    }
}

/// What stands in a cell.
#[derive(Default)]
struct Measured {
    word: u32,
    lines: Vec<u32>,
    /// For how many rows it stands.
    rows: u32,
}

impl Measured {
    fn longest(&self) -> u32 {
        self.lines.iter().copied().max().unwrap_or(0)
    }

    fn all(&self) -> u32 {
        self.lines.iter().copied().fold(0, u32::saturating_add)
    }

    /// How many lines it takes in a column that holds `width`: no line is quite full.
    fn lines_at(&self, width: u32) -> u32 {
        self.lines
            .iter()
            .map(|line| (line * 106 / 100).div_ceil(width).max(1))
            .sum::<u32>()
            .div_ceil(self.rows.max(1))
            .max(1)
    }
}

fn measure(cell: &Cell) -> Measured {
    let mut text = String::new();
    as_lines(&cell.inlines, &mut text);
    let rows = u32::try_from(cell.below + 1).unwrap_or(1);
    Measured { word: longest_word(&text), lines: text.lines().map(width).collect(), rows }
}

/// Gives each column its share of the line.
fn weigh(columns: &[Column], rows: &[Vec<Measured>], line: u32) -> Vec<u32> {
    let wants: Vec<Want> = columns.iter().enumerate().map(|(at, column)| want(column, at, rows)).collect();
    let natural: u32 = wants.iter().map(|one| one.natural).sum();
    let bulk: u32 = wants.iter().map(|one| one.bulk).sum();
    // Short cells stay on one line, as long as the others have room.
    let short: u32 = wants.iter().map(Want::short).sum();
    let base = if short <= line / 4 * 3 { Want::short } else { |one: &Want| one.least };
    let least: u32 = wants.iter().map(base).sum();
    let weight = |one: &Want| match natural <= line {
        true => one.natural + share(line - natural, one.natural, natural),
        false => base(one) + share(line.saturating_sub(least), one.bulk, bulk),
    };
    wants.iter().map(weight).collect()
}

/// The part of `rest` that falls to `one` of `all`.
fn share(rest: u32, one: u32, all: u32) -> u32 {
    let part = u64::from(rest) * u64::from(one) / u64::from(all.max(1));
    u32::try_from(part).unwrap_or(rest)
}

/// The width that a column must have, the one at which nothing wraps, and how much stands in it beyond the least.
struct Want {
    least: u32,
    natural: u32,
    bulk: u32,
}

impl Want {
    fn short(&self) -> u32 {
        if self.natural <= LINE / 5 { self.natural } else { self.least }
    }
}

fn want(column: &Column, at: usize, rows: &[Vec<Measured>]) -> Want {
    let head = plain(&column.title);
    // The head is bold, and its words are never parted.
    let head_word = longest_word(&head) * 108 / 100;
    // A head of several words takes two lines or three, not one for each word.
    let head_word = head_word.max((width(&head) * 57 / 100).min(HEAD));
    let cells: Vec<&Measured> = rows.iter().filter_map(|row| row.get(at)).collect();
    let longest = cells.iter().map(|cell| cell.longest()).max().unwrap_or(0);
    // One long cell must not starve the other columns.
    let lengths = || cells.iter().map(|cell| cell.all().min(2 * LINE));
    let mean = lengths().fold(0, u32::saturating_add) / u32::try_from(cells.len()).unwrap_or(1).max(1);
    let most = lengths().max().unwrap_or(0);
    let word = cells.iter().map(|cell| cell.word).max().unwrap_or(0);
    let least = match column.kind {
        ColumnKind::Text | ColumnKind::Number => word,
        ColumnKind::Code => longest,
    };
    let least = least.max(head_word) + PADDING;
    let natural = (longest + PADDING).max(least);
    let bulk = ((mean + most) / 2).saturating_sub(least);
    Want { least, natural, bulk }
}

/// The words of a cell with its breaks as ends of lines.
fn as_lines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Break => out.push('\n'),
            other => out.push_str(&plain(std::slice::from_ref(other))),
        }
    }
}

fn longest_word(text: &str) -> u32 {
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
    let word = |word: &str| match word.contains("://") {
        true => width(word).min(ADDRESS),
        false => word.split_inclusive(['-', '–']).map(width).max().unwrap_or(0),
    };
    text.split(breaks).map(word).max().unwrap_or(0)
}

/// About how wide `text` is, in hundredths of the size of its letters.
fn width(text: &str) -> u32 {
    text.chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | '\u{a0}' | '\u{202f}' | ' ' => {
                29
            }
            'f' | 't' | 'r' | 's' | '(' | ')' | '-' | '/' => 42,
            'm' | 'w' | 'M' | 'W' | '@' | '%' => 92,
            c if c.is_uppercase() => 68,
            c if c.is_ascii() => 59,
            c if c >= '\u{2e80}' => 100,
            _ => 61,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(heads: &[&str], cells: &[&str]) -> Layout {
        let inlines = |text: &&str| vec![Inline::text(*text)];
        let columns = heads.iter().map(|text| Column { title: inlines(text), ..Column::default() }).collect();
        let cells = cells.iter().map(|text| Cell { head: false, inlines: inlines(text), ..Cell::default() }).collect();
        let table = Table { columns, rows: vec![Row { cells, ..Row::default() }], ..Table::default() };
        Layout::of(&table, &Grids::default())
    }

    #[test]
    fn tables_of_one_kind_share_a_grid() {
        let table = |cells: [&str; 2]| {
            let inlines = |text: &str| vec![Inline::text(text)];
            let columns = ["A", "B"].map(|text| Column { title: inlines(text), ..Column::default() }).into();
            let cells = cells.map(|text| Cell { head: false, inlines: inlines(text), ..Cell::default() }).into();
            Table { columns, rows: vec![Row { cells, ..Row::default() }], ..Table::default() }
        };
        let tables = [table(["one", "four words stand here"]), table(["four words stand here", "one"])];
        let inner = |one: &Table| Section { blocks: vec![Block::Table(one.clone())], ..Section::default() };
        let chapter = Section { sections: tables.iter().map(inner).collect(), ..Section::default() };
        let grids = Grids::of(&chapter);
        let apart = tables.each_ref().map(|one| Layout::of(one, &Grids::default()).weights);
        let alike = tables.each_ref().map(|one| Layout::of(one, &grids).weights);
        assert_ne!(apart[0], apart[1]);
        assert_eq!(alike[0], alike[1]);
    }

    #[test]
    fn a_column_that_a_table_lacks_falls_to_the_one_before() {
        let titled = |heads: &[&str]| {
            let column = |text: &&str| Column { title: vec![Inline::text(*text)], ..Column::default() };
            Table { columns: heads.iter().map(column).collect(), ..Table::default() }
        };
        let table = |heads| Block::Table(titled(heads));
        let chapter = |blocks: [Block; 2]| Section { blocks: blocks.into(), ..Section::default() };
        let grids = Grids::of(&chapter([table(&["A", "B", "C"]), table(&["A", "C"])]));
        let whole = grids.weights(&titled(&["A", "B", "C"])).expect("a grid");
        assert_eq!(grids.weights(&titled(&["A", "C"])), Some(vec![whole[0] + whole[1], whole[2]]));
        assert_eq!(grids.weights(&titled(&["B", "C"])), Some(vec![whole[0] + whole[1], whole[2]]));
        let unlike = Grids::of(&chapter([table(&["A", "B"]), table(&["B", "A"])]));
        assert_eq!(unlike.weights(&titled(&["A", "B"])), None);
    }

    #[test]
    fn no_column_is_narrower_than_its_longest_word() {
        let long = "word ".repeat(200);
        let weights = layout(&["Attendance", "Text", "Internationalisation"], &["1", &long, "2"]).weights;
        assert!(weights[0] >= width("Attendance") + PADDING);
        assert!(weights[2] >= width("Internationalisation") + PADDING);
        assert!(weights[1] > weights[0] + weights[2]);
        assert!(weights.iter().sum::<u32>() <= LINE);
    }

    #[test]
    fn a_short_table_fills_the_line() {
        let weights = layout(&["A", "B"], &["one two three", "four"]).weights;
        assert!(weights.iter().sum::<u32>() > LINE - 5);
        assert!(weights[0] > weights[1]);
    }

    #[test]
    fn a_row_is_as_high_as_its_highest_cell() {
        let long = "word ".repeat(100);
        let row = &layout(&["A", "B"], &["one", &long]).rows[0];
        // 500 characters of about half an em on something less than fifty ems.
        assert!((4..=8).contains(&row.lines), "{}", row.lines);
        assert!(!row.tight[1]);
    }

    #[test]
    fn a_word_wider_than_its_column_is_tight() {
        let long = "Donaudampfschifffahrtsgesellschaft".repeat(2);
        let row = &layout(&["A", "B"], &[&long, &long]).rows[0];
        assert_eq!(row.tight, [true, true]);
    }
}
