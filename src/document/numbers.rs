//! Numbers, counted figures and amounts as printed: digits kept, grouped as the language does.

use icu_decimal::input::Decimal;
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};
use icu_locale_core::Locale;

use super::labels::Words;
use crate::model::format::Qualifier;

/// A decimal text as `lang` writes it: `1234.50` is "1,234.50" and "1 234,50". What is not a number stays.
pub fn print(text: &str, lang: &str) -> String {
    let (Ok(number), Ok(locale)) = (text.trim().parse::<Decimal>(), lang.parse::<Locale>()) else {
        return text.to_string();
    };
    let preferences = DecimalFormatterPreferences::from(&locale);
    match DecimalFormatter::try_new(preferences, Default::default()) {
        Ok(formatter) => formatter.format(&number).to_string(),
        Err(_) => text.to_string(),
    }
}

/// "more than 19 countries", "12 of 18 Members", "about 45 participants"; all but `value` may be missing.
pub fn count(
    value: &str,
    qualifier: Option<Qualifier>,
    base: Option<&str>,
    unit: &str,
    lang: &str,
    words: &Words,
) -> String {
    let value = print(value, lang);
    let value = match qualifier {
        None | Some(Qualifier::Exact) => value,
        Some(word) => words.fill(&format!("qualifier-{}", word.word()), &[("value", &value)]),
    };
    match (base, unit.is_empty()) {
        (None, true) => value,
        (None, false) => words.fill("count-unit", &[("value", &value), ("unit", unit)]),
        (Some(base), true) => {
            let base = print(base, lang);
            words.fill("count-base", &[("value", &value), ("base", &base)])
        }
        (Some(base), false) => {
            let base = print(base, lang);
            let places = [("value", value.as_str()), ("base", &base), ("unit", unit)];
            words.fill("count-base-unit", &places)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_kept() {
        assert_eq!(print("5.90", "en"), "5.90");
        assert_eq!(print("5.90", "fr"), "5,90");
        assert_eq!(print("1234567.50", "en"), "1,234,567.50");
        assert_eq!(print("1234.50", "fr"), "1\u{202f}234,50");
    }

    #[test]
    fn attendance_in_words() {
        let say = |lang: &str, qualifier, value: &str, base, unit: &str| {
            count(value, qualifier, base, unit, lang, &Words::new(lang, "en", &Default::default()).0)
                .replace('\u{a0}', " ")
        };
        let more = Some(Qualifier::MoreThan);
        assert_eq!(say("en", more, "19", None, "countries"), "more than 19 countries");
        assert_eq!(say("fr", more, "19", None, "pays"), "plus de 19 pays");
        assert_eq!(say("en", None, "12", Some("18"), "Members"), "12 of 18 Members");
        assert_eq!(say("fr", None, "12", Some("18"), "Membres"), "12 Membres sur 18");
        assert_eq!(say("fr", Some(Qualifier::About), "45", None, "participants"), "environ 45 participants");
    }
}
