//! Witnesses: each backup holds chains over everything that was recorded until then. A journal that was altered or lost
//! something since, however right its own sums are, no longer says the same.

use std::collections::HashMap;
use std::io::BufReader;
use std::path::Path;

use super::backup;
use crate::app::{Device, Place};
use crate::domain::{Name, local};
use crate::exchange::{Bundle, Digest};
use crate::log::bytes;
use crate::text::{Said, t};

/// Holds the fullest backup of this laptop, the newest where several are, in each of its folders against what the journal holds. Gives the first broken
/// link of each, with how many records differ or are gone.
/// A backup that cannot be read bears no witness.
pub fn broken(place: &Place, journal: &HashMap<Name, Digest>) -> Vec<Said> {
    // Where the settings cannot be read nobody knows which backups are this laptop's.
    let Ok(Some(device)) = place.device() else { return Vec::new() };
    let folders = [Some(place.home().join(backup::FOLDER)), device.backup.clone()];
    let mut said = Vec::new();
    for folder in folders.into_iter().flatten() {
        said.extend(in_folder(place, &device, &folder, journal));
    }
    said
}

fn in_folder(place: &Place, device: &Device, folder: &Path, journal: &HashMap<Name, Digest>) -> Option<Said> {
    let keys = place.ours_as(device).keys;
    let found = backup::of_laptop(place.exports.as_ref(), folder, device.laptop, &keys);
    // The newest, unless a damaged journal made it hold less than one before.
    let file = found.into_iter().max_by_key(|kept| (kept.contains.count(), kept.made))?.path;
    let mut opened = BufReader::new(place.exports.read(&file).ok()?);
    let bundle = Bundle::read_with(&mut opened, &keys).ok()?;
    let differs = |(name, digest): &(Name, Digest)| journal.get(name) != Some(digest);
    let mut broken = bundle.digests().filter(differs);
    let (first, _) = broken.next()?;
    let count = 1 + broken.count();
    let gone = !journal.contains_key(&first);
    let mut whose = String::new();
    let mut at = String::new();
    for block in bundle.blocks(&mut opened).map_while(Result::ok) {
        let found = block.operations().find(|(name, _)| *name == first);
        if let Some(operation) = found.and_then(|(_, raw)| bytes::decode(raw).ok()) {
            whose = operation.operation.actor.to_string();
            let wall = operation.operation.wall_ms;
            at = format!("{} {}", local::day(wall), local::clock(wall));
            break;
        }
    }
    let text = if gone {
        t(
            "日志里少了备份 {file} 里有的 {n} 条, 第一条是 {who} {at} 记的 ({name}). 用 zoufang merge 合并这个备份就补回来.",
            "The journal lacks {n} {n:record|records} that the backup {file} holds, the first by {who} at {at} ({name}). “zoufang merge” of the backup brings them back.",
        )
    } else {
        t(
            "日志被改过: 和备份 {file} 有 {n} 条不一样, 第一条是 {who} {at} 记的 ({name}). 请把备份收好, 当面问清.",
            "The journal was altered: {n} {n:record|records} {n:differs|differ} from the backup {file}, the first by {who} at {at} ({name}). Keep the backup, and ask in person.",
        )
    };
    Some(
        text.with("file", file.display())
            .with("n", count)
            .with("who", crate::hanzi::clean::line(&whose))
            .with("at", at)
            .with("name", first),
    )
}
