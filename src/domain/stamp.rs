//! Stamps: a time that never goes backward on one laptop and is never dragged along by a wrong clock elsewhere.
//!
//! A stamp only picks among changes made without knowing of each other and dates things for people; causes are
//! ordered by the names an operation says it saw.

/// A hybrid logical time: wall milliseconds in the upper 48 bits, a counter in the lower 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Stamp(pub u64);

/// How far ahead of the wall clock a known stamp may lie and still be followed: 24 hours, in milliseconds.
const FOLLOWED_AHEAD_MS: i64 = 24 * 60 * 60 * 1000;

impl Stamp {
    /// Gives the stamp after `self` at this reading of the wall clock (milliseconds since 1970; before that counts as 1970).
    #[must_use]
    pub fn next(self, wall_ms: i64) -> Self {
        Self(Self::at(wall_ms).0.max(self.0.saturating_add(1)))
    }

    /// Gives the least stamp of a wall-clock moment.
    pub fn at(wall_ms: i64) -> Self {
        Self(u64::try_from(wall_ms).unwrap_or(0) << 16)
    }

    /// Gives the wall milliseconds inside the stamp.
    pub fn wall_ms(self) -> i64 {
        i64::try_from(self.0 >> 16).unwrap_or(i64::MAX)
    }

    /// Picks, at program start, the stamp to go on from: the greatest known one that is at most 24 h ahead of the wall.
    pub fn resume(known: impl IntoIterator<Item = Stamp>, wall_ms: i64) -> Self {
        known.into_iter().filter(|stamp| stamp.is_followed_at(wall_ms)).max().unwrap_or_default()
    }

    /// Tells whether whoever knows it at this reading of the wall clock goes on from it.
    pub fn is_followed_at(self, wall_ms: i64) -> bool {
        self <= Self::at(wall_ms.saturating_add(FOLLOWED_AHEAD_MS))
    }
}

#[cfg(test)]
mod tests {
    use super::Stamp;

    #[test]
    fn stamps_grow_even_when_the_clock_goes_back() {
        let first = Stamp::default().next(1_621_338_120_000);
        let second = first.next(0);
        assert!(second > first);
        assert_eq!(second.wall_ms(), 1_621_338_120_000);
        assert!(second.next(-5) > second);
    }

    #[test]
    fn a_laptop_once_set_to_2031_does_not_drag_the_others_along() {
        let day = 24 * 60 * 60 * 1000;
        let now = 1_621_338_120_000;
        let far = Stamp::at(now + 3650 * day);
        let near = Stamp::at(now + day / 2);
        assert_eq!(Stamp::resume([far, near], now), near);
        assert_eq!(Stamp::resume([far], now), Stamp::default());
    }
}
