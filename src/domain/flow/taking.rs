//! Taking a step: whether it is legal now, in which turn it stands, and which steps it comes in the place of.

use super::super::Name;
use super::{Flow, Place, Slot, State, StepWord};

/// How a step that may be taken is to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// Its turn.
    pub turn: u32,
    /// The steps of its place that count now; it names them, and they no longer do.
    pub saw: Vec<Name>,
    /// It settles a disagreement of an earlier moment.
    pub settles: bool,
}

impl Flow {
    /// Tells how a step that decides something is to be written by an issue that stands in a state; none where it is not legal
    /// now. What people disagree on may be said once more at any time, which settles it.
    pub fn next(&self, state: State, step: StepWord, decided: &str) -> Option<Next> {
        let row = step.row()?;
        let lead = row.lead(decided)?;
        let slot_in = |turn| match lead.place {
            Place::At(rank) => Some(Slot::At(turn, rank)),
            Place::Last => Some(Slot::Last(step)),
            Place::Each => None,
        };
        let legal = self.may_take(row, state);
        let dispute = self.disputed(step).map(|dispute| dispute.slot);
        let turn = match dispute {
            Some(Slot::At(turn, _)) if slot_in(turn) == dispute => turn,
            Some(Slot::Last(_)) => self.turn,
            _ if legal => self.turn,
            _ => return None,
        };
        let slot = slot_in(turn);
        let saw = slot.map(|slot| self.names_in(slot)).unwrap_or_default();
        Some(Next { turn, saw, settles: dispute.is_some() && slot == dispute })
    }
}
