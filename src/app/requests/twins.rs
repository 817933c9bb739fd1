//! 同一户: two households are one family, or are not; a list is another version of what is known.

use std::collections::BTreeSet;

use crate::app::requests::request::{Answer, Row, must};
use crate::app::rosters::known::households;
use crate::app::rosters::twins::versions;
use crate::app::{Args, Desk, Progress};
use crate::domain::household::{ROW_OF, same_key, ties};
use crate::domain::{Name, Sort, Value};
use crate::text::{Trouble, t};

use super::{facts, household};

pub const ROWS: &[Row] = &[
    Row {
        word: "household.same",
        about: t(
            "两户是同一户: 走访和问题合在一起看, 随时可以再分开",
            "two households are one family; they can be parted again at any time",
        ),
        takes: &[must("household", "哪一户", "which household"), must("other", "和哪一户", "the same as which")],
        run: same,
    },
    Row {
        word: "household.apart",
        about: t(
            "两户不是同一户; 合过的分开, 各人记的都在",
            "two households are two families; joined ones are parted, and nothing is lost",
        ),
        takes: &[must("household", "哪一户", "which household"), must("other", "和哪一户", "from which")],
        run: apart,
    },
    Row {
        word: "roster.bind",
        about: t(
            "一份名册是原有名册的另一版: 对得上的户都并成同一户",
            "a roster is another version of what is known: all households that are found again become one",
        ),
        takes: &[must("import", "哪一次 (list imports)", "which one (list imports)")],
        run: bind,
    },
];

fn same(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let (one, other) = both(desk, args)?;
    if desk.shelf.home_of(one) != desk.shelf.home_of(other) {
        let (record, key) = same_key(one, other);
        desk.action.set(record, &key, Value::Yes(true))?;
    }
    Ok(Answer::of(Sort::Household, one.min(other)))
}

fn apart(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let (one, other) = both(desk, args)?;
    if desk.shelf.home_of(one) == desk.shelf.home_of(other) {
        // Whatever ties the other one to this household, straight or round a corner, goes.
        for name in desk.shelf.names_of(one).into_iter().filter(|name| *name != other) {
            part(desk, name, other)?;
        }
    }
    let (record, key) = same_key(one, other);
    desk.action.set(record, &key, Value::Yes(false))?;
    Ok(Answer::of(Sort::Household, other))
}

/// Parts two records where one is tied to the other.
fn part(desk: &mut Desk<'_>, one: Name, other: Name) -> Result<(), Trouble> {
    for (own, tied) in [(one, other), (other, one)] {
        let Some(record) = desk.action.record(own)? else { continue };
        if record.link(ROW_OF) == Some(tied) {
            desk.action.set(own, ROW_OF, Value::Entity(own))?;
        }
        let (holder, key) = same_key(own, tied);
        if holder == own && ties(&record).contains(&tied) && record.written(&key).is_some() {
            desk.action.set(own, &key, Value::Yes(false))?;
        }
    }
    Ok(())
}

fn both(desk: &Desk<'_>, args: &Args) -> Result<(Name, Name), Trouble> {
    let one = household::need(desk, args)?;
    let other = args.need_name("other")?;
    facts::need(desk, other, Sort::Household)?;
    if one == other {
        return Err(Trouble::new("bad-value", t("这是同一个编号.", "that is one and the same id.")));
    }
    Ok((one, other))
}

fn bind(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let import = args.need_name("import")?;
    facts::need(desk, import, Sort::Import)?;
    let view = desk.action.view();
    let all = households(desk.shelf, view, &Progress::default(), 100)?;
    let version = versions(desk.shelf, view, &all)?.into_iter().find(|version| version.import == import);
    let bound = version.map(|version| version.bound).unwrap_or_default();
    let homes: BTreeSet<Name> = bound.iter().map(|(_, household)| *household).collect();
    for (row, household) in bound {
        desk.action.set(row, ROW_OF, Value::Entity(household))?;
    }
    Ok(Answer::of(Sort::Import, import).with("bound", homes.len()))
}
