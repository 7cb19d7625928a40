//! The order in which elements are printed and drawn.

use crate::model::format::{Element, Text};
use crate::model::{Item, Plan};

/// Where an item stands among others: by its own order, else by its code, as people count: SO2 before SO10.
pub type OrderKey = (u32, Vec<(String, u64)>);

/// The key of an item with this order and code. `source` is the language of the plan.
pub fn order_key(source: &str, order: Option<u32>, code: Option<&Text>) -> OrderKey {
    let code = code.and_then(|code| code.get(source, source)).unwrap_or("");
    let mut parts: Vec<(String, u64)> = Vec::new();
    let mut rest = code;
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        let end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        let (digits, tail) = tail.split_at(end);
        parts.push((word.to_string(), digits.parse().unwrap_or(0)));
        rest = tail;
    }
    (order.unwrap_or(u32::MAX), parts)
}

/// The elements of a layer in their order.
pub fn elements_of<'p>(plan: &'p Plan, layer: &str) -> Vec<&'p Item<Element>> {
    let source = plan.plan.languages.source.as_str();
    let mut list: Vec<_> = plan.elements.iter().filter(|item| *item.data.layer == *layer).collect();
    list.sort_by_cached_key(|item| order_key(source, item.data.order, item.data.code.as_ref()));
    list
}
