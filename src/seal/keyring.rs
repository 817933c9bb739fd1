//! The key ring: the one key that seals everything, wrapped once by the passphrase and once by the recovery code.
//!
//! A small file of its own. Another passphrase changes one wrapping; the key, and so every sealed byte, stays.

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use super::keyed::{EXTRA, Seal};
use super::{NoChance, RecoveryCode, fill};

const MAGIC: [u8; 8] = *b"ZFKEYS\r\n";
const FORMAT: u16 = 1;
const SALT: usize = 16;
const WRAPPED: usize = 32 + EXTRA;
/// Magic, format, key id; salt and cost of the passphrase, salt of the code; two wrappings; crc.
const LENGTH: usize = 8 + 2 + 4 + SALT + 12 + WRAPPED + SALT + WRAPPED + 4;

/// What guessing one passphrase costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory, KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes; one, as nothing here runs in parallel.
    pub lanes: u32,
}

impl Cost {
    /// What new passphrases get: 64 MiB, three passes. Measured in `tests/bench/sealing.rs`.
    pub const USUAL: Self = Self { memory: 64 << 10, passes: 3, lanes: 1 };
    /// The most that a file may ask for, so that a planted one cannot take all memory: 512 MiB, 64 passes.
    const MOST: Self = Self { memory: 512 << 10, passes: 64, lanes: 4 };

    fn is_bearable(self) -> bool {
        let most = Self::MOST;
        self.memory <= most.memory && self.passes <= most.passes && self.lanes <= most.lanes
    }
}

/// Says that a passphrase or code does not open this ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongPassphrase;

/// Says that the bytes of a ring are damaged, or of a newer program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyringDamaged {
    /// Nothing is damaged: a newer program wrote it.
    pub newer: bool,
}

/// Holds the wrapped key; safe to store anywhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Keyring {
    id: u32,
    cost: Cost,
    phrase: Slot,
    code: Slot,
}

#[derive(Clone, PartialEq, Eq)]
struct Slot {
    salt: [u8; SALT],
    wrapped: [u8; WRAPPED],
}

impl Keyring {
    /// Makes a new key, wrapped by a passphrase and a new recovery code.
    ///
    /// # Errors
    /// When the system has no source of chance, or not the memory that `cost` asks for.
    pub fn new(passphrase: &str, cost: Cost) -> Result<(Self, Seal, RecoveryCode), NoChance> {
        let (seal, code) = (Seal::random()?, RecoveryCode::random()?);
        let phrase = Slot::wrap(&seal, |salt| stretched(passphrase, salt, cost))?;
        let written = Slot::wrap(&seal, |salt| Some(from_code(&code, salt)))?;
        let id = seal.id().unwrap_or_default();
        Ok((Self { id, cost, phrase, code: written }, seal, code))
    }

    /// Opens the ring with what a person typed: the passphrase, or the recovery code.
    ///
    /// # Errors
    /// When it is neither. Takes as long as the cost says, right or wrong.
    pub fn open(&self, typed: &str) -> Result<Seal, WrongPassphrase> {
        let opened = stretched(typed, &self.phrase.salt, self.cost).and_then(|key| self.phrase.unwrap(self.id, key));
        let by_code = || self.code.unwrap(self.id, from_code(&RecoveryCode::read(typed).ok()?, &self.code.salt));
        opened.or_else(by_code).ok_or(WrongPassphrase)
    }

    /// Wraps the same key by another passphrase; the recovery code goes on being right.
    ///
    /// # Errors
    /// As [`Keyring::new`].
    pub fn with_passphrase(&self, seal: &Seal, passphrase: &str, cost: Cost) -> Result<Self, NoChance> {
        let phrase = Slot::wrap(seal, |salt| stretched(passphrase, salt, cost))?;
        Ok(Self { cost, phrase, ..self.clone() })
    }

    /// Wraps the same key by another recovery code, as the old one was lost or seen.
    ///
    /// # Errors
    /// As [`Keyring::new`].
    pub fn with_new_code(&self, seal: &Seal) -> Result<(Self, RecoveryCode), NoChance> {
        let code = RecoveryCode::random()?;
        let written = Slot::wrap(seal, |salt| Some(from_code(&code, salt)))?;
        Ok((Self { code: written, ..self.clone() }, code))
    }

    /// Gives the number of the key, as in what it sealed.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// Gives the bytes of the file.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(LENGTH);
        out.extend(MAGIC);
        out.extend(FORMAT.to_le_bytes());
        out.extend(self.id.to_le_bytes());
        out.extend(self.phrase.salt);
        for number in [self.cost.memory, self.cost.passes, self.cost.lanes] {
            out.extend(number.to_le_bytes());
        }
        out.extend(self.phrase.wrapped);
        out.extend(self.code.salt);
        out.extend(self.code.wrapped);
        out.extend(crc32fast::hash(&out).to_le_bytes());
        out
    }

    /// Reads the bytes of the file.
    ///
    /// # Errors
    /// When they are not whole, of a newer program, or ask for more memory than any passphrase may cost.
    pub fn decode(bytes: &[u8]) -> Result<Self, KeyringDamaged> {
        let damaged = KeyringDamaged { newer: false };
        let (body, sum) = bytes.split_last_chunk::<4>().ok_or(damaged)?;
        if crc32fast::hash(body) != u32::from_le_bytes(*sum) {
            return Err(damaged);
        }
        let rest = &mut &*body;
        if take::<8>(rest) != Some(MAGIC) {
            return Err(damaged);
        }
        if take(rest).map(u16::from_le_bytes) != Some(FORMAT) {
            return Err(KeyringDamaged { newer: true });
        }
        let read = |rest: &mut &[u8]| {
            let id = u32::from_le_bytes(take(rest)?);
            let salt = take(rest)?;
            let [memory, passes, lanes] = [take(rest)?, take(rest)?, take(rest)?].map(u32::from_le_bytes);
            let phrase = Slot { salt, wrapped: take(rest)? };
            let code = Slot { salt: take(rest)?, wrapped: take(rest)? };
            let cost = Cost { memory, passes, lanes };
            (rest.is_empty() && cost.is_bearable()).then_some(Self { id, cost, phrase, code })
        };
        read(rest).ok_or(damaged)
    }
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keyring").field("id", &self.id).field("cost", &self.cost).finish_non_exhaustive()
    }
}

impl Slot {
    fn wrap(seal: &Seal, key: impl Fn(&[u8]) -> Option<Zeroizing<[u8; 32]>>) -> Result<Self, NoChance> {
        let mut salt = [0; SALT];
        fill(&mut salt)?;
        let wrapping = Seal::of(key(&salt).ok_or(NoChance)?)?;
        let mut wrapped = Vec::new();
        let inner = seal.key().ok_or(NoChance)?;
        wrapping.seal(&about(seal.id().unwrap_or_default()), &[inner], &mut wrapped);
        wrapped.try_into().map(|wrapped| Self { salt, wrapped }).map_err(|_| NoChance)
    }

    fn unwrap(&self, id: u32, key: Zeroizing<[u8; 32]>) -> Option<Seal> {
        let wrapping = Seal::of(key).ok()?;
        let mut inner = Zeroizing::new(self.wrapped.to_vec());
        if !wrapping.open(&about(id), &mut inner) {
            return None;
        }
        let mut bytes = Zeroizing::new([0; 32]);
        bytes.copy_from_slice(inner.get(..32)?);
        Seal::of(bytes).ok()
    }
}

fn about(id: u32) -> Vec<u8> {
    [&b"wrapped key"[..], &id.to_le_bytes()].concat()
}

fn stretched(passphrase: &str, salt: &[u8], cost: Cost) -> Option<Zeroizing<[u8; 32]>> {
    let params = Params::new(cost.memory, cost.passes, cost.lanes, Some(32)).ok()?;
    let mut key = Zeroizing::new([0; 32]);
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(passphrase.as_bytes(), salt, &mut *key).ok()?;
    Some(key)
}

/// The code has 128 bits of chance, so there is nothing to stretch.
fn from_code(code: &RecoveryCode, salt: &[u8]) -> Zeroizing<[u8; 32]> {
    let secret = Zeroizing::new([code.bytes(), salt].concat());
    Zeroizing::new(blake3::derive_key("zoufang 2021 recovery code", &secret))
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*taken)
}

#[cfg(test)]
mod tests {
    use super::{Cost, Keyring, KeyringDamaged, LENGTH, WrongPassphrase};
    use crate::seal::Seal;

    /// So cheap that a test tries many.
    const CHEAP: Cost = Cost { memory: 16, passes: 1, lanes: 1 };

    fn same_key(one: &Seal, two: &Seal) -> bool {
        let mut stored = Vec::new();
        one.seal(b"", &["机井".as_bytes()], &mut stored);
        two.open(b"", &mut stored)
    }

    #[test]
    fn passphrase_and_code_open_the_same_key_and_nothing_else_does() {
        let (ring, seal, code) = Keyring::new("水井边 的 三棵树", CHEAP).unwrap();
        let ring = Keyring::decode(&ring.encode()).unwrap();
        assert!(same_key(&seal, &ring.open("水井边 的 三棵树").unwrap()));
        assert!(same_key(&seal, &ring.open(&code.groups().join(" ")).unwrap()));
        let (_, _, other) = Keyring::new("水井边 的 三棵树", CHEAP).unwrap();
        for wrong in ["", "水井边 的 三棵", &other.groups().join(" ")] {
            assert_eq!(ring.open(wrong).unwrap_err(), WrongPassphrase);
        }
    }

    #[test]
    fn another_passphrase_keeps_the_key_and_the_code() {
        let (ring, seal, code) = Keyring::new("old", CHEAP).unwrap();
        let changed = ring.with_passphrase(&seal, "new", CHEAP).unwrap();
        assert!(same_key(&seal, &changed.open("new").unwrap()));
        assert!(same_key(&seal, &changed.open(&code.groups().concat()).unwrap()));
        assert!(changed.open("old").is_err());
        let (recoded, fresh) = changed.with_new_code(&seal).unwrap();
        assert!(recoded.open(&fresh.groups().concat()).is_ok() && recoded.open("new").is_ok());
        assert!(recoded.open(&code.groups().concat()).is_err());
    }

    #[test]
    fn damage_is_seen_and_a_planted_cost_is_refused() {
        let (ring, ..) = Keyring::new("x", CHEAP).unwrap();
        let bytes = ring.encode();
        assert_eq!((bytes.len(), Keyring::decode(&bytes)), (LENGTH, Ok(ring.clone())));
        for place in 0..LENGTH {
            let mut bytes = bytes.clone();
            bytes[place] ^= 1;
            assert_eq!(Keyring::decode(&bytes), Err(KeyringDamaged { newer: false }));
            assert_eq!(Keyring::decode(&bytes[..place]), Err(KeyringDamaged { newer: false }));
        }
        let huge = Keyring { cost: Cost { memory: u32::MAX, ..CHEAP }, ..ring.clone() };
        assert_eq!(Keyring::decode(&huge.encode()), Err(KeyringDamaged { newer: false }));
        let mut newer = bytes;
        newer[8] = 2;
        let end = LENGTH - 4;
        let sum = crc32fast::hash(&newer[..end]).to_le_bytes();
        newer[end..].copy_from_slice(&sum);
        assert_eq!(Keyring::decode(&newer), Err(KeyringDamaged { newer: true }));
        assert!(!format!("{ring:?}").contains("wrapped"));
    }
}
