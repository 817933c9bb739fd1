//! Locked bundles: a stick that a stranger finds tells nothing but the campaign's name, and whoever alters one without
//! its key is found out, however right he makes every sum.

use std::io::Cursor;
use std::sync::Arc;

use zoufang::domain::{Birth, Body, Kept, Name, Operation, Prevs, Sort, Stamp, Value, Writer};
use zoufang::exchange::{Bundle, Header, Keys, Lock, Manifest, ring_of, write};
use zoufang::log::bytes;
use zoufang::seal::{Cost, Keyring, Seal, Signer};
use zoufang::text::Lang;

const CHEAP: Cost = Cost { memory: 16, passes: 1, lanes: 1 };
const PLANTED: [&str; 3] = ["呼延灼然", "13853309876", "尉迟敬之"];

fn operations() -> Vec<Arc<Kept>> {
    (1..=40)
        .map(|seq| {
            let facts = [("head", PLANTED[0]), ("phone", PLANTED[1])];
            // Long enough for several blocks.
            let long = (0..40_000).map(|n| char::from(b'a' + u8::try_from((n * seq + n / 7) % 26).unwrap())).collect();
            let facts = facts.map(|(key, text)| (key.into(), Value::text(text)));
            let facts = facts.into_iter().chain([("remark".into(), Value::Text(long))]).collect();
            let body = Body::Birth(Sort::Household, Birth { links: Vec::new(), facts });
            let name = Name::new(7, seq);
            bytes::keep(Operation {
                name,
                stamp: Stamp(u64::from(seq)),
                wall_ms: 0,
                actor: PLANTED[2].into(),
                entity: name,
                key: "".into(),
                prevs: Prevs::new(),
                body,
            })
            .unwrap()
        })
        .collect()
}

fn export(lock: Lock) -> Vec<u8> {
    let from = Writer { laptop: 7, group: "一组".into(), visitors: vec![PLANTED[2].into()], ..Writer::default() };
    let manifest = Manifest { campaign: "乡村走访 2021".into(), from, lock, ..Manifest::default() };
    let mut out = Vec::new();
    write(&manifest, || operations().into_iter().map(|kept| Ok(kept.bytes.clone())), &mut out).unwrap();
    out
}

fn read(file: &[u8], keys: &Keys) -> Result<Bundle, &'static str> {
    Bundle::read_with(&mut Cursor::new(file), keys).map_err(|trouble| trouble.kind)
}

fn locks() -> (Seal, [Lock; 2]) {
    let (ring, seal, _) = Keyring::new("一个口令", CHEAP).unwrap();
    (seal.clone(), [Lock::Shared(seal.clone()), Lock::Own { seal, ring: ring.encode() }])
}

#[test]
fn a_locked_bundle_opens_with_its_key_alone_and_shows_nothing_without() {
    let (seal, locks) = locks();
    let keys = Keys::of([Keyring::new("x", CHEAP).unwrap().1, seal]);
    for lock in locks {
        let file = export(lock);
        for planted in PLANTED.iter().chain(&["一组"]) {
            assert!(!file.windows(planted.len()).any(|window| window == planted.as_bytes()), "{planted}");
        }
        let bundle = read(&file, &keys).unwrap();
        assert_eq!(Header::read(&mut Cursor::new(&file), &keys).unwrap(), *bundle.header());
        let mut out = Cursor::new(&file);
        let blocks: Vec<_> = bundle.blocks(&mut out).map(Result::unwrap).collect();
        assert!(blocks.len() > 1);
        let all: Vec<Vec<u8>> =
            blocks.iter().flat_map(zoufang::exchange::Block::operations).map(|(_, raw)| raw.to_vec()).collect();
        assert_eq!(all, operations().iter().map(|kept| kept.bytes.to_vec()).collect::<Vec<_>>());
        for keys in [Keys::default(), Keys::of([Keyring::new("一个口令", CHEAP).unwrap().1])] {
            assert_eq!(read(&file, &keys).unwrap_err(), "bundle-sealed");
        }
    }
    assert!(read(&export(Lock::Clear), &keys).is_ok());
}

#[test]
fn a_stranger_learns_the_campaign_and_a_backup_brings_its_ring_along() {
    let (_, [shared, own]) = locks();
    let (shared, own) = (export(shared), export(own));
    let told = Bundle::read(&mut Cursor::new(&shared)).unwrap_err().say(Lang::Zh);
    assert!(told.contains("乡村走访 2021"), "{told}");
    assert_eq!(ring_of(&mut Cursor::new(&shared)).unwrap(), None);
    let ring = Keyring::decode(&ring_of(&mut Cursor::new(&own)).unwrap().unwrap()).unwrap();
    let keys = Keys::of([ring.open("一个口令").unwrap()]);
    assert!(read(&own, &keys).is_ok());
    assert_eq!(ring_of(&mut Cursor::new(&export(Lock::Clear))).unwrap(), None);
}

/// The places of a file's parts: where the header is stored, and each block with its head.
fn parts(file: &[u8]) -> (std::ops::Range<usize>, Vec<std::ops::Range<usize>>) {
    let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
    let header = 23..23 + number(15);
    let mut blocks = Vec::new();
    let mut at = header.end;
    // Until the signature and the hash are what is left.
    while at + 4 + number(at) + 32 != file.len() {
        let end = at + 18 + number(at + 10);
        blocks.push(at..end);
        at = end;
    }
    (header, blocks)
}

/// Makes every sum of a file right again.
fn made_right(mut file: Vec<u8>) -> Vec<u8> {
    let (header, blocks) = parts(&file);
    let sum = |parts: &[&[u8]]| {
        let mut sum = crc32fast::Hasher::new();
        for part in parts {
            sum.update(part);
        }
        sum.finalize().to_le_bytes()
    };
    let crc = sum(&[&file[..19], &file[header.clone()]]);
    file[19..23].copy_from_slice(&crc);
    for block in blocks {
        let crc = sum(&[&file[block.start..block.start + 14], &file[block.start + 18..block.end]]);
        file[block.start + 14..block.start + 18].copy_from_slice(&crc);
    }
    let end = file.len() - 32;
    let hash = *blake3::hash(&file[..end]).as_bytes();
    file[end..].copy_from_slice(&hash);
    file
}

#[test]
fn what_was_altered_without_the_key_is_refused_however_right_its_sums_are() {
    let (seal, locks) = locks();
    let keys = Keys::of([seal]);
    for lock in locks {
        let file = export(lock);
        assert!(read(&made_right(file.clone()), &keys).is_ok());
        let (header, blocks) = parts(&file);
        let mut altered = 0;
        for part in std::iter::once(header.clone()).chain(blocks.clone()) {
            let start = if part == header { part.start } else { part.start + 18 };
            for at in (start..part.end).step_by((part.len() / 40).max(1)) {
                let mut other = file.clone();
                other[at] ^= 1;
                let refused = read(&made_right(other), &keys).unwrap_err();
                // The length of what stands in front is not sealed, only bounded.
                let length = part == header && at < part.start + 2;
                assert!(refused == "bundle-tampered" || length, "byte {at}: {refused}");
                altered += 1;
            }
        }
        assert!(altered > 80);
        // Two blocks that changed places, and a block of another bundle of the same laptop.
        let swapped = |one: &[u8], first: std::ops::Range<usize>, two: &[u8], second: std::ops::Range<usize>| {
            [&one[..first.start], &two[second], &one[first.end..]].concat()
        };
        let (first, second) = (blocks[0].clone(), blocks[1].clone());
        let replayed = made_right(swapped(&file, first, &file, second));
        assert!(["bundle-tampered", "bundle-damaged"].contains(&read(&replayed, &keys).unwrap_err()));
    }
}

#[test]
fn a_signed_bundle_says_who_signed_it_and_any_other_bytes_or_signature_are_refused() {
    let signer = Signer::random().unwrap();
    let manifest =
        Manifest { campaign: "乡村走访 2021".into(), signer: Some(signer.clone()), ..Manifest::default() };
    let mut file = Vec::new();
    write(&manifest, || operations().into_iter().map(|kept| Ok(kept.bytes.clone())), &mut file).unwrap();
    let keys = Keys::default();
    assert_eq!(read(&file, &keys).unwrap().signed_by(), Some(signer.public()));
    assert_eq!(read(&export(Lock::Clear), &keys).unwrap().signed_by(), None);
    // The hash of the whole made right again by whoever altered it.
    let hashed = |mut file: Vec<u8>| {
        let end = file.len() - 32;
        let hash = *blake3::hash(&file[..end]).as_bytes();
        file[end..].copy_from_slice(&hash);
        file
    };
    let signature = file.len() - 32 - 97;
    for at in signature..signature + 97 {
        let mut altered = file.clone();
        altered[at] ^= 1;
        let read = read(&hashed(altered), &keys);
        // Another kind of signature is of a later program: nobody is known to have signed.
        let expected = if at == signature { Ok(None) } else { Err("bundle-tampered") };
        assert_eq!(read.map(|bundle| bundle.signed_by()), expected, "byte {}", at - signature);
    }
    // Another header under the old signature, every sum right: the campaign of the manifest, made another one.
    let mut altered = file.clone();
    let name = "乡村走访 2021".as_bytes();
    let at = altered.windows(name.len()).position(|window| window == name).unwrap();
    altered[at + name.len() - 1] = b'2';
    assert_eq!(read(&made_right(altered), &keys).unwrap_err(), "bundle-tampered");
}
