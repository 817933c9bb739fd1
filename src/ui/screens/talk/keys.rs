//! Keys: what can be done on the page of a talk, in each place that the cursor can be in.

use crate::domain::entry::Press;
use crate::text::t;
use crate::ui::keys::{Key, Row, Table, row, table};
use crate::ui::screens::visit::strip::strip_table;
use crate::ui::screens::ways;

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Puts down what the line says.
    Enter,
    /// Opens the strip.
    Sort,
    /// Presses a key of the strip.
    Press(Press),
    /// Closes the strip, or leaves what was begun.
    Close,
    /// Points at the household before.
    Before,
    /// Points at the household after.
    After,
    /// Adds households.
    Add,
    /// Adds the selected household.
    AddThis,
    /// Adds every household found.
    AddAll,
    /// Makes a household that is on no roster, which comes.
    New,
    /// Takes the last line up again.
    Last,
    /// Takes up the line before the one that is changed.
    Earlier,
    /// Takes up the line after it, or returns to the empty line.
    Later,
    /// Takes the line away.
    TakeAway,
    /// The household pointed at leaves, or is back.
    Leave,
    /// The household pointed at was added by mistake.
    Remove,
    /// Shows what others of the village said about the same thing.
    Around,
    /// Puts the line down as the same thing as the selected one.
    Join,
    /// Returns from the answer to the sentence.
    Reword,
    /// Stops the timer, or lets it go on.
    Pause,
    /// Opens the form of where it is.
    Place,
    /// Opens the page of the end.
    Finish,
}

const FINISH: Row<Action> = row(&[Key::F(8)], t("结束", "End"), Action::Finish);
const PAUSE: Row<Action> = row(&[Key::Ctrl('t')], t("暂停/继续", "Pause"), Action::Pause).quiet();
const SORT: Row<Action> = row(&[Key::Tab], t("归类", "Sort"), Action::Sort);
const AROUND: Row<Action> = row(&[Key::Down], t("谁也说过", "Who said so too"), Action::Around).quiet();
const BEFORE: Row<Action> = row(&[Key::Up], t("指前一户", "Point before"), Action::Before).quiet();
const AFTER: Row<Action> = row(&[Key::Down], t("指后一户", "Point after"), Action::After).quiet();

pub(super) static LINE: Table<Action> = table(
    t("夜话", "Talk"),
    &[
        row(&[Key::Enter], t("记下", "Put down"), Action::Enter),
        row(&[Key::Ctrl('n')], t("@ 加户", "@ Add"), Action::Add),
        SORT,
        row(&[Key::Ctrl('y')], t("改上一条", "Last line"), Action::Last).quiet(),
        BEFORE,
        AFTER,
        row(&[Key::Ctrl('x')], t("先走/回来", "Leaves or is back"), Action::Leave).quiet(),
        row(&[], t("去掉加错的户", "Take out"), Action::Remove).quiet(),
        FINISH,
        PAUSE,
        row(&[], t("改村和地点", "Change the place"), Action::Place).quiet(),
    ],
)
.hint(t("号# 谁说的", "5# who"))
.ways(ways::TALK)
.advice(t(
    "先打 @ 加到场的户; 再打 号# 和那句话, 如 5#机井坏了, Enter 记下.",
    "First @ adds who came; then the number, # and the words: 5#..., Enter.",
));

pub(super) static ADDING: Table<Action> = table(
    t("夜话: 加户", "Talk: add"),
    &[
        row(&[Key::Enter], t("加上", "Add"), Action::AddThis),
        row(&[Key::Ctrl('a')], t("找到的全加", "Add all found"), Action::AddAll),
        row(&[Key::Ctrl('n')], t("新建一户", "New"), Action::New),
        row(&[Key::Esc], t("不加了", "Back"), Action::Close),
        FINISH.quiet(),
    ],
);

pub(super) static CHANGE: Table<Action> = table(
    t("夜话: 改一条", "Talk: a line"),
    &[
        row(&[Key::Enter], t("改好", "Put down"), Action::Enter),
        SORT,
        row(&[Key::Ctrl('d')], t("撤去", "Take away"), Action::TakeAway),
        row(&[Key::Up, Key::Ctrl('y')], t("再上一条", "Before it"), Action::Earlier),
        row(&[Key::Down], t("下一条", "After it"), Action::Later).quiet(),
        row(&[Key::Esc], t("不改", "Leave it"), Action::Close),
        FINISH.quiet(),
    ],
);

pub(super) static STRIP: Table<Action> =
    strip_table!(t("夜话: 归类", "Talk: sorting"), Action::Enter, Action::Close, Action::Press, AROUND);

pub(super) static NEARBY: Table<Action> = table(
    t("夜话: 也说过类似的", "Talk: said too"),
    &[
        row(&[Key::Enter], t("同一件事", "The same thing"), Action::Join),
        row(&[Key::Esc], t("回到输入行", "Back"), Action::Close),
        FINISH.quiet(),
    ],
);

pub(super) static HOW: Table<Action> = table(
    t("夜话: 当场怎么解决的", "Talk: what was done"),
    &[
        row(&[Key::Enter], t("记下 (可以空着)", "Put down (or empty)"), Action::Enter),
        row(&[Key::Esc, Key::Up], t("回到那一句", "Back"), Action::Reword),
        FINISH.quiet(),
    ],
);
