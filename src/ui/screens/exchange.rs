//! Exchange: export to the stick and merge from it.
//!
//! Keystrokes of the office: F7, Ctrl-A; with two sticks Tab Tab Enter between. Of a group leader: F7, 4. What the stick
//! is, the page finds out by itself; Tab lets another folder be typed. Looking costs nothing and changes nothing; a
//! bundle comes in whole or not at all, in any order, as often as one likes (`screens.md`, Merge).

mod clocks;
mod drawn;
mod merging;

use std::path::{Path, PathBuf};

use super::{Disputes, Doubts, Import, Twins};
use crate::app::{Ask, Exported, Folder, Merged, Message, Missing, Offer, Peer, Ticket, WrongClock, typed_path};
use crate::text::{Said, Text, Trouble, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
use merging::Merging;

/// Shows export to the stick and merge from it.
#[derive(Debug, PartialEq, Default)]
pub struct Exchange {
    /// The folder, or the one file, that is looked at.
    folder: Option<PathBuf>,
    /// A person chose it; else a stick that turns up goes before.
    chosen: bool,
    /// Sticks and the folder used last, as found.
    around: Vec<Folder>,
    field: Field,
    typing: bool,
    /// Which found folder Tab put into the field last.
    turn: usize,
    offers: Vec<Offer>,
    list: List,
    opened: bool,
    finding: Option<Ticket>,
    looking: Option<Ticket>,
    merging: Option<Merging>,
    exporting: Option<Ticket>,
    /// How far the look, the verifying or the export under way is, in percent; none before it takes long.
    percent: Option<u8>,
    /// What came of the last merge or export.
    outcome: Option<Outcome>,
    /// The folder that was to be looked at is not there.
    absent: Option<Trouble>,
    /// What is known to exist and has not come here.
    missing: Vec<Missing>,
    /// A file with the campaign's key that is not taken yet.
    key: Option<PathBuf>,
    /// Of which laptops there seem to be two.
    parted: Vec<Said>,
    /// Laptops whose clocks cannot be right.
    wrong: Vec<WrongClock>,
}

/// What came of a merge or an export. It stands below the list until another file is looked at, or all of them again.
#[derive(Debug, PartialEq)]
struct Outcome {
    said: Said,
    well: bool,
}

impl Exchange {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }

    fn selected(&self) -> usize {
        self.list.selected().min(self.offers.len().saturating_sub(1))
    }

    fn came_of_it(&mut self, said: Said, well: bool) {
        self.outcome = Some(Outcome { said, well });
    }

    fn is_under_way(&self, ticket: Ticket) -> bool {
        let merging = self.merging.as_ref().map(|merging| merging.ticket);
        [self.looking, self.exporting, merging].contains(&Some(ticket))
    }

    /// Looks at a folder, unless nothing is known to look at: then one is asked for.
    fn look(&mut self, desk: &mut Desk) {
        self.absent = None;
        if let Some(folder) = self.folder.clone() {
            self.key = None;
            self.looking = Some(desk.session.ask(Ask::LookForBundles(folder)));
        } else {
            self.offers.clear();
            self.typing = true;
        }
    }

    /// Selects the first file that brings something, unless the one selected does: Enter is meant for it.
    fn select_what_is_new(&mut self) {
        let is_new = |offer: &Offer| {
            offer.state.as_ref().is_ok_and(|brings| !brings.own && brings.fresh + brings.quarantined > 0)
        };
        if !self.offers.get(self.list.selected()).is_some_and(is_new)
            && let Some(first) = self.offers.iter().position(is_new)
        {
            self.list.select(first);
        }
    }

    fn count_missing(&mut self, desk: &Desk) {
        self.look_at_clocks(desk);
        let (house, peers) = (desk.session.house(), desk.session.peers());
        self.parted = peers.iter().filter_map(Peer::parted).collect();
        self.missing = house.map(|house| house.missing(&peers)).unwrap_or_default();
    }

    fn choose(&mut self, desk: &mut Desk) {
        if self.field.is_empty() {
            self.typing = self.folder.is_none();
            return;
        }
        self.folder = Some(typed_path(&self.field.take()));
        desk.session.ask(Ask::Draft { place: PLACE.to_owned(), text: String::new(), cursor: 0 });
        self.chosen = true;
        self.typing = false;
        self.outcome = None;
        self.list = List::new();
        self.offers.clear();
        self.look(desk);
    }

    /// Puts the next folder that was found into the field.
    fn turn(&mut self) {
        if let Some(folder) = self.around.get(self.turn % self.around.len().max(1)) {
            self.field.set(&folder.path.to_string_lossy(), usize::MAX);
            self.turn += 1;
        }
    }

    fn merge(&mut self, files: Vec<PathBuf>, desk: &mut Desk) -> Go {
        if self.merging.is_some() {
            return Go::say(t("正在合并, 请等它做完.", "A merge is under way; please wait for it."));
        }
        let of = files.len();
        let ticket = desk.session.ask(Ask::Merge(files));
        self.begin(ticket, of);
        Go::Stay
    }

    fn merge_selected(&mut self, desk: &mut Desk) -> Go {
        let Some(offer) = self.offers.get(self.selected()) else {
            return Go::say(t(
                "这里没有导出包. Tab 换文件夹, 4 导出到这里.",
                "No export file here. Tab takes another folder, 4 exports here.",
            ));
        };
        match &offer.state {
            Err(trouble) => Go::say(t("{why}", "{why}").with("why", trouble.say(desk.lang))),
            Ok(brings) if brings.fresh + brings.quarantined == 0 => Go::say(if brings.own {
                t("这是本机自己导出的, 不用合并.", "This laptop exported it; there is nothing to merge.")
            } else {
                t("已合并过, 没有新内容.", "Merged before; it holds nothing new.")
            }),
            Ok(brings) if brings.trust.is_doubtful() => Go::say(t(
                "说不准是谁写的, 先没有合并. 问清确实是他们的, 按 9.",
                "Nobody can say who wrote it; not merged yet. Once it is surely theirs press 9.",
            )),
            Ok(_) => self.merge(vec![offer.file.clone()], desk),
        }
    }

    /// Merges the selected file although it is doubtful who wrote it.
    fn accept(&mut self, desk: &mut Desk) -> Go {
        let offer = self.offers.get(self.selected());
        let doubtful = offer.filter(|offer| offer.state.as_ref().is_ok_and(|brings| brings.trust.is_doubtful()));
        let Some(file) = doubtful.map(|offer| offer.file.clone()) else {
            return Go::say(t("这一个没有可疑的: Enter 合并.", "There is nothing doubtful about it: Enter merges."));
        };
        if self.merging.is_some() {
            return Go::say(t("正在合并, 请等它做完.", "A merge is under way; please wait for it."));
        }
        let ticket = desk.session.ask(Ask::MergeAccepted(file));
        self.begin(ticket, 1);
        Go::Stay
    }

    fn begin(&mut self, ticket: Ticket, of: usize) {
        self.outcome = None;
        self.merging = Some(Merging::of(ticket, of));
    }

    fn merge_all(&mut self, desk: &mut Desk) -> Go {
        let new = |offer: &&Offer| {
            let brings = offer.state.as_ref().ok().filter(|brings| !brings.trust.is_doubtful());
            brings.is_some_and(|brings| brings.fresh + brings.quarantined > 0)
        };
        let files: Vec<PathBuf> = self.offers.iter().filter(new).map(|offer| offer.file.clone()).collect();
        if files.is_empty() {
            return Go::say(t(
                "没有要合并的: 都已合并过, 或不能用.",
                "Nothing to merge: merged before, or not usable.",
            ));
        }
        self.merge(files, desk)
    }

    /// Exports only what the laptop of the selected file lacks.
    fn export_for(&mut self, desk: &mut Desk) -> Go {
        let offer = self.offers.get(self.selected()).and_then(|offer| offer.state.as_ref().ok());
        match offer {
            Some(brings) if !brings.own && brings.fresh == 0 => {
                let laptop = brings.laptop;
                self.export(Some(laptop), desk)
            }
            Some(brings) if !brings.own => {
                Go::say(t("先合并这一个, 才知道它缺什么.", "Merge this one first; then it is known what it lacks."))
            }
            _ => Go::say(t("先选中别的电脑的导出包.", "Select an export file of another laptop first.")),
        }
    }

    fn export(&mut self, to: Option<u64>, desk: &mut Desk) -> Go {
        if self.exporting.is_some() {
            return Go::say(t("正在导出, 请等它做完.", "An export is under way; please wait for it."));
        }
        let Some(folder) = self.folder.as_deref().map(to_folder) else {
            self.typing = true;
            return Go::say(t("导出到哪个文件夹? 请输入, 或插上U盘按 Ctrl-F.", "Export where? Type a folder, please."));
        };
        self.outcome = None;
        self.exporting = Some(desk.session.ask(Ask::Export(folder, to)));
        Go::Stay
    }

    fn merged(&mut self, file: &Path, merged: &Result<Merged, Trouble>, desk: &mut Desk) -> Go {
        let Some(merging) = &mut self.merging else { return Go::Stay };
        merging.count(file, merged);
        self.percent = None;
        if merging.files < merging.of {
            return Go::Stay;
        }
        if let Some(merging) = self.merging.take() {
            self.came_of_it(merging.said(desk), merging.went_well());
        }
        self.look(desk);
        Go::Stay
    }

    fn exported(&mut self, exported: &Result<Exported, Trouble>, desk: &mut Desk) {
        self.exporting = None;
        self.percent = None;
        let lacks = exported.as_ref().ok().and_then(Exported::lacks);
        let (said, well) = match lacks.as_ref().map_or(exported.as_ref(), Err) {
            Ok(done) => {
                let said = t(
                    "已导出 {n} 条, 已读回核对, 可以拔U盘.{clear}{signed} 文件: {file}{second}",
                    "Exported {n} records, read back and right; the stick can be taken out.{clear}{signed} File: {file}{second}",
                );
                let said = said.with("file", done.path.display()).with("n", done.operations);
                let clear = if desk.session.exports_clear() { CLEAR } else { t("", "") };
                let said = said.with_words("clear", clear).with_words("signed", done.signed());
                (said.with_words("second", done.second()), true)
            }
            Err(trouble) => (t("{why}", "{why}").with("why", trouble.say(desk.lang)), false),
        };
        self.came_of_it(said, well);
        self.look(desk);
    }
}

/// A passphrase guards the laptop, and not the stick.
const CLEAR: Text = t(
    " 口令管不到U盘: 没有活动密钥, 这个文件没有加密.",
    " The passphrase does not guard the stick: without a campaign key this file is in the clear.",
);

/// Gives the folder to export to: the folder of a file that is looked at.
fn to_folder(place: &Path) -> PathBuf {
    let is_file = place.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zfb"));
    if is_file { place.parent().unwrap_or(place).to_owned() } else { place.to_owned() }
}

/// The place of the typed folder's draft.
const PLACE: &str = "exchange/folder";

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Merges the selected file.
    Merge,
    /// Merges every file that brings something.
    MergeAll,
    /// Merges the selected file although it is doubtful who wrote it.
    Accept,
    /// Exports to the folder.
    Export,
    /// Exports what the laptop of the selected file lacks.
    ExportFor,
    /// Corrects the clock of a laptop.
    SetRight,
    /// Looks at disagreements.
    Disputes,
    /// Looks at families entered twice.
    Twins,
    /// Looks at cells in doubt.
    Doubts,
    /// Brings a roster in.
    Import,
    /// Takes the campaign's key that lies in the folder.
    TakeKey,
    /// Types another folder.
    Other,
    /// Looks again.
    Again,
    /// Looks at the typed folder.
    Choose,
    /// Takes the next folder that was found.
    Turn,
    /// Leaves the folder as it is.
    Close,
    /// Stops merging after the file that is under way.
    Stop,
    /// Stops the look or the export that is under way.
    StopWorking,
}

static LIST: Table<Action> = table(
    t("合并", "Exchange"),
    &[
        row(&[Key::Enter], t("合并", "Merge"), Action::Merge),
        row(&[Key::Ctrl('a')], t("全部合并", "All"), Action::MergeAll),
        row(&[Key::Digit(4)], t("导出", "Export"), Action::Export),
        row(&[Key::Digit(2)], t("不一致", "Disputed"), Action::Disputes),
        row(&[Key::Digit(3)], t("重复户", "Twice"), Action::Twins),
        row(&[Key::Digit(6)], t("只导出它缺的", "Export what it lacks"), Action::ExportFor).quiet(),
        row(&[Key::Digit(8)], t("收下活动密钥", "Take the campaign key"), Action::TakeKey).quiet(),
        row(&[Key::Digit(9)], t("认可可疑的, 合并", "Accept and merge"), Action::Accept).quiet(),
        row(&[Key::Digit(7)], t("更正电脑时间", "Correct a clock"), Action::SetRight).quiet(),
        row(&[Key::Tab], t("换文件夹", "Folder"), Action::Other).quiet(),
        row(&[Key::Digit(1)], t("待核对", "In doubt"), Action::Doubts).quiet(),
        row(&[Key::Digit(5)], t("导入名册", "Import a roster"), Action::Import).quiet(),
        row(&[Key::Ctrl('f')], t("再看一遍", "Look again"), Action::Again).quiet(),
    ],
);

static FOLDER: Table<Action> = table(
    t("合并的文件夹", "Folder to exchange with"),
    &[
        row(&[Key::Enter], t("看这里", "Look here"), Action::Choose),
        row(&[Key::Tab], t("换下一个找到的", "Next one found"), Action::Turn),
        row(&[Key::Ctrl('f')], t("再找U盘", "Find sticks again"), Action::Again),
        row(&[Key::Esc], t("不换", "Keep"), Action::Close),
    ],
);

static MERGING: Table<Action> = table(
    t("合并: 正在合并", "Exchange: merging"),
    &[
        row(&[Key::Esc], t("停下, 剩下的不合并", "Stop, leave the rest"), Action::Stop),
        row(&[Key::Digit(2)], t("不一致", "Disputed"), Action::Disputes),
    ],
);

static WORKING: Table<Action> = table(
    t("合并: 正在看或导出", "Exchange: looking or exporting"),
    &[
        row(&[Key::Esc], t("停下", "Stop"), Action::StopWorking),
        row(&[Key::Digit(2)], t("不一致", "Disputed"), Action::Disputes),
    ],
);

impl Screen for Exchange {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.drawn(canvas);
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.typing.then_some(&mut self.field)
    }

    fn draft(&self) -> Option<String> {
        self.typing.then(|| PLACE.to_owned())
    }

    fn list(&mut self, desk: &Desk) -> Option<Scroll<'_>> {
        let window = drawn::window(desk.body.height);
        Some(Scroll { list: &mut self.list, len: self.offers.len(), window })
    }

    fn moved(&mut self, _desk: &mut Desk) -> Go {
        self.outcome = None;
        Go::Stay
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.count_missing(desk);
        if !std::mem::replace(&mut self.opened, true) {
            self.finding = Some(desk.session.ask(Ask::LookAround));
        }
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Around(ticket, around) if self.finding == Some(*ticket) => {
                self.finding = None;
                self.around.clone_from(&around.folders);
                if !self.chosen {
                    self.folder = self.around.first().map(|folder| folder.path.clone());
                    self.typing = false;
                }
                self.look(desk);
            }
            Message::Working(ticket, percent) if self.is_under_way(*ticket) => self.percent = Some(*percent),
            Message::Offered(ticket, offers) if self.looking == Some(*ticket) => {
                self.looking = None;
                self.percent = None;
                self.offers.clone_from(offers);
                self.absent = self.offers.pop_if(|offer| is_absent(offer)).and_then(|offer| offer.state.err());
                self.key = desk.session.key_waiting();
                self.select_what_is_new();
                self.look_at_clocks(desk);
            }
            // A correction of a clock may have been taken back.
            Message::Answer(..) => self.look_at_clocks(desk),
            // A merge is applied by and by.
            Message::Filled => self.count_missing(desk),
            Message::Merged(ticket, file, merged) if self.merging.as_ref().is_some_and(|m| m.ticket == *ticket) => {
                let go = self.merged(file, merged, desk);
                let is_wrong = merged.as_ref().as_ref().is_err_and(|trouble| trouble.kind != "stopped");
                return if is_wrong { see_above(go) } else { go };
            }
            Message::KeyTaken(_, taken) => {
                let (said, well) = match taken {
                    Ok(number) => {
                        let said = t(
                            "活动密钥 {n} 收下了: 以后导出的都加密, 加密的导出包打得开.",
                            "The campaign key {n} is taken: exports are sealed from now on, and sealed ones open.",
                        );
                        (said.with("n", number), true)
                    }
                    Err(trouble) => (t("{why}", "{why}").with("why", trouble.say(desk.lang)), false),
                };
                self.came_of_it(said, well);
                self.look(desk);
            }
            Message::Exported(ticket, exported) if self.exporting == Some(*ticket) => {
                self.exported(exported, desk);
                if !exported.as_ref().as_ref().is_ok_and(|done| done.missing == 0) {
                    return see_above(Go::Stay);
                }
            }
            _ => {}
        }
        Go::Stay
    }
}

/// Tells whether an offer says that there is no such folder.
fn is_absent(offer: &Offer) -> bool {
    offer.state.as_ref().is_err_and(|trouble| trouble.kind == "folder-missing")
}

/// The whole sentence stands on the page; a notice has one row only.
fn see_above(go: Go) -> Go {
    if go == Go::Stay {
        Go::say(t("没有做成, 原因见上面.", "That did not work; the reason stands above."))
    } else {
        go
    }
}

impl Keyed for Exchange {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&LIST, &FOLDER, &MERGING, &WORKING];

    fn table(&self) -> &'static Table<Action> {
        match (&self.merging, self.typing) {
            (Some(_), _) => &MERGING,
            // What takes no longer than a glance has no keys of its own.
            (None, _) if self.percent.is_some() => &WORKING,
            (None, true) => &FOLDER,
            (None, false) => &LIST,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Merge => return self.merge_selected(desk),
            Action::MergeAll => return self.merge_all(desk),
            Action::Accept => return self.accept(desk),
            Action::TakeKey => match self.key.take() {
                Some(file) => drop(desk.session.ask(Ask::TakeKey(file))),
                None => return Go::say(t("这里没有新的活动密钥.", "There is no new campaign key here.")),
            },
            Action::Export => return self.export(None, desk),
            Action::ExportFor => return self.export_for(desk),
            Action::SetRight => return self.set_right(),
            Action::Disputes => return Go::open(Disputes::new()),
            Action::Twins => return Go::open(Twins::new()),
            Action::Doubts => return Go::open(Doubts::new()),
            Action::Import => return Go::open(Import::new()),
            Action::Other => self.typing = true,
            Action::Again => {
                self.outcome = None;
                self.finding = Some(desk.session.ask(Ask::LookAround));
            }
            Action::Choose => self.choose(desk),
            Action::Turn => self.turn(),
            Action::Close => self.typing = false,
            Action::StopWorking => {
                desk.session.ask(Ask::StopWorking);
                return Go::say(t("停下; 什么都没有改.", "Stopping; nothing is changed."));
            }
            Action::Stop => {
                desk.session.ask(Ask::StopMerging);
                return Go::say(t(
                    "停下了: 正在合并的这一个做完或不动, 剩下的不合并.",
                    "Stopping: the file under way comes in whole or not at all, the rest stays.",
                ));
            }
        }
        Go::Stay
    }
}
