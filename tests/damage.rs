//! Damaged journals: any byte changed, any file cut short or gone. All that is whole is read back, the rest is reported,
//! and nothing is ever read wrong.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use zoufang::log::disk_faulty::FaultyDisk;
use zoufang::log::{Disk, FolderLock, Journal, Position, RealDisk, WholeKind};
use zoufang::seal::Seal;
use zoufang::text::{Lang, Said};

use crate::power::{DAY, both_ways, is_part, open, read_as};

const DIR: &str = "data/journal";
const HEADER: u64 = 28;

/// One frame: its file, where it begins and ends, and the numbers of its operations.
struct Place {
    file: PathBuf,
    from: u64,
    to: u64,
    numbers: Vec<u64>,
}

/// Stands in for an operation: so short that every byte of a journal can be damaged in turn.
fn operation(number: u64) -> Vec<u8> {
    [&number.to_le_bytes()[..], &[0; 4]].concat()
}

fn numbers(payload: &[u8]) -> Vec<u64> {
    let (all, rest) = payload.as_chunks::<12>();
    assert!(rest.is_empty() && all.iter().all(|one| one[8..] == [0; 4]), "a payload was changed");
    all.iter().map(|one| u64::from_le_bytes(one[..8].try_into().unwrap())).collect()
}

fn read(journal: &Journal) -> (Vec<u64>, Vec<Said>) {
    read_as(journal, numbers)
}

/// A journal of three own segments with a bundle and a roster between them, and a small bundle in the last one.
fn journal(seal: &Seal) -> (FaultyDisk, Vec<Place>) {
    let disk = FaultyDisk::sealed(seal.clone());
    let roll = 150 + 3 * seal.extra() as u64;
    let mut journal = Journal::create(Arc::new(disk.clone()), Path::new(DIR), DAY).unwrap().rolling_at(roll);
    let mut number = 0..;
    let mut next = || operation(number.next().unwrap());
    for turn in 0..3 {
        for _ in 0..3 {
            journal.append(None, &next()).unwrap();
            journal.sync().unwrap();
        }
        let (kind, few) = [(WholeKind::Bundle, 0), (WholeKind::Roster, 100), (WholeKind::Bundle, 100)][turn];
        journal = journal.merging_below(few);
        journal.add_whole(kind, [Ok(next()), Ok(next())]).unwrap();
    }
    let mut places = Vec::new();
    let said = journal.read_from(Position::START, &mut |frame| {
        let file = Path::new(DIR).join(format!("{:06}.zfj", frame.at.segment));
        let (from, to) = (frame.at.offset, frame.next.offset);
        places.push(Place { file, from, to, numbers: numbers(frame.operations) });
        Ok(())
    });
    assert!(said.unwrap().is_empty());
    (disk, places)
}

fn files(disk: &FaultyDisk) -> Vec<PathBuf> {
    let mut names = disk.list(Path::new(DIR)).unwrap();
    names.sort();
    names.iter().map(|name| Path::new(DIR).join(name)).collect()
}

/// The same files on a disk of its own.
fn copy(disk: &FaultyDisk) -> FaultyDisk {
    let copy = FaultyDisk::sealed(disk.seal().clone());
    for file in files(disk) {
        copy.put(&file, disk.bytes(&file).unwrap());
    }
    copy
}

fn untouched(places: &[Place], touched: impl Fn(&Place) -> bool) -> Vec<u64> {
    places.iter().filter(|place| !touched(place)).flat_map(|place| place.numbers.clone()).collect()
}

#[test]
fn any_changed_byte_costs_its_frame_and_is_reported() {
    for seal in both_ways() {
        let (disk, places) = journal(&seal);
        for file in files(&disk) {
            let bytes = disk.bytes(&file).unwrap();
            for at in 0..bytes.len() {
                for flip in [0x01, 0x80, 0xff] {
                    let about = format!("{} byte {at} ^ {flip}", file.display());
                    let damaged = copy(&disk);
                    let mut changed = bytes.clone();
                    changed[at] ^= flip;
                    damaged.put(&file, changed.clone());
                    let (mut journal, opening) = open(&damaged).unwrap();
                    let (found, said) = read(&journal);
                    let offset = at as u64;
                    let touched = |place: &Place| place.file == file && (place.from..place.to).contains(&offset);
                    assert_eq!(found, untouched(&places, touched), "{about}");
                    assert!(!opening.findings.is_empty() || !said.is_empty(), "{about}: nothing was said");
                    if offset >= HEADER {
                        let kept = files(&damaged).into_iter().filter(|other| {
                            let name = other.to_str().unwrap();
                            name.contains(".damaged-2021-05-28") || name.contains(".tail-2021-05-28")
                        });
                        let ends = kept.map(|copy| damaged.bytes(&copy).unwrap()).any(|copy| changed.ends_with(&copy));
                        assert!(ends, "{about}: no copy was kept");
                    }
                    journal.append(None, &operation(99)).unwrap();
                    journal.sync().unwrap();
                    let after = read(&open(&damaged).unwrap().0).0;
                    assert_eq!(after, [found, vec![99]].concat(), "{about}: after going on");
                }
            }
        }
    }
}

#[test]
fn a_file_cut_short_anywhere_costs_its_end_and_is_reported() {
    for seal in both_ways() {
        let (disk, places) = journal(&seal);
        let last = files(&disk).pop().unwrap();
        for file in files(&disk) {
            let bytes = disk.bytes(&file).unwrap();
            for length in 0..bytes.len() {
                let about = format!("{} cut to {length}", file.display());
                let damaged = copy(&disk);
                damaged.put(&file, bytes[..length].to_vec());
                let (journal, opening) = open(&damaged).unwrap();
                let (found, said) = read(&journal);
                let touched = |place: &Place| place.file == file && place.to > length as u64;
                assert_eq!(found, untouched(&places, touched), "{about}");
                // The last own segment may really have ended there; every other file says how it ends.
                let ends = places.iter().any(|place| place.to == length as u64) || length as u64 == HEADER;
                let silent = opening.findings.is_empty() && said.is_empty();
                assert!(!silent || file == last && ends, "{about}: nothing was said");
            }
        }
    }
}

#[test]
fn a_missing_file_is_named_and_the_rest_is_read() {
    for seal in both_ways() {
        let (disk, places) = journal(&seal);
        let all = files(&disk);
        for file in &all[..all.len() - 1] {
            let damaged = copy(&disk);
            damaged.remove(file).unwrap();
            let (journal, opening) = open(&damaged).unwrap();
            assert_eq!(read(&journal).0, untouched(&places, |place| place.file == *file));
            let name = file.file_name().unwrap().to_str().unwrap();
            assert!(opening.findings.iter().any(|said| said.say(Lang::Zh).contains(name)), "{name}");
        }
    }
}

#[test]
fn many_random_changes_at_once_never_make_a_wrong_record() {
    for seal in both_ways() {
        let (disk, places) = journal(&seal);
        let all: Vec<u64> = untouched(&places, |_| false);
        let mut chance = zoufang::log::disk_faulty::Chance(5);
        for _ in 0..2_000 {
            let damaged = copy(&disk);
            for file in files(&disk) {
                let mut bytes = disk.bytes(&file).unwrap();
                for _ in 0..chance.below(4) {
                    let (at, length) = (chance.below(bytes.len()), chance.below(40));
                    match chance.below(3) {
                        0 => bytes.iter_mut().skip(at).take(length).for_each(|byte| *byte = 0),
                        1 => drop(bytes.drain(at..(at + length).min(bytes.len()))),
                        _ => {
                            let piece = bytes[at..(at + length).min(bytes.len())].to_vec();
                            bytes.splice(at..at, piece);
                        }
                    }
                }
                damaged.put(&file, bytes);
            }
            let (journal, _) = open(&damaged).unwrap();
            let found = read(&journal).0;
            assert!(is_part(&found, &all), "{found:?}");
        }
    }
}

#[test]
fn a_reader_changes_nothing_and_sees_what_is_whole() {
    let (disk, places) = journal(&Seal::CLEAR);
    let last = files(&disk).pop().unwrap();
    let bytes = disk.bytes(&last).unwrap();
    disk.put(&last, [&bytes[..], &bytes[28..50]].concat());
    let moments = disk.moments();
    let (reader, opening) = Journal::read_only(Arc::new(disk.clone()), Path::new(DIR)).unwrap();
    let mut count = 0;
    let said = reader.read_from(Position::START, &mut |_| {
        count += 1;
        Ok(())
    });
    assert_eq!((count, opening.unfinished, disk.moments()), (places.len(), 22, moments));
    assert!(opening.findings.is_empty() && said.unwrap().is_empty());
}

#[test]
fn reading_goes_on_from_any_frame_and_an_unknown_place_is_said() {
    for seal in both_ways() {
        let (disk, _) = journal(&seal);
        let (journal, _) = open(&disk).unwrap();
        let mut places = vec![];
        journal
            .read_from(Position::START, &mut |frame| {
                places.push(frame.next);
                Ok(())
            })
            .unwrap();
        for (index, place) in places.iter().enumerate() {
            let mut rest = 0;
            let said = journal
                .read_from(*place, &mut |_| {
                    rest += 1;
                    Ok(())
                })
                .unwrap();
            assert_eq!((rest, said.len()), (places.len() - 1 - index, 0));
        }
        let end = journal.end();
        for beyond in [Position { offset: end.offset + 1, ..end }, Position { segment: end.segment + 1, offset: 28 }] {
            assert_eq!(journal.read_from(beyond, &mut |_| Ok(())).unwrap_err().kind, "position-unknown");
        }
    }
}

#[test]
fn a_newer_programs_journal_is_left_alone() {
    for seal in both_ways() {
        let (disk, _) = journal(&seal);
        let last = files(&disk).pop().unwrap();
        let mut bytes = disk.bytes(&last).unwrap();
        bytes[8] = 2;
        let sum = crc32fast::hash(&bytes[..24]);
        bytes[24..28].copy_from_slice(&sum.to_le_bytes());
        disk.put(&last, bytes);
        let moments = disk.moments();
        assert_eq!(open(&disk).err().unwrap().kind, "newer-format");
        assert_eq!(disk.moments(), moments);
    }
}

#[test]
fn a_missing_journal_is_a_question_and_an_existing_one_is_not_overwritten() {
    let disk = FaultyDisk::default();
    assert_eq!(open(&disk).err().unwrap().kind, "no-journal");
    disk.create_dir(Path::new(DIR)).unwrap();
    assert_eq!(open(&disk).err().unwrap().kind, "no-journal");
    let (disk, _) = journal(&Seal::CLEAR);
    let again = Journal::create(Arc::new(disk), Path::new(DIR), DAY);
    assert_eq!(again.err().unwrap().kind, "journal-exists");
}

#[test]
fn the_real_disk_keeps_a_journal_behind_one_lock() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("journal");
    let lock = FolderLock::take(&RealDisk, home.path()).unwrap();
    assert_eq!(FolderLock::take(&RealDisk, home.path()).err().unwrap().kind, "already-open");
    let mut journal = Journal::create(Arc::new(RealDisk), &dir, DAY).unwrap().rolling_at(200);
    for number in 0..20 {
        journal.append(None, &operation(number)).unwrap();
    }
    journal.sync().unwrap();
    // The name is taken by the first of two that are written at the same time.
    let (mut late, mut early) = (journal.begin_whole(WholeKind::Bundle), journal.begin_whole(WholeKind::Roster));
    late.put(&operation(22)).unwrap();
    early.put(&operation(20)).unwrap();
    journal.add(early.finish().unwrap()).unwrap();
    journal.append(None, &operation(21)).unwrap();
    journal.add(late.finish().unwrap()).unwrap();
    drop(journal.begin_whole(WholeKind::Bundle));
    drop((journal, lock));
    let _lock = FolderLock::take(&RealDisk, home.path()).unwrap();
    let (journal, opening) = Journal::open(Arc::new(RealDisk), &dir, DAY).unwrap();
    assert_eq!(read(&journal).0, (0..23).collect::<Vec<_>>());
    assert!(opening.findings.is_empty());
    assert!(
        RealDisk.list(&dir).unwrap().iter().all(|name| Path::new(name).extension().is_some_and(|end| end == "zfj"))
    );
}

#[test]
fn what_somebody_altered_without_the_key_is_damage_however_right_its_sums_are() {
    let [_, seal] = both_ways();
    let (disk, places) = journal(&seal);
    for place in &places {
        let altered = copy(&disk);
        let mut bytes = disk.bytes(&place.file).unwrap();
        let (from, to) = (usize::try_from(place.from).unwrap(), usize::try_from(place.to).unwrap());
        bytes[to - 20] ^= 1;
        let mut sum = crc32fast::Hasher::new();
        sum.update(&place.from.to_le_bytes());
        sum.update(&bytes[from..from + 9]);
        sum.update(&bytes[from + 13..to]);
        bytes[from + 9..from + 13].copy_from_slice(&sum.finalize().to_le_bytes());
        altered.put(&place.file, bytes);
        let (journal, opening) = open(&altered).unwrap();
        let (found, said) = read(&journal);
        assert_eq!(found, untouched(&places, |other| std::ptr::eq(other, place)));
        assert!(!opening.findings.is_empty() || !said.is_empty());
    }
}

#[test]
fn without_the_key_or_with_another_one_nothing_is_read_and_nothing_touched() {
    let [clear, seal] = both_ways();
    let [_, other] = both_ways();
    let (disk, _) = journal(&seal);
    for wrong in [clear, other] {
        let tried = FaultyDisk::sealed(wrong);
        for file in files(&disk) {
            tried.put(&file, disk.bytes(&file).unwrap());
        }
        let moments = tried.moments();
        assert_eq!(open(&tried).err().unwrap().kind, "newer-format");
        assert_eq!(tried.moments(), moments);
    }
}
