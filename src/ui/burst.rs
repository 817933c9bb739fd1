//! Bursts: text that comes faster than anyone types is a paste, and an Enter in its middle is text.
//!
//! Windows never sends bracketed paste, and some terminals and multiplexers do not either: there a paste is a run of key
//! presses, and every line end in it would be a command. So an Enter or Tab that follows a character within
//! [`CLOSE`] and is itself followed by one within [`CLOSE`] is read as a blank. The last Enter of a burst is a
//! command, and so is every Enter of a person: hands are slower than that.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::stack::Input;

/// The longest time in milliseconds between two characters of a paste. Fast hands need 30.
pub const CLOSE: u64 = 8;

/// Something that came in, with the boot time at which it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// What came in.
    pub input: Input,
    /// Boot time in milliseconds.
    pub at: u64,
}

/// Tells whether what comes next may still make a text of the last arrival, so that it is worth waiting for [`CLOSE`].
pub fn is_open(before: Option<&Arrival>, arrivals: &[&Arrival]) -> bool {
    let mut back = arrivals.iter().copied().rev().chain(before).peekable();
    back.peek().is_some_and(|last| is_line_end(&last.input)) && reaches_char(back)
}

/// Reads the line ends inside bursts as blanks, and leaves everything else as it came; `before` came last time.
pub fn read(before: Option<&Arrival>, arrivals: &[Arrival]) -> Vec<Input> {
    let all: Vec<&Arrival> = before.into_iter().chain(arrivals).collect();
    let first = all.len() - arrivals.len();
    let inside = |index: usize| {
        let (back, forth) = (all.get(..=index).unwrap_or_default(), all.get(index..).unwrap_or_default());
        reaches_char(back.iter().rev().copied()) && reaches_char(forth.iter().copied())
    };
    let input = |(index, arrival): (usize, &&Arrival)| match &arrival.input {
        line_end if is_line_end(line_end) && inside(index) => Input::Text(" ".to_owned()),
        other => other.clone(),
    };
    all.iter().enumerate().skip(first).map(input).collect()
}

/// Tells whether a run of close line ends leads to a close character.
fn reaches_char<'a>(run: impl Iterator<Item = &'a Arrival>) -> bool {
    let mut at = None;
    for arrival in run {
        if at.is_some_and(|at: u64| at.abs_diff(arrival.at) > CLOSE) {
            return false;
        }
        if is_char(&arrival.input) {
            return true;
        }
        if !is_line_end(&arrival.input) {
            return false;
        }
        at = Some(arrival.at);
    }
    false
}

fn is_char(input: &Input) -> bool {
    let Input::Key(KeyEvent { code: KeyCode::Char(_), modifiers, .. }) = input else { return false };
    !modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
}

fn is_line_end(input: &Input) -> bool {
    let Input::Key(KeyEvent { code, modifiers, .. }) = input else { return false };
    match code {
        KeyCode::Enter | KeyCode::Tab => true,
        // A pasted line feed arrives as Ctrl-J.
        KeyCode::Char('j') => modifiers.contains(KeyModifiers::CONTROL),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::{Arrival, is_open, read};
    use crate::ui::stack::Input;

    /// Writes arrivals: a dot is 20 ms, `\n` Enter, everything else a character.
    fn arrivals(text: &str) -> Vec<Arrival> {
        let mut at = 1_000;
        let mut all = Vec::new();
        for ch in text.chars() {
            match ch {
                '.' => at += 20,
                '\n' => all.push((KeyCode::Enter, at)),
                ch => all.push((KeyCode::Char(ch), at)),
            }
        }
        let arrival = |(code, at)| Arrival { input: Input::Key(KeyEvent::new(code, KeyModifiers::NONE)), at };
        all.into_iter().map(arrival).collect()
    }

    fn shown(text: &str) -> String {
        read(None, &arrivals(text))
            .into_iter()
            .map(|input| match input {
                Input::Text(text) => text,
                Input::Key(KeyEvent { code: KeyCode::Char(ch), .. }) => ch.to_string(),
                Input::Key(_) => "\n".to_owned(),
            })
            .collect()
    }

    #[test]
    fn line_ends_inside_a_burst_are_blanks_and_the_last_one_is_a_command() {
        assert_eq!(shown("张三\n李四\n"), "张三 李四\n");
        assert_eq!(shown("ab\n\ncd"), "ab  cd");
    }

    #[test]
    fn a_person_however_far_ahead_of_the_program_gives_commands() {
        assert_eq!(shown("a.b.\n.c.d.\n"), "ab\ncd\n");
        assert_eq!(shown("张守富.\n.李"), "张守富\n李", "an input method commits three characters at once");
        assert_eq!(shown("\nab"), "\nab");
        assert_eq!(shown("\n\n\n"), "\n\n\n", "nothing to be pasted between them");
    }

    // The draw between two batches must not hide that the Enter came right behind a character.
    #[test]
    fn a_burst_goes_on_over_two_batches() {
        let all = arrivals("ab\ncd");
        let (head, rest) = all.split_at(2);
        let inputs = read(head.last(), rest);
        assert_eq!(inputs.len(), 3);
        assert_eq!(inputs.first(), Some(&Input::Text(" ".to_owned())));
    }

    #[test]
    fn only_an_enter_right_behind_a_character_is_worth_waiting_for() {
        let open = |text| is_open(None, &arrivals(text).iter().collect::<Vec<_>>());
        assert!(open("ab\n"));
        assert!(open("ab\n\n"));
        assert!(!open("ab.\n"));
        assert!(!open("ab"));
        assert!(!open("\n"));
        assert!(!open(""));
    }
}
