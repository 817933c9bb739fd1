//! 草稿: what was typed and not recorded, by the place where it was typed.

use std::sync::Arc;

use super::{Cell, Column, List, Query, shown};
use crate::app::session::slate;
use crate::log::{Drafts, Journal};
use crate::text::{Trouble, t};

pub const LIST: List = List {
    word: "drafts",
    about: t("写了没记下的草稿", "what was typed and not recorded"),
    columns: COLUMNS,
    by_household: false,
    rows,
};

const COLUMNS: &[Column] =
    &[shown("at", t("时间", "time")), shown("place", t("在哪里写的", "where")), shown("text", t("内容", "text"))];

fn rows(query: &Query<'_>) -> Result<Vec<Vec<Cell>>, Trouble> {
    let disk = &query.place.disk;
    let (_, opening) = Journal::read_only(Arc::clone(disk), &query.place.journal_folder())?;
    let (drafts, _) = Drafts::open(Arc::clone(disk), &query.place.home(), None, &opening.consumed);
    let rows = drafts.drafts().filter_map(|(_, draft)| {
        let place = String::from_utf8_lossy(&draft.place);
        slate::is_typed(&place).then(|| vec![Cell::At(draft.at), Cell::text(place), Cell::text(&draft.text)])
    });
    Ok(rows.collect())
}
