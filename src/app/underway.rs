//! Underway: what goes on by itself while a campaign is opened or its view is made anew, and how far it is.
//!
//! Nobody can stop it: without it there is nothing to show. Leaving the program meanwhile harms nothing, as all of it is
//! read from the journal and begun anew next time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Journal and drafts are looked at.
    Opening,
    /// The view takes in records that it lacks.
    Following,
    /// The journal is read for a new view, in bytes.
    Folding,
    /// The new view is written, in records.
    Storing,
    /// Households are read.
    Reading,
    /// It is looked at household by household which of them are listed.
    Placing,
    /// Households are put in order for the lookup.
    Sorting,
}

/// What is being done, and how much of it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Far {
    /// What.
    pub doing: Doing,
    /// So many steps are.
    pub done: u64,
    /// Of so many; 0 where nobody knows yet.
    pub of: u64,
}

impl Far {
    /// Gives how far it is, in percent; none where nobody knows of how much.
    pub fn percent(&self) -> Option<u64> {
        self.done.min(self.of).saturating_mul(100).checked_div(self.of)
    }
}

/// From so many households on, what is done with each of them says how far it is.
const MANY: usize = 500;

/// What goes on by itself; a clone is the same one.
#[derive(Debug, Clone, Default)]
pub struct Underway(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    now: Option<Far>,
    #[cfg(test)]
    past: Vec<Far>,
}

impl Underway {
    /// Begins something of so many steps.
    pub fn begin(&self, doing: Doing, of: u64) {
        self.turn_to(Some(Far { doing, done: 0, of }));
    }

    /// Begins something of so many steps, where they are so many that it takes a while; it is over with what this gives.
    pub(super) fn if_many(&self, doing: Doing, of: usize) -> Steps<'_> {
        let many = of > MANY;
        if many {
            self.begin(doing, of as u64);
        }
        Steps(many.then_some(self))
    }

    /// Notes steps that were taken.
    pub(super) fn go(&self, steps: u64) {
        if let Some(far) = &mut self.state().now {
            far.done += steps;
        }
    }

    /// Nothing goes on any more.
    pub(super) fn over(&self) {
        self.turn_to(None);
    }

    /// Gives what goes on, if anything does.
    pub fn now(&self) -> Option<Far> {
        self.state().now
    }

    fn turn_to(&self, next: Option<Far>) {
        let mut state = self.state();
        let before = std::mem::replace(&mut state.now, next);
        #[cfg(test)]
        state.past.extend(before);
        let _ = before;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The steps of something that may take a while.
pub(super) struct Steps<'a>(Option<&'a Underway>);

impl Steps<'_> {
    /// Notes that one was taken.
    pub(super) fn go(&self) {
        if let Some(underway) = self.0 {
            underway.go(1);
        }
    }
}

impl Drop for Steps<'_> {
    fn drop(&mut self) {
        if let Some(underway) = self.0 {
            underway.over();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Doing::{Folding, Following, Opening, Reading, Sorting, Storing};
    use super::{Doing, Far, Underway};
    use crate::app::{Device, Place, Request};
    use crate::clock::Clock;

    /// Opens a place, fills its house, and gives what was said to be done meanwhile.
    fn opened(place: &Place) -> Vec<Far> {
        let place = Place { underway: Underway::default(), ..place.clone() };
        let keeper = place.open(Clock::machine()).unwrap().keeper;
        keeper.house.fill("陈明", 0).unwrap();
        assert_eq!(place.underway.now(), None, "over");
        std::mem::take(&mut place.underway.state().past)
    }

    #[test]
    fn opening_says_what_it_does_and_how_far_it_is_also_where_the_view_is_made_anew() {
        let home = tempfile::tempdir().unwrap();
        let place = Place::new(home.path().join("data"));
        place.create(&Device::default(), &Clock::machine()).unwrap();
        let mut keeper = place.open(Clock::machine()).unwrap().keeper;
        for head in ["张守富", "李桂英", "王成友"] {
            keeper.run(&Request::new("household.add").with("head", head)).unwrap();
        }
        keeper.sync().unwrap();
        keeper.house().view().settle().unwrap();
        drop(keeper);
        let names = |all: &[Far]| all.iter().map(|far| far.doing).collect::<Vec<Doing>>();
        let usual = opened(&place);
        assert_eq!(names(&usual), [Opening, Following, Reading, Sorting]);
        assert_eq!((usual[2].done, usual[3].done, usual[3].of), (3, 3, 3), "households are counted");
        let view = place.folder.join("view");
        std::fs::remove_dir_all(&view).unwrap();
        std::fs::write(&view, "no folder").unwrap();
        let anew = opened(&place);
        assert_eq!(names(&anew), [Opening, Folding, Storing, Reading, Sorting]);
        assert_eq!(anew[2].percent(), Some(100), "every record was written: {anew:?}");
        assert!(anew[1].done > 0 && anew[1].done <= anew[1].of, "{anew:?}");
        assert_eq!(Far { doing: Reading, done: 7, of: 0 }.percent(), None);
    }
}
