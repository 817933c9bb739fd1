//! What a register can hold. Variants are only ever appended: their order is part of the operation bytes.

use super::{Name, Word};

/// One value of a fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Emptied on purpose: it hides what lay beneath it (a roster's word, an earlier value).
    Nothing,
    /// Text, or a code word of a choice.
    Text(Word),
    /// A whole number; minutes, persons, milliseconds as the fact says.
    Number(i64),
    /// Yes or no.
    Yes(bool),
    /// A calendar day, counted from 1970-01-01.
    Day(i32),
    /// A moment, milliseconds since 1970-01-01 UTC.
    At(i64),
    /// Another entity.
    Entity(Name),
    /// Several words in order.
    Words(Vec<Word>),
}

impl Value {
    /// Makes a text value.
    pub fn text(text: impl Into<Word>) -> Self {
        Self::Text(text.into())
    }

    /// Makes a value of several words.
    pub fn words<W: Into<Word>>(words: impl IntoIterator<Item = W>) -> Self {
        Self::Words(words.into_iter().map(Into::into).collect())
    }

    /// Gives the text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Gives the number, if it is one.
    pub fn as_number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Tells whether it is a plain yes.
    pub fn is_yes(&self) -> bool {
        matches!(self, Self::Yes(true))
    }

    /// Gives the moment, if it is one.
    pub fn as_at(&self) -> Option<i64> {
        match self {
            Self::At(ms) => Some(*ms),
            _ => None,
        }
    }

    /// Gives the day, if it is one.
    pub fn as_day(&self) -> Option<i32> {
        match self {
            Self::Day(day) => Some(*day),
            _ => None,
        }
    }

    /// Gives the entity, if it is one.
    pub fn as_entity(&self) -> Option<Name> {
        match self {
            Self::Entity(name) => Some(*name),
            _ => None,
        }
    }

    /// Gives the words; a single text is one word.
    pub fn as_words(&self) -> &[Word] {
        match self {
            Self::Words(words) => words,
            Self::Text(text) => std::slice::from_ref(text),
            _ => &[],
        }
    }
}
