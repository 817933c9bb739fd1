//! A segment: one file of frames with a header, numbered in the order of reading.
//!
//! Own actions are appended to *own* segments, and among them, a frame each, the few operations that most merges bring; a long
//! bundle or an imported roster is a *whole* segment, added at once or not at all. A whole segment ends with an empty frame, and the header of an own segment says how many bytes of the
//! own segment before it count, so a file that lost its end is noticed, and bytes of a failed write never come back.

use std::path::{Path, PathBuf};

/// Bytes of a header.
pub const HEADER: usize = 28;
const MAGIC: [u8; 8] = *b"ZOUFANG\x1a";
const FORMAT: u16 = 1;

/// Names what a file of frames holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Actions on this laptop, in the order they were taken; in a segment also small merges, whose frames say so.
    Own,
    /// The operations of a bundle that were not known before.
    Bundle,
    /// The rows of an imported roster.
    Roster,
    /// Drafts: no segment, but the same frames.
    Drafts,
}

const KINDS: [(Kind, u8); 4] = [(Kind::Own, 1), (Kind::Bundle, 2), (Kind::Roster, 3), (Kind::Drafts, 4)];

/// Names a kind of segment that is added whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WholeKind {
    /// See [`Kind::Bundle`].
    Bundle,
    /// See [`Kind::Roster`].
    Roster,
}

impl From<WholeKind> for Kind {
    fn from(kind: WholeKind) -> Self {
        match kind {
            WholeKind::Bundle => Self::Bundle,
            WholeKind::Roster => Self::Roster,
        }
    }
}

/// Marks a place in the journal: greater means later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// The segment's number, from 1.
    pub segment: u32,
    /// Bytes from the beginning of its file.
    pub offset: u64,
}

impl Position {
    /// The place before everything.
    pub const START: Self = Self { segment: 0, offset: 0 };
}

/// What stands at the beginning of a file of frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub kind: Kind,
    /// The end of what counts in the own segment before this own segment; `START` where there is none.
    pub before: Position,
}

/// Why a header cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BadHeader {
    Damaged,
    Newer,
}

impl Header {
    pub fn encode(self) -> Vec<u8> {
        let kind = KINDS.iter().find(|(kind, _)| *kind == self.kind).map_or(0, |(_, byte)| *byte);
        let mut out = Vec::with_capacity(HEADER);
        out.extend(MAGIC);
        out.extend(FORMAT.to_le_bytes());
        out.extend([kind, 0]);
        out.extend(self.before.segment.to_le_bytes());
        out.extend(self.before.offset.to_le_bytes());
        out.extend(crc32fast::hash(&out).to_le_bytes());
        out
    }

    pub fn decode(bytes: &[u8]) -> Result<Self, BadHeader> {
        let damaged = BadHeader::Damaged;
        let (bytes, _) = bytes.split_first_chunk::<HEADER>().ok_or(damaged)?;
        let (body, sum) = bytes.split_last_chunk::<4>().ok_or(damaged)?;
        if crc32fast::hash(body) != u32::from_le_bytes(*sum) {
            return Err(damaged);
        }
        let (magic, rest) = body.split_first_chunk::<8>().ok_or(damaged)?;
        let (format, rest) = rest.split_first_chunk::<2>().ok_or(damaged)?;
        let ([kind, _], rest) = rest.split_first_chunk::<2>().ok_or(damaged)?;
        let (segment, rest) = rest.split_first_chunk::<4>().ok_or(damaged)?;
        let (offset, _) = rest.split_first_chunk::<8>().ok_or(damaged)?;
        if *magic != MAGIC {
            return Err(damaged);
        }
        let known = KINDS.iter().find(|(_, byte)| byte == kind).filter(|_| *format == FORMAT.to_le_bytes());
        let (kind, _) = known.ok_or(BadHeader::Newer)?;
        let before = Position { segment: u32::from_le_bytes(*segment), offset: u64::from_le_bytes(*offset) };
        Ok(Self { kind: *kind, before })
    }
}

/// Gives the file name of a segment: `000001.zfj`.
pub(crate) fn name(number: u32) -> String {
    format!("{number:06}.zfj")
}

/// Gives the path of a segment.
pub(crate) fn path(dir: &Path, number: u32) -> PathBuf {
    dir.join(name(number))
}

/// Tells whether a file is called as a segment of a journal is.
pub fn is_segment(file: &str) -> bool {
    number(file).is_some()
}

/// Reads a segment's number from its file name.
pub(crate) fn number(file: &str) -> Option<u32> {
    let digits = file.strip_suffix(".zfj")?;
    let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
    (number > 0 && name(number) == file).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::{BadHeader, HEADER, Header, Kind, Position, name, number};

    #[test]
    fn a_header_is_read_back_and_any_damage_is_seen() {
        let header = Header { kind: Kind::Roster, before: Position { segment: 7, offset: 1 << 33 } };
        let bytes = header.encode();
        assert_eq!((bytes.len(), Header::decode(&bytes)), (HEADER, Ok(header)));
        for place in 0..HEADER {
            let mut bytes = bytes.clone();
            bytes[place] ^= 0x10;
            assert_eq!(Header::decode(&bytes), Err(BadHeader::Damaged));
            assert_eq!(Header::decode(&bytes[..place]), Err(BadHeader::Damaged));
        }
    }

    #[test]
    fn a_newer_format_is_not_damage() {
        let mut bytes = Header { kind: Kind::Own, before: Position::START }.encode();
        bytes[8] = 2;
        let sum = crc32fast::hash(&bytes[..HEADER - 4]);
        bytes[HEADER - 4..].copy_from_slice(&sum.to_le_bytes());
        assert_eq!(Header::decode(&bytes), Err(BadHeader::Newer));
    }

    #[test]
    fn names_and_numbers_agree() {
        assert_eq!(
            (name(1).as_str(), number("000001.zfj"), number("1000000.zfj")),
            ("000001.zfj", Some(1), Some(1_000_000))
        );
        for other in ["1.zfj", "000000.zfj", "000001.zfj.damaged-2021-05-28", "whole-1.tmp", "+00001.zfj"] {
            assert_eq!(number(other), None);
        }
    }
}
