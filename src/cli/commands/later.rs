//! What the plan of the program has and the program has not yet.

use crate::text::{Text, Trouble};

/// Says that something is not there yet.
pub fn not_yet(text: Text, word: &str) -> Trouble {
    Trouble::new("not-yet", text.with("word", word))
}
