//! 导入: take one back, and have it again.

use crate::app::requests::request::{Answer, Row, must};
use crate::app::{Args, Desk};
use crate::domain::{Name, Sort};
use crate::text::{Trouble, t};

use super::facts;

pub const ROWS: &[Row] = &[
    Row {
        word: "import.undo",
        about: t(
            "撤销一次导入: 名册的户不再列出, 已有走访或改动的留下",
            "take an import back: its households are no longer listed, but those that people have written on",
        ),
        takes: &[must("import", "哪一次 (list imports)", "which one (list imports)")],
        run: undo,
    },
    Row {
        word: "import.restore",
        about: t("恢复撤销过的导入", "have an import again that was taken back"),
        takes: &[must("import", "哪一次", "which one")],
        run: restore,
    },
];

fn undo(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let import = args.need_name("import")?;
    facts::need(desk, import, Sort::Import)?;
    // The same list may have been imported on several laptops; it is one roster.
    for same in desk.shelf.rosters().same_imports(import) {
        desk.action.retract(same, "撤销导入")?;
    }
    Ok(changed(Answer::of(Sort::Import, import), import, false))
}

fn restore(desk: &mut Desk<'_>, args: &Args) -> Result<Answer, Trouble> {
    let import = args.need_name("import")?;
    facts::need(desk, import, Sort::Import)?;
    desk.action.restore(import)?;
    Ok(changed(Answer::of(Sort::Import, import), import, true))
}

/// Says in an answer which import is another one now, and whether it stands.
pub(super) fn changed(answer: Answer, import: Name, stands: bool) -> Answer {
    answer.with("import", import.to_string()).with("stands", stands)
}
