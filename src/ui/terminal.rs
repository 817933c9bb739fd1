//! Terminal: entered on start and left whole, whatever happens.
//!
//! Leaving is one sequence, written by the guard when it is dropped, by the panic hook before the message of a panic,
//! and by nobody twice. A panic in another thread (a caught one while an index opens, say) must not tear the screen
//! away from under the program: its message waits and is printed when the terminal is left.

use std::io::{self, BufWriter, Stdout, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Position, Size};
use ratatui::{Frame, Terminal as Screen};

use super::halves::Halves;

/// True while the terminal is ours.
static ENTERED: AtomicBool = AtomicBool::new(false);
/// What other threads said while panicking, until the terminal is left.
static WAITING: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Sequences that crossterm has no words for: xterm's stack of window titles, and the bell.
const KEEP_TITLE: &str = "\x1b[22;0t";
const GIVE_TITLE_BACK: &str = "\x1b[23;0t";
const BELL: &str = "\x07";

/// Holds the terminal; dropping it gives the terminal back as it was.
#[derive(Debug)]
pub struct Terminal {
    screen: Screen<CrosstermBackend<BufWriter<Stdout>>>,
    halves: Halves,
    title: String,
}

impl Terminal {
    /// Enters: raw mode, the other screen, bracketed paste, a title, and a hook that leaves before a panic is printed.
    pub fn enter(title: &str) -> io::Result<Self> {
        chain_panic_hook();
        enable_raw_mode()?;
        ENTERED.store(true, Ordering::SeqCst);
        let entered = Self::open(title);
        if entered.is_err() {
            leave();
        }
        entered
    }

    fn open(title: &str) -> io::Result<Self> {
        let mut out = BufWriter::with_capacity(64 * 1024, io::stdout());
        take(&mut out, title)?;
        let screen = Screen::new(CrosstermBackend::new(out))?;
        Ok(Self { screen, halves: Halves::default(), title: title.to_owned() })
    }

    /// Gives the terminal back for a while, as it was.
    pub fn step_out() {
        leave();
    }

    /// Takes the terminal again after [`Self::step_out`] and draws everything anew with the next frame.
    pub fn step_in(&mut self) -> io::Result<()> {
        enable_raw_mode()?;
        ENTERED.store(true, Ordering::SeqCst);
        take(self.screen.backend_mut(), &self.title)?;
        self.forget()
    }

    /// Draws one frame inside a synchronized update, so that no half of it is seen; the cursor moves inside it too.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>) -> Option<Position>) -> io::Result<()> {
        queue!(self.screen.backend_mut(), BeginSynchronizedUpdate)?;
        let halves = &mut self.halves;
        self.screen.draw(|frame| {
            if let Some(cursor) = draw(frame) {
                frame.set_cursor_position(cursor);
            }
            halves.mend(frame.buffer_mut());
        })?;
        execute!(self.screen.backend_mut(), EndSynchronizedUpdate)
    }

    /// Draws everything anew with the next frame, because the terminal may show something else than we think.
    ///
    /// By a resize to the size it has: clearing would first ask the terminal where its cursor is, and the answer could
    /// not be read while the input thread waits for a key.
    pub fn forget(&mut self) -> io::Result<()> {
        let size = self.screen.size()?;
        self.screen.resize(size.into())
    }

    /// Gives the columns and rows.
    pub fn size(&self) -> io::Result<Size> {
        self.screen.size()
    }

    /// Rings the bell.
    pub fn bell(&mut self) -> io::Result<()> {
        self.say(BELL)
    }

    /// Writes a sequence that changes nothing on the screen.
    pub fn say(&mut self, sequence: &str) -> io::Result<()> {
        let out = self.screen.backend_mut();
        out.write_all(sequence.as_bytes())?;
        Write::flush(out)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        leave();
    }
}

/// Takes the other screen, pastes in brackets, and a title of our own.
fn take(out: &mut impl Write, title: &str) -> io::Result<()> {
    // A program that was killed left its picture on the other screen.
    queue!(out, EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste)?;
    out.write_all(KEEP_TITLE.as_bytes())?;
    execute!(out, SetTitle(title))
}

/// Gives the terminal back, once; what cannot be written to a closed terminal is not missed.
fn leave() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _ = queue!(
        out,
        EndSynchronizedUpdate,
        DisableBracketedPaste,
        SetAttribute(Attribute::Reset),
        LeaveAlternateScreen,
        Show
    );
    let _ = out.write_all(GIVE_TITLE_BACK.as_bytes());
    let _ = out.flush();
    let _ = disable_raw_mode();
    for message in WAITING.lock().map(|mut waiting| std::mem::take(&mut *waiting)).unwrap_or_default() {
        let _ = writeln!(io::stderr(), "{message}");
    }
}

/// Puts ours before whatever hook there is. The thread that enters is the one whose panic ends the program.
fn chain_panic_hook() {
    let ours = std::thread::current().id();
    let next = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == ours {
            leave();
        } else if ENTERED.load(Ordering::SeqCst) {
            if let Ok(mut waiting) = WAITING.lock() {
                waiting.push(info.to_string());
            }
            return;
        }
        next(info);
    }));
}
