//! Days as people say them: 5月25日, 25 May.
//!
//! A deadline is a day, not a moment (`domain.md` 5), so rules work on days only. A moment becomes a day in one way,
//! on the wall of the campaign's place: China keeps UTC+8 all year.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Weekday};

use crate::text::{Said, Text, t};

/// A calendar day in the campaign's place.
pub type Day = NaiveDate;

const EAST_EIGHT_S: i32 = 8 * 3600;

/// Gives the day in UTC+8 (Asia/Shanghai) of a wall clock in milliseconds since 1970-01-01 UTC. `None` beyond the
/// years that a calendar can hold.
pub fn day_of(wall_ms: i64) -> Option<Day> {
    let offset = FixedOffset::east_opt(EAST_EIGHT_S)?;
    Some(DateTime::from_timestamp_millis(wall_ms)?.with_timezone(&offset).date_naive())
}

/// Says a day without its year: `5月25日`, `25 May`.
pub fn spoken(day: Day) -> Said {
    t("{m}月{d}日", "{d} {month}").with("m", day.month()).with("d", day.day()).with_words("month", month_name(day))
}

/// Says a day, with its year where that is not the year of `beside`: `2022年1月5日`, `5 January 2022`.
pub fn spoken_beside(day: Day, beside: Day) -> Said {
    if day.year() == beside.year() {
        return spoken(day);
    }
    t("{y}年{day}", "{day} {y}").with("y", day.year()).with_words("day", spoken(day))
}

/// Says the day of the week: `周二`, `Tue`.
pub const fn weekday(day: Weekday) -> Text {
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

/// Reads `2021-05-25` or, as spreadsheets rewrite it, `2021/5/25`.
pub fn read_day(text: &str) -> Option<Day> {
    let mut parts = text.trim().split(['-', '/']);
    let day =
        NaiveDate::from_ymd_opt(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)?;
    // Four-digit years only: 21/5/25 could be read in three ways.
    (parts.next().is_none() && (1000..10_000).contains(&day.year())).then_some(day)
}

fn month_name(day: Day) -> Text {
    // One row a month; the Chinese form says the number itself.
    const NAMES: [Text; 12] = [
        t("1月", "January"),
        t("2月", "February"),
        t("3月", "March"),
        t("4月", "April"),
        t("5月", "May"),
        t("6月", "June"),
        t("7月", "July"),
        t("8月", "August"),
        t("9月", "September"),
        t("10月", "October"),
        t("11月", "November"),
        t("12月", "December"),
    ];
    NAMES.get(day.month0() as usize).copied().unwrap_or(t("", ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang::{En, Zh};

    #[test]
    fn a_day_is_said_in_either_language_and_with_its_year_only_where_that_differs() {
        let may = read_day("2021-05-25").unwrap();
        assert_eq!(spoken(may).say(Zh), "5月25日");
        assert_eq!(spoken(may).say(En), "25 May");
        assert_eq!(spoken_beside(read_day("2022-01-05").unwrap(), may).say(Zh), "2022年1月5日");
        assert_eq!(spoken_beside(read_day("2022-01-05").unwrap(), may).say(En), "5 January 2022");
        assert_eq!(spoken_beside(may, may).say(Zh), "5月25日");
    }

    #[test]
    fn a_moment_belongs_to_the_day_of_the_village_not_of_greenwich() {
        // 2021-05-18 00:30 in Shanghai is still the 17th in UTC.
        let night = DateTime::parse_from_rfc3339("2021-05-18T00:30:00+08:00").unwrap().timestamp_millis();
        assert_eq!(day_of(night), read_day("2021-05-18"));
        assert_eq!(day_of(i64::MAX), None);
    }

    #[test]
    fn days_are_read_as_written_or_as_a_spreadsheet_rewrites_them() {
        assert_eq!(read_day(" 2021/5/8 "), read_day("2021-05-08"));
        for wrong in ["", "2021-02-30", "21/5/8", "2021-05", "2021-05-08-1", "5月8日"] {
            assert_eq!(read_day(wrong), None, "{wrong}");
        }
    }
}
