//! A disk that hangs: people go on typing and looking, nothing is acknowledged before it is saved, and leaving waits.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use zoufang::app::{Ask, Device, Leaving, Message, Place, Request, Session, Told};
use zoufang::clock::Clock;
use zoufang::log::Drafts;
use zoufang::log::disk_faulty::{Act, Cut, CutBytes, CutNames, FaultyDisk};

use crate::session::{start, wait};

/// A campaign whose journal and drafts lie on a disk in memory, its view on the real one.
pub fn laptop(folder: &std::path::Path) -> (FaultyDisk, Place) {
    let disk = FaultyDisk::default();
    let place = Place { disk: Arc::new(disk.clone()), ..Place::new(folder.join("data")) };
    let device = Device { laptop: 1, visitors: vec!["陈明".into()], ..Device::default() };
    place.create(&device, &Clock::machine()).unwrap();
    (disk, place)
}

/// Returns once the writer has dealt with everything. The word of it may come of what was asked just before.
pub fn settle(session: &mut Session, heard: &Receiver<Message>) {
    while session.behind().is_some() {
        session.save();
        wait(heard, |message| matches!(message, Message::Settled).then_some(()));
    }
}

pub fn household(head: &str) -> Ask {
    Ask::Do(Request::new("household.add").with("head", head))
}

#[test]
fn while_the_disk_hangs_people_type_and_look_and_nothing_is_acknowledged() {
    for act in [Act::Write, Act::Sync] {
        let folder = tempfile::tempdir().unwrap();
        let (disk, place) = laptop(folder.path());
        let (mut session, heard) = start(place.clone());
        wait(&heard, |message| matches!(message, Message::Filled).then_some(()));
        session.ask(household("张守富"));
        wait(&heard, |message| matches!(message, Message::Answer(..)).then_some(()));
        settle(&mut session, &heard);

        let held = disk.hold(act);
        let asked = session.ask(household("李桂英"));
        assert!(held.reached(), "nothing is saved");
        let rounds = session.behind();
        assert!(rounds.is_some(), "{act:?}: the header would say that it is saved");
        // Typing goes on, and what is typed is at hand.
        let (place_of_words, text) = ("visit".to_owned(), "村文化大院晚上不开门".to_owned());
        session.ask(Ask::Draft { place: place_of_words, text: text.clone(), cursor: text.len() });
        assert_eq!(session.draft("visit"), Some((text.clone(), text.len())));
        session.tick();
        // Looking goes on: what was recorded before is found.
        let found = session.ask(Ask::Find { typed: "zsf".into(), most: 5 });
        let mut acknowledged = false;
        let faces = wait(&heard, |message| match message {
            Message::Found { ticket, faces, .. } if ticket == found => Some(faces),
            Message::Answer(..) => {
                acknowledged = true;
                None
            }
            _ => None,
        });
        assert_eq!(faces.len(), 1);
        assert!(!acknowledged, "{act:?}: it was acknowledged and not saved");
        assert_eq!(session.behind(), rounds, "{act:?}: the same thing is under way");
        // If the power went now, what was acknowledged would be there, and nothing else would have been promised.
        let left = disk.power_cut(disk.moments(), Cut { bytes: CutBytes::Synced, names: CutNames::Synced, seed: 0 });
        let left = Place { disk: Arc::new(left), ..place.clone() };
        assert_eq!(left.beside().map(|beside| beside.journal.length() > 28).ok(), Some(true));

        drop(held);
        let answered = wait(&heard, |message| match message {
            Message::Answer(ticket, answer) if ticket == asked => Some(answer.is_ok()),
            _ => None,
        });
        assert!(answered);
        settle(&mut session, &heard);
        let left = disk.power_cut(disk.moments(), Cut { bytes: CutBytes::Synced, names: CutNames::Synced, seed: 0 });
        drop(session);
        let place = Place { disk: Arc::new(left), ..place };
        let opened = place.open(Clock::machine()).unwrap().keeper;
        assert_eq!(opened.house().view().known().count(), 3, "both households and who wrote them");
    }
}

#[test]
fn leaving_waits_for_a_disk_that_hangs_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (disk, place) = laptop(folder.path());
    let (mut session, heard) = start(place.clone());
    wait(&heard, |message| matches!(message, Message::Filled).then_some(()));
    let held = disk.hold(Act::Sync);
    session.ask(household("王成友"));
    assert!(held.reached(), "nothing is saved");
    let (told, slow) = channel();
    let leaving =
        std::thread::spawn(move || session.end(Duration::from_millis(1), move |what| told.send(what).unwrap()));
    assert_eq!(slow.recv_timeout(Duration::from_secs(60)), Ok(Leaving::Saving));
    assert!(!leaving.is_finished() && heard.try_iter().all(|message| !matches!(message, Message::Answer(..))));
    drop(held);
    leaving.join().unwrap();
    assert!(heard.try_iter().any(|message| matches!(message, Message::Answer(_, answer) if answer.is_ok())));
    let left = disk.power_cut(disk.moments(), Cut { bytes: CutBytes::Synced, names: CutNames::Synced, seed: 0 });
    let mut keeper = Place { disk: Arc::new(left), ..place }.open(Clock::machine()).unwrap().keeper;
    keeper.fill().unwrap();
    assert_eq!(keeper.house().count(), 1);
}

// A hundred thousand records took four seconds, said nothing for the first of them, and "saving" for the others.
#[test]
fn leaving_says_that_it_waits_for_the_backup_and_how_far_that_is() {
    let folder = tempfile::tempdir().unwrap();
    let (_, place) = laptop(folder.path());
    let stick = FaultyDisk::default();
    let place = Place { exports: Arc::new(stick.clone()), ..place };
    let (mut session, heard) = start(place);
    wait(&heard, |message| matches!(message, Message::Filled).then_some(()));
    session.ask(household("王成友"));
    wait(&heard, |message| matches!(message, Message::Answer(..)).then_some(()));
    settle(&mut session, &heard);
    let held = stick.hold(Act::Sync);
    let (told, slow) = channel();
    let leaving =
        std::thread::spawn(move || session.end(Duration::from_millis(1), move |what| told.send(what).unwrap()));
    assert!(held.reached(), "a backup is made");
    // The file is written and not yet read back: it is neither begun nor done.
    let last = slow.iter().find(|what| matches!(what, Leaving::BackingUp(percent) if *percent > 0));
    assert!(matches!(last, Some(Leaving::BackingUp(1..=99))), "{last:?}");
    assert!(!leaving.is_finished());
    drop(held);
    assert_eq!(leaving.join().unwrap().trouble, None);
    assert!(slow.try_iter().all(|what| matches!(what, Leaving::BackingUp(_))));
}

// Esc was heard once all of it was written, and then all of it had to be taken back.
#[test]
fn an_import_says_how_far_it_is_and_stopped_on_a_disk_that_hangs_it_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (disk, place) = laptop(folder.path());
    let (mut session, heard) = start(place.clone());
    wait(&heard, |message| matches!(message, Message::Filled).then_some(()));
    let file = folder.path().join("名单.csv");
    let row = |at: u32| format!("张{at},1385330{:04},东里镇,东里东村,{at}号\n", at % 10_000);
    let rows: String = (0..9_000).map(row).collect();
    std::fs::write(&file, format!("户主姓名,联系电话,镇(街道),村(居),住址\n{rows}")).unwrap();
    session.ask(Ask::Preview(file, Told::Nothing));
    wait(&heard, |message| match message {
        Message::Previewed(_, previewed) => Some(previewed.unwrap()),
        _ => None,
    });
    settle(&mut session, &heard);
    let before = disk.moments();

    let held = disk.hold(Act::Write);
    let asked = session.ask(Ask::Import);
    assert!(held.reached(), "its rows are written");
    let percent = wait(&heard, |message| match message {
        Message::Working(ticket, percent) if ticket == asked => Some(percent),
        _ => None,
    });
    assert!((60..95).contains(&percent), "{percent}");
    session.stop_importing();
    drop(held);
    let imported = |heard: &Receiver<Message>, asked| {
        wait(heard, |message| match message {
            Message::Imported(ticket, imported) if ticket == asked => Some(*imported),
            _ => None,
        })
    };
    assert_eq!(imported(&heard, asked).unwrap_err().kind, "stopped");
    settle(&mut session, &heard);
    // Wherever the power goes from then on, nothing of it is there.
    for moment in before..=disk.moments() {
        for bytes in [CutBytes::Synced, CutBytes::All] {
            let left = disk.power_cut(moment, Cut { bytes, names: CutNames::All, seed: 0 });
            let mut keeper = Place { disk: Arc::new(left), ..place.clone() }.open(Clock::machine()).unwrap().keeper;
            keeper.fill().unwrap();
            assert_eq!((keeper.house().count(), keeper.known().count()), (0, 0), "{moment}");
        }
    }
    // The list is still at hand: asked for again it comes in.
    let asked = session.ask(Ask::Import);
    assert_eq!(imported(&heard, asked).unwrap().households, 9_000);
}

/// Sets the clocks of a test: so many milliseconds after the first moment.
fn set_clock(file: &std::path::Path, ms: u64) {
    let half = file.with_extension("new");
    let wall = chrono::DateTime::from_timestamp_millis(1_621_338_120_000 + i64::try_from(ms).unwrap()).unwrap();
    std::fs::write(&half, format!("{}\n{}\n", wall.to_rfc3339(), 3_600_000 + ms)).unwrap();
    std::fs::rename(&half, file).unwrap();
}

// Whoever types without a pause gives the writer no moment to save in peace.
#[test]
fn what_is_typed_without_a_pause_is_never_more_than_a_second_older_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let clock = folder.path().join("clock");
    set_clock(&clock, 0);
    let (disk, place) = laptop(folder.path());
    let (sender, heard) = channel();
    let wake = move |message| drop(sender.send(message));
    let mut session = Session::start(place.clone(), Clock::from_file(clock.clone()), Arc::new(wake));
    wait(&heard, |message| matches!(message, Message::Filled).then_some(()));
    let mut typed: Vec<(u64, String)> = Vec::new();
    for key in 0..60_u64 {
        // From a key every tenth of a second to one in two thirds.
        let now = typed.last().map_or(0, |(at, _)| at + 100 + key * 97 % 560);
        set_clock(&clock, now);
        let text = "村里晚上太黑".repeat(usize::try_from(key).unwrap() + 1);
        session.ask(Ask::Draft { place: "visit".into(), text: text.clone(), cursor: text.len() });
        typed.push((now, text));
        // Answered behind the draft, and nothing by itself.
        session.ask(Ask::Do(Request::new("nothing")));
        wait(&heard, |message| matches!(message, Message::Answer(..)).then_some(()));
        let left = disk.power_cut(disk.moments(), Cut { bytes: CutBytes::Synced, names: CutNames::Synced, seed: 0 });
        let (drafts, _) = Drafts::open(Arc::new(left), &place.folder, Some("2021-05-18"), &[]);
        let on_disk = drafts.drafts().next().map(|(_, draft)| draft.text.clone());
        let saved = typed.iter().find(|(_, text)| Some(text) == on_disk.as_ref()).map(|(at, _)| *at);
        // What is not there yet was typed within the last second.
        let oldest_unsaved =
            typed.iter().find(|(at, _)| saved.is_none_or(|saved| *at > saved)).map_or(now, |(at, _)| *at);
        assert!(now - oldest_unsaved < 1_000, "key {key} at {now}: saved {saved:?}, unsaved since {oldest_unsaved}");
    }
}
