//! Keys: what can be done on the page that ends a talk.

use crate::text::{Text, t};
use crate::ui::keys::{Key, Row, Table, row, table};

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Ends the talk.
    Finish,
    /// Writes down how satisfied the selected household is; a second time takes it back.
    Satisfied(u8),
    /// Declares a gap.
    Declare,
    /// Asks how many minutes the selected household was there.
    Stay,
    /// Goes to the gap after, or before.
    OtherGap(bool),
    /// Records the declaration.
    Declared,
    /// Writes none.
    Close,
    /// Goes on with the talk.
    GoOn,
    /// Discards the talk; asked twice.
    Discard,
}

/// The rows where a timer counts, and that of a gap.
const fn timed(declare: Row<Action>) -> [Row<Action>; 7] {
    [
        row(&[Key::Enter], t("散场", "End it"), Action::Finish),
        declare,
        row(&[Key::Digit(7)], t("满意", "Satisfied"), Action::Satisfied(7)),
        row(&[Key::Digit(8)], t("基本满意", "Mostly"), Action::Satisfied(8)),
        row(&[Key::Digit(9)], t("不满意", "Not"), Action::Satisfied(9)),
        row(&[Key::Esc], t("接着谈", "Go on"), Action::GoOn),
        row(&[Key::Ctrl('d')], t("作废", "Discard"), Action::Discard).quiet(),
    ]
}

const DECLARE: Row<Action> = row(&[Key::Digit(1)], t("自述夜话中断", "Declare talk gap"), Action::Declare);
const ADVICE: Text = t(
    "看一眼谁还不足, 谁什么都没记; 再按 Enter 散场, 有不足的先问一次.",
    "See who is too short and who said nothing; Enter ends, or asks once first.",
);
static TIMED: [Row<Action>; 7] = timed(DECLARE);
static UNBROKEN: [Row<Action>; 7] = timed(DECLARE.quiet());

pub(super) static KEYS: Table<Action> = table(t("夜话结束", "End of a talk"), &TIMED).advice(ADVICE);

/// The same where the timer has no gap: the footer names no key that would only say so.
pub(super) static WITHOUT_GAP: Table<Action> = table(t("夜话结束", "End of a talk"), &UNBROKEN).advice(ADVICE);

/// Entered later there is no timer, and no gap; how long each household was there is what has to be said.
pub(super) static LATER: Table<Action> = table(
    t("夜话结束: 补录", "End of a talk: entered later"),
    &[
        row(&[Key::Enter], t("散场", "End it"), Action::Finish),
        row(&[Key::Digit(2)], t("待了几分钟", "Minutes there"), Action::Stay),
        row(&[Key::Digit(7)], t("满意", "Satisfied"), Action::Satisfied(7)),
        row(&[Key::Digit(8)], t("基本满意", "Mostly"), Action::Satisfied(8)),
        row(&[Key::Digit(9)], t("不满意", "Not"), Action::Satisfied(9)),
        row(&[Key::Esc], t("接着写", "Go on"), Action::GoOn),
        row(&[Key::Ctrl('d')], t("作废", "Discard"), Action::Discard).quiet(),
    ],
)
.advice(t(
    "没有待满全程的户, 选中按 2 写分钟; 再按 Enter 散场.",
    "Who was not there all the time: 2 and the minutes. Enter ends.",
));

pub(super) static DECLARING: Table<Action> = table(
    t("夜话结束: 自述", "End of a talk: declare"),
    &[
        row(&[Key::Enter], t("记下", "Record"), Action::Declared),
        row(&[Key::Up], t("前一段中断", "Gap before"), Action::OtherGap(false)).quiet(),
        row(&[Key::Down], t("后一段中断", "Gap after"), Action::OtherGap(true)).quiet(),
        row(&[Key::Esc], t("不写了", "Write none"), Action::Close),
    ],
);

pub(super) static STAYING: Table<Action> = table(
    t("夜话结束: 待了几分钟", "End of a talk: minutes there"),
    &[
        row(&[Key::Enter], t("记下", "Record"), Action::Declared),
        row(&[Key::Esc], t("不写了", "Write none"), Action::Close),
    ],
);
