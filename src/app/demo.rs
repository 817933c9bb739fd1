//! Invented households in real villages, to practise on, with a history of the past days and appointments of the next.
//!
//! The roster goes through intake and import like any other; the history through requests, with the clock standing
//! where each thing is said to have happened. Always the same people, whatever the day.

mod history;
mod people;

use crate::clock::{Clock, Now};
use crate::domain::{Name, local};
use crate::intake::{self, Guess};
use crate::text::Trouble;

use super::{Answer, Keeper, Request, Roster};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// Fills a new campaign with some five hundred invented households in five villages.
pub fn fill(keeper: &mut Keeper) -> Result<(), Trouble> {
    let clock = keeper.clock.clone();
    let filled = Sample { now: clock.now(), keeper }.fill();
    keeper.clock = clock;
    filled?;
    keeper.finish()?;
    keeper.fill().map(|_| ())
}

/// A campaign being filled, seen from the moment it is filled for.
struct Sample<'a> {
    keeper: &'a mut Keeper,
    now: Now,
}

impl Sample<'_> {
    fn fill(&mut self) -> Result<(), Trouble> {
        self.stand_at(-12 * DAY);
        let speaker = self.keeper.device.speaker().to_owned();
        let list = people::roster(if speaker.is_empty() { "陈明" } else { &speaker });
        let reading = intake::read(list.as_bytes(), "示范名单.csv", &Guess::default())?;
        let roster = Roster::of(&reading)?;
        self.keeper.import(&roster, "示范名单.csv")?;
        while self.keeper.work()? {}
        let rows: Vec<Name> = roster.operations.iter().skip(1).map(|kept| kept.operation.entity).collect();
        history::tell(self, &rows)
    }

    /// Lets the clock stand so many milliseconds from now; boot time runs along, as on a laptop that stayed on.
    fn stand_at(&mut self, from_now_ms: i64) {
        let boot_ms = self.now.boot_ms.saturating_add_signed(from_now_ms + 30 * DAY);
        self.keeper.clock = Clock::standing(Now { wall_ms: self.now.wall_ms + from_now_ms, boot_ms });
    }

    /// Gives how far from now a time of day is, so many days from today.
    fn at(&self, days: i64, hour: i64, minute: i64) -> i64 {
        let clock = local::time(self.now.wall_ms).time();
        let since_midnight = i64::from(chrono::Timelike::num_seconds_from_midnight(&clock)) * 1000;
        days * DAY + hour * HOUR + minute * 60_000 - since_midnight
    }

    fn ask(&mut self, request: Request) -> Result<Answer, Trouble> {
        self.keeper.run(&request)
    }

    /// Lets the timer of the running visit count to a moment, tick by tick.
    fn count_to(&mut self, from_now_ms: i64) {
        let step = 20_000;
        let mut at = self.keeper.clock.now();
        self.stand_at(from_now_ms);
        let end = self.keeper.clock.now();
        if let Some(running) = &mut self.keeper.running {
            while at.wall_ms < end.wall_ms {
                at = Now { wall_ms: at.wall_ms + step, boot_ms: at.boot_ms + step.unsigned_abs() };
                running.tick(if at.wall_ms < end.wall_ms { at } else { end });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::people;
    use crate::intake::{Guess, read};

    #[test]
    fn the_sample_roster_is_read_like_any_other_and_is_always_the_same() {
        let list = people::roster("陈明");
        assert_eq!(list, people::roster("陈明"));
        let reading = read(list.as_bytes(), "示范名单.csv", &Guess::default()).unwrap();
        let households = reading.rows.iter().filter(|row| row.is_household()).count();
        assert_eq!(households, 500);
        let unknown =
            |row: &crate::intake::RosterRow| row.doubts.iter().any(|doubt| doubt.why.code().contains("village"));
        assert!(!reading.rows.iter().any(unknown), "the villages are real");
        assert!(reading.rows.iter().any(|row| !row.doubts.is_empty()), "there is something to check");
    }
}
