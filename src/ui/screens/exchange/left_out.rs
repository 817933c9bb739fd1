//! What merging all leaves out, and why: a clause for each kind, so that nobody takes silence for everything.

use crate::app::Offer;
use crate::text::{Said, Text, t};

/// Counts of the files that are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct LeftOut {
    /// They cannot be used.
    unusable: usize,
    /// Nobody can say who wrote them.
    doubtful: usize,
    /// They hold nothing new.
    known: usize,
}

impl LeftOut {
    /// Counts among what was found.
    pub fn of(offers: &[Offer]) -> Self {
        let mut left = Self::default();
        for offer in offers {
            match &offer.state {
                Err(_) => left.unusable += 1,
                Ok(brings) if brings.alone.is_empty() => left.known += 1,
                Ok(brings) if brings.trust.is_doubtful() => left.doubtful += 1,
                Ok(_) => {}
            }
        }
        left
    }

    /// Says what a person has to see to; none where there is nothing.
    pub fn said(self) -> Option<Said> {
        let kinds = [
            (self.doubtful, t("{n} 个要问清 (按 9)", "{n} to be asked about (9)")),
            (self.unusable, t("{n} 个不能用", "{n} not usable")),
        ];
        clauses(&kinds)
    }

    /// Says of every file why it was not merged.
    pub fn in_full(self) -> Option<Said> {
        let known = clauses(&[(self.known, t("{n} 个已合并过", "{n} merged before"))]);
        known.into_iter().chain(self.said()).reduce(joined)
    }
}

fn clauses(kinds: &[(usize, Text)]) -> Option<Said> {
    kinds.iter().filter(|(n, _)| *n > 0).map(|(n, words)| words.with("n", n)).reduce(joined)
}

fn joined(one: Said, other: Said) -> Said {
    Said::from(t("{one}, {other}", "{one}, {other}")).with_words("one", one).with_words("other", other)
}

#[cfg(test)]
mod tests {
    use super::LeftOut;
    use crate::text::Lang;

    #[test]
    fn each_kind_has_a_clause_and_nothing_none() {
        let left = LeftOut { unusable: 2, doubtful: 1, known: 3 };
        assert_eq!(left.said().unwrap().say(Lang::Zh), "1 个要问清 (按 9), 2 个不能用");
        assert_eq!(left.in_full().unwrap().say(Lang::Zh), "3 个已合并过, 1 个要问清 (按 9), 2 个不能用");
        assert!(LeftOut::default().in_full().is_none());
    }
}
