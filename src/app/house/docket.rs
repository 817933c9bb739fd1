//! The docket 问题: every issue with where it stands, what is due and whose it is, the most urgent first; and one in full.
//!
//! It is read once when the page is shown and after each answer. Which household an issue belongs to is known without
//! opening records, so of each issue one record is read, and of each household one.

mod dossier;
mod moves;
mod shown;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::face;
use crate::app::lists::Asked;
use crate::app::{Case, House};
use crate::domain::flow::Timed;
use crate::domain::{Calendar, Household, Light, NUMBER, Name, Record, State, StepWord, Talk, hidden, local};
use crate::hanzi::clean;
use crate::text::{Lang, Trouble, t};
use crate::view::View;
pub use dossier::{Dossier, Saying, TakenStep};
pub use moves::Move;

/// The issues, the most urgent first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Docket(pub Vec<Entry>);

/// One issue of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The issue and where it stands.
    pub case: Case,
    /// Its household; none where the whole village said it, or where it has not come here yet.
    pub household: Option<Name>,
    /// A household said it, and nothing of that one has come here yet.
    pub is_awaited: bool,
    /// The head of that household.
    pub head: String,
    /// Its village.
    pub village: String,
    /// Where it lives.
    pub place: String,
    /// What is due next.
    pub timed: Option<Timed>,
    /// How it stands by that day.
    pub light: Option<Light>,
    /// The close-out number 销号编号.
    pub number: Option<String>,
}

/// How many there are of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// What the one who speaks has to tell or to solve.
    pub mine: usize,
    /// 超期.
    pub late: usize,
    /// 临期.
    pub soon: usize,
    /// 待反馈.
    pub to_tell: usize,
    /// All.
    pub all: usize,
}

impl Entry {
    /// Tells whether somebody has to tell the household or to solve it, and has not yet.
    pub fn is_of(&self, person: &str) -> bool {
        let whose = [self.case.teller(), self.case.responsible().1];
        !person.is_empty() && !self.case.state.is_told() && whose.contains(&person)
    }

    /// Says what lists are ordered by: over due, due soon, to be told, the rest by the day it is due; what is done comes last.
    fn urgency(&self) -> impl Ord + use<> {
        let rank = match self.light {
            // The office closes it out; nobody waits for it any more.
            _ if self.case.state == State::CloseCheck => 5,
            _ if self.case.state.is_told() => 6,
            Some(light) if light.is_red() => 0,
            Some(light) if light.is_yellow() => 1,
            _ if self.case.state == State::FeedbackDue => 2,
            Some(_) => 3,
            None => 4,
        };
        let due = self.timed.map(|timed| timed.deadline.due);
        // Of what is done the newest stands first.
        let at = if rank >= 5 { -self.case.issue.at } else { self.case.issue.at };
        (rank, due.filter(|_| rank < 5), at, self.case.issue.name)
    }
}

/// What the list is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sieve {
    asked: Vec<Asked>,
    /// Those of this person.
    of: Option<String>,
    among: Option<BTreeSet<Name>>,
    /// The words that found them: each may stand in the line of an issue instead.
    typed: Vec<shown::Typed>,
}

impl Sieve {
    /// Tells whether an issue goes through: it is of a household that was found, or its line has what was typed.
    pub fn lets(&self, entry: &Entry) -> bool {
        self.is_as_asked(entry) && (self.is_of_found(entry) || self.stands_in_line(entry))
    }

    /// Tells whether somebody who says whose an issue is means this one: its household was found.
    pub fn means(&self, entry: &Entry) -> bool {
        self.is_as_asked(entry) && self.is_of_found(entry)
    }

    fn is_as_asked(&self, entry: &Entry) -> bool {
        self.asked.iter().all(|asked| asked.fits(&entry.case, entry.light))
            && self.of.as_ref().is_none_or(|person| entry.is_of(person))
    }

    fn is_of_found(&self, entry: &Entry) -> bool {
        self.among.as_ref().is_none_or(|among| entry.household.is_some_and(|name| among.contains(&name)))
    }

    fn stands_in_line(&self, entry: &Entry) -> bool {
        let line = entry.line();
        self.typed.iter().all(|typed| typed.fits(entry, &line))
    }
}

impl Docket {
    /// Counts them.
    pub fn counts(&self, person: &str) -> Counts {
        let open = || self.0.iter().filter(|entry| !entry.case.state.is_told());
        let lit = |is: fn(Light) -> bool| open().filter(|entry| entry.light.is_some_and(is)).count();
        Counts {
            mine: open().filter(|entry| entry.is_of(person)).count(),
            late: lit(Light::is_red),
            soon: lit(Light::is_yellow),
            to_tell: open().filter(|entry| entry.case.state == State::FeedbackDue).count(),
            all: self.0.len(),
        }
    }

    /// Gives the unit and the person that were given something of a field last, where they were.
    pub fn given_last(&self, field: &str) -> Option<(String, String)> {
        let given = |entry: &Entry| {
            let steps = [StepWord::Screen, StepWord::Assign].into_iter().filter_map(|step| entry.case.flow.last(step));
            let step = steps.filter(|step| step.text("unit").is_some()).max_by_key(|step| (step.stamp, step.name))?;
            let text = |key| step.text(key).unwrap_or_default().to_owned();
            Some((step.stamp, step.name, (text("unit"), text("person"))))
        };
        let same = self.0.iter().filter(|entry| entry.case.issue.field == field);
        same.filter_map(given).max_by_key(|(stamp, name, _)| (*stamp, *name)).map(|(.., whose)| whose)
    }
}

impl House {
    /// Reads every issue.
    ///
    /// # Errors
    /// Where the view cannot be read.
    pub fn docket(&self, now_ms: i64) -> Result<Docket, Trouble> {
        let view = self.righted();
        let names: Vec<Name> = self.shelf(|shelf, _| shelf.issues().iter().copied().collect());
        let mut households = HashMap::new();
        let mut all = Vec::with_capacity(names.len());
        for name in names {
            all.extend(self.entry(name, view.as_ref(), now_ms, &mut households)?);
        }
        all.sort_by_cached_key(Entry::urgency);
        Ok(Docket(all))
    }

    fn entry(
        &self,
        name: Name,
        view: &dyn View,
        now_ms: i64,
        known: &mut HashMap<Name, Arc<Household>>,
    ) -> Result<Option<Entry>, Trouble> {
        let Some(record) = view.record(name)? else { return Ok(None) };
        let Some(case) = Case::read(&record, view)? else { return Ok(None) };
        let household = self.shelf(|shelf, _| shelf.household_of(name));
        let home = self.home(household, &record, view, known)?;
        let (rules, calendar) = (&self.campaign().deadline, Calendar::built_in());
        let timed = case.dues(rules, calendar).now();
        let closed = case.flow.last(StepWord::Close);
        let number = closed.and_then(|close| self.shelf(|shelf, _| shelf.numbers().of(close.name, close.fact(NUMBER))));
        Ok(Some(Entry {
            is_awaited: household.is_none() && ["household", "visit"].iter().any(|role| record.link(role).is_some()),
            household,
            head: clean::line(&face::head(&home)),
            village: clean::line(&hidden::for_other_eyes(&home.village)),
            place: face::whereabouts(&home),
            light: timed.map(|timed| timed.light(local::day(now_ms), calendar)),
            timed,
            number,
            case,
        }))
    }

    /// Reads the household of an issue, unless it was read already; what the whole village says at a talk has its village.
    fn home(
        &self,
        household: Option<Name>,
        record: &Record,
        view: &dyn View,
        known: &mut HashMap<Name, Arc<Household>>,
    ) -> Result<Arc<Household>, Trouble> {
        let Some(name) = household else {
            let talk = record.link("talk").map(|talk| view.record(talk)).transpose()?.flatten();
            let talk = talk.as_deref().and_then(Talk::read);
            let village = talk.map(|talk| talk.village.as_str().into()).unwrap_or_default();
            return Ok(Arc::new(Household { village, ..Household::default() }));
        };
        if let Some(known) = known.get(&name) {
            return Ok(Arc::clone(known));
        }
        let read = Arc::new(self.shelf(|shelf, view| shelf.household(name, view))?.unwrap_or_default());
        known.insert(name, Arc::clone(&read));
        Ok(read)
    }

    /// Reads what is typed to narrow the list, on the screen and with `list issues --where`: the words that only issues have, 我的 for
    /// those of a person, and what else the lines of the list show.
    ///
    /// # Errors
    /// `bad-number` where a close-out number is miswritten or unknown.
    pub fn sieve(&self, typed: &str, person: &str) -> Result<Sieve, Trouble> {
        const MINE: crate::text::Text = t("我的", "mine");
        let is_mine = |word: &&str| [Lang::Zh, Lang::En].iter().any(|lang| MINE.get(*lang) == *word);
        let (mine, others): (Vec<&str>, Vec<&str>) = typed.split_whitespace().partition(is_mine);
        let (asked, rest) = Asked::read_all(&others.join(" "), self)?;
        let of = (!mine.is_empty()).then(|| person.to_owned());
        let mut sieve = Sieve { asked, of, ..Sieve::default() };
        if !rest.is_empty() {
            let find = |typed: &str| Some(self.find(typed, usize::MAX, &|| true)?.names.into_iter().collect());
            sieve.among = find(&rest);
            sieve.typed = shown::Typed::read(&rest, |word| find(word).unwrap_or_default());
        }
        Ok(sieve)
    }
}
