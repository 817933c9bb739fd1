//! 新旧名册对照: what becomes of a roster's other word, and of who is no longer listed.

use crate::app::requests::request::{Answer, Row, must};
use crate::app::rosters::compared::{KEPT, STILL_HERE};
use crate::app::{Args, Desk};
use crate::domain::{Name, Sort, Value};
use crate::text::{Trouble, t};

use super::household;

pub const ROWS: &[Row] = &[
    Row {
        word: "roster.take",
        about: t("名册不同: 用名册的", "a roster says otherwise: its word is right"),
        takes: &[
            must("household", "哪一户", "which household"),
            must("fact", "哪一项 (list differences)", "which fact (list differences)"),
            must("row", "名册的哪一行 (list differences)", "which row of the roster (list differences)"),
        ],
        run: take,
    },
    Row {
        word: "roster.keep",
        about: t("名册不同: 留着我们写的", "a roster says otherwise: what people wrote is right"),
        takes: &[
            must("household", "哪一户", "which household"),
            must("fact", "哪一项 (list differences)", "which fact (list differences)"),
            must("row", "名册的哪一行 (list differences)", "which row of the roster (list differences)"),
        ],
        run: keep,
    },
    Row {
        word: "roster.still_here",
        about: t("新名册没列的户还在", "a household that the new roster does not list is still here"),
        takes: &[
            must("household", "哪一户", "which household"),
            must("roster", "哪份名册 (list unlisted)", "which roster (list unlisted)"),
        ],
        run: still_here,
    },
];

/// Reads the fact of a row that a request is about.
fn listed(desk: &Desk<'_>, args: &Args) -> Result<(Name, String, Value), Trouble> {
    let (row, key) = (args.need_name("row")?, args.need_text("fact")?);
    let record = desk.action.record(row)?;
    let value = record.as_ref().and_then(|record| record.first_fact(&key)).cloned();
    let value = value.ok_or_else(|| {
        let said = t("名册这一行没有 “{fact}”.", "this row of the roster says nothing of “{fact}”.");
        Trouble::new("not-found", said.with("fact", &key))
            .hint(t("list differences 列出全部.", "“list differences” lists them all."))
    })?;
    Ok((row, key, value))
}

fn take(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let home = household::need(desk, args)?;
    let (_, key, value) = listed(desk, args)?;
    household::write(desk, home, &key, value)?;
    Ok(Answer::of(Sort::Household, home))
}

fn keep(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let home = desk.shelf.home_of(household::need(desk, args)?);
    let (row, key, _) = listed(desk, args)?;
    desk.action.set(home, &format!("{KEPT}{key}"), Value::Entity(row))?;
    Ok(Answer::of(Sort::Household, home))
}

fn still_here(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let home = desk.shelf.home_of(household::need(desk, args)?);
    desk.action.set(home, STILL_HERE, Value::Entity(args.need_name("roster")?))?;
    Ok(Answer::of(Sort::Household, home))
}
