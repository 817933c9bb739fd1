//! A frame: one user action's bytes with a check sum, so that what was written is read back whole or not at all.
//!
//! `suite u8, key id u32, length u32, crc32 u32, payload`, little endian. The suite says how the payload is stored
//! (0: clear, 1: sealed with the key named). The check sum also covers the frame's offset in its file,
//! which is not stored: bytes that merely look like a frame (a frame inside a payload, a stale block of another file)
//! are not taken for one when a damaged file is searched.

use std::io::{self, ErrorKind, Read, Seek, SeekFrom};

use crate::seal::Seal;

/// Bytes before the payload.
pub const HEAD: usize = 13;
/// The largest payload, 64 MiB; a greater length is damage and is never allocated.
pub const LARGEST: usize = 64 << 20;
/// Stored as it is.
const CLEAR: u8 = 0;
/// Sealed: nonce, bytes, tag.
const SEALED: u8 = 1;
/// How many bytes tell how a frame is stored: suite and key id.
const START: usize = 5;
/// How much of a damaged file is searched at a time.
const WINDOW: usize = 1 << 18;
/// How much of it is given up where the disk cannot read.
const SECTOR: usize = 1 << 12;

/// Says that a payload is larger than [`LARGEST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// Tells how many bytes a frame with so large a payload takes.
pub fn size(payload: usize, seal: &Seal) -> usize {
    HEAD + payload + seal.extra()
}

/// Appends a frame to `out`. `offset` is where the frame will stand in its file; `parts` together are the payload.
///
/// # Errors
/// When the payload as stored is larger than [`LARGEST`]; `out` is then unchanged.
pub fn encode(out: &mut Vec<u8>, offset: u64, parts: &[&[u8]], seal: &Seal) -> Result<(), TooLarge> {
    let length = parts.iter().map(|part| part.len()).sum::<usize>() + seal.extra();
    let stored = u32::try_from(length).ok().filter(|_| length <= LARGEST).ok_or(TooLarge)?;
    let head = out.len();
    out.reserve(HEAD + length);
    out.extend(start(seal));
    out.extend(stored.to_le_bytes());
    out.extend([0; 4]);
    let payload = out.len();
    seal.seal(&about(offset), parts, out);
    let (suite, key) = named(seal);
    let mut sum = begin(offset, suite, key, stored);
    sum.update(out.get(payload..).unwrap_or_default());
    if let Some(place) = out.get_mut(head + START + 4..).and_then(|rest| rest.first_chunk_mut()) {
        *place = sum.finalize().to_le_bytes();
    }
    Ok(())
}

/// Names how frames are stored: suite and key id.
fn named(seal: &Seal) -> (u8, u32) {
    seal.id().map_or((CLEAR, 0), |key| (SEALED, key))
}

/// Gives how a frame begins.
fn start(seal: &Seal) -> [u8; START] {
    let (suite, key) = named(seal);
    let [k0, k1, k2, k3] = key.to_le_bytes();
    [suite, k0, k1, k2, k3]
}

/// Says what a sealed payload is and where it stands: elsewhere it does not open.
fn about(offset: u64) -> [u8; 13] {
    let mut out = *b"frame\0\0\0\0\0\0\0\0";
    if let Some(place) = out.last_chunk_mut() {
        *place = offset.to_le_bytes();
    }
    out
}

fn begin(offset: u64, suite: u8, key: u32, length: u32) -> crc32fast::Hasher {
    let mut sum = crc32fast::Hasher::new();
    sum.update(&offset.to_le_bytes());
    sum.update(&[suite]);
    sum.update(&key.to_le_bytes());
    sum.update(&length.to_le_bytes());
    sum
}

/// The fixed bytes of a frame, not yet believed.
struct Head {
    suite: u8,
    key: u32,
    length: u32,
    sum: u32,
}

impl Head {
    fn parse(bytes: [u8; HEAD]) -> Self {
        let [suite, k0, k1, k2, k3, l0, l1, l2, l3, s0, s1, s2, s3] = bytes;
        Self {
            suite,
            key: u32::from_le_bytes([k0, k1, k2, k3]),
            length: u32::from_le_bytes([l0, l1, l2, l3]),
            sum: u32::from_le_bytes([s0, s1, s2, s3]),
        }
    }

    fn holds(&self, offset: u64, payload: &[u8]) -> bool {
        let mut sum = begin(offset, self.suite, self.key, self.length);
        sum.update(payload);
        sum.finalize() == self.sum
    }
}

/// Finds where the last frame with a payload begins among those from `from` to `upto`, by their lengths alone: nothing is
/// verified. None where no frame ends at `upto`, or one of them reaches beyond it.
///
/// # Errors
/// The disk's own.
pub fn last_by_length(file: impl Read + Seek, from: u64, upto: u64, seal: &Seal) -> io::Result<Option<u64>> {
    let mut file = io::BufReader::with_capacity(WINDOW, file);
    file.seek(SeekFrom::Start(from))?;
    let (mut at, mut last) = (from, None);
    while at < upto {
        let mut head = [0; HEAD];
        file.read_exact(&mut head)?;
        let length = Head::parse(head).length;
        last = if length as usize > seal.extra() { Some(at) } else { last };
        at += HEAD as u64 + u64::from(length);
        file.seek_relative(i64::from(length))?;
    }
    Ok(last.filter(|_| at == upto))
}

/// So many zeros end no frame.
const UNFILLED: usize = 16;

/// Tells whether bytes behind the last whole frame are what a cut leaves of one that was being written: its beginning, or
/// its length in zeros that never were filled. One that is there in full and whose check sum does not hold is damaged.
pub fn is_unfinished(bytes: &[u8]) -> bool {
    let ends_in_zeros = bytes.last_chunk().is_some_and(|last| *last == [0; UNFILLED]);
    ends_in_zeros || reaches_beyond(bytes)
}

/// Gives the length that a frame beginning with some bytes says of what it stores, and as much of that as is there; none where
/// no frame of this key begins so.
pub fn beginning<'a>(bytes: &'a [u8], seal: &Seal) -> Option<(u32, &'a [u8])> {
    let (head, stored) = bytes.split_first_chunk::<HEAD>()?;
    let head = Head::parse(*head);
    let fits = (head.suite, head.key) == named(seal) && (1..=LARGEST).contains(&(head.length as usize));
    fits.then(|| (head.length, stored.get(..head.length as usize).unwrap_or(stored)))
}

/// Tells whether a frame that begins with some bytes is longer than they are.
fn reaches_beyond(bytes: &[u8]) -> bool {
    let Some((head, payload)) = bytes.split_first_chunk::<HEAD>() else { return true };
    Head::parse(*head).length as usize > payload.len()
}

/// What comes next in a file of frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A whole frame; its payload is in [`Walk::payload`].
    Frame {
        /// Where it stands.
        at: u64,
        /// Where the next one is expected.
        next: u64,
    },
    /// Bytes that are no frame, up to the next whole frame or the end.
    Gap {
        /// Where they begin.
        from: u64,
        /// Where a whole frame begins again, or the end.
        to: u64,
    },
    /// A whole frame in a suite or with a key that is not at hand: not damage.
    Unknown,
    /// The end of the file.
    End,
}

/// Walks through the frames of a file, over damage if need be, holding one payload at a time.
pub struct Walk<R> {
    file: R,
    cursor: u64,
    at: u64,
    end: u64,
    payload: Vec<u8>,
    failure: Option<io::Error>,
    seal: Seal,
}

enum Found {
    Frame(u64),
    Unknown,
    Nothing,
}

impl<R: Read + Seek> Walk<R> {
    /// Begins at an offset; bytes from `end` on are not looked at.
    ///
    /// # Errors
    /// The disk's own.
    pub fn new(mut file: R, at: u64, end: u64, seal: &Seal) -> io::Result<Self> {
        file.seek(SeekFrom::Start(at))?;
        Ok(Self { file, cursor: at, at, end, payload: Vec::new(), failure: None, seal: seal.clone() })
    }

    /// Gives the payload of the frame just stepped on.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// Gives the first error the disk answered with. What could not be read counts as a gap, but may be whole: it must
    /// not be cut off.
    pub fn failure(&self) -> Option<&io::Error> {
        self.failure.as_ref()
    }

    /// Steps on.
    pub fn step(&mut self) -> Step {
        let at = self.at;
        if at >= self.end {
            return Step::End;
        }
        match self.frame(at) {
            Found::Frame(next) => {
                self.at = next;
                Step::Frame { at, next }
            }
            Found::Unknown => Step::Unknown,
            Found::Nothing => {
                self.at = self.search(at + 1);
                Step::Gap { from: at, to: self.at }
            }
        }
    }

    fn frame(&mut self, at: u64) -> Found {
        let mut head = [0; HEAD];
        if self.end - at < HEAD as u64 || !self.fill(at, &mut head) {
            return Found::Nothing;
        }
        let head = Head::parse(head);
        let next = at + HEAD as u64 + u64::from(head.length);
        let Some(length) = usize::try_from(head.length).ok().filter(|length| *length <= LARGEST && next <= self.end)
        else {
            return Found::Nothing;
        };
        let mut payload = std::mem::take(&mut self.payload);
        payload.resize(length, 0);
        let whole = self.fill(at + HEAD as u64, &mut payload) && head.holds(at, &payload);
        let found = match whole {
            // What was altered by somebody without the key has a right check sum and does not open.
            true if (head.suite, head.key) == named(&self.seal) => {
                if self.seal.open(&about(at), &mut payload) {
                    Found::Frame(next)
                } else {
                    Found::Nothing
                }
            }
            true => Found::Unknown,
            false => Found::Nothing,
        };
        self.payload = payload;
        found
    }

    /// Finds the next offset where a whole frame stands, or the end.
    fn search(&mut self, mut from: u64) -> u64 {
        let mut window = Vec::new();
        while self.end.saturating_sub(from) >= HEAD as u64 {
            let left = usize::try_from(self.end - from).unwrap_or(usize::MAX);
            window.resize(left.min(WINDOW), 0);
            if !self.fill(from, &mut window) {
                // A bad sector somewhere in the window: nearer steps, and over the sector itself.
                window.resize(left.min(SECTOR), 0);
                if !self.fill(from, &mut window) {
                    from += SECTOR as u64;
                    continue;
                }
            }
            let start = start(&self.seal);
            for (offset, bytes) in window.windows(START).enumerate() {
                let at = from + offset as u64;
                if bytes == start && !matches!(self.frame(at), Found::Nothing) {
                    return at;
                }
            }
            from += (window.len() - (START - 1)) as u64;
        }
        self.end
    }

    fn fill(&mut self, at: u64, bytes: &mut [u8]) -> bool {
        let seek = if self.cursor == at { Ok(at) } else { self.file.seek(SeekFrom::Start(at)) };
        match seek.and_then(|_| self.file.read_exact(bytes)) {
            Ok(()) => {
                self.cursor = at + bytes.len() as u64;
                true
            }
            Err(error) => {
                self.cursor = u64::MAX;
                // A file that became shorter meanwhile is a gap like any other.
                if error.kind() != ErrorKind::UnexpectedEof && self.failure.is_none() {
                    self.failure = Some(error);
                }
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read, Seek, SeekFrom};

    use proptest::prelude::*;

    use super::{HEAD, Step, TooLarge, Walk, encode, size};
    use crate::seal::{Cost, Keyring, Seal};

    /// Clear, and sealed with a key.
    fn both() -> &'static [Seal; 2] {
        static BOTH: std::sync::OnceLock<[Seal; 2]> = std::sync::OnceLock::new();
        let cheap = Cost { memory: 16, passes: 1, lanes: 1 };
        BOTH.get_or_init(|| [Seal::CLEAR, Keyring::new("x", cheap).unwrap().1])
    }

    fn file(payloads: &[Vec<u8>], seal: &Seal) -> Vec<u8> {
        let mut out = Vec::new();
        for payload in payloads {
            let at = out.len() as u64;
            let (one, two) = payload.split_at(payload.len() / 2);
            encode(&mut out, at, &[one, two], seal).unwrap();
        }
        out
    }

    /// Everything a walk meets: payloads, and gaps as `None`.
    fn walk(bytes: &[u8], seal: &Seal) -> Vec<Option<Vec<u8>>> {
        let mut walk = Walk::new(Cursor::new(bytes), 0, bytes.len() as u64, seal).unwrap();
        let mut met = Vec::new();
        loop {
            match walk.step() {
                Step::Frame { .. } => met.push(Some(walk.payload().to_vec())),
                Step::Gap { .. } => met.push(None),
                Step::Unknown | Step::End => return met,
            }
        }
    }

    #[test]
    fn the_bytes_are_fixed() {
        let mut out = Vec::new();
        encode(&mut out, 28, &[b"ab", b"c"], &Seal::CLEAR).unwrap();
        let mut sum = crc32fast::Hasher::new();
        sum.update(b"\x1c\0\0\0\0\0\0\0\0\0\0\0\0\x03\0\0\0abc");
        let expected = [&[0, 0, 0, 0, 0, 3, 0, 0, 0][..], &sum.finalize().to_le_bytes(), b"abc"].concat();
        assert_eq!(out, expected);
    }

    #[test]
    fn a_frame_inside_a_payload_is_never_taken_for_one() {
        let inner = file(&[b"inner".to_vec()], &Seal::CLEAR);
        let mut bytes =
            file(&[b"first".to_vec(), [b"text ", &inner[..], b" text"].concat(), b"last".to_vec()], &Seal::CLEAR);
        bytes[HEAD + 5 + 6] ^= 1; // the length of the second frame
        assert_eq!(walk(&bytes, &Seal::CLEAR), [Some(b"first".to_vec()), None, Some(b"last".to_vec())]);
    }

    #[test]
    fn an_unknown_suite_is_not_damage_and_a_damaged_suite_is() {
        let mut bytes = file(&[b"abc".to_vec()], &Seal::CLEAR);
        bytes[0] = 1;
        assert_eq!(walk(&bytes, &Seal::CLEAR), [None]);
        let mut sum = super::begin(0, 1, 0, 3);
        sum.update(b"abc");
        bytes[9..13].copy_from_slice(&sum.finalize().to_le_bytes());
        let mut walk = Walk::new(Cursor::new(&bytes), 0, bytes.len() as u64, &Seal::CLEAR).unwrap();
        assert_eq!(walk.step(), Step::Unknown);
    }

    #[test]
    fn a_length_past_the_bound_is_refused_before_anything_is_allocated() {
        let mut out = Vec::new();
        let large = vec![0; super::LARGEST + 1];
        assert_eq!(encode(&mut out, 0, &[&large], &Seal::CLEAR), Err(TooLarge));
        assert!(out.is_empty());
        let mut bytes = vec![0; HEAD];
        bytes[5..9].fill(0xff);
        assert_eq!(walk(&bytes, &Seal::CLEAR), [None]);
    }

    /// A disk whose bytes from 5,000 to 5,100 cannot be read.
    struct Scratched(Cursor<Vec<u8>>);

    impl Read for Scratched {
        fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
            let at = self.0.position();
            if at < 5_100 && at + bytes.len() as u64 > 5_000 {
                return Err(std::io::Error::other("scratched"));
            }
            self.0.read(bytes)
        }
    }

    impl Seek for Scratched {
        fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
            self.0.seek(to)
        }
    }

    #[test]
    fn frames_around_an_unreadable_place_are_read_and_the_failure_is_kept() {
        let payloads: Vec<Vec<u8>> = (0..200).map(|number| vec![number; 87]).collect();
        let bytes = file(&payloads, &Seal::CLEAR);
        let end = bytes.len() as u64;
        let mut walk = Walk::new(Scratched(Cursor::new(bytes)), 0, end, &Seal::CLEAR).unwrap();
        let (mut frames, mut gaps) = (0, 0);
        loop {
            match walk.step() {
                Step::Frame { .. } => frames += 1,
                Step::Gap { from, to } => {
                    assert_eq!((from, to % 100), (5_000, 0));
                    gaps += 1;
                }
                Step::Unknown => panic!("no such frame"),
                Step::End => break,
            }
        }
        // All before it, and all from one sector behind it.
        assert!(frames >= 200 - 42 && gaps == 1, "{frames} frames, {gaps} gaps");
        assert!(walk.failure().is_some());
    }

    proptest! {
        #[test]
        fn frames_are_read_back_as_written(payloads in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..8)) {
            for seal in both() {
                let met = walk(&file(&payloads, seal), seal);
                prop_assert_eq!(met, payloads.iter().cloned().map(Some).collect::<Vec<_>>());
            }
        }

        #[test]
        fn a_damaged_byte_costs_one_frame(
            payloads in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..60), 1..8),
            place in any::<prop::sample::Index>(),
            flip in 1_u8..,
        ) {
            for seal in both() {
                let mut bytes = file(&payloads, seal);
                let place = place.index(bytes.len());
                bytes[place] ^= flip;
                let mut start = 0;
                let hit = payloads.iter().position(|payload| { start += size(payload.len(), seal); place < start });
                let expected = payloads.iter().enumerate().map(|(number, payload)| (Some(number) != hit).then(|| payload.clone()));
                prop_assert_eq!(walk(&bytes, seal), expected.collect::<Vec<_>>());
            }
        }
    }
}
