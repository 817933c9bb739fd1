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

const FULL: Text = t(
    "这一行满了 (约 5400 字), 刚才的没有进去. 先记下这一句, 余下的另起一行.",
    "The line is full (about 16,000 letters) and this did not go in. Record it and go on in another.",
);

const TOO_LONG: Text = t(
    "粘贴的有 {n} 字, 这里只放得下 {room} 字: 没有贴进来.",
    "{n} characters were pasted and about {room} 汉字 have room: nothing went in.",
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
        self.leave_lines(desk);
        if matches!(self.over, Some(Overlay::Menu(_))) {
            self.close_menu_for_words(desk);
        }
        if let Some(over) = &mut self.over {
            over.paste(text, desk.session.is_sealed());
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
            self.paste_lines(lines, text, desk);
            return;
        }
        let page = self.top_mut().face_mut();
        match page.field().map(|mut field| (field.insert(text), field.room())) {
            Some((Edit::Full, room)) => {
                desk.notice = Some(TOO_LONG.with("n", text.trim().chars().count()).with("room", room));
            }
            Some((edit, _)) => self.edited(edit, desk),
            None if page.says(text, desk) => self.edited(Edit::Changed, desk),
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

    pub(super) fn edited(&mut self, edit: Edit, desk: &mut Desk) {
        match edit {
            Edit::Ignored => return,
            Edit::Full => {
                desk.notice = Some(FULL.into());
                return;
            }
            Edit::Changed | Edit::Moved => {}
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
