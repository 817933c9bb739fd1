//! Answer: half an answer to 当场怎么解决的, kept with the sentence it answers, so that it never turns up at another one.

use crate::app::Ask;
use crate::ui::desk::Desk;
use crate::ui::field::Field;

/// Stands between the sentence and its answer.
const END: char = '\n';

/// Gives what the draft keeps of an answer, and its cursor.
pub fn kept(sentence: &str, field: &Field) -> (String, usize) {
    if field.is_empty() {
        return (String::new(), 0);
    }
    (format!("{sentence}{END}{}", field.text()), sentence.len() + END.len_utf8() + field.cursor())
}

/// Gives the answer that a draft keeps for a sentence, with its cursor; none where it is another one's.
pub fn of(sentence: &str, (draft, cursor): &(String, usize)) -> Option<(String, usize)> {
    let (own, answer) = draft.split_once(END)?;
    (own == sentence).then(|| (answer.to_owned(), cursor.saturating_sub(own.len() + END.len_utf8())))
}

/// Keeps an answer at a place.
pub fn keep(place: String, sentence: &str, field: &Field, desk: &mut Desk) {
    let (text, cursor) = kept(sentence, field);
    desk.session.ask(Ask::Draft { place, text, cursor });
}

/// Half an answer whose sentence is in the line again: it follows the sentence while that is reworded.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Half(Option<Field>);

impl Half {
    /// Goes back from an answer to its sentence.
    pub fn put_by(&mut self, place: String, sentence: &str, field: &Field, desk: &mut Desk) {
        keep(place, sentence, field, desk);
        self.0 = (!field.is_empty()).then(|| field.clone());
    }

    /// Follows the sentence, which reads so by now; where nothing is left of it the answer goes too.
    pub fn follow(&mut self, place: String, sentence: &str, desk: &mut Desk) {
        let Some(field) = &self.0 else { return };
        if sentence.is_empty() {
            desk.session.ask(Ask::Draft { place, text: String::new(), cursor: 0 });
            self.0 = None;
        } else {
            keep(place, sentence, field, desk);
        }
    }

    /// Tells whether there is one.
    pub fn is_waiting(&self) -> bool {
        self.0.is_some()
    }

    /// Gives the answer back to its sentence.
    pub fn take(&mut self) -> Option<(String, usize)> {
        self.0.take().map(|field| (field.text().to_owned(), field.cursor()))
    }
}

#[cfg(test)]
mod tests {
    use super::{kept, of};
    use crate::ui::field::Field;

    #[test]
    fn an_answer_comes_back_to_its_sentence_and_to_no_other() {
        let draft = kept("5! 井盖坏了", &Field::with("焊好了"));
        assert_eq!(of("5! 井盖坏了", &draft), Some(("焊好了".to_owned(), "焊好了".len())));
        assert_eq!(of("5! 井盖坏", &draft), None);
        assert_eq!(of("5! 井盖坏了", &("焊好了".to_owned(), 3)), None, "an older program's");
        assert_eq!(kept("5! 井盖坏了", &Field::new()), (String::new(), 0));
    }
}
