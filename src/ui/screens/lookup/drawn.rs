//! Drawn: the box and the list.

use super::{Lookup, lines};
use crate::app::Doing;
use crate::domain::timer::minutes_seconds;
use crate::text::{Said, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::desk::Desk;
use crate::ui::frame;
use crate::ui::theme::Look;

/// Says how far the filling is; one finds what is there already, and everything else works meanwhile.
fn filling(desk: &Desk) -> Said {
    let Some(far) = desk.session.underway().now() else {
        return t("正在整理名册 …", "Sorting the roster …").into();
    };
    let words = match far.doing {
        Doing::Reading => t("已读 {n} 户 …", "read {n} …"),
        Doing::Placing => t("逐户看 {n} / {of} …", "looking at {n} / {of} …"),
        Doing::Sorting => t("整理 {n} / {of} 户 …", "sorting {n} / {of} …"),
        _ => t("重建查询库 {percent}% …", "view anew {percent}% …"),
    };
    words.with("n", far.done).with("of", far.of).with("percent", far.percent().unwrap_or(0))
}

impl Lookup {
    /// Draws the page.
    pub(super) fn draw_page(&self, canvas: &mut Canvas<'_>) {
        let gap = u16::from(canvas.height() >= 12);
        let mut y = self.draw_box(canvas);
        y += Self::draw_running(canvas, y);
        y += gap;
        if self.faces.is_empty() && self.asked.is_none() && self.knows_all(canvas.desk) {
            self.draw_nothing(canvas, y);
            return;
        }
        let height = canvas.height().saturating_sub(y);
        let width = canvas.width();
        lines::draw(&mut canvas.part(0, y, width, height), &self.faces, &self.list);
        self.draw_left(canvas, y);
    }

    fn draw_box(&self, canvas: &mut Canvas<'_>) -> u16 {
        let count = if canvas.desk.session.house().is_some() && !self.knows_all(canvas.desk) {
            canvas.say(&filling(canvas.desk))
        } else {
            let shown = if self.field.text().trim().is_empty() { self.hits.of } else { self.hits.total };
            canvas.say(&t("{shown} / {of} 户", "{shown} / {of}").with("shown", shown).with("of", self.hits.of))
        };
        let x = canvas.write(1, 0, canvas.words(t("查找: ", "Find: ")), Look::Strong);
        let room = canvas.width().saturating_sub(x + columns(&count) + 3);
        canvas.write(canvas.width().saturating_sub(columns(&count) + 1), 0, &count, Look::Dim);
        let (width, height) = (x + room, canvas.height());
        let mut part = canvas.part(0, 0, width, height);
        let rows = part.field(x, 0, &self.field, true);
        if self.old.is_some() {
            part.write(x, 0, self.field.text(), Look::Dim);
        }
        rows
    }

    fn draw_running(canvas: &mut Canvas<'_>, y: u16) -> u16 {
        let desk = canvas.desk;
        let Some((running, house)) = desk.session.running().zip(desk.session.house()) else { return 0 };
        let said = t("{doing} {head} {time}   Ctrl-O 回到走访", "{doing} {head} {time}   Ctrl-O goes back to it")
            .with_words("doing", frame::doing(running.timer.is_paused()))
            .with("time", minutes_seconds(running.timer.counted_ms()))
            .with_words("head", house.running_words(&running));
        canvas.write_cut(1, y, canvas.width().saturating_sub(2), &canvas.say(&said), Look::Accent);
        1
    }

    /// Tells whether all households were read and the first search of them was answered: before that nothing is known to be missing.
    fn knows_all(&self, desk: &Desk) -> bool {
        desk.session.house().is_some_and(|house| house.is_complete() && (self.hits.of > 0 || house.count() == 0))
    }

    /// Says what to do where nothing was found.
    fn draw_nothing(&self, canvas: &mut Canvas<'_>, y: u16) {
        let words: Vec<&str> = self.field.text().split_whitespace().collect();
        let said = if words.is_empty() {
            t(
                "还没有住户. Esc 菜单里可以导入名册; 或 Ctrl-N 新建一户.",
                "No households yet. The Esc menu imports a roster; Ctrl-N makes a household.",
            )
            .into()
        } else {
            t(
                "没有哪一户同时对上: {words}. 少打几个字再试, 或 Ctrl-N 新建这一户.",
                "No household matches all of: {words}. Try fewer words, or add a new one with Ctrl-N.",
            )
            .with("words", words.join(" + "))
        };
        let text = canvas.say(&said);
        canvas.write_wrapped(3, y, canvas.height().saturating_sub(y), &text, Look::Plain);
    }
}
