//! The header: from whom, when, which operations, and which ones the sender knows.
//!
//! It stands in front, so one read from a slow stick tells what a bundle is and whether anything in it is new. Its
//! length is written before it: later versions append fields, older programs skip them. Only a change that older
//! programs must not read raises [`FORMAT`].

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use crate::domain::{Campaign, Name, Writer};
use crate::log::Ranges;
use crate::text::{Trouble, t};

use super::block::{HEAD, MAX_RAW};
use super::digest::{Chain, Digest};
use super::fields::{Fields, by_writer, put_ranges, put_text};
use super::introductions::Introductions;
use super::lock::{self, Key, Keys, Lock};
use super::refused::{self, Place};
use super::source::Source;

/// The newest format this program reads, and the one it writes.
pub const FORMAT: u16 = 1;
/// The most bytes a header may have: 8 MiB, room for 200,000 writers.
pub const MAX_HEADER: u32 = 8 << 20;
/// The most bytes of operations in one bundle: 4 GiB, twenty million operations of the usual length.
pub const MAX_TOTAL: u64 = 4 << 30;

/// How a bundle begins. The first byte is no text, and the line ends show what a transfer as text would spoil.
const MAGIC: [u8; 8] = *b"\x89ZFB\r\n\x1a\n";
/// The least bytes an operation has: all its fixed fields, with empty texts and body.
const LEAST_OPERATION: u64 = 55;
/// The most bytes of fields with what was added: a header may have more, for what it is locked with.
const ROOM: usize = (7 << 20) + (1 << 19);
/// What later programs added behind the first fields stands under a word of four letters and a length.
const INTRODUCTIONS: [u8; 4] = *b"whom";
/// The bytes after the last block that has no signature: its length and the hash of the whole.
const LEAST_END: u64 = 4 + 32;

/// What a bundle says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The campaign's id.
    pub campaign: String,
    /// The laptop it comes from: code, group, visitors, and the program that wrote it.
    pub from: Writer,
    /// The laptop's wall clock at the export, milliseconds since 1970 UTC.
    pub exported_ms: i64,
    /// How many operations it holds.
    pub operations: u64,
    /// In how many blocks.
    pub blocks: u32,
    /// The bytes of its operations.
    pub raw: u64,
    /// The operations it holds.
    pub contains: Ranges,
    /// The operations the sender knew at the export: a receipt for what was brought to it before.
    pub knows: Ranges,
    /// For each writer in it, the chain over its operations in order.
    pub chains: BTreeMap<u64, Chain>,
    /// Which laptops those writers are; of some only, or none, where an older program wrote it.
    pub introductions: Introductions,
}

impl Header {
    /// Reads only the header: enough for a list of what lies on a stick. The rest of the file is not verified.
    /// What is locked needs its key among those at hand.
    pub fn read(source: &mut (impl Read + Seek), keys: &Keys) -> Result<Self, Trouble> {
        Self::take(&mut Source::open(source)?, keys).map(|(header, _)| header)
    }

    /// Refuses a bundle of another campaign.
    pub fn expect_campaign(&self, ours: &str) -> Result<(), Trouble> {
        if Campaign::is_same(&self.campaign, ours) {
            Ok(())
        } else {
            Err(refused::other_campaign(&self.campaign, ours))
        }
    }

    /// Tells whether every operation is known with the very same bytes, from the chains alone, before any block is
    /// read. `stored` gives the digest of a known operation; where it cannot, the answer is no.
    pub fn is_known(&self, known: &Ranges, mut stored: impl FnMut(Name) -> Option<Digest>) -> bool {
        if self.contains.without(known).count() > 0 {
            return false;
        }
        let mut chains = BTreeMap::new();
        for name in names(&self.contains) {
            let Some(digest) = stored(name) else { return false };
            let chain: &mut Chain = chains.entry(name.writer).or_default();
            *chain = chain.then(digest);
        }
        chains == self.chains
    }

    /// Writes magic, lengths, check sum and the header in the clear. `None` when it is larger than a header may be.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        self.locked(&Lock::Clear).map(|(bytes, _)| bytes)
    }

    /// As [`Header::bytes`], locked as is said, with the key for the blocks.
    pub(super) fn locked(&self, lock: &Lock) -> Option<(Vec<u8>, Key)> {
        let mut body = Vec::new();
        put_text(&mut body, &self.campaign)?;
        body.extend(self.from.laptop.to_le_bytes());
        put_text(&mut body, &self.from.code)?;
        put_text(&mut body, &self.from.group)?;
        body.extend(u16::try_from(self.from.visitors.len()).ok()?.to_le_bytes());
        for visitor in &self.from.visitors {
            put_text(&mut body, visitor)?;
        }
        put_text(&mut body, &self.from.program)?;
        body.extend(self.exported_ms.to_le_bytes());
        body.extend(self.operations.to_le_bytes());
        body.extend(self.blocks.to_le_bytes());
        body.extend(self.raw.to_le_bytes());
        put_ranges(&mut body, &self.contains);
        for (writer, _) in by_writer(&self.contains) {
            body.extend(self.chains.get(&writer)?.0);
        }
        put_ranges(&mut body, &self.knows);
        self.put_added(&mut body);
        let (body, key) = lock.close(&self.campaign, body)?;
        let length = u32::try_from(body.len()).ok().filter(|length| *length <= MAX_HEADER)?;
        let (suite, id) = key.named();

        let mut out = Vec::with_capacity(body.len() + 23);
        out.extend(MAGIC);
        out.extend(FORMAT.to_le_bytes());
        out.push(suite);
        out.extend(id.to_le_bytes());
        out.extend(length.to_le_bytes());
        let sum = sum(&out, &body);
        out.extend(sum.to_le_bytes());
        out.extend(body);
        Some((out, key))
    }

    /// Reads the header off the front of a file and holds its counts against the file's length.
    pub(super) fn take<R: Read + Seek>(source: &mut Source<'_, R>, keys: &Keys) -> Result<(Self, Key), Trouble> {
        let stored = Stored::take(source)?;
        let (body, key) = Key::open(stored.suite, stored.key_id, stored.body, keys)?;
        let header =
            Self::parse(&body).filter(|_| stored.format > 0).ok_or_else(|| refused::contradicts(Place::Header))?;
        header.expect_counts(source.left())?;
        Ok((header, key))
    }

    fn parse(body: &[u8]) -> Option<Self> {
        let mut fields = Fields::new(body);
        let campaign = fields.text()?;
        let laptop = u64::from_le_bytes(fields.take()?);
        let (code, group) = (fields.text()?, fields.text()?);
        let visitors = u16::from_le_bytes(fields.take()?);
        let visitors = (0..visitors).map(|_| fields.text()).collect::<Option<Vec<_>>>()?;
        let program = fields.text()?;
        let exported_ms = i64::from_le_bytes(fields.take()?);
        let operations = u64::from_le_bytes(fields.take()?);
        let blocks = u32::from_le_bytes(fields.take()?);
        let raw = u64::from_le_bytes(fields.take()?);
        let contains = fields.ranges()?;
        let chains = by_writer(&contains).into_iter().map(|(writer, _)| Some((writer, Chain(fields.take()?))));
        let chains = chains.collect::<Option<BTreeMap<_, _>>>()?;
        let knows = fields.ranges()?;
        let introductions = added(&mut fields, INTRODUCTIONS)
            .map_or_else(|| Some(Introductions::default()), |content| Introductions::take(&mut Fields::new(content)))?;
        let from = Writer { laptop, code, group, visitors, program };
        Some(Self { campaign, from, exported_ms, operations, blocks, raw, contains, knows, chains, introductions })
    }

    /// Writes what was added since the first version, where there is room for it: it never keeps an export from being made.
    fn put_added(&self, body: &mut Vec<u8>) {
        let mut content = Vec::new();
        let is_told = !self.introductions.is_empty() && self.introductions.put(&mut content).is_some();
        if let (true, Ok(length)) = (is_told && body.len() + content.len() <= ROOM, u32::try_from(content.len())) {
            body.extend(INTRODUCTIONS);
            body.extend(length.to_le_bytes());
            body.extend(content);
        }
    }

    /// Holds what the header promises against what the rest of the file can hold.
    fn expect_counts(&self, left: u64) -> Result<(), Trouble> {
        if self.raw > MAX_TOTAL {
            return Err(refused::too_large(t("展开后超过 4 GiB", "over 4 GiB unpacked")));
        }
        let blocks = u64::from(self.blocks);
        let sound = self.contains.count() == self.operations
            && self.operations.checked_mul(LEAST_OPERATION).is_some_and(|least| least <= self.raw)
            && (blocks..=blocks.saturating_mul(u64::from(MAX_RAW))).contains(&self.raw);
        if !sound {
            return Err(refused::contradicts(Place::Header));
        }
        let least = blocks.saturating_mul(HEAD as u64 + 1).saturating_add(LEAST_END);
        if least > left { Err(refused::cut_off(Place::End)) } else { Ok(()) }
    }
}

/// Finds what was added under a word; what stands there in another form comes from later versions, and ends the search.
fn added<'a>(fields: &mut Fields<'a>, wanted: [u8; 4]) -> Option<&'a [u8]> {
    loop {
        let word = fields.take::<4>()?;
        let length = u32::from_le_bytes(fields.take()?);
        let content = fields.bytes(length)?;
        if word == wanted {
            return Some(content);
        }
    }
}

/// Gives the key ring that goes along with a bundle locked by one laptop; none where there is none.
pub fn ring_of(source: &mut (impl Read + Seek)) -> Result<Option<Vec<u8>>, Trouble> {
    let stored = Stored::take(&mut Source::open(source)?)?;
    let front = lock::split(&stored.body).map(|(front, _)| front.to_vec());
    Ok(front.filter(|_| lock::has_ring(stored.suite)))
}

/// A header as it is stored: whole, and not yet opened.
struct Stored {
    format: u16,
    suite: u8,
    key_id: u32,
    body: Vec<u8>,
}

impl Stored {
    fn take<R: Read + Seek>(source: &mut Source<'_, R>) -> Result<Self, Trouble> {
        let place = Place::Header;
        // A file shorter than the magic is a copy broken off at once, unless it is not ours at all.
        let mut magic = [0; MAGIC.len()];
        let there = usize::try_from(source.left()).unwrap_or(usize::MAX).min(magic.len());
        let begun = magic.get_mut(..there).unwrap_or_default();
        source.fill(begun, place)?;
        if !MAGIC.starts_with(begun) {
            return Err(refused::not_a_bundle());
        }
        if there < MAGIC.len() {
            return Err(refused::cut_off(place));
        }
        let format = source.take::<2>(place)?;
        let theirs = u16::from_le_bytes(format);
        if theirs > FORMAT {
            return Err(refused::newer(theirs, FORMAT));
        }
        let seal = source.take::<5>(place)?;
        let length = source.take::<4>(place)?;
        let crc = u32::from_le_bytes(source.take(place)?);
        if u32::from_le_bytes(length) > MAX_HEADER {
            return Err(refused::mismatch(place));
        }
        let mut body = Vec::new();
        source.fill_to(&mut body, u32::from_le_bytes(length), place)?;
        let before = [MAGIC.as_slice(), &format, &seal, &length].concat();
        if sum(&before, &body) != crc {
            return Err(refused::mismatch(place));
        }
        let [suite, key_id @ ..] = seal;
        Ok(Self { format: theirs, suite, key_id: u32::from_le_bytes(key_id), body })
    }
}

/// Gives every name of ranges in order. The ranges come from outside: iterate only against something bounded.
pub fn names(ranges: &Ranges) -> impl Iterator<Item = Name> + '_ {
    ranges.iter().flat_map(|(writer, first, last)| (first..=last).map(move |seq| Name::new(writer, seq)))
}

fn sum(before: &[u8], body: &[u8]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(before);
    sum.update(body);
    sum.finalize()
}
