//! 不一致: two people wrote different things without knowing of each other; a person chooses.

use crate::app::request::{Answer, Row, must};
use crate::app::{Args, Desk};
use crate::domain::{CLOCK, Rightings, Sort, Value, facts as table};
use crate::text::{Trouble, t};

use super::facts;

pub const ROWS: &[Row] = &[Row {
    word: "conflict.resolve",
    about: t("不一致: 选定一个值, 或另写一个", "settle a disagreement: one of the values, or another"),
    takes: &[
        must("entity", "哪一条 (list conflicts 里的编号)", "which entity (its id in list conflicts)"),
        must("fact", "哪一项", "which fact"),
        must("value", "定为", "the value"),
    ],
    run: resolve,
}];

fn resolve(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let entity = args.need_name("entity")?;
    let key = args.need_text("fact")?;
    let record = desk.action.record(entity)?;
    let sort = record.as_ref().and_then(|record| record.sort()).unwrap_or(Sort::Household);
    if key != CLOCK {
        facts::need(desk, entity, sort)?;
    }
    let disputed =
        record.as_ref().and_then(|record| record.register(&key)).is_some_and(crate::domain::Register::is_disputed);
    if !disputed {
        return Err(Trouble::new("no-conflict", t("这一项没有不一致.", "there is no disagreement here."))
            .hint(t("list conflicts 列出全部.", "“list conflicts” lists them all.")));
    }
    let said = args.text("value").unwrap_or_default();
    let value = match table::find(sort, &key) {
        Some(fact) => fact.parse(&said)?,
        None if key == CLOCK => Rightings::of(&Value::words(said.split('、'))).value(),
        None => Value::text(said),
    };
    desk.action.set(entity, &key, value)?;
    Ok(Answer::of(sort, entity))
}
