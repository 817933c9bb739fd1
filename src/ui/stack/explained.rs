//! Explained: words typed or pasted while help or a why lies open. Whoever asked goes on talking, and text is no answer to either: it
//! closes what lies there and goes where the person was typing. Where nothing takes it, that is said and what lies there stays:
//! the digits behind a first letter would act on the page below. Digits and signs before it wait: once what lies there gives way to
//! words they stand before them, and any other key lets them go.

use crossterm::event::KeyEvent;

use super::begun::typed;
use super::{Flow, Stack};
use crate::text::{Text, t};
use crate::ui::desk::Desk;
use crate::ui::keys::Key;
use crate::ui::overlay::Overlay;

const NO_TEXT: Text =
    t("这里不能打字, 刚才的没有记下. Esc 关上.", "Nothing here takes text, and none was kept. Esc closes this.");

const STANDS_BEFORE: Text = t(
    "前面的 {signs} 也写进这一句了. 不要就按 Ctrl-Z.",
    "{signs} before it stands in the words now. Ctrl-Z takes it out.",
);

const NO_USE: Text = t("{key} 在这里没有用. Esc 关上.", "{key} does nothing here. Esc closes this.");

impl Stack {
    /// Takes what is typed over help or a why; none where nothing is typed, or they take the key themselves.
    pub(super) fn words_over(&mut self, event: &KeyEvent, desk: &mut Desk) -> Option<Flow> {
        let first = typed(event).filter(|_| self.explains())?;
        let key = Key::of(event).filter(|key| *key != Key::Blank);
        if key.is_none() && Key::of(event).is_some() {
            // A blank behind them is the one between a field and the words.
            if !self.refused.is_empty() {
                self.refused.push(first);
            }
            return None;
        }
        if self.gives_way(first, key.is_none(), desk) {
            return Some(self.key(event, desk));
        }
        match key {
            Some(_) => self.refused.push(first),
            None => self.refused.clear(),
        }
        desk.notice = Some(key.map_or_else(|| NO_TEXT.into(), |key| NO_USE.with("key", key)));
        Some(Flow::On)
    }

    /// Makes way for text that comes in one piece; gives false where nothing takes it.
    pub(super) fn makes_way(&mut self, text: &str, desk: &mut Desk) -> bool {
        let first = text.chars().next().unwrap_or(' ');
        while self.explains() {
            if !self.gives_way(first, true, desk) {
                self.refused.clear();
                desk.notice = Some(NO_TEXT.into());
                return false;
            }
        }
        true
    }

    const fn explains(&self) -> bool {
        matches!(self.over, Some(Overlay::Help(_) | Overlay::Why(_)))
    }

    /// Closes what lies on top where something below takes what is typed; tells whether it did. A digit or a sign may be a command
    /// there, which nobody sees now: it goes only where it is text.
    fn gives_way(&mut self, first: char, are_words: bool, desk: &mut Desk) -> bool {
        let gives = match self.under.last_mut() {
            Some(Overlay::Lines(_) | Overlay::Why(_)) => are_words,
            Some(below) => are_words && below.field().is_some(),
            None => self.has_a_place(first, are_words, desk),
        };
        if gives {
            self.over = self.under.pop();
            if !self.explains() {
                self.put_refused(desk);
            }
        }
        gives
    }

    /// Puts the digits and signs that waited where the words behind them go.
    fn put_refused(&mut self, desk: &mut Desk) {
        let refused = std::mem::take(&mut self.refused);
        if refused.is_empty() {
            return;
        }
        if let Some(over) = self.over.as_mut().filter(|over| !matches!(over, Overlay::Lines(_))) {
            over.paste(&refused);
            self.keep_over(desk);
        } else if let Some(edit) = self.top_mut().face_mut().field().map(|mut field| field.insert(&refused)) {
            self.edited(edit, desk);
            desk.notice = desk.notice.take().or_else(|| Some(STANDS_BEFORE.with("signs", refused.trim_end())));
            desk.led = true;
        }
    }

    /// Tells whether the page has a field with the cursor, or one that words get by themselves, on it or on the one they lead to.
    fn has_a_place(&mut self, first: char, are_words: bool, desk: &mut Desk) -> bool {
        self.top_mut().face_mut().field().is_some()
            || are_words && (self.lead_words(first, desk) || self.top_mut().face_mut().lets_type(desk))
    }
}
