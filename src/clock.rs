//! The only "now" of the program: wall clock and boot time together.
//!
//! The wall clock dates things for people and may be wrong by years. Boot time never goes backward and counts sleep,
//! so a gap in it shows that the laptop was asleep. Tests put both into a file named by `ZOUFANG_CLOCK`.

use std::path::PathBuf;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use chrono::DateTime;

/// One reading of both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Wall clock, milliseconds since 1970-01-01 UTC, as the laptop shows it.
    pub wall_ms: i64,
    /// Milliseconds since some fixed moment of this boot; counts sleep, never goes backward.
    pub boot_ms: u64,
}

/// Reads the clocks of the machine, or those a test has written.
#[derive(Debug, Clone)]
pub struct Clock {
    source: Source,
}

#[derive(Debug, Clone)]
enum Source {
    Machine { started: Instant },
    File(PathBuf),
    Standing(Now),
}

impl Clock {
    /// Takes the machine's clocks, unless `ZOUFANG_CLOCK` names a file (for tests).
    pub fn from_environment() -> Self {
        match std::env::var_os("ZOUFANG_CLOCK") {
            Some(path) if !path.is_empty() => Self::from_file(PathBuf::from(path)),
            _ => Self::machine(),
        }
    }

    /// Takes the machine's clocks.
    #[expect(clippy::disallowed_methods, reason = "this file is where the clock is read")]
    pub fn machine() -> Self {
        Self { source: Source::Machine { started: Instant::now() } }
    }

    /// Reads both clocks from a file at every "now": line one the wall clock (RFC 3339), line two `boot_ms` (optional).
    pub fn from_file(path: PathBuf) -> Self {
        Self { source: Source::File(path) }
    }

    /// Stands still at one moment: for a sample's history.
    pub fn standing(now: Now) -> Self {
        Self { source: Source::Standing(now) }
    }

    /// Reads both clocks. An unreadable test file gives zero for both, which every test would notice.
    pub fn now(&self) -> Now {
        match &self.source {
            Source::Machine { started } => machine_now(*started),
            Source::Standing(now) => *now,
            Source::File(path) => std::fs::read_to_string(path)
                .ok()
                .and_then(|text| parse(&text))
                .unwrap_or(Now { wall_ms: 0, boot_ms: 0 }),
        }
    }
}

fn parse(text: &str) -> Option<Now> {
    let mut lines = text.lines();
    let wall_ms = DateTime::parse_from_rfc3339(lines.next()?.trim()).ok()?.timestamp_millis();
    let boot_ms = match lines.next().map(str::trim) {
        Some(line) if !line.is_empty() => line.parse().ok()?,
        _ => u64::try_from(wall_ms).unwrap_or(0),
    };
    Some(Now { wall_ms, boot_ms })
}

#[expect(clippy::disallowed_methods, reason = "this file is where the clock is read")]
fn machine_now(started: Instant) -> Now {
    let wall = SystemTime::now();
    let wall_ms = match wall.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
        Err(before) => -i64::try_from(before.duration().as_millis()).unwrap_or(i64::MAX),
    };
    Now { wall_ms, boot_ms: boot_ms(started) }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn boot_ms(_started: Instant) -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    let millis = u64::try_from(time.tv_nsec / 1_000_000).unwrap_or(0);
    seconds.saturating_mul(1000).saturating_add(millis)
}

/// On Windows `GetTickCount64`, in steps of about 16 ms, sleep counted. Where the system does not say how long it has been
/// up, the time since the program began: then a gap over a restart of the program has no known length.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn boot_ms(started: Instant) -> u64 {
    let up = uptime_lib::get().unwrap_or_else(|_| started.elapsed());
    u64::try_from(up.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_clock_file_gives_both_clocks_and_boot_follows_the_wall_without_a_second_line() {
        let both = parse("2021-05-18T19:42:00+08:00\n5000\n").map(|now| (now.wall_ms, now.boot_ms));
        assert_eq!(both, Some((1_621_338_120_000, 5000)));
        let one = parse("1970-01-01T00:00:01Z").map(|now| now.boot_ms);
        assert_eq!(one, Some(1000));
        assert!(parse("yesterday").is_none());
    }
}
