//! Rounding so that what is printed sums to what is printed: the method of the largest remainder.

use rust_decimal::{Decimal, RoundingStrategy};

/// `value` with `decimals` digits behind the point; a half goes away from 0.
pub fn nearest(value: Decimal, decimals: u32) -> Decimal {
    let mut out = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    out.rescale(decimals);
    out
}

/// False where `printed` is not `exact` rounded to the nearest.
pub fn is_nearest(exact: Decimal, printed: Decimal, decimals: u32) -> bool {
    printed == nearest(exact, decimals)
}

/// What `part` is of `whole` in per cent, not rounded; nothing where that is no number.
pub fn of_hundred(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::from(100))?.checked_div(whole)
}

/// `values`, none of which is less than 0, rounded to `decimals` digits so that they sum to `total`, which has no more
/// digits: each is cut off, and what is missing goes, unit by unit, to those that lost most. Of equals, the first comes
/// first. `total` must be the sum of `values` or a neighbour of it; what differs more is left to the last ones.
pub fn whole(values: &[Decimal], total: Decimal, decimals: u32) -> Vec<Decimal> {
    let unit = Decimal::new(1, decimals);
    let cut = |value: &Decimal| value.round_dp_with_strategy(decimals, RoundingStrategy::ToZero);
    let mut out: Vec<Decimal> = values.iter().map(cut).collect();
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| (values[*b] - out[*b]).cmp(&(values[*a] - out[*a])).then(a.cmp(b)));
    let mut missing = total - out.iter().sum::<Decimal>();
    for at in order {
        if missing < unit {
            break;
        }
        out[at] += unit;
        missing -= unit;
    }
    out.iter_mut().for_each(|one| one.rescale(decimals));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimals(list: &[&str]) -> Vec<Decimal> {
        list.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn the_largest_remainder_is_raised_first() {
        // Cut off: 3, 3, 2; one is missing to 9, and 2.8 lost most.
        assert_eq!(whole(&decimals(&["3.1", "3.1", "2.8"]), Decimal::from(9), 0), decimals(&["3", "3", "3"]));
        // Thirds of 100.0 with one digit: the first of equals.
        let third = Decimal::from(100) / Decimal::from(3);
        assert_eq!(whole(&[third; 3], Decimal::from(100), 1), decimals(&["33.4", "33.3", "33.3"]));
    }

    proptest! {
        #[test]
        fn the_printed_sum_is_the_printed_total(list in prop::collection::vec(0i64..10_000_000, 1..30), digits in 0u32..4) {
            let values: Vec<Decimal> = list.iter().map(|one| Decimal::new(*one, 4)).collect();
            let total = nearest(values.iter().sum(), digits);
            let printed = whole(&values, total, digits);
            prop_assert_eq!(printed.iter().sum::<Decimal>(), total);
            for (value, printed) in values.iter().zip(&printed) {
                prop_assert!((value - printed).abs() < Decimal::new(1, digits));
            }
        }
    }
}
