//! Namesakes: the word that tells a household from those of its name that are listed with it. Other lines stay calm.

use crate::app::Face;
use crate::domain::hidden::for_other_eyes;
use crate::hanzi::width;
use crate::text::Lang;

/// A word that a list says of a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui::screens) enum Word {
    KnownAs,
    Who,
    Town,
    Village,
    Place,
}

impl Word {
    pub(in crate::ui::screens) fn of(self, face: &Face, lang: Lang) -> String {
        match self {
            Self::KnownAs => face.known_as.clone(),
            Self::Who => face.who.say(lang),
            Self::Town => for_other_eyes(&face.town),
            Self::Village => for_other_eyes(&face.village),
            Self::Place => face.place.clone(),
        }
    }
}

/// The columns that a word behind a name takes at most.
const MOST: usize = 10;

/// A household, and the others of its name that are listed with it.
#[derive(Debug)]
pub(in crate::ui::screens) struct Namesakes<'a> {
    face: &'a Face,
    others: Vec<&'a Face>,
    lang: Lang,
}

impl<'a> Namesakes<'a> {
    pub(in crate::ui::screens) fn of(face: &'a Face, listed: impl IntoIterator<Item = &'a Face>, lang: Lang) -> Self {
        let others = listed.into_iter().filter(|other| other.name != face.name && other.head == face.head).collect();
        Self { face, others, lang }
    }

    /// Gives the first word that it has and none of the others does; nothing where there are no others.
    pub(in crate::ui::screens) fn own(&self, words: &[Word]) -> Option<String> {
        if self.others.is_empty() {
            return None;
        }
        let own = |word: &Word| {
            let said = word.of(self.face, self.lang);
            let is_own = !said.is_empty() && self.others.iter().all(|other| word.of(other, self.lang) != said);
            is_own.then(|| width::cut(&said, MOST, "~").into_owned())
        };
        words.iter().find_map(own)
    }

    /// Tells whether all of the name say the same word.
    pub(in crate::ui::screens) fn share(&self, word: Word) -> bool {
        let said = word.of(self.face, self.lang);
        self.others.iter().all(|other| word.of(other, self.lang) == said)
    }
}
