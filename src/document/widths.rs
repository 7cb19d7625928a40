//! How wide the columns of a table are: none narrower than its longest word, the rest by what stands in them.

use super::draft::*;

/// What a line of a table holds, in hundredths of the size of its letters.
const LINE: u32 = 5150;
/// Space beside the words of a cell, in the same measure.
const PADDING: u32 = 140;
/// An address may be parted; a piece of it must fit.
const ADDRESS: u32 = 1000;

/// Gives each column its share of the line.
pub(super) fn weigh(columns: &mut [Column], rows: &[Row]) {
    let wants: Vec<Want> = columns.iter().enumerate().map(|(at, column)| want(column, at, rows)).collect();
    let natural: u32 = wants.iter().map(|one| one.natural).sum();
    let bulk: u32 = wants.iter().map(|one| one.bulk).sum();
    // Short cells stay on one line, as long as the others have room.
    let short: u32 = wants.iter().map(Want::short).sum();
    let base = if short <= LINE / 4 * 3 { Want::short } else { |one: &Want| one.least };
    let least: u32 = wants.iter().map(base).sum();
    for (column, one) in columns.iter_mut().zip(&wants) {
        column.weight = match natural <= LINE {
            true => one.natural + share(LINE - natural, one.natural, natural),
            false => base(one) + share(LINE.saturating_sub(least), one.bulk, bulk),
        };
    }
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

fn want(column: &Column, at: usize, rows: &[Row]) -> Want {
    let head = plain(&column.title);
    // The head is bold, and its words are never parted.
    let head_word = longest_word(&head) * 108 / 100;
    let cells: Vec<String> =
        rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| as_lines(&cell.inlines)).collect();
    let longest = cells.iter().map(|text| longest_line(text)).max().unwrap_or(0);
    // One long cell must not starve the other columns.
    let lengths = || cells.iter().map(|text| width(text).min(2 * LINE));
    let mean = lengths().fold(0, u32::saturating_add) / u32::try_from(cells.len()).unwrap_or(1).max(1);
    let most = lengths().max().unwrap_or(0);
    let word = cells.iter().map(|text| longest_word(text)).max().unwrap_or(0);
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
fn as_lines(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Break => out.push('\n'),
            other => out.push_str(&plain(std::slice::from_ref(other))),
        }
    }
    out
}

fn longest_line(text: &str) -> u32 {
    text.lines().map(width).max().unwrap_or(0)
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

    fn weights(heads: &[&str], cells: &[&str]) -> Vec<u32> {
        let inlines = |text: &&str| vec![Inline::text(*text)];
        let mut columns: Vec<Column> =
            heads.iter().map(|text| Column { title: inlines(text), ..Column::default() }).collect();
        let cells = cells.iter().map(|text| Cell { head: false, inlines: inlines(text) }).collect();
        weigh(&mut columns, &[Row { cells, ..Row::default() }]);
        columns.iter().map(|one| one.weight).collect()
    }

    #[test]
    fn no_column_is_narrower_than_its_longest_word() {
        let long = "word ".repeat(200);
        let weights = weights(&["Attendance", "Text", "Internationalisation"], &["1", &long, "2"]);
        assert!(weights[0] >= width("Attendance") + PADDING);
        assert!(weights[2] >= width("Internationalisation") + PADDING);
        assert!(weights[1] > weights[0] + weights[2]);
        assert!(weights.iter().sum::<u32>() <= LINE);
    }

    #[test]
    fn a_short_table_fills_the_line() {
        let weights = weights(&["A", "B"], &["one two three", "four"]);
        assert!(weights.iter().sum::<u32>() > LINE - 5);
        assert!(weights[0] > weights[1]);
    }
}
