//! 家庭成员: add, change, take back.

use crate::app::requests::request::{Answer, Row, may, must};
use crate::app::{Args, Desk};
use crate::domain::{Birth, Sort};
use crate::text::{Trouble, t};

use super::{facts, household};

pub const ROWS: &[Row] = &[
    Row {
        word: "member.add",
        about: t("添家庭成员", "add a member of the family"),
        takes: &[
            must("household", "哪一户", "which household"),
            must("name", "姓名, 以及成员的任何一项", "the name, and any fact of a member"),
        ],
        run: add,
    },
    Row {
        word: "member.set",
        about: t("改成员资料", "change facts of a member"),
        takes: &[must("member", "哪一位; 其余为要改的项", "which member; the rest are facts")],
        run: set,
    },
    Row {
        word: "member.retract",
        about: t("撤去记错的成员", "take back a member entered by mistake"),
        takes: &[must("member", "哪一位", "which member"), may("why", "原因", "why")],
        run: retract,
    },
];

fn add(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let household = household::need(desk, args)?;
    args.need_text("name")?;
    let given = facts::read(args, Sort::Member, &["household"])?;
    let birth = Birth { links: vec![("household".into(), household)], facts: given };
    let name = desk.action.create(Sort::Member, birth)?;
    Ok(Answer::of(Sort::Member, name))
}

fn set(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let member = args.need_name("member")?;
    facts::need(desk, member, Sort::Member)?;
    for (key, value) in facts::read(args, Sort::Member, &["member"])? {
        desk.action.set(member, &key, value)?;
    }
    Ok(Answer::of(Sort::Member, member))
}

fn retract(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let member = args.need_name("member")?;
    facts::need(desk, member, Sort::Member)?;
    desk.action.retract(member, &args.text("why").unwrap_or_default())?;
    Ok(Answer::of(Sort::Member, member))
}
