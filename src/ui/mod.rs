//! Screens: the only place that knows a terminal.
//!
//! To write a screen, read `page.rs` and copy `screens/start.rs`. Below the screens lie the stack (`stack.rs`: the way of a
//! key), the loop (`run.rs`), the terminal (`terminal.rs`), and what screens are made of: tables of keys (`keys.rs`), a
//! canvas (`canvas.rs`), text fields (`field.rs`) and lists (`list.rs`).

mod about;
mod barrier;
mod battery;
mod beat;
mod burst;
mod called;
pub mod canvas;
mod command;
pub mod desk;
mod elsewhere;
mod events;
mod farewell;
pub mod field;
mod footer;
pub mod form;
pub mod frame;
mod giving_way;
mod glance;
mod global;
mod half_written;
mod halves;
mod help;
mod hesitation;
mod hidden;
mod kept;
pub mod keys;
pub mod lent;
mod lines;
pub mod list;
mod lock;
mod menu;
mod otherwise;
mod overlay;
pub mod page;
mod palette;
mod parting;
mod pending;
mod popup;
mod reference;
mod run;
pub mod screens;
pub mod secret;
mod short;
mod slow;
mod speaker;
mod stack;
#[cfg(test)]
mod story;
mod terminal;
pub mod theme;
mod undone;
mod wait;
mod whole_list;
mod why;

use std::io::IsTerminal;
use std::sync::Arc;
use std::time::Duration;

use crate::app::{Parting, Place, Session};
use crate::clock::Clock;
use crate::text::{Lang, Trouble, t};

pub use hidden::read_hidden;
pub use reference::reference;
pub use run::Ending;

/// How long leaving may take before it is said why, and again how far it is.
const PATIENCE: Duration = Duration::from_millis(200);

/// Opens the screens and gives back why they were left, and what a person should know who walks away and was not told on the screen.
///
/// # Errors
/// Where there is no terminal, or it stops taking what is written.
pub fn open(lang: Lang, place: Place) -> Result<(Ending, Parting), Trouble> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        let said = t("这里不是终端, 打不开界面.", "This is not a terminal, the screens cannot open.");
        let hint = t("请在命令行窗口里直接运行.", "Run it in a terminal window, without redirection.");
        return Err(Trouble::new("no-terminal", said).hint(hint));
    }
    let trouble = |error: std::io::Error| {
        Trouble::new("terminal", t("终端出错: {error}.", "The terminal failed: {error}.").with("error", error))
    };
    let mut inbox = events::Inbox::new();
    let sender = inbox.sender();
    let wake = Arc::new(move |message| {
        // The loop is gone only when the program ends.
        let _ = sender.send(events::Event::Wake(message));
    });
    let clock = Clock::from_environment();
    let session = Session::start(place, clock.clone(), wake);
    let mut desk = desk::Desk::new(lang, theme::Theme::from_environment(), session);
    let mut terminal = terminal::Terminal::enter(t("走访", "Visits").get(lang)).map_err(trouble)?;
    inbox.listen(barrier::Barrier::wanted()).map_err(trouble)?;
    let ending = run::run(screens::Start::default(), &mut desk, &clock, &mut inbox, &mut terminal).map_err(trouble)?;
    drop(terminal);
    let mut farewell = farewell::Farewell::new(desk.lang, std::io::stderr());
    let mut parting = desk.session.end(PATIENCE, |leaving| farewell.wait(leaving));
    farewell.end();
    if ending == Ending::Answered {
        parting.waiting = 0;
    }
    Ok((ending, parting))
}
