//! Words in two languages: every sentence a person reads is written once, in Chinese and in English, side by side.

mod cause;
mod said;
mod trouble;

pub use cause::cause;
pub use said::Said;
pub use trouble::Trouble;

/// Names the language the person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Lang {
    /// Chinese, the first language of the program.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Reads a language from a locale or option value such as `zh_CN.UTF-8`, `zh`, `en`. Unknown values are Chinese.
    pub fn from_word(word: &str) -> Self {
        if word.to_ascii_lowercase().starts_with("en") { Self::En } else { Self::Zh }
    }

    /// Gives the other language.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }
}

/// Holds one sentence or word in both languages; `{name}` marks a place that [`Said`] fills, `{n:record|records}` a word that follows
/// the number in `{n}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Text {
    /// The Chinese form.
    pub zh: &'static str,
    /// The English form.
    pub en: &'static str,
}

/// Writes a [`Text`]: Chinese first, English second.
pub const fn t(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

impl Text {
    /// Gives the form in one language.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    /// Fills one place of the sentence; further ones follow with [`Said::with`].
    pub fn with(self, place: &'static str, value: impl ToString) -> Said {
        Said::from(self).with(place, value)
    }

    /// Fills `{place}` with words that differ by language.
    pub fn with_words(self, place: &'static str, words: impl Into<Said>) -> Said {
        Said::from(self).with_words(place, words)
    }
}
