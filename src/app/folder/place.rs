//! The place where a campaign lies on this laptop: its folder, and what is found there at opening.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::clock::Clock;
use crate::domain::{Campaign, Talk, Visit, local};
use crate::exchange::Keys;
use crate::log::{self, Disk, FolderLock, Journal, Position, Reader, RealDisk};
use crate::seal::Cost;
use crate::text::{Said, Trouble, cause, t};
use crate::view::{MemoryView, PackedView, SledView, View};

use super::sealing::SEALED_FOLDER;
use crate::app::house::running::Running;
use crate::app::keeper::Keeper;
use crate::app::keeper::backlog::Backlog;
use crate::app::session::slate::Slate;
use crate::app::underway::{Doing, Underway};
use crate::app::{Device, Digests, House, Ours, Peers, Pen, keeper, requests::pen};

/// A data folder.
#[derive(Clone)]
pub struct Place {
    /// The folder.
    pub folder: PathBuf,
    /// The disk beneath it.
    pub disk: Arc<dyn Disk>,
    /// The disk that exports and backups go to: sticks and other folders, which fail by themselves.
    pub exports: Arc<dyn Disk>,
    /// The campaign.
    pub campaign: Arc<Campaign>,
    /// What guessing a passphrase made here costs.
    pub cost: Cost,
    /// What goes on while it is opened.
    pub underway: Underway,
    /// The number under which this run of the program writes, for tests; none where chance gives it.
    pub seed: Option<u64>,
}

/// A campaign opened for writing.
pub struct Opened {
    /// Who writes.
    pub keeper: Keeper,
    /// A visit that was running when the program last ended.
    pub interrupted: Option<Running>,
    /// What was found wrong, and what was done about it.
    pub findings: Vec<Said>,
}

/// A campaign read beside whoever has it open: nothing is locked or written.
pub struct Beside {
    /// The readable side; empty until [`House::fill`].
    pub house: House,
    /// What the journal has acknowledged.
    pub journal: Reader,
    /// What was found wrong.
    pub findings: Vec<Said>,
}

/// Frames folded at once while the view catches up.
const BATCH: usize = 4_000;

impl Place {
    /// Gives the folder where everything lies: the data folder, or the one in it that holds what is sealed.
    pub fn home(&self) -> PathBuf {
        if self.disk.seal().id().is_some() { self.folder.join(SEALED_FOLDER) } else { self.folder.clone() }
    }

    /// Reads who this laptop is; none where nobody has said yet.
    pub fn device(&self) -> Result<Option<Device>, Trouble> {
        Device::read(self.disk.as_ref(), &self.home())
    }

    /// Reads what other laptops are known to have.
    pub fn peers(&self) -> Peers {
        Peers::read(self.disk.as_ref(), &self.home())
    }

    /// Names a folder on the real disk.
    pub fn new(folder: PathBuf) -> Self {
        let (campaign, seed) = (Arc::new(Campaign::built_in().clone()), pen::seed_from_environment());
        let (disk, exports) = (Arc::new(RealDisk), Arc::new(RealDisk));
        Self { folder, disk, exports, campaign, cost: Cost::USUAL, underway: Underway::default(), seed }
    }

    /// Gives the campaign's id, which every export carries.
    pub fn campaign_id(&self, practice: bool) -> String {
        self.campaign.id(practice)
    }

    /// Gives what is held against a bundle, for whoever only looks.
    ///
    /// # Errors
    /// `device-unreadable`.
    pub fn ours(&self) -> Result<Ours, Trouble> {
        Ok(self.ours_as(&self.device()?.unwrap_or_default()))
    }

    /// As [`Place::ours`], for a laptop that is known already.
    pub(in crate::app) fn ours_as(&self, device: &Device) -> Ours {
        let peers = self.peers();
        let mut signers = peers.signers();
        signers.extend(device.signer().map(|signer| (device.laptop, signer.public())));
        // A key file that cannot be read is as good as none: what it opens is then said to be locked.
        let shared = self.campaign_keys().unwrap_or_default();
        let keys = Keys::of(shared.into_iter().chain([self.disk.seal().clone()]));
        Ours { campaign: self.campaign_id(device.practice), keys, signers, peers }
    }

    /// Makes sure that whoever asks may look into the folder, where there is one: what cannot be read is not what is not
    /// there, and nobody should begin anew over it.
    ///
    /// # Errors
    /// `folder-unreachable`.
    pub fn reachable(&self) -> Result<(), Trouble> {
        match self.disk.list(&self.folder) {
            Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                Err(unreachable_folder(&self.folder, &error))
            }
            _ => Ok(()),
        }
    }

    /// Tells whether a campaign lies there.
    pub fn exists(&self) -> bool {
        self.holds(&self.home()) || self.holds_sealed()
    }

    /// Tells whether a campaign lies in one of the two homes. A first creation that was cut short made a folder for the
    /// journal and nothing in it: that is none. Where there is a view or a backup too the journal was lost, and
    /// opening says so.
    pub(in crate::app) fn holds(&self, home: &Path) -> bool {
        let journal = home.join("journal");
        if !self.disk.is_dir(&journal) {
            return false;
        }
        let begun = self.disk.list(&journal).is_ok_and(|names| !names.iter().any(|name| log::is_segment(name)));
        !begun || home.join("view").exists() || self.disk.is_dir(&home.join("backup"))
    }

    /// Gives the journal's folder.
    pub fn journal_folder(&self) -> PathBuf {
        self.home().join("journal")
    }

    /// Gives the view's folder.
    pub(in crate::app) fn view_folder(&self) -> PathBuf {
        self.home().join("view")
    }

    /// Opens the campaign for writing. The lookup is empty until [`House::fill`].
    pub fn open(&self, clock: Clock) -> Result<Opened, Trouble> {
        let lock = FolderLock::take(self.disk.as_ref(), &self.folder)?;
        self.open_held(lock, clock)
    }

    /// As [`Place::open`], where the lock is held already.
    pub(in crate::app) fn open_held(&self, lock: FolderLock, clock: Clock) -> Result<Opened, Trouble> {
        self.underway.begin(Doing::Opening, 0);
        self.guard()?;
        let day = today(&clock);
        let settled = self.settled();
        let (mut journal, opening) = Journal::open(Arc::clone(&self.disk), &self.journal_folder(), &day)?;
        let mut findings = opening.findings;
        findings.retain(|finding| !settled.has(finding));
        findings.extend(self.tidy());
        let (mut slate, more) = Slate::open(Arc::clone(&self.disk), &self.home(), &day, &opening.consumed);
        findings.extend(more);
        let mut device = self.device_or_journal(&journal.reader(), &day, &mut findings)?;
        findings.extend(self.damaged_habits(Some(&day)));
        findings.extend(self.changed_habits(true));
        if device.signer().is_none() {
            // One that was set up by a program that did not sign. Where it cannot be kept, nothing is signed this time.
            let signing = device.clone().with_signer();
            if signing.write(&self.disk, &self.home()).is_ok() {
                device = signing;
            }
        }
        // A key that cannot be read is said where it is needed.
        let _ = self.note_campaign_key(&mut device);
        let end = journal.end();
        let view = self.open_view(&mut journal, &mut findings)?;
        if journal.end() != end {
            // No backup holds yet what came back.
            device = device.without_backups();
            let _ = device.write(&self.disk, &self.home());
        }
        let beating = slate.heartbeat().and_then(|text| Running::from_heartbeat(&text));
        let interrupted = beating.filter(|running| still_open(view.as_ref(), running));
        if interrupted.is_none() {
            slate.beat(None);
        }
        // A first file of drafts is there before the first draft. Where none can be made the next saving says so.
        let _ = slate.save_now(clock.now());
        let house = Arc::new(House::new(view, Arc::clone(&self.campaign)).telling(&self.underway));
        let keeper = Keeper {
            lock,
            place: self.clone(),
            clock,
            journal,
            slate,
            house,
            pen: Pen::new(self.seed),
            device,
            running: None,
            interrupted: interrupted.clone(),
            ended: Vec::new(),
            timers_before: None,
            past: Vec::new(),
            backlog: Backlog::default(),
            digests: Digests::default(),
        };
        Ok(Opened { keeper, interrupted, findings })
    }

    /// Reads the campaign beside whoever has it open, or on a full disk.
    pub fn beside(&self) -> Result<Beside, Trouble> {
        self.guard()?;
        let (view, findings) = self.read_only()?;
        let (journal, _) = Journal::read_only(Arc::clone(&self.disk), &self.journal_folder())?;
        let house = House::new(Arc::new(view), Arc::clone(&self.campaign));
        Ok(Beside { house, journal, findings })
    }

    /// Makes the readable side of a campaign in which nothing happened yet.
    pub fn empty_house(&self) -> House {
        House::new(Arc::new(MemoryView::default()), Arc::clone(&self.campaign))
    }

    /// Folds the journal in memory without writing anything: for lists beside a running program, or on a full disk.
    pub fn read_only(&self) -> Result<(PackedView, Vec<Said>), Trouble> {
        if !self.exists() {
            return Err(no_campaign(&self.folder));
        }
        self.guard()?;
        let (reader, opening) = Journal::read_only(Arc::clone(&self.disk), &self.journal_folder())?;
        let view = PackedView::default();
        let mut findings = opening.findings;
        findings.extend(follow(&view, &reader, Position::START)?);
        Ok((view, findings))
    }

    /// Opens the stored view and lets it catch up; makes it anew when it is missing, of another version or damaged, once what
    /// only it has is saved.
    fn open_view(&self, journal: &mut Journal, findings: &mut Vec<Said>) -> Result<Arc<dyn View>, Trouble> {
        let folder = self.view_folder();
        let fresh = !folder.exists();
        let stored = SledView::open(&folder, self.disk.seal());
        if let Ok(view) = &stored
            && self.catches_up(view, &journal.reader()).unwrap_or(false)
        {
            return stored.map(|view| Arc::new(view) as Arc<dyn View>);
        }
        if !fresh {
            if let Ok(view) = stored {
                match self.rescue(&view, journal) {
                    Ok(said) => findings.extend(said),
                    // What cannot be saved now stays where it is until it can be.
                    Err(trouble) => {
                        findings.push(trouble.said);
                        return view_in_memory(&journal.reader());
                    }
                }
            }
            findings.push(
                t(
                    "查询库已从日志重建, 日志里的记录都在.",
                    "The view was rebuilt from the journal; all records of the journal are there.",
                )
                .into(),
            );
        }
        self.fresh_view(&journal.reader())
    }

    /// Makes the view anew from the journal, in order of name.
    pub fn fresh_view(&self, reader: &Reader) -> Result<Arc<dyn View>, Trouble> {
        let folder = self.view_folder();
        let memory = MemoryView::default();
        self.underway.begin(Doing::Folding, reader.length());
        follow_telling(&memory, reader, Position::START, &mut |_, bytes| self.underway.go(bytes))?;
        let mut records = 0;
        memory.each(&mut |_| {
            records += 1;
            true
        })?;
        self.underway.begin(Doing::Storing, records);
        // A view that is still open somewhere keeps its old folder; the new one must not share it.
        if folder.exists() {
            let old = self.home().join(format!("view.old-{:016x}", pen::random()));
            std::fs::rename(&folder, &old).map_err(|error| unreachable_folder(&folder, &error))?;
            let _ = std::fs::remove_dir_all(&old);
        }
        let view = SledView::open(&folder, self.disk.seal())?;
        view.fill(&memory, memory.mark(), memory.reach(), &mut || self.underway.go(1))?;
        Ok(Arc::new(view))
    }

    /// Lets a stored view follow the journal; false where it has to be made anew.
    fn catches_up(&self, view: &SledView, reader: &Reader) -> Result<bool, Trouble> {
        // What lies between the two is no frame that the view knows of, unless the mark is behind.
        let from = view.mark().min(view.reach());
        if !follows(view, reader)? {
            return Ok(false);
        }
        self.underway.begin(Doing::Following, 0);
        follow_telling(view, reader, from, &mut |operations, _| self.underway.go(operations)).map(|_| true)
    }
}

/// Tells whether a visit or talk waits for its end. The end is recorded before the heartbeat goes; a program that was
/// killed in between leaves one of a visit that is over.
fn still_open(view: &dyn View, running: &Running) -> bool {
    let Ok(Some(record)) = view.record(running.visit) else { return true };
    let ended = if running.is_talk() {
        Talk::read(&record).and_then(|talk| talk.ended)
    } else {
        Visit::read(&record).and_then(|visit| visit.ended)
    };
    ended.is_none() && !record.is_retracted()
}

/// Tells whether a view holds nothing but what this journal says up to where the view has followed it. A journal that lost
/// its unsynced end, or was put back from elsewhere, may have gone another way and be longer by now: then the last
/// frame before that place is one that the view does not know.
fn follows(view: &dyn View, reader: &Reader) -> Result<bool, Trouble> {
    let known = view.known();
    let reach = view.reach();
    if view.mark().max(reach) > reader.end() {
        return Ok(false);
    }
    Ok(match reader.last_before(reach)? {
        None => false,
        Some(frame) if frame.is_empty() => known.count() == 0,
        Some(frame) => keeper::decode(&frame)?.iter().all(|kept| known.contains(kept.operation.name)),
    })
}

/// Lets a view follow the journal from a place on.
pub(in crate::app) fn follow(view: &dyn View, reader: &Reader, from: Position) -> Result<Vec<Said>, Trouble> {
    follow_telling(view, reader, from, &mut |_, _| {})
}

/// As [`follow`]; tells of each frame how many operations and bytes it has.
fn follow_telling(
    view: &dyn View,
    reader: &Reader,
    from: Position,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<Vec<Said>, Trouble> {
    let mut pending = Vec::new();
    // Behind a frame, never behind the header of an empty segment: another journal may have one there as well.
    let mut reach = view.reach();
    let findings = reader.read_from(from, &mut |frame| {
        let before = pending.len();
        pending.extend(keeper::decode(frame.operations)?);
        tell((pending.len() - before) as u64, frame.operations.len() as u64);
        reach = reach.max(frame.next);
        if pending.len() >= BATCH {
            view.apply_to(&std::mem::take(&mut pending), frame.next, reach)?;
        }
        Ok(())
    })?;
    let end = reader.end();
    if !pending.is_empty() || view.mark() != end {
        view.apply_to(&pending, end, reach)?;
    }
    Ok(findings)
}

/// Folds the journal into a view that lies nowhere: for a disk that takes none.
pub(in crate::app) fn view_in_memory(reader: &Reader) -> Result<Arc<dyn View>, Trouble> {
    let memory = PackedView::default();
    follow(&memory, reader, Position::START)?;
    Ok(Arc::new(memory))
}

pub(in crate::app) fn today(clock: &Clock) -> String {
    local::day(clock.now().wall_ms).to_string()
}

pub(in crate::app) fn unreachable_folder(folder: &Path, error: &std::io::Error) -> Trouble {
    Trouble::new(
        "folder-unreachable",
        t("数据文件夹 {dir} 不能用: {cause}.", "the data folder {dir} cannot be used: {cause}.")
            .with("dir", folder.display())
            .with_words("cause", cause(error)),
    )
    .hint(t("换一个文件夹 (--data), 或检查磁盘.", "Use another folder (--data), or check the disk."))
}

/// Says that no campaign lies in a folder.
pub fn no_campaign(folder: &Path) -> Trouble {
    Trouble::new(
        "no-campaign",
        t("{dir} 里还没有活动数据.", "there is no campaign in {dir} yet.").with("dir", folder.display()),
    )
    .hint(t(
        "先运行 zoufang 填写姓名和小组, 或用 --data 指出数据在哪里.",
        "Run zoufang once to enter name and group, or say with --data where the data is.",
    ))
}
