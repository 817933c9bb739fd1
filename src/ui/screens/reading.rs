//! Reading: what a list says while records are still being read, or what came in is still being listed, so that nobody takes what
//! is there by then for all of it. Once it is all there the list is read again by itself.

use super::far;
use crate::text::{Said, Text, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::theme::Look;

/// Stands where a list would say that there is nothing.
pub const READING: Text = t("以前的记录还在读, 读完就有 …", "The records are still being read …");
/// Stands there while what was brought in or merged is being listed.
const LISTING: Text =
    t("新来的还在列入, 列完自己更新 …", "What came in is still being listed; this follows by itself …");

/// Tells whether more may come than is there now.
pub fn is_reading(desk: &Desk) -> bool {
    desk.session.house().is_some_and(|house| !house.is_complete())
}

/// Gives what a list says that has nothing in it: that there is nothing, where all of it is there.
pub fn nothing(desk: &Desk, words: Text) -> Text {
    match (is_reading(desk), desk.session.unapplied()) {
        (true, _) => READING,
        (false, 0) => words,
        (false, _) => LISTING,
    }
}

/// Draws the title of a list: `all` of it; before all is there its name, how much is to come, and how many are there `so_far`.
pub fn title(canvas: &mut Canvas<'_>, name: Text, so_far: impl Into<Said>, all: &Said) {
    let Some(to_come) = to_come(canvas.desk) else {
        canvas.title(0, &canvas.say(all));
        return;
    };
    let words = canvas.words(name).to_owned();
    let x = canvas.title(0, &words) + 3;
    let said =
        Said::from(t("{to_come}, 现有 {so_far}, 完了自己更新", "{to_come}, {so_far} so far, this follows by itself"));
    let said = canvas.say(&said.with_words("to_come", to_come).with_words("so_far", so_far));
    let room = canvas.width().saturating_sub(x);
    canvas.write_clauses(x, 0, room, &said, Look::Accent);
}

/// Says how much is to come; none once all is there.
fn to_come(desk: &Desk) -> Option<Said> {
    if is_reading(desk) {
        return Some(far(desk).unwrap_or_else(|| READING.into()));
    }
    let left = desk.session.unapplied();
    (left > 0).then(|| t("还在列入 {n} 条", "{n} to be listed").with("n", left))
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::{Rect, Size};

    use crate::app::{Ask, Doubled, Message, Ticket};
    use crate::text::Lang;
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;
    use crate::ui::screens::{Compared, Disputes, Doubts, Imports, Page, Twins};

    fn drawn(page: &Page, desk: &mut Desk, width: u16) -> String {
        let area = Rect::new(0, 0, width, 21);
        desk.body = Size::new(width, 21);
        let mut buffer = Buffer::empty(area);
        page.face().draw(&mut Canvas::new(&mut buffer, &mut None, area, desk));
        lines(&buffer).join("\n")
    }

    // Right after a second import of 60,000 rows they said that there was nothing, or the counts of before.
    #[test]
    fn lists_of_the_office_say_what_is_still_to_come_and_are_read_again_once_it_is_there() {
        let pages: [fn() -> Page; 5] = [
            || Compared::new().into(),
            || Twins::new().into(),
            || Imports::new().into(),
            || Doubts::new().into(),
            || Disputes::new().into(),
        ];
        for page in pages {
            let mut desk = Desk::for_tests();
            let mut page = page();
            desk.session.applying_for_tests(58_000);
            page.face_mut().shown(&mut desk);
            let found = Message::Compared(Ticket(1), Box::new(Ok(Vec::new())));
            page.face_mut().heard(&found, &mut desk);
            page.face_mut().heard(&Message::Doubled(Ticket(1), Box::new(Ok(Doubled::default()))), &mut desk);
            for width in [80, 40] {
                let said = drawn(&page, &mut desk, width);
                assert!(said.contains("还在列入 58000 条"), "{said}");
                assert!(width < 80 || said.contains(", 现有 0 "), "{said}");
                assert!(said.contains("新来的还在列入"), "{said}");
            }
            desk.lang = Lang::En;
            assert!(drawn(&page, &mut desk, 80).contains("58000 to be listed, 0"), "{page:?}");
            desk.lang = Lang::Zh;
            desk.session.applying_for_tests(0);
            let asked = desk.session.asked.len();
            page.face_mut().heard(&Message::Filled, &mut desk);
            let said = drawn(&page, &mut desk, 80);
            assert!(!said.contains("还在列入"), "{said}");
            if matches!(page, Page::Compared(_) | Page::Twins(_)) {
                assert!(matches!(desk.session.asked.get(asked), Some(Ask::Compare | Ask::LookForTwins)), "{said}");
            }
        }
    }
}
