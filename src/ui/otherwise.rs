//! Otherwise: what this terminal cannot do, and the words in the footer that say how else it is done, wherever that matters.
//!
//! Somebody tried it (`screens/check.rs`), and it is kept with the laptop. F-keys that do nothing have the digits of the menu in
//! the place of their names, in the footer and in every sentence of the program that names one; the others keep theirs.

use std::ops::Range;

use super::desk::Desk;
use super::keys::{Key, Line};
use crate::app::Terminal;
use crate::text::{Said, Text, t};

/// Tells whether the key that is shown for a row does nothing here. One that is tried is pressed all the same.
pub(super) fn is_dead(line: &Line, terminal: Terminal) -> bool {
    !line.itself && matches!(line.keys, [Key::F(number), ..] if terminal.lacks_f(*number))
}

/// How what has an F-key is reached on this page where that does nothing.
#[derive(Debug)]
pub struct FKeys {
    terminal: Terminal,
    names: Vec<(u8, String)>,
}

impl FKeys {
    /// Takes the number of each F-key that does something here, and the other name of that.
    pub(super) fn named(terminal: Terminal, names: impl IntoIterator<Item = (u8, String)>) -> Self {
        Self { terminal, names: names.into_iter().collect() }
    }

    /// Has the other names in words of the program that name F-keys that do nothing: 按 F8 记下 becomes 按 Ctrl-P 记下.
    pub(super) fn in_words(&self, words: &str) -> String {
        let mut out = String::new();
        let mut rest = words;
        while let Some(at) = rest.find('F') {
            let (before, from) = rest.split_at(at);
            let digits: String = from.chars().skip(1).take_while(char::is_ascii_digit).collect();
            let behind = from.get(1 + digits.len()..).unwrap_or_default();
            let is_apart = !before.ends_with(|ch: char| ch.is_ascii_alphanumeric());
            out.push_str(before);
            let is_dead = |n: &u8| is_apart && (1..=12).contains(n) && self.terminal.lacks_f(*n);
            match digits.parse().ok().filter(is_dead) {
                Some(n) => out.push_str(&self.name(n)),
                None => out.extend(["F", &digits]),
            }
            rest = behind;
        }
        out.push_str(rest);
        out
    }

    fn name(&self, n: u8) -> String {
        let own = self.names.iter().find(|(key, _)| *key == n).map(|(_, name)| name.clone());
        // What is no row here, as the menu's other key, the palette finds.
        own.unwrap_or_else(|| Key::Ctrl('p').to_string())
    }
}

/// What a frame showed: what this terminal shows in another way, and the rows of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// The rows of the list that keys move in.
    pub rows: Option<Range<usize>>,
    /// Characters of ambiguous width gave way to others that are alike.
    pub narrowed: bool,
    /// Something stands there in a warning look, which has no colour.
    pub warned: bool,
    /// A field has the cursor.
    pub typing: bool,
}

/// One way: where it does not work, where that matters, and the words.
type Way = (fn(&Terminal) -> bool, fn(&Shown) -> bool, Text);

const WAYS: [Way; 3] = [
    (|terminal| terminal.no_method, |shown| shown.typing, t("没有输入法: 打拼音", "letters will do")),
    (|terminal| terminal.wide, |shown| shown.narrowed, t("引号等照原样记", "marks are kept as typed")),
    (|terminal| terminal.no_colours, |shown| shown.warned, t("不用颜色, 看字", "no colours: words")),
];

/// Gives the words of what this frame shows otherwise.
pub(super) fn ways(terminal: Terminal, shown: &Shown) -> Vec<Text> {
    let here = WAYS.iter().filter(|(lacks, matters, _)| lacks(&terminal) && matters(shown));
    here.map(|(_, _, words)| *words).collect()
}

/// Says that the minimum is full, for as long as the visit runs, where nobody heard the bell.
pub(super) fn bell(desk: &Desk) -> Option<Said> {
    let running = desk.session.running().filter(|_| desk.terminal.no_bell)?;
    let house = desk.session.house()?;
    let minimum = house.minimum_minutes();
    let full = house.fullness(&running).map_or_else(|| running.would_cover(minimum), |talk| talk.is_full());
    full.then(|| t("已满{minutes}分钟", "{minutes} {minutes:minute|minutes} full").with("minutes", minimum))
}

#[cfg(test)]
mod tests {
    use super::{FKeys, Shown, ways};
    use crate::app::Terminal;
    use crate::text::Lang;

    #[test]
    fn words_that_name_f_keys_name_the_other_way() {
        let names = || [(8, "Esc 6".to_owned()), (4, "Esc 04".to_owned())];
        let keys = FKeys::named(Terminal { no_f_keys: true, ..Terminal::default() }, names());
        assert_eq!(keys.in_words("谈完按 F8; 问题在 F4."), "谈完按 Esc 6; 问题在 Esc 04.");
        assert_eq!(keys.in_words("(F8)F10 PDF8 UTF-8 F F99"), "(Esc 6)Ctrl-P PDF8 UTF-8 F F99");
        // What works keeps its name.
        let keys = FKeys::named(Terminal { no_f10: Some(true), ..Terminal::default() }, names());
        assert_eq!(keys.in_words("F8 F10 F1 F4"), "F8 Ctrl-P F1 F4");
    }

    #[test]
    fn each_way_is_said_where_it_is_lacking_and_matters_and_nowhere_else() {
        let all = Terminal {
            no_f_keys: true,
            no_colours: true,
            no_bell: true,
            wide: true,
            no_method: true,
            ..Terminal::default()
        };
        let said = |terminal: Terminal, shown: Shown| -> Vec<&str> {
            ways(terminal, &shown).iter().map(|words| words.get(Lang::Zh)).collect()
        };
        assert!(said(all, Shown::default()).is_empty());
        assert_eq!(said(all, Shown { narrowed: true, ..Shown::default() }), ["引号等照原样记"]);
        assert_eq!(said(all, Shown { warned: true, ..Shown::default() }), ["不用颜色, 看字"]);
        assert_eq!(said(all, Shown { typing: true, ..Shown::default() }), ["没有输入法: 打拼音"]);
        let everything = Shown { narrowed: true, warned: true, typing: true, rows: None };
        assert_eq!(said(all, everything.clone()).len(), 3);
        assert!(said(Terminal::default(), everything).is_empty());
    }
}
