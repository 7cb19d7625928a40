//! Breaks text into lines, by the line breaking rules of Unicode (UAX 14) and the real widths of words.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use unicode_segmentation::UnicodeSegmentation;

use super::measure::Measure;
use super::scene::{Align, Line, Paint, Words};

/// Text in lines, not yet placed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fitted {
    pub lines: Vec<Line>,
    pub size: f64,
    pub bold: bool,
    /// From one base line to the next.
    pub pitch: f64,
}

impl Fitted {
    pub fn width(&self) -> f64 {
        self.lines.iter().map(|line| line.width).fold(0.0, f64::max)
    }

    pub fn height(&self) -> f64 {
        self.lines.len() as f64 * self.pitch
    }

    /// The lines with their top at `top`.
    pub fn placed(self, x: f64, top: f64, align: Align, paint: Paint) -> Words {
        let Fitted { lines, size, bold, pitch } = self;
        // The letters stand in the middle of their line: about a quarter of an em hangs below its base.
        let y = top + pitch / 2.0 + size * 0.34;
        Words { lines, x, y, pitch, size, bold, struck: false, paint, align, lang: String::new() }
    }
}

/// So much smaller may words be set before one of them is parted.
const SMALLEST: f64 = 0.74;

/// Breaks `text` so that no line is wider than `width`; a word that is too long makes all of it smaller, and is parted
/// only if that does not help. Lines are of about the same length.
pub fn fit(measure: &Measure, text: &str, size: f64, bold: bool, width: f64) -> Fitted {
    let text = tidy(text);
    let pieces = pieces(&text);
    let longest = pieces.iter().map(|piece| measure.width(piece.trim_end(), size, bold)).fold(0.0, f64::max);
    let share = if longest > width { width / longest * 0.995 } else { 1.0 };
    let size = if share >= SMALLEST { size * share } else { size };
    let pitch = size * if text.chars().any(is_tall) { 1.65 } else { 1.3 };
    let wide = |text: &str| measure.width(text, size, bold);
    let mut lines = broken(&pieces, width, &wide);
    if lines.len() > 1 {
        // The narrowest width that needs no more lines, to within a few units.
        let (mut low, mut high) = (width / 2.0, width);
        while high - low > size / 4.0 {
            let middle = (low + high) / 2.0;
            let tried = broken(&pieces, middle, &wide);
            match tried.len() <= lines.len() && !parts_more(&tried, &lines) {
                true => (lines, high) = (tried, middle),
                false => low = middle,
            }
        }
    }
    let lines = lines.into_iter().map(|text| Line { width: wide(&text), text }).collect();
    Fitted { lines, size, bold, pitch }
}

/// One space between words, and nothing that ends a line.
fn tidy(text: &str) -> String {
    let parted = |c: char| c.is_control() || matches!(c, ' ' | '\u{2028}' | '\u{2029}');
    text.split(parted).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Letters with more above and below than Latin ones.
fn is_tall(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// True if words are parted that were whole: a narrower line is not worth that.
fn parts_more(tried: &[String], lines: &[String]) -> bool {
    let pieces = |lines: &[String]| lines.iter().flat_map(|line| line.split(' ')).count();
    pieces(tried) > pieces(lines)
}

/// What stands between the places at which a line may end.
fn pieces(text: &str) -> Vec<&str> {
    let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
    let breaks: Vec<usize> = segmenter.segment_str(text).collect();
    breaks.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

fn broken(pieces: &[&str], width: f64, wide: &dyn Fn(&str) -> f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces {
        let longer = format!("{line}{piece}");
        if wide(longer.trim_end()) <= width {
            line = longer;
            continue;
        }
        push(&mut lines, &mut line);
        if wide(piece.trim_end()) <= width {
            line = piece.to_string();
            continue;
        }
        for letter in piece.graphemes(true) {
            let longer = format!("{line}{letter}");
            if wide(longer.trim_end()) > width {
                push(&mut lines, &mut line);
            }
            line.push_str(letter);
        }
    }
    push(&mut lines, &mut line);
    lines
}

fn push(lines: &mut Vec<String>, line: &mut String) {
    let whole = std::mem::take(line);
    if !whole.trim_end().is_empty() {
        lines.push(whole.trim_end().to_string());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::render::Theme;

    fn lines(text: &str, width: f64) -> Vec<String> {
        let theme = Theme::default();
        let fitted = fit(&Measure::new(&theme), text, 10.0, false, width);
        fitted.lines.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn lines_are_of_about_the_same_length() {
        assert_eq!(lines("Trade facilitation and security", 110.0), ["Trade facilitation", "and security"]);
        assert_eq!(lines("one", 110.0), ["one"]);
        assert!(lines("", 110.0).is_empty());
        assert!(lines(" \n ", 110.0).is_empty());
    }

    #[test]
    fn a_long_word_is_smaller_before_it_is_parted() {
        assert_eq!(lines("Renforcement des capacités", 60.0), ["Renforcement", "des capacités"]);
        assert_eq!(lines("Renforcement", 30.0).len(), 3);
    }

    #[test]
    fn figures_stay_with_their_units() {
        assert_eq!(lines("about 1\u{202f}250\u{a0}officers", 75.0), ["about", "1\u{202f}250\u{a0}officers"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_letter_is_lost(text in "[a-zA-Zéب ج-]{0,80}", width in 20.0..200.0f64) {
            let theme = Theme::default();
            let fitted = fit(&Measure::new(&theme), &text, 10.0, true, width);
            prop_assert!(fitted.width() <= width);
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            let set: String = fitted.lines.iter().map(|line| line.text.as_str()).collect();
            prop_assert_eq!(letters(&set), letters(&text));
        }
    }
}
