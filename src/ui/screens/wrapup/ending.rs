//! Ending: the visit ends as it was or is discarded, gaps are declared; and on to the next household.

use super::choosing::Step;
use super::next::{self, Next, Own};
use super::rows::Part;
use super::{Card, Sent, WrapUp, declared, said};
use crate::app::face::due_words;
use crate::app::{Answer, Request, Ticket};
use crate::domain::choice;
use crate::text::{Said, Text, Trouble, t};
use crate::ui::desk::Desk;
use crate::ui::page::Go;
use crate::ui::screens::alike::{DISCARD, DISCARDED, NO_GAP, NOT_BEGUN};
use crate::ui::screens::declared_again;
use crate::ui::screens::visit::picture::minimum_ms;

pub(super) const NO_REASON: Text = t(
    "时间不足: 写上原因再按 Enter, 照样保留并注明; Esc 继续走访.",
    "Too short: give the reason and press Enter, it is kept and marked; Esc goes on.",
);

/// Says that there is nowhere to go next, as it is.
const fn nowhere(next: &Next) -> Text {
    match next {
        Next::OthersVisited(Own::Open) => t(
            "{ended} 这个组别的户都访过了, 这一户还没有. Ctrl-Z 撤回.",
            "{ended} All others of this group are visited, this one is not. Ctrl-Z takes it back.",
        ),
        Next::NoOthers(Own::Open) => t(
            "{ended} 这个组没有别的户要访, 这一户还没访到. Ctrl-Z 撤回.",
            "{ended} This group has no other to visit, this one is still open. Ctrl-Z takes it back.",
        ),
        Next::NoOthers(Own::Done) => t(
            "{ended} 这个组没有别的户要访. Ctrl-Z 撤回.",
            "{ended} This group has no other to visit. Ctrl-Z takes it back.",
        ),
        Next::OthersVisited(Own::Done) | Next::Household(..) => t(
            "{ended} 这个组别的户都访过了. Ctrl-Z 撤回.",
            "{ended} All others of this group are visited. Ctrl-Z takes it back.",
        ),
    }
}

impl WrapUp {
    /// Goes to the gap that is most likely meant.
    pub(super) fn go_to_gap(&mut self, desk: &Desk) -> Go {
        let Some(gap) = self.running(desk).and_then(|running| running.likely_gap()) else {
            return Go::say(NO_GAP);
        };
        self.arrange(desk);
        self.at = Part::Gap(gap);
        Go::Stay
    }

    pub(super) fn declare(&mut self, gap: usize, desk: &mut Desk) -> Go {
        let (minutes, why) = match declared(self.text(Part::Gap(gap))) {
            Ok(declared) => declared,
            Err(said) => return Go::Say(said),
        };
        let request = Request::new("visit.declare").with("minutes", minutes).with("why", why).with("gap", gap + 1);
        let request = request.consuming(self.place_of(Part::Gap(gap)).unwrap_or_default());
        let before = self.running(desk).and_then(|running| running.timer.gaps().get(gap)?.declared.clone());
        self.ask(request, Sent::Declare(gap, before), desk);
        Go::Stay
    }

    /// Ends the visit. Enter behind a digit belongs to the digit, as in a form: what was chosen is said first.
    pub(super) fn finish(&mut self, is_behind_digit: bool, desk: &mut Desk) -> Go {
        if self.sent.iter().any(|(_, sent)| *sent == Sent::Finish) {
            return Go::Stay;
        }
        self.take_over(desk);
        let half =
            self.parts.iter().copied().find(|part| matches!(part, Part::Gap(_)) && !self.text(*part).trim().is_empty());
        if let Some(gap) = half {
            self.at = gap;
            return Go::say(t(
                "这段中断写了还没记下: Enter 记为自述, 不要就清空 (Ctrl-U).",
                "This gap is written and not declared: Enter declares it, Ctrl-U empties it.",
            ));
        }
        if let Some(go) = self.half_sorted(desk) {
            return go;
        }
        if let Some(question) = self.ask_about_outcome(desk) {
            return Go::Say(question);
        }
        // Without its reason a short one does not end, and that is said at once.
        let lacks_reason = self.is_short(desk) && self.text(Part::Why).trim().is_empty();
        if is_behind_digit && !lacks_reason {
            return Go::Say(self.ends_so());
        }
        let interrupted = desk.session.interrupted().is_some_and(|running| running.visit == self.visit);
        let mut request = Request::new("visit.finish").with_name("visit", self.visit).with("outcome", self.outcome);
        if interrupted {
            request = request.with("at_last", true);
        }
        // A request consumes one draft; what else was typed here goes when it is answered.
        for (part, key) in [(Part::Next, "next"), (Part::Why, "short_why")] {
            let text = self.text(part).trim().to_owned();
            if !text.is_empty() {
                request = request.with(key, text).consuming(self.place_of(part).unwrap_or_default());
            }
        }
        self.ask(request, Sent::Finish, desk);
        Go::Stay
    }

    pub(super) fn discard(&mut self, desk: &mut Desk) -> Go {
        if !self.discarding.again(desk) {
            return Go::say(DISCARD);
        }
        let request = Request::new("visit.discard").with_name("visit", self.visit);
        self.ask(request, Sent::Discard, desk);
        Go::Stay
    }

    pub(super) fn answered(&mut self, ticket: Ticket, result: &Result<Answer, Trouble>, desk: &mut Desk) -> Go {
        self.read(desk);
        self.lately.hear(ticket, result);
        let Some(at) = self.sent.iter().position(|(other, _)| *other == ticket) else {
            // Taken back by an undo: nothing more is said in it.
            if self.story.visit.is_none() {
                desk.notice = Some(NOT_BEGUN.into());
                return Go::Afresh(Box::new(Card::of(self.household).into()));
            }
            return Go::Stay;
        };
        let (_, sent) = self.sent.swap_remove(at);
        match (sent, result) {
            (Sent::Finish, Err(trouble)) if trouble.kind == "short-visit" => {
                self.arrange(desk);
                self.at = Part::Why;
                Go::say(NO_REASON)
            }
            (_, Err(trouble)) => said(trouble),
            (Sent::Finish, Ok(answer)) => self.ended(answer, desk),
            (Sent::Discard, Ok(_)) => {
                self.let_go(desk);
                desk.notice = Some(DISCARDED.into());
                Go::Home
            }
            (Sent::Declare(gap, before), Ok(answer)) => {
                self.field_of(Part::Gap(gap)).take();
                if let Some(place) = self.place_of(Part::Gap(gap)) {
                    desk.session.share(&place, "");
                }
                self.step(true, desk);
                self.lately.push(Step::Declared(gap, before));
                let gap = self.running(desk).and_then(|running| running.timer.gaps().get(gap).cloned());
                Go::Say(declared_again::said(gap.as_ref(), answer))
            }
            (Sent::Sorted(line), Ok(_)) => {
                desk.session.share(&self.sorting(line), "");
                Go::Stay
            }
            (Sent::Other, Ok(_)) => Go::Stay,
        }
    }

    /// Takes over what somebody else typed on this page and left: nobody comes back to it once the visit is over.
    fn take_over(&mut self, desk: &Desk) {
        for part in self.parts.clone().into_iter().chain([Part::Why, Part::Next]) {
            let Some(place) = self.place_of(part).filter(|_| self.text(part).trim().is_empty()) else { continue };
            let mut left = desk.session.left_at(&place).into_iter().rev().map(|(_, text)| text);
            if let Some(text) = left.find(|text| !text.trim().is_empty()) {
                self.field_of(part).set(&text, usize::MAX);
            }
        }
    }

    /// Lets the drafts of this page go.
    fn let_go(&self, desk: &mut Desk) {
        for place in [Part::Why, Part::Next].into_iter().filter_map(|part| self.place_of(part)) {
            desk.session.share(&place, "");
        }
        for shared in ["outcome", "how", "with"] {
            desk.session.share(&self.place(shared), "");
        }
        for place in self.notes().map(|spoken| self.sorting(spoken.line)) {
            desk.session.share(&place, "");
        }
    }

    /// Lets the drafts of this page go and leads on to the next household of the group.
    pub(super) fn ended(&mut self, answer: &Answer, desk: &mut Desk) -> Go {
        self.let_go(desk);
        let minutes = answer.more.get("minutes").and_then(serde_json::Value::as_i64).unwrap_or(0);
        let short = answer.more.get("short").and_then(serde_json::Value::as_bool).unwrap_or(false);
        let outcome = choice::name_of(choice::OUTCOMES, self.outcome).unwrap_or(t("", ""));
        let ended = match (self.outcome, short) {
            ("done", _) if self.story.is_by_phone() && !self.may_be_phoned(desk) => t(
                "已结束: 电话 {minutes} 分, 不计入, 照样留着.",
                "Ended: a call of {minutes} min, it does not count and is kept.",
            ),
            ("done", true) => t(
                "已结束: {minutes} 分, 不足{minimum}分钟, 已保留并注明.",
                "Ended: {minutes} min, under {minimum}, kept and marked.",
            ),
            ("done", false) => t("已结束: {minutes} 分, 计入.", "Ended: {minutes} min, it counts."),
            _ => t("已结束: {outcome}.", "Ended: {outcome}."),
        };
        let minimum = minimum_ms(desk) / 60_000;
        let ended = Said::from(ended).with("minutes", minutes).with("minimum", minimum).with_words("outcome", outcome);
        let appointed = answer.more.get("appointed").and_then(serde_json::Value::as_i64);
        let ended = match appointed {
            Some(at) => {
                let due = due_words(at, "", desk.now.wall_ms);
                t("{ended} {due}.", "{ended} {due}.").with_words("ended", ended).with_words("due", due)
            }
            None => ended,
        };
        let next = next::after(&desk.session, self.household);
        let (said, go) = match next {
            Some(Next::Household(name, head)) => (
                Said::from(t("{ended} 下一户: {head}. Ctrl-Z 撤回.", "{ended} Next: {head}. Ctrl-Z takes it back."))
                    .with("head", head),
                Go::Afresh(Box::new(Card::next(name).into())),
            ),
            Some(next) => (nowhere(&next).into(), Go::Home),
            None => (t("{ended} Ctrl-Z 撤回.", "{ended} Ctrl-Z takes it back.").into(), Go::Home),
        };
        desk.notice = Some(said.with_words("ended", ended));
        go
    }
}
