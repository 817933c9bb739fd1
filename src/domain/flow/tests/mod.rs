//! The life of an issue, one test for each rule of it (plan 二(三), 二(四), `domain.md` 4 and 5).

mod apart;
mod branches;
mod clocks;

use std::sync::Arc;

use super::super::local::{self, read_day};
use super::super::workdays::Calendar;
use super::super::{Birth, Body, Campaign, DeadlineRules, Kept, Operation, Retract, Sort, Stamp, Step, Word};
use super::*;

/// An issue and what was done with it.
struct Paper {
    operations: Vec<Arc<Kept>>,
    issue: Name,
}

/// Noon of a day.
fn at(day: &str) -> i64 {
    local::at(read_day(day).unwrap(), chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap())
}

fn of(kind: &str, class: &str, day: &str) -> Paper {
    let mut paper = Paper { operations: Vec::new(), issue: Name::new(1, 1) };
    let mut facts = vec![("kind".into(), Value::text(kind)), ("class".into(), Value::text(class))];
    if class == "on_site" {
        facts.push(("told_at".into(), Value::At(at(day))));
    }
    paper.write(1, day, "陈明", vec![], Body::Birth(Sort::Issue, Birth { links: vec![], facts }));
    paper
}

fn problem() -> Paper {
    of("problem", "general", "2021-05-13")
}

fn text(text: &str) -> Value {
    Value::text(text)
}

fn on(day: &str) -> Value {
    let days = read_day(day).unwrap().signed_duration_since(chrono::NaiveDate::default()).num_days();
    Value::Day(i32::try_from(days).unwrap())
}

impl Paper {
    fn write(&mut self, writer: u64, day: &str, actor: &str, prevs: Vec<Name>, body: Body) -> Name {
        let name = Name::new(writer, u32::try_from(self.operations.len()).unwrap() + 1);
        // Each operation is a moment later than the one before it.
        let stamp = Stamp(Stamp::at(at(day)).0 + u64::from(name.seq));
        let operation = Operation {
            name,
            stamp,
            wall_ms: at(day),
            actor: actor.into(),
            entity: self.issue,
            key: "".into(),
            prevs: prevs.into(),
            body,
        };
        self.operations.push(Arc::new(Kept { operation, bytes: Vec::new().into() }));
        name
    }

    fn record(&self) -> Record {
        let mut record = Record::new(self.issue);
        for kept in &self.operations {
            record.apply(kept, |_| false);
        }
        record
    }

    fn flow(&self) -> Flow {
        let record = self.record();
        Flow::of(&Issue::read(&record).unwrap(), &record)
    }

    fn state(&self) -> State {
        self.flow().state
    }

    /// Takes a step as whoever knows all of it would.
    fn step(&mut self, day: &str, step: StepWord, facts: &[(&str, Value)]) -> Name {
        let flow = self.flow();
        let named = |key: &str| facts.iter().find(|(own, _)| *own == key).map(|(_, value)| value);
        let decided = match named(step.row().unwrap().by) {
            Some(Value::Text(word)) => word.to_string(),
            Some(Value::Yes(true)) => "yes".to_owned(),
            _ => String::new(),
        };
        let state = flow.state;
        let next = flow.next(state, step, &decided).unwrap_or_else(|| panic!("{} in {}", step.word(), state.word()));
        self.blind(1, day, step.word(), next.turn, next.saw, facts)
    }

    /// Writes a step as whoever knew only so much.
    fn blind(&mut self, by: u64, day: &str, step: &str, turn: u32, saw: Vec<Name>, facts: &[(&str, Value)]) -> Name {
        let mut all: Vec<(Word, Value)> = facts.iter().map(|(key, value)| ((*key).into(), value.clone())).collect();
        all.push(("turn".into(), Value::Number(i64::from(turn))));
        self.write(by, day, "陈明", saw, Body::Step(Step { step: step.into(), facts: all }))
    }

    fn take_back(&mut self, step: Name) {
        self.write(1, "2021-06-30", "陈明", vec![], Body::Retract(Retract { seen: vec![step], why: String::new() }));
    }

    /// Goes on to where it is worked on.
    fn accepted(mut self, class: &str) -> Self {
        let facts =
            [("decision", text("accept")), ("class", text(class)), ("unit", text("水利站")), ("person", text("李明"))];
        self.step("2021-05-17", StepWord::Screen, &facts);
        self
    }

    fn planned(mut self, class: &str) -> Self {
        self = self.accepted(class);
        self.step("2021-05-19", StepWord::Plan, &[("text", text("换泵"))]);
        self
    }

    fn told(mut self, day: &str) -> Self {
        self.step(day, StepWord::Resolve, &[("text", text("泵换好了"))]);
        self.step(day, StepWord::Feedback, &[("answer", text("satisfied"))]);
        self
    }

    fn closed(mut self) -> Self {
        self = self.planned("general").told("2021-05-26");
        self.step("2021-05-28", StepWord::Close, &[("number", text("一组1-0001-X"))]);
        self
    }

    fn dues(&self) -> RoundDues {
        rules().of_flow(&self.flow(), Calendar::built_in())
    }

    fn due(&self) -> (String, bool) {
        let now = self.dues().now().unwrap();
        (now.deadline.due.to_string(), now.met.is_some_and(|met| met <= now.deadline.due))
    }
}

/// What the plan of a long-term issue says.
const LONG_PLAN: [fn() -> (&'static str, Value); 3] =
    [|| ("text", text("修路")), || ("goal", text("通车")), || ("finish", on("2021-09-30"))];

fn rules() -> DeadlineRules {
    Campaign::built_in().deadline
}

#[test]
fn an_issue_goes_from_screening_to_close_out_step_by_step() {
    let mut paper = problem();
    assert_eq!((paper.state(), paper.due()), (State::Screening, ("2021-05-20".to_owned(), false)));
    paper = paper.accepted("larger");
    assert_eq!((paper.state(), paper.due().0.as_str()), (State::Planning, "2021-05-20"));
    paper.step("2021-05-19", StepWord::Plan, &[("text", text("换泵"))]);
    assert_eq!((paper.state(), paper.due().0.as_str()), (State::Working, "2021-06-10"));
    paper.step("2021-06-02", StepWord::Resolve, &[("text", text("泵换好了"))]);
    // Solved is not answered yet: the clock runs until the household was told.
    assert_eq!((paper.state(), paper.due()), (State::FeedbackDue, ("2021-06-10".to_owned(), false)));
    paper.step("2021-06-03", StepWord::Feedback, &[("answer", text("satisfied"))]);
    assert_eq!((paper.state(), paper.due()), (State::CloseCheck, ("2021-06-10".to_owned(), true)));
    paper.step("2021-06-04", StepWord::Close, &[("number", text("一组1-0001-X"))]);
    assert_eq!(paper.state(), State::Closed);
    paper.step("2021-10-20", StepWord::LookBack, &[("result", text("stable"))]);
    let flow = paper.flow();
    assert_eq!((flow.state, flow.turn, flow.rounds.len()), (State::Stable, 1, 1));
    assert!(flow.disputes.is_empty());
}

#[test]
fn only_the_steps_of_the_table_are_legal_in_a_state() {
    use StepWord::{Escalate, Explain, HandOver, Progress, Screen, Urge};
    let flow = problem().flow();
    let legal: Vec<StepWord> = flow.legal(flow.state).collect();
    assert_eq!(legal, [Screen, Progress, Escalate, Urge, Explain, HandOver]);
    assert_eq!(flow.next(flow.state, StepWord::Resolve, ""), None);
    assert_eq!(flow.next(flow.state, StepWord::Close, ""), None, "never before the household was told");
    assert!(
        of("suggestion", "general", "2021-05-13").flow().legal(State::Screening).any(|step| step == StepWord::Weigh)
    );
}

#[test]
fn solved_on_the_spot_is_told_at_once_and_needs_no_second_feedback() {
    let paper = of("problem", "on_site", "2021-05-18");
    assert_eq!((paper.state(), paper.due()), (State::CloseCheck, ("2021-05-18".to_owned(), true)));
    let mut paper = problem();
    paper.step("2021-05-13", StepWord::Explain, &[("text", text("按文件不能办")), ("told", Value::Yes(true))]);
    assert_eq!(paper.state(), State::CloseCheck, "explained on the spot too");
}

#[test]
fn what_the_policy_does_not_support_is_explained_by_the_next_working_day() {
    let mut paper = problem();
    paper.step("2021-05-14", StepWord::Screen, &[("decision", text("unsupported")), ("why", text("不符合条件"))]);
    assert_eq!((paper.state(), paper.due()), (State::Explaining, ("2021-05-17".to_owned(), false)));
    paper.step("2021-05-17", StepWord::Explain, &[("text", text("文件第三条"))]);
    assert_eq!((paper.state(), paper.due()), (State::FeedbackDue, ("2021-05-17".to_owned(), false)));
    paper.step("2021-05-18", StepWord::Feedback, &[("answer", text("explained"))]);
    assert_eq!((paper.state(), paper.due()), (State::CloseCheck, ("2021-05-17".to_owned(), false)));
}

#[test]
fn a_suggestion_is_weighed_and_answered_and_has_no_deadline() {
    let mut paper = of("suggestion", "general", "2021-05-13");
    assert_eq!((paper.state(), paper.dues().now()), (State::Screening, None));
    paper.step("2021-05-20", StepWord::Weigh, &[("decision", text("consider")), ("why", text("明年安排"))]);
    assert_eq!(paper.state(), State::FeedbackDue);
    let mut sorry = Paper { operations: paper.operations.clone(), issue: paper.issue };
    paper.step("2021-05-21", StepWord::Feedback, &[("answer", text("satisfied"))]);
    assert_eq!(paper.state(), State::Answered);
    sorry.step("2021-05-21", StepWord::Feedback, &[("answer", text("dissatisfied"))]);
    assert_eq!(sorry.state(), State::Screening, "weighed once more");
}

#[test]
fn a_suggestion_that_becomes_a_problem_later_has_the_days_of_a_problem_from_then_on() {
    let mut paper = of("suggestion", "general", "2021-05-13");
    paper.step("2021-05-20", StepWord::Weigh, &[("decision", text("decline")), ("why", text("没钱"))]);
    paper.step("2021-05-21", StepWord::Feedback, &[("answer", text("satisfied"))]);
    paper.step("2021-06-01", StepWord::Reopen, &[("to", text("screening")), ("why", text("漏水了"))]);
    let kept = Arc::make_mut(&mut paper.operations[0]);
    let Body::Birth(_, birth) = &mut kept.operation.body else { panic!() };
    birth.facts[0].1 = Value::text("problem");
    assert_eq!((paper.state(), paper.due().0.as_str()), (State::Screening, "2021-06-08"));
    let mut paper = paper.accepted("general");
    assert_eq!(paper.state(), State::Planning);
    paper.step("2021-06-08", StepWord::Plan, &[("text", text("修"))]);
    assert_eq!(paper.due().0, "2021-06-16");
}

#[test]
fn an_issue_that_is_not_ours_goes_back_to_screening_and_its_clock_runs_on() {
    let mut paper = problem().accepted("general");
    paper.step("2021-05-18", StepWord::Return, &[("to", text("screening")), ("why", text("是交通局的"))]);
    assert_eq!((paper.state(), paper.due().0.as_str()), (State::Screening, "2021-05-20"));
    paper.step("2021-05-18", StepWord::Screen, &[("decision", text("accept")), ("unit", text("交通局"))]);
    let flow = paper.flow();
    assert_eq!((flow.state, flow.turn, flow.rounds.len()), (State::Planning, 2, 1));
    assert_eq!(flow.responsible(), ("交通局", ""), "the person was the other unit's");
    assert_eq!(flow.class, Some(Class::General), "kept until it is graded anew");
}

#[test]
fn a_household_that_is_not_satisfied_begins_a_new_round_and_the_old_one_is_kept() {
    let mut paper = problem().planned("general");
    paper.step("2021-05-26", StepWord::Resolve, &[("text", text("泵换好了"))]);
    paper.step("2021-05-31", StepWord::Feedback, &[("answer", text("dissatisfied"))]);
    let flow = paper.flow();
    assert_eq!((flow.state, flow.turn, flow.rounds.len()), (State::Redo, 2, 2));
    assert_eq!(flow.class, Some(Class::General));
    assert_eq!(paper.due(), ("2021-06-15".to_owned(), false), "ten working days from 31 May, over the Dragon Boat day");
    let old = rules().of_round(&flow, &flow.rounds[0], Calendar::built_in()).answer.unwrap();
    assert_eq!(
        (old.deadline.due, old.met),
        (read_day("2021-05-27").unwrap(), read_day("2021-05-31")),
        "late, and kept"
    );
    let paper = paper.told("2021-06-10");
    assert_eq!((paper.state(), paper.due()), (State::CloseCheck, ("2021-06-15".to_owned(), true)));
}

// Nobody could explain once more what the policy does not support: it had to be solved.
#[test]
fn what_is_not_supported_and_left_somebody_dissatisfied_is_explained_once_more() {
    let mut paper = problem();
    paper.step("2021-05-14", StepWord::Screen, &[("decision", text("unsupported")), ("why", text("不符合条件"))]);
    paper.step("2021-05-17", StepWord::Explain, &[("text", text("文件第三条")), ("told", Value::Yes(true))]);
    let may = |paper: &Paper| paper.flow().next(paper.state(), StepWord::Explain, "").is_some();
    assert!(!may(&paper), "it was");
    paper.step("2021-05-18", StepWord::Close, &[("number", text("一组1-0001-X"))]);
    paper.step("2021-10-20", StepWord::LookBack, &[("result", text("relapse"))]);
    assert!(paper.state() == State::Redo && may(&paper));
    paper.step("2021-10-21", StepWord::Explain, &[("text", text("请司法所一起说"))]);
    assert_eq!(paper.state(), State::FeedbackDue);
    paper.step("2021-10-22", StepWord::Feedback, &[("answer", text("dissatisfied"))]);
    assert!(paper.state() == State::Redo && may(&paper), "as often as it takes");
    let worked_on = problem().planned("general");
    assert!(!may(&worked_on), "what is accepted is solved");
}

#[test]
fn a_relapse_a_failed_verification_and_reopening_begin_a_new_round() {
    for (step, facts) in [
        (StepWord::LookBack, vec![("result", text("relapse"))]),
        (StepWord::Verify, vec![("result", text("failed")), ("people", Value::words(["刘水"]))]),
        (StepWord::Reopen, vec![("why", text("又坏了")), ("to", text("working"))]),
    ] {
        let mut paper = problem().closed();
        paper.step("2021-10-20", step, &facts);
        let flow = paper.flow();
        assert_eq!((flow.state, flow.rounds.len()), (State::Redo, 2), "{}", step.word());
        assert_eq!(local::day(flow.round().began), read_day("2021-10-20").unwrap());
    }
    let mut paper = problem().closed();
    paper.step("2021-10-20", StepWord::Verify, &[("result", text("passed")), ("people", Value::words(["刘水"]))]);
    assert_eq!(paper.state(), State::Closed);
}

#[test]
fn what_the_office_does_not_close_out_goes_back_to_work_by_the_old_clock() {
    let mut paper = problem().planned("general").told("2021-05-26");
    assert_eq!(paper.due(), ("2021-05-27".to_owned(), true));
    paper.step("2021-05-28", StepWord::Return, &[("to", text("working")), ("why", text("没有照片"))]);
    assert_eq!((paper.state(), paper.due()), (State::Working, ("2021-05-27".to_owned(), false)));
    let paper = paper.told("2021-06-01");
    let flow = paper.flow();
    assert_eq!((flow.state, flow.turn, flow.rounds.len()), (State::CloseCheck, 2, 1));
    assert_eq!(paper.dues().answer.unwrap().met, read_day("2021-06-01"), "late");
}

#[test]
fn a_long_term_issue_has_its_own_lane_and_the_dates_of_its_plan() {
    let mut paper = problem().accepted("long_term");
    assert_eq!((paper.state(), paper.due().0.as_str()), (State::Planning, "2021-05-27"));
    paper.step("2021-05-25", StepWord::Plan, &LONG_PLAN.map(|fact| fact()));
    assert_eq!((paper.state(), paper.due().0.as_str()), (State::LongTerm, "2021-09-30"));
    paper.step("2021-06-25", StepWord::Progress, &[("text", text("立项了")), ("milestone", on("2021-07-30"))]);
    assert_eq!(paper.due().0, "2021-07-30", "not late while its milestone is on time");
}

#[test]
fn grading_anew_keeps_the_day_on_which_the_clock_began() {
    let mut paper = problem().planned("general");
    paper.step("2021-05-20", StepWord::Grade, &[("class", text("major")), ("why", text("全村都缺水"))]);
    assert_eq!((paper.flow().class, paper.due().0.as_str()), (Some(Class::Major), "2021-07-16"));
}

#[test]
fn an_extension_counts_once_approved_and_only_the_first_one_of_a_round() {
    let mut paper = problem().planned("general");
    paper.step("2021-05-26", StepWord::Extend, &[("until", on("2021-06-10")), ("why", text("等配件"))]);
    assert_eq!(paper.due().0, "2021-05-27", "asked is not approved");
    let approved = |day| [("decision", text("approved")), ("until", on(day)), ("by", text("李光军"))];
    paper.step("2021-05-26", StepWord::ExtendDecide, &approved("2021-06-10"));
    assert_eq!(paper.due().0, "2021-06-10");
    paper.blind(2, "2021-06-09", "extend_decide", 2, vec![], &approved("2021-07-30"));
    assert_eq!(paper.due().0, "2021-06-10");
}

#[test]
fn the_day_of_the_event_counts_and_both_days_are_kept_where_it_was_recorded_later() {
    let mut paper = problem().planned("general");
    paper.step("2021-06-01", StepWord::Resolve, &[("text", text("好了")), ("on", Value::At(at("2021-05-26")))]);
    paper.step("2021-06-01", StepWord::Feedback, &[("answer", text("satisfied")), ("on", Value::At(at("2021-05-27")))]);
    assert_eq!(paper.due(), ("2021-05-27".to_owned(), true));
    let flow = paper.flow();
    let told = flow.last(StepWord::Feedback).unwrap();
    assert_eq!((told.at, told.recorded, told.is_entered_later()), (at("2021-05-27"), at("2021-06-01"), true));
}

#[test]
fn who_recorded_it_tells_the_household_unless_it_was_handed_over() {
    let mut paper = problem();
    let teller = |paper: &Paper| paper.flow().teller(&Issue::read(&paper.record()).unwrap()).to_owned();
    paper.step(
        "2021-05-14",
        StepWord::Escalate,
        &[("to", text("局长")), ("level", text("bureau")), ("why", text("要钱"))],
    );
    assert_eq!((teller(&paper).as_str(), paper.flow().level()), ("陈明", 1), "escalating never takes the duty away");
    paper.step("2021-05-15", StepWord::HandOver, &[("to", text("张锦秋")), ("why", text("借调"))]);
    assert_eq!(teller(&paper), "张锦秋");
}
