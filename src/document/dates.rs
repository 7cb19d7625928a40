//! Dates as a reader of each language writes them, at the precision known.

use super::labels::Words;

/// A date as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Known {
    Day(u32, u32, u32),
    Month(u32, u32),
    Year(u32),
    /// `early`, `mid` or `late`, and the year.
    Part(&'static str, u32),
    Financial(u32, u32),
}

fn number(text: &str, digits: usize) -> Option<u32> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn known(text: &str) -> Option<Known> {
    let text = text.trim();
    if let Some((word, year)) = text.split_once(' ') {
        let word = *["early", "mid", "late"].iter().find(|known| **known == word)?;
        return Some(Known::Part(word, number(year.trim(), 4)?));
    }
    if let Some((first, second)) = text.split_once('/') {
        let (first, second) = (number(first, 4)?, number(second, 4)?);
        return (second == first + 1).then_some(Known::Financial(first, second));
    }
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4)?;
    let month = match parts.next() {
        None => return Some(Known::Year(year)),
        Some(month) => number(month, 2).filter(|month| (1..=12).contains(month))?,
    };
    match (parts.next(), parts.next()) {
        (None, _) => Some(Known::Month(year, month)),
        (Some(day), None) => Some(Known::Day(year, month, number(day, 2).filter(|day| (1..=31).contains(day))?)),
        _ => None,
    }
}

/// Both ends of an interval; `..` is open.
fn ends(text: &str) -> Option<(&str, &str)> {
    let slashes: Vec<usize> = text.match_indices('/').map(|(at, _)| at).collect();
    let at = *slashes.get(slashes.len() / 2)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The date as printed: "3 to 5 December 2018", "1er juillet 2019", "early 2019", "2019/2020".
pub fn print(text: &str, words: &Words) -> String {
    let text = text.trim();
    if text == "annual" || text == "continuous" {
        return words.get(&format!("date-{text}")).to_string();
    }
    if let Some(date) = known(text) {
        return one(&date, words);
    }
    let Some((from, to)) = ends(text) else {
        return text.to_string();
    };
    match (known(from), known(to)) {
        (Some(from), Some(to)) => interval(&from, &to, words),
        (Some(from), None) if to.trim() == ".." => {
            words.fill(key("date-from", &from), &[("from", &one(&from, words))])
        }
        (None, Some(to)) if from.trim() == ".." => {
            words.fill(key("date-until", &to), &[("to", &one(&to, words))])
        }
        _ => text.to_string(),
    }
}

fn day(day: u32, words: &Words) -> String {
    match day {
        1 => words.get("date-first").to_string(),
        _ => day.to_string(),
    }
}

fn month(month: u32, words: &Words) -> &str {
    words.get(&format!("month-{month}"))
}

fn one(date: &Known, words: &Words) -> String {
    match *date {
        Known::Day(year, m, d) => words.fill(
            "date-day",
            &[("day", &day(d, words)), ("month", month(m, words)), ("year", &year.to_string())],
        ),
        Known::Month(year, m) => words.fill(
            "date-month",
            &[("month", month(m, words)), ("year", &year.to_string())],
        ),
        Known::Year(year) => year.to_string(),
        Known::Part(part, year) => {
            words.fill(&format!("date-{part}"), &[("year", &year.to_string())])
        }
        Known::Financial(first, second) => format!("{first}/{second}"),
    }
}

fn interval(from: &Known, to: &Known, words: &Words) -> String {
    let head = match (from, to) {
        _ if from == to => return one(from, words),
        (Known::Day(y1, m1, d), Known::Day(y2, m2, _)) if y1 == y2 && m1 == m2 => day(*d, words),
        (Known::Day(y1, m, d), Known::Day(y2, _, _)) if y1 == y2 => words
            .fill("date-day", &[("day", &day(*d, words)), ("month", month(*m, words)), ("year", "")])
            .trim()
            .to_string(),
        (Known::Month(y1, m), Known::Month(y2, _)) if y1 == y2 => month(*m, words).to_string(),
        _ => one(from, words),
    };
    words.fill(key("date-interval", to), &[("from", &head), ("to", &one(to, words))])
}

/// Some languages take another preposition before a year than before a day.
fn key(day: &'static str, date: &Known) -> &'static str {
    match (date, day) {
        (Known::Day(..), key) => key,
        (_, "date-from") => "date-from-year",
        (_, "date-until") => "date-until-year",
        (_, "date-interval") => "date-interval-years",
        (_, key) => key,
    }
}

/// Where a date stands among others: year, month, day of its beginning. What is not a date comes last.
pub fn sort_key(text: &str) -> (u32, u32, u32) {
    let text = text.trim();
    let date = known(text).or_else(|| {
        let (from, to) = ends(text)?;
        known(from).or_else(|| known(to))
    });
    match date {
        Some(Known::Day(year, month, day)) => (year, month, day),
        Some(Known::Month(year, month)) => (year, month, 0),
        Some(Known::Year(year)) => (year, 0, 0),
        Some(Known::Part("early", year)) => (year, 1, 0),
        Some(Known::Part("mid", year)) => (year, 6, 0),
        Some(Known::Part(_, year)) => (year, 10, 0),
        Some(Known::Financial(year, _)) => (year, 7, 0),
        None => (u32::MAX, 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, lang: &str) -> String {
        print(text, &Words::new(lang, "en", &Default::default()).0).replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn dates_in_words() {
        for (text, en, fr) in [
            ("2018-12-03/2018-12-05", "3 to 5 December 2018", "3 au 5 décembre 2018"),
            ("2018-11-30/2018-12-02", "30 November to 2 December 2018", "30 novembre au 2 décembre 2018"),
            ("2019-07-01", "1 July 2019", "1er juillet 2019"),
            ("early 2019", "early 2019", "début 2019"),
            ("2019/2020", "2019/2020", "2019/2020"),
            ("2019/2022", "2019 to 2022", "2019 à 2022"),
            ("annual", "annual", "annuel"),
            ("2019-07-01/..", "from 1 July 2019", "à partir du 1er juillet 2019"),
        ] {
            assert_eq!(said(text, "en"), en);
            assert_eq!(said(text, "fr"), fr);
        }
    }
}
