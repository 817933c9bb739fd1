//! The table of steps 流程: of each step its word, from where it goes, where it leads, and the facts it has (plan 二(三), 二(四),
//! `domain.md` 4). What can be done, what is refused, the order of the flow and the reference read this table.
//!
//! A step that goes on stands at a **rank** of the flow. One that goes back begins the next **turn** 趟 of the issue, in which
//! the flow is gone through once more; where it begins a clock of its own too, that is a new **round** 轮.

use super::super::choice;
use super::super::class::Kind;
use super::super::facts::Shape;
use super::state::State::{
    self, Answered, CloseCheck, Closed, Explaining, FeedbackDue, Joined, LongTerm, Planning, Redo, Screening, Stable,
    Working,
};
use super::step_fact::{StepFact, may, must};
use super::step_word::StepWord;

/// Where a step leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// It is noted; the issue stays where it is.
    Stay,
    /// On, within the turn.
    On(State),
    /// Back, in a new turn; the clock runs on.
    Back(State),
    /// Back, in a new turn and a new round with a clock of its own.
    Again(State),
}

/// What steps are held against each other. Steps in one place are one question: the last answer counts, and two given
/// without knowing of each other are a disagreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// At a rank of the flow, once in a turn.
    At(u8),
    /// The last one of its word counts, whatever the turn.
    Last,
    /// Each stands for itself.
    Each,
}

/// One way out of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    /// The word of the deciding fact; empty: any other, or none.
    pub value: &'static str,
    /// What it is held against.
    pub place: Place,
    /// Where it leads.
    pub go: Go,
}

/// One step.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Its word.
    pub step: StepWord,
    /// From where it goes.
    pub from: &'static [State],
    /// The kind of issue it is only for.
    pub only: Option<Kind>,
    /// The fact that decides where it leads; empty where it always leads to the same.
    pub by: &'static str,
    /// Where it leads.
    pub leads: &'static [Lead],
    /// Its facts.
    pub facts: &'static [StepFact],
}

const fn lead(value: &'static str, place: Place, go: Go) -> Lead {
    Lead { value, place, go }
}

/// Ranks of the flow; those between stand for later programs.
const SCREENED: Place = Place::At(10);
const PLANNED: Place = Place::At(20);
const ASKED: Place = Place::At(24);
const DECIDED: Place = Place::At(26);
const RESOLVED: Place = Place::At(40);
const TOLD: Place = Place::At(50);
const CHECKED: Place = Place::At(60);
const LOOKED: Place = Place::At(70);

const NOTED: &[Lead] = &[lead("", Place::Each, Go::Stay)];
const LATEST: &[Lead] = &[lead("", Place::Last, Go::Stay)];

/// States in which somebody works on it.
const AT_WORK: &[State] = &[Planning, Working, Redo, LongTerm];
/// States in which it is still to be solved or explained.
const OPEN: &[State] = &[Screening, Explaining, Planning, Working, Redo, LongTerm];
/// The same, and those in which the household is still to be told.
const UNTOLD: &[State] = &[Screening, Explaining, Joined, Planning, Working, Redo, LongTerm, FeedbackDue];

/// Every step.
pub const STEPS: &[Row] = &[
    Row {
        step: StepWord::Screen,
        from: &[Screening, Joined],
        only: None,
        by: "decision",
        leads: &[
            lead("accept", SCREENED, Go::On(Planning)),
            lead("unsupported", SCREENED, Go::On(Explaining)),
            lead("join", SCREENED, Go::On(Joined)),
        ],
        facts: &[
            must("decision", Shape::Choice(choice::SCREENED)),
            may("class", Shape::Choice(choice::CONFIRMED_CLASSES)),
            may("unit", Shape::Text),
            may("person", Shape::Text),
            may("with", Shape::Entity),
            may("people", Shape::Words),
            may("why", Shape::Text),
        ],
    },
    Row {
        step: StepWord::Weigh,
        from: &[Screening],
        only: Some(Kind::Suggestion),
        by: "decision",
        leads: &[
            lead("adopt", SCREENED, Go::On(FeedbackDue)),
            lead("consider", SCREENED, Go::On(FeedbackDue)),
            lead("decline", SCREENED, Go::On(FeedbackDue)),
        ],
        facts: &[must("decision", Shape::Choice(choice::WEIGHED)), must("why", Shape::Text)],
    },
    Row {
        step: StepWord::Assign,
        from: AT_WORK,
        only: None,
        by: "",
        leads: LATEST,
        facts: &[must("unit", Shape::Text), may("person", Shape::Text), may("why", Shape::Text)],
    },
    Row {
        step: StepWord::Grade,
        from: AT_WORK,
        only: None,
        by: "",
        leads: LATEST,
        facts: &[must("class", Shape::Choice(choice::CONFIRMED_CLASSES)), must("why", Shape::Text)],
    },
    Row {
        step: StepWord::Plan,
        from: AT_WORK,
        only: None,
        by: "",
        leads: &[lead("", PLANNED, Go::On(Working))],
        facts: &[
            must("text", Shape::Text),
            may("goal", Shape::Text),
            may("unit", Shape::Text),
            may("person", Shape::Text),
            may("finish", Shape::Day),
        ],
    },
    Row {
        step: StepWord::Progress,
        from: OPEN,
        only: None,
        by: "",
        leads: NOTED,
        facts: &[must("text", Shape::Text), may("milestone", Shape::Day)],
    },
    Row {
        step: StepWord::Escalate,
        from: OPEN,
        only: None,
        by: "",
        leads: NOTED,
        facts: &[may("level", Shape::Choice(choice::LEVELS)), must("to", Shape::Text), must("why", Shape::Text)],
    },
    Row {
        step: StepWord::Urge,
        from: UNTOLD,
        only: None,
        by: "",
        leads: NOTED,
        facts: &[must("kind", Shape::Choice(choice::URGED)), must("to", Shape::Text), may("text", Shape::Text)],
    },
    Row {
        step: StepWord::Extend,
        from: AT_WORK,
        only: None,
        by: "",
        leads: &[lead("", ASKED, Go::Stay)],
        facts: &[must("until", Shape::Day), must("why", Shape::Text)],
    },
    Row {
        step: StepWord::ExtendDecide,
        from: AT_WORK,
        only: None,
        by: "decision",
        leads: &[lead("", DECIDED, Go::Stay)],
        facts: &[
            must("decision", Shape::Choice(choice::APPROVED)),
            must("by", Shape::Text),
            may("until", Shape::Day),
            may("why", Shape::Text),
        ],
    },
    Row {
        step: StepWord::Resolve,
        from: &[Working, Redo, LongTerm],
        only: None,
        by: "",
        leads: &[lead("", RESOLVED, Go::On(FeedbackDue))],
        facts: &[must("text", Shape::Text)],
    },
    Row {
        step: StepWord::Explain,
        // At work only once more: see `Flow::may_take`.
        from: &[Explaining, Screening, Working, Redo, LongTerm],
        only: None,
        by: "told",
        leads: &[lead("yes", RESOLVED, Go::On(CloseCheck)), lead("", RESOLVED, Go::On(FeedbackDue))],
        facts: &[must("text", Shape::Text), may("told", Shape::Yes)],
    },
    Row {
        step: StepWord::Feedback,
        from: &[FeedbackDue],
        only: None,
        by: "answer",
        leads: &[
            lead("satisfied", TOLD, Go::On(CloseCheck)),
            lead("mostly", TOLD, Go::On(CloseCheck)),
            lead("explained", TOLD, Go::On(CloseCheck)),
            lead("unreachable", TOLD, Go::On(CloseCheck)),
            lead("dissatisfied", TOLD, Go::Again(Working)),
            lead("absent", Place::Each, Go::Stay),
        ],
        facts: &[
            must("answer", Shape::Choice(choice::ANSWERS)),
            may("way", Shape::Choice(choice::VISIT_KINDS)),
            may("text", Shape::Text),
            may("visit", Shape::Entity),
        ],
    },
    Row {
        step: StepWord::Return,
        from: &[Planning, Working, Redo, LongTerm, CloseCheck],
        only: None,
        by: "to",
        leads: &[lead("screening", PLANNED, Go::Back(Screening)), lead("working", CHECKED, Go::Back(Working))],
        facts: &[must("why", Shape::Text)],
    },
    Row {
        step: StepWord::Close,
        from: &[CloseCheck],
        only: None,
        by: "",
        leads: &[lead("", CHECKED, Go::On(Closed))],
        facts: &[may("text", Shape::Text)],
    },
    Row {
        step: StepWord::LookBack,
        from: &[Closed, Stable],
        only: None,
        by: "result",
        leads: &[lead("stable", LOOKED, Go::On(Stable)), lead("relapse", LOOKED, Go::Again(Working))],
        facts: &[must("result", Shape::Choice(choice::LOOKED_BACK)), may("text", Shape::Text)],
    },
    Row {
        step: StepWord::Verify,
        from: &[CloseCheck, Closed, Stable],
        only: None,
        by: "result",
        leads: &[lead("passed", Place::Each, Go::Stay), lead("failed", LOOKED, Go::Again(Working))],
        facts: &[
            must("result", Shape::Choice(choice::VERIFIED)),
            must("people", Shape::Words),
            may("text", Shape::Text),
        ],
    },
    Row {
        step: StepWord::Reopen,
        from: &[Closed, Stable, Answered],
        only: None,
        by: "to",
        leads: &[lead("screening", LOOKED, Go::Again(Screening)), lead("working", LOOKED, Go::Again(Working))],
        facts: &[must("why", Shape::Text)],
    },
    Row {
        step: StepWord::HandOver,
        from: UNTOLD,
        only: None,
        by: "",
        leads: LATEST,
        facts: &[must("to", Shape::Text), must("why", Shape::Text)],
    },
];

/// The fact of a close-out that holds its number.
pub const NUMBER: &str = "number";

/// Facts that say how a step came about, not what it decides: two steps that differ only in these agree.
pub(super) const BESIDES: &[&str] = &["on", "turn", NUMBER, "text", "why", "visit", "people", "way"];

impl StepWord {
    /// Gives its row.
    pub fn row(self) -> Option<&'static Row> {
        STEPS.iter().find(|row| row.step == self)
    }
}

impl Row {
    /// Finds where the step leads with this word of the deciding fact.
    pub fn lead(&self, value: &str) -> Option<&'static Lead> {
        self.leads
            .iter()
            .find(|lead| lead.value == value)
            .or_else(|| self.leads.iter().find(|lead| lead.value.is_empty()))
    }

    /// Tells whether the step may be taken in a state by an issue of a kind.
    pub fn is_legal(&self, state: State, kind: Option<Kind>) -> bool {
        self.from.contains(&state) && self.only.is_none_or(|only| kind == Some(only))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_has_one_row_and_every_way_out_has_a_word_of_its_list() {
        for &step in StepWord::ALL {
            assert_eq!(STEPS.iter().filter(|row| row.step == step).count(), 1, "{}", step.word());
            let row = step.row().unwrap();
            assert!(!row.leads.is_empty() && !row.from.is_empty());
            for lead in row.leads.iter().filter(|lead| !lead.value.is_empty()) {
                let fact = row.facts.iter().find(|fact| fact.key == row.by);
                if let Some(Shape::Choice(list)) = fact.map(|fact| fact.shape) {
                    assert!(list.iter().any(|choice| choice.word == lead.value), "{} {}", step.word(), lead.value);
                }
            }
            let decides = row.facts.iter().find(|fact| fact.key == row.by);
            if let Some(Shape::Choice(list)) = decides.map(|fact| fact.shape) {
                assert!(list.iter().all(|choice| row.lead(choice.word).is_some()), "{}", step.word());
            }
            assert!(row.facts.iter().all(|fact| !fact.name().zh.is_empty()), "{}", step.word());
        }
    }

    #[test]
    fn every_state_but_the_last_can_be_left_and_every_state_can_be_reached() {
        use State::*;
        for &state in State::ALL {
            let leaves =
                STEPS.iter().any(|row| row.from.contains(&state) && row.leads.iter().any(|l| l.go != Go::Stay));
            assert!(leaves, "{}", state.word());
            let reached = STEPS.iter().flat_map(|row| row.leads).any(|lead| match lead.go {
                Go::Stay => false,
                Go::On(to) | Go::Back(to) | Go::Again(to) => to == state,
            });
            // Of work some is done again, some is of long standing; of answers some are to suggestions.
            assert!(reached || matches!(state, Redo | LongTerm | Answered), "{}", state.word());
        }
    }
}
