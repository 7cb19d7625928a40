//! The one printable name of any text or value: `item-id/field/part[lang]#block`.

use std::fmt;
use std::str::FromStr;

/// One part of an address: a field, a subfield, or a list entry by its id or declared key.
pub type Field = String;

/// The printable name of a text or value. `plan` is the plan itself, `item-id` alone the item in the structure,
/// `item-id/links/target-id` a link. `parse(print(address)) = address`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// Id of the item, or `plan`.
    pub item: String,
    /// Fields and subfields, outermost first.
    pub fields: Vec<Field>,
    /// Language of the text (BCP 47); `None` is the source language.
    pub lang: Option<String>,
    /// Key of one block of a Markdown body.
    pub block: Option<String>,
}

/// Why a text is not an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// Nothing where an item id, a field, a language or a block key should stand.
    Empty(&'static str),
    /// A character that this part may not hold.
    Character(char),
    /// Something after `[lang]` that is not `#block`.
    Trailing,
}

impl Address {
    /// The item itself.
    pub fn item(id: impl Into<String>) -> Self {
        Address { item: id.into(), fields: Vec::new(), lang: None, block: None }
    }

    /// A field or subfield of this.
    pub fn field(mut self, name: impl Into<String>) -> Self {
        self.fields.push(name.into());
        self
    }

    /// This in a language other than the source language.
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.lang = Some(lang.into());
        self
    }

    /// One block of this body.
    pub fn block(mut self, key: impl Into<String>) -> Self {
        self.block = Some(key.into());
        self
    }
}

/// Characters that have a meaning in an address, or would end it in a text.
fn reserved(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '/' | '[' | ']' | '#' | '"' | '\'' | '%' | '(' | ')' | '<' | '>')
}

/// One part of an address: what is reserved stands in it as `%` and two hexadecimal digits a byte (RFC 3986).
fn part(text: &str, what: &'static str) -> Result<String, AddressError> {
    if text.is_empty() {
        return Err(AddressError::Empty(what));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (byte, length) = match c {
            '%' => {
                let digits = rest.get(1..3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
                (Some(digits.ok_or(AddressError::Character('%'))?), 3)
            }
            c if reserved(c) => return Err(AddressError::Character(c)),
            c => (None, c.len_utf8()),
        };
        match byte {
            Some(byte) => bytes.push(byte),
            None => bytes.extend_from_slice(&rest.as_bytes()[..length]),
        }
        rest = &rest[length..];
    }
    String::from_utf8(bytes).map_err(|_| AddressError::Character('%'))
}

/// `text` with what is reserved written out.
struct Written<'a>(&'a str);

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = [0; 4];
        for c in self.0.chars() {
            match reserved(c) {
                true => c.encode_utf8(&mut buffer).bytes().try_for_each(|byte| write!(f, "%{byte:02X}"))?,
                false => write!(f, "{c}")?,
            }
        }
        Ok(())
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let (rest, block) = match text.split_once('#') {
            Some((rest, block)) => (rest, Some(part(block, "block")?)),
            None => (text, None),
        };
        let (rest, lang) = match rest.split_once('[') {
            Some((rest, lang)) => {
                let lang = lang.strip_suffix(']').ok_or(AddressError::Trailing)?;
                (rest, Some(part(lang, "language")?))
            }
            None => (rest, None),
        };
        let mut parts = rest.split('/');
        let item = part(parts.next().unwrap_or(""), "item")?;
        let fields = parts.map(|field| part(field, "field")).collect::<Result<_, _>>()?;
        Ok(Address { item, fields, lang, block })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Written(&self.item))?;
        for field in &self.fields {
            write!(f, "/{}", Written(field))?;
        }
        if let Some(lang) = &self.lang {
            write!(f, "[{}]", Written(lang))?;
        }
        if let Some(block) = &self.block {
            write!(f, "#{}", Written(block))?;
        }
        Ok(())
    }
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AddressError::Empty(what) => write!(f, "its {what} is empty"),
            AddressError::Character(c) => write!(f, "it holds the character {c:?}"),
            AddressError::Trailing => f.write_str("its language is not closed with `]`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parse_of_print_is_the_address(
            item in "[a-z][a-z0-9-]{0,20}",
            fields in proptest::collection::vec("([a-z0-9.-]|[ /%#'\"()\\[\\]<>漢é\u{301}]){1,12}", 0..5),
            lang in proptest::option::of("[a-z]{2}(-[A-Z]{2})?"),
            block in proptest::option::of("[a-z0-9-]{1,12}"),
        ) {
            let address = Address { item, fields, lang, block };
            prop_assert_eq!(address.to_string().parse::<Address>(), Ok(address));
        }
    }

    #[test]
    fn names_what_is_wrong() {
        assert_eq!("".parse::<Address>(), Err(AddressError::Empty("item")));
        assert_eq!("a//b".parse::<Address>(), Err(AddressError::Empty("field")));
        assert_eq!("a/b[fr".parse::<Address>(), Err(AddressError::Trailing));
        assert_eq!("a%2".parse::<Address>(), Err(AddressError::Character('%')));
        assert_eq!("a%ff".parse::<Address>(), Err(AddressError::Character('%')));
        assert_eq!("i/targets/2019%2F2020".parse::<Address>().map(|it| it.fields[1].clone()), Ok("2019/2020".into()));
        assert_eq!("a b".parse::<Address>(), Err(AddressError::Character(' ')));
    }
}
