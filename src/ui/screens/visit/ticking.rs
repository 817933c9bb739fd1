//! Ticking: digits tick what was explained and handed over. A sentence that begins with a digit may be typed there too: what was
//! ticked is said, and one key fetches the digits into the sentence.

use super::{Mode, Visit};
use crate::app::{Ask, Request};
use crate::domain::{Field as Topic, GIVEN};
use crate::text::t;
use crate::ui::desk::Desk;
use crate::ui::page::Go;

/// Gives the key of what a digit ticks: `told/6`, `gave/card`.
fn key_of(digit: u8) -> Option<String> {
    let sign = char::from_digit(u32::from(digit), 10)?;
    let topic = Topic::ALL.iter().find(|topic| **topic != Topic::Other && topic.digit() == sign);
    let given = || GIVEN.iter().find(|(given, ..)| *given == sign).map(|(_, key, _)| (*key).to_owned());
    topic.map(|topic| format!("told/{}", topic.digit())).or_else(given)
}

/// The digits ticked last, until something else is done.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ticked {
    digits: String,
    /// Nothing stood in the line: words that follow may begin with them.
    begins: bool,
}

impl Ticked {
    /// Adds one.
    pub(super) fn and(self, digit: u8, begins: bool) -> Self {
        Self { digits: self.digits + &digit.to_string(), begins }
    }

    /// Gives those with which words may begin.
    fn beginning(&self) -> &str {
        if self.begins { &self.digits } else { "" }
    }
}

impl Visit {
    /// Ticks what a digit stands for, or takes its tick away.
    pub(super) fn tick_off(&mut self, digit: u8, desk: &mut Desk) {
        let Some(key) = key_of(digit) else { return };
        self.story.tick(&key);
        let ticked = self.story.is_ticked(&key);
        self.ask(Request::new("visit.set").with_name("visit", self.name).with(&key, ticked), desk);
    }

    /// Stands by how many live there, as they were asked: what a roster says is nobody's word before.
    pub(super) fn check_size(&mut self, desk: &mut Desk) -> Go {
        if desk.covered {
            return Go::say(t("已遮挡, 先按 Ctrl-B 再核对.", "It is covered: Ctrl-B first, then check it."));
        }
        let Some(size) = self.story.household.size else {
            return Go::say(t(
                "几口人还没有写: 户卡的 改资料 里写.",
                "How many live there is not known yet: write it on the card.",
            ));
        };
        if self.story.checked {
            return Go::Say(
                t("{size}口人 早就核对过了.", "{size} {size:person|people}: checked before.").with("size", size),
            );
        }
        self.ask(Request::new("household.set").with_name("household", self.household).with("size", size), desk);
        let words = t(
            "{size}口人 核对过了, 记下了. Ctrl-Z 撤回.",
            "{size} {size:person|people}: checked. Ctrl-Z takes it back.",
        );
        Go::Say(words.with("size", size))
    }

    /// Takes the ticks of the digits pressed last away.
    pub(super) fn unticked(&mut self, desk: &mut Desk) {
        let ticked = std::mem::take(&mut self.ticked);
        self.tick_again(&ticked.digits, desk);
    }

    /// Ticks once more what was ticked, which takes the ticks away.
    fn tick_again(&mut self, ticked: &str, desk: &mut Desk) {
        for digit in ticked.chars().filter_map(|sign| sign.to_digit(10)) {
            self.tick_off(u8::try_from(digit).unwrap_or(0), desk);
        }
    }

    /// Says what became of the digits that stood before the words which begin now.
    pub(super) fn words_behind_ticks(&self) -> Go {
        let digits = self.ticked.beginning();
        if digits.is_empty() {
            return Go::Stay;
        }
        let said = t(
            "前面的 {digits} 当作勾选了. 是这一句里的, 按 Shift-Tab 收进来.",
            "{digits} before it was taken as ticks; if it belongs to this line, Shift-Tab fetches it.",
        );
        Go::Say(said.with("digits", digits))
    }

    /// Goes up to the ticks; or fetches the digits that were ticked and belong to the sentence behind them.
    pub(super) fn go_to_ticks(&mut self, ticked: &Ticked, desk: &mut Desk) -> Go {
        let ticked = ticked.beginning();
        if self.changing.is_some() {
            return self.before(desk);
        }
        if ticked.is_empty() || self.field.is_empty() {
            self.mode = Mode::Ticks;
            return Go::Stay;
        }
        self.tick_again(ticked, desk);
        let (text, cursor) = (format!("{ticked}{}", self.field.text()), self.field.cursor() + ticked.len());
        self.field.set(&text, cursor);
        desk.session.ask(Ask::Draft { place: self.place("line"), text, cursor });
        Go::say(t("数字收进这一句了, 勾也取消了.", "The digits stand in the line now, their ticks are gone."))
    }
}
