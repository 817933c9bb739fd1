//! What people are shown, said twice: as the program's lists say it, and by a recount of the bare set of operations that uses
//! none of the program's folding: every question is asked of all operations anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value as Json, json};
use zoufang::app::lists::{self, Query};
use zoufang::app::{Device, House, Place};
use zoufang::domain::{Body, Kept, Name, RETRACT, Sort, Stamp, State, Value};
use zoufang::log::Reader;

use crate::flows;

/// One line for each thing that is shown.
pub type Shown = BTreeSet<String>;

/// The lists that are compared, and of each the columns that are.
const COLUMNS: [(&str, &[&str]); 4] = [
    ("households", &["id", "head", "village", "door", "remark", "size", "phones", "covered"]),
    ("visits", &["id", "household", "head", "minutes", "outcome", "satisfaction", "covers"]),
    ("issues", &["id", "household", "head", "text", "class", "field", "recorder", "state"]),
    ("conflicts", &["entity", "fact", "value", "used", "by", "household"]),
];

/// From so many counted minutes on a visit counts.
const MINIMUM_MINUTES: i64 = 15;

fn line(list: &str, cell: impl Fn(&str) -> Json) -> String {
    let columns = COLUMNS.iter().find(|(word, _)| *word == list).unwrap().1;
    let cells: Vec<String> = columns.iter().map(|key| format!("{key}={}", cell(key))).collect();
    format!("{list} {}", cells.join(" "))
}

/// Gives what a house shows; the journal tells what stood before a disagreement, which is not held against anything here.
pub fn of_house(house: &House, journal: &Reader, now_ms: i64) -> Shown {
    let (place, device) = (Place::new("nowhere".into()), Device::default());
    let query = Query::new(&place, house, journal, &device, now_ms);
    let mut shown = Shown::new();
    for (word, _) in COLUMNS {
        let list = lists::find(word).unwrap();
        for row in (list.rows)(&query).unwrap() {
            let cell = |key: &str| {
                let at = list.columns.iter().position(|column| column.key == key).unwrap();
                match (word, key, row[at].json()) {
                    ("issues", "state", state) => coarse(state.as_str().unwrap()).into(),
                    (_, _, cell) => cell,
                }
            };
            // What people decided differently about a step is held against the definition by `flows`.
            let is_step = word == "conflicts" && cell("fact").as_str().unwrap().starts_with("step/");
            if !is_step {
                shown.insert(line(word, cell));
            }
        }
    }
    shown
}

/// Names a state as [`flows::naive`] does: the lanes of work are one.
fn coarse(state: &str) -> &str {
    match state {
        "redo" | "long_term" => "working",
        "answered" => "close_check",
        other => other,
    }
}

/// Insists that two are the same, and says where they are not.
#[track_caller]
pub fn assert_same(shown: &Shown, expected: &Shown, whose: &str) {
    let more: Vec<&String> = shown.difference(expected).collect();
    let less: Vec<&String> = expected.difference(shown).collect();
    assert!(more.is_empty() && less.is_empty(), "{whose} shows {more:#?}, the recount says {less:#?}");
}

/// The operations of one entity, and questions to them.
struct Entity<'a> {
    name: Name,
    own: Vec<&'a Kept>,
}

type When = (Stamp, Name);

impl<'a> Entity<'a> {
    fn birth(&self) -> Option<(Sort, &'a zoufang::domain::Birth, &'a Kept)> {
        self.own.iter().find(|kept| kept.operation.name == self.name).and_then(|kept| match &kept.operation.body {
            Body::Birth(sort, birth) => Some((*sort, birth, *kept)),
            _ => None,
        })
    }

    fn is(&self, sort: Sort) -> bool {
        self.birth().is_some_and(|(own, ..)| own == sort)
    }

    fn keys(&self) -> BTreeSet<&'a str> {
        let registers = self.own.iter().map(|kept| kept.operation.key.as_str()).filter(|key| !key.is_empty());
        let born = self.birth().into_iter().flat_map(|(_, birth, _)| birth.facts.iter().map(|(key, _)| key.as_str()));
        registers.chain(born).collect()
    }

    /// The writes of a register that no other write of it names.
    fn heads(&self, key: &str) -> Vec<&'a Kept> {
        let writes = || self.own.iter().filter(|kept| kept.operation.key == key && !key.is_empty());
        let named = |name: Name| writes().any(|kept| kept.operation.prevs.contains(&name));
        let mut heads: Vec<&Kept> = writes().filter(|kept| !named(kept.operation.name)).copied().collect();
        heads.sort_by_key(|kept| (kept.operation.stamp, kept.operation.name));
        heads
    }

    /// What was said last, or at birth, and when.
    fn said(&self, key: &str) -> Option<(When, &'a Value)> {
        if let Some(last) = self.heads(key).last()
            && let Body::Value(value) = &last.operation.body
        {
            return Some(((last.operation.stamp, last.operation.name), value));
        }
        let (_, birth, born) = self.birth()?;
        let (_, value) = birth.facts.iter().find(|(known, _)| known == key)?;
        Some(((born.operation.stamp, born.operation.name), value))
    }

    fn value(&self, key: &str) -> Option<&'a Value> {
        self.said(key).map(|(_, value)| value).filter(|value| **value != Value::Nothing)
    }

    fn text(&self, key: &str) -> Json {
        text(self.value(key))
    }

    fn number(&self, key: &str) -> i64 {
        self.value(key).and_then(Value::as_number).unwrap_or(0)
    }

    fn link(&self, role: &str) -> Option<Name> {
        let born = || self.birth()?.1.links.iter().find(|(known, _)| known == role).map(|(_, name)| *name);
        match self.heads(role).last().map(|head| &head.operation.body) {
            Some(Body::Value(Value::Entity(name))) => Some(*name),
            Some(Body::Value(Value::Nothing)) => None,
            _ => born(),
        }
    }

    /// It was taken back by somebody who saw all that counts in it.
    fn is_taken_back(&self) -> bool {
        let events = self.own.iter().filter(|kept| kept.operation.key.is_empty()).map(|kept| kept.operation.name);
        let keys: BTreeSet<&str> = self.own.iter().map(|kept| kept.operation.key.as_str()).collect();
        let heads = keys.into_iter().filter(|key| *key != RETRACT).flat_map(|key| self.heads(key));
        let current: Vec<Name> = events.chain(heads.map(|kept| kept.operation.name)).collect();
        self.heads(RETRACT).iter().any(|kept| match &kept.operation.body {
            Body::Retract(retract) => current.iter().all(|name| retract.seen.contains(name)),
            _ => false,
        })
    }
}

fn text(value: Option<&Value>) -> Json {
    let text = value.and_then(Value::as_text).unwrap_or_default();
    if text.is_empty() { Json::Null } else { text.into() }
}

/// One family: its names, and the one that stands for it.
struct Family<'a> {
    home: Name,
    entities: Vec<&'a Entity<'a>>,
}

impl Family<'_> {
    /// Those that speak for it. Where all were taken back, as one that is all there is does.
    fn speaking(&self) -> impl Iterator<Item = &Entity<'_>> {
        self.entities.iter().copied().filter(|entity| entity.name == self.home || !entity.is_taken_back())
    }

    fn fact(&self, key: &str) -> Option<&Value> {
        let said = self.speaking().filter_map(|entity| entity.said(key)).max_by_key(|(at, _)| *at);
        said.map(|(_, value)| value).filter(|value| **value != Value::Nothing)
    }

    fn phones(&self) -> Vec<String> {
        let keys: BTreeSet<&str> = self.speaking().flat_map(Entity::keys).collect();
        let phones = keys.into_iter().filter(|key| self.fact(key).is_some_and(Value::is_yes));
        phones.filter_map(|key| key.strip_prefix("phone/")).map(str::to_owned).collect()
    }

    fn is_listed(&self) -> bool {
        self.entities.iter().any(|entity| !entity.is_taken_back()) && self.fact("head").is_some()
    }
}

/// Puts the households together that somebody said to be one.
fn families<'a>(entities: &'a BTreeMap<Name, Entity<'a>>) -> Vec<Family<'a>> {
    let households: Vec<&Entity<'_>> = entities.values().filter(|entity| entity.is(Sort::Household)).collect();
    let mut group: BTreeMap<Name, Name> = households.iter().map(|entity| (entity.name, entity.name)).collect();
    loop {
        let before = group.clone();
        for one in &households {
            for key in one.keys().into_iter().filter(|key| key.starts_with("same/")) {
                let yes = matches!(
                    one.heads(key).last().map(|kept| &kept.operation.body),
                    Some(Body::Value(Value::Yes(true)))
                );
                let other: Name = key.trim_start_matches("same/").parse().unwrap();
                if yes && group.contains_key(&other) {
                    let least = group[&one.name].min(group[&other]);
                    group.insert(one.name, least);
                    group.insert(other, least);
                }
            }
        }
        if before == group {
            break;
        }
    }
    let homes: BTreeSet<Name> = group.values().copied().collect();
    let all = |home: Name| households.iter().filter(|entity| group[&entity.name] == home).copied().collect();
    homes.into_iter().map(|home| Family { home, entities: all(home) }).collect()
}

fn id(sort: Sort, name: Name) -> Json {
    name.with_letter(sort.letter()).into()
}

/// Gives what has to be shown where exactly these operations are known.
pub fn shown(operations: &[Arc<Kept>]) -> Shown {
    let mut entities: BTreeMap<Name, Entity<'_>> = BTreeMap::new();
    for kept in operations {
        let name = kept.operation.entity;
        entities.entry(name).or_insert(Entity { name, own: Vec::new() }).own.push(kept.as_ref());
    }
    let families = families(&entities);
    let family_of = |name: Option<Name>| {
        families.iter().find(|family| family.entities.iter().any(|entity| Some(entity.name) == name))
    };
    let household = |family: Option<&Family<'_>>| family.map_or(Json::Null, |family| id(Sort::Household, family.home));
    let head = |family: Option<&Family<'_>>| family.map_or(Json::Null, |family| text(family.fact("head")));
    let is_covering = |visit: &Entity<'_>| {
        visit.text("outcome") == "done" && minutes(visit) >= MINIMUM_MINUTES && !visit.is_taken_back()
    };
    let mut shown = Shown::new();
    for family in families.iter().filter(|family| family.is_listed()) {
        let own = |visit: &&Entity<'_>| {
            let whose = family_of(visit.link("household"));
            visit.is(Sort::Visit) && whose.is_some_and(|whose| whose.home == family.home)
        };
        let covered = entities.values().filter(own).any(is_covering);
        shown.insert(line("households", |key| match key {
            "id" => id(Sort::Household, family.home),
            "size" => family.fact("size").and_then(Value::as_number).map_or(Json::Null, Json::from),
            "phones" => family.phones().into(),
            "covered" => covered.into(),
            key => text(family.fact(key)),
        }));
    }
    for entity in entities.values() {
        let family = family_of(entity.link("household"));
        if entity.is(Sort::Visit) && !entity.is_taken_back() {
            shown.insert(line("visits", |key| match key {
                "id" => id(Sort::Visit, entity.name),
                "household" => household(family),
                "head" => head(family),
                "minutes" => minutes(entity).into(),
                "outcome" if entity.text(key) == Json::Null => "running".into(),
                "covers" => is_covering(entity).into(),
                key => entity.text(key),
            }));
        }
        if entity.is(Sort::Issue) && !entity.is_taken_back() {
            let said_in = entity.link("line").and_then(|line| entities.get(&line));
            let state = flows::naive(operations, entity.name).unwrap_or(State::Screening).word();
            shown.insert(line("issues", |key| match key {
                "id" => id(Sort::Issue, entity.name),
                "household" => household(family),
                "head" => head(family),
                "recorder" => entity.birth().unwrap().2.operation.actor.as_str().into(),
                "state" => coarse(state).into(),
                // Its own words, else those of the line that it was said in.
                "text" if entity.text(key) == Json::Null => said_in.map_or(Json::Null, |line| line.text(key)),
                key => entity.text(key),
            }));
        }
        let sort = entity.birth().map_or(Sort::Household, |(sort, ..)| sort);
        let whose = if entity.is(Sort::Household) { family_of(Some(entity.name)) } else { family };
        for key in entity.keys().into_iter().filter(|key| *key != RETRACT) {
            let heads = entity.heads(key);
            if heads.iter().all(|head| head.operation.body == heads[0].operation.body) {
                continue;
            }
            for head in &heads {
                let is_last = head.operation.name == heads[heads.len() - 1].operation.name;
                shown.insert(line("conflicts", |column| match column {
                    "entity" => id(sort, entity.name),
                    "fact" => key.into(),
                    "value" => written(key, &head.operation.body),
                    "used" => is_last.into(),
                    "by" => head.operation.actor.as_str().into(),
                    _ => household(whose),
                }));
            }
        }
    }
    shown
}

fn minutes(visit: &Entity<'_>) -> i64 {
    (visit.number("proven_ms") + visit.number("declared_ms")) / 60_000
}

/// A value as scripts get it.
fn written(key: &str, body: &Body) -> Json {
    match body {
        // Said in minutes and seconds beside it.
        Body::Value(Value::Number(ms)) if key.ends_with("_ms") => ms.to_string().into(),
        // A decision is said in words.
        Body::Value(Value::Yes(yes)) if key.starts_with("same/") => if *yes { "yes" } else { "no" }.into(),
        Body::Value(Value::Nothing) => "".into(),
        Body::Value(Value::Text(text)) => text.as_str().into(),
        Body::Value(Value::Number(number)) => json!(number),
        Body::Value(Value::Yes(yes)) => json!(yes),
        Body::Retract(_) => "retract".into(),
        other => panic!("not written in this world: {other:?}"),
    }
}
