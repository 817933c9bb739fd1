//! Way: how a key goes.
//!
//! To the overlay if one is open. Else text goes to the field that has the cursor; then come the rows of the page, the
//! commands that work everywhere, the editing keys of the field, and the movements of the list.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::typing::NOTHING_TO_TYPE_IN;
use super::{Flow, Input, Stack, drawn, undoing};
use crate::app::Ask;
use crate::text::{Said, Text, t};
use crate::ui::command::Command;
use crate::ui::desk::Desk;
use crate::ui::field::Edit;
use crate::ui::global::{self, Global};
use crate::ui::kept::Unkept;
use crate::ui::keys::Key;
use crate::ui::menu::Digits;
use crate::ui::overlay::Overlay;
use crate::ui::parting;
use crate::ui::popup::{self, Over};
use crate::ui::whole_list;

/// Tells whether a key moves in a list.
const fn moves(key: Key) -> bool {
    matches!(key, Key::Up | Key::Down | Key::PageUp | Key::PageDown | Key::Home | Key::End)
}

const UNUSED: Text = t(
    "{key} 在这里没有用. 下面一行是能用的键, F1 看全部.",
    "{key} does nothing here. The keys are below, F1 shows all.",
);

/// The pages of the map that do not exist yet, by their F-keys.
const NOT_YET: [(u8, Text); 3] = [(3, t("今日", "Today")), (6, t("活动", "Campaign")), (9, t("报表", "Reports"))];

const COMES_LATER: Text = t(
    "{key} 是 {page} 的键, 这一页还没有做好, 在哪里都打不开. Esc 看现在有的.",
    "{key} is for a page that does not exist yet ({page}). Esc shows what there is.",
);

const LACKS: Text = t(
    "菜单里没有 {n}. 左边有的数字才能选; Esc 关上.",
    "The menu has no {n}. The digits on its left choose; Esc closes it.",
);
const LACKS_OR_WORDS: Text = t(
    "菜单里没有 {n}. 左边有的数字才能选; 接着打字, {n} 就是这句的开头.",
    "The menu has no {n}. The digits on its left choose; type on, and {n} begins the words.",
);
const HELD: Text = t(
    "{n} {row}: 按 Enter 才做. 接着打字, {n} 就是这一句里的.",
    "{n} {row}: Enter does it. Type on, and {n} belongs to the words.",
);
const HELD_IN_A_BOX: Text = t(
    "{n} {row}: 按 Enter 才做. 接着打字, {n} 就是要找的.",
    "{n} {row}: Enter does it. Type on, and {n} is looked for.",
);
const THE_KEY_ITSELF: Text = t(
    "从菜单里选的不算: 试的是这个键本身. 按一下它; 没反应就按 Enter.",
    "Chosen from a menu it does not count: the key itself is tried. Press it; if nothing happens, press Enter.",
);

const ONLY_LEAVING: Text = t(
    "这里只剩退出了: 按 Enter 或 Ctrl-Q. 上面写着还要自己处理什么.",
    "Nothing is left here but to leave: Enter or Ctrl-Q. What stays for you to see to stands above.",
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

impl Stack {
    /// Takes what a person did.
    pub fn input(&mut self, input: Input, desk: &mut Desk) -> Flow {
        let types = match &input {
            Input::Key(event) => matches!(event.code, KeyCode::Char(_)) && Key::of(event).is_none_or(Key::is_text),
            Input::Text(_) | Input::Burst { .. } => true,
        };
        self.offered = undoing::is_offered(desk);
        if !types {
            self.refused.clear();
        }
        desk.led &= types;
        desk.notice = desk.notice.take().filter(|_| desk.led);
        desk.loud = false;
        desk.touched = desk.now.boot_ms;
        if self.top().face().is_last() {
            return self.last(&input, desk);
        }
        self.give_back(&input, desk);
        match input {
            Input::Key(event) => {
                let flow = match behind_esc(&event) {
                    Some(behind) => {
                        self.key(&KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE), desk);
                        self.key(&behind, desk)
                    }
                    None => self.key(&event, desk),
                };
                if matches!(event.code, KeyCode::Enter | KeyCode::F(8)) {
                    self.ask_of_waiting(desk);
                }
                flow
            }
            Input::Text(text) => {
                self.paste("", &text, desk);
                Flow::On
            }
            Input::Burst { begun, text } => {
                self.paste(&begun, &text, desk);
                Flow::On
            }
        }
    }

    /// Takes what a person did where only leaving is left.
    pub(super) fn last(&self, input: &Input, desk: &mut Desk) -> Flow {
        let key = if let Input::Key(event) = input { Key::of(event) } else { None };
        let leaves =
            key.is_some_and(|key| matches!(key, Key::Ctrl('c' | 'q')) || self.top().face().line_of(key).is_some());
        if leaves {
            return Flow::Leave;
        }
        desk.notice = (key == Some(Key::F(1))).then(|| ONLY_LEAVING.into());
        Flow::On
    }

    pub(super) fn key(&mut self, event: &KeyEvent, desk: &mut Desk) -> Flow {
        let key = Key::of(event);
        let interrupted = std::mem::take(&mut self.interrupted);
        if key == Some(Key::Ctrl('c')) {
            return self.interrupt(interrupted, desk);
        }
        if self.over.is_some() {
            return self.key_over(event, desk);
        }
        if desk.whole_list.is_shown()
            && let Some(whole_list::Action::Stop) = key.and_then(|key| whole_list::KEYS.action(key))
        {
            desk.whole_list.stop();
            return Flow::On;
        }
        let page = self.top_mut().face_mut();
        let makes_text = key.is_none_or(Key::is_text);
        if makes_text && let Some(edit) = page.field().map(|mut field| field.key(event)) {
            self.edited(edit, desk);
            return Flow::On;
        }
        let is_command = key.is_some_and(|key| page.line_of(key).is_some());
        if makes_text
            && !is_command
            && let KeyCode::Char(typed) = event.code
            && let Some(said) = page.refuses(typed, desk)
        {
            desk.notice = Some(said);
            return Flow::On;
        }
        // On the page where it belongs it may be a command, as the sign of who comes is in a talk.
        if makes_text
            && !is_command
            && let KeyCode::Char(first) = event.code
            && self.lead_words(first, desk)
        {
            return self.key(event, desk);
        }
        let page = self.top_mut().face_mut();
        if makes_text
            && !is_command
            && matches!(event.code, KeyCode::Char(_))
            && page.lets_type(desk)
            && let Some(edit) = page.field().map(|mut field| field.key(event))
        {
            self.edited(edit, desk);
            return Flow::On;
        }
        // Where a line is picked a word means a choice, or goes into the remark.
        let is_worded = match event.code {
            KeyCode::Char(typed) if makes_text && !is_command => page.says(typed.encode_utf8(&mut [0; 4]), desk),
            KeyCode::Backspace => page.unsays(),
            _ => false,
        };
        if is_worded {
            self.edited(Edit::Changed, desk);
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
        let edit = page.field().map_or(Edit::Ignored, |mut field| field.key(event));
        if edit != Edit::Ignored {
            self.edited(edit, desk);
            return Flow::On;
        }
        if self.moved(key, desk) {
            let go = self.top_mut().face_mut().moved(desk);
            self.go(go, desk);
        } else if let Some((_, page)) = NOT_YET.iter().find(|(n, _)| key == Key::F(*n)) {
            desk.notice = Some(COMES_LATER.with("key", key).with_words("page", *page));
        } else if says_when_unused(key) {
            desk.notice = Some(UNUSED.with("key", key));
        }
        Flow::On
    }

    /// Moves in the list of the top page, by pages of as many rows as stand there. Gives false where nothing moved.
    fn moved(&mut self, key: Key, desk: &Desk) -> bool {
        let page = self.above.last_mut().unwrap_or(&mut self.root).face_mut();
        if !moves(key) || page.list(desk).is_none() {
            return false;
        }
        let before = drawn::rows(page, &self.known, desk).unwrap_or(0..1);
        let window = popup::rows(before.len());
        let has_moved = page.list(desk).is_some_and(|mut scroll| scroll.key(key, window));
        if has_moved && matches!(key, Key::PageUp | Key::PageDown) {
            let after = drawn::rows(page, &self.known, desk);
            if let Some((after, mut scroll)) = after.zip(page.list(desk)) {
                scroll.leave_none_out(&before, &after);
            }
        }
        has_moved
    }

    pub(super) fn key_over(&mut self, event: &KeyEvent, desk: &mut Desk) -> Flow {
        let Some(over) = &mut self.over else { return Flow::On };
        if Key::of(event) == Some(Key::F(1))
            && let Some(help) = over.help()
        {
            self.cover(Overlay::Help(help));
            return Flow::On;
        }
        desk.away += u64::from(!over.leads_to_commands());
        if let Some(flow) = self.words_over(event, desk) {
            return flow;
        }
        let Some(over) = &mut self.over else { return Flow::On };
        match Key::of(event) {
            // The menu has no text of its own, but a line with this key.
            Some(Key::Ctrl('z')) if !matches!(over, Overlay::Menu(_)) => {
                over.field().map(|mut field| field.take_back());
                self.keep_over(desk);
                return Flow::On;
            }
            // Asked for anywhere, it answers everywhere.
            Some(Key::Ctrl('s')) if !over.hides_all() => return self.everywhere(Global::Save, desk),
            _ => {}
        }
        if matches!(over, Overlay::Lines(lines) if lines.is_answered_by_words(event)) {
            self.leave_lines(desk);
            return self.key(event, desk);
        }
        if matches!(over, Overlay::Menu(_)) && self.begins_words(event) {
            self.close_menu_for_words(desk);
            return self.key(event, desk);
        }
        let (below, digits, held) = (!self.above.is_empty(), self.digits(), self.held());
        let page = self.above.last().unwrap_or(&self.root).face();
        let Some(over) = &mut self.over else { return Flow::On };
        let waited = if let Overlay::Menu(menu) = over { menu.waiting().to_owned() } else { String::new() };
        // A popup is drawn for a key that may move in its list, and for no other.
        let shown = Key::of(event).filter(|key| moves(*key)).and_then(|_| drawn::rows_over(over, page, below, desk));
        let window = popup::rows(shown.map_or(1, |rows| rows.len()));
        match over.key(event, page, (below, digits, &held), window, desk) {
            Over::Stay => {
                self.keep_over(desk);
                self.say_what_the_menu_lacks(event, desk);
                if let Some(Overlay::Lines(lines)) = &self.over {
                    desk.notice = lines.no_answer(event).or(desk.notice.take());
                }
                Flow::On
            }
            Over::Close => {
                self.leave_lines(desk);
                self.let_over_go(desk);
                self.uncover();
                Flow::On
            }
            Over::Run(command) => {
                let last = if let Some(Key::Digit(digit)) = Key::of(event) { digit.to_string() } else { String::new() };
                self.remember_choice(event, waited + &last, command, desk);
                self.clear_over();
                self.run(command, desk)
            }
            Over::Leave => {
                let flow = self.everywhere(Global::Quit, desk);
                // What came up meanwhile is asked about first.
                if flow == Flow::On && !matches!(&self.over, Some(Overlay::Parting(parting)) if !parting.is_answered) {
                    self.uncover();
                }
                flow
            }
            Over::Words(digits) => {
                self.keep_digits(&digits, desk);
                Flow::On
            }
            Over::PutDown(lines) => {
                self.over = None;
                self.put_down(&lines, desk);
                Flow::On
            }
            Over::Drop => {
                self.drop_lines(desk);
                Flow::On
            }
            Over::Verify(typed) => {
                let ticket = desk.session.ask(Ask::Verify(typed));
                if let Some(Overlay::Lock(lock)) = &mut self.over {
                    lock.asks(ticket);
                }
                Flow::On
            }
            Over::Dismiss(name) => {
                desk.session.dismiss(&name);
                self.everywhere(Global::Speak, desk);
                let words = t(
                    "去掉了 {name}: 以后的走访不再写上. 打上名字又回来.",
                    "{name} is taken out and goes with no later visit; typing the name brings it back.",
                );
                desk.notice = Some(words.with("name", name));
                Flow::On
            }
            Over::Speak(name) => {
                self.let_over_go(desk);
                self.over = None;
                self.speak(name, desk);
                Flow::On
            }
        }
    }

    /// Says that no line of the menu has the digits that were pressed, or that they only point at one.
    fn say_what_the_menu_lacks(&mut self, event: &KeyEvent, desk: &mut Desk) {
        let digits = self.digits();
        let words = if digits == Digits::Nothing { LACKS } else { LACKS_OR_WORDS };
        let held = if digits == Digits::Question { HELD_IN_A_BOX } else { HELD };
        let Some(Overlay::Menu(menu)) = &self.over else { return };
        if let Some(entry) = menu.held() {
            desk.notice = Some(held.with("n", entry.number.digits()).with_words("row", entry.line.words));
            return;
        }
        let lacks = menu.lacks().filter(|_| matches!(Key::of(event), Some(Key::Digit(_))));
        desk.notice = lacks.map(|digits| words.with("n", digits)).or(desk.notice.take());
    }

    pub(super) fn run(&mut self, command: Command, desk: &mut Desk) -> Flow {
        match command {
            // What is tried is whether the key arrives, and it did not.
            Command::Here(line) if self.top().face().lines().get(line).is_some_and(|line| line.itself) => {
                desk.notice = Some(THE_KEY_ITSELF.into());
                Flow::On
            }
            Command::Here(line) => {
                let go = self.top_mut().face_mut().act_line(line, desk);
                self.go(go, desk);
                Flow::On
            }
            Command::Everywhere(action) => self.everywhere(action, desk),
            Command::There(there) => self.go_there(there, desk),
        }
    }

    pub(super) fn interrupt(&mut self, again: bool, desk: &mut Desk) -> Flow {
        if matches!(&self.over, Some(Overlay::Parting(parting)) if parting.is_unsaved()) {
            desk.notice =
                Some(t("有没存上的: 真要退按 9, 不退按 Esc.", "Something is not saved: 9 leaves, Esc stays.").into());
            return Flow::On;
        }
        if again {
            return self.leave(desk);
        }
        self.interrupted = true;
        let again = t("再按一次 Ctrl-C 退出.", "Press Ctrl-C again to leave.").into();
        let kept = self.unkept().map_or(t("打的字都在.", "What was typed is kept."), Unkept::why);
        let said = Said::then(again, kept.into());
        desk.notice = Some(parting::goes_on(desk).map_or(said.clone(), |goes_on| said.then(goes_on.into())));
        Flow::On
    }
}
