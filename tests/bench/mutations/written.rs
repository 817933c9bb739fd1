//! What the program writes, as inputs: a small campaign with a visit and an issue, its journal, drafts, exports and keys.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use zoufang::app::{Device, Place, Request, Slate};
use zoufang::clock::Clock;
use zoufang::log::disk_faulty::FaultyDisk;
use zoufang::log::{Journal, Position, bytes};
use zoufang::seal::{Cost, Keyring};

/// What there is to be changed.
pub struct Written {
    pub bundles: Vec<Vec<u8>>,
    pub segments: Vec<Vec<u8>>,
    pub operations: Vec<Vec<u8>>,
    pub drafts: Vec<u8>,
    pub texts: BTreeSet<String>,
    pub rings: Vec<Vec<u8>>,
    pub keys: Vec<Vec<u8>>,
    pub device: Vec<u8>,
}

static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();

fn folder() -> &'static Path {
    // In memory where there is some, as key files are read from a disk.
    let memory = Path::new("/dev/shm");
    let made = || if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
    FOLDER.get_or_init(made).path()
}

/// Gives a campaign folder on the real disk in which nothing was recorded.
pub fn empty_place() -> Place {
    let place = Place::new(folder().join("keys"));
    std::fs::create_dir_all(&place.folder).unwrap();
    place
}

/// Gives the number of the key in a key file.
pub fn number_of(file: &[u8]) -> Option<u32> {
    let table: toml::Table = toml::from_str(std::str::from_utf8(file).ok()?).ok()?;
    zoufang::seal::Seal::from_text(table.get("key")?.as_str()?)?.id()
}

/// Tells whether a key file says no number.
pub fn says_no_number(file: &[u8]) -> bool {
    let table = std::str::from_utf8(file).ok().and_then(|text| toml::from_str::<toml::Table>(text).ok());
    table.is_some_and(|table| !table.contains_key("number"))
}

/// Writes everything.
pub fn all() -> Written {
    let disk = FaultyDisk::default();
    let place = Place { disk: Arc::new(disk.clone()), ..Place::new(folder().join("campaign")) };
    let device =
        Device {
            laptop: 7, group: "一组".into(), visitors: vec!["陈明".into(), "张锦秋".into()], ..Device::default()
        };
    place.create(&device, &Clock::machine()).unwrap();
    let mut bundles = Vec::new();
    {
        let mut keeper = place.open(Clock::machine()).unwrap().keeper;
        keeper.fill().unwrap();
        for (turn, head) in ["张守富", "李桂英", "王成友"].into_iter().enumerate() {
            let add = Request::new("household.add").with("head", head).with("phone", "13853301234");
            let home = keeper.run(&add.with("village", "东里东村")).unwrap().name().unwrap();
            let visit = keeper.run(&Request::new("visit.start").with_name("household", home)).unwrap().name().unwrap();
            for text in ["校车只到村口", "机井坏了浇不上地"] {
                let note = Request::new("visit.note").with_name("visit", visit).with("text", text);
                keeper.run(&note).unwrap();
            }
            keeper.run(&Request::new("visit.finish").with("short_why", "示例")).unwrap();
            keeper.finish().unwrap();
            let file = folder().join(format!("{turn}.zfb"));
            keeper.export(&file, None).unwrap();
            bundles.push(std::fs::read(file).unwrap());
        }
        keeper.close().unwrap();
    }
    let segment = place.journal_folder().join("000001.zfj");
    let (journal, _) = Journal::open(Arc::new(disk.clone()), &place.journal_folder(), "2021-05-28").unwrap();
    let mut operations = Vec::new();
    let read = journal.read_from(Position::START, &mut |frame| {
        operations.extend(bytes::decode_all(frame.operations).unwrap().iter().map(|kept| kept.bytes.to_vec()));
        Ok(())
    });
    assert!(read.unwrap().is_empty());
    let (drafts, texts) = typed();
    let cheap = Cost { memory: 16, passes: 1, lanes: 1 };
    let rings = ["水井 核桃", "三轮车 一二三"].map(|words| Keyring::new(words, cheap).unwrap().0.encode());
    Written {
        bundles,
        segments: vec![disk.bytes(&segment).unwrap()],
        operations,
        drafts,
        texts,
        rings: rings.into(),
        keys: keys(),
        device: disk.bytes(&place.home().join("device.toml")).unwrap(),
    }
}

/// Types a few sentences, each growing; gives the file and every text that was ever in it.
fn typed() -> (Vec<u8>, BTreeSet<String>) {
    let (disk, home) = (FaultyDisk::default(), Path::new("d"));
    let mut slate = Slate::open(Arc::new(disk.clone()), home, "2021-05-28", &[]).0;
    let now = Clock::machine().now();
    let mut texts = BTreeSet::new();
    for (place, sentence) in [("visit", "村文化大院晚上不开门"), ("talk", "戏台塌了一角"), ("card", "耳背")]
    {
        for end in sentence.char_indices().map(|(at, sign)| at + sign.len_utf8()) {
            let text = &sentence[..end];
            slate.put(place, text, text.len(), now);
            slate.save_now(now).unwrap();
            texts.insert(text.to_owned());
        }
    }
    slate.beat(Some("visit 7-3 since 5"));
    slate.clear("card");
    slate.save_now(now).unwrap();
    (disk.bytes(&home.join("drafts.log")).unwrap(), texts)
}

fn keys() -> Vec<Vec<u8>> {
    let place = empty_place();
    let campaign = place.campaign_id(false);
    let made = |number: u32| {
        let file = folder().join(format!("{number}.zfkey"));
        place.new_campaign_key(&campaign, &file).unwrap();
        std::fs::read(file).unwrap()
    };
    vec![made(1), made(2)]
}
