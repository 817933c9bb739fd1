//! Help: F1 says what to do here and what the page is for, shows every key of this place, then those that work everywhere. Over a
//! popup it is about the popup.

use ratatui::layout::Size;

use super::about::{about, rare};
use super::canvas::{Canvas, wrap};
use super::command::{Command, Entry, Number};
use super::global::{EVERYWHERE, has_menu};
use super::keys::{Key, Line, Table, Way, row, table};
use super::page::Face;
use super::palette;
use super::popup::Over;
use super::theme::Look;
use crate::app::Terminal;
use crate::text::{Lang, Text, t};

/// Holds how far it is scrolled, and what it is about where that is not the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Help {
    top: usize,
    popup: Option<Popup>,
}

/// A popup that is asked about: its name, its rows, and whether something is typed in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Popup {
    pub place: Text,
    pub lines: Vec<Line>,
    pub has_field: bool,
}

pub(super) static KEYS: Table<Action> = table(
    t("帮助", "Help"),
    &[
        row(&[Key::Esc, Key::F(1), Key::Enter], t("关闭", "Close"), Action::Close),
        row(&[Key::Down], t("往下", "Scroll down"), Action::Down),
        row(&[Key::Up], t("往上", "Scroll up"), Action::Up),
        row(&[Key::PageDown, Key::Blank], t("下一页", "Next page"), Action::PageDown).quiet(),
        row(&[Key::PageUp], t("上一页", "Page before"), Action::PageUp).quiet(),
    ],
);

/// What can be done in the help.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action {
    Close,
    Down,
    Up,
    PageDown,
    PageUp,
}

/// The columns that stand free beside a sentence.
const MARGIN: u16 = 3;

/// The place that is asked about.
pub(super) struct Here<'a> {
    pub place: Text,
    pub advice: Option<Text>,
    pub ways: &'static [Way],
    pub lines: Vec<Line>,
    pub entries: &'a [Entry],
    pub has_field: bool,
}

impl<'a> Here<'a> {
    /// Takes what a page says of itself, and the commands that can be given on it.
    pub fn of(page: &dyn Face, entries: &'a [Entry]) -> Self {
        let (place, advice, ways, lines) = (page.place(), page.advice(), page.ways(), page.lines());
        Self { place, advice, ways, lines, entries, has_field: true }
    }

    /// Takes what a popup has: the keys of everywhere wait until it is closed.
    fn over(popup: &Popup) -> Self {
        let Popup { place, lines, has_field } = popup.clone();
        Self { place, advice: None, ways: &[], lines, entries: &[], has_field }
    }
}

/// One line of the help: a heading, or keys with their words.
enum Item {
    Head(Text),
    Keys(String, Text),
    Words(Text),
    Said(String, Look),
    Gap,
}

impl Help {
    /// Opens it about a popup.
    pub const fn over(popup: Popup) -> Self {
        Self { top: 0, popup: Some(popup) }
    }

    /// Gives what it is about: the popup, else the page.
    fn here<'a>(&self, page: &dyn Face, entries: &'a [Entry]) -> Here<'a> {
        self.popup.as_ref().map_or_else(|| Here::of(page, entries), Here::over)
    }

    pub fn key(&mut self, key: Key, page: &dyn Face, entries: &[Entry], body: Size, lang: Lang) -> Over {
        let Some(action) = KEYS.action(key) else { return Over::Stay };
        let here = self.here(page, entries);
        let items = items(&here, Terminal::default(), body.width, |words| words.get(lang).to_owned());
        let most = items.len().saturating_sub(usize::from(body.height));
        let page = usize::from(body.height).saturating_sub(1).max(1);
        self.top = match action {
            Action::Close => return Over::Close,
            Action::Down => self.top + 1,
            Action::Up => self.top.saturating_sub(1),
            Action::PageDown => self.top + page,
            Action::PageUp => self.top.saturating_sub(page),
        }
        .min(most);
        Over::Stay
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>, page: &dyn Face, entries: &[Entry]) {
        self.drawn(canvas, &self.here(page, entries));
    }

    fn drawn(&self, canvas: &mut Canvas<'_>, here: &Here<'_>) {
        canvas.clear();
        let items = items(here, canvas.desk.terminal, canvas.width(), |words| canvas.say(&words.into()));
        let top = self.top.min(items.len().saturating_sub(usize::from(canvas.height())));
        for (y, item) in (0..canvas.height()).zip(items.iter().skip(top)) {
            match item {
                Item::Head(words) => {
                    canvas.write(1, y, canvas.words(*words), Look::Strong);
                }
                Item::Keys(keys, words) => {
                    let x = canvas.write_cut(3, y, 16, keys, Look::Plain);
                    canvas.write(x + 1, y, canvas.words(*words), Look::Plain);
                }
                Item::Words(words) => {
                    canvas.write(3, y, canvas.words(*words), Look::Plain);
                }
                Item::Said(words, look) => {
                    canvas.write(MARGIN, y, words, *look);
                }
                Item::Gap => {}
            }
        }
    }
}

const TYPING: [(&str, Text); 5] = [
    ("Left Right", t("移动光标; Ctrl 加箭头跳一个词", "move the cursor; with Ctrl a word")),
    ("Home End", t("到开头, 到末尾", "to the start, to the end")),
    ("Ctrl-U Ctrl-K", t("删到开头, 删到末尾", "erase to the start, to the end")),
    ("Ctrl-Z", t("撤回打的字", "take back what was typed")),
    ("", t("打的字随时自动保存, 断电也不丢.", "What is typed is kept at once, whatever happens.")),
];

/// Lists the rows of a page, those too that stand once in the menu for two; F-keys that do nothing by their other way.
fn items(here: &Here<'_>, terminal: Terminal, width: u16, say: impl Fn(Text) -> String) -> Vec<Item> {
    let without = palette::without_f(here.entries, has_menu(&here.lines), terminal);
    let of = |entry: &Entry| Item::Keys(entry.keys(without), entry.line.words);
    let everywhere: Vec<_> = here.entries.iter().filter(|entry| !matches!(entry.command, Command::Here(_))).collect();
    let own = here.lines.iter().enumerate().map(|(index, line)| {
        let listed = here.entries.iter().find(|entry| entry.command == Command::Here(index));
        let alone = Entry { line: *line, command: Command::Here(index), number: Number::None };
        of(listed.unwrap_or(&alone))
    });
    let said = [(here.advice, Look::Accent), (about(here.place), Look::Plain), (rare(here.place), Look::Dim)];
    let said = said.into_iter().filter_map(|(words, look)| Some((say(words?), look)));
    let room = usize::from(width.saturating_sub(MARGIN));
    let mut items = vec![Item::Head(here.place)];
    items.extend(said.flat_map(|(said, look)| wrap(&said, room).into_iter().map(move |row| Item::Said(row, look))));
    items.extend(own);
    if !here.ways.is_empty() {
        items.extend([Item::Gap, Item::Head(t("一行怎么写", "How a line is written"))]);
        items.extend(here.ways.iter().map(|(typed, words)| Item::Keys((*typed).to_owned(), *words)));
    }
    if !everywhere.is_empty() {
        items.extend([Item::Gap, Item::Head(EVERYWHERE.place)]);
    }
    items.extend(everywhere.into_iter().filter(|entry| !entry.line.keys.is_empty()).map(&of));
    if !here.has_field {
        return items;
    }
    items.extend([Item::Gap, Item::Head(t("打字时", "While typing"))]);
    items.extend(TYPING.iter().map(|(keys, words)| match *keys {
        "" => Item::Words(*words),
        keys => Item::Keys(keys.to_owned(), *words),
    }));
    items.push(Item::Gap);
    items.push(Item::Words(t("全角的 ６ ＋ ！ 和半角的一样.", "Full-width digits and marks are the same keys.")));
    items
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::{Help, Here};
    use crate::text::t;
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;

    // A list of keys alone does not say what one comes here for.
    #[test]
    fn it_begins_with_what_to_do_here_on_a_narrow_terminal_too() {
        let advice = t("听到什么打什么, Enter 记下; 分得清是哪类就先打 6 空格, 分不清先记.", "");
        for (width, rows) in [(80, 1), (40, 3)] {
            let area = Rect::new(0, 0, width, 12);
            let mut buffer = Buffer::empty(area);
            let desk = Desk::for_tests();
            let mut cursor = None;
            let mut canvas = Canvas::new(&mut buffer, &mut cursor, area, &desk);
            let (place, lines_here) = (t("走访", "Visit"), Vec::new());
            let here =
                Here { place, advice: Some(advice), ways: &[], lines: lines_here, entries: &[], has_field: true };
            Help::default().drawn(&mut canvas, &here);
            let lines = lines(&buffer);
            let shown: String = lines.iter().skip(1).take(rows).map(|line| line.trim()).collect();
            assert_eq!(shown.replace(' ', ""), advice.zh.replace(' ', ""), "{lines:?}");
        }
    }
}
