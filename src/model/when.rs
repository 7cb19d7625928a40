//! Dates as drafters know them: a day, a month, a year, `early 2019`, `2019/2020`, an interval, `annual`.
//!
//! Comes in: the text of a [`When`](super::format::When). Goes out: a [`Date`], sorted and compared at the precision
//! known. `2019/2020` (a year and the next) is a financial year, not an interval.

use std::cmp::Ordering;

use super::format::YearKind;

/// A part of a year, roughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Third {
    Early,
    Mid,
    Late,
}

/// A point in time, as exactly as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Point {
    Day(i32, u8, u8),
    Month(i32, u8),
    Year(i32),
    Part(Third, i32),
    /// From the first year into the next one; when it begins is for the organisation to say.
    Financial(i32),
}

/// A date of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Date {
    Point(Point),
    /// Both ends belong to it.
    Interval(Point, Point),
    /// From then on.
    From(Point),
    /// Every year.
    Annual,
    /// All the time.
    Continuous,
}

/// Reads the text of a date; `None` if it is none.
pub fn parse(text: &str) -> Option<Date> {
    match text {
        "annual" => return Some(Date::Annual),
        "continuous" => return Some(Date::Continuous),
        _ => {}
    }
    let Some((first, second)) = text.split_once('/') else {
        return point(text).map(Date::Point);
    };
    if second == ".." {
        return iso(first).map(Date::From);
    }
    match (iso(first)?, iso(second)?) {
        (Point::Year(a), Point::Year(b)) if b == a + 1 => Some(Date::Point(Point::Financial(a))),
        (a, b) => Some(Date::Interval(a, b)),
    }
}

/// Reads the text of a date in a plan that counts its years as `years`: where they are calendar years, `2027/2028` is
/// the one and the other.
pub fn read(text: &str, years: YearKind) -> Option<Date> {
    match parse(text)? {
        Date::Point(Point::Financial(year)) if years == YearKind::Calendar => {
            Some(Date::Interval(Point::Year(year), Point::Year(year + 1)))
        }
        date => Some(date),
    }
}

fn point(text: &str) -> Option<Point> {
    let third = match text.split_once(' ') {
        Some(("early", rest)) => (Third::Early, rest),
        Some(("mid", rest)) => (Third::Mid, rest),
        Some(("late", rest)) => (Third::Late, rest),
        Some(_) => return None,
        None => return iso(text),
    };
    Some(Point::Part(third.0, number(third.1, 4)?))
}

fn iso(text: &str) -> Option<Point> {
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4)?;
    let Some(month) = parts.next() else {
        return Some(Point::Year(year));
    };
    let month = number(month, 2).filter(|m| (1..=12).contains(m)).and_then(|m| u8::try_from(m).ok())?;
    let Some(day) = parts.next() else {
        return Some(Point::Month(year, month));
    };
    let day = number(day, 2).and_then(|d| u8::try_from(d).ok())?;
    let valid = parts.next().is_none() && (1..=days(year, month)).contains(&day);
    valid.then_some(Point::Day(year, month, day))
}

fn number(text: &str, digits: usize) -> Option<i32> {
    let plain = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// Days of a month.
fn days(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Point {
    /// The first day that it may mean. A financial year begins with the first half of its first year.
    pub fn first(&self) -> (i32, u8, u8) {
        match *self {
            Point::Day(y, m, d) => (y, m, d),
            Point::Month(y, m) => (y, m, 1),
            Point::Year(y) | Point::Financial(y) | Point::Part(Third::Early, y) => (y, 1, 1),
            Point::Part(Third::Mid, y) => (y, 5, 1),
            Point::Part(Third::Late, y) => (y, 9, 1),
        }
    }

    /// The last day that it may mean.
    pub fn last(&self) -> (i32, u8, u8) {
        match *self {
            Point::Day(y, m, d) => (y, m, d),
            Point::Month(y, m) => (y, m, days(y, m)),
            Point::Year(y) | Point::Part(Third::Late, y) => (y, 12, 31),
            Point::Part(Third::Early, y) => (y, 4, 30),
            Point::Part(Third::Mid, y) => (y, 8, 31),
            Point::Financial(y) => (y + 1, 12, 31),
        }
    }
}

/// The first day that it may mean; nothing for `annual` and `continuous`.
pub fn start(date: &Date) -> Option<(i32, u8, u8)> {
    match date {
        Date::Point(p) | Date::Interval(p, _) | Date::From(p) => Some(p.first()),
        Date::Annual | Date::Continuous => None,
    }
}

/// The last day that it may mean; nothing for `annual`, `continuous` and an open end.
pub fn end(date: &Date) -> Option<(i32, u8, u8)> {
    match date {
        Date::Point(p) | Date::Interval(_, p) => Some(p.last()),
        Date::From(_) | Date::Annual | Date::Continuous => None,
    }
}

/// True for an interval that ends before it begins, at the precision known.
pub fn reversed(date: &Date) -> bool {
    match date {
        Date::Interval(a, b) => b.last() < a.first(),
        _ => false,
    }
}

/// The order of two dates: by begin, then by end; what has no begin comes last.
pub fn compare(a: &Date, b: &Date) -> Ordering {
    let key = |date: &Date| {
        let first = start(date);
        let last = end(date);
        (first.is_none(), first, last.is_none(), last)
    };
    key(a).cmp(&key(b))
}

/// True when `a` is certainly later than `b`: it cannot begin before `b` is over.
pub fn after(a: &Date, b: &Date) -> bool {
    matches!((start(a), end(b)), (Some(a), Some(b)) if a > b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_each_shape() {
        for (text, date) in [
            ("2018-12-03", Date::Point(Point::Day(2018, 12, 3))),
            ("2018-12", Date::Point(Point::Month(2018, 12))),
            ("2018", Date::Point(Point::Year(2018))),
            ("early 2019", Date::Point(Point::Part(Third::Early, 2019))),
            ("2019/2020", Date::Point(Point::Financial(2019))),
            ("2019/2022", Date::Interval(Point::Year(2019), Point::Year(2022))),
            ("2018-12-03/2018-12-05", Date::Interval(Point::Day(2018, 12, 3), Point::Day(2018, 12, 5))),
            ("2019-07-01/..", Date::From(Point::Day(2019, 7, 1))),
            ("annual", Date::Annual),
            ("continuous", Date::Continuous),
        ] {
            assert_eq!(parse(text), Some(date), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "soon",
            "2018-13",
            "2019-02-29",
            "2018-1-1",
            "19",
            "early",
            "early 19",
            "2018/",
            "/2018",
            "../2018",
            "2018-12-03-04",
            "٢٠١٩",
            "+201",
            "2019 /2020",
            "early 2019/2020",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert!(parse("2020-02-29").is_some());
    }

    #[test]
    fn compares_at_the_precision_known() {
        let date = |text| parse(text).unwrap();
        assert!(reversed(&date("2018-12-05/2018-12-03")));
        assert!(reversed(&date("2020/2019")));
        assert!(!reversed(&date("2018-12/2018-12-03")));
        assert!(after(&date("2019-01"), &date("2018")));
        assert!(!after(&date("2018-12-03"), &date("2018")));
        assert_eq!(compare(&date("2018"), &date("2018-06")), Ordering::Less);
        assert_eq!(compare(&date("annual"), &date("2018")), Ordering::Greater);
    }
}
