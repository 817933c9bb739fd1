//! The pen: names and stamps what this laptop writes, and says at its first write which laptop that is.

use crate::clock::Now;
use crate::domain::{Name, Stamp, Writer};

/// Gives names and stamps. A new writer is minted at a process's first write, so a copied disk becomes another writer.
#[derive(Debug, Clone)]
pub struct Pen {
    writer: Option<u64>,
    seq: u32,
    last: Stamp,
    seed: Option<u64>,
    /// Those it was before: what they named last was refused.
    given_up: Vec<u64>,
}

impl Pen {
    /// Takes up a pen. `seed` (for tests) makes the writer repeatable.
    pub fn new(seed: Option<u64>) -> Self {
        Self { writer: None, seq: 0, last: Stamp::default(), seed, given_up: Vec::new() }
    }

    /// Goes on from a known stamp, unless it is more than a day ahead of the wall clock.
    pub fn follow(&mut self, stamp: Stamp, wall_ms: i64) {
        self.last = self.last.max(Stamp::resume([stamp], wall_ms));
    }

    /// Gives the next name.
    pub fn name(&mut self) -> Name {
        let writer = *self.writer.get_or_insert_with(|| self.seed.unwrap_or_else(random));
        self.seq = self.seq.saturating_add(1);
        Name::new(writer, self.seq)
    }

    /// Gives up the names given so far, as the last of them were refused: the next is another writer's first, who is introduced
    /// anew, and later than all of them. Gone on with, the refused names would be missing on every laptop for good; given once
    /// more, they would stand for something else where a disk that failed kept the refused ones after all.
    pub fn give_up(&mut self) {
        self.given_up.extend(self.writer.take());
        self.seq = 0;
        self.seed = self.seed.map(|seed| seed.wrapping_add(1).max(1));
    }

    /// Tells whether this run of the program records, or has recorded, under a writer.
    pub fn is_own(&self, writer: u64) -> bool {
        self.writer == Some(writer) || self.given_up.contains(&writer)
    }

    /// Tells whether nothing has been written with it yet.
    pub fn is_fresh(&self) -> bool {
        self.seq == 0
    }

    /// Gives the next stamp.
    pub fn stamp(&mut self, now: Now) -> Stamp {
        self.last = self.last.next(now.wall_ms);
        self.last
    }
}

/// Mints a number that no other laptop has; 0 stands for the campaign and is never given.
pub fn random() -> u64 {
    let mut bytes = [0; 8];
    if getrandom::fill(&mut bytes).is_err() {
        // Without a source of chance the address space is the last thing that differs from run to run.
        let here = &raw const bytes;
        bytes = (here.addr() as u64 ^ u64::from(std::process::id()) << 40).to_le_bytes();
    }
    u64::from_le_bytes(bytes).max(1)
}

/// Gives the number a test wants for its writers: `ZOUFANG_SEED`.
pub fn seed_from_environment() -> Option<u64> {
    std::env::var("ZOUFANG_SEED").ok()?.parse().ok()
}

/// Says which laptop a writer is.
pub fn introduction(device: &crate::app::Device) -> Writer {
    Writer {
        laptop: device.laptop,
        code: device.code.clone(),
        group: device.group.clone(),
        visitors: device.visitors.clone(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    }
}
