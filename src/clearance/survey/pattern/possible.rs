//! What the grid of answers betrays: where what is left of a total can be reached in one way only, it tells what it is
//! made of.
//!
//! Answers are whole numbers, or half points, or tens. On which grid they stand is not told, but a reader may guess it; the
//! coarser it is taken, the fewer ways there are. So two grids are tried, the coarsest on which the hidden sums can stand:
//! that of whole numbers, or as much finer as they need; and that of all answers of the survey. What is the only way on a
//! finer one is so on these, too.
//!
//! The sums of groups that enter the total alike are one unknown: together they can be any number of the grid between the
//! sum of their least and that of their most. Where two ways are not found at a glance, all are tried. Where these are too
//! many, or the numbers too large, the one that is known counts as the only one: more is withheld then than need be, never
//! less.

use std::collections::BTreeMap;

use num_traits::{One, Signed, ToPrimitive, Zero};

use super::{Block, Hidden, Sums, is_few};
use crate::model::survey::{Exact, common_measure};

/// So many ways are tried.
const WAYS: i64 = 20_000;

/// Larger numbers are not looked into.
const LARGE: i64 = 1_000_000_000_000;

/// A number of points that is not shown, and the least and the most that it can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Unknown {
    sum: i64,
    least: i64,
    most: i64,
}

impl Unknown {
    fn with(self, other: Unknown, times: i64) -> Unknown {
        let add = |one: i64, other: i64| one.saturating_add(other.saturating_mul(times));
        Unknown { sum: add(self.sum, other.sum), least: add(self.least, other.least), most: add(self.most, other.most) }
    }

    fn range(&self) -> i64 {
        self.most.saturating_sub(self.least).saturating_add(1)
    }

    /// True when it can be another number, `step` from what it is.
    fn can_be(&self, step: i64) -> bool {
        self.sum.checked_add(step).is_some_and(|sum| (self.least..=self.most).contains(&sum))
    }
}

/// Points that are counted from `origin`, each `point` large.
#[derive(Clone, Debug, PartialEq)]
struct Grid {
    origin: Exact,
    point: Exact,
}

impl Grid {
    /// The sum of `count` answers in points; nothing where a number is too large.
    fn unknown(&self, sums: &Sums, sum: &Exact, count: u64) -> Option<Unknown> {
        let count = Exact::from_integer(count.into());
        let points = |number: Exact| (number - &self.origin * &count) / &self.point;
        let small = |number: Exact| number.to_integer().to_i64().filter(|number| number.abs() <= LARGE);
        Some(Unknown {
            sum: small(points(sum.clone()))?,
            least: small(points(&sums.least * &count).ceil())?,
            most: small(points(&sums.most * &count).floor())?,
        })
    }

    /// True when every point of `other` is one of this grid, so that it has no fewer ways.
    fn holds(&self, other: &Grid) -> bool {
        let fits = |number: Exact| (number / &self.point).is_integer();
        fits(other.point.clone()) && fits(&self.origin - &other.origin)
    }
}

/// The grids on which the hidden sums of `wave` are taken to stand.
fn grids(block: &Block, hidden: &Hidden, wave: usize, sums: &Sums) -> Vec<Grid> {
    let of = |group: &usize| hidden.group(wave, *group) && block.counts[wave][*group] > 0;
    let held = (0..block.groups()).filter(of).map(|group| sums.groups[wave][group].clone());
    let whole = Grid { origin: Exact::zero(), point: common_measure(held.chain([Exact::one()])) };
    let own = Grid { origin: sums.least.clone(), point: sums.step.clone() };
    match own.point.is_positive() && !own.holds(&whole) {
        true => vec![whole, own],
        false => vec![whole],
    }
}

/// True when the total of `wave`, which is shown, may leave but one possible sum for a group with few answers.
pub(super) fn is_told(block: &Block, hidden: &Hidden, wave: usize, sums: &Sums) -> bool {
    !hidden.all(wave) && grids(block, hidden, wave, sums).iter().any(|grid| is_told_on(grid, block, hidden, wave, sums))
}

fn is_told_on(grid: &Grid, block: &Block, hidden: &Hidden, wave: usize, sums: &Sums) -> bool {
    // By what one point of a sum adds to the total.
    let mut classes: BTreeMap<&Exact, Unknown> = BTreeMap::new();
    let mut few: Vec<(&Exact, Unknown)> = Vec::new();
    for group in (0..block.groups()).filter(|group| hidden.group(wave, *group)) {
        let count = block.counts[wave][group];
        if count == 0 {
            continue;
        }
        let rate = &block.rates[wave][group].0;
        let Some(own) = grid.unknown(sums, &sums.groups[wave][group], count) else { return true };
        let class = classes.entry(rate).or_default();
        *class = class.with(own, 1);
        if is_few(count) {
            few.push((rate, own));
        }
    }
    few.sort_unstable();
    few.dedup();
    few.iter().any(|(rate, own)| {
        let others =
            classes.iter().map(|(other, class)| (*other, if other == rate { class.with(*own, -1) } else { *class }));
        let others: Vec<(&Exact, Unknown)> =
            others.filter(|(other, class)| class.least < class.most && !other.is_zero()).collect();
        !at_a_glance(rate, own, &others) && !is_one_of_several(rate, own, others)
    })
}

/// True when the group and one of the others can be other numbers that make up the same.
fn at_a_glance(rate: &Exact, own: &Unknown, others: &[(&Exact, Unknown)]) -> bool {
    others.iter().any(|(other, class)| {
        // `rate / other` in lowest terms: as many points more in the one are as many less in the other.
        let ratio = rate / *other;
        let (Some(less), Some(more)) = (ratio.numer().to_i64(), ratio.denom().to_i64()) else { return false };
        own.can_be(more) && class.can_be(less.saturating_neg())
            || own.can_be(more.saturating_neg()) && class.can_be(less)
    })
}

/// True when all ways are tried and another sum of the group is among them.
fn is_one_of_several(rate: &Exact, own: &Unknown, mut others: Vec<(&Exact, Unknown)>) -> bool {
    // The widest is computed from the rest, so it is not tried.
    others.sort_by_key(|(_, one)| std::cmp::Reverse(one.range()));
    let tries = others.iter().skip(1).try_fold(own.range(), |tries, (_, one)| tries.checked_mul(one.range()));
    if tries.is_none_or(|tries| tries > WAYS) {
        return false;
    }
    let fixed = |one: i64, rate: &Exact| rate * Exact::from_integer(one.into());
    let left = others.iter().fold(fixed(own.sum, rate), |left, (rate, one)| left + fixed(one.sum, rate));
    (own.least..=own.most).any(|sum| sum != own.sum && reachable(&others, &left - fixed(sum, rate)))
}

/// Whether sums of `groups` can make up `rest`.
fn reachable(groups: &[(&Exact, Unknown)], rest: Exact) -> bool {
    match groups {
        [] => rest.is_zero(),
        [(rate, one)] => {
            let sum = rest / *rate;
            let whole = sum.is_integer().then(|| sum.to_integer().to_i64()).flatten();
            whole.is_some_and(|sum| (one.least..=one.most).contains(&sum))
        }
        [more @ .., (rate, one)] => {
            let less = |sum: i64| &rest - *rate * Exact::from_integer(sum.into());
            (one.least..=one.most).any(|sum| reachable(more, less(sum)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clearance::survey::pattern::{Rate, pattern};
    use proptest::prelude::*;

    /// Sums in parts of a point, on a scale of 1 to 5 points.
    fn scale(groups: Vec<Vec<i64>>, parts: i64) -> Sums {
        let [least, most] = [1, 5].map(|end| Exact::from_integer(end.into()));
        let of = |sum: i64| Exact::new(sum.into(), parts.into());
        let groups = groups.into_iter().map(|wave| wave.into_iter().map(of).collect()).collect();
        Sums { least, most, step: Exact::new(1.into(), parts.into()), groups }
    }

    /// Whether any group with few answers has but one sum in all ways in which the same total comes about.
    fn by_trying(groups: &[(u64, i64, Exact)]) -> bool {
        fn all(groups: &[(u64, i64, Exact)]) -> Vec<Vec<i64>> {
            groups.iter().fold(vec![Vec::new()], |ways, (n, ..)| {
                let sums = *n as i64..=5 * *n as i64;
                ways.iter().flat_map(|way| sums.clone().map(|sum| [way.as_slice(), &[sum]].concat())).collect()
            })
        }
        let total = |way: &[i64]| -> Exact {
            way.iter().zip(groups).map(|(sum, (_, _, rate))| rate * Exact::from_integer((*sum).into())).sum()
        };
        let own: Vec<i64> = groups.iter().map(|(_, sum, _)| *sum).collect();
        let wanted = total(&own);
        let ways: Vec<Vec<i64>> = all(groups).into_iter().filter(|way| total(way) == wanted).collect();
        (0..groups.len()).any(|at| is_few(groups[at].0) && ways.iter().all(|way| way[at] == own[at]))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

        /// The same as trying all ways of all groups.
        #[test]
        fn what_is_told_is_found(groups in prop::collection::vec((1u64..4, 0u64..13, 1i64..4), 1..4)) {
            let groups: Vec<(u64, i64, Exact)> = groups
                .into_iter()
                .map(|(n, more, weight)| (n, (n + more % (4 * n + 1)) as i64, Exact::new(weight.into(), (n as i64).into())))
                .collect();
            let counts = vec![groups.iter().map(|one| one.0).collect::<Vec<u64>>()];
            let rates = vec![groups.iter().map(|one| Rate(one.2.clone())).collect()];
            let sums = scale(vec![groups.iter().map(|one| one.1).collect()], 1);
            let block = Block::new(counts.clone(), rates, Vec::new(), &Block::counts(counts));
            let mut hidden = Hidden::default();
            hidden.0.extend((0..groups.len()).map(|group| (0, Some(group))));
            prop_assert_eq!(is_told(&block, &hidden, 0, &sums), by_trying(&groups));
        }
    }

    /// Where there are too many ways to try, more is withheld.
    #[test]
    fn what_is_at_the_end_of_many_scales_is_told() {
        let counts: Vec<Vec<u64>> = vec![vec![2, 900, 901, 902, 903]];
        let rates = vec![counts[0].iter().map(|n| Rate(Exact::new(1.into(), (*n).into()))).collect()];
        let groups = vec![counts[0].iter().map(|n| 5 * *n as i64).collect()];
        let block = Block::new(counts.clone(), rates, Vec::new(), &Block::counts(counts)).with_sums(scale(groups, 1));
        assert!(pattern(&block).all(0), "all said 5, and a total of 5 says so");
    }
}
