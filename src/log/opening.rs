//! Opens a journal: which segments there are, how many of their bytes count, and what a power cut left at the end.
//!
//! Only headers, ends and the last own frames are looked at, so opening costs a look at each file and not what is in them; the
//! rest is checked whenever it is read.

use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::text::{Said, Trouble, t};

use super::disk::Disk;
use super::failure::{READING, failure, newer};
use super::frame::{self, Step, Walk};
use super::payload::{DraftId, Payload};
use super::reader::{Reader, Segment};
use super::segment::{self, BadHeader, HEADER, Header, Kind, Position};
use super::temp::ENDING;
use super::torn::Torn;
use super::{aside, finding};

/// How many bytes of own frames are searched for consumed drafts: some thousand actions, far more than can be written
/// before the drafts themselves are saved again.
const RECENT: u64 = 256 << 10;

/// Tells what was met at opening.
#[derive(Debug, Default)]
pub struct Opening {
    /// What was found wrong, and what was done about it.
    pub findings: Vec<Said>,
    /// The drafts that the latest own actions consumed; see [`super::Drafts::open`].
    pub consumed: Vec<DraftId>,
    /// Bytes at the end that are no whole frame and were left alone, because nothing may be written: a record that is
    /// being written at this moment, or one that a power cut interrupted.
    pub unfinished: u64,
}

/// A reader, what it met, and whether the last own segment may be appended to.
pub(crate) struct Opened {
    pub reader: Reader,
    pub opening: Opening,
    pub goes_on: bool,
}

/// One segment file as found, before it is decided how much of it counts.
struct Seen {
    number: u32,
    length: u64,
    header: Option<Header>,
    /// Its length and header could be read, whatever they are.
    readable: bool,
}

impl Seen {
    /// A file whose making was interrupted: nothing was ever acknowledged in it.
    fn unborn(&self) -> bool {
        self.readable && self.header.is_none() && self.length <= HEADER as u64
    }

    fn is_own(&self) -> bool {
        self.header.is_none_or(|header| header.kind == Kind::Own)
    }
}

/// Opens the journal in a folder; without a `day` nothing at all is written.
pub(crate) fn open(disk: Arc<dyn Disk>, dir: PathBuf, day: Option<String>) -> Result<Opened, Trouble> {
    let names = list(disk.as_ref(), &dir)?;
    if day.is_some() {
        // A whole segment that was never finished.
        for name in names.iter().filter(|name| name.ends_with(ENDING)) {
            let _ = disk.remove(&dir.join(name));
        }
    }
    let mut numbers: Vec<u32> = names.iter().filter_map(|name| segment::number(name)).collect();
    numbers.sort_unstable();
    if numbers.is_empty() {
        return Err(no_journal(&dir));
    }
    let mut opening = Opening::default();
    let mut found = Vec::new();
    let mut seen = Vec::new();
    for number in numbers {
        seen.push(look(disk.as_ref(), &dir, number, &mut found)?);
    }
    let unborn = seen.pop_if(|last| last.unborn()).filter(|_| day.is_some());
    if let Some(unborn) = unborn {
        let _ = disk.remove(&segment::path(&dir, unborn.number));
        opening.findings.push(finding::begun(unborn.number));
    }
    let segments = judge(disk.as_ref(), &dir, &seen, &mut found);
    let lost = !found.is_empty();
    opening.findings.extend(found);
    let mut reader = Reader { disk, dir, segments, day, lost, torn: None };
    let goes_on = look_back(&mut reader, &seen, &mut opening)?;
    Ok(Opened { reader, opening, goes_on })
}

/// Lists the journal's folder; a folder that is missing is a question for the caller, not a new journal.
pub(crate) fn list(disk: &dyn Disk, dir: &Path) -> Result<Vec<String>, Trouble> {
    disk.list(dir).map_err(|error| match error.kind() {
        ErrorKind::NotFound => no_journal(dir),
        _ => failure(READING, dir, &error),
    })
}

fn no_journal(dir: &Path) -> Trouble {
    let said = t("{dir} 里没有日志.", "There is no journal in {dir}.").with("dir", dir.display());
    Trouble::new("no-journal", said).hint(t(
        "如果以前用过, 请检查数据文件夹是否被移动, 或从备份恢复; 第一次用请先设置.",
        "If it was used before, check whether the data folder was moved, or restore a backup; otherwise set it up first.",
    ))
}

fn look(disk: &dyn Disk, dir: &Path, number: u32, findings: &mut Vec<Said>) -> Result<Seen, Trouble> {
    let path = segment::path(dir, number);
    let begin = |length: u64| -> io::Result<(u64, Vec<u8>)> {
        let mut bytes = Vec::new();
        disk.read(&path)?.take(HEADER as u64).read_to_end(&mut bytes)?;
        Ok((length, bytes))
    };
    let (length, header, readable) = match disk.length(&path).and_then(begin) {
        Ok((length, bytes)) => match Header::decode(&bytes) {
            Ok(header) => (length, Some(header), true),
            Err(BadHeader::Damaged) => (length, None, true),
            Err(BadHeader::Newer) => return Err(newer(&segment::name(number))),
        },
        Err(error) => {
            findings.push(finding::unreadable(number, &error));
            (disk.length(&path).unwrap_or(0), None, false)
        }
    };
    Ok(Seen { number, length, header, readable })
}

/// Decides how much of each segment counts, from what the other files say about it.
fn judge(disk: &dyn Disk, dir: &Path, seen: &[Seen], findings: &mut Vec<Said>) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut expected = 1;
    for one in seen {
        findings.extend((expected..one.number).map(finding::missing));
        expected = one.number.saturating_add(1);
        let said = seen.iter().filter_map(|other| other.header.filter(|header| header.kind == Kind::Own));
        let told = said.map(|header| header.before).find(|before| before.segment == one.number);
        let end = told.map_or(one.length, |before| before.offset.min(one.length));
        let kind = one.header.map_or(Kind::Own, |header| header.kind);
        if let Some(before) = told.filter(|before| before.offset > one.length) {
            findings.push(finding::short(one.number, one.length, before.offset));
        } else if one.unborn() {
            findings.push(finding::emptied(one.number));
        } else if one.header.is_none() && one.readable {
            findings.push(finding::header_damaged(one.number));
        } else if kind != Kind::Own && !ends_whole(disk, &segment::path(dir, one.number), end) {
            findings.push(finding::incomplete(one.number));
        }
        segments.push(Segment { number: one.number, kind, end });
    }
    segments
}

/// Tells whether a whole segment ends with its empty frame.
fn ends_whole(disk: &dyn Disk, path: &Path, end: u64) -> bool {
    let last = frame::size(0, disk.seal()) as u64;
    let Some(at) = end.checked_sub(last).filter(|at| *at >= HEADER as u64) else { return false };
    let walk = disk.read(path).and_then(|file| Walk::new(file, at, end, disk.seal()));
    walk.is_ok_and(|mut walk| walk.step() == Step::Frame { at, next: end } && walk.payload().is_empty())
}

/// Reads the latest own frames for the drafts they consumed, and mends the end of the last own segment.
fn look_back(reader: &mut Reader, seen: &[Seen], opening: &mut Opening) -> Result<bool, Trouble> {
    let mut goes_on = false;
    let mut covered = 0;
    let mut last = true;
    for (index, one) in seen.iter().enumerate().rev().filter(|(_, one)| one.is_own()) {
        let Some(segment) = reader.segments.get(index).cloned() else { continue };
        let tail = read_tail(reader, &segment, opening)?;
        reader.lost |= !tail.sound;
        if last && tail.torn > 0 {
            look_at_torn(reader, &segment, &tail);
        }
        if last {
            let whole = one.header.is_some() && tail.sound;
            let mended = mend(reader, &segment, &tail, whole, opening);
            goes_on = mended && index + 1 == seen.len();
            if let Some(segment) = reader.segments.get_mut(index) {
                segment.end = tail.end;
            }
        }
        last = false;
        covered += segment.end;
        if covered >= RECENT {
            break;
        }
    }
    Ok(goes_on)
}

struct Tail {
    /// The end of the last whole frame.
    end: u64,
    /// Neither a gap before that end nor a failing disk.
    sound: bool,
    /// Bytes of no use behind it.
    torn: u64,
}

fn read_tail(reader: &Reader, segment: &Segment, opening: &mut Opening) -> Result<Tail, Trouble> {
    let number = segment.number;
    let mut tail = Tail { end: segment.end.min(HEADER as u64), sound: true, torn: 0 };
    let mut walk = match reader.walk(segment, 0) {
        Ok(walk) => walk,
        Err(error) => {
            opening.findings.push(finding::unreadable(number, &error));
            return Ok(Tail { end: segment.end, sound: false, torn: 0 });
        }
    };
    loop {
        match walk.step() {
            Step::Frame { next, .. } => {
                tail.end = next;
                opening.consumed.extend(Payload::of(walk.payload()).and_then(|payload| payload.draft));
            }
            Step::Gap { from, to } if to < segment.end => {
                tail.sound = false;
                let copy = reader.set_aside(number);
                opening.findings.push(finding::damaged(number, from, to, copy.as_deref()));
            }
            Step::Gap { from, to } => tail.torn = to - from,
            Step::Unknown => return Err(newer(&segment::name(number))),
            Step::End => break,
        }
    }
    if let Some(error) = walk.failure() {
        opening.findings.push(finding::unreadable(number, error));
        // What cannot be read now may be whole: it stays, and still counts.
        return Ok(Tail { end: segment.end, sound: false, torn: 0 });
    }
    Ok(tail)
}

/// Looks at the torn end of a segment: mostly it is what a power cut leaves of an action that was never acknowledged.
fn look_at_torn(reader: &mut Reader, segment: &Segment, tail: &Tail) {
    let mut end = Vec::new();
    let read = reader.disk.read(&segment::path(&reader.dir, segment.number)).and_then(|mut file| {
        file.seek(SeekFrom::Start(tail.end))?;
        file.take(tail.torn).read_to_end(&mut end)
    });
    if read.is_ok() {
        let at = Position { segment: segment.number, offset: tail.end };
        reader.torn = Torn::of(at, &end, reader.disk.seal());
        reader.lost |= !frame::is_unfinished(&end);
    }
}

/// Takes a torn end off the last own segment. Tells whether it may be appended to.
fn mend(reader: &Reader, segment: &Segment, tail: &Tail, whole: bool, opening: &mut Opening) -> bool {
    let Some(day) = &reader.day else {
        opening.unfinished = tail.torn;
        return false;
    };
    if tail.torn == 0 {
        return whole;
    }
    let copy = aside::tail(reader.disk.as_ref(), &reader.dir, day, segment.number, tail.end);
    opening.findings.push(finding::torn(segment.number, tail.torn, copy.as_deref()));
    // Where it cannot be cut, or should not be touched, the next own segment's header says what counts.
    whole && reader.disk.truncate(&segment::path(&reader.dir, segment.number), tail.end).is_ok()
}
