//! Start: stands until the campaign is open, says what is going on, and leads on.
//!
//! No keystroke: it goes to the first run or to the households by itself, and to a visit that was running when the
//! program last ended. Where the campaign cannot be opened, what is wrong stays here until the program is left.

use super::{Lookup, Setup, Unlock};
use crate::app::{Doing, Message};
use crate::text::{Said, Text, Trouble, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::frame::Header;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// Waits for the campaign; holds why it cannot be opened.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct Start {
    trouble: Option<Trouble>,
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Speaks the other language.
    Speak,
}

static KEYS: Table<Action> = table(t("开始", "Start"), &[row(&[Key::Ctrl('e')], t("English", "中文"), Action::Speak)]);

impl Screen for Start {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let folder = canvas.desk.session.folder().display().to_string();
        canvas.write(2, 1, canvas.words(t("走访", "Household visits")), Look::Strong);
        let Some(trouble) = &self.trouble else {
            let opening = canvas.say(&t("正在打开 {folder} …", "Opening {folder} …").with("folder", folder));
            let y = 3 + canvas.write_wrapped(2, 3, 3, &opening, Look::Plain);
            draw_far(canvas, y);
            return;
        };
        let rows = canvas.height();
        let said = canvas.say(&trouble.said);
        let y = 3 + canvas.write_wrapped(2, 3, rows, &said, Look::Late) + 1;
        let hint = trouble.hint.as_ref().map(|hint| canvas.say(hint)).unwrap_or_default();
        let y = y + canvas.write_wrapped(2, y, rows, &hint, Look::Plain) + 1;
        let leave = t("改好以后: Ctrl-Q 退出, 再打开一次.", "Once that is mended: Ctrl-Q leaves, then start again.");
        canvas.write_told(2, y, rows, canvas.words(leave), Look::Dim);
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::FirstRun => Go::swap(Setup::new()),
            Message::Locked => Go::swap(Unlock::default()),
            Message::Opened { interrupted, findings } => opened(interrupted.is_some(), findings, desk),
            Message::Failed(trouble) => {
                self.trouble = Some(trouble.clone());
                Go::say(t("打不开.", "It cannot be opened."))
            }
            _ => Go::Stay,
        }
    }

    /// Beside a trouble nothing is said to be saved.
    fn header(&self, desk: &Desk) -> Header {
        let header = Header::of(desk);
        if self.trouble.is_some() { Header { right: String::new(), ..header } } else { header }
    }

    fn busy(&self) -> bool {
        self.trouble.is_none()
    }

    fn shut(&self) -> Option<Text> {
        Some(match &self.trouble {
            Some(_) => t("这里打不开别的页: 原因写在上面.", "No other page opens here: the reason stands above."),
            None => t("正在打开, 请稍等.", "It is being opened; a moment, please."),
        })
    }
}

/// Says what goes on while a campaign is opened or its view made anew, and how far it is.
pub fn far(desk: &Desk) -> Option<Said> {
    let far = desk.session.underway().now()?;
    let words = match far.doing {
        Doing::Opening => t("正在看日志和草稿 …", "Looking at the journal and drafts …"),
        Doing::Following => t("正在接上 {n} 条记录 …", "Taking in records: {n} …"),
        Doing::Folding => t("正在重建查询库: 读日志 {percent}% …", "Making the view anew: journal read {percent}% …"),
        Doing::Storing => {
            t("正在重建查询库: 写好 {n} / {of} 条 …", "Making the view anew: {n} / {of} {of:record|records} …")
        }
        Doing::Reading => t("正在读名册, 已读 {n} 户 …", "Reading households: {n} …"),
        Doing::Placing => {
            t("正在逐户看哪些列出 {n} / {of} 户 …", "Looking which are listed: {n} / {of} {of:household|households} …")
        }
        Doing::Sorting => t("正在整理名册 {n} / {of} 户 …", "Sorting the roster {n} / {of} …"),
    };
    Some(words.with("n", far.done).with("of", far.of).with("percent", far.percent().unwrap_or(0)))
}

/// Draws what goes on, and why nothing stops it.
pub(super) fn draw_far(canvas: &mut Canvas<'_>, y: u16) {
    let Some(said) = far(canvas.desk) else { return };
    let rows = canvas.height();
    let text = canvas.say(&said);
    let y = y + canvas.write_wrapped(2, y, rows.saturating_sub(y), &text, Look::Plain);
    let leave = t(
        "没有这一步什么也看不到, 所以不能跳过; Ctrl-Q 随时可以退出, 记录都在.",
        "Nothing can be shown without it, so it cannot be skipped; Ctrl-Q leaves at any time, all records stay.",
    );
    canvas.write_told(2, y, rows.saturating_sub(y), canvas.words(leave), Look::Dim);
}

/// Goes on once the campaign is open.
pub(super) fn opened(interrupted: bool, findings: &[crate::text::Said], desk: &mut Desk) -> Go {
    desk.tell(findings);
    // A visit that was running comes before everything else; the stack opens it.
    Go::swap(if interrupted { Lookup::new() } else { Lookup::unfinished(desk) })
}

impl Keyed for Start {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS];

    fn table(&self) -> &'static Table<Action> {
        &KEYS
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Speak => desk.lang = desk.lang.other(),
        }
        Go::Stay
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::super::unlock;
    use super::Start;
    use crate::app::Doing;
    use crate::text::Lang;
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;
    use crate::ui::page::{Keyed, Screen};
    use crate::ui::screens::{Lookup, Unlock};

    fn drawn(page: &impl Screen, desk: &Desk, size: (u16, u16)) -> String {
        let area = Rect::new(0, 0, size.0, size.1);
        let mut buffer = Buffer::empty(area);
        page.draw(&mut Canvas::new(&mut buffer, &mut None, area, desk));
        lines(&buffer).join("\n")
    }

    #[test]
    fn opening_says_what_goes_on_how_far_it_is_and_that_leaving_harms_nothing() {
        for (lang, folding, storing, leaving) in [
            (Lang::Zh, "重建查询库: 读日志 0%", "0 / 40 条", "Ctrl-Q"),
            (Lang::En, "journal read 0%", "0 / 40 records", "Ctrl-Q"),
        ] {
            let mut desk = Desk::for_tests();
            desk.lang = lang;
            for size in [(80, 21), (40, 9)] {
                let start = Start::default();
                desk.session.underway().begin(Doing::Folding, 4_000);
                let screen = drawn(&start, &desk, size);
                assert!(screen.contains(folding) && screen.contains(leaving), "{screen}");
                desk.session.underway().begin(Doing::Storing, 40);
                assert!(drawn(&start, &desk, size).contains(storing));
            }
            let mut unlock = Unlock::default();
            unlock.field().unwrap().insert("水井核桃");
            unlock.act(unlock::Action::Open, &mut desk);
            assert!(drawn(&unlock, &desk, (80, 21)).contains(storing), "and behind the passphrase");
        }
    }

    #[test]
    fn the_lookup_counts_what_was_read_while_it_is_filled() {
        let desk = Desk::for_tests();
        let house = crate::app::Place::new(std::path::PathBuf::new()).empty_house();
        desk.session.open_for_tests(house);
        desk.session.underway().begin(Doing::Reading, 0);
        assert!(drawn(&Lookup::new(), &desk, (80, 21)).contains("已读 0 户"));
        desk.session.underway().begin(Doing::Sorting, 10_482);
        assert!(drawn(&Lookup::new(), &desk, (40, 9)).contains("0 / 10482"));
    }
}
