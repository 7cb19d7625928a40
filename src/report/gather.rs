//! What people are shown, in the order in which they read a terminal: from the bottom up.
//!
//! Warnings come first and errors last, where the eye is when the program has ended. What says the same of many texts
//! of one file is drawn once, with the places of all.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::file_of;
use super::locate::{Located, Locator};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};

/// From so many on, texts of one file that are not translated into one language are drawn as one.
const MANY: usize = 2;

/// What is drawn once.
pub struct Shown<'d> {
    pub diagnostic: Cow<'d, Diagnostic>,
    pub word: &'static str,
    pub located: Option<Located>,
    /// Lines and columns of the others for which this one stands.
    pub others: Vec<(usize, usize)>,
}

/// All that is drawn, in its order.
pub fn gather<'d>(diags: &'d Diagnostics, locator: &mut Locator) -> Vec<Shown<'d>> {
    let mut out: Vec<Shown> = Vec::new();
    let mut groups: BTreeMap<(String, &str), Vec<usize>> = BTreeMap::new();
    for (diagnostic, word, located) in super::sorted(diags, locator) {
        if diagnostic.code == Code::Untranslated
            && diagnostic.severity == Severity::Warn
            && let Some(file) = file_of(diagnostic, located.as_ref(), locator.sources)
        {
            groups.entry((file, diagnostic.get("language"))).or_default().push(out.len());
        }
        out.push(Shown { diagnostic: Cow::Borrowed(diagnostic), word, located, others: Vec::new() });
    }
    let mut gone = std::collections::BTreeSet::new();
    for members in groups.into_values().filter(|members| members.len() >= MANY) {
        let place = |at: &usize| out[*at].located.as_ref().map(|at| (at.line, at.column));
        let others = members[1..].iter().filter_map(place).collect();
        let first = &mut out[members[0]];
        first.diagnostic = Cow::Owned(of_all(&first.diagnostic, members.len()));
        first.others = others;
        gone.extend(members[1..].iter().copied());
    }
    let kept = out.into_iter().enumerate().filter(|(at, _)| !gone.contains(at));
    let mut kept: Vec<Shown> = kept.map(|(_, shown)| shown).collect();
    kept.sort_by_key(|shown| shown.diagnostic.severity);
    kept
}

/// One that says of `count` texts what `first` says of one.
fn of_all(first: &Diagnostic, count: usize) -> Diagnostic {
    let mut all = Diagnostic { address: None, ..first.clone() };
    let what = all.args.iter_mut().filter(|(name, _)| *name == "what");
    what.for_each(|(_, what)| *what = format!("each of {count} texts"));
    all
}
