//! Spoken times: 今晚 19:30, 明天 8点半, 周三下午, 5-20 19:30, as people type them for an appointment or a paper form.
//!
//! A day without a year is the nearest one on the side that is meant: an appointment lies ahead, a visit entered later
//! lies behind. What is understood is shown back in full, with the weekday, before anything is recorded.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, Weekday};

use super::local;
use crate::hanzi::forms;

/// The side of now that a time is meant on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// An appointment.
    Ahead,
    /// What has happened.
    Behind,
}

/// Words for a day, counted from today. Longer words stand before those they contain.
const DAYS: [(&str, i64); 20] = [
    ("大后天", 3),
    ("大前天", -3),
    ("后天", 2),
    ("明天", 1),
    ("明日", 1),
    ("今天", 0),
    ("今日", 0),
    ("昨天", -1),
    ("昨日", -1),
    ("前天", -2),
    ("明", 1),
    ("今", 0),
    ("昨", -1),
    ("day after tomorrow", 2),
    ("tomorrow", 1),
    ("today", 0),
    ("tonight", 0),
    ("yesterday", -1),
    ("后", 2),
    ("前", -2),
];

/// A part of the day in which nobody is visited unless the hour is said.
const NO_TIME: (u32, u32) = (24, 0);

/// Parts of the day that go on behind midnight: 晚上12点 and 晚上1点 are the next day by the clock.
const NIGHTS: [(u32, u32); 2] = [(19, 30), NO_TIME];

/// Words for a part of the day: hour and minute without a clock time, and whether 1 to 11 mean the afternoon.
const PARTS: [(&str, (u32, u32), bool); 16] = [
    ("凌晨", NO_TIME, false),
    ("半夜", NO_TIME, true),
    ("早上", (8, 0), false),
    ("上午", (9, 0), false),
    ("中午", (12, 0), false),
    ("下午", (15, 0), true),
    ("傍晚", (18, 0), true),
    ("晚上", (19, 30), true),
    ("早", (8, 0), false),
    ("晚", (19, 30), true),
    ("morning", (9, 0), false),
    ("noon", (12, 0), false),
    ("afternoon", (15, 0), true),
    ("evening", (19, 30), true),
    ("night", (19, 30), true),
    ("pm", (15, 0), true),
];

const WEEKDAYS: [(&str, Weekday); 9] = [
    ("一", Weekday::Mon),
    ("二", Weekday::Tue),
    ("三", Weekday::Wed),
    ("四", Weekday::Thu),
    ("五", Weekday::Fri),
    ("六", Weekday::Sat),
    ("日", Weekday::Sun),
    ("天", Weekday::Sun),
    ("末", Weekday::Sat),
];

/// Something was said that is no time.
struct Unclear;

/// Reads a spoken time, in milliseconds since 1970 UTC. None where the day or the time of day is not understood, or
/// where no time of day is said at all.
pub fn read(said: &str, now_ms: i64, side: Side) -> Option<i64> {
    understand(said, now_ms, side).ok()
}

/// Reads what a clock shows while it is `now_ms`: ahead or behind, the moment that lies nearer. No side is meant of a clock that is
/// wrong: 23:10 at 20:10 is three hours ahead, not yesterday's.
pub fn reading(said: &str, now_ms: i64) -> Option<i64> {
    let both = [Side::Behind, Side::Ahead].map(|side| read(said, now_ms, side));
    both.into_iter().flatten().min_by_key(|at| at.abs_diff(now_ms))
}

/// Reads a spoken day without a time of day: 昨天, 周三, 5-20, 6月10日.
pub fn day(said: &str, now_ms: i64, side: Side) -> Option<NaiveDate> {
    let mut rest = forms::half_width(said).to_lowercase().replace(['。', ','], " ");
    let day = take_day(&mut rest, local::day(now_ms), side).ok()?;
    day.filter(|_| rest.trim().is_empty())
}

/// Words for a year, counted from this one. Longer words stand before those they contain.
const YEARS: [(&str, i32); 6] =
    [("大前年", -3), ("前年", -2), ("去年", -1), ("今年", 0), ("last year", -1), ("this year", 0)];

/// Reads the day since which something has been so: as [`day`] does what has happened, and 去年10月, 2020年, 2020-10, 10月, which
/// begin on their first day.
pub fn since(said: &str, now_ms: i64) -> Option<NaiveDate> {
    day(said, now_ms, Side::Behind).or_else(|| begins(&forms::half_width(said).to_lowercase(), local::day(now_ms)))
}

/// Gives the first day of a month or a year, or the day of a year that is named by a word.
fn begins(said: &str, today: NaiveDate) -> Option<NaiveDate> {
    let said = said.trim().trim_end_matches('起').trim_end();
    let word = YEARS.iter().find_map(|(word, back)| Some((today.year() + back, said.strip_prefix(word)?)));
    let numbered = || {
        let (digits, rest) = said.split_at_checked(4)?;
        let rest = if rest.is_empty() { rest } else { rest.strip_prefix(['年', '-', '/', '.'])? };
        Some((digits.parse().ok().filter(|year| (1900..=2100).contains(year))?, rest))
    };
    let (year, rest) = match word.or_else(numbered) {
        Some((year, rest)) => (Some(year), rest.trim()),
        None => (None, said.strip_suffix("月份").or_else(|| said.strip_suffix('月'))?),
    };
    let parts = rest.split(['-', '/', '.', '月', '份', '日', '号']).filter(|part| !part.trim().is_empty());
    let numbers: Vec<u32> = parts.map(forms::number).collect::<Option<_>>()?;
    match (year, numbers.as_slice()) {
        (Some(year), []) => NaiveDate::from_ymd_opt(year, 1, 1),
        (Some(year), [month]) => NaiveDate::from_ymd_opt(year, *month, 1),
        (Some(year), [month, day]) => NaiveDate::from_ymd_opt(year, *month, *day),
        (None, [month]) => nearest_year(today, *month, 1, Side::Behind),
        _ => None,
    }
}

fn understand(said: &str, now_ms: i64, side: Side) -> Result<i64, Unclear> {
    let mut rest = forms::half_width(said).to_lowercase().replace(['。', ','], " ");
    if let Some(at) = from_now(&rest, now_ms, side) {
        return Ok(at);
    }
    let tonight = rest.contains("tonight");
    let today = local::day(now_ms);
    let spoken_day = take_day(&mut rest, today, side)?;
    let part = take_part(&mut rest).or_else(|| tonight.then_some(((19, 30), true)));
    // 520 alone may be a day as well as a time.
    let is_bare = rest.trim().len() == 3 && rest.trim().bytes().all(|digit| digit.is_ascii_digit());
    if is_bare && spoken_day.is_none() && part.is_none() {
        return Err(Unclear);
    }
    let clock = take_clock(&mut rest)?;
    let is_night = part.is_some_and(|(time, later)| later && NIGHTS.contains(&time));
    let is_next_day = is_night && clock.is_some_and(|(hour, _)| hour == 12 || hour < 5);
    let (hour, minute) = match (clock, part) {
        (Some((hour, minute)), _) if is_next_day => (hour % 12, minute),
        (Some((hour, minute)), Some((_, true))) if hour < 12 => (hour + 12, minute),
        // 凌晨12点.
        (Some((12, minute)), Some((NO_TIME, false))) => (0, minute),
        // 中午1点.
        (Some((hour, minute)), Some(((12, _), false))) if hour < 4 => (hour + 12, minute),
        (Some(clock), _) | (None, Some((clock, _))) => clock,
        (None, None) => return Err(Unclear),
    };
    let time = NaiveTime::from_hms_opt(hour, minute, 0).ok_or(Unclear)?;
    if is_next_day {
        let night = spoken_day.unwrap_or(today).checked_add_days(Days::new(1));
        return Ok(local::at(night.ok_or(Unclear)?, time));
    }
    if let Some(day) = spoken_day {
        return Ok(local::at(day, time));
    }
    // A time alone is the next one, or the last one.
    let day = match (side, local::at(today, time)) {
        (Side::Ahead, at) if at < now_ms => today.checked_add_days(Days::new(1)),
        (Side::Behind, at) if at > now_ms => today.checked_sub_days(Days::new(1)),
        _ => Some(today),
    };
    Ok(local::at(day.ok_or(Unclear)?, time))
}

/// Reads a time counted from now: 1小时后, 半小时后, 20分钟后; or before it.
fn from_now(said: &str, now_ms: i64, side: Side) -> Option<i64> {
    let said: String = said.split_whitespace().collect();
    let (ends, sign) = match side {
        Side::Ahead => (["以后", "之后", "后"], 1),
        Side::Behind => (["以前", "之前", "前"], -1),
    };
    let said = ends.iter().find_map(|end| said.strip_suffix(end))?;
    let (count, unit) = [("个小时", 60), ("小时", 60), ("个钟头", 60), ("钟头", 60), ("分钟", 1), ("分", 1)]
        .iter()
        .find_map(|(word, minutes)| Some((said.strip_suffix(word)?, *minutes)))?;
    let number = |text: &str| text.parse::<i64>().ok().or_else(|| forms::number(text).map(i64::from));
    let minutes = match count.strip_suffix("个半").or_else(|| count.strip_suffix('半')) {
        Some("") => unit / 2,
        Some(whole) => number(whole)? * unit + unit / 2,
        None => number(count)? * unit,
    };
    let is_near = (1..=24 * 60).contains(&minutes);
    is_near.then(|| (now_ms / 60_000 + sign * minutes) * 60_000)
}

/// Takes the day out of what was said, if one is said.
fn take_day(rest: &mut String, today: NaiveDate, side: Side) -> Result<Option<NaiveDate>, Unclear> {
    if let Some(day) = take_weekday(rest, today, side) {
        return Ok(Some(day));
    }
    if let Some((word, days)) = DAYS.iter().find(|(word, _)| rest.trim_start().starts_with(word)) {
        *rest = rest.replacen(word, " ", 1);
        return Ok(today.checked_add_signed(chrono::TimeDelta::days(*days)));
    }
    let date = rest.trim_start().split([' ', 't']).next().unwrap_or_default().to_owned();
    // 5月20日晚 has no blank behind it.
    let end = date.find(['日', '号']).map_or(date.len(), |at| at + '日'.len_utf8());
    // Nor have 5-20晚 and 5.20上午 behind their figures.
    let figures = |sign: char| !sign.is_ascii_digit() && !['-', '/', '.', '年', '月', '日', '号'].contains(&sign);
    let end = date.find(figures).map_or(end, |at| at.min(end));
    let date = date.get(..end).unwrap_or_default();
    let is_date = date.contains(['-', '/', '月', '日', '号', '.']) && !date.contains([':', '点']);
    if !is_date {
        return Ok(None);
    }
    let parts = date.split(['-', '/', '.', '年', '月', '日', '号']).filter(|part| !part.is_empty());
    let numbers = parts.map(str::parse).collect::<Result<Vec<u32>, _>>().map_err(|_| Unclear)?;
    let day = match *numbers.as_slice() {
        // 19.30 is no day of any month, and how many write a time.
        [hour, minute] if date.contains('.') && hour > 12 && hour < 24 && minute < 60 => return Ok(None),
        [year, month, day] => i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day)),
        [month, day] => nearest_year(today, month, day, side),
        // A month alone is no day.
        [day] if !date.contains(['月', '年']) => nearest_month(today, day, side),
        _ => None,
    };
    *rest = rest.replacen(date, " ", 1);
    day.map(Some).ok_or(Unclear)
}

fn take_weekday(rest: &mut String, today: NaiveDate, side: Side) -> Option<NaiveDate> {
    let trimmed = rest.trim_start();
    let (next, named) = match trimmed.strip_prefix('下') {
        Some(named) => (1, named),
        None => (0, trimmed.strip_prefix(['本', '这']).unwrap_or(trimmed)),
    };
    let named = ["周", "星期", "礼拜"].iter().find_map(|week| named.strip_prefix(week))?;
    let (word, weekday) = WEEKDAYS.iter().find(|(word, _)| named.starts_with(word))?;
    let after = named.strip_prefix(word)?.to_owned();
    *rest = after;
    let monday = today.checked_sub_days(Days::new(today.weekday().num_days_from_monday().into()))?;
    let day = monday.checked_add_days(Days::new(u64::from(weekday.num_days_from_monday()) + next * 7))?;
    match side {
        Side::Ahead if next == 0 && day < today => day.checked_add_days(Days::new(7)),
        Side::Behind if day > today => day.checked_sub_days(Days::new(7)),
        _ => Some(day),
    }
}

fn nearest_year(today: NaiveDate, month: u32, day: u32, side: Side) -> Option<NaiveDate> {
    let this = NaiveDate::from_ymd_opt(today.year(), month, day);
    match side {
        Side::Ahead if this.is_some_and(|this| this < today) => NaiveDate::from_ymd_opt(today.year() + 1, month, day),
        Side::Behind if this.is_some_and(|this| this > today) => NaiveDate::from_ymd_opt(today.year() - 1, month, day),
        _ => this,
    }
}

fn nearest_month(today: NaiveDate, day: u32, side: Side) -> Option<NaiveDate> {
    let this = today.with_day(day);
    match side {
        Side::Ahead if day < today.day() => today.with_day(1)?.checked_add_months(Months::new(1))?.with_day(day),
        Side::Behind if day > today.day() => today.with_day(1)?.checked_sub_months(Months::new(1))?.with_day(day),
        _ => this,
    }
}

fn take_part(rest: &mut String) -> Option<((u32, u32), bool)> {
    let (word, time, later) = PARTS.iter().find(|(word, _, _)| rest.contains(word))?;
    *rest = rest.replacen(word, " ", 1);
    Some((*time, *later))
}

/// Takes a time of day out of what is left, if one is said.
fn take_clock(rest: &mut String) -> Result<Option<(u32, u32)>, Unclear> {
    let said: String = rest.split_whitespace().collect();
    rest.clear();
    let said = said.trim_end_matches("am").trim_start_matches("at");
    if said.is_empty() {
        return Ok(None);
    }
    let number = |text: &str| text.parse::<u32>().ok().or_else(|| forms::number(text)).ok_or(Unclear);
    let clock = match said.split_once(['点', ':', '时', '.']) {
        Some((hour, "" | "钟" | "整")) => (number(hour)?, 0),
        Some((hour, "半")) => (number(hour)?, 30),
        Some((hour, "一刻")) => (number(hour)?, 15),
        Some((hour, "三刻")) => (number(hour)?, 45),
        Some((hour, minute)) => {
            // A spreadsheet or RFC time has seconds behind it; they do not matter.
            let minute = minute.split([':', '+']).next().unwrap_or_default();
            (number(hour)?, number(minute.trim_end_matches('分'))?)
        }
        // 1930 and 930 are typed on a keypad; 19 is an hour.
        None => match (said.len(), said.parse::<u32>().map_err(|_| Unclear)?) {
            (3 | 4, number) => (number / 100, number % 100),
            (_, hour) => (hour, 0),
        },
    };
    Some(clock).filter(|clock| clock.0 < 24 && clock.1 < 60).map(Some).ok_or(Unclear)
}

#[cfg(test)]
mod tests {
    use super::super::local;
    use super::{Side, day, read, reading, since};

    /// Tuesday, 18 May 2021, 19:42.
    const NOW: i64 = 1_621_338_120_000;

    fn said(text: &str, side: Side) -> String {
        read(text, NOW, side).map_or_else(|| "?".to_owned(), in_full)
    }

    fn in_full(at: i64) -> String {
        local::rfc3339(at).get(..16).unwrap().replace('T', " ")
    }

    #[test]
    fn appointments_lie_ahead() {
        for (text, expected) in [
            ("今晚", "2021-05-18 19:30"),
            ("今晚 8点半", "2021-05-18 20:30"),
            ("今晚２０：００", "2021-05-18 20:00"),
            ("明天 19:30", "2021-05-19 19:30"),
            ("明天下午三点", "2021-05-19 15:00"),
            ("明早", "2021-05-19 08:00"),
            ("明晚7点", "2021-05-19 19:00"),
            ("后天上午", "2021-05-20 09:00"),
            ("大后天 8:05", "2021-05-21 08:05"),
            ("5-20 19:30", "2021-05-20 19:30"),
            ("5/20 1930", "2021-05-20 19:30"),
            ("5月20日晚", "2021-05-20 19:30"),
            ("５月２０号 19点", "2021-05-20 19:00"),
            ("20号晚上", "2021-05-20 19:30"),
            ("3号 9点", "2021-06-03 09:00"),
            ("1-5 10:00", "2022-01-05 10:00"),
            ("2021-06-01 08:30", "2021-06-01 08:30"),
            ("周三晚上", "2021-05-19 19:30"),
            ("周一 9点", "2021-05-24 09:00"),
            ("下周三 15:00", "2021-05-26 15:00"),
            ("20:15", "2021-05-18 20:15"),
            ("8:00", "2021-05-19 08:00"),
            ("tomorrow 19:30", "2021-05-19 19:30"),
            ("tonight", "2021-05-18 19:30"),
            ("晚上12点", "2021-05-19 00:00"),
            ("今晚0点", "2021-05-19 00:00"),
            ("半夜0点半", "2021-05-19 00:30"),
            ("明天凌晨12点半", "2021-05-19 00:30"),
            ("今晚12点", "2021-05-19 00:00"),
            ("明晚12点半", "2021-05-20 00:30"),
            ("明天晚上1点", "2021-05-20 01:00"),
            ("明天凌晨5点", "2021-05-19 05:00"),
            ("明天中午12点", "2021-05-19 12:00"),
            ("5-20晚", "2021-05-20 19:30"),
            ("5-20晚8点", "2021-05-20 20:00"),
            ("5.20上午", "2021-05-20 09:00"),
            ("5.20 19.30", "2021-05-20 19:30"),
            ("19.30", "2021-05-19 19:30"),
            ("20.15", "2021-05-18 20:15"),
            ("明天 8.30", "2021-05-19 08:30"),
            ("明天 930", "2021-05-19 09:30"),
            ("下午 530", "2021-05-19 17:30"),
            ("周日下午", "2021-05-23 15:00"),
            ("下周三晚", "2021-05-26 19:30"),
            ("1小时后", "2021-05-18 20:42"),
            ("半小时后", "2021-05-18 20:12"),
            ("两个半小时以后", "2021-05-18 22:12"),
            ("20分钟后", "2021-05-18 20:02"),
        ] {
            assert_eq!(said(text, Side::Ahead), expected, "{text}");
        }
    }

    #[test]
    fn what_is_entered_later_lies_behind() {
        for (text, expected) in [
            ("昨晚", "2021-05-17 19:30"),
            ("前天下午4点", "2021-05-16 16:00"),
            ("5-12 19:30", "2021-05-12 19:30"),
            ("12-30 10:00", "2020-12-30 10:00"),
            ("周五 16:00", "2021-05-14 16:00"),
            ("20号 9点", "2021-04-20 09:00"),
            ("20:15", "2021-05-17 20:15"),
            ("yesterday 16:00", "2021-05-17 16:00"),
            ("1小时前", "2021-05-18 18:42"),
        ] {
            assert_eq!(said(text, Side::Behind), expected, "{text}");
        }
    }

    // What a clock showed that is hours ahead was taken for yesterday's, and past midnight for last year's.
    #[test]
    fn what_a_clock_shows_is_the_moment_nearest_to_now() {
        for (text, expected) in [
            ("22:42", "2021-05-18 22:42"),
            ("16:42", "2021-05-18 16:42"),
            ("5:00", "2021-05-19 05:00"),
            ("8:00", "2021-05-18 08:00"),
            ("5-19 00:40", "2021-05-19 00:40"),
            ("5-17 23:00", "2021-05-17 23:00"),
            ("12-30 10:00", "2020-12-30 10:00"),
            ("10-30 10:00", "2021-10-30 10:00"),
            ("20号 9点", "2021-05-20 09:00"),
            ("4号 9点", "2021-05-04 09:00"),
            ("1号 9点", "2021-06-01 09:00"),
            ("周三 0:40", "2021-05-19 00:40"),
            ("周日 9:00", "2021-05-16 09:00"),
            ("2031-05-18 19:42", "2031-05-18 19:42"),
            ("1小时前", "2021-05-18 18:42"),
            ("1小时后", "2021-05-18 20:42"),
            ("明天 0:10", "2021-05-19 00:10"),
        ] {
            assert_eq!(reading(text, NOW).map(in_full).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(reading("25:00", NOW), None);
    }

    // Nothing but 2020-10-03 was taken.
    #[test]
    fn since_when_may_be_said_as_a_day_a_month_or_a_year() {
        for (text, expected) in [
            ("2020-10-03", "2020-10-03"),
            ("２０２０．１０．３", "2020-10-03"),
            ("2020年10月3日", "2020-10-03"),
            ("5.12", "2021-05-12"),
            ("5月12日", "2021-05-12"),
            ("5月28日", "2020-05-28"),
            ("昨天", "2021-05-17"),
            ("去年10月", "2020-10-01"),
            ("去年十月份", "2020-10-01"),
            ("去年10月3号", "2020-10-03"),
            ("去年10-3", "2020-10-03"),
            ("前年", "2019-01-01"),
            ("大前年", "2018-01-01"),
            ("last year", "2020-01-01"),
            ("2019年", "2019-01-01"),
            ("2019", "2019-01-01"),
            ("2019年起", "2019-01-01"),
            ("2020-10", "2020-10-01"),
            ("2020.10", "2020-10-01"),
            ("2020年10月起", "2020-10-01"),
            ("3月", "2021-03-01"),
            ("10月", "2020-10-01"),
        ] {
            assert_eq!(since(text, NOW).map(|day| day.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "很久了", "十几年", "去年冬天", "2020-13", "3", "20年", "2019人"] {
            assert_eq!(since(text, NOW), None, "{text}");
        }
    }

    // 6月 was the sixth of this month.
    #[test]
    fn a_month_alone_is_no_day() {
        assert_eq!(day("6月", NOW, Side::Ahead), None);
        assert!(day("6号", NOW, Side::Ahead).is_some());
    }

    #[test]
    fn what_is_not_a_time_is_not_guessed() {
        for text in [
            "",
            "明天",
            "改天",
            "25:00",
            "2-30 9:00",
            "明天 19:75",
            "5-20",
            "晚点再说",
            "13-01 9:00",
            "-",
            "99号 9点",
            "520",
            "930",
            "5.20",
            "明天凌晨",
            "大后天",
            "周日",
            "100小时后",
            "一会儿后",
        ] {
            assert_eq!(said(text, Side::Ahead), "?", "{text}");
        }
    }
}
