//! Operations: everything that happens is one, is written once and never changed.

use smallvec::SmallVec;

use super::{Name, Part, Sort, Stamp, Value, Word};

/// The heads that a write saw: nearly always none or one, which lies in place.
pub type Prevs = SmallVec<[Name; 1]>;

/// One thing that happened. An operation with a register key writes that register of its entity; one without is an
/// event of its entity and is kept for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its name.
    pub name: Name,
    /// Its hybrid time.
    pub stamp: Stamp,
    /// The wall clock as the laptop read it, milliseconds since 1970 UTC.
    pub wall_ms: i64,
    /// Who did it, by name; empty for rosters.
    pub actor: Word,
    /// What it is about.
    pub entity: Name,
    /// The register it writes; empty for events.
    pub key: Word,
    /// Every head of that register the writer saw.
    pub prevs: Prevs,
    /// What it says.
    pub body: Body,
}

/// What an operation says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Introduces a writer: which laptop, which group, which people.
    Writer(Writer),
    /// Writes a register.
    Value(Value),
    /// Hides its entity while nothing but what it saw is current. Writes the register [`RETRACT`].
    Retract(Retract),
    /// A step in the life of its entity, such as an issue's 受理 or 办结.
    Step(Step),
    /// The head of a roster.
    RosterHead(RosterHead),
    /// One row of a roster: a household, unless it is bound to another.
    RosterRow(RosterRow),
    /// Creates an entity of a sort.
    Birth(Sort, Birth),
    /// A kind or version this program does not know: kept and passed on as it is.
    Unknown {
        /// Its kind.
        kind: u16,
        /// The version of its body.
        version: u8,
    },
}

/// The register in which a record is taken back.
pub const RETRACT: &str = "retract";

/// Says which laptop a writer is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Writer {
    /// The laptop, a random number kept in its settings.
    pub laptop: u64,
    /// The laptop's short code, such as `一组1`.
    pub code: String,
    /// The group it belongs to.
    pub group: String,
    /// The visitors who use it.
    pub visitors: Vec<String>,
    /// The program's version.
    pub program: String,
}

impl Writer {
    /// Characters of a text of it that are kept at most where another laptop tells, and people.
    pub const LONGEST: usize = 100;
    /// See [`Writer::LONGEST`].
    pub const MOST_PEOPLE: usize = 40;

    /// Gives it with no more than is kept of what came from outside: so many people, and of each text so much of its one line.
    #[must_use]
    pub fn kept_short(&self) -> Self {
        let visitors = self.visitors.iter().take(Self::MOST_PEOPLE).map(|visitor| Self::short(visitor)).collect();
        let (code, group, program) = (Self::short(&self.code), Self::short(&self.group), Self::short(&self.program));
        Self { laptop: self.laptop, code, group, visitors, program }
    }

    /// Gives so much of one of its texts.
    pub fn short(text: &str) -> String {
        text.chars().filter(|letter| !letter.is_control()).take(Self::LONGEST).collect()
    }
}

/// Takes a record back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Retract {
    /// Every current operation of the record that the person saw.
    pub seen: Vec<Name>,
    /// Why.
    pub why: String,
}

/// One step, with its facts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// The step's code word.
    pub step: Word,
    /// What belongs to it: unit, person, text, day.
    pub facts: Vec<(Word, Value)>,
}

/// The head of a roster: what is the same wherever this list is imported.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RosterHead {
    /// Version of the canonical form of rows.
    pub canonical: u16,
    /// The title printed above the list.
    pub title: String,
    /// How many rows follow.
    pub rows: u32,
}

/// One row of a roster.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RosterRow {
    /// The row in the sheet, counted from 1.
    pub row: u32,
    /// Facts by key, in order of key.
    pub facts: Vec<(Word, Value)>,
    /// What could not be taken at face value.
    pub doubts: Vec<Doubt>,
}

impl RosterRow {
    /// Tells whether it has a usable name and so is a household.
    pub fn has_head(&self) -> bool {
        self.facts.iter().any(|(key, _)| key == "head")
    }
}

/// One cell in doubt.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doubt {
    /// The fact it would have been.
    pub key: Word,
    /// The cell as it was written.
    pub raw: Word,
    /// The code word of the reason.
    pub why: Word,
}

/// What an entity is born with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Birth {
    /// Entities it belongs to, by role (`household`, `visit`, `line`).
    pub links: Vec<(Word, Name)>,
    /// Its first facts; registers written later lie over them.
    pub facts: Vec<(Word, Value)>,
}

/// An operation together with its exact bytes, which are what is kept, hashed and passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The operation as this program understands it.
    pub operation: Operation,
    /// Its bytes.
    pub bytes: Part,
}

impl Birth {
    /// Gives a first fact.
    pub fn fact(&self, key: &str) -> Option<&Value> {
        self.facts.iter().find(|(k, _)| k == key).map(|(_, value)| value)
    }

    /// Gives the entity linked under a role.
    pub fn link(&self, role: &str) -> Option<Name> {
        self.links.iter().find(|(k, _)| k == role).map(|(_, name)| *name)
    }
}

impl Operation {
    /// Tells whether the operation created its own entity.
    pub fn is_birth(&self) -> bool {
        self.key.is_empty() && self.entity == self.name
    }

    /// Gives the operation whose word this one lets stand again, where an undo wrote it: it names that one between the taking back
    /// and the taking back once more. One of before that named the taking back once, and is known by the stamp it has from the first
    /// word, older than the clock it was written by. Only of an operation as it was written: a corrected clock would make an ordinary
    /// one look so.
    pub fn again_of(&self) -> Option<Name> {
        let taken_back = *self.prevs.iter().filter(|prev| prev.writer == self.name.writer).max()?;
        let named = self.prevs.iter().filter(|prev| **prev == taken_back).count();
        if named < 2 && self.stamp.wall_ms() >= self.wall_ms {
            return None;
        }
        self.prevs.iter().find(|prev| **prev != taken_back).copied()
    }

    /// Gives what an operation names that lets a word stand again after it was taken back.
    pub fn prevs_of_again(taken_back: Name, stood: Name) -> Prevs {
        Prevs::from_iter([taken_back, stood, taken_back])
    }
}
