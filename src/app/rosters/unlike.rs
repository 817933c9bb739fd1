//! What two records of one family say differently, and whose word is shown once they are one: nobody joins blindly.
//!
//! Nothing is lost by joining, but of each fact one word is shown: what people said last, else what the roster imported last
//! says. Phones are not among them: all of them stay.

use std::sync::Arc;

use crate::app::{Shelf, disputes};
use crate::domain::facts::{FACTS, Fact};
use crate::domain::{Record, Sort, household};
use crate::text::{Said, Text, Trouble, t};
use crate::view::View;

/// A fact of which the two say different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlike {
    /// Its register key.
    pub key: &'static str,
    /// Its words.
    pub name: Text,
    /// What each of the two says.
    pub says: [Said; 2],
    /// Whose word is shown once they are one: the first or the second.
    pub shown: Option<usize>,
}

/// Finds them.
pub(in crate::app) fn unlike(
    one: &[Arc<Record>],
    other: &[Arc<Record>],
    shelf: &Shelf,
    view: &dyn View,
) -> Result<Vec<Unlike>, Trouble> {
    let mut both: Vec<Arc<Record>> = one.iter().chain(other).cloned().collect();
    both.sort_by_key(|record| shelf.order(record.entity()));
    let is_one_word = |fact: &&Fact| fact.sort == Sort::Household && !fact.key.ends_with('/');
    let mut all = Vec::new();
    for fact in FACTS.iter().filter(is_one_word) {
        let values = [one, other].map(|records| household::fact(records, fact.key));
        if values[0] == values[1] {
            continue;
        }
        let joined = household::fact(&both, fact.key);
        let say = |value: Option<_>| match value {
            Some(value) => disputes::said(value, Sort::Household, fact.key, shelf, view),
            None => Ok(t("(空)", "(empty)").into()),
        };
        let shown = values.iter().position(|value| *value == joined);
        all.push(Unlike { key: fact.key, name: fact.name, says: [say(values[0])?, say(values[1])?], shown });
    }
    Ok(all)
}
