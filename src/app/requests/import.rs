//! 导入: take one back.

use crate::app::request::{Answer, Row, must};
use crate::app::{Args, Desk};
use crate::domain::Sort;
use crate::text::{Trouble, t};

use super::facts;

pub const ROWS: &[Row] = &[Row {
    word: "import.undo",
    about: t(
        "撤销一次导入: 名册的户不再列出, 已有走访或改动的留下",
        "take an import back: its households are no longer listed, but those that people have written on",
    ),
    takes: &[must("import", "哪一次 (list imports)", "which one (list imports)")],
    run: undo,
}];

fn undo(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let import = args.need_name("import")?;
    facts::need(desk, import, Sort::Import)?;
    // The same list may have been imported on several laptops; it is one roster.
    for same in desk.shelf.rosters().same_imports(import) {
        desk.action.retract(same, "撤销导入")?;
    }
    Ok(Answer::of(Sort::Import, import))
}
