//! What counts once it is acknowledged: timers and drafts follow the journal's sync and never run ahead of it.
//!
//! A draft that an action consumed, and the heartbeat of a visit that was ended, stay on the disk until the action is there: a
//! power cut between the two would cost the sentence, or the minutes. Where the sync fails all is as it was before.

use crate::app::Keeper;
use crate::app::house::running::Running;
use crate::app::keeper::bell::Stood;
use crate::clock::Now;
use crate::domain::timer::Gap;
use crate::text::Trouble;

/// The timers at a moment.
#[derive(Debug, Clone)]
pub(in crate::app) struct Timers {
    running: Option<Running>,
    interrupted: Option<Running>,
    ended: Vec<Running>,
    stood: Option<Stood>,
}

impl Timers {
    /// Tells whether no visit ran or had still to be decided about.
    const fn are_none(&self) -> bool {
        self.running.is_none() && self.interrupted.is_none()
    }
}

/// What a tick brought: the running visit as it is now, and what is to be told of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Beat {
    /// The running visit.
    pub running: Option<Running>,
    /// It is time for the bell.
    pub rings: bool,
    /// A gap was found.
    pub gap: Option<Gap>,
}

/// What people said of a timer: whether it rests, and what was declared of each gap.
type Told = (bool, Vec<Option<(u64, String)>>);

/// Gives what people said of the timers.
fn said_of(running: Option<&Running>, interrupted: Option<&Running>) -> Vec<Told> {
    let both = running.into_iter().chain(interrupted);
    let gaps = |one: &Running| one.timer.gaps().iter().map(|gap| gap.declared.clone()).collect();
    both.map(|one| (one.timer.is_paused(), gaps(one))).collect()
}

impl Keeper {
    /// Acknowledges everything run so far. When it fails, nothing since the last sync is recorded, and the view is
    /// made anew without it.
    pub fn sync(&mut self) -> Result<(), Trouble> {
        let before = self.timers_before.take();
        let now = self.clock.now();
        let is_begun = self.running.is_some() && before.as_ref().is_some_and(Timers::are_none);
        if is_begun {
            // Ahead of the journal: a heartbeat of a visit that is in no record is passed over at opening, but a visit without one
            // could never be ended. Where it cannot be saved now it still waits to be.
            self.beat();
            let _ = self.slate.save_now(now);
        }
        let synced = self.journal.sync();
        if synced.is_ok() {
            self.slate.let_go();
        } else {
            self.slate.take_back();
            if let Some(before) = before {
                (self.running, self.interrupted, self.ended) = (before.running, before.interrupted, before.ended);
                self.stood = before.stood;
            }
            self.beat();
            self.past.clear();
            let shown = self.rebuild();
            self.pen.give_up();
            return shown.and(synced);
        }
        self.beat();
        // What cannot be saved now still waits to be, and the next saving says so.
        let _ = self.slate.save(now);
        Ok(())
    }

    /// Remembers the timers before an action changes them that is not acknowledged yet.
    pub(in crate::app) fn remember_timers(&mut self) {
        if self.timers_before.is_none() && self.journal.waits() {
            let (running, interrupted, ended) = (self.running.clone(), self.interrupted.clone(), self.ended.clone());
            self.timers_before = Some(Timers { running, interrupted, ended, stood: self.stood });
        }
    }

    /// Takes the timers as a request left them. What a person said of one is in no record until the end: where nothing waits
    /// for the journal it is on the disk before it is answered, or it was not said.
    pub(in crate::app) fn keep_timers(
        &mut self,
        running: Option<Running>,
        interrupted: Option<Running>,
        now: Now,
    ) -> Result<(), Trouble> {
        let before = (self.running.clone(), self.interrupted.clone());
        let is_said = said_of(before.0.as_ref(), before.1.as_ref()) != said_of(running.as_ref(), interrupted.as_ref());
        self.interrupted = interrupted;
        self.set_running(running, now)?;
        if is_said && !self.journal.waits() {
            let saved = self.slate.save_now(now);
            if saved.is_err() {
                (self.running, self.interrupted) = before;
                self.beat();
                return saved;
            }
        }
        Ok(())
    }

    /// Counts the running visit up to now and keeps its heartbeat.
    pub fn tick(&mut self) -> Result<Beat, Trouble> {
        let now = self.clock.now();
        let mut running = self.running.clone();
        let gap = running.as_mut().and_then(|running| running.tick(now));
        self.set_running(running, now)?;
        Ok(Beat { running: self.running.clone(), rings: self.rings(), gap })
    }

    pub(in crate::app) fn set_running(&mut self, running: Option<Running>, now: Now) -> Result<(), Trouble> {
        self.running = running;
        if self.journal.waits() {
            return Ok(());
        }
        self.beat();
        self.slate.save(now)
    }

    /// Keeps the heartbeat of the visit that runs, or of one that somebody has still to decide about.
    fn beat(&mut self) {
        let beating = self.running.as_ref().or(self.interrupted.as_ref());
        self.slate.beat(beating.map(Running::heartbeat).as_deref());
    }

    /// Takes up a visit that was running when the program ended; the time since is a gap.
    pub fn take_up(&mut self, mut running: Running) -> Result<Beat, Trouble> {
        let now = self.clock.now();
        let gap = running.take_up(now);
        self.interrupted = None;
        self.set_running(Some(running), now)?;
        Ok(Beat { running: self.running.clone(), rings: self.rings(), gap })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use crate::app::session::slate::Slate;
    use crate::app::{Device, Keeper, Place, Request};
    use crate::clock::{Clock, Now};
    use crate::log::disk_faulty::{Act, Cut, CutBytes, CutNames, FaultyDisk};
    use crate::log::{Disk, Journal, Position};

    const WORDS: &str = "张守富";

    /// A clock that stands still, so many milliseconds after the program began.
    fn at(boot_ms: u64) -> Clock {
        Clock::standing(Now { wall_ms: 1_621_338_120_000, boot_ms })
    }

    fn laptop(folder: &Path, laptop: u64, disk: Arc<dyn Disk>) -> Keeper {
        let place = Place { disk, ..Place::new(folder.to_owned()) };
        place.create(&Device { laptop, visitors: vec!["陈明".into()], ..Device::default() }, &at(1)).unwrap();
        let mut keeper = place.open(at(1)).unwrap().keeper;
        keeper.fill().unwrap();
        keeper
    }

    /// Lets somebody type, which is saved, and press Enter when so much time has passed: not acknowledged yet.
    fn type_and_enter(keeper: &mut Keeper, boot_ms: u64) {
        keeper.slate.put("lookup", WORDS, WORDS.len(), keeper.clock.now());
        keeper.slate.save_now(keeper.clock.now()).unwrap();
        keeper.clock = at(boot_ms);
        keeper.run(&Request::new("household.add").with("head", WORDS).consuming("lookup")).unwrap();
    }

    /// Lets a visit of five minutes go on; its heartbeat is saved.
    fn visiting(keeper: &mut Keeper) {
        let home = keeper.run(&Request::new("household.add").with("head", WORDS)).unwrap().name().unwrap();
        keeper.run(&Request::new("visit.start").with_name("household", home)).unwrap();
        keeper.sync().unwrap();
        for beat in 1..=30 {
            keeper.clock = at(beat * 10_000);
            keeper.tick().unwrap();
        }
        assert_eq!(keeper.running().unwrap().counted().0, 299_999);
    }

    fn finish(keeper: &mut Keeper, boot_ms: u64) {
        keeper.clock = at(boot_ms);
        keeper.run(&Request::new("visit.finish").with("short_why", "家里有事")).unwrap();
    }

    /// What lies on a disk: the drafts and the heartbeat, and whether the journal has some words.
    fn found(disk: &FaultyDisk, place: &Place, words: &str) -> (Vec<String>, Option<String>, bool) {
        let shared: Arc<dyn Disk> = Arc::new(disk.clone());
        let (reader, opening) = Journal::read_only(Arc::clone(&shared), &place.journal_folder()).unwrap();
        let slate = Slate::open(shared, &place.home(), "2021-05-28", &opening.consumed).0;
        let mut recorded = false;
        let read = reader.read_from(Position::START, &mut |frame| {
            recorded |= frame.operations.windows(words.len()).any(|window| window == words.as_bytes());
            Ok(())
        });
        read.unwrap();
        (slate.all().into_iter().map(|(_, text, _)| text).collect(), slate.heartbeat(), recorded)
    }

    /// Gives what a power cut at each moment from one on leaves.
    fn cuts(disk: &FaultyDisk, begun: usize) -> impl Iterator<Item = FaultyDisk> + '_ {
        let names = [CutNames::Synced, CutNames::All];
        let cut = move |moment| names.map(|names| (moment, Cut { bytes: CutBytes::Synced, names, seed: 1 }));
        (begun..=disk.moments()).flat_map(cut).map(|(moment, cut)| disk.power_cut(moment, cut))
    }

    // At opening only the newest part of the journal tells which drafts were recorded; a few bundles push an action out of it.
    #[test]
    fn that_a_draft_was_recorded_is_saved_before_a_merge_lies_behind_the_action() {
        let home = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::default();
        let mut keeper = laptop(&home.path().join("office"), 1, Arc::new(disk.clone()));
        let mut other = laptop(&home.path().join("group"), 2, Arc::new(FaultyDisk::default()));
        other.run(&Request::new("household.add").with("head", "李桂英")).unwrap();
        other.sync().unwrap();
        let file = other.export(home.path(), None).unwrap().path;
        type_and_enter(&mut keeper, 2);
        keeper.sync().unwrap();
        let saved = |keeper: &Keeper| {
            let shared: Arc<dyn Disk> = Arc::new(disk.clone());
            Slate::open(shared, &keeper.place.home(), "2021-05-28", &[]).0.all().len()
        };
        assert_eq!(saved(&keeper), 1, "within the second nothing is saved");
        keeper.merge(keeper.open_parcel(&file).unwrap()).unwrap();
        assert_eq!(saved(&keeper), 0);
    }

    // Where a second had passed since the last saving, the draft was taken off the disk before its action was on it.
    #[test]
    fn a_power_cut_leaves_what_was_typed_as_a_draft_or_as_a_record() {
        for boot_ms in [2, 10_000] {
            let home = tempfile::tempdir().unwrap();
            let disk = FaultyDisk::default();
            let mut keeper = laptop(&home.path().join("office"), 1, Arc::new(disk.clone()));
            type_and_enter(&mut keeper, boot_ms);
            // Whatever is saved between the two.
            keeper.slate.put("visit", "下一句", 0, keeper.clock.now());
            keeper.slate.save_now(keeper.clock.now()).unwrap();
            let begun = disk.moments();
            keeper.sync().unwrap();
            keeper.close().unwrap();
            for image in cuts(&disk, begun) {
                let (texts, _, recorded) = found(&image, &keeper.place, WORDS);
                assert_ne!(texts.iter().any(|text| text == WORDS), recorded, "{texts:?}");
                assert!(texts.iter().any(|text| text == "下一句"));
            }
            assert!(found(&disk, &keeper.place, WORDS).2);
        }
    }

    // The heartbeat went before the end of the visit was there: a power cut in between cost all its minutes.
    #[test]
    fn a_power_cut_leaves_the_heartbeat_of_a_visit_or_its_end() {
        let home = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::default();
        let mut keeper = laptop(&home.path().join("office"), 1, Arc::new(disk.clone()));
        visiting(&mut keeper);
        let begun = disk.moments();
        finish(&mut keeper, 310_000);
        keeper.tick().unwrap();
        keeper.sync().unwrap();
        keeper.close().unwrap();
        for image in cuts(&disk, begun) {
            let (_, beats, ended) = found(&image, &keeper.place, "家里有事");
            assert!(ended || beats.is_some(), "the minutes are gone");
        }
        assert_eq!(found(&disk, &keeper.place, "家里有事").1, None);
    }

    // Begun within a second of the last saving its heartbeat was still to be saved: killed then, the visit stood open for good.
    #[test]
    fn a_power_cut_leaves_no_visit_that_nobody_can_end() {
        let home = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::default();
        let mut keeper = laptop(&home.path().join("office"), 1, Arc::new(disk.clone()));
        let home = keeper.run(&Request::new("household.add").with("head", WORDS)).unwrap().name().unwrap();
        keeper.sync().unwrap();
        keeper.slate.put("lookup", WORDS, WORDS.len(), keeper.clock.now());
        keeper.slate.save_now(keeper.clock.now()).unwrap();
        let begun = disk.moments();
        keeper.run(&Request::new("visit.start").with_name("household", home).with("visitors", "王小川")).unwrap();
        keeper.sync().unwrap();
        for image in cuts(&disk, begun) {
            let (_, beats, started) = found(&image, &keeper.place, "王小川");
            assert!(!started || beats.is_some(), "it cannot be taken up");
        }
        assert!(found(&disk, &keeper.place, "王小川").2);
    }

    // It was acknowledged and kept in memory for up to a second: a battery that went flat in it cost the minutes.
    #[test]
    fn a_gap_that_was_declared_is_on_the_disk_when_it_is_answered_or_not_declared() {
        let home = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::default();
        let mut keeper = laptop(&home.path().join("office"), 1, Arc::new(disk.clone()));
        visiting(&mut keeper);
        keeper.clock = at(700_000);
        keeper.tick().unwrap();
        let declare = Request::new("visit.declare").with("minutes", 4).with("why", "停电");
        disk.fail(Act::Sync, 0, 1);
        assert!(keeper.run(&declare).is_err());
        assert_eq!(keeper.running().unwrap().counted().1, 0, "what was refused does not count");
        disk.heal();
        keeper.clock = at(700_100);
        keeper.run(&declare).unwrap();
        keeper.sync().unwrap();
        for image in cuts(&disk, disk.moments()) {
            let beat = found(&image, &keeper.place, "停电").1.unwrap();
            assert!(beat.contains("停电"), "{beat}");
        }
    }

    // What the disk refused was not recorded, and yet the visit ran no more: nobody could end it, and its minutes were gone.
    #[test]
    fn a_visit_whose_end_is_refused_runs_on_and_what_was_typed_is_there() {
        let home = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::default();
        let mut keeper = laptop(&home.path().join("office"), 1, Arc::new(disk.clone()));
        visiting(&mut keeper);
        finish(&mut keeper, 310_000);
        assert!(keeper.running().is_none(), "within the group the next request finds it ended");
        disk.fail(Act::Sync, 0, 1);
        assert!(keeper.sync().is_err());
        assert_eq!(keeper.running().unwrap().counted().0, 299_999);
        keeper.clock = at(320_000);
        keeper.tick().unwrap();
        assert_eq!(keeper.running().unwrap().counted().0, 319_999, "it goes on without a gap");

        type_and_enter(&mut keeper, 330_000);
        assert_eq!(keeper.slate.all().len(), 0, "nobody sees it while it is being recorded");
        disk.fail(Act::Sync, 0, 1);
        assert!(keeper.sync().is_err());
        assert_eq!(keeper.slate.all(), [("lookup".to_owned(), WORDS.to_owned(), WORDS.len())]);
        disk.heal();
        finish(&mut keeper, 340_000);
        keeper.sync().unwrap();
        assert!(keeper.running().is_none());
        keeper.close().unwrap();
        let (texts, beats, ended) = found(&disk, &keeper.place, "家里有事");
        assert_eq!((texts.len(), beats, ended), (1, None, true));
    }
}
