//! What other laptops are known to have, by what their export files said: so an export for one of them holds only what it
//! lacks, and what is missing here can be asked of whoever has it.
//!
//! A habit of this laptop in `peers.toml`, not a record: where the file is lost, exports hold more than they need to.

mod crossings;
mod told;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::Writer;
use crate::exchange::Introductions;
use crate::log::{Disk, Ranges, settings};
use crate::seal::Public;
use crate::text::{Trouble, t};
pub use crossings::{Crossing, Crossings};
use told::Told;

pub(in crate::app) const FILE: &str = "peers.toml";

/// What each laptop had at its last export that was merged here, and what it said of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Peers {
    all: BTreeMap<u64, Peer>,
}

/// One laptop.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Peer {
    /// What it said of itself.
    pub who: Writer,
    /// What it has.
    pub has: Ranges,
    /// Of two of its exports neither held the other; see [`Peer::parted`].
    pub is_parted: bool,
    /// The key with which it signs; none where it never did.
    pub key: Option<Public>,
    /// When the newest export of it that was merged was made, by its clock, milliseconds since 1970 UTC; 0 where that is not
    /// known.
    pub exported_ms: i64,
    /// What crossed in its last exports that were merged.
    pub crossings: Crossings,
    /// What its last exports that were merged brought back to what this laptop had written and it knew already. Which of that crossed
    /// is told by the stamps: see `app/disputes/parallel.rs`.
    pub returned: Crossings,
    /// What its newest export that was merged said of who the writers are of whom something is missing here.
    pub introductions: Introductions,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Stored {
    code: String,
    group: String,
    visitors: Vec<String>,
    /// The key with which it signs; empty for none.
    key: String,
    /// When its newest export that was merged was made, by its clock.
    exported: i64,
    parted: bool,
    /// `writer first-last` each, as it was written once.
    #[serde(skip_serializing)]
    has: Vec<String>,
    /// The same in one text, parted by commas: a campaign has thousands, and each would be a string of its own.
    ranges: String,
    /// What crossed, of each export `came|unseen`, the latter without what was unseen the time before; ranges as above.
    crossings: Vec<String>,
    /// What of each time before was seen since.
    seen: Vec<String>,
    /// What came back to what was known to it, as above.
    returned: Vec<String>,
    returned_seen: Vec<String>,
    /// Laptops of which it told.
    told: Vec<Told>,
}

impl Peers {
    /// Reads what is known; nothing where the file is missing or cannot be read.
    pub fn read(disk: &dyn Disk, folder: &Path) -> Self {
        let text = settings::load_text(disk, &folder.join(FILE)).ok().flatten().unwrap_or_default();
        let stored: BTreeMap<String, Stored> = toml::from_str(&told::within(&text)).unwrap_or_default();
        let mut peers = Self::default();
        for (laptop, one) in stored {
            let Ok(laptop) = u64::from_str_radix(&laptop, 16) else { continue };
            let Stored { code, group, visitors, .. } = one;
            let peer = Peer {
                who: Writer { laptop, code, group, visitors, ..Writer::default() }.kept_short(),
                has: ranges_of(one.has.iter().map(String::as_str).chain(one.ranges.split(','))),
                is_parted: one.parted,
                key: Public::from_text(&one.key),
                exported_ms: one.exported,
                crossings: Crossings::read(&one.crossings, &one.seen),
                returned: Crossings::read(&one.returned, &one.returned_seen),
                introductions: Told::read(one.told).within(peers.room_of(laptop)),
            };
            peers.all.insert(laptop, peer);
        }
        peers
    }

    /// Writes it; the old file stays until the new one is on disk.
    pub fn write(&self, disk: &Arc<dyn Disk>, folder: &Path) -> Result<(), Trouble> {
        let stored = self.all.iter().map(|(laptop, peer)| {
            let Writer { code, group, visitors, .. } = peer.who.clone();
            let (crossings, seen) = peer.crossings.written();
            let (returned, returned_seen) = peer.returned.written();
            let stored = Stored {
                code,
                group,
                visitors,
                key: peer.key.map(|key| key.to_text()).unwrap_or_default(),
                exported: peer.exported_ms,
                parted: peer.is_parted,
                has: Vec::new(),
                ranges: text_of(&peer.has),
                crossings,
                seen,
                returned,
                returned_seen,
                told: Told::all_of(&peer.introductions),
            };
            (format!("{laptop:016x}"), stored)
        });
        let stored: BTreeMap<String, Stored> = stored.collect();
        let text = toml::to_string(&stored).map_err(|error| {
            let said = t("{file} 写不了: {cause}", "{file} cannot be written: {cause}");
            Trouble::new("device-unreadable", said.with("file", FILE).with("cause", error))
        })?;
        settings::save_text(disk, &folder.join(FILE), &text)
    }

    /// Notes what a laptop has, all of it, by an export that was made at a moment by its clock. Gives false where that was
    /// known. Which export is the newest is told by what they hold: the clock may have been wrong.
    pub fn note(&mut self, who: &Writer, has: &Ranges, exported_ms: i64) -> bool {
        let known = self.all.entry(who.laptop).or_default();
        let (news, lacks) = (has.without(&known.has), known.has.without(has));
        let before = known.is_parted;
        // Who has everything again has merged what the other one wrote.
        known.is_parted = lacks.count() > 0 && (before || news.count() > 0);
        known.has.extend(&news);
        known.who = who.kept_short();
        let is_newest = lacks.count() == 0 && known.exported_ms != exported_ms;
        if is_newest {
            known.exported_ms = exported_ms;
        }
        news.count() > 0 || is_newest || known.is_parted != before
    }

    /// Notes what an export of a laptop brought, and what was known here that it had not seen. Gives false where there is nothing to
    /// be remembered, or too much.
    pub fn note_crossing(&mut self, laptop: u64, crossing: Crossing) -> bool {
        self.all.entry(laptop).or_default().crossings.add(crossing)
    }

    /// Notes what an export of a laptop brought, and what this laptop had written by then and that one knew. Gives false as above.
    pub fn note_return(&mut self, laptop: u64, crossing: Crossing) -> bool {
        self.all.entry(laptop).or_default().returned.add(crossing)
    }

    /// Notes what a laptop told of who writers are, beside what it told before of those about whom that is still asked, as far as
    /// there is room. Gives false where all of it was known.
    pub fn note_introductions(&mut self, laptop: u64, told: &Introductions, is_asked: impl Fn(u64) -> bool) -> bool {
        let room = self.room_of(laptop);
        let known = &mut self.all.entry(laptop).or_default().introductions;
        let (before, told) = (known.among(is_asked), told.within(told::OF_ONE));
        let all = Introductions::of(before.iter().chain(told.iter())).within(room);
        let news = *known != all;
        *known = all;
        news
    }

    /// Gives how much of what a laptop tells of others is kept: there is room for so much of all laptops.
    fn room_of(&self, laptop: u64) -> usize {
        let others = self.all.iter().filter(|(other, _)| **other != laptop);
        let taken: usize = others.map(|(_, peer)| peer.introductions.size()).sum();
        told::OF_ALL.saturating_sub(taken).min(told::OF_ONE)
    }

    /// Gives the writers of whom other laptops told, and who they are.
    pub fn told(&self) -> impl Iterator<Item = (u64, &Writer)> {
        self.all.values().flat_map(|peer| peer.introductions.iter())
    }

    /// Gives who a writer is by what other laptops told.
    pub fn introduced(&self, writer: u64) -> Option<&Writer> {
        self.all.values().find_map(|peer| peer.introductions.who(writer))
    }

    /// Gives when the newest export of a laptop that was merged was made, where one that has only so much is older.
    pub fn newer_than(&self, laptop: u64, has: &Ranges) -> Option<i64> {
        let known = self.all.get(&laptop).filter(|known| !known.is_parted && known.exported_ms != 0)?;
        (known.has.without(has).count() > 0).then_some(known.exported_ms)
    }

    /// Notes with which key a laptop signs. Gives false where that was known.
    pub fn note_key(&mut self, laptop: u64, key: Public) -> bool {
        self.all.entry(laptop).or_default().key.replace(key) != Some(key)
    }

    /// Gives with which key each laptop signs, of those that ever did.
    pub fn signers(&self) -> BTreeMap<u64, Public> {
        self.all.iter().filter_map(|(laptop, peer)| Some((*laptop, peer.key?))).collect()
    }

    /// Gives a laptop; none where nothing of it was ever merged.
    pub fn of(&self, laptop: u64) -> Option<&Peer> {
        self.all.get(&laptop)
    }

    /// Gives every laptop.
    pub fn iter(&self) -> impl Iterator<Item = &Peer> {
        self.all.values()
    }
}

fn text_of(ranges: &Ranges) -> String {
    let line = |(writer, first, last): (u64, u32, u32)| format!("{writer:016x} {first}-{last}");
    ranges.iter().map(line).collect::<Vec<_>>().join(",")
}

fn ranges_of<'a>(lines: impl Iterator<Item = &'a str>) -> Ranges {
    let mut ranges = Ranges::default();
    for (writer, first, last) in lines.filter_map(range) {
        ranges.insert_range(writer, first, last);
    }
    ranges
}

fn range(line: &str) -> Option<(u64, u32, u32)> {
    let (writer, ends) = line.split_once(' ')?;
    let (first, last) = ends.split_once('-')?;
    Some((u64::from_str_radix(writer, 16).ok()?, first.parse().ok()?, last.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Crossing, FILE, Peers};
    use crate::domain::Writer;
    use crate::exchange::Introductions;
    use crate::log::{Disk, Ranges, RealDisk};

    fn ranges(of: &[(u64, u32)]) -> Ranges {
        let mut ranges = Ranges::default();
        for (writer, last) in of {
            ranges.insert_range(*writer, 1, *last);
        }
        ranges
    }

    // Of a copied data folder nothing was said; both wrote on under one number.
    #[test]
    fn a_laptop_is_two_where_neither_of_two_exports_holds_the_other() {
        let who = Writer { laptop: 9, ..Writer::default() };
        let grown = [ranges(&[(1, 40)]), ranges(&[(1, 40), (2, 9)]), ranges(&[(1, 40), (2, 12), (3, 5)])];
        for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [2, 0, 1], [0, 2, 1], [1, 2, 0]] {
            let mut peers = Peers::default();
            for at in order.into_iter().chain(order) {
                peers.note(&who, &grown[at], 7);
                assert!(peers.of(9).unwrap().parted().is_none(), "one laptop only grows: {order:?}");
            }
        }
        let copy = ranges(&[(1, 40), (2, 9), (4, 3)]);
        for twice in [[&grown[2], &copy], [&copy, &grown[2]]] {
            let mut peers = Peers::default();
            assert!(twice.map(|has| peers.note(&who, has, 7)).iter().all(|news| *news));
            assert!(!peers.note(&who, twice[0], 7) && peers.of(9).unwrap().parted().is_some());
            let mut joined = copy.clone();
            joined.extend(&grown[2]);
            assert!(peers.note(&who, &joined, 7) && peers.of(9).unwrap().parted().is_none(), "it merged the other's");
        }
    }

    // After an export under a clock of 2031 every later one was called an old one.
    #[test]
    fn which_export_is_older_is_told_by_what_it_holds() {
        let who = Writer { laptop: 9, ..Writer::default() };
        let (old, new) = (ranges(&[(1, 40)]), ranges(&[(1, 40), (2, 9)]));
        let mut peers = Peers::default();
        peers.note(&who, &old, 2031);
        assert_eq!((peers.newer_than(9, &old), peers.newer_than(9, &new)), (None, None));
        peers.note(&who, &new, 2021);
        assert_eq!((peers.newer_than(9, &old), peers.newer_than(9, &new)), (Some(2021), None));
        assert!(!peers.note(&who, &old, 2031), "merged again it is no newer");
        assert_eq!(peers.newer_than(9, &old), Some(2021));
    }

    #[test]
    fn what_crossed_is_read_back_and_only_the_last_of_it_is_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let disk: Arc<dyn Disk> = Arc::new(RealDisk);
        let crossing = |at: u32| Crossing { came: ranges(&[(7, at)]), unseen: ranges(&[(8, 3), (9, at)]) };
        let mut peers = Peers::default();
        for at in 1..=20 {
            peers.note_crossing(9, crossing(at));
        }
        peers.note_crossing(9, Crossing { came: ranges(&[(7, 1)]), unseen: Ranges::default() });
        let many: Vec<(u64, u32)> = (0..3000).map(|writer| (writer, 1)).collect();
        peers.note_crossing(9, Crossing { came: ranges(&many), unseen: ranges(&[(8, 3)]) });
        peers.write(&disk, folder.path()).unwrap();
        let read = Peers::read(&RealDisk, folder.path());
        assert_eq!(
            read.of(9).unwrap().crossings.iter().collect::<Vec<_>>(),
            (7..=20).map(crossing).collect::<Vec<_>>()
        );
    }

    // A file of half a megabyte had each of twenty thousand writers remembered with a name of sixty thousand bytes of its own.
    #[test]
    fn what_laptops_tell_is_remembered_within_bounds_and_a_file_that_grew_before_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let disk: Arc<dyn Disk> = Arc::new(RealDisk);
        let who = |laptop: u64| {
            let visitors = vec!["人".repeat(20_000); 50];
            Writer { laptop, group: "四组\n".repeat(50), visitors, ..Writer::default() }
        };
        let mut peers = Peers::default();
        for laptop in 1..=18 {
            let other = who(900 + laptop).kept_short();
            let told = Introductions::of((0..12_000).map(|writer| (writer << 8, &other)));
            peers.note(&who(laptop), &ranges(&[(laptop, 3)]), 7);
            assert!(peers.note_introductions(laptop, &told, |_| true) || laptop > 16, "{laptop}");
            assert!(!peers.note_introductions(laptop, &told, |_| true), "what did not fit is no news");
        }
        peers.write(&disk, folder.path()).unwrap();
        let file = folder.path().join(FILE);
        assert!(std::fs::metadata(&file).unwrap().len() < 5 << 20, "{:?}", std::fs::metadata(&file));
        let kept = &peers.of(1).unwrap().who;
        assert_eq!((kept.visitors.len(), kept.group.chars().count()), (40, 100));
        assert!(kept.visitors.iter().all(|name| name.chars().count() == 100) && !kept.group.contains('\n'));
        assert_eq!(Peers::read(&RealDisk, folder.path()), peers);
        // As a program of before wrote it.
        let told = format!(
            "[[0000000000000009.told]]\nlaptop = \"0000000000000088\"\nvisitors = [\"{}\"]\nwriters = \"{}\"\n",
            "人".repeat(20_000),
            (0..20_000).map(|writer| format!("{writer:016x}")).collect::<Vec<_>>().join(","),
        );
        let key = format!("[0000000000000009]\nkey = \"{}\"\nranges = \"0000000000000007 1-40\"\n", "ab".repeat(32));
        std::fs::write(&file, key + &told.repeat(20)).unwrap();
        let read = Peers::read(&RealDisk, folder.path());
        assert_eq!(
            (&read.of(9).unwrap().has, read.introduced(7).unwrap().visitors[0].chars().count()),
            (&ranges(&[(7, 40)]), 100)
        );
        assert!(read.of(9).unwrap().introductions.size() <= 256 << 10);
    }

    #[test]
    fn what_a_laptop_has_only_grows_and_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let disk: Arc<dyn Disk> = Arc::new(RealDisk);
        let mut has = Ranges::default();
        has.insert_range(7, 1, 40);
        has.insert_range(u64::MAX, 3, 3);
        let who = Writer { laptop: 9, group: "二组".into(), visitors: vec!["张文彬".into()], ..Writer::default() };
        let mut peers = Peers::read(&RealDisk, folder.path());
        let other =
            Writer { laptop: 3, group: "三组".into(), visitors: vec!["苗兴英".into()], ..Writer::default() };
        let told = Introductions::of([(80, &other), (81, &other), (90, &who)]);
        assert!(peers.note_introductions(9, &told, |_| true) && !peers.note_introductions(9, &told, |_| true));
        let later = Introductions::of([(95, &other)]);
        assert!(peers.note_introductions(9, &later, |writer| writer > 80));
        assert_eq!(
            (peers.introduced(80), peers.introduced(95)),
            (None, Some(&other)),
            "an older file takes nothing away"
        );
        assert_eq!((peers.introduced(81), peers.introduced(90), peers.introduced(7)), (Some(&other), Some(&who), None));
        assert!(peers.note(&who, &has, 7) && !peers.note(&who, &has, 7));
        has = Ranges::default();
        has.insert_range(7, 80, 90);
        assert!(peers.note(&who, &has, 9));
        assert!(peers.of(9).unwrap().is_parted);
        peers.write(&disk, folder.path()).unwrap();
        assert_eq!(Peers::read(&RealDisk, folder.path()), peers);
        assert_eq!((peers.of(9).unwrap().has.count(), &peers.of(9).unwrap().who), (52, &who));
        // Written when each range was a string of its own.
        std::fs::write(
            folder.path().join(FILE),
            "[0000000000000009]\nhas = [\"0000000000000007 1-40\", \"0000000000000008 3-3\"]",
        )
        .unwrap();
        let mut both = ranges(&[(7, 40)]);
        both.insert_range(8, 3, 3);
        assert_eq!(Peers::read(&RealDisk, folder.path()).of(9).unwrap().has, both);
        std::fs::write(folder.path().join(FILE), "9 = 3").unwrap();
        assert_eq!(Peers::read(&RealDisk, folder.path()), Peers::default());
    }
}
