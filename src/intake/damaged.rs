//! A workbook that cannot be read.

use crate::text::{Trouble, t};

/// Says that it cannot be read, and what to do.
pub(super) fn damaged(name: &str) -> Trouble {
    let said = t(
        "{file} 读不懂, 可能没有拷完或已损坏, 没有导入.",
        "{file} cannot be read; perhaps it was not copied to its end or is damaged. Nothing was imported.",
    );
    Trouble::new("file-damaged", said.with("file", name)).hint(t(
        "请重新拷一份, 或用 WPS 或 Excel 打开, 另存为 .xlsx 再导入.",
        "Copy it once more, or open it in WPS or Excel, save it as .xlsx and import that.",
    ))
}
