//! Sorting 归类 in a talk: the strip over the line, with who says it.

use super::who::written;
use super::{Mode, Talk};
use crate::app::Ask;
use crate::domain::entry::{Press, Strip};
use crate::text::t;
use crate::ui::desk::Desk;
use crate::ui::page::Go;

impl Talk {
    /// Opens it for what stands in the line and who says it; what is missing is said.
    pub(super) fn open_strip(&mut self) -> Go {
        match self.who(self.field.text()) {
            Err(wrong) => Go::Say(wrong),
            Ok((_, rest)) if rest.trim().is_empty() => {
                Go::say(t("先写下这一句, 再按 Tab 归类.", "Write the line first, then sort it with Tab."))
            }
            Ok((None, _)) => Go::say(t(
                "先说谁说的: 号# 写在前面, 0# 是全村.",
                "First who says it: the number and # before it; 0# is the village.",
            )),
            Ok((Some(who), rest)) => {
                self.mode = Mode::Strip(who, Strip::open(&rest));
                Go::Stay
            }
        }
    }

    /// Chooses in it.
    pub(super) fn press(&mut self, press: Press, desk: &mut Desk) {
        if let Mode::Strip(who, strip) = &self.mode {
            let (who, strip) = (who.clone(), strip.clone().press(press));
            // What is chosen is no more lost than what is typed.
            let (place, text) = (self.place(), written(&who, &strip.written()));
            desk.session.ask(Ask::Draft { place, cursor: text.len(), text });
            self.mode = Mode::Strip(who, strip);
        }
    }

    /// Closes the strip; what was chosen stands before the sentence.
    pub(super) fn close_strip(&mut self) {
        if let Mode::Strip(who, strip) = &self.mode
            && strip.is_touched()
        {
            let line = written(who, &strip.written());
            self.field.set(&line, usize::MAX);
        }
        self.mode = Mode::Line;
    }
}
