//! Wrapped: a sentence in rows, and what stays in one of them.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use crate::hanzi::width;

/// Breaks a text into lines of at most `room` columns, at blanks where there are any, else between characters as people see them.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let starts = starts(text, room.max(2));
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let lines = starts.iter().zip(ends).filter_map(|(start, end)| text.get(*start..end));
    lines.map(shown).collect()
}

/// Breaks a text into at most `rows` lines of at most `room` columns; where there is more of it the last one ends in `~`, and has
/// as much of the text as fits.
pub fn wrap_cut(text: &str, room: usize, rows: usize) -> Vec<String> {
    let mut lines = wrap(text, room);
    if lines.len() > rows {
        let last = starts(text, room.max(2)).get(rows.saturating_sub(1)).and_then(|start| text.get(*start..));
        lines.truncate(rows);
        if let Some((line, rest)) = lines.last_mut().zip(last) {
            *line = width::cut(&shown(rest), room, "~").into_owned();
        }
    }
    lines
}

/// Gives as many whole clauses of a sentence of the program as fit into so many rows; the sentence itself where not even the first
/// one does.
pub fn clauses(text: &str, room: usize, rows: usize) -> &str {
    clauses_that(text, |text| wrap(text, room).len() <= rows).unwrap_or(text)
}

/// Gives as many whole clauses of a sentence of the program as have room by `fits`; none where not even the first one has.
pub fn clauses_that(text: &str, fits: impl Fn(&str) -> bool) -> Option<&str> {
    if fits(text) {
        return Some(text);
    }
    // A full stop stays.
    let ends = [("  ", 0), ("; ", 0), (", ", 0), (" / ", 0), (". ", 1)];
    let ends = ends.into_iter().flat_map(|(end, kept)| text.match_indices(end).map(move |(at, _)| at + kept));
    let heads = ends.filter_map(|at| text.get(..at)).filter(|head| !head.is_empty() && fits(head));
    heads.max_by_key(|head| head.len())
}

fn shown(line: &str) -> String {
    drawn(line.trim_end()).into_owned()
}

/// A number at the end of what a row has so far, with the bracket before it and the blank behind it: what is counted stays beside
/// it. A time or a day, `18:49`, `11-28`, is one.
#[derive(Debug, Clone, Copy)]
struct Number {
    start: usize,
    columns: usize,
    /// It ends in a sign behind which it goes on, where a digit comes.
    is_joined: bool,
    is_over: bool,
}

/// What stands within a number, or behind it.
const IN_NUMBER: [&str; 4] = [" ", ":", "-", "."];

impl Number {
    /// Gives the number that the row ends in once a character stands at `at`.
    fn behind(before: Option<Self>, at: usize, seen: &str) -> Option<Self> {
        let is_digit = seen.bytes().all(|byte| byte.is_ascii_digit());
        match before {
            Some(number) if !number.is_over && (is_digit || !number.is_joined && IN_NUMBER.contains(&seen)) => {
                let (columns, is_over) = (number.columns + 1, seen == " ");
                Some(Self { columns, is_joined: !is_digit && !is_over, is_over, ..number })
            }
            _ => (is_digit || seen == "(").then_some(Self { start: at, columns: 1, is_joined: false, is_over: false }),
        }
    }

    /// Tells whether it is parted from what it counts, or in two, where the next row begins with this.
    fn is_parted_from(self, next: &str) -> bool {
        let is_letter =
            |letter: char| !self.is_joined && letter.is_alphabetic() || !self.is_over && letter.is_ascii_digit();
        next.chars().next().is_some_and(is_letter)
    }
}

/// Gives where each line begins.
fn starts(text: &str, room: usize) -> Vec<usize> {
    let (mut starts, mut used, mut begin) = (vec![0], 0, 0);
    let mut number: Option<Number> = None;
    // A key is named by a letter and its digits, F8: they count nothing.
    let mut is_named = false;
    let words = text.split_inclusive(' ').flat_map(|run| {
        // What is kept together and fills more than a row breaks between its words too.
        let is_long = width::columns(run.trim_end()) > room;
        run.split_inclusive(move |sign| is_long && sign == KEPT)
    });
    for word in words {
        let bare = width::columns(word.trim_end());
        if used > 0 && used + bare > room && bare <= room {
            // No word of letters is broken for it.
            let has_room =
                |number: &Number| number.columns + bare <= room || !word.starts_with(|seen: char| seen.is_ascii());
            let parted = number.take().filter(|number| number.is_parted_from(word)).filter(has_room);
            used = turn(&mut starts, begin, used, parted);
        }
        for (at, seen) in word.grapheme_indices(true) {
            let wide = width::of_one(seen);
            let is_of = |is: fn(&u8) -> bool| seen.bytes().all(|byte| is(&byte));
            is_named = is_of(u8::is_ascii_alphabetic) || is_named && is_of(u8::is_ascii_digit);
            if used + wide > room {
                // No line begins with a blank.
                if seen.chars().all(char::is_whitespace) {
                    number = Number::behind(number, begin + at, seen);
                    continue;
                }
                used = turn(&mut starts, begin + at, used, number.take().filter(|number| number.is_parted_from(seen)));
            }
            used += wide;
            number = if is_named { None } else { Number::behind(number, begin + at, seen) };
        }
        begin += word.len();
    }
    starts
}

/// The columns of a character at most.
const WIDEST: usize = 2;

/// Begins a line, with the number that belongs to it where the line before has more than that; gives the columns that it has.
fn turn(starts: &mut Vec<usize>, at: usize, used: usize, number: Option<Number>) -> usize {
    let number = number.filter(|number| number.columns + WIDEST <= used);
    starts.push(number.map_or(at, |number| number.start));
    number.map_or(0, |number| number.columns)
}

/// The blank within what is kept together.
const KEPT: char = '\u{a0}';

/// Keeps words together where [`wrap`] breaks a line and [`clauses`] end: a choice and its digit, say.
pub fn whole(words: &str) -> String {
    words.replace(' ', KEPT.encode_utf8(&mut [0; 2]))
}

/// Stands before and behind what people wrote in a cell of words of the program; it takes no column.
const WRITTEN: char = '\u{2060}';

/// Keeps what people wrote as they wrote it, in a cell whose words grow shorter and whose clauses go.
pub fn written(words: &str) -> String {
    format!("{WRITTEN}{}{WRITTEN}", whole(words))
}

/// Changes the words of the program in such a cell.
pub fn around_written(text: &str, change: impl Fn(&str) -> String) -> String {
    let parts = text.split(WRITTEN).enumerate();
    let parts = parts.map(|(at, part)| if at % 2 == 0 { change(part) } else { format!("{WRITTEN}{part}{WRITTEN}") });
    parts.collect()
}

/// Gives a text as it is drawn: without the signs that keep words together.
pub(super) fn drawn(text: &str) -> Cow<'_, str> {
    if text.contains([KEPT, WRITTEN]) {
        Cow::Owned(text.replace(KEPT, " ").replace(WRITTEN, ""))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{around_written, clauses, whole, wrap, wrap_cut, written};

    // 自述 06:00: 停电, 一直在谈 ended behind 停电: what somebody gave as a reason was another one.
    #[test]
    fn no_clause_ends_within_what_people_wrote() {
        let said = |why: &str| format!("19:50 a gap of 6 min (sleep), declared 06:00: {why}. 1 changes it.");
        for why in ["power cut, we went on", "power cut; we went on", "a.  b", "a / b", "No. 3 was away"] {
            for room in 1..90 {
                let told = said(&whole(why));
                let shown = clauses(&told, room, 1).replace('\u{a0}', " ");
                assert!(!shown.contains("06:00: ") || shown.contains(why), "{why} at {room}: {shown}");
            }
        }
    }

    #[test]
    fn what_people_wrote_in_a_cell_stays_where_the_words_around_it_are_changed() {
        let cell = format!("住址里写的是 {}, 对吗", written("先走了, 住址里写的是 3号"));
        let short = around_written(&cell, |words| words.replace("住址里写的是 ", "住址: ").replace("先走了", "走"));
        assert_eq!(super::drawn(&short), "住址: 先走了, 住址里写的是 3号, 对吗");
        assert_eq!(around_written("住址", str::to_uppercase), "住址");
    }

    #[test]
    fn sentences_break_at_blanks_and_chinese_anywhere() {
        assert_eq!(wrap("saved on this laptop", 10), ["saved on", "this", "laptop"]);
        assert_eq!(wrap("已自动保存在这里", 6), ["已自动", "保存在", "这里"]);
        assert_eq!(wrap("", 6), [""]);
    }

    // `已自述: 18:` ended a row and `49 起中断` began the next: the minutes went with what followed them.
    #[test]
    fn a_time_or_a_day_stands_in_one_row() {
        let text = "已自述: 18:49 起中断 00:18 (合上了盖子) 自述 00:18, 11-28 10.5 亩起";
        for room in 8..60 {
            let rows = wrap(text, room);
            for number in ["18:49", "00:18", "11-28", "10.5"] {
                assert!(rows.iter().any(|row| row.contains(number)), "{number} at {room}: {rows:?}");
            }
        }
        assert_eq!(wrap("已自述: 18:49 起中断", 14), ["已自述:", "18:49 起中断"]);
        // At the end of a sentence it goes with what is before it.
        assert_eq!(wrap("一共 15. 接着谈", 10), ["一共 15.", "接着谈"]);
    }

    // `数 10` ended a row, and `个工作日` began the next; of a long run of 汉字 digits stood in two rows.
    #[test]
    fn a_number_stays_with_what_it_counts() {
        assert_eq!(wrap("假设走访完了. 按 F10 结束", 20), ["假设走访完了. 按 F10", "结束"], "a key counts nothing");
        assert_eq!(wrap("从登记数 10 个工作日内", 12), ["从登记数", "10 个工作日", "内"]);
        assert_eq!(wrap("回复数 5 个工作日内", 9), ["回复数", "5 个工作", "日内"]);
        assert_eq!(wrap("within 10 working days", 10), ["within", "10 working", "days"]);
        for room in [10, 11, 12, 13] {
            assert_eq!(wrap("不落一户满15分钟", room), ["不落一户满", "15分钟"]);
        }
        assert_eq!(wrap("高宗海 (1 disputed)", 10), ["高宗海 (1", "disputed)"]);
        assert_eq!(wrap("高宗海 (1 处)", 12), ["高宗海", "(1 处)"]);
        // What follows is another thing, or the number alone fills the row.
        assert_eq!(wrap("138 5330 1234", 8), ["138 5330", "1234"]);
        assert_eq!(wrap("待导出 12  已保存", 10), ["待导出 12", "已保存"]);
        assert_eq!(wrap("1385330户", 7), ["1385330", "户"]);
    }

    // "5at a" stood on one row and "business" on the next.
    #[test]
    fn a_choice_of_several_words_stays_on_one_row() {
        let choices = ["4evening talk", "5at a business"].map(whole).join("  ");
        assert_eq!(wrap(&choices, 22), ["4evening talk", "5at a business"]);
    }

    // The reason of a gap that was longer than a row stood there as `the batter` and `y was changed`.
    #[test]
    fn what_is_kept_together_and_longer_than_a_row_breaks_between_its_words() {
        let why = "the battery was changed at the neighbours, 停电一直在谈 and the light was out";
        let text = format!("19:50 declared 06:00: {}. 1 changes it.", whole(why));
        for room in 12..60 {
            let rows = wrap(&text, room);
            let words: Vec<&str> = rows.iter().flat_map(|row| row.split(' ')).collect();
            for word in ["battery", "changed", "neighbours,", "light", "declared"] {
                assert!(words.contains(&word), "{word} at {room}: {rows:?}");
            }
            assert!(rows.iter().all(|row| !row.starts_with(' ') && !row.ends_with(' ')), "{room}: {rows:?}");
        }
        // What has room in one row is kept as before.
        assert_eq!(wrap(&format!("declared {}", whole("power cut")), 12), ["declared", "power cut"]);
    }

    // The heart took one column more than the row had, and was not drawn at all.
    #[test]
    fn what_is_seen_as_one_character_stays_in_one_row() {
        let (family, heart) = ("\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}", "\u{2764}\u{fe0f}");
        assert_eq!(wrap(&format!("东里{heart}好"), 5), ["东里".to_owned(), format!("{heart}好")]);
        assert_eq!(wrap(&format!("东{family}里"), 3), ["东", family, "里"]);
        assert_eq!(wrap("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    // `11-28 生态环境 一般~` stood on the last row of a card, and nothing of what was said.
    #[test]
    fn the_last_row_there_is_has_as_much_of_the_text_as_fits() {
        let text = "生态环境 一般  路口垃圾桶满了好几天没人清";
        assert_eq!(wrap(text, 26), ["生态环境 一般", "路口垃圾桶满了好几天没人清"]);
        assert_eq!(wrap_cut(text, 26, 1), ["生态环境 一般  路口垃圾桶~"]);
        assert_eq!(wrap_cut(text, 20, 2), ["生态环境 一般  路口", "垃圾桶满了好几天没~"]);
        assert_eq!(wrap_cut(text, 26, 2), wrap(text, 26));
        assert_eq!(wrap_cut(text, 26, 0), [""; 0]);
    }

    #[test]
    fn of_a_sentence_of_the_program_whole_clauses_stand() {
        let text = "不足15分钟, 不计入; 现在结束会保留并注明.";
        assert_eq!(clauses(text, 80, 1), text);
        assert_eq!(clauses(text, 38, 1), "不足15分钟, 不计入");
        assert_eq!(clauses(text, 12, 1), "不足15分钟");
        assert_eq!(clauses(text, 5, 1), text, "cut where it is drawn");
        assert_eq!(clauses("culture general  plan by 4 Dec", 20, 1), "culture general");
        let text = "It is away. Put it right, then go on; nothing is lost.";
        assert_eq!(clauses(text, 18, 1), "It is away.");
        assert_eq!(clauses(text, 18, 2), "It is away. Put it right, then go on");
        assert_eq!(clauses(text, 18, 3), text);
    }
}
