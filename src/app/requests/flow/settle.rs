//! Settling what people decided differently about an issue: one of the steps is taken once more as it was, in the place of all
//! of them. Whoever chooses says who was right; when it happened stays, and so does what more it said.

use super::draft::need_case;
use crate::app::requests::request::Answer;
use crate::app::{Desk, disputes};
use crate::domain::flow::{STEP, Slot, Taken};
use crate::domain::{Kind, Name, Sort, Step, StepWord, Value};
use crate::text::{Said, Trouble, t};

/// Chooses one of the answers of a disagreement: by the name of its step, else by what it says where that is one answer.
/// `fact` names the place, or the word of a step in it.
pub(in crate::app::requests) fn settle(
    desk: &mut Desk<'_>,
    issue: Name,
    fact: &str,
    said: &str,
) -> Result<Answer, Trouble> {
    let case = need_case(desk, issue)?;
    let word = fact.strip_prefix(STEP).unwrap_or_default();
    let is_meant =
        |slot: Slot, sides: &[Taken]| slot.key() == fact || sides.iter().any(|side| side.step.word() == word);
    let mut found = case.flow.disputes.iter().rev().filter(|dispute| is_meant(dispute.slot, &dispute.sides));
    let name = said.parse::<Name>().ok();
    let dispute = match name {
        Some(name) => found.find(|dispute| dispute.sides.iter().any(|side| side.name == name)),
        None => found.next(),
    };
    let dispute = dispute.ok_or_else(disputes::none_there)?;
    let says =
        |side: &&Taken| Some(side.name) == name || side.said().map_or(side.step.word(), |(word, _)| word) == said;
    let mut chosen = dispute.sides.iter().rev().filter(says);
    let side = chosen.next().filter(|side| chosen.all(|other| other.agrees(side)));
    let Some(side) = side else {
        let all = dispute.sides.iter().map(|side| {
            let told = disputes::told_step(side, &dispute.sides, desk.shelf.numbers());
            Said::from(t("{told} ({name})", "{told} ({name})")).with_words("told", told).with("name", side.name)
        });
        let all = all.reduce(|all, one| {
            Said::from(t("{all} / {one}", "{all} / {one}")).with_words("all", all).with_words("one", one)
        });
        let refused = t("“{said}” 说不准是哪一步.", "it is not clear which step “{said}” means.").with("said", said);
        let hint = Said::from(t("选其中一个: {all}.", "Choose one of: {all}."));
        return Err(Trouble::new("bad-value", refused)
            .about("value")
            .hint(hint.with_words("all", all.unwrap_or_else(|| t("", "").into()))));
    };
    // What was accepted is a problem; what is weighed after all is a suggestion once more.
    let kind = match side.step {
        StepWord::Screen if side.decided() == "accept" && case.flow.kind == Some(Kind::Suggestion) => {
            Some(Kind::Problem)
        }
        StepWord::Weigh if case.flow.kind != Some(Kind::Suggestion) => Some(Kind::Suggestion),
        _ => None,
    };
    if let Some(kind) = kind {
        desk.action.set(issue, "kind", Value::text(kind.word()))?;
    }
    let turn = match dispute.slot {
        Slot::At(turn, _) => turn,
        _ => case.flow.turn,
    };
    let mut facts = side.facts.clone();
    facts.retain(|(key, _)| key != "turn" && key != "on");
    facts.push(("turn".into(), Value::Number(i64::from(turn))));
    facts.push(("on".into(), Value::At(side.at)));
    let step = Step { step: side.step.word().into(), facts };
    desk.action.step(issue, step, case.flow.names_in(dispute.slot))?;
    Ok(Answer::of(Sort::Issue, issue))
}
