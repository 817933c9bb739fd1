//! Clocks where the life of an issue is not the plain one: explained at once, graded anew, moved, done again.

use super::*;

#[test]
fn what_was_explained_on_the_spot_is_met_and_stays_met_once_closed_out() {
    let mut paper = problem();
    paper.step("2021-05-13", StepWord::Explain, &[("text", text("按文件不能办")), ("told", Value::Yes(true))]);
    assert_eq!(paper.due(), ("2021-05-27".to_owned(), true));
    paper.step("2021-05-14", StepWord::Close, &[]);
    assert_eq!((paper.dues().plan, paper.due().1), (None, true));
    paper.step("2021-06-01", StepWord::LookBack, &[("result", text("relapse"))]);
    assert_eq!(paper.dues().plan, None);
}

#[test]
fn what_was_explained_and_sent_back_is_planned_by_the_old_clock() {
    let mut paper = problem();
    paper.step("2021-05-13", StepWord::Explain, &[("text", text("按文件不能办")), ("told", Value::Yes(true))]);
    paper.step("2021-05-14", StepWord::Return, &[("to", text("screening")), ("why", text("能办"))]);
    assert_eq!(paper.due(), ("2021-05-20".to_owned(), false));
}

#[test]
fn only_a_plan_with_goal_and_finish_date_is_one_for_what_takes_long() {
    let mut paper = problem().planned("general");
    paper.step("2021-05-20", StepWord::Grade, &[("class", text("long_term")), ("why", text("要立项"))]);
    assert_eq!((paper.state(), paper.due()), (State::LongTerm, ("2021-05-27".to_owned(), false)));
    paper.step("2021-05-25", StepWord::Plan, &LONG_PLAN.map(|fact| fact()));
    assert_eq!(paper.due(), ("2021-09-30".to_owned(), false));
}

#[test]
fn an_extension_moves_the_finish_date_and_hides_no_milestone() {
    let mut paper = problem().accepted("long_term");
    paper.step("2021-05-25", StepWord::Plan, &LONG_PLAN.map(|fact| fact()));
    paper.step("2021-09-20", StepWord::Extend, &[("until", on("2021-12-30")), ("why", text("等批复"))]);
    let approved = [("decision", text("approved")), ("until", on("2021-12-30")), ("by", text("李光军"))];
    paper.step("2021-09-21", StepWord::ExtendDecide, &approved);
    assert_eq!(paper.due().0, "2021-12-30");
    paper.step("2021-09-25", StepWord::Progress, &[("text", text("立项了")), ("milestone", on("2021-10-30"))]);
    assert_eq!(paper.due().0, "2021-10-30");
    paper.step("2021-10-20", StepWord::Progress, &[("text", text("开工了")), ("milestone", on("2022-03-01"))]);
    assert_eq!(paper.due().0, "2021-12-30", "never behind the finish date");
}

#[test]
fn the_day_of_stock_issues_is_that_of_their_first_round() {
    let mut paper = of("stock", "general", "2021-05-13");
    assert_eq!(paper.due().0, "2021-05-31");
    let mut late = Paper { operations: paper.operations.clone(), issue: paper.issue };
    paper = paper.planned("general");
    paper.step("2021-05-26", StepWord::Resolve, &[("text", text("好了"))]);
    paper.step("2021-06-01", StepWord::Feedback, &[("answer", text("dissatisfied"))]);
    assert_eq!(paper.due().0, "2021-06-16");
    let flow = paper.flow();
    let old = rules().of_round(&flow, &flow.rounds[0], Calendar::built_in()).answer.unwrap();
    assert_eq!(old.deadline.due, read_day("2021-05-31").unwrap());
    late.step("2021-05-31", StepWord::Screen, &[("decision", text("unsupported")), ("why", text("没政策"))]);
    assert_eq!(late.due().0, "2021-05-31", "the earlier of both days");
}

#[test]
fn the_result_of_an_old_round_is_held_against_its_own_class() {
    let mut paper = problem().planned("general").told("2021-05-26");
    paper.step("2021-05-28", StepWord::Close, &[]);
    paper.step("2021-06-20", StepWord::LookBack, &[("result", text("relapse"))]);
    paper.step("2021-06-21", StepWord::Grade, &[("class", text("major")), ("why", text("全村"))]);
    let flow = paper.flow();
    let due = |round| rules().of_round(&flow, round, Calendar::built_in()).answer.unwrap().deadline.due.to_string();
    assert_eq!((flow.class, due(&flow.rounds[0]).as_str()), (Some(Class::Major), "2021-05-27"));
    assert_eq!(flow.class_in(&flow.rounds[0]), Some(Class::General));
}

#[test]
fn an_extension_approved_here_and_refused_there_is_none_until_that_is_settled() {
    let mut paper = problem().planned("general");
    paper.step("2021-05-26", StepWord::Extend, &[("until", on("2021-06-10")), ("why", text("等配件"))]);
    let decided = |word, by| [("decision", text(word)), ("until", on("2021-06-10")), ("by", text(by))];
    paper.blind(2, "2021-05-26", "extend_decide", 1, vec![], &decided("refused", "刘水"));
    paper.blind(3, "2021-05-27", "extend_decide", 1, vec![], &decided("approved", "李光军"));
    let flow = paper.flow();
    assert_eq!((paper.due().0.as_str(), flow.disputes.len()), ("2021-05-27", 1));
    assert_eq!(flow.disputes[0].sides.last().unwrap().decided(), "refused", "what counts stands last");
    paper.step("2021-05-27", StepWord::ExtendDecide, &decided("approved", "李光军"));
    assert_eq!((paper.due().0.as_str(), paper.flow().disputes.len()), ("2021-06-10", 0));
}
