//! Odd: an outcome that says nobody was spoken with, where the visit has lines or its full minutes. It is remarked on the page and
//! asked about once more: a digit may have been meant for something else. It is not refused, as neighbours know things too.

use super::WrapUp;
use crate::domain::choice;
use crate::text::{Said, Text, t};
use crate::ui::desk::Desk;
use crate::ui::screens::visit::picture::minimum_ms;

const ONCE_MORE: Text = t(
    "{odd}; 再按一次 Enter 就这样记, 不对就到 结果 那一行改.",
    "{odd}; Enter once more records it so, else change it there.",
);

impl WrapUp {
    /// Says what does not go with the outcome; nothing where all of it may be.
    pub(super) fn odd(&self, desk: &Desk) -> Option<Said> {
        let outcome = choice::name_of(choice::OUTCOMES, self.outcome).filter(|_| self.is_with_nobody())?;
        let counted = self.running(desk).map_or(0, |running| running.timer.counted_ms());
        let said = match self.story.spoken.len() {
            0 if counted < minimum_ms(desk) => return None,
            0 => t("计了 {minutes} 分, 结果却是{outcome}", "Minutes: {minutes}, but the outcome is {outcome}"),
            _ => t("记了 {lines} 条, 结果却是{outcome}", "Lines: {lines}, but the outcome is {outcome}"),
        };
        let said = said.with("minutes", counted / 60_000).with("lines", self.story.spoken.len());
        Some(said.with_words("outcome", outcome))
    }

    /// Asks about an outcome that does not go with the visit; nothing where it was asked about just before.
    pub(super) fn ask_about_outcome(&mut self, desk: &Desk) -> Option<Said> {
        let odd = self.odd(desk)?;
        (!self.ending.again(desk)).then(|| Said::from(ONCE_MORE).with_words("odd", odd))
    }
}
