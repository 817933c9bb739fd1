//! Cleaning of outside text: what a roster, a clipboard or a bundle may carry and a terminal or a search must not see.
//!
//! Out go terminal sequences, control and bidirectional characters, and everything of no width that is not a mark on
//! the character before it. Variation selectors go too: they split equal names. Combining marks, characters beyond
//! the BMP and private-use characters stay.

use super::{forms, is_han};

/// Cleans text into one line: sequences and invisible characters out, every run of blanks one blank, ends trimmed.
pub fn line(text: &str) -> String {
    squeeze(text, |_| false)
}

/// Cleans text of several lines: as [`line()`], but line ends stay, written `\n`.
pub fn lines(text: &str) -> String {
    squeeze(&text.replace("\r\n", "\n").replace('\r', "\n"), |ch| ch == '\n')
}

/// Cleans a name: as [`line()`], letters and digits half-width, blanks between 汉字 joined (张 三 is 张三), and the
/// dots of names such as 阿依古丽·买买提 written one way.
pub fn name(text: &str) -> String {
    let dotted: String = line(text).chars().map(|ch| if is_dot(ch) { '·' } else { forms::half(ch) }).collect();
    let close = |ch: char| is_han(ch) || ch == '·';
    let mut out = String::with_capacity(dotted.len());
    let mut chars = dotted.chars().peekable();
    while let Some(ch) = chars.next() {
        let joined = out.chars().next_back().is_some_and(close) && chars.peek().is_some_and(|next| close(*next));
        if !(ch == ' ' && joined) {
            out.push(ch);
        }
    }
    // Wide punctuation may have become a blank or stood beside one.
    out.trim().to_owned()
}

const fn is_dot(ch: char) -> bool {
    matches!(ch, '·' | '•' | '‧' | '∙' | '・' | '･' | '⋅' | '．')
}

fn squeeze(text: &str, stays: fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut blank = false;
    while let Some(ch) = chars.next() {
        match ch {
            '\u{1B}' => skip_sequence(&mut chars),
            '\u{9B}' => skip_control_sequence(&mut chars),
            '\u{90}' | '\u{98}' | '\u{9D}' | '\u{9E}' | '\u{9F}' => skip_string(&mut chars),
            _ if stays(ch) => {
                blank = false;
                out.push(ch);
            }
            _ if ch.is_whitespace() => blank = true,
            _ if ch.is_control() || is_invisible(ch) => {}
            _ => {
                if blank && out.chars().next_back().is_some_and(|last| !stays(last)) {
                    out.push(' ');
                }
                blank = false;
                out.push(ch);
            }
        }
    }
    out.trim_matches(|ch: char| ch.is_whitespace()).to_owned()
}

/// Characters that show nothing yet change order, joining or matching; bidirectional controls among them.
const fn is_invisible(ch: char) -> bool {
    matches!(
        ch,
        '\u{00AD}'
            | '\u{034F}'
            | '\u{061C}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{17B4}'
            | '\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{FFFE}'..='\u{FFFF}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// Skips what follows an ESC: a control sequence, a string up to its end, or the two characters of a short one.
fn skip_sequence(chars: &mut Chars<'_>) {
    match chars.peek() {
        Some('[') => {
            chars.next();
            skip_control_sequence(chars);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            chars.next();
            skip_string(chars);
        }
        Some('\u{20}'..='\u{2F}') => {
            while chars.next_if(|ch| matches!(ch, '\u{20}'..='\u{2F}')).is_some() {}
            chars.next_if(char::is_ascii_graphic);
        }
        Some('\u{30}'..='\u{7E}') => {
            chars.next();
        }
        _ => {}
    }
}

/// Skips parameters and the final letter of a control sequence; stops at the first character that cannot be of it.
fn skip_control_sequence(chars: &mut Chars<'_>) {
    while chars.next_if(|ch| matches!(ch, '\u{20}'..='\u{3F}')).is_some() {}
    chars.next_if(|ch| matches!(ch, '\u{40}'..='\u{7E}'));
}

/// Skips a string sequence up to BEL, ST or the end of the line, so that a lost end does not swallow a whole note.
fn skip_string(chars: &mut Chars<'_>) {
    while let Some(ch) = chars.next_if(|ch| !matches!(ch, '\n' | '\r')) {
        match ch {
            '\u{07}' | '\u{9C}' => return,
            '\u{1B}' => {
                chars.next_if(|ch| *ch == '\\');
                return;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{line, lines, name};

    #[test]
    fn terminal_sequences_are_taken_out_whole() {
        assert_eq!(line("\u{1b}[31;1m张\u{1b}[0m三"), "张三");
        assert_eq!(line("\u{1b}]0;title\u{7}李四"), "李四");
        assert_eq!(line("\u{1b}]8;;http://x\u{1b}\\王\u{9b}2J五\u{1b}(B\u{1b}c"), "王五");
        assert_eq!(line("未完\u{1b}]0;一直没有结束"), "未完");
        assert_eq!(line("\u{1b}"), "");
    }

    #[test]
    fn controls_bidi_and_zero_width_characters_go_and_marks_stay() {
        assert_eq!(line("张\u{200b}守\u{202e}富\u{feff}\u{0}\u{7f}"), "张守富");
        assert_eq!(line("e\u{301} ɑ\u{304}"), "e\u{301} ɑ\u{304}");
        assert_eq!(line("王𬍛𠅤㛃"), "王𬍛𠅤㛃");
        assert_eq!(line("\u{e863}"), "\u{e863}");
    }

    #[test]
    fn blanks_fold_and_lines_stay_only_where_wanted() {
        assert_eq!(line("  东里\u{3000}\t 3组\r\n12号 "), "东里 3组 12号");
        assert_eq!(lines("一\r\n二 \r  三\n\n四\n"), "一\n二\n三\n\n四");
    }

    #[test]
    fn names_lose_the_blanks_clerks_put_between_characters() {
        assert_eq!(name("张 三"), "张三");
        assert_eq!(name("李\u{3000}\u{3000}四 "), "李四");
        assert_eq!(name("王五\u{200b}"), "王五");
        assert_eq!(name("阿依古丽 • 买买提"), "阿依古丽·买买提");
        assert_eq!(name("Ｔｏｍ　Lee"), "Tom Lee");
        assert_eq!(name("𠅤 𬍛"), "𠅤𬍛");
    }

    #[test]
    fn cleaning_twice_is_cleaning_once() {
        for text in ["\u{1b}\u{1b}[[m", "a\u{1b}\u{200b}[2Jb", " \u{200b} ", "\u{9b}\u{9d}x\ny", "张 · 三，，"] {
            assert_eq!(line(&line(text)), line(text), "{text:?}");
            assert_eq!(lines(&lines(text)), lines(text), "{text:?}");
            assert_eq!(name(&name(text)), name(text), "{text:?}");
        }
    }
}
