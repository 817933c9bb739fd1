//! Sets damaged bytes aside as a dated copy before anything is cut. A copy that cannot be made stops nothing.

use std::io::{BufReader, Read, SeekFrom};
use std::path::Path;

use super::disk::Disk;
use super::segment;

/// Copies a damaged segment of a folder, unless there is a copy of it already; gives the copy's name, or none where it could not be
/// written. Without a `day` nothing may be.
pub(crate) fn damaged(disk: &dyn Disk, dir: &Path, day: Option<&str>, number: u32) -> Option<String> {
    let path = segment::path(dir, number);
    let beginning = format!("{}.damaged-", segment::name(number));
    let length = disk.length(&path).ok()?;
    let is_copy = |name: &String| name.starts_with(&beginning) && disk.length(&dir.join(name)).ok() == Some(length);
    // The oldest copy is the best: damage grows.
    if let Some(there) = disk.list(dir).unwrap_or_default().into_iter().filter(is_copy).min() {
        return Some(there);
    }
    let name = format!("{beginning}{}", day?);
    let copy = dir.join(&name);
    (disk.length(&copy).is_ok() || self::copy(disk, &path, 0, &copy)).then_some(name)
}

/// Copies the end of a segment that is about to be cut off, unless it is all zeros.
pub(crate) fn tail(disk: &dyn Disk, dir: &Path, day: &str, number: u32, from: u64) -> Option<String> {
    let path = segment::path(dir, number);
    let mut file = disk.read(&path).ok()?;
    file.seek(SeekFrom::Start(from)).ok()?;
    if BufReader::new(file).bytes().take_while(Result::is_ok).flatten().all(|byte| byte == 0) {
        return None;
    }
    let name = |count: u32| format!("{}.tail-{day}-{count}", segment::name(number));
    let name = (1..100).map(name).find(|name| disk.length(&dir.join(name)).is_err())?;
    copy(disk, &path, from, &dir.join(&name)).then_some(name)
}

/// Copies a file from an offset on to a new one; half a copy is removed again.
pub(crate) fn copy(disk: &dyn Disk, path: &Path, from: u64, to: &Path) -> bool {
    let Ok(mut out) = disk.create(to) else { return false };
    let written = disk.read(path).and_then(|mut file| {
        file.seek(SeekFrom::Start(from))?;
        let mut piece = Vec::new();
        while file.by_ref().take(1 << 20).read_to_end(&mut piece)? > 0 {
            out.append(&piece)?;
            piece.clear();
        }
        out.sync()
    });
    drop(out);
    if written.is_err() {
        let _ = disk.remove(to);
    }
    written.is_ok()
}
