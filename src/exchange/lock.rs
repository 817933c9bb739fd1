//! How a bundle is locked: not at all, with a key that many laptops share, or with the key of one laptop whose key ring
//! goes along, so that its passphrase opens the bundle anywhere.
//!
//! The header is sealed, and each block with its number and the header's nonce: a block put elsewhere, or into another
//! bundle, does not open. What stands before the sealed header is readable by anyone: the campaign's name, or the ring.

use crate::seal::{EXTRA, Seal};
use crate::text::Trouble;

use super::refused::{self, Place};

const CLEAR: u8 = 0;
/// With a shared key; the campaign's name in front.
const SHARED: u8 = 1;
/// With the key of one laptop; its key ring in front.
const OWN: u8 = 2;

/// The most bytes that stand in front: a name, or a key ring.
const MOST_FRONT: usize = 4096;
const NONCE: usize = 24;

/// What a bundle is locked with.
#[derive(Debug, Clone, Default)]
pub enum Lock {
    /// Nothing: whoever has the file reads it.
    #[default]
    Clear,
    /// A key that the laptops of a campaign share.
    Shared(Seal),
    /// The key of one laptop, with the bytes of its key ring.
    Own {
        /// The key.
        seal: Seal,
        /// Its ring, readable by anyone and of use to nobody without the passphrase.
        ring: Vec<u8>,
    },
}

/// The keys at hand for reading.
#[derive(Debug, Clone, Default)]
pub struct Keys(Vec<Seal>);

impl Keys {
    /// Puts keys at hand; those without a key are left out.
    pub fn of(seals: impl IntoIterator<Item = Seal>) -> Self {
        Self(seals.into_iter().filter(|seal| seal.id().is_some()).collect())
    }

    fn find(&self, id: u32) -> Option<&Seal> {
        self.0.iter().find(|seal| seal.id() == Some(id))
    }
}

/// The key of one bundle, and what binds its blocks to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Key {
    seal: Seal,
    suite: u8,
    binding: [u8; NONCE],
}

impl Lock {
    /// Gives the number of the key; none in the clear.
    pub fn number(&self) -> Option<u32> {
        match self {
            Self::Clear => None,
            Self::Shared(seal) | Self::Own { seal, .. } => seal.id(),
        }
    }

    fn parts(&self, campaign: &str) -> (u8, Seal, Vec<u8>) {
        match self {
            Self::Clear => (CLEAR, Seal::CLEAR, Vec::new()),
            Self::Shared(seal) => (SHARED, seal.clone(), campaign.as_bytes().to_vec()),
            Self::Own { seal, ring } => (OWN, seal.clone(), ring.clone()),
        }
    }

    /// Gives the header as it is stored, and the key for the blocks. None where what stands in front is too long.
    pub(super) fn close(&self, campaign: &str, header: Vec<u8>) -> Option<(Vec<u8>, Key)> {
        let (suite, seal, front) = self.parts(campaign);
        if suite == CLEAR {
            return Some((header, Key::default()));
        }
        let length = u16::try_from(front.len()).ok().filter(|_| front.len() <= MOST_FRONT)?;
        let mut stored = length.to_le_bytes().to_vec();
        stored.extend(&front);
        let start = stored.len();
        seal.seal(&about_header(suite, &front), &[&header], &mut stored);
        let binding = *stored.get(start..)?.first_chunk()?;
        Some((stored, Key { seal, suite, binding }))
    }
}

impl Key {
    /// Opens a stored header with the keys at hand.
    pub fn open(suite: u8, id: u32, stored: Vec<u8>, keys: &Keys) -> Result<(Vec<u8>, Self), Trouble> {
        if suite == CLEAR && id == 0 {
            return Ok((stored, Self::default()));
        }
        if ![SHARED, OWN].contains(&suite) {
            return Err(refused::sealed(suite, id));
        }
        let (front, sealed) = split(&stored).ok_or_else(|| refused::contradicts(Place::Header))?;
        let Some(seal) = keys.find(id) else {
            return Err(match suite {
                SHARED => refused::no_key(&String::from_utf8_lossy(front)),
                _ => refused::under_passphrase(),
            });
        };
        let binding = sealed.first_chunk().copied().unwrap_or_default();
        let mut header = sealed.to_vec();
        if !seal.open(&about_header(suite, front), &mut header) {
            return Err(refused::tampered(Place::Header));
        }
        Ok((header, Self { seal: seal.clone(), suite, binding }))
    }

    /// Names the suite and the key as files do.
    pub fn named(&self) -> (u8, u32) {
        (self.suite, self.seal.id().unwrap_or_default())
    }

    /// Seals a block; `number` counts from 1.
    pub fn seal(&self, number: u32, stored: &[u8], out: &mut Vec<u8>) {
        self.seal.seal(&self.about(number), &[stored], out);
    }

    /// Opens a block in place.
    pub fn unseal(&self, number: u32, stored: &mut Vec<u8>) -> bool {
        self.seal.open(&self.about(number), stored)
    }

    fn about(&self, number: u32) -> Vec<u8> {
        [&b"bundle block"[..], &number.to_le_bytes(), &self.binding].concat()
    }
}

fn about_header(suite: u8, front: &[u8]) -> Vec<u8> {
    [&b"bundle header"[..], &[suite], front].concat()
}

/// Takes a stored header apart: what stands in front, and what is sealed.
pub(super) fn split(stored: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = stored.split_first_chunk::<2>()?;
    let length = usize::from(u16::from_le_bytes(*length));
    rest.split_at_checked(length).filter(|(_, sealed)| length <= MOST_FRONT && sealed.len() >= EXTRA)
}

/// Tells whether a suite has a key ring in front.
pub(super) const fn has_ring(suite: u8) -> bool {
    suite == OWN
}
