//! How a deadline stands today: on time, yellow, red, met, met late (`domain.md` 5).
//!
//! Yellow begins one working day before the day it is due. Red begins with the first working day over; on a weekend
//! in between the deadline has passed, and nobody could be called yet. It is met when the answer was given on or
//! before its day. Days left and days over are working days.

use chrono::NaiveDate as Day;

use super::deadlines::Deadline;
use super::workdays::Calendar;
use crate::text::{Said, t};

/// How a deadline stands; ordered by urgency, the most urgent last but for what is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Light {
    /// 按期: done in time.
    Met,
    /// 逾期完成: done, but late.
    MetLate,
    /// 正常: more than one working day is left.
    OnTime {
        /// Working days left.
        left: u32,
    },
    /// 临期: due today or on the next working day.
    Yellow {
        /// Working days left; zero on the day itself.
        left: u32,
    },
    /// 已过: over since the last working day, no working day has come since.
    Passed,
    /// 超期: at least one working day over.
    Red {
        /// Working days over.
        over: u32,
    },
}

impl Light {
    /// Says it in a list, in as few words as it can: `还有 2 天`, `今天到期`, `超期 1 天`. The days are working days.
    pub fn said(self) -> Said {
        match self {
            Self::Met => t("按期", "in time").into(),
            Self::MetLate => t("逾期完成", "done late").into(),
            Self::Yellow { left: 0 } | Self::OnTime { left: 0 } => t("今天到期", "due today").into(),
            Self::Yellow { left: 1 } | Self::OnTime { left: 1 } => t("还有 1 天", "1 day left").into(),
            Self::Yellow { left } | Self::OnTime { left } => t("还有 {left} 天", "{left} days left").with("left", left),
            Self::Passed => t("刚到期", "just due").into(),
            Self::Red { over: 1 } => t("超期 1 天", "1 day over").into(),
            Self::Red { over } => t("超期 {over} 天", "{over} days over").with("over", over),
        }
    }

    /// Says it where there is room for what is counted: `还有 2 个工作日`.
    pub fn said_in_full(self) -> Said {
        match self {
            Self::Yellow { left: 1 } | Self::OnTime { left: 1 } => t("还有 1 个工作日", "1 working day left").into(),
            Self::Yellow { left: left @ 2.. } | Self::OnTime { left: left @ 2.. } => {
                t("还有 {left} 个工作日", "{left} working days left").with("left", left)
            }
            Self::Red { over: 1 } => t("超期 1 个工作日", "1 working day over").into(),
            Self::Red { over } => t("超期 {over} 个工作日", "{over} working days over").with("over", over),
            other => other.said(),
        }
    }

    /// Gives its code word, for scripts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::MetLate => "met_late",
            Self::OnTime { .. } => "on_time",
            Self::Yellow { .. } => "yellow",
            Self::Passed => "passed",
            Self::Red { .. } => "red",
        }
    }

    /// Tells whether it is still to be done.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Met | Self::MetLate)
    }

    /// Tells whether it is one of the 临期.
    pub const fn is_yellow(self) -> bool {
        matches!(self, Self::Yellow { .. } | Self::Passed)
    }

    /// Tells whether it is one of the 超期.
    pub const fn is_red(self) -> bool {
        matches!(self, Self::Red { .. })
    }
}

impl Deadline {
    /// Tells how the deadline stands on a day; `met` is the day it was done, if it was.
    pub fn light(&self, today: Day, met: Option<Day>, calendar: &Calendar) -> Light {
        if let Some(met) = met {
            return if met <= self.due { Light::Met } else { Light::MetLate };
        }
        if today > self.due {
            return match calendar.between(self.due, today).0 {
                0 => Light::Passed,
                over => Light::Red { over },
            };
        }
        // A fixed day may fall on a weekend: the Saturday before it is not the day itself.
        let left = calendar.between(today, self.due).0.max(u32::from(today < self.due));
        if today >= calendar.back(self.due, 1).day { Light::Yellow { left } } else { Light::OnTime { left } }
    }
}

impl Deadline {
    /// Says how it stands where there is room for what is counted. Of a fixed day that falls on a day off there may be days
    /// before it and no working day among them.
    pub fn stands(&self, today: Day, met: Option<Day>, calendar: &Calendar) -> Said {
        let light = self.light(today, met, calendar);
        if light.is_open() && today < self.due && calendar.between(today, self.due).0 == 0 {
            return t("到期前没有工作日了", "no working day before it").into();
        }
        light.said_in_full()
    }
}

#[cfg(test)]
mod tests {
    use super::super::local::read_day;
    use super::*;
    use crate::text::Lang::{En, Zh};

    fn light(due: &str, today: &str, met: Option<&str>) -> Light {
        let day = |text| read_day(text).unwrap();
        Deadline::milestone(day(due)).light(day(today), met.map(day), Calendar::built_in())
    }

    #[test]
    fn yellow_from_one_working_day_before_and_red_from_the_first_working_day_over() {
        // Due on Monday 17 May.
        for (today, expected, said) in [
            ("2021-05-13", Light::OnTime { left: 2 }, "还有 2 天"),
            ("2021-05-14", Light::Yellow { left: 1 }, "还有 1 天"),
            ("2021-05-15", Light::Yellow { left: 1 }, "还有 1 天"),
            ("2021-05-17", Light::Yellow { left: 0 }, "今天到期"),
            ("2021-05-18", Light::Red { over: 1 }, "超期 1 天"),
            ("2021-05-23", Light::Red { over: 4 }, "超期 4 天"),
        ] {
            assert_eq!(light("2021-05-17", today, None), expected, "{today}");
            assert_eq!(expected.said().say(Zh), said);
            // What is counted is said where there is room for it.
            let stands = Deadline::milestone(read_day("2021-05-17").unwrap());
            let stands = stands.stands(read_day(today).unwrap(), None, Calendar::built_in());
            assert_eq!(stands.say(Zh), said.replace(" 天", " 个工作日"));
            let en = stands.say(En);
            assert!(en.contains("working day") || en == "due today", "{en}");
        }
    }

    #[test]
    fn a_weekend_after_the_day_is_past_due_but_not_yet_red() {
        assert_eq!(light("2021-05-14", "2021-05-16", None), Light::Passed);
        assert_eq!(light("2021-05-14", "2021-05-17", None), Light::Red { over: 1 });
        // Over the May holiday, with the worked Sunday 25 April before it.
        assert_eq!(light("2021-04-30", "2021-05-05", None), Light::Passed);
        assert_eq!(light("2021-04-30", "2021-05-06", None), Light::Red { over: 1 });
        assert_eq!(light("2021-04-25", "2021-04-23", None), Light::Yellow { left: 1 });
    }

    #[test]
    fn a_fixed_day_on_a_weekend_does_not_move() {
        assert_eq!(light("2021-05-16", "2021-05-15", None), Light::Yellow { left: 1 });
        assert_eq!(light("2021-05-16", "2021-05-16", None), Light::Yellow { left: 0 });
        assert_eq!(light("2021-05-16", "2021-05-17", None), Light::Red { over: 1 });
        // On the Friday and the Saturday before it there is no working day left, and the list says a day.
        let stands = |today| {
            let (day, due) = (read_day(today).unwrap(), read_day("2021-05-16").unwrap());
            Deadline::milestone(due).stands(day, None, Calendar::built_in()).say(Zh)
        };
        let said = ["2021-05-13", "2021-05-14", "2021-05-15", "2021-05-16", "2021-05-17"].map(stands);
        let none = "到期前没有工作日了";
        assert_eq!(said, ["还有 1 个工作日", none, none, "今天到期", "超期 1 个工作日"]);
    }

    #[test]
    fn it_is_met_on_or_before_its_day_whenever_one_looks() {
        assert_eq!(light("2021-05-14", "2021-08-01", Some("2021-05-14")), Light::Met);
        assert_eq!(light("2021-05-14", "2021-08-01", Some("2021-05-15")), Light::MetLate);
    }
}
