//! Long jobs beside the writer: files are looked at, read, verified and written on threads of their own; what comes
//! of them is an order again.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use crate::domain::Name;
use crate::log::Ranges;
use crate::text::{Trouble, t};

use crate::app::exchange::export::Exported;
use crate::app::rosters::import::looked;

use super::super::jobs::{self, Preview, Told, Understood};
use super::super::message::{Message, Ticket, Wake};
use super::super::shared::Shared;
use super::lasting::Begun;
use super::{Bench, Hand, Order};
use crate::app::{BackedUp, Correction, Corrections, Keeper, Progress, RosterBack, Would, exchange::sticks};

/// How often the screens are told how far a reading is.
const PACE: Duration = Duration::from_millis(200);
/// How long a backup that failed is left alone: an hour of boot time. What is wrong is seldom gone sooner.
const BACKUP_RESTS_MS: u64 = 3_600_000;

/// Keeps the session busy as long as it lives, however a job ends.
struct Busy {
    shared: Arc<Shared>,
    wake: Wake,
}

impl Busy {
    fn new(hand: &Hand) -> Self {
        hand.shared.waiting.fetch_add(1, Ordering::SeqCst);
        Self { shared: Arc::clone(&hand.shared), wake: Arc::clone(&hand.wake) }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.shared.done(1, &self.wake);
    }
}

/// Gives when the screens are told first: `ZOUFANG_SOON`, in milliseconds, where a test has to be quicker than the machine.
fn soon() -> Duration {
    let wanted = std::env::var("ZOUFANG_SOON").ok().and_then(|wanted| wanted.parse().ok());
    wanted.map_or(PACE, Duration::from_millis)
}

/// Keeps the screens told how far a job is, until it is dropped, however the job ends.
pub(super) struct Telling(Arc<AtomicBool>);

impl Drop for Telling {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

fn nothing_previewed() -> Trouble {
    Trouble::new("nothing-previewed", t("还没有看过要导入的名册.", "no roster was looked at yet."))
        .hint(t("先选一份名册.", "Choose a roster first."))
}

fn no_folder(folder: &std::path::Path) -> Trouble {
    Trouble::new(
        "folder-missing",
        t("没有 {dir} 这个文件夹, 没有导出. 电脑里的记录都在.", "there is no folder {dir}; nothing was exported.")
            .with("dir", folder.display()),
    )
    .hint(t("检查U盘是否插好, 或换一个文件夹.", "Check that the stick is in, or choose another folder."))
}

fn no_folder_at_all() -> Trouble {
    Trouble::new("folder-missing", t("没有地方写这个文件.", "There is no folder to write the file to."))
        .hint(t("插上U盘再试.", "Put in a stick and try again."))
}

impl Bench {
    pub(super) fn look_around(&self, ticket: Ticket) {
        let last = self.keeper.as_ref().map(|keeper| keeper.device.used_folders()).unwrap_or_default();
        let wake = Arc::clone(&self.hand.wake);
        self.spawn(move |_| wake(Message::Around(ticket, Box::new(sticks::look_around(&last)))));
    }

    /// Reads a roster beside the writer, and looks at what it would bring where the households are known already.
    pub(super) fn preview(&mut self, ticket: Ticket, file: PathBuf, said: Told) {
        let place = self.hand.place.clone();
        let house = self.keeper.as_ref().map(|keeper| Arc::clone(&keeper.house)).filter(|house| house.is_complete());
        // Who asks for another one no longer waits for the one before.
        std::mem::take(&mut self.reading).stop();
        std::mem::take(&mut self.comparing).stop();
        let (watch, progress) = (self.reading.clone(), self.comparing.clone());
        let (watched, compared) = (watch.clone(), progress.clone());
        let over = self.tell(move || match looked(&compared) {
            Some(percent) => Message::Working(ticket, percent),
            None => Message::Reading(ticket, watched.far()),
        });
        self.spawn(move |order| {
            let read = jobs::read_roster(&file, &said, &place, &watch).and_then(|understood| {
                let would = house.map(|house| house.preview_watched(&understood.roster, &progress)).transpose()?;
                Ok((understood, would))
            });
            drop(over);
            order(Order::Read(ticket, file, Box::new(read)));
        });
    }

    /// Begins to watch a job: tells the screens how far it is, until it is over.
    pub(super) fn watch(&mut self, ticket: Ticket) -> (Progress, Telling) {
        let progress = Progress::default();
        self.working = progress.clone();
        let watched = progress.clone();
        (progress, self.tell(move || Message::Working(ticket, watched.percent())))
    }

    /// Tells the screens something five times a second, as long as what it gives is kept.
    pub(super) fn tell(&self, what: impl Fn() -> Message + Send + 'static) -> Telling {
        let telling = Telling(Arc::new(AtomicBool::new(false)));
        let (ended, wake) = (Arc::clone(&telling.0), Arc::clone(&self.hand.wake));
        self.tellers.begin(move || {
            for pause in std::iter::once(soon()).chain(std::iter::repeat(PACE)) {
                std::thread::sleep(pause);
                if ended.load(Ordering::SeqCst) {
                    break;
                }
                wake(what());
            }
        });
        telling
    }

    pub(super) fn read(&mut self, ticket: Ticket, file: PathBuf, read: Result<(Understood, Option<Would>), Trouble>) {
        let looked = read.and_then(|(understood, would)| {
            let keeper = self.need()?;
            // What is not applied yet was not looked at.
            let Would { bring: would, doubts } = match would {
                Some(would) if keeper.backlog_left() == 0 => would,
                _ => keeper.preview(&understood.roster)?,
            };
            let (reading, correction) = (understood.reading.clone(), understood.correction.clone());
            // A large file asked for first may be read after a small one asked for last.
            if self.previewed.as_ref().is_none_or(|(newest, ..)| *newest < ticket) {
                self.previewed = Some((ticket, file.clone(), understood));
            }
            Ok(Preview { file, reading, correction, would, doubts })
        });
        self.say(Message::Previewed(ticket, Box::new(looked)));
    }

    pub(super) fn import(&mut self, ticket: Ticket) {
        let imported = match self.previewed.take() {
            None => Err(nothing_previewed()),
            Some((asked, file, understood)) => {
                let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
                let progress = self.hand.shared.importing.lock().unwrap_or_else(PoisonError::into_inner).clone();
                let watched = progress.clone();
                let over = self.tell(move || Message::Working(ticket, watched.percent()));
                let ready = understood.ready(&name);
                let imported = ready.and_then(|()| self.need()?.import_watched(&understood.roster, &name, &progress));
                drop(over);
                // Remembered only once it was taken; a habit that cannot be kept is no reason to refuse the list.
                if imported.is_ok() {
                    let place = &self.hand.place;
                    // Which sheet was wanted is a word about this file, not about lists of its shape.
                    let said = Correction { sheet: None, ..understood.correction };
                    let _ = Corrections::remember(&place.home(), &place.disk, &understood.shape, &said);
                } else {
                    self.previewed = Some((asked, file, understood));
                }
                imported
            }
        };
        self.note_backlog();
        self.publish();
        self.say(Message::Imported(ticket, Box::new(imported)));
    }

    /// Counts villages and groups beside the writer.
    pub(super) fn count_groups(&self, ticket: Ticket) {
        let Some(keeper) = &self.keeper else { return };
        let house = Arc::clone(&keeper.house);
        self.find_out(ticket, move |progress| house.group_counts(progress), Message::GroupsCounted);
    }

    /// Works something out beside the writer, and tells the screens meanwhile how far it is. Nobody need wait for it: whoever
    /// leaves the page no longer hears the answer, and no record is changed.
    fn find_out<T: Send + 'static>(
        &self,
        ticket: Ticket,
        work: impl FnOnce(&Progress) -> Result<T, Trouble> + Send + 'static,
        answer: fn(Ticket, Box<Result<T, Trouble>>) -> Message,
    ) {
        let progress = Progress::default();
        let watched = progress.clone();
        let over = self.tell(move || Message::Working(ticket, watched.percent()));
        let wake = Arc::clone(&self.hand.wake);
        self.spawn(move |_| {
            let found = work(&progress);
            drop(over);
            wake(answer(ticket, Box::new(found)));
        });
    }

    /// Compares what is known with the newest rosters beside the writer.
    pub(super) fn compare(&self, ticket: Ticket) {
        let Some(keeper) = &self.keeper else { return };
        let (house, now_ms) = (Arc::clone(&keeper.house), self.hand.clock.now().wall_ms);
        self.find_out(ticket, move |progress| house.compared(now_ms, progress), Message::Compared);
    }

    /// Looks for families entered twice beside the writer.
    pub(super) fn look_for_twins(&self, ticket: Ticket) {
        let Some(keeper) = &self.keeper else { return };
        let (house, now_ms) = (Arc::clone(&keeper.house), self.hand.clock.now().wall_ms);
        self.find_out(ticket, move |progress| house.doubled(now_ms, progress), Message::Doubled);
    }

    /// Reads what was recorded about a household beside the writer.
    pub(super) fn trace(&self, ticket: Ticket, household: Name) {
        let Some(keeper) = &self.keeper else { return };
        let (house, journal) = (Arc::clone(&keeper.house), keeper.journal.reader());
        self.find_out(ticket, move |progress| house.trace(household, &journal, progress), Message::Traced);
    }

    /// Reads what stood before each value of what is disputed beside the writer.
    pub(super) fn look_before(&self, ticket: Ticket) {
        let Some(keeper) = &self.keeper else { return };
        let (house, journal) = (Arc::clone(&keeper.house), keeper.journal.reader());
        self.find_out(ticket, move |progress| house.before(&journal, progress), Message::Before);
    }

    /// Looks for changes of one household that crossed, beside the writer.
    pub(super) fn look_for_crossed(&self, ticket: Ticket) {
        let Some(keeper) = &self.keeper else { return };
        let (house, journal, peers) = (Arc::clone(&keeper.house), keeper.journal.reader(), self.hand.place.peers());
        self.find_out(ticket, move |progress| house.crossed(&peers, &journal, progress), Message::Crossed);
    }

    /// Writes the roster for the township beside the writer.
    pub(super) fn give_back(&mut self, ticket: Ticket) {
        let Some(keeper) = &self.keeper else { return };
        let (house, disk) = (Arc::clone(&keeper.house), Arc::clone(&self.hand.place.disk));
        let (last, now_ms) = (keeper.device.used_folders(), self.hand.clock.now().wall_ms);
        let wake = Arc::clone(&self.hand.wake);
        let (progress, over) = self.watch(ticket);
        let write = move |progress: &Progress| {
            let back = RosterBack::of(&house, None, now_ms, progress)?;
            // The file is there whole or not at all: whoever stops before it is begun gets none.
            progress.go(0)?;
            let folder = sticks::folder_for_files(&last).ok_or_else(no_folder_at_all)?;
            back.write(&disk, &folder).map(|path| (path, back))
        };
        self.spawn(move |_| {
            let written = write(&progress);
            drop(over);
            wake(Message::GivenBack(ticket, Box::new(written)));
        });
    }

    pub(super) fn look(&mut self, ticket: Ticket, place: PathBuf) {
        let Some(keeper) = &self.keeper else {
            self.say(Message::Offered(ticket, Vec::new()));
            return;
        };
        let house = Arc::clone(&keeper.house);
        let (known, laptop, wake) = (keeper.what_is_known(), keeper.device.laptop, Arc::clone(&self.hand.wake));
        let (campaign, home, shared) = (keeper.campaign_id(), self.hand.place.clone(), Arc::clone(&self.hand.shared));
        let (progress, over) = self.watch(ticket);
        self.spawn(move |_| {
            let folder = if place.is_dir() { Some(place.as_path()) } else { place.parent() };
            let waiting = folder.and_then(|folder| home.key_waiting(&campaign, folder));
            *shared.key_waiting.write().unwrap_or_else(PoisonError::into_inner) = waiting;
            let offers = jobs::look(&place, laptop, known, &house, &progress);
            drop(over);
            wake(Message::Offered(ticket, offers));
        });
    }

    /// Remembers which folder a person chose to look at. Where the settings cannot be written it is typed again next time.
    pub(super) fn remember_folder(&mut self, place: &Path) {
        let folder = if place.is_dir() { Some(place) } else { place.parent() };
        if let (Some(keeper), Some(folder)) = (&mut self.keeper, folder) {
            let _ = keeper.remember_looked_at(folder);
        }
        self.publish();
    }

    /// Writes an export beside the writer: a stick can be slow, and people go on typing.
    pub(super) fn export(&mut self, ticket: Ticket, folder: PathBuf, to: Option<u64>) {
        let prepared = self.need().and_then(|keeper| {
            let disk = keeper.place.exports.as_ref();
            if !disk.is_dir(&folder) {
                return Err(no_folder(&folder));
            }
            let second = keeper.device.second_folder(&folder, disk).filter(|_| to.is_none());
            Ok((keeper.prepare_export(to)?, keeper.journal.reader(), second))
        });
        match prepared {
            Ok((export, journal, second)) => {
                let (progress, over) = self.watch(ticket);
                self.spawn(move |order| {
                    let written = export.write_twice(&journal, &folder, second.as_deref(), &progress);
                    drop(over);
                    order(Order::Written(ticket, folder, export.knows, Box::new(written)));
                });
            }
            Err(trouble) => self.say(Message::Exported(ticket, Box::new(Err(trouble)))),
        }
    }

    pub(super) fn written(
        &mut self,
        ticket: Ticket,
        folder: &std::path::Path,
        knew: &Ranges,
        written: Result<Exported, Trouble>,
    ) {
        let exported = written.map(|exported| {
            // What a damaged journal kept out of it still waits for an export.
            let noted = if exported.missing == 0 {
                self.need().and_then(|keeper| keeper.remember_exported(folder, knew, &exported))
            } else {
                Ok(())
            };
            Exported { unnoted: noted.err(), ..exported }
        });
        self.publish();
        self.say(Message::Exported(ticket, Box::new(exported)));
    }

    /// Makes the backup of the day beside the writer, once something is recorded that no backup of the last day holds.
    pub(super) fn back_up_daily(&mut self) {
        let rests = self.hand.clock.now().boot_ms < self.backup_rests_until;
        if self.backing_up.is_some() || rests || self.is_filling() {
            return;
        }
        let Some(keeper) = self.keeper.as_ref().filter(|keeper| keeper.backlog_left() == 0) else { return };
        let overdue = keeper.backup_overdue().transpose();
        let Some(backup) = overdue else { return };
        let journal = keeper.reader();
        let progress = self.hand.shared.begin_backup();
        self.backing_up = Some(self.spawn(move |order| {
            let made = backup.and_then(|backup| backup.make(&journal, &progress));
            order(Order::BackedUp(Box::new(made)));
        }));
    }

    /// Waits for the backup of the day where one is being made: the one at the end, begun in the same minute, would take the same
    /// name and be written into the same file. What it came to counts, so that the same is not written twice.
    pub(super) fn await_backup(&mut self, orders: &Receiver<Order>) -> Result<(), Trouble> {
        let Some(under_way) = self.backing_up.take() else { return Ok(()) };
        under_way.wait();
        self.hand.shared.end_backup();
        let made =
            orders.try_iter().find_map(|order| if let Order::BackedUp(done) = order { Some(*done) } else { None });
        made.map_or(Ok(()), |done| self.need()?.take_backup(done?))
    }

    pub(super) fn backed_up(&mut self, done: Result<BackedUp, Trouble>) {
        self.backing_up = None;
        self.hand.shared.end_backup();
        let remembered = done.and_then(|done| self.need()?.take_backup(done));
        if let Err(trouble) = remembered {
            self.backup_rests_until = self.hand.clock.now().boot_ms + BACKUP_RESTS_MS;
            self.say(Message::Failed(trouble));
        }
    }

    /// Keeps the session busy while a merge or an import is being applied.
    pub(super) fn note_backlog(&mut self) {
        let left = self.keeper.as_ref().map_or(0, Keeper::backlog_left);
        // Said before the first slice: whoever looks at a list meanwhile must not take it for all.
        self.hand.shared.unapplied.store(left, Ordering::SeqCst);
        if !self.applying && left > 0 {
            self.applying = true;
            self.hand.shared.waiting.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// Starts a job beside the writer; the session stays busy until it is done. What it orders is taken in turn.
    pub(super) fn spawn(&self, job: impl FnOnce(&dyn Fn(Order)) + Send + 'static) -> Begun {
        let orders = self.hand.orders.clone();
        let busy = Busy::new(&self.hand);
        self.helpers.begin(move || {
            job(&|order| {
                // Orders that jobs send are counted like those of the screens.
                busy.shared.waiting.fetch_add(1, Ordering::SeqCst);
                if orders.send(order).is_err() {
                    busy.shared.waiting.fetch_sub(1, Ordering::SeqCst);
                }
            });
        })
    }
}
