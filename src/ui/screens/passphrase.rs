//! 口令: put on at the first run or later, and changed.
//!
//! Keystrokes: the passphrase, Enter, once more, Enter; then the recovery code is written down, Enter. At the first run an
//! empty line and Enter goes on without one. To change it the old one comes first; then Ctrl-N
//! makes a new recovery code instead. Tab shows what is typed.

use crate::app::{Ask, Device, Message, Secret, Ticket, sealing};
use crate::text::{Said, Text, Trouble, t};
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::kept::{Kept, Unkept};
use crate::ui::keys::{Key, Row, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::secret::SecretField;
use crate::ui::theme::Look;

/// Asks for a new passphrase, and shows the recovery code.
#[derive(Debug, PartialEq, Eq)]
pub struct Passphrase {
    way: Way,
    stage: Stage,
    secret: SecretField,
    old: Secret,
    new: Secret,
    trouble: Option<Trouble>,
}

/// What the passphrase is for.
#[derive(Debug, PartialEq, Eq)]
enum Way {
    /// The campaign that is made with it.
    First(Box<Device>),
    /// What lies here in the clear.
    Seal,
    /// What is under another one.
    Change,
}

/// How far it is.
#[derive(Debug, PartialEq, Eq)]
enum Stage {
    Old,
    New,
    Again,
    /// Something is under way; so many thousandths of it where that is known.
    Working(Option<Ticket>, u64),
    /// The recovery code is to be written down.
    Code(Vec<String>),
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Takes what is typed.
    Enter,
    /// Shows or hides what is typed.
    Turn,
    /// Back without a change, or from the second time to the first.
    Back,
    /// Stops what is under way.
    Stop,
    /// The code is written down.
    Written,
    /// Keeps the passphrase and makes a new recovery code.
    NewCode,
}

const TURN: Row<Action> = row(&[Key::Tab], t("看一眼打的字", "Show it"), Action::Turn);
const BACK: Row<Action> = row(&[Key::Esc], t("返回", "Back"), Action::Back);

static TYPING: Table<Action> =
    table(t("口令", "Passphrase"), &[row(&[Key::Enter], t("下一步", "Next"), Action::Enter), TURN, BACK]);
static CHANGING: Table<Action> = table(
    t("换口令", "Change the passphrase"),
    &[
        row(&[Key::Enter], t("下一步", "Next"), Action::Enter),
        row(&[Key::Ctrl('n')], t("口令不变, 换恢复码", "New recovery code"), Action::NewCode),
        TURN,
        BACK,
    ],
);
static FIRST: Table<Action> = table(
    t("口令: 第一次使用", "Passphrase: first run"),
    &[row(&[Key::Enter], t("下一步 (空着: 先不加)", "Next (empty: none)"), Action::Enter), TURN, BACK],
);
static WORKING: Table<Action> =
    table(t("正在加口令", "Sealing"), &[row(&[Key::Esc], t("停下, 什么都不改", "Stop, change nothing"), Action::Stop)]);
static MAKING: Table<Action> = table(
    t("正在算钥匙", "Making the key"),
    &[row(&[Key::Esc], t("停不下来, 一两秒就好", "It does not stop; a moment"), Action::Stop)],
);
/// Why a key that is being made is not stopped.
const NO_STOP: Text = t(
    "停不下来: 故意算得这么慢, 猜的人才猜不起; 算完才写, 写只是一下.",
    "It does not stop: so slow on purpose that guessing does not pay; it is written at the end, in one go.",
);
static CODE: Table<Action> =
    table(t("恢复码", "Recovery code"), &[row(&[Key::Enter], t("抄好了", "It is written down"), Action::Written)]);

impl Passphrase {
    fn of(way: Way, stage: Stage) -> Self {
        let (secret, old, new) = Default::default();
        Self { way, stage, secret, old, new, trouble: None }
    }

    /// Asks for the passphrase of a campaign that is about to be made.
    pub fn first(device: Device) -> Self {
        Self::of(Way::First(Box::new(device)), Stage::New)
    }

    /// Asks for the passphrase of what lies here, or for another one.
    pub fn new(sealed: bool) -> Self {
        if sealed { Self::of(Way::Change, Stage::Old) } else { Self::of(Way::Seal, Stage::New) }
    }

    fn enter(&mut self, desk: &mut Desk) -> Go {
        self.trouble = None;
        match self.stage {
            Stage::Old if self.secret.field.is_empty() => {}
            Stage::Old => {
                self.old = self.secret.take();
                self.stage = Stage::New;
            }
            Stage::New if self.secret.field.is_empty() => {
                if let Way::First(device) = &self.way {
                    let ask = Ask::SetUp { device: device.clone(), practice: false, passphrase: None };
                    self.stage = Stage::Working(None, 0);
                    return Go::Do(ask);
                }
            }
            Stage::New => match sealing::fit(self.secret.field.text()) {
                Ok(_) => {
                    self.new = self.secret.take();
                    self.stage = Stage::Again;
                }
                Err(trouble) => self.trouble = Some(trouble),
            },
            Stage::Again => {
                if self.secret.take() == self.new {
                    return self.carry_out(desk);
                }
                let said = t("两次不一样, 请从头再输.", "The two are not the same; please begin again.");
                self.trouble = Some(Trouble::new("not-the-same", said));
                self.stage = Stage::New;
            }
            Stage::Working(..) | Stage::Code(_) => {}
        }
        Go::Stay
    }

    fn carry_out(&mut self, desk: &mut Desk) -> Go {
        let new = std::mem::take(&mut self.new);
        let ask = match &self.way {
            Way::First(device) => Ask::SetUp { device: device.clone(), practice: false, passphrase: Some(new) },
            Way::Seal => Ask::SealUp(new),
            Way::Change => Ask::ChangePassphrase(std::mem::take(&mut self.old), new),
        };
        self.stage = Stage::Working(Some(desk.session.ask(ask)), 0);
        Go::Stay
    }

    fn refused(&mut self, trouble: &Trouble) {
        self.trouble = Some(trouble.clone());
        self.stage = if matches!(self.way, Way::Change) { Stage::Old } else { Stage::New };
    }

    fn explanation(&self) -> Text {
        match (&self.way, &self.stage) {
            (_, Stage::Code(_)) => t(
                "忘了口令, 只有这 48 位数字能打开. 现在抄在纸上, 交办公室保管; 它不会再出现.",
                "If the passphrase is forgotten only these 48 digits open the data. Write them on paper now and give them to the office; they are not shown again.",
            ),
            (_, Stage::Old) => t("先输入现在的口令.", "The passphrase as it is now, please."),
            (_, Stage::Again) => t("再输一次同样的口令.", "The same passphrase once more."),
            (Way::First(_), _) => t(
                "建议加一个口令: 电脑丢了, 别人也读不到住户的姓名, 电话和病情. 每次打开要输一次. 不想加就空着按 Enter, 以后随时可以加.",
                "A passphrase is recommended: if the laptop is lost, nobody reads names, phones or illness. It is asked for at each start. To go on without one press Enter; it can be added at any time.",
            ),
            (Way::Seal, _) => t(
                "加了口令, 这里已有的全部数据都会封起来, 以后每次打开要输一次. 电脑丢了别人也读不到.",
                "Everything that lies here is sealed under it, and it is asked for at each start. If the laptop is lost nobody reads it.",
            ),
            (Way::Change, _) => t("新的口令. 恢复码不变.", "The new passphrase. The recovery code stays."),
        }
    }

    fn name(&self) -> Text {
        match self.stage {
            Stage::Old => t("现在的口令:", "Passphrase now:"),
            Stage::Again => t("再输一次:", "Once more:"),
            _ => t("新口令:", "New passphrase:"),
        }
    }
}

impl Screen for Passphrase {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let rows = canvas.height();
        let roomy = rows >= 14;
        let gap = u16::from(roomy);
        let mut y = gap;
        y += canvas.write_told(2, y, rows, canvas.words(self.table().place), Look::Strong) + gap;
        y += canvas.write_told(2, y, rows, canvas.words(self.explanation()), Look::Plain) + gap;
        match &self.stage {
            Stage::Code(groups) => {
                for four in groups.chunks(4) {
                    canvas.write(4, y, four.join("  "), Look::Strong);
                    y += 1 + gap;
                }
                return;
            }
            Stage::Working(..) if !matches!(self.way, Way::Seal) => {
                let said = t("正在算钥匙, 一两秒. {why}", "Making the key, a second or two. {why}");
                let said = canvas.say(&Said::from(said).with_words("why", NO_STOP));
                canvas.write_wrapped(2, y, rows.saturating_sub(y), &said, Look::Plain);
                return;
            }
            Stage::Working(_, far) => {
                let said = t("正在加口令 … {n}%", "Sealing … {n}%").with("n", far / 10);
                canvas.write(2, y, canvas.say(&said), Look::Plain);
                canvas.bar(2, y + 1, canvas.width().saturating_sub(4), *far, 1_000);
                return;
            }
            Stage::Old | Stage::New | Stage::Again => self.secret.draw(canvas, 2, y, canvas.words(self.name())),
        }
        y += 1 + gap;
        if let Some(trouble) = &self.trouble {
            canvas.write_wrapped(2, y, rows, &canvas.say(&trouble.told()), Look::Late);
        } else if matches!(self.stage, Stage::New) {
            let advice = t(
                "三四个不相干的词好记又难猜, 如: 水井 核桃 三轮车. 至少 6 个字.",
                "Three or four words that have nothing to do with each other are easy to remember and hard to guess. At least six characters.",
            );
            canvas.write_told(2, y, rows, canvas.words(advice), Look::Dim);
        }
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        let takes = matches!(self.stage, Stage::Old | Stage::New | Stage::Again);
        takes.then(|| Kept::not(Unkept::Secret, &mut self.secret.field))
    }

    fn typed(&mut self, _desk: &mut Desk) -> Go {
        self.trouble = None;
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        let Stage::Working(asked, _) = self.stage else { return Go::Stay };
        match message {
            Message::Sealing(ticket, far) if asked == Some(*ticket) => self.stage = Stage::Working(asked, *far),
            Message::Coded(ticket, Ok(groups)) if asked == Some(*ticket) => self.stage = Stage::Code(groups.clone()),
            // What was entered on the page below is mended there.
            Message::Failed(_) if matches!(self.way, Way::First(_)) => return Go::Back,
            Message::Coded(_, Err(trouble))
            | Message::Failed(trouble)
            | Message::PassphraseChanged(_, Err(trouble)) => self.refused(trouble),
            Message::PassphraseChanged(_, Ok(())) => {
                desk.notice = Some(
                    t("口令换好了; 恢复码没有变.", "The passphrase is changed; the recovery code is as before.").into(),
                );
                return Go::Back;
            }
            // The first run without a passphrase.
            Message::Opened { .. } if asked.is_none() => return Go::Back,
            _ => {}
        }
        Go::Stay
    }

    fn busy(&self) -> bool {
        matches!(self.stage, Stage::Working(..))
    }

    /// The code is on no disk: whoever went elsewhere never saw it again.
    fn holds(&self) -> Option<Text> {
        let words = t(
            "先把恢复码抄在纸上, 抄好按 Enter; 离开这页就看不到它了.",
            "First write the recovery code on paper, then Enter: this page does not come back.",
        );
        matches!(self.stage, Stage::Code(_)).then_some(words)
    }
}

impl Keyed for Passphrase {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&TYPING, &FIRST, &CHANGING, &WORKING, &MAKING, &CODE];

    fn table(&self) -> &'static Table<Action> {
        match (&self.stage, &self.way) {
            (Stage::Working(..), Way::Seal) => &WORKING,
            (Stage::Working(..), _) => &MAKING,
            (Stage::Code(_), _) => &CODE,
            (Stage::New, Way::First(_)) => &FIRST,
            (Stage::New, Way::Change) => &CHANGING,
            _ => &TYPING,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Enter => return self.enter(desk),
            Action::Turn => self.secret.turn(),
            Action::Stop if !matches!(self.way, Way::Seal) => return Go::say(NO_STOP),
            Action::Stop => desk.session.stop_sealing(),
            Action::Written => return Go::Back,
            Action::NewCode => {
                let ask = Ask::ChangeCode(std::mem::take(&mut self.old));
                self.stage = Stage::Working(Some(desk.session.ask(ask)), 0);
            }
            Action::Back => {
                drop(self.secret.take());
                self.trouble = None;
                if !matches!(self.stage, Stage::Again) {
                    return Go::Back;
                }
                self.stage = Stage::New;
            }
        }
        Go::Stay
    }
}
