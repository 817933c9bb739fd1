//! Back: an import that was just made is taken back, and had again where that was stopped or taken back itself.

use super::{Import, Stage};
use crate::app::{Answer, Request};
use crate::domain::{Name, Sort};
use crate::text::{Trouble, t};
use crate::ui::desk::Desk;
use crate::ui::page::Go;
use crate::ui::whole_list;

impl Import {
    /// Takes the import back that was just made.
    pub(super) fn take_back(&mut self, desk: &mut Desk) -> Go {
        if self.made.is_empty() {
            return Go::say(t(
                "没有可撤的: 这份名册已经撤销, 或以前就导入了.",
                "There is nothing to take back: it was taken back already, or was here before.",
            ));
        }
        for import in &self.made {
            let request = Request::new("import.undo").with_name("import", *import);
            self.taking = Some(desk.ask_of_list(request));
        }
        Go::Stay
    }

    pub(super) fn taken_back(&mut self, answer: &Result<Answer, Trouble>) -> Go {
        match (answer, std::mem::take(&mut self.stage)) {
            (Ok(_), Stage::Done(before, preview)) => {
                self.before.get_or_insert(before);
                self.gone.append(&mut self.made);
                let words = t(
                    "已撤销导入. 已有走访或改动的户留下了; 再导入一次就都回来.",
                    "Taken back. Households with words of people stay; importing it again brings all back.",
                );
                self.stage = Stage::Done(words.into(), preview);
                // In the place of what was said while it was stopped.
                Go::say(t("已撤销.", "Taken back."))
            }
            (Err(trouble), stage) => {
                self.stage = stage;
                Go::say(t("没有撤销: {why}", "Not taken back: {why}").with_words("why", trouble.told()))
            }
            (Ok(_), stage) => {
                self.stage = stage;
                Go::Stay
            }
        }
    }

    /// Has an import again whose taking back was stopped.
    pub(super) fn had_again(&mut self, import: Name) {
        self.gone.retain(|gone| *gone != import);
        self.made.push(import);
        if let (true, Stage::Done(said, _)) = (self.gone.is_empty(), &mut self.stage)
            && let Some(before) = self.before.take()
        {
            *said = before;
        }
    }
}

/// Gives the import that an undo took back.
pub(super) fn undone(answer: &Result<Answer, Trouble>) -> Option<Name> {
    let answer = answer.as_ref().ok().filter(|answer| answer.more.contains_key("undone"))?;
    answer.id.filter(|(sort, _)| *sort == Sort::Import).map(|(_, name)| name)
}

/// Gives the import that stands again after an answer.
pub(super) fn stands_again(answer: &Result<Answer, Trouble>) -> Option<Name> {
    let (import, stands) = whole_list::change(answer.as_ref().ok()?)?;
    stands.then_some(import)
}
