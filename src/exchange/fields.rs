//! Fields of the header: numbers, short texts and ranges, written and read without trusting any count.
//!
//! Nothing is reserved from a count that was read: what is collected grows only as fast as bytes really arrive.

use crate::log::Ranges;

/// Writes a text: its length in bytes as u16, then UTF-8. `None` when it is longer than 64 KiB.
pub fn put_text(out: &mut Vec<u8>, text: &str) -> Option<()> {
    out.extend(u16::try_from(text.len()).ok()?.to_le_bytes());
    out.extend(text.as_bytes());
    Some(())
}

/// Writes a number in groups of seven bits, lowest first (LEB128).
pub fn put_varint(out: &mut Vec<u8>, mut number: u64) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            out.push(low & 0x7F);
            return;
        }
        out.push(low | 0x80);
    }
}

/// Groups ranges by writer, in order.
pub fn by_writer(ranges: &Ranges) -> Vec<(u64, Vec<(u32, u32)>)> {
    let mut writers: Vec<(u64, Vec<(u32, u32)>)> = Vec::new();
    for (writer, first, last) in ranges.iter() {
        match writers.last_mut() {
            Some((same, list)) if *same == writer => list.push((first, last)),
            _ => writers.push((writer, vec![(first, last)])),
        }
    }
    writers
}

/// Writes ranges: about 12 bytes a writer that has no gaps.
pub fn put_ranges(out: &mut Vec<u8>, ranges: &Ranges) {
    let writers = by_writer(ranges);
    put_varint(out, writers.len() as u64);
    for (writer, list) in writers {
        out.extend(writer.to_le_bytes());
        put_varint(out, list.len() as u64);
        let mut free = 0u64;
        for (first, last) in list {
            put_varint(out, u64::from(first).saturating_sub(free));
            put_varint(out, u64::from(last).saturating_sub(u64::from(first)));
            free = u64::from(last) + 2;
        }
    }
}

/// Reads fields off the front of bytes.
pub struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    /// Starts at the front.
    pub fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    /// Reads a fixed number of bytes.
    pub fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        Some(*first)
    }

    /// Reads a text.
    pub fn text(&mut self) -> Option<String> {
        self.text_here().map(str::to_owned)
    }

    /// Reads a text where it stands.
    pub fn text_here(&mut self) -> Option<&'a str> {
        let length = u16::from_le_bytes(self.take()?);
        std::str::from_utf8(self.bytes(u32::from(length))?).ok()
    }

    /// Reads so many bytes.
    pub fn bytes(&mut self, length: u32) -> Option<&'a [u8]> {
        let (first, rest) = self.rest.split_at_checked(usize::try_from(length).ok()?)?;
        self.rest = rest;
        Some(first)
    }

    /// Reads a number in groups of seven bits; more than 64 bits are refused.
    pub fn varint(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let [byte] = self.take()?;
            let bits = u64::from(byte & 0x7F);
            if shift == 63 && bits > 1 {
                return None;
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// Reads ranges; writers out of order, empty ones and numbers past 32 bits are refused.
    pub fn ranges(&mut self) -> Option<Ranges> {
        let mut ranges = Ranges::default();
        let mut before = None;
        for _ in 0..self.varint()? {
            let writer = u64::from_le_bytes(self.take()?);
            if before.replace(writer).is_some_and(|before| before >= writer) {
                return None;
            }
            let mut free = 0u64;
            let count = self.varint()?;
            if count == 0 {
                return None;
            }
            for _ in 0..count {
                let first = free.checked_add(self.varint()?)?;
                let last = first.checked_add(self.varint()?)?;
                free = last.checked_add(2)?;
                ranges.insert_range(writer, u32::try_from(first).ok()?, u32::try_from(last).ok()?);
            }
        }
        Some(ranges)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_and_ranges_read_back_as_they_were(
            number in any::<u64>(),
            shift in 0u32..64,
            list in prop::collection::vec((0u64..4, any::<u32>(), 0u32..9), 0..40),
        ) {
            let mut ranges = Ranges::default();
            for (writer, first, more) in list {
                ranges.insert_range(writer, first, first.saturating_add(more));
            }
            let mut out = Vec::new();
            put_varint(&mut out, number >> shift);
            put_ranges(&mut out, &ranges);
            let mut fields = Fields::new(&out);
            prop_assert_eq!(fields.varint(), Some(number >> shift));
            prop_assert_eq!(fields.ranges(), Some(ranges));
            prop_assert!(fields.rest.is_empty());
        }

        #[test]
        fn no_bytes_make_ranges_fail_other_than_by_refusal(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = Fields::new(&bytes).ranges();
        }
    }

    #[test]
    fn a_count_that_lies_is_refused_when_the_bytes_end() {
        let mut out = Vec::new();
        put_varint(&mut out, u64::MAX);
        assert_eq!(Fields::new(&out).ranges(), None);
        assert_eq!(Fields::new(&[0xFF; 10]).varint(), None, "past 64 bits");
    }

    #[test]
    fn many_writers_cost_twelve_bytes_each() {
        let mut ranges = Ranges::default();
        for writer in 0..4_800u64 {
            ranges.insert_range(writer << 40, 1, 100);
        }
        let mut out = Vec::new();
        put_ranges(&mut out, &ranges);
        assert!(out.len() <= 4_800 * 12, "{}", out.len());
    }
}
