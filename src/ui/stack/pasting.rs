//! Pasting: what becomes of several lines that were pasted. Until it is said each of them is a draft of its own (`ui/lines`); from
//! the first that a person has to look at on they wait, each as the line that it is.

use super::Stack;
use crate::app::Message;
use crate::text::{Text, t};
use crate::ui::desk::Desk;
use crate::ui::field::{Edit, MOST};
use crate::ui::lines::{self, Apart, Lines};
use crate::ui::overlay::Overlay;

const LONG_LINE: Text = t(
    "粘贴的第 {n} 行太长 (一行最多约 5400 字): 没有贴进来.",
    "Line {n} of what was pasted is too long (16,000 letters at most): nothing went in.",
);

const MANY_LINES: Text = t(
    "粘贴的有 {n} 行, 一次最多 {most} 行: 没有贴进来.",
    "{n} lines were pasted, {most} at most have room: nothing went in.",
);

const NO_ROOM: Text = t("粘贴的 {n} 行当一行放不下.", "The {n} lines that were pasted have no room as one.");

const LEFT: Text =
    t("{n} 行先留着. 空行里按 Enter 再问.", "{n} {n:line|lines} {n:waits|wait}. Enter in the empty line asks again.");

impl Stack {
    /// Asks about several lines, which stand in the field as one where that has room.
    pub(super) fn paste_lines(&mut self, mut lines: Lines, text: &str, desk: &mut Desk) {
        if lines.texts.len() > lines::MOST {
            desk.notice = Some(MANY_LINES.with("n", lines.texts.len()).with("most", lines::MOST));
            return;
        }
        if let Some(at) = lines.texts.iter().position(|line| line.len() > MOST) {
            desk.notice = Some(LONG_LINE.with("n", at + 1));
            return;
        }
        let page = self.top_mut().face_mut();
        if let Some(mut field) = page.field() {
            let stood = (field.text().to_owned(), field.cursor());
            if field.insert(text) == Edit::Full {
                field.set("", 0);
                lines.apart = Some(Apart::Long(stood.0, stood.1));
            }
        }
        // All of it is in the lines from now on, and comes back once.
        if let Some(place) = page.draft() {
            lines.keep(&place, desk);
            desk.let_go(&place);
        }
        let go = page.typed(desk);
        let is_long = lines.apart.is_some().then(|| NO_ROOM.with("n", lines.texts.len()));
        self.over = Some(Overlay::Lines(lines));
        self.go(go, desk);
        desk.notice = is_long.or(desk.notice.take());
    }

    /// Closes the question about several lines without an answer: they are one line, as they stand, or wait.
    pub(super) fn leave_lines(&mut self, desk: &mut Desk) {
        let Some(Overlay::Lines(lines)) = self.over.take_if(|over| matches!(over, Overlay::Lines(_))) else { return };
        if lines.apart.is_some() {
            desk.notice = Some(LEFT.with("n", lines.texts.len()));
            return;
        }
        let page = self.top_mut().face_mut();
        if let Some((place, kept)) = page.draft().zip(page.kept()) {
            desk.keep(&place, kept);
        }
        lines.let_go(desk);
    }

    /// Lets the lines go that are asked about; what stood in the field before comes back.
    pub(super) fn drop_lines(&mut self, desk: &mut Desk) {
        let Some(Overlay::Lines(lines)) = self.over.take_if(|over| matches!(over, Overlay::Lines(_))) else { return };
        lines.let_go(desk);
        if let Some(Apart::Long(text, cursor)) = &lines.apart
            && let Some(mut field) = self.top_mut().face_mut().field()
        {
            field.set(text, *cursor);
            self.edited(Edit::Changed, desk);
        }
        let words = t("{n} 行没有要.", "{n} {n:line was|lines were} dropped.");
        desk.notice = Some(words.with("n", lines.texts.len()));
    }

    /// Puts lines down one by one. The first that a person has to look at goes into the field, and those behind it wait.
    pub(super) fn put_down(&mut self, lines: &Lines, desk: &mut Desk) {
        let page = self.top_mut().face_mut();
        let whole = page.whole_lines(&lines.texts);
        let done = whole.iter().zip(&lines.places).take_while(|(line, place)| page.put_line(line, place, desk)).count();
        let mut is_free = false;
        if let Some(mut field) = page.field() {
            if lines.apart.is_none() {
                field.set("", 0);
            }
            is_free = field.is_empty();
        }
        let refused = whole.get(done).zip(lines.places.get(done)).filter(|_| is_free);
        if let Some((line, place)) = refused {
            if let Some(mut field) = page.field() {
                field.set(line, usize::MAX);
            }
            // Those behind it are whose the line before them is, once that is right.
            let behind = lines.texts.get(done + 1..).unwrap_or_default();
            let says_who = |line: &String| {
                let other = String::from("+");
                page.whole_lines(&[line.clone(), other.clone()]).last() != Some(&other)
            };
            let is_own = lines.texts.get(done).is_some_and(says_who);
            let carried =
                if is_own { page.whole_lines(behind) } else { whole.get(done + 1..).unwrap_or_default().to_vec() };
            let places = lines.places.get(done + 1..).unwrap_or_default();
            for ((place, text), _) in places.iter().zip(carried).zip(behind).filter(|((_, text), raw)| text != *raw) {
                let cursor = text.len();
                desk.keep(place, (text, cursor));
            }
            self.edited(Edit::Changed, desk);
            desk.let_go(place);
        } else if is_free {
            self.edited(Edit::Changed, desk);
        }
        let left = lines.texts.len().saturating_sub(done + usize::from(refused.is_some()));
        desk.notice = Some(match (refused.is_some(), left) {
            (false, 0) => t("记下了 {n} 条.", "Put down: {n}.").with("n", done),
            (true, 0) => t(
                "记下了 {n} 条; 最后一行在输入行里, 请看一看.",
                "Put down: {n}; the last line is in the field: please look at it.",
            )
            .with("n", done),
            (_, left) => t(
                "记下了 {n} 条; 输入行里这一句请看一看, 后面 {left} 行留着, 记下它再问.",
                "Put down: {n}. Look at the one in the field; {left} {left:waits|wait} until it is put down.",
            )
            .with("n", done)
            .with("left", left),
        });
    }

    /// Asks about lines that wait, where the line that they would follow is empty.
    pub(super) fn ask_of_waiting(&mut self, desk: &Desk) {
        let page = self.top_mut().face_mut();
        let is_free = page.takes_lines() && page.field().is_some_and(|field| field.is_empty());
        if is_free
            && self.over.is_none()
            && let Some(lines) = self.top_mut().face_mut().draft().and_then(|place| Lines::waiting_at(&place, desk))
        {
            self.over = Some(Overlay::Lines(lines));
        }
    }

    /// Asks about lines that were refused: they wait where they came from.
    pub(super) fn ask_of_refused(&mut self, message: &Message, desk: &Desk) {
        if matches!(message, Message::Answer(_, answer) if answer.is_err()) {
            self.ask_of_waiting(desk);
        }
    }
}
