//! Declaring: minutes of a gap that the laptop slept through and why; and of a talk entered later, how long a household was there.

use super::{Sent, TalkEnd, Writing};
use crate::app::Request;
use crate::domain::entry::{Speakers, speakers};
use crate::hanzi::forms;
use crate::text::t;
use crate::ui::desk::Desk;
use crate::ui::page::Go;
use crate::ui::screens::alike::MINUTES_AND_WHY;
use crate::ui::screens::wrapup::declared;

impl TalkEnd {
    /// Finds a gap that somebody began to declare and left: once the talk is over nothing leads back to it.
    pub(super) fn half_a_gap(&self, desk: &Desk) -> Option<String> {
        let mut left = desk.session.left_at(&self.place_of(Writing::Gap)).into_iter().map(|(_, text)| text);
        let is_open = self.running(desk).is_some_and(|running| running.open_gaps().next().is_some());
        left.rfind(|text| is_open && !text.trim().is_empty())
    }

    /// Records how many minutes the selected household was there.
    fn stayed(&mut self, desk: &mut Desk) -> Go {
        let said = self.field.text().trim().trim_end_matches(['分', '钟']);
        let minutes: Option<u64> = forms::half_width(said).trim().parse().ok().filter(|minutes| *minutes > 0);
        let at = self.list.selected().min(self.guests().len().saturating_sub(1));
        let Some((minutes, guest)) = minutes.zip(self.guests().get(at)) else {
            return Go::say(t("请写待了几分钟, 只写数字.", "How many minutes was it there? A number, please."));
        };
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
        let Some((minutes, why)) = declared(self.field.text()) else {
            return Go::say(MINUTES_AND_WHY);
        };
        let request = Request::new("visit.declare").with("minutes", minutes).with("why", why).consuming(self.place());
        self.ask(request, Sent::Declare, desk);
        Go::Stay
    }
}
