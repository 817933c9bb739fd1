//! What a step says that a request may leave out.

use super::draft::{Draft, need_case};
use super::rules::of_round;
use crate::app::Desk;
use crate::domain::choice::LEVELS;
use crate::domain::{Class, CloseNumber, NUMBER, State, StepWord, Value};

type Fill = fn(&Desk<'_>, &mut Draft);

/// What is filled in before a step is weighed.
const FILLED: &[(StepWord, Fill)] = &[
    (StepWord::Screen, screening),
    (StepWord::Escalate, level),
    (StepWord::ExtendDecide, extension),
    (StepWord::Return, returning),
    (StepWord::Close, number),
    (StepWord::Reopen, reopening),
];

/// Fills in what a request may leave out.
pub(super) fn fill(desk: &Desk<'_>, draft: &mut Draft) {
    let step = draft.step;
    for (_, fill) in FILLED.iter().filter(|(of, _)| *of == step) {
        fill(desk, draft);
    }
}

fn screening(desk: &Desk<'_>, draft: &mut Draft) {
    let proposed = draft.case.flow.class.filter(|class| *class != Class::OnSite);
    if let (true, Some(class)) = (draft.decided() == "accept", proposed) {
        draft.put("class", Value::text(class.word()));
    }
    // What is joined to a joined one is joined to the first.
    if let Some(with) = draft.fact("with").and_then(Value::as_entity) {
        let first = need_case(desk, with).ok().and_then(|other| other.flow.joined_to()).unwrap_or(with);
        draft.facts.retain(|(key, _)| key != "with");
        draft.put("with", Value::Entity(first));
    }
}

/// 逐级上报: one level after the other.
fn level(_: &Desk<'_>, draft: &mut Draft) {
    if let Some(next) = LEVELS.get(draft.case.flow.level() + 1) {
        draft.put("level", Value::text(next.word));
    }
}

fn extension(_: &Desk<'_>, draft: &mut Draft) {
    let until = of_round(&draft.case, StepWord::Extend).and_then(|asked| asked.fact("until")).cloned();
    if let Some(until) = until {
        draft.put("until", until);
    }
}

/// Gives the day of the side that a step agrees with: settling says who was right, not when it happened.
pub(super) fn side_of(draft: &Draft) -> Option<i64> {
    let sides = &draft.case.flow.disputed(draft.step)?.sides;
    sides.iter().filter(|side| side.step == draft.step && side.says(&draft.facts)).map(|side| side.at).min()
}

/// From work an issue that is not ours goes back to screening; from the check before close-out to work, or where it was
/// never accepted to screening too.
fn returning(_: &Desk<'_>, draft: &mut Draft) {
    let state = draft.case.state;
    // Said once more, where others went on without knowing of it, it goes where it went.
    let disputed = draft.case.flow.disputed(StepWord::Return).map(|dispute| dispute.sides.clone());
    if let Some(side) = disputed.into_iter().flatten().find(|side| side.step == StepWord::Return) {
        for key in ["to", "from"] {
            side.fact(key).into_iter().for_each(|value| draft.put(key, value.clone()));
        }
        return;
    }
    let accepted = draft.case.flow.heads().any(|head| head.step == StepWord::Screen && head.decided() == "accept");
    let to = if state == State::CloseCheck && accepted { "working" } else { "screening" };
    draft.put("to", Value::text(to));
    draft.put("from", Value::text(state.word()));
}

/// The number comes from what this laptop knows.
fn number(desk: &Desk<'_>, draft: &mut Draft) {
    let code = CloseNumber::code_of(&desk.device.code, desk.device.laptop);
    draft.put(NUMBER, Value::text(desk.shelf.numbers().next(&code).to_string()));
}

/// A suggestion that was answered is weighed once more.
fn reopening(_: &Desk<'_>, draft: &mut Draft) {
    let to = if draft.case.state == State::Answered { "screening" } else { "working" };
    draft.put("to", Value::text(to));
}
