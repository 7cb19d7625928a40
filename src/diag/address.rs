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

fn part(text: &str, what: &'static str) -> Result<String, AddressError> {
    if text.is_empty() {
        return Err(AddressError::Empty(what));
    }
    let wrong = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '/' | '[' | ']' | '#' | '"' | '\'');
    match text.chars().find(|c| wrong(*c)) {
        Some(c) => Err(AddressError::Character(c)),
        None => Ok(text.to_string()),
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
        f.write_str(&self.item)?;
        for field in &self.fields {
            write!(f, "/{field}")?;
        }
        if let Some(lang) = &self.lang {
            write!(f, "[{lang}]")?;
        }
        if let Some(block) = &self.block {
            write!(f, "#{block}")?;
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
            fields in proptest::collection::vec("[a-z0-9.-]{1,12}", 0..5),
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
        assert_eq!("a b".parse::<Address>(), Err(AddressError::Character(' ')));
    }
}
