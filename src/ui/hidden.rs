//! One line from the terminal that nobody else at the table reads: nothing of it is shown.

use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal;

/// Reads a line without showing it; none when it was given up with Ctrl-C, Ctrl-D or Esc, or cannot be read.
pub fn read_hidden() -> Option<String> {
    terminal::enable_raw_mode().ok()?;
    let typed = read();
    let _ = terminal::disable_raw_mode();
    typed
}

fn read() -> Option<String> {
    let mut typed = String::new();
    loop {
        match event::read().ok()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => match key.code {
                KeyCode::Enter => return Some(typed),
                KeyCode::Esc => return None,
                KeyCode::Backspace => drop(typed.pop()),
                KeyCode::Char('c' | 'd') if key.modifiers.contains(KeyModifiers::CONTROL) => return None,
                KeyCode::Char(sign) => typed.push(sign),
                _ => {}
            },
            Event::Paste(text) => typed.push_str(text.trim_end_matches(['\r', '\n'])),
            _ => {}
        }
    }
}
