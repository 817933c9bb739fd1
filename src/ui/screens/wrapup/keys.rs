//! Keys: what can be done on the wrap-up page, in each place that the cursor can be in.

use crate::domain::entry::Press;
use crate::text::{Text, t};
use crate::ui::keys::{Key, Row, Table, row, table};
use crate::ui::screens::visit::strip::strip_table;

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Does what the part is for; ends the visit where there is nothing else to do.
    Enter,
    /// Goes to the gap that can be declared.
    ToGap,
    /// Goes one part up.
    Up,
    /// Goes one part down.
    Down,
    /// Opens the strip over a note.
    Sort,
    /// Presses a key of the strip.
    Press(Press),
    /// Closes the strip.
    Close,
    /// Chooses an outcome or a satisfaction.
    Choose(u8),
    /// Goes on visiting.
    Back,
    /// Discards the visit; asked twice.
    Discard,
}

const UP: Row<Action> = row(&[Key::Up], t("上移", "Up"), Action::Up).quiet();
const DOWN: Row<Action> = row(&[Key::Down], t("下移", "Down"), Action::Down).quiet();
const BACK: Row<Action> = row(&[Key::Esc], t("继续走访", "Go on"), Action::Back);
const DISCARD: Row<Action> = row(&[Key::Ctrl('d')], t("作废", "Discard"), Action::Discard);

const DECLARE: Text = t("自述中断", "Declare gap");
/// Reached by the palette alone: what a gap is declared at is its own line.
const TO_GAP: Row<Action> = row(&[], DECLARE, Action::ToGap).quiet();

pub(super) static GAP: Table<Action> =
    table(t("结束页: 中断", "Wrap-up: a gap"), &[row(&[Key::Enter], DECLARE, Action::Enter), UP, DOWN, BACK, DISCARD])
        .hint(t("上下移动", "Up and Down move"));

pub(super) static PARTS: Table<Action> = table(
    t("结束页", "Wrap-up"),
    &[
        row(&[Key::Enter], t("选定/结束", "Choose/end"), Action::Enter),
        row(&[Key::Tab], t("归类", "Sort"), Action::Sort),
        UP,
        DOWN,
        row(&[Key::Digit(1)], t("完成", "Done"), Action::Choose(1)).quiet(),
        row(&[Key::Digit(2)], t("外出", "Nobody home"), Action::Choose(2)).quiet(),
        row(&[Key::Digit(3)], t("拒访", "Refused"), Action::Choose(3)).quiet(),
        row(&[Key::Digit(4)], t("另约", "Another time"), Action::Choose(4)).quiet(),
        row(&[Key::Digit(5)], t("迁出", "Moved out"), Action::Choose(5)).quiet(),
        row(&[Key::Digit(6)], t("去世", "Deceased"), Action::Choose(6)).quiet(),
        row(&[Key::Digit(7)], t("满意", "Satisfied"), Action::Choose(7)).quiet(),
        row(&[Key::Digit(8)], t("基本满意", "Mostly satisfied"), Action::Choose(8)).quiet(),
        row(&[Key::Digit(9)], t("不满意", "Not satisfied"), Action::Choose(9)).quiet(),
        TO_GAP,
        BACK,
        DISCARD,
    ],
)
.advice(t(
    "问一句满意不满意, 按 7 8 9; 备注上按 Tab 可以归类; 最后一行按 Enter 结束.",
    "Satisfied? 7 8 9. Tab sorts a note. Enter on the last line ends the visit.",
));

pub(super) static NOTE: Table<Action> = table(
    t("结束页: 备注", "Wrap-up: a note"),
    &[row(&[Key::Tab, Key::Enter], t("归类", "Sort"), Action::Sort), UP, DOWN, TO_GAP, BACK, DISCARD],
)
.advice(t(
    "这条备注是问题就按 Tab, 再按领域的数字; 不是就往下走.",
    "Is it a problem? Tab, then the digit of its field; else go on down.",
));

pub(super) static TEXT: Table<Action> = table(
    t("结束页: 写字的地方", "Wrap-up: text"),
    &[row(&[Key::Enter], t("记下/结束", "Put down/end"), Action::Enter), UP, DOWN, TO_GAP, BACK, DISCARD],
)
.hint(t("上下移动", "Up and Down move"));

pub(super) static STRIP: Table<Action> =
    strip_table!(t("结束页: 归类", "Wrap-up: sorting"), Action::Enter, Action::Close, Action::Press);

pub(super) static HOW: Table<Action> = table(
    t("结束页: 当场怎么解决的", "Wrap-up: what was done"),
    &[
        row(&[Key::Enter], t("记下 (可以空着)", "Put down (or empty)"), Action::Enter),
        row(&[Key::Esc], t("先不归类", "Leave it"), Action::Close),
    ],
);
