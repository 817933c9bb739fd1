//! What comes of orders that are taken together, in one order or another.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, channel};

use super::{Bench, Hand, Next, Order};
use crate::app::folder::rescue::tests::{damaged, heads};
use crate::app::keeper::backlog::Backlog;
use crate::app::rosters::import::Roster;
use crate::app::session::message::{Ask, Message, Ticket};
use crate::app::session::shared::Shared;
use crate::app::session::slate::Slate;
use crate::app::{Device, Keeper, Place, Request};
use crate::clock::{Clock, Now};
use crate::domain::{Birth, Body, Name, Operation, Prevs, Sort, Stamp, Value, Writer};
use crate::exchange::{Manifest, write};
use crate::intake::{Guess, read};
use crate::log::disk_faulty::{Act, FaultyDisk};
use crate::log::{Disk, bytes};
use crate::text::{Trouble, t};
use crate::view::{MemoryView, View};

/// A writer without a thread: a test gives it orders by hand, and sees those of its jobs.
struct ByHand {
    bench: Bench,
    orders: Receiver<Order>,
    heard: Receiver<Message>,
    asked: u64,
}

impl ByHand {
    /// Opens a place; the households are known, and nobody has taken the word of it.
    fn open(place: Place) -> Self {
        let ((orders, taken), (sender, heard)) = (channel(), channel());
        let wake = Arc::new(move |message| drop(sender.send(message)));
        let bench =
            Bench::of(Hand { place, clock: Clock::machine(), shared: Arc::new(Shared::default()), wake, orders });
        let mut by_hand = Self { bench, orders: taken, heard, asked: 0 };
        by_hand.bench.open_or_ask();
        by_hand
    }

    /// Waits for an order of a job.
    fn job(&self, wanted: fn(&Order) -> bool) -> Order {
        loop {
            let order = self.orders.recv_timeout(std::time::Duration::from_secs(60)).unwrap();
            if wanted(&order) {
                return order;
            }
        }
    }

    fn household(&mut self, head: &str) -> Order {
        self.asked += 1;
        self.bench.hand.shared.unsaid.fetch_add(1, Ordering::SeqCst);
        Order::Ask(Ticket(self.asked), Ask::Do(Request::new("household.add").with("head", head)))
    }

    fn take(&mut self, orders: Vec<Order>) {
        self.bench.hand.shared.waiting.fetch_add(orders.len(), Ordering::SeqCst);
        self.bench.take(orders);
    }

    /// Gives what was answered to the household asked for last.
    fn answer(&self) -> Result<(), Trouble> {
        loop {
            match self.heard.recv_timeout(std::time::Duration::from_secs(60)).unwrap() {
                Message::Answer(Ticket(asked), answer) if asked == self.asked => return answer.map(|_| ()),
                _ => {}
            }
        }
    }
}

// A failed sync that came of an order between a request and its answer was swallowed, and the request answered as recorded.
#[test]
fn a_sync_that_fails_where_the_journal_is_mended_refuses_what_was_asked_before() {
    let unreadable = || Trouble::new("view-damaged", t("查询库损坏", "the view is damaged"));
    for read_through in [true, false] {
        let home = tempfile::tempdir().unwrap();
        let (disk, place) = damaged(&home.path().join("data"));
        let mut writer = ByHand::open(place.clone());
        let filled = writer.job(|order| matches!(order, Order::Filled(_)));
        let mending = if read_through {
            writer.take(vec![filled]);
            writer.job(|order| matches!(order, Order::ReadThrough(..)))
        } else {
            // Everything passed by, and at the end of it the view turned out to be damaged.
            Order::Filled(Err(unreadable()))
        };
        let recorded = writer.household("王成友");
        writer.take(vec![recorded]);
        assert_eq!(writer.answer(), Ok(()));

        let refused = writer.household("从没存下的");
        disk.fail(Act::Sync, 0, 1);
        writer.take(vec![refused, mending]);
        assert!(writer.answer().is_err(), "it was answered as recorded");
        disk.heal();
        let all = ["张守富", "李桂英", "赵淑芬", "王成友"];
        assert_eq!(heads(writer.bench.keeper.as_ref().unwrap()), all);
        drop(writer);
        let mut keeper = place.open(Clock::machine()).unwrap().keeper;
        keeper.fill().unwrap();
        assert_eq!(heads(&keeper), all);
        assert!(!Path::new(&place.folder).join("journal").exists(), "the journal lies in memory");
    }
}

// Whoever types slowly, or sits in a visit, had it all written into a folder that was not there any more, under 已保存.
#[cfg(unix)]
#[test]
fn a_folder_that_is_gone_shows_with_the_next_word_the_next_second_and_the_next_record() {
    let home = tempfile::tempdir().unwrap();
    let place = Place::new(home.path().join("data"));
    place.create(&Device { laptop: 1, visitors: vec!["陈明".into()], ..Device::default() }, &Clock::machine()).unwrap();
    let mut writer = ByHand::open(place.clone());
    let unsaved = |writer: &ByHand| writer.bench.hand.shared.unsaved.read().unwrap().as_ref().map(|why| why.kind);
    // What reads the households has the folder open until then.
    let filled = writer.job(|order| matches!(order, Order::Filled(_)));
    writer.take(vec![filled]);
    let draft = Order::Draft { place: "note".into(), text: "机井坏了".into(), cursor: 0 };
    let record = writer.household("张守富");
    for order in [draft, Order::Tick, record] {
        std::fs::rename(&place.folder, home.path().join("elsewhere")).unwrap();
        writer.take(vec![order]);
        assert_eq!(unsaved(&writer), Some("folder-gone"));
        std::fs::rename(home.path().join("elsewhere"), &place.folder).unwrap();
        writer.take(vec![Order::Tick]);
        assert_eq!(unsaved(&writer), None);
    }
}

// Room was made on the disk and all of it was saved, and the header said 没存上! until somebody recorded something.
#[test]
fn once_the_disk_takes_what_is_typed_again_it_is_said_to_be_saved_though_nobody_pressed_a_key() {
    let home = tempfile::tempdir().unwrap();
    let (disk, place) = damaged(&home.path().join("data"));
    let mut writer = ByHand::open(place);
    let filled = writer.job(|order| matches!(order, Order::Filled(_)));
    writer.bench.unread = None;
    writer.take(vec![filled]);
    let unsaved = |writer: &ByHand| writer.bench.hand.shared.unsaved.read().unwrap().as_ref().map(|why| why.kind);
    let said_saved = |writer: &ByHand| writer.heard.try_iter().any(|message| matches!(message, Message::Saved));
    disk.refuse(std::io::ErrorKind::StorageFull);
    writer.take(vec![Order::Draft { place: "note".into(), text: "机井坏了".into(), cursor: 0 }]);
    writer.bench.save_drafts();
    assert_eq!((unsaved(&writer), said_saved(&writer)), (Some("disk-full"), false));
    disk.heal();
    // A second later, as `next` does where something waits.
    writer.bench.save_drafts();
    assert_eq!((unsaved(&writer), said_saved(&writer)), (None, true));
    writer.bench.save_drafts();
    assert!(!said_saved(&writer), "once");
}

// The record was refused, its words stood as a draft on the disk, and the header said 没存上! until the next one was recorded.
#[test]
fn once_the_disk_answers_again_what_it_refused_is_a_draft_as_any_other() {
    let home = tempfile::tempdir().unwrap();
    let (disk, place) = damaged(&home.path().join("data"));
    let mut writer = ByHand::open(place);
    let filled = writer.job(|order| matches!(order, Order::Filled(_)));
    writer.bench.unread = None;
    writer.take(vec![filled, typed("张守富"), Order::Save]);
    let Order::Ask(ticket, Ask::Do(mut request)) = writer.household("张守富") else { unreachable!() };
    request.draft = Some("lookup".to_owned());
    let shared = Arc::clone(&writer.bench.hand.shared);
    shared.typed().drafts = vec![("lookup".into(), "张守富".into(), 0)];
    shared.typed().consume(ticket, "lookup");
    disk.refuse(std::io::ErrorKind::StorageFull);
    writer.take(vec![Order::Ask(ticket, Ask::Do(request))]);
    assert!(writer.answer().is_err());
    let said = || {
        let unsaved = shared.unsaved.read().unwrap().as_ref().map(|why| why.kind);
        (unsaved, shared.typed().why_any_refused(|_| true).is_some())
    };
    let failures = |writer: &ByHand| writer.heard.try_iter().filter(|one| matches!(one, Message::Failed(_))).count();
    // Nothing of it changed, and it is written all the same.
    for _ in 0..2 {
        writer.bench.save_at_rest();
        assert_eq!(said(), (Some("disk-full"), true));
    }
    assert_eq!(failures(&writer), 0, "the answer said it");
    disk.heal();
    writer.bench.save_at_rest();
    assert_eq!(said(), (None, false));
    assert_eq!(texts(writer.bench.keeper.as_ref().unwrap()), ["张守富"]);
    assert!(writer.heard.try_iter().any(|message| matches!(message, Message::Saved)));
    // It is refused again, and recorded while it is.
    let Order::Ask(ticket, Ask::Do(mut request)) = writer.household("张守富") else { unreachable!() };
    request.draft = Some("lookup".to_owned());
    shared.typed().consume(ticket, "lookup");
    writer.take(vec![Order::Ask(ticket, Ask::Do(request))]);
    assert_eq!((writer.answer(), said()), (Ok(()), (None, false)));
}

// A view made of what was synced so far followed the journal from behind a record that it never saw, and nothing found that out.
#[test]
fn a_view_that_lacks_what_the_journal_holds_is_made_anew() {
    let home = tempfile::tempdir().unwrap();
    let place = Place::new(home.path().join("data"));
    place.create(&Device { laptop: 1, visitors: vec!["陈明".into()], ..Device::default() }, &Clock::machine()).unwrap();
    let mut writer = ByHand::open(place);
    let filled = writer.job(|order| matches!(order, Order::Filled(_)));
    let recorded = writer.household("张守富");
    writer.bench.unread = None;
    writer.take(vec![filled, recorded]);
    assert_eq!(writer.answer(), Ok(()));

    let keeper = writer.bench.keeper.as_mut().unwrap();
    let (stale, end) = (MemoryView::default(), keeper.reader().end());
    stale.apply(&[], end).unwrap();
    keeper.show(Arc::new(stale)).unwrap();
    assert!(heads(keeper).is_empty());
    writer.bench.unread = Some(Vec::new());
    writer.take(vec![Order::Tick]);
    let read = writer.job(|order| matches!(order, Order::ReadThrough(..)));
    writer.take(vec![read]);
    assert_eq!(heads(writer.bench.keeper.as_ref().unwrap()), ["张守富"]);
    let said = writer.heard.try_iter().find_map(|message| match message {
        Message::Damage(said) => Some(said),
        _ => None,
    });
    assert_eq!(said.unwrap().len(), 1, "one calm line");
}

// What was typed while it was being recorded came later than the refusal, and was written over the refused sentence.
#[test]
fn a_refused_sentence_is_kept_where_the_next_is_still_on_its_way() {
    let home = tempfile::tempdir().unwrap();
    let (disk, place) = damaged(&home.path().join("data"));
    let mut writer = ByHand::open(place.clone());
    let filled = writer.job(|order| matches!(order, Order::Filled(_)));
    let recorded = writer.household("王成友");
    writer.take(vec![filled, recorded, typed("张守富")]);
    assert_eq!(writer.answer(), Ok(()));
    let Order::Ask(ticket, Ask::Do(mut request)) = writer.household("张守富") else { unreachable!() };
    request.draft = Some("lookup".to_owned());
    let shared = Arc::clone(&writer.bench.hand.shared);
    shared.typed().drafts.push(("lookup".into(), "张守富".into(), 0));
    shared.typed().consume(ticket, "lookup");
    shared.typed().drafts.push(("lookup".into(), "李".into(), 0));
    disk.fail(Act::Sync, 0, 1);
    writer.take(vec![Order::Ask(ticket, Ask::Do(request))]);
    assert!(writer.answer().is_err());
    disk.heal();
    writer.take(vec![typed("李桂英"), Order::Save]);
    assert_eq!(texts(writer.bench.keeper.as_ref().unwrap()), ["李桂英"]);
    writer.take(vec![typed(""), Order::Save]);
    drop(writer);
    assert_eq!(texts(&place.open(Clock::machine()).unwrap().keeper), ["张守富"]);
}

/// What somebody types on the page where one looks up.
fn typed(text: &str) -> Order {
    Order::Draft { place: "lookup".to_owned(), text: text.to_owned(), cursor: text.len() }
}

// While a long merge is applied the last words typed were saved at its end only.
#[test]
fn what_is_typed_is_saved_while_something_long_is_applied() {
    let home = tempfile::tempdir().unwrap();
    let (disk, place) = damaged(&home.path().join("data"));
    let mut writer = ByHand::open(place.clone());
    let filled = writer.job(|order| matches!(order, Order::Filled(_)));
    writer.take(vec![filled]);
    let at = |boot_ms| Clock::standing(Now { wall_ms: 1_621_338_120_000, boot_ms });
    writer.bench.hand.clock = at(10_000);
    writer.take(vec![typed("张"), Order::Save, typed("张守富")]);
    let text = "户主姓名,联系电话\n刘改兰,13853301234\n";
    let roster = Roster::of(&read(text.as_bytes(), "名单.csv", &Guess::default()).unwrap()).unwrap();
    let keeper = writer.bench.keeper.as_mut().unwrap();
    let end = keeper.journal.end();
    for _ in 0..60 {
        keeper.adopt(Backlog::of(&roster.operations), end);
    }
    let saved = || {
        let shared: Arc<dyn Disk> = Arc::new(disk.clone());
        Slate::open(shared, &place.home(), "2021-05-28", &[]).0.all().remove(0).1
    };
    for (boot_ms, expected) in [(10_500, "张"), (11_000, "张守富")] {
        writer.bench.hand.clock = at(boot_ms);
        assert!(!matches!(writer.bench.next(&writer.orders), Next::End));
        assert_eq!(saved(), expected);
    }
    assert!(writer.bench.keeper.as_ref().unwrap().backlog_left() > 0, "it goes on");
}

// A request that waits for the households took the draft of whatever was typed next, which was gone with a power cut.
#[test]
fn a_request_that_has_to_wait_consumes_what_was_typed_for_it() {
    for head in ["王成友", ""] {
        let home = tempfile::tempdir().unwrap();
        let (_, place) = damaged(&home.path().join("data"));
        let mut writer = ByHand::open(place.clone());
        let Order::Ask(ticket, Ask::Do(request)) = writer.household(head) else { unreachable!() };
        let asked = Order::Ask(ticket, Ask::Do(request.consuming("lookup")));
        let shown = |writer: &ByHand| texts(writer.bench.keeper.as_ref().unwrap());
        // The households may be there before anything is asked: behind one that waits it waits all the same.
        writer.bench.hand.shared.waiting.fetch_add(1, Ordering::SeqCst);
        writer.bench.held.push(Order::Save);
        writer.take(vec![typed("王成友"), asked]);
        assert!(shown(&writer).is_empty(), "nobody sees it while it waits");
        writer.take(vec![typed("李桂"), typed("李桂英"), Order::Save]);
        let filled = writer.job(|order| matches!(order, Order::Filled(_)));
        writer.take(vec![filled]);
        assert_eq!(writer.answer().is_ok(), !head.is_empty());
        assert_eq!(shown(&writer), ["李桂英"]);
        writer.take(vec![typed(""), Order::Save]);
        drop(writer);
        let left = texts(&place.open(Clock::machine()).unwrap().keeper);
        assert_eq!(left, if head.is_empty() { &["王成友"][..] } else { &[] }, "a refused one is kept");
    }
}

fn texts(keeper: &Keeper) -> Vec<String> {
    keeper.slate.all().into_iter().map(|(_, text, _)| text).collect()
}

// The backup at the end, begun while that of the day was being made, took the same name: one wrote into the file of the other.
#[test]
fn the_backup_at_the_end_waits_for_the_one_of_the_day() {
    let home = tempfile::tempdir().unwrap();
    let place = Place::new(home.path().join("data"));
    place.create(&Device { laptop: 1, visitors: vec!["陈明".into()], ..Device::default() }, &Clock::machine()).unwrap();
    for recorded_since in [false, true] {
        let mut writer = ByHand::open(place.clone());
        let filled = writer.job(|order| matches!(order, Order::Filled(_)));
        let keeper = writer.bench.keeper.as_mut().unwrap();
        keeper.run(&Request::new("household.add").with("head", "张守富")).unwrap();
        keeper.sync().unwrap();
        keeper.device.backed_up_at = 0;
        writer.bench.unread = None;
        writer.take(vec![filled]);
        let keeper = writer.bench.keeper.as_mut().unwrap();
        if recorded_since {
            keeper.run(&Request::new("household.add").with("head", "李桂英")).unwrap();
        }
        writer.bench.close(&writer.orders);
        assert_eq!(*writer.bench.hand.shared.parting.lock().unwrap(), None);
    }
    let kept = std::fs::read_dir(place.home().join("backup")).unwrap().count();
    assert_eq!(kept, 3, "that of the day, and of the other day that and what came since");
}

/// A bundle of another laptop with so many households.
fn bundle(path: &Path, campaign: String, households: u32) {
    let birth = |seq: u32| {
        let name = Name::new(9, seq);
        let facts = vec![("head".into(), Value::text(format!("李{seq}")))];
        let body = Body::Birth(Sort::Household, Birth { links: Vec::new(), facts });
        let (stamp, actor, key) = (Stamp(u64::from(seq)), "张文彬".into(), "".into());
        bytes::encode(&Operation { name, stamp, wall_ms: 0, actor, entity: name, key, prevs: Prevs::new(), body })
            .unwrap()
    };
    let operations: Vec<Vec<u8>> = (1..=households).map(birth).collect();
    let from = Writer { laptop: 9, group: "二组".into(), ..Writer::default() };
    let manifest = Manifest { campaign, from, ..Manifest::default() };
    let mut file = std::fs::File::create(path).unwrap();
    write(&manifest, || operations.iter().map(Ok), &mut file).unwrap();
}

#[test]
fn a_note_beside_a_merge_is_durable_and_answered_long_before_all_of_the_merge_is_shown() {
    let home = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::default();
    let place = Place { disk: Arc::new(disk.clone()), ..Place::new(home.path().join("data")) };
    place.create(&Device { laptop: 1, visitors: vec!["陈明".into()], ..Device::default() }, &Clock::machine()).unwrap();
    let file = home.path().join("二组.zfb");
    let many = 5 * u32::try_from(super::AT_ONCE).unwrap();
    bundle(&file, place.campaign_id(false), many);
    let mut writer = ByHand::open(place.clone());
    let filled = writer.job(|order| matches!(order, Order::Filled(_)));
    writer.take(vec![filled, Order::Ask(Ticket(0), Ask::Merge(vec![file]))]);
    // While it is verified and unpacked.
    let note = writer.household("张守富");
    writer.take(vec![note]);
    assert_eq!(writer.answer(), Ok(()));
    let verified = writer.job(|order| matches!(order, Order::Verified(..)));
    writer.take(vec![verified]);
    let left = |writer: &ByHand| writer.bench.keeper.as_ref().unwrap().backlog_left();
    assert_eq!(left(&writer), many as usize);
    // While it is applied: each note waits for one turn and no more.
    for (turn, head) in (1..).zip(["李桂英", "王成友", "赵淑芬"]) {
        let note = writer.household(head);
        writer.bench.hand.orders.send(note).unwrap();
        writer.bench.hand.shared.waiting.fetch_add(1, Ordering::SeqCst);
        let Next::Order(note) = writer.bench.next(&writer.orders) else { panic!("the note was passed over") };
        assert!(writer.bench.take(vec![*note]));
        assert_eq!((writer.answer(), left(&writer)), (Ok(()), many as usize - turn * super::AT_ONCE));
        // Killed right then, it is there, and so is all of the merge.
        let killed = Place::new(home.path().join(head));
        let image = disk.kill(disk.moments()).moved(&place.folder, &killed.folder);
        let killed = Place { disk: Arc::new(image), ..killed };
        let mut keeper = killed.open(Clock::machine()).unwrap().keeper;
        keeper.fill().unwrap();
        assert_eq!(keeper.house().count(), many as usize + 1 + turn);
        assert!(heads(&keeper).contains(&head.to_owned()));
    }
    while left(&writer) > 0 {
        writer.bench.work();
    }
    assert_eq!(writer.bench.keeper.as_ref().unwrap().house().count(), many as usize + 4);
}
