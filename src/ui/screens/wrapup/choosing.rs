//! Choosing: how the visit came out and how satisfied the household is, by digits; and what was chosen or declared last is taken
//! back first.

use super::{Sent, WrapUp, outcomes, satisfactions};
use crate::app::Request;
use crate::domain::choice;
use crate::hanzi::forms;
use crate::text::{Said, t};
use crate::ui::desk::Desk;
use crate::ui::page::Go;
use crate::ui::screens::declared_again::{declared_again, not_declared};

/// What was chosen before a digit.
#[derive(Debug, PartialEq, Eq)]
pub struct Chosen {
    outcome: &'static str,
    satisfaction: String,
}

/// What this page takes back itself.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Another outcome was chosen; before it was this one.
    Outcome(&'static str),
    /// A gap was declared, and before it this was: a timer has no undo of its own.
    Declared(usize, Option<(u64, String)>),
}

impl WrapUp {
    /// Chooses an outcome or a satisfaction and says so: its row may be out of sight.
    pub(super) fn choose(&mut self, digit: u8, desk: &mut Desk) -> Go {
        let before = self.now();
        let satisfaction = before.satisfaction.clone();
        self.pressed.push(digit, before, desk);
        if let Some((_, choice)) = outcomes().find(|(other, _)| *other == digit) {
            if choice.word != self.outcome {
                self.lately.push(Step::Outcome(self.outcome));
            }
            self.set_outcome(choice.word, desk);
            return Go::Say(
                Said::from(t("结果: {outcome}.", "Outcome: {outcome}.")).with_words("outcome", choice.name),
            );
        }
        let Some((_, choice)) = satisfactions().find(|(other, _)| *other == digit) else { return Go::Stay };
        if self.is_with_nobody() {
            let name = choice::name_of(choice::OUTCOMES, self.outcome).unwrap_or(t("", ""));
            let said = t(
                "{outcome}: 没有谈到人, 不问满意度.",
                "{outcome}: nobody was spoken with, nobody is satisfied or not.",
            );
            return Go::Say(said.with_words("outcome", name));
        }
        let word = if satisfaction == choice.word { "" } else { choice.word };
        self.set_satisfaction(word, desk);
        let said = if word.is_empty() {
            t("满意度: 没有选.", "Satisfied: not said.")
        } else {
            t("满意度: {satisfied}. 再按一次取消.", "Satisfied: {satisfied}. Once more takes it back.")
        };
        Go::Say(Said::from(said).with_words("satisfied", choice.name))
    }

    /// Says what a digit on a note waits for. It chooses nothing; words that follow may be its own.
    pub(super) fn tab_first(&mut self, typed: char, desk: &Desk) -> Option<Said> {
        let digit = forms::half(typed).to_digit(10)?;
        self.pressed.push(u8::try_from(digit).ok()?, self.now(), desk);
        let words = t(
            "要归类这条备注, 先按 Tab 再按 {digit}; 结果和满意度在它们那一行选.",
            "To sort this note press Tab, then {digit}; outcomes are chosen on their line.",
        );
        Some(words.with("digit", digit))
    }

    /// Says what is chosen, before the visit ends so.
    pub(super) fn ends_so(&self) -> Said {
        let Chosen { outcome, satisfaction } = self.now();
        let outcome = choice::name_of(choice::OUTCOMES, outcome).unwrap_or(t("", ""));
        let words = t(
            "{outcome}{satisfied}: 对就再按 Enter 结束, 不对就再选.",
            "{outcome}{satisfied}: Enter once more ends it so, or choose anew.",
        );
        let satisfied = choice::name_of(choice::SATISFACTION, &satisfaction)
            .filter(|_| !self.is_with_nobody())
            .map(|name| Said::from(t(", {satisfied}", ", {satisfied}")).with_words("satisfied", name));
        words.with_words("outcome", outcome).with_words("satisfied", satisfied.unwrap_or_else(|| t("", "").into()))
    }

    /// Gives what is chosen now.
    fn now(&self) -> Chosen {
        let satisfaction = self.story.visit.as_ref().map(|visit| visit.satisfaction.clone()).unwrap_or_default();
        Chosen { outcome: self.outcome, satisfaction }
    }

    /// Takes back what the digits pressed last did, and gives them.
    pub(super) fn take_digits_back(&mut self, first: char, desk: &mut Desk) -> String {
        let (digits, before) = self.pressed.of_words(first, 1, desk);
        if let Some(before) = before.into_iter().next() {
            self.set_outcome(before.outcome, desk);
            self.set_satisfaction(&before.satisfaction, desk);
        }
        digits
    }

    /// Takes back what was done here last, unless it is recorded; tells whether it did.
    pub(super) fn take_last_back(&mut self, desk: &mut Desk) -> bool {
        self.pressed.clear();
        desk.notice = Some(match self.lately.pop() {
            None => return false,
            Some(Step::Outcome(before)) => {
                self.set_outcome(before, desk);
                let name = choice::name_of(choice::OUTCOMES, before).unwrap_or(t("", ""));
                Said::from(t("结果又是 {outcome}.", "The outcome is {outcome} again.")).with_words("outcome", name)
            }
            Some(Step::Declared(gap, before)) => {
                self.ask(declared_again(gap, before.as_ref()), Sent::Other, desk);
                not_declared(before.as_ref())
            }
        });
        true
    }

    fn set_outcome(&mut self, word: &'static str, desk: &mut Desk) {
        if self.outcome != word {
            self.outcome = word;
            // How the visit came out is nobody's own: it stays whoever speaks.
            desk.session.share(&self.place("outcome"), word);
            self.arrange(desk);
        }
    }

    fn set_satisfaction(&mut self, word: &str, desk: &mut Desk) {
        let Some(visit) = self.story.visit.as_mut().filter(|visit| visit.satisfaction != word) else { return };
        word.clone_into(&mut visit.satisfaction);
        let request = Request::new("visit.set").with_name("visit", self.visit).with("satisfaction", word);
        self.ask(request, Sent::Other, desk);
    }
}
