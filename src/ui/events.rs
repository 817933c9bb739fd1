//! Events: one channel that everything comes through, and the loop sleeps on.
//!
//! The input thread blocks in the terminal's own read; signals that ask the program to end become an event, so that the
//! terminal is left in order. With nothing happening nobody wakes.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use crossterm::event::{Event as Raw, KeyCode, KeyEvent, KeyEventKind};

use super::burst::{self, Arrival};
use super::stack::Input;
use crate::clock::Clock;

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A person did something.
    Input(Arrival),
    /// The terminal has another size.
    Resize,
    /// The session has something to say.
    Wake(crate::app::Message),
    /// The battery was asked for: its charge in percent where it is low.
    Battery(Option<u8>),
    /// A test asks for the barrier (see `barrier.rs`).
    Probe(KeyEvent),
    /// The program is asked to stop for a while (SIGTSTP); what was on the terminal is given back first.
    #[cfg_attr(not(unix), expect(dead_code, reason = "no such signal here"))]
    Stop,
    /// The program goes on after it was stopped, by whatever signal (SIGCONT).
    #[cfg_attr(not(unix), expect(dead_code, reason = "no such signal here"))]
    GoOn,
    /// The program is asked to end, by a signal of this number or because the terminal is gone (0).
    End(i32),
}

/// What the loop sleeps on.
#[derive(Debug)]
pub struct Inbox {
    receiver: Receiver<Event>,
    sender: Sender<Event>,
    /// What was taken of a burst that may go on in the next batch.
    begun: burst::Begun,
}

impl Inbox {
    /// Opens the channel without any thread.
    pub fn new() -> Self {
        let (sender, receiver) = channel();
        Self { receiver, sender, begun: burst::Begun::default() }
    }

    /// Gives the end to send to, for the session's threads.
    pub fn sender(&self) -> Sender<Event> {
        self.sender.clone()
    }

    /// Starts the threads that listen to the terminal and to signals. They end with the program.
    pub fn listen(&self, probes: bool) -> std::io::Result<()> {
        listen_for_signals(self.sender())?;
        let sender = self.sender();
        // Always the machine's clock: a test that stops the clock still types as fast as it does.
        let clock = Clock::machine();
        thread::Builder::new().name("input".to_owned()).spawn(move || {
            loop {
                let event = match crossterm::event::read() {
                    Ok(raw) => read(raw, &clock, probes),
                    Err(_) => Some(Event::End(0)),
                };
                let last = matches!(event, Some(Event::End(_)));
                if event.is_some_and(|event| sender.send(event).is_err()) || last {
                    return;
                }
            }
        })?;
        Ok(())
    }

    /// Sleeps until something happens or the time is up, then takes everything that is there, bursts read as text.
    pub fn next(&mut self, most: Option<Duration>) -> Vec<Event> {
        let first = match most {
            None => self.receiver.recv().ok(),
            Some(most) => self.receiver.recv_timeout(most).ok(),
        };
        let mut events: Vec<Event> = first.into_iter().chain(self.receiver.try_iter()).collect();
        // The first line of a paste may be here while the second is on its way.
        while self.ends_open(&events) {
            let Ok(event) = self.receiver.recv_timeout(Duration::from_millis(burst::CLOSE)) else { break };
            events.push(event);
            events.extend(self.receiver.try_iter());
        }
        self.read_bursts(events)
    }

    fn read_bursts(&mut self, events: Vec<Event>) -> Vec<Event> {
        let arrivals: Vec<Arrival> = events.iter().filter_map(arrival).cloned().collect();
        if arrivals.is_empty() {
            return events;
        }
        let mut inputs = self.begun.read(&arrivals).into_iter();
        let read = |event| match event {
            Event::Input(arrival) => inputs.next()?.map(|input| Event::Input(Arrival { input, ..arrival })),
            other => Some(other),
        };
        events.into_iter().filter_map(read).collect()
    }

    fn ends_open(&self, events: &[Event]) -> bool {
        let waits = matches!(events.last(), Some(Event::Input(_) | Event::Wake(_) | Event::Battery(_) | Event::Resize));
        waits && self.begun.is_open(events.iter().rev().filter_map(arrival))
    }
}

const fn arrival(event: &Event) -> Option<&Arrival> {
    match event {
        Event::Input(arrival) => Some(arrival),
        _ => None,
    }
}

impl Default for Inbox {
    fn default() -> Self {
        Self::new()
    }
}

/// Reads what the terminal sent; none for what nobody waits for, such as the release of a key on Windows.
fn read(raw: Raw, clock: &Clock, probes: bool) -> Option<Event> {
    let arrival = |input| Some(Event::Input(Arrival { input, at: clock.now().boot_ms }));
    match raw {
        Raw::Key(key) if key.kind == KeyEventKind::Release => None,
        Raw::Key(key) if probes && matches!(key.code, KeyCode::F(13..)) => Some(Event::Probe(key)),
        Raw::Key(key) => arrival(Input::Key(key)),
        Raw::Paste(text) => arrival(Input::Text(text)),
        Raw::Resize(..) => Some(Event::Resize),
        Raw::FocusGained | Raw::FocusLost | Raw::Mouse(_) => None,
    }
}

#[cfg(unix)]
fn listen_for_signals(sender: Sender<Event>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};

    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            let event = match signal {
                SIGTSTP => Event::Stop,
                SIGCONT => Event::GoOn,
                other => Event::End(other),
            };
            if sender.send(event).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// Stops the program as it would have stopped without us, and comes back when it goes on.
#[cfg(unix)]
pub fn stop() -> std::io::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
}

#[cfg(not(unix))]
pub fn stop() -> std::io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn listen_for_signals(_sender: Sender<Event>) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crossterm::event::{Event as Raw, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

    use super::{Event, Inbox, read};
    use crate::clock::Clock;
    use crate::ui::burst::Arrival;
    use crate::ui::stack::Input;

    fn send(inbox: &Inbox, code: KeyCode) {
        let input = Input::Key(KeyEvent::new(code, KeyModifiers::NONE));
        inbox.sender().send(Event::Input(Arrival { input, at: 7 })).unwrap();
    }

    #[test]
    fn everything_that_waits_is_one_batch_and_a_paste_without_brackets_is_text() {
        let mut inbox = Inbox::new();
        for ch in ['张', '三'] {
            send(&inbox, KeyCode::Char(ch));
        }
        send(&inbox, KeyCode::Enter);
        send(&inbox, KeyCode::Char('李'));
        inbox.sender().send(Event::Resize).unwrap();
        let events = inbox.next(None);
        assert_eq!(events.len(), 2);
        assert!(matches!(&events[0], Event::Input(Arrival { input: Input::Text(text), .. }) if text == "张三\r李"));
        assert!(inbox.next(Some(Duration::ZERO)).is_empty());
    }

    // Windows sends the release of every key too: acting on it would do everything twice.
    #[test]
    fn releases_of_keys_are_no_events_and_probes_only_for_tests() {
        let clock = Clock::machine();
        let mut key = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
        assert!(matches!(read(Raw::Key(key), &clock, false), Some(Event::Input(_))));
        key.kind = KeyEventKind::Repeat;
        assert!(matches!(read(Raw::Key(key), &clock, false), Some(Event::Input(_))));
        key.kind = KeyEventKind::Release;
        assert!(read(Raw::Key(key), &clock, false).is_none());
        let probe = KeyEvent::new(KeyCode::F(35), KeyModifiers::NONE);
        assert!(matches!(read(Raw::Key(probe), &clock, true), Some(Event::Probe(_))));
        assert!(matches!(read(Raw::Key(probe), &clock, false), Some(Event::Input(_))));
        assert!(read(Raw::FocusGained, &clock, false).is_none());
    }
}
