//! Before leaving: what is not saved, what runs on, and how many records no export holds. Whoever leaves is asked, and
//! asked again who stayed.
//!
//! Keystrokes: Ctrl-Q; Enter or Ctrl-Q once more leaves all the same, 4 goes to the export, Esc stays. Where something is not saved
//! nothing but 9 leaves, as often as it is asked. What is printed once the screens are gone nobody reads whose window closes with them.

use super::canvas::{Canvas, wrap};
use super::command::Command;
use super::desk::Desk;
use super::global::Global;
use super::keys::{Key, Table, row, table};
use super::popup::{self, Over};
use super::theme::Look;
use crate::domain::Name;
use crate::text::{Said, Text, t};

/// Holds what whoever leaves should know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Parting {
    /// How many records no export holds.
    waiting: u64,
    /// The records are still being read: more may wait than is known.
    is_reading: bool,
    runs: Option<Runs>,
    unsaved: Option<Unsaved>,
    /// Somebody chose to leave with this before them.
    pub is_answered: bool,
}

/// A visit or a talk that has not ended: leaving does not end it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Runs {
    visit: Name,
    is_talk: bool,
    is_paused: bool,
}

impl Runs {
    fn of(desk: &Desk) -> Option<Self> {
        desk.session.running().map(|running| Self {
            visit: running.visit,
            is_talk: running.is_talk(),
            is_paused: running.timer.is_paused(),
        })
    }
}

/// Says in a few words of what runs that leaving does not end it; of what is only tried nothing is kept.
pub(super) fn goes_on(desk: &Desk) -> Option<Text> {
    let runs = Runs::of(desk).filter(|_| !desk.session.device().practice)?;
    Some(match (runs.is_talk, runs.is_paused) {
        (false, false) => t("走访还在计时, 退出不结束它.", "The visit runs, leaving does not end it."),
        (false, true) => t("走访暂停着, 退出不结束它.", "The visit rests, leaving does not end it."),
        (true, false) => t("夜话还在计时, 退出不结束它.", "The talk runs, leaving does not end it."),
        (true, true) => t("夜话暂停着, 退出不结束它.", "The talk rests, leaving does not end it."),
    })
}

/// Why something is not saved, and what leaving costs: of what was refused a draft may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Unsaved {
    why: Said,
    words: Words,
    /// The minutes counted since are lost.
    minutes: bool,
}

/// The words that are lost on leaving.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Words {
    None,
    /// What stands in the line.
    Line(String),
    /// Others, or nobody may read them.
    Some,
}

impl Unsaved {
    /// Looks at what leaving costs now; `typed` is what stands in the line, at a place where it is kept.
    fn of(why: Said, typed: (Option<String>, String), desk: &Desk) -> Self {
        let loss = desk.session.loss();
        let (place, typed) = typed;
        let words = match place.filter(|place| desk.session.loses(place)) {
            // Covered, what was typed is nobody's to read.
            Some(_) if !typed.is_empty() && !desk.covered => Words::Line(typed),
            None if loss.is_without_words() => Words::None,
            _ => Words::Some,
        };
        Self { why, words, minutes: loss.minutes }
    }

    /// Tells whether somebody who was told this knows what there is to know now.
    fn covers(&self, now: &Self) -> bool {
        self.why == now.why && (now.words == Words::None || now.words == self.words) && (self.minutes || !now.minutes)
    }
}

pub(super) static KEYS: Table<Action> = table(
    t("退出以前", "Before leaving"),
    &[
        row(&[Key::Enter, Key::Ctrl('q')], t("退出", "Leave"), Action::Leave),
        row(&[Key::Digit(4)], t("去导出", "To the export"), Action::Export),
        row(&[Key::Esc], t("不退出", "Stay"), Action::Stay),
    ],
);

pub(super) static UNSAVED_KEYS: Table<Action> = table(
    t("退出以前, 有没存上的", "Before leaving, not saved"),
    &[
        row(&[Key::Esc, Key::Enter], t("不退出", "Stay"), Action::Stay),
        row(&[Key::Digit(4)], t("去导出", "To the export"), Action::Export),
        row(&[Key::Digit(9)], t("不存就退出", "Leave unsaved"), Action::Leave),
    ],
);

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action {
    Leave,
    Export,
    Stay,
}

/// The rows that one sentence has at most: a long path leaves room for the others.
const EACH: usize = 3;

impl Parting {
    /// Gives what there is to know now; `typed` is where the line is kept and what stands in it. Of what is only tried nothing is kept.
    pub fn of(typed: (Option<String>, String), desk: &Desk) -> Self {
        let session = &desk.session;
        if session.device().practice {
            return Self::default();
        }
        let runs = Runs::of(desk);
        let unsaved = session.unsaved().map(|why| Unsaved::of(why.said, typed, desk));
        let is_reading = session.house().is_some_and(|house| !house.is_complete());
        Self { waiting: session.not_exported(), is_reading, runs, unsaved, is_answered: false }
    }

    /// Tells whether somebody who was told this knows what there is to know now.
    pub fn covers(&self, now: &Self) -> bool {
        let visit = |parting: &Self| parting.runs.map(|runs| runs.visit);
        now.waiting <= self.waiting
            && (!now.is_reading || self.is_reading)
            && (now.runs.is_none() || visit(now) == visit(self))
            && now.unsaved.as_ref().is_none_or(|now| self.unsaved.as_ref().is_some_and(|told| told.covers(now)))
    }

    /// Tells whether something is not saved, so that leaving has to be asked for by its own key.
    pub const fn is_unsaved(&self) -> bool {
        self.unsaved.is_some()
    }

    pub const fn table(&self) -> &'static Table<Action> {
        if self.is_unsaved() { &UNSAVED_KEYS } else { &KEYS }
    }

    pub fn key(&mut self, key: Key) -> Over {
        match self.table().action(key) {
            Some(Action::Leave) => {
                self.is_answered = true;
                Over::Leave
            }
            Some(Action::Export) => Over::Run(Command::Everywhere(Global::Exchange)),
            Some(Action::Stay) => Over::Close,
            None => Over::Stay,
        }
    }

    /// Gives its sentences, what is lost first.
    fn said(&self) -> Vec<(Said, Look)> {
        let mut said = Vec::new();
        if let Some(unsaved) = &self.unsaved {
            let why = t("没存上: {why}", "Not saved: {why}");
            said.push((Said::from(why).with_words("why", unsaved.why.clone()), Look::Late));
            let lost = match &unsaved.words {
                Words::None => t(
                    "没有记下, 打的字留着: 下次打开还在那里.",
                    "Not recorded, but kept: what was typed stands there at the next start.",
                )
                .into(),
                Words::Line(typed) => t("退出就没了: {typed}", "Lost on leaving: {typed}").with("typed", typed),
                Words::Some => t(
                    "退出就没了: 从那时起打的, 还没记下的.",
                    "Lost on leaving: what was typed since and not recorded.",
                )
                .into(),
            };
            said.push((lost, Look::Strong));
        }
        if let Some(runs) = self.runs {
            let words = match (runs.is_talk, runs.is_paused) {
                (false, false) => t(
                    "走访还在计时, 退出不结束它: 下次打开接着; 关着的时间自述才算.",
                    "The visit runs. Leaving does not end it: it goes on at the next start; time between has to be declared.",
                ),
                (false, true) => t(
                    "走访暂停着, 退出不结束它: 下次打开接着.",
                    "The visit rests. Leaving does not end it: it goes on at the next start.",
                ),
                (true, false) => t(
                    "夜话还在计时, 退出不结束它: 下次打开接着; 关着的时间自述才算.",
                    "The talk runs. Leaving does not end it: it goes on at the next start; time between has to be declared.",
                ),
                (true, true) => t(
                    "夜话暂停着, 退出不结束它: 下次打开接着.",
                    "The talk rests. Leaving does not end it: it goes on at the next start.",
                ),
            };
            said.push((words.into(), Look::Strong));
            if self.unsaved.as_ref().is_some_and(|unsaved| unsaved.minutes) && !runs.is_paused {
                let words = t(
                    "没存上以后计的分钟也没存, 退出就没了.",
                    "The minutes counted since then are not saved either, and are lost on leaving.",
                );
                said.push((words.into(), Look::Strong));
            }
        }
        if self.is_reading {
            let words = t(
                "以前的记录还在读, 有没有没导出的还数不出来.",
                "The records are still being read; whether some are in no export is not counted yet.",
            );
            said.push((words.into(), Look::Strong));
        }
        if self.waiting > 0 {
            let words = t("还有 {n} 条没有导出到U盘.", "{n} {n:record|records} {n:is|are} on no stick yet.");
            said.push((words.with("n", self.waiting), Look::Strong));
            let words =
                t("可能只在这台电脑上. U盘在就按 4 去导出.", "They may be on this laptop alone. 4 goes to the export.");
            said.push((words.into(), Look::Plain));
        }
        let leave = if self.is_unsaved() {
            t(
                "先别退: 磁盘, 文件夹弄好就存上了. 真要退按 9.",
                "Better stay: once the disk is right it is saved. 9 leaves.",
            )
        } else {
            t("Enter 照样退出, Esc 不退出.", "Enter leaves all the same, Esc stays.")
        };
        said.push((leave.into(), Look::Plain));
        said
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>) {
        let room = usize::from(popup::width(canvas).saturating_sub(2));
        let said = self.said().into_iter().map(|(said, look)| (canvas.say(&said), look));
        let said: Vec<(u16, String, Look)> =
            said.map(|(said, look)| (popup::rows(wrap(&said, room).len().min(EACH)), said, look)).collect();
        let rows: u16 = said.iter().map(|(rows, ..)| rows).sum();
        let gaps = popup::rows(said.len().saturating_sub(1));
        let gap = u16::from(rows + gaps <= popup::window(canvas.height()));
        let mut canvas = popup::open(canvas, canvas.words(self.table().place), rows + gap * gaps);
        let mut y = 0;
        for (rows, said, look) in said {
            let rows = rows.min(canvas.height().saturating_sub(y));
            y += canvas.write_wrapped(2, y, rows, &said, look) + gap;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Parting, Runs, Unsaved, Words};
    use crate::domain::Name;
    use crate::text::{Lang, t};

    fn unsaved(words: Words, minutes: bool) -> Unsaved {
        Unsaved { why: t("磁盘已满.", "The disk is full.").into(), words, minutes }
    }

    fn says(parting: &Parting, words: &str) -> bool {
        parting.said().iter().any(|(said, _)| said.say(Lang::Zh).contains(words))
    }

    // It said that the visit goes on, and the minutes since the disk was full were gone.
    #[test]
    fn where_nothing_is_saved_the_minutes_of_a_visit_are_spoken_of_too() {
        let runs = Some(Runs { visit: Name::new(1, 1), is_talk: false, is_paused: false });
        let said = |unsaved| says(&Parting { runs, unsaved, ..Parting::default() }, "分钟也没存");
        assert!(said(Some(unsaved(Words::Some, true))) && !said(Some(unsaved(Words::Some, false))) && !said(None));
    }

    // A line whose draft lay on the disk was said to be gone, as the record had been refused.
    #[test]
    fn gone_is_said_of_what_is_not_kept_and_of_nothing_else() {
        let line = || Words::Line("机井坏了".to_owned());
        let parting = |words| Parting { unsaved: Some(unsaved(words, false)), ..Parting::default() };
        assert!(says(&parting(line()), "退出就没了: 机井坏了"));
        assert!(says(&parting(Words::Some), "退出就没了: 从那时起打的"));
        let kept = parting(Words::None);
        assert!(says(&kept, "打的字留着") && !says(&kept, "退出就没了") && kept.is_unsaved());
        // Who was told that it is kept is told again where it is not any more.
        assert!(parting(line()).covers(&kept) && !kept.covers(&parting(line())));
        assert!(!parting(line()).covers(&parting(Words::Some)) && !Parting::default().covers(&kept));
    }

    #[test]
    fn what_stands_there_is_enough_until_there_is_more_of_it() {
        let runs = |seq| Some(Runs { visit: Name::new(1, seq), is_talk: false, is_paused: false });
        let now = |waiting, runs| Parting { waiting, runs, ..Parting::default() };
        let shown = now(3, runs(1));
        assert!(shown.covers(&now(3, runs(1))) && shown.covers(&now(2, None)));
        assert!(!shown.covers(&now(4, None)), "recorded since");
        assert!(!shown.covers(&now(3, runs(2))), "another visit");
        assert!(!shown.covers(&Parting { is_reading: true, ..now(3, None) }), "it may be more than that");
    }
}
