//! Import: a roster as it was understood, before anything is written.
//!
//! Keystrokes: open the page, Enter on the file that was found (or its path and Enter), look, Enter. Esc at any time
//! before that leaves everything as it was. A file that cannot be read says so and the choice goes on. What was guessed
//! wrong is said there and then: 1 on a column, then a digit; the list is read anew and shown again.

mod back;
mod correct;
mod drawn;
mod keys;
mod said;
mod sheets;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use super::{Beside, Compared, Doubts, reasons};
use crate::app::{Ask, Correction, Imported, Message, Preview, Ticket, Told, typed_path};
use crate::domain::Name;
use crate::intake::Far;
use crate::text::{Said, Text, Trouble, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::kept::Kept;
use crate::ui::keys::Table;
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::pending::Pending;
use back::{stands_again, undone};
use keys::{Action, CHOOSING, DONE, GONE, PICKING, UNDERSTOOD, WAITING};
use said::{file_name, people, said};
use sheets::Sheets;

/// Shows a roster as it was understood, before anything is written.
#[derive(Debug, PartialEq, Default)]
pub struct Import {
    field: Field,
    files: Vec<PathBuf>,
    list: List,
    opened: bool,
    finding: Option<Ticket>,
    /// The selected column is being given another meaning: the list of meanings.
    picking: Option<List>,
    /// A digit that changes how the list is read was pressed last.
    is_behind_digit: bool,
    /// The imports made last, which can be taken back together.
    made: Vec<Name>,
    /// Every sheet of the file is being brought in.
    all: Option<Sheets>,
    /// It is being taken back.
    taking: Option<Ticket>,
    /// What was taken back here, and what stood there before: stopped, it is had again.
    gone: Vec<Name>,
    before: Option<Said>,
    /// Esc was pressed while it was being brought in: what is written by then is taken back as soon as it is there.
    unwanted: bool,
    /// How far it is that is being brought in.
    writing: Pending,
    stage: Stage,
}

/// How far a roster is that is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// Its rows are read.
    Rows(Far),
    /// They are held against the households, so many percent of it.
    Compared(u8),
}

impl Default for How {
    fn default() -> Self {
        Self::Rows(Far::default())
    }
}

/// How far the import is.
#[derive(Debug, PartialEq, Default)]
enum Stage {
    /// A file is being chosen; the sentence says what was wrong with the last one.
    #[default]
    Choosing,
    Refused(Said),
    /// A file is being read.
    Reading(Ticket, PathBuf, How),
    /// It is being read anew as a person said; what was shown stays.
    Again(Ticket, Box<Preview>, How),
    /// What was understood is shown.
    Understood(Box<Preview>),
    /// It is being brought in.
    Importing(Ticket, Box<Preview>),
    /// It was brought in.
    Done(Said, Box<Preview>),
}

impl Import {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }

    fn is_choosing(&self) -> bool {
        matches!(self.stage, Stage::Choosing | Stage::Refused(_))
    }

    fn look(&mut self, desk: &mut Desk) -> Go {
        let file = if self.field.is_empty() {
            self.files.get(self.list.selected().min(self.files.len().saturating_sub(1))).cloned()
        } else {
            Some(typed_path(self.field.text()))
        };
        let Some(file) = file else {
            return Go::say(t("请输入名册文件的路径.", "Type the path of a roster file, please."));
        };
        let ticket = desk.session.ask(Ask::Preview(file.clone(), Told::Nothing));
        self.stage = Stage::Reading(ticket, file, How::default());
        Go::Stay
    }

    fn previewed(&mut self, previewed: &Result<Preview, Trouble>, desk: &mut Desk) -> Go {
        match previewed {
            Ok(preview) if self.all.is_some() => self.go_on_with(preview, desk),
            Ok(preview) => {
                if matches!(self.stage, Stage::Reading(..)) {
                    self.list = List::new();
                }
                self.stage = Stage::Understood(Box::new(preview.clone()));
                Go::Stay
            }
            Err(trouble) if matches!(self.stage, Stage::Again(..)) => {
                // What was said cannot be: the list stays as it was.
                if let Stage::Again(_, preview, _) = std::mem::take(&mut self.stage) {
                    self.stage = Stage::Understood(preview);
                }
                Go::say(t("这样读不成: {why}", "It cannot be read so: {why}").with_words("why", trouble.told()))
            }
            Err(_) if self.all.is_some() => self.next_sheet(None, desk),
            Err(trouble) => {
                self.stage = Stage::Refused(trouble.told());
                Go::say(t("没有读成, 原因见上面.", "It was not read; the reason stands above."))
            }
        }
    }

    /// Forgets the path: it was brought in, or another one is chosen.
    fn forget_path(&mut self, desk: &mut Desk) {
        self.field.take();
        desk.session.ask(Ask::Draft { place: PLACE.to_owned(), text: String::new(), cursor: 0 });
    }

    fn import(&mut self, desk: &mut Desk) -> Go {
        match std::mem::take(&mut self.stage) {
            Stage::Understood(preview) if preview.would.known => {
                let said = said(&preview.would, &preview);
                self.forget_path(desk);
                self.stage = Stage::Done(said, preview);
            }
            Stage::Understood(preview) if !preview.reading.has_names() => {
                self.stage = Stage::Understood(preview);
                return Go::say(t(
                    "还不知道哪一列是户主姓名: 选中那一列, 按 1 再按 1.",
                    "Which column holds the names? Select it, press 1, then 1.",
                ));
            }
            Stage::Understood(preview) => {
                self.bring_in(preview, desk);
            }
            other => self.stage = other,
        }
        Go::Stay
    }

    pub(super) fn bring_in(&mut self, preview: Box<Preview>, desk: &mut Desk) {
        let ticket = desk.session.ask(Ask::Import);
        self.writing.ask(ticket);
        self.stage = Stage::Importing(ticket, preview);
    }

    fn imported(&mut self, imported: &Result<Imported, Trouble>, desk: &mut Desk) -> Go {
        let Stage::Importing(_, preview) = std::mem::take(&mut self.stage) else { return Go::Stay };
        match imported {
            Ok(imported) if self.all.is_some() && !self.unwanted => {
                self.made.extend(imported.import);
                self.stage = Stage::Understood(preview);
                self.next_sheet(Some(imported), desk)
            }
            Ok(imported) => {
                // Of several sheets those before are unwanted too.
                if self.all.take().is_none() {
                    self.made.clear();
                }
                self.made.extend(imported.import);
                self.forget_path(desk);
                (self.gone, self.before) = (Vec::new(), None);
                self.stage = Stage::Done(said(imported, &preview), preview);
                if std::mem::take(&mut self.unwanted) { self.take_back(desk) } else { Go::Stay }
            }
            Err(trouble) if trouble.kind == "stopped" => self.stopped(preview, desk),
            Err(trouble) => {
                (self.all, self.unwanted) = (None, false);
                // The roster is still at hand: Enter tries again.
                self.stage = Stage::Understood(preview);
                Go::say(t("没有导入: {why}", "Not imported: {why}").with_words("why", trouble.told()))
            }
        }
    }

    /// Hears that nothing was written of what was stopped. Of several sheets those before are unwanted too.
    fn stopped(&mut self, preview: Box<Preview>, desk: &mut Desk) -> Go {
        self.unwanted = false;
        if let Some(all) = self.all.take().filter(|_| !self.made.is_empty()) {
            self.stage = all.so_far(preview);
            return self.take_back(desk);
        }
        self.stage = Stage::Understood(preview);
        Go::say(t("已停下, 什么都没有导入.", "Stopped; nothing was brought in."))
    }

    /// Stops what is being read or brought in.
    fn stop(&mut self, desk: &mut Desk) -> Go {
        match std::mem::take(&mut self.stage) {
            Stage::Reading(_, file, _) if self.all.is_some() => {
                desk.session.ask(Ask::StopReading);
                self.stop_between(&file)
            }
            Stage::Reading(..) => {
                desk.session.ask(Ask::StopReading);
                Go::say(t("已停下, 什么都没有改.", "Stopped; nothing was changed."))
            }
            Stage::Again(_, preview, _) => {
                desk.session.ask(Ask::StopReading);
                self.stage = Stage::Understood(preview);
                Go::say(t("已停下, 照原来的.", "Stopped; it stays as it was."))
            }
            other => {
                self.stage = other;
                self.unwanted = true;
                desk.session.stop_importing();
                Go::say(t(
                    "正在停下: 没写完的不留; 刚好写完了就撤销.",
                    "Stopping: what is not written leaves nothing, and what just was is taken back.",
                ))
            }
        }
    }

    /// Reads the list anew as a person says.
    fn say(&mut self, said: Option<Correction>, desk: &mut Desk) -> Go {
        let (Some(said), Stage::Understood(_)) = (said, &self.stage) else {
            return Go::say(t("这份文件没有别的可选.", "This file has no other."));
        };
        if let Stage::Understood(preview) = std::mem::take(&mut self.stage) {
            let ticket = desk.session.ask(Ask::Preview(preview.file.clone(), Told::All(said)));
            self.stage = Stage::Again(ticket, preview, How::default());
        }
        Go::Stay
    }

    /// Takes Enter right behind a digit, pressed by a habit: it belongs to the digit, and says what the next one does.
    fn belongs_to_digit(&mut self, action: Action) -> Option<Go> {
        // Until the list is read anew nobody has seen what the digit did.
        if matches!(action, Action::Wait) {
            return None;
        }
        let is_behind = std::mem::replace(&mut self.is_behind_digit, action.is_by_digit());
        match action {
            Action::Import if is_behind => Some(Go::say(READ_SO)),
            Action::Picked if is_behind => Some(Go::say(WHICH_MEANING)),
            _ => None,
        }
    }

    fn is_so_far(&mut self, now: How) {
        if let Stage::Reading(_, _, how) | Stage::Again(_, _, how) = &mut self.stage {
            *how = now;
        }
    }

    /// Gives the selected column the meaning at a place of the list of meanings.
    fn pick(&mut self, at: Option<usize>, desk: &mut Desk) -> Go {
        let list = self.picking.take().unwrap_or_default();
        let choices = correct::choices();
        let field = choices.get(at.unwrap_or_else(|| list.selected().min(choices.len() - 1))).copied();
        let Stage::Understood(preview) = &self.stage else { return Go::Stay };
        let columns = &preview.reading.columns;
        let column = columns.get(self.list.selected().min(columns.len().saturating_sub(1)));
        let (Some(field), Some(column)) = (field, column) else { return Go::Stay };
        let mut said = preview.correction.clone();
        said.say_column(column.index, field);
        self.say(Some(said), desk)
    }

    fn preview(&self) -> Option<&Preview> {
        match &self.stage {
            Stage::Understood(preview)
            | Stage::Again(_, preview, _)
            | Stage::Importing(_, preview)
            | Stage::Done(_, preview) => Some(preview),
            _ => None,
        }
    }
}

const READ_SO: Text = t(
    "照这样重新读了, 请看一眼; 对就再按 Enter 导入.",
    "It was read anew so: have a look, and Enter once more imports it.",
);
const WHICH_MEANING: Text = t(
    "这一列是什么? 按左边的数字; 或上下选好再按 Enter.",
    "What is this column? Press a digit on the left, or point with Up and Down, then Enter.",
);

/// The place of the typed path's draft.
const PLACE: &str = "import/path";

impl Screen for Import {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.drawn(canvas);
    }

    fn why(&self, _: &Desk) -> Option<Said> {
        Some(match self.stage {
            Stage::Choosing | Stage::Refused(_) => reasons::files_offered(),
            _ => reasons::listed(),
        })
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        self.is_choosing().then(|| Kept::at(PLACE, &mut self.field))
    }

    fn typed(&mut self, _desk: &mut Desk) -> Go {
        // The sentence was about what stood there before.
        if matches!(self.stage, Stage::Refused(_)) {
            self.stage = Stage::Choosing;
        }
        Go::Stay
    }

    fn beside(&self, desk: &Desk) -> Option<Beside> {
        self.known(desk)
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        let len = self.preview().map_or(self.files.len(), |preview| preview.reading.columns.len());
        match &mut self.picking {
            Some(picking) => Some(Scroll { list: picking, len: correct::choices().len() }),
            None => Some(Scroll { list: &mut self.list, len }),
        }
    }

    fn moved(&mut self, _desk: &mut Desk) -> Go {
        self.is_behind_digit = false;
        Go::Stay
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        if !std::mem::replace(&mut self.opened, true) {
            self.finding = Some(desk.session.ask(Ask::LookAround));
        }
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        if self.writing.hear(message) {
            return Go::Stay;
        }
        match (message, &self.stage) {
            (Message::Around(ticket, around), _) if self.finding == Some(*ticket) => {
                self.finding = None;
                self.files.clone_from(&around.rosters);
                Go::Stay
            }
            (Message::Reading(ticket, far), Stage::Reading(asked, ..) | Stage::Again(asked, ..)) if ticket == asked => {
                self.is_so_far(How::Rows(*far));
                Go::Stay
            }
            (Message::Working(ticket, percent), Stage::Reading(asked, ..) | Stage::Again(asked, ..))
                if ticket == asked =>
            {
                self.is_so_far(How::Compared(*percent));
                Go::Stay
            }
            (Message::Previewed(ticket, previewed), Stage::Reading(asked, ..)) if ticket == asked => {
                self.previewed(previewed, desk)
            }
            (Message::Answer(ticket, answer), _) if self.taking == Some(*ticket) => {
                self.taking = None;
                self.taken_back(answer)
            }
            // By Ctrl-Z: of several sheets the last one.
            (Message::Answer(_, answer), Stage::Done(..))
                if undone(answer).is_some_and(|it| self.made.contains(&it)) =>
            {
                self.made.retain(|made| undone(answer) != Some(*made));
                self.gone.extend(undone(answer));
                if self.made.is_empty() { self.taken_back(answer) } else { Go::Stay }
            }
            (Message::Answer(_, answer), Stage::Done(..))
                if stands_again(answer).is_some_and(|it| self.gone.contains(&it)) =>
            {
                if let Some(import) = stands_again(answer) {
                    self.had_again(import);
                }
                Go::Stay
            }
            (Message::Previewed(ticket, previewed), Stage::Again(asked, ..)) if ticket == asked => {
                self.previewed(previewed, desk)
            }
            (Message::Imported(ticket, imported), Stage::Importing(asked, _)) if ticket == asked => {
                self.writing = Pending::default();
                self.imported(imported, desk)
            }
            _ => Go::Stay,
        }
    }
}

impl Keyed for Import {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&CHOOSING, &WAITING, &UNDERSTOOD, &PICKING, &DONE, &GONE];

    fn table(&self) -> &'static Table<Action> {
        match &self.stage {
            Stage::Choosing | Stage::Refused(_) => &CHOOSING,
            Stage::Reading(..) | Stage::Again(..) | Stage::Importing(..) => &WAITING,
            Stage::Understood(_) if self.picking.is_some() => &PICKING,
            Stage::Understood(_) => &UNDERSTOOD,
            Stage::Done(..) if self.made.is_empty() => &GONE,
            Stage::Done(..) => &DONE,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        if let Some(go) = self.belongs_to_digit(action) {
            return go;
        }
        match action {
            Action::Look => return self.look(desk),
            Action::Again => self.finding = Some(desk.session.ask(Ask::LookAround)),
            Action::Import => return self.import(desk),
            Action::Pick => self.picking = Some(List::new()),
            Action::Unpicked => self.picking = None,
            Action::Picked => return self.pick(None, desk),
            Action::PickedAt(0) => return self.pick(Some(correct::choices().len() - 1), desk),
            Action::PickedAt(digit) => return self.pick(Some(usize::from(digit) - 1), desk),
            Action::HeaderUp | Action::HeaderDown => {
                let down = matches!(action, Action::HeaderDown);
                let said = self.preview().map(|preview| correct::move_header(preview, down));
                return self.say(said, desk);
            }
            Action::Kind => return self.say(self.preview().map(correct::next_kind), desk),
            Action::Encoding => return self.say(self.preview().and_then(correct::next_encoding), desk),
            Action::Sheet => return self.say(self.preview().and_then(correct::next_sheet), desk),
            Action::Guessed => return self.say(Some(Correction::default()), desk),
            Action::TakeBack => return self.take_back(desk),
            Action::Households => return Go::Home,
            Action::Doubts => return Go::open(Doubts::new()),
            Action::Compare => return Go::open(Compared::new()),
            Action::Other => {
                self.forget_path(desk);
                self.stage = Stage::Choosing;
                self.list = List::new();
            }
            Action::Leave => return Go::Back,
            Action::Stop => return self.stop(desk),
            Action::AllSheets => return self.import_all(desk),
            Action::Wait => {}
        }
        Go::Stay
    }
}
