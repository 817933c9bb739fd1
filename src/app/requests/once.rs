//! A line of `batch` under a key is carried out once, however often a script sends it.
//!
//! The key is the laptop's own: another one's scripts may use the same, as papers are numbered everywhere from 1. What was
//! asked under it is remembered too, so that another request under a key that is taken is refused, not passed over.

use super::action::Action;
use super::request::{Answer, Request};
use crate::app::Shelf;
use crate::domain::{Name, Record, Sort, Value};
use crate::text::{Trouble, t};
use crate::view::View;

/// The register that says what a keyed line came to.
const DONE: &str = "done";

/// A request under a key.
#[derive(Debug, Clone)]
pub(in crate::app) struct Once {
    key: String,
    laptop: u64,
    /// What is asked.
    asked: String,
}

impl Once {
    /// Reads the key of a request; none where it has none.
    pub(in crate::app) fn of(request: &Request, laptop: u64) -> Option<Self> {
        let key = request.args.text("key").filter(|_| request.once)?;
        let mut args = request.args.clone();
        args.0.remove("key");
        let asked = format!("{} {}", request.word, serde_json::Value::Object(args.0));
        let asked = blake3::hash(asked.as_bytes()).to_hex().chars().take(16).collect();
        Some(Self { key, laptop, asked })
    }

    /// Gives what the key came to, where it was carried out on this laptop before.
    ///
    /// # Errors
    /// `key-taken` where something else was asked under it.
    pub(in crate::app) fn answered(&self, shelf: &Shelf, view: &dyn View) -> Result<Option<Answer>, Trouble> {
        let own = view.record(self.name())?;
        let record = match own {
            Some(own) => Some(own),
            // Older versions wrote under the key alone.
            None => view.record(hashed(&[self.key.as_bytes()]))?.filter(|record| self.wrote(record, shelf)),
        };
        let (id, asked) = match record.as_ref().and_then(|record| record.written(DONE)) {
            Some(Value::Entity(id)) => (Some(*id), None),
            Some(Value::Words(words)) => (words.first().and_then(|id| id.parse().ok()), words.get(1)),
            _ => (None, None),
        };
        let Some(id) = id else { return Ok(None) };
        if asked.is_some_and(|asked| *asked != *self.asked) {
            let said = t("编号 “{key}” 用过了, 那次写的不是这个.", "The key “{key}” was used for something else.");
            return Err(Trouble::new("key-taken", said.with("key", &self.key))
                .about("key")
                .hint(t("换一个编号.", "Use another key.")));
        }
        let sort = view.record(id)?.and_then(|record| record.sort()).unwrap_or(Sort::Household);
        Ok(Some(Answer::of(sort, id).with("repeated", true)))
    }

    /// Remembers what the request came to.
    pub(in crate::app) fn note(&self, action: &mut Action<'_>, id: Name) -> Result<(), Trouble> {
        action.set(self.name(), DONE, Value::words([id.to_string(), self.asked.clone()]))
    }

    fn name(&self) -> Name {
        hashed(&[&self.laptop.to_le_bytes(), self.key.as_bytes()])
    }

    /// Tells whether this laptop wrote what a register holds.
    fn wrote(&self, record: &Record, shelf: &Shelf) -> bool {
        let head = record.register(DONE).and_then(|register| register.shown());
        let writer = head.and_then(|head| shelf.writer(head.operation.name.writer));
        writer.is_some_and(|writer| writer.laptop == self.laptop)
    }
}

/// Tells whether a register only remembers that a keyed line was carried out: nobody can disagree about that.
pub(in crate::app) fn is_note(entity: Name, key: &str) -> bool {
    entity.seq == 0 && key == DONE
}

/// Gives the entity that remembers.
fn hashed(parts: &[&[u8]]) -> Name {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    Name::new(hasher.finalize().as_bytes().first_chunk::<8>().map_or(1, |eight| u64::from_le_bytes(*eight)), 0)
}
