//! 记录来历: everything that was ever recorded about a household, its visits, people, lines and issues: who, when, on which
//! laptop, also what was written over or taken back since. Read from the journal, which forgets nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::close_numbers;
use crate::app::{House, Progress, Shelf, disputes, disputes::decided, requests::again};
use crate::domain::facts::{self, Eyes};
use crate::domain::flow::Taken;
use crate::domain::timer::minutes_seconds;
use crate::domain::{
    Birth, Body, Class, Field, GIVEN, Kept, Name, Phone, RETRACT, Record, Sort, Value, Word, choice, household,
    short_said,
};
use crate::hanzi::clean;
use crate::log::Reader;
use crate::text::{Said, Text, Trouble, t};
use crate::view::View;

#[cfg(test)]
mod tests;

/// One thing that was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traced {
    /// Which record it belongs to: the household, a visit, a line, an issue.
    pub of: Name,
    /// What that record is.
    pub sort: Sort,
    /// When, by the clock of that laptop or as it was corrected, milliseconds since 1970 UTC.
    pub at: i64,
    /// Who; empty for what a roster says.
    pub by: String,
    /// On which laptop: its code, else its group.
    pub laptop: String,
    /// What it is about: 走访, 问题, 电话.
    pub what: Said,
    /// What was said.
    pub value: Said,
    /// It stands now; else it was written over or taken back.
    pub stands: bool,
    /// Only the card shows it, never with other eyes in the room.
    pub private: bool,
    /// The facts that it says of the household itself or of a member.
    pub facts: Vec<TracedFact>,
}

/// What a line says of one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracedFact {
    /// Its register key.
    pub key: String,
    /// What was said.
    pub value: Said,
    /// It stands now: of what somebody or a roster said first, as long as nobody wrote over it.
    pub stands: bool,
}

/// The words for the birth of each sort.
const BORN: [(Sort, Text); 8] = [
    (Sort::Household, t("新建户", "new household")),
    (Sort::Member, t("家庭成员", "member")),
    (Sort::Appointment, t("预约", "appointment")),
    (Sort::Visit, t("走访", "visit")),
    (Sort::Line, t("记下", "put down")),
    (Sort::Issue, t("登记问题", "issue")),
    (Sort::Talk, t("夜话", "talk")),
    (Sort::Import, t("导入", "import")),
];

impl House {
    /// Reads everything that was recorded about a household, the latest first.
    ///
    /// # Errors
    /// Those of reading journal and view.
    pub fn trace(&self, household: Name, journal: &Reader, progress: &Progress) -> Result<Vec<Traced>, Trouble> {
        let (wanted, view) = (self.shelf(|shelf, _| kin(shelf, household)), self.righted());
        let clocks = self.shelf(|shelf, _| Arc::clone(shelf.clocks()));
        let mut records: BTreeMap<Name, Arc<Record>> = BTreeMap::new();
        for entity in wanted.keys() {
            if let Some(record) = view.record(*entity)? {
                records.insert(*entity, record);
            }
        }
        progress.part(0, 100, journal.length());
        let entities = wanted.keys().copied().collect();
        let mut kept = journal.about(&entities, &mut |operations| progress.go(operations))?;
        for found in &mut kept {
            found.operation.wall_ms = clocks.right_by(found.operation.name.writer, found.operation.wall_ms);
        }
        // The same record may have come twice, from two files.
        kept.sort_by_key(|kept| {
            (std::cmp::Reverse(kept.operation.wall_ms), std::cmp::Reverse(kept.operation.stamp), kept.operation.name)
        });
        kept.dedup_by_key(|kept| kept.operation.name);
        let again = put_back(&mut kept);
        self.shelf(|shelf, view| {
            let own = shelf.records_of(household, view)?;
            let traced =
                kept.iter().map(|kept| traced(kept, records.get(&kept.operation.entity), &own, &again, shelf, view));
            traced.filter_map(Result::transpose).collect()
        })
    }
}

/// By which operations what was said before stands again, and the taking back with it.
type Again = BTreeMap<Name, Vec<Name>>;

/// Takes out what an undo wrote once more, where that is there as it was said first: it is told once.
fn put_back(kept: &mut Vec<Kept>) -> Again {
    let there: BTreeSet<Name> = kept.iter().map(|kept| kept.operation.name).collect();
    let mut again = Again::new();
    kept.retain(|kept| {
        let name = kept.operation.name;
        let stood = again::stood(kept);
        if stood.is_none_or(|stood| !there.contains(&stood)) {
            return true;
        }
        for prev in &kept.operation.prevs {
            again.entry(*prev).or_default().push(name);
        }
        false
    });
    again
}

/// Gives a household's own records and everything that belongs to them, with the sort of each.
fn kin(shelf: &Shelf, household: Name) -> BTreeMap<Name, Sort> {
    let mut all: BTreeMap<Name, Sort> =
        shelf.names_of(household).into_iter().map(|name| (name, Sort::Household)).collect();
    let mut parents: Vec<Name> = all.keys().copied().collect();
    while let Some(parent) = parents.pop() {
        for sort in [Sort::Member, Sort::Appointment, Sort::Visit, Sort::Line, Sort::Issue] {
            for child in shelf.children_of(parent, sort) {
                if all.insert(child, sort).is_none() {
                    parents.push(child);
                }
            }
        }
    }
    all
}

/// The facts that say best what was born, of each sort.
const FIRST: [(Sort, &[&str]); 6] = [
    (Sort::Household, &["head"]),
    (Sort::Member, &["name", "relation"]),
    (Sort::Appointment, &["at"]),
    (Sort::Visit, &["kind"]),
    (Sort::Line, &["text"]),
    (Sort::Issue, &["field", "class"]),
];

fn first_words(sort: Sort, birth: &Birth, shelf: &Shelf, view: &dyn View) -> Result<Said, Trouble> {
    let keys = FIRST.iter().find(|(of, _)| *of == sort).map_or(&[][..], |(_, keys)| *keys);
    let mut all: Option<Said> = None;
    let facts: Vec<(&str, &Value)> = keys.iter().filter_map(|key| Some((*key, birth.fact(key)?))).collect();
    // Of a member whose name nobody asked the relation stands for it: 儿子, once.
    let is_new = |at: usize, value: &Value| facts.iter().take(at).all(|(_, before)| *before != value);
    for (key, value) in facts.iter().enumerate().filter(|(at, (_, value))| is_new(*at, value)).map(|(_, fact)| *fact) {
        let one = value_said(value, sort, key, shelf, view)?;
        all = Some(match all {
            Some(before) => Said::from(t("{a} {b}", "{a} {b}")).with_words("a", before).with_words("b", one),
            None => one,
        });
    }
    Ok(all.unwrap_or_else(|| t("", "").into()))
}

/// Names what was ticked on a visit: the field that was explained, the thing that was handed over.
fn tick(sort: Sort, key: &str) -> Option<Said> {
    let (kind, what) = key.split_once('/').filter(|_| sort == Sort::Visit)?;
    let field = what.chars().next().filter(|_| what.chars().count() == 1).and_then(Field::from_digit);
    let given = GIVEN.iter().find(|(_, other, _)| *other == key).map(|(_, _, name)| *name);
    let named = match kind {
        "told" => field.map(Field::name),
        "gave" => given,
        _ => return None,
    };
    // A topic of the campaign's own is called what the campaign calls it.
    Some(named.map_or_else(|| t("{what}", "{what}").with("what", clean::line(what)), Said::from))
}

/// Says a value, in the field's own words for what the table of facts has none.
fn value_said(value: &Value, sort: Sort, key: &str, shelf: &Shelf, view: &dyn View) -> Result<Said, Trouble> {
    if matches!(value, Value::Yes(_)) && is_phone(sort, key) {
        let used = if value.is_yes() { t("在用", "in use") } else { t("不用了", "no longer used") };
        return Ok(with_number(sort, key, used.into()));
    }
    if let Some(tick) = tick(sort, key) {
        return Ok(if value.is_yes() {
            tick
        } else {
            Said::from(t("不算 {what}", "not {what}")).with_words("what", tick)
        });
    }
    let named = value.as_text().and_then(|word| match (sort, key) {
        (Sort::Issue, "field") => Field::from_word(word).map(Field::name),
        (Sort::Issue, "class") => Class::from_word(word).map(Class::name),
        (Sort::Visit, "kind") => choice::name_of(choice::VISIT_KINDS, word),
        _ => None,
    });
    if let Some(named) = named {
        return Ok(named.into());
    }
    match value {
        Value::Text(why) if (sort, key) == (Sort::Visit, "short_why") => Ok(short_said(why)),
        Value::Number(ms) if key.ends_with("_ms") => {
            Ok(t("{time}", "{time}").with("time", minutes_seconds(u64::try_from(*ms).unwrap_or(0))))
        }
        _ => disputes::said(value, sort, key, shelf, view),
    }
}

fn is_phone(sort: Sort, key: &str) -> bool {
    sort == Sort::Household && key.starts_with("phone/")
}

/// Puts the number of a household's phone, which is its register, before what is said of it; whole, as on the card.
fn with_number(sort: Sort, key: &str, said: Said) -> Said {
    match key.strip_prefix("phone/").filter(|_| is_phone(sort, key)) {
        Some(phone) => Said::from(t("{phone} {said}", "{phone} {said}"))
            .with("phone", Phone::spaced(&clean::line(phone)))
            .with_words("said", said),
        None => said,
    }
}

/// `own` are the records of the household.
fn traced(
    kept: &Kept,
    record: Option<&Arc<Record>>,
    own: &[Arc<Record>],
    again: &Again,
    shelf: &Shelf,
    view: &dyn View,
) -> Result<Option<Traced>, Trouble> {
    let operation = &kept.operation;
    let sort = record.and_then(|record| record.sort()).unwrap_or(Sort::Household);
    let born = BORN.iter().find(|(of, _)| *of == sort).map_or(t("", ""), |(_, words)| *words);
    let fact = facts::find(sort, &operation.key);
    let plain = |text: &str| t("{it}", "{it}").with("it", clean::line(text));
    let mut private = fact.is_some_and(|fact| fact.eyes == Eyes::Card);
    let label = || fact.map_or_else(|| decided::label(&operation.key).unwrap_or(born).into(), |fact| fact.name.into());
    let (what, value) = match &operation.body {
        Body::Birth(sort, birth) => {
            private |= matches!(sort, Sort::Line | Sort::Issue);
            (born.into(), first_words(*sort, birth, shelf, view)?)
        }
        Body::RosterRow(row) => (t("名册第 {n} 行", "row {n} of a roster").with("n", row.row), plain("")),
        Body::Value(_) if operation.key == RETRACT => (t("恢复", "had again").into(), born.into()),
        Body::Value(value) => {
            let decided = decided::said(operation.entity, &operation.key, value, shelf, view)?;
            let said = decided.map_or_else(|| value_said(value, sort, &operation.key, shelf, view), Ok)?;
            (label(), said)
        }
        Body::Retract(retract) if operation.key == RETRACT => {
            (Said::from(t("撤去 {what}", "{what} taken back")).with_words("what", born), plain(&retract.why))
        }
        Body::Retract(retract) => {
            let said = Said::from(t("撤回 {why}", "taken back {why}")).with("why", clean::line(&retract.why));
            (label(), with_number(sort, &operation.key, said))
        }
        Body::Step(_) => match Taken::read(kept) {
            Some(step) => (
                step.step.name().into(),
                close_numbers::said(&step, shelf.numbers()).map_or_else(|| plain(""), |(_, said)| said),
            ),
            None => (born.into(), t("更新版本的程序记的一步", "a step of a newer program").into()),
        },
        // Who introduces himself says nothing about a household.
        Body::Writer(_) | Body::RosterHead(_) => return Ok(None),
        Body::Unknown { .. } => (t("更新版本的程序记的", "recorded by a newer program").into(), plain("")),
    };
    let stands = record.is_some_and(|record| match operation.key.as_str() {
        "" => !record.is_retracted() && !record.events_taken_back().contains(&operation.name),
        key => record.register(key).is_some_and(|register| {
            let mut heads = register.head_names().into_iter();
            let again = again.get(&operation.name).map_or(&[][..], Vec::as_slice);
            heads.any(|head| head == operation.name || again.contains(&head))
        }),
    });
    let first = |facts: &[(Word, Value)]| {
        let own = if sort == Sort::Household { own } else { record.map_or(&[][..], std::slice::from_ref) };
        let one = |(key, value): &(Word, Value)| {
            let value = value_said(value, sort, key, shelf, view)?;
            let stands = stands && household::fact_by(own, key) == Some(operation.name);
            Ok(TracedFact { key: key.to_string(), value, stands })
        };
        facts.iter().map(one).collect::<Result<Vec<_>, Trouble>>()
    };
    let facts = match &operation.body {
        _ if !matches!(sort, Sort::Household | Sort::Member) => Vec::new(),
        Body::Birth(_, birth) => first(&birth.facts)?,
        Body::RosterRow(row) => first(&row.facts)?,
        _ if operation.key.is_empty() || operation.key == RETRACT => Vec::new(),
        _ => vec![TracedFact { key: operation.key.to_string(), value: value.clone(), stands }],
    };
    let writer = shelf.writer(operation.name.writer);
    let laptop = writer.map_or("", |writer| if writer.code.is_empty() { &writer.group } else { &writer.code });
    Ok(Some(Traced {
        of: operation.entity,
        sort,
        at: operation.wall_ms,
        by: clean::line(&operation.actor),
        laptop: clean::line(laptop),
        what,
        value,
        stands,
        private,
        facts,
    }))
}
