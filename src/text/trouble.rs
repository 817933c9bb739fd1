//! What went wrong, for people: a kind for programs, what happened and where, and what to do next.

use super::{Lang, Said};

/// Describes one thing that could not be done. Every layer's errors end as one of these; `ui` and `cli` only choose the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// A fixed word for scripts, such as `file-damaged`; listed in `docs/commands.md`.
    pub kind: &'static str,
    /// What happened, where, and what was kept.
    pub said: Said,
    /// What to do next, where there is something to do.
    pub hint: Option<Box<Said>>,
    /// Which value of what was asked for is wrong, by its key; a form puts the cursor there.
    pub about: Option<&'static str>,
}

impl Trouble {
    /// Starts a trouble of a kind with its sentence.
    pub fn new(kind: &'static str, said: impl Into<Said>) -> Self {
        Self { kind, said: said.into(), hint: None, about: None }
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Said>) -> Self {
        self.hint = Some(Box::new(hint.into()));
        self
    }

    /// Says which value is wrong.
    #[must_use]
    pub fn about(self, key: &'static str) -> Self {
        Self { about: Some(key), ..self }
    }

    /// Puts sentence and hint behind one another, in words that a screen may change.
    pub fn told(&self) -> Said {
        self.hint.iter().fold(self.said.clone(), |said, hint| said.then(Said::clone(hint)))
    }

    /// Puts sentence and hint into one line of one language.
    pub fn say(&self, lang: Lang) -> String {
        self.told().say(lang)
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::Zh))
    }
}

impl std::error::Error for Trouble {}
