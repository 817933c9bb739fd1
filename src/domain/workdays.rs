//! Working days: Monday to Friday, corrected by the State Council's yearly notice.
//!
//! The notice makes weekdays free (放假) and weekends worked (调休上班). It comes as rows `date,kind,name` with kind
//! `off` or `work`; the rows of 2019 to 2026 are built in, and the office adds each autumn's rows to the same
//! calendar. A year is *known* when some row falls in its January to November: December rows alone may belong to the
//! notice of the following year. In an unknown year Monday to Friday are worked, and every answer says so.
//!
//! A known year is a bitset of its working days, so counting is a few hundred bit tests; names are kept beside it
//! only to explain a deadline.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate as Day, Weekday};

use super::local::read_day;
use crate::text::{Trouble, t};

const BUILT_IN: &str = include_str!("data/holidays_cn.csv");

/// Tells whether one day is worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Workday {
    /// Whether people work on this day.
    pub yes: bool,
    /// Whether the notice of its year was at hand; otherwise Monday to Friday is assumed.
    pub known: bool,
}

/// The day on which a number of working days is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The last of the counted working days.
    pub day: Day,
    /// Whether every day on the way was in a known year.
    pub known: bool,
}

/// What the notice says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notice {
    /// Free, 放假.
    Off,
    /// Worked in exchange, 调休上班.
    MakeUp,
}

/// A row of the notice that changes what Monday to Friday would say, or names a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Special {
    /// The day.
    pub day: Day,
    /// Free or worked.
    pub notice: Notice,
    /// The holiday it belongs to, such as 端午节.
    pub name: String,
}

/// The working days of all known years.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    specials: BTreeMap<Day, Special>,
    years: BTreeMap<i32, Year>,
}

/// The working days of one known year; bit n is the n-th day, counted from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Year([u64; 6]);

impl Year {
    fn put(&mut self, day: Day, worked: bool) {
        let bit = day.ordinal0() as usize;
        if let Some(word) = self.0.get_mut(bit / 64) {
            if worked {
                *word |= 1 << (bit % 64);
            } else {
                *word &= !(1 << (bit % 64));
            }
        }
    }

    fn has(&self, day: Day) -> bool {
        let bit = day.ordinal0() as usize;
        self.0.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }
}

impl Calendar {
    /// Gives the calendar with the years that ship with the program.
    pub fn built_in() -> &'static Self {
        static CALENDAR: OnceLock<Calendar> = OnceLock::new();
        CALENDAR.get_or_init(|| {
            let built = Self::default().extended(BUILT_IN);
            debug_assert!(built.is_ok(), "the built-in holidays are readable");
            // Should the data ever be damaged in a release, every year is unknown and says so.
            built.unwrap_or_default()
        })
    }

    /// Reads the text of one or several notices and gives a calendar that knows them too; a later row wins over an
    /// earlier one of the same day. Columns: date (`2027-10-01` or `2027/10/1`), kind (`off`, `work`, 休, 放假, 班,
    /// 上班, 调休), name; further columns, blank lines and a heading are passed over.
    ///
    /// # Errors
    /// `holidays-unreadable` names the first row that is not understood; nothing of the text is taken then.
    pub fn extended(&self, csv: &str) -> Result<Self, Trouble> {
        let mut calendar = self.clone();
        let mut headed = false;
        for (index, line) in csv.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let heading = !headed && !line.starts_with(|c: char| c.is_ascii_digit() || c == '"');
            headed = true;
            match read_row(line) {
                Some(special) => drop(calendar.specials.insert(special.day, special)),
                None if heading => {}
                None => return Err(unreadable(index + 1, line)),
            }
        }
        calendar.years = calendar.build_years();
        Ok(calendar)
    }

    fn build_years(&self) -> BTreeMap<i32, Year> {
        let mut years = BTreeMap::new();
        for day in self.specials.keys().filter(|day| day.month() != 12) {
            years.entry(day.year()).or_insert_with(|| plain_year(day.year()));
        }
        for special in self.specials.values() {
            if let Some(year) = years.get_mut(&special.day.year()) {
                year.put(special.day, special.notice == Notice::MakeUp);
            }
        }
        years
    }

    /// Lists the years whose notice is known, in order.
    pub fn known_years(&self) -> impl Iterator<Item = i32> + '_ {
        self.years.keys().copied()
    }

    /// Tells whether the notice of a year is known.
    pub fn knows(&self, year: i32) -> bool {
        self.years.contains_key(&year)
    }

    /// Tells whether a day is worked.
    pub fn is_workday(&self, day: Day) -> Workday {
        match self.years.get(&day.year()) {
            Some(year) => Workday { yes: year.has(day), known: true },
            None => Workday { yes: monday_to_friday(day), known: false },
        }
    }

    /// Counts `n` working days onward; the day itself is not counted (rule (j) of `domain.md` 5), and none is the
    /// day itself.
    pub fn add(&self, day: Day, n: u32) -> Due {
        self.walk(day, n, Day::succ_opt)
    }

    /// Counts `n` working days back; the day itself is not counted.
    pub fn back(&self, day: Day, n: u32) -> Due {
        self.walk(day, n, Day::pred_opt)
    }

    fn walk(&self, from: Day, n: u32, step: fn(&Day) -> Option<Day>) -> Due {
        let mut due = Due { day: from, known: true };
        let mut left = n;
        while left > 0 {
            // The calendar ends in the year 262142.
            let Some(day) = step(&due.day) else { break };
            let workday = self.is_workday(day);
            due = Due { day, known: due.known && workday.known };
            left -= u32::from(workday.yes);
        }
        due
    }

    /// Counts the working days after `from` up to and including `to`; zero when `to` is not later. The second part
    /// tells whether every year on the way was known.
    pub fn between(&self, from: Day, to: Day) -> (u32, bool) {
        let mut count = 0;
        let mut known = true;
        let days = from.iter_days().skip(1).take_while(|day| *day <= to);
        for workday in days.map(|day| self.is_workday(day)) {
            count += u32::from(workday.yes);
            known &= workday.known;
        }
        (count, known)
    }

    /// Lists the named days after `from` up to and including `to` that differ from Monday to Friday: free weekdays
    /// and worked weekends.
    pub fn specials_between(&self, from: Day, to: Day) -> impl Iterator<Item = &Special> {
        let range = (from < to).then(|| self.specials.range(from..=to));
        range
            .into_iter()
            .flatten()
            .map(|(_, special)| special)
            .filter(move |special| special.day != from)
            .filter(|special| monday_to_friday(special.day) == (special.notice == Notice::Off))
    }
}

fn monday_to_friday(day: Day) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn plain_year(year: i32) -> Year {
    let mut plain = Year::default();
    let first = Day::from_ymd_opt(year, 1, 1);
    for day in first.iter().flat_map(Day::iter_days).take_while(|day| day.year() == year) {
        plain.put(day, monday_to_friday(day));
    }
    plain
}

fn read_row(line: &str) -> Option<Special> {
    let mut cells = line.split([',', '，', '\t']).map(|cell| cell.trim().trim_matches('"').trim());
    let day = read_day(cells.next()?)?;
    let notice = match cells.next()? {
        "off" | "休" | "放假" => Notice::Off,
        "work" | "班" | "上班" | "调休" | "调休上班" => Notice::MakeUp,
        _ => return None,
    };
    Some(Special { day, notice, name: cells.next().unwrap_or_default().to_owned() })
}

fn unreadable(row: usize, line: &str) -> Trouble {
    let said = t(
        "放假安排第 {row} 行看不懂: {line}. 整个文件都没有采用, 原来的日历不变.",
        "Row {row} of the holidays is not understood: {line}. Nothing of the file was taken, the calendar is as before.",
    );
    let hint = t(
        "每行写 日期,off 或 work,名称, 例如 2027-10-01,off,国庆节.",
        "Write date, off or work, name in each row, such as 2027-10-01,off,国庆节.",
    );
    Trouble::new("holidays-unreadable", said.with("row", row).with("line", line)).hint(hint)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Lang;

    fn day(text: &str) -> Day {
        read_day(text).unwrap()
    }

    fn due(from: &str, n: u32) -> Day {
        Calendar::built_in().add(day(from), n).day
    }

    #[test]
    fn every_row_of_the_notice_is_kept_and_every_other_day_is_monday_to_friday() {
        let calendar = Calendar::built_in();
        let rows: BTreeMap<Day, bool> = BUILT_IN
            .lines()
            .skip(1)
            .map(|line| {
                let cells: Vec<&str> = line.split(',').collect();
                (day(cells[0]), cells[1] == "work")
            })
            .collect();
        assert_eq!(rows.len(), BUILT_IN.lines().count() - 1);
        assert_eq!(calendar.known_years().collect::<Vec<_>>(), (2019..=2026).collect::<Vec<_>>());
        for today in day("2019-01-01").iter_days().take_while(|today| today.year() < 2027) {
            let expected = rows.get(&today).copied().unwrap_or_else(|| today.weekday().number_from_monday() <= 5);
            assert_eq!(calendar.is_workday(today), Workday { yes: expected, known: true }, "{today}");
        }
    }

    #[test]
    fn the_deadlines_worked_out_by_hand_come_out() {
        for (from, n, to) in [
            ("2021-05-13", 5, "2021-05-20"),
            ("2021-05-13", 10, "2021-05-27"),
            ("2021-05-13", 20, "2021-06-10"),
            ("2021-05-13", 45, "2021-07-16"),
            ("2021-04-30", 5, "2021-05-11"), // past the May holiday; Saturday 8 May is worked
            ("2021-04-30", 10, "2021-05-18"),
            ("2021-04-30", 20, "2021-06-01"),
            ("2021-04-30", 45, "2021-07-07"),
            ("2021-09-24", 5, "2021-09-30"), // Sunday 26 September is worked
            ("2021-09-24", 10, "2021-10-13"),
            ("2021-09-24", 20, "2021-10-27"),
            ("2021-09-24", 45, "2021-12-01"),
            ("2021-05-15", 1, "2021-05-17"), // recorded on a Saturday
            ("2021-05-13", 0, "2021-05-13"),
        ] {
            assert_eq!(due(from, n), day(to), "{from} + {n}");
        }
    }

    #[test]
    fn the_day_of_recording_is_not_counted_forward_or_back() {
        let calendar = Calendar::built_in();
        assert_eq!(calendar.add(day("2021-05-13"), 1).day, day("2021-05-14"));
        assert_eq!(calendar.back(day("2021-05-17"), 1).day, day("2021-05-14"));
        assert_eq!(calendar.between(day("2021-05-13"), day("2021-05-13")), (0, true));
        assert_eq!(calendar.between(day("2021-05-14"), day("2021-05-13")), (0, true));
        assert_eq!(calendar.between(day("2021-05-13"), day("2021-05-20")), (5, true));
    }

    #[test]
    fn a_year_nobody_announced_is_monday_to_friday_and_says_so() {
        let calendar = Calendar::built_in();
        assert_eq!(calendar.is_workday(day("2031-10-01")), Workday { yes: true, known: false });
        assert_eq!(calendar.is_workday(day("2018-05-01")), Workday { yes: true, known: false });
        assert!(calendar.add(day("2026-12-28"), 3).known);
        assert_eq!(calendar.add(day("2026-12-28"), 4), Due { day: day("2027-01-01"), known: false });
        assert_eq!(calendar.between(day("2026-12-31"), day("2027-01-01")), (1, false));
    }

    #[test]
    fn the_office_adds_a_year_and_a_later_row_wins() {
        let old = Calendar::built_in();
        let new = old
            .extended("\u{feff}日期,类别,名称\r\n2027/1/1,off,元旦\n\n2026-12-31,休,元旦\n2027-01-03,班,元旦\n")
            .unwrap();
        assert!(new.knows(2027) && !old.knows(2027));
        assert_eq!(new.is_workday(day("2027-01-01")), Workday { yes: false, known: true });
        assert!(new.is_workday(day("2027-01-03")).yes);
        assert!(!new.is_workday(day("2026-12-31")).yes && old.is_workday(day("2026-12-31")).yes);
        let mended = new.extended("2026-12-31,work,").unwrap();
        assert!(mended.is_workday(day("2026-12-31")).yes);
    }

    #[test]
    fn december_rows_of_the_next_notice_do_not_make_a_year_known() {
        let calendar = Calendar::built_in().extended("2027-12-31,off,元旦\n2028-01-03,off,元旦").unwrap();
        assert!(!calendar.knows(2027) && calendar.knows(2028));
    }

    #[test]
    fn a_row_that_is_not_understood_is_named_and_nothing_is_taken() {
        let trouble =
            Calendar::built_in().extended("date,kind,name\n2027-01-01,off,元旦\n2027-13-01,off,x").unwrap_err();
        assert!(trouble.say(Lang::Zh).contains("第 3 行"), "{trouble}");
        for wrong in ["x,y\n2027-01-01,maybe,元旦", "2027-13-01,off,元旦", "date,kind\ndate,kind\n"] {
            assert!(Calendar::built_in().extended(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_special_days_passed_are_those_that_differ_from_monday_to_friday() {
        let passed: Vec<String> = Calendar::built_in()
            .specials_between(day("2021-04-30"), day("2021-05-11"))
            .map(|special| format!("{} {:?} {}", special.day, special.notice, special.name))
            .collect();
        assert_eq!(
            passed,
            ["2021-05-03 Off 劳动节", "2021-05-04 Off 劳动节", "2021-05-05 Off 劳动节", "2021-05-08 MakeUp 劳动节"]
        );
        assert_eq!(Calendar::built_in().specials_between(day("2021-05-11"), day("2021-04-30")).count(), 0);
    }

    proptest! {
        #[test]
        fn adding_and_counting_agree(offset in 0_u64..4000, n in 0_u32..90) {
            let calendar = Calendar::built_in();
            let from = day("2018-01-01") + chrono::Days::new(offset);
            let due = calendar.add(from, n);
            prop_assert_eq!(calendar.between(from, due.day).0, n);
            prop_assert!(n == 0 || calendar.is_workday(due.day).yes);
            let naive = from.iter_days().skip(1).filter(|day| calendar.is_workday(*day).yes).take(n as usize).last();
            prop_assert_eq!(due.day, naive.unwrap_or(from));
        }
    }
}
