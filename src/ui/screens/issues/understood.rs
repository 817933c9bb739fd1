//! Understood: how the lines of a step are read, days as people say them and the issue that another one is joined to.

use chrono::NaiveDate as Day;

use crate::app::{Docket, Entry};
use crate::domain::Name;
use crate::domain::spoken::{self, Side};
use crate::hanzi::forms;
use crate::ui::desk::Desk;

/// Lines that hold a day which lies ahead.
const AHEAD: [&str; 3] = ["until", "finish", "milestone"];

/// Tells whether a line holds a day.
pub(super) fn is_day(key: &str) -> bool {
    key == "on" || AHEAD.contains(&key)
}

/// Reads the day in a line.
pub(super) fn day(key: &str, text: &str, now_ms: i64) -> Option<Day> {
    spoken::day(text, now_ms, if key == "on" { Side::Behind } else { Side::Ahead })
}

/// Takes the number off that picks among several: `王成友 #2`.
fn picked(typed: &str) -> (String, Option<usize>) {
    let typed = forms::half_width(typed).into_owned();
    match typed.rsplit_once('#') {
        Some((words, number)) => match number.trim().parse() {
            Ok(number) => (words.trim().to_owned(), Some(number)),
            Err(_) => (typed, None),
        },
        None => (typed, None),
    }
}

/// Finds the issues that what was typed may mean, and the one that it does mean.
pub(super) fn joined(typed: &str, own: Name, docket: &Docket, desk: &Desk) -> (Vec<Entry>, Option<Name>) {
    let (words, number) = picked(typed);
    let Some(house) = desk.session.house().filter(|_| !words.trim().is_empty()) else { return (Vec::new(), None) };
    let Ok(sieve) = house.sieve(&words, &desk.session.speaker()) else { return (Vec::new(), None) };
    let others = docket.0.iter().filter(|entry| entry.case.issue.name != own && sieve.means(entry));
    let found: Vec<Entry> = others.cloned().collect();
    let at = match number {
        Some(number) => found.get(number.wrapping_sub(1)),
        None => found.first().filter(|_| found.len() == 1),
    };
    let meant = at.map(|entry| entry.case.issue.name);
    (found, meant)
}

#[cfg(test)]
mod tests {
    use super::picked;

    #[test]
    fn a_number_behind_the_words_picks_among_several() {
        assert_eq!(picked("王成友 #2"), ("王成友".to_owned(), Some(2)));
        assert_eq!(picked("王成友＃２"), ("王成友".to_owned(), Some(2)));
        assert_eq!(picked("5#楼"), ("5#楼".to_owned(), None));
    }
}
