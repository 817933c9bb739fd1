//! Kept: a field with where its text is kept. A page cannot give its field without saying so: the place of a draft, which is on
//! disk within a second (`screens.md`, rule 2), or one of the reasons below, which are all there are.

use std::ops::{Deref, DerefMut};

use super::field::Field;
use crate::text::{Text, t};

/// Why what is typed in a field is no draft. Ctrl-S says it, where something stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unkept {
    /// A passphrase: on the disk it would open what it guards.
    Secret,
    /// Words that find or narrow: nothing is recorded of them. After a start the box is empty, as it would hide what comes first
    /// today behind what was looked for yesterday.
    Question,
    /// A word typed out because nothing short of it shall do: it is typed in full each time.
    Sure,
    /// It tries the input method.
    Trial,
}

impl Unkept {
    /// Says why.
    pub const fn why(self) -> Text {
        match self {
            Self::Secret => t(
                "这里打的口令不存; 记下的都已自动保存.",
                "A passphrase is not kept while it is typed; what was recorded is saved.",
            ),
            Self::Question => t(
                "这里打的是要找的, 不存; 记下的都已自动保存.",
                "What is looked for is not kept; what was recorded is saved.",
            ),
            Self::Sure => t(
                "这个词不存, 每次都要打全; 记下的都已自动保存.",
                "This word is not kept and is typed out each time; what was recorded is saved.",
            ),
            Self::Trial => t(
                "这里只是试打, 不存; 记下的都已自动保存.",
                "What is tried here is not kept; what was recorded is saved.",
            ),
        }
    }
}

/// A field, and where its text is kept.
#[derive(Debug)]
pub struct Kept<'a> {
    field: &'a mut Field,
    place: Result<String, Unkept>,
}

impl<'a> Kept<'a> {
    /// Gives a field whose text is the draft of a place.
    pub fn at(place: impl Into<String>, field: &'a mut Field) -> Self {
        Self { field, place: Ok(place.into()) }
    }

    /// Gives a field whose text is no draft.
    pub const fn not(why: Unkept, field: &'a mut Field) -> Self {
        Self { field, place: Err(why) }
    }

    /// Gives the place of the draft, or why there is none.
    pub fn place(&self) -> Result<&str, Unkept> {
        self.place.as_deref().map_err(|why| *why)
    }
}

impl Deref for Kept<'_> {
    type Target = Field;

    fn deref(&self) -> &Field {
        self.field
    }
}

impl DerefMut for Kept<'_> {
    fn deref_mut(&mut self) -> &mut Field {
        self.field
    }
}
