//! Blocks: at most 1 MiB of whole operations, compressed, with both lengths and a check sum.
//!
//! An operation never straddles two blocks, so any block can be read by itself and a reader needs room for one.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use super::fields::Fields;

/// The most bytes of operations in a block: 1 MiB, twice the largest operation.
pub const MAX_RAW: u32 = 1 << 20;
/// The most bytes a block may take in the file: 1 MiB and 1 KiB, so that a seal has room.
pub const MAX_STORED: u32 = MAX_RAW + 1024;
/// The bytes before a block's content.
pub const HEAD: usize = 18;

/// Content as it is.
const PLAIN: u8 = 0;
/// Content compressed with DEFLATE, without a zlib or gzip frame.
const DEFLATE: u8 = 1;

/// What stands before a block's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// How the content is compressed.
    pub codec: u8,
    /// How it is sealed; 0: not.
    pub suite: u8,
    /// With which key; 0 for suite 0.
    pub key_id: u32,
    /// Bytes of operations.
    pub raw: u32,
    /// Bytes in the file.
    pub stored: u32,
    /// Check sum over all of the above and the stored bytes.
    pub crc: u32,
}

impl Head {
    /// Reads a head. `None` when a length is out of bounds; nothing else is judged before the check sum is.
    pub fn read(bytes: [u8; HEAD]) -> Option<Self> {
        let mut fields = Fields::new(&bytes);
        let [codec, suite] = fields.take()?;
        let mut number = || Some(u32::from_le_bytes(fields.take()?));
        let head = Self { codec, suite, key_id: number()?, raw: number()?, stored: number()?, crc: number()? };
        let bounded = (1..=MAX_RAW).contains(&head.raw) && (1..=MAX_STORED).contains(&head.stored);
        bounded.then_some(head)
    }

    /// Writes the head.
    pub fn bytes(self) -> [u8; HEAD] {
        let numbers = [self.key_id, self.raw, self.stored, self.crc].into_iter().flat_map(u32::to_le_bytes);
        let mut out = [0; HEAD];
        for (place, byte) in out.iter_mut().zip([self.codec, self.suite].into_iter().chain(numbers)) {
            *place = byte;
        }
        out
    }

    /// Computes the check sum.
    pub fn sum(self, stored: &[u8]) -> u32 {
        let mut sum = crc32fast::Hasher::new();
        let [fields @ .., _, _, _, _] = self.bytes();
        sum.update(&fields);
        sum.update(stored);
        sum.finalize()
    }

    /// Tells whether this program can unpack the block's codec.
    pub fn codec_is_known(self) -> bool {
        matches!(self.codec, PLAIN | DEFLATE)
    }
}

/// Compresses blocks, one after another, in the same memory.
pub struct Packer {
    deflate: Compress,
    packed: Vec<u8>,
}

impl Packer {
    /// Starts with level 6: level 9 saves 2 % more and takes twice the time.
    pub fn new() -> Self {
        Self { deflate: Compress::new(Compression::new(6), false), packed: Vec::new() }
    }

    /// Packs a block's operations; content that compression would make larger stays as it is.
    pub fn pack<'a>(&'a mut self, raw: &'a [u8]) -> Option<(Head, &'a [u8])> {
        self.deflate.reset();
        self.packed.resize(raw.len(), 0);
        let done = self.deflate.compress(raw, &mut self.packed, FlushCompress::Finish);
        let length = usize::try_from(self.deflate.total_out()).ok()?;
        let (codec, stored) = match done {
            Ok(Status::StreamEnd) => (DEFLATE, self.packed.get(..length)?),
            _ => (PLAIN, raw),
        };
        let lengths = (u32::try_from(raw.len()).ok()?, u32::try_from(stored.len()).ok()?);
        let mut head = Head { codec, suite: 0, key_id: 0, raw: lengths.0, stored: lengths.1, crc: 0 };
        head.crc = head.sum(stored);
        Some((head, stored))
    }
}

/// Unpacks blocks, one after another, in the same memory.
pub struct Unpacker {
    inflate: Decompress,
    raw: Vec<u8>,
}

impl Unpacker {
    /// Starts with no memory for content; it grows to the largest block met.
    pub fn new() -> Self {
        Self { inflate: Decompress::new(false), raw: Vec::new() }
    }

    /// Unpacks exactly as many bytes as the head states. More, fewer, or content left over is `None`: a bomb stops
    /// one byte past its stated length.
    pub fn unpack<'a>(&'a mut self, head: Head, stored: &'a [u8]) -> Option<&'a [u8]> {
        let length = usize::try_from(head.raw).ok()?;
        if head.codec == PLAIN {
            return (stored.len() == length).then_some(stored);
        }
        self.inflate.reset(false);
        self.raw.resize(length + 1, 0);
        let done = self.inflate.decompress(stored, &mut self.raw, FlushDecompress::Finish).ok()?;
        let whole = done == Status::StreamEnd
            && self.inflate.total_in() == stored.len() as u64
            && self.inflate.total_out() == u64::from(head.raw);
        self.raw.get(..length).filter(|_| whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_comes_back_as_it_was_whether_it_compresses_or_not() {
        let mut state = 1u32;
        let noisy: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        })
        .take(5_000)
        .collect();
        let largest = vec![7; MAX_RAW as usize];
        let mut packer = Packer::new();
        let mut unpacker = Unpacker::new();
        for (raw, codec) in
            [(noisy, PLAIN), (largest, DEFLATE), (vec![1], PLAIN), (b"abcabcabcabcabc".to_vec(), DEFLATE)]
        {
            let (head, stored) = packer.pack(&raw).unwrap();
            let stored = stored.to_vec();
            assert_eq!((head.codec, Head::read(head.bytes())), (codec, Some(head)));
            assert_eq!(unpacker.unpack(head, &stored), Some(raw.as_slice()));
            let longer = [stored.as_slice(), &[0]].concat();
            assert_eq!(unpacker.unpack(head, &longer), None, "content left over");
            for raw in [head.raw - 1, head.raw + 1] {
                assert_eq!(unpacker.unpack(Head { raw, ..head }, &stored), None, "another length than stated");
            }
        }
    }

    #[test]
    fn a_bomb_takes_no_more_memory_than_its_stated_length() {
        let zeros = vec![0; 64 << 20];
        let mut bomb = Vec::with_capacity(1 << 20);
        Compress::new(Compression::new(9), false).compress_vec(&zeros, &mut bomb, FlushCompress::Finish).unwrap();
        assert!(bomb.len() < 100_000);
        let stored = u32::try_from(bomb.len()).unwrap();
        let head = Head { codec: DEFLATE, suite: 0, key_id: 0, raw: 1000, stored, crc: 0 };
        let mut unpacker = Unpacker::new();
        assert_eq!(unpacker.unpack(head, &bomb), None);
        assert_eq!(unpacker.raw.capacity(), 1001);
    }

    #[test]
    fn lengths_out_of_bounds_are_refused_before_anything_is_reserved() {
        let head = Head { codec: 1, suite: 0, key_id: 0, raw: MAX_RAW, stored: MAX_STORED, crc: 0 };
        assert!(Head::read(head.bytes()).is_some());
        for (raw, stored) in [(0, 1), (1, 0), (MAX_RAW + 1, 1), (1, MAX_STORED + 1), (u32::MAX, u32::MAX)] {
            assert_eq!(Head::read(Head { raw, stored, ..head }.bytes()), None);
        }
    }
}
