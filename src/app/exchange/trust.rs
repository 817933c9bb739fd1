//! Whose bundle it is: what a signature says, held against the key with which that laptop signed before.
//!
//! Who is met for the first time is taken at his word and remembered; people may compare the number aloud. Whoever comes
//! without his key, or with another one, is let in only by a person who says so: an older program, a laptop set up anew,
//! or somebody else.

use std::collections::BTreeMap;

use crate::exchange::Bundle;
use crate::seal::Public;
use crate::text::{Said, Trouble, t};

/// What is known of who wrote a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Signed as that laptop always signed.
    Known(Public),
    /// Signed, and nothing that was signed ever came from that laptop.
    First(Public),
    /// Not signed, as nothing that came from that laptop was.
    Unsigned,
    /// Not signed, though that laptop signed before.
    Missing,
    /// Signed with another key than before.
    Other(Public),
}

impl Trust {
    /// Judges a verified bundle by the keys that are known of laptops.
    pub(in crate::app) fn of(bundle: &Bundle, known: &BTreeMap<u64, Public>) -> Self {
        match (bundle.signed_by(), known.get(&bundle.header().from.laptop)) {
            (Some(key), Some(before)) if key == *before => Self::Known(key),
            (Some(key), Some(_)) => Self::Other(key),
            (Some(key), None) => Self::First(key),
            (None, Some(_)) => Self::Missing,
            (None, None) => Self::Unsigned,
        }
    }

    /// Tells whether a person has to say that it is to be merged all the same.
    pub const fn is_doubtful(self) -> bool {
        matches!(self, Self::Missing | Self::Other(_))
    }

    /// Gives the key, where it is signed.
    pub const fn key(self) -> Option<Public> {
        match self {
            Self::Known(key) | Self::First(key) | Self::Other(key) => Some(key),
            Self::Unsigned | Self::Missing => None,
        }
    }

    /// Gives a fixed word for scripts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Known(_) => "known",
            Self::First(_) => "first",
            Self::Unsigned => "unsigned",
            Self::Missing => "signature-missing",
            Self::Other(_) => "other-key",
        }
    }

    /// Says it; nothing where all is as ever.
    pub fn said(self) -> Option<Said> {
        let said = match self {
            Self::Known(_) => return None,
            Self::First(key) => t(
                "这台电脑第一次来, 签名号 {number}: 可以和那边念一遍对一对",
                "the first from this laptop; its number is {number}, to be compared aloud",
            )
            .with("number", key.fingerprint()),
            Self::Unsigned => t("没有签名, 说不准是谁写的", "not signed, so nobody can say who wrote it").into(),
            Self::Missing => t(
                "没有签名, 而这台电脑以前都签: 请当面问清",
                "not signed, though this laptop always signed: ask in person",
            )
            .into(),
            Self::Other(key) => t(
                "签名和以前不是同一个 (现在 {number}): 请当面问清",
                "signed with another key than before (now {number}): ask in person",
            )
            .with("number", key.fingerprint()),
        };
        Some(said)
    }

    /// Gives why it is not merged before a person says so.
    pub(in crate::app) fn refused(self) -> Option<Trouble> {
        let said = self.said().filter(|_| self.is_doubtful())?;
        let text = t("先没有合并: {why}.", "Not merged yet: {why}.");
        Some(Trouble::new("bundle-doubtful", Said::from(text).with_words("why", said)).hint(t(
            "问清确实是他们的, 再合并一次并认可 (屏幕上按 9, 命令行加 --trust).",
            "Once it is surely theirs, merge it again and accept it (9 on the screen, --trust on the command line).",
        )))
    }
}
