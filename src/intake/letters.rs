//! Cells made plain: clean, half-width, without blanks, and the words clerks use for nothing and for the same again.

use std::borrow::Cow;

use crate::hanzi::{clean, forms};

/// Cleans one cell into one line of half-width text. A line break becomes a blank.
pub(crate) fn plain(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    forms::half_width(&clean::line(text)).trim().to_owned()
}

/// Cleans and removes every blank: for words that are never written with one.
pub(crate) fn tight(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut line = forms::half_width(&clean::line(text)).into_owned();
    line.retain(|c| !c.is_whitespace());
    Cow::Owned(line)
}

/// Cleans a name as [`clean::name`] does.
pub(crate) fn name(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { clean::name(text) }
}

/// Tells whether there is nothing to clean: only 汉字 and visible ASCII. True of nearly every cell.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_graphic() || ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Reads a small whole number in digits or numerals; a spreadsheet's `7.0` counts as 7.
pub(crate) fn number(tight: &str) -> Option<u32> {
    forms::number(tight.strip_suffix(".0").unwrap_or(tight))
}

/// Tells whether a cell says that there is nothing: 无, 暂无, `/`, `-` …
pub(crate) fn is_nothing(tight: &str) -> bool {
    matches!(
        tight,
        "" | "无" | "没有" | "暂无" | "不详" | "未知" | "空" | "\\" | "0" | "0.0" | "无电话" | "未提供" | "没电话"
    ) || tight.chars().all(|c| matches!(c, '-' | '/' | '_' | '.' | '*' | '~' | '?'))
}

/// Tells whether a cell says that it is the same as the one above: 同上, 〃.
pub(crate) fn is_ditto(tight: &str) -> bool {
    matches!(tight, "同上" | "〃" | "″" | "''" | "\"" | "”" | "“")
}

#[cfg(test)]
mod tests {
    use super::{is_nothing, number, plain, tight};

    #[test]
    fn full_width_blanks_and_invisible_marks_are_made_plain() {
        assert_eq!(plain(" １３８\u{3000}\u{200b}0533\n1234 "), "138 0533 1234");
        assert_eq!(tight("马\u{3000} 仁\n兴\u{200b}"), "马仁兴");
        assert_eq!(plain("３组－５号（东）"), "3组-5号(东)");
        assert_eq!((number("7.0"), number("１２"), number("七")), (Some(7), Some(12), Some(7)));
    }

    #[test]
    fn nothing_has_many_names() {
        assert!(["", "无", "/", "--", "暂无"].iter().all(|text| is_nothing(text)));
        assert!(!is_nothing("吴"));
    }
}
