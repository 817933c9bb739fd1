//! Declaring: minutes of a gap that the laptop slept through and why; and of a talk entered later, how long a household was there.

use super::{Sent, TalkEnd, Writing};
use crate::app::Request;
use crate::domain::entry::{Speakers, speakers};
use crate::domain::spoken::length;
use crate::text::t;
use crate::ui::desk::Desk;
use crate::ui::page::Go;
use crate::ui::screens::alike::HOW_LONG;
use crate::ui::screens::wrapup::declared;

impl TalkEnd {
    /// Finds a gap that somebody began to declare and left, with what is written: once the talk is over nothing leads back to it.
    pub(super) fn half_a_gap(&self, desk: &Desk) -> Option<(usize, String)> {
        let running = self.running(desk)?;
        let left = |gap: usize| {
            let mut left = desk.session.left_at(&self.place_of(Writing::Gap(gap))).into_iter().map(|(_, text)| text);
            left.rfind(|text| !text.trim().is_empty()).map(|text| (gap, text))
        };
        (0..running.timer.gaps().len()).find_map(left)
    }

    /// Gives the gap that is most likely meant.
    pub(super) fn likely_gap(&self, desk: &Desk) -> Option<usize> {
        self.running(desk)?.likely_gap()
    }

    /// Opens a gap with what was being written of it, else with what was declared.
    pub(super) fn open_gap(&mut self, at: usize, desk: &mut Desk) {
        self.writing = Some(Writing::Gap(at));
        let gap = self.running(desk).and_then(|running| running.timer.gaps().get(at).cloned());
        let declared = gap.and_then(|gap| gap.declared);
        let declared = declared.map(|(ms, why)| (format!("{} {why}", ms.div_ceil(60_000)), usize::MAX));
        let (text, cursor) = desk.session.draft(&self.place()).or(declared).unwrap_or_default();
        self.field.set(&text, cursor);
    }

    /// Goes to the gap before or after; what is written of this one stays its draft.
    pub(super) fn other_gap(&mut self, after: bool, desk: &mut Desk) {
        let Some(Writing::Gap(at)) = self.writing else { return };
        let last = self.running(desk).map_or(0, |running| running.timer.gaps().len().saturating_sub(1));
        let other = if after { (at + 1).min(last) } else { at.saturating_sub(1) };
        if other != at {
            self.open_gap(other, desk);
        }
    }

    /// Records how many minutes the selected household was there.
    fn stayed(&mut self, desk: &mut Desk) -> Go {
        let minutes = match length::whole(self.field.text()) {
            Ok(minutes) => minutes,
            Err(doubt) => return Go::Say(doubt.said().unwrap_or_else(|| HOW_LONG.into())),
        };
        let at = self.list.selected().min(self.guests().len().saturating_sub(1));
        let Some(guest) = self.guests().get(at).filter(|_| minutes > 0) else { return Go::say(HOW_LONG) };
        let request = Request::new("talk.leave").with_name("talk", self.talk).with("minutes", minutes);
        let request = request.with_name("household", guest.presence.household).consuming(self.place());
        self.ask(request, Sent::Declare, desk);
        Go::Stay
    }

    pub(super) fn declare(&mut self, desk: &mut Desk) -> Go {
        if self.writing == Some(Writing::Stay) {
            return self.stayed(desk);
        }
        // `12# …` typed here: the first digit opened this field.
        if matches!(speakers(&format!("1{}", self.field.text().trim())).0, Speakers::Households(_)) {
            return Go::say(t(
                "这像是谁说的一句话: Esc 再 Esc 回去, 在输入行里写.",
                "That looks like a line somebody said: Esc twice, and write it there.",
            ));
        }
        let (minutes, why) = match declared(self.field.text()) {
            Ok(declared) => declared,
            Err(said) => return Go::Say(said),
        };
        let Some(Writing::Gap(gap)) = self.writing else { return Go::Stay };
        let request = Request::new("visit.declare").with("gap", gap + 1).with("minutes", minutes).with("why", why);
        let request = request.consuming(self.place());
        self.declared_before = self.running(desk).and_then(|running| running.timer.gaps().get(gap)?.declared.clone());
        self.ask(request, Sent::Declare, desk);
        Go::Stay
    }
}
