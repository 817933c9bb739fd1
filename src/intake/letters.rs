//! Outside text made plain: full-width forms, blanks, invisible characters and numerals.

/// Cleans one cell: full-width ASCII becomes half-width, control, zero-width and direction marks vanish,
/// every run of blanks (line breaks too) becomes one blank, and the ends are trimmed.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for raw in text.chars() {
        let c = half_width(raw);
        if c.is_whitespace() {
            blank = true;
        } else if !is_invisible(c) {
            if blank && !out.is_empty() {
                out.push(' ');
            }
            blank = false;
            out.push(c);
        }
    }
    out
}

/// Cleans and removes every blank: for words that are never written with one.
pub(crate) fn tight(text: &str) -> String {
    text.chars().map(half_width).filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect()
}

fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '－' | '—' | '–' | '‐' | '‑' | '−' => '-',
        _ => c,
    }
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Tells whether a character is a 汉字, rare ones beyond the basic plane included.
pub(crate) fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Reads a whole number of at most four digits from digits or Chinese numerals below a hundred; `7.0` counts as 7.
pub(crate) fn number(text: &str) -> Option<u16> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    if !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    chinese_number(text)
}

fn chinese_number(text: &str) -> Option<u16> {
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c).and_then(|n| u16::try_from(n).ok());
    let plain = text.replace('两', "二").replace('零', "〇");
    match plain.split_once('十') {
        None => {
            let mut chars = plain.chars();
            let (Some(only), None) = (chars.next(), chars.next()) else { return None };
            digit(only)
        }
        Some((tens, ones)) => {
            let one = |part: &str, missing: u16| {
                let mut chars = part.chars();
                match (chars.next(), chars.next()) {
                    (None, _) => Some(missing),
                    (Some(c), None) => digit(c),
                    _ => None,
                }
            };
            Some(one(tens, 1)? * 10 + one(ones, 0)?)
        }
    }
}

/// Tells whether a cell says in words that there is nothing: 无, 暂无, `/`, `-` …
pub(crate) fn is_nothing(tight: &str) -> bool {
    matches!(tight, "" | "无" | "没有" | "暂无" | "不详" | "未知" | "空" | "/" | "\\" | "0" | "无电话" | "未提供")
        || tight.chars().all(|c| matches!(c, '-' | '/' | '_' | '.' | '*' | '~'))
}

/// Tells whether a cell says "the same as the one above": 同上, 〃.
pub(crate) fn is_ditto(tight: &str) -> bool {
    matches!(tight, "同上" | "〃" | "″" | "''" | "\"")
}

#[cfg(test)]
mod tests {
    use super::{clean, is_nothing, number, tight};

    #[test]
    fn full_width_blanks_and_invisible_marks_are_made_plain() {
        assert_eq!(clean(" １３８\u{3000}\u{200b}0533\n1234 "), "138 0533 1234");
        assert_eq!(tight("马\u{3000} 仁\n兴\u{200b}"), "马仁兴");
        assert_eq!(clean("３组－５号（东）"), "3组-5号(东)");
    }

    #[test]
    fn numerals_are_read_in_all_their_forms() {
        for (text, want) in [("7", 7), ("07", 7), ("7.0", 7), ("七", 7), ("十", 10), ("十二", 12), ("二十", 20), ("三十五", 35)] {
            assert_eq!(number(text), Some(want), "{text}");
        }
        for text in ["", "七八", "十十", "一百", "1.5", "-3", "12345"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_has_many_names() {
        assert!(["", "无", "/", "--", "暂无"].iter().all(|text| is_nothing(text)));
        assert!(!is_nothing("吴"));
    }
}
