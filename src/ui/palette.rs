//! Palette: Ctrl-P finds a command by its Chinese name, its pinyin initials or sounds, its English words, or what else it is
//! called (`called.rs`). What other pages do stands behind what is done here, with where it is (`elsewhere.rs`).

use crossterm::event::KeyEvent;

use super::called;
use super::canvas::{Canvas, columns};
use super::command::{Command, Entry, WithoutF};
use super::desk::Desk;
use super::elsewhere::There;
use super::field::{Edit, Field};
use super::global::Global;
use super::keys::{Key, Table, row, table};
use super::list::{List, Scroll};
use super::popup::{self, Over};
use super::theme::Look;
use crate::app::Terminal;
use crate::hanzi::forms;
use crate::text::t;

/// Holds what is looked for and the selected line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Palette {
    pub field: Field,
    list: List,
}

pub(super) static KEYS: Table<Action> = table(
    t("命令", "Commands"),
    &[
        row(&[Key::Enter], t("选", "Choose"), Action::Choose),
        row(&[Key::Ctrl('p')], t("菜单", "Menu"), Action::Menu),
        row(&[Key::Esc], t("关闭", "Close"), Action::Close),
    ],
)
.hint(t("名称, 拼音或英文", "Name, pinyin or English"));

/// What can be done in the palette.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action {
    Choose,
    Menu,
    Close,
}

/// One line of the palette.
#[derive(Debug, Clone, Copy)]
enum Found<'a> {
    Here(&'a Entry),
    There(&'a There),
}

impl Found<'_> {
    #[cfg(test)]
    const fn words(&self) -> crate::text::Text {
        match self {
            Self::Here(entry) => entry.line.words,
            Self::There(there) => there.line.words,
        }
    }

    const fn command(&self) -> Command {
        match self {
            Self::Here(entry) => entry.command,
            Self::There(there) => Command::There(**there),
        }
    }
}

impl Palette {
    pub fn key(&mut self, event: &KeyEvent, entries: &[Entry], there: &[There], window: u16, desk: &Desk) -> Over {
        let key = Key::of(event);
        match key.and_then(|key| KEYS.action(key)) {
            Some(Action::Close) => return Over::Close,
            Some(Action::Menu) => return Over::Run(Command::Everywhere(Global::Menu)),
            Some(Action::Choose) => {
                let found = self.found(entries, there, desk);
                let last = found.len().saturating_sub(1);
                return found
                    .get(self.list.selected().min(last))
                    .map_or(Over::Stay, |found| Over::Run(found.command()));
            }
            None => {}
        }
        match self.field.key(event) {
            Edit::Changed => self.list = List::new(),
            Edit::Moved | Edit::Full => {}
            Edit::Ignored => {
                let len = self.found(entries, there, desk).len();
                if let Some(key) = key {
                    Scroll { list: &mut self.list, len }.key(key, window);
                }
            }
        }
        Over::Stay
    }

    pub fn paste(&mut self, text: &str) {
        self.field.insert(text);
        self.list = List::new();
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>, entries: &[Entry], there: &[There]) {
        let found = self.found(entries, there, canvas.desk);
        // As high as all commands need, so that it does not jump while one types.
        let rows = popup::rows(entries.len() + 2);
        let mut part = popup::open(canvas, canvas.words(KEYS.place), rows);
        part.write(0, 0, ">", Look::Strong);
        let shown = self.field.shown(part.width().saturating_sub(2));
        let row = shown.rows.get(usize::from(shown.row)).copied().unwrap_or_default();
        part.write(2, 0, row, Look::Plain);
        part.cursor(2 + shown.column, 0);
        if found.is_empty() {
            part.write(2, 2, part.words(t("没有这个命令.", "No such command.")), Look::Dim);
        }
        let rows_left = part.height().saturating_sub(2);
        let shown = self.list.shown(&mut part, found.len(), rows_left);
        for (y, index) in (2..).zip(shown.clone()) {
            let is_selected = self.list.is_selected(index, found.len());
            match found.get(index) {
                Some(Found::Here(entry)) => popup::draw_entry(&mut part, y, entry, is_selected, false),
                Some(Found::There(there)) => draw_there(&mut part, y, there, is_selected),
                None => {}
            }
        }
        popup::draw_more(canvas, rows, 2, &shown, found.len());
    }

    /// Lists what goes by the words that are typed: what is done here, then what other pages do, each once.
    fn found<'a>(&self, entries: &'a [Entry], there: &'a [There], desk: &Desk) -> Vec<Found<'a>> {
        let wanted = forms::half_width(self.field.text()).trim().to_lowercase();
        let mut here: Vec<&Entry> = entries.iter().filter(|entry| called::by(entry.line.words, &wanted)).collect();
        here.sort_by_key(|entry| {
            let place = place(entry);
            (place == LAST, !called::begins(entry.line.words, &wanted), place)
        });
        let is_asked = |there: &&There| !wanted.is_empty() && called::by(there.line.words, &wanted);
        let mut there: Vec<&There> = there.iter().filter(is_asked).collect();
        there.sort_by_key(|there| {
            // What waits for the end of a visit is behind what can be done in it.
            (there.waits(), !called::begins(there.line.words, &wanted), !there.is_open(), there.way.to.is_none())
        });
        let mut listed: Vec<&There> = Vec::new();
        there.retain(|there| {
            let is_new = !listed.iter().any(|one| is_the_same(one, there, desk));
            listed.push(there);
            is_new
        });
        here.into_iter().map(Found::Here).chain(there.into_iter().map(Found::There)).collect()
    }
}

/// Tells whether two commands of other pages are one for whoever looks: they read the same, or have the same words and key where
/// neither can be done before something else is, or where the key is a sign, which means one thing in every line.
fn is_the_same(one: &There, other: &There, desk: &Desk) -> bool {
    let words = |there: &There| there.line.words.get(desk.lang);
    let key = |there: &There| there.line.keys.first().copied();
    let is_later = !one.is_open() && !other.is_open();
    let is_sign = matches!(key(one), Some(Key::Mark(_)));
    words(one) == words(other)
        && (one.place(desk) == other.place(desk) || key(one) == key(other) && (is_later || is_sign))
}

/// Draws a command of another page: its words, and where it is on the right.
fn draw_there(canvas: &mut Canvas<'_>, y: u16, there: &There, selected: bool) {
    if selected {
        canvas.write(0, y, ">", Look::Plain);
    }
    let place = there.place(canvas.desk);
    let words = canvas.words(there.line.words);
    let room = canvas.width().saturating_sub(2 + columns(&place) + 3).max(canvas.width() / 2);
    canvas.write_cut(2, y, room, words, Look::Plain);
    let right = canvas.width().saturating_sub(2 + columns(words).min(room) + 3);
    let at = canvas.width().saturating_sub(columns(&place).min(right) + 1);
    canvas.write_cut(at, y, right.min(columns(&place)), &place, Look::Dim);
    if selected {
        canvas.look(y, Look::Bar);
    }
}

/// Looks how what has an F-key is reached without it: what is listed here before anything is typed is chosen by Enter alone.
pub(super) fn without_f(entries: &[Entry], has_menu: bool, terminal: Terminal) -> WithoutF {
    let first = entries.iter().min_by_key(|entry| place(entry));
    WithoutF { terminal, has_menu, first: first.map(|entry| entry.command) }
}

/// Where what leaves a page, or takes something away, stands: behind all others.
const LAST: u8 = 3;

/// Gives where a command stands: what the page has an F-key for comes first, as laptops may lack that, then its other rows; what
/// leaves it, or takes something away, is never what Enter chooses at once.
fn place(entry: &Entry) -> u8 {
    let has = |is: fn(&Key) -> bool| entry.line.keys.iter().any(is);
    match entry.command {
        Command::Everywhere(Global::Back | Global::Quit) => LAST,
        Command::Here(_) if has(|key| matches!(key, Key::Esc | Key::Ctrl('d'))) => LAST,
        Command::Here(_) if has(|key| matches!(key, Key::F(_))) => 0,
        Command::Here(_) => 1,
        Command::Everywhere(_) | Command::There(_) => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Palette};
    use crate::hanzi::pinyin;
    use crate::text::{Lang, Text, t};
    use crate::ui::command::{Command, Entry, Number};
    use crate::ui::desk::Desk;
    use crate::ui::elsewhere::There;
    use crate::ui::global::Global;
    use crate::ui::keys::{Key, Line};
    use crate::ui::overlay::Overlay;
    use crate::ui::reference;
    use crate::ui::screens::{Lookup, Page};

    // On a form without F-keys Ctrl-P and Enter left it, and nothing was recorded.
    #[test]
    fn what_a_page_has_an_f_key_for_comes_first_and_what_leaves_it_last() {
        let entry = |keys, words: Text, command| Entry {
            line: Line { keys, words, quiet: false, itself: false, picks: false, again: false },
            command,
            number: Number::None,
        };
        let entries = [
            entry(&[], t("返回", "Back"), Command::Everywhere(Global::Back)),
            entry(&[Key::Enter], t("下一行", "Next"), Command::Here(0)),
            entry(&[Key::F(8)], t("记下", "Record"), Command::Here(1)),
            entry(&[Key::Esc], t("不写了", "Leave"), Command::Here(2)),
            entry(&[Key::Ctrl('d')], t("作废", "Discard"), Command::Here(3)),
            entry(&[Key::F(2)], t("住户", "Households"), Command::Everywhere(Global::Households)),
        ];
        let found: Vec<&str> =
            Palette::default().found(&entries, &[], &Desk::for_tests()).iter().map(|found| found.words().zh).collect();
        assert_eq!(found, ["记下", "下一行", "住户", "返回", "不写了", "作废"]);
    }

    // The letters of 电脑时间没错 found 更正电脑时间 before it.
    #[test]
    fn what_begins_with_what_is_looked_for_comes_before_what_has_it_further_on() {
        let entry = |words: Text, command| Entry {
            line: Line { keys: &[], words, quiet: false, itself: false, picks: false, again: false },
            command,
            number: Number::None,
        };
        let entries = [
            entry(t("更正电脑时间", "Correct a clock"), Command::Here(0)),
            entry(t("电脑时间没错", "The clock is right"), Command::Everywhere(Global::ClockRight)),
        ];
        let first = |looked: &str| {
            let mut palette = Palette::default();
            palette.paste(looked);
            palette.found(&entries, &[], &Desk::for_tests()).first().map(|found| found.words().zh)
        };
        assert_eq!([first(""), first("gz"), first("clock")], [Some("更正电脑时间"); 3]);
        assert_eq!([first("dnsj"), first("电脑"), first("the")], [Some("电脑时间没错"); 3]);
    }

    // 没有这个命令 stood there for what another page does, and for half of what the reference lists.
    #[test]
    fn everything_in_the_reference_is_found_from_the_lookup_by_name_initials_and_english() {
        let page = Page::from(Lookup::new());
        // What is on is turned off, and what is off is turned on.
        let desks = [false, true].map(|silent| {
            let mut desk = Desk::for_tests();
            desk.silent = silent;
            desk
        });
        let all = desks.map(|desk| (Overlay::in_palette(page.face(), false, &desk), desk));
        let finds = |looked: &str, words: Text| {
            let mut palette = Palette::default();
            palette.paste(looked);
            let found = |((entries, there), desk): &((Vec<Entry>, Vec<There>), Desk)| {
                palette.found(entries, there, desk).iter().any(|found| found.words().zh == words.zh)
            };
            all.iter().any(found)
        };
        let mut looked = 0;
        for line in reference::places().into_iter().flat_map(|(_, _, lines)| lines) {
            let run = |ch: &char| !pinyin::of_char(*ch).as_slice().is_empty();
            let han = line.words.zh.chars().skip_while(|ch| !run(ch)).take_while(run);
            let initials: String =
                han.filter_map(|ch| pinyin::of_char(ch).as_slice().first()?.chars().next()).collect();
            for wanted in [line.words.zh, line.words.en, &initials] {
                assert!(finds(wanted, line.words), "{wanted} of {}", line.words.zh);
            }
            looked += 1;
        }
        assert!(looked > 400, "{looked}");
    }

    #[test]
    fn what_another_page_does_stands_behind_what_this_one_does_and_says_where_it_is() {
        let page = Page::from(Lookup::new());
        let (entries, there) = Overlay::in_palette(page.face(), false, &Desk::for_tests());
        let first = |looked: &str| {
            let mut palette = Palette::default();
            palette.paste(looked);
            let desk = Desk::for_tests();
            let found = palette.found(&entries, &there, &desk);
            found.first().map(|found| match found {
                Found::Here(entry) => entry.line.words.zh.to_owned(),
                Found::There(there) => format!("{}  {}", there.line.words.zh, there.place(&desk)),
            })
        };
        for looked in ["dc", "导出", "export", "daochu"] {
            assert_eq!(first(looked).as_deref(), Some("导出  F7 合并, 4"), "{looked}");
        }
        assert_eq!(first("yuyue").as_deref(), Some("预约  先选一户"));
        assert_eq!(first("kszf").as_deref(), Some("开始走访  先选一户"));
        for (looked, here) in [("undo", "撤回"), ("cx", "撤回"), ("quit", "退出"), ("exit", "退出"), ("hb", "合并")]
        {
            assert_eq!(first(looked).as_deref(), Some(here), "{looked}");
        }
    }

    // `on` in English listed `Go on  begin a talk` twice, and 当场解决 once for every page that has the strip.
    #[test]
    fn what_is_the_same_for_whoever_looks_stands_once_in_either_language() {
        let mut desk = Desk::for_tests();
        let page = Page::from(Lookup::new());
        for lang in [Lang::Zh, Lang::En] {
            desk.lang = lang;
            let (entries, there) = Overlay::in_palette(page.face(), false, &desk);
            for looked in ["on", "go on", "o", "s", "jz", "d"] {
                let mut palette = Palette::default();
                palette.paste(looked);
                let found = palette.found(&entries, &there, &desk);
                let reads: Vec<(&str, String)> = found
                    .iter()
                    .map(|found| match found {
                        Found::Here(entry) => (entry.line.words.get(lang), entry.line.key()),
                        Found::There(there) => (there.line.words.get(lang), there.place(&desk)),
                    })
                    .collect();
                assert!(!reads.is_empty());
                for (at, one) in reads.iter().enumerate() {
                    assert!(!reads.iter().skip(at + 1).any(|other| other == one), "{looked}: {one:?}");
                }
                let signs = ["当场解决", "Solved on the spot"];
                assert!(reads.iter().filter(|(words, _)| signs.contains(words)).count() <= 1, "{looked}: {reads:?}");
            }
        }
    }
}
