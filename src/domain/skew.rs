//! Clocks that cannot be right: an export from the future, or from before the program existed.
//!
//! Only what shows by itself is said: a file that was made before it was brought may be days old, so a clock that is slow
//! by days cannot be told from a stick that lay about.

use crate::text::{Said, t};

/// A clock ahead by less is nobody's mistake: ten minutes.
const SLACK_MS: i64 = 10 * 60_000;
/// No export is older than the program: 2020-01-01 UTC.
pub const BEGINNING_MS: i64 = 1_577_836_800_000;
/// An error of so much puts days and deadlines wrong, and is corrected, not passed over: two days.
pub const CORRECTED_MS: i64 = 2 * DAY_MS;
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Says what is wrong with the clock of a laptop that exported at a moment, seen from ours; none where it may be right.
/// Either clock may be the wrong one. One that is itself before the program existed says of no other that it is ahead.
pub fn doubt(exported_ms: i64, now_ms: i64) -> Option<Said> {
    if exported_ms < BEGINNING_MS {
        let year = chrono::Datelike::year(&super::local::day(exported_ms));
        return Some(t("那台电脑的时间是 {year} 年", "that laptop's clock says {year}").with("year", year));
    }
    let ahead = exported_ms.saturating_sub(now_ms);
    if ahead < SLACK_MS || now_ms < BEGINNING_MS {
        return None;
    }
    Some(Said::from(t("那台电脑的时间{error}", "that laptop's clock is {error}")).with_words("error", error(ahead)))
}

/// Tells whether it is a clock's own that is wrong where it is early: most other laptops, two at least, have come further, and lie
/// nearer to one another than to it. Gives how far they have come.
pub fn outvoted(others: impl IntoIterator<Item = i64>, now_ms: i64) -> Option<i64> {
    let mut others: Vec<i64> = others.into_iter().collect();
    let most = (others.len() / 2 + 1).max(2);
    others.sort_unstable();
    let ahead = others.partition_point(|other| other.saturating_sub(now_ms) < SLACK_MS);
    let together =
        others.get(ahead..)?.windows(most).filter_map(|some| some.first().copied().zip(some.last().copied()));
    let mut nearer = together.filter(|(first, last)| last.saturating_sub(*first) < first.saturating_sub(now_ms));
    nearer.next().map(|(_, last)| last)
}

/// Says by how much a clock is wrong: 快 3652 天, 慢 2 小时.
pub fn error(ahead_ms: i64) -> Said {
    let size = ahead_ms.saturating_abs();
    let (unit, words) = match (size, ahead_ms >= 0) {
        (..HOUR_MS, true) => (60_000, t("快 {n} 分钟", "{n} {n:minute|minutes} ahead")),
        (..HOUR_MS, false) => (60_000, t("慢 {n} 分钟", "{n} {n:minute|minutes} behind")),
        (HOUR_MS..DAY_MS, true) => (HOUR_MS, t("快 {n} 小时", "{n} {n:hour|hours} ahead")),
        (HOUR_MS..DAY_MS, false) => (HOUR_MS, t("慢 {n} 小时", "{n} {n:hour|hours} behind")),
        (_, true) => (DAY_MS, t("快 {n} 天", "{n} {n:day|days} ahead")),
        (_, false) => (DAY_MS, t("慢 {n} 天", "{n} {n:day|days} behind")),
    };
    words.with("n", whole(size, unit))
}

/// How many whole units a time is; of days the nearest: a clock set ten years ahead is so by 3652 days at whatever hour it is compared.
const fn whole(size_ms: i64, unit_ms: i64) -> i64 {
    let half = if unit_ms == DAY_MS { DAY_MS / 2 } else { 0 };
    size_ms.saturating_add(half) / unit_ms
}

/// Says that a clock went back, and by how much: 往回走了 30 天.
pub fn went_back(by_ms: i64) -> Said {
    let (unit, words) = match by_ms {
        ..HOUR_MS => {
            (60_000, t("那台电脑的时间往回走了 {n} 分钟", "that laptop's clock went back by {n} {n:minute|minutes}"))
        }
        HOUR_MS..DAY_MS => {
            (HOUR_MS, t("那台电脑的时间往回走了 {n} 小时", "that laptop's clock went back by {n} {n:hour|hours}"))
        }
        _ => (DAY_MS, t("那台电脑的时间往回走了 {n} 天", "that laptop's clock went back by {n} {n:day|days}")),
    };
    words.with("n", by_ms / unit)
}

/// Says by how much a clock is wrong, to the minute: 快 3652 天 1 小时 5 分钟.
pub fn error_in_full(ahead_ms: i64) -> Said {
    let size = ahead_ms.saturating_abs();
    let parts = [
        (size / DAY_MS, t("{n} 天", "{n} {n:day|days}")),
        (size % DAY_MS / HOUR_MS, t("{n} 小时", "{n} {n:hour|hours}")),
        (size % HOUR_MS / 60_000, t("{n} 分钟", "{n} {n:minute|minutes}")),
    ];
    let said = parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, words)| words.with("n", n)).reduce(Said::then);
    let words = if ahead_ms >= 0 { t("快 {size}", "{size} ahead") } else { t("慢 {size}", "{size} behind") };
    Said::from(words).with_words("size", said.unwrap_or_else(|| t("0 分钟", "0 minutes").into()))
}

#[cfg(test)]
mod tests {
    use super::{DAY_MS, doubt, error_in_full, outvoted};
    use crate::text::Lang;

    // Set up in 2020 it said of every laptop of the campaign that it was a year ahead.
    #[test]
    fn one_that_is_behind_all_others_is_wrong_itself_and_one_against_one_is_not() {
        let now = 1_621_338_120_000;
        let of = |days: &[i64]| outvoted(days.iter().map(|day| now + day * DAY_MS), now).map(|at| (at - now) / DAY_MS);
        assert_eq!((of(&[]), of(&[351]), of(&[0, 0, -3])), (None, None, None));
        assert_eq!((of(&[351, 353]), of(&[351, 353, 3_652]), of(&[351, -90, 353])), (Some(353), Some(353), Some(353)));
        assert_eq!((of(&[1, 3_652]), of(&[3_652, 0]), of(&[3_652, 3_653, 0, 0])), (None, None, None));
        assert_eq!(outvoted([now + 540_000, now + 580_000], now), None, "minutes are nobody's mistake");
        assert_eq!(outvoted([i64::MAX, i64::MAX], i64::MIN), Some(i64::MAX));
    }

    #[test]
    fn an_export_from_the_future_or_from_1970_is_doubted_and_an_old_one_is_not() {
        let now = 1_621_338_120_000;
        let said = |at: i64| doubt(at, now).map(|said| said.say(Lang::Zh));
        assert_eq!((said(now), said(now + 9 * 60_000), said(now - 90 * 86_400_000)), (None, None, None));
        assert_eq!(said(now + 20 * 60_000).as_deref(), Some("那台电脑的时间快 20 分钟"));
        assert_eq!(said(now + 5 * 3_600_000).as_deref(), Some("那台电脑的时间快 5 小时"));
        assert_eq!(said(now + 3_652 * 86_400_000).as_deref(), Some("那台电脑的时间快 3652 天"));
        let late = 40 * 60_000;
        assert_eq!(
            said(now + 3_652 * 86_400_000 - late).as_deref(),
            Some("那台电脑的时间快 3652 天"),
            "to the nearest"
        );
        assert_eq!(said(0).as_deref(), Some("那台电脑的时间是 1970 年"));
        assert_eq!((doubt(now, 60_000), doubt(0, 60_000).is_some()), (None, true), "seen from 1970 nobody is ahead");
        let full = |ahead: i64| error_in_full(ahead).say(Lang::Zh);
        assert_eq!(full(3_652 * DAY_MS + 65 * 60_000), "快 3652 天 1 小时 5 分钟");
        assert_eq!((full(-30 * 60_000), full(2 * DAY_MS)), ("慢 30 分钟".to_owned(), "快 2 天".to_owned()));
        assert!(doubt(i64::MAX / 2, now).is_some() && doubt(i64::MIN / 2, now).is_some());
    }
}
