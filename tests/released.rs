//! Files of the first release, kept as they were written: journals, drafts, settings and keys, in the clear and sealed, and
//! each way in which a bundle is signed and locked. Whatever this program becomes it reads them as what they said; what is
//! written without chance it writes again byte for byte.
//!
//! The journals are taken apart here by hand, from `docs/format.md` and not with the program's reader, so that the two hold
//! each other.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zoufang::app::{Correction, Corrections, Device, Keeper, Opened, Peers, Place, backup_ring};
use zoufang::clock::Clock;
use zoufang::domain::{Kept, Writer};
use zoufang::exchange::{Bundle, Header, Introductions, Keys, Lock, Manifest, ring_of, write};
use zoufang::log::disk_faulty::FaultyDisk;
use zoufang::log::{Disk, Draft, DraftId, Drafts, Journal, Position, Ranges, SealedDisk, WholeKind};
use zoufang::seal::{Cost, Keyring, Seal, Signer};
use zoufang::view::MemoryView;

use crate::bundle::golden_operations;
use crate::histories::records;
use crate::rebuild::copy;

const PASSPHRASE: &str = "水井 核桃 三轮车";
const DAY: &str = "2021-05-28";
const EVENING: i64 = 1_622_207_400_000;
/// The campaign that shipped with the first release.
const CAMPAIGN: &str = "我为群众办实事·走千村进万户 2021";
const SIGNING: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const CAMPAIGN_KEY: &str = "f0e0d0c0b0a090807060504030201000ffeeddccbbaa99887766554433221100";
/// Of no action, but of what a merge brought.
const MERGED: u64 = 1 << 63;
const LAPTOP: u64 = 7;

fn released(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/released").join(name)
}

fn golden(name: &str) -> Vec<u8> {
    fs::read(released(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The recovery code that was given when the key ring was made.
fn code() -> String {
    String::from_utf8(golden("code.txt")).unwrap().trim().to_owned()
}

fn ring() -> Keyring {
    Keyring::decode(&golden("sealed/keys.zfk")).unwrap()
}

/// The two data folders of the release: where their files lie, and what these are sealed with.
fn folders() -> [(&'static str, Seal); 2] {
    [("clear", Seal::CLEAR), ("sealed/sealed", ring().open(PASSPHRASE).unwrap())]
}

fn joined(operations: &[Arc<Kept>]) -> Vec<u8> {
    operations.iter().flat_map(|op| op.bytes.to_vec()).collect()
}

/// What a segment holds: its kind, what counts of the own segment before it, and each frame's first eight bytes and operations.
#[derive(Debug, PartialEq)]
struct Segment {
    kind: u8,
    before: (u32, u64),
    frames: Vec<(u64, Vec<u8>)>,
    /// It ends with a frame without payload.
    is_ended: bool,
}

/// What the journal of the release says, in the order of its files.
fn journal_says() -> Vec<Segment> {
    let all = golden_operations();
    let part = |draft: u64, from: usize, to: usize| (draft, joined(&all[from..to]));
    let own = |before, frames| Segment { kind: 1, before, frames, is_ended: false };
    let whole = |kind, frame| Segment { kind, before: (0, 0), frames: vec![frame], is_ended: true };
    vec![
        own((0, 0), vec![part(3, 0, 1), part(0, 1, 9), part(MERGED, 9, 10)]),
        whole(2, part(0, 10, 11)),
        whole(3, part(0, 11, 13)),
        own((1, 0), vec![part(0, 13, 15), part(0, 15, all.len())]),
    ]
}

/// Writes the journal of the release on a disk.
fn write_journal(disk: &Arc<dyn Disk>, folder: &Path) {
    let all = golden_operations();
    let mut journal = Journal::create(Arc::clone(disk), folder, DAY).unwrap();
    journal.append(NonZeroU64::new(3).map(DraftId), &joined(&all[..1])).unwrap();
    journal.append(None, &joined(&all[1..9])).unwrap();
    journal.sync().unwrap();
    journal.add_whole(WholeKind::Bundle, [Ok(joined(&all[9..10]))]).unwrap();
    let mut journal = journal.merging_below(0);
    journal.add_whole(WholeKind::Bundle, [Ok(joined(&all[10..11]))]).unwrap();
    journal.add_whole(WholeKind::Roster, [Ok(joined(&all[11..13]))]).unwrap();
    journal.append(None, &joined(&all[13..15])).unwrap();
    journal.append(None, &joined(&all[15..])).unwrap();
    journal.sync().unwrap();
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    bytes[at..at + N].try_into().unwrap()
}

/// Takes a segment apart as `docs/format.md` describes it.
fn take_apart(file: &[u8], seal: &Seal) -> Segment {
    assert_eq!((&file[..8], &file[8..10], file[11]), (b"ZOUFANG\x1a".as_slice(), [1, 0].as_slice(), 0));
    assert_eq!(crc32fast::hash(&file[..24]).to_le_bytes(), file[24..28]);
    let before = (u32::from_le_bytes(number(file, 12)), u64::from_le_bytes(number(file, 16)));
    let mut segment = Segment { kind: file[10], before, frames: Vec::new(), is_ended: false };
    let mut at = 28;
    while at < file.len() {
        assert!(!segment.is_ended, "a frame behind the last one");
        let (suite, key) = (file[at], u32::from_le_bytes(number(file, at + 1)));
        assert_eq!((suite, key), seal.id().map_or((0, 0), |id| (1, id)));
        let length = u32::from_le_bytes(number(file, at + 5)) as usize;
        let mut payload = file[at + 13..at + 13 + length].to_vec();
        let offset = (at as u64).to_le_bytes();
        let sum = crc32fast::hash(&[&offset, &file[at..at + 9], &payload].concat());
        assert_eq!(sum.to_le_bytes(), file[at + 9..at + 13], "the frame at {at}");
        assert!(seal.open(&[b"frame".as_slice(), &offset].concat(), &mut payload), "the frame at {at}");
        match payload.split_first_chunk::<8>() {
            Some((draft, operations)) => segment.frames.push((u64::from_le_bytes(*draft), operations.to_vec())),
            None => segment.is_ended = true,
        }
        at += 13 + length;
    }
    segment
}

/// A disk in memory with a folder of the release.
fn in_memory(folder: &str, seal: &Seal) -> FaultyDisk {
    let disk = FaultyDisk::sealed(seal.clone());
    for inside in ["", "journal"] {
        for entry in fs::read_dir(released(folder).join(inside)).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_file() {
                let name = entry.file_name().unwrap();
                disk.put(&Path::new("data").join(inside).join(name), fs::read(&entry).unwrap());
            }
        }
    }
    disk
}

#[test]
fn a_journal_of_the_first_release_says_frame_by_frame_what_it_said() {
    for (folder, seal) in folders() {
        let mut expected = journal_says();
        let files: Vec<Vec<u8>> =
            (1..=expected.len()).map(|number| golden(&format!("{folder}/journal/00000{number}.zfj"))).collect();
        // The last own segment says how long the one before it is.
        expected[3].before.1 = files[0].len() as u64;
        for (file, expected) in files.iter().zip(&expected) {
            assert_eq!(take_apart(file, &seal), *expected, "{folder}");
        }

        let disk = in_memory(folder, &seal);
        let (journal, opening) = Journal::open(Arc::new(disk.clone()), Path::new("data/journal"), DAY).unwrap();
        assert_eq!(
            (opening.findings.len(), opening.consumed.as_slice()),
            (0, &[DraftId(NonZeroU64::new(3).unwrap())][..])
        );
        let mut read = Vec::new();
        let said = journal.read_from(Position::START, &mut |frame| {
            let draft = frame.draft.map_or(0, |draft| draft.0.get());
            read.push((frame.at.segment, format!("{:?}", frame.kind), draft, frame.operations.to_vec()));
            Ok(())
        });
        assert!(said.unwrap().is_empty());
        let kinds = ["Own", "Own", "Bundle", "Bundle", "Roster", "Own", "Own"];
        let frames =
            expected.iter().zip(1..).flat_map(|(segment, at)| segment.frames.iter().map(move |frame| (at, frame)));
        let frames: Vec<_> = frames
            .zip(kinds)
            .map(|((at, (draft, operations)), kind)| (at, kind.to_owned(), *draft % MERGED, operations.clone()))
            .collect();
        assert_eq!(read, frames, "{folder}");
        for (number, file) in (1..).zip(files) {
            let name = format!("data/journal/00000{number}.zfj");
            assert_eq!(disk.bytes(Path::new(&name)).unwrap(), file, "{folder}: reading changes nothing");
        }
    }
}

#[test]
fn a_journal_in_the_clear_is_written_as_the_first_release_wrote_it() {
    let disk = FaultyDisk::default();
    let shared: Arc<dyn Disk> = Arc::new(disk.clone());
    write_journal(&shared, Path::new("j"));
    let mut names = disk.list(Path::new("j")).unwrap();
    names.sort();
    assert_eq!(names, ["000001.zfj", "000002.zfj", "000003.zfj", "000004.zfj"]);
    for name in names {
        assert_eq!(
            disk.bytes(&Path::new("j").join(&name)).unwrap(),
            golden(&format!("clear/journal/{name}")),
            "{name}"
        );
    }
}

/// What stands in the drafts of the release: a line being typed, and the timer of a visit.
fn draft() -> (DraftId, Draft) {
    let text = "村文化大院晚上不开门";
    let draft = Draft { place: b"visit".to_vec(), text: text.into(), cursor: 12, at: EVENING };
    (DraftId(NonZeroU64::new(4).unwrap()), draft)
}

const BEAT: (&str, &[u8]) = ("talk/1", &[0, 7, 255]);

/// Writes the drafts of the release: each of the five records is in them.
fn write_drafts(disk: &Arc<dyn Disk>, folder: &Path) {
    let (mut drafts, _) = Drafts::open(Arc::clone(disk), folder, Some(DAY), &[]);
    let (id, draft) = draft();
    let gone = DraftId(NonZeroU64::new(2).unwrap());
    drafts.put(gone, Draft { text: "记下了".into(), ..draft.clone() });
    drafts.beat("visit", b"over");
    drafts.flush().unwrap();
    drafts.consume(gone);
    drafts.end_beat("visit");
    drafts.put(id, draft);
    drafts.beat(BEAT.0, BEAT.1);
    drafts.flush().unwrap();
}

#[test]
fn drafts_of_the_first_release_are_there_and_are_written_so_again() {
    for (folder, seal) in folders() {
        let disk = in_memory(folder, &seal);
        let (mut drafts, said) = Drafts::open(Arc::new(disk), Path::new("data"), Some(DAY), &[]);
        assert!(said.is_empty(), "{folder}: {said:?}");
        let (id, draft) = draft();
        assert_eq!(drafts.drafts().collect::<Vec<_>>(), [(id, &draft)], "{folder}");
        assert_eq!(drafts.beats().collect::<Vec<_>>(), [BEAT], "{folder}");
        assert_eq!(drafts.new_id().0.get(), 5, "{folder}: no name is given twice");
        // The note beside them: how far they were saved, in which edition.
        let (file, end) = (golden(&format!("{folder}/drafts.log")), golden(&format!("{folder}/drafts.log.end")));
        assert_eq!((&end[..8], end.len()), (b"ZFDRAFTS".as_slice(), 28));
        assert_eq!((end[8..16].to_vec(), file[10]), (file[16..24].to_vec(), 4), "{folder}");
        assert_eq!(u64::from_le_bytes(number(&end, 16)), file.len() as u64, "{folder}");
        assert_eq!(crc32fast::hash(&end[..24]).to_le_bytes(), end[24..], "{folder}");
    }
    let disk = FaultyDisk::default();
    disk.create_dir(Path::new("d")).unwrap();
    write_drafts(&(Arc::new(disk.clone()) as Arc<dyn Disk>), Path::new("d"));
    for name in ["drafts.log", "drafts.log.end"] {
        assert_eq!(disk.bytes(&Path::new("d").join(name)).unwrap(), golden(&format!("clear/{name}")), "{name}");
    }
}

#[test]
fn a_key_ring_of_the_first_release_opens_by_its_passphrase_and_its_code() {
    let bytes = golden("sealed/keys.zfk");
    let ring = Keyring::decode(&bytes).unwrap();
    assert_eq!(ring.encode(), bytes);
    assert_eq!(golden("sealed/keys-copy.zfk"), bytes);
    assert_eq!((&bytes[..10], bytes.len()), (b"ZFKEYS\r\n\x01\x00".as_slice(), 206));
    assert_eq!(bytes[10..14], ring.id().to_le_bytes());
    assert_eq!([number(&bytes, 30), number(&bytes, 34), number(&bytes, 38)].map(u32::from_le_bytes), [16, 1, 1]);
    let keys: Vec<_> = [PASSPHRASE, &code()].map(|typed| ring.open(typed).unwrap().to_text()).into();
    assert_eq!(keys[0], keys[1]);
    assert!(ring.open("水井 核桃").is_err());
    // The number follows from the key.
    let key: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&keys[0][2 * at..2 * at + 2], 16).unwrap()).collect();
    assert_eq!(blake3::derive_key("zoufang 2021 key id", &key)[..4], bytes[10..14]);
}

fn sender() -> Writer {
    Writer {
        laptop: LAPTOP,
        code: "一组1".into(),
        group: "一组".into(),
        visitors: vec!["陈明".into(), "张锦秋".into()],
        program: "0.1.0".into(),
    }
}

fn names() -> Ranges {
    let mut names = Ranges::default();
    for op in golden_operations() {
        names.insert(op.operation.name);
    }
    names
}

fn knows() -> Ranges {
    let mut knows = names();
    knows.insert_range(77, 0, 411);
    knows
}

/// The bundles of the release: signed, locked with the campaign's key, and a backup under a passphrase.
fn manifests() -> [(&'static str, Manifest); 3] {
    let signer = Signer::from_text(SIGNING);
    let signed = Manifest {
        campaign: CAMPAIGN.into(),
        from: sender(),
        exported_ms: EVENING,
        knows: knows(),
        introductions: Introductions::default(),
        lock: Lock::Clear,
        signer,
    };
    let shared = Lock::Shared(Seal::from_text(CAMPAIGN_KEY).unwrap());
    let own = Lock::Own { seal: ring().open(PASSPHRASE).unwrap(), ring: ring().encode() };
    [
        ("shared.zfb", Manifest { lock: shared, ..signed.clone() }),
        ("backup.zfb", Manifest { lock: own, ..signed.clone() }),
        ("signed.zfb", signed),
    ]
}

fn handed_out(bundle: &Bundle, file: &[u8]) -> Vec<Vec<u8>> {
    let mut file = Cursor::new(file);
    let blocks = bundle.blocks(&mut file).map(Result::unwrap);
    blocks.flat_map(|block| block.operations().map(|(_, raw)| raw.to_vec()).collect::<Vec<_>>()).collect()
}

#[test]
fn bundles_of_the_first_release_say_who_wrote_and_signed_them_and_what_happened() {
    let keys = Keys::of([Seal::from_text(CAMPAIGN_KEY).unwrap(), ring().open(&code()).unwrap()]);
    let operations: Vec<Vec<u8>> = golden_operations().iter().map(|op| op.bytes.to_vec()).collect();
    let mut unsealed = None;
    for (name, manifest) in manifests() {
        let file = golden(name);
        let bundle = Bundle::read_with(&mut Cursor::new(&file), &keys).unwrap();
        let header = bundle.header();
        assert_eq!(
            (header.campaign.as_str(), &header.from, header.exported_ms),
            (CAMPAIGN, &sender(), EVENING),
            "{name}"
        );
        assert_eq!((&header.knows, header.operations, header.blocks), (&knows(), 21, 1), "{name}");
        assert_eq!(handed_out(&bundle, &file), operations, "{name}");
        let signer = bundle.signed_by().unwrap();
        assert_eq!(signer, manifest.signer.as_ref().unwrap().public(), "{name}");
        assert_eq!(signer.fingerprint(), "4382 9621 1472 6665", "{name}: as two people read it to each other");
        // One header, however it is locked.
        assert_eq!(*unsealed.get_or_insert_with(|| header.clone()), *header, "{name}");

        let mut again = Vec::new();
        let written = write(&manifest, || golden_operations().into_iter().map(|op| Ok(op.bytes.clone())), &mut again);
        assert_eq!(written.unwrap().header, *header, "{name}");
        assert_eq!(again[..15], file[..15], "{name}: magic, format, suite, key");
        if name == "signed.zfb" {
            let end = header.bytes().unwrap().len();
            assert_eq!(again[..end], file[..end], "the header in the clear");
        }
    }
    let none = |name: &str| Bundle::read(&mut Cursor::new(golden(name))).unwrap_err().kind;
    assert_eq!([none("shared.zfb"), none("backup.zfb")], ["bundle-sealed"; 2]);
    assert_eq!(ring_of(&mut Cursor::new(golden("backup.zfb"))).unwrap().unwrap(), ring().encode());
    assert!(Header::read(&mut Cursor::new(golden("signed.zfb")), &Keys::default()).is_ok());
}

fn device() -> Device {
    Device {
        laptop: LAPTOP,
        signing: SIGNING.into(),
        code: "一组1".into(),
        group: "一组".into(),
        visitors: vec!["陈明".into(), "张锦秋".into()],
        phones: BTreeMap::from([("陈明".into(), "13853301234".into())]),
        last_folder: Some("/media/usb".into()),
        exported: BTreeMap::from([("72623859790382856".into(), 20)]),
        exported_at: EVENING,
        began_at: EVENING - 86_400_000,
        backup: Some("/media/other".into()),
        lock_after: Some(5),
        ..Device::default()
    }
}

fn peers() -> Peers {
    let mut peers = Peers::default();
    let who = Writer {
        laptop: 9,
        code: "二组1".into(),
        program: String::new(),
        group: "二组".into(),
        visitors: vec!["张文彬".into()],
    };
    peers.note(&who, &knows(), EVENING);
    peers.note_key(9, Signer::from_text(SIGNING).unwrap().public());
    peers
}

/// What was said about lists of a shape: its columns by number, where its header stands, of which kind its households are.
fn shapes() -> (&'static str, Correction) {
    let columns =
        BTreeMap::from([("1".into(), "head".into()), ("3".into(), "phone".into()), ("4".into(), "none".into())]);
    ("9f2c", Correction { columns, header: Some(2), kind: Some("community".into()), ..Correction::default() })
}

/// A folder of the release where a program may write.
fn brought_back(home: &Path, name: &str) -> Place {
    let folder = home.join(format!("data-{}", fs::read_dir(home).unwrap().count()));
    copy(&released(name), &folder);
    Place::new(folder)
}

fn open(place: &Place) -> Keeper {
    let Opened { mut keeper, findings, .. } = place.open(Clock::machine()).unwrap();
    assert!(findings.is_empty(), "{findings:?}");
    keeper.fill().unwrap();
    keeper
}

/// Holds what is shown against what the operations of the release say: two households among it, one of a roster.
fn assert_shown(keeper: &Keeper) {
    let view = keeper.house().view();
    assert_eq!(records(view.as_ref()), records(&MemoryView::of(&golden_operations()).unwrap()));
    assert_eq!(keeper.house().count(), 2);
}

#[test]
fn a_data_folder_of_the_first_release_opens_with_all_that_is_in_it() {
    let home = tempfile::tempdir().unwrap();
    let [clear, one, other] = ["clear", "sealed", "sealed"].map(|name| brought_back(home.path(), name));
    assert_eq!(one.open(Clock::machine()).err().unwrap().kind, "locked");
    let places = [clear, one.unlock(PASSPHRASE).unwrap(), other.unlock(&code()).unwrap()];
    for place in places {
        assert_eq!(place.campaign_id(false), CAMPAIGN);
        assert_eq!(place.device().unwrap().unwrap(), device());
        assert_eq!(place.peers(), peers());
        let (shape, said) = shapes();
        assert_eq!(Corrections::read(place.disk.as_ref(), &place.home()).of(shape), Some(&said));
        let key = Seal::from_text(CAMPAIGN_KEY).unwrap().id();
        assert_eq!(place.campaign_key_number().unwrap(), key);
        let mut keeper = open(&place);
        assert_eq!(keeper.known(), names());
        assert_shown(&keeper);
        // It goes on from there: an export of today holds what was in it.
        let stick = home.path().join(format!("stick-{}", fs::read_dir(home.path()).unwrap().count()));
        fs::create_dir(&stick).unwrap();
        let exported = keeper.export(&stick, None).unwrap();
        assert_eq!((exported.operations, exported.missing), (21, 0));
    }
}

#[test]
fn bundles_and_backups_of_the_first_release_are_merged_and_restored() {
    let home = tempfile::tempdir().unwrap();
    let office = Place::new(home.path().join("office"));
    office
        .create(&Device { laptop: 21, visitors: vec!["办公室".into()], ..Device::default() }, &Clock::machine())
        .unwrap();
    let mut keeper = open(&office);
    let known = keeper.known().count();
    let refused = |keeper: &Keeper, name: &str| keeper.open_parcel(&released(name)).err().unwrap().kind;
    assert_eq!([refused(&keeper, "shared.zfb"), refused(&keeper, "backup.zfb")], ["bundle-sealed"; 2]);
    let (number, was_there) = office.take_campaign_key(CAMPAIGN, &released("campaign.zfkey")).unwrap();
    assert_eq!((Some(number), was_there), (Seal::from_text(CAMPAIGN_KEY).unwrap().id(), false));
    for (name, fresh) in [("shared.zfb", 21), ("signed.zfb", 0)] {
        let parcel = keeper.open_parcel(&released(name)).unwrap();
        assert_eq!(keeper.merge(parcel).unwrap().fresh, fresh, "{name}");
    }
    keeper.finish().unwrap();
    assert_eq!(keeper.known().count(), known + 21);
    assert_shown(&keeper);
    drop(keeper);

    let ring = backup_ring(&released("backup.zfb")).unwrap().unwrap();
    let seal = Place::open_ring(&ring, &code()).unwrap();
    let new = Place::new(home.path().join("new")).create_with(&ring, seal, &device(), &Clock::machine()).unwrap();
    let mut keeper = open(&new);
    let parcel = keeper.open_parcel(&released("backup.zfb")).unwrap();
    assert_eq!(keeper.merge(parcel).unwrap().fresh, 21);
    keeper.finish().unwrap();
    assert_shown(&keeper);
}

#[test]
#[ignore = "makes the files of a new format; released ones are never made again"]
fn make_the_released_files() {
    let home = released("");
    fs::create_dir(&home).unwrap();
    let clear = Place::new(home.join("clear"));
    let cost = Cost { memory: 16, passes: 1, lanes: 1 };
    let (ring, seal, code) = Keyring::new(PASSPHRASE, cost).unwrap();
    let sealed = home.join("sealed");
    fs::create_dir(&clear.folder).unwrap();
    fs::create_dir_all(sealed.join("sealed")).unwrap();
    for name in ["keys.zfk", "keys-copy.zfk"] {
        fs::write(sealed.join(name), ring.encode()).unwrap();
    }
    fs::write(home.join("code.txt"), code.groups().join(" ")).unwrap();
    let handed = clear.new_campaign_key(CAMPAIGN, &home.join("campaign.zfkey")).unwrap().0;
    let text = fs::read_to_string(&handed).unwrap();
    let seal_of_campaign = Seal::from_text(CAMPAIGN_KEY).unwrap();
    let line = |line: &str| match line.split_once(" = ") {
        Some(("key", _)) => format!("key = \"{CAMPAIGN_KEY}\"\n"),
        Some(("number", _)) => format!("number = {}\n", seal_of_campaign.id().unwrap()),
        _ => format!("{line}\n"),
    };
    fs::write(&handed, text.lines().map(line).collect::<String>()).unwrap();
    let sealed = Place { disk: Arc::new(SealedDisk::new(Arc::clone(&clear.disk), seal)), ..Place::new(sealed) };
    for place in [clear, sealed] {
        let _ = fs::remove_file(place.home().join("campaign-keys.toml"));
        place.take_campaign_key(CAMPAIGN, &handed).unwrap();
        device().write(&place.disk, &place.home()).unwrap();
        peers().write(&place.disk, &place.home()).unwrap();
        let (shape, said) = shapes();
        Corrections::remember(&place.home(), &place.disk, shape, &said).unwrap();
        write_journal(&place.disk, &place.journal_folder());
        write_drafts(&place.disk, &place.home());
    }
    for (name, manifest) in manifests() {
        let mut file = fs::File::create_new(home.join(name)).unwrap();
        write(&manifest, || golden_operations().into_iter().map(|op| Ok(op.bytes.clone())), &mut file).unwrap();
    }
}
