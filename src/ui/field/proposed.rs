//! What a field proposes: text that is only likely, and nobody's own until somebody does something with it.

use super::Field;

impl Field {
    /// Puts in what is likely: the first character typed takes its place, as people expect of what is only proposed. An arrow, End or
    /// Backspace keeps it, and so does a blank, behind which one more is written.
    pub fn propose(&mut self, text: &str) {
        self.give(text);
        self.is_proposal = true;
    }

    /// Tells whether what stands there gives way to the first character typed.
    pub fn gives_way(&self) -> bool {
        self.is_proposal && !self.is_touched && !self.text.is_empty() && self.text == self.given
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::Field;
    use crate::ui::field::Edit;

    fn press(field: &mut Field, code: KeyCode) -> Edit {
        field.key(&KeyEvent::new(code, KeyModifiers::NONE))
    }

    // A village was proposed, and what was typed stood behind it: 东里东村前水北村.
    #[test]
    fn what_is_only_proposed_gives_way_to_the_first_character_unless_somebody_moved_in_it() {
        let proposed = || {
            let mut field = Field::new();
            field.propose("东里东村");
            field
        };
        let mut field = proposed();
        "前水".chars().for_each(|ch| {
            press(&mut field, KeyCode::Char(ch));
        });
        assert_eq!(field.text(), "前水");
        // One step back it stands there again, and gives way again.
        assert_eq!((field.take_back(), field.text(), field.gives_way()), (Edit::Changed, "东里东村", true));
        field.insert("前水北村");
        assert_eq!(field.text(), "前水北村", "a paste too");
        for (code, text) in [
            (KeyCode::End, "东里东村2"),
            (KeyCode::Right, "东里东村2"),
            (KeyCode::Left, "东里东2村"),
            (KeyCode::Home, "2东里东村"),
            (KeyCode::Backspace, "东里东2"),
            (KeyCode::Char(' '), "东里东村 2"),
        ] {
            let mut field = proposed();
            assert_ne!(press(&mut field, code), Edit::Ignored, "{code:?}");
            press(&mut field, KeyCode::Char('2'));
            assert_eq!(field.text(), text, "{code:?}");
        }
        // Keys that are commands elsewhere leave it as it is.
        let mut field = proposed();
        assert_eq!((press(&mut field, KeyCode::Down), field.gives_way()), (Edit::Ignored, true));
        // What a draft brought back is somebody's own, though it reads the same.
        field.set("东里东村", usize::MAX);
        press(&mut field, KeyCode::Char('2'));
        assert_eq!(field.text(), "东里东村2");
    }
}
