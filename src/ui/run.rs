//! The loop: sleep, take everything that came, handle it, draw once.
//!
//! It sleeps without end unless the frame shows a clock: to the next second while a second hand is visible or a visit
//! runs, else to the next minute, which the header shows.

use std::io;
use std::time::Duration;

use super::barrier::Barrier;
use super::battery::Battery;
use super::desk::Desk;
use super::events::{self, Event, Inbox};
use super::hesitation;
use super::screens::Page;
use super::slow;
use super::stack::{Flow, Stack};
use super::terminal::Terminal;
use crate::clock::Clock;

/// Why the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// A person left.
    Left,
    /// A person left who was asked on the screen what becomes of the records that wait.
    Answered,
    /// A signal of this number asked, or the terminal is gone (0).
    Told(i32),
}

/// Runs the pages until a person leaves or the program is told to end.
pub fn run(
    root: impl Into<Page>,
    desk: &mut Desk,
    clock: &Clock,
    inbox: &mut Inbox,
    terminal: &mut Terminal,
) -> io::Result<Ending> {
    desk.now = clock.now();
    desk.touched = desk.now.boot_ms;
    desk.body = Stack::body(terminal.size()?);
    let mut stack = Stack::new(root, desk);
    let mut barrier = Barrier::default();
    let mut second = desk.now.boot_ms / 1_000;
    let mut battery = Battery::default();
    let mut touched = desk.now.boot_ms;
    loop {
        battery.ask(desk.now.boot_ms, || inbox.sender());
        desk.battery = battery.low(desk.now.boot_ms);
        slow::follow(desk);
        // A frame is as large as the window by then, whenever the signal comes that tells so.
        let size = terminal.size()?;
        if Stack::body(size) != desk.body {
            stack.resized(size, desk);
        }
        stack.look(desk);
        draw(terminal, &stack, desk)?;
        let settled = !stack.busy() && !battery.is_asking() && !desk.session.will_settle();
        let waits = barrier.is_asked() && settled;
        let ticking = stack.second_hand() || desk.session.ticks();
        let events = inbox.next(if waits { Some(Duration::ZERO) } else { Some(until_next(desk, ticking)) });
        if waits && events.is_empty() {
            terminal.say(&barrier.answer())?;
            continue;
        }
        desk.now = clock.now();
        for event in events {
            match event {
                Event::Input(arrival) => {
                    touched = desk.now.boot_ms;
                    if stack.input(arrival.input, desk) == Flow::Leave {
                        return Ok(if stack.tells_what_waits() { Ending::Answered } else { Ending::Left });
                    }
                }
                Event::Wake(message) => stack.heard(&message, desk),
                Event::Battery(low) => battery.heard(low, desk.now.boot_ms),
                // The next frame is drawn as large.
                Event::Resize => {}
                Event::Probe(key) => {
                    // Whoever waits for the barrier may kill the program next: what is typed is on disk by then.
                    desk.session.save();
                    barrier.ask(&key);
                }
                Event::Stop => {
                    desk.session.save();
                    Terminal::step_out();
                    events::stop()?;
                    terminal.step_in()?;
                }
                // Whoever stopped us may have changed the terminal's modes, and the shell has written on it.
                Event::GoOn => {
                    Terminal::step_out();
                    terminal.step_in()?;
                }
                Event::End(signal) => return Ok(Ending::Told(signal)),
            }
        }
        if desk.lock_after.is_some_and(|after| desk.now.boot_ms.saturating_sub(touched) >= after) {
            stack.lock(desk);
        }
        if ticking && second != desk.now.boot_ms / 1_000 {
            if desk.session.ticks() {
                desk.session.tick();
            }
            stack.tick(desk);
        }
        second = desk.now.boot_ms / 1_000;
    }
}

fn draw(terminal: &mut Terminal, stack: &Stack, desk: &mut Desk) -> io::Result<()> {
    if std::mem::take(&mut desk.repaint) {
        terminal.forget()?;
    }
    terminal.draw(|frame| stack.draw(frame.buffer_mut(), desk))?;
    if std::mem::take(&mut desk.bell) {
        terminal.bell()?;
    }
    Ok(())
}

/// Gives the time until what the frame shows of the clock is no longer true, or somebody has hesitated or waited long enough.
fn until_next(desk: &Desk, ticking: bool) -> Duration {
    let now = desk.now;
    let millis =
        if ticking { 1_000 - now.boot_ms % 1_000 } else { 60_000 - now.wall_ms.rem_euclid(60_000).unsigned_abs() };
    let others = [hesitation::comes_in(desk), slow::comes_in(desk)];
    Duration::from_millis(others.into_iter().flatten().fold(millis, u64::min))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::until_next;
    use crate::clock::Now;
    use crate::ui::desk::Desk;

    #[test]
    fn it_sleeps_to_the_next_second_or_minute_that_is_shown() {
        let mut desk = Desk::for_tests();
        desk.now = Now { wall_ms: 120_000 + 59_990, boot_ms: 7_250 };
        assert_eq!(until_next(&desk, true), Duration::from_millis(750));
        assert_eq!(until_next(&desk, false), Duration::from_millis(10));
        desk.now = Now { wall_ms: -1, boot_ms: 0 };
        assert_eq!(until_next(&desk, false), Duration::from_millis(1));
    }
}
