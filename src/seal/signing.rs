//! Who wrote a file: each laptop signs with a key of its own, and people compare short numbers aloud.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use zeroize::Zeroizing;

use super::{NoChance, fill, from_hex, hex};

/// Bytes of a signature.
pub const SIGNATURE: usize = 64;

/// Signs for one laptop.
#[derive(Clone)]
pub struct Signer(SigningKey);

/// Tells a laptop's signatures from all others; everybody may have it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Public([u8; 32]);

impl Signer {
    /// Makes a new key.
    ///
    /// # Errors
    /// When the system has no source of chance.
    pub fn random() -> Result<Self, NoChance> {
        let mut seed = Zeroizing::new([0; 32]);
        fill(&mut *seed)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// Reads a key as [`Signer::to_text`] wrote it.
    pub fn from_text(text: &str) -> Option<Self> {
        from_hex(text).map(|seed| Self(SigningKey::from_bytes(&seed)))
    }

    /// Writes the key; whoever has it signs as this laptop.
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(hex(&Zeroizing::new(self.0.to_bytes())[..]))
    }

    /// Gives what everybody may have.
    pub fn public(&self) -> Public {
        Public(self.0.verifying_key().to_bytes())
    }

    /// Signs bytes.
    pub fn sign(&self, bytes: &[u8]) -> [u8; SIGNATURE] {
        self.0.sign(bytes).to_bytes()
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Signer").field(&self.public()).finish()
    }
}

impl Public {
    /// Takes a key's bytes; whether it is one shows when it is used.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Gives its bytes.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Tells whether this key signed exactly these bytes.
    pub fn verifies(&self, bytes: &[u8], signature: &[u8; SIGNATURE]) -> bool {
        let key = VerifyingKey::from_bytes(&self.0);
        key.is_ok_and(|key| key.verify_strict(bytes, &Signature::from_bytes(signature)).is_ok())
    }

    /// Gives sixteen digits in four groups that two people can read to each other: 53 bits of a hash of the key.
    pub fn fingerprint(&self) -> String {
        let hash = blake3::derive_key("zoufang 2021 fingerprint", &self.0);
        let number = hash.first_chunk::<8>().map_or(0, |eight| u64::from_le_bytes(*eight)) % 10_u64.pow(16);
        let digits = format!("{number:016}");
        let groups = [0, 4, 8, 12].map(|at| digits.get(at..at + 4).unwrap_or_default());
        groups.join(" ")
    }

    /// Reads a key as [`Public::to_text`] wrote it.
    pub fn from_text(text: &str) -> Option<Self> {
        from_hex(text).map(|bytes| Self(*bytes))
    }

    /// Writes the key.
    pub fn to_text(&self) -> String {
        hex(&self.0)
    }
}

impl std::fmt::Debug for Public {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Public({})", self.fingerprint())
    }
}

#[cfg(test)]
mod tests {
    use super::{Public, Signer};

    #[test]
    fn a_signature_is_of_one_key_over_these_bytes_alone() {
        let (ours, other) = (Signer::random().unwrap(), Signer::random().unwrap());
        let ours = Signer::from_text(&ours.to_text()).unwrap();
        let signature = ours.sign(b"a bundle");
        assert!(ours.public().verifies(b"a bundle", &signature));
        assert!(!ours.public().verifies(b"a bundlE", &signature) && !other.public().verifies(b"a bundle", &signature));
        let mut altered = signature;
        altered[10] ^= 1;
        assert!(!ours.public().verifies(b"a bundle", &altered));
        assert!(!Public::new([0xff; 32]).verifies(b"a bundle", &signature), "no key at all");
    }

    #[test]
    fn keys_are_read_back_and_their_numbers_can_be_read_aloud() {
        let key = Signer::random().unwrap();
        let public = key.public();
        assert_eq!(Public::from_text(&public.to_text()), Some(public));
        for wrong in ["", "12", &"zz".repeat(32), &"00".repeat(33)] {
            assert_eq!(Public::from_text(wrong), None);
        }
        let digits = public.fingerprint();
        assert_eq!((digits.len(), digits.split(' ').count()), (19, 4), "{digits}");
        assert_ne!(digits, Signer::random().unwrap().public().fingerprint());
        assert_eq!(format!("{key:?}"), format!("Signer(Public({digits}))"));
    }
}
