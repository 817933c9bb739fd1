//! 受访户: add one, change what is known of it.

use std::sync::Arc;

use crate::app::requests::request::{Answer, Row, must};
use crate::app::{Args, Desk};
use crate::domain::{Birth, Name, Record, Register, Sort, Value, household};
use crate::text::{Trouble, t};

use super::facts;

pub const ROWS: &[Row] = &[
    Row {
        word: "household.add",
        about: t("新建受访户 (名册上没有的)", "add a household that is on no roster"),
        takes: &[must("head", "户主, 以及户的任何一项", "the head, and any fact of a household")],
        run: add,
    },
    Row {
        word: "household.set",
        about: t(
            "改户的资料; 空值清空; 照名册的原样再写一次, 就是有人核对过",
            "change facts of a household; an empty value empties; what a roster says, written once more, is checked by a person",
        ),
        takes: &[must("household", "哪一户; 其余为要改的项", "which household; the rest are facts")],
        run: set,
    },
    Row {
        word: "household.settle",
        about: t("待核对的一格已核对", "a cell in doubt has been checked"),
        takes: &[must("household", "哪一户", "which household"), must("fact", "哪一项", "which fact")],
        run: settle,
    },
];

fn add(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    args.need_text("head")?;
    let given = facts::read(args, Sort::Household, &[])?;
    let name = desk.action.create(Sort::Household, Birth { links: Vec::new(), facts: given })?;
    Ok(Answer::of(Sort::Household, name))
}

fn set(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let household = need(desk, args)?;
    for (key, value) in facts::read(args, Sort::Household, &["household"])? {
        write(desk, household, &key, value)?;
    }
    Ok(Answer::of(Sort::Household, household))
}

/// Writes a fact of a household: on each of its records that has been written on, so that whoever parts them again finds
/// it with both, and on the one that stands for it. What somebody said already, undisputed, writes nothing; what only a roster
/// says is said by a person then.
pub fn write(desk: &mut Desk<'_>, household: Name, key: &str, value: Value) -> Result<(), Trouble> {
    let home = desk.shelf.home_of(household);
    let records = desk.shelf.records_of(home, desk.action.view())?;
    let disputed = |record: &Arc<Record>| record.register(key).is_some_and(Register::is_disputed);
    let wanted = Some(&value).filter(|value| **value != Value::Nothing);
    let is_said = wanted.is_none() || household::is_said(&records, key);
    if household::fact(&records, key) == wanted && is_said && !records.iter().any(disputed) {
        return Ok(());
    }
    for record in records {
        if record.entity() == home || record.written(key).is_some() {
            desk.action.write_over(record.entity(), key, value.clone())?;
        }
    }
    Ok(())
}

fn settle(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let household = need(desk, args)?;
    let key = args.need_text("fact")?;
    desk.action.set(household, &format!("settled/{key}"), Value::Yes(true))?;
    Ok(Answer::of(Sort::Household, household))
}

/// Reads the household of a request and makes sure it is there.
pub fn need(desk: &Desk<'_>, args: &Args) -> Result<Name, Trouble> {
    let household = args.need_name("household")?;
    facts::need(desk, household, Sort::Household)?;
    Ok(household)
}
