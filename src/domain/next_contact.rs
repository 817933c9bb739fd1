//! Next contact 下次联系: words that name a time become its date when they are written, as 明天 is another day a week later.
//!
//! Words that are a time and nothing else are its date; behind other words the date stands in brackets, and none of them is
//! changed. Words that name no time stay as they are.

use chrono::{NaiveDate, NaiveTime};

use super::local;
use super::spoken::{self, Side};

/// So many characters at the beginning may name a time; the longest words for one have about fifteen.
const LONGEST: usize = 24;

/// Nobody agrees on a day that far ahead: a date that is over is not the one of next year.
const FARTHEST_MS: i64 = 300 * 24 * 3_600_000;

/// Words beside a time which say that it is not the one to come, or not for sure.
const OTHERWISE: [&str; 8] = ["不", "没", "别", "有事", "去", "忙", "改天", "再说"];

/// Words before a time which say that it is one to meet: 另约 11-29.
const LED: [&str; 7] = ["另约", "改约", "再约", "约好", "约在", "约到", "约"];

/// What was said of the next contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextContact {
    /// The words, with the date of the time they name.
    pub words: String,
    /// The moment that they name, milliseconds since 1970 UTC; none where they name none, or a day without a time.
    pub at: Option<i64>,
    /// The day that they name.
    pub day: Option<NaiveDate>,
}

impl NextContact {
    /// Reads what is said while it is `now_ms`, milliseconds since 1970 UTC. What lies behind is no time to meet.
    pub fn of(said: &str, now_ms: i64) -> Self {
        let said = said.trim();
        let plain = |at| Self { words: said.to_owned(), at, day: None };
        if let Some(time) = whole(said, now_ms) {
            return time.said(time.short(now_ms), now_ms);
        }
        // What was dated before keeps its date.
        let dated = said.strip_suffix(')').and_then(|said| said.rsplit_once(" (")).map(|(_, date)| date);
        if let Some(time) = dated.and_then(|date| whole(date, now_ms)) {
            return time.said(said.to_owned(), now_ms);
        }
        let led = || led(said).and_then(|said| whole(said, now_ms).or_else(|| beginning(said, now_ms)));
        let Some(time) = beginning(said, now_ms).or_else(led) else { return plain(None) };
        let date = time.short(now_ms);
        time.said(if said.contains(&date) { said.to_owned() } else { format!("{said} ({date})") }, now_ms)
    }
}

/// A time that words name.
#[derive(Clone, Copy)]
enum Time {
    Moment(i64),
    Day(NaiveDate),
}

impl Time {
    fn day(self) -> NaiveDate {
        match self {
            Self::Moment(at) => local::day(at),
            Self::Day(day) => day,
        }
    }

    /// Writes it as an appointment is written, and as it is understood again.
    fn short(self, now_ms: i64) -> String {
        let day = |at| local::short_day_beside(at, now_ms);
        match self {
            Self::Moment(at) => format!("{} {}", day(at), local::clock(at)),
            Self::Day(said) => day(local::at(said, NaiveTime::default())),
        }
    }

    fn said(self, words: String, now_ms: i64) -> NextContact {
        let at = match self {
            Self::Moment(at) => Some(at).filter(|at| *at >= now_ms),
            Self::Day(_) => None,
        };
        NextContact { words, at, day: Some(self.day()) }
    }
}

/// Gives what stands behind words that lead to a time.
fn led(said: &str) -> Option<&str> {
    let said = LED.iter().find_map(|word| said.strip_prefix(word))?;
    Some(said.trim_start_matches([' ', '\u{3000}', ':', '：', ',', '，']))
}

/// Reads words that are a time or a day and nothing else.
fn whole(said: &str, now_ms: i64) -> Option<Time> {
    moment(said, now_ms).map(Time::Moment).or_else(|| day(said, now_ms).map(Time::Day))
}

fn moment(said: &str, now_ms: i64) -> Option<i64> {
    spoken::read(said, now_ms, Side::Ahead).filter(|at| (now_ms..=now_ms.saturating_add(FARTHEST_MS)).contains(at))
}

fn day(said: &str, now_ms: i64) -> Option<NaiveDate> {
    let farthest = local::day(now_ms.saturating_add(FARTHEST_MS));
    spoken::day(said, now_ms, Side::Ahead).filter(|day| (local::day(now_ms)..=farthest).contains(day))
}

/// Finds the longest beginning that names a day, with or without a time: 周五晚上 of 周五晚上来电. A time alone is none, as 3点 of
/// 3点意见 is no hour, nor is a day in figures, as 5号 of 5号楼; nor where the words say that it is another time: 周五晚上不在家.
fn beginning(said: &str, now_ms: i64) -> Option<Time> {
    if OTHERWISE.iter().any(|word| said.contains(word)) {
        return None;
    }
    let ends = said.char_indices().map(|(at, _)| at).skip(1).take(LONGEST).collect::<Vec<_>>();
    let heads = || ends.iter().rev().filter_map(|end| said.get(..*end));
    let names_a_day = |head: &str| {
        head.char_indices().skip(1).any(|(at, _)| head.get(..at).is_some_and(|part| day(part, now_ms).is_some()))
    };
    // 周五520 of 周五520元.
    let is_clock =
        |head: &str| !head.ends_with(|sign: char| sign.is_numeric()) || head.contains(['点', ':', '：', '时']);
    let first = heads()
        .filter(|head| is_clock(head) && names_a_day(head))
        .find_map(|head| moment(head, now_ms).map(Time::Moment));
    let is_figure = said.starts_with(|sign: char| sign.is_numeric());
    let two = |head: &&str| head.chars().nth(1).is_some() && !is_figure;
    first.or_else(|| heads().filter(two).find_map(|head| day(head, now_ms)).map(Time::Day))
}

#[cfg(test)]
mod tests {
    use super::NextContact;
    use crate::domain::local;

    /// 18 May 2021, a Tuesday, 19:42.
    const NOW: i64 = 1_621_338_120_000;

    #[test]
    fn words_that_name_a_time_get_its_date_and_all_others_stay() {
        for (said, words, clock) in [
            ("明天7点", "5-19 07:00", Some("07:00")),
            ("下周三晚上7点半", "5-26 19:30", Some("19:30")),
            ("12-2 19:30", "12-2 19:30", Some("19:30")),
            ("1-3 9点", "2022-1-3 09:00", Some("09:00")),
            ("周五", "5-21", None),
            ("周五晚上来电", "周五晚上来电 (5-21 19:30)", Some("19:30")),
            ("周五来电", "周五来电 (5-21)", None),
            ("后天下午3点带政策来", "后天下午3点带政策来 (5-20 15:00)", Some("15:00")),
            ("另约 11-29", "另约 11-29", None),
            ("另约11-29 9点", "另约11-29 9点 (11-29 09:00)", Some("09:00")),
            ("约好周五晚上来电", "约好周五晚上来电 (5-21 19:30)", Some("19:30")),
            ("另约", "另约", None),
            ("约5号楼的人来", "约5号楼的人来", None),
            ("约周五晚上不在家", "约周五晚上不在家", None),
            ("等她儿子回来", "等她儿子回来", None),
            ("明年再说", "明年再说", None),
            ("3点意见要落实", "3点意见要落实", None),
            ("5号楼的人来", "5号楼的人来", None),
            ("周五520元发下来", "周五520元发下来 (5-21)", None),
            ("昨天7点", "昨天7点", None),
            ("5-17 07:00", "5-17 07:00", None),
            ("周五晚上不在家, 周六来", "周五晚上不在家, 周六来", None),
            ("今晚有事, 改天", "今晚有事, 改天", None),
            ("明天上午她去医院, 下午再来", "明天上午她去医院, 下午再来", None),
            ("", "", None),
        ] {
            let next = NextContact::of(said, NOW);
            assert_eq!((next.words.as_str(), next.at.map(local::clock).as_deref()), (words, clock), "{said}");
            // Written once more it says the same.
            let again = NextContact::of(&next.words, NOW);
            assert_eq!((&again.words, again.at), (&next.words, next.at), "{said}");
        }
    }

    // 另约 11-29 read like an appointment, was none, and nothing said that its hour was missing.
    #[test]
    fn a_day_that_words_lead_to_is_one_without_its_hour() {
        let day = |said: &str| NextContact::of(said, NOW).day.map(|day| day.to_string());
        for said in ["另约 11-29", "11-29", "另约：11-29"] {
            assert_eq!((day(said).as_deref(), NextContact::of(said, NOW).at), (Some("2021-11-29"), None), "{said}");
        }
        assert_eq!((day("约5户人家"), day("约30户反映过")), (None, None));
    }
}
