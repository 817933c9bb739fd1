//! Changing: what becomes of what is written in a line, or taken out of it.

use super::super::UNCHANGED;
use super::drawn::is_secret;
use super::{Entry, Facts, State};
use crate::app::Request;
use crate::domain::facts::{Fact, Shape};
use crate::domain::{Phone, local, spoken};
use crate::hanzi::forms;
use crate::text::{Said, t};
use crate::ui::desk::Desk;
use crate::ui::glance;
use crate::ui::keys::Key;
use crate::ui::page::Go;

impl Facts {
    /// Asks for what was written in the selected line, once a person stands by it.
    pub(super) fn write(&mut self, said: &str, desk: &mut Desk) -> Go {
        if self.is_unchanged(said, desk) {
            return self.leave_unchanged(desk);
        }
        if let Some(Entry::Phone(_) | Entry::AnotherPhone) = self.selected()
            && Phone::parse(said).is_ok()
            && let Some(question) = self.doubtful.ask("phone", said, Key::Enter, desk)
        {
            return Go::Say(question);
        }
        if let Some(Entry::Fact(fact, _)) = self.selected() {
            let question = self.doubtful.ask(fact.key, said, Key::Enter, desk);
            if let Some(question) = question.or_else(|| self.doubted_village(said, desk)) {
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

    /// Asks for what was picked.
    pub(super) fn record(&mut self, said: &str, desk: &mut Desk) -> Go {
        if self.is_unchanged(said, desk) { self.leave_unchanged(desk) } else { self.ask(said, desk) }
    }

    /// Gives what stands in a line, as it would be written.
    pub(super) fn written_before(&self, entry: Entry<'_>) -> Option<String> {
        let Entry::Fact(fact, index) = entry else { return None };
        let value = self.sheet.facts.get(index).and_then(|(_, value)| value.as_ref());
        Some(match (fact.shape, value) {
            (_, None) => String::new(),
            (Shape::Choice(_), Some(value)) => value.as_text().unwrap_or_default().to_owned(),
            (Shape::Yes, Some(value)) => if value.is_yes() { "yes" } else { "no" }.to_owned(),
            // A day stands there in full, whatever day it is.
            _ => written(fact, &self.stands(entry), 0),
        })
    }

    /// Tells whether people disagree about what a line says.
    pub(super) fn is_disputed(&self, entry: Entry<'_>) -> bool {
        matches!(entry, Entry::Fact(fact, _) if self.sheet.is_disputed(fact.key))
    }

    /// Tells whether a line says what it said before: then nobody said anything.
    fn is_unchanged(&self, said: &str, desk: &Desk) -> bool {
        let parsed = || Phone::parse(said);
        match self.selected() {
            Some(Entry::Fact(fact, _)) => {
                self.before.as_ref().is_some_and(|before| *before == written(fact, said, desk.now.wall_ms))
            }
            Some(Entry::Phone(phone)) => parsed().is_ok_and(|new| new.as_str() == phone),
            Some(Entry::AnotherPhone) => {
                let phones = &self.sheet.household.phones;
                said.trim().is_empty() || parsed().is_ok_and(|new| phones.iter().any(|phone| phone == new.as_str()))
            }
            _ => false,
        }
    }

    fn leave_unchanged(&mut self, desk: &mut Desk) -> Go {
        let is_known = matches!(&self.state, State::Writing(field) if !field.text().trim().is_empty());
        let said = match self.selected() {
            Some(Entry::AnotherPhone) if is_known => Some(t("这个电话已经有了.", "This phone is known already.")),
            Some(Entry::AnotherPhone) => None,
            Some(entry) if self.is_disputed(entry) => Some(t(
                "没有改, 什么也没记. 不一致的: 直接打上对的.",
                "Nothing was changed or recorded. Of a disagreement type what is right.",
            )),
            _ => Some(UNCHANGED),
        };
        if let Some(place) = self.place() {
            desk.let_go(&place);
            self.left.retain(|(other, _)| *other != place);
        }
        let go = self.leave();
        said.map_or(go, Go::say)
    }

    /// Stands by the selected line as it is: the one way to say that what a roster says is right.
    pub(super) fn check(&mut self, desk: &mut Desk) -> Go {
        let Some(entry) = self.selected() else { return Go::Stay };
        if desk.covered && is_secret(entry) {
            return Go::say(t("已遮挡, 先按 Ctrl-B 再核对.", "It is covered: Ctrl-B first, then check it."));
        }
        let request = Request::new("household.set").with_name("household", self.household);
        let (name, key, request) = match entry {
            Entry::Doubt(_) => return self.open(desk),
            Entry::Person(_) | Entry::AnotherPerson | Entry::AnotherPhone => {
                return Go::say(t("这一行没有要核对的, Enter 改.", "Nothing is to be checked here, Enter changes it."));
            }
            Entry::Fact(fact, _) => {
                let before = self.written_before(entry).filter(|before| !before.is_empty());
                let Some(before) = before else {
                    return Go::say(t("这一项还空着, Enter 写.", "It is empty yet, Enter writes it."));
                };
                if self.is_disputed(entry) {
                    return Go::say(t("这一项不一致: 直接打上对的.", "People disagree: type what is right."));
                }
                (fact.name, fact.key.to_owned(), request.with(fact.key, before))
            }
            Entry::Phone(phone) => (t("电话", "phone"), format!("phone/{phone}"), request.with("phone", phone)),
        };
        if !self.sheet.listed.contains(&key) {
            return Go::Say(
                t("{fact} 是人写的, 不用再核对.", "{fact}: a person wrote it already.").with_words("fact", name),
            );
        }
        self.asked = Some(desk.ask(request));
        let words =
            t("{fact} 核对过了, 照现在的记下. Ctrl-Z 撤回.", "{fact}: checked, as it stands. Ctrl-Z takes it back.");
        Go::Say(words.with_words("fact", name))
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
            Entry::AnotherPhone => request.with("phone", said),
            Entry::Phone(phone) => {
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
                let Some(person) = self.sheet.persons.get(index) else { return Go::Stay };
                let Some(member) = person.id else { return Go::Stay };
                let name = glance::on_card(desk.covered, person.called().say(desk.lang));
                self.asked = Some(desk.ask(Request::new("member.retract").with_name("member", member)));
                Go::Say(
                    t("删去了 {name}. Ctrl-Z 找回.", "{name} is removed. Ctrl-Z brings it back.").with("name", name),
                )
            }
            Some(Entry::Fact(fact, _)) if fact.key == "head" => {
                Go::say(t("户主姓名不能空, Enter 改.", "The head cannot be empty, Enter changes it."))
            }
            Some(entry @ Entry::Fact(..))
                if self.written_before(entry).is_none_or(|before| before.is_empty()) && !self.is_disputed(entry) =>
            {
                Go::Stay
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
