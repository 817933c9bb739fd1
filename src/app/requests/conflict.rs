//! 不一致: two people wrote different things without knowing of each other; a person chooses.
//!
//! A value that stands there is written again as it is. A third one is read as the fact's own request reads it, and what
//! has no such reader, as which household a line belongs to or a step of an issue, is chosen among what stands there.

use crate::app::requests::request::{Answer, Row, must};
use crate::app::{Args, Desk, disputes};
use crate::domain::facts::{Fact, Shape};
use crate::domain::flow::STEP;
use crate::domain::{CLOCK, Name, Record, Rightings, Sort, Value, along, value_of};
use crate::hanzi::forms;
use crate::text::{Said, Trouble, t};

use super::{facts, flow, line};

pub const ROWS: &[Row] = &[Row {
    word: "conflict.resolve",
    about: t("不一致: 选定一个值, 或另写一个", "settle a disagreement: one of the values, or another"),
    takes: &[
        must("entity", "哪一条 (list conflicts 里的编号)", "which entity (its id in list conflicts)"),
        must("fact", "哪一项", "which fact"),
        must("value", "定为; 流程的写步骤编号, 或结果", "the value; of a step its id, or what it says"),
    ],
    run: resolve,
}];

fn resolve(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let entity = args.need_name("entity")?;
    let key = args.need_text("fact")?;
    if key.starts_with(STEP) {
        return flow::settle(desk, entity, &key, &args.need_text("value")?);
    }
    let record = desk.action.record(entity)?;
    let sort = record.as_ref().and_then(|record| record.sort()).unwrap_or(Sort::Household);
    if key != CLOCK {
        facts::need(desk, entity, sort)?;
    }
    let is_disputed =
        |record: &&std::sync::Arc<Record>| record.register(&key).is_some_and(crate::domain::Register::is_disputed);
    let Some(record) = record.as_ref().filter(is_disputed) else {
        return Err(disputes::none_there());
    };
    let said = match args.words("value") {
        Some(words) if args.0.get("value").is_some_and(serde_json::Value::is_array) => words.join("、"),
        _ => args.text("value").unwrap_or_default(),
    };
    let value = match standing(record, &key, &said) {
        Some(value) => value,
        None => third(desk, record, sort, &key, &said)?,
    };
    match (value, line_of(record, sort, &key)) {
        // A line takes what it became and the visit at its talk with it.
        (Value::Entity(household), Some(line)) => line::bring_to(desk, line, household)?,
        (value, _) => desk.action.set(entity, &key, value)?,
    }
    Ok(Answer::of(sort, entity))
}

/// Gives the line that moved, where its household is what is disputed.
fn line_of(record: &Record, sort: Sort, key: &str) -> Option<Name> {
    match (sort, key) {
        (Sort::Line, "household") => Some(record.entity()),
        (Sort::Issue, "household") => record.link("line"),
        _ => None,
    }
}

/// Finds what stands there already by the form in which requests take it.
fn standing(record: &Record, key: &str, said: &str) -> Option<Value> {
    let values = record.register(key)?.heads().filter_map(|head| value_of(head));
    values.into_iter().find(|value| disputes::written(value) == said).cloned()
}

/// Reads a value that nobody wrote before.
fn third(desk: &Desk<'_>, record: &Record, sort: Sort, key: &str, said: &str) -> Result<Value, Trouble> {
    let said = said.trim();
    if key == CLOCK {
        let read = Rightings::read(said).map(|rightings| rightings.value());
        return read.ok_or_else(|| choose(desk, record, key, said));
    }
    match along::find(sort, key).filter(|fact| can_be_typed(fact, said)) {
        Some(fact) => {
            fact.parse_spoken(&facts::as_the_form_reads(sort, key, said.to_owned()), desk.action.now().wall_ms)
        }
        None => Err(choose(desk, record, key, said)),
    }
}

/// Tells whether nothing is left of what was typed once it is read: a blank, the word 组 without a number.
fn is_nothing(fact: &Fact, said: &str) -> bool {
    let is_group = fact.sort == Sort::Household && fact.key == "group";
    said.is_empty() || (is_group && forms::is_group_word(said))
}

/// What comes from the timer: nobody types it, here as little as in `visit.set`.
const BY_THE_TIMER: [&str; 7] = ["proven_ms", "declared_ms", "ended", "outcome", "left_ms", "left_gaps", "missed_ms"];

/// Tells whether a fact can be typed here at all. Nothing is no value: a household without a head is in no list.
fn can_be_typed(fact: &Fact, said: &str) -> bool {
    let is_timed = matches!(fact.sort, Sort::Visit | Sort::Talk) && BY_THE_TIMER.contains(&fact.key);
    !is_timed && fact.shape != Shape::Entity && !is_nothing(fact, said)
}

/// Refuses a third value: one of those that stand there is to be chosen.
fn choose(desk: &Desk<'_>, record: &Record, key: &str, said: &str) -> Trouble {
    let refused: Said = match said {
        "" => t("还没有写定为什么.", "It does not say what to settle on.").into(),
        said => t("“{said}” 不能用在这里.", "“{said}” does not do here.").with("said", said),
    };
    let trouble = Trouble::new("bad-value", refused).about("value");
    if key == CLOCK {
        return trouble.hint(t(
            "选其中一个; 或重新更正那台电脑的时间 (clock.correct).",
            "Choose one of them, or correct that clock anew (clock.correct).",
        ));
    }
    let read = disputes::read(record, key, desk.shelf, desk.action.view()).ok().flatten();
    let sides = read.into_iter().flat_map(|dispute| dispute.sides).map(|side| side.value);
    let all = sides.reduce(|all, one| {
        Said::from(t("{all} / {one}", "{all} / {one}")).with_words("all", all).with_words("one", one)
    });
    match all {
        Some(all) => trouble.hint(Said::from(t("选其中一个: {all}.", "Choose one of: {all}.")).with_words("all", all)),
        None => trouble,
    }
}
