//! The plan of a merge: what a bundle would bring. Values in, values out; nothing is read or changed.

use crate::domain::{Name, Writer};
use crate::log::Ranges;

use super::bundle::Bundle;
use super::digest::Digest;
use super::header::Header;

/// What is to be done with one operation of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is new: take it in.
    Fresh,
    /// It is known: pass over it.
    Repeated,
    /// It is known with other bytes: set it aside and say so.
    Quarantined,
}

/// What a bundle would bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The laptop it comes from.
    pub from: Writer,
    /// When it was exported by that laptop's clock, milliseconds since 1970 UTC.
    pub exported_ms: i64,
    /// The operations to take in.
    pub fresh: Ranges,
    /// How many are known already, with the same bytes as far as can be told.
    pub repeated: u64,
    /// The operations whose name is known with other bytes.
    pub quarantined: Ranges,
    /// What will still be missing afterwards: gaps in a writer's numbers, and what the sender knew but left out. It
    /// never blocks the rest.
    pub missing: Ranges,
    /// The part of `missing` that the sender's laptop has: ask there first.
    pub missing_at_sender: Ranges,
    /// What we know and the sender did not at the export: what a bundle for that laptop would hold.
    pub owed: Ranges,
}

impl Plan {
    /// Gives the verdict on one operation of the bundle that was planned.
    pub fn verdict(&self, name: Name) -> Verdict {
        if self.fresh.contains(name) {
            Verdict::Fresh
        } else if self.quarantined.contains(name) {
            Verdict::Quarantined
        } else {
            Verdict::Repeated
        }
    }

    /// Tells whether the bundle brings nothing.
    pub fn is_empty(&self) -> bool {
        self.fresh.count() == 0 && self.quarantined.count() == 0
    }
}

/// Plans the merge of a verified bundle. `known` is what we have; `stored` gives the digest of a known operation,
/// or `None` where it is not at hand, which counts as the same.
pub fn plan(bundle: &Bundle, known: &Ranges, mut stored: impl FnMut(Name) -> Option<Digest>) -> Plan {
    let header = bundle.header();
    let mut fresh = Ranges::default();
    let mut quarantined = Ranges::default();
    let mut repeated = 0;
    for (name, digest) in bundle.digests() {
        if !known.contains(name) {
            fresh.insert(name);
        } else if stored(name).is_some_and(|ours| ours != digest) {
            quarantined.insert(name);
        } else {
            repeated += 1;
        }
    }
    Plan::of(header, known, fresh, quarantined, repeated)
}

impl Plan {
    /// Plans a bundle of which everything is known.
    pub fn nothing(bundle: &Bundle, known: &Ranges) -> Self {
        let header = bundle.header();
        Self::of(header, known, Ranges::default(), Ranges::default(), header.operations)
    }

    /// Gives the plan of the same bundle where others come before it: `known` is what is known by then, `came` gives the digest of
    /// what they brought.
    #[must_use]
    pub fn after(&self, bundle: &Bundle, known: &Ranges, came: impl Fn(Name) -> Option<Digest>) -> Self {
        let (mut fresh, mut quarantined, mut repeated) = (Ranges::default(), self.quarantined.clone(), self.repeated);
        for (name, digest) in bundle.digests().filter(|(name, _)| self.fresh.contains(*name)) {
            if !known.contains(name) {
                fresh.insert(name);
            } else if came(name).is_some_and(|first| first != digest) {
                quarantined.insert(name);
            } else {
                repeated += 1;
            }
        }
        Self::of(bundle.header(), known, fresh, quarantined, repeated)
    }

    fn of(header: &Header, known: &Ranges, fresh: Ranges, quarantined: Ranges, repeated: u64) -> Self {
        let mut after = known.clone();
        after.extend(&fresh);
        let mut theirs = header.knows.clone();
        theirs.extend(&header.contains);
        let missing_at_sender = theirs.without(&after);
        let mut missing = after.holes();
        missing.extend(&missing_at_sender);
        Self {
            from: header.from.clone(),
            exported_ms: header.exported_ms,
            fresh,
            repeated,
            quarantined,
            missing,
            missing_at_sender,
            owed: known.without(&theirs),
        }
    }
}
