//! Sums made right again, as somebody does who wants to be believed: so changes get past them into what reads on.

/// Makes every frame's sum right that can be found by its length, and the header's.
pub fn frames(file: &mut [u8]) {
    if let Some((head, rest)) = file.split_at_mut_checked(24)
        && let Some(place) = rest.first_chunk_mut::<4>()
    {
        *place = crc32fast::hash(head).to_le_bytes();
    }
    let mut at = 28;
    while let Some(head) = file.get(at..at + 13) {
        let length = u32::from_le_bytes(head[5..9].try_into().unwrap()) as usize;
        let Some(payload) = file.get(at + 13..at + 13 + length) else { break };
        let mut sum = crc32fast::Hasher::new();
        sum.update(&(at as u64).to_le_bytes());
        sum.update(&head[..9]);
        sum.update(payload);
        let sum = sum.finalize().to_le_bytes();
        file[at + 9..at + 13].copy_from_slice(&sum);
        at += 13 + length;
    }
}

/// Makes a bundle's sums right: of its header, of each block that can be found by its length, and the hash of the whole.
pub fn bundle(file: &mut [u8]) {
    let number = |bytes: &[u8], at: usize| {
        bytes.get(at..at + 4).map_or(0, |four| u32::from_le_bytes(four.try_into().unwrap()) as usize)
    };
    let end = 23 + number(file, 15);
    if let Some(header) = file.get(23..end) {
        let sum = crc32fast::hash(&[&file[..19], header].concat());
        file[19..23].copy_from_slice(&sum.to_le_bytes());
    }
    let mut at = end;
    while let Some(head) = file.get(at..at + 18) {
        let stored = number(head, 10);
        let Some(bytes) = file.get(at + 18..at + 18 + stored) else { break };
        let sum = crc32fast::hash(&[&head[..14], bytes].concat());
        file[at + 14..at + 18].copy_from_slice(&sum.to_le_bytes());
        at += 18 + stored;
    }
    if let Some(before) = file.len().checked_sub(32) {
        let hash = *blake3::hash(&file[..before]).as_bytes();
        file[before..].copy_from_slice(&hash);
    }
}

/// Makes the sum right that is the last four bytes of a file.
pub fn at_the_end(file: &mut [u8]) {
    if let Some(before) = file.len().checked_sub(4) {
        let sum = crc32fast::hash(&file[..before]).to_le_bytes();
        file[before..].copy_from_slice(&sum);
    }
}
