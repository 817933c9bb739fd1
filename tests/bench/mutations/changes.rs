//! How an input is changed: a few small changes in random places, as damage, haste and malice make them.

use zoufang::log::disk_faulty::Chance;

/// No input grows beyond this.
const LONGEST: usize = 1 << 20;
/// Bytes that mean something somewhere: ends, quotes, counts, markup, parts of characters.
const TELLING: [u8; 20] = [
    0, 1, 0x7f, 0x80, 0xff, b'\n', b'\r', b'\t', b'"', b'\'', b',', b'=', b'<', b'&', b'[', b'#', 0x1b, 0xe5, b'0',
    b'-',
];
/// Numbers at which counting goes wrong.
const EDGES: [u32; 8] = [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x0000_ffff, 0x0001_0000, 0x03ff_ffff];

/// Changes bytes in one to four places; `other` is an input to take pieces from.
pub fn change(bytes: &mut Vec<u8>, other: &[u8], chance: &mut Chance) {
    for _ in 0..=chance.below(4) {
        once(bytes, other, chance);
        bytes.truncate(LONGEST);
    }
}

fn once(bytes: &mut Vec<u8>, other: &[u8], chance: &mut Chance) {
    let length = bytes.len();
    let at = chance.below(length + 1);
    let most = [4, 32, 400][chance.below(3)];
    let many = 1 + chance.below(most);
    let end = (at + many).min(length);
    match chance.below(10) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at..end)),
        2 => {
            let piece = bytes[at..end].to_vec();
            let to = chance.below(length + 1);
            bytes.splice(to..to, piece);
        }
        3 => {
            let from = chance.below(other.len() + 1);
            let piece = other[from..(from + many).min(other.len())].to_vec();
            bytes.splice(at..end, piece);
        }
        4 => bytes[at..end].fill([0, 0xff][chance.below(2)]),
        5 => bytes.insert(at, TELLING[chance.below(TELLING.len())]),
        6 => {
            let number = EDGES[chance.below(EDGES.len())].to_le_bytes();
            let wide = 1 + chance.below(4);
            bytes.iter_mut().skip(at).zip(number).take(wide).for_each(|(byte, new)| *byte = new);
        }
        7 => {
            let piece = vec![TELLING[chance.below(TELLING.len())]; many];
            bytes.splice(at..at, piece);
        }
        8 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << chance.below(8);
            }
        }
        _ => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = u8::try_from(chance.below(256)).unwrap();
            }
        }
    }
}
