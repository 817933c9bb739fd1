//! Ways: how an entry line is written, as the help of a visit and of a talk says it (`screens.md`, Entry line).

use crate::text::t;
use crate::ui::keys::Way;

/// The ways of both.
macro_rules! entry_ways {
    ($($first:expr),*) => {
        &[
            $($first,)*
            ("机井坏了", t("一句备注; 是不是问题以后再说", "a note; whether it is a problem can wait")),
            ("4 机井坏了", t("问题: 领域, 空格, 这句话", "a problem: field, blank, the words")),
            ("1 2 3", t("教育 医疗 环境", "education, health, environment")),
            ("4 5 6 0", t("农业 治理 文体 其他", "farming, governance, culture, other")),
            ("4+ 4++", t("较大, 重大", "larger, major")),
            ("4~ 4! 4?", t("长期, 当场解决, 建议", "long-term, solved on the spot, suggestion")),
            ("4*", t("保密, 可以连写: 4+*", "confidential; signs go together: 4+*")),
            ("'3 户都说", t("前面加 ': 只是备注", "a note, though it begins like a problem")),
        ]
    };
}

/// On a visit.
pub(super) static VISIT: &[Way] = entry_ways!();

/// At a talk: who says it stands before it.
pub(super) static TALK: &[Way] = entry_ways!(
    ("5# 3,7# 0#", t("谁说的: 5 号, 3 和 7 号, 全村", "who says it: number 5, 3 and 7, the village")),
    (
        "4#",
        t(
            "说完还是他说, 下一句不写号; 上下键换人, 过了头谁也不指",
            "goes on speaking without a number; Up, Down past the end: nobody"
        )
    ),
    ("@zsf", t("加一户; 一组人 @3组 再 Ctrl-A", "add a household; a group: @3组, then Ctrl-A"))
);
