//! What a list is asked of: the readable side of a campaign, at a moment, perhaps narrowed to some households.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Cell;
use crate::app::{Device, House, Place, Reader};
use crate::domain::{Household, Name, Record, Talk};
use crate::text::{Trouble, t};

/// A question to a list.
pub struct Query<'a> {
    /// Where the campaign lies.
    pub place: &'a Place,
    /// Its readable side, filled.
    pub house: &'a House,
    /// What it was made of.
    pub journal: &'a Reader,
    /// This laptop.
    pub device: &'a Device,
    /// Wall clock, milliseconds since 1970 UTC.
    pub now_ms: i64,
    among: Option<Vec<Name>>,
    /// The issues that are asked about, where what was typed is about issues.
    pub(super) issues: Option<BTreeSet<Name>>,
}

impl<'a> Query<'a> {
    /// Asks about everything.
    pub fn new(place: &'a Place, house: &'a House, journal: &'a Reader, device: &'a Device, now_ms: i64) -> Self {
        Self { place, house, journal, device, now_ms, among: None, issues: None }
    }

    /// Narrows the question to the households that a lookup finds.
    #[must_use]
    pub fn among(mut self, typed: &str) -> Self {
        self.among = self.house.find(typed, usize::MAX, &|| true).map(|hits| hits.names);
        self
    }

    /// Tells whether a household is asked about.
    pub fn asks_about(&self, household: Name) -> bool {
        self.among.as_ref().is_none_or(|among| among.contains(&household))
    }

    /// Gives the households asked about: as the lookup ranks them, else by place and name.
    pub fn households(&self) -> Result<Vec<(Name, Household)>, Trouble> {
        let names = match &self.among {
            Some(names) => names.clone(),
            None => self.house.shelf(|shelf, _| shelf.households().iter().copied().collect()),
        };
        let mut all = Vec::with_capacity(names.len());
        for name in names {
            all.push((name, self.house.household(name)?));
        }
        if self.among.is_none() {
            all.sort_by(|a, b| place(a).cmp(&place(b)));
        }
        Ok(all)
    }

    /// Gives every record that belongs to a household asked about and that `read` understands, with that household.
    pub fn each<T>(&self, read: impl Fn(&Record) -> Option<T>) -> Result<Vec<(T, Home)>, Trouble> {
        let among: Option<BTreeSet<Name>> = self.among.as_ref().map(|names| names.iter().copied().collect());
        let mut found: Vec<(T, Arc<Record>)> = Vec::new();
        let view = self.house.righted();
        view.each(&mut |record| {
            if let Some(it) = read(&record) {
                found.push((it, record));
            }
            true
        })?;
        let mut with_home = Vec::new();
        for (it, record) in found {
            let home = self.home_of(&record)?;
            let wanted = |among: &BTreeSet<Name>| home.name.is_some_and(|name| among.contains(&name));
            if among.as_ref().is_none_or(wanted) {
                with_home.push((it, home));
            }
        }
        Ok(with_home)
    }

    /// Finds the household a record belongs to: its own, that of its visit, that of its line. What the whole village says at
    /// a talk belongs to that village.
    pub fn home_of(&self, record: &Record) -> Result<Home, Trouble> {
        let Some(name) = self.house.home_of(record.entity())? else {
            let talk = record.link("talk").map(|talk| self.house.righted().record(talk)).transpose()?.flatten();
            let talk = talk.as_deref().and_then(Talk::read);
            let village = talk.map(|talk| talk.village.as_str().into()).unwrap_or_default();
            return Ok(Home { name: None, household: Household { village, ..Household::default() } });
        };
        let household = self.house.shelf(|shelf, view| shelf.household(name, view))?;
        Ok(Home { name: Some(name), household: household.unwrap_or_default() })
    }
}

/// The household a record belongs to; empty where none is known.
#[derive(Debug, Clone, Default)]
pub struct Home {
    /// Its name.
    pub name: Option<Name>,
    /// Its facts.
    pub household: Household,
}

impl Home {
    /// Gives who says so: the head of the household, or the whole village.
    pub fn speaker(&self) -> Cell {
        if self.name.is_none() && !self.household.village.is_empty() {
            return Cell::Word("village".to_owned(), t("全村", "the village").into());
        }
        Cell::name(&self.household.head)
    }

    /// Shows the village; where what it is about is confidential to scripts alone, as a small village tells whose it is.
    pub fn village(&self, is_confidential: bool) -> Cell {
        let village = self.household.village.as_str();
        if is_confidential { Cell::Hidden(village.to_owned(), t("", "")) } else { Cell::place(village) }
    }
}

/// What households are ordered by; groups as numbers where they are some.
fn place((name, household): &(Name, Household)) -> (&str, &str, u32, &str, u32, &str, Name) {
    let Household { town, village, group, door, head, .. } = household;
    let number = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0);
    (town, village, number(group), group, number(door), head, *name)
}

impl House {
    /// Finds the household an entity belongs to, through line and visit if need be.
    pub fn home_of(&self, entity: Name) -> Result<Option<Name>, Trouble> {
        let view = self.view();
        let mut next = entity;
        // An entity is at most three steps from its household: issue, line, visit.
        for _ in 0..4 {
            let Some(record) = view.record(next)? else { return Ok(None) };
            if record.sort() == Some(crate::domain::Sort::Household) {
                return Ok(Some(self.shelf(|shelf, _| shelf.home_of(next))));
            }
            let parent = ["household", "visit", "line"].iter().find_map(|role| record.link(role));
            let Some(parent) = parent else { return Ok(None) };
            next = parent;
        }
        Ok(None)
    }
}
