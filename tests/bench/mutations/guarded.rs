//! What stands behind a sum: bundles, the journal, drafts, key rings, key files and settings. Changed bytes that still read as
//! something nobody wrote are a finding, unless the sums were made right on purpose.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use zoufang::domain::{Household, Issue, Line, Talk, Visit};
use zoufang::exchange::Bundle;
use zoufang::log::disk_faulty::FaultyDisk;
use zoufang::log::{Disk, Drafts, Journal, Position, bytes, settings};
use zoufang::seal::Keyring;
use zoufang::view::{MemoryView, View};

use super::sums;
use super::written::{self, Written};
use super::{Parser, Read};

/// Gives the parsers, with inputs that the program itself wrote.
pub fn parsers() -> Vec<Parser> {
    let Written { bundles, segments, operations, drafts, texts, rings, keys, device } = written::all();
    let whole = bundles.clone();
    let known: BTreeSet<Vec<u8>> = operations.into_iter().collect();
    let read_bundle = move |file: &[u8], mended: bool| read_bundle(file, mended, &whole);
    let read_segment = move |file: &[u8], mended: bool| read_segment(file, mended, &known);
    let read_drafts = move |file: &[u8], mended: bool| read_drafts(file, mended, &texts);
    let (own_rings, own_keys, own_device) = (rings.clone(), keys.clone(), device.clone());
    vec![
        Parser { name: "bundle", inputs: bundles, mend: Some(sums::bundle), read: Box::new(read_bundle) },
        Parser { name: "journal", inputs: segments, mend: Some(sums::frames), read: Box::new(read_segment) },
        Parser { name: "drafts", inputs: vec![drafts], mend: Some(sums::frames), read: Box::new(read_drafts) },
        Parser {
            name: "key-ring",
            inputs: rings,
            mend: Some(sums::at_the_end),
            read: Box::new(move |file, mended| match Keyring::decode(file) {
                Err(_) => Read::Refused,
                Ok(_) if mended || own_rings.iter().any(|own| own == file) => Read::Taken,
                Ok(_) => Read::Wrong("a changed key ring is taken for one".into()),
            }),
        },
        Parser {
            name: "key-file",
            inputs: keys,
            mend: None,
            read: Box::new(move |file, _| read_key_file(file, &own_keys)),
        },
        Parser {
            name: "settings",
            inputs: vec![device],
            mend: None,
            read: Box::new(move |file, _| read_settings(file, &own_device)),
        },
    ]
}

fn read_bundle(file: &[u8], mended: bool, whole: &[Vec<u8>]) -> Read {
    let Ok(bundle) = Bundle::read(&mut Cursor::new(file)) else { return Read::Refused };
    let is_whole = whole.iter().any(|whole| whole == file);
    if !is_whole && (!mended || bundle.signed_by().is_some()) {
        return Read::Wrong("a changed bundle is taken for a whole one".into());
    }
    let mut operations = Vec::new();
    for block in bundle.blocks(&mut Cursor::new(file)) {
        let Ok(block) = block else {
            return Read::Wrong("a verified bundle hands out a block that does not hold".into());
        };
        operations.extend(block.operations().map(|(_, bytes)| bytes.to_vec()));
    }
    show(&operations)
}

/// Shows operations as the program does; they may say anything.
fn show(operations: &[Vec<u8>]) -> Read {
    let kept: Vec<_> = operations.iter().filter_map(|one| bytes::decode_all(one).ok()).flatten().collect();
    let memory = MemoryView::of(&kept).expect("a fold in memory takes whatever there is");
    let shown = memory.each(&mut |record| {
        let _ = (Visit::read(&record), Talk::read(&record), Line::read(&record), Issue::read(&record));
        let _ = Household::read(&[record]);
        true
    });
    shown.expect("a view in memory is read through");
    Read::Taken
}

fn read_segment(file: &[u8], mended: bool, known: &BTreeSet<Vec<u8>>) -> Read {
    let disk = FaultyDisk::default();
    disk.put(Path::new("d/journal/000001.zfj"), file.to_vec());
    let Ok((journal, _)) = Journal::open(Arc::new(disk), Path::new("d/journal"), "2021-05-28") else {
        return Read::Refused;
    };
    let mut operations = Vec::new();
    let read = journal.read_from(Position::START, &mut |frame| {
        let mut rest = frame.operations;
        while let Ok((one, tail)) = bytes::split(rest) {
            operations.push(one.to_vec());
            rest = tail;
            if rest.is_empty() {
                break;
            }
        }
        Ok(())
    });
    if read.is_err() {
        return Read::Refused;
    }
    if !mended && operations.iter().any(|one| !known.contains(one)) {
        return Read::Wrong("the journal hands out an operation that nobody wrote".into());
    }
    show(&operations)
}

fn read_drafts(file: &[u8], mended: bool, texts: &BTreeSet<String>) -> Read {
    let disk = FaultyDisk::default();
    disk.put(Path::new("d/drafts.log"), file.to_vec());
    let (mut drafts, findings) = Drafts::open(Arc::new(disk.clone()), Path::new("d"), Some("2021-05-28"), &[]);
    let strange = drafts.drafts().any(|(_, draft)| !texts.contains(&draft.text));
    if strange && !mended {
        return Read::Wrong("a draft that nobody typed".into());
    }
    // Whatever was there, what is typed now is saved, unless a newer program wrote the file.
    let id = drafts.new_id();
    drafts.put(id, zoufang::log::Draft { place: b"visit".to_vec(), text: "接着打".into(), cursor: 0, at: 0 });
    match drafts.flush() {
        Err(trouble) if trouble.kind != "newer-format" => Read::Wrong(format!("nothing more is saved: {trouble}")),
        Ok(()) if findings.is_empty() => Read::Taken,
        _ => Read::Refused,
    }
}

fn read_key_file(file: &[u8], own: &[Vec<u8>]) -> Read {
    let place = written::empty_place();
    let path = place.folder.join("given.zfkey");
    std::fs::write(&path, file).unwrap();
    let _ = std::fs::remove_file(place.home().join("campaign-keys.toml"));
    let taken = place.take_campaign_key(&place.campaign_id(false), &path);
    let numbers: Vec<u32> = own.iter().filter_map(|own| written::number_of(own)).collect();
    match taken {
        Err(_) => Read::Refused,
        Ok((number, _)) if numbers.contains(&number) => Read::Taken,
        // One that lost its number too may be an older program's.
        Ok(_) if written::says_no_number(file) => Read::Taken,
        Ok((number, _)) => Read::Wrong(format!("a key that nobody made: {number}")),
    }
}

/// A changed file is refused, or said to be changed, or means what it meant. One that lost both marks may be anybody's.
fn read_settings(file: &[u8], own: &[u8]) -> Read {
    let disk = FaultyDisk::default();
    let path = Path::new("d/device.toml");
    disk.put(path, file.to_vec());
    let Ok(Some(found)) = settings::find_text(&disk as &dyn Disk, path) else { return Read::Refused };
    let Ok(table) = toml::from_str::<toml::Table>(&found.text) else { return Read::Refused };
    let meant: toml::Table = toml::from_str(std::str::from_utf8(own).unwrap()).unwrap();
    if !found.is_changed && table != meant && found.text.starts_with("# 走访 (zoufang)") {
        return Read::Wrong("changed settings are taken for what the program wrote".into());
    }
    if found.is_changed { Read::Refused } else { Read::Taken }
}
