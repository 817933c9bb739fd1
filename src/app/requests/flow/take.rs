//! Taking a step of an issue: its facts are read by the table, held against the rules, and written with what they come in the
//! place of.

use chrono::NaiveDate as Day;

use super::draft::{Draft, need_case};
use super::{fill, rules};
use crate::app::house::cases::Case;
use crate::app::house::close_numbers;
use crate::app::requests::request::Answer;
use crate::app::{Args, Desk};
use crate::domain::facts::{Eyes, Fact, Shape};
use crate::domain::flow::{Go, Row};
use crate::domain::{Name, Sort, State, Step, StepWord, Value, Word, local};
use crate::text::{Said, Trouble, t};

/// Takes a step.
pub(super) fn take(desk: &mut Desk<'_>, args: &Args, step: StepWord) -> Result<Answer, Trouble> {
    let issue = which(desk, args)?;
    let case = need_case(desk, issue)?;
    let on = args.at("on")?;
    let facts = match step.row() {
        Some(row) => read(args, row)?,
        None => Vec::new(),
    };
    let day = happened(desk, &case, on)?;
    let mut draft = Draft { step, issue, case, facts, day, settles: false };
    fill::fill(desk, &mut draft);
    let next = draft.case.flow.next(draft.case.state, step, draft.decided()).ok_or_else(|| refuse(&draft))?;
    draft.settles = next.settles;
    let on = on.or_else(|| fill::side_of(&draft).filter(|_| next.settles));
    draft.day = on.map_or(draft.day, local::day);
    rules::check(desk, &draft)?;
    rules::beside(desk, args, &draft)?;
    let answer = Answer::of(Sort::Issue, issue);
    let answer = match draft.text(crate::domain::NUMBER) {
        Some(number) => answer.with(crate::domain::NUMBER, number),
        None => answer,
    };
    let mut facts = draft.facts;
    facts.push(("turn".into(), Value::Number(i64::from(next.turn))));
    facts.extend(on.map(|on| ("on".into(), Value::At(on))));
    desk.action.step(issue, Step { step: step.word().into(), facts }, next.saw)?;
    Ok(answer)
}

/// Finds the issue that a request means, by its id or by its close-out number.
fn which(desk: &Desk<'_>, args: &Args) -> Result<Name, Trouble> {
    let said = args.need_text("issue")?;
    match close_numbers::find_one(desk.shelf.numbers(), &said).map_err(|trouble| trouble.about("issue"))? {
        Some(issue) => Ok(issue),
        None => args.need_name("issue"),
    }
}

/// Reads the facts of a step as its row has them.
fn read(args: &Args, row: &Row) -> Result<Vec<(Word, Value)>, Trouble> {
    let known = |key: &str| row.facts.iter().any(|fact| fact.key == key) || rules::OTHERS.contains(&key);
    if let Some(key) = args.0.keys().find(|key| !known(key)) {
        let said = t("没有 “{key}” 这一项.", "there is no fact “{key}”.").with("key", key);
        return Err(Trouble::new("unknown-fact", said)
            .hint(t("docs/commands.md 列出了全部.", "docs/commands.md lists them all.")));
    }
    let mut read = Vec::new();
    for fact in row.facts {
        let value = match fact.shape {
            Shape::Words => args.words(fact.key).filter(|words| !words.is_empty()).map(Value::words),
            shape => {
                let as_fact = Fact { sort: Sort::Issue, key: fact.key, name: fact.name(), shape, eyes: Eyes::Card };
                args.text(fact.key).map(|said| as_fact.parse(&said)).transpose()?.filter(|it| *it != Value::Nothing)
            }
        };
        match value {
            Some(value) => read.push((fact.key.into(), value)),
            None if fact.must => return Err(rules::missing(row, fact.key)),
            None => {}
        }
    }
    Ok(read)
}

/// Gives the day of a step: now, or when it is said to have happened, which is between the step before it and today.
fn happened(desk: &Desk<'_>, case: &Case, on: Option<i64>) -> Result<Day, Trouble> {
    let now = desk.action.now().wall_ms;
    let today = local::day(desk.shelf.clocks().right(desk.device.laptop, now));
    let Some(day) = on.map(local::day) else { return Ok(today) };
    let wrong = |said: Said, hint: Said| {
        Err(Trouble::new("bad-value", said.with_words("day", local::said_beside(day, today))).about("on").hint(hint))
    };
    if day > today {
        let hint = t("填今天或以前的日子, 空着就是今天.", "Write today or a day before; empty means today.");
        return wrong(t("{day}还没到.", "{day} is still to come.").into(), hint.into());
    }
    let own = case.flow.heads().rev().find(|step| step.lead.go != Go::Stay);
    let last = own.into_iter().chain(case.solved_by()).max_by_key(|step| step.at);
    let (before, since) = match last {
        Some(step) => (Said::from(step.step.name()), local::day(step.at)),
        None => (t("登记", "record").into(), local::day(case.issue.at)),
    };
    if day < since {
        let early = t("{day}在{before}的那天 ({since}) 之前.", "{day} is before the last step: {before}, on {since}.");
        let since = local::said_beside(since, today);
        let hint = t("填 {since} 到今天的日子, 空着就是今天.", "Write a day from {since} to today; empty means today.");
        let hint = hint.with_words("since", since.clone());
        return wrong(early.with_words("since", since).with_words("before", before), hint);
    }
    Ok(day)
}

/// Says that a step is not legal now, and which ones are.
fn refuse(draft: &Draft) -> Trouble {
    let state = draft.case.state;
    let said = Said::from(t("现在不能{step}: 这一件是 {state}.", "not possible now: {step}. This issue is {state}."))
        .with_words("step", draft.step.name())
        .with_words("state", state.name());
    Trouble::new("not-now", said).hint(legal(&draft.case, state))
}

fn legal(case: &Case, state: State) -> Said {
    let one = |step: StepWord| {
        Said::from(t("{name} ({word})", "{name} ({word})"))
            .with_words("name", step.name())
            .with("word", format!("issue.{}", step.word()))
    };
    let list = case.flow.legal(state).filter(|step| rules::is_open(case, *step)).map(one).reduce(|list, next| {
        Said::from(t("{list}, {next}", "{list}, {next}")).with_words("list", list).with_words("next", next)
    });
    let none = || t("没有", "nothing").into();
    Said::from(t("现在可以: {list}.", "Possible now: {list}.")).with_words("list", list.unwrap_or_else(none))
}
