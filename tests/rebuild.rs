//! The view is never the only copy: missing, older, ahead or damaged, it is made anew from the journal and says the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zoufang::app::{Device, Keeper, Opened, Place, Request};
use zoufang::clock::Clock;
use zoufang::domain::Name;
use zoufang::view::View;

struct Laptop {
    _folder: tempfile::TempDir,
    place: Place,
    clock: Clock,
}

impl Laptop {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path().join("data"));
        let clock = Clock::machine();
        let device = Device { laptop: 1, visitors: vec!["陈明".into()], ..Device::default() };
        place.create(&device, &clock).unwrap();
        Self { _folder: folder, place, clock }
    }

    /// Puts everything under a passphrase.
    fn sealed(self) -> Self {
        let cost = zoufang::seal::Cost { memory: 16, passes: 1, lanes: 1 };
        let place = Place { cost, ..self.place };
        let place = place.seal_up("一个口令啊啊", &self.clock, &mut |_| true).unwrap().place;
        Self { place, ..self }
    }

    fn open(&self) -> (Keeper, usize) {
        let Opened { mut keeper, findings, .. } = self.place.open(self.clock.clone()).unwrap();
        keeper.fill().unwrap();
        (keeper, findings.len())
    }

    fn view(&self) -> PathBuf {
        self.place.home().join("view")
    }

    /// Writes a few households with a phone each, and changes them.
    fn write(&self, heads: &[&str]) -> Vec<Name> {
        let (mut keeper, _) = self.open();
        let mut names = Vec::new();
        for head in heads {
            let added = keeper.run(&Request::new("household.add").with("head", *head)).unwrap().name().unwrap();
            let set = Request::new("household.set").with_name("household", added).with("phone", "13853301234");
            keeper.run(&set).unwrap();
            names.push(added);
        }
        keeper.finish().unwrap();
        keeper.close().unwrap();
        names
    }

    /// Holds what the program shows against the journal folded in memory.
    fn assert_true(&self, households: usize) {
        let (keeper, _) = self.open();
        let (memory, _) = self.place.read_only().unwrap();
        assert_eq!(records(keeper.house().view().as_ref()), records(&memory));
        assert_eq!(keeper.house().count(), households);
    }
}

fn records(view: &dyn View) -> Vec<std::sync::Arc<zoufang::domain::Record>> {
    let mut all = Vec::new();
    view.each(&mut |record| {
        all.push(record);
        true
    })
    .unwrap();
    all
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn a_missing_view_is_made_anew() {
    let laptop = Laptop::new();
    laptop.write(&["张守富", "李桂英"]);
    fs::remove_dir_all(laptop.view()).unwrap();
    laptop.assert_true(2);
}

#[test]
fn an_earlier_copy_of_the_view_catches_up() {
    let laptop = Laptop::new();
    laptop.write(&["张守富"]);
    let earlier = laptop.place.folder.join("earlier");
    copy(&laptop.view(), &earlier);
    laptop.write(&["李桂英", "王成友"]);
    fs::remove_dir_all(laptop.view()).unwrap();
    copy(&earlier, &laptop.view());
    laptop.assert_true(3);
}

#[test]
fn a_view_that_is_ahead_of_the_journal_is_not_believed() {
    let laptop = Laptop::new();
    laptop.write(&["张守富"]);
    let journal = laptop.place.folder.join("journal");
    let before = laptop.place.folder.join("journal-before");
    copy(&journal, &before);
    laptop.write(&["李桂英"]);
    fs::remove_dir_all(&journal).unwrap();
    copy(&before, &journal);
    laptop.assert_true(1);
}

#[test]
fn whatever_byte_of_the_view_is_damaged_the_program_shows_what_the_journal_says() {
    let laptop = Laptop::new();
    laptop.write(&["张守富", "李桂英", "王成友"]);
    let whole = laptop.place.folder.join("whole");
    copy(&laptop.view(), &whole);
    let mut tried = 0;
    for (index, file) in files(&whole).into_iter().enumerate() {
        let length = usize::try_from(fs::metadata(&file).unwrap().len()).unwrap();
        let ends = [0, length / 3, length / 2, length.saturating_sub(1)];
        for (round, place) in ends.into_iter().enumerate() {
            let _ = fs::remove_dir_all(laptop.view());
            copy(&whole, &laptop.view());
            let target = laptop.view().join(file.strip_prefix(&whole).unwrap());
            let mut bytes = fs::read(&target).unwrap();
            match (round + index) % 3 {
                0 => bytes.truncate(place),
                _ if bytes.is_empty() => bytes.push(7),
                1 => bytes[place] ^= 0xFF,
                _ => bytes[place..].fill(0),
            }
            fs::write(&target, bytes).unwrap();
            laptop.assert_true(3);
            tried += 1;
        }
    }
    assert!(tried >= 8, "{tried} damages");
}

#[test]
fn the_program_says_in_words_that_it_made_the_view_anew() {
    let laptop = Laptop::new();
    laptop.write(&["张守富"]);
    let conf = laptop.view().join("conf");
    fs::write(&conf, b"not a configuration").unwrap();
    let (_, findings) = laptop.open();
    assert_eq!(findings, 1);
    laptop.assert_true(1);
}

/// What a power cut leaves of the journal, with any view there may be: none, each earlier one, one that is ahead, one that
/// is damaged.
#[test]
fn every_end_that_a_power_cut_leaves_pairs_with_every_state_of_the_view() {
    const ROUNDS: usize = 6;
    for sealed in [false, true] {
        let laptop = Laptop::new();
        let laptop = if sealed { laptop.sealed() } else { laptop };
        let kept = laptop.place.folder.with_file_name("kept");
        let mut lengths = Vec::new();
        for round in 0..ROUNDS {
            laptop.write(&[["张守富", "李桂英"], ["王成友", "赵淑芬"], ["刘玉珍", "任淑兰"]][round % 3]);
            copy(&laptop.view(), &kept.join(format!("view-{round}")));
            let segment = files(&laptop.place.journal_folder()).pop().unwrap();
            lengths.push((segment.clone(), fs::metadata(segment).unwrap().len()));
        }
        copy(&laptop.place.journal_folder(), &kept.join("journal"));
        let (mut pairs, mut chance) = (0, zoufang::log::disk_faulty::Chance(9));
        for (segment, length) in &lengths {
            for torn in 0..3 {
                // As it was synced, and with some of what came behind it.
                let end = length + [0, chance.below(30) as u64, chance.below(300) as u64][torn];
                for view in 0..=ROUNDS + 1 {
                    let _ = fs::remove_dir_all(laptop.place.journal_folder());
                    let _ = fs::remove_dir_all(laptop.view());
                    copy(&kept.join("journal"), &laptop.place.journal_folder());
                    let file = fs::OpenOptions::new().write(true).open(segment).unwrap();
                    let whole = file.metadata().unwrap().len();
                    file.set_len(end.min(whole)).unwrap();
                    drop(file);
                    let named = kept.join(format!("view-{}", view.min(ROUNDS - 1)));
                    if view < ROUNDS || view == ROUNDS + 1 {
                        copy(&named, &laptop.view());
                    }
                    if view == ROUNDS + 1 {
                        let file =
                            files(&laptop.view()).into_iter().max_by_key(|file| fs::metadata(file).unwrap().len());
                        let file = file.unwrap();
                        let mut bytes = fs::read(&file).unwrap();
                        let at = chance.below(bytes.len());
                        bytes[at] ^= 0x55;
                        fs::write(&file, bytes).unwrap();
                    }
                    let (keeper, _) = laptop.open();
                    let (memory, _) = laptop.place.read_only().unwrap();
                    assert_eq!(records(keeper.house().view().as_ref()), records(&memory), "{end} with view {view}");
                    drop(keeper);
                    pairs += 1;
                }
            }
        }
        assert_eq!(pairs, ROUNDS * 3 * (ROUNDS + 2));
    }
}

/// Damages a file in one of a few ways; gives what was done.
fn damage(file: &Path, way: usize) -> &'static str {
    let mut bytes = fs::read(file).unwrap();
    let (middle, length) = (bytes.len() / 2, bytes.len());
    let done = match way {
        0 => {
            fs::remove_file(file).unwrap();
            return "removed";
        }
        1 => {
            bytes.clear();
            "emptied"
        }
        2 => {
            bytes.truncate(middle);
            "cut in half"
        }
        3 => {
            bytes[middle.min(length - 1)] ^= 0x41;
            "a byte changed in the middle"
        }
        4 => {
            bytes[0] ^= 0xFF;
            "its first byte changed"
        }
        _ => {
            bytes[middle..].fill(0);
            "its second half zeroed"
        }
    };
    fs::write(file, bytes).unwrap();
    done
}

/// Any file of the data folder: the program opens, and shows what is left of the journal and nothing else.
#[test]
fn whatever_file_of_the_folder_is_damaged_it_opens_and_shows_what_the_journal_says() {
    for sealed in [false, true] {
        let laptop = Laptop::new();
        let laptop = if sealed { laptop.sealed() } else { laptop };
        laptop.write(&["张守富", "李桂英", "王成友"]);
        let mut slate =
            zoufang::app::Slate::open(Arc::clone(&laptop.place.disk), &laptop.place.home(), "2021-05-28", &[]).0;
        // A long one and a short one: a torn end is said too, in one calm line.
        for (at, text) in [("visit", "没记下的半句话".repeat(30)), ("talk", "另一句".into())] {
            slate.put(at, &text, 0, laptop.clock.now());
            slate.save_now(laptop.clock.now()).unwrap();
        }
        let (data, whole) = (laptop.place.folder.clone(), laptop.place.folder.with_file_name("whole"));
        copy(&data, &whole);
        let (mut tried, truth) = (0, records(&laptop.place.read_only().unwrap().0));
        for file in files(&whole) {
            let name = file.strip_prefix(&whole).unwrap().to_owned();
            for way in 0..6 {
                fs::remove_dir_all(&data).unwrap();
                copy(&whole, &data);
                if fs::metadata(&file).unwrap().len() == 0 && way > 1 {
                    continue;
                }
                let about = format!("{} {}", name.display(), damage(&data.join(&name), way));
                // A journal of one segment that is gone is a question, not a new journal.
                let journal = name.to_string_lossy().contains("journal");
                match laptop.place.open(laptop.clock.clone()) {
                    Err(trouble) => assert!(journal && way == 0, "{about}: {trouble}"),
                    Ok(Opened { mut keeper, findings, .. }) => {
                        keeper.fill().unwrap();
                        let shown = records(keeper.house().view().as_ref());
                        let left = || records(&laptop.place.read_only().unwrap().0);
                        // What the middle of the journal lost the view may still have.
                        assert!(shown == truth || (journal && shown == left()), "{about}: something else is shown");
                        let count = keeper.house().count();
                        assert!(if journal { count <= 3 } else { count == 3 }, "{about}: {count} households");
                        // What was lost is said; what can be made anew without loss need not be.
                        let is_said = !findings.is_empty();
                        let must = |part: &str, ways: &[usize]| name.ends_with(part) && ways.contains(&way);
                        assert!(is_said || !must("device.toml", &[0, 1, 2, 4]), "{about}: not a word");
                        assert!(is_said || !must("drafts.log", &[0, 1, 2, 3, 4, 5]), "{about}: not a word");
                        assert!(is_said || !journal || way == 0, "{about}: not a word");
                        assert_eq!(laptop.place.device().unwrap().unwrap().laptop, 1, "{about}: another laptop");
                    }
                }
                tried += 1;
            }
        }
        assert!(tried > 30, "{tried} damages");
    }
}
