//! Palette: Ctrl-P finds a command by its Chinese name, its pinyin initials or sounds, or its English words.

use crossterm::event::KeyEvent;

use super::canvas::Canvas;
use super::command::{Command, Entry};
use super::field::{Edit, Field};
use super::global::Global;
use super::keys::{Key, Table, row, table};
use super::list::{List, Scroll};
use super::popup::{self, Over};
use super::theme::Look;
use crate::hanzi::{forms, pinyin};
use crate::text::{Text, t};

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

impl Palette {
    pub fn key(&mut self, event: &KeyEvent, entries: &[Entry], window: u16) -> Over {
        let key = Key::of(event);
        match key.and_then(|key| KEYS.action(key)) {
            Some(Action::Close) => return Over::Close,
            Some(Action::Menu) => return Over::Run(Command::Everywhere(Global::Menu)),
            Some(Action::Choose) => {
                let found = self.found(entries);
                let last = found.len().saturating_sub(1);
                return found.get(self.list.selected().min(last)).map_or(Over::Stay, |entry| Over::Run(entry.command));
            }
            None => {}
        }
        match self.field.key(event) {
            Edit::Changed => self.list = List::new(),
            Edit::Moved => {}
            Edit::Ignored => {
                let len = self.found(entries).len();
                if let Some(key) = key {
                    Scroll { list: &mut self.list, len, window: window.saturating_sub(2) }.key(key);
                }
            }
        }
        Over::Stay
    }

    pub fn paste(&mut self, text: &str) {
        self.field.insert(text);
        self.list = List::new();
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>, entries: &[Entry]) {
        let found = self.found(entries);
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
        let shown = self.list.window(found.len(), part.height().saturating_sub(2));
        for (y, index) in (2..).zip(shown.clone()) {
            let Some(entry) = found.get(index) else { continue };
            popup::draw_entry(&mut part, y, entry, self.list.is_selected(index, found.len()), false);
        }
        popup::draw_more(canvas, rows, 2, &shown, found.len());
    }

    fn found<'a>(&self, entries: &'a [Entry]) -> Vec<&'a Entry> {
        let wanted = forms::half_width(self.field.text()).trim().to_lowercase();
        let mut found: Vec<&Entry> = entries.iter().filter(|entry| matches(entry.line.words, &wanted)).collect();
        found.sort_by_key(|entry| {
            let place = place(entry);
            (place == LAST, !begins(entry.line.words, &wanted), place)
        });
        found
    }
}

/// Where what leaves a page, or takes something away, stands: behind all others.
const LAST: u8 = 3;

/// Tells whether a name begins with what is looked for: that is meant before one that has it further on.
fn begins(words: Text, wanted: &str) -> bool {
    let spelt = [words.zh, words.en].into_iter().any(|name| name.to_lowercase().starts_with(wanted));
    spelt || sounds(words.zh, wanted)
}

/// Gives where a command stands: what the page has an F-key for comes first, as laptops may lack that, then its other rows; what
/// leaves it, or takes something away, is never what Enter chooses at once.
fn place(entry: &Entry) -> u8 {
    let has = |is: fn(&Key) -> bool| entry.line.keys.iter().any(is);
    match entry.command {
        Command::Everywhere(Global::Back | Global::Quit) => LAST,
        Command::Here(_) if has(|key| matches!(key, Key::Esc | Key::Ctrl('d'))) => LAST,
        Command::Here(_) if has(|key| matches!(key, Key::F(_))) => 0,
        Command::Here(_) => 1,
        Command::Everywhere(_) => 2,
    }
}

/// Tells whether a command goes by a name: part of the Chinese name, its sounds from some character on, written out or
/// by their initials, or the beginning of an English word. An empty name fits all.
fn matches(words: Text, wanted: &str) -> bool {
    let english = words.en.to_lowercase();
    let word_starts = english.char_indices().filter(|(at, _)| {
        *at == 0 || english.get(..*at).is_some_and(|before| before.ends_with(|ch: char| !ch.is_alphanumeric()))
    });
    let by_english = |(at, _): (usize, char)| english.get(at..).is_some_and(|rest| rest.starts_with(wanted));
    words.zh.to_lowercase().contains(wanted)
        || word_starts.into_iter().any(by_english)
        || words.zh.char_indices().any(|(at, _)| words.zh.get(at..).is_some_and(|rest| sounds(rest, wanted)))
}

/// Tells whether letters spell the first characters of a name, each by its initial or a longer part of its sound.
fn sounds(name: &str, letters: &str) -> bool {
    if letters.is_empty() {
        return true;
    }
    let mut chars = name.chars();
    let Some(first) = chars.next() else { return false };
    pinyin::of_char(first).as_slice().iter().any(|sound| {
        let heads = (1..=sound.len()).filter_map(|end| sound.get(..end));
        heads.into_iter().filter_map(|head| letters.strip_prefix(head)).any(|rest| sounds(chars.as_str(), rest))
    })
}

#[cfg(test)]
mod tests {
    use super::{Palette, matches};
    use crate::text::{Text, t};
    use crate::ui::command::{Command, Entry, Number};
    use crate::ui::global::Global;
    use crate::ui::keys::{Key, Line};

    // On a form without F-keys Ctrl-P and Enter left it, and nothing was recorded.
    #[test]
    fn what_a_page_has_an_f_key_for_comes_first_and_what_leaves_it_last() {
        let entry = |keys, words: Text, command| Entry {
            line: Line { keys, words, quiet: false, itself: false, picks: false },
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
        let found: Vec<&str> = Palette::default().found(&entries).iter().map(|entry| entry.line.words.zh).collect();
        assert_eq!(found, ["记下", "下一行", "住户", "返回", "不写了", "作废"]);
    }

    // The letters of 电脑时间没错 found 更正电脑时间 before it.
    #[test]
    fn what_begins_with_what_is_looked_for_comes_before_what_has_it_further_on() {
        let entry = |words: Text, command| Entry {
            line: Line { keys: &[], words, quiet: false, itself: false, picks: false },
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
            palette.found(&entries).first().map(|entry| entry.line.words.zh)
        };
        assert_eq!([first(""), first("gz"), first("clock")], [Some("更正电脑时间"); 3]);
        assert_eq!([first("dnsj"), first("电脑"), first("the")], [Some("电脑时间没错"); 3]);
    }

    #[test]
    fn a_command_is_found_by_name_initials_sound_and_english() {
        let words = t("重新统计", "Count again");
        for wanted in ["", "统计", "重", "cxtj", "tj", "chongxin", "cxtongj", "count", "ag"] {
            assert!(matches(words, wanted), "{wanted}");
        }
        assert!(matches(t("English", "中文"), "english"), "a name in letters too, however they are written");
        for wanted in ["zz", "xc", "gain", "统统", "cxtjx"] {
            assert!(!matches(words, wanted), "{wanted}");
        }
    }
}
