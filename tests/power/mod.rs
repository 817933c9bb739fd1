//! Power cuts and failing disks: nothing acknowledged is ever lost, and whatever is left can be opened.
//!
//! A random piece of work runs on a disk in memory. For every moment of it, images are made of what a power cut could
//! have left, opened, and compared with what had been acknowledged at that moment. Each is opened once more as the program
//! opens it, beside a view that is missing, earlier, ahead or damaged.

mod creation;
mod views;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use zoufang::domain::{Birth, Body, Name, Operation, Prevs, Sort, Stamp, Value};
use zoufang::log::bytes;
use zoufang::log::disk_faulty::{Act, Chance, Cut, CutBytes, CutNames, FaultyDisk};
use zoufang::log::{Disk, Draft, DraftId, Drafts, Journal, Opening, Position, WholeKind};
use zoufang::seal::{Cost, Keyring, Seal};
use zoufang::text::{Said, Trouble};

use views::{Pairs, Views};

pub const DAY: &str = "2021-05-28";
const DATA: &str = "data";
const JOURNAL: &str = "data/journal";
/// Small, so that a short piece of work fills several segments.
const ROLL: u64 = 450;
/// A merge of more bytes is a file of its own; of fewer it shares one with what is recorded here.
const FEW: usize = 330;
/// How many pieces of work there are, and how long each is.
const WORKS: u64 = 54;
const STEPS: usize = 9;
/// The number of what is written after a cut.
const AFTER: u64 = 1_000_000;

/// The ways in which a disk is written: in the clear, and sealed with a key.
pub fn both_ways() -> [Seal; 2] {
    let cheap = Cost { memory: 16, passes: 1, lanes: 1 };
    [Seal::CLEAR, Keyring::new("x", cheap).unwrap().1]
}

/// One operation of the tests, made from its number: each third creates a household, the others write facts of it.
fn operation(number: u64, size: usize) -> Vec<u8> {
    let mut chance = Chance(number);
    let text: String = (0..size).map(|_| char::from(b'a' + u8::try_from(chance.below(26)).unwrap())).collect();
    let name = |number: u64| Name::new(7, u32::try_from(number + 1).unwrap());
    let (household, text) = (name(number - number % 3), Value::text(format!("{size}:{text}")));
    let (key, body) = match number % 3 {
        0 => ("", Body::Birth(Sort::Household, Birth { links: Vec::new(), facts: vec![("head".into(), text)] })),
        1 => ("note", Body::Value(text)),
        _ => (["phone", "note"][chance.below(2)], Body::Value(text)),
    };
    let prevs = if key == "note" && number % 3 == 2 { Prevs::from_iter([name(number - 1)]) } else { Prevs::new() };
    let wall_ms = 1_621_338_120_000 + i64::try_from(number).unwrap();
    let stamp = Stamp(u64::try_from(wall_ms).unwrap() << 16);
    let (actor, key, entity) = ("陈明".into(), key.into(), household);
    bytes::encode(&Operation { name: name(number), stamp, wall_ms, actor, entity, key, prevs, body }).unwrap()
}

/// The numbers of the operations in a payload, each checked byte by byte.
fn numbers(payload: &[u8]) -> Vec<u64> {
    let mut found = Vec::new();
    for kept in bytes::decode_all(payload).expect("whole operations") {
        let number = u64::from(kept.operation.name.seq) - 1;
        let text = match &kept.operation.body {
            Body::Birth(_, birth) => birth.fact("head").cloned(),
            Body::Value(value) => Some(value.clone()),
            _ => None,
        };
        let text = text.unwrap().as_text().unwrap().to_owned();
        let size = text.split_once(':').unwrap().0.parse().unwrap();
        assert_eq!(kept.bytes[..], operation(number, size), "a payload was changed");
        found.push(number);
    }
    found
}

/// Everything a journal holds, and what was said about damage while reading.
fn read(journal: &Journal) -> (Vec<u64>, Vec<Said>) {
    read_as(journal, numbers)
}

/// As [`read`], where operations tell their numbers in another way.
pub fn read_as(journal: &Journal, numbers: fn(&[u8]) -> Vec<u64>) -> (Vec<u64>, Vec<Said>) {
    let (mut found, mut place) = (Vec::new(), Position::START);
    let said = journal.read_from(Position::START, &mut |frame| {
        assert!(frame.at >= place && frame.next > frame.at, "frames come in order");
        place = frame.next;
        found.extend(numbers(frame.operations));
        Ok(())
    });
    (found, said.unwrap())
}

pub fn open(disk: &FaultyDisk) -> Result<(Journal, Opening), Trouble> {
    let (journal, opening) = Journal::open(Arc::new(disk.clone()), Path::new(JOURNAL), DAY)?;
    Ok((journal.rolling_at(ROLL).merging_below(FEW), opening))
}

fn create(disk: &FaultyDisk) -> Result<Journal, Trouble> {
    Ok(Journal::create(Arc::new(disk.clone()), Path::new(JOURNAL), DAY)?.rolling_at(ROLL).merging_below(FEW))
}

fn open_drafts(disk: &FaultyDisk, consumed: &[DraftId]) -> (Drafts, Vec<Said>) {
    Drafts::open(Arc::new(disk.clone()), Path::new(DATA), Some(DAY), consumed)
}

/// What a draft may read as after a cut: its text at the last flush, or anything put since; `None` when it may be gone.
type MayBe = BTreeMap<DraftId, BTreeSet<Option<String>>>;

/// A piece of work, and what it was promised.
struct Work {
    disk: FaultyDisk,
    journal: Journal,
    drafts: Drafts,
    /// Own operations in the order of writing, and the moment they were acknowledged.
    issued: Vec<(u64, Option<usize>)>,
    /// Operations of whole segments, which come together or not at all.
    wholes: Vec<Vec<u64>>,
    draft_states: Vec<(usize, MayBe)>,
    consumed: Vec<(usize, DraftId)>,
    /// Refused operations that a restart found all the same: only when cutting them off failed as well.
    back: BTreeSet<u64>,
    /// The bytes of every operation.
    all: BTreeMap<u64, Vec<u8>>,
    next: u64,
}

impl Work {
    fn begin(seal: &Seal) -> Self {
        let disk = FaultyDisk::sealed(seal.clone());
        let journal = create(&disk).unwrap();
        let (drafts, _) = open_drafts(&disk, &[]);
        let draft_states = vec![(0, MayBe::new())];
        let (issued, wholes, consumed) = (Vec::new(), Vec::new(), Vec::new());
        let (back, all) = (BTreeSet::new(), BTreeMap::new());
        Self { disk, journal, drafts, issued, wholes, draft_states, consumed, back, all, next: 1 }
    }

    fn operation(&mut self, chance: &mut Chance) -> Vec<u8> {
        let number = self.next;
        self.next += 1;
        let operation = operation(number, chance.below(60));
        self.all.insert(number, operation.clone());
        operation
    }

    fn step(&mut self, chance: &mut Chance) -> Result<(), Trouble> {
        match chance.below(10) {
            0..=4 => self.act(chance),
            5..=7 => self.draft(chance),
            8 => self.whole(chance),
            _ => {
                // The program is killed and started again; the power stays.
                let (journal, opening) = open(&self.disk)?;
                (self.journal, self.drafts) = (journal, open_drafts(&self.disk, &opening.consumed).0);
                let known: BTreeSet<u64> =
                    self.acknowledged(usize::MAX).into_iter().chain(self.wholes.iter().flatten().copied()).collect();
                self.back.extend(read(&self.journal).0.into_iter().filter(|number| !known.contains(number)));
                Ok(())
            }
        }
    }

    fn act(&mut self, chance: &mut Chance) -> Result<(), Trouble> {
        let begun = self.issued.len();
        let mut appended = Ok(());
        let mut consumed = Vec::new();
        for _ in 0..=chance.below(3) {
            let draft = if chance.below(3) == 0 { self.drafts.drafts().next().map(|(id, _)| id) } else { None };
            let operation = self.operation(chance);
            self.issued.push((self.next - 1, None));
            appended = self.journal.append(draft, &operation).map(|_| ());
            if appended.is_err() {
                break;
            }
            if let Some(draft) = draft {
                consumed.push(draft);
                self.may_be(draft, None);
                self.drafts.consume(draft);
            }
        }
        // The group is answered by its sync, whatever each append said.
        let synced = self.journal.sync();
        if synced.is_ok() {
            let moment = self.disk.moments();
            let count = self.issued.len() - usize::from(appended.is_err());
            self.issued[begun..count].iter_mut().for_each(|(_, when)| *when = Some(moment));
            self.consumed.extend(consumed.into_iter().map(|draft| (moment, draft)));
        }
        appended.and(synced)
    }

    fn whole(&mut self, chance: &mut Chance) -> Result<(), Trouble> {
        let first = self.next;
        let pieces: Vec<_> = (0..=chance.below(4)).map(|_| Ok(self.operation(chance))).collect();
        let numbers: Vec<u64> = (first..self.next).collect();
        self.issued.extend(numbers.iter().map(|number| (*number, None)));
        self.wholes.push(numbers.clone());
        self.journal.add_whole(WholeKind::Bundle, pieces)?;
        let moment = self.disk.moments();
        let count = self.issued.len();
        self.issued[count - numbers.len()..].iter_mut().for_each(|(_, when)| *when = Some(moment));
        Ok(())
    }

    fn draft(&mut self, chance: &mut Chance) -> Result<(), Trouble> {
        let known = self.drafts.drafts().next().map(|(id, _)| id).filter(|_| chance.below(2) == 0);
        let id = known.unwrap_or_else(|| self.drafts.new_id());
        let text = format!("{}-{}", self.next, chance.below(1000));
        self.may_be(id, Some(text.clone()));
        self.drafts.put(id, Draft { place: b"note".to_vec(), text, cursor: 0, at: 0 });
        if chance.below(2) == 0 {
            self.drafts.flush()?;
            let now = self.drafts.drafts().map(|(id, draft)| (id, BTreeSet::from([Some(draft.text.clone())])));
            self.draft_states.push((self.disk.moments(), now.collect()));
        }
        Ok(())
    }

    /// Adds what a draft may be from now on, as long as nothing newer is flushed.
    fn may_be(&mut self, id: DraftId, text: Option<String>) {
        let (_, state) = self.draft_states.last().unwrap();
        let mut state = state.clone();
        state.entry(id).or_insert_with(|| BTreeSet::from([None])).insert(text);
        self.draft_states.push((self.disk.moments(), state));
    }

    fn acknowledged(&self, moment: usize) -> Vec<u64> {
        let sure = |(number, when): &(u64, Option<usize>)| when.is_some_and(|when| when <= moment).then_some(*number);
        self.issued.iter().filter_map(sure).collect()
    }

    /// Opens an image and holds it against what was promised at its moment.
    /// Gives what is in it.
    fn check(&self, moment: usize, cut: Cut) -> Vec<u64> {
        let about = format!("moment {moment} of {}, {cut:?}", self.disk.moments());
        let image = self.disk.power_cut(moment, cut);
        let acknowledged = self.acknowledged(moment);
        let (mut journal, opening) = match open(&image) {
            Ok(opened) => opened,
            Err(trouble) => {
                assert_eq!((trouble.kind, acknowledged.len()), ("no-journal", 0), "{about}: {trouble}");
                (create(&image).unwrap(), Opening::default())
            }
        };
        let (found, _) = read(&journal);
        let issued: Vec<u64> = self.issued.iter().map(|(number, _)| *number).collect();
        assert!(is_part(&acknowledged, &found), "{about}: {acknowledged:?} is not in {found:?}");
        assert!(is_part(&found, &issued), "{about}: {found:?} is not from {issued:?}");
        if matches!(cut.bytes, CutBytes::Synced | CutBytes::Prefix) {
            assert!(issued.starts_with(&found), "{about}: {found:?} has a hole");
        }
        for whole in &self.wholes {
            let there = whole.iter().filter(|number| found.contains(number)).count();
            assert!(there == 0 || there == whole.len(), "{about}: half a whole segment");
        }
        self.check_drafts(moment, &image, &opening, &about);

        journal.append(None, &operation(AFTER, 9)).unwrap();
        journal.sync().unwrap();
        let last = Cut { bytes: CutBytes::Synced, names: CutNames::Synced, seed: 0 };
        let (again, opening) = open(&image.power_cut(image.moments(), last)).unwrap();
        let expected: Vec<u64> = found.iter().copied().chain([AFTER]).collect();
        assert_eq!(read(&again).0, expected, "{about}: after going on and another cut");
        let damage = matches!(cut.bytes, CutBytes::Zeros | CutBytes::Garbage);
        assert!(damage || opening.findings.is_empty(), "{about}: {:?}", opening.findings);
        found
    }

    /// Starts the program again after it was killed: what it then shows, and what it then writes, no power cut takes.
    fn check_kill(&self, moment: usize) {
        let killed = self.disk.kill(moment);
        let (journal, opening) = match open(&killed) {
            Ok(opened) => opened,
            Err(trouble) => {
                assert_eq!((trouble.kind, self.acknowledged(moment).len()), ("no-journal", 0));
                return;
            }
        };
        let (mut drafts, _) = open_drafts(&killed, &opening.consumed);
        let id = drafts.new_id();
        drafts.put(id, Draft { place: Vec::new(), text: "after".into(), cursor: 0, at: 0 });
        let texts = |drafts: &Drafts| drafts.drafts().map(|(_, draft)| draft.text.clone()).collect::<Vec<_>>();
        drafts.flush().unwrap();
        let cut = Cut { bytes: CutBytes::Synced, names: CutNames::Synced, seed: 0 };
        let left = killed.power_cut(killed.moments(), cut);
        let (found, _) = read(&open(&left).unwrap().0);
        assert_eq!(found, read(&journal).0, "killed at {moment}: what was shown is gone");
        assert!(is_part(&self.acknowledged(moment), &found));
        assert_eq!(texts(&open_drafts(&left, &[]).0), texts(&drafts), "killed at {moment}");
    }

    fn check_drafts(&self, moment: usize, image: &FaultyDisk, opening: &Opening, about: &str) {
        let (drafts, _) = open_drafts(image, &opening.consumed);
        let left: BTreeMap<DraftId, String> = drafts.drafts().map(|(id, draft)| (id, draft.text.clone())).collect();
        let last = self.draft_states.iter().rposition(|(when, _)| *when <= moment).unwrap();
        let consumed: BTreeSet<DraftId> =
            self.consumed.iter().filter(|(when, _)| *when <= moment).map(|(_, id)| *id).collect();
        for (id, texts) in &self.draft_states[last].1 {
            // A flush under way may have been whole already.
            let next = self.draft_states.get(last + 1).and_then(|(_, state)| state.get(id));
            let text = left.get(id).cloned();
            let fine = texts.contains(&text) || next.is_some_and(|texts| texts.contains(&text)) || next.is_none();
            assert!(fine || consumed.contains(id), "{about}: draft {id:?} is {text:?}, not of {texts:?}");
        }
        assert!(consumed.iter().all(|id| !left.contains_key(id)), "{about}: a recorded draft is back");
    }
}

/// Tells whether all of `few` are in `many`, in the same order.
pub fn is_part(few: &[u64], many: &[u64]) -> bool {
    let mut many = many.iter();
    few.iter().all(|number| many.any(|other| other == number))
}

#[test]
fn no_power_cut_takes_back_what_was_acknowledged() {
    let halves: Vec<(usize, Pairs)> = std::thread::scope(|scope| {
        let half = |odd: u64| scope.spawn(move || cut_work_short((0..WORKS).filter(move |seed| seed % 2 == odd)));
        [half(0), half(1)].map(|half| half.join().unwrap()).into()
    });
    let images: usize = halves.iter().map(|(images, _)| images).sum();
    let pairs = halves.into_iter().fold(Pairs::default(), |all, (_, pairs)| all.and(&pairs));
    println!("{images} images, {pairs:?}");
    assert!(images > 10_000, "{images} images");
    pairs.assert_enough(images);
}

/// Cuts the power at each moment of some pieces of work, in every way.
fn cut_work_short(seeds: impl Iterator<Item = u64>) -> (usize, Pairs) {
    let ways = [CutBytes::Synced, CutBytes::All, CutBytes::Prefix, CutBytes::Zeros, CutBytes::Garbage];
    let names = [CutNames::Synced, CutNames::All, CutNames::Some];
    let (mut images, mut pairs) = (0, Pairs::default());
    for seed in seeds {
        let mut chance = Chance(seed);
        let [clear, sealed] = both_ways();
        let mut work = Work::begin(if seed % 8 < 2 { &sealed } else { &clear });
        for _ in 0..STEPS {
            work.step(&mut chance).unwrap();
        }
        let views = Views::of(&work, &mut chance);
        for moment in 0..=work.disk.moments() {
            work.check_kill(moment);
            for bytes in ways {
                let names = names[chance.below(names.len())];
                let cut = Cut { bytes, names, seed: chance.0 };
                let found = work.check(moment, cut);
                views.check(&work, moment, cut, &found, &mut pairs, &mut chance);
                images += 1;
            }
        }
    }
    (images, pairs)
}

/// Runs a piece of work while the disk fails, then heals it and holds the journal against what was acknowledged.
fn work_on_failing(seed: u64, fail: impl Fn(&FaultyDisk), one_kind: bool, about: &str) -> usize {
    let mut chance = Chance(seed);
    let [clear, sealed] = both_ways();
    let mut work = Work::begin(if seed.is_multiple_of(2) { &clear } else { &sealed });
    for _ in 0..4 {
        work.step(&mut chance).unwrap();
    }
    fail(&work.disk);
    let troubles = (0..16).filter(|_| work.step(&mut chance).is_err()).count();
    work.disk.heal();
    assert!(work.back.is_empty() || !one_kind, "{about}: {:?} came back", work.back);
    work.act(&mut chance).unwrap();
    let id = work.drafts.new_id();
    work.drafts.put(id, Draft { place: Vec::new(), text: "last".into(), cursor: 0, at: 0 });
    work.drafts.flush().unwrap();
    let acknowledged = work.acknowledged(usize::MAX);
    let moment = work.disk.moments();
    let as_it_is = [(CutBytes::Synced, CutNames::Synced), (CutBytes::All, CutNames::All)];
    for (bytes, names) in as_it_is {
        let image = work.disk.power_cut(moment, Cut { bytes, names, seed });
        let (found, _) = read(&open(&image).unwrap().0);
        assert!(is_part(&acknowledged, &found), "{about}: {acknowledged:?} is not in {found:?}");
        // Of what was refused only whole segments may have come through: adding them again changes nothing.
        let fine = |number: &u64| acknowledged.contains(number) || work.back.contains(number);
        let whole = |number: &u64| work.wholes.iter().flatten().any(|one| one == number);
        let strange: Vec<_> = found.iter().filter(|number| !fine(number) && !whole(number)).collect();
        assert!(strange.is_empty(), "{about}: {strange:?} were refused and are there");
        assert!(open_drafts(&image, &[]).0.drafts().any(|(_, draft)| draft.text == "last"), "{about}: no draft");
    }
    troubles
}

#[test]
fn a_failing_disk_loses_nothing_acknowledged_and_writing_resumes() {
    let acts = [Act::Any, Act::Open, Act::Write, Act::Sync, Act::Truncate, Act::Rename, Act::Remove, Act::SyncDir];
    let mut troubles = 0;
    for act in acts {
        for skip in 0..30 {
            for times in [1, 2, 5, u64::MAX] {
                let about = format!("{act:?} fails after {skip}, {times} times");
                troubles += work_on_failing(skip, |disk| disk.fail(act, skip, times), act != Act::Any, &about);
            }
        }
    }
    assert!(troubles > 1_000, "{troubles} troubles");
}

#[test]
fn two_things_may_fail_at_once() {
    for skip in 0..60 {
        let fail = |disk: &FaultyDisk| {
            disk.fail(Act::Sync, skip / 4, 1);
            disk.fail(Act::Truncate, 0, u64::MAX);
            disk.fail(Act::Remove, skip % 4, u64::MAX);
        };
        work_on_failing(skip, fail, false, &format!("a sync, then no cut and no removal ({skip})"));
    }
}

#[test]
fn a_full_disk_loses_nothing_acknowledged_and_writing_resumes() {
    let mut troubles = 0;
    for room in 0..150 {
        let used = |disk: &FaultyDisk| -> usize {
            let length = |dir: &str, name: &String| disk.length(&Path::new(dir).join(name)).unwrap_or(0);
            let list = |dir: &str| disk.list(Path::new(dir)).unwrap().iter().map(|name| length(dir, name)).sum::<u64>();
            usize::try_from(list(DATA) + list(JOURNAL)).unwrap()
        };
        let fail = |disk: &FaultyDisk| disk.set_room(Some(used(disk) + room * 7));
        troubles += work_on_failing(room as u64, fail, true, &format!("{room} x 7 bytes are free"));
    }
    assert!(troubles > 200, "{troubles} troubles");
}

#[test]
fn a_full_disk_does_not_fill_up_with_empty_segments() {
    let disk = FaultyDisk::default();
    let mut journal = create(&disk).unwrap();
    disk.set_room(Some(80));
    for _ in 0..10 {
        let trouble = journal.append(None, &operation(1, 200)).unwrap_err();
        assert_eq!(trouble.kind, "disk-full");
    }
    assert!(disk.list(Path::new(JOURNAL)).unwrap().len() <= 1);
    disk.heal();
    journal.append(None, &operation(1, 200)).unwrap();
    journal.sync().unwrap();
    assert_eq!(read(&open(&disk).unwrap().0).0, [1]);
}

#[test]
fn a_group_that_lost_a_member_is_never_acknowledged() {
    let disk = FaultyDisk::default();
    let mut journal = create(&disk).unwrap();
    journal.append(None, &operation(1, 10)).unwrap();
    disk.fail(Act::Write, 0, 1);
    assert!(journal.append(None, &operation(2, 10)).is_err());
    // The disk is well again, but the first of the group was cut back with the second.
    assert!(journal.append(None, &operation(3, 10)).is_err());
    assert!(journal.add_whole(WholeKind::Roster, [Ok(operation(4, 10))]).is_err());
    assert!(journal.sync().is_err());
    assert!(journal.sync().is_ok());
    journal.append(None, &operation(5, 10)).unwrap();
    journal.sync().unwrap();
    assert_eq!(read(&open(&disk).unwrap().0).0, [5]);
}
