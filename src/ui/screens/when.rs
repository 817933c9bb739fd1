//! When: a time as it was understood, in full, and what is still missing of one that is not.

use crate::domain::local;
use crate::domain::spoken::{self, Side};
use crate::text::{Said, t};

/// Says a moment in full: 5月19日 周三 19:30.
pub(super) fn in_full(at: i64, now_ms: i64) -> Said {
    let (day, today) = (local::day(at), local::day(now_ms));
    let year = if chrono::Datelike::year(&day) == chrono::Datelike::year(&today) {
        String::new()
    } else {
        format!("{} ", chrono::Datelike::year(&day))
    };
    t("{year}{day} {clock}", "{year}{day} {clock}")
        .with("year", year)
        .with_words("day", local::said_day(day))
        .with("clock", local::clock(at))
}

/// Asks for the time of a day that is said without one; nothing where no day is said.
pub(super) fn hour(said: &str, now_ms: i64, side: Side) -> Option<Said> {
    let day = spoken::day(said, now_ms, side)?;
    let words = t("{day}, 几点? 接着写, 如 19:30 或 晚上.", "{day}, at what time? Go on: 19:30, or evening.");
    Some(words.with_words("day", local::said_day(day)))
}

/// Says why what is entered later was not then: its hour is missing, it lies ahead, or nothing is understood of it; `at` is how it
/// was understood.
pub(super) fn not_behind(said: &str, at: Option<i64>, now_ms: i64) -> Said {
    if let Some(at) = at {
        let ahead = t("{full}, 还没到, 没记.", "{full} lies ahead, nothing is recorded.");
        return Said::from(ahead).with_words("full", in_full(at, now_ms));
    }
    let day = spoken::day(said, now_ms, Side::Behind).filter(|day| *day <= local::day(now_ms));
    let hour = day.and_then(|_| hour(said, now_ms, Side::Behind));
    hour.unwrap_or_else(|| {
        t(
            "时间看不懂, 还没记. 写成 昨晚 7点, 或 5-12 19:30.",
            "The time is not understood, nothing is recorded. Write yesterday 19:00, or 5-12 19:30.",
        )
        .into()
    })
}
