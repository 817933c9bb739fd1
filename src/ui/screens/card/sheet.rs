//! A sheet: everything that is known of one household, read together for the card, the facts and the history.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::app::{Case, Elsewhere, House, Standing, face};
use crate::domain::choice;
use crate::domain::facts::{self, Fact, Shape};
use crate::domain::flow::Timed;
use crate::domain::household;
use crate::domain::{
    Calendar, Household, Issue, Line, Name, Record, Register, Sort, State, Value, Visit, local, value_of,
};
use crate::text::{Said, Text, Trouble, t};

/// Everything that is known of one household.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    pub household: Household,
    pub standing: Standing,
    /// The visit that went on on another laptop when that told of it, and whose that is.
    pub elsewhere: Option<(Elsewhere, String)>,
    pub persons: Vec<Person>,
    /// The latest first.
    pub visits: Vec<Visit>,
    /// The earliest first.
    pub appointments: Vec<Appointment>,
    /// What was said, the latest first.
    pub words: Vec<Words>,
    /// Where each issue of it stands.
    pub cases: Vec<Stand>,
    pub disputes: Vec<Dispute>,
    /// What the records that were joined to one household say differently.
    pub joined: Vec<Differs>,
    /// Another household reads like it in lists; the card asks that.
    pub doubled: bool,
    /// Each fact of the household with its value, in the order of the table; phones are not among them.
    pub facts: Vec<(&'static Fact, Option<Value>)>,
    /// The registers, those of phones too, that only a roster says anything of.
    pub listed: BTreeSet<String>,
    /// What people wrote: when, who, which fact, what.
    pub written: Vec<Written>,
}

/// A member 家庭成员.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    pub id: Option<Name>,
    pub at: i64,
    pub name: String,
    pub relation: String,
    pub sex: String,
    pub birth_year: String,
    pub health: String,
    pub phone: String,
    /// 在外 or 在家; none where nobody asked.
    pub away: Option<bool>,
    pub remark: String,
}

/// An appointment 预约.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    pub name: Name,
    pub made: i64,
    pub by: String,
    pub at: i64,
    pub kind: String,
    pub confirmed: bool,
}

/// A line with the issue it became, or an issue without a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The line and its issue: what of both there is.
    pub names: Vec<Name>,
    /// The line, with its own words; none where an issue came without one.
    pub line: Option<(Name, String)>,
    /// The talk that it was said in.
    pub talk: Option<Name>,
    pub at: i64,
    pub by: String,
    pub text: String,
    pub issue: Option<Issue>,
    /// The issue goes its way with another one that it was joined to 并案.
    pub joined: bool,
}

/// Where an issue stands, and what the household waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    pub issue: Name,
    pub state: State,
    /// The day of the answer, where there is one.
    pub answer: Option<Timed>,
}

/// One value with who wrote it and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The register.
    pub key: String,
    pub at: i64,
    pub by: String,
    pub name: Said,
    pub value: Said,
    /// Other eyes must not see it.
    pub secret: bool,
}

/// A fact about which people disagree 不一致.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    pub key: String,
    pub values: Vec<Written>,
}

/// A fact of which the records of one household say different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    pub fact: Text,
    /// Who said the word that is shown, and when; nobody where it is a roster's.
    pub by: Option<(String, i64)>,
}

impl Person {
    /// Gives what it is called: by the name, else by the relation to the head.
    pub fn called(&self) -> Said {
        let name = if self.name.is_empty() { &self.relation } else { &self.name };
        t("{name}", "{name}").with("name", name)
    }
}

impl Sheet {
    /// Gives the name of the head as titles say it.
    pub fn head(&self) -> String {
        face::head(&self.household)
    }

    /// Reads all of a household.
    pub fn read(house: &House, name: Name) -> Result<Self, Trouble> {
        let household = house.household(name)?;
        house.shelf(|shelf, view| {
            let children = |sort| -> Vec<Name> { shelf.children_of(name, sort).collect() };
            let records = |names: Vec<Name>| -> Result<Vec<Arc<Record>>, Trouble> {
                let found = names.into_iter().map(|name| view.record(name));
                found.filter_map(Result::transpose).collect()
            };
            let own = shelf.records_of(name, view)?;
            let names = shelf.names_of(name);
            let mut visits: Vec<Visit> =
                records(children(Sort::Visit))?.iter().filter_map(|record| Visit::read(record)).collect();
            visits.sort_by_key(|visit| (-visit.started, visit.name));
            let mut appointments: Vec<Appointment> =
                records(children(Sort::Appointment))?.iter().filter_map(|record| appointment(record)).collect();
            appointments.sort_by_key(|appointment| (appointment.at, appointment.name));
            let persons = shelf.members_of(name, view)?.iter().filter_map(|record| person(record)).collect();
            let mut lines: BTreeSet<Name> = children(Sort::Line).into_iter().collect();
            let mut issues: BTreeSet<Name> = children(Sort::Issue).into_iter().collect();
            for visit in &visits {
                lines.extend(shelf.children_of(visit.name, Sort::Line));
                issues.extend(shelf.children_of(visit.name, Sort::Issue));
            }
            for line in &lines {
                issues.extend(shelf.children_of(*line, Sort::Issue));
            }
            let here = |household: Option<Name>| household.is_none_or(|household| names.contains(&household));
            let lines = records(lines.into_iter().collect())?;
            let talks: Vec<(Name, Name)> =
                lines.iter().filter_map(|record| Some((record.entity(), record.link("talk")?))).collect();
            let lines: Vec<Line> =
                lines.iter().filter_map(|record| Line::read(record)).filter(|line| here(line.household)).collect();
            let issues = records(issues.into_iter().collect())?;
            let all: Vec<Case> = issues
                .iter()
                .filter_map(|record| Case::read(record, view).transpose())
                .filter(|case| case.as_ref().map_or(true, |case| here(case.issue.household)))
                .collect::<Result<_, Trouble>>()?;
            let with_another = all.iter().filter(|case| case.flow.joined_to().is_some()).map(|case| case.issue.name);
            let with_another: BTreeSet<Name> = with_another.collect();
            let (rules, calendar) = (&house.campaign().deadline, Calendar::built_in());
            let stand = |case: &Case| Stand {
                issue: case.issue.name,
                state: case.state,
                answer: case.dues(rules, calendar).answer,
            };
            let cases = all.iter().map(stand).collect();
            let issues: Vec<Issue> = all.into_iter().map(|case| case.issue).collect();
            let joined = differing(&own);
            let disputes = own.iter().flat_map(|own| disputes(own)).collect();
            let written = own.iter().flat_map(|own| written(own)).collect();
            let all = facts::FACTS.iter().filter(|fact| fact.sort == Sort::Household && !fact.key.ends_with('/'));
            let facts: Vec<_> =
                all.map(|fact| (fact, crate::domain::household::fact(&own, fact.key).cloned())).collect();
            let phones = household.phones.iter().map(|phone| format!("phone/{phone}"));
            let known = facts.iter().filter(|(_, value)| value.is_some()).map(|(fact, _)| fact.key.to_owned());
            let listed = known.chain(phones).filter(|key| !household::is_said(&own, key)).collect();
            let mut words = words(lines, issues, &with_another);
            for said in &mut words {
                let line = said.line.as_ref().map(|(line, _)| *line);
                said.talk = talks.iter().find(|(own, _)| Some(*own) == line).map(|(_, talk)| *talk);
            }
            let standing = shelf.standing(name);
            let elsewhere = standing.elsewhere().map(|told| (told, shelf.whose(told.writer)));
            Ok(Self {
                household,
                standing,
                elsewhere,
                persons,
                visits,
                appointments,
                words,
                cases,
                disputes,
                joined,
                doubled: false,
                facts,
                listed,
                written,
            })
        })
    }

    /// Gives the value of a fact in words; empty where there is none.
    pub fn said(&self, key: &str) -> Said {
        let found = self.facts.iter().find(|(fact, _)| fact.key == key);
        found.and_then(|(fact, value)| Some(said(fact.shape, value.as_ref()?))).unwrap_or_else(|| t("", "").into())
    }

    /// Gives what the household was not told yet of what is solved, or cannot be done 欠反馈: the one due first stands first.
    pub fn owed(&self) -> Vec<&Stand> {
        let mut owed: Vec<&Stand> = self.cases.iter().filter(|case| case.state.is_to_be_told()).collect();
        owed.sort_by_key(|case| case.answer.map_or((1, None), |timed| (0, Some(timed.deadline.due))));
        owed
    }

    /// Gives the appointment that lists tell: the next one, else the last one that nobody went to.
    pub fn next_appointment(&self, now_ms: i64) -> Option<&Appointment> {
        let told = self.standing.told(now_ms)?;
        self.appointments.iter().find(|appointment| appointment.name == told.name)
    }

    /// Tells whether people disagree about a fact.
    pub fn is_disputed(&self, key: &str) -> bool {
        self.disputes.iter().any(|dispute| dispute.key == key)
    }
}

fn born(record: &Record) -> (i64, String) {
    record.born().map_or((0, String::new()), |born| (born.operation.wall_ms, born.operation.actor.to_string()))
}

fn person(record: &Record) -> Option<Person> {
    if record.is_retracted() {
        return None;
    }
    let text = |key| record.text(key).unwrap_or_default().to_owned();
    let year = record.value("birth_year").and_then(Value::as_number);
    Some(Person {
        id: Some(record.entity()),
        at: born(record).0,
        name: text("name"),
        relation: text("relation"),
        sex: text("sex"),
        birth_year: year.map_or_else(String::new, |year| year.to_string()),
        health: text("health"),
        phone: text("phone"),
        away: record.value("away").filter(|away| **away != Value::Nothing).map(Value::is_yes),
        remark: text("remark"),
    })
}

fn appointment(record: &Record) -> Option<Appointment> {
    if record.is_retracted() {
        return None;
    }
    let (made, by) = born(record);
    Some(Appointment {
        name: record.entity(),
        made,
        by,
        at: record.value("at").and_then(Value::as_at)?,
        kind: record.text("kind").unwrap_or_default().to_owned(),
        confirmed: record.value("confirmed").is_some_and(Value::is_yes),
    })
}

/// Puts each issue to the line it was said in.
fn words(lines: Vec<Line>, mut issues: Vec<Issue>, with_another: &BTreeSet<Name>) -> Vec<Words> {
    let joined = |issue: &Issue| with_another.contains(&issue.name);
    let mut all: Vec<Words> = Vec::with_capacity(lines.len());
    for line in lines {
        let found = issues.iter().position(|issue| issue.line == Some(line.name));
        let issue = found.map(|at| issues.swap_remove(at));
        let own = (line.name, line.text.clone());
        let text = issue.as_ref().map(|issue| issue.text.clone()).filter(|text| !text.is_empty()).unwrap_or(line.text);
        let names = std::iter::once(line.name).chain(issue.as_ref().map(|issue| issue.name)).collect();
        all.push(Words {
            names,
            line: Some(own),
            talk: None,
            at: line.at,
            by: line.recorder,
            text,
            joined: issue.as_ref().is_some_and(joined),
            issue,
        });
    }
    let alone = issues.into_iter().filter(|issue| issue.line.is_none());
    all.extend(alone.map(|issue| Words {
        names: vec![issue.name],
        line: None,
        talk: None,
        at: issue.at,
        by: issue.recorder.clone(),
        text: issue.text.clone(),
        joined: joined(&issue),
        issue: Some(issue),
    }));
    // Several lines may have one time: ten that were pasted.
    all.sort_by_key(|words| Reverse((words.at, words.names.first().copied())));
    all
}

fn disputes(own: &Record) -> Vec<Dispute> {
    let disputed = own.registers().filter(|(_, register)| register.is_disputed());
    disputed
        .map(|(key, register)| Dispute { key: key.to_owned(), values: heads(key, register) })
        .filter(|dispute| !dispute.values.is_empty())
        .collect()
}

/// Finds what the records of one household say differently, where a person had a word in it: of two rosters the newer one counts.
fn differing(own: &[Arc<Record>]) -> Vec<Differs> {
    let is_one_word = |fact: &&Fact| fact.sort == Sort::Household && !fact.key.ends_with('/');
    let mut all = Vec::new();
    for fact in facts::FACTS.iter().filter(is_one_word).filter(|_| own.len() > 1) {
        let each = own.iter().filter_map(|record| household::fact(std::slice::from_ref(record), fact.key));
        let values: Vec<&Value> = each.collect();
        let last = own.iter().filter_map(|record| Some((record.said(fact.key)?.0, record))).max_by_key(|(at, _)| *at);
        let Some((_, record)) = last.filter(|_| values.iter().any(|value| Some(value) != values.first())) else {
            continue;
        };
        let head = record.register(fact.key).and_then(Register::shown).or(record.born());
        let by = head.map(|head| (head.operation.actor.to_string(), head.operation.wall_ms));
        all.push(Differs { fact: fact.name, by: by.filter(|(by, _)| !by.is_empty()) });
    }
    all
}

fn written(own: &Record) -> Vec<Written> {
    own.registers().filter_map(|(key, register)| heads(key, register).pop()).collect()
}

/// Gives what stands in a register, the shown value last.
fn heads(key: &str, register: &Register) -> Vec<Written> {
    let mut kept: Vec<_> = register.heads().collect();
    kept.sort_by_key(|head| (head.operation.stamp, head.operation.name));
    let Some(fact) = facts::find(Sort::Household, key) else { return Vec::new() };
    let name = match key.strip_prefix("phone/") {
        Some(phone) => {
            Said::from(t("{fact} {phone}", "{fact} {phone}")).with_words("fact", fact.name).with("phone", phone)
        }
        None => fact.name.into(),
    };
    kept.into_iter()
        .filter_map(|head| {
            let value = written_as(key, fact.shape, value_of(head)?);
            let (at, by) = (head.operation.wall_ms, head.operation.actor.to_string());
            let secret = fact.eyes == facts::Eyes::Card;
            Some(Written { key: key.to_owned(), at, by, name: name.clone(), value, secret })
        })
        .collect()
}

/// Says what was written in a register; of a phone the number itself stands in the name.
fn written_as(key: &str, shape: Shape, value: &Value) -> Said {
    match value {
        Value::Yes(true) if key.starts_with("phone/") => t("在用", "in use").into(),
        Value::Yes(false) if key.starts_with("phone/") => t("不用了", "no longer used").into(),
        value => said(shape, value),
    }
}

/// Says a value of a form.
pub(super) fn said(shape: Shape, value: &Value) -> Said {
    let plain = |text: String| t("{text}", "{text}").with("text", text);
    match (shape, value) {
        (Shape::Choice(list), Value::Text(word)) => {
            choice::name_of(list, word).map_or_else(|| plain(word.to_string()), Said::from)
        }
        (_, Value::Text(text)) => plain(text.to_string()),
        (_, Value::Number(number)) => plain(number.to_string()),
        (_, Value::Yes(true)) => t("是", "yes").into(),
        (_, Value::Yes(false)) => t("否", "no").into(),
        (_, Value::Day(day)) => {
            let day = chrono::NaiveDate::default().checked_add_signed(chrono::TimeDelta::days((*day).into()));
            plain(day.unwrap_or_default().to_string())
        }
        (_, Value::At(at)) => plain(format!("{} {}", local::short_day(*at), local::clock(*at))),
        (_, Value::Words(words)) => plain(words.join("、")),
        (_, Value::Nothing | Value::Entity(_)) => t("(空)", "(empty)").into(),
    }
}

/// Gives the words for what a roster's cell in doubt is about.
pub(super) fn doubt_name(key: &str) -> Text {
    let fact = facts::FACTS.iter().find(|fact| fact.sort == Sort::Household && fact.key == key);
    fact.map_or(t("一格", "a cell"), |fact| fact.name)
}

#[cfg(test)]
mod tests {
    use super::written_as;
    use crate::domain::Value;
    use crate::domain::facts::Shape;
    use crate::text::Lang;

    // 资料 电话 19603000: 是 (王建国).
    #[test]
    fn of_a_phone_it_is_said_whether_it_is_used_and_of_other_facts_yes_or_no() {
        let said = |key: &str, yes| written_as(key, Shape::Yes, &Value::Yes(yes)).say(Lang::Zh);
        assert_eq!([true, false].map(|yes| said("phone/19603000", yes)), ["在用", "不用了"]);
        assert_eq!([true, false].map(|yes| said("away", yes)), ["是", "否"]);
    }
}
