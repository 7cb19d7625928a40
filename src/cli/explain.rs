//! `explain` and `schema`: what the program knows about its codes and its files.

use anyhow::{Result, bail};

use crate::diag::{Code, Kind, nearest};
use crate::model::schema;
use crate::source::FileKind;

/// Prints the page of a code, or the list of all codes.
pub fn run(code: Option<&str>) -> Result<u8> {
    let Some(word) = code else {
        list();
        return Ok(0);
    };
    // As a report prints it: `error[no-owner]`.
    let word = word.split_once('[').map_or(word, |(_, rest)| rest);
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    match word.parse::<Code>() {
        Ok(code) => println!("{}", page(code).trim_end()),
        Err(()) => match nearest(word, Code::ALL.iter().map(|code| code.word())) {
            Some(near) => bail!("there is no code `{word}`; did you mean `{near}`?"),
            None => bail!("there is no code `{word}`; `planwright explain` lists all"),
        },
    }
    Ok(0)
}

/// The page of a code, as it stands in `docs/checks/`.
fn page(code: Code) -> &'static str {
    super::pages::PAGES.iter().find(|(word, _)| *word == code.word()).map_or("", |(_, text)| text)
}

/// The first sentence of the page of a code.
pub(super) fn summary(code: Code) -> String {
    let text = page(code);
    let first = text.lines().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or("");
    first.split_once(". ").map_or(first.to_string(), |(sentence, _)| format!("{sentence}."))
}

fn list() {
    let kinds = [
        (Kind::Yaml, "YAML and files"),
        (Kind::Markdown, "Front matter and Markdown"),
        (Kind::Plan, "The plan"),
        (Kind::Template, "Templates"),
        (Kind::Typst, "Typst and PDF"),
    ];
    for (kind, title) in kinds {
        println!("{title}");
        for code in Code::ALL.iter().filter(|code| code.kind() == kind) {
            let severity = match code.severity() {
                crate::diag::Severity::Allow => "allow",
                crate::diag::Severity::Warn => "warn",
                crate::diag::Severity::Deny => "deny",
            };
            let lock = if code.locked() { ", cannot be lowered" } else { "" };
            println!("  {:<24}{severity}{lock}", code.word());
            println!("      {}", summary(*code));
        }
    }
}

/// The JSON Schema of a kind of file, as it is printed and laid down.
pub fn schema_text(kind: FileKind) -> Result<String> {
    Ok(serde_json::to_string_pretty(&schema::schema(kind))? + "\n")
}

/// Prints the JSON Schema of a kind of file, or the list of kinds.
pub fn schema(kind: Option<&str>) -> Result<u8> {
    let Some(name) = kind else {
        schema::KINDS.iter().for_each(|(name, _)| println!("{name}"));
        return Ok(0);
    };
    match schema::KINDS.iter().find(|(known, _)| *known == name) {
        Some((_, kind)) => print!("{}", schema_text(*kind)?),
        None => {
            let names: Vec<_> = schema::KINDS.iter().map(|(name, _)| *name).collect();
            bail!("there is no kind of file `{name}`; there are: {}", names.join(", "));
        }
    }
    Ok(0)
}
