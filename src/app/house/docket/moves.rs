//! Moves: the steps that an issue may take now, in the order in which people look for them, and the facts each asks for.

use crate::app::Case;
use crate::app::requests::is_open;
use crate::domain::choice::{self, Choice};
use crate::domain::flow::StepFact;
use crate::domain::{Kind, StepWord};
use crate::text::{Text, t};

/// A step that may be taken now; of screening each decision is one, and so is what a suggestion turns into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The step.
    pub step: StepWord,
    /// What it decides; none where the step asks for that itself.
    pub decided: Option<&'static str>,
}

/// The steps, those that lead on before those that are noted.
const ORDER: &[StepWord] = &[
    StepWord::Screen,
    StepWord::Weigh,
    StepWord::Resolve,
    StepWord::Plan,
    StepWord::Explain,
    StepWord::Feedback,
    StepWord::Close,
    StepWord::LookBack,
    StepWord::Verify,
    StepWord::Reopen,
    StepWord::Progress,
    StepWord::Escalate,
    StepWord::Assign,
    StepWord::ExtendDecide,
    StepWord::Extend,
    StepWord::Grade,
    StepWord::Return,
    StepWord::Urge,
    StepWord::HandOver,
];

/// The facts of screening, by what it decides.
const SCREENED: &[(&str, &[&str])] = &[
    ("accept", &["class", "unit", "person", "people"]),
    ("unsupported", &["why", "people"]),
    ("join", &["with", "people", "why"]),
];

/// What a suggestion that is done again turns into.
const PROBLEM: &str = Kind::Problem.word();

impl Move {
    /// Gives the moves of an issue as it stands, and those that settle what people disagree about.
    pub fn all(case: &Case) -> Vec<Self> {
        let flow = &case.flow;
        // What the request would refuse at once is not offered.
        let legal: Vec<StepWord> = flow.legal(case.state).filter(|step| is_open(case, *step)).collect();
        let asked = flow.last_in_round(StepWord::Extend).is_some();
        // Of the two one: asked for, then decided on.
        let is_next = |step: StepWord| legal.contains(&step) && (step != StepWord::Extend || !asked);
        let wanted = |step: &StepWord| is_next(*step) || flow.disputed(*step).is_some();
        let moves = ORDER.iter().copied().filter(wanted).flat_map(|step| {
            let decisions: Vec<Option<&'static str>> = match step {
                // Done again as what it was, or as a problem from now on.
                StepWord::Reopen if flow.kind == Some(Kind::Suggestion) => vec![None, Some(PROBLEM)],
                StepWord::Screen => SCREENED.iter().map(|(decided, _)| Some(*decided)).collect(),
                _ => vec![None],
            };
            decisions.into_iter().map(move |decided| Self { step, decided })
        });
        // A suggestion is weighed, not refused.
        let fits = |it: &Self| flow.kind != Some(Kind::Suggestion) || it.decided != Some("unsupported");
        moves.filter(fits).collect()
    }

    /// Gives its words.
    pub fn name(self) -> Text {
        if self.turns_into().is_some() {
            return t("重办, 转成问题", "reopen as a problem");
        }
        self.decided.and_then(|word| choice::name_of(choice::SCREENED, word)).unwrap_or(self.step.name())
    }

    /// Gives what a suggestion turns into by it, as the request takes it.
    pub fn turns_into(self) -> Option<&'static str> {
        self.decided.filter(|_| self.step == StepWord::Reopen)
    }

    /// Gives its word in places of drafts.
    pub fn word(self) -> String {
        [Some(self.step.word()), self.decided].into_iter().flatten().collect::<Vec<_>>().join("-")
    }

    /// Gives every move there can be.
    pub fn every() -> Vec<Self> {
        let screened = SCREENED.iter().map(|(decided, _)| Self { step: StepWord::Screen, decided: Some(*decided) });
        let others = ORDER.iter().filter(|step| **step != StepWord::Screen);
        let as_problem = Self { step: StepWord::Reopen, decided: Some(PROBLEM) };
        screened.chain(others.map(|step| Self { step: *step, decided: None })).chain([as_problem]).collect()
    }

    /// Gives the facts it asks for.
    pub fn facts(self) -> Vec<&'static StepFact> {
        let Some(row) = self.step.row() else { return Vec::new() };
        let facts = row.facts.iter();
        match SCREENED.iter().find(|(decided, _)| self.decided == Some(*decided)) {
            Some((_, keys)) => keys.iter().filter_map(|key| facts.clone().find(|fact| fact.key == *key)).collect(),
            None => facts.collect(),
        }
    }

    /// Gives the list that a fact is picked from; empty where it is none.
    pub const fn list(fact: &StepFact) -> &'static [Choice] {
        match fact.shape {
            crate::domain::facts::Shape::Choice(list) => list,
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Move, ORDER};
    use crate::app::Case;
    use crate::domain::{Birth, Body, Kind, Name, Operation, Prevs, Record, Sort, Stamp, StepWord, Value, Word};
    use crate::view::MemoryView;

    /// An issue of a kind that is still to be screened.
    fn to_screen(kind: Kind) -> Case {
        let name = Name::new(1, 1);
        let facts = vec![("kind".into(), Value::text(kind.word())), ("text".into(), Value::text("想要个广场"))];
        let operation = Operation {
            name,
            stamp: Stamp(0),
            wall_ms: 0,
            actor: Word::default(),
            entity: name,
            key: Word::default(),
            prevs: Prevs::new(),
            body: Body::Birth(Sort::Issue, Birth { links: Vec::new(), facts }),
        };
        let mut record = Record::new(name);
        record.apply(&crate::log::bytes::keep(operation).unwrap(), |_| false);
        Case::read(&Arc::new(record), &MemoryView::default()).unwrap().unwrap()
    }

    // The page offered to explain a suggestion, and the request refused it.
    #[test]
    fn what_the_request_would_refuse_is_not_offered() {
        let offered = |kind| Move::all(&to_screen(kind)).iter().any(|it| it.step == StepWord::Explain);
        assert!(offered(Kind::Problem) && !offered(Kind::Suggestion));
    }

    #[test]
    fn every_step_of_the_table_is_a_move_and_asks_for_what_must_be_there() {
        assert!(StepWord::ALL.iter().all(|step| ORDER.contains(step)));
        for it in Move::every() {
            let keys: Vec<&str> = it.facts().iter().map(|fact| fact.key).collect();
            let must = it.step.row().unwrap().facts.iter().filter(|fact| fact.must);
            for fact in must.filter(|fact| fact.key != "decision" || it.decided.is_none()) {
                assert!(keys.contains(&fact.key), "{} {}", it.word(), fact.key);
            }
        }
    }
}
