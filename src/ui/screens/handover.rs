//! 活动结束: what people recorded leaves this laptop, once the office proves that it has all of it.
//!
//! Keystrokes: Ctrl-P 活动结束 Enter; the newest export of somebody else on the stick stands there, Enter looks at it; what goes
//! and what stays is read; the word 清除 is typed out, Enter. One stray key, or two, remove nothing. Afterwards only leaving is left.

use std::path::PathBuf;

use super::reasons;
use crate::app::{Ask, HandedOver, Handover, Message, Offer, Ticket, typed_path};
use crate::hanzi::clean;
use crate::text::{Said, Text, Trouble, t};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::frame::Header;
use crate::ui::kept::{Kept, Unkept};
use crate::ui::keys::{Key, Row, Table, row, table};
use crate::ui::page::{Go, Keyed, Screen};
use crate::ui::pending::Pending;
use crate::ui::theme::Look;

/// Hands over to the office, and removes what was recorded here.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct HandOver {
    stage: Stage,
    field: Field,
    /// Exports of others that were found, the newest first.
    found: Vec<String>,
    turn: usize,
    looking: Option<Ticket>,
    /// How far the verifying is.
    pending: Pending,
    trouble: Option<Trouble>,
}

/// How far it is.
#[derive(Debug, PartialEq, Eq, Default)]
enum Stage {
    /// Which file proves it.
    #[default]
    Choose,
    /// It is verified, or what it proves is removed.
    Working(Ticket, PathBuf, bool),
    /// What goes and what stays is read.
    Ask(PathBuf, Box<Handover>),
    /// It is removed.
    Gone(Box<HandedOver>),
}

/// What can be done here.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    /// Looks at the file.
    Look,
    /// Takes the next file that was found.
    Turn,
    /// Removes, where the word stands there.
    Remove,
    /// Back without removing anything.
    Keep,
    /// Stops looking.
    Stop,
    /// Leaves the program.
    Leave,
}

const KEEP: Row<Action> = row(&[Key::Esc], t("不清除", "Keep all"), Action::Keep);

static CHOOSE: Table<Action> = table(
    t("活动结束", "When all is over"),
    &[
        row(&[Key::Enter], t("看会清除什么", "See what would go"), Action::Look),
        row(&[Key::Tab], t("换下一个找到的", "Next one found"), Action::Turn),
    ],
);
static WORKING: Table<Action> =
    table(t("活动结束: 正在核对", "When all is over: verifying"), &[row(&[Key::Esc], t("停下", "Stop"), Action::Stop)]);
static REMOVING: Table<Action> = table(
    t("活动结束: 正在清除", "When all is over: removing now"),
    &[row(&[Key::Esc], t("停不下来", "It does not stop"), Action::Stop)],
);
static ASK: Table<Action> = table(
    t("活动结束: 清除", "When all is over: removing"),
    &[row(&[Key::Enter], t("打了 清除 二字才清除", "Remove if typed"), Action::Remove), KEEP],
);
static GONE: Table<Action> =
    table(t("活动结束: 清除了", "When all is over: removed"), &[row(&[Key::Enter], t("退出", "Leave"), Action::Leave)]);

/// The place of the typed file's draft.
const PLACE: &str = "handover/office";

/// The word that is typed out: in Chinese, by sound, in English.
const WORDS: [&str; 3] = ["清除", "qingchu", "remove"];

impl HandOver {
    /// Opens the page.
    pub fn new() -> Self {
        Self::default()
    }

    fn look(&mut self, desk: &mut Desk) -> Go {
        self.trouble = None;
        if self.field.is_empty() {
            return Go::say(t(
                "办公室合并以后导出的包在哪里? 请输入, 或插上U盘按 Tab.",
                "Where is what the office exported after merging? Type it, please.",
            ));
        }
        // What is half written anywhere holds up the end; what is looked at is no draft any more.
        desk.let_go(PLACE);
        self.work(typed_path(self.field.text()), false, desk);
        Go::Stay
    }

    fn work(&mut self, office: PathBuf, remove: bool, desk: &mut Desk) {
        let ticket = desk.session.ask(Ask::HandOver { office: office.clone(), remove });
        self.pending.ask(ticket);
        self.stage = Stage::Working(ticket, office, remove);
    }

    fn find(&mut self, desk: &mut Desk) {
        self.looking = Some(desk.session.ask(Ask::LookAround));
    }

    /// Takes the exports of others that are whole, the newest first.
    fn offered(&mut self, offers: &[Offer]) {
        self.looking = None;
        let mut theirs: Vec<(i64, String)> = offers
            .iter()
            .filter_map(|offer| Some((offer, offer.state.as_ref().ok().filter(|brings| !brings.own)?)))
            .map(|(offer, brings)| (brings.exported_ms, offer.file.display().to_string()))
            .collect();
        theirs.sort_by(|a, b| b.cmp(a));
        self.found = theirs.into_iter().map(|(_, file)| file).collect();
        if let Some(first) = self.found.first().filter(|_| self.field.is_empty()) {
            self.field.set(first, usize::MAX);
        }
    }

    fn handed(&mut self, office: PathBuf, handed: &Result<HandedOver, Trouble>, desk: &mut Desk) {
        match handed {
            Ok(handed) if handed.removed => self.stage = Stage::Gone(Box::new(handed.clone())),
            Ok(handed) => {
                self.field.take();
                self.stage = Stage::Ask(office, Box::new(handed.handover.clone()));
            }
            Err(trouble) => {
                self.back_to(&office, desk);
                self.trouble = Some(trouble.clone());
            }
        }
    }

    fn back_to(&mut self, office: &std::path::Path, desk: &mut Desk) {
        self.stage = Stage::Choose;
        self.field.set(&office.display().to_string(), usize::MAX);
        // It is a draft again: what is not looked at any more is there after a power cut.
        desk.keep(PLACE, (self.field.text().to_owned(), self.field.cursor()));
    }
}

const GOES: Text = t("清除:", "What goes:");
const WENT: Text = t("清除了的:", "What went:");

/// Says what a hand-over names, one line after another.
fn lines(canvas: &Canvas<'_>, title: Text, handover: &Handover) -> Vec<(String, Look)> {
    let folder = canvas.desk.session.folder();
    let short = |path: &PathBuf| {
        let inside = path.strip_prefix(folder).unwrap_or(path);
        clean::line(&inside.display().to_string())
    };
    let all: Vec<String> = handover.goes.iter().map(short).collect();
    let goes = t("{dir} 里的 {all}", "in {dir}: {all}").with("dir", folder.display()).with("all", all.join(", "));
    let mut lines = vec![
        (canvas.words(title).to_owned(), Look::Strong),
        (canvas.say(&goes), Look::Plain),
        (canvas.words(t("还留着, 要自己处理:", "What stays, and a person has to see to:")).to_owned(), Look::Strong),
    ];
    lines.extend(handover.stays.iter().map(|said| (canvas.say(said), Look::Plain)));
    lines
}

fn draw_list(canvas: &mut Canvas<'_>, y: u16, (title, handover): (Text, &Handover), upto: u16) {
    let mut y = y;
    for (line, look) in lines(canvas, title, handover) {
        let x = if look == Look::Strong { 2 } else { 4 };
        y += canvas.write_wrapped(x, y, upto.saturating_sub(y), &line, look);
    }
}

fn who(handover: &Handover) -> String {
    let to = &handover.to;
    clean::line([to.group.clone(), to.visitors.join("、")].join(" ").trim())
}

impl HandOver {
    fn explained(&self) -> Said {
        let (said, handover): (Text, &Handover) = match &self.stage {
            Stage::Choose | Stage::Working(..) => {
                return t(
                    "先导出给办公室合并, 再拿办公室合并以后导出的包来: 它证明办公室什么都不缺, 这台电脑上的才能清除. 看一看什么都不改.",
                    "Export to the office first, let it merge, and bring what it exports after that: it proves that the office has everything; only then can this laptop lose it. Looking changes nothing.",
                )
                .into();
            }
            Stage::Ask(_, handover) => (
                t(
                    "{who} 有这里的全部 {n} 条. 清除以后, 这台电脑上的拿不回来.",
                    "{who} has all {n} {n:record|records} of this laptop. What is removed here cannot be had back.",
                ),
                handover,
            ),
            Stage::Gone(handed) => {
                (t("清除了. {who} 有全部 {n} 条.", "Removed. {who} has all {n} {n:record|records}."), &handed.handover)
            }
        };
        said.with("who", who(handover)).with("n", handover.records)
    }
}

impl Screen for HandOver {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let rows = canvas.height();
        let gap = u16::from(rows >= 14);
        let mut y = gap;
        y += canvas.write_told(2, y, 1, canvas.words(CHOOSE.place), Look::Strong) + gap;
        y += canvas.write_told(2, y, 4, &canvas.say(&self.explained()), Look::Plain) + gap;
        let name = match &self.stage {
            Stage::Ask(..) => t("要清除就打 清除 二字:", "To remove it type “remove”:"),
            _ => t("办公室的导出包:", "The office's export:"),
        };
        match &self.stage {
            Stage::Gone(handed) => {
                if !handed.left.is_empty() {
                    let all: Vec<String> = handed.left.iter().map(|path| path.display().to_string()).collect();
                    let said = t("没能删掉, 请自己删: {all}", "Not removed, delete it yourself: {all}");
                    y += canvas.write_wrapped(2, y, 4, &canvas.say(&said.with("all", all.join(", "))), Look::Late);
                }
                draw_list(canvas, y, (WENT, &handed.handover), rows);
            }
            Stage::Working(_, _, remove) => {
                let words = if *remove {
                    t(
                        "正在再核对一遍, 再清除 {far}… 清除不能停在半路: 剩下一半谁也用不了.",
                        "Verifying once more, then removing {far}… Removing does not stop half way: half of it is of use to nobody.",
                    )
                } else {
                    t("正在核对 {far}…", "Verifying {far}…")
                };
                let said = canvas.say(&self.pending.say(words));
                canvas.write_wrapped(2, y, rows.saturating_sub(y), &said, Look::Plain);
            }
            Stage::Ask(_, handover) => {
                draw_list(canvas, y, (GOES, handover), rows.saturating_sub(2));
                let name = canvas.words(name);
                let last = rows.saturating_sub(1);
                canvas.write(2, last, name, Look::Strong);
                canvas.field(2 + columns(name) + 1, last, &self.field, true);
            }
            Stage::Choose => {
                let name = canvas.words(name);
                canvas.write(2, y, name, Look::Dim);
                y += canvas.field(2 + columns(name) + 1, y, &self.field, true) + gap;
                if let Some(trouble) = &self.trouble {
                    canvas.write_wrapped(2, y, rows.saturating_sub(y), &canvas.say(&trouble.told()), Look::Late);
                }
            }
        }
    }

    fn field(&mut self) -> Option<Kept<'_>> {
        match self.stage {
            Stage::Choose => Some(Kept::at(PLACE, &mut self.field)),
            Stage::Ask(..) => Some(Kept::not(Unkept::Sure, &mut self.field)),
            Stage::Working(..) | Stage::Gone(_) => None,
        }
    }

    fn typed(&mut self, _desk: &mut Desk) -> Go {
        self.trouble = None;
        Go::Stay
    }

    fn shown(&mut self, desk: &mut Desk) -> Go {
        if self.found.is_empty() && matches!(self.stage, Stage::Choose) {
            self.find(desk);
        }
        Go::Stay
    }

    fn heard(&mut self, message: &Message, desk: &mut Desk) -> Go {
        if self.pending.hear(message) {
            return Go::Stay;
        }
        match message {
            Message::Around(ticket, around) if self.looking == Some(*ticket) => {
                let folder = around.folders.first().map(|folder| folder.path.clone());
                self.looking = folder.map(|folder| desk.session.ask(Ask::LookForBundles(folder)));
            }
            Message::Offered(ticket, offers) if self.looking == Some(*ticket) => self.offered(offers),
            Message::HandedOver(ticket, handed) => {
                if let Stage::Working(asked, office, _) = &self.stage
                    && asked == ticket
                {
                    self.handed(office.clone(), handed, desk);
                }
            }
            _ => {}
        }
        Go::Stay
    }

    fn busy(&self) -> bool {
        self.looking.is_some() || matches!(self.stage, Stage::Working(..))
    }

    /// What was removed is not saved any more.
    fn header(&self, desk: &Desk) -> Header {
        let header = Header::of(desk);
        if self.is_last() { Header { right: String::new(), ..header } } else { header }
    }

    fn why(&self, _: &Desk) -> Option<Said> {
        Some(match self.stage {
            Stage::Ask(..) | Stage::Gone(_) => reasons::handed_over(),
            Stage::Choose | Stage::Working(..) => reasons::handing_over(),
        })
    }

    fn is_last(&self) -> bool {
        matches!(self.stage, Stage::Gone(_))
    }
}

impl Keyed for HandOver {
    type Action = Action;
    const TABLES: &'static [&'static Table<Action>] = &[&CHOOSE, &WORKING, &REMOVING, &ASK, &GONE];

    fn table(&self) -> &'static Table<Action> {
        match self.stage {
            Stage::Choose => &CHOOSE,
            Stage::Working(_, _, true) => &REMOVING,
            Stage::Working(..) => &WORKING,
            Stage::Ask(..) => &ASK,
            Stage::Gone(_) => &GONE,
        }
    }

    fn act(&mut self, action: Action, desk: &mut Desk) -> Go {
        match action {
            Action::Look => return self.look(desk),
            Action::Turn if self.found.is_empty() => self.find(desk),
            Action::Turn => {
                self.turn = (self.turn + 1) % self.found.len();
                if let Some(next) = self.found.get(self.turn) {
                    self.field.set(next, usize::MAX);
                    desk.let_go(PLACE);
                }
            }
            Action::Remove => {
                if let Stage::Ask(office, _) = &self.stage {
                    if !WORDS.contains(&self.field.text().trim().to_lowercase().as_str()) {
                        return Go::say(t(
                            "没有清除: 要打出 清除 二字 (或 qingchu) 再按 Enter.",
                            "Nothing was removed: type “remove” first.",
                        ));
                    }
                    let office = office.clone();
                    self.work(office, true, desk);
                }
            }
            Action::Keep => {
                if let Stage::Ask(office, _) = &self.stage {
                    let office = office.clone();
                    self.back_to(&office, desk);
                }
                return Go::say(t("什么都没有清除.", "Nothing was removed."));
            }
            Action::Stop if matches!(self.stage, Stage::Working(_, _, true)) => {
                return Go::say(t(
                    "清除不能停在半路: 剩下一半谁也用不了.",
                    "Removing does not stop half way: half of it is of use to nobody.",
                ));
            }
            Action::Stop => {
                if let Stage::Working(_, office, false) = &self.stage {
                    let office = office.clone();
                    desk.session.ask(Ask::StopWorking);
                    self.back_to(&office, desk);
                    return Go::say(t("停下了, 什么都没有改.", "Stopped; nothing was changed."));
                }
            }
            // The stack leaves.
            Action::Leave => {}
        }
        Go::Stay
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::{Action, HandOver, Stage};
    use crate::app::{Ask, HandedOver, Handover, Message, Ticket};
    use crate::domain::Writer;
    use crate::text::Lang;
    use crate::ui::canvas::{Canvas, lines};
    use crate::ui::desk::Desk;
    use crate::ui::page::{Go, Keyed, Screen};

    #[test]
    fn the_file_is_a_draft_until_it_is_looked_at_and_the_word_never_is() {
        let mut desk = Desk::for_tests();
        let mut page = HandOver::new();
        page.field().unwrap().insert("/stick/office.zfb");
        assert_eq!(page.draft().as_deref(), Some("handover/office"));
        page.act(Action::Look, &mut desk);
        let asked = &desk.session.asked;
        let draft = Ask::Draft { place: "handover/office".to_owned(), text: String::new(), cursor: 0 };
        let look = Ask::HandOver { office: PathBuf::from("/stick/office.zfb"), remove: false };
        assert_eq!(asked.as_slice(), [draft, look], "it would hold up the end like any other");
        let (goes, stays, left) = Default::default();
        let handover = Handover { to: Writer::default(), records: 120, goes, stays };
        page.handed(PathBuf::from("/stick/office.zfb"), &Ok(HandedOver { handover, removed: false, left }), &mut desk);
        assert_eq!((page.field().map(|field| field.place().is_err()), page.draft()), (Some(true), None));
        assert!(page.why(&desk).is_some(), "how many records it says is explained");
        page.act(Action::Keep, &mut desk);
        let draft =
            Ask::Draft { place: "handover/office".to_owned(), text: "/stick/office.zfb".to_owned(), cursor: 17 };
        assert_eq!(desk.session.asked.last(), Some(&draft), "it is typed again, and a draft again");
    }

    #[test]
    fn what_is_removed_is_said_as_what_went() {
        let mut desk = Desk::for_tests();
        let mut page = HandOver::new();
        let office = PathBuf::from("/stick/office.zfb");
        page.work(office.clone(), true, &mut desk);
        let (stays, left) = Default::default();
        let handover = Handover { to: Writer::default(), records: 120, goes: vec![PathBuf::from("journal")], stays };
        page.handed(office, &Ok(HandedOver { handover, removed: true, left }), &mut desk);
        for (lang, words) in [(Lang::Zh, "清除了的:"), (Lang::En, "What went:")] {
            desk.lang = lang;
            let area = Rect::new(0, 0, 80, 21);
            let mut buffer = Buffer::empty(area);
            page.draw(&mut Canvas::new(&mut buffer, &mut None, area, &desk));
            assert!(lines(&buffer).iter().any(|line| line.contains(words)), "{words}\n{:?}", lines(&buffer));
        }
    }

    #[test]
    fn verifying_says_how_far_it_is_and_stops_and_removing_says_why_it_does_not() {
        let mut desk = Desk::for_tests();
        let mut page = HandOver::new();
        for (remove, zh, en) in [(false, "正在核对 40%", "Verifying 40%"), (true, "再清除 40%", "removing 40%")]
        {
            page.work(PathBuf::from("/stick/office.zfb"), remove, &mut desk);
            let Stage::Working(ticket, ..) = page.stage else { panic!("{page:?}") };
            page.heard(&Message::Working(Ticket(99), 70), &mut desk);
            page.heard(&Message::Working(ticket, 40), &mut desk);
            for (lang, words) in [(Lang::Zh, zh), (Lang::En, en)] {
                desk.lang = lang;
                let area = Rect::new(0, 0, 80, 21);
                let mut buffer = Buffer::empty(area);
                page.draw(&mut Canvas::new(&mut buffer, &mut None, area, &desk));
                assert!(lines(&buffer).join(" ").contains(words), "{words}\n{:?}", lines(&buffer));
            }
            let asked = desk.session.asked.len();
            assert!(matches!(page.act(Action::Stop, &mut desk), Go::Say(_)));
            assert_eq!(matches!(page.stage, Stage::Choose), !remove);
            assert_eq!(desk.session.asked.get(asked).cloned(), (!remove).then_some(Ask::StopWorking));
        }
    }
}
