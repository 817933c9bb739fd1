//! A disk that hangs: people go on typing and looking, nothing is acknowledged before it is saved, and leaving waits.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use zoufang::app::{Ask, Device, Message, Place, Request, Session};
use zoufang::clock::Clock;
use zoufang::log::disk_faulty::{Act, Cut, CutBytes, CutNames, FaultyDisk};

use crate::session::{start, wait};

/// A campaign whose journal and drafts lie on a disk in memory, its view on the real one.
fn laptop(folder: &std::path::Path) -> (FaultyDisk, Place) {
    let disk = FaultyDisk::default();
    let place = Place { disk: Arc::new(disk.clone()), ..Place::new(folder.join("data")) };
    let device = Device { laptop: 1, visitors: vec!["陈明".into()], ..Device::default() };
    place.create(&device, &Clock::machine()).unwrap();
    (disk, place)
}

/// Returns once the writer has dealt with everything. The word of it may come of what was asked just before.
fn settle(session: &mut Session, heard: &Receiver<Message>) {
    while session.behind().is_some() {
        session.save();
        wait(heard, |message| matches!(message, Message::Settled).then_some(()));
    }
}

fn household(head: &str) -> Ask {
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
        held.reached();
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
    held.reached();
    let (told, slow) = channel();
    let leaving = std::thread::spawn(move || session.end(Duration::ZERO, || told.send(()).unwrap()));
    slow.recv_timeout(Duration::from_secs(60)).unwrap();
    assert!(!leaving.is_finished() && heard.try_iter().all(|message| !matches!(message, Message::Answer(..))));
    drop(held);
    leaving.join().unwrap();
    assert!(heard.try_iter().any(|message| matches!(message, Message::Answer(_, answer) if answer.is_ok())));
    let left = disk.power_cut(disk.moments(), Cut { bytes: CutBytes::Synced, names: CutNames::Synced, seed: 0 });
    let mut keeper = Place { disk: Arc::new(left), ..place }.open(Clock::machine()).unwrap().keeper;
    keeper.fill().unwrap();
    assert_eq!(keeper.house().count(), 1);
}
