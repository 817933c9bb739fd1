//! Local time: the campaign lives in Asia/Shanghai, whatever zone the laptop is set to. China has kept one zone
//! without summer time since 1991, so eight hours are all there is to it.
//!
//! A day has two forms. In rows, and in brackets behind a word, it is `5-18`, as it is typed, in either language; in a sentence
//! and in the header it is said: 5月18日 周二, Tue 18 May, the weekday only where there is room.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};

use crate::text::{Said, Text, t};

const EAST_SECONDS: i32 = 8 * 3600;

/// Gives the local date and time of a moment in milliseconds since 1970 UTC. Moments past the calendar are 1970.
pub fn time(ms: i64) -> NaiveDateTime {
    let moved = ms.saturating_add(i64::from(EAST_SECONDS) * 1000);
    DateTime::from_timestamp_millis(moved).unwrap_or_default().naive_utc()
}

/// Gives the local day.
pub fn day(ms: i64) -> NaiveDate {
    time(ms).date()
}

/// Gives the moment of a local day and time, in milliseconds since 1970 UTC.
pub fn at(day: NaiveDate, time: NaiveTime) -> i64 {
    day.and_time(time).and_utc().timestamp_millis() - i64::from(EAST_SECONDS) * 1000
}

/// Gives the local time of day, `19:42`.
pub fn clock(ms: i64) -> String {
    let time = time(ms);
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Gives month and day, short: `5-18`.
pub fn short_day(ms: i64) -> String {
    let day = day(ms);
    format!("{}-{}", day.month(), day.day())
}

/// Gives month and day, short, with the year where that is not the year of another moment: `2031-5-18`.
pub fn short_day_beside(ms: i64, beside_ms: i64) -> String {
    let (own, beside) = (day(ms), day(beside_ms));
    if own.year() == beside.year() { short_day(ms) } else { format!("{}-{}", own.year(), short_day(ms)) }
}

/// Gives the moment as RFC 3339 with its offset, for scripts.
pub fn rfc3339(ms: i64) -> String {
    let zone = FixedOffset::east_opt(EAST_SECONDS);
    let at = DateTime::from_timestamp_millis(ms).unwrap_or_default();
    zone.map_or_else(String::new, |zone| at.with_timezone(&zone).to_rfc3339_opts(chrono::SecondsFormat::Secs, false))
}

/// Gives a day with its weekday as people say it: 5月18日 周二, Tue 18 May.
pub fn said_day(day: NaiveDate) -> Said {
    Said::from(t("{date} {week}", "{week} {date}"))
        .with_words("date", said_date(day))
        .with_words("week", weekday(day.weekday()))
}

/// Gives a day with its weekday, and with its year where that is not the year of `beside`.
pub fn said_day_beside(day: NaiveDate, beside: NaiveDate) -> Said {
    Said::from(t("{date} {week}", "{week} {date}"))
        .with_words("date", said_beside(day, beside))
        .with_words("week", weekday(day.weekday()))
}

/// Gives a day without its weekday: 5月25日, 25 May.
pub fn said_date(day: NaiveDate) -> Said {
    t("{m}月{d}日", "{d} {month}").with("m", day.month()).with("d", day.day()).with_words("month", month(day.month()))
}

/// Gives a day, with its year where that is not the year of `beside`: 2022年1月5日, 5 Jan 2022.
pub fn said_beside(day: NaiveDate, beside: NaiveDate) -> Said {
    if day.year() == beside.year() { said_date(day) } else { said_with_year(day) }
}

/// Gives a day with its year: 2022年1月5日, 5 Jan 2022.
pub fn said_with_year(day: NaiveDate) -> Said {
    t("{y}年{date}", "{date} {y}").with("y", day.year()).with_words("date", said_date(day))
}

/// Reads a day with a four-digit year, `2021-05-25` or as spreadsheets rewrite it, `2021/5/25`.
pub fn read_day(text: &str) -> Option<NaiveDate> {
    let mut parts = text.trim().split(['-', '/']);
    let year = parts.next().filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))?;
    let day = NaiveDate::from_ymd_opt(year.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)?;
    parts.next().is_none().then_some(day)
}

fn month(number: u32) -> Text {
    match number {
        1 => t("1月", "Jan"),
        2 => t("2月", "Feb"),
        3 => t("3月", "Mar"),
        4 => t("4月", "Apr"),
        5 => t("5月", "May"),
        6 => t("6月", "Jun"),
        7 => t("7月", "Jul"),
        8 => t("8月", "Aug"),
        9 => t("9月", "Sep"),
        10 => t("10月", "Oct"),
        11 => t("11月", "Nov"),
        _ => t("12月", "Dec"),
    }
}

fn weekday(day: Weekday) -> Text {
    match day {
        Weekday::Mon => t("周一", "Mon"),
        Weekday::Tue => t("周二", "Tue"),
        Weekday::Wed => t("周三", "Wed"),
        Weekday::Thu => t("周四", "Thu"),
        Weekday::Fri => t("周五", "Fri"),
        Weekday::Sat => t("周六", "Sat"),
        Weekday::Sun => t("周日", "Sun"),
    }
}

/// Gives the whole days from one moment's local day to another's.
pub fn days_between(from_ms: i64, to_ms: i64) -> i64 {
    day(to_ms).signed_duration_since(day(from_ms)).num_days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn evenings_in_the_village_are_not_the_day_before() {
        let evening = 1_621_338_120_000;
        assert_eq!(clock(evening), "19:42");
        assert_eq!(said_day(day(evening)).say(Lang::Zh), "5月18日 周二");
        assert_eq!(said_day(day(evening)).say(Lang::En), "Tue 18 May");
        assert_eq!(rfc3339(evening), "2021-05-18T19:42:00+08:00");
        assert_eq!(days_between(evening, evening + 5 * 3_600_000), 1);
        assert_eq!(clock(i64::MAX), "00:00");
    }

    #[test]
    fn a_date_shows_its_year_only_where_that_differs() {
        let may = read_day("2021-05-25").unwrap();
        let next = read_day("2022-01-05").unwrap();
        assert_eq!((said_date(may).say(Lang::Zh), said_date(may).say(Lang::En)), ("5月25日".into(), "25 May".into()));
        assert_eq!(said_beside(next, may).say(Lang::Zh), "2022年1月5日");
        assert_eq!(said_beside(next, may).say(Lang::En), "5 Jan 2022");
        assert_eq!(said_beside(may, may).say(Lang::Zh), "5月25日");
    }

    #[test]
    fn days_are_read_as_written_or_as_a_spreadsheet_rewrites_them() {
        assert_eq!(read_day(" 2021/5/8 "), read_day("2021-05-08"));
        for wrong in ["", "2021-02-30", "21/5/8", "2021-05", "2021-05-08-1", "5月8日", "+021-05-08"] {
            assert_eq!(read_day(wrong), None, "{wrong}");
        }
    }
}
