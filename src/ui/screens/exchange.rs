//! Exchange: export to the stick and merge from it.
//!
//! Keystrokes of the office: F7, Ctrl-A; with two sticks Tab Tab Enter between. Of a group leader: F7, 4. What the stick
//! is, the page finds out by itself; Tab lets another folder be typed. Looking costs nothing and changes nothing; a
//! bundle comes in whole or not at all, in any order, as often as one likes (`screens.md`, Merge).

mod asking;
mod clocks;
mod drawn;
mod keys;
mod left_out;
mod merging;
mod outcome;

use std::path::PathBuf;

use super::{Beside, Disputes, Doubts, Import, Twins, reasons};
use crate::app::{Ask, ClockDoubt, Folder, Message, Missing, Offer, Peer, Ticket, WrongClock, typed_path};
use crate::text::{Said, Trouble, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::kept::Kept;
use crate::ui::keys::Table;
use crate::ui::list::{List, Scroll};
use crate::ui::page::{Go, Keyed, Screen};
pub use keys::Action;
use keys::{FOLDER, LIST, MERGING, WORKING};
use merging::Merging;
use outcome::{Came, Outcome, see_above};

/// Shows export to the stick and merge from it.
#[derive(Debug, PartialEq, Default)]
pub struct Exchange {
    /// The folder, or the one file, that is looked at.
    folder: Option<PathBuf>,
    /// Who chose it.
    chosen: Chosen,
    /// Sticks and the folder used last, as found.
    around: Vec<Folder>,
    /// Where an export goes where nothing is found.
    landing: Landing,
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
    /// What came of each file that was merged here.
    came: Came,
    /// The folder that was to be looked at is not there.
    absent: Option<Trouble>,
    /// What is known to exist and has not come here.
    missing: Vec<Missing>,
    /// A file with the campaign's key that is not taken yet.
    key: Option<PathBuf>,
    /// Of which laptops there seem to be two.
    parted: Vec<Said>,
    /// Says that this laptop itself seems to be two.
    copied: Option<Said>,
    /// Laptops whose clocks cannot be right.
    wrong: Vec<WrongClock>,
    /// What the clock of this laptop itself does not go with, and how that is said: then it is no measure for others.
    own_clock: Option<(ClockDoubt, Said)>,
}

/// Who chose the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Chosen {
    /// Nobody: a stick that turns up goes before.
    #[default]
    Found,
    /// A person typed it, and it was not looked at yet.
    JustTyped,
    ByPerson,
}

/// Where an export goes where no stick is in and no folder was used before.
#[derive(Debug, PartialEq, Default)]
enum Landing {
    /// There is no such place.
    #[default]
    Nowhere,
    /// There, and nobody was told of it yet.
    At(PathBuf),
    /// It was said: who asks once more means it.
    Said(PathBuf),
}

impl Exchange {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }

    fn selected(&self) -> usize {
        self.list.selected().min(self.offers.len().saturating_sub(1))
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
            // A digit is a command until somebody begins to type.
            if desk.session.draft(PLACE).is_some() {
                self.type_folder(desk);
            }
        }
    }

    /// Selects the first file that brings something, unless the one selected does: Enter is meant for it.
    fn select_what_is_new(&mut self) {
        let is_new = |offer: &Offer| offer.state.as_ref().is_ok_and(|brings| !brings.own && !brings.alone.is_empty());
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
        self.note_what_waits(desk);
        self.missing = house.map(|house| house.missing(&peers)).unwrap_or_default();
    }

    fn look_again(&mut self, desk: &mut Desk) {
        self.outcome = None;
        self.came = Came::default();
        self.finding = Some(desk.session.ask(Ask::LookAround));
    }

    fn choose(&mut self, desk: &mut Desk) {
        if self.field.is_empty() {
            self.typing = false;
            return;
        }
        self.folder = Some(typed_path(&self.field.take()));
        desk.session.ask(Ask::Draft { place: PLACE.to_owned(), text: String::new(), cursor: 0 });
        self.chosen = Chosen::JustTyped;
        self.typing = false;
        self.outcome = None;
        self.came = Came::default();
        self.list = List::new();
        self.offers.clear();
        self.look(desk);
    }

    /// Lets a folder be typed; what was half written of one stands there again.
    fn type_folder(&mut self, desk: &Desk) {
        self.typing = true;
        if let Some((text, cursor)) = desk.session.draft(PLACE).filter(|_| self.field.is_empty()) {
            self.field.set(&text, cursor);
        }
    }

    /// Gives a folder that was mistyped back to be put right, where nothing else is being typed.
    fn mend_folder(&mut self) {
        let is_wrong = self.absent.is_some() && self.field.is_empty();
        if let Some(folder) = self.folder.as_ref().filter(|_| is_wrong) {
            self.field.set(&folder.to_string_lossy(), usize::MAX);
            self.typing = true;
        }
    }

    /// Puts the next folder that was found into the field.
    fn turn(&mut self) {
        if let Some(folder) = self.around.get(self.turn % self.around.len().max(1)) {
            self.field.set(&folder.path.to_string_lossy(), usize::MAX);
            self.turn += 1;
        }
    }
}

/// The place of the typed folder's draft.
const PLACE: &str = "exchange/folder";

impl Screen for Exchange {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.drawn(canvas);
    }

    fn clock_doubt(&self) -> Option<ClockDoubt> {
        self.own_clock.as_ref().map(|(doubt, _)| doubt.clone())
    }

    fn why(&self, desk: &Desk) -> Option<Said> {
        let brings = (!self.offers.is_empty() || self.outcome.is_some()).then(reasons::brings);
        self.cut_short(desk).into_iter().chain(brings).reduce(Said::apart)
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        self.typing.then(|| Kept::at(PLACE, &mut self.field))
    }

    fn beside(&self, desk: &Desk) -> Option<Beside> {
        self.known(desk)
    }

    // Where nothing was found, or not what was chosen, whatever is no command begins the name of a folder.
    fn lets_type(&mut self, _desk: &mut Desk) -> bool {
        self.typing = self.typing || ((self.folder.is_none() || self.absent.is_some()) && self.finding.is_none());
        self.typing
    }

    fn list(&mut self, _: &Desk) -> Option<Scroll<'_>> {
        Some(Scroll { list: &mut self.list, len: self.offers.len() })
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

    fn asked_again(&mut self, desk: &mut Desk) -> Go {
        // What is under way there is not looked at anew in the middle.
        if !self.busy() && !self.typing {
            self.look_again(desk);
        }
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Around(ticket, around) if self.finding == Some(*ticket) => {
                self.finding = None;
                self.around.clone_from(&around.folders);
                self.landing = around.landing.clone().map_or(Landing::Nowhere, Landing::At);
                if self.chosen == Chosen::Found {
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
                if self.chosen == Chosen::JustTyped {
                    self.chosen = Chosen::ByPerson;
                    self.mend_folder();
                }
                if let Some(folder) =
                    self.folder.clone().filter(|_| self.chosen != Chosen::Found && self.absent.is_none())
                {
                    desk.session.ask(Ask::RememberFolder(folder));
                }
                self.key = desk.session.key_waiting();
                self.select_what_is_new();
                self.came.count(desk);
                self.note_a_copy();
                self.look_at_clocks(desk);
            }
            // A correction of a clock may have been taken back.
            Message::Answer(..) => self.look_at_clocks(desk),
            // A merge is applied by and by.
            Message::Filled => {
                self.count_missing(desk);
                self.came.count(desk);
            }
            Message::Merged(ticket, file, merged) if self.merging.as_ref().is_some_and(|m| m.ticket == *ticket) => {
                let go = self.merged(file, merged, desk);
                let is_wrong = merged.as_ref().as_ref().is_err_and(|trouble| trouble.kind != "stopped");
                return if is_wrong { see_above(go) } else { go };
            }
            Message::KeyTaken(_, taken) => self.key_taken(taken, desk),
            Message::Exported(ticket, exported) if self.exporting == Some(*ticket) => {
                self.exported(exported, desk);
                if self.outcome.as_ref().is_none_or(|outcome| !outcome.well) {
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
            Action::SetRight => return self.set_right(desk),
            Action::CopySeen => return self.copy_seen(desk),
            Action::Disputes => return Go::open(Disputes::new()),
            Action::Households => return self.households(),
            Action::Twins => return Go::open(Twins::new()),
            Action::Doubts => return Go::open(Doubts::new()),
            Action::Import => return Go::open(Import::new()),
            Action::Other => self.type_folder(desk),
            Action::Again => self.look_again(desk),
            Action::Choose => self.choose(desk),
            Action::Turn => self.turn(),
            Action::Close => self.typing = false,
            Action::StopWorking => {
                desk.session.ask(Ask::StopWorking);
                return Go::say(t("正在停下 …", "Stopping …"));
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
