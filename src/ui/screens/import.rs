//! Import: a roster as it was understood, before anything is written.
//!
//! Keystrokes: open the page, Enter on the file that was found (or its path and Enter), look, Enter. Esc at any time
//! before that leaves everything as it was. A file that cannot be read says so and the choice goes on. What was guessed
//! wrong is said there and then: 1 on a column, then a digit; the list is read anew and shown again.

mod correct;
mod drawn;
mod sheets;

use std::path::{Path, PathBuf};

use super::{Compared, Doubts};
use crate::app::{Answer, Ask, Correction, Imported, Message, Preview, Request, Ticket, Told, typed_path};
use crate::domain::Name;
use crate::hanzi::clean;
use crate::intake::Far;
use crate::text::{Said, Trouble, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
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
    /// The imports made last, which can be taken back together.
    made: Vec<Name>,
    /// Every sheet of the file is being brought in.
    all: Option<Sheets>,
    /// It is being taken back.
    taking: Option<Ticket>,
    /// Esc was pressed while it was being brought in: it is taken back as soon as it is there.
    unwanted: bool,
    stage: Stage,
}

/// How far the import is.
#[derive(Debug, PartialEq, Default)]
enum Stage {
    /// A file is being chosen; the sentence says what was wrong with the last one.
    #[default]
    Choosing,
    Refused(Said),
    /// A file is being read.
    Reading(Ticket, PathBuf, Far),
    /// It is being read anew as a person said; what was shown stays.
    Again(Ticket, Box<Preview>),
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
        self.stage = Stage::Reading(ticket, file, Far::default());
        Go::Stay
    }

    fn previewed(&mut self, previewed: &Result<Preview, Trouble>, desk: &mut Desk) -> Go {
        match previewed {
            Ok(preview) if self.all.is_some() => self.go_on_with(preview, desk),
            Ok(preview) => {
                self.field.take();
                desk.session.ask(Ask::Draft { place: PLACE.to_owned(), text: String::new(), cursor: 0 });
                if matches!(self.stage, Stage::Reading(..)) {
                    self.list = List::new();
                }
                self.stage = Stage::Understood(Box::new(preview.clone()));
                Go::Stay
            }
            Err(trouble) if matches!(self.stage, Stage::Again(..)) => {
                // What was said cannot be: the list stays as it was.
                if let Stage::Again(_, preview) = std::mem::take(&mut self.stage) {
                    self.stage = Stage::Understood(preview);
                }
                Go::say(t("这样读不成: {why}", "It cannot be read so: {why}").with("why", trouble.say(desk.lang)))
            }
            Err(_) if self.all.is_some() => self.next_sheet(None, desk),
            Err(trouble) => {
                self.stage = Stage::Refused(t("{why}", "{why}").with("why", trouble.say(desk.lang)));
                Go::say(t("没有读成, 原因见上面.", "It was not read; the reason stands above."))
            }
        }
    }

    fn import(&mut self, desk: &mut Desk) -> Go {
        match std::mem::take(&mut self.stage) {
            Stage::Understood(preview) if preview.would.known => {
                let said = said(&preview.would, &preview);
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
                let ticket = desk.session.ask(Ask::Import);
                self.stage = Stage::Importing(ticket, preview);
            }
            other => self.stage = other,
        }
        Go::Stay
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
                self.stage = Stage::Done(said(imported, &preview), preview);
                if std::mem::take(&mut self.unwanted) { self.take_back(desk) } else { Go::Stay }
            }
            Err(trouble) => {
                (self.all, self.unwanted) = (None, false);
                // The roster is still at hand: Enter tries again.
                self.stage = Stage::Understood(preview);
                Go::say(t("没有导入: {why}", "Not imported: {why}").with("why", trouble.say(desk.lang)))
            }
        }
    }

    /// Stops what is being read; what is being brought in can be taken back afterwards.
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
            Stage::Again(_, preview) => {
                desk.session.ask(Ask::StopReading);
                self.stage = Stage::Understood(preview);
                Go::say(t("已停下, 照原来的.", "Stopped; it stays as it was."))
            }
            other => {
                self.stage = other;
                self.unwanted = true;
                Go::say(t("停下: 写完这一步就撤销.", "Stopping: it is taken back once this step is written."))
            }
        }
    }

    /// Takes the import back that was just made.
    fn take_back(&mut self, desk: &mut Desk) -> Go {
        if self.made.is_empty() {
            return Go::say(t(
                "这份名册以前就导入了, 这次没有新内容可撤.",
                "This roster was here before; nothing was brought in that could be taken back.",
            ));
        }
        for import in &self.made {
            let request = Request::new("import.undo").with_name("import", *import);
            self.taking = Some(desk.session.ask(Ask::Do(request)));
        }
        Go::Stay
    }

    fn taken_back(&mut self, answer: &Result<Answer, Trouble>, desk: &Desk) -> Go {
        match (answer, std::mem::take(&mut self.stage)) {
            (Ok(_), Stage::Done(_, preview)) => {
                self.made.clear();
                let words = t(
                    "已撤销导入. 已有走访或改动的户留下了; 再导入一次就都回来.",
                    "Taken back. Households that people have written on stay; importing it again brings all back.",
                );
                self.stage = Stage::Done(words.into(), preview);
                Go::Stay
            }
            (Err(trouble), stage) => {
                self.stage = stage;
                Go::say(t("没有撤销: {why}", "Not taken back: {why}").with("why", trouble.say(desk.lang)))
            }
            (Ok(_), stage) => {
                self.stage = stage;
                Go::Stay
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
            self.stage = Stage::Again(ticket, preview);
        }
        Go::Stay
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
            | Stage::Again(_, preview)
            | Stage::Importing(_, preview)
            | Stage::Done(_, preview) => Some(preview),
            _ => None,
        }
    }
}

/// Says how many members of families a list with one person a row has.
fn people(imported: &Imported) -> Said {
    match imported.members {
        0 => t("", "").into(),
        count => t(", 家庭成员 {n} 人", ", {n} members of families").with("n", count),
    }
}

/// Gives the name of a file, cleaned.
fn file_name(file: &Path) -> String {
    file.file_name().map_or_else(String::new, |name| clean::line(&name.to_string_lossy()))
}

/// Says what an import did in one sentence.
fn said(imported: &Imported, preview: &Preview) -> Said {
    let file = file_name(&preview.file);
    if imported.known {
        let words = t(
            "{file}: 这份名册已经导入过, 没有新内容.",
            "{file}: this roster was imported before; there is nothing new.",
        );
        return words.with("file", file);
    }
    let doubts = match imported.doubtful {
        0 => Said::from(t("", "")),
        count => t(
            " {n} 行有待核对的内容, 在 待核对 里 (按 1).",
            " {n} rows have cells in doubt, listed under In doubt (1).",
        )
        .with("n", count),
    };
    let bound = match imported.bound {
        0 => Said::from(t("", "")),
        count => t(", {n} 行并到原有的户", ", {n} rows belong to households known before").with("n", count),
    };
    let compared = match imported.unlisted {
        0 => Said::from(t("", "")),
        count => t(
            " {n} 户没再列, 在 新旧名册对照 里 (按 3).",
            " {n} households are no longer listed; see Rosters compared (3).",
        )
        .with("n", count),
    };
    t(
        "{file}: 已导入, 新 {n} 户{people}{bound}.{doubts}{compared}",
        "{file}: imported, {n} new households{people}{bound}.{doubts}{compared}",
    )
    .with("file", file)
    .with("n", imported.households)
    .with_words("people", people(imported))
    .with_words("bound", bound)
    .with_words("doubts", doubts)
    .with_words("compared", compared)
}

/// The place of the typed path's draft.
const PLACE: &str = "import/path";

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Reads the typed or selected file.
    Look,
    /// Looks for files again.
    Again,
    /// Brings the roster in.
    Import,
    /// Gives the selected column another meaning.
    Pick,
    /// Takes the meaning that is selected.
    Picked,
    /// Takes a meaning by its digit.
    PickedAt(u8),
    /// Leaves the column as it is.
    Unpicked,
    /// The header stands a row higher.
    HeaderUp,
    /// The header stands a row lower.
    HeaderDown,
    /// Households of which the list says nothing are of the next kind.
    Kind,
    /// The text is in the next encoding.
    Encoding,
    /// The next sheet is meant.
    Sheet,
    /// Everything as it was guessed.
    Guessed,
    /// Brings every sheet of the file in.
    AllSheets,
    /// Takes the import back.
    TakeBack,
    /// Goes on to the households.
    Households,
    /// Looks at what the list says otherwise than is known.
    Compare,
    /// Looks at cells in doubt.
    Doubts,
    /// Chooses another file.
    Other,
    /// Stops the reading.
    Stop,
    /// Leaves.
    Leave,
    /// Nothing can be done.
    Wait,
}

static CHOOSING: Table<Action> = table(
    t("导入名册", "Import"),
    &[
        row(&[Key::Enter], t("看看", "Look at it"), Action::Look),
        row(&[Key::Ctrl('f')], t("再找文件", "Find files again"), Action::Again),
    ],
);

static WAITING: Table<Action> = table(
    t("导入名册: 正在读", "Import: reading"),
    &[row(&[Key::Esc], t("停下", "Stop"), Action::Stop), row(&[Key::Enter], t("请等", "Wait"), Action::Wait).quiet()],
);

static UNDERSTOOD: Table<Action> = table(
    t("导入名册: 这样理解", "Import: as understood"),
    &[
        row(&[Key::Enter], t("导入", "Import it"), Action::Import),
        row(&[Key::Digit(1)], t("改这一列", "Change column"), Action::Pick),
        row(&[Key::Digit(2)], t("表头上移", "Header up"), Action::HeaderUp).quiet(),
        row(&[Key::Digit(3)], t("表头下移", "Header down"), Action::HeaderDown).quiet(),
        row(&[Key::Digit(4)], t("换户类别", "Next kind"), Action::Kind).quiet(),
        row(&[Key::Digit(5)], t("换编码", "Encoding"), Action::Encoding).quiet(),
        row(&[Key::Digit(6)], t("换表", "Next sheet"), Action::Sheet).quiet(),
        row(&[Key::Digit(7)], t("照辨认的", "As guessed"), Action::Guessed).quiet(),
        row(&[Key::Digit(8)], t("全部表", "All sheets"), Action::AllSheets).quiet(),
        row(&[Key::Tab], t("换一份", "Another file"), Action::Other),
        row(&[Key::Esc], t("不导入", "Leave it"), Action::Leave),
    ],
);

static PICKING: Table<Action> = table(
    t("导入名册: 这一列是什么", "Import: what a column is"),
    &[
        row(&[Key::Enter], t("选定", "Choose"), Action::Picked),
        row(&[Key::Esc], t("不改", "Leave it"), Action::Unpicked),
        row(&[Key::Digit(1)], t("户主姓名", "Head"), Action::PickedAt(1)).quiet(),
        row(&[Key::Digit(2)], t("联系电话", "Phone"), Action::PickedAt(2)).quiet(),
        row(&[Key::Digit(3)], t("村(居)", "Village"), Action::PickedAt(3)).quiet(),
        row(&[Key::Digit(4)], t("组", "Group"), Action::PickedAt(4)).quiet(),
        row(&[Key::Digit(5)], t("住址", "Address"), Action::PickedAt(5)).quiet(),
        row(&[Key::Digit(6)], t("镇(街道)", "Town"), Action::PickedAt(6)).quiet(),
        row(&[Key::Digit(7)], t("户类别", "Kind"), Action::PickedAt(7)).quiet(),
        row(&[Key::Digit(8)], t("家庭人口", "People"), Action::PickedAt(8)).quiet(),
        row(&[Key::Digit(9)], t("备注", "Remark"), Action::PickedAt(9)).quiet(),
        row(&[Key::Digit(0)], t("不用", "Not used"), Action::PickedAt(0)).quiet(),
    ],
)
.hint(t("数字直接选", "Digits pick"));

static DONE: Table<Action> = table(
    t("导入名册: 做完", "Import: done"),
    &[
        row(&[Key::Enter], t("住户", "Households"), Action::Households),
        row(&[Key::Digit(1)], t("看待核对", "In doubt"), Action::Doubts),
        row(&[Key::Digit(2)], t("撤销导入", "Undo it"), Action::TakeBack),
        row(&[Key::Digit(3)], t("新旧对照", "Compare"), Action::Compare),
        row(&[Key::Tab], t("再导一份", "Another"), Action::Other),
    ],
);

impl Screen for Import {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.drawn(canvas);
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.is_choosing().then_some(&mut self.field)
    }

    fn draft(&self) -> Option<String> {
        self.is_choosing().then(|| PLACE.to_owned())
    }

    fn list(&mut self, desk: &Desk) -> Option<Scroll<'_>> {
        let window = drawn::window(desk.body.height, !self.is_choosing());
        let len = self.preview().map_or(self.files.len(), |preview| preview.reading.columns.len());
        match &mut self.picking {
            Some(picking) => Some(Scroll { list: picking, len: correct::choices().len(), window }),
            None => Some(Scroll { list: &mut self.list, len, window }),
        }
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        if !std::mem::replace(&mut self.opened, true) {
            self.finding = Some(desk.session.ask(Ask::LookAround));
        }
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match (message, &self.stage) {
            (Message::Around(ticket, around), _) if self.finding == Some(*ticket) => {
                self.finding = None;
                self.files.clone_from(&around.rosters);
                Go::Stay
            }
            (Message::Reading(ticket, far), Stage::Reading(asked, ..)) if ticket == asked => {
                let far = *far;
                if let Stage::Reading(_, _, known) = &mut self.stage {
                    *known = far;
                }
                Go::Stay
            }
            (Message::Previewed(ticket, previewed), Stage::Reading(asked, ..)) if ticket == asked => {
                self.previewed(previewed, desk)
            }
            (Message::Answer(ticket, answer), _) if self.taking == Some(*ticket) => {
                self.taking = None;
                self.taken_back(answer, desk)
            }
            (Message::Previewed(ticket, previewed), Stage::Again(asked, _)) if ticket == asked => {
                self.previewed(previewed, desk)
            }
            (Message::Imported(ticket, imported), Stage::Importing(asked, _)) if ticket == asked => {
                self.imported(imported, desk)
            }
            _ => Go::Stay,
        }
    }
}

impl Keyed for Import {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&CHOOSING, &WAITING, &UNDERSTOOD, &PICKING, &DONE];

    fn table(&self) -> &'static Table<Action> {
        match &self.stage {
            Stage::Choosing | Stage::Refused(_) => &CHOOSING,
            Stage::Reading(..) | Stage::Again(..) | Stage::Importing(..) => &WAITING,
            Stage::Understood(_) if self.picking.is_some() => &PICKING,
            Stage::Understood(_) => &UNDERSTOOD,
            Stage::Done(..) => &DONE,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
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
