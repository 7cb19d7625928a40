//! The order of words in a language.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

/// How one language orders words.
pub(super) struct Order(Option<CollatorBorrowed<'static>>);

impl Order {
    pub fn of(lang: &str) -> Self {
        let locale = lang.parse::<Locale>().ok();
        let made =
            locale.map(|locale| Collator::try_new(CollatorPreferences::from(&locale), CollatorOptions::default()));
        Order(made.and_then(Result::ok))
    }

    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        match &self.0 {
            Some(collator) => collator.compare(one, other).then_with(|| one.cmp(other)),
            None => one.cmp(other),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn accents_do_not_come_last() {
        let order = super::Order::of("fr");
        let mut words = ["zone", "\u{e9}tude", "Effet", "fin"];
        words.sort_by(|a, b| order.compare(a, b));
        assert_eq!(words, ["Effet", "\u{e9}tude", "fin", "zone"]);
    }
}
