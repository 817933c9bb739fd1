//! Ending: the talk ends as it was, or is discarded; and what becomes of what was asked for here.

use super::super::begin;
use super::super::who::WHO;
use super::{Answered, Sent, TalkEnd, Writing, said};
use crate::app::{Answer, Guest, Request, Ticket};
use crate::text::{Said, Text, Trouble, t};
use crate::ui::desk::Desk;
use crate::ui::page::Go;
use crate::ui::screens::alike::{DISCARD, DISCARDED, talk_not_begun};
use crate::ui::screens::pressed::Pressed;
use crate::ui::screens::{declared_again, reasons};

const STANDS: Text = t(
    "满意度写好了, 对就再按 Enter 散场, 不对就再选.",
    "How satisfied it is stands there: Enter once more ends the talk, or choose anew.",
);

const STANDS_NOT: Text =
    t("刚才的数字没有写下满意度; 散场就再按 Enter.", "That digit left no answer there: Enter once more ends the talk.");

/// Says what the digit pressed last left there; none where something else was done since.
pub(super) fn behind_digit(pressed: &Pressed<Option<Answered>>) -> Option<Text> {
    let stands = |answer: &Answered| answer.stands;
    pressed.last().map(|last| if last.as_ref().is_some_and(stands) { STANDS } else { STANDS_NOT })
}

impl TalkEnd {
    /// What answers were left go with the end, and whom the arrows pointed at; a talk entered later is not unfinished any more.
    fn let_go(&self, desk: &mut Desk) {
        for shared in ["how", "with", WHO] {
            desk.session.share(&format!("talk/{}/{shared}", self.talk), "");
        }
        if self.whole().is_some() {
            begin::let_go(desk);
        }
    }

    /// Ends the talk. Enter behind a digit belongs to the digit, as where a visit ends.
    pub(super) fn finish(&mut self, behind_digit: Option<Text>, desk: &mut Desk) -> Go {
        if let Some((gap, half)) = self.half_a_gap(desk) {
            self.writing = Some(Writing::Gap(gap));
            self.field.set(&half, usize::MAX);
            return Go::say(t(
                "这段中断写了还没记下: Enter 记为自述, 不要就 Esc.",
                "This gap is written and not declared: Enter declares it, Esc writes none.",
            ));
        }
        let is_empty = self.gathering.as_ref().is_some_and(|one| one.present.is_empty() && one.said.is_empty());
        if is_empty && !std::mem::replace(&mut self.ending_empty, true) {
            return Go::say(t(
                "没有到场的户, 也没记下什么: 误开的按 Ctrl-D 作废; 真是这样, 再按 Enter.",
                "Nobody came and nothing was said: Ctrl-D discards it; Enter again keeps it so.",
            ));
        }
        if let Some(question) = self.asks_for_the_short(desk) {
            return Go::Say(question);
        }
        if let Some(said) = behind_digit {
            return Go::say(said);
        }
        let interrupted = desk.session.interrupted().is_some_and(|running| running.visit == self.talk);
        let request = Request::new("talk.finish").with_name("talk", self.talk).with("at_last", interrupted);
        self.ask(request, Sent::Finish, desk);
        Go::Stay
    }

    /// Asks once whether the talk is to end while households are short: each of them would have to be visited again. It says the
    /// number that stands above them and that the end is told with. Where all of these left early, or it is entered later, nothing
    /// can be waited for.
    fn asks_for_the_short(&mut self, desk: &Desk) -> Option<Said> {
        let short = self.short(desk);
        let waits = |guest: &&Guest| guest.presence.left.is_none() && self.is_short(guest, desk);
        let left = short - self.guests().iter().filter(waits).count();
        if short == left || self.whole().is_some() || self.ending_short.again(desk) {
            return None;
        }
        let words = if left == 0 {
            t(
                "{short} 户不足{minutes}分钟, 还算未访. Esc 接着谈; 就这样散场, 再按 Enter.",
                "{short} under {minutes} {minutes:minute|minutes}, still unvisited. Esc goes on; Enter again ends it.",
            )
        } else {
            t(
                "{short} 户不足{minutes}分钟, 还算未访 (先走的 {left} 户也在内). Esc 接着谈; 就这样散场, 再按 Enter.",
                "{short} under {minutes} {minutes:minute|minutes}, still unvisited ({left} of them left early). Esc goes on; Enter again ends it.",
            )
        };
        Some(words.with("short", short).with("left", left).with("minutes", reasons::minimum(desk)))
    }

    pub(super) fn discard(&mut self, desk: &mut Desk) -> Go {
        if !self.discarding.again(desk) {
            return Go::say(DISCARD);
        }
        self.ask(Request::new("talk.discard").with_name("talk", self.talk), Sent::Discard, desk);
        Go::Stay
    }

    /// Hears what became of what was asked for.
    pub(super) fn answered(&mut self, ticket: Ticket, result: &Result<Answer, Trouble>, desk: &mut Desk) -> Go {
        let is_later = self.whole().is_some();
        self.read(desk);
        self.lately.hear(ticket, result);
        if self.gathering.is_none() {
            desk.session.share(&format!("talk/{}/{WHO}", self.talk), "");
            desk.notice = Some(talk_not_begun(is_later).into());
            return Go::Home;
        }
        let Some((_, sent)) = self.sent.filter(|(asked, _)| *asked == ticket) else { return Go::Stay };
        self.sent = None;
        match (result, sent) {
            (Err(trouble), _) => said(trouble),
            (Ok(answer), Sent::Finish) => {
                let count = |key: &str| answer.more.get(key).and_then(serde_json::Value::as_u64).unwrap_or(0);
                let words = t(
                    "散场: {n} 户各记一次走访, {short} 户不足时还算未访. Ctrl-Z 撤回.",
                    "Ended: a visit for each household ({n}), {short} too short. Ctrl-Z takes it back.",
                );
                self.let_go(desk);
                desk.notice = Some(words.with("n", count("households")).with("short", count("short")));
                Go::Home
            }
            (Ok(_), Sent::Discard) => {
                self.let_go(desk);
                desk.notice = Some(DISCARDED.into());
                Go::Home
            }
            (Ok(answer), Sent::Declare) => {
                self.field.take();
                desk.session.share(&self.place(), "");
                if self.writing.take() == Some(Writing::Stay) {
                    return Go::Stay;
                }
                let gap = answer.more.get("gap").and_then(serde_json::Value::as_u64);
                let Some(gap) = gap.and_then(|gap| usize::try_from(gap).ok()?.checked_sub(1)) else { return Go::Stay };
                self.lately.push((gap, self.declared_before.take()));
                let gap = self.running(desk).and_then(|running| running.timer.gaps().get(gap).cloned());
                Go::Say(declared_again::said(gap.as_ref(), answer))
            }
        }
    }
}
