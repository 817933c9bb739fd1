//! Who: who says a line, by the numbers before it or by the arrows; nobody named is asked once, not guessed.

use super::{Changing, Talk};
use crate::app::Guest;
use crate::domain::Name;
use crate::domain::entry::{Called, Entry, IssueLine, Speakers, named_in, speakers, spoken_on};
use crate::text::{Said, Text, t};
use crate::ui::desk::Desk;
use crate::ui::screens::lookup::namesakes::Word;

/// What tells people of one name apart in the square: what they are called, else where they live, else how old they are.
pub(super) const APART: [Word; 5] = [Word::KnownAs, Word::Place, Word::Village, Word::Who, Word::Town];

/// Where it is kept at which household the arrows of each person point: it is there again with the words, and where they are put
/// down without Enter they are that household's.
pub(super) const WHO: &str = "who";

/// Characters that stand at most behind a name where both say who speaks: `陈敏5#`.
const BEHIND_NAME: usize = 4;

/// How the numbers are written.
const NUMBERS: Text = t(
    "# 前面写号的数字, 如 5# 或 3,7#; 全村写 0#.",
    "Write numbers before the #, such as 5# or 3,7#; 0# is the village.",
);

impl Talk {
    pub(super) fn household(&self, number: u16) -> Option<Name> {
        let guests = self.gathering.as_ref().map(|gathering| gathering.present.as_slice()).unwrap_or_default();
        guests.iter().find(|guest| guest.presence.number == number).map(|guest| guest.presence.household)
    }

    /// Gives the number of a household that is there; none of one that was taken out.
    pub(super) fn number(&self, household: &str) -> Option<u16> {
        let household: Name = household.parse().ok()?;
        let guests = self.gathering.as_ref().map(|gathering| gathering.present.as_slice()).unwrap_or_default();
        guests.iter().find(|guest| guest.presence.household == household).map(|guest| guest.presence.number)
    }

    /// Gives the household behind a number as lists know it: of several that are one family the one that stands for them.
    pub(super) fn home(&self, number: u16) -> Option<Name> {
        let guests = self.gathering.as_ref().map(|gathering| gathering.present.as_slice()).unwrap_or_default();
        guests.iter().find(|guest| guest.presence.number == number).map(|guest| guest.face.name)
    }

    /// Gives the number at which the arrows of a person point.
    pub(super) fn pointed_by(&self, person: &str, desk: &Desk) -> Option<u16> {
        let kept = desk.session.left_at(&self.place_of(WHO));
        kept.iter().find(|(who, _)| who == person).and_then(|(_, household)| self.number(household))
    }

    /// Tells who says a line, and what it says: none where nobody is named; or what is wrong with the numbers.
    pub(super) fn who(&self, line: &str) -> Result<(Option<Vec<u16>>, String), Said> {
        let (who, rest) = speakers(line);
        let who = match who {
            Speakers::Called { who, is_thing } => match self.numbers_of(&who) {
                Ok(numbers) => Speakers::of(numbers),
                Err(_) if is_thing && !self.begins_with_name(line) => {
                    return Ok((self.pointed.map(|number| vec![number]), line.to_owned()));
                }
                Err(wrong) => return Err(wrong),
            },
            Speakers::Unsaid if self.begins_with_name(line) => Speakers::Unread,
            who => who,
        };
        let rest = self.without_who_said_it(rest);
        match who {
            Speakers::Unsaid => Ok((self.pointed.map(|number| vec![number]), rest.to_owned())),
            Speakers::Village => Ok((Some(Vec::new()), rest.to_owned())),
            Speakers::Unread | Speakers::Called { .. } => Err(NUMBERS.into()),
            Speakers::Clash => Err(t(
                "0# 是全村, 不能和户号一起写.",
                "0# is the village and cannot stand with the number of a household.",
            )
            .into()),
            Speakers::Households(numbers) => match numbers.iter().find(|number| self.household(**number).is_none()) {
                Some(missing) => Err(t(
                    "没有 {number} 号. 改号; 还没加的户, 先写 0# 记给全村, 加了再移给它.",
                    "No number {number}: change it, or write 0# now and move the line later.",
                )
                .with("number", missing)),
                None => Ok((Some(numbers), rest.to_owned())),
            },
        }
    }

    /// Gives the numbers of those who are named before the `#`; or which name nobody has who is there, or several have.
    fn numbers_of(&self, named: &[Called]) -> Result<Vec<u16>, Said> {
        let guests = self.gathering.as_ref().map(|gathering| gathering.present.as_slice()).unwrap_or_default();
        let number_of = |name: &String| {
            let own = guests.iter().filter(|guest| guest.face.head == *name);
            let all: Vec<u16> = own.map(|guest| guest.presence.number).collect();
            match all.as_slice() {
                [one] => Ok(*one),
                [] => Err(t(
                    "到场的没有叫{name}的: # 前面写号, 如 5# 或 3,7#.",
                    "Nobody here is called {name}: write the number, such as 5# or 3,7#.",
                )
                .with("name", name)),
                many => {
                    let many: Vec<String> = many.iter().map(u16::to_string).collect();
                    let words = t(
                        "叫{name}的有 {numbers} 号: # 前面写号.",
                        "Called {name}: {numbers}. Write the number before the #.",
                    );
                    Err(words.with("name", name).with("numbers", many.join("、")))
                }
            }
        };
        let number = |one: &Called| match one {
            Called::Number(number) => Ok(*number),
            Called::Name(name) => number_of(name),
        };
        named.iter().map(number).collect()
    }

    /// Tells whether what stands before the `#` begins with the name of somebody who is there, and is no longer than who speaks may be.
    fn begins_with_name(&self, line: &str) -> bool {
        let guests = self.gathering.as_ref().map(|gathering| gathering.present.as_slice()).unwrap_or_default();
        let Some((before, _)) = line.trim_start().split_once(['#', '＃']) else { return false };
        let behind =
            |guest: &Guest| before.strip_prefix(guest.face.head.as_str()).map(|rest| rest.trim().chars().count());
        guests.iter().filter(|guest| !guest.face.head.is_empty()).filter_map(behind).any(|behind| behind <= BEHIND_NAME)
    }

    /// Gives lines that were written one below the other, each with who speaks; who is named is known by number from there on.
    pub(super) fn each_with_who(&self, lines: &[String]) -> Vec<String> {
        let in_numbers = |line: &String| match (speakers(line).0, self.who(line)) {
            (Speakers::Called { is_thing: false, .. }, Ok((Some(who), rest))) => written(&who, rest.trim_start()),
            _ => line.clone(),
        };
        spoken_on(&lines.iter().map(in_numbers).collect::<Vec<_>>())
    }

    /// Gives the numbers in the words of an entry, `… 7#` or `5# …`, where they name nobody; none where a line that is changed had
    /// them before.
    pub(super) fn named_in<'a>(&self, entry: &'a Entry) -> Option<&'a str> {
        let (Entry::Note(words) | Entry::Issue(IssueLine { text: words, .. })) = entry else { return None };
        let before = self.changing.as_ref().and_then(|Changing(utterance)| named_in(&utterance.text));
        named_in(words).filter(|sign| before != Some(*sign))
    }

    /// Asks once about such numbers.
    pub(super) fn asks_for_named_in(&mut self, entry: &Entry) -> Option<Said> {
        let sign = self.named_in(entry)?.to_owned();
        self.astray.ask_named(entry, &sign)
    }

    /// Takes who said a line that is changed out from behind another number that was written before it: `4#0# …`.
    fn without_who_said_it<'a>(&self, rest: &'a str) -> &'a str {
        let Some(Changing(utterance)) = &self.changing else { return rest };
        let (who, words) = speakers(rest);
        let said_it = match &who {
            Speakers::Village => utterance.speakers.is_empty(),
            Speakers::Households(numbers) => *numbers == utterance.speakers,
            _ => false,
        };
        // 3#楼 is a house, where the words begin so.
        let is_theirs = said_it && speakers(&utterance.text).0 == Speakers::Unsaid;
        if is_theirs { words } else { rest }
    }

    /// Gives the village where it was asked who says a line and nobody was named again; an empty line is nobody's.
    pub(super) fn asked(&self, entry: &Entry) -> Option<Vec<u16>> {
        (self.asked_who || *entry == Entry::Empty).then(Vec::new)
    }

    /// Lets who was named alone be who is pointed at: who speaks is one thing, and what follows without a number is that one's.
    /// Several households, or the village, are no one, and neither is who left: whoever was pointed at still is.
    pub(super) fn goes_on(&mut self, who: &[u16], desk: &mut Desk) {
        if let [one] = who
            && self.pointed != Some(*one)
            && !self.has_left(*one)
        {
            self.point_at(Some(*one), desk);
        }
    }

    /// Points at the household before or after; before the first one and after the last one nobody is pointed at.
    pub(super) fn point(&mut self, after: bool, desk: &mut Desk) {
        self.asked_left.clear();
        let guests = self.gathering.as_ref().map(|gathering| gathering.present.as_slice()).unwrap_or_default();
        let numbers: Vec<u16> = guests.iter().map(|guest| guest.presence.number).collect();
        // From whoever left a moment ago they go on.
        let from = self.pointed.or(std::mem::take(&mut self.gone).pointed);
        let at = from.and_then(|number| numbers.iter().position(|other| *other == number));
        let next = match (at, after) {
            (None, true) => Some(0),
            (None, false) => numbers.len().checked_sub(1),
            (Some(at), true) => Some(at + 1),
            (Some(at), false) => at.checked_sub(1),
        };
        self.point_at(next.and_then(|at| numbers.get(at)).copied(), desk);
    }

    pub(super) fn point_at(&mut self, number: Option<u16>, desk: &mut Desk) {
        self.pointed = number;
        let household = self.pointed.and_then(|number| self.household(number));
        let household = household.map(|name| name.to_string()).unwrap_or_default();
        desk.keep(&self.place_of(WHO), (household.clone(), household.len()));
    }
}

/// Writes a line with who says it, as one would type it.
pub(super) fn written(who: &[u16], line: &str) -> String {
    let numbers: Vec<String> = who.iter().map(u16::to_string).collect();
    format!("{}# {line}", if who.is_empty() { "0".to_owned() } else { numbers.join(",") })
}
