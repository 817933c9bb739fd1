//! Changing: what becomes of what is written in a line, or taken out of it.

use super::{Entry, Facts};
use crate::app::Request;
use crate::domain::facts::{Fact, Shape};
use crate::domain::{Phone, local, spoken};
use crate::hanzi::forms;
use crate::text::{Said, t};
use crate::ui::desk::Desk;
use crate::ui::page::Go;

impl Facts {
    /// Asks for what was written in the selected line, once a person stands by it.
    pub(super) fn write(&mut self, said: &str, desk: &mut Desk) -> Go {
        if let Some(Entry::Fact(fact, _)) = self.selected() {
            if let Some(question) = self.doubtful.ask(fact.key, said, desk).or_else(|| self.doubted_village(said, desk))
            {
                return Go::Say(question);
            }
            let is_unclear = fact.shape == Shape::Day && spoken::since(said, desk.now.wall_ms).is_none();
            if is_unclear && !said.trim().is_empty() {
                let words = t(
                    "看不懂 “{said}”. 写成 2021-05-18, 5-18, 去年10月 或 2020年.",
                    "“{said}” is not understood. Write 2021-05-18, 5-18, 2020-10 or 2020.",
                );
                return Go::Say(words.with("said", said.trim()));
            }
        }
        self.ask(said, desk)
    }

    /// Asks once about a village that is not listed.
    fn doubted_village(&mut self, said: &str, desk: &Desk) -> Option<Said> {
        let is_village = matches!(self.selected(), Some(Entry::Fact(fact, _)) if fact.key == "village");
        let household = &self.sheet.household;
        if !is_village || household.village == said.trim() {
            return None;
        }
        self.unlisted.ask(&household.town, said, desk)
    }

    /// Asks for a change of the selected line to a text.
    pub(super) fn ask(&mut self, said: &str, desk: &mut Desk) -> Go {
        let Some(entry) = self.selected() else { return Go::Stay };
        let request = Request::new("household.set").with_name("household", self.household);
        let request = match entry {
            Entry::Fact(fact, _) => request.with(fact.key, written(fact, said, desk.now.wall_ms)),
            Entry::AnotherPhone if said.trim().is_empty() => return self.leave(),
            Entry::AnotherPhone => request.with("phone", said),
            Entry::Phone(phone) => {
                let same = Phone::parse(said).is_ok_and(|new| new.as_str() == phone);
                if same {
                    let place = self.place().unwrap_or_default();
                    desk.let_go(&place);
                    return self.leave();
                }
                let without = request.with(&format!("phone/{phone}"), "");
                if said.trim().is_empty() { without } else { without.with("phone", said) }
            }
            Entry::Person(_) | Entry::AnotherPerson | Entry::Doubt(_) => return Go::Stay,
        };
        let request = match self.place() {
            Some(place) => request.consuming(place),
            None => request,
        };
        let fact = if let Entry::Fact(fact, _) = entry { Some(fact) } else { None };
        self.asked = Some(desk.ask(request));
        match fact {
            // Whoever types a sentence here by mistake would find the household under another name.
            Some(fact) if fact.key == "head" => self.renamed(said),
            Some(fact) if fact.shape == Shape::Day => understood(fact, said, desk),
            _ => Go::Stay,
        }
    }

    fn renamed(&self, said: &str) -> Go {
        let before = self.sheet.household.head.as_str();
        if before.is_empty() || before == said.trim() {
            return Go::Stay;
        }
        let words = t(
            "户主改成 {new}, 原来是 {old}. Ctrl-Z 撤回.",
            "The head is {new} now, it was {old}. Ctrl-Z takes it back.",
        );
        Go::Say(words.with("new", said.trim()).with("old", before))
    }

    pub(super) fn remove(&mut self, desk: &mut Desk) -> Go {
        match self.selected() {
            Some(Entry::Person(index)) => {
                let member = self.sheet.persons.get(index).and_then(|person| person.id);
                let request = member.map(|member| Request::new("member.retract").with_name("member", member));
                request.map_or(Go::Stay, |request| Go::Do(crate::app::Ask::Do(request)))
            }
            Some(Entry::Fact(fact, _)) if fact.key == "head" => {
                Go::say(t("户主姓名不能空, Enter 改.", "The head cannot be empty, Enter changes it."))
            }
            Some(Entry::Fact(..) | Entry::Phone(_)) => self.ask("", desk),
            _ => Go::Stay,
        }
    }
}

/// Says the day that was understood, where it was not written in full.
fn understood(fact: &Fact, said: &str, desk: &Desk) -> Go {
    let day = spoken::since(said, desk.now.wall_ms).filter(|day| day.to_string() != said.trim());
    let words =
        t("{fact} 记作 {day}. Ctrl-Z 撤回.", "{fact}: {day}. Ctrl-Z takes it back.").with_words("fact", fact.name);
    day.map_or(Go::Stay, |day| Go::Say(words.with_words("day", local::said_beside(day, local::day(desk.now.wall_ms)))))
}

/// Gives the text as it is to be written: numbers and places in half width.
fn written(fact: &Fact, said: &str, now_ms: i64) -> String {
    let half = forms::half_width(said).trim().to_owned();
    match (fact.key, fact.shape) {
        ("group", _) => forms::group(&half).map_or(half, |group| group.to_string()),
        ("door" | "wechat", _) => half,
        (_, Shape::Day) => spoken::since(said, now_ms).map_or(half, |day| day.to_string()),
        (_, Shape::Text) => said.trim().to_owned(),
        _ => half,
    }
}
