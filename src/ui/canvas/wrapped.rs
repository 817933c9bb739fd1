//! Wrapped: a sentence in rows, and what stays in one of them.

use unicode_segmentation::UnicodeSegmentation;

use crate::hanzi::width;

/// Breaks a text into lines of at most `room` columns, at blanks where there are any, else between characters as people see them.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let (mut lines, mut used) = (vec![String::new()], 0);
    for word in text.split_inclusive(' ') {
        let bare = width::columns(word.trim_end());
        if used > 0 && used + bare > room && bare <= room {
            lines.push(String::new());
            used = 0;
        }
        for seen in word.graphemes(true) {
            let wide = width::of_one(seen);
            match lines.last_mut() {
                Some(line) if used + wide <= room => line.push_str(seen),
                // No line begins with a blank.
                _ if seen == " " => continue,
                _ => {
                    lines.push(seen.to_owned());
                    used = 0;
                }
            }
            used += wide;
        }
    }
    lines.iter().map(|line| line.trim_end().replace('\u{a0}', " ")).collect()
}

/// Keeps words together where [`wrap`] breaks a line: a choice and its digit, say.
pub fn whole(words: &str) -> String {
    words.replace(' ', "\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::{whole, wrap};

    #[test]
    fn sentences_break_at_blanks_and_chinese_anywhere() {
        assert_eq!(wrap("saved on this laptop", 10), ["saved on", "this", "laptop"]);
        assert_eq!(wrap("已自动保存在这里", 6), ["已自动", "保存在", "这里"]);
        assert_eq!(wrap("", 6), [""]);
    }

    // "5at a" stood on one row and "business" on the next.
    #[test]
    fn a_choice_of_several_words_stays_on_one_row() {
        let choices = ["4evening talk", "5at a business"].map(whole).join("  ");
        assert_eq!(wrap(&choices, 22), ["4evening talk", "5at a business"]);
    }

    // The heart took one column more than the row had, and was not drawn at all.
    #[test]
    fn what_is_seen_as_one_character_stays_in_one_row() {
        let (family, heart) = ("\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}", "\u{2764}\u{fe0f}");
        assert_eq!(wrap(&format!("东里{heart}好"), 5), ["东里".to_owned(), format!("{heart}好")]);
        assert_eq!(wrap(&format!("东{family}里"), 3), ["东", family, "里"]);
        assert_eq!(wrap("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }
}
