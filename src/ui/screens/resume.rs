//! Resume: a visit that was running when the program last ended. Nothing more counts until somebody chooses.
//!
//! Keys: 1 or Enter goes on with it, 2 ends it where it was last seen, 3 twice discards it, Esc leaves it for later
//! (Ctrl-O comes back).

use crate::app::{Ask, Message, Request, Running, Ticket};
use crate::domain::Name;
use crate::domain::timer::minutes_seconds;
use crate::text::{Said, Text, t};
use crate::ui::beat;
use crate::ui::canvas::Canvas;
use crate::ui::desk::Desk;
use crate::ui::keys::{Key, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::theme::Look;

use super::alike::DISCARDED;
use super::twice::Twice;
use super::visit::story::Story;
use super::{Talk, TalkEnd, Visit, WrapUp, reasons, unsaid};

/// Shows a visit that was running when the program last ended.
#[derive(Debug, PartialEq)]
pub struct Resume {
    /// The visit, or the talk.
    visit: Name,
    /// Whose household; none where it is a talk.
    household: Option<Name>,
    story: Story,
    /// 作废 was pressed once.
    discarding: Twice,
    /// Something stood in the line and is put down with it.
    left_standing: bool,
    waiting: Option<Waiting>,
}

/// What the page awaits.
#[derive(Debug, PartialEq, Eq)]
enum Waiting {
    TakenUp,
    /// What stood in the line is being put down; the discard comes after it.
    PuttingDown(Vec<Ticket>),
    Discarded(Ticket),
}

impl Resume {
    /// Opens the page.
    pub fn of(running: &Running) -> Self {
        let (visit, household) = (running.visit, running.household);
        Self {
            visit,
            household,
            story: Story::default(),
            discarding: Twice::default(),
            left_standing: false,
            waiting: None,
        }
    }

    /// Opens the page and goes on at once.
    pub fn going_on(running: &Running, desk: &mut Desk) -> Self {
        let mut page = Self::of(running);
        page.go_on(desk);
        page
    }

    fn go_on(&mut self, desk: &mut Desk) -> Go {
        desk.session.ask(Ask::TakeUp);
        self.waiting = Some(Waiting::TakenUp);
        Go::Stay
    }

    fn discard(&mut self, desk: &mut Desk) -> Go {
        if !self.discarding.again(desk) {
            return Go::say(t(
                "再按一次 3 就作废: 不计走访, 记下的话都留着.",
                "Press 3 again to discard it: no visit is counted, every line is kept.",
            ));
        }
        // What stood in the line is one of the lines that are kept.
        let unsaid = match self.household {
            Some(household) => unsaid::of_visit(self.visit, household, desk),
            None => unsaid::of_talk(self.visit, desk),
        };
        self.left_standing = !unsaid.is_empty();
        self.waiting = Some(Waiting::PuttingDown(unsaid.into_iter().map(|request| desk.ask(request)).collect()));
        self.discard_once_it_is_put_down(desk);
        Go::Stay
    }

    /// Asks for the discard when nothing is left that must be put down before.
    fn discard_once_it_is_put_down(&mut self, desk: &mut Desk) {
        if !matches!(&self.waiting, Some(Waiting::PuttingDown(tickets)) if tickets.is_empty()) {
            return;
        }
        let (word, key) = if self.household.is_some() { ("visit.discard", "visit") } else { ("talk.discard", "talk") };
        let ticket = desk.ask(Request::new(word).with_name(key, self.visit));
        self.waiting = Some(Waiting::Discarded(ticket));
    }
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Goes on with the visit.
    GoOn,
    /// Ends it where it was last seen.
    End,
    /// Discards it; asked twice.
    Discard,
    /// Leaves it for later.
    Later,
}

static KEYS: Table<Action> = table(
    t("没结束的走访", "Unfinished visit"),
    &[
        row(&[Key::Digit(1), Key::Enter], t("接着来", "Go on"), Action::GoOn),
        row(&[Key::Digit(2), Key::F(8)], t("就到那时结束", "End it there"), Action::End),
        row(&[Key::Digit(3)], t("作废", "Discard"), Action::Discard),
        row(&[Key::Esc], t("以后再说", "Later"), Action::Later),
    ],
)
.advice(t(
    "还在那户就按 Enter 接着来; 早就走了按 2, 按最后看到的时间结束.",
    "Still there: Enter goes on. Left long ago: 2 ends it where it was last seen.",
));

impl Screen for Resume {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let low = canvas.height() < 12;
        // On a low terminal the choices stand at the foot in few words, and what is known above them as far as there is room.
        let end = if low { canvas.height().saturating_sub(ROWS) } else { canvas.height() };
        let mut y = u16::from(!low);
        let mut say = |canvas: &mut Canvas<'_>, said: &Said, look: Look, after: u16| {
            let words = canvas.say(said);
            let rows = end.saturating_sub(y).min(2);
            y += canvas.write_wrapped(2, y, rows, &words, look) + if low { 0 } else { after };
        };
        let title = if self.household.is_some() {
            t("上次有一次走访没有结束", "A visit was not ended last time")
        } else {
            t("上次有一场夜话没有结束", "A talk was not ended last time")
        };
        say(canvas, &title.into(), Look::Strong, 1);
        let whose = t("{head}  {place}", "{head}  {place}").with("head", &self.story.head);
        say(canvas, &whose.with("place", &self.story.place), Look::Strong, 1);
        if let Some(running) = canvas.desk.session.interrupted() {
            for line in facts(&running, &self.story, canvas.desk) {
                say(canvas, &line, Look::Plain, 0);
            }
        }
        if low {
            for (y, (row, digit)) in (end..).zip(KEYS.rows.iter().zip(1..=ROWS)) {
                canvas.write(2, y, format!("{digit} {}", canvas.words(row.words)), Look::Strong);
            }
            return;
        }
        say(canvas, &t("", "").into(), Look::Plain, 0);
        for (digit, words) in CHOICES {
            let words = if digit == '3' && self.household.is_none() { DISCARD_TALK } else { words };
            let choice = Said::from(t("{digit} {words}", "{digit} {words}")).with("digit", digit);
            say(canvas, &choice.with_words("words", words), Look::Strong, 0);
        }
    }

    fn why(&self, desk: &Desk) -> Option<Said> {
        let running = desk.session.interrupted()?;
        Some(if running.is_talk() { reasons::talk(Some(&running), desk) } else { reasons::timer(&running, desk) })
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        self.story = match self.household {
            Some(household) => Story::read(&desk.session, self.visit, household),
            None => Story::of_talk(&desk.session, self.visit, desk.now.wall_ms),
        };
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        match (message, &self.waiting) {
            (Message::Filled, _) => self.shown(desk),
            (Message::Beat(_), Some(Waiting::TakenUp)) => {
                self.waiting = None;
                match self.household {
                    Some(household) => Go::swap(Visit::of(self.visit, household)),
                    None => Go::swap(Talk::of(self.visit)),
                }
            }
            (Message::Answer(ticket, result), Some(Waiting::Discarded(asked))) if ticket == asked => {
                self.waiting = None;
                self.discarding.forget();
                if result.is_err() {
                    return Go::Stay;
                }
                let said = if self.left_standing {
                    t(
                        "已作废. 记下的话, 连没按 Enter 的那一句, 都留着.",
                        "Discarded. Every line is kept, the half sentence too.",
                    )
                } else {
                    DISCARDED
                };
                desk.notice = Some(said.into());
                Go::Back
            }
            (Message::Answer(ticket, result), Some(Waiting::PuttingDown(tickets))) if tickets.contains(ticket) => {
                if let Err(trouble) = result.as_ref() {
                    // It is back in the line, and the visit is still there to put it down in.
                    self.waiting = None;
                    self.discarding.forget();
                    let said = t(
                        "没有作废: 输入行里的那一句记不下. {why}",
                        "Not discarded: the half sentence cannot be put down. {why}",
                    );
                    return Go::say(said.with_words("why", trouble.told()));
                }
                if let Some(Waiting::PuttingDown(tickets)) = &mut self.waiting {
                    tickets.retain(|waiting| waiting != ticket);
                }
                self.discard_once_it_is_put_down(desk);
                Go::Stay
            }
            (Message::Failed(_), _) => {
                self.waiting = None;
                Go::Stay
            }
            _ => Go::Stay,
        }
    }

    fn busy(&self) -> bool {
        self.waiting.is_some()
    }
}

/// As many rows as there are choices.
const ROWS: u16 = 3;

const CHOICES: [(char, Text); 3] = [
    (
        '1',
        t("接着来: 中断的时间不计入, 结束页可以自述", "Go on: the gap does not count, it can be declared at the end"),
    ),
    ('2', t("在最后计到的时刻结束", "End it at the last counted moment")),
    ('3', t("作废: 误开的走访, 记下的话都留着", "Discard: it was begun by mistake; every line is kept")),
];

/// What 3 does to a talk.
const DISCARD_TALK: Text =
    t("作废: 误开的夜话, 记下的话都留着", "Discard: the talk was begun by mistake; every line is kept");

/// Says what is known of the visit: what is proven, when it was last seen, how long ago that is.
fn facts(running: &Running, story: &Story, desk: &Desk) -> Vec<Said> {
    let timer = &running.timer;
    let gap = running.clone().take_up(desk.now);
    let counted =
        t("已计 {time}, {began} 开始, 最后计到 {last}.", "Counted {time}, begun {began}, last counted {last}.")
            .with("time", minutes_seconds(timer.counted_ms()))
            .with("began", beat::moment(timer.began().wall_ms, desk.now.wall_ms))
            .with("last", beat::moment(timer.last().wall_ms, desk.now.wall_ms));
    let since = gap.map(|gap| {
        Said::from(t("之后没有计时: {length} ({cause}).", "Nothing was counted since: {length} ({cause})."))
            .with_words("length", beat::length(&gap))
            .with_words("cause", beat::cause(gap.cause))
    });
    let lines = if story.is_whole {
        t("记下了 {count} 条, 都在.", "Written down and kept: {count}.").with("count", story.spoken.len())
    } else {
        t("记下的都在, 正在读有几条 …", "All that was written down is kept; it is being read …").into()
    };
    [Some(counted), since, Some(lines)].into_iter().flatten().collect()
}

impl Keyed for Resume {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&KEYS];

    fn table(&self) -> &'static Table<Action> {
        &KEYS
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        if !matches!(action, Action::Discard) {
            self.discarding.forget();
        }
        match action {
            Action::GoOn => self.go_on(desk),
            Action::End => match self.household {
                Some(household) => Go::open(WrapUp::of(self.visit, household)),
                None => Go::open(TalkEnd::of(self.visit)),
            },
            Action::Discard => self.discard(desk),
            Action::Later => {
                desk.notice =
                    Some(t("没有动它. Ctrl-O 随时回来.", "It is left as it is. Ctrl-O comes back to it.").into());
                Go::Back
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Story, facts};
    use crate::app::Running;
    use crate::domain::Name;
    use crate::text::Lang;
    use crate::ui::desk::Desk;

    // It said 记下了 0 条 for seconds after a kill, with half an hour of lines behind it.
    #[test]
    fn what_was_written_down_is_counted_once_it_is_read() {
        let desk = Desk::for_tests();
        let running = Running::start(Name::new(7, 2), Some(Name::new(7, 1)), desk.now);
        let said = |story: &Story| facts(&running, story, &desk).pop().unwrap().say(Lang::Zh);
        let story = Story::default();
        assert!(said(&story).contains("正在读") && !said(&story).contains('0'), "{}", said(&story));
        assert!(said(&Story { is_whole: true, ..story }).contains("记下了 0 条"));
    }

    // 1066:01 were minutes and read like hours.
    #[test]
    fn what_is_not_counted_since_is_said_in_hours_with_the_day() {
        let mut desk = Desk::for_tests();
        let running = Running::start(Name::new(7, 2), Some(Name::new(7, 1)), desk.now);
        let ms = (17 * 60 + 46) * 60_000 + 1_000;
        desk.now.boot_ms += ms;
        desk.now.wall_ms += i64::try_from(ms).unwrap();
        let said: Vec<String> = facts(&running, &Story::default(), &desk).iter().map(|one| one.say(Lang::Zh)).collect();
        assert!(said[1].contains("之后没有计时: 17小时46分"), "{said:?}");
        assert!(said[0].contains("已计 00:00") && said[0].contains(" 开始"), "{said:?}");
    }
}
