//! The keys of the import page, for each stage.

use crate::text::t;
use crate::ui::keys::{Key, Table, row, table};

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Reads the typed or selected file.
    Look,
    /// Looks for files again.
    Again,
    /// Brings the roster in.
    Import,
    /// Gives the selected column another meaning.
    Pick,
    /// Takes the meaning that is selected.
    Picked,
    /// Takes a meaning by its digit.
    PickedAt(u8),
    /// Leaves the column as it is.
    Unpicked,
    /// The header stands a row higher.
    HeaderUp,
    /// The header stands a row lower.
    HeaderDown,
    /// Households of which the list says nothing are of the next kind.
    Kind,
    /// The text is in the next encoding.
    Encoding,
    /// The next sheet is meant.
    Sheet,
    /// Everything as it was guessed.
    Guessed,
    /// Brings every sheet of the file in.
    AllSheets,
    /// Takes the import back.
    TakeBack,
    /// Goes on to the households.
    Households,
    /// Looks at what the list says otherwise than is known.
    Compare,
    /// Looks at cells in doubt.
    Doubts,
    /// Chooses another file.
    Other,
    /// Stops the reading.
    Stop,
    /// Leaves.
    Leave,
    /// Nothing can be done.
    Wait,
}

impl Action {
    /// Tells whether a digit does it that changes how the list is read, or asks how.
    pub const fn is_by_digit(self) -> bool {
        matches!(
            self,
            Self::Pick
                | Self::PickedAt(_)
                | Self::HeaderUp
                | Self::HeaderDown
                | Self::Kind
                | Self::Encoding
                | Self::Sheet
                | Self::Guessed
        )
    }
}

pub(super) static CHOOSING: Table<Action> = table(
    t("导入名册", "Import"),
    &[
        row(&[Key::Enter], t("看看", "Look at it"), Action::Look),
        row(&[Key::Ctrl('f')], t("再找文件", "Find files again"), Action::Again),
    ],
);

pub(super) static WAITING: Table<Action> = table(
    t("导入名册: 正在读", "Import: reading"),
    &[row(&[Key::Esc], t("停下", "Stop"), Action::Stop), row(&[Key::Enter], t("请等", "Wait"), Action::Wait).quiet()],
);

pub(super) static UNDERSTOOD: Table<Action> = table(
    t("导入名册: 这样理解", "Import: as understood"),
    &[
        row(&[Key::Enter], t("导入", "Import it"), Action::Import),
        row(&[Key::Digit(1)], t("改这一列", "Change column"), Action::Pick),
        row(&[Key::Digit(2)], t("表头上移", "Header up"), Action::HeaderUp).quiet(),
        row(&[Key::Digit(3)], t("表头下移", "Header down"), Action::HeaderDown).quiet(),
        row(&[Key::Digit(4)], t("换户类别", "Next kind"), Action::Kind).quiet(),
        row(&[Key::Digit(5)], t("换编码", "Encoding"), Action::Encoding).quiet(),
        row(&[Key::Digit(6)], t("换表", "Next sheet"), Action::Sheet).quiet(),
        row(&[Key::Digit(7)], t("照辨认的", "As guessed"), Action::Guessed).quiet(),
        row(&[Key::Digit(8)], t("全部表", "All sheets"), Action::AllSheets).quiet(),
        row(&[Key::Tab], t("换一份", "Another file"), Action::Other),
        row(&[Key::Esc], t("不导入", "Leave it"), Action::Leave),
    ],
);

pub(super) static PICKING: Table<Action> = table(
    t("导入名册: 这一列是什么", "Import: what a column is"),
    &[
        row(&[Key::Enter], t("选定", "Choose"), Action::Picked),
        row(&[Key::Esc], t("不改", "Leave it"), Action::Unpicked),
        row(&[Key::Digit(1)], t("户主姓名", "Head"), Action::PickedAt(1)).quiet(),
        row(&[Key::Digit(2)], t("联系电话", "Phone"), Action::PickedAt(2)).quiet(),
        row(&[Key::Digit(3)], t("村(居)", "Village"), Action::PickedAt(3)).quiet(),
        row(&[Key::Digit(4)], t("组", "Group"), Action::PickedAt(4)).quiet(),
        row(&[Key::Digit(5)], t("住址", "Address"), Action::PickedAt(5)).quiet(),
        row(&[Key::Digit(6)], t("镇(街道)", "Town"), Action::PickedAt(6)).quiet(),
        row(&[Key::Digit(7)], t("户类别", "Kind"), Action::PickedAt(7)).quiet(),
        row(&[Key::Digit(8)], t("家庭人口", "People"), Action::PickedAt(8)).quiet(),
        row(&[Key::Digit(9)], t("备注", "Remark"), Action::PickedAt(9)).quiet(),
        row(&[Key::Digit(0)], t("不用", "Not used"), Action::PickedAt(0)).quiet(),
    ],
)
.hint(t("数字直接选", "Digits pick"));

/// With nothing in that could be looked at or taken back.
pub(super) static GONE: Table<Action> = table(
    t("导入名册: 没有导入", "Import: nothing in"),
    &[
        row(&[Key::Enter], t("住户", "Households"), Action::Households),
        row(&[Key::Tab], t("再导一份", "Another"), Action::Other),
    ],
);

pub(super) static DONE: Table<Action> = table(
    t("导入名册: 做完", "Import: done"),
    &[
        row(&[Key::Enter], t("住户", "Households"), Action::Households),
        row(&[Key::Digit(1)], t("看待核对", "In doubt"), Action::Doubts),
        row(&[Key::Digit(2)], t("撤销导入", "Undo it"), Action::TakeBack),
        row(&[Key::Digit(3)], t("新旧对照", "Compare"), Action::Compare),
        row(&[Key::Tab], t("再导一份", "Another"), Action::Other),
    ],
);
