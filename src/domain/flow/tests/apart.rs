//! Steps of people who did not know of each other, steps taken back, and words of later programs.

use super::*;

#[test]
fn different_screenings_of_two_laptops_are_a_disagreement_until_somebody_screens_once_more() {
    let mut paper = problem();
    let accept = [("decision", text("accept")), ("class", text("general")), ("unit", text("水利站"))];
    paper.blind(2, "2021-05-14", "screen", 1, vec![], &accept);
    paper.blind(3, "2021-05-15", "screen", 1, vec![], &[("decision", text("unsupported"))]);
    let flow = paper.flow();
    assert_eq!((flow.state, flow.disputes.len(), flow.steps.len()), (State::Explaining, 1, 2));
    paper.step("2021-05-16", StepWord::Screen, &accept);
    let flow = paper.flow();
    assert_eq!((flow.state, flow.disputes.len(), flow.steps.len()), (State::Planning, 0, 3), "and nothing is lost");
}

#[test]
fn the_same_decision_twice_is_no_disagreement() {
    let mut paper = problem().planned("general").told("2021-05-26");
    paper.blind(2, "2021-05-28", "close", 1, vec![], &[("number", text("一组1-0001-X"))]);
    paper.blind(3, "2021-05-29", "close", 1, vec![], &[("number", text("二组1-0001-Y"))]);
    let flow = paper.flow();
    assert_eq!((flow.state, flow.disputes.len()), (State::Closed, 0));
}

// 反弹 and 核查不合格 both lead to 重办: whoever looked and whoever verified said the same for two reasons.
#[test]
fn a_relapse_and_a_failed_verification_are_two_reasons_for_the_same_and_no_disagreement() {
    let looked = || {
        let mut paper = problem().planned("general").told("2021-05-26");
        paper.blind(2, "2021-05-28", "close", 1, vec![], &[]);
        paper.blind(2, "2021-10-20", "look_back", 1, vec![], &[("result", text("relapse"))]);
        paper
    };
    let mut paper = looked();
    let failed = [("result", text("failed")), ("people", text("刘水"))];
    paper.blind(3, "2021-10-21", "verify", 1, vec![], &failed);
    let flow = paper.flow();
    assert_eq!((flow.state, flow.disputes.len(), flow.rounds.len()), (State::Redo, 0, 2));
    assert_eq!(flow.heads().filter(|step| step.turn == 1 && step.position() == Some((2, 0))).count(), 2, "both stay");
    // That it lasts is another answer.
    let mut paper = looked();
    paper.blind(3, "2021-10-21", "look_back", 1, vec![], &[("result", text("stable"))]);
    assert_eq!((paper.state(), paper.flow().disputes.len()), (State::Redo, 1));
}

#[test]
fn going_back_beats_going_on_without_knowing_of_it() {
    let mut paper = problem().planned("general");
    paper.step("2021-05-26", StepWord::Resolve, &[("text", text("好了"))]);
    paper.blind(2, "2021-05-26", "feedback", 1, vec![], &[("answer", text("dissatisfied"))]);
    paper.blind(3, "2021-05-27", "feedback", 1, vec![], &[("answer", text("satisfied"))]);
    paper.blind(3, "2021-05-28", "close", 1, vec![], &[]);
    let flow = paper.flow();
    assert_eq!((flow.state, flow.disputes.len()), (State::Redo, 1));
    // Asked once more the household was satisfied after all: it is closed out as it was.
    paper.step("2021-05-30", StepWord::Feedback, &[("answer", text("satisfied"))]);
    let flow = paper.flow();
    assert_eq!((flow.state, flow.disputes.len(), flow.rounds.len()), (State::Closed, 0, 1));
}

#[test]
fn a_step_that_was_taken_back_does_not_count_and_what_it_came_in_the_place_of_does_again() {
    let mut paper = problem().accepted("general");
    paper.step("2021-05-19", StepWord::Plan, &[("text", text("换泵")), ("unit", text("水利站"))]);
    let again = paper.step("2021-05-20", StepWord::Plan, &[("text", text("打新井")), ("unit", text("打井队"))]);
    assert_eq!(paper.flow().responsible().0, "打井队");
    paper.take_back(again);
    assert_eq!((paper.state(), paper.flow().responsible().0), (State::Working, "水利站"));
    let told = paper.step("2021-05-26", StepWord::Resolve, &[("text", text("好了"))]);
    paper.take_back(told);
    assert_eq!(paper.state(), State::Working);
    assert!(!paper.record().is_retracted(), "the issue itself stays");
}

#[test]
fn words_of_later_programs_are_kept_and_change_no_state() {
    let mut paper = problem().planned("general");
    let before = paper.flow();
    paper.blind(9, "2021-06-01", "arbitrate", 7, vec![], &[("court", text("仲裁"))]);
    paper.blind(9, "2021-06-01", "screen", 7, vec![], &[("decision", text("postpone"))]);
    assert_eq!(paper.flow(), before);
    assert_eq!(paper.record().events().count(), paper.operations.len());
}

#[test]
fn who_is_joined_is_answered_by_itself_and_can_be_parted_again() {
    let mut paper = problem();
    let lead = Name::new(5, 5);
    paper.step("2021-05-14", StepWord::Screen, &[("decision", text("join")), ("with", Value::Entity(lead))]);
    let flow = paper.flow();
    assert_eq!((flow.state, flow.joined_to()), (State::Joined, Some(lead)));
    let paper = paper.accepted("general");
    assert_eq!((paper.state(), paper.flow().joined_to(), paper.flow().disputes.len()), (State::Planning, None, 0));
}

#[test]
fn steps_that_say_they_saw_each_other_are_not_lost() {
    let mut paper = problem();
    let first = Name::new(2, 2);
    let second = paper.blind(2, "2021-05-14", "screen", 1, vec![Name::new(2, 3)], &[("decision", text("accept"))]);
    assert_eq!(second, first);
    paper.blind(2, "2021-05-15", "screen", 1, vec![first], &[("decision", text("unsupported"))]);
    assert_eq!(paper.flow().state, State::Explaining);
}
