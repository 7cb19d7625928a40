//! A new item of a list: a map, each key on a line of its own.

use super::scalar::shortest;

/// A value of a new item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Number(u32),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        Value::Text(text.into())
    }

    /// The value on one line, written alike inside and outside of brackets.
    fn line(&self) -> String {
        match self {
            Value::Text(text) => shortest(text, true),
            Value::Number(number) => number.to_string(),
            Value::List(list) => format!("[{}]", list.iter().map(Value::line).collect::<Vec<_>>().join(", ")),
            Value::Map(map) => format!("{{{}}}", entries(map).join(", ")),
        }
    }
}

fn entries(map: &[(String, Value)]) -> Vec<String> {
    map.iter().map(|(key, value)| format!("{}: {}", shortest(key, true), value.line())).collect()
}

/// The item on one line, for a list in brackets; and in lines that are not yet indented.
pub(super) fn written(item: &[(String, Value)]) -> (String, String) {
    let entries = entries(item);
    (format!("{{{}}}", entries.join(", ")), entries.join("\n"))
}
