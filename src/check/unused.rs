//! Items that nothing names and no edition prints.

use std::collections::BTreeSet;

use super::place::at;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::model::format::Common;
use crate::model::prose::{Content, Span};
use crate::model::reference::{self, Leaf};
use crate::model::{Body, Item, Plan};

/// Looks at the kinds that are printed only where a part or another item asks for them.
pub fn run(plan: &Plan, diags: &mut Diagnostics) {
    let mut named: BTreeSet<String> = BTreeSet::new();
    reference::visit(plan, &mut |_, leaf| match leaf {
        Leaf::Id(id, _) | Leaf::Part(id) => {
            named.insert(id.to_string());
        }
        Leaf::Address(address) | Leaf::Changed(address) => {
            named.insert(address.split(['/', '#', '[']).next().unwrap_or("").to_string());
        }
        _ => {}
    });
    named.extend(plan.suggestions.iter().map(|group| group.event.clone()));
    prose(&plan.elements, &mut named);
    prose(&plan.statements, &mut named);
    prose(&plan.sections, &mut named);
    let parts: Vec<&str> = plan
        .plan
        .editions
        .iter()
        .flat_map(|edition| {
            edition.parts.iter().chain(edition.annexes.iter().map(|annex| &annex.part)).map(|part| part.as_str())
        })
        .collect();
    let prints = |part: &str| parts.contains(&part);
    let mut look = Look { named: &named, diags };
    look.at(&plan.regions, prints("regions"));
    look.at(&plan.members, false);
    look.at(&plan.priorities, prints("priorities"));
    look.at(&plan.bodies, prints("process"));
    look.at(&plan.meetings, prints("process"));
    look.at(&plan.decisions, prints("process"));
    look.at(&plan.events, prints("consultation"));
    look.at(&plan.sections, false);
    look.at(&plan.cycles, false);
    look.at(&plan.evidence, prints("evidence"));
    look.at(&plan.reasons, false);
    look.at(&plan.allocations, prints("costs"));
    look.at(&plan.factors, prints("scan"));
    look.at(&plan.scan_editions, prints("scan"));
    look.at(&plan.clusters, prints("consultation"));
    look.at(&plan.units, false);
    look.at(&plan.surveys, prints("survey"));
    look.at(&plan.map, prints("map"));
    // Of the sources, only those are printed that something cites.
    look.at(&plan.sources, false);
    images(plan, diags);
}

/// Images that no text shows.
fn images(plan: &Plan, diags: &mut Diagnostics) {
    let mut shown = BTreeSet::new();
    for body in reference::bodies(plan) {
        body.prose.blocks.iter().for_each(|block| image(&block.content, &mut shown));
    }
    for path in plan.images.keys().filter(|path| !shown.contains(path.as_str())) {
        diags.push(Diagnostic::new(Code::UnusedItem, Place::Path(format!("plan/{path}"))).arg("id", path));
    }
}

fn image<'a>(it: &'a Content, shown: &mut BTreeSet<&'a str>) {
    match it {
        Content::Image { path, .. } => {
            shown.insert(path);
        }
        Content::List { items, .. } => items.iter().flatten().for_each(|it| image(it, shown)),
        Content::Quote(list) => list.iter().for_each(|it| image(it, shown)),
        _ => {}
    }
}

struct Look<'a> {
    named: &'a BTreeSet<String>,
    diags: &'a mut Diagnostics,
}

impl Look<'_> {
    fn at<T: Common>(&mut self, items: &[Item<T>], printed: bool) {
        for item in items.iter().filter(|item| !printed && !self.named.contains(item.data.id())) {
            self.diags.push(at(Code::UnusedItem, item, "").arg("id", item.data.id()));
        }
    }
}

fn prose<T>(items: &[Item<T>], named: &mut BTreeSet<String>) {
    for block in items.iter().flat_map(|item| &item.bodies).flat_map(|body: &Body| &body.prose.blocks) {
        content(&block.content, named);
    }
}

fn content(it: &Content, named: &mut BTreeSet<String>) {
    match it {
        Content::Heading { spans: list, .. } | Content::Paragraph(list) => spans(list, named),
        Content::List { items, .. } => items.iter().flatten().for_each(|it| content(it, named)),
        Content::Table { head, rows, .. } => {
            head.iter().chain(rows.iter().flatten()).for_each(|cell| spans(cell, named));
        }
        Content::Quote(list) => list.iter().for_each(|it| content(it, named)),
        Content::Image { .. } | Content::Code(_) | Content::Rule => {}
    }
}

fn spans(list: &[Span], named: &mut BTreeSet<String>) {
    for span in list {
        match span {
            Span::Reference { id, spans: list, .. } => {
                named.insert(id.clone());
                spans(list, named);
            }
            Span::Value { address, .. } => {
                named.insert(address.split(['/', '#', '[']).next().unwrap_or("").to_string());
            }
            Span::Emphasis(list) | Span::Strong(list) | Span::Strike(list) | Span::Note(list) => spans(list, named),
            Span::Link { spans: list, .. } => spans(list, named),
            Span::Text(_) | Span::Code(_) | Span::Break => {}
        }
    }
}
