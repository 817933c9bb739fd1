//! Parts: bytes that were read together are held once, and each operation has its part of them. A merge decodes operations by the
//! hundred thousand, a record several at a time; a buffer for each of them cost more than reading it.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// A part of bytes that others may have parts of too.
#[derive(Clone)]
pub struct Part {
    whole: Arc<[u8]>,
    from: u32,
    upto: u32,
}

impl Part {
    /// Gives a part of this part; less where it ends before.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Self {
        let (from, upto) = (self.from as usize, self.upto as usize);
        let end = from.saturating_add(range.end).min(upto);
        let start = from.saturating_add(range.start).min(end);
        Self { whole: Arc::clone(&self.whole), from: place(start), upto: place(end) }
    }
}

/// What is read at once is a frame, a block or a record, and each of these is bounded far below four gigabytes.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl From<Arc<[u8]>> for Part {
    fn from(whole: Arc<[u8]>) -> Self {
        let upto = place(whole.len());
        Self { whole, from: 0, upto }
    }
}

impl From<&[u8]> for Part {
    fn from(bytes: &[u8]) -> Self {
        Self::from(Arc::from(bytes))
    }
}

impl From<Vec<u8>> for Part {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Arc::from(bytes))
    }
}

impl Deref for Part {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.whole.get(self.from as usize..self.upto as usize).unwrap_or_default()
    }
}

impl AsRef<[u8]> for Part {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Part {}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::Part;

    #[test]
    fn a_part_reaches_no_further_than_what_it_is_part_of() {
        let whole = Part::from(b"abcdef".as_slice());
        let part = whole.part(1..4);
        assert_eq!((&*part, &*part.part(1..2)), (b"bcd".as_slice(), b"c".as_slice()));
        assert_eq!((&*part.part(2..9), &*part.part(7..9)), (b"d".as_slice(), b"".as_slice()));
        assert_eq!(part, Part::from(b"bcd".to_vec()));
    }
}
