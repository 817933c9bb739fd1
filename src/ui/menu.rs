//! Menu: Esc shows what can be done here and where one can go, numbered.
//!
//! Digits act at once: 1 to 9 the rows of the page, 0 and a digit the places (02 is F2), 00 back, 03 and a digit the rows
//! of the page that nine have no room for, 08 or 06 and a digit what works everywhere, 09 and a digit the places without a key (`command.rs`). So no command needs a key that a terminal or a laptop
//! takes away; arrows and Enter choose too. What would put words down that stand in a line is only pointed at by its digit, and
//! Enter does it: the menu may be open unseen, and what is recorded is not taken back by going on with the sentence. So is every row
//! of the page over a box of what is looked for: a door or a phone begins with a digit, and is not cut in two.

use super::canvas::Canvas;
use super::command::{Command, Entry, NUMBER};
use super::keys::{Key, Table, row, table};
use super::list::{List, Scroll};
use super::popup::{self, Over};
use crate::text::{Text, t};

/// Holds the selected line, the digits that have chosen nothing, and those at their end that begin the number of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Menu {
    list: List,
    waiting: String,
    begun: String,
    /// What a digit points at, and Enter does.
    held: Option<Entry>,
    /// What the footer says of digits where some rows are only pointed at.
    pointing: Option<Text>,
    /// When the last of them came, in milliseconds of boot time.
    at: u64,
}

/// What digits that name nothing in the menu are on the page below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digits {
    /// Nothing: no field has the cursor.
    Nothing,
    /// Text of a field.
    Text,
    /// The beginning of what is looked for: whoever types a door or a phone does not look at the menu either.
    Question,
    /// The beginning of what somebody says: nobody who talks looks at the menu.
    Line,
}

/// One digit behind another within so many milliseconds was typed with it.
pub(super) const TOGETHER: u64 = 1_500;

pub(super) static KEYS: Table<Action> = table(
    t("菜单", "Menu"),
    &[
        row(&[Key::Enter], t("选", "Choose"), Action::Choose),
        row(&[Key::Esc, Key::F(10)], t("关闭", "Close"), Action::Close),
    ],
)
.hint(t("数字 直接选", "Digits choose at once"));

const POINT_IN_A_LINE: Text =
    t("数字 直接选, 记下和结束再按 Enter", "Digits choose at once, recording and ending with Enter");

const POINT_IN_A_BOX: Text = t("0 开头的直接选, 1-9 再按 Enter", "0 and a digit at once, 1 to 9 with Enter");

/// What the footer says instead where some rows are only pointed at.
pub(super) const POINTING: [Text; 2] = [POINT_IN_A_LINE, POINT_IN_A_BOX];

/// What can be done in the menu.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action {
    Choose,
    Close,
}

impl Menu {
    /// Opens it over a page where digits are this, and some rows are `held`.
    pub fn over(below: Digits, held: &[Command]) -> Self {
        let pointing = match below {
            Digits::Line => Some(POINT_IN_A_LINE),
            Digits::Question => Some(POINT_IN_A_BOX),
            Digits::Text | Digits::Nothing => None,
        };
        Self { pointing: pointing.filter(|_| !held.is_empty()), ..Self::default() }
    }

    /// Says in the footer what digits do.
    pub fn hint(&self) -> Option<Text> {
        self.pointing.or(KEYS.hint)
    }

    /// Takes a key. Digits that chose nothing may be the beginning of words where the page takes them: typed with them
    /// a digit chooses nothing, and as many as no number has are words. Over a line or a question what follows them begins no number
    /// either.
    /// What is `held` is not done by a digit: that points at it.
    pub fn key(
        &mut self,
        key: Key,
        entries: &[Entry],
        window: u16,
        (below, held): (Digits, &[Command]),
        now: u64,
    ) -> Over {
        let waiting = std::mem::take(&mut self.waiting);
        self.held = None;
        let has_begun = !std::mem::take(&mut self.begun).is_empty();
        let (takes, is_line) = (below != Digits::Nothing, matches!(below, Digits::Line | Digits::Question));
        let is_with_them = takes && !waiting.is_empty() && now.saturating_sub(self.at) <= TOGETHER;
        self.at = now;
        if let Key::Digit(digit) = key {
            let typed = format!("{waiting}{digit}");
            for end in (0..typed.len()).filter_map(|from| typed.get(from..)) {
                let is_whole = end.len() == typed.len();
                let may_choose = is_whole || if end.len() == 1 { !has_begun && !is_with_them } else { !is_line };
                let found = entries.iter().position(|entry| may_choose && entry.number.digits() == end);
                if let Some((index, entry)) = found.and_then(|index| Some((index, entries.get(index)?))) {
                    if !held.contains(&entry.command) {
                        return chosen(Some(entry));
                    }
                    self.list.select(index);
                    end.clone_into(&mut self.begun);
                    self.held = Some(*entry);
                    break;
                }
                let begins =
                    |entry: &Entry| entry.number.digits().strip_prefix(end).is_some_and(|rest| !rest.is_empty());
                if (is_whole || !is_line) && entries.iter().any(begins) {
                    end.clone_into(&mut self.begun);
                    break;
                }
            }
            if takes && self.begun.is_empty() && typed.len() >= NUMBER {
                return Over::Words(typed);
            }
            self.waiting = typed;
            return Over::Stay;
        }
        let names_nothing = takes && !waiting.is_empty() && !has_begun;
        match KEYS.action(key) {
            Some(_) if names_nothing => Over::Words(waiting),
            Some(Action::Choose) => {
                let last = entries.len().saturating_sub(1);
                chosen(entries.get(self.list.selected().min(last)))
            }
            Some(Action::Close) => Over::Close,
            None if self.list.go_round(key, entries.len()) => Over::Stay,
            None if (Scroll { list: &mut self.list, len: entries.len() }).key(key, window) => Over::Stay,
            // A key of a line works with the menu open too.
            None => chosen(entries.iter().find(|entry| entry.line.keys.contains(&key) && !key.is_text())),
        }
    }

    /// Gives the digits that have chosen nothing yet and may be the beginning of words.
    pub fn waiting(&self) -> &str {
        &self.waiting
    }

    /// Gives the digits that no line has; none while they may still become those of one.
    pub fn lacks(&self) -> Option<&str> {
        Some(self.waiting.as_str()).filter(|digits| !digits.is_empty() && self.begun.is_empty())
    }

    /// Gives what a digit points at, and Enter does.
    pub const fn held(&self) -> Option<&Entry> {
        self.held.as_ref()
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>, entries: &[Entry]) {
        let title = canvas.words(KEYS.place);
        let title = if self.begun.is_empty() { title.to_owned() } else { format!("{title}  {}_", self.begun) };
        let mut part = popup::open(canvas, &title, popup::rows(entries.len()));
        let high = part.height();
        let shown = self.list.shown(&mut part, entries.len(), high);
        for (y, index) in (0..).zip(shown.clone()) {
            let Some(entry) = entries.get(index) else { continue };
            let selected = self.list.is_selected(index, entries.len());
            popup::draw_entry(&mut part, y, entry, selected, true);
        }
        popup::draw_more(canvas, popup::rows(entries.len()), 0, &shown, entries.len());
    }
}

fn chosen(entry: Option<&Entry>) -> Over {
    entry.map_or(Over::Stay, |entry| Over::Run(entry.command))
}

#[cfg(test)]
mod tests {
    use super::{Digits, Menu, TOGETHER};
    use crate::domain::Name;
    use crate::ui::command::{Command, numbered};
    use crate::ui::desk::Desk;
    use crate::ui::keys::Key;
    use crate::ui::popup::Over;
    use crate::ui::screens::{Card, Page};

    /// Presses digits one behind another, so many milliseconds apart, and gives what came of the last one.
    fn press(menu: &mut Menu, digits: &str, apart: u64, below: Digits) -> Over {
        let page = Page::from(Card::of(Name::new(7, 1)));
        let entries = numbered(page.face(), true, &Desk::for_tests());
        let keys = digits.chars().map(|ch| Key::Digit(u8::try_from(ch.to_digit(10).unwrap()).unwrap()));
        let key = |menu: &mut Menu, (at, key)| menu.key(key, &entries, 20, (below, &[]), apart * at);
        (1..).zip(keys).map(|each| key(menu, each)).last().unwrap()
    }

    // 061 began the first row, and its digits were gone.
    #[test]
    fn digits_that_name_nothing_are_words_where_lines_are_taken() {
        for typed in ["061", "999", "062", "808"] {
            assert_eq!(press(&mut Menu::default(), typed, 100, Digits::Line), Over::Words(typed.to_owned()), "{typed}");
        }
        // Of fewer there may be more; whoever closes it, or presses Enter, typed no number of it.
        let page = Page::from(Card::of(Name::new(7, 1)));
        let entries = numbered(page.face(), true, &Desk::for_tests());
        for end in [Key::Enter, Key::Esc, Key::F(10)] {
            let mut menu = Menu::default();
            assert_eq!(press(&mut menu, "99", 100, Digits::Line), Over::Stay);
            assert_eq!(menu.key(end, &entries, 20, (Digits::Line, &[]), 300), Over::Words("99".to_owned()), "{end}");
        }
        // What begins a number is none of them.
        let mut menu = Menu::default();
        press(&mut menu, "08", 100, Digits::Line);
        assert_eq!(menu.key(Key::Esc, &entries, 20, (Digits::Line, &[]), 300), Over::Close);
    }

    #[test]
    fn a_digit_behind_a_stray_one_chooses_where_somebody_looks_and_where_there_is_no_line() {
        let chosen = |over: Over| matches!(over, Over::Run(Command::Here(_)));
        assert!(chosen(press(&mut Menu::default(), "91", TOGETHER + 1, Digits::Line)));
        assert!(!chosen(press(&mut Menu::default(), "91", TOGETHER, Digits::Line)));
        assert!(chosen(press(&mut Menu::default(), "91", 100, Digits::Nothing)));
        assert_eq!(press(&mut Menu::default(), "999", 100, Digits::Nothing), Over::Stay, "nothing takes them");
    }

    // 12 of a door opened the card of the first household, and began a visit by phone there; 105 began a talk.
    #[test]
    fn over_what_is_looked_for_a_digit_only_points_and_a_number_is_not_cut_in_two() {
        let page = Page::from(Card::of(Name::new(7, 1)));
        let entries = numbered(page.face(), true, &Desk::for_tests());
        let held: Vec<Command> = entries.iter().map(|entry| entry.command).collect();
        let held: Vec<Command> = held.into_iter().filter(|command| matches!(command, Command::Here(_))).collect();
        let typed = |digits: &str, apart: u64| {
            let mut menu = Menu::over(Digits::Question, &held);
            let keys = digits.bytes().map(|digit| Key::Digit(digit - b'0'));
            let key = |menu: &mut Menu, (at, key)| menu.key(key, &entries, 20, (Digits::Question, &held), apart * at);
            let over = (1..).zip(keys).map(|each| key(&mut menu, each)).last().unwrap();
            (over, menu)
        };
        for apart in [100, TOGETHER + 1] {
            for digits in ["1", "12", "2", "31"] {
                let (over, menu) = typed(digits, apart);
                assert_eq!((over, menu.waiting()), (Over::Stay, digits), "{digits}");
            }
            assert!(matches!(typed("05", apart).0, Over::Run(Command::Everywhere(_) | Command::There(_))));
        }
        for digits in ["105", "123", "205"] {
            assert_eq!(typed(digits, 100).0, Over::Words(digits.to_owned()), "{digits}");
            // Slowly, the last one points: nothing is lost, and nothing is done.
            let (over, menu) = typed(digits, TOGETHER + 1);
            assert_eq!((over, menu.waiting()), (Over::Stay, digits), "{digits}");
        }
        let (_, mut menu) = typed("2", 100);
        let second = entries.iter().find(|entry| entry.number.digits() == "2").map(|entry| Over::Run(entry.command));
        assert_eq!(Some(menu.key(Key::Enter, &entries, 20, (Digits::Question, &held), 300)), second);
    }

    // 91 of a door chose the first household.
    #[test]
    fn over_a_field_a_digit_typed_with_a_stray_one_is_text_and_a_place_has_its_number_all_the_same() {
        assert_eq!(press(&mut Menu::default(), "91", 100, Digits::Text), Over::Stay);
        assert_eq!(press(&mut Menu::default(), "918", 100, Digits::Text), Over::Words("918".to_owned()));
        assert!(matches!(press(&mut Menu::default(), "91", TOGETHER + 1, Digits::Text), Over::Run(_)));
        assert!(matches!(press(&mut Menu::default(), "904", 100, Digits::Text), Over::Run(Command::Everywhere(_))));
    }
}
