//! Rescue: what the journal lost and the view still has is written back before anything throws the view away.
//!
//! A record carries the exact bytes of its operations, so what comes back is what was once written, all but the values that
//! were written over since. A view alone proves nothing: one that ran ahead of a power cut, or that was put there from
//! another laptop, knows what this journal never acknowledged. It is believed only beside a journal that is itself seen to
//! be damaged, and by damage that was not dealt with before.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::following::view_in_memory;
use super::torn;
use crate::app::keeper::Upto;
use crate::app::{Keeper, Place};
use crate::domain::{Kept, Name};
use crate::log::{Journal, Position, Ranges, Reader, WholeKind, bytes};
use crate::text::{Said, Trouble, t};
use crate::view::View;

/// What a journal lacks of what is known.
pub struct Rescue {
    /// The operations that the view holds whole.
    pub(in crate::app) operations: BTreeMap<Name, Arc<Kept>>,
    /// How many more are known of and held nowhere here.
    pub(in crate::app) lost: u64,
    /// What the journal holds and nobody knows of: a view that follows it has all of it.
    pub(in crate::app) unseen: Ranges,
    /// What was found damaged while the journal was read.
    pub(in crate::app) findings: Vec<Said>,
    /// The journal itself is seen to have lost something.
    pub(in crate::app) proven: bool,
}

impl Rescue {
    /// Reads a journal through and finds what it lacks of what is known.
    ///
    /// # Errors
    /// `newer-format`; damage is no error.
    pub fn of(place: &Place, view: &dyn View, known: &Ranges, reader: &Reader) -> Result<Self, Trouble> {
        let (held, findings) = held(reader)?;
        let (lacking, unseen) = (known.without(&held), held.without(known));
        let mut operations = BTreeMap::new();
        if lacking.count() > 0 {
            // What cannot be read of a view is as good as not in it.
            let _ = view.each(&mut |record| {
                let kept = record.kept().filter(|kept| lacking.contains(kept.operation.name));
                operations.extend(kept.map(|kept| (kept.operation.name, Arc::clone(kept))));
                true
            });
        }
        let lost = lacking.count().saturating_sub(operations.len() as u64);
        // A file is there for good before anything in it is shown: a view beyond the last one has seen one that is gone.
        let beyond = view.reach().segment > reader.end().segment;
        let torn = reader.torn().is_some_and(|torn| torn::was_acknowledged(place, view, torn, &lacking));
        let proven = beyond || torn || place.is_damaged_anew(reader, &findings);
        Ok(Self { operations, lost, unseen, findings, proven })
    }

    /// Tells whether the journal lacks something.
    pub fn lacks(&self) -> bool {
        !self.operations.is_empty() || self.lost > 0
    }

    /// Tells whether something was lost that there is something to do about, or at least to say.
    pub fn is_due(&self) -> bool {
        self.proven && self.lacks()
    }

    /// Writes what the view holds back into the journal, durably; gives the place behind it.
    ///
    /// # Errors
    /// The disk's failure; the journal is then as it was.
    pub fn write(&self, journal: &mut Journal) -> Result<Position, Trouble> {
        if self.operations.is_empty() {
            return Ok(journal.end());
        }
        let pieces = self.operations.values().map(|kept| Ok(&kept.bytes));
        journal.add_whole(WholeKind::Bundle, pieces)
    }

    /// Says what is missing, before anything is done about it.
    pub fn missing(&self) -> Said {
        let said = t(
            "日志里少了 {all} 条, 其中 {n} 条查询库里还有.",
            "The journal lacks {all} {all:record|records}; the view still has {n} of them.",
        );
        said.with("all", self.operations.len() as u64 + self.lost).with("n", self.operations.len())
    }

    /// Says what was brought back and what could not be.
    pub fn said(&self) -> Said {
        let (n, lost) = (self.operations.len(), self.lost);
        if !self.proven {
            return t(
                "查询库里有 {n} 条日志里没有 (断电前没存成的, 或别处来的), 没有采用.",
                "The view had {n} {n:record|records} that the journal does not have (never saved, or from elsewhere); {n:it was|they were} not taken.",
            )
            .with("n", n as u64 + lost);
        }
        let back = t(
            "日志里丢的已从查询库补回 {n} 条.",
            "Of what the journal lost {n} {n:record|records} {n:was|were} brought back from the view.",
        )
        .with("n", n);
        if lost == 0 {
            return back;
        }
        let gone = t(
            "{n} 条补不回来 (后来改写过的旧内容, 或查询库里也没有): 先运行 zoufang check --repair, 备份或别的电脑的导出包里有的, 再合并就补回来.",
            "{n} cannot be brought back (values written over since, or not in the view either): after “zoufang check --repair”, what a backup or an export of another laptop has comes back when it is merged.",
        )
        .with("n", lost);
        if n == 0 { gone } else { back.then(gone) }
    }
}

/// Gives the names of all operations that can be read in a journal, and what was found damaged.
fn held(reader: &Reader) -> Result<(Ranges, Vec<Said>), Trouble> {
    let mut held = Ranges::default();
    let findings = reader.read_from(Position::START, &mut |frame| {
        let mut rest = frame.operations;
        while let Ok((one, tail)) = bytes::split(rest) {
            rest = tail;
            if let Ok(name) = bytes::name_of(one) {
                held.insert(name);
            }
        }
        Ok(())
    })?;
    Ok((held, findings))
}

impl Place {
    /// Saves from a view that is about to be thrown away what the journal lost. Gives what there is to say of it; nothing where
    /// the view knows nothing more.
    ///
    /// # Errors
    /// Where it cannot be written: then the view must not be thrown away.
    pub(in crate::app) fn rescue(&self, view: &dyn View, journal: &mut Journal) -> Result<Option<Said>, Trouble> {
        let rescue = Rescue::of(self, view, &view.known(), &journal.reader())?;
        if !rescue.lacks() {
            return Ok(None);
        }
        if rescue.proven {
            rescue.write(journal)?;
            self.settle_where_whole(&rescue);
        }
        Ok(Some(rescue.said()))
    }

    /// Tells whether a journal has damage that was not dealt with: `found` when it was read, or what was found at opening it.
    fn is_damaged_anew(&self, reader: &Reader, found: &[Said]) -> bool {
        let settled = self.settled();
        let is_new = |damage: &Said| !settled.has(damage);
        let at_opening = || {
            let opened = Journal::read_only(Arc::clone(&self.disk), &self.journal_folder());
            // A last frame that does not hold is no finding where nothing may be written.
            opened.is_ok_and(|(_, opening)| opening.findings.is_empty() || opening.findings.iter().any(is_new))
        };
        found.iter().any(is_new) || reader.has_lost() && at_opening()
    }

    /// Damage that cost nothing in the end needs no further word.
    pub(in crate::app) fn settle_where_whole(&self, rescue: &Rescue) {
        if rescue.lost == 0 {
            // Where it cannot be noted it is said again.
            let _ = self.settle(&rescue.findings);
        }
    }
}

impl Keeper {
    /// Writes back what the journal lost, while the view that has it goes on; false where nothing proves that it was lost.
    ///
    /// # Errors
    /// The disk's failure.
    pub(in crate::app) fn write_back(&mut self, rescue: &Rescue) -> Result<bool, Trouble> {
        if !rescue.proven {
            return Ok(false);
        }
        self.sync()?;
        let end = rescue.write(&mut self.journal)?;
        // The view knows them already, unless it was made anew since they were looked for.
        let (operations, now) = (rescue.operations.values().cloned().collect::<Vec<_>>(), self.clock.now());
        match self.fold(&operations, Upto::Whole(end), now) {
            Some(applied) => self.house.take(&applied.changed, self.device.speaker(), now.wall_ms)?,
            None => self.rebuild()?,
        }
        self.place.settle_where_whole(rescue);
        self.back_up_anew(rescue);
        Ok(true)
    }

    /// Writes back what a damaged journal lost and the view has, but for what this run of the program recorded: that was refused
    /// where the journal does not have it.
    ///
    /// # Errors
    /// The disk's failure.
    pub(in crate::app) fn save_what_only_the_view_has(&mut self) -> Result<(), Trouble> {
        let view = self.house.view();
        let mut known = Ranges::default();
        for (writer, first, last) in view.known().iter().filter(|(writer, _, _)| !self.pen.is_own(*writer)) {
            known.insert_range(writer, first, last);
        }
        let rescue = Rescue::of(&self.place, view.as_ref(), &known, &self.journal.reader())?;
        if rescue.is_due() {
            rescue.write(&mut self.journal)?;
        }
        Ok(())
    }

    /// Makes the view anew where it lacks something that the journal was seen to hold; gives how many records that was.
    ///
    /// # Errors
    /// As [`Keeper::rebuild`].
    pub(in crate::app) fn show_unseen(&mut self, rescue: &Rescue) -> Result<u64, Trouble> {
        let unseen = rescue.unseen.without(&self.known()).count();
        if unseen > 0 {
            self.rebuild()?;
        }
        Ok(unseen)
    }

    /// No backup holds yet what came back.
    fn back_up_anew(&mut self, rescue: &Rescue) {
        if !rescue.operations.is_empty() {
            self.device = self.device.clone().without_backups();
            // Where it cannot be noted, the next backup has it.
            let _ = self.device.write(&self.place.disk, &self.place.home());
        }
    }

    /// Makes a view anew that cannot be read through, once what only it has is saved. Gives what there is to say of that.
    ///
    /// # Errors
    /// Those of reading the journal.
    pub(in crate::app) fn remake(&mut self) -> Result<Option<Said>, Trouble> {
        self.sync()?;
        match self.place.rescue(self.house.view().as_ref(), &mut self.journal) {
            Ok(said) => self.rebuild().map(|()| said),
            // What cannot be saved now stays where it is until it can be.
            Err(trouble) => {
                let view = view_in_memory(&self.journal.reader())?;
                self.show(view)?;
                Ok(Some(trouble.said))
            }
        }
    }

    /// Brings back from the view what the journal lost, makes the view anew where that is wanted or was done, and notes the
    /// damage as dealt with. Gives what there is to say.
    ///
    /// # Errors
    /// The disk's failure.
    pub fn mend(&mut self, anew: bool) -> Result<Vec<Said>, Trouble> {
        self.finish()?;
        let rescue = Rescue::of(&self.place, self.house.view().as_ref(), &self.known(), &self.journal.reader())?;
        let mut said = Vec::new();
        if rescue.is_due() {
            rescue.write(&mut self.journal)?;
            self.back_up_anew(&rescue);
            said.push(rescue.said());
        }
        if anew || rescue.is_due() {
            self.rebuild()?;
        }
        self.place.settle(&self.place.damage()?)?;
        Ok(said)
    }
}

#[cfg(test)]
pub(in crate::app) mod tests {
    use std::io::ErrorKind;
    use std::path::Path;
    use std::sync::Arc;

    use super::Rescue;
    use crate::app::{Device, Keeper, Place, Request};
    use crate::clock::Clock;
    use crate::domain::Household;
    use crate::log::Disk;
    use crate::log::disk_faulty::{Act, FaultyDisk};

    const FAMILIES: [&str; 3] = ["张守富", "李桂英", "赵淑芬"];

    fn add(keeper: &mut Keeper, head: &str) {
        keeper.run(&Request::new("household.add").with("head", head)).unwrap();
    }

    /// Opens a place, with everything known of its households.
    fn open(place: &Place) -> Keeper {
        let mut keeper = place.open(Clock::machine()).unwrap().keeper;
        keeper.fill().unwrap();
        keeper
    }

    /// A laptop whose journal, in memory, lost the second of three families to a bad sector; its view has all of them.
    pub fn damaged(folder: &Path) -> (FaultyDisk, Place) {
        let disk = FaultyDisk::default();
        let place = Place { disk: Arc::new(disk.clone()), ..Place::new(folder.to_owned()) };
        place
            .create(&Device { laptop: 1, visitors: vec!["陈明".into()], ..Device::default() }, &Clock::machine())
            .unwrap();
        let mut keeper = open(&place);
        for head in FAMILIES {
            add(&mut keeper, head);
            keeper.sync().unwrap();
        }
        keeper.close().unwrap();
        drop(keeper);
        let [_, lost, _] = FAMILIES.map(str::as_bytes);
        for name in disk.list(&place.journal_folder()).unwrap() {
            let file = place.journal_folder().join(name);
            let mut bytes = disk.bytes(&file).unwrap();
            if let Some(at) = bytes.windows(lost.len()).position(|window| window == lost) {
                bytes[at] ^= 1;
                disk.put(&file, bytes);
            }
        }
        (disk, place)
    }

    /// Gives the families that are shown, in the order in which they came.
    pub fn heads(keeper: &Keeper) -> Vec<String> {
        let view = keeper.house().view();
        let mut heads = Vec::new();
        for name in keeper.house().shelf(|shelf, _| shelf.households().iter().copied().collect::<Vec<_>>()) {
            let record = view.record(name).unwrap().unwrap();
            let stamp = record.born().unwrap().operation.stamp;
            heads.push((stamp, Household::read(&[record]).head.to_string()));
        }
        heads.sort();
        heads.into_iter().map(|(_, head)| head).collect()
    }

    // A view made anew from the damaged journal lacked what was looked for before: it was written back and not shown.
    #[test]
    fn what_is_written_back_is_shown_by_a_view_that_was_made_anew_since_it_was_looked_for() {
        for takes_nothing in [true, false] {
            let home = tempfile::tempdir().unwrap();
            let (disk, place) = damaged(&home.path().join("data"));
            let mut keeper = open(&place);
            assert_eq!(heads(&keeper), FAMILIES, "the view still has it");
            let (view, known) = (keeper.house().view(), keeper.known());
            let rescue = Rescue::of(&place, view.as_ref(), &known, &keeper.reader()).unwrap();
            assert_eq!((rescue.operations.len(), rescue.lost, rescue.proven), (1, 0, true));

            // Meanwhile a sync fails, and the view is made anew: with what only it had, or without where nothing can be written.
            add(&mut keeper, "从没存下的");
            if takes_nothing {
                disk.refuse(ErrorKind::StorageFull);
            } else {
                disk.fail(Act::Sync, 0, 1);
            }
            assert!(keeper.sync().is_err());
            disk.heal();
            let without = [FAMILIES[0], FAMILIES[2]];
            assert_eq!(heads(&keeper), if takes_nothing { &without[..] } else { &FAMILIES });

            assert_eq!(keeper.write_back(&rescue), Ok(true));
            assert_eq!(heads(&keeper), FAMILIES);
            add(&mut keeper, "王成友");
            keeper.finish().unwrap();
            keeper.close().unwrap();
            let all = [&FAMILIES[..], &["王成友"]].concat();
            assert_eq!(heads(&keeper), all);
            drop((keeper, view));
            assert_eq!(heads(&open(&place)), all);
            // The journal alone says the same.
            std::fs::remove_dir_all(place.home().join("view")).unwrap();
            assert_eq!(heads(&open(&place)), all);
        }
    }
}
