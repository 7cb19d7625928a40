//! Former ids: whatever links to one arrives at the item that bears another id now.

use std::collections::BTreeMap;

use crate::model::Plan;
use crate::model::format::Str;
use crate::model::prose::{Content, Span};

/// Turns links and addresses by a former id into those by the present one.
pub fn arrive(plan: &mut Plan) {
    if plan.former.is_empty() {
        return;
    }
    let former = &plan.former;
    let statements = plan.statements.iter_mut().flat_map(|item| &mut item.bodies);
    let elements = plan.elements.iter_mut().flat_map(|item| &mut item.bodies);
    let sections = plan.sections.iter_mut().flat_map(|item| &mut item.bodies);
    for body in statements.chain(elements).chain(sections) {
        body.prose.blocks.iter_mut().for_each(|block| content(&mut block.content, former));
    }
    let suggestions = plan.suggestions.iter_mut().flat_map(|group| &mut group.suggestions);
    let own = suggestions.flat_map(|it| {
        let points = it.data.points.iter_mut().map(|point| &mut point.disposition);
        points.chain([&mut it.data.disposition])
    });
    let shared = plan.clusters.iter_mut().map(|it| &mut it.data.disposition);
    for target in own.chain(shared).flatten().flat_map(|it| &mut it.targets) {
        if let Some(address) = renamed(&target.address, former) {
            target.address = Str(address);
        }
    }
}

/// `address` with the present id of its item; nothing if the item has no other.
fn renamed(address: &str, former: &BTreeMap<String, String>) -> Option<String> {
    let end = address.find(['/', '[', '#']).unwrap_or(address.len());
    let (item, rest) = address.split_at(end);
    former.get(item).map(|id| format!("{id}{rest}"))
}

fn content(it: &mut Content, former: &BTreeMap<String, String>) {
    match it {
        Content::Heading { spans: list, .. } | Content::Paragraph(list) => spans(list, former),
        Content::List { items, .. } => items.iter_mut().flatten().for_each(|it| content(it, former)),
        Content::Table { head, rows, .. } => {
            head.iter_mut().chain(rows.iter_mut().flatten()).for_each(|cell| spans(cell, former));
        }
        Content::Quote(list) => list.iter_mut().for_each(|it| content(it, former)),
        Content::Image { .. } | Content::Code(_) | Content::Rule => {}
    }
}

fn spans(list: &mut [Span], former: &BTreeMap<String, String>) {
    for span in list {
        match span {
            Span::Reference { id: address, spans: inner, .. } => {
                if let Some(present) = renamed(address, former) {
                    *address = present;
                }
                spans(inner, former);
            }
            Span::Value { address, .. } => {
                if let Some(present) = renamed(address, former) {
                    *address = present;
                }
            }
            Span::Emphasis(inner)
            | Span::Strong(inner)
            | Span::Strike(inner)
            | Span::Note(inner)
            | Span::Link { spans: inner, .. } => spans(inner, former),
            Span::Text(_) | Span::Code(_) | Span::Break => {}
        }
    }
}
