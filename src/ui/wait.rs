//! A wait for the disk: since when the writer has been at the same thing.

/// Since when the writer has been dealing with the same thing, by boot time, and how often it had dealt with something
/// before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    since: u64,
    rounds: u64,
}

impl Wait {
    /// Gives the wait that there is now, by boot time in milliseconds; `behind` counts how often the writer had dealt with something
    /// before what it is at, and is none where it is at nothing.
    pub(super) fn next(before: Option<Self>, behind: Option<u64>, now: u64) -> Option<Self> {
        let rounds = behind?;
        before.filter(|wait| wait.rounds == rounds).or(Some(Self { since: now, rounds }))
    }

    /// Gives the boot time at which it began, in milliseconds.
    pub(super) const fn since(self) -> u64 {
        self.since
    }
}

#[cfg(test)]
mod tests {
    use super::Wait;

    #[test]
    fn only_a_disk_that_does_nothing_makes_people_wait() {
        let first = Wait::next(None, Some(3), 500);
        assert_eq!(first, Some(Wait { since: 500, rounds: 3 }));
        assert_eq!(Wait::next(first, Some(3), 900), first, "the same thing is still under way");
        assert_eq!(
            Wait::next(first, Some(4), 900),
            Some(Wait { since: 900, rounds: 4 }),
            "one key after another is no wait"
        );
        assert_eq!(Wait::next(first, None, 900), None);
    }
}
