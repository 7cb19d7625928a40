//! Exact fractions: a mean of thirds stays one until it is printed.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use rust_decimal::Decimal;

/// An exact fraction of any size.
pub type Exact = BigRational;

/// A decimal number as a fraction.
pub fn exact(number: Decimal) -> Exact {
    let denominator = BigInt::from(10).pow(number.scale());
    Exact::new(BigInt::from(number.mantissa()), denominator)
}

/// The largest fraction of which all `numbers` are whole multiples (Euclid); nought if all are nought.
pub fn common_measure(numbers: impl Iterator<Item = Exact>) -> Exact {
    numbers.fold(Exact::zero(), |mut measure, mut number| {
        while !number.is_zero() {
            let rest = &measure % &number;
            measure = std::mem::replace(&mut number, rest);
        }
        measure.abs()
    })
}

/// A fraction as decimal text with `digits` decimals, halves rounded away from zero: 2/3 with two is `0.67`.
pub fn decimal_text(number: &Exact, digits: u32) -> String {
    let scaled = number * Exact::from_integer(BigInt::from(10).pow(digits));
    let whole = scaled.round().to_integer();
    let negative = whole < BigInt::from(0);
    let text = whole.magnitude().to_string();
    let width = digits as usize + 1;
    let text = format!("{text:0>width$}");
    let (before, after) = text.split_at(text.len() - digits as usize);
    let sign = if negative { "-" } else { "" };
    match after.is_empty() {
        true => format!("{sign}{before}"),
        false => format!("{sign}{before}.{after}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero_and_digits_are_kept() {
        let text = |n: i64, d: i64, digits| decimal_text(&Exact::new(BigInt::from(n), BigInt::from(d)), digits);
        assert_eq!(text(2, 3, 2), "0.67");
        assert_eq!(text(1, 8, 2), "0.13");
        assert_eq!(text(-1, 8, 2), "-0.13");
        assert_eq!(text(4, 1, 2), "4.00");
        assert_eq!(text(-1, 1000, 2), "0.00");
        assert_eq!(text(7, 2, 0), "4");
    }

    #[test]
    fn a_common_measure_fits_into_all() {
        let of = |list: &[(i64, i64)]| {
            common_measure(list.iter().map(|(n, d)| Exact::new(BigInt::from(*n), BigInt::from(*d))))
        };
        let is = |n: i64, d: i64| Exact::new(BigInt::from(n), BigInt::from(d));
        assert_eq!(of(&[(1, 1), (9, 2), (4, 3)]), is(1, 6));
        assert_eq!(of(&[(20, 1), (0, 1), (-50, 1)]), is(10, 1));
        assert_eq!(of(&[]), is(0, 1));
    }

    #[test]
    fn a_decimal_number_is_exact() {
        assert_eq!(exact(Decimal::new(590, 2)), Exact::new(BigInt::from(59), BigInt::from(10)));
    }
}
