//! The bell: time for it is where what runs has the minimum and had it not when that was looked at last, whatever moved the minutes:
//! a second that passed, a request that counted up to now, a gap that was declared, a household that went home (plan 二(二)3(1)).

use crate::app::Keeper;
use crate::domain::Name;

/// How what runs stood against the minimum at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) struct Stood {
    /// The visit, or the talk.
    visit: Name,
    is_full: bool,
}

impl Stood {
    /// Tells whether it became full since a moment before; what was not looked at then rings for nothing.
    fn is_filled_since(self, before: Option<Self>) -> bool {
        self.is_full && before.is_some_and(|before| before.visit == self.visit && !before.is_full)
    }
}

impl Keeper {
    /// Looks at what runs, and tells whether it is time for the bell.
    pub(super) fn rings(&mut self) -> bool {
        let running = self.running.as_ref();
        let now = running.map(|running| Stood { visit: running.visit, is_full: self.house.is_full(running) });
        let before = std::mem::replace(&mut self.stood, now);
        now.is_some_and(|now| now.is_filled_since(before))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::app::{Device, Keeper, Place, Request};
    use crate::clock::{Clock, Now};
    use crate::domain::Name;
    use crate::log::disk_faulty::{Act, FaultyDisk};

    /// A laptop on a table, where so many seconds have passed.
    struct Table {
        keeper: Keeper,
        disk: FaultyDisk,
        seconds: u64,
        _folder: tempfile::TempDir,
    }

    impl Table {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let disk = FaultyDisk::default();
            let place = Place { disk: Arc::new(disk.clone()), ..Place::new(folder.path().join("data")) };
            let device = Device { laptop: 1, visitors: vec!["陈明".into()], ..Device::default() };
            place.create(&device, &clock(0)).unwrap();
            let mut keeper = place.open(clock(0)).unwrap().keeper;
            keeper.fill().unwrap();
            Self { keeper, disk, seconds: 0, _folder: folder }
        }

        /// Lets time pass of which the program knows nothing yet.
        fn pass(&mut self, seconds: u64) {
            self.seconds += seconds;
            self.keeper.clock = clock(self.seconds);
        }

        /// Lets time pass with a beat every five seconds; counts the bells.
        fn wait(&mut self, seconds: u64) -> usize {
            let beats = seconds / 5;
            (0..beats).filter(|_| self.beat(5)).count()
        }

        fn beat(&mut self, seconds: u64) -> bool {
            self.pass(seconds);
            self.keeper.tick().unwrap().rings
        }

        fn household(&mut self, head: &str) -> Name {
            self.keeper.run(&Request::new("household.add").with("head", head)).unwrap().name().unwrap()
        }

        /// Asks for something, and tells whether the bell rings with it.
        fn rings(&mut self, request: &Request) -> bool {
            let answer = self.keeper.run(request).unwrap();
            self.keeper.sync().unwrap();
            answer.rings
        }
    }

    fn clock(seconds: u64) -> Clock {
        Clock::standing(Now { wall_ms: 1_621_338_120_000, boot_ms: 1 + seconds * 1000 })
    }

    /// Begins a visit at home.
    fn at_home() -> Table {
        let mut table = Table::new();
        let home = table.household("张守富");
        assert!(!table.rings(&Request::new("visit.start").with_name("household", home)));
        table
    }

    /// Begins a talk of two households, and a third one that comes after so many seconds.
    fn at_talk(later: u64) -> (Table, [Name; 3]) {
        let mut table = Table::new();
        let heads = ["张守富", "李桂英", "王成友"].map(|head| table.household(head));
        assert!(!table.rings(&Request::new("talk.start").with("village", "东里东村")));
        let [first, second, third] = heads;
        table.rings(&come(&[first, second]));
        table.wait(later);
        table.rings(&come(&[third]));
        (table, heads)
    }

    fn come(households: &[Name]) -> Request {
        let names: Vec<String> = households.iter().map(Name::to_string).collect();
        Request::new("talk.come").with("households", names)
    }

    fn of(word: &str, household: Name) -> Request {
        Request::new(word).with_name("household", household)
    }

    fn declare(minutes: u64) -> Request {
        Request::new("visit.declare").with("minutes", minutes).with("why", "停电, 一直在谈")
    }

    #[test]
    fn fifteen_minutes_ring_once_and_five_seconds_less_do_not() {
        let mut table = at_home();
        assert_eq!(table.wait(895), 0);
        assert_eq!(table.wait(1500), 1);
        // Taken up again it is full already.
        let running = table.keeper.running.clone().unwrap();
        table.keeper.stood = None;
        assert!(!table.keeper.take_up(running).unwrap().rings && table.wait(60) == 0);
    }

    // The request had counted up to now, and the next second found nothing that it had filled.
    #[test]
    fn what_a_request_counts_itself_rings() {
        let mut table = at_home();
        table.wait(895);
        table.pass(5);
        assert!(table.rings(&Request::new("visit.pause")));
        assert!(!table.rings(&Request::new("visit.resume")) && table.wait(60) == 0);

        let (mut table, [first, ..]) = at_talk(0);
        table.wait(895);
        table.pass(5);
        assert!(table.rings(&come(&[first])), "who is there already adds nobody");
        assert_eq!(table.wait(60), 0);
    }

    #[test]
    fn a_gap_that_is_declared_rings_at_home_and_at_a_talk() {
        for mut table in [at_home(), at_talk(0).0] {
            table.wait(600);
            assert!(!table.beat(600), "nobody proves it");
            assert!(!table.rings(&declare(4)), "a minute is missing");
            assert!(table.rings(&declare(5).with("gap", 1)));
            assert!(!table.rings(&declare(6).with("gap", 1)) && table.wait(60) == 0);
        }
    }

    #[test]
    fn who_goes_home_or_is_taken_out_rings_where_nobody_who_stays_is_short() {
        for word in ["talk.leave", "talk.remove"] {
            let (mut table, [first, _, third]) = at_talk(300);
            assert_eq!(table.wait(660), 0, "the third one is short");
            assert!(!table.rings(&of("talk.leave", first)), "it still is");
            assert!(table.rings(&of(word, third)), "{word}");
            assert_eq!(table.wait(600), 0);
        }
        // Counted up to now and gone in one.
        let (mut table, [.., third]) = at_talk(300);
        table.wait(595);
        table.pass(5);
        assert!(table.rings(&of("talk.remove", third)));
        // And before anybody is full nobody rings.
        let (mut table, [.., third]) = at_talk(300);
        table.wait(300);
        assert!(!table.rings(&of("talk.remove", third)));
        assert_eq!(table.wait(600), 1);
    }

    #[test]
    fn who_comes_later_is_waited_for_and_rings_again() {
        let (mut table, [.., third]) = at_talk(0);
        assert!(!table.rings(&of("talk.remove", third)));
        assert_eq!(table.wait(960), 1);
        assert!(!table.rings(&come(&[third])));
        assert_eq!(table.wait(895), 0);
        assert_eq!(table.wait(60), 1);
    }

    #[test]
    fn what_the_disk_refused_rings_once_it_is_recorded() {
        let (mut table, [.., third]) = at_talk(300);
        table.wait(660);
        table.disk.fail(Act::Sync, 0, 1);
        assert!(table.keeper.run(&of("talk.remove", third)).unwrap().rings);
        assert!(table.keeper.sync().is_err());
        table.disk.heal();
        assert!(!table.beat(5), "it is there again, and short");
        assert!(table.rings(&of("talk.remove", third)));
    }
}
