//! The journal and the drafts written once more on another disk, frame by frame: from a clear disk to a sealed one.
//!
//! Segments keep their numbers and kinds, frames their order; only offsets change. The new files count once somebody
//! says so, so none of them is made under another name first.

use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use crate::seal::Seal;
use crate::text::{Said, Trouble};

use super::disk::{AppendFile, Disk};
use super::failure::{CREATING, READING, SYNCING, WRITING, failure, newer, too_large};
use super::finding;
use super::frame::{self, Step, Walk};
use super::reader::{Reader, Segment};
use super::segment::{self, HEADER, Header, Kind, Position};

/// How much is written at once.
const PIECE: usize = 256 << 10;

/// Takes a payload and how many bytes it took in its file.
type Each<'a> = dyn FnMut(&[u8], u64) -> Result<(), Trouble> + 'a;

/// What was written once more.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rewritten {
    /// How many frames.
    pub frames: u64,
    /// A digest over the frames in their order: the same for the same frames, however they are stored.
    pub digest: [u8; 32],
    /// What could not be read, as when opening. The damaged file itself was set aside.
    pub findings: Vec<Said>,
}

/// A file of frames being written.
struct Out {
    file: Box<dyn AppendFile>,
    seal: Seal,
    bytes: Vec<u8>,
    /// With what still waits.
    length: u64,
}

impl Out {
    fn begin(disk: &dyn Disk, path: &Path, header: Header) -> Result<Self, Trouble> {
        let file = disk.create(path).map_err(|error| failure(CREATING, path, &error))?;
        Ok(Self { file, seal: disk.seal().clone(), bytes: header.encode(), length: HEADER as u64 })
    }

    fn put(&mut self, path: &Path, payload: &[u8]) -> Result<(), Trouble> {
        let before = self.bytes.len();
        frame::encode(&mut self.bytes, self.length, &[payload], &self.seal).map_err(|_| too_large())?;
        self.length += (self.bytes.len() - before) as u64;
        if self.bytes.len() >= PIECE {
            self.file.append(&self.bytes).map_err(|error| failure(WRITING, path, &error))?;
            self.bytes.clear();
        }
        Ok(())
    }

    fn end(mut self, path: &Path) -> Result<u64, Trouble> {
        let written = self.file.append(&self.bytes).and_then(|()| self.file.sync());
        written.map_err(|error| failure(SYNCING, path, &error))?;
        Ok(self.length)
    }
}

/// Writes a journal once more into a folder that has none. `go_on` hears how many bytes were read since, and stops it by
/// false; what was written then is of no use.
///
/// # Errors
/// The disk's failure; `stopped`.
pub fn rewrite(
    from: &Reader,
    disk: &Arc<dyn Disk>,
    dir: &Path,
    go_on: &mut dyn FnMut(u64) -> bool,
) -> Result<Rewritten, Trouble> {
    disk.create_dir(dir).map_err(|error| failure(CREATING, dir, &error))?;
    let mut done = Rewritten::default();
    let mut sum = blake3::Hasher::new();
    let mut own = Position::START;
    for segment in &from.segments {
        let is_own = segment.kind == Kind::Own;
        let before = if is_own { own } else { Position::START };
        let path = segment::path(dir, segment.number);
        let mut out = Out::begin(disk.as_ref(), &path, Header { kind: segment.kind, before })?;
        walk(from, segment, &mut done.findings, &mut |payload, read| {
            done.frames += 1;
            note(&mut sum, payload);
            out.put(&path, payload)?;
            if go_on(read) { Ok(()) } else { Err(stopped()) }
        })?;
        let length = out.end(&path)?;
        if is_own {
            own = Position { segment: segment.number, offset: length };
        }
    }
    disk.sync_dir(dir).map_err(|error| failure(SYNCING, dir, &error))?;
    done.digest = *sum.finalize().as_bytes();
    Ok(done)
}

/// Reads a journal through, as [`rewrite`] would: the same digest means the same frames.
///
/// # Errors
/// As [`rewrite`].
pub fn read_through(from: &Reader, go_on: &mut dyn FnMut(u64) -> bool) -> Result<Rewritten, Trouble> {
    let mut done = Rewritten::default();
    let mut sum = blake3::Hasher::new();
    for segment in &from.segments {
        walk(from, segment, &mut done.findings, &mut |payload, read| {
            done.frames += 1;
            note(&mut sum, payload);
            if go_on(read) { Ok(()) } else { Err(stopped()) }
        })?;
    }
    done.digest = *sum.finalize().as_bytes();
    Ok(done)
}

/// Copies a file of drafts from one disk to another; where there is none, nothing is made.
///
/// # Errors
/// The disk's failure. What cannot be read of drafts is left out, as when opening them.
pub fn copy_drafts(from: &dyn Disk, old: &Path, disk: &dyn Disk, new: &Path) -> Result<(), Trouble> {
    let Ok(length) = from.length(old) else { return Ok(()) };
    let file = from.read(old).map_err(|error| failure(READING, old, &error))?;
    let walked = Walk::new(BufReader::new(file), HEADER as u64, length, from.seal());
    let mut walked = walked.map_err(|error| failure(READING, old, &error))?;
    let mut out = Out::begin(disk, new, Header { kind: Kind::Drafts, before: Position::START })?;
    loop {
        match walked.step() {
            Step::Frame { .. } => out.put(new, walked.payload())?,
            Step::Gap { .. } => {}
            Step::Unknown => return Err(newer(&old.display().to_string())),
            Step::End => break,
        }
    }
    out.end(new).map(|_| ())
}

/// Copies a whole file from one disk to another, sealed there if that disk is.
///
/// # Errors
/// The disk's failure.
pub fn copy_file(from: &dyn Disk, old: &Path, disk: &Arc<dyn Disk>, new: &Path) -> Result<(), Trouble> {
    let read = from.read(old).and_then(|mut file| {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map(|_| bytes)
    });
    let bytes = read.map_err(|error| failure(READING, old, &error))?;
    super::settings::save(disk, new, &bytes)
}

fn note(sum: &mut blake3::Hasher, payload: &[u8]) {
    sum.update(&(payload.len() as u64).to_le_bytes()).update(payload);
}

fn walk(from: &Reader, segment: &Segment, findings: &mut Vec<Said>, each: &mut Each<'_>) -> Result<(), Trouble> {
    let mut walk = match from.walk(segment, 0) {
        Ok(walk) => walk,
        Err(error) => {
            let path = segment::path(&from.dir, segment.number);
            return Err(failure(READING, &path, &error));
        }
    };
    loop {
        match walk.step() {
            Step::Frame { at, next } => each(walk.payload(), next - at)?,
            Step::Gap { from: start, to } => {
                let copy = from.set_aside(segment.number);
                findings.push(finding::damaged(segment.number, start, to, copy.as_deref()));
            }
            Step::Unknown => return Err(newer(&segment::name(segment.number))),
            Step::End => break,
        }
    }
    // What cannot be read now may be whole: it must not be left behind.
    let path = segment::path(&from.dir, segment.number);
    walk.failure().map_or(Ok(()), |error| Err(failure(READING, &path, error)))
}

fn stopped() -> Trouble {
    Trouble::new("stopped", crate::text::t("停下了, 什么都没有改.", "stopped; nothing was changed."))
}
