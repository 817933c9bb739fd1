//! Hours: what an hour means that is said without a word for the part of the day. Visits are by day and talks in the evening, so a
//! small hour is one behind noon; 早, 凌晨, 上午, am and a clock of 24 hours (03:00, 0330, 3:00:00) say otherwise.

use std::ops::RangeInclusive;

/// What the hours are said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hours {
    /// A visit or an appointment.
    Day,
    /// An evening talk.
    Evening,
    /// What a clock shows.
    Clock,
}

/// The hours that are behind noon.
const BEHIND_NOON: [(Hours, RangeInclusive<u32>); 2] = [(Hours::Day, 1..=6), (Hours::Evening, 1..=11)];

/// A time of day as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: u32,
    pub minute: u32,
    /// Said as a clock of 24 hours shows it: 03:00.
    pub is_of_24: bool,
}

impl Hours {
    /// Gives the hour, of 24, that is meant without a word for the part of the day.
    pub(super) fn of(self, clock: Clock) -> u32 {
        let is_behind_noon =
            |(hours, small): &(Self, RangeInclusive<u32>)| *hours == self && small.contains(&clock.hour);
        let moves = !clock.is_of_24 && BEHIND_NOON.iter().any(is_behind_noon);
        if moves { clock.hour + 12 } else { clock.hour }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::local;
    use super::super::{Side, read_in, reading};
    use super::Hours;

    /// Tuesday, 18 May 2021, 10:00.
    const MORNING: i64 = 1_621_303_200_000;

    /// The same day, 19:42.
    const NIGHT: i64 = 1_621_338_120_000;

    fn said(hours: Hours, text: &str, now_ms: i64, side: Side) -> String {
        let full = |at: i64| local::rfc3339(at).get(5..16).unwrap().replace('T', " ");
        read_in(hours, text, now_ms, side).map_or_else(|| "?".to_owned(), full)
    }

    // 明天3点 made an appointment for 03:00, and nobody was asked.
    #[test]
    fn small_hours_without_a_word_are_those_behind_noon_and_any_word_or_a_clock_of_24_hours_says_otherwise() {
        for (text, day, evening, clock) in [
            ("明天0点", "05-19 00:00", "05-19 00:00", "05-19 00:00"),
            ("明天1点", "05-19 13:00", "05-19 13:00", "05-19 01:00"),
            ("明天2点", "05-19 14:00", "05-19 14:00", "05-19 02:00"),
            ("明天3点", "05-19 15:00", "05-19 15:00", "05-19 03:00"),
            ("明天4点", "05-19 16:00", "05-19 16:00", "05-19 04:00"),
            ("明天5点", "05-19 17:00", "05-19 17:00", "05-19 05:00"),
            ("明天6点", "05-19 18:00", "05-19 18:00", "05-19 06:00"),
            ("明天7点", "05-19 07:00", "05-19 19:00", "05-19 07:00"),
            ("明天8点", "05-19 08:00", "05-19 20:00", "05-19 08:00"),
            ("明天9点", "05-19 09:00", "05-19 21:00", "05-19 09:00"),
            ("明天10点", "05-19 10:00", "05-19 22:00", "05-19 10:00"),
            ("明天11点", "05-19 11:00", "05-19 23:00", "05-19 11:00"),
            ("明天12点", "05-19 12:00", "05-19 12:00", "05-19 12:00"),
            ("明天13点", "05-19 13:00", "05-19 13:00", "05-19 13:00"),
            // However it is written.
            ("明天三点", "05-19 15:00", "05-19 15:00", "05-19 03:00"),
            ("明天两点半", "05-19 14:30", "05-19 14:30", "05-19 02:30"),
            ("明天３点一刻", "05-19 15:15", "05-19 15:15", "05-19 03:15"),
            ("明天3点钟", "05-19 15:00", "05-19 15:00", "05-19 03:00"),
            ("明天 3", "05-19 15:00", "05-19 15:00", "05-19 03:00"),
            ("明天 3:30", "05-19 15:30", "05-19 15:30", "05-19 03:30"),
            ("明天 3.30", "05-19 15:30", "05-19 15:30", "05-19 03:30"),
            ("明天 330", "05-19 15:30", "05-19 15:30", "05-19 03:30"),
            ("5-20 3点", "05-20 15:00", "05-20 15:00", "05-20 03:00"),
            ("周三3点", "05-19 15:00", "05-19 15:00", "05-19 03:00"),
            ("tomorrow 3", "05-19 15:00", "05-19 15:00", "05-19 03:00"),
            ("tomorrow at 3:30", "05-19 15:30", "05-19 15:30", "05-19 03:30"),
            ("tomorrow at 3 o'clock", "05-19 15:00", "05-19 15:00", "05-19 03:00"),
            // A clock of 24 hours.
            ("明天 03:00", "05-19 03:00", "05-19 03:00", "05-19 03:00"),
            ("明天０３：３０", "05-19 03:30", "05-19 03:30", "05-19 03:30"),
            ("明天 0330", "05-19 03:30", "05-19 03:30", "05-19 03:30"),
            ("明天03点", "05-19 03:00", "05-19 03:00", "05-19 03:00"),
            ("明天 3:00:00", "05-19 03:00", "05-19 03:00", "05-19 03:00"),
            ("tomorrow 07:30", "05-19 07:30", "05-19 07:30", "05-19 07:30"),
            // A word for the part of the day.
            ("明天凌晨3点", "05-19 03:00", "05-19 03:00", "05-19 03:00"),
            ("明早6点", "05-19 06:00", "05-19 06:00", "05-19 06:00"),
            ("明天早上5点半", "05-19 05:30", "05-19 05:30", "05-19 05:30"),
            ("明天上午8点", "05-19 08:00", "05-19 08:00", "05-19 08:00"),
            ("明天中午1点", "05-19 13:00", "05-19 13:00", "05-19 13:00"),
            ("明天下午3点", "05-19 15:00", "05-19 15:00", "05-19 15:00"),
            ("明晚7点", "05-19 19:00", "05-19 19:00", "05-19 19:00"),
            ("tomorrow 3 am", "05-19 03:00", "05-19 03:00", "05-19 03:00"),
            ("tomorrow 12am", "05-19 00:00", "05-19 00:00", "05-19 00:00"),
            ("tomorrow 3pm", "05-19 15:00", "05-19 15:00", "05-19 15:00"),
            ("tomorrow morning 6", "05-19 06:00", "05-19 06:00", "05-19 06:00"),
            ("tomorrow am", "?", "?", "?"),
        ] {
            for (hours, expected) in [(Hours::Day, day), (Hours::Evening, evening), (Hours::Clock, clock)] {
                assert_eq!(said(hours, text, NIGHT, Side::Ahead), expected, "{hours:?} {text}");
            }
        }
    }

    #[test]
    fn a_small_hour_alone_is_the_next_afternoon_or_the_last_one() {
        for (text, now_ms, side, expected) in [
            ("2", MORNING, Side::Ahead, "05-18 14:00"),
            ("2", NIGHT, Side::Ahead, "05-19 14:00"),
            ("5", MORNING, Side::Behind, "05-17 17:00"),
            ("5", NIGHT, Side::Behind, "05-18 17:00"),
            ("9", MORNING, Side::Behind, "05-18 09:00"),
            ("05:00", MORNING, Side::Behind, "05-18 05:00"),
        ] {
            assert_eq!(said(Hours::Day, text, now_ms, side), expected, "{text}");
        }
    }

    // What is entered later has happened: an afternoon that has not come is not meant.
    #[test]
    fn of_what_has_happened_today_no_hour_lies_ahead() {
        for (hours, text, now_ms, expected) in [
            (Hours::Day, "今天5点", MORNING, "05-18 05:00"),
            (Hours::Day, "今天5点", NIGHT, "05-18 17:00"),
            (Hours::Day, "5-18 6点半", MORNING, "05-18 06:30"),
            (Hours::Day, "昨天5点", MORNING, "05-17 17:00"),
            (Hours::Evening, "今天8点", MORNING, "05-18 08:00"),
            (Hours::Evening, "昨天8点", MORNING, "05-17 20:00"),
            // Said so, it is refused where it is asked for.
            (Hours::Day, "今天下午5点", MORNING, "05-18 17:00"),
        ] {
            assert_eq!(said(hours, text, now_ms, Side::Behind), expected, "{hours:?} {text}");
        }
    }

    #[test]
    fn a_clock_shows_what_it_shows() {
        let full = |text: &str| reading(text, NIGHT).map(local::clock);
        assert_eq!(full("5:00").as_deref(), Some("05:00"));
        assert_eq!(full("明天 0:10").as_deref(), Some("00:10"));
    }
}
