//! Begun: words whose first digits were taken for a choice in the menu. Esc closes an input method's window as well, so the menu
//! may be open unseen; what the digits did is undone, and they stand before the words.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{Input, Stack};
use crate::text::{Text, t};
use crate::ui::command::{self, Command};
use crate::ui::desk::Desk;
use crate::ui::kept::Unkept;
use crate::ui::keys::Key;
use crate::ui::menu::{Digits, TOGETHER};
use crate::ui::overlay::Overlay;
use crate::ui::page::Go;

/// Words that follow a digit so soon, in milliseconds, were typed with it.
const SOON: u64 = 4_000;

const NAMES_NOTHING: Text = t(
    "菜单里没有 {digits}, 写在输入行里了. 不要就按 Ctrl-Z.",
    "The menu has no {digits}: it stands in the line now. Ctrl-Z takes it out.",
);

const DIGITS_GIVEN_BACK: Text = t(
    "前面的 {digits} 收进这一句了, 没有当作菜单里的选择.",
    "{digits} before it stands in the line now and chose nothing in the menu.",
);

/// The digits that chose a command in the menu over an entry line, and what is needed to undo it.
#[derive(Debug, PartialEq)]
pub(super) struct Begun {
    digits: String,
    at: u64,
    page: std::mem::Discriminant<crate::ui::screens::Page>,
    place: Text,
    command: Command,
    was_paused: bool,
    /// It was over a box of what is looked for, and no entry line.
    is_question: bool,
}

/// Gives the character that a key types.
pub(super) const fn typed(event: &KeyEvent) -> Option<char> {
    match event.code {
        KeyCode::Char(ch) if !event.modifiers.intersects(KeyModifiers::CONTROL.union(KeyModifiers::ALT)) => Some(ch),
        _ => None,
    }
}

impl Stack {
    /// Tells whether a key begins words while the menu is open: whoever types them has not seen it. A sign does too, for a sign
    /// chooses nothing in the menu; a blank only behind the zero that waits for its second digit.
    pub(super) fn begins_words(&self, event: &KeyEvent) -> bool {
        let Some(Overlay::Menu(menu)) = &self.over else { return false };
        typed(event).is_some()
            && match Key::of(event) {
                None | Some(Key::Mark(_)) => true,
                Some(Key::Blank) => !menu.waiting().is_empty(),
                _ => false,
            }
    }

    /// Closes the menu for words; digits that waited there stand before them.
    pub(super) fn close_menu_for_words(&mut self, desk: &mut Desk) {
        let digits = match self.over.take() {
            Some(Overlay::Menu(menu)) => menu.waiting().to_owned(),
            _ => return,
        };
        if !digits.is_empty()
            && let Some(edit) = self.top_mut().face_mut().field().map(|mut field| field.insert(&digits))
        {
            self.edited(edit, desk);
        }
    }

    /// Says what digits are on the page below the menu: of a line, text of what is looked for or of a form, or nothing. Those of a
    /// passphrase are said to nobody.
    pub(super) fn digits(&mut self) -> Digits {
        let page = self.top_mut().face_mut();
        let is_line = page.takes_lines();
        match page.field().map(|field| field.place().err()) {
            _ if is_line => Digits::Line,
            None | Some(Some(Unkept::Secret)) => Digits::Nothing,
            Some(Some(Unkept::Question)) => Digits::Question,
            Some(_) => Digits::Text,
        }
    }

    /// Puts digits that name nothing in the menu into the line: whoever typed them may not have seen it.
    pub(super) fn keep_digits(&mut self, digits: &str, desk: &mut Desk) {
        self.uncover();
        if let Some(edit) = self.top_mut().face_mut().field().map(|mut field| field.insert(digits)) {
            self.edited(edit, desk);
            desk.notice = Some(NAMES_NOTHING.with("digits", digits));
            desk.led = true;
        }
    }

    /// Remembers what a digit chooses in the menu, before it is done.
    pub(super) fn remember_choice(&mut self, event: &KeyEvent, digits: String, command: Command, desk: &Desk) {
        let is_digit = matches!(Key::of(event), Some(Key::Digit(_))) && matches!(self.over, Some(Overlay::Menu(_)));
        // A number of three digits begins no sentence.
        let numbers = command::entries(self.top().face(), !self.above.is_empty(), desk);
        let is_whole = numbers.iter().any(|entry| entry.command == command && entry.number.digits() == digits);
        let is_meant = is_whole && digits.len() > 2;
        let (takes_lines, is_root) = (self.top().face().takes_lines(), self.above.is_empty());
        // Of the pages with a box only the lowest one is still there when another one was opened.
        let is_question = !takes_lines && is_root && self.digits() == Digits::Question;
        let page = self.top();
        self.begun = (is_digit && !is_meant && (takes_lines || is_question)).then(|| Begun {
            digits,
            at: desk.now.boot_ms,
            page: std::mem::discriminant(page),
            place: page.face().place(),
            command,
            was_paused: desk.session.running().is_some_and(|running| running.timer.is_paused()),
            is_question,
        });
    }

    /// Lists what puts down what stands in the line: whoever goes on with the sentence cannot give that back, so a digit only points
    /// at it. Where nothing is given back this is so of an empty line too, and over what is looked for of all rows of the page. In a
    /// form what was typed stays as it is.
    pub(super) fn held(&mut self) -> Vec<Command> {
        if self.digits() == Digits::Question {
            return (0..self.top().face().lines().len()).map(Command::Here).collect();
        }
        let page = self.top_mut().face_mut();
        let takes_lines = page.takes_lines();
        let has_words =
            page.field().is_some_and(|field| field.place().is_ok() && !(takes_lines && field.text().trim().is_empty()));
        if !has_words || page.lines_of_form().is_some() {
            return Vec::new();
        }
        let puts_down = |key: &Key| matches!(key, Key::Enter | Key::F(8));
        let lines = page.lines().into_iter().enumerate();
        lines.filter(|(_, line)| line.keys.iter().any(puts_down)).map(|(index, _)| Command::Here(index)).collect()
    }

    /// Looks whether what is typed now goes on with digits that chose something in the menu, and gives them back to it.
    pub(super) fn give_back(&mut self, input: &Input, desk: &mut Desk) {
        let Some(mut begun) = self.begun.take() else { return };
        let first = match input {
            Input::Key(event) => typed(event),
            Input::Text(text) | Input::Burst { text, .. } => text.chars().next(),
        };
        let Some(first) = first.filter(|_| self.over.is_none()) else { return };
        let digit = crate::hanzi::forms::half(first).to_digit(10);
        let within = if digit.is_some() { TOGETHER } else { SOON };
        if desk.now.boot_ms.saturating_sub(begun.at) > within {
            return;
        }
        let page = self.top_mut().face_mut();
        // Text that comes in one piece shows at once what its digits belong to.
        let (sign, acts) = match input.text() {
            None => (first, digit),
            Some(text) => (text.chars().find(|sign| !sign.is_numeric()).unwrap_or(first), None),
        };
        let (asks, has_field) = (page.asks(sign), page.field().is_some());
        // Words may be for the page that was opened; a number that goes on was none of the menu.
        if begun.is_question && (digit.is_none() || !has_field) {
            return;
        }
        // A digit acts for itself where no field has the cursor, and may be a part of what is looked for; the words behind it may
        // still be to come.
        if let Some(digit) = acts.filter(|_| asks || !has_field) {
            begun.digits.push_str(&digit.to_string());
            begun.at = desk.now.boot_ms;
            self.begun = Some(begun);
            return;
        }
        // What the place itself takes shows that it was meant.
        let key = if let Input::Key(event) = input { Key::of(event) } else { None };
        if asks || !has_field && key.is_some_and(|key| page.line_of(key).is_some()) {
            return;
        }
        self.undo_choice(&begun, first, desk);
        if std::mem::discriminant(self.top()) != begun.page {
            return;
        }
        if let Some(edit) = self.top_mut().face_mut().field().map(|mut field| field.insert(&begun.digits)) {
            self.edited(edit, desk);
            desk.notice = Some(DIGITS_GIVEN_BACK.with("digits", begun.digits));
            desk.led = true;
        }
    }

    fn undo_choice(&mut self, begun: &Begun, first: char, desk: &mut Desk) {
        if begun.is_question {
            self.go(Go::Home, desk);
            return;
        }
        if std::mem::discriminant(self.top()) != begun.page
            && let Some((go, _)) = self.top_mut().face_mut().leads_words(first, desk)
        {
            self.go(go, desk);
        }
        if std::mem::discriminant(self.top()) != begun.page {
            self.go_to_visit(desk);
        }
        if let Command::Here(line) = begun.command
            && std::mem::discriminant(self.top()) == begun.page
        {
            self.top_mut().face_mut().unpress_line(begun.place, line, begun.was_paused, desk);
        }
    }
}
