//! The finder: searches on a thread of its own, so that one keystroke never waits for the one before.

use std::sync::Arc;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Receiver;

use crate::clock::Clock;

use super::message::{Message, Ticket, Wake};
use super::shared::Shared;
use crate::app::{Face, Hits, House};

/// One search.
pub struct Search {
    /// Its question.
    pub ticket: Ticket,
    /// What is typed.
    pub typed: String,
    /// How many lines are wanted.
    pub most: usize,
    /// The village in which it is typed, and whether all villages are looked through; none where it is nowhere in particular.
    pub here: Option<(String, bool)>,
}

/// Answers searches until the session ends. A search that another one follows is given up.
pub fn run(shared: &Arc<Shared>, clock: &Clock, wake: &Wake, searches: &Receiver<Search>) {
    while let Ok(search) = searches.recv() {
        let newest = || shared.newest_search.load(Ordering::SeqCst) == search.ticket.0;
        let house = shared.house.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(house) = house.filter(|_| newest()) {
            let now_ms = clock.now().wall_ms;
            if let Some((hits, faces)) = find(&house, &search, now_ms, &newest) {
                wake(Message::Found { ticket: search.ticket, hits, faces });
            }
        }
        shared.done(1, wake);
    }
}

fn find(house: &House, search: &Search, now_ms: i64, newest: &dyn Fn() -> bool) -> Option<(Hits, Vec<Face>)> {
    let hits = match &search.here {
        None | Some((_, true)) if search.typed.trim().is_empty() => house.opening_list(search.most, now_ms),
        Some((village, is_wide)) => house.find_here(village, *is_wide, &search.typed, search.most, newest)?,
        None => house.find(&search.typed, search.most, newest)?,
    };
    let mut faces = house.faces_found(&hits, &search.typed, now_ms);
    house.mark_doubles(&mut faces);
    Some((hits, faces))
}
