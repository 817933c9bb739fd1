//! Changing: the last line comes back as it would be typed; another number before it moves it to that household.

use super::who::written;
use super::{Changing, Talk, change};
use crate::app::{Ask, Request, Utterance};
use crate::domain::entry::Entry;
use crate::text::{Said, t};
use crate::ui::desk::Desk;
use crate::ui::page::Go;
use crate::ui::screens::visit::story::Spoken;

impl Talk {
    pub(super) fn last(&mut self) -> Go {
        if !self.field.text().trim().is_empty() {
            return Go::say(t("先按 Enter 记下这一句.", "Put this line down with Enter first."));
        }
        let Some(last) = self.gathering.as_ref().and_then(|gathering| gathering.said.last()).cloned() else {
            return Go::say(t("还没有记下什么.", "Nothing is written down yet."));
        };
        let spoken = Spoken::of(self.name, last.at, &last.text, last.issues.first().cloned().flatten());
        self.field.set(&written(&last.speakers, &spoken.written()), usize::MAX);
        self.changing = Some(Changing(last));
        Go::Stay
    }

    /// Makes the requests that turn a line into what is written now.
    pub(super) fn changed(
        &self,
        utterance: &Utterance,
        who: &[u16],
        entry: &Entry,
        done: &str,
        desk: &Desk,
    ) -> Result<Vec<Request>, Said> {
        let mut requests = Vec::new();
        if who != utterance.speakers {
            match (utterance.lines.as_slice(), who) {
                ([line], [number]) => {
                    let household = self.household(*number);
                    let request = Request::new("line.move").with_name("line", *line);
                    requests.extend(household.map(|household| request.with_name("household", household)));
                }
                _ => {
                    return Err(t(
                        "只能从一户换到一户. 几户同说的, 先 Ctrl-D 撤去再重写.",
                        "A line moves from one household to one other. Take it away with Ctrl-D and write it anew.",
                    )
                    .into());
                }
            }
        }
        for (line, issue) in utterance.lines.iter().zip(&utterance.issues) {
            let spoken = Spoken::of(*line, utterance.at, &utterance.text, issue.clone());
            requests.extend(change(&spoken, entry, done, desk.now.wall_ms));
        }
        Ok(requests)
    }

    pub(super) fn take_away(&mut self, desk: &mut Desk) -> Go {
        let Some(Changing(utterance)) = self.changing.take() else { return Go::Stay };
        self.field.take();
        desk.session.ask(Ask::Draft { place: self.place(), text: String::new(), cursor: 0 });
        for line in &utterance.lines {
            self.ask(Request::new("line.retract").with_name("line", *line), desk);
        }
        Go::say(t("撤去了这一条. Ctrl-Z 可以找回.", "The line is taken away. Ctrl-Z brings it back."))
    }
}
