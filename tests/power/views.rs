//! The view beside a power cut: each image is opened as the program opens it, with a view that is missing, closed at an
//! earlier moment, ahead of the journal, or damaged; what is then shown is what the operations in the image say.

use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zoufang::app::{Device, Keeper, Opened, Place};
use zoufang::clock::Clock;
use zoufang::domain::Kept;
use zoufang::log::bytes;
use zoufang::log::disk_faulty::{Chance, Cut, CutBytes, FaultyDisk};
use zoufang::log::{Disk, Holds, Journal};
use zoufang::seal::{Cost, Keyring, Seal, Signer};
use zoufang::view::{MemoryView, View};

use super::{AFTER, DATA, Work, operation};
use crate::histories::records;
use crate::rebuild::{copy, files};

/// At how many moments of a piece of work the view is kept as it was closed then.
const CLOSED: usize = 5;

/// How often each state of the view was met.
#[derive(Debug, Default)]
pub struct Pairs {
    missing: usize,
    earlier: usize,
    ahead: usize,
    damaged: usize,
    /// A view that was ahead, beside a journal that went another way since.
    outgrown: usize,
}

impl Pairs {
    /// Adds up.
    pub fn and(mut self, more: &Self) -> Self {
        self.missing += more.missing;
        self.earlier += more.earlier;
        self.ahead += more.ahead;
        self.damaged += more.damaged;
        self.outgrown += more.outgrown;
        self
    }

    /// Makes sure that no image was left out, and that each state was met often.
    pub fn assert_enough(&self, images: usize) {
        let Self { missing, earlier, ahead, damaged, outgrown } = *self;
        assert_eq!(missing + earlier + ahead + damaged, images, "{self:?}");
        assert!([missing, earlier, ahead, damaged, outgrown].into_iter().all(|met| met > 500), "{self:?}");
    }
}

/// The views of one piece of work as they were closed at some of its moments.
pub struct Views {
    folder: tempfile::TempDir,
    place: Place,
    ring: Vec<u8>,
    device: OnceCell<Vec<u8>>,
    /// With the last file of the journal that each of them had seen.
    closed: Vec<(usize, PathBuf, u32)>,
}

impl Views {
    /// Lets the program follow a piece of work, and keeps the view of each time it was closed.
    pub fn of(work: &Work, chance: &mut Chance) -> Self {
        // What becomes of the view's files when the power goes is tried by damaging them: they need no real disk.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let place = Place { cost: CHEAP, ..Place::new(folder.path().join("data")) };
        let ring = Keyring::new("x", CHEAP).unwrap().0.encode();
        let mut views = Self { folder, place, ring, device: OnceCell::new(), closed: Vec::new() };
        let last = work.disk.moments();
        for number in 1..=CLOSED {
            let moment = last * number / CLOSED - chance.below(last / CLOSED / 2);
            let place = views.with(work.disk.kill(moment));
            if !place.exists() {
                continue;
            }
            let mut keeper = opened(&place);
            keeper.close().unwrap();
            let seen = keeper.house().view().reach().segment;
            let kept = views.folder.path().join(format!("view-{number}"));
            copy(&place.home().join("view"), &kept);
            views.closed.push((moment, kept, seen));
        }
        views
    }

    /// Puts an image where its view is.
    fn with(&self, image: FaultyDisk) -> Place {
        let place = Place { disk: Arc::new(image.clone()), ..self.place.clone() };
        let moved = image.moved(Path::new(DATA), &place.home());
        moved.put(&place.home().join("device.toml"), self.device(moved.seal()));
        if moved.seal().id().is_some() {
            // Whose ring it is does not matter, as the key is in hand; that there is one does.
            moved.put(&place.folder.join("keys.zfk"), self.ring.clone());
        }
        Place { disk: Arc::new(moved), ..place }
    }

    /// The settings of a laptop as they lie on a disk.
    fn device(&self, seal: &Seal) -> Vec<u8> {
        self.device
            .get_or_init(|| {
                let disk = FaultyDisk::sealed(seal.clone());
                let signing = Signer::random().unwrap().to_text().to_string();
                let device = Device { laptop: 1, visitors: vec!["陈明".into()], signing, ..Device::default() };
                let shared: Arc<dyn Disk> = Arc::new(disk.clone());
                device.write(&shared, Path::new("")).unwrap();
                disk.bytes(Path::new("device.toml")).unwrap()
            })
            .clone()
    }

    /// Opens an image beside one of the views, and holds what is shown against the operations that are in the image.
    pub fn check(&self, work: &Work, moment: usize, cut: Cut, found: &[u64], pairs: &mut Pairs, chance: &mut Chance) {
        let place = self.with(work.disk.power_cut(moment, cut));
        put(&place, None);
        if !place.exists() {
            assert!(found.is_empty(), "moment {moment}, {cut:?}");
            pairs.missing += 1;
            return;
        }
        let state = chance.below(self.closed.len() + 3);
        let about = format!("moment {moment}, {cut:?}, view {state} of {:?}", self.closed);
        let view = self.closed.get(state);
        let mut seen = view.map_or(0, |(.., seen)| *seen);
        put(&place, view.map(|(_, kept, _)| kept.as_path()));
        match view {
            Some((closed, ..)) if *closed <= moment => pairs.earlier += 1,
            Some(_) => pairs.ahead += 1,
            None if state == self.closed.len() => pairs.missing += 1,
            None => {
                let (_, kept, before) = &self.closed[chance.below(self.closed.len())];
                seen = *before;
                put(&place, Some(kept));
                damage(&place.home().join("view"), chance);
                pairs.damaged += 1;
            }
        }
        // No power cut takes a file away that a view has seen: it was lost in another way, and what the view has of it is saved.
        // Nor does one take the end of a merge that a view has seen.
        let (journal, _) = Journal::read_only(Arc::clone(&place.disk), &place.journal_folder()).unwrap();
        let torn = journal.torn().is_some_and(|torn| matches!(torn.holds, Holds::Merge(_)));
        let gone = seen > journal.end().segment || torn;
        let keeper = opened(&place);
        let truth = found.iter().map(|number| work.all[number].clone());
        // What a hole took from the middle of the journal, and was said to be lost, a view may still have.
        let holes = matches!(cut.bytes, CutBytes::Zeros | CutBytes::Garbage);
        let may: Vec<Vec<u8>> = if holes || gone { work.all.values().cloned().collect() } else { Vec::new() };
        assert_shown(&keeper, truth.clone(), &may, &about);
        drop(keeper);
        // The journal goes another way than it went before, beyond where the view was: that view may come back as well.
        if let Some((_, kept, _)) = view.filter(|(closed, ..)| *closed > moment && chance.below(3) == 0) {
            let after: Vec<Vec<u8>> = (0..8).map(|more| operation(AFTER + more, chance.below(60))).collect();
            append(&place, &after);
            put(&place, Some(kept));
            let keeper = opened(&place);
            assert_shown(&keeper, truth.chain(after), &may, &format!("{about}, outgrown"));
            pairs.outgrown += 1;
        }
    }
}

pub const CHEAP: Cost = Cost { memory: 16, passes: 1, lanes: 1 };

/// Puts a view where it belongs, or none.
fn put(place: &Place, view: Option<&Path>) {
    let target = place.home().join("view");
    let _ = fs::remove_dir_all(&target);
    if let Some(view) = view {
        copy(view, &target);
    }
}

/// Opens as the session does: what is wrong with the view is seen at the latest while the lookup is being filled.
fn opened(place: &Place) -> Keeper {
    let Opened { mut keeper, .. } = place.open(Clock::machine()).unwrap();
    keeper.fill().unwrap();
    keeper
}

fn append(place: &Place, operations: &[Vec<u8>]) {
    let (journal, _) = Journal::open(Arc::clone(&place.disk), &place.journal_folder(), super::DAY).unwrap();
    let mut journal = journal.rolling_at(super::ROLL);
    for operation in operations {
        journal.append(None, operation).unwrap();
        journal.sync().unwrap();
    }
}

/// Holds what is shown against the plain fold of operations, and of those that may be shown besides as far as they are.
fn assert_shown(keeper: &Keeper, truth: impl Iterator<Item = Vec<u8>>, may: &[Vec<u8>], about: &str) {
    let shown = keeper.house().view();
    let known = shown.known();
    let besides = may.iter().filter(|bytes| known.contains(bytes::name_of(bytes).unwrap())).cloned();
    let truth: Vec<Arc<Kept>> = truth.chain(besides).flat_map(|bytes| bytes::decode_all(&bytes).unwrap()).collect();
    let memory = MemoryView::of(&truth).unwrap();
    assert_eq!(known, memory.known(), "{about}");
    assert_eq!(records(shown.as_ref()), records(&memory), "{about}");
}

/// Damages one file of a view: some bytes, its end, or a stretch of it.
fn damage(view: &Path, chance: &mut Chance) {
    let files: Vec<PathBuf> = files(view).into_iter().filter(|file| fs::metadata(file).unwrap().len() > 0).collect();
    let file = &files[chance.below(files.len())];
    let mut bytes = fs::read(file).unwrap();
    // The last of the file is mostly room that was never used.
    let used = bytes.iter().rposition(|byte| *byte != 0).map_or(1, |last| last + 1);
    let at = chance.below(used);
    match chance.below(3) {
        0 => bytes[at] ^= 1 << chance.below(8),
        1 => bytes.truncate(at),
        _ => {
            let end = at + chance.below(used - at + 1);
            bytes[at..end].fill(0);
        }
    }
    fs::write(file, bytes).unwrap();
}
