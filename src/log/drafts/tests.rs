//! Drafts on a disk that fails, loses its power, or holds something else than was written.

use std::path::Path;
use std::sync::Arc;

use crate::text::Lang;

use super::{COMPACT, DRAFTS_FILE, Draft, Drafts};
use crate::log::DraftId;
use crate::log::disk::Disk;
use crate::log::disk_faulty::{Act, FaultyDisk};

fn open(disk: &FaultyDisk, consumed: &[DraftId]) -> (Drafts, usize) {
    disk.create_dir(Path::new("data")).unwrap();
    let (drafts, findings) = Drafts::open(Arc::new(disk.clone()), Path::new("data"), Some("2021-05-28"), consumed);
    (drafts, findings.len())
}

fn draft(text: &str) -> Draft {
    Draft { place: b"note".to_vec(), text: text.to_owned(), cursor: 1, at: 5 }
}

fn texts(drafts: &Drafts) -> Vec<&str> {
    drafts.drafts().map(|(_, draft)| draft.text.as_str()).collect()
}

#[test]
fn the_latest_text_is_there_again_and_consumed_drafts_are_not() {
    let disk = FaultyDisk::default();
    let (mut drafts, _) = open(&disk, &[]);
    let (one, two, three) = (drafts.new_id(), drafts.new_id(), drafts.new_id());
    drafts.put(one, draft("机井"));
    drafts.put(two, draft("校车"));
    drafts.put(three, draft("戏台"));
    drafts.beat("visit/1", b"19:42");
    drafts.flush().unwrap();
    drafts.put(one, draft("机井坏了"));
    drafts.beat("visit/1", b"19:43");
    drafts.consume(two);
    drafts.flush().unwrap();
    assert!(!drafts.is_changed());
    let (mut again, found) = open(&disk, &[three]);
    assert_eq!((texts(&again), found), (vec!["机井坏了"], 0));
    assert_eq!(again.beats().collect::<Vec<_>>(), [("visit/1", &b"19:43"[..])]);
    assert!(again.new_id() > three);
    again.end_beat("visit/1");
    again.flush().unwrap();
    let (again, _) = open(&disk, &[]);
    assert_eq!((texts(&again), again.beats().count()), (vec!["机井坏了"], 0));
}

#[test]
fn names_are_not_given_again_after_everything_was_consumed_and_compacted() {
    let disk = FaultyDisk::default();
    let (mut drafts, _) = open(&disk, &[]);
    let mut last = drafts.new_id();
    for turn in 0..600_u32 {
        last = drafts.new_id();
        drafts.put(last, draft(&"村".repeat(200)));
        drafts.flush().unwrap();
        drafts.consume(last);
        drafts.beat("turn", &turn.to_le_bytes());
        drafts.flush().unwrap();
    }
    let path = Path::new("data").join(DRAFTS_FILE);
    assert!(disk.length(&path).unwrap() <= COMPACT);
    assert!(open(&disk, &[]).0.new_id() > last);
}

#[test]
fn after_any_failure_the_next_flush_saves_everything() {
    for act in [Act::Open, Act::Write, Act::Sync, Act::Rename, Act::SyncDir, Act::Any] {
        for skip in 0..6 {
            let disk = FaultyDisk::default();
            let (mut drafts, _) = open(&disk, &[]);
            let id = drafts.new_id();
            disk.fail(act, skip, 1);
            for turn in 0..6 {
                drafts.put(id, draft(&turn.to_string()));
                let _ = drafts.flush();
            }
            disk.heal();
            drafts.flush().unwrap();
            let (again, found) = open(&disk, &[]);
            assert_eq!((texts(&again), found), (vec!["5"], 0), "{act:?} {skip}");
        }
    }
}

// It was taken for damage, and the next flush replaced the file.
#[test]
fn what_a_newer_program_wrote_is_left_alone_to_the_byte() {
    let disk = FaultyDisk::default();
    let (mut drafts, _) = open(&disk, &[]);
    let id = drafts.new_id();
    drafts.put(id, draft("机井"));
    drafts.flush().unwrap();
    let path = Path::new("data").join(DRAFTS_FILE);
    let sound = disk.bytes(&path).unwrap();
    // A frame of a suite that this program does not know, its crc right; and a file of a newer format.
    let payload = b"sealed";
    let (key, length) = (7_u32.to_le_bytes(), u32::try_from(payload.len()).unwrap().to_le_bytes());
    let mut sum = crc32fast::Hasher::new();
    for part in [&(sound.len() as u64).to_le_bytes()[..], &[1], &key, &length, payload] {
        sum.update(part);
    }
    let sum = sum.finalize().to_le_bytes();
    let sealed = [&sound[..], &[1], &key, &length, &sum, payload].concat();
    let mut newer_file = sound[..24].to_vec();
    newer_file[8] = 2;
    newer_file.extend(crc32fast::hash(&newer_file).to_le_bytes());
    for bytes in [sealed, newer_file] {
        disk.put(&path, bytes.clone());
        let (mut drafts, found) = open(&disk, &[]);
        assert_eq!(found, 1);
        let id = drafts.new_id();
        drafts.put(id, draft("校车"));
        for _ in 0..2 {
            assert_eq!(drafts.flush().unwrap_err().kind, "newer-format");
        }
        assert_eq!(disk.bytes(&path).unwrap(), bytes);
    }
}

#[test]
fn a_damaged_file_never_blocks_and_is_set_aside() {
    let disk = FaultyDisk::default();
    let (mut drafts, _) = open(&disk, &[]);
    let (one, two) = (drafts.new_id(), drafts.new_id());
    drafts.put(one, draft("机井"));
    drafts.flush().unwrap();
    drafts.put(two, draft("校车"));
    drafts.flush().unwrap();
    let path = Path::new("data").join(DRAFTS_FILE);
    let bytes = disk.bytes(&path).unwrap();
    for place in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[place] ^= 0x20;
        disk.put(&path, damaged.clone());
        let (mut left, found) = open(&disk, &[]);
        let torn = texts(&left) == ["机井"];
        assert_eq!(found, 1, "at {place}");
        assert!(!texts(&left).is_empty() && texts(&left).iter().all(|text| ["机井", "校车"].contains(text)));
        if !torn {
            let copy = Path::new("data/drafts.log.damaged-2021-05-28-1");
            assert_eq!(disk.bytes(copy).unwrap(), damaged);
            disk.remove(copy).unwrap();
        }
        let id = left.new_id();
        left.put(id, draft("戏台"));
        left.flush().unwrap();
        assert!(texts(&open(&disk, &[]).0).contains(&"戏台"));
    }
}

#[test]
fn a_torn_end_is_said_in_one_line_and_a_clean_one_not_at_all() {
    let disk = FaultyDisk::default();
    let (mut drafts, _) = open(&disk, &[]);
    let path = Path::new("data").join(DRAFTS_FILE);
    let mut ends = Vec::new();
    for text in ["机井", "校车", "戏台"] {
        let id = drafts.new_id();
        drafts.put(id, draft(text));
        drafts.flush().unwrap();
        ends.push(disk.bytes(&path).unwrap().len());
    }
    let bytes = disk.bytes(&path).unwrap();
    // As a power cut leaves it, that keeps no note of what it took.
    disk.remove(Path::new("data/drafts.log.end")).unwrap();
    for length in ends[0]..bytes.len() {
        let zeros = vec![0; bytes.len() - length];
        // What is not there, and what is there in its length only.
        for (end, least) in [(Vec::new(), 1), (zeros, 16)] {
            disk.put(&path, [&bytes[..length], &end].concat());
            let before = ends.iter().filter(|end| **end <= length).count();
            let (left, findings) = Drafts::open(Arc::new(disk.clone()), Path::new("data"), Some("2021-05-28"), &[]);
            assert_eq!(texts(&left), ["机井", "校车", "戏台"][..before], "cut to {length}");
            let said: Vec<String> = findings.iter().map(|said| said.say(Lang::Zh)).collect();
            let is_clean = end.is_empty() && ends.contains(&length);
            assert_eq!(said.len(), usize::from(!is_clean), "cut to {length}: {said:?}");
            if !is_clean && (end.is_empty() || end.len() >= least) {
                assert!(said[0].contains("没有写完") && said[0].contains("之前存下的都在"), "{said:?}");
                assert!(disk.length(Path::new("data/drafts.log.damaged-2021-05-28-1")).is_err(), "no copy of nothing");
            }
            let _ = disk.remove(Path::new("data/drafts.log.damaged-2021-05-28-1"));
        }
    }
}

#[test]
fn saved_records_that_are_gone_without_a_trace_are_found_out() {
    let disk = FaultyDisk::default();
    let path = Path::new("data").join(DRAFTS_FILE);
    let (mut drafts, _) = open(&disk, &[]);
    let mut images = Vec::new();
    for text in ["机井", "校车", "戏台"] {
        let id = drafts.new_id();
        drafts.put(id, draft(text));
        drafts.flush().unwrap();
        images.push(disk.bytes(&path).unwrap());
    }
    let said = |disk: &FaultyDisk| {
        let (_, findings) = Drafts::open(Arc::new(disk.clone()), Path::new("data"), Some("2021-05-28"), &[]);
        findings.iter().map(|said| said.say(Lang::Zh)).collect::<Vec<_>>()
    };
    assert_eq!(said(&disk), Vec::<String>::new());
    for earlier in [&images[1], &images[0]] {
        disk.put(&path, earlier.clone());
        let found = said(&disk);
        assert!(found.len() == 1 && found[0].contains("不是最后存下的样子"), "{found:?}");
        let copy = Path::new("data/drafts.log.damaged-2021-05-28-1");
        assert_eq!(&disk.bytes(copy).unwrap(), earlier);
        disk.remove(copy).unwrap();
    }
    // Said until something is saved again, and then no more.
    let (mut left, _) = open(&disk, &[]);
    assert_eq!(texts(&left), ["机井"]);
    let id = left.new_id();
    left.put(id, draft("自来水"));
    left.flush().unwrap();
    assert_eq!(said(&disk), Vec::<String>::new());
    // An earlier edition put back is as short as a cut one, however long it is.
    disk.put(&path, images[2].clone());
    assert_eq!(said(&disk).len(), 1);
    // A cut within what was saved is no torn end of the last second.
    let whole = images[2].clone();
    disk.put(&path, whole.clone());
    left = open(&disk, &[]).0;
    let id = left.new_id();
    left.put(id, draft("路灯"));
    left.flush().unwrap();
    let bytes = disk.bytes(&path).unwrap();
    disk.put(&path, bytes[..bytes.len() - 1].to_vec());
    assert!(said(&disk)[0].contains("有损坏"), "{:?}", said(&disk));
}

#[test]
fn a_note_that_a_power_cut_left_behind_or_kept_too_early_raises_no_alarm() {
    let disk = FaultyDisk::default();
    let note = Path::new("data/drafts.log.end");
    let (mut drafts, _) = open(&disk, &[]);
    let id = drafts.new_id();
    let mut notes = vec![Vec::new(), vec![0; 28]];
    // More than enough to be written anew in between.
    for turn in 0..40_u32 {
        drafts.put(id, draft(&format!("{turn} {}", "村".repeat(6_000))));
        drafts.flush().unwrap();
        notes.push(disk.bytes(note).unwrap());
    }
    for bytes in notes {
        disk.put(note, bytes);
        assert_eq!(open(&disk, &[]).1, 0);
    }
    disk.remove(note).unwrap();
    assert_eq!(open(&disk, &[]).1, 0);
}

#[test]
fn a_file_that_was_deleted_is_missed_where_the_journal_tells_of_its_drafts() {
    let disk = FaultyDisk::default();
    let (mut drafts, _) = open(&disk, &[]);
    let id = drafts.new_id();
    drafts.put(id, draft("机井"));
    drafts.flush().unwrap();
    disk.remove(&Path::new("data").join(DRAFTS_FILE)).unwrap();
    assert_eq!(open(&disk, &[]).1, 1, "the note beside it tells of it");
    disk.remove(Path::new("data/drafts.log.end")).unwrap();
    assert_eq!(open(&disk, &[]).1, 0, "a new campaign has none");
    let (mut left, found) = open(&disk, &[id]);
    assert_eq!(found, 1);
    left.flush().unwrap();
    assert_eq!(open(&disk, &[id]).1, 0, "said once");
}
