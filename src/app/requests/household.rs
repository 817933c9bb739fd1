//! 受访户: add one, change what is known of it.

use crate::app::request::{Answer, Row, must};
use crate::app::{Args, Desk};
use crate::domain::{Birth, Name, Sort, Value};
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
        about: t("改户的资料; 空值清空", "change facts of a household; an empty value empties"),
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
        desk.action.set(household, &key, value)?;
    }
    Ok(Answer::of(Sort::Household, household))
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
