//! Two laptops that went on along different branches, and what settling leads to.

use super::*;

const ACCEPT: [fn() -> (&'static str, Value); 3] =
    [|| ("decision", text("accept")), || ("class", text("general")), || ("unit", text("水利站"))];
const UNSUPPORTED: [fn() -> (&'static str, Value); 2] =
    [|| ("decision", text("unsupported")), || ("why", text("不符合条件"))];

/// Accepted and planned on one laptop; unsupported on another.
fn apart() -> Paper {
    let mut paper = problem();
    paper.blind(2, "2021-05-14", "screen", 1, vec![], &ACCEPT.map(|fact| fact()));
    paper.blind(2, "2021-05-15", "plan", 1, vec![], &[("text", text("换泵"))]);
    paper.blind(3, "2021-05-15", "screen", 1, vec![], &UNSUPPORTED.map(|fact| fact()));
    paper
}

fn legal(paper: &Paper, step: StepWord) -> bool {
    let flow = paper.flow();
    flow.legal(flow.state).any(|legal| legal == step)
}

#[test]
fn settled_as_unsupported_it_is_to_be_explained_whatever_was_planned() {
    let mut paper = apart();
    paper.step("2021-05-16", StepWord::Screen, &UNSUPPORTED.map(|fact| fact()));
    let flow = paper.flow();
    assert_eq!((flow.state, flow.disputes.len(), flow.steps.len()), (State::Explaining, 0, 4));
    assert!(legal(&paper, StepWord::Explain));
    paper.step("2021-05-17", StepWord::Explain, &[("text", text("文件第三条"))]);
    assert_eq!(paper.state(), State::FeedbackDue);
}

#[test]
fn settled_as_accepted_it_is_worked_on_whatever_was_explained() {
    let mut paper = apart();
    paper.blind(3, "2021-05-17", "explain", 1, vec![], &[("text", text("文件第三条"))]);
    paper.step("2021-05-18", StepWord::Screen, &ACCEPT.map(|fact| fact()));
    assert_eq!(paper.state(), State::Working);
    paper.step("2021-05-20", StepWord::Resolve, &[("text", text("泵换好了"))]);
    assert_eq!((paper.state(), paper.flow().disputes.len()), (State::FeedbackDue, 0));
}

#[test]
fn settled_as_joined_it_is_joined() {
    let mut paper = apart();
    let join = [("decision", text("join")), ("with", Value::Entity(Name::new(5, 5)))];
    paper.step("2021-05-16", StepWord::Screen, &join);
    assert_eq!((paper.state(), paper.flow().joined_to()), (State::Joined, Some(Name::new(5, 5))));
}

#[test]
fn what_was_done_on_the_spot_stands_where_a_screening_leads() {
    let mut paper = of("problem", "on_site", "2021-05-13");
    paper.blind(2, "2021-05-14", "screen", 1, vec![], &ACCEPT.map(|fact| fact()));
    let flow = paper.flow();
    assert_eq!((flow.state, flow.round().told), (State::Planning, None));
}

#[test]
fn disagreements_of_a_turn_that_was_left_behind_are_history() {
    let mut paper = problem().planned("general");
    paper.step("2021-05-26", StepWord::Resolve, &[("text", text("好了"))]);
    paper.blind(2, "2021-05-26", "feedback", 1, vec![], &[("answer", text("dissatisfied"))]);
    paper.blind(3, "2021-05-27", "feedback", 1, vec![], &[("answer", text("satisfied"))]);
    assert_eq!(paper.flow().disputes.len(), 1);
    paper.step("2021-05-30", StepWord::Resolve, &[("text", text("又修了"))]);
    assert_eq!(paper.flow().disputes.len(), 0);
    paper.step("2021-05-31", StepWord::Feedback, &[("answer", text("satisfied"))]);
    let flow = paper.flow();
    assert_eq!((flow.state, flow.turn), (State::CloseCheck, 2), "it is an answer to what was done since");
}

#[test]
fn a_close_out_and_a_return_that_did_not_know_of_each_other_are_settled_by_either() {
    let apart = || {
        let mut paper = problem().planned("general").told("2021-05-26");
        let back = [("to", text("working")), ("from", text("close_check")), ("why", text("没有照片"))];
        paper.blind(2, "2021-05-28", "return", 1, vec![], &back);
        paper.blind(3, "2021-05-28", "close", 1, vec![], &[]);
        (paper, back)
    };
    let (mut paper, back) = apart();
    assert_eq!((paper.state(), paper.flow().disputes.len()), (State::Working, 1));
    assert_eq!(paper.flow().disputes[0].sides.last().unwrap().step, StepWord::Return, "what counts stands last");
    paper.step("2021-05-29", StepWord::Return, &back);
    assert_eq!((paper.state(), paper.flow().turn, paper.flow().disputes.len()), (State::Working, 2, 0));
    let (mut paper, _) = apart();
    paper.step("2021-05-29", StepWord::Close, &[]);
    assert_eq!((paper.state(), paper.flow().disputes.len()), (State::Closed, 0));
}
