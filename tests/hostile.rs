//! Bundles that somebody made on purpose: any byte altered and every sum above it made right again, claims that the file does
//! not hold, bombs, and something put behind. Each is refused with a sentence or says exactly what it said; what was not
//! touched stays right; and nothing takes more memory than a bundle may.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::ops::Range;
use std::sync::Arc;

use zoufang::domain::{Birth, Body, Kept, Name, Operation, Prevs, Record, Sort, Stamp, Value, Writer};
use zoufang::exchange::{Bundle, Chain, Digest, Header, Introductions, Keys, Lock, Manifest, Verdict, plan, write};
use zoufang::log::{Position, Ranges, bytes};
use zoufang::seal::{Seal, Signer};
use zoufang::text::{Lang, Trouble};
use zoufang::view::{MemoryView, View};

use crate::bundle::{BOMB, Craft, CraftBlock, deflated, manifest, names, sender, some};
use crate::histories::records;

/// Where the parts of a sound file lie.
struct Layout {
    header: Range<usize>,
    /// Each with its head.
    blocks: Vec<Range<usize>>,
    /// Behind its length.
    signature: Range<usize>,
}

impl Layout {
    fn of(file: &[u8], blocks: u32) -> Self {
        let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        let header = 23..23 + number(15);
        let mut at = header.end;
        let blocks = (0..blocks).map(|_| {
            let block = at..at + 18 + number(at + 10);
            at = block.end;
            block
        });
        let blocks = blocks.collect();
        let signature = at + 4..at + 4 + number(at);
        assert_eq!(signature.end + 32, file.len());
        Self { header, blocks, signature }
    }

    /// Makes every sum above an altered byte right again, as somebody would who knows how; with the signer's key also the
    /// signature. Lengths that were altered move nothing.
    fn made_right(&self, file: &mut [u8], at: usize, signer: Option<&Signer>) {
        let put = |file: &mut [u8], at: usize, bytes: &[u8]| file[at..at + bytes.len()].copy_from_slice(bytes);
        if at < self.header.end {
            let sum = crc32fast::hash(&[&file[..19], &file[self.header.clone()]].concat());
            put(file, 19, &sum.to_le_bytes());
        }
        if let Some(block) = self.blocks.iter().find(|block| block.contains(&at)) {
            let sum =
                crc32fast::hash(&[&file[block.start..block.start + 14], &file[block.start + 18..block.end]].concat());
            put(file, block.start + 14, &sum.to_le_bytes());
        }
        if let Some(signer) = signer.filter(|_| at < self.signature.start - 4) {
            let before = blake3::hash(&file[..self.signature.start - 4]);
            let signature = signer.sign(&[b"zoufang bundle".as_slice(), before.as_bytes()].concat());
            put(file, self.signature.start + 33, &signature);
        }
        let end = self.signature.end;
        let hash = blake3::hash(&file[..end]);
        put(file, end, hash.as_bytes());
    }
}

/// A sound file of one way of writing, and what reads it.
struct Sound {
    way: &'static str,
    file: Vec<u8>,
    keys: Keys,
    signer: Option<Signer>,
}

fn each_way(operations: &[Arc<Kept>]) -> Vec<Sound> {
    let all = || operations.iter().map(|op| Ok(&op.bytes));
    let written = |manifest: &Manifest| {
        let mut file = Vec::new();
        write(manifest, all, &mut file).unwrap();
        file
    };
    let (seal, signer) = (Seal::random().unwrap(), Signer::random().unwrap());
    let plain = Manifest { knows: names(operations), ..manifest(Ranges::default()) };
    let signed = written(&Manifest { signer: Some(signer.clone()), ..plain.clone() });
    let sealed = written(&Manifest { lock: Lock::Shared(seal.clone()), ..plain.clone() });
    let writers: BTreeSet<u64> = operations.iter().map(|op| op.operation.name.writer).collect();
    let who: Vec<Writer> = (1..).take(writers.len()).map(|laptop| Writer { laptop, ..sender(1) }).collect();
    let introductions = Introductions::of(writers.into_iter().zip(&who));
    let introducing = written(&Manifest { introductions, ..plain.clone() });
    assert!(introducing.len() > written(&plain).len() + 40);
    let none = Keys::default;
    vec![
        Sound { way: "introducing", file: introducing, keys: none(), signer: None },
        Sound { way: "by hand", file: Craft::holding(operations, 3).1.file(), keys: none(), signer: None },
        Sound { way: "compressed", file: written(&plain), keys: none(), signer: None },
        Sound { way: "signed", file: signed.clone(), keys: none(), signer: None },
        Sound { way: "signed by who alters it", file: signed, keys: none(), signer: Some(signer) },
        Sound { way: "sealed", file: sealed, keys: Keys::of([seal]), signer: None },
    ]
}

/// Everything a file hands out once it is verified.
fn read(file: &[u8], keys: &Keys) -> Result<(Header, Vec<Vec<u8>>), Trouble> {
    let bundle = Bundle::read_with(&mut Cursor::new(file), keys)?;
    let mut all = Vec::new();
    for block in bundle.blocks(&mut Cursor::new(file)) {
        all.extend(block?.operations().map(|(_, raw)| raw.to_vec()));
    }
    Ok((bundle.header().clone(), all))
}

/// A sentence in both languages that says what to do.
fn is_told(trouble: &Trouble) -> bool {
    let known =
        ["bundle-damaged", "bundle-newer", "bundle-sealed", "bundle-tampered", "bundle-not", "bundle-too-large"];
    known.contains(&trouble.kind)
        && trouble.say(Lang::Zh).ends_with(['.', ')'])
        && trouble.say(Lang::En) != trouble.say(Lang::Zh)
}

/// What a byte becomes: each bit turned, and the values at the edges.
fn others(byte: u8) -> impl Iterator<Item = u8> {
    let turned = (0..8).map(move |bit| byte ^ (1 << bit));
    turned.chain([0, 1, 0x7F, 0x80, 0xFF]).filter(move |other| *other != byte)
}

/// The most that reading a small bundle may take: a block of 1 MiB as it is, and unpacked, and little besides.
const SMALL_KIB: u64 = 3 << 10;

fn every_byte_altered() {
    let operations = some();
    let said: Vec<Vec<u8>> = operations.iter().map(|op| op.bytes.to_vec()).collect();
    for Sound { way, file, keys, signer } in each_way(&operations) {
        let (header, _) = read(&file, &keys).unwrap();
        let layout = Layout::of(&file, header.blocks);
        let (mut taken, mut refused) = (0, 0);
        for at in 0..file.len() {
            for byte in others(file[at]) {
                let mut altered = file.clone();
                altered[at] = byte;
                layout.made_right(&mut altered, at, signer.as_ref());
                match read(&altered, &keys) {
                    // The chains hold the operations: whatever else was altered, these are what they were.
                    Ok((other, operations)) => {
                        assert!(operations == said, "{way}: byte {at} became {byte}");
                        assert_eq!(
                            (&other.contains, &other.chains),
                            (&header.contains, &header.chains),
                            "{way}: byte {at}"
                        );
                        taken += 1;
                    }
                    Err(trouble) => {
                        assert!(is_told(&trouble), "{way}: byte {at} became {byte}: {trouble:?}");
                        refused += 1;
                    }
                }
            }
        }
        // What a header says of its sender is believed where nobody vouches for it, and nothing else is.
        assert!(refused > 5 * file.len() && taken > 0, "{way}: {taken} taken, {refused} refused");
        assert!(way != "sealed" || taken < 70 * 12, "{taken} altered seals were believed");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn whatever_byte_is_altered_and_every_sum_made_right_nothing_else_is_read_and_no_more_memory_taken() {
    let name =
        "hostile::whatever_byte_is_altered_and_every_sum_made_right_nothing_else_is_read_and_no_more_memory_taken";
    if let Some(took) = crate::room::took(name, every_byte_altered) {
        assert!(took < SMALL_KIB, "{took} KiB");
    }
}

#[cfg(not(target_os = "linux"))]
#[test]
fn whatever_byte_is_altered_and_every_sum_made_right_nothing_else_is_read() {
    every_byte_altered();
}

/// Merges verified operations into a view that may know some of them already; gives what was set aside.
fn merge(view: &MemoryView, known: &[Arc<Kept>], file: &[u8]) -> Ranges {
    let bundle = Bundle::read(&mut Cursor::new(file)).unwrap();
    let ours: BTreeMap<Name, Digest> = known.iter().map(|op| (op.operation.name, Digest::of(&op.bytes))).collect();
    let plan = plan(&bundle, &view.known(), |name| ours.get(&name).copied());
    let mut fresh = Vec::new();
    for block in bundle.blocks(&mut Cursor::new(file)) {
        for (name, raw) in block.unwrap().operations() {
            if plan.verdict(name) == Verdict::Fresh {
                fresh.push(Arc::new(bytes::decode(raw).unwrap()));
            }
        }
    }
    view.apply(&fresh, Position::START).unwrap();
    plan.quarantined
}

fn untouched(view: &MemoryView, touched: &BTreeSet<Name>) -> Vec<Arc<Record>> {
    records(view).into_iter().filter(|record| !touched.contains(&record.entity())).collect()
}

// Chains, ranges and counts are made anew as well: a sound bundle of a laptop that says something else.
#[test]
fn an_operation_altered_with_all_above_it_costs_what_it_is_about_and_nothing_else() {
    let operations = some();
    let raw: Vec<u8> = operations.iter().flat_map(|op| op.bytes.to_vec()).collect();
    let expected = MemoryView::of(&operations).unwrap();
    let (mut merged, mut aside) = (0, 0);
    for at in 0..raw.len() {
        for bit in 0..8 {
            let mut altered = raw.clone();
            altered[at] ^= 1 << bit;
            let Ok(other) = bytes::decode_all(&altered) else { continue };
            if !other.is_sorted_by(|one, next| one.operation.name < next.operation.name)
                || other.len() != operations.len()
            {
                continue;
            }
            let file = Craft::holding(&other, 5).1.file();
            let changed = operations.iter().zip(&other).filter(|(one, other)| one.bytes != other.bytes);
            let touched: BTreeSet<Name> = changed
                .flat_map(|(one, other)| [one, other].map(|op| [op.operation.name, op.operation.entity]))
                .flatten()
                .collect();
            // Who has nothing yet: all that is about something else is right.
            let view = MemoryView::default();
            assert_eq!(merge(&view, &[], &file).count(), 0);
            assert_eq!(untouched(&view, &touched), untouched(&expected, &touched), "byte {at} bit {bit}");
            // Who has the true ones: they stay, and what contradicts them is set aside.
            let view = MemoryView::of(&operations).unwrap();
            let contradicting = merge(&view, &operations, &file);
            assert_eq!(untouched(&view, &touched), untouched(&expected, &touched), "byte {at} bit {bit}");
            if names(&other) == names(&operations) {
                assert_eq!((contradicting.count(), records(&view)), (1, records(&expected)), "byte {at} bit {bit}");
                aside += 1;
            }
            merged += 1;
        }
    }
    assert!(
        merged > 5 * raw.len() && aside > 4 * raw.len(),
        "{merged} merged, {aside} set aside, of {} bytes",
        raw.len()
    );
}

#[test]
fn whatever_stands_behind_the_end_of_a_bundle_is_refused_also_with_its_hash_made_right() {
    let operations = some();
    for Sound { way, file, keys, .. } in each_way(&operations) {
        let noise: Vec<u8> = (0..1024_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
        for garbage in [&[7][..], &[0], &noise, &[0; 1024], &file] {
            let said = format!("末尾多出 {} 个字节", garbage.len());
            let refused = read(&[file.as_slice(), garbage].concat(), &keys).unwrap_err();
            assert!(refused.kind == "bundle-damaged" && refused.say(Lang::Zh).contains(&said), "{way}: {refused}");
            let mut inside = [&file[..file.len() - 32], garbage].concat();
            inside.extend(blake3::hash(&inside).as_bytes());
            let refused = read(&inside, &keys).unwrap_err();
            assert!(refused.kind == "bundle-damaged" && refused.say(Lang::Zh).contains(&said), "{way}: {refused}");
        }
        // Cut anywhere, and the hash of what is left behind it.
        for length in 0..file.len() - 32 {
            let mut cut = file[..length].to_vec();
            cut.extend(blake3::hash(&cut).as_bytes());
            assert!(is_told(&read(&cut, &keys).unwrap_err()), "{way}: cut to {length}");
        }
    }
}

fn put_varint(out: &mut Vec<u8>, mut number: u64) {
    while number > 0x7F {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

/// A header of a sound bundle, to be made to claim something.
fn claims(operations: &[Arc<Kept>], claim: impl FnOnce(&mut Header)) -> Header {
    let (mut header, _) = Craft::holding(operations, 100);
    claim(&mut header);
    header
}

/// Files that claim more than they hold, each with the most KiB that reading it may take and what it is refused with; none
/// where it is a bundle all the same.
fn claiming() -> Vec<(&'static str, Vec<u8>, u64, Option<&'static str>)> {
    let operations = some();
    let one = operations[0].bytes.to_vec();
    let block = CraftBlock { claimed: Some(1 << 20), raw: 1 << 20, ..CraftBlock::plain(&one) };
    let many = claims(&operations, |header| (header.blocks, header.raw) = (10_000, 4 << 30));
    let zeros = CraftBlock { codec: 1, suite: 0, raw: 1 << 20, claimed: None, stored: deflated(&vec![0; 1 << 20]) };
    let gradual = claims(&operations, |header| (header.blocks, header.raw) = (1024, 1 << 30));
    let all_at_once = claims(&operations, |header| (header.blocks, header.raw) = (1, 1 << 20));
    let gib = CraftBlock { stored: BOMB.clone(), ..zeros.clone() };
    let lying = claims(&operations, |header| {
        header.contains = Ranges::default();
        header.contains.insert_range(1, 0, u32::MAX);
        header.chains = BTreeMap::from([(1, Chain::default())]);
        header.operations = 1 << 32;
    });
    // As much as a header may say that its sender knows: a writer in twelve bytes, a range in two.
    let sound = || vec![CraftBlock::plain(&operations.iter().flat_map(|op| op.bytes.to_vec()).collect::<Vec<u8>>())];
    let nobody = claims(&operations, |header| header.knows = Ranges::default());
    // As many laptops, each without a name, and as many writers of one laptop as a header may introduce.
    let introduces = |people: u64, writers: u64| {
        let mut content = Vec::new();
        put_varint(&mut content, people);
        (0..people).for_each(|laptop| content.extend([&laptop.to_le_bytes()[..], &[0; 5]].concat()));
        put_varint(&mut content, writers);
        (0..writers).for_each(|writer| content.extend([&(writer << 8).to_le_bytes()[..], &[0]].concat()));
        let mut craft = Craft::of(&nobody, sound());
        craft.header.extend(*b"whom");
        craft.header.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
        craft.header.extend(content);
        assert!((8 << 20) - 1024 < craft.header.len() && craft.header.len() <= 8 << 20, "{}", craft.header.len());
        craft.file()
    };
    // One laptop of so many people, with so much of a name each.
    let crowd = |people: u64, name: &str, writers: u64| {
        let mut content = vec![1];
        content.extend([0; 12]);
        put_varint(&mut content, people);
        let visitor = [&u16::try_from(name.len()).unwrap().to_le_bytes()[..], name.as_bytes()].concat();
        (0..people).for_each(|_| content.extend(&visitor));
        put_varint(&mut content, writers);
        (0..writers).for_each(|writer| content.extend([&(writer << 8).to_le_bytes()[..], &[0]].concat()));
        let mut craft = Craft::of(&nobody, sound());
        craft.header.extend(*b"whom");
        craft.header.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
        craft.header.extend(content);
        assert!(craft.header.len() <= 8 << 20, "{}", craft.header.len());
        craft.file()
    };
    // More laptops than there are bytes.
    let overstated = {
        let mut craft = Craft::of(&nobody, sound());
        craft.header.extend([&b"whom"[..], &9_u32.to_le_bytes(), &[0xFF; 8], &[0x7F]].concat());
        craft.file()
    };
    let knows = |writers: u64, each: u64| {
        let mut craft = Craft::of(&nobody, sound());
        assert_eq!(craft.header.pop(), Some(0), "no writers");
        put_varint(&mut craft.header, writers);
        for writer in 1..=writers {
            craft.header.extend((writer << 8).to_le_bytes());
            put_varint(&mut craft.header, each);
            // Each begins where it may begin first, and is one operation long.
            craft.header.extend(std::iter::repeat_n([0, 0], usize::try_from(each).unwrap()).flatten());
        }
        assert!((8 << 20) - 1024 < craft.header.len() && craft.header.len() <= 8 << 20, "{}", craft.header.len());
        craft.file()
    };
    vec![
        (
            "ten thousand blocks of a mebibyte",
            Craft::of(&many, vec![block; 10_000]).file(),
            SMALL_KIB,
            Some("bundle-damaged"),
        ),
        (
            "a thousand mebibytes of zeros",
            Craft::of(&gradual, vec![zeros; 1024]).file(),
            SMALL_KIB,
            Some("bundle-damaged"),
        ),
        ("a gibibyte in one block", Craft::of(&all_at_once, vec![gib]).file(), 4 << 10, Some("bundle-damaged")),
        ("four thousand million operations", Craft::of(&lying, vec![]).file(), SMALL_KIB, Some("bundle-damaged")),
        ("a header of 762,550 writers", knows(762_550, 1), 100 << 10, None),
        ("a header of four million ranges", knows(1, 4_194_100), 100 << 10, None),
        ("645,200 laptops", introduces(645_200, 0), 20 << 10, Some("bundle-damaged")),
        ("100,000 laptops as 787,500 writers", introduces(100_000, 787_500), 100 << 10, None),
        ("four million people without a name", crowd(4_190_000, "", 0), 20 << 10, Some("bundle-damaged")),
        ("200,000 people of one laptop as 700,000 writers", crowd(200_000, "人", 700_000), 100 << 10, None),
        ("a hundred names of 60 KB", crowd(100, &"人".repeat(20_000), 200_000), 40 << 10, None),
        ("laptops without number", overstated, SMALL_KIB, Some("bundle-damaged")),
        ("64 MiB of true operations in 100 KiB", true_bomb(), 8 << 10, None),
    ]
}

/// Operations as large as they may be, each of them true, which compress to a thousandth.
fn true_bomb() -> Vec<u8> {
    let text = "x".repeat(262_000);
    let operation = |seq: u32| {
        let name = Name::new(1, seq);
        let facts = vec![("remark".into(), Value::text(text.clone()))];
        let body = Body::Birth(Sort::Household, Birth { links: Vec::new(), facts });
        let (stamp, actor, key) = (Stamp(u64::from(seq)), "".into(), "".into());
        bytes::keep(Operation { name, stamp, wall_ms: 0, actor, entity: name, key, prevs: Prevs::new(), body }).unwrap()
    };
    let (mut header, _) = Craft::holding(&[operation(1)], 1);
    (header.operations, header.blocks, header.raw) = (0, 0, 0);
    header.chains.clear();
    let mut chain = Chain::default();
    let mut blocks = Vec::new();
    while header.raw < 64 << 20 {
        let four: Vec<Arc<Kept>> = (1..=4).map(|n| operation(4 * header.blocks + n)).collect();
        let raw: Vec<u8> = four.iter().flat_map(|op| op.bytes.to_vec()).collect();
        for op in &four {
            chain = chain.then(Digest::of(&op.bytes));
            header.contains.insert(op.operation.name);
        }
        let length = u32::try_from(raw.len()).unwrap();
        blocks.push(CraftBlock { codec: 1, suite: 0, raw: length, claimed: None, stored: deflated(&raw) });
        (header.operations, header.blocks) = (header.operations + 4, header.blocks + 1);
        header.raw += u64::from(length);
    }
    header.chains.insert(1, chain);
    let file = Craft::of(&header, blocks).file();
    assert!(file.len() < 100 << 10, "{} bytes", file.len());
    file
}

#[cfg(target_os = "linux")]
#[test]
fn no_claim_and_no_bomb_takes_more_memory_than_a_bundle_may() {
    let name = "hostile::no_claim_and_no_bomb_takes_more_memory_than_a_bundle_may";
    if let Some(path) = crate::room::given(name) {
        let mut outcome = "read";
        let took = crate::room::taken_by(|| {
            let mut file = std::io::BufReader::new(std::fs::File::open(path).unwrap());
            outcome = Bundle::read(&mut file).map_or_else(|trouble| trouble.kind, |_| "read");
        });
        println!("\ntook {took} KiB: {outcome}.");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (about, file, most, refused) in claiming() {
        let path = folder.path().join("claim.zfb");
        std::fs::write(&path, file).unwrap();
        let said = crate::room::alone(name, path.to_str().unwrap());
        let (_, said) = said.split_once("\ntook ").unwrap();
        let (took, outcome) = said.split_once(" KiB: ").unwrap();
        assert!(outcome.starts_with(&format!("{}.", refused.unwrap_or("read"))), "{about}: {outcome}");
        assert!(took.parse::<u64>().unwrap() <= most, "{about}: {took} KiB");
    }
}

// Three times its length before: a slice of the backlog was 250 operations, however long.
#[cfg(target_os = "linux")]
#[test]
fn merging_a_bomb_of_true_operations_takes_little_more_than_its_own_length() {
    use zoufang::app::{Device, Digests, Ours, Parcel, Place, Progress};
    use zoufang::clock::Clock;

    let name = "hostile::merging_a_bomb_of_true_operations_takes_little_more_than_its_own_length";
    if let Some(path) = crate::room::given(name) {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path().join("data"));
        let device = Device { laptop: 3, visitors: vec!["陈明".into()], ..Device::default() };
        place.create(&device, &Clock::machine()).unwrap();
        let mut keeper = place.open(Clock::machine()).unwrap().keeper;
        keeper.fill().unwrap();
        let took = crate::room::taken_by(|| {
            let (ours, known) = (Ours::of("yiyuan-2021"), keeper.known());
            let digests = Digests::default();
            let mut parcel = Parcel::open(path.as_ref(), &ours, &known, &keeper.reader(), &digests).unwrap();
            parcel.prepare(keeper.parcel_place(), &Progress::default()).unwrap();
            assert!(keeper.merge(parcel).unwrap().fresh > 250);
            keeper.finish().unwrap();
        });
        // 64 MiB wait to be shown; a slice of 4 MiB is decoded, kept and sent to the view at a time.
        assert!(took < (64 + 32) << 10, "{took} KiB");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bomb.zfb");
    std::fs::write(&path, true_bomb()).unwrap();
    crate::room::alone(name, path.to_str().unwrap());
}
