//! A figure as it stands on its canvas: shapes and lines of text at coordinates, with links and roles. Both outputs print
//! this and decide nothing more.
//!
//! Lengths are canvas units, of which [`super::CHART`] or [`super::MAP`] fill the line; on a wide screen one is a pixel.
//! `x` grows to the right, `y` downwards.

/// What something is painted with; the style sheet and the Typst library give each a colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paint {
    #[default]
    None,
    Paper,
    Shade,
    Tint,
    Line,
    Strong,
    Quiet,
    Ink,
    Accent,
    Mid,
}

impl Paint {
    /// Its name in both outputs.
    pub fn name(self) -> &'static str {
        match self {
            Paint::None => "none",
            Paint::Paper => "paper",
            Paint::Shade => "shade",
            Paint::Tint => "tint",
            Paint::Line => "line",
            Paint::Strong => "strong",
            Paint::Quiet => "quiet",
            Paint::Ink => "ink",
            Paint::Accent => "accent",
            Paint::Mid => "mid",
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dash {
    #[default]
    Solid,
    Dashed,
    Dotted,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pen {
    pub paint: Paint,
    pub width: f64,
    pub dash: Dash,
}

impl Pen {
    pub const NONE: Pen = Pen { paint: Paint::None, width: 0.0, dash: Dash::Solid };

    pub fn new(paint: Paint, width: f64) -> Self {
        Pen { paint, width, dash: Dash::Solid }
    }

    pub fn dashed(self, dash: Dash) -> Self {
        Pen { dash, ..self }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

pub fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    pub fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Area { x, y, width, height }
    }

    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }
}

/// Where lines of text stand to their `x`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// They begin there.
    #[default]
    Start,
    Middle,
}

/// Lines of text that are read as one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    pub lines: Vec<Line>,
    pub x: f64,
    /// Base line of the first line.
    pub y: f64,
    /// From one base line to the next.
    pub pitch: f64,
    pub size: f64,
    pub bold: bool,
    pub struck: bool,
    pub paint: Paint,
    pub align: Align,
    /// Their language, where it is not the one around the figure; empty otherwise.
    pub lang: String,
}

impl Words {
    pub fn in_lang(mut self, lang: &str) -> Self {
        self.lang = lang.to_string();
        self
    }
}

/// A line of text and how wide it is set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    pub text: String,
    pub width: f64,
}

impl Words {
    pub fn width(&self) -> f64 {
        self.lines.iter().map(|line| line.width).fold(0.0, f64::max)
    }
}

/// What stands on the canvas, in reading order; what comes later covers what came before.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Rect { area: Area, radius: f64, fill: Paint, pen: Pen },
    Circle { centre: Point, radius: f64, fill: Paint, pen: Pen },
    Path { points: Vec<Point>, closed: bool, fill: Paint, pen: Pen },
    Words(Words),
    Group(Group),
}

/// What a group is for those who do not see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    #[default]
    Plain,
    /// Named, and holds lists.
    Group,
    List,
    Entry,
    /// Repeats what is said elsewhere, or is nothing but looks.
    Hidden,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    pub role: Role,
    /// Its name for those who do not see it; empty for none.
    pub name: String,
    /// Id of the node of the draft to which it leads; empty for none.
    pub target: String,
    pub items: Vec<Item>,
}

/// A whole figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    pub width: f64,
    pub height: f64,
    /// True where text runs from the right: words begin at the right end of their line.
    pub mirrored: bool,
    pub items: Vec<Item>,
}

impl Item {
    pub fn line(from: Point, to: Point, pen: Pen) -> Self {
        Item::Path { points: vec![from, to], closed: false, fill: Paint::None, pen }
    }

    pub fn group(role: Role, name: &str, items: Vec<Item>) -> Self {
        Item::Group(Group { role, name: name.to_string(), target: String::new(), items })
    }

    /// What leads somewhere, if `target` is not empty.
    pub fn linked(target: &str, items: Vec<Item>) -> Self {
        Item::Group(Group { target: target.to_string(), items, ..Group::default() })
    }

    fn mirror(&mut self, width: f64) {
        match self {
            Item::Rect { area, .. } => area.x = width - area.right(),
            Item::Circle { centre, .. } => centre.x = width - centre.x,
            Item::Path { points, .. } => points.iter_mut().for_each(|point| point.x = width - point.x),
            Item::Words(words) => words.x = width - words.x,
            Item::Group(group) => group.items.iter_mut().for_each(|item| item.mirror(width)),
        }
    }

    fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Item)) {
        see(self);
        if let Item::Group(group) = self {
            group.items.iter().for_each(|item| item.visit(see));
        }
    }
}

impl Scene {
    /// The same from right to left.
    pub fn mirror(mut self) -> Self {
        let width = self.width;
        self.items.iter_mut().for_each(|item| item.mirror(width));
        self.mirrored = !self.mirrored;
        self
    }

    /// Calls `see` for everything in it.
    pub fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Item)) {
        self.items.iter().for_each(|item| item.visit(see));
    }

    /// True if something in it leads to a place that `is_there`.
    pub fn has_links(&self, is_there: &dyn Fn(&str) -> bool) -> bool {
        let mut found = false;
        self.visit(&mut |item| {
            found |= matches!(item, Item::Group(group) if !group.target.is_empty() && is_there(&group.target));
        });
        found
    }
}
