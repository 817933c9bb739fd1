//! Digests of operations, and the chain of them that stands for all of one writer's operations in a bundle.
//!
//! A chain is over digests and not over the bytes themselves: whoever kept sixteen bytes an operation can tell that a
//! bundle is known, whole and unaltered without reading its blocks or his own journal.

/// Stands for the exact bytes of one operation: the first 16 bytes of their BLAKE3 hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 16]);

/// Stands for a row of operations in order: `BLAKE3(chain before ‖ digest)`, first 16 bytes, from sixteen zeros on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Chain(pub [u8; 16]);

impl Digest {
    /// Computes the digest of an operation's bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(first_half(*blake3::hash(bytes).as_bytes()))
    }
}

impl Chain {
    /// Gives the chain with one more operation at its end.
    #[must_use]
    pub fn then(self, digest: Digest) -> Self {
        let mut both = [0; 32];
        for (place, byte) in both.iter_mut().zip(self.0.into_iter().chain(digest.0)) {
            *place = byte;
        }
        Self(first_half(*blake3::hash(&both).as_bytes()))
    }
}

fn first_half(hash: [u8; 32]) -> [u8; 16] {
    hash.first_chunk::<16>().copied().unwrap_or_default()
}
