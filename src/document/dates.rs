//! Dates as a reader of each language writes them, at the precision known.

use super::labels::Words;
use crate::model::format::YearKind;
use crate::model::when::{self, Date, Point, Third};

/// The date as printed: "3 to 5 December 2018", "1er juillet 2019", "early 2019", "2019/2020". In a plan of
/// calendar years, `2027/2028` is the one and the other.
pub fn print(text: &str, years: YearKind, words: &Words) -> String {
    match when::read(text.trim(), years) {
        Some(Date::Annual) => words.get("date-annual").to_string(),
        Some(Date::Continuous) => words.get("date-continuous").to_string(),
        Some(Date::Point(date)) => one(&date, words),
        Some(Date::Interval(from, to)) => interval(&from, &to, words),
        Some(Date::From(from)) => words.fill(key("date-from", &from), &[("from", &one(&from, words))]),
        None => text.to_string(),
    }
}

fn day(day: u8, words: &Words) -> String {
    match day {
        1 => words.get("date-first").to_string(),
        _ => day.to_string(),
    }
}

fn month(month: u8, words: &Words) -> &str {
    words.get(&format!("month-{month}"))
}

fn one(date: &Point, words: &Words) -> String {
    match *date {
        Point::Day(year, m, d) => {
            words.fill("date-day", &[("day", &day(d, words)), ("month", month(m, words)), ("year", &year.to_string())])
        }
        Point::Month(year, m) => words.fill("date-month", &[("month", month(m, words)), ("year", &year.to_string())]),
        Point::Year(year) => year.to_string(),
        Point::Part(third, year) => {
            let key = match third {
                Third::Early => "date-early",
                Third::Mid => "date-mid",
                Third::Late => "date-late",
            };
            words.fill(key, &[("year", &year.to_string())])
        }
        Point::Financial(first) => format!("{first}/{}", first.saturating_add(1)),
    }
}

fn interval(from: &Point, to: &Point, words: &Words) -> String {
    let head = match (from, to) {
        _ if from == to => return one(from, words),
        (Point::Day(y1, m1, d), Point::Day(y2, m2, _)) if y1 == y2 && m1 == m2 => day(*d, words),
        (Point::Day(y1, m, d), Point::Day(y2, _, _)) if y1 == y2 => words
            .fill("date-day", &[("day", &day(*d, words)), ("month", month(*m, words)), ("year", "")])
            .trim()
            .to_string(),
        (Point::Month(y1, m), Point::Month(y2, _)) if y1 == y2 => month(*m, words).to_string(),
        _ => one(from, words),
    };
    let interval = match (from, to) {
        // A day and the next are two days, not a stretch of time.
        (Point::Day(y1, m1, d1), Point::Day(y2, m2, d2)) if y1 == y2 && m1 == m2 && d1 + 1 == *d2 => "date-two-days",
        _ => key("date-interval", to),
    };
    words.fill(interval, &[("from", &head), ("to", &one(to, words))])
}

/// Some languages take another preposition before a year than before a day.
fn key(day: &'static str, date: &Point) -> &'static str {
    match (date, day) {
        (Point::Day(..), key) => key,
        (_, "date-from") => "date-from-year",
        (_, "date-interval") => "date-interval-years",
        (_, key) => key,
    }
}

/// Where a date stands among others: its first day. What is not a date comes last.
pub fn sort_key(text: &str) -> (i32, u8, u8) {
    match when::parse(text.trim()) {
        Some(Date::Point(from) | Date::Interval(from, _) | Date::From(from)) => from.first(),
        Some(Date::Annual | Date::Continuous) | None => (i32::MAX, 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, lang: &str) -> String {
        print(text, YearKind::Financial, &Words::new(lang, "en", &Default::default()).0)
            .replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn dates_in_words() {
        for (text, en, fr) in [
            ("2018-12-03/2018-12-05", "3 to 5 December 2018", "3 au 5 décembre 2018"),
            ("2018-10-09/2018-10-10", "9 and 10 October 2018", "9 et 10 octobre 2018"),
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
