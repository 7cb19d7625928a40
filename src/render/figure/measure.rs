//! How wide words are when they are set: shaped with the carried fonts, which both outputs use.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use rustybuzz::{Direction, Face, Script, ShapePlan, UnicodeBuffer};

use crate::render::{Theme, fonts};

/// Fonts of figures in the order in which they are tried, regular and bold.
const REGULAR: [&str; 3] = ["NotoSans-Regular.ttf", "NotoNaskhArabic-Regular.ttf", "NotoSansMath-Operators.ttf"];
const BOLD: [&str; 3] = ["NotoSans-Bold.ttf", "NotoNaskhArabic-Bold.ttf", "NotoSansMath-Operators.ttf"];

/// Width of what no font has, in ems: a little more than it will take.
const UNKNOWN: f64 = 1.0;

/// Measures words. What it has measured it knows again, so one serves all figures of a draft.
pub struct Measure<'t> {
    theme: &'t Theme,
    /// Regular and bold, read when the first word is measured.
    faces: OnceLock<[Vec<Face<'t>>; 2]>,
    /// Widths in ems, regular and bold: lines are tried many times until they fit.
    known: [Mutex<HashMap<String, f64>>; 2],
    /// How each font shapes a script.
    plans: Mutex<HashMap<Shaping, Arc<ShapePlan>>>,
}

/// Whether it is bold, which font, which script, and from which side it runs.
type Shaping = (bool, usize, Script, Direction);

/// So many widths are kept.
const KEPT: usize = 50_000;

impl<'t> Measure<'t> {
    /// With the fonts of `theme` in the place of carried ones of the same name.
    pub fn new(theme: &'t Theme) -> Self {
        Measure { theme, faces: OnceLock::new(), known: Default::default(), plans: Mutex::default() }
    }

    /// Width of one line of `text` at `size`, in the unit of `size`.
    pub fn width(&self, text: &str, size: f64, bold: bool) -> f64 {
        let known = &self.known[usize::from(bold)];
        if let Ok(known) = known.lock()
            && let Some(ems) = known.get(text)
        {
            return ems * size;
        }
        let ems = self.ems(text, bold);
        if let Ok(mut known) = known.lock() {
            if known.len() >= KEPT {
                known.clear();
            }
            known.insert(text.to_string(), ems);
        }
        ems * size
    }

    fn faces(&self, bold: bool) -> &[Face<'t>] {
        &self.faces.get_or_init(|| [faces(&REGULAR, self.theme), faces(&BOLD, self.theme)])[usize::from(bold)]
    }

    /// Width of one line in ems.
    fn ems(&self, text: &str, bold: bool) -> f64 {
        let faces = self.faces(bold);
        let mut ems = 0.0;
        let mut run = String::new();
        let mut of_run = None;
        for c in text.chars().filter(|c| !c.is_control()) {
            // Spaces and signs go with the letters before them, as in a browser.
            let has = |face: &usize| faces[*face].glyph_index(c).is_some();
            let face = of_run.flatten().filter(|face| has(face) && !c.is_alphanumeric());
            let face = face.or_else(|| (0..faces.len()).find(has));
            if of_run.is_some_and(|of_run| of_run != face) {
                ems += self.shaped(bold, of_run.flatten(), &mut run);
            }
            of_run = Some(face);
            run.push(c);
        }
        ems + self.shaped(bold, of_run.flatten(), &mut run)
    }

    /// Width of a run in one font, in ems. Leaves the run empty.
    fn shaped(&self, bold: bool, face: Option<usize>, run: &mut String) -> f64 {
        let text = std::mem::take(run);
        let Some((nth, face)) = face.and_then(|nth| Some((nth, self.faces(bold).get(nth)?))) else {
            return text.chars().count() as f64 * UNKNOWN;
        };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        let plan = self.plan((bold, nth, buffer.script(), buffer.direction()), face);
        let glyphs = rustybuzz::shape_with_plan(face, &plan, buffer);
        let units: i64 = glyphs.glyph_positions().iter().map(|glyph| i64::from(glyph.x_advance)).sum();
        units as f64 / f64::from(face.units_per_em().max(1))
    }

    fn plan(&self, key: Shaping, face: &Face) -> Arc<ShapePlan> {
        let (_, _, script, direction) = key;
        let make = || Arc::new(ShapePlan::new(face, direction, Some(script), None, &[]));
        match self.plans.lock() {
            Ok(mut plans) => plans.entry(key).or_insert_with(make).clone(),
            Err(_) => make(),
        }
    }
}

fn faces<'t>(names: &[&str], theme: &'t Theme) -> Vec<Face<'t>> {
    let face = |name: &&str| {
        let own = theme.get(&format!("fonts/{name}")).and_then(|file| Face::from_slice(&file.bytes, 0));
        own.or_else(|| carried(name).cloned())
    };
    names.iter().filter_map(face).collect()
}

/// A carried font, read once.
fn carried(name: &str) -> Option<&'static Face<'static>> {
    static READ: OnceLock<Vec<(&str, Face)>> = OnceLock::new();
    let read = READ.get_or_init(|| {
        let wanted = |name: &&str| REGULAR.contains(name) || BOLD.contains(name);
        let all = fonts::fonts().iter().filter(|(name, _)| wanted(name));
        all.filter_map(|(name, bytes)| Some((*name, Face::from_slice(bytes, 0)?))).collect()
    });
    read.iter().find(|(known, _)| *known == name).map(|(_, face)| face)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_as_wide_as_the_font_says() {
        let theme = Theme::default();
        let measure = Measure::new(&theme);
        // Advance widths of Noto Sans, in thousandths: A 639, V 600, kerned together.
        let apart = measure.width("A", 1000.0, false) + measure.width("V", 1000.0, false);
        assert!((apart - 1239.0).abs() < 1.0, "{apart}");
        assert!(measure.width("AV", 1000.0, false) < apart);
        assert!(measure.width("AV", 1000.0, true) > measure.width("AV", 1000.0, false));
    }

    #[test]
    fn joined_letters_are_narrower_than_single_ones() {
        let theme = Theme::default();
        let measure = Measure::new(&theme);
        let single: f64 = "منظمة".chars().map(|c| measure.width(&c.to_string(), 10.0, false)).sum();
        let joined = measure.width("منظمة", 10.0, false);
        assert!(joined > 0.0 && joined < single, "{joined} {single}");
    }

    #[test]
    fn what_no_font_has_takes_room() {
        let theme = Theme::default();
        assert!(Measure::new(&theme).width("漢字", 10.0, false) >= 20.0);
    }
}
