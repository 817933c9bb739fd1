//! 以前: what stood there before each value of a disagreement was written, as its writer had seen it. Read from the journal, which
//! keeps what was written over, and only when somebody asks: a merge knows nothing of it and stores nothing for it.

use std::collections::{BTreeMap, BTreeSet};

use super::decided;
use crate::app::{House, Progress, Shelf, disputes};
use crate::domain::flow::STEP;
use crate::domain::{Name, Record, Sort, Stood, Value, Writings};
use crate::log::Reader;
use crate::text::{Said, Text, Trouble, t};
use crate::view::View;

/// What stood before each value of what is disputed now, by the operation that wrote the value.
pub type Before = BTreeMap<Name, Earlier>;

/// What stood before one value was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// In words.
    pub said: Said,
    /// As a request takes it; empty where nothing stood there, none where what was seen has not arrived.
    pub written: Option<String>,
}

pub(in crate::app) const NOTHING: Text = t("空", "nothing");
const UNKNOWN: Text = t("还没有收到", "not received yet");
const NOT_DECIDED: Text = t("还没有定", "not decided");

impl Earlier {
    /// Says that nothing stood there.
    pub(in crate::app) fn nothing(words: Text) -> Self {
        Self { said: words.into(), written: Some(String::new()) }
    }

    /// Says that what was seen has not arrived.
    pub(in crate::app) fn unknown() -> Self {
        Self { said: UNKNOWN.into(), written: None }
    }

    /// Says several: people did not agree on what stood there either.
    pub(in crate::app) fn joined(self, other: Self) -> Self {
        let said = Said::from(t("{one} / {other}", "{one} / {other}"));
        let written = self.written.zip(other.written).map(|(one, other)| format!("{one} / {other}"));
        Self { said: said.with_words("one", self.said).with_words("other", other.said), written }
    }
}

impl House {
    /// Reads what stood before each value of what is disputed now.
    ///
    /// # Errors
    /// Those of reading journal and view.
    pub fn before(&self, journal: &Reader, progress: &Progress) -> Result<Before, Trouble> {
        let disputed = self.shelf(|shelf, _| shelf.disputed().clone());
        let written = written(&disputed, journal, progress)?;
        self.shelf(|shelf, view| {
            let mut before = Before::new();
            for place in &disputed {
                let (entity, key) = place;
                let Some(record) = view.record(*entity)? else { continue };
                match written.get(place) {
                    Some(writings) => of_register(&record, key, writings, (shelf, view), &mut before)?,
                    None => before.extend(disputes::steps_before(&record, key, shelf)),
                }
            }
            Ok(before)
        })
    }
}

/// Reads every write of what is disputed, of facts: the steps of an issue all stay in its record.
fn written(
    disputed: &BTreeSet<(Name, String)>,
    journal: &Reader,
    progress: &Progress,
) -> Result<BTreeMap<(Name, String), Writings>, Trouble> {
    let facts = disputed.iter().filter(|(_, key)| !key.starts_with(STEP));
    let mut found: BTreeMap<(Name, String), Writings> =
        facts.map(|place| (place.clone(), Writings::default())).collect();
    let entities: BTreeSet<Name> = found.keys().map(|(entity, _)| *entity).collect();
    progress.part(0, 100, journal.length());
    for kept in journal.about(&entities, &mut |operations| progress.go(operations))? {
        if let Some(writings) = found.get_mut(&(kept.operation.entity, kept.operation.key.to_string())) {
            writings.put(kept.into());
        }
    }
    Ok(found)
}

/// Adds what stood before each value of a register.
fn of_register(
    record: &Record,
    key: &str,
    writings: &Writings,
    (shelf, view): (&Shelf, &dyn View),
    before: &mut Before,
) -> Result<(), Trouble> {
    let Some(register) = record.register(key) else { return Ok(()) };
    let laptop = |writer: u64| shelf.writer(writer).map(|writer| writer.laptop);
    for head in register.heads() {
        let others = register.heads().filter(|other| other.operation.body != head.operation.body);
        let others: Vec<Name> = others.map(|other| other.operation.name).collect();
        let earlier = match writings.before(head.operation.name, &others, laptop) {
            Stood::Written(values) => {
                let all = values.iter().map(|value| in_words(record, key, Some(value), shelf, view));
                all.reduce(|all, one| Ok(all?.joined(one?))).unwrap_or_else(|| Ok(Earlier::unknown()))?
            }
            Stood::Born => in_words(record, key, born_with(record, key).as_ref(), shelf, view)?,
            Stood::Unknown => Earlier::unknown(),
        };
        before.insert(head.operation.name, earlier);
    }
    Ok(())
}

/// Gives what a record was born with in the place of a register: a fact, or what it belongs to.
fn born_with(record: &Record, key: &str) -> Option<Value> {
    let link = || record.birth().and_then(|(_, birth)| birth.link(key)).map(Value::Entity);
    record.first_fact(key).cloned().or_else(link)
}

fn in_words(
    record: &Record,
    key: &str,
    value: Option<&Value>,
    shelf: &Shelf,
    view: &dyn View,
) -> Result<Earlier, Trouble> {
    let Some(value) = value.filter(|value| **value != Value::Nothing) else {
        let is_decision = decided::label(key).is_some();
        return Ok(Earlier::nothing(if is_decision { NOT_DECIDED } else { NOTHING }));
    };
    let sort = record.sort().unwrap_or(Sort::Household);
    let said = match decided::said(record.entity(), key, value, shelf, view)? {
        Some(decided) => decided,
        None => disputes::said(value, sort, key, shelf, view)?,
    };
    Ok(Earlier { said, written: Some(disputes::written(value)) })
}
