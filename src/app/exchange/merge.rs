//! Merge: what another laptop wrote comes in, all of a bundle or nothing, in any order, as often as one likes.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::{Kept, Name, Writer};
use crate::exchange::{Blocks, Bundle, Digest, Header, Introductions, Plan, Verdict, plan};
use crate::log::{FinishedWhole, Position, Ranges, Reader, Whole, WholeKind, WholePlace, bytes, settings};
use crate::text::Trouble;

use super::file::{opened, unreadable};
use crate::app::folder::frames::decode;
use crate::app::keeper::backlog::Backlog;
use crate::app::{Crossing, Digests, Keeper, Ours, Peers, Progress, Trust};

/// A verified bundle and what it would bring; nothing is changed yet.
pub struct Parcel {
    file: BufReader<File>,
    bundle: Bundle,
    /// What it would bring.
    pub plan: Plan,
    /// What is known of who wrote it.
    pub trust: Trust,
    /// A newer export of that laptop was merged, made at this moment by its clock, and nothing in this one is new: an old
    /// stick, or an old file that somebody shows again.
    pub outdated: Option<i64>,
    accepted: bool,
    prepared: Option<Prepared>,
}

/// What a bundle brings, unpacked: complete and synced beside the journal, where it only lacks its number.
struct Prepared {
    /// None where nothing of it is new.
    whole: Option<FinishedWhole>,
    /// Operations whose name is known with other bytes.
    aside: Vec<u8>,
}

/// What a merge did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merged {
    /// Operations taken in.
    pub fresh: u64,
    /// Their names.
    pub names: Ranges,
    /// Operations that were known.
    pub repeated: u64,
    /// Operations set aside because their name was known with other bytes.
    pub quarantined: u64,
}

/// Verifies a whole bundle of a campaign and tells who wrote it.
///
/// # Errors
/// Those of a file that cannot be read, is damaged, or belongs to another campaign.
pub fn bundle_from(path: &Path, ours: &Ours) -> Result<Writer, Trouble> {
    let file = opened(path)?;
    let bundle = Bundle::read_with(&mut BufReader::new(file), &ours.keys)?;
    ours.expect(bundle.header())?;
    Ok(bundle.header().from.clone())
}

impl Parcel {
    /// Opens and verifies a whole bundle, off the writer's thread. Troubles name the file and what is wrong with it.
    pub fn open(
        path: &Path,
        ours: &Ours,
        known: &Ranges,
        journal: &Reader,
        digests: &Digests,
    ) -> Result<Self, Trouble> {
        Self::open_watched(path, ours, known, journal, digests, &Progress::default())
    }

    /// As [`Parcel::open`]; the bytes that are read are counted, and it can be stopped.
    pub fn open_watched(
        path: &Path,
        ours: &Ours,
        known: &Ranges,
        journal: &Reader,
        digests: &Digests,
        progress: &Progress,
    ) -> Result<Self, Trouble> {
        let file = opened(path)?;
        let mut file = BufReader::new(file);
        // Known from one end to the other by its header: then the hash of the whole is all there is to verify.
        let contains = Header::read(&mut file, &ours.keys)?.contains;
        if contains.without(known).count() == 0 {
            let read = digests.of(journal, &contains)?;
            let watched = &mut progress.reading(&mut file);
            let known_file = Bundle::read_known(watched, &ours.keys, known, |name| read.get(name));
            if let Some(bundle) = progress.or_stopped(known_file)? {
                ours.expect(bundle.header())?;
                let plan = Plan::nothing(&bundle, known);
                return Ok(Self::of(file, bundle, plan, ours));
            }
        }
        let bundle = progress.or_stopped(Bundle::read_with(&mut progress.reading(&mut file), &ours.keys))?;
        ours.expect(bundle.header())?;
        let plan = planned(&bundle, known, journal, digests)?;
        Ok(Self::of(file, bundle, plan, ours))
    }

    fn of(file: BufReader<File>, bundle: Bundle, plan: Plan, ours: &Ours) -> Self {
        let trust = Trust::of(&bundle, &ours.signers);
        let newer = || ours.peers.newer_than(plan.from.laptop, &has(&bundle));
        let outdated = if plan.is_empty() { newer() } else { None };
        Self { file, bundle, plan, trust, outdated, accepted: false, prepared: None }
    }

    /// Takes it although it is doubtful who wrote it: a person says so.
    #[must_use]
    pub fn accepted(self) -> Self {
        Self { accepted: true, ..self }
    }

    /// Gives everything that the laptop it comes from had when it exported.
    pub fn sender_has(&self) -> Ranges {
        has(&self.bundle)
    }

    /// Gives who the writers are of whom something will still be missing, as far as it tells.
    pub fn introductions(&self) -> Introductions {
        let missing: BTreeSet<u64> = self.plan.missing.iter().map(|(writer, ..)| writer).collect();
        self.bundle.header().introductions.among(|writer| missing.contains(&writer))
    }

    /// Notes what the laptop it comes from has, and whom it told of. Gives false where all of that was known.
    pub fn note_sender(&self, peers: &mut Peers, is_asked: impl Fn(u64) -> bool) -> bool {
        let (from, exported_ms) = (&self.plan.from, self.plan.exported_ms);
        let news = peers.note(from, &self.sender_has(), exported_ms);
        peers.note_introductions(from.laptop, &self.introductions(), is_asked) || news
    }

    /// Plans it anew where others come before it: `known` is what is known by then, `came` the digests of what they bring.
    pub(in crate::app) fn come_after(&mut self, known: &Ranges, came: &HashMap<Name, Digest>) {
        self.plan = self.plan.after(&self.bundle, known, |name| came.get(&name).copied());
    }

    /// Gives what it would bring, with the digest of each.
    pub(in crate::app) fn fresh_digests(&self) -> impl Iterator<Item = (Name, Digest)> + '_ {
        self.bundle.digests().filter(|(name, _)| self.plan.fresh.contains(*name))
    }

    /// Hands out its operations block by block, with what is to be done with each.
    pub(in crate::app) fn blocks(&mut self) -> (Blocks<'_, BufReader<File>>, &Plan) {
        (self.bundle.blocks(&mut self.file), &self.plan)
    }

    /// Tells whether a person has to say first that it is to be merged.
    pub fn is_doubtful(&self) -> bool {
        self.refused().is_some()
    }

    /// Hands on the operations it would bring, in order of name, a block at a time.
    pub fn each_fresh(&mut self, mut each: impl FnMut(Vec<Arc<Kept>>) -> Result<(), Trouble>) -> Result<(), Trouble> {
        for block in self.bundle.blocks(&mut self.file) {
            let (block, mut fresh) = (block?, Vec::new());
            for (_, raw) in block.operations().filter(|(name, _)| self.plan.verdict(*name) == Verdict::Fresh) {
                fresh.extend(decode(raw)?);
            }
            each(fresh)?;
        }
        Ok(())
    }

    /// Gives what the new operations are about.
    pub fn touches(&mut self) -> Result<BTreeSet<Name>, Trouble> {
        let mut touched = BTreeSet::new();
        if self.plan.is_empty() {
            return Ok(touched);
        }
        for block in self.bundle.blocks(&mut self.file) {
            for (name, raw) in block?.operations() {
                if self.plan.verdict(name) == Verdict::Fresh {
                    touched.extend(bytes::entity_of(raw).ok());
                }
            }
        }
        Ok(touched)
    }

    /// Writes what it brings beside the journal, off the writer's thread: to take it in is a matter of a name then, and people
    /// who type do not wait for it. Nothing is changed yet; dropped, or stopped, it leaves nothing behind.
    ///
    /// # Errors
    /// `stopped`; what is wrong with the file or the disk.
    pub fn prepare(&mut self, place: WholePlace, progress: &Progress) -> Result<(), Trouble> {
        if !self.plan.is_empty() && self.refused().is_none() {
            self.prepared = Some(self.unpack(place, progress)?);
        }
        Ok(())
    }

    fn unpack(&mut self, place: WholePlace, progress: &Progress) -> Result<Prepared, Trouble> {
        let fresh = self.plan.fresh.count();
        progress.part(70, 100, fresh);
        let mut whole = if fresh > 0 { Some(place.begin()) } else { None };
        let mut aside = Vec::new();
        for block in self.bundle.blocks(&mut self.file) {
            for (name, raw) in block?.operations() {
                match (self.plan.verdict(name), &mut whole) {
                    (Verdict::Fresh, Some(whole)) => {
                        whole.put(raw)?;
                        progress.go(1)?;
                    }
                    (Verdict::Quarantined, _) => aside.extend_from_slice(raw),
                    (Verdict::Fresh | Verdict::Repeated, _) => {}
                }
            }
        }
        Ok(Prepared { whole: whole.map(Whole::finish).transpose()?, aside })
    }

    /// Says why a person has to accept it first.
    fn refused(&self) -> Option<Trouble> {
        self.trust.refused().filter(|_| !self.accepted)
    }

    /// Plans anew where some of what was new is known by now, through another bundle for example.
    fn catch_up(&mut self, known: &Ranges, journal: &Reader, digests: &Digests) -> Result<(), Trouble> {
        if self.plan.fresh.count() > self.plan.fresh.without(known).count() {
            self.plan = planned(&self.bundle, known, journal, digests)?;
            self.prepared = None;
        }
        Ok(())
    }
}

fn has(bundle: &Bundle) -> Ranges {
    let header = bundle.header();
    let mut has = header.knows.clone();
    has.extend(&header.contains);
    has
}

fn planned(bundle: &Bundle, known: &Ranges, journal: &Reader, digests: &Digests) -> Result<Plan, Trouble> {
    let contains = &bundle.header().contains;
    let repeated = contains.without(&contains.without(known));
    if repeated.count() == 0 {
        return Ok(plan(bundle, known, |_| None));
    }
    let read = digests.of(journal, &repeated)?;
    let planned = plan(bundle, known, |name| read.get(name));
    if planned.quarantined.count() == 0 {
        return Ok(planned);
    }
    drop(read);
    // Nothing is called altered by what was remembered alone.
    let read = digests.anew(journal)?;
    Ok(plan(bundle, known, |name| read.get(name)))
}

impl Keeper {
    /// Gives where what a parcel brings can be written, on a thread of its own.
    pub fn parcel_place(&mut self) -> WholePlace {
        self.journal.whole_place(WholeKind::Bundle)
    }

    /// Takes a parcel in: its new operations durably, or nothing. Call [`Keeper::work`] until all of it is applied.
    ///
    /// # Errors
    /// `bundle-doubtful` where a person has to accept it first; what is wrong with the file or the disk.
    pub fn merge(&mut self, mut parcel: Parcel) -> Result<Merged, Trouble> {
        if let Some(refused) = parcel.refused() {
            return Err(refused);
        }
        parcel.catch_up(&self.known(), &self.journal.reader(), &self.digests)?;
        let mut merged = Merged { repeated: parcel.plan.repeated, ..Merged::default() };
        // Known from one end to the other: nothing is unpacked again, and no file is begun.
        if parcel.plan.is_empty() {
            let _ = self.note_peer(&parcel);
            return Ok(merged);
        }
        let prepared = match parcel.prepared.take() {
            Some(prepared) => prepared,
            None => parcel.unpack(self.parcel_place(), &Progress::default())?,
        };
        let Prepared { whole, aside } = prepared;
        merged.quarantined = parcel.plan.quarantined.count();
        if !aside.is_empty() {
            self.set_aside(&parcel.bundle, &aside)?;
        }
        merged.fresh = parcel.plan.fresh.count();
        merged.names.clone_from(&parcel.plan.fresh);
        if let Some(whole) = whole {
            // That an action consumed its draft is saved while it still is among the newest of the journal.
            self.sync()?;
            let _ = self.slate.save_now(self.clock.now());
            let before = self.journal.end();
            let end = self.journal.add(whole)?;
            let begun = Position { segment: end.segment, offset: 0 };
            let from = if end.segment == before.segment { before } else { begun };
            self.adopt(Backlog::stored(from, parcel.plan.fresh.clone()), end);
        }
        if merged.fresh > 0 && parcel.plan.from.laptop == self.device.laptop {
            self.device.copied = true;
            // It waits for a person in any case until the program ends.
            let _ = self.device.write(&self.place.disk, &self.place.home());
        }
        // It was merged, whatever becomes of this; the next export for that laptop is only longer.
        let _ = self.note_peer(&parcel);
        Ok(merged)
    }

    /// Remembers what the laptop of a bundle has, so that an export for it leaves that out.
    fn note_peer(&self, parcel: &Parcel) -> Result<(), Trouble> {
        let header = parcel.bundle.header();
        if header.from.laptop == self.device.laptop {
            return Ok(());
        }
        let mut peers = self.place.peers();
        let has = parcel.sender_has();
        let is_asked = |writer| self.house.shelf(|shelf, _| shelf.writer(writer).is_none());
        let mut news = parcel.note_sender(&mut peers, is_asked);
        let came = parcel.plan.fresh.clone();
        if came.count() > 0 {
            // It is among what the sender has, so nothing of it is unseen.
            let unseen = self.known().without(&has);
            let returned = Crossing { came: came.clone(), unseen: self.written_here().without(&unseen) };
            news |= peers.note_crossing(header.from.laptop, Crossing { came, unseen });
            news |= peers.note_return(header.from.laptop, returned);
        }
        if let Some(key) = parcel.trust.key() {
            news |= peers.note_key(header.from.laptop, key);
        }
        if news {
            peers.write(&self.place.disk, &self.place.home())?;
        }
        Ok(())
    }

    /// Gives what was written on this laptop.
    fn written_here(&self) -> Ranges {
        let (known, laptop) = (self.known(), self.device.laptop);
        let own = self.house.shelf(|shelf, _| shelf.runs_of(laptop).collect::<Vec<_>>());
        let mut written = Ranges::default();
        for writer in own {
            for (first, last) in known.of(writer) {
                written.insert_range(writer, *first, *last);
            }
        }
        written
    }

    /// Keeps operations whose name was known with other bytes: never taken in, never dropped.
    fn set_aside(&self, bundle: &Bundle, operations: &[u8]) -> Result<(), Trouble> {
        let folder = self.place.home().join("quarantine");
        self.place.disk.create_dir(&folder).map_err(|error| unreadable(&folder, &error))?;
        let hash = bundle.hash();
        let number = hash.first_chunk::<8>().map_or(0, |eight| u64::from_be_bytes(*eight));
        let path: PathBuf = folder.join(format!("{number:016x}.operations"));
        settings::save(&self.place.disk, &path, operations)
    }
}
