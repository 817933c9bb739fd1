//! What a step needs beyond its row of the table: what is refused, and what is written beside it.

use chrono::NaiveDate as Day;

use super::draft::{Draft, need_case};
use crate::app::house::cases::Case;
use crate::app::requests::facts;
use crate::app::{Args, Desk};
use crate::domain::choice::LEVELS;
use crate::domain::flow::{Row, Taken, day};
use crate::domain::{Calendar, Class, Deadline, Kind, Name, Sort, State, StepWord, Value, local};
use crate::text::{Said, Text, Trouble, t};

/// What requests take beside the facts of their step.
pub(super) const OTHERS: &[&str] = &["issue", "on", "turn_into"];

type Check = fn(&Desk<'_>, &Draft) -> Result<(), Trouble>;

/// What a legal step is held against.
const CHECKED: &[(StepWord, Check)] = &[
    (StepWord::Screen, check_screening),
    (StepWord::Escalate, check_level),
    (StepWord::Plan, check_plan),
    (StepWord::Progress, check_milestone),
    (StepWord::Extend, check_asking),
    (StepWord::ExtendDecide, check_deciding),
    (StepWord::Explain, check_explaining),
    (StepWord::Feedback, check_telling),
    (StepWord::Return, check_return),
    (StepWord::HandOver, check_handing),
];

/// Refuses what the rules do not allow.
pub(super) fn check(desk: &Desk<'_>, draft: &Draft) -> Result<(), Trouble> {
    CHECKED.iter().filter(|(step, _)| *step == draft.step).try_for_each(|(_, check)| check(desk, draft))
}

/// Writes what changes along with a step: a suggestion that is accepted, or reopened as one, is a problem from now on.
pub(super) fn beside(desk: &mut Desk<'_>, args: &Args, draft: &Draft) -> Result<(), Trouble> {
    let problem = Kind::Problem.word();
    let is_suggestion = draft.case.flow.kind == Some(Kind::Suggestion);
    let into = args.text("turn_into");
    if into.as_deref().is_some_and(|into| into != problem || !is_suggestion || draft.step != StepWord::Reopen) {
        let said = t("只有重办的建议能转成问题 (problem).", "only a suggestion that is reopened turns into a problem.");
        return Err(refused("bad-value", said).about("turn_into"));
    }
    let accepted = draft.step == StepWord::Screen && draft.decided() == "accept";
    if is_suggestion && (accepted || into.is_some()) {
        desk.action.set(draft.issue, "kind", Value::text(problem))?;
    }
    Ok(())
}

/// Says a day beside that of the step.
fn said_day(draft: &Draft, day: Day) -> Said {
    local::said_beside(day, draft.day)
}

fn refused(kind: &'static str, said: impl Into<Said>) -> Trouble {
    Trouble::new(kind, said)
}

/// Gives a fact that is needed here, though not everywhere.
fn need(draft: &Draft, key: &'static str) -> Result<(), Trouble> {
    let Some(row) = draft.step.row().filter(|_| draft.fact(key).is_none()) else { return Ok(()) };
    Err(missing(row, key))
}

/// Says that a fact of a step is not there, in its own words.
pub(super) fn missing(row: &Row, key: &'static str) -> Trouble {
    let Some(fact) = row.facts.iter().find(|fact| fact.key == key) else {
        return crate::app::requests::args::missing(key);
    };
    let said = Said::from(t("缺少{name} “{key}”.", "{name} “{key}” is missing."));
    Trouble::new("missing", said.with_words("name", fact.name()).with("key", key)).about(key)
}

/// Tells whether an issue shuts a step out.
type Shut = fn(&Case) -> bool;

/// Steps that their row allows and that are refused all the same by how the issue stands.
const SHUT: &[(StepWord, Shut)] = &[
    (StepWord::Explain, |case| case.state == State::Screening && case.flow.kind == Some(Kind::Suggestion)),
    (StepWord::Escalate, |case| LEVELS.get(case.flow.level() + 1).is_none()),
    (StepWord::Return, |case| case.state != State::CloseCheck && was_returned(case)),
    (StepWord::Extend, |case| decided(case).is_some()),
    (StepWord::ExtendDecide, |case| decided(case).is_some() || of_round(case, StepWord::Extend).is_none()),
];

/// Tells whether a legal step would not be refused at once.
pub(in crate::app) fn is_open(case: &Case, step: StepWord) -> bool {
    !SHUT.iter().any(|(of, shut)| *of == step && shut(case))
}

fn was_returned(case: &Case) -> bool {
    let office = State::CloseCheck.word();
    case.flow.steps.iter().any(|step| step.step == StepWord::Return && step.text("from") != Some(office))
}

fn check_screening(desk: &Desk<'_>, draft: &Draft) -> Result<(), Trouble> {
    let is_suggestion = draft.case.flow.kind == Some(Kind::Suggestion);
    match draft.decided() {
        "accept" => {
            need(draft, "class")?;
            need(draft, "unit")
        }
        "join" => {
            need(draft, "with")?;
            let with = draft.fact("with").and_then(Value::as_entity);
            with.map(|with| need_case(desk, with)).transpose()?;
            if with == Some(draft.issue) {
                let said = t("不能并到自己.", "an issue cannot be joined to itself.");
                return Err(refused("bad-value", said).about("with"));
            }
            Ok(())
        }
        _ if is_suggestion => Err(refused("not-now", t("这是建议.", "this is a suggestion."))
            .hint(t("不采纳用 权衡建议 (issue.weigh).", "Weigh and decline it (issue.weigh)."))),
        _ => need(draft, "why"),
    }
}

/// A long-term plan names goal, measures, unit, person and finish date (plan 二(三)2).
fn check_plan(_: &Desk<'_>, draft: &Draft) -> Result<(), Trouble> {
    if let Some(finish) = draft.fact("finish").and_then(day).filter(|finish| *finish < draft.day) {
        let said = t("完成时限{finish}已经过了.", "the finish date {finish} is over.")
            .with_words("finish", said_day(draft, finish));
        return Err(refused("bad-value", said).about("finish"));
    }
    if draft.case.flow.class != Some(Class::LongTerm) {
        return Ok(());
    }
    need(draft, "goal")?;
    need(draft, "finish")?;
    let (unit, person) = draft.case.flow.responsible();
    for (key, known) in [("unit", unit), ("person", person)] {
        if known.is_empty() || (key == "person" && draft.fact("unit").is_some()) {
            need(draft, key)?;
        }
    }
    Ok(())
}

/// The next milestone lies between today and the finish date, which only an extension moves.
fn check_milestone(_: &Desk<'_>, draft: &Draft) -> Result<(), Trouble> {
    let wrong = |said: Said| Err(refused("bad-value", said).about("milestone"));
    let Some(milestone) = draft.fact("milestone").and_then(day) else { return Ok(()) };
    if draft.case.state != State::LongTerm {
        return wrong(t("只有长期的才有节点.", "only long-term issues have milestones.").into());
    }
    if milestone < draft.day {
        return wrong(
            t("节点{day}已经过了.", "the milestone {day} is over.").with_words("day", said_day(draft, milestone)),
        );
    }
    let Some(finish) = draft.case.flow.finish_in(draft.case.flow.round()).map(|finish| finish.due) else {
        return Err(refused("not-now", t("还没有长期方案.", "there is no long-term plan yet.")).hint(t(
            "先提出方案 (issue.plan), 写明目标和完成时限.",
            "First a plan (issue.plan), with its goal and finish date.",
        )));
    };
    if milestone > finish {
        let said = t("节点{day}在完成时限{finish}之后.", "the milestone {day} is after the finish date, {finish}.");
        return Err(refused(
            "bad-value",
            said.with_words("day", said_day(draft, milestone)).with_words("finish", said_day(draft, finish)),
        )
        .about("milestone")
        .hint(t("完成时限要先申请延期 (issue.extend).", "The finish date is moved by an extension (issue.extend).")));
    }
    Ok(())
}

/// 逐级上报: one level after the other (plan 二(三)1).
fn check_level(_: &Desk<'_>, draft: &Draft) -> Result<(), Trouble> {
    let Some(next) = LEVELS.get(draft.case.flow.level() + 1) else {
        return Err(refused("not-now", t("已经报到市一级.", "it was escalated to the city already.")));
    };
    if draft.text("level") == Some(next.word) {
        return Ok(());
    }
    let said = Said::from(t("逐级上报: 下一级是 {next}.", "level by level: the next one is {next}."));
    Err(refused("bad-value", said.with_words("next", next.name)).about("level"))
}

/// Gives what was asked and decided of an extension in this round.
pub(super) fn of_round(case: &Case, step: StepWord) -> Option<&Taken> {
    case.flow.last_in_round(step)
}

fn decided(case: &Case) -> Option<&Taken> {
    of_round(case, StepWord::ExtendDecide)
}

fn only_once(draft: &Draft) -> Result<(), Trouble> {
    const ONCE: Text =
        t("延期只能一次, 这一轮已经批过.", "an extension was approved in this round; there is only one.");
    const REFUSED: Text =
        t("延期只能申请一次, 这一轮没有批.", "an extension is asked for once, and was refused in this round.");
    match decided(&draft.case).filter(|_| !draft.settles) {
        Some(decided) => Err(refused("only-once", if decided.refuses() { REFUSED } else { ONCE })),
        None => Ok(()),
    }
}

/// Gives the day that an extension would move: the finish date of what takes long, else that of the answer.
fn movable(desk: &Desk<'_>, draft: &Draft) -> Result<Day, Trouble> {
    let (case, flow) = (&draft.case, &draft.case.flow);
    let answer = case.dues(&desk.campaign.deadline, Calendar::built_in()).answer.map(|timed| timed.deadline);
    let finish = flow.finish_in(flow.round()).filter(|_| flow.class == Some(Class::LongTerm));
    let due = finish.or(answer).map(Deadline::unextended);
    due.ok_or_else(|| refused("not-now", t("这一件没有时限.", "this issue has no deadline.")))
}

fn check_until(draft: &Draft, due: Day) -> Result<(), Trouble> {
    if draft.fact("until").and_then(day).is_some_and(|until| until > due) {
        return Ok(());
    }
    let said = t("延到的日子要在时限{due}之后.", "the new day must be after the one it is due on, {due}.")
        .with_words("due", said_day(draft, due));
    Err(refused("bad-value", said).about("until"))
}

/// An extension is asked for before the answer is due, and once (Shandong's hotline rules).
fn check_asking(desk: &Desk<'_>, draft: &Draft) -> Result<(), Trouble> {
    only_once(draft)?;
    let due = movable(desk, draft)?;
    if draft.day > due {
        return Err(refused(
            "too-late",
            t("时限{due}已过, 延期要在到期前申请.", "it was due on {due}; an extension is asked for before that.")
                .with_words("due", said_day(draft, due)),
        ));
    }
    check_until(draft, due)
}

/// Gives who asked for an extension: not whoever said once more which day was asked for, where people had asked for several.
fn asked_by<'a>(case: &'a Case, asked: &'a Taken) -> impl Iterator<Item = &'a str> {
    let all = case.flow.in_round(case.flow.round(), StepWord::Extend).filter(|step| step.says(&asked.facts));
    let same: Vec<&Taken> = all.collect();
    let names: Vec<Name> = same.iter().map(|step| step.name).collect();
    let first = move |step: &&Taken| !names.iter().any(|name| step.saw.contains(name));
    same.into_iter().filter(first).map(|step| step.actor.as_str())
}

/// Nobody approves what they asked for themselves.
fn check_deciding(desk: &Desk<'_>, draft: &Draft) -> Result<(), Trouble> {
    let Some(asked) = of_round(&draft.case, StepWord::Extend) else {
        return Err(refused("not-now", t("还没有人申请延期.", "nobody asked for an extension."))
            .hint(t("先申请延期 (issue.extend).", "Ask for one first (issue.extend).")));
    };
    only_once(draft)?;
    if draft.text("by").is_some_and(|by| asked_by(&draft.case, asked).any(|own| own == by)) {
        return Err(refused(
            "own-request",
            t("{by} 是申请人, 不能自己批.", "{by} asked for it and cannot decide on it.")
                .with("by", draft.text("by").unwrap_or_default()),
        )
        .about("by"));
    }
    if draft.decided() == "approved" { check_until(draft, movable(desk, draft)?) } else { Ok(()) }
}

/// Before screening only what is told in person is explained: 当场解释.
fn check_explaining(desk: &Desk<'_>, draft: &Draft) -> Result<(), Trouble> {
    if draft.decided() == "yes" {
        check_whose(desk, draft)?;
    }
    if draft.case.state != State::Screening {
        return Ok(());
    }
    if draft.case.flow.kind == Some(Kind::Suggestion) {
        return Err(refused("not-now", t("这是建议.", "this is a suggestion."))
            .hint(t("先权衡建议 (issue.weigh), 再反馈.", "Weigh it first (issue.weigh), then tell its author.")));
    }
    if draft.decided() == "yes" {
        return Ok(());
    }
    Err(refused(
        "not-now",
        t("还没甄别, 只能是当面说清了 (told).", "not screened yet: only what was told in person (told) counts."),
    )
    .hint(t("或者先甄别 (issue.screen).", "Or screen it first (issue.screen).")))
}

/// 谁走访谁反馈 (plan 二(三)4): who recorded it or was there tells the household, or whom it was handed over to.
fn check_whose(desk: &Desk<'_>, draft: &Draft) -> Result<(), Trouble> {
    let (flow, teller) = (&draft.case.flow, draft.case.teller());
    let visit = draft.case.issue.visit.map(|visit| desk.action.record(visit)).transpose()?.flatten();
    let were_there =
        visit.as_deref().and_then(|visit| visit.value("visitors")).map(Value::as_words).unwrap_or_default();
    let handed_over = flow.last(StepWord::HandOver).is_some();
    let actor = desk.action.actor();
    if teller.is_empty() || teller == actor || (!handed_over && were_there.iter().any(|one| one == actor)) {
        return Ok(());
    }
    let said = t("谁走访谁反馈: 这一件由 {teller} 反馈.", "who visited tells the household: this is {teller}'s.");
    Err(refused("not-yours", said.with("teller", teller)).hint(t(
        "换人先转交 (issue.hand_over), 或由本人来记 (actor).",
        "Hand it over first (issue.hand_over), or have that person record it (actor).",
    )))
}

fn check_telling(desk: &Desk<'_>, draft: &Draft) -> Result<(), Trouble> {
    check_whose(desk, draft)?;
    if let Some(visit) = draft.fact("visit").and_then(Value::as_entity) {
        facts::need(desk, visit, Sort::Visit)?;
    }
    let wanted = usize::try_from(desk.campaign.deadline.unreachable_after).unwrap_or(usize::MAX);
    let tried = draft.case.flow.attempts();
    if draft.decided() == "unreachable" && tried < wanted {
        return Err(refused(
            "too-soon",
            t(
                "才联系过 {tried} 次, 满 {wanted} 次没联系到才算联系不上.",
                "tried {tried} times; a household is unreachable after {wanted}.",
            )
            .with("tried", tried)
            .with("wanted", wanted),
        )
        .about("answer")
        .hint(t(
            "这次选 没联系到, 每次都记一笔 (answer=absent).",
            "Choose “not found” for this time; each attempt is noted (answer=absent).",
        )));
    }
    Ok(())
}

/// Not ours: within two working days, and once; then the office decides (Shandong's hotline rules).
fn check_return(desk: &Desk<'_>, draft: &Draft) -> Result<(), Trouble> {
    let flow = &draft.case.flow;
    if draft.settles || draft.case.state == State::CloseCheck {
        return Ok(());
    }
    if was_returned(&draft.case) {
        return Err(refused(
            "only-once",
            t("退回只能一次, 由办公室定.", "it was returned once already; the office decides."),
        )
        .hint(t("办公室可以改交 (issue.assign).", "The office may assign it to another unit (issue.assign).")));
    }
    let assigned =
        [StepWord::Screen, StepWord::Assign].into_iter().filter_map(|step| flow.last(step)).map(|step| step.at);
    let Some(assigned) = assigned.max() else { return Ok(()) };
    let by = desk.campaign.deadline.return_by(local::day(assigned), Calendar::built_in());
    if draft.day > by.due {
        return Err(refused(
            "too-late",
            t("退回要在{due}前.", "it could be returned until {due}.").with_words("due", said_day(draft, by.due)),
        )
        .hint(t("由办公室改交 (issue.assign).", "The office may assign it to another unit (issue.assign).")));
    }
    Ok(())
}

fn check_handing(_: &Desk<'_>, draft: &Draft) -> Result<(), Trouble> {
    const SAME: Text = t("本来就由 {to} 反馈.", "it is {to}'s already.");
    let teller = draft.case.teller();
    if draft.text("to") == Some(teller) && !draft.settles {
        Err(refused("bad-value", SAME.with("to", teller)).about("to"))
    } else {
        Ok(())
    }
}
