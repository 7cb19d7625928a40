//! The type that YAML gives to a scalar without quotes.

/// A scalar without quotes, as `serde_yaml` reads it.
#[derive(Clone, Debug, PartialEq)]
pub enum Plain {
    Null,
    Bool(bool),
    /// A whole number, or one with a fraction.
    Number(serde_json::Number),
    /// A number that has no value in JSON: infinite, none, or too large.
    Odd,
    Text,
}

/// The type of a scalar that stands without quotes. Asks `serde_yaml` itself, so that the two cannot disagree.
pub fn plain(text: &str) -> Plain {
    let text = text.trim();
    if text.is_empty() {
        return Plain::Null;
    }
    // Only these can begin a scalar that is not text; the rest need no parser.
    let first = |c: char| c.is_ascii_digit() || "+-.~ntfNTF".contains(c);
    if text.len() > 400 || text.contains([' ', '\n', ':', '#', ',']) || !text.starts_with(first) {
        return Plain::Text;
    }
    match serde_yaml::from_str::<serde_yaml::Value>(text) {
        Ok(serde_yaml::Value::Null) => Plain::Null,
        Ok(serde_yaml::Value::Bool(value)) => Plain::Bool(value),
        Ok(serde_yaml::Value::Number(number)) => {
            let json = match (number.as_u64(), number.as_i64()) {
                (Some(whole), _) => Some(whole.into()),
                (None, Some(whole)) => Some(whole.into()),
                (None, None) => number.as_f64().and_then(serde_json::Number::from_f64),
            };
            json.map_or(Plain::Odd, Plain::Number)
        }
        Ok(_) => Plain::Text,
        Err(_) if text.bytes().all(|b| b.is_ascii_digit() || b == b'-') => Plain::Odd,
        Err(_) => Plain::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_as_the_reader_does() {
        for null in ["", "~", "null", "Null"] {
            assert_eq!(plain(null), Plain::Null, "{null}");
        }
        for text in ["NO", "yes", "on", "2018-12-03", "2019/2020", "007", "1_000", "12:30", "a", "-"] {
            assert_eq!(plain(text), Plain::Text, "{text}");
        }
        assert_eq!(plain("true"), Plain::Bool(true));
        assert_eq!(plain("0x10"), Plain::Number(16.into()));
        assert_eq!(plain("-3"), Plain::Number((-3).into()));
        assert!(matches!(plain("5.90"), Plain::Number(n) if n.is_f64()));
        assert_eq!(plain(".inf"), Plain::Odd);
    }
}
