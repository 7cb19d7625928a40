//! A scene as SVG inside a page: no style of its own, colours by class, text as text.

use super::TEXT;
use super::scene::*;

/// What the page knows of a figure.
pub struct Page<'a> {
    /// Name of its form: part of a class.
    pub form: &'a str,
    /// Escapes text for text and attributes.
    pub escape: &'a dyn Fn(&str) -> String,
    /// The way to a node of the draft, if it is there.
    pub href: &'a dyn Fn(&str) -> Option<String>,
    /// Id of the element that names it, or empty,
    pub named_by: &'a str,
    /// and of the one that describes it.
    pub described_by: &'a str,
    /// True if that is already on the page.
    pub is_described: bool,
    /// The same in words.
    pub alternative: &'a str,
}

/// The `svg` element. One without links is a picture to those who do not see it; in others they go from part to part.
pub fn svg(scene: &Scene, page: &Page) -> String {
    let is_there = |id: &str| (page.href)(id).is_some();
    let open = scene.has_links(&is_there);
    let (width, height) = (number(scene.width), number(scene.height));
    let alternative = (page.escape)(page.alternative);
    let (by, other) = (page.named_by, page.described_by);
    let named = match (by.is_empty(), page.is_described) {
        (true, _) => format!("aria-label=\"{alternative}\">\n"),
        (false, true) => format!("aria-labelledby=\"{by}\" aria-describedby=\"{other}\">\n"),
        (false, false) => {
            let desc = format!("<desc id=\"{other}\">{alternative}</desc>");
            format!("aria-labelledby=\"{by}\" aria-describedby=\"{other}\">\n{desc}\n")
        }
    };
    let mut out =
        format!("<svg class=\"{}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\"", page.form);
    out.push_str(&format!(" font-size=\"{}\"", number(TEXT)));
    out.push_str(&match open {
        true => format!(" role=\"group\" {named}"),
        false => format!(" role=\"img\" aria-label=\"{alternative}\">\n"),
    });
    let mut printer = Printer { page, mirrored: scene.mirrored, open, out };
    printer.items(&scene.items);
    printer.out.push_str("</svg>");
    printer.out
}

struct Printer<'a> {
    page: &'a Page<'a>,
    mirrored: bool,
    /// True if those who do not see it go from part to part.
    open: bool,
    out: String,
}

impl Printer<'_> {
    /// Lines of one look that follow each other are one shape.
    fn items(&mut self, items: &[Item]) {
        let mut rest = items.iter().peekable();
        while let Some(item) = rest.next() {
            let Item::Path { points, closed: false, fill: Paint::None, pen } = item else {
                self.item(item);
                continue;
            };
            let mut ways = way(points, false);
            let like = |next: &&Item| matches!(next, Item::Path { closed: false, fill: Paint::None, pen: own, .. } if own == pen);
            while let Some(Item::Path { points, .. }) = rest.next_if(like) {
                ways.push_str(&way(points, false));
            }
            self.line(&format!("<path d=\"{ways}\"{}/>", look(Paint::None, *pen)));
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Rect { area, radius, fill, pen } => {
                let Area { x, y, width, height } = *area;
                let (x, y, width, height) = (number(x), number(y), number(width.max(0.0)), number(height.max(0.0)));
                let round = if *radius > 0.0 { format!(" rx=\"{}\"", number(*radius)) } else { String::new() };
                let look = look(*fill, *pen);
                self.line(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{round}{look}/>"));
            }
            Item::Circle { centre, radius, fill, pen } => {
                let (x, y, radius) = (number(centre.x), number(centre.y), number(*radius));
                self.line(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"{}/>", look(*fill, *pen)));
            }
            Item::Path { points, closed, fill, pen } => {
                self.line(&format!("<path d=\"{}\"{}/>", way(points, *closed), look(*fill, *pen)));
            }
            Item::Words(words) => self.words(words),
            Item::Group(group) => self.group(group),
        }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn words(&mut self, words: &Words) {
        let class =
            if words.paint == Paint::Ink { String::new() } else { format!(" class=\"f-{}\"", words.paint.name()) };
        let size = if words.size == TEXT { String::new() } else { format!(" font-size=\"{}\"", number(words.size)) };
        let weight = if words.bold { " font-weight=\"700\"" } else { "" };
        let struck = if words.struck { " text-decoration=\"line-through\"" } else { "" };
        let lang = match words.lang.is_empty() {
            true => String::new(),
            false => format!(" lang=\"{}\"", (self.page.escape)(&words.lang)),
        };
        let look = format!("{class}{size}{weight}{struck}{lang}");
        let placed = |nth: usize, line: &Line| {
            let half = if words.align == Align::Middle { line.width / 2.0 } else { 0.0 };
            let x = number(words.x + if self.mirrored { half } else { -half });
            format!("x=\"{x}\" y=\"{}\"", number(words.y + nth as f64 * words.pitch))
        };
        // The space keeps the words of two lines apart for those who hear or copy them.
        let text = match &words.lines[..] {
            [line] => format!("<text {}{look}>{} </text>", placed(0, line), (self.page.escape)(&line.text)),
            lines => {
                let line = |(nth, line): (usize, &Line)| {
                    format!("<tspan {}>{}</tspan> ", placed(nth, line), (self.page.escape)(&line.text))
                };
                let lines: String = lines.iter().enumerate().map(line).collect();
                format!("<text{look}>{lines}</text>")
            }
        };
        self.line(&text);
    }

    fn group(&mut self, group: &Group) {
        if group.items.is_empty() {
            return;
        }
        let href = (self.page.href)(&group.target).filter(|_| !group.target.is_empty());
        let name = match group.name.is_empty() {
            true => String::new(),
            false => format!(" aria-label=\"{}\"", (self.page.escape)(&group.name)),
        };
        let (open, close) = match (href, group.role) {
            (Some(href), _) => (format!("<a href=\"{}\">", (self.page.escape)(&href)), "</a>"),
            (None, Role::Hidden) => ("<g aria-hidden=\"true\">".to_string(), "</g>"),
            (None, Role::Group) if self.open && !name.is_empty() => (format!("<g role=\"group\"{name}>"), "</g>"),
            (None, Role::List) if self.open => (format!("<g role=\"list\"{name}>"), "</g>"),
            (None, Role::Entry) if self.open => ("<g role=\"listitem\">".to_string(), "</g>"),
            _ => (String::new(), ""),
        };
        if !open.is_empty() {
            self.line(&open);
        }
        self.items(&group.items);
        if !close.is_empty() {
            self.line(close);
        }
    }
}

fn look(fill: Paint, pen: Pen) -> String {
    let mut class = format!("f-{}", fill.name());
    if pen.paint == Paint::None {
        return format!(" class=\"{class}\"");
    }
    class.push_str(&format!(" s-{}", pen.paint.name()));
    let width = number(pen.width);
    let dash = match pen.dash {
        Dash::Solid => String::new(),
        Dash::Dashed => format!(" stroke-dasharray=\"{} {}\"", number(pen.width * 4.0), number(pen.width * 2.5)),
        Dash::Dotted => format!(" stroke-dasharray=\"0.1 {}\" stroke-linecap=\"round\"", number(pen.width * 2.2)),
    };
    format!(" class=\"{class}\" stroke-width=\"{width}\"{dash}")
}

/// Points in a line: only what changes is said.
fn way(points: &[Point], closed: bool) -> String {
    let mut out = String::new();
    let mut last: Option<(String, String)> = None;
    for point in points {
        let (x, y) = (number(point.x), number(point.y));
        out.push_str(&match &last {
            None => format!("M{x} {y}"),
            Some((same, _)) if *same == x => format!("V{y}"),
            Some((_, same)) if *same == y => format!("H{x}"),
            Some(_) => format!("L{x} {y}"),
        });
        last = Some((x, y));
    }
    if closed {
        out.push('z');
    }
    out
}

/// A length to a tenth: less is not seen.
pub fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    // There is no nothing below nothing.
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}
