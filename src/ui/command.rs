//! Commands: everything that can be done from here, in one list that menu, palette and help read.

use super::global::{EVERYWHERE, Global, PLACES};
use super::keys::{Key, Line};
use super::otherwise::FKeys;
use super::page::Face;

/// What a line of menu or palette does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    /// A row of the page, by its number in the table.
    Here(usize),
    /// A command that works everywhere.
    Everywhere(Global),
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
    /// Names the key of the line on a keyboard without F-keys: the way through the menu (`Esc 4`), or where there is none, as
    /// the page takes Esc for itself, through the palette.
    pub fn key_without_f(&self, has_menu: bool) -> String {
        match (self.line.keys, self.number) {
            ([Key::F(_), ..], Number::One(_) | Number::Zero(_)) if has_menu => {
                format!("Esc {}", self.number.to_string().trim())
            }
            ([Key::F(_), ..], _) => Key::Ctrl('p').to_string(),
            _ => self.line.key(),
        }
    }
}

/// Names how the F-keys of what can be done here are reached without them; `has_menu` says that Esc leads to the menu.
pub(super) fn f_keys(entries: &[Entry], has_menu: bool) -> FKeys {
    let f_key = |line: &Line| line.keys.iter().find_map(|key| if let Key::F(n) = key { Some(*n) } else { None });
    FKeys::named(entries.iter().filter_map(|entry| Some((f_key(&entry.line)?, entry.key_without_f(has_menu)))))
}

/// The digits that pick a line in the menu: one for the page's rows, a zero and one for places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    One(u8),
    Zero(u8),
    None,
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::One(digit) => write!(f, " {digit}"),
            Self::Zero(digit) => write!(f, "0{digit}"),
            Self::None => f.write_str("  "),
        }
    }
}

/// Lists what can be done on a page: back where there is a way back, the page's rows, the places, the rest.
pub(super) fn entries(page: &dyn Face, below: bool) -> Vec<Entry> {
    let lines = page.lines();
    let numbers = numbers(&lines);
    let here = lines.iter().zip(numbers).enumerate().map(|(index, (line, number))| Entry {
        line: *line,
        command: Command::Here(index),
        number,
    });
    let everywhere = |(line, action): (Line, Global)| Entry {
        line,
        command: Command::Everywhere(action),
        number: match (action, line.keys) {
            (Global::Back, _) => Number::Zero(0),
            (_, [Key::F(key)]) if *key <= 9 => Number::Zero(*key),
            _ => Number::None,
        },
    };
    let places = PLACES.lines().zip(PLACES.rows.iter().map(|row| row.action));
    // What has no key of its own is looked for, not learned: it stands last, and not a second time where the page has a row for it.
    let (places, mut keyless): (Vec<_>, Vec<_>) = places.partition(|(line, _)| !line.keys.is_empty());
    keyless.retain(|(place, _)| !lines.iter().any(|line| line.words == place.words));
    let others = EVERYWHERE.lines().zip(EVERYWHERE.rows.iter().map(|row| row.action));
    let (back, others): (Vec<_>, Vec<_>) = others.partition(|(_, action)| *action == Global::Back);
    let others = others.into_iter().filter(|(_, action)| !matches!(action, Global::Menu | Global::Interrupt));
    let (help, others): (Vec<_>, Vec<_>) = others.partition(|(_, action)| *action == Global::Help);
    let back = back.into_iter().filter(|_| below);
    back.map(everywhere)
        .chain(here)
        .chain(help.into_iter().chain(places).chain(others).chain(keyless).map(everywhere))
        .collect()
}

/// Numbers the rows of a page: a row on a digit keeps it, the others take the free digits in order. What is picked on the page by
/// its place in a list has none: another line of the same form has another list, and its rows keep their digits.
fn numbers(lines: &[Line]) -> Vec<Number> {
    let own = |line: &Line| {
        line.keys.iter().filter(|_| !line.picks).find_map(|key| match key {
            Key::Digit(digit @ 1..=9) => Some(*digit),
            _ => None,
        })
    };
    let taken: Vec<u8> = lines.iter().filter_map(own).collect();
    let mut free = (1..=9).filter(|digit| !taken.contains(digit));
    let mut number = |line: &Line| if line.picks { None } else { own(line).or_else(|| free.next()) };
    lines.iter().map(|line| number(line).map_or(Number::None, Number::One)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Number, entries, numbers};
    use crate::text::t;
    use crate::ui::form;
    use crate::ui::keys::{Key, Line};
    use crate::ui::screens::{Lookup, Page};

    // The lookup has a row of its own for the import, and Ctrl-P listed it twice.
    #[test]
    fn what_the_page_lists_is_not_listed_again_among_the_places() {
        let words: Vec<&str> =
            entries(Page::from(Lookup::new()).face(), false).iter().map(|entry| entry.line.words.zh).collect();
        assert_eq!(words.iter().filter(|words| **words == "导入名册").count(), 1, "{words:?}");
        assert!(words.contains(&"合并"), "{words:?}");
    }

    #[test]
    fn rows_on_digits_keep_them_and_the_others_take_what_is_free() {
        let on = |keys| Line { keys, words: t("甲", "a"), quiet: false, itself: false, picks: false };
        let lines = [on(&[Key::Enter]), on(&[Key::Digit(1)]), on(&[Key::F(8)]), on(&[Key::Digit(3)]), on(&[])];
        let expected = [Number::One(2), Number::One(1), Number::One(4), Number::One(3), Number::One(5)];
        assert_eq!(numbers(&lines), expected);
        let many: Vec<Line> = (0..12).map(|_| on(&[])).collect();
        assert_eq!(numbers(&many).last(), Some(&Number::None), "arrows reach what has no digit");
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
            assert!(picked.iter().all(|(keys, number)| *number == Number::None || !matches!(keys, [Key::Digit(_)])));
        }
    }
}
