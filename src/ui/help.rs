//! Help: F1 says what to do here, shows every key of this place, then those that work everywhere.

use super::canvas::{Canvas, wrap};
use super::command::{Command, Entry, Number};
use super::global::{EVERYWHERE, has_menu};
use super::keys::{Key, Line, Table, Way, row, table};
use super::page::Face;
use super::popup::Over;
use super::theme::Look;
use crate::text::{Text, t};

/// Holds how far it is scrolled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Help {
    top: usize,
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

/// Rows that the advice of a place may take on a narrow terminal.
const MOST_ADVICE: usize = 3;

/// The place that is asked about.
pub(super) struct Here<'a> {
    pub place: Text,
    pub advice: Option<Text>,
    pub ways: &'static [Way],
    pub lines: Vec<Line>,
    pub entries: &'a [Entry],
}

impl<'a> Here<'a> {
    /// Takes what a page says of itself, and the commands that can be given on it.
    pub fn of(page: &dyn Face, entries: &'a [Entry]) -> Self {
        Self { place: page.place(), advice: page.advice(), ways: page.ways(), lines: page.lines(), entries }
    }
}

/// One line of the help: a heading, or keys with their words.
enum Item {
    Head(Text),
    Keys(String, Text),
    Words(Text),
    Advice(String),
    Gap,
}

impl Help {
    pub fn key(&mut self, key: Key, here: &Here<'_>, height: u16) -> Over {
        let Some(action) = KEYS.action(key) else { return Over::Stay };
        // How many rows the advice takes is known where it is drawn.
        let most = (items(here, false).len() + MOST_ADVICE).saturating_sub(usize::from(height));
        let page = usize::from(height).saturating_sub(1).max(1);
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

    pub fn draw(&self, canvas: &mut Canvas<'_>, here: &Here<'_>) {
        canvas.clear();
        let mut items = items(here, canvas.desk.terminal.no_f_keys);
        let room = usize::from(canvas.width().saturating_sub(3));
        let advice = here.advice.map(|words| wrap(&canvas.say(&words.into()), room)).unwrap_or_default();
        items.splice(1..1, advice.into_iter().take(MOST_ADVICE).map(Item::Advice));
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
                Item::Advice(words) => {
                    canvas.write(3, y, words, Look::Accent);
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
fn items(here: &Here<'_>, no_f_keys: bool) -> Vec<Item> {
    let without_f = no_f_keys.then(|| has_menu(&here.lines));
    let of = |entry: &Entry| Item::Keys(entry.keys(without_f), entry.line.words);
    let everywhere: Vec<_> = here.entries.iter().filter(|entry| !matches!(entry.command, Command::Here(_))).collect();
    let own = here.lines.iter().enumerate().map(|(index, line)| {
        let listed = here.entries.iter().find(|entry| entry.command == Command::Here(index));
        let alone = Entry { line: *line, command: Command::Here(index), number: Number::None };
        of(listed.unwrap_or(&alone))
    });
    let mut items = vec![Item::Head(here.place)];
    items.extend(own);
    if !here.ways.is_empty() {
        items.extend([Item::Gap, Item::Head(t("一行怎么写", "How a line is written"))]);
        items.extend(here.ways.iter().map(|(typed, words)| Item::Keys((*typed).to_owned(), *words)));
    }
    items.extend([Item::Gap, Item::Head(EVERYWHERE.place)]);
    items.extend(everywhere.into_iter().filter(|entry| !entry.line.keys.is_empty()).map(&of));
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
            let here =
                Here { place: t("走访", "Visit"), advice: Some(advice), ways: &[], lines: Vec::new(), entries: &[] };
            Help::default().draw(&mut canvas, &here);
            let lines = lines(&buffer);
            let shown: String = lines.iter().skip(1).take(rows).map(|line| line.trim()).collect();
            assert_eq!(shown.replace(' ', ""), advice.zh.replace(' ', ""), "{lines:?}");
        }
    }
}
