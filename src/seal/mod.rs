//! Sealing: bytes that only the holder of a passphrase reads, and the few bytes that turn a passphrase into a key.
//!
//! One random key seals everything; it lies in the data folder wrapped by the passphrase and by a recovery code, so
//! that another passphrase rewrites a hundred bytes and no record. Nothing here is of our own making: Argon2id for
//! passphrases, XChaCha20-Poly1305 for bytes, Ed25519 for signatures, BLAKE3 for names and derived keys.

use zeroize::Zeroizing;

mod code;
mod keyed;
mod keyring;
mod signing;

pub use code::{RecoveryCode, WrongCode};
pub use keyed::{EXTRA, Seal};
pub use keyring::{Cost, Keyring, KeyringDamaged, WrongPassphrase};
pub use signing::{Public, SIGNATURE, Signer};

/// Fills bytes with chance; without any from the system nothing may be sealed.
///
/// # Errors
/// [`NoChance`] when the system has no source of chance.
fn fill(bytes: &mut [u8]) -> Result<(), NoChance> {
    getrandom::fill(bytes).map_err(|_| NoChance)
}

/// Writes bytes as hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Reads the 32 bytes of a key from hexadecimal digits.
fn from_hex(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let mut out = Zeroizing::new([0; 32]);
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != out.len() || !rest.is_empty() {
        return None;
    }
    for (byte, pair) in out.iter_mut().zip(pairs) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(out)
}

/// Says that the system has no source of chance, so that no key can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoChance;
