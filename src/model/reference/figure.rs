//! What `value:` may name: a value that can be printed as one figure or text.

use serde_json::Value;

use crate::model::format::is_language_tag;

/// Says why the value cannot be printed in a sentence; nothing if it can.
pub fn unprintable(value: &Value) -> Option<&'static str> {
    match value {
        Value::Array(list) => match chosen(list) {
            Some(one) => unprintable(one),
            None if list.iter().filter(|one| is_chosen(one)).count() > 1 => None, // told as `twice-chosen`
            None if list.is_empty() => Some("this list is empty"),
            None => Some("several values stand there, and none of them is `chosen`"),
        },
        Value::Object(map) => {
            let figure = ["qualifier", "amount", "milestone"].iter().any(|key| map.contains_key(*key));
            let text = !map.is_empty() && map.keys().all(|key| is_language_tag(key));
            (!figure && !text).then_some("several fields stand there; name one of them")
        }
        Value::Null | Value::Bool(false) => Some("nothing is printed for it"),
        Value::Bool(true) | Value::Number(_) | Value::String(_) => None,
    }
}

/// The entry of a list that is used: the chosen one, or the only one.
fn chosen(list: &[Value]) -> Option<&Value> {
    let mut chosen = list.iter().filter(|one| is_chosen(one));
    match (chosen.next(), chosen.next(), list) {
        (Some(one), None, _) | (None, None, [one]) => Some(one),
        _ => None,
    }
}

fn is_chosen(one: &Value) -> bool {
    one.get("chosen").and_then(Value::as_bool) == Some(true)
}
