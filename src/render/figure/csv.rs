//! The data of a figure as a file: comma, UTF-8, RFC 4180.

use crate::document::drawing::Csv;
use crate::document::formula::guarded;

/// Excel takes a file without it for one in the encoding of the machine.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Name of the file under `html/files/`; nothing if the figure has none. Its words are in one language, so it is named.
pub fn name(csv: &Csv, lang: &str) -> Option<String> {
    let tame = |text: &str| -> String {
        let safe = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
        text.chars().map(safe).collect::<String>().trim_matches('-').to_string()
    };
    let stem = tame(csv.name.strip_suffix(".csv").unwrap_or(&csv.name));
    (!stem.is_empty() && !csv.rows.is_empty()).then(|| format!("{stem}.{}.csv", tame(lang)))
}

/// Its bytes. What a spreadsheet would take for a formula is guarded; numbers are left as they are.
pub fn bytes(csv: &Csv) -> Vec<u8> {
    let mut out = BYTE_ORDER_MARK.to_vec();
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(&mut out);
    for row in &csv.rows {
        // Writing to memory cannot fail.
        let _ = writer.write_record(row.iter().map(|cell| if is_number(cell) { cell.clone() } else { guarded(cell) }));
    }
    drop(writer);
    out
}

fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.parse::<rust_decimal::Decimal>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(name: &str, rows: &[&[&str]]) -> Csv {
        let rows = rows.iter().map(|row| row.iter().map(|cell| cell.to_string()).collect()).collect();
        Csv { name: name.into(), rows }
    }

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        let bytes = bytes(&csv("a.csv", &[&["x", "y, z"], &["=1+1", "-3.50"], &["-a", "+5"]]));
        let text = String::from_utf8(bytes[BYTE_ORDER_MARK.len()..].to_vec()).unwrap();
        assert_eq!(text, "x,\"y, z\"\r\n'=1+1,-3.50\r\n'-a,'+5\r\n");
    }

    #[test]
    fn names_stay_in_their_folder() {
        let rows: &[&[&str]] = &[&["a"]];
        assert_eq!(name(&csv("survey-ranking.csv", rows), "en").unwrap(), "survey-ranking.en.csv");
        assert_eq!(name(&csv("../../x/Y.csv", rows), "fr").unwrap(), "x-y.fr.csv");
        assert_eq!(name(&csv("..", rows), "en"), None);
        assert_eq!(name(&csv("a.csv", &[]), "en"), None);
    }
}
