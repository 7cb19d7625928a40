//! Which cells of a table of counts and sums are withheld, so that none of them can be computed from the others.
//!
//! What a reader is taken to know: every count, sum and mean that is shown, every total, and with which coefficient each
//! group enters a total; all exactly, although less is printed. All that follows from this by addition and
//! multiplication is the span of the rows that are known. A withheld number is safe when it is not in it, which
//! elimination over fractions decides.
//!
//! Beside single cells, three more numbers are small enough to tell what somebody answered: what is left of a total
//! without the groups that are shown, if few answers stand behind it; and the difference of two waves, of one group
//! or of all that are not shown, if few answered otherwise. And where answers are whole numbers, what is left of a total
//! may be reached in one way only: see [`possible`].

mod possible;

use std::collections::BTreeSet;

use num_traits::{One, Zero};

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

/// The sums of one question by wave and group, on a scale of whole numbers from `least` to `most`.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    pub least: i64,
    pub most: i64,
    pub groups: Vec<Vec<i64>>,
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
}

impl Block {
    pub fn counts(counts: Vec<Vec<u64>>) -> Self {
        Block { sizes: counts.clone(), counts, ..Block::default() }
    }

    pub fn new(counts: Vec<Vec<u64>>, rates: Vec<Vec<Rate>>, changed: Vec<Changed>, respondents: &Block) -> Self {
        let sizes = respondents.counts.clone();
        Block { counts, rates, changed, sums: Vec::new(), sizes, hidden: Hidden::default() }
    }

    /// The same with the sums of the question, where its answers are whole numbers.
    pub fn with_sums(mut self, sums: Option<Sums>) -> Self {
        self.sums.extend(sums);
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
    let is_known = |which: &dyn Fn(&Known) -> Vec<Exact>| known.iter().any(|one| one.holds(which(one)));
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
        let rest: Vec<usize> = (0..block.groups()).filter(|group| hidden.group(wave, *group)).collect();
        let count = rest.iter().map(|group| block.counts[wave][*group]).sum();
        if is_few(count) && is_known(&|one| one.part(wave, &rest)) {
            return in_wave(wave);
        }
    }
    let sums = &known[1];
    block.changed.iter().find_map(|pair| {
        let all: Vec<usize> = (0..block.groups()).collect();
        let out_of_sight = |group: &usize| hidden.group(pair.earlier, *group) || hidden.group(pair.later, *group);
        let rest: Vec<usize> = all.iter().copied().filter(out_of_sight).collect();
        let few = |groups: &[usize]| is_few(groups.iter().map(|group| pair.groups[*group]).sum());
        let one = |group: &usize| few(&[*group]) && sums.holds(sums.step(pair, *group));
        let several = |groups: &[usize]| few(groups) && sums.holds(sums.steps(pair, groups));
        let first = match all.iter().find(|group| one(group)) {
            Some(group) => First::Group(*group),
            None if several(&all) => First::Total,
            None if several(&rest) => First::Smallest,
            None => return None,
        };
        Some(Leak { waves: vec![pair.earlier, pair.later], first })
    })
}

/// What is known of the cells that are not shown: the totals that are, as rows of coefficients in echelon form. Cells that
/// are shown are known by themselves and drop out.
struct Known<'a> {
    block: &'a Block,
    hidden: &'a Hidden,
    /// True for sums, false for counts, which enter a total as they are.
    sums: bool,
    rows: Vec<(usize, Vec<Exact>)>,
}

impl<'a> Known<'a> {
    fn new(block: &'a Block, hidden: &'a Hidden, sums: bool) -> Self {
        let mut known = Known { block, hidden, sums, rows: Vec::new() };
        for wave in (0..block.counts.len()).filter(|wave| !hidden.all(*wave)) {
            let row = known.reduced(known.cell(wave, None));
            if let Some(pivot) = row.iter().position(|it| !it.is_zero()) {
                let lead = row[pivot].clone();
                known.rows.push((pivot, row.iter().map(|it| it / &lead).collect()));
            }
        }
        known
    }

    fn zero(&self) -> Vec<Exact> {
        vec![Exact::zero(); self.block.counts.len() * self.block.groups()]
    }

    /// The coefficient of a group in its total; nought for one that is shown.
    fn rate(&self, wave: usize, group: usize) -> Exact {
        match (self.hidden.group(wave, group), self.sums) {
            (false, _) => Exact::zero(),
            (true, true) => self.block.rates.get(wave).map_or_else(Exact::one, |row| row[group].0.clone()),
            (true, false) => Exact::one(),
        }
    }

    fn add(&self, row: &mut [Exact], wave: usize, group: usize, times: Exact) {
        if self.hidden.group(wave, group) {
            row[wave * self.block.groups() + group] += times;
        }
    }

    /// A cell as a row: one group, or the total.
    fn cell(&self, wave: usize, group: Option<usize>) -> Vec<Exact> {
        match group {
            Some(group) => {
                let mut row = self.zero();
                self.add(&mut row, wave, group, Exact::one());
                row
            }
            None => self.part(wave, &(0..self.block.groups()).collect::<Vec<_>>()),
        }
    }

    /// What some groups add to a total.
    fn part(&self, wave: usize, groups: &[usize]) -> Vec<Exact> {
        let mut row = self.zero();
        groups.iter().for_each(|group| self.add(&mut row, wave, *group, self.rate(wave, *group)));
        row
    }

    /// The sum of a group in the later wave less that in the earlier one.
    fn step(&self, pair: &Changed, group: usize) -> Vec<Exact> {
        let mut row = self.zero();
        self.add(&mut row, pair.later, group, Exact::one());
        self.add(&mut row, pair.earlier, group, -Exact::one());
        row
    }

    /// What some groups add to the total of the later wave less what they add to that of the earlier one.
    fn steps(&self, pair: &Changed, groups: &[usize]) -> Vec<Exact> {
        let later = self.part(pair.later, groups);
        later.into_iter().zip(self.part(pair.earlier, groups)).map(|(a, b)| a - b).collect()
    }

    /// What is left of a row when all that is known is taken away.
    fn reduced(&self, mut row: Vec<Exact>) -> Vec<Exact> {
        for (pivot, known) in &self.rows {
            let times = row[*pivot].clone();
            if !times.is_zero() {
                row.iter_mut().zip(known).for_each(|(it, known)| *it -= &times * known);
            }
        }
        row
    }

    /// True when a number follows from what is known.
    fn holds(&self, row: Vec<Exact>) -> bool {
        self.reduced(row).iter().all(Zero::is_zero)
    }
}
