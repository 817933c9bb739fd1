//! The writer's thread: takes orders one after another, syncs once for all that wait, and answers in order.
//!
//! Between two slices of a merge or an import it looks at what people asked meanwhile, so that a line typed during a
//! merge overtakes it. Answers go out only after the sync.

mod behind;
mod beside;
mod first;
mod handing;
mod lasting;
mod merging;
mod reading;
mod sealed;
mod shut;
mod taking;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use crate::clock::Clock;
use crate::intake::Watch;
use crate::log::{Ranges, is_refusal};
use crate::text::{Said, Trouble};

use super::message::{Ask, Message, Ticket, Wake};
use super::shared::Shared;
use super::slate::Slate;
use crate::app::exchange::export::Exported;
use crate::app::folder::beginning::FirstDrafts;
use crate::app::folder::rescue::Rescue;
use crate::app::keeper::backlog::AT_ONCE;
use crate::app::{BackedUp, Keeper, Opened, Parcel, Place, Progress, Understood, Would};
use lasting::{Begun, Lasting};
use merging::Merging;
use shut::Shut;

/// What the writer's thread is asked to do.
pub enum Order {
    /// A question from the screens.
    Ask(Ticket, Ask),
    /// Text typed at a place.
    Draft {
        /// The place.
        place: String,
        /// The text.
        text: String,
        /// The cursor, in bytes.
        cursor: usize,
    },
    /// A second has passed.
    Tick,
    /// The lookup was filled.
    Filled(Result<(), Trouble>),
    /// A roster was read, and perhaps what it would bring is known.
    Read(Ticket, PathBuf, Box<Result<(Understood, Option<Would>), Trouble>>),
    /// A bundle was verified; the others are verified once it is merged, against what is known then.
    Verified(Ticket, PathBuf, Box<Result<Parcel, Trouble>>, Vec<PathBuf>),
    /// The office's export was verified; what it proves may go, where a person said so.
    Proven(Ticket, Box<Result<Parcel, Trouble>>, bool),
    /// An export of what was known when it began was written to a folder.
    Written(Ticket, PathBuf, Ranges, Box<Result<Exported, Trouble>>),
    /// The journal was read through after opening; what was told of its damage before.
    ReadThrough(Box<Result<Rescue, Trouble>>, Vec<Said>),
    /// The backup of the day was made.
    BackedUp(Box<Result<BackedUp, Trouble>>),
    /// Drafts are to be on disk now.
    Save,
    /// The session ends.
    Stop,
}

/// What the thread starts with.
pub struct Hand {
    pub place: Place,
    pub clock: Clock,
    pub shared: Arc<Shared>,
    pub wake: Wake,
    pub orders: Sender<Order>,
}

/// Orders taken together before one sync.
const TOGETHER: usize = 256;
/// How many operations are applied between two words about it.
const APPLYING: usize = 2 * AT_ONCE;
/// How long what is typed may wait to be saved.
const DRAFT_PACE: Duration = Duration::from_millis(900);

/// Runs until told to stop.
pub fn run(hand: Hand, orders: &Receiver<Order>) {
    let mut desk = Bench::of(hand);
    match desk.hand.place.reachable() {
        Err(trouble) => desk.refuse(trouble),
        Ok(()) if desk.hand.place.exists() => desk.open_or_ask(),
        Ok(()) => desk.first_run(),
    }
    loop {
        let first = match desk.next(orders) {
            Next::Order(order) => *order,
            Next::Nothing => continue,
            Next::End => break,
        };
        let mut taken = vec![first];
        while taken.len() < TOGETHER
            && let Ok(order) = orders.try_recv()
        {
            taken.push(order);
        }
        if !desk.take(taken) {
            break;
        }
    }
    desk.close(orders);
}

/// What came next.
enum Next {
    Order(Box<Order>),
    Nothing,
    End,
}

/// What the thread works with.
struct Bench {
    hand: Hand,
    /// Who does long jobs.
    helpers: Lasting,
    /// Who tells the screens how far they are.
    tellers: Lasting,
    keeper: Option<Keeper>,
    /// Why there is no keeper, where there is none.
    shut: Shut,
    /// What is typed before there is a campaign, on the page of the first run.
    first: Option<FirstDrafts>,
    /// What was found damaged of that; told once there is a campaign.
    found_first: Vec<Said>,
    /// The roster asked for last, of those that were read.
    previewed: Option<(Ticket, PathBuf, Understood)>,
    /// Watches the roster that is read last.
    reading: Watch,
    /// How far the roster read last is held against the households.
    comparing: Progress,
    /// Watches the look at export files, the verifying or the export that was begun last.
    working: Progress,
    /// Orders that came before everything was known of the households; they wait for that, in their order.
    held: Vec<Order>,
    /// The households cannot be read; waiting for them would have no end.
    unfillable: bool,
    /// A merge or import is being applied.
    applying: bool,
    /// The merge that was asked for last; none once a person stopped it: what is verified next is not taken in.
    merging: Option<Merging>,
    /// The disk did not take what was typed or counted when it was to be saved last.
    is_refused: bool,
    /// The journal has still to be read through after opening; what was found damaged by then is told already.
    unread: Option<Vec<Said>>,
    /// The backup of the day, while it is being made.
    backing_up: Option<Begun>,
    /// One failed: it is not tried again before this moment of boot time, milliseconds.
    backup_rests_until: u64,
}

impl Bench {
    /// Begins with nothing open.
    fn of(hand: Hand) -> Self {
        Self {
            hand,
            helpers: Lasting::default(),
            tellers: Lasting::default(),
            keeper: None,
            shut: Shut::Begin,
            first: None,
            found_first: Vec::new(),
            previewed: None,
            reading: Watch::default(),
            comparing: Progress::default(),
            working: Progress::default(),
            held: Vec::new(),
            unfillable: false,
            applying: false,
            merging: None,
            is_refused: false,
            unread: None,
            backing_up: None,
            backup_rests_until: 0,
        }
    }

    /// Waits for the next order; works on while something waits to be applied, and saves drafts a second after the
    /// last key.
    fn next(&mut self, orders: &Receiver<Order>) -> Next {
        if self.work() {
            // Somebody who types meanwhile gives no moment of rest in which it would be saved.
            let now = self.hand.clock.now();
            if self.keeper.as_ref().is_some_and(|keeper| keeper.slate.is_due(now)) {
                self.save_drafts();
            }
            return match orders.try_recv() {
                Ok(order) => Next::Order(Box::new(order)),
                Err(TryRecvError::Empty) => Next::Nothing,
                Err(TryRecvError::Disconnected) => Next::End,
            };
        }
        let first = self.first.as_ref().map(|first| &first.slate);
        let slate = self.keeper.as_ref().map(|keeper| &keeper.slate).or(first);
        if !slate.is_some_and(Slate::is_changed) {
            return orders.recv().map_or(Next::End, |order| Next::Order(Box::new(order)));
        }
        match orders.recv_timeout(DRAFT_PACE) {
            Ok(order) => Next::Order(Box::new(order)),
            Err(RecvTimeoutError::Timeout) => {
                self.save_at_rest();
                Next::Nothing
            }
            Err(RecvTimeoutError::Disconnected) => Next::End,
        }
    }

    fn open(&mut self) {
        let found = std::mem::take(&mut self.found_first);
        self.open_telling(found);
    }

    /// Opens the campaign, and tells what was found before with what is found now.
    fn open_telling(&mut self, mut found: Vec<Said>) {
        let opening = self.tell(|| Message::Underway);
        let opened = self.hand.place.open(self.hand.clock.clone());
        drop(opening);
        match opened {
            Ok(Opened { keeper, interrupted, findings }) => {
                found.extend(findings);
                let findings = found;
                let shared = &self.hand.shared;
                shared.typed().drafts = keeper.slate.all();
                *shared.house.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&keeper.house));
                *shared.place.write().unwrap_or_else(PoisonError::into_inner) = Some(self.hand.place.clone());
                shared.read_again(&self.hand.place);
                let house = Arc::clone(&keeper.house);
                let (speaker, now_ms) = (keeper.device.speaker().to_owned(), self.hand.clock.now().wall_ms);
                self.keeper = Some(keeper);
                self.unread = Some(findings.clone());
                self.publish();
                self.say(Message::Opened { interrupted, findings });
                let filling = self.tell(|| Message::Underway);
                self.spawn(move |order| {
                    let filled = house.fill(&speaker, now_ms);
                    house.ready();
                    drop(filling);
                    order(Order::Filled(filled));
                });
            }
            Err(trouble) => self.refuse(trouble),
        }
    }

    fn is_filling(&self) -> bool {
        !self.unfillable && self.keeper.as_ref().is_some_and(|keeper| !keeper.house.is_complete())
    }

    fn filled(&mut self, filled: Result<(), Trouble>) {
        let telling = filled.is_err().then(|| self.tell(|| Message::Underway));
        let Some(keeper) = &mut self.keeper else { return };
        // A view that cannot be read through is damaged: it is made anew.
        let filled = filled.map(|()| None).or_else(|_| keeper.remake());
        drop(telling);
        match filled {
            Ok(said) => {
                keeper.go_on();
                self.publish();
                self.say(Message::Filled);
                if let Some(said) = said {
                    self.say(Message::Damage(vec![said]));
                }
            }
            Err(trouble) => {
                self.unfillable = true;
                self.say(Message::Failed(trouble));
            }
        }
        let held = std::mem::take(&mut self.held);
        if !held.is_empty() {
            self.take(held);
        }
    }

    fn take_up(&mut self) {
        let Some(keeper) = &mut self.keeper else { return };
        let Some(running) = keeper.interrupted.clone() else { return };
        match keeper.take_up(running) {
            Ok(beat) => {
                self.publish();
                self.say(Message::Beat(Box::new(beat)));
            }
            Err(trouble) => self.say(Message::Failed(trouble)),
        }
    }

    fn draft(&mut self, place: &str, text: &str, cursor: usize) {
        let now = self.hand.clock.now();
        let Some(keeper) = &mut self.keeper else { return self.first_draft(place, text, cursor) };
        keeper.slate.put(place, text, cursor, now);
        if self.looked_for_the_folder() {
            return;
        }
        let Some(keeper) = &mut self.keeper else { return };
        if let Err(trouble) = keeper.slate.save(now) {
            self.refuse_saving(trouble);
        }
    }

    /// Lets the screens know that the disk took no word of what was to be saved: header and sentence say it together.
    fn refuse_saving(&self, trouble: Trouble) {
        if is_refusal(&trouble) {
            *self.hand.shared.unsaved.write().unwrap_or_else(PoisonError::into_inner) = Some(trouble.clone());
        }
        self.say(Message::Failed(trouble));
    }

    /// Notes whether the disk takes what is typed. Once it does again what was said of it is over, though nothing was recorded since: what
    /// it refused to take as records stands there as drafts.
    fn note_saving(&mut self) {
        let Some(keeper) = &self.keeper else { return };
        let was_refused = std::mem::replace(&mut self.is_refused, keeper.slate.is_refused());
        if self.is_refused {
            return;
        }
        self.hand.shared.typed().forget_refusals();
        if was_refused {
            let mut unsaved = self.hand.shared.unsaved.write().unwrap_or_else(PoisonError::into_inner);
            unsaved.take_if(|trouble| is_refusal(trouble));
            drop(unsaved);
            self.say(Message::Saved);
        }
    }

    /// Notices that the folder is gone, or there again: what is typed, and the heartbeat, would go on into files that nobody finds.
    /// Tells whether it did, and saved what there is.
    fn looked_for_the_folder(&mut self) -> bool {
        let is_gone = |unsaved: &Option<Trouble>| unsaved.as_ref().is_some_and(|trouble| trouble.kind == "folder-gone");
        let was_gone = is_gone(&self.hand.shared.unsaved.read().unwrap_or_else(PoisonError::into_inner));
        let changed = self.keeper.is_some() && self.hand.place.exists() == was_gone;
        if changed {
            self.save_drafts();
        }
        changed
    }

    fn save_drafts(&mut self) {
        if let Err(trouble) = self.save_all() {
            self.say(Message::Failed(trouble));
        }
        self.note_saving();
    }

    /// Saves what waits in a moment of rest. That the disk takes nothing is said once and not each second.
    fn save_at_rest(&mut self) {
        let is_said = self.is_refused;
        if let Err(trouble) = self.save_all()
            && !is_said
        {
            self.say(Message::Failed(trouble));
        }
        self.note_saving();
    }

    fn save_all(&mut self) -> Result<(), Trouble> {
        let now = self.hand.clock.now();
        let Some(keeper) = &mut self.keeper else {
            // Where nothing can be written, the beginning of the campaign itself says so.
            self.first.as_mut().map(|first| first.slate.save_now(now));
            return Ok(());
        };
        // Written into a folder that was deleted it would seem to succeed, and be gone.
        let saved = if self.hand.place.exists() {
            keeper.slate.save_now(now)
        } else {
            Err(crate::app::keeper::folder_gone(&self.hand.place.folder))
        };
        let mut unsaved = self.hand.shared.unsaved.write().unwrap_or_else(PoisonError::into_inner);
        let was_gone = unsaved.as_ref().is_some_and(|trouble| trouble.kind == "folder-gone");
        if saved.is_ok() && was_gone {
            *unsaved = None;
        }
        if let Err(trouble) = &saved {
            *unsaved = Some(trouble.clone());
        }
        drop(unsaved);
        self.publish_loss();
        saved
    }

    /// Lets the screens see what leaving now would cost.
    fn publish_loss(&self) {
        let Some(keeper) = &self.keeper else { return };
        let shared = &self.hand.shared;
        let unsaved = shared.unsaved.read().unwrap_or_else(PoisonError::into_inner);
        let is_gone = unsaved.as_ref().is_some_and(|trouble| trouble.kind == "folder-gone");
        let loss = if is_gone { keeper.slate.loss_of_all() } else { keeper.slate.loss() };
        *shared.loss.write().unwrap_or_else(PoisonError::into_inner) = loss;
    }

    fn tick(&mut self) {
        self.looked_for_the_folder();
        let Some(keeper) = &mut self.keeper else { return };
        match keeper.tick() {
            Ok(beat) => {
                self.hand.shared.running.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&beat.running);
                self.say(Message::Beat(Box::new(beat)));
            }
            Err(trouble) => self.refuse_saving(trouble),
        }
    }

    /// Applies one slice of what is durable but not yet shown; tells whether more waits.
    fn work(&mut self) -> bool {
        let Some(keeper) = &mut self.keeper else { return false };
        let worked = keeper.work();
        // A slice that failed is no reason to leave the others.
        let left = keeper.backlog_left();
        self.hand.shared.unapplied.store(left, Ordering::SeqCst);
        let more = left > 0;
        let house = Arc::clone(&keeper.house);
        if let Err(trouble) = worked {
            self.say(Message::Failed(trouble));
        }
        if more && left % APPLYING < AT_ONCE {
            self.say(Message::Applying(left));
        }
        if self.applying && !more {
            self.applying = false;
            self.helpers.begin(move || house.ready());
            self.publish();
            self.say(Message::Filled);
            self.hand.shared.done(1, &self.hand.wake);
        }
        more
    }

    /// Lets the screens see who the laptop is, what runs, and what no export holds.
    fn publish(&self) {
        let Some(keeper) = &self.keeper else { return };
        let shared = &self.hand.shared;
        *shared.device.write().unwrap_or_else(PoisonError::into_inner) = keeper.device.clone();
        shared.running.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&keeper.running);
        shared.interrupted.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&keeper.interrupted);
        shared.not_exported.store(keeper.not_exported(), Ordering::SeqCst);
        self.publish_loss();
        *shared.doubt.write().unwrap_or_else(PoisonError::into_inner) = keeper.clock_doubt();
    }

    fn say(&self, message: Message) {
        (self.hand.wake)(message);
    }

    fn close(&mut self, orders: &Receiver<Order>) {
        let daily = self.await_backup(orders);
        if let Some(keeper) = &mut self.keeper {
            let _ = keeper.sync();
            // What is written there now would make a folder that holds nothing else.
            if !keeper.place.exists() {
                let lost = keeper.folder_lost();
                *self.hand.shared.parting.lock().unwrap_or_else(PoisonError::into_inner) = Some(lost);
                return;
            }
            let _ = keeper.slate.save_now(self.hand.clock.now());
            let _ = keeper.house.view().settle();
            // Where none can be written the records are in the journal all the same; the next end tries again.
            let parting = back_up_due(keeper, &self.hand.shared).unwrap_or(daily);
            *self.hand.shared.parting.lock().unwrap_or_else(PoisonError::into_inner) = parting.err();
        }
    }
}

/// Makes the backup that is due; none where nothing is.
fn back_up_due(keeper: &mut Keeper, shared: &Shared) -> Option<Result<(), Trouble>> {
    let due = keeper.backup_due().transpose()?;
    let progress = shared.begin_backup();
    Some(due.and_then(|backup| backup.make(&keeper.reader(), &progress)).and_then(|done| keeper.take_backup(done)))
}
