//! 整改流程: the life of an issue from recording to close-out, as a function of the set of its steps (plan 二(三), 二(四),
//! `domain.md` 4).
//!
//! Steps are events of the issue. They are ordered by turn, rank in the flow, stamp and name, never by the order in which
//! they arrived; the last one says where the issue stands. A step names the ones of its place that it saw ([`Slot`]): those no
//! longer count, and two that did not see each other and say different things are a disagreement 不一致. Both stay in the
//! history, the later one counts meanwhile, and taking the step once more settles it. Going back beats going on: whoever says
//! that a household is not satisfied is not overruled by a close-out that did not know of it.
//!
//! What is legal is asked when a step is taken, not when it is read: steps of two laptops may well contradict the table, and
//! none of them is lost.

mod branch;
mod due;
mod event;
mod state;
mod step_fact;
mod step_word;
mod table;
mod taking;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::class::{Class, Kind};
use super::{Issue, Name, Record, Value};
pub use due::{RoundDues, Timed, day};
pub use event::{STEP, Slot, Taken};
pub use state::State;
pub use step_fact::StepFact;
pub use step_word::StepWord;
pub use table::{Go, Lead, NUMBER, Place, Row, STEPS};
pub use taking::Next;

/// Where an issue stands, and how it came there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Where it stands.
    pub state: State,
    /// Its turn 趟, counted from 1: every going back begins the next.
    pub turn: u32,
    /// Its rounds 轮, the first one first, each with its own clock; never empty.
    pub rounds: Vec<Round>,
    /// Its class 定级: confirmed, else as the visitor proposed it.
    pub class: Option<Class>,
    /// Its kind.
    pub kind: Option<Kind>,
    /// Every step that stands, in order of time.
    pub steps: Vec<Taken>,
    /// What people decided differently without knowing of each other; what lies behind a later step of the flow is history.
    pub disputes: Vec<Dispute>,
    /// Its class as the visitor proposed it.
    proposed: Option<Class>,
    heads: Vec<Taken>,
    /// Steps that nobody came in the place of, on a branch that the screening did not take.
    aside: Vec<Taken>,
}

/// A round 轮: worked on from a day until the household was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Its first turn.
    pub turn: u32,
    /// When its clock began, milliseconds since 1970 UTC.
    pub began: i64,
    /// It was screened in this round, or is to be: then a plan is asked for as in the first one.
    pub screened: bool,
    /// When the household was told 已答复, if it was.
    pub told: Option<i64>,
}

/// A question that people answered differently without knowing of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Where.
    pub slot: Slot,
    /// The answers, the one that counts last.
    pub sides: Vec<Taken>,
}

impl Flow {
    /// Reads it from an issue and its record.
    pub fn of(issue: &Issue, record: &Record) -> Self {
        let mut steps = event::standing(record);
        steps.sort_by_key(|step| (step.at, step.stamp, step.name));
        let slots = slots(&steps);
        let (mut heads, aside) = branch::parted(&slots);
        heads.sort_by_key(Taken::order);
        let kind = Kind::from_word(&issue.kind);
        let told_at = record.value("told_at").and_then(Value::as_at);
        let proposed = Class::from_word(&issue.class);
        let mut flow = Self {
            state: State::Screening,
            turn: 1,
            rounds: Vec::new(),
            class: None,
            kind,
            steps,
            disputes: Vec::new(),
            proposed,
            heads,
            aside,
        };
        flow.class = flow.said("class").and_then(Value::as_text).and_then(Class::from_word).or(proposed);
        // What was screened after all stands where the screening leads.
        let screened = flow.heads.iter().any(|head| head.slot() == branch::of_turn(1));
        let on_site = (proposed == Some(Class::OnSite) && !screened).then_some(told_at);
        let last = flow.heads.iter().rev().find_map(|head| Some((head.position()?, to(head.lead.go)?)));
        flow.rounds = flow.read_rounds(issue.at, on_site.flatten());
        let state = match (last, on_site) {
            (Some((_, state)), _) => state,
            // Solved and told while still in the household: nobody has to go there once more.
            (None, Some(Some(_))) => State::CloseCheck,
            (None, Some(None)) => State::FeedbackDue,
            (None, None) => State::Screening,
        };
        flow.turn = last.map_or(1, |((turn, _), _)| turn);
        flow.disputes = flow.disagreements();
        flow.state = flow.lane(state);
        flow
    }

    /// Gives the name that work has here: long-term work has a lane of its own, work done again is called so; a suggestion is
    /// weighed, once more where its author is not content, and answered; it is never closed out.
    fn lane(&self, state: State) -> State {
        match state {
            State::Working if self.kind == Some(Kind::Suggestion) => State::Screening,
            State::Working if self.class == Some(Class::LongTerm) => State::LongTerm,
            State::Working if self.rounds.len() > 1 => State::Redo,
            State::CloseCheck if self.kind == Some(Kind::Suggestion) => State::Answered,
            state => state,
        }
    }

    fn read_rounds(&self, recorded: i64, on_site: Option<i64>) -> Vec<Round> {
        let mut rounds = vec![Round { turn: 1, began: recorded, screened: true, told: on_site }];
        // Of several that began the same turn the one that counts says when.
        let begun = self.heads.iter().filter(|head| matches!(head.lead.go, Go::Again(_)));
        let begun: BTreeMap<u32, &Taken> = begun.map(|head| (head.turn.saturating_add(1), head)).collect();
        rounds.extend(begun.into_iter().map(|(turn, head)| {
            let screened = head.lead.go == Go::Again(State::Screening);
            Round { turn, began: head.at, screened, told: None }
        }));
        let ends: Vec<u32> = rounds.iter().skip(1).map(|round| round.turn).chain([u32::MAX]).collect();
        for (round, end) in rounds.iter_mut().zip(ends) {
            let within = self.heads.iter().filter(|head| (round.turn..end).contains(&head.turn));
            round.screened |= within.clone().any(|head| head.step == StepWord::Screen);
            // What was told before the office sent it back is not the answer yet.
            let mut told = within.filter_map(|head| match head.lead.go {
                Go::On(State::CloseCheck) => Some(Some(head.at)),
                Go::Again(_) if head.step == StepWord::Feedback => Some(Some(head.at)),
                Go::Back(_) => Some(None),
                _ => None,
            });
            round.told = told.next_back().unwrap_or(round.told);
        }
        rounds
    }

    /// Gives the steps that count: the last of each place.
    pub fn heads(&self) -> impl DoubleEndedIterator<Item = &Taken> {
        self.heads.iter()
    }

    /// Gives a fact as the step that counts for it said it last; within a turn the later step, in a later turn a later one.
    pub fn said(&self, key: &str) -> Option<&Value> {
        self.saying(key)?.fact(key)
    }

    /// Gives the step that said a fact last.
    pub fn saying(&self, key: &str) -> Option<&Taken> {
        let saying = self.heads.iter().filter(|head| head.fact(key).is_some());
        saying.max_by_key(|head| (head.turn, head.stamp, head.name))
    }

    /// Gives the last step of a word that counts.
    pub fn last(&self, step: StepWord) -> Option<&Taken> {
        self.heads.iter().filter(|head| head.step == step).max_by_key(|head| (head.turn, head.stamp, head.name))
    }

    /// Gives the close-out that is spoken of: of several laptops' in one turn the first.
    pub fn closing(&self) -> Option<&Taken> {
        let last = self.last(StepWord::Close)?;
        let same = self.heads.iter().filter(|head| head.step == StepWord::Close && head.turn == last.turn);
        same.min_by_key(|head| (head.stamp, head.name))
    }

    /// Gives the steps of a word within a round, in order of time; also those that others came in the place of.
    pub fn in_round(&self, round: &Round, step: StepWord) -> impl Iterator<Item = &Taken> {
        let turns = self.turns_of(round);
        self.steps.iter().filter(move |taken| taken.step == step && turns.contains(&taken.turn))
    }

    /// Gives the turns of a round.
    pub fn turns_of(&self, round: &Round) -> Range<u32> {
        let next = self.rounds.iter().find(|other| other.turn > round.turn);
        round.turn..next.map_or(u32::MAX, |next| next.turn)
    }

    /// Gives the round that was the present one at a moment; the first one before that.
    pub fn round_at(&self, at: i64) -> &Round {
        self.rounds.iter().rev().find(|round| round.began <= at).or(self.rounds.first()).unwrap_or_else(|| self.round())
    }

    /// Gives the step by which it was solved, explained or weighed, so that the household can be told.
    pub fn solving(&self) -> Option<&Taken> {
        let done = |step: &&Taken| matches!(step.lead.go, Go::On(State::FeedbackDue | State::CloseCheck));
        let worked = |step: &&Taken| step.step != StepWord::Feedback;
        self.heads.iter().rev().filter(|step| step.turn == self.turn).filter(done).find(worked)
    }

    /// Gives the present round.
    pub fn round(&self) -> &Round {
        static NONE: Round = Round { turn: 1, began: 0, screened: true, told: None };
        self.rounds.last().unwrap_or(&NONE)
    }

    /// Gives the responsible unit and person 责任单位, 责任人; a person named before the unit was another one's.
    pub fn responsible(&self) -> (&str, &str) {
        let later = |step: &&Taken| self.saying("unit").is_none_or(|unit| step.told_after(unit));
        let unit = self.saying("unit").and_then(|step| step.text("unit"));
        let person = self.saying("person").filter(later).and_then(|step| step.text("person"));
        (unit.unwrap_or_default(), person.unwrap_or_default())
    }

    /// Gives who has to tell the household 谁走访谁反馈 (plan 二(三)4): who recorded it, or whom it was handed over to.
    pub fn teller<'a>(&'a self, issue: &'a Issue) -> &'a str {
        self.last(StepWord::HandOver).and_then(|step| step.text("to")).unwrap_or(&issue.recorder)
    }

    /// Gives how far up the ladder of 逐级上报 it has come, as a place in [`super::choice::LEVELS`].
    pub fn level(&self) -> usize {
        let place = |word: &str| super::choice::LEVELS.iter().position(|level| level.word == word);
        let told = self.steps.iter().filter(|step| step.step == StepWord::Escalate);
        told.filter_map(|step| place(step.text("level")?)).max().unwrap_or(0)
    }

    /// Gives the issue that it was joined to 并案, where it is.
    pub fn joined_to(&self) -> Option<Name> {
        let screened = self.last(StepWord::Screen).filter(|step| step.decided() == "join")?;
        screened.fact("with").and_then(Value::as_entity).filter(|_| screened.turn == self.turn)
    }

    /// Gives the last step of a word in the present round that counts.
    pub fn last_in_round(&self, step: StepWord) -> Option<&Taken> {
        let turns = self.turns_of(self.round());
        self.heads.iter().rev().find(|head| head.step == step && turns.contains(&head.turn))
    }

    /// Counts the attempts to tell the household that came to nothing, in this turn.
    pub fn attempts(&self) -> usize {
        let tried =
            |step: &&Taken| step.step == StepWord::Feedback && step.decided() == "absent" && step.turn == self.turn;
        self.steps.iter().filter(tried).count()
    }

    /// Gives the steps that may be taken in a state.
    pub fn legal(&self, state: State) -> impl Iterator<Item = StepWord> {
        STEPS.iter().filter(move |row| self.may_take(row, state)).map(|row| row.step)
    }

    /// Tells whether a step may be taken in a state. Work is solved, not explained, unless the policy did not support the issue and
    /// whoever said so is still not content: it is explained once more (plan 二(三)4).
    fn may_take(&self, row: &Row, state: State) -> bool {
        let at_work = !matches!(state, State::Screening | State::Explaining);
        let unsupported = || self.last(StepWord::Screen).is_some_and(|screened| screened.decided() == "unsupported");
        row.is_legal(state, self.kind) && (row.step != StepWord::Explain || !at_work || unsupported())
    }

    /// Gives the disagreement that a step would settle, where there is one.
    pub fn disputed(&self, step: StepWord) -> Option<&Dispute> {
        self.disputes.iter().rev().find(|dispute| dispute.sides.iter().any(|side| side.step == step))
    }

    /// Gives the names of the steps in a place that count, for a step that comes in their place.
    pub fn names_in(&self, slot: Slot) -> Vec<Name> {
        let left = self.heads.iter().chain(&self.aside);
        left.filter(|head| head.slot() == slot).map(|head| head.name).collect()
    }

    /// Gives what people disagree on in the present turn, or over whether it began.
    fn disagreements(&self) -> Vec<Dispute> {
        let mut slots: BTreeMap<Slot, Vec<Taken>> = BTreeMap::new();
        for head in &self.heads {
            slots.entry(head.slot()).or_default().push(head.clone());
        }
        let all = slots.into_iter().map(|(slot, sides)| Dispute { slot, sides });
        all.filter(|dispute| dispute.is_one() && self.is_present(dispute)).collect()
    }

    fn is_present(&self, dispute: &Dispute) -> bool {
        let Slot::At(turn, _) = dispute.slot else { return true };
        let went_on = self.heads.iter().any(|head| matches!(head.slot(), Slot::At(later, _) if later > turn));
        let began = dispute.sides.iter().any(|side| matches!(side.lead.go, Go::Back(_) | Go::Again(_)));
        turn >= self.turn || (began && !went_on)
    }
}

impl Dispute {
    fn is_one(&self) -> bool {
        self.sides.iter().zip(self.sides.iter().skip(1)).any(|(a, b)| !a.agrees(b))
    }
}

/// Puts steps into their places; those that another one of the place saw no longer count.
fn slots(steps: &[Taken]) -> BTreeMap<Slot, Vec<&Taken>> {
    let mut slots: BTreeMap<Slot, Vec<&Taken>> = BTreeMap::new();
    for step in steps {
        slots.entry(step.slot()).or_default().push(step);
    }
    for heads in slots.values_mut() {
        let seen: BTreeSet<Name> = heads.iter().flat_map(|step| step.saw.iter().copied()).collect();
        // Steps that say they saw each other were made by no program: they stay, all of them.
        if heads.iter().any(|step| !seen.contains(&step.name)) {
            heads.retain(|step| !seen.contains(&step.name));
        }
        heads.sort_by_key(|step| (step.stamp, step.name));
    }
    slots
}

const fn to(go: Go) -> Option<State> {
    match go {
        Go::Stay => None,
        Go::On(state) | Go::Back(state) | Go::Again(state) => Some(state),
    }
}

#[cfg(test)]
mod tests;
