//! Tera engines, one per output, and their faults as diagnostics.
//!
//! Comes in: built-in templates and the user's [`Theme`]. Goes out: an [`Engine`] and the text that it renders. A
//! built-in template is called `builtin/html/<name>` or, shorter, `builtin/<name>`; `<name>` alone is the user's file of
//! that name, else the built-in one. So a user's `masthead.html` can say `{% extends "builtin/html/masthead.html" %}`
//! and change one block. Every part is rendered by itself, never included by another built-in template: Tera prints of
//! an included template that extends another only the blocks that it changes.

use std::ops::Range;
use std::sync::Arc;

use tera::{Context, ErrorKind, Tera};

use super::Theme;
use super::theme::ThemeFile;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};

/// A Tera engine together with what its faults need to be told at their place.
pub struct Engine {
    tera: Tera,
    prefix: String,
    builtin: Vec<(&'static str, &'static str)>,
}

/// Folders under the prefix whose files are no templates: libraries of looks, files copied as they are.
const NOT_TEMPLATES: [&str; 2] = ["lib/", "files/"];

/// An engine for the templates under `prefix` (`html/` or `pdf/`): built-in ones reachable as `builtin/<name>`, the
/// user's over them. A user's file equal to the built-in one is no override. `prepare` sets the escape function and
/// the filters before any template is added. Entries of `builtin` that end in `.css` can be replaced, but are never
/// read as templates. `None` when a template has a fault; all faults are told.
pub fn engine(
    prefix: &str,
    builtin: &[(&'static str, &'static str)],
    theme: &Theme,
    prepare: impl FnOnce(&mut Tera),
    diags: &mut Diagnostics,
) -> Option<Engine> {
    let mut tera = Tera::new();
    // A prefix of ours and an empty engine cannot fail.
    let _ = tera.set_fallback_prefixes(["builtin/"]);
    tera.autoescape_on([""]);
    prepare(&mut tera);
    let mut engine = Engine { tera, prefix: prefix.to_string(), builtin: builtin.to_vec() };
    let mut templates: Vec<(String, Arc<str>)> = builtin
        .iter()
        .filter(|(name, _)| !name.ends_with(".css"))
        .flat_map(|(name, text)| {
            [format!("builtin/{name}"), format!("builtin/{prefix}{name}")].map(|name| (name, Arc::from(*text)))
        })
        .collect();
    let files = user_files(prefix, builtin, theme);
    let mut faulty = report_torn(&files, diags);
    templates.extend(
        files
            .iter()
            .filter(|(name, _, _)| !name.ends_with(".css"))
            .map(|(name, _, text)| (name.to_string(), (*text).clone())),
    );
    for (name, text) in &mut templates {
        if let Err(error) = Tera::new().add_raw_template(name, text)
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            engine.tell(&error, name, theme, diags);
            faulty = true;
            *text = Arc::from("");
        }
    }
    // A fault of inheritance stops Tera at once: the file is set aside and the rest is looked at again.
    for _ in 0..=templates.len() {
        let Err(error) = engine.tera.add_raw_templates(templates.iter().map(|(name, text)| (name, text.as_ref())))
        else {
            break;
        };
        let own = match error.kind() {
            ErrorKind::MissingParent { current, .. } => Some(current.clone()),
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => Some(tpl.clone()),
            _ => None,
        };
        if own.is_some() || !faulty {
            engine.tell(&error, own.as_deref().unwrap_or(""), theme, diags);
        } else if let ErrorKind::Msg(text) = error.kind() {
            // The blocks of a file that was set aside are not missing.
            let rest = reports(text).filter(|report| !report.message.starts_with("Block `"));
            for report in rest {
                engine.tell_report(&report, theme, diags);
            }
        }
        faulty = true;
        match own.and_then(|own| templates.iter_mut().find(|(name, _)| *name == own)) {
            Some((_, text)) if !text.is_empty() => *text = Arc::from(""),
            _ => break,
        }
    }
    (!faulty).then_some(engine)
}

/// Renders `name`; a fault becomes a diagnostic with the place in the template.
pub fn render(
    engine: &Engine,
    name: &str,
    context: &Context,
    theme: &Theme,
    diags: &mut Diagnostics,
) -> Option<String> {
    match engine.tera.render(name, context) {
        Ok(text) => Some(text),
        Err(error) => {
            engine.tell(&error, name, theme, diags);
            None
        }
    }
}

/// The user's files that are or replace templates: name without prefix, file, text.
fn user_files<'a>(
    prefix: &str,
    builtin: &[(&'static str, &'static str)],
    theme: &'a Theme,
) -> Vec<(&'a str, &'a ThemeFile, &'a Arc<str>)> {
    let mut files = Vec::new();
    for file in &theme.files {
        let Some(name) = file.name.strip_prefix(prefix) else {
            continue;
        };
        let Some(text) = &file.text else { continue };
        let same = builtin.iter().any(|(own, own_text)| *own == name && **text == **own_text);
        if !same && !NOT_TEMPLATES.iter().any(|dir| name.starts_with(dir)) {
            files.push((name, file, text));
        }
    }
    files
}

/// Tells files that a file of the user includes although they extend another: only their own blocks would be printed.
/// True if there are any.
fn report_torn(files: &[(&str, &ThemeFile, &Arc<str>)], diags: &mut Diagnostics) -> bool {
    let mut found = false;
    for (name, file, text) in files {
        for included in named(text, "include") {
            let extends = |(other, _, text): &&(&str, _, &Arc<str>)| {
                *other == included && named(text, "extends").next().is_some()
            };
            if files.iter().any(|one| extends(&one)) {
                let at = text.find(included).unwrap_or(0);
                let detail =
                    format!("`{included}` extends another template, so it cannot be included: print `parts` instead");
                let place = Place::Bytes(file.id, at..at + included.len());
                diags.push(Diagnostic::new(Code::TemplateError, place).arg("detail", detail).arg("name", *name));
                found = true;
            }
        }
    }
    found
}

/// The insides of the `{% ... %}` tags of a template.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    text.split("{%").skip(1).map(|rest| {
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        rest.split("%}").next().unwrap_or(rest).trim()
    })
}

/// The names that a template gives to `word`: `include` or `extends`.
fn named<'t>(text: &'t str, word: &'static str) -> impl Iterator<Item = &'t str> {
    tags(text).filter_map(move |tag| {
        let rest = tag.strip_prefix(word)?.trim_start();
        let quote = rest.chars().next().filter(|c| "\"'`".contains(*c))?;
        rest[1..].split(quote).next()
    })
}

/// The names of all templates that a template includes or extends.
pub fn named_templates(text: &str) -> impl Iterator<Item = &str> {
    named(text, "include").chain(named(text, "extends"))
}

pub fn defines_component(text: &str) -> bool {
    tags(text).any(|tag| tag.starts_with("component"))
}

/// A fault that Tera gives only as the text that it would print.
struct Report<'a> {
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
}

/// The faults in a message that joins several printed ones.
fn reports(text: &str) -> impl Iterator<Item = Report<'_>> {
    text.split("\n\n").filter_map(|part| {
        let (message, rest) = part.strip_prefix("error: ")?.split_once('\n')?;
        let place = rest.lines().next()?.trim_start().strip_prefix("--> ")?;
        let mut parts = place.rsplitn(3, ':');
        let column = parts.next()?.parse().ok()?;
        let line = parts.next()?.parse().ok()?;
        Some(Report { message, file: parts.next()?, line, column })
    })
}

/// The byte at a line and column, both from 1, the column in characters.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start..];
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

fn code_of(message: &str) -> Code {
    let undefined =
        (message.contains("` is not defined") && !message.starts_with("Block ")) || message.contains("undefined");
    if undefined {
        Code::TemplateUndefined
    } else if message.starts_with("Unknown template")
        || (message.starts_with("Template '") && message.ends_with("not found"))
    {
        Code::TemplateMissing
    } else {
        Code::TemplateError
    }
}

impl Engine {
    /// The engine itself, for what is not done by [`render`].
    pub fn tera(&self) -> &Tera {
        &self.tera
    }

    /// The text of a template and its place: of the user's file if there is one, of the built-in one otherwise.
    fn place(&self, file: &str, theme: &Theme, find: impl FnOnce(&str) -> Range<usize>) -> (Place, String) {
        let bare = file.strip_prefix("builtin/").map(|name| name.strip_prefix(&self.prefix).unwrap_or(name));
        let name = format!("{}{}", self.prefix, bare.unwrap_or(file));
        let own = self.builtin.iter().find(|(own, _)| *own == bare.unwrap_or(file)).map(|(_, text)| *text);
        let user = theme
            .get(&name)
            .filter(|_| bare.is_none())
            .and_then(|user| user.text.as_ref().map(|text| (user.id, text)))
            .filter(|(_, text)| own != Some(&***text));
        let clamp = |text: &str, range: Range<usize>| {
            let start = text.floor_char_boundary(range.start.min(text.len()));
            let end = text.ceil_char_boundary(range.end.min(text.len()));
            start..end.max(start)
        };
        let place = match (user, own) {
            (Some((id, text)), _) => Place::Bytes(id, clamp(text, find(text))),
            (None, Some(text)) => {
                Place::Text { name: format!("builtin/{name}"), text: Arc::from(text), range: clamp(text, find(text)) }
            }
            (None, None) => Place::Path(format!("templates/{name}")),
        };
        (place, name)
    }

    fn push(&self, code: Code, detail: &str, place: (Place, String), diags: &mut Diagnostics) {
        let (place, name) = place;
        diags.push(Diagnostic::new(code, place).arg("detail", detail).arg("name", name));
    }

    fn tell_report(&self, report: &Report, theme: &Theme, diags: &mut Diagnostics) {
        let place = self.place(report.file, theme, |text| {
            let start = offset(text, report.line, report.column);
            let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
            let end = text[start..end].find("%}").map_or(end, |at| start + at);
            start..start + text[start..end].trim_end().len()
        });
        self.push(code_of(report.message), report.message, place, diags);
    }

    /// Turns a fault of Tera into diagnostics; `name` is the template at work, where the fault names none.
    fn tell(&self, error: &tera::Error, name: &str, theme: &Theme, diags: &mut Diagnostics) {
        let naming = |wanted: &str| {
            let wanted = wanted.to_string();
            move |text: &str| text.find(&wanted).map_or(0..0, |at| at..at + wanted.len())
        };
        match error.kind() {
            ErrorKind::SyntaxError(report) => {
                let place = self.place(report.filename(), theme, |_| report.span().range.clone());
                self.push(Code::TemplateSyntax, report.message(), place, diags);
            }
            ErrorKind::RenderingError(report) => {
                let place = self.place(report.filename(), theme, |_| report.span().range.clone());
                self.push(code_of(report.message()), report.message(), place, diags);
            }
            ErrorKind::MissingParent { current, parent } => {
                let place = self.place(current, theme, naming(parent));
                let detail = format!("there is no template `{parent}` to extend");
                self.push(Code::TemplateMissing, &detail, place, diags);
            }
            ErrorKind::CircularExtend { tpl, inheritance_chain: chain }
            | ErrorKind::CircularInclude { tpl, include_chain: chain } => {
                let next = chain.last().map_or("", String::as_str);
                let place = self.place(tpl, theme, naming(next));
                let detail = format!("it leads back to itself: {}", chain.join(", "));
                self.push(Code::TemplateError, &detail, place, diags);
            }
            ErrorKind::TemplateNotFound(missing) => {
                let place = self.place(name, theme, naming(missing));
                let detail = format!("there is no template `{missing}`");
                self.push(Code::TemplateMissing, &detail, place, diags);
            }
            ErrorKind::Msg(text) if reports(text).next().is_some() => {
                for report in reports(text) {
                    self.tell_report(&report, theme, diags);
                }
            }
            other => {
                let place = self.place(name, theme, |_| 0..0);
                let detail = other.to_string();
                self.push(code_of(&detail), &detail, place, diags);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;

    const BUILTIN: &[(&str, &str)] = &[
        ("page.html", "[{% block head %}head{% endblock %}|{% include \"row.html\" %}]"),
        ("row.html", "<{{ name }}>"),
        ("style.css", "a{#}"),
    ];

    fn theme(files: &[(&str, &str)]) -> Theme {
        Theme {
            files: files
                .iter()
                .enumerate()
                .map(|(at, (name, text))| ThemeFile {
                    id: FileId(at as u32),
                    name: name.to_string(),
                    bytes: text.as_bytes().into(),
                    text: Some(Arc::from(*text)),
                })
                .collect(),
        }
    }

    fn run(files: &[(&str, &str)]) -> (Option<String>, Vec<(Code, Place)>) {
        let theme = theme(files);
        let mut diags = Diagnostics::default();
        let engine = engine("html/", BUILTIN, &theme, |_| {}, &mut diags);
        let mut context = Context::new();
        context.insert("name", "a&b");
        let text = engine.and_then(|engine| render(&engine, "page.html", &context, &theme, &mut diags));
        let told = diags.iter().map(|diag| (diag.code, diag.places[0].clone())).collect();
        (text, told)
    }

    #[test]
    fn lays_the_users_files_over_the_builtin_ones() {
        assert_eq!(run(&[]), (Some("[head|<a&amp;b>]".into()), vec![]));
        assert_eq!(
            run(&[("html/page.html", "{% extends \"builtin/page.html\" %}{% block head %}mine{% endblock %}")]),
            (Some("[mine|<a&amp;b>]".into()), vec![])
        );
        assert_eq!(run(&[("html/row.html", "({{ name }})")]), (Some("[head|(a&amp;b)]".into()), vec![]));
        assert_eq!(run(&[("html/style.css", "p{#{%}")]).1, vec![]);
        assert_eq!(run(&[("pdf/row.html", "({{ nae }})")]).1, vec![]);
    }

    #[test]
    fn tells_each_fault_at_its_place() {
        for (text, code, range) in [
            ("{{ nae }}", Code::TemplateUndefined, 3..6),
            ("{{ name.x.y }}", Code::TemplateUndefined, 8..9),
            ("ab {{ name ", Code::TemplateSyntax, 10..11),
            ("é{% include \"no.html\" %}", Code::TemplateMissing, 13..22),
            ("{% extends \"no.html\" %}", Code::TemplateMissing, 12..19),
            ("{{ name | nope }}", Code::TemplateError, 10..14),
            ("{% include \"row.html\" %}", Code::TemplateError, 12..20),
        ] {
            let (out, told) = run(&[("html/row.html", text)]);
            assert_eq!(out, None, "{text}");
            assert_eq!(told.len(), 1, "{text}: {told:?}");
            assert_eq!(told[0].0, code, "{text}");
            match &told[0].1 {
                Place::Bytes(FileId(0), at) => {
                    assert!(at.start <= range.start && at.end >= range.start, "{text}: {at:?}");
                }
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn all_faults_in_one_run() {
        let (_, told) = run(&[("html/page.html", "{% if %}"), ("html/row.html", "{% extends \"no\" %}")]);
        let codes: Vec<_> = told.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, [Code::TemplateSyntax, Code::TemplateMissing]);
    }

    #[test]
    fn faults_of_builtin_templates_show_their_text() {
        let (_, told) = run(&[("html/row.html", "<{{ name }}>")]);
        assert_eq!(told, vec![]);
        let theme = Theme::default();
        let mut diags = Diagnostics::default();
        let engine = engine("html/", BUILTIN, &theme, |_| {}, &mut diags).unwrap();
        assert_eq!(render(&engine, "page.html", &Context::new(), &theme, &mut diags), None);
        let diag = diags.iter().next().unwrap();
        assert_eq!(diag.code, Code::TemplateUndefined);
        assert!(matches!(&diag.places[0], Place::Text { name, .. } if name == "builtin/html/row.html"));
    }

    #[test]
    fn builtin_templates_have_two_names() {
        for name in ["builtin/page.html", "builtin/html/page.html"] {
            let text = format!("{{% extends \"{name}\" %}}{{% block head %}}{{{{ super() }}}}+{{% endblock %}}");
            assert_eq!(run(&[("html/page.html", &text)]), (Some("[head+|<a&amp;b>]".into()), vec![]), "{name}");
        }
    }

    #[test]
    fn what_extends_cannot_be_included() {
        let (out, told) = run(&[
            ("html/page.html", "{% include \"mine.html\" %}"),
            ("html/mine.html", "{% extends \"builtin/page.html\" %}"),
        ]);
        assert_eq!((out, told), (None, vec![(Code::TemplateError, Place::Bytes(FileId(0), 12..21))]));
    }
}
