//! Footer: the keys of a place in one row, in the words of the table that dispatches them; what one cannot do without goes last
//! where the row is short.

use super::canvas::columns;
use super::global::{MENU, PALETTE};
use super::keys::{Key, Line};
use crate::text::Lang;

/// What stands there besides the rows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hints<'a> {
    /// Stands first, in the place of the bell that nobody heard.
    pub bell: Option<&'a str>,
    /// Leads the rows without being a key.
    pub hint: Option<&'a str>,
    /// What this terminal does otherwise.
    pub ways: &'a [&'a str],
}

/// The blanks between two pieces, and where everything left is needed.
const BETWEEN: &str = "   ";
const CLOSE: &str = "  ";

/// When a piece goes: the highest first, of equal ones the one on the right. The menu holds every row that is not shown, so its
/// Esc stays, as does an Esc that is the way out of a place.
const ESC: u8 = 0;
const BELL: u8 = 1;
const END: u8 = 2;
const ENTER: u8 = 3;
const OFTEN: u8 = 4;
const HINT: u8 = 5;
const ROW: u8 = 6;
const ARROW: u8 = 7;
const WAY: u8 = 8;
const HELP: u8 = 9;
const OTHER_MENU: u8 = 10;

/// Tells when a row goes, by the key on which it is least to be missed: what puts down and what ends stays longest.
fn goes(line: &Line) -> u8 {
    let goes = |key: &Key| match key {
        Key::Esc => ESC,
        Key::F(_) => END,
        Key::Enter => ENTER,
        Key::Tab | Key::Digit(_) => OFTEN,
        Key::Up | Key::Down | Key::Left | Key::Right | Key::PageUp | Key::PageDown => ARROW,
        _ => ROW,
    };
    line.keys.iter().map(goes).min().unwrap_or(ROW)
}

/// Writes a footer that fits into `width` columns: the hints, the rows of the place, Esc, what this terminal does otherwise, then
/// F1; `key` names the key of a row.
pub(super) fn footer(
    hints: Hints<'_>,
    lines: &[Line],
    tail: &[Line],
    key: &dyn Fn(&Line) -> String,
    lang: Lang,
    width: u16,
) -> String {
    let said = |line: &Line| format!("{} {}", key(line), line.words.get(lang));
    let shown = lines.iter().filter(|line| !line.quiet && !line.keys.is_empty());
    let esc = tail.iter().filter(|line| line.keys.contains(&Key::Esc));
    let help = tail.last().filter(|line| !line.keys.contains(&Key::Esc) && line.keys != MENU);
    let menu = tail.iter().find(|line| [MENU, PALETTE].contains(&line.keys)).filter(|line| help != Some(*line));
    let mut pieces: Vec<(u8, String)> = Vec::new();
    pieces.extend(hints.bell.map(|words| (BELL, words.to_owned())));
    pieces.extend(hints.hint.map(|words| (HINT, words.to_owned())));
    pieces.extend(shown.map(|line| (goes(line), said(line))));
    pieces.extend(esc.map(|line| (ESC, said(line))));
    pieces.extend(hints.ways.iter().map(|words| (WAY, (*words).to_owned())));
    pieces.extend(menu.map(|line| (OTHER_MENU, said(line))));
    pieces.extend(help.map(|line| (HELP, said(line))));
    loop {
        let joined = |between| {
            let words: Vec<&str> = pieces.iter().map(|(_, words)| words.as_str()).collect();
            format!(" {}", words.join(between))
        };
        let (wide, close) = (joined(BETWEEN), joined(CLOSE));
        let last = pieces.iter().map(|(goes, _)| *goes).max().unwrap_or(ESC);
        if columns(&wide) < width || pieces.len() < 2 {
            return wide;
        }
        if last <= HINT && columns(&close) <= width {
            return close;
        }
        let first = pieces.iter().rposition(|(goes, _)| *goes == last);
        pieces.remove(first.unwrap_or(pieces.len() - 1));
    }
}

#[cfg(test)]
mod tests {
    use super::{Hints, MENU, footer};
    use crate::app::Terminal;
    use crate::text::{Lang, t};
    use crate::ui::canvas::columns;
    use crate::ui::global::tail;
    use crate::ui::keys::{Key, Line};
    use crate::ui::screens;

    const fn line(keys: &'static [Key], zh: &'static str) -> Line {
        Line { keys, words: t(zh, zh), quiet: false, itself: false, picks: false, again: false }
    }

    const LINES: [Line; 3] =
        [line(&[Key::Enter], "打开"), line(&[Key::Ctrl('n')], "新建"), Line { quiet: true, ..line(&[Key::Up], "上") }];
    const TAIL: [Line; 2] = [line(&[Key::Esc], "菜单"), line(&[Key::F(1)], "帮助")];

    #[test]
    fn the_footer_drops_help_then_rows_from_the_right_and_keeps_the_menu() {
        let hints = Hints { hint: Some("号# 谁说的"), ..Hints::default() };
        let of = |width| footer(hints, &LINES, &TAIL, &Line::key, Lang::Zh, width);
        assert_eq!(of(80), " 号# 谁说的   Enter 打开   Ctrl-N 新建   Esc 菜单   F1 帮助");
        assert_eq!(of(59), " 号# 谁说的   Enter 打开   Ctrl-N 新建   Esc 菜单");
        assert_eq!(of(40), " 号# 谁说的   Enter 打开   Esc 菜单");
        assert_eq!(of(25), " Enter 打开   Esc 菜单");
        assert_eq!(of(15), " Esc 菜单");
        assert_eq!(of(5), " Esc 菜单");
    }

    #[test]
    fn what_this_terminal_does_otherwise_has_the_room_that_is_left_and_the_bell_stays() {
        let hints = Hints { bell: Some("已满15分钟"), hint: None, ways: &["看字"] };
        let of = |width| footer(hints, &LINES, &TAIL, &Line::key, Lang::Zh, width);
        assert_eq!(of(80), " 已满15分钟   Enter 打开   Ctrl-N 新建   Esc 菜单   看字   F1 帮助");
        assert_eq!(of(60), " 已满15分钟   Enter 打开   Ctrl-N 新建   Esc 菜单   看字");
        assert_eq!(of(54), " 已满15分钟   Enter 打开   Ctrl-N 新建   Esc 菜单");
        assert_eq!(of(40), " 已满15分钟   Enter 打开   Esc 菜单");
        assert_eq!(of(25), " 已满15分钟   Esc 菜单");
    }

    // The way out of a place went first, and F1 stayed.
    #[test]
    fn the_own_esc_of_a_place_stays_too() {
        let lines = [LINES[0], line(&[Key::Esc], "不写, 直接记下"), LINES[1]];
        let tail = [Line { keys: MENU, ..TAIL[0] }, TAIL[1]];
        let of = |width| footer(Hints::default(), &lines, &tail, &Line::key, Lang::Zh, width);
        assert_eq!(of(80), " Enter 打开   Esc 不写, 直接记下   Ctrl-N 新建   F10 菜单   F1 帮助");
        assert_eq!(of(60), " Enter 打开   Esc 不写, 直接记下   Ctrl-N 新建   F1 帮助");
        assert_eq!(of(50), " Enter 打开   Esc 不写, 直接记下   Ctrl-N 新建");
        assert_eq!(of(40), " Enter 打开   Esc 不写, 直接记下");
        assert_eq!(of(25), " Esc 不写, 直接记下");
    }

    // At 40 columns a visit showed 改上一条 and not how it is ended, the wrap-up in English not even Enter.
    #[test]
    fn what_nobody_can_do_without_stands_there_at_forty_columns_in_both_languages() {
        let narrow = |name: &str, lang: Lang| {
            let (_, hint, lines) = screens::places().into_iter().find(|(place, ..)| place.zh == name).unwrap();
            let hints = Hints { hint: hint.map(|hint| hint.get(lang)), ..Hints::default() };
            footer(hints, &lines, &tail(&lines, Terminal::default()), &Line::key, lang, 40)
        };
        assert_eq!(narrow("走访", Lang::Zh), " Enter 记下  Tab 归类  F8 结束  Esc 菜单");
        assert_eq!(narrow("走访", Lang::En), " Enter Put down   F8 Finish   Esc Menu");
        assert_eq!(narrow("结束页", Lang::Zh), " Enter 选定/结束  Tab 归类  Esc 继续走访");
        assert_eq!(narrow("结束页", Lang::En), " Enter Choose/end  Tab Sort  Esc Go on");
        assert_eq!(narrow("结束页: 写字的地方", Lang::Zh), " 上下移动  Enter 记下/结束  Esc 继续走访");
        assert_eq!(narrow("结束页: 写字的地方", Lang::En), " Enter Put down/end   Esc Go on");
        assert_eq!(narrow("夜话", Lang::Zh), " Enter 记下  Tab 归类  F8 结束  Esc 菜单");
        // In a form Enter goes to the next line, as Down does.
        let is_end = |line: &Line| line.keys.first() == Some(&Key::F(8));
        let is_kept = |line: &Line, ends: bool| match line.keys.first() {
            Some(Key::F(8) | Key::Esc) => true,
            Some(Key::Enter) => !ends,
            _ => false,
        };
        for (place, hint, lines) in screens::places() {
            for lang in [Lang::Zh, Lang::En] {
                let hints = Hints { hint: hint.map(|hint| hint.get(lang)), ..Hints::default() };
                let footer = footer(hints, &lines, &tail(&lines, Terminal::default()), &Line::key, lang, 40);
                assert!(columns(&footer) <= 40, "{}: {footer}", place.zh);
                let shown: Vec<&Line> = lines.iter().filter(|line| !line.quiet).collect();
                let ends = shown.iter().any(|line| is_end(line));
                let shown = shown.into_iter().filter(|line| is_kept(line, ends));
                for words in shown.map(|line| format!("{} {}", line.key(), line.words.get(lang))) {
                    assert!(footer.contains(&words), "{}: {words}\n{footer}", place.zh);
                }
            }
        }
    }
}
