//! Commands: everything that can be done from here, in one list that menu, palette and help read.

use super::desk::Desk;
use super::elsewhere::There;
use super::global::{Global, PLACES, everywhere};
use super::keys::{Key, Line};
use super::otherwise::{FKeys, is_dead};
use super::page::Face;
use crate::app::Terminal;

/// What a line of menu or palette does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    /// A row of the page, by its number in the table.
    Here(usize),
    /// A command that works everywhere.
    Everywhere(Global),
    /// A row of another page.
    There(There),
}

/// One line of menu or palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub line: Line,
    pub command: Command,
    /// The digits that pick it in the menu.
    pub number: Number,
}

impl Entry {
    /// Names the key of the line; where that is an F-key that does nothing, the way through the menu (`Esc 4`), or where there
    /// is none, as the page takes Esc for itself, through the palette (`Ctrl-P Enter` for what that lists first).
    pub fn key(&self, without: WithoutF) -> String {
        if !is_dead(&self.line, without.terminal) {
            return self.line.key();
        }
        match self.number {
            number if number != Number::None && without.has_menu => format!("Esc {}", number.digits()),
            _ if without.first == Some(self.command) => format!("{} {}", Key::Ctrl('p'), Key::Enter),
            _ => Key::Ctrl('p').to_string(),
        }
    }

    /// Names all keys of the line, as the help shows them; F-keys that do nothing by their other way.
    pub fn keys(&self, without: WithoutF) -> String {
        let works = |key: &&Key| self.line.itself || !matches!(key, Key::F(n) if without.terminal.lacks_f(*n));
        let others = self.line.keys.iter().skip(1).filter(works);
        std::iter::once(self.key(without)).chain(others.map(ToString::to_string)).collect::<Vec<_>>().join(" ")
    }
}

/// How what has an F-key that does nothing is reached on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WithoutF {
    /// Which of them do nothing.
    pub terminal: Terminal,
    /// Esc leads to the menu.
    pub has_menu: bool,
    /// What the palette lists first, and Enter chooses there.
    pub first: Option<Command>,
}

/// Names how what can be done here and has an F-key is reached.
pub(super) fn f_keys(entries: &[Entry], without: WithoutF) -> FKeys {
    let f_key = |line: &Line| line.keys.iter().find_map(|key| if let Key::F(n) = key { Some(*n) } else { None });
    let names = entries.iter().filter_map(|entry| Some((f_key(&entry.line)?, entry.key(without))));
    FKeys::named(without.terminal, names)
}

/// The digits that pick a line in the menu; none of them is the beginning of another, so that each acts as soon as it is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// A row of the page.
    One(u8),
    /// A place on an F-key, and the way back.
    Zero(u8),
    /// What the ten of those have no room for: a nought and the two digits.
    Behind(u8, u8),
    None,
}

impl Number {
    /// Gives the digits as they are typed.
    pub fn digits(self) -> String {
        match self {
            Self::One(digit) => digit.to_string(),
            Self::Zero(digit) => format!("0{digit}"),
            Self::Behind(tens, digit) => format!("0{tens}{digit}"),
            Self::None => String::new(),
        }
    }
}

/// The digits of the longest number.
pub(super) const NUMBER: usize = 3;

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:>NUMBER$}", self.digits())
    }
}

/// The numbers of what has no F-key: 08 and a digit for what can be done on every page, and 06 for what is beyond ten of those, 09
/// and a digit for the places. They are the same on every page. F6 and F9 have no page yet; one that comes takes a number that is
/// free then.
const BEHIND: [(Global, u8, u8); 22] = [
    (Global::Undo, 8, 1),
    (Global::Why, 8, 2),
    (Global::Cover, 8, 3),
    (Global::Speak, 8, 4),
    (Global::Lock, 8, 5),
    (Global::Visit, 8, 6),
    (Global::Palette, 8, 7),
    (Global::ClockRight, 8, 8),
    (Global::Quit, 8, 9),
    (Global::Import, 8, 0),
    // One stands there where the other does not.
    (Global::BellOff, 6, 0),
    (Global::BellOn, 6, 0),
    (Global::Imports, 9, 1),
    (Global::Doubts, 9, 2),
    (Global::Twins, 9, 3),
    (Global::Disputes, 9, 4),
    (Global::Compared, 9, 5),
    (Global::Check, 9, 6),
    (Global::Laptop, 9, 7),
    (Global::Passphrase, 9, 8),
    (Global::CampaignKey, 9, 9),
    (Global::HandOver, 9, 0),
];

/// The rows of a page that nine digits have no room for: 03 and a digit.
const ROWS_BEHIND: u8 = 3;

fn number_of(action: Global, line: Line) -> Number {
    match (action, line.keys) {
        (Global::Back, _) => Number::Zero(0),
        (_, [Key::F(key)]) if *key <= 9 => Number::Zero(*key),
        _ => BEHIND
            .iter()
            .find(|(one, ..)| *one == action)
            .map_or(Number::None, |(_, tens, digit)| Number::Behind(*tens, *digit)),
    }
}

/// Lists what can be done on a page: back where there is a way back, the page's rows, the places, the rest.
pub(super) fn entries(page: &dyn Face, below: bool, desk: &Desk) -> Vec<Entry> {
    let lines = page.lines();
    // Two rows that do the same are one line here.
    let listed: Vec<(usize, Line)> = lines.iter().copied().enumerate().filter(|(_, line)| !line.again).collect();
    let numbers = numbers(&listed.iter().map(|(_, line)| *line).collect::<Vec<_>>());
    let here = listed.iter().zip(numbers).map(|((index, line), number)| Entry {
        line: *line,
        command: Command::Here(*index),
        number,
    });
    let entry = |(line, action): (Line, Global)| Entry {
        line,
        command: Command::Everywhere(action),
        number: number_of(action, line),
    };
    let places = PLACES.lines().zip(PLACES.rows.iter().map(|row| row.action));
    // What has no key of its own is looked for, not learned: it stands last, and not a second time where the page has a row for it.
    let (places, mut keyless): (Vec<_>, Vec<_>) = places.partition(|(line, _)| !line.keys.is_empty());
    keyless.retain(|(place, _)| !lines.iter().any(|line| line.words == place.words));
    let (back, others): (Vec<_>, Vec<_>) = everywhere(desk).partition(|(_, action)| *action == Global::Back);
    let others = others.into_iter().filter(|(_, action)| !matches!(action, Global::Menu | Global::Interrupt));
    let (help, others): (Vec<_>, Vec<_>) = others.partition(|(_, action)| *action == Global::Help);
    let back = back.into_iter().filter(|_| below);
    back.map(entry).chain(here).chain(help.into_iter().chain(places).chain(others).chain(keyless).map(entry)).collect()
}

/// Lists the same for the menu, in the order of its numbers: the way back, the page's rows, then where one can go and what can be
/// done everywhere; and nothing that only says there is nothing to do.
pub(super) fn numbered(page: &dyn Face, below: bool, desk: &Desk) -> Vec<Entry> {
    let mut entries = entries(page, below, desk);
    entries.retain(|entry| entry.command != Command::Everywhere(Global::Save));
    entries.sort_by_key(|entry| match (entry.command, entry.number) {
        (Command::Everywhere(Global::Back), _) => (0, 0),
        (Command::Here(_), Number::One(digit)) => (1, digit),
        // What the page has stands together, those of its rows too for which there were no digits.
        (Command::Here(_), Number::Behind(tens, digit)) => (2, 10 * tens + digit),
        (Command::Here(_), _) => (2, u8::MAX),
        (_, Number::Zero(digit)) => (3, 10 * digit),
        (_, Number::Behind(tens, digit)) => (3, 10 * tens + digit),
        _ => (3, u8::MAX),
    });
    entries
}

/// Numbers the rows of a page: a row on a digit keeps it, the others take the free digits in order, and what is left over stands
/// behind a nought. So does what is picked on the page by its place in a list: another line of the same form has another list,
/// and its rows keep their digits.
fn numbers(lines: &[Line]) -> Vec<Number> {
    let own = |line: &Line| {
        line.keys.iter().filter(|_| !line.picks).find_map(|key| match key {
            Key::Digit(digit @ 1..=9) => Some(*digit),
            _ => None,
        })
    };
    let taken: Vec<u8> = lines.iter().filter_map(own).collect();
    let mut free = (1..=9).filter(|digit| !taken.contains(digit));
    let mut behind = (1..=9).chain([0]);
    let number = |line: &Line| {
        let digit = if line.picks { None } else { own(line).or_else(|| free.next()) };
        let behind = || behind.next().map(|digit| Number::Behind(ROWS_BEHIND, digit));
        digit.map(Number::One).or_else(behind).unwrap_or(Number::None)
    };
    lines.iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::{Entry, Number, WithoutF, entries, numbered, numbers};
    use crate::app::Terminal;
    use crate::domain::Name;
    use crate::text::t;
    use crate::ui::command::Command;
    use crate::ui::desk::Desk;
    use crate::ui::form;
    use crate::ui::keys::{Key, Line};
    use crate::ui::screens::{self, Card, Disputes, Exchange, Lookup, Page, TalkBegin};

    // The lookup has a row of its own for the import, and Ctrl-P listed it twice.
    #[test]
    fn what_the_page_lists_is_not_listed_again_among_the_places() {
        let words: Vec<&str> = entries(Page::from(Lookup::new()).face(), false, &Desk::for_tests())
            .iter()
            .map(|entry| entry.line.words.zh)
            .collect();
        assert_eq!(words.iter().filter(|words| **words == "导入名册").count(), 1, "{words:?}");
        assert!(words.contains(&"合并"), "{words:?}");
    }

    #[test]
    fn rows_on_digits_keep_them_and_the_others_take_what_is_free() {
        let on = |keys| Line { keys, words: t("甲", "a"), quiet: false, itself: false, picks: false, again: false };
        let lines = [on(&[Key::Enter]), on(&[Key::Digit(1)]), on(&[Key::F(8)]), on(&[Key::Digit(3)]), on(&[])];
        let expected = [Number::One(2), Number::One(1), Number::One(4), Number::One(3), Number::One(5)];
        assert_eq!(numbers(&lines), expected);
        let many: Vec<Line> = (0..12).map(|_| on(&[])).collect();
        assert_eq!(numbers(&many).last(), Some(&Number::Behind(3, 3)), "a nought leads to what has no digit");
    }

    // From 命令 on, and for every row without a key, there were arrows alone.
    #[test]
    fn every_line_of_the_menu_has_a_number_and_none_begins_another() {
        let mut pages: Vec<Vec<Line>> = screens::places().into_iter().map(|(_, _, lines)| lines).collect();
        pages.retain(|lines| !lines.is_empty());
        assert!(pages.len() > 50);
        let everywhere: Vec<Number> = numbered(Page::from(Card::of(Name::new(7, 1))).face(), true, &Desk::for_tests())
            .iter()
            .filter(|entry| !matches!(entry.command, Command::Here(_)))
            .map(|entry| entry.number)
            .collect();
        assert!(everywhere.len() > 25, "{everywhere:?}");
        for lines in pages {
            let all: Vec<String> = numbers(&lines).iter().chain(&everywhere).map(|number| number.digits()).collect();
            for (at, one) in all.iter().enumerate() {
                assert!((1..=3).contains(&one.len()), "{lines:?}");
                let others = all.iter().enumerate().filter(|(other, _)| *other != at);
                assert!(others.into_iter().all(|(_, other)| !other.starts_with(one.as_str())), "{one}\n{lines:?}");
            }
        }
    }

    // Enter and 1 of the card are one thing, and stood there as two; the first line had the number 7.
    #[test]
    fn what_two_rows_do_stands_once_and_the_rows_stand_in_the_order_of_their_numbers() {
        let shown: Vec<String> = numbered(Page::from(Card::of(Name::new(7, 1))).face(), true, &Desk::for_tests())
            .iter()
            .take(9)
            .map(|entry| format!("{} {}", entry.number.digits(), entry.line.words.zh))
            .collect();
        let expected = [
            "00 返回",
            "1 开始走访",
            "2 电话访问",
            "3 预约",
            "4 补录",
            "5 改资料",
            "6 往来记录",
            "7 和另一户是同一户",
            "01 帮助",
        ];
        assert_eq!(shown, expected);
    }

    // `Ctrl-P 结束` and `Ctrl-P 命令` stood in one footer.
    #[test]
    fn what_the_palette_lists_first_is_said_to_need_enter_too() {
        let entry = |index| Entry {
            line: Line {
                keys: &[Key::F(8)],
                words: t("结束", "End"),
                quiet: false,
                itself: false,
                picks: false,
                again: false,
            },
            command: Command::Here(index),
            number: Number::None,
        };
        let terminal = Terminal { no_f_keys: true, ..Terminal::default() };
        let without = WithoutF { terminal, has_menu: false, first: Some(Command::Here(0)) };
        assert_eq!([0, 1].map(|index| entry(index).key(without)), ["Ctrl-P Enter", "Ctrl-P"]);
    }

    // 080 stood behind 089, and 090 behind 099.
    #[test]
    fn the_numbers_of_the_menu_are_read_in_ascending_order_on_every_page() {
        let pages: [Page; 5] = [
            Lookup::new().into(),
            Card::of(Name::new(7, 1)).into(),
            Exchange::new().into(),
            Disputes::new().into(),
            TalkBegin::new(&Desk::for_tests()).into(),
        ];
        for page in pages {
            let all: Vec<String> =
                numbered(page.face(), true, &Desk::for_tests()).iter().map(|entry| entry.number.digits()).collect();
            let own = all.iter().position(|number| number == "01").unwrap();
            let (here, everywhere) = all.split_at(own);
            assert!(here.iter().skip(1).is_sorted_by_key(|number| (number.len(), number.clone())), "{all:?}");
            assert!(here.first().is_some_and(|number| number == "00") && everywhere.is_sorted(), "{all:?}");
            assert!(
                ["060", "081", "090", "099"].iter().all(|number| everywhere.iter().any(|one| one == number)),
                "{all:?}"
            );
        }
    }

    // `Esc 2` recorded on a line that takes text, and picked the second choice on the next one without a word.
    #[test]
    fn the_rows_of_a_form_have_the_same_digit_on_every_line_of_it() {
        let place = t("甲", "a");
        for (typed, picked) in
            [(form::writing(place), form::picking(place)), (form::writing_anew(place), form::picking_anew(place))]
        {
            let (typed, picked): (Vec<Line>, Vec<Line>) = (typed.lines().collect(), picked.lines().collect());
            let picked: Vec<_> =
                picked.iter().zip(numbers(&picked)).map(|(line, number)| (line.keys, number)).collect();
            for (line, number) in typed.iter().zip(numbers(&typed)) {
                assert!(picked.contains(&(line.keys, number)), "{line:?} {number:?}\n{picked:?}");
            }
            assert!(
                picked
                    .iter()
                    .all(|(keys, number)| !matches!(number, Number::One(_)) || !matches!(keys, [Key::Digit(_)]))
            );
        }
    }
}
