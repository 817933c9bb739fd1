//! Picking: a word typed where a line is one of a closed list. It means a choice, as in a form; or it is the name of another line, found as
//! the palette finds a command; else it goes into the remark. Enter takes it, and till then it is the draft of its line.

use unicode_segmentation::UnicodeSegmentation;

use super::drawn::{is_secret, name_of};
use super::{Entry, Facts, State};
use crate::domain::choice::{self, Choice};
use crate::domain::facts::{Fact, Shape};
use crate::hanzi::{clean, forms};
use crate::text::{Said, Text, t};
use crate::ui::called;
use crate::ui::desk::Desk;
use crate::ui::field::Field;
use crate::ui::page::Go;

/// The fact that takes what is none of the choices.
const REMARK: &str = "remark";

/// A list to pick from, and the word that is typed there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pick {
    pub(super) list: &'static [Choice],
    pub(super) typed: String,
}

/// What such a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    /// A choice of the list.
    Choice(Choice),
    /// Another line, by its place in the list of facts, and what it is called.
    Line(usize, Text),
    /// Neither.
    Remark,
}

impl Meant {
    /// Says what Enter does with the word.
    pub(super) fn said(self, word: &str) -> Said {
        let said = match self {
            Self::Choice(choice) => t("“{word}”: Enter 记下 {choice}.", "“{word}”: Enter records {choice}.")
                .with_words("choice", choice.name),
            Self::Line(_, name) => {
                let words =
                    t("“{word}” 不在这几项里; Enter 到 {name}.", "“{word}” is none of these; Enter goes to {name}.");
                words.with_words("name", name)
            }
            Self::Remark => t(
                "“{word}” 不在这几项里; Enter 写到备注里.",
                "“{word}” is none of these; Enter puts it into the remark.",
            )
            .into(),
        };
        said.with("word", word)
    }
}

impl Facts {
    /// Begins to pick, with the word that was left there.
    pub(super) fn pick(&self, entry: Entry<'_>, list: &'static [Choice], desk: &Desk) -> Pick {
        let left = self.place_of(entry).and_then(|place| desk.session.draft(&place));
        Pick { list, typed: left.map(|(text, _)| text).unwrap_or_default() }
    }

    /// Takes words where a line is picked, or would be by Enter; false where it is none of these. A digit is no word.
    pub(super) fn say(&mut self, words: &str, desk: &Desk) -> bool {
        let words = clean::line(words);
        let is_of_list =
            |entry: Entry<'_>| matches!(entry, Entry::Fact(Fact { shape: Shape::Choice(_) | Shape::Yes, .. }, _));
        let may_begin = words.chars().any(char::is_alphabetic) && self.state == State::Browsing;
        if may_begin && self.selected().is_some_and(is_of_list) {
            // What is covered is said to take nothing, and is not opened.
            drop(self.open(desk));
        }
        match &mut self.state {
            State::Picking(pick) if self.asked.is_none() && !words.is_empty() => pick.typed.push_str(&words),
            _ => return false,
        }
        true
    }

    /// Takes the last character of the word away; false where there is none.
    pub(super) fn unsay(&mut self) -> bool {
        let State::Picking(pick) = &mut self.state else { return false };
        let Some((last, _)) = pick.typed.grapheme_indices(true).next_back() else { return false };
        pick.typed.truncate(last);
        true
    }

    /// Takes the whole word away; false where there is none.
    pub(super) fn unsay_all(&mut self, desk: &mut Desk) -> bool {
        let State::Picking(pick) = &mut self.state else { return false };
        if std::mem::take(&mut pick.typed).is_empty() {
            return false;
        }
        self.place().into_iter().for_each(|place| desk.let_go(&place));
        true
    }

    /// Gives what the word means; none where none was typed.
    pub(super) fn meant(&self, pick: &Pick) -> Option<Meant> {
        let wanted = forms::half_width(&pick.typed).trim().to_lowercase();
        if wanted.is_empty() {
            return None;
        }
        let choice = choice::meant(pick.list, &wanted).map(Meant::Choice);
        choice.or_else(|| self.line_called(&wanted)).or(Some(Meant::Remark))
    }

    /// Finds the line that goes by a name: one that begins with it before one that has it further on.
    fn line_called(&self, wanted: &str) -> Option<Meant> {
        let entries = self.entries();
        let find = |goes_by: &dyn Fn(Entry<'_>) -> bool| {
            let at = entries.iter().position(|entry| goes_by(*entry))?;
            entries.get(at).map(|entry| Meant::Line(at, name_of(*entry)))
        };
        find(&|entry| called::begins(name_of(entry), wanted))
            .or_else(|| find(&|entry| called::by(name_of(entry), wanted)))
            .or_else(|| {
                find(&|entry| self.relation_of(entry).is_some_and(|relation| called::goes_by(relation, wanted)))
            })
    }

    /// Gives how somebody of the family is related to the head, where it is known.
    pub(super) fn relation_of(&self, entry: Entry<'_>) -> Option<&str> {
        let Entry::Person(index) = entry else { return None };
        let person = self.sheet.persons.get(index)?;
        Some(person.relation.as_str()).filter(|relation| !relation.is_empty())
    }

    /// Does what the word means: records the choice, goes to the line, or lets the remark say it.
    pub(super) fn take_word(&mut self, desk: &mut Desk) -> Go {
        let State::Picking(pick) = &self.state else { return Go::Stay };
        let word = pick.typed.clone();
        match self.meant(pick) {
            None => Go::say(t("按数字选, 或打出那一项; Esc 不改.", "A digit picks, or type its word; Esc leaves it.")),
            Some(Meant::Choice(choice)) => self.record(choice.word, desk),
            Some(Meant::Line(at, _)) => {
                self.unsay_all(desk);
                self.state = State::Browsing;
                self.read(desk);
                self.list.select(at);
                Go::Stay
            }
            Some(Meant::Remark) => self.remark(&word, desk),
        }
    }

    /// Goes to the remark, with the word behind what stands there or is half written.
    fn remark(&mut self, word: &str, desk: &mut Desk) -> Go {
        let is_it = |entry: &Entry<'_>| matches!(entry, Entry::Fact(fact, _) if fact.key == REMARK);
        let entries = self.entries();
        let Some((at, entry)) = entries.iter().enumerate().find(|(_, entry)| is_it(entry)) else { return Go::Stay };
        if desk.covered && is_secret(*entry) {
            return Go::say(t("已遮挡, 先按 Ctrl-B 再改.", "It is covered: Ctrl-B first, then change it."));
        }
        let place = self.place_of(*entry).unwrap_or_default();
        let stands = desk.session.draft(&place).map_or_else(|| self.stands(*entry), |(text, _)| text);
        let blank = if stands.is_empty() { "" } else { " " };
        let text = format!("{stands}{blank}{word}");
        let before = self.written_before(*entry).filter(|_| !self.is_disputed(*entry));
        self.unsay_all(desk);
        desk.keep(&place, (text.clone(), text.len()));
        self.list.select(at);
        (self.state, self.before) = (State::Writing(Field::with(&text)), before);
        let said = t("“{word}” 写到备注里了, 按 Enter 记下.", "“{word}” stands in the remark; Enter records it.");
        Go::Say(said.with("word", word))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, Facts, State};
    use crate::app::Ask;
    use crate::domain::facts::FACTS;
    use crate::domain::{Name, Sort};
    use crate::text::Lang;
    use crate::ui::desk::Desk;
    use crate::ui::page::{Go, Keyed, Screen};

    fn facts() -> Facts {
        let mut page = Facts::of(Name::new(7, 1));
        let facts = FACTS.iter().filter(|fact| fact.sort == Sort::Household && !fact.key.ends_with('/'));
        page.sheet.facts = facts.map(|fact| (fact, None)).collect();
        page
    }

    /// Goes to a fact and types there.
    fn type_at(page: &mut Facts, key: &str, words: &str, desk: &Desk) -> bool {
        let is_it = |entry: &super::Entry<'_>| matches!(entry, super::Entry::Fact(fact, _) if fact.key == key);
        let at = page.entries().iter().position(is_it).unwrap();
        page.list.select(at);
        words.chars().all(|ch| page.says(ch.encode_utf8(&mut [0; 4]), desk))
    }

    fn at(page: &Facts) -> &'static str {
        let Some(super::Entry::Fact(fact, _)) = page.selected() else { panic!() };
        fact.key
    }

    fn asked(desk: &Desk, key: &str) -> Option<String> {
        let Some(Ask::Do(request)) = desk.session.asked.last() else { return None };
        request.args.text(key)
    }

    // They were refused there, while in the form of a member they meant a choice.
    #[test]
    fn a_word_is_the_choice_that_it_means_whether_the_line_is_open_or_not() {
        for (key, words, picked) in [
            ("sex", "女", "female"),
            ("sex", "Female", "female"),
            ("kind", "gtgsh", "self_employed"),
            ("kind", "enterp", "enterprise"),
            ("away", "no", "no"),
        ] {
            for is_open in [false, true] {
                let (mut page, mut desk) = (facts(), Desk::for_tests());
                assert!(type_at(&mut page, key, "", &desk));
                if is_open {
                    page.act(Action::Enter, &mut desk);
                }
                assert!(type_at(&mut page, key, words, &desk), "{words}");
                assert_eq!(page.draft(), Some(format!("card/{}/{key}", Name::new(7, 1))), "it is a draft");
                assert_eq!(page.kept(), Some((words.to_owned(), words.len())));
                page.act(Action::Enter, &mut desk);
                assert_eq!(asked(&desk, key).as_deref(), Some(picked), "{words}");
            }
        }
    }

    #[test]
    fn digits_pick_behind_a_word_too_and_are_none_before_the_line_is_open() {
        let (mut page, mut desk) = (facts(), Desk::for_tests());
        assert!(!type_at(&mut page, "sex", "2", &desk) && page.state == State::Browsing);
        assert!(type_at(&mut page, "sex", "nan", &desk));
        page.act(Action::Pick(2), &mut desk);
        assert_eq!(asked(&desk, "sex").as_deref(), Some("female"));
    }

    #[test]
    fn a_word_that_is_no_choice_leads_to_the_line_of_that_name() {
        for (words, key) in
            [("门牌", "door"), ("mp", "door"), ("door", "door"), ("bz", "remark"), ("since", "away_since")]
        {
            let (mut page, mut desk) = (facts(), Desk::for_tests());
            assert!(type_at(&mut page, "kind", words, &desk));
            assert_eq!(page.act(Action::Enter, &mut desk), Go::Stay);
            assert_eq!((at(&page), &page.state), (key, &State::Browsing), "{words}");
            assert!(desk.session.asked.iter().all(|ask| !matches!(ask, Ask::Do(_))), "nothing is recorded");
        }
    }

    #[test]
    fn any_other_word_stands_in_the_remark_and_none_is_taken_while_it_is_covered() {
        let (mut page, mut desk) = (facts(), Desk::for_tests());
        assert!(type_at(&mut page, "kind", "高血压", &desk));
        desk.covered = true;
        assert!(matches!(page.act(Action::Enter, &mut desk), Go::Say(_)) && at(&page) == "kind");
        desk.covered = false;
        let Go::Say(said) = page.act(Action::Enter, &mut desk) else { panic!() };
        assert!(said.say(Lang::Zh).contains("“高血压” 写到备注里了"));
        assert_eq!((at(&page), page.field().unwrap().text()), ("remark", "高血压"));
        page.act(Action::Enter, &mut desk);
        assert_eq!(asked(&desk, "remark").as_deref(), Some("高血压"));
        // Away is for the card alone: covered it is not opened by a word either.
        let (mut page, mut desk) = (facts(), Desk::for_tests());
        desk.covered = true;
        assert!(!type_at(&mut page, "away", "no", &desk) && page.state == State::Browsing);
    }

    #[test]
    fn a_word_is_taken_back_as_it_was_typed_and_without_one_enter_says_what_picks() {
        let (mut page, mut desk) = (facts(), Desk::for_tests());
        assert!(type_at(&mut page, "sex", "女的", &desk) && page.unsays());
        assert_eq!(page.kept(), Some(("女".to_owned(), 3)));
        assert!(page.take_back(&mut desk) && !page.take_back(&mut desk) && !page.unsays());
        let Go::Say(said) = page.act(Action::Enter, &mut desk) else { panic!() };
        assert!(said.say(Lang::Zh).contains("按数字选"));
    }
}
