//! Spoken times: 今晚 19:30, 明天 8点半, 周三下午, 5-20 19:30, as people type them for an appointment or a paper form.
//!
//! A day without a year is the nearest one on the side that is meant: an appointment lies ahead, a visit entered later
//! lies behind. What is understood is shown back in full, with the weekday, before anything is recorded.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, Weekday};

mod hours;
pub mod length;

pub use hours::Hours;

use hours::Clock;

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
const PARTS: [(&str, (u32, u32), bool); 17] = [
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
    ("am", NO_TIME, false),
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

/// Reads a spoken time of a visit, in milliseconds since 1970 UTC. None where the day or the time of day is not understood, or
/// where no time of day is said at all.
pub fn read(said: &str, now_ms: i64, side: Side) -> Option<i64> {
    read_in(Hours::Day, said, now_ms, side)
}

/// Reads a spoken time as [`read`] does, of what has hours of its own.
pub fn read_in(hours: Hours, said: &str, now_ms: i64, side: Side) -> Option<i64> {
    understand(said, now_ms, side, hours).ok()
}

/// Reads what a clock shows while it is `now_ms`: ahead or behind, the moment that lies nearer. No side is meant of a clock that is
/// wrong: 23:10 at 20:10 is three hours ahead, not yesterday's.
pub fn reading(said: &str, now_ms: i64) -> Option<i64> {
    let both = [Side::Behind, Side::Ahead].map(|side| read_in(Hours::Clock, said, now_ms, side));
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

fn understand(said: &str, now_ms: i64, side: Side, hours: Hours) -> Result<i64, Unclear> {
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
    let is_next_day = is_night && clock.is_some_and(|clock| clock.hour == 12 || clock.hour < 5);
    let (hour, minute) = match (clock, part) {
        (Some(clock), _) if is_next_day => (clock.hour % 12, clock.minute),
        (Some(clock), Some((_, true))) if clock.hour < 12 => (clock.hour + 12, clock.minute),
        // 凌晨12点, 12 am.
        (Some(Clock { hour: 12, minute, .. }), Some((NO_TIME, false))) => (0, minute),
        // 中午1点.
        (Some(clock), Some(((12, _), false))) if clock.hour < 4 => (clock.hour + 12, clock.minute),
        (Some(clock), Some(_)) => (clock.hour, clock.minute),
        (Some(clock), None) => (hours.of(clock), clock.minute),
        (None, Some((clock, _))) => clock,
        (None, None) => return Err(Unclear),
    };
    let time = NaiveTime::from_hms_opt(hour, minute, 0).ok_or(Unclear)?;
    if is_next_day {
        let night = spoken_day.unwrap_or(today).checked_add_days(Days::new(1));
        return Ok(local::at(night.ok_or(Unclear)?, time));
    }
    if let Some(day) = spoken_day {
        let at = local::at(day, time);
        // 今天5点 of what has happened, said before the afternoon has come.
        let as_said = clock.filter(|clock| part.is_none() && side == Side::Behind && at > now_ms && clock.hour != hour);
        let morning = as_said.and_then(|clock| NaiveTime::from_hms_opt(clock.hour, minute, 0));
        return Ok(morning.map_or(at, |morning| local::at(day, morning)));
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
    let minutes = i64::try_from(length::with_unit(said)?).ok()?;
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
fn take_clock(rest: &mut String) -> Result<Option<Clock>, Unclear> {
    let said: String = rest.split_whitespace().collect();
    rest.clear();
    let said = said.trim_start_matches("at").trim_end_matches("o'clock");
    if said.is_empty() {
        return Ok(None);
    }
    let number = |text: &str| text.parse::<u32>().ok().or_else(|| forms::number(text)).ok_or(Unclear);
    let hour = said.split(['点', ':', '时', '.']).next().unwrap_or_default();
    let (time, with_seconds) = match said.split_once(['点', ':', '时', '.']) {
        Some((hour, "" | "钟" | "整")) => ((number(hour)?, 0), false),
        Some((hour, "半")) => ((number(hour)?, 30), false),
        Some((hour, "一刻")) => ((number(hour)?, 15), false),
        Some((hour, "三刻")) => ((number(hour)?, 45), false),
        Some((hour, minute)) => {
            // A spreadsheet or RFC time has seconds behind it; they do not matter.
            let (minute, seconds) = minute.split_once([':', '+']).unwrap_or((minute, ""));
            ((number(hour)?, number(minute.trim_end_matches('分'))?), !seconds.is_empty())
        }
        // 1930 and 930 are typed on a keypad; 19 is an hour.
        None => match (said.len(), said.parse::<u32>().map_err(|_| Unclear)?) {
            (3 | 4, number) => ((number / 100, number % 100), false),
            (_, hour) => ((hour, 0), false),
        },
    };
    let (hour, minute, is_of_24) = (time.0, time.1, with_seconds || hour.starts_with('0'));
    let clock = Some(Clock { hour, minute, is_of_24 }).filter(|clock| clock.hour < 24 && clock.minute < 60);
    clock.map(Some).ok_or(Unclear)
}

#[cfg(test)]
mod tests;
