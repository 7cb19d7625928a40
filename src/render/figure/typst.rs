//! A scene as data for `lib/figure.typ`, which places shapes and text on paper.

use super::scene::*;
use super::svg::number;

/// How long the name of a link may be: no longer than one would listen to.
const NAME: usize = 120;

/// The scene as a Typst dictionary. `literal` writes a string; `is_there` says where links can lead.
pub fn typst(scene: &Scene, literal: &dyn Fn(&str) -> String, is_there: &dyn Fn(&str) -> bool) -> String {
    let mut printer = Printer { mirrored: scene.mirrored, literal, is_there, out: String::new() };
    printer.items(&scene.items);
    format!("(width: {}, height: {}, items: {})", number(scene.width), number(scene.height), printer.out)
}

struct Printer<'a> {
    mirrored: bool,
    literal: &'a dyn Fn(&str) -> String,
    is_there: &'a dyn Fn(&str) -> bool,
    out: String,
}

impl Printer<'_> {
    fn items(&mut self, items: &[Item]) {
        self.out.push('(');
        items.iter().for_each(|item| self.item(item));
        self.out.push(')');
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Rect { area, radius, fill, pen } => {
                let area = numbers([area.x, area.y, area.width.max(0.0), area.height.max(0.0), *radius]);
                self.push(&format!("(\"rect\", {area}, \"{}\", {})", fill.name(), pen_of(*pen)));
            }
            Item::Circle { centre, radius, fill, pen } => {
                let place = numbers([centre.x, centre.y, *radius]);
                self.push(&format!("(\"circle\", {place}, \"{}\", {})", fill.name(), pen_of(*pen)));
            }
            Item::Path { points, closed, fill, pen } => {
                let points: String = points.iter().map(|point| numbers([point.x, point.y]) + ", ").collect();
                self.push(&format!("(\"path\", ({points}), {closed}, \"{}\", {})", fill.name(), pen_of(*pen)));
            }
            Item::Words(words) => self.words(words),
            Item::Group(group) => self.group(group),
        }
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push_str(",\n");
    }

    fn words(&mut self, words: &Words) {
        let align = match (words.align, self.mirrored) {
            (Align::Middle, _) => "center",
            (Align::Start, false) => "left",
            (Align::Start, true) => "right",
        };
        let place = numbers([words.x, words.y, words.width(), words.size, words.pitch]);
        let lines: String = words.lines.iter().map(|line| (self.literal)(&line.text) + ", ").collect();
        let (bold, struck, paint) = (words.bold, words.struck, words.paint.name());
        self.push(&format!("(\"words\", {place}, {align}, {bold}, {struck}, \"{paint}\", ({lines}))"));
    }

    fn group(&mut self, group: &Group) {
        if group.items.is_empty() {
            return;
        }
        if group.role == Role::Hidden {
            self.out.push_str("(\"looks\", ");
        } else if !group.target.is_empty() && (self.is_there)(&group.target) {
            let (area, name) = (extent(&group.items, self.mirrored), name(&group.items));
            let area = numbers([area.x, area.y, area.width, area.height]);
            let literal = self.literal;
            self.out.push_str(&format!("(\"to\", {}, {}, {area}, ", literal(&group.target), literal(&name)));
        } else {
            group.items.iter().for_each(|item| self.item(item));
            return;
        }
        self.items(&group.items);
        self.out.push_str("),\n");
    }
}

fn pen_of(pen: Pen) -> String {
    let dash = match pen.dash {
        Dash::Solid => "solid",
        Dash::Dashed => "dashed",
        Dash::Dotted => "dotted",
    };
    format!("(\"{}\", {}, \"{dash}\")", pen.paint.name(), number(pen.width))
}

fn numbers<const N: usize>(list: [f64; N]) -> String {
    format!("({})", list.map(number).join(", "))
}

/// The words in a group, as one line.
fn name(items: &[Item]) -> String {
    let mut lines: Vec<&str> = Vec::new();
    each_words(items, &mut |words| lines.extend(words.lines.iter().map(|line| line.text.as_str())));
    lines.join(" ").chars().take(NAME).collect()
}

fn each_words<'a>(items: &'a [Item], see: &mut dyn FnMut(&'a Words)) {
    for item in items {
        match item {
            Item::Words(words) => see(words),
            Item::Group(group) => each_words(&group.items, see),
            _ => {}
        }
    }
}

/// What a link covers: its frame if it has one, its words otherwise.
fn extent(items: &[Item], mirrored: bool) -> Area {
    if let Some(Item::Rect { area, .. }) = items.iter().find(|item| matches!(item, Item::Rect { .. })) {
        return *area;
    }
    let (mut from, mut to) = (at(f64::INFINITY, f64::INFINITY), at(f64::NEG_INFINITY, f64::NEG_INFINITY));
    each_words(items, &mut |words| {
        let width = words.width();
        let left = match (words.align, mirrored) {
            (Align::Middle, _) => words.x - width / 2.0,
            (Align::Start, false) => words.x,
            (Align::Start, true) => words.x - width,
        };
        let (top, last) = (words.y - words.size, words.y + words.pitch * (words.lines.len() as f64 - 1.0));
        (from.x, from.y) = (from.x.min(left), from.y.min(top));
        (to.x, to.y) = (to.x.max(left + width), to.y.max(last + words.size * 0.3));
    });
    match from.x.is_finite() {
        true => Area::new(from.x, from.y, to.x - from.x, to.y - from.y),
        false => Area::default(),
    }
}
