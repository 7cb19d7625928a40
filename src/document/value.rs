//! `value:item/field`: the figure at an address, printed as it is printed everywhere else.

use serde_json::Value;

use super::context::{Context, words};
use super::draft::Inline;
use super::numbers;
use crate::diag::Address;
use crate::model::format::{Basis, Count, Measured, Money, Text, When};

/// The value at `address` as inlines; `None` if there is none for this reader.
pub(super) fn print(ctx: &Context, address: &str) -> Option<Vec<Inline>> {
    let address: Address = address.parse().ok()?;
    let (value, basis) = ctx.index().value(&address)?;
    let value = match &value {
        Value::Array(list) => chosen(list)?,
        one => one,
    };
    let field = address.fields.last().map_or("", String::as_str);
    let printed = show(ctx, value, field, basis)?;
    (!printed.is_empty()).then_some(printed)
}

/// The entry of a list that is used: the chosen one, or the only one.
fn chosen(list: &[Value]) -> Option<&Value> {
    let is_chosen = |one: &&Value| one.get("chosen").and_then(Value::as_bool) == Some(true);
    list.iter().find(is_chosen).or(match list {
        [one] => Some(one),
        _ => None,
    })
}

fn show(ctx: &Context, value: &Value, field: &str, basis: Option<Basis>) -> Option<Vec<Inline>> {
    match value {
        Value::Object(map) if map.contains_key("qualifier") => {
            let count: Count = serde_json::from_value(value.clone()).ok()?;
            Some(ctx.count(&count, basis))
        }
        Value::Object(map) if map.contains_key("amount") => {
            let money: Money = serde_json::from_value(value.clone()).ok()?;
            Some(ctx.money(&money, basis))
        }
        Value::Object(map) if map.contains_key("milestone") => {
            let measured: Measured = serde_json::from_value(value.clone()).ok()?;
            Some(super::parts::measured(ctx, &measured, basis))
        }
        Value::Object(_) => {
            let text: Text = serde_json::from_value(value.clone()).ok()?;
            Some(ctx.marked(ctx.inlines(&text), basis))
        }
        Value::String(text) => Some(string(ctx, text, field, basis)),
        Value::Number(number) => Some(words(numbers::print(&number.to_string(), ctx.lang))),
        Value::Bool(true) => Some(ctx.fixed("yes")),
        _ => None,
    }
}

/// A plain string is a date, a number, the name of something, a word of a closed list, or text.
fn string(ctx: &Context, text: &str, field: &str, basis: Option<Basis>) -> Vec<Inline> {
    match field {
        "date" | "dates" | "period" | "published" | "year" | "start" | "end" => {
            return ctx.marked(words(ctx.date(&When(text.to_string()))), basis);
        }
        "value" | "amount" | "base" | "share" => {
            return ctx.marked(words(numbers::print(text, ctx.lang)), basis);
        }
        _ => {}
    }
    if ctx.name(text).is_some() {
        return ctx.link(text);
    }
    let kinds: &[&str] = match field {
        "status" => &["activity-status", "disposition-status"],
        "kind" => &["statement-kind", "event-kind", "record-kind"],
        "state" => &["event-state"],
        "wording" => &["wording-kind"],
        "years" => &["year-kind"],
        "nature" => &["nature", "factor"],
        "of" => &["cost-of"],
        "measure" => &["key-measure"],
        "likelihood" | "impact" => return step(ctx, text),
        "direction" | "aspect" | "results-stage" | "tone" | "fate" | "basis" => &[field],
        _ => return ctx.marked(ctx.inlines(&Text::plain(text)), basis),
    };
    let word = kinds.iter().map(|kind| ctx.word(&format!("{kind}-{text}")));
    words(word.into_iter().find(|word| !word.is_empty()).unwrap_or_default())
}

/// The name of a step of the scale of the environmental scan; nothing where this edition has no such scale.
fn step(ctx: &Context, id: &str) -> Vec<Inline> {
    let scan = ctx.scan().map(|scan| &scan.data);
    let mut steps = scan.into_iter().flat_map(|scan| scan.likelihood.iter().chain(&scan.impact));
    steps.find(|step| *step.id == *id).map(|step| ctx.inlines(&step.name)).unwrap_or_default()
}
