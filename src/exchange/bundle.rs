//! A bundle that was read and found whole, and its operations handed out block by block.
//!
//! Reading goes through the file twice. The first pass verifies every byte and keeps 16 bytes an operation and 32 a
//! block; nothing is handed out before it is done. The second pass holds what it reads against those digests, so a
//! file changed in between is refused too.

use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

use crate::domain::Name;
use crate::log::{Ranges, bytes};
use crate::seal::Public;
use crate::text::Trouble;

use super::block::{self, Unpacker};
use super::digest::{Chain, Digest};
use super::header::{Header, names};
use super::lock::{Key, Keys};
use super::refused::{self, Place};
use super::signature;
use super::source::Source;

/// A verified bundle. It holds no operation bytes; those stay in the file.
#[derive(Debug, Clone)]
pub struct Bundle {
    header: Header,
    signed_by: Option<Public>,
    key: Key,
    hash: [u8; 32],
    length: u64,
    digests: Vec<Digest>,
    places: Vec<Stored>,
}

/// Where a block lies in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stored {
    offset: u64,
    head: block::Head,
    operations: usize,
}

impl Bundle {
    /// Reads a whole file and verifies it: lengths, check sums, every operation, the chains, the hash of the whole.
    /// Memory: one block, and 16 bytes an operation. Whoever wants to show progress or to cancel wraps `file`.
    pub fn read(file: &mut (impl Read + Seek)) -> Result<Self, Trouble> {
        Self::read_with(file, &Keys::default())
    }

    /// As [`Bundle::read`], also where it is locked with one of the keys at hand.
    pub fn read_with(file: &mut (impl Read + Seek), keys: &Keys) -> Result<Self, Trouble> {
        let mut source = Source::open(file)?;
        let length = source.left();
        let (header, key) = Header::take(&mut source, keys)?;
        let mut expected = names(&header.contains);
        let mut digests = Vec::new();
        let mut places = Vec::new();
        let mut chains: BTreeMap<u64, Chain> = BTreeMap::new();
        let mut raw_left = header.raw;
        let (mut unpacker, mut stored) = (Unpacker::new(), Vec::new());
        for number in 1..=header.blocks {
            let place = Place::Block(number, header.blocks);
            let offset = length - source.left();
            let head = block::Head::read(source.take(place)?).ok_or_else(|| refused::mismatch(place))?;
            source.fill_to(&mut stored, head.stored, place)?;
            let raw = open(&mut unpacker, head, (&key, number), &mut stored, place)?;
            raw_left = raw_left.checked_sub(u64::from(head.raw)).ok_or_else(|| refused::contradicts(place))?;
            let before = digests.len();
            let mut rest = raw;
            while !rest.is_empty() {
                let (one, tail) = bytes::split(rest).map_err(|_| refused::contradicts(place))?;
                let name = bytes::check(one).map_err(|_| refused::contradicts(place))?;
                if expected.next() != Some(name) {
                    return Err(refused::contradicts(place));
                }
                let digest = Digest::of(one);
                let chain = chains.entry(name.writer).or_default();
                *chain = chain.then(digest);
                digests.push(digest);
                rest = tail;
            }
            places.push(Stored { offset, head, operations: digests.len() - before });
        }
        if raw_left > 0 || expected.next().is_some() || chains != header.chains {
            return Err(refused::contradicts(Place::Header));
        }
        drop(expected);
        let (hash, signed_by) = end(&mut source)?;
        Ok(Self { header, signed_by, key, hash, length, digests, places })
    }

    /// Reads a file of which everything is known by its header, as [`Header::is_known`] tells: the header's check sum, the
    /// signature and the hash of the whole are verified, nothing is unpacked, and there is nothing to hand out. `None` where
    /// something is new, other than known, or the file is not whole: [`Bundle::read_with`] tells which.
    pub fn read_known(
        file: &mut (impl Read + Seek),
        keys: &Keys,
        known: &Ranges,
        digest: impl FnMut(Name) -> Option<Digest>,
    ) -> Result<Option<Self>, Trouble> {
        let mut source = Source::open(file)?;
        let length = source.left();
        let (header, key) = Header::take(&mut source, keys)?;
        if !header.is_known(known, digest) {
            return Ok(None);
        }
        let mut stored = Vec::new();
        for number in 1..=header.blocks {
            let place = Place::Block(number, header.blocks);
            let head = source.take(place).ok().and_then(block::Head::read);
            if head.is_none_or(|head| source.fill_to(&mut stored, head.stored, place).is_err()) {
                return Ok(None);
            }
        }
        let Ok((hash, signed_by)) = end(&mut source) else { return Ok(None) };
        Ok(Some(Self { header, signed_by, key, hash, length, digests: Vec::new(), places: Vec::new() }))
    }

    /// Gives the header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Gives the key that signed the whole file; none where nobody did, or in a way this program does not know.
    pub fn signed_by(&self) -> Option<Public> {
        self.signed_by
    }

    /// Gives the number of the key that it is locked with; none in the clear.
    pub fn locked_with(&self) -> Option<u32> {
        let (_, number) = self.key.named();
        (number != 0).then_some(number)
    }

    /// Gives the hash at the end of the file, which stands for exactly this file.
    pub fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// Gives the length of the file in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Gives every operation's name and digest: by writer, then by sequence number.
    pub fn digests(&self) -> impl Iterator<Item = (Name, Digest)> + '_ {
        names(&self.header.contains).zip(self.digests.iter().copied())
    }

    /// Hands the operations out, block by block, from the file that was read.
    pub fn blocks<'a, R: Read + Seek>(&'a self, file: &'a mut R) -> Blocks<'a, R> {
        let names = Box::new(self.digests());
        Blocks { bundle: self, file, next: 0, names, unpacker: Unpacker::new(), stored: Vec::new() }
    }
}

/// Checks a block's sum, seal and codec, in this order, and unpacks it.
fn open<'a>(
    unpacker: &'a mut Unpacker,
    head: block::Head,
    (key, number): (&Key, u32),
    stored: &'a mut Vec<u8>,
    place: Place,
) -> Result<&'a [u8], Trouble> {
    if head.sum(stored) != head.crc {
        return Err(refused::mismatch(place));
    }
    if (head.suite, head.key_id) != key.named() {
        return Err(refused::sealed(head.suite, head.key_id));
    }
    if !key.unseal(number, stored) {
        return Err(refused::tampered(place));
    }
    if !head.codec_is_known() {
        return Err(refused::newer_packing(head.codec));
    }
    unpacker.unpack(head, stored).ok_or_else(|| refused::contradicts(place))
}

/// Reads the signature and compares the hash of the whole. One of a later program is passed over.
fn end<R: Read + Seek>(source: &mut Source<'_, R>) -> Result<([u8; 32], Option<Public>), Trouble> {
    let place = Place::End;
    let signed = source.hash();
    let mut signature = u64::from(u32::from_le_bytes(source.take(place)?));
    let rest = signature + 32;
    if source.left() > rest {
        return Err(refused::longer(source.left() - rest));
    }
    if source.left() < rest {
        return Err(refused::cut_off(place));
    }
    let mut ours = [0; signature::LENGTH];
    let known = signature == ours.len() as u64;
    if known {
        source.fill(&mut ours, place)?;
        signature = 0;
    }
    let mut piece = [0; 1024];
    while signature > 0 {
        let some = usize::try_from(signature).unwrap_or(usize::MAX).min(piece.len());
        let piece = piece.get_mut(..some).unwrap_or_default();
        source.fill(piece, place)?;
        signature -= piece.len() as u64;
    }
    let computed = source.hash();
    if source.take::<32>(place)? != computed {
        return Err(refused::mismatch(place));
    }
    let signed_by = if known { signature::check(&ours, &signed)? } else { None };
    Ok((computed, signed_by))
}

/// The operations of a bundle, a block at a time. After a trouble nothing more comes.
pub struct Blocks<'a, R> {
    bundle: &'a Bundle,
    file: &'a mut R,
    next: usize,
    names: Box<dyn Iterator<Item = (Name, Digest)> + 'a>,
    unpacker: Unpacker,
    stored: Vec<u8>,
}

/// The operations of one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    raw: Vec<u8>,
    operations: Vec<(Name, Range<usize>)>,
}

impl Block {
    /// Gives each operation's name and exact bytes, in order.
    pub fn operations(&self) -> impl Iterator<Item = (Name, &[u8])> + '_ {
        self.operations.iter().map(|(name, place)| (*name, self.raw.get(place.clone()).unwrap_or_default()))
    }
}

impl<R: Read + Seek> Blocks<'_, R> {
    fn block(&mut self, place: Place, at: Stored) -> Result<Block, Trouble> {
        let unreadable = |cause| refused::unreadable(place, &cause);
        self.file.seek(SeekFrom::Start(at.offset + block::HEAD as u64)).map_err(unreadable)?;
        self.stored.resize(usize::try_from(at.head.stored).unwrap_or(0), 0);
        self.file.read_exact(&mut self.stored).map_err(unreadable)?;
        let number = u32::try_from(self.next).unwrap_or(u32::MAX);
        let raw = open(&mut self.unpacker, at.head, (&self.bundle.key, number), &mut self.stored, place)?.to_vec();
        let mut operations = Vec::with_capacity(at.operations);
        let mut offset = 0;
        for (name, digest) in self.names.by_ref().take(at.operations) {
            let rest = raw.get(offset..).unwrap_or_default();
            let (one, _) = bytes::split(rest).map_err(|_| refused::mismatch(place))?;
            if Digest::of(one) != digest {
                return Err(refused::mismatch(place));
            }
            operations.push((name, offset..offset + one.len()));
            offset += one.len();
        }
        Ok(Block { raw, operations })
    }
}

impl<R: Read + Seek> Iterator for Blocks<'_, R> {
    type Item = Result<Block, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        let at = *self.bundle.places.get(self.next)?;
        self.next += 1;
        let place = Place::Block(u32::try_from(self.next).unwrap_or(u32::MAX), self.bundle.header.blocks);
        let block = self.block(place, at);
        if block.is_err() {
            self.next = usize::MAX;
        }
        Some(block)
    }
}
