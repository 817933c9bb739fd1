//! A secret on its way from the screens to the writer: wiped when it is dropped, and never shown in a message or a log.

use zeroize::Zeroizing;

use crate::text::{Trouble, t};

/// Holds a passphrase or a recovery code as typed.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes what was typed.
    pub fn new(typed: String) -> Self {
        Self(Zeroizing::new(typed))
    }

    /// Gives what was typed.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Says that no passphrase can be made.
pub(in crate::app) fn no_chance() -> Trouble {
    Trouble::new(
        "no-memory",
        t(
            "这台电脑现在做不了口令: 内存不够, 或系统没有随机数.",
            "No passphrase can be made here: no memory, or no random numbers.",
        ),
    )
    .hint(t("关掉别的程序再试.", "Close other programs and try again."))
}
