//! Start: stands until the campaign is open, says what is going on, and leads on.
//!
//! No keystroke: it goes to the first run or to the households by itself, and to a visit that was running when the
//! program last ended. Where the campaign cannot be opened, what is wrong stays here until the program is left.

use super::{Lookup, Setup, Unlock};
use crate::app::Message;
use crate::text::{Text, Trouble, t};
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
            canvas.write_wrapped(2, 3, 3, &opening, Look::Plain);
            return;
        };
        let rows = canvas.height();
        let said = trouble.said.say(canvas.desk.lang);
        let y = 3 + canvas.write_wrapped(2, 3, rows, &said, Look::Late) + 1;
        let hint = trouble.hint.as_ref().map(|hint| canvas.say(hint)).unwrap_or_default();
        let y = y + canvas.write_wrapped(2, y, rows, &hint, Look::Plain) + 1;
        let leave = t("改好以后: Ctrl-Q 退出, 再打开一次.", "Once that is mended: Ctrl-Q leaves, then start again.");
        canvas.write_wrapped(2, y, rows, canvas.words(leave), Look::Dim);
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
