//! In turn: what each of several export files brings once those before it are merged, told without merging any of them.

use std::collections::HashMap;
use std::path::Path;

use crate::app::session::jobs::Known;
use crate::app::{Parcel, Peers, Progress};
use crate::domain::Name;
use crate::exchange::Digest;
use crate::log::Ranges;
use crate::text::Trouble;

/// Digests of what came that are remembered: 32 MiB of them. What lies beyond counts as the same where it comes again.
const MOST: usize = 1_000_000;

/// What is known here, and what came from the files before.
pub struct InTurn {
    known: Known,
    /// All that is known, with what came.
    names: Ranges,
    came: HashMap<Name, Digest>,
    /// What other laptops have, also by the files that came.
    peers: Peers,
}

impl InTurn {
    /// Begins with what is known.
    pub fn of(known: Known) -> Self {
        Self { names: known.names.clone(), peers: known.ours.peers.clone(), known, came: HashMap::new() }
    }

    /// Verifies a file, and plans it as if it came alone.
    ///
    /// # Errors
    /// What is wrong with the file; `stopped`.
    pub fn open(&self, file: &Path, progress: &Progress) -> Result<Parcel, Trouble> {
        self.known.open(file, progress)
    }

    /// Plans a file as it comes after those before it.
    pub fn plan(&self, parcel: &mut Parcel) {
        parcel.come_after(&self.names, &self.came);
    }

    /// Has a file come that was planned.
    pub fn take(&mut self, parcel: &Parcel) {
        let room = MOST.saturating_sub(self.came.len());
        self.came.extend(parcel.fresh_digests().take(room));
        self.names.extend(&parcel.plan.fresh);
        let from = &parcel.plan.from;
        self.known.ours.signers.extend(parcel.trust.key().map(|key| (from.laptop, key)));
        parcel.note_sender(&mut self.peers, |_| true);
    }

    /// Gives what is known without what came.
    pub fn known(&self) -> &Ranges {
        &self.known.names
    }

    /// Gives all that is known, with what came.
    pub fn names(&self) -> &Ranges {
        &self.names
    }

    /// Gives what other laptops have, also by what their files said.
    pub fn peers(&self) -> &Peers {
        &self.peers
    }
}
