//! A group's laptop and the office's, with a campaign and a roster already on them, for the journeys of exchange.

use std::path::Path;

use zoufang::app::{Answer, Device, Keeper, Place, Request, Roster};
use zoufang::clock::Clock;
use zoufang::domain::Name;
use zoufang::intake::{Guess, read_file};

use super::harness::Laptop;

/// Where the sample rosters lie.
pub fn roster(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rosters").join(name)
}

/// The clocks of a laptop.
pub fn clock(laptop: &Laptop) -> Clock {
    Clock::from_file(laptop.data().with_file_name("clock"))
}

/// Gives a laptop a campaign of its own.
pub fn set_up(laptop: &Laptop, group: &str, person: &str) {
    let device = Device {
        laptop: laptop.seed,
        code: format!("{group}1"),
        group: group.to_owned(),
        visitors: vec![person.to_owned()],
        ..Device::default()
    };
    Place::new(laptop.data()).create(&device, &clock(laptop)).unwrap();
}

/// Works on a laptop's campaign without its screens, while they are closed.
pub fn behind<T>(laptop: &Laptop, work: impl FnOnce(&mut Keeper) -> T) -> T {
    let mut keeper = Place::new(laptop.data()).open(clock(laptop)).unwrap().keeper;
    let house = std::sync::Arc::clone(keeper.house());
    house.fill("", 0).unwrap();
    let done = work(&mut keeper);
    keeper.sync().unwrap();
    house.view().settle().unwrap();
    done
}

/// Brings in a roster.
pub fn import(keeper: &mut Keeper, name: &str) {
    let roster = Roster::of(&read_file(&self::roster(name), &Guess::default()).unwrap()).unwrap();
    keeper.import(&roster, name).unwrap();
    while keeper.work().unwrap() {}
}

/// Brings in a roster that lies nowhere.
pub fn import_bytes(keeper: &mut Keeper, bytes: &[u8], name: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let roster = Roster::of(&read_file(&path, &Guess::default()).unwrap()).unwrap();
    keeper.import(&roster, name).unwrap();
    while keeper.work().unwrap() {}
}

/// Carries out a request.
pub fn ask(keeper: &mut Keeper, request: &Request) -> Answer {
    let answer = keeper.run(request).unwrap();
    keeper.sync().unwrap();
    answer
}

/// Gives the n-th household in order of name.
pub fn household(keeper: &Keeper, at: usize) -> Name {
    keeper.house().shelf(|shelf, _| *shelf.households().iter().nth(at).unwrap())
}
