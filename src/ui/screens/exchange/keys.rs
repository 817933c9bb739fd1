//! Keys of the exchange page: over the files found, over a folder that is typed, and while something is under way.

use crate::text::t;
use crate::ui::keys::{Key, Table, row, table};

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Merges the selected file.
    Merge,
    /// Merges every file that brings something.
    MergeAll,
    /// Merges the selected file although it is doubtful who wrote it.
    Accept,
    /// Exports to the folder.
    Export,
    /// Exports what the laptop of the selected file lacks.
    ExportFor,
    /// Corrects the clock of a laptop.
    SetRight,
    /// Says that somebody saw that this laptop seems to be two.
    CopySeen,
    /// Looks at disagreements.
    Disputes,
    /// Looks which households the selected file would change.
    Households,
    /// Looks at families entered twice.
    Twins,
    /// Looks at cells in doubt.
    Doubts,
    /// Brings a roster in.
    Import,
    /// Takes the campaign's key that lies in the folder.
    TakeKey,
    /// Types another folder.
    Other,
    /// Looks again.
    Again,
    /// Looks at the typed folder.
    Choose,
    /// Takes the next folder that was found.
    Turn,
    /// Leaves the folder as it is.
    Close,
    /// Stops merging after the file that is under way.
    Stop,
    /// Stops the look or the export that is under way.
    StopWorking,
}

pub(super) static LIST: Table<Action> = table(
    t("合并", "Exchange"),
    &[
        row(&[Key::Enter], t("合并", "Merge"), Action::Merge),
        row(&[Key::Ctrl('a')], t("全部合并", "All"), Action::MergeAll),
        row(&[Key::Digit(4)], t("导出", "Export"), Action::Export),
        row(&[Key::Digit(3)], t("重复户", "Twice"), Action::Twins),
        row(&[Key::Tab], t("换文件夹", "Folder"), Action::Other),
        // Where there are some the last line of the page names the key.
        row(&[Key::Digit(2)], t("不一致", "Disputed"), Action::Disputes).quiet(),
        row(&[Key::Right], t("看涉及哪几户", "Which households"), Action::Households).quiet(),
        row(&[Key::Digit(6)], t("只导出它缺的", "Export what it lacks"), Action::ExportFor).quiet(),
        row(&[Key::Digit(8)], t("收下活动密钥", "Take the campaign key"), Action::TakeKey).quiet(),
        row(&[Key::Digit(9)], t("认可可疑的, 合并", "Accept and merge"), Action::Accept).quiet(),
        row(&[Key::Digit(7)], t("更正电脑时间", "Correct a clock"), Action::SetRight).quiet(),
        row(&[Key::Digit(0)], t("本机像是两台: 看过了", "This laptop two: seen"), Action::CopySeen).quiet(),
        row(&[Key::Digit(1)], t("待核对", "In doubt"), Action::Doubts).quiet(),
        row(&[Key::Digit(5)], t("导入名册", "Import a roster"), Action::Import).quiet(),
        row(&[Key::Ctrl('f')], t("再看一遍", "Look again"), Action::Again).quiet(),
    ],
);

pub(super) static FOLDER: Table<Action> = table(
    t("合并的文件夹", "Folder to exchange with"),
    &[
        row(&[Key::Enter], t("看这里", "Look here"), Action::Choose),
        row(&[Key::Tab], t("换下一个找到的", "Next one found"), Action::Turn),
        row(&[Key::Ctrl('f')], t("再找U盘", "Find sticks again"), Action::Again),
        row(&[Key::Esc], t("不换", "Keep"), Action::Close),
    ],
);

pub(super) static MERGING: Table<Action> = table(
    t("合并: 正在合并", "Exchange: merging"),
    &[
        row(&[Key::Esc], t("停下, 剩下的不合并", "Stop, leave the rest"), Action::Stop),
        row(&[Key::Digit(2)], t("不一致", "Disputed"), Action::Disputes),
    ],
);

pub(super) static WORKING: Table<Action> = table(
    t("合并: 正在看或导出", "Exchange: looking or exporting"),
    &[
        row(&[Key::Esc], t("停下", "Stop"), Action::StopWorking),
        row(&[Key::Digit(2)], t("不一致", "Disputed"), Action::Disputes),
    ],
);
