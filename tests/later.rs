//! What a later program wrote: kinds, versions, fields and words that this one does not know are kept as they are, merged and
//! handed on byte for byte; a format that it must not read is refused with a sentence, and nothing is changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zoufang::app::{Device, Keeper, Opened, Parcel, Place, Progress, Request};
use zoufang::clock::Clock;
use zoufang::domain::{Birth, Body, Kept, Name, Operation, Sort, Stamp, Step, Value};
use zoufang::exchange::{Bundle, Keys};
use zoufang::log::{Position, bytes};
use zoufang::seal::Cost;
use zoufang::text::{Lang, Trouble};

use crate::bundle::Craft;
use crate::rebuild::files;

const WRITER: u64 = 0x0A00_0000_0000_0001;
/// Enough to make the merge a file of its own.
const LONG: usize = 87_350;

fn operation(seq: u32, about: u32, key: &str, prevs: &[u32], body: Body) -> Vec<u8> {
    let name = |seq: u32| Name::new(WRITER, seq);
    let operation = Operation {
        name: name(seq),
        stamp: Stamp::at(1_621_338_120_000 + i64::from(seq)),
        wall_ms: 1_621_338_120_000 + i64::from(seq),
        actor: "陈明".into(),
        entity: name(about),
        key: key.into(),
        prevs: prevs.iter().copied().map(name).collect(),
        body,
    };
    bytes::encode(&operation).unwrap()
}

/// Puts more behind an operation than this program reads.
fn with_tail(mut operation: Vec<u8>, tail: &[u8]) -> Vec<u8> {
    operation.extend_from_slice(tail);
    let length = u32::try_from(operation.len() - 4).unwrap();
    operation[..4].copy_from_slice(&length.to_le_bytes());
    operation
}

fn with_kind(mut operation: Vec<u8>, kind: u16, version: u8) -> Vec<u8> {
    operation[4..6].copy_from_slice(&kind.to_le_bytes());
    operation[6] = version;
    operation
}

/// A household as this program knows it, and all that a later one may have written about it and beside it.
fn from_a_later_program(filler: usize) -> Vec<Arc<Kept>> {
    let text = |text: &str| Body::Value(Value::text(text));
    let household = |head: &str| {
        let facts = vec![("head".into(), Value::text(head)), ("village".into(), Value::text("东里东村"))];
        Body::Birth(Sort::Household, Birth { links: Vec::new(), facts })
    };
    let step = Step { step: "arbitrate".into(), facts: vec![("decision".into(), Value::text("both"))] };
    let mut value = operation(7, 1, "weather", &[], text("x"));
    // A sort of value that is not in the frozen form: its place in the list is the first byte of the body.
    let body = value.len() - 3;
    value[body] = 0x1F;
    [
        operation(1, 1, "", &[], household("张守富")),
        // A kind nobody knows: an entity of its own, and a value in a register that is known.
        with_kind(operation(2, 2, "", &[], text("a survey")), 0x00EE, 1),
        with_kind(operation(3, 1, "remark", &[], text("耳背")), 0x7FFF, 3),
        operation(4, 1, "remark", &[3], text(&"机".repeat(filler))),
        // A known kind in a later version, and more behind the body of one that is known.
        with_kind(operation(5, 5, "", &[], household("李桂英")), 20, 9),
        with_tail(operation(6, 6, "", &[], household("王成友")), b"fields of a later version"),
        value,
        operation(8, 8, "", &[], Body::Birth(Sort::Issue, Birth { links: Vec::new(), facts: Vec::new() })),
        operation(9, 8, "", &[], Body::Step(step)),
        // Of an entity whose kind is not known.
        operation(10, 2, "answer", &[], text("满意")),
    ]
    .iter()
    .map(|raw| Arc::new(bytes::decode(raw).unwrap()))
    .collect()
}

/// Their bundle, with a header that says more, and a signature of a kind that is not known.
fn bundle(campaign: &str, operations: &[Arc<Kept>]) -> Craft {
    let (mut header, _) = Craft::holding(operations, operations.len());
    header.campaign = campaign.into();
    header.from.program = "9.9.9".into();
    let (_, mut craft) = Craft::holding(operations, operations.len());
    craft.header = Craft::of(&header, Vec::new()).header;
    craft.header.extend(*b"fields of a later version");
    craft.signature = [&[2_u8][..], &[0xAB; 3000]].concat();
    craft
}

fn laptop(folder: PathBuf, laptop: u64) -> Place {
    let place = Place { cost: Cost { memory: 16, passes: 1, lanes: 1 }, ..Place::new(folder) };
    let device = Device { laptop, visitors: vec!["陈明".into()], ..Device::default() };
    place.create(&device, &Clock::machine()).unwrap();
    place
}

fn open(place: &Place) -> Keeper {
    let Opened { mut keeper, findings, .. } = place.open(Clock::machine()).unwrap();
    assert!(findings.is_empty(), "{findings:?}");
    keeper.fill().unwrap();
    keeper
}

/// Merges as the screens do, all of it prepared beside the journal.
fn merge(place: &Place, file: &Path) -> u64 {
    let mut keeper = open(place);
    let mut parcel: Parcel = keeper.open_parcel(file).unwrap();
    parcel.prepare(keeper.parcel_place(), &Progress::default()).unwrap();
    let merged = keeper.merge(parcel).unwrap();
    assert_eq!(merged.quarantined, 0);
    keeper.finish().unwrap();
    keeper.close().unwrap();
    merged.fresh
}

fn in_journal(place: &Place) -> BTreeMap<Name, Vec<u8>> {
    let mut found = BTreeMap::new();
    let reader = open(place).reader();
    let said = reader.read_from(Position::START, &mut |frame| {
        for kept in bytes::decode_all(frame.operations).unwrap() {
            found.insert(kept.operation.name, kept.bytes.to_vec());
        }
        Ok(())
    });
    assert!(said.unwrap().is_empty());
    found
}

fn in_file(file: &Path, keys: &Keys) -> BTreeMap<Name, Vec<u8>> {
    let mut file = fs::File::open(file).unwrap();
    let bundle = Bundle::read_with(&mut file, keys).unwrap();
    let blocks = bundle.blocks(&mut file).map(Result::unwrap);
    blocks.flat_map(|block| block.operations().map(|(name, raw)| (name, raw.to_vec())).collect::<Vec<_>>()).collect()
}

fn holds(found: &BTreeMap<Name, Vec<u8>>, operations: &[Arc<Kept>], where_: &str) {
    for op in operations {
        let name = op.operation.name;
        assert_eq!(found.get(&name).map(Vec::as_slice), Some(&*op.bytes), "{where_}: {name}");
    }
}

#[test]
fn what_a_later_program_wrote_passes_through_laptops_byte_for_byte() {
    for filler in [1, LONG] {
        let home = tempfile::tempdir().unwrap();
        let operations = from_a_later_program(filler);
        let unknown = operations.iter().filter(|op| matches!(op.operation.body, Body::Unknown { .. })).count();
        assert_eq!(unknown, 4);
        let clear = laptop(home.path().join("1"), 1);
        let sealed = laptop(home.path().join("2"), 2).seal_up("水井 核桃 三轮车", &Clock::machine(), &mut |_| true);
        let (sealed, last) = (sealed.unwrap().place, laptop(home.path().join("3"), 3));
        let mut file = home.path().join("later.zfb");
        fs::write(&file, bundle(&clear.campaign_id(false), &operations).file()).unwrap();
        for (hop, place) in [&clear, &sealed, &last].into_iter().enumerate() {
            assert_eq!(merge(place, &file), in_file(&file, &Keys::default()).len() as u64, "laptop {hop}");
            assert_eq!(merge(place, &file), 0, "known the second time");
            assert_eq!(place.journal_folder().join("000002.zfj").exists(), filler == LONG, "in a file of their own");
            holds(&in_journal(place), &operations, "in the journal");
            // Nor are they lost where the view is made anew.
            fs::remove_dir_all(place.home().join("view")).unwrap();
            let mut keeper = open(place);
            assert_eq!(keeper.house().count(), 2 + hop, "of what it does not know nothing is shown");
            keeper.run(&Request::new("household.add").with("head", format!("第{hop}户"))).unwrap();
            keeper.finish().unwrap();
            assert_eq!(keeper.house().count(), 3 + hop);
            let backup = keeper.back_up().unwrap().files.remove(0).path;
            holds(&in_file(&backup, &place.ours().unwrap().keys), &operations, "in the backup");
            let stick = home.path().join(format!("stick-{hop}"));
            fs::create_dir(&stick).unwrap();
            file = keeper.export(&stick, None).unwrap().path;
            holds(&in_file(&file, &Keys::default()), &operations, "in the export");
        }
    }
}

/// The files of a folder with their bytes, but those that sled and the lock touch whenever it is opened.
fn bytes_of(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let own = |file: &PathBuf| !file.components().any(|part| part.as_os_str() == "view") && !file.ends_with("lock");
    files(folder).into_iter().filter(own).map(|file| (file.clone(), fs::read(file).unwrap())).collect()
}

fn says(trouble: &Trouble, kind: &str, zh: &[&str], en: &[&str]) {
    assert_eq!(trouble.kind, kind, "{trouble}");
    for (lang, words) in [(Lang::Zh, zh), (Lang::En, en)] {
        let said = trouble.say(lang);
        assert!(words.iter().all(|word| said.contains(word)), "{words:?}: {said}");
    }
}

#[test]
fn a_bundle_in_a_format_that_must_not_be_read_is_refused_and_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let office = laptop(home.path().join("office"), 1);
    let operations = from_a_later_program(1);
    let sound = bundle(&office.campaign_id(false), &operations);
    let mut format = sound.clone();
    format.format = 2;
    let mut suite = sound.clone();
    suite.suite = 9;
    let mut block_suite = sound.clone();
    block_suite.blocks[0].suite = 9;
    let mut codec = sound.clone();
    codec.blocks[0].codec = 9;
    let file = home.path().join("later.zfb");
    let keeper = open(&office);
    let before = bytes_of(&office.folder);
    let later: [(Craft, &str, [&str; 2], [&str; 2]); 4] = [
        (format, "bundle-newer", ["导出包是格式 2", "只认到格式 1"], ["has format 2", "up to format 1"]),
        (suite, "bundle-sealed", ["方式 9", "打不开"], ["suite 9", "cannot open"]),
        (block_suite, "bundle-sealed", ["方式 9", "打不开"], ["suite 9", "cannot open"]),
        (codec, "bundle-newer", ["压缩方式 9", "不认识"], ["form 9", "does not know"]),
    ];
    for (craft, kind, zh, en) in later {
        fs::write(&file, craft.file()).unwrap();
        let refused = keeper.open_parcel(&file).err().unwrap();
        says(&refused, kind, &zh, &en);
        says(&refused, kind, &["先升级程序"], &["Update the program first"]);
        assert_eq!(bytes_of(&office.folder), before);
    }
    drop(keeper);
    fs::write(&file, sound.file()).unwrap();
    assert_eq!(merge(&office, &file), operations.len() as u64);
}

/// A change of one byte of a file of frames that a later program may have made, with the header's sum made right.
fn header_with(path: &Path, at: usize, byte: u8) {
    let mut file = fs::read(path).unwrap();
    file[at] = byte;
    let sum = crc32fast::hash(&file[..24]).to_le_bytes();
    file[24..28].copy_from_slice(&sum);
    fs::write(path, file).unwrap();
}

/// As [`header_with`] for the first frame of a file, with the frame's sum made right.
fn frame_with(path: &Path, at: usize, byte: u8) {
    let mut file = fs::read(path).unwrap();
    file[28 + at] = byte;
    let end = 41 + u32::from_le_bytes(file[33..37].try_into().unwrap()) as usize;
    let sum = crc32fast::hash(&[&28_u64.to_le_bytes(), &file[28..37], &file[41..end]].concat());
    file[37..41].copy_from_slice(&sum.to_le_bytes());
    fs::write(path, file).unwrap();
}

type Change = fn(&Path);

#[test]
fn a_data_folder_in_a_format_that_must_not_be_read_is_said_and_left_alone_to_the_byte() {
    let home = tempfile::tempdir().unwrap();
    let whole = laptop(home.path().join("whole"), 1);
    let mut keeper = open(&whole);
    keeper.run(&Request::new("household.add").with("head", "张守富")).unwrap();
    keeper.finish().unwrap();
    keeper.close().unwrap();
    drop(keeper);
    let changes: [(&str, Change); 4] = [
        ("format", |folder| header_with(&folder.join("journal/000001.zfj"), 8, 2)),
        ("kind of segment", |folder| header_with(&folder.join("journal/000001.zfj"), 10, 9)),
        ("suite of a frame", |folder| frame_with(&folder.join("journal/000001.zfj"), 0, 7)),
        ("key of a frame", |folder| frame_with(&folder.join("journal/000001.zfj"), 1, 7)),
    ];
    for (about, change) in changes {
        let place = Place::new(home.path().join(about));
        crate::rebuild::copy(&whole.folder, &place.folder);
        change(&place.folder);
        let before = bytes_of(&place.folder);
        let newer = ["是更新版本的程序写的", "没有改动它", "换用新版本程序"];
        let en = ["written by a newer program", "left it alone", "Use the newer program"];
        says(&place.open(Clock::machine()).err().unwrap(), "newer-format", &newer, &en);
        says(&place.read_only().err().unwrap(), "newer-format", &newer, &en);
        assert_eq!(bytes_of(&place.folder), before, "{about}");
    }
}

// Drafts of a later program are no reason to keep people from working; they must be there when it is used again.
#[test]
fn drafts_of_a_later_program_are_said_and_never_written_over() {
    let home = tempfile::tempdir().unwrap();
    let place = laptop(home.path().join("data"), 1);
    drop(open(&place));
    let drafts = place.folder.join("drafts.log");
    header_with(&drafts, 8, 2);
    let before = fs::read(&drafts).unwrap();
    let Opened { mut keeper, findings, .. } = place.open(Clock::machine()).unwrap();
    keeper.fill().unwrap();
    let said: Vec<String> = findings.iter().map(|finding| finding.say(Lang::Zh)).collect();
    assert!(said.len() == 1 && said[0].contains("drafts.log") && said[0].contains("更新版本"), "{said:?}");
    keeper.run(&Request::new("household.add").with("head", "张守富")).unwrap();
    keeper.finish().unwrap();
    let _ = keeper.close();
    drop(keeper);
    assert_eq!(fs::read(&drafts).unwrap(), before);
}

#[test]
fn a_key_ring_of_a_later_program_is_said_and_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let place = laptop(home.path().join("data"), 1);
    place.seal_up("水井 核桃 三轮车", &Clock::machine(), &mut |_| true).unwrap();
    for name in ["keys.zfk", "keys-copy.zfk"] {
        let mut ring = fs::read(place.folder.join(name)).unwrap();
        ring[8] = 2;
        let end = ring.len() - 4;
        let sum = crc32fast::hash(&ring[..end]).to_le_bytes();
        ring[end..].copy_from_slice(&sum);
        fs::write(place.folder.join(name), ring).unwrap();
    }
    let before = bytes_of(&place.folder);
    for typed in ["水井 核桃 三轮车", "不对不对不对"] {
        says(&place.unlock(typed).err().unwrap(), "newer-format", &["更新版本"], &["newer program"]);
        assert_eq!(bytes_of(&place.folder), before);
    }
}
