//! Bursts: text that comes faster than anyone types is a paste, and an Enter in its middle is text.
//!
//! Windows never sends bracketed paste, and some terminals and multiplexers do not either: there a paste is a run of key
//! presses, and every line end in it would be a command. So a run of characters with at most [`CLOSE`] between them that has
//! an Enter or Tab in its middle becomes one text, down to the line end behind it, just as a paste in brackets does. Where
//! its first characters were taken as keys already, it says which. Every Enter of a person is a command, and so is one behind
//! what an input method commits at once: hands are slower than that.

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

/// The end of what was taken before: characters of a burst that may go on.
#[derive(Debug, Default)]
pub struct Begun {
    /// The characters, with nothing but characters of the same burst before them.
    text: String,
    /// When the last one came.
    at: u64,
}

impl Begun {
    fn goes_on(&self, at: u64) -> bool {
        !self.text.is_empty() && is_close(self.at, at)
    }

    /// Tells whether what comes next may still belong to the text of the last arrivals, so that it is worth waiting for [`CLOSE`]:
    /// behind a line end, and in a line behind one.
    pub fn is_open<'a>(&self, back: impl Iterator<Item = &'a Arrival>) -> bool {
        let (mut ends, mut next) = (0, None);
        for arrival in back {
            if next.is_some_and(|next| !is_close(arrival.at, next)) {
                return false;
            }
            match sign(&arrival.input) {
                Some(Sign::Char(_)) if ends > 0 => return true,
                Some(Sign::Char(_)) => {}
                Some(Sign::End(_)) => ends += 1,
                None => return false,
            }
            next = Some(arrival.at);
        }
        ends > 0 && next.is_some_and(|first| self.goes_on(first))
    }

    /// Reads bursts with line ends inside as one text each, and leaves everything else as it came; what has become part of a text
    /// is nothing by itself.
    pub fn read(&mut self, arrivals: &[Arrival]) -> Vec<Option<Input>> {
        let mut inputs: Vec<Option<Input>> = arrivals.iter().map(|arrival| Some(arrival.input.clone())).collect();
        let mut first = 0;
        while let Some(arrival) = arrivals.get(first) {
            let run = run_at(arrivals.get(first..).unwrap_or_default());
            if !self.goes_on(arrival.at) {
                self.text.clear();
            }
            // A line end that no character came before is a command.
            let commands = if self.text.is_empty() { run.iter().take_while(|sign| sign.is_end()).count() } else { 0 };
            let signs = run.get(commands..).unwrap_or_default();
            if is_paste(signs, !self.text.is_empty()) {
                let text = signs.iter().map(|sign| sign.written()).collect();
                let begun = std::mem::take(&mut self.text);
                let own = inputs.get_mut(first + commands..first + run.len()).unwrap_or_default();
                own.fill(None);
                own.iter_mut().take(1).for_each(|own| *own = Some(Input::burst(begun.clone(), String::clone(&text))));
            } else if signs.last().is_none_or(|sign| sign.is_end()) {
                self.text.clear();
            } else {
                self.text.extend(signs.iter().map(|sign| sign.written()));
            }
            first += run.len().max(1);
            self.at = arrivals.get(first - 1).map_or(self.at, |last| last.at);
        }
        inputs
    }
}

/// Part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Char(char),
    End(char),
}

impl Sign {
    const fn is_end(self) -> bool {
        matches!(self, Self::End(_))
    }

    const fn written(self) -> char {
        match self {
            Self::Char(sign) | Self::End(sign) => sign,
        }
    }
}

const fn is_close(one: u64, other: u64) -> bool {
    one.abs_diff(other) <= CLOSE
}

/// Gives the characters and line ends that came close to one another from the first arrival on.
fn run_at(arrivals: &[Arrival]) -> Vec<Sign> {
    let mut at = None;
    let signs = arrivals.iter().map_while(|arrival| {
        let is_near = at.replace(arrival.at).is_none_or(|before| is_close(before, arrival.at));
        sign(&arrival.input).filter(|_| is_near)
    });
    signs.collect()
}

/// Tells whether there is a line end between characters; `begun` says that one came before.
fn is_paste(signs: &[Sign], begun: bool) -> bool {
    let last = signs.iter().rposition(|sign| !sign.is_end()).unwrap_or(0);
    let inside = signs.get(usize::from(!begun)..last).unwrap_or_default();
    inside.iter().any(|sign| sign.is_end())
}

fn sign(input: &Input) -> Option<Sign> {
    let Input::Key(KeyEvent { code, modifiers, .. }) = input else { return None };
    match code {
        KeyCode::Enter => Some(Sign::End('\r')),
        KeyCode::Tab => Some(Sign::End('\t')),
        // A pasted line feed arrives as Ctrl-J.
        KeyCode::Char('j') if modifiers.contains(KeyModifiers::CONTROL) => Some(Sign::End('\n')),
        KeyCode::Char(sign) => {
            let is_text = !modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
            is_text.then_some(Sign::Char(*sign))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::{Arrival, Begun};
    use crate::ui::stack::Input;

    /// Writes arrivals: a dot is 20 ms, `\n` Enter, `<` an arrow, everything else a character.
    fn arrivals(text: &str) -> Vec<Arrival> {
        let mut at = 1_000;
        let mut all = Vec::new();
        for ch in text.chars() {
            match ch {
                '.' => at += 20,
                '\n' => all.push((KeyCode::Enter, at)),
                '<' => all.push((KeyCode::Left, at)),
                ch => all.push((KeyCode::Char(ch), at)),
            }
        }
        let arrival = |(code, at)| Arrival { input: Input::Key(KeyEvent::new(code, KeyModifiers::NONE)), at };
        all.into_iter().map(arrival).collect()
    }

    /// Writes what was read: a text in brackets, with what came before it in front of a bar.
    fn shown(begun: &mut Begun, arrivals: &[Arrival]) -> String {
        let shown = |input| match input {
            Input::Text(text) => format!("[{}]", text.replace('\r', "/")),
            Input::Burst { begun, text } => format!("[{begun}|{}]", text.replace('\r', "/")),
            Input::Key(KeyEvent { code: KeyCode::Char(ch), .. }) => ch.to_string(),
            Input::Key(KeyEvent { code: KeyCode::Left, .. }) => "<".to_owned(),
            Input::Key(_) => "\n".to_owned(),
        };
        begun.read(arrivals).into_iter().flatten().map(shown).collect()
    }

    fn at_once(text: &str) -> String {
        shown(&mut Begun::default(), &arrivals(text))
    }

    // The last Enter was a command: it answered the question that the paste had asked.
    #[test]
    fn a_burst_with_line_ends_inside_is_one_text_with_the_one_behind_it() {
        assert_eq!(at_once("张三\n李四\n"), "[张三/李四/]");
        assert_eq!(at_once("ab\n\ncd"), "[ab//cd]");
        assert_eq!(at_once("\nab\ncd.e"), "\n[ab/cd]e");
        assert_eq!(at_once("ab\ncd<ef"), "[ab/cd]<ef");
    }

    #[test]
    fn a_person_however_far_ahead_of_the_program_gives_commands() {
        assert_eq!(at_once("a.b.\n.c.d.\n"), "ab\ncd\n");
        assert_eq!(at_once("张守富.\n.李"), "张守富\n李", "an input method commits three characters at once");
        assert_eq!(at_once("张守富\n.李四\n"), "张守富\n李四\n", "and the line end with them");
        assert_eq!(at_once("\nab"), "\nab");
        assert_eq!(at_once("\n\n\n"), "\n\n\n", "nothing to be pasted between them");
    }

    // The draw between two batches takes nothing from the text: what was taken as keys is told with it.
    #[test]
    fn a_burst_goes_on_over_any_two_batches() {
        let text = "ab\ncd\n";
        let all = arrivals(text);
        for (at, want) in [(1, "a[a|b/cd/]"), (2, "ab[ab|/cd/]")] {
            let (head, rest) = all.split_at(at);
            let mut begun = Begun::default();
            let first = shown(&mut begun, head);
            assert_eq!(format!("{first}{}", shown(&mut begun, rest)), want);
            // A batch that ends further on is waited for.
            assert!(all.get(..=2).is_some_and(|head| Begun::default().is_open(head.iter().rev())));
        }
        // What came long before is none of it.
        let mut begun = Begun::default();
        shown(&mut begun, &arrivals("xy"));
        assert_eq!(shown(&mut begun, &arrivals(".ab\ncd")), "[ab/cd]");
        // Nor is what a command came behind.
        shown(&mut begun, &arrivals("xy\n"));
        assert_eq!(shown(&mut begun, &arrivals("ab\ncd")), "[ab/cd]");
    }

    #[test]
    fn only_a_line_end_right_behind_a_character_and_what_follows_it_are_worth_waiting_for() {
        let open = |text: &str| Begun::default().is_open(arrivals(text).iter().rev());
        assert!(open("ab\n"));
        assert!(open("ab\n\n"));
        assert!(open("ab\ncd"));
        assert!(!open("ab.\n"));
        assert!(!open("ab\n.cd"));
        assert!(!open("ab"));
        assert!(!open("\n"));
        assert!(!open("\ncd"));
        assert!(!open(""));
        let mut begun = Begun::default();
        shown(&mut begun, &arrivals("ab"));
        assert!(begun.is_open(arrivals("\n").iter().rev()), "the characters came in the batch before");
    }
}
