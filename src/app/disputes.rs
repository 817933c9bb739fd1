//! 不一致: of each disputed fact whose it is, what it says, and who wrote which value without knowing of the other; and the same
//! of each step of an issue that people took differently.

pub(in crate::app) mod before;
pub(in crate::app) mod decided;
pub(in crate::app) mod parallel;
mod steps;

use std::collections::BTreeSet;

use super::{Glance, House, Shelf, whose_laptop};
use crate::app::house::face::{self, whereabouts};
use crate::app::requests::{again, once};
use crate::domain::facts::{Fact, Shape};
use crate::domain::flow::STEP;
use crate::domain::{
    CLOCK, CLOCK_RIGHT, Household, Issue, Kept, Name, Phone, RETRACT, Record, Righting, Rightings, Sort, Talk, Value,
    along, choice, local, timer, value_of,
};
use crate::hanzi::clean;
use crate::log::Ranges;
use crate::text::{Said, Trouble, t};
use crate::view::View;
pub(super) use steps::{CONFIDENTIAL, before as steps_before, differing, stored_as, told as told_step};

/// One disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Whose fact it is.
    pub entity: Name,
    /// The fact's register key.
    pub key: String,
    /// The issue, where its steps are disputed.
    pub issue: Option<Name>,
    /// The household it is about, where it is about one.
    pub household: Option<Name>,
    /// It is of a confidential issue: lists do not say whose, nor show whose card it is.
    pub is_hidden: bool,
    /// Its head; else the talk or the laptop that it is about.
    pub head: Said,
    /// Whose of the household it is, with what they are to the head; empty where it is of the household itself.
    pub person: String,
    /// Where it lives.
    pub place: String,
    /// The fact's words.
    pub fact: Said,
    /// How much of its values a list says.
    pub glance: Glance,
    /// The different values, the earliest first.
    pub sides: Vec<Side>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The operation that wrote it.
    pub writing: Name,
    /// The value in words.
    pub value: Said,
    /// The value as a request takes it.
    pub written: String,
    /// Who wrote it.
    pub actor: String,
    /// The wall clock of whoever wrote it, milliseconds since 1970 UTC.
    pub at: i64,
    /// On which laptop: its code, else its group.
    pub laptop: String,
    /// It is the one in use.
    pub current: bool,
}

impl House {
    /// Reads all disagreements, in order of entity and fact.
    pub fn disputes(&self) -> Result<Vec<Dispute>, Trouble> {
        self.shelf(|shelf, view| {
            let mut all = Vec::new();
            for (entity, key) in shelf.disputed() {
                if let Some(record) = view.record(*entity)? {
                    all.extend(read(&record, key, shelf, view)?);
                }
            }
            Ok(all)
        })
    }

    /// Counts of what is disputed now the disagreements with a value, or a step, that is among some operations: of each of
    /// several lots of them.
    ///
    /// # Errors
    /// Those of reading the view.
    pub fn disputed_by(&self, lots: &[&Ranges]) -> Result<Vec<usize>, Trouble> {
        let disputed = self.disputed_sides()?;
        let has_a_say = |lot: &Ranges, sides: &[Name]| sides.iter().any(|side| lot.contains(*side));
        let count = |lot: &&Ranges| disputed.iter().filter(|(_, sides)| has_a_say(lot, sides)).count();
        Ok(lots.iter().map(count).collect())
    }

    /// Gives of each disagreement whose it is, and the operations that stand against each other.
    ///
    /// # Errors
    /// Those of reading the view.
    pub(super) fn disputed_sides(&self) -> Result<Vec<(Name, Vec<Name>)>, Trouble> {
        self.shelf(|shelf, view| {
            let mut all = Vec::new();
            for (entity, key) in shelf.disputed() {
                all.extend(view.record(*entity)?.map(|record| (*entity, sides_of(&record, key))));
            }
            Ok(all)
        })
    }
}

/// Says that nobody disagrees there.
pub(super) fn none_there() -> Trouble {
    Trouble::new("no-conflict", t("这一项没有不一致.", "there is no disagreement here."))
        .hint(t("list conflicts 列出全部.", "“list conflicts” lists them all."))
}

/// Gives the registers of a record that are disputed; of an issue also what stands in the place of one for steps.
pub(super) fn places(record: &Record) -> BTreeSet<String> {
    let registers = record.registers().filter(|(key, _)| can_be_chosen(record.entity(), key));
    let disputed = registers.filter(|(_, register)| register.is_disputed()).map(|(key, _)| key.to_owned());
    let steps = if record.sort() == Some(Sort::Issue) { steps::disputed(record) } else { Vec::new() };
    disputed.chain(steps).collect()
}

/// Gives the operations that stand against each other in a place.
pub(super) fn sides_of(record: &Record, key: &str) -> Vec<Name> {
    match record.register(key) {
        Some(register) => register.heads().map(|head| head.operation.name).collect(),
        None => steps::names(record, key),
    }
}

/// Tells whether people can choose between the values of a register. Who takes a record back, and having seen what, is
/// nothing to choose between, nor that somebody looked at a clock, nor what a line of `batch` came to.
fn can_be_chosen(entity: Name, key: &str) -> bool {
    key != RETRACT && !key.starts_with(CLOCK_RIGHT) && !once::is_note(entity, key)
}

/// Reads one disagreement; none where the record has no such register.
pub(super) fn read(record: &Record, key: &str, shelf: &Shelf, view: &dyn View) -> Result<Option<Dispute>, Trouble> {
    if key.starts_with(STEP) {
        return steps::read(record, key, shelf, view);
    }
    let Some(register) = record.register(key) else { return Ok(None) };
    let sort = record.sort().unwrap_or(Sort::Household);
    let mut heads: Vec<_> = register.heads().collect();
    heads.sort_by_key(|head| (head.operation.stamp, head.operation.name));
    let current = register.value();
    let mut sides: Vec<Side> = Vec::new();
    for head in heads {
        let Some(value) = value_of(head) else { continue };
        let side = side(head, value, sort, key, shelf, view)?;
        // Who wrote the same is on the same side.
        match sides.iter_mut().find(|other| other.written == side.written) {
            Some(other) => *other = side,
            None => sides.push(side),
        }
    }
    for side in &mut sides {
        side.current = current.is_some_and(|value| written(value) == side.written);
    }
    let household = household_of(record, view)?;
    let known = match household {
        Some(name) => shelf.household(name, view)?.unwrap_or_default(),
        None => Household::default(),
    };
    let fact = along::find(sort, key);
    let talk = talk_of(record, household, view)?;
    let is_hidden = is_hidden(record, key, shelf, view)?;
    let place = talk.as_ref().map_or_else(|| whereabouts(&known), |talk| clean::line(&talk.village));
    Ok(Some(Dispute {
        entity: record.entity(),
        key: key.to_owned(),
        issue: None,
        household,
        is_hidden,
        head: match other_head(record, key, talk.as_ref(), shelf) {
            _ if is_hidden => CONFIDENTIAL.into(),
            Some(head) => head,
            None => head_of(household, &known, view)?,
        },
        person: person(record),
        place: if is_hidden { String::new() } else { place },
        fact: fact_said(fact, key),
        glance: Glance::of_fact(sort, key),
        sides,
    }))
}

/// Tells whether lists say nothing of whose it is: where people disagree whether an issue is confidential, somebody says that it is.
/// The line that became such an issue has its words.
pub(super) fn is_hidden(record: &Record, key: &str, shelf: &Shelf, view: &dyn View) -> Result<bool, Trouble> {
    let is_confidential = |record: &Record| Issue::read(record).is_some_and(|issue| issue.confidential);
    if record.sort() != Some(Sort::Line) {
        return Ok(is_confidential(record) || (record.sort() == Some(Sort::Issue) && key == "confidential"));
    }
    for issue in shelf.children_of(record.entity(), Sort::Issue) {
        if view.record(issue)?.is_some_and(|issue| is_confidential(&issue)) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn side(head: &Kept, value: &Value, sort: Sort, key: &str, shelf: &Shelf, view: &dyn View) -> Result<Side, Trouble> {
    let operation = &head.operation;
    let (writer, at) = again::said_by(head, shelf.clocks());
    Ok(Side {
        writing: operation.name,
        value: match decided::said(operation.entity, key, value, shelf, view)? {
            Some(decided) => decided,
            None => said(value, sort, key, shelf, view)?,
        },
        written: written(value),
        actor: clean::line(&operation.actor),
        at,
        laptop: laptop(writer, shelf),
        current: false,
    })
}

/// Names the laptop of a writer: its code, else its group.
pub(super) fn laptop(writer: u64, shelf: &Shelf) -> String {
    let writer = shelf.writer(writer);
    clean::line(writer.map_or("", |writer| if writer.code.is_empty() { &writer.group } else { &writer.code }))
}

/// Names the person whose record it is, with what they are to the head: 老伴 刘桂芝.
pub(super) fn person(record: &Record) -> String {
    if record.sort() != Some(Sort::Member) {
        return String::new();
    }
    let words = ["relation", "name"].into_iter().filter_map(|key| record.text(key)).map(clean::line);
    words.collect::<Vec<_>>().join(" ")
}

/// Names a register: a fact, a decision, the correction of a clock, or by its key what a newer program writes.
pub(super) fn named(fact: Option<&Fact>, key: &str) -> Said {
    match decided::label(key).or(fact.map(|fact| fact.name)) {
        Some(label) => label.into(),
        None if key == CLOCK => t("电脑时间更正", "clock corrected").into(),
        None => plain(key),
    }
}

/// Names a register with the thing itself that its key says: 电话 138****1234.
pub(super) fn fact_said(fact: Option<&Fact>, key: &str) -> Said {
    let tail = match key.split_once('/') {
        Some(("phone", phone)) => Phone::masked(phone),
        // The values say it.
        Some(_) if decided::label(key).is_some() => String::new(),
        tail => clean::line(tail.map_or("", |(_, tail)| tail)),
    };
    Said::from(t("{fact} {tail}", "{fact} {tail}")).with("tail", tail).with_words("fact", named(fact, key))
}

/// Names what is no household's: a talk by its day, 夜话 5-18, or the laptop whose clock it is; none for a household's.
pub(super) fn other_head(record: &Record, key: &str, talk: Option<&Talk>, shelf: &Shelf) -> Option<Said> {
    if key == CLOCK {
        let laptop = record.entity().writer;
        let whose = shelf.writers().into_values().find(|writer| writer.laptop == laptop).map(whose_laptop);
        return Some(plain(&whose.unwrap_or_default()));
    }
    let talk = talk?;
    let words = if talk.kind == "field" { t("田间 {day}", "field {day}") } else { t("夜话 {day}", "talk {day}") };
    Some(words.with("day", local::short_day(talk.started)))
}

/// Names a household by its head; a row of a roster without one by its number.
pub(super) fn head_of(household: Option<Name>, known: &Household, view: &dyn View) -> Result<Said, Trouble> {
    Ok(match household {
        Some(name) if known.head.is_empty() => face::no_head(view.record(name)?.as_deref()),
        _ => plain(&face::head(known)),
    })
}

/// Gives the talk that a record is about, where it is about no household.
pub(super) fn talk_of(record: &Record, household: Option<Name>, view: &dyn View) -> Result<Option<Talk>, Trouble> {
    if household.is_some() {
        return Ok(None);
    }
    // What the whole village said belongs to its talk, and an issue to what was said.
    let line = record.link("line").map(|line| view.record(line)).transpose()?.flatten();
    let talk = match record.link("talk").or_else(|| line.and_then(|line| line.link("talk"))) {
        Some(talk) => view.record(talk)?.as_deref().and_then(Talk::read),
        None => Talk::read(record),
    };
    Ok(talk)
}

pub(super) fn plain(text: &str) -> Said {
    t("{it}", "{it}").with("it", clean::line(text))
}

/// Gives the household that a record is about: itself, or the one it belongs to, through its visit or line if need be.
pub(super) fn household_of(record: &Record, view: &dyn View) -> Result<Option<Name>, Trouble> {
    household_within(record, view, STEPS)
}

/// Steps from an issue over its line and its visit to the household; a file may say more of them, and even lead back.
const STEPS: u8 = 4;

fn household_within(record: &Record, view: &dyn View, steps: u8) -> Result<Option<Name>, Trouble> {
    if record.sort() == Some(Sort::Household) {
        return Ok(Some(record.entity()));
    }
    if let Some(household) = record.link("household") {
        return Ok(Some(household));
    }
    let Some(left) = steps.checked_sub(1) else { return Ok(None) };
    for role in ["line", "visit"] {
        let parent = record.link(role).map(|name| view.record(name)).transpose()?.flatten();
        if let Some(household) = parent.map(|parent| household_within(&parent, view, left)).transpose()?.flatten() {
            return Ok(Some(household));
        }
    }
    Ok(None)
}

/// Says a value to people.
pub(super) fn said(value: &Value, sort: Sort, key: &str, shelf: &Shelf, view: &dyn View) -> Result<Said, Trouble> {
    if key == CLOCK {
        return Ok(righted(value));
    }
    if let (Value::Text(word), Some(Shape::Choice(list))) = (value, along::find(sort, key).map(|fact| fact.shape))
        && let Some(name) = choice::name_of(list, word)
    {
        return Ok(name.into());
    }
    Ok(match value {
        Value::Nothing => t("(空)", "(empty)").into(),
        Value::Yes(true) => t("是", "yes").into(),
        Value::Yes(false) => t("否", "no").into(),
        Value::Number(ms) if key.ends_with("_ms") => plain(&timer::minutes_seconds(u64::try_from(*ms).unwrap_or(0))),
        Value::At(ms) => plain(&format!("{} {}", local::day(*ms), local::clock(*ms))),
        Value::Words(words) => plain(&words.join("、")),
        Value::Entity(name) => {
            let household = shelf.household(*name, view)?.unwrap_or_default();
            plain(&format!("{} {}", face::head(&household), whereabouts(&household)))
        }
        Value::Text(_) | Value::Number(_) | Value::Day(_) => plain(&written(value)),
    })
}

/// Says by how much a clock was wrong, and when: 快 1631 天, 从它的 2025-11-01 起.
fn righted(value: &Value) -> Said {
    let rightings = Rightings::of(value);
    let all = rightings.iter().map(Righting::said_in_full);
    all.reduce(|all, one| Said::from(t("{all}; {one}", "{all}; {one}")).with_words("all", all).with_words("one", one))
        .unwrap_or_else(|| t("没有错", "not wrong").into())
}

/// Gives a value in the form that requests take.
pub(super) fn written(value: &Value) -> String {
    match value {
        Value::Nothing => String::new(),
        Value::Text(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Yes(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Day(days) => {
            local::day(0).checked_add_signed(chrono::TimeDelta::days(i64::from(*days))).unwrap_or_default().to_string()
        }
        Value::At(ms) => local::rfc3339(*ms),
        Value::Entity(name) => name.to_string(),
        Value::Words(words) => words.join("、"),
    }
}

#[cfg(test)]
mod tests;
