//! Explained: words typed or pasted while help, a why or what is to be known before leaving lies open. Whoever asked goes on talking,
//! and text is no answer to any of them: it closes what lies there and goes where the person was typing. Where nothing takes it, that
//! is said and what lies there stays: the digits behind a first letter would act on the page below. Digits and signs before it wait:
//! once what lies there gives way to words they stand before them, and any other key lets them go. Before leaving some digits answer,
//! and no other closes it.

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
        if Key::of(event).is_some_and(|key| self.is_answered_by(key)) {
            return None;
        }
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
        matches!(self.over, Some(Overlay::Help(_) | Overlay::Why(_) | Overlay::Parting(_)))
    }

    /// Tells whether a key is an answer to what is to be known before leaving.
    fn is_answered_by(&self, key: Key) -> bool {
        matches!(&self.over, Some(Overlay::Parting(parting)) if parting.table().action(key).is_some())
    }

    /// Closes what lies on top where something below takes what is typed; tells whether it did. A digit or a sign may be a command
    /// there, which nobody sees now: it goes only where it is text.
    fn gives_way(&mut self, first: char, are_words: bool, desk: &mut Desk) -> bool {
        // A digit before leaving was meant as an answer.
        let is_no_answer = !are_words && matches!(self.over, Some(Overlay::Parting(_)));
        let gives = match self.under.last_mut() {
            Some(Overlay::Lines(_) | Overlay::Why(_) | Overlay::Parting(_)) => are_words,
            Some(below) => are_words && below.field().is_some(),
            None => !is_no_answer && self.has_a_place(first, are_words, desk),
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
            over.paste(&refused, desk.session.is_sealed());
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

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::Stack;
    use crate::text::Lang;
    use crate::ui::desk::Desk;
    use crate::ui::overlay::Overlay;
    use crate::ui::parting::Parting;
    use crate::ui::screens::Page;
    use crate::ui::screens::demo::Demo;
    use crate::ui::stack::{Flow, Input};

    /// The demo screen, and before leaving it what is to be known.
    struct Asked {
        stack: Stack,
        desk: Desk,
    }

    impl Asked {
        fn new() -> Self {
            let mut desk = Desk::for_tests();
            let mut stack = Stack::new(Demo::default(), &mut desk);
            stack.over = Some(Overlay::Parting(Parting::default()));
            Self { stack, desk }
        }

        fn press(&mut self, code: KeyCode) -> Flow {
            self.stack.input(Input::Key(KeyEvent::new(code, KeyModifiers::NONE)), &mut self.desk)
        }

        fn line(&self) -> &str {
            let Page::Demo(demo) = self.stack.top() else { panic!("{:?}", self.stack) };
            demo.field.text()
        }

        fn is_asked(&self) -> bool {
            matches!(self.stack.over, Some(Overlay::Parting(_)))
        }

        fn notice(&self) -> String {
            self.desk.notice.as_ref().map_or_else(String::new, |said| said.say(Lang::Zh))
        }
    }

    // Who pressed Ctrl-Q by mistake and talked on lost the sentence, and nothing said so.
    #[test]
    fn words_over_the_question_before_leaving_go_where_one_was_typing() {
        let mut asked = Asked::new();
        asked.press(KeyCode::Char('井'));
        assert_eq!((asked.line(), asked.is_asked()), ("井", false));
        let mut asked = Asked::new();
        asked.stack.input(Input::Text("4 机井坏了".to_owned()), &mut asked.desk);
        assert_eq!((asked.line(), asked.is_asked()), ("4 机井坏了", false), "pasted text is no answer");
        // Help lies over it: both give way.
        let mut asked = Asked::new();
        asked.press(KeyCode::F(1));
        asked.press(KeyCode::Char('井'));
        assert_eq!((asked.line(), asked.stack.over.is_none()), ("井", true));
    }

    #[test]
    fn a_digit_that_is_no_answer_before_leaving_is_said_and_stands_before_the_words() {
        let mut asked = Asked::new();
        asked.press(KeyCode::Char('3'));
        assert!(asked.is_asked() && asked.line().is_empty() && asked.notice().contains("3 在这里没有用"));
        asked.press(KeyCode::Char('组'));
        assert_eq!((asked.line(), asked.is_asked()), ("3组", false));
        assert!(asked.notice().contains("前面的 3"), "{}", asked.notice());
        // Its own keys answer.
        let mut asked = Asked::new();
        assert_eq!(asked.press(KeyCode::Enter), Flow::Leave);
        let mut asked = Asked::new();
        asked.press(KeyCode::Esc);
        assert_eq!((asked.line(), asked.is_asked()), ("", false));
    }

    #[test]
    fn where_nothing_takes_words_the_question_stays_and_says_so() {
        let mut asked = Asked::new();
        asked.stack.over = None;
        asked.press(KeyCode::Tab);
        asked.stack.over = Some(Overlay::Parting(Parting::default()));
        asked.press(KeyCode::Char('井'));
        assert!(asked.is_asked() && asked.notice().contains("这里不能打字"), "{}", asked.notice());
        asked.desk.notice = None;
        asked.stack.input(Input::Text("机井".to_owned()), &mut asked.desk);
        assert!(asked.is_asked() && asked.notice().contains("这里不能打字"), "{}", asked.notice());
    }
}
