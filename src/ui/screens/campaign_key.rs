//! 活动密钥: made by the office, handed out in person, so that a stick tells strangers nothing.
//!
//! Keystrokes of the office: Ctrl-P 活动密钥 Enter; the folder is the stick that is in, Enter makes the key and writes the file
//! there. Later Enter writes the same key once more, for a group that has not got it; Ctrl-N twice makes another one. The
//! groups take it at the exchange page (F7, 8).

use crate::app::{Ask, Message, Ticket, typed_path};
use crate::text::{Said, Trouble, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::kept::Kept;
use crate::ui::keys::{Key, Row, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

/// Makes the campaign's key, or hands it out once more.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct CampaignKey {
    field: Field,
    /// Folders that were found: sticks first.
    around: Vec<String>,
    turn: usize,
    /// The number of the key there is.
    number: Option<u32>,
    finding: Option<Ticket>,
    making: Option<Ticket>,
    /// Ctrl-N was pressed once.
    sure: bool,
    outcome: Option<Result<Said, Trouble>>,
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Makes a key, or writes the one there is once more.
    Enter,
    /// Makes another key.
    Another,
    /// Takes the next folder that was found.
    Turn,
}

const TURN: Row<Action> = row(&[Key::Tab], t("换下一个找到的", "Next one found"), Action::Turn);

static NONE: Table<Action> =
    table(t("活动密钥", "Campaign key"), &[row(&[Key::Enter], t("做一把", "Make it"), Action::Enter), TURN]).advice(t(
        "插上要交给各组的U盘, 按 Enter 做一把活动密钥.",
        "Put in the stick that goes to the groups; Enter makes the key.",
    ));
static HAVE: Table<Action> = table(
    t("活动密钥: 已有", "Campaign key: there is one"),
    &[
        row(&[Key::Enter], t("再交出一份", "Hand it out again"), Action::Enter),
        row(&[Key::Ctrl('n')], t("另做一把新的", "Make another"), Action::Another),
        TURN,
    ],
);

impl CampaignKey {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }

    fn make(&mut self, again: bool, desk: &mut Desk) -> Go {
        self.sure = false;
        if self.field.is_empty() {
            return Go::say(t("写到哪个文件夹? 请输入, 或插上U盘按 Tab.", "To which folder? Type it, please."));
        }
        if self.making.is_none() {
            desk.let_go(PLACE);
            self.outcome = None;
            let folder = typed_path(self.field.text());
            self.making = Some(desk.session.ask(Ask::MakeKey { folder, again }));
        }
        Go::Stay
    }

    fn state(&self) -> Said {
        match self.number {
            None => t(
                "还没有活动密钥: U盘丢了, 捡到的人读得到导出包. 办公室做一把, 亲手交给各组, 以后导出的都加密.",
                "There is no campaign key yet: whoever finds a stick reads the exports. The office makes one and hands it to the groups in person; exports are sealed from then on.",
            )
            .into(),
            Some(number) => t(
                "导出用活动密钥 {n} 加密. 还有组没收到, 就再交出一份; 另做一把, 各组都要再收一次, 旧的导出包照样打得开.",
                "Exports are sealed with the campaign key {n}. Hand it out again to a group that lacks it. If another is made every group has to take that one too; older exports still open.",
            )
            .with("n", number),
        }
    }
}

/// The place of the typed folder's draft.
const PLACE: &str = "key/folder";

impl Screen for CampaignKey {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let rows = canvas.height();
        let gap = u16::from(rows >= 14);
        let mut y = gap;
        y += canvas.write_told(2, y, 1, canvas.words(NONE.place), Look::Strong) + gap;
        y += canvas.write_told(2, y, 4, &canvas.say(&self.state()), Look::Plain) + gap;
        let name = canvas.words(t("写到文件夹:", "Folder:"));
        canvas.write(2, y, name, Look::Dim);
        y += canvas.field(2 + columns(name) + 1, y, &self.field, true) + gap;
        let left = rows.saturating_sub(y);
        match &self.outcome {
            _ if self.making.is_some() => {
                let words = t(
                    "正在写, 共 1 个小文件 … 写一下就好, 停在半路只会留下用不了的文件, 所以不停.",
                    "Writing, 1 small file in all … It takes a moment; stopped half way it would leave a file of no use, so it does not stop.",
                );
                canvas.write_told(2, y, left, canvas.words(words), Look::Plain);
            }
            Some(Ok(said)) => {
                canvas.write_told(2, y, left, &canvas.say(said), Look::Accent);
            }
            Some(Err(trouble)) => {
                canvas.write_wrapped(2, y, left, &canvas.say(&trouble.told()), Look::Late);
            }
            None => {
                let words = t(
                    "有了这个文件就打得开导出包: 用完从U盘上删掉, 别和导出包放在一起.",
                    "Whoever has the file can open the exports: delete it from the stick afterwards, and keep it away from them.",
                );
                canvas.write_told(2, y, left, canvas.words(words), Look::Dim);
            }
        }
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        Some(Kept::at(PLACE, &mut self.field))
    }

    fn typed(&mut self, _desk: &mut Desk) -> Go {
        self.sure = false;
        Go::Stay
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.number = desk.session.campaign_key();
        // What was half typed stands there again; Tab goes on with what is found.
        if self.around.is_empty() {
            self.finding = Some(desk.session.ask(Ask::LookAround));
        }
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match message {
            Message::Around(ticket, around) if self.finding == Some(*ticket) => {
                self.finding = None;
                self.around = around.folders.iter().map(|folder| folder.path.display().to_string()).collect();
                if let Some(first) = self.around.first().filter(|_| self.field.is_empty()) {
                    self.field.set(first, usize::MAX);
                }
            }
            Message::KeyMade(ticket, made) if self.making == Some(*ticket) => {
                self.making = None;
                self.number = desk.session.campaign_key();
                self.outcome = Some(made.clone().map(|(file, number)| {
                    let said = t(
                        "活动密钥 {n} 写好了: {file}. 亲手交给各组, 各组 F7 按 8 收下; 别和导出包放在同一个U盘上.",
                        "The campaign key {n} is written: {file}. Hand it over in person; the groups take it with F7, 8. Not on the stick with the exports.",
                    );
                    said.with("n", number).with("file", file.display())
                }));
            }
            _ => {}
        }
        Go::Stay
    }

    fn busy(&self) -> bool {
        self.finding.is_some() || self.making.is_some()
    }
}

impl Keyed for CampaignKey {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&NONE, &HAVE];

    fn table(&self) -> &'static Table<Action> {
        if self.number.is_some() { &HAVE } else { &NONE }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Enter => self.make(self.number.is_some(), desk),
            Action::Another if self.sure => self.make(false, desk),
            Action::Another => {
                self.sure = true;
                Go::say(t(
                    "再按一次 Ctrl-N 就另做一把: 各组都要再收一次.",
                    "Ctrl-N once more makes another: every group has to take it.",
                ))
            }
            Action::Turn if self.around.is_empty() => {
                self.finding = Some(desk.session.ask(Ask::LookAround));
                Go::Stay
            }
            Action::Turn => {
                self.turn = (self.turn + 1) % self.around.len();
                if let Some(next) = self.around.get(self.turn) {
                    self.field.set(next, usize::MAX);
                    desk.let_go(PLACE);
                }
                Go::Stay
            }
        }
    }
}
