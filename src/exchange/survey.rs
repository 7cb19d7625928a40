//! Answers to a survey as they come from a survey program, taken into the plan as CSV; and a survey to begin with.

use std::collections::BTreeSet;

use super::book::{self, Refusal, Shape};
use crate::model::format::{DecimalMark, Delimiter, Dialect};
use crate::model::reference::decimal;

/// A table of answers: the names at the heads of its columns, and rows as long as these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// The table in the bytes of a file: its first row that is not empty names the columns.
///
/// # Errors
/// A file that cannot be read or holds too much, or one without a row of names and a row of answers.
pub fn table(bytes: &[u8], shape: Shape) -> Result<Table, Refusal> {
    let grids = book::answers(bytes, shape)?;
    let grid = grids.into_iter().find(|grid| grid.rows.len() > 1);
    let Some(grid) = grid else {
        return Err(Refusal("it holds no row of column names with a row of answers below it".to_string()));
    };
    let width = grid.rows.values().filter_map(|row| row.keys().last()).max().map_or(0, |last| last + 1);
    let cells = |row: &std::collections::BTreeMap<u32, String>| -> Vec<String> {
        (0..width).map(|at| row.get(&at).cloned().unwrap_or_default()).collect()
    };
    let mut rows = grid.rows.values().map(cells);
    let head = rows.next().unwrap_or_default();
    Ok(Table { head, rows: rows.collect() })
}

impl Table {
    /// The table as `surveys/NAME.csv`: UTF-8, a line for each row, with the signs that its survey declares; with
    /// commas and decimal points, if it declares none. `numbers` says that numbers have decimal points now, as those
    /// of a workbook.
    ///
    /// # Errors
    /// None that a table can bring about.
    pub fn csv(&self, dialect: Option<&Dialect>, numbers: bool) -> Result<Vec<u8>, Refusal> {
        let failed = |_| Refusal("the table cannot be written as CSV".to_string());
        let delimiter = dialect.map_or(Delimiter::Comma, |one| one.delimiter).byte();
        let commas = numbers && dialect.is_some_and(|one| one.decimal == DecimalMark::Comma);
        let cell = |text: &String| match commas && decimal(text).is_some() {
            true => text.replace('.', ","),
            false => text.clone(),
        };
        let mut out = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        out.write_record(&self.head).map_err(failed)?;
        for row in &self.rows {
            out.write_record(row.iter().map(cell)).map_err(failed)?;
        }
        out.into_inner().map_err(|_| Refusal("the table cannot be written as CSV".to_string()))
    }

    /// A survey of these columns, with everything that a drafter must still say as a comment. `wave` is its first wave,
    /// `file` the name of the table.
    pub fn skeleton(&self, id: &str, wave: &str, file: &str) -> String {
        let columns: Vec<Guess> = (0..self.head.len()).map(|at| self.guess(at)).collect();
        let of = |guess: Guess| columns.iter().position(|it| *it == guess);
        let (respondent, group, completed) = (of(Guess::Respondent), of(Guess::Group), of(Guess::Completed));
        let questions: Vec<usize> = (0..columns.len()).filter(|at| columns[*at] == Guess::Question).collect();
        let mut out = String::new();
        let mut line = |text: String| {
            out.push_str(&text);
            out.push('\n');
        };
        line(format!("id: {id}"));
        line("title: Survey   # what it is called in the document".to_string());
        line("# basis: reported   # and the source of its answers, an entry of sources.yaml".to_string());
        line("# source: ...".to_string());
        let (least, most) = self.bounds(&questions);
        line(format!("scale: {{least: {least}, most: {most}, high: important}}   # is this the whole scale?"));
        line("groups:   # who was asked, and how many: `asked: 12`; which region it is: `region: north`".to_string());
        for (id, called) in self.groups(group) {
            line(format!("  - {{id: {id}, name: {}, called: [{}]}}", quoted(&called), quoted(&called)));
        }
        if group.is_none() {
            line("  - {id: everybody, name: Everybody}".to_string());
        }
        line(
            "questions:   # what each is about: an element, a priority, an activity, an element of the plan before"
                .to_string(),
        );
        for (number, at) in questions.iter().enumerate() {
            let (code, text) = parts(&self.head[*at]);
            line(format!(
                "  - {{id: question-{}, text: {}, column: {}, about: []}}",
                number + 1,
                quoted(text),
                quoted(code)
            ));
        }
        if questions.is_empty() {
            line("  []".to_string());
        }
        line("columns:".to_string());
        for (key, at) in [("respondent", respondent), ("group", group), ("completed", completed)] {
            if let Some(at) = at {
                line(format!("  {key}: {}", quoted(parts(&self.head[at]).0)));
            }
        }
        let named = |at: usize| !self.head[at].trim().is_empty();
        let rest = (0..columns.len()).filter(|at| columns[*at] == Guess::Other && named(*at));
        let ignored: Vec<String> = rest.map(|at| quoted(parts(&self.head[at]).0)).collect();
        line(format!("  ignored: [{}]", ignored.join(", ")));
        line("waves:".to_string());
        line(format!("  - {{id: {wave}, title: {}, file: {}}}", quoted(wave), quoted(file)));
        line("rules:".to_string());
        line("  weighting: one-respondent-one-vote   # or one-group-one-vote, declared-weights".to_string());
        line("  blanks: left-out                     # or counted, with blank-value:".to_string());
        let unfinished = if completed.is_some() { "left-out" } else { "kept" };
        line(format!("  unfinished: {unfinished:<26}# left-out or kept"));
        line("  twice: last                          # or first, refused".to_string());
        out
    }

    /// What a column seems to hold.
    fn guess(&self, at: usize) -> Guess {
        let (code, _) = parts(&self.head[at]);
        // Of a column without a name, no question could say which it is.
        if code.is_empty() {
            return Guess::Other;
        }
        let code = code.to_lowercase();
        let is = |names: &[&str]| names.contains(&code.as_str());
        if is(&["submitdate", "date submitted", "completed", "done"]) {
            return Guess::Completed;
        }
        if is(&["token", "access code", "respondent", "member", "participant"]) {
            return Guess::Respondent;
        }
        if is(&["group", "region"]) {
            return Guess::Group;
        }
        let system = ["id", "response id", "lastpage", "last page", "seed", "startdate", "date started", "datestamp"];
        let answers = || self.rows.iter().map(|row| row[at].trim()).filter(|text| !text.is_empty());
        let counts = |text: &str| value(text).is_some();
        match !is(&system) && answers().next().is_some() && answers().all(counts) {
            true => Guess::Question,
            false => Guess::Other,
        }
    }

    fn bounds(&self, questions: &[usize]) -> (u32, u32) {
        let all = self.rows.iter().flat_map(|row| questions.iter().filter_map(|at| value(&row[*at])));
        let (least, most) = all.fold((1, 0), |(least, most), it| (it.min(least), it.max(most)));
        (least, most.max(least + 1))
    }

    /// Ids and names of the groups that stand in a column.
    fn groups(&self, column: Option<usize>) -> Vec<(String, String)> {
        let names: BTreeSet<&str> = column.iter().flat_map(|at| self.rows.iter().map(|row| row[*at].trim())).collect();
        let names = names.into_iter().filter(|name| !name.is_empty());
        names.enumerate().map(|(at, name)| (format!("group-{}", at + 1), name.to_string())).collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guess {
    Respondent,
    Group,
    Completed,
    Question,
    Other,
}

/// A small whole number that a cell says.
fn value(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|it| *it <= 100)
}

/// Code and words of a column, which survey programs join in one cell: `G1Q1[SQ001]. How important ...`.
fn parts(head: &str) -> (&str, &str) {
    let head = head.trim();
    let code = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "[]_".contains(c));
    match head.split_once(". ") {
        Some((first, rest)) if code(first) => (first, rest.trim()),
        _ => (head, head),
    }
}

/// A text in double quotes, on one line.
fn quoted(text: &str) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    serde_json::to_string(&folded).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: &str = "\u{feff}\"id. Response ID\";\"submitdate. Date submitted\";\"token. Access code\";\"region\";\"G1Q1[SQ001]. How important is \"\"speed\"\"? [Now]\";\"G1Q1[SQ002]. And\nlater?\";\"remark\"\r\n\
        \"1\";\"2018-08-01\";\"a\";\"North\";\"4\";\"5\";\"well; yes\"\r\n\"2\";\"\";\"b\";\"South\";\"\";\"2\";\"\"\r\n";

    #[test]
    fn an_export_becomes_a_table_with_commas() {
        let table = table(EXPORT.as_bytes(), Shape::Csv).unwrap();
        assert_eq!(table.head.len(), 7);
        assert_eq!(table.rows[1], ["2", "", "b", "South", "", "2", ""]);
        let text = String::from_utf8(table.csv(None, false).unwrap()).unwrap();
        assert!(text.starts_with("id. Response ID,submitdate. Date submitted,token. Access code,region,"), "{text}");
        assert!(text.contains("1,2018-08-01,a,North,4,5,well; yes\n"), "{text}");
    }

    #[test]
    fn a_column_without_a_name_is_no_question() {
        let text = table(b"token,,q1\n1,5,3\n2,4,2\n", Shape::Csv).unwrap().skeleton("members", "final", "a.csv");
        assert!(!text.contains("column: \"\"") && !text.contains("question-2"), "{text}");
        assert!(text.contains("  ignored: []"), "{text}");
    }

    #[test]
    fn a_survey_to_begin_with_names_every_column() {
        let text = table(EXPORT.as_bytes(), Shape::Csv).unwrap().skeleton("members", "final", "members-final.csv");
        for line in [
            "scale: {least: 1, most: 5, high: important}",
            "  - {id: group-1, name: \"North\", called: [\"North\"]}",
            "column: \"G1Q1[SQ001]\", about: []}",
            "text: \"And later?\"",
            "  respondent: \"token\"",
            "  completed: \"submitdate\"",
            "  ignored: [\"id\", \"remark\"]",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        let read: Result<crate::model::format::Survey, _> = serde_yaml::from_str(&text);
        assert!(read.is_ok(), "{read:?}\n{text}");
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(table(b"", Shape::Csv).is_err());
        assert!(table(b"a,b\n", Shape::Csv).is_err());
        assert!(table(b"PK\x03\x04", Shape::Csv).is_err());
        assert!(table(b"hello", Shape::Xlsx).is_err());
    }
}
