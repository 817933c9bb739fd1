//! Deadlines 时限: when an issue's plan and answer are due, and why on that day (plan 二(三)2, `domain.md` 5).
//!
//! A deadline is a day computed from one other day, the day of recording: grading an issue anew keeps that day, a new
//! round brings a new one. Days worked are counted by the [`Calendar`]; a fixed day (stock issues on 31 May) never
//! moves, even onto a day off. The numbers are the campaign's ([`DeadlineRules`]); the plan's are the default.

use chrono::{Datelike, NaiveDate as Day};

use super::class::{Class, Kind};
use super::coded::coded;
use super::local::{said_beside, said_date, said_with_year};
use super::workdays::{Calendar, Due, Notice, Special};
use crate::text::{Said, Text, t};

coded! {
    /// Which day is day 1; the plan does not say.
    pub enum DayOne {
        /// The first working day after the day of recording: our rule, printed on documents.
        NextWorkingDay = "next working day", "登记次日起算", "counted from the next working day";
        /// The day of recording itself, where it is worked.
        SameDay = "same day", "登记当日起算", "counted from the day of recording";
    }
}

coded! {
    /// What has to be done by a deadline.
    pub enum Duty {
        /// 当场解决.
        OnSite = "on_site", "当场解决", "solve on the spot";
        /// 方案: the solution plan.
        Plan = "plan", "方案", "plan";
        /// 回复: resolved *and* the household answered.
        Answer = "answer", "回复", "answer";
        /// 长期方案: goal, measures, unit, person, finish date.
        LongTermPlan = "long_term_plan", "长期方案", "long-term plan";
        /// 目标: the date a long-term plan set itself.
        Milestone = "milestone", "目标", "milestone";
        /// 解释: the policy does not support it, the household is told why.
        Explain = "explain", "解释", "explain";
        /// 存量: a stock issue, resolved or answered.
        Stock = "stock", "存量", "stock issue";
        /// 退回: not ours, returned to who assigned it.
        Return = "return", "退回", "return";
    }
}

/// The campaign's deadline rules, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeadlineRules {
    /// Solution plan of what cannot be solved on the spot.
    pub plan: u32,
    /// Answer to a general issue.
    pub general: u32,
    /// Answer to a larger issue.
    pub larger: u32,
    /// Answer to a major issue, or one that touches many.
    pub major: u32,
    /// Plan of a long-term issue.
    pub long_term_plan: u32,
    /// Explanation of what the policy does not support; the plan says "at once".
    pub explain: u32,
    /// Return of an issue that is not ours (Shandong's hotline rules).
    pub return_within: u32,
    /// After how many attempts a household counts as unreachable 联系不上; our setting.
    pub unreachable_after: u32,
    /// Which day is day 1.
    pub day_one: DayOne,
    /// The day on which every stock issue is due, whatever its class (plan 二(一)1).
    pub stock_due: Option<Day>,
}

impl Default for DeadlineRules {
    /// Gives the numbers of the plan, 二(三)1 and 二(三)2, without a day for stock issues.
    fn default() -> Self {
        Self {
            plan: 5,
            general: 10,
            larger: 20,
            major: 45,
            long_term_plan: 10,
            explain: 1,
            return_within: 2,
            unreachable_after: 3,
            day_one: DayOne::NextWorkingDay,
            stock_due: None,
        }
    }
}

/// One deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// What is due.
    pub duty: Duty,
    /// The last day on which it is done in time.
    pub due: Day,
    /// Whether the holidays of every year on the way are known; otherwise Monday to Friday were counted.
    pub known: bool,
    /// How the day was found.
    pub basis: Basis,
    /// The clause it comes from.
    clause: Text,
}

/// How a deadline's day was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Working days counted from a day.
    Counted {
        /// The day of recording, or of the decision to explain or to pass on.
        from: Day,
        /// How many working days.
        days: u32,
        /// Which day is day 1.
        day_one: DayOne,
    },
    /// A day that stands in the campaign or in a plan.
    Fixed,
    /// Moved by an approved extension 延期.
    Extended {
        /// The day before the extension.
        before: Day,
    },
}

/// What is due for one issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dues {
    /// The plan, where one is asked for.
    pub plan: Option<Deadline>,
    /// The answer, where it has a day already; that of a long-term issue stands in its plan.
    pub answer: Option<Deadline>,
}

impl Dues {
    /// Gives the deadlines in order of their steps.
    pub fn iter(self) -> impl Iterator<Item = Deadline> {
        self.plan.into_iter().chain(self.answer)
    }
}

const ON_SITE: Text = t("方案二(三)2: 能现场解决的现场解决", "plan 2(3)2: what can be solved on the spot is");
const PLAN: Text = t(
    "方案二(三)2: 现场暂时解决不了的, {days} 个工作日内提出解决方案",
    "plan 2(3)2: a solution plan within {days} working days",
);
const GENERAL: Text = t(
    "方案二(三)2: 一般性问题原则上 {days} 个工作日内办结回复",
    "plan 2(3)2: general issues answered within {days} working days",
);
const LARGER: Text = t(
    "方案二(三)2: 较大的问题原则上 {days} 个工作日内办结回复",
    "plan 2(3)2: larger issues answered within {days} working days",
);
const MAJOR: Text = t(
    "方案二(三)2: 特别重大或涉及面大的问题原则上 {days} 个工作日内办结回复",
    "plan 2(3)2: major issues answered within {days} working days",
);
const LONG_TERM: Text = t(
    "方案二(三)2: 短期内无法解决或属长期性任务的, {days} 个工作日内提出解决方案",
    "plan 2(3)2: a plan for long-term tasks within {days} working days",
);
const MILESTONE: Text = t("方案二(三)2: 按解决方案定的完成时限", "plan 2(3)2: the finish date of the solution plan");
const EXPLAIN: Text = t("方案二(三)1: 政策不支持的问题, 立即做好解释", "plan 2(3)1: explained at once");
const STOCK: Text = t("方案二(一)1: 存量问题到期前汇总", "plan 2(1)1: stock issues are summed up by that day");
const RETURN: Text = t(
    "山东省热线规定: 不属本单位的 {days} 个工作日内退回",
    "Shandong's hotline rules: returned within {days} working days",
);

impl DeadlineRules {
    /// Gives what is due for an issue received on a day. A suggestion has no deadline; a stock issue has the
    /// campaign's own day, whatever its class; one solved on the spot is due the same day.
    pub fn of_issue(&self, kind: Kind, class: Class, received: Day, calendar: &Calendar) -> Dues {
        let counted = |duty, days, clause| Some(self.counted(duty, received, days, clause, calendar));
        let answer = |days, clause| Dues {
            plan: counted(Duty::Plan, self.plan, PLAN),
            answer: counted(Duty::Answer, days, clause),
        };
        match (kind, class, self.stock_due) {
            (Kind::Suggestion, _, _) => Dues::default(),
            (Kind::Stock, _, Some(day)) => Dues { plan: None, answer: Some(Deadline::stock(day)) },
            (_, Class::OnSite, _) => Dues { plan: None, answer: counted(Duty::OnSite, 0, ON_SITE) },
            (_, Class::General, _) => answer(self.general, GENERAL),
            (_, Class::Larger, _) => answer(self.larger, LARGER),
            (_, Class::Major, _) => answer(self.major, MAJOR),
            (_, Class::LongTerm, _) => {
                Dues { plan: counted(Duty::LongTermPlan, self.long_term_plan, LONG_TERM), answer: None }
            }
        }
    }

    /// Gives when what the policy does not support is to be explained, from the day that was decided.
    pub fn explain(&self, decided: Day, calendar: &Calendar) -> Deadline {
        self.counted(Duty::Explain, decided, self.explain, EXPLAIN, calendar)
    }

    /// Gives until when an issue that is not ours can be returned, from the day it was assigned.
    pub fn return_by(&self, assigned: Day, calendar: &Calendar) -> Deadline {
        self.counted(Duty::Return, assigned, self.return_within, RETURN, calendar)
    }

    fn counted(&self, duty: Duty, from: Day, days: u32, clause: Text, calendar: &Calendar) -> Deadline {
        let start = match self.day_one {
            DayOne::SameDay if days > 0 => from.pred_opt().unwrap_or(from),
            DayOne::SameDay | DayOne::NextWorkingDay => from,
        };
        let Due { day: due, known } = calendar.add(start, days);
        Deadline { duty, due, known, basis: Basis::Counted { from, days, day_one: self.day_one }, clause }
    }
}

impl Deadline {
    const fn fixed(duty: Duty, due: Day, clause: Text) -> Self {
        Self { duty, due, known: true, basis: Basis::Fixed, clause }
    }

    /// Gives the deadline of a stock issue.
    pub const fn stock(due: Day) -> Self {
        Self::fixed(Duty::Stock, due, STOCK)
    }

    /// Gives the deadline of a long-term issue: the finish date that its plan set.
    pub const fn milestone(due: Day) -> Self {
        Self::fixed(Duty::Milestone, due, MILESTONE)
    }

    /// Moves a deadline by an approved extension; the first day before any extension stays in its explanation.
    #[must_use]
    pub fn extended(self, due: Day) -> Self {
        let before = self.unextended();
        Self { due, known: true, basis: Basis::Extended { before }, ..self }
    }

    /// Gives the day before any extension.
    pub const fn unextended(self) -> Day {
        match self.basis {
            Basis::Extended { before } => before,
            Basis::Counted { .. } | Basis::Fixed => self.due,
        }
    }

    /// Says the deadline in short, with its year where that is not this one: `方案 5月25日前`, `plan by 25 May`.
    pub fn said(&self, today: Day) -> Said {
        Said::from(t("{duty} {due}前", "{duty} by {due}"))
            .with_words("duty", self.duty.name())
            .with_words("due", said_beside(self.due, today))
    }

    /// Says it where there is little room, the day in figures: `方案 5-25`, `plan 5-25`.
    pub fn said_briefly(&self, today: Day) -> Said {
        let day = format!("{}-{}", self.due.month(), self.due.day());
        let due = if self.due.year() == today.year() { day } else { format!("{}-{day}", self.due.year()) };
        Said::from(t("{duty} {due}", "{duty} {due}")).with_words("duty", self.duty.name()).with("due", due)
    }

    /// Explains the day 为什么: from which day, how many working days, which days off and make-up days were passed,
    /// and the clause.
    pub fn why(&self, calendar: &Calendar) -> Said {
        let due = match self.basis {
            Basis::Counted { from, .. } => said_beside(self.due, from),
            Basis::Extended { before } => said_beside(self.due, before),
            // Nothing beside it tells its year.
            Basis::Fixed => said_with_year(self.due),
        };
        let head = |text: Text| Said::from(text).with_words("duty", self.duty.name()).with_words("due", due.clone());
        match self.basis {
            Basis::Counted { days: 0, .. } => {
                head(t("{duty} {due}: 当天. {clause}.", "{duty} {due}: the same day. {clause}."))
                    .with_words("clause", self.clause)
            }
            Basis::Counted { from, days, day_one } => head(t(
                "{duty} {due}前: {from}{since}, {day_one}, 数 {days} 个工作日. {passed}{unknown}{clause}.",
                "{duty} by {due}: {since} {from}, {day_one}, {days} working days. {passed}{unknown}{clause}.",
            ))
            .with_words("from", said_date(from))
            .with_words("since", self.since())
            .with_words("day_one", day_one.name())
            .with("days", days)
            .with_words("passed", passed(calendar, from, self.due))
            .with_words("unknown", self.unknown(calendar, from))
            .with_words("clause", Said::from(self.clause).with("days", days)),
            Basis::Fixed => head(t(
                "{duty} {due}前: 固定日期, 遇休息日不顺延. {clause}.",
                "{duty} by {due}: a fixed day, it does not move when it falls on a day off. {clause}.",
            ))
            .with_words("clause", self.clause),
            Basis::Extended { before } => head(t(
                "{duty} {due}前: 经批准延期, 原时限 {before}.",
                "{duty} by {due}: extended with approval, before that {before}.",
            ))
            .with_words("before", said_date(before)),
        }
    }

    fn since(&self) -> Text {
        match self.duty {
            Duty::Explain => t("确定政策不支持", "not supported by policy, decided on"),
            Duty::Return => t("交办", "assigned on"),
            _ => t("登记", "recorded on"),
        }
    }

    fn unknown(&self, calendar: &Calendar, from: Day) -> Said {
        use chrono::Datelike;
        match (from.year()..=self.due.year()).find(|year| !self.known && !calendar.knows(*year)) {
            Some(year) => t(
                "{year}年放假安排还没有, 先按周一至周五数. ",
                "The holidays of {year} are not known yet, Monday to Friday were counted. ",
            )
            .with("year", year),
            None => t("", "").into(),
        }
    }
}

fn passed(calendar: &Calendar, from: Day, to: Day) -> Said {
    let specials: Vec<&Special> = calendar.specials_between(from, to).collect();
    let list = |notice: Notice| joined(&runs(specials.iter().copied().filter(|special| special.notice == notice)));
    let off = list(Notice::Off)
        .map(|days| Said::from(t("放假不计: {days}. ", "Days off: {days}. ")).with_words("days", days));
    let work = list(Notice::MakeUp)
        .map(|days| Said::from(t("调休上班照计: {days}. ", "Make-up working days: {days}. ")).with_words("days", days));
    let none = || Said::from(t("", ""));
    Said::from(t("{off}{work}", "{off}{work}"))
        .with_words("off", off.unwrap_or_else(none))
        .with_words("work", work.unwrap_or_else(none))
}

/// Puts days of one holiday that are at most a weekend apart into one run.
fn runs<'a>(specials: impl Iterator<Item = &'a Special>) -> Vec<(&'a str, Day, Day)> {
    let mut runs: Vec<(&str, Day, Day)> = Vec::new();
    for special in specials {
        match runs.last_mut() {
            Some((name, _, last)) if *name == special.name && (special.day - *last).num_days() <= 3 => {
                *last = special.day;
            }
            _ => runs.push((&special.name, special.day, special.day)),
        }
    }
    runs
}

fn joined(runs: &[(&str, Day, Day)]) -> Option<Said> {
    let one = |(name, first, last): &(&str, Day, Day)| {
        let said = if first == last {
            t("{name} {first}", "{name} {first}")
        } else {
            t("{name} {first}至{last}", "{name} {first} to {last}")
        };
        said.with("name", name).with_words("first", said_date(*first)).with_words("last", said_date(*last))
    };
    runs.iter().map(one).reduce(|list, next| {
        Said::from(t("{list}, {next}", "{list}, {next}")).with_words("list", list).with_words("next", next)
    })
}

#[cfg(test)]
mod tests {
    use super::super::local::read_day;
    use super::*;
    use crate::text::Lang::{En, Zh};

    fn day(text: &str) -> Day {
        read_day(text).unwrap()
    }

    fn plan() -> DeadlineRules {
        DeadlineRules { stock_due: Some(day("2021-05-31")), ..DeadlineRules::default() }
    }

    fn dues(class: Class, received: &str) -> (Option<Day>, Option<Day>) {
        let dues = plan().of_issue(Kind::Problem, class, day(received), Calendar::built_in());
        (dues.plan.map(|plan| plan.due), dues.answer.map(|answer| answer.due))
    }

    #[test]
    fn every_class_has_the_days_of_the_plan() {
        let some = |text| Some(day(text));
        assert_eq!(dues(Class::OnSite, "2021-05-13"), (None, some("2021-05-13")));
        assert_eq!(dues(Class::General, "2021-05-13"), (some("2021-05-20"), some("2021-05-27")));
        assert_eq!(dues(Class::Larger, "2021-05-13"), (some("2021-05-20"), some("2021-06-10")));
        assert_eq!(dues(Class::Major, "2021-05-13"), (some("2021-05-20"), some("2021-07-16")));
        assert_eq!(dues(Class::LongTerm, "2021-05-13"), (some("2021-05-27"), None));
        assert_eq!(dues(Class::Larger, "2021-05-18"), (some("2021-05-25"), some("2021-06-16")));
    }

    #[test]
    fn a_suggestion_has_no_deadline_and_a_stock_issue_has_31_may_whatever_its_class() {
        let calendar = Calendar::built_in();
        for &class in Class::ALL {
            assert_eq!(plan().of_issue(Kind::Suggestion, class, day("2021-05-13"), calendar).iter().count(), 0);
            let stock = plan().of_issue(Kind::Stock, class, day("2021-04-20"), calendar);
            assert_eq!(stock.iter().map(|due| due.due).collect::<Vec<_>>(), [day("2021-05-31")]);
        }
    }

    #[test]
    fn grading_anew_keeps_the_start_and_a_new_round_has_its_own() {
        let (general, larger) = (dues(Class::General, "2021-05-13"), dues(Class::Larger, "2021-05-13"));
        assert_eq!(general.0, larger.0);
        assert_ne!(dues(Class::General, "2021-06-21").1, general.1);
    }

    #[test]
    fn unsupported_is_explained_by_the_next_working_day_and_not_ours_returned_within_two() {
        let calendar = Calendar::built_in();
        assert_eq!(plan().explain(day("2021-05-14"), calendar).due, day("2021-05-17"));
        assert_eq!(plan().return_by(day("2021-05-14"), calendar).due, day("2021-05-18"));
    }

    #[test]
    fn where_the_day_of_recording_is_day_one_everything_is_a_day_earlier() {
        let rules = DeadlineRules { day_one: DayOne::SameDay, ..plan() };
        let on = |received| rules.of_issue(Kind::Problem, Class::General, day(received), Calendar::built_in());
        assert_eq!(on("2021-05-13").plan.unwrap().due, day("2021-05-19"));
        // Recorded on a Saturday: Monday is day 1 under either rule.
        assert_eq!(on("2021-05-15").plan.unwrap().due, day("2021-05-21"));
        assert_eq!(dues(Class::General, "2021-05-15").0, Some(day("2021-05-21")));
        let spot = rules.of_issue(Kind::Problem, Class::OnSite, day("2021-05-13"), Calendar::built_in());
        assert_eq!(spot.answer.unwrap().due, day("2021-05-13"));
    }

    #[test]
    fn a_deadline_explains_itself() {
        let calendar = Calendar::built_in();
        let answer = plan().of_issue(Kind::Problem, Class::General, day("2021-04-30"), calendar).answer.unwrap();
        assert_eq!(
            answer.why(calendar).say(Zh),
            "回复 5月18日前: 4月30日登记, 登记次日起算, 数 10 个工作日. 放假不计: 劳动节 5月3日至5月5日. \
             调休上班照计: 劳动节 5月8日. 方案二(三)2: 一般性问题原则上 10 个工作日内办结回复."
        );
        assert_eq!(
            answer.why(calendar).say(En),
            "answer by 18 May: recorded on 30 Apr, counted from the next working day, 10 working days. \
             Days off: 劳动节 3 May to 5 May. Make-up working days: 劳动节 8 May. \
             plan 2(3)2: general issues answered within 10 working days."
        );
        let stock = plan().of_issue(Kind::Stock, Class::Major, day("2021-04-30"), calendar).answer.unwrap();
        assert_eq!(
            stock.why(calendar).say(Zh),
            "存量 2021年5月31日前: 固定日期, 遇休息日不顺延. 方案二(一)1: 存量问题到期前汇总."
        );
        assert_eq!(answer.said(day("2021-05-01")).say(Zh), "回复 5月18日前");
        assert_eq!(answer.said(day("2021-05-01")).say(En), "answer by 18 May");
    }

    #[test]
    fn a_deadline_that_reaches_an_unknown_year_says_so() {
        let calendar = Calendar::built_in();
        let plan = plan().of_issue(Kind::Problem, Class::General, day("2026-12-28"), calendar).plan.unwrap();
        assert!(!plan.known);
        assert!(plan.why(calendar).say(Zh).contains("2027年放假安排还没有, 先按周一至周五数."));
        assert_eq!(plan.said(day("2026-12-28")).say(Zh), "方案 2027年1月4日前");
    }

    #[test]
    fn an_extension_keeps_the_first_day_in_its_explanation() {
        let moved = Deadline::milestone(day("2021-09-30")).extended(day("2021-10-15")).extended(day("2021-10-29"));
        assert_eq!(moved.due, day("2021-10-29"));
        assert_eq!(moved.why(Calendar::built_in()).say(Zh), "目标 10月29日前: 经批准延期, 原时限 9月30日.");
    }

    #[test]
    fn no_sentence_leaves_a_place_unfilled() {
        let calendar = Calendar::built_in();
        let received = day("2021-09-24");
        let mut all: Vec<Deadline> = Class::ALL
            .iter()
            .flat_map(|class| plan().of_issue(Kind::Problem, *class, received, calendar).iter().collect::<Vec<_>>())
            .collect();
        all.extend([plan().explain(received, calendar), plan().return_by(received, calendar)]);
        for deadline in all {
            for lang in [Zh, En] {
                let said = format!("{} {}", deadline.why(calendar).say(lang), deadline.said(received).say(lang));
                assert!(!said.contains(['{', '}']) && !said.contains("  "), "{said}");
            }
        }
    }
}
