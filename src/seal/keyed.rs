//! A seal: the key in hand, and what is done with it. Without a key bytes stay as they are.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::{NoChance, fill, from_hex, hex};

/// How many bytes sealing adds: nonce and tag.
pub const EXTRA: usize = NONCE + TAG;
const NONCE: usize = 24;
const TAG: usize = 16;

/// Seals and opens bytes with one key; clones share it, and it is wiped when the last one goes.
#[derive(Clone, Default)]
pub struct Seal(Option<Arc<Keyed>>);

struct Keyed {
    id: u32,
    cipher: XChaCha20Poly1305,
    key: Zeroizing<[u8; 32]>,
    /// Chance for this run, then a count: no nonce comes twice.
    run: [u8; 16],
    count: AtomicU64,
}

impl Seal {
    /// Leaves everything as it is.
    pub const CLEAR: Self = Self(None);

    /// Makes a seal with a new random key.
    ///
    /// # Errors
    /// When the system has no source of chance.
    pub fn random() -> Result<Self, NoChance> {
        let mut key = Zeroizing::new([0; 32]);
        fill(&mut *key)?;
        Self::of(key)
    }

    pub(super) fn of(key: Zeroizing<[u8; 32]>) -> Result<Self, NoChance> {
        let mut run = [0; 16];
        fill(&mut run)?;
        let name = blake3::derive_key("zoufang 2021 key id", &*key);
        let id = name.first_chunk::<4>().map_or(1, |four| u32::from_le_bytes(*four)).max(1);
        let cipher = XChaCha20Poly1305::new(&(*key).into());
        Ok(Self(Some(Arc::new(Keyed { id, cipher, key, run, count: AtomicU64::new(0) }))))
    }

    /// Reads a key as [`Seal::to_text`] wrote it.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::of(from_hex(text)?).ok()
    }

    /// Writes the key: whoever has it opens what it sealed. Empty without a key.
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(self.key().map(|key| hex(key)).unwrap_or_default())
    }

    pub(super) fn key(&self) -> Option<&[u8; 32]> {
        self.0.as_ref().map(|keyed| &*keyed.key)
    }

    /// Gives the number by which files name the key; none without a key. It says nothing of the key.
    pub fn id(&self) -> Option<u32> {
        self.0.as_ref().map(|keyed| keyed.id)
    }

    /// Gives how many bytes sealing adds.
    pub fn extra(&self) -> usize {
        if self.0.is_some() { EXTRA } else { 0 }
    }

    /// Appends the parts to `out` as one stored piece. `about` says what it is and where it stands, so that a piece put
    /// elsewhere does not open.
    pub fn seal(&self, about: &[u8], parts: &[&[u8]], out: &mut Vec<u8>) {
        let Some(keyed) = &self.0 else {
            for part in parts {
                out.extend_from_slice(part);
            }
            return;
        };
        let mut nonce = [0; NONCE];
        let (run, count) = nonce.split_at_mut(16);
        run.copy_from_slice(&keyed.run);
        count.copy_from_slice(&keyed.count.fetch_add(1, Ordering::Relaxed).to_le_bytes());
        out.reserve(EXTRA + parts.iter().map(|part| part.len()).sum::<usize>());
        out.extend(nonce);
        let start = out.len();
        for part in parts {
            out.extend_from_slice(part);
        }
        let text = out.get_mut(start..).unwrap_or_default();
        // Only a piece of more than 256 GiB is refused.
        match keyed.cipher.encrypt_inout_detached(&XNonce::from(nonce), about, text.into()) {
            Ok(tag) => out.extend(tag),
            Err(_) => out.truncate(start),
        }
    }

    /// Opens a stored piece in place. False when it was not sealed with this key, for this place, or was altered; the
    /// bytes are then of no use.
    pub fn open(&self, about: &[u8], stored: &mut Vec<u8>) -> bool {
        let Some(keyed) = &self.0 else { return true };
        let Some((nonce, rest)) = stored.split_first_chunk_mut::<NONCE>() else { return false };
        let Some((text, tag)) = rest.split_last_chunk_mut::<TAG>() else { return false };
        let opened =
            keyed.cipher.decrypt_inout_detached(&XNonce::from(*nonce), about, text.into(), &Tag::from(*tag)).is_ok();
        if opened {
            stored.truncate(stored.len() - TAG);
            stored.drain(..NONCE);
        }
        opened
    }
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Seal").field(&self.id()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{EXTRA, Seal};

    fn sealed(seal: &Seal, about: &[u8], text: &[u8]) -> Vec<u8> {
        let (one, two) = text.split_at(text.len() / 2);
        let mut out = b"before".to_vec();
        seal.seal(about, &[one, two], &mut out);
        out.split_off(6)
    }

    #[test]
    fn a_piece_opens_in_its_place_with_its_key_and_whole() {
        let (seal, other) = (Seal::random().unwrap(), Seal::random().unwrap());
        for text in [&b""[..], "张锦秋 13507310123 机井坏了".as_bytes()] {
            let stored = sealed(&seal, b"here", text);
            assert_eq!(stored.len(), text.len() + EXTRA);
            let open = |seal: &Seal, about: &[u8], mut bytes: Vec<u8>| seal.open(about, &mut bytes).then_some(bytes);
            assert_eq!(open(&seal, b"here", stored.clone()).as_deref(), Some(text));
            assert_eq!(open(&seal, b"there", stored.clone()), None);
            assert_eq!(open(&other, b"here", stored.clone()), None);
            for place in 0..stored.len() {
                let mut altered = stored.clone();
                altered[place] ^= 4;
                assert_eq!(open(&seal, b"here", altered), None, "byte {place}");
                assert_eq!(open(&seal, b"here", stored[..place].to_vec()), None, "cut at {place}");
            }
        }
    }

    #[test]
    fn the_same_text_is_never_stored_the_same_way() {
        let seal = Seal::random().unwrap();
        let (one, two) = (sealed(&seal, b"", "陈明".as_bytes()), sealed(&seal, b"", "陈明".as_bytes()));
        assert_ne!(one, two);
        let again = Seal::of(zeroize::Zeroizing::new(*seal.key().unwrap())).unwrap();
        assert_ne!(one, sealed(&again, b"", "陈明".as_bytes()), "another run of the program");
    }

    #[test]
    fn without_a_key_bytes_stay_as_they_are_and_a_key_is_never_shown() {
        assert_eq!(sealed(&Seal::CLEAR, b"here", b"text"), b"text");
        assert!(Seal::CLEAR.open(b"there", &mut b"text".to_vec()));
        let seal = Seal::random().unwrap();
        assert_eq!(format!("{seal:?}"), format!("Seal(Some({}))", seal.id().unwrap()));
    }
}
