//! The keeper: owns the journal and everything that is written; one thread, one order at a time.
//!
//! A request becomes operations, the operations become one frame of the journal, and only after the journal has been
//! synced is the answer given. The view and the lookup follow the journal and can always be made again from it.

use std::path::Path;
use std::sync::Arc;

use crate::clock::{Clock, Now};
use crate::domain::{Kept, MOST_BEFORE, Name, Prevs, Value};
use crate::exchange::Lock;
use crate::log::{DraftId, FolderLock, Journal, Position, Ranges};
use crate::text::{Trouble, t};
use crate::view::{Applied, View};

use super::requests::undo;
use super::{Desk, Device, Digests, Exported, House, Ours, Pen, Place};
use crate::app::folder::whose::PRACTICE;
use crate::app::house::running::Running;
use crate::app::keeper::acknowledged::Timers;
use crate::app::keeper::backlog::Backlog;
use crate::app::keeper::bell::Stood;
use crate::app::requests::action::{Action, Before};
use crate::app::requests::once::Once;
use crate::app::requests::request::{Answer, Request};
use crate::app::session::slate::Slate;
use crate::app::{
    exchange::campaign_key,
    folder::{following, sealing},
    requests::pen,
};

/// How many actions can be taken back.
const PAST: usize = 100;

/// Owns what is written.
pub struct Keeper {
    #[expect(dead_code, reason = "held, not looked at: it keeps other programs out")]
    pub(super) lock: FolderLock,
    pub(super) place: Place,
    pub(super) clock: Clock,
    pub(super) journal: Journal,
    pub(super) slate: Slate,
    pub(super) house: Arc<House>,
    pub(super) pen: Pen,
    pub(super) device: Device,
    pub(super) running: Option<Running>,
    /// A visit that was running when the program last ended; its heartbeat is kept until somebody decides.
    pub(super) interrupted: Option<Running>,
    /// The timers of what ended since the program began; see [`Desk::reopen`].
    pub(super) ended: Vec<Running>,
    /// The timers as they were before what is not acknowledged yet.
    pub(super) timers_before: Option<Timers>,
    /// How what runs stood against the minimum when the bell was thought of last.
    pub(super) stood: Option<Stood>,
    pub(super) past: Vec<Vec<Before>>,
    pub(super) backlog: Backlog,
    pub(super) digests: Digests,
}

/// How far the journal is applied with some operations.
#[derive(Debug, Clone, Copy)]
pub(super) enum Upto {
    /// The frame or segment that ends here is applied whole.
    Whole(Position),
    /// More of it is to come.
    Part,
}

impl Keeper {
    /// Carries out a request: its operations are in the journal, but not acknowledged before [`Keeper::sync`].
    pub fn run(&mut self, request: &Request) -> Result<Answer, Trouble> {
        // Some other draft may stand at its place once it is carried out.
        let draft = request.held.or_else(|| self.slate.id(request.draft.as_deref()?));
        let row = request.row()?;
        for takes in row.takes.iter().filter(|takes| takes.must) {
            if !request.args.0.contains_key(takes.key) {
                return Err(crate::app::requests::args::missing(takes.key));
            }
        }
        let mut args = request.args.clone();
        let once = Once::of(request, self.device.laptop);
        if request.once {
            args.0.remove("key");
        }
        let view = self.house.view();
        if let Some(once) = &once
            && let Some(answer) = self.house.shelf(|shelf, _| once.answered(shelf, view.as_ref()))?
        {
            return Ok(answer);
        }
        let actor = args.text("actor").unwrap_or_else(|| self.device.speaker().to_owned());
        args.0.remove("actor");

        let now = self.clock.now();
        let mut pen = self.pen.clone();
        let mut running = self.running.clone();
        let mut interrupted = self.interrupted.clone();
        let mut device = self.device.clone();
        let mut ended = self.ended.clone();
        let mut past = self.past.clone();
        let last_words = self.last_words();
        let carried_out = {
            let mut action = Action::new(view.as_ref(), &mut pen, now, actor);
            action.introduce(pen::introduction(&self.device), last_words)?;
            self.house.shelf(|shelf, _| {
                let mut desk = Desk {
                    action,
                    shelf,
                    running: &mut running,
                    interrupted: &mut interrupted,
                    ended: &mut ended,
                    device: &mut device,
                    past: &mut past,
                    campaign: self.house.campaign(),
                    minimum_minutes: self.house.minimum_minutes(),
                };
                let answer = (row.run)(&mut desk, &args)?;
                if let (Some(once), Some((_, id))) = (&once, answer.id) {
                    once.note(&mut desk.action, id)?;
                }
                let says_something = desk.action.says_something();
                if says_something && self.device.practice {
                    desk.action.mark(Name::CAMPAIGN, PRACTICE, Value::Yes(true))?;
                }
                let (operations, before) = desk.action.done();
                Ok::<_, Trouble>((answer, says_something, operations, before))
            })
        };
        // An action that others were built on stays; it must not stand in the way of the ones before it.
        let is_last = !request.args.0.contains_key(undo::IMPORT);
        if is_last && carried_out.as_ref().is_err_and(|trouble| trouble.kind == "built-on") {
            self.past.pop();
        }
        let (mut answer, says_something, operations, before) = carried_out?;
        if says_something {
            self.commit(&operations, draft, pen, now)?;
        }
        if request.word == "undo" {
            undo::hand_back(&mut past, &before);
        } else if says_something || !before.is_empty() {
            answer.recorded = true;
            past.push(before);
        }
        self.remember_timers();
        past.drain(..past.len().saturating_sub(PAST));
        self.past = past;
        ended.drain(..ended.len().saturating_sub(PAST));
        self.ended = ended;
        if device != self.device {
            device.write(&self.place.disk, &self.place.home())?;
            self.device = device;
        }
        self.keep_timers(running, interrupted, now)?;
        answer.rings = self.rings();
        self.slate.recorded(draft);
        Ok(answer)
    }

    /// Appends operations as one frame and lets view and lookup follow.
    pub(super) fn commit(
        &mut self,
        operations: &[Arc<Kept>],
        draft: Option<DraftId>,
        pen: Pen,
        now: Now,
    ) -> Result<(), Trouble> {
        let end = self.append(operations, draft, pen)?;
        self.apply(operations, Upto::Whole(end), now).map(|_| ())
    }

    /// Appends operations as one frame, of which only the first so many are shown at once; the others are applied as a
    /// merge is, in turns.
    pub(super) fn commit_long(
        &mut self,
        operations: &[Arc<Kept>],
        at_once: usize,
        pen: Pen,
        now: Now,
    ) -> Result<(), Trouble> {
        let end = self.append(operations, None, pen)?;
        let (first, rest) = operations.split_at(at_once.min(operations.len()));
        self.adopt(Backlog::of(rest), end);
        let upto = if rest.is_empty() { Upto::Whole(end) } else { Upto::Part };
        self.apply(first, upto, now).map(|_| ())
    }

    /// Appends operations and goes on with the pen that named them: whatever becomes of showing them, no name is given twice.
    fn append(&mut self, operations: &[Arc<Kept>], draft: Option<DraftId>, pen: Pen) -> Result<Position, Trouble> {
        // A journal that was deleted while open still takes bytes, and keeps none of them.
        if !self.place.exists() {
            return Err(folder_gone(&self.place.folder));
        }
        let payload: Vec<u8> = operations.iter().flat_map(|kept| kept.bytes.iter().copied()).collect();
        let end = self.journal.append(draft, &payload)?;
        self.pen = pen;
        Ok(end)
    }

    /// Applies operations that the journal holds. While a backlog waits, the mark stays before it.
    pub(super) fn apply(&mut self, operations: &[Arc<Kept>], upto: Upto, now: Now) -> Result<Applied, Trouble> {
        let Some(applied) = self.fold(operations, upto, now) else {
            self.rebuild()?;
            return Ok(Applied::default());
        };
        self.house.take(&applied.changed, self.device.speaker(), now.wall_ms)?;
        Ok(applied)
    }

    /// Lets the view follow the journal; none where it cannot, and has to be made anew.
    pub(super) fn fold(&mut self, operations: &[Arc<Kept>], upto: Upto, now: Now) -> Option<Applied> {
        let view = self.house.view();
        let (mark, reach) = match upto {
            Upto::Whole(end) if self.backlog.is_empty() => (end, end),
            Upto::Whole(end) => (view.mark(), end),
            Upto::Part => (view.mark(), view.reach()),
        };
        let applied = view.apply_to(operations, mark, reach.max(view.reach())).ok()?;
        for kept in operations {
            self.pen.follow(kept.operation.stamp, now.wall_ms);
        }
        Some(applied)
    }

    /// Makes the view anew from the journal. A reader ends at the last sync, and what is acknowledged later would never get into
    /// a view made of it: so what was appended is synced first.
    ///
    /// # Errors
    /// The disk's failure, also where that sync failed: the view is made without what it cut off, and the next
    /// [`Keeper::sync`] fails as well.
    pub fn rebuild(&mut self) -> Result<(), Trouble> {
        let settled = self.journal.settle();
        self.show_anew()?;
        settled
    }

    fn show_anew(&mut self) -> Result<(), Trouble> {
        // What only the view has is saved before it goes; where it cannot be, it stays on the disk and is not shown.
        if self.save_what_only_the_view_has().is_err() {
            let view = following::view_in_memory(&self.journal.reader())?;
            return self.show(view);
        }
        let reader = self.journal.reader();
        // Where none can be stored one in memory does: what is not in the journal must not be shown.
        let view = self.place.fresh_view(&reader).or_else(|_| following::view_in_memory(&reader))?;
        self.show(view)
    }

    /// Shows another view, which has followed the whole journal.
    pub(super) fn show(&mut self, view: Arc<dyn View>) -> Result<(), Trouble> {
        self.backlog = Backlog::default();
        self.digests = Digests::default();
        self.house.replace_view(view);
        self.house.fill(self.device.speaker(), self.clock.now().wall_ms)?;
        self.go_on();
        Ok(())
    }

    /// Lets stamps go on from the greatest known one: what is written now is later than what was, even where the clock
    /// went back while the program was closed. A stamp more than a day ahead is somebody's wrong clock and not followed.
    pub(super) fn go_on(&mut self) {
        let newest = self.house.shelf(|shelf, _| shelf.newest());
        self.pen.follow(newest, self.clock.now().wall_ms);
    }

    /// Gives the last words of this laptop before this run of the program, for the word that introduces it; none once it is said.
    pub(super) fn last_words(&self) -> Prevs {
        if !self.pen.is_fresh() {
            return Prevs::new();
        }
        let (known, laptop) = (self.known(), self.device.laptop);
        let mut runs = self.house.shelf(|shelf, _| {
            let last = shelf.last_runs(laptop).into_iter();
            last.map(|writer| (std::cmp::Reverse(shelf.latest_by(writer)), writer)).collect::<Vec<_>>()
        });
        runs.sort_unstable();
        let words = runs.into_iter().filter_map(|(_, writer)| Some(Name::new(writer, known.last_of(writer)?)));
        words.take(MOST_BEFORE).collect()
    }

    /// Gives all operations that the journal holds, applied or not.
    pub fn known(&self) -> Ranges {
        let mut known = self.house.view().known();
        known.extend(self.backlog.names());
        known
    }

    /// Remembers that an export went to a folder, and that it holds what was known when it began; what was recorded since still
    /// waits. One for a single laptop is no export of that for anybody else: nothing waits the less.
    pub fn remember_exported(
        &mut self,
        folder: &std::path::Path,
        known: &Ranges,
        exported: &Exported,
    ) -> Result<(), Trouble> {
        let laptop = self.device.laptop;
        let mut device = self.device.clone();
        device.merged_from = None;
        if device.last_folder.as_deref() != Some(folder) {
            device.folder_before = device.last_folder.replace(folder.to_owned());
        }
        device.campaign_key = self.place.campaign_key_number()?.or(device.campaign_key);
        if exported.to.is_none() {
            device.exported_at = self.clock.now().wall_ms;
            device.exported = self.house.shelf(|shelf, _| {
                let own = shelf.writers().into_iter().filter(|(_, writer)| writer.laptop == laptop);
                own.filter_map(|(writer, _)| Some((writer.to_string(), known.last_of(writer)?))).collect()
            });
        }
        device.write(&self.place.disk, &self.place.home())?;
        self.device = device;
        Ok(())
    }

    /// Remembers that export files of others were looked at in a folder, or merged from it.
    pub fn remember_looked_at(&mut self, folder: &std::path::Path) -> Result<(), Trouble> {
        let used = self.device.used_folders();
        if used.first().is_some_and(|last| last == folder) {
            return Ok(());
        }
        let device = Device { merged_from: Some(folder.to_owned()), ..self.device.clone() };
        device.write(&self.place.disk, &self.place.home())?;
        self.device = device;
        Ok(())
    }

    /// Gives the campaign's id, as exports of this laptop carry it.
    pub fn campaign_id(&self) -> String {
        self.place.campaign_id(self.device.practice)
    }

    /// Gives what is held against a bundle that is to be merged.
    pub fn ours(&self) -> Ours {
        self.place.ours_as(&self.device)
    }

    /// Gives what an export is locked with: the campaign's newest key, where it was handed out.
    ///
    /// # Errors
    /// `campaign-key-lost` where this laptop had one.
    pub(super) fn shared_lock(&self) -> Result<Lock, Trouble> {
        match (self.place.campaign_keys()?.pop(), self.device.campaign_key) {
            (Some(seal), _) => Ok(Lock::Shared(seal)),
            (None, Some(number)) => Err(campaign_key::lost(number)),
            (None, None) => Ok(Lock::Clear),
        }
    }

    /// Gives what a backup is locked with: the key of this laptop, with its ring, where it has one.
    pub(super) fn own_lock(&self) -> Result<Lock, Trouble> {
        let seal = self.place.disk.seal().clone();
        if seal.id().is_none() {
            return Ok(Lock::Clear);
        }
        let ring = self.place.ring()?.ok_or_else(|| sealing::keys_lost(&self.place.folder))?;
        Ok(Lock::Own { seal, ring: ring.encode() })
    }

    /// Says that the data folder is gone at the end: what is lost with it, and what there is to do.
    pub(super) fn folder_lost(&self) -> Trouble {
        let said = t(
            "数据文件夹不见了 ({dir}): 没有备份, 也没有另建. 上次导出以后记的 {n} 条只在那里面和以前的备份里.",
            "The data folder is gone ({dir}): nothing was backed up, and none was made anew. The {n} {n:record|records} since the last export {n:is|are} only in it, and in earlier backups.",
        );
        let said = said.with("dir", self.place.folder.display()).with("n", self.not_exported());
        Trouble::new("folder-gone", said).hint(t(
            "移走了就放回原处再打开; 删掉了先看回收站. 找不回就用最近的备份: zoufang restore 备份文件; 第二备份文件夹和U盘里也可能有.",
            "If it was moved put it back and start again; if it was deleted look in the trash first. Else take the latest backup, “zoufang restore FILE”: the second folder or a stick may have one.",
        ))
    }

    /// Says that the data folder is gone, so that nothing can be exported.
    pub(super) fn nothing_to_export(&self) -> Trouble {
        let said = t("数据文件夹不见了 ({dir}), 没有导出.", "The data folder is gone ({dir}). Nothing was exported.");
        Trouble::new("folder-gone", said.with("dir", self.place.folder.display()))
            .hint(t("放回原处再导出, 先不要退出.", "Put the folder back and export again; do not leave before."))
    }

    /// Gives the visit whose timer runs.
    pub fn running(&self) -> Option<&Running> {
        self.running.as_ref()
    }

    /// Counts what people recorded on this laptop that no export holds. Who writes is introduced by the first operation of each
    /// run; that is nothing anybody recorded.
    pub fn not_exported(&self) -> u64 {
        const INTRODUCTION: u32 = 1;
        let known = self.house.view().known();
        let waiting = |writer: u64| {
            let exported = self.device.exported.get(&writer.to_string()).copied().unwrap_or(0);
            known.last_of(writer).unwrap_or(0).saturating_sub(exported.max(INTRODUCTION))
        };
        let laptop = self.device.laptop;
        self.house.shelf(|shelf, _| {
            let own = shelf.writers().into_iter().filter(|(_, w)| w.laptop == laptop);
            own.map(|(writer, _)| u64::from(waiting(writer))).sum()
        })
    }
}

/// Says that the data folder was moved or deleted while the program was open.
pub(super) fn folder_gone(folder: &Path) -> Trouble {
    let said = t("没有记下: 数据文件夹不见了 ({dir}).", "Not recorded: the data folder is gone ({dir}).");
    Trouble::new("folder-gone", said.with("dir", folder.display()))
        .hint(t("放回原处再试, 先不要退出.", "Put the folder back and try again; do not leave before."))
}

pub(in crate::app) mod acknowledged;
pub(in crate::app) mod alone;
pub(in crate::app) mod backlog;
mod bell;
pub(in crate::app) mod clock_doubt;
#[cfg(test)]
mod tests;
