//! What the parser of YAML says, and what to do about it, in words for someone who does not know its terms.

pub const SPACES: &str = "use spaces: two for each step further in; a tab looks like spaces, but is none";
pub const CLOSE: &str = "close the quote at the end of the text that it opens";

/// What to do about what the parser says.
pub fn hint_of(info: &str) -> Option<&'static str> {
    let words = plain_words(info);
    [
        ("tab", SPACES),
        ("unexpected end of stream", CLOSE),
        ("trailing content", "inside single quotes write an apostrophe twice ('It''s open'), or use double quotes"),
    ]
    .into_iter()
    .find_map(|(part, hint)| (words == plain_words(part)).then_some(hint))
}

/// What the parser says, in words for someone who does not know its terms.
pub fn plain_words(info: &str) -> String {
    const WORDS: &[(&str, &str)] = &[
        (
            "mapping values are not allowed",
            "a colon with a space stands where no key can stand; put the text in quotes",
        ),
        ("illegal placement of ':'", "a colon stands where no key can stand; put the text in quotes"),
        ("did not find expected '-'", "this line does not stand under the other items of its list"),
        ("block mapping, did not find expected key", "this line does not stand under the other keys of its map"),
        ("block sequence entries are not allowed", "an item of a list cannot begin here"),
        ("expected ',' or '}'", "a comma or `}` is missing"),
        ("expected ',' or ']'", "a comma or `]` is missing"),
        ("unexpected end of stream", "a quote is opened, but never closed"),
        ("unexpected document indicator", "a quote is opened, but never closed"),
        ("unexpected eof", "the text ends too early"),
        ("simple key expect", "this line has no colon, or a quote before it is not closed"),
        ("simple key", "this line has no colon, or a quote before it is not closed"),
        ("indentation in quoted", "a quote is opened, but never closed"),
        ("misplaced bracket", "a bracket is closed that was never opened"),
        ("unknown escape", "a backslash is followed by a letter that has no meaning; use single quotes"),
        ("hexadecimal", "a backslash code is not complete"),
        ("escape code", "a backslash code is not complete"),
        ("trailing content", "something follows the closing quote"),
        ("tab", "a tab stands where only spaces can stand"),
        ("indentation", "this line does not begin in the right column"),
        ("wrongly indented", "this line does not begin in the right column"),
        ("comment", "a comment stands where none can stand, or without a space before it"),
        ("unexpected character", "a text cannot begin with this character; put it in quotes"),
        ("only valid inside a block", "this character has a meaning of its own here; put the text in quotes"),
        ("node content", "a value is missing here"),
        ("scanning an anchor", "a text cannot begin with this character; put it in quotes"),
        ("byte order mark", "an invisible mark (U+FEFF) stands inside the text"),
        ("unprintable", "a character that cannot be printed stands here"),
        ("document start", "something follows where the text should have ended"),
        ("document end", "something follows the end of the document"),
        ("directive", "a line cannot begin with `%`"),
        ("block scalar", "the line with `|` or `>` holds something else"),
    ];
    WORDS
        .iter()
        .find(|(part, _)| info.contains(part))
        .map_or_else(|| "it cannot be understood here".to_string(), |(_, words)| words.to_string())
}
