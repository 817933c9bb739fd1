//! Opening a campaign for writing: its lock, its journal, its drafts, whose it is, its view, and the keeper of all that.

use std::sync::Arc;

use super::place::today;
use crate::app::house::running::Running;
use crate::app::keeper::backlog::Backlog;
use crate::app::session::slate::Slate;
use crate::app::underway::Doing;
use crate::app::{Digests, House, Keeper, Pen, Place};
use crate::clock::Clock;
use crate::domain::{Talk, Visit};
use crate::log::{FolderLock, Journal};
use crate::text::{Said, Trouble};
use crate::view::View;

/// A campaign opened for writing.
pub struct Opened {
    /// Who writes.
    pub keeper: Keeper,
    /// A visit that was running when the program last ended.
    pub interrupted: Option<Running>,
    /// What was found wrong, and what was done about it.
    pub findings: Vec<Said>,
}

impl Place {
    /// Opens the campaign for writing. The lookup is empty until [`House::fill`].
    pub fn open(&self, clock: Clock) -> Result<Opened, Trouble> {
        let lock = FolderLock::take(self.disk.as_ref(), &self.folder)?;
        self.open_held(lock, clock)
    }

    /// As [`Place::open`], where the lock is held already.
    pub(in crate::app) fn open_held(&self, lock: FolderLock, clock: Clock) -> Result<Opened, Trouble> {
        self.underway.begin(Doing::Opening, 0);
        self.guard()?;
        let day = today(&clock);
        let settled = self.settled();
        let (mut journal, opening) = Journal::open(Arc::clone(&self.disk), &self.journal_folder(), &day)?;
        let mut findings = opening.findings;
        findings.retain(|finding| !settled.has(finding));
        findings.extend(self.tidy());
        let (mut slate, more) = Slate::open(Arc::clone(&self.disk), &self.home(), &day, &opening.consumed);
        findings.extend(more);
        let mut device = self.device_or_journal(&journal.reader(), &day, &mut findings)?;
        findings.extend(self.damaged_habits(Some(&day)));
        findings.extend(self.changed_habits(true));
        if device.signer().is_none() {
            // One that was set up by a program that did not sign. Where it cannot be kept, nothing is signed this time.
            let signing = device.clone().with_signer();
            if signing.write(&self.disk, &self.home()).is_ok() {
                device = signing;
            }
        }
        // A key that cannot be read is said where it is needed.
        let _ = self.note_campaign_key(&mut device);
        let end = journal.end();
        let view = self.open_view(&mut journal, &mut findings)?;
        if journal.end() != end {
            // No backup holds yet what came back.
            device = device.without_backups();
            let _ = device.write(&self.disk, &self.home());
        }
        let beating = slate.heartbeat().and_then(|text| Running::from_heartbeat(&text));
        let interrupted = beating.filter(|running| still_open(view.as_ref(), running));
        if interrupted.is_none() {
            slate.beat(None);
        }
        // A first file of drafts is there before the first draft. Where none can be made the next saving says so.
        let _ = slate.save_now(clock.now());
        let house = Arc::new(House::new(view, Arc::clone(&self.campaign)).telling(&self.underway).on(device.laptop));
        let keeper = Keeper {
            lock,
            place: self.clone(),
            clock,
            journal,
            slate,
            house,
            pen: Pen::new(self.seed),
            device,
            running: None,
            interrupted: interrupted.clone(),
            ended: Vec::new(),
            timers_before: None,
            stood: None,
            past: Vec::new(),
            backlog: Backlog::default(),
            digests: Digests::default(),
        };
        Ok(Opened { keeper, interrupted, findings })
    }
}

/// Tells whether a visit or talk waits for its end. The end is recorded before the heartbeat goes; a program that was
/// killed in between leaves one of a visit that is over.
fn still_open(view: &dyn View, running: &Running) -> bool {
    let Ok(Some(record)) = view.record(running.visit) else { return true };
    let ended = if running.is_talk() {
        Talk::read(&record).and_then(|talk| talk.ended)
    } else {
        Visit::read(&record).and_then(|visit| visit.ended)
    };
    ended.is_none() && !record.is_retracted()
}
