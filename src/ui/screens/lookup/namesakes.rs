//! Namesakes: the word that tells a household from those of its name that are listed with it. Other lines stay calm.

use std::collections::BTreeMap;

use crate::app::Face;
use crate::domain::hidden::for_other_eyes;
use crate::hanzi::width;
use crate::text::{Lang, Text, t};

/// A word that a list says of a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui::screens) enum Word {
    KnownAs,
    Who,
    Town,
    Village,
    Place,
}

impl Word {
    pub(in crate::ui::screens) fn of(self, face: &Face, lang: Lang) -> String {
        match self {
            Self::KnownAs => face.known_as.clone(),
            Self::Who => face.who.say(lang),
            Self::Town => for_other_eyes(&face.town),
            Self::Village => for_other_eyes(&face.village),
            Self::Place => face.place.clone(),
        }
    }
}

/// Behind a household that reads like another one of the list: what it is called would tell nothing.
pub(in crate::ui::screens) const TWICE: Text = t("重复?", "twice?");

/// The columns that a word behind a name takes at most.
const MOST: usize = 10;

/// The beginning of a word, as much as has room.
fn beginning(word: &str) -> String {
    width::cut(word, MOST, "~").into_owned()
}

/// The end of a word, as much as has room; from a number on where it holds one: `~1101室`.
fn ending(word: &str) -> String {
    if width::columns(word) <= MOST {
        return word.to_owned();
    }
    let fits = |from: &(usize, char)| word.get(from.0..).is_some_and(|tail| width::columns(tail) < MOST);
    let tail = word.char_indices().find(fits).and_then(|(from, _)| word.get(from..)).unwrap_or_default();
    let number = tail.find(|ch: char| ch.is_ascii_digit()).and_then(|at| tail.get(at..));
    format!("~{}", number.unwrap_or(tail))
}

/// A household, and the others of its name that are listed with it.
#[derive(Debug)]
pub(in crate::ui::screens) struct Namesakes<'a> {
    face: &'a Face,
    others: Vec<&'a Face>,
    lang: Lang,
}

impl<'a> Namesakes<'a> {
    pub(in crate::ui::screens) fn of(face: &'a Face, listed: impl IntoIterator<Item = &'a Face>, lang: Lang) -> Self {
        let others = listed.into_iter().filter(|other| other.name != face.name && other.head == face.head).collect();
        Self { face, others, lang }
    }

    /// Gives the first word that it has and none of the others does; nothing where there are no others.
    pub(in crate::ui::screens) fn own(&self, words: &[Word]) -> Option<String> {
        if self.others.is_empty() {
            return None;
        }
        let own = |word: &Word| {
            let said = word.of(self.face, self.lang);
            // As it will stand there: two long doors may begin alike.
            let tells = |shorter: &fn(&str) -> String| {
                let own = shorter(&said);
                !own.is_empty() && self.others.iter().all(|other| shorter(&word.of(other, self.lang)) != own)
            };
            let shorter: [fn(&str) -> String; 2] = [beginning, ending];
            shorter.iter().find(|shorter| tells(shorter)).map(|shorter| shorter(&said))
        };
        words.iter().find_map(own)
    }

    /// Gives the first two words that it has together and none of the others does, where no word alone tells it from them.
    pub(in crate::ui::screens) fn own_two(&self, words: &[Word]) -> Option<String> {
        if self.others.is_empty() {
            return None;
        }
        let pairs = words.iter().enumerate().flat_map(|(at, one)| words.iter().skip(at + 1).map(move |two| [one, two]));
        let said = |pair: [&Word; 2], face: &Face| pair.map(|word| word.of(face, self.lang));
        let own = |pair: [&Word; 2]| {
            let own = said(pair, self.face);
            let is_own =
                own.iter().all(|word| !word.is_empty()) && self.others.iter().all(|other| said(pair, other) != own);
            is_own.then(|| own.join(" "))
        };
        pairs.into_iter().find_map(own)
    }
}

/// Where those of one name stand in a list, so that no row that is drawn walks through all of them.
#[derive(Debug, PartialEq, Default)]
pub(in crate::ui::screens) struct ByName(BTreeMap<String, Vec<usize>>);

impl ByName {
    /// Takes the names with their places in the list.
    pub(in crate::ui::screens) fn of(names: impl IntoIterator<Item = (String, usize)>) -> Self {
        let mut all: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (name, at) in names {
            all.entry(name).or_default().push(at);
        }
        Self(all)
    }

    /// Gives the places of those of a name.
    pub(in crate::ui::screens) fn at(&self, name: &str) -> &[usize] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}

/// Names a household of a list that does not know faces, and of namesakes where it lives; `others` are the places of those.
pub(in crate::ui::screens) fn told_apart<'a>(
    head: String,
    place: &str,
    others: impl Iterator<Item = &'a str>,
) -> String {
    let others: Vec<&str> = others.collect();
    let own = if others.is_empty() { None } else { own_place(place, &others) };
    own.map_or_else(|| head.clone(), |own| format!("{head} {own}"))
}

/// Gives what tells a place from those of namesakes, its end first: the door, else the group, else both; nothing where none does.
fn own_place(place: &str, others: &[&str]) -> Option<String> {
    let words: Vec<&str> = place.split_whitespace().collect();
    let shorter: [fn(&str) -> String; 2] = [beginning, ending];
    let own = |word: &&str| {
        let tells = |shorter: &&fn(&str) -> String| {
            let said = shorter(word);
            others.iter().all(|other| other.split_whitespace().all(|word| shorter(word) != said))
        };
        shorter.iter().find(tells).map(|shorter| shorter(word))
    };
    let both = || {
        let (from, _) = place.match_indices(' ').rev().nth(1)?;
        let tail = place.get(from + 1..).filter(|tail| width::columns(tail) <= MOST)?;
        others.iter().all(|other| !other.ends_with(tail)).then(|| tail.to_owned())
    };
    words.iter().rev().find_map(own).or_else(both)
}

#[cfg(test)]
mod tests {
    use super::{Namesakes, Word, beginning, ending, own_place};
    use crate::app::{Face, Standing};
    use crate::domain::{Household, Name};
    use crate::text::Lang;

    #[test]
    fn a_place_is_told_apart_by_its_door_else_its_group_else_both() {
        let at = |place: &str, others: &[&str]| own_place(place, others);
        assert_eq!(at("东里镇 东里东村 3组 12号", &["东里镇 东里东村 3组 9号"]).as_deref(), Some("12号"));
        assert_eq!(at("东里镇 东里东村 3组 12号", &["东里镇 东里东村 5组 12号"]).as_deref(), Some("3组"));
        assert_eq!(at("东里镇 东里东村 3组 12号", &["东里镇 北店村 3组 12号"]).as_deref(), Some("东里东村"));
        let both = ["东里镇 东里东村 5组 12号", "东里镇 东里东村 3组 9号"];
        assert_eq!(at("东里镇 东里东村 3组 12号", &both).as_deref(), Some("3组 12号"));
        assert_eq!(at("东里东村 12号楼2单元1101室", &["东里东村 12号楼2单元1102室"]).as_deref(), Some("~1101室"));
        assert_eq!(at("东里镇", &["东里镇"]), None);
        assert_eq!(at("", &["东里镇"]), None);
    }

    // Of three of one name no word alone told the first one from the others, and its number was all that there was.
    #[test]
    fn who_has_no_word_of_its_own_has_two_together() {
        let face = |number, door: &str, known_as: &str| {
            let (head, nickname) = ("张守富".into(), known_as.into());
            let household = Household { head, nickname, door: door.into(), group: "3".into(), ..Household::default() };
            Face::of(Name::new(7, number), &household, &Standing::default(), 0)
        };
        let all = [face(1, "12号", "老三"), face(2, "12号", "老大"), face(3, "9号", "老三")];
        let of = |at: usize| Namesakes::of(&all[at], &all, Lang::Zh);
        let words = [Word::KnownAs, Word::Place, Word::Who];
        assert_eq!((of(0).own(&words), of(1).own(&words)), (None, Some("老大".to_owned())));
        assert_eq!(of(0).own_two(&words).as_deref(), Some("老三 3组 12号"));
        let same = [face(1, "12号", ""), face(2, "12号", "")];
        assert_eq!(Namesakes::of(&same[0], &same, Lang::Zh).own_two(&words), None);
    }

    // Two families of one name behind long doors stood there alike, and words went to the wrong one.
    #[test]
    fn what_begins_alike_is_told_apart_by_its_end() {
        let doors = ["5组 12号楼2单元1101室", "5组 12号楼2单元1102室"];
        assert_eq!(doors.map(beginning), ["5组 12号~", "5组 12号~"]);
        assert_eq!(doors.map(ending), ["~1101室", "~1102室"]);
        assert_eq!(ending("南崖头河沿东边第一家"), "~边第一家");
        assert_eq!(ending("3组 12号"), "3组 12号");
    }
}
