//! What stands in a box of the map, and how its frame tells what became of it.

use super::PlacedBox;
use crate::document::draft::Change;
use crate::document::drawing::MapBox;
use crate::render::figure::scene::*;
use crate::render::figure::{Fitted, Kit, SMALL, TEXT, bracketed, looks, words};

/// Space between the frame and the words.
pub const INSET: f64 = 8.0;

/// The words of a box in lines, from top to bottom.
pub struct Texts {
    change: Fitted,
    code: Fitted,
    label: Fitted,
    mark: Fitted,
    note: Fitted,
}

impl Texts {
    /// `changed` is the word for what became of it.
    pub fn new(one: &MapBox, changed: &str, width: f64, kit: &Kit) -> Self {
        let fit = |text: &str, size, bold| kit.fit(text, size, bold, (width - 2.0 * INSET).max(1.0));
        let change = if changed.is_empty() { String::new() } else { format!("[{changed}]") };
        Texts {
            change: fit(&change, SMALL, true),
            code: fit(&one.code, TEXT, true),
            label: fit(&one.label.text, TEXT + 0.5, false),
            mark: fit(&bracketed(&one.label.mark), SMALL, false),
            note: fit(&one.note, SMALL, false),
        }
    }

    fn all(&self) -> [&Fitted; 5] {
        [&self.change, &self.code, &self.label, &self.mark, &self.note]
    }

    /// With the space around.
    pub fn height(&self) -> f64 {
        self.all().iter().map(|text| text.height()).sum::<f64>() + self.gap() + 2.0 * INSET - 3.0
    }

    /// Space before what else is said.
    fn gap(&self) -> f64 {
        if self.note.lines.is_empty() { 0.0 } else { 4.0 }
    }
}

impl PlacedBox {
    /// The words in their places.
    pub fn words(&self, one: &MapBox) -> Vec<Item> {
        let Texts { change, code, label, mark, note } = &self.texts;
        let paints = [Paint::Ink, Paint::Accent, Paint::Ink, Paint::Quiet, Paint::Quiet];
        let gap = self.texts.gap();
        let spare = (self.area.height - self.texts.height()).max(0.0);
        // What is short stands in the middle of a high box.
        let mut top = self.area.y + INSET - 2.0 + spare / 2.0;
        let mut placed = Vec::new();
        for ((nth, text), paint) in [change, code, label, mark, note].into_iter().enumerate().zip(paints) {
            if nth == 4 {
                top += gap;
            }
            let mut words = text.clone().placed(self.area.x + INSET, top, Align::Start, paint);
            if nth == 2 {
                words.lang.clone_from(&one.label.lang);
            }
            words.struck = one.change == Change::Deleted && nth != 0;
            top += text.height();
            placed.push(words);
        }
        words(placed)
    }

    pub fn items(&self, one: &MapBox) -> Vec<Item> {
        let mut items = frame(self.area, one.change);
        items.extend(self.words(one));
        vec![Item::linked(&one.label.target, items)]
    }
}

/// Twice framed: new; dashed: gone; dotted: moved.
fn frame(area: Area, change: Change) -> Vec<Item> {
    let pen = match change {
        Change::Same => Pen::new(Paint::Strong, 1.0),
        Change::Inserted => Pen::new(Paint::Accent, 2.4),
        Change::Deleted => Pen::new(Paint::Strong, 1.4).dashed(Dash::Dashed),
        Change::Moved => Pen::new(Paint::Strong, 1.8).dashed(Dash::Dotted),
    };
    let mut items = vec![Item::Rect { area, radius: 3.0, fill: Paint::Paper, pen }];
    if change == Change::Inserted {
        let inner = Area::new(area.x + 3.5, area.y + 3.5, area.width - 7.0, area.height - 7.0);
        items.push(looks(vec![Item::Rect {
            area: inner,
            radius: 1.5,
            fill: Paint::None,
            pen: Pen::new(Paint::Accent, 0.8),
        }]));
    }
    items
}
