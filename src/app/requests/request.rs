//! Requests: everything a person can change, in one table that the screens, `batch` and the tests share.
//!
//! A row says the word, what it needs, and the function that carries it out. From the rows come dispatch and the
//! reference in `docs/commands.md`.

use serde_json::{Map, Value as Json};

use crate::domain::{Name, Sort};
use crate::log::DraftId;
use crate::text::{Text, Trouble, t};

use crate::app::{Args, Desk, requests};

/// One thing that can be asked for.
pub struct Row {
    /// The word in `batch`: thing, dot, verb.
    pub word: &'static str,
    /// What it does.
    pub about: Text,
    /// What it needs and takes.
    pub takes: &'static [Takes],
    /// Carries it out.
    pub run: fn(&mut Desk<'_>, &Args) -> Result<Answer, Trouble>,
}

/// One named value a request takes.
pub struct Takes {
    /// Its name.
    pub key: &'static str,
    /// Whether it must be there.
    pub must: bool,
    /// What it is.
    pub about: Text,
}

/// Writes a value that must be given.
pub const fn must(key: &'static str, zh: &'static str, en: &'static str) -> Takes {
    Takes { key, must: true, about: t(zh, en) }
}

/// Writes a value that may be given.
pub const fn may(key: &'static str, zh: &'static str, en: &'static str) -> Takes {
    Takes { key, must: false, about: t(zh, en) }
}

/// A word with its values, and who asks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    /// The word of a row.
    pub word: String,
    /// The values.
    pub args: Args,
    /// The draft it consumes: the place where its text was typed.
    pub draft: Option<String>,
    /// That draft itself, where the request had to wait: something else may be typed at the place by now.
    pub held: Option<DraftId>,
    /// Whether a `key` in it makes a repeated line carry out nothing twice.
    pub once: bool,
}

impl Request {
    /// Starts a request.
    pub fn new(word: &str) -> Self {
        Self { word: word.to_owned(), ..Self::default() }
    }

    /// Tells whether it changes only the timer, which is kept beside the journal.
    pub(in crate::app) fn is_of_timer(&self) -> bool {
        ["visit.pause", "visit.resume", "visit.declare"].contains(&self.word.as_str())
    }

    /// Makes one action of several requests; nothing where there are none.
    pub fn together(mut requests: Vec<Self>) -> Option<Self> {
        if requests.len() < 2 {
            return requests.pop();
        }
        let each = requests.into_iter().map(|Self { word, mut args, .. }| {
            args.put("do", word);
            Json::Object(args.0)
        });
        Some(Self::new(requests::TOGETHER).with("requests", Json::Array(each.collect())))
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Json>) -> Self {
        self.args.put(key, value);
        self
    }

    /// Adds an entity.
    #[must_use]
    pub fn with_name(self, key: &str, name: Name) -> Self {
        self.with(key, name.to_string())
    }

    /// Names the place whose draft it consumes.
    #[must_use]
    pub fn consuming(mut self, place: impl Into<String>) -> Self {
        self.draft = Some(place.into());
        self
    }

    /// Finds the row of the word.
    pub fn row(&self) -> Result<&'static Row, Trouble> {
        requests::all().find(|row| row.word == self.word).ok_or_else(|| {
            Trouble::new(
                "unknown-request",
                t("没有 “{word}” 这个词.", "there is no request “{word}”.").with("word", &self.word),
            )
            .hint(t("docs/commands.md 列出了全部.", "docs/commands.md lists them all."))
        })
    }
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// What it created or changed.
    pub id: Option<(Sort, Name)>,
    /// What else there is to say.
    pub more: Map<String, Json>,
    /// An undo would take it back: something was recorded, and it was no undo itself.
    pub recorded: bool,
    /// What runs has the minimum with it: time for the bell.
    pub rings: bool,
}

impl Answer {
    /// Answers with an entity.
    pub fn of(sort: Sort, name: Name) -> Self {
        Self { id: Some((sort, name)), ..Self::default() }
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Json>) -> Self {
        self.more.insert(key.to_owned(), value.into());
        self
    }

    /// Gives the entity's name.
    pub fn name(&self) -> Option<Name> {
        self.id.map(|(_, name)| name)
    }
}
