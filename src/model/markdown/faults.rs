//! Faults of the finished blocks, and of single targets of links and images.

use super::Context;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::prose::{Content, ProseBlock};

/// Tells skipped headings. The first may be of level 1 or 2, a later one at most one deeper than the one before.
pub fn check(blocks: &[ProseBlock], context: &Context, diags: &mut Diagnostics) {
    let mut before = 1;
    for block in blocks {
        let Content::Heading { level, .. } = &block.content else {
            continue;
        };
        if *level > before + 1 {
            diags.push(
                Diagnostic::new(Code::HeadingSkip, Place::Bytes(context.file, block.range.clone()))
                    .arg("level", level.to_string())
                    .arg("before", before.to_string())
                    .arg("wanted", (before + 1).to_string()),
            );
        }
        before = *level;
    }
}

/// What a link leads to.
#[derive(Debug, PartialEq)]
pub enum Target<'a> {
    Outside(&'a str),
    Reference(&'a str),
    Value(&'a str),
    Unsafe,
}

/// Sorts the target of a link. Only a few schemes are allowed, written plainly.
pub fn target(url: &str) -> Target<'_> {
    let odd = |c: char| c.is_control() || c.is_whitespace() || is_invisible(c);
    if url.chars().any(odd) {
        return Target::Unsafe;
    }
    let Some((scheme, rest)) = url.split_once(':') else {
        return Target::Unsafe;
    };
    match scheme {
        "ref" if !rest.is_empty() => Target::Reference(rest),
        "value" if !rest.is_empty() => Target::Value(rest),
        "http" | "https" if rest.len() > 2 && rest.starts_with("//") => Target::Outside(url),
        "mailto" if !rest.is_empty() => Target::Outside(url),
        _ => Target::Unsafe,
    }
}

/// Characters that cannot be seen, or that turn the direction of the text.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Why an image cannot be used; `None` if it can.
pub fn image(path: &str, context: &Context) -> Option<Code> {
    let outside = path.starts_with(['/', '\\', '~'])
        || path.contains([':', '\\'])
        || path.split('/').any(|part| part == "..")
        || path.chars().any(char::is_control);
    match outside {
        true => Some(Code::ImageOutside),
        false if !(context.image)(path) => Some(Code::ImageMissing),
        false => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_targets() {
        assert_eq!(target("ref:a"), Target::Reference("a"));
        assert_eq!(target("value:a/b"), Target::Value("a/b"));
        assert_eq!(target("https://a.org"), Target::Outside("https://a.org"));
        for wrong in [
            "javascript:alert(1)",
            "JavaScript:x",
            "java\tscript:x",
            "data:x",
            "//a.org",
            "a.md",
            "#x",
            "https:a",
            "https://a\u{202e}b",
            "file:///x",
            " https://a",
            "vbscript:x",
            "ref:",
            "HTTP://a",
        ] {
            assert_eq!(target(wrong), Target::Unsafe, "{wrong}");
        }
    }
}
