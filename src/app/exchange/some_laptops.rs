//! Laptops for the tests of what goes from one to another.

use std::path::{Path, PathBuf};

use crate::app::{Device, Keeper, Place, Request, Roster};
use crate::clock::Clock;
use crate::domain::Name;
use crate::intake::{Guess, read};
use crate::text::Trouble;

/// A laptop with its own folder. Its clock goes on by a minute with every request.
pub(in crate::app) struct Laptop {
    folder: tempfile::TempDir,
    pub(in crate::app) keeper: Keeper,
    minutes: u32,
    /// What its clock says.
    pub(in crate::app) year: u32,
}

impl Laptop {
    pub(in crate::app) fn new(laptop: u64, group: &str, person: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path().join("data"));
        let clock = Clock::from_file(folder.path().join("clock"));
        set(folder.path(), 2021, 0);
        let device = Device { laptop, group: group.into(), visitors: vec![person.into()], ..Device::default() };
        place.create(&device, &clock).unwrap();
        let mut keeper = place.open(clock).unwrap().keeper;
        keeper.fill().unwrap();
        Self { folder, keeper, minutes: 0, year: 2021 }
    }

    pub(in crate::app) fn ask(&mut self, request: Request) -> Name {
        self.tried(&request).unwrap()
    }

    /// Asks for what may be refused as things stand.
    pub(in crate::app) fn try_ask(&mut self, request: Request) {
        let _ = self.tried(&request);
    }

    fn tried(&mut self, request: &Request) -> Result<Name, Trouble> {
        self.minutes += 1;
        set(self.folder.path(), self.year, self.minutes);
        let answer = self.keeper.run(request)?;
        self.keeper.finish()?;
        Ok(answer.name().unwrap_or(Name::CAMPAIGN))
    }

    pub(in crate::app) fn add(&mut self, head: &str, door: &str) -> Name {
        let add = Request::new("household.add").with("head", head).with("village", "东里东村").with("group", "3");
        self.ask(add.with("door", door))
    }

    pub(in crate::app) fn set(&mut self, household: Name, fact: &str, value: &str) {
        self.ask(Request::new("household.set").with_name("household", household).with(fact, value));
    }

    pub(in crate::app) fn import(&mut self, table: &str) {
        let roster = Roster::of(&read(table.as_bytes(), "名单.csv", &Guess::default()).unwrap()).unwrap();
        self.keeper.import(&roster, "名单.csv").unwrap();
        self.keeper.finish().unwrap();
    }

    pub(in crate::app) fn export(&mut self, name: &str) -> PathBuf {
        self.keeper.export(&self.folder.path().join(name), None).unwrap().path
    }

    pub(in crate::app) fn merge(&mut self, file: &Path) {
        let parcel = self.keeper.open_parcel(file).unwrap();
        self.keeper.merge(parcel).unwrap();
        self.keeper.finish().unwrap();
    }
}

fn set(folder: &Path, year: u32, minutes: u32) {
    let (hour, minute) = (8 + minutes / 60, minutes % 60);
    std::fs::write(folder.join("clock"), format!("{year}-05-18T{hour:02}:{minute:02}:00+08:00\n")).unwrap();
}
