//! The recovery code: forty-eight digits that open the data when the passphrase is forgotten, to be written down.
//!
//! Eight groups of six digits, each divisible by eleven: a wrong digit, or two that changed places, is noticed in its
//! group before anything is tried. Sixteen bits a group make 128 in all, far more than anyone can guess.

use zeroize::Zeroizing;

use super::{NoChance, fill};

const GROUPS: usize = 8;
const DIGITS: usize = 6;
const CHECK: u32 = 11;

/// Holds the code's 128 bits.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(Zeroizing<[u8; 2 * GROUPS]>);

/// Says why something typed is no recovery code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongCode {
    /// It has so many digits instead of 48.
    Digits(usize),
    /// The group with this number, from 1, was written down or typed wrong.
    Group(usize),
}

impl RecoveryCode {
    pub(super) fn random() -> Result<Self, NoChance> {
        let mut bytes = Zeroizing::new([0; 2 * GROUPS]);
        fill(&mut *bytes)?;
        Ok(Self(bytes))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &*self.0
    }

    /// Gives the eight groups as they are written down.
    pub fn groups(&self) -> [String; GROUPS] {
        let (pairs, _) = self.0.as_chunks::<2>();
        std::array::from_fn(|at| {
            let number = pairs.get(at).map_or(0, |pair| u32::from(u16::from_le_bytes(*pair)));
            format!("{:06}", number * CHECK)
        })
    }

    /// Reads a code as people type it: anything between the digits is passed over.
    ///
    /// # Errors
    /// What is wrong with it, for a sentence.
    pub fn read(typed: &str) -> Result<Self, WrongCode> {
        let digits: Vec<u32> = typed.chars().filter_map(|sign| sign.to_digit(10)).collect();
        if digits.len() != GROUPS * DIGITS {
            return Err(WrongCode::Digits(digits.len()));
        }
        let mut bytes = Zeroizing::new([0; 2 * GROUPS]);
        let (pairs, _) = bytes.as_chunks_mut::<2>();
        for (at, (group, pair)) in digits.chunks(DIGITS).zip(pairs).enumerate() {
            let number = group.iter().fold(0, |number, digit| number * 10 + digit);
            let part = u16::try_from(number / CHECK).ok().filter(|_| number % CHECK == 0);
            *pair = part.ok_or(WrongCode::Group(at + 1))?.to_le_bytes();
        }
        Ok(Self(bytes))
    }
}

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::{RecoveryCode, WrongCode};

    #[test]
    fn a_code_is_read_back_however_it_is_spaced_and_a_slip_names_its_group() {
        let code = RecoveryCode::random().unwrap();
        let groups = code.groups();
        for between in ["", " ", "-", "\n"] {
            assert_eq!(RecoveryCode::read(&groups.join(between)), Ok(code.clone()));
        }
        let typed = groups.join(" ");
        let digits: Vec<usize> = typed.char_indices().filter(|(_, sign)| *sign != ' ').map(|(at, _)| at).collect();
        for (count, at) in digits.iter().enumerate() {
            let mut slip = typed.clone().into_bytes();
            slip[*at] = if slip[*at] == b'9' { b'0' } else { slip[*at] + 1 };
            let slip = String::from_utf8(slip).unwrap();
            assert_eq!(RecoveryCode::read(&slip), Err(WrongCode::Group(count / 6 + 1)), "{typed} {slip}");
        }
        assert_eq!(RecoveryCode::read("12345 张"), Err(WrongCode::Digits(5)));
        assert_eq!(format!("{code:?}"), "RecoveryCode(…)");
    }
}
