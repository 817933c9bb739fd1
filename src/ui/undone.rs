//! What an undo took back, in words: whoever pressed it sees that something went, and how to have it again.

use crate::app::Answer;
use crate::domain::Sort;
use crate::text::{Text, t};

/// What is said of an action that created something of a sort.
const CREATED: [(Sort, Text); 8] = [
    (
        Sort::Import,
        t(
            "撤回了导入的名册; 在菜单的 导入过的名册 里按 1 恢复.",
            "The roster brought in was taken back; Rosters brought in in the menu has it again (1).",
        ),
    ),
    (Sort::Household, t("撤回了新登记的户.", "The new household was taken back.")),
    (Sort::Member, t("撤回了刚加的家里人.", "The person added was taken back.")),
    (Sort::Appointment, t("撤回了预约.", "The appointment was taken back.")),
    (Sort::Visit, t("撤回了刚开始或补录的走访.", "The visit just begun or added was taken back.")),
    (Sort::Line, t("撤回了刚记的一句.", "The line just written was taken back.")),
    (Sort::Issue, t("撤回了刚记的一件.", "The issue just written was taken back.")),
    (Sort::Talk, t("撤回了刚开的夜话.", "The talk just begun was taken back.")),
];

/// Says what an answer took back; nothing where it is no answer to an undo.
pub fn said(answer: &Answer) -> Option<Text> {
    answer.more.get("undone")?;
    if answer.more.get("reopened").and_then(serde_json::Value::as_bool) == Some(true) {
        return Some(t(
            "撤回了结束: 又是没结束的了, 按 Ctrl-O 回去接着来.",
            "The end was taken back: it is open again, Ctrl-O goes on with it.",
        ));
    }
    let created = answer.id.and_then(|(sort, _)| CREATED.iter().find(|(known, _)| *known == sort));
    Some(created.map_or(t("撤回了上一步改动.", "The last change was taken back."), |(_, words)| *words))
}
