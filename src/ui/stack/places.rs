//! Places: going to a page that may be there already, and to whatever runs.

use super::{Flow, Stack};
use crate::domain::Name;
use crate::text::{Text, t};
use crate::ui::desk::Desk;
use crate::ui::elsewhere::There;
use crate::ui::page::Go;
use crate::ui::screens::{Page, Resume, Talk, TalkBegin, Visit, unfinished, visit_runs};

const UNFINISHED: Text = t(
    "这一场补录没写完. 要开今晚的夜话, 再按 F5.",
    "This one is being entered later. F5 again begins a talk of today.",
);

const PUT_BY: Text = t(
    "补录的那场先放着, 散场后按 F5 接着写.",
    "What is being entered later waits; F5 goes on with it once the talk is over.",
);

const ONLY_LATER: Text = t(
    "这里现在只能补录开过的; 要开夜话, 按 Ctrl-O 回去结束走访.",
    "Only a talk that is over can be entered here now; to begin one, Ctrl-O goes back to end the visit.",
);

impl Stack {
    /// Goes to a place; pressed again it looks again where it is, instead of standing on top of itself.
    pub(super) fn go_to(&mut self, place: impl Into<Page>, desk: &mut Desk) {
        let place = place.into();
        let is_there = std::mem::discriminant(self.top()) == std::mem::discriminant(&place);
        let go = if is_there { self.top_mut().face_mut().asked_again(desk) } else { Go::open(place) };
        self.go(go, desk);
    }

    /// Goes to what runs, where it is a talk or was interrupted; else to the one that is being entered later, and from its page to
    /// the beginning of another one: what was noted on paper waits, people do not.
    pub(super) fn go_to_talk(&mut self, desk: &mut Desk) {
        let open = desk.session.running().or_else(|| desk.session.interrupted());
        if open.is_some_and(|running| running.is_talk()) {
            self.go_to_visit(desk);
        } else if let Some(talk) = unfinished(desk) {
            if matches!(self.top(), Page::Talk(page) if page.is_of(talk)) {
                self.go_to(TalkBegin::new(desk), desk);
                desk.notice = Some(PUT_BY.into());
            } else {
                self.go(Go::Afresh(Box::new(Talk::of(talk).into())), desk);
                desk.notice = Some(desk.notice.take().map_or(UNFINISHED.into(), |said| said.then(UNFINISHED.into())));
            }
        } else {
            self.go_to(TalkBegin::new(desk), desk);
            if let Some(said) = visit_runs(desk) {
                desk.notice = Some(said.then(ONLY_LATER.into()));
            }
        }
    }

    /// Goes to where a command of another page is, and says its key: it is not done on a page that nobody has looked at.
    pub(super) fn go_there(&mut self, there: There, desk: &mut Desk) -> Flow {
        let flow = there.way.to.map_or(Flow::On, |to| self.everywhere(to, desk));
        // Where a page is that has several parts, its keys are those of the part it is in.
        let is_here =
            self.top().face().lines().iter().any(|line| (line.words, line.keys) == (there.line.words, there.line.keys));
        let said = if is_here || !there.leads_to_its_page() { there.said(desk) } else { there.said_of_later(desk) };
        desk.notice = Some(match desk.notice.take() {
            None => said,
            // What keeps one from going there has been said.
            Some(why) if there.is_open() => why,
            Some(why) => why.then(said),
        });
        flow
    }

    /// Goes to the visit that runs, or asks what becomes of one that was interrupted.
    pub(super) fn go_to_visit(&mut self, desk: &mut Desk) {
        if let Some(running) = desk.session.running() {
            if !self.is_on(running.visit) {
                let page: Page = match running.household {
                    Some(household) => Visit::of(running.visit, household).into(),
                    None => Talk::of(running.visit).into(),
                };
                self.go(Go::Afresh(Box::new(page)), desk);
            }
        } else if let Some(running) = desk.session.interrupted() {
            // Ended a moment ago and taken back: there is nothing to ask.
            if running.reopened {
                self.go(Go::Afresh(Box::new(Resume::going_on(&running, desk).into())), desk);
            } else if !matches!(self.top(), Page::Resume(_)) {
                self.go(Go::open(Resume::of(&running)), desk);
            }
        } else {
            desk.notice = Some(t("没有正在进行的走访.", "No visit is running.").into());
        }
    }

    /// Tells whether the page of a visit or talk is on top.
    pub(super) fn is_on(&self, visit: Name) -> bool {
        match self.top() {
            Page::Visit(page) => page.is_of(visit),
            Page::Talk(page) => page.is_of(visit),
            _ => false,
        }
    }
}
