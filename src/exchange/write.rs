//! Writing a bundle: the same operations and manifest give the same bytes, apart from the compressor's own version.
//!
//! The operations are gone through twice: once to count and to compute chains, once to pack. The other way, a table
//! at the end, would spare the second pass but leave the reader of a slow stick without counts, ranges and campaign
//! until it had the last byte. So memory is one block and the header, and the caller keeps only where its operations
//! lie.

use std::collections::BTreeMap;
use std::io::Write;

use crate::domain::{Name, Writer};
use crate::log::{Ranges, bytes};
use crate::seal::Signer;
use crate::text::Trouble;

use super::block::{MAX_RAW, Packer};
use super::digest::{Chain, Digest};
use super::header::{Header, MAX_TOTAL};
use super::introductions::Introductions;
use super::lock::{Key, Lock};
use super::source::MAX_FILE;
use super::{refused, signature};

/// What a bundle says beside its operations.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    /// The campaign's id.
    pub campaign: String,
    /// This laptop and its people.
    pub from: Writer,
    /// The wall clock, milliseconds since 1970 UTC.
    pub exported_ms: i64,
    /// All that this laptop knows.
    pub knows: Ranges,
    /// Which laptops the writers are that it knows of.
    pub introductions: Introductions,
    /// What it is locked with.
    pub lock: Lock,
    /// Who signs it; nobody where there is none.
    pub signer: Option<Signer>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The header.
    pub header: Header,
    /// The length of the file in bytes.
    pub length: u64,
    /// The hash of the whole, as reading it back must give.
    pub hash: [u8; 32],
}

/// Writes a bundle. `operations` is called twice and gives the same bytes both times, by writer, then by sequence
/// number, each name once. A trouble from it ends the writing, which is how an export is cancelled. Syncing, and
/// removing a file half written, is the caller's part.
pub fn write<I, B>(manifest: &Manifest, operations: impl Fn() -> I, out: &mut impl Write) -> Result<Written, Trouble>
where
    I: IntoIterator<Item = Result<B, Trouble>>,
    B: AsRef<[u8]>,
{
    let mut tally = Tally::default();
    for operation in operations() {
        tally.add(operation?.as_ref())?;
    }
    let first_sum = tally.sum.clone().finalize();
    let header = tally.into_header(manifest);
    let (first, key) = header.locked(&manifest.lock).ok_or_else(refused::too_much)?;
    let mut hashed = Hashed { out, hasher: blake3::Hasher::new(), length: 0, key, blocks: 0 };
    hashed.put(&first)?;

    let mut packer = Packer::new();
    let mut block = Vec::new();
    let mut sum = crc32fast::Hasher::new();
    for operation in operations() {
        let operation = operation?;
        let operation = operation.as_ref();
        sum.update(operation);
        if !fits(block.len(), operation.len()) {
            hashed.put_block(&mut packer, &block)?;
            block.clear();
        }
        block.extend(operation);
    }
    if !block.is_empty() {
        hashed.put_block(&mut packer, &block)?;
    }
    if sum.finalize() != first_sum {
        return Err(refused::changed());
    }
    let signature = manifest.signer.as_ref().map(|signer| signature::sign(signer, hashed.hasher.finalize().as_bytes()));
    let signature = signature.unwrap_or_default();
    hashed.put(&u32::try_from(signature.len()).unwrap_or(0).to_le_bytes())?;
    hashed.put(&signature)?;
    let hash = *hashed.hasher.finalize().as_bytes();
    hashed.put(&hash)?;
    hashed.out.flush().map_err(|cause| refused::not_written(&cause))?;
    Ok(Written { header, length: hashed.length, hash })
}

/// Tells whether a block with so many bytes has room for so many more.
fn fits(block: usize, more: usize) -> bool {
    block + more <= MAX_RAW as usize
}

/// The first pass.
#[derive(Default)]
struct Tally {
    contains: Ranges,
    chains: BTreeMap<u64, Chain>,
    last: Option<Name>,
    operations: u64,
    blocks: u32,
    block: usize,
    raw: u64,
    sum: crc32fast::Hasher,
}

impl Tally {
    fn add(&mut self, operation: &[u8]) -> Result<(), Trouble> {
        // What a reader would refuse is not written.
        let unfit = || refused::unfit(self.last.map_or_else(|| "?".to_owned(), |last| format!("{last} +1")));
        let name = bytes::decode(operation).map_err(|_| unfit())?.operation.name;
        if self.last.is_some_and(|last| last >= name) {
            return Err(refused::unfit(name));
        }
        self.last = Some(name);
        self.contains.insert(name);
        let chain = self.chains.entry(name.writer).or_default();
        *chain = chain.then(Digest::of(operation));
        if self.blocks == 0 || !fits(self.block, operation.len()) {
            self.blocks = self.blocks.saturating_add(1);
            self.block = 0;
        }
        self.block += operation.len();
        self.operations += 1;
        self.raw += operation.len() as u64;
        self.sum.update(operation);
        if self.raw > MAX_TOTAL { Err(refused::too_much()) } else { Ok(()) }
    }

    fn into_header(self, manifest: &Manifest) -> Header {
        Header {
            campaign: manifest.campaign.clone(),
            from: manifest.from.clone(),
            exported_ms: manifest.exported_ms,
            operations: self.operations,
            blocks: self.blocks,
            raw: self.raw,
            contains: self.contains,
            knows: manifest.knows.clone(),
            chains: self.chains,
            introductions: manifest.introductions.clone(),
        }
    }
}

struct Hashed<'a, W> {
    out: &'a mut W,
    hasher: blake3::Hasher,
    length: u64,
    key: Key,
    blocks: u32,
}

impl<W: Write> Hashed<'_, W> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        self.length += bytes.len() as u64;
        if self.length > MAX_FILE {
            return Err(refused::too_much());
        }
        self.hasher.update(bytes);
        self.out.write_all(bytes).map_err(|cause| refused::not_written(&cause))
    }

    fn put_block(&mut self, packer: &mut Packer, raw: &[u8]) -> Result<(), Trouble> {
        let (mut head, stored) = packer.pack(raw).ok_or_else(refused::too_much)?;
        self.blocks += 1;
        let mut sealed = Vec::new();
        self.key.seal(self.blocks, stored, &mut sealed);
        (head.suite, head.key_id) = self.key.named();
        head.stored = u32::try_from(sealed.len()).map_err(|_| refused::too_much())?;
        head.crc = head.sum(&sealed);
        self.put(&head.bytes())?;
        self.put(&sealed)
    }
}
