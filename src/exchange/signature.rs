//! The signature at the end of a bundle: a kind, the key, and Ed25519 over the hash of all that comes before.

use crate::seal::{Public, SIGNATURE, Signer};
use crate::text::Trouble;

use super::refused::{self, Place};

const ED25519: u8 = 1;
const KEY: usize = 32;
/// Bytes of a signature of this program: kind, key, signature.
pub const LENGTH: usize = 1 + KEY + SIGNATURE;
/// What is signed is told apart from anything else that such a key may sign one day.
const ABOUT: &[u8] = b"zoufang bundle";

/// Signs the hash of all that comes before.
pub fn sign(signer: &Signer, hash: &[u8; 32]) -> Vec<u8> {
    let signature = signer.sign(&[ABOUT, hash].concat());
    [&[ED25519][..], signer.public().bytes(), &signature].concat()
}

/// Gives the key that signed; none where the kind is another one.
///
/// # Errors
/// `bundle-tampered` where the signature is not of that key over that hash.
pub fn check(bytes: &[u8; LENGTH], hash: &[u8; 32]) -> Result<Option<Public>, Trouble> {
    let Some((&[kind], rest)) = bytes.split_first_chunk::<1>() else { return Ok(None) };
    let Some((key, signature)) = rest.split_first_chunk::<KEY>().filter(|_| kind == ED25519) else { return Ok(None) };
    let public = Public::new(*key);
    let right = signature.first_chunk().is_some_and(|signature| public.verifies(&[ABOUT, hash].concat(), signature));
    if right { Ok(Some(public)) } else { Err(refused::tampered(Place::End)) }
}
