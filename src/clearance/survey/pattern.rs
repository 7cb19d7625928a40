//! Which cells of a table of counts and sums are withheld, so that none of them can be computed from the others.
//!
//! What a reader is taken to know: every count, sum and mean that is shown, every total, and with which coefficient each
//! group enters a total; all exactly, although less is printed. All that follows from this by addition and
//! multiplication is the span of the rows that are known. A withheld number is safe when it is not in it: see [`Known`].
//!
//! Beside single cells, three more numbers are small enough to tell what somebody answered: what is left of a total
//! without the groups that are shown, if few answers stand behind it; and the difference of two waves, of one group
//! or of all that are not shown, if few answered otherwise. And because answers stand on a grid (whole or half points),
//! what is left of a total may be reached in one way only: see [`possible`].

mod possible;

use std::collections::BTreeSet;

use num_traits::Zero;

use super::FEW;
use crate::analysis::survey::Changed;
use crate::model::survey::{Exact, Value};

/// With which coefficient the sum of a group enters the total of its wave.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rate(pub Exact);

impl Rate {
    /// `weight / n`; nought without an answer.
    pub fn of(value: &Value) -> (u64, Rate) {
        let rate = match value.n {
            0 => Exact::zero(),
            n => &value.weight / Exact::from_integer(n.into()),
        };
        (value.n, Rate(rate))
    }
}

/// A table of waves by groups, with a total for each wave.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// Answers by wave and group.
    counts: Vec<Vec<u64>>,
    /// The same for their coefficients; empty for a table of counts alone.
    rates: Vec<Vec<Rate>>,
    changed: Vec<Changed>,
    /// The sums of each question, and what one answer can be.
    sums: Vec<Sums>,
    /// How many respondents there are, by wave and group: of two groups, the same one is withheld for every question.
    sizes: Vec<Vec<u64>>,
    hidden: Hidden,
}

/// The sums of one question by wave and group. An answer is `least`, or as many times `step` more as `most` allows.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    pub least: Exact,
    pub most: Exact,
    pub step: Exact,
    pub groups: Vec<Vec<Exact>>,
}

/// Cells that are withheld: wave, and group or nothing for the total.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Hidden(BTreeSet<(usize, Option<usize>)>);

impl Hidden {
    pub fn group(&self, wave: usize, group: usize) -> bool {
        self.0.contains(&(wave, Some(group)))
    }

    pub fn all(&self, wave: usize) -> bool {
        self.0.contains(&(wave, None))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Block {
    pub fn counts(counts: Vec<Vec<u64>>) -> Self {
        Block { sizes: counts.clone(), counts, ..Block::default() }
    }

    pub fn new(counts: Vec<Vec<u64>>, rates: Vec<Vec<Rate>>, changed: Vec<Changed>, respondents: &Block) -> Self {
        let sizes = respondents.counts.clone();
        Block { counts, rates, changed, sums: Vec::new(), sizes, hidden: Hidden::default() }
    }

    /// The same with the sums of the question.
    pub fn with_sums(mut self, sums: Sums) -> Self {
        self.sums.push(sums);
        self
    }

    /// The same with these cells withheld in any case.
    pub fn hide(mut self, hidden: &Hidden) -> Self {
        self.hidden.0.extend(&hidden.0);
        self
    }

    /// Two tables with the same counts, of which a reader sees the same cells: what a few answers change in one of
    /// them is withheld in both.
    pub fn join(mut self, other: Block) -> Self {
        let new = other.changed.into_iter().filter(|pair| !self.changed.contains(pair));
        let new: Vec<Changed> = new.collect();
        self.changed.extend(new);
        self.sums.extend(other.sums);
        self
    }

    fn groups(&self) -> usize {
        self.counts.first().map_or(0, Vec::len)
    }

    fn cells(&self, wave: usize) -> impl Iterator<Item = (usize, Option<usize>)> {
        (0..self.groups()).map(Some).chain([None]).map(move |group| (wave, group))
    }

    fn count(&self, (wave, group): (usize, Option<usize>)) -> u64 {
        match group {
            Some(group) => self.counts[wave][group],
            None => self.counts[wave].iter().sum(),
        }
    }
}

fn is_few(count: u64) -> bool {
    (1..FEW).contains(&count)
}

/// The cells of `block` that are withheld: those with few answers, and then the smallest others, until none of them can
/// be computed.
pub(super) fn pattern(block: &Block) -> Hidden {
    let mut hidden = block.hidden.clone();
    for wave in 0..block.counts.len() {
        hidden.0.extend(block.cells(wave).filter(|cell| is_few(block.count(*cell))));
    }
    // Each round withholds one more.
    while let Some(more) = leak(block, &hidden).and_then(|leak| next(block, &hidden, &leak)) {
        hidden.0.insert(more);
    }
    hidden
}

/// What must be withheld further: something in one of these waves.
struct Leak {
    waves: Vec<usize>,
    first: First,
}

/// What is withheld first: nothing else would do.
enum First {
    Group(usize),
    Smallest,
    Total,
}

/// The cell to withhold next, in the first wave of the leak that has one: the smallest group, else the total.
fn next(block: &Block, hidden: &Hidden, leak: &Leak) -> Option<(usize, Option<usize>)> {
    leak.waves.iter().find_map(|wave| {
        let shown = block.cells(*wave).filter(|cell| !hidden.0.contains(cell) && block.count(*cell) > 0);
        let last = |group: Option<usize>| match leak.first {
            First::Total => group.is_some(),
            First::Smallest => group.is_none(),
            First::Group(first) => group != Some(first),
        };
        let size = |group: Option<usize>| group.map_or(u64::MAX, |group| block.sizes[*wave][group]);
        shown.min_by_key(|(_, group)| (last(*group), size(*group)))
    })
}

/// Something that can be computed and must not; nothing if all is safe.
fn leak(block: &Block, hidden: &Hidden) -> Option<Leak> {
    let in_wave = |wave: usize| Some(Leak { waves: vec![wave], first: First::Smallest });
    let known = [Known::new(block, hidden, false), Known::new(block, hidden, true)];
    let is_known = |which: &dyn Fn(&Known) -> bool| known.iter().any(which);
    for (wave, group) in &hidden.0 {
        if is_known(&|one| one.cell(*wave, *group)) {
            return in_wave(*wave);
        }
    }
    let told = |wave: &usize| block.sums.iter().any(|sums| possible::is_told(block, hidden, *wave, sums));
    if let Some(wave) = (0..block.counts.len()).find(told) {
        return in_wave(wave);
    }
    for wave in 0..block.counts.len() {
        let rest = (0..block.groups()).filter(|group| hidden.group(wave, *group));
        let count = rest.map(|group| block.counts[wave][group]).sum();
        if is_few(count) && is_known(&|one| one.rest(wave)) {
            return in_wave(wave);
        }
    }
    let sums = &known[1];
    block.changed.iter().find_map(|pair| {
        let all: Vec<usize> = (0..block.groups()).collect();
        let out_of_sight = |group: &usize| hidden.group(pair.earlier, *group) || hidden.group(pair.later, *group);
        let rest: Vec<usize> = all.iter().copied().filter(out_of_sight).collect();
        let few = |groups: &[usize]| is_few(groups.iter().map(|group| pair.groups[*group]).sum());
        let step = |wave: usize, group: usize| !hidden.group(wave, group) || sums.cell(wave, Some(group));
        let one = |group: &usize| few(&[*group]) && step(pair.later, *group) && step(pair.earlier, *group);
        let several =
            |groups: &[usize]| few(groups) && sums.part(pair.later, groups) && sums.part(pair.earlier, groups);
        let first = match all.iter().find(|group| one(group)) {
            Some(group) => First::Group(*group),
            None if several(&all) => First::Total,
            None if several(&rest) => First::Smallest,
            None => return None,
        };
        Some(Leak { waves: vec![pair.earlier, pair.later], first })
    })
}

/// What is known of the cells that are not shown: of each wave of which the total is shown, one row, what its hidden
/// groups add to it. No two rows have a cell in common, so a number is in their span exactly if of each wave it is nought
/// or a multiple of the row: for the numbers asked for here, if it holds all cells of the row, or none.
struct Known<'a> {
    hidden: &'a Hidden,
    /// By wave and group: hidden, and with a coefficient in the total that is not nought.
    open: Vec<Vec<bool>>,
    /// How many these are, by wave.
    size: Vec<usize>,
}

impl<'a> Known<'a> {
    /// Of `sums`, or of counts, which enter a total as they are.
    fn new(block: &Block, hidden: &'a Hidden, sums: bool) -> Self {
        let enters = |wave: usize, group: usize| match block.rates.get(wave) {
            Some(row) if sums => !row[group].0.is_zero(),
            _ => true,
        };
        let row = |wave| -> Vec<bool> {
            (0..block.groups()).map(|group| hidden.group(wave, group) && enters(wave, group)).collect()
        };
        let open: Vec<Vec<bool>> = (0..block.counts.len()).map(row).collect();
        let size = open.iter().map(|row| row.iter().filter(|it| **it).count()).collect();
        Known { hidden, open, size }
    }

    /// True when a hidden cell follows from what is known: one group, or the total.
    fn cell(&self, wave: usize, group: Option<usize>) -> bool {
        match group {
            Some(group) => !self.hidden.all(wave) && self.size[wave] == 1 && self.open[wave][group],
            None => self.size[wave] == 0,
        }
    }

    /// True when what all hidden groups add to the total follows.
    fn rest(&self, wave: usize) -> bool {
        !self.hidden.all(wave) || self.size[wave] == 0
    }

    /// True when what these groups add to the total follows.
    fn part(&self, wave: usize, groups: &[usize]) -> bool {
        let count = groups.iter().filter(|group| self.open[wave][**group]).count();
        count == 0 || count == self.size[wave] && !self.hidden.all(wave)
    }
}
