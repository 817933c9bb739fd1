//! Barrier: how a test knows that the program has done everything it was told.
//!
//! Only while `ZOUFANG_BARRIER` is set: the key F35 (`ESC [ 57398 u`, on no keyboard) is answered with `ESC ] 7717 ; n
//! BEL`, n counting from 1, once every event before it is handled, no page and no request awaits an answer, nothing
//! waits in the channel, and the frame is drawn. F34 (`ESC [ 57397 u`) panics and F33 (`ESC [ 57396 u`)
//! panics in another thread, to show that the terminal is left whole by the one and kept by the other.

use crossterm::event::{KeyCode, KeyEvent};

/// Counts probes and answers.
#[derive(Debug, Default)]
pub struct Barrier {
    asked: u64,
    answered: u64,
}

impl Barrier {
    /// Tells whether a test wants barriers.
    pub fn wanted() -> bool {
        std::env::var_os("ZOUFANG_BARRIER").is_some_and(|value| !value.is_empty())
    }

    /// Takes a probe.
    #[expect(clippy::panic, reason = "a test asks for it, to see what the terminal looks like afterwards")]
    pub fn ask(&mut self, key: &KeyEvent) {
        match key.code {
            KeyCode::F(35) => self.asked += 1,
            KeyCode::F(34) => panic!("asked to panic"),
            KeyCode::F(33) => drop(std::thread::spawn(|| panic!("asked to panic aside")).join()),
            _ => {}
        }
    }

    /// Tells whether a test waits.
    pub const fn is_asked(&self) -> bool {
        self.answered < self.asked
    }

    /// Gives the next answer.
    pub fn answer(&mut self) -> String {
        self.answered += 1;
        format!("\x1b]7717;{}\x07", self.answered)
    }
}
