//! Intake: rosters as townships send them, read into rows without losing one.

mod dirt;
