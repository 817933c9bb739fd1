//! What happens when: phases, the task table, busy farming.
//!
//! A task is due once, on one day, or at every month end of a span. These days are fixed: they do not move when they
//! fall on a day off (`domain.md` 5).

use chrono::{Datelike, Months, NaiveDate as Day};
use serde::Deserialize;

use super::days::{self, optional_day};

/// A phase of the campaign 阶段.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Phase {
    /// Its name.
    pub name: String,
    /// Its first day.
    #[serde(deserialize_with = "days::day")]
    pub from: Day,
    /// Its last day.
    #[serde(deserialize_with = "days::day")]
    pub to: Day,
}

/// One row of the task table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "TaskRow")]
pub struct Task {
    /// 序号.
    pub number: u32,
    /// 工作任务.
    pub text: String,
    /// 完成时限.
    pub due: TaskDue,
    /// 责任领导.
    pub lead: Vec<String>,
    /// 责任单位（科室）.
    pub unit: Vec<String>,
    /// 责任人.
    pub persons: Vec<String>,
}

/// When a task is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskDue {
    /// Until a day, perhaps within a span.
    By {
        /// The first day of the span.
        from: Option<Day>,
        /// The last day on which it is done in time.
        by: Day,
    },
    /// On a day.
    On(Day),
    /// At the end of each of these months: the months' last days, in order.
    MonthEnds(Vec<Day>),
}

/// A row of the task table as it is written.
#[derive(Deserialize)]
struct TaskRow {
    number: u32,
    text: String,
    #[serde(default, deserialize_with = "optional_day")]
    deadline: Option<Day>,
    #[serde(default, deserialize_with = "optional_day")]
    on: Option<Day>,
    #[serde(default, deserialize_with = "optional_day")]
    from: Option<Day>,
    #[serde(default)]
    month_ends: Vec<String>,
    #[serde(default)]
    lead: Vec<String>,
    #[serde(default)]
    unit: Vec<String>,
    #[serde(default)]
    persons: Vec<String>,
}

impl TryFrom<TaskRow> for Task {
    type Error = String;

    fn try_from(row: TaskRow) -> Result<Self, String> {
        let due = match (row.deadline, row.on) {
            (Some(by), _) => TaskDue::By { from: row.from, by },
            (None, Some(on)) => TaskDue::On(on),
            (None, None) if row.month_ends.is_empty() => return Err(format!("task without a day: {}", row.number)),
            (None, None) => TaskDue::MonthEnds(month_ends(&row.month_ends)?),
        };
        Ok(Self { number: row.number, text: row.text, due, lead: row.lead, unit: row.unit, persons: row.persons })
    }
}

fn month_ends(months: &[String]) -> Result<Vec<Day>, String> {
    let end = |month: &String| {
        let read = month.split_once('-').and_then(|(year, month)| month_end(year.parse().ok()?, month.parse().ok()?));
        read.ok_or_else(|| format!("not a month: {month}"))
    };
    let mut days = months.iter().map(end).collect::<Result<Vec<_>, _>>()?;
    days.sort_unstable();
    Ok(days)
}

impl Task {
    /// Lists every day on which it is due, in order.
    pub fn due_days(&self) -> Vec<Day> {
        match &self.due {
            TaskDue::By { by: day, .. } | TaskDue::On(day) => vec![*day],
            TaskDue::MonthEnds(days) => days.clone(),
        }
    }

    /// Gives the next day, today included, on which it is due.
    pub fn next_due(&self, today: Day) -> Option<Day> {
        self.due_days().into_iter().find(|day| *day >= today)
    }
}

/// Gives the last day of a month.
fn month_end(year: i32, month: u32) -> Option<Day> {
    Day::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// Busy farming 农忙, every year; one that runs over New Year is written with `from` after `to`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FarmSeason {
    /// Its name, such as 三夏.
    pub name: String,
    /// Month and day of its beginning.
    #[serde(deserialize_with = "days::month_day")]
    pub from: (u32, u32),
    /// Month and day of its end.
    #[serde(deserialize_with = "days::month_day")]
    pub to: (u32, u32),
}

impl FarmSeason {
    /// Tells whether a day falls in it.
    pub fn covers(&self, day: Day) -> bool {
        let at = (day.month(), day.day());
        if self.from <= self.to { self.from <= at && at <= self.to } else { at >= self.from || at <= self.to }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Campaign;
    use super::*;
    use crate::domain::local::read_day;

    fn day(text: &str) -> Day {
        read_day(text).unwrap()
    }

    #[test]
    fn the_task_table_has_the_eight_rows_of_the_plan() {
        let tasks = &Campaign::built_in().tasks;
        assert_eq!(tasks.iter().map(|task| task.number).collect::<Vec<_>>(), (1..=8).collect::<Vec<_>>());
        let due: Vec<TaskDue> = tasks.iter().map(|task| task.due.clone()).collect();
        let by = |from: Option<&str>, by| TaskDue::By { from: from.map(day), by: day(by) };
        let ends = ["2021-06-30", "2021-07-31", "2021-08-31", "2021-09-30"];
        assert_eq!(
            due,
            [
                by(None, "2021-05-31"),
                by(None, "2021-05-14"),
                by(None, "2021-05-12"),
                TaskDue::On(day("2021-05-13")),
                by(Some("2021-05-01"), "2021-05-31"),
                TaskDue::MonthEnds(ends.map(day).to_vec()),
                by(Some("2021-10-01"), "2021-11-30"),
                by(Some("2021-12-01"), "2021-12-31"),
            ]
        );
        let first = tasks.first().unwrap();
        assert_eq!(first.lead, ["陈明", "任冬菊", "李代祥", "李光军"]);
        assert_eq!(first.persons, ["张文彬", "陈玲", "左志锋"]);
        assert!(tasks.iter().all(|task| !task.text.is_empty() && !task.lead.is_empty() && !task.unit.is_empty()));
    }

    #[test]
    fn a_monthly_task_is_due_at_the_next_month_end() {
        let monthly = &Campaign::built_in().tasks[5];
        assert_eq!(monthly.next_due(day("2021-06-30")), Some(day("2021-06-30")));
        assert_eq!(monthly.next_due(day("2021-07-01")), Some(day("2021-07-31")));
        assert_eq!(monthly.next_due(day("2021-10-01")), None);
        assert_eq!(month_end(2024, 2), Some(day("2024-02-29")));
        assert_eq!(month_end(2021, 13), None);
    }

    #[test]
    fn a_season_may_run_over_new_year() {
        let season = FarmSeason { name: "冬修水利".to_owned(), from: (12, 15), to: (1, 20) };
        assert!(season.covers(day("2021-12-15")) && season.covers(day("2022-01-20")));
        assert!(!season.covers(day("2022-01-21")) && !season.covers(day("2021-12-14")));
    }
}
