//! 3户也说过类似的: what other households of the village said before, so that one problem is not taken for three.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::app::{Gathering, House, Utterance};
use crate::domain::similar::Words;
use crate::domain::{Issue, Line, Name, Sort};
use crate::text::Trouble;

/// A sentence of other households of the village. What is confidential is nobody's to see here, and whose it is neither:
/// the neighbours sit at the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearby {
    /// The line; of what several said together the first one.
    pub line: Name,
    /// Whose; nobody's where the village as a whole said it.
    pub households: Vec<Name>,
    /// When, milliseconds since 1970 UTC.
    pub at: i64,
    /// The sentence.
    pub text: String,
    /// Its words.
    pub words: Words,
    /// The issue it became.
    pub issue: Option<Issue>,
}

impl House {
    /// Reads what the other households of a household's village said, the latest first.
    pub fn said_nearby(&self, household: Name) -> Result<Vec<Nearby>, Trouble> {
        let own = self.household(household)?;
        if own.village.is_empty() {
            return Ok(Vec::new());
        }
        let home = self.shelf(|shelf, _| shelf.home_of(household));
        let mut homes = self.households_at(&own.town, &own.village);
        homes.retain(|other| *other != home);
        self.said_by(&homes)
    }

    /// Reads what the households of a talk's village said elsewhere, the latest first. Which village of that name is meant, those
    /// present tell.
    pub fn said_around(&self, gathering: &Gathering) -> Result<Vec<Nearby>, Trouble> {
        let towns = gathering.towns();
        let homes = towns.iter().flat_map(|town| self.households_at(town, &gathering.talk.village));
        let mut said = self.said_by(&homes.collect::<Vec<_>>())?;
        let here: BTreeSet<Name> = gathering.said.iter().flat_map(|said| &said.lines).copied().collect();
        said.retain(|nearby| !here.contains(&nearby.line));
        Ok(said)
    }

    /// Tells whether one of some households said what an issue is about already: its own is the first of them, or was put down
    /// as one more.
    pub fn has_said(&self, households: &[Name], theirs: &Issue) -> Result<bool, Trouble> {
        let first = theirs.with.unwrap_or(theirs.name);
        self.shelf(|shelf, view| {
            for household in households {
                for name in shelf.children_of(shelf.home_of(*household), Sort::Issue) {
                    let own = view.record(name)?.as_deref().and_then(Issue::read);
                    if own.is_some_and(|own| own.name == first || own.with == Some(first)) {
                        return Ok(true);
                    }
                }
            }
            Ok(false)
        })
    }

    fn said_by(&self, homes: &[Name]) -> Result<Vec<Nearby>, Trouble> {
        self.shelf(|shelf, view| {
            let mut found: Vec<Nearby> = Vec::new();
            for home in homes {
                let visits: Vec<Name> = shelf.children_of(*home, Sort::Visit).collect();
                let mut lines: Vec<Name> =
                    visits.iter().flat_map(|visit| shelf.children_of(*visit, Sort::Line)).collect();
                lines.extend(shelf.children_of(*home, Sort::Line));
                lines.sort_unstable();
                lines.dedup();
                for line in lines {
                    let Some(line) = view.record(line)?.as_deref().and_then(Line::read) else { continue };
                    let mut issue = None;
                    for name in shelf.children_of(line.name, Sort::Issue) {
                        issue = view.record(name)?.as_deref().and_then(Issue::read).or(issue);
                    }
                    if issue.as_ref().is_some_and(|issue| issue.confidential) {
                        continue;
                    }
                    let words = Words::of(&line.text);
                    let (line, at, text) = (line.name, line.at, line.text);
                    found.push(Nearby { line, households: vec![*home], at, text, words, issue });
                }
            }
            found.sort_by_key(|nearby| Reverse((nearby.at, nearby.line)));
            Ok(found)
        })
    }
}

impl Gathering {
    /// Gives the townships in which its village may lie: those of who is there and lives in a village of that name.
    pub fn towns(&self) -> BTreeSet<&str> {
        let village = self.talk.village.as_str();
        let own = self.present.iter().filter(|guest| !village.is_empty() && guest.face.village == village);
        own.map(|guest| guest.face.town.as_str()).collect()
    }

    /// Gives what was said at the talk itself, the latest first.
    pub fn said_here(&self) -> Vec<Nearby> {
        let home = |number: &u16| {
            let guest = self.present.iter().find(|guest| guest.presence.number == *number);
            guest.map(|guest| guest.face.name)
        };
        let nearby = |said: &Utterance| {
            let issue = said.issues.first().cloned().flatten();
            Some(Nearby {
                line: *said.lines.first()?,
                households: said.speakers.iter().filter_map(home).collect(),
                at: said.at,
                words: Words::of(&said.text),
                text: said.text.clone(),
                issue,
            })
        };
        let is_open = |said: &&Utterance| !said.issues.iter().flatten().any(|issue| issue.confidential);
        self.said.iter().rev().filter(is_open).filter_map(nearby).collect()
    }
}
