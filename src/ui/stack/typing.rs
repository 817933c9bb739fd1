//! Typing: what becomes of text that is typed or pasted, its drafts, and whose they are.

use super::Stack;
use crate::app::Ask;
use crate::text::{Said, Text, t};
use crate::ui::desk::Desk;
use crate::ui::field::Edit;
use crate::ui::kept::{Kept, Unkept};
use crate::ui::lines::Lines;
use crate::ui::overlay::Overlay;

pub(super) const NOTHING_TO_TYPE_IN: Text = t(
    "这里不能打字, 刚才的没有记下. 下面一行是能用的键, F1 看全部.",
    "Nothing here takes text, and none was kept. The keys are below, F1 shows all.",
);

const WORDS_LED: Text = t(
    "这句写在输入行里了, 接着谈. F8 再到结束.",
    "The words stand in the line, it goes on. F8 leads to the end again.",
);

const DIGITS_LED: Text = t(
    "前面的 {digits} 收进这一句了, 没有当作选择. F8 再到结束.",
    "{digits} before it stands in the line now and chose nothing. F8 leads to the end again.",
);

impl Stack {
    /// Takes text that came in one piece; of a burst what came as keys before it stands in the field already.
    pub(super) fn paste(&mut self, begun: &str, text: &str, desk: &mut Desk) {
        self.interrupted = false;
        if !self.makes_way(text, desk) {
            return;
        }
        // Text that follows one that is asked about leaves that as it stands.
        if matches!(self.over, Some(Overlay::Lines(_))) {
            self.over = None;
        }
        if matches!(self.over, Some(Overlay::Menu(_))) {
            self.close_menu_for_words(desk);
        }
        if let Some(over) = &mut self.over {
            over.paste(text);
            self.keep_over(desk);
            return;
        }
        if self.top_mut().face_mut().field().is_none() {
            self.lead_words(text.chars().next().unwrap_or(' '), desk);
            self.top_mut().face_mut().lets_type(desk);
        }
        let page = self.top_mut().face_mut();
        if page.takes_lines()
            && let Some(field) = page.field()
            && let Some(lines) = Lines::of_burst(begun, text, field.text(), field.cursor())
        {
            self.over = Some(Overlay::Lines(lines));
        }
        let page = self.top_mut().face_mut();
        match page.field().map(|mut field| field.insert(text)) {
            Some(edit) => self.edited(edit, desk),
            None => desk.notice = Some(NOTHING_TO_TYPE_IN.into()),
        }
    }

    /// Goes to the page that words belong to, where it is not this one; tells whether it did.
    pub(super) fn lead_words(&mut self, first: char, desk: &mut Desk) -> bool {
        let Some((go, digits)) = self.top_mut().face_mut().leads_words(first, desk) else { return false };
        self.go(go, desk);
        if let Some(edit) = self.top_mut().face_mut().field().map(|mut field| field.insert(&digits)) {
            self.edited(edit, desk);
        }
        desk.notice = Some(if digits.is_empty() { WORDS_LED.into() } else { DIGITS_LED.with("digits", digits) });
        desk.led = true;
        true
    }

    /// Puts the lines of a paste down one by one; from the first that a person has to look at on they stay in the field.
    pub(super) fn put_down(&mut self, lines: &[String], desk: &mut Desk) {
        let page = self.top_mut().face_mut();
        let whole = page.whole_lines(lines);
        let done = whole.iter().take_while(|line| page.put_line(line, desk)).count();
        let rest: Vec<&str> =
            whole.iter().skip(done).take(1).chain(lines.iter().skip(done + 1)).map(String::as_str).collect();
        if let Some(mut field) = page.field() {
            field.set("", 0);
            field.insert(&rest.join(" "));
        }
        self.edited(Edit::Changed, desk);
        desk.notice = Some(match lines.len() - done {
            0 => t("记下了 {n} 条.", "Put down: {n}.").with("n", done),
            left => t(
                "记下了 {n} 条; 余下 {left} 行在输入行里, 请看一看.",
                "Put down: {n}; the rest ({left}) is in the field: please look at it.",
            )
            .with("n", done)
            .with("left", left),
        });
    }

    pub(super) fn edited(&mut self, edit: Edit, desk: &mut Desk) {
        if edit == Edit::Ignored {
            return;
        }
        if let Some((go, words)) = self.top_mut().face_mut().leads_written(desk) {
            self.go(go, desk);
            if let Some(edit) = self.top_mut().face_mut().field().map(|mut field| field.insert(&words)) {
                self.edited(edit, desk);
            }
            desk.notice = Some(WORDS_LED.into());
            desk.led = true;
            return;
        }
        let page = self.top_mut().face_mut();
        if let Some((place, (text, cursor))) = page.draft().zip(page.kept()) {
            desk.session.ask(Ask::Draft { place, text, cursor });
        }
        if edit == Edit::Changed {
            let go = page.typed(desk);
            self.go(go, desk);
        }
    }

    /// Keeps what is typed in what lies over the pages, where it is a draft.
    pub(super) fn keep_over(&mut self, desk: &mut Desk) {
        let Some(field) = self.over.as_mut().and_then(Overlay::field) else { return };
        let Ok(place) = field.place() else { return };
        let now = (field.text().to_owned(), field.cursor());
        if desk.session.draft(place).unwrap_or_default() != now {
            desk.keep(place, now);
        }
    }

    /// Lets the draft of what lies over the pages go: it was given up, or became what it was for.
    pub(super) fn let_over_go(&mut self, desk: &mut Desk) {
        if let Some(Ok(place)) = self.over.as_mut().and_then(Overlay::field).as_ref().map(Kept::place)
            && desk.session.draft(place).is_some()
        {
            desk.let_go(place);
        }
    }

    /// Says why what stands in the field that has the cursor is no draft, where something does and it is none.
    pub(super) fn unkept(&mut self) -> Option<Unkept> {
        let field = match &mut self.over {
            Some(over) => over.field(),
            None => self.top_mut().face_mut().field(),
        };
        field.filter(|field| !field.is_empty()).and_then(|field| field.place().err())
    }

    /// Another person speaks from now on. What was typed and not put down stays with the one who typed it; what the other
    /// had typed here comes back.
    pub(super) fn speak(&mut self, name: String, desk: &mut Desk) {
        let before = desk.session.speaker();
        if before == name {
            let said = t("现在就是 {name} 在说, 没有换.", "{name} is who speaks now; nothing changed.");
            desk.notice = Some(said.with("name", name));
            return;
        }
        let mut is_left = false;
        desk.session.speak(&name);
        for page in std::iter::once(&mut self.root).chain(&mut self.above) {
            is_left |= page.face_mut().put_aside();
        }
        self.bring_back(desk);
        desk.notice = None;
        self.top_mut().face_mut().take_up(desk);
        let told = desk.notice.take();
        let runs = desk.session.running().is_some_and(|running| !running.timer.is_paused());
        let said = if runs {
            t("现在是 {name} 在说; 计时照常走.{left}", "{name} speaks now; the timer goes on.{left}")
        } else {
            t("现在是 {name} 在说.{left}", "{name} speaks now.{left}")
        };
        let left = if is_left {
            t(" {before} 没写完的留着.", " What {before} was typing is kept.").with("before", before)
        } else {
            t("", "").into()
        };
        let said = said.with("name", name).with_words("left", left);
        desk.notice = Some(told.into_iter().fold(said, Said::then));
    }
}
