//! What whole numbers betray: where what is left of a total can be reached in one way only, it tells what it is made of.

use num_traits::{ToPrimitive, Zero};

use super::{Block, Hidden, Sums, is_few};
use crate::model::survey::Exact;

/// So many ways are tried; where there are more, one of them is not the only one.
const WAYS: i64 = 20_000;

/// One group that is not shown: what one point of its sum adds to the total, and the least and the most that its sum can be.
struct Unknown {
    rate: Exact,
    least: i64,
    most: i64,
    is_few: bool,
}

/// True when the total of `wave`, which is shown, leaves but one possible sum for a group with few answers.
pub(super) fn is_told(block: &Block, hidden: &Hidden, wave: usize, sums: &Sums) -> bool {
    if hidden.all(wave) {
        return false;
    }
    let mut left = Exact::zero();
    let mut unknown = Vec::new();
    for group in (0..block.groups()).filter(|group| hidden.group(wave, *group)) {
        let count = block.counts[wave][group] as i64;
        if count == 0 {
            continue;
        }
        let rate = block.rates[wave][group].0.clone();
        left += &rate * Exact::from_integer(sums.groups[wave][group].into());
        let (least, most) = (count * sums.least, count * sums.most);
        unknown.push(Unknown { rate, least, most, is_few: is_few(count as u64) });
    }
    (0..unknown.len()).any(|at| unknown[at].is_few && ways(&unknown, at, &left) == 1)
}

/// In how many ways the sum of the group at `at` can be chosen so that the others can make up the rest; 2 stands for more.
fn ways(unknown: &[Unknown], at: usize, left: &Exact) -> usize {
    let others: Vec<&Unknown> = (0..unknown.len()).filter(|other| *other != at).map(|other| &unknown[other]).collect();
    let tries = others.iter().map(|one| one.most - one.least + 1).skip(1).product::<i64>();
    if tries > WAYS {
        return 2;
    }
    let own = &unknown[at];
    let fits = |sum: &i64| reachable(&others, left - &own.rate * Exact::from_integer((*sum).into()));
    (own.least..=own.most).filter(fits).take(2).count()
}

/// Whether sums of `groups` can make up `rest`.
fn reachable(groups: &[&Unknown], rest: Exact) -> bool {
    match groups {
        [] => rest.is_zero(),
        [one] => {
            let sum = rest / &one.rate;
            let whole = sum.is_integer().then(|| sum.to_integer().to_i64()).flatten();
            whole.is_some_and(|sum| (one.least..=one.most).contains(&sum))
        }
        [more @ .., one] => {
            let less = |sum: i64| &rest - &one.rate * Exact::from_integer(sum.into());
            (one.least..=one.most).any(|sum| reachable(more, less(sum)))
        }
    }
}
