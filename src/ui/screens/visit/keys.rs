//! Keys: what can be done on the page of a visit, in each place that the cursor can be in.

use super::strip::strip_table;
use crate::domain::entry::Press;
use crate::text::t;
use crate::ui::keys::{Key, Row, Table, row, table};
use crate::ui::screens::ways;

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Puts down what the line says.
    Enter,
    /// Shows what others of the village said about the same thing.
    Around,
    /// Puts the line down as the same thing as the selected one.
    Join,
    /// Opens the strip.
    Sort,
    /// Presses a key of the strip.
    Press(Press),
    /// Closes the strip.
    Close,
    /// Goes up: to the last line, the one before it, then to the top rows.
    Up,
    /// Goes down to the line after this one, or to the empty line.
    After,
    /// Goes to the top rows, or fetches digits that were ticked there into the line.
    Ticks,
    /// Leaves the line as it is.
    Leave,
    /// Takes the line away.
    TakeAway,
    /// Gives the line to another household.
    Move,
    /// Ticks something explained or handed over.
    Tick(u8),
    /// Stands by how many live there.
    Check,
    /// Returns to the line.
    Down,
    /// Returns from the answer to the sentence.
    Reword,
    /// Stops the timer, or lets it go on.
    Pause,
    /// Opens the wrap-up page.
    Finish,
}

const FINISH: Row<Action> = row(&[Key::F(8)], t("结束", "Finish"), Action::Finish);
const PAUSE: Row<Action> = row(&[Key::Ctrl('t')], t("暂停/继续", "Pause"), Action::Pause);
const AROUND: Row<Action> = row(&[Key::Down], t("谁也说过", "Who said so too"), Action::Around).quiet();
const SORT: Row<Action> = row(&[Key::Tab], t("归类", "Sort"), Action::Sort);

pub(super) static LINE: Table<Action> = table(
    t("走访", "Visit"),
    &[
        row(&[Key::Enter], t("记下", "Put down"), Action::Enter),
        row(&[Key::Up], t("改上一条", "Last line"), Action::Up),
        SORT,
        row(&[Key::BackTab], t("讲了发了", "Ticks"), Action::Ticks).quiet(),
        AROUND,
        FINISH,
        PAUSE,
    ],
)
.ways(ways::VISIT)
.advice(t(
    "听到什么打什么, Enter 记下. 是问题就在写完时按 Tab 归类; 谈完按 F8.",
    "Type what is said, Enter puts it down. Tab makes it a problem; F8 ends.",
));

pub(super) static NEARBY: Table<Action> = table(
    t("走访: 也说过类似的", "Visit: said too"),
    &[
        row(&[Key::Enter], t("同一件事", "The same thing"), Action::Join),
        row(&[Key::Esc], t("回到输入行", "Back"), Action::Down),
        FINISH.quiet(),
    ],
);

pub(super) static CHANGE: Table<Action> = table(
    t("走访: 改一条", "Visit: a line"),
    &[
        row(&[Key::Enter], t("改好", "Put down"), Action::Enter),
        SORT,
        row(&[Key::Ctrl('d')], t("撤去", "Take away"), Action::TakeAway),
        row(&[Key::Ctrl('x')], t("移到别户", "Move"), Action::Move),
        row(&[Key::Up], t("再上一条", "Before it"), Action::Up).quiet(),
        row(&[Key::Down], t("下一条", "After it"), Action::After).quiet(),
        row(&[Key::Esc], t("不改", "Leave it"), Action::Leave),
        FINISH.quiet(),
        PAUSE.quiet(),
    ],
);

pub(super) static STRIP: Table<Action> =
    strip_table!(t("走访: 归类", "Visit: sorting"), Action::Enter, Action::Close, Action::Press, AROUND);

pub(super) static HOW: Table<Action> = table(
    t("走访: 当场怎么解决的", "Visit: what was done"),
    &[
        row(&[Key::Enter], t("记下 (可以空着)", "Put down (or empty)"), Action::Enter),
        row(&[Key::Esc, Key::Up], t("回到那一句", "Back"), Action::Reword),
        FINISH.quiet(),
    ],
);

pub(super) static TICKS: Table<Action> = table(
    t("走访: 讲了什么, 发了什么", "Visit: explained, handed over"),
    &[
        row(&[Key::Digit(1)], t("讲了 教育", "Education"), Action::Tick(1)).quiet(),
        row(&[Key::Digit(2)], t("讲了 医疗", "Health"), Action::Tick(2)).quiet(),
        row(&[Key::Digit(3)], t("讲了 环境", "Environment"), Action::Tick(3)).quiet(),
        row(&[Key::Digit(4)], t("讲了 农业", "Farming"), Action::Tick(4)).quiet(),
        row(&[Key::Digit(5)], t("讲了 治理", "Governance"), Action::Tick(5)).quiet(),
        row(&[Key::Digit(6)], t("讲了 文体", "Culture"), Action::Tick(6)).quiet(),
        row(&[Key::Digit(7)], t("发了 手册", "Handbook given"), Action::Tick(7)).quiet(),
        row(&[Key::Digit(8)], t("发了 信", "Letter given"), Action::Tick(8)).quiet(),
        row(&[Key::Digit(9)], t("发了 联系卡", "Contact card given"), Action::Tick(9)).quiet(),
        row(&[Key::Ctrl('y')], t("人口核对过", "Persons checked"), Action::Check).quiet(),
        row(&[Key::Down, Key::BackTab, Key::Esc, Key::Enter], t("回到输入行", "Back to the line"), Action::Down),
        FINISH,
        PAUSE,
    ],
)
.hint(t("数字 勾选", "Digits tick"))
.advice(t("讲过的, 发过的按数字勾上; Down 回到输入行.", "Digits tick what was explained or given; Down goes back."));
