//! Check: everything is read back, and what is wrong is said with what would be done about it. Nothing is changed.
//!
//! The journal is the truth: every frame's check sum, every operation's bytes. The view is held against a fold in memory,
//! record by record, but only while no program has the folder open, for nobody else may open it then.

use std::collections::HashMap;
use std::sync::Arc;

use crate::clock::Clock;
use crate::domain::{Body, Calendar, Name, Record, local};
use crate::exchange::Digest;
use crate::log::{Drafts, FolderLock, Journal, Position, Reader, bytes};
use crate::text::{Said, Trouble, t};
use crate::view::{MemoryView, SledView, View};

use super::following::follow;
use super::rescue::Rescue;
use super::settled::Settled;
use super::witness;
use crate::app::session::slate::is_typed;
use crate::app::{Place, no_campaign};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// What was read.
    pub counts: Counts,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
    /// What is good to know and nothing is to be done about.
    pub notes: Vec<Said>,
}

/// How much was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Frames of the journal: actions, merges, imports.
    pub frames: u64,
    /// Operations in them.
    pub operations: u64,
    /// Operations of kinds that this program does not know; they are kept and passed on.
    pub unknown: u64,
    /// Records that they fold to.
    pub records: u64,
    /// Drafts of what somebody typed.
    pub drafts: u64,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What.
    pub said: Said,
    /// What a repair would do; nothing where nothing can be done here.
    pub repair: Option<Repair>,
}

/// What a repair would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// Open the journal for writing, which takes a torn end off and keeps a copy of it.
    Open,
    /// Make the view anew from the journal.
    Rebuild,
    /// Write back into the journal what the view still has, and then make the view anew.
    Rescue,
    /// Note that the damage was dealt with: what can be read is in use, and no more can be done about it.
    Settle,
    /// Open it for writing, which sets the damaged file aside and makes up for it from what is left.
    SetAside,
}

impl Repair {
    /// Says what would be done.
    pub fn said(self) -> Said {
        match self {
            Self::Open => t("会去掉没写完的末尾, 并另存一份.", "It would be taken off, and a copy kept.").into(),
            Self::Rebuild => t("会从日志重建.", "It would be made anew from the journal.").into(),
            Self::Rescue => {
                t("会从查询库补回日志.", "They would be written back into the journal from the view.").into()
            }
            Self::Settle => t("会记下已处理.", "It would be noted as dealt with.").into(),
            Self::SetAside => {
                t("会另存坏的, 能补的补上.", "It would be set aside, and made up for where that can be.").into()
            }
        }
    }
}

impl Checked {
    /// Notes something as wrong, once.
    fn wrong(&mut self, said: Said, repair: Option<Repair>) {
        if !self.wrong.iter().any(|wrong| wrong.said == said) {
            self.wrong.push(Wrong { said, repair });
        }
    }

    /// Notes a damage of the journal: as wrong, or as known where it was dealt with.
    fn damage(&mut self, said: Said, settled: &Settled, repair: Option<Repair>) {
        if !settled.has(&said) {
            return self.wrong(said, repair);
        }
        let known = Said::from(t("{damage} (处理过了)", "{damage} (dealt with)")).with_words("damage", said);
        if !self.notes.contains(&known) {
            self.notes.push(known);
        }
    }
}

/// Reads a campaign back.
///
/// # Errors
/// `no-campaign`; otherwise only what keeps the journal from being read at all.
pub fn check(place: &Place, clock: &Clock) -> Result<Checked, Trouble> {
    if !place.exists() {
        return Err(no_campaign(&place.folder));
    }
    let mut checked = Checked::default();
    let lock = FolderLock::take(place.disk.as_ref(), &place.folder);
    if let Err(trouble) = place.device() {
        checked.wrong(trouble.said, Some(Repair::SetAside));
    }
    for said in place.damaged_habits(None) {
        checked.wrong(said, Some(Repair::SetAside));
    }
    checked.notes.extend(place.changed_habits(false));
    let (reader, opening) = Journal::read_only(Arc::clone(&place.disk), &place.journal_folder())?;
    let settled = place.settled();
    let settles = lock.is_ok().then_some(Repair::Settle);
    for finding in opening.findings {
        checked.damage(finding, &settled, settles);
    }
    if opening.unfinished > 0 && lock.is_ok() {
        let said = t(
            "日志末尾有 {n} 字节没有写完, 多半是断电.",
            "The journal ends in {n} unfinished bytes, most likely of a power cut.",
        );
        checked.wrong(said.with("n", opening.unfinished), Some(Repair::Open));
    }
    let (held, findings) = read_operations(&reader, &mut checked)?;
    for finding in findings {
        checked.damage(finding, &settled, settles);
    }
    for said in witness::broken(place, &held) {
        checked.wrong(said, None);
    }
    let memory = MemoryView::default();
    follow(&memory, &reader, Position::START)?;
    match lock {
        Ok(_held) => compare(place, &memory, &reader, &mut checked)?,
        Err(_) => checked.notes.push(
            t(
                "程序正开着, 没有核对查询库; 日志已全部读过.",
                "The program is open, so the view was not compared; the journal was read whole.",
            )
            .into(),
        ),
    }
    let (drafts, findings) = Drafts::open(Arc::clone(&place.disk), &place.home(), None, &opening.consumed);
    checked.counts.drafts =
        drafts.drafts().filter(|(_, draft)| is_typed(&String::from_utf8_lossy(&draft.place))).count() as u64;
    for finding in findings {
        checked.wrong(finding, Some(Repair::Open));
    }
    note_set_aside(place, &mut checked);
    note_calendar(clock, &mut checked);
    Ok(checked)
}

/// Reads every frame and every operation, and holds operations of one name against each other. Gives what was
/// read, and what was found damaged.
fn read_operations(reader: &Reader, checked: &mut Checked) -> Result<(HashMap<Name, Digest>, Vec<Said>), Trouble> {
    let mut seen: HashMap<Name, Digest> = HashMap::new();
    let (mut unreadable, mut twice) = (0_u64, 0_u64);
    let counts = &mut checked.counts;
    let findings = reader.read_from(Position::START, &mut |frame| {
        counts.frames += 1;
        let mut rest = frame.operations;
        while !rest.is_empty() {
            let Ok((one, tail)) = bytes::split(rest) else {
                unreadable += 1;
                break;
            };
            rest = tail;
            let Ok(decoded) = bytes::decode(one) else {
                unreadable += 1;
                continue;
            };
            counts.operations += 1;
            counts.unknown += u64::from(matches!(decoded.operation.body, Body::Unknown { .. }));
            let digest = Digest::of(one);
            // The first of a name counts, as it does for the view.
            twice += u64::from(*seen.entry(decoded.operation.name).or_insert(digest) != digest);
        }
        Ok(())
    })?;
    if unreadable > 0 {
        let said = t(
            "日志里有 {n} 处记录读不懂, 其余照常使用.",
            "{n} {n:record|records} in the journal cannot be read; the rest is used as usual.",
        );
        checked.wrong(said.with("n", unreadable), None);
    }
    if twice > 0 {
        let said = t(
            "有 {n} 条记录编号相同而内容不同, 先到的算数, 后到的没有采用.",
            "{n} {n:record|records} {n:has|have} the number of another and other content; the first counts, the later was not taken.",
        );
        checked.wrong(said.with("n", twice), None);
    }
    if checked.counts.unknown > 0 {
        let said = t(
            "有 {n} 条是更新版本的程序写的, 这个版本不认识, 原样保留和转交.",
            "{n} {n:record|records} {n:was|were} written by a newer program; this one keeps and passes {n:it|them} on as {n:it is|they are}.",
        );
        checked.notes.push(said.with("n", checked.counts.unknown));
    }
    Ok((seen, findings))
}

/// Holds the stored view against the fold in memory, record by record.
fn compare(place: &Place, memory: &MemoryView, reader: &Reader, checked: &mut Checked) -> Result<(), Trouble> {
    let mut expected: HashMap<Name, Arc<Record>> = HashMap::new();
    memory.each(&mut |record| expected.insert(record.entity(), record).is_none())?;
    checked.counts.records = expected.len() as u64;
    let folder = place.view_folder();
    if !folder.exists() {
        checked
            .notes
            .push(t("还没有查询库, 下次打开时生成.", "There is no view yet; it is made at the next opening.").into());
        return Ok(());
    }
    let stored = match SledView::open(&folder, place.disk.seal()) {
        Ok(stored) => stored,
        Err(trouble) => {
            checked.wrong(trouble.said, Some(Repair::Rebuild));
            return Ok(());
        }
    };
    let rescue = Rescue::of(place, &stored, &stored.known(), reader)?;
    if rescue.is_due() {
        checked.wrong(rescue.missing(), Some(Repair::Rescue));
        return Ok(());
    }
    if stored.mark() < reader.end() {
        checked.notes.push(
            t(
                "查询库比日志旧一些, 下次打开时补上.",
                "The view is a little behind the journal and catches up at the next opening.",
            )
            .into(),
        );
        return Ok(());
    }
    let mut different = 0_u64;
    let mut same = 0_usize;
    let read = stored.each(&mut |record| {
        let matches = expected.get(&record.entity()).is_some_and(|other| *other == record);
        same += usize::from(matches);
        different += u64::from(!matches);
        true
    });
    if let Err(trouble) = read {
        checked.wrong(trouble.said, Some(Repair::Rebuild));
    } else if different > 0 || same < expected.len() || stored.known() != memory.known() {
        let said = t(
            "查询库有 {n} 条和日志不一样.",
            "{n} {n:record|records} of the view {n:differs|differ} from the journal.",
        );
        let missing = (expected.len() - same) as u64;
        checked.wrong(said.with("n", different.max(missing)), Some(Repair::Rebuild));
    }
    Ok(())
}

fn note_set_aside(place: &Place, checked: &mut Checked) {
    let files = place.disk.list(&place.home().join("quarantine")).unwrap_or_default();
    if !files.is_empty() {
        let said = t(
            "quarantine 文件夹里有 {n} 个文件: 合并时编号相同而内容不同的记录, 原样保留.",
            "The folder quarantine holds {n} {n:file|files}: records that had a known number and other content when merged.",
        );
        checked.notes.push(said.with("n", files.len()));
    }
}

fn note_calendar(clock: &Clock, checked: &mut Checked) {
    let year = chrono::Datelike::year(&local::day(clock.now().wall_ms));
    if !Calendar::built_in().knows(year) {
        let said = t(
            "还没有 {year} 年的放假通知, 时限暂按周一到周五算.",
            "The holiday notice of {year} is not known; deadlines count Monday to Friday.",
        );
        checked.notes.push(said.with("year", year));
    }
}
