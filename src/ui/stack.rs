//! Stack: the pages on top of one another, what lies over them, and the way of a key through them.
//!
//! A key goes to the overlay if one is open. Else text goes to the field that has the cursor; then come the rows of the
//! page, the commands that work everywhere, the editing keys of the field, and the movements of the list.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};

use super::beat;
use super::canvas::Canvas;
use super::command::{self, Command};
use super::desk::Desk;
use super::field::Edit;
use super::frame;
use super::global::{self, Global};
use super::hesitation;
use super::keys::{Key, Line};
use super::lines::Lines;
use super::lock::Lock;
use super::overlay::Overlay;
use super::page::Go;
use super::popup::Over;
use super::screens::{
    CampaignKey, Check, Compared, Disputes, Doubts, Exchange, HandOver, Import, Imports, Page, Passphrase, Resume,
    Talk, TalkBegin, Twins, Visit, unfinished,
};
use super::slow;
use super::speaker::Speaker;
use super::theme::Look;
use super::why::Why;
use crate::app::{Ask, Message, Request};
use crate::domain::local;
use crate::text::{Text, t};

/// The smallest terminal that pages are made for (`screens.md`, rule 9).
pub const SMALLEST: Size = Size::new(40, 12);
/// The rows of header, notice and footer.
const AROUND: u16 = 3;
/// Bounds how many steps one key may take through pages that send each other on.
const STEPS: usize = 16;
const NOTHING_TO_TYPE_IN: Text = t(
    "这里不能打字, 刚才的没有记下. 下面一行是能用的键, Esc 看全部.",
    "Nothing here takes text, and none was kept. The keys are below, Esc shows all.",
);
const UNUSED: Text = t(
    "{key} 在这里没有用. 下面一行是能用的键, Esc 看全部.",
    "{key} does nothing here. The keys are below, Esc shows all.",
);

/// Tells whether a person is told that a key does nothing here; keys that only move or delete explain themselves.
const fn says_when_unused(key: Key) -> bool {
    match key {
        Key::F(_) | Key::Digit(_) | Key::Mark(_) => true,
        Key::Ctrl(letter) => !matches!(letter, 'u' | 'k'),
        _ => false,
    }
}

/// Gives the key that came so close behind Esc that terminals and multiplexers make one of them: `Esc 4` of the menu arrives as
/// Alt-4. Alt-B and Alt-F move by a word; Ctrl-Alt is AltGr and makes text.
fn behind_esc(event: &KeyEvent) -> Option<KeyEvent> {
    let is_alone = event.modifiers.contains(KeyModifiers::ALT) && !event.modifiers.contains(KeyModifiers::CONTROL);
    match event.code {
        KeyCode::Char('b' | 'f') => None,
        KeyCode::Char(_) if is_alone => Some(KeyEvent::new(event.code, event.modifiers - KeyModifiers::ALT)),
        _ => None,
    }
}

/// Something a person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed or repeats.
    Key(KeyEvent),
    /// Text came in one piece: a paste, or a burst that only a paste can be.
    Text(String),
}

/// Says whether the program goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Goes on.
    On,
    /// Leaves.
    Leave,
}

/// Holds the pages, of which there is always one.
#[derive(Debug, PartialEq)]
pub struct Stack {
    root: Page,
    above: Vec<Page>,
    over: Option<Overlay>,
    interrupted: bool,
}

impl Stack {
    /// Starts with the lowest page.
    pub fn new(root: impl Into<Page>, desk: &mut Desk) -> Self {
        let mut stack = Self { root: root.into(), above: Vec::new(), over: None, interrupted: false };
        let go = stack.top_mut().face_mut().shown(desk);
        stack.go(go, desk);
        stack
    }

    /// Gives the page that is seen.
    pub fn top(&self) -> &Page {
        self.above.last().unwrap_or(&self.root)
    }

    fn top_mut(&mut self) -> &mut Page {
        self.above.last_mut().unwrap_or(&mut self.root)
    }

    /// Takes what a person did.
    pub fn input(&mut self, input: Input, desk: &mut Desk) -> Flow {
        desk.notice = None;
        desk.loud = false;
        desk.touched = desk.now.boot_ms;
        if self.top().face().is_last() {
            return self.last(&input);
        }
        match input {
            Input::Key(event) => match behind_esc(&event) {
                Some(behind) => {
                    self.key(&KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE), desk);
                    self.key(&behind, desk)
                }
                None => self.key(&event, desk),
            },
            Input::Text(text) => {
                self.interrupted = false;
                self.paste(&text, desk);
                Flow::On
            }
        }
    }

    /// Takes what a person did where only leaving is left.
    fn last(&self, input: &Input) -> Flow {
        let key = if let Input::Key(event) = input { Key::of(event) } else { None };
        let leaves =
            key.is_some_and(|key| matches!(key, Key::Ctrl('c' | 'q')) || self.top().face().line_of(key).is_some());
        if leaves { Flow::Leave } else { Flow::On }
    }

    /// Takes a message from below and tells all pages.
    pub fn heard(&mut self, message: &Message, desk: &mut Desk) {
        desk.adapt();
        let last = self.above.len();
        let pages = std::iter::once(&mut self.root).chain(&mut self.above);
        let mut go = Go::Stay;
        for (index, page) in pages.enumerate() {
            let said = page.face_mut().heard(message, desk);
            if index == last {
                go = said;
            }
        }
        if let (Message::Unlocked(ticket, verified), Some(Overlay::Lock(lock))) = (message, &mut self.over)
            && lock.heard(*ticket, verified)
        {
            self.over = None;
        }
        if self.top().face().is_last() {
            self.over = None;
        }
        if let Message::Beat(beat) = message {
            beat::tell(beat, desk);
        }
        if let (Message::Filled, Some(latest)) = (message, desk.session.clock_behind()) {
            let words = t(
                "电脑时间比本机记过的 ({latest}) 还早, 请核对. 没错就在命令 Ctrl-P 里选 电脑时间没错.",
                "The clock is before what was recorded here ({latest}). If it is right, say so with Ctrl-P.",
            );
            let latest = format!("{} {}", local::short_day(latest), local::clock(latest));
            desk.notice = Some(words.with("latest", latest));
        }
        // What nobody answers is at least read.
        if go == Go::Stay
            && let Some(trouble) = message.trouble()
        {
            desk.notice = Some(t("{what}", "{what}").with("what", trouble.say(desk.lang)));
        }
        self.go(go, desk);
        // A visit that was running comes before everything else.
        if let Message::Opened { interrupted: Some(running), .. } = message
            && !matches!(self.top(), Page::Resume(_))
        {
            self.go(Go::open(Resume::of(running)), desk);
        }
    }

    /// Tells the top page that a second has passed.
    pub fn tick(&mut self, desk: &mut Desk) {
        let go = self.top_mut().face_mut().tick(desk);
        self.go(go, desk);
    }

    /// Tells whether a second hand is visible.
    pub fn second_hand(&self) -> bool {
        self.top().face().second_hand()
    }

    /// Tells whether a page awaits an answer.
    pub fn busy(&self) -> bool {
        std::iter::once(&self.root).chain(&self.above).any(|page| page.face().busy())
    }

    /// Gives the columns and rows that a page has on a terminal of a size.
    pub fn body(size: Size) -> Size {
        Size::new(size.width, size.height.saturating_sub(AROUND))
    }

    /// Draws header, page, overlay, notice and footer, and gives the place of the cursor.
    pub fn draw(&self, buffer: &mut Buffer, desk: &Desk) -> Option<Position> {
        let mut cursor = None;
        let area = buffer.area;
        let mut canvas = Canvas::new(buffer, &mut cursor, area, desk);
        if area.width < SMALLEST.width || area.height < SMALLEST.height {
            let words = t(
                "窗口太小: 至少要 40 列 12 行, 请拉大. 打的字都在.",
                "The window is too small: 40 columns and 12 rows at least. What was typed is kept.",
            );
            canvas.write_wrapped(0, 0, area.height, canvas.words(words), Look::Plain);
            return None;
        }
        let page = self.top().face();
        let hidden = self.over.as_ref().is_some_and(Overlay::hides_all);
        let body = Self::body(area.as_size());
        let mut middle = canvas.part(0, 1, body.width, body.height);
        if !hidden {
            page.draw(&mut middle);
        }
        let typing = middle.has_cursor();
        if let Some(over) = &self.over {
            middle.hide_cursor();
            over.draw(&mut middle, page, !self.above.is_empty());
        }
        let header = if hidden { frame::Header::locked(desk) } else { page.header(desk) };
        header.draw(&mut canvas.part(0, 0, area.width, 1));
        if let Some(notice) = desk.notice.as_ref().filter(|_| !hidden) {
            canvas.write_cut(1, area.height - 2, area.width - 2, &notice.say(desk.lang), Look::Accent);
            if desk.loud {
                canvas.look(area.height - 2, Look::Bar);
            }
        }
        if desk.notice.is_none()
            && self.over.is_none()
            && let Some((line, look)) = slow::line(desk)
                .map(|line| (line, Look::Late))
                .or_else(|| hesitation::line(page, desk).map(|line| (line, Look::Dim)))
        {
            canvas.write_cut(1, area.height - 2, area.width - 2, &line.say(desk.lang), look);
        }
        let (hint, lines) = self.over.as_ref().map_or_else(|| (page.hint(), page.lines()), Overlay::footer);
        // Where no input method gives Chinese, letters have to do.
        let letters = t("没有输入法: 打拼音", "letters will do");
        let hint = hint.or_else(|| (typing && self.over.is_none() && desk.terminal.no_method).then_some(letters));
        let tail = if self.over.is_some() { Vec::new() } else { global::tail(&lines) };
        let entries = command::entries(page, !self.above.is_empty());
        let no_f_keys = desk.terminal.no_f_keys;
        let key = |line: &Line| match entries.iter().find(|entry| no_f_keys && entry.line == *line) {
            Some(entry) => entry.key_without_f(),
            None => line.key(),
        };
        let footer = frame::footer(hint, &lines, &tail, &key, desk.lang, area.width);
        canvas.write(0, area.height - 1, footer, Look::Dim);
        cursor
    }

    fn key(&mut self, event: &KeyEvent, desk: &mut Desk) -> Flow {
        let key = Key::of(event);
        let interrupted = std::mem::take(&mut self.interrupted);
        if key == Some(Key::Ctrl('c')) {
            return self.interrupt(interrupted, desk);
        }
        if self.over.is_some() {
            return self.key_over(event, desk);
        }
        let page = self.top_mut().face_mut();
        let makes_text = key.is_none_or(Key::is_text);
        if makes_text && let Some(edit) = page.field().map(|field| field.key(event)) {
            self.edited(edit, desk);
            return Flow::On;
        }
        let is_command = key.is_some_and(|key| page.line_of(key).is_some());
        if makes_text
            && !is_command
            && matches!(event.code, KeyCode::Char(_))
            && page.lets_type()
            && let Some(edit) = page.field().map(|field| field.key(event))
        {
            self.edited(edit, desk);
            return Flow::On;
        }
        let Some(key) = key else {
            if matches!(event.code, KeyCode::Char(_)) {
                desk.notice = Some(NOTHING_TO_TYPE_IN.into());
            }
            return Flow::On;
        };
        if let Some(line) = page.line_of(key) {
            let go = page.act_line(line, desk);
            self.go(go, desk);
            return Flow::On;
        }
        if let Some(action) = global::action(key) {
            return self.everywhere(action, desk);
        }
        let edit = page.field().map_or(Edit::Ignored, |field| field.key(event));
        if edit != Edit::Ignored {
            self.edited(edit, desk);
            return Flow::On;
        }
        if page.list(desk).is_some_and(|mut scroll| scroll.key(key)) {
            let go = page.moved(desk);
            self.go(go, desk);
        } else if says_when_unused(key) {
            desk.notice = Some(UNUSED.with("key", key));
        }
        Flow::On
    }

    fn interrupt(&mut self, again: bool, desk: &mut Desk) -> Flow {
        if again {
            return Flow::Leave;
        }
        self.interrupted = true;
        desk.notice =
            Some(t("再按一次 Ctrl-C 退出. 打的字都在.", "Press Ctrl-C again to leave. What was typed is kept.").into());
        Flow::On
    }

    fn key_over(&mut self, event: &KeyEvent, desk: &mut Desk) -> Flow {
        let below = !self.above.is_empty();
        let page = self.above.last().unwrap_or(&self.root).face();
        let Some(over) = &mut self.over else { return Flow::On };
        match Key::of(event) {
            Some(Key::Ctrl('z')) => {
                over.take_back();
                return Flow::On;
            }
            // Asked for anywhere, it answers everywhere.
            Some(Key::Ctrl('s')) if !over.hides_all() => return self.everywhere(Global::Save, desk),
            _ => {}
        }
        // Whoever types words has not seen that the menu is open: it gives way, and the words go where they belong.
        if matches!(over, Overlay::Menu(_)) && Key::of(event).is_none() && matches!(event.code, KeyCode::Char(_)) {
            self.over = None;
            return self.key(event, desk);
        }
        match over.key(event, page, below, desk.body.height) {
            Over::Stay => Flow::On,
            Over::Close => {
                self.over = None;
                Flow::On
            }
            Over::Run(command) => {
                self.over = None;
                self.run(command, desk)
            }
            Over::PutDown(lines) => {
                self.over = None;
                self.put_down(lines, desk);
                Flow::On
            }
            Over::Verify(typed) => {
                let ticket = desk.session.ask(Ask::Verify(typed));
                if let Some(Overlay::Lock(lock)) = &mut self.over {
                    lock.asks(ticket);
                }
                Flow::On
            }
            Over::Speak(name) => {
                self.over = None;
                self.speak(name, desk);
                Flow::On
            }
        }
    }

    fn run(&mut self, command: Command, desk: &mut Desk) -> Flow {
        match command {
            Command::Here(line) => {
                let go = self.top_mut().face_mut().act_line(line, desk);
                self.go(go, desk);
                Flow::On
            }
            Command::Everywhere(action) => self.everywhere(action, desk),
        }
    }

    fn everywhere(&mut self, action: Global, desk: &mut Desk) -> Flow {
        match action {
            Global::Quit => return Flow::Leave,
            Global::Interrupt => return self.interrupt(false, desk),
            Global::Help => self.over = Some(Overlay::Help(super::help::Help::default())),
            Global::Menu => self.over = Some(Overlay::Menu(super::menu::Menu::default())),
            Global::Palette => self.over = Some(Overlay::Palette(super::palette::Palette::default())),
            Global::Lock => self.lock(desk),
            Global::Passphrase => self.go_to(Passphrase::new(desk.session.is_sealed()), desk),
            Global::Speak if desk.session.speaker().is_empty() => {
                desk.notice = Some(t("还没有填姓名.", "No name was entered yet.").into());
            }
            Global::Speak => self.over = Some(Overlay::Speaker(Speaker::over(desk.session.visitors()))),
            Global::ClockRight => {
                desk.notice = Some(match desk.session.clock_behind() {
                    Some(_) => {
                        desk.session.ask(Ask::Do(Request::new("device.clock_right")));
                        t("记下了: 现在的时间是对的.", "Noted: the clock is right now.").into()
                    }
                    None => t("时间没有可疑的地方.", "Nothing about the clock is suspicious.").into(),
                });
            }
            Global::Why => {
                let nothing = t("这里没有要解释的数字.", "There is no number to explain here.");
                let said = self.top().face().why(desk).unwrap_or_else(|| nothing.into());
                self.over = Some(Overlay::Why(Why::of(said)));
            }
            Global::Back => self.go(Go::Back, desk),
            Global::Households => self.go(Go::Home, desk),
            Global::Visit => self.go_to_visit(desk),
            Global::Talk => self.go_to_talk(desk),
            Global::Exchange => self.go_to(Exchange::new(), desk),
            Global::Import => self.go_to(Import::new(), desk),
            Global::Imports => self.go_to(Imports::new(), desk),
            Global::Doubts => self.go_to(Doubts::new(), desk),
            Global::Twins => self.go_to(Twins::new(), desk),
            Global::Disputes => self.go_to(Disputes::new(), desk),
            Global::Compared => self.go_to(Compared::new(), desk),
            Global::CampaignKey => self.go_to(CampaignKey::new(), desk),
            Global::HandOver => self.go_to(HandOver::new(), desk),
            Global::Check => self.go_to(Check::new(false), desk),
            Global::Undo => self.undo(desk),
            Global::Save => desk.notice = Some(t("已自动保存, 不用按保存.", "Everything is saved already.").into()),
            Global::Cover => {
                desk.covered = !desk.covered;
                let (on, off) = (
                    t("已遮挡: 不显示病情, 电话和投诉.", "Covered: no illness, phones or complaints."),
                    t("不再遮挡.", "Uncovered."),
                );
                desk.notice = Some(if desk.covered { on } else { off }.into());
            }
        }
        Flow::On
    }

    /// Covers the screen until somebody comes back.
    pub fn lock(&mut self, desk: &mut Desk) {
        if !matches!(self.over, Some(Overlay::Lock(_))) && !self.top().face().is_last() {
            desk.repaint = true;
            self.over = Some(Overlay::Lock(Lock::over(desk.session.is_sealed())));
        }
    }

    /// Goes to a place; pressed again it stays where it is, instead of standing on top of itself.
    fn go_to(&mut self, place: impl Into<Page>, desk: &mut Desk) {
        let place = place.into();
        if std::mem::discriminant(self.top()) != std::mem::discriminant(&place) {
            self.go(Go::open(place), desk);
        }
    }

    /// Goes to what runs, where it is a talk or was interrupted; else begins a talk.
    fn go_to_talk(&mut self, desk: &mut Desk) {
        let open = desk.session.running().or_else(|| desk.session.interrupted());
        if open.is_some_and(|running| running.is_talk()) {
            self.go_to_visit(desk);
        } else if let Some(talk) = unfinished(desk) {
            if !matches!(self.top(), Page::Talk(page) if page.is_of(talk)) {
                self.go(Go::Afresh(Box::new(Talk::of(talk).into())), desk);
            }
        } else {
            self.go_to(TalkBegin::new(desk), desk);
        }
    }

    /// Goes to the visit that runs, or asks what becomes of one that was interrupted.
    fn go_to_visit(&mut self, desk: &mut Desk) {
        if let Some(running) = desk.session.running() {
            let there = match self.top() {
                Page::Visit(visit) => visit.is_of(running.visit),
                Page::Talk(talk) => talk.is_of(running.visit),
                _ => false,
            };
            if !there {
                let page: Page = match running.household {
                    Some(household) => Visit::of(running.visit, household).into(),
                    None => Talk::of(running.visit).into(),
                };
                self.go(Go::Afresh(Box::new(page)), desk);
            }
        } else if let Some(running) = desk.session.interrupted() {
            if !matches!(self.top(), Page::Resume(_)) {
                self.go(Go::open(Resume::of(&running)), desk);
            }
        } else {
            desk.notice = Some(t("没有正在进行的走访.", "No visit is running.").into());
        }
    }

    /// Another person speaks from now on. What was typed and not put down stays with the one who typed it; what the other
    /// had typed here comes back.
    fn speak(&mut self, name: String, desk: &mut Desk) {
        desk.session.speak(&name);
        for page in std::iter::once(&mut self.root).chain(&mut self.above) {
            let page = page.face_mut();
            if page.draft().is_some()
                && let Some(field) = page.field()
            {
                field.take();
            }
        }
        self.bring_back(desk);
        desk.notice = Some(
            t("现在是 {name} 在说; 走访照常计时.", "{name} speaks now; a running visit goes on.").with("name", name),
        );
    }

    /// Takes back text while the line has text, else the last thing recorded (`screens.md`, rule 2).
    fn undo(&mut self, desk: &mut Desk) {
        match self.top_mut().face_mut().field().filter(|field| field.can_take_back()) {
            Some(field) => {
                let edit = field.take_back();
                self.edited(edit, desk);
            }
            None => {
                desk.session.ask(Ask::Do(Request::new("undo")));
            }
        }
    }

    fn paste(&mut self, text: &str, desk: &mut Desk) {
        if let Some(over) = &mut self.over {
            over.paste(text);
            return;
        }
        let page = self.top_mut().face_mut();
        if page.field().is_none() {
            page.lets_type();
        }
        let before = page.field().map(|field| (field.text().to_owned(), field.cursor()));
        if page.takes_lines()
            && let Some(lines) = before.and_then(|before| Lines::of(text, before))
        {
            self.over = Some(Overlay::Lines(lines));
        }
        let page = self.top_mut().face_mut();
        match page.field().map(|field| field.insert(text)) {
            Some(edit) => self.edited(edit, desk),
            None => desk.notice = Some(NOTHING_TO_TYPE_IN.into()),
        }
    }

    /// Puts the lines of a paste down one by one; from the first that a person has to look at on they stay in the field.
    fn put_down(&mut self, pasted: Lines, desk: &mut Desk) {
        let Lines { lines, before: (text, cursor) } = pasted;
        let page = self.top_mut().face_mut();
        let done = lines.iter().take_while(|line| page.put_line(line, desk)).count();
        let rest = lines.get(done..).unwrap_or_default().join(" ");
        if let Some(field) = page.field() {
            field.set(&text, cursor);
            field.insert(&rest);
        }
        self.edited(Edit::Changed, desk);
        desk.notice = Some(match lines.len() - done {
            0 => t("记下了 {n} 条.", "{n} lines are put down.").with("n", done),
            left => t(
                "记下了 {n} 条; 余下 {left} 行在输入行里, 请看一看.",
                "{n} lines are put down; the other {left} are in the field: please look at them.",
            )
            .with("n", done)
            .with("left", left),
        });
    }

    fn edited(&mut self, edit: Edit, desk: &mut Desk) {
        if edit == Edit::Ignored {
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

    /// Puts what was typed here and never recorded back into the field, cursor included.
    fn bring_back(&mut self, desk: &Desk) {
        let page = self.top_mut().face_mut();
        if let Some((text, cursor)) = page.draft().and_then(|place| desk.session.draft(&place)) {
            page.put_back(&text, cursor);
        }
    }

    fn go(&mut self, first: Go, desk: &mut Desk) {
        let mut go = first;
        for _ in 0..STEPS {
            match go {
                Go::Stay => return,
                Go::Do(ask) => {
                    desk.session.ask(ask);
                    return;
                }
                Go::Say(said) => {
                    desk.notice = Some(said);
                    return;
                }
                Go::Back => drop(self.above.pop()),
                Go::Home => self.above.clear(),
                Go::Open(page) => self.above.push(*page),
                Go::Swap(page) => *self.top_mut() = *page,
                Go::Afresh(page) => self.above = vec![*page],
            }
            self.bring_back(desk);
            go = self.top_mut().face_mut().shown(desk);
        }
    }
}
