//! Width: how many columns text takes on a terminal, and cutting and filling it to columns.
//!
//! 汉字 take two columns, combining marks none, ambiguous characters one. What a person sees as one character is never
//! split, whatever it is made of, and is counted as the terminal draws it: a mark stays with what it sits on.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Characters that nothing but a mark joins to what stands beside them, and their columns. Nearly all that is drawn is
/// made of these, and needs no tables to be counted: a screen is counted several times at each key.
const PLAIN: [(RangeInclusive<char>, usize); 5] =
    [(' '..='~', 1), ('一'..='\u{9fff}', 2), ('、'..='〩', 2), ('！'..='～', 2), ('─'..='╿', 1)];

fn plain(ch: char) -> Option<usize> {
    PLAIN.iter().find(|(those, _)| those.contains(&ch)).map(|(_, columns)| *columns)
}

fn is_plain(text: &str) -> bool {
    text.chars().all(|ch| plain(ch).is_some())
}

/// Counts the columns of one character as a person sees it; control characters count none.
pub fn of_one(seen: &str) -> usize {
    let mut chars = seen.chars();
    match (chars.next().and_then(plain), chars.next()) {
        (Some(columns), None) => columns,
        _ if seen.contains(char::is_control) => 0,
        _ => seen.width(),
    }
}

/// Counts the columns that a text takes on one line.
pub fn columns(text: &str) -> usize {
    let of_plain: Option<usize> = text.chars().map(plain).sum();
    of_plain.unwrap_or_else(|| text.graphemes(true).map(of_one).sum())
}

/// Gives what stands for a character of ambiguous width on a terminal that shows it two columns wide: something alike of
/// one column. Every other character stays as it is.
fn narrow(ch: char) -> char {
    if ch.is_ascii() || ch.width() != Some(1) || ch.width_cjk() != Some(2) {
        return ch;
    }
    match ch {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '…' | '·' | '‧' | '•' => '.',
        '—' | '–' | '―' => '-',
        '×' => 'x',
        '°' => 'o',
        '①'..='⑨' => char::from_digit(u32::from(ch) - u32::from('①') + 1, 10).unwrap_or('?'),
        'Ⅰ'..='Ⅸ' => char::from_digit(u32::from(ch) - u32::from('Ⅰ') + 1, 10).unwrap_or('?'),
        _ => '?',
    }
}

/// Gives a text with something alike of one column for each character of ambiguous width. The dots of an ellipsis stand as two where there is room for them, in the
/// place of its second half or of the blank before it: 正在读 … is `正在读..`. One that stands close is a dot: people write it, and the sign of what was cut is another.
pub fn narrowed(text: &str) -> String {
    dotted(&text.replace("……", "..")).chars().map(narrow).collect()
}

/// Gives a text with two dots for an ellipsis behind a blank, as sentences of the program end that wait.
fn dotted(text: &str) -> String {
    text.replace(" …", "..")
}

/// Cuts a text to at most `most` columns; where something was cut, `ending` stands at its end, within the columns.
/// An ending wider than the columns is itself cut.
pub fn cut<'a>(text: &'a str, most: usize, ending: &str) -> Cow<'a, str> {
    if columns(text) <= most {
        return Cow::Borrowed(text);
    }
    let ending = head(ending, most);
    let kept = head(text, most - columns(ending));
    if ending.is_empty() { Cow::Borrowed(kept) } else { Cow::Owned(format!("{kept}{ending}")) }
}

/// Fills a text with blanks on its right to exactly `wanted` columns, cutting what is too long.
pub fn pad(text: &str, wanted: usize) -> String {
    let kept = head(text, wanted);
    format!("{kept}{}", " ".repeat(wanted - columns(kept)))
}

/// Fills a text with blanks on its left to exactly `wanted` columns, as numbers stand; too long text is cut.
pub fn pad_left(text: &str, wanted: usize) -> String {
    let kept = head(text, wanted);
    format!("{}{kept}", " ".repeat(wanted - columns(kept)))
}

/// Gives the longest head of a text that fits into `most` columns, marks included.
pub fn head(text: &str, most: usize) -> &str {
    let mut used = 0;
    let mut is_over = |(at, columns): (usize, usize)| {
        used += columns;
        (used > most).then_some(at)
    };
    let end = if is_plain(text) {
        text.char_indices().map(|(at, ch)| (at, plain(ch).unwrap_or_default())).find_map(&mut is_over)
    } else {
        text.grapheme_indices(true).map(|(at, seen)| (at, of_one(seen))).find_map(&mut is_over)
    };
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;
    use unicode_width::UnicodeWidthStr;

    use super::{PLAIN, columns, cut, head, narrowed, pad, pad_left};

    #[test]
    fn plain_characters_count_what_the_tables_say_and_join_with_none_of_the_others() {
        for (those, wide) in PLAIN {
            for ch in those {
                assert_eq!(ch.to_string().width(), wide, "{ch:?}");
                for (beside, _) in PLAIN {
                    let pair: String = [*beside.start(), ch, *beside.end()].into_iter().collect();
                    assert_eq!(pair.graphemes(true).count(), 3, "{pair:?}");
                    assert_eq!(pair.width(), columns(&pair), "{pair:?}");
                }
            }
        }
    }

    #[test]
    fn han_takes_two_columns_and_marks_none() {
        assert_eq!(columns("张守富 3组"), 10);
        assert_eq!(columns("𬍛㛃"), 4);
        assert_eq!(columns("e\u{301}"), 1);
        assert_eq!(columns(""), 0);
    }

    // One dot stood behind a blank, as if the sentence had lost its end. 他说…好 stood as 他说~好 in lists, as if it had been cut.
    #[test]
    fn an_ellipsis_stands_as_dots_and_never_as_the_sign_of_what_was_cut() {
        for (said, stood) in [("正在读 …", "正在读.."), ("等等……", "等等.."), ("他说…好", "他说.好"), ("………", "...")]
        {
            assert_eq!(narrowed(said), stood);
            assert_eq!(columns(said), columns(stood), "nothing moves");
        }
    }

    #[test]
    fn ambiguous_characters_have_a_stand_in_of_one_column_and_others_stay() {
        let stood = narrowed("“买买提·吐尔逊”……第①条 ×2 张a，e\u{301}");
        assert_eq!(stood, "\"买买提.吐尔逊\"..第1条 x2 张a，e\u{301}");
    }

    #[test]
    fn cutting_never_splits_a_character_and_the_ending_fits_in() {
        assert_eq!(cut("东里东村", 8, "~"), "东里东村");
        assert_eq!(cut("东里东村", 7, "~"), "东里东~");
        assert_eq!(cut("东里东村", 6, "~"), "东里~");
        assert_eq!(cut("东里东村", 6, ".."), "东里..");
        assert_eq!(cut("东里东村", 5, ""), "东里");
        assert_eq!(cut("东里", 1, "..."), ".");
        assert_eq!(cut("东里", 0, "~"), "");
    }

    #[test]
    fn a_mark_stays_with_its_character() {
        assert_eq!(head("ae\u{301}o", 2), "ae\u{301}");
    }

    // A heart counted one column and was drawn in two; of a family the father stood there alone.
    #[test]
    fn what_is_seen_as_one_character_is_counted_and_cut_as_one() {
        const FAMILY: &str = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}";
        const HEART: &str = "\u{2764}\u{fe0f}";
        for (seen, wide) in [(FAMILY, 2), (HEART, 2), ("\u{1100}\u{1161}", 2), ("a\u{301}\u{302}", 1)] {
            assert_eq!(columns(seen), wide, "{seen:?}");
            let text = format!("东{seen}里");
            assert_eq!(cut(&text, 1 + wide, "~"), if wide == 1 { "~" } else { "东~" }, "{seen:?}");
            assert_eq!(cut(&text, 3 + wide, "~"), format!("东{seen}~"), "{seen:?}");
        }
        assert_eq!(columns("a\tb\r\nc"), 3, "control characters are not drawn");
    }

    #[test]
    fn filling_gives_exactly_the_columns() {
        assert_eq!(pad("张三", 6), "张三  ");
        assert_eq!(pad("张守富", 5), "张守 ");
        assert_eq!(pad_left("12", 4), "  12");
        for wanted in 0..12 {
            assert_eq!(columns(&pad("张a守富\u{301}b", wanted)), wanted);
        }
    }
}
