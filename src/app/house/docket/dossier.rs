//! A dossier: one issue in full, what was said, whose it is, every step that was taken, and those that may be taken now.

use std::collections::{BTreeSet, HashMap};

use super::{Entry, Move};
use crate::app::House;
use crate::app::house::close_numbers;
use crate::domain::facts::Shape;
use crate::domain::flow::{RoundDues, StepFact, Taken, day};
use crate::domain::{Calendar, Name, Sort, StepWord, Value, Visit, choice, local};
use crate::hanzi::clean;
use crate::text::{Said, Trouble, t};
use crate::view::View;

/// One issue in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// As it stands in the list.
    pub entry: Entry,
    /// What was said.
    pub text: String,
    /// What is due in this round.
    pub dues: RoundDues,
    /// Every step that stands, in order of time.
    pub steps: Vec<TakenStep>,
    /// What may be done now.
    pub moves: Vec<Move>,
    /// The running visit of the household, else its last one, where that was since there is something to tell.
    pub visit: Option<Visit>,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenStep {
    /// When it happened, milliseconds since 1970 UTC.
    pub at: i64,
    /// When it was written down, where that was later.
    pub recorded: Option<i64>,
    /// Who took it.
    pub actor: String,
    /// Which.
    pub step: StepWord,
    /// What it says, fact by fact.
    pub sayings: Vec<Saying>,
    /// No other one came in its place.
    pub counts: bool,
}

/// A fact of a step in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// What it says.
    pub said: Said,
    /// Other eyes must not read it.
    pub secret: bool,
}

/// Facts that are written freely: they repeat what the household said.
const FREE: [&str; 4] = ["text", "why", "goal", "people"];
/// Facts that say little without their own word before them.
const NAMED: [&str; 6] = ["why", "goal", "finish", "milestone", "until", "by"];

impl House {
    /// Reads one issue in full; nothing where it was taken back.
    ///
    /// # Errors
    /// Where the view cannot be read.
    pub fn dossier(&self, issue: Name, now_ms: i64) -> Result<Option<Dossier>, Trouble> {
        let view = self.righted();
        let Some(entry) = self.entry(issue, view.as_ref(), now_ms, &mut HashMap::new())? else { return Ok(None) };
        let case = &entry.case;
        let line = case.issue.line.map(|line| view.record(line)).transpose()?.flatten();
        let text = case.issue.words(line.as_deref());
        let heads: BTreeSet<Name> = case.flow.heads().map(|step| step.name).collect();
        let steps = case.flow.steps.iter();
        let steps = steps.map(|step| self.told(step, heads.contains(&step.name), view.as_ref(), now_ms));
        Ok(Some(Dossier {
            text: clean::line(text),
            dues: case.dues(&self.campaign().deadline, Calendar::built_in()),
            steps: steps.collect::<Result<_, _>>()?,
            moves: Move::all(case),
            visit: self.visit_to_tell(&entry)?,
            entry,
        }))
    }

    /// Finds the visit in which the household may have been told.
    fn visit_to_tell(&self, entry: &Entry) -> Result<Option<Visit>, Trouble> {
        let Some(household) = entry.household else { return Ok(None) };
        let solved = entry.case.solved_by().or(entry.case.flow.solving()).map_or(entry.case.issue.at, |step| step.at);
        self.shelf(|shelf, view| {
            let mut last: Option<Visit> = None;
            for visit in shelf.children_of(household, Sort::Visit) {
                let Some(visit) = view.record(visit)?.as_deref().and_then(Visit::read) else { continue };
                // A step that was written in later has a day and no moment.
                let since = local::day(visit.started) >= local::day(solved) || visit.ended.is_none();
                let later = last.as_ref().is_none_or(|last| (last.started, last.name) < (visit.started, visit.name));
                // Where nobody was at home nobody was told.
                let met = visit.ended.is_none() || visit.outcome == "done";
                if since && later && met {
                    last = Some(visit);
                }
            }
            Ok(last)
        })
    }

    fn told(&self, step: &Taken, counts: bool, view: &dyn View, now_ms: i64) -> Result<TakenStep, Trouble> {
        let mut sayings = Vec::new();
        if step.step == StepWord::Close
            && let Some((_, said)) = self.shelf(|shelf, _| close_numbers::said(step, shelf.numbers()))
        {
            sayings.push(Saying { said, secret: false });
        }
        for fact in step.step.row().map_or(&[][..], |row| row.facts) {
            let Some(value) = step.fact(fact.key) else { continue };
            let Some(said) = self.said(fact, value, view, now_ms)? else { continue };
            let said = if NAMED.contains(&fact.key) {
                Said::from(t("{name}: {said}", "{name}: {said}"))
                    .with_words("name", fact.name())
                    .with_words("said", said)
            } else {
                said
            };
            sayings.push(Saying { said, secret: FREE.contains(&fact.key) });
        }
        Ok(TakenStep {
            at: step.at,
            recorded: step.is_entered_later().then_some(step.recorded),
            actor: clean::line(&step.actor),
            step: step.step,
            sayings,
            counts,
        })
    }

    /// Puts a fact into words; nothing where it has none for people.
    fn said(&self, fact: &StepFact, value: &Value, view: &dyn View, now_ms: i64) -> Result<Option<Said>, Trouble> {
        let plain = |text: &str| Some(t("{it}", "{it}").with("it", clean::line(text))).filter(|_| !text.is_empty());
        Ok(match (fact.shape, value) {
            (Shape::Choice(list), Value::Text(word)) => {
                choice::name_of(list, word).map(Said::from).or_else(|| plain(word))
            }
            (_, Value::Text(text)) => plain(text),
            (_, Value::Words(words)) => plain(&words.join("、")),
            (_, Value::Yes(true)) => Some(fact.name().into()),
            (_, Value::Day(_)) => day(value).map(|day| local::said_beside(day, local::day(now_ms))),
            (_, Value::Entity(other)) if fact.key == "with" => {
                let entry = self.entry(*other, view, now_ms, &mut HashMap::new())?;
                entry.filter(|entry| !entry.case.issue.confidential).and_then(|entry| plain(&entry.head))
            }
            _ => None,
        })
    }
}
